//! Pairs to comparisons: documents are read again, some pairs at a time, and compared by the pair engine.

use super::compared::Compared;
use super::error::CorpusError;
use super::excerpt::{Cut, Excerpt, Whole};
use super::options::CorpusOptions;
use super::pairs::{Pair, Pairs};
use super::store::Documents;
use crate::batch::{DocumentPair, work_through};
use crate::compare::{ReadDocument, compare_wording_of};
use crate::document::Document;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::ops::{Range, RangeInclusive};

/// Tokens of the documents held at once, about: each stands for some six bytes of text, and [`TOKEN`] with all that is kept of it.
const TOKENS: RangeInclusive<usize> = 1 << 16..=4 << 20;
const TOKEN: usize = 40;
/// Pairs compared between two readings, at most.
const PAIRS: usize = 4096;
/// Words on either side of what very many texts share that are compared as well.
const FREQUENT_MARGIN: usize = 20;

/// What ended a comparison of pairs.
#[derive(Debug)]
pub(crate) enum Ended<E> {
    Corpus(CorpusError),
    Taker(E),
}

/// Compares those of `pairs` in `range` in chunks whose documents fit in memory; `work` and `take` as in [`work_through`].
pub(crate) fn compare_all<T: Send, E>(
    documents: &Documents,
    pairs: &Pairs,
    range: Range<usize>,
    options: &CorpusOptions,
    work: impl Fn(&Compared<'_, '_>) -> T + Sync,
    mut take: impl FnMut(&Pair, T) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let mut rest = &pairs.pairs()[range];
    let tokens = (options.for_records(documents.len()) / 4 / TOKEN).clamp(*TOKENS.start(), *TOKENS.end());
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunk_len(documents, rest, tokens));
        rest = after;
        let chunk = Chunk::read(chunk, documents).map_err(Ended::Corpus)?;
        let texts = Texts::new(&chunk, options);
        let excerpts = texts.excerpts(pairs, options);
        let paired: Vec<_> = (0..chunk.pairs.len()).map(|at| texts.pair(at, &excerpts)).collect();
        let frequent = options.frequent as u32;
        let work = |at: usize, _: &DocumentPair<'_>| {
            let (pair, excerpt) = (&chunk.pairs[at], excerpts[at].as_ref());
            let a = texts.side(pair.a, excerpt.map(|excerpt| &excerpt.a));
            let b = texts.side(pair.b, excerpt.map(|excerpt| &excerpt.b));
            let comparison = compare_wording_of(&a, &b, &options.engine);
            work(&Compared { pair, comparison: &comparison, excerpt, frequent })
        };
        work_through(&paired, work, |at, kept| take(&chunk.pairs[at], kept)).map_err(Ended::Taker)?;
    }
    Ok(())
}

/// Pairs with their documents.
struct Chunk<'c> {
    pairs: &'c [Pair],
    /// Sorted; those of `documents`.
    numbers: Vec<u32>,
    documents: Vec<Document>,
}

impl<'c> Chunk<'c> {
    /// Reads the documents of `pairs` again.
    fn read(pairs: &'c [Pair], documents: &Documents) -> Result<Self, CorpusError> {
        let mut numbers: Vec<u32> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let documents = numbers.par_iter().map(|&number| documents.read(number)).collect::<Result<_, CorpusError>>()?;
        Ok(Self { pairs, numbers, documents })
    }
}

/// The documents of a chunk as they are compared, each read once for all its pairs.
struct Texts<'c> {
    chunk: &'c Chunk<'c>,
    wholes: Vec<Whole<'c>>,
}

impl<'c> Texts<'c> {
    fn new(chunk: &'c Chunk<'c>, options: &CorpusOptions) -> Self {
        let size = options.shingle();
        Self { chunk, wholes: chunk.documents.par_iter().map(|document| Whole::new(document, size)).collect() }
    }

    fn excerpts(&self, pairs: &Pairs, options: &CorpusOptions) -> Vec<Option<Excerpt>> {
        let cut = |pair: &Pair| {
            let (from, to) = pair.stretches;
            let stretches = &pairs.stretches[from as usize..to as usize];
            // Around what very many texts share, nothing else is looked for.
            let frequent = stretches.iter().all(|shared| shared.texts > options.frequent as u32);
            let margin = if frequent { options.margin.min(FREQUENT_MARGIN) } else { options.margin };
            Excerpt::new(pair, self.whole(pair.a), self.whole(pair.b), stretches, margin as u32)
        };
        self.chunk.pairs.par_iter().map(|pair| is_cut(pair).then(|| cut(pair))).collect()
    }

    fn whole(&self, number: u32) -> &Whole<'c> {
        &self.wholes[self.chunk.numbers.binary_search(&number).expect("every document of the chunk was read")]
    }

    /// What is compared of a document.
    fn side<'s>(&'s self, number: u32, cut: Option<&'s Cut>) -> ReadDocument<'s> {
        let whole = &self.whole(number).read;
        match cut.and_then(|cut| cut.document.as_ref()) {
            Some(document) => ReadDocument { extent: whole.extent, ..ReadDocument::new(document) },
            None => whole.clone(),
        }
    }

    /// The documents or excerpts of a pair.
    fn pair<'s>(&'s self, at: usize, excerpts: &'s [Option<Excerpt>]) -> DocumentPair<'s> {
        let (pair, excerpt) = (&self.chunk.pairs[at], excerpts[at].as_ref());
        let text = |number: u32, cut: Option<&'s Cut>| {
            cut.and_then(|cut| cut.document.as_ref()).unwrap_or_else(|| self.whole(number).read.document)
        };
        DocumentPair {
            a: text(pair.a, excerpt.map(|excerpt| &excerpt.a)),
            b: text(pair.b, excerpt.map(|excerpt| &excerpt.b)),
        }
    }
}

/// Whether a pair is compared only around what it shares.
fn is_cut(pair: &Pair) -> bool {
    pair.stretches.0 < pair.stretches.1
}

/// How many of the pairs to take at once, for about `most` tokens: one at least.
fn chunk_len(documents: &Documents, pairs: &[Pair], most: usize) -> usize {
    let (mut tokens, mut counted) = (0, FxHashSet::default());
    let full = pairs.iter().take(PAIRS).position(|pair| {
        // A document that shares something with very many stands in very many pairs, and is read once.
        for number in [pair.a, pair.b] {
            tokens += if counted.insert(number) { documents.get(number).tokens.len as usize } else { 0 };
        }
        tokens > most
    });
    full.unwrap_or(PAIRS).clamp(1, pairs.len())
}
