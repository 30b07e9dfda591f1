//! Words in each other's place that nothing but that shows to be names: 갑이 을의, 을이 갑의; 1위 갑, 2위 을; and members of a
//! ranked list.

use super::{LONGEST, MOST, Names, SYLLABLES, fact, is_taken, named};
use crate::change::fact::{Fact, Side};
use crate::change::lexicon::Cue;
use crate::change::order::{Ranked, is_ranked, ranks, shared_stem};
use crate::change::tables::{JOSA, korean};
use crate::change::unit::Mates;
use crate::span::Span;
use std::ops::Range;

/// Most members of a ranked list, most tokens of one, and most words of a Korean one.
const MEMBERS: usize = 12;
const MEMBER: usize = 10;
const WORDS: u32 = 3;

/// Names of either side that stand in each other's place. Cost: linear but for the few words looked at.
pub(super) fn in_places(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Names {
    if a.tokens.len().max(b.tokens.len()) > LONGEST {
        return Names::default();
    }
    let both = |has: fn(&Side<'_>) -> bool| has(a) && has(b);
    let hangul = both(|side| side.reading.has_hangul());
    let words = if hangul { in_slots(a, b, mates).or_else(|| in_ranks(a, b)) } else { None };
    if let Some([(xa, xb), (ya, yb)]) = words {
        let names = |side: &Side<'_>, words: [Word; 2]| {
            let free = words.into_iter().filter(|word| !is_taken(side, word.token));
            free.map(|word| word.name(side)).collect()
        };
        return (names(a, [xa, ya]), names(b, [xb, yb]));
    }
    if both(is_ranked) { in_lists(a, b) } else { Names::default() }
}

/// A Korean word, and bytes of it that are a name.
#[derive(Debug, Clone, Copy)]
struct Word {
    token: u32,
    stem: usize,
}

impl Word {
    fn name(self, side: &Side<'_>) -> Fact {
        let start = side.text.span(self.token as usize).start;
        let span = Span::new(start, start + self.stem);
        fact(self.token..self.token + 1, span, vec![span.of(side.text.text).to_owned()])
    }
}

/// Two words of A, each with the same one of B.
type Exchanged = [(Word, Word); 2];

/// Two words that stand in each other's place before the particles of the place, which give different roles, with the same words
/// matched around them.
fn in_slots(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Option<Exchanged> {
    let slots = slots(a, b, mates);
    let role = |rest: &str| JOSA.iter().find(|josa| josa.written == rest).map(|josa| josa.role);
    for (at, &(x, y_b)) in slots.iter().enumerate() {
        for &(y, x_b) in &slots[at + 1..] {
            let same_x = shared_stem(a.word(x), b.word(x_b)).filter(|(stem, ..)| is_party(stem));
            let same_y = shared_stem(a.word(y), b.word(y_b)).filter(|(stem, ..)| is_party(stem));
            let (Some((stem_x, rest_x, rest_x_b)), Some((stem_y, rest_y, rest_y_b))) = (same_x, same_y) else {
                continue;
            };
            let (role_x, role_y) = (role(rest_x), role(rest_y));
            let keep = role_x == role(rest_y_b) && role_y == role(rest_x_b);
            // 갑과 을이: a list.
            let is_list = role_x == Some("with") && y == x + 1;
            if keep && role_x.is_some() && role_y.is_some() && role_x != role_y && !is_list && stem_x != stem_y {
                let word = |token: u32, stem: &str| Word { token, stem: stem.len() };
                return Some([(word(x, stem_x), word(x_b, stem_x)), (word(y, stem_y), word(y_b, stem_y))]);
            }
        }
    }
    None
}

/// Long enough for a name, or a party of a contract: 갑, 을.
fn is_party(stem: &str) -> bool {
    stem.chars().count() >= SYLLABLES || korean::PARTY.contains(&stem)
}

/// Words of A, each with the word of B that stands in its place: as far from where the sides begin to differ, if they do so over
/// as many words; or else unmatched, as the other is, and as far from the last matched one.
pub(super) fn slots(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Vec<(u32, u32)> {
    let (left, right) = (a.hashes(), b.hashes());
    if left.len() == right.len() {
        let pairs = (a.tokens.clone()).zip(b.tokens.clone());
        return pairs
            .zip(left.iter().zip(right))
            .filter(|(_, (x, y))| x != y)
            .map(|(pair, _)| pair)
            .take(MOST)
            .collect();
    }
    let (mut next, mut found) = (b.tokens.start, Vec::new());
    for token in a.tokens.clone() {
        match mates.of_a(token) {
            Some(mate) => next = mate + 1,
            None => {
                if b.tokens.contains(&next) && mates.of_b(next).is_none() && found.len() < MOST {
                    found.push((token, next));
                }
                next += 1;
            }
        }
    }
    found
}

/// Two words that have each other's rank.
fn in_ranks(a: &Side<'_>, b: &Side<'_>) -> Option<Exchanged> {
    let (of_a, of_b) = (ranks(a), ranks(b));
    let with = |ranked: &[Ranked<'_>], rank: &str| ranked.iter().find(|one| one.rank == rank).map(|one| one.token);
    for (at, x) in of_a.iter().enumerate() {
        for y in &of_a[at + 1..] {
            let Some((y_b, x_b)) = with(&of_b, x.rank).zip(with(&of_b, y.rank)) else { continue };
            let same_x = shared_stem(a.word(x.token), b.word(x_b)).filter(|(stem, ..)| is_party(stem));
            let same_y = shared_stem(a.word(y.token), b.word(y_b)).filter(|(stem, ..)| is_party(stem));
            let Some(((stem_x, ..), (stem_y, ..))) = same_x.zip(same_y) else { continue };
            if stem_x != stem_y {
                let word = |token: u32, stem: &str| Word { token, stem: stem.len() };
                return Some([(word(x.token, stem_x), word(x_b, stem_x)), (word(y.token, stem_y), word(y_b, stem_y))]);
            }
        }
    }
    None
}

/// Members of a ranked list that have each other's place in it.
fn in_lists(a: &Side<'_>, b: &Side<'_>) -> Names {
    let (of_a, of_b) = (members(a), members(b));
    let text = |side: &Side<'_>, member: &Range<u32>| side.text.span_of(member).of(side.text.text).to_owned();
    let in_a: Vec<String> = of_a.iter().map(|member| text(a, member)).collect();
    let in_b: Vec<String> = of_b.iter().map(|member| text(b, member)).collect();
    let Some(x) = in_a.iter().zip(&in_b).position(|(one, other)| one != other) else { return Names::default() };
    let Some(y) = in_a.iter().position(|one| *one == in_b[x]) else { return Names::default() };
    if in_a.len() != in_b.len() || in_b[y] != in_a[x] {
        return Names::default();
    }
    let names = |side: &Side<'_>, members: &[Range<u32>]| {
        let free = [x, y].into_iter().filter(|&at| !members[at].clone().any(|token| is_taken(side, token)));
        free.map(|at| named(side, members[at].clone())).collect()
    };
    (names(a, &of_a), names(b, &of_b))
}

/// The members of the list that a side says to be ranked: in Chinese behind the word that says so, in Korean before it.
fn members(side: &Side<'_>) -> Vec<Range<u32>> {
    let Some(cue) = side.others.iter().find(|cue| cue.found.group.cue == Cue::Ranked) else { return Vec::new() };
    let gap = |token: u32| {
        let (before, after) = (side.text.span(token as usize - 1), side.text.span(token as usize));
        &side.text.text[before.end..after.start]
    };
    let mut found = Vec::new();
    if side.reading.has_hangul() {
        let mut end = cue.tokens.start;
        let commas = (side.tokens.start + 1..end).rev().filter(|&token| gap(token).contains([',', '·']));
        for comma in commas {
            if end - comma > WORDS {
                break;
            }
            found.push(comma..end);
            end = comma;
        }
        // The first is the last word before the first comma.
        if !found.is_empty() {
            found.push(end - 1..end);
        }
        found.reverse();
    } else {
        let joins = |token: u32| matches!(side.word(token), "和" | "与" | "與" | "及" | "为" | "為" | "是");
        let ends = |token: &u32| gap(*token).contains(['，', '。', '；', ',']);
        let first = cue.tokens.end;
        let end = (first + 1..side.tokens.end).find(ends).unwrap_or(side.tokens.end);
        let mut start = first;
        for token in first..end {
            if joins(token) || token > start && gap(token).contains('、') {
                found.push(start..token);
                start = token + u32::from(joins(token));
            }
        }
        found.push(start..end);
    }
    found.retain(|member| (1..=MEMBER).contains(&member.len()));
    found.truncate(MEMBERS);
    found
}
