//! Condensations: a short stretch that says in a few sentences what a long one says in many.
//!
//! Its sentences have their counterparts far apart, so that no stretch of its own length accounts for them. A stretch
//! that has one true counterpart and chance matches further off looks alike; it is told apart by how much is matched well
//! elsewhere and by how much of the long text the matches span.

use super::cluster::{Bag, Cluster, Order, Pair, best_match, bounds, cosine, tokens, words};
use super::{Lists, Similarities, Taken, Unit};
use crate::options::Options;
use std::ops::Range;

/// Sentences without a match that a condensation may bridge on its short side, and on its long side.
const SHORT_GAP: u32 = 1;
const LONG_GAP: u32 = 40;
/// The short side is at most this fraction of the long one, in words.
const SHORT: f64 = 1.0 / 3.0;
/// Least cosine of sentences that may belong to one.
const COSINE: f32 = 0.25;
/// Least evidence, in words, and for each word of the short side.
const EVIDENCE: f64 = 8.0;
const DENSITY: f64 = 0.07;
/// A stretch of the long side of this many times the short side's words may hold at most this share of the evidence.
const STRETCH: f64 = 1.5;
const LOCAL: f64 = 0.9;
/// Share of the short side's words that one stretch which is no condensation may account for.
const EXPLAINED: f64 = 0.9;
/// Share of the short side's words whose sentences are matched well, by this cosine, but not in the best stretch.
const ELSEWHERE: f64 = 0.2;
const WELL: f64 = 0.3;
/// Share of the short side's well matched words in sentences whose neighbours are matched next to where they are, from
/// which it may be several passages, if the stretches that account for it are not this much longer on the long side.
const FOLLOWING: f64 = 0.55;
const LONGER: f64 = 1.45;
/// Share of the long text's sentences that the matches span.
const SPAN: f64 = 0.2;
/// Sentences that the long side may bridge at its ends to one that has anything to do with the short side.
const BEYOND: usize = 20;

/// The stretches of which one side condenses the other. `found` are those of which none does.
pub(super) fn condensations(
    similarities: &Similarities,
    taken: &Taken,
    found: &[Cluster],
    options: &Options,
) -> Vec<Cluster> {
    let units = &similarities.units;
    let near = |s: usize| similarities.near_a.of(s).iter().filter(|n| n.1 > COSINE).map(move |n| (s as u32, n.0));
    let pairs: Vec<Pair> = (0..units.a.len()).flat_map(near).collect();
    let order = Order::through_fixed([&units.a, &units.b], [&taken.a.long, &taken.b.long]);
    let mut condensed = Vec::new();
    for short in [0, 1] {
        let mut gaps = [LONG_GAP; 2];
        gaps[short] = SHORT_GAP;
        let groups = order.split(&mut pairs.clone(), gaps);
        condensed.extend(
            groups
                .iter()
                .filter_map(|group| Condensation::new(similarities, &order, group, short).cluster(found, options)),
        );
    }
    condensed
}

/// Whether one of two texts may hold a condensation of the other, by the lengths of its sentences alone. It takes two
/// sentences: a single one has its best match, and all its evidence with that, in one stretch.
pub(super) fn may_be_condensed(a: &[Range<u32>], b: &[Range<u32>]) -> bool {
    let fits = |short: &[Range<u32>], long: &[Range<u32>]| {
        let words: usize = long.iter().map(ExactSizeIterator::len).sum();
        short.windows(2).any(|pair| (pair[0].len() + pair[1].len()) as f64 <= SHORT * words as f64)
    };
    fits(a, b) || fits(b, a)
}

/// A group of pairs, seen as the short side of a condensation and its long side.
struct Condensation<'s> {
    similarities: &'s Similarities,
    order: &'s Order,
    /// Whether the short side is A's.
    short_is_a: bool,
    short: Range<usize>,
    short_units: &'s [Unit],
    near: &'s Lists,
    long: Range<usize>,
    long_units: &'s [Unit],
    near_long: &'s Lists,
}

impl<'s> Condensation<'s> {
    fn new(similarities: &'s Similarities, order: &'s Order, group: &[Pair], short: usize) -> Self {
        let units = &similarities.units;
        let (a, b) = bounds(group);
        let (near_a, near_b) = (&similarities.near_a, &similarities.near_b);
        let short_is_a = short == 0;
        let (short, short_units, near, long, long_units, near_long) = if short_is_a {
            (a, &units.a[..], near_a, b, &units.b[..], near_b)
        } else {
            (b, &units.b[..], near_b, a, &units.a[..], near_a)
        };
        Self { similarities, order, short_is_a, short, short_units, near, long, long_units, near_long }
    }

    /// The group as a cluster, if it is a condensation.
    fn cluster(mut self, found: &[Cluster], options: &Options) -> Option<Cluster> {
        let short = words(self.short_units, &self.short);
        let spans = self.long.len() as f64 >= SPAN * self.long_units.len() as f64;
        if !spans || short > SHORT * words(self.long_units, &self.long) {
            return None;
        }
        let evidence = self.evidence(&self.long, options);
        if evidence < EVIDENCE || evidence < DENSITY * short || self.explained(found, options) >= EXPLAINED * short {
            return None;
        }
        let stretches = windows(self.long_units, &self.long, STRETCH * short);
        let best = stretches.map(|stretch| (self.evidence(&stretch, options), stretch));
        let (local, stretch) = best.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        if local >= LOCAL * evidence || self.elsewhere(&stretch) < ELSEWHERE * short || self.is_several(found, options)
        {
            return None;
        }
        self.extend();
        let (a, b) = self.sides();
        let units = &self.similarities.units;
        let cosine = cosine(&Bag::of(units, &units.a[a.clone()]), &Bag::of(units, &units.b[b.clone()]));
        Some(Cluster { a: tokens(&units.a, &a), b: tokens(&units.b, &b), cosine, evidence, condensed: true })
    }

    fn sides(&self) -> (Range<usize>, Range<usize>) {
        let (short, long) = (self.short.clone(), self.long.clone());
        if self.short_is_a { (short, long) } else { (long, short) }
    }

    fn words_of(&self, at: usize) -> f64 {
        self.short_units[at].tokens.len() as f64
    }

    /// What the sentences of the short side have for them within a stretch of the long text, in words.
    fn evidence(&self, within: &Range<usize>, options: &Options) -> f64 {
        let gain = |at: usize| (best_match(self.near.of(at), within) - options.reworded).max(0.0);
        self.short.clone().map(|at| gain(at) * self.words_of(at)).sum()
    }

    /// Words of the short side in sentences that are matched well, but not within `stretch`.
    fn elsewhere(&self, stretch: &Range<usize>) -> f64 {
        let matched = |at: &usize, within: &Range<usize>| best_match(self.near.of(*at), within) > WELL;
        let away = self.short.clone().filter(|at| matched(at, &self.long) && !matched(at, stretch));
        away.map(|at| self.words_of(at)).sum()
    }

    /// Words of the short side in the stretch of `found` that accounts for most of it.
    fn explained(&self, found: &[Cluster], options: &Options) -> f64 {
        f64::from(self.accounted(found, options).map(|(on_short, _)| on_short).max().unwrap_or(0))
    }

    /// Words on the short and on the long side in each sure stretch of `found` that meets both.
    fn accounted(&self, found: &[Cluster], options: &Options) -> impl Iterator<Item = (u32, u32)> {
        let units = &self.similarities.units;
        let (a, b) = self.sides();
        let (a, b) = (tokens(&units.a, &a), tokens(&units.b, &b));
        let sure = found.iter().filter(move |found| found.evidence >= options.evidence);
        let on = sure.map(move |found| (overlap(&found.a, &a), overlap(&found.b, &b)));
        let on = on.map(|(on_a, on_b)| if self.short_is_a { (on_a, on_b) } else { (on_b, on_a) });
        on.filter(|(on_short, on_long)| *on_short > 0 && *on_long > 0)
    }

    /// Whether it is a few passages far apart: who condenses leaves out, so that neighbours on the short side are not
    /// neighbours on the long one, and what corresponds is longer there.
    fn is_several(&self, found: &[Cluster], options: &Options) -> bool {
        let matched: Vec<(u32, f64)> =
            self.short.clone().filter_map(|at| Some((self.well_matched(at)?, self.words_of(at)))).collect();
        let follows = |pair: &[(u32, f64)]| pair[0].0.abs_diff(pair[1].0) <= 1;
        let has_neighbour =
            |at: usize| (at > 0 && follows(&matched[at - 1..=at])) || matched.get(at..at + 2).is_some_and(follows);
        let all: f64 = matched.iter().map(|(_, words)| words).sum();
        let following: f64 = (0..matched.len()).filter(|&at| has_neighbour(at)).map(|at| matched[at].1).sum();
        let (on_short, on_long) = self.accounted(found, options).fold((0, 0), |sum, on| (sum.0 + on.0, sum.1 + on.1));
        following >= FOLLOWING * all && f64::from(on_long) < LONGER * f64::from(on_short)
    }

    /// The sentence of the long side that matches a sentence of the short side best, if one does well.
    fn well_matched(&self, at: usize) -> Option<u32> {
        let inside = self.near.of(at).iter().filter(|(other, _)| self.long.contains(&(*other as usize)));
        let best = inside.copied().reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.filter(|(_, cosine)| f64::from(*cosine) > WELL).map(|(other, _)| other)
    }

    /// Lets the long side out to the sentences near its ends that have anything to do with the short side.
    fn extend(&mut self) {
        let side = usize::from(self.short_is_a);
        let related = |at: &usize| best_match(self.near_long.of(*at), &self.short) > 0.0;
        while let Some(at) = self.order.before(side, self.long.start, BEYOND).filter(related).last() {
            self.long.start = at;
        }
        while let Some(at) = self.order.after(side, self.long.end - 1, BEYOND).filter(related).last() {
            self.long.end = at + 1;
        }
    }
}

fn overlap(x: &Range<u32>, y: &Range<u32>) -> u32 {
    x.end.min(y.end).saturating_sub(x.start.max(y.start))
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

#[cfg(test)]
mod tests {
    use super::super::units::Units;
    use super::*;

    /// Whether four sentences, matched by those of the long side, are several passages; two stretches account for them,
    /// on the long side of so many words each.
    fn is_several(matched: [u32; 4], words_long: u32) -> bool {
        let units = |count: u32| {
            let unit =
                |at| Unit { tokens: 10 * at..10 * at + 10, stems: 0..0, norm: 1.0, characters: false, fixed: false };
            (0..count).map(unit).collect::<Vec<_>>()
        };
        let units = Units { a: units(4), b: units(60), ..Units::default() };
        let near_a = Lists::new(4, (0..).zip(matched).map(|(list, at)| (list, (at, 0.6))));
        let near_b = Lists::new(60, std::iter::empty());
        let similarities = Similarities { units, near_a, near_b, seeds: Vec::new() };
        let stretch = |a: Range<u32>, start: u32| Cluster {
            a,
            b: start..start + words_long,
            cosine: 0.6,
            evidence: 6.0,
            condensed: false,
        };
        let found = [stretch(0..20, 0), stretch(20..40, 500)];
        let order = Order::through_fixed([&similarities.units.a, &similarities.units.b], [&[], &[]]);
        let group: Vec<Pair> = (0..).zip(matched).collect();
        Condensation::new(&similarities, &order, &group, 0).is_several(&found, &Options::default())
    }

    #[test]
    fn sentences_matched_by_neighbours_are_several_passages() {
        assert!(is_several([0, 1, 50, 51], 20));
    }

    #[test]
    fn sentences_that_leave_out_what_lies_between_are_a_condensation() {
        assert!(!is_several([0, 17, 34, 51], 20));
    }

    #[test]
    fn stretches_that_are_longer_on_the_long_side_are_a_condensation() {
        assert!(!is_several([0, 1, 50, 51], 40));
    }
}
