//! Documents to what an archive keeps of them. No document depends on another, so that all threads do it.

use super::documents::content;
use super::index::Fingerprinting;
use super::postings::key;
use crate::corpus::field::{has_unreadable_date, source_and_date};
use crate::corpus::intake::{Batch, Items};
use crate::document::Document;
use crate::fingerprint::Fingerprinter;
use crate::read::{Limits, ReadError};
use jiff::civil::Date;
use std::ops::Range;
use std::path::PathBuf;
use xxhash_rust::xxh3::xxh3_128;

/// A document ready to be added.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub id: String,
    /// XXH3 of the id.
    pub id_hash: u128,
    /// As JSON.
    pub metadata: Vec<u8>,
    /// Empty where texts are not kept.
    pub text: String,
    pub text_bytes: u64,
    /// XXH3 of the folded text.
    pub text_hash: u128,
    /// What makes it the same document again.
    pub content: u64,
    pub words: u32,
    pub date: Option<Date>,
    pub source: Option<String>,
    /// Its keys in [`Taken::keys`].
    pub keys: Range<usize>,
}

/// Some documents, ready to be added, and what could not be read between them.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub documents: Vec<Prepared>,
    pub keys: Vec<u64>,
    pub rejected: Vec<ReadError>,
    /// Documents with a date that cannot be read.
    pub undated: u64,
}

/// Prepares document after document.
pub(crate) struct Preparer {
    fingerprinter: Fingerprinter,
    texts: bool,
    taken: Taken,
}

impl Preparer {
    /// `texts` says whether they are kept.
    pub fn new(fingerprinting: Fingerprinting, texts: bool) -> Self {
        Self { fingerprinter: fingerprinting.fingerprinter(), texts, taken: Taken::default() }
    }

    /// Takes in a batch of the input that `inputs` has at its place.
    pub fn batch(mut self, batch: Batch, inputs: &[PathBuf], limits: &Limits) -> Taken {
        let path = &inputs[batch.source as usize];
        match batch.items {
            Items::Lines(block) | Items::PackedLines(block) => {
                for record in block.records(path, limits) {
                    match record.document {
                        Ok(document) => self.add(document),
                        Err(reason) => self.taken.rejected.push(ReadError::at_line(path, record.line, reason)),
                    }
                }
            }
            Items::Documents(documents) => {
                for document in documents {
                    match document {
                        Ok(document) => self.add(document),
                        Err(error) => self.taken.rejected.push(error),
                    }
                }
            }
        }
        self.taken
    }

    /// Takes in documents.
    pub fn documents(mut self, documents: impl Iterator<Item = Document>) -> Taken {
        documents.for_each(|document| self.add(document));
        self.taken
    }

    /// Cost: linear in the text.
    fn add(&mut self, document: Document) {
        let Document { id, text, metadata, .. } = document;
        let start = self.taken.keys.len();
        let keys = &mut self.taken.keys;
        let (words, text_hash) = self.fingerprinter.of_text(&text, |hash| keys.push(key(hash)));
        let (source, date) = source_and_date(&metadata);
        self.taken.undated += u64::from(has_unreadable_date(&metadata));
        let metadata = serde_json::to_vec(&metadata).expect("metadata are JSON");
        self.taken.documents.push(Prepared {
            id_hash: xxh3_128(id.as_bytes()),
            id,
            content: content(&metadata, &text),
            metadata,
            text_bytes: text.len() as u64,
            text: if self.texts { text } else { String::new() },
            text_hash,
            words,
            date,
            source,
            keys: start..self.taken.keys.len(),
        });
    }
}
