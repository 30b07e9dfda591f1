//! What an archive holds, in numbers.

use super::error::ArchiveError;
use super::index::{Fingerprinting, Index};
use super::manifest::FileEntry;
use super::snapshot::Snapshot;
use jiff::civil::Date;
use serde::Serialize;

/// What an archive holds, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Info {
    /// The format of its files.
    pub format: u32,
    /// How many commits there were.
    pub commits: u64,
    /// Documents, without those that were removed or replaced.
    pub documents: usize,
    /// Documents whose text, after folding, an earlier one has.
    pub copies: usize,
    /// Documents that were removed or replaced and still take up space.
    pub removed: usize,
    /// Words of the documents.
    pub words: u64,
    /// Bytes of text that was added, that of removed documents included while they take up space.
    pub text_bytes: u64,
    /// Distinct values of the field `source`.
    pub sources: usize,
    /// Documents with a date.
    pub dated: usize,
    /// The earliest date.
    pub first_date: Option<Date>,
    /// The latest date.
    pub last_date: Option<Date>,
    /// Whether texts are kept.
    pub texts: bool,
    /// How fingerprints are made.
    pub fingerprinting: Fingerprinting,
    /// Fingerprints, each counted once in a document; copies have none.
    pub postings: u64,
    /// How large it is, in bytes.
    pub bytes: Bytes,
    /// How many files it has, manifest and lock not counted.
    pub files: usize,
}

/// What takes how many bytes on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bytes {
    /// All files of the archive.
    pub total: u64,
    /// Packed ids, metadata and texts.
    pub packed: u64,
    /// Fingerprints.
    pub postings: u64,
    /// What is known of each document, and tables to find it.
    pub tables: u64,
}

impl Snapshot {
    /// What the archive holds, in numbers. Cost: linear in the number of documents; 32 bytes are read for each.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    pub fn info(&self) -> Result<Info, ArchiveError> {
        let (mut words, mut dates) = (0, Vec::new());
        let mut dated = 0;
        let mut copies = 0;
        for part in &self.documents {
            let facts = part.file.all_facts()?;
            let left = facts.iter().zip(part.first..).filter(|(_, number)| !self.removed.numbers.contains(*number));
            let (mut least, mut greatest): (Option<Date>, Option<Date>) = (None, None);
            for (facts, number) in left {
                words += u64::from(facts.words);
                copies += usize::from(self.leader(facts.copy_of.unwrap_or(number)) != Some(number));
                if let Some(date) = facts.date {
                    dated += 1;
                    least = Some(least.map_or(date, |least| least.min(date)));
                    greatest = greatest.max(Some(date));
                }
            }
            dates.extend(least.into_iter().chain(greatest));
        }
        let size = |files: &[FileEntry]| files.iter().map(|file| file.bytes).sum::<u64>();
        let manifest = &self.manifest;
        let (documents, postings) = (size(&manifest.documents), size(&manifest.postings));
        let removed = size(manifest.removed.as_slice());
        let packed = self.documents.iter().map(|part| part.file.packed_bytes()).sum();
        Ok(Info {
            format: super::FORMAT,
            commits: manifest.commit,
            documents: self.len(),
            copies,
            removed: self.removed.numbers.len() as usize,
            words,
            text_bytes: self.documents.iter().map(|part| part.file.text_bytes()).sum(),
            sources: self.sources().iter().filter(|(_, documents)| *documents > 0).count(),
            dated,
            first_date: dates.iter().min().copied(),
            last_date: dates.iter().max().copied(),
            texts: manifest.texts,
            fingerprinting: manifest.fingerprinting,
            postings: self.postings.iter().map(|file| file.count()).sum(),
            bytes: Bytes {
                total: documents + postings + removed,
                packed,
                postings,
                tables: documents + removed - packed,
            },
            files: manifest.documents.len() + manifest.postings.len() + usize::from(manifest.removed.is_some()),
        })
    }
}
