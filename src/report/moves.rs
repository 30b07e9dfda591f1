//! What has moved, in reading order.

use crate::comparison::Comparison;

/// A passage out of the main order of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    /// Index of the passage.
    pub passage: usize,
    /// Nearer the beginning in B than in A.
    pub earlier: bool,
}

impl Move {
    /// Where B has it, seen from A.
    pub const fn direction(self) -> &'static str {
        if self.earlier { "earlier" } else { "later" }
    }
}

/// The moves in A's order. Whether one went towards the beginning is told by the passages that kept their order: by how
/// many stand before it on either side, and where those are as many by its place in the whole text. Cost: that of a sort.
pub(super) fn moves(comparison: &Comparison<'_>) -> Vec<Move> {
    let main = comparison.passages.iter().filter(|passage| !passage.moved);
    // In A's order and, being the main order, in B's.
    let (main_a, main_b): (Vec<_>, Vec<_>) = main.map(|passage| (passage.a.start, passage.b.start)).unzip();
    let moved = comparison.passages.iter().enumerate().filter(|(_, passage)| passage.moved);
    moved
        .map(|(passage, place)| {
            let before_a = main_a.partition_point(|&start| start < place.a.start);
            let before_b = main_b.partition_point(|&start| start < place.b.start);
            let (length_a, length_b) = (comparison.a.document.text.len(), comparison.b.document.text.len());
            let nearer = (place.b.start as u128 * length_a as u128) < (place.a.start as u128 * length_b as u128);
            Move { passage, earlier: before_b < before_a || (before_b == before_a && nearer) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Draft, Piece, comparison, equal, only, statements};
    use super::*;
    use crate::passage::Kind;

    #[test]
    fn what_stands_before_tells_the_direction() {
        assert_eq!(moves(&statements()), [Move { passage: 4, earlier: true }]);
        let draft = |text: &str| Draft::new(Kind::Verbatim, vec![equal(text)]);
        let drafts = [draft("One. ").moved(), draft("Two. "), draft("Three. ")];
        let a = [Piece::Passage(0), Piece::Passage(1), Piece::Passage(2)];
        let b = [
            only("Something long that stands before it all. "),
            Piece::Passage(1),
            Piece::Passage(0),
            Piece::Passage(2),
        ];
        assert_eq!(moves(&comparison(&a, &b, &drafts)), [Move { passage: 0, earlier: false }]);
    }

    #[test]
    fn without_others_its_place_in_the_text_tells() {
        let drafts = [Draft::new(Kind::Verbatim, vec![equal("One. ")]).moved()];
        let a = [only("Two. "), Piece::Passage(0)];
        assert!(moves(&comparison(&a, &[Piece::Passage(0)], &drafts))[0].earlier);
        assert_eq!(moves(&comparison(&[], &[], &[])), []);
    }
}
