//! An article as a check sees it.

use crate::archive::Fingerprinting;
use crate::corpus::tokens::narrow;
use crate::document::Document;
use crate::fingerprint::{Fingerprint, fingerprints};
use crate::shingle::ShingleSize;
use crate::span::Span;
use crate::text::{Token, Tokenised, tokenise};
use std::ops::Range;

/// An article, read and fingerprinted.
pub(super) struct Article<'a> {
    pub document: &'a Document,
    pub read: Tokenised<'a>,
    /// Its tokens, cut to what stretches are grown on.
    pub narrow: Vec<u32>,
    /// Its fingerprints, in order.
    pub prints: Vec<Fingerprint>,
    size: ShingleSize,
}

impl<'a> Article<'a> {
    /// Cost: linear.
    pub fn new(document: &'a Document, fingerprinting: Fingerprinting, buffer: &mut Vec<Fingerprint>) -> Self {
        let read = tokenise(&document.text);
        let mut prints = Vec::new();
        let size = shingle_size(fingerprinting);
        fingerprints(&read.tokens, size, fingerprinting.window, buffer, |kept| prints.push(kept));
        let size = size.at_most(read.len());
        Self { document, narrow: narrowed(&read.tokens), prints, read, size }
    }

    /// Tokens.
    pub fn words(&self) -> u32 {
        self.read.len() as u32
    }

    /// The tokens that fingerprint number `print` is made of.
    pub fn tokens_of(&self, print: usize) -> Range<u32> {
        let at = self.prints[print].at;
        at..at + self.size.of(self.read.tokens[at as usize]) as u32
    }

    /// The bytes of some tokens.
    pub fn bytes(&self, tokens: &Range<u32>) -> Span {
        Span::new(
            self.read.places[tokens.start as usize].0 as usize,
            self.read.places[tokens.end as usize - 1].1 as usize,
        )
    }
}

/// The sizes of an archive's shingles.
pub(super) fn shingle_size(fingerprinting: Fingerprinting) -> ShingleSize {
    ShingleSize { words: fingerprinting.shingle, characters: fingerprinting.character_shingle }
}

/// Tokens cut to what stretches are grown on.
pub(super) fn narrowed(tokens: &[Token]) -> Vec<u32> {
    tokens.iter().map(|&token| narrow(token)).collect()
}

/// The tokens that begin inside some bytes.
pub(super) fn tokens_in(places: &[(u32, u32)], span: Span) -> Range<u32> {
    let before = |end: usize| places.partition_point(|&(start, _)| (start as usize) < end) as u32;
    before(span.start)..before(span.end)
}
