//! Values: the numbers, units, currencies, percentages and dates that a text states, each with a key that is equal for equal
//! values however they are written: 1.2 million and 1,200,000, 3 March and 3월 3일.
//!
//! A text becomes folded glyphs ([`glyphs`]); at each place where a value may begin, dates are tried first ([`calendar`],
//! [`clock`]), then numerals ([`numeral`] over [`digits`], [`words`] and [`east`]) with what they count ([`quantity`]). The
//! words of languages are data ([`lexicon`], `words/`). Ranges come last ([`range`]): in "10 to 20 million" both are millions.
//!
//! Amounts are exact ([`amount`]). Cost: linear in the text, with a fixed look-ahead.

mod amount;
mod calendar;
pub(super) mod category;
mod clock;
mod digits;
mod east;
mod glyphs;
mod lexicon;
mod numeral;
mod period;
mod quantity;
mod range;
mod reader;
mod words;

use crate::span::Span;
use crate::text::Tokenised;
pub(crate) use amount::Amount;
pub(super) use lexicon::{Lexicon, Meaning};
use reader::{Habits, Reader};
use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ValueKind {
    /// A count, ordinal, multiple or fraction; the number of an amount of money or of a measure.
    Number,
    /// What a measure is in.
    Unit,
    /// What an amount of money is in.
    Currency,
    /// A percentage, percentage points or basis points, number and sign together.
    Percentage,
    /// A date, part of one, time of day or time zone.
    Date,
}

/// How a number counts: three is not third.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Nature {
    /// How many: three, half.
    Cardinal,
    /// Which: third.
    Ordinal,
    /// How many times: threefold, twice.
    Multiple,
    /// About how many, by power of ten: hundreds.
    Vague,
}

/// The meaning of a value. Values of equal keys mean the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// A number.
    Number(Nature, Amount),
    /// Digits too many to reckon with, as written.
    Opaque(String),
    /// A unit by symbol.
    Unit(String),
    /// A currency by ISO code or name.
    Currency(&'static str),
    /// Per cent; per mille is reckoned in.
    Percent(Amount),
    /// Percentage points; basis points are reckoned in.
    Points(Amount),
    /// A date or time.
    Date(When),
}

/// The meaning of a date. What is not said is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum When {
    /// A day, month or year.
    Day { year: Option<u16>, month: Option<u8>, day: Option<u8> },
    /// A day of the week; Monday is 1.
    Weekday(u8),
    /// A quarter, 1 to 4.
    Quarter { year: Option<u16>, quarter: u8 },
    /// A half of a year, 1 or 2.
    Half { year: Option<u16>, half: u8 },
    /// Months in a row that are no quarter and no half of a year.
    Months { year: Option<u16>, first: u8, last: u8 },
    /// A season; spring is 1.
    Season { year: Option<u16>, season: u8 },
    /// A year that begins in one calendar year and ends in the next, by the first: 2024-25.
    TwoYears(u16),
    /// A fiscal year.
    Fiscal(u16),
    /// A decade by its first year.
    Decade(u16),
    /// A week, weekday or weekend of a month by its count: 11월 둘째 주. The last one is 0.
    Week(u8),
    /// A century.
    Century(u8),
    /// Seconds since midnight.
    Time(u32),
    /// A time zone: minutes east of Greenwich, or a name.
    Zone(&'static str, i16),
    /// A day, week, month or year told from today.
    Relative(&'static str),
}

/// A value stated in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// Bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
    /// What it means.
    pub key: Key,
    /// What it means if read the other way, where spelling leaves that open: 1.234, 3/4/2024, three o'clock.
    pub other: Option<Key>,
    /// For a number and its unit: both together in the smallest unit that tells it, so that two weeks are 14 days.
    pub total: Option<(Amount, &'static str)>,
    /// Also an ordinary word (one, first, 两): it counts where another value stands in its place, not where it is added
    /// or dropped.
    pub weak: bool,
}

impl Value {
    /// Whether both mean the same, in either reading of a spelling that has two.
    pub(crate) fn means(&self, other: &Self) -> bool {
        let reads = |one: &Self, two: &Self| one.other.is_some() && one.other.as_ref() == Some(&two.key);
        // Two dates that are both open (3/4 and 4/3) are read the same way.
        let open = self.kind == ValueKind::Date && self.other.is_some() && other.other.is_some();
        let total = self.total.is_some() && self.total == other.total;
        self.key == other.key
            || total
            || !open && (reads(self, other) || reads(other, self))
            || self.is_share_of(other)
            || other.is_share_of(self)
            || self.is_holiday_on(other)
            || other.is_holiday_on(self)
    }
}

impl Value {
    /// The value in a text in which `offset` bytes stand before its own.
    pub(crate) fn moved(self, offset: usize) -> Self {
        Self { span: Span::new(self.span.start + offset, self.span.end + offset), ..self }
    }

    /// Whether this is a holiday and `other` its day, for those that have the same one every year.
    fn is_holiday_on(&self, other: &Self) -> bool {
        match (&self.key, &other.key) {
            (Key::Date(When::Relative(name)), Key::Date(When::Day { month: Some(month), day: Some(day), .. })) => {
                holiday(name) == Some((*month, *day))
            }
            _ => false,
        }
    }

    /// Whether this is a part and `other` as much per cent: half, 50 %.
    fn is_share_of(&self, other: &Self) -> bool {
        match (&self.key, &other.key) {
            (Key::Number(Nature::Cardinal, part), Key::Percent(share)) => {
                part.is_less(Amount::whole(1)) && part.shifted(2) == Some(*share)
            }
            _ => false,
        }
    }
}

/// Month and day of a holiday that has the same ones every year, and is known by them in the data files.
fn holiday(id: &str) -> Option<(u8, u8)> {
    let (month, day) = id.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// The values that `text` states, in order and disjoint; but a unit may lie inside its number (사흘, 1 hour 30 minutes). Cost: linear.
pub(crate) fn values(text: &str) -> Vec<Value> {
    let habits = Habits::of(text);
    let mut values = range::resolved(&Reader::new(text, &habits), &[Span::new(0, text.len())]);
    range::weaken_repeated(&mut values);
    period::count_weeks(text, &mut values);
    values
}

/// The values of `tokens`, as [`values`] finds them in their text, where they may begin with some of the tokens alone, in
/// order. Cost: linear in the tokens near those.
pub(crate) fn values_at(text: &Tokenised<'_>, tokens: Range<u32>, begins: impl Iterator<Item = u32>) -> Vec<Value> {
    let habits = OnceCell::new();
    let whole = text.span_of(&tokens);
    let mut values = Vec::new();
    for near in near(&tokens, begins) {
        let habits = habits.get_or_init(|| Habits::of(whole.of(text.text)));
        let span = text.span_of(&near.tokens);
        // What stands between a token and the one before it may be the sign of a value: -5, '90s.
        let stretch = |&token: &u32| {
            let start = if token > near.tokens.start { text.span(token as usize - 1).end } else { span.start };
            Span::new(start - span.start, text.span(token as usize).end - span.start)
        };
        let stretches: Vec<Span> = near.begins.iter().map(stretch).collect();
        let found = range::resolved(&Reader::new(span.of(text.text), habits), &stretches);
        values.extend(found.into_iter().map(|value| value.moved(span.start)));
    }
    range::weaken_repeated(&mut values);
    period::count_weeks(text.text, &mut values);
    values
}

/// Tokens before a value that say how it is read: in the last, of the.
const BEFORE: u32 = 5;
/// Tokens after the last one at which something may begin that may belong to it: the longest unit, a part of the day.
const AFTER: u32 = 14;

/// Tokens at which a value may begin, with those near them.
struct Near {
    tokens: Range<u32>,
    begins: Vec<u32>,
}

/// Parts the tokens at which a value may begin where they are far enough from each other to have nothing in common.
fn near(within: &Range<u32>, begins: impl Iterator<Item = u32>) -> Vec<Near> {
    let mut all: Vec<Near> = Vec::new();
    for token in begins {
        let end = within.end.min(token.saturating_add(AFTER));
        match all.last_mut() {
            Some(last) if token < last.tokens.end => {
                last.tokens.end = end;
                last.begins.push(token);
            }
            _ => {
                let start = within.start.max(token.saturating_sub(BEFORE));
                all.push(Near { tokens: start..end, begins: vec![token] });
            }
        }
    }
    all
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(Nature::Cardinal, amount) => write!(f, "{amount}"),
            Self::Number(Nature::Ordinal, amount) => write!(f, "{amount}."),
            Self::Number(Nature::Multiple, amount) => write!(f, "{amount} times"),
            Self::Number(Nature::Vague, amount) => write!(f, "some {amount}"),
            Self::Opaque(digits) => f.write_str(digits),
            Self::Unit(unit) => f.write_str(unit),
            Self::Currency(code) => f.write_str(code),
            Self::Percent(amount) => write!(f, "{amount} %"),
            Self::Points(amount) => write!(f, "{amount} points"),
            Self::Date(when) => write!(f, "{when}"),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |year: Option<u16>| year.map_or(String::new(), |year| format!(" {year}"));
        match *self {
            Self::Day { year, month, day } => {
                let year = year.map_or("?".to_owned(), |year| year.to_string());
                let part = |part: Option<u8>| part.map_or("-?".to_owned(), |part| format!("-{part:02}"));
                write!(f, "{year}{}{}", part(month), part(day))
            }
            Self::Weekday(day) => write!(f, "weekday {day}"),
            Self::Quarter { year, quarter } => write!(f, "Q{quarter}{}", of(year)),
            Self::Half { year, half } => write!(f, "H{half}{}", of(year)),
            Self::Months { year, first, last } => write!(f, "M{first}-{last}{}", of(year)),
            Self::Season { year, season } => write!(f, "season {season}{}", of(year)),
            Self::TwoYears(year) => write!(f, "{year}-{}", year + 1),
            Self::Fiscal(year) => write!(f, "FY{year}"),
            Self::Decade(year) => write!(f, "{year}s"),
            Self::Week(count) => write!(f, "week {count}"),
            Self::Century(century) => write!(f, "century {century}"),
            Self::Time(second) => {
                write!(f, "{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
            }
            Self::Zone("", minutes) => write!(f, "UTC{minutes:+}"),
            Self::Zone(name, _) | Self::Relative(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests;
