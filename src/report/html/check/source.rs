//! A source as the page lists it.

use super::label;
use super::links::Links;
use crate::check::{Direction, Match};
use crate::report::check::facts::{Facts, copy_called, evidence, field, nearly_all, source_called};
use crate::report::check::wording::explains;
use crate::report::html::text::excerpt;
use crate::report::visible::visible;
use crate::report::wording::{count, grouped};
use crate::span::Span;

/// Passages linked from a source.
const MOST_PASSAGES: usize = 24;
/// Copies of a source named.
const MOST_COPIES: usize = 8;
/// Stretches shown of a document whose text is not kept.
const MOST_TRACES: usize = 12;
/// Stretches shown that are shared beyond a common source, and characters of each.
const MOST_BEYOND: usize = 4;
const BEYOND: usize = 140;

/// A document of the archive.
pub(super) struct Source {
    pub id: String,
    pub rank: usize,
    pub date: String,
    pub source: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub document: String,
    pub explains: String,
    pub direction: &'static str,
    /// The source that has nearly all of it: where it is listed, what to call it, and what is to be said.
    pub common: Option<(String, String, String)>,
    pub evidence: String,
    pub beyond: Vec<String>,
    /// Links to the passages it is the best source of: address and label.
    pub passages: Vec<(String, String)>,
    /// Where the archive keeps no texts: lines of the article, and what of it the document may have there.
    pub traces: Vec<(String, String)>,
    pub copies: Option<String>,
}

impl Source {
    /// Match `at`.
    pub fn new(facts: &Facts<'_>, links: &Links, at: usize, reverse: bool) -> Self {
        let found = &facts.checked.matches[at];
        let best = facts.shown.iter().filter(|shown| shown.rank == at + 1).take(MOST_PASSAGES);
        let shown = |text: &str| visible(text).into_owned();
        Self {
            id: format!("s{}-{}", links.article, at + 1),
            rank: at + 1,
            date: found.date.map_or_else(|| "no date".to_owned(), |date| date.to_string()),
            source: found.source.as_deref().map(shown),
            title: field(found, "title").map(shown),
            url: address(found),
            document: shown(&found.document.id),
            explains: explains(facts.checked, found, reverse),
            direction: found.relation.direction.name(),
            common: common(facts, links, found, reverse),
            evidence: evidence(facts.checked, found, reverse).join("; "),
            beyond: beyond(facts, found),
            passages: best.map(|shown| (links.card(shown.number), label(shown))).collect(),
            traces: traces(facts, found),
            copies: copies(found),
        }
    }
}

/// Where a document can be read, if that is an address of the web: anything else could run.
pub(super) fn address(found: &Match) -> Option<String> {
    let url = field(found, "url")?;
    let scheme = url.split_once("://")?.0;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (web && !url.contains(|c: char| c.is_control() || c.is_whitespace())).then(|| visible(url).into_owned())
}

fn common(facts: &Facts<'_>, links: &Links, found: &Match, reverse: bool) -> Option<(String, String, String)> {
    let Direction::CommonSource { source, beyond_words, .. } = &found.relation.direction else { return None };
    let name = visible(&source_called(facts.checked, *source, reverse)).into_owned();
    Some((links.source(*source), name, nearly_all(*beyond_words)))
}

fn beyond(facts: &Facts<'_>, found: &Match) -> Vec<String> {
    let Direction::CommonSource { beyond, .. } = &found.relation.direction else { return Vec::new() };
    let text = &facts.checked.article.text;
    let shown = |span: &Span| excerpt(text, *span, BEYOND).into_owned();
    beyond.iter().take(MOST_BEYOND).map(shown).collect()
}

fn traces(facts: &Facts<'_>, found: &Match) -> Vec<(String, String)> {
    let text = &facts.checked.article.text;
    let shown = |span: &Span| (grouped(facts.lines.of(span.start)), excerpt(text, *span, BEYOND).into_owned());
    found.traces.iter().take(MOST_TRACES).map(shown).collect()
}

fn copies(found: &Match) -> Option<String> {
    let copies = &found.copies;
    let named: Vec<_> = copies.listed.iter().take(MOST_COPIES).map(copy_called).collect();
    let more = match copies.count.saturating_sub(named.len()) {
        0 => String::new(),
        more => format!("; and {} more", grouped(more)),
    };
    let all = count(copies.count, "other document");
    (copies.count > 0).then(|| visible(&format!("The same text in {all}: {}{more}", named.join("; "))).into_owned())
}
