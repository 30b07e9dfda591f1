//! simhash: a 64-bit signature of which similar texts differ in few bits.
//!
//! M. S. Charikar, "Similarity estimation techniques from rounding algorithms" (2002): every feature votes on every
//! bit with its hash, the majority wins. Features are the pairs of neighbouring tokens, each as often as it stands.
//! The crate `simhash` defines the vote and measures distances; counting is bit-sliced here, some twenty times faster
//! than its loop, and tested equal to it.

use crate::shingle::hash;
use crate::text::Token;

/// Signature of a text; 0 for an empty one. Cost: linear.
pub(crate) fn of_tokens(tokens: &[Token]) -> u64 {
    if tokens.len() == 1 {
        return majority([hash(tokens)].into_iter());
    }
    majority(tokens.windows(2).map(hash))
}

/// Bits that differ, 0 to 64.
pub(crate) fn distance(a: u64, b: u64) -> u32 {
    simhash::hamming_distance(a, b)
}

/// Votes added up at once, and how often before the counts are carried into the totals: what eight bit planes can hold.
const EIGHT: usize = 8;
const ROUND: usize = 255 / EIGHT;

/// Each bit as most of `hashes` have it; a tie is 0.
fn majority(mut hashes: impl ExactSizeIterator<Item = u64>) -> u64 {
    let count = hashes.len();
    let mut ones = [0_u32; 64];
    let mut planes = [0_u64; 8];
    for round in 1..=count.div_ceil(EIGHT) {
        let mut votes = [0; EIGHT];
        votes.iter_mut().zip(&mut hashes).for_each(|(vote, hash)| *vote = hash);
        add(&mut planes, votes);
        if round.is_multiple_of(ROUND) {
            carry_over(&mut planes, &mut ones);
        }
    }
    carry_over(&mut planes, &mut ones);
    (0..64).filter(|&bit| 2 * ones[bit] as usize > count).fold(0, |simhash, bit| simhash | 1 << bit)
}

/// Adds one to the count of each bit for each vote that has it: a tree of carry-save adders, so that the higher planes
/// are touched less often than the lower (R. Harley and D. Seal; H. S. Warren, Hacker's Delight, 2nd ed., section 5-1).
fn add(planes: &mut [u64; 8], votes: [u64; EIGHT]) {
    let full = |plane: &mut u64, x: u64, y: u64| {
        let (half, sum) = (*plane ^ x, *plane ^ x ^ y);
        let carry = (*plane & x) | (half & y);
        *plane = sum;
        carry
    };
    let [p1, p2, p4, higher @ ..] = planes;
    let twos = [0, 2, 4, 6].map(|at| full(p1, votes[at], votes[at + 1]));
    let fours = [0, 2].map(|at| full(p2, twos[at], twos[at + 1]));
    let mut carry = full(p4, fours[0], fours[1]);
    for plane in higher {
        (*plane, carry) = (*plane ^ carry, *plane & carry);
    }
}

/// Adds the counts in the bit planes to the totals, and empties the planes.
fn carry_over(planes: &mut [u64; 8], ones: &mut [u32; 64]) {
    for (power, plane) in planes.iter_mut().enumerate() {
        for (bit, total) in ones.iter_mut().enumerate() {
            *total += ((*plane >> bit & 1) as u32) << power;
        }
        *plane = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::hash::{Hash, Hasher};

    proptest! {
        #[test]
        fn the_bit_sliced_vote_is_the_crates(words in prop::collection::vec("[a-z]{1,6}", 0..700)) {
            let features = words.iter().map(|word| {
                let mut hasher = siphasher::sip::SipHasher::default();
                word.as_str().hash(&mut hasher);
                hasher.finish()
            });
            prop_assert_eq!(majority(features), simhash::simhash_stream(words.iter().map(String::as_str)));
        }
    }
}
