//! Dates and times that are one, told in two ways.

use super::{MANY, Stated, UnitJudge};
use crate::change::fact::{Fact, Key, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::Pairing;
use crate::change::value::{Value, ValueKind, When, values};
use crate::which::Which;

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

    /// "The end of March" and "March 31"; 明天早上 and 明早.
    pub(super) fn last_days(&self, pairing: &mut Pairing<'_>) {
        if pairing.changed.len() > MANY {
            return;
        }
        for which in Which::BOTH {
            let (facts, others) = which.first(&self.a.facts, &self.b.facts);
            for (edge, date, day) in last_days(facts, others).into_iter().chain(day_parts(facts, others)) {
                let is_own = |&(x, y): &(usize, usize)| [edge, date].contains(&which.first(x, y).0);
                let is_other = |pair: &(usize, usize)| is_own(pair) != (which.first(pair.0, pair.1).1 == day);
                // None of the three may stand for anything else.
                if !pairing.same.iter().chain(&pairing.changed).any(is_other) {
                    pairing.changed.retain(|pair| !is_own(pair));
                    [edge, date].into_iter().for_each(|at| pairing.drop(which, at));
                    pairing.drop(which.other(), day);
                }
            }
        }
    }

    /// 8月31日24时 and 9月1日零时.
    pub(super) fn midnights(&self, pairing: &mut Pairing<'_>) {
        if pairing.changed.len() > MANY {
            return;
        }
        let ends_with_day = |side: &Side<'_>, day: &Fact| {
            let follows = |time: &&Fact| (0..=1).contains(&time.span.start.wrapping_sub(day.span.end));
            let time = side.facts.iter().find(follows).filter(|time| time.date() == Some(When::Time(0)));
            time.map(|time| time.span.of(side.text.text).starts_with("24"))
        };
        let is_next = |x: &Fact, y: &Fact| matches!((x.date(), y.date()), (Some(x), Some(y)) if follows_day(x, y));
        let is_midnight = |(side, day): Stated<'_>, (other, next): Stated<'_>| {
            is_next(day, next) && (ends_with_day(side, day), ends_with_day(other, next)) == (Some(true), Some(false))
        };
        pairing.settle_all(|x, y| {
            let (x, y) = ((&self.a, x), (&self.b, y));
            is_midnight(x, y) || is_midnight(y, x)
        });
    }

    /// 今天早晨五点, 今晨5时: the part of the day is told by the hour, the day is the same.
    pub(super) fn parts_of_today(&self, pairing: &mut Pairing<'_>) {
        let relative = |fact: &Fact| match fact.date() {
            Some(When::Relative(name)) => name.rsplit_once(['+', '-']).map(|(unit, _)| (unit, &name[unit.len()..])),
            _ => None,
        };
        let timed = |side: &Side<'_>, day: &Fact| {
            let near =
                |time: &&Fact| time.tokens.start.saturating_sub(day.tokens.end) <= 1 && time.span.start >= day.span.end;
            side.facts.iter().find(near).is_some_and(|time| matches!(time.date(), Some(When::Time(_))))
        };
        let alike = |x: &Fact, y: &Fact| {
            let (Some((one, away)), Some((two, same))) = (relative(x), relative(y)) else { return false };
            let part = |unit: &str| matches!(unit, "morning" | "night" | "evening" | "afternoon" | "noon");
            let fits = one == "day" && part(two) || part(one) && two == "day";
            // 明天夜间, 明晚: the part of the day may stand beside the day.
            let told = |side: &Side<'_>, day: &Fact, wanted: &str| {
                let next = side.facts.iter().find(|fact| fact.tokens.start == day.tokens.end);
                next.is_some_and(|next| matches!(next.date(), Some(When::Relative(name)) if name == wanted))
            };
            let beside = || if one == "day" { told(&self.a, x, two) } else { told(&self.b, y, one) };
            fits && away == same && (timed(&self.a, x) && timed(&self.b, y) || beside())
        };
        self.alike(pairing, alike);
    }

    /// 30일 beside 30시간 is thirty days and no thirtieth; beside 2주 it may be as long.
    pub(super) fn days(&self, pairing: &mut Pairing<'_>) {
        let told = Which::BOTH.map(|which| days(which.first(&self.a, &self.b).0, &pairing.only(which)));
        for which in Which::BOTH {
            let (_, other) = which.first(&self.a, &self.b);
            for (day, days) in which.of(&told) {
                let met = pairing.left(which.other()).take(FEW).find_map(|time| {
                    let (x, y) = which.first(*day, time);
                    let (unit, said) = lasts(days, &other.facts, time, pairing.share_gap(x, y))?;
                    Some((time, unit, said))
                });
                let Some((time, unit, said)) = met else { continue };
                pairing.drop(which, *day);
                [time, unit].into_iter().for_each(|at| pairing.drop(which.other(), at));
                pairing.changed.extend(said.map(|by_unit| which.first(*day, if by_unit { unit } else { time })));
            }
        }
    }
}

/// Where `time` is a number with a unit: the unit, and, unless it is as long as `days`, whether the unit alone
/// differs. One that is not as long counts only in the same place.
fn lasts(days: &Value, facts: &[Fact], time: usize, in_place: bool) -> Option<(usize, Option<bool>)> {
    let fact = &facts[time];
    let Key::Value(value) = &fact.key else { return None };
    let as_long = days.total == value.total;
    if value.total.is_none() || !as_long && !in_place {
        return None;
    }
    let of_time = |at: &usize| {
        facts[*at].kind == ChangeKind::Unit && (fact.tokens.start..=fact.tokens.end).contains(&facts[*at].tokens.start)
    };
    let unit = (0..facts.len()).find(of_time)?;
    Some((unit, (!as_long).then(|| days.key == value.key)))
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

/// The part of a day behind the day in `facts`, that day, and both in one word in `others`, by index: 明天早上, 明早.
fn day_parts(facts: &[Fact], others: &[Fact]) -> Vec<(usize, usize, usize)> {
    let relative = |fact: &Fact| match fact.date() {
        Some(When::Relative(name)) => Some(name),
        _ => None,
    };
    let is_part = |name: &str, part: &str| match name {
        "am" | "morning" => part == "morning",
        "pm" | "afternoon" | "evening" => matches!(part, "afternoon" | "evening"),
        _ => name == part,
    };
    let days = facts.iter().enumerate().filter_map(|(at, day)| Some((at, day, relative(day)?.strip_prefix("day")?)));
    let found = days.take(FEW).filter_map(|(at, day, away)| {
        let behind = |part: &Fact| part.tokens.start == day.tokens.end && part.kind == ChangeKind::Date;
        let part = facts.iter().position(behind)?;
        let name = relative(&facts[part])?;
        let is_whole = |whole: &Fact| {
            relative(whole).and_then(|whole| whole.strip_suffix(away)).is_some_and(|part| is_part(name, part))
        };
        Some((part, at, others.iter().position(is_whole)?))
    });
    found.collect()
}

/// Whether a day is the one after another, as far as their years are told.
fn follows_day(one: When, next: When) -> bool {
    // 本月20日24时, 本月21日零时.
    if let (When::Day { month: None, day: Some(day), .. }, When::Day { month: None, day: Some(next_day), .. }) =
        (one, next)
    {
        return day + 1 == next_day;
    }
    let (
        When::Day { year, month: Some(month), day: Some(day) },
        When::Day { year: next_year, month: Some(next_month), day: Some(next_day) },
    ) = (one, next)
    else {
        return false;
    };
    let turns = month == 12 && day == 31;
    if year.zip(next_year).is_some_and(|(year, next)| next != year + u16::from(turns)) {
        return false;
    }
    let is_last = is_last_day(Some(one), Some(When::Day { year: None, month: Some(month), day: None }));
    month == next_month && day + 1 == next_day || is_last && next_day == 1 && month % 12 + 1 == next_month
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

/// The days of a month in Korean among some facts, each as so many days.
fn days(side: &Side<'_>, facts: &[usize]) -> Vec<(usize, Value)> {
    let lasting = |&at: &usize| {
        let fact = side.facts.get(at).filter(|fact| fact.kind == ChangeKind::Date)?;
        let digits = fact.span.of(side.text.text).strip_suffix(['일', '日'])?;
        let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c);
        let plain = !digits.is_empty() && digits.chars().all(is_digit);
        let values = plain.then(|| values(&format!("{digits}天")))?;
        Some((at, values.into_iter().find(|value| value.kind == ValueKind::Number)?))
    };
    facts.iter().take(FEW).filter_map(lasting).collect()
}
