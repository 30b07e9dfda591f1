//! The list of names: places and organisations with all that they are called.

use crate::change::lexicon::lines;
use crate::text::{Token, TokenClass, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Every listed name in folded form, to the line it stands on.
#[derive(Debug, Default)]
pub(super) struct Listed {
    names: FxHashMap<String, u16>,
    /// The words of letters that names begin with.
    pub begin: FxHashSet<Token>,
    /// Most words of a Latin name; most characters of another.
    pub longest_words: usize,
    pub longest_characters: usize,
}

impl Listed {
    /// The names in Latin letters.
    pub(super) fn latin() -> &'static Self {
        static LATIN: OnceLock<Listed> = OnceLock::new();
        LATIN.get_or_init(|| Self::read(|name| !is_wide(name)))
    }

    /// The names in Hangul and Han.
    pub(super) fn wide() -> &'static Self {
        static WIDE: OnceLock<Listed> = OnceLock::new();
        WIDE.get_or_init(|| Self::read(is_wide))
    }

    fn read(wanted: fn(&str) -> bool) -> Self {
        let mut listed = Self::default();
        for (number, line) in lines(include_str!("../names.txt")).enumerate() {
            for name in line.split(',').map(str::trim).filter(|name| wanted(name)) {
                let folded = folded(name);
                let characters = folded.chars().count();
                let hangul = name.starts_with(|c: char| ('\u{AC00}'..='\u{D7A3}').contains(&c));
                if characters < 2 && !hangul {
                    continue;
                }
                listed.longest_words = listed.longest_words.max(name.split([' ', '-']).count());
                listed.longest_characters = listed.longest_characters.max(characters);
                let first = folded.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
                listed.begin.insert(Token::new(first.as_bytes(), TokenClass::Word));
                listed.names.entry(folded).or_insert(number as u16);
            }
        }
        listed
    }

    /// The number of a name in folded form.
    pub(super) fn number(&self, folded: &str) -> Option<u16> {
        self.names.get(folded).copied()
    }
}

/// Han, kana or Hangul.
pub(super) fn is_wide(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| c >= '\u{1100}' && c.is_alphabetic())
}

/// Words folded and one space apart, hyphens as spaces.
pub(super) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() && !name.contains(['-', ' ']) {
        fold::token(name, false, &mut out);
        return out;
    }
    for word in name.split([' ', '-']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        fold::token(word, false, &mut out);
    }
    out
}

/// What a listed name is compared by.
pub(super) fn key(number: u16) -> String {
    format!("={number}")
}

/// Words of a data file by their section: `section = word word`.
#[derive(Debug, Default)]
pub(super) struct Words(FxHashMap<&'static str, FxHashSet<String>>);

impl Words {
    pub(super) fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        for line in lines(text) {
            let (section, items) = line.split_once('=').unwrap_or(("words", line));
            let set = words.0.entry(section.trim()).or_default();
            set.extend(items.split_whitespace().map(folded));
        }
        words
    }

    /// The words of a section, in no order.
    pub(super) fn all(&self, section: &str) -> impl Iterator<Item = &String> {
        self.0.get(section).into_iter().flatten()
    }

    pub(super) fn has(&self, section: &str, word: &str) -> bool {
        self.0.get(section).is_some_and(|words| words.contains(word))
    }

    /// Whether `word` ends in one of the section's words and is longer.
    pub(super) fn ends_in(&self, section: &str, word: &str) -> bool {
        let ends = |(at, _): (usize, char)| at > 0 && self.has(section, &word[at..]);
        word.char_indices().any(ends)
    }
}
