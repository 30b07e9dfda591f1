//! The words of numbers, dates, units and currencies, read from the data files in `words/`.

use super::amount::Amount;
use super::glyphs::{Glyphs, Sort};
use crate::change::prefixes::Prefixes;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// The data files. Their format is told in `words/README.md`.
const FILES: [&str; 7] = [
    include_str!("words/english.txt"),
    include_str!("words/korean.txt"),
    include_str!("words/chinese.txt"),
    include_str!("words/other.txt"),
    include_str!("words/units.txt"),
    include_str!("words/currencies.txt"),
    include_str!("words/zones.txt"),
];

/// Longest word, in glyphs: no look-up goes farther.
const LONGEST: usize = 40;

macro_rules! categories {
    ($($(#[$doc:meta])* $name:ident $word:literal),* $(,)?) => {
        /// What a word of the data files is for; `words/README.md` explains each to those who extend them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Category { $($(#[$doc])* $name),* }

        impl Category {
            fn named(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

categories! {
    /// Words that look like values and are none.
    Guard "guard",
    /// A number word of a language that writes numbers as words.
    Number "number",
    /// A power of ten after a number: its exponent.
    Scale "scale",
    /// A vague number: dozens, hundreds; its exponent.
    Vague "vague",
    /// A word before a scale that makes it vague: several.
    Vaguely "vaguely",
    /// A number word for a place in an order.
    Ordinal "ordinal",
    /// What follows digits that are a place in an order: -th.
    OrdinalEnding "ordinal-ending",
    /// What stands before a number that is a place in an order: 第.
    OrdinalPrefix "ordinal-prefix",
    /// A part: its divisor.
    Part "part",
    /// A multiple in one word: twice.
    Multiple "multiple",
    /// What follows a number of times: -fold, 배.
    Times "times",
    /// A label that may have a Roman numeral: Phase II.
    Label "label",
    /// A digit of Han or Sino-Korean numerals.
    Digit "digit",
    /// Ten, hundred, thousand of Han or Sino-Korean numerals: its exponent.
    Place "place",
    /// Ten thousand and up: its exponent.
    Myriad "myriad",
    /// A native Korean number word.
    Native "native",
    /// A counting word: what stands before it is a number.
    Counter "counter",
    /// A word between a number and its counter: 여, 多.
    Over "over",
    /// Below zero.
    Minus "minus",
    /// Per cent.
    Percent "percent",
    /// Percentage points.
    Points "points",
    /// Hundredths of percentage points.
    Basis "basis",
    /// Per mille.
    Permille "permille",
    /// A tenth, as a percentage: 成.
    Tenths "tenths",
    /// What stands between a whole and its part, in Chinese and Korean order: 分之.
    OutOf "out-of",
    /// A unit of measure.
    Unit "unit",
    /// What stands before an amount whose unit is per something: 时速.
    Per "per",
    /// What stands before degrees of one scale: 섭씨.
    Degrees "degrees",
    /// A span of time in one word: how many, and of what: 사흘.
    Lasts "lasts",
    /// A currency.
    Currency "currency",
    /// A month.
    Month "month",
    /// A day of the week, Monday is 1.
    Weekday "weekday",
    /// A part of a day before the hour: 오후.
    DayPart "day-part",
    /// A part of a day after the hour: p.m.
    DayPartAfter "day-part-after",
    /// An hour said in one word: noon.
    Hour "hour",
    /// A time zone: minutes east of Greenwich, or its name.
    Zone "zone",
    /// A day, week, month or year told from today.
    Relative "relative",
    /// A season.
    Season "season",
    /// The word year after or before its number.
    Year "year",
    /// The word for a quarter of a year.
    Quarter "quarter",
    /// The word for a half of a year.
    Half "half",
    /// A half year in one word: 상반기.
    HalfYear "half-year",
    /// A fiscal year.
    Fiscal "fiscal",
    /// A century.
    Century "century",
    /// A decade in one word: nineties.
    DecadeWord "decade-word",
    /// A decade after its number: 年代.
    Decade "decade",
    /// A word before a month or year that is surely one: in, since.
    BeforeDate "before-date",
    /// A word before a number of four digits that is surely a year, however long ago: in, since.
    BeforeYear "before-year",
    /// A word before a season that is surely one: this, last.
    BeforeSeason "before-season",
    /// A word after a unit of time that is not what an amount is per: a year ago.
    Ago "ago",
    /// A word before a noun: the, its.
    Determiner "determiner",
    /// A unit told in a smaller one: how many, and its symbol.
    Equals "equals",
    /// Minutes after or before the hour that follows: half past.
    Past "past",
    /// A year count: what is added to it.
    Era "era",
    /// A word before a part that is no place in an order: by a third.
    BeforePart "before-part",
    /// A word after one: a third more.
    AfterPart "after-part",
    /// A word that links two ends of a range.
    Range "range",
    /// Once in every unit: daily, 매주.
    Every "every",
    /// Where in a month or year: early March, 3월 초.
    Edge "edge",
    /// A word of a language that writes decimals with a comma.
    CommaLanguage "comma-language",
    /// A word of a language that writes decimals with a point.
    PointLanguage "point-language",
    /// What follows days or years that pass, and are no date: 동안.
    Lasting "lasting",
    /// A particle that may follow a number word.
    Particle "particle",
}

impl Category {
    /// Its bit in a set of categories; there are far fewer than 128.
    pub(crate) const fn bit(self) -> u128 {
        1 << self as u32
    }

    /// Whether a value, or what only looks like one, begins with its words.
    fn begins(self) -> bool {
        use Category::*;
        !matches!(
            self,
            Scale
                | OrdinalEnding
                | Times
                | Counter
                | Over
                | Particle
                | Percent
                | Points
                | Basis
                | Permille
                | Tenths
                | OutOf
                | Unit
                | DayPartAfter
                | Year
                | Quarter
                | Half
                | Century
                | Decade
                | BeforeDate
                | BeforeYear
                | BeforeSeason
                | Ago
                | Determiner
                | Equals
                | BeforePart
                | AfterPart
                | Range
                | CommaLanguage
                | PointLanguage
                | Lasting
        )
    }

    /// The words after which its words begin a value: an hour, a hundred, a third, per day.
    fn articles(self) -> &'static [&'static str] {
        match self {
            Self::Unit => &["a ", "an ", "per "],
            Self::Scale | Self::Part => &["a ", "an "],
            _ => &[],
        }
    }

    /// Whether its words may stand where a value begins: not those that tell the language or follow a value.
    pub(crate) fn may_begin(self) -> bool {
        use Category::*;
        !matches!(self, CommaLanguage | PointLanguage | Determiner | Particle | Lasting | AfterPart)
    }
}

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

/// All words, sorted for search.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The words, folded; by number, what each means. A word of several meanings stands there as often.
    words: Prefixes,
    senses: Vec<Sense>,
    /// Units that are so many of a smaller one.
    equals: FxHashMap<&'static str, (Amount, &'static str)>,
    /// Every unit by its symbol.
    units: FxHashSet<&'static str>,
}

impl Lexicon {
    /// The words of all data files, read once.
    pub(crate) fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::of_words(|_| true))
    }

    /// Those in Latin letters: reading those of all scripts takes several times as long.
    fn latin() -> &'static Self {
        static LATIN: OnceLock<Lexicon> = OnceLock::new();
        LATIN.get_or_init(|| Self::of_words(is_latin))
    }

    /// The words that may stand in `text`.
    pub(crate) fn of(text: &str) -> &'static Self {
        if is_latin(text) { Self::latin() } else { Self::get() }
    }

    fn of_words(wanted: impl Fn(&str) -> bool) -> Self {
        let mut writer = Writer::default();
        for line in FILES.iter().flat_map(|file| file.lines()) {
            writer.read(line, &wanted);
        }
        let Writer { text, ends, senses, equals, units } = writer;
        Self { words: Prefixes::new(text, ends.into_iter()), senses, equals, units }
    }

    /// The symbol of a unit, as the data files have it.
    pub(crate) fn symbol(&self, unit: &str) -> Option<&'static str> {
        self.units.get(unit).copied()
    }

    /// How many of which smaller unit a unit is.
    pub(crate) fn smaller(&self, unit: &str) -> Option<(Amount, &'static str)> {
        self.equals.get(unit).copied()
    }

    /// The longest word at `at` with a sense that `wanted` accepts; a word of letters ends where letters end.
    pub(crate) fn find(&self, glyphs: &Glyphs, at: usize, mut wanted: impl FnMut(&Sense) -> bool) -> Option<Found> {
        let mut whole = |begun: &Begun, end: usize| {
            let mut senses = self.words.ending(begun.words.clone(), begun.len).map(|number| &self.senses[number]);
            senses.find(|sense| wanted(sense)).map(|sense| Found { end, sense: *sense })
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

    /// The longest word of `category` at `at`.
    pub(crate) fn word(&self, glyphs: &Glyphs, at: usize, category: Category) -> Option<Found> {
        self.find(glyphs, at, |sense| sense.category == category)
    }
}

/// The words of a lexicon that are equal in their first bytes.
#[derive(Debug, Clone)]
struct Begun {
    words: Range<usize>,
    /// How many bytes.
    len: usize,
}

/// The words of a lexicon as they are read.
#[derive(Default)]
struct Writer {
    /// The words, folded, and where each ends.
    text: String,
    ends: Vec<usize>,
    senses: Vec<Sense>,
    equals: FxHashMap<&'static str, (Amount, &'static str)>,
    units: FxHashSet<&'static str>,
}

impl Writer {
    /// Reads a line `category id: word, word*`; a line of another form is passed over (a test finds it).
    fn read(&mut self, line: &'static str, wanted: &impl Fn(&str) -> bool) {
        let Some((category, id, words)) = parts(line) else { return };
        if category == Category::Equals {
            self.read_equals(id, words);
            return;
        }
        if category == Category::Unit {
            self.units.insert(id);
        }
        let number = id.parse().unwrap_or(0);
        for word in words.split(',').map(str::trim).filter(|word| !word.is_empty() && wanted(word)) {
            let (shy, mute) = (word.ends_with('*'), word.ends_with("**"));
            self.senses.push(Sense { category, id, number, shy, mute });
            push_folded(word.trim_end_matches('*'), &mut self.text);
            self.ends.push(self.text.len());
        }
    }

    fn read_equals(&mut self, id: &'static str, words: &'static str) {
        let Some((factor, smaller)) = id.split_once(' ') else { return };
        let factor = Amount::whole(factor.parse().unwrap_or(1));
        self.equals.extend(words.split(',').map(|unit| (unit.trim(), (factor, smaller))));
    }
}

/// Appends a word of the data files as the glyphs of a text are folded.
fn push_folded(word: &str, out: &mut String) {
    // Most words are written folded but for capitals; a table of character properties is not read for their sake.
    let is_folded = |c: char| c.is_ascii() || c.is_lowercase() && c != 'ß' && c < '\u{180}' || is_plain_sign(c);
    if word.chars().all(is_folded) {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
    } else {
        let glyphs = Glyphs::new(word);
        out.push_str(&glyphs.folded(0, glyphs.len()));
    }
}

/// Currency signs, dashes and the like, which nothing folds.
fn is_plain_sign(c: char) -> bool {
    matches!(c, '£' | '¥' | '°' | '–' | '—' | '‰' | '\u{20A0}'..='\u{20BF}') && c != '\u{20A8}'
}

/// Hands on all that a value in Latin letters may begin with, folded.
pub(crate) fn openings(mut each: impl FnMut(&str)) {
    let lexicon = Lexicon::latin();
    let mut opening = String::new();
    for (word, number) in lexicon.words.words() {
        let category = lexicon.senses[number].category;
        if category.begins() {
            each(word);
        }
        // What is written with more than letters may always begin something, and so does an article before it.
        let letters = word.starts_with(char::is_alphabetic);
        for article in category.articles().iter().filter(|_| letters) {
            opening.clear();
            opening.push_str(article);
            opening.push_str(word);
            each(&opening);
        }
    }
    ["a dozen", "an dozen"].into_iter().for_each(each);
}

/// Latin letters, digits and the signs that stand among them.
fn is_latin(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| matches!(c, '\0'..='\u{36F}' | '\u{2000}'..='\u{2BFF}'))
}

fn parts(line: &'static str) -> Option<(Category, &'static str, &'static str)> {
    if line.starts_with('#') {
        return None;
    }
    let (head, words) = line.split_once(": ")?;
    let (category, id) = head.split_once(' ').unwrap_or((head, ""));
    Some((Category::named(category)?, id, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_files_is_read() {
        for line in FILES.iter().flat_map(|file| file.lines()) {
            assert!(line.is_empty() || line.starts_with('#') || parts(line).is_some(), "{line:?}");
        }
    }

    #[test]
    fn words_are_folded_as_texts_are() {
        for (_, _, words) in FILES.iter().flat_map(|file| file.lines()).filter_map(parts) {
            for word in words.split(',').map(|word| word.trim().trim_end_matches('*')) {
                let (mut folded, glyphs) = (String::new(), Glyphs::new(word));
                push_folded(word, &mut folded);
                assert_eq!(folded, glyphs.folded(0, glyphs.len()));
            }
        }
    }

    #[test]
    fn no_word_is_longer_than_a_look_up() {
        for (_, _, words) in FILES.iter().flat_map(|file| file.lines()).filter_map(parts) {
            assert!(words.split(',').all(|word| Glyphs::new(word.trim()).len() < LONGEST), "{words:?}");
        }
    }

    #[test]
    fn the_longest_word_with_the_sense_is_found() {
        let lexicon = Lexicon::get();
        let at = |text: &str, category| {
            lexicon.word(&Glyphs::new(text), 0, category).map(|found| (found.end, found.sense.id))
        };
        assert_eq!(at("기가와트시를", Category::Unit), at("GWh를", Category::Unit).map(|(_, id)| (5, id)));
        assert_eq!(at("kmx", Category::Unit), None);
        assert_eq!(at("March", Category::Month), Some((5, "3")));
        assert_eq!(at("march", Category::Unit), None);
    }
}
