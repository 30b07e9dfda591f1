//! The thresholds of a run over a corpus: name, unit, default, range and reason, in one place.

use super::filter::Filter;
use crate::options::{Options, OptionsError, within};
use crate::shingle::ShingleSize;
use serde::Serialize;
use std::path::PathBuf;

/// How a corpus is worked through. Start from [`CorpusOptions::new`] and change what must change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorpusOptions {
    /// How a pair is compared; its shingle sizes hold for the corpus too.
    #[serde(flatten)]
    pub engine: Options,
    /// Look for pairs that share a passage, not for near-duplicates alone.
    pub passages: bool,
    /// Resemblance from which two documents are near-duplicates (0.2 to 1). Below 0.4 sketches begin to miss some.
    pub resemblance: f64,
    /// Words that two documents must have in common, in order, in one stretch to be worth a comparison (1 to 1000).
    /// That many equal words in a row are sure to be found; edited ones as long as some few in a row are equal. A corpus of N
    /// documents has N² / 2 pairs, among which shorter stretches meet by chance.
    pub stretch: usize,
    /// Shingle hashes in a sketch, from which near-duplicates are guessed (4 to 256). With 24, two documents at a
    /// resemblance of 0.4 are missed once in ten thousand pairs.
    pub sketch: usize,
    /// Share of a document's words that the corpus hardly has elsewhere, beyond which it counts as noisy (0 to 1, which none is): its near-duplicates
    /// are then sought letter by letter as well. With an eighth of the words broken, two copies share no more than `resemblance` asks
    /// for. Clean documents of a small corpus or of a rare language are taken for noisy too, which costs time alone.
    pub noise: f64,
    /// Distinct texts that may share a shingle before it counts as boilerplate (2 to 1000). All pairs of texts below
    /// it are looked at, so that work grows with it; above it, each text with the one before it and the first.
    pub frequent: usize,
    /// Words on either side of what a pair shares that are compared with it (20 to 1,000,000): beyond them nothing shared was
    /// found, and reading on costs as much as the documents are long. Near-duplicates are compared whole.
    pub margin: usize,
    /// Which pairs are wanted.
    pub filter: Filter,
    /// Bytes to take at most, about: records beyond that go to disk. A run takes some 40 MB and 160 bytes for each document
    /// whatever this says.
    pub memory: usize,
    /// Where they go then: a folder that is there.
    #[serde(skip)]
    pub spill: PathBuf,
}

/// Bytes that a run takes whatever it holds: the program, batches being read, partitions being joined, tables for each thread.
const FIXED: usize = 40 << 20;
/// Bytes of a document in the tables of documents, ids and texts.
const DOCUMENT: usize = 160;

/// Bytes that a run over so many documents takes whatever its options say.
pub(super) fn least_memory(documents: usize) -> usize {
    FIXED + documents * DOCUMENT
}

impl CorpusOptions {
    /// The defaults around `engine`: everything looked for, 1 GiB of memory, what does not fit written to `spill`.
    pub fn new(engine: Options, spill: impl Into<PathBuf>) -> Self {
        Self {
            engine,
            passages: true,
            resemblance: 0.4,
            stretch: 12,
            sketch: 24,
            noise: 0.125,
            frequent: 32,
            margin: 60,
            filter: Filter::default(),
            memory: 1 << 30,
            spill: spill.into(),
        }
    }

    /// Checks every threshold against its range.
    ///
    /// # Errors
    ///
    /// The first that is out of it.
    pub fn check(&self) -> Result<(), OptionsError> {
        self.engine.check()?;
        within("resemblance", self.resemblance, 0.2, 1.0)?;
        within("stretch", self.stretch as f64, 1.0, 1000.0)?;
        within("sketch", self.sketch as f64, 4.0, 256.0)?;
        within("noise", self.noise, 0.0, 1.0)?;
        within("margin", self.margin as f64, 20.0, 1e6)?;
        within("frequent", self.frequent as f64, 2.0, 1000.0)
    }

    /// Bytes for records when there are so many documents: what their tables and the rest of the run leave of `memory`.
    pub(super) fn for_records(&self, documents: usize) -> usize {
        self.memory.saturating_sub(least_memory(documents)).max(self.memory / 16)
    }

    /// Shingles of which winnowing keeps at least one: those of a stretch.
    pub(crate) fn window(&self) -> usize {
        (self.stretch + 1).saturating_sub(self.engine.shingle).max(1)
    }

    pub(crate) fn shingle(&self) -> ShingleSize {
        self.engine.shingle_size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_get_what_the_rest_leaves_of_the_memory() {
        let options = CorpusOptions { memory: 256 << 20, ..CorpusOptions::new(Options::default(), "") };
        assert_eq!(options.for_records(0), (256 << 20) - FIXED);
        assert_eq!(options.for_records(1_000_000) + least_memory(1_000_000), 256 << 20);
        assert!(least_memory(2_000_000) > options.memory);
        assert_eq!(options.for_records(2_000_000), 16 << 20);
    }
}
