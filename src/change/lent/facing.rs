//! Names told by what they stand in the place of, between the same words: each side shows the other's to be one.

mod chinese;
mod korean;
mod latin;

use super::{LONGEST, Names, is_taken};
use crate::change::fact::{Fact, Side};
use crate::change::unit::Mates;
use crate::span::hold;
use chinese::{courtesy, ground, nation, section, things, title};
use korean::{before_title, body, nations, person, stranger, surname};
use latin::openings;
use std::ops::Range;

/// Names to add to A and to B. Cost: linear.
pub(super) fn facing(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Names {
    if a.tokens.len().max(b.tokens.len()) > LONGEST {
        return Names::default();
    }
    if a.reading.has_hangul() && b.reading.has_hangul() {
        let sorts = [body, person, surname, before_title, nations];
        let met = in_place(a, b, mates).flat_map(|(x, y)| {
            let known = is_taken(a, x.start) || is_taken(b, y.start);
            let met = sorts.iter().find_map(|sort| sort(a, x.clone()).zip(sort(b, y.clone())));
            met.or_else(|| stranger(a, x).zip(stranger(b, y)).filter(|_| known))
        });
        told(a, b, met)
    } else if a.reading.has_han() && b.reading.has_han() {
        let sorts = [section, ground, nation, courtesy, title];
        let met = in_place(a, b, mates)
            .filter_map(|(x, y)| sorts.iter().find_map(|sort| sort(a, x.clone()).zip(sort(b, y.clone()))));
        let (mut of_a, mut of_b) = told(a, b, met);
        // Ships and storms are named whether they differ or not: they may have changed places.
        let (in_a, in_b) = (things(a), things(b));
        if !in_a.is_empty() && !in_b.is_empty() {
            of_a.extend(in_a);
            of_b.extend(in_b);
        }
        (of_a, of_b)
    } else {
        openings(a, b, mates)
    }
}

/// Those of some names in each other's place that are not one, and not known yet.
fn told(a: &Side<'_>, b: &Side<'_>, met: impl Iterator<Item = (Fact, Fact)>) -> Names {
    let (mut of_a, mut of_b) = Names::default();
    for (x, y) in met {
        let (one, other) = (x.span.of(a.text.text), y.span.of(b.text.text));
        if !is_short_for(one, other) && !is_short_for(other, one) {
            of_a.extend((!is_taken(a, x.tokens.start)).then_some(x));
            of_b.extend((!is_taken(b, y.tokens.start)).then_some(y));
        }
    }
    (of_a, of_b)
}

/// What differs in one place of the alignment: tokens of A and of B, some of both, between words that are matched.
pub(super) fn in_place<'s>(
    a: &'s Side<'_>,
    b: &'s Side<'_>,
    mates: &'s Mates,
) -> impl Iterator<Item = (Range<u32>, Range<u32>)> + use<'s> {
    mates.free_of_a(&a.tokens).filter_map(move |Range { start, end }| {
        let from = if start == a.tokens.start { b.tokens.start } else { mates.of_a(start - 1)? + 1 };
        let to = if end == a.tokens.end { b.tokens.end } else { mates.of_a(end)? };
        (from < to && hold(&b.tokens, &(from..to))).then_some((start..end, from..to))
    })
}

/// Whether the characters of one name stand in another one in that order, as in what it is called for short: 특검팀, 특별검사팀.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}
