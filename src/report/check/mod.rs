//! What checks of articles against an archive came to, in every format.
//!
//! A [`CheckReport`] renders each article by itself ([`CheckReport::part`], in any thread) and a [`Writer`] puts the parts together in
//! the order of the articles, so that a report of many articles is written as they are done.
//!
//! The words never accuse. They say what matches, and what credit was found near it.

mod credit;
mod csv;
pub(super) mod facts;
#[cfg(test)]
pub(super) mod fixture;
mod json;
mod jsonl;
mod text;
pub(super) mod wording;

pub use json::SCHEMA;

use super::View;
use super::html::check::{self as html, Row};
use crate::check::{CheckOptions, Checked};
use facts::Facts;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::str::FromStr;

/// An output format of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For reading on a terminal: what was found, the sources, the passages side by side with them.
    Text,
    /// Everything, as `likewise.check/1`.
    Json,
    /// A line per passage.
    Jsonl,
    /// One self-contained page, of one article or many.
    Html,
    /// A row per passage, for a spreadsheet.
    Csv,
}

impl Format {
    /// Every format, in the order help texts list them.
    pub const ALL: [Self; 5] = [Self::Text, Self::Html, Self::Json, Self::Jsonl, Self::Csv];

    /// The word for it on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that names no [`Format`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no format of a check is called {word:?}: use {}", Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat {
    /// The word.
    pub word: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let named = Self::ALL.into_iter().find(|format| format.name() == word);
        named.ok_or_else(|| UnknownFormat { word: word.to_owned() })
    }
}

/// A report of checks: its format, and what all articles have in common.
#[derive(Debug, Clone)]
pub struct CheckReport<'r> {
    /// The format.
    pub format: Format,
    /// How reports for people are laid out.
    pub view: View,
    /// Lines with the texts of both sides, where the format is of lines.
    pub texts: bool,
    /// How the articles were checked.
    pub options: &'r CheckOptions,
    /// What to call the archive: its folder as it was given.
    pub archive: String,
    /// Documents in the archive.
    pub documents: usize,
}

/// What a report says of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    number: usize,
    bytes: Vec<u8>,
    /// What the list of a page says of it.
    row: Option<Row>,
}

/// Bytes gathered before the writer below is called.
const BUFFER: usize = 256 * 1024;

impl<'r> CheckReport<'r> {
    /// Renders article `number`, counted from 0. Cost: linear in the texts of the article and of the documents shown.
    pub fn part(&self, number: usize, checked: &Checked<'_>) -> Part {
        let mut bytes = Vec::new();
        let done = match self.format {
            Format::Text => text::write(self, checked, &mut bytes),
            Format::Json => json::write(checked, &mut bytes),
            Format::Jsonl => jsonl::write(checked, self.texts, &mut bytes),
            Format::Html => html::section(self, number, &Facts::new(checked), &mut bytes),
            Format::Csv => csv::write(&Facts::new(checked), &mut bytes),
        };
        done.expect("a vector takes all");
        let row = (self.format == Format::Html).then(|| Row::new(number, &Facts::new(checked)));
        Part { number, bytes, row }
    }

    /// Begins the report. `out` need not be buffered.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn begin<W: Write>(&self, out: W) -> io::Result<Writer<'_, 'r, W>> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        match self.format {
            Format::Json => json::begin(self, &mut out)?,
            Format::Csv => csv::begin(&mut out)?,
            Format::Text | Format::Jsonl | Format::Html => {}
        }
        Ok(Writer { report: self, out, articles: 0, page: Pages::default() })
    }
}

/// A report being written, part by part.
#[derive(Debug)]
pub struct Writer<'w, 'r, W: Write> {
    report: &'w CheckReport<'r>,
    out: BufWriter<W>,
    articles: usize,
    page: Pages,
}

/// The articles of a page, which is written at the end: its list comes first.
#[derive(Debug, Default)]
struct Pages {
    rows: Vec<Row>,
    sections: Vec<String>,
    bytes: usize,
}

/// Bytes of articles that a page has at most: no browser shows more with comfort. What is over stands in the list alone.
const PAGE: usize = 48 * 1024 * 1024;

impl Pages {
    fn add(&mut self, part: &Part) {
        let mut row = part.row.clone().expect("a part of a page has a row");
        row.shown = self.sections.is_empty() || self.bytes + part.bytes.len() <= PAGE;
        if row.shown {
            self.bytes += part.bytes.len();
            self.sections.push(String::from_utf8(part.bytes.clone()).expect("templates write text"));
        }
        self.rows.push(row);
    }
}

impl<W: Write> Writer<'_, '_, W> {
    /// Adds the next article. Articles are added in the order of their numbers, from 0.
    ///
    /// # Errors
    ///
    /// Those of the writer below.
    pub fn add(&mut self, part: &Part) -> io::Result<()> {
        debug_assert_eq!(part.number, self.articles, "articles are added in order");
        let between: &[u8] = match self.report.format {
            Format::Json if self.articles > 0 => b",\n",
            Format::Text if self.articles > 0 => b"\n",
            _ => b"",
        };
        self.articles += 1;
        if self.report.format == Format::Html {
            self.page.add(part);
            return Ok(());
        }
        self.out.write_all(between)?;
        self.out.write_all(&part.bytes)
    }

    /// Hands on what is gathered, so that a reader of lines sees it.
    ///
    /// # Errors
    ///
    /// Those of the writer below.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the report and flushes it.
    ///
    /// # Errors
    ///
    /// Those of the writer below.
    pub fn finish(mut self) -> io::Result<()> {
        match self.report.format {
            Format::Json => json::end(&mut self.out)?,
            Format::Html => html::page(self.report, &self.page.rows, &self.page.sections, &mut self.out)?,
            Format::Text | Format::Jsonl | Format::Csv => {}
        }
        self.out.flush()
    }
}

/// Writes the report of these articles, one after the other.
///
/// # Errors
///
/// Those of `out`.
pub fn write_all(report: &CheckReport<'_>, checks: &[Checked<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = report.begin(out)?;
    for (number, checked) in checks.iter().enumerate() {
        writer.add(&report.part(number, checked))?;
    }
    writer.finish()
}

#[cfg(test)]
mod tests;
