//! One file per output format of a [`Comparison`], and what they share.
//!
//! Every format is written through [`Format::write`]: to any writer, in one pass, the same bytes for the same
//! comparison. Offsets in what is written are Unicode code points of the text as read, wherever a machine will use
//! them; where a person reads, line numbers stand beside them.

use crate::compare::{Comparison, Side};
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::str::FromStr;

mod aligned;
mod chars;
#[cfg(test)]
mod fixture;
pub mod json;
mod layout;
mod place;
mod summary;
mod text;
mod visible;
mod words;

use visible::visible;

/// Bytes gathered before the writer below is called.
const BUFFER: usize = 256 * 1024;

/// An output format of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For reading on a terminal: summary, passages side by side, what only one side says.
    Text,
    /// Hunks of lines with signs, to be piped.
    Unified,
    /// Everything, as `likewise.comparison/1`.
    Json,
    /// One self-contained page.
    Html,
    /// For an issue or a wiki.
    Markdown,
    /// A row per passage, for a spreadsheet.
    Csv,
    /// The detections of the PAN plagiarism tasks: A is the suspicious document, B the source.
    PanXml,
}

impl Format {
    /// Every format, in the order help texts list them.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Unified, Self::Json, Self::Html, Self::Markdown, Self::Csv, Self::PanXml];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Unified => "unified",
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::PanXml => "pan-xml",
        }
    }

    /// Writes `comparison` to `out`, which need not be buffered, and flushes it.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(self, comparison: &Comparison<'_>, view: &View, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        // Each format's arm arrives with its file.
        match self {
            Self::Text => text::write(comparison, view, &mut out),
            Self::Json => json::write(comparison, &mut out),
            Self::Html => Err(io::Error::from(io::ErrorKind::Unsupported)),
            _ => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }?;
        out.flush()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that names no [`Format`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no format is called {word:?}: use text, unified, json, html, markdown, csv or pan-xml")]
pub struct UnknownFormat {
    /// The word.
    pub word: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == word)
            .ok_or_else(|| UnknownFormat { word: word.to_owned() })
    }
}

/// How a report for people is laid out; formats for machines ignore it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Columns to fill, at least [`View::NARROWEST`].
    pub width: usize,
    /// Colour by ANSI escapes; without it no escape is written.
    pub color: bool,
    /// Show everything: no folding of long equal runs, no limit on what is listed.
    pub full: bool,
}

impl View {
    /// The narrowest layout; a smaller width is taken as this.
    pub const NARROWEST: usize = 20;
}

impl Default for View {
    fn default() -> Self {
        Self { width: 80, color: false, full: false }
    }
}

/// What a report calls a document: the path it was read from, else its id.
fn title(side: &Side<'_>) -> String {
    match &side.document.path {
        Some(path) => path.display().to_string(),
        None => side.document.id.clone(),
    }
}

/// A similarity or share as exported: rounded to four decimals, the same on every platform.
fn round4(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// A share as people read it: a whole per cent, but never `0 %` for some or `100 %` for less than all.
fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        _ if share <= 0.0 => "0 %".to_owned(),
        _ if share >= 1.0 => "100 %".to_owned(),
        rounded if rounded < 1.0 => "<1 %".to_owned(),
        rounded if rounded > 99.0 => ">99 %".to_owned(),
        rounded => format!("{rounded} %"),
    }
}

/// A count with the thousands set off by commas.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `text` with its first letter a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A count of things that take an s: `1 word`, `1,200 words`.
fn count(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_their_names() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!("PDF".parse::<Format>(), Err(UnknownFormat { word: "PDF".to_owned() }));
    }

    #[test]
    fn percentages_tell_some_from_none_and_most_from_all() {
        let said: Vec<_> = [0.0, 0.001, 0.01, 0.335, 0.994, 0.996, 1.0].into_iter().map(percent).collect();
        assert_eq!(said, ["0 %", "<1 %", "1 %", "34 %", "99 %", ">99 %", "100 %"]);
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn similarities_have_four_decimals() {
        assert_eq!(round4(2.0 / 3.0).to_string(), "0.6667");
    }
}
