//! The words that carry meaning apart from things: negation, modality, hedges, quantifiers, attribution. Data files, one
//! folder for each language; README.md there explains them.

use super::kind::ChangeKind;
use super::reading::{Place, normal_pattern};
use rustc_hash::FxHashMap;
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

#[derive(Debug)]
struct Pattern {
    /// Bytes of the arena.
    text: (u32, u32),
    /// Its first bytes, which decide most comparisons.
    head: u64,
    group: u16,
    /// Must begin where a word begins.
    anchored: bool,
    tail: Tail,
    /// Bytes at its end that are looked at and not taken: a number.
    ahead: u8,
    /// Bytes at its start that were looked at and are not taken: a number.
    behind: u8,
}

impl Pattern {
    fn len(&self) -> usize {
        (self.text.1 - self.text.0) as usize
    }
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
    arena: String,
    patterns: Vec<Pattern>,
    groups: Vec<Group>,
    /// Where the patterns begin and end that begin with a byte.
    starts: Vec<(usize, usize)>,
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
        static SYNONYMS: [OnceLock<FxHashMap<String, u16>>; 3] = [const { OnceLock::new() }; 3];
        let file = match self {
            Self::English => include_str!("en/synonym.txt"),
            Self::Korean => include_str!("ko/synonym.txt"),
            Self::Chinese => include_str!("zh/synonym.txt"),
        };
        SYNONYMS[self as usize].get_or_init(|| synonyms(file)).get(word).copied()
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
        let mut lexicon =
            Self { arena: String::new(), patterns: Vec::new(), groups: Vec::new(), starts: vec![(0, 0); 256] };
        for &(cue, text) in sections {
            for line in lines(text) {
                lexicon.group(cue, line);
            }
        }
        let Self { arena, patterns, starts, .. } = &mut lexicon;
        let text = |pattern: &Pattern| &arena.as_bytes()[pattern.text.0 as usize..pattern.text.1 as usize];
        // Of equal patterns the first read stays first, and is the one found.
        patterns.sort_unstable_by(|a, b| {
            a.head.cmp(&b.head).then_with(|| text(a).cmp(text(b))).then(a.group.cmp(&b.group))
        });
        for (at, pattern) in patterns.iter().enumerate() {
            let (first, last) = &mut starts[(pattern.head >> 56) as usize];
            if *last == 0 {
                *first = at;
            }
            *last = at + 1;
        }
        lexicon
    }

    /// Reads `name (class) = item, item`.
    fn group(&mut self, cue: Cue, line: &'static str) {
        let (head, items) = line.split_once('=').unwrap_or(("", line));
        let (name, class) = head.split_once('(').unwrap_or((head, ""));
        let class = class.trim().trim_end_matches(')');
        let group = self.groups.len() as u16;
        self.groups.push(Group { cue, name: name.trim(), class });
        for item in items.split(',') {
            forms(item, |form| self.item(form, group));
        }
    }

    fn item(&mut self, item: &str, group: u16) {
        let (text, anchored, word_end) = normal_pattern(item);
        if text.is_empty() {
            return;
        }
        let ahead = u8::from(text.len() > 1 && text.ends_with('*')) + u8::from(text.ends_with(" *"));
        let behind = u8::from(text.len() > 1 && text.starts_with('*')) + u8::from(text.starts_with("* "));
        let start = self.arena.len() as u32;
        self.arena.push_str(&text);
        let tail = match self.groups[usize::from(group)].cue {
            _ if word_end => Tail::WordEnd,
            Cue::Guard | Cue::Title | Cue::Particle => Tail::Whole,
            _ => Tail::Free,
        };
        let head = head(text.as_bytes());
        self.patterns.push(Pattern {
            text: (start, self.arena.len() as u32),
            head,
            group,
            anchored,
            tail,
            ahead,
            behind,
        });
    }

    /// Every item in normal form, and what it does.
    pub(super) fn items(&self) -> impl Iterator<Item = (&str, Cue)> {
        let text = |pattern: &Pattern| &self.arena[pattern.text.0 as usize..pattern.text.1 as usize];
        self.patterns.iter().map(move |pattern| (text(pattern), self.groups[usize::from(pattern.group)].cue))
    }

    /// The byte of a pattern at `depth`, if it is that long.
    fn byte(&self, pattern: &Pattern, depth: usize) -> Option<u8> {
        if depth < 8 {
            return (depth < pattern.len()).then_some((pattern.head >> (56 - 8 * depth)) as u8);
        }
        self.text(pattern).get(depth).copied()
    }

    fn text(&self, pattern: &Pattern) -> &[u8] {
        &self.arena.as_bytes()[pattern.text.0 as usize..pattern.text.1 as usize]
    }

    /// The longest cue that begins at `at`. Cost: its length times the logarithm of the lexicon.
    pub(super) fn longest(&'static self, place: &Place<'_>) -> Option<Found> {
        let rest = place.rest();
        let (mut low, mut high) = rest.first().map_or((0, 0), |&first| self.starts[usize::from(first)]);
        let mut best = None;
        for (depth, &byte) in rest.iter().enumerate() {
            if depth > 0 {
                let narrowed = &self.patterns[low..high];
                let from = narrowed.partition_point(|pattern| self.byte(pattern, depth) < Some(byte));
                let to = from + narrowed[from..].partition_point(|pattern| self.byte(pattern, depth) <= Some(byte));
                (low, high) = (low + from, low + to);
            }
            if low == high {
                break;
            }
            let mut whole = self.patterns[low..high].iter().take_while(|pattern| pattern.len() == depth + 1);
            if let Some(pattern) = whole.find(|pattern| self.fits(pattern, place, depth + 1)) {
                best = Some((pattern, depth + 1));
            }
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

/// The words of a file of synonyms in normal form, to the number of their line.
fn synonyms(file: &'static str) -> FxHashMap<String, u16> {
    let mut synonyms = FxHashMap::default();
    for (number, line) in lines(file).enumerate() {
        for item in line.split(',') {
            forms(item, |form| {
                synonyms.entry(normal_pattern(form).0).or_insert(number as u16);
            });
        }
    }
    synonyms
}

/// The first eight bytes of a text, the first highest: they sort as the text does.
fn head(text: &[u8]) -> u64 {
    let mut head = [0; 8];
    let len = text.len().min(8);
    head[..len].copy_from_slice(&text[..len]);
    u64::from_be_bytes(head)
}

/// An item, or where a word of it ends in `~` each of its regular English forms.
fn forms(item: &str, mut each: impl FnMut(&str)) {
    let item = item.trim();
    let Some(mark) = item.find('~') else { return each(item) };
    let (before, after) = (&item[..mark], &item[mark + 1..]);
    let (stem, last) = before.split_at(before.len() - 1);
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let (stem, endings) = match last {
        "e" => (stem, ["e", "es", "ed", "ing"]),
        "y" if !vowel(stem.chars().next_back()) => (stem, ["y", "ies", "ied", "ying"]),
        "s" | "x" | "z" | "h" => (before, ["", "es", "ed", "ing"]),
        _ => (before, ["", "s", "ed", "ing"]),
    };
    let mut form = String::with_capacity(item.len() + 3);
    for ending in endings {
        form.clear();
        form.extend([stem, ending, after]);
        each(&form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_are_made() {
        let forms = |item: &str| {
            let mut all = Vec::new();
            super::forms(item, |form| all.push(form.to_owned()));
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
