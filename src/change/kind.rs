//! Changes: what the edits of a passage do to its meaning, and which of them do nothing.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What an edit that alters meaning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A count, ordinal, multiple, article number or amount of money.
    Number,
    /// What is counted in: metres, tonnes, hours.
    Unit,
    /// The currency of an amount.
    Currency,
    /// A per cent, percentage points or basis points figure.
    Percentage,
    /// A date, weekday, quarter, year, time of day or time zone.
    Date,
    /// A person, place or organisation.
    Name,
    /// A negation added or dropped: not, no longer, never, without, fail to, un-.
    Negation,
    /// Will, shall, must, may, should, hopes.
    Modality,
    /// How sure or how exact: about, probably, reportedly.
    Hedge,
    /// All, some, no; at least, at most; always, sometimes.
    Quantifier,
    /// How a statement is given: said, confirmed, claimed.
    Attribution,
    /// Named parties exchanged.
    Order,
    /// Words inside a quotation with a named speaker that are not the same on both sides.
    Misquote,
}

impl ChangeKind {
    /// Every kind, in the order reports list them.
    pub const ALL: [Self; 13] = [
        Self::Number,
        Self::Unit,
        Self::Currency,
        Self::Percentage,
        Self::Date,
        Self::Name,
        Self::Negation,
        Self::Modality,
        Self::Hedge,
        Self::Quantifier,
        Self::Attribution,
        Self::Order,
        Self::Misquote,
    ];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Unit => "unit",
            Self::Currency => "currency",
            Self::Percentage => "percentage",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Modality => "modality",
            Self::Hedge => "hedge",
            Self::Quantifier => "quantifier",
            Self::Attribution => "attribution",
            Self::Order => "order",
            Self::Misquote => "misquote",
        }
    }
}

/// How much a change matters, the gravest first. ARCHITECTURE.md has the table of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Another fact or another commitment.
    Material,
    /// Another degree or another stance.
    Notable,
    /// Another shade.
    Minor,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Self; 3] = [Self::Material, Self::Notable, Self::Minor];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Notable => "notable",
            Self::Minor => "minor",
        }
    }
}

/// An edit that alters meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub kind: ChangeKind,
    /// How much it matters.
    pub severity: Severity,
    /// Bytes of A: what stood before; empty where it was added.
    pub a: Span,
    /// Bytes of B: what stands after; empty where it was dropped.
    pub b: Span,
    /// Bytes of A: the sentence around it.
    pub sentence_a: Span,
    /// Bytes of B: the sentence around it.
    pub sentence_b: Span,
}

/// Why a difference is no change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HarmlessReason {
    /// The same word spelt otherwise: organise, organize.
    Spelling,
    /// Marks and spaces alone.
    Punctuation,
    /// Case, width or script: simplified and traditional characters.
    Form,
    /// Another word for the same thing.
    Synonym,
    /// Is not, isn't.
    Contraction,
    /// A title of courtesy or a particle.
    Particle,
    /// The same value written otherwise: 1.2 million, 1,200,000.
    Value,
    /// Active and passive.
    Voice,
    /// A list whose order means nothing.
    ListOrder,
    /// A negation that moved and keeps its meaning.
    MovedNegation,
}

impl HarmlessReason {
    /// Every reason, in the order reports list them.
    pub const ALL: [Self; 10] = [
        Self::Spelling,
        Self::Punctuation,
        Self::Form,
        Self::Synonym,
        Self::Contraction,
        Self::Particle,
        Self::Value,
        Self::Voice,
        Self::ListOrder,
        Self::MovedNegation,
    ];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Punctuation => "punctuation",
            Self::Form => "form",
            Self::Synonym => "synonym",
            Self::Contraction => "contraction",
            Self::Particle => "particle",
            Self::Value => "value",
            Self::Voice => "voice",
            Self::ListOrder => "list-order",
            Self::MovedNegation => "moved-negation",
        }
    }
}

/// A difference that is no change, kept with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Harmless {
    /// Why it is none.
    pub reason: HarmlessReason,
    /// Bytes of A.
    pub a: Span,
    /// Bytes of B.
    pub b: Span,
}

/// A slot of a template that the two documents fill differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValuePair {
    /// What fills it: a number, unit, currency, percentage, date or name.
    pub kind: ChangeKind,
    /// Bytes of A.
    pub a: Span,
    /// Bytes of B.
    pub b: Span,
}
