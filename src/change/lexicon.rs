//! The words that carry meaning apart from things: negation, modality, hedges, quantifiers, attribution. Data files, one
//! folder for each language; README.md there explains them.

pub(super) use super::items::{Cue, Group, Lexicon, hashed};
use super::items::{Pattern, Tail};
use super::reading::Place;
use super::tables::{LEXICONS, SYNONYMS};
use std::ops::Range;

/// A word or phrase found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub group: &'static Group,
    /// Bytes of the normal text that are the cue.
    pub start: usize,
    pub end: usize,
}

/// Languages with a lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Language {
    English,
    Korean,
    Chinese,
}

impl Language {
    /// The group of general synonyms that the normal form of a word belongs to.
    pub(super) fn synonym(self, word: &str) -> Option<u16> {
        SYNONYMS[self as usize].get(hashed(word))
    }

    /// Its lexicon.
    pub(super) fn lexicon(self) -> &'static Lexicon {
        &LEXICONS[self as usize]
    }
}

impl Lexicon {
    /// Whether a word, in normal form, is an item by itself. Cost: the logarithm of the lexicon.
    pub(super) fn has(&'static self, word: &str) -> bool {
        !word.is_empty() && self.items.ending(self.items.beginning_with(word.bytes()), word.len()).next().is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

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
