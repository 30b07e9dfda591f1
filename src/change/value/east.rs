//! Numerals of Han and Hangul, alone or mixed with digits: 一百二十三万, 이십삼, 3억 5천만, 스물세.
//!
//! Many of these characters are syllables of ordinary words too. A numeral of several characters with a ten, hundred or
//! the like among them is a number; a single one only before a counting word.

use super::Nature;
use super::amount::Amount;
use super::digits::Numeric;
use super::glyphs::Sort;
use super::lexicon::{Category, Found, Sense};
use super::numeral::Numeral;
use super::reader::Reader;

/// A numeral of Han or Hangul, perhaps with digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct East {
    pub end: usize,
    pub amount: Amount,
    /// How many characters or runs of digits it has.
    pub parts: usize,
    /// Whether a ten, hundred, ten thousand and so on is among them.
    pub placed: bool,
    /// Whether its digits stand side by side, as in a year: 二〇二四.
    pub positional: bool,
}

#[derive(Debug, Clone, Copy)]
struct Sum {
    total: Amount,
    section: Amount,
    current: Option<Amount>,
    /// Exponents of the last place and of the last myriad.
    place: i64,
    myriad: i64,
    /// A zero was read since the last place.
    zero: bool,
    parts: usize,
    placed: bool,
    positional: bool,
    end: usize,
}

impl Sum {
    const fn empty(at: usize) -> Self {
        Self {
            total: Amount::ZERO,
            section: Amount::ZERO,
            current: None,
            place: i64::MAX,
            myriad: i64::MAX,
            zero: false,
            parts: 0,
            placed: false,
            positional: false,
            end: at,
        }
    }

    fn put(&mut self, amount: Amount, end: usize) -> bool {
        if self.current.is_some() {
            return false;
        }
        self.current = Some(amount);
        self.step(end)
    }

    fn step(&mut self, end: usize) -> bool {
        self.parts += 1;
        self.end = end;
        true
    }

    fn place(&mut self, exponent: i64, end: usize) -> bool {
        let digit = self.current.unwrap_or(Amount::whole(1));
        let Some(section) = digit.shifted(exponent as i16).and_then(|part| self.section.plus(part)) else {
            return false;
        };
        if exponent >= self.place {
            return false;
        }
        *self = Self { section, current: None, place: exponent, zero: false, placed: true, ..*self };
        self.step(end)
    }

    fn myriad(&mut self, exponent: i64, end: usize) -> bool {
        let group = self.current.map_or(Some(self.section), |digit| self.section.plus(digit));
        let group = group.map(|group| if group == Amount::ZERO { Amount::whole(1) } else { group });
        let total = group.and_then(|group| self.total.plus(group.shifted(exponent as i16)?));
        let Some(total) = total.filter(|_| exponent < self.myriad) else { return false };
        let (section, current, place) = (Amount::ZERO, None, i64::MAX);
        *self = Self { total, section, current, place, myriad: exponent, zero: false, placed: true, ..*self };
        self.step(end)
    }

    /// The sum. A last digit right after a hundred or more is of the next place: 三千五 is 3500.
    fn value(&self, han: bool) -> Option<Amount> {
        let last = self.current.unwrap_or(Amount::ZERO);
        let before = if self.place < i64::MAX { self.place } else { self.myriad };
        let shortened = han && !self.zero && (2..i64::MAX).contains(&before) && last.to_whole(9).is_some();
        let last = if shortened { last.shifted(before as i16 - 1)? } else { last };
        self.total.plus(self.section)?.plus(last)
    }
}

impl Reader<'_> {
    /// The longest numeral of Han, Hangul and digits at `at`. Its surroundings are not looked at.
    pub(crate) fn east(&self, at: usize) -> Option<East> {
        let mut sum = Sum::empty(at);
        while self.take_part(&mut sum) || self.take_after_space(&mut sum) {}
        let han =
            self.glyphs.sort(sum.end.max(1) - 1) != Sort::Hangul && self.glyphs.sort(sum.end.max(1) - 1) != Sort::Digit;
        let amount = sum.value(han)?;
        (sum.parts > 0).then_some(East {
            end: sum.end,
            amount,
            parts: sum.parts,
            placed: sum.placed,
            positional: sum.positional,
        })
    }

    /// Takes the next part, if there is one that fits.
    fn take_part(&self, sum: &mut Sum) -> bool {
        let at = sum.end;
        if self.glyphs.sort(at) == Sort::Digit {
            let Numeric::Number(digits) = self.digits(at) else { return false };
            return digits.amount.is_some_and(|amount| sum.put(amount, digits.end));
        }
        const PARTS: u128 = Category::set(&[Category::Digit, Category::Place, Category::Myriad]);
        let is_part = |sense: &Sense| sense.category.bit() & PARTS != 0 && (!sense.shy || sum.parts > 0);
        let Some(Found { end, sense }) = self.find(at, PARTS, is_part) else {
            return self.take_decimals(sum);
        };
        // Han and Hangul are not mixed; a space may stand after a myriad.
        if sum.parts > 0 && !matches!(self.glyphs.sort(at - 1), Sort::Digit | Sort::Space) {
            let is_mixed = self.glyphs.sort(at) != self.glyphs.sort(at - 1);
            if is_mixed {
                return false;
            }
        }
        // 千米 and 兆瓦 are units.
        let unit = self.word(at, Category::Unit);
        if sum.parts > 0 && unit.is_some_and(|unit| unit.end > end) {
            return false;
        }
        match sense.category {
            Category::Place => sum.place(sense.number, end),
            Category::Myriad => sum.myriad(sense.number, end),
            _ => self.take_digit(sum, sense.number, end),
        }
    }

    fn take_digit(&self, sum: &mut Sum, digit: i64, end: usize) -> bool {
        let digit = Amount::whole(digit as u64);
        if digit == Amount::ZERO && sum.placed && sum.current.is_none() {
            sum.zero = true;
            return sum.step(end);
        }
        match sum.current {
            None => sum.put(digit, end),
            // Digits side by side, as in a year.
            Some(before) if !sum.placed && self.glyphs.sort(sum.end - 1) != Sort::Digit => {
                let Some(both) = before.shifted(1).and_then(|tens| tens.plus(digit)) else { return false };
                sum.current = Some(both);
                sum.positional = true;
                sum.step(end)
            }
            Some(_) => false,
        }
    }

    /// Decimals after 点 or 점.
    fn take_decimals(&self, sum: &mut Sum) -> bool {
        let mut at = sum.end;
        if sum.parts == 0 || !matches!(self.glyphs.c(at), '点' | '점' | '點') || sum.total != Amount::ZERO {
            return false;
        }
        // 1점이 is one point, and no 1.2.
        if self.glyphs.c(at) == '점' && self.glyphs.sort(at - 1) == Sort::Digit {
            return false;
        }
        at += 1;
        let (mut places, mut decimals) = (0, Amount::ZERO);
        while let Some(found) = self.word(at, Category::Digit).filter(|found| !found.sense.shy && places < 12) {
            places += 1;
            let digit = Amount::new(i128::from(found.sense.number), -places);
            let Some(more) = digit.and_then(|digit| decimals.plus(digit)) else { return false };
            (decimals, at) = (more, found.end);
        }
        // A time of day: 三点五分.
        if places == 0 || matches!(self.glyphs.c(at), '分' | '刻' | '十') {
            return false;
        }
        let whole = sum.current.map_or(Some(sum.section), |digit| sum.section.plus(digit));
        let Some(current) = whole.and_then(|whole| whole.plus(decimals)) else { return false };
        (sum.section, sum.current, sum.zero) = (Amount::ZERO, Some(current), true);
        sum.step(at)
    }

    /// Takes a part after a space that follows a myriad: 3억 5천만, 1만 2000.
    fn take_after_space(&self, sum: &mut Sum) -> bool {
        let follows = sum.current.is_none() && sum.myriad < i64::MAX && sum.place == i64::MAX;
        if !follows || self.glyphs.sort(sum.end) != Sort::Space {
            return false;
        }
        let mut longer = Sum { end: sum.end + 1, ..*sum };
        let placed = |sum: &Sum| (sum.place, sum.myriad);
        let before = placed(&longer);
        while self.take_part(&mut longer) {}
        let digits = longer.current.is_some_and(|amount| amount.to_whole(9999).is_some_and(|whole| whole >= 100));
        let year = matches!(self.glyphs.c(longer.end), '년' | '年' | '월');
        let money = || longer.current.is_some() && self.word(longer.end, Category::Currency).is_some();
        let fits = longer.end > sum.end + 1 && !year && (placed(&longer) != before || digits || money());
        if fits {
            *sum = longer;
        }
        fits
    }

    /// A numeral of Han or Hangul at `at` that its surroundings let be one.
    pub(crate) fn in_east(&self, at: usize) -> Option<Numeral> {
        let hangul = self.glyphs.sort(at) == Sort::Hangul;
        self.vague_east(at)
            .or_else(|| self.lasts(at))
            .or_else(|| self.with_ordinal_prefix(at))
            .or_else(|| if hangul { self.native(at) } else { None })
            .or_else(|| if hangul { self.sino_korean(at) } else { self.han(at) })
            .or_else(|| self.east_word(at))
    }

    /// A span of time in one word: 사흘.
    fn lasts(&self, at: usize) -> Option<Numeral> {
        let found = self.word(at, Category::Lasts).filter(|_| self.glyphs.before(at).sort != Sort::Hangul)?;
        let ends = self.glyphs.sort(found.end) != Sort::Hangul
            || self.word(found.end, Category::Particle).is_some()
            || self.passes(found.end);
        let amount = Amount::whole(found.sense.id.split(' ').next()?.parse().ok()?);
        let numeral = Numeral::in_words(at, found.end, amount, Nature::Cardinal);
        ends.then_some(Numeral { weak: found.sense.shy, ..numeral })
    }

    fn vague_east(&self, at: usize) -> Option<Numeral> {
        let free = self.glyphs.sort(at) != Sort::Hangul || self.glyphs.before(at).sort != Sort::Hangul;
        let numeral = self.vague(at).filter(|_| free)?;
        let countable = self.counter(numeral.end, 3).is_some();
        countable.then_some(numeral)
    }

    /// 第三, 제5: an ordinal of what follows.
    fn with_ordinal_prefix(&self, at: usize) -> Option<Numeral> {
        let prefix = self.word(at, Category::OrdinalPrefix)?;
        // 제12조제3항: behind an article another part of the law.
        let before = self.glyphs.before(at);
        let cites = matches!(before.c, '조' | '항' | '장' | '절') && self.glyphs.sort(prefix.end) == Sort::Digit;
        if before.sort == Sort::Hangul && self.glyphs.sort(at) == Sort::Hangul && !cites {
            return None;
        }
        // 第（一）项.
        if matches!(self.glyphs.c(prefix.end), '(' | '（') {
            let (number, end, _) = self.small(prefix.end + 1, 999)?;
            let closed = matches!(self.glyphs.c(end), ')' | '）');
            return closed.then(|| Numeral::in_words(at, end + 1, Amount::whole(number), Nature::Ordinal));
        }
        // After digits 조 is an article here, and no trillion.
        let digits = self.glyphs.skip_space(prefix.end);
        if let Some((number, end)) = self.plain_whole(digits, u64::from(u32::MAX)) {
            return Some(Numeral::in_words(at, end, Amount::whole(number), Nature::Ordinal));
        }
        if let Some((amount, end)) = self.roman(prefix.end, true) {
            return Some(Numeral::in_words(at, end, amount, Nature::Ordinal));
        }
        if let Some((number, end)) = self.hangul_article(prefix.end) {
            return Some(Numeral::in_words(at, end, Amount::whole(number), Nature::Ordinal));
        }
        let east = self.east(prefix.end)?;
        // 제삼차 is an ordinal; 제공, 제조 and 제일 are words.
        if self.glyphs.sort(at) == Sort::Hangul {
            let counter = self.counter(east.end, 1).filter(|counter| self.is_plain_counter(counter))?;
            let counted = counter.end == east.end + 1
                && matches!(self.glyphs.c(east.end), '차' | '조' | '회' | '항' | '장' | '호' | '기');
            if !counted {
                return None;
            }
        }
        let weak = east.amount == Amount::whole(1);
        Some(Numeral { weak, ..Numeral::in_words(at, east.end, east.amount, Nature::Ordinal) })
    }

    /// The number of an article at `at`, which 조 as a trillion would hide: 제칠조, 제십이조.
    fn hangul_article(&self, at: usize) -> Option<(u64, usize)> {
        let (mut sum, mut digit, mut end) = (0, None, at);
        loop {
            if let Some(found) = self.word(end, Category::Digit).filter(|_| digit.is_none()) {
                (digit, end) = (Some(found.sense.number as u64), found.end);
            } else if let Some(found) = self.word(end, Category::Place) {
                sum += digit.take().unwrap_or(1) * 10_u64.checked_pow(found.sense.number as u32)?;
                end = found.end;
            } else {
                break;
            }
        }
        let is_article = end > at && self.glyphs.sort(at) == Sort::Hangul && self.glyphs.c(end) == '조';
        let ends = self.glyphs.sort(end + 1) != Sort::Hangul || self.word(end + 1, Category::Particle).is_some();
        (is_article && ends).then_some((sum + digit.unwrap_or(0), end))
    }

    /// Half, first and the like in one word.
    fn east_word(&self, at: usize) -> Option<Numeral> {
        if self.glyphs.sort(at) == Sort::Hangul && self.glyphs.before(at).sort == Sort::Hangul {
            return None;
        }
        if let Some(found) = self.word(at, Category::Ordinal) {
            let free = !found.sense.shy || self.glyphs.sort(found.end) == Sort::Space;
            let amount = Amount::whole(found.sense.number as u64);
            let numeral = Numeral::in_words(at, found.end, amount, Nature::Ordinal);
            return free.then_some(Numeral { weak: found.sense.number == 1, ..numeral });
        }
        let unit = |end: usize| self.word(end, Category::Unit).is_some() || self.glyphs.c(end) == '个';
        if let Some(found) = self.word(at, Category::Part).filter(|found| !found.sense.shy || unit(found.end)) {
            let amount = Amount::whole(1).divided(found.sense.number as u32)?;
            return Some(Numeral::in_words(at, found.end, amount, Nature::Cardinal));
        }
        let found = self.word(at, Category::Multiple)?;
        let (whole, decimals) = found.sense.id.split_once('.').unwrap_or((found.sense.id, ""));
        let nature = if decimals.is_empty() { Nature::Multiple } else { Nature::Cardinal };
        Some(Numeral::in_words(at, found.end, Amount::from_digits(whole, decimals)?, nature))
    }

    /// A numeral of Han characters: several with a place among them, a year's digits, or one before a counting word.
    fn han(&self, at: usize) -> Option<Numeral> {
        let east = self.east(at)?;
        let counter = self.counter(east.end, 2);
        let year = self.glyphs.c(east.end) == '年';
        let lone = east.parts == 1;
        let labelled = (2..=3).any(|back| {
            let label = at.checked_sub(back).and_then(|start| self.word(start, Category::Label));
            label.is_some_and(|label| label.end == at)
        });
        let score = self.is_score(at, east.end);
        let accepted = if labelled || score || self.begins_months(east.end) {
            true
        } else if lone {
            // 逾万名: one myriad, which after such a word needs no numeral of its own.
            let over =
                || matches!(self.glyphs.before(at).c, '逾' | '超' | '近' | '约' | '約' | '达' | '達' | '过' | '過');
            counter.is_some() && (!east.placed || self.glyphs.c(at) == '十' || over())
        } else if east.positional && !east.placed {
            east.parts >= 3 || year
        } else {
            true
        };
        let weak = lone && !score && (east.amount == Amount::whole(1) || self.glyphs.c(at) == '两');
        accepted.then(|| Numeral { weak, ..Numeral::in_words(at, east.end, east.amount, Nature::Cardinal) })
    }

    /// Whether a range of months goes on at `end`: 一至三月.
    fn begins_months(&self, end: usize) -> bool {
        let to = matches!(self.glyphs.c(end), '至' | '到');
        to && self.east(end + 1).is_some_and(|last| self.glyphs.c(last.end) == '月')
    }

    /// Whether the numeral is one side of a score: 三比二.
    fn is_score(&self, at: usize, end: usize) -> bool {
        let versus = |at: usize| matches!(self.glyphs.c(at), '比' | '对');
        let digit = |at: usize| self.word(at, Category::Digit).is_some();
        versus(end) && digit(end + 1) || at >= 2 && versus(at - 1) && digit(at - 2)
    }

    /// A Sino-Korean numeral at the start of a word and before a counting word.
    fn sino_korean(&self, at: usize) -> Option<Numeral> {
        if self.glyphs.before(at).sort == Sort::Hangul {
            return None;
        }
        let east = self.east(at)?;
        let spaced = self.glyphs.sort(east.end) == Sort::Space;
        let counter = self.counter(east.end, 2)?;
        let accepted = match east.parts {
            1 if east.placed => {
                let over = self.word(east.end, Category::Over).is_some();
                (spaced || over) && (counter.sense.category != Category::Counter || self.is_plain_counter(&counter))
            }
            1 => self.is_single_digit(at, &counter),
            _ => east.placed && !matches!(self.glyphs.c(at), '조' | '억'),
        };
        accepted.then(|| Numeral::in_words(at, east.end, east.amount, Nature::Cardinal))
    }

    /// Whether the counting word ends its own word, particles apart.
    fn is_plain_counter(&self, counter: &Found) -> bool {
        self.glyphs.sort(counter.end) != Sort::Hangul || self.word(counter.end, Category::Particle).is_some()
    }

    /// One Sino-Korean digit is a number before few words only: 삼 년, 오 퍼센트.
    fn is_single_digit(&self, at: usize, counter: &Found) -> bool {
        let measured = matches!(
            counter.sense.category,
            Category::Percent | Category::Unit | Category::Currency | Category::Points
        );
        let clear = !matches!(self.glyphs.c(at), '일' | '이' | '사' | '공' | '영');
        let timed = matches!(self.glyphs.c(counter.end - 1), '년' | '월' | '일' | '차' | '회' | '조');
        let spaced = self.glyphs.sort(at + 1) == Sort::Space;
        let long = counter.end - at > 3;
        self.is_plain_counter(counter) && spaced && (measured && long || clear && (measured || timed))
    }

    /// A native Korean numeral at the start of a word and before a counting word: 스물세 명, 두 배.
    pub(crate) fn native(&self, at: usize) -> Option<Numeral> {
        if matches!(self.glyphs.before(at).sort, Sort::Hangul | Sort::Digit) {
            return None;
        }
        let first = self.word(at, Category::Native)?;
        let (mut amount, mut end) = (first.sense.number as u64, first.end);
        if amount >= 10
            && let Some(ones) = self.word(end, Category::Native).filter(|ones| ones.sense.number < 10)
        {
            (amount, end) = (amount + ones.sense.number as u64, ones.end);
        }
        let weak = amount == 1 || amount == 2;
        let numeral = Numeral { weak, ..Numeral::in_words(at, end, Amount::whole(amount), Nature::Cardinal) };
        self.is_native(&numeral).then_some(numeral)
    }

    /// Whether a counting word follows, or the numeral stands as a word of its own.
    fn is_native(&self, numeral: &Numeral) -> bool {
        let (start, end) = (numeral.start, numeral.end);
        let spaced = self.glyphs.sort(end) == Sort::Space;
        if self.counter(end, 2).is_some_and(|counter| self.is_plain_counter(&counter)) {
            return true;
        }
        match self.glyphs.folded(start, end).as_str() {
            "두" | "세" | "한" => spaced && self.glyphs.sort(end + 1) == Sort::Hangul,
            "다섯" | "여섯" | "일곱" | "여덟" | "아홉" => {
                self.is_plain_counter(&Found { end, sense: self.any_sense(start) })
            }
            "둘" | "셋" | "넷" | "하나" => self.is_plain_counter(&Found { end, sense: self.any_sense(start) }),
            _ => false,
        }
    }

    fn any_sense(&self, at: usize) -> Sense {
        self.word(at, Category::Native).expect("a native numeral was read here").sense
    }

    /// The counting word, unit, currency or percent sign after a numeral, perhaps after a space or 여 or 多.
    pub(crate) fn counter(&self, at: usize, tries: usize) -> Option<Found> {
        let counts = |sense: &Sense| {
            matches!(
                sense.category,
                Category::Counter
                    | Category::Unit
                    | Category::Currency
                    | Category::Percent
                    | Category::Points
                    | Category::Basis
                    | Category::Tenths
                    | Category::Times
                    | Category::Quarter
                    | Category::Century
            ) && !sense.shy
        };
        let mut at = at;
        for _ in 0..tries {
            let spaced = self.glyphs.skip_space(at);
            if let Some(found) = self.lexicon.find(&self.glyphs, spaced, counts) {
                return Some(found);
            }
            at = self.word(at, Category::Over)?.end;
        }
        None
    }
}
