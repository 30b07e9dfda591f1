//! Quantities: a number with the percent sign, unit or currency that belongs to it.

use super::amount::Amount;
use super::digits::Numeric;
use super::glyphs::Sort;
use super::lexicon::{Category, Found, Sense};
use super::numeral::Numeral;
use super::reader::{Item, Reader, Says};
use super::{Key, Nature};
use crate::change::tables::english;

/// A number and what it counts.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    pub numeral: Numeral,
    pub measure: Option<Measure>,
    /// A currency sign before the number.
    pub before: Option<Measure>,
}

/// What a number counts, and where that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measure {
    pub start: usize,
    pub end: usize,
    pub of: MeasureOf,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MeasureOf {
    /// Per cent, times ten to this power.
    Percent(i16),
    /// Percentage points, times ten to this power.
    Points(i16),
    /// A unit.
    Unit(String),
    /// A currency.
    Currency(&'static str),
}

impl Reader<'_> {
    /// Adds the quantity at `at`, and what it is per, to `items`; where it ends.
    pub(crate) fn take_quantity(&self, at: usize, items: &mut Vec<Item>) -> Option<usize> {
        if let Some(a_unit) = self.a_unit(at) {
            let end = a_unit.end;
            items.push(a_unit);
            return Some(end);
        }
        let quantity = self
            .money_first(at)
            .or_else(|| self.parts_first(at))
            .or_else(|| self.per_first(at))
            .or_else(|| self.number_first(at))?;
        let measure_end = quantity.measure.as_ref().map_or(0, |measure| measure.end);
        let mut end = quantity.numeral.end.max(measure_end);
        let counts_units = matches!(&quantity.measure, Some(Measure { of: MeasureOf::Unit(_), .. }));
        let part = quantity.numeral.end == measure_end;
        items.push(Item { start: at, end, says: Says::Quantity(quantity) });
        if part && let Some(second) = self.second_part(end) {
            end = second.end;
            items.push(second);
        }
        if let Some(per) = self.per(end).filter(|_| !counts_units) {
            end = per.end;
            items.push(per);
        }
        Some(end)
    }

    /// One unit of time: a month, an hour.
    fn a_unit(&self, at: usize) -> Option<Item> {
        if !self.glyphs.begins_word(at) || self.glyphs.sort(at) != Sort::Letter {
            return None;
        }
        let end = self.glyphs.word_end(at);
        let start = self.glyphs.skip_space(end);
        if start == end || !["a", "an"].iter().any(|word| self.glyphs.says(at, end, word)) {
            return None;
        }
        let unit = self.word(start, Category::Unit).filter(|unit| !unit.sense.shy && is_time(unit.sense.id))?;
        let half = self.half_after(unit.end);
        let amount = if half.is_some() { Amount::new(15, -1)? } else { Amount::whole(1) };
        let numeral = Numeral { weak: half.is_none(), ..Numeral::in_words(at, end, amount, Nature::Cardinal) };
        let unit = Found { end: half.unwrap_or(unit.end), ..unit };
        let measure = Measure { start, end: unit.end, of: MeasureOf::Unit(unit.sense.id.to_owned()) };
        let quantity = Quantity { numeral, measure: Some(measure), before: None };
        Some(Item { start: at, end: unit.end, says: Says::Quantity(quantity) })
    }

    /// A currency and the amount after it: US$1.2 million.
    fn money_first(&self, at: usize) -> Option<Quantity> {
        let found = self.currency(at)?;
        let next = self.glyphs.skip_space(found.end);
        let sign = matches!(self.glyphs.c(next), '-' | '–') && self.glyphs.sort(next + 1) == Sort::Digit;
        if self.glyphs.sort(next) != Sort::Digit && !sign {
            return None;
        }
        let before = Measure { start: at, end: found.end, of: MeasureOf::Currency(found.sense.id) };
        let numeral = self.numeral(next)?;
        if self.is_name(&numeral) {
            return None;
        }
        let measure = self.measure(&numeral).filter(|measure| measure.of == before.of || found.sense.id == "CNY");
        Some(Quantity { numeral, measure, before: Some(before) })
    }

    fn currency(&self, at: usize) -> Option<Found> {
        let begins = match self.glyphs.sort(at) {
            Sort::Letter => self.glyphs.begins_word(at),
            Sort::Hangul => self.glyphs.before(at).sort != Sort::Hangul,
            _ => true,
        };
        let found = self.word(at, Category::Currency).filter(|_| begins)?;
        // A word that is also an ordinary one touches its amount: Rs.500.
        let spaced = self.glyphs.skip_space(found.end);
        let beside = spaced == found.end || self.glyphs.is_capital(at);
        (!found.sense.shy || beside && self.glyphs.sort(spaced) == Sort::Digit).then_some(found)
    }

    /// Whether a currency sign stands before the number at `at`.
    pub(crate) fn is_after_currency(&self, at: usize) -> bool {
        let back = (1..=5).filter_map(|back| at.checked_sub(back));
        back.into_iter().any(|from| self.currency(from).is_some_and(|found| self.glyphs.skip_space(found.end) == at))
    }

    /// Parts in Chinese and Korean order: 百分之三点五, 삼분의 일, 3분의 2.
    fn parts_first(&self, at: usize) -> Option<Quantity> {
        let free = self.glyphs.sort(at) != Sort::Hangul || self.glyphs.before(at).sort != Sort::Hangul;
        if !matches!(self.glyphs.sort(at), Sort::Digit | Sort::Hangul | Sort::Character) || !free {
            return None;
        }
        let whole = self.east(at)?;
        let of = self.word(whole.end, Category::OutOf)?;
        let (amount, end) = self.part_after(self.glyphs.skip_space(of.end))?;
        let places =
            [(100, 0), (1000, -1), (10_000, -2)].into_iter().find(|&(size, _)| whole.amount == Amount::whole(size));
        if let Some((_, places)) = places {
            let numeral = Numeral::in_words(at, end, amount, Nature::Cardinal);
            let measure = Measure { start: at, end, of: MeasureOf::Percent(places) };
            return Some(Quantity { numeral, measure: Some(measure), before: None });
        }
        let amount = amount.divided(whole.amount.to_whole(1_000_000)? as u32)?;
        let numeral = Numeral::in_words(at, end, amount, Nature::Cardinal);
        Some(Quantity { numeral, measure: None, before: None })
    }

    /// The part after 분의 or 分之, and where it ends. After digits 만 is a particle: 4분의 1만.
    fn part_after(&self, at: usize) -> Option<(Amount, usize)> {
        if self.glyphs.sort(at) != Sort::Digit {
            return self.east(at).map(|part| (part.amount, part.end));
        }
        match self.digits(at) {
            Numeric::Number(digits) => Some((digits.amount?, digits.end)),
            Numeric::Version(_) => None,
        }
    }

    /// The other end of a range of percentages in Chinese order: 百分之三到五.
    fn second_part(&self, end: usize) -> Option<Item> {
        let start = self.word(end, Category::Range)?.end;
        let east = self.east(start).filter(|_| matches!(self.glyphs.sort(start), Sort::Character | Sort::Digit))?;
        if self.word(east.end, Category::OutOf).is_some() || self.counter(east.end, 1).is_some() {
            return None;
        }
        let numeral = Numeral::in_words(start, east.end, east.amount, Nature::Cardinal);
        let measure = Measure { start, end: east.end, of: MeasureOf::Percent(0) };
        let quantity = Quantity { numeral, measure: Some(measure), before: None };
        Some(Item { start, end: east.end, says: Says::Quantity(quantity) })
    }

    /// What an amount is per, before it: 시속 100km, 时速100公里.
    fn per_first(&self, at: usize) -> Option<Quantity> {
        const PREFIXES: u128 = Category::set(&[Category::Per, Category::Degrees]);
        let Found { end, sense } = self.find(at, PREFIXES, |sense| sense.category.bit() & PREFIXES != 0)?;
        let mut quantity = self.number_first(self.glyphs.skip_space(end))?;
        let Some(Measure { of: MeasureOf::Unit(unit), .. }) = &mut quantity.measure else { return None };
        match sense.category {
            Category::Per => *unit = format!("{unit}/{}", sense.id),
            // What the degrees are in stands before the number: 섭씨 40도.
            _ if unit == "degree" && quantity.before.is_none() => {
                let of = MeasureOf::Unit(sense.id.to_owned());
                return Some(Quantity { before: Some(Measure { start: at, end, of }), measure: None, ..quantity });
            }
            _ => return None,
        }
        Some(quantity)
    }

    /// A number and the measure after it, if one follows.
    fn number_first(&self, at: usize) -> Option<Quantity> {
        let numeral = self.with_whole(self.with_point(self.with_half(self.numeral(at)?)));
        if let Some(tenths) = self.tenths(&numeral) {
            return Some(tenths);
        }
        let measure = self.measure(&numeral);
        if measure.is_none() && self.is_name(&numeral) {
            return None;
        }
        if let Some(measure) = self.part_of_percent(&numeral).filter(|_| measure.is_none()) {
            return Some(Quantity { numeral, measure: Some(measure), before: None });
        }
        if let Some(unit) = self.part_of_unit(&numeral).filter(|_| measure.is_none()) {
            return Some(Quantity { numeral, measure: Some(unit), before: None });
        }
        let (numeral, measure) = self.and_half(numeral, measure);
        Some(Quantity { numeral, measure, before: None })
    }

    /// Takes in the whole that a part is of: one in ten, three out of every five.
    fn with_whole(&self, numeral: Numeral) -> Numeral {
        let mut at = self.glyphs.skip_space(numeral.end);
        let mut words = 0;
        while ["in", "out", "of", "every"].iter().any(|word| self.glyphs.says(at, self.glyphs.word_end(at), word)) {
            at = self.glyphs.skip_space(self.glyphs.word_end(at));
            words += 1;
        }
        let part = numeral.whole(99).filter(|part| *part > 0 && (1..=3).contains(&words));
        let Some(part) = part.filter(|_| numeral.nature == Nature::Cardinal && self.glyphs.sort(at) != Sort::Break)
        else {
            return numeral;
        };
        let of = self.glyphs.says(numeral.end + 1, self.glyphs.word_end(numeral.end + 1), "of");
        let whole = (!of).then(|| self.numeral(at)).flatten();
        let Some(whole) = whole.filter(|whole| whole.nature == Nature::Cardinal && whole.scale.is_none()) else {
            return numeral;
        };
        let counted = self.measure(&whole).is_some() || self.word(at, Category::Month).is_some();
        match whole.whole(1000).filter(|&size| size > part && !counted) {
            Some(size) => {
                let amount = Amount::whole(part).divided(size as u32);
                Numeral { end: whole.end, amount, other: None, plain: None, weak: false, ..numeral }
            }
            None => numeral,
        }
    }

    /// Takes in the letter of a point in brackets: article 4(b), 12(2)(c).
    fn with_point(&self, numeral: Numeral) -> Numeral {
        let mut end = numeral.end;
        let mut letter = false;
        while self.glyphs.c(end) == '(' && end - numeral.end < 16 {
            let close = self.glyphs.word_end(end + 1).max(self.plain_whole(end + 1, 99).map_or(0, |(_, end)| end));
            if !(end + 2..=end + 4).contains(&close) || self.glyphs.c(close) != ')' {
                break;
            }
            letter |= self.glyphs.sort(end + 1) == Sort::Letter;
            end = close + 1;
        }
        let digits = numeral.plain.is_some_and(|digits| digits <= 3) && numeral.nature == Nature::Cardinal;
        if !(letter && digits) {
            return numeral;
        }
        Numeral { end, amount: None, other: None, plain: None, ..numeral }
    }

    /// Takes in 个半 after a numeral: 两个半小时.
    fn with_half(&self, numeral: Numeral) -> Numeral {
        let half = self.glyphs.c(numeral.end) == '个' && self.glyphs.c(numeral.end + 1) == '半';
        match numeral.amount.and_then(|amount| amount.plus(Amount::new(5, -1)?)).filter(|_| half) {
            Some(amount) => Numeral { end: numeral.end + 2, amount: Some(amount), weak: false, ..numeral },
            None => numeral,
        }
    }

    /// The percentage point that a part is of: a quarter of a point, half a per cent.
    fn part_of_percent(&self, numeral: &Numeral) -> Option<Measure> {
        let is_part = self.glyphs.sort(numeral.start) == Sort::Letter && numeral.amount?.is_less(Amount::whole(1));
        let hyphen = numeral.end + usize::from(self.glyphs.c(numeral.end) == '-');
        let start = self.glyphs.skip_space(hyphen);
        let mut at = start;
        for words in [&["of"][..], &["a", "one"]] {
            let end = self.glyphs.word_end(at);
            if end > at && words.iter().any(|word| self.glyphs.says(at, end, word)) {
                at = self.glyphs.skip_space(end);
            }
        }
        const PERCENT: u128 = Category::set(&[Category::Percent, Category::Points]);
        let found = self.find(at, PERCENT, |sense| {
            sense.category.bit() & PERCENT != 0 && (!sense.shy || hyphen > numeral.end || self.has_percentages())
        })?;
        let of = if found.sense.category == Category::Percent { MeasureOf::Percent(0) } else { MeasureOf::Points(0) };
        (is_part && (at > start || hyphen > numeral.end)).then_some(Measure { start, end: found.end, of })
    }

    /// The unit that a part is of: half a year, three quarters of an hour.
    fn part_of_unit(&self, numeral: &Numeral) -> Option<Measure> {
        let is_part = self.glyphs.sort(numeral.start) == Sort::Letter && numeral.amount?.is_less(Amount::whole(1));
        let start = self.glyphs.skip_space(numeral.end);
        let of = self.glyphs.word_end(start);
        let article = if self.glyphs.says(start, of, "of") { self.glyphs.skip_space(of) } else { start };
        let end = self.glyphs.word_end(article);
        let unit = self.glyphs.skip_space(end);
        let is_article = ["a", "an"].iter().any(|word| self.glyphs.says(article, end, word));
        let found = self.word(unit, Category::Unit).filter(|found| is_part && is_article && !found.sense.shy)?;
        Some(Measure { start: unit, end: found.end, of: MeasureOf::Unit(found.sense.id.to_owned()) })
    }

    /// The hundredths of a second after the whole ones, and where they end: 9초98, 10秒04.
    fn hundredths_after(&self, measure: &Measure) -> Option<(Amount, usize)> {
        let seconds = matches!(&measure.of, MeasureOf::Unit(unit) if unit == "second");
        let at = self.glyphs.skip_space(measure.end);
        let (hundredths, end) = self.plain_whole(at, 99).filter(|(_, end)| seconds && *end == at + 2)?;
        let ends =
            matches!(self.glyphs.sort(end), Sort::Space | Sort::Break) || matches!(self.glyphs.c(end), ',' | '.' | ')');
        let alone = ends || self.word(end, Category::Particle).is_some();
        let counts = self.word(end, Category::Counter).is_some() || self.word(end, Category::Unit).is_some();
        let closed = at == measure.end && !counts && self.glyphs.c(end) != '分';
        (alone || closed).then_some(())?;
        Some((Amount::new(hundredths.into(), -2)?, end))
    }

    /// Takes in a half after a unit of time: 两年半, 2시간 반.
    fn and_half(&self, numeral: Numeral, measure: Option<Measure>) -> (Numeral, Option<Measure>) {
        let Some(mut measure) = measure else { return (numeral, None) };
        if let Some((hundredths, end)) = self.hundredths_after(&measure) {
            let amount = numeral.amount.and_then(|amount| amount.plus(hundredths));
            // The unit stands inside the number: both span the whole.
            let measure = Measure { start: numeral.start, end, ..measure };
            return (Numeral { end, amount, plain: None, ..numeral }, Some(measure));
        }
        if let Some(end) = self.half_after(measure.end) {
            measure.end = end;
            let amount = numeral.amount.and_then(|amount| amount.plus(Amount::new(5, -1)?));
            return (Numeral { amount, ..numeral }, Some(measure));
        }
        let at = self.glyphs.skip_space(measure.end);
        let ends = self.glyphs.sort(at + 1) != Sort::Hangul || self.word(at + 1, Category::Particle).is_some();
        let half = self.glyphs.c(at) == '半' || self.glyphs.c(at) == '반' && ends;
        let amount = numeral.amount.and_then(|amount| amount.plus(Amount::new(5, -1)?));
        match amount.filter(|_| half && matches!(measure.of, MeasureOf::Unit(_))) {
            Some(amount) => {
                measure.end = at + 1;
                (Numeral { amount: Some(amount), ..numeral }, Some(measure))
            }
            None => (numeral, Some(measure)),
        }
    }

    /// Tenths, as percentage: 三成, 三成五, 3할 5푼.
    fn tenths(&self, numeral: &Numeral) -> Option<Quantity> {
        let mark = self.word(numeral.end, Category::Tenths)?;
        if self.glyphs.sort(numeral.end - 1) == Sort::Hangul {
            return None;
        }
        if self.word(numeral.end, Category::Counter).is_some_and(|counter| counter.end > mark.end) {
            return None;
        }
        let (mut amount, mut end) = (numeral.amount?.shifted(1)?, mark.end);
        if let Some(digit) = self.word(end, Category::Digit).filter(|digit| !digit.sense.shy) {
            (amount, end) = (amount.plus(Amount::whole(digit.sense.number as u64))?, digit.end);
        }
        let measure = Measure { start: numeral.end, end, of: MeasureOf::Percent(0) };
        let numeral = Numeral { amount: Some(amount), other: None, ..numeral.clone() };
        Some(Quantity { numeral, measure: Some(measure), before: None })
    }

    /// Digits with letters right after them are a name: 5G, 3D.
    fn is_name(&self, numeral: &Numeral) -> bool {
        let letter = self.glyphs.sort(numeral.end) == Sort::Letter && self.glyphs.sort(numeral.end - 1) == Sort::Digit;
        // In his mid-40s.
        let tens = self.glyphs.c(numeral.end) == 's' && self.glyphs.sort(numeral.end + 1) != Sort::Letter;
        letter && !(tens && numeral.plain == Some(2) && self.glyphs.c(numeral.end - 1) == '0')
    }

    /// What the numeral counts, as the word or sign after it says.
    pub(crate) fn measure(&self, numeral: &Numeral) -> Option<Measure> {
        if matches!(numeral.nature, Nature::Ordinal | Nature::Multiple) {
            return None;
        }
        let mut at = numeral.end;
        // Korean numbers that stand as nouns count nothing after them.
        if matches!(self.glyphs.c(at.max(1) - 1), '나' | '둘' | '셋' | '넷') {
            return None;
        }
        if let Some(over) = self.word(at, Category::Over) {
            at = over.end;
        }
        let spaced = self.glyphs.skip_space(at);
        let hyphened = at + usize::from(self.glyphs.c(at) == '-' && self.glyphs.sort(at + 1) == Sort::Letter);
        [at, spaced, hyphened].into_iter().find_map(|start| self.measure_at(start, numeral))
    }

    fn measure_at(&self, start: usize, numeral: &Numeral) -> Option<Measure> {
        let passes = || self.passes(start + 1) || self.glyphs.c(start) == '日' && self.counts_days(numeral.start);
        // 超过300亿日元: no days.
        let is_money = matches!(self.glyphs.c(start + 1), '元' | '圆' | '圓' | '币' | '幣');
        if matches!(self.glyphs.c(start), '일' | '日') && !is_money && passes() {
            return Some(Measure { start, end: start + 1, of: MeasureOf::Unit("day".to_owned()) });
        }
        if self.glyphs.c(start) == '分' && self.are_minutes(numeral.start, start) {
            return Some(Measure { start, end: start + 1, of: MeasureOf::Unit("minute".to_owned()) });
        }
        let found = self.find(start, MEASURES, |sense| {
            sense.category.bit() & MEASURES != 0 && (!sense.shy || self.is_surely_measure(sense, numeral, start))
        })?;
        let counter = self.word(start, Category::Counter).map_or(0, |counter| counter.end);
        // 열다섯 분 are persons: minutes are counted with 십오.
        let persons = found.sense.id == "minute" && self.word(numeral.start, Category::Native).is_some();
        if counter > found.end || persons {
            return None;
        }
        let measure = |end, of| Some(Measure { start, end, of });
        match found.sense.category {
            Category::Percent => measure(found.end, MeasureOf::Percent(0)),
            Category::Permille => measure(found.end, MeasureOf::Percent(-1)),
            Category::Points => measure(found.end, MeasureOf::Points(0)),
            Category::Basis => measure(found.end, MeasureOf::Points(-2)),
            Category::Currency => measure(found.end, MeasureOf::Currency(found.sense.id)),
            _ => {
                let (end, per) = self.per_unit(found.end).map_or((found.end, None), |(end, per)| (end, Some(per)));
                let unit = per.map_or_else(|| found.sense.id.to_owned(), |per| format!("{}/{per}", found.sense.id));
                measure(end, MeasureOf::Unit(unit))
            }
        }
    }

    /// Whether 分 at `end`, after the number at `start`, are minutes, between hours and seconds, and no points or cents.
    fn are_minutes(&self, start: usize, end: usize) -> bool {
        let hours = ["小时", "小時", "钟头", "時間"]
            .iter()
            .any(|hours| self.glyphs.folded(start.saturating_sub(2), start) == *hours);
        let seconds = || self.numeral(end + 1).is_some_and(|seconds| self.glyphs.c(seconds.end) == '秒');
        hours || seconds()
    }

    /// Whether a word before the number at `at` says that it is paid: will cost 30 pounds.
    fn is_paid(&self, at: usize) -> bool {
        let before = self.glyphs.folded(at.saturating_sub(20), at);
        before.split(' ').any(|word| english::PAYING.contains(&word))
    }

    /// Whether a word before the number at `at` says that it is how much, or how far something went: up by 40 won.
    fn is_amount(&self, at: usize) -> bool {
        let before = self.glyphs.folded(at.saturating_sub(6), at);
        [" by ", " at ", " to "].iter().any(|word| before.ends_with(word))
    }

    /// Whether a word that is also an ordinary one is a measure here: a unit after digits, a currency after a large number.
    fn is_surely_measure(&self, sense: &Sense, numeral: &Numeral, start: usize) -> bool {
        let digits = self.glyphs.sort(numeral.end - 1) == Sort::Digit;
        match sense.category {
            Category::Currency => {
                numeral.scale.is_some()
                    || numeral.value().is_some_and(|value| Amount::whole(99).is_less(value))
                    || self.is_paid(numeral.start)
                    || self.is_amount(numeral.start)
            }
            Category::Unit => digits && !self.glyphs.is_capital(start),
            Category::Points if self.glyphs.word_end(start) > start + 4 => self.has_percentages(),
            _ => digits,
        }
    }

    /// The unit that a unit is per, and where that ends: km/h, tonnes per day.
    fn per_unit(&self, end: usize) -> Option<(usize, &'static str)> {
        let (_, found) = self.per_found(end)?;
        Some((found.end, found.sense.id))
    }

    /// A unit that an amount is per: a barrel, per day.
    fn per(&self, end: usize) -> Option<Item> {
        let (start, found) = self.per_found(end)?;
        Some(Item { start, end: found.end, says: Says::Name(Key::Unit(found.sense.id.to_owned()), false) })
    }

    /// Where the unit begins that something which ends at `end` is per, and the unit.
    fn per_found(&self, end: usize) -> Option<(usize, Found)> {
        let slash = self.glyphs.c(end) == '/';
        let start = if slash { end + 1 } else { self.after_per(end)? };
        let is_unit = |sense: &Sense| sense.category == Category::Unit && (!sense.shy || slash);
        let found = self.find(start, Category::Unit.bit(), is_unit)?;
        let ago = self.word(self.glyphs.skip_space(found.end), Category::Ago).is_some();
        (slash || !ago).then_some((start, found))
    }

    /// Where the word after `per` or an article begins.
    fn after_per(&self, end: usize) -> Option<usize> {
        if self.glyphs.c(end) == '每' {
            return Some(end + 1);
        }
        let word = self.glyphs.skip_space(end);
        let after = self.glyphs.word_end(word);
        let is_per = after > word && ["per", "a", "an"].iter().any(|per| self.glyphs.says(word, after, per));
        is_per.then(|| self.glyphs.skip_space(after))
    }
}

fn is_time(unit: &str) -> bool {
    matches!(unit, "year" | "month" | "week" | "day" | "hour" | "minute" | "decade" | "fortnight")
}

/// What may be counted.
const MEASURES: u128 = Category::set(&[
    Category::Percent,
    Category::Permille,
    Category::Points,
    Category::Basis,
    Category::Currency,
    Category::Unit,
]);
