//! What sentences elsewhere in the passage state of what one side of a unit lacks: a passage is cut into units, and its sides
//! may be cut otherwise.

use super::Lone;
use crate::change::fact::{Fact, Side, Source};
use crate::change::kind::ChangeKind;
use crate::span::meet;
use crate::text::Tokenised;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// The lone facts that no unit of the passage has on the other side. Negations of one unit were set off there already, where
/// that could be done.
pub(in crate::change::judge) fn unmet(lone: Vec<Lone>) -> Vec<Lone> {
    type Key = (ChangeKind, Cow<'static, str>);
    let key = |lone: &Lone| -> Key { (lone.fact.kind, lone.fact.tag.clone()) };
    let (in_a, in_b): (Vec<Lone>, Vec<Lone>) = lone.into_iter().partition(|lone| lone.in_a);
    let mut of_b: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (at, lone) in in_b.iter().enumerate().rev() {
        of_b.entry(key(lone)).or_default().push(at);
    }
    let mut met = vec![false; in_b.len()];
    let mut left = Vec::new();
    for lone in in_a {
        let free = of_b.get_mut(&key(&lone));
        // Each denies in a sentence of its own that is otherwise the same.
        let own = |at: usize| lone.change.is_some() && in_b[at].change.is_some();
        // What was denied beside words that stayed is no denial in a sentence of which nothing did.
        let moved = |at: usize| (lone.change.is_none() || in_b[at].change.is_none()) && (lone.stays || in_b[at].stays);
        let parted =
            |at: usize| lone.fact.kind == ChangeKind::Negation && (in_b[at].unit == lone.unit || own(at) || moved(at));
        let found = free.and_then(|free| {
            let last = free.iter().rposition(|&at| !parted(at))?;
            Some(free.remove(last))
        });
        match found {
            Some(at) => met[at] = true,
            None => left.push(lone),
        }
    }
    left.extend(in_b.into_iter().zip(met).filter(|(_, met)| !met).map(|(lone, _)| lone));
    left
}

/// Whether a fact that is no change by itself may be what another unit lacks.
pub(super) fn may_meet(fact: &Fact) -> bool {
    use ChangeKind::{Date, Name, Number, Percentage};
    matches!(fact.kind, Name | Number | Percentage | Date) && !fact.weak
}

/// What the sentences of `within` state that no unit holds: nothing on the other side is matched to them.
pub(in crate::change::judge) fn unread(
    source: Source<'_>,
    within: &Range<u32>,
    units: Vec<&Range<u32>>,
    in_a: bool,
) -> Vec<Lone> {
    let meets = |tokens: &Range<u32>| units.iter().any(|unit| meet(unit, tokens));
    let sentences = &source.tokens.sentences;
    let first = sentences.partition_point(|sentence| sentence.tokens.start < within.start);
    let inside = sentences[first..].iter().map(|sentence| &sentence.tokens);
    let alone = inside.take_while(|tokens| tokens.end <= within.end).filter(|tokens| !meets(tokens));
    let facts = alone.flat_map(|tokens| {
        // What is told there may be what a sentence cut otherwise tells, denials included.
        let told = |fact: &Fact| may_meet(fact) || fact.denies();
        let facts = Side::read(source, tokens.clone()).facts.into_iter().filter(told);
        facts.map(|fact| Lone { unit: None, fact, in_a, stays: false, change: None }).collect::<Vec<_>>()
    });
    facts.collect()
}

/// Two values of one kind, the only ones that either side of a short passage states and the other does not: the sentences
/// were cut otherwise, and one stands for the other if it is told of in the same way.
pub(in crate::change::judge) fn crossed(left: &[Lone], a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<(Fact, Fact)> {
    let only = |kind: ChangeKind, in_a: bool| {
        let mut of_kind = left.iter().filter(|lone| lone.fact.kind == kind && lone.in_a == in_a && !lone.fact.weak);
        of_kind.next().filter(|_| of_kind.next().is_none())
    };
    let kinds = [ChangeKind::Number, ChangeKind::Percentage, ChangeKind::Date];
    let pairs = kinds.into_iter().filter_map(|kind| only(kind, true).zip(only(kind, false)));
    let apart = |x: &Lone, y: &Lone| x.unit.is_none() || x.unit != y.unit;
    let met = pairs.filter(|(x, y)| apart(x, y) && is_told_alike((&x.fact, a), (&y.fact, b)));
    met.map(|(x, y)| (x.fact.clone(), y.fact.clone())).collect()
}

/// Whether two values are percentages, dates of the same parts, or numbers of the same thing.
fn is_told_alike((x, a): (&Fact, &Tokenised<'_>), (y, b): (&Fact, &Tokenised<'_>)) -> bool {
    let parts = |fact: &Fact| -> String {
        let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
        fact.tag.chars().map(digits).collect()
    };
    // In Korean and Chinese what is counted may be one with the particle behind it: 420명이었다, 402명을.
    let counted = |fact: &Fact, text: &Tokenised<'_>| -> String {
        let after = text.text[fact.span.end..].trim_start_matches([' ', '-']);
        let wide = after.starts_with(|c: char| c >= '\u{2E80}');
        after.chars().take_while(|c| c.is_alphabetic()).take(if wide { 1 } else { usize::MAX }).collect()
    };
    match x.kind {
        ChangeKind::Date => parts(x) == parts(y),
        ChangeKind::Number => counted(x, a) == counted(y, b) && !counted(x, a).is_empty(),
        _ => true,
    }
}
