//! Dates and times that are one, told in two ways.

use super::{MANY, UnitJudge};
use crate::change::fact::{Fact, Key, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::Pairing;
use crate::change::value::{Value, ValueKind, When, values};

/// Minutes of a day.
const MINUTES: i64 = 24 * 60;
/// Most left-over facts of a side that are looked at two by two.
const FEW: usize = 16;
/// Bytes between the end of a month and the month.
const NEAR: usize = 4;

impl UnitJudge<'_> {
    /// 20:00 in Beijing and 12:00 UTC: a time changed with its zone, by as much.
    pub(super) fn zoned(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let moved = |shift: fn(&Fact, &Fact) -> Option<i64>| {
            let shifted =
                pairing.changed.iter().copied().take(MANY).filter_map(|(x, y)| Some(((x, y), shift(&a[x], &b[y])?)));
            let mut shifted = shifted.fuse();
            shifted.next().filter(|_| shifted.next().is_none())
        };
        let Some(((time, by), (zone, as_much))) = moved(Fact::minutes_later).zip(moved(Fact::minutes_east)) else {
            return;
        };
        if (by - as_much).rem_euclid(MINUTES) == 0 {
            pairing.changed.retain(|&pair| pair != time && pair != zone);
            pairing.same.extend([time, zone]);
        }
    }

    /// "The end of March" and "March 31".
    pub(super) fn last_days(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        if pairing.changed.len() > MANY {
            return;
        }
        let ends = |facts: &[Fact]| facts.iter().any(|fact| fact.date() == Some(When::Relative("late")));
        if ends(a) {
            for (edge, date, day) in last_days(a, b) {
                pairing.changed.retain(|&(x, y)| x != edge && x != date && y != day);
                [edge, date].into_iter().for_each(|x| pairing.drop_a(x));
                pairing.drop_b(day);
            }
        }
        if ends(b) {
            for (edge, date, day) in last_days(b, a) {
                pairing.changed.retain(|&(x, y)| y != edge && y != date && x != day);
                [edge, date].into_iter().for_each(|y| pairing.drop_b(y));
                pairing.drop_a(day);
            }
        }
    }

    /// 30일 beside 30시간 is thirty days and no thirtieth; beside 이 주 it may be as long.
    pub(super) fn days(&self, pairing: &mut Pairing<'_>) {
        let (only_a, only_b) = (pairing.only_a(), pairing.only_b());
        for &x in only_a.iter().take(FEW) {
            for &y in only_b.iter().take(FEW) {
                let (one, other) = (&self.a.facts[x], &self.b.facts[y]);
                let (days, time, turned) = match (days(&self.a, one), days(&self.b, other)) {
                    (Some(days), None) => (days, other, false),
                    (None, Some(days)) => (days, one, true),
                    _ => continue,
                };
                let Key::Value(time_value) = &time.key else { continue };
                if time_value.total.is_none() || !days.means(time_value) && !pairing.share_gap(x, y) {
                    continue;
                }
                let facts = if turned { &self.a.facts } else { &self.b.facts };
                let unit = facts.iter().position(|fact| {
                    fact.kind == ChangeKind::Unit && (time.tokens.start..=time.tokens.end).contains(&fact.tokens.start)
                });
                pairing.drop_a(x);
                pairing.drop_b(y);
                if let Some(unit) = unit {
                    if turned {
                        pairing.drop_a(unit)
                    } else {
                        pairing.drop_b(unit)
                    }
                    if !days.means(time_value) && days.key == time_value.key {
                        pairing.changed.push(if turned { (unit, y) } else { (x, unit) });
                    } else if !days.means(time_value) {
                        pairing.changed.push((x, y));
                    }
                }
            }
        }
    }
}

/// The end of a month or year in `facts`, that month or year, and its last day in `others`, by index.
fn last_days(facts: &[Fact], others: &[Fact]) -> Vec<(usize, usize, usize)> {
    let is_end = |fact: &Fact| fact.date() == Some(When::Relative("late"));
    let beside = |edge: &Fact, date: &Fact| {
        let (first, last) = if edge.span.start < date.span.start { (edge, date) } else { (date, edge) };
        first.span.end <= last.span.start && last.span.start - first.span.end <= NEAR
    };
    let ends = facts.iter().enumerate().filter(|(_, fact)| is_end(fact)).take(FEW);
    let found = ends.filter_map(|(at, edge)| {
        let date =
            facts.iter().position(|date| date.kind == ChangeKind::Date && !is_end(date) && beside(edge, date))?;
        let day = others.iter().position(|day| is_last_day(day.date(), facts[date].date()))?;
        Some((at, date, day))
    });
    found.collect()
}

/// Whether `day` is the last of a month or year.
fn is_last_day(day: Option<When>, of: Option<When>) -> bool {
    let (
        Some(When::Day { year, month: Some(month), day: Some(day) }),
        Some(When::Day { year: of_year, month: of_month, day: None }),
    ) = (day, of)
    else {
        return false;
    };
    let last = match month {
        2 => matches!(day, 28 | 29),
        4 | 6 | 9 | 11 => day == 30,
        _ => day == 31,
    };
    let same_year = year.is_none() || of_year.is_none() || year == of_year;
    last && same_year && of_month.unwrap_or(12) == month
}

/// A day of the month in Korean as so many days.
fn days(side: &Side<'_>, fact: &Fact) -> Option<Value> {
    let text = fact.span.of(side.text.text);
    let digits =
        text.strip_suffix('일').filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let lasting = (fact.kind == ChangeKind::Date).then(|| values(&format!("{digits}일간")))?;
    lasting.into_iter().find(|value| value.kind == ValueKind::Number)
}
