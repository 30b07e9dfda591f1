//! How an article and a document of the archive came to share wording, with what speaks for it.

use crate::span::Span;
use jiff::civil::Date;

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
    /// The document is older, and what they share is more than chance or stock wording.
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
}
