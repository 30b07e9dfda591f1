//! Classes of near-duplicates, so that a text counts once however often it was reprinted.
//!
//! A document joins the class of a leader that it resembles itself; it never joins by way of another member. So a chain of
//! documents, each a little unlike the one before, breaks into classes around leaders instead of becoming one.

use rustc_hash::FxHashSet;

/// The class of every document, and which pairs are known to be near-duplicates.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    /// Of each document; documents beyond the end lead themselves.
    leaders: Vec<u32>,
    near: FxHashSet<u64>,
}

impl Classes {
    /// From near-duplicate pairs `(a, b, resemblance)` with a < b, sorted. Documents are taken up in their order; each
    /// joins the leader before it that it resembles most, the first of several, or leads.
    pub(crate) fn new(documents: usize, pairs: impl Iterator<Item = (u32, u32, f64)>) -> Self {
        let mut near = FxHashSet::default();
        let mut best = vec![0.0; documents];
        let mut leaders: Vec<u32> = (0..documents as u32).collect();
        // Sorted by `a`: when a pair comes up, `a` has met every document before it.
        for (a, b, resemblance) in pairs {
            near.insert(u64::from(a) << 32 | u64::from(b));
            if leaders[a as usize] == a && resemblance > best[b as usize] {
                (leaders[b as usize], best[b as usize]) = (a, resemblance);
            }
        }
        Self { leaders, near }
    }

    /// The first document of the class; the document itself where it is alone.
    pub(crate) fn leader(&self, document: u32) -> u32 {
        self.leaders.get(document as usize).copied().unwrap_or(document)
    }

    /// Whether `a` < `b` were found to be near-duplicates.
    pub(crate) fn are_near(&self, a: u32, b: u32) -> bool {
        !self.near.is_empty() && self.near.contains(&(u64::from(a) << 32 | u64::from(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_not_one_class() {
        let chain = (0..9).map(|a| (a, a + 1, 0.5));
        let classes = Classes::new(10, chain);
        let leaders: Vec<u32> = (0..10).map(|document| classes.leader(document)).collect();
        assert_eq!(leaders, [0, 0, 2, 2, 4, 4, 6, 6, 8, 8]);
        assert!(classes.are_near(3, 4) && !classes.are_near(3, 5));
    }

    #[test]
    fn the_leader_resembled_most_is_joined() {
        let classes = Classes::new(4, [(0, 2, 0.5), (1, 2, 0.7), (1, 3, 0.7)].into_iter());
        assert_eq!([0, 1, 2, 3].map(|document| classes.leader(document)), [0, 1, 1, 1]);
    }
}
