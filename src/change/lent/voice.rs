//! Parties of an English verb that no list knows, in the active on one side and in the passive on the other with the roles
//! exchanged: the city sued the contractor, the city was sued by the contractor.

use super::{LONGEST, Names, is_taken, named};
use crate::change::fact::{Fact, Side};
use crate::change::tables::english;
use std::ops::Range;

/// Tokens between a form of "be" and its participle, at most: was later sued.
const BESIDE: u32 = 3;
/// Letters that two forms of a verb share, and fewest letters of one.
const STEM: usize = 3;
const VERB: usize = 4;

/// A verb and its parties, without their articles.
struct Told {
    subject: Range<u32>,
    verb: u32,
    object: Range<u32>,
}

/// Names to add to A and to B. Cost: linear, and low where neither side has a passive.
pub(super) fn voice(a: &Side<'_>, b: &Side<'_>) -> Names {
    let long = a.tokens.len().max(b.tokens.len()) > LONGEST;
    if long || a.reading.has_hangul() || a.reading.has_han() {
        return Names::default();
    }
    if let Some((active, passive)) = exchanged(a, b) {
        return (parties(a, &active), parties(b, &passive));
    }
    exchanged(b, a).map_or_else(Default::default, |(active, passive)| (parties(a, &passive), parties(b, &active)))
}

fn parties(side: &Side<'_>, told: &Told) -> Vec<Fact> {
    let both = [told.subject.clone(), told.object.clone()];
    let new = both.into_iter().filter(|tokens| !tokens.clone().any(|token| is_taken(side, token)));
    new.map(|tokens| named(side, tokens)).collect()
}

/// A verb told in the active on one side and in the passive on the other, of the same subject and with the other party behind it.
fn exchanged(active: &Side<'_>, passive: &Side<'_>) -> Option<(Told, Told)> {
    let suffers = passives(passive).next()?;
    let verb = passive.word(suffers.verb);
    let is_kin = |other: &str| {
        let shared = verb.bytes().zip(other.bytes()).take_while(|(x, y)| x.eq_ignore_ascii_case(y)).count();
        other.len() >= VERB && shared >= VERB.min(verb.len()) || shared == verb.len() && shared > STEM
    };
    let same = |x: &Range<u32>, y: &Range<u32>| {
        let words = |side: &Side<'_>, tokens: &Range<u32>| side.span(tokens).of(side.text.text).to_ascii_lowercase();
        words(active, x) == words(passive, y)
    };
    let verbs = active.tokens.clone().filter(|&at| is_kin(active.word(at)) && !is_passive(active, at));
    let mut told = verbs.filter_map(|verb| {
        let (subject, object) = (before(active, verb)?, after(active, verb + 1)?);
        Some(Told { subject, verb, object })
    });
    let does = told.find(|does| same(&does.subject, &suffers.subject) && same(&does.object, &suffers.object))?;
    Some((does, suffers))
}

/// What is told in the passive with who does it.
fn passives<'s>(side: &'s Side<'_>) -> impl Iterator<Item = Told> + use<'s> {
    // Most have none.
    let any = side.span(&side.tokens).of(side.text.text).contains("by");
    let tokens = if any { side.tokens.clone() } else { 0..0 };
    let by = tokens.filter(|&at| at > side.tokens.start && side.word(at) == "by");
    by.filter_map(|by| {
        let verb = by - 1;
        let be = be(side, verb)?;
        Some(Told { subject: before(side, be)?, verb, object: after(side, by + 1)? })
    })
}

/// The form of "be" that makes a participle a passive.
fn be(side: &Side<'_>, verb: u32) -> Option<u32> {
    let from = side.tokens.start.max(verb.saturating_sub(BESIDE));
    (from..verb).rev().find(|&at| matches!(side.word(at), "was" | "were" | "is" | "are" | "been" | "being" | "be"))
}

fn is_passive(side: &Side<'_>, verb: u32) -> bool {
    be(side, verb).is_some()
}

/// The party that ends before token `end`, behind whatever helps the verb.
fn before(side: &Side<'_>, end: u32) -> Option<Range<u32>> {
    let helps =
        |at: u32| english::AUXILIARY.contains(&side.word(at)) || matches!(side.word(at), "not" | "also" | "later");
    let last = (side.tokens.start..end).rev().find(|&at| !helps(at))?;
    is_noun(side, last).then_some(last..last + 1)
}

/// The party that begins at token `start`.
fn after(side: &Side<'_>, start: u32) -> Option<Range<u32>> {
    let noun = start + u32::from(side.tokens.contains(&start) && is_article(side, start));
    (side.tokens.contains(&noun) && is_noun(side, noun)).then_some(noun..noun + 1)
}

fn is_article(side: &Side<'_>, at: u32) -> bool {
    ["the", "a", "an"].iter().any(|article| side.word(at).eq_ignore_ascii_case(article))
}

fn is_noun(side: &Side<'_>, at: u32) -> bool {
    !english::SMALL.contains(&side.word(at)) && side.word(at).bytes().all(|byte| byte.is_ascii_alphabetic())
}
