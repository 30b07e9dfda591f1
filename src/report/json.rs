//! `likewise.comparison/1`: everything a comparison found, for machines. [`SCHEMA`] describes it.
//!
//! The structs below borrow from the comparison and are written as they are met, so that no second copy of a large
//! result is ever in memory. Offsets become code points on the way.

use super::chars::Cursor;
use super::round4;
use crate::change::{Change, ChangeKind, Harmless, HarmlessReason, Severity, ValuePair};
use crate::compare::{Comparison, CutShort, Folded, Scores, Side, Verdict};
use crate::document::Decoding;
use crate::options::Options;
use crate::passage::{Edit, Kind, Passage, Segment, SegmentKind};
use crate::span::Span;
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// The JSON Schema (draft 2020-12) of what [`write`] writes.
pub const SCHEMA: &str = include_str!("comparison.schema.json");

/// Writes `comparison` on one line. Cost: linear in the passages' texts and edits.
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
    segments: BothSegments<'c>,
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
            segments: BothSegments { a: Segments(&comparison.a), b: Segments(&comparison.b) },
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

struct Passages<'c>(&'c Comparison<'c>);

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
            edits: Edits { comparison, passage },
            changes: passage.changes.iter().map(|change| ChangeRecord::new(comparison, change)).collect(),
            harmless: passage.harmless.iter().map(|same| HarmlessRecord::new(comparison, same)).collect(),
        }
    }
}

#[derive(Serialize)]
struct Excerpt<'c> {
    start: usize,
    end: usize,
    text: &'c str,
}

impl<'c> Excerpt<'c> {
    fn new(side: &Side<'c>, span: Span) -> Self {
        let text = span.of(&side.document.text);
        Self { start: side.chars_before(span.start), end: side.chars_before(span.end), text }
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
struct ValueRecord<'c> {
    kind: ChangeKind,
    #[serde(flatten)]
    both: Both<'c>,
}

impl<'c> ValueRecord<'c> {
    fn new(comparison: &'c Comparison<'_>, pair: &ValuePair) -> Self {
        Self { kind: pair.kind, both: Both::new(comparison, pair.a, pair.b) }
    }
}

struct Edits<'c> {
    comparison: &'c Comparison<'c>,
    passage: &'c Passage,
}

impl Serialize for Edits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut a = Cursor::at(&self.comparison.a, self.passage.a.start);
        let mut b = Cursor::at(&self.comparison.b, self.passage.b.start);
        let mut list = serializer.serialize_seq(Some(self.passage.edits.len()))?;
        for edit in &self.passage.edits {
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

#[derive(Serialize)]
struct BothSegments<'c> {
    a: Segments<'c>,
    b: Segments<'c>,
}

struct Segments<'c>(&'c Side<'c>);

impl Serialize for Segments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(side) = self;
        let mut cursor = Cursor::at(side, 0);
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Draft, Piece, delete, equal, insert, only, replace};
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn written(comparison: &Comparison<'_>) -> Value {
        let mut out = Vec::new();
        write(comparison, &mut out).expect("a vector takes all");
        assert!(out.ends_with(b"}\n"));
        serde_json::from_slice(&out).expect("it is JSON")
    }

    fn schema_errors(value: &Value) -> Vec<String> {
        let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        let validator = jsonschema::draft202012::new(&schema).expect("the schema is a schema");
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    #[test]
    fn what_is_written_follows_the_schema() {
        for comparison in [fixture::statements(), fixture::cut_short(), fixture::comparison(&[], &[], &[])] {
            assert_eq!(schema_errors(&written(&comparison)), Vec::<String>::new());
        }
    }

    #[test]
    fn the_schema_refuses_what_it_does_not_name() {
        let good = written(&fixture::statements());
        for (place, name) in [("", "extra"), ("/a", "bytes"), ("/passages/0", "note"), ("/passages/0/edits/0", "text")]
        {
            let mut bad = good.clone();
            let object = bad.pointer_mut(place).and_then(Value::as_object_mut).expect("the place exists");
            object.insert(name.to_owned(), Value::Null);
            assert_eq!(schema_errors(&bad).len(), 1, "{place}/{name}");
        }
    }

    #[test]
    fn the_whole_report() {
        insta::assert_json_snapshot!(written(&fixture::statements()), { ".version" => "[version]", ".options" => "[options]" });
    }

    /// The characters `start..end` of `text`, counted one by one.
    fn characters(text: &str, record: &Value) -> String {
        let at = |key: &str| record[key].as_u64().expect("an offset") as usize;
        text.chars().skip(at("start")).take(at("end") - at("start")).collect()
    }

    fn edit(words: &'static str) -> impl Strategy<Value = (crate::passage::EditOp, String, String)> {
        (0..4, words, words).prop_map(|(op, a, b)| match op {
            0 => equal(&a),
            1 => delete(&a),
            2 => insert(&b),
            _ => replace(&a, &b),
        })
    }

    fn anything() -> impl Strategy<Value = Comparison<'static>> {
        let word = "[a-z .é東😀\u{1}\"\\\\]{1,300}";
        let draft = prop::collection::vec(edit(word), 1..6)
            .prop_map(|edits| Draft { similarity: 0.123_456, ..Draft::new(Kind::Edited, edits) });
        let drafts = prop::collection::vec(draft, 0..4);
        (drafts, prop::collection::vec(word, 5), any::<prop::sample::Index>()).prop_map(|(drafts, between, turn)| {
            let order: Vec<usize> = (0..drafts.len()).collect();
            let mut turned = order.clone();
            turned.rotate_left(turn.index(drafts.len().max(1)).min(drafts.len()));
            let pieces = |order: &[usize]| {
                let passages = order.iter().zip(&between).flat_map(|(&at, text)| [only(text), Piece::Passage(at)]);
                passages.chain([only(&between[4])]).collect::<Vec<_>>()
            };
            fixture::comparison(&pieces(&order), &pieces(&turned), &drafts)
        })
    }

    proptest! {
        #[test]
        fn segments_tile_and_offsets_are_code_points(comparison in anything()) {
            let report = written(&comparison);
            for (key, side) in [("a", &comparison.a), ("b", &comparison.b)] {
                let text = &side.document.text;
                let tiles = report["segments"][key].as_array().expect("a list");
                prop_assert_eq!(&tiles.iter().map(|tile| characters(text, tile)).collect::<String>(), text);
                for passage in report["passages"].as_array().expect("a list") {
                    prop_assert_eq!(&characters(text, &passage[key]), passage[key]["text"].as_str().expect("a text"));
                    let mut at = passage[key]["start"].clone();
                    for edit in passage["edits"].as_array().expect("a list") {
                        prop_assert_eq!(&edit[format!("{key}_start")], &at);
                        at = edit[format!("{key}_end")].clone();
                    }
                    prop_assert_eq!(&at, &passage[key]["end"]);
                }
            }
        }
    }
}
