//! Near-duplicates under noise: documents that are alike letter by letter where hardly a word is.
//!
//! Where a letter in three is wrong, no run of words survives, but one run of ten letters in thirty does, and few runs of ten letters
//! stand in two texts by chance. So one in four of the runs of [`GRAM`] letters, without spaces, of noisy documents are records
//! like those of a sketch, with those that other documents share with them; two in common make a candidate. (All of a document are
//! sampled at one rate, and not the least few kept: documents that resemble each other by a fortieth share none of those.) The
//! texts of a candidate are then laid against each other letter by letter, by the means of the pair engine: nothing is
//! reported on a guess.

use super::digest::{SketchRecord, split};
use super::error::CorpusError;
use super::group::runs;
use super::near::{NearCounts, NearPair, apart, candidates};
use super::noise::noisy;
use super::options::CorpusOptions;
use super::partition::Partitions;
use super::store::Documents;
use super::tokens::TokenStore;
use crate::letters::{Alike, alike, of_text};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::ops::Range;

/// Runs in common that make a candidate.
const SHARED: usize = 2;
/// Candidates of a document that are looked at, those that share the most: in a large corpus many share two runs by chance.
const MOST: u8 = 16;
/// Letters of a run.
const GRAM: usize = 10;
/// One in this many runs is kept.
const SAMPLED: u64 = 4;
/// Tokens of the documents read at once, about.
const TOKENS: usize = 2 << 20;
/// Share of what must be alike that is enough where noise hides the rest: where fewer than [`CLEAR`] of the letters in stretches
/// that are alike stand in equal runs.
const HIDDEN: f64 = 0.5;
const CLEAR: f64 = 0.65;
/// Runs of letters for each word, about.
const RUNS: usize = 2;

/// Finds the pairs with a noisy document that are alike at `options.resemblance` and above, but for those in `known`, sorted.
/// Cost: nothing but the search for noise where there is none; else every text is read again, once, and those of candidates
/// once more.
pub(super) fn find(
    documents: &Documents,
    tokens: &TokenStore,
    options: &CorpusOptions,
    known: &[NearPair],
) -> Result<(Vec<NearPair>, NearCounts), CorpusError> {
    let noisy = noisy(documents, tokens, options)?;
    let mut counts = NearCounts { noisy: noisy.iter().filter(|&&noisy| noisy).count(), ..NearCounts::default() };
    if counts.noisy == 0 {
        return Ok((Vec::new(), counts));
    }
    let records = Gatherer { documents, options, noisy: &noisy }.gather()?;
    let (pairs, joined) = candidates(&records, options)?;
    (counts.frequent_hashes, counts.unpaired) = (joined.frequent_hashes, joined.unpaired);
    let is_known = |&pair: &u64| known.binary_search_by_key(&apart(pair), |near| (near.a, near.b)).is_ok();
    let is_noisy = |&pair: &u64| {
        let (a, b) = apart(pair);
        noisy[a as usize] || noisy[b as usize]
    };
    let shared = runs(&pairs, |&pair| pair).filter(|same| same.len() >= SHARED).map(|same| (same[0], same.len()));
    let shared: Vec<(u64, usize)> = shared.filter(|(pair, _)| is_noisy(pair) && !is_known(pair)).collect();
    let pairs = likeliest(&shared, documents.len());
    counts.checked_by_letters = pairs.len();
    counts.passed_over = (shared.len() - pairs.len()) as u64;
    Ok((check(&pairs, documents, options)?, counts))
}

/// Of pairs with how many runs they share, those that are among the [`MOST`] of either document that share the most.
fn likeliest(shared: &[(u64, usize)], documents: usize) -> Vec<u64> {
    let mut order: Vec<u32> = (0..shared.len() as u32).collect();
    order.sort_by_key(|&at| (Reverse(shared[at as usize].1), at));
    let mut taken = vec![0_u8; documents];
    let mut is_taken = vec![false; shared.len()];
    for at in order {
        let (a, b) = apart(shared[at as usize].0);
        let ranks = [a, b].map(|document| taken[document as usize]);
        if ranks.iter().any(|&rank| rank < MOST) {
            is_taken[at as usize] = true;
            [a, b]
                .into_iter()
                .for_each(|document| taken[document as usize] = taken[document as usize].saturating_add(1));
        }
    }
    shared.iter().zip(is_taken).filter(|(_, taken)| *taken).map(|(&(pair, _), _)| pair).collect()
}

/// Makes the records of runs of letters.
struct Gatherer<'g> {
    documents: &'g Documents,
    options: &'g CorpusOptions,
    noisy: &'g [bool],
}

impl Gatherer<'_> {
    fn gather(&self) -> Result<Partitions<SketchRecord>, CorpusError> {
        let mut records =
            Partitions::new(1 << super::digest::PARTITION_BITS, self.options.for_records(self.documents.len()) / 8);
        let firsts = (0..self.documents.len() as u32).filter(|&number| self.documents.get(number).first == number);
        let (noisy, others): (Vec<u32>, Vec<u32>) = firsts.partition(|&number| self.noisy[number as usize]);
        let words: usize = noisy.iter().map(|&number| self.documents.get(number).tokens.len as usize).sum();
        let mut met = Met::new(RUNS * words);
        self.each(&noisy, |hash| met.add(hash), &mut records)?;
        self.each(&others, |hash| met.has(hash), &mut records)?;
        Ok(records)
    }

    /// Adds the runs of some documents that `is_kept`.
    fn each(
        &self,
        numbers: &[u32],
        mut is_kept: impl FnMut(u64) -> bool,
        records: &mut Partitions<SketchRecord>,
    ) -> Result<(), CorpusError> {
        for part in parts(numbers, |&number| self.documents.get(number).tokens.len as usize) {
            let grams = |&number: &u32| Ok(grams(&of_text(&self.documents.read(number)?.text)));
            let made: Vec<Vec<u64>> =
                numbers[part.clone()].par_iter().map(grams).collect::<Result<_, CorpusError>>()?;
            for (&document, grams) in numbers[part].iter().zip(made) {
                for hash in grams.into_iter().filter(|&hash| is_kept(hash)) {
                    let (partition, key) = split(hash);
                    records.push(partition, SketchRecord { key, document });
                }
            }
            records.settle(&self.options.spill)?;
        }
        Ok(())
    }
}

/// Cuts `items` where those before weigh [`TOKENS`].
fn parts<T>(items: &[T], weight: impl Fn(&T) -> usize) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut sum) = (Vec::new(), 0, 0);
    for (at, item) in items.iter().enumerate() {
        sum += weight(item);
        if sum >= TOKENS || at + 1 == items.len() {
            parts.push(start..at + 1);
            (start, sum) = (at + 1, 0);
        }
    }
    parts
}

/// The sampled runs of a text, each once.
fn grams(letters: &[char]) -> Vec<u64> {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let hash = |gram: &[char]| {
        let mixed = gram.iter().fold(0_u64, |hash, &letter| {
            (hash.rotate_left(23) ^ u64::from(u32::from(letter))).wrapping_mul(MULTIPLIER)
        });
        mixed ^ mixed >> 29
    };
    let mut kept: Vec<u64> = letters.windows(GRAM).map(hash).filter(|hash| hash % SAMPLED == 0).collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Which hashes noisy documents have, but for some that only seem to be.
struct Met {
    bits: Vec<u64>,
    shift: u32,
}

impl Met {
    /// Bits, as a power of two: 16 MB at most.
    const MOST: u32 = 27;

    /// For about `count` hashes, eight bits each.
    fn new(count: usize) -> Self {
        let power = (8 * count).next_power_of_two().ilog2().clamp(10, Self::MOST);
        Self { bits: vec![0; 1 << (power - 6)], shift: 64 - power }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let bit = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> self.shift;
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn add(&mut self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits[word] |= bit;
        true
    }

    fn has(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits[word] & bit != 0
    }
}

/// Those of `pairs`, sorted, that are alike.
fn check(pairs: &[u64], documents: &Documents, options: &CorpusOptions) -> Result<Vec<NearPair>, CorpusError> {
    let mut found = Vec::new();
    for part in parts(pairs, |&pair| documents.get(apart(pair).1).tokens.len as usize) {
        let pairs = &pairs[part];
        let mut numbers: Vec<u32> = pairs.iter().flat_map(|&pair| <[u32; 2]>::from(apart(pair))).collect();
        numbers.par_sort_unstable();
        numbers.dedup();
        let letters = |&number: &u32| Ok(of_text(&documents.read(number)?.text));
        let letters: Vec<Vec<char>> = numbers.par_iter().map(letters).collect::<Result<_, CorpusError>>()?;
        let of = |number: u32| &letters[numbers.binary_search(&number).expect("every document of a pair was read")];
        let judged = pairs.par_iter().map(|&pair| {
            let (a, b) = apart(pair);
            judge((a, b), of(a), of(b), options)
        });
        let judged: Vec<Option<NearPair>> = judged.collect();
        found.extend(judged.into_iter().flatten());
    }
    Ok(found)
}

/// What two texts have in common, where it makes them near-duplicates.
fn judge((a, b): (u32, u32), of_a: &[char], of_b: &[char], options: &CorpusOptions) -> Option<NearPair> {
    // No more than the shorter one can be in common.
    let (shorter, longer) = (of_a.len().min(of_b.len()), of_a.len().max(of_b.len()));
    if (shorter as f64) < HIDDEN * options.resemblance * longer as f64 {
        return None;
    }
    let found = alike(of_a, of_b);
    let common = found.a.min(found.b);
    let share = |whole: usize| common as f64 / whole.max(1) as f64;
    let resemblance = share(of_a.len() + of_b.len() - common);
    let needed = if is_noise(found) { HIDDEN * options.resemblance } else { options.resemblance };
    (resemblance >= needed).then(|| NearPair {
        a,
        b,
        resemblance,
        containment_a: share(of_a.len()),
        containment_b: share(of_b.len()),
        noisy: true,
        template: false,
    })
}

/// Whether it is noise that makes two stretches differ: hardly a run of letters is left whole.
fn is_noise(found: Alike) -> bool {
    (found.matched as f64) < CLEAR * found.a.max(found.b) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_run_is_sampled_wherever_it_stands() {
        let text =
            of_text("the quick brown fox jumps over the lazy dog and the quick brown fox sleeps in the afternoon sun");
        let other = of_text("nobody saw it: the quick brown fox jumps over the lazy dog, they say");
        let both = |letters: &[char]| -> BTreeSet<Vec<char>> { letters.windows(GRAM).map(<[char]>::to_vec).collect() };
        let shared = both(&text).intersection(&both(&other)).count();
        let sampled: BTreeSet<u64> = grams(&text).into_iter().collect();
        let found = grams(&other).iter().filter(|hash| sampled.contains(hash)).count();
        assert!(found * 2 > shared / SAMPLED as usize && found < shared, "{found} of {shared}");
        assert!(grams(&text).is_sorted_by(|x, y| x < y) && grams(&text[..GRAM - 1]).is_empty());
    }

    #[test]
    fn a_document_is_laid_against_those_it_shares_the_most_with() {
        // Document 0 shares something with each of a hundred, the more the higher its number; the first two more with each other.
        let pair = |a: u64, b: u64| a << 32 | b;
        let mut shared: Vec<(u64, usize)> = (1..=100).map(|b| (pair(0, b), b as usize)).collect();
        assert_eq!(likeliest(&shared, 101).len(), 100, "each is the likeliest of the other");
        for b in 1..=100 {
            shared.extend((0..u64::from(MOST)).map(|n| (pair(b, 101 + n), 200)));
        }
        let taken = likeliest(&shared, 200);
        let of_first: Vec<u64> = taken.iter().filter(|&&pair| pair >> 32 == 0).copied().collect();
        assert_eq!(of_first, (101 - u64::from(MOST)..=100).map(|b| pair(0, b)).collect::<Vec<_>>());
    }

    #[test]
    fn parts_cover_everything_once() {
        let weights = [TOKENS / 2, TOKENS / 2, 3 * TOKENS, 1, 2, TOKENS, 5];
        assert_eq!(parts(&weights, |&weight| weight), [0..2, 2..3, 3..6, 6..7]);
        assert!(parts(&[0_usize; 0], |&weight| weight).is_empty());
    }

    #[test]
    fn what_was_met_is_known_and_hardly_anything_else() {
        let mut met = Met::new(1000);
        let hash = |n: u64| xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes());
        (0..1000).for_each(|n| assert!(met.add(hash(n))));
        assert!((0..1000).all(|n| met.has(hash(n))));
        assert!((1000..2000).filter(|&n| met.has(hash(n))).count() < 250);
    }
}
