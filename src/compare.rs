//! One pair of documents, the stages in order and nothing else.

use crate::document::Document;
use crate::options::Options;
use crate::passage::{Passage, Segment, SegmentKind};
use crate::span::{CharOffsets, Span};
use serde::{Deserialize, Serialize};

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
    /// Where a bound on the work cut in, and what was left out; empty nearly always.
    pub cut_short: Vec<CutShort>,
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
}

/// What folding dropped or mapped, because a reader cannot see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folded {
    /// Characters dropped: zero-width, soft hyphens, direction controls, fillers.
    pub hidden_characters: usize,
    /// Words that mix letters of several scripts, mapped to one.
    pub mixed_script_words: usize,
}

/// In a word, how alike the two documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Every word of both, in the same order.
    #[serde(rename = "identical")]
    Identical,
    /// All but a few words.
    #[serde(rename = "near-identical")]
    NearIdentical,
    /// Large parts of both.
    #[serde(rename = "strikingly similar")]
    StrikinglySimilar,
    /// Some passages.
    #[serde(rename = "partly shared")]
    PartlyShared,
    /// No passage.
    #[serde(rename = "unrelated")]
    Unrelated,
}

impl Verdict {
    /// The words for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::NearIdentical => "near-identical",
            Self::StrikinglySimilar => "strikingly similar",
            Self::PartlyShared => "partly shared",
            Self::Unrelated => "unrelated",
        }
    }
}

/// Figures over the whole pair; all but the last three lie between 0 and 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
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
    /// Share of A's words inside verbatim passages.
    pub verbatim_a: f64,
    /// Share of B's words inside verbatim passages.
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

    /// Code points before byte `offset`.
    pub fn chars_before(&self, offset: usize) -> usize {
        self.offsets.of(&self.document.text, offset)
    }

    /// Length of the text in code points.
    pub fn chars(&self) -> usize {
        self.offsets.chars()
    }
}

/// Compares two documents: tokens, shingles, seeds, chains, alignments, passages, in this order.
pub fn compare<'d>(_a: &'d Document, _b: &'d Document, _options: &Options) -> Comparison<'d> {
    unimplemented!("the engine is being built")
}
