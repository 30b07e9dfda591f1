//! Offices: the minister for the deputy minister, the president for the prime minister. A title is part of no name, so
//! that one may come and go; but where both sides have an office, another one is another holder.

use super::fact::Side;
use super::harmless::Gap;
use super::lexicon::{Cue, Group};
use super::reading::CueAt;
use super::unit::Mates;
use crate::span::hold;
use std::ops::Range;

/// Most offices of a side that are looked at.
const MOST: usize = 16;

/// Two offices of which one stands for the other: tokens of A and of B.
pub(super) type Replaced = (Range<u32>, Range<u32>);

/// Offices in each other's place: in one gap, or with a word in common; and wherever they stand, if each of two `close` sides
/// has just one that the other lacks. Cost: the product of the offices of both sides, of which few are looked at.
pub(super) fn replaced(a: &Side<'_>, b: &Side<'_>, mates: &Mates, gaps: &[Gap], close: bool) -> Vec<Replaced> {
    let mut in_a: Vec<&CueAt> = offices(a).collect();
    let mut in_b: Vec<&CueAt> = offices(b).collect();
    // What stands on both sides did not change.
    in_a.retain(|one| !remove_first(&mut in_b, |other| is_same(one, other)));
    let alone = close && in_a.len() == 1 && in_b.len() == 1;
    let mut found = Vec::new();
    for one in in_a {
        let beside = |other: &CueAt| alone || share_word(one, other, mates) || share_gap(one, other, gaps);
        let at = in_b.iter().position(|other| beside(other));
        found.extend(at.map(|at| (one.tokens.clone(), in_b.remove(at).tokens.clone())));
    }
    found
}

fn offices<'s>(side: &'s Side<'_>) -> impl Iterator<Item = &'s CueAt> {
    let office = |group: &Group| group.cue == Cue::Title && !group.class.is_empty();
    side.others.iter().filter(move |cue| office(cue.found.group)).take(MOST)
}

/// Whether two offices are one, or one is what the other may be called for short.
fn is_same(one: &CueAt, other: &CueAt) -> bool {
    let (one, other) = (one.found.group, other.found.group);
    one.name == other.name || one.class == other.class && (one.name == one.class || other.name == other.class)
}

fn share_word(one: &CueAt, other: &CueAt, mates: &Mates) -> bool {
    let mut mates = one.tokens.clone().filter_map(|token| mates.of_a(token));
    mates.any(|mate| other.tokens.contains(&mate))
}

fn share_gap(one: &CueAt, other: &CueAt, gaps: &[Gap]) -> bool {
    gaps.iter().any(|gap| hold(&gap.a, &one.tokens) && hold(&gap.b, &other.tokens))
}

/// Takes out the first that fits; whether there is one.
fn remove_first<'s>(all: &mut Vec<&'s CueAt>, fits: impl Fn(&'s CueAt) -> bool) -> bool {
    let found = all.iter().position(|one| fits(one));
    found.map(|at| all.remove(at)).is_some()
}
