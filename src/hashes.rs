//! Sorting of hashes: their first bits are as good as random, so that dealing by these leaves next to nothing to be sorted.

/// Items up to which they are few, and from which dealing them pays.
pub(crate) const FEW: usize = 256;
const FEWEST: usize = 16;
/// Items of a cell up to which items that were dealt into cells are nearly in order.
pub(crate) const CELL: u32 = 8;

/// Sorts items that begin with a hash, those with the lesser hash first. More than a few are sorted as others are.
pub(crate) fn sort_few<T: Copy + Ord>(items: &mut [T], hash: impl Fn(&T) -> u64) {
    if !(FEWEST..=FEW).contains(&items.len()) {
        return items.sort_unstable();
    }
    let bits = items.len().ilog2();
    let mut dealt = [items[0]; FEW];
    let dealt = &mut dealt[..items.len()];
    dealt.copy_from_slice(items);
    let mut ends = [0; FEW];
    let most = deal(dealt, items, &mut ends[..1 << bits], |item| (hash(&item) >> (u64::BITS - bits)) as usize);
    // Words that stand many times have a cell of their own.
    if most > 2 * CELL { items.sort_unstable() } else { settle(items) }
}

/// Deals entries to where `place` says, in their order there; how many the fullest place has. `ends` are zeros, and become where
/// each place ends. Cost: linear.
pub(crate) fn deal<T: Copy>(from: &[T], to: &mut [T], ends: &mut [u32], place: impl Fn(T) -> usize) -> u32 {
    from.iter().for_each(|&entry| ends[place(entry)] += 1);
    let (mut most, mut count) = (0, 0);
    for end in ends.iter_mut() {
        most = most.max(*end);
        count += std::mem::replace(end, count);
    }
    for &entry in from {
        let end = &mut ends[place(entry)];
        to[*end as usize] = entry;
        *end += 1;
    }
    most
}

/// Sorts entries that stand near their places by insertion (Knuth, The Art of Computer Programming 3, section 5.2.1).
pub(crate) fn settle<T: Copy + Ord>(entries: &mut [T]) {
    for at in 1..entries.len() {
        let entry = entries[at];
        let mut free = at;
        while free > 0 && entries[free - 1] > entry {
            entries[free] = entries[free - 1];
            free -= 1;
        }
        entries[free] = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_few_are_sorted(hashes in prop::collection::vec(any::<u64>(), 0..300), same in 0..200_usize) {
            let mut hashes = hashes;
            let same = same.min(hashes.len());
            hashes[..same].fill(1 << 50);
            let mut expected = hashes.clone();
            expected.sort_unstable();
            sort_few(&mut hashes, |hash| *hash);
            prop_assert_eq!(hashes, expected);
        }
    }
}
