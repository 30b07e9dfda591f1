//! Text on a terminal: marked runs, wrapped at places each script allows, measured in columns, painted or not.

use super::visible;
use anstyle::{AnsiColor, Style};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use std::io::{self, Write};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a run of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// As it is.
    Plain,
    /// Only in A: between `[-` and `-]`.
    Gone,
    /// Only in B: between `{+` and `+}`.
    New,
    /// Said by the report, not by the texts.
    Faint,
    /// Stands out.
    Strong,
    /// A warning.
    Warning,
    /// In the colour of verbatim passages.
    Verbatim,
    /// In the colour of edited passages.
    Edited,
    /// In the colour of reworded passages.
    Reworded,
}

impl Mark {
    /// What is written before and after a run, so that marks do not depend on colour.
    const fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Gone => ("[-", "-]"),
            Self::New => ("{+", "+}"),
            _ => ("", ""),
        }
    }

    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Gone => color(AnsiColor::Red),
            Self::New => color(AnsiColor::Green),
            Self::Faint => Style::new().dimmed(),
            Self::Strong => Style::new().bold(),
            Self::Warning => color(AnsiColor::Yellow).bold(),
            Self::Verbatim => color(AnsiColor::Blue),
            Self::Edited => color(AnsiColor::Yellow),
            Self::Reworded => color(AnsiColor::Magenta),
        }
    }
}

/// Columns that `text` takes on a terminal: two for East Asian wide characters, none for combining marks.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` in at most `columns`, its middle left out where it is longer.
pub(super) fn fitted(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let head = prefix(text, room / 2);
    let tail = suffix(text, room - width(head));
    format!("{head}…{tail}")
}

/// The longest beginning of `text` that fits `columns`.
fn prefix(text: &str, columns: usize) -> &str {
    let fits = |&(at, c): &(usize, char)| width(&text[..at + c.len_utf8()]) <= columns;
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    &text[..end]
}

/// The longest end of `text` that fits `columns`.
fn suffix(text: &str, columns: usize) -> &str {
    let fits = |&(at, _): &(usize, char)| width(&text[at..]) <= columns;
    let start = text.char_indices().rev().take_while(fits).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

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

/// Where lines of `text` may break: in Korean between words, as it is printed, though it may break anywhere.
fn line_breaks(text: &str) -> LineBreakOptions<'static> {
    let mut options = LineBreakOptions::default();
    if text.contains(|c| matches!(c, '가'..='힣')) {
        options.word_option = Some(LineBreakWordOption::KeepAll);
    }
    options
}

/// A run of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    mark: Mark,
}

/// One line on the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pieces: Vec<Piece>,
    width: usize,
}

impl Line {
    /// A line of one run, as it is.
    pub fn of(text: impl Into<String>, mark: Mark) -> Self {
        Self::default().and(text, mark)
    }

    /// The line, and `text` after it.
    pub fn and(mut self, text: impl Into<String>, mark: Mark) -> Self {
        self.append(Piece { text: text.into(), mark });
        self
    }

    /// The line, and `next` after it.
    pub fn then(mut self, next: Self) -> Self {
        next.pieces.into_iter().for_each(|piece| self.append(piece));
        self
    }

    /// Columns it takes.
    pub fn width(&self) -> usize {
        self.width
    }

    fn append(&mut self, piece: Piece) {
        self.width += width(&piece.text);
        match self.pieces.last_mut() {
            Some(last) if last.mark == piece.mark => last.text.push_str(&piece.text),
            _ => self.pieces.push(piece),
        }
    }

    /// Drops the spaces it ends with.
    fn trim_end(&mut self) {
        while let Some(last) = self.pieces.last_mut() {
            let kept = last.text.trim_end_matches(' ').len();
            self.width -= last.text.len() - kept;
            last.text.truncate(kept);
            if kept > 0 {
                return;
            }
            self.pieces.pop();
        }
    }
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
        if self.line.width > 0 && self.line.width + whole.width > self.columns {
            self.end_line();
        }
        if whole.width > self.columns {
            unit.iter().for_each(|piece| self.split(piece));
        } else {
            unit.into_iter().for_each(|piece| self.line.append(piece));
        }
    }

    /// Breaks a unit that is longer than a line wherever the line is full, but not before a combining mark.
    fn split(&mut self, piece: &Piece) {
        for c in piece.text.chars() {
            let columns = c.width().unwrap_or(0);
            if columns > 0 && self.line.width + columns > self.columns {
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
        if self.line.width > 0 || self.done.is_empty() {
            self.end_line();
        }
        self.done
    }
}

/// Writes lines, in colour or not.
#[derive(Debug)]
pub(super) struct Painter<W> {
    pub out: W,
    pub color: bool,
}

impl<W: Write> Painter<W> {
    /// Writes `line` and ends it.
    pub fn line(&mut self, line: &Line) -> io::Result<()> {
        self.part(line)?;
        self.out.write_all(b"\n")
    }

    /// Writes `line` and fills it with spaces up to `columns`.
    pub fn padded(&mut self, line: &Line, columns: usize) -> io::Result<()> {
        self.part(line)?;
        write!(self.out, "{:1$}", "", columns.saturating_sub(line.width))
    }

    /// Writes `line` without ending it.
    pub fn part(&mut self, line: &Line) -> io::Result<()> {
        for piece in &line.pieces {
            let style = piece.mark.style();
            match self.color && style != Style::new() {
                true => write!(self.out, "{style}{}{style:#}", piece.text)?,
                false => self.out.write_all(piece.text.as_bytes())?,
            }
        }
        Ok(())
    }

    /// Writes an empty line.
    pub fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
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

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(fitted("statements/2017/seoul.txt", 13), "statem…ul.txt");
        assert_eq!(fitted("東京東京", 6), "東…京");
        assert_eq!(fitted("short", 6), "short");
    }

    #[test]
    fn without_colour_no_escape_is_written() {
        let line = Line::of("gone", Mark::Gone).and(" plain", Mark::Plain);
        let painted = |color| {
            let mut painter = Painter { out: Vec::new(), color };
            painter.line(&line).expect("a vector takes all");
            String::from_utf8(painter.out).expect("it is text")
        };
        assert_eq!(painted(false), "gone plain\n");
        assert_eq!(painted(true), "\u{1b}[31mgone\u{1b}[0m plain\n");
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
