//! `likewise.comparison/1`: everything a comparison found, for machines. [`SCHEMA`] describes it.
//!
//! The structs below borrow from the comparison and are written as they are met, so that no second copy of a large
//! result is ever in memory. Offsets become code points on the way.

pub(super) mod passage;

use super::accounting::Account;
use super::chars::Cursor;
use super::round4;
use crate::comparison::{Comparison, CutShort, Scores, Side};
use crate::document::Decoding;
use crate::options::Options;
use crate::passage::{Segment, SegmentKind};
use crate::text::Folded;
use crate::unique::{Unique, UniqueSentence, unique};
use crate::verdict::Verdict;
use passage::{Passages, ValueRecord};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// The JSON Schema (draft 2020-12) of what `write` writes.
pub const SCHEMA: &str = include_str!("comparison.schema.json");

/// Writes `comparison` on one line. Cost: linear in both texts.
pub(super) fn write(comparison: &Comparison<'_>, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Whole::new(comparison))?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Whole<'c> {
    schema: &'static str,
    version: &'static str,
    options: &'c Options,
    a: SideHead<'c>,
    b: SideHead<'c>,
    scores: RoundedScores,
    passages: Passages<'c>,
    values: Vec<ValueRecord<'c>>,
    accounting: BothAccounts,
    segments: BothSegments<'c>,
    unique: BothUnique,
    cut_short: &'c [CutShort],
}

impl<'c> Whole<'c> {
    fn new(comparison: &'c Comparison<'_>) -> Self {
        Self {
            schema: "likewise.comparison/1",
            version: env!("CARGO_PKG_VERSION"),
            options: &comparison.options,
            a: SideHead::new(&comparison.a),
            b: SideHead::new(&comparison.b),
            scores: RoundedScores::new(&comparison.scores),
            passages: Passages(comparison),
            values: comparison.values.iter().map(|pair| ValueRecord::new(comparison, pair)).collect(),
            accounting: BothAccounts::new(comparison),
            segments: BothSegments { a: Segments(&comparison.a), b: Segments(&comparison.b) },
            unique: BothUnique::new(comparison),
            cut_short: &comparison.cut_short,
        }
    }
}

#[derive(Serialize)]
struct SideHead<'c> {
    id: &'c str,
    path: Option<Cow<'c, str>>,
    sha256: String,
    chars: usize,
    words: usize,
    sentences: usize,
    simhash: String,
    folded: Folded,
    decoding: &'c Decoding,
}

impl<'c> SideHead<'c> {
    fn new(side: &'c Side<'_>) -> Self {
        let document = side.document;
        Self {
            id: &document.id,
            path: document.path.as_deref().map(|path| path.to_string_lossy()),
            sha256: document.sha256(),
            chars: side.chars(),
            words: side.words,
            sentences: side.sentences.len(),
            simhash: format!("{:016x}", side.simhash),
            folded: side.folded,
            decoding: &document.decoding,
        }
    }
}

#[derive(Serialize)]
struct RoundedScores {
    similarity: f64,
    resemblance: f64,
    containment_a: f64,
    containment_b: f64,
    simhash_distance: u32,
    shared_a: f64,
    shared_b: f64,
    verbatim_a: f64,
    verbatim_b: f64,
    longest_words: usize,
    verdict: Verdict,
}

impl RoundedScores {
    fn new(scores: &Scores) -> Self {
        Self {
            similarity: round4(scores.similarity),
            resemblance: round4(scores.resemblance),
            containment_a: round4(scores.containment_a),
            containment_b: round4(scores.containment_b),
            simhash_distance: scores.simhash_distance,
            shared_a: round4(scores.shared_a),
            shared_b: round4(scores.shared_b),
            verbatim_a: round4(scores.verbatim_a),
            verbatim_b: round4(scores.verbatim_b),
            longest_words: scores.longest_words,
            verdict: scores.verdict,
        }
    }
}

#[derive(Serialize)]
struct BothAccounts {
    a: AccountRecord,
    b: AccountRecord,
}

impl BothAccounts {
    fn new(comparison: &Comparison<'_>) -> Self {
        let [a, b] = Account::both(comparison).map(AccountRecord::new);
        Self { a, b }
    }
}

/// Where the words of a side go.
#[derive(Serialize)]
struct AccountRecord {
    words: ByKind,
    percent: ByKind,
    moved: usize,
    quoted: usize,
}

impl AccountRecord {
    fn new(account: Account) -> Self {
        let Account { words, percents, moved, quoted } = account;
        Self { words: ByKind::new(words), percent: ByKind::new(percents), moved, quoted }
    }
}

#[derive(Serialize)]
struct ByKind {
    verbatim: usize,
    edited: usize,
    reworded: usize,
    unique: usize,
}

impl ByKind {
    fn new(of: [usize; SegmentKind::ALL.len()]) -> Self {
        let of = |kind: SegmentKind| of[kind as usize];
        Self {
            verbatim: of(SegmentKind::Verbatim),
            edited: of(SegmentKind::Edited),
            reworded: of(SegmentKind::Reworded),
            unique: of(SegmentKind::Unique),
        }
    }
}

#[derive(Serialize)]
struct BothSegments<'c> {
    a: Segments<'c>,
    b: Segments<'c>,
}

struct Segments<'c>(&'c Side<'c>);

impl Serialize for Segments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(side) = self;
        let mut cursor = Cursor::at(*side, 0);
        let mut list = serializer.serialize_seq(Some(side.segments.len()))?;
        for segment in &side.segments {
            list.serialize_element(&SegmentRecord::new(segment, &mut cursor))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct SegmentRecord {
    start: usize,
    end: usize,
    kind: SegmentKind,
    passage: Option<usize>,
}

impl SegmentRecord {
    fn new(segment: &Segment, cursor: &mut Cursor<'_>) -> Self {
        Self {
            start: cursor.chars_before(segment.span.start),
            end: cursor.chars_before(segment.span.end),
            kind: segment.kind,
            passage: segment.passage,
        }
    }
}

/// What only one side says, the weightiest first.
#[derive(Serialize)]
struct BothUnique {
    a: Vec<UniqueRecord>,
    b: Vec<UniqueRecord>,
}

impl BothUnique {
    fn new(comparison: &Comparison<'_>) -> Self {
        let of = |side: &Side<'_>, all: &[UniqueSentence]| all.iter().map(|one| UniqueRecord::new(side, one)).collect();
        let Unique { a, b } = unique(comparison);
        Self { a: of(&comparison.a, &a), b: of(&comparison.b, &b) }
    }
}

#[derive(Serialize)]
struct UniqueRecord {
    start: usize,
    end: usize,
    weight: f64,
}

impl UniqueRecord {
    fn new(side: &Side<'_>, sentence: &UniqueSentence) -> Self {
        let UniqueSentence { span, weight, .. } = *sentence;
        Self { start: side.chars_before(span.start), end: side.chars_before(span.end), weight: round4(weight) }
    }
}

#[cfg(test)]
mod tests;
