//! The walk over a text: at each place where a value may begin, what begins there.

use super::digits::{self, Numeric};
use super::glyphs::{Glyphs, Sort};
use super::lexicon::{Category, Found, Lexicon, Sense};
use super::numeral::Numeral;
use super::quantity::Quantity;
use super::{Key, When};
use crate::span::Span;
use std::cell::{Cell, OnceCell, RefCell};

/// A text and the words to read it with.
pub(crate) struct Reader<'t> {
    pub glyphs: Glyphs<'t>,
    pub lexicon: &'static Lexicon,
    habits: &'t Habits<'t>,
    /// Places looked at lately, each in the slot of its last bits, and the categories that have a word there: what is asked
    /// of a place, category after category, is mostly in vain.
    known: [Cell<(usize, u128)>; SLOTS],
    /// The numeral in words that was read last, and where.
    pub numeral: RefCell<(usize, Option<Numeral>)>,
    /// The digits that were read last, and where.
    digits: Cell<(usize, Numeric)>,
}

/// What a text does throughout, found out when it is first asked for.
pub(crate) struct Habits<'t> {
    text: &'t str,
    commas: OnceCell<bool>,
    percents: OnceCell<bool>,
}

impl<'t> Habits<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, commas: OnceCell::new(), percents: OnceCell::new() }
    }
}

/// Places that are remembered.
const SLOTS: usize = 16;

/// A stretch of glyphs that states something.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub start: usize,
    pub end: usize,
    pub says: Says,
}

/// What an item states.
#[derive(Debug, Clone)]
pub(crate) enum Says {
    /// A number and what it counts.
    Quantity(Quantity),
    /// A date, and its other reading.
    Date(When, Option<When>),
    /// A currency or unit without a number, and whether it is weak.
    Name(Key, bool),
}

impl Says {
    /// The same with another reading, if there is one and it is a date.
    pub(crate) fn or(self, reading: Option<When>) -> Self {
        match self {
            Self::Date(when, other) => Self::Date(when, other.or(reading)),
            says => says,
        }
    }
}

impl Item {
    pub(crate) fn date(start: usize, end: usize, when: When) -> Self {
        Self { start, end, says: Says::Date(when, None) }
    }

    /// Whether it is a date long enough to have a beginning and an end.
    pub(crate) fn has_edges(&self) -> bool {
        let Says::Date(when, _) = &self.says else { return false };
        match when {
            When::Day { day, .. } => day.is_none(),
            When::Time(_) | When::Zone(..) => false,
            When::Relative(name) => !name.starts_with("day") && !is_shade(name),
            _ => true,
        }
    }
}

/// Whether what a word tells from today is a part of a day, month or year: it may be left out.
pub(crate) fn is_shade(name: &str) -> bool {
    matches!(
        name,
        "am" | "pm"
            | "night"
            | "dawn"
            | "dusk"
            | "morning"
            | "afternoon"
            | "evening"
            | "calendar-year"
            | "fiscal-year"
            | "early"
            | "mid"
            | "late"
            | "on-year"
            | "on-month"
    )
}

impl<'t> Reader<'t> {
    /// A reader of `text`, which may be a part of the one that the habits are of.
    pub(crate) fn new(text: &'t str, habits: &'t Habits<'t>) -> Self {
        Self {
            glyphs: Glyphs::new(text),
            lexicon: Lexicon::get(),
            habits,
            known: [const { Cell::new((usize::MAX, 0)) }; SLOTS],
            numeral: RefCell::new((usize::MAX, None)),
            digits: Cell::new((usize::MAX, Numeric::Version(0))),
        }
    }

    /// The longest word of `category` at `at`.
    pub(crate) fn word(&self, at: usize, category: Category) -> Option<Found> {
        self.find(at, category.bit(), |sense| sense.category == category)
    }

    /// The longest word at `at` with a sense that `wanted` accepts, which accepts those of a set of categories alone.
    pub(crate) fn find(&self, at: usize, among: u128, wanted: impl FnMut(&Sense) -> bool) -> Option<Found> {
        if self.categories(at) & among == 0 { None } else { self.lexicon.find(&self.glyphs, at, wanted) }
    }

    /// The categories that have a word at `at`: a bit for each.
    fn categories(&self, at: usize) -> u128 {
        let slot = &self.known[at % SLOTS];
        if slot.get().0 != at {
            slot.set((at, self.lexicon.categories(&self.glyphs, at)));
        }
        slot.get().1
    }

    /// The items that begin in one of the stretches of bytes, in order and disjoint.
    pub(crate) fn items(&self, stretches: &[Span]) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut at = 0;
        for stretch in stretches {
            at = at.max(self.glyphs.index(stretch.start));
            let end = self.glyphs.index(stretch.end);
            while at < end {
                at = match self.guarded(at).or_else(|| self.take(at, &mut items)) {
                    Some(end) => end,
                    None => self.next(at),
                };
            }
        }
        items
    }

    /// Adds the items that begin at `at`; where they end.
    fn take(&self, at: usize, items: &mut Vec<Item>) -> Option<usize> {
        if matches!(self.glyphs.sort(at), Sort::Space | Sort::Break) || !self.may_begin(at) {
            return None;
        }
        if self.glyphs.sort(at) == Sort::Letter && self.begins_nothing(at) {
            return None;
        }
        if let Some(item) = self.date(at) {
            let edge = self.edge_after(&item);
            items.push(item);
            items.extend(edge);
            return items.last().map(|item| item.end);
        }
        self.take_quantity(at, items).or_else(|| {
            let item = self.named(at)?;
            let end = item.end;
            items.push(item);
            Some(end)
        })
    }

    /// Whether no value begins with the word of letters at `at`: most words, which are passed over at once. A value begins
    /// with a listed word, an article, or a letter before digits: Q3.
    fn begins_nothing(&self, at: usize) -> bool {
        let end = self.glyphs.word_end(at);
        let article = self.glyphs.c(at) == 'a' && (end == at + 1 || end == at + 2 && self.glyphs.c(at + 1) == 'n');
        !article
            && self.glyphs.sort(end) != Sort::Digit
            && self.categories(at) & Category::MAY_BEGIN == 0
            && self.every(at).is_none()
    }

    /// Whether a value may begin at `at`: not inside a word, nor in a name such as A4, F-35 or example.org/12.
    fn may_begin(&self, at: usize) -> bool {
        let before = self.glyphs.before(at);
        match self.glyphs.sort(at) {
            Sort::Letter => self.glyphs.begins_word(at),
            Sort::Digit if before.sort == Sort::Letter => false,
            Sort::Digit => {
                let joined = matches!(before.c, '-' | '/' | '_' | '@');
                let letter = at >= 2 && self.glyphs.sort(at - 2) == Sort::Letter;
                !(joined && letter && (before.c != '-' || self.is_named_by(at - 1)))
            }
            _ => true,
        }
    }

    /// Whether the word before the hyphen at `hyphen` makes a name with the number after it: F-35, Covid-19, not mid-2024.
    fn is_named_by(&self, hyphen: usize) -> bool {
        let mut start = hyphen;
        while start > 0 && self.glyphs.sort(start - 1) == Sort::Letter && hyphen - start < 24 {
            start -= 1;
        }
        let known = [Category::Label, Category::BeforeDate, Category::Month].into_iter();
        let known = known.filter_map(|category| self.word(start, category)).any(|found| found.end >= hyphen);
        !known && self.glyphs.is_capital(start)
    }

    /// The end of a word at `at` that looks like a value and is none.
    pub(crate) fn guarded(&self, at: usize) -> Option<usize> {
        let begins = match self.glyphs.sort(at) {
            Sort::Letter | Sort::Digit => self.glyphs.begins_word(at),
            Sort::Hangul => self.glyphs.before(at).sort != Sort::Hangul,
            _ => true,
        };
        let guard = self.word(at, Category::Guard).filter(|_| begins)?.end;
        let other = |category| !matches!(category, Category::Guard | Category::Counter | Category::Particle);
        let longer = self.lexicon.find(&self.glyphs, at, |sense| other(sense.category) && !sense.shy);
        let whole = self.glyphs.sort(guard - 1) != Sort::Digit || self.glyphs.sort(guard) != Sort::Digit;
        let numeral = self.glyphs.sort(at) == Sort::Character && self.east(at).is_some_and(|east| east.end > guard);
        (whole && !numeral && longer.is_none_or(|longer| longer.end <= guard)).then_some(guard)
    }

    /// Where to look on when nothing begins at `at`: after a whole word of letters or run of digits.
    fn next(&self, at: usize) -> usize {
        let sort = self.glyphs.sort(at);
        if !matches!(sort, Sort::Letter | Sort::Digit) {
            return at + 1;
        }
        let mut end = at;
        if sort == Sort::Digit
            && let Numeric::Version(version) = digits::read(&self.glyphs, at, || false)
        {
            end = version;
        }
        while matches!(self.glyphs.sort(end), Sort::Letter | Sort::Digit) {
            end += 1;
        }
        end
    }

    /// A currency or time zone that stands without a number.
    fn named(&self, at: usize) -> Option<Item> {
        let free = self.glyphs.sort(at) != Sort::Hangul || self.glyphs.before(at).sort != Sort::Hangul;
        let named = |category| self.word(at, category).filter(|found| free && !found.sense.shy && found.end > at + 1);
        if let Some(zone) = self.zone(at) {
            return Some(zone);
        }
        if let Some(unit) = self.every(at).filter(|_| free) {
            return Some(unit);
        }
        let found = named(Category::Currency)?;
        Some(Item { start: at, end: found.end, says: Says::Name(Key::Currency(found.sense.id), false) })
    }

    /// A unit that something is once in or per: weekly, 每天, per day.
    fn every(&self, at: usize) -> Option<Item> {
        let unit =
            |start, end, id: &str, weak| Some(Item { start, end, says: Says::Name(Key::Unit(id.to_owned()), weak) });
        // 월 45만 원: a star says that the word is one only before digits.
        let before_digits = |end: usize| {
            let next = self.glyphs.skip_space(end);
            next > end && self.glyphs.sort(next) == Sort::Digit
        };
        let every = self.word(at, Category::Every).filter(|found| !found.sense.shy || before_digits(found.end));
        if let Some(found) = every {
            return unit(at, found.end, found.sense.id, true);
        }
        // 배럴당, 每桶.
        let after = at + usize::from(self.glyphs.c(at) == '每');
        if let Some(found) =
            self.word(after, Category::Unit).filter(|found| after > at || self.glyphs.c(found.end) == '당')
        {
            return unit(after, found.end, found.sense.id, false);
        }
        let per = self.glyphs.word_end(at);
        let next = self.glyphs.skip_space(per);
        if per == at || next == per || !self.glyphs.says(at, per, "per") {
            return None;
        }
        let found = self.word(next, Category::Unit).filter(|found| !found.sense.shy)?;
        unit(next, found.end, found.sense.id, false)
    }

    /// The number in digits at `at`, where a digit stands. Dates, times and numbers ask for the same one in turn.
    pub(crate) fn digits(&self, at: usize) -> Numeric {
        if self.digits.get().0 != at {
            self.digits.set((at, digits::read(&self.glyphs, at, || self.writes_decimal_commas())));
        }
        self.digits.get().1
    }

    /// Whether the text speaks of percentages: then points without more are percentage points.
    pub(crate) fn has_percentages(&self) -> bool {
        *self.habits.percents.get_or_init(|| Reader::new(self.habits.text, self.habits).names_percentages())
    }

    fn names_percentages(&self) -> bool {
        (0..self.glyphs.len()).any(|at| {
            let begins = self.glyphs.sort(at) != Sort::Letter || self.glyphs.begins_word(at);
            begins && self.word(at, Category::Percent).is_some_and(|found| !found.sense.shy)
        })
    }

    /// Whether the text writes decimals with a comma: it has more small words of languages that do than of those that do not.
    pub(crate) fn writes_decimal_commas(&self) -> bool {
        *self.habits.commas.get_or_init(|| Reader::new(self.habits.text, self.habits).has_decimal_commas())
    }

    fn has_decimal_commas(&self) -> bool {
        let mut balance = 0;
        let mut at = 0;
        while at < self.glyphs.len() {
            if self.glyphs.sort(at) == Sort::Letter {
                balance += i32::from(self.word(at, Category::CommaLanguage).is_some());
                balance -= i32::from(self.word(at, Category::PointLanguage).is_some());
                at = self.glyphs.word_end(at);
            } else {
                balance -= i32::from(matches!(self.glyphs.sort(at), Sort::Hangul | Sort::Character));
                at += 1;
            }
        }
        balance > 0
    }
}
