//! Small files to larger ones, so that an archive of many small additions has few files.
//!
//! A file that is no more than [`RATIO`] times as large as all newer ones together is merged with them. So sizes at least
//! grow by that factor from file to file, an archive of n documents has a number of files that grows as the logarithm of n, and a
//! document is copied about as often.

use super::disk::Writing;
use super::documents::{DocumentFacts, DocumentsWriter, Entry};
use super::error::ArchiveError;
use super::manifest::{FileEntry, FileKind, Manifest};
use super::postings::merge as merge_postings;
use super::snapshot::DocumentsPart;
use super::sources::Sources;
use super::writer::Writer;
use std::ops::Range;

/// How many times as large as all newer files together a file may be to be merged with them.
const RATIO: u64 = 4;

/// Bytes of a file of documents that is not merged any more: copying texts is worth it only while that saves files.
const LARGE: u64 = 64 << 20;

/// Bytes of memory that each document takes while files of documents are merged, about.
const DOCUMENT_BYTES: usize = 256;

/// Files of one kind over which they are merged after every commit.
pub(super) const MANY: usize = 16;

impl Writer {
    /// Merges small files, and commits.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or is damaged. What was committed before stays.
    pub(super) fn merge(&mut self) -> Result<(), ArchiveError> {
        let mut manifest = self.snapshot().manifest.clone();
        let fitting = u32::try_from(self.options().memory / 3 / DOCUMENT_BYTES).unwrap_or(u32::MAX);
        let documents = tail(&manifest.documents, LARGE, fitting);
        let postings = tail(&manifest.postings, u64::MAX, u32::MAX);
        if documents.len() < 2 && postings.len() < 2 {
            return Ok(());
        }
        if documents.len() > 1 {
            let entry = self.merge_documents(documents.clone(), &mut manifest)?;
            manifest.documents.splice(documents, [entry]);
        }
        if postings.len() > 1 {
            let entry = self.merge_postings(postings.clone(), &mut manifest)?;
            manifest.postings.splice(postings, [entry]);
        }
        self.replace(manifest)
    }

    fn merge_postings(&self, range: Range<usize>, manifest: &mut Manifest) -> Result<FileEntry, ArchiveError> {
        let snapshot = self.snapshot();
        let entries = &manifest.postings[range.clone()];
        let files: Vec<_> = snapshot.postings[range].iter().map(|file| &**file).collect();
        // What is merged gets a new checksum, under which damage would be safe.
        for (file, entry) in files.iter().zip(entries) {
            file.stored().check(entry.checksum)?;
        }
        let (first, documents) = covered(entries);
        let number = manifest.take_number();
        let file = self.new_file(FileKind::Postings, number)?;
        let left = |number| snapshot.leader(number).map(|_| number);
        let written = merge_postings(&files, first, documents, &left, file)?;
        Ok(FileEntry::new(number, written, first, documents))
    }

    fn merge_documents(&self, range: Range<usize>, manifest: &mut Manifest) -> Result<FileEntry, ArchiveError> {
        let (first, documents) = covered(&manifest.documents[range.clone()]);
        let number = manifest.take_number();
        let mut writer = DocumentsWriter::new(self.new_file(FileKind::Documents, number)?)?;
        let mut sources = Sources::default();
        for part in &self.snapshot().documents[range] {
            let numbers = sources.add_all(&part.file.sources()?);
            copy(part, &numbers, first, &mut writer)?;
        }
        let written = writer.finish(sources.all())?;
        Ok(FileEntry::new(number, written, first, documents))
    }

    pub(super) fn new_file(&self, kind: FileKind, number: u64) -> Result<Writing, ArchiveError> {
        Writing::create(self.disk(), kind.path(self.folder(), number))
    }
}

/// Copies a file of documents, block by block; `sources` are the numbers that its sources get.
fn copy(part: &DocumentsPart, sources: &[u32], first: u32, writer: &mut DocumentsWriter) -> Result<(), ArchiveError> {
    let file = &part.file;
    let before = writer.block_count();
    for block in 0..file.blocks() {
        writer.block(&file.packed(block)?)?;
    }
    let hashes = part.hashes()?;
    for (facts, (id, text)) in file.all_facts()?.into_iter().zip(hashes) {
        let source = facts.source.map(|source| sources.get(source as usize).copied());
        let source = match source {
            Some(None) => return Err(file.stored().damaged(0, "a document has a source that is not there")),
            source => source.flatten(),
        };
        let facts = DocumentFacts { block: before + facts.block, source, ..facts };
        let text = text_of(facts.copy_of, text)
            .ok_or_else(|| file.stored().damaged(0, "the text of a document is in no table"))?;
        writer.document(Entry { facts, id, text, text_bytes: 0 }, first);
    }
    writer.count_text(file.text_bytes());
    Ok(())
}

/// The hash of a document's text; that of a copy is not written.
fn text_of(copy_of: Option<u32>, text: Option<u128>) -> Option<u128> {
    if copy_of.is_some() { Some(0) } else { text }
}

/// The documents that files are about, which follow each other.
fn covered(entries: &[FileEntry]) -> (u32, u32) {
    (entries[0].first, entries.iter().map(|entry| entry.documents).sum())
}

/// The newest files that are to be merged, none of them over `large` bytes, of `most` documents together.
fn tail(files: &[FileEntry], large: u64, most: u32) -> Range<usize> {
    let mut start = files.len();
    let mut newer = 0_u64;
    let mut documents = 0_u32;
    for (at, file) in files.iter().enumerate().rev() {
        let fits = start == files.len() || file.bytes <= newer.saturating_mul(RATIO);
        documents = documents.saturating_add(file.documents);
        if !fits || file.bytes > large || documents > most {
            break;
        }
        newer += file.bytes;
        start = at;
    }
    start..files.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sizes: &[u64]) -> Vec<FileEntry> {
        let entry = |&bytes: &u64| FileEntry { number: 0, bytes, checksum: 0, first: 0, documents: 1 };
        sizes.iter().map(entry).collect()
    }

    #[test]
    fn the_newest_files_are_merged_up_to_one_that_is_much_larger() {
        let tail = |sizes: &[u64], large| tail(&files(sizes), large, u32::MAX);
        assert_eq!(tail(&[], 100), 0..0);
        assert_eq!(tail(&[7], 100), 0..1);
        assert_eq!(tail(&[9, 9, 9], 100), 0..3);
        assert_eq!(tail(&[99, 41, 10, 1], 100), 3..4, "each is over four times as large as all newer ones");
        assert_eq!(tail(&[90, 40, 8, 2], 100), 0..4);
        assert_eq!(tail(&[90, 40, 8, 2], 50), 1..4);
        assert_eq!(tail(&[1, 90], 50), 2..2);
        assert_eq!(super::tail(&files(&[9, 9, 9]), 100, 2), 1..3, "each has one document");
    }

    #[test]
    fn many_equal_additions_leave_few_files() {
        let mut sizes: Vec<u64> = Vec::new();
        let mut copied = 0;
        for _ in 0..10_000 {
            sizes.push(1);
            let tail = tail(&files(&sizes), u64::MAX, u32::MAX);
            let merged: u64 = sizes[tail.clone()].iter().sum();
            copied += if tail.len() > 1 { merged } else { 0 };
            sizes.splice(tail, [merged]);
            assert!(sizes.len() <= 8, "{sizes:?}");
        }
        assert!(copied < 10_000 * 30, "each is copied {} times", copied / 10_000);
    }
}
