//! Which hashes are certainly not in a set, in a tenth of the memory of its table.
//!
//! A Bloom filter (Bloom, Space/time trade-offs in hash coding with allowable errors, 1970) of one hash function, and that the
//! identity: what is asked for is a hash already.

/// Bits for each hash: of those that are not there, one in so many is let through.
const BITS: u64 = 16;

#[derive(Debug)]
pub(super) struct Sieve(Vec<u64>);

impl Sieve {
    /// Bytes that the sieve of `len` hashes takes.
    pub fn bytes(len: u64) -> u64 {
        8 * Self::words(len)
    }

    fn words(len: u64) -> u64 {
        (len * BITS).div_ceil(64).max(1)
    }

    /// The sieve of `len` hashes.
    pub fn new(len: u64, hashes: impl Iterator<Item = u128>) -> Self {
        let mut sieve = Self(vec![0; Self::words(len) as usize]);
        for hash in hashes {
            let (word, bit) = sieve.place(hash);
            sieve.0[word] |= bit;
        }
        sieve
    }

    /// False where `hash` is certainly none of the set's.
    pub fn may_have(&self, hash: u128) -> bool {
        let (word, bit) = self.place(hash);
        self.0[word] & bit != 0
    }

    /// Where the bit of a hash stands: as far along as the hash is among all numbers.
    fn place(&self, hash: u128) -> (usize, u64) {
        let bits = self.0.len() as u128 * 64;
        let at = ((hash >> 64) * bits) >> 64;
        ((at / 64) as usize, 1 << (at % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_128;

    #[test]
    fn what_is_there_passes_and_little_else() {
        let hash = |number: u32| xxh3_128(&number.to_le_bytes());
        let sieve = Sieve::new(1000, (0..1000).map(hash));
        assert_eq!(Sieve::bytes(1000), 2000);
        assert!((0..1000).all(|number| sieve.may_have(hash(number))));
        let passed = (1000..11_000).filter(|&number| sieve.may_have(hash(number))).count();
        assert!((400..800).contains(&passed), "{passed} of 10,000 pass, a sixteenth is expected");
    }

    #[test]
    fn the_first_and_the_last_hash_have_a_place() {
        let sieve = Sieve::new(0, std::iter::empty());
        assert!(!sieve.may_have(0) && !sieve.may_have(u128::MAX));
        let sieve = Sieve::new(2, [0, u128::MAX].into_iter());
        assert!(sieve.may_have(0) && sieve.may_have(u128::MAX) && !sieve.may_have(u128::MAX / 2));
    }
}
