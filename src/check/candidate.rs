//! A match while it is worked out: with the tokens that its passages stand on.

use super::ranges::{intersection, len, union};
use super::result::{Match, MatchedPassage};
use crate::document::Document;
use std::ops::Range;

/// A match, and its passages' tokens.
#[derive(Debug)]
pub(super) struct Candidate {
    pub matching: Match,
    /// Of each passage, in their order.
    pub tokens: Vec<Tokens>,
    /// The copies that are listed: to name one is to credit the text.
    pub copies: Vec<Document>,
}

/// The tokens of a passage.
#[derive(Debug, Clone)]
pub(super) struct Tokens {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// The article's tokens that are matched, in order.
    pub matched: Vec<Range<u32>>,
}

impl Candidate {
    /// The passages that count, with their tokens: all, or those that are no boilerplate.
    pub fn counted(&self, boilerplate: bool) -> impl Iterator<Item = (&MatchedPassage, &Tokens)> {
        let all = self.matching.passages.iter().zip(&self.tokens);
        all.filter(move |(passage, _)| boilerplate || passage.boilerplate.is_none())
    }

    /// The article's tokens in passages that count.
    pub fn shared(&self, boilerplate: bool) -> Vec<Range<u32>> {
        union(self.counted(boilerplate).map(|(_, tokens)| tokens.a.clone()).collect())
    }

    /// Those of them that are matched.
    pub fn matched(&self, boilerplate: bool) -> Vec<Range<u32>> {
        union(self.counted(boilerplate).flat_map(|(_, tokens)| tokens.matched.iter().cloned()).collect())
    }

    /// The article's tokens from the first to the last one matched of each passage that counts.
    pub fn reached(&self, boilerplate: bool) -> Vec<Range<u32>> {
        let reach = |tokens: &Tokens| Some(tokens.matched.first()?.start..tokens.matched.last()?.end);
        union(self.counted(boilerplate).filter_map(|(_, tokens)| reach(tokens)).collect())
    }

    /// The document's tokens in passages that count.
    pub fn document_words(&self, boilerplate: bool) -> usize {
        len(&union(self.counted(boilerplate).map(|(_, tokens)| tokens.b.clone()).collect()))
    }

    /// Words of the article in passages that count, each weighted by the rarity of its passage.
    pub fn rare_words(&self, boilerplate: bool) -> f64 {
        let mut taken: Vec<Range<u32>> = Vec::new();
        let mut weight = 0.0;
        for (passage, tokens) in self.counted(boilerplate) {
            let own = [tokens.a.clone()];
            let known = len(&intersection(&taken, &own));
            weight += (tokens.a.len() - known) as f64 * passage.rarity;
            // In the order of the article, what was taken before this passage lies at the end.
            taken = union(taken.into_iter().rev().take(1).chain(own).collect());
        }
        weight
    }
}
