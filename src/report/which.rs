//! One of the two sides, where a report says the same of both.

use crate::change::Change;
use crate::compare::{Comparison, Side};
use crate::passage::{Edit, Passage};
use crate::span::Span;

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    A,
    B,
}

impl Which {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

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

    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// This side's of two things.
    pub const fn of<T>(self, both: &[T; 2]) -> &T {
        &both[self as usize]
    }

    pub const fn side<'s, 'd>(self, comparison: &'s Comparison<'d>) -> &'s Side<'d> {
        match self {
            Self::A => &comparison.a,
            Self::B => &comparison.b,
        }
    }

    pub const fn of_passage(self, passage: &Passage) -> Span {
        match self {
            Self::A => passage.a,
            Self::B => passage.b,
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
