//! Half-open ranges of a text, in bytes inside the library and in Unicode code points in every exported format.

use serde::{Deserialize, Serialize};
use std::ops::{Add, Range};

/// A half-open range of bytes of a document's text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// True when no byte lies in the span.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// As a range, to slice the text with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of `text` it covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the two overlap. An empty one does inside of another, not at its ends.
    pub(crate) fn meets(self, other: Self) -> bool {
        meet(&self.range(), &other.range())
    }

    /// Whether all of the other lies in it.
    pub(crate) fn holds(self, other: Self) -> bool {
        hold(&self.range(), &other.range())
    }

    /// The least span that holds both.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span without the white space that it begins and ends with in `text`; empty where it holds nothing else.
    ///
    /// ```
    /// assert_eq!(likewise::Span::new(0, 6).trimmed(" two. "), likewise::Span::new(1, 5));
    /// ```
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text).trim_end();
        let end = self.start + inside.len();
        Self::new(end - inside.trim_start().len(), end)
    }
}

/// [`Span::meets`] for other ranges, as those of tokens.
pub(crate) fn meet<T: PartialOrd>(x: &Range<T>, y: &Range<T>) -> bool {
    x.start < y.end && y.start < x.end
}

/// [`Span::holds`] for other ranges, as those of tokens.
pub(crate) fn hold<T: PartialOrd>(x: &Range<T>, y: &Range<T>) -> bool {
    x.start <= y.start && y.end <= x.end
}

/// Whether two ranges meet, or no more than `gap` lies between them; without a gap, whether they touch.
pub(crate) fn are_near<T: PartialOrd + Add<Output = T> + Copy>(x: &Range<T>, y: &Range<T>, gap: T) -> bool {
    x.start <= y.end + gap && y.start <= x.end + gap
}

/// Distance in bytes between two remembered places of [`CharOffsets`].
const STRIDE: usize = 256;

/// Turns byte offsets of one text into code points. ASCII texts need no table; others keep one count every 256 bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CharOffsets {
    /// Code points before byte `i * STRIDE`; empty for an ASCII text.
    counts: Vec<u32>,
    chars: usize,
}

impl CharOffsets {
    /// Reads `text` once. Cost: linear, vectorised.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { counts: Vec::new(), chars: text.len() };
        }
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            counts.push(chars as u32);
            chars += starts(block);
        }
        Self { counts, chars }
    }

    /// Code points in the text.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// Code points before byte `offset` of `text`, the text this was made from. Cost: constant.
    pub fn of(&self, text: &str, offset: usize) -> usize {
        if self.counts.is_empty() || offset >= text.len() {
            return if offset >= text.len() { self.chars } else { offset };
        }
        let block = offset / STRIDE;
        self.counts[block] as usize + starts(&text.as_bytes()[block * STRIDE..offset])
    }
}

/// How many characters begin in `bytes`.
pub(crate) fn starts(bytes: &[u8]) -> usize {
    // Counted in bytes over stretches short enough for one, which vectorises.
    let stretches =
        bytes.chunks(128).map(|stretch| stretch.iter().map(|&byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>());
    stretches.map(usize::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_counting(text in "(\\PC|[a-z]){0,900}") {
            let offsets = CharOffsets::new(&text);
            prop_assert_eq!(offsets.chars(), text.chars().count());
            for (at, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.of(&text, byte), at);
            }
            prop_assert_eq!(offsets.of(&text, text.len()), text.chars().count());
        }
    }
}
