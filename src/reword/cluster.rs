//! From similar sentences to stretches: grouped by nearness, fitted to their evidence, weighed.

use super::condense::condensations;
use super::units::{Stem, Units, nearness};
use super::{Lists, Similarities, Taken, Unit};
use crate::options::Options;
use std::borrow::Cow;
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
/// What a barrier counts in sentences: more than any stretch bridges.
const BARRIER: u32 = 64;
/// Sentences beyond a group's ends that fitting may take in, and rounds of fitting.
const WIDEN: usize = 2;
const ROUNDS: usize = 2;
/// What the share of a sentence's weight found anywhere on the other side counts against a cosine.
const COVER: f64 = 0.65;
/// Evidence below which a stretch is not even kept to stand beside a surer one.
const NEIGHBOUR: f64 = 0.4;
/// Least cosine of two whole sides.
const WHOLE: f64 = 0.35;
/// A long side at least this many times as long as the short one sheds sentences at its ends without which the short side
/// loses less than this of its likeness, for each of their words.
const LOPSIDED: f64 = 1.5;
const SHED: f64 = 0.03;
/// Most sentences that are shed.
const MOST_SHED: usize = 64;

/// A pair of matching units.
pub(super) type Pair = (u32, u32);

pub(super) struct Clusters<'s> {
    similarities: &'s Similarities,
    /// Units of either side numbered so that no stretch bridges what is taken.
    order: Order,
    options: &'s Options,
    found: Vec<Cluster>,
}

impl<'s> Clusters<'s> {
    pub(super) fn new(similarities: &'s Similarities, taken: &Taken, options: &'s Options) -> Self {
        let units = &similarities.units;
        Self {
            similarities,
            order: Order::new([&units.a, &units.b], [&taken.a.all, &taken.b.all]),
            options,
            found: Vec::new(),
        }
    }

    /// `condensed`: what is taken, if one text may hold a condensation of the other.
    pub(super) fn find(mut self, condensed: Option<&Taken>) -> Vec<Cluster> {
        let mut held = Held::new(self.similarities.units.isf.len());
        self.group(self.similarities.seeds.clone(), GAP, &mut held);
        if let Some(taken) = condensed {
            let condensed = condensations(self.similarities, taken, &self.found, self.options);
            self.found.extend(condensed);
        }
        let key = |cluster: &Cluster| (!cluster.condensed, -cluster.evidence);
        self.found
            .sort_by(|x, y| key(x).partial_cmp(&key(y)).expect("evidence is a number").then(x.a.start.cmp(&y.a.start)));
        self.found
    }

    /// Splits pairs into groups without a gap of more than `gap` sentences; a group that does not hold together is
    /// tried again with a smaller gap.
    fn group(&mut self, mut pairs: Vec<Pair>, gap: u32, held: &mut Held) {
        for group in self.order.split(&mut pairs, [gap; 2]) {
            match self.fit(&group, held) {
                Some(cluster) => self.found.push(cluster),
                None if gap > 0 && group.len() > 1 => self.group(group, gap - 1, held),
                None => {}
            }
        }
    }

    /// The group fitted to its evidence, if that is enough.
    fn fit(&self, group: &[Pair], held: &mut Held) -> Option<Cluster> {
        let units = &self.similarities.units;
        let (mut a, mut b) = bounds(group);
        let mut evidence = 0.0;
        for _ in 0..ROUNDS {
            let window_a = self.order.widen(0, &a);
            held.only(units.of_all(&units.b[b.clone()]));
            let (for_a, fitted) = self.best(&units.a, &self.similarities.near_a, window_a, &b, held)?;
            a = fitted;
            let window_b = self.order.widen(1, &b);
            held.only(units.of_all(&units.a[a.clone()]));
            let (for_b, fitted) = self.best(&units.b, &self.similarities.near_b, window_b, &a, held)?;
            b = fitted;
            evidence = f64::min(for_a, for_b);
        }
        self.shed(&mut a, &mut b, held);
        let nearness = nearness(&units.a[a.start], &units.b[b.start]);
        let (bag_a, bag_b) = (Bag::of(units, &units.a[a.clone()]), Bag::of(units, &units.b[b.clone()]));
        let cosine = (f64::from(nearness) * cosine(&bag_a, &bag_b)).min(1.0);
        (cosine >= WHOLE && evidence >= NEIGHBOUR.min(self.options.evidence)).then(|| Cluster {
            a: tokens(&units.a, &a),
            b: tokens(&units.b, &b),
            cosine,
            evidence,
            condensed: false,
        })
    }

    /// The stretch of `window` with the greatest sum of evidence, given the stretch `other` of the other text with the stems
    /// `held`: a sentence speaks for itself by its best match there, or by how much of its weight is found there at all.
    fn best(
        &self,
        units: &[Unit],
        near: &Lists,
        window: Range<usize>,
        other: &Range<usize>,
        held: &Held,
    ) -> Option<(f64, Range<usize>)> {
        let mut best: Option<(f64, Range<usize>)> = None;
        let (mut sum, mut start) = (0.0, window.start);
        for at in window {
            let unit = &units[at];
            let alike = self.alike(unit, best_match(near.of(at), other), held);
            sum += (alike - self.options.reworded) * unit.worth();
            if best.as_ref().is_none_or(|(most, _)| sum > *most) {
                best = Some((sum, start..at + 1));
            }
            if sum < 0.0 {
                (sum, start) = (0.0, at + 1);
            }
        }
        best.filter(|(most, _)| *most > 0.0)
    }

    /// Takes from the ends of a much longer side the sentences that explain nothing of the other. Cost: that of looking through
    /// both sides for each of them, of which there are no more than a few.
    fn shed(&self, a: &mut Range<usize>, b: &mut Range<usize>, held: &mut Held) {
        let units = &self.similarities.units;
        for _ in 0..MOST_SHED {
            let a_is_long = words(&units.a, a) > words(&units.b, b);
            let (short, near, short_units, long, long_units) = if a_is_long {
                (b.clone(), &self.similarities.near_b, &units.b, &mut *a, &units.a)
            } else {
                (a.clone(), &self.similarities.near_a, &units.a, &mut *b, &units.b)
            };
            if long.len() < 2 || words(long_units, long) < LOPSIDED * words(short_units, &short) {
                return;
            }
            let mut explained = |long: &Range<usize>| -> f64 {
                held.only(self.similarities.units.of_all(&long_units[long.clone()]));
                let alike = |at: usize| self.alike(&short_units[at], best_match(near.of(at), long), held);
                short.clone().map(|at| alike(at) * short_units[at].tokens.len() as f64).sum()
            };
            let all = explained(long);
            let mut lost = |left: &Range<usize>| {
                (all - explained(left)) / (words(long_units, long) - words(long_units, left)).max(1.0)
            };
            let ends = [long.start + 1..long.end, long.start..long.end - 1].map(|left| (lost(&left), left));
            let [(at_start, after), (at_end, before)] = ends;
            if at_start.min(at_end) >= SHED {
                return;
            }
            *long = if at_start < at_end { after } else { before };
        }
    }

    /// How alike a sentence is to a stretch: by its best match there, or by how much of its weight is `held` there.
    fn alike(&self, unit: &Unit, best_match: f64, held: &Held) -> f64 {
        if best_match >= COVER { best_match } else { best_match.max(COVER * self.cover(unit, held)) }
    }

    /// Share of a sentence's weight, the rare stems' above all, that is `held`: 1 at most.
    fn cover(&self, unit: &Unit, held: &Held) -> f64 {
        let isf = &self.similarities.units.isf;
        let (mut inside, mut total) = (0.0, 0.0);
        for &(id, weight) in self.similarities.units.of(unit) {
            let weight = weight * isf[id as usize];
            total += weight;
            inside += if held.has(id) { weight } else { 0.0 };
        }
        if total > 0.0 { f64::from(inside / total) } else { 0.0 }
    }
}

/// Units of either side numbered with a jump of [`BARRIER`] over each range that nothing may bridge.
pub(super) struct Order([Vec<u32>; 2]);

impl Order {
    /// `barriers` are token ranges, sorted; a fixed unit is one as well.
    fn new(units: [&[Unit]; 2], barriers: [&[Range<u32>]; 2]) -> Self {
        Self([0, 1].map(|side| numbered(units[side], barriers[side], |unit| unit.fixed)))
    }

    /// The same where fixed units are no barriers.
    pub(super) fn through_fixed(units: [&[Unit]; 2], barriers: [&[Range<u32>]; 2]) -> Self {
        Self([0, 1].map(|side| numbered(units[side], barriers[side], |_| false)))
    }

    /// The units of a side within `reach` before unit `at`, the nearest first.
    pub(super) fn before(&self, side: usize, at: usize, reach: usize) -> impl Iterator<Item = usize> {
        let order = &self.0[side];
        (0..at).rev().take_while(move |&other| order[at] - order[other] <= reach as u32)
    }

    /// The same after unit `at`.
    pub(super) fn after(&self, side: usize, at: usize, reach: usize) -> impl Iterator<Item = usize> {
        let order = &self.0[side];
        (at + 1..order.len()).take_while(move |&other| order[other] - order[at] <= reach as u32)
    }

    /// Groups of pairs such that on neither side a gap is longer than its limit.
    pub(super) fn split(&self, pairs: &mut [Pair], gaps: [u32; 2]) -> Vec<Vec<Pair>> {
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
        self.0[side][[pair.0, pair.1][side] as usize]
    }

    /// A few neighbours more on both ends, but none beyond a barrier.
    fn widen(&self, side: usize, range: &Range<usize>) -> Range<usize> {
        let order = &self.0[side];
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
}

fn numbered(units: &[Unit], barriers: &[Range<u32>], is_barrier: impl Fn(&Unit) -> bool) -> Vec<u32> {
    let mut jumps = 0;
    let number = |(at, unit): (usize, &Unit)| {
        let before = barriers.partition_point(|range| range.start < unit.tokens.start) as u32;
        jumps += u32::from(is_barrier(unit));
        let place = at as u32 + (before + jumps) * BARRIER;
        jumps += u32::from(is_barrier(unit));
        place
    };
    units.iter().enumerate().map(number).collect()
}

/// The units a group spans.
pub(super) fn bounds(group: &[Pair]) -> (Range<usize>, Range<usize>) {
    let range = |side: fn(&Pair) -> u32| {
        let first = group.iter().map(side).min().expect("a group has a pair");
        let last = group.iter().map(side).max().expect("a group has a pair");
        first as usize..last as usize + 1
    };
    (range(|pair| pair.0), range(|pair| pair.1))
}

/// Of what is near to a unit, in order, the nearest within a range.
pub(super) fn best_match(near: &[(u32, f32)], within: &Range<usize>) -> f64 {
    let first = near.partition_point(|(at, _)| (*at as usize) < within.start);
    let inside = near[first..].iter().take_while(|(at, _)| (*at as usize) < within.end);
    f64::from(inside.map(|(_, cosine)| *cosine).fold(0.0, f32::max))
}

pub(super) fn words(units: &[Unit], range: &Range<usize>) -> f64 {
    units[range.clone()].iter().map(|unit| unit.tokens.len()).sum::<usize>() as f64
}

pub(super) fn tokens(units: &[Unit], range: &Range<usize>) -> Range<u32> {
    units[range.start].tokens.start..units[range.end - 1].tokens.end
}

/// Sum of the vectors of several units: stems with their weights, sorted by stem.
pub(super) struct Bag<'u>(Cow<'u, [Stem]>);

impl<'u> Bag<'u> {
    /// Of some units of one text that follow each other.
    pub(super) fn of(units: &'u Units, some: &[Unit]) -> Self {
        if let [unit] = some {
            return Self(Cow::Borrowed(units.of(unit)));
        }
        let mut stems = units.of_all(some).to_vec();
        stems.sort_by_key(|stem| stem.0);
        stems.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        Self(Cow::Owned(stems))
    }

    /// What each of some stems, which are sorted, weighs in it, where it is there. Cost: logarithmic for each.
    fn weights(&self, stems: impl Iterator<Item = u32>) -> impl Iterator<Item = Option<f32>> {
        let mut left = &self.0[..];
        stems.map(move |id| {
            let mut reach = 1;
            while left.get(reach).is_some_and(|stem| stem.0 < id) {
                reach *= 2;
            }
            let near = &left[..left.len().min(reach + 1)];
            left = &left[near.partition_point(|stem| stem.0 < id)..];
            left.first().filter(|stem| stem.0 == id).map(|stem| stem.1)
        })
    }

    /// Added up from the least weight to the greatest, so that the order of the stems plays no part.
    fn norm(&self) -> f64 {
        // Of numbers above 0, the greater has the greater bits.
        let mut weights: Vec<u32> = self.0.iter().map(|stem| stem.1.to_bits()).collect();
        weights.sort_unstable();
        weights.iter().map(|&weight| f64::from(f32::from_bits(weight)).powi(2)).sum::<f64>().sqrt()
    }
}

/// Which stems stand in a stretch, one after another.
struct Held {
    /// Of each stem the last stretch that held it.
    stretches: Vec<u32>,
    /// The number of the stretch.
    stretch: u32,
}

impl Held {
    fn new(stems: usize) -> Self {
        Self { stretches: vec![0; stems], stretch: 0 }
    }

    /// Holds these stems and no others.
    fn only(&mut self, stems: &[Stem]) {
        self.stretch = self.stretch.checked_add(1).unwrap_or_else(|| {
            self.stretches.fill(0);
            1
        });
        stems.iter().for_each(|&(id, _)| self.stretches[id as usize] = self.stretch);
    }

    fn has(&self, id: u32) -> bool {
        self.stretches[id as usize] == self.stretch
    }
}

pub(super) fn cosine(a: &Bag<'_>, b: &Bag<'_>) -> f64 {
    let both = a.0.iter().zip(b.weights(a.0.iter().map(|stem| stem.0)));
    let dot: f64 = both.filter_map(|(x, y)| Some(f64::from(x.1) * f64::from(y?))).sum();
    dot / (a.norm() * b.norm()).max(f64::MIN_POSITIVE)
}
