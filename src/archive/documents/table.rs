//! A sorted table from hashes to documents, looked up on disk by interpolation, since hashes are even.

use super::super::disk::{Section, Stored};
use super::super::error::ArchiveError;
use super::sieve::Sieve;
use std::sync::OnceLock;

/// Bytes of an entry: a hash and a document.
pub(super) const ENTRY: usize = 20;

/// A table in a file, or in memory once it was loaded.
#[derive(Debug)]
pub(super) struct Table {
    section: Section,
    loaded: OnceLock<Vec<u8>>,
    /// Made for many look-ups when there is no room to load it.
    sieve: OnceLock<Sieve>,
}

/// The bytes of a table with these hashes and documents; they are sorted.
pub(crate) fn entries(all: &mut [(u128, u32)]) -> Vec<u8> {
    all.sort_unstable();
    all.iter().flat_map(|(hash, document)| hash.to_be_bytes().into_iter().chain(document.to_le_bytes())).collect()
}

impl Table {
    /// The table at `section`, whose length must be that of whole entries.
    pub fn new(section: Section, file: &Stored) -> Result<Self, ArchiveError> {
        match section.len % ENTRY as u64 {
            0 => Ok(Self { section, loaded: OnceLock::new(), sieve: OnceLock::new() }),
            _ => Err(file.damaged(section.offset, "a table has a wrong length")),
        }
    }

    pub fn len(&self) -> u64 {
        self.section.len / ENTRY as u64
    }

    /// Reads it whole, for many look-ups: 20 bytes an entry.
    pub fn load(&self, file: &Stored) -> Result<(), ArchiveError> {
        if self.loaded.get().is_none() {
            let bytes = file.section(self.section)?;
            // Another thread may have been quicker; the bytes are the same.
            let _ = self.loaded.set(bytes);
        }
        Ok(())
    }

    /// Makes its [`Sieve`], for many look-ups of what is mostly not there.
    pub fn sift(&self, file: &Stored) -> Result<(), ArchiveError> {
        if self.loaded.get().is_none() && self.sieve.get().is_none() {
            let bytes = file.section(self.section)?;
            let hashes = entries_of(&bytes).map(|(hash, _)| hash);
            // Another thread may have been quicker; the bits are the same.
            let _ = self.sieve.set(Sieve::new(self.len(), hashes));
        }
        Ok(())
    }

    /// All entries, in order.
    pub fn all(&self, file: &Stored) -> Result<Vec<(u128, u32)>, ArchiveError> {
        Ok(entries_of(&file.section(self.section)?).collect())
    }

    fn entry(&self, at: u64, file: &Stored) -> Result<(u128, u32), ArchiveError> {
        let mut entry = [0; ENTRY];
        match self.loaded.get() {
            Some(bytes) => entry.copy_from_slice(&bytes[at as usize * ENTRY..][..ENTRY]),
            None => file.fill(self.section.offset + at * ENTRY as u64, &mut entry)?,
        }
        Ok(parse(&entry))
    }

    /// Hands every document with `hash` to `take`, the last one first, until it returns true.
    ///
    /// Cost: some ten reads of 20 bytes unless the table was loaded, or its sieve made and the hash is not there.
    pub fn find(&self, hash: u128, file: &Stored, mut take: impl FnMut(u32) -> bool) -> Result<(), ArchiveError> {
        if self.sieve.get().is_some_and(|sieve| !sieve.may_have(hash)) {
            return Ok(());
        }
        let mut end = self.after(hash, file)?;
        while end > 0 {
            let (found, document) = self.entry(end - 1, file)?;
            if found != hash || take(document) {
                break;
            }
            end -= 1;
        }
        Ok(())
    }

    /// How many entries have `hash` or a lesser one.
    fn after(&self, hash: u128, file: &Stored) -> Result<u64, ArchiveError> {
        let len = self.len();
        let is_after = |at: u64| Ok::<_, ArchiveError>(self.entry(at, file)?.0 > hash);
        let guess = (((hash >> 64) * u128::from(len)) >> 64) as u64;
        // `low` entries are known not to lie after it, those from `high` on are known to.
        let (mut low, mut high) = (0, len);
        let mut step = 8;
        if guess < len && is_after(guess)? {
            high = guess;
            while high > low && is_after(high.saturating_sub(step).max(low))? {
                high = high.saturating_sub(step).max(low);
                step *= 2;
            }
            low = if high == low { low } else { high.saturating_sub(step).max(low) };
        } else {
            low = guess.min(len);
            while low + step < high && !is_after(low + step)? {
                low += step;
                step *= 2;
            }
            high = high.min(low + step);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            match is_after(middle)? {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        Ok(low)
    }
}

fn entries_of(bytes: &[u8]) -> impl Iterator<Item = (u128, u32)> {
    bytes.chunks_exact(ENTRY).map(|entry| parse(entry.try_into().expect("an entry")))
}

fn parse(entry: &[u8; ENTRY]) -> (u128, u32) {
    let (hash, document) = entry.split_at(16);
    (
        u128::from_be_bytes(hash.try_into().expect("sixteen bytes")),
        u32::from_le_bytes(document.try_into().expect("four bytes")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(all: &mut [(u128, u32)]) -> (tempfile::TempDir, Stored, Table) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t");
        let bytes = entries(all);
        std::fs::write(&path, &bytes).unwrap();
        let file = Stored::open(path).unwrap();
        let section = Section { offset: 0, len: bytes.len() as u64, checksum: xxhash_rust::xxh3::xxh3_64(&bytes) };
        let table = Table::new(section, &file).unwrap();
        (folder, file, table)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Hashes over the whole range and in one corner of it, some of them equal.
        #[test]
        fn all_documents_of_a_hash_are_found(
            hashes in prop::collection::vec(prop_oneof![any::<u128>(), (0_u128..40), (0_u128..9).prop_map(|at| u128::MAX - at)], 0..200),
            others in prop::collection::vec(any::<u128>(), 0..9),
        ) {
            let mut all: Vec<_> = hashes.iter().zip(0..).map(|(&hash, number)| (hash, number)).collect();
            let (_folder, file, table) = table(&mut all);
            for make_ready in [|_: &Table, _: &Stored| Ok(()), Table::sift, Table::load] {
                make_ready(&table, &file).unwrap();
                for &hash in hashes.iter().chain(&others).chain(&[0, u128::MAX]) {
                    let mut found = Vec::new();
                    table.find(hash, &file, |document| { found.push(document); false }).unwrap();
                    let expected: Vec<_> = all.iter().rev().filter(|one| one.0 == hash).map(|one| one.1).collect();
                    prop_assert_eq!(found, expected);
                }
            }
        }
    }
}
