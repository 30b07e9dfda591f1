//! Which tokens may begin a value, a name or a cue: a quick no for nearly all of them, so that facts are read only where
//! one may be. The readers decide; here nothing is lost, and something may be let through in vain.
//!
//! A token is a hash of its folded word, so one look into a table of bits tells whether the data files have an item that
//! begins with it. Where all such items go on with another word, the pair of both is looked up. What is written with more
//! than letters (digits, signs, apostrophes) may always begin something.

use super::openings::{ALONE, BOTH, CUE, FIRST, JOINT, PART, VALUE, both};
use super::tables::OPENINGS;
use crate::text::Tokenised;
use std::ops::Range;

/// What may begin at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign(u16);

impl Sign {
    /// A value, or what only looks like one.
    pub(super) const VALUE: Self = Self(VALUE as u16);
    /// A word that carries meaning, or looks like one.
    pub(super) const CUE: Self = Self(CUE as u16);
    /// A joint of lists, a title, a particle: it states nothing.
    pub(super) const JOINT: Self = Self(JOINT as u16);
    /// Begins with a capital: a name.
    pub(super) const CAPITAL: Self = Self(8);
    /// Written with more than letters.
    pub(super) const ODD: Self = Self(16);
    /// Of a script whose words cannot be told from tokens.
    const WIDE: Self = Self(32);
    /// Written with letters beyond ASCII.
    const ACCENTED: Self = Self(64);
    /// What begins before may go on here.
    pub(super) const PART: Self = Self(128);
    /// A value or a cue that begins here may go on with the next token.
    pub(super) const LONG: Self = Self(256);

    /// The signs of either.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Where a sign keeps what items begin with its token that go on with another.
const OPENS: u32 = 9;

/// The signs of the tokens of one side of a unit.
#[derive(Debug)]
pub(super) struct Signs {
    first: u32,
    list: Vec<Sign>,
}

impl Signs {
    /// Looks at `tokens`, or at none where one of them is not Latin. Cost: linear in their bytes, and low.
    pub(super) fn of(text: &Tokenised<'_>, tokens: Range<u32>) -> Option<Self> {
        let openings = &OPENINGS;
        let mut list: Vec<Sign> = Vec::with_capacity(tokens.len());
        let range = tokens.start as usize..tokens.end as usize;
        let bytes = text.text.as_bytes();
        for (&token, &(start, end)) in text.tokens[range.clone()].iter().zip(&text.places[range.clone()]) {
            let written = writing(bytes, start as usize..end as usize);
            let odd = written.has(Sign::ODD);
            if written.has(Sign::WIDE) {
                return None;
            }
            let begins = if odd { VALUE | CUE } else { openings.of(token, ALONE) };
            let part = if odd || openings.has(token, PART) { Sign::PART.0 } else { 0 };
            let opens = u16::from(openings.of(token, FIRST)) << OPENS;
            list.push(Sign(written.0 | u16::from(begins) | part | opens));
        }
        // What begins with a token if the next one fits. Apart from the look into the table above, which then waits for none
        // of these guesses.
        let tokens_here = &text.tokens[range];
        for at in 1..list.len() {
            let opens = list[at - 1].0 >> OPENS;
            if opens == 0 {
                continue;
            }
            let goes_on = list[at].has(Sign::ODD) || openings.has(both(tokens_here[at - 1], tokens_here[at]), BOTH);
            let long = if opens & u16::from(VALUE | CUE) != 0 { Sign::LONG.0 } else { 0 };
            list[at - 1].0 |= if goes_on { opens | long } else { 0 };
        }
        Some(Self { first: tokens.start, list })
    }

    /// The same with what begins at tokens outside `windows`, which are in order, left out.
    pub(super) fn within(&self, windows: &[Range<u32>]) -> Self {
        let mut list: Vec<Sign> = self.list.iter().map(|sign| Sign(sign.0 & Sign::ODD.or(Sign::ACCENTED).0)).collect();
        for window in windows {
            let window = (window.start - self.first) as usize..(window.end - self.first) as usize;
            list[window.clone()].copy_from_slice(&self.list[window]);
        }
        Self { first: self.first, list }
    }

    /// Whether a token is written with the letters of ASCII alone.
    pub(super) fn is_plain(&self, token: u32) -> bool {
        !self.list[(token - self.first) as usize].has(Sign::ODD.or(Sign::ACCENTED))
    }

    /// Whether anything may begin at a token that states something.
    pub(super) fn states_any(&self, token: u32) -> bool {
        self.has(token, Sign::VALUE.or(Sign::CUE).or(Sign::CAPITAL).or(Sign::ODD))
    }

    /// Whether a token has one of some signs.
    pub(super) fn has(&self, token: u32, sign: Sign) -> bool {
        self.list[(token - self.first) as usize].has(sign)
    }

    /// The first token from `token` on that has `sign`.
    pub(super) fn next_with(&self, token: u32, sign: Sign) -> Option<u32> {
        let rest = &self.list[(token - self.first) as usize..];
        rest.iter().position(|one| one.has(sign)).map(|steps| token + steps as u32)
    }

    /// The tokens that have `sign`, in order.
    pub(super) fn with(&self, sign: Sign) -> impl Iterator<Item = u32> {
        self.list.iter().zip(self.first..).filter(move |(one, _)| one.has(sign)).map(|(_, token)| token)
    }
}

/// How the token at `place` is written. Nearly all are words of ASCII letters of at most sixteen bytes, of which one look tells
/// that, whatever their length.
fn writing(bytes: &[u8], place: Range<usize>) -> Sign {
    let first = bytes[place.start];
    let ahead = bytes[place.start..].first_chunk();
    if place.len() <= WIDTH && ahead.is_some_and(|&ahead| are_letters(u128::from_le_bytes(ahead), place.len())) {
        return Sign(if first.is_ascii_uppercase() { Sign::CAPITAL.0 } else { 0 });
    }
    let token = &bytes[place];
    let mut written = token.iter().fold(0, |written, &byte| written | WRITING[usize::from(byte)]);
    let capital = if first.is_ascii() {
        first.is_ascii_uppercase()
    } else {
        str::from_utf8(token).is_ok_and(|token| token.starts_with(char::is_uppercase))
    };
    written |= if capital { Sign::CAPITAL.0 } else { 0 };
    Sign(written)
}

/// Bytes that are looked at at once.
const WIDTH: usize = size_of::<u128>();

/// Whether the first `len` of some bytes, the first lowest, are letters of ASCII; there is at least one.
fn are_letters(bytes: u128, len: usize) -> bool {
    const HIGH: u128 = each(0x80);
    let small = bytes & !HIGH | each(0x20);
    // The highest bit of each byte tells: from a on, beyond z, beyond ASCII. No sum goes beyond its byte.
    let (from_a, beyond_z) = (small + each(0x80 - b'a'), small + each(0x80 - b'z' - 1));
    (!from_a | beyond_z | bytes) & FIRST_HIGH[len] == 0
}

/// A byte sixteen times.
const fn each(byte: u8) -> u128 {
    u128::from_le_bytes([byte; WIDTH])
}

/// The highest bits of so many first bytes.
const FIRST_HIGH: [u128; WIDTH + 1] = {
    let mut masks = [0; WIDTH + 1];
    let mut len = 1;
    while len <= WIDTH {
        masks[len] = masks[len - 1] << 8 | 0x80;
        len += 1;
    }
    masks
};

/// What each byte of a token says of how it is written: letters of Latin script go up to U+024F.
const WRITING: [u16; 256] = {
    let mut writing = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        writing[byte] = match byte as u8 {
            byte if byte.is_ascii_alphabetic() => 0,
            0x80..0xC0 | 0xC3..0xCA => Sign::ACCENTED.0,
            // Up to U+00BF, combining marks, and signs from U+2000 on.
            ..0x80 | 0xC2 | 0xCC | 0xE2 => Sign::ODD.0,
            _ => Sign::WIDE.0,
        };
        byte += 1;
    }
    writing
};
