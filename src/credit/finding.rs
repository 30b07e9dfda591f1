//! What speaks for a credit of one passage.

use super::altered::InPassage;
use super::article::Article;
use super::cue::Phrase;
use super::evidence::{Evidence, EvidenceKind};
use super::line::Line;
use super::names::Name;
use super::naming::stands;
use super::near::Near;
use super::quoted::Quote;
use super::source::Source;
use super::words::{Hit, tokens};
use crate::passage::{EditOp, Passage};
use crate::span::Span;
use std::ops::Range;

/// Share of a passage's words that must stand in quotation marks for it to be quoted.
const QUOTED: f64 = 0.6;
/// Most places of one name that are listed.
const MOST: usize = 4;
/// Most places of one name that are looked at.
const LOOKED_AT: usize = 64;

/// What is found for one passage.
pub(super) struct Finding<'f> {
    article: &'f Article<'f>,
    source: &'f Source<'f>,
    passage: &'f Passage,
    /// Names of the source that the article may have.
    names: Vec<&'f Name>,
    /// Tokens of the article that are the source's, in order.
    shared: Vec<Range<u32>>,
    pub evidence: Vec<Evidence>,
}

impl<'f> Finding<'f> {
    pub(super) fn new(article: &'f Article<'f>, source: &'f Source<'f>, passage: &'f Passage) -> Self {
        let names = source.names.names.iter().filter(|name| article.words.has(&name.tokens)).collect();
        let equal = passage.edits.iter().filter(|edit| edit.op == EditOp::Equal);
        let shared = equal.map(|edit| tokens(&article.words.text, edit.a)).filter(|range| !range.is_empty()).collect();
        Self { article, source, passage, names, shared, evidence: Vec::new() }
    }

    fn add(&mut self, what: EvidenceKind, spans: impl IntoIterator<Item = Span>) -> bool {
        let before = self.evidence.len();
        self.evidence.extend(spans.into_iter().map(|article| Evidence { what, article, source: None }));
        self.evidence.len() > before
    }

    /// Whether the source is named: in a credit line, near the passage, or by a link near it.
    pub(super) fn is_named(&mut self, near: &Near) -> bool {
        if self.names.is_empty() && !self.article.has_links() {
            return self.own(near);
        }
        [self.lines(), self.named(near), self.own(near), self.links(near)].contains(&true)
    }

    /// Credit lines that name the source's outlet or agency, or its site.
    fn lines(&mut self) -> bool {
        let credits = |line: &&Line| self.is_named_in(line) || self.is_linked_in(line.span);
        let found: Vec<Span> = self.article.lines().iter().filter(credits).map(|line| line.span).collect();
        let narrow = found.iter().filter(|span| !found.iter().any(|other| other != *span && span.holds(*other)));
        self.add(EvidenceKind::CreditLine, narrow.copied())
    }

    fn is_named_in(&self, line: &Line) -> bool {
        self.names.iter().filter(|name| is_outlet(name)).any(|name| {
            let hits = self.article.words.find(&name.tokens, line.tokens.clone()).take(LOOKED_AT);
            let mut hits = hits.filter(|hit| stands(self.article, name, hit));
            hits.any(|hit| line.credits(&self.article.words.text, &hit.tokens))
        })
    }

    fn is_linked_in(&self, span: Span) -> bool {
        self.article.links_in(span).iter().any(|link| self.source.names.domains.contains(&link.domain))
    }

    /// Names of the source near the passage.
    fn named(&mut self, near: &Near) -> bool {
        let mut found = Vec::new();
        for name in &self.names {
            let hits = near.ranges.iter().flat_map(|range| self.article.words.find(&name.tokens, range.clone()));
            let hits = hits.take(LOOKED_AT).filter(|hit| self.counts(name, hit)).take(MOST);
            found.extend(hits.map(|hit| (hit.span, name.kind)));
        }
        // Of names that lie in others the longest stays.
        found.sort_unstable_by_key(|&(span, kind)| (span.start, usize::MAX - span.end, kind));
        let mut end = 0;
        found.retain(|&(span, _)| {
            let outer = span.start >= end;
            end = end.max(span.end);
            outer
        });
        found.into_iter().fold(false, |any, (span, kind)| self.add(kind, [span]) || any)
    }

    /// Whether a name counts where it stands. A title must not be among the words shared: they may be the title itself.
    fn counts(&self, name: &Name, hit: &Hit) -> bool {
        let shared = || 2 * overlap(&self.shared, [&hit.tokens]) > hit.tokens.len();
        let title = name.kind == EvidenceKind::TitleNamed && shared();
        !title && !self.article.is_in_link(hit.span) && stands(self.article, name, hit)
    }

    /// "This newspaper" near the passage, where article and source are from one outlet.
    fn own(&mut self, near: &Near) -> bool {
        let theirs = || self.source.names.names.iter().filter(|name| is_outlet(name));
        let mut ours = self.article.own.names.iter().filter(|name| is_outlet(name));
        if !ours.any(|own| theirs().any(|name| name.tokens == own.tokens)) {
            return false;
        }
        let spans = self.phrases(near, Phrase::Own);
        self.add(EvidenceKind::SourceNamed, spans)
    }

    /// The first places near the passage where such a phrase stands.
    fn phrases(&self, near: &Near, phrase: Phrase) -> Vec<Span> {
        let cues = near.ranges.iter().flat_map(|range| self.article.cues.within(&self.article.words.text, range));
        cues.filter(|cue| cue.phrase == phrase).map(|cue| cue.span).take(MOST).collect()
    }

    /// Links to the source near the passage.
    fn links(&mut self, near: &Near) -> bool {
        let (article, domains) = (self.article, &self.source.names.domains);
        let links = near.ranges.iter().flat_map(|range| article.links_in(article.words.span(range)));
        let to_source = links.filter(|link| domains.contains(&link.domain)).take(MOST);
        self.add(EvidenceKind::Link, to_source.map(|link| link.span))
    }

    /// The quotations of words shared that are given to someone, or that stand where the source is named.
    pub(super) fn quotes(&mut self, passage: &Range<u32>, named: bool) -> Vec<&'f Quote> {
        let article = self.article;
        let shared = |quote: &&Quote| overlap(&self.shared, [&quote.tokens]) > 0 && !self.is_title(quote);
        let given = article.quotes_in(passage).iter().filter(|quote| named || quote.speaker.is_some());
        let given: Vec<&Quote> = given.filter(shared).collect();
        self.add(EvidenceKind::Quotation, given.iter().map(|quote| quote.span));
        self.add(EvidenceKind::Attribution, given.iter().filter_map(|quote| quote.speaker));
        given
    }

    /// Whether what is quoted is the title of the source.
    fn is_title(&self, quote: &Quote) -> bool {
        let inside = &self.article.words.text.tokens[quote.tokens.start as usize..quote.tokens.end as usize];
        self.names.iter().any(|name| name.kind == EvidenceKind::TitleNamed && *name.tokens == *inside)
    }

    /// Attributions near the passage that name nobody.
    pub(super) fn unnamed(&mut self, near: &Near) {
        let spans = self.phrases(near, Phrase::Unnamed);
        self.add(EvidenceKind::Attribution, spans);
    }

    /// Whether most of the words shared stand in the quotations, the words that say who speaks not counted.
    pub(super) fn is_quoted(&self, quotes: &[&Quote]) -> bool {
        let all: usize = self.shared.iter().map(Range::len).sum();
        let inside = overlap(&self.shared, quotes.iter().map(|quote| &quote.tokens));
        let asides = overlap(&self.shared, quotes.iter().flat_map(|quote| &quote.asides));
        inside > 0 && inside as f64 >= QUOTED * all.saturating_sub(asides) as f64
    }

    /// Whether words in the quotations differ from the source's, and where.
    pub(super) fn differences(&mut self, quotes: &[&Quote]) -> bool {
        let before = self.evidence.len();
        for &quote in quotes {
            let (text, passage, source) = (&self.article.words.text, self.passage, self.source);
            let found = InPassage { text, quote, passage, source }.differences().into_iter();
            let what = EvidenceKind::Quotation;
            self.evidence.extend(found.map(|(article, source)| Evidence { what, article, source: Some(source) }));
        }
        self.evidence.len() > before
    }
}

/// Whether a name is of an outlet or agency.
fn is_outlet(name: &Name) -> bool {
    matches!(name.kind, EvidenceKind::SourceNamed | EvidenceKind::AgencyNamed)
}

/// How many tokens of `ranges` are in `shared`, which is in order and has no overlaps. Cost: the ranges times the logarithm of
/// `shared`, and the overlaps.
fn overlap<'r>(shared: &[Range<u32>], ranges: impl IntoIterator<Item = &'r Range<u32>>) -> usize {
    let one = |range: &Range<u32>| -> usize {
        let first = shared.partition_point(|other| other.end <= range.start);
        let here = shared[first..].iter().take_while(|other| other.start < range.end);
        here.map(|other| other.end.min(range.end).saturating_sub(other.start.max(range.start)) as usize).sum()
    };
    ranges.into_iter().filter(|range| !range.is_empty()).map(one).sum()
}
