//! Records with equal keys, found by sorting what is left when those that stand alone are gone.

/// The least slots of a table of counts, as a power of two.
const LEAST_BITS: u32 = 8;

/// Leaves out the records whose key no other has, but for a few that share a slot with others. Most fingerprints of a
/// corpus stand in one document, and sorting costs more than this. Cost: linear.
pub(crate) fn drop_single<T: Copy>(records: &mut Vec<T>, key: impl Fn(&T) -> u32) {
    // Two bits a record would do; bytes are faster, and four a record leave one single record in five.
    let bits = (usize::BITS - records.len().leading_zeros() + 2).max(LEAST_BITS);
    let slot = |record: &T| (key(record).wrapping_mul(0x9E37_79B1) >> (32 - bits)) as usize;
    let mut counts = vec![0_u8; 1 << bits];
    for record in records.iter() {
        let count = &mut counts[slot(record)];
        *count = count.saturating_add(1);
    }
    records.retain(|record| counts[slot(record)] > 1);
}

/// The runs of equal keys in sorted records.
pub(crate) fn runs<T, K: PartialEq>(records: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &[T]> {
    records.chunk_by(move |x, y| key(x) == key(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_record_in_company_stays(keys in prop::collection::vec(0_u32..500, 0..400)) {
            let mut left = keys.clone();
            drop_single(&mut left, |&key| key);
            let shared = |key: &u32| keys.iter().filter(|other| *other == key).count() > 1;
            let expected: Vec<u32> = keys.iter().copied().filter(shared).collect();
            left.retain(shared);
            prop_assert_eq!(left, expected);
        }
    }
}
