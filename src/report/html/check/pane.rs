//! The article, complete: every passage tinted and linked to its best source, and what speaks for a credit marked.

use super::links::Links;
use super::{classes, label, said};
use crate::credit::EvidenceKind;
use crate::report::check::facts::{Facts, Shown};
use crate::report::html::fragments::Fragments;
use crate::report::html::marks::{Marks, Place};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The text of the article.
pub(super) struct Pane<'c> {
    pub facts: &'c Facts<'c>,
    pub links: Links,
}

impl fmt::Display for Pane<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Fragments::new(f, &self.facts.checked.article.text, Marks::of(places(self.facts)));
        let mut labelled = vec![false; self.facts.shown.len()];
        for (span, group) in self.facts.tiles() {
            match group {
                None => out.begin("class=\"s\"".to_owned(), String::new()),
                Some(group) => {
                    let shown = &self.facts.shown[group];
                    let first = !std::mem::replace(&mut labelled[group], true);
                    let label = if first { self.label(shown) } else { String::new() };
                    out.begin(format!("class=\"s {}\" data-p=\"{}\"", classes(shown), shown.number), label);
                }
            }
            out.piece(span, None)?;
            out.end_segment()?;
        }
        out.end()?;
        out.end_line()
    }
}

impl Pane<'_> {
    /// A link to the passage beside its source.
    fn label(&self, shown: &Shown<'_>) -> String {
        let (article, number) = (self.links.article, shown.number);
        format!(
            "<a class=\"tag\" id=\"p{article}-{number}\" href=\"{}\" data-n=\"{}\" \
             aria-label=\"passage {number}, {}; to its source\"></a>",
            self.links.card(number),
            label(shown),
            said(shown)
        )
    }
}

/// Where the article has what speaks for a credit, with the passages that it speaks for.
fn places(facts: &Facts<'_>) -> Vec<Place> {
    let mut found: BTreeMap<Span, (BTreeSet<EvidenceKind>, BTreeSet<usize>)> = BTreeMap::new();
    for shown in &facts.shown {
        for evidence in shown.best.credit.iter().flat_map(|credit| &credit.evidence) {
            let (kinds, numbers) = found.entry(evidence.article).or_default();
            kinds.insert(evidence.what);
            numbers.insert(shown.number);
        }
    }
    found.into_iter().map(|(span, (kinds, numbers))| place(span, &kinds, &numbers)).collect()
}

fn place(span: Span, kinds: &BTreeSet<EvidenceKind>, numbers: &BTreeSet<usize>) -> Place {
    let title: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
    let numbers: Vec<_> = numbers.iter().map(usize::to_string).collect();
    let class = match kinds.iter().all(|&kind| kind == EvidenceKind::Quotation) {
        true if span.is_empty() => "e missing",
        true => "e quotation",
        false => "e",
    };
    let attributes = format!(" class=\"{class}\" data-e=\"{}\" title=\"{}\"", numbers.join(" "), title.join(", "));
    Place { span, id: String::new(), attributes }
}
