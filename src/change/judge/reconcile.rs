//! What is said with several words on one side and with others on the other: "none was" and "any was not".

mod converse;
mod counts;
mod dates;

use super::unit::{MANY, UnitJudge};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::pairing::{Pairing, is_word};
use crate::change::tables::{chinese, english, korean};
use crate::span::{are_near, hold};
use crate::which::Which;

/// Most tokens between two negations of which one undoes the other: 불가능한 것은 아니다.
const NEAR: u32 = 2;
/// Tokens beside "without" among which its condition stands.
const CONDITION: u32 = 4;
/// Share of a unit's words that must be matched for two negations to say what "only" says.
const LIKE: f64 = 0.3;
/// The same where a word says "then and then only" besides.
const ONLY_THEN: f64 = 0.15;

impl UnitJudge<'_> {
    /// Sets off left-over facts that together say what others say.
    pub(super) fn reconcile(&self, pairing: &mut Pairing<'_>) {
        self.halves(pairing);
        self.shares(pairing);
        // "Half" is a quantifier, and "one in two" a number.
        self.meet(pairing, Fact::is_same_value);
        self.none_of_all(pairing);
        // "none was" and "any was not".
        self.meet(pairing, self.either_way(|_, fact| denies(fact), word("none")));
        self.labels(pairing);
        self.any_none(pairing);
        self.parts(pairing);
        self.none_not(pairing);
        self.moved_together(pairing);
        self.conversed(pairing);
        self.zoned(pairing);
        self.last_days(pairing);
        self.midnights(pairing);
        self.days(pairing);
        self.parts_of_today(pairing);
        self.only_if(pairing);
        self.only_then(pairing);
        self.bounded(pairing);
        self.ahead(pairing);
        self.unlikely(pairing);
        self.until(pairing);
        self.denied_to_be(pairing);
        self.denied_again(pairing);
        // 열릴 예정이다 is what 열릴 계획이다 says, and 열릴 것이다.
        let planned = |side: &Side<'_>, fact: &Fact| {
            is_word(fact, "will") || is_word(fact, "plan") && fact.span.of(side.text.text).contains("계획")
        };
        self.alike(pairing, self.either_way(word("scheduled"), planned));
        self.on_condition(pairing);
        self.undone(pairing);
        self.not_admitted(pairing);
        self.in_a_word(pairing);
        self.denied_something(pairing);
        self.shifted(pairing);
        // 或将, 可能: a chance is told as a hedge or as what may be.
        self.alike(pairing, self.either_way(word("possibly"), word("might")));
        // 제1호, 1호: an ordinal is told by its prefix, or by what it counts.
        let prefixed = |fact: &Fact, side: &Side<'_>| fact.span.of(side.text.text).starts_with(['제', '第']);
        self.alike(pairing, |x, y| x.is_numbered_as(y) && (prefixed(x, &self.a) || prefixed(y, &self.b)));
        // "Need not register" and "do not need to register".
        let needs = |side: &Side<'_>, fact: &Fact| {
            is_word(fact, "need") || is_word(fact, "must") && fact.span.of(side.text.text).starts_with("need")
        };
        self.alike(pairing, self.either_way(needs, needs));
        // "Is expected to grow" and "will grow, the bank forecasts".
        let foresees =
            |_: &Side<'_>, fact: &Fact| ["predict", "estimate", "believe"].iter().any(|name| is_word(fact, name));
        self.meet(pairing, self.either_way(word("expect"), foresees));
    }

    /// What may deny met what denies: "have yet to" and "have not yet" denies in another word too, and "is not allowed to" allows
    /// beside "is forbidden to".
    fn denied_again(&self, pairing: &mut Pairing<'_>) {
        for met in pairing.same.clone().into_iter().take(MANY) {
            for which in Which::BOTH {
                let ((own, facts), (its, others)) = which.first((met.0, &self.a.facts), (met.1, &self.b.facts));
                if !facts[own].latent || others[its].latent {
                    continue;
                }
                let again = negates(&facts[own]) && denies(&others[its]);
                pairing.drop_first(which, |&at| again && denies(&facts[at]));
                pairing.drop_first(which.other(), |&at| allows(&others[at]));
            }
        }
    }

    /// 否认, 不承认; 부인했다, 인정하지 않았다: in Chinese and Korean, what is not admitted is denied.
    fn not_admitted(&self, pairing: &mut Pairing<'_>) {
        if !(self.a.reading.has_han() || self.a.reading.has_hangul()) {
            return;
        }
        for pair in pairing.changed.clone().into_iter().take(MANY) {
            let mut met = false;
            for which in Which::BOTH {
                let ((own, facts), (its, others)) = which.first((pair.0, &self.a.facts), (pair.1, &self.b.facts));
                let admits = &facts[own];
                let beside = |one: &Fact| {
                    one.tokens.end == admits.tokens.start
                        || (admits.tokens.start..=admits.tokens.end).contains(&one.tokens.start)
                };
                let not = |at: &usize| negates(&facts[*at]) && beside(&facts[*at]);
                if is_word(admits, "admit") && is_word(&others[its], "deny") {
                    met |= pairing.drop_first(which, not);
                }
            }
            if met {
                pairing.settle(pair);
            }
        }
    }

    /// "Did not answer the questions" and "the questions went unanswered": a word with a prefix that denies, where the bare
    /// word does not stand on the other side.
    fn in_a_word(&self, pairing: &mut Pairing<'_>) {
        let denials = Which::BOTH.map(|which| {
            let (side, _) = which.first(&self.a, &self.b);
            let mut denials = pairing.left(which).filter(|&at| denies(&side.facts[at]));
            denials.next().filter(|_| denials.next().is_none())
        });
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            let free = |token| self.across.mate(which.other(), token).is_none();
            let (Some(denial), None) = which.first(denials[0], denials[1]) else { continue };
            if has_denying_word(other, free) {
                pairing.drop(which, denial);
                // What "cannot" be passed is impassable.
                pairing.drop_first(which, |&at| allows(&side.facts[at]));
            }
        }
    }

    /// "Bail was denied" and "refused to grant bail": a word for what someone says is one for what someone does too.
    fn denied_something(&self, pairing: &mut Pairing<'_>) {
        let told = |_: &Side<'_>, fact: &Fact| fact.kind == ChangeKind::Attribution && fact.class() == "deny";
        self.meet(pairing, self.either_way(|_, fact| denies(fact), told));
    }

    /// "Only who has one may" and "nobody may who has none".
    fn only_if(&self, pairing: &mut Pairing<'_>) {
        let is_like = self.matched_across >= LIKE;
        let met = Which::BOTH.into_iter().filter(|_| is_like).find_map(|which| {
            let (side, other) = which.first(&self.a, &self.b);
            let only = pairing.left(which).find(|&at| is_word(&side.facts[at], "only"))?;
            let denials = pairing.left(which.other()).filter(|&at| negates(&other.facts[at]));
            Some((which, only, <[usize; 2]>::try_from(denials.collect::<Vec<_>>()).ok()?))
        });
        if let Some((which, only, denials)) = met {
            let (side, _) = which.first(&self.a, &self.b);
            pairing.drop(which, only);
            denials.into_iter().for_each(|at| pairing.drop(which.other(), at));
            pairing.drop_first(which, |&at| allows(&side.facts[at]));
        }
        let unless = |side: &Side<'_>| {
            let word = |token: u32| side.word(token);
            side.tokens.clone().any(|token| word(token).eq_ignore_ascii_case("unless"))
        };
        // "Not without consent" and "forbidden unless there is consent".
        let is_without = |side: &Side<'_>, fact: &Fact| fact.span.of(side.text.text).eq_ignore_ascii_case("without");
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            if unless(other) && !unless(side) {
                pairing.drop_first(which, |&at| is_without(side, &side.facts[at]));
            }
        }
        let none_unless = |side: &Side<'_>, fact: &Fact| is_word(fact, "none") && unless(side);
        pairing.settle_first(self.either_way(word("only"), none_unless));
    }

    /// 未经同意，不得加装 and 经同意后，方可加装: what is denied twice on one side may be done then, and then only, on the other.
    fn only_then(&self, pairing: &mut Pairing<'_>) {
        let wide = self.a.reading.has_han() || self.a.reading.has_hangul();
        let said = |side: &Side<'_>, words: &[&str]| {
            let text = side.span(&side.tokens).of(side.text.text);
            wide && words.iter().any(|word| text.contains(word))
        };
        let twice = |side: &Side<'_>| match side.facts.iter().filter(|fact| denies(fact)).count() {
            1 => said(side, &["除非"]),
            count => count == 2,
        };
        // 사람만 참여할 수 있다: who alone may.
        let alone = |side: &Side<'_>| {
            let word = |token: u32| side.word(token);
            let is_only = |token: u32| word(token).ends_with("만") && word(token).chars().count() > 2;
            let may =
                |fact: &Fact| allows(fact) && fact.tokens.start > side.tokens.start && is_only(fact.tokens.start - 1);
            side.facts.iter().any(may)
        };
        let then = |side: &Side<'_>| said(side, chinese::ONLY_THEN) || said(side, korean::ONLY_THEN) || alone(side);
        let allowed = |side: &Side<'_>| then(side) && !side.facts.iter().any(denies);
        let is_said = |which: Which| {
            let (side, other) = which.first(&self.a, &self.b);
            twice(side) && !then(side) && allowed(other)
        };
        if self.matched_across < ONLY_THEN || !Which::BOTH.into_iter().any(is_said) {
            return;
        }
        pairing.settle_all(|x, y| {
            let bind = x.kind == ChangeKind::Modality && y.kind == ChangeKind::Modality;
            negates(x) || negates(y) || bind
        });
        let binds = |fact: &Fact| negates(fact) || fact.kind == ChangeKind::Modality || is_word(fact, "only");
        for which in Which::BOTH {
            let (side, _) = which.first(&self.a, &self.b);
            let bound = pairing.only(which).into_iter().filter(|&at| binds(&side.facts[at]));
            bound.for_each(|at| pairing.drop(which, at));
        }
    }

    /// "Is unlikely to" and "will probably not".
    fn unlikely(&self, pairing: &mut Pairing<'_>) {
        for pair in pairing.changed.clone().into_iter().take(MANY) {
            let mut met = false;
            for which in Which::BOTH {
                let ((own, facts), (its, others)) = which.first((pair.0, &self.a.facts), (pair.1, &self.b.facts));
                if is_word(&facts[own], "likely") && is_word(&others[its], "unlikely") {
                    let denial = nearest(facts, pairing.only(which), own);
                    denial.into_iter().for_each(|at| pairing.drop(which, at));
                    met |= denial.is_some();
                }
            }
            if met {
                pairing.settle(pair);
            }
        }
    }

    /// "Not until three weeks after" and "only three weeks after".
    fn until(&self, pairing: &mut Pairing<'_>) {
        let sides = [&self.a, &self.b];
        let not = Which::BOTH.map(|which| {
            let side = *which.of(&sides);
            pairing.only(which).into_iter().take(MANY).rfind(|&at| until(side, &side.facts[at]))
        });
        let only =
            Which::BOTH.map(|which| pairing.left(which).find(|&at| is_word(&which.of(&sides).facts[at], "only")));
        if let Some((x, y)) = not[0].zip(only[1]).or(only[0].zip(not[1])) {
            pairing.drop_both((x, y));
        }
        // "Did not start until it rained" and "it was not until it rained that they started".
        let from = sides.map(is_not_until);
        for which in Which::BOTH {
            let (own, its) = which.first(from[0], from[1]);
            if let Some(at) = which.of(&not).filter(|_| its && !own) {
                pairing.drop(which, at);
            }
        }
    }

    /// "Denied that any was" and "said that none was": the denial is in the word that gives the statement.
    fn denied_to_be(&self, pairing: &mut Pairing<'_>) {
        let told = |fact: &Fact| fact.kind == ChangeKind::Attribution;
        let denied = |(_, own): Stated<'_>, (_, its): Stated<'_>| {
            told(own) && told(its) && own.class() == "deny" && its.class().starts_with("plain")
        };
        let negative = |fact: &Fact| denies(fact) || is_word(fact, "none");
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

    /// "May not sublet without consent" and "must have consent to sublet"; 未经同意不得, 须经同意; 동의 없이 ... 수 없다, 동의를 받아야 한다.
    fn on_condition(&self, pairing: &mut Pairing<'_>) {
        let duty = |fact: &Fact| fact.kind == ChangeKind::Modality && fact.class() == "duty";
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            let (only, others) = (pairing.only(which), pairing.only(which.other()));
            let denials: Vec<usize> = only.iter().copied().filter(|&at| denies(&side.facts[at])).collect();
            let is_met = denials.len() == 2
                && denials.iter().any(|&at| self.is_without(which, &side.facts[at]))
                && !others.iter().any(|&at| denies(&other.facts[at]))
                && (other.facts.iter().any(duty) || is_then_allowed(other));
            if !is_met {
                continue;
            }
            denials.into_iter().for_each(|at| pairing.drop(which, at));
            only.into_iter().filter(|&at| allows(&side.facts[at])).for_each(|at| pairing.drop(which, at));
            others.into_iter().filter(|&at| duty(&other.facts[at])).for_each(|at| pairing.drop(which.other(), at));
            pairing.changed.retain(|&(x, y)| {
                let (own, its) = which.first(&self.a.facts[x], &self.b.facts[y]);
                !(allows(own) && duty(its))
            });
        }
    }

    /// Whether a denial names a condition that is told on the other side, too: "without consent", 未经同意, 동의 없이.
    fn is_without(&self, which: Which, fact: &Fact) -> bool {
        let (side, other) = which.first(&self.a, &self.b);
        let said = fact.span.of(side.text.text);
        // 허가 없이: a particle may seem to stand before it.
        let none = said.find('없').map(|at| &side.text.text[fact.span.start + at..]);
        let hangul = none.is_some_and(|none| none.starts_with("없이"));
        let han = said.starts_with("未经") || said.starts_with("未經");
        let near = if hangul {
            fact.tokens.start.saturating_sub(CONDITION).max(side.tokens.start)..fact.tokens.end
        } else {
            fact.tokens.end..side.tokens.end.min(fact.tokens.end + 2 * CONDITION)
        };
        let names_one = hangul || han || said.eq_ignore_ascii_case("without");
        // A Korean noun has another particle there.
        let stem = |word: &str| word.char_indices().nth(2).map_or(word.len(), |(end, _)| end);
        let is_told = |token: u32| {
            let own = side.word(token);
            let own = &own[..stem(own)];
            hangul && own.len() > 3 && other.tokens.clone().any(|at| other.word(at).starts_with(own))
        };
        names_one && near.into_iter().any(|token| self.across.mate(which, token).is_some() || is_told(token))
    }

    /// Two negations of one side that undo each other: "not impossible" is possible, "does not prevent" is that one can.
    fn undone(&self, pairing: &mut Pairing<'_>) {
        let only = Which::BOTH.map(|which| pairing.only(which));
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            for (x, y) in twice(side, &only[which as usize]) {
                pairing.drop(which, x);
                pairing.drop(which, y);
                let met = only[which.other() as usize].iter().find(|&&at| allows(&other.facts[at]));
                met.into_iter().for_each(|&at| pairing.drop(which.other(), at));
            }
        }
    }

    /// "Will" that was "said" to be done is "would"; what "must not" be done "may not" be done; "said" is "announced".
    fn shifted(&self, pairing: &mut Pairing<'_>) {
        self.banned(pairing);
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
    fn banned(&self, pairing: &mut Pairing<'_>) {
        let touches = |one: &Fact, may: &Fact| negates(one) && are_near(&one.tokens, &may.tokens, 0);
        let bans = |(side, may): Stated<'_>, (_, ban): Stated<'_>| {
            is_word(ban, "must-not") && side.facts.iter().any(|one| !one.latent && touches(one, may))
        };
        for pair in pairing.changed.clone() {
            let Some(which) = self.first_of(pair, bans) else { continue };
            let ((side, may), _) = self.stated(which, pair);
            // 반입하지 않는 것이 좋다 denies too, and binds less.
            if allows(may) {
                pairing.settle(pair);
            }
            pairing.drop_first(which, |&at| touches(&side.facts[at], may));
        }
    }

    /// "Must not disclose" forbids what "is not required to disclose" leaves free, though both deny a duty.
    pub(super) fn lifted(&self, pairing: &mut Pairing<'_>) {
        let duty = |fact: &Fact| fact.kind == ChangeKind::Modality && fact.class() == "duty";
        let turned = self
            .either_way(|side, fact| duty(fact) && forbids(side, fact), |side, fact| duty(fact) && frees(side, fact));
        let (changed, same): (Vec<_>, Vec<_>) =
            pairing.same.drain(..).partition(|&(x, y)| turned(&self.a.facts[x], &self.b.facts[y]));
        pairing.same = same;
        // "Must not" and "is not allowed to" forbid alike, "need not" and "does not have to" leave free alike.
        let (forbidden, free) = (self.either_way(forbids, disallows), self.either_way(needs_not, frees));
        pairing.settle_all(|x, y| forbidden(x, y) || free(x, y));
        pairing.changed.extend(changed);
    }

    /// Whether one rule holds of a fact of A and the other of a fact of B, or the other way round.
    fn either_way(
        &self,
        one: impl Fn(&Side<'_>, &Fact) -> bool,
        other: impl Fn(&Side<'_>, &Fact) -> bool,
    ) -> impl Fn(&Fact, &Fact) -> bool {
        move |x, y| one(&self.a, x) && other(&self.b, y) || other(&self.a, x) && one(&self.b, y)
    }

    /// Two facts, each with its side, that of `which` first.
    fn stated(&self, which: Which, (x, y): (usize, usize)) -> (Stated<'_>, Stated<'_>) {
        which.first((&self.a, &self.a.facts[x]), (&self.b, &self.b.facts[y]))
    }

    /// The side whose fact of a pair is first where a rule holds of the two; A where it holds either way round.
    fn first_of(&self, pair: (usize, usize), rule: impl Fn(Stated<'_>, Stated<'_>) -> bool) -> Option<Which> {
        Which::BOTH.into_iter().find(|&which| {
            let (own, its) = self.stated(which, pair);
            rule(own, its)
        })
    }

    /// Takes changes of which `fits` holds for none, and sets off left-over facts likewise.
    fn alike(&self, pairing: &mut Pairing<'_>, fits: impl Fn(&Fact, &Fact) -> bool) {
        pairing.settle_all(&fits);
        self.meet(pairing, fits);
    }

    /// Sets off left-over facts of which `fits` holds.
    fn meet(&self, pairing: &mut Pairing<'_>, fits: impl Fn(&Fact, &Fact) -> bool) {
        let (most, fewest) = pairing.counts_left();
        if fewest == 0 || most > MANY {
            return;
        }
        for x in pairing.only(Which::A) {
            let met = pairing.left(Which::B).find(|&y| fits(&self.a.facts[x], &self.b.facts[y]));
            met.into_iter().for_each(|y| pairing.drop_both((x, y)));
        }
    }
}

/// A fact and the side that states it.
type Stated<'s> = (&'s Side<'s>, &'s Fact);

/// The rule that a fact is a word of the group `name`.
fn word(name: &str) -> impl Fn(&Side<'_>, &Fact) -> bool {
    move |_, fact| is_word(fact, name)
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
    allows(fact) && (fact.span.of(side.text.text).contains("not ") || follows_not(side, fact))
}

/// Whether a "not" stands before a fact.
fn follows_not(side: &Side<'_>, fact: &Fact) -> bool {
    let before = side.text.text[..fact.span.start].trim_end();
    before.ends_with("not") || before.ends_with("n't")
}

/// Whether a side has "not until".
fn is_not_until(side: &Side<'_>) -> bool {
    side.others.iter().any(|cue| {
        let text = cue.span.of(side.text.text);
        cue.found.group.cue == Cue::Guard && text.ends_with("until") && text.contains(['n', 'N'])
    })
}

/// Whether a fact is a "not" that "until" follows in its sentence.
fn until(side: &Side<'_>, fact: &Fact) -> bool {
    let word = |token: u32| side.word(token);
    is_word(fact, "not") && (fact.tokens.end..side.tokens.end).any(|token| matches!(word(token), "until" | "till"))
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
        |fact: &Fact| negates(fact) && !REPEATING.iter().any(|name| is_word(fact, name)) && !is_stress(side, fact);
    let denials: Vec<usize> = only.iter().copied().filter(|&at| undoes(&side.facts[at])).take(MANY).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for pair in denials.windows(2) {
        let (x, y) = (&side.facts[pair[0]], &side.facts[pair[1]]);
        let used = found.last().is_some_and(|&(_, last)| last == pair[0]);
        let gap = side.text.text.get(x.span.end..y.span.start).unwrap_or_default();
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

/// Groups that stand beside another negation and leave it what it is: "not yet", "neither ... nor".
const REPEATING: [&str; 6] = ["still", "not-yet", "neither", "nor", "hardly", "remain"];

/// What is "never" in Korean only stresses the negation after it: 전혀 없다.
fn is_stress(side: &Side<'_>, fact: &Fact) -> bool {
    is_word(fact, "never") && !fact.span.of(side.text.text).is_ascii()
}

/// The negation among `only` that stands nearest to fact `to`.
fn nearest(facts: &[Fact], only: Vec<usize>, to: usize) -> Option<usize> {
    let denials = only.into_iter().filter(|&at| negates(&facts[at]));
    denials.min_by_key(|&at| facts[at].tokens.start.abs_diff(facts[to].tokens.start))
}

fn negates(fact: &Fact) -> bool {
    fact.kind == ChangeKind::Negation
}

/// Whether a side says in Korean that something may be done once something else was: 허가를 받아야 촬영할 수 있다.
fn is_then_allowed(side: &Side<'_>) -> bool {
    let first = |word: &str| ["아야", "어야", "여야", "해야"].iter().any(|ending| word.ends_with(ending));
    side.reading.has_hangul()
        && side.facts.iter().any(allows)
        && side.tokens.clone().any(|token| first(side.word(token)))
}

/// Whether a fact is a "not" or the like, and no word that denies by itself.
pub(super) fn denies(fact: &Fact) -> bool {
    negates(fact) && !fact.latent
}

/// Whether a fact says that something may or can be done.
pub(super) fn allows(fact: &Fact) -> bool {
    fact.kind == ChangeKind::Modality && fact.class() == "free"
}
