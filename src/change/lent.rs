//! Names that only both sides together show to be names: a capital that begins a sentence here and stands inside one there;
//! parties of whatever name in each other's place or role; a Korean place in another's place; and what a title shows to be a
//! name on the other side. And words that are none: they begin a sentence here and stand without a capital there.

mod bodies;
mod chinese;
mod facing;
mod korean;
mod namesakes;
mod only;
mod places;
mod strangers;
mod swapped;
mod voice;

use super::fact::{Fact, Key, Side};
use super::kind::ChangeKind;
use super::names::{Name, is_korean_particle};
use super::tables::{INITIAL, chinese as chinese_words};
use super::unit::Mates;
use crate::span::Span;
use crate::text::fold;
pub(super) use bodies::is_head;
use bodies::{bodies, take_out_bodies};
use chinese::{namesakes, swapped};
use facing::facing;
use korean::{foreign_towns, parties_turned};
use only::only;
use places::in_places;
use std::ops::Range;
use strangers::strangers;
pub(super) use swapped::around_permuted;
use swapped::parties_swapped;
use voice::voice;

/// Names to add to A and to B.
type Names = (Vec<Fact>, Vec<Fact>);

/// Most words of a side that are looked at.
const MOST: usize = 64;
/// Fewest syllables of a Korean word that may be a party.
const SYLLABLES: usize = 2;
/// Longest sides that are looked through for names in each other's place, in tokens.
const LONGEST: usize = 256;

/// Adds to each side the names that the other shows it to have. Cost: linear but for the few words looked at.
pub(super) fn lend(a: &mut Side<'_>, b: &mut Side<'_>, mates: &Mates) {
    let (common_a, common_b) = (commons(a, b), commons(b, a));
    take_out(a, &common_a);
    take_out(b, &common_b);
    let names = (capitals(a, b), capitals(b, a));
    add_both(a, b, names);
    take_out_bodies(a, b);
    take_out_bodies(b, a);
    let names = bodies(a, b, mates);
    name_both(a, b, names);
    exchange(a, b, mates);
    let names = only(a, b, mates);
    add_both(a, b, names);
    let names = namesakes(a, b);
    add_both(a, b, names);
    let names = namesakes::namesakes(a, b);
    add_both(a, b, names);
    let names = foreign_towns(a, b);
    add_both(a, b, names);
    let matched_a = |token| mates.of_a(token).is_some();
    let matched_b = |token| mates.of_b(token).is_some();
    let names = strangers((a, matched_a), (b, matched_b));
    name_both(a, b, names);
    let names = facing(a, b, mates);
    name_both(a, b, names);
    let names = voice(a, b);
    name_both(a, b, names);
    let names = (known(a, b), known(b, a));
    add_both(a, b, names);
}

/// Adds parties in each other's role or place. Where one reader finds some, the next ones are not asked.
fn exchange(a: &mut Side<'_>, b: &mut Side<'_>, mates: &Mates) {
    let parties = parties_turned(a, b);
    let mut swapped = swapped(a, b);
    if swapped.0.is_empty() && parties.0.is_empty() {
        swapped = parties_swapped(a, b);
    }
    if swapped.0.is_empty() && parties.0.is_empty() {
        swapped = in_places(a, b, mates);
    }
    replace(a, &swapped.0);
    replace(b, &swapped.1);
    add(a, parties.0.into_iter().chain(swapped.0));
    add(b, parties.1.into_iter().chain(swapped.1));
}

/// Tokens that begin a sentence and were taken for names of one word, and are words without a capital on the other side.
fn commons(side: &Side<'_>, other: &Side<'_>) -> Vec<u32> {
    let first = |fact: &Fact| {
        let name = fact.kind == ChangeKind::Name && fact.tokens.len() == 1 && fact.span.of(side.text.text).is_ascii();
        // The Senate, the senate: a body may be written either way.
        let body = || INITIAL.has("institution", &fact.span.of(side.text.text).to_ascii_lowercase());
        (name && (side.begins_sentence(fact.tokens.start) || body())).then_some(fact.tokens.start)
    };
    let is_common = |token: &u32| {
        let word = side.text.span(*token as usize).of(side.text.text);
        let word = word.strip_suffix('s').unwrap_or(word);
        // The same word, in the singular or plural.
        let same = |there: &str| {
            there.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
                && matches!(&there[word.len()..], "" | "s" | "es")
        };
        let there = |at: u32| other.word(at);
        other.tokens.clone().map(there).any(|there| there.starts_with(|c: char| c.is_lowercase()) && same(there))
    };
    side.facts.iter().filter_map(first).take(MOST).filter(is_common).collect()
}

fn take_out(side: &mut Side<'_>, tokens: &[u32]) {
    if !tokens.is_empty() {
        side.facts.retain(|fact| fact.kind != ChangeKind::Name || !tokens.contains(&fact.tokens.start));
    }
}

/// Takes out the names that `names` overlap.
fn replace(side: &mut Side<'_>, names: &[Fact]) {
    let meets = |fact: &Fact| names.iter().any(|name| name.span.meets(fact.span));
    side.facts.retain(|fact| fact.kind != ChangeKind::Name || !meets(fact));
}

fn add(side: &mut Side<'_>, names: impl Iterator<Item = Fact>) {
    let count = side.facts.len();
    side.facts.extend(names);
    if side.facts.len() > count {
        side.facts.sort_by_key(|fact| (fact.span.start, fact.span.end, fact.kind));
    }
}

fn add_both(a: &mut Side<'_>, b: &mut Side<'_>, names: Names) {
    add(a, names.0.into_iter());
    add(b, names.1.into_iter());
}

/// Adds names, in which nothing that looks like a cue is one.
fn name_as(side: &mut Side<'_>, names: Vec<Fact>) {
    if names.is_empty() {
        return;
    }
    let inside = |fact: &Fact| names.iter().any(|name| name.span.holds(fact.span));
    side.facts.retain(|fact| fact.group().is_none() || !inside(fact));
    add(side, names.into_iter());
}

fn name_both(a: &mut Side<'_>, b: &mut Side<'_>, names: Names) {
    name_as(a, names.0);
    name_as(b, names.1);
}

fn fact(tokens: Range<u32>, span: Span, words: Vec<String>) -> Fact {
    let name = Name { span, bare: span, tokens: tokens.clone(), words };
    let (kind, tag) = (ChangeKind::Name, name.key().into());
    Fact { kind, tag, span, tokens, weak: false, latent: false, key: Key::Name(Box::new(name)) }
}

fn is_taken(side: &Side<'_>, token: u32) -> bool {
    side.facts.iter().any(|fact| fact.tokens.contains(&token))
}

/// Words that begin a sentence of `side` and are names of one word in `other`.
fn capitals(side: &Side<'_>, other: &Side<'_>) -> Vec<Fact> {
    let names = other.facts.iter().filter_map(|fact| match &fact.key {
        Key::Name(name) => <&[String; 1]>::try_from(&name.words[..]).ok().map(|[word]| word),
        _ => None,
    });
    let names: Vec<&String> = names.take(MOST).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let sentences = &side.text.sentences;
    let from = sentences.partition_point(|sentence| sentence.tokens.start < side.tokens.start);
    let firsts = sentences[from..].iter().map(|sentence| sentence.tokens.start);
    firsts
        .take_while(|first| *first < side.tokens.end)
        .filter_map(|token| {
            let (span, word) = (side.text.span(token as usize), side.folded(token));
            let capital = side.word(token).starts_with(|c: char| c.is_uppercase());
            (capital && names.contains(&&word)).then_some((token, span, word))
        })
        .take(MOST)
        .filter(|(token, ..)| !is_taken(side, *token))
        .map(|(token, span, word)| fact(token..token + 1, span, vec![word]))
        .collect()
}

/// Korean and Chinese words of `side` that are names in `other`: nothing shows it here, but a title or a verb did there.
fn known(side: &Side<'_>, other: &Side<'_>) -> Vec<Fact> {
    let (hangul, han) = (side.reading.has_hangul(), side.reading.has_han());
    if !hangul && !han {
        return Vec::new();
    }
    let names = other.facts.iter().filter_map(|fact| match &fact.key {
        Key::Name(name) => match &name.words[..] {
            // What is listed is known without help.
            [word] if !word.starts_with('=') && !word.is_ascii() => Some((fact, word)),
            _ => None,
        },
        _ => None,
    });
    let here = side.text.span_of(&side.tokens);
    let there = other.text.span_of(&other.tokens).of(other.text.text);
    // Where a name stands that the other side has nowhere, it may stand for the one that is missing here.
    let is_strange = |fact: &Fact| match &fact.key {
        Key::Name(name) => {
            // What is listed has other names.
            let is_listed = name.words.first().is_some_and(|word| word.starts_with('='));
            !is_listed && !there.contains(name.bare.of(side.text.text))
        }
        _ => false,
    };
    if side.facts.iter().any(is_strange) {
        return Vec::new();
    }
    let mut found: Vec<Fact> = Vec::new();
    for (name, word) in names.take(MOST) {
        let bare = name.span.of(other.text.text);
        if bare.chars().count() < SYLLABLES || side.facts.iter().any(|fact| fact.means(name)) {
            continue;
        }
        let as_name = |(at, bare): (usize, &str)| {
            let span = Span::new(here.start + at, here.start + at + bare.len());
            let tokens = tokens_of(side, span);
            let whole = side.text.span_of(&tokens);
            let ends = is_korean_particle(&side.text.text[span.end..whole.end]);
            let is_free = whole.start == span.start && ends && !tokens.clone().any(|token| is_taken(side, token));
            is_free.then(|| fact(tokens, span, vec![word.clone()]))
        };
        // 深蓝油气, 深蓝油气公司: what it is by law comes and goes.
        let stem = chinese_words::COMPANY.iter().find_map(|kind| bare.strip_suffix(kind));
        let stem = stem.filter(|stem| stem.chars().count() >= SYLLABLES);
        let here = here.of(side.text.text);
        let met = here.match_indices(bare).find_map(as_name);
        found.extend(met.or_else(|| here.match_indices(stem?).find_map(as_name)));
    }
    found
}

/// The tokens that a span touches.
fn tokens_of(side: &Side<'_>, span: Span) -> Range<u32> {
    let places = &side.text.places;
    let first = places.partition_point(|&(_, end)| end as usize <= span.start) as u32;
    let last = places.partition_point(|&(start, _)| (start as usize) < span.end) as u32;
    first..last
}

/// A name of some tokens.
fn named(side: &Side<'_>, tokens: Range<u32>) -> Fact {
    let span = side.text.span_of(&tokens);
    let words = span.of(side.text.text).split(' ').map(|word| {
        let mut folded = String::new();
        fold::token(word, false, &mut folded);
        folded
    });
    fact(tokens, span, words.collect())
}
