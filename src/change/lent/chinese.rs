//! Chinese names that both sides show: two that changed places around the same words.

use super::{LONGEST, MOST, Names, named};
use crate::change::fact::Side;
use crate::change::lexicon::Cue;
use crate::change::names::is_surname;
use crate::change::tables::chinese;
use crate::span::meet;
use crate::text::Token;

/// Longest name of a person in Chinese characters, and longest verb with what belongs to it, in tokens.
const PERSON: usize = 4;
const VERB: usize = 8;

/// Two Chinese names that changed places around the same words: 李建华指责王海涛, 王海涛指责李建华.
pub(super) fn swapped(a: &Side<'_>, b: &Side<'_>) -> Names {
    if !a.reading.has_han() {
        return Names::default();
    }
    let (left, right) = (a.hashes(), b.hashes());
    if right.len() > LONGEST {
        return Names::default();
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
    Names::default()
}

/// Two persons of one surname at the heads of clauses, one on either side and on neither both: 李建国在, 李建华以.
pub(super) fn namesakes(a: &Side<'_>, b: &Side<'_>) -> Names {
    let (of_a, of_b) = (heads(a), heads(b));
    let only = |own: &[(u32, Vec<Token>)], others: &[(u32, Vec<Token>)]| -> Vec<(u32, Vec<Token>)> {
        own.iter().filter(|(_, name)| !others.iter().any(|(_, other)| other == name)).cloned().collect()
    };
    let ([(x, name)], [(y, other)]) = (&only(&of_a, &of_b)[..], &only(&of_b, &of_a)[..]) else {
        return Names::default();
    };
    // A given name of which nothing is the same is another person; one of which all is different may be another word.
    let alike = name[0] == other[0] && (name[1] == other[1] || name[2] == other[2]);
    if !alike {
        return Names::default();
    }
    (vec![named(a, *x..x + GIVEN)], vec![named(b, *y..y + GIVEN)])
}

/// Tokens of a name with a surname of one character and two others.
const GIVEN: u32 = 3;

/// Where clauses begin with three characters that may be a name, and those.
fn heads(side: &Side<'_>) -> Vec<(u32, Vec<Token>)> {
    if !side.reading.has_han() {
        return Vec::new();
    }
    let text = side.text;
    let together = |token: u32| text.places[token as usize].0 == text.places[token as usize - 1].1;
    let head = |token: u32| {
        let (end, inside) = (token + GIVEN, side.tokens.contains(&(token + GIVEN)));
        let begins = token == side.tokens.start || !together(token);
        let follows = inside
            && (token + 1..=end).all(together)
            && chinese::AFTER_NAME.contains(&text.span(end as usize).of(text.text));
        let taken = side.facts.iter().any(|fact| meet(&fact.tokens, &(token..end)));
        (begins && follows && !taken && is_surname(text, token))
            .then(|| (token, text.tokens[token as usize..end as usize].to_vec()))
    };
    side.tokens.clone().take(LONGEST).filter_map(head).take(MOST).collect()
}
