//! A row per change of meaning, for a spreadsheet: what changed, how much it matters, and the sentences around it.
//!
//! Offsets, lines and cells are those of the rows of passages; `passage` is the number a passage has there. Rows are in
//! the order of the passages, then of their places in A. Where something was added `before` is empty, where it was
//! dropped `after`.

use super::csv::plain_cell;
use super::place::Lines;
use crate::change::Change;
use crate::comparison::Comparison;
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
    severity: &'static str,
    before: Cow<'c, str>,
    after: Cow<'c, str>,
    a_start: usize,
    a_end: usize,
    a_line: usize,
    b_start: usize,
    b_end: usize,
    b_line: usize,
    sentence_a: Cow<'c, str>,
    sentence_b: Cow<'c, str>,
}

/// The names of [`Row`]'s columns, written even when there is no row.
const HEADING: [&str; 15] = [
    "a",
    "b",
    "passage",
    "kind",
    "severity",
    "before",
    "after",
    "a_start",
    "a_end",
    "a_line",
    "b_start",
    "b_end",
    "b_line",
    "sentence_a",
    "sentence_b",
];

/// Writes the heading and the rows. Cost: linear in the changes' sentences, and in the texts for their line numbers.
pub(super) fn write(comparison: &Comparison<'_>, out: &mut impl Write) -> io::Result<()> {
    let lines = [&comparison.a, &comparison.b].map(|side| Lines::new(&side.document.text));
    let mut rows = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    rows.write_record(HEADING)?;
    for (index, passage) in comparison.passages.iter().enumerate() {
        for change in &passage.changes {
            rows.serialize(row(comparison, index, change, &lines))?;
        }
    }
    rows.flush()
}

fn row<'c>(comparison: &'c Comparison<'_>, index: usize, change: &Change, lines: &[Lines; 2]) -> Row<'c> {
    let (a, b) = (&comparison.a, &comparison.b);
    let (text_a, text_b) = (&a.document.text, &b.document.text);
    Row {
        a: plain_cell(&a.document.id),
        b: plain_cell(&b.document.id),
        passage: index + 1,
        kind: change.kind.name(),
        severity: change.severity.name(),
        before: plain_cell(change.a.of(text_a)),
        after: plain_cell(change.b.of(text_b)),
        a_start: a.chars_before(change.a.start),
        a_end: a.chars_before(change.a.end),
        a_line: lines[0].of(change.a.start),
        b_start: b.chars_before(change.b.start),
        b_end: b.chars_before(change.b.end),
        b_line: lines[1].of(change.b.start),
        sentence_a: plain_cell(change.sentence_a.trimmed(text_a).of(text_a)),
        sentence_b: plain_cell(change.sentence_b.trimmed(text_b).of(text_b)),
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
    fn without_changes_the_heading_stands_alone() {
        assert_eq!(written(&fixture::comparison(&[], &[], &[])), format!("{}\n", HEADING.join(",")));
    }

    #[test]
    fn the_heading_names_the_columns() {
        let comparison = fixture::statements();
        let lines = [Lines::new(""), Lines::new("")];
        assert_eq!(
            fixture::heading(row(&comparison, 1, &comparison.passages[1].changes[0], &lines)),
            HEADING.join(",")
        );
    }
}
