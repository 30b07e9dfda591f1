//! What items of the data files begin with, by hash.

use crate::text::Token;

/// What items begin with: a table by hash, so that a token may be taken for another one. The program that builds this one
/// makes it.
pub(crate) struct Openings(pub &'static [u8; 1 << BITS]);

/// Bits of a hash that choose a place of the table, which has many times as many places as there are items.
pub(crate) const BITS: u32 = 17;
/// Values begin so.
pub(crate) const VALUE: u8 = 1;
/// Words that carry meaning begin so, and what looks like one and is none.
pub(crate) const CUE: u8 = 2;
/// Cues that state nothing begin so: joints of lists, titles, particles.
pub(crate) const JOINT: u8 = 4;
/// The signs of items that begin with a token and end with it, or go on with what is no word.
pub(crate) const ALONE: u8 = 0;
/// How far those of items that go on with another word are shifted.
pub(crate) const FIRST: u8 = 3;
/// An item begins with two tokens, at the place of both together.
pub(crate) const BOTH: u8 = 64;
/// The token stands in an item after its first word, or goes on what a number begins.
pub(crate) const PART: u8 = 128;

impl Openings {
    /// Whether `mark` is set at the place of a token.
    pub(crate) fn has(&self, token: Token, mark: u8) -> bool {
        self.0[place(token)] & mark != 0
    }

    /// The signs of a token that are shifted by `shift`.
    pub(crate) fn of(&self, token: Token, shift: u8) -> u8 {
        self.0[place(token)] >> shift & (VALUE | CUE | JOINT)
    }
}

pub(crate) fn place(token: Token) -> usize {
    (token.0 >> (u64::BITS - BITS)) as usize
}

pub(crate) fn both(first: Token, second: Token) -> Token {
    Token(first.0.rotate_left(u64::BITS / 2) ^ second.0)
}
