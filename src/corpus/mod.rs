//! Every pair in a corpus: near-duplicates, shared passages and clusters, on one machine, within a memory limit.
//!
//! The stages, each a function of flat records:
//!
//! | stage | records | module |
//! |---|---|---|
//! | read, tokenise, digest | documents; tokens; sketch hashes; fingerprints | `intake`, `read`, `digest`, `sketch`, `store`, `tokens` |
//! | near-duplicates | sketch hashes to pairs, checked shingle by shingle | `near`, `overlap` |
//! | templates | near-duplicates that differ in values alone | `template` |
//! | noise | documents with broken words to pairs, checked letter by letter | `noise`, `alike` |
//! | classes | near-duplicate pairs to the leader of each document | `class` |
//! | join | fingerprints to seeds, partition by partition | `join`, `partition`, `spill` |
//! | candidates | seeds to stretches, pair by pair; of frequent ones no more than are needed | `candidate`, `stretch`, `crowd` |
//! | audit | some documents against all, shingle by shingle: what was missed | `audit` |
//! | pairs | all of these, copies included, in the order of the ids; those wanted | `pairs`, `filter`, `field`, `exclusion` |
//! | compare | pairs to comparisons, documents read again | `align`, `excerpt`, `compared` |
//! | clusters | copies, near-duplicates, passages over documents | `cluster` |

mod align;
mod alike;
mod audit;
mod candidate;
mod class;
mod cluster;
mod compared;
mod consensus;
mod crowd;
mod digest;
mod error;
pub(crate) mod excerpt;
mod exclusion;
pub(crate) mod field;
mod filter;
mod group;
pub(crate) mod intake;
pub(crate) mod join;
mod near;
mod noise;
mod options;
pub(crate) mod overlap;
mod pairs;
mod partition;
mod read;
mod signature;
mod sketch;
mod spill;
mod store;
pub(crate) mod stretch;
mod taken;
mod template;
mod tokens;

pub use audit::{Audit, Missed, Remedy};
pub use candidate::CandidateCounts;
pub use cluster::{Cluster, ClusterKind, FoundPassage, Member};
pub use compared::Compared;
pub use consensus::Consensus;
pub use error::CorpusError;
pub use exclusion::{Exclusions, Phrases};
pub use filter::{Filter, Suppression};
pub use intake::Source;
pub use join::JoinCounts;
pub use near::{NearCounts, NearPair};
pub use options::CorpusOptions;
pub use pairs::{Pair, Pairs, Relation};
pub use signature::Simhashes;
pub use store::Rejected;

use crate::document::Document;
use align::Ended;
use candidate::SharedStretch;
use class::Classes;
use digest::{Posting, SketchRecord};
use field::Fields;
use filter::Known;
use near::Near;
use partition::Partitions;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use store::Documents;
use tokens::TokenStore;

/// A corpus that was read: its documents and the records made of them.
#[derive(Debug)]
pub struct Corpus {
    options: CorpusOptions,
    documents: Documents,
    /// Bytes of their texts.
    bytes: u64,
    fields: Fields,
    tokens: TokenStore,
    sketches: Partitions<SketchRecord>,
    postings: Partitions<Posting>,
    /// Bytes that went to disk with records that are gone.
    spilled: u64,
    rejected: Vec<Rejected>,
}

impl Corpus {
    /// Reads every document of `inputs` (files and folders, as [`documents`](crate::read::documents) takes them).
    /// `tick` is told how many more are done.
    ///
    /// # Errors
    ///
    /// When options are out of range, or records do not fit in memory and cannot be written. An input that cannot be read is
    /// no error: see [`Corpus::rejected`].
    pub fn read(inputs: &[PathBuf], options: &CorpusOptions, tick: &(dyn Fn(u64) + Sync)) -> Result<Self, CorpusError> {
        options.check()?;
        read::read(inputs, options, tick)
    }

    /// How many documents.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// True without any document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of the texts of all documents.
    pub fn text_bytes(&self) -> u64 {
        self.bytes
    }

    /// The inputs, with how many documents each gave.
    pub fn sources(&self) -> &[Source] {
        self.documents.sources()
    }

    /// Inputs, and records of inputs, that gave no document.
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// Id of document `number`.
    pub fn id(&self, number: u32) -> &str {
        self.documents.id(number)
    }

    /// Words of document `number`.
    pub fn words(&self, number: u32) -> usize {
        self.documents.get(number).tokens.len as usize
    }

    /// Those of the filter's fields that no document has: the one of `between`, and the date where days are counted.
    pub fn fields_of_none(&self) -> Vec<&str> {
        let filter = &self.options.filter;
        let asked = [filter.between.is_some(), filter.within_days.is_some()];
        let names = filter.fields().into_iter().zip(asked).enumerate().filter(|(_, (_, asked))| *asked);
        names.filter(|(field, _)| self.fields.values(*field).next().is_none()).map(|(_, (name, _))| name).collect()
    }

    /// Those of `ids` that no document has.
    pub fn missing<'i>(&self, ids: &'i BTreeSet<String>) -> impl Iterator<Item = &'i str> {
        let known: FxHashSet<&str> = match ids.is_empty() {
            true => FxHashSet::default(),
            false => self.documents.ids().collect(),
        };
        ids.iter().map(String::as_str).filter(move |id| !known.contains(id))
    }

    /// Finds the near-duplicates among texts that differ.
    ///
    /// # Errors
    ///
    /// When what was written to disk cannot be read.
    pub fn near_duplicates(&mut self) -> Result<NearDuplicates, CorpusError> {
        let Near { pairs, counts } = near::find(&self.sketches, &self.documents, &self.tokens, &self.options)?;
        let classes = Classes::new(self.len(), pairs.iter().map(|pair| (pair.a, pair.b, pair.resemblance)));
        Ok(NearDuplicates { pairs, classes, counts })
    }

    /// Finds pairs of documents that share a stretch of words.
    ///
    /// # Errors
    ///
    /// When records cannot be written to disk, or read from there.
    pub fn candidates(&mut self, near: &NearDuplicates) -> Result<Candidates, CorpusError> {
        let (mut seeds, join) = candidate::seeds(&mut self.postings, &near.classes, &self.documents, &self.options)?;
        let (stretches, counts) = candidate::stretches(&mut seeds, &self.documents, &self.tokens, &self.options)?;
        Ok(Candidates { stretches, counts: CandidateCounts { join, ..counts } })
    }

    /// The pairs that near-duplicates, candidates and copies make, but for those that the filter leaves out.
    pub fn pairs(&self, near: &NearDuplicates, candidates: Option<&Candidates>) -> Pairs {
        let shared = candidates.map_or(&[][..], |candidates| &candidates.stretches);
        let mut pairs = pairs::gather(&self.documents, &near.pairs, shared, self.options.frequent);
        let known = Known { documents: &self.documents, fields: &self.fields, near: &near.pairs, shared };
        filter::apply(&self.options.filter, &known, &mut pairs);
        pairs
    }

    /// Compares pairs, in parallel, documents read again. `work` turns each comparison, on the thread that made it, into what
    /// is kept of it; `take` gets that in the order of the pairs.
    ///
    /// # Errors
    ///
    /// The first that `take` returns; a [`CorpusError`] when a document cannot be read again.
    pub fn compare<T: Send, E: From<CorpusError>>(
        &self,
        pairs: &Pairs,
        work: impl Fn(&Compared<'_, '_>) -> T + Sync,
        take: impl FnMut(&Pair, T) -> Result<(), E>,
    ) -> Result<(), E> {
        self.compare_some(pairs, 0..pairs.pairs().len(), work, take)
    }

    /// As [`Corpus::compare`], for those of the pairs in `range`.
    ///
    /// # Errors
    ///
    /// As [`Corpus::compare`].
    pub fn compare_some<T: Send, E: From<CorpusError>>(
        &self,
        pairs: &Pairs,
        range: Range<usize>,
        work: impl Fn(&Compared<'_, '_>) -> T + Sync,
        take: impl FnMut(&Pair, T) -> Result<(), E>,
    ) -> Result<(), E> {
        align::compare_all(&self.documents, pairs, range, &self.options, work, take).map_err(|ended| match ended {
            Ended::Corpus(error) => error.into(),
            Ended::Taker(error) => error,
        })
    }

    /// What is known of a pair that near-duplicates or copies made: copies of one text resemble each other wholly.
    pub fn near_scores(&self, near: &NearDuplicates, pair: &Pair) -> NearPair {
        let (first_a, first_b) = (self.documents.get(pair.a).first, self.documents.get(pair.b).first);
        let (a, b) = (first_a.min(first_b), first_a.max(first_b));
        match near.pairs.binary_search_by_key(&(a, b), |near| (near.a, near.b)) {
            Ok(at) if a == first_a => near.pairs[at],
            Ok(at) => near.pairs[at].mirrored(),
            Err(_) => NearPair {
                a,
                b,
                resemblance: 1.0,
                containment_a: 1.0,
                containment_b: 1.0,
                noisy: false,
                template: false,
            },
        }
    }

    /// The simhashes of the documents in `pairs`, which are read again.
    ///
    /// # Errors
    ///
    /// When a document is not there any more, or is another one.
    pub fn simhashes(&self, pairs: &Pairs) -> Result<Simhashes, CorpusError> {
        Simhashes::new(&self.documents, pairs)
    }

    /// Bits in which the simhashes of a pair differ, 0 to 64.
    pub fn simhash_distance(&self, simhashes: &Simhashes, pair: &Pair) -> u32 {
        simhashes.distance(self.documents.get(pair.a).first, self.documents.get(pair.b).first)
    }

    /// Reads a document again.
    ///
    /// # Errors
    ///
    /// When it is not there any more, or is another one.
    pub fn document(&self, number: u32) -> Result<Document, CorpusError> {
        self.documents.read(number)
    }

    /// Checks `count` documents against all others, shingle by shingle: which pairs that share a stretch the run has. Cost: linear in the
    /// corpus.
    ///
    /// # Errors
    ///
    /// When what was written to disk cannot be read.
    pub fn audit(&self, near: &NearDuplicates, candidates: &Candidates, count: usize) -> Result<Audit, CorpusError> {
        let near = near.pairs.iter().map(|pair| (pair.a, pair.b));
        let found = near.chain(candidates.pairs()).map(|(a, b)| u64::from(a) << 32 | u64::from(b)).collect();
        audit::audit(&self.documents, &self.tokens, &found, count, &self.options)
    }

    /// Clusters of documents that are copies or near-duplicates. With a filter, those in which one of `pairs` lies, without
    /// excluded documents.
    pub fn document_clusters(&self, near: &NearDuplicates, pairs: &Pairs) -> Vec<Cluster> {
        let clusters = cluster::of_documents(&self.documents, &near.pairs);
        filter::clusters(&self.options.filter, &self.documents, pairs, clusters)
    }

    /// Clusters of passages over documents.
    pub fn passage_clusters(passages: &[FoundPassage]) -> Vec<Cluster> {
        cluster::of_passages(passages)
    }

    /// Bytes that went to disk so far.
    pub fn spilled(&self) -> u64 {
        self.spilled + self.records_spilled() + self.documents.copied()
    }

    fn records_spilled(&self) -> u64 {
        self.tokens.spilled() + self.sketches.spilled() + self.postings.spilled()
    }

    /// Gives back what no stage after the pairs needs: neither near-duplicates nor candidates are found any more.
    pub fn forget_records(&mut self) {
        self.spilled += self.records_spilled();
        self.tokens = TokenStore::new(0);
        self.sketches = Partitions::new(0, 0);
        self.postings = Partitions::new(0, 0);
    }

    /// Bytes that the run takes at least, about, whatever its options say.
    pub fn least_memory(&self) -> usize {
        options::least_memory(self.len())
    }
}

/// Near-duplicates of a corpus.
#[derive(Debug)]
pub struct NearDuplicates {
    pairs: Vec<NearPair>,
    classes: Classes,
    counts: NearCounts,
}

impl NearDuplicates {
    /// The pairs, sorted by the numbers of their documents.
    pub fn pairs(&self) -> &[NearPair] {
        &self.pairs
    }

    /// What was looked at, and what bounds left out.
    pub fn counts(&self) -> NearCounts {
        self.counts
    }
}

/// Pairs of documents that share a stretch of words.
#[derive(Debug)]
pub struct Candidates {
    stretches: Vec<SharedStretch>,
    counts: CandidateCounts,
}

impl Candidates {
    /// What was looked at, and what bounds left out.
    pub fn counts(&self) -> CandidateCounts {
        self.counts
    }

    /// The pairs, sorted by the numbers of their documents.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        group::runs(&self.stretches, |shared| (shared.a, shared.b)).map(|same| (same[0].a, same[0].b))
    }
}
