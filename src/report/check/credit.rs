//! The credit of a passage, for machines.

use crate::check::{Checked, Match, MatchedPassage};
use crate::credit::{CreditClass, Evidence, EvidenceKind};
use crate::report::chars::Counted;
use serde::Serialize;

/// What credit was found, and what it rests on. Without a class where that was not asked.
#[derive(Default, Serialize)]
pub(super) struct CreditRecord<'c> {
    credit: Option<CreditClass>,
    evidence: Vec<EvidenceRecord<'c>>,
}

impl<'c> CreditRecord<'c> {
    pub fn new(checked: &'c Checked<'_>, found: &Match, matched: &MatchedPassage) -> Self {
        let evidence = matched.credit.iter().flat_map(|credit| &credit.evidence);
        Self {
            credit: matched.credit.as_ref().map(|credit| credit.class),
            evidence: evidence.map(|evidence| EvidenceRecord::new(checked, found, evidence)).collect(),
        }
    }
}

/// Words of the article; with a place in the document, words of a quotation that differ from those there.
#[derive(Serialize)]
struct EvidenceRecord<'c> {
    what: EvidenceKind,
    a_start: usize,
    a_end: usize,
    text: &'c str,
    b_start: Option<usize>,
    b_end: Option<usize>,
}

impl<'c> EvidenceRecord<'c> {
    fn new(checked: &'c Checked<'_>, found: &Match, evidence: &Evidence) -> Self {
        let (a_start, a_end) = Counted::from(checked).place(evidence.article);
        let (b_start, b_end) = evidence.source.map(|span| Counted::from(found).place(span)).unzip();
        Self { what: evidence.what, a_start, a_end, text: evidence.article.of(&checked.article.text), b_start, b_end }
    }
}
