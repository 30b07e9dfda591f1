//! Sets of tokens, as ranges in order that neither meet nor are empty.

use std::ops::Range;

/// The union of `ranges`, which may come in any order.
pub(super) fn union(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// How many tokens a set has.
pub(super) fn len(set: &[Range<u32>]) -> usize {
    set.iter().map(ExactSizeIterator::len).sum()
}

/// What is in both sets. Cost: linear.
pub(super) fn intersection(x: &[Range<u32>], y: &[Range<u32>]) -> Vec<Range<u32>> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while i < x.len() && j < y.len() {
        let common = x[i].start.max(y[j].start)..x[i].end.min(y[j].end);
        if !common.is_empty() {
            both.push(common);
        }
        if x[i].end <= y[j].end { i += 1 } else { j += 1 }
    }
    both
}

/// What is in `x` and not in `y`. Cost: linear.
pub(super) fn difference(x: &[Range<u32>], y: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut left = Vec::new();
    let mut j = 0;
    for range in x {
        let mut start = range.start;
        while j < y.len() && y[j].end <= start {
            j += 1;
        }
        let mut at = j;
        while at < y.len() && y[at].start < range.end {
            if start < y[at].start {
                left.push(start..y[at].start);
            }
            start = start.max(y[at].end);
            at += 1;
        }
        if start < range.end {
            left.push(start..range.end);
        }
    }
    left
}

/// How many tokens two ranges have in common.
pub(super) fn overlap(x: &Range<u32>, y: &Range<u32>) -> u32 {
    x.end.min(y.end).saturating_sub(x.start.max(y.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn ranges() -> impl Strategy<Value = Vec<Range<u32>>> {
        prop::collection::vec((0_u32..40, 0_u32..9).prop_map(|(start, len)| start..start + len), 0..8)
    }

    fn set(ranges: &[Range<u32>]) -> BTreeSet<u32> {
        ranges.iter().cloned().flatten().collect()
    }

    proptest! {
        #[test]
        fn sets_of_ranges_are_sets(x in ranges(), y in ranges()) {
            let (set_x, set_y) = (set(&x), set(&y));
            let (x, y) = (union(x), union(y));
            prop_assert!(x.windows(2).all(|two| two[0].end < two[1].start));
            prop_assert_eq!((set(&x), len(&x)), (set_x.clone(), set_x.len()));
            let both: BTreeSet<u32> = set_x.intersection(&set_y).copied().collect();
            prop_assert_eq!(set(&intersection(&x, &y)), both);
            let left = difference(&x, &y);
            prop_assert_eq!(set(&left), set_x.difference(&set_y).copied().collect::<BTreeSet<u32>>());
            prop_assert_eq!(len(&left) + len(&intersection(&x, &y)), len(&x));
        }
    }
}
