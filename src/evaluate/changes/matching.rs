//! Which found change is which labelled one.

use super::ChangeLabel;
use std::ops::Range;

/// Couples labelled and found changes of one pair and one kind, by their indices: two that meet on at least one side, the
/// widest overlap first, each once. They meet where their ranges overlap or touch; an empty range meets one that it stands
/// in or at.
///
/// Cost: sorting, and a step for every two that meet.
pub(super) fn couples(gold: &[&ChangeLabel], found: &[&ChangeLabel]) -> Vec<(usize, usize)> {
    let mut meetings = meetings(gold, found, |change| &change.a_chars);
    meetings.extend(self::meetings(gold, found, |change| &change.b_chars));
    let overlap = |&(g, f): &(usize, usize)| {
        shared(&gold[g].a_chars, &found[f].a_chars) + shared(&gold[g].b_chars, &found[f].b_chars)
    };
    meetings.sort_by_key(|meeting| (std::cmp::Reverse(overlap(meeting)), *meeting));
    let (mut gold_taken, mut found_taken) = (vec![false; gold.len()], vec![false; found.len()]);
    meetings.retain(|&(g, f)| {
        let free = !gold_taken[g] && !found_taken[f];
        (gold_taken[g], found_taken[f]) = (gold_taken[g] || free, found_taken[f] || free);
        free
    });
    meetings
}

/// Which of them meet on the side that `of` gives.
fn meetings(
    gold: &[&ChangeLabel],
    found: &[&ChangeLabel],
    of: impl Fn(&ChangeLabel) -> &Range<usize>,
) -> Vec<(usize, usize)> {
    let mut order: Vec<_> = (0..found.len()).collect();
    order.sort_by_key(|&f| of(found[f]).start);
    let longest = found.iter().map(|change| of(change).len()).max().unwrap_or(0);
    let mut meetings = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        let range = of(gold);
        let first = order.partition_point(|&f| of(found[f]).start + longest < range.start);
        let near = order[first..].iter().take_while(|&&f| of(found[f]).start <= range.end);
        meetings.extend(near.filter(|&&f| of(found[f]).end >= range.start).map(|&f| (g, f)));
    }
    meetings
}

/// Characters that two ranges share.
fn shared(x: &Range<usize>, y: &Range<usize>) -> usize {
    x.end.min(y.end).saturating_sub(x.start.max(y.start))
}

#[cfg(test)]
mod tests {
    use super::super::tests::change;
    use super::*;
    use crate::change::ChangeKind::Number;
    use proptest::prelude::*;

    fn coupled(gold: &[ChangeLabel], found: &[ChangeLabel]) -> Vec<(usize, usize)> {
        let mut couples = couples(&gold.iter().collect::<Vec<_>>(), &found.iter().collect::<Vec<_>>());
        couples.sort_unstable();
        couples
    }

    #[test]
    fn one_side_is_enough_and_touching_too() {
        let gold = [change(Number, 10..12, 10..12)];
        assert_eq!(coupled(&gold, &[change(Number, 12..20, 90..99)]), [(0, 0)]);
        assert_eq!(coupled(&gold, &[change(Number, 50..60, 8..10)]), [(0, 0)]);
        assert_eq!(coupled(&gold, &[change(Number, 13..20, 90..99)]), []);
    }

    #[test]
    fn an_insertion_point_meets_the_range_it_stands_in() {
        let gold = [change(Number, 10..10, 10..14)];
        assert_eq!(coupled(&gold, &[change(Number, 9..12, 40..41)]), [(0, 0)]);
        assert_eq!(coupled(&gold, &[change(Number, 11..12, 40..41)]), []);
    }

    #[test]
    fn each_is_coupled_once_and_with_what_it_shares_most() {
        let gold = [change(Number, 0..4, 0..4), change(Number, 5..9, 5..9)];
        let found = [change(Number, 3..9, 5..9), change(Number, 0..2, 0..2), change(Number, 0..1, 0..1)];
        assert_eq!(coupled(&gold, &found), [(0, 1), (1, 0)]);
    }

    fn changes() -> impl Strategy<Value = Vec<ChangeLabel>> {
        let change = (0usize..30, 0usize..6, 0usize..30, 0usize..6)
            .prop_map(|(x, x_len, y, y_len)| change(Number, x..x + x_len, y..y + y_len));
        proptest::collection::vec(change, 0..8)
    }

    proptest! {
        #[test]
        fn meetings_are_those_of_every_two(gold in changes(), found in changes()) {
            let (gold, found): (Vec<_>, Vec<_>) = (gold.iter().collect(), found.iter().collect());
            let mut fast = meetings(&gold, &found, |change| &change.a_chars);
            fast.sort_unstable();
            let touch = |g: usize, f: usize| {
                gold[g].a_chars.start <= found[f].a_chars.end && found[f].a_chars.start <= gold[g].a_chars.end
            };
            let all = (0..gold.len()).flat_map(|g| (0..found.len()).map(move |f| (g, f)));
            prop_assert_eq!(fast, all.filter(|&(g, f)| touch(g, f)).collect::<Vec<_>>());
        }
    }
}
