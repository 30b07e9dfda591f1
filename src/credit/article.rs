//! An article made ready: read once, so that judging a passage of it is cheap.

use super::cue::Cues;
use super::evidence::{Credit, CreditClass};
use super::finding::Finding;
use super::line::{Line, credit_lines};
use super::link::{Link, links};
use super::names::Names;
use super::near::{near, paragraphs};
use super::quoted::{Quote, quotes};
use super::source::Source;
use super::words::Words;
use crate::document::Document;
use crate::passage::Passage;
use crate::quote::{Quotation, quotations};
use crate::span::Span;
use crate::text::tokenise;
use std::ops::Range;
use std::sync::OnceLock;

/// An article made ready for [`judge`](Self::judge). What only some passages ask for is read when the first one does.
#[derive(Debug)]
pub struct Article<'d> {
    pub(super) words: Words<'d>,
    pub(super) cues: Cues,
    /// Sentences that begin a paragraph.
    paragraphs: Vec<usize>,
    quotations: Vec<Quotation>,
    quotes: OnceLock<Vec<Quote>>,
    lines: OnceLock<Vec<Line>>,
    links: Vec<Link>,
    /// What its own outlet is called.
    pub(super) own: Names,
}

impl<'d> Article<'d> {
    /// Reads the text of `article` once. Cost: linear, and a sort of its words.
    ///
    /// Panics when the text is longer than 4 GiB; readers refuse such files.
    pub fn new(article: &'d Document) -> Self {
        let text = tokenise(&article.text);
        let (cues, paragraphs) = (Cues::new(&text), paragraphs(&text));
        let mut own = Names::default();
        own.read(article);
        Self {
            words: Words::new(text),
            cues,
            paragraphs,
            quotations: quotations(&article.text),
            quotes: OnceLock::new(),
            lines: OnceLock::new(),
            links: links(&article.text),
            own,
        }
    }

    /// What credit the article gives for `passage`, whose side A is the article and whose side B is the text of `source`.
    ///
    /// Cost: logarithmic in the article, and linear in the edits of the passage and the quotations in it.
    pub fn judge(&self, passage: &Passage, source: &Source<'_>) -> Credit {
        let near = near(&self.words.text, &self.paragraphs, passage.a);
        let mut finding = Finding::new(self, source, passage);
        let named = finding.is_named(&near);
        let quotes = finding.quotes(&near.passage, named);
        finding.unnamed(&near);
        let (quoted, differ) = (finding.is_quoted(&quotes), finding.differences(&quotes));
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

    /// The links that begin in a span.
    pub(super) fn links_in(&self, span: Span) -> &[Link] {
        let first = self.links.partition_point(|link| link.span.start < span.start);
        let count = self.links[first..].partition_point(|link| link.span.start < span.end);
        &self.links[first..first + count]
    }

    /// Whether a span is part of an address.
    pub(super) fn is_in_link(&self, span: Span) -> bool {
        let after = self.links.partition_point(|link| link.span.start <= span.start);
        after.checked_sub(1).is_some_and(|at| self.links[at].span.end >= span.end)
    }

    /// Whether there is any address.
    pub(super) fn has_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// The quotations that have a word in `tokens`.
    pub(super) fn quotes_in(&self, tokens: &Range<u32>) -> &[Quote] {
        if self.quotations.is_empty() || tokens.is_empty() {
            return &[];
        }
        let quotes = self.quotes.get_or_init(|| quotes(&self.words.text, &self.quotations, &self.cues));
        let first = quotes.partition_point(|quote| quote.tokens.end <= tokens.start);
        let count = quotes[first..].partition_point(|quote| quote.tokens.start < tokens.end);
        &quotes[first..first + count]
    }

    /// Its credit lines, whatever they name.
    pub(super) fn lines(&self) -> &[Line] {
        self.lines.get_or_init(|| credit_lines(&self.words.text, &self.cues))
    }
}
