//! Pairs to comparisons: documents are read again, some pairs at a time, and compared by the pair engine.

use super::compared::Compared;
use super::error::CorpusError;
use super::excerpt::{Excerpt, Read, Whole};
use super::options::CorpusOptions;
use super::pairs::{Pair, Pairs};
use super::store::Documents;
use crate::batch::{DocumentPair, work_through};
use crate::compare::{compare_wording, compare_wording_of_excerpts};
use crate::document::Document;
use rayon::prelude::*;
use std::ops::{Range, RangeInclusive};

/// Tokens of the documents held at once, about: each stands for some six bytes of text, and [`TOKEN`] with all that is kept of it.
const TOKENS: RangeInclusive<usize> = 1 << 16..=4 << 20;
const TOKEN: usize = 40;
/// Pairs compared between two readings, at most.
const PAIRS: usize = 4096;

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
        let chunk = Chunk::read(chunk, documents, options).map_err(Ended::Corpus)?;
        let excerpts = chunk.excerpts(pairs, options);
        let paired: Vec<_> =
            chunk.pairs.iter().zip(&excerpts).map(|(pair, excerpt)| chunk.texts(pair, excerpt)).collect();
        let frequent = options.frequent as u32;
        let work = |at: usize, texts: &DocumentPair<'_>| {
            let excerpt = excerpts[at].as_ref();
            let comparison = match excerpt {
                Some(Excerpt { a, b, .. }) => {
                    compare_wording_of_excerpts(texts.a, texts.b, [a.extent, b.extent], &options.engine)
                }
                None => compare_wording(texts.a, texts.b, &options.engine),
            };
            work(&Compared { pair: &chunk.pairs[at], comparison: &comparison, excerpt, frequent })
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
    documents: Vec<(Document, Option<Read>)>,
}

impl<'c> Chunk<'c> {
    /// Reads the documents of `pairs` again. Of those in a pair that shares a passage, more is kept.
    fn read(pairs: &'c [Pair], documents: &Documents, options: &CorpusOptions) -> Result<Self, CorpusError> {
        let both = |pair: &Pair| [pair.a, pair.b].map(|number| (number, !is_cut(pair)));
        let mut wanted: Vec<(u32, bool)> = pairs.iter().flat_map(both).collect();
        wanted.sort_unstable();
        wanted.dedup_by_key(|(number, _)| *number);
        let read = wanted.par_iter().map(|&(number, is_whole)| {
            let document = documents.read(number)?;
            let read = (!is_whole).then(|| Read::new(&document, options.shingle()));
            Ok((document, read))
        });
        let documents = read.collect::<Result<_, CorpusError>>()?;
        Ok(Self { pairs, numbers: wanted.into_iter().map(|(number, _)| number).collect(), documents })
    }

    fn excerpts(&self, pairs: &Pairs, options: &CorpusOptions) -> Vec<Option<Excerpt>> {
        let cut = |pair: &Pair| {
            let (from, to) = pair.stretches;
            let stretches = &pairs.stretches[from as usize..to as usize];
            Excerpt::new(pair, self.whole(pair.a), self.whole(pair.b), stretches, options.margin as u32)
        };
        self.pairs.par_iter().map(|pair| is_cut(pair).then(|| cut(pair))).collect()
    }

    fn document(&self, number: u32) -> &(Document, Option<Read>) {
        &self.documents[self.numbers.binary_search(&number).expect("every document of the chunk was read")]
    }

    fn whole(&self, number: u32) -> Whole<'_> {
        let (document, read) = self.document(number);
        Whole { document, read: read.as_ref().expect("it is in a pair that shares a passage") }
    }

    /// What is compared of a pair.
    fn texts<'s>(&'s self, pair: &Pair, excerpt: &'s Option<Excerpt>) -> DocumentPair<'s> {
        match excerpt {
            Some(Excerpt { a, b, .. }) => DocumentPair { a: &a.document, b: &b.document },
            None => DocumentPair { a: &self.document(pair.a).0, b: &self.document(pair.b).0 },
        }
    }
}

/// Whether a pair is compared only around what it shares.
fn is_cut(pair: &Pair) -> bool {
    pair.stretches.0 < pair.stretches.1
}

/// How many of the pairs to take at once, for about `most` tokens: one at least.
fn chunk_len(documents: &Documents, pairs: &[Pair], most: usize) -> usize {
    let (mut tokens, mut last) = (0, None);
    let full = pairs.iter().take(PAIRS).position(|pair| {
        if last.replace(pair.a) != Some(pair.a) {
            tokens += documents.get(pair.a).tokens.len as usize;
        }
        tokens += documents.get(pair.b).tokens.len as usize;
        tokens > most
    });
    full.unwrap_or(PAIRS).clamp(1, pairs.len())
}
