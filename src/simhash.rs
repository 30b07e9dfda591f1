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

/// Votes counted before they are carried into the totals: what eight bit planes can hold.
const ROUND: usize = 255;

/// Each bit as most of `hashes` have it; a tie is 0.
fn majority(hashes: impl Iterator<Item = u64>) -> u64 {
    let mut ones = [0_u32; 64];
    let mut planes = [0_u64; 8];
    let mut count = 0_usize;
    for hash in hashes {
        let mut carry = hash;
        for plane in &mut planes {
            (*plane, carry) = (*plane ^ carry, *plane & carry);
        }
        count += 1;
        if count.is_multiple_of(ROUND) {
            carry_over(&mut planes, &mut ones);
        }
    }
    carry_over(&mut planes, &mut ones);
    (0..64).filter(|&bit| 2 * ones[bit] as usize > count).fold(0, |simhash, bit| simhash | 1 << bit)
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
