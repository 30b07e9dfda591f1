//! Where a draft begins and ends: where its alignment holds, and at a sentence border where one is near.

use super::keep::FIXED_DICE;
use super::place::{holds_sentence, sentence};
use super::stretch::{Draft, NEARLY, touching_joined};
use super::{CORE, Drafter};
use crate::align::push;
use crate::hashes::sort_few;
use crate::seed::Run;
use crate::text::{Token, TokenClass, Tokenised};
use std::ops::Range;

/// What a token out of the alignment costs when ends are trimmed, in matched tokens.
const TRIM_PRICE: f64 = 0.2;
/// Tokens that an end may be moved out to reach a sentence border.
const SNAP: u32 = 8;
/// How likely words without a match must be to belong to a draft at its end, by the share of such words inside of it, and
/// the least share that is reckoned with.
const LIKELY: f64 = 0.0005;
const UNMATCHED: f64 = 0.01;
/// Matched tokens that an end may lose to stop at a sentence border instead.
const SCRAP: usize = 1;
/// Bytes of a word that says something of its own, unless it is a single character, and the share of such words that sentences said on one side only may have in
/// common with the other side all the same.
const WORD: usize = 5;
const MET: f64 = 0.2;
/// What was trimmed is given back if this share of its words of so many bytes, and so many of them, stand on the other side.
const KNOWN: f64 = 0.45;
const KNOWN_WORD: usize = 4;
const KNOWN_WORDS: usize = 2;
/// What stands first here and last there is the same if this share of its words does; longer stretches are passages themselves.
const TURNED: f64 = 0.75;
const TURNED_TOKENS: usize = 24;

impl Drafter<'_> {
    /// Gives back what trimming took from the ends of a stretch but should have left there.
    pub(super) fn give_back(&self, draft: &mut Draft, untrimmed: &Draft) {
        self.keep_sentences(draft, untrimmed);
        draft.take_from(untrimmed);
        if draft.dice() < FIXED_DICE {
            self.keep_known(draft, untrimmed);
        } else {
            self.keep_turned(draft, untrimmed);
        }
        draft.take_from(untrimmed);
    }

    /// What ends the draft here and begins it there, if it is next to the same and too short to be a passage of its own: "...",
    /// he said; he said: "...".
    fn keep_turned(&self, draft: &mut Draft, untrimmed: &Draft) {
        let Draft { a, b, .. } = untrimmed;
        let is_turned = |in_a: Range<u32>, in_b: Range<u32>| {
            let sorted = |text: &Tokenised<'_>, range: &Range<u32>| unmatched(text, range, std::iter::empty());
            let mostly = |text: &Tokenised<'_>, range: &Range<u32>, others: &[Token]| {
                let (all, met) = met(text, range.clone(), others, KNOWN_WORD);
                met >= KNOWN_WORDS && met as f64 >= TURNED * all as f64
            };
            let short = |range: &Range<u32>| !range.is_empty() && range.len() <= TURNED_TOKENS;
            short(&in_a)
                && short(&in_b)
                && mostly(self.a, &in_a, &sorted(self.b, &in_b))
                && mostly(self.b, &in_b, &sorted(self.a, &in_a))
        };
        if is_turned(draft.a.end..a.end, b.start..draft.b.start) {
            (draft.a.end, draft.b.start) = (a.end, b.start);
        }
        if is_turned(a.start..draft.a.start, draft.b.end..b.end) {
            (draft.a.start, draft.b.end) = (a.start, b.end);
        }
    }

    /// An end that trimming took whole sentences from on both sides: they were found alike as sentences.
    fn keep_sentences(&self, draft: &mut Draft, untrimmed: &Draft) {
        let least = self.options.min_words as u32;
        let whole =
            |a: Range<u32>, b: Range<u32>| holds_sentence(self.a, &a, least) && holds_sentence(self.b, &b, least);
        if whole(untrimmed.a.start..draft.a.start, untrimmed.b.start..draft.b.start) {
            (draft.a.start, draft.b.start) = (untrimmed.a.start, untrimmed.b.start);
        }
        if whole(draft.a.end..untrimmed.a.end, draft.b.end..untrimmed.b.end) {
            (draft.a.end, draft.b.end) = (untrimmed.a.end, untrimmed.b.end);
        }
    }

    /// An end of which the other side has much all the same, in another place: what stands first here and last there is in no
    /// alignment.
    fn keep_known(&self, draft: &mut Draft, untrimmed: &Draft) {
        let Draft { a, b, .. } = untrimmed;
        let in_a = unmatched(self.a, a, draft.runs.iter().map(|run| run.a..run.end_a()));
        let in_b = unmatched(self.b, b, draft.runs.iter().map(|run| run.b..run.end_b()));
        if is_known(self.a, a.start..draft.a.start, &in_b) {
            draft.a.start = a.start;
        }
        if is_known(self.a, draft.a.end..a.end, &in_b) {
            draft.a.end = a.end;
        }
        if is_known(self.b, b.start..draft.b.start, &in_a) {
            draft.b.start = b.start;
        }
        if is_known(self.b, draft.b.end..b.end, &in_a) {
            draft.b.end = b.end;
        }
    }

    /// Moves the ends out to sentence borders that are near on both sides, if the words on the way are likely to belong to
    /// the draft.
    pub(super) fn let_out(&mut self, draft: &mut Draft) {
        let (from_a, from_b) = (sentence(self.a, draft.a.start).start, sentence(self.b, draft.b.start).start);
        if draft.a.start - from_a <= SNAP && draft.b.start - from_b <= SNAP {
            let head = self.aligner.complete(from_a..draft.a.start, from_b..draft.b.start, &[]);
            if belong(draft, draft.a.start - from_a, draft.b.start - from_b, &head.runs) {
                draft.runs = touching_joined([&head.runs[..], &draft.runs].concat());
                (draft.a.start, draft.b.start) = (from_a, from_b);
            }
        }
        let (to_a, to_b) = (sentence(self.a, draft.a.end - 1).end, sentence(self.b, draft.b.end - 1).end);
        if to_a - draft.a.end <= SNAP && to_b - draft.b.end <= SNAP {
            let tail = self.aligner.complete(draft.a.end..to_a, draft.b.end..to_b, &[]);
            if belong(draft, to_a - draft.a.end, to_b - draft.b.end, &tail.runs) {
                tail.runs.into_iter().for_each(|run| push(&mut draft.runs, run));
                (draft.a.end, draft.b.end) = (to_a, to_b);
            }
        }
    }

    /// Gives up the sentences at an end in which nothing is matched and of whose words few stand anywhere on the other side:
    /// they are said on one side only.
    pub(super) fn shed(&self, draft: &mut Draft) {
        let (Some(first), Some(last)) = (draft.first_match(), draft.last_match()) else { return };
        let (in_a, in_b) = (draft.a.clone(), draft.b.clone());
        let starts = (sentence(self.a, first.0).start, sentence(self.b, first.1).start);
        let ends = (sentence(self.a, last.0).end, sentence(self.b, last.1).end);
        if self.is_lone(self.a, in_a.start..starts.0, self.b, &in_b) {
            draft.a.start = starts.0;
        }
        if self.is_lone(self.b, in_b.start..starts.1, self.a, &in_a) {
            draft.b.start = starts.1;
        }
        if self.is_lone(self.a, ends.0..in_a.end, self.b, &in_b) {
            draft.a.end = ends.0;
        }
        if self.is_lone(self.b, ends.1..in_b.end, self.a, &in_a) {
            draft.b.end = ends.1;
        }
    }

    /// Whether few of some tokens' words stand in `others`. It is never said of fewer tokens than a passage has, nor where no
    /// word says anything.
    fn is_lone(&self, text: &Tokenised<'_>, tokens: Range<u32>, other: &Tokenised<'_>, others: &Range<u32>) -> bool {
        if tokens.len() < self.options.min_words {
            return false;
        }
        let known = unmatched(other, others, std::iter::empty());
        let (all, met) = met(text, tokens, &known, WORD);
        all > 0 && met as f64 <= MET * all as f64
    }

    /// Takes the ends back from sentences of which only a few words were matched.
    pub(super) fn retract(&self, draft: &mut Draft) {
        self.retract_end(draft);
        self.retract_start(draft);
    }

    /// Takes the end back to the last sentence border where little is matched beyond it, unless both sentences end there.
    fn retract_end(&self, draft: &mut Draft) {
        let (a, b) = (sentence(self.a, draft.a.end - 1), sentence(self.b, draft.b.end - 1));
        let complete = a.end == draft.a.end && b.end == draft.b.end;
        if complete || a.start <= draft.a.start || b.start <= draft.b.start {
            return;
        }
        let (before, after) = draft.halves(a.start, b.start);
        if self.is_scrap(draft, &before, &after) {
            *draft = before;
        }
    }

    /// The same for the start.
    fn retract_start(&self, draft: &mut Draft) {
        let (a, b) = (sentence(self.a, draft.a.start), sentence(self.b, draft.b.start));
        let complete = a.start == draft.a.start && b.start == draft.b.start;
        if complete || a.end >= draft.a.end || b.end >= draft.b.end {
            return;
        }
        let (before, after) = draft.halves(a.end, b.end);
        if self.is_scrap(draft, &after, &before) {
            *draft = after;
        }
    }

    /// Whether `scrap`, cut from `draft`, holds too few words to stand, no run was lost with the cut, and enough is kept.
    fn is_scrap(&self, draft: &Draft, kept: &Draft, scrap: &Draft) -> bool {
        let whole = kept.matched() + scrap.matched() == draft.matched();
        let few = scrap.matched() <= SCRAP || (scrap.matched() < self.options.min_words && scrap.dice() < CORE);
        whole && few && kept.matched() >= 2 * scrap.matched()
    }
}

/// The tokens of `range` in none of the ranges `matched`, which are in order: sorted by what they are.
fn unmatched(text: &Tokenised<'_>, range: &Range<u32>, matched: impl Iterator<Item = Range<u32>>) -> Vec<Token> {
    let mut left = Vec::new();
    let mut from = range.start;
    for matched in matched.chain(std::iter::once(range.end..range.end)) {
        left.extend_from_slice(&text.tokens[from as usize..matched.start.max(from) as usize]);
        from = matched.end;
    }
    sort_few(&mut left, |token| token.0);
    left
}

/// Whether enough of some tokens are among the sorted ones of the other side.
fn is_known(text: &Tokenised<'_>, tokens: Range<u32>, others: &[Token]) -> bool {
    let (all, met) = met(text, tokens, others, KNOWN_WORD);
    met >= KNOWN_WORDS && met as f64 >= KNOWN * all as f64
}

/// How many of some tokens are words of `bytes` and more, or single characters, that say something, and how many of those are
/// among the sorted `others`.
fn met(text: &Tokenised<'_>, tokens: Range<u32>, others: &[Token], bytes: usize) -> (usize, usize) {
    let says = |&at: &usize| text.tokens[at].class() == TokenClass::Character || text.span(at).len() >= bytes;
    let words = (tokens.start as usize..tokens.end as usize).filter(says);
    words.fold((0, 0), |(all, met), at| (all + 1, met + usize::from(others.binary_search(&text.tokens[at]).is_ok())))
}

/// Whether words next to a draft, so many in A and in B with those runs in them, are likely to belong to it: among words
/// that are nearly all matched, several in a row that are not are rare. Words that only one side has count twice, since
/// nothing stands in their place.
fn belong(draft: &Draft, in_a: u32, in_b: u32, runs: &[Run]) -> bool {
    let matched: u32 = runs.iter().map(|run| run.len).sum();
    let sides = if in_a.min(in_b) == 0 { 2 } else { 1 };
    let unmatched = (in_a.max(in_b) - matched) * sides;
    (1.0 - draft.dice()).max(UNMATCHED).powi(unmatched as i32) >= LIKELY
}

/// Keeps the best-scoring stretch of the alignment: matches earn, tokens between them cost (a local alignment along one
/// path; J. Bentley, "Programming pearls: algorithm design techniques", 1984, for the scan).
pub(super) fn trim(draft: &mut Draft) {
    let mut steps: Vec<(u32, u32, u32, f64)> = draft.runs.iter().map(|run| (run.a, run.b, run.len, 1.0)).collect();
    steps.extend(draft.nearly.iter().map(|&(a, b)| (a, b, 1, NEARLY)));
    steps.sort_unstable_by_key(|step| (step.0, step.1));
    let mut best = (0.0, draft.a.clone(), draft.b.clone());
    let (mut sum, mut start, mut end) = (0.0, (0, 0), None);
    for (a, b, len, earned) in steps {
        if let Some((end_a, end_b)) = end {
            sum -= TRIM_PRICE * f64::from(u32::max(a - end_a, b - end_b));
        }
        if sum <= 0.0 {
            (sum, start) = (0.0, (a, b));
        }
        sum += earned * f64::from(len);
        end = Some((a + len, b + len));
        if sum > best.0 {
            best = (sum, start.0..a + len, start.1..b + len);
        }
    }
    (draft.a, draft.b) = (best.1, best.2);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Alignment;
    use crate::options::Options;
    use crate::text::tokenise;

    /// What is left of `before` when a draft of it and two sentences, of which those are matched, is shed.
    fn left_of(before: &str) -> String {
        let rates = "The board agreed that interest rates would stay. It will act without delay if prices rise.";
        let (a, b) = (rates.to_owned(), format!("{before} {rates}"));
        let (a, b, options) = (tokenise(&a), tokenise(&b), Options::default());
        let (len_a, len_b) = (a.len() as u32, b.len() as u32);
        let run = Run { a: 0, b: len_b - len_a, len: len_a };
        let mut draft = Draft::of(0..len_a, 0..len_b, Alignment { runs: vec![run], nearly: Vec::new() });
        Drafter::uncut(&a, &b, &options).shed(&mut draft);
        assert_eq!((draft.a, draft.b.end), (0..len_a, len_b));
        let start = b.span(draft.b.start as usize).start;
        b.text[start..].strip_suffix(rates).unwrap().trim().to_owned()
    }

    #[test]
    fn a_sentence_that_one_side_says_alone_is_shed() {
        assert_eq!(left_of("Members welcomed new colleagues from Lisbon and thanked their predecessors warmly."), "");
    }

    #[test]
    fn one_with_words_of_the_other_side_in_another_order_is_not() {
        let other = "Should prices rise, without delay, so the board agreed, interest would rise.";
        assert_eq!(left_of(other), other);
        assert_eq!(left_of("Members left."), "Members left.", "it is too short to tell");
        let small = "So it was, as we all saw, and so it may be.";
        assert_eq!(left_of(small), small, "particles tell nothing");
    }

    const GATE: &str = "The harbour master closed the northern gate at noon because heavy weather was coming in.";
    const CREWS: &str = "Twelve fishing crews protested loudly outside.";

    /// What of A and B is left when trimming took [`CREWS`] from the end of A and `first` from the start of B.
    fn given_back(first: &str) -> (bool, bool) {
        let (a, b) = (
            format!("{GATE} {CREWS}"),
            format!(
                "{first} {}",
                GATE.replace("because", "when").replace("heavy", "foul").replace("northern", "southern")
            ),
        );
        let (a, b, options) = (tokenise(&a), tokenise(&b), Options::default());
        let cut = b.sentences[1].tokens.start;
        let runs = [(0, 5), (6, 3), (11, 4)].map(|(at, len)| Run { a: at, b: cut + at, len }).to_vec();
        let untrimmed = Draft::of(0..a.len() as u32, 0..b.len() as u32, Alignment { runs, nearly: Vec::new() });
        let mut draft = untrimmed.clone();
        (draft.a.end, draft.b.start) = (a.sentences[0].tokens.end, cut);
        Drafter::uncut(&a, &b, &options).give_back(&mut draft, &untrimmed);
        (draft.a == untrimmed.a, draft.b == untrimmed.b)
    }

    #[test]
    fn a_sentence_that_stands_first_here_and_last_there_is_given_back() {
        assert_eq!(given_back("Outside, twelve fishing boats protested."), (true, true));
        assert_eq!(given_back("Nobody else was told of that."), (false, false));
    }

    /// Whether `in_a` and `in_b` words, `matched` of them, belong to a draft of 20 words of which `inside` are matched.
    fn belongs(inside: u32, in_a: u32, in_b: u32, matched: u32) -> bool {
        let run = |len| vec![Run { a: 0, b: 0, len }];
        let draft = Draft::of(0..20, 0..20, Alignment { runs: run(inside), nearly: Vec::new() });
        belong(&draft, in_a, in_b, &run(matched))
    }

    #[test]
    fn words_in_place_of_others_belong_to_a_draft_with_many_such_words() {
        assert!(belongs(10, 6, 6, 0));
        assert!(!belongs(19, 6, 6, 0));
        assert!(belongs(19, 6, 6, 5));
    }

    #[test]
    fn words_of_one_side_alone_belong_less() {
        assert!(belongs(18, 3, 3, 0));
        assert!(!belongs(18, 3, 0, 0));
        assert!(belongs(18, 1, 0, 0));
    }
}
