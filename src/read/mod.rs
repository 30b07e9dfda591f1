//! Foreign bytes to documents: files, folders, streams, JSON Lines and pair lists, plain or gzip, in any encoding.
//!
//! [`documents`] reads any input; [`file()`] and [`stdin`] read one text; [`Pairs`] reads a pair list. An input that gives
//! no document is a [`ReadError`] that names it, says why, and never ends the inputs after it.

mod binary;
mod encoding;
mod error;
mod file;
mod folder;
mod jsonl;
mod limits;
mod lines;
mod pairs;
mod shown;
mod source;

pub use encoding::decode;
pub use error::{Outcome, ReadError, Reason};
pub use file::{file, stdin, stream};
pub use limits::Limits;
pub use pairs::{Pair, Pairs};

use crate::document::Document;
use folder::Folder;
use jsonl::JsonLines;
use rustc_hash::FxHashSet;
use source::Source;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// The documents of one input: every file of a folder, every record of a JSON Lines file (`.jsonl`, `.ndjson`, also
/// `.gz`), else the one text of a file, or of standard input for `-`.
///
/// A record keeps its id; a file in a folder has its path from there, a file its name. Of documents under one id the
/// first stays and the others are errors; for that 16 bytes are kept for each document.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("two.jsonl");
/// std::fs::write(&path, "{\"id\": 1, \"text\": \"One.\"}\n{\"id\": 2, \"text\": \"Two.\"}\n")?;
/// let ids: Vec<_> = likewise::read::documents(&path, &Default::default())
///     .filter_map(Result::ok)
///     .map(|document| document.id)
///     .collect();
/// assert_eq!(ids, ["1", "2"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn documents(input: impl AsRef<Path>, limits: &Limits) -> Documents {
    let input = input.as_ref();
    let mut documents = Documents {
        folder: input.is_dir().then(|| Folder::new(input)),
        records: None,
        single: None,
        digest: None,
        seen: FxHashSet::default(),
        limits: limits.clone(),
    };
    if documents.folder.is_none() {
        documents.open(input, shown::id(input.file_name().unwrap_or(input.as_os_str())));
    }
    documents
}

/// The documents of one input, in a stable order. See [`documents`].
pub struct Documents {
    folder: Option<Folder>,
    records: Option<(PathBuf, JsonLines)>,
    single: Option<Result<Document, ReadError>>,
    digest: Option<[u8; 32]>,
    seen: FxHashSet<u128>,
    limits: Limits,
}

impl Documents {
    /// SHA-256 of the input as stored, once its last document was read; `None` for a folder, whose documents each have
    /// their own.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.digest.filter(|_| self.folder.is_none())
    }

    /// Takes up a file: its records, or its text under `id`.
    fn open(&mut self, path: &Path, id: String) {
        if path == Path::new("-") {
            self.single = Some(stdin(&self.limits));
        } else if holds_records(path) {
            match Source::open(path, &self.limits) {
                Ok(source) => {
                    let records = JsonLines::new(source, path.to_owned(), &self.limits);
                    self.records = Some((path.to_owned(), records));
                }
                Err(reason) => self.single = Some(Err(ReadError::new(path, reason))),
            }
        } else {
            self.single = Some(file(path, &self.limits).map(|document| Document { id, ..document }));
        }
    }

    fn next_record(&mut self) -> Option<Result<Document, ReadError>> {
        let (path, records) = self.records.as_mut()?;
        let Some((line, record)) = records.next() else {
            self.digest = records.digest();
            self.records = None;
            return None;
        };
        let record = record.and_then(|document| match self.seen.insert(xxh3_128(document.id.as_bytes())) {
            true => Ok(document),
            false => Err(Reason::DuplicateId(document.id)),
        });
        Some(record.map_err(|reason| ReadError { path: path.clone(), line, reason }))
    }

    fn next_single(&mut self) -> Option<Result<Document, ReadError>> {
        let document = match self.single.take()? {
            Ok(document) => document,
            Err(error) => return Some(Err(error)),
        };
        self.digest = document.digest;
        Some(match self.seen.insert(xxh3_128(document.id.as_bytes())) {
            true => Ok(document),
            false => Err(ReadError::new(document.path.unwrap_or_default(), Reason::DuplicateId(document.id))),
        })
    }
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.next_record().or_else(|| self.next_single()) {
                return Some(document);
            }
            match self.folder.as_mut()?.next()? {
                Ok(path) => {
                    let id = self.folder.as_ref().expect("a file came from it").id(&path);
                    self.open(&path, id);
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// True for the names of JSON Lines files.
fn holds_records(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.ends_with(".jsonl") || name.ends_with(".ndjson")
}
