//! What is reported: passages with their kind and edits, and the segments that tile each text.

use crate::change::{Change, Harmless};
use crate::span::Span;
use crate::which::Which;
use serde::{Deserialize, Serialize};

/// How a passage relates its two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// All tokens equal after folding.
    Verbatim,
    /// The same order, with word-level edits.
    Edited,
    /// The same content, order or wording too changed for word edits.
    Reworded,
}

impl Kind {
    /// Every kind, in the order reports list them.
    pub const ALL: [Self; 3] = [Self::Verbatim, Self::Edited, Self::Reworded];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Edited => "edited",
            Self::Reworded => "reworded",
        }
    }
}

/// What turns a stretch of A into a stretch of B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditOp {
    /// The same tokens (the characters may differ in case, width, punctuation or spacing).
    Equal,
    /// Only in B; the span in A is empty.
    Insert,
    /// Only in A; the span in B is empty.
    Delete,
    /// Other words in its place.
    Replace,
}

impl EditOp {
    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Insert => "insert",
            Self::Delete => "delete",
            Self::Replace => "replace",
        }
    }
}

/// One step from A's span to B's. The edits of a passage tile both of its spans, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// What happens.
    pub op: EditOp,
    /// Bytes of A.
    pub a: Span,
    /// Bytes of B.
    pub b: Span,
}

/// An aligned stretch of both texts, worth reporting.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// How the two sides relate.
    pub kind: Kind,
    /// Stands out of the main order of the two texts.
    pub moved: bool,
    /// A's side lies inside quotation marks.
    pub quoted_a: bool,
    /// B's side lies inside quotation marks.
    pub quoted_b: bool,
    /// 0 to 1; 1 for verbatim.
    pub similarity: f64,
    /// Words of A's side.
    pub words_a: usize,
    /// Words of B's side.
    pub words_b: usize,
    /// Bytes of A.
    pub a: Span,
    /// Bytes of B.
    pub b: Span,
    /// From A's side to B's; they tile both spans.
    pub edits: Vec<Edit>,
    /// What the edits do to the meaning, sorted by place in A, then in B.
    pub changes: Vec<Change>,
    /// Differences that are no change, sorted likewise.
    pub harmless: Vec<Harmless>,
}

impl Passage {
    /// Bytes of one side.
    pub(crate) const fn span(&self, which: Which) -> Span {
        match which {
            Which::A => self.a,
            Which::B => self.b,
        }
    }
}

/// What a segment is: part of a passage, or unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// In sentences of a passage that both sides have word for word.
    Verbatim,
    /// In sentences of a passage of which most is matched.
    Edited,
    /// In sentences of a passage of which hardly anything is matched, or less than most in a reworded one.
    Reworded,
    /// In no passage.
    Unique,
}

impl SegmentKind {
    /// Every kind, in the order reports list them.
    pub const ALL: [Self; 4] = [Self::Verbatim, Self::Edited, Self::Reworded, Self::Unique];

    /// The word for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Edited => "edited",
            Self::Reworded => "reworded",
            Self::Unique => "unique",
        }
    }
}

impl From<Kind> for SegmentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Verbatim => Self::Verbatim,
            Kind::Edited => Self::Edited,
            Kind::Reworded => Self::Reworded,
        }
    }
}

/// One tile of a text. The segments of a text tile it from its first byte to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the text.
    pub span: Span,
    /// What its sentences are, in the passage it belongs to, or unique. Sentences of both sides that correspond are the same.
    pub kind: SegmentKind,
    /// Index into the comparison's passages; `None` when unique.
    pub passage: Option<usize>,
    /// Words in it.
    pub words: usize,
}
