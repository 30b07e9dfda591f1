//! Fingerprints to seeds: every fingerprint that two texts share, as a place in each.
//!
//! Each partition of the postings is joined by itself. A fingerprint in no more than `frequent` documents pairs each of
//! them with each. One in more is looked at closer: documents of one near-duplicate class count as one text, and if the
//! texts are still too many, the fingerprint is frequent: it pairs each text with the first and with the one before it.
//! So the work is linear in the postings, a passage that stands in any number of texts still links all of them, and
//! what was not paired is counted.

use super::class::Classes;
use super::digest::Posting;
use super::group::{drop_single, runs};
use bytemuck::{Pod, Zeroable};
use serde::Serialize;

/// Occurrences of a fingerprint in one document that are paired, by rank: the first with the first, and so on.
pub(crate) const OCCURRENCES: usize = 4;

/// A fingerprint that two documents share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Seed {
    /// The document with the smaller number.
    pub a: u32,
    pub b: u32,
    /// Where the shingle begins, in tokens.
    pub at_a: u32,
    pub at_b: u32,
    /// Distinct texts that have it.
    pub texts: u32,
}

/// What the join came to, and what bounds left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct JoinCounts {
    /// Fingerprints in more than one document.
    pub shared: usize,
    /// Places at which two documents share one.
    pub seeds: usize,
    /// Of the shared ones, those in more distinct texts than may have one.
    pub frequent: usize,
    /// Pairs of documents not looked at because of those, as far as one fingerprint tells.
    pub unpaired: u64,
}

impl JoinCounts {
    pub(crate) fn add(&mut self, other: Self) {
        self.shared += other.shared;
        self.seeds += other.seeds;
        self.frequent += other.frequent;
        self.unpaired += other.unpaired;
    }
}

/// The seeds of one partition. Pairs that `classes` has as near-duplicates are known already and are left out.
/// `queried`: documents of which each pair must have one, where not every pair is wanted.
pub(crate) fn join(
    mut postings: Vec<Posting>,
    classes: &Classes,
    frequent: usize,
    queried: Option<&[bool]>,
) -> (Vec<Seed>, JoinCounts) {
    drop_single(&mut postings, |posting| posting.key);
    postings.sort_unstable();
    let mut joiner = Joiner { classes, frequent, queried, seeds: Vec::new(), counts: JoinCounts::default() };
    let mut documents: Vec<&[Posting]> = Vec::new();
    for group in runs(&postings, |posting| posting.key) {
        documents.clear();
        documents.extend(runs(group, |posting| posting.document));
        if documents.len() > 1 {
            joiner.join(&documents);
        }
    }
    joiner.counts.seeds = joiner.seeds.len();
    (joiner.seeds, joiner.counts)
}

struct Joiner<'c> {
    classes: &'c Classes,
    frequent: usize,
    queried: Option<&'c [bool]>,
    seeds: Vec<Seed>,
    counts: JoinCounts,
}

impl Joiner<'_> {
    /// Pairs the documents of one fingerprint, each with its occurrences.
    fn join(&mut self, documents: &[&[Posting]]) {
        if let Some(queried) = self.queried {
            return self.join_queried(documents, queried);
        }
        self.counts.shared += 1;
        if documents.len() <= self.frequent {
            let texts = self.texts(documents);
            self.pair_all(documents, texts);
        } else {
            self.join_texts(documents);
        }
    }

    /// Pairs the first document of each class. The documents of one class are near-duplicates of its leader, which links
    /// them already.
    fn join_texts(&mut self, documents: &[&[Posting]]) {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_by_key(|&at| (self.classes.leader(documents[at][0].document), at));
        let leader = |&at: &usize| self.classes.leader(documents[at][0].document);
        let firsts: Vec<&[Posting]> = runs(&order, leader).map(|class| documents[class[0]]).collect();
        let texts = firsts.len();
        let paired = if texts <= self.frequent {
            self.pair_all(&firsts, texts as u32);
            texts * (texts - 1) / 2
        } else {
            self.counts.frequent += 1;
            firsts[1..].iter().for_each(|other| self.pair(firsts[0], other, texts as u32));
            firsts[1..].windows(2).for_each(|two| self.pair(two[0], two[1], texts as u32));
            2 * texts - 3
        };
        let all = documents.len() as u64;
        self.counts.unpaired += all * (all - 1) / 2 - paired as u64;
    }

    /// Pairs each queried document with every other; those beyond the first `frequent` with these, the first document and the
    /// one before.
    fn join_queried(&mut self, documents: &[&[Posting]], queried: &[bool]) {
        let is_queried = |at: usize| queried[documents[at][0].document as usize];
        let queries: Vec<usize> = (0..documents.len()).filter(|&at| is_queried(at)).collect();
        let (whole, rest) = queries.split_at(queries.len().min(self.frequent));
        let Some(&last) = whole.last() else { return };
        self.counts.shared += 1;
        let mut leaders: Vec<u32> = documents.iter().map(|own| self.classes.leader(own[0].document)).collect();
        leaders.sort_unstable();
        leaders.dedup();
        let texts = leaders.len() as u32;
        for &at in whole {
            let others = (0..documents.len()).filter(|&other| other > at || other < at && !is_queried(other));
            others.for_each(|other| self.pair(documents[at], documents[other], texts));
        }
        let mut paired = 0;
        for &at in rest {
            let mut others = vec![0, at - 1];
            others.dedup();
            for other in others.into_iter().filter(|&other| other > last || !is_queried(other)) {
                self.pair(documents[other], documents[at], texts);
                paired += 1;
            }
        }
        let (own, others) = (rest.len() as u64, (documents.len() - queries.len()) as u64);
        self.counts.frequent += usize::from(own > 0);
        self.counts.unpaired += own * others + own * own.saturating_sub(1) / 2 - paired;
    }

    fn pair_all(&mut self, documents: &[&[Posting]], texts: u32) {
        for (at, b) in documents.iter().enumerate() {
            documents[..at].iter().for_each(|a| self.pair(a, b, texts));
        }
    }

    fn pair(&mut self, a: &[Posting], b: &[Posting], texts: u32) {
        let (a, b) = if a[0].document < b[0].document { (a, b) } else { (b, a) };
        if self.classes.are_near(a[0].document, b[0].document) {
            return;
        }
        let ranked = a.iter().zip(b).take(OCCURRENCES);
        let seed = |(a, b): (&Posting, &Posting)| Seed { a: a.document, b: b.document, at_a: a.at, at_b: b.at, texts };
        self.seeds.extend(ranked.map(seed));
    }

    /// Distinct texts among few documents.
    fn texts(&self, documents: &[&[Posting]]) -> u32 {
        let leader = |at: usize| self.classes.leader(documents[at][0].document);
        let is_new = |&at: &usize| {
            let own = leader(at);
            own == documents[at][0].document || !(0..at).any(|before| leader(before) == own)
        };
        (0..documents.len()).filter(is_new).count().max(1) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postings(documents: u32) -> Vec<Posting> {
        (0..documents).map(|document| Posting { key: 7, document, at: 10 * document }).collect()
    }

    #[test]
    fn a_rare_fingerprint_pairs_each_with_each() {
        let (seeds, counts) = join(postings(5), &Classes::default(), 5, None);
        assert_eq!((seeds.len(), counts.frequent, counts.unpaired), (10, 0, 0));
        assert!(seeds.iter().all(|seed| seed.a < seed.b && seed.texts == 5 && seed.at_b == 10 * seed.b));
    }

    #[test]
    fn a_frequent_one_links_all_texts_at_linear_cost_and_says_what_it_cost() {
        let (seeds, counts) = join(postings(100), &Classes::default(), 5, None);
        assert_eq!((seeds.len(), counts.frequent), (197, 1));
        assert_eq!(counts.unpaired, 100 * 99 / 2 - 197);
        assert!((1..100).all(|b| seeds.iter().any(|seed| (seed.a, seed.b) == (0, b))));
        assert!((2..100).all(|b| seeds.iter().any(|seed| (seed.a, seed.b) == (b - 1, b))));
    }

    #[test]
    fn a_story_reprinted_often_counts_as_one_text() {
        let near: Vec<(u32, u32, f64)> = (1..90).map(|b| (0, b, 0.9)).collect();
        let (seeds, counts) = join(postings(93), &Classes::new(93, near.into_iter()), 5, None);
        assert_eq!(counts.frequent, 0);
        let pairs: Vec<_> = seeds.iter().map(|seed| (seed.a, seed.b, seed.texts)).collect();
        assert_eq!(pairs, [(0, 90, 4), (0, 91, 4), (90, 91, 4), (0, 92, 4), (90, 92, 4), (91, 92, 4)]);
    }

    #[test]
    fn repetitions_are_paired_by_rank() {
        let mut all = Vec::new();
        for document in 0..2 {
            all.extend((0..50).map(|at| Posting { key: 7, document, at }));
        }
        let (seeds, _) = join(all, &Classes::default(), 5, None);
        assert_eq!(seeds.len(), OCCURRENCES);
        assert!(seeds.iter().all(|seed| seed.at_a == seed.at_b));
    }

    #[test]
    fn queried_documents_are_paired_with_all_and_others_with_none() {
        let queried: Vec<bool> = (0..100).map(|document| document == 7 || document == 90).collect();
        let (seeds, counts) = join(postings(100), &Classes::default(), 5, Some(&queried));
        assert_eq!((seeds.len(), counts.frequent, counts.unpaired), (98 + 99, 0, 0));
        assert!(seeds.iter().all(|seed| seed.a < seed.b && [seed.a, seed.b].iter().any(|&at| queried[at as usize])));
        let (none, _) = join(postings(100), &Classes::default(), 5, Some(&[false; 100]));
        assert!(none.is_empty());
    }

    #[test]
    fn very_many_queried_documents_are_all_linked_at_linear_cost() {
        let queried: Vec<bool> = (0..1000).map(|document| document >= 500).collect();
        let (seeds, counts) = join(postings(1000), &Classes::default(), 5, Some(&queried));
        let pairs: std::collections::BTreeSet<_> = seeds.iter().map(|seed| (seed.a, seed.b)).collect();
        assert_eq!(pairs.len(), seeds.len());
        assert!(seeds.len() < 10 * 1000 && (0..1000).all(|at| pairs.iter().any(|&(a, b)| a == at || b == at)));
        assert_eq!(counts.unpaired as usize + seeds.len(), 500 * 500 + 500 * 499 / 2);
    }
}
