//! What a check asks of an archive, whatever keeps it.

use super::error::ArchiveError;
use crate::document::Document;
use crate::fingerprint::Fingerprinter;
use crate::shingle::ShingleSize;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How fingerprints are made. Texts meet only where both were fingerprinted alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprinting {
    /// Words in a shingle.
    pub shingle: usize,
    /// Characters in a shingle of Chinese or Japanese text.
    pub character_shingle: usize,
    /// Shingles of which winnowing keeps at least one.
    pub window: usize,
}

impl Fingerprinting {
    /// What fingerprints texts so.
    pub(crate) fn fingerprinter(self) -> Fingerprinter {
        Fingerprinter::new(self.size(), self.window)
    }

    pub(crate) fn size(self) -> ShingleSize {
        ShingleSize { words: self.shingle, characters: self.character_shingle }
    }
}

/// What is known of a document without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Tokens.
    pub words: u32,
    /// The day of its field `date`.
    pub date: Option<Date>,
    /// Number of its field `source`, equal for equal values; see [`Index::source`].
    pub source: Option<u32>,
    /// The first document with the same text after folding. The fingerprints of a copy are not kept: those of the first are.
    pub copy_of: Option<u32>,
}

/// Documents by number, from 0, and the fingerprints they share. A number whose document was removed is never handed out.
pub trait Index: Sync {
    /// How its fingerprints are made.
    fn fingerprinting(&self) -> Fingerprinting;

    /// How many documents it has.
    fn len(&self) -> usize;

    /// True without any document.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends the numbers of documents with fingerprint `hash`, ascending, `most` of them at most: the first ones. Copies are left
    /// out. Returns how many there are.
    ///
    /// Only the upper bits of a hash may be kept, so that once in some thousand look-ups a document is named that has not got it.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    fn postings(&self, hash: u64, most: usize, found: &mut Vec<u32>) -> Result<usize, ArchiveError>;

    /// What is known of document `number`.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    fn facts(&self, number: u32) -> Result<Facts, ArchiveError>;

    /// The copies of document `number`, which is none itself, ascending.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    fn copies(&self, number: u32) -> Result<Vec<u32>, ArchiveError>;

    /// A source's name, and how many documents have it.
    fn source(&self, source: u32) -> (&str, u32);

    /// Reads document `number`: its id, metadata and, unless texts are not kept, its text.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    fn document(&self, number: u32) -> Result<Document, ArchiveError>;

    /// Whether texts are kept.
    fn has_texts(&self) -> bool;
}
