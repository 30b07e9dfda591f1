//! What the archive has of an article's fingerprints, and which of its texts that speaks for.
//!
//! Each text gets, for each of its fingerprints that the article has too, a vote of log2(documents / documents with it): the
//! inverse document frequency (Spärck Jones 1972). What texts have in common by chance is scattered over the article, and what was
//! borrowed stands together: a vote fades with the distance to the next, and what counts is the most that a text has anywhere.

use super::article::Article;
use crate::archive::{ArchiveError, Index};
use std::ops::Range;

/// Documents looked up for a fingerprint at first.
const FEW: usize = 64;
/// Documents looked up for one article beyond these, of the fingerprints that more documents have, the rarest first.
const MORE: usize = 1 << 18;

/// Tokens after which half of a vote is left.
const HALF: u32 = 32;

/// Memory kept from article to article.
#[derive(Debug, Default)]
pub(super) struct Votes {
    /// One more than the place in `texts` of each document of the archive; 0 for none.
    place: Vec<u32>,
    /// The documents that have a fingerprint, with their votes.
    pub texts: Vec<Voted>,
}

/// The votes for one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voted {
    pub number: u32,
    /// The most votes, faded ones included, at any place of the article.
    pub most: f64,
    /// The token that the last vote is for, and the votes there.
    at: u32,
    sum: f64,
}

/// A fingerprint of the article, whatever its places there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Looked {
    /// How many documents have it.
    pub documents: usize,
    /// Those looked up, in [`LookUp::numbers`].
    pub numbers: Range<usize>,
}

/// What the archive has of an article's fingerprints.
#[derive(Debug, Default)]
pub(super) struct LookUp {
    /// Distinct fingerprints, by hash.
    pub looked: Vec<Looked>,
    /// The index in `looked` of each fingerprint of the article.
    pub of_print: Vec<u32>,
    pub numbers: Vec<u32>,
    /// Occurrences that were not looked up.
    pub skipped: usize,
}

impl LookUp {
    /// Looks every fingerprint up. Cost: linear in the fingerprints and what is found of them.
    pub fn new(article: &Article<'_>, index: &(impl Index + ?Sized)) -> Result<Self, ArchiveError> {
        let mut order: Vec<u32> = (0..article.prints.len() as u32).collect();
        let hash = |&print: &u32| article.prints[print as usize].hash;
        order.sort_unstable_by_key(|print| (hash(print), *print));
        let mut found = Self { of_print: vec![0; order.len()], ..Self::default() };
        let mut hashes = Vec::new();
        for same in order.chunk_by(|x, y| hash(x) == hash(y)) {
            same.iter().for_each(|&print| found.of_print[print as usize] = found.looked.len() as u32);
            let from = found.numbers.len();
            let documents = index.postings(hash(&same[0]), FEW, &mut found.numbers)?;
            found.looked.push(Looked { documents, numbers: from..found.numbers.len() });
            hashes.push(hash(&same[0]));
        }
        found.look_further(article, &hashes, index)?;
        Ok(found)
    }

    /// The fingerprints that more documents have, with another such beside them, the rarest first. What stands alone is a common
    /// phrase, and some of the documents with it will do; where there are two, a text that many have may stand.
    fn frequent(&self, article: &Article<'_>) -> Vec<usize> {
        let is_cut = |print: &u32| self.looked[*print as usize].documents > self.looked[*print as usize].numbers.len();
        let mut frequent = Vec::new();
        for (places, of) in article.prints.windows(2).zip(self.of_print.windows(2)) {
            if of.iter().all(is_cut) && places[1].at - places[0].at <= HALF {
                frequent.extend(of.iter().map(|&looked| looked as usize));
            }
        }
        frequent.sort_unstable_by_key(|&at| (self.looked[at].documents, at));
        frequent.dedup();
        frequent
    }

    /// Looks more documents up, for the fingerprints that have more.
    fn look_further(
        &mut self,
        article: &Article<'_>,
        hashes: &[u64],
        index: &(impl Index + ?Sized),
    ) -> Result<(), ArchiveError> {
        let mut left = MORE;
        for at in self.frequent(article) {
            let most = self.looked[at].documents.min(left);
            if most > FEW {
                let from = self.numbers.len();
                index.postings(hashes[at], most, &mut self.numbers)?;
                self.looked[at].numbers = from..self.numbers.len();
                left -= most;
            }
        }
        let skipped = |looked: &Looked| looked.documents - looked.numbers.len().min(looked.documents);
        self.skipped = self.looked.iter().map(skipped).sum();
        Ok(())
    }

    /// The documents found to have fingerprint number `print`, and how many there are.
    pub fn documents(&self, print: usize) -> (&[u32], usize) {
        let looked = &self.looked[self.of_print[print] as usize];
        (&self.numbers[looked.numbers.clone()], looked.documents)
    }

    /// Adds the votes up: the texts are left in `votes`, in no particular order but always the same. Cost: linear in what was
    /// found.
    pub fn vote(&self, article: &Article<'_>, documents: usize, votes: &mut Votes) {
        votes.clear();
        let mut seen = vec![false; self.looked.len()];
        for (print, &of) in article.prints.iter().zip(&self.of_print) {
            if std::mem::replace(&mut seen[of as usize], true) {
                continue;
            }
            let looked = &self.looked[of as usize];
            let weight = vote(documents, looked.documents);
            self.numbers[looked.numbers.clone()].iter().for_each(|&number| votes.add(number, print.at, weight));
        }
    }
}

/// What a fingerprint that `having` of `documents` documents have says for one of them.
pub(super) fn vote(documents: usize, having: usize) -> f64 {
    (documents.max(1) as f64 / having.max(1) as f64).log2().max(0.0)
}

impl Votes {
    fn clear(&mut self) {
        for text in self.texts.drain(..) {
            self.place[text.number as usize] = 0;
        }
    }

    fn add(&mut self, number: u32, at: u32, weight: f64) {
        if self.place.len() <= number as usize {
            self.place.resize((number as usize + 1).next_power_of_two(), 0);
        }
        let place = &mut self.place[number as usize];
        if *place == 0 {
            self.texts.push(Voted { number, at, sum: 0.0, most: 0.0 });
            *place = self.texts.len() as u32;
        }
        let text = &mut self.texts[*place as usize - 1];
        text.sum = text.sum * faded(at - text.at) + weight;
        (text.at, text.most) = (at, text.most.max(text.sum));
    }

    /// The votes for document `number`.
    pub fn of(&self, number: u32) -> f64 {
        match self.place.get(number as usize) {
            None | Some(0) => 0.0,
            Some(&place) => self.texts[place as usize - 1].most,
        }
    }
}

/// What is left of a vote after so many tokens: half after [`HALF`], nothing after eight times as many.
fn faded(tokens: u32) -> f64 {
    let halves = tokens / HALF;
    if halves >= 8 {
        0.0
    } else {
        (1.0 - 0.5 * f64::from(tokens % HALF) / f64::from(HALF)) / f64::from(1_u32 << halves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_fade_with_the_distance() {
        assert_eq!([0, HALF, 2 * HALF, 8 * HALF].map(faded), [1.0, 0.5, 0.25, 0.0]);
        assert!((0..300).all(|at| faded(at) >= faded(at + 1)));
    }

    #[test]
    fn votes_close_together_say_more_than_as_many_apart() {
        let mut votes = Votes::default();
        votes.clear();
        [10, 14, 18].iter().for_each(|&at| votes.add(0, at, 3.0));
        [10, 200, 400].iter().for_each(|&at| votes.add(1, at, 3.0));
        assert!(votes.of(0) > 8.0 && votes.of(1) < 3.5);
        votes.clear();
        assert_eq!((votes.of(0), votes.texts.len()), (0.0, 0));
    }

    #[test]
    fn what_every_document_has_says_nothing() {
        assert_eq!([vote(8, 8), vote(8, 1), vote(1, 1)], [0.0, 3.0, 0.0]);
    }
}
