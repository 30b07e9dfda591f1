//! Pieces of text on their way into the page, cut into lines, segments, and what changes are about.

use super::marks::Marks;
use crate::span::Span;
use std::fmt;

/// Punctuation that belongs to the words before it: a label does not come between.
const CLOSING: &str = ".,;:!?)]}»”’…。，、；：！？）」』】》";

/// The element around changed words.
pub(super) struct Mark {
    pub element: &'static str,
    pub attributes: String,
}

/// Writes pieces of text, opening and closing lines and fragments of segments as they come.
pub(super) struct Fragments<'w, 'f> {
    f: &'w mut fmt::Formatter<'f>,
    text: &'w str,
    /// Number of the last line opened.
    line: usize,
    in_line: bool,
    in_segment: bool,
    /// Attributes of the segment's fragments.
    attributes: String,
    /// Not yet written: it waits for the first word.
    label: String,
    /// What changes are about.
    marks: Marks,
}

impl<'w, 'f> Fragments<'w, 'f> {
    pub fn new(f: &'w mut fmt::Formatter<'f>, text: &'w str, marks: Marks) -> Self {
        let (attributes, label) = (String::new(), String::new());
        Self { f, text, line: 0, in_line: false, in_segment: false, attributes, label, marks }
    }

    /// A segment with these attributes and this label is to follow.
    pub fn begin(&mut self, attributes: String, label: String) {
        self.attributes = attributes;
        self.label = label;
    }

    fn open(&mut self) -> fmt::Result {
        if !self.in_line {
            self.line += 1;
            write!(self.f, "<div class=\"l\" dir=\"auto\" data-l=\"{}\">", self.line)?;
            self.in_line = true;
        }
        if !self.in_segment {
            write!(self.f, "<span {}>", self.attributes)?;
            self.in_segment = true;
        }
        Ok(())
    }

    /// Closes what is open of the segment.
    pub fn end_segment(&mut self) -> fmt::Result {
        if std::mem::take(&mut self.in_segment) { self.f.write_str("</span>") } else { Ok(()) }
    }

    /// Closes the line, if one is open.
    pub fn end_line(&mut self) -> fmt::Result {
        if std::mem::take(&mut self.in_line) { self.f.write_str("</div>") } else { Ok(()) }
    }

    /// Writes `span`, cut into lines.
    pub fn piece(&mut self, span: Span, mark: Option<&Mark>) -> fmt::Result {
        let mut start = span.start;
        while start < span.end {
            let rest = &self.text.as_bytes()[start..span.end];
            let end = memchr::memchr(b'\n', rest).map_or(span.end, |at| start + at + 1);
            self.open()?;
            self.labelled(Span::new(start, end), mark)?;
            if self.text.as_bytes()[end - 1] == b'\n' {
                self.end_segment()?;
                self.end_line()?;
            }
            start = end;
        }
        Ok(())
    }

    /// Writes `span`, inside one line, with the label before its first word if that still waits.
    fn labelled(&mut self, span: Span, mark: Option<&Mark>) -> fmt::Result {
        let rest = span.of(self.text).trim_start_matches(|c: char| c.is_whitespace() || CLOSING.contains(c));
        if self.label.is_empty() || rest.is_empty() {
            return self.marked(span, mark);
        }
        let word = span.end - rest.len();
        self.marked(Span::new(span.start, word), mark)?;
        self.f.write_str(&std::mem::take(&mut self.label))?;
        self.marked(Span::new(word, span.end), mark)
    }

    fn marked(&mut self, span: Span, mark: Option<&Mark>) -> fmt::Result {
        if span.is_empty() {
            return Ok(());
        }
        let Some(Mark { element, attributes }) = mark else { return self.marks.write(self.f, self.text, span) };
        write!(self.f, "<{element}{attributes}>")?;
        self.marks.write(self.f, self.text, span)?;
        write!(self.f, "</{element}>")
    }

    /// Writes what changes are about at the very end of the text.
    pub fn end(&mut self) -> fmt::Result {
        self.marks.gaps(self.f, self.text.len())
    }

    /// Marks that only the other side has words at byte `at`.
    pub fn gap(&mut self, at: usize, title: &str) -> fmt::Result {
        self.open()?;
        self.f.write_str(&std::mem::take(&mut self.label))?;
        self.marks.gaps(self.f, at)?;
        write!(self.f, "<i class=\"gap\"{title}></i>")
    }
}
