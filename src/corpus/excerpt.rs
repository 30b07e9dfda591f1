//! Excerpts: the sentences of two documents around what they share, where that is little of them.
//!
//! A pair that shares one stretch is compared there, with some words on either side, and not from end to end: the work for a pair
//! follows what it shares. A document that holds a sentence of every other would else be gone through as often as there are others.

use super::candidate::SharedStretch;
use super::pairs::Pair;
use super::stretch::Stretch;
use crate::compare::ReadDocument;
use crate::document::Document;
use crate::draft::SHORT;
use crate::shingle::ShingleSize;
use crate::span::Span;
use crate::text::Token;
use std::ops::Range;

/// A document as it is compared, with how many shingles it has.
#[derive(Debug)]
pub(super) struct Whole<'w> {
    pub read: ReadDocument<'w>,
    shingles: usize,
}

impl<'w> Whole<'w> {
    /// Cost: linear.
    pub(super) fn new(document: &'w Document, size: ShingleSize) -> Self {
        let read = ReadDocument::new(document);
        Self { shingles: shingle_count(&read.text.tokens, size), read }
    }

    /// The bytes of a stretch of tokens.
    fn bytes(&self, start: u32, end: u32) -> Span {
        self.read.text.span_of(&(start..end))
    }

    /// The sentence that token `token` lies in.
    fn sentence(&self, token: u32) -> Span {
        let text = &self.read.text;
        text.sentences[text.sentence_of(token)].span
    }
}

/// The sentences from `margin` tokens before the tokens `within` to `margin` tokens after them, of a text of `tokens` tokens and
/// `bytes` bytes: all of it where that takes every token in, and of a short text, which may be a passage whole. `sentence`: the
/// sentence of a token.
pub(crate) fn around(
    within: Range<u32>,
    margin: u32,
    (tokens, bytes): (u32, usize),
    sentence: impl Fn(u32) -> Span,
) -> Span {
    let (from, to) = (within.start.saturating_sub(margin), within.end.saturating_add(margin).min(tokens));
    match (from, to) == (0, tokens) || tokens as usize <= SHORT {
        true => Span::new(0, bytes),
        false => Span::new(sentence(from).start, sentence(to - 1).end),
    }
}

/// How many shingles some tokens have.
pub(super) fn shingle_count(tokens: &[Token], size: ShingleSize) -> usize {
    let size = size.at_most(tokens.len());
    let last = tokens.len().saturating_sub(size.words.max(size.characters));
    let fits = |at: &usize| at + size.of(tokens[*at]) <= tokens.len();
    last + (last..tokens.len()).filter(fits).count()
}

/// A side of a pair, cut down to what is compared.
#[derive(Debug)]
pub(super) struct Cut {
    /// The excerpt, under the id of the document; none where that is all of it.
    pub document: Option<Document>,
    /// Bytes and code points of the document before it.
    pub bytes_before: usize,
    pub chars_before: usize,
    /// Of the whole document.
    pub simhash: u64,
    pub shingles: usize,
}

/// Both sides of a pair cut down, and what its candidates' stretches are in bytes of the documents.
#[derive(Debug)]
pub(super) struct Excerpt {
    pub a: Cut,
    pub b: Cut,
    pub stretches: Vec<StretchBytes>,
}

/// A stretch in bytes, with how many distinct texts have it.
#[derive(Debug, Clone, Copy)]
pub(super) struct StretchBytes {
    pub a: Span,
    pub b: Span,
    pub texts: u32,
}

impl Excerpt {
    /// Cuts a pair down to `margin` words on either side of its `stretches`.
    pub(super) fn new(pair: &Pair, a: &Whole<'_>, b: &Whole<'_>, stretches: &[SharedStretch], margin: u32) -> Self {
        let placed = |shared: &SharedStretch| match pair.turned {
            true => shared.stretch.mirrored(),
            false => shared.stretch,
        };
        let all: Vec<Stretch> = stretches.iter().map(placed).collect();
        let bytes = all.iter().zip(stretches).map(|(stretch, shared)| StretchBytes {
            a: a.bytes(stretch.a_start, stretch.a_end),
            b: b.bytes(stretch.b_start, stretch.b_end),
            texts: shared.texts,
        });
        let hull = all.iter().copied().reduce(Stretch::hull).expect("a pair has a stretch");
        Self {
            a: Cut::new(a, (hull.a_start, hull.a_end), margin),
            b: Cut::new(b, (hull.b_start, hull.b_end), margin),
            stretches: bytes.collect(),
        }
    }
}

impl Cut {
    fn new(whole: &Whole<'_>, (start, end): (u32, u32), margin: u32) -> Self {
        let ReadDocument { document, text, simhash, offsets, .. } = &whole.read;
        let span = around(start..end, margin, (text.len() as u32, document.text.len()), |token| whole.sentence(token));
        let is_all = span == Span::new(0, document.text.len());
        Self {
            document: (!is_all).then(|| Document::new(document.id.clone(), span.of(&document.text))),
            bytes_before: span.start,
            chars_before: offsets.of(&document.text, span.start),
            simhash: *simhash,
            shingles: whole.shingles,
        }
    }
}
