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
        // Whether the token before may begin something, depending on this one.
        let mut open = (Sign(0), Token(0));
        for (&token, &(start, end)) in text.tokens[range.clone()].iter().zip(&text.places[range]) {
            let written = writing(&bytes[start as usize..end as usize]);
            if written.has(Sign::WIDE) {
                return None;
            }
            if open.0.0 != 0
                && let Some(before) = list.last_mut()
            {
                before.0 |= if written.has(Sign::ODD) { open.0.0 } else { open.0.0 & openings.pair(open.1, token) };
            }
            let (alone, first) = openings.of(token);
            open = (first, token);
            list.push(Sign(written.0 | if written.has(Sign::ODD) { Sign::VALUE.0 | Sign::CUE.0 } else { alone.0 }));
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

/// The tokens and pairs of tokens that items of the data files begin with.
struct Openings {
    /// By token: the signs of items that end with it, or go on with what is no word; then those of items that go on.
    alone: Vec<u8>,
    /// By two tokens: the signs of items that begin with both.
    pairs: Vec<u8>,
}

/// Bits of a hash that choose a place: several times as many places as items.
const BITS: u32 = 16;
/// How far the signs of items that go on are shifted.
const FIRST: u32 = 4;

impl Openings {
    fn get() -> &'static Self {
        static OPENINGS: OnceLock<Openings> = OnceLock::new();
        OPENINGS.get_or_init(|| {
            let mut openings = Self { alone: vec![0; 1 << BITS], pairs: vec![0; 1 << BITS] };
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
                self.alone[place(first)] |= sign.0 << FIRST;
                self.pairs[pair(first, second)] |= sign.0;
            }
            None => self.alone[place(first)] |= sign.0,
        }
    }

    /// What may begin with a token, and what may begin with it and the next one.
    fn of(&self, token: Token) -> (Sign, Sign) {
        let signs = self.alone[place(token)];
        (Sign(signs & ((1 << FIRST) - 1)), Sign(signs >> FIRST))
    }

    fn pair(&self, first: Token, second: Token) -> u8 {
        self.pairs[pair(first, second)]
    }
}

/// The word that an item begins with, as a token, and the rest of the item.
fn word(item: &str) -> (Option<Token>, &str) {
    let end = item.find(|c: char| !c.is_alphabetic()).unwrap_or(item.len());
    let (word, rest) = item.split_at(end);
    ((end > 0).then(|| Token::new(word.as_bytes(), TokenClass::Word)), rest)
}

fn place(token: Token) -> usize {
    (token.0 >> (u64::BITS - BITS)) as usize
}

fn pair(first: Token, second: Token) -> usize {
    place(Token(first.0.rotate_left(u64::BITS / 2) ^ second.0))
}
