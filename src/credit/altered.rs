//! Quotations whose words differ from the source's: where, and which differences are none.

use super::quoted::Quote;
use super::source::Source;
use super::words::tokens;
use crate::change::same_words;
use crate::passage::{Edit, EditOp, Passage};
use crate::quote::is_quoted;
use crate::span::Span;
use crate::text::{Token, Tokenised, tokenise};
use std::ops::Range;

/// Longest difference that is looked at word by word, in bytes of both sides.
const LONGEST: usize = 400;
/// Least share of a quotation's words in a passage that must be the source's for it to be the same quotation.
const SAME: f64 = 0.4;

/// Least share that is no chance.
const CHANCE: f64 = 0.2;

/// A quotation in a passage.
pub(super) struct InPassage<'p> {
    pub text: &'p Tokenised<'p>,
    pub quote: &'p Quote,
    pub passage: &'p Passage,
    pub source: &'p Source<'p>,
}

impl InPassage<'_> {
    /// Where the words between the marks are not those of the source: bytes of the article and of the source. Cost: linear in the
    /// edits of the quotation, logarithmic in those of the passage.
    pub(super) fn differences(&self) -> Vec<(Span, Span)> {
        let edits = self.edits();
        let matched = |edit: &Edit| if edit.op == EditOp::Equal { self.inside(edit.a).len() } else { 0 };
        let all = self.inside(self.passage.a).len();
        let same: usize = edits.iter().map(matched).sum();
        if (same as f64) < SAME * all as f64 {
            let reworded = same > 0 && same as f64 >= CHANCE * all as f64;
            return if reworded { vec![(self.bytes(self.passage.a), self.hull(edits))] } else { Vec::new() };
        }
        let differs = edits.iter().filter(|edit| edit.op != EditOp::Equal && !self.is_trivial(edit));
        differs.map(|edit| (self.bytes(edit.a), edit.b)).collect()
    }

    /// The edits of the passage that reach into the quotation.
    fn edits(&self) -> &[Edit] {
        let (edits, span) = (&self.passage.edits, self.quote.span);
        let first = edits.partition_point(|edit| edit.a.end < span.start);
        let count = edits[first..].partition_point(|edit| edit.a.start < span.end);
        &edits[first..first + count]
    }

    /// Bytes of the source from the first edit to the last.
    fn hull(&self, edits: &[Edit]) -> Span {
        let (first, last) = (edits.first(), edits.last());
        Span::new(first.map_or(0, |edit| edit.b.start), last.map_or(0, |edit| edit.b.end))
    }

    /// The quotation's tokens in a span.
    fn inside(&self, span: Span) -> Range<u32> {
        let (in_span, quote) = (tokens(self.text, span), &self.quote.tokens);
        let start = in_span.start.max(quote.start);
        start..in_span.end.min(quote.end).max(start)
    }

    /// The part of a span that is in the quotation.
    fn bytes(&self, span: Span) -> Span {
        let inside = self.inside(span);
        if inside.is_empty() {
            return span;
        }
        Span::new(self.text.span(inside.start as usize).start, self.text.span(inside.end as usize - 1).end)
    }

    /// Whether an edit changes none of the words quoted.
    fn is_trivial(&self, edit: &Edit) -> bool {
        let inside = self.inside(edit.a);
        let own: Vec<u32> = inside.clone().filter(|&token| !self.is_bracketed(token)).collect();
        if own.is_empty() {
            return !inside.is_empty() || !self.is_omission(edit);
        }
        if edit.b.is_empty() && self.slides_in(edit.a, &inside) {
            return true;
        }
        let (a, b) = (self.bytes(edit.a), edit.b.of(self.source.text));
        if a.len() + b.len() > LONGEST {
            return false;
        }
        let whole = inside.len() == tokens(self.text, edit.a).len();
        let words: Vec<Token> = own.iter().map(|&token| self.text.tokens[token as usize]).collect();
        let of_source = tokenise(b).tokens;
        // Where the edit goes on outside of the marks, the words inside may be some of the source's.
        let part = !whole && of_source.windows(words.len()).any(|stretch| stretch == words);
        let omitted = self.has_omission(&inside) && is_subsequence(&words, &of_source);
        part || omitted
            || words == of_source
            || (own.len() == inside.len() && whole && same_words(a.of(self.text.text), b))
    }

    /// Whether words of the source are missing between two quoted words without a sign of it.
    fn is_omission(&self, edit: &Edit) -> bool {
        let at = self.text.places.partition_point(|&(start, _)| (start as usize) < edit.a.start) as u32;
        // An edit that is not empty stands beside the quotation: words between its two halves.
        if at <= self.quote.tokens.start || at >= self.quote.tokens.end || edit.b.is_empty() || !edit.a.is_empty() {
            return false;
        }
        let gap = Span::new(self.text.span(at as usize - 1).end, self.text.span(at as usize).start);
        !is_elliptic(gap.of(self.text.text)) && !self.is_beside_speech(edit.b) && !self.slides_out(edit.b, at)
    }

    /// Whether words of the source that are missing before token `at` may as well be missing outside of the quotation: "the plan"
    /// of "the council heard that the plan" has its "the" from either place.
    fn slides_out(&self, b: Span, at: u32) -> bool {
        let tokens = |range: Range<u32>| &self.text.tokens[range.start as usize..range.end as usize];
        if b.len() > LONGEST {
            return false;
        }
        let missing = tokenise(b.of(self.source.text)).tokens;
        let quote = &self.quote.tokens;
        missing.ends_with(tokens(quote.start..at)) || missing.starts_with(tokens(at..quote.end))
    }

    /// Whether words more, of which `inside` are quoted, may as well all stand outside of the quotation: of "The mayor spoke. 'The
    /// plan" either "The" may be the source's.
    fn slides_in(&self, a: Span, inside: &Range<u32>) -> bool {
        let more = tokens(self.text, a);
        let len = inside.end - inside.start;
        let words = |from: u32| self.text.tokens.get(from as usize..(from + len) as usize);
        let before = more.start >= len && inside.end == more.end && words(more.start - len) == words(inside.start);
        let after = inside.start == more.start && words(more.end) == words(inside.start);
        len < more.end - more.start && (before || after)
    }

    /// Whether words of the source stand outside of its quotation, or in its own brackets.
    fn is_beside_speech(&self, b: Span) -> bool {
        let bracketed = within_brackets(self.source.text, b);
        bracketed || (self.is_speech_around(b) && !is_quoted(self.source.quotations(), b))
    }

    /// Whether a quotation of the source ends before the words and another begins after them.
    fn is_speech_around(&self, b: Span) -> bool {
        const NEAR: usize = 4;
        let quotations = self.source.quotations();
        let after = quotations.partition_point(|quotation| quotation.span.end <= b.start + NEAR);
        let before = after.checked_sub(1).is_some_and(|at| b.start <= quotations[at].span.end + NEAR);
        before && quotations.get(after).is_some_and(|next| next.span.start <= b.end + NEAR)
    }

    /// Whether a token stands in brackets inside the quotation: what an editor put in.
    fn is_bracketed(&self, token: u32) -> bool {
        within_brackets(self.text.text, self.text.span(token as usize))
    }

    /// Whether signs of an omission stand among or beside the tokens.
    fn has_omission(&self, inside: &Range<u32>) -> bool {
        let start = inside.start.checked_sub(1).map_or(0, |at| self.text.span(at as usize).end);
        let end = self.text.places.get(inside.end as usize).map_or(self.text.text.len(), |&(start, _)| start as usize);
        is_elliptic(&self.text.text[start..end])
    }
}

fn is_elliptic(text: &str) -> bool {
    text.contains("...") || text.contains('…') || text.contains(". . .") || text.contains("⋯") || text.contains("···")
}

fn is_subsequence(words: &[Token], of: &[Token]) -> bool {
    let mut rest = of.iter();
    words.iter().all(|word| rest.any(|other| other == word))
}

/// Whether a span stands inside brackets that open and close near it.
fn within_brackets(text: &str, span: Span) -> bool {
    const REACH: usize = 120;
    let before = &text[text.ceil_char_boundary(span.start.saturating_sub(REACH))..span.start];
    let after = &text[span.end..text.floor_char_boundary(span.end + REACH)];
    let (opens, closes) = (['[', '(', '（', '［', '〔', '【'], [']', ')', '）', '］', '〕', '】']);
    let opened = before.rfind(opens).is_some_and(|at| before.rfind(closes).is_none_or(|closed| closed < at));
    let closed = after.find(closes).is_some_and(|at| after.find(opens).is_none_or(|opens| at < opens));
    opened && closed
}
