//! The words that carry meaning apart from things: negation, modality, hedges, quantifiers, attribution. Data files, one
//! folder for each language; README.md there explains them.

use super::kind::ChangeKind;
use super::prefixes::Prefixes;
use super::reading::{Place, push_pattern};
use crate::text::{Token, TokenClass};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What a group of words does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Cue {
    /// Its words are facts of this kind.
    Kind(ChangeKind),
    /// A word that denies by itself: to forbid is not to allow. It meets a negation elsewhere, and is no fact alone.
    Denial,
    /// Looks like a cue and is none.
    Guard,
    /// Joins the members of a list.
    And,
    /// Stands before whoever did what a passive verb says.
    By,
    /// Titles of persons: part of no name.
    Title,
    /// Courtesy, particles, fillers: they come and go without meaning.
    Particle,
}

/// Words that mean the same, under one name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub cue: Cue,
    /// Unique within its cue.
    pub name: &'static str,
    /// What severity asks: how firm, how sure, how many. Empty where nothing is said.
    pub class: &'static str,
}

/// Where the text after a pattern must go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// Anywhere.
    Free,
    /// Not inside a character: 안도 is not the beginning of 안 돌아.
    Whole,
    /// Not inside a word.
    WordEnd,
}

/// How an item of the data files is to be found.
#[derive(Debug, Clone, Copy)]
struct Pattern {
    group: u16,
    /// Must begin where a word begins.
    anchored: bool,
    tail: Tail,
    /// Bytes at its end that are looked at and not taken: a number.
    ahead: u8,
    /// Bytes at its start that were looked at and are not taken: a number.
    behind: u8,
}

/// A word or phrase found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub group: &'static Group,
    /// Bytes of the normal text that are the cue.
    pub start: usize,
    pub end: usize,
}

/// The cues of one language, sorted for search.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The items in normal form; by number, their patterns.
    items: Prefixes,
    patterns: Vec<Pattern>,
    groups: Vec<Group>,
}

/// Languages with a lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Language {
    English,
    Korean,
    Chinese,
}

macro_rules! sections {
    ($folder:literal) => {
        [
            (Cue::Kind(ChangeKind::Negation), include_str!(concat!($folder, "/negation.txt"))),
            (Cue::Kind(ChangeKind::Modality), include_str!(concat!($folder, "/modality.txt"))),
            (Cue::Kind(ChangeKind::Hedge), include_str!(concat!($folder, "/hedge.txt"))),
            (Cue::Kind(ChangeKind::Quantifier), include_str!(concat!($folder, "/quantifier.txt"))),
            (Cue::Kind(ChangeKind::Attribution), include_str!(concat!($folder, "/attribution.txt"))),
            (Cue::Denial, include_str!(concat!($folder, "/denial.txt"))),
            (Cue::Guard, include_str!(concat!($folder, "/guard.txt"))),
            (Cue::And, include_str!(concat!($folder, "/and.txt"))),
            (Cue::By, include_str!(concat!($folder, "/by.txt"))),
            (Cue::Title, include_str!(concat!($folder, "/title.txt"))),
            (Cue::Particle, include_str!(concat!($folder, "/particle.txt"))),
        ]
    };
}

impl Language {
    /// The group of general synonyms that the normal form of a word belongs to.
    pub(super) fn synonym(self, word: &str) -> Option<u16> {
        static SYNONYMS: [OnceLock<FxHashMap<Token, u16>>; 3] = [const { OnceLock::new() }; 3];
        let file = match self {
            Self::English => include_str!("en/synonym.txt"),
            Self::Korean => include_str!("ko/synonym.txt"),
            Self::Chinese => include_str!("zh/synonym.txt"),
        };
        SYNONYMS[self as usize].get_or_init(|| synonyms(file)).get(&hashed(word)).copied()
    }

    /// Its lexicon, read when it is first asked for.
    pub(super) fn lexicon(self) -> &'static Lexicon {
        static LEXICONS: [OnceLock<Lexicon>; 3] = [const { OnceLock::new() }; 3];
        LEXICONS[self as usize].get_or_init(|| match self {
            Self::English => Lexicon::read(&sections!("en")),
            Self::Korean => Lexicon::read(&sections!("ko")),
            Self::Chinese => Lexicon::read(&sections!("zh")),
        })
    }
}

/// The lines of a data file that say something.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

impl Lexicon {
    /// The words of data files, each with what they do.
    pub(super) fn read(sections: &[(Cue, &'static str)]) -> Self {
        let mut writer = Writer::default();
        for &(cue, text) in sections {
            for line in lines(text) {
                writer.group(cue, line);
            }
        }
        let Writer { text, ends, patterns, groups, .. } = writer;
        Self { items: Prefixes::new(text, ends.into_iter()), patterns, groups }
    }

    /// Every item in normal form, and what it does.
    pub(super) fn items(&self) -> impl Iterator<Item = (&str, Cue)> {
        let cue = |number: usize| self.groups[usize::from(self.patterns[number].group)].cue;
        self.items.words().map(move |(item, number)| (item, cue(number)))
    }

    /// The longest cue that begins at `at`. Cost: its length times the logarithm of the lexicon.
    pub(super) fn longest(&'static self, place: &Place<'_>) -> Option<Found> {
        let rest = place.rest();
        let whole = |range: &Range<usize>, len: usize| {
            let mut patterns = self.items.ending(range.clone(), len).map(|number| &self.patterns[number]);
            patterns.find(|pattern| self.fits(pattern, place, len)).map(|pattern| (pattern, len))
        };
        // An item that begins with Latin letters ends where a word of them ends.
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let first = letters.max(1).min(rest.len());
        if first == 0 {
            return None;
        }
        let mut range = self.items.beginning_with(rest[..first].iter().copied());
        let mut best = whole(&range, first);
        for (depth, &byte) in (first..).zip(&rest[first..]) {
            range = self.items.going_on(range, depth, byte);
            if range.is_empty() {
                break;
            }
            best = whole(&range, depth + 1).or(best);
        }
        let (pattern, len) = best?;
        let start = place.at + usize::from(pattern.behind);
        let end = place.at + len - usize::from(pattern.ahead);
        Some(Found { group: &self.groups[usize::from(pattern.group)], start, end })
    }

    fn fits(&self, pattern: &Pattern, place: &Place<'_>, len: usize) -> bool {
        (!pattern.anchored || place.begins_word())
            && match pattern.tail {
                Tail::Free => true,
                Tail::Whole => place.ends_character(len),
                Tail::WordEnd => place.ends_word(len),
            }
    }
}

/// The items of a lexicon as they are read.
#[derive(Default)]
struct Writer {
    /// The items in normal form, and where each ends.
    text: String,
    ends: Vec<usize>,
    patterns: Vec<Pattern>,
    groups: Vec<Group>,
    form: String,
}

impl Writer {
    /// Reads `name (class) = item, item`.
    fn group(&mut self, cue: Cue, line: &'static str) {
        let (head, items) = line.split_once('=').unwrap_or(("", line));
        let (name, class) = head.split_once('(').unwrap_or((head, ""));
        let class = class.trim().trim_end_matches(')');
        let group = self.groups.len() as u16;
        self.groups.push(Group { cue, name: name.trim(), class });
        let mut form = std::mem::take(&mut self.form);
        for item in items.split(',') {
            forms(item, &mut form, |form| self.item(form, group));
        }
        self.form = form;
    }

    fn item(&mut self, item: &str, group: u16) {
        let start = self.text.len();
        let (anchored, word_end) = push_pattern(item, &mut self.text);
        let text = &self.text[start..];
        if text.is_empty() {
            return;
        }
        let ahead = u8::from(text.len() > 1 && text.ends_with('*')) + u8::from(text.ends_with(" *"));
        let behind = u8::from(text.len() > 1 && text.starts_with('*')) + u8::from(text.starts_with("* "));
        let tail = match self.groups[usize::from(group)].cue {
            _ if word_end => Tail::WordEnd,
            Cue::Guard | Cue::Title | Cue::Particle => Tail::Whole,
            _ => Tail::Free,
        };
        self.ends.push(self.text.len());
        self.patterns.push(Pattern { group, anchored, tail, ahead, behind });
    }
}

/// The words of a file of synonyms in normal form, hashed, to the number of their line.
fn synonyms(file: &'static str) -> FxHashMap<Token, u16> {
    let mut synonyms = FxHashMap::default();
    let (mut buffer, mut normal) = (String::new(), String::new());
    for (number, line) in lines(file).enumerate() {
        for item in line.split(',') {
            forms(item, &mut buffer, |form| {
                normal.clear();
                push_pattern(form, &mut normal);
                synonyms.entry(hashed(&normal)).or_insert(number as u16);
            });
        }
    }
    synonyms
}

/// A word or phrase that is looked up by its hash.
pub(super) fn hashed(phrase: &str) -> Token {
    Token::new(phrase.as_bytes(), TokenClass::Word)
}

/// An item, or where a word of it ends in `~` each of its regular English forms, made in `form`.
fn forms(item: &str, form: &mut String, mut each: impl FnMut(&str)) {
    let item = item.trim();
    let Some((before, after)) = item.split_once('~') else { return each(item) };
    let (stem, last) = before.split_at(before.len() - 1);
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let (stem, endings) = match last {
        "e" => (stem, ["e", "es", "ed", "ing"]),
        "y" if !vowel(stem.chars().next_back()) => (stem, ["y", "ies", "ied", "ying"]),
        "s" | "x" | "z" | "h" => (before, ["", "es", "ed", "ing"]),
        _ => (before, ["", "s", "ed", "ing"]),
    };
    for ending in endings {
        form.clear();
        for part in [stem, ending, after] {
            form.push_str(part);
        }
        each(form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_are_made() {
        let forms = |item: &str| {
            let mut all = Vec::new();
            super::forms(item, &mut String::new(), |form| all.push(form.to_owned()));
            all
        };
        assert_eq!(forms("claim~"), ["claim", "claims", "claimed", "claiming"]);
        assert_eq!(forms("state~"), ["state", "states", "stated", "stating"]);
        assert_eq!(forms("point~ out"), ["point out", "points out", "pointed out", "pointing out"]);
        assert_eq!(forms("deny~"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(forms("said"), ["said"]);
    }

    #[test]
    fn every_file_can_be_read_and_names_its_groups_once() {
        for language in [Language::English, Language::Korean, Language::Chinese] {
            let lexicon = language.lexicon();
            let mut names: Vec<_> = lexicon.groups.iter().map(|group| (group.cue, group.name)).collect();
            names.retain(|(cue, _)| matches!(cue, Cue::Kind(_)));
            assert!(names.len() > 40, "{language:?} has groups");
            assert!(names.iter().all(|(_, name)| !name.is_empty()), "{language:?}: a group has no name");
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{language:?}: a name stands twice");
        }
    }
}
