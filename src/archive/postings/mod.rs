//! Postings: which documents have a fingerprint, sorted by its hash and packed.
//!
//! A posting is 36 bits of a fingerprint's hash, its **key**, and the number of a document. A file holds those of
//! consecutive documents, sorted by key and then by document, in buckets of some 64 postings by the upper bits of the key:
//!
//! ```text
//! header │ bucket 0 │ bucket 1 │ ... │ table: the length of each bucket │ trailer
//!
//! bucket:  bytes of entries (varint) │ number of entries (varint) │ entries │ long lists
//! entry:   gap to the key before it (Rice) │ documents (gamma) │ each document (fixed width)
//!                                          over 64 of them: the place of a long list (32 bits)
//! list:    gap to the document before it (varint), for each
//! ```
//!
//! So a look-up is one small read with the table in memory, and a fingerprint that stands in every document costs no more
//! than others unless all of its documents are asked for. A posting takes 4 bytes in an archive of 100,000 documents.

mod merge;
mod read;
mod write;

pub(super) use merge::merge;
pub(super) use read::Postings;
pub(super) use write::PostingsWriter;

use super::trailer::Kind;

/// Bits of a hash that are kept. A look-up of a hash that is nowhere finds one of 10 million postings once in 7,000 times.
pub(super) const KEY_BITS: u32 = 36;

/// Bits of a document's number within its file.
pub(super) const DOCUMENT_BITS: u32 = 28;

/// Documents of one key that stand in its entry; more are a list of their own.
const INLINE: usize = 64;

/// Postings in a bucket, about.
const BUCKET: u64 = 64;

const KIND: Kind = Kind { header: b"likewise postings 1    \n", fields: 9 };

/// The key of a hash. Winnowing keeps the least hashes, so that their upper bits are not even: they are mixed again.
pub(super) fn key(hash: u64) -> u64 {
    const MULTIPLIER: u64 = 0xD6E8_FEB8_6659_FD93;
    let mixed = (hash ^ hash >> 32).wrapping_mul(MULTIPLIER);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(MULTIPLIER);
    mixed >> (64 - KEY_BITS)
}

/// A posting as a number: in the order of the file.
pub(super) fn posting(key: u64, document: u32) -> u64 {
    key << DOCUMENT_BITS | u64::from(document)
}

/// Key and document of a posting.
pub(super) fn parts(posting: u64) -> (u64, u32) {
    (posting >> DOCUMENT_BITS, (posting & ((1 << DOCUMENT_BITS) - 1)) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::disk::{Disk, RealDisk, Stored, Writing};
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;
    use std::sync::Arc;

    fn written(folder: &Path, name: &str, postings: &[u64], documents: u32) -> Postings {
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let path = folder.join(name);
        let file = Writing::create(&disk, path.clone()).unwrap();
        let mut writer = PostingsWriter::new(file, postings.len() as u64, documents).unwrap();
        postings.iter().for_each(|&posting| writer.push(posting).unwrap());
        writer.finish().unwrap();
        Postings::open(Stored::open(path).unwrap(), 0, documents).unwrap()
    }

    /// Postings of few keys, so that lists are long, over a range as wide as real ones.
    fn postings() -> impl Strategy<Value = Vec<u64>> {
        let key = prop_oneof![0_u64..4, (0_u64..20).prop_map(|at| at << 31), 0_u64..1 << KEY_BITS];
        prop::collection::btree_set((key, 0_u32..500).prop_map(|(key, document)| posting(key, document)), 0..900)
            .prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_posting_is_found_and_nothing_else(all in postings(), most in 0_usize..100) {
            let folder = tempfile::tempdir().unwrap();
            let file = written(folder.path(), "p", &all, 500);
            prop_assert_eq!(file.count(), all.len() as u64);
            let mut keys: Vec<u64> = all.iter().map(|&posting| parts(posting).0).collect();
            keys.extend(keys.clone().iter().map(|key| (key + 1) % (1 << KEY_BITS)));
            for key in keys {
                let expected: Vec<u32> =
                    all.iter().map(|&posting| parts(posting)).filter(|(k, _)| *k == key).map(|(_, d)| d).collect();
                let mut found = vec![7];
                prop_assert_eq!(file.find(key, most, &mut found).unwrap(), expected.len());
                prop_assert_eq!(&found[1..], &expected[..most.min(expected.len())]);
            }
            prop_assert_eq!(file.slice(0, 0).unwrap(), all);
        }

        #[test]
        fn merged_files_are_one(parts in prop::collection::vec(postings(), 1..5)) {
            let folder = tempfile::tempdir().unwrap();
            let mut expected = Vec::new();
            let mut files = Vec::new();
            for (at, part) in parts.iter().enumerate() {
                let first = at as u32 * 500;
                let file = written(folder.path(), &at.to_string(), part, 500);
                files.push(file.based(first));
                expected.extend(part.iter().map(|&posting| posting + u64::from(first)));
            }
            expected.sort_unstable();
            let disk: Arc<dyn Disk> = Arc::new(RealDisk);
            let path = folder.path().join("merged");
            let files: Vec<_> = files.iter().collect();
            let documents = 500 * parts.len() as u32;
            merge(&files, 0, documents, &|number| Some(number), Writing::create(&disk, path.clone()).unwrap()).unwrap();
            let merged = Postings::open(Stored::open(path).unwrap(), 0, documents).unwrap();
            prop_assert_eq!(merged.slice(0, 0).unwrap(), expected);
        }
    }
}
