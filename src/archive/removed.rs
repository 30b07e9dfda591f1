//! The documents that were removed: their numbers, and how many each source lost.

use super::bits::{push_varint, take_varint};
use super::disk::{Disk, Stored, Writing, Written};
use super::error::ArchiveError;
use roaring::RoaringBitmap;
use std::path::PathBuf;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

const HEADER: &[u8; 24] = b"likewise removed 1     \n";

/// Documents that were removed since the archive was compacted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Removed {
    pub numbers: RoaringBitmap,
    /// How many each source lost, by its number in the archive.
    pub by_source: Vec<u32>,
}

impl Removed {
    /// Removes a document, unless it is removed already.
    pub fn insert(&mut self, number: u32, source: Option<u32>) -> bool {
        let is_new = self.numbers.insert(number);
        if let Some(source) = source.filter(|_| is_new) {
            let source = source as usize;
            self.by_source.resize(self.by_source.len().max(source + 1), 0);
            self.by_source[source] += 1;
        }
        is_new
    }

    pub fn write(&self, disk: &Arc<dyn Disk>, path: PathBuf) -> Result<Written, ArchiveError> {
        let mut bytes = HEADER.to_vec();
        push_varint(self.by_source.len() as u64, &mut bytes);
        self.by_source.iter().for_each(|&lost| push_varint(lost.into(), &mut bytes));
        self.numbers.serialize_into(&mut bytes).expect("a vector takes all bytes");
        let mut file = Writing::create(disk, path)?;
        file.write(&bytes)?;
        file.finish()
    }

    /// Reads a file with this checksum, about documents below `numbers`.
    pub fn read(file: &Stored, checksum: u128, numbers: u32) -> Result<Self, ArchiveError> {
        let bytes = file.read(0, file.len())?;
        if xxh3_128(&bytes) != checksum {
            return Err(file.damaged(0, "the checksum is wrong"));
        }
        let parsed = || {
            let mut rest = bytes.strip_prefix(HEADER)?;
            let sources = take_varint(&mut rest)?;
            let lost = (0..sources).map(|_| u32::try_from(take_varint(&mut rest)?).ok());
            let by_source = lost.collect::<Option<Vec<u32>>>()?;
            let bitmap = RoaringBitmap::deserialize_from(rest).ok()?;
            bitmap.max().is_none_or(|max| max < numbers).then_some(Self { numbers: bitmap, by_source })
        };
        parsed().ok_or_else(|| file.damaged(HEADER.len() as u64, "the list of removed documents makes no sense"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::disk::RealDisk;
    use super::*;

    #[test]
    fn removed_documents_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let mut removed = Removed::default();
        for number in [3, 70_000, 9, 3] {
            removed.insert(number, Some(number % 5));
        }
        assert_eq!((removed.numbers.len(), &removed.by_source[..]), (3, &[1, 0, 0, 1, 1][..]));
        let path = folder.path().join("r");
        let written = removed.write(&disk, path.clone()).unwrap();
        let file = Stored::open(path).unwrap();
        assert_eq!(Removed::read(&file, written.checksum, 70_001).unwrap(), removed);
        assert!(Removed::read(&file, written.checksum, 70_000).is_err(), "a number out of range");
        assert!(Removed::read(&file, 1, 70_001).is_err(), "another checksum");
    }
}
