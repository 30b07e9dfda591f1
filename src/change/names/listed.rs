//! The list of names: places and organisations with all that they are called.

use crate::change::lexicon::{hashed, lines};
use crate::text::{Token, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// How many names there are of a kind, about.
const NAMES: usize = 1700;

/// Every listed name in folded form, hashed, to the line it stands on.
#[derive(Debug, Default)]
pub(super) struct Listed {
    names: FxHashMap<Token, u16>,
    /// The words of letters that names begin with.
    begin: FxHashSet<Token>,
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
        listed.names.reserve(NAMES);
        listed.begin.reserve(NAMES);
        let mut folded = String::new();
        for (number, line) in lines(include_str!("../names.txt")).enumerate() {
            for name in line.split(',').map(str::trim).filter(|name| wanted(name)) {
                folded.clear();
                push_folded(name, &mut folded);
                let characters = if folded.is_ascii() { folded.len() } else { folded.chars().count() };
                let hangul = name.starts_with(|c: char| ('\u{AC00}'..='\u{D7A3}').contains(&c));
                if characters < 2 && !hangul {
                    continue;
                }
                let words = 1 + name.bytes().filter(|byte| matches!(byte, b' ' | b'-')).count();
                listed.longest_words = listed.longest_words.max(words);
                listed.longest_characters = listed.longest_characters.max(characters);
                listed.begin.insert(hashed(first_word(&folded)));
                listed.names.entry(hashed(&folded)).or_insert(number as u16);
            }
        }
        listed
    }

    /// Whether a name may begin with a word in folded form.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.begins_with(hashed(first_word(word)))
    }

    /// Whether a name may begin with the token of a word of letters.
    pub(super) fn begins_with(&self, word: Token) -> bool {
        self.begin.contains(&word)
    }

    /// The number of a name in folded form.
    pub(super) fn number(&self, folded: &str) -> Option<u16> {
        self.names.get(&hashed(folded)).copied()
    }
}

/// The letters that a text begins with.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("")
}

/// Han, kana or Hangul.
pub(super) fn is_wide(text: &str) -> bool {
    // The common ranges first: asking Unicode takes longer.
    let is_wide = |c: char| matches!(c, '\u{3041}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}');
    !text.is_ascii() && text.chars().any(|c| c >= '\u{1100}' && (is_wide(c) || c.is_alphabetic()))
}

/// Words folded and one space apart, hyphens as spaces.
pub(super) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    push_folded(name, &mut out);
    out
}

fn push_folded(name: &str, out: &mut String) {
    for word in name.split([' ', '-']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        fold::token(word, false, out);
    }
}

/// What a listed name is compared by.
pub(super) fn key(number: u16) -> String {
    format!("={number}")
}

/// Words of a data file by their section: `section = word word`. They are kept as hashes.
#[derive(Debug, Default)]
pub(in crate::change) struct Words(FxHashMap<&'static str, FxHashSet<Token>>);

impl Words {
    pub(in crate::change) fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        let mut word = String::new();
        for line in lines(text) {
            let (section, items) = line.split_once('=').unwrap_or(("words", line));
            let set = words.0.entry(section.trim()).or_default();
            set.extend(items.split_ascii_whitespace().map(|item| {
                word.clear();
                push_folded(item, &mut word);
                hashed(&word)
            }));
        }
        words
    }

    pub(super) fn has(&self, section: &str, word: &str) -> bool {
        self.has_token(section, hashed(word))
    }

    /// Whether the token of a word of letters is that of one of the section's words.
    pub(in crate::change) fn has_token(&self, section: &str, word: Token) -> bool {
        self.0.get(section).is_some_and(|words| words.contains(&word))
    }

    /// Whether `word` ends in one of the section's words and is longer.
    pub(super) fn ends_in(&self, section: &str, word: &str) -> bool {
        let ends = |(at, _): (usize, char)| at > 0 && self.has(section, &word[at..]);
        word.char_indices().any(ends)
    }
}
