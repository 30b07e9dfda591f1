//! Where things stand, for people: line numbers, and where sentences begin.

use crate::span::Span;

/// Line numbers of a text. Lines end with a line feed.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Byte of every line feed.
    ends: Vec<usize>,
}

impl Lines {
    /// Reads `text` once. Cost: linear, vectorised.
    pub fn new(text: &str) -> Self {
        Self { ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    /// Number of the line that byte `offset` lies in, counted from 1. Cost: logarithmic.
    pub fn of(&self, offset: usize) -> usize {
        self.ends.partition_point(|&end| end < offset) + 1
    }
}

/// Where the sentences of a text begin, white space before them aside.
#[derive(Debug, Clone)]
pub(super) struct SentenceStarts(Vec<usize>);

impl SentenceStarts {
    /// Of the sentences of `text`, in order. Cost: linear in them.
    pub fn new(text: &str, sentences: impl IntoIterator<Item = Span>) -> Self {
        Self(sentences.into_iter().map(|sentence| sentence.trimmed(text).start).collect())
    }

    /// True when nothing but white space lies between byte `offset` and the sentence that begins there.
    pub fn begins(&self, text: &str, offset: usize) -> bool {
        let next = self.0.partition_point(|&start| start < offset);
        self.0.get(next).is_some_and(|&start| text[offset..start].trim().is_empty())
    }

    /// The starts after the first word of `span` and before its end.
    pub fn inside(&self, text: &str, span: Span) -> &[usize] {
        let begin = span.trimmed(text).start;
        let first = self.0.partition_point(|&start| start <= begin);
        let end = self.0.partition_point(|&start| start < span.end);
        &self.0[first..end.max(first)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::new("ab\n\ncd");
        assert_eq!([0, 2, 3, 4, 6].map(|offset| lines.of(offset)), [1, 1, 2, 3, 3]);
    }
}
