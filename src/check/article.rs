//! An article as a check sees it.

use crate::archive::Fingerprinting;
use crate::document::Document;
use crate::extent::Extent;
use crate::fingerprint::Fingerprint;
use crate::narrow::narrowed;
use crate::quote::quotations;
use crate::shingle::{ShingleSize, shingles};
use crate::span::Span;
use crate::text::{Tokenised, tokenise};
use std::ops::Range;

/// Tokens of a quotation up to which all its shingles are looked up. A word that was altered in every dozen leaves none of the stretches
/// that are sure to share a fingerprint; some shingle of it is among those of the archive all the same, and longer quotations
/// have more of them.
const SHORT_QUOTATION: usize = 60;

/// An article, read and fingerprinted.
pub(super) struct Article<'a> {
    pub document: &'a Document,
    pub read: Tokenised<'a>,
    pub extent: Extent,
    /// Its tokens, cut to what stretches are grown on.
    pub narrow: Vec<u32>,
    /// Its fingerprints, and all shingles of its short quotations, in order.
    pub prints: Vec<Fingerprint>,
    size: ShingleSize,
}

impl<'a> Article<'a> {
    /// Cost: linear.
    pub fn new(document: &'a Document, fingerprinting: Fingerprinting) -> Self {
        let read = tokenise(&document.text);
        let mut prints = Vec::new();
        fingerprinting.fingerprinter().of_tokens(&read.tokens, |kept| prints.push(kept));
        let size = fingerprinting.size().at_most(read.len());
        let inside = quotations(&document.text).into_iter().map(|quotation| tokens_in(&read.places, quotation.inside));
        for tokens in inside.filter(|tokens| tokens.len() <= SHORT_QUOTATION) {
            let all = shingles(&read.tokens[tokens.start as usize..tokens.end as usize], size);
            prints.extend(all.map(|(at, hash)| Fingerprint { at: tokens.start + at as u32, hash }));
        }
        prints.sort_unstable_by_key(|print| print.at);
        prints.dedup();
        let narrow = narrowed(&read.tokens).collect();
        Self { document, narrow, prints, extent: Extent::of(&read), read, size }
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

/// The tokens that begin inside some bytes.
pub(super) fn tokens_in(places: &[(u32, u32)], span: Span) -> Range<u32> {
    let before = |end: usize| places.partition_point(|&(start, _)| (start as usize) < end) as u32;
    before(span.start)..before(span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shingles_of_a_short_quotation_are_looked_up() {
        let words = |from: usize, count: usize| {
            (from..from + count).map(|word| format!("word{word}")).collect::<Vec<_>>().join(" ")
        };
        let prints = |quoted: usize| {
            let text = format!("{}, \"{},\" it said. {}", words(0, 100), words(100, quoted), words(300, 100));
            let document = Document::new("a", text);
            let article = Article::new(&document, Fingerprinting::default());
            assert!(article.prints.windows(2).all(|two| two[0].at < two[1].at));
            let inside = 100..100 + quoted as u32;
            let all = (0..article.prints.len()).map(|print| article.tokens_of(print));
            all.filter(|tokens| inside.contains(&tokens.start) && tokens.end <= inside.end).count()
        };
        let shingle = Fingerprinting::default().shingle;
        assert_eq!(prints(20), 20 - shingle + 1);
        assert!(prints(SHORT_QUOTATION + 1) < SHORT_QUOTATION / 2, "a longer one is winnowed as all else");
    }
}
