//! One file per output format of a [`Comparison`], and what they share.
//!
//! Every format is written through [`Format::write`]: to any writer, in one pass, the same bytes for the same
//! comparison. Offsets in what is written are Unicode code points of the text as read, wherever a machine will use
//! them; where a person reads, line numbers stand beside them.

use crate::comparison::Comparison;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::str::FromStr;

mod accounting;
mod aligned;
mod changes;
mod chars;
pub mod check;
mod csv;
mod csv_changes;
mod facts;
#[cfg(test)]
mod fixture;
mod html;
pub mod json;
mod layout;
pub mod lines;
mod markdown;
mod moves;
mod paint;
mod pan_xml;
mod place;
mod text;
mod tiles;
mod unified;
mod visible;
mod which;
mod wording;
mod words;

pub use csv::plain_cell;
pub use html::{corpus, write_page_of};
use visible::visible;
use wording::{capital, count, grouped, percent, title};

/// Bytes gathered before the writer below is called.
const BUFFER: usize = 256 * 1024;

/// An output format of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For reading on a terminal: summary, changes, passages side by side, what only one side says.
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
    /// A row per change of meaning, for a spreadsheet.
    CsvChanges,
    /// The detections of the PAN plagiarism tasks: A is the suspicious document, B the source.
    PanXml,
}

impl Format {
    /// Every format, in the order help texts list them.
    pub const ALL: [Self; 8] =
        [Self::Text, Self::Unified, Self::Json, Self::Html, Self::Markdown, Self::Csv, Self::CsvChanges, Self::PanXml];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Unified => "unified",
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::CsvChanges => "csv-changes",
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
        match self {
            Self::Text => text::write(comparison, view, &mut out),
            Self::Unified => unified::write(comparison, view, &mut out),
            Self::Json => json::write(comparison, &mut out),
            Self::Html => html::write(comparison, &mut out),
            Self::Markdown => markdown::write(comparison, view, &mut out),
            Self::Csv => csv::write(comparison, &mut out),
            Self::CsvChanges => csv_changes::write(comparison, &mut out),
            Self::PanXml => pan_xml::write(comparison, &mut out),
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
#[error("no format is called {word:?}: use {}", Format::ALL.map(Format::name).join(", "))]
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

/// A similarity or share as exported: rounded to four decimals, the same on every platform.
pub fn round4(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
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
    fn similarities_have_four_decimals() {
        assert_eq!(round4(2.0 / 3.0).to_string(), "0.6667");
    }
}
