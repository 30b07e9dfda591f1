//! Bytes to code points for lists in order.

use crate::compare::Side;
use crate::span::starts;

/// Steps longer than this are looked up instead of counted.
const COUNTED: usize = 256;

/// Turns the byte offsets of one text into code points, counting on from the last one asked for. Made for spans in
/// order, where it is several times cheaper than looking each up; right for any order.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'c> {
    side: &'c Side<'c>,
    ascii: bool,
    byte: usize,
    chars: usize,
}

impl<'c> Cursor<'c> {
    /// A cursor that stands at byte `offset`.
    pub fn at(side: &'c Side<'_>, offset: usize) -> Self {
        let ascii = side.chars() == side.document.text.len();
        Self { side, ascii, byte: offset, chars: side.chars_before(offset) }
    }

    /// Code points before byte `offset`. Cost: linear in the step from the last offset, up to a constant.
    pub fn chars_before(&mut self, offset: usize) -> usize {
        if self.ascii {
            return offset;
        }
        self.chars = match offset.checked_sub(self.byte) {
            Some(step) if step <= COUNTED => {
                self.chars + starts(&self.side.document.text.as_bytes()[self.byte..offset])
            }
            _ => self.side.chars_before(offset),
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
