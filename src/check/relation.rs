//! How an article and a document of the archive came to share wording, with what speaks for it.

use super::article::Article;
use super::candidate::Candidate;
use super::ranges::{difference, intersection, len};
use super::result::Group;
use crate::credit::CreditClass;
use crate::span::Span;
use jiff::civil::Date;
use std::ops::Range;

/// How the article and a document came to share wording.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The verdict.
    pub direction: Direction,
    /// What it rests on, or what there is where it is undecided.
    pub evidence: Vec<Evidence>,
}

/// Which way wording went, as far as can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// The document is older, and what they share is more than chance or stock wording; or the article credits it, and it is not younger.
    ArticleFromArchive,
    /// The document is younger, likewise.
    ArchiveFromArticle,
    /// An older document has nearly all that the two share, word for word as well: either may have it from there.
    CommonSource {
        /// The index of the match with the older document.
        source: usize,
        /// What article and document share beyond it: stretches of the article.
        beyond: Vec<Span>,
        /// Words in these stretches.
        beyond_words: usize,
    },
    /// Nothing says.
    Undecided,
}

impl Direction {
    /// The words for it in every output.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ArticleFromArchive => "article from archive",
            Self::ArchiveFromArticle => "archive from article",
            Self::CommonSource { .. } => "common source",
            Self::Undecided => "undecided",
        }
    }
}

/// Something that says, or does not say, which way wording went.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// Both have a date.
    Dates {
        /// The article's.
        article: Date,
        /// The document's.
        document: Date,
    },
    /// The article, the document or both have none.
    NoDate,
    /// Shares of either text that the other has.
    Containment {
        /// Of the article's words.
        article: f64,
        /// Of the document's words.
        document: f64,
    },
    /// Words in the passages weighted by their rarity: how much wording they share that others do not have.
    RareWords(f64),
    /// The article credits so many of the passages to the document.
    Credited(usize),
}

/// Share of the words that a document matches which an older one must match too, to be called the source of both.
const ACCOUNTS: f64 = 0.8;
/// Share of the words that a document matches where an older one does as well, from its first to its last, as many of which that
/// one must match there: it must be no less alike.
const NO_LESS: f64 = 0.97;
/// Rare words from which what two texts share is more than chance and stock wording.
const RARE: f64 = 12.0;
/// Fewest words of a stretch that is shared beyond a common source.
const BEYOND: usize = 3;
/// Older documents looked at for a passage, the earliest first.
const OLDER: usize = 4;

/// Judges how the article and each match came to share wording. `date`: the article's.
pub(super) fn judge(candidates: &mut [Candidate], groups: &[Group], article: &Article<'_>, date: Option<Date>) {
    let judge = Judge { candidates, groups, article, date };
    let relations: Vec<Relation> = (0..candidates.len()).map(|at| judge.relation(at)).collect();
    for (candidate, relation) in candidates.iter_mut().zip(relations) {
        candidate.matching.relation = relation;
    }
}

struct Judge<'j, 'a> {
    candidates: &'j [Candidate],
    groups: &'j [Group],
    article: &'j Article<'a>,
    date: Option<Date>,
}

impl Judge<'_, '_> {
    fn relation(&self, at: usize) -> Relation {
        let own = &self.candidates[at];
        let rare = own.rare_words(false);
        let mut evidence = match (self.date, own.matching.date) {
            (Some(article), Some(document)) => vec![Evidence::Dates { article, document }],
            _ => vec![Evidence::NoDate],
        };
        evidence.push(Evidence::RareWords(rare));
        evidence.push(Evidence::Containment {
            article: own.matching.shared_words as f64 / f64::from(self.article.words().max(1)),
            document: own.matching.document_share(),
        });
        let credits = own.matching.passages.iter().filter_map(|passage| passage.credit.as_ref());
        let credited = credits.filter(|credit| credit.class != CreditClass::Uncredited).count();
        if credited > 0 {
            evidence.push(Evidence::Credited(credited));
        }
        let direction = self.common_source(at).unwrap_or_else(|| match (self.date, own.matching.date) {
            _ if rare < RARE => Direction::Undecided,
            (Some(article), Some(document)) if document < article => Direction::ArticleFromArchive,
            (Some(article), Some(document)) if document > article => Direction::ArchiveFromArticle,
            _ if credited > 0 => Direction::ArticleFromArchive,
            _ => Direction::Undecided,
        });
        Relation { direction, evidence }
    }

    /// An older document that has what the article shares with match `at`: the one that has most of it, the earliest of several.
    fn common_source(&self, at: usize) -> Option<Direction> {
        let own = &self.candidates[at];
        let matched = own.matched(false);
        let mut best: Option<(usize, usize, Vec<Range<u32>>)> = None;
        for source in self.older(at) {
            let other = self.candidates[source].matched(false);
            let both = len(&intersection(&matched, &other));
            let within = len(&intersection(&matched, &self.candidates[source].reached(false)));
            let accounts = both as f64 >= ACCOUNTS * len(&matched) as f64;
            if !accounts || (len(&other) as f64) < NO_LESS * within as f64 {
                continue;
            }
            if best.as_ref().is_none_or(|(most, _, _)| both > *most) {
                best = Some((both, source, other));
            }
        }
        let (_, source, other) = best?;
        let mut beyond = difference(&matched, &other);
        beyond.retain(|tokens| tokens.len() >= BEYOND);
        let beyond_words = len(&beyond);
        let beyond = beyond.iter().map(|tokens| self.article.bytes(tokens)).collect();
        Some(Direction::CommonSource { source, beyond, beyond_words })
    }

    /// Documents older than match `at` and no younger than the article that share a stretch with both, the earliest first.
    fn older(&self, at: usize) -> Vec<usize> {
        let own = &self.candidates[at].matching;
        let Some(day) = own.date else { return Vec::new() };
        let is_older = |source: usize| {
            let other = self.candidates[source].matching.date;
            other.is_some_and(|other| other < day && self.date.is_none_or(|date| other <= date))
        };
        let mut found = Vec::new();
        for passage in own.passages.iter().filter(|passage| passage.boilerplate.is_none()) {
            let members = self.groups[passage.group].members.iter().map(|member| member.source);
            found.extend(members.filter(|&source| source != at && is_older(source)).take(OLDER));
        }
        found.sort_unstable_by_key(|&source| (self.candidates[source].matching.date, source));
        found.dedup();
        found
    }
}
