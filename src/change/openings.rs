//! What items of the data files begin with, by hash.

use crate::text::Token;

/// What items begin with: a table by hash, so that a token may be taken for another one. The program that builds this one
/// makes it.
pub(crate) struct Openings(pub &'static [u8; 1 << BITS]);

/// Bits of a hash that choose a place of the table, which has many times as many places as there are items.
pub(crate) const BITS: u32 = 17;
/// Values begin so.
pub(crate) const VALUE: u8 = 1;
/// Words that carry meaning begin so.
pub(crate) const CUE: u8 = 2;
/// The signs of items that begin with a token and end with it, or go on with what is no word.
pub(crate) const ALONE: u8 = 0;
/// How far those of items that go on with another word are shifted.
pub(crate) const FIRST: u8 = 2;
/// How far those of items that begin with two tokens are shifted, at the place of both together.
pub(crate) const BOTH: u8 = 4;

/// The token stands in an item after its first word, or goes on what a number begins.
pub(crate) const PART: u8 = 64;

impl Openings {
    /// Whether an item that begins with another token may go on with this one.
    pub(crate) fn is_part(&self, token: Token) -> bool {
        self.0[place(token)] & PART != 0
    }

    /// The signs of a token that are shifted by `shift`.
    pub(crate) fn of(&self, token: Token, shift: u8) -> u8 {
        self.0[place(token)] >> shift & (VALUE | CUE)
    }
}

pub(crate) fn place(token: Token) -> usize {
    (token.0 >> (u64::BITS - BITS)) as usize
}

pub(crate) fn both(first: Token, second: Token) -> Token {
    Token(first.0.rotate_left(u64::BITS / 2) ^ second.0)
}
