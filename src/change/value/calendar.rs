//! Dates: days, months, years, weekdays, quarters, half years, fiscal years, decades, centuries, days told from today.
//!
//! Three numbers with points, slashes or hyphens are year, month, day when the first has four digits, else day, month,
//! year. With slashes and both parts up to 12 the month comes first, and the other order is kept as the second
//! reading. A number of four digits alone is a year from 1900 to 2099 where a word such as `in` stands before it.

use super::glyphs::Sort;
use super::lexicon::{Category, Found};
use super::reader::{Item, Reader, Says};
use super::{Nature, When};

/// A day of a year that may leave parts out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Parts {
    pub year: Option<u16>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl Parts {
    pub(crate) fn item(self, start: usize, end: usize) -> Item {
        Item::date(start, end, When::Day { year: self.year, month: self.month, day: self.day })
    }
}

impl Reader<'_> {
    /// The date, part of one or time of day that begins at `at`.
    pub(crate) fn date(&self, at: usize) -> Option<Item> {
        let hangul_inside = self.glyphs.sort(at) == Sort::Hangul && self.glyphs.before(at).sort == Sort::Hangul;
        if hangul_inside {
            return None;
        }
        match self.glyphs.sort(at) {
            Sort::Digit => self
                .numeric_date(at)
                .or_else(|| self.time(at))
                .or_else(|| self.written_decade(at))
                .or_else(|| self.short_quarter(at))
                .or_else(|| self.day_month(at))
                .or_else(|| self.period(at))
                .or_else(|| self.east_date(at))
                .or_else(|| self.bare_year(at)),
            Sort::Letter => self.letter_date(at),
            Sort::Hangul | Sort::Character => self
                .told(at)
                .or_else(|| self.first_months(at))
                .or_else(|| self.time(at))
                .or_else(|| self.period(at))
                .or_else(|| self.written_decade(at))
                .or_else(|| self.east_date(at))
                .or_else(|| self.month_day(at)),
            Sort::Sign => self.written_decade(at).or_else(|| self.east_date(at)),
            _ => None,
        }
    }

    fn letter_date(&self, at: usize) -> Option<Item> {
        if !self.glyphs.begins_word(at) {
            return None;
        }
        self.told(at)
            .or_else(|| self.first_months(at))
            .or_else(|| self.edge_before(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.short_quarter(at))
            .or_else(|| self.fiscal(at))
            .or_else(|| self.time(at))
            .or_else(|| self.period(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.decade_in_words(at))
            .or_else(|| self.year_in_words(at))
    }

    /// Twenty twenty-four, nineteen ninety-nine.
    fn year_in_words(&self, at: usize) -> Option<Item> {
        let century = self.word(at, Category::Number).filter(|found| matches!(found.sense.number, 18..=20))?;
        let second = self.glyphs.skip_space(century.end);
        let rest = self.in_words(second).filter(|rest| second > century.end && rest.nature == Nature::Cardinal)?;
        let rest_of = rest.whole(99).filter(|years| *years >= 10)?;
        let year = year_of(century.sense.number as u64 * 100 + rest_of);
        Some(Parts { year, ..Parts::default() }.item(at, rest.end))
    }

    /// 2024-03-03, 3.3.2024, 3/3/2024, 2024. 3. 3., 2024-03.
    fn numeric_date(&self, at: usize) -> Option<Item> {
        let (first, end) = self.plain_whole(at, 9999)?;
        let mark = self.glyphs.c(end);
        if !matches!(mark, '-' | '/' | '.' | '–') {
            return None;
        }
        let after = |end: usize| if mark == '.' { self.glyphs.skip_space(end + 1) } else { end + 1 };
        let (second, second_end) = self.plain_whole(after(end), 9999)?;
        let year = end - at == 4;
        let third = (self.glyphs.c(second_end) == mark).then(|| self.plain_whole(after(second_end), 9999)).flatten();
        match third {
            Some((third, third_end)) => self.three_numbers(at, third_end, mark, [first, second, third]),
            None if year && mark == '-' && second_end - end == 3 => {
                let fits = (1..=12).contains(&second) && (second < 10 || second <= first % 100);
                let parts = Parts { year: year_of(first), month: Some(second as u8), day: None };
                (fits && parts.year.is_some()).then(|| parts.item(at, second_end))
            }
            // As in Korean notices: 9. 1.~9. 5., 9. 1.(월).
            None if mark == '.' && self.glyphs.c(second_end) == '.' && self.glyphs.sort(end + 1) == Sort::Space => {
                let next = second_end + 1;
                let goes_on = matches!(self.glyphs.c(next), '~' | '∼' | '～' | '(')
                    || self.glyphs.sort(next) == Sort::Hangul && self.word(next, Category::Particle).is_some();
                let fits = (1..=12).contains(&first) && (1..=31).contains(&second) && goes_on;
                let parts = Parts { year: None, month: Some(first as u8), day: Some(second as u8) };
                fits.then(|| parts.item(at, next))
            }
            // 3/15 12:00, 3/15(토).
            None if mark == '/' && (1..=12).contains(&first) && (1..=31).contains(&second) => {
                let weekday = "월화수목금토일月火水木金土日一二三四五六".contains(self.glyphs.c(second_end + 1));
                let dated = self.glyphs.c(second_end) == '(' && weekday && self.glyphs.c(second_end + 2) == ')'
                    || self.begins_time(self.glyphs.skip_space(second_end));
                let parts = Parts { year: None, month: Some(first as u8), day: Some(second as u8) };
                dated.then(|| parts.item(at, second_end))
            }
            None => None,
        }
    }

    /// Whether digits and a colon stand at `at`, as in 12:00.
    fn begins_time(&self, at: usize) -> bool {
        self.plain_whole(at, 24).is_some_and(|(_, end)| self.glyphs.c(end) == ':')
    }

    fn three_numbers(&self, at: usize, end: usize, mark: char, numbers: [u64; 3]) -> Option<Item> {
        let next = self.glyphs.c(end);
        if matches!(next, '-' | '/') || next == mark && self.glyphs.sort(end + 1) == Sort::Digit {
            return None;
        }
        let day = |year: u64, month: u64, day: u64| {
            let fits = year > 1000 && (1..=12).contains(&month) && (1..=31).contains(&day);
            fits.then_some(When::Day { year: Some(year_of(year)?), month: Some(month as u8), day: Some(day as u8) })
        };
        let [first, second, third] = numbers;
        let paired = self.glyphs.c(at + 2) == mark && self.glyphs.c(at + 5) == mark && end == at + 8;
        let full = |number: u64| if number < 100 && (mark == '/' || paired) { number + 2000 } else { number };
        let short = first < 100 && mark == '.' && matches!(self.glyphs.before(at).c, '\'' | '’' | '‘');
        let (read, other) = if short {
            // '26. 1. 1., as in Korean notices.
            (day(first + 2000, second, third)?, None)
        } else if first > 1000 {
            (day(first, second, third)?, None)
        } else if mark == '/' && first <= 12 && second <= 12 && first != second {
            (day(full(third), first, second)?, day(full(third), second, first))
        } else {
            (day(full(third), second, first).or_else(|| day(full(third), first, second))?, None)
        };
        Some(Item { start: at, end, says: Says::Date(read, other) })
    }

    /// 3 March 2024, 3rd of March, third of March, March 3-style ranges apart.
    fn day_month(&self, at: usize) -> Option<Item> {
        let (day, end) = self.day_number(at)?;
        let mut next = self.glyphs.skip_space(end + usize::from(self.glyphs.c(end) == '.'));
        let of = self.glyphs.word_end(next);
        if of > next && ["of", "de"].iter().any(|word| self.glyphs.says(next, of, word)) {
            next = self.glyphs.skip_space(of);
        }
        if next == end && self.glyphs.sort(end) == Sort::Letter {
            return None;
        }
        let month = self.month(next, true)?;
        let (year, end) = self.year_after(month.end).unwrap_or((None, month.end));
        Some(Parts { year, month: Some(month.sense.number as u8), day: Some(day) }.item(at, end))
    }

    /// A day of the month in digits, 3rd or third, and where it ends.
    fn day_number(&self, at: usize) -> Option<(u8, usize)> {
        let (day, end) = match self.plain_whole(at, 31) {
            Some((day, end)) => (day, self.word(end, Category::OrdinalEnding).map_or(end, |ending| ending.end)),
            None if self.glyphs.sort(at) == Sort::Letter => {
                let ordinal = self.in_words(at).filter(|numeral| numeral.nature == Nature::Ordinal)?;
                (ordinal.whole(31)?, ordinal.end)
            }
            None => return None,
        };
        (day > 0).then_some((day as u8, end))
    }

    /// The month at `at`, written as a name should be. A name that is also a word needs a number `beside` it.
    fn month(&self, at: usize, beside: bool) -> Option<Found> {
        let found = self.word(at, Category::Month)?;
        let short = found.end - at == 3 && found.sense.number != 5 || self.glyphs.c(found.end - 1) == 't';
        let dot = usize::from(
            self.glyphs.c(found.end) == '.' && short && self.glyphs.sort(found.end + 1) != Sort::Break && beside,
        );
        let english = self.glyphs.c(at).is_ascii();
        let proper = self.glyphs.is_capital(at) || self.writes_decimal_commas();
        let named = !found.sense.shy || (proper || found.sense.mute) && beside;
        (named && (!english || found.end - at > 3 || self.glyphs.is_capital(at)))
            .then_some(Found { end: found.end + dot, ..found })
    }

    /// A month with a day or year after it, or alone: March 3, 2024; March 2024; March.
    fn month_day(&self, at: usize) -> Option<Item> {
        let found = self.word(at, Category::Month)?;
        let month = Some(found.sense.number as u8);
        let capital =
            self.glyphs.is_capital(at) || !self.glyphs.c(at).is_ascii() || !found.sense.shy && found.end - at > 3;
        if !capital {
            return None;
        }
        let end = found.end + usize::from(self.glyphs.c(found.end) == '.' && found.end - at <= 4);
        let next = self.glyphs.skip_space(end);
        let the = self.glyphs.word_end(next);
        let next = if the > next && self.glyphs.says(next, the, "the") { self.glyphs.skip_space(the) } else { next };
        if let Some((day, day_end)) = self.day_number(next).filter(|&(_, end)| self.ends_day(end)) {
            let (year, end) = self.year_after(day_end).unwrap_or((None, day_end));
            return Some(Parts { year, month, day: Some(day) }.item(at, end));
        }
        if let Some((year, end)) = self.year_after(end) {
            return Some(Parts { year, month, day: None }.item(at, end));
        }
        let sure = !found.sense.shy || self.glyphs.is_capital(at) && self.is_month_name(at, found);
        let next = found.end + usize::from(self.glyphs.c(found.end) == '.');
        let ranged = matches!(self.glyphs.c(next), '-' | '–') && self.word(next + 1, Category::Month).is_some();
        let alone = found.end - at > 3 || found.sense.number == 5 || ranged || !self.glyphs.c(at).is_ascii();
        (sure && alone).then(|| Parts { year: None, month, day: None }.item(at, found.end))
    }

    /// Whether a capital March, May or August is the month: no part of a person's name, and no verb that begins a sentence.
    fn is_month_name(&self, at: usize, found: Found) -> bool {
        if found.sense.mute {
            return false;
        }
        if self.follows_date_word(at) {
            return true;
        }
        let Some((start, end)) = self.word_before(at) else {
            let next = self.glyphs.skip_space(found.end);
            return self.word(next, Category::Guard).is_none();
        };
        !self.glyphs.is_capital(start) || self.glyphs.says(start, end, "the")
    }

    /// The word of letters before `at`, a space between.
    fn word_before(&self, at: usize) -> Option<(usize, usize)> {
        let end = at.checked_sub(1).filter(|&end| self.glyphs.sort(end) == Sort::Space)?;
        let mut start = end;
        while start > 0 && self.glyphs.sort(start - 1) == Sort::Letter && end - start < 24 {
            start -= 1;
        }
        (start < end).then_some((start, end))
    }

    /// Whether a day of the month may end at `end`: neither a decimal, a clock nor a unit goes on.
    fn ends_day(&self, end: usize) -> bool {
        let marked = matches!(self.glyphs.c(end), '.' | ':' | ',') && self.glyphs.sort(end + 1) == Sort::Digit;
        let word = self.glyphs.skip_space(end);
        let measured =
            [Category::Scale, Category::Percent].into_iter().any(|category| self.word(word, category).is_some());
        !marked && !measured && self.glyphs.sort(end) != Sort::Letter
    }

    /// Whether a word such as `in` stands before `at`.
    fn follows_date_word(&self, at: usize) -> bool {
        self.follows(at, Category::BeforeDate)
    }

    /// Whether a word of `category` stands before `at`, or two that make one.
    pub(crate) fn follows(&self, at: usize, category: Category) -> bool {
        let Some((start, end)) = self.word_before(at).or_else(|| self.prefix_before(at)) else { return false };
        let ends = |start: usize| self.word(start, category).is_some_and(|found| found.end == end);
        ends(start) || self.word_before(start).is_some_and(|(start, _)| ends(start))
    }

    /// The word before a hyphen before `at`, the hyphen included: mid-.
    fn prefix_before(&self, at: usize) -> Option<(usize, usize)> {
        let hyphen = at.checked_sub(1).filter(|&hyphen| self.glyphs.c(hyphen) == '-')?;
        let mut start = hyphen;
        while start > 0 && self.glyphs.sort(start - 1) == Sort::Letter && hyphen - start < 24 {
            start -= 1;
        }
        Some((start, if self.glyphs.says(start, hyphen, "mid") { at } else { hyphen }))
    }

    /// A year after a month or quarter: 2024, of 2024, '24.
    pub(crate) fn year_after(&self, end: usize) -> Option<(Option<u16>, usize)> {
        let comma = end + usize::from(self.glyphs.c(end) == ',');
        let mut at = self.glyphs.skip_space(comma);
        if at == comma {
            return None;
        }
        let of = self.glyphs.word_end(at);
        if of > at && ["of", "in", "de"].iter().any(|word| self.glyphs.says(at, of, word)) {
            at = self.glyphs.skip_space(of);
        }
        if self.glyphs.c(at) == '\'' {
            let (year, end) = self.plain_whole(at + 1, 99)?;
            return Some((year_of(year + 2000), end));
        }
        let (year, end) = self.plain_whole(at, 2199)?;
        let east = matches!(self.glyphs.sort(end), Sort::Hangul | Sort::Character);
        (year >= 1000 && !east && self.ends_day(end)).then_some((year_of(year), end))
    }

    /// Four digits that are a year: from 1400 after `in` or `since`; from 1900 to 2099 after `in` and the like, in brackets or beside another year; from 1980
    /// to 2049 wherever they count nothing.
    fn bare_year(&self, at: usize) -> Option<Item> {
        let (year, end) = self.plain_whole(at, 2099).filter(|&(year, end)| year >= 1400 && end - at == 4)?;
        if year < 1900 && !self.follows(at, Category::BeforeYear) {
            return None;
        }
        if !self.ends_day(end) || self.counted(at, end) {
            return None;
        }
        let next = self.next_year(year, end);
        // The 2025/26 fiscal year.
        let last = next.unwrap_or(end);
        let fiscal = self.word(self.glyphs.skip_space(last), Category::Fiscal).filter(|_| year >= 1900);
        if let Some(fiscal) = fiscal.filter(|fiscal| self.glyphs.sort(fiscal.end) != Sort::Digit) {
            return Some(Item::date(at, fiscal.end, When::Fiscal(year as u16)));
        }
        if let Some(end) = next {
            return Some(Item::date(at, end, When::TwoYears(year as u16)));
        }
        let closed = self.glyphs.before(at).c == '(' && self.glyphs.c(end) == ')';
        let recent = (1980..2050).contains(&year) && year != 2000;
        let sure = recent || closed || self.begins_pair(year, end) || self.ends_pair(at) || self.follows_date_word(at);
        (sure || self.follows_the(at)).then(|| Parts { year: year_of(year), ..Parts::default() }.item(at, end))
    }

    /// The end of the next year after a dash or slash that follows `year`: 2024-25, 2024/2025.
    pub(crate) fn next_year(&self, year: u64, end: usize) -> Option<usize> {
        if !matches!(self.glyphs.c(end), '-' | '–' | '/') {
            return None;
        }
        let (second, second_end) = self.plain_whole(end + 1, 2199)?;
        let second = if second_end - end == 3 { year / 100 * 100 + second } else { second };
        (second == year + 1 && self.ends_day(second_end)).then_some(second_end)
    }

    /// Whether a dash and a later year stand after a year that ends at `end`: 2024-25.
    fn begins_pair(&self, year: u64, end: usize) -> bool {
        let second = self.plain_whole(end + 1, 2099).filter(|_| matches!(self.glyphs.c(end), '-' | '–' | '/' | '~'));
        second.is_some_and(|(second, second_end)| {
            let second = if second_end - end == 3 { year / 100 * 100 + second } else { second };
            (year + 1..year + 60).contains(&second)
        })
    }

    /// Whether the number from `at` to `end` counts what follows: a unit, a counting word, or a noun in the plural that no
    /// determiner announces.
    fn counted(&self, at: usize, end: usize) -> bool {
        if self.counter(end, 2).is_some() || self.east(at).is_some_and(|east| east.end > end) {
            return true;
        }
        let start = self.glyphs.skip_space(end);
        let word = self.glyphs.word_end(start);
        if start == end || word < start + 3 || self.glyphs.is_capital(start) {
            return false;
        }
        let noun = self.glyphs.folded(start, word);
        let plural = noun.ends_with('s')
            && !noun.ends_with("ss")
            && !matches!(noun.as_str(), "was" | "has" | "is" | "this" | "as");
        let folk = matches!(noun.as_str(), "people" | "men" | "women" | "children");
        folk || plural && !self.follows_determiner(at)
    }

    /// Whether a determiner stands before `at`, perhaps with one word between.
    fn follows_determiner(&self, at: usize) -> bool {
        let first = self.word_before(at);
        let second = first.and_then(|(start, _)| self.word_before(start));
        let is_determiner =
            |(start, end): (usize, usize)| self.word(start, Category::Determiner).is_some_and(|found| found.end == end);
        first.is_some_and(is_determiner) || second.is_some_and(is_determiner)
    }

    pub(crate) fn follows_the(&self, at: usize) -> bool {
        at >= 4 && self.glyphs.says(at - 4, at, "the ")
    }

    /// Whether a year and a dash stand before `at`.
    fn ends_pair(&self, at: usize) -> bool {
        let dash = at >= 5 && matches!(self.glyphs.before(at).c, '-' | '–' | '/' | '~');
        dash && self.plain_whole(at - 5, 2099).is_some_and(|(year, end)| year >= 1900 && end == at - 1)
    }
}

/// A year that a calendar has.
pub(crate) fn year_of(year: u64) -> Option<u16> {
    u16::try_from(year).ok().filter(|year| (1..=2999).contains(year))
}
