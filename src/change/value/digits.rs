//! Numbers written in digits: which marks part thousands, and which one parts decimals.
//!
//! - Spaces, apostrophes, low lines and the Arabic mark (٬) part groups of three; the Arabic decimal mark (٫) parts decimals.
//! - A comma or point that comes twice parts groups; two different marks part groups and then decimals: 1.234.567,8.
//!   Indian groups (1,00,000) are known.
//! - One comma or point with three digits after it could be either. A comma parts thousands and a point decimals,
//!   unless the text is in a language that has it the other way round. What is read as decimals may still be thousands
//!   (1.234 for 1,234): that reading is kept beside the first. In all other places one comma or point parts decimals.
//! - Points that fit none of this (3.2.1) are a version or a numbered section: no number.

use super::amount::Amount;
use super::glyphs::{Glyphs, Sort};

/// Most groups that one number has.
const GROUPS: usize = 14;

/// Digits read as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digits {
    /// Glyph after the last digit.
    pub end: usize,
    /// What they say; none where it has more digits than an amount can hold.
    pub amount: Option<Amount>,
    /// What decimals would say as thousands.
    pub other: Option<Amount>,
    /// Digits, when no mark parts them.
    pub plain: Option<usize>,
}

/// What begins with a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numeric {
    Number(Digits),
    /// A version or the like, and the glyph after it.
    Version(usize),
}

/// How the marks of a number are read: how many groups are whole, and whether the next one is decimals.
#[derive(Debug, Clone, Copy)]
struct Layout {
    whole: usize,
    decimals: bool,
}

struct Groups<'g, 't> {
    glyphs: &'g Glyphs<'t>,
    /// First and one-past-last glyph of each.
    spans: Vec<(usize, usize)>,
    marks: Vec<char>,
}

/// Reads the digits at `at`, where one stands. `comma` tells whether the text writes decimals with a comma. Cost: linear in
/// what is read; no more than a fixed number of groups is looked at.
pub(crate) fn read(glyphs: &Glyphs, at: usize, comma: impl Fn() -> bool) -> Numeric {
    let groups = Groups::new(glyphs, at);
    let fits = groups.layouts();
    match fits {
        [Some(whole), Some(decimal)] => {
            let parts_decimals = (groups.marks[0] == ',') == comma();
            let other = parts_decimals.then(|| groups.number(whole).amount).flatten();
            Numeric::Number(Digits { other, ..groups.number(if parts_decimals { decimal } else { whole }) })
        }
        [Some(only), None] => Numeric::Number(groups.number(only)),
        _ if groups.marks.contains(&'.') => Numeric::Version(groups.end()),
        _ => Numeric::Number(groups.number(Layout { whole: 1, decimals: false })),
    }
}

impl<'g, 't> Groups<'g, 't> {
    fn new(glyphs: &'g Glyphs<'t>, at: usize) -> Self {
        let mut groups = Self { glyphs, spans: vec![(at, run_end(glyphs, at))], marks: Vec::new() };
        while groups.spans.len() < GROUPS && groups.goes_on() {
            let start = groups.end() + 1;
            groups.marks.push(glyphs.c(start - 1));
            groups.spans.push((start, run_end(glyphs, start)));
        }
        groups
    }

    /// Glyph after the last group.
    fn end(&self) -> usize {
        self.spans[self.spans.len() - 1].1
    }

    /// Whether a mark and another group follow.
    fn goes_on(&self) -> bool {
        let end = self.end();
        let (mark, next) = (self.glyphs.c(end), end + 1);
        if self.glyphs.sort(next) != Sort::Digit {
            return false;
        }
        match mark {
            ',' | '.' | '\'' | '٬' | '٫' => true,
            '_' => self.marks.iter().all(|&mark| mark == '_'),
            ' ' => {
                let lead = self.spans[0].1 - self.spans[0].0;
                let three = run_end(self.glyphs, next) - next == 3;
                three
                    && lead <= 3
                    && self.glyphs.c(self.spans[0].0) != '0'
                    && self.marks.iter().all(|&mark| mark == ' ')
            }
            _ => false,
        }
    }

    fn len(&self, group: usize) -> usize {
        self.spans[group].1 - self.spans[group].0
    }

    /// Whether the first `count` groups are parted into thousands by `mark`.
    fn is_grouped(&self, count: usize, mark: char) -> bool {
        if self.marks[..count - 1].iter().any(|&other| other != mark) {
            return false;
        }
        if mark == '_' {
            return true;
        }
        let lead = self.len(0);
        let thousands = lead <= 3 && (1..count).all(|group| self.len(group) == 3);
        let indian = mark == ','
            && count > 2
            && lead <= 2
            && (1..count - 1).all(|group| self.len(group) == 2)
            && self.len(count - 1) == 3;
        (thousands || indian) && self.glyphs.c(self.spans[0].0) != '0'
    }

    /// The readings that fit: where two do, whole first.
    fn layouts(&self) -> [Option<Layout>; 2] {
        let count = self.spans.len();
        let Some((&last, before)) = self.marks.split_last() else {
            return [Some(Layout { whole: 1, decimals: false }), None];
        };
        let whole = Layout { whole: count, decimals: false };
        let decimal = Layout { whole: count - 1, decimals: true };
        let can_part_decimals = matches!(last, ',' | '.' | '٫');
        match before {
            [] if matches!(last, ',' | '.') && self.is_grouped(count, last) => [Some(whole), Some(decimal)],
            [] if can_part_decimals => [Some(decimal), None],
            _ if self.is_grouped(count, last) => [Some(whole), None],
            [first, ..] if can_part_decimals && *first != last && self.is_grouped(count - 1, *first) => {
                [Some(decimal), None]
            }
            _ => [None, None],
        }
    }

    fn number(&self, layout: Layout) -> Digits {
        let digits = |(start, end)| self.glyphs.folded(start, end);
        let whole: String = self.spans[..layout.whole].iter().copied().map(digits).collect();
        let last = layout.whole - usize::from(!layout.decimals);
        let decimals = if layout.decimals { digits(self.spans[last]) } else { String::new() };
        Digits {
            end: self.spans[last].1,
            amount: Amount::from_digits(&whole, &decimals),
            other: None,
            plain: (last == 0).then_some(whole.len()),
        }
    }
}

fn run_end(glyphs: &Glyphs, mut at: usize) -> usize {
    while glyphs.sort(at) == Sort::Digit {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, comma: bool) -> String {
        match read(&Glyphs::new(text), 0, || comma) {
            Numeric::Version(end) => format!("version {end}"),
            Numeric::Number(Digits { end, amount, other, .. }) => {
                let other = other.map_or(String::new(), |other| format!(" or {other}"));
                format!("{}{other} to {end}", amount.map_or("too long".to_owned(), |amount| amount.to_string()))
            }
        }
    }

    #[test]
    fn marks_are_read_by_the_stated_rules() {
        for (text, expected) in [
            ("120", "120 to 3"),
            ("1,200,000", "1200000 to 9"),
            ("1.200.000", "1200000 to 9"),
            ("1 200 000", "1200000 to 9"),
            ("1\u{202F}200", "1200 to 5"),
            ("1'200", "1200 to 5"),
            ("1’200.50", "1200.5 to 8"),
            ("1_2000", "12000 to 6"),
            ("1,00,000", "100000 to 8"),
            ("1.234,5", "1234.5 to 7"),
            ("1,234.5", "1234.5 to 7"),
            ("1 234,5", "1234.5 to 7"),
            ("3,5", "3.5 to 3"),
            ("3.50", "3.5 to 4"),
            ("٣٫٥", "3.5 to 3"),
            ("१२३", "123 to 3"),
            ("1.234", "1.234 or 1234 to 5"),
            ("1,234", "1234 to 5"),
            ("0.125", "0.125 to 5"),
            ("3.2.1", "version 5"),
            ("1,2,3", "1 to 1"),
            ("2024 300", "2024 to 4"),
            ("12, 13", "12 to 2"),
            ("5.", "5 to 1"),
        ] {
            assert_eq!(shown(text, false), expected, "{text:?}");
        }
        assert_eq!(shown("1.234", true), "1234 to 5");
        assert_eq!(shown("1,234", true), "1.234 or 1234 to 5");
    }

    #[test]
    fn a_hundred_thousand_digits_are_no_amount() {
        assert_eq!(shown(&"7".repeat(100_000), false), "too long to 100000");
        assert_eq!(shown(&"1,".repeat(100_000), false), "1 to 1");
    }
}
