//! Short texts taken whole: a sentence set against a sentence is one passage, however little of it is in long runs.

use super::stretch::{Draft, weight};
use super::telling::told_alike;
use super::{CLOSE, Drafter};
use crate::align::in_common;
use crate::seed::Run;
use crate::shared::Shared;
use crate::text::{Sentence, Token, TokenClass, Tokenised, is_syllable};
use std::ops::Range;

/// What is short: up to this many sentences, and tokens.
const SENTENCES: usize = 3;
pub(crate) const SHORT: usize = 240;
/// Share of the longer side that must be matched. Of sentences drawn at random, one pair in a thousand reaches 0.22 in
/// English; of paraphrases, all but one in a hundred reach 0.32.
const ALIKE: f64 = 0.3;
/// Share of the longer side that the other must hold, in whatever order, where not that much is matched in order. Of sentences
/// drawn at random, one pair in five thousand reaches it in English, Korean and Chinese.
const HELD: f64 = 0.4;
/// Words of a line that both texts have.
const LINE: u32 = 8;
/// Share of a sentence's content words that the other text must hold for the sentence to have to do with it.
const RELATED: f64 = 0.15;
/// Share of the tokens of each sentence that must be matched: a sentence that only one side says is no part of it.
const SENTENCE: f64 = 0.2;

impl Drafter<'_> {
    /// What the two texts have to say to each other as one draft, where that is short and matches no worse in order than
    /// `drafts` do in theirs.
    pub(super) fn whole(&mut self, drafts: &[Draft]) -> Option<Draft> {
        // An excerpt is as short as it was cut, which says nothing of what stands around it.
        if self.is_cut() || self.a.len().min(self.b.len()) > SHORT {
            return None;
        }
        if is_long(self.a, drafts, |run| run.a) || is_long(self.b, drafts, |run| run.b) {
            return None;
        }
        let (a, b) = related(self.a, self.b)?;
        let in_drafts: usize = drafts.iter().map(Draft::matched).sum();
        // A close draft is aligned as it would be here.
        let is_known = matches!(drafts, [draft] if draft.a == a && draft.b == b && draft.dice() >= CLOSE);
        if is_known || in_common(self.a, &a, self.b, &b) < in_drafts {
            return None;
        }
        let mut draft = self.aligned(a, b);
        if draft.matched() < in_drafts {
            return None;
        }
        let in_order = draft.alike(self.a, self.b) >= ALIKE
            && every_sentence_has_some(self.a, &draft.a, matched(&draft, |run| run.a, |near| near.0))
            && every_sentence_has_some(self.b, &draft.b, matched(&draft, |run| run.b, |near| near.1));
        if !in_order {
            if !drafts.is_empty() {
                return None;
            }
            // A line that both have word for word, and nothing else, is no telling in other words.
            let is_line = |run: &Run| run.len >= LINE && 2 * run.len as usize >= draft.matched();
            let told = || {
                let line = draft.runs.iter().any(is_line);
                if line { None } else { told_alike((self.a, &draft.a), (self.b, &draft.b)) }
            };
            let held = self.held(&draft).filter(|&held| held >= HELD).or_else(told)?;
            draft.cosine = draft.cosine.max(held);
        }
        Some(draft)
    }

    /// The share of the longer side of a draft that the other holds in whatever order, if of every sentence it holds some.
    fn held(&self, draft: &Draft) -> Option<f64> {
        let (held_a, held_b) = (Held::new(self.a, &draft.a), Held::new(self.b, &draft.b));
        let share = |held: u32, text: &Tokenised<'_>, range: &Range<u32>| {
            f64::from(held) / f64::from(weight(text, range.clone()).max(1))
        };
        let some = |text: &Tokenised<'_>, within: &Range<u32>, other: &Held<'_>| {
            sentences(text, within).all(|tokens| share(other.of(text, tokens), text, tokens) >= SENTENCE)
        };
        let both = some(self.a, &draft.a, &held_b) && some(self.b, &draft.b, &held_a);
        let (in_a, in_b) = (held_b.of(self.a, &draft.a), held_a.of(self.b, &draft.b));
        both.then(|| share(in_a, self.a, &draft.a).min(share(in_b, self.b, &draft.b)))
    }
}

/// Whether the words that the drafts match are enough to say that what has to do with the other text is not short: the other
/// text holds those, and need not be searched for more. `start` is where a run begins in `text`.
fn is_long(text: &Tokenised<'_>, drafts: &[Draft], start: impl Fn(&Run) -> u32) -> bool {
    if drafts.is_empty() || text.sentences.len() <= SENTENCES {
        return false;
    }
    let mut matched = vec![false; text.len()];
    for run in drafts.iter().flat_map(|draft| &draft.runs) {
        let start = start(run) as usize;
        matched[start..start + run.len as usize].fill(true);
    }
    between(text, |at| matched[at]).is_some_and(|found| found.len() > SENTENCES)
}

/// The tokens of both texts from the first to the last sentence that has words in common with the other one, if those are short.
/// What stands before and after plays no part, so that to append unrelated text changes nothing.
fn related(a: &Tokenised<'_>, b: &Tokenised<'_>) -> Option<(Range<u32>, Range<u32>)> {
    let shared = Shared::of(a.tokens.iter().copied(), b.tokens.iter().copied());
    Some((related_to(a, b, &shared)?, related_to(b, a, &shared)?))
}

/// The tokens of `text` that have to do with `other`, with which it has tokens `shared`.
fn related_to(text: &Tokenised<'_>, other: &Tokenised<'_>, shared: &Shared) -> Option<Range<u32>> {
    let korean = may_hold_syllables(text.text) && may_hold_syllables(other.text);
    let words = if korean { 0..other.len() } else { 0..0 };
    let mut stems: Vec<&str> = words.filter_map(|at| stem(other, at)).collect();
    stems.sort_unstable();
    let has_stem =
        |at: usize| !stems.is_empty() && stem(text, at).is_some_and(|stem| stems.binary_search(&stem).is_ok());
    let found = between(text, |at| shared.has(text.tokens[at]) || has_stem(at))?;
    let tokens = text.sentences[found.start].tokens.start..text.sentences[found.end - 1].tokens.end;
    (found.len() <= SENTENCES && tokens.len() <= SHORT).then_some(tokens)
}

/// The words of a stretch, to be asked for by what they are and, in Korean, by what they begin with.
struct Held<'t> {
    tokens: Vec<Token>,
    stems: Vec<&'t str>,
}

impl<'t> Held<'t> {
    fn new(text: &Tokenised<'t>, range: &Range<u32>) -> Self {
        let range = range.start as usize..range.end as usize;
        let mut tokens = text.tokens[range.clone()].to_vec();
        let mut stems: Vec<&str> = range.filter_map(|at| stem(text, at)).collect();
        tokens.sort_unstable();
        stems.sort_unstable();
        Self { tokens, stems }
    }

    /// What those of some tokens weigh that it holds.
    fn of(&self, text: &Tokenised<'_>, tokens: &Range<u32>) -> u32 {
        let held = |&at: &u32| {
            let at = at as usize;
            self.tokens.binary_search(&text.tokens[at]).is_ok()
                || stem(text, at).is_some_and(|stem| self.stems.binary_search(&stem).is_ok())
        };
        tokens.clone().filter(held).map(|at| weight(text, at..at + 1)).sum()
    }
}

/// What a Korean word of two syllables and more begins with, whatever particle or ending follows.
fn stem<'t>(text: &Tokenised<'t>, at: usize) -> Option<&'t str> {
    let word = text.span(at).of(text.text);
    if !word.starts_with(is_syllable) {
        return None;
    }
    let (end, last) = word.char_indices().nth(1)?;
    let stem = &word[..end + last.len_utf8()];
    is_syllable(last).then_some(stem)
}

/// Whether a byte of `text` may begin a Hangul syllable: a quick no for most texts.
fn may_hold_syllables(text: &str) -> bool {
    text.bytes().fold(false, |any, byte| any | matches!(byte, 0xEA..=0xED))
}

/// The tokens of one side that a draft matches, nearly equal ones included.
fn matched(draft: &Draft, start: fn(&Run) -> u32, near: fn(&(u32, u32)) -> u32) -> Vec<Range<u32>> {
    let runs = draft.runs.iter().map(|run| start(run)..start(run) + run.len);
    runs.chain(draft.nearly.iter().map(|pair| near(pair)..near(pair) + 1)).collect()
}

/// The sentences of `text` from the first to the last of which the other text holds enough content words.
fn between(text: &Tokenised<'_>, is_held: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    // Function words, which every text has, are short.
    let says = |&at: &usize| text.span(at).len() > 3 || text.tokens[at].class() == TokenClass::Character;
    let shares = |sentence: &Sentence| {
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let held = tokens.clone().filter(says).filter(|&at| is_held(at)).count();
        held as f64 > RELATED * tokens.filter(says).count() as f64
    };
    let first = text.sentences.iter().position(shares)?;
    let last = text.sentences.iter().rposition(shares)?;
    Some(first..last + 1)
}

/// The tokens of each sentence that begins in `within`.
pub(super) fn sentences<'t>(text: &'t Tokenised<'_>, within: &Range<u32>) -> impl Iterator<Item = &'t Range<u32>> {
    let inside = |sentence: &&Sentence| within.contains(&sentence.tokens.start);
    text.sentences.iter().filter(inside).map(|sentence| &sentence.tokens)
}

/// Whether each sentence of `within` has its share of `matched` tokens.
fn every_sentence_has_some(text: &Tokenised<'_>, within: &Range<u32>, matched: Vec<Range<u32>>) -> bool {
    sentences(text, within).all(|tokens| {
        let inside = matched.iter().map(|run| run.end.min(tokens.end).saturating_sub(run.start.max(tokens.start)));
        f64::from(inside.sum::<u32>()) >= SENTENCE * tokens.len() as f64
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extent::Extent;
    use crate::text::tokenise;

    #[test]
    fn a_text_is_long_where_the_words_matched_lie_far_apart() {
        let text = tokenise("Boats came in. They were late. Nobody knew why. The harbour stayed closed.");
        let draft = |runs: &[(u32, u32)]| Draft {
            a: 0..text.len() as u32,
            b: 0..text.len() as u32,
            runs: runs.iter().map(|&(a, len)| Run { a, b: a, len }).collect(),
            nearly: Vec::new(),
            cosine: 0.0,
            evidence: 0.0,
            moved: false,
        };
        let is_long = |runs: &[(u32, u32)]| is_long(&text, &[draft(runs)], |run| run.a);
        assert!(is_long(&[(0, 2), (10, 2)]));
        assert!(!is_long(&[(0, 9)]), "three sentences are short");
        assert!(!is_long(&[]));
        assert_eq!(related(&text, &text), None);
    }

    #[test]
    fn a_sentence_in_another_order_is_taken_whole() {
        let whole = |a: &str, b: &str| {
            let (a, b, options) = (tokenise(a), tokenise(b), crate::Options::default());
            Drafter::uncut(&a, &b, &options)
                .whole(&[])
                .map(|draft| (draft.a.len() == a.len(), draft.b.len() == b.len()))
        };
        let sold = "The grant, worth 40 million, goes to twelve universities.";
        assert_eq!(whole(sold, "Twelve universities will share the grant, worth 40 million."), Some((true, true)));
        assert_eq!(
            whole(
                "통신 장애가 나면 사업자가 3시간 안에 이용자에게 알린다.",
                "이용자는 통신장애를 3일 안에 사업자에게서 듣는다."
            ),
            Some((true, true))
        );
        assert_eq!(whole(sold, "The harbour, closed since March, reopens to twelve ferries."), None);
    }

    #[test]
    fn an_excerpt_is_not_taken_whole() {
        let (a, b) = (tokenise("Boats came in late."), tokenise("Boats came in early."));
        let long = tokenise("Boats came in late. Nobody knew why.");
        let options = crate::Options::default();
        assert!(Drafter::uncut(&a, &b, &options).whole(&[]).is_some());
        for extents in [[Extent::of(&long), Extent::of(&b)], [Extent::of(&a), Extent::of(&long)]] {
            assert!(Drafter::new(&a, &b, &options, extents).whole(&[]).is_none());
        }
    }
}
