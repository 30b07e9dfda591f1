//! Compacting: what was removed goes, documents are numbered anew, and the archive has as few files as can be.

use super::documents::{DocumentFacts, DocumentsWriter, Entry, Packed, pack};
use super::error::ArchiveError;
use super::manifest::{FileEntry, FileKind, Manifest};
use super::postings::merge;
use super::snapshot::{DocumentsPart, Snapshot};
use super::sources::Sources;
use super::walk::{BLOCKS, Walked, walk_part};
use super::writer::Writer;
use rustc_hash::FxHashMap;

/// Bytes of packed documents in a file, about.
const FILE_BYTES: u64 = 1 << 30;

/// No number.
const NONE: u32 = u32::MAX;

/// Blocks with the documents in them, each with the number of its source in the archive.
type Repacked = (Vec<Packed>, Vec<Entry>);

/// Files of documents that are being written one after the other.
struct Rewritten<'w> {
    writer: &'w Writer,
    manifest: Manifest,
    open: Option<Open>,
    /// Documents in files that are done.
    documents: u32,
}

/// The file at work.
struct Open {
    writer: DocumentsWriter,
    number: u64,
    sources: Sources,
}

impl Writer {
    /// Writes the archive anew without what was removed: documents are numbered anew, and there are as few files as can be.
    /// False where nothing can be gained. Cost: linear in the archive. Needs as much space again while it is at work.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or is damaged. The archive is then as it was.
    pub fn compact(&mut self) -> Result<bool, ArchiveError> {
        self.commit()?;
        let snapshot = self.snapshot();
        if snapshot.removed.numbers.is_empty() && snapshot.postings.len() < 2 && !has_small_files(&snapshot.manifest) {
            return Ok(false);
        }
        for (file, entry) in snapshot.postings.iter().zip(&snapshot.manifest.postings) {
            // What is copied gets a new checksum, under which damage would be safe.
            file.stored().check(entry.checksum)?;
        }
        let manifest = self.rewrite()?;
        self.replace(manifest)?;
        Ok(true)
    }

    /// Writes all files of the compacted archive.
    fn rewrite(&self) -> Result<Manifest, ArchiveError> {
        let snapshot = self.snapshot();
        let numbers = new_numbers(snapshot);
        let texts = inherited_texts(snapshot)?;
        let old = &snapshot.manifest;
        let manifest = Manifest { documents: Vec::new(), postings: Vec::new(), removed: None, ..old.clone() };
        let mut rewritten = Rewritten { writer: self, manifest, open: None, documents: 0 };
        let wanted = |number: u32| !snapshot.removed.numbers.contains(number);
        for part in &snapshot.documents {
            let hashes = part.hashes()?;
            let repack = Repack { snapshot, part, numbers: &numbers, hashes: &hashes, inherited: &texts };
            walk_part(part, BLOCKS, &wanted, &|walked| repack.pack(walked?), &mut |repacked| rewritten.add(repacked))?;
        }
        rewritten.close()?;
        let Rewritten { mut manifest, documents, .. } = rewritten;
        if documents > 0 {
            let number = manifest.take_number();
            let file = self.new_file(FileKind::Postings, number)?;
            let files: Vec<_> = snapshot.postings.iter().map(|file| &**file).collect();
            let renumber = |old| snapshot.leader(old).map(|leader| numbers[leader as usize]);
            let written = merge(&files, 0, documents, &renumber, file)?;
            manifest.postings.push(FileEntry::new(number, written, 0, documents));
        }
        Ok(manifest)
    }
}

/// Whether two files of documents next to each other would fit in one.
fn has_small_files(manifest: &Manifest) -> bool {
    manifest.documents.windows(2).any(|two| two[0].bytes + two[1].bytes <= FILE_BYTES)
}

/// The new number of each document; that of a removed one is none.
fn new_numbers(snapshot: &Snapshot) -> Vec<u32> {
    let mut numbers = vec![NONE; snapshot.numbers() as usize];
    snapshot.all().zip(0..).for_each(|(old, new)| numbers[old as usize] = new);
    numbers
}

/// Hashes of the texts of removed documents that a copy stands for.
fn inherited_texts(snapshot: &Snapshot) -> Result<FxHashMap<u32, u128>, ArchiveError> {
    let mut texts = FxHashMap::default();
    for part in &snapshot.documents {
        let [_, own] = part.file.tables()?;
        let own = own.into_iter().map(|(text, local)| (part.first.saturating_add(local), text));
        let is_removed = |first: u32| snapshot.removed.numbers.contains(first);
        texts.extend(own.filter(|&(first, _)| is_removed(first) && snapshot.leader(first).is_some()));
    }
    Ok(texts)
}

/// How the documents of a file are packed anew.
struct Repack<'r> {
    snapshot: &'r Snapshot,
    part: &'r DocumentsPart,
    numbers: &'r [u32],
    hashes: &'r [(u128, Option<u128>)],
    inherited: &'r FxHashMap<u32, u128>,
}

impl Repack<'_> {
    fn pack(&self, walked: &[Walked<'_>]) -> Result<Repacked, ArchiveError> {
        let entries = walked.iter().map(|walked| self.entry(walked)).collect::<Result<_, _>>()?;
        let packed = pack(walked.iter().map(|walked| walked.record));
        Ok((packed.map_err(ArchiveError::io(self.part.file.stored().path()))?, entries))
    }

    fn entry(&self, walked: &Walked<'_>) -> Result<Entry, ArchiveError> {
        let &Walked { number, facts, record } = walked;
        let first = facts.copy_of.unwrap_or(number);
        let copy_of = self.snapshot.leader(first).filter(|&leader| leader != number);
        let (id, own) = self.hashes[(number - self.part.first) as usize];
        let text = match copy_of {
            // It is that of another document.
            Some(_) => Some(0),
            None => own.or_else(|| self.inherited.get(&first).copied()),
        };
        let text = text.ok_or_else(|| self.part.file.stored().damaged(0, "the text of a document is in no table"))?;
        let copy_of = copy_of.map(|leader| self.numbers[leader as usize]);
        let facts = self.part.with_source(DocumentFacts { copy_of, ..facts })?;
        Ok(Entry { facts, id, text, text_bytes: record.text_bytes })
    }
}

impl Rewritten<'_> {
    fn add(&mut self, (packed, mut entries): Repacked) -> Result<(), ArchiveError> {
        let open = match &mut self.open {
            Some(open) => open,
            None => {
                let number = self.manifest.take_number();
                let writer = DocumentsWriter::new(self.writer.new_file(FileKind::Documents, number)?)?;
                self.open.insert(Open { writer, number, sources: Sources::default() })
            }
        };
        let names = self.writer.snapshot().sources();
        for entry in &mut entries {
            entry.facts.source = entry.facts.source.map(|source| open.sources.add(&names[source as usize].0, 1));
        }
        open.writer.blocks(&packed, entries.into_iter(), self.documents)?;
        match open.writer.bytes() >= FILE_BYTES || open.writer.memory() >= self.writer.options().memory / 4 {
            true => self.close(),
            false => Ok(()),
        }
    }

    fn close(&mut self) -> Result<(), ArchiveError> {
        let Some(Open { writer, number, sources }) = self.open.take() else { return Ok(()) };
        let documents = writer.len();
        let written = writer.finish(sources.all())?;
        self.manifest.documents.push(FileEntry::new(number, written, self.documents, documents));
        self.documents += documents;
        Ok(())
    }
}
