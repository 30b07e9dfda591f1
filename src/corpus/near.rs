//! Near-duplicates: documents that have most of their shingles in common.
//!
//! Documents that share sketch hashes are candidates; their resemblance is then counted shingle by shingle, so that no
//! pair is reported on a guess. Documents under noise are looked at letter by letter besides (see `alike`).

use super::alike;
use super::digest::SketchRecord;
use super::error::CorpusError;
use super::group::{drop_single, runs};
use super::options::CorpusOptions;
use super::overlap::Counted;
use super::partition::Partitions;
use super::store::Documents;
use super::template::is_template;
use super::tokens::TokenStore;
use crate::shingle::Overlap;
use rayon::prelude::*;
use serde::Serialize;

/// Two documents and what their shingles share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearPair {
    /// Number of the first document, the smaller one.
    pub a: u32,
    /// Number of the second document.
    pub b: u32,
    /// Jaccard resemblance of the shingle multisets, 0 to 1.
    pub resemblance: f64,
    /// Share of A's shingles that are in B.
    pub containment_a: f64,
    /// Share of B's shingles that are in A.
    pub containment_b: f64,
    /// Whether words are too broken to tell: all of these are then shares of letters, in stretches alike letter by letter.
    pub noisy: bool,
    /// Whether they are the same template with different values, rather than copies of one text.
    pub template: bool,
}

/// What the search for near-duplicates came to.
#[derive(Debug, Default)]
pub(crate) struct Near {
    /// Sorted; of documents with the same text after folding, only the first takes part.
    pub pairs: Vec<NearPair>,
    pub counts: NearCounts,
}

/// What was looked at for near-duplicates, and what bounds left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NearCounts {
    /// Pairs whose shingles were counted.
    pub checked: usize,
    /// Sketch hashes in more distinct texts than may share one; each text was paired with the first and the one before.
    pub frequent_hashes: usize,
    /// Pairs not looked at because of that, as far as one hash tells.
    pub unpaired: u64,
    /// Documents whose words are so strange to the corpus that their letters were looked at.
    pub noisy: usize,
    /// Pairs whose letters were.
    pub checked_by_letters: usize,
    /// Pairs whose letters were not, because others share more with both documents.
    pub passed_over: u64,
}

/// Sketch hashes that two documents must share to be candidates, where both have that many.
const SHARED: usize = 2;

/// Finds the pairs at `options.resemblance` and above.
pub(crate) fn find(
    sketches: &Partitions<SketchRecord>,
    documents: &Documents,
    tokens: &TokenStore,
    options: &CorpusOptions,
) -> Result<Near, CorpusError> {
    let (candidates, mut counts) = candidates(sketches, options)?;
    let short = |pair: u64| {
        let (a, b) = apart(pair);
        documents.get(a).tokens.len.min(documents.get(b).tokens.len) < options.sketch as u32
    };
    let candidates: Vec<u64> = runs(&candidates, |&pair| pair)
        .filter(|same| same.len() >= SHARED || short(same[0]))
        .map(|same| same[0])
        .collect();
    counts.checked = candidates.len();
    let groups: Vec<&[u64]> = runs(&candidates, |pair| pair >> 32).collect();
    let checked: Vec<Vec<NearPair>> = groups
        .par_iter()
        .with_min_len(16)
        .map_init(Checker::default, |checker, group| checker.check(group, documents, tokens, options))
        .collect::<Result<_, _>>()?;
    let mut pairs = checked.concat();
    let (noisy, counted) = alike::find(documents, tokens, options, &pairs)?;
    pairs.extend(noisy);
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    Ok(Near { pairs, counts: counts.and(counted) })
}

/// The documents of a pair that was put into one number.
pub(super) fn apart(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// Pairs of documents with a sketch hash in common, sorted, as often as they have one.
pub(super) fn candidates(
    sketches: &Partitions<SketchRecord>,
    options: &CorpusOptions,
) -> Result<(Vec<u64>, NearCounts), CorpusError> {
    let joined: Vec<(Vec<u64>, NearCounts)> = (0..sketches.count())
        .into_par_iter()
        .map(|partition| Ok(join(sketches.read(partition)?, options.frequent)))
        .collect::<Result<_, CorpusError>>()?;
    let mut counts = NearCounts::default();
    for (_, joined) in &joined {
        counts.frequent_hashes += joined.frequent_hashes;
        counts.unpaired += joined.unpaired;
    }
    let mut pairs: Vec<u64> = joined.into_iter().flat_map(|(pairs, _)| pairs).collect();
    pairs.par_sort_unstable();
    Ok((pairs, counts))
}

/// Pairs the documents of each sketch hash of a partition.
fn join(mut records: Vec<SketchRecord>, frequent: usize) -> (Vec<u64>, NearCounts) {
    drop_single(&mut records, |record| record.key);
    records.sort_unstable();
    // Of a very long document two hashes may be one in the bits that are kept.
    records.dedup();
    let mut pairs = Vec::new();
    let mut counts = NearCounts::default();
    for group in runs(&records, |record| record.key) {
        let pair = |a: &SketchRecord, b: &SketchRecord| u64::from(a.document) << 32 | u64::from(b.document);
        if group.len() <= frequent {
            for (at, b) in group.iter().enumerate() {
                pairs.extend(group[..at].iter().map(|a| pair(a, b)));
            }
        } else {
            pairs.extend(group[1..].iter().map(|b| pair(&group[0], b)));
            pairs.extend(group[1..].windows(2).map(|two| pair(&two[0], &two[1])));
            counts.frequent_hashes += 1;
            let all = group.len() as u64;
            counts.unpaired += all * (all - 1) / 2 - (2 * all - 3);
        }
    }
    (pairs, counts)
}

/// Counts what pairs share, with its memory kept from pair to pair.
#[derive(Default)]
struct Checker {
    counted: Counted,
    buffers: (Vec<u32>, Vec<u32>),
}

impl Checker {
    /// Those of a group of candidates, all with the same first document, that resemble each other enough.
    fn check(
        &mut self,
        group: &[u64],
        documents: &Documents,
        store: &TokenStore,
        options: &CorpusOptions,
    ) -> Result<Vec<NearPair>, CorpusError> {
        let (a, _) = apart(group[0]);
        let tokens_a = store.read(documents.get(a).tokens, &mut self.buffers.0)?;
        let mut counted = std::mem::take(&mut self.counted).of(tokens_a);
        let mut found = Vec::new();
        for &pair in group {
            let (_, b) = apart(pair);
            let place = documents.get(b).tokens;
            let (least, most) = (tokens_a.len().min(place.len as usize), tokens_a.len().max(place.len as usize));
            // No more can be shared than the shorter one has; a shingle fewer than tokens on either side.
            if (least as f64) < options.resemblance * (most as f64) - options.engine.shingle as f64 {
                continue;
            }
            let tokens_b = store.read(place, &mut self.buffers.1)?;
            let overlap = counted.overlap(tokens_b, options.shingle());
            if overlap.resemblance() >= options.resemblance {
                let template = is_template(tokens_a, tokens_b);
                found.push(NearPair { template, ..NearPair::new(a, b, overlap) });
            }
        }
        self.counted = counted.into_memory();
        Ok(found)
    }
}

impl NearCounts {
    /// Both added up.
    fn and(self, other: Self) -> Self {
        Self {
            checked: self.checked + other.checked,
            frequent_hashes: self.frequent_hashes + other.frequent_hashes,
            unpaired: self.unpaired + other.unpaired,
            noisy: self.noisy + other.noisy,
            checked_by_letters: self.checked_by_letters + other.checked_by_letters,
            passed_over: self.passed_over + other.passed_over,
        }
    }
}

impl NearPair {
    /// The same with its documents changed over.
    pub(crate) fn mirrored(self) -> Self {
        Self { containment_a: self.containment_b, containment_b: self.containment_a, ..self }
    }

    fn new(a: u32, b: u32, overlap: Overlap) -> Self {
        Self {
            a,
            b,
            resemblance: overlap.resemblance(),
            containment_a: overlap.containment_a(),
            containment_b: overlap.containment_b(),
            noisy: false,
            template: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_document_is_paired_with_itself() {
        let records = |documents: &[u32]| documents.iter().map(|&document| SketchRecord { key: 7, document }).collect();
        assert!(join(records(&[3, 3, 3]), 32).0.is_empty());
        assert_eq!(join(records(&[5, 3, 5]), 32).0, [3 << 32 | 5]);
        let (pairs, counts) = join(records(&[4, 1, 2, 2, 3]), 2);
        assert_eq!(pairs.iter().map(|&pair| apart(pair)).collect::<Vec<_>>(), [(1, 2), (1, 3), (1, 4), (2, 3), (3, 4)]);
        assert_eq!((counts.frequent_hashes, counts.unpaired), (1, 1));
    }
}
