//! An archive as it was at one commit, for reading.

use super::disk::Stored;
use super::documents::{DocumentFacts, Documents};
use super::error::ArchiveError;
use super::index::{Facts, Fingerprinting, Index};
use super::manifest::{FileEntry, FileKind, Manifest};
use super::postings::{Postings, key};
use super::removed::Removed;
use super::sources::Sources;
use crate::document::{Document, Metadata};
use rustc_hash::FxHashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often an archive is opened anew because a writer replaced files meanwhile.
const TRIES: usize = 20;

/// An archive as it was at one commit. What is written later is not seen; any number of snapshots can be read while one writer is
/// at work. Every read is checked, so that a damaged archive gives errors.
#[derive(Debug)]
pub struct Snapshot {
    folder: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) documents: Vec<DocumentsPart>,
    pub(super) postings: Vec<Arc<Postings>>,
    pub(super) removed: Removed,
    /// Names, each with the number of its documents.
    sources: Vec<(String, u32)>,
    /// First documents with a text and their copies, sorted.
    copies: Vec<(u32, u32)>,
    /// For a first document that was removed, the copy that stands for it.
    heirs: FxHashMap<u32, u32>,
}

/// A file of documents in its place.
#[derive(Debug, Clone)]
pub(super) struct DocumentsPart {
    pub first: u32,
    pub file: Arc<Documents>,
    /// The number in the archive of each source of the file.
    pub sources: Vec<u32>,
}

impl Snapshot {
    /// Opens the archive at `folder`. Cost: a few reads for each of its files, of which there are few.
    ///
    /// # Errors
    ///
    /// When there is none, it is of another format, cannot be read or is damaged.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, ArchiveError> {
        let folder = folder.as_ref();
        let read = || Manifest::read(folder)?.ok_or_else(|| ArchiveError::NotAnArchive { path: folder.to_owned() });
        let mut manifest = read()?;
        for _ in 1..TRIES {
            match Self::of(folder, manifest.clone(), None) {
                Err(ArchiveError::Io { path, source }) if source.kind() == io::ErrorKind::NotFound => {
                    // A writer has replaced the file, unless nothing was committed since.
                    let now = read()?;
                    if now.commit == manifest.commit {
                        return Err(ArchiveError::Io { path, source });
                    }
                    manifest = now;
                }
                opened => return opened,
            }
        }
        Self::of(folder, manifest, None)
    }

    /// The archive that a manifest describes; files that `known` has open are not opened again.
    pub(super) fn of(folder: &Path, manifest: Manifest, known: Option<&Self>) -> Result<Self, ArchiveError> {
        let mut sources = Sources::default();
        let mut documents = Vec::with_capacity(manifest.documents.len());
        let mut copies = Vec::new();
        for entry in &manifest.documents {
            let file = match known.and_then(|known| known.documents_file(entry.number)) {
                Some(file) => file,
                None => Arc::new(Documents::open(stored(folder, FileKind::Documents, entry)?)?),
            };
            if file.len() != entry.documents {
                return Err(file.stored().damaged(0, "it has another number of documents than the manifest says"));
            }
            copies.extend(checked_copies(&file, entry)?);
            documents.push(DocumentsPart { first: entry.first, sources: sources.add_all(&file.sources()?), file });
        }
        copies.sort_unstable();
        let mut postings = Vec::with_capacity(manifest.postings.len());
        for entry in &manifest.postings {
            postings.push(match known.and_then(|known| known.postings_file(entry)) {
                Some(file) => file,
                None => {
                    let file = stored(folder, FileKind::Postings, entry)?;
                    Arc::new(Postings::open(file, entry.first, entry.documents)?)
                }
            });
        }
        let removed = match &manifest.removed {
            None => Removed::default(),
            Some(entry) => {
                Removed::read(&stored(folder, FileKind::Removed, entry)?, entry.checksum, manifest.numbers())?
            }
        };
        let mut sources = sources.into_all();
        for ((_, documents), lost) in sources.iter_mut().zip(&removed.by_source) {
            *documents = documents.saturating_sub(*lost);
        }
        let heirs = heirs(&copies, &removed);
        Ok(Self { folder: folder.to_owned(), manifest, documents, postings, removed, sources, copies, heirs })
    }

    fn documents_file(&self, number: u64) -> Option<Arc<Documents>> {
        let at = self.manifest.documents.iter().position(|entry| entry.number == number)?;
        Some(Arc::clone(&self.documents[at].file))
    }

    fn postings_file(&self, entry: &FileEntry) -> Option<Arc<Postings>> {
        let at = self.manifest.postings.iter().position(|known| known == entry)?;
        Some(Arc::clone(&self.postings[at]))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Which commit it is: counted up with each.
    pub fn commit(&self) -> u64 {
        self.manifest.commit
    }

    /// One more than the greatest number that a document has.
    pub fn numbers(&self) -> u32 {
        self.manifest.numbers()
    }

    /// How large its files are on disk, in bytes.
    pub fn bytes(&self) -> u64 {
        let Manifest { documents, postings, removed, .. } = &self.manifest;
        documents.iter().chain(postings).chain(removed).map(|file| file.bytes).sum()
    }

    /// The numbers of all documents, ascending.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        (0..self.numbers()).filter(|&number| !self.removed.numbers.contains(number))
    }

    /// Names of sources, each with the number of its documents.
    pub fn sources(&self) -> &[(String, u32)] {
        &self.sources
    }

    /// The document with `id`.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    pub fn find(&self, id: &str) -> Result<Option<u32>, ArchiveError> {
        self.find_id(xxhash_rust::xxh3::xxh3_128(id.as_bytes()))
    }

    pub(super) fn find_id(&self, id: u128) -> Result<Option<u32>, ArchiveError> {
        for part in self.documents.iter().rev() {
            let mut found = None;
            part.file.find_id(id, |number| {
                found = part.number(number).filter(|&number| !self.removed.numbers.contains(number));
                found.is_some()
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The first document with a folded text, removed or not, of which a copy is left.
    pub(super) fn find_text(&self, text: u128) -> Result<Option<u32>, ArchiveError> {
        for part in self.documents.iter().rev() {
            let mut found = None;
            part.file.find_text(text, |number| {
                found = part.number(number).filter(|&number| self.leader(number).is_some());
                found.is_some()
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The document that stands for those with the text of `first`: itself, or a copy when it was removed.
    pub(super) fn leader(&self, first: u32) -> Option<u32> {
        match self.removed.numbers.contains(first) {
            false => Some(first),
            true => self.heirs.get(&first).copied(),
        }
    }

    /// Every copy of a first document, those that were removed too.
    pub(super) fn all_copies(&self, first: u32) -> impl Iterator<Item = u32> {
        let start = self.copies.partition_point(|&(of, _)| of < first);
        self.copies[start..].iter().take_while(move |&&(of, _)| of == first).map(|&(_, copy)| copy)
    }

    /// The file that a document is in, and its number there.
    pub(super) fn part(&self, number: u32) -> Result<(&DocumentsPart, u32), ArchiveError> {
        let at = self.documents.partition_point(|part| part.first <= number);
        let part = at.checked_sub(1).map(|at| &self.documents[at]).filter(|part| number - part.first < part.file.len());
        part.map(|part| (part, number - part.first))
            .ok_or_else(|| ArchiveError::NoDocument { path: self.folder.clone(), number })
    }

    /// What the archive keeps of a document, its source numbered as in the archive.
    pub(super) fn document_facts(&self, number: u32) -> Result<DocumentFacts, ArchiveError> {
        let (part, local) = self.part(number)?;
        part.with_source(part.file.facts(local)?)
    }
}

impl DocumentsPart {
    /// The number in the archive of a document of the file.
    fn number(&self, local: u32) -> Option<u32> {
        (local < self.file.len()).then(|| self.first + local)
    }

    /// Metadata of a document of the file, from JSON.
    pub fn metadata(&self, json: &[u8]) -> Result<Metadata, ArchiveError> {
        serde_json::from_slice(json).map_err(|_| self.file.stored().damaged(0, "metadata of a document are no JSON"))
    }

    /// The hashes of the id and of the folded text of each document, in order; a copy has none of its text.
    pub fn hashes(&self) -> Result<Vec<(u128, Option<u128>)>, ArchiveError> {
        let [ids, texts] = self.file.tables()?;
        let each = |table: Vec<(u128, u32)>| {
            let mut hashes = vec![None; self.file.len() as usize];
            let once =
                |(hash, number): (u128, u32)| hashes.get_mut(number as usize)?.replace(hash).is_none().then_some(());
            table.into_iter().map(once).collect::<Option<()>>().map(|()| hashes)
        };
        let all = each(ids).zip(each(texts)).and_then(|(ids, texts)| {
            ids.into_iter().zip(texts).map(|(id, text)| Some((id?, text))).collect::<Option<Vec<_>>>()
        });
        all.ok_or_else(|| self.file.stored().damaged(0, "its tables do not name every document once"))
    }

    /// Facts with the source numbered as in the archive.
    pub fn with_source(&self, facts: DocumentFacts) -> Result<DocumentFacts, ArchiveError> {
        let Some(source) = facts.source else { return Ok(facts) };
        match self.sources.get(source as usize) {
            Some(&source) => Ok(DocumentFacts { source: Some(source), ..facts }),
            None => Err(self.file.stored().damaged(0, "a document has a source that is not there")),
        }
    }
}

/// Opens a file of the archive, which must be as long as the manifest says.
fn stored(folder: &Path, kind: FileKind, entry: &FileEntry) -> Result<Stored, ArchiveError> {
    let file = Stored::open(kind.path(folder, entry.number))?;
    match file.len() == entry.bytes {
        true => Ok(file),
        false => Err(file.damaged(file.len(), format!("it should have {} bytes", entry.bytes))),
    }
}

/// The copies of a file, which must come after their first documents and lie in the file.
fn checked_copies(file: &Documents, entry: &FileEntry) -> Result<Vec<(u32, u32)>, ArchiveError> {
    let copies = file.copies()?;
    let own = entry.first..entry.first + entry.documents;
    match copies.iter().all(|&(first, copy)| first < copy && own.contains(&copy)) {
        true => Ok(copies),
        false => Err(file.stored().damaged(0, "its list of copies makes no sense")),
    }
}

/// The first copy that is left of each removed document that has one.
fn heirs(copies: &[(u32, u32)], removed: &Removed) -> FxHashMap<u32, u32> {
    let mut heirs = FxHashMap::default();
    if !removed.numbers.is_empty() {
        for &(first, copy) in copies {
            if removed.numbers.contains(first) && !removed.numbers.contains(copy) {
                heirs.entry(first).or_insert(copy);
            }
        }
    }
    heirs
}

impl Index for Snapshot {
    fn fingerprinting(&self) -> Fingerprinting {
        self.manifest.fingerprinting
    }

    fn len(&self) -> usize {
        self.numbers() as usize - self.removed.numbers.len() as usize
    }

    fn postings(&self, hash: u64, most: usize, found: &mut Vec<u32>) -> Result<usize, ArchiveError> {
        let key = key(hash);
        let begin = found.len();
        let mut count = 0;
        if self.removed.numbers.is_empty() {
            for file in &self.postings {
                count += file.find(key, most - (found.len() - begin), found)?;
            }
            return Ok(count);
        }
        for file in &self.postings {
            file.find(key, usize::MAX, found)?;
        }
        let mut kept = begin;
        for at in begin..found.len() {
            if let Some(leader) = self.leader(found[at]) {
                found[kept] = leader;
                kept += 1;
            }
        }
        found.truncate(kept);
        found[begin..].sort_unstable();
        count = kept - begin;
        found.truncate(begin + most.min(count));
        Ok(count)
    }

    fn facts(&self, number: u32) -> Result<Facts, ArchiveError> {
        let DocumentFacts { words, date, source, copy_of, .. } = self.document_facts(number)?;
        let leader = self.leader(copy_of.unwrap_or(number));
        Ok(Facts { words, date, source, copy_of: leader.filter(|&leader| leader != number) })
    }

    fn copies(&self, number: u32) -> Result<Vec<u32>, ArchiveError> {
        let first = self.document_facts(number)?.copy_of.unwrap_or(number);
        if self.leader(first) != Some(number) {
            return Ok(Vec::new());
        }
        let is_left = |&copy: &u32| copy != number && !self.removed.numbers.contains(copy);
        Ok(self.all_copies(first).filter(is_left).collect())
    }

    fn source(&self, source: u32) -> (&str, u32) {
        let (name, documents) = &self.sources[source as usize];
        (name, *documents)
    }

    fn document(&self, number: u32) -> Result<Document, ArchiveError> {
        let (part, local) = self.part(number)?;
        let facts = part.file.facts(local)?;
        let block = part.file.block(facts.block)?;
        let record = part.file.record(&block, facts.offset)?;
        let metadata = part.metadata(record.metadata)?;
        Ok(Document { metadata, ..Document::new(record.id, record.text) })
    }

    fn has_texts(&self) -> bool {
        self.manifest.texts
    }
}
