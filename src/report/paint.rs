//! Lines on a terminal: runs with their looks, measured in columns, painted or not.

use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// How a run of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// As it is.
    Plain,
    /// Only in A: between `[-` and `-]`.
    Gone,
    /// Only in B: between `{+` and `+}`.
    New,
    /// As `Gone`, where that changes the meaning.
    GoneChanged,
    /// As `New`, where that changes the meaning.
    NewChanged,
    /// Said by the report, not by the texts.
    Faint,
    /// Stands out.
    Strong,
    /// A warning.
    Warning,
    /// A change that matters.
    Material,
    /// A change worth a note.
    Notable,
    /// In the colour of verbatim passages.
    Verbatim,
    /// In the colour of edited passages.
    Edited,
    /// In the colour of reworded passages.
    Reworded,
}

impl Mark {
    /// What is written before and after a run, so that marks do not depend on colour.
    pub const fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Gone | Self::GoneChanged => ("[-", "-]"),
            Self::New | Self::NewChanged => ("{+", "+}"),
            _ => ("", ""),
        }
    }

    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Gone => color(AnsiColor::Red),
            Self::New => color(AnsiColor::Green),
            Self::GoneChanged => color(AnsiColor::Red).bold().underline(),
            Self::NewChanged => color(AnsiColor::Green).bold().underline(),
            Self::Faint => Style::new().dimmed(),
            Self::Strong => Style::new().bold(),
            Self::Warning => color(AnsiColor::Yellow).bold(),
            Self::Material => color(AnsiColor::Red).bold(),
            Self::Notable => color(AnsiColor::Yellow).bold(),
            Self::Verbatim => color(AnsiColor::Blue),
            Self::Edited => color(AnsiColor::Yellow),
            Self::Reworded => color(AnsiColor::Magenta),
        }
    }
}

/// A run of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub mark: Mark,
}

/// One line on the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub pieces: Vec<Piece>,
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

    /// Puts `piece` at the end, with the last run where they look alike.
    pub fn append(&mut self, piece: Piece) {
        self.width += width(&piece.text);
        match self.pieces.last_mut() {
            Some(last) if last.mark == piece.mark => last.text.push_str(&piece.text),
            _ => self.pieces.push(piece),
        }
    }

    /// Drops the spaces it ends with.
    pub fn trim_end(&mut self) {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
