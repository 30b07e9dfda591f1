//! One of the two sides, where the same is done with both.

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    A,
    B,
}

impl Which {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

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

    /// This side's of two things, and the other side's.
    pub fn first<T>(self, a: T, b: T) -> (T, T) {
        match self {
            Self::A => (a, b),
            Self::B => (b, a),
        }
    }
}
