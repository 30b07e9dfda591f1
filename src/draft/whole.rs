//! Short texts taken whole: a sentence set against a sentence is one passage, however little of it is in long runs.

use super::stretch::Draft;
use super::{CLOSE, Drafter};
use crate::align::in_common;
use crate::text::{TokenClass, Tokenised};
use std::ops::Range;

/// What is short: up to this many sentences and tokens.
const SENTENCES: usize = 3;
const TOKENS: usize = 240;
/// Share of the longer side that must be matched. Of sentences drawn at random, one pair in a thousand reaches 0.22 in
/// English; of paraphrases, all but one in a hundred reach 0.32.
const ALIKE: f64 = 0.3;
/// Share of a sentence's content words that the other text must hold for the sentence to have to do with it.
const RELATED: f64 = 0.15;
/// Share of the tokens of each sentence that must be matched: a sentence that only one side says is no part of it.
const SENTENCE: f64 = 0.2;

impl Drafter<'_> {
    /// What the two texts have to say to each other as one draft, where that is short and matches no worse in order than
    /// `drafts` do in theirs.
    pub(super) fn whole(&mut self, drafts: &[Draft]) -> Option<Draft> {
        if self.a.len().min(self.b.len()) > TOKENS {
            return None;
        }
        let (a, b) = (related(self.a, self.b)?, related(self.b, self.a)?);
        let in_drafts: usize = drafts.iter().map(Draft::matched).sum();
        // A close draft is aligned as it would be here.
        let is_known = matches!(drafts, [draft] if draft.a == a && draft.b == b && draft.dice() >= CLOSE);
        if is_known || in_common(self.a, &a, self.b, &b) < in_drafts {
            return None;
        }
        let draft = self.aligned(a, b);
        let fits = draft.matched() >= in_drafts
            && draft.alike(self.a, self.b) >= ALIKE
            && every_sentence_has_some(self.a, &draft.a, draft.runs.iter().map(|run| run.a..run.end_a()))
            && every_sentence_has_some(self.b, &draft.b, draft.runs.iter().map(|run| run.b..run.end_b()));
        fits.then_some(draft)
    }
}

/// The tokens of `text` from its first to its last sentence that has words in common with `other`, if that is short. What
/// stands before and after plays no part, so that to append unrelated text changes nothing.
fn related(text: &Tokenised<'_>, other: &Tokenised<'_>) -> Option<Range<u32>> {
    let mut known = other.tokens.clone();
    known.sort_unstable();
    // Function words, which every text has, are short.
    let says =
        |&at: &u32| text.span(at as usize).len() > 3 || text.tokens[at as usize].class() == TokenClass::Character;
    let shares = |tokens: &Range<u32>| {
        let held =
            tokens.clone().filter(says).filter(|&at| known.binary_search(&text.tokens[at as usize]).is_ok()).count();
        held as f64 > RELATED * tokens.clone().filter(says).count() as f64
    };
    let sentences = &text.sentences;
    let first = sentences.iter().position(|sentence| shares(&sentence.tokens))?;
    let last = sentences.iter().rposition(|sentence| shares(&sentence.tokens))?;
    let tokens = sentences[first].tokens.start..sentences[last].tokens.end;
    (last - first < SENTENCES && tokens.len() <= TOKENS).then_some(tokens)
}

/// Whether each sentence of `within` has its share of matched tokens. `runs` are in order.
fn every_sentence_has_some(
    text: &Tokenised<'_>,
    within: &Range<u32>,
    runs: impl Iterator<Item = Range<u32>> + Clone,
) -> bool {
    let sentences = text.sentences.iter().filter(|sentence| within.contains(&sentence.tokens.start));
    sentences.map(|sentence| &sentence.tokens).all(|tokens| {
        let inside = runs.clone().map(|run| run.end.min(tokens.end).saturating_sub(run.start.max(tokens.start)));
        f64::from(inside.sum::<u32>()) >= SENTENCE * tokens.len() as f64
    })
}
