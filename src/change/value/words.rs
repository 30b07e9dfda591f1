//! Numbers written out in words between spaces, as in English: one hundred and twenty-three thousand.

use super::Nature;
use super::amount::Amount;
use super::glyphs::Sort;
use super::lexicon::{Category, Sense};
use super::numeral::Numeral;
use super::reader::Reader;

/// A number while its words are read.
#[derive(Debug, Clone, Copy)]
struct Sum {
    /// What stands before the last scale word from thousand up.
    total: Amount,
    /// What is read since: below a thousand, or tens of hundreds.
    group: u64,
    /// Whether a word was read since the last scale word.
    open: bool,
    /// Exponent of the last scale word from thousand up.
    scale: i64,
}

impl Sum {
    const EMPTY: Self = Self { total: Amount::ZERO, group: 0, open: false, scale: i64::MAX };

    /// Adds a number word, if it can stand here: after tens only ones.
    fn add(&mut self, number: u64) -> bool {
        let fits = if !self.open {
            true
        } else if self.group.is_multiple_of(100) && self.group > 0 {
            number < 100 && number > 0
        } else {
            (1..10).contains(&number) && self.group % 100 >= 20 && self.group.is_multiple_of(10)
        };
        if fits {
            self.group += number;
            self.open = true;
        }
        fits
    }

    /// Multiplies by a scale word, if it can stand here: after a number, scales falling.
    fn scale(&mut self, exponent: i64) -> bool {
        if !self.open || self.group == 0 {
            return false;
        }
        if exponent == 2 {
            let fits = self.group < 100;
            self.group *= if fits { 100 } else { 1 };
            return fits;
        }
        let group = Amount::whole(self.group).shifted(exponent as i16);
        match group.and_then(|group| self.total.plus(group)).filter(|_| exponent < self.scale) {
            Some(total) => *self = Self { total, group: 0, open: false, scale: exponent },
            None => return false,
        }
        true
    }

    fn value(&self) -> Option<Amount> {
        self.total.plus(Amount::whole(self.group))
    }
}

impl Reader<'_> {
    /// A numeral in words at `at`, where a word of letters begins. Dates, times and numbers ask for the same one in turn.
    pub(crate) fn in_words(&self, at: usize) -> Option<Numeral> {
        if self.numeral.borrow().0 != at {
            self.numeral.replace((at, self.read_words(at)));
        }
        self.numeral.borrow().1.clone()
    }

    fn read_words(&self, at: usize) -> Option<Numeral> {
        if !self.glyphs.begins_word(at) {
            return None;
        }
        self.vague(at)
            .or_else(|| self.labelled(at))
            .or_else(|| self.with_article(at))
            .or_else(|| self.part_alone(at))
            .or_else(|| self.number_words(at, at, Sum::EMPTY))
            .or_else(|| self.multiple(at))
    }

    /// Hundreds, several thousand.
    pub(crate) fn vague(&self, at: usize) -> Option<Numeral> {
        let vague =
            |end, exponent: i64| Some(Numeral::in_words(at, end, Amount::new(1, exponent as i16)?, Nature::Vague));
        if let Some(found) = self.word(at, Category::Vague) {
            return vague(found.end, found.sense.number);
        }
        let several = self.word(at, Category::Vaguely)?;
        let mut next = self.glyphs.skip_space(several.end);
        let mut exponent = 0;
        let mut end = 0;
        while let Some(found) = self.word(next, Category::Scale).filter(|found| !found.sense.shy) {
            (exponent, end) = (exponent + found.sense.number, found.end);
            next = self.glyphs.skip_space(end);
        }
        if end == 0 { None } else { vague(end, exponent) }
    }

    /// A Roman numeral after a label: Phase II.
    fn labelled(&self, at: usize) -> Option<Numeral> {
        let label = self.word(at, Category::Label)?;
        let start = self.glyphs.skip_space(label.end);
        if start == label.end {
            return None;
        }
        // I alone is a pronoun.
        let (amount, end) = self.roman(start, false)?;
        Some(Numeral::in_words(start, end, amount, Nature::Cardinal))
    }

    /// A Roman numeral in capitals, up to XXXIX; `one`: also where it is I.
    pub(super) fn roman(&self, at: usize, one: bool) -> Option<(Amount, usize)> {
        let end = self.glyphs.word_end(at);
        if end == at
            || end - at > 7
            || !one && end == at + 1 && self.glyphs.c(at) == 'i'
            || !(at..end).all(|at| self.glyphs.is_capital(at))
        {
            return None;
        }
        let mut value = 0_i64;
        let digit = |c| match c {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            _ => None,
        };
        for at in at..end {
            let here = digit(self.glyphs.c(at))?;
            let next = digit(self.glyphs.c(at + 1)).filter(|_| at + 1 < end).unwrap_or(0);
            value += if here < next { -here } else { here };
        }
        Some((Amount::whole(u64::try_from(value).ok()?), end))
    }

    /// A hundred, a million, a dozen, a third, half a million.
    fn with_article(&self, at: usize) -> Option<Numeral> {
        let article = self.glyphs.word_end(at);
        let next = self.glyphs.skip_space(article);
        let said = ["a", "an", "the", "half"].into_iter().find(|word| self.glyphs.says(at, article, word));
        match said? {
            "a" | "an" | "the" if next > article => {
                if said != Some("the") {
                    if let Some(dozen) = self.dozen(next) {
                        return Some(Numeral::in_words(at, dozen, Amount::whole(12), Nature::Cardinal));
                    }
                    let scale = self.word(next, Category::Scale).filter(|found| !found.sense.shy);
                    if scale.is_some() {
                        let mut sum = Sum::EMPTY;
                        sum.add(1);
                        return self.number_words(at, next, sum);
                    }
                }
                let part =
                    self.word(next, Category::Part).filter(|_| said != Some("the") && self.guarded(next).is_none())?;
                let amount =
                    Amount::whole(1).divided(part.sense.number as u32).filter(|_| self.is_part(at, part.end))?;
                Some(self.scaled_after_of(Numeral::in_words(at, part.end, amount, Nature::Cardinal)))
            }
            "half" if next > article => {
                let half = Numeral::in_words(at, article, Amount::new(5, -1)?, Nature::Cardinal);
                let a = self.glyphs.word_end(next);
                let is_article = ["a", "an"].iter().any(|word| self.glyphs.says(next, a, word));
                let scale = if is_article { self.glyphs.skip_space(a) } else { next };
                if let Some(end) = self.dozen(scale) {
                    return Some(Numeral::in_words(at, end, Amount::whole(6), Nature::Cardinal));
                }
                match self.word(scale, Category::Scale).filter(|found| !found.sense.shy) {
                    Some(found) => {
                        let scale = Some(found.sense.number as i16);
                        Some(Numeral { end: found.end, scale, ..half })
                    }
                    None => Some(half),
                }
            }
            "half" => Some(Numeral::in_words(at, article, Amount::new(5, -1)?, Nature::Cardinal)),
            _ => None,
        }
    }

    /// Whether what stands around a third tells that it is a part: of, by, more, or the end of a clause.
    fn is_part(&self, start: usize, end: usize) -> bool {
        let next = self.glyphs.skip_space(end);
        let closed = !matches!(self.glyphs.sort(next), Sort::Letter | Sort::Digit);
        closed && next == end
            || self.word(next, Category::AfterPart).is_some()
            || self.follows(start, Category::BeforePart)
    }

    fn dozen(&self, at: usize) -> Option<usize> {
        let end = self.glyphs.word_end(at);
        (self.glyphs.says(at, end, "dozen")).then_some(end)
    }

    /// A quarter of a million.
    fn scaled_after_of(&self, numeral: Numeral) -> Numeral {
        let of = self.glyphs.skip_space(numeral.end);
        let a = self.glyphs.skip_space(self.glyphs.word_end(of));
        let end = self.glyphs.word_end(a);
        if !["a", "an"].iter().any(|word| self.glyphs.says(a, end, word)) {
            return numeral;
        }
        match self.word(self.glyphs.skip_space(end), Category::Scale).filter(|found| !found.sense.shy) {
            Some(found) => Numeral { end: found.end, scale: Some(found.sense.number as i16), ..numeral },
            None => numeral,
        }
    }

    /// Where `and a half` after `end` ends.
    pub(crate) fn half_after(&self, end: usize) -> Option<usize> {
        ["and", "a", "half"].into_iter().try_fold(end, |at, word| {
            let start = self.glyphs.skip_space(at);
            let end = self.glyphs.word_end(start);
            (end > start && start > at && self.glyphs.says(start, end, word)).then_some(end)
        })
    }

    /// Where a part ends that is added to the number before `end`, and how much it is, if something measured follows: six and
    /// three-quarters percent.
    fn added_part(&self, end: usize) -> Option<(usize, Amount)> {
        let and = self.glyphs.skip_space(end);
        let after = self.glyphs.word_end(and);
        let first = self.glyphs.skip_space(after);
        let count_end = self.glyphs.word_end(first);
        if and == end || first == after || !self.glyphs.says(and, after, "and") {
            return None;
        }
        let one = ["a", "one"].iter().any(|word| self.glyphs.says(first, count_end, word));
        let count = if one { 1 } else { self.word(first, Category::Number)?.sense.number };
        let start = count_end + usize::from(matches!(self.glyphs.c(count_end), '-' | ' '));
        let part = self.word(start, Category::Part).filter(|part| start > count_end && count < part.sense.number)?;
        const MEASURED: u128 =
            Category::set(&[Category::Percent, Category::Points, Category::Unit, Category::Currency, Category::Scale]);
        let next = self.glyphs.skip_space(part.end);
        let measured = self.find(next, MEASURED, |sense| sense.category.bit() & MEASURED != 0).is_some();
        let amount = Amount::whole(count as u64).divided(part.sense.number as u32)?;
        measured.then_some((part.end, amount))
    }

    /// A million and a half.
    fn and_a_half(&self, numeral: Numeral) -> Numeral {
        let half = self.half_after(numeral.end).and_then(|end| Some((end, Amount::new(5, -1)?)));
        let Some((at, part)) = half.or_else(|| self.added_part(numeral.end)) else { return numeral };
        let amount = numeral.amount.and_then(|amount| amount.plus(part));
        self.scaled(Numeral { end: at, amount, ..numeral })
    }

    /// A half that no article announces is read elsewhere; other parts in the plural need a number before them.
    fn part_alone(&self, at: usize) -> Option<Numeral> {
        let found = self.word(at, Category::Part)?;
        let whole = found.sense.number == 2 && self.glyphs.c(found.end - 1) != 's';
        whole.then(|| Some(Numeral::in_words(at, found.end, Amount::new(5, -1)?, Nature::Cardinal)))?
    }

    fn multiple(&self, at: usize) -> Option<Numeral> {
        let found = self.word(at, Category::Multiple)?;
        let (whole, decimals) = found.sense.id.split_once('.').unwrap_or((found.sense.id, ""));
        let amount = Amount::from_digits(whole, decimals)?;
        let nature = if decimals.is_empty() { Nature::Multiple } else { Nature::Cardinal };
        Some(Numeral::in_words(at, found.end, amount, nature))
    }

    /// Number and scale words in a row, the last of them perhaps an ordinal.
    fn number_words(&self, at: usize, first: usize, mut sum: Sum) -> Option<Numeral> {
        let (mut end, mut next, mut words) = (at, first, 0);
        let mut shy = false;
        const NUMBERS: u128 = Category::set(&[Category::Number, Category::Scale]);
        let is_number = |sense: &Sense| sense.category.bit() & NUMBERS != 0;
        while let Some(found) = self.find(next, NUMBERS, is_number) {
            let number = found.sense.number;
            let fits = match found.sense.category {
                Category::Number => sum.add(number as u64),
                _ => !found.sense.shy && sum.scale(number),
            };
            if !fits {
                break;
            }
            shy = words == 0 && found.sense.shy;
            words += 1;
            end = found.end;
            next = self.next_number_word(end, number >= 100 || found.sense.category == Category::Scale);
        }
        if let Some(ordinal) = self.ordinal_word(at, next, sum, words) {
            return Some(ordinal);
        }
        if words == 0 {
            return None;
        }
        // The two sides are both of them.
        let pair = words == 1 && sum.group == 2 && self.follows_the(at);
        let weak = shy || pair;
        let numeral = Numeral { weak, ..Numeral::in_words(at, end, sum.value()?, Nature::Cardinal) };
        Some(self.refined(numeral))
    }

    /// Where the next number word may begin: after a space or hyphen, and after `and` behind a scale word.
    fn next_number_word(&self, end: usize, after_scale: bool) -> usize {
        let next = match self.glyphs.sort(end) {
            Sort::Space => end + 1,
            Sort::Sign if matches!(self.glyphs.c(end), '-') => end + 1,
            Sort::Sign if self.glyphs.c(end) == ',' && after_scale => self.glyphs.skip_space(end + 1),
            _ => return self.glyphs.len(),
        };
        let word = self.glyphs.word_end(next);
        if after_scale && self.glyphs.says(next.min(word), word, "and") { self.glyphs.skip_space(word) } else { next }
    }

    /// Third, twenty-first, two hundredth: an ordinal that ends the number read so far.
    fn ordinal_word(&self, start: usize, at: usize, mut sum: Sum, words: usize) -> Option<Numeral> {
        let found = self.word(at, Category::Ordinal)?;
        let number = found.sense.number as u64;
        if words > 0 {
            // After a number without a scale or tens, an ordinal is a part: two thirds.
            let fits = match number {
                100 => sum.scale(2),
                1000 => sum.scale(3),
                1_000_000 => sum.scale(6),
                _ => sum.add(number),
            };
            if !fits {
                return None;
            }
        }
        let amount = if words > 0 { sum.value()? } else { Amount::whole(number) };
        Some(Numeral {
            weak: found.sense.shy && words == 0,
            ..Numeral::in_words(start, found.end, amount, Nature::Ordinal)
        })
    }

    /// Takes in what makes a number of words another: point five, thirds, and a half, dozen.
    fn refined(&self, numeral: Numeral) -> Numeral {
        if let Some(decimal) = self.point_words(&numeral) {
            return self.scaled(decimal);
        }
        let halved = self.and_a_half(numeral);
        let next = self.next_number_word(halved.end, false);
        if let (Some(end), Some(amount)) = (self.dozen(next), halved.amount) {
            return Numeral { end, weak: false, amount: amount.times(Amount::whole(12)), ..halved };
        }
        let part = self.word(next, Category::Part);
        match part.and_then(|part| Some((part.end, halved.amount?.divided(part.sense.number as u32)?))) {
            Some((end, amount)) => {
                let (end, amount) = self.of_a_scale(end, amount).unwrap_or((end, amount));
                Numeral { end, weak: false, amount: Some(amount), ..halved }
            }
            None => halved,
        }
    }

    /// Three quarters of a million: what follows the part at `end`.
    fn of_a_scale(&self, end: usize, part: Amount) -> Option<(usize, Amount)> {
        let word = |at: usize| {
            let start = self.glyphs.skip_space(at);
            (start, self.glyphs.word_end(start))
        };
        let (of, article) = (word(end), word(word(end).1));
        let reads = self.glyphs.says(of.0, of.1, "of") && self.glyphs.says(article.0, article.1, "a");
        let scale = self.word(self.glyphs.skip_space(article.1), Category::Scale).filter(|_| reads)?;
        Some((scale.end, part.shifted(scale.sense.number as i16)?))
    }

    /// Two point five.
    fn point_words(&self, numeral: &Numeral) -> Option<Numeral> {
        let start = self.glyphs.skip_space(numeral.end);
        let mut next = self.glyphs.word_end(start);
        if !self.glyphs.says(start, next, "point") {
            return None;
        }
        let (mut amount, mut end) = (numeral.amount?, None);
        for place in 1..=12 {
            let at = self.glyphs.skip_space(next);
            let Some(found) = self.word(at, Category::Number).filter(|found| found.sense.number < 10) else { break };
            amount = amount.plus(Amount::new(i128::from(found.sense.number), -place)?)?;
            (next, end) = (found.end, Some(found.end));
        }
        Some(Numeral { end: end?, amount: Some(amount), weak: false, ..numeral.clone() })
    }
}
