//! From similar sentences to stretches: grouped by nearness, fitted to their evidence, weighed.

use super::{Similarities, Taken, Unit};
use crate::options::Options;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A stretch of sentences on both sides that correspond, as token ranges.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cluster {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// Cosine of the two sides' vectors.
    pub cosine: f64,
    /// Words' worth of evidence on the weaker side.
    pub evidence: f64,
    /// One side condenses the other.
    pub condensed: bool,
}

/// Sentences without a match that a stretch may bridge.
const GAP: u32 = 4;
/// The same on the long side of a stretch that is condensed by the other, and on its short side.
const LONG_GAP: u32 = 40;
const SHORT_GAP: u32 = 1;
/// Sentences beyond a group's ends that fitting may take in, and rounds of fitting.
const WIDEN: usize = 2;
const ROUNDS: usize = 2;
/// What the share of a sentence's weight found anywhere on the other side counts against a cosine.
const COVER: f64 = 0.6;
/// Evidence below which a stretch is not even kept to stand beside a surer one.
const NEIGHBOUR: f64 = 0.4;
/// Least cosine of two whole sides.
const WHOLE: f64 = 0.35;
/// A condensed side is at most this fraction of the other in words, with at most this share of its evidence in one
/// stretch of its own length and half as much again, at most this share of its words in one uncondensed stretch, and at
/// least this many words' worth of evidence, in all and per word.
const CONDENSED: f64 = 1.0 / 3.0;
const LOCAL: f64 = 0.85;
const LOCAL_STRETCH: f64 = 1.5;
const EXPLAINED: f64 = 0.62;
const CONDENSED_EVIDENCE: f64 = 8.0;
const CONDENSED_DENSITY: f64 = 0.1;
/// Least cosine of sentences that may belong to a condensed stretch.
const CONDENSED_COSINE: f32 = 0.25;

/// A pair of matching units.
type Pair = (u32, u32);

pub(super) struct Clusters<'s> {
    similarities: &'s Similarities,
    /// Units numbered so that no stretch bridges what is taken: each taken range counts as a gap too wide for any.
    order_a: Vec<u32>,
    order_b: Vec<u32>,
    options: &'s Options,
    found: Vec<Cluster>,
}

impl<'s> Clusters<'s> {
    pub(super) fn new(similarities: &'s Similarities, taken: &Taken, options: &'s Options) -> Self {
        let units = &similarities.units;
        Self {
            similarities,
            order_a: order(&units.a, &taken.a),
            order_b: order(&units.b, &taken.b),
            options,
            found: Vec::new(),
        }
    }

    pub(super) fn find(mut self) -> Vec<Cluster> {
        self.group(self.similarities.seeds.clone(), GAP);
        for gaps in [[SHORT_GAP, LONG_GAP], [LONG_GAP, SHORT_GAP]] {
            self.condensed(gaps);
        }
        let key = |cluster: &Cluster| (!cluster.condensed, -cluster.evidence);
        self.found
            .sort_by(|x, y| key(x).partial_cmp(&key(y)).expect("evidence is a number").then(x.a.start.cmp(&y.a.start)));
        self.found
    }

    /// Splits pairs into groups without a gap of more than `gap` sentences; a group that does not hold together is
    /// tried again with a smaller gap.
    fn group(&mut self, mut pairs: Vec<Pair>, gap: u32) {
        for group in self.split(&mut pairs, [gap; 2]) {
            match self.fit(&group) {
                Some(cluster) => self.found.push(cluster),
                None if gap > 0 && group.len() > 1 => self.group(group, gap - 1),
                None => {}
            }
        }
    }

    /// Groups of pairs such that on neither side a gap is longer than its limit.
    fn split(&self, pairs: &mut [Pair], gaps: [u32; 2]) -> Vec<Vec<Pair>> {
        let mut groups = Vec::new();
        // Slices left to split, the side to split next, and on how many sides in turn nothing was left to split.
        let mut left = vec![(0..pairs.len(), 0, 0)];
        while let Some((range, side, settled)) = left.pop() {
            if range.is_empty() {
                continue;
            }
            let slice = &mut pairs[range.clone()];
            slice.sort_unstable_by_key(|&pair| (self.place(pair, side), pair));
            let far = |at: &usize| self.place(slice[*at], side) - self.place(slice[*at - 1], side) > gaps[side] + 1;
            let cuts: Vec<usize> = (1..slice.len()).filter(far).collect();
            let settled = if cuts.is_empty() { settled + 1 } else { 0 };
            if settled == 2 {
                groups.push(slice.to_vec());
                continue;
            }
            let ends = cuts.iter().copied().chain([slice.len()]);
            let starts = [0].into_iter().chain(cuts.iter().copied());
            left.extend(
                starts.zip(ends).map(|(start, end)| (range.start + start..range.start + end, 1 - side, settled)),
            );
        }
        groups
    }

    fn place(&self, pair: Pair, side: usize) -> u32 {
        if side == 0 { self.order_a[pair.0 as usize] } else { self.order_b[pair.1 as usize] }
    }

    /// The group fitted to its evidence, if that is enough.
    fn fit(&self, group: &[Pair]) -> Option<Cluster> {
        let units = &self.similarities.units;
        let (mut a, mut b) = bounds(group);
        let mut evidence = 0.0;
        for _ in 0..ROUNDS {
            let window_a = widen(&a, &self.order_a);
            let (for_a, fitted) =
                self.best(&units.a, &self.similarities.near_a, window_a, &b, &bag(&units.b[b.clone()]))?;
            a = fitted;
            let window_b = widen(&b, &self.order_b);
            let (for_b, fitted) =
                self.best(&units.b, &self.similarities.near_b, window_b, &a, &bag(&units.a[a.clone()]))?;
            b = fitted;
            evidence = f64::min(for_a, for_b);
        }
        let cosine = cosine(&bag(&units.a[a.clone()]), &bag(&units.b[b.clone()]));
        (cosine >= WHOLE && evidence >= NEIGHBOUR.min(self.options.evidence)).then(|| Cluster {
            a: tokens(&units.a, &a),
            b: tokens(&units.b, &b),
            cosine,
            evidence,
            condensed: false,
        })
    }

    /// The stretch of `window` with the greatest sum of evidence, given the stretch `other` of the other text: a
    /// sentence speaks for itself by its best match there, or by how much of its weight is found there at all.
    fn best(
        &self,
        units: &[Unit],
        near: &[Vec<(u32, f32)>],
        window: Range<usize>,
        other: &Range<usize>,
        bag: &FxHashMap<u32, f32>,
    ) -> Option<(f64, Range<usize>)> {
        let mut best: Option<(f64, Range<usize>)> = None;
        let (mut sum, mut start) = (0.0, window.start);
        for at in window {
            let unit = &units[at];
            let alike = best_match(&near[at], other).max(COVER * self.cover(unit, bag));
            sum += (alike - self.options.reworded) * unit.tokens.len() as f64;
            if best.as_ref().is_none_or(|(most, _)| sum > *most) {
                best = Some((sum, start..at + 1));
            }
            if sum < 0.0 {
                (sum, start) = (0.0, at + 1);
            }
        }
        best.filter(|(most, _)| *most > 0.0)
    }

    /// Share of a sentence's weight, the rare stems' above all, that stands in `bag`.
    fn cover(&self, unit: &Unit, bag: &FxHashMap<u32, f32>) -> f64 {
        let isf = &self.similarities.units.isf;
        let (mut inside, mut total) = (0.0, 0.0);
        for &(id, weight) in &unit.stems {
            let weight = weight * isf[id as usize];
            total += weight;
            inside += if bag.contains_key(&id) { weight } else { 0.0 };
        }
        if total > 0.0 { f64::from(inside / total) } else { 0.0 }
    }

    /// Finds stretches of which one side condenses the other.
    fn condensed(&mut self, gaps: [u32; 2]) {
        let near = self.similarities.near_a.iter().enumerate();
        let mut pairs: Vec<Pair> = near
            .flat_map(|(s, near)| near.iter().filter(|n| n.1 > CONDENSED_COSINE).map(move |n| (s as u32, n.0)))
            .collect();
        let short_is_a = gaps[0] < gaps[1];
        let groups = self.split(&mut pairs, gaps);
        let found: Vec<Cluster> = groups.iter().filter_map(|group| self.condensation(group, short_is_a)).collect();
        self.found.extend(found);
    }

    fn condensation(&self, group: &[Pair], short_is_a: bool) -> Option<Cluster> {
        let units = &self.similarities.units;
        let (a, b) = bounds(group);
        let (short, near, short_units, long, long_units) = if short_is_a {
            (&a, &self.similarities.near_a, &units.a, &b, &units.b)
        } else {
            (&b, &self.similarities.near_b, &units.b, &a, &units.a)
        };
        let (words, long_words) = (words(short_units, short), words(long_units, long));
        if words > CONDENSED * long_words || self.is_explained(&a, &b, short_is_a, words) {
            return None;
        }
        let sum = |within: &Range<usize>| -> f64 {
            let gain = |at: usize| (best_match(&near[at], within) - self.options.reworded).max(0.0);
            short.clone().map(|at| gain(at) * short_units[at].tokens.len() as f64).sum()
        };
        let evidence = sum(long);
        if evidence < CONDENSED_EVIDENCE || evidence < CONDENSED_DENSITY * words {
            return None;
        }
        let local = windows(long_units, long, LOCAL_STRETCH * words).map(|window| sum(&window)).fold(0.0, f64::max);
        (local < LOCAL * evidence).then(|| Cluster {
            a: tokens(&units.a, &a),
            b: tokens(&units.b, &b),
            cosine: cosine(&bag(&units.a[a.clone()]), &bag(&units.b[b.clone()])),
            evidence,
            condensed: true,
        })
    }
}

impl Clusters<'_> {
    /// Whether an uncondensed stretch already accounts for most of the short side's words.
    fn is_explained(&self, a: &Range<usize>, b: &Range<usize>, short_is_a: bool, words: f64) -> bool {
        let units = &self.similarities.units;
        let (a, b) = (tokens(&units.a, a), tokens(&units.b, b));
        let sure = self.found.iter().filter(|found| !found.condensed && found.evidence >= self.options.evidence);
        sure.map(|found| (overlap(&found.a, &a), overlap(&found.b, &b))).any(|(on_a, on_b)| {
            let (on_short, on_long) = if short_is_a { (on_a, on_b) } else { (on_b, on_a) };
            on_long > 0 && f64::from(on_short) >= EXPLAINED * words
        })
    }
}

fn overlap(x: &Range<u32>, y: &Range<u32>) -> u32 {
    x.end.min(y.end).saturating_sub(x.start.max(y.start))
}

/// For each unit its number, with a jump over every taken range.
fn order(units: &[Unit], taken: &[Range<u32>]) -> Vec<u32> {
    let jumps = |unit: &Unit| taken.partition_point(|range| range.start < unit.tokens.start) as u32;
    units.iter().enumerate().map(|(at, unit)| at as u32 + jumps(unit) * (LONG_GAP + 2)).collect()
}

/// The units a group spans.
fn bounds(group: &[Pair]) -> (Range<usize>, Range<usize>) {
    let range = |side: fn(&Pair) -> u32| {
        let first = group.iter().map(side).min().expect("a group has a pair");
        let last = group.iter().map(side).max().expect("a group has a pair");
        first as usize..last as usize + 1
    };
    (range(|pair| pair.0), range(|pair| pair.1))
}

/// A few neighbours more on both ends, but none beyond a taken range.
fn widen(range: &Range<usize>, order: &[u32]) -> Range<usize> {
    let mut wide = range.clone();
    for _ in 0..WIDEN {
        if wide.start > 0 && order[wide.start - 1] + 1 == order[wide.start] {
            wide.start -= 1;
        }
        if wide.end < order.len() && order[wide.end - 1] + 1 == order[wide.end] {
            wide.end += 1;
        }
    }
    wide
}

fn best_match(near: &[(u32, f32)], within: &Range<usize>) -> f64 {
    let inside = near.iter().filter(|(at, _)| within.contains(&(*at as usize)));
    f64::from(inside.map(|(_, cosine)| *cosine).fold(0.0, f32::max))
}

/// Stretches of `range` of about `most` words, one from each unit on.
fn windows(units: &[Unit], range: &Range<usize>, most: f64) -> impl Iterator<Item = Range<usize>> {
    let (mut end, mut sum) = (range.start, 0.0);
    range.clone().map(move |start| {
        if end < start + 1 {
            (end, sum) = (start + 1, units[start].tokens.len() as f64);
        }
        while end < range.end && sum + units[end].tokens.len() as f64 <= most {
            sum += units[end].tokens.len() as f64;
            end += 1;
        }
        sum -= units[start].tokens.len() as f64;
        start..end
    })
}

fn words(units: &[Unit], range: &Range<usize>) -> f64 {
    units[range.clone()].iter().map(|unit| unit.tokens.len()).sum::<usize>() as f64
}

fn tokens(units: &[Unit], range: &Range<usize>) -> Range<u32> {
    units[range.start].tokens.start..units[range.end - 1].tokens.end
}

/// Sum of the vectors of several units.
fn bag(units: &[Unit]) -> FxHashMap<u32, f32> {
    let mut bag = FxHashMap::default();
    for &(id, weight) in units.iter().flat_map(|unit| &unit.stems) {
        *bag.entry(id).or_insert(0.0) += weight;
    }
    bag
}

fn cosine(a: &FxHashMap<u32, f32>, b: &FxHashMap<u32, f32>) -> f64 {
    // Summed in the order of the keys: a map's own order may differ between builds.
    let mut keys: Vec<u32> = a.keys().copied().filter(|id| b.contains_key(id)).collect();
    keys.sort_unstable();
    let dot: f64 = keys.iter().map(|id| f64::from(a[id]) * f64::from(b[id])).sum();
    dot / (norm(a) * norm(b)).max(f64::MIN_POSITIVE)
}

fn norm(bag: &FxHashMap<u32, f32>) -> f64 {
    let mut weights: Vec<f32> = bag.values().copied().collect();
    weights.sort_unstable_by(f32::total_cmp);
    weights.iter().map(|&weight| f64::from(weight).powi(2)).sum::<f64>().sqrt()
}
