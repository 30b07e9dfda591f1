//! Tokens cut to four bytes: what texts are kept as, and compared by, where there are many of them.

use crate::text::Token;
use xxhash_rust::xxh3::xxh3_128;

/// A token cut to 30 bits of hash and its class. Two words in a billion become one, and a passage has many.
fn narrow(token: Token) -> u32 {
    (token.0 >> 32) as u32 & !3 | token.0 as u32 & 3
}

/// The token to hash shingles with: as good as the whole one for telling them apart, and of the same class.
pub(crate) fn widen(token: u32) -> Token {
    Token(u64::from(token))
}

/// The tokens of a text, cut.
pub(crate) fn narrowed(tokens: &[Token]) -> impl ExactSizeIterator<Item = u32> {
    tokens.iter().map(|&token| narrow(token))
}

/// Tokens that were cut, to hash shingles with.
pub(crate) fn widened(tokens: &[u32]) -> impl ExactSizeIterator<Item = Token> {
    tokens.iter().map(|&token| widen(token))
}

/// XXH3 of a text's tokens: equal for texts that are the same after folding.
pub(crate) fn text_hash(narrowed: &[u32]) -> u128 {
    xxh3_128(bytemuck::cast_slice(narrowed))
}
