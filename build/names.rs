//! Names, titles, and what looks like a name and is none.

use crate::datafile::lines;
use crate::items::hashed;
use crate::listed::{first_word, folded, push_folded};
use crate::pattern::push_pattern;
use crate::text::{Token, is_syllable};
use crate::{first, table};

const NAMES: &str = include_str!("../src/change/names.txt");
const INITIAL: &str = include_str!("../src/change/en/initial.txt");
const KOREAN: &str = include_str!("../src/change/ko/person.txt");
const CHINESE: &str = include_str!("../src/change/zh/person.txt");
const JOSA: &str = include_str!("../src/change/ko/josa.txt");
const TONGUE: &str = include_str!("../src/change/en/tongue.txt");
const TITLES: &str = include_str!("../src/change/en/title.txt");
const KOREAN_TITLES: &str = include_str!("../src/change/ko/title.txt");
const CHINESE_TITLES: &str = include_str!("../src/change/zh/title.txt");

/// Writes the tables of names.
pub(crate) fn write(out: &mut String) {
    *out += &format!("pub(super) static LATIN_NAMES: Listed = {};\n", listed(|name| !is_wide(name)));
    *out += &format!("pub(super) static WIDE_NAMES: Listed = {};\n", listed(is_wide));
    for (name, file) in [("INITIAL", INITIAL), ("KOREAN_WORDS", KOREAN), ("CHINESE_WORDS", CHINESE), ("TONGUE", TONGUE)]
    {
        *out += &format!("pub(super) static {name}: Words = {};\n", words(file));
    }
    *out += &josa();
    // Every word of a title.
    let english = items(TITLES).flat_map(|items| items.split([',', ' ', '-'])).filter(|word| !word.is_empty());
    let korean = items(KOREAN_TITLES).flat_map(|items| items.split(',')).map(str::trim);
    let chinese = items(CHINESE_TITLES).flat_map(|items| items.split(',')).map(folded);
    *out += &titles("TITLES", english.map(hashed));
    *out += &titles("KOREAN_TITLES", korean.map(hashed));
    *out += &titles("CHINESE_TITLES", chinese.map(|word| hashed(&word)));
}

/// The Korean particles with their roles, the longest first.
fn josa() -> String {
    let mut all: Vec<(&str, String, &str)> = Vec::new();
    for (role, particles) in lines(JOSA).filter_map(|line| line.split_once('=')) {
        for written in particles.split(',').map(str::trim) {
            let mut letters = String::new();
            push_pattern(written, &mut letters);
            all.push((written, letters, role.trim()));
        }
    }
    all.sort_by_key(|(written, letters, _)| (std::cmp::Reverse(letters.len()), *written));
    let each = all.iter().map(|(written, letters, role)| {
        format!("Josa {{ written: {written:?}, letters: {letters:?}, role: {role:?} }}")
    });
    format!("pub(super) static JOSA: &[Josa] = &[{}];\n", each.collect::<Vec<_>>().join(", "))
}

/// What stands after the group of each line.
fn items(file: &'static str) -> impl Iterator<Item = &'static str> {
    lines(file).filter_map(|line| line.split_once('=')).map(|(_, items)| items)
}

fn titles(name: &str, words: impl Iterator<Item = Token>) -> String {
    format!("pub(super) static {name}: Hashed = {};\n", table(words.map(|word| (word, 0)), first))
}

/// The names of the list that are wanted.
fn listed(wanted: fn(&str) -> bool) -> String {
    let (mut names, mut begin) = (Vec::new(), Vec::new());
    let (mut longest_words, mut longest_characters) = (0, 0);
    for (number, line) in lines(NAMES).enumerate() {
        for name in line.split(',').map(str::trim).filter(|name| wanted(name)) {
            let folded = folded(name);
            let characters = folded.chars().count();
            let hangul = name.starts_with(is_syllable);
            if characters < 2 && !hangul {
                continue;
            }
            longest_words = longest_words.max(1 + name.matches([' ', '-']).count());
            longest_characters = longest_characters.max(characters);
            // Latin names begin with a word, others with two characters.
            let two = folded.char_indices().nth(2).map_or(folded.len(), |(at, _)| at);
            let first = if is_wide(name) { &folded[..two] } else { first_word(&folded) };
            begin.push((hashed(first), 0));
            names.push((hashed(&folded), number as u16));
        }
    }
    let (names, begin) = (table(names, first), table(begin, first));
    format!(
        "Listed {{ names: {names}, begin: {begin}, longest_words: {longest_words}, longest_characters: {longest_characters} }}"
    )
}

/// The words of a file by their section.
fn words(file: &'static str) -> String {
    let (mut sections, mut words) = (Vec::new(), Vec::new());
    for line in lines(file) {
        let (section, items) = line.split_once('=').unwrap_or(("words", line));
        let at = sections.iter().position(|&one| one == section.trim()).unwrap_or_else(|| {
            sections.push(section.trim());
            sections.len() - 1
        });
        assert!(at < 16, "a file has at most 16 sections: {section}");
        for item in items.split_ascii_whitespace() {
            let mut word = String::new();
            push_folded(item, &mut word);
            words.push((hashed(&word), 1 << at));
        }
    }
    format!("Words {{ sections: &{sections:?}, words: {} }}", table(words, |one, other| one | other))
}

/// Han, kana or Hangul.
fn is_wide(text: &str) -> bool {
    text.chars().any(|c| c >= '\u{1100}' && c.is_alphabetic())
}
