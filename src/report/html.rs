//! The comparison as one page: self-contained, offline, printable.
//!
//! The page is a template (`html/page.html`) around parts that are streamed, never held in memory: the two texts
//! ([`Pane`](pane::Pane)), the map of where passages lie ([`Map`]) and the lists. Its style and its script are files of their own,
//! put in whole.
//!
//! Document text is hostile. It reaches the page only through [`Text`](text::Text) or through [`visible`] and the
//! template's escaping, never inside the script or the style; and the page's policy lets a browser run that script
//! and that style alone, named by their hashes, and load nothing.

mod changes;
pub(super) mod check;
pub mod corpus;
mod fragments;
mod lists;
mod map;
mod marks;
mod pane;
mod policy;
mod sides;
mod text;
mod timeline;

use super::facts::Facts;
use super::visible::visible;
use super::which::Which;
use super::wording::{capital, count, grouped, percent, shared, warnings};
use crate::comparison::{Comparison, Side};
use crate::passage::{Kind, Passage, SegmentKind};
use askama::Template;
use map::Map;
use policy::policy;
use sides::{AccountRow, SideView, account_rows};
use std::io::{self, BufWriter, Write};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = concat!(include_str!("html/theme.js"), include_str!("html/page.js"));

/// Writes the page to `out`, which should be buffered. Cost: linear in both texts.
///
/// # Errors
///
/// Those of `out`.
pub(super) fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let facts = Facts::new(comparison);
    Page::new(&facts).write_into(out)
}

/// Writes the page of `comparison` as one of many: it begins with a link to `index`, relative to itself. Flushes `out`, which need
/// not be buffered.
///
/// # Errors
///
/// Those of `out`.
pub fn write_page_of(index: &'static str, comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let facts = Facts::new(comparison);
    let mut out = BufWriter::with_capacity(super::BUFFER, out);
    Page { index: Some(index), ..Page::new(&facts) }.write_into(&mut out)?;
    out.flush()
}

/// What the template shows.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'c> {
    facts: &'c Facts<'c>,
    comparison: &'c Comparison<'c>,
    sides: [SideView<'c>; 2],
    accounts: Vec<AccountRow>,
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    verdict: &'static str,
    sentence: String,
    passages: String,
    by_kind: String,
    longest: String,
    similarity: String,
    resemblance: String,
    warnings: Vec<String>,
    filters: [Filter; 4],
    map: Map<'c>,
    /// The page that leads to this one.
    index: Option<&'static str>,
}

/// A kind that can be dimmed.
struct Filter {
    kind: &'static str,
    label: &'static str,
}

impl<'c> Page<'c> {
    fn new(facts: &'c Facts<'c>) -> Self {
        let comparison = facts.comparison;
        let passages = &comparison.passages;
        Self {
            facts,
            comparison,
            sides: Which::BOTH.map(|which| SideView::new(facts, which)),
            accounts: account_rows(&facts.accounts),
            policy: policy(),
            style: STYLE,
            script: SCRIPT,
            version: env!("CARGO_PKG_VERSION"),
            verdict: comparison.scores.verdict.name(),
            sentence: sentence(facts),
            passages: count(passages.len(), "shared passage"),
            by_kind: by_kind(passages),
            longest: count(comparison.scores.longest_words, "word"),
            similarity: percent(comparison.scores.similarity),
            resemblance: percent(comparison.scores.resemblance),
            warnings: warnings(comparison),
            filters: SegmentKind::ALL.map(|kind| Filter { kind: kind.name(), label: label(kind) }),
            map: Map { comparison },
            index: None,
        }
    }

    /// Label, A's value, B's value.
    fn figures(&self) -> Vec<(&'static str, String, String)> {
        let scores = &self.comparison.scores;
        let both =
            |label, value: fn(&Side<'_>) -> String| (label, value(&self.comparison.a), value(&self.comparison.b));
        vec![
            both("document", |side| visible(&side.document.id).into_owned()),
            both("sha-256", |side| side.document.sha256()),
            both("read as", |side| side.document.decoding.encoding.clone()),
            both("characters", |side| grouped(side.chars())),
            both("words", |side| grouped(side.words)),
            both("sentences", |side| grouped(side.sentences.len())),
            ("shingles found in the other", percent(scores.containment_a), percent(scores.containment_b)),
            both("simhash", |side| format!("{:016x}", side.simhash)),
        ]
    }
}

/// What the page calls a kind of segment.
const fn label(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Unique => "only one side",
        _ => kind.name(),
    }
}

/// The letter on a kind's stretch of the bar and on the labels of its passages.
fn initial(kind: SegmentKind, which: Which) -> char {
    match kind {
        SegmentKind::Verbatim => 'V',
        SegmentKind::Edited => 'E',
        SegmentKind::Reworded => 'R',
        SegmentKind::Unique => which.letter(),
    }
}

/// The verdict in a sentence.
fn sentence(facts: &Facts<'_>) -> String {
    let no_words = facts.accounts.iter().any(|account| account.total() == 0);
    match facts.comparison.passages.len() {
        0 if !no_words => "The two texts share no passage long enough to report.".to_owned(),
        _ => format!("{}.", capital(&shared(&facts.accounts))),
    }
}

/// How many passages of each kind, those there are.
fn by_kind(passages: &[Passage]) -> String {
    let counts = Kind::ALL.map(|kind| (kind, passages.iter().filter(|passage| passage.kind == kind).count()));
    let said: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {}", grouped(count), kind.name()))
        .collect();
    said.join(", ")
}

#[cfg(test)]
mod tests;
