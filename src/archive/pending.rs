//! What was added and not committed yet: a file of documents that is being written, and the postings of its documents.

use super::disk::Writing;
use super::documents::{DocumentFacts, DocumentsWriter, Entry, Packed};
use super::error::ArchiveError;
use super::postings::{DOCUMENT_BITS, KEY_BITS, posting};
use super::prepare::Prepared;
use super::sources::Sources;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Upper bits of a key that choose its partition: each is sorted by itself, on any thread.
const PARTITION_BITS: u32 = 6;

/// Documents that are going to be a file.
pub(super) struct Pending {
    pub writer: DocumentsWriter,
    /// Number in the archive of the first.
    pub first: u32,
    /// Number of the file.
    pub file: u64,
    pub text_bytes: u64,
    postings: Vec<Vec<u64>>,
    posting_count: u64,
    /// The document in the archive that has an id.
    ids: FxHashMap<u128, u32>,
    /// Content and source of each.
    contents: Vec<(u64, Option<u32>)>,
    /// The first document with a text.
    texts: FxHashMap<u128, u32>,
    /// With the number of their documents that are left.
    sources: Sources,
}

impl Pending {
    pub fn new(file: Writing, number: u64, first: u32) -> Result<Self, ArchiveError> {
        Ok(Self {
            writer: DocumentsWriter::new(file)?,
            first,
            file: number,
            text_bytes: 0,
            postings: vec![Vec::new(); 1 << PARTITION_BITS],
            posting_count: 0,
            ids: FxHashMap::default(),
            contents: Vec::new(),
            texts: FxHashMap::default(),
            sources: Sources::default(),
        })
    }

    /// How many documents.
    pub fn len(&self) -> u32 {
        self.contents.len() as u32
    }

    /// Bytes of memory that it takes, about.
    pub fn memory(&self) -> usize {
        8 * self.posting_count as usize + 80 * (self.ids.len() + self.texts.len()) + self.writer.memory()
    }

    /// The document in the archive with an id, where it is one of these.
    pub fn find_id(&self, id: u128) -> Option<u32> {
        self.ids.get(&id).copied()
    }

    /// The first document in the archive with a text, where one of these has it.
    pub fn find_text(&self, text: u128) -> Option<u32> {
        self.texts.get(&text).copied()
    }

    /// The content of one of these, by its number in the archive.
    pub fn content(&self, number: u32) -> u64 {
        self.contents[(number - self.first) as usize].0
    }

    /// One of these is removed: its source has a document less.
    pub fn lose(&mut self, number: u32) {
        if let Some(source) = self.contents[(number - self.first) as usize].1 {
            self.sources.lose(source);
        }
    }

    /// Adds a document, of which `copy_of` is the first with its text; its place in a block is still to come.
    pub fn add(&mut self, document: &Prepared, keys: &[u64], copy_of: Option<u32>) -> Entry {
        let local = self.len();
        let number = self.first + local;
        let source = document.source.as_deref().map(|name| self.sources.add(name, 1));
        self.ids.insert(document.id_hash, number);
        self.texts.insert(document.text_hash, copy_of.unwrap_or(number));
        self.contents.push((document.content, source));
        self.text_bytes += document.text_bytes;
        if copy_of.is_none() {
            for &key in keys {
                self.postings[(key >> (KEY_BITS - PARTITION_BITS)) as usize].push(posting(key, local));
            }
            self.posting_count += keys.len() as u64;
        }
        let facts = DocumentFacts {
            words: document.words,
            date: document.date,
            source,
            copy_of,
            block: 0,
            offset: 0,
            content: document.content,
        };
        Entry { facts, id: document.id_hash, text: document.text_hash, text_bytes: document.text_bytes }
    }

    /// Writes blocks with the documents in them, which were added in this order.
    pub fn write(&mut self, packed: &[Packed], entries: &[Entry]) -> Result<(), ArchiveError> {
        self.writer.blocks(packed, entries.iter().copied(), self.first)
    }

    /// The postings, sorted, each once; and the rest.
    pub fn into_parts(self) -> (DocumentsWriter, Sources, Vec<Vec<u64>>) {
        let mut postings = self.postings;
        postings.par_iter_mut().for_each(|partition| {
            partition.sort_unstable();
            partition.dedup();
        });
        (self.writer, self.sources, postings)
    }
}

const _: () = assert!(super::MOST_DOCUMENTS as u64 <= 1 << DOCUMENT_BITS, "every document has a number in a posting");
