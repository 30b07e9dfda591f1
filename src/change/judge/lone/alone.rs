//! Whether a fact that one side alone states is a change, and of which kind.

use crate::change::fact::{Fact, Side};
use crate::change::judge::evidence::Evidence;
use crate::change::judge::unit::UnitJudge;
use crate::change::kind::ChangeKind;
use crate::change::pairing::is_word;
use crate::change::tables::{chinese, english, korean};
use crate::change::unit::Mates;
use crate::span::are_near;
use crate::text::is_syllable;
use crate::which::Which;
use std::ops::Range;

/// Share of a unit's words that must be matched for what one side alone states to count as added or dropped.
const CLOSE: f64 = 0.3;
/// The same of words that bind or attribute, which rewording brings along: "has until May to sell", "must sell by May".
const CLOSER: f64 = 0.5;
/// The same of a claim that the other side states as a fact.
const CLAIMED: f64 = 0.6;

const fn close(kind: ChangeKind) -> f64 {
    if matches!(kind, ChangeKind::Modality | ChangeKind::Attribution) { CLOSER } else { CLOSE }
}

/// Bytes of what is counted between a Korean value and what says how exact it is.
const COUNTED: usize = 7;
/// Most tokens between two words by which one statement is given, and most facts on either side looked at for the other.
const AGAIN: u32 = 4;
const FACTS: usize = 8;

/// Words for how many that count in place of another one alone: "any member" and "a member", 整个项目 and 项目.
const IN_PLACE: [&str; 4] = ["any", "both", "either", "whole"];

/// Words that tell when something is done rather than whether, and that it was decided, which whatever is done was: "opens on
/// Monday" and "will open on Monday". They count in place of another word, and alone where the other side has done it.
const TENSES: [&str; 4] = ["will", "would", "scheduled", "agree"];

/// A fact that one side alone states, and where it stands.
pub(super) struct Alone<'j> {
    pub judge: &'j UnitJudge<'j>,
    pub fact: &'j Fact,
    /// Its side, and the one that lacks it.
    pub side: &'j Side<'j>,
    pub other: &'j Side<'j>,
    /// The token of the other side before which it would stand.
    pub place: u32,
    /// Whether it is said of a value, or of a duty, that both sides have.
    pub of_value: bool,
    pub counterparts: &'j Counterparts<'j>,
}

impl Alone<'_> {
    /// The kind of change that it amounts to; none where it is no change.
    pub(super) fn kind(&self) -> Option<ChangeKind> {
        let is_none = self.is_slight()
            || self.may_be_any_word()
            || self.bounds_nothing()
            || !self.is_shown()
            || self.is_said_otherwise()
            || self.is_stated_again()
            || self.is_in_another_phrase();
        if is_none { None } else { self.amounts_to() }
    }

    /// Whether it counts in place of another fact alone, or too little of its unit is matched.
    fn is_slight(&self) -> bool {
        let fact = self.fact;
        // Words that bind come along with a clause that stands elsewhere; what denies is said of the clause.
        let is_denial = fact.kind == ChangeKind::Negation;
        let matched = if is_denial { self.judge.matched_across } else { self.judge.matched };
        fact.weak
            || fact.latent
            || !self.of_value && matched < close(fact.kind)
            || IN_PLACE.iter().any(|name| is_word(fact, name))
            || TENSES.iter().any(|name| is_word(fact, name)) && !self.is_done()
            || self.side.is_title(fact)
    }

    /// Whether it is a name for no more than its capital, which begins a sentence, as that of any word may.
    fn may_be_any_word(&self) -> bool {
        let (fact, side) = (self.fact, self.side);
        let is_listed = fact.tag.starts_with('=');
        let is_latin = || fact.span.of(side.text.text).is_ascii();
        fact.kind == ChangeKind::Name
            && fact.tokens.len() == 1
            && !is_listed
            && is_latin()
            && side.begins_sentence(fact.tokens.start)
    }

    /// Whether it is a bound with no value beside it: below what was planned.
    fn bounds_nothing(&self) -> bool {
        let bounds = matches!(self.fact.class(), "over" | "under") && self.fact.kind == ChangeKind::Quantifier;
        let is_value = |one: &Fact| {
            use ChangeKind::{Date, Number, Percentage, Quantifier};
            matches!(one.kind, Number | Percentage | Date | Quantifier) && one.span != self.fact.span
        };
        let beside = |one: &Fact| is_value(one) && are_near(&one.tokens, &self.fact.tokens, 1);
        bounds && !self.side.facts.iter().any(beside)
    }

    /// Whether the words around it show that it was added or dropped.
    fn is_shown(&self) -> bool {
        let (fact, side, other) = (self.fact, self.side, self.other);
        let evidence = Evidence::of(fact, side, other, &|token| self.counterparts.mate(token));
        // Beside what is said in another word: "stated that it will not", "said that it will".
        let beside = || {
            let loose = matches!(fact.kind, ChangeKind::Negation | ChangeKind::Modality | ChangeKind::Hedge);
            loose && Evidence::of(fact, side, other, &|token| self.counterparts.met(token)).shows(fact.kind)
        };
        // "Prosecutors alleged that he took bribes" and "he took bribes": what was a claim is a fact.
        let stance = fact.kind == ChangeKind::Attribution && fact.class() == "doubt" && self.judge.matched >= CLAIMED;
        let opens = (stance || is_word(fact, "none")) && evidence.opens_sentence();
        self.of_value || evidence.shows(fact.kind) || opens || beside()
    }

    /// "Announced in a statement, saying": whether it stands next to another word that gives a statement, and gives it without a
    /// judgement, which adds nothing.
    fn is_stated_again(&self) -> bool {
        let fact = self.fact;
        let again = |one: &Fact| {
            let (first, last) = if one.span.start < fact.span.start { (one, fact) } else { (fact, one) };
            let gap = last.tokens.start.saturating_sub(first.tokens.end);
            one.kind == ChangeKind::Attribution && one.span != fact.span && gap <= AGAIN
        };
        let plain = matches!(fact.class(), "plain" | "assert");
        fact.kind == ChangeKind::Attribution && plain && self.side.facts_near(fact.span.start, FACTS).iter().any(again)
    }

    /// Whether the word itself stands on the other side, in another phrase.
    fn is_in_another_phrase(&self) -> bool {
        let (fact, side) = (self.fact, self.side);
        let is_matched = |token: u32| self.counterparts.mate(token).is_some();
        let telling = |&token: &u32| (!english::SMALL.contains(&side.word(token)), side.word(token).len());
        let longest = fact.tokens.clone().max_by_key(telling);
        let spaced = fact.group().is_some() && fact.span.of(side.text.text).is_ascii();
        spaced && longest.is_some_and(is_matched) || fact.tokens.clone().all(is_matched)
    }

    /// The kind of change that it amounts to, if nothing speaks against it.
    fn amounts_to(&self) -> Option<ChangeKind> {
        let (fact, place) = (self.fact, self.place);
        let said = fact.span.of(self.side.text.text);
        let pure = place >= self.other.tokens.end || self.counterparts.mate_back(place).is_some();
        match fact.kind {
            ChangeKind::Quantifier if is_word(fact, "none") => Some(ChangeKind::Negation),
            ChangeKind::Quantifier if is_word(fact, "not-all") => Some(ChangeKind::Negation),
            // 일본이, 일본과 호주가: the name that it was added to has another particle.
            ChangeKind::Name if !(pure || self.counterparts.met_back(place).is_some() && self.is_member()) => None,
            ChangeKind::Attribution if !pure => None,
            // 不排除, 已排除: what is ruled out on the other side.
            ChangeKind::Hedge if said == "不排除" => Some(ChangeKind::Negation),
            ChangeKind::Modality if is_chance(said) => Some(ChangeKind::Hedge),
            kind => Some(kind),
        }
    }

    /// Whether a Korean or Chinese name is the member of a list beside one that both sides have: 미국, 일본, 호주가.
    fn is_member(&self) -> bool {
        let (side, Range { start, end }) = (self.side, self.fact.tokens.clone());
        let met = |token: u32| self.counterparts.met(token).is_some();
        let inside = |token: &u32| side.tokens.contains(token) && side.tokens.contains(&(token + 1));
        let joins = |first: u32| {
            let (one, next) = (side.text.span(first as usize), side.text.span(first as usize + 1));
            let gap = &side.text.text[one.end..next.start];
            let korean = gap.contains([',', '·']) || one.of(side.text.text).ends_with(['와', '과']) && gap == " ";
            korean && side.reading.has_hangul() || gap.contains('、')
        };
        let before = start.checked_sub(1).filter(inside).filter(|&at| met(at));
        let last = Some(end - 1).filter(inside).filter(|last| met(last + 1));
        // 中国、俄罗斯和伊朗.
        let joint = |at: u32| matches!(side.word(at), "和" | "与" | "與" | "及");
        let over = start.checked_sub(2).filter(|&at| inside(&at) && joint(at + 1) && met(at));
        over.is_some() || before.into_iter().chain(last).any(joins)
    }

    /// Whether what is yet to be done has been done on the other side, where it stands: 将关闭, 已关闭; 폐쇄할 예정, 폐쇄했다; will
    /// close, closed.
    fn is_done(&self) -> bool {
        let (fact, side, other) = (self.fact, self.side, self.other);
        let near = self.place.saturating_sub(1).max(other.tokens.start)..(self.place + 2).min(other.tokens.end);
        // In Korean the verb may be one word with it.
        let beside = [fact.tokens.start.checked_sub(1), Some(fact.tokens.start), Some(fact.tokens.end)];
        let verbs =
            || beside.into_iter().flatten().filter(|token| side.tokens.contains(token)).map(|token| side.word(token));
        let kin =
            |word: &str| verbs().any(|verb| verb.chars().zip(word.chars()).take_while(|(x, y)| x == y).count() >= 2);
        near.into_iter().map(|token| other.word(token)).any(|word| match word.chars().next() {
            Some(c) if is_syllable(c) => korean::DONE.iter().any(|done| word.contains(done)) && kin(word),
            Some(c) if c.is_ascii() => {
                word.ends_with("ed") && verbs().any(|verb| verb.len() > 3 && word.starts_with(verb))
            }
            // 已将 has been done on both.
            _ => chinese::DONE.contains(&word) && !verbs().any(|own| chinese::DONE.contains(&own)),
        })
    }

    /// Whether the word before it or after it in its clause is matched.
    pub(super) fn stays(&self) -> bool {
        let (fact, side) = (self.fact, self.side);
        let inside = |token: &u32| side.tokens.contains(token);
        let clause = |from: usize, to: usize| !side.text.text[from..to].contains([',', '，', ';', '；', '.', '。']);
        let span = |token: u32| side.text.span(token as usize);
        let before = fact.tokens.start.checked_sub(1).filter(inside);
        let before = before.filter(|&at| clause(span(at).end, fact.span.start));
        let after = Some(fact.tokens.end).filter(inside).filter(|&at| clause(fact.span.end, span(at).start));
        before.into_iter().chain(after).any(|token| self.counterparts.mate(token).is_some())
    }
}

/// Whether a word that hedges stands before a value that both sides have, "about 450", wherever that stands; or a "not" beside
/// a word that binds, which the other side has too: "must pay", "does not have to pay". `met` are the facts that met others.
pub(super) fn is_of_value(fact: &Fact, side: &Side<'_>, met: &[usize]) -> bool {
    let mut met = met.iter().map(|&at| &side.facts[at]);
    let bound = |duty: &Fact| {
        let near = duty.tokens.start == fact.tokens.end && fact.span.end < duty.span.start
            || duty.tokens.end == fact.tokens.start && duty.span.end < fact.span.start;
        duty.kind == ChangeKind::Modality && near
    };
    let is_not = fact.group().is_some_and(|group| group.name == "not");
    if fact.denies() && is_not {
        return met.any(bound);
    }
    let is_value = |value: &Fact| matches!(value.kind, ChangeKind::Number | ChangeKind::Percentage);
    let before = |value: &Fact| value.tokens.start == fact.tokens.end;
    // 5천 명가량: the word that is counted stands between.
    let after = |value: &Fact| {
        let close = fact.span.start.checked_sub(value.span.end).is_some_and(|gap| gap <= COUNTED);
        close && side.reading.has_hangul()
    };
    fact.kind == ChangeKind::Hedge && met.any(|value| is_value(value) && (before(value) || after(value)))
}

/// Whether words tell of a chance: with nothing in their place they say how sure a thing is, not what may be done.
fn is_chance(said: &str) -> bool {
    matches!(said, "可能" | "有可能") || said.ends_with("가능성")
}

/// What tokens of a side have on the other one: those that they are matched to, and those of equal facts.
pub(super) struct Counterparts<'j> {
    mates: &'j Mates,
    which: Which,
    met: Met,
    met_back: Met,
}

impl<'j> Counterparts<'j> {
    /// `same` are facts that both sides have, by index.
    pub(super) fn new(
        mates: &'j Mates,
        which: Which,
        (side, other): (&Side<'_>, &Side<'_>),
        same: &[(usize, usize)],
    ) -> Self {
        let facts = || same.iter().map(|&(own, its)| (&side.facts[own], &other.facts[its]));
        let (met, met_back) = (Met::new(facts()), Met::new(facts().map(|(own, its)| (its, own))));
        Self { mates, which, met, met_back }
    }

    /// The token that one of the side is matched to.
    fn mate(&self, token: u32) -> Option<u32> {
        self.mates.mate(self.which, token)
    }

    /// The token that one of the other side is matched to.
    pub(super) fn mate_back(&self, token: u32) -> Option<u32> {
        self.mates.mate(self.which.other(), token)
    }

    /// The token that one of the side is matched to, or that is part of an equal fact.
    fn met(&self, token: u32) -> Option<u32> {
        self.mate(token).or_else(|| self.met.of(token))
    }

    /// The same for a token of the other side.
    fn met_back(&self, token: u32) -> Option<u32> {
        self.mate_back(token).or_else(|| self.met_back.of(token))
    }
}

/// Tokens of words and values that met an equal one, and where those stand: "stated that it will not", "said that it will".
struct Met(Vec<(Range<u32>, Range<u32>)>);

impl Met {
    fn new<'f>(pairs: impl Iterator<Item = (&'f Fact, &'f Fact)>) -> Self {
        let mut met: Vec<_> = pairs.map(|(own, other)| (own.tokens.clone(), other.tokens.clone())).collect();
        met.sort_unstable_by_key(|(own, _)| (own.start, own.end));
        Self(met)
    }

    /// The token of the other side that token `at` met, as part of the last that begins there or before. Cost: logarithmic.
    fn of(&self, at: u32) -> Option<u32> {
        let last = self.0.partition_point(|(own, _)| own.start <= at).checked_sub(1)?;
        let (own, other) = self.0.get(last).filter(|(own, _)| own.contains(&at))?;
        Some((other.start + at - own.start).min(other.end - 1))
    }
}
