//! Clusters: documents that are copies or near-duplicates of one, and passages that stand in several.
//!
//! No chain of small overlaps makes a cluster, because members are measured against one place and not against each other in turn:
//!
//! - A document belongs to a cluster of near-duplicates, or of one template, by resembling its *leader* (see `class`).
//! - Passages of one document are the same passage where they share at least half of what they cover together with the *first* of
//!   them, by place; a passage cluster is what links such passages over documents.

use super::class::Classes;
use super::group::runs;
use super::near::NearPair;
use super::pairs::copies;
use super::store::Documents;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Documents or passages that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// What links them.
    pub kind: ClusterKind,
    /// Sorted by document and place; two at least.
    pub members: Vec<Member>,
}

/// What links the members of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClusterKind {
    /// The same text after folding.
    Exact,
    /// Near-duplicates of the first member.
    Near,
    /// The same template as the first member, with different values.
    Template,
    /// A passage that stands in every member.
    Passage,
}

impl ClusterKind {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Near, Self::Template, Self::Passage];
}

/// A document of a cluster, or a stretch of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Number of the document.
    pub document: u32,
    /// First code point of the passage; `None` for a whole document.
    pub span: Option<(u32, u32)>,
}

/// A passage that was found, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FoundPassage {
    /// Number of the first document, and the passage there: first code point and one past the last.
    pub a: (u32, u32, u32),
    /// The same of the second.
    pub b: (u32, u32, u32),
}

/// Clusters of copies, of near-duplicates and of templates, these with all copies of their members.
pub(crate) fn of_documents(documents: &Documents, near: &[NearPair]) -> Vec<Cluster> {
    let copies = copies(documents);
    let mut clusters: Vec<Cluster> = copies
        .values()
        .map(|same| Cluster { kind: ClusterKind::Exact, members: same.iter().copied().map(whole).collect() })
        .collect();
    for (kind, template) in [(ClusterKind::Near, false), (ClusterKind::Template, true)] {
        let near = near.iter().filter(|pair| pair.template == template);
        clusters.extend(led(documents, near, &copies).into_iter().map(|members| Cluster { kind, members }));
    }
    clusters.sort_unstable_by(|x, y| (x.members[0], x.kind).cmp(&(y.members[0], y.kind)));
    clusters
}

/// The documents that have the same leader, with all their copies.
fn led<'n>(
    documents: &Documents,
    near: impl Iterator<Item = &'n NearPair>,
    copies: &FxHashMap<u32, Vec<u32>>,
) -> Vec<Vec<Member>> {
    let classes = Classes::new(documents.len(), near.map(|pair| (pair.a, pair.b, pair.resemblance)));
    let firsts = (0..documents.len() as u32).filter(|&number| documents.get(number).first == number);
    let mut led: Vec<(u32, u32)> = firsts.map(|number| (classes.leader(number), number)).collect();
    led.sort_unstable();
    let mut all = Vec::new();
    for class in runs(&led, |&(leader, _)| leader).filter(|class| class.len() > 1) {
        let mut members: Vec<Member> = Vec::new();
        for &(_, first) in class {
            match copies.get(&first) {
                Some(same) => members.extend(same.iter().copied().map(whole)),
                None => members.push(whole(first)),
            }
        }
        members.sort_unstable();
        all.push(members);
    }
    all
}

fn whole(document: u32) -> Member {
    Member { document, span: None }
}

/// Clusters of passages. Cost: that of sorting them.
pub(crate) fn of_passages(passages: &[FoundPassage]) -> Vec<Cluster> {
    // Every side of a passage, as twice its number, and one more for the second: numbers take the least room.
    let of = |side: u32| {
        let passage = &passages[(side / 2) as usize];
        if side.is_multiple_of(2) { passage.a } else { passage.b }
    };
    let mut sides: Vec<u32> = (0..2 * passages.len() as u32).collect();
    sides.sort_unstable_by_key(|&side| {
        let (document, start, end) = of(side);
        (document, start, std::cmp::Reverse(end), side)
    });
    // Each by the first side that lies there.
    let mut places: Vec<u32> = Vec::new();
    let mut joined = Joined(Vec::new());
    let mut place_of: Vec<Option<u32>> = vec![None; passages.len()];
    for side in sides {
        let known = (0..places.len()).rev().take(LOOK_BACK).find(|&place| is_same(of(places[place]), of(side)));
        let place = known.unwrap_or_else(|| {
            places.push(side);
            joined.0.push(places.len() as u32 - 1);
            places.len() - 1
        }) as u32;
        match &mut place_of[(side / 2) as usize] {
            first @ None => *first = Some(place),
            Some(other) => joined.join(place, *other),
        }
    }
    drop(place_of);
    let roots: Vec<u32> = (0..places.len() as u32).map(|at| joined.root(at)).collect();
    let mut members: Vec<u32> = (0..places.len() as u32).collect();
    members.sort_unstable_by_key(|&at| (roots[at as usize], of(places[at as usize])));
    let member = |&at: &u32| {
        let (document, start, end) = of(places[at as usize]);
        Member { document, span: Some((start, end)) }
    };
    let clusters = runs(&members, |&at| roots[at as usize]).filter(|group| group.len() > 1);
    clusters.map(|group| Cluster { kind: ClusterKind::Passage, members: group.iter().map(member).collect() }).collect()
}

/// Places looked back at.
const LOOK_BACK: usize = 16;

/// Whether two stretches of a document share at least half of what they cover together.
fn is_same(x: (u32, u32, u32), y: (u32, u32, u32)) -> bool {
    let shared = x.2.min(y.2).saturating_sub(x.1.max(y.1));
    let both = x.2.max(y.2) - x.1.min(y.1);
    x.0 == y.0 && shared * 2 >= both
}

/// Sets that are joined (union-find with path halving; Tarjan and van Leeuwen 1984); the least member stands for each.
struct Joined(Vec<u32>);

impl Joined {
    fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[at as usize];
            self.0[at as usize] = self.0[above as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, x: u32, y: u32) {
        let (x, y) = (self.root(x), self.root(y));
        self.0[x.max(y) as usize] = x.min(y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(a: (u32, u32, u32), b: (u32, u32, u32)) -> FoundPassage {
        FoundPassage { a, b }
    }

    #[test]
    fn a_passage_in_three_documents_is_one_cluster() {
        let found = [passage((0, 10, 110), (1, 50, 150)), passage((1, 48, 152), (2, 0, 104))];
        let clusters = of_passages(&found);
        assert_eq!(clusters.len(), 1);
        let members: Vec<_> = clusters[0].members.iter().map(|member| (member.document, member.span)).collect();
        assert_eq!(members, [(0, Some((10, 110))), (1, Some((48, 152))), (2, Some((0, 104)))]);
    }

    #[test]
    fn a_chain_of_sentences_is_not_one_cluster() {
        // Each document shares its first half with the one before and its second with the one after.
        let found: Vec<_> = (0..1000).map(|at| passage((at, 100, 200), (at + 1, 0, 100))).collect();
        let clusters = of_passages(&found);
        assert_eq!(clusters.len(), 1000);
        assert!(clusters.iter().all(|cluster| cluster.members.len() == 2));
    }

    #[test]
    fn a_long_passage_and_a_short_one_inside_it_stay_apart() {
        let found = [passage((0, 0, 1000), (1, 0, 1000)), passage((0, 300, 400), (2, 0, 100))];
        assert_eq!(of_passages(&found).len(), 2);
    }
}
