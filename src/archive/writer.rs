//! Writing to an archive: adding, removing, committing.
//!
//! What is added goes to a new file as it comes; what is needed to find it is held in memory until it is committed, which happens
//! by itself after so much text or memory. A commit writes and makes durable, in this order: the documents, their postings, the
//! list of removed documents, and the manifest that names them.

use super::MOST_DOCUMENTS;
use super::disk::{Disk, RealDisk};
use super::documents::{Entry, Packed, Record, pack};
use super::error::ArchiveError;
use super::halt::{Closable, Halt, remove_others};
use super::lock::{self, Lock};
use super::manifest::{self, FileEntry, FileKind, Manifest};
use super::merge::MANY;
use super::options::WriteOptions;
use super::pending::Pending;
use super::postings::PostingsWriter;
use super::prepare::{Prepared, Preparer, Taken};
use super::removed::Removed;
use super::snapshot::{DocumentsPart, Snapshot};
use super::walk::{BLOCKS, Blocks, Walked, walk};
use crate::corpus::intake::Intake;
use crate::document::{Document, Metadata};
use crate::read::{Limits, ReadError};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Batches in work for each thread.
const BATCHES: usize = 2;

/// Documents that are prepared as one batch when they come one by one.
const BATCH: usize = 64;

/// Tables are read when a share of one in so many of their documents is looked up: to read an entry with all others takes some
/// nanoseconds, and to look one up some ten reads in each file.
const MANY_LOOK_UPS: usize = 1000;

/// What came of adding documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents added, those that replaced another included.
    pub documents: u64,
    /// Those that replaced one with the same id.
    pub replaced: u64,
    /// Those of them whose text, after folding, another document had already.
    pub copies: u64,
    /// Documents that were there already, word for word and with the same metadata, and were left as they are.
    pub unchanged: u64,
    /// Bytes of text of the documents added.
    pub text_bytes: u64,
    /// Documents read with a date that is none that can be read: they count as undated.
    pub undated: u64,
}

/// The one writer of an archive.
pub struct Writer {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    closable: Arc<Closable>,
    options: WriteOptions,
    snapshot: Snapshot,
    /// Those that are not committed yet among them.
    removed: Removed,
    pending: Option<Pending>,
    /// Documents that were looked up in the tables of those that are there.
    looked_up: usize,
    added: Added,
    committed: Added,
    lock: Lock,
    /// Whether the folder was not there before.
    made_folder: bool,
}

impl Writer {
    /// Opens the archive at `folder` for writing, or makes one. Of `options`, what an archive that is there keeps is not taken.
    ///
    /// # Errors
    ///
    /// When another process writes to it, something else is in its place, it is damaged or cannot be written.
    pub fn create(folder: impl AsRef<Path>, options: &WriteOptions) -> Result<Self, ArchiveError> {
        Self::with_disk(folder.as_ref(), options, Arc::new(RealDisk), true)
    }

    /// Opens the archive at `folder` for writing.
    ///
    /// # Errors
    ///
    /// As [`Writer::create`], and when there is none.
    pub fn open(folder: impl AsRef<Path>, options: &WriteOptions) -> Result<Self, ArchiveError> {
        Self::with_disk(folder.as_ref(), options, Arc::new(RealDisk), false)
    }

    pub(super) fn with_disk(
        folder: &Path,
        options: &WriteOptions,
        disk: Arc<dyn Disk>,
        may_create: bool,
    ) -> Result<Self, ArchiveError> {
        options.fingerprinting.check()?;
        let closable = Arc::new(Closable::new(disk));
        let disk: Arc<dyn Disk> = Arc::clone(&closable) as _;
        let made_folder = !folder.exists();
        if Manifest::read(folder)?.is_none() {
            if !may_create {
                return Err(ArchiveError::NotAnArchive { path: folder.to_owned() });
            }
            make_room(folder)?;
        }
        let lock = Lock::take(folder)?;
        // Another writer may have come first.
        let manifest = match Manifest::read(folder)? {
            Some(manifest) => manifest,
            None => Manifest::new(options.fingerprinting, options.texts),
        };
        if !options.texts && manifest.texts {
            let (kept, wanted) = ("texts", "documents without theirs");
            return Err(ArchiveError::Mismatch { path: folder.to_owned(), kept, wanted });
        }
        let snapshot = Snapshot::of(folder, manifest, None)?;
        let removed = snapshot.removed.clone();
        let writer = Self {
            folder: folder.to_owned(),
            disk,
            closable,
            options: *options,
            snapshot,
            removed,
            pending: None,
            looked_up: 0,
            added: Added::default(),
            committed: Added::default(),
            lock,
            made_folder,
        };
        writer.collect_garbage();
        Ok(writer)
    }

    /// What ends the writer from another thread.
    pub fn halt(&self) -> Halt {
        Halt::new(Arc::clone(&self.closable), &self.folder, self.made_folder)
    }

    /// The archive as it was last committed.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    pub(super) fn options(&self) -> &WriteOptions {
        &self.options
    }

    /// What was added since the writer was opened, committed or not.
    pub fn added(&self) -> Added {
        self.added
    }

    /// What was added and committed since the writer was opened.
    pub fn committed(&self) -> Added {
        self.committed
    }

    /// Adds all documents of `inputs` (files and folders, as [`documents`](crate::read::documents) takes them), and commits as it
    /// goes and at the end. `tick` is told how many more documents were read, `committed` what was added up to each commit.
    ///
    /// Returns what could not be read: it does not end the rest.
    ///
    /// # Errors
    ///
    /// When the archive cannot be written or is damaged. What was committed stays.
    pub fn add(
        &mut self,
        inputs: &[PathBuf],
        tick: &(dyn Fn(u64) + Sync),
        committed: &mut (dyn FnMut(Added) + Send),
    ) -> Result<Vec<ReadError>, ArchiveError> {
        let limits = Limits::default();
        let mut intake = Intake::new(inputs, &limits);
        let count = BATCHES * rayon::current_num_threads();
        let (fingerprinting, texts) = (self.snapshot.manifest.fingerprinting, self.snapshot.manifest.texts);
        let mut rejected = Vec::new();
        let mut batches = intake.take(count);
        let mut taken: Vec<Taken> = Vec::new();
        while !batches.is_empty() || !taken.is_empty() {
            let apart = || -> Vec<Taken> {
                let take = |batch| Preparer::new(fingerprinting, texts).batch(batch, inputs, &limits);
                batches.into_par_iter().with_max_len(1).map(take).collect()
            };
            let mut put = |taken: Vec<Taken>| {
                tick(taken.iter().map(|taken| taken.documents.len() as u64).sum());
                self.add_all(taken, committed)
            };
            // While some batches are taken apart, the next are read and those before added.
            let (next, (ready, added)) =
                rayon::join(apart, || rayon::join(|| intake.take(count), || put(std::mem::take(&mut taken))));
            rejected.extend(added?);
            (taken, batches) = (next, ready);
        }
        // Where all is well and there was nothing to add, there is an archive all the same.
        let is_well = rejected.iter().all(|error| error.is_bystander());
        if self.pending.is_some() || (is_well && self.is_new()) {
            self.commit()?;
            committed(self.added);
        }
        self.merge()?;
        Ok(rejected)
    }

    /// Whether nothing was ever committed.
    fn is_new(&self) -> bool {
        self.snapshot.manifest.commit == 0
    }

    /// Ends the writing. Where nothing was ever committed, no trace is left of an archive that this writer was to make.
    pub fn give_up(self) {
        let Self { folder, snapshot, lock, made_folder, .. } = self;
        if made_folder && snapshot.manifest.commit == 0 {
            lock.remove(&folder);
        }
    }

    /// Adds documents; they are there when [`Writer::commit`] has returned. One whose id is taken replaces what has it.
    ///
    /// # Errors
    ///
    /// When the archive cannot be written or is damaged.
    pub fn add_documents(&mut self, documents: Vec<Document>) -> Result<(), ArchiveError> {
        let (fingerprinting, texts) = (self.snapshot.manifest.fingerprinting, self.snapshot.manifest.texts);
        let mut documents = documents.into_iter();
        let batches = std::iter::from_fn(|| {
            let batch: Vec<_> = documents.by_ref().take(BATCH).collect();
            (!batch.is_empty()).then_some(batch)
        });
        let batches: Vec<_> = batches.collect();
        let take = |batch: Vec<_>| Preparer::new(fingerprinting, texts).documents(batch.into_iter());
        let taken: Vec<Taken> = batches.into_par_iter().map(take).collect();
        self.add_all(taken, &mut |_| {}).map(|_| ())
    }

    /// Removes the document with `id`; false when there is none.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    pub fn remove(&mut self, id: &str) -> Result<bool, ArchiveError> {
        match self.find(xxhash_rust::xxh3::xxh3_128(id.as_bytes()))? {
            Some(number) => self.remove_number(number).map(|()| true),
            None => Ok(false),
        }
    }

    /// Removes every document that `is_unwanted` says yes to, by its id and metadata; returns how many. Commits first what was
    /// added before. Cost: linear in the archive.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read, or is damaged.
    pub fn remove_where(
        &mut self,
        is_unwanted: &(dyn Fn(&str, &Metadata) -> bool + Sync),
    ) -> Result<usize, ArchiveError> {
        if self.pending.is_some() {
            self.commit()?;
        }
        let removed = &self.removed.numbers;
        let is_left = |number: u32| !removed.contains(number);
        let mut unwanted = Vec::new();
        let choose = |part: &DocumentsPart, walked: Blocks<'_>| {
            let mut chosen = Vec::new();
            for Walked { number, record, .. } in walked? {
                if is_unwanted(record.id, &part.metadata(record.metadata)?) {
                    chosen.push(*number);
                }
            }
            Ok(chosen)
        };
        walk(&self.snapshot, BLOCKS, &is_left, &choose, &mut |_, mut chosen| {
            unwanted.append(&mut chosen);
            Ok(())
        })?;
        unwanted.iter().try_for_each(|&number| self.remove_number(number))?;
        Ok(unwanted.len())
    }

    /// The document that has an id now.
    fn find(&self, id: u128) -> Result<Option<u32>, ArchiveError> {
        let pending = self.pending.as_ref().and_then(|pending| pending.find_id(id));
        let known = match pending {
            Some(number) => Some(number),
            None => self.snapshot.find_id(id)?,
        };
        Ok(known.filter(|&number| !self.removed.numbers.contains(number)))
    }

    fn remove_number(&mut self, number: u32) -> Result<(), ArchiveError> {
        let source = match &mut self.pending {
            Some(pending) if number >= pending.first => {
                pending.lose(number);
                None
            }
            _ => self.snapshot.document_facts(number)?.source,
        };
        self.removed.insert(number, source);
        Ok(())
    }

    /// Adds prepared documents, and commits where the bounds say so.
    fn add_all(
        &mut self,
        taken: Vec<Taken>,
        committed: &mut (dyn FnMut(Added) + Send),
    ) -> Result<Vec<ReadError>, ArchiveError> {
        let mut rejected = Vec::new();
        let mut group = Vec::new();
        for mut taken in taken {
            rejected.append(&mut taken.rejected);
            self.added.undated += taken.undated;
            let entries = self.resolve(&taken)?;
            group.push((taken, entries));
            if self.is_full() {
                self.write(std::mem::take(&mut group))?;
                self.commit()?;
                committed(self.added);
            }
        }
        self.write(group)?;
        Ok(rejected)
    }

    fn is_full(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| {
            pending.text_bytes >= self.options.commit_bytes || pending.memory() >= self.options.memory / 4
        })
    }

    /// Decides of each document whether it is new, replaces one, is a copy or is there already. Returns those to be written, by
    /// their index.
    fn resolve(&mut self, taken: &Taken) -> Result<Vec<(usize, Entry)>, ArchiveError> {
        self.expect_look_ups(taken.documents.len())?;
        let snapshot = &self.snapshot;
        let look_up = |document: &Prepared| {
            let existing = snapshot.find_id(document.id_hash)?;
            let content =
                existing.map(|number| snapshot.document_facts(number)).transpose()?.map(|facts| facts.content);
            Ok((existing, content, snapshot.find_text(document.text_hash)?))
        };
        let known: Vec<_> = taken.documents.par_iter().map(look_up).collect::<Result<_, ArchiveError>>()?;
        let mut entries = Vec::with_capacity(known.len());
        for (at, (document, (existing, content, first))) in taken.documents.iter().zip(known).enumerate() {
            let pending = self.pending.as_ref();
            let existing = pending.and_then(|pending| pending.find_id(document.id_hash)).or(existing);
            if let Some(number) = existing.filter(|&number| !self.removed.numbers.contains(number)) {
                let content = match pending {
                    Some(pending) if number >= pending.first => Some(pending.content(number)),
                    _ => content,
                };
                if content == Some(document.content) {
                    self.added.unchanged += 1;
                    continue;
                }
                self.remove_number(number)?;
                self.added.replaced += 1;
            }
            let copy_of = self.first_with(document.text_hash, first)?;
            let pending = self.pending()?;
            entries.push((at, pending.add(document, &taken.keys[document.keys.clone()], copy_of)));
            self.added.documents += 1;
            self.added.copies += u64::from(copy_of.is_some());
            self.added.text_bytes += document.text_bytes;
        }
        Ok(entries)
    }

    /// The first document with a text, of those of which one is left; `committed` is the one that was there at the last commit.
    fn first_with(&self, text: u128, committed: Option<u32>) -> Result<Option<u32>, ArchiveError> {
        if let Some(first) = self.pending.as_ref().and_then(|pending| pending.find_text(text)) {
            return Ok(Some(first));
        }
        let Some(first) = committed else { return Ok(None) };
        let removed = &self.removed.numbers;
        let is_left = |number: u32| !removed.contains(number);
        let left = is_left(first) || self.snapshot.all_copies(first).any(is_left);
        Ok(left.then_some(first))
    }

    /// The file that documents are added to.
    fn pending(&mut self) -> Result<&mut Pending, ArchiveError> {
        let numbers = self.snapshot.numbers();
        if self.pending.as_ref().is_some_and(|pending| numbers + pending.len() >= MOST_DOCUMENTS) {
            return Err(ArchiveError::TooMany);
        }
        if self.pending.is_none() {
            let number = self.snapshot.manifest.next_file;
            let file = self.new_file(FileKind::Documents, number)?;
            self.pending = Some(Pending::new(file, number, numbers)?);
        }
        Ok(self.pending.as_mut().expect("it was made if it was not there"))
    }

    /// Packs documents on all threads, and writes them in their order.
    fn write(&mut self, group: Vec<(Taken, Vec<(usize, Entry)>)>) -> Result<(), ArchiveError> {
        let packed = |(taken, entries): (Taken, Vec<(usize, Entry)>)| {
            let record = |&(at, _): &(usize, Entry)| {
                let Prepared { id, metadata, text, text_bytes, .. } = &taken.documents[at];
                Record { id, metadata, text, text_bytes: *text_bytes }
            };
            let blocks = pack(entries.iter().map(record))?;
            Ok((blocks, entries.into_iter().map(|(_, entry)| entry).collect()))
        };
        let Some(pending) = &mut self.pending else { return Ok(()) };
        let packed: std::io::Result<Vec<(Vec<Packed>, Vec<Entry>)>> = group.into_par_iter().map(packed).collect();
        let packed = packed.map_err(ArchiveError::io(pending.writer.path()))?;
        packed.iter().try_for_each(|(blocks, entries)| pending.write(blocks, entries))
    }

    /// Makes everything that was added and removed durable and visible, at once.
    ///
    /// # Errors
    ///
    /// When a file cannot be written. The archive is then as it was before, and so are the files; what was added since is lost.
    pub fn commit(&mut self) -> Result<(), ArchiveError> {
        let mut manifest = self.snapshot.manifest.clone();
        let is_new = manifest.commit == 0;
        if let Some(pending) = self.pending.take() {
            self.write_pending(pending, &mut manifest)?;
        } else if !is_new && self.removed == self.snapshot.removed {
            return Ok(());
        }
        if self.removed != self.snapshot.removed {
            let number = manifest.take_number();
            let written = self.removed.write(&self.disk, FileKind::Removed.path(&self.folder, number))?;
            manifest.removed = Some(FileEntry::new(number, written, 0, 0));
        }
        self.replace(manifest)?;
        let manifest = &self.snapshot.manifest;
        match manifest.documents.len().max(manifest.postings.len()) > MANY {
            true => self.merge(),
            false => Ok(()),
        }
    }

    /// Makes the files of pending documents durable.
    fn write_pending(&self, pending: Pending, manifest: &mut Manifest) -> Result<(), ArchiveError> {
        let (first, documents, number) = (pending.first, pending.len(), pending.file);
        manifest.next_file = number + 1;
        let (writer, sources, postings) = pending.into_parts();
        let written = writer.finish(sources.all())?;
        manifest.documents.push(FileEntry::new(number, written, first, documents));
        let number = manifest.take_number();
        let file = self.new_file(FileKind::Postings, number)?;
        let count = postings.iter().map(Vec::len).sum::<usize>() as u64;
        let mut writer = PostingsWriter::new(file, count, documents)?;
        postings.iter().flatten().try_for_each(|&posting| writer.push(posting))?;
        manifest.postings.push(FileEntry::new(number, writer.finish()?, first, documents));
        Ok(())
    }

    /// Commits a manifest, and removes what it does not name any more.
    pub(super) fn replace(&mut self, mut manifest: Manifest) -> Result<(), ArchiveError> {
        manifest.commit += 1;
        manifest.commit(&self.folder, &self.disk)?;
        self.committed = self.added;
        self.snapshot = Snapshot::of(&self.folder, manifest, Some(&self.snapshot))?;
        self.removed = self.snapshot.removed.clone();
        self.collect_garbage();
        Ok(())
    }

    /// Where there are many look-ups, has the tables read whole for them or, once an eighth of the memory does not hold that,
    /// sieves made of the others, in as much again.
    fn expect_look_ups(&mut self, count: usize) -> Result<(), ArchiveError> {
        self.looked_up += count;
        if self.looked_up < self.snapshot.numbers() as usize / MANY_LOOK_UPS {
            return Ok(());
        }
        let files = || self.snapshot.documents.iter().map(|part| &part.file);
        let fits = |bytes: u64| bytes <= self.options.memory as u64 / 8;
        if fits(files().map(|file| file.table_bytes()).sum()) {
            files().try_for_each(|file| file.load())
        } else if fits(files().map(|file| file.sieve_bytes()).sum()) {
            files().try_for_each(|file| file.sift())
        } else {
            Ok(())
        }
    }

    /// Removes files that no commit names: an interrupted writer left them, or they were merged.
    fn collect_garbage(&self) {
        let named = self.snapshot.manifest.names();
        remove_others(&self.folder, |name| named.contains(name), |path| self.disk.remove(path));
    }
}

/// Makes the folder of a new archive, which must be empty but for what an interrupted writer left.
fn make_room(folder: &Path) -> Result<(), ArchiveError> {
    let io = || ArchiveError::io(folder);
    if folder.exists() {
        for entry in fs::read_dir(folder).map_err(io())? {
            let name = entry.map_err(io())?.file_name();
            if !name.to_str().is_some_and(|name| name == lock::NAME || manifest::is_own(name)) {
                return Err(ArchiveError::Occupied { path: folder.to_owned() });
            }
        }
    }
    fs::create_dir_all(folder).map_err(io())
}
