//! Which ids and texts were met already, at a few bytes for each: documents are looked up by what the table of documents holds.

use super::store::Documents;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Ids and texts of the documents so far.
#[derive(Debug, Default)]
pub(super) struct Taken {
    ids: HashTable<u32>,
    /// The first documents of each text.
    texts: HashTable<u32>,
    /// Of each document the digest of its text.
    digests: Vec<u128>,
}

impl Taken {
    /// Whether a document has this id.
    pub fn has_id(&self, id: &str, documents: &Documents) -> bool {
        self.ids.find(of_id(id), |&number| documents.id(number) == id).is_some()
    }

    /// Notes document `number`, the next and the last of `documents`, with the digest of its text.
    pub fn add(&mut self, number: u32, digest: u128, documents: &Documents) {
        debug_assert_eq!((number as usize, number as usize + 1), (self.digests.len(), documents.len()));
        self.digests.push(digest);
        let hash = |&number: &u32| of_id(documents.id(number));
        self.ids.insert_unique(hash(&number), number, hash);
        if self.first(digest).is_none() {
            let hash = |&number: &u32| self.digests[number as usize] as u64;
            self.texts.insert_unique(digest as u64, number, hash);
        }
    }

    /// The first document whose text has this digest.
    pub fn first(&self, digest: u128) -> Option<u32> {
        self.texts.find(digest as u64, |&number| self.digests[number as usize] == digest).copied()
    }
}

fn of_id(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::store::{DocumentRecord, Place};
    use super::super::tokens::TokenPlace;
    use super::*;

    #[test]
    fn ids_and_first_texts_are_known_and_no_others() {
        let (mut documents, mut taken) = (Documents::default(), Taken::default());
        for number in 0..3000_u32 {
            let digest = u128::from(number / 2) << 60;
            let id = format!("d{number}");
            assert!(!taken.has_id(&id, &documents));
            let first = taken.first(digest);
            assert_eq!(first, (number % 2 == 1).then(|| number - 1));
            let tokens = TokenPlace { block: 0, start: 0, len: 0 };
            let place = Place::Copy { offset: 0, len: 0 };
            documents.push(&id, DocumentRecord { place, tokens, first: first.unwrap_or(number) });
            taken.add(number, digest, &documents);
            assert!(taken.has_id(&id, &documents));
        }
    }
}
