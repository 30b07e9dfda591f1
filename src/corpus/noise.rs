//! Noise: which documents are so broken, as scanned print is, that words cannot tell what they resemble.
//!
//! A word that the corpus hardly has elsewhere is strange; noise makes most words strange, and no list of words is needed to see
//! it. Near-duplicates of noisy documents are sought letter by letter as well (see `alike`), which costs more than all else.

use super::error::CorpusError;
use super::options::CorpusOptions;
use super::store::Documents;
use super::tokens::TokenStore;
use crate::narrow::widen;
use crate::text::TokenClass;
use rayon::prelude::*;

/// Words are counted by this many bits of their hash. A strange one that falls on a known one seems known: so does one in
/// ten where the corpus knows a hundred thousand.
const BITS: u32 = 20;
/// A word that stands fewer times than this is strange: an edition and its copies bring that many.
const LEAST: u32 = 4;
/// So is one that stands less than once in 2^20 words.
const RARE: u32 = 20;
/// Words of a document from which it can be judged.
const JUDGED: usize = 20;

/// Whether each document is noisy: more than the share `options.noise` of its words are strange. Of copies, the first is judged.
/// Cost: linear.
pub(super) fn noisy(
    documents: &Documents,
    tokens: &TokenStore,
    options: &CorpusOptions,
) -> Result<Vec<bool>, CorpusError> {
    let numbers: Vec<u32> = (0..documents.len() as u32).collect();
    // A table for each thread: they are added up, so that it does not matter who counted what.
    let parts: Vec<&[u32]> = numbers.chunks(numbers.len().div_ceil(rayon::current_num_threads()).max(1)).collect();
    let counted: Vec<Vec<u32>> =
        parts.into_par_iter().map(|part| count(part, documents, tokens)).collect::<Result<_, _>>()?;
    let mut counts = vec![0_u32; 1 << BITS];
    for own in &counted {
        counts.iter_mut().zip(own).for_each(|(sum, own)| *sum = sum.saturating_add(*own));
    }
    let all: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    let least = LEAST.max((all >> RARE) as u32);
    let judged = numbers.par_iter().with_min_len(64).map_init(Vec::new, |buffer, &number| {
        let (mut words, mut strange) = (0, 0);
        each_word(number, documents, tokens, buffer, |slot| {
            words += 1;
            strange += usize::from(counts[slot] < least);
        })?;
        Ok(words >= JUDGED && strange as f64 > options.noise * words as f64)
    });
    judged.collect()
}

fn count(numbers: &[u32], documents: &Documents, tokens: &TokenStore) -> Result<Vec<u32>, CorpusError> {
    let (mut counts, mut buffer) = (vec![0_u32; 1 << BITS], Vec::new());
    for &number in numbers {
        each_word(number, documents, tokens, &mut buffer, |slot| counts[slot] = counts[slot].saturating_add(1))?;
    }
    Ok(counts)
}

/// Hands the slot of every word of a document to `take`; of copies, that of the first alone.
fn each_word(
    number: u32,
    documents: &Documents,
    tokens: &TokenStore,
    buffer: &mut Vec<u32>,
    mut take: impl FnMut(usize),
) -> Result<(), CorpusError> {
    let record = documents.get(number);
    if record.first == number {
        let own = tokens.read(record.tokens, buffer)?;
        let words = own.iter().filter(|&&token| widen(token).class() == TokenClass::Word);
        words.for_each(|token| take((token >> (32 - BITS)) as usize));
    }
    Ok(())
}
