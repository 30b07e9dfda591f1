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
/// Texts of up to this many sentences are compared exactly, if no more than [`ALIKE`] are near to a sentence on average;
/// in others, a stem in more than [`COMMON`] sentences finds no candidates, which keeps the work linear (its weight is
/// small there in any case). In longer ones, a sentence of which the other text does not hold one word in [`SHARED`] at
/// all is not looked at.
const EXACT: usize = 4096;
const ALIKE: usize = 64;
const COMMON: usize = 64;
const SHARED: usize = 6;

/// Sentences that no core covers yet, and how alike they are.
pub(crate) struct Similarities {
    units: Units,
    /// For each unit, those of the other text with a cosine above the floor.
    near_a: Lists,
    near_b: Lists,
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
    let may_be_condensed = may_be_condensed(&in_a, &in_b);
    if !may_be_condensed && !may_be_reworded(&in_a, &in_b, taken) {
        return Vec::new();
    }
    let similarities = Similarities::new((a, in_a), (b, in_b), taken);
    Clusters::new(&similarities, taken, options).find(may_be_condensed.then_some(taken))
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
        Self::measure(units)
    }

    /// Every pair above the floor.
    fn measure(units: Units) -> Self {
        let exact = units.a.len().max(units.b.len()) <= EXACT;
        let few = || exact.then(|| near(&units, usize::MAX, ALIKE * (units.a.len() + units.b.len()) / 2)).flatten();
        let near = few().or_else(|| near(&units, COMMON, usize::MAX)).expect("no bound is passed");
        let near_a = Lists::new(units.a.len(), near.iter().map(|pair| (pair.s, (pair.t, pair.cosine))));
        let near_b = Lists::new(units.b.len(), near.iter().map(|pair| (pair.t, (pair.s, pair.cosine))));
        let seeds = near.iter().filter(|pair| pair.founds).map(|pair| (pair.s, pair.t)).collect();
        Self { units, near_a, near_b, seeds }
    }
}

/// The pairs above the floor, unless they are more than `bound`, by way of an inverted index over B in which a stem of more
/// than `common` units stands for nothing.
fn near(units: &Units, common: usize, bound: usize) -> Option<Vec<Pair>> {
    let postings = Postings::new(units, common);
    // Of each unit of B, its product with a unit of A and how many stems both have.
    let mut products = vec![(0.0, 0); units.b.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut near: Vec<Pair> = Vec::new();
    for (a, s) in units.a.iter().zip(0..) {
        for &(id, weight) in units.of(a) {
            for &(t, other) in postings.of(id) {
                let (dot, common) = &mut products[t as usize];
                if *common == 0 {
                    touched.push(t);
                }
                *dot += weight * other;
                *common += 1;
            }
        }
        let first = near.len();
        near.extend(touched.drain(..).filter_map(|t| {
            let (dot, common) = std::mem::take(&mut products[t as usize]);
            Pair::new((s, a), (t, &units.b[t as usize]), dot, common)
        }));
        if near.len() > bound {
            return None;
        }
        near[first..].sort_unstable_by_key(|pair| pair.t);
    }
    Some(near)
}

/// A unit of A and one of B that are near.
#[derive(Debug, Clone, Copy)]
struct Pair {
    s: u32,
    t: u32,
    cosine: f32,
    /// May found a stretch.
    founds: bool,
}

impl Pair {
    /// Two units with their numbers, if they are near: by the product of their vectors, and how many stems both have.
    fn new((s, a): (u32, &Unit), (t, b): (u32, &Unit), dot: f32, common: u32) -> Option<Self> {
        let nearness = nearness(a, b);
        let cosine = (nearness * dot / (a.norm * b.norm).max(f32::MIN_POSITIVE)).min(1.0);
        if cosine <= FLOOR {
            return None;
        }
        let dice = nearness * 2.0 * common as f32 / (a.stems.len() + b.stems.len()) as f32;
        let founds = cosine > SEED_COSINE && dice > SEED_DICE && !a.fixed && !b.fixed;
        Some(Self { s, t, cosine, founds })
    }
}

/// Lists of units, each with a figure, one after another.
#[derive(Debug)]
struct Lists {
    /// Where each list begins, and where the last one ends.
    starts: Vec<u32>,
    items: Vec<(u32, f32)>,
}

impl Lists {
    /// `items`: each with the number of its list, of which there are `count`; those of a list keep their order. Cost: linear.
    fn new(count: usize, items: impl Iterator<Item = (u32, (u32, f32))> + Clone) -> Self {
        // Each list begins one place further on than it is to, and goes on to where the next one begins.
        let mut starts = vec![0; count + 2];
        items.clone().for_each(|(list, _)| starts[list as usize + 2] += 1);
        for list in 2..starts.len() {
            starts[list] += starts[list - 1];
        }
        let mut all = vec![(0, 0.0); starts[count + 1] as usize];
        for (list, item) in items {
            let end = &mut starts[list as usize + 1];
            all[*end as usize] = item;
            *end += 1;
        }
        Self { starts, items: all }
    }

    fn of(&self, list: usize) -> &[(u32, f32)] {
        &self.items[self.starts[list] as usize..self.starts[list + 1] as usize]
    }
}

/// The units of B that hold a stem, and what it weighs there, for every stem.
struct Postings {
    lists: Lists,
    /// Longest list that is looked at.
    common: usize,
}

impl Postings {
    fn new(units: &Units, common: usize) -> Self {
        let stems = units.b.iter().zip(0..).flat_map(|(unit, t)| {
            let stems = units.of(unit).iter();
            stems.map(move |&(id, weight)| (id, (t, weight)))
        });
        Self { lists: Lists::new(units.isf.len(), stems), common }
    }

    fn of(&self, id: u32) -> &[(u32, f32)] {
        let list = self.lists.of(id as usize);
        if list.len() > self.common { &[] } else { list }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    const SENTENCES: [&str; 2] = ["Both sides agreed to keep channels open", "A summit on trade will follow in autumn"];

    /// How many are near to a sentence on average, of two sentences in turn, each time with a number of its own.
    fn alike(count: usize) -> usize {
        let sentences = (0..count).map(|at| format!("{} {at:05}.\n", SENTENCES[at % 2]));
        let text: String = sentences.collect();
        let text = tokenise(&text);
        let units = Units::new((&text, stretches(&text)), (&text, stretches(&text)));
        let found = Similarities::measure(units);
        assert!((0..count).all(|at| found.near_a.of(at).iter().any(|near| near.0 == at as u32)));
        found.near_a.items.len() / count
    }

    #[test]
    fn all_that_are_near_are_found_where_they_are_few() {
        assert_eq!(alike(2 * COMMON), COMMON);
    }

    #[test]
    fn where_half_the_sentences_are_near_to_each_what_they_share_finds_none() {
        assert_eq!(alike(8 * ALIKE), 1);
    }
}
