//! The list of names: places and organisations with all that they are called.

use crate::change::hashed::Hashed;
use crate::change::lexicon::hashed;
use crate::text::{Token, fold};

/// Every listed name in folded form, hashed.
#[derive(Debug)]
pub(crate) struct Listed {
    /// To the line it stands on.
    pub names: Hashed,
    /// The words of letters that names begin with.
    pub begin: Hashed,
    /// Most words of a Latin name; most characters of another.
    pub longest_words: usize,
    pub longest_characters: usize,
}

impl Listed {
    /// Whether a name may begin with a word in folded form.
    pub(crate) fn begins(&self, word: &str) -> bool {
        self.begins_with(hashed(first_word(word)))
    }

    /// Whether a name may begin with the token of a word of letters.
    pub(crate) fn begins_with(&self, word: Token) -> bool {
        self.begin.has(word)
    }

    /// The number of a name in folded form.
    pub(crate) fn number(&self, folded: &str) -> Option<u16> {
        self.names.get(hashed(folded))
    }
}

/// The letters that a text begins with.
pub(crate) fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("")
}

/// Words folded and one space apart, hyphens as spaces.
pub(crate) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    push_folded(name, &mut out);
    out
}

pub(crate) fn push_folded(name: &str, out: &mut String) {
    for word in name.split([' ', '-']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        fold::token(word, !word.is_ascii() && fold::mixes_alphabets(word), out);
    }
}

/// What a listed name is compared by.
pub(crate) fn key(number: u16) -> String {
    format!("={number}")
}

/// Words of a data file by their section: `section = word word`.
#[derive(Debug)]
pub(crate) struct Words {
    /// What the sections are called.
    pub sections: &'static [&'static str],
    /// Each word with the sections it stands in, a bit for each.
    pub words: Hashed,
}

impl Words {
    pub(crate) fn has(&self, section: &str, word: &str) -> bool {
        self.has_token(section, hashed(word))
    }

    /// Whether the token of a word of letters is that of one of the section's words.
    pub(crate) fn has_token(&self, section: &str, word: Token) -> bool {
        self.sections_of(word) & self.section(section) != 0
    }

    /// The sections that a word stands in, a bit for each.
    pub(crate) fn sections_of(&self, word: Token) -> u16 {
        self.words.get(word).unwrap_or(0)
    }

    /// The bit of a section; none of one that the file has not.
    pub(crate) fn section(&self, section: &str) -> u16 {
        self.sections.iter().position(|&one| one == section).map_or(0, |at| 1 << at)
    }

    /// Whether `word` ends in one of the section's words and is longer.
    pub(crate) fn ends_in(&self, section: &str, word: &str) -> bool {
        let ends = |(at, _): (usize, char)| at > 0 && self.has(section, &word[at..]);
        word.char_indices().any(ends)
    }
}
