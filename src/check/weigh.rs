//! What a passage's wording is worth: how rare it is in the archive, and whether one source prints it again and again.

use super::article::Article;
use super::lookup::LookUp;
use super::result::Boilerplate;
use crate::archive::{ArchiveError, Index};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Texts of a source from which wording is its boilerplate, by number and by share of its documents.
const LEAST: f64 = 5.0;
const LEAST_SHARE: f64 = 0.05;
/// Share of a passage's fingerprints that must be boilerplate.
const MOSTLY: f64 = 0.75;

/// Weighs passages of one article.
pub(super) struct Weigher<'w, 'a, I: ?Sized> {
    article: &'w Article<'a>,
    looked: &'w LookUp,
    index: &'w I,
    /// Of each distinct fingerprint asked about: how many texts of each source have it, among those looked up.
    sources: FxHashMap<u32, FxHashMap<u32, u32>>,
}

impl<'w, 'a, I: Index + ?Sized> Weigher<'w, 'a, I> {
    pub fn new(article: &'w Article<'a>, looked: &'w LookUp, index: &'w I) -> Self {
        Self { article, looked, index, sources: FxHashMap::default() }
    }

    /// The fingerprints that lie in some tokens of the article and that the archive has; where none does, those that meet them.
    fn prints(&self, tokens: &Range<u32>) -> Vec<usize> {
        let prints = &self.article.prints;
        let known = |print: &usize| self.looked.documents(*print).1 > 0;
        let from = prints.partition_point(|print| print.at < tokens.start);
        let to = prints.partition_point(|print| print.at < tokens.end);
        let inside = (from..to).filter(|&print| self.article.tokens_of(print).end <= tokens.end);
        let inside: Vec<usize> = inside.filter(known).collect();
        if !inside.is_empty() {
            return inside;
        }
        let meets = |print: &usize| self.article.tokens_of(*print).end > tokens.start;
        (from.saturating_sub(8)..to).filter(meets).filter(known).collect()
    }

    /// How rare the wording of some tokens of the article is, 0 to 1: the mean over its fingerprints of ln(N / n) / ln N, with
    /// N documents in the archive and n that have the fingerprint. 1 where only one has them.
    pub fn rarity(&self, tokens: &Range<u32>) -> f64 {
        let all = self.index.len() as f64;
        let prints = self.prints(tokens);
        if prints.is_empty() || all < 2.0 {
            return 1.0;
        }
        let rarity = |&print: &usize| ((all / self.looked.documents(print).1 as f64).ln() / all.ln()).clamp(0.0, 1.0);
        prints.iter().map(rarity).sum::<f64>() / prints.len() as f64
    }

    /// Whether wording is boilerplate of a source: at least three in four of its fingerprints are in 5 texts of the source and in
    /// 5 % of its documents. Counted are the texts looked up; of fingerprints with more, in proportion.
    pub fn boilerplate(
        &mut self,
        tokens: &Range<u32>,
        source: Option<u32>,
    ) -> Result<Option<Boilerplate>, ArchiveError> {
        let Some(source) = source else { return Ok(None) };
        let of = self.index.source(source).1;
        let least = LEAST.max(LEAST_SHARE * f64::from(of));
        let mut counts = Vec::new();
        for print in self.prints(tokens) {
            counts.push(self.of_source(print, source)?);
        }
        counts.sort_by(|x, y| y.total_cmp(x));
        let common = counts.iter().filter(|&&count| count >= least).count();
        let is_boilerplate = common > 0 && common as f64 >= MOSTLY * counts.len() as f64;
        let documents = counts.get(counts.len() / 2).map_or(0, |&count| count as u32).min(of);
        Ok(is_boilerplate.then_some(Boilerplate { documents, of }))
    }

    /// How many texts of a source have a fingerprint, about.
    fn of_source(&mut self, print: usize, source: u32) -> Result<f64, ArchiveError> {
        let (numbers, documents) = self.looked.documents(print);
        if (documents as f64) < LEAST {
            return Ok(0.0);
        }
        let key = self.looked.of_print[print];
        if !self.sources.contains_key(&key) {
            let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
            for &number in numbers {
                if let Some(source) = self.index.facts(number)?.source {
                    *counts.entry(source).or_default() += 1;
                }
            }
            self.sources.insert(key, counts);
        }
        let counted = f64::from(self.sources[&key].get(&source).copied().unwrap_or(0));
        Ok((counted * documents as f64 / numbers.len().max(1) as f64).round())
    }
}
