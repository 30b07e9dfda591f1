//! Where every word of a side goes: the table of shares.

use super::which::Which;
use crate::comparison::Comparison;
use crate::passage::SegmentKind;

const KINDS: usize = SegmentKind::ALL.len();

/// The words of one side by kind, and how many of them have moved or are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    /// Words of each kind, as in [`SegmentKind::ALL`].
    pub words: [usize; KINDS],
    /// The same in per cent: they add to 100. See [`percents`].
    pub percents: [usize; KINDS],
    /// Words in passages that have moved.
    pub moved: usize,
    /// Words in passages that this side quotes.
    pub quoted: usize,
}

impl Account {
    /// The accounts of A and of B. Cost: linear in the segments.
    pub fn both(comparison: &Comparison<'_>) -> [Self; 2] {
        Which::BOTH.map(|which| Self::new(comparison, which))
    }

    fn new(comparison: &Comparison<'_>, which: Which) -> Self {
        let (mut words, mut moved, mut quoted) = ([0; KINDS], 0, 0);
        for segment in &which.side(comparison).segments {
            words[segment.kind as usize] += segment.words;
            if let Some(passage) = segment.passage.map(|index| &comparison.passages[index]) {
                moved += if passage.moved { segment.words } else { 0 };
                quoted += if which.is_quoted(passage) { segment.words } else { 0 };
            }
        }
        Self { words, percents: percents(words), moved, quoted }
    }

    /// Words of the side.
    pub fn total(&self) -> usize {
        self.words.iter().sum()
    }

    /// Words of `kind`.
    pub fn words(&self, kind: SegmentKind) -> usize {
        self.words[kind as usize]
    }

    /// Per cent of `kind`.
    pub fn percent(&self, kind: SegmentKind) -> usize {
        self.percents[kind as usize]
    }

    /// What of all words has moved, and what is quoted.
    pub fn flagged(&self) -> [(&'static str, usize); 2] {
        [("moved", self.moved), ("quoted", self.quoted)]
    }

    /// Per cent in passages.
    pub fn shared(&self) -> usize {
        100 - self.percent(SegmentKind::Unique)
    }

    /// `words` of this side as a share, 0 to 1.
    pub fn share(&self, words: usize) -> f64 {
        words as f64 / self.total().max(1) as f64
    }
}

/// Whole per cents that add to 100, by the method of largest remainders (Hamilton). Whatever is there at all has at
/// least 1, at the cost of the largest: a table that says 0 where there is something, or 100 where there is something
/// else, would mislead. A text without words is all unique.
fn percents(words: [usize; KINDS]) -> [usize; KINDS] {
    let total: usize = words.iter().sum();
    if total == 0 {
        return SegmentKind::ALL.map(|kind| if kind == SegmentKind::Unique { 100 } else { 0 });
    }
    // In 128 bits, where a hundred times a text's words cannot overflow.
    let hundredfold = words.map(|words| words as u128 * 100);
    let mut percents = hundredfold.map(|share| (share / total as u128) as usize);
    let mut order: Vec<usize> = (0..KINDS).collect();
    order.sort_by_key(|&kind| std::cmp::Reverse(hundredfold[kind] % total as u128));
    let missing = 100 - percents.iter().sum::<usize>();
    order.iter().take(missing).for_each(|&kind| percents[kind] += 1);
    for kind in 0..KINDS {
        if words[kind] > 0 && percents[kind] == 0 {
            let largest = (0..KINDS).rev().max_by_key(|&kind| percents[kind]).expect("there are kinds");
            percents[largest] -= 1;
            percents[kind] = 1;
        }
    }
    percents
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn remainders_go_where_they_are_largest() {
        assert_eq!(percents([1, 1, 1, 0]), [34, 33, 33, 0]);
        assert_eq!(percents([171, 369, 49, 411]), [17, 37, 5, 41]);
        assert_eq!(percents([10, 0, 0, 0]), [100, 0, 0, 0]);
    }

    #[test]
    fn some_is_never_none_nor_most_all() {
        assert_eq!(percents([99_999, 1, 0, 0]), [99, 1, 0, 0]);
        assert_eq!(percents([1, 1, 1, usize::MAX >> 8]), [1, 1, 1, 97]);
        assert_eq!(percents([0; 4]), [0, 0, 0, 100]);
    }

    #[test]
    fn moved_and_quoted_words_are_counted_on_the_side_that_has_them() {
        let [a, b] = Account::both(&fixture::statements());
        assert_eq!((a.moved, a.quoted, b.moved, b.quoted), (11, 0, 11, 11));
        assert_eq!((a.total(), b.total()), (78, 81));
    }

    proptest! {
        #[test]
        fn shares_add_to_a_hundred_and_are_near_the_truth(words in prop::array::uniform4(0_usize..100_000)) {
            let found = percents(words);
            prop_assert_eq!(found.iter().sum::<usize>(), 100);
            let total: usize = words.iter().sum();
            for kind in 0..KINDS {
                prop_assert!(total == 0 || (found[kind] > 0) == (words[kind] > 0));
                let exact = 100.0 * words[kind] as f64 / total.max(1) as f64;
                prop_assert!(total == 0 || (found[kind] as f64 - exact).abs() < 4.0, "{words:?} {found:?}");
            }
        }
    }
}
