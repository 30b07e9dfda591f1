//! A line per passage: A is the article, B the document of the archive. Lines are sorted by b and place.

use super::credit::CreditRecord;
use crate::check::{Checked, Match, MatchedPassage};
use crate::passage::Kind;
use crate::report::chars::Counted;
use crate::report::round4;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};

/// A passage as one line of JSON. Offsets are code points of the texts as read.
#[derive(Serialize)]
struct Line<'c> {
    a: &'c str,
    b: &'c str,
    a_start: usize,
    a_end: usize,
    /// None where the archive keeps no texts: what stands in B is not known.
    b_start: Option<usize>,
    b_end: Option<usize>,
    kind: Option<Kind>,
    moved: bool,
    similarity: Option<f64>,
    words: Option<usize>,
    source: Option<&'c str>,
    date: Option<Date>,
    #[serde(flatten)]
    credit: CreditRecord<'c>,
    rarity: Option<f64>,
    group: Option<usize>,
    best: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    boilerplate: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    a_text: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b_text: Option<&'c str>,
}

/// Writes the lines of an article. Cost: linear in the passages, and in their texts where those are asked for.
pub(super) fn write(checked: &Checked<'_>, texts: bool, out: &mut impl Write) -> io::Result<()> {
    let mut order: Vec<&Match> = checked.matches.iter().collect();
    order.sort_by(|one, other| one.document.id.cmp(&other.document.id));
    for found in order {
        for matched in &found.passages {
            end(out, &Line::new(checked, found, matched, texts))?;
        }
        for &trace in &found.traces {
            let (a_start, a_end) = Counted::from(checked).place(trace);
            let a_text = texts.then(|| trace.of(&checked.article.text));
            end(out, &Line { a_start, a_end, a_text, ..Line::of(checked, found) })?;
        }
    }
    Ok(())
}

fn end(out: &mut impl Write, line: &Line<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

impl<'c> Line<'c> {
    /// What all lines of a document have.
    fn of(checked: &'c Checked<'_>, found: &'c Match) -> Self {
        Self {
            a: &checked.article.id,
            b: &found.document.id,
            a_start: 0,
            a_end: 0,
            b_start: None,
            b_end: None,
            kind: None,
            moved: false,
            similarity: None,
            words: None,
            source: found.source.as_deref(),
            date: found.date,
            credit: CreditRecord::default(),
            rarity: None,
            group: None,
            best: false,
            boilerplate: None,
            a_text: None,
            b_text: None,
        }
    }

    fn new(checked: &'c Checked<'_>, found: &'c Match, matched: &'c MatchedPassage, texts: bool) -> Self {
        let passage = &matched.passage;
        let (a_start, a_end) = Counted::from(checked).place(passage.a);
        let (b_start, b_end) = Counted::from(found).place(passage.b);
        Self {
            a_start,
            a_end,
            b_start: Some(b_start),
            b_end: Some(b_end),
            kind: Some(passage.kind),
            moved: passage.moved,
            similarity: Some(round4(passage.similarity)),
            words: Some(passage.words_a),
            credit: CreditRecord::new(checked, found, matched),
            rarity: Some(round4(matched.rarity)),
            group: Some(matched.group),
            best: matched.best,
            boilerplate: matched.boilerplate.map(|boilerplate| boilerplate.documents),
            a_text: texts.then(|| passage.a.of(&checked.article.text)),
            b_text: texts.then(|| passage.b.of(&found.document.text)),
            ..Self::of(checked, found)
        }
    }
}
