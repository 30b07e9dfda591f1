//! Numerals: digits or words that say how many, how many times, or at which place.

use super::amount::Amount;
use super::digits::{self, Digits, Numeric};
use super::glyphs::Sort;
use super::lexicon::Category;
use super::reader::Reader;
use super::{Key, Nature};
use crate::change::names::is_korean_particle;

/// A numeral read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// First glyph.
    pub start: usize,
    /// Glyph after it.
    pub end: usize,
    /// What it says, the scale apart; none where it has too many digits.
    pub amount: Option<Amount>,
    /// The other reading of digits that have two.
    pub other: Option<Amount>,
    /// Power of ten said by a word after it: million.
    pub scale: Option<i16>,
    pub nature: Nature,
    /// Digits, when it is written in digits without a mark.
    pub plain: Option<usize>,
    /// Also an ordinary word (one, a, 一): a value only beside another one.
    pub weak: bool,
}

/// Most syllables of a particle, and one more.
const LONGEST_PARTICLE: usize = 5;

impl Numeral {
    /// A numeral in words.
    pub(crate) fn in_words(start: usize, end: usize, amount: Amount, nature: Nature) -> Self {
        Self { start, end, amount: Some(amount), other: None, scale: None, nature, plain: None, weak: false }
    }

    /// What it says, with its scale.
    pub(crate) fn value(&self) -> Option<Amount> {
        self.amount?.shifted(self.scale.unwrap_or(0))
    }

    /// The other reading, with its scale.
    pub(crate) fn other_value(&self) -> Option<Amount> {
        self.other?.shifted(self.scale.unwrap_or(0))
    }

    /// Its value as a whole number up to `limit`.
    pub(crate) fn whole(&self, limit: u64) -> Option<u64> {
        self.value()?.to_whole(limit)
    }
}

impl Reader<'_> {
    /// The numeral that begins at `at`, in any script.
    pub(crate) fn numeral(&self, at: usize) -> Option<Numeral> {
        if let Some(signed) = self.signed(at) {
            return Some(signed);
        }
        let numeral = match self.glyphs.sort(at) {
            Sort::Digit => self.in_digits(at)?,
            Sort::Letter => self.in_words(at)?,
            Sort::Hangul | Sort::Character => self.in_east(at)?,
            Sort::Sign if self.glyphs.c(at) == '○' => self.in_east(at)?,
            _ => return None,
        };
        Some(self.with_ending(numeral))
    }

    /// A minus or 'below zero' and the numeral after it.
    fn signed(&self, at: usize) -> Option<Numeral> {
        let after = match self.glyphs.c(at) {
            '-' | '–' if self.glyphs.sort(at + 1) == Sort::Digit && self.may_be_signed(at) => at + 1,
            _ => self.glyphs.skip_space(self.word(at, Category::Minus)?.end),
        };
        let numeral = self.numeral_unsigned(after)?;
        let amount = numeral.amount.map(Amount::negative);
        Some(Numeral { start: at, amount, other: numeral.other.map(Amount::negative), ..numeral })
    }

    fn numeral_unsigned(&self, at: usize) -> Option<Numeral> {
        match self.glyphs.sort(at) {
            Sort::Digit => self.in_digits(at),
            Sort::Letter => self.in_words(at),
            _ => self.in_east(at),
        }
    }

    /// A minus stands after a space, a bracket or a currency sign; elsewhere it is a hyphen.
    fn may_be_signed(&self, at: usize) -> bool {
        let before = self.glyphs.before(at);
        // 5000元-1万元 is a range.
        let digit = |back: usize| at.checked_sub(back).is_some_and(|at| self.glyphs.sort(at) == Sort::Digit);
        let scaled = || at >= 2 && matches!(self.glyphs.c(at - 2), '百' | '千' | '万' | '亿' | '億' | '萬');
        let is_range = || digit(2) || scaled() && digit(3);
        let wide = matches!(before.sort, Sort::Character | Sort::Hangul);
        let cold = wide && self.is_of_degrees(at + 1) && !is_range();
        cold || matches!(before.sort, Sort::Space | Sort::Break)
            || matches!(before.c, '(' | '[' | '$' | '€' | '£' | '¥' | '₩')
    }

    /// Whether the digits at `at` count degrees, per cent or money.
    fn is_of_degrees(&self, at: usize) -> bool {
        let Numeric::Number(digits) = digits::read(&self.glyphs, at, || false) else { return false };
        let end = self.glyphs.skip_space(digits.end);
        let degrees =
            self.word(end, Category::Unit).is_some_and(|unit| matches!(unit.sense.id, "degree" | "°C" | "°F"));
        let money =
            self.word(end, Category::Currency).is_some() || matches!(self.glyphs.c(end), '万' | '亿' | '億' | '萬');
        degrees || money || self.word(end, Category::Percent).is_some()
    }

    /// Digits, with a scale after them, or mixed with numerals of Han or Hangul.
    fn in_digits(&self, at: usize) -> Option<Numeral> {
        let Numeric::Number(digits) = self.digits(at) else {
            return None;
        };
        if let Some(east) = self.east(at).filter(|east| east.end > digits.end) {
            return Some(Numeral::in_words(at, east.end, east.amount, Nature::Cardinal));
        }
        if let Some(fraction) = self.written_fraction(at, &digits) {
            return Some(fraction);
        }
        let Digits { end, amount, other, plain } = digits;
        let numeral =
            Numeral { start: at, end, amount, other, scale: None, nature: Nature::Cardinal, plain, weak: false };
        Some(self.scaled(numeral))
    }

    /// A fraction in digits, a whole number before it or not: 3/4, 1 1/2, 4-1/4.
    fn written_fraction(&self, at: usize, digits: &Digits) -> Option<Numeral> {
        let fraction = |at: usize| {
            let (numerator, slash) = self.plain_whole(at, 999)?;
            let (denominator, end) = self.plain_whole(slash + 1, 1000)?;
            let part = self.glyphs.c(slash) == '/' && numerator < denominator && self.glyphs.c(end) != '/';
            let amount = Amount::whole(numerator).divided(denominator as u32).filter(|_| part)?;
            Some((amount, end))
        };
        let found = fraction(at).or_else(|| {
            // As central banks write it.
            let hyphen = digits.end + usize::from(self.glyphs.c(digits.end) == '-');
            let after = self.glyphs.skip_space(hyphen);
            let (part, end) = fraction(after).filter(|_| after > digits.end)?;
            Some((digits.amount?.plus(part)?, end))
        });
        let (amount, end) = found?;
        Some(self.scaled(Numeral::in_words(at, end, amount, Nature::Cardinal)))
    }

    /// Digits without a mark at `at`, up to `limit`, and the glyph after them.
    pub(crate) fn plain_whole(&self, at: usize, limit: u64) -> Option<(u64, usize)> {
        let mut end = at;
        let mut whole = 0_u64;
        while self.glyphs.sort(end) == Sort::Digit {
            whole = whole * 10 + u64::from(self.glyphs.c(end).to_digit(10)?);
            end += 1;
            if whole > limit || end - at > 12 {
                return None;
            }
        }
        (end > at).then_some((whole, end))
    }

    /// Takes in the scale words after `numeral`: 1.2 million, 5bn.
    pub(crate) fn scaled(&self, mut numeral: Numeral) -> Numeral {
        let mut at = self.glyphs.skip_space(numeral.end);
        at += usize::from(at == numeral.end && self.glyphs.c(at) == '-' && self.glyphs.sort(at + 1) == Sort::Letter);
        for _ in 0..2 {
            let Some(found) = self.word(at, Category::Scale) else { break };
            if found.sense.shy && !self.is_short_scale(numeral.start, numeral.end, at) {
                break;
            }
            numeral.scale = Some(numeral.scale.unwrap_or(0) + found.sense.number as i16);
            numeral.end = found.end;
            at = self.glyphs.skip_space(found.end);
        }
        numeral
    }

    /// A letter for a scale (5K, $5m) touches its number, and is a capital or belongs to an amount of money.
    fn is_short_scale(&self, start: usize, end: usize, at: usize) -> bool {
        let sure = || self.glyphs.is_capital(at) || self.glyphs.c(at) == 'k' || self.is_after_currency(start);
        at == end && (sure() || self.is_before_currency(at))
    }

    /// Whether a currency follows the letter for a scale: 84m francs.
    fn is_before_currency(&self, at: usize) -> bool {
        let next = self.glyphs.skip_space(self.glyphs.word_end(at));
        self.glyphs.sort(next) == Sort::Letter
            && self.word(next, Category::Currency).is_some_and(|found| !found.sense.shy)
    }

    /// Takes in what follows a numeral and tells how it counts: 3rd, threefold, 두 번째, 三倍.
    fn with_ending(&self, mut numeral: Numeral) -> Numeral {
        // 사흘째 is 3일째.
        let lasts = self.word(numeral.start, Category::Lasts).is_some_and(|found| found.end == numeral.end);
        if numeral.nature != Nature::Cardinal || lasts {
            return numeral;
        }
        let spaced = self.glyphs.skip_space(numeral.end);
        if self.is_counted_by_longer(numeral.end) || self.is_counted_by_longer(spaced) {
            return numeral;
        }
        let hyphened = numeral.end + usize::from(self.glyphs.c(numeral.end) == '-');
        if let Some(found) = self.word(numeral.end, Category::OrdinalEnding) {
            (numeral.nature, numeral.end) = (Nature::Ordinal, found.end);
        } else if let Some(found) = self.word(spaced, Category::OrdinalEnding).filter(|found| found.end > spaced + 1) {
            let hangul = self.glyphs.sort(spaced) == Sort::Hangul;
            if hangul {
                (numeral.nature, numeral.end) = (Nature::Ordinal, found.end);
            }
        } else if let Some(found) = [numeral.end, spaced, hyphened]
            .into_iter()
            .find_map(|at| self.word(at, Category::Times).filter(|found| !found.sense.shy || at == numeral.end))
            // 연설을 한 배정민: no multiple, but someone's name.
            .filter(|found| {
                spaced == numeral.end || self.glyphs.c(found.end) == '였' || self.is_whole_hangul(found.end)
            })
        {
            (numeral.nature, numeral.end, numeral.weak) = (Nature::Multiple, found.end, false);
            // 增加了两倍: two times more than before.
            if self.grows_by(numeral.start) {
                numeral.amount = numeral.amount.and_then(|amount| amount.plus(Amount::whole(1)));
            }
        }
        numeral
    }

    /// Whether nothing but a particle follows `end` in its word of Hangul.
    fn is_whole_hangul(&self, end: usize) -> bool {
        let rest = (end..end + LONGEST_PARTICLE).take_while(|&at| self.glyphs.sort(at) == Sort::Hangul).count();
        is_korean_particle(&self.glyphs.folded(end, end + rest))
    }

    /// Whether a Chinese word before `at` says that something grows by what follows.
    fn grows_by(&self, at: usize) -> bool {
        let before = |steps: usize| at.checked_sub(steps).map_or(' ', |at| self.glyphs.c(at));
        let verb = if before(1) == '了' { 2 } else { 1 };
        matches!(
            (before(verb + 1), before(verb)),
            ('增', '加' | '长') | ('上', '升' | '涨') | ('提', '高') | ('扩', '大') | ('高', '出') | ('多', '出')
        )
    }

    /// Whether a measure or counting word at `at` goes on beyond an ending that begins there: 배럴, not 배; 차례, not 차.
    fn is_counted_by_longer(&self, at: usize) -> bool {
        let ending = self
            .lexicon
            .find(&self.glyphs, at, |sense| matches!(sense.category, Category::OrdinalEnding | Category::Times));
        let counted = self.lexicon.find(&self.glyphs, at, |sense| {
            matches!(sense.category, Category::Unit | Category::Counter | Category::Currency)
        });
        ending.zip(counted).is_some_and(|(ending, counted)| counted.end > ending.end)
    }

    /// The key of a numeral.
    pub(crate) fn numeral_key(&self, numeral: &Numeral) -> Key {
        match numeral.value() {
            Some(amount) => Key::Number(numeral.nature, amount),
            None => Key::Opaque(self.glyphs.folded(numeral.start, numeral.end)),
        }
    }
}
