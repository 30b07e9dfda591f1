//! Latin words that begin a sentence with a capital, as every word does there, and have a name in their place on the other side:
//! Barclays, HSBC.

use super::in_place;
use crate::change::fact::{Fact, Key, Side};
use crate::change::lent::{LONGEST, Names, is_taken, named};
use crate::change::tables::INITIAL;
use crate::change::unit::Mates;
use std::ops::Range;

/// Letters of a word that may be a name.
const LETTERS: usize = 4;

/// Names to add to A and to B. Cost: that of the facts for each place that differs, in sides of a bounded length.
pub(super) fn openings(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Names {
    let (mut of_a, mut of_b) = Names::default();
    let named_there = |side: &Side<'_>| side.facts.iter().any(|fact| matches!(fact.key, Key::Name(_)));
    if a.tokens.len().max(b.tokens.len()) > LONGEST || !(named_there(a) || named_there(b)) {
        return (of_a, of_b);
    }
    for (x, y) in in_place(a, b, mates) {
        if is_name(b, &y) {
            of_a.extend(opening(a, x));
        } else if is_name(a, &x) {
            of_b.extend(opening(b, y));
        }
    }
    (of_a, of_b)
}

/// Whether some tokens are a name of one word.
fn is_name(side: &Side<'_>, tokens: &Range<u32>) -> bool {
    side.facts.iter().any(|fact| matches!(fact.key, Key::Name(_)) && fact.tokens == *tokens)
}

/// A word that begins a sentence, and might be a name: no common word, and nothing that is read as something else.
fn opening(side: &Side<'_>, tokens: Range<u32>) -> Option<Fact> {
    let word = side.word(tokens.start);
    let plain = word.len() >= LETTERS && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_open =
        tokens.len() == 1 && side.begins_sentence(tokens.start) && plain && word.as_bytes()[0].is_ascii_uppercase();
    let is_free = || !is_taken(side, tokens.start) && !side.others.iter().any(|cue| cue.tokens.contains(&tokens.start));
    (is_open && !INITIAL.has("words", &word.to_ascii_lowercase()) && is_free()).then(|| named(side, tokens))
}
