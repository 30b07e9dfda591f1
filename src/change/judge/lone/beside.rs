//! Facts that one side alone states and that say no more than what stands beside them: a word that changed there, one that met
//! an equal one, a name in full.

use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::{Pairing, is_word};
use crate::span::are_near;
use crate::which::Which;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::ops::Range;

/// Most tokens between a word for "nearly" and the denial behind a Korean verb.
const VERB: u32 = 2;
/// Most tokens from a denial to the word behind it that says what may be done: 尚未获准.
const DENIED: u32 = 2;

/// Where the facts of a side touch others that say the same thing with them.
pub(super) struct Beside {
    /// Tokens of negations that met one written otherwise: "would not pay" and "refused to pay".
    denied: Vec<Range<u32>>,
    /// Tokens of facts that changed: "only about 300" and "exactly 300".
    changed: Vec<Range<u32>>,
    /// Tokens of dates that changed.
    dates: Vec<Range<u32>>,
    /// Words that bind and changed: such a change says already what its word says again, "agreed to go and come", "will go and
    /// will come".
    modal: FxHashSet<Cow<'static, str>>,
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
    pub(super) fn new((side, other): (&Side<'_>, &Side<'_>), pairing: &Pairing<'_>, which: Which) -> Self {
        let (facts, others) = (&side.facts, &other.facts);
        let own_first = |&(x, y): &(usize, usize)| which.first(x, y);
        let same = || pairing.same.iter().map(|pair| &facts[own_first(pair).0]);
        let changed = || pairing.changed.iter().map(|pair| &facts[own_first(pair).0]);
        let tokens = |fact: &Fact| fact.tokens.clone();
        let denied_otherwise = |pair: &(usize, usize)| {
            let (x, y) = own_first(pair);
            let (own, its) = (&facts[x], &others[y]);
            let otherwise = own.span.of(side.text.text) != its.span.of(other.text.text);
            (own.kind == ChangeKind::Negation && !(own.latent && its.latent) && otherwise).then(|| tokens(own))
        };
        Self {
            denied: pairing.same.iter().filter_map(denied_otherwise).collect(),
            changed: changed().filter(|fact| fact.group().is_some()).map(tokens).collect(),
            dates: changed().filter(|fact| fact.kind == ChangeKind::Date).map(tokens).collect(),
            modal: changed().filter(|fact| fact.kind == ChangeKind::Modality).map(|fact| fact.tag.clone()).collect(),
            denials: {
                let left = pairing.left(which).map(|at| &facts[at]);
                left.filter(|fact| fact.denies()).map(|fact| fact.tokens.start).collect()
            },
            duties: same().filter(|fact| fact.class() == "duty").map(|fact| fact.tokens.start).collect(),
            bounds: {
                let bound = |fact: &&Fact| matches!(fact.class(), "at-least" | "at-most");
                same().filter(bound).map(|fact| fact.tag.clone()).collect()
            },
            neither: facts.iter().any(|fact| is_word(fact, "neither")),
            either: says_either(side, other),
        }
    }

    /// Whether a fact is said by what it touches.
    pub(super) fn says(&self, fact: &Fact) -> bool {
        let touches = |other: &Range<u32>| are_near(other, &fact.tokens, 0);
        match fact.kind {
            // 今年年底, 明年6月底: one date changed, in more parts than one.
            ChangeKind::Date => self.dates.iter().any(touches),
            // What "could not" be done was not done.
            ChangeKind::Modality => {
                let near = fact.tokens.start.saturating_sub(DENIED)..=fact.tokens.end;
                self.modal.contains(&fact.tag)
                    || self.denied.iter().any(touches)
                    || fact.allows() && self.denials.iter().any(|start| near.contains(start))
            }
            ChangeKind::Quantifier => {
                is_word(fact, "only") && self.changed.iter().any(touches) || self.bounds.contains(&fact.tag)
            }
            // 几乎没有影响, 거의 지켜지지 않는다: hardly any is a denial, and told as one.
            ChangeKind::Hedge if is_word(fact, "nearly") => {
                self.denials.iter().any(|start| (fact.tokens.end..=fact.tokens.end + VERB).contains(start))
            }
            // "Must certainly" and "may": the duty says how sure it is.
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

/// Whether a name is told already where its short form beside it is, 세계보건기구(WHO), or a place where another lies that both
/// sides name: 广东省深圳市. `same` are the facts that both sides have.
pub(super) fn is_named_beside(fact: &Fact, side: &Side<'_>, same: &[usize]) -> bool {
    let is_han = side.reading.has_han();
    let next = |one: &Fact| (0..=1).contains(&one.tokens.start.wrapping_sub(fact.tokens.end));
    let lies = |one: &Fact| fact.tag.starts_with('=') && one.tag.starts_with('=') && is_han && next(one);
    let is_it =
        |one: &Fact| one.kind == ChangeKind::Name && (one.tag == fact.tag || one.weak && next(one) || lies(one));
    fact.kind == ChangeKind::Name && same.iter().any(|&at| is_it(&side.facts[at]))
}
