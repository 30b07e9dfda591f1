//! What must, may, can and will be done, and whether anyone said so.

use super::{Stated, UnitJudge, word};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::{Pairing, is_word};
use crate::change::tables::english;
use crate::span::are_near;

impl UnitJudge<'_> {
    /// 열릴 예정이다 is what 열릴 계획이다 says, and 열릴 것이다.
    pub(super) fn scheduled(&self, pairing: &mut Pairing<'_>) {
        let planned = |side: &Side<'_>, fact: &Fact| {
            is_word(fact, "will") || is_word(fact, "plan") && fact.span.of(side.text.text).contains("계획")
        };
        self.alike(pairing, self.either_way(word("scheduled"), planned));
    }

    /// "Will" that was "said" to be done is "would"; what "must not" be done "may not" be done; "said" is "announced".
    pub(super) fn shifted(&self, pairing: &mut Pairing<'_>) {
        let attributes = |fact: &Fact| fact.kind == ChangeKind::Attribution;
        let told = || self.a.facts.iter().chain(&self.b.facts).any(attributes);
        let shifted = self.either_way(word("will"), word("would"));
        let could = self.either_way(word("can"), word("could"));
        // "So that one can" and "to let one".
        let lets = |side: &Side<'_>, fact: &Fact| {
            is_word(fact, "may")
                && fact.span.of(side.text.text).get(..3).is_some_and(|word| word.eq_ignore_ascii_case("let"))
        };
        let enabled = self.either_way(word("can"), lets);
        // "Agreed to hold" and "it was agreed that it would be held".
        let would_as_agreed =
            |side: &Side<'_>, fact: &Fact| (is_word(fact, "would") || is_word(fact, "will")) && says_agreed(side);
        let settled = self.either_way(word("agree"), would_as_agreed);
        // "Shall" and "is obliged to".
        let obliged =
            |side: &Side<'_>, fact: &Fact| is_word(fact, "must") && fact.span.of(side.text.text).contains("obliged");
        let shall = self.either_way(word("shall"), obliged);
        // "Must not" and "may not" forbid alike.
        let must_not =
            |side: &Side<'_>, fact: &Fact| (is_word(fact, "must") || is_word(fact, "shall")) && is_barred(side, fact);
        let may_not = |side: &Side<'_>, fact: &Fact| is_word(fact, "may") && is_barred(side, fact);
        let bars = self.either_way(must_not, may_not);
        // Whoever announces something says it: neither takes a stance.
        let neutral =
            |fact: &Fact| attributes(fact) && (fact.class().starts_with("plain") || is_word(fact, "announce"));
        pairing.settle_all(|x, y| {
            (shifted(x, y) || could(x, y)) && told()
                || settled(x, y)
                || enabled(x, y)
                || bars(x, y)
                || shall(x, y)
                || neutral(x) && neutral(y)
        });
    }

    /// 양도해서는 안 된다, 양도할 수 없다: what is denied beside the one is denied in the other.
    pub(super) fn banned(&self, pairing: &mut Pairing<'_>) {
        let touches = |one: &Fact, may: &Fact| one.negates() && are_near(&one.tokens, &may.tokens, 0);
        let bans = |(side, may): Stated<'_>, (_, ban): Stated<'_>| {
            is_word(ban, "must-not") && side.facts.iter().any(|one| !one.latent && touches(one, may))
        };
        for pair in pairing.changed.clone() {
            let Some(which) = self.first_of(pair, bans) else { continue };
            let ((side, may), _) = self.stated(which, pair);
            // 반입하지 않는 것이 좋다 denies too, and binds less.
            if may.allows() {
                pairing.settle(pair);
            }
            pairing.drop_first(which, |&at| touches(&side.facts[at], may));
        }
    }

    /// 或将, 可能: a chance is told as a hedge or as what may be.
    pub(super) fn possible(&self, pairing: &mut Pairing<'_>) {
        self.alike(pairing, self.either_way(word("possibly"), word("might")));
    }

    /// "Need not register" and "do not need to register".
    pub(super) fn needed(&self, pairing: &mut Pairing<'_>) {
        let needs = |side: &Side<'_>, fact: &Fact| {
            is_word(fact, "need") || is_word(fact, "must") && fact.span.of(side.text.text).starts_with("need")
        };
        self.alike(pairing, self.either_way(needs, needs));
    }

    /// "Is expected to grow" and "will grow, the bank forecasts".
    pub(super) fn expected(&self, pairing: &mut Pairing<'_>) {
        let foresees =
            |_: &Side<'_>, fact: &Fact| ["predict", "estimate", "believe"].iter().any(|name| is_word(fact, name));
        self.meet(pairing, self.either_way(word("expect"), foresees));
    }

    /// "Must not disclose" forbids what "is not required to disclose" leaves free, though both deny a duty.
    pub(in crate::change::judge) fn lifted(&self, pairing: &mut Pairing<'_>) {
        let turned = self.either_way(
            |side, fact| fact.obliges() && forbids(side, fact),
            |side, fact| fact.obliges() && frees(side, fact),
        );
        let (changed, same): (Vec<_>, Vec<_>) =
            pairing.same.drain(..).partition(|&(x, y)| turned(&self.a.facts[x], &self.b.facts[y]));
        pairing.same = same;
        // "Must not" and "is not allowed to" forbid alike, "need not" and "does not have to" leave free alike.
        let (forbidden, free) = (self.either_way(forbids, disallows), self.either_way(needs_not, frees));
        pairing.settle_all(|x, y| forbidden(x, y) || free(x, y));
        pairing.changed.extend(changed);
    }
}

/// Whether a side says that something was agreed on.
fn says_agreed(side: &Side<'_>) -> bool {
    let settles = |word: &str| {
        word.eq_ignore_ascii_case("agreed") || ["결정", "합의"].iter().any(|decided| word.starts_with(decided))
    };
    side.tokens.clone().any(|token| settles(side.word(token)))
}

/// Whether "not" follows the word in which a fact ends.
fn is_barred(side: &Side<'_>, fact: &Fact) -> bool {
    let next = side.text.span(fact.tokens.end as usize - 1).end;
    side.text.text[next..].strip_prefix(" not").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// "Must not", "shall not".
fn forbids(side: &Side<'_>, fact: &Fact) -> bool {
    let said = fact.span.of(side.text.text);
    let is_modal = ["must", "shall"].iter().any(|modal| said.eq_ignore_ascii_case(modal));
    is_modal && side.text.text[fact.span.end..].starts_with(" not ")
}

/// "Is not required to", "does not have to".
fn frees(side: &Side<'_>, fact: &Fact) -> bool {
    let said = fact.span.of(side.text.text).to_ascii_lowercase();
    (said.contains("not ") || follows_not(side, fact)) && english::DUTY.iter().any(|duty| said.contains(duty))
}

/// "Need not".
fn needs_not(side: &Side<'_>, fact: &Fact) -> bool {
    is_word(fact, "need") && side.text.text[fact.span.end..].starts_with(" not ")
}

/// "Is not allowed to".
fn disallows(side: &Side<'_>, fact: &Fact) -> bool {
    fact.allows() && (fact.span.of(side.text.text).contains("not ") || follows_not(side, fact))
}

/// Whether a "not" stands before a fact.
fn follows_not(side: &Side<'_>, fact: &Fact) -> bool {
    let before = side.text.text[..fact.span.start].trim_end();
    before.ends_with("not") || before.ends_with("n't")
}
