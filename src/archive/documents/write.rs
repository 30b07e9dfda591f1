//! Blocks and columns to a file of documents.

use super::super::disk::{Section, Writing, Written};
use super::super::error::ArchiveError;
use super::{DocumentFacts, KIND, Packed, table};
use crate::archive::bits::push_varint;
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What the trailer has of blocks and the columns after them.
const SECTIONS: usize = 7;

/// Writes a file of documents: blocks as they come, the rest at the end. Memory: 72 bytes for each document.
pub(crate) struct DocumentsWriter {
    file: Writing,
    /// Where each block begins, and where the last one ends.
    places: Vec<u64>,
    facts: Vec<u8>,
    ids: Vec<(u128, u32)>,
    texts: Vec<(u128, u32)>,
    copies: Vec<(u32, u32)>,
    text_bytes: u64,
}

/// A document to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// `block` counts from the first one that was pushed together with it.
    pub facts: DocumentFacts,
    /// XXH3 of its id.
    pub id: u128,
    /// XXH3 of its folded text.
    pub text: u128,
    pub text_bytes: u64,
}

impl DocumentsWriter {
    pub fn new(mut file: Writing) -> Result<Self, ArchiveError> {
        KIND.write_header(&mut file)?;
        let places = vec![file.len()];
        let (facts, ids, texts, copies) = Default::default();
        Ok(Self { file, places, facts, ids, texts, copies, text_bytes: 0 })
    }

    /// How many documents.
    pub fn len(&self) -> u32 {
        self.ids.len() as u32
    }

    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Bytes held in memory.
    pub fn memory(&self) -> usize {
        self.facts.len() + 32 * (self.ids.len() + self.texts.len())
    }

    /// How many blocks.
    pub fn block_count(&self) -> u32 {
        self.places.len() as u32 - 1
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> u64 {
        self.file.len()
    }

    /// Counts bytes of text of documents that are added without them.
    pub fn count_text(&mut self, bytes: u64) {
        self.text_bytes += bytes;
    }

    /// Adds a block; the documents in it are to follow. Returns its number.
    pub fn block(&mut self, packed: &[u8]) -> Result<u32, ArchiveError> {
        let number = u32::try_from(self.places.len() - 1).map_err(|_| ArchiveError::TooMany)?;
        self.file.write(packed)?;
        self.places.push(self.file.len());
        Ok(number)
    }

    /// Adds blocks and the documents in them, which have the numbers from `first` on in the archive.
    pub fn blocks(
        &mut self,
        packed: &[Packed],
        mut entries: impl Iterator<Item = Entry>,
        first: u32,
    ) -> Result<(), ArchiveError> {
        for Packed { bytes, offsets } in packed {
            let block = self.block(bytes)?;
            for &offset in offsets {
                let entry = entries.next().expect("every document was packed");
                self.document(Entry { facts: DocumentFacts { block, offset, ..entry.facts }, ..entry }, first);
            }
        }
        Ok(())
    }

    /// Adds a document, whose number in the archive is `first` and those before it in the file.
    pub fn document(&mut self, entry: Entry, first: u32) {
        let number = self.len();
        self.facts.extend_from_slice(&entry.facts.to_bytes());
        self.ids.push((entry.id, number));
        match entry.facts.copy_of {
            None => self.texts.push((entry.text, number)),
            Some(of) => self.copies.push((of, first + number)),
        }
        self.text_bytes += entry.text_bytes;
    }

    /// Adds the tables and makes the file durable. `sources` are names with the number of their documents.
    pub fn finish(mut self, sources: &[(String, u32)]) -> Result<Written, ArchiveError> {
        let start = self.places[0];
        let mut sections = vec![Section { offset: start, len: self.file.len() - start, checksum: 0 }];
        let places: Vec<u8> = self.places.iter().flat_map(|place| place.to_le_bytes()).collect();
        sections.push(self.section(&places)?);
        let facts = std::mem::take(&mut self.facts);
        sections.push(self.section(&facts)?);
        let ids = table::entries(&mut self.ids);
        sections.push(self.section(&ids)?);
        let texts = table::entries(&mut self.texts);
        sections.push(self.section(&texts)?);
        self.copies.sort_unstable();
        let numbers = self.copies.iter().flat_map(|&(of, copy)| [of, copy]);
        let copies: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        sections.push(self.section(&copies)?);
        let mut names = Vec::new();
        for (name, documents) in sources {
            push_varint(name.len() as u64, &mut names);
            names.extend_from_slice(name.as_bytes());
            push_varint((*documents).into(), &mut names);
        }
        sections.push(self.section(&names)?);
        assert_eq!(sections.len(), SECTIONS, "the trailer has a place for each");
        let mut fields: Vec<u64> = sections.into_iter().flat_map(Section::fields).collect();
        fields.extend([u64::from(self.len()), self.text_bytes]);
        KIND.write_trailer(&mut self.file, &fields)?;
        self.file.finish()
    }

    fn section(&mut self, bytes: &[u8]) -> Result<Section, ArchiveError> {
        let section = Section { offset: self.file.len(), len: bytes.len() as u64, checksum: xxh3_64(bytes) };
        self.file.write(bytes)?;
        Ok(section)
    }
}

/// The hash by which a document is known to be the same again.
pub(crate) fn content(metadata: &[u8], text: &str) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&(metadata.len() as u64).to_le_bytes());
    hash.update(metadata);
    hash.update(text.as_bytes());
    hash.digest()
}
