//! What a passage's credit is, and what it rests on.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Whether a credit was found for a passage. The classes say what was found and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditClass {
    /// In quotation marks and given to someone, or its source, agency or author is named near it, or in a credit line.
    Credited,
    /// Credited or given to someone, but inside the quotation marks stand other words than in the source.
    QuotedAltered,
    /// No credit was found near it.
    Uncredited,
}

impl CreditClass {
    /// Every class, in the order reports list them.
    pub const ALL: [Self; 3] = [Self::Credited, Self::QuotedAltered, Self::Uncredited];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Credited => "credited",
            Self::QuotedAltered => "quoted-altered",
            Self::Uncredited => "uncredited",
        }
    }
}

/// What a piece of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// Quotation marks around words of the passage; with a span in the source, words inside them that differ from it.
    Quotation,
    /// Words that give a quotation to someone; or that give something to nobody in particular ("reports say"), which is no credit.
    Attribution,
    /// The outlet that the source is from.
    #[serde(rename = "source named")]
    SourceNamed,
    /// The agency that the source is from.
    #[serde(rename = "agency named")]
    AgencyNamed,
    /// The author of the source.
    #[serde(rename = "author named")]
    AuthorNamed,
    /// The title of the source.
    #[serde(rename = "title named")]
    TitleNamed,
    /// A line at the head or foot of the article that names the source for all of it.
    #[serde(rename = "credit line")]
    CreditLine,
    /// A link to the source, or to its site.
    Link,
}

impl EvidenceKind {
    /// The words for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::Attribution => "attribution",
            Self::SourceNamed => "source named",
            Self::AgencyNamed => "agency named",
            Self::AuthorNamed => "author named",
            Self::TitleNamed => "title named",
            Self::CreditLine => "credit line",
            Self::Link => "link",
        }
    }
}

/// Something in the article that speaks for a credit, and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is.
    pub what: EvidenceKind,
    /// Bytes of the article; empty where words of the source were left out there.
    pub article: Span,
    /// Bytes of the source: its words where those of the article differ; empty where the article has words more.
    pub source: Option<Span>,
}

/// The credit of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// What was found.
    pub class: CreditClass,
    /// What it rests on, and what was found besides; by place in the article.
    pub evidence: Vec<Evidence>,
}
