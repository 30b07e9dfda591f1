//! What shows that a fact which one side alone states was added or dropped, and is not said there in other words.
//!
//! A reworded stretch brings words that bind, deny or count along with it, and what they say lies in the new wording of the
//! other side. So a fact counts by itself only where the words around it stayed: where it touches a word that both sides
//! have, and where little stands on the other side that could say the same.

use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::text::{Token, is_han, is_syllable};
use std::ops::Range;

/// Most tokens looked at on either side of a fact for one that is matched: beyond them nothing near stayed.
const REACH: u32 = 12;

/// The surroundings of a fact: its own unmatched stretch and the stretch of the other side that faces it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Unmatched tokens beside it in its stretch.
    beside: u32,
    /// Tokens of the other side in the place of its stretch.
    facing: u32,
    /// Whether the tokens before and after it are matched.
    before: bool,
    after: bool,
    /// Whether part of it is matched: a verb that both sides have with other endings.
    part: bool,
    /// Whether the word that it denies, or in Korean hedges, stands unmatched on the other side: in another form, or moved with
    /// its clause.
    host: bool,
    /// Whether it begins its sentence, with nothing before it that both sides have.
    opens: bool,
    /// Whether it denies that there is what the other side says there is.
    contrary: bool,
    /// Whether both sides have nearly the same words, as one sentence in another order has, and one beside it stands on the
    /// other side too.
    reordered: bool,
}

impl Evidence {
    /// The surroundings of `fact` on `side`; `mate` tells what a token of its side is matched to. Cost: that of looking through
    /// a sentence where it denies, constant otherwise.
    pub(super) fn of(fact: &Fact, side: &Side<'_>, other: &Side<'_>, mate: &impl Fn(u32) -> Option<u32>) -> Self {
        let Range { start, end } = fact.tokens.clone();
        let inside = |token: u32| mate(token).filter(|mate| other.tokens.contains(mate));
        let left =
            (side.tokens.start.max(start.saturating_sub(REACH))..start).rev().find(|&token| inside(token).is_some());
        let right = (end..side.tokens.end.min(end + REACH)).find(|&token| inside(token).is_some());
        let from = left.map_or(side.tokens.start, |token| token + 1);
        let to = right.unwrap_or(side.tokens.end);
        let facing_from = left.and_then(inside).map_or(other.tokens.start, |mate| mate + 1);
        let facing_to = right.and_then(inside).unwrap_or(other.tokens.end);
        Self {
            beside: start.saturating_sub(from) + to.saturating_sub(end),
            // Out of order, nothing is known to face it.
            facing: facing_to.checked_sub(facing_from).unwrap_or(REACH),
            before: left.is_some_and(|token| token + 1 == start),
            after: right == Some(end),
            part: fact.tokens.clone().any(|token| inside(token).is_some()),
            reordered: matches!(
                fact.kind,
                ChangeKind::Hedge | ChangeKind::Quantifier | ChangeKind::Modality | ChangeKind::Negation
            ) && is_reordered(fact, side, other),
            opens: left.is_none() && start <= from + 1 && side.begins_sentence(from) && !is_apart(fact, side, to),
            contrary: fact.kind == ChangeKind::Negation && is_contrary(fact, (side, other), &inside),
            host: (fact.kind == ChangeKind::Negation || is_korean_hedge(fact, side))
                && has_host(fact, (side, other), facing_from..facing_to, mate),
        }
    }

    /// Whether it stands before what the other side begins with: "at no time did the crew", "the crew".
    pub(super) fn opens_sentence(&self) -> bool {
        self.opens && self.beside <= 3 && self.facing <= 1
    }

    /// Whether a fact of a kind counts as added or dropped here.
    pub(super) fn shows(&self, kind: ChangeKind) -> bool {
        use ChangeKind::*;
        let touches = self.before || self.after || self.part;
        match kind {
            // "The bank foresees growth" and "growth of the bank": who says it is in the wording.
            Attribution => self.before && self.after && self.facing == 0,
            // What denies is put in as often as it is taken out, and a verb that has another form without it faces it.
            Negation => {
                let between = self.before && self.after && self.facing <= 6;
                touches && self.facing <= 3
                    || between
                    || self.opens_sentence()
                    || self.host
                    || self.contrary
                    || self.reordered
            }
            Modality | Hedge | Quantifier if self.reordered => true,
            // 시작된 것으로 추정된다, 시작됐다: the verb stands before it in another form.
            Hedge | Modality if self.host => self.beside <= 2 && self.facing <= 6,
            Modality | Hedge | Quantifier => touches && self.beside <= 2 && self.facing <= 2,
            // A value in other words is found in no list: "the end of the month", "the 30th".
            Number | Unit | Currency | Percentage | Date | Name => self.part || self.beside <= 2 && self.facing <= 1,
            Order | Misquote => true,
        }
    }
}

/// Whether a mark stands between a fact and token `to`: "Without comment, the court".
fn is_apart(fact: &Fact, side: &Side<'_>, to: u32) -> bool {
    let end = if side.tokens.contains(&to) { side.text.span(to as usize).start } else { fact.span.end };
    side.text.text[fact.span.end..end.max(fact.span.end)].contains([',', '，', ';', '；', ':', '：'])
}

/// Tokens after a fact, or before it, among which the word it belongs to stands: "did not fully recover".
const HOST: u32 = 2;

/// Whether a fact says in Korean how sure what stands before it is, or that it is hoped for.
fn is_korean_hedge(fact: &Fact, side: &Side<'_>) -> bool {
    let said = fact.span.of(side.text.text);
    fact.kind == ChangeKind::Hedge && said.contains("것으로")
        || fact.kind == ChangeKind::Modality && said.starts_with("기를")
}

/// Whether an unmatched word that a fact belongs to stands on the other side in some form. In Korean it stands before what denies, and often in one word with it; in Chinese two characters make a word.
fn has_host(
    fact: &Fact,
    (side, other): (&Side<'_>, &Side<'_>),
    facing: Range<u32>,
    mate: &impl Fn(u32) -> Option<u32>,
) -> bool {
    let from = side.tokens.start.max(fact.tokens.start.saturating_sub(HOST));
    // "Was not able to settle": what is denied stands behind what says that it may be done.
    let next = |one: &&Fact| {
        one.kind == ChangeKind::Modality && one.tokens.start == fact.tokens.end && one.tokens != fact.tokens
    };
    let end = side.facts.iter().find(next).map_or(fact.tokens.end, |one| one.tokens.end);
    let near = (from..side.tokens.end.min(end + HOST)).filter(|&token| mate(token).is_none());
    let hosts: Vec<(u32, String)> = near.map(|token| (token, side.folded(token))).collect();
    // An auxiliary may stand beside it.
    let alone = (1..=2).contains(&facing.len());
    other.tokens.clone().take(LONGEST).any(|at| {
        let there = other.folded(at);
        hosts.iter().any(|(token, host)| {
            let next = || token + 1 < side.tokens.end && at + 1 < other.tokens.end;
            let han = host.starts_with(is_han);
            if han {
                *host == there && next() && side.folded(token + 1) == other.folded(at + 1)
            } else {
                are_kin(host, &there) || alone && facing.contains(&at) && are_irregular(host, &there)
            }
        })
    })
}

/// Whether what a Korean or Chinese word says that there is not stands on the other side before or behind one that says there is,
/// wherever the clause stands: 위험이 없다, 위험이 있다; 没有证据, 有证据.
fn is_contrary(fact: &Fact, (side, other): (&Side<'_>, &Side<'_>), mate: &impl Fn(u32) -> Option<u32>) -> bool {
    let said = fact.span.of(side.text.text);
    let word = |token: u32| other.word(token);
    if said.contains('없') {
        // 거의 may stand between.
        let before = (fact.tokens.start.saturating_sub(2)..fact.tokens.end).rev().find_map(mate);
        return before.is_some_and(|at| other.tokens.contains(&(at + 1)) && word(at + 1).starts_with('있'));
    }
    let has_none = ["没有", "沒有", "无", "無", "没", "沒"].iter().any(|none| said.ends_with(none));
    let denied =
        |at: u32| at > other.tokens.start && matches!(word(at - 1), "没" | "沒" | "未" | "所" | "具" | "只" | "仅");
    let there = |at: u32| at > other.tokens.start && matches!(word(at - 1), "有") && !denied(at - 1);
    has_none && side.tokens.contains(&fact.tokens.end) && mate(fact.tokens.end).is_some_and(there)
}

/// Share of the words of either side, without the fact, that the other must have for them to be one sentence.
const SAME: f64 = 0.7;

/// Whether each side has most words of the other, and one beside the fact is among them.
fn is_reordered(fact: &Fact, side: &Side<'_>, other: &Side<'_>) -> bool {
    if side.tokens.len().max(other.tokens.len()) > LONGEST {
        return false;
    }
    let (here, there) = (side.sorted(), other.sorted());
    let has = |tokens: &[Token], text: &Side<'_>, at: u32| tokens.binary_search(&text.text.tokens[at as usize]).is_ok();
    let share = |tokens: &mut dyn Iterator<Item = bool>| {
        let (all, met) = tokens.fold((0_u32, 0_u32), |(all, met), is_met| (all + 1, met + u32::from(is_met)));
        f64::from(met) / f64::from(all.max(1))
    };
    let own = || side.tokens.clone().filter(|token| !fact.tokens.contains(token));
    let beside = [fact.tokens.start.checked_sub(1), Some(fact.tokens.end)];
    let mut beside = beside.into_iter().flatten().filter(|token| side.tokens.contains(token));
    beside.any(|at| has(&there, side, at))
        && share(&mut own().map(|at| has(&there, side, at))) >= SAME
        && share(&mut other.tokens.clone().map(|at| has(&here, other, at))) >= SAME
}

/// Longest side that is looked through, in tokens: longer ones are no sentence.
const LONGEST: usize = 256;

/// Whether two words have one stem, as far as letters tell: 받아들이지, 받아들였다; publish, published.
fn are_kin(x: &str, y: &str) -> bool {
    let shared = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
    let shorter = x.chars().count().min(y.chars().count());
    if x.starts_with(is_syllable) {
        return shared >= 2 || shared == 1 && shorter <= 2;
    }
    shared >= 4 || shared == 3 && shorter <= 4
}

/// Whether two words may be forms of one short verb: give, gave.
fn are_irregular(x: &str, y: &str) -> bool {
    x.len().max(y.len()) <= 7 && x.bytes().next() == y.bytes().next() && x.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::kind::ChangeKind::*;

    /// The surroundings of a fact with both neighbours matched and nothing else around it.
    const SURE: Evidence = Evidence {
        beside: 0,
        facing: 0,
        before: true,
        after: true,
        part: false,
        host: false,
        contrary: false,
        opens: false,
        reordered: false,
    };

    #[test]
    fn what_stands_between_words_of_both_sides_counts() {
        for kind in [Negation, Modality, Hedge, Quantifier, Attribution, Date, Number, Name] {
            assert!(SURE.shows(kind), "{kind:?}");
        }
    }

    #[test]
    fn what_a_reworded_stretch_brings_along_does_not() {
        let reworded = Evidence { beside: 4, facing: 5, before: false, after: false, ..SURE };
        for kind in [Negation, Modality, Hedge, Quantifier, Attribution, Date, Number, Name] {
            assert!(!reworded.shows(kind), "{kind:?}");
        }
        // "Was not, in the end, granted" and "was granted": what is denied is there.
        assert!(Evidence { host: true, ..reworded }.shows(Negation));
    }

    #[test]
    fn a_verb_is_known_in_its_other_forms() {
        for (x, y) in [("publish", "published"), ("kill", "killed"), ("뽑지", "뽑는다"), ("받아들이지", "받아들였다")]
        {
            assert!(are_kin(x, y), "{x} {y}");
        }
        for (x, y) in [("present", "absent"), ("agree", "object"), ("오르지", "내렸다")] {
            assert!(!are_kin(x, y), "{x} {y}");
        }
        assert!(are_irregular("give", "gave") && !are_irregular("keep", "lost"));
    }
}
