//! What the reports for people tell of a comparison, worked out once.

use super::accounting::Account;
use super::changes::Changes;
use super::moves::{Move, moves};
use super::place::Lines;
use super::which::Which;
use super::wording::grouped;
use crate::comparison::Comparison;
use crate::passage::Passage;
use crate::unique::{Unique, UniqueSentence, unique};

/// A comparison and what follows from it; pairs are of A and B.
#[derive(Debug)]
pub(super) struct Facts<'c> {
    pub comparison: &'c Comparison<'c>,
    pub accounts: [Account; 2],
    pub lines: [Lines; 2],
    pub moves: Vec<Move>,
    pub changes: Changes<'c>,
    unique: Unique,
}

impl<'c> Facts<'c> {
    /// Cost: linear in both texts.
    pub fn new(comparison: &'c Comparison<'_>) -> Self {
        Self {
            comparison,
            accounts: Account::both(comparison),
            lines: Which::BOTH.map(|which| Lines::new(&which.side(comparison).document.text)),
            moves: moves(comparison),
            changes: Changes::new(comparison),
            unique: unique(comparison),
        }
    }

    /// What only one side says, the weightiest first.
    pub fn only(&self, which: Which) -> &[UniqueSentence] {
        match which {
            Which::A => &self.unique.a,
            Which::B => &self.unique.b,
        }
    }

    /// How passage `index` has moved, if it has.
    pub fn moved(&self, index: usize) -> Option<Move> {
        // The passages are in A's order, and so are the moves.
        self.moves.binary_search_by_key(&index, |one| one.passage).ok().map(|at| self.moves[at])
    }

    /// The line that a passage begins on.
    pub fn line(&self, which: Which, passage: &Passage) -> usize {
        which.of(&self.lines).of(passage.span(which).start)
    }

    /// The lines that two places stand on: `line 3 of A, 5 of B`.
    pub fn place(&self, a: usize, b: usize) -> String {
        let [line_a, line_b] = [(Which::A, a), (Which::B, b)].map(|(which, at)| grouped(which.of(&self.lines).of(at)));
        format!("line {line_a} of A, {line_b} of B")
    }
}
