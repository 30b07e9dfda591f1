//! Seeds to candidates: pairs of documents worth an alignment, each with the stretches that speak for it.

use super::class::Classes;
use super::crowd::thin;
use super::digest::Posting;
use super::error::CorpusError;
use super::filter::queried;
use super::group::runs;
use super::join::{JoinCounts, Seed, join};
use super::options::CorpusOptions;
use super::partition::Partitions;
use super::store::Documents;
use super::stretch::{Grower, Grown, Stretch};
use super::tokens::TokenStore;
use rayon::prelude::*;
use serde::Serialize;

/// Partitions joined at once for each thread.
const AT_ONCE: usize = 4;
/// Partitions of the seeds, by their first document.
const SEED_PARTITIONS: usize = 64;

/// A stretch that two documents share, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SharedStretch {
    pub a: u32,
    pub b: u32,
    pub stretch: Stretch,
    /// Fewest distinct texts that have one of its fingerprints.
    pub texts: u32,
}

/// What the search for candidates came to, and what bounds left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CandidateCounts {
    /// Fingerprints and their seeds.
    #[serde(flatten)]
    pub join: JoinCounts,
    /// Pairs of documents with a seed.
    pub seeded: usize,
    /// Of those, pairs with a stretch long enough.
    pub kept: usize,
    /// Of those, pairs left out because they share frequent stretches alone, for which other pairs speak.
    pub crowded: usize,
}

/// Joins the postings, partition by partition.
pub(crate) fn seeds(
    postings: &mut Partitions<Posting>,
    classes: &Classes,
    documents: &Documents,
    options: &CorpusOptions,
) -> Result<(Partitions<Seed>, JoinCounts), CorpusError> {
    let mut seeds = Partitions::new(SEED_PARTITIONS, options.for_records(documents.len()) / 8);
    let mut counts = JoinCounts::default();
    let queried = queried(&options.filter, documents);
    let wave = AT_ONCE * rayon::current_num_threads();
    for first in (0..postings.count()).step_by(wave) {
        let taken = (first..(first + wave).min(postings.count())).map(|partition| postings.take(partition));
        let taken: Vec<Vec<Posting>> = taken.collect::<Result<_, _>>()?;
        let join = |postings| join(postings, classes, options.frequent, queried.as_deref());
        let joined: Vec<_> = taken.into_par_iter().map(join).collect();
        for (found, joined) in joined {
            counts.add(joined);
            for seed in found {
                seeds.push(seed.a as usize * SEED_PARTITIONS / documents.len(), seed);
            }
        }
        seeds.settle(&options.spill)?;
    }
    Ok((seeds, counts))
}

/// Extends the seeds: the stretches of at least `stretch` tokens, sorted.
pub(crate) fn stretches(
    seeds: &mut Partitions<Seed>,
    documents: &Documents,
    tokens: &TokenStore,
    options: &CorpusOptions,
) -> Result<(Vec<SharedStretch>, CandidateCounts), CorpusError> {
    let seeds = &*seeds;
    let found: Vec<(Vec<SharedStretch>, CandidateCounts)> = (0..seeds.count())
        .into_par_iter()
        .map(|partition| Extender { documents, tokens, options }.extend_all(seeds.read(partition)?))
        .collect::<Result<_, _>>()?;
    let mut counts = CandidateCounts::default();
    let mut all = Vec::with_capacity(found.iter().map(|(found, _)| found.len()).sum());
    for (found, counted) in found {
        counts.seeded += counted.seeded;
        counts.kept += counted.kept;
        all.extend(found);
    }
    // Queried documents are linked with all that share what they have.
    if queried(&options.filter, documents).is_none() {
        counts.crowded = thin(&mut all, options.frequent as u32, options.stretch);
    }
    Ok((all, counts))
}

struct Extender<'c> {
    documents: &'c Documents,
    tokens: &'c TokenStore,
    options: &'c CorpusOptions,
}

impl Extender<'_> {
    fn extend_all(&self, mut seeds: Vec<Seed>) -> Result<(Vec<SharedStretch>, CandidateCounts), CorpusError> {
        seeds.sort_unstable();
        let (mut found, mut counts) = (Vec::new(), CandidateCounts::default());
        let (mut buffer_a, mut buffer_b) = (Vec::new(), Vec::new());
        for of_a in runs(&seeds, |seed| seed.a) {
            let tokens_a = self.tokens.read(self.documents.get(of_a[0].a).tokens, &mut buffer_a)?;
            for of_pair in runs(of_a, |seed| seed.b) {
                let tokens_b = self.tokens.read(self.documents.get(of_pair[0].b).tokens, &mut buffer_b)?;
                let before = found.len();
                self.extend_pair(of_pair, tokens_a, tokens_b, &mut found);
                counts.seeded += 1;
                counts.kept += usize::from(found.len() > before);
            }
        }
        Ok((found, counts))
    }

    /// The stretches of one pair.
    fn extend_pair(&self, seeds: &[Seed], a: &[u32], b: &[u32], found: &mut Vec<SharedStretch>) {
        let first = found.len();
        let mut grower = Grower::new(a, b, self.options.stretch);
        for seed in seeds {
            match grower.grow(seed.at_a, seed.at_b, found[first..].iter().map(|shared| &shared.stretch)) {
                Grown::Known(index) => {
                    let shared = &mut found[first + index];
                    shared.texts = shared.texts.min(seed.texts);
                }
                Grown::New(stretch) => {
                    found.push(SharedStretch { a: seed.a, b: seed.b, stretch, texts: seed.texts });
                }
                Grown::Short => {}
            }
        }
    }
}
