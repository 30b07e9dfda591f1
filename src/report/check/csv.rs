//! A row per passage, for a spreadsheet: those of the article in its order, each in every source that has it, the best one first.
//!
//! Offsets are Unicode code points counted from 0; lines and passages are counted from 1. A cell of text that a spreadsheet would take for a
//! formula gets an apostrophe in front.

use super::facts::{Facts, field};
use super::wording::credits;
use crate::check::{Match, Member};
use crate::credit::CreditClass;
use crate::report::chars::Counted;
use crate::report::place::Lines;
use crate::report::{plain_cell, round4};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns, in order.
#[derive(Serialize)]
struct Row<'c> {
    a: Cow<'c, str>,
    b: Cow<'c, str>,
    source: Cow<'c, str>,
    date: Option<Date>,
    title: Cow<'c, str>,
    url: Cow<'c, str>,
    passage: usize,
    best: bool,
    kind: &'static str,
    similarity: f64,
    words: usize,
    rarity: f64,
    credit: &'static str,
    evidence: Cow<'c, str>,
    boilerplate: bool,
    moved: bool,
    a_start: usize,
    a_end: usize,
    a_line: usize,
    b_start: usize,
    b_end: usize,
    b_line: usize,
    a_text: Cow<'c, str>,
    b_text: Cow<'c, str>,
}

/// The names of [`Row`]'s columns.
const HEADING: [&str; 24] = [
    "a",
    "b",
    "source",
    "date",
    "title",
    "url",
    "passage",
    "best",
    "kind",
    "similarity",
    "words",
    "rarity",
    "credit",
    "evidence",
    "boilerplate",
    "moved",
    "a_start",
    "a_end",
    "a_line",
    "b_start",
    "b_end",
    "b_line",
    "a_text",
    "b_text",
];

/// Writes the heading.
pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(HEADING)?;
    rows.flush()
}

/// Writes the rows of an article. Cost: linear in the passages' texts, and in the documents' texts for their line numbers.
pub(super) fn write(facts: &Facts<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut rows = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    let mut lines = FxHashMap::default();
    for shown in &facts.shown {
        let best = facts.checked.best(shown.group);
        let others = shown.group.members.iter().copied().filter(|&member| member != best);
        for member in std::iter::once(best).chain(others) {
            let found = &facts.checked.matches[member.source];
            let lines = lines.entry(member.source).or_insert_with(|| Lines::new(&found.document.text));
            rows.serialize(row(facts, shown.number, member, (found, lines)))?;
        }
    }
    rows.flush()
}

fn row<'c>(facts: &Facts<'c>, number: usize, member: Member, (found, lines): (&'c Match, &Lines)) -> Row<'c> {
    let (checked, matched) = (facts.checked, facts.checked.passage(member));
    let passage = &matched.passage;
    let (a_start, a_end) = Counted::from(checked).place(passage.a);
    let (b_start, b_end) = Counted::from(found).place(passage.b);
    let evidence = credits(facts, found, matched).join("; ");
    let of = |name| plain_cell(field(found, name).unwrap_or_default());
    Row {
        a: plain_cell(&checked.article.id),
        b: plain_cell(&found.document.id),
        source: plain_cell(found.source.as_deref().unwrap_or_default()),
        date: found.date,
        title: of("title"),
        url: of("url"),
        passage: number,
        best: matched.best,
        kind: passage.kind.name(),
        similarity: round4(passage.similarity),
        words: passage.words_a,
        rarity: round4(matched.rarity),
        credit: matched.credit.as_ref().map_or("", |credit| CreditClass::name(credit.class)),
        evidence: plain_cell(&evidence).into_owned().into(),
        boilerplate: matched.boilerplate.is_some(),
        moved: passage.moved,
        a_start,
        a_end,
        a_line: facts.lines.of(passage.a.start),
        b_start,
        b_end,
        b_line: lines.of(passage.b.start),
        a_text: plain_cell(passage.a.of(&checked.article.text)),
        b_text: plain_cell(passage.b.of(&found.document.text)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{harbour, hostile};
    use super::*;

    fn written(facts: &Facts<'_>) -> String {
        let mut out = Vec::new();
        begin(&mut out).and_then(|()| write(facts, &mut out)).expect("a vector takes all");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn the_whole_table() {
        insta::assert_snapshot!(written(&Facts::new(&harbour())));
    }

    #[test]
    fn the_heading_names_the_columns() {
        let checked = harbour();
        let facts = Facts::new(&checked);
        let member = checked.best(&checked.groups[0]);
        let found = &checked.matches[member.source];
        let mut rows = csv::Writer::from_writer(Vec::new());
        rows.serialize(row(&facts, 1, member, (found, &Lines::new("")))).expect("a vector takes all");
        let rows = String::from_utf8(rows.into_inner().expect("it is flushed")).expect("it is text");
        assert_eq!(rows.lines().next(), Some(HEADING.join(",").as_str()));
    }

    #[test]
    fn no_cell_is_a_formula() {
        let table = written(&Facts::new(&hostile()));
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let cells: Vec<_> =
            rows.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()).collect();
        assert!(cells.iter().any(|cell| cell.starts_with("'=1+1")));
        assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    }
}
