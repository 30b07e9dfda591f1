//! A passage, with its edits and what they do to the meaning.

use crate::change::{Change, ChangeKind, Harmless, HarmlessReason, Severity, ValuePair};
use crate::comparison::Comparison;
use crate::passage::{Edit, Kind, Passage};
use crate::report::chars::{Counted, Cursor};
use crate::report::round4;
use crate::span::Span;
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

/// The passages, written one by one.
pub(super) struct Passages<'c>(pub &'c Comparison<'c>);

impl Serialize for Passages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(comparison) = self;
        let mut list = serializer.serialize_seq(Some(comparison.passages.len()))?;
        for passage in &comparison.passages {
            list.serialize_element(&PassageRecord::new(comparison, passage))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct PassageRecord<'c> {
    kind: Kind,
    moved: bool,
    quoted_a: bool,
    quoted_b: bool,
    similarity: f64,
    words_a: usize,
    words_b: usize,
    a: Excerpt<'c>,
    b: Excerpt<'c>,
    edits: Edits<'c>,
    changes: Vec<ChangeRecord<'c>>,
    harmless: Vec<HarmlessRecord<'c>>,
}

impl<'c> PassageRecord<'c> {
    fn new(comparison: &'c Comparison<'_>, passage: &'c Passage) -> Self {
        Self {
            kind: passage.kind,
            moved: passage.moved,
            quoted_a: passage.quoted_a,
            quoted_b: passage.quoted_b,
            similarity: round4(passage.similarity),
            words_a: passage.words_a,
            words_b: passage.words_b,
            a: Excerpt::new(&comparison.a, passage.a),
            b: Excerpt::new(&comparison.b, passage.b),
            edits: Edits { a: (&comparison.a).into(), b: (&comparison.b).into(), edits: &passage.edits },
            changes: passage.changes.iter().map(|change| ChangeRecord::new(comparison, change)).collect(),
            harmless: passage.harmless.iter().map(|same| HarmlessRecord::new(comparison, same)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(in crate::report) struct Excerpt<'c> {
    start: usize,
    end: usize,
    text: &'c str,
}

impl<'c> Excerpt<'c> {
    pub fn new(counted: impl Into<Counted<'c>>, span: Span) -> Self {
        let counted = counted.into();
        let (start, end) = counted.place(span);
        Self { start, end, text: span.of(counted.text) }
    }
}

/// What stands in both texts, and where.
#[derive(Serialize)]
struct Both<'c> {
    before: &'c str,
    after: &'c str,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
}

impl<'c> Both<'c> {
    fn new(comparison: &'c Comparison<'_>, a: Span, b: Span) -> Self {
        let (side_a, side_b) = (&comparison.a, &comparison.b);
        Self {
            before: a.of(&side_a.document.text),
            after: b.of(&side_b.document.text),
            a_start: side_a.chars_before(a.start),
            a_end: side_a.chars_before(a.end),
            b_start: side_b.chars_before(b.start),
            b_end: side_b.chars_before(b.end),
        }
    }
}

#[derive(Serialize)]
struct ChangeRecord<'c> {
    kind: ChangeKind,
    severity: Severity,
    #[serde(flatten)]
    both: Both<'c>,
    sentence_a: Excerpt<'c>,
    sentence_b: Excerpt<'c>,
}

impl<'c> ChangeRecord<'c> {
    fn new(comparison: &'c Comparison<'_>, change: &Change) -> Self {
        Self {
            kind: change.kind,
            severity: change.severity,
            both: Both::new(comparison, change.a, change.b),
            sentence_a: Excerpt::new(&comparison.a, change.sentence_a),
            sentence_b: Excerpt::new(&comparison.b, change.sentence_b),
        }
    }
}

#[derive(Serialize)]
struct HarmlessRecord<'c> {
    reason: HarmlessReason,
    #[serde(flatten)]
    both: Both<'c>,
}

impl<'c> HarmlessRecord<'c> {
    fn new(comparison: &'c Comparison<'_>, same: &Harmless) -> Self {
        Self { reason: same.reason, both: Both::new(comparison, same.a, same.b) }
    }
}

#[derive(Serialize)]
pub(super) struct ValueRecord<'c> {
    kind: ChangeKind,
    #[serde(flatten)]
    both: Both<'c>,
}

impl<'c> ValueRecord<'c> {
    pub fn new(comparison: &'c Comparison<'_>, pair: &ValuePair) -> Self {
        Self { kind: pair.kind, both: Both::new(comparison, pair.a, pair.b) }
    }
}

/// The edits of a passage, written one by one.
pub(in crate::report) struct Edits<'c> {
    pub a: Counted<'c>,
    pub b: Counted<'c>,
    pub edits: &'c [Edit],
}

impl Serialize for Edits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.edits.first().map_or((0, 0), |edit| (edit.a.start, edit.b.start));
        let (mut a, mut b) = (Cursor::at(self.a, first.0), Cursor::at(self.b, first.1));
        let mut list = serializer.serialize_seq(Some(self.edits.len()))?;
        for edit in self.edits {
            list.serialize_element(&EditRecord::new(edit, &mut a, &mut b))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct EditRecord {
    op: &'static str,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
}

impl EditRecord {
    fn new(edit: &Edit, a: &mut Cursor<'_>, b: &mut Cursor<'_>) -> Self {
        let op = edit.op.name();
        Self {
            op,
            a_start: a.chars_before(edit.a.start),
            a_end: a.chars_before(edit.a.end),
            b_start: b.chars_before(edit.b.start),
            b_end: b.chars_before(edit.b.end),
        }
    }
}
