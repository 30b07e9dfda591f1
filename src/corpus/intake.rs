//! Inputs to batches of documents: JSON Lines in blocks for many threads, everything else one document after the other.

use crate::document::Document;
use crate::read::blocks::{Block, Blocks};
use crate::read::{self, Documents, Limits, ReadError};
use std::path::{Path, PathBuf};

/// Bytes of text in a batch of documents that are read one by one.
const BATCH: usize = 1 << 20;

/// An input as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As given.
    pub path: PathBuf,
    /// SHA-256 of the file as stored; `None` for a folder.
    pub sha256: Option<[u8; 32]>,
    /// Documents in it.
    pub documents: usize,
    /// XXH3 of their ids, texts and those fields that pairs are chosen by, in order.
    pub contents: u128,
}

/// What one thread works on.
pub(crate) struct Batch {
    /// Index of its input.
    pub source: u32,
    pub items: Items,
}

pub(crate) enum Items {
    /// Lines, still to be taken apart.
    Lines(Block),
    /// As [`Items::Lines`], of a file in which nothing can be found again by its offset.
    PackedLines(Block),
    Documents(Vec<Result<Document, ReadError>>),
}

/// The batches of all inputs, in order.
pub(crate) struct Intake<'i> {
    inputs: std::iter::Enumerate<std::slice::Iter<'i, PathBuf>>,
    open: Option<(u32, Open)>,
    limits: Limits,
    /// The inputs taken up so far.
    pub sources: Vec<Source>,
}

enum Open {
    Blocks(Box<Blocks>),
    Documents(Box<Documents>),
    Failed(Option<ReadError>),
}

impl<'i> Intake<'i> {
    pub(crate) fn new(inputs: &'i [PathBuf], limits: &Limits) -> Self {
        Self { inputs: inputs.iter().enumerate(), open: None, limits: limits.clone(), sources: Vec::new() }
    }

    /// The next batches, up to `count` of them.
    pub(crate) fn take(&mut self, count: usize) -> Vec<Batch> {
        std::iter::from_fn(|| self.next_batch()).take(count).collect()
    }

    fn open(&mut self, path: &Path) -> Open {
        self.sources.push(Source { path: path.to_owned(), sha256: None, documents: 0, contents: 0 });
        match read::is_json_lines(path) {
            true => match Blocks::open(path, &self.limits) {
                Ok(blocks) => Open::Blocks(Box::new(blocks)),
                Err(reason) => Open::Failed(Some(ReadError::new(path, reason))),
            },
            false => Open::Documents(Box::new(read::documents(path, &self.limits))),
        }
    }

    fn next_batch(&mut self) -> Option<Batch> {
        loop {
            if self.open.is_none() {
                let (at, path) = self.inputs.next()?;
                self.open = Some((at as u32, self.open(path)));
            }
            let (source, open) = self.open.as_mut().expect("an input was taken up");
            let source = *source;
            let path = &self.sources[source as usize].path;
            match open.next(path) {
                Some(items) => return Some(Batch { source, items }),
                None => {
                    self.sources[source as usize].sha256 = open.digest();
                    self.open = None;
                }
            }
        }
    }
}

impl Open {
    fn next(&mut self, path: &Path) -> Option<Items> {
        match self {
            Self::Blocks(blocks) => {
                let plain = blocks.is_plain();
                Some(match blocks.next()? {
                    Ok(block) if plain => Items::Lines(block),
                    Ok(block) => Items::PackedLines(block),
                    Err(reason) => Items::Documents(vec![Err(ReadError::new(path, reason))]),
                })
            }
            Self::Documents(documents) => {
                let mut bytes = 0;
                let mut batch = Vec::new();
                while bytes < BATCH
                    && let Some(document) = documents.next()
                {
                    bytes += 64 + document.as_ref().map_or(0, |document| document.text.len());
                    batch.push(document);
                }
                (!batch.is_empty()).then_some(Items::Documents(batch))
            }
            Self::Failed(error) => error.take().map(|error| Items::Documents(vec![Err(error)])),
        }
    }

    fn digest(&self) -> Option<[u8; 32]> {
        match self {
            Self::Blocks(blocks) => blocks.digest(),
            Self::Documents(documents) => documents.digest(),
            Self::Failed(_) => None,
        }
    }
}
