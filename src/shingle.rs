//! Shingles: the hash of every few consecutive tokens, and what two texts share of them.
//!
//! Resemblance and containment after A. Z. Broder, "On the resemblance and containment of documents" (1997), over
//! multisets: a shingle that stands twice counts twice, so that repetitive texts are measured by their length.

use crate::text::{Token, TokenClass};

/// Tokens in a shingle, by what it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShingleSize {
    /// Beginning with a word, number or symbol.
    pub words: usize,
    /// Beginning with a character of Han or kana, which says less than a word.
    pub characters: usize,
}

impl ShingleSize {
    /// No longer than `tokens`, so that short texts have a shingle too.
    pub(crate) fn at_most(self, tokens: usize) -> Self {
        let cap = |size: usize| size.min(tokens.max(1));
        Self { words: cap(self.words), characters: cap(self.characters) }
    }

    /// Tokens in the shingle that begins with `token`.
    pub(crate) fn of(self, token: Token) -> usize {
        if token.class() == TokenClass::Character { self.characters } else { self.words }
    }
}

/// The place and hash of every shingle, in order. The hash depends on nothing but the shingle's tokens.
pub(crate) fn shingles(tokens: &[Token], size: ShingleSize) -> impl Iterator<Item = (usize, u64)> {
    (0..tokens.len()).filter_map(move |at| Some((at, hash(tokens.get(at..at + size.of(tokens[at]))?))))
}

/// Hash of consecutive tokens.
#[inline]
pub(crate) fn hash(tokens: &[Token]) -> u64 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, token: &Token| (hash.rotate_left(23) ^ token.0).wrapping_mul(MULTIPLIER);
    // As many as are usual are hashed without a loop.
    let mixed = match <&[Token; 5]>::try_from(tokens) {
        Ok(five) => five.iter().fold(0, mix),
        Err(_) => tokens.iter().fold(0, mix),
    };
    mixed ^ mixed >> 29
}

/// Sizes of two shingle multisets and of what they share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Overlap {
    pub a: usize,
    pub b: usize,
    pub shared: usize,
}

impl Overlap {
    /// Jaccard resemblance, 0 to 1; 1 for two empty texts.
    pub(crate) fn resemblance(self) -> f64 {
        share(self.shared, self.a + self.b - self.shared)
    }

    /// Share of A's shingles that B has.
    pub(crate) fn containment_a(self) -> f64 {
        share(self.shared, self.a)
    }

    /// Share of B's shingles that A has.
    pub(crate) fn containment_b(self) -> f64 {
        share(self.shared, self.b)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
