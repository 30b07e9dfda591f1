//! Chinese names that both sides show: two that changed places around the same words.

use super::{LONGEST, MOST, fact};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::names::is_surname;
use crate::text::Token;
use std::ops::Range;

/// Longest name of a person in Chinese characters, and longest verb with what belongs to it, in tokens.
const PERSON: usize = 4;
const VERB: usize = 8;

/// Two Chinese names that changed places around the same words: 李建华指责王海涛, 王海涛指责李建华.
pub(super) fn swapped(a: &Side<'_>, b: &Side<'_>) -> (Vec<Fact>, Vec<Fact>) {
    let none = || (Vec::new(), Vec::new());
    if !a.reading.has_han() {
        return none();
    }
    let (left, right) = (tokens(a), tokens(b));
    if right.len() > LONGEST {
        return none();
    }
    let surname = |at: &usize| is_surname(a.text, a.tokens.start + *at as u32);
    let surnames: Vec<usize> = (0..left.len().min(LONGEST)).filter(surname).take(MOST).collect();
    for (nth, &first) in surnames.iter().enumerate() {
        for &second in surnames[nth + 1..].iter().take_while(|&&second| second - first <= PERSON + VERB) {
            let longest_first = || (2..=PERSON).rev();
            for (one, two) in longest_first().flat_map(|one| longest_first().map(move |two| (one, two))) {
                if first + one >= second || second + two > left.len() {
                    continue;
                }
                let (name, between, other) =
                    (&left[first..first + one], &left[first + one..second], &left[second..second + two]);
                let joint = a.tokens.start + (first + one) as u32..a.tokens.start + second as u32;
                if a.others.iter().any(|cue| cue.found.group.cue == Cue::And && cue.tokens == joint) {
                    continue;
                }
                let turned = [other, between, name].concat();
                let Some(at) = right.windows(turned.len()).position(|window| *window == turned) else { continue };
                let named = |side: &Side<'_>, from: usize, count: usize| {
                    let start = side.tokens.start + from as u32;
                    named(side, start..start + count as u32)
                };
                let of_b = vec![named(b, at, two), named(b, at + two + between.len(), one)];
                return (vec![named(a, first, one), named(a, second, two)], of_b);
            }
        }
    }
    none()
}

/// Longest of two parties that changed places, in tokens; and how much of what is the same before and after them may belong
/// to them: 甲公司起诉乙公司.
const PARTY: usize = 10;
const ENDING: usize = 4;

/// Two parties, whatever they are called, that changed places with nothing else changed: 甲以侵权为由起诉乙, 乙以侵权为由起诉甲.
pub(super) fn parties_swapped(a: &Side<'_>, b: &Side<'_>) -> (Vec<Fact>, Vec<Fact>) {
    let none = || (Vec::new(), Vec::new());
    let (left, right) = (tokens(a), tokens(b));
    if !a.reading.has_han() || left.len() != right.len() || left.len() > LONGEST {
        return none();
    }
    let same = |(x, y): &(&Token, &Token)| x == y;
    let before = left.iter().zip(right).take_while(same).count();
    let after = left[before..].iter().rev().zip(right[before..].iter().rev()).take_while(same).count();
    let sorted = |side: &[Token]| {
        let mut core: Vec<u64> = side[before..side.len() - after].iter().map(|token| token.0).collect();
        core.sort_unstable();
        core
    };
    if before == left.len() || sorted(left) != sorted(right) {
        return none();
    }
    let parties = |side: &Side<'_>, from: usize, first: usize, middle: usize, last: usize| {
        let start = side.tokens.start + from as u32;
        let second = start + (first + middle) as u32;
        (start..start + first as u32, second..second + last as u32)
    };
    for less_before in 0..=before.min(ENDING) {
        for less_after in 0..=after.min(ENDING) {
            let from = before - less_before;
            let (one, two) =
                (&left[from..left.len() - after + less_after], &right[from..right.len() - after + less_after]);
            let Some((first, last)) = turned(one, two) else { continue };
            let middle = one.len() - first - last;
            let (x, y) = parties(a, from, first, middle, last);
            let (y_b, x_b) = parties(b, from, last, middle, first);
            let joint = x.end..y.start;
            let is_joint = a.others.iter().any(|cue| cue.found.group.cue == Cue::And && cue.tokens == joint);
            let is_party = |side: &Side<'_>, tokens: &Range<u32>| {
                let meets = |fact: &&Fact| fact.tokens.start < tokens.end && tokens.start < fact.tokens.end;
                let span = side.text.span_of(tokens);
                let alone = side.facts.iter().filter(meets).all(|fact| fact.kind == ChangeKind::Name);
                alone && !span.of(side.text.text).contains(['，', '。', '；', '：', '、', ' '])
            };
            if !is_joint && is_party(a, &x) && is_party(a, &y) {
                return (vec![named(a, x), named(a, y)], vec![named(b, y_b), named(b, x_b)]);
            }
        }
    }
    none()
}

/// Tokens at the start and at the end of `one` that stand at the end and at the start of `two`, around the same middle.
fn turned(one: &[Token], two: &[Token]) -> Option<(usize, usize)> {
    let count = one.len();
    let lengths = || 2..=PARTY.min(count);
    lengths().flat_map(|first| lengths().map(move |last| (first, last))).find(|&(first, last)| {
        first + last < count
            && one[..first] == two[count - first..]
            && one[count - last..] == two[..last]
            && one[first..count - last] == two[last..count - first]
    })
}

fn tokens<'t>(side: &Side<'t>) -> &'t [Token] {
    &side.text.tokens[side.tokens.start as usize..side.tokens.end as usize]
}

/// A name of some characters.
fn named(side: &Side<'_>, tokens: Range<u32>) -> Fact {
    let span = side.text.span_of(&tokens);
    fact(tokens, span, span.of(side.text.text).to_owned())
}
