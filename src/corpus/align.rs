//! Pairs to comparisons: documents are read again, some pairs at a time, and compared by the pair engine.

use super::error::CorpusError;
use super::pairs::Pair;
use super::store::Documents;
use crate::batch::{DocumentPair, compare_pairs};
use crate::compare::Comparison;
use crate::document::Document;
use crate::options::Options;
use rayon::prelude::*;

/// Tokens of the documents held at once, about: each stands for some six bytes of text.
const TOKENS: usize = 4 << 20;
/// Pairs compared between two readings, at most.
const PAIRS: usize = 4096;

/// What ended a comparison of pairs.
#[derive(Debug)]
pub(crate) enum Ended<E> {
    Corpus(CorpusError),
    Taker(E),
}

/// Compares `pairs` in chunks whose documents fit in memory; `work` and `take` as in [`compare_pairs`].
pub(crate) fn compare_all<T: Send, E>(
    documents: &Documents,
    pairs: &[Pair],
    options: &Options,
    work: impl Fn(&Pair, &Comparison<'_>) -> T + Sync,
    mut take: impl FnMut(&Pair, T) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let mut rest = pairs;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunk(documents, rest));
        rest = after;
        let mut numbers: Vec<u32> = chunk.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let read: Result<Vec<Document>, _> = numbers.par_iter().map(|&number| documents.read(number)).collect();
        let read = read.map_err(Ended::Corpus)?;
        let place = |number: u32| &read[numbers.binary_search(&number).expect("every document of the chunk was read")];
        let paired: Vec<_> = chunk.iter().map(|pair| DocumentPair { a: place(pair.a), b: place(pair.b) }).collect();
        let work = |at: usize, found: &Comparison<'_>| work(&chunk[at], found);
        compare_pairs(&paired, options, work, |at, kept| take(&chunk[at], kept)).map_err(Ended::Taker)?;
    }
    Ok(())
}

/// How many of the pairs to take at once: one at least.
fn chunk(documents: &Documents, pairs: &[Pair]) -> usize {
    let (mut tokens, mut last) = (0, None);
    let full = pairs.iter().take(PAIRS).position(|pair| {
        if last.replace(pair.a) != Some(pair.a) {
            tokens += documents.get(pair.a).tokens.len as usize;
        }
        tokens += documents.get(pair.b).tokens.len as usize;
        tokens > TOKENS
    });
    full.unwrap_or(PAIRS).clamp(1, pairs.len())
}
