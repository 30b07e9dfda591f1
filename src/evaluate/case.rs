//! Labelled and found passages, and the pairs they were looked for in, as JSON Lines give them.

use crate::document::Metadata;
use crate::read::{Limits, Pair, Pairs, ReadError, Reason};
use serde_json::Value;
use std::ops::Range;
use std::path::Path;

/// A passage: labelled (gold), or found.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Id of the first document; the suspicious one in PAN's terms.
    pub a: String,
    /// Id of the second document; the source in PAN's terms.
    pub b: String,
    /// Code points of the first document; not empty, below 2^32.
    pub a_chars: Range<usize>,
    /// Code points of the second document; not empty, below 2^32.
    pub b_chars: Range<usize>,
    /// The label's kind; of no account in a found passage.
    pub kind: Option<String>,
    /// How alike a found passage is said to be, 0 to 1; for [`by_similarity`](super::by_similarity) alone.
    pub similarity: Option<f64>,
}

/// The pairs that were compared, those that share nothing included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The field that [`Listed::group`] holds: `kind`, or another to make the table by.
    pub by: String,
    /// The pairs.
    pub pairs: Vec<Listed>,
}

/// A pair that was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Id of the first document.
    pub a: String,
    /// Id of the second document.
    pub b: String,
    /// The row of the table that it counts for; `all` where the list says nothing.
    pub group: String,
}

impl Case {
    /// Reads passage lines, `{"a", "b", "a_start", "a_end", "b_start", "b_end"}` with, for labels, `kind`; plain, gzip or Zstandard,
    /// `-` for standard input. Other fields are passed over.
    ///
    /// # Errors
    ///
    /// At the first line that is no passage, or when the file cannot be read.
    pub fn read(path: impl AsRef<Path>, limits: &Limits) -> Result<Vec<Self>, ReadError> {
        rows(path.as_ref(), limits, |row| {
            Ok(Self {
                a_chars: range(&row.metadata, "a_start", "a_end")?,
                b_chars: range(&row.metadata, "b_start", "b_end")?,
                kind: text(&row.metadata, "kind"),
                similarity: row.metadata.get("similarity").and_then(Value::as_f64),
                a: row.a,
                b: row.b,
            })
        })
    }
}

impl Listing {
    /// Reads pair lines, `{"a", "b"}` and the field named `by`; plain, gzip or Zstandard, `-` for standard input.
    ///
    /// # Errors
    ///
    /// At the first line that is no pair, or when the file cannot be read.
    pub fn read(path: impl AsRef<Path>, by: &str, limits: &Limits) -> Result<Self, ReadError> {
        let pairs = rows(path.as_ref(), limits, |row| {
            let group = text(&row.metadata, by).unwrap_or_else(|| "all".to_owned());
            Ok(Listed { a: row.a, b: row.b, group })
        })?;
        Ok(Self { by: by.to_owned(), pairs })
    }
}

/// What `read` makes of every line; ends at the first that it refuses.
pub(super) fn rows<T>(
    path: &Path,
    limits: &Limits,
    read: impl Fn(Pair) -> Result<T, String>,
) -> Result<Vec<T>, ReadError> {
    let rows = Pairs::rows(path, limits)?;
    rows.map(|row| {
        let row = row?;
        let line = row.line;
        read(row).map_err(|fault| ReadError::at_line(path, line, Reason::Record(fault)))
    })
    .collect()
}

fn range(fields: &Metadata, start: &str, end: &str) -> Result<Range<usize>, String> {
    let (from, to) = (offset(fields, start)?, offset(fields, end)?);
    match from < to {
        true => Ok(from..to),
        false => Err(format!("an empty range: `{start}` is {from}, `{end}` is {to}")),
    }
}

fn offset(fields: &Metadata, name: &str) -> Result<usize, String> {
    let offset = fields.get(name).and_then(Value::as_u64).and_then(|offset| u32::try_from(offset).ok());
    let fault = || format!("a passage needs `{name}`, a count of code points below 2^32");
    offset.map(|offset| offset as usize).ok_or_else(fault)
}

/// The field as text; `None` when it is missing or null.
fn text(fields: &Metadata, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
