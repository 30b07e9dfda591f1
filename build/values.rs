//! Words of numbers, dates, units and currencies.

use crate::category::Category;
use crate::datafile::lines;
use crate::glyphs::Glyphs;
use crate::prefixes;
use crate::prefixes::Prefixes;
use std::collections::{BTreeMap, BTreeSet};

/// The data files. Their format is told in `words/README.md`.
const FILES: [&str; 7] = [
    include_str!("../src/change/value/words/english.txt"),
    include_str!("../src/change/value/words/korean.txt"),
    include_str!("../src/change/value/words/chinese.txt"),
    include_str!("../src/change/value/words/other.txt"),
    include_str!("../src/change/value/words/units.txt"),
    include_str!("../src/change/value/words/currencies.txt"),
    include_str!("../src/change/value/words/zones.txt"),
];

/// What a word means, as the program has it.
#[derive(Debug)]
struct Meaning {
    category: Category,
    id: u16,
    shy: bool,
    mute: bool,
}

/// The words of all files.
pub(crate) struct Values {
    words: Prefixes,
    meanings: Vec<Meaning>,
    ids: Vec<(&'static str, i64)>,
    equals: Vec<(&'static str, u64, &'static str)>,
    units: BTreeSet<&'static str>,
}

impl Values {
    pub(crate) fn read() -> Self {
        let mut writer = Writer::default();
        for line in FILES.into_iter().flat_map(lines) {
            writer.read(line).unwrap_or_else(|| panic!("a line is no `category id: word, word`: {line}"));
        }
        let Writer { text, ends, meanings, ids, equals, units } = writer;
        let mut all = vec![("", 0); ids.len()];
        for (id, at) in ids {
            all[usize::from(at)] = (id, id.parse().unwrap_or(0));
        }
        Self { words: Prefixes::new(text, ends.into_iter()), meanings, ids: all, equals, units }
    }

    /// Every word, folded, with what it is for.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, Category)> {
        self.words.words().map(|(word, number)| (word, self.meanings[number].category))
    }

    /// Writes the table.
    pub(crate) fn write(&self, out: &mut String) {
        let Self { words, meanings, ids, equals, units } = self;
        let units: Vec<_> = units.iter().collect();
        let words = prefixes(words);
        *out += &format!(
            "pub(super) static VALUES: Values = {{ use Category::*; Values {{ words: {words}, meanings: &{meanings:?}, \
             ids: &{ids:?}, equals: &{equals:?}, units: &{units:?} }} }};\n"
        );
    }
}

/// The words as they are read.
#[derive(Default)]
struct Writer {
    /// The words, folded, and where each ends.
    text: String,
    ends: Vec<usize>,
    meanings: Vec<Meaning>,
    ids: BTreeMap<&'static str, u16>,
    equals: Vec<(&'static str, u64, &'static str)>,
    units: BTreeSet<&'static str>,
}

impl Writer {
    /// Reads a line `category id: word, word*`.
    fn read(&mut self, line: &'static str) -> Option<()> {
        let (head, words) = line.split_once(": ")?;
        let (category, id) = head.split_once(' ').unwrap_or((head, ""));
        let category = Category::named(category)?;
        if category == Category::Equals {
            let (factor, smaller) = id.split_once(' ')?;
            let factor = factor.parse().ok()?;
            self.equals.extend(words.split(',').map(|unit| (unit.trim(), factor, smaller)));
            return Some(());
        }
        if category == Category::Unit {
            self.units.insert(id);
        }
        let next = self.ids.len() as u16;
        let id = *self.ids.entry(id).or_insert(next);
        for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let (shy, mute) = (word.ends_with('*'), word.ends_with("**"));
            self.meanings.push(Meaning { category, id, shy, mute });
            let glyphs = Glyphs::new(word.trim_end_matches('*'));
            self.text.push_str(&glyphs.folded(0, glyphs.len()));
            self.ends.push(self.text.len());
        }
        Some(())
    }
}
