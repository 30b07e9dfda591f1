//! Sketches: the least shingle hashes of a document, from which its resemblance to others can be guessed.
//!
//! Bottom-k sketches after A. Z. Broder, "On the resemblance and containment of documents" (1997): of the k least hashes
//! of two documents together, the share that stands in both estimates their resemblance, and each of those is in both
//! sketches. So two documents of resemblance r have at least two sketch hashes in common but for a chance of
//! (1 - r)^k + k r (1 - r)^(k - 1): one pair in ten thousand for r = 0.4 and k = 24.

use crate::hashes::{FEW, sort_few};

/// Keeps the least hashes of those it is given, without repetitions.
#[derive(Debug)]
pub(crate) struct Sketcher {
    least: Vec<u64>,
    size: usize,
}

impl Sketcher {
    /// For sketches of `size` hashes.
    pub(crate) fn new(size: usize) -> Self {
        Self { least: Vec::with_capacity(FEW.max(size + 1)), size }
    }

    /// The sketch of `hashes`: sorted, shorter than its size only when they are fewer.
    pub(crate) fn sketch(&mut self, mut hashes: impl Iterator<Item = u64>) -> &[u64] {
        // The first are sorted at once: of a short text they are all there is.
        self.least.clear();
        self.least.extend(hashes.by_ref().take(FEW));
        self.sort_least();
        self.least.dedup();
        self.least.truncate(self.size);
        let mut most = if self.least.len() < self.size { u64::MAX } else { self.least[self.size - 1] };
        for hash in hashes {
            if hash >= most {
                continue;
            }
            if let Err(at) = self.least.binary_search(&hash) {
                self.least.insert(at, hash);
                if self.least.len() > self.size {
                    self.least.pop();
                }
                if self.least.len() == self.size {
                    most = self.least[self.size - 1];
                }
            }
        }
        &self.least
    }

    /// Sorts the hashes, and may leave out some that are too great for the sketch. They are as good as random, so that a bound tells how
    /// many are up to it, about; where it leaves too few, all are sorted.
    fn sort_least(&mut self) {
        let (all, wanted) = (self.least.len(), 2 * self.size);
        if all > wanted {
            let bound = u64::MAX / all as u64 * wanted as u64;
            let mut within = 0;
            for at in 0..all {
                self.least.swap(at, within);
                within += usize::from(self.least[within] <= bound);
            }
            sort_few(&mut self.least[..within], |hash| *hash);
            if self.least[..within].chunk_by(|x, y| x == y).count() >= self.size {
                return self.least.truncate(within);
            }
        }
        sort_few(&mut self.least, |hash| *hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_sketch_is_the_least_distinct_hashes(hashes in prop::collection::vec(0_u64..600, 0..500), size in 1_usize..9, high in 0_u32..55) {
            // Few or many of them are under the bound that leaves great ones out.
            let hashes: Vec<u64> = hashes.into_iter().map(|hash| hash << high).collect();
            let expected: Vec<u64> = hashes.iter().copied().collect::<BTreeSet<_>>().into_iter().take(size).collect();
            let mut sketcher = Sketcher::new(size);
            prop_assert_eq!(sketcher.sketch(hashes.into_iter()), expected);
        }
    }
}
