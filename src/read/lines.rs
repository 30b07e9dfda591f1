//! Lines of an input, numbered, each under a limit.

use std::io::{self, BufRead};

/// Reads lines without ever holding one that is over the limit. A byte-order mark and `\n` are left out.
pub(super) struct Lines<R> {
    reader: R,
    limit: usize,
    number: usize,
    buffer: Vec<u8>,
}

/// A line of a [`Lines`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'l> {
    /// Its bytes.
    Bytes(&'l [u8]),
    /// Over the limit, and passed over.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R, limit: usize) -> Self {
        Self { reader, limit, number: 0, buffer: Vec::new() }
    }

    pub fn get_ref(&self) -> &R {
        &self.reader
    }

    /// The next line with its number, counted from 1; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<(usize, Line<'_>)>> {
        self.buffer.clear();
        let mut long = false;
        let mut any = false;
        loop {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', available);
            let piece = &available[..end.unwrap_or(available.len())];
            long = long || self.buffer.len() + piece.len() > self.limit;
            if !long {
                self.buffer.extend_from_slice(piece);
            }
            let used = piece.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some((self.number, if long { Line::TooLong } else { Line::Bytes(self.without_mark()) })))
    }

    fn without_mark(&self) -> &[u8] {
        match self.number {
            1 => self.buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.buffer),
            _ => &self.buffer,
        }
    }
}

/// The line without the `\r` of a `\r\n`.
pub(super) fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The encoding that a mark of two bytes on the first line states: its lines cannot be told apart as bytes.
pub(super) fn wide_mark(line: &[u8]) -> Option<&'static str> {
    match line {
        [0xff, 0xfe, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    /// Every line as text, `None` where it was over `limit`; `buffer` bytes are read at once.
    fn lines(input: &[u8], limit: usize, buffer: usize) -> Vec<Option<Vec<u8>>> {
        let mut lines = Lines::new(BufReader::with_capacity(buffer, input), limit);
        let mut all = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            assert_eq!(number, all.len() + 1);
            all.push(match line {
                Line::Bytes(bytes) => Some(bytes.to_vec()),
                Line::TooLong => None,
            });
        }
        all
    }

    #[test]
    fn the_mark_and_line_ends_are_left_out() {
        let some = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(lines(b"\xef\xbb\xbfa\r\n\nb", 9, 2), [some("a\r"), some(""), some("b")]);
        assert_eq!(lines(b"a\n", 9, 2), [some("a")]);
        assert_eq!(lines(b"", 9, 2), []);
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over_and_the_next_is_read() {
        assert_eq!(lines(b"abcd\nabc\n", 3, 2), [None, Some(b"abc".to_vec())]);
    }

    proptest! {
        #[test]
        fn any_buffer_gives_the_lines_that_splitting_gives(input in "[a\r\n]{0,40}", buffer in 1usize..9) {
            let mut expected: Vec<_> = input.split('\n').collect();
            if expected.last() == Some(&"") {
                expected.pop();
            }
            let expected: Vec<_> = expected.iter().map(|line| Some(line.as_bytes().to_vec())).collect();
            prop_assert_eq!(lines(input.as_bytes(), 99, buffer), expected);
        }
    }
}
