//! Chinese names that both sides show: two that changed places around the same words.

use super::{LONGEST, MOST, named, tokens};
use crate::change::fact::{Fact, Side};
use crate::change::lexicon::Cue;
use crate::change::names::is_surname;

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
