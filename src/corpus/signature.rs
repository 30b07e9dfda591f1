//! The simhashes of documents that are listed: made for these alone, because making them for all takes a tenth of the reading.

use super::error::CorpusError;
use super::pairs::{Pair, Pairs, Relation};
use super::store::Documents;
use crate::simhash;
use crate::text::tokenise;
use rayon::prelude::*;

/// The simhash of every document in some pairs.
#[derive(Debug)]
pub struct Simhashes {
    /// Numbers and simhashes, sorted.
    of: Vec<(u32, u64)>,
}

impl Simhashes {
    /// Reads the documents of `pairs` again, copies of one text once; those that only have copies not at all.
    pub(super) fn new(documents: &Documents, pairs: &Pairs) -> Result<Self, CorpusError> {
        let firsts = |pair: &Pair| [pair.a, pair.b].map(|number| documents.get(number).first);
        let differ = pairs.pairs().iter().filter(|pair| pair.relation != Relation::Exact);
        let mut numbers: Vec<u32> = differ.flat_map(firsts).collect();
        numbers.par_sort_unstable();
        numbers.dedup();
        let of = numbers.into_par_iter().map(|number| {
            let document = documents.read(number)?;
            Ok((number, simhash::of_tokens(&tokenise(&document.text).tokens)))
        });
        Ok(Self { of: of.collect::<Result<_, CorpusError>>()? })
    }

    /// Bits that differ, 0 to 64; `a` and `b` are numbers of first documents.
    pub(super) fn distance(&self, a: u32, b: u32) -> u32 {
        if a == b {
            return 0;
        }
        let of = |number: u32| {
            let at = self.of.binary_search_by_key(&number, |&(number, _)| number);
            self.of[at.expect("every document in a pair has one")].1
        };
        simhash::distance(of(a), of(b))
    }
}
