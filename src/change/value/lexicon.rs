//! The words of numbers, dates, units and currencies, which stand in the data files in `words/`.

use super::amount::Amount;
pub(crate) use super::category::Category;
use super::glyphs::{Glyphs, Sort};
use crate::change::prefixes::Prefixes;
use crate::change::tables::VALUES;
use std::ops::Range;

/// Longest word, in glyphs: no look-up goes farther.
const LONGEST: usize = 40;

/// One meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    pub category: Category,
    /// What the word stands for, as the data file has it.
    pub id: &'static str,
    /// The same as a number, 0 if it is none.
    pub number: i64,
    /// Marked with a star: also an ordinary word, a value only where its surroundings say so.
    pub shy: bool,
    /// Marked with two stars: a value only beside a number.
    pub mute: bool,
}

/// A word found in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// Glyph after it.
    pub end: usize,
    pub sense: Sense,
}

/// All words, sorted for search. The program that builds this one reads them from the data files.
#[derive(Debug)]
pub(in crate::change) struct Lexicon {
    /// The words, folded; by number, what each means. A word of several meanings stands there as often.
    pub words: Prefixes,
    pub meanings: &'static [Meaning],
    /// What words stand for, as the data files have it and as a number, 0 if it is none.
    pub ids: &'static [(&'static str, i64)],
    /// Units that are so many of a smaller one.
    pub equals: &'static [(&'static str, u64, &'static str)],
    /// Every unit by its symbol, in order.
    pub units: &'static [&'static str],
}

/// What a word means, with the place of what it stands for.
#[derive(Debug, Clone, Copy)]
pub(in crate::change) struct Meaning {
    pub category: Category,
    pub id: u16,
    pub shy: bool,
    pub mute: bool,
}

impl Lexicon {
    /// The words of all data files.
    pub(crate) fn get() -> &'static Self {
        &VALUES
    }

    fn sense(&self, number: usize) -> Sense {
        let Meaning { category, id, shy, mute } = self.meanings[number];
        let (id, number) = self.ids[usize::from(id)];
        Sense { category, id, number, shy, mute }
    }

    /// The symbol of a unit, as the data files have it.
    pub(crate) fn symbol(&self, unit: &str) -> Option<&'static str> {
        self.units.binary_search(&unit).ok().map(|at| self.units[at])
    }

    /// How many of which smaller unit a unit is.
    pub(crate) fn smaller(&self, unit: &str) -> Option<(Amount, &'static str)> {
        let found = self.equals.iter().rfind(|(one, ..)| *one == unit);
        found.map(|&(_, factor, smaller)| (Amount::whole(factor), smaller))
    }

    /// The longest word at `at` with a sense that `wanted` accepts; a word of letters ends where letters end.
    pub(crate) fn find(&self, glyphs: &Glyphs, at: usize, mut wanted: impl FnMut(&Sense) -> bool) -> Option<Found> {
        let mut whole = |begun: &Begun, end: usize| {
            let mut senses = self.words.ending(begun.words.clone(), begun.len).map(|number| self.sense(number));
            senses.find(|sense| wanted(sense)).map(|sense| Found { end, sense })
        };
        let (mut longest, mut begun, mut first) = (None, Begun { words: 0..0, len: 0 }, at);
        // No word ends inside a word of letters, so that one is looked up as a whole.
        let letters = glyphs.plain_word(at);
        if !letters.is_empty() {
            let words = self.words.beginning_with(letters.bytes().map(|byte| byte.to_ascii_lowercase()));
            if words.is_empty() {
                return None;
            }
            (begun, first) = (Begun { words, len: letters.len() }, at + letters.len());
            longest = whole(&begun, first);
        }
        for end in first..at + LONGEST {
            let glyph = glyphs.at(end);
            // A hyphen in the text matches a space in the word: 12-nautical-mile.
            let spaced = || if glyph.c == '-' { self.going_on(&begun, ' ') } else { None };
            let Some(next) = self.going_on(&begun, glyph.c).or_else(spaced) else { break };
            begun = next;
            if glyph.sort == Sort::Letter && glyphs.sort(end + 1) == Sort::Letter {
                continue;
            }
            longest = whole(&begun, end + 1).or(longest);
        }
        longest
    }

    /// The words that go on with `c`, if there are any.
    fn going_on(&self, begun: &Begun, c: char) -> Option<Begun> {
        let mut next = begun.clone();
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            next.words = match next.len {
                0 => self.words.beginning(byte),
                len => self.words.going_on(next.words, len, byte),
            };
            next.len += 1;
            if next.words.is_empty() {
                return None;
            }
        }
        Some(next)
    }

    /// The categories that have a word at `at`: a bit for each.
    pub(crate) fn categories(&self, glyphs: &Glyphs, at: usize) -> u128 {
        let mut categories = 0;
        self.find(glyphs, at, |sense| {
            categories |= sense.category.bit();
            false
        });
        categories
    }
}

/// The words of a lexicon that are equal in their first bytes.
#[derive(Debug, Clone)]
struct Begun {
    words: Range<usize>,
    /// How many bytes.
    len: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_a_look_up() {
        assert!(Lexicon::get().words.words().all(|(word, _)| word.chars().count() < LONGEST));
    }

    #[test]
    fn the_longest_word_with_the_sense_is_found() {
        let lexicon = Lexicon::get();
        let at = |text: &str, category| {
            lexicon
                .find(&Glyphs::new(text), 0, |sense| sense.category == category)
                .map(|found| (found.end, found.sense.id))
        };
        assert_eq!(at("기가와트시를", Category::Unit), at("GWh를", Category::Unit).map(|(_, id)| (5, id)));
        assert_eq!(at("kmx", Category::Unit), None);
        assert_eq!(at("March", Category::Month), Some((5, "3")));
        assert_eq!(at("march", Category::Unit), None);
    }
}
