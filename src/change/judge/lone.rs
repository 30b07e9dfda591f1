//! What one side alone states.

use super::evidence::Evidence;
use super::reconcile::allows;
use super::unit::UnitJudge;
use crate::change::fact::{Fact, Side, Source};
use crate::change::kind::{Change, ChangeKind};
use crate::change::pairing::{Pairing, is_word};
use crate::change::tables::{chinese, english, korean};
use crate::span::{Span, are_near, meet};
use crate::text::{Tokenised, is_syllable};
use crate::which::Which;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;

/// A fact that the other side of its unit lacks.
pub(super) struct Lone {
    /// Token of A at which its unit begins; none for what lies outside all units.
    unit: Option<u32>,
    pub fact: Fact,
    in_a: bool,
    /// Whether a word beside it in its clause stands on the other side.
    stays: bool,
    /// What it amounts to; none where it is no change by itself: a name that may be what another unit lacks.
    pub change: Option<Change>,
}

/// The lone facts that no unit of the passage has on the other side. Negations of one unit were set off there already, where
/// that could be done.
pub(super) fn unmet(lone: Vec<Lone>) -> Vec<Lone> {
    type Key = (ChangeKind, Cow<'static, str>);
    let key = |lone: &Lone| -> Key { (lone.fact.kind, lone.fact.tag.clone()) };
    let (in_a, in_b): (Vec<Lone>, Vec<Lone>) = lone.into_iter().partition(|lone| lone.in_a);
    let mut of_b: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (at, lone) in in_b.iter().enumerate().rev() {
        of_b.entry(key(lone)).or_default().push(at);
    }
    let mut met = vec![false; in_b.len()];
    let mut left = Vec::new();
    for lone in in_a {
        let free = of_b.get_mut(&key(&lone));
        // Each denies in a sentence of its own that is otherwise the same.
        let own = |at: usize| lone.change.is_some() && in_b[at].change.is_some();
        // What was denied beside words that stayed is no denial in a sentence of which nothing did.
        let moved = |at: usize| (lone.change.is_none() || in_b[at].change.is_none()) && (lone.stays || in_b[at].stays);
        let parted =
            |at: usize| lone.fact.kind == ChangeKind::Negation && (in_b[at].unit == lone.unit || own(at) || moved(at));
        let found = free.and_then(|free| {
            let last = free.iter().rposition(|&at| !parted(at))?;
            Some(free.remove(last))
        });
        match found {
            Some(at) => met[at] = true,
            None => left.push(lone),
        }
    }
    left.extend(in_b.into_iter().zip(met).filter(|(_, met)| !met).map(|(lone, _)| lone));
    left
}

/// Whether a fact that is no change by itself may be what another unit lacks.
fn may_meet(fact: &Fact) -> bool {
    use ChangeKind::{Date, Name, Number, Percentage};
    matches!(fact.kind, Name | Number | Percentage | Date) && !fact.weak
}

/// What the sentences of `within` state that no unit holds: nothing on the other side is matched to them.
pub(super) fn unread(source: Source<'_>, within: &Range<u32>, units: Vec<&Range<u32>>, in_a: bool) -> Vec<Lone> {
    let meets = |tokens: &Range<u32>| units.iter().any(|unit| meet(unit, tokens));
    let sentences = &source.tokens.sentences;
    let first = sentences.partition_point(|sentence| sentence.tokens.start < within.start);
    let inside = sentences[first..].iter().map(|sentence| &sentence.tokens);
    let alone = inside.take_while(|tokens| tokens.end <= within.end).filter(|tokens| !meets(tokens));
    let facts = alone.flat_map(|tokens| {
        // What is told there may be what a sentence cut otherwise tells, denials included.
        let told = |fact: &Fact| may_meet(fact) || fact.kind == ChangeKind::Negation && !fact.latent;
        let facts = Side::read(source, tokens.clone()).facts.into_iter().filter(told);
        facts.map(|fact| Lone { unit: None, fact, in_a, stays: false, change: None }).collect::<Vec<_>>()
    });
    facts.collect()
}

/// Two values of one kind, the only ones that either side of a short passage states and the other does not: the sentences
/// were cut otherwise, and one stands for the other if it is told of in the same way.
pub(super) fn crossed(left: &[Lone], a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<(Fact, Fact)> {
    let only = |kind: ChangeKind, in_a: bool| {
        let mut of_kind = left.iter().filter(|lone| lone.fact.kind == kind && lone.in_a == in_a && !lone.fact.weak);
        of_kind.next().filter(|_| of_kind.next().is_none())
    };
    let kinds = [ChangeKind::Number, ChangeKind::Percentage, ChangeKind::Date];
    let pairs = kinds.into_iter().filter_map(|kind| only(kind, true).zip(only(kind, false)));
    let apart = |x: &Lone, y: &Lone| x.unit.is_none() || x.unit != y.unit;
    let met = pairs.filter(|(x, y)| apart(x, y) && is_told_alike((&x.fact, a), (&y.fact, b)));
    met.map(|(x, y)| (x.fact.clone(), y.fact.clone())).collect()
}

/// Whether two values are percentages, dates of the same parts, or numbers of the same thing.
fn is_told_alike((x, a): (&Fact, &Tokenised<'_>), (y, b): (&Fact, &Tokenised<'_>)) -> bool {
    let parts = |fact: &Fact| -> String {
        let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
        fact.tag.chars().map(digits).collect()
    };
    // In Korean and Chinese what is counted may be one with the particle behind it: 420명이었다, 402명을.
    let counted = |fact: &Fact, text: &Tokenised<'_>| -> String {
        let after = text.text[fact.span.end..].trim_start_matches([' ', '-']);
        let wide = after.starts_with(|c: char| c >= '\u{2E80}');
        after.chars().take_while(|c| c.is_alphabetic()).take(if wide { 1 } else { usize::MAX }).collect()
    };
    match x.kind {
        ChangeKind::Date => parts(x) == parts(y),
        ChangeKind::Number => counted(x, a) == counted(y, b) && !counted(x, a).is_empty(),
        _ => true,
    }
}

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
/// Most tokens between a word for "nearly" and the denial behind a Korean verb.
const VERB: u32 = 2;
const FACTS: usize = 8;
/// Most tokens from a denial to the word behind it that says what may be done: 尚未获准.
const DENIED: u32 = 2;

impl UnitJudge<'_> {
    /// What one side alone states.
    pub(super) fn lone(&self, pairing: &Pairing<'_>, lone: &mut Vec<Lone>) {
        Which::BOTH.into_iter().for_each(|which| self.lone_of(which, pairing, lone));
    }

    /// What one of the sides alone states.
    fn lone_of(&self, which: Which, pairing: &Pairing<'_>, lone: &mut Vec<Lone>) {
        let in_a = which == Which::A;
        let (side, other) = which.first(&self.a, &self.b);
        let own_first = |&(x, y): &(usize, usize)| which.first(x, y);
        let same: Vec<(usize, usize)> = pairing.same.iter().map(own_first).collect();
        let changed: Vec<usize> = pairing.changed.iter().map(|pair| own_first(pair).0).collect();
        // A change says already what its word says again: "agreed to go and come", "will go and will come".
        let modal = changed.iter().map(|&at| &side.facts[at]).filter(|fact| fact.kind == ChangeKind::Modality);
        let said: FxHashSet<Cow<'static, str>> = modal.map(|fact| fact.tag.clone()).collect();
        let beside = Beside::new((side, other), pairing, which);
        let met = Met::new(same.iter().map(|&(own, its)| (&side.facts[own], &other.facts[its])));
        let met_back = Met::new(same.iter().map(|&(own, its)| (&other.facts[its], &side.facts[own])));
        let mine = |token| self.across.mate(which, token);
        let mate = |token| self.across.mate(which.other(), token);
        for at in pairing.left(which) {
            let fact = &side.facts[at];
            let again = fact.kind == ChangeKind::Modality && said.contains(&fact.tag);
            if again || beside.says(fact) || is_named_beside(fact, side, same.iter().map(|pair| pair.0)) {
                continue;
            }
            let place =
                if in_a { self.across.place_of_a(fact.tokens.start) } else { self.place_of_b(fact.tokens.start) };
            let place = place.clamp(other.tokens.start, other.tokens.end);
            let of_value = Self::is_of_value(fact, side, same.iter().map(|pair| pair.0).chain(changed.iter().copied()));
            let met = |token| mine(token).or_else(|| met.of(token));
            let met_back = |token| mate(token).or_else(|| met_back.of(token));
            let kind = self.counts(fact, side, other, (place, of_value), (mine, mate), (met, met_back));
            let change = kind.map(|kind| {
                let point = point(other, place);
                let (facts, spans) = if in_a {
                    ((Some(fact), None), (fact.span, point))
                } else {
                    ((None, Some(fact)), (point, fact.span))
                };
                self.change(kind, facts, spans)
            });
            if change.is_some() || may_meet(fact) {
                let stays = stays(fact, side, |token| mine(token).is_some());
                lone.push(Lone { unit: Some(self.a.tokens.start), fact: fact.clone(), in_a, stays, change });
            }
        }
    }

    /// Where a token of B would stand in A: behind the token that the last matched one before it is matched to.
    fn place_of_b(&self, token: u32) -> u32 {
        let before = self.across.gap_of_b(token).checked_sub(1);
        before.and_then(|token| self.across.of_b(token)).map_or(self.a.tokens.start, |at| at + 1)
    }

    /// Whether a word that hedges stands before a value that both sides have, "about 450", wherever that stands; or a "not" beside
    /// a word that binds, which the other side has too: "must pay", "does not have to pay".
    fn is_of_value(fact: &Fact, side: &Side<'_>, mut same: impl Iterator<Item = usize>) -> bool {
        let facts = &side.facts;
        let bound = |at: usize| {
            let duty = &facts[at];
            let near = duty.tokens.start == fact.tokens.end && fact.span.end < duty.span.start
                || duty.tokens.end == fact.tokens.start && duty.span.end < fact.span.start;
            duty.kind == ChangeKind::Modality && near
        };
        let is_not = fact.group().is_some_and(|group| group.name == "not");
        if fact.kind == ChangeKind::Negation && !fact.latent && is_not {
            return same.any(bound);
        }
        let before = |at: usize| {
            let value = &facts[at];
            matches!(value.kind, ChangeKind::Number | ChangeKind::Percentage) && value.tokens.start == fact.tokens.end
        };
        // 5천 명가량: the word that is counted stands between.
        let after = |at: usize| {
            let value = &facts[at];
            let close = fact.span.start.checked_sub(value.span.end).is_some_and(|gap| gap <= COUNTED);
            matches!(value.kind, ChangeKind::Number | ChangeKind::Percentage) && close && side.reading.has_hangul()
        };
        fact.kind == ChangeKind::Hedge && same.any(|at| before(at) || after(at))
    }

    /// The kind of change that a fact amounts to which the other side lacks; none where it is no change. `place` is where
    /// it would stand there; `of_value` says that it stands before a value that both sides have.
    fn counts(
        &self,
        fact: &Fact,
        side: &Side<'_>,
        other: &Side<'_>,
        (place, of_value): (u32, bool),
        (mine, mate): (impl Fn(u32) -> Option<u32>, impl Fn(u32) -> Option<u32>),
        (met, met_back): (impl Fn(u32) -> Option<u32>, impl Fn(u32) -> Option<u32>),
    ) -> Option<ChangeKind> {
        // Words that bind come along with a clause that stands elsewhere; what denies is said of the clause.
        let matched = if fact.kind == ChangeKind::Negation { self.matched_across } else { self.matched };
        if fact.weak
            || fact.latent
            || !of_value && matched < close(fact.kind)
            || IN_PLACE.iter().any(|name| is_word(fact, name))
            || TENSES.iter().any(|name| is_word(fact, name)) && !is_done(fact, (side, other), place)
            || side.is_title(fact)
        {
            return None;
        }
        // A capital that begins a sentence may be that of any word.
        let begins = || {
            let sentences = &side.text.sentences;
            sentences.binary_search_by_key(&fact.tokens.start, |sentence| sentence.tokens.start).is_ok()
        };
        let is_listed = fact.tag.starts_with('=');
        if fact.kind == ChangeKind::Name && fact.tokens.len() == 1 && !is_listed && is_latin(fact, side) && begins() {
            return None;
        }
        // "Below what was planned" bounds no value.
        let bounds = matches!(fact.class(), "over" | "under") && fact.kind == ChangeKind::Quantifier;
        let touches = |one: &Fact| {
            let value = matches!(
                one.kind,
                ChangeKind::Number | ChangeKind::Percentage | ChangeKind::Date | ChangeKind::Quantifier
            ) && one.span != fact.span;
            value && are_near(&one.tokens, &fact.tokens, 1)
        };
        if bounds && !side.facts.iter().any(touches) {
            return None;
        }
        let evidence = Evidence::of(fact, side, other, &mine);
        // Beside what is said in another word: "stated that it will not", "said that it will".
        let beside = || {
            let loose = matches!(fact.kind, ChangeKind::Negation | ChangeKind::Modality | ChangeKind::Hedge);
            loose && Evidence::of(fact, side, other, &met).shows(fact.kind)
        };
        // "Prosecutors alleged that he took bribes" and "he took bribes": what was a claim is a fact.
        let stance = fact.kind == ChangeKind::Attribution && fact.class() == "doubt" && self.matched >= CLAIMED;
        let opens = (stance || is_word(fact, "none")) && evidence.opens_sentence();
        if !of_value && !evidence.shows(fact.kind) && !opens && !beside()
            || self.is_said_otherwise(fact, (side, other), place)
        {
            return None;
        }
        // "Announced in a statement, saying": next to another word that gives a statement, one that gives it without a
        // judgement adds nothing.
        let again = |one: &Fact| {
            let (first, last) = if one.span.start < fact.span.start { (one, fact) } else { (fact, one) };
            let gap = last.tokens.start.saturating_sub(first.tokens.end);
            one.kind == ChangeKind::Attribution && one.span != fact.span && gap <= AGAIN
        };
        let at = side.facts.partition_point(|one| one.span.start < fact.span.start);
        let near = &side.facts[at.saturating_sub(FACTS)..side.facts.len().min(at + FACTS)];
        let plain = matches!(fact.class(), "plain" | "assert");
        if fact.kind == ChangeKind::Attribution && plain && near.iter().any(again) {
            return None;
        }
        // The word itself stands on the other side, in another phrase.
        let word = |token: u32| side.word(token);
        let telling = |&token: &u32| (!english::SMALL.contains(&word(token)), word(token).len());
        let longest = fact.tokens.clone().max_by_key(telling);
        let spaced = fact.group().is_some() && fact.span.of(side.text.text).is_ascii();
        if spaced && longest.is_some_and(|token| mine(token).is_some())
            || fact.tokens.clone().all(|token| mine(token).is_some())
        {
            return None;
        }
        let said = fact.span.of(side.text.text);
        let pure = place >= other.tokens.end || mate(place).is_some();
        match fact.kind {
            ChangeKind::Quantifier if is_word(fact, "none") => Some(ChangeKind::Negation),
            ChangeKind::Quantifier if is_word(fact, "not-all") => Some(ChangeKind::Negation),
            // 일본이, 일본과 호주가: the name that it was added to has another particle.
            ChangeKind::Name if !(pure || met_back(place).is_some() && is_member(fact, side, met)) => None,
            ChangeKind::Attribution if !pure => None,
            // 不排除, 已排除: what is ruled out on the other side.
            ChangeKind::Hedge if said == "不排除" => Some(ChangeKind::Negation),
            ChangeKind::Modality if is_chance(fact.span.of(side.text.text)) => Some(ChangeKind::Hedge),
            kind => Some(kind),
        }
    }
}

/// Whether a Korean or Chinese name is the member of a list beside one that both sides have: 미국, 일본, 호주가.
fn is_member(name: &Fact, side: &Side<'_>, met: impl Fn(u32) -> Option<u32>) -> bool {
    let inside = |token: &u32| side.tokens.contains(token) && side.tokens.contains(&(token + 1));
    let joins = |first: u32| {
        let (one, next) = (side.text.span(first as usize), side.text.span(first as usize + 1));
        let gap = &side.text.text[one.end..next.start];
        let korean = gap.contains([',', '·']) || one.of(side.text.text).ends_with(['와', '과']) && gap == " ";
        korean && side.reading.has_hangul() || gap.contains('、')
    };
    let before = name.tokens.start.checked_sub(1).filter(inside).filter(|&at| met(at).is_some());
    let last = Some(name.tokens.end - 1).filter(inside).filter(|last| met(last + 1).is_some());
    // 中国、俄罗斯和伊朗.
    let joint = |at: u32| matches!(side.word(at), "和" | "与" | "與" | "及");
    let over = name.tokens.start.checked_sub(2).filter(|&at| inside(&at) && joint(at + 1) && met(at).is_some());
    over.is_some() || before.into_iter().chain(last).any(joins)
}

/// Whether a name is told already where its short form beside it is, 세계보건기구(WHO), or a place where another lies that both
/// sides name: 广东省深圳市. `same` are the facts that both sides have.
fn is_named_beside(fact: &Fact, side: &Side<'_>, mut same: impl Iterator<Item = usize>) -> bool {
    let is_han = side.reading.has_han();
    let next = |one: &Fact| (0..=1).contains(&one.tokens.start.wrapping_sub(fact.tokens.end));
    let lies = |one: &Fact| fact.tag.starts_with('=') && one.tag.starts_with('=') && is_han && next(one);
    let is_it =
        |one: &Fact| one.kind == ChangeKind::Name && (one.tag == fact.tag || one.weak && next(one) || lies(one));
    fact.kind == ChangeKind::Name && same.any(|at| is_it(&side.facts[at]))
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

/// Whether the word before a fact or after it in its clause is matched.
fn stays(fact: &Fact, side: &Side<'_>, is_matched: impl Fn(u32) -> bool) -> bool {
    let inside = |token: &u32| side.tokens.contains(token);
    let clause = |from: usize, to: usize| !side.text.text[from..to].contains([',', '，', ';', '；', '.', '。']);
    let span = |token: u32| side.text.span(token as usize);
    let before = fact.tokens.start.checked_sub(1).filter(inside).filter(|&at| clause(span(at).end, fact.span.start));
    let after = Some(fact.tokens.end).filter(inside).filter(|&at| clause(fact.span.end, span(at).start));
    before.into_iter().chain(after).any(is_matched)
}

fn is_latin(fact: &Fact, side: &Side<'_>) -> bool {
    fact.span.of(side.text.text).is_ascii()
}

/// Whether words tell of a chance: with nothing in their place they say how sure a thing is, not what may be done.
fn is_chance(said: &str) -> bool {
    matches!(said, "可能" | "有可能") || said.ends_with("가능성")
}

/// Where the facts of a side touch others that say the same thing with them.
struct Beside {
    /// Tokens of negations that met one written otherwise: "would not pay" and "refused to pay".
    denied: Vec<Range<u32>>,
    /// Tokens of facts that changed: "only about 300" and "exactly 300".
    changed: Vec<Range<u32>>,
    /// Tokens of dates that changed.
    dates: Vec<Range<u32>>,
    /// Tokens at which words begin that deny on this side alone.
    denials: Vec<u32>,
    /// Tokens at which words begin by which both sides say that something must be.
    duties: Vec<u32>,
    /// The bounds that both sides set: a bound may be said twice, 최소 6개월 이상.
    bounds: Vec<Cow<'static, str>>,
    /// "Neither" denies for the "nor" after it too: "neither this nor that" and "not this or that".
    neither: bool,
    /// It denies for what is "not" so "either".
    either: bool,
}

impl Beside {
    fn new((side, other): (&Side<'_>, &Side<'_>), pairing: &Pairing<'_>, which: Which) -> Self {
        let (facts, others) = (&side.facts, &other.facts);
        let own = |&(x, y): &(usize, usize)| which.first(x, y);
        let otherwise = |&(x, y): &(usize, usize)| {
            let held = facts[x].kind == ChangeKind::Negation;
            let words = facts[x].latent && others[y].latent;
            held && !words && facts[x].span.of(side.text.text) != others[y].span.of(other.text.text)
        };
        let worded = |&(x, _): &(usize, usize)| facts[x].group().is_some();
        let tokens = |(x, _): (usize, usize)| facts[x].tokens.clone();
        Self {
            denied: {
                let denials = |pair: &(usize, usize)| facts[pair.0].kind == ChangeKind::Negation && otherwise(pair);
                pairing.same.iter().map(own).filter(denials).map(tokens).collect()
            },
            changed: pairing.changed.iter().map(own).filter(worded).map(tokens).collect(),
            dates: {
                let date = |pair: &(usize, usize)| facts[pair.0].kind == ChangeKind::Date;
                pairing.changed.iter().map(own).filter(date).map(tokens).collect()
            },
            denials: {
                let denies = |fact: &&Fact| fact.kind == ChangeKind::Negation && !fact.latent;
                pairing.left(which).map(|at| &facts[at]).filter(denies).map(|fact| fact.tokens.start).collect()
            },
            duties: {
                let duty = |pair: &(usize, usize)| facts[pair.0].class() == "duty";
                pairing.same.iter().map(own).filter(duty).map(|(x, _)| facts[x].tokens.start).collect()
            },
            bounds: {
                let bound = |pair: &(usize, usize)| matches!(facts[pair.0].class(), "at-least" | "at-most");
                pairing.same.iter().map(own).filter(bound).map(|(x, _)| facts[x].tag.clone()).collect()
            },
            neither: facts.iter().any(|fact| is_word(fact, "neither")),
            either: says_either(side, other),
        }
    }

    /// Whether a fact is said by what it touches.
    fn says(&self, fact: &Fact) -> bool {
        let touches = |other: &Range<u32>| are_near(other, &fact.tokens, 0);
        match fact.kind {
            // 今年年底, 明年6月底: one date changed, in more parts than one.
            ChangeKind::Date => self.dates.iter().any(touches),
            // What "could not" be done was not done.
            ChangeKind::Modality => {
                let near = fact.tokens.start.saturating_sub(DENIED)..=fact.tokens.end;
                self.denied.iter().any(touches) || allows(fact) && self.denials.iter().any(|start| near.contains(start))
            }
            ChangeKind::Quantifier => {
                is_word(fact, "only") && self.changed.iter().any(touches) || self.bounds.contains(&fact.tag)
            }
            // "Must certainly" and "may": the duty says how sure it is.
            // 几乎没有影响, 거의 지켜지지 않는다: hardly any is a denial, and told as one.
            ChangeKind::Hedge if is_word(fact, "nearly") => {
                self.denials.iter().any(|start| (fact.tokens.end..=fact.tokens.end + VERB).contains(start))
            }
            ChangeKind::Hedge if fact.class() == "sure" => {
                // 반드시 내야 한다: what must be done is done without fail.
                let bound = |duty: &u32| *duty >= fact.tokens.end;
                self.changed.iter().any(touches) || self.duties.iter().any(bound)
            }
            ChangeKind::Negation => is_word(fact, "nor") && self.neither || is_word(fact, "not") && self.either,
            _ => false,
        }
    }
}

/// Whether a side has "either" where the other one has "neither".
fn says_either(side: &Side<'_>, other: &Side<'_>) -> bool {
    let word = |token: u32| side.word(token);
    other.facts.iter().any(|fact| is_word(fact, "neither"))
        && side.tokens.clone().any(|token| word(token).eq_ignore_ascii_case("either"))
}

/// Words for how many that count in place of another one alone: "any member" and "a member", 整个项目 and 项目.
const IN_PLACE: [&str; 4] = ["any", "both", "either", "whole"];

/// Words that tell when something is done rather than whether, and that it was decided, which whatever is done was: "opens on
/// Monday" and "will open on Monday". They count in place of another word, and alone where the other side has done it.
const TENSES: [&str; 4] = ["will", "would", "scheduled", "agree"];

/// Whether what a side says is yet to be done has been done on the other, where it stands: 将关闭, 已关闭; 폐쇄할 예정, 폐쇄했다; will
/// close, closed.
fn is_done(fact: &Fact, (side, other): (&Side<'_>, &Side<'_>), place: u32) -> bool {
    let near = place.saturating_sub(1).max(other.tokens.start)..(place + 2).min(other.tokens.end);
    // In Korean the verb may be one word with it.
    let beside = [fact.tokens.start.checked_sub(1), Some(fact.tokens.start), Some(fact.tokens.end)];
    let verbs =
        || beside.into_iter().flatten().filter(|token| side.tokens.contains(token)).map(|token| side.word(token));
    let kin = |word: &str| verbs().any(|verb| verb.chars().zip(word.chars()).take_while(|(x, y)| x == y).count() >= 2);
    near.into_iter().map(|token| other.word(token)).any(|word| match word.chars().next() {
        Some(c) if is_syllable(c) => korean::DONE.iter().any(|done| word.contains(done)) && kin(word),
        Some(c) if c.is_ascii() => word.ends_with("ed") && verbs().any(|verb| verb.len() > 3 && word.starts_with(verb)),
        // 已将 has been done on both.
        _ => chinese::DONE.contains(&word) && !verbs().any(|own| chinese::DONE.contains(&own)),
    })
}

/// The point before token `token` of a side, or after its last.
fn point(side: &Side<'_>, token: u32) -> Span {
    let at = if token < side.tokens.end {
        side.text.span(token as usize).start
    } else {
        side.text.span(side.tokens.end as usize - 1).end
    };
    Span::new(at, at)
}
