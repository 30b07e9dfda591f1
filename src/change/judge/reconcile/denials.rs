//! Denials in other words: two that undo each other, and those in a word that says more than "not".

use super::{MANY, Stated, UnitJudge, nearest};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::pairing::{Pairing, is_word};
use crate::change::tables::korean;
use crate::span::{are_near, hold};
use crate::which::Which;

/// Most tokens between two negations of which one undoes the other: 불가능한 것은 아니다.
const NEAR: u32 = 2;
/// Groups that stand beside another negation and leave it what it is: "not yet", "neither ... nor".
const REPEATING: [&str; 6] = ["still", "not-yet", "neither", "nor", "hardly", "remain"];

impl UnitJudge<'_> {
    /// What may deny met what denies: "have yet to" and "have not yet" denies in another word too, and "is not allowed to" allows
    /// beside "is forbidden to".
    pub(super) fn denied_again(&self, pairing: &mut Pairing<'_>) {
        for met in pairing.same.clone().into_iter().take(MANY) {
            for which in Which::BOTH {
                let ((own, facts), (its, others)) = which.first((met.0, &self.a.facts), (met.1, &self.b.facts));
                if !facts[own].latent || others[its].latent {
                    continue;
                }
                let again = facts[own].negates() && others[its].denies();
                pairing.drop_first(which, |&at| again && facts[at].denies());
                let beside = |one: &Fact| are_near(&one.tokens, &others[its].tokens, 1);
                pairing.drop_first(which.other(), |&at| others[at].allows() && beside(&others[at]));
            }
        }
    }

    /// "Denied that any was" and "said that none was": the denial is in the word that gives the statement.
    pub(super) fn denied_to_be(&self, pairing: &mut Pairing<'_>) {
        let told = |fact: &Fact| fact.kind == ChangeKind::Attribution;
        let denied = |(_, own): Stated<'_>, (_, its): Stated<'_>| {
            told(own) && told(its) && own.class() == "deny" && its.class().starts_with("plain")
        };
        let negative = |fact: &Fact| fact.denies() || is_word(fact, "none");
        for pair in pairing.changed.clone().into_iter().take(MANY) {
            let Some(which) = self.first_of(pair, denied) else { continue };
            let (_, other) = which.first(&self.a, &self.b);
            let found = pairing.drop_first(which.other(), |&at| negative(&other.facts[at]));
            let none = |&pair: &(usize, usize)| {
                let ((_, own), (_, its)) = self.stated(which, pair);
                is_word(own, "any") && is_word(its, "none")
            };
            let any = pairing.changed.iter().copied().find(none).filter(|_| !found);
            if found || any.is_some() {
                pairing.changed.retain(|&pair| Some(pair) != any);
                pairing.settle(pair);
            }
        }
    }

    /// "Bail was denied" and "refused to grant bail": a word for what someone says is one for what someone does too.
    pub(super) fn denied_something(&self, pairing: &mut Pairing<'_>) {
        let told = |_: &Side<'_>, fact: &Fact| fact.kind == ChangeKind::Attribution && fact.class() == "deny";
        self.meet(pairing, self.either_way(|_, fact| fact.denies(), told));
    }

    /// 否认, 不承认; 부인했다, 인정하지 않았다: in Chinese and Korean, what is not admitted is denied.
    pub(super) fn not_admitted(&self, pairing: &mut Pairing<'_>) {
        if !(self.a.reading.has_han() || self.a.reading.has_hangul()) {
            return;
        }
        self.settle_met(pairing, |pairing, which, (own, its)| {
            let (side, other) = which.first(&self.a, &self.b);
            let admits = &side.facts[own];
            let beside = |one: &Fact| {
                one.tokens.end == admits.tokens.start
                    || (admits.tokens.start..=admits.tokens.end).contains(&one.tokens.start)
            };
            let not = |&at: &usize| side.facts[at].negates() && beside(&side.facts[at]);
            is_word(admits, "admit") && is_word(&other.facts[its], "deny") && pairing.drop_first(which, not)
        });
    }

    /// "Did not answer the questions" and "the questions went unanswered": a word with a prefix that denies, where the bare
    /// word does not stand on the other side.
    pub(super) fn in_a_word(&self, pairing: &mut Pairing<'_>) {
        let denials = Which::BOTH.map(|which| {
            let (side, _) = which.first(&self.a, &self.b);
            let mut denials = pairing.left(which).filter(|&at| side.facts[at].denies());
            denials.next().filter(|_| denials.next().is_none())
        });
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            let free = |token| self.across.mate(which.other(), token).is_none();
            let (Some(denial), None) = which.first(denials[0], denials[1]) else { continue };
            if has_denying_word(other, free) {
                pairing.drop(which, denial);
                // What "cannot" be passed is impassable.
                pairing.drop_first(which, |&at| side.facts[at].allows());
            }
        }
    }

    /// "Is unlikely to" and "will probably not".
    pub(super) fn unlikely(&self, pairing: &mut Pairing<'_>) {
        self.settle_met(pairing, |pairing, which, (own, its)| {
            let (side, other) = which.first(&self.a, &self.b);
            if !is_word(&side.facts[own], "likely") || !is_word(&other.facts[its], "unlikely") {
                return false;
            }
            let denial = nearest(&side.facts, pairing.only(which), own);
            denial.inspect(|&at| pairing.drop(which, at)).is_some()
        });
    }

    /// Two negations of one side that undo each other: "not impossible" is possible, "does not prevent" is that one can.
    pub(super) fn undone(&self, pairing: &mut Pairing<'_>) {
        let only = Which::BOTH.map(|which| pairing.only(which));
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            for (x, y) in twice(side, &only[which as usize]) {
                pairing.drop(which, x);
                pairing.drop(which, y);
                let met = only[which.other() as usize].iter().find(|&&at| other.facts[at].allows());
                met.into_iter().for_each(|&at| pairing.drop(which.other(), at));
            }
        }
    }
}

/// Whether an unmatched word of a side denies as its letters go: un- before a participle, in- before -able.
fn has_denying_word(side: &Side<'_>, is_free: impl Fn(u32) -> bool) -> bool {
    let denies = |word: &str| {
        let after =
            |prefixes: &[&str]| prefixes.iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or_default();
        let ends = |stem: &str, endings: &[&str]| stem.len() >= 5 && endings.iter().any(|end| stem.ends_with(end));
        let stem = after(&["un"]);
        ends(stem, &["ed", "able", "ing", "en"]) && !stem.starts_with("der")
            || ends(after(&["in", "im", "ir"]), &["able", "ible"])
    };
    side.tokens.clone().any(|token| is_free(token) && denies(side.word(token)))
}

/// Left-over negations of a side that stand by twos beside each other, with no mark and no "and" between them.
fn twice(side: &Side<'_>, only: &[usize]) -> Vec<(usize, usize)> {
    let undoes =
        |fact: &Fact| fact.negates() && !REPEATING.iter().any(|name| is_word(fact, name)) && !is_stress(side, fact);
    let denials: Vec<usize> = only.iter().copied().filter(|&at| undoes(&side.facts[at])).take(MANY).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for pair in denials.windows(2) {
        let (x, y) = (&side.facts[pair[0]], &side.facts[pair[1]]);
        let used = found.last().is_some_and(|&(_, last)| last == pair[0]);
        let gap = side.between(x, y);
        let between = x.tokens.end..y.tokens.start;
        let joined = side.others.iter().any(|cue| cue.found.group.cue == Cue::And && hold(&between, &cue.tokens));
        let near = y.tokens.start.saturating_sub(x.tokens.end) <= NEAR;
        // 않은 사람은 없다 undoes it, 않아 차질이 없다 denies two things.
        let apart = korean::JOINING.iter().any(|ending| gap.starts_with(ending));
        if !used && near && !joined && !apart && !gap.contains(|c: char| !c.is_alphanumeric() && c != ' ') {
            found.push((pair[0], pair[1]));
        }
    }
    found
}

/// What is "never" in Korean only stresses the negation after it: 전혀 없다.
fn is_stress(side: &Side<'_>, fact: &Fact) -> bool {
    is_word(fact, "never") && !fact.span.of(side.text.text).is_ascii()
}
