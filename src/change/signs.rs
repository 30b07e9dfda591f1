//! Which tokens may begin a value, a name or a cue: a quick no for nearly all of them, so that facts are read only where
//! one may be. The readers decide; here nothing is lost, and something may be let through in vain.
//!
//! A token is a hash of its folded word, so one look into a table of bits tells whether the data files have an item that
//! begins with it. Where all such items go on with another word, the pair of both is looked up. What is written with more
//! than letters (digits, signs, apostrophes) may always begin something.

use super::lexicon::{Cue, Language};
use super::value;
use crate::text::{Token, TokenClass, Tokenised};
use std::ops::Range;
use std::sync::OnceLock;

/// What may begin at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign(u8);

impl Sign {
    /// A value, or what only looks like one.
    pub(super) const VALUE: Self = Self(1);
    /// A word that carries meaning.
    pub(super) const CUE: Self = Self(2);
    /// Begins with a capital: a name.
    pub(super) const CAPITAL: Self = Self(4);
    /// Written with more than letters.
    pub(super) const ODD: Self = Self(8);
    /// Of a script whose words cannot be told from tokens.
    const WIDE: Self = Self(16);

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
        let openings = Openings::get();
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
                last.0 |= if odd { open.1 } else { open.1 & openings.of(both(before, token), BOTH) };
            }
            open = (token, openings.of(token, FIRST));
            let begins = if odd { Sign::VALUE.0 | Sign::CUE.0 } else { openings.of(token, ALONE) };
            list.push(Sign(written.0 | begins));
        }
        Some(Self { first: tokens.start, list })
    }

    /// Whether `sign` is among those of a token.
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

/// What each byte of a token says of how it is written: letters of Latin script up to U+024F say nothing.
const WRITING: [u8; 256] = {
    let mut writing = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        writing[byte] = match byte as u8 {
            byte if byte.is_ascii_alphabetic() => 0,
            0x80..0xC0 | 0xC3..0xCA => 0,
            // Up to U+00BF, combining marks, and signs from U+2000 on.
            ..0x80 | 0xC2 | 0xCC | 0xE2 => Sign::ODD.0,
            _ => Sign::WIDE.0,
        };
        byte += 1;
    }
    writing
};

/// What items of the data files begin with: a table by hash, so that a token may be taken for another one.
struct Openings(Vec<u8>);

/// Bits of a hash that choose a place of the table, which has many times as many places as there are items.
const BITS: u32 = 16;
/// The signs of items that begin with a token and end with it, or go on with what is no word.
const ALONE: u8 = 0;
/// How far those of items that go on with another word are shifted.
const FIRST: u8 = 2;
/// How far those of items that begin with two tokens are shifted, at the place of both together.
const BOTH: u8 = 4;

impl Openings {
    fn get() -> &'static Self {
        static OPENINGS: OnceLock<Openings> = OnceLock::new();
        OPENINGS.get_or_init(|| {
            let mut openings = Self(vec![0; 1 << BITS]);
            value::openings(|item| openings.add(item, Sign::VALUE));
            for (item, cue) in Language::English.lexicon().items() {
                // Particles of one word are many, and looked up where one is asked for.
                if cue != Cue::Particle || item.contains(' ') {
                    openings.add(item, Sign::CUE);
                }
            }
            // A contraction without a sign of it.
            openings.add("cannot", Sign::CUE);
            openings
        })
    }

    /// Takes in an item in folded form.
    fn add(&mut self, item: &str, sign: Sign) {
        let (Some(first), rest) = word(item) else { return };
        // Acronyms are written with more than letters.
        if rest.len() + 1 == item.len() && rest.starts_with('.') && rest[1..].starts_with(char::is_alphabetic) {
            return;
        }
        match rest.strip_prefix([' ', '-']).and_then(|rest| word(rest).0) {
            Some(second) => {
                self.0[place(first)] |= sign.0 << FIRST;
                self.0[place(both(first, second))] |= sign.0 << BOTH;
            }
            None => self.0[place(first)] |= sign.0 << ALONE,
        }
    }

    /// The signs of a token that are shifted by `shift`.
    fn of(&self, token: Token, shift: u8) -> u8 {
        self.0[place(token)] >> shift & (Sign::VALUE.0 | Sign::CUE.0)
    }
}

/// The word that an item begins with, as a token, and the rest of the item.
fn word(item: &str) -> (Option<Token>, &str) {
    let ascii = item.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = match item.as_bytes().get(ascii) {
        None => ascii,
        Some(next) if next.is_ascii() => ascii,
        Some(_) => item.find(|c: char| !c.is_alphabetic()).unwrap_or(item.len()),
    };
    let (word, rest) = item.split_at(end);
    ((end > 0).then(|| Token::new(word.as_bytes(), TokenClass::Word)), rest)
}

fn place(token: Token) -> usize {
    (token.0 >> (u64::BITS - BITS)) as usize
}

fn both(first: Token, second: Token) -> Token {
    Token(first.0.rotate_left(u64::BITS / 2) ^ second.0)
}
