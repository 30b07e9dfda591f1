//! Places in a text: the sentences and paragraphs that a range of tokens lies in, and its length in bytes.

use crate::text::Tokenised;
use std::ops::Range;

pub(super) fn bytes(text: &Tokenised<'_>, range: &Range<u32>) -> u32 {
    if range.is_empty() { 0 } else { text.places[range.end as usize - 1].1 - text.places[range.start as usize].0 }
}

/// Tokens of the sentence that holds token `at`.
pub(super) fn sentence(text: &Tokenised<'_>, at: u32) -> Range<u32> {
    let index = text.sentence_of(at);
    text.sentences[index].tokens.clone()
}

pub(super) fn is_sentences(text: &Tokenised<'_>, range: &Range<u32>) -> bool {
    sentence(text, range.start).start == range.start && sentence(text, range.end - 1).end == range.end
}

/// Whether a sentence of `least` tokens or more lies in `gap`, all of it but a word in eight: sentences begin with the same
/// words by chance.
pub(super) fn holds_sentence(text: &Tokenised<'_>, gap: &Range<u32>, least: u32) -> bool {
    if (gap.len() as u32) < least {
        return false;
    }
    let first = text.sentence_of(gap.start);
    let near = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < gap.end);
    near.map(|sentence| &sentence.tokens).any(|tokens| {
        let inside = tokens.end.min(gap.end) - tokens.start.max(gap.start);
        inside >= least && 8 * (tokens.len() as u32 - inside) <= tokens.len() as u32
    })
}

/// First tokens of the paragraphs that begin inside `range`.
pub(super) fn paragraphs(text: &Tokenised<'_>, range: &Range<u32>) -> Vec<u32> {
    let first = text.sentences.partition_point(|sentence| sentence.tokens.start <= range.start);
    let inside = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < range.end);
    inside.filter(|sentence| sentence.paragraph).map(|sentence| sentence.tokens.start).collect()
}

pub(super) fn mostly_inside(inner: &Range<u32>, outer: &Range<u32>) -> bool {
    let overlap = inner.end.min(outer.end).saturating_sub(inner.start.max(outer.start));
    2 * overlap > inner.len() as u32
}

/// Tokens between two ranges; 0 where they touch or overlap.
pub(super) fn distance(x: &Range<u32>, y: &Range<u32>) -> u32 {
    y.start.saturating_sub(x.end).max(x.start.saturating_sub(y.end))
}
