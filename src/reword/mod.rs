//! Rewording: stretches of the two texts that say the same in other words or another order.
//!
//! Each sentence is a vector of stems weighted by how few sentences hold them; neighbouring sentences whose vectors
//! point the same way are clustered into one stretch (the scheme of M. A. Sanchez-Perez, G. Sidorov and A. Gelbukh, "A
//! winning approach to text alignment for text reuse detection at PAN 2014"). Changed here: stems are prefixes and, for
//! Han and kana, pairs of characters, so that no language needs its own stemmer; candidates come from an inverted
//! index; a stretch is fitted to where its evidence lies, and accepted for the sum of that evidence rather than for
//! one cosine; and a short stretch that condenses a long one is told from a short one that merely has chance matches
//! further off by where its best matches lie.

mod cluster;
mod condense;
mod numbers;
mod units;

pub(crate) use cluster::Cluster;
pub(crate) use units::stem;

use crate::options::Options;
use crate::text::Tokenised;
use cluster::Clusters;
use condense::may_be_condensed;
use std::ops::Range;
use units::{Unit, Units, nearness, stretches};

/// Least cosine and Dice coefficient of two sentences that may found a stretch.
const SEED_COSINE: f32 = 0.2;
const SEED_DICE: f32 = 0.2;
/// Least cosine that is remembered at all.
const FLOOR: f32 = 0.12;
/// Texts of up to this many sentences are compared exactly; in longer ones, a stem in more than [`COMMON`] sentences
/// finds no candidates, which keeps the work linear (its weight is small there in any case), and a sentence of which
/// the other text does not hold one word in [`SHARED`] at all is not looked at.
const EXACT: usize = 4096;
const COMMON: usize = 64;
const SHARED: usize = 6;

/// Sentences that no core covers yet, and how alike they are.
pub(crate) struct Similarities {
    units: Units,
    /// For each unit, those of the other text with a cosine above the floor.
    near_a: Vec<Vec<(u32, f32)>>,
    near_b: Vec<Vec<(u32, f32)>>,
    /// Pairs that may found a stretch.
    seeds: Vec<(u32, u32)>,
}

/// Which tokens already belong to a core that nothing will be merged into, but a condensation into which it is short
/// enough to fit.
#[derive(Debug)]
pub(crate) struct Taken {
    pub a: TakenSide,
    pub b: TakenSide,
}

/// Token ranges of one text, sorted.
#[derive(Debug)]
pub(crate) struct TakenSide {
    /// Of every fixed core.
    pub all: Vec<Range<u32>>,
    /// Of those that are too long for a condensation.
    pub long: Vec<Range<u32>>,
}

/// Stretches that say the same in other words, outside what is taken; the surest first.
pub(crate) fn clusters(a: &Tokenised<'_>, b: &Tokenised<'_>, taken: &Taken, options: &Options) -> Vec<Cluster> {
    let (in_a, in_b) = wanted(a, b, taken);
    if !may_be_reworded(&in_a, &in_b, taken) && !may_be_condensed(&in_a, &in_b) {
        return Vec::new();
    }
    let similarities = Similarities::new((a, in_a), (b, in_b), taken);
    Clusters::new(&similarities, taken, options).find(taken)
}

/// The sentences of both texts that are looked at: those that no long fixed core covers.
fn wanted(a: &Tokenised<'_>, b: &Tokenised<'_>, taken: &Taken) -> (Vec<Range<u32>>, Vec<Range<u32>>) {
    let long = a.sentences.len().max(b.sentences.len()) > EXACT;
    let (words_a, words_b) = if long { (Words::of(a), Words::of(b)) } else { (Words::all(), Words::all()) };
    let (mut in_a, mut in_b) = (stretches(a), stretches(b));
    in_a.retain(|tokens| is_free(&taken.a.long, tokens) && words_b.hold_some(a, tokens));
    in_b.retain(|tokens| is_free(&taken.b.long, tokens) && words_a.hold_some(b, tokens));
    (in_a, in_b)
}

/// Whether both texts have a sentence that no fixed core covers: without one nothing founds a stretch.
fn may_be_reworded(in_a: &[Range<u32>], in_b: &[Range<u32>], taken: &Taken) -> bool {
    let any_free =
        |stretches: &[Range<u32>], taken: &[Range<u32>]| stretches.iter().any(|tokens| is_free(taken, tokens));
    any_free(in_a, &taken.a.all) && any_free(in_b, &taken.b.all)
}

impl Similarities {
    fn new(a: (&Tokenised<'_>, Vec<Range<u32>>), b: (&Tokenised<'_>, Vec<Range<u32>>), taken: &Taken) -> Self {
        let mut units = Units::new(a, b);
        mark_fixed(&mut units.a, &taken.a.all);
        mark_fixed(&mut units.b, &taken.b.all);
        let mut similarities = Self {
            near_a: vec![Vec::new(); units.a.len()],
            near_b: vec![Vec::new(); units.b.len()],
            seeds: Vec::new(),
            units,
        };
        similarities.measure();
        similarities
    }

    /// Fills in every pair above the floor, by way of an inverted index over B.
    fn measure(&mut self) {
        let postings = Postings::new(&self.units);
        let (mut dots, mut common) = (vec![0_f32; self.units.b.len()], vec![0_u32; self.units.b.len()]);
        let mut touched: Vec<u32> = Vec::new();
        for s in 0..self.units.a.len() {
            for &(id, weight) in &self.units.a[s].stems {
                for &(t, other) in postings.of(id) {
                    if common[t as usize] == 0 {
                        touched.push(t);
                    }
                    dots[t as usize] += weight * other;
                    common[t as usize] += 1;
                }
            }
            touched.sort_unstable();
            for t in touched.drain(..) {
                let dot = std::mem::take(&mut dots[t as usize]);
                let common = std::mem::take(&mut common[t as usize]);
                self.note(s as u32, t, dot, common);
            }
        }
    }

    fn note(&mut self, s: u32, t: u32, dot: f32, common: u32) {
        let (a, b) = (&self.units.a[s as usize], &self.units.b[t as usize]);
        let nearness = nearness(a, b);
        let cosine = (nearness * dot / (a.norm * b.norm).max(f32::MIN_POSITIVE)).min(1.0);
        if cosine <= FLOOR {
            return;
        }
        self.near_a[s as usize].push((t, cosine));
        self.near_b[t as usize].push((s, cosine));
        let dice = nearness * 2.0 * common as f32 / (a.stems.len() + b.stems.len()) as f32;
        if cosine > SEED_COSINE && dice > SEED_DICE && !a.fixed && !b.fixed {
            self.seeds.push((s, t));
        }
    }
}

/// The units of B that hold a stem, and what it weighs there, for every stem.
struct Postings {
    /// Where the list of each stem begins; the last one is the end.
    starts: Vec<u32>,
    lists: Vec<(u32, f32)>,
    /// Longest list that is looked at.
    most: usize,
}

impl Postings {
    fn new(units: &Units) -> Self {
        let stems = || units.b.iter().zip(0..).flat_map(|(unit, t)| unit.stems.iter().map(move |stem| (t, stem)));
        let mut starts = vec![0; units.isf.len() + 1];
        stems().for_each(|(_, &(id, _))| starts[id as usize + 1] += 1);
        for id in 1..starts.len() {
            starts[id] += starts[id - 1];
        }
        let mut ends = starts.clone();
        let mut lists = vec![(0, 0.0); starts[starts.len() - 1] as usize];
        for (t, &(id, weight)) in stems() {
            let end = &mut ends[id as usize];
            lists[*end as usize] = (t, weight);
            *end += 1;
        }
        let are_many = units.a.len().max(units.b.len()) > EXACT;
        Self { starts, lists, most: if are_many { COMMON } else { usize::MAX } }
    }

    fn of(&self, id: u32) -> &[(u32, f32)] {
        let list = &self.lists[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize];
        if list.len() > self.most { &[] } else { list }
    }
}

/// Which words a text holds: a bit for each, by its hash, so that a few are taken for held that are not.
struct Words {
    bits: Vec<u64>,
}

impl Words {
    fn of(text: &Tokenised<'_>) -> Self {
        let mut words = Self { bits: vec![0; (text.len() / 4).next_power_of_two()] };
        for token in &text.tokens {
            let (word, bit) = words.place(token.0);
            words.bits[word] |= bit;
        }
        words
    }

    /// Every word there is.
    fn all() -> Self {
        Self { bits: vec![u64::MAX] }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> 8) as usize & (self.bits.len() - 1), 1 << (hash >> 2 & 63))
    }

    /// Whether enough of the tokens are held.
    fn hold_some(&self, text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
        let tokens = &text.tokens[tokens.start as usize..tokens.end as usize];
        let held = tokens.iter().map(|token| self.place(token.0)).filter(|&(word, bit)| self.bits[word] & bit != 0);
        let enough = tokens.len().div_ceil(SHARED);
        held.take(enough).count() >= enough
    }
}

fn mark_fixed(units: &mut [Unit], taken: &[Range<u32>]) {
    units.iter_mut().for_each(|unit| unit.fixed = !is_free(taken, &unit.tokens));
}

/// Whether less than half of `tokens` is taken.
fn is_free(taken: &[Range<u32>], tokens: &Range<u32>) -> bool {
    let first = taken.partition_point(|range| range.end <= tokens.start);
    let overlapping = taken[first..].iter().take_while(|range| range.start < tokens.end);
    let covered: u32 = overlapping.map(|range| range.end.min(tokens.end) - range.start.max(tokens.start)).sum();
    2 * covered < tokens.len() as u32
}
