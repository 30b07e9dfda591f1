//! Which passages of two sets meet, and how much of each the others cover.

use std::ops::Range;

/// A passage of one pair, as two ranges of code points. Sorts by pair, then by place in A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub pair: u32,
    pub a: (u32, u32),
    pub b: (u32, u32),
}

impl Place {
    pub fn new(pair: u32, a: &Range<usize>, b: &Range<usize>) -> Self {
        Self { pair, a: (a.start as u32, a.end as u32), b: (b.start as u32, b.end as u32) }
    }

    /// Characters of both sides.
    fn chars(&self) -> u64 {
        u64::from(self.a.1 - self.a.0) + u64::from(self.b.1 - self.b.0)
    }
}

/// How the passages of two sets cover each other.
#[derive(Debug, Default)]
pub(super) struct Cover {
    /// Shares of the labelled passages.
    pub gold: Shares,
    /// Shares of the found passages.
    pub found: Shares,
    /// Pairs that hold passages of both sets.
    pub pairs: usize,
}

/// The shares of the passages of one set that the other set covers, summed up.
#[derive(Debug, Default)]
pub(super) struct Shares {
    /// Sum of the shares.
    pub sum: ExactSum,
    /// Passages that meet one of the other set.
    pub hit: usize,
    /// All their meetings.
    pub meetings: usize,
    /// Passages with a share over one half.
    pub halves: usize,
}

/// Both arguments sorted and without duplicates. A meeting is an overlap on both sides at once. Cost: sorting, and one step
/// for each two passages of one pair that overlap in A.
pub(super) fn cover(gold: &[Place], found: &[Place]) -> Cover {
    let mut cover = Cover::default();
    for found in found.chunk_by(|x, y| x.pair == y.pair) {
        let pair = found[0].pair;
        let start = gold.partition_point(|place| place.pair < pair);
        let gold = &gold[start..start + gold[start..].partition_point(|place| place.pair == pair)];
        if !gold.is_empty() {
            cover.pairs += 1;
            let mut meetings = meetings(gold, found);
            cover.gold.add(gold, found, &mut meetings);
            meetings.iter_mut().for_each(|(gold, found)| std::mem::swap(gold, found));
            cover.found.add(found, gold, &mut meetings);
        }
    }
    cover
}

/// Indices of all that meet, by one sweep over A: at each start, those of the other set that still run overlap it in A.
fn meetings(gold: &[Place], found: &[Place]) -> Vec<(usize, usize)> {
    let mut meetings = Vec::new();
    let (mut open_gold, mut open_found) = (Vec::new(), Vec::new());
    let (mut g, mut f) = (0, 0);
    while g < gold.len() || f < found.len() {
        if f == found.len() || (g < gold.len() && gold[g].a.0 <= found[f].a.0) {
            close(&mut open_found, found, gold[g].a.0);
            let met = open_found.iter().filter(|&&f: &&usize| meet(gold[g].b, found[f].b));
            meetings.extend(met.map(|&f| (g, f)));
            open_gold.push(g);
            g += 1;
        } else {
            close(&mut open_gold, gold, found[f].a.0);
            let met = open_gold.iter().filter(|&&g: &&usize| meet(gold[g].b, found[f].b));
            meetings.extend(met.map(|&g| (g, f)));
            open_found.push(f);
            f += 1;
        }
    }
    meetings
}

/// Leaves those that run past `at`.
fn close(open: &mut Vec<usize>, places: &[Place], at: u32) {
    open.retain(|&place| places[place].a.1 > at);
}

fn meet(x: (u32, u32), y: (u32, u32)) -> bool {
    x.0 < y.1 && y.0 < x.1
}

impl Shares {
    /// Adds what `others` cover of `places`; `meetings` are indices into both.
    fn add(&mut self, places: &[Place], others: &[Place], meetings: &mut [(usize, usize)]) {
        meetings.sort_unstable();
        for met in meetings.chunk_by(|x, y| x.0 == y.0) {
            let place = places[met[0].0];
            let a = union(met.iter().map(|&(_, other)| clip(others[other].a, place.a)));
            let b = union(met.iter().map(|&(_, other)| clip(others[other].b, place.b)));
            let share = (a + b) as f64 / place.chars() as f64;
            self.sum.add(share);
            self.hit += 1;
            self.meetings += met.len();
            self.halves += usize::from(share > 0.5);
        }
    }
}

fn clip(range: (u32, u32), to: (u32, u32)) -> (u32, u32) {
    (range.0.max(to.0), range.1.min(to.1))
}

/// Length of the union of ranges.
fn union(ranges: impl Iterator<Item = (u32, u32)>) -> u64 {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_unstable();
    let (mut length, mut reached) = (0, 0);
    for (start, end) in ranges {
        length += u64::from(end.saturating_sub(start.max(reached)));
        reached = reached.max(end);
    }
    length
}

/// A sum of shares that no order of adding changes: rounded once, at the end. Each share is a fraction of at most 2^33
/// characters, so that it is a whole number of 2^-86, and 2^40 of them fit.
#[derive(Debug, Default)]
pub(super) struct ExactSum(u128);

impl ExactSum {
    const UNIT: f64 = (1u128 << 86) as f64;

    fn add(&mut self, share: f64) {
        self.0 += (share * Self::UNIT) as u128;
    }

    pub fn value(&self) -> f64 {
        self.0 as f64 / Self::UNIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Characters of both sides, side A first.
    fn chars(place: &Place) -> BTreeSet<(u8, u32)> {
        (place.a.0..place.a.1).map(|at| (0, at)).chain((place.b.0..place.b.1).map(|at| (1, at))).collect()
    }

    /// Whether the two share a character on each side.
    fn meets(x: &Place, y: &Place) -> bool {
        let common: Vec<_> = chars(x).intersection(&chars(y)).map(|&(side, _)| side).collect();
        x.pair == y.pair && common.contains(&0) && common.contains(&1)
    }

    fn brute(places: &[Place], others: &[Place]) -> (f64, usize, usize) {
        let (mut sum, mut hit, mut meetings) = (0.0, 0, 0);
        for place in places {
            let met: Vec<_> = others.iter().filter(|other| meets(place, other)).collect();
            let covered: BTreeSet<_> = met.iter().flat_map(|other| chars(other)).collect();
            let mine = chars(place);
            sum += mine.intersection(&covered).count() as f64 / mine.len() as f64;
            hit += usize::from(!met.is_empty());
            meetings += met.len();
        }
        (sum, hit, meetings)
    }

    fn places() -> impl Strategy<Value = Vec<Place>> {
        let place = (0u32..3, 0u32..40, 1u32..20, 0u32..40, 1u32..20).prop_map(|(pair, a, a_len, b, b_len)| Place {
            pair,
            a: (a, a + a_len),
            b: (b, b + b_len),
        });
        proptest::collection::btree_set(place, 0..12).prop_map(|places| places.into_iter().collect())
    }

    proptest! {
        #[test]
        fn the_sweep_agrees_with_sets_of_characters(gold in places(), found in places()) {
            let cover = cover(&gold, &found);
            for (shares, (sum, hit, meetings)) in
                [(&cover.gold, brute(&gold, &found)), (&cover.found, brute(&found, &gold))]
            {
                prop_assert!((shares.sum.value() - sum).abs() < 1e-12);
                prop_assert_eq!((shares.hit, shares.meetings), (hit, meetings));
            }
        }

        #[test]
        fn the_sum_is_the_same_in_any_order(shares in proptest::collection::vec((1u64..1 << 33, 1u64..1 << 33), 1..50)) {
            let shares: Vec<f64> = shares.iter().map(|&(x, y)| x.min(y) as f64 / x.max(y) as f64).collect();
            let sum = |shares: &mut dyn Iterator<Item = &f64>| {
                let mut sum = ExactSum::default();
                shares.for_each(|&share| sum.add(share));
                sum.value()
            };
            let exact = sum(&mut shares.iter());
            prop_assert_eq!(exact, sum(&mut shares.iter().rev()));
            prop_assert!((exact - shares.iter().sum::<f64>()).abs() < 1e-12);
        }
    }

    #[test]
    fn small_shares_are_not_lost_beside_large_ones() {
        let mut sum = ExactSum::default();
        let small = 1.0 / (1u64 << 33) as f64;
        sum.add(small);
        (0..1000).for_each(|_| sum.add(1.0));
        assert_eq!(sum.value() - 1000.0, small);
    }
}
