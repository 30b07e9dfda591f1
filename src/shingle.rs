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

/// Calls `take` with the place and hash of every shingle, as [`shingles`] gives them. Where most are of as many tokens as is
/// usual, these are hashed without a look at how many there are.
#[inline]
pub(crate) fn for_each_shingle(tokens: &[Token], size: ShingleSize, mut take: impl FnMut(usize, u64)) {
    if size.words != USUAL || size.characters < USUAL {
        return shingles(tokens, size).for_each(|(at, hash)| take(at, hash));
    }
    for (at, five) in tokens.array_windows::<USUAL>().enumerate() {
        if five[0].class() != TokenClass::Character {
            take(at, hash(five));
        } else if let Some(tokens) = tokens.get(at..at + size.characters) {
            take(at, hash(tokens));
        }
    }
}

/// Tokens of a shingle, if nothing else is asked for.
const USUAL: usize = 5;

/// Hash of consecutive tokens.
#[inline]
pub(crate) fn hash(tokens: &[Token]) -> u64 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, token: &Token| (hash.rotate_left(23) ^ token.0).wrapping_mul(MULTIPLIER);
    // As many as are usual are hashed without a loop.
    let mixed = match <&[Token; USUAL]>::try_from(tokens) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn shingles_are_the_same_one_by_one_and_all_at_once() {
        let text = tokenise("The ministers 部長們在首爾會面 met in Seoul on Tuesday 會面。");
        for words in 1..7 {
            for characters in 1..9 {
                let size = ShingleSize { words, characters };
                let mut all = Vec::new();
                for_each_shingle(&text.tokens, size, |at, hash| all.push((at, hash)));
                assert_eq!(all, shingles(&text.tokens, size).collect::<Vec<_>>());
            }
        }
    }
}
