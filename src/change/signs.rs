//! Which tokens may begin a value, a name or a cue: a quick no for nearly all of them, so that facts are read only where
//! one may be. The readers decide; here nothing is lost, and something may be let through in vain.
//!
//! A token is a hash of its folded word, so one look into a table of bits tells whether the data files have an item that
//! begins with it. Where all such items go on with another word, the pair of both is looked up. What is written with more
//! than letters (digits, signs, apostrophes) may always begin something.

use super::openings::{ALONE, BOTH, CUE, FIRST, JOINT, PART, VALUE, both};
use super::tables::OPENINGS;
use crate::text::{Token, Tokenised};
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
        // The token before, and what begins with it if this one fits.
        let mut open = (Token(0), 0);
        for (&token, &(start, end)) in text.tokens[range.clone()].iter().zip(&text.places[range]) {
            let written = writing(&bytes[start as usize..end as usize]);
            let odd = written.has(Sign::ODD);
            if written.has(Sign::WIDE) {
                return None;
            }
            if let (before, 1..) = open
                && let Some(last) = list.last_mut()
            {
                let goes_on = odd || openings.has(both(before, token), BOTH);
                let states = open.1 & (VALUE | CUE) != 0;
                last.0 |= if goes_on { u16::from(open.1) } else { 0 };
                last.0 |= if goes_on && states { Sign::LONG.0 } else { 0 };
            }
            open = (token, openings.of(token, FIRST));
            let begins = if odd { VALUE | CUE } else { openings.of(token, ALONE) };
            let part = if odd || openings.has(token, PART) { Sign::PART.0 } else { 0 };
            list.push(Sign(written.0 | u16::from(begins) | part));
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

    /// The tokens that have `sign`, in order.
    pub(super) fn with(&self, sign: Sign) -> impl Iterator<Item = u32> {
        self.list.iter().zip(self.first..).filter(move |(one, _)| one.has(sign)).map(|(_, token)| token)
    }
}

/// How a token is written.
fn writing(token: &[u8]) -> Sign {
    let mut written = token.iter().fold(0, |written, &byte| written | WRITING[usize::from(byte)]);
    let first = token[0];
    let capital = if first.is_ascii() {
        first.is_ascii_uppercase()
    } else {
        str::from_utf8(token).is_ok_and(|token| token.starts_with(char::is_uppercase))
    };
    written |= if capital { Sign::CAPITAL.0 } else { 0 };
    Sign(written)
}

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
