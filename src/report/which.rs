//! What reports ask of one of the two sides.

use crate::change::{Change, ChangeKind};
use crate::comparison::{Comparison, Side};
use crate::passage::{Edit, Passage};
use crate::span::Span;
use crate::text::korean_words;
pub(super) use crate::which::Which;

impl Which {
    /// What people call it.
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
        }
    }

    /// What the side is called in ids and classes.
    pub const fn key(self) -> char {
        self.letter().to_ascii_lowercase()
    }

    pub const fn side<'s, 'd>(self, comparison: &'s Comparison<'d>) -> &'s Side<'d> {
        match self {
            Self::A => &comparison.a,
            Self::B => &comparison.b,
        }
    }

    pub const fn of_edit(self, edit: &Edit) -> Span {
        match self {
            Self::A => edit.a,
            Self::B => edit.b,
        }
    }

    /// What stood before, or what stands after.
    pub const fn of_change(self, change: &Change) -> Span {
        match self {
            Self::A => change.a,
            Self::B => change.b,
        }
    }

    /// The same as it is shown, in `text`: of Korean words, which end in what denies, binds or doubts, the whole.
    pub fn shown_of(self, change: &Change, text: &str) -> Span {
        let span = self.of_change(change).trimmed(text);
        let is_ending = matches!(
            change.kind,
            ChangeKind::Negation
                | ChangeKind::Modality
                | ChangeKind::Hedge
                | ChangeKind::Quantifier
                | ChangeKind::Attribution
        );
        if is_ending { korean_words(text, span) } else { span }
    }

    pub const fn sentence_of(self, change: &Change) -> Span {
        match self {
            Self::A => change.sentence_a,
            Self::B => change.sentence_b,
        }
    }

    /// Whether this side quotes the passage.
    pub const fn is_quoted(self, passage: &Passage) -> bool {
        match self {
            Self::A => passage.quoted_a,
            Self::B => passage.quoted_b,
        }
    }
}
