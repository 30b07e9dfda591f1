//! How alike two documents are, in one figure for texts of any length.
//!
//! ```text
//! similarity = shared / (longer + moved + 8 · exchanged + 2 · figures)
//! ```
//!
//! Each is a sum over words, and a word weighs its bytes, six at most ([`weight`]), so that function words do not decide.
//!
//! - *shared*: words that both texts have, each as often as both have it. Words with one stem count in part.
//! - *longer*: all words of the heavier text: what one text says and the other does not makes them differ, whichever says it.
//! - *moved*: shared words that stand in another order.
//! - *exchanged*: moved words that did not move as one, as where two names change places: what was said of one is now said of
//!   the other. They show in two ways, and are counted in each: others have moved in where they stood; and they stand in
//!   another order even among what has moved, as a clause that moved whole does not.
//! - *figures*: numbers on either side that stand for each other and are not the same.
//!
//! It is 1 where all words are equal and in one order, and nowhere else; it is 0 where no word is shared, and the same in
//! both orders of a pair. It needs the two texts alone, so that a figure means the same in every corpus.
//!
//! Words in passages are shared, with their order. Outside passages two texts of one language share words by chance, the more
//! of them the longer the texts are. So what is left outside them is matched word for word only where it is about a
//! sentence ([`REST`]), and counts less the longer it is up to twice that. Long texts share what their passages hold.
//!
//! Cost: linear in the texts, and a table of four times [`REST`]² cells at most.

use crate::align::heaviest_increasing;
use crate::draft::Draft;
use crate::extent::{Extent, weight};
use crate::reword::stem;
use crate::seed::Run;
use crate::shared::Shared;
use crate::text::{Token, TokenClass, Tokenised};

/// Tokens without a counterpart in passages that are matched one by one: a long sentence.
const REST: usize = 60;
/// What a word counts for one with its stem.
const STEM: f64 = 0.7;
/// What a moved word counts against: a clause that moved whole leaves most of what it says.
const MOVED: f64 = 1.0;
/// What an exchanged word counts against beyond that: a tenth of the words exchanged, as two names in a sentence are, nearly
/// halves the figure.
const EXCHANGED: f64 = 8.0;
/// What a figure that is not the other side's counts against: it is not only missing but denied.
const FIGURE: f64 = 2.0;
/// Greatest figure for texts that differ: in four decimals it is not 1.
const MOST: f64 = 0.9999;

/// The figure of a pair. `drafts`: its passages. `whole`: the documents of which the texts are excerpts that hold all there is
/// to match, or the texts themselves.
pub(crate) fn similarity(a: &Tokenised<'_>, b: &Tokenised<'_>, drafts: &[Draft], whole: [Extent; 2]) -> f64 {
    let [whole_a, whole_b] = whole;
    if a.tokens == b.tokens && whole_a.tokens == a.len() && whole_b.tokens == b.len() {
        return 1.0;
    }
    let mut passages = Passages::new(a, b);
    passages.take(drafts);
    let rest = whole_a.tokens.max(whole_b.tokens) - passages.tokens;
    let fade = (2.0 - rest as f64 / REST as f64).clamp(0.0, 1.0);
    let found = if fade > 0.0 { Rest::new(&passages).matched() } else { Found::default() };
    let found = found.faded(fade).and(passages.found);
    let longer = f64::from(whole_a.weight.max(whole_b.weight));
    let against = MOVED * found.moved + EXCHANGED * found.exchanged + FIGURE * found.figures;
    (found.shared / (longer + against)).min(MOST)
}

/// Weights, summed.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    shared: f64,
    moved: f64,
    exchanged: f64,
    figures: f64,
}

impl Found {
    fn faded(self, fade: f64) -> Self {
        let Self { shared, moved, exchanged, figures } = self;
        Self { shared: shared * fade, moved: moved * fade, exchanged: exchanged * fade, figures: figures * fade }
    }

    fn and(self, other: Self) -> Self {
        Self {
            shared: self.shared + other.shared,
            moved: self.moved + other.moved,
            exchanged: self.exchanged + other.exchanged,
            figures: self.figures + other.figures,
        }
    }
}

/// What passages match.
struct Passages<'t> {
    a: &'t Tokenised<'t>,
    b: &'t Tokenised<'t>,
    /// Tokens that have a counterpart.
    taken_a: Vec<bool>,
    taken_b: Vec<bool>,
    tokens: usize,
    /// Runs of the main order: what stands between two of them in one text answers to what does in the other.
    main: Vec<Run>,
    found: Found,
}

impl<'t> Passages<'t> {
    fn new(a: &'t Tokenised<'t>, b: &'t Tokenised<'t>) -> Self {
        let (taken_a, taken_b) = (vec![false; a.len()], vec![false; b.len()]);
        Self { a, b, taken_a, taken_b, tokens: 0, main: Vec::new(), found: Found::default() }
    }

    /// The main order first: a stretch may be used twice.
    fn take(&mut self, drafts: &[Draft]) {
        for draft in drafts.iter().filter(|draft| !draft.moved) {
            for run in &draft.runs {
                self.found.shared += f64::from(self.take_run(run));
                if self.main.last().is_none_or(|last| last.end_a() <= run.a && last.end_b() <= run.b) {
                    self.main.push(*run);
                }
            }
        }
        for run in drafts.iter().filter(|draft| draft.moved).flat_map(|draft| &draft.runs) {
            let moved = f64::from(self.take_run(run));
            self.found.shared += moved;
            self.found.moved += moved;
        }
    }

    /// Its weight, but for what is taken already.
    fn take_run(&mut self, run: &Run) -> u32 {
        let mut sum = 0;
        for (at_a, at_b) in (run.a..run.end_a()).zip(run.b..) {
            let (taken_a, taken_b) = (&mut self.taken_a[at_a as usize], &mut self.taken_b[at_b as usize]);
            if !*taken_a && !*taken_b {
                (*taken_a, *taken_b) = (true, true);
                self.tokens += 1;
                sum += weight(self.a, at_a).min(weight(self.b, at_b));
            }
        }
        sum
    }
}

/// A token without a counterpart in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Left {
    token: Token,
    at: u32,
    /// Number of the gap it stands in, between words that match in order.
    gap: usize,
}

/// What passages leave of a pair, word by word.
struct Rest<'t> {
    a: &'t Tokenised<'t>,
    b: &'t Tokenised<'t>,
    left_a: Vec<Left>,
    left_b: Vec<Left>,
    gaps: usize,
    found: Found,
}

impl<'t> Rest<'t> {
    fn new(passages: &Passages<'t>) -> Self {
        let (a, b) = (passages.a, passages.b);
        let left = |text: &Tokenised<'_>, taken: &[bool], of: fn(&Run) -> u32| -> Vec<Left> {
            let free = (0..text.len() as u32).filter(|&at| !taken[at as usize]);
            let gap = |at| passages.main.partition_point(|run| of(run) < at);
            let mut left = Vec::with_capacity(text.len() - passages.tokens);
            left.extend(free.map(|at| Left { token: text.tokens[at as usize], at, gap: gap(at) }));
            left
        };
        let (left_a, left_b) = (left(a, &passages.taken_a, |run| run.a), left(b, &passages.taken_b, |run| run.b));
        Self { a, b, left_a, left_b, gaps: 0, found: Found::default() }
    }

    fn matched(mut self) -> Found {
        let alone = self.set_aside();
        self.match_in_order();
        self.match_moved();
        self.left_a.extend(alone.0);
        self.left_b.extend(alone.1);
        self.match_stems();
        self.set_off_figures();
        self.found
    }

    fn lighter(&self, a: Left, b: Left) -> u32 {
        weight(self.a, a.at).min(weight(self.b, b.at))
    }

    /// Takes out the words that only one side has, which no alignment matches.
    fn set_aside(&mut self) -> (Vec<Left>, Vec<Left>) {
        let (in_a, in_b) = (self.left_a.iter().map(|left| left.token), self.left_b.iter().map(|left| left.token));
        let shared = Shared::of(in_a, in_b);
        let alone_in = |left: &mut Vec<Left>| {
            let mut alone = Vec::with_capacity(left.len());
            left.retain(|left| {
                let is_in_both = shared.has(left.token);
                if !is_in_both {
                    alone.push(*left);
                }
                is_in_both
            });
            alone
        };
        (alone_in(&mut self.left_a), alone_in(&mut self.left_b))
    }

    /// Matches within each gap what keeps its order, and numbers the gaps anew that this leaves.
    fn match_in_order(&mut self) {
        let (left_a, left_b) = (std::mem::take(&mut self.left_a), std::mem::take(&mut self.left_b));
        let (mut a, mut b) = (&left_a[..], &left_b[..]);
        let mut table = Vec::new();
        while let Some(gap) = [a, b].iter().filter_map(|left| left.first()).map(|left| left.gap).min() {
            let (in_a, after_a) = a.split_at(a.partition_point(|left| left.gap == gap));
            let (in_b, after_b) = b.split_at(b.partition_point(|left| left.gap == gap));
            (a, b) = (after_a, after_b);
            self.match_gap(in_a, in_b, &mut table);
            self.gaps += 1;
        }
    }

    /// Matches the heaviest common subsequence of a gap's sides.
    fn match_gap(&mut self, a: &[Left], b: &[Left], table: &mut Vec<u32>) {
        let width = b.len() + 1;
        table.clear();
        table.resize((a.len() + 1) * width, 0);
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                table[i * width + j] = match a[i].token == b[j].token {
                    true => table[(i + 1) * width + j + 1] + self.lighter(a[i], b[j]),
                    false => table[(i + 1) * width + j].max(table[i * width + j + 1]),
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            if i < a.len() && j < b.len() && a[i].token == b[j].token {
                self.found.shared += f64::from(self.lighter(a[i], b[j]));
                (i, j) = (i + 1, j + 1);
                self.gaps += 1;
            } else if j == b.len() || (i < a.len() && table[(i + 1) * width + j] >= table[i * width + j + 1]) {
                self.left_a.push(Left { gap: self.gaps, ..a[i] });
                i += 1;
            } else {
                self.left_b.push(Left { gap: self.gaps, ..b[j] });
                j += 1;
            }
        }
    }

    /// Matches equal words that stand in different gaps, and finds where such words stand for each other.
    fn match_moved(&mut self) {
        let pairs = pairs(&mut self.left_a, &mut self.left_b, |left| left.token.0);
        let mut gaps = vec![(0, 0); self.gaps];
        for &(a, b) in &pairs {
            let weight = self.lighter(a, b);
            self.found.shared += f64::from(weight);
            self.found.moved += f64::from(weight);
            gaps[a.gap].0 += weight;
            gaps[b.gap].1 += weight;
        }
        self.found.exchanged += f64::from(gaps.iter().map(|&(from, into)| from.min(into)).sum::<u32>());
        self.found.exchanged += f64::from(self.out_of_order(pairs));
    }

    /// Weight of moved words that stand in another order among themselves.
    fn out_of_order(&self, mut moved: Vec<(Left, Left)>) -> u32 {
        moved.sort_unstable_by_key(|(a, _)| a.at);
        let weight = |at: usize| self.lighter(moved[at].0, moved[at].1);
        let in_order = heaviest_increasing(moved.len(), |at| moved[at].1.at, |at| u64::from(weight(at)));
        (0..moved.len()).map(weight).sum::<u32>() - in_order.into_iter().map(weight).sum::<u32>()
    }

    /// Matches words of one stem.
    fn match_stems(&mut self) {
        let words = |text: &Tokenised<'_>, left: &[Left]| -> Vec<(u64, Left)> {
            let mut folded = String::new();
            let mut stems = Vec::with_capacity(left.len());
            let words = left.iter().filter(|left| left.token.class() == TokenClass::Word);
            stems.extend(words.map(|&left| (stem(text, left.at as usize, &mut folded), left)));
            stems
        };
        let mut a = words(self.a, &self.left_a);
        if a.is_empty() {
            return;
        }
        let mut b = words(self.b, &self.left_b);
        for ((_, a), (_, b)) in pairs(&mut a, &mut b, |&(stem, _)| stem) {
            self.found.shared += STEM * f64::from(self.lighter(a, b));
        }
    }

    /// Numbers that stand on one side alone count as far as the other has such too.
    fn set_off_figures(&mut self) {
        let sum = |text: &Tokenised<'_>, left: &[Left]| -> u32 {
            left.iter().filter(|left| left.token.class() == TokenClass::Number).map(|left| weight(text, left.at)).sum()
        };
        self.found.figures += f64::from(sum(self.a, &self.left_a).min(sum(self.b, &self.left_b)));
    }
}

/// Pairs of items with equal keys, by rank; they are taken out of both lists, which are sorted.
fn pairs<T: Copy + Ord>(a: &mut Vec<T>, b: &mut Vec<T>, key: impl Fn(&T) -> u64) -> Vec<(T, T)> {
    let mut pairs = Vec::new();
    let mut alone = Vec::with_capacity(b.len());
    a.sort_unstable_by_key(|item| (key(item), *item));
    b.sort_unstable_by_key(|item| (key(item), *item));
    let mut others = b.iter().copied().peekable();
    a.retain(|&item| {
        while let Some(before) = others.next_if(|other| key(other) < key(&item)) {
            alone.push(before);
        }
        let other = others.next_if(|other| key(other) == key(&item));
        pairs.extend(other.map(|other| (item, other)));
        other.is_none()
    });
    alone.extend(others);
    *b = alone;
    pairs
}

#[cfg(test)]
mod tests;
