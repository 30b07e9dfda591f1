//! What texts state, by kind and language: lists of spellings that mean the same, and words that state nothing.

use super::*;
use proptest::prelude::*;

mod dates;
mod measures;
mod numbers;
mod properties;

/// The values of a text as one line.
fn shown(text: &str) -> String {
    let shown = values(text).into_iter().map(|value| {
        let weak = if value.weak { "?" } else { "" };
        format!("{:?} {}{weak}", value.kind, value.key).to_lowercase()
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn same(a: &str, b: &str) -> bool {
    let (a, b) = (values(a), values(b));
    !a.is_empty() && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.means(b) && b.means(a))
}

/// Spellings in one list mean the same; those of different lists do not.
fn check(lists: &[&[&str]]) {
    let mut wrong = Vec::new();
    let both = |one: &str, other: &str| format!("{one:?} {}, {other:?} {}", shown(one), shown(other));
    for (at, list) in lists.iter().enumerate() {
        let unequal = list.iter().filter(|spelling| !same(list[0], spelling));
        wrong.extend(unequal.map(|spelling| both(list[0], spelling)));
        let others = lists[at + 1..].iter().flat_map(|list| *list);
        wrong.extend(others.filter(|other| same(list[0], other)).map(|other| both(list[0], other)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// None of these states anything; what is weak counts for nothing.
fn check_nothing(texts: &[&str]) {
    let stated = texts.iter().filter(|text| !values(text).iter().all(|value| value.weak));
    let wrong: Vec<_> = stated.map(|text| format!("{text:?} {}", shown(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
