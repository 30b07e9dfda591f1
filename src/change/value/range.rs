//! Ranges and lists: what is said once of two numbers is said of both, as in 10 to 20 million, 3-5 March, 10~20 %.

use super::amount::Amount;
use super::glyphs::Sort;
use super::lexicon::Category;
use super::numeral::Numeral;
use super::period::months;
use super::quantity::{Measure, MeasureOf, Quantity};
use super::reader::{Item, Reader, Says, is_shade};
use super::{Key, Nature, Value, ValueKind, When};
use crate::span::Span;

/// The values that begin in one of the stretches of bytes: the items there, with what ranges share handed on.
pub(crate) fn resolved(reader: &Reader, stretches: &[Span]) -> Vec<Value> {
    let mut items = reader.items(stretches);
    for second in (1..items.len()).rev() {
        let (before, after) = items.split_at_mut(second);
        let (first, second) = (&mut before[before.len() - 1], &mut after[0]);
        // A quarter to 90 million: that much less, and no range.
        if reader.links(first.end, second.start) && reader.word(second_word(reader, first), Category::Part).is_none() {
            share(first, second);
        }
    }
    for second in 1..items.len() {
        let (before, after) = items.split_at_mut(second);
        let (first, second) = (&before[before.len() - 1], &mut after[0]);
        if reader.links(first.end, second.start) {
            share_on(first, second);
        }
    }
    months_in_a_row(reader, &mut items);
    months_of_year(reader, &mut items);
    days_of_month(&mut items);
    let mut values: Vec<Value> = items.iter().flat_map(|item| reader.values_of(item)).collect();
    // One character may fold to several glyphs (½), and values meet inside it: the first has it.
    let (mut end, mut last) = (0, Span::default());
    values.retain(|value| {
        // A word may hold a number and its unit.
        let free = value.span.start >= end || value.kind == ValueKind::Unit && value.span == last;
        last = value.span;
        end = if free { value.span.end } else { end };
        free
    });
    let values = without_second_currency(reader, without_restated(reader, values));
    joined(reader, with_counted_months(reader, values))
}

/// Whether what links two dates names them one by one: January and June are no half of a year.
fn is_list(link: &str) -> bool {
    matches!(link.trim(), "and" | "or" | "/" | "和" | "与" | "及" | "或" | "과" | "와" | "및" | "또는")
}

/// Whether "between" stands before `at`: then "and" names the other end of a range.
fn follows_between(reader: &Reader, at: usize) -> bool {
    const BETWEEN: &str = "between";
    let end = at.saturating_sub(1);
    end >= BETWEEN.len() && reader.glyphs.says(end - BETWEEN.len(), end, BETWEEN)
}

impl Reader<'_> {
    /// Whether letters stand at `at`: "one to March" names no months.
    fn is_worded(&self, at: usize) -> bool {
        matches!(self.glyphs.sort(at), Sort::Letter | Sort::Hangul)
    }
}

/// Where the last word of an item in letters begins: a quarter.
fn second_word(reader: &Reader, item: &Item) -> usize {
    let end = reader.glyphs.word_end(item.start);
    let next = reader.glyphs.skip_space(end);
    if end > item.start && next < item.end { next } else { item.start }
}

/// Gives months in a row the year right before them: 2025年1至3月, 2028년 1~6월.
fn months_of_year(reader: &Reader, items: &mut Vec<Item>) {
    items.dedup_by(|next, item| {
        let Says::Date(When::Day { year: Some(before), month: None, day: None }, _) = item.says else { return false };
        let Says::Date(When::Quarter { year, .. } | When::Half { year, .. } | When::Months { year, .. }, _) =
            &mut next.says
        else {
            return false;
        };
        let joined = year.is_none() && reader.glyphs.skip_space(item.end) == next.start;
        if joined {
            *year = Some(before);
            item.says = next.says.clone();
            item.end = next.end;
        }
        joined
    });
}

/// Lets a later day without a month be of the month of the day before it: 9월 8일에 시작해 12일에 마감한다.
fn days_of_month(items: &mut [Item]) {
    let mut last: Option<(u8, u8)> = None;
    for item in items {
        match &mut item.says {
            Says::Date(When::Day { month: Some(month), day: Some(day), .. }, _) => last = Some((*month, *day)),
            Says::Date(When::Day { year: None, month: None, day: Some(day) }, other @ None) => {
                let of = last.filter(|&(_, before)| before < *day);
                *other = of.map(|(month, _)| When::Day { year: None, month: Some(month), day: Some(*day) });
            }
            _ => {}
        }
    }
}

/// Makes one date of the months at both ends of a range: 1至8月, January to August.
fn months_in_a_row(reader: &Reader, items: &mut Vec<Item>) {
    items.dedup_by(|next, item| {
        let Says::Date(When::Day { year: last_year, month: Some(last), day: None }, _) = next.says else {
            return false;
        };
        let first = match &item.says {
            Says::Date(When::Day { year, month: Some(month), day: None }, _)
                if year.is_none() || last_year.is_none() || *year == last_year =>
            {
                Some((*year, *month))
            }
            Says::Quantity(one) if one.measure.is_none() && one.before.is_none() && !reader.is_worded(item.start) => {
                let written = reader.glyphs.sort(next.start) != Sort::Letter;
                one.numeral.whole(12).filter(|_| written).map(|month| (last_year, month as u8))
            }
            _ => None,
        };
        let Some((year, first)) = first.filter(|&(_, first)| (1..last).contains(&first)) else { return false };
        let is_list = is_list(&reader.glyphs.folded(item.end, next.start)) && !follows_between(reader, item.start);
        let linked = reader.links(item.end, next.start) && !is_list;
        if linked {
            let end = next.end;
            (item.says, item.end) = match reader.quarter_after(end) {
                Some((told, end)) if last == first + 2 => {
                    (Says::Date(months(year.or(last_year).or(told), first, last), None), end)
                }
                _ => (Says::Date(months(year.or(last_year), first, last), None), end),
            };
        }
        linked
    });
}

/// Leaves out 元 behind an amount that has another currency before it: 港币三亿元.
fn without_second_currency(reader: &Reader, values: Vec<Value>) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        let is_second = || {
            let [.., first, number] = &kept[..] else { return false };
            let said = value.span.of(reader.glyphs.text);
            first.kind == ValueKind::Currency
                && number.kind == ValueKind::Number
                && first.span.end == number.span.start
                && number.span.end == value.span.start
                && matches!(said, "元" | "圆" | "圓")
        };
        if value.kind != ValueKind::Currency || !is_second() {
            kept.push(value);
        }
    }
    kept
}

/// Leaves out numbers and time zones that state again in brackets what stands before them: ninety (90) days, 三十（30）日,
/// 협정세계시(UTC).
fn without_restated(reader: &Reader, mut values: Vec<Value>) -> Vec<Value> {
    let text = reader.glyphs.text;
    values.dedup_by(|next, first| {
        let between = text.get(first.span.end..next.span.start).map_or("", str::trim);
        let number = next.kind == ValueKind::Number && first.kind == ValueKind::Number;
        let zone = matches!(next.key, Key::Date(When::Zone(..)));
        if !(number || zone)
            || next.key != first.key
            || !matches!(between, "(" | "（")
            || !text[next.span.end..].starts_with([')', '）'])
        {
            return false;
        }
        if first.total.is_none() {
            first.total = next.total;
        }
        true
    });
    values
}

/// A unit or currency said again may be left out: from 10 years to 8, $1.2 to 1.5 million.
pub(crate) fn weaken_repeated(values: &mut [Value]) {
    for at in 1..values.len() {
        let named = matches!(values[at].kind, ValueKind::Unit | ValueKind::Currency);
        let last = values[..at].iter().rev().take(4).find(|value| value.kind == values[at].kind);
        if named && last.is_some_and(|last| last.key == values[at].key) {
            values[at].weak = true;
        }
    }
}

/// Makes a number and its unit of a month that is counted after years: 징역 1년 6월.
fn with_counted_months(reader: &Reader, values: Vec<Value>) -> Vec<Value> {
    let mut counted: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        let months = match (&counted[..], &value.key) {
            ([.., years, unit], &Key::Date(When::Day { year: None, month: Some(months), day: None })) => {
                let between = reader.glyphs.text.get(unit.span.end..value.span.start).map(str::trim);
                let text = reader.glyphs.text.get(value.span.start..value.span.end).unwrap_or_default();
                let counts =
                    matches!(&years.key, Key::Number(Nature::Cardinal, count) if count.is_less(Amount::whole(100)));
                let follows = between == Some("") && text.ends_with('월') && unit.key == Key::Unit("year".to_owned());
                (counts && follows).then_some(months)
            }
            _ => None,
        };
        let Some((months, unit)) = months.zip(reader.lexicon.symbol("month")) else {
            counted.push(value);
            continue;
        };
        let amount = Amount::whole(u64::from(months));
        let total = reader.in_smallest(amount, unit);
        let at = value.span.end - '월'.len_utf8();
        let number = Value {
            span: Span::new(value.span.start, at),
            kind: ValueKind::Number,
            key: Key::Number(Nature::Cardinal, amount),
            total,
            ..value.clone()
        };
        let unit = Value {
            span: Span::new(at, value.span.end),
            kind: ValueKind::Unit,
            key: Key::Unit(unit.to_owned()),
            total,
            ..value
        };
        counted.extend([number, unit]);
    }
    counted
}

/// Makes one amount of two units in a row: 1 hour 30 minutes are 1.5 hours, and as long as 90 minutes. Its number spans both,
/// its unit is the first.
fn joined(reader: &Reader, values: Vec<Value>) -> Vec<Value> {
    let mut joined: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        joined.push(value);
        if let Some((number, unit)) = joined.last_chunk::<4>().and_then(|last| join(reader, last)) {
            joined.truncate(joined.len() - 4);
            joined.extend([number, unit]);
        }
    }
    joined
}

fn join(reader: &Reader, [number, unit, rest, last]: &[Value; 4]) -> Option<(Value, Value)> {
    let kinds = [number, unit, rest, last].map(|value| value.kind);
    let between = reader.glyphs.text.get(unit.span.end..rest.span.start)?.trim();
    let measured = kinds == [ValueKind::Number, ValueKind::Unit, ValueKind::Number, ValueKind::Unit];
    if !measured || !matches!(between, "" | "and" | "零" | "又") || number.weak {
        return None;
    }
    let (Key::Unit(symbol), Key::Number(nature, _)) = (&unit.key, &number.key) else { return None };
    let ((whole, base), (part, other)) = (number.total?, rest.total?);
    let (one, _) = reader.in_smallest(Amount::whole(1), reader.lexicon.symbol(symbol)?)?;
    if base != other || !part.is_less(one) {
        return None;
    }
    let sum = whole.plus(part)?;
    let total = Some((sum, base));
    let key = Key::Number(*nature, sum.divided(u32::try_from(one.to_whole(u64::from(u32::MAX))?).ok()?)?);
    let span = Span::new(number.span.start, last.span.end);
    Some((Value { span, key, other: None, total, ..number.clone() }, Value { total, ..unit.clone() }))
}

/// What the second says of both goes to the first.
fn share(first: &mut Item, second: &Item) {
    match (&mut first.says, &second.says) {
        (Says::Quantity(one), Says::Quantity(two)) => share_quantity(one, two),
        (Says::Quantity(one), Says::Date(When::Day { year, month: Some(month), day: Some(_) }, _)) => {
            let day = one.numeral.plain.and(one.numeral.whole(31)).filter(|day| *day > 0 && one.measure.is_none());
            if let Some(day) = day {
                let when = When::Day { year: *year, month: Some(*month), day: Some(day as u8) };
                first.says = Says::Date(when, None);
            }
        }
        // 10~12시: in which half of the day is open.
        (Says::Quantity(one), Says::Date(When::Time(_), _)) => {
            let hour = one.numeral.plain.and(one.numeral.whole(24)).filter(|_| one.measure.is_none());
            if let Some(hour) = hour {
                let time = |hour: u64| When::Time((hour % 24 * 3600) as u32);
                first.says = Says::Date(time(hour), (1..=12).contains(&hour).then(|| time(hour + 12)));
            }
        }
        (Says::Date(When::Day { year: one @ None, month: Some(_), .. }, _), Says::Date(When::Day { year, .. }, _)) => {
            *one = *year;
        }
        _ => {}
    }
}

/// What the first says of both goes to the second: March 3-5, 3월 3일~5일.
fn share_on(first: &Item, second: &mut Item) {
    let (year, month) = match (&first.says, &second.says) {
        (Says::Date(When::Day { year, month: Some(month), day: Some(_) }, _), _) => (*year, *month),
        // 2024-25 and 2024/25.
        (Says::Date(When::Day { year: Some(year), month: None, .. }, _), Says::Quantity(two)) => {
            let short = two.numeral.whole(99).filter(|_| two.numeral.plain == Some(2) && second.start == first.end + 1);
            let year = short.map(|short| year / 100 * 100 + short as u16);
            if year.is_some() && two.measure.is_none() {
                second.says = Says::Date(When::Day { year, month: None, day: None }, None);
            }
            return;
        }
        _ => return,
    };
    match &mut second.says {
        Says::Quantity(two) => {
            let day = two.numeral.plain.and(two.numeral.whole(31)).filter(|day| *day > 0 && two.measure.is_none());
            if let Some(day) = day {
                let when = When::Day { year, month: Some(month), day: Some(day as u8) };
                second.says = Says::Date(when, None);
            }
        }
        Says::Date(When::Day { year: own_year, month: own_month, day: Some(_) }, _) if own_month.is_none() => {
            (*own_year, *own_month) = (own_year.or(year), Some(month));
        }
        _ => {}
    }
}

fn share_quantity(one: &mut Quantity, two: &Quantity) {
    if one.measure.is_some() {
        return;
    }
    let less = |one: Option<Amount>, two: Option<Amount>| one.zip(two).is_some_and(|(one, two)| one.is_less(two));
    let small = less(one.numeral.amount, Some(Amount::whole(1000)));
    let bare = one.numeral.scale.is_none() && one.numeral.nature == Nature::Cardinal && !one.numeral.weak && small;
    if bare && two.numeral.scale.is_some() && less(one.numeral.amount, two.numeral.amount) {
        one.numeral.scale = two.numeral.scale;
    }
    if let Some(Measure { of: of @ (MeasureOf::Percent(_) | MeasureOf::Points(_)), .. }) = &two.measure
        && one.before.is_none()
    {
        let (start, end) = (one.numeral.start, one.numeral.end);
        one.measure = Some(Measure { start, end, of: of.clone() });
    }
}

impl Reader<'_> {
    /// Whether only a word or mark of a range stands between `end` and `start`.
    fn links(&self, end: usize, start: usize) -> bool {
        if start < end || start - end > 12 {
            return false;
        }
        let word = self.glyphs.skip_space(end);
        let found = self.word(word, Category::Range);
        found.is_some_and(|found| self.glyphs.skip_space(found.end) == start && self.glyphs.sort(end) != Sort::Break)
    }

    /// The values that an item states, in order.
    fn values_of(&self, item: &Item) -> Vec<Value> {
        match &item.says {
            Says::Date(when, other) => {
                let other = other.map(Key::Date);
                let weak = matches!(when, When::Relative(name) if is_shade(name));
                vec![self.value(item.start, item.end, ValueKind::Date, Key::Date(*when)).with(other, weak)]
            }
            Says::Name(key, weak) => {
                let kind = if matches!(key, Key::Unit(_)) { ValueKind::Unit } else { ValueKind::Currency };
                vec![self.value(item.start, item.end, kind, key.clone()).with(None, *weak)]
            }
            Says::Quantity(quantity) => self.quantity_values(quantity),
        }
    }

    fn quantity_values(&self, quantity: &Quantity) -> Vec<Value> {
        let Quantity { numeral, measure, before } = quantity;
        let mut values: Vec<Value> = before.iter().map(|measure| self.named_value(measure)).collect();
        let share = measure.as_ref().and_then(|measure| match measure.of {
            MeasureOf::Percent(places) => Some((measure, Key::Percent as fn(Amount) -> Key, places)),
            MeasureOf::Points(places) => Some((measure, Key::Points as fn(Amount) -> Key, places)),
            _ => None,
        });
        if let Some((measure, key, places)) = share {
            let end = numeral.end.max(measure.end);
            let shifted = |amount: Option<Amount>| amount?.shifted(places).map(key);
            let opaque = || Key::Opaque(self.glyphs.folded(numeral.start, end));
            let key = shifted(numeral.value()).unwrap_or_else(opaque);
            let start = numeral.start.min(measure.start);
            values.push(self.value(start, end, ValueKind::Percentage, key).with(shifted(numeral.other_value()), false));
            return values;
        }
        let other = numeral.other_value().map(|amount| Key::Number(numeral.nature, amount));
        if let Some((total, unit)) = self.lasting(numeral) {
            let (start, end, total) = (numeral.start, numeral.end, Some(total));
            let number = self.value(start, end, ValueKind::Number, self.numeral_key(numeral));
            let unit = self.value(start, end, ValueKind::Unit, Key::Unit(unit.to_owned()));
            return vec![
                Value { total, ..number.with(None, numeral.weak) },
                Value { total, weak: numeral.weak, ..unit },
            ];
        }
        let number = self.value(numeral.start, numeral.end, ValueKind::Number, self.numeral_key(numeral));
        let total = measure.as_ref().and_then(|measure| self.total(numeral.value()?, measure));
        let article = numeral.weak && self.glyphs.c(numeral.start) == 'a';
        values.push(Value { total, ..number.with(other, numeral.weak && (measure.is_none() || article)) });
        values.extend(measure.iter().map(|measure| Value {
            total,
            weak: article || self.is_age(measure),
            ..self.named_value(measure)
        }));
        values
    }

    /// Whether a unit tells an age, which is told without one as well: a 35-year-old man.
    fn is_age(&self, measure: &Measure) -> bool {
        let next = measure.end + usize::from(matches!(self.glyphs.c(measure.end), '-' | ' '));
        next > measure.end && self.glyphs.says(next, self.glyphs.word_end(next).max(next), "old")
    }

    /// What a word says that holds its unit: 사흘.
    fn lasting(&self, numeral: &Numeral) -> Option<((Amount, &'static str), &'static str)> {
        let found = self.word(numeral.start, Category::Lasts).filter(|found| found.end == numeral.end)?;
        let (_, unit) = found.sense.id.split_once(' ')?;
        Some((self.in_smallest(numeral.amount?, self.lexicon.symbol(unit)?)?, unit))
    }

    /// The amount in the smallest unit that the data files lead to.
    fn total(&self, amount: Amount, measure: &Measure) -> Option<(Amount, &'static str)> {
        let MeasureOf::Unit(unit) = &measure.of else { return None };
        self.in_smallest(amount, self.lexicon.symbol(unit)?)
    }

    fn in_smallest(&self, amount: Amount, unit: &'static str) -> Option<(Amount, &'static str)> {
        let (mut total, mut unit) = (amount, unit);
        for _ in 0..8 {
            let Some((factor, smaller)) = self.lexicon.smaller(unit) else { break };
            (total, unit) = (total.times(factor)?, smaller);
        }
        Some((total, unit))
    }

    fn named_value(&self, measure: &Measure) -> Value {
        let (kind, key) = match &measure.of {
            // A sign that two currencies share: ¥.
            MeasureOf::Currency(codes) if codes.contains('|') => {
                let (code, other) = codes.split_once('|').expect("it was found there");
                let value = self.value(measure.start, measure.end, ValueKind::Currency, Key::Currency(code));
                return value.with(Some(Key::Currency(other)), false);
            }
            MeasureOf::Currency(code) => (ValueKind::Currency, Key::Currency(code)),
            // Degrees without more are mostly those of Celsius.
            MeasureOf::Unit(unit) if unit == "degree" => {
                let value = self.value(measure.start, measure.end, ValueKind::Unit, Key::Unit(unit.clone()));
                return value.with(Some(Key::Unit("°C".to_owned())), false);
            }
            MeasureOf::Unit(unit) => (ValueKind::Unit, Key::Unit(unit.clone())),
            MeasureOf::Percent(_) | MeasureOf::Points(_) => unreachable!("percentages are one value with their number"),
        };
        self.value(measure.start, measure.end, kind, key)
    }

    fn value(&self, start: usize, end: usize, kind: ValueKind, key: Key) -> Value {
        Value { span: self.glyphs.span(start, end), kind, key, other: None, total: None, weak: false }
    }
}

impl Value {
    fn with(self, other: Option<Key>, weak: bool) -> Self {
        Self { other, weak, ..self }
    }
}
