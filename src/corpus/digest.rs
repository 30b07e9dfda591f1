//! A text to records: its tokens, a digest of them, its sketch and its fingerprints. No record depends on another text.

use super::options::CorpusOptions;
use super::sketch::Sketcher;
use crate::fingerprint::{Fingerprinter, winnow};
use crate::narrow::{narrowed, text_hash};
use crate::text::tokenise;
use bytemuck::{Pod, Zeroable};

/// Bits of a hash that choose its partition.
pub(crate) const PARTITION_BITS: u32 = 8;

/// A sketch hash of a document. With the bits of its partition, 40 bits of the hash are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct SketchRecord {
    pub key: u32,
    pub document: u32,
}

/// A fingerprint of a document at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Posting {
    pub key: u32,
    pub document: u32,
    pub at: u32,
}

/// The partition and key of a hash. Sketches and fingerprints keep the least hashes, so that their upper bits are not
/// even: they are mixed again.
pub(crate) fn split(hash: u64) -> (usize, u32) {
    let mixed = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((mixed >> (64 - PARTITION_BITS)) as usize, (mixed >> (32 - PARTITION_BITS)) as u32)
}

/// What is kept of one text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRecord {
    /// First token in [`Digests::tokens`], and how many there are.
    pub start: u32,
    pub len: u32,
    /// Of the tokens: equal for texts that are the same after folding.
    pub digest: u128,
}

/// What is kept of some texts; documents in records are their indices here.
#[derive(Debug, Default)]
pub(crate) struct Digests {
    pub texts: Vec<TextRecord>,
    pub tokens: Vec<u32>,
    /// Hashes, each with its text.
    pub sketches: Vec<(u64, u32)>,
    /// Fingerprints, each with its text.
    pub fingerprints: Vec<(u64, u32, u32)>,
}

/// Makes the records of text after text.
pub(crate) struct Digester<'o> {
    options: &'o CorpusOptions,
    sketcher: Sketcher,
    fingerprinter: Fingerprinter,
    made: Digests,
}

impl<'o> Digester<'o> {
    pub(crate) fn new(options: &'o CorpusOptions) -> Self {
        let sketcher = Sketcher::new(options.sketch);
        let fingerprinter = Fingerprinter::new(options.shingle(), options.window());
        Self { options, sketcher, fingerprinter, made: Digests::default() }
    }

    /// Takes in a text. Cost: linear.
    pub(crate) fn add(&mut self, text: &str) {
        let read = tokenise(text);
        let number = self.made.texts.len() as u32;
        let start = self.made.tokens.len();
        self.made.tokens.extend(narrowed(&read.tokens));
        let own = &self.made.tokens[start..];
        let record = TextRecord { start: start as u32, len: own.len() as u32, digest: text_hash(own) };
        self.made.texts.push(record);
        let shingles = self.fingerprinter.shingles(&read.tokens);
        let sketch = self.sketcher.sketch(shingles.iter().map(|shingle| shingle.hash));
        self.made.sketches.extend(sketch.iter().map(|&hash| (hash, number)));
        if self.options.passages {
            let kept = &mut self.made.fingerprints;
            winnow(shingles, self.options.window(), |kept_one| kept.push((kept_one.hash, number, kept_one.at)));
        }
    }

    pub(crate) fn finish(self) -> Digests {
        self.made
    }
}
