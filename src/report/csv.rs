//! A row per passage, for a spreadsheet.
//!
//! `changes` is how many changes of meaning a passage holds, `material` how many of them are material; a row for each is in
//! the format `csv-changes`.
//!
//! Offsets are Unicode code points counted from 0; lines and passages are counted from 1. A cell of text that a spreadsheet would
//! take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe in front.

use super::place::Lines;
use super::round4;
use crate::change::Severity;
use crate::comparison::Comparison;
use crate::passage::Passage;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns, in order.
#[derive(Serialize)]
struct Row<'c> {
    a: Cow<'c, str>,
    b: Cow<'c, str>,
    passage: usize,
    kind: &'static str,
    moved: bool,
    quoted_a: bool,
    quoted_b: bool,
    similarity: f64,
    words_a: usize,
    words_b: usize,
    changes: usize,
    material: usize,
    a_start: usize,
    a_end: usize,
    a_line: usize,
    b_start: usize,
    b_end: usize,
    b_line: usize,
    a_text: Cow<'c, str>,
    b_text: Cow<'c, str>,
}

/// Writes the heading and the rows. Cost: linear in the passages' texts, and in the texts for their line numbers.
pub(super) fn write(comparison: &Comparison<'_>, out: &mut impl Write) -> io::Result<()> {
    let (a, b) = (&comparison.a.document.text, &comparison.b.document.text);
    let (lines_a, lines_b) = (Lines::new(a), Lines::new(b));
    let mut rows = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    rows.write_record(HEADING)?;
    for (index, passage) in comparison.passages.iter().enumerate() {
        let lines = (lines_a.of(passage.a.start), lines_b.of(passage.b.start));
        rows.serialize(row(comparison, index, passage, lines))?;
    }
    rows.flush()
}

/// The names of [`Row`]'s columns, written even when there is no row.
const HEADING: [&str; 20] = [
    "a",
    "b",
    "passage",
    "kind",
    "moved",
    "quoted_a",
    "quoted_b",
    "similarity",
    "words_a",
    "words_b",
    "changes",
    "material",
    "a_start",
    "a_end",
    "a_line",
    "b_start",
    "b_end",
    "b_line",
    "a_text",
    "b_text",
];

fn row<'c>(comparison: &'c Comparison<'_>, index: usize, passage: &Passage, lines: (usize, usize)) -> Row<'c> {
    let (a, b) = (&comparison.a, &comparison.b);
    Row {
        a: plain_cell(&a.document.id),
        b: plain_cell(&b.document.id),
        passage: index + 1,
        kind: passage.kind.name(),
        moved: passage.moved,
        quoted_a: passage.quoted_a,
        quoted_b: passage.quoted_b,
        similarity: round4(passage.similarity),
        words_a: passage.words_a,
        words_b: passage.words_b,
        changes: passage.changes.len(),
        material: passage.changes.iter().filter(|change| change.severity == Severity::Material).count(),
        a_start: a.chars_before(passage.a.start),
        a_end: a.chars_before(passage.a.end),
        a_line: lines.0,
        b_start: b.chars_before(passage.b.start),
        b_end: b.chars_before(passage.b.end),
        b_line: lines.1,
        a_text: plain_cell(passage.a.of(&a.document.text)),
        b_text: plain_cell(passage.b.of(&b.document.text)),
    }
}

/// `cell`, with an apostrophe in front where a spreadsheet would take it for a formula: where it begins with `=`, `+`,
/// `-`, `@`, a tab or a carriage return.
pub fn plain_cell(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn written(comparison: &Comparison<'_>) -> String {
        fixture::written(|out| write(comparison, out))
    }

    #[test]
    fn the_whole_report() {
        insta::assert_snapshot!(written(&fixture::statements()));
    }

    #[test]
    fn without_passages_the_heading_stands_alone() {
        assert_eq!(written(&fixture::comparison(&[], &[], &[])), format!("{}\n", HEADING.join(",")));
    }

    #[test]
    fn the_heading_names_the_columns() {
        let comparison = fixture::statements();
        let first = row(&comparison, 0, &comparison.passages[0], (1, 1));
        assert_eq!(fixture::heading(first), HEADING.join(","));
    }

    #[test]
    fn formulas_are_defused() {
        let cells = ["=1+1", "+1", "-1", "@cmd", "\tx", "\rx", "a=1"].map(plain_cell);
        assert_eq!(cells, ["'=1+1", "'+1", "'-1", "'@cmd", "'\tx", "'\rx", "a=1"]);
    }
}
