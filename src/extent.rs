//! How much a text says: what passages and the figure of a pair are measured by, an excerpt by its document's.

use crate::text::Tokenised;

/// Bytes that a word weighs at most, so that function words do not decide.
const WORD: u32 = 6;

/// How much a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub tokens: usize,
    pub sentences: usize,
    /// Of all its words.
    pub weight: u32,
}

impl Extent {
    /// Cost: linear.
    pub(crate) fn of(text: &Tokenised<'_>) -> Self {
        let weight = text.places.iter().map(|&place| weight_of(place)).fold(0, u32::saturating_add);
        Self { tokens: text.len(), sentences: text.sentences.len(), weight }
    }
}

/// What the word at token `at` weighs.
pub(crate) fn weight(text: &Tokenised<'_>, at: u32) -> u32 {
    weight_of(text.places[at as usize])
}

fn weight_of((start, end): (u32, u32)) -> u32 {
    (end - start).min(WORD)
}
