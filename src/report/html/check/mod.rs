//! Checks of articles as one page: self-contained, offline, printable.
//!
//! Each article is rendered by itself ([`section`]), and the page is put around all of them ([`page`]). Document text reaches it as
//! it does the page of a pair: through [`Text`](super::text::Text), or through [`visible`] and the template's escaping.

mod card;
mod links;
mod pane;
mod source;
mod strip;

use super::policy::allowing;
use crate::check::Checked;
use crate::credit::CreditClass;
use crate::passage::Kind;
use crate::report::check::CheckReport;
use crate::report::check::facts::{Facts, Shown, noun};
use crate::report::check::wording::{answer, class, left_out, tally};
use crate::report::visible::visible;
use crate::report::wording::{count, grouped, percent, text_warnings};
use askama::Template;
use card::Card;
use links::{Links, MOST_CARDS, MOST_SOURCES};
use pane::Pane;
use source::Source;
use std::io::{self, Write};
use strip::Strip;

const STYLE: &str = concat!(include_str!("../page.css"), include_str!("../timeline.css"), include_str!("check.css"));
const SCRIPT: &str = concat!(include_str!("../theme.js"), include_str!("check.js"));

/// Sources that are listed at once; the others are folded away.
const FIRST_SOURCES: usize = 4;

/// An article in the list of a page of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Row {
    /// Counted from 1.
    number: usize,
    name: String,
    share: String,
    told: String,
    source: String,
    /// Whether the page has it in full.
    pub shown: bool,
}

impl Row {
    pub fn new(number: usize, facts: &Facts<'_>) -> Self {
        let first = facts.checked.matches.first();
        Self {
            number: number + 1,
            name: visible(&facts.checked.article.id).into_owned(),
            share: percent(facts.checked.share()),
            told: tally(facts).unwrap_or_default(),
            source: first
                .map(|found| visible(&crate::report::check::facts::called(found)).into_owned())
                .unwrap_or_default(),
            shown: true,
        }
    }
}

/// The page around its articles.
#[derive(Template)]
#[template(path = "check/page.html")]
struct Page<'p> {
    title: String,
    against: String,
    rows: &'p [Row],
    sections: &'p [String],
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    /// Whether boilerplate counts like any other wording.
    boilerplate: bool,
    hidden: usize,
}

/// Writes the page of articles that were rendered.
pub(in crate::report) fn page(
    report: &CheckReport<'_>,
    rows: &[Row],
    sections: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = match rows {
        [one] => one.name.clone(),
        rows => count(rows.len(), "article"),
    };
    Page {
        title,
        against: format!("{}, {}", visible(&report.archive), count(report.documents, "document")),
        rows,
        sections,
        policy: allowing(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        version: env!("CARGO_PKG_VERSION"),
        boilerplate: report.options.boilerplate,
        hidden: rows.iter().filter(|row| !row.shown).count(),
    }
    .write_into(out)
}

/// An article and what was found of it.
#[derive(Template)]
#[template(path = "check/section.html")]
struct Section<'c> {
    number: usize,
    name: String,
    facts: &'c Facts<'c>,
    day: String,
    answer: String,
    /// What is said of boilerplate, and the share with it.
    boilerplate: Option<String>,
    /// Whether it counts like any other wording.
    counted: bool,
    tally: Option<String>,
    warnings: Vec<String>,
    strip: Strip<'c>,
    /// What can be filtered: kinds with their letters, classes of credit with what they say and their signs.
    kinds: [(&'static str, char); 3],
    credits: [(&'static str, &'static str, char); 3],
    pane: Pane<'c>,
    cards: Vec<Card<'c>>,
    cards_left: Option<String>,
    sources: Vec<Source>,
    sources_left: Option<String>,
    sources_title: String,
    /// Whether credits were looked for.
    judged: bool,
    /// What the documents are called.
    noun: &'static str,
    left_out: Vec<String>,
}

/// Renders article `number`, counted from 0. Cost: linear in the texts shown.
pub(in crate::report) fn section(
    report: &CheckReport<'_>,
    number: usize,
    facts: &Facts<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    Section::new(report, number + 1, facts).write_into(out)
}

impl<'c> Section<'c> {
    fn new(report: &CheckReport<'_>, number: usize, facts: &'c Facts<'c>) -> Self {
        let checked = facts.checked;
        let reverse = report.options.reverse;
        let noun = noun(reverse);
        let links = Links::new(number, facts);
        let cards = card::cards(&links, facts);
        let left = |all: usize, most: usize, what: &str| {
            (all > most).then(|| format!("{} of {} {what} are listed here.", grouped(most), grouped(all)))
        };
        Self {
            number,
            name: visible(&checked.article.id).into_owned(),
            facts,
            day: checked.date.map_or_else(|| "no date".to_owned(), |date| date.to_string()),
            answer: answer(checked, reverse),
            counted: report.options.boilerplate,
            boilerplate: boilerplate(checked, facts, report.options.boilerplate),
            tally: tally(facts),
            warnings: warnings(checked),
            strip: Strip { facts },
            kinds: Kind::ALL.map(|kind| (kind.name(), initial(kind))),
            credits: [CreditClass::Uncredited, CreditClass::QuotedAltered, CreditClass::Credited]
                .map(|credit| (credit.name(), class(credit), sign(credit))),
            cards_left: left(facts.shown.len(), MOST_CARDS, "passages, the longest,"),
            cards,
            sources: (0..checked.matches.len().min(MOST_SOURCES))
                .map(|at| Source::new(facts, &links, at, reverse))
                .collect(),
            sources_left: left(checked.matches.len(), MOST_SOURCES, &format!("{noun}s")),
            sources_title: count(checked.matches.len(), noun),
            judged: facts.shown.iter().any(|shown| shown.credit().is_some()),
            noun,
            left_out: left_out(checked, report.options),
            pane: Pane { facts, links },
        }
    }

    fn first_sources(&self) -> &[Source] {
        &self.sources[..self.sources.len().min(FIRST_SOURCES)]
    }

    fn more_sources(&self) -> &[Source] {
        &self.sources[self.sources.len().min(FIRST_SOURCES)..]
    }
}

/// How much boilerplate there is, and what the share is the other way.
fn boilerplate(checked: &Checked<'_>, facts: &Facts<'_>, counted: bool) -> Option<String> {
    let figures = &checked.figures;
    let words = figures.boilerplate_words;
    let other = if counted { figures.found_words.saturating_sub(words) } else { figures.found_words + words };
    let share = percent(other as f64 / checked.words.max(1) as f64);
    let passages = count(facts.boilerplate().count(), "passage");
    let with = if counted { "without" } else { "with" };
    (words > 0).then(|| format!("{} in {passages} of boilerplate; {share} {with} it.", count(words, "word")))
}

fn warnings(checked: &Checked<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    text_warnings("The article", checked.folded, &checked.article.decoding, &mut warnings);
    for found in &checked.matches {
        let cuts = found.cut_short.iter();
        warnings.extend(
            cuts.map(|cut| {
                format!("Cut short while at {} with {}: {}", cut.stage, visible(&found.document.id), cut.what)
            }),
        );
    }
    warnings
}

/// The letter of a kind on labels.
const fn initial(kind: Kind) -> char {
    match kind {
        Kind::Verbatim => 'V',
        Kind::Edited => 'E',
        Kind::Reworded => 'R',
    }
}

/// The sign of a class of credit on labels.
const fn sign(class: CreditClass) -> char {
    match class {
        CreditClass::Credited => '✓',
        CreditClass::QuotedAltered => '≠',
        CreditClass::Uncredited => '○',
    }
}

/// The classes of a passage: kind, and credit or boilerplate.
fn classes(shown: &Shown<'_>) -> String {
    let kind = shown.kind().name();
    match credit(shown) {
        _ if shown.boilerplate => format!("{kind} boilerplate"),
        Some(credit) => format!("{kind} {}", credit.name()),
        None => kind.to_owned(),
    }
}

/// The credit of a passage that is no boilerplate.
fn credit(shown: &Shown<'_>) -> Option<CreditClass> {
    shown.credit().filter(|_| !shown.boilerplate)
}

/// A passage's label: `V3 ○`.
fn label(shown: &Shown<'_>) -> String {
    let credit = credit(shown).map(|credit| format!(" {}", sign(credit))).unwrap_or_default();
    format!("{}{}{credit}", initial(shown.kind()), shown.number)
}

/// A passage in words: `verbatim, no credit found near it`.
fn said(shown: &Shown<'_>) -> String {
    let credit = credit(shown).map(|credit| format!(", {}", class(credit))).unwrap_or_default();
    let boilerplate = if shown.boilerplate { ", boilerplate" } else { "" };
    format!("{}{credit}{boilerplate}", shown.likeness())
}

#[cfg(test)]
mod tests;
