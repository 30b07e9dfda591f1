//! What is done on a condition, or not before a time: "only if" and "not unless", "only after" and "not until".

use super::{MANY, UnitJudge, word};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::pairing::{Pairing, is_word};
use crate::change::tables::{chinese, korean};
use crate::which::Which;

/// Tokens beside "without" among which its condition stands.
const CONDITION: u32 = 4;
/// Share of a unit's words that must be matched for two negations to say what "only" says.
const LIKE: f64 = 0.3;
/// The same where a word says "then and then only" besides.
const ONLY_THEN: f64 = 0.15;

impl UnitJudge<'_> {
    /// "Only who has one may" and "nobody may who has none".
    pub(super) fn only_if(&self, pairing: &mut Pairing<'_>) {
        let is_like = self.matched_across >= LIKE;
        let met = Which::BOTH.into_iter().filter(|_| is_like).find_map(|which| {
            let (side, other) = which.first(&self.a, &self.b);
            let only = pairing.left(which).find(|&at| is_word(&side.facts[at], "only"))?;
            let denials = pairing.left(which.other()).filter(|&at| other.facts[at].negates());
            let denials = <[usize; 2]>::try_from(denials.collect::<Vec<_>>()).ok()?;
            // Who "may not enter and may not smoke" is not told of two things of which one is on condition of the other.
            let is_nested = denials.iter().any(|&at| !is_word(&other.facts[at], "not")) || relates(other);
            is_nested.then_some((which, only, denials))
        });
        if let Some((which, only, denials)) = met {
            let (side, _) = which.first(&self.a, &self.b);
            pairing.drop(which, only);
            denials.into_iter().for_each(|at| pairing.drop(which.other(), at));
            pairing.drop_first(which, |&at| side.facts[at].allows());
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
    pub(super) fn only_then(&self, pairing: &mut Pairing<'_>) {
        let wide = self.a.reading.has_han() || self.a.reading.has_hangul();
        let said = |side: &Side<'_>, words: &[&str]| {
            let text = side.span(&side.tokens).of(side.text.text);
            wide && words.iter().any(|word| text.contains(word))
        };
        // 입장할 수 없고 반입할 수 없다: neither is a condition of the other.
        let bars =
            |side: &Side<'_>, fact: &Fact| side.before(fact.tokens.start).is_some_and(|at| side.word(at) == "수");
        let twice = |side: &Side<'_>| {
            let denials: Vec<&Fact> = side.facts.iter().filter(|fact| fact.denies()).collect();
            match &denials[..] {
                [_] => said(side, &["除非"]),
                [one, other] => !(bars(side, one) && bars(side, other)),
                _ => false,
            }
        };
        // 사람만 참여할 수 있다: who alone may.
        let alone = |side: &Side<'_>| {
            let word = |token: u32| side.word(token);
            let is_only = |token: u32| word(token).ends_with("만") && word(token).chars().count() > 2;
            let may =
                |fact: &Fact| fact.allows() && fact.tokens.start > side.tokens.start && is_only(fact.tokens.start - 1);
            side.facts.iter().any(may)
        };
        let then = |side: &Side<'_>| said(side, chinese::ONLY_THEN) || said(side, korean::ONLY_THEN) || alone(side);
        let allowed = |side: &Side<'_>| then(side) && !side.facts.iter().any(Fact::denies);
        let is_said = |which: Which| {
            let (side, other) = which.first(&self.a, &self.b);
            twice(side) && !then(side) && allowed(other)
        };
        if self.matched_across < ONLY_THEN || !Which::BOTH.into_iter().any(is_said) {
            return;
        }
        pairing.settle_all(|x, y| {
            let bind = x.kind == ChangeKind::Modality && y.kind == ChangeKind::Modality;
            x.negates() || y.negates() || bind
        });
        let binds = |fact: &Fact| fact.negates() || fact.kind == ChangeKind::Modality || is_word(fact, "only");
        for which in Which::BOTH {
            let (side, _) = which.first(&self.a, &self.b);
            let bound = pairing.only(which).into_iter().filter(|&at| binds(&side.facts[at]));
            bound.for_each(|at| pairing.drop(which, at));
        }
    }

    /// "May not sublet without consent" and "must have consent to sublet"; 未经同意不得, 须经同意; 동의 없이 ... 수 없다, 동의를 받아야 한다.
    pub(super) fn on_condition(&self, pairing: &mut Pairing<'_>) {
        for which in Which::BOTH {
            let (side, other) = which.first(&self.a, &self.b);
            let (only, others) = (pairing.only(which), pairing.only(which.other()));
            let denials: Vec<usize> = only.iter().copied().filter(|&at| side.facts[at].denies()).collect();
            let is_met = denials.len() == 2
                && denials.iter().any(|&at| self.is_without(which, &side.facts[at]))
                && !others.iter().any(|&at| other.facts[at].denies())
                && (other.facts.iter().any(|fact| obliges_to_have(other, fact)) || is_then_allowed(other));
            if !is_met {
                continue;
            }
            denials.into_iter().for_each(|at| pairing.drop(which, at));
            only.into_iter().filter(|&at| side.facts[at].allows()).for_each(|at| pairing.drop(which, at));
            others.into_iter().filter(|&at| other.facts[at].obliges()).for_each(|at| pairing.drop(which.other(), at));
            pairing.changed.retain(|&(x, y)| {
                let (own, its) = which.first(&self.a.facts[x], &self.b.facts[y]);
                !(own.allows() && its.obliges())
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

    /// "Not until three weeks after" and "only three weeks after".
    pub(super) fn until(&self, pairing: &mut Pairing<'_>) {
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
}

/// Whether a side says in English of whom, or on what condition, it speaks.
fn relates(side: &Side<'_>) -> bool {
    const RELATIVE: [&str; 8] = ["who", "whom", "whose", "which", "that", "if", "unless", "those"];
    let mut tokens = side.tokens.clone();
    side.reading.has_hangul()
        || side.reading.has_han()
        || tokens.any(|token| RELATIVE.iter().any(|it| side.word(token).eq_ignore_ascii_case(it)))
}

/// Whether a fact obliges someone to have what the condition is: "must have consent", and no "must pay a guide". In other
/// languages the word for what must be done says so, or stands elsewhere.
fn obliges_to_have(side: &Side<'_>, fact: &Fact) -> bool {
    const HAVE: [&str; 12] =
        ["have", "hold", "obtain", "get", "seek", "receive", "secure", "gain", "ask", "first", "be", "give"];
    let is_latin = fact.span.of(side.text.text).is_ascii();
    let next = side.tokens.contains(&fact.tokens.end).then(|| side.word(fact.tokens.end));
    let has = || next.is_some_and(|next| HAVE.iter().any(|verb| next.eq_ignore_ascii_case(verb)));
    fact.obliges() && (!is_latin || has())
}

/// Whether a side says in Korean that something may be done once something else was: 허가를 받아야 촬영할 수 있다.
fn is_then_allowed(side: &Side<'_>) -> bool {
    let first = |word: &str| ["아야", "어야", "여야", "해야"].iter().any(|ending| word.ends_with(ending));
    side.reading.has_hangul()
        && side.facts.iter().any(Fact::allows)
        && side.tokens.clone().any(|token| first(side.word(token)))
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
