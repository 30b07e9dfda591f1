//! Bytes to code points for lists in order.

use crate::check::{Checked, Match};
use crate::comparison::Side;
use crate::span::{CharOffsets, Span, starts};

/// Steps longer than this are looked up instead of counted.
const COUNTED: usize = 256;

/// A text, and its bytes to code points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'c> {
    pub text: &'c str,
    pub offsets: &'c CharOffsets,
}

impl Counted<'_> {
    /// Code points before byte `offset`.
    pub fn chars_before(&self, offset: usize) -> usize {
        self.offsets.of(self.text, offset)
    }

    /// First code point of `span` and one past its last.
    pub fn place(&self, span: Span) -> (usize, usize) {
        (self.chars_before(span.start), self.chars_before(span.end))
    }
}

impl<'c> From<&'c Side<'_>> for Counted<'c> {
    fn from(side: &'c Side<'_>) -> Self {
        Self { text: &side.document.text, offsets: &side.offsets }
    }
}

impl<'c> From<&'c Checked<'_>> for Counted<'c> {
    fn from(checked: &'c Checked<'_>) -> Self {
        Self { text: &checked.article.text, offsets: &checked.offsets }
    }
}

impl<'c> From<&'c Match> for Counted<'c> {
    fn from(found: &'c Match) -> Self {
        Self { text: &found.document.text, offsets: &found.offsets }
    }
}

/// Turns the byte offsets of one text into code points, counting on from the last one asked for. Made for spans in
/// order, where it is several times cheaper than looking each up; right for any order.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'c> {
    counted: Counted<'c>,
    ascii: bool,
    byte: usize,
    chars: usize,
}

impl<'c> Cursor<'c> {
    /// A cursor that stands at byte `offset`.
    pub fn at(counted: impl Into<Counted<'c>>, offset: usize) -> Self {
        let counted = counted.into();
        let ascii = counted.offsets.chars() == counted.text.len();
        Self { counted, ascii, byte: offset, chars: counted.chars_before(offset) }
    }

    /// Code points before byte `offset`. Cost: linear in the step from the last offset, up to a constant.
    pub fn chars_before(&mut self, offset: usize) -> usize {
        if self.ascii {
            return offset;
        }
        self.chars = match offset.checked_sub(self.byte) {
            Some(step) if step <= COUNTED => self.chars + starts(&self.counted.text.as_bytes()[self.byte..offset]),
            _ => self.counted.chars_before(offset),
        };
        self.byte = offset;
        self.chars
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{comparison, only};
    use super::*;

    #[test]
    fn any_order_of_steps_is_counted_right() {
        let text = "aé東😀".repeat(300);
        let pair = comparison(&[only(&text)], &[only("plain")], &[]);
        let mut cursor = Cursor::at(&pair.a, 10);
        for offset in [10, 11, 13, 0, 3, 2000, 2990, 20, text.len()] {
            assert_eq!(cursor.chars_before(offset), text[..offset].chars().count(), "byte {offset}");
        }
        assert_eq!(Cursor::at(&pair.b, 0).chars_before(4), 4);
    }
}
