//! An article made ready: read once, so that judging a passage of it is cheap.

use super::altered::InPassage;
use super::cue::{Cues, Phrase};
use super::evidence::{Credit, CreditClass, Evidence, EvidenceKind};
use super::line::{Line, credit_lines};
use super::link::{Link, links};
use super::names::{Name, Names};
use super::naming::stands;
use super::near::{Near, near, paragraphs};
use super::quoted::{Quote, quotes};
use super::source::Source;
use super::words::{Hit, Words, tokens};
use crate::document::Document;
use crate::passage::{EditOp, Passage};
use crate::quote::quotations;
use crate::span::Span;
use crate::text::tokenise;
use std::ops::Range;

/// Share of a passage's words that must stand in quotation marks for it to be quoted.
const QUOTED: f64 = 0.6;
/// Most places of one name that are listed.
const MOST: usize = 4;
/// Most places of one name that are looked at.
const LOOKED_AT: usize = 64;

/// An article made ready for [`judge`](Self::judge): its words, quotations, credit lines and links.
#[derive(Debug)]
pub struct Article<'d> {
    pub(super) words: Words<'d>,
    pub(super) cues: Cues,
    /// Sentences that begin a paragraph.
    paragraphs: Vec<usize>,
    quotes: Vec<Quote>,
    lines: Vec<Line>,
    links: Vec<Link>,
    /// What its own outlet is called.
    own: Names,
}

impl<'d> Article<'d> {
    /// Reads the text of `article` once. Cost: linear, and a sort of its words.
    ///
    /// Panics when the text is longer than 4 GiB; readers refuse such files.
    pub fn new(article: &'d Document) -> Self {
        let text = tokenise(&article.text);
        let cues = Cues::read(&text);
        let quotes = quotes(&text, &quotations(&article.text), &cues);
        let (lines, paragraphs) = (credit_lines(&text, &cues), paragraphs(&text));
        let mut own = Names::default();
        own.read(article);
        Self { words: Words::new(text), cues, paragraphs, quotes, lines, links: links(&article.text), own }
    }

    /// What credit the article gives for `passage`, whose side A is the article and whose side B is the text of `source`.
    ///
    /// Cost: logarithmic in the article, and linear in the edits of the passage and the quotations in it.
    pub fn judge(&self, passage: &Passage, source: &Source<'_>) -> Credit {
        let near = near(&self.words.text, &self.paragraphs, passage.a);
        let names = source.names.names.iter().filter(|name| self.words.has(&name.tokens)).collect();
        let mut finding = Finding { article: self, source, names, passage, evidence: Vec::new() };
        let named = [finding.lines(), finding.names(&near), finding.own(&near), finding.links(&near)].contains(&true);
        let quotes = finding.quotes(&near.passage, named);
        finding.unnamed(&near);
        let (quoted, differ) = (finding.is_quoted(&near.passage, &quotes), finding.differences(&quotes));
        let class = match (quoted || named, differ) {
            (true, true) => CreditClass::QuotedAltered,
            (true, false) => CreditClass::Credited,
            (false, _) => CreditClass::Uncredited,
        };
        let mut evidence = finding.evidence;
        evidence.sort_unstable_by_key(|found| (found.article, found.what, found.source));
        evidence.dedup();
        Credit { class, evidence }
    }
}

/// What is found for one passage.
struct Finding<'f> {
    article: &'f Article<'f>,
    source: &'f Source<'f>,
    /// Names of the source that the article may have.
    names: Vec<&'f Name>,
    passage: &'f Passage,
    evidence: Vec<Evidence>,
}

impl<'f> Finding<'f> {
    fn add(&mut self, what: EvidenceKind, article: Span) {
        self.evidence.push(Evidence { what, article, source: None });
    }

    /// Credit lines that name the source's outlet or agency, or its site.
    fn lines(&mut self) -> bool {
        let article = self.article;
        let outlets = || {
            let names = self.names.iter();
            names.filter(|name| matches!(name.kind, EvidenceKind::SourceNamed | EvidenceKind::AgencyNamed))
        };
        let named = |line: &Line| {
            outlets().any(|name| {
                let hits = article.words.find(&name.tokens, line.tokens.clone()).take(LOOKED_AT);
                let mut hits = hits.filter(|hit| stands(article, name, hit));
                hits.any(|hit| line.credits(&article.words.text, &hit.tokens))
            })
        };
        let linked = |line: &Line| {
            let mut links = self.links_in(line.span).iter();
            links.any(|link| self.source.names.domains.contains(&link.domain))
        };
        let found: Vec<Span> =
            article.lines.iter().filter(|line| named(line) || linked(line)).map(|line| line.span).collect();
        let inner = |span: &Span| {
            !found.iter().any(|other| other != span && span.start <= other.start && other.end <= span.end)
        };
        let narrow: Vec<Span> = found.iter().copied().filter(inner).collect();
        narrow.into_iter().for_each(|span| self.add(EvidenceKind::CreditLine, span));
        !found.is_empty()
    }

    /// The links that begin in a span.
    fn links_in(&self, span: Span) -> &'f [Link] {
        let links = &self.article.links;
        let first = links.partition_point(|link| link.span.start < span.start);
        let count = links[first..].partition_point(|link| link.span.start < span.end);
        &links[first..first + count]
    }

    /// Names of the source near the passage.
    fn names(&mut self, near: &Near) -> bool {
        let (article, lines) = (self.article, self.evidence.len());
        let mut named = false;
        for &name in &self.names.clone() {
            let hits = near.ranges.iter().flat_map(|range| article.words.find(&name.tokens, range.clone()));
            let hits = hits.take(LOOKED_AT);
            let counts = |hit: &Hit| {
                let outside = hit.tokens.end <= near.passage.start || hit.tokens.start >= near.passage.end;
                let linked = self.links_around(hit.span);
                (outside || name.kind != EvidenceKind::TitleNamed) && !linked && stands(article, name, hit)
            };
            let spans: Vec<Span> = hits.filter(counts).map(|hit| hit.span).take(MOST).collect();
            named |= !spans.is_empty();
            spans.into_iter().for_each(|span| self.add(name.kind, span));
        }
        self.without_shorter(lines);
        named
    }

    /// "This newspaper" near the passage, where article and source are from one outlet.
    fn own(&mut self, near: &Near) -> bool {
        let outlet = |name: &&Name| matches!(name.kind, EvidenceKind::SourceNamed | EvidenceKind::AgencyNamed);
        let theirs = || self.source.names.names.iter().filter(outlet);
        let same =
            self.article.own.names.iter().filter(outlet).any(|own| theirs().any(|name| name.tokens == own.tokens));
        let cues = near.ranges.iter().flat_map(|range| self.article.cues.within(range));
        let own = cues.filter(|cue| same && cue.phrase == Phrase::Own).take(MOST);
        let spans: Vec<Span> = own.map(|cue| cue.span).collect();
        spans.iter().for_each(|&span| self.add(EvidenceKind::SourceNamed, span));
        !spans.is_empty()
    }

    /// Of names that lie in others found at the same place the longest stays.
    fn without_shorter(&mut self, from: usize) {
        let mut names = self.evidence.split_off(from);
        names.sort_unstable_by_key(|found| (found.article.start, usize::MAX - found.article.end, found.what));
        let mut end = 0;
        names.retain(|found| {
            let outer = found.article.start >= end;
            end = end.max(found.article.end);
            outer
        });
        self.evidence.append(&mut names);
    }

    /// Whether a span is part of an address.
    fn links_around(&self, span: Span) -> bool {
        let links = &self.article.links;
        let after = links.partition_point(|link| link.span.start <= span.start);
        after.checked_sub(1).is_some_and(|at| links[at].span.end >= span.end)
    }

    /// Links to the source near the passage.
    fn links(&mut self, near: &Near) -> bool {
        let spans = near.ranges.iter().map(|range| self.article.words.span(range));
        let links = spans.flat_map(|span| self.links_in(span));
        let to_source = links.filter(|link| self.source.names.domains.contains(&link.domain)).take(MOST);
        let found: Vec<Span> = to_source.map(|link| link.span).collect();
        found.iter().for_each(|&span| self.add(EvidenceKind::Link, span));
        !found.is_empty()
    }

    /// The quotations in the passage that are given to someone, or that stand where the source is named.
    fn quotes(&mut self, passage: &Range<u32>, named: bool) -> Vec<&'f Quote> {
        let quotes = &self.article.quotes;
        let first = quotes.partition_point(|quote| quote.tokens.end <= passage.start);
        let here = quotes[first..].iter().take_while(|quote| quote.tokens.start < passage.end);
        let given: Vec<&Quote> = here.filter(|quote| named || quote.speaker.is_some()).collect();
        for quote in &given {
            self.add(EvidenceKind::Quotation, quote.span);
            if let Some(speaker) = quote.speaker {
                self.add(EvidenceKind::Attribution, speaker);
            }
        }
        given
    }

    /// Attributions near the passage that name nobody.
    fn unnamed(&mut self, near: &Near) {
        let cues = near.ranges.iter().flat_map(|range| self.article.cues.within(range));
        let unnamed = cues.filter(|cue| cue.phrase == Phrase::Unnamed).take(MOST);
        let spans: Vec<Span> = unnamed.map(|cue| cue.span).collect();
        spans.into_iter().for_each(|span| self.add(EvidenceKind::Attribution, span));
    }

    /// Whether most of the words shared stand in the quotations, the words that say who speaks not counted.
    fn is_quoted(&self, passage: &Range<u32>, quotes: &[&Quote]) -> bool {
        if quotes.is_empty() {
            return false;
        }
        let text = &self.article.words.text;
        let equal = self.passage.edits.iter().filter(|edit| edit.op == EditOp::Equal);
        let mut shared: Vec<Range<u32>> = equal.map(|edit| tokens(text, edit.a)).collect();
        if shared.iter().all(Range::is_empty) {
            shared = vec![passage.clone()];
        }
        let common = |ranges: &[&Range<u32>]| -> usize { overlap(&shared, ranges) };
        let all: usize = shared.iter().map(Range::len).sum();
        let inside = common(&quotes.iter().map(|quote| &quote.tokens).collect::<Vec<_>>());
        let asides = common(&quotes.iter().flat_map(|quote| &quote.asides).collect::<Vec<_>>());
        inside as f64 >= QUOTED * all.saturating_sub(asides) as f64
    }

    /// Whether words in the quotations differ from the source's, and where.
    fn differences(&mut self, quotes: &[&Quote]) -> bool {
        let source_quotations = || self.source.quotations();
        let text = &self.article.words.text;
        let found: Vec<(Span, Span)> = quotes
            .iter()
            .flat_map(|quote| {
                let source = self.source.text;
                let (passage, source_quotations) = (self.passage, &source_quotations as &dyn Fn() -> _);
                InPassage { text, quote, passage, source, source_quotations }.differences()
            })
            .collect();
        let differ = found.iter().map(|&(article, source)| Evidence {
            what: EvidenceKind::Quotation,
            article,
            source: Some(source),
        });
        self.evidence.extend(differ);
        !found.is_empty()
    }
}

/// How many tokens two lists of ranges have in common. The first is in order and has no overlaps; of the second, ranges that
/// overlap count once each. Cost: the longer list times the logarithm of the other.
fn overlap(shared: &[Range<u32>], ranges: &[&Range<u32>]) -> usize {
    let one = |range: &&Range<u32>| -> usize {
        let first = shared.partition_point(|other| other.end <= range.start);
        let here = shared[first..].iter().take_while(|other| other.start < range.end);
        here.map(|other| (other.end.min(range.end).saturating_sub(other.start.max(range.start))) as usize).sum()
    };
    ranges.iter().filter(|range| !range.is_empty()).map(one).sum()
}
