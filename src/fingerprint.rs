//! Fingerprints: a few shingles of each text, chosen so that a shared stretch is sure to share one of them.
//!
//! Winnowing after S. Schleimer, D. S. Wilkerson and A. Aiken, "Winnowing: local algorithms for document
//! fingerprinting" (2003): of every `window` consecutive shingles the one with the least hash is kept. **Guarantee:** two
//! texts that share `window` consecutive shingles (`window` + k - 1 tokens, for shingles of k tokens) have a fingerprint
//! in common that lies inside that stretch in both. **Density:** 2 / (`window` + 1) of the shingles of a text without
//! repetitions. Ties are broken as in their robust winnowing, which keeps the last choice while it can, so that a text
//! of one word has a fingerprint for every `window` shingles and not for each.

use crate::narrow::{narrowed, text_hash};
use crate::shingle::{ShingleSize, for_each_shingle};
use crate::text::{Token, tokenise};

/// A shingle that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// Token that the shingle begins with.
    pub at: u32,
    /// Its hash.
    pub hash: u64,
}

/// Hands the fingerprints of a text to `keep`, in order. `shingles` are places and hashes of its shingles, in order; a
/// text of fewer than `window` of them has one fingerprint. Cost: linear, `window` times as much at worst.
pub(crate) fn winnow(shingles: &[Fingerprint], window: usize, mut keep: impl FnMut(Fingerprint)) {
    let first = &shingles[..shingles.len().min(window)];
    let Some(mut chosen) = least(first) else { return };
    keep(first[chosen]);
    for end in window + 1..=shingles.len() {
        let start = end - window;
        let next = if chosen < start {
            start + least(&shingles[start..end]).expect("a window has a shingle")
        } else if shingles[end - 1].hash < shingles[chosen].hash {
            end - 1
        } else {
            continue;
        };
        chosen = next;
        keep(shingles[chosen]);
    }
}

/// Fingerprints text after text.
#[derive(Debug)]
pub(crate) struct Fingerprinter {
    size: ShingleSize,
    window: usize,
    /// Those of the text at hand.
    shingles: Vec<Fingerprint>,
    narrowed: Vec<u32>,
}

impl Fingerprinter {
    /// By shingles of `size`, of which one in `window` is kept at least.
    pub(crate) fn new(size: ShingleSize, window: usize) -> Self {
        Self { size, window, shingles: Vec::new(), narrowed: Vec::new() }
    }

    /// All shingles of a tokenised text, in order; the one of all its tokens where there are too few. Cost: linear.
    pub(crate) fn shingles(&mut self, tokens: &[Token]) -> &[Fingerprint] {
        let shingles = &mut self.shingles;
        shingles.clear();
        shingles.reserve(tokens.len());
        let size = self.size.at_most(tokens.len());
        for_each_shingle(tokens, size, |at, hash| shingles.push(Fingerprint { at: at as u32, hash }));
        shingles
    }

    /// Hands the fingerprints of a tokenised text to `keep`, in order. Cost: linear.
    pub(crate) fn of_tokens(&mut self, tokens: &[Token], keep: impl FnMut(Fingerprint)) {
        let window = self.window;
        winnow(self.shingles(tokens), window, keep);
    }

    /// Hands the hashes of a text's fingerprints to `keep`, in order; returns its words, and [`text_hash`]. Cost: linear.
    pub(crate) fn of_text(&mut self, text: &str, mut keep: impl FnMut(u64)) -> (u32, u128) {
        let read = tokenise(text);
        self.of_tokens(&read.tokens, |kept| keep(kept.hash));
        self.narrowed.clear();
        self.narrowed.extend(narrowed(&read.tokens));
        (read.len() as u32, text_hash(&self.narrowed))
    }
}

/// The last of those with the least hash.
fn least(window: &[Fingerprint]) -> Option<usize> {
    (0..window.len()).rev().min_by_key(|&at| window[at].hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shingles(hashes: &[u64]) -> Vec<Fingerprint> {
        hashes.iter().enumerate().map(|(at, &hash)| Fingerprint { at: at as u32, hash }).collect()
    }

    fn winnowed(hashes: &[u64], window: usize) -> Vec<Fingerprint> {
        let mut kept = Vec::new();
        winnow(&shingles(hashes), window, |fingerprint| kept.push(fingerprint));
        kept
    }

    #[test]
    fn the_papers_example() {
        let hashes = [77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98];
        let kept: Vec<_> = winnowed(&hashes, 4).iter().map(|kept| (kept.hash, kept.at)).collect();
        assert_eq!(kept, [(17, 3), (17, 6), (8, 8), (39, 11), (17, 15)]);
    }

    #[test]
    fn a_repeated_word_has_one_for_each_window() {
        assert_eq!(winnowed(&[5; 40], 4).len(), 10);
        assert_eq!(winnowed(&[5; 3], 4).len(), 1);
        assert!(winnowed(&[], 4).is_empty());
    }

    #[test]
    fn the_density_is_that_of_the_paper() {
        let hashes: Vec<u64> = (0..100_000_u64).map(|n| xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes())).collect();
        let density = winnowed(&hashes, 7).len() as f64 / hashes.len() as f64;
        assert!((0.245..0.255).contains(&density), "{density}");
    }

    proptest! {
        /// The guarantee, on hashes of so small a range that ties abound.
        #[test]
        fn stretches_of_a_window_share_a_fingerprint(
            shared in prop::collection::vec(0_u64..6, 1..30),
            before in [prop::collection::vec(0_u64..6, 0..12), prop::collection::vec(0_u64..6, 0..12)],
            after in [prop::collection::vec(0_u64..6, 0..12), prop::collection::vec(0_u64..6, 0..12)],
            window in 1_usize..9,
        ) {
            prop_assume!(shared.len() >= window);
            let inside = |side: usize| -> Vec<u64> {
                let text = [&before[side][..], &shared, &after[side]].concat();
                let stretch = before[side].len()..before[side].len() + shared.len();
                let kept = winnowed(&text, window);
                kept.iter().filter(|kept| stretch.contains(&(kept.at as usize))).map(|kept| kept.hash).collect()
            };
            let (a, b) = (inside(0), inside(1));
            prop_assert!(a.iter().any(|hash| b.contains(hash)), "{a:?} {b:?}");
        }

        #[test]
        fn every_window_has_a_fingerprint_and_every_fingerprint_is_least_in_a_window(
            hashes in prop::collection::vec(0_u64..50, 1..80), window in 1_usize..9,
        ) {
            let kept = winnowed(&hashes, window);
            prop_assert!(kept.windows(2).all(|two| two[0].at < two[1].at));
            for (start, part) in hashes.windows(window).enumerate() {
                let places = start..start + window;
                let least = part.iter().min().unwrap();
                prop_assert!(kept.iter().any(|kept| places.contains(&(kept.at as usize)) && kept.hash == *least));
            }
        }
    }
}
