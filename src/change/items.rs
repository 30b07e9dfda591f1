//! The items of the data files with what they do, read and sorted. The program that builds this one reads the files; what
//! else is read so is read when it is first asked for.

use super::kind::ChangeKind;
use super::pattern::push_pattern;
use super::prefixes::Prefixes;
use crate::datafile::lines;
use crate::text::{Token, TokenClass};

/// What a group of words does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Cue {
    /// Its words are facts of this kind.
    Kind(ChangeKind),
    /// A word that denies by itself: to forbid is not to allow. It meets a negation elsewhere, and is no fact alone.
    Denial,
    /// No fact, but a change of this kind where another one of its set stands in its place.
    Contrast(ChangeKind),
    /// Looks like a cue and is none.
    Guard,
    /// Joins the members of a list.
    And,
    /// Says that the order of a list counts.
    Ranked,
    /// Stands before whoever did what a passive verb says.
    By,
    /// Titles of persons: part of no name. Those with a class are offices.
    Title,
    /// Courtesy, particles, fillers: they come and go without meaning.
    Particle,
}

/// Words that mean the same, under one name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub cue: Cue,
    /// Unique within its cue.
    pub name: &'static str,
    /// What severity asks: how firm, how sure, how many. Empty where nothing is said.
    pub class: &'static str,
}

/// Where the text after a pattern must go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Anywhere.
    Free,
    /// Not inside a character: 안도 is not the beginning of 안 돌아.
    Whole,
    /// Not inside a word.
    WordEnd,
}

/// How an item of the data files is to be found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pattern {
    pub group: u16,
    /// Must begin where a word begins.
    pub anchored: bool,
    pub tail: Tail,
    /// Bytes at its end that are looked at and not taken: a number.
    pub ahead: u8,
    /// Bytes at its start that were looked at and are not taken: a number.
    pub behind: u8,
}

/// The cues of one language, sorted for search.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The items in normal form; by number, their patterns.
    pub items: Prefixes,
    pub patterns: &'static [Pattern],
    pub groups: &'static [Group],
}

/// A Korean particle.
#[derive(Debug)]
pub(crate) struct Josa {
    /// As it is written, and in conjoining letters.
    pub written: &'static str,
    pub letters: &'static str,
    /// What it says that the name before it does or is.
    pub role: &'static str,
}

impl Lexicon {
    /// The words of data files, each with what they do.
    pub(crate) fn read(sections: &[(Cue, &'static str)]) -> Self {
        let mut writer = Writer::default();
        for &(cue, text) in sections {
            for line in lines(text) {
                writer.group(cue, line);
            }
        }
        let Writer { text, ends, patterns, groups, .. } = writer;
        Self { items: Prefixes::new(text, ends.into_iter()), patterns: patterns.leak(), groups: groups.leak() }
    }

    /// Every item in normal form, and what it does.
    #[allow(dead_code, reason = "the build script and tests ask")]
    pub(crate) fn items(&self) -> impl Iterator<Item = (&str, Cue)> {
        let cue = |number: usize| self.groups[usize::from(self.patterns[number].group)].cue;
        self.items.words().map(move |(item, number)| (item, cue(number)))
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
        // A contrast is one of some kind in some set: `before (date sequence)`.
        let (cue, class) = match cue {
            Cue::Contrast(_) => {
                let (kind, set) = class.split_once(' ').unwrap_or_else(|| panic!("no kind and set in \"{line}\""));
                let named = ChangeKind::ALL.into_iter().find(|one| one.name() == kind);
                (Cue::Contrast(named.unwrap_or_else(|| panic!("no kind of change in \"{line}\""))), set)
            }
            cue => (cue, class),
        };
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

/// A word or phrase that is looked up by its hash.
pub(crate) fn hashed(phrase: &str) -> Token {
    Token::new(phrase.as_bytes(), TokenClass::Word)
}

/// An item, or where a word of it ends in `~` each of its regular English forms, made in `form`.
pub(crate) fn forms(item: &str, form: &mut String, mut each: impl FnMut(&str)) {
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
}
