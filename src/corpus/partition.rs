//! Records in partitions: held in memory up to a bound, then on disk, and handed back partition by partition.
//!
//! What a partition gives back is the same either way, but for the order of its records, which the taker sorts.

use super::error::CorpusError;
use super::spill::{Extent, SpillFile};
use bytemuck::Pod;
use std::path::Path;

/// Records of a chunk: the unit in which memory is taken, so that no partition holds much more than it needs.
const CHUNK: usize = 2048;

/// Flat records in a fixed number of partitions.
#[derive(Debug)]
pub(crate) struct Partitions<T> {
    held: Vec<Vec<Vec<T>>>,
    /// Bytes held.
    bytes: usize,
    /// Bytes that may be held.
    budget: usize,
    written: Vec<Vec<Extent>>,
    file: Option<SpillFile>,
}

impl<T: Pod> Partitions<T> {
    /// `count` empty partitions that hold up to `budget` bytes in memory.
    pub(crate) fn new(count: usize, budget: usize) -> Self {
        Self {
            held: (0..count).map(|_| Vec::new()).collect(),
            bytes: 0,
            budget,
            written: vec![Vec::new(); count],
            file: None,
        }
    }

    /// How many partitions.
    pub(crate) fn count(&self) -> usize {
        self.held.len()
    }

    /// Bytes that went to disk.
    pub(crate) fn spilled(&self) -> u64 {
        self.file.as_ref().map_or(0, SpillFile::len)
    }

    /// Holds no more than `budget` bytes from the next [`Partitions::settle`] on.
    pub(crate) fn limit(&mut self, budget: usize) {
        self.budget = budget;
    }

    /// Adds a record.
    #[inline]
    pub(crate) fn push(&mut self, partition: usize, record: T) {
        if let Some(chunk) = self.held[partition].last_mut()
            && chunk.len() < CHUNK
        {
            chunk.push(record);
            return;
        }
        let mut chunk = Vec::with_capacity(CHUNK);
        chunk.push(record);
        self.held[partition].push(chunk);
        self.bytes += CHUNK * size_of::<T>();
    }

    /// Writes everything held to a file in `folder` when it is over the bound.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn settle(&mut self, folder: &Path) -> Result<(), CorpusError> {
        if self.bytes <= self.budget {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(SpillFile::create(folder)?),
        };
        for (chunks, written) in self.held.iter_mut().zip(&mut self.written) {
            for chunk in chunks.drain(..) {
                written.push(file.append(bytemuck::cast_slice(&chunk))?);
            }
        }
        self.bytes = 0;
        Ok(())
    }

    /// The records of a partition, in no order; those held stay held.
    ///
    /// # Errors
    ///
    /// When what was written cannot be read.
    pub(crate) fn read(&self, partition: usize) -> Result<Vec<T>, CorpusError> {
        let held = &self.held[partition];
        let written = &self.written[partition];
        let on_disk: usize = written.iter().map(|extent| extent.len / size_of::<T>()).sum();
        let mut records = vec![T::zeroed(); on_disk];
        records.reserve_exact(held.iter().map(Vec::len).sum());
        let mut at = 0;
        for extent in written {
            let end = at + extent.len / size_of::<T>();
            let file = self.file.as_ref().expect("what was written is in a file");
            file.read(*extent, bytemuck::cast_slice_mut(&mut records[at..end]))?;
            at = end;
        }
        held.iter().for_each(|chunk| records.extend_from_slice(chunk));
        Ok(records)
    }

    /// The records of a partition, which is empty afterwards.
    ///
    /// # Errors
    ///
    /// As [`Partitions::read`].
    pub(crate) fn take(&mut self, partition: usize) -> Result<Vec<T>, CorpusError> {
        let records = self.read(partition)?;
        self.bytes -= self.held[partition].len() * CHUNK * size_of::<T>();
        (self.held[partition], self.written[partition]) = (Vec::new(), Vec::new());
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_and_what_is_written_come_back_alike() {
        let folder = tempfile::tempdir().unwrap();
        for budget in [0, 100_000, usize::MAX] {
            let mut partitions = Partitions::<[u32; 3]>::new(7, budget);
            for n in 0..50_000_u32 {
                partitions.push(n as usize % 7, [n, n / 2, n / 3]);
                if n % 1000 == 0 {
                    partitions.settle(folder.path()).unwrap();
                }
            }
            assert_eq!(partitions.spilled() > 0, budget < usize::MAX);
            for partition in 0..partitions.count() {
                let mut records = partitions.take(partition).unwrap();
                records.sort_unstable();
                let expected: Vec<_> = (0..50_000_u32).filter(|n| n % 7 == partition as u32).collect();
                assert_eq!(records, expected.iter().map(|n| [*n, n / 2, n / 3]).collect::<Vec<_>>());
                assert_eq!(partitions.take(partition).unwrap(), [[0; 3]; 0], "what was taken is gone");
            }
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "spill files go with their partitions");
    }
}
