//! What all formats with many documents in a file have in common.

use super::error::Reason;
use super::source::Packing;
use super::{CsvRows, JsonLines, Limits, Source};
use crate::document::Document;
use std::path::Path;

/// What one record gave, with the line it begins on, unless the whole file is at fault.
pub(super) type Record = (Option<usize>, Result<Document, Reason>);

/// The records of one file, in order. A bad record is an error and the rest goes on.
pub(super) trait Records: Iterator<Item = Record> + Send {
    /// SHA-256 of the bytes as stored, once the last record was read.
    fn digest(&self) -> Option<[u8; 32]>;
}

/// A format of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordFormat {
    JsonLines,
    Csv,
}

impl RecordFormat {
    /// By the name of a file; `None` for a file that is one document.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let (_, extension) = Packing::of(&name).map_or(&*name, |(_, name)| name).rsplit_once('.')?;
        match extension {
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The records of the file at `path`.
    pub fn open(self, path: &Path, limits: &Limits) -> Result<Box<dyn Records>, Reason> {
        let source = Source::open(path, limits)?;
        Ok(match self {
            Self::JsonLines => Box::new(JsonLines::new(source, path.to_owned(), limits)),
            Self::Csv => Box::new(CsvRows::new(source, path.to_owned(), limits)),
        })
    }
}
