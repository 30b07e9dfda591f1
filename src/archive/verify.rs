//! Checking an archive: every checksum, every record, and that what is derived follows from what it is derived from.

use super::disk::Stored;
use super::documents::content;
use super::error::ArchiveError;
use super::manifest::{FileEntry, FileKind, Manifest};
use super::postings::{key, parts};
use super::snapshot::{DocumentsPart, Snapshot};
use super::walk::{Blocks, Walked, walk_part};
use crate::corpus::field::source_and_date;
use rustc_hash::FxHashMap;
use std::path::Path;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// What came of checking an archive.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Verified {
    /// Files that were read from end to end.
    pub files: usize,
    /// Documents that were read, removed ones included.
    pub documents: u64,
    /// Everything that is wrong, file by file.
    pub damage: Vec<ArchiveError>,
}

/// A sum that tells sets of postings apart, whatever their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    count: u32,
    sum: u64,
}

impl Sum {
    fn add(&mut self, key: u64) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(xxh3_64(&key.to_le_bytes()));
    }
}

/// Checks the archive at `folder`: the checksums of all files; that every document unpacks, has the id, words, date, source and
/// content that the tables say, and is named by them once; that copies name a first document with their text; and that the
/// postings are those of the texts, where these are kept. `tick` is told how many more documents were checked.
///
/// Cost: some times that of reading the archive; every text is fingerprinted anew. Memory: some 30 bytes for each document.
///
/// # Errors
///
/// When there is no archive, or it is of another format. What is wrong with an archive is in [`Verified::damage`].
pub fn verify(folder: impl AsRef<Path>, tick: &(dyn Fn(u64) + Sync)) -> Result<Verified, ArchiveError> {
    let folder = folder.as_ref();
    let mut verified = Verified::default();
    let manifest = match Manifest::read(folder) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => return Err(ArchiveError::NotAnArchive { path: folder.to_owned() }),
        Err(ArchiveError::Version { path, found, known }) => {
            return Err(ArchiveError::Version { path, found, known });
        }
        Err(error) => {
            verified.damage.push(error);
            return Ok(verified);
        }
    };
    for (kind, entries) in [
        (FileKind::Documents, &manifest.documents[..]),
        (FileKind::Postings, &manifest.postings),
        (FileKind::Removed, manifest.removed.as_slice()),
    ] {
        for entry in entries {
            verified.files += 1;
            verified.damage.extend(check_file(folder, kind, entry).err());
        }
    }
    match Snapshot::of(folder, manifest, None) {
        Ok(snapshot) => Records { snapshot: &snapshot, verified: &mut verified }.check(tick),
        // The file was named already, unless its checksum is right.
        Err(error) if verified.damage.is_empty() => verified.damage.push(error),
        Err(_) => {}
    }
    Ok(verified)
}

/// Whether a file is as long as the manifest says, and has the checksum.
fn check_file(folder: &Path, kind: FileKind, entry: &FileEntry) -> Result<(), ArchiveError> {
    let file = Stored::open(kind.path(folder, entry.number))?;
    match file.len() == entry.bytes {
        true => file.check(entry.checksum),
        false => Err(file.damaged(file.len().min(entry.bytes), format!("it should have {} bytes", entry.bytes))),
    }
}

/// The check of what the files hold.
struct Records<'v> {
    snapshot: &'v Snapshot,
    verified: &'v mut Verified,
}

/// What is known of a document when its block was read.
struct Checked {
    number: u32,
    /// Of its fingerprints; none where texts are not kept.
    sum: Option<Sum>,
    source: Option<u32>,
    wrong: Option<&'static str>,
}

impl Records<'_> {
    fn check(mut self, tick: &(dyn Fn(u64) + Sync)) {
        let sums = self.postings();
        let mut live = Live::default();
        for part in &self.snapshot.documents {
            if let Err(error) = self.part(part, &sums, &mut live, tick) {
                self.verified.damage.push(error);
            }
        }
        if self.verified.damage.is_empty() && live.sources != sources_of(self.snapshot) {
            let what = "sources do not have the number of documents that is kept";
            self.verified.damage.push(self.damaged(what));
        }
    }

    fn damaged(&self, what: &str) -> ArchiveError {
        let path = self.snapshot.folder().to_owned();
        ArchiveError::Damaged { path, offset: 0, what: what.to_owned() }
    }

    /// Reads all postings: a sum for every document.
    fn postings(&mut self) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.snapshot.numbers() as usize];
        for file in &self.snapshot.postings {
            let bits = file.bucket_bits().min(file.count().div_ceil(1 << 20).max(1).next_power_of_two().ilog2());
            let mut count = 0;
            let mut before = None;
            for slice in 0..1 << bits {
                let postings = match file.slice(slice, bits) {
                    Ok(postings) => postings,
                    Err(error) => {
                        self.verified.damage.push(error);
                        break;
                    }
                };
                count += postings.len() as u64;
                for one in postings {
                    if before.is_some_and(|before| before >= one) {
                        self.verified.damage.push(file.stored().damaged(0, "postings are not in order"));
                        break;
                    }
                    before = Some(one);
                    let (key, document) = parts(one);
                    sums[document as usize].add(key);
                }
            }
            if count != file.count() {
                self.verified.damage.push(file.stored().damaged(0, "it has another number of postings than it says"));
            }
        }
        sums
    }

    /// Reads all documents of a file.
    fn part(
        &mut self,
        part: &DocumentsPart,
        sums: &[Sum],
        live: &mut Live,
        tick: &(dyn Fn(u64) + Sync),
    ) -> Result<(), ArchiveError> {
        let hashes = part.hashes()?;
        let facts = part.file.all_facts()?;
        let copies: Vec<(u32, u32)> = part.file.copies()?;
        let mut expected: Vec<(u32, u32)> =
            facts.iter().zip(part.first..).filter_map(|(facts, number)| Some((facts.copy_of?, number))).collect();
        expected.sort_unstable();
        if copies != expected {
            return Err(part.file.stored().damaged(0, "its list of copies is not that of its documents"));
        }
        let snapshot = self.snapshot;
        let work = |walked: Blocks<'_>| {
            Ok(walked.map(|walked| {
                tick(walked.len() as u64);
                walked.iter().map(|walked| check_document(snapshot, part, walked, &hashes)).collect::<Vec<_>>()
            }))
        };
        let damage = &mut self.verified.damage;
        let mut documents = 0;
        walk_part(part, 1, &|_| true, &work, &mut |checked| {
            match checked {
                Err(error) => damage.push(error),
                Ok(checked) => {
                    for checked in checked {
                        documents += 1;
                        if let Some(what) = checked.wrong.or_else(|| live.add(snapshot, &checked, part, &hashes, sums))
                        {
                            let number = checked.number;
                            damage.push(part.file.stored().damaged(0, format!("document {number}: {what}")));
                        }
                    }
                }
            }
            Ok(())
        })?;
        self.verified.documents += documents;
        Ok(())
    }
}

/// Checks a document by itself.
fn check_document(
    snapshot: &Snapshot,
    part: &DocumentsPart,
    walked: &Walked<'_>,
    hashes: &[(u128, Option<u128>)],
) -> Checked {
    let &Walked { number, facts, record } = walked;
    let (id, text) = hashes[(number - part.first) as usize];
    let mut checked = Checked { number, sum: None, source: None, wrong: None };
    let mut require = |holds: bool, what| {
        if !holds {
            checked.wrong = checked.wrong.or(Some(what));
        }
    };
    require(xxh3_128(record.id.as_bytes()) == id, "its id is not that of the table");
    require(text.is_some() == facts.copy_of.is_none(), "it is both a copy and a first document, or neither");
    let Ok(metadata) = part.metadata(record.metadata) else {
        require(false, "its metadata are no JSON");
        return checked;
    };
    let (source, date) = source_and_date(&metadata);
    require(date == facts.date, "its date is not that of its metadata");
    match part.with_source(facts) {
        Ok(known) => {
            checked.source = known.source;
            let name = known.source.map(|source| snapshot.sources()[source as usize].0.as_str());
            if name != source.as_deref() {
                checked.wrong = checked.wrong.or(Some("its source is not that of its metadata"));
            }
        }
        Err(_) => checked.wrong = checked.wrong.or(Some("its source is not there")),
    }
    if snapshot.manifest.texts {
        let mut fingerprinter = snapshot.manifest.fingerprinting.fingerprinter();
        let mut keys = Vec::new();
        let (words, hash) = fingerprinter.of_text(record.text, |hash| keys.push(key(hash)));
        let right = words == facts.words
            && text.is_none_or(|text| text == hash)
            && content(record.metadata, record.text) == facts.content;
        if !right {
            checked.wrong = checked.wrong.or(Some("its text is not the one that was added"));
        }
        keys.sort_unstable();
        keys.dedup();
        let mut sum = Sum::default();
        keys.iter().for_each(|&key| sum.add(key));
        checked.sum = Some(sum);
    }
    checked
}

/// What is left of the documents that were checked.
#[derive(Debug, Default)]
struct Live {
    ids: FxHashMap<u128, u32>,
    sources: FxHashMap<u32, u32>,
}

impl Live {
    /// Checks a document against the others: what is wrong.
    fn add(
        &mut self,
        snapshot: &Snapshot,
        checked: &Checked,
        part: &DocumentsPart,
        hashes: &[(u128, Option<u128>)],
        sums: &[Sum],
    ) -> Option<&'static str> {
        let local = checked.number - part.first;
        let found = sums[checked.number as usize];
        let is_first = hashes[local as usize].1.is_some();
        if !is_first && found.count > 0 {
            return Some("it is a copy and has postings");
        }
        let is_removed = snapshot.removed.numbers.contains(checked.number);
        // Postings of a removed document go when files are merged, unless a copy stands for it.
        let may_lack = snapshot.leader(checked.number).is_none() && found.count == 0;
        if is_first && !may_lack && checked.sum.is_some_and(|sum| sum != found) {
            return Some("its postings are not those of its text");
        }
        if is_removed {
            return None;
        }
        if let Some(source) = checked.source {
            *self.sources.entry(source).or_default() += 1;
        }
        let taken = self.ids.insert(hashes[local as usize].0, checked.number);
        taken.map(|_| "another document has its id")
    }
}

/// How many documents each source has that has any.
fn sources_of(snapshot: &Snapshot) -> FxHashMap<u32, u32> {
    let counts = snapshot.sources().iter().zip(0..).map(|((_, documents), number)| (number, *documents));
    counts.filter(|(_, documents)| *documents > 0).collect()
}
