//! Self-audit: how many of the pairs that share a stretch were found, measured on some documents against all others.
//!
//! For the sampled documents every shingle counts, not fingerprints alone, and none is too frequent: each document of the
//! corpus is gone through once, and where it shares a shingle with a sampled one the stretch around it is extended. Pairs with a
//! stretch that is long enough are all there are, but for edits so dense that no shingle is left; those that the run has not
//! are what it missed.

use super::error::CorpusError;
use super::options::CorpusOptions;
use super::store::Documents;
use super::stretch::{Stretch, extend};
use super::tokens::TokenStore;
use crate::narrow::widened;
use crate::shingle::shingles;
use crate::text::Token;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use xxhash_rust::xxh3::xxh3_64;

/// Places of one shingle in the sampled documents that are looked at.
const PLACES: usize = 64;
/// Stretches of one pair that are extended.
const STRETCHES: usize = 256;
/// Standard deviations that an interval of 95 % reaches to either side.
const DEVIATIONS: f64 = 1.96;

/// What an audit came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    /// Documents that were checked against all others.
    pub documents: usize,
    /// Pairs with one of them that share a stretch.
    pub related: usize,
    /// Of those, pairs that the run has.
    pub found: usize,
    /// Share of them, 0 to 1; 1 where there are none.
    pub recall: f64,
    /// Where the recall over the whole corpus lies, with a confidence of 95 % (Wilson's interval).
    pub interval: (f64, f64),
    /// Of those missed, pairs that share shingles in more texts than `frequent`: a higher `--frequent` has them.
    pub missed_as_frequent: usize,
    /// The other ones: a lower `--stretch` keeps more fingerprints, and has most of them.
    pub missed_as_sparse: usize,
    /// Those missed that share the longest stretches, at most [`LISTED`](Self::LISTED).
    pub missed: Vec<Missed>,
}

impl Audit {
    /// Pairs listed at most.
    pub const LISTED: usize = 100;
}

/// A pair that was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// Ids of its documents.
    pub a: String,
    /// The second.
    pub b: String,
    /// Words of its longest stretch, edits left out.
    pub words: u32,
    /// What would have caught it.
    pub remedy: Remedy,
}

/// The option, and the value, with which a pair would have been found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Remedy {
    /// [`CorpusOptions::frequent`]: as many texts have all that it shares.
    Frequent(usize),
    /// [`CorpusOptions::stretch`]: as many words as it shares in a row are sure to be found.
    Stretch(usize),
}

impl fmt::Display for Remedy {
    /// As the flag of `likewise scan`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frequent(texts) => write!(f, "--frequent {texts}"),
            Self::Stretch(words) => write!(f, "--stretch {words}"),
        }
    }
}

/// A shingle of sampled documents.
#[derive(Default)]
struct Shingle {
    /// Sampled documents and places in them.
    places: Vec<(u32, u32)>,
    /// Documents of the corpus that have it.
    texts: AtomicU32,
}

/// A pair that shares a stretch, with the shingles of it that are known.
#[derive(Default)]
struct Related {
    pair: u64,
    shingles: Vec<u64>,
    /// Words of the longest stretch.
    words: u32,
    /// Shingles in a row that both have: of the last row, with where it ended in either, and of the longest one.
    row: usize,
    end: (u32, u32),
    longest: usize,
}

impl Related {
    /// Takes another shingle of a stretch of `words`, at these places.
    fn add(&mut self, hash: u64, words: u32, at: (u32, u32)) {
        let follows = self.row > 0 && (self.end.0 + 1, self.end.1 + 1) == at;
        self.row = if follows { self.row + 1 } else { 1 };
        (self.end, self.longest, self.words) = (at, self.longest.max(self.row), self.words.max(words));
        self.shingles.push(hash);
    }
}

/// Checks some `count` documents. `found`: pairs of the run, as (smaller number << 32 | greater one).
pub(crate) fn audit(
    documents: &Documents,
    tokens: &TokenStore,
    found: &FxHashSet<u64>,
    count: usize,
    options: &CorpusOptions,
) -> Result<Audit, CorpusError> {
    let sampled = sample(documents, count);
    let table = table(&sampled, documents, tokens, options)?;
    let firsts: Vec<u32> = firsts(documents).collect();
    let related: Vec<Vec<Related>> = firsts
        .par_iter()
        .with_min_len(64)
        .map(|&number| Checker { documents, tokens, options, table: &table }.check(number))
        .collect::<Result<_, _>>()?;
    let mut related: Vec<Related> = related.into_iter().flatten().collect();
    related.sort_by_key(|related| related.pair);
    related.dedup_by_key(|related| related.pair);
    let mut missed: Vec<&Related> = related.iter().filter(|related| !found.contains(&related.pair)).collect();
    missed.sort_by_key(|related| (Reverse(related.words), related.pair));
    let texts = |hash: &u64| table[hash].texts.load(Ordering::Relaxed) as usize;
    let remedy = |related: &Related| {
        // As many words in a row as a stretch needs have a fingerprint for sure: if that did not help, it was too frequent.
        let row = related.longest + options.engine.shingle - 1;
        let is_frequent = row >= options.stretch || related.shingles.iter().all(|hash| texts(hash) > options.frequent);
        match is_frequent {
            true => Remedy::Frequent(related.shingles.iter().map(texts).max().unwrap_or(0)),
            false => Remedy::Stretch(row),
        }
    };
    let frequent = missed.iter().filter(|related| matches!(remedy(related), Remedy::Frequent(_))).count();
    let id = |number: u64| documents.id(number as u32).to_owned();
    let listed = missed.iter().take(Audit::LISTED).map(|related| Missed {
        a: id(related.pair >> 32),
        b: id(related.pair & u64::from(u32::MAX)),
        words: related.words,
        remedy: remedy(related),
    });
    let (recall, interval) = wilson(related.len() - missed.len(), related.len());
    Ok(Audit {
        documents: sampled.len(),
        related: related.len(),
        found: related.len() - missed.len(),
        recall,
        interval,
        missed_as_frequent: frequent,
        missed_as_sparse: missed.len() - frequent,
        missed: listed.collect(),
    })
}

/// Documents whose text is not that of one before.
fn firsts(documents: &Documents) -> impl Iterator<Item = u32> {
    (0..documents.len() as u32).filter(|&number| documents.get(number).first == number)
}

/// Those whose ids have the least hashes, sorted: as good as chance, and the same for every run.
fn sample(documents: &Documents, count: usize) -> Vec<u32> {
    let mut all: Vec<(u64, u32)> =
        firsts(documents).map(|number| (xxh3_64(documents.id(number).as_bytes()), number)).collect();
    all.sort_unstable();
    let mut sampled: Vec<u32> = all.into_iter().take(count).map(|(_, number)| number).collect();
    sampled.sort_unstable();
    sampled
}

/// The shingles of the sampled documents.
fn table(
    sampled: &[u32],
    documents: &Documents,
    tokens: &TokenStore,
    options: &CorpusOptions,
) -> Result<FxHashMap<u64, Shingle>, CorpusError> {
    let mut table: FxHashMap<u64, Shingle> = FxHashMap::default();
    let mut buffer = Vec::new();
    for &number in sampled {
        let own: Vec<Token> = widened(tokens.read(documents.get(number).tokens, &mut buffer)?).collect();
        for (at, hash) in shingles(&own, options.shingle()) {
            let places = &mut table.entry(hash).or_default().places;
            if places.len() < PLACES {
                places.push((number, at as u32));
            }
        }
    }
    Ok(table)
}

struct Checker<'c> {
    documents: &'c Documents,
    tokens: &'c TokenStore,
    options: &'c CorpusOptions,
    table: &'c FxHashMap<u64, Shingle>,
}

impl Checker<'_> {
    /// The sampled documents with which document `number` shares a stretch.
    fn check(&self, number: u32) -> Result<Vec<Related>, CorpusError> {
        let (mut buffer, mut other) = (Vec::new(), Vec::new());
        let own = self.tokens.read(self.documents.get(number).tokens, &mut buffer)?;
        let whole: Vec<Token> = widened(own).collect();
        let mut seen = FxHashSet::default();
        let mut stretches: FxHashMap<u32, Vec<Stretch>> = FxHashMap::default();
        let mut related: FxHashMap<u32, Related> = FxHashMap::default();
        for (at, hash) in shingles(&whole, self.options.shingle()) {
            let Some(shingle) = self.table.get(&hash) else { continue };
            if seen.insert(hash) {
                shingle.texts.fetch_add(1, Ordering::Relaxed);
            }
            for &(sampled, place) in shingle.places.iter().filter(|(sampled, _)| *sampled != number) {
                let known = stretches.entry(sampled).or_default();
                let around = known.iter().rev().take(8).find(|stretch| stretch.covers(at as u32, place)).copied();
                let stretch = match around {
                    Some(stretch) => stretch,
                    None if known.len() == STRETCHES => continue,
                    None => {
                        let theirs = self.tokens.read(self.documents.get(sampled).tokens, &mut other)?;
                        let Some(stretch) = extend(own, theirs, at as u32, place) else { continue };
                        known.push(stretch);
                        stretch
                    }
                };
                if stretch.matched as usize >= self.options.stretch {
                    related.entry(sampled).or_default().add(hash, stretch.matched, (at as u32, place));
                }
            }
        }
        let pair = |sampled: u32| u64::from(sampled.min(number)) << 32 | u64::from(sampled.max(number));
        Ok(related.into_iter().map(|(sampled, related)| Related { pair: pair(sampled), ..related }).collect())
    }
}

/// A share and its interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927).
fn wilson(part: usize, whole: usize) -> (f64, (f64, f64)) {
    if whole == 0 {
        return (1.0, (0.0, 1.0));
    }
    let (n, z) = (whole as f64, DEVIATIONS);
    let share = part as f64 / n;
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let reach = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    (share, ((middle - reach).max(0.0), (middle + reach).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        let (share, (least, most)) = wilson(81, 263);
        assert!((share - 0.308).abs() < 0.001 && (least - 0.255).abs() < 0.001 && (most - 0.366).abs() < 0.001);
        assert_eq!(wilson(0, 0), (1.0, (0.0, 1.0)));
        assert_eq!(wilson(9, 9).1.1, 1.0);
    }
}
