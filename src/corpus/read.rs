//! Reading a corpus: inputs to the table of documents, their tokens, and the records that the other stages sort.
//!
//! Batches are taken apart on all threads and put together in their order, so that the numbers of documents, and with them
//! everything after, do not depend on the threads. Texts are not held: each document keeps the place where it can be read
//! again. One that has none (packed, or from a stream) is copied to a file.

use super::Corpus;
use super::digest::{Digester, Digests, PARTITION_BITS, Posting, SketchRecord, split};
use super::error::CorpusError;
use super::field::{self, Fields};
use super::intake::{Batch, Intake, Items, Source};
use super::options::CorpusOptions;
use super::partition::Partitions;
use super::store::{DocumentRecord, Documents, Place, Rejected};
use super::taken::Taken;
use super::tokens::{TokenPlace, TokenStore};
use crate::document::Document;
use crate::read::{Limits, ReadError, Reason};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Batches in work for each thread.
const BATCHES: usize = 2;

/// Reads every document of `inputs`.
pub(super) fn read(
    inputs: &[PathBuf],
    options: &CorpusOptions,
    tick: &(dyn Fn(u64) + Sync),
) -> Result<Corpus, CorpusError> {
    let limits = Limits::default();
    let mut intake = Intake::new(inputs, &limits);
    let mut gathered = Gathered::new(inputs, options);
    let count = BATCHES * rayon::current_num_threads();
    let mut batches = intake.take(count);
    let mut apart_already = Vec::new();
    while !batches.is_empty() || !apart_already.is_empty() {
        let apart = || -> Vec<Apart> {
            batches.into_par_iter().with_max_len(1).map(|batch| take(batch, inputs, options, &limits)).collect()
        };
        // While some batches are taken apart, the next are read and those before put in their place.
        let (next, (ready, added)) = rayon::join(apart, || {
            rayon::join(|| intake.take(count), || gathered.add_all(std::mem::take(&mut apart_already), tick))
        });
        added?;
        (apart_already, batches) = (next, ready);
    }
    Ok(gathered.finish(intake.sources))
}

/// A batch taken apart.
struct Apart {
    source: u32,
    /// Of each text its id and where it stands.
    named: Vec<Named>,
    digests: Digests,
    rejected: Vec<ReadError>,
}

/// A document without its text.
struct Named {
    id: String,
    /// In a file of many.
    line: Option<usize>,
    stands: Stands,
    /// XXH3 of the text.
    hash: u64,
    /// Its bytes.
    bytes: usize,
    /// Those that pairs are chosen by.
    values: Vec<Option<String>>,
}

/// Where the text of a document stands.
enum Stands {
    Line { offset: u64, len: u32 },
    File(PathBuf),
    Copied(Vec<u8>),
}

/// Takes a batch apart. A pure function of its documents.
fn take(batch: Batch, inputs: &[PathBuf], options: &CorpusOptions, limits: &Limits) -> Apart {
    let path = &inputs[batch.source as usize];
    let mut digester = Digester::new(options);
    let mut named = Vec::new();
    let mut rejected = Vec::new();
    let fields = options.filter.fields();
    let fields = if options.filter.needs_fields() { &fields[..] } else { &[] };
    let mut keep = |document: Document, line: Option<usize>, stands: Stands| {
        digester.add(&document.text);
        let values = field::values(&document.metadata, fields);
        let (hash, bytes) = (xxh3_64(document.text.as_bytes()), document.text.len());
        named.push(Named { id: document.id, line, stands, hash, bytes, values });
    };
    match batch.items {
        Items::Lines(block) => lines(&block, path, limits, &mut rejected, keep),
        Items::PackedLines(block) => lines(&block, path, limits, &mut rejected, |document, line, _| {
            let copy = copied(&document);
            keep(document, line, copy);
        }),
        Items::Documents(documents) => {
            for document in documents {
                match document {
                    Ok(document) => {
                        let stands = stands(&document);
                        keep(document, None, stands);
                    }
                    Err(error) => rejected.push(error),
                }
            }
        }
    }
    Apart { source: batch.source, named, digests: digester.finish(), rejected }
}

fn lines(
    block: &crate::read::blocks::Block,
    path: &Path,
    limits: &Limits,
    rejected: &mut Vec<ReadError>,
    mut keep: impl FnMut(Document, Option<usize>, Stands),
) {
    for record in block.records(path, limits) {
        match record.document {
            Ok(document) => {
                keep(document, Some(record.line), Stands::Line { offset: record.offset, len: record.len });
            }
            Err(reason) => rejected.push(ReadError::at_line(path, record.line, reason)),
        }
    }
}

/// A text that is a whole file is read again from there; that of a record is copied.
fn stands(document: &Document) -> Stands {
    match (&document.path, document.digest) {
        (Some(path), Some(_)) => Stands::File(path.clone()),
        _ => copied(document),
    }
}

fn copied(document: &Document) -> Stands {
    let line = serde_json::json!({"id": document.id, "text": document.text, "metadata": document.metadata});
    Stands::Copied(serde_json::to_vec(&line).expect("a document is JSON"))
}

/// Everything put together so far.
struct Gathered<'o> {
    inputs: &'o [PathBuf],
    options: &'o CorpusOptions,
    documents: Documents,
    /// Bytes of their texts.
    bytes: u64,
    /// Documents of each input.
    read: Vec<usize>,
    /// Digests of what each input holds.
    contents: Vec<Xxh3>,
    fields: Fields,
    tokens: TokenStore,
    sketches: Partitions<SketchRecord>,
    postings: Partitions<Posting>,
    rejected: Vec<Rejected>,
    taken: Taken,
}

/// No document of its own: the id is taken, or the text was there before.
const NONE: u32 = u32::MAX;

impl<'o> Gathered<'o> {
    fn new(inputs: &'o [PathBuf], options: &'o CorpusOptions) -> Self {
        // Postings are the most by far; pairs found in them come after they are gone.
        let partitions = 1 << PARTITION_BITS;
        Self {
            inputs,
            options,
            documents: Documents::default(),
            bytes: 0,
            read: vec![0; inputs.len()],
            contents: vec![Xxh3::new(); inputs.len()],
            fields: Fields::new(if options.filter.needs_fields() { options.filter.fields().len() } else { 0 }),
            tokens: TokenStore::new(options.for_records(0) / 4),
            sketches: Partitions::new(partitions, options.for_records(0) / 8),
            postings: Partitions::new(partitions, options.for_records(0) / 4),
            rejected: Vec::new(),
            taken: Taken::default(),
        }
    }

    fn add_all(&mut self, batches: Vec<Apart>, tick: &(dyn Fn(u64) + Sync)) -> Result<(), CorpusError> {
        for batch in batches {
            tick(batch.named.len() as u64);
            self.add(batch)?;
        }
        let bytes = self.options.for_records(self.documents.len());
        self.tokens.limit(bytes / 4, &self.options.spill)?;
        self.sketches.limit(bytes / 8);
        self.postings.limit(bytes / 4);
        self.sketches.settle(&self.options.spill)?;
        self.postings.settle(&self.options.spill)
    }

    fn add(&mut self, batch: Apart) -> Result<(), CorpusError> {
        let Apart { source, named, digests, rejected } = batch;
        self.rejected.extend(rejected);
        let block = self.tokens.push(digests.tokens, &self.options.spill)?;
        let mut numbers = Vec::with_capacity(named.len());
        for (Named { id, line, stands, hash, bytes, values }, text) in named.into_iter().zip(&digests.texts) {
            let contents = &mut self.contents[source as usize];
            contents.update(&hash.to_le_bytes());
            contents.update(id.as_bytes());
            if !values.is_empty() {
                contents.update(format!("{values:?}").as_bytes());
            }
            if self.taken.has_id(&id, &self.documents) {
                let path = self.inputs[source as usize].clone();
                self.rejected.push(ReadError { path, line, reason: Reason::DuplicateId(id) });
                numbers.push(NONE);
                continue;
            }
            let number = u32::try_from(self.documents.len()).ok().filter(|&number| number < NONE);
            let number = number.ok_or(CorpusError::TooMany)?;
            let first = self.taken.first(text.digest).unwrap_or(number);
            let tokens = TokenPlace { block, start: text.start, len: text.len };
            let place = self.place(source, stands)?;
            self.fields.push(values);
            self.bytes += bytes as u64;
            self.documents.push(&id, DocumentRecord { place, tokens, first });
            self.taken.add(number, text.digest, &self.documents);
            self.read[source as usize] += 1;
            numbers.push(if first == number { number } else { NONE });
        }
        self.spread(&digests.sketches, &digests.fingerprints, &numbers);
        Ok(())
    }

    fn place(&mut self, source: u32, stands: Stands) -> Result<Place, CorpusError> {
        Ok(match stands {
            Stands::Line { offset, len } => Place::Line { source, offset, len },
            Stands::File(path) => Place::File(path.into_boxed_path()),
            Stands::Copied(line) => self.documents.copy(&line, &self.options.spill)?,
        })
    }

    /// Sends the records of first texts to their partitions.
    fn spread(&mut self, sketches: &[(u64, u32)], fingerprints: &[(u64, u32, u32)], numbers: &[u32]) {
        for &(hash, local) in sketches {
            let document = numbers[local as usize];
            if document != NONE {
                let (partition, key) = split(hash);
                self.sketches.push(partition, SketchRecord { key, document });
            }
        }
        for &(hash, local, at) in fingerprints {
            let document = numbers[local as usize];
            if document != NONE {
                let (partition, key) = split(hash);
                self.postings.push(partition, Posting { key, document, at });
            }
        }
    }

    fn finish(self, sources: Vec<Source>) -> Corpus {
        let Self {
            options, mut documents, bytes, tokens, sketches, postings, rejected, read, contents, fields, ..
        } = self;
        let counted = sources.into_iter().zip(read.into_iter().zip(contents));
        let counted = counted.map(|(source, (documents, contents))| Source {
            documents,
            contents: contents.digest128(),
            ..source
        });
        documents.set_sources(counted.collect());
        Corpus { options: options.clone(), documents, bytes, fields, tokens, sketches, postings, spilled: 0, rejected }
    }
}
