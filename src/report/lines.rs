//! What many pairs came to, a line of JSON each: passages, changes of meaning, and the pairs with their figures.
//!
//! The rows of spreadsheets have the same fields. Offsets are code points of the texts as read, shares are rounded.

use super::{plain_cell, round4};
use crate::change::{Change, ChangeKind, Severity};
use crate::comparison::Comparison;
use crate::corpus::Compared;
use crate::passage::{Kind, SegmentKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A passage as one line of JSON. Offsets are code points of the texts as read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassageLine<'c> {
    /// Id of the first document.
    pub a: Cow<'c, str>,
    /// Id of the second document.
    pub b: Cow<'c, str>,
    /// First code point in A.
    pub a_start: usize,
    /// One past the last code point in A.
    pub a_end: usize,
    /// First code point in B.
    pub b_start: usize,
    /// One past the last code point in B.
    pub b_end: usize,
    /// How the two sides relate.
    pub kind: Kind,
    /// Stands out of the main order.
    pub moved: bool,
    /// 0 to 1, rounded to four decimals.
    pub similarity: f64,
    /// Words of A's side.
    pub words: usize,
    /// Distinct texts of a corpus that have the passage, where they are too many for it to say that two of them are
    /// related.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boilerplate: Option<usize>,
    /// A's side, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a_text: Option<Cow<'c, str>>,
    /// B's side, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b_text: Option<Cow<'c, str>>,
}

impl<'c> PassageLine<'c> {
    /// The same with a text that a spreadsheet would take for a formula marked as text, by an apostrophe in front.
    pub fn for_spreadsheet(self) -> Self {
        let plain = |cell: Cow<'c, str>| match plain_cell(&cell) {
            Cow::Owned(marked) => Cow::Owned(marked),
            Cow::Borrowed(_) => cell,
        };
        Self {
            a: plain(self.a),
            b: plain(self.b),
            a_text: self.a_text.map(plain),
            b_text: self.b_text.map(plain),
            ..self
        }
    }
}

/// The passages of a comparison as lines, in order. `text`: with the text of both sides.
pub fn passage_lines<'c>(found: &'c Comparison<'_>, text: bool) -> impl Iterator<Item = PassageLine<'c>> {
    let (a, b) = (&found.a, &found.b);
    found.passages.iter().map(move |passage| PassageLine {
        a: Cow::Borrowed(&a.document.id),
        b: Cow::Borrowed(&b.document.id),
        a_start: a.chars_before(passage.a.start),
        a_end: a.chars_before(passage.a.end),
        b_start: b.chars_before(passage.b.start),
        b_end: b.chars_before(passage.b.end),
        kind: passage.kind,
        moved: passage.moved,
        similarity: round4(passage.similarity),
        words: passage.words_a,
        boilerplate: None,
        a_text: text.then(|| passage.a.of(&a.document.text).into()),
        b_text: text.then(|| passage.b.of(&b.document.text).into()),
    })
}

/// A change of meaning as one line of JSON. Offsets are code points of the texts as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine<'c> {
    /// Id of the first document.
    pub a: Cow<'c, str>,
    /// Id of the second document.
    pub b: Cow<'c, str>,
    /// The passage it lies in, counted from 1 among those of the pair, as reports and tables number them.
    pub passage: usize,
    /// What it is about.
    pub kind: ChangeKind,
    /// How much it matters.
    pub severity: Severity,
    /// What stands in A; empty where it was added.
    pub before: Cow<'c, str>,
    /// What stands in B; empty where it was dropped.
    pub after: Cow<'c, str>,
    /// First code point in A.
    pub a_start: usize,
    /// One past the last code point in A.
    pub a_end: usize,
    /// First code point in B.
    pub b_start: usize,
    /// One past the last code point in B.
    pub b_end: usize,
}

/// The changes of a comparison as lines, in the order of A.
pub fn change_lines<'c>(found: &'c Comparison<'_>) -> Vec<ChangeLine<'c>> {
    let (a, b) = (&found.a, &found.b);
    let passages = found.passages.iter().enumerate();
    let changes = passages.flat_map(|(at, passage)| passage.changes.iter().map(move |change| (at, change)));
    let line = |(passage, change): (usize, &'c Change)| ChangeLine {
        a: Cow::Borrowed(&a.document.id),
        b: Cow::Borrowed(&b.document.id),
        passage: passage + 1,
        kind: change.kind,
        severity: change.severity,
        before: change.a.of(&a.document.text).into(),
        after: change.b.of(&b.document.text).into(),
        a_start: a.chars_before(change.a.start),
        a_end: a.chars_before(change.a.end),
        b_start: b.chars_before(change.b.start),
        b_end: b.chars_before(change.b.end),
    };
    let mut lines: Vec<_> = changes.map(line).collect();
    lines.sort_by_key(|line| (line.a_start, line.b_start, line.a_end, line.b_end, line.kind));
    lines
}

/// A pair as one line of JSON: its figures and how many passages it has. Shares are rounded to four decimals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairLine {
    /// Id of the first document.
    pub a: String,
    /// Id of the second document.
    pub b: String,
    /// How alike the two are, in one figure for texts of any length.
    pub similarity: f64,
    /// Jaccard resemblance of the shingles.
    pub resemblance: f64,
    /// Share of A's shingles that are in B.
    pub containment_a: f64,
    /// Share of B's shingles that are in A.
    pub containment_b: f64,
    /// Hamming distance of the two simhashes, 0 to 64.
    pub simhash_distance: u32,
    /// A's words inside passages.
    pub shared_words: usize,
    /// Words in the longest run that both share word for word.
    pub longest_words: usize,
    /// How many passages were found.
    pub passages: usize,
}

impl PairLine {
    /// The line of a comparison.
    pub fn new(found: &Comparison<'_>) -> Self {
        let scores = &found.scores;
        Self {
            a: found.a.document.id.clone(),
            b: found.b.document.id.clone(),
            similarity: round4(scores.similarity),
            resemblance: round4(scores.resemblance),
            containment_a: round4(scores.containment_a),
            containment_b: round4(scores.containment_b),
            simhash_distance: scores.simhash_distance,
            shared_words: shared_words(found),
            longest_words: scores.longest_words,
            passages: found.passages.len(),
        }
    }
}

/// A's words inside passages.
fn shared_words(found: &Comparison<'_>) -> usize {
    let shared = found.a.segments.iter().filter(|segment| segment.kind != SegmentKind::Unique);
    shared.map(|segment| segment.words).sum()
}

/// Of pairs of a corpus, in places of the whole documents.
impl Compared<'_, '_> {
    /// The passages as lines, in order.
    pub fn passage_lines(&self, text: bool) -> impl Iterator<Item = PassageLine<'_>> {
        let (before_a, before_b) = self.chars_before();
        let found = self.comparison();
        passage_lines(found, text).zip(&found.passages).map(move |(line, passage)| PassageLine {
            a_start: line.a_start + before_a,
            a_end: line.a_end + before_a,
            b_start: line.b_start + before_b,
            b_end: line.b_end + before_b,
            boilerplate: self.boilerplate(passage),
            ..line
        })
    }

    /// The figures of the pair. What an excerpt leaves out counts as not shared.
    pub fn pair_line(&self) -> PairLine {
        let line = PairLine::new(self.comparison());
        let Some((overlap, simhash_distance)) = self.of_documents() else { return line };
        PairLine {
            resemblance: round4(overlap.resemblance()),
            containment_a: round4(overlap.containment_a()),
            containment_b: round4(overlap.containment_b()),
            simhash_distance,
            ..line
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::document::Document;
    use crate::options::Options;
    use crate::span::Span;

    fn document(id: &str) -> Document {
        Document::new(id, (0..20).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn changes_are_lines_in_the_order_of_a() {
        let (a, b) = (Document::new("a", "Sie zählte zwölf Boote."), Document::new("b", "Sie zählte elf Boote."));
        let mut found = compare(&a, &a, &Options::default());
        let passages = document("passages");
        found.passages = compare(&passages, &passages, &Options::default()).passages;
        found.b = compare(&b, &b, &Options::default()).a;
        let change = |start, kind, end_b| Change {
            kind,
            severity: Severity::Material,
            a: Span::new(start, start + 6),
            b: Span::new(start, end_b),
            sentence_a: Span::new(0, a.text.len()),
            sentence_b: Span::new(0, b.text.len()),
        };
        found.passages[0].changes = vec![change(12, ChangeKind::Number, 15), change(4, ChangeKind::Attribution, 10)];
        let lines = change_lines(&found);
        let places: Vec<_> = lines.iter().map(|line| (line.a_start, line.a_end, line.b_end)).collect();
        assert_eq!(places, [(4, 9, 9), (11, 16, 14)]);
        assert_eq!((&*lines[1].before, &*lines[1].after, &*lines[1].b), ("zwölf", "elf", "b"));
    }

    #[test]
    fn a_formula_is_marked_as_text() {
        let document = document("=A1");
        let found = compare(&document, &document, &Options::default());
        let line = passage_lines(&found, true).next().unwrap().for_spreadsheet();
        assert_eq!((line.a.as_ref(), line.a_text.as_deref()), ("'=A1", Some(document.text.as_str())));
    }
}
