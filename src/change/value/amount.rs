//! Exact amounts: decimals and fractions, equal when their values are equal, however they were written.

use std::fmt;

/// A rational number `mantissa * 10^exponent / divisor`, kept in one form for each value: the mantissa is no multiple of
/// ten, and the divisor is coprime with it and with ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Amount {
    mantissa: i128,
    exponent: i16,
    divisor: u32,
}

/// Largest exponent kept, positive or negative: what goes beyond is no amount that a statement states.
const FARTHEST: i16 = 400;

impl Amount {
    /// Zero.
    pub(crate) const ZERO: Self = Self { mantissa: 0, exponent: 0, divisor: 1 };

    /// `mantissa * 10^exponent`, unless that is out of bounds.
    pub(crate) fn new(mantissa: i128, exponent: i16) -> Option<Self> {
        Self { mantissa, exponent, divisor: 1 }.normal()
    }

    /// A whole number.
    pub(crate) fn whole(number: u64) -> Self {
        let (mut mantissa, mut exponent) = (i128::from(number), 0);
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        Self { mantissa, exponent, divisor: 1 }
    }

    /// The amount that `whole` and `decimals` write, both ASCII digits; none when it has more than 37 digits.
    pub(crate) fn from_digits(whole: &str, decimals: &str) -> Option<Self> {
        let decimals = decimals.trim_end_matches('0');
        let digits = whole.trim_start_matches('0').len() + decimals.len();
        if digits > 37 {
            return None;
        }
        let mantissa = whole.bytes().chain(decimals.bytes()).fold(0, |sum, byte| sum * 10 + i128::from(byte - b'0'));
        Self::new(mantissa, -i16::try_from(decimals.len()).ok()?)
    }

    fn normal(mut self) -> Option<Self> {
        if self.mantissa == 0 {
            return Some(Self::ZERO);
        }
        let common = gcd(self.mantissa.unsigned_abs(), u128::from(self.divisor));
        self.mantissa /= i128::try_from(common).ok()?;
        self.divisor = (u128::from(self.divisor) / common) as u32;
        // Twos and fives of the divisor are decimals.
        for (factor, other) in [(2, 5), (5, 2)] {
            while self.divisor.is_multiple_of(factor) {
                self.divisor /= factor;
                self.mantissa = self.mantissa.checked_mul(other)?;
                self.exponent -= 1;
            }
        }
        while self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        (self.exponent.abs() <= FARTHEST).then_some(self)
    }

    /// Times ten to the power of `places`.
    pub(crate) fn shifted(self, places: i16) -> Option<Self> {
        Self { exponent: self.exponent.checked_add(places)?, ..self }.normal()
    }

    /// The `divisor`th part of it.
    pub(crate) fn divided(self, divisor: u32) -> Option<Self> {
        let divisor = self.divisor.checked_mul(divisor)?;
        (divisor > 0).then_some(Self { divisor, ..self })?.normal()
    }

    /// The sum of both, unless it is out of bounds.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        if self == Self::ZERO || other == Self::ZERO {
            return Some(if self == Self::ZERO { other } else { self });
        }
        let exponent = self.exponent.min(other.exponent);
        let divisor = self.divisor.checked_mul(other.divisor)?;
        let part = |amount: Self, factor: u32| {
            let scale = 10_i128.checked_pow(u32::from((amount.exponent - exponent).unsigned_abs()))?;
            amount.mantissa.checked_mul(scale)?.checked_mul(i128::from(factor))
        };
        let mantissa = part(self, other.divisor)?.checked_add(part(other, self.divisor)?)?;
        Self { mantissa, exponent, divisor }.normal()
    }

    /// The product of both, unless it is out of bounds.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(other.mantissa)?;
        let divisor = self.divisor.checked_mul(other.divisor)?;
        Self { mantissa, exponent: self.exponent.checked_add(other.exponent)?, divisor }.normal()
    }

    /// The same amount below zero.
    pub(crate) fn negative(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// As a whole number from 0 up to `limit`, if it is one.
    pub(crate) fn to_whole(self, limit: u64) -> Option<u64> {
        if self.divisor != 1 || !(0..=38).contains(&self.exponent) {
            return None;
        }
        let scale = 10_i128.checked_pow(u32::from(self.exponent.unsigned_abs()))?;
        let whole = self.mantissa.checked_mul(scale)?;
        u64::try_from(whole).ok().filter(|whole| *whole <= limit)
    }

    /// Whether it is less than `other`; false where the two cannot be compared exactly.
    pub(crate) fn is_less(self, other: Self) -> bool {
        self.plus(other.negative()).is_some_and(|difference| difference.mantissa < 0)
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let places = usize::from(self.exponent.unsigned_abs());
        if self.exponent >= 0 {
            write!(f, "{sign}{digits}{}", "0".repeat(places))?;
        } else {
            let digits = format!("{digits:0>width$}", width = places + 1);
            let (whole, decimals) = digits.split_at(digits.len() - places);
            write!(f, "{sign}{whole}.{decimals}")?;
        }
        if self.divisor > 1 { write!(f, "/{}", self.divisor) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(whole: &str, decimals: &str) -> Amount {
        Amount::from_digits(whole, decimals).unwrap()
    }

    #[test]
    fn one_value_has_one_form() {
        assert_eq!(amount("1", "2").shifted(6), Some(Amount::whole(1_200_000)));
        assert_eq!(amount("0012", "500"), amount("12", "5"));
        assert_eq!(Amount::whole(1).divided(2), Some(amount("0", "5")));
        assert_eq!(Amount::whole(4).divided(6), Amount::whole(2).divided(3));
        assert_eq!(
            Amount::whole(1).divided(3).unwrap().plus(Amount::whole(2).divided(3).unwrap()),
            Some(Amount::whole(1))
        );
        assert_ne!(Amount::whole(12), Amount::whole(21));
        assert_ne!(Amount::whole(5), Amount::whole(5).negative());
    }

    #[test]
    fn what_is_out_of_bounds_is_none() {
        assert_eq!(Amount::from_digits(&"9".repeat(38), ""), None);
        assert_eq!(amount("1", "").shifted(i16::MAX), None);
        assert_eq!(amount(&"9".repeat(37), "").times(amount(&"9".repeat(37), "")), None);
        assert_eq!(Amount::whole(1).divided(0), None);
    }

    #[test]
    fn amounts_read_as_written() {
        for (amount, shown) in [
            (Amount::ZERO, "0"),
            (amount("1200", ""), "1200"),
            (amount("0", "05"), "0.05"),
            (amount("3", "5").negative(), "-3.5"),
            (Amount::whole(2).divided(3).unwrap(), "2/3"),
        ] {
            assert_eq!(amount.to_string(), shown);
        }
    }

    proptest! {
        #[test]
        fn sums_and_comparisons_are_those_of_integers(a in 0_u64..1 << 40, b in 0_u64..1 << 40) {
            let (x, y) = (Amount::whole(a), Amount::whole(b));
            prop_assert_eq!(x.plus(y), Some(Amount::whole(a + b)));
            prop_assert_eq!(x.is_less(y), a < b);
            prop_assert_eq!(x == y, a == b);
            prop_assert_eq!(x.to_whole(u64::MAX), Some(a));
        }
    }
}
