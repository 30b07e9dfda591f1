//! Crowds: pairs of documents that share nothing but what very many do, and more of them than are needed.
//!
//! A frequent fingerprint links each text with the first that has it and with the one before it. Of a long stretch that
//! many texts have, each keeps other fingerprints, according to what stands around it; so "the one before" is another for
//! each, and a text of which the whole is a template would be compared with a dozen others to say the same of it. A pair of
//! frequent stretches alone is kept if it speaks for a stretch of its later document that no [`TWICE`] pairs speak for
//! already, the pair that shares most first. Every text keeps its links, and every stretch of it.

use super::candidate::SharedStretch;
use super::group::runs;

/// Pairs that speak for each token before it is crowded.
const TWICE: u8 = 2;

/// Leaves out of `stretches`, which are in order of their documents, the pairs that are crowded; how many those are.
/// `frequent`: a stretch in more texts is frequent; `least`: tokens that a pair must speak for. Cost: that of sorting the
/// pairs, and linear in the tokens of their stretches.
pub(crate) fn thin(stretches: &mut Vec<SharedStretch>, frequent: u32, least: usize) -> usize {
    let pairs = runs(stretches, |shared| (shared.a, shared.b));
    let mut pairs: Vec<&[SharedStretch]> =
        pairs.filter(|pair| pair.iter().all(|shared| shared.texts > frequent)).collect();
    let tokens = |pair: &[SharedStretch]| -> u32 {
        pair.iter().map(|shared| shared.stretch.b_end - shared.stretch.b_start).sum()
    };
    pairs.sort_by_cached_key(|pair| (pair[0].b, u32::MAX - tokens(pair), pair[0].a));
    let mut left_out: Vec<(u32, u32)> = Vec::new();
    let mut spoken_for: Vec<u8> = Vec::new();
    for of_one in runs(&pairs, |pair| pair[0].b) {
        spoken_for.clear();
        for pair in of_one {
            let mut gained = 0;
            for shared in *pair {
                let (start, end) = (shared.stretch.b_start as usize, shared.stretch.b_end as usize);
                spoken_for.resize(spoken_for.len().max(end), 0);
                gained += spoken_for[start..end].iter().filter(|&&pairs| pairs < TWICE).count();
            }
            if gained < least {
                left_out.push((pair[0].a, pair[0].b));
                continue;
            }
            for shared in *pair {
                let (start, end) = (shared.stretch.b_start as usize, shared.stretch.b_end as usize);
                spoken_for[start..end].iter_mut().for_each(|pairs| *pairs = pairs.saturating_add(1));
            }
        }
    }
    left_out.sort_unstable();
    stretches.retain(|shared| left_out.binary_search(&(shared.a, shared.b)).is_err());
    left_out.len()
}

#[cfg(test)]
mod tests {
    use super::super::stretch::Stretch;
    use super::*;

    fn shared(a: u32, b: u32, (start, end): (u32, u32), texts: u32) -> SharedStretch {
        let stretch = Stretch { a_start: start, a_end: end, b_start: start, b_end: end, matched: end - start };
        SharedStretch { a, b, stretch, texts }
    }

    fn left(mut stretches: Vec<SharedStretch>) -> (usize, Vec<(u32, u32)>) {
        stretches.sort_by_key(|shared| (shared.a, shared.b, shared.stretch.a_start));
        let count = thin(&mut stretches, 32, 12);
        (count, stretches.iter().map(|shared| (shared.a, shared.b)).collect())
    }

    #[test]
    fn a_stretch_is_linked_twice_and_the_longest_pairs_stay() {
        let all = vec![shared(0, 9, (0, 100), 50), shared(3, 9, (0, 90), 50), shared(5, 9, (10, 80), 50)];
        assert_eq!(left(all), (1, vec![(0, 9), (3, 9)]));
    }

    #[test]
    fn every_stretch_of_a_text_keeps_its_links() {
        let all = vec![shared(0, 9, (0, 50), 50), shared(3, 9, (0, 50), 50), shared(5, 9, (200, 220), 50)];
        assert_eq!(left(all).0, 0);
    }

    #[test]
    fn what_few_texts_share_is_never_left_out() {
        let mut all: Vec<_> = (0..8).map(|a| shared(a, 9, (0, 50), 50)).collect();
        all.push(shared(7, 9, (300, 320), 2));
        assert_eq!(left(all), (5, vec![(0, 9), (1, 9), (7, 9), (7, 9)]));
    }
}
