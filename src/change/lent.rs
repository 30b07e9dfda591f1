//! Names that only both sides together show to be names: a capital that begins a sentence here and stands inside one there;
//! Korean words of which each is who does it on one side and to whom it is done on the other; two Chinese names in each
//! other's place; a Korean place in another's place; and what a title shows to be a name on the other side. And words that
//! are none: they begin a sentence here and stand without a capital there.

use super::fact::{Fact, Key, Side};
use super::kind::ChangeKind;
use super::lexicon::Cue;
use super::names::{KOREAN_PARTICLES as PARTICLES, Name, is_common, is_surname};
use crate::span::Span;
use crate::text::{Token, fold};
use std::ops::Range;

/// Most words of a side that are looked at.
const MOST: usize = 64;
/// Fewest syllables of a Korean word that may be a party.
const SYLLABLES: usize = 2;
/// The same of one that may be a place, its ending included.
const PLACE: usize = 3;
/// Longest word that may be one, in bytes.
const LONG_WORD: usize = 90;

/// Adds to each side the names that the other shows it to have. Cost: linear but for the few words looked at.
pub(super) fn lend(a: &mut Side<'_>, b: &mut Side<'_>) {
    let (common_a, common_b) = (commons(a, b), commons(b, a));
    take_out(a, &common_a);
    take_out(b, &common_b);
    let (to_a, to_b) = (capitals(a, b), capitals(b, a));
    let (parties_a, parties_b) = exchanged(a, b);
    let (swapped_a, swapped_b) = swapped(a, b);
    replace(a, &swapped_a);
    replace(b, &swapped_b);
    add(a, to_a.into_iter().chain(parties_a).chain(swapped_a));
    add(b, to_b.into_iter().chain(parties_b).chain(swapped_b));
    let (places_a, places_b) = places(a, b);
    add(a, places_a.into_iter());
    add(b, places_b.into_iter());
    let (known_a, known_b) = (known(a, b), known(b, a));
    add(a, known_a.into_iter());
    add(b, known_b.into_iter());
}

/// Tokens that begin a sentence and were taken for names of one word, and are words without a capital on the other side.
fn commons(side: &Side<'_>, other: &Side<'_>) -> Vec<u32> {
    let begins = |token: u32| {
        let at = side.text.sentences.partition_point(|sentence| sentence.tokens.end <= token);
        side.text.sentences.get(at).is_some_and(|sentence| sentence.tokens.start == token)
    };
    let first = |fact: &Fact| {
        let name = fact.kind == ChangeKind::Name && fact.tokens.len() == 1 && fact.span.of(side.text.text).is_ascii();
        (name && begins(fact.tokens.start)).then_some(fact.tokens.start)
    };
    let is_common = |token: &u32| {
        let word = side.text.span(*token as usize).of(side.text.text);
        let word = word.strip_suffix('s').unwrap_or(word);
        // The same word, in the singular or plural.
        let same = |there: &str| {
            there.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
                && matches!(&there[word.len()..], "" | "s" | "es")
        };
        let there = |at: u32| other.text.span(at as usize).of(other.text.text);
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
    let meets = |one: &Fact, two: &Fact| one.span.start < two.span.end && two.span.start < one.span.end;
    side.facts.retain(|fact| fact.kind != ChangeKind::Name || !names.iter().any(|name| meets(name, fact)));
}

fn add(side: &mut Side<'_>, names: impl Iterator<Item = Fact>) {
    let count = side.facts.len();
    side.facts.extend(names);
    if side.facts.len() > count {
        side.facts.sort_by_key(|fact| (fact.span.start, fact.span.end, fact.kind));
    }
}

fn fact(tokens: Range<u32>, span: Span, word: String) -> Fact {
    let name = Name { span, bare: span, tokens: tokens.clone(), words: vec![word] };
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
            let span = side.text.span(token as usize);
            let mut word = String::new();
            fold::token(span.of(side.text.text), false, &mut word);
            let capital = span.of(side.text.text).starts_with(|c: char| c.is_uppercase());
            (capital && names.contains(&&word)).then_some((token, span, word))
        })
        .take(MOST)
        .filter(|(token, ..)| !is_taken(side, *token))
        .map(|(token, span, word)| fact(token..token + 1, span, word))
        .collect()
}

/// A Korean word before a particle that tells its role.
struct Party<'t> {
    token: u32,
    stem: &'t str,
    /// Who does it; otherwise to whom it is done.
    does: bool,
}

fn parties<'t>(side: &Side<'t>) -> Vec<Party<'t>> {
    if !side.reading.has_hangul() {
        return Vec::new();
    }
    let party = |token: u32| {
        let word = side.text.span(token as usize).of(side.text.text);
        let last = word.chars().next_back()?;
        let does = match last {
            '은' | '는' | '이' | '가' => true,
            '을' | '를' => false,
            _ => return None,
        };
        let stem = &word[..word.len() - last.len_utf8()];
        (stem.chars().count() >= SYLLABLES).then_some(Party { token, stem, does })
    };
    let is_word = |party: &Party<'_>| {
        let meets = |fact: &&Fact| fact.tokens.contains(&party.token);
        side.facts.iter().filter(meets).all(|fact| fact.kind == ChangeKind::Name && fact.tokens.len() == 1)
    };
    side.tokens.clone().filter_map(party).take(MOST).filter(is_word).collect()
}

/// Two words of A that have each other's role in B, in both sides.
fn exchanged(a: &Side<'_>, b: &Side<'_>) -> (Vec<Fact>, Vec<Fact>) {
    let of_a = parties(a);
    if of_a.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let of_b = parties(b);
    let turned = |one: &&Party<'_>| of_b.iter().find(|two| two.stem == one.stem && two.does != one.does);
    let (doers, others): (Vec<&Party<'_>>, Vec<&Party<'_>>) =
        of_a.iter().filter(|one| turned(one).is_some()).partition(|one| one.does);
    let ([doer], [other]) = (&doers[..], &others[..]) else { return (Vec::new(), Vec::new()) };
    let make = |side: &Side<'_>, party: &Party<'_>| {
        let start = side.text.span(party.token as usize).start;
        let span = Span::new(start, start + party.stem.len());
        // One of them may be known for a name.
        (!is_taken(side, party.token)).then(|| fact(party.token..party.token + 1, span, party.stem.to_owned()))
    };
    let of_a = [doer, other].into_iter().filter_map(|party| make(a, party));
    let of_b = [doer, other].into_iter().filter_map(turned).filter_map(|party| make(b, party));
    (of_a.collect(), of_b.collect())
}

/// A Korean place on either side in the other's place: the only words that end so and that the other side has not: 가람시, 나루시.
fn places(a: &Side<'_>, b: &Side<'_>) -> (Vec<Fact>, Vec<Fact>) {
    let none = || (Vec::new(), Vec::new());
    if !a.reading.has_hangul() || !b.reading.has_hangul() || a.tokens.len().max(b.tokens.len()) > LONGEST {
        return none();
    }
    let mut found = none();
    // Other endings of places are those of too many words.
    for ending in ['시', '군', '읍'] {
        let alone = |side: &Side<'_>, other: &Side<'_>| {
            let theirs: Vec<&str> = words(other).filter_map(|(_, word)| place(word, ending)).collect();
            let mut own = words(side).filter_map(|(token, word)| Some((token, place(word, ending)?)));
            let mut own = own.by_ref().filter(|(_, stem)| !theirs.contains(stem));
            own.next().filter(|_| own.next().is_none()).filter(|(token, _)| !is_taken(side, *token)).map(
                |(token, stem)| {
                    let start = side.text.span(token as usize).start;
                    fact(token..token + 1, Span::new(start, start + stem.len()), stem.to_owned())
                },
            )
        };
        if let (Some(x), Some(y)) = (alone(a, b), alone(b, a)) {
            found.0.push(x);
            found.1.push(y);
        }
    }
    found
}

/// The name of a place with `ending` that a word begins with, if a particle follows it or nothing.
fn place(word: &str, ending: char) -> Option<&str> {
    if word.len() > LONG_WORD {
        return None;
    }
    let mut ends = word.char_indices().filter(|&(_, c)| c == ending).map(|(at, c)| at + c.len_utf8());
    let is_place = |end: &usize| PARTICLES.contains(&&word[*end..]) && word[..*end].chars().count() >= PLACE;
    ends.rfind(is_place).map(|end| &word[..end]).filter(|place| !is_common(place))
}

/// Tokens and words of a side.
fn words<'t>(side: &Side<'t>) -> impl Iterator<Item = (u32, &'t str)> {
    let text = side.text;
    side.tokens.clone().map(|token| (token, text.span(token as usize).of(text.text)))
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
            let ends = PARTICLES.contains(&&side.text.text[span.end..whole.end]);
            let is_free = whole.start == span.start && ends && !tokens.clone().any(|token| is_taken(side, token));
            is_free.then(|| fact(tokens, span, word.clone()))
        };
        found.extend(here.of(side.text.text).match_indices(bare).find_map(as_name));
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

/// Longest name of a person in Chinese characters, and longest verb with what belongs to it, in tokens.
const PERSON: usize = 4;
const VERB: usize = 8;
/// Longest sides that are looked through for names in each other's place, in tokens.
const LONGEST: usize = 256;

/// Two Chinese names that changed places around the same words: 李建华指责王海涛, 王海涛指责李建华.
fn swapped(a: &Side<'_>, b: &Side<'_>) -> (Vec<Fact>, Vec<Fact>) {
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

fn tokens<'t>(side: &Side<'t>) -> &'t [Token] {
    &side.text.tokens[side.tokens.start as usize..side.tokens.end as usize]
}

/// A name of some characters.
fn named(side: &Side<'_>, tokens: Range<u32>) -> Fact {
    let span = side.text.span_of(&tokens);
    fact(tokens, span, span.of(side.text.text).to_owned())
}
