//! Which clusters and pairs the report shows.

use super::Found;
use likewise::corpus::{Cluster, ClusterKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Members of a cluster that are looked at, and of these the earliest that are shown.
pub const LOOKED_AT: usize = 400;
pub const MEMBERS: usize = 60;
/// Pairs of one cluster that its picture has, at most.
const LINKS: usize = 400;

/// What the report shows.
pub struct Choice<'c> {
    /// The clusters, the largest first.
    pub clusters: Vec<&'c Cluster>,
    /// Clusters of passages that only documents of one document cluster have.
    pub within: usize,
    /// Indexes of the pairs: those listed, then others that have a page, then those that only pictures have.
    pub pairs: Vec<usize>,
    /// How many of them are listed.
    pub listed: usize,
    /// How many of them may have a page.
    pub paged: usize,
}

impl<'c> Choice<'c> {
    /// Chooses at most `most` clusters and pairs.
    pub fn new(found: &[Found], clusters: &'c [Cluster], most: usize) -> Self {
        let (within, mut chosen) = apart(clusters);
        chosen.sort_by_cached_key(|cluster| Reverse(documents(cluster)));
        chosen.truncate(most);
        let mut pairs = strongest(found, most);
        let listed = pairs.len();
        let mut taken: FxHashSet<usize> = pairs.iter().copied().collect();
        let mut drawn = Vec::new();
        for inside in inside(found, &chosen) {
            // A member's first pair has a page: it leads to the others. As many members as are shown have one.
            let mut members = FxHashSet::default();
            for at in inside {
                let is_new = members.insert(found[at].a) | members.insert(found[at].b);
                let is_first = is_new && members.len() <= MEMBERS;
                if taken.insert(at) {
                    if is_first { &mut pairs } else { &mut drawn }.push(at);
                }
            }
        }
        let paged = pairs.len();
        pairs.extend(drawn);
        Self { clusters: chosen, within, pairs, listed, paged }
    }
}

/// How many documents a cluster has: members are sorted by document.
pub fn documents(cluster: &Cluster) -> usize {
    cluster.members.chunk_by(|x, y| x.document == y.document).count()
}

/// Clusters without those of passages that stand in copies or near-duplicates of one text alone; and how many these are.
fn apart(clusters: &[Cluster]) -> (usize, Vec<&Cluster>) {
    let mut of: [FxHashMap<u32, usize>; 3] = Default::default();
    for (number, cluster) in clusters.iter().enumerate() {
        let kind = match cluster.kind {
            ClusterKind::Exact => 0,
            ClusterKind::Near => 1,
            ClusterKind::Template => 2,
            _ => continue,
        };
        of[kind].extend(cluster.members.iter().map(|member| (member.document, number)));
    }
    let is_within = |cluster: &&Cluster| {
        let mut documents = cluster.members.iter().map(|member| member.document);
        let first = documents.next();
        cluster.kind == ClusterKind::Passage
            && of.iter().any(|of| {
                let number = first.and_then(|first| of.get(&first));
                number.is_some() && cluster.members.iter().all(|member| of.get(&member.document) == number)
            })
    };
    let (within, apart): (Vec<_>, Vec<_>) = clusters.iter().partition(is_within);
    (within.len(), apart)
}

/// The pairs that share most words, and of those the most alike; of equals the first.
fn strongest(found: &[Found], most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let key = |&at: &usize| {
        let figures = found[at].figures;
        (Reverse(figures.shared_words), Reverse((figures.resemblance * 10_000.0) as u64), at)
    };
    if order.len() > most {
        order.select_nth_unstable_by_key(most, key);
        order.truncate(most);
    }
    order.sort_unstable_by_key(key);
    order
}

/// For each cluster the pairs of its members that are looked at, the strongest first.
fn inside(found: &[Found], clusters: &[&Cluster]) -> Vec<Vec<usize>> {
    let mut of: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (number, cluster) in clusters.iter().enumerate() {
        for member in cluster.members.iter().take(LOOKED_AT) {
            let numbers = of.entry(member.document).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    let mut inside = vec![Vec::new(); clusters.len()];
    for (at, pair) in found.iter().enumerate() {
        let (Some(of_a), Some(of_b)) = (of.get(&pair.a), of.get(&pair.b)) else { continue };
        for &number in of_a.iter().filter(|number| of_b.binary_search(number).is_ok()) {
            inside[number].push(at);
        }
    }
    for pairs in &mut inside {
        pairs.sort_by_key(|&at| (Reverse(found[at].figures.shared_words), at));
        pairs.truncate(LINKS);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::super::Figures;
    use super::*;
    use likewise::corpus::{Member, Relation};

    fn found(a: u32, b: u32, shared_words: u32) -> Found {
        Found { a, b, relation: Relation::Passage, figures: Figures { shared_words, ..Figures::default() } }
    }

    fn cluster(kind: ClusterKind, documents: &[u32]) -> Cluster {
        let member = |&document: &u32| Member { document, span: (kind == ClusterKind::Passage).then_some((0, 9)) };
        Cluster { kind, members: documents.iter().map(member).collect() }
    }

    #[test]
    fn the_largest_and_the_strongest_are_chosen() {
        let clusters = [
            cluster(ClusterKind::Passage, &[0, 1]),
            cluster(ClusterKind::Passage, &[2, 3, 4]),
            cluster(ClusterKind::Near, &[5, 6]),
            cluster(ClusterKind::Passage, &[5, 6]),
        ];
        let pairs = [found(0, 1, 10), found(2, 3, 30), found(2, 4, 20), found(3, 4, 15), found(5, 6, 90)];
        let choice = Choice::new(&pairs, &clusters, 1);
        assert_eq!(choice.clusters, [&clusters[1]]);
        assert_eq!((choice.within, choice.listed), (1, 1));
        // The strongest; then one for each member of the cluster; then what only the picture has.
        assert_eq!((&choice.pairs[..], choice.paged), (&[4, 1, 2, 3][..], 3));
        let all = Choice::new(&pairs, &clusters, 100);
        assert_eq!((all.clusters.len(), all.listed), (3, 5));
    }
}
