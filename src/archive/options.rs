//! How an archive is made and written to.

use super::index::Fingerprinting;
use crate::corpus::CorpusOptions;
use crate::options::{Options, OptionsError, within};

/// How an archive is written to. What an archive keeps is chosen when it is made; later it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// How fingerprints are made.
    pub fingerprinting: Fingerprinting,
    /// Keep the texts, so that passages can be shown and their borders found.
    pub texts: bool,
    /// Bytes of memory to use, about; over it, what was read is committed and the rest begins anew. At least 16 MiB.
    pub memory: usize,
    /// Bytes of text after which what was read is committed, whatever the memory. Default 256 MiB.
    pub commit_bytes: u64,
}

impl Default for Fingerprinting {
    /// That of a scan with the default options: texts with 12 words in a row in common have a fingerprint in common.
    fn default() -> Self {
        let options = CorpusOptions::new(Options::default(), "");
        let shingle = options.shingle();
        Self { shingle: shingle.words, character_shingle: shingle.characters, window: options.window() }
    }
}

impl Fingerprinting {
    /// Whether every number is one that texts can be fingerprinted by.
    pub(super) fn check(&self) -> Result<(), OptionsError> {
        within("shingle", self.shingle as f64, 1.0, 32.0)?;
        within("character-shingle", self.character_shingle as f64, 1.0, 64.0)?;
        within("window", self.window as f64, 1.0, 10_000.0)
    }
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { fingerprinting: Fingerprinting::default(), texts: true, memory: 1 << 30, commit_bytes: 256 << 20 }
    }
}
