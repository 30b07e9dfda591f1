//! What comes of comparing two documents.

use crate::change::ValuePair;
use crate::document::Document;
use crate::options::Options;
use crate::passage::{Passage, Segment, SegmentKind};
use crate::span::{CharOffsets, Span};
use crate::text::{Folded, Tokenised};
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What two documents share, and what only one of them says.
#[derive(Debug, Clone)]
pub struct Comparison<'d> {
    /// The options it was made with.
    pub options: Options,
    /// The first document.
    pub a: Side<'d>,
    /// The second document.
    pub b: Side<'d>,
    /// Figures over the whole pair.
    pub scores: Scores,
    /// Sorted by their place in A, then in B.
    pub passages: Vec<Passage>,
    /// What fills the slots on either side where the verdict is [`Verdict::SameTemplate`]; empty otherwise. In A's order.
    pub values: Vec<ValuePair>,
    /// Where a bound on the work cut in, and what was left out; empty nearly always.
    pub cut_short: Vec<CutShort>,
    /// Shingles that both have, each as often as the one that has it less often.
    pub(crate) shared_shingles: usize,
}

/// One document of a comparison.
#[derive(Debug, Clone)]
pub struct Side<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its words: tokens after folding.
    pub words: usize,
    /// Spans of its sentences, in order.
    pub sentences: Vec<Span>,
    /// 64-bit signature of the whole text.
    pub simhash: u64,
    /// What folding had to drop or map.
    pub folded: Folded,
    /// Tiles of the text, from its first byte to its last.
    pub segments: Vec<Segment>,
    /// Bytes to code points.
    pub offsets: CharOffsets,
    /// Its tokens and their places, for what is asked of a comparison later.
    pub(crate) read: Arc<Tokenised<'d>>,
}

/// Figures over the whole pair; all but `simhash_distance`, `longest_words` and `verdict` lie between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// How alike the two are, in one figure for texts of any length: shared words by their weight and order. 1 where all words
    /// are equal and in one order, and nowhere else; 0 where none is shared.
    pub similarity: f64,
    /// Jaccard resemblance of the shingle multisets.
    pub resemblance: f64,
    /// Share of A's shingles that are in B.
    pub containment_a: f64,
    /// Share of B's shingles that are in A.
    pub containment_b: f64,
    /// Hamming distance of the two simhashes, 0 to 64.
    pub simhash_distance: u32,
    /// Share of A's words inside passages.
    pub shared_a: f64,
    /// Share of B's words inside passages.
    pub shared_b: f64,
    /// Share of A's words in sentences that both sides have word for word, in whatever passage.
    pub verbatim_a: f64,
    /// The same of B's.
    pub verbatim_b: f64,
    /// Words in the longest run that both share word for word.
    pub longest_words: usize,
    /// The figures in a word.
    pub verdict: Verdict,
}

/// A bound on the work that cut in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutShort {
    /// The stage.
    pub stage: String,
    /// What was left out, and where.
    pub what: String,
}

impl Side<'_> {
    /// Share of the words in segments of `kind`, 0 to 1. Over the four kinds it adds to 1; a text without words is all unique.
    pub fn share(&self, kind: SegmentKind) -> f64 {
        if self.words == 0 {
            return f64::from(u8::from(kind == SegmentKind::Unique));
        }
        let words: usize =
            self.segments.iter().filter(|segment| segment.kind == kind).map(|segment| segment.words).sum();
        words as f64 / self.words as f64
    }

    /// Share of the words inside passages, 0 to 1.
    pub(crate) fn shared(&self) -> f64 {
        1.0 - self.share(SegmentKind::Unique)
    }

    /// Code points before byte `offset`.
    pub fn chars_before(&self, offset: usize) -> usize {
        self.offsets.of(&self.document.text, offset)
    }

    /// Length of the text in code points.
    pub fn chars(&self) -> usize {
        self.offsets.chars()
    }
}
