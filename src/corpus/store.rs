//! The table of documents: what is known of each, and where its text can be read again.

use super::error::CorpusError;
use super::intake::Source;
use super::spill::{Extent, SpillFile};
use super::tokens::TokenPlace;
use crate::document::Document;
use crate::positioned::read_at;
use crate::read::{self, Limits, ReadError};
use serde::Deserialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where a document can be read again.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A line of a plain JSON Lines file.
    Line { source: u32, offset: u64, len: u32 },
    /// A file of its own.
    File(Box<Path>),
    /// A copy.
    Copy { offset: u64, len: u32 },
}

/// What is known of a document.
#[derive(Debug)]
pub(crate) struct DocumentRecord {
    pub place: Place,
    pub tokens: TokenPlace,
    /// The first document with the same text after folding; itself, mostly.
    pub first: u32,
}

/// Every document, numbered in the order of the inputs.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    records: Vec<DocumentRecord>,
    /// The ids one after the other, and where each ends: each on its own would keep a page of memory that held a batch.
    ids: String,
    id_ends: Vec<u64>,
    sources: Vec<Source>,
    /// Files of the sources, opened when one of their lines is first read again.
    files: Vec<OnceLock<File>>,
    copies: Option<SpillFile>,
}

/// A document as it is copied.
#[derive(Deserialize)]
struct Copied {
    id: String,
    text: String,
    metadata: crate::document::Metadata,
}

impl Documents {
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    pub(crate) fn push(&mut self, id: &str, record: DocumentRecord) {
        self.ids.push_str(id);
        self.id_ends.push(self.ids.len() as u64);
        self.records.push(record);
    }

    pub(crate) fn id(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.id_ends[before as usize]);
        &self.ids[start as usize..self.id_ends[number as usize] as usize]
    }

    /// All ids, in the order of the documents.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len() as u32).map(|number| self.id(number))
    }

    pub(crate) fn get(&self, number: u32) -> &DocumentRecord {
        &self.records[number as usize]
    }

    pub(crate) fn records(&self) -> &[DocumentRecord] {
        &self.records
    }

    pub(crate) fn sources(&self) -> &[Source] {
        &self.sources
    }

    pub(crate) fn set_sources(&mut self, sources: Vec<Source>) {
        self.files = sources.iter().map(|_| OnceLock::new()).collect();
        self.sources = sources;
    }

    /// Bytes of the copies.
    pub(crate) fn copied(&self) -> u64 {
        self.copies.as_ref().map_or(0, SpillFile::len)
    }

    /// Copies what cannot be read again to a file in `folder`.
    pub(crate) fn copy(&mut self, line: &[u8], folder: &Path) -> Result<Place, CorpusError> {
        let copies = match &mut self.copies {
            Some(copies) => copies,
            None => self.copies.insert(SpillFile::create(folder)?),
        };
        let Extent { offset, len } = copies.append(line)?;
        Ok(Place::Copy { offset, len: len as u32 })
    }

    /// Reads a document again.
    ///
    /// # Errors
    ///
    /// When it is not there any more, or is another one.
    pub(crate) fn read(&self, number: u32) -> Result<Document, CorpusError> {
        let (id, record) = (self.id(number), self.get(number));
        let document = match &record.place {
            Place::Line { source, offset, len } => self.line(*source, *offset, *len as usize),
            Place::File(path) => read::file(path, &Limits::default()).ok(),
            Place::Copy { offset, len } => return self.copied_document(*offset, *len as usize),
        };
        match document {
            Some(document) if matches!(record.place, Place::File(_)) => Ok(Document { id: id.to_owned(), ..document }),
            Some(document) if *document.id == *id => Ok(document),
            _ => Err(CorpusError::Changed { id: id.to_owned(), path: self.path(&record.place) }),
        }
    }

    fn line(&self, source: u32, offset: u64, len: usize) -> Option<Document> {
        let path = &self.sources[source as usize].path;
        let file = &self.files[source as usize];
        let file = match file.get() {
            Some(file) => file,
            None => {
                let opened = File::open(path).ok()?;
                file.get_or_init(|| opened)
            }
        };
        let mut line = vec![0; len];
        read_at(file, offset, &mut line).ok()?;
        read::blocks::record(&line, path).ok()
    }

    fn copied_document(&self, offset: u64, len: usize) -> Result<Document, CorpusError> {
        let mut line = vec![0; len];
        self.copies.as_ref().expect("a copy is in the file").read(Extent { offset, len }, &mut line)?;
        let Copied { id, text, metadata } = serde_json::from_slice(&line).expect("it was written as JSON");
        Ok(Document { metadata, ..Document::new(id, text) })
    }

    fn path(&self, place: &Place) -> PathBuf {
        match place {
            Place::Line { source, .. } => self.sources[*source as usize].path.clone(),
            Place::File(path) => path.to_path_buf(),
            Place::Copy { .. } => PathBuf::new(),
        }
    }
}

/// An input, or a line of one, that gave no document.
pub type Rejected = ReadError;
