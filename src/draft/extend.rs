//! How far a draft goes on beyond what founded it: words are matched on at both ends for as long as that pays.
//!
//! A core ends where its last exact run does, and a cluster where its sentences do. What follows may still correspond,
//! word by word or under noise. Both sides are aligned a window further, and the end moves to where the score of what was
//! matched is greatest; where it moved, the next window is tried (the extension of an alignment as in S. F. Altschul et
//! al., "Gapped BLAST and PSI-BLAST", 1997, but by windows). No end moves into another draft.

use super::Drafter;
use super::stretch::{Draft, NEARLY, touching_joined};
use crate::align::{Alignment, in_common, push};
use crate::text::Tokenised;
use std::ops::Range;

/// Tokens looked at beyond an end at once, and how often that is done anew.
const WINDOW: u32 = 40;
const ROUNDS: usize = 8;
/// What an extension must be worth, in matched words; what a matched word of up to three bytes counts, mostly a function
/// word, and what a word without a match costs.
const WORTH: f64 = 1.0;
const SHORT: f64 = 0.6;
const GAP: f64 = 0.25;
/// Words of two windows that may be matched up to which it is asked first whether that could be worth anything: more are aligned
/// as quickly.
const MATCHES: usize = 64;
/// More than sums in another order differ by.
const ROUNDED: f64 = 1e-9;

/// Which end of a draft is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beyond {
    Start,
    End,
}

/// The matches in order that are worth most of those that end with one: words from the draft to the end of that one.
struct Chain {
    a: u32,
    b: u32,
    worth: f64,
}

/// Which tokens of either text belong to a draft.
struct Held {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Held {
    fn take(&mut self, draft: &Draft) {
        self.a[draft.a.start as usize..draft.a.end as usize].fill(true);
        self.b[draft.b.start as usize..draft.b.end as usize].fill(true);
    }

    /// Whether nobody holds what `wide` has and `draft` has not.
    fn leaves(&self, draft: &Draft, wide: &Draft) -> bool {
        let free = |held: &[bool], inner: &Range<u32>, outer: &Range<u32>| {
            let beyond = (outer.start..inner.start).chain(inner.end..outer.end);
            beyond.into_iter().all(|at| !held[at as usize])
        };
        free(&self.a, &draft.a, &wide.a) && free(&self.b, &draft.b, &wide.b)
    }
}

/// Where the window before `range` begins and the one after it ends: at the next token that is held.
fn windows(held: &[bool], range: &Range<u32>) -> Range<u32> {
    let reach = WINDOW as usize;
    let before = held[..range.start as usize].iter().rev().take(reach).take_while(|held| !**held).count();
    let after = held[range.end as usize..].iter().take(reach).take_while(|held| !**held).count();
    range.start - before as u32..range.end + after as u32
}

impl Drafter<'_> {
    /// Moves the ends of drafts on to where what corresponds ends.
    pub(super) fn extend(&mut self, drafts: &mut [Draft]) {
        let mut held = Held { a: vec![false; self.a.len()], b: vec![false; self.b.len()] };
        drafts.iter().for_each(|draft| held.take(draft));
        // The ends of a condensation are those of its sentences: it is not matched in order.
        for draft in drafts.iter_mut().filter(|draft| !draft.is_condensation()) {
            for _ in 0..ROUNDS {
                let Some(mut longer) = self.extended(draft, &held) else { break };
                let extended = longer.clone();
                self.let_out(&mut longer);
                *draft = if held.leaves(&extended, &longer) { longer } else { extended };
                held.take(draft);
            }
        }
    }

    /// What corresponds in the windows before or after a draft: nothing where they have no word in common, as those of unlike
    /// texts, or where no alignment of them could be worth it, as most.
    fn matched_on(&mut self, a: Range<u32>, b: Range<u32>, side: Beyond) -> Alignment {
        if in_common(self.a, &a, self.b, &b) == 0 || !self.may_pay(&a, &b, side) {
            return Alignment::default();
        }
        self.aligner.complete_loosely(a, b)
    }

    /// Whether some words of two windows, matched in order, are worth an extension. An alignment, whichever it is, matches some
    /// of them, so where none are, it need not be known.
    fn may_pay(&mut self, a: &Range<u32>, b: &Range<u32>, side: Beyond) -> bool {
        let mut chains: Vec<Chain> = Vec::new();
        let mut found = self.aligner.matches(a, b);
        if found.len() > MATCHES {
            return true;
        }
        if side == Beyond::Start {
            found.reverse();
        }
        for (at_a, at_b, is_equal) in found {
            // Words between the draft and this match.
            let (x, y) = match side {
                Beyond::End => (at_a - a.start, at_b - b.start),
                Beyond::Start => (a.end - 1 - at_a, b.end - 1 - at_b),
            };
            let before = chains.iter().filter(|chain| chain.a <= x && chain.b <= y);
            let before = before.map(|chain| chain.worth - GAP * f64::from((x - chain.a).max(y - chain.b)));
            let after_others = before.fold(f64::NEG_INFINITY, f64::max);
            let counted = counts(self.a, at_a) * if is_equal { 1.0 } else { NEARLY };
            // One match alone is never worth it.
            if after_others + counted > WORTH - ROUNDED {
                return true;
            }
            let worth = counted + after_others.max(-GAP * f64::from(x.max(y)));
            chains.push(Chain { a: x + 1, b: y + 1, worth });
        }
        false
    }

    /// The draft with what is matched next to it, if that is worth it.
    fn extended(&mut self, draft: &Draft, held: &Held) -> Option<Draft> {
        let (a, b) = (windows(&held.a, &draft.a), windows(&held.b, &draft.b));
        let mut longer = None;
        let tail = self.matched_on(draft.a.end..a.end, draft.b.end..b.end, Beyond::End);
        if let Some((end_a, end_b)) = best_end(self.a, &tail, (draft.a.end, draft.b.end)) {
            let longer = longer.get_or_insert_with(|| draft.clone());
            let inside = tail.runs.iter().filter(|run| run.end_a() <= end_a && run.end_b() <= end_b);
            inside.for_each(|&run| push(&mut longer.runs, run));
            longer.nearly.extend(tail.nearly.iter().filter(|(x, y)| *x < end_a && *y < end_b));
            (longer.a.end, longer.b.end) = (end_a, end_b);
        }
        let head = self.matched_on(a.start..draft.a.start, b.start..draft.b.start, Beyond::Start);
        if let Some((start_a, start_b)) = best_start(self.a, &head, (draft.a.start, draft.b.start)) {
            let longer = longer.get_or_insert_with(|| draft.clone());
            let mut runs = head.runs;
            runs.retain(|run| run.a >= start_a && run.b >= start_b);
            longer.runs = touching_joined([&runs[..], &longer.runs].concat());
            let mut nearly = head.nearly;
            nearly.retain(|(x, y)| *x >= start_a && *y >= start_b);
            longer.nearly = [&nearly[..], &longer.nearly].concat();
            (longer.a.start, longer.b.start) = (start_a, start_b);
        }
        longer
    }
}

/// What a match of a word of A counts.
fn counts(a: &Tokenised<'_>, at: u32) -> f64 {
    if a.span(at as usize).len() <= 3 { SHORT } else { 1.0 }
}

/// What is matched at a stretch: where it begins and ends in both texts, and what it counts.
type Step = ((u32, u32), (u32, u32), f64);

/// The matches of an alignment in order.
fn steps(a: &Tokenised<'_>, found: &Alignment) -> Vec<Step> {
    let counts = |at: u32| counts(a, at);
    let runs = found.runs.iter().map(|run| {
        let counted = (run.a..run.end_a()).map(counts).sum();
        ((run.a, run.b), (run.end_a(), run.end_b()), counted)
    });
    let nearly = found.nearly.iter().map(|&(x, y)| ((x, y), (x + 1, y + 1), NEARLY * counts(x)));
    let mut steps: Vec<Step> = runs.chain(nearly).collect();
    steps.sort_unstable_by_key(|step| step.0);
    steps
}

/// Where what follows `from` is worth most, if it is worth anything.
fn best_end(a: &Tokenised<'_>, found: &Alignment, from: (u32, u32)) -> Option<(u32, u32)> {
    let (mut at, mut sum, mut best) = (from, 0.0, (WORTH, None));
    for (start, end, counted) in steps(a, found) {
        sum += counted - GAP * f64::from((start.0 - at.0).max(start.1 - at.1));
        at = end;
        if sum > best.0 {
            best = (sum, Some(end));
        }
    }
    best.1
}

/// The same for what comes before `from`.
fn best_start(a: &Tokenised<'_>, found: &Alignment, from: (u32, u32)) -> Option<(u32, u32)> {
    let (mut at, mut sum, mut best) = (from, 0.0, (WORTH, None));
    for (start, end, counted) in steps(a, found).into_iter().rev() {
        sum += counted - GAP * f64::from((at.0 - end.0).max(at.1 - end.1));
        at = start;
        if sum > best.0 {
            best = (sum, Some(start));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::seed::Run;
    use crate::text::tokenise;
    use proptest::prelude::*;

    /// The draft of a run of `len` tokens from `start` on in both texts, extended.
    fn extended(a: &str, b: &str, start: u32, len: u32) -> (Range<u32>, Range<u32>) {
        let (a, b) = (tokenise(a), tokenise(b));
        let options = Options::default();
        let run = Run { a: start, b: start, len };
        let place = start..start + len;
        let mut draft = Draft::of(place.clone(), place, Alignment { runs: vec![run], nearly: Vec::new() });
        draft.evidence = f64::from(len);
        let mut drafts = [draft];
        Drafter::uncut(&a, &b, &options).extend(&mut drafts);
        let [draft] = drafts;
        (draft.a, draft.b)
    }

    const COPIED: &str = "the harbour master closed the northern gate at noon";

    #[test]
    fn an_end_moves_on_over_words_that_noise_has_changed() {
        let a = format!("{COPIED} because of heavy weather outside while unrelated matters kept everybody else busy");
        let b = format!("{COPIED} becanse of heavv weathcr outsidc nobody minded three small boats");
        assert_eq!(extended(&a, &b, 0, 9), (0..14, 0..14));
    }

    #[test]
    fn a_start_moves_back_to_the_first_word_in_common() {
        let a = format!("seven officers say that early yesterday morning quickly {COPIED}");
        let b = format!("four witnesses claimed how early yesterday morning calmly {COPIED}");
        assert_eq!(extended(&a, &b, 8, 9), (4..17, 4..17));
    }

    #[test]
    fn an_end_stays_where_one_short_word_follows_in_both() {
        let a = format!("{COPIED} and several people of distant villages waited outside for long");
        let b = format!("{COPIED} nobody minded three small boats of fishermen drifting south again");
        assert_eq!(extended(&a, &b, 0, 9), (0..9, 0..9));
    }

    #[test]
    fn no_end_moves_into_another_draft() {
        let held = [false, true, false, false, false, true];
        assert_eq!(windows(&held, &(3..4)), 2..5);
    }

    proptest! {
        #[test]
        fn what_is_not_aligned_is_not_worth_it(
            a in prop::collection::vec("the|[ab]{1,2}oat[sd]?|[a-c]{1,5}", 1..20),
            b in prop::collection::vec("the|[ab]{1,2}oat[sd]?|[a-c]{1,5}", 1..20),
        ) {
            let (a, b, options) = (a.join(" "), b.join(" "), Options::default());
            let (a, b) = (tokenise(&a), tokenise(&b));
            let (in_a, in_b) = (0..a.len() as u32, 0..b.len() as u32);
            let mut drafter = Drafter::uncut(&a, &b, &options);
            let all = match in_common(&a, &in_a, &b, &in_b) {
                0 => Alignment::default(),
                _ => drafter.aligner.complete_loosely(in_a.clone(), in_b.clone()),
            };
            let after = drafter.matched_on(in_a.clone(), in_b.clone(), Beyond::End);
            prop_assert_eq!(best_end(&a, &after, (0, 0)), best_end(&a, &all, (0, 0)));
            let before = drafter.matched_on(in_a.clone(), in_b.clone(), Beyond::Start);
            let ends = (in_a.end, in_b.end);
            prop_assert_eq!(best_start(&a, &before, ends), best_start(&a, &all, ends));
        }
    }
}
