//! One pair of documents, the stages in order and nothing else.

use crate::align::Aligner;
use crate::chain::chains;
use crate::document::Document;
use crate::draft::{self, Draft};
use crate::options::Options;
use crate::passage::{Edit, EditOp, Kind, Passage, Segment, SegmentKind};
use crate::reword;
use crate::seed::{Shingled, runs};
use crate::shingle::{ShingleSize, shingles};
use crate::simhash;
use crate::span::{CharOffsets, Span};
use crate::text::{Tokenised, tokenise};
use serde::{Deserialize, Serialize};
use std::ops::Range;

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
pub fn compare<'d>(a: &'d Document, b: &'d Document, options: &Options) -> Comparison<'d> {
    let (ta, tb) = (tokenise(&a.text), tokenise(&b.text));
    let size = ShingleSize { words: options.shingle, characters: options.shingle + 3 }.at_most(ta.len().min(tb.len()));
    let (sa, sb) = (shingles(&ta.tokens, size), shingles(&tb.tokens, size));
    let (runs, overlap) =
        runs(Shingled { tokens: &ta.tokens, shingles: &sa }, Shingled { tokens: &tb.tokens, shingles: &sb });
    let chains = chains(&runs, ta.len(), tb.len());
    let mut aligner = Aligner::new(&ta, &tb);
    let firm = draft::firm(&chains, &mut aligner, options.min_words);
    let t = reword::Thresholds {
        cosine: draft::env("COS", 0.33),
        dice: draft::env("DICE", 0.33),
        gap: draft::env("GAP", 4.0) as u32,
        whole: draft::env("WHOLE", 0.40),
    };
    let clusters = reword::clusters(&ta, &tb, t);
    let drafts = draft::resolve(firm, &clusters, &ta, &tb, &mut aligner);
    let passages: Vec<Passage> = drafts.iter().map(|d| passage(d, &ta, &tb)).collect();
    let side = |document: &'d Document, t: &Tokenised<'_>| Side {
        document,
        words: t.len(),
        sentences: t.sentences.iter().map(|s| s.span).collect(),
        simhash: simhash::of_tokens(&t.tokens),
        folded: t.folded,
        segments: Vec::new(),
        offsets: CharOffsets::new(&document.text),
    };
    let (mut a, mut b) = (side(a, &ta), side(b, &tb));
    let spans = |side: fn(&Passage) -> Span| passages.iter().map(side).collect::<Vec<_>>();
    a.segments = segments(&a.document.text, &ta, &passages, &spans(|p| p.a));
    b.segments = segments(&b.document.text, &tb, &passages, &spans(|p| p.b));
    let scores = Scores {
        resemblance: overlap.resemblance(),
        containment_a: overlap.containment_a(),
        containment_b: overlap.containment_b(),
        simhash_distance: simhash::distance(a.simhash, b.simhash),
        shared_a: 1.0 - a.share(SegmentKind::Unique),
        shared_b: 1.0 - b.share(SegmentKind::Unique),
        verbatim_a: a.share(SegmentKind::Verbatim),
        verbatim_b: b.share(SegmentKind::Verbatim),
        longest_words: runs.iter().map(|run| run.len as usize).max().unwrap_or(0),
        verdict: if passages.is_empty() { Verdict::Unrelated } else { Verdict::PartlyShared },
    };
    Comparison { options: options.clone(), a, b, scores, passages, cut_short: Vec::new() }
}

fn passage(d: &Draft, a: &Tokenised<'_>, b: &Tokenised<'_>) -> Passage {
    let bytes = |t: &Tokenised<'_>, r: &Range<u32>| {
        Span::new(t.places[r.start as usize].0 as usize, t.places[r.end as usize - 1].1 as usize)
    };
    let kind = if d.is_verbatim() {
        Kind::Verbatim
    } else if d.dice() >= 0.65 {
        Kind::Edited
    } else {
        Kind::Reworded
    };
    let mut edits = Vec::new();
    let (sa, sb) = (bytes(a, &d.a), bytes(b, &d.b));
    let (mut at_a, mut at_b) = (sa.start, sb.start);
    let mut gap = |at_a: usize, to_a: usize, at_b: usize, to_b: usize, edits: &mut Vec<Edit>, words: (u32, u32)| {
        let op = match words {
            (0, 0) => EditOp::Equal,
            (0, _) => EditOp::Insert,
            (_, 0) => EditOp::Delete,
            _ => EditOp::Replace,
        };
        if at_a < to_a || at_b < to_b {
            edits.push(Edit { op, a: Span::new(at_a, to_a), b: Span::new(at_b, to_b) });
        }
    };
    let (mut ia, mut ib) = (d.a.start, d.b.start);
    for run in &d.runs {
        let (ra, rb) = (bytes(a, &(run.a..run.end_a())), bytes(b, &(run.b..run.end_b())));
        gap(at_a, ra.start, at_b, rb.start, &mut edits, (run.a - ia, run.b - ib));
        edits.push(Edit { op: EditOp::Equal, a: ra, b: rb });
        (at_a, at_b, ia, ib) = (ra.end, rb.end, run.end_a(), run.end_b());
    }
    gap(at_a, sa.end, at_b, sb.end, &mut edits, (d.a.end - ia, d.b.end - ib));
    Passage {
        kind,
        moved: d.moved,
        quoted_a: false,
        quoted_b: false,
        similarity: if kind == Kind::Verbatim { 1.0 } else { d.dice().max(d.cosine) },
        words_a: d.a.len(),
        words_b: d.b.len(),
        a: sa,
        b: sb,
        edits,
    }
}

fn segments(text: &str, t: &Tokenised<'_>, passages: &[Passage], spans: &[Span]) -> Vec<Segment> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&at| spans[at]);
    let words = |span: Span| {
        t.places.partition_point(|p| (p.0 as usize) < span.end)
            - t.places.partition_point(|p| (p.0 as usize) < span.start)
    };
    let mut out = Vec::new();
    let mut at = 0;
    for passage in order {
        let span = spans[passage];
        if at < span.start {
            let unique = Span::new(at, span.start);
            out.push(Segment { span: unique, kind: SegmentKind::Unique, passage: None, words: words(unique) });
        }
        out.push(Segment { span, kind: passages[passage].kind.into(), passage: Some(passage), words: words(span) });
        at = span.end;
    }
    if at < text.len() {
        let unique = Span::new(at, text.len());
        out.push(Segment { span: unique, kind: SegmentKind::Unique, passage: None, words: words(unique) });
    }
    out
}
