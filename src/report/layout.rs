//! Text on a terminal: marked runs, wrapped at places each script allows.

use super::paint::{Line, Mark, Piece};
use super::visible;
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Text to be wrapped, with its marks. What goes in is made visible first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    text: String,
    /// Where each run ends, and how it looks; neighbours differ.
    runs: Vec<(usize, Mark)>,
}

impl Paragraph {
    /// A paragraph of one run.
    pub fn of(text: &str, mark: Mark) -> Self {
        let mut paragraph = Self::default();
        paragraph.push(text, mark);
        paragraph
    }

    /// Appends document text. White space at the ends of a marked run stays outside the mark.
    pub fn push(&mut self, text: &str, mark: Mark) {
        let shown = visible(text);
        let inside = shown.trim_matches(' ');
        if shown.starts_with(' ') {
            self.space();
        }
        self.extend(inside, mark);
        if shown.ends_with(' ') {
            self.space();
        }
    }

    /// True when nothing but white space is in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Its runs, in order.
    pub fn runs(&self) -> impl Iterator<Item = (&str, Mark)> {
        let starts = std::iter::once(0).chain(self.runs.iter().map(|&(end, _)| end));
        self.runs.iter().zip(starts).map(|(&(end, mark), start)| (&self.text[start..end], mark))
    }

    /// How its runs look, in order.
    #[cfg(test)]
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        self.runs.iter().map(|&(_, mark)| mark)
    }

    /// Bytes in it.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.extend(" ", Mark::Plain);
        }
    }

    fn extend(&mut self, text: &str, mark: Mark) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        match self.runs.last_mut() {
            Some((end, last)) if *last == mark => *end = self.text.len(),
            _ => self.runs.push((self.text.len(), mark)),
        }
    }

    /// The part that fills more than one line of `columns`.
    fn beginning(&self, columns: usize) -> Self {
        // A column takes several characters where they combine, but no writing needs this many.
        let Some((end, _)) = self.text.char_indices().nth(columns * 8) else { return self.clone() };
        let runs = self.runs.partition_point(|&(run_end, _)| run_end < end);
        let mut beginning = Self { text: self.text[..end].to_owned(), runs: self.runs[..=runs].to_vec() };
        beginning.runs[runs].0 = end;
        beginning
    }

    /// Lines of at most `columns`, at least one.
    pub fn wrap(&self, columns: usize) -> Vec<Line> {
        let mut lines = Wrapping { columns: columns.max(2), done: Vec::new(), line: Line::default() };
        let segmenter = LineSegmenter::new_dictionary(line_breaks(&self.text));
        let mut start = 0;
        for end in segmenter.segment_str(&self.text).filter(|&end| end > 0) {
            lines.add(self.pieces(start..end));
            start = end;
        }
        lines.finish()
    }

    /// The runs in `range`, with the signs of those that begin or end in it.
    fn pieces(&self, range: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = self.runs.partition_point(|&(end, _)| end <= range.start);
        while let Some(&(run_end, mark)) = self.runs.get(at) {
            let run_start = if at == 0 { 0 } else { self.runs[at - 1].0 };
            if run_start >= range.end {
                break;
            }
            let (start, end) = (run_start.max(range.start), run_end.min(range.end));
            let (open, close) = mark.signs();
            let open = if start == run_start { open } else { "" };
            let close = if end == run_end { close } else { "" };
            pieces.push(Piece { text: format!("{open}{}{close}", &self.text[start..end]), mark });
            at += 1;
        }
        pieces
    }
}

/// As much of a paragraph as fits one line of `columns`, with dots where it goes on. Cost: that of the paragraph's
/// beginning, however long it is.
pub(super) fn first_line(paragraph: &Paragraph, columns: usize) -> Line {
    let mut lines = paragraph.beginning(columns).wrap(columns);
    if lines.len() == 1 && lines[0].width() <= columns {
        return lines.swap_remove(0);
    }
    lines = paragraph.beginning(columns).wrap(columns.saturating_sub(2));
    lines.swap_remove(0).and(" …", Mark::Faint)
}

/// Where lines of `text` may break: in Korean between words, as it is printed, though it may break anywhere.
fn line_breaks(text: &str) -> LineBreakOptions<'static> {
    let mut options = LineBreakOptions::default();
    if text.contains(|c| matches!(c, '가'..='힣')) {
        options.word_option = Some(LineBreakWordOption::KeepAll);
    }
    options
}

/// Lines being filled.
struct Wrapping {
    columns: usize,
    done: Vec<Line>,
    line: Line,
}

impl Wrapping {
    /// Puts an unbreakable unit on this line or the next.
    fn add(&mut self, unit: Vec<Piece>) {
        let mut whole = Line::default();
        unit.iter().for_each(|piece| whole.append(piece.clone()));
        whole.trim_end();
        if self.line.width() > 0 && self.line.width() + whole.width() > self.columns {
            self.end_line();
        }
        if whole.width() > self.columns {
            unit.iter().for_each(|piece| self.split(piece));
        } else {
            unit.into_iter().for_each(|piece| self.line.append(piece));
        }
    }

    /// Breaks a unit that is longer than a line wherever the line is full, but not before a combining mark.
    fn split(&mut self, piece: &Piece) {
        for c in piece.text.chars() {
            let columns = c.width().unwrap_or(0);
            if columns > 0 && self.line.width() + columns > self.columns {
                self.end_line();
            }
            self.line.append(Piece { text: c.to_string(), mark: piece.mark });
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.trim_end();
        self.done.push(line);
    }

    fn finish(mut self) -> Vec<Line> {
        if self.line.width() > 0 || self.done.is_empty() {
            self.end_line();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    fn wrapped(runs: &[(&str, Mark)], columns: usize) -> Vec<String> {
        let mut paragraph = Paragraph::default();
        runs.iter().for_each(|(text, mark)| paragraph.push(text, *mark));
        texts(&paragraph.wrap(columns))
    }

    #[test]
    fn words_wrap_and_signs_stay_with_them() {
        let runs = [("relations are ", Mark::Plain), ("very old ", Mark::Gone), ("and good", Mark::Plain)];
        assert_eq!(wrapped(&runs, 80), ["relations are [-very old-] and good"]);
        assert_eq!(wrapped(&runs, 20), ["relations are [-very", "old-] and good"]);
        assert_eq!(wrapped(&runs, 19), ["relations are", "[-very old-] and", "good"]);
    }

    #[test]
    fn east_asian_characters_take_two_columns_and_full_stops_start_no_line() {
        assert_eq!(wrapped(&[("重视两国关系。愿", Mark::Plain)], 12), ["重视两国关", "系。愿"]);
    }

    #[test]
    fn korean_breaks_between_words() {
        assert_eq!(wrapped(&[("한반도 정세와 양국", Mark::Plain)], 11), ["한반도", "정세와 양국"]);
    }

    #[test]
    fn thai_breaks_between_words() {
        assert_eq!(wrapped(&[("ภาษาไทยง่าย", Mark::Plain)], 8), ["ภาษาไทย", "ง่าย"]);
    }

    #[test]
    fn long_words_are_broken() {
        assert_eq!(wrapped(&[("abcdefghij kl", Mark::New)], 8), ["{+abcdef", "ghij", "kl+}"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_keep_every_character(text in "([a-z]{1,12}|[ ,.。東ไทย😀é]){0,60}", columns in 2usize..40) {
            let lines = Paragraph::of(&text, Mark::Plain).wrap(columns);
            prop_assert!(lines.iter().all(|line| line.width() <= columns));
            let kept: String = texts(&lines).concat();
            prop_assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
        }
    }
}
