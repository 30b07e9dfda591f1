//! Comparisons written by hand, piece by piece, for the tests of the formats.

use crate::change::{Change, ChangeKind, Harmless, HarmlessReason, Severity, ValuePair};
use crate::comparison::{Comparison, CutShort, Scores, Side};
use crate::document::Document;
use crate::options::Options;
use crate::passage::{Edit, EditOp, Kind, Passage, Segment, SegmentKind};
use crate::span::{CharOffsets, Span};
use crate::text::Folded;
use crate::text::tokenise;
use crate::verdict::Verdict;
use std::sync::Arc;

/// A passage to be: the edits that make up both of its sides.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub kind: Kind,
    pub moved: bool,
    pub similarity: f64,
    /// Operation, A's characters, B's characters.
    pub edits: Vec<(EditOp, String, String)>,
}

/// One piece of a text.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Only(String),
    Passage(usize),
}

pub(super) fn only(text: &str) -> Piece {
    Piece::Only(text.to_owned())
}

pub(super) fn equal(text: &str) -> (EditOp, String, String) {
    (EditOp::Equal, text.to_owned(), text.to_owned())
}

pub(super) fn delete(a: &str) -> (EditOp, String, String) {
    (EditOp::Delete, a.to_owned(), String::new())
}

pub(super) fn insert(b: &str) -> (EditOp, String, String) {
    (EditOp::Insert, String::new(), b.to_owned())
}

pub(super) fn replace(a: &str, b: &str) -> (EditOp, String, String) {
    (EditOp::Replace, a.to_owned(), b.to_owned())
}

/// Which text of the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    A,
    B,
}

impl Draft {
    pub fn new(kind: Kind, edits: Vec<(EditOp, String, String)>) -> Self {
        let similarity = if kind == Kind::Verbatim { 1.0 } else { 2.0 / 3.0 };
        Self { kind, moved: false, similarity, edits }
    }

    pub fn moved(self) -> Self {
        Self { moved: true, ..self }
    }

    fn text(&self, which: Which) -> String {
        self.edits.iter().map(|(_, a, b)| if which == Which::A { a.as_str() } else { b }).collect()
    }
}

/// The comparison of the two texts that the pieces add up to. The documents live as long as the test.
pub(super) fn comparison(a: &[Piece], b: &[Piece], drafts: &[Draft]) -> Comparison<'static> {
    let (a, places_a) = side("statement-a", a, drafts, Which::A);
    let (b, places_b) = side("statement-b", b, drafts, Which::B);
    let passages =
        drafts.iter().enumerate().map(|(at, draft)| passage(draft, places_a[at], places_b[at])).collect::<Vec<_>>();
    let shared = |side: &Side<'_>| 1.0 - side.share(SegmentKind::Unique);
    let scores = Scores {
        similarity: 0.45,
        resemblance: 1.0 / 3.0,
        containment_a: 0.5,
        containment_b: 0.55,
        simhash_distance: 11,
        shared_a: shared(&a),
        shared_b: shared(&b),
        verbatim_a: a.share(SegmentKind::Verbatim),
        verbatim_b: b.share(SegmentKind::Verbatim),
        longest_words: 13,
        verdict: Verdict::PartlyShared,
    };
    Comparison {
        options: Options::default(),
        a,
        b,
        scores,
        passages,
        values: Vec::new(),
        cut_short: Vec::new(),
        shared_shingles: 0,
    }
}

fn side(id: &str, pieces: &[Piece], drafts: &[Draft], which: Which) -> (Side<'static>, Vec<usize>) {
    let mut text = String::new();
    let mut places = vec![0; drafts.len()];
    let mut segments = Vec::new();
    for piece in pieces {
        let start = text.len();
        let (kind, passage) = match piece {
            Piece::Only(only) => {
                text.push_str(only);
                (SegmentKind::Unique, None)
            }
            Piece::Passage(at) => {
                places[*at] = start;
                text.push_str(&drafts[*at].text(which));
                (drafts[*at].kind.into(), Some(*at))
            }
        };
        let span = Span::new(start, text.len());
        segments.push(Segment { span, kind, passage, words: words(span.of(&text)) });
    }
    segments.retain(|segment| !segment.span.is_empty());
    let document: &'static Document = Box::leak(Box::new(Document::new(id, text)));
    let text = &document.text;
    let side = Side {
        document,
        words: words(text),
        sentences: sentences(text),
        simhash: if which == Which::A { 0x0123_4567_89ab_cdef } else { 7 },
        folded: Folded::default(),
        segments,
        offsets: CharOffsets::new(text),
        read: Arc::new(tokenise(text)),
    };
    (side, places)
}

fn passage(draft: &Draft, start_a: usize, start_b: usize) -> Passage {
    let (mut at_a, mut at_b) = (start_a, start_b);
    let mut edits = Vec::new();
    for (op, a, b) in &draft.edits {
        let (end_a, end_b) = (at_a + a.len(), at_b + b.len());
        edits.push(Edit { op: *op, a: Span::new(at_a, end_a), b: Span::new(at_b, end_b) });
        (at_a, at_b) = (end_a, end_b);
    }
    Passage {
        kind: draft.kind,
        moved: draft.moved,
        quoted_a: false,
        quoted_b: draft.moved,
        similarity: draft.similarity,
        words_a: words(&draft.text(Which::A)),
        words_b: words(&draft.text(Which::B)),
        a: Span::new(start_a, at_a),
        b: Span::new(start_b, at_b),
        edits,
        changes: Vec::new(),
        harmless: Vec::new(),
    }
}

/// Words as these tests count them: at white space, Han characters one by one.
fn words(text: &str) -> usize {
    let han = |c: &char| ('\u{3041}'..='\u{9fff}').contains(c);
    let spaced = text.split(|c: char| c.is_whitespace() || han(&c) || c == '。' || c == '，');
    spaced.filter(|word| word.contains(char::is_alphanumeric)).count() + text.chars().filter(han).count()
}

/// Sentences as these tests cut them: after `. `, `。` and line feeds.
fn sentences(text: &str) -> Vec<Span> {
    let mut cuts = vec![0];
    let mut before = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c == '\n' || c == '。' || (c == ' ' && before == Some('.')) {
            cuts.push(end);
        }
        before = Some(c);
    }
    cuts.push(text.len());
    cuts.windows(2).map(|cut| Span::new(cut[0], cut[1])).filter(|span| !span.of(text).trim().is_empty()).collect()
}

/// Two statements with a passage of every kind, one of them moved, Chinese, control characters and quotation marks.
pub(super) fn statements() -> Comparison<'static> {
    let drafts = [
        Draft::new(
            Kind::Verbatim,
            vec![equal("The two sides agreed to communicate through military channels about the system.\n")],
        ),
        Draft::new(
            Kind::Edited,
            vec![
                equal("Both said that relations are "),
                delete("very "),
                equal("important, and that a *summit* of "),
                replace("19", "20"),
                equal(" states would be held <soon>"),
                insert(" in Da Nang"),
                equal(". "),
            ],
        ),
        Draft::new(
            Kind::Edited,
            vec![
                equal("双方重申"),
                replace("高度", "非常"),
                equal("重视两国关系，"),
                insert("并"),
                equal("愿共同努力。\n"),
            ],
        ),
        Draft::new(
            Kind::Reworded,
            vec![replace(
                "Trade should return to normal at an early date.\n",
                "Soon, trade ought to be normal again.\n",
            )],
        ),
        Draft::new(Kind::Verbatim, vec![equal("=SUM(1,2) is what the \"annex\" says | of tariffs, line by line.\n")])
            .moved(),
    ];
    let a = [
        only("Statement of the \u{1b}[31mMinistry\u{1b}[0m\n\n"),
        Piece::Passage(0),
        Piece::Passage(1),
        only("Seoul would not pay more. \u{202e}Nor less.\n"),
        Piece::Passage(2),
        Piece::Passage(3),
        Piece::Passage(4),
    ];
    let b = [
        Piece::Passage(4),
        Piece::Passage(0),
        Piece::Passage(1),
        only("The other side noted the concerns.\n"),
        Piece::Passage(2),
        Piece::Passage(3),
        only("注意到有关立场。"),
    ];
    let mut comparison = comparison(&a, &b, &drafts);
    comparison.a.folded = Folded { hidden_characters: 1, mixed_script_words: 2 };
    judge(&mut comparison);
    comparison
}

/// Judges some edits of [`statements`]: a change of each severity in one sentence, and a synonym.
fn judge(comparison: &mut Comparison<'_>) {
    let [_, edited, chinese, ..] = &mut comparison.passages[..] else { panic!("there are five passages") };
    let around = |side: &Side<'_>, at: Span| {
        *side.sentences.iter().find(|sentence| sentence.end >= at.end).expect("every place is in a sentence")
    };
    let judged = [
        (1, ChangeKind::Hedge, Severity::Minor),
        (3, ChangeKind::Number, Severity::Material),
        (5, ChangeKind::Name, Severity::Notable),
    ];
    for (edit, kind, severity) in judged {
        let Edit { a, b, .. } = edited.edits[edit];
        let (sentence_a, sentence_b) = (around(&comparison.a, a), around(&comparison.b, b));
        edited.changes.push(Change { kind, severity, a, b, sentence_a, sentence_b });
    }
    let Edit { a, b, .. } = chinese.edits[1];
    chinese.harmless.push(Harmless { reason: HarmlessReason::Synonym, a, b });
}

/// Two notices of one template, with other values.
pub(super) fn template() -> Comparison<'static> {
    let edits = vec![
        equal("The board meets on "),
        replace("4 March", "9 April"),
        equal(" in "),
        replace("Oslo", "Bergen"),
        equal(" and has "),
        replace("1,200", "950"),
        equal(" seats.\n"),
    ];
    let pieces = [Piece::Passage(0)];
    let mut comparison = comparison(&pieces, &pieces, &[Draft::new(Kind::Edited, edits)]);
    let [passage] = &mut comparison.passages[..] else { panic!("there is one passage") };
    let (sentence_a, sentence_b) = (comparison.a.sentences[0], comparison.b.sentences[0]);
    let severity = Severity::Material;
    for (edit, kind) in [(1, ChangeKind::Date), (3, ChangeKind::Name), (5, ChangeKind::Number)] {
        let Edit { a, b, .. } = passage.edits[edit];
        passage.changes.push(Change { kind, severity, a, b, sentence_a, sentence_b });
        comparison.values.push(ValuePair { kind, a, b });
    }
    comparison.scores.verdict = Verdict::SameTemplate;
    comparison
}

/// [`statements`], with a bound that cut in.
pub(super) fn cut_short() -> Comparison<'static> {
    let cut = CutShort { stage: "align".to_owned(), what: "a gap of 9,000 by 9,000 words".to_owned() };
    Comparison { cut_short: vec![cut], ..statements() }
}

/// What a report writes.
pub fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("a vector takes all");
    String::from_utf8(out).expect("it is text")
}

/// The heading that a row of CSV gets from its fields' names.
pub fn heading(row: impl serde::Serialize) -> String {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.serialize(row).expect("a vector takes all");
    let rows = String::from_utf8(rows.into_inner().expect("it is flushed")).expect("it is text");
    rows.lines().next().expect("the heading comes first").to_owned()
}
