//! What is said with several words on one side and with others on the other: "none was" and "any was not".

mod condition;
mod converse;
mod counts;
mod dates;
mod denials;
mod duty;

use super::unit::{MANY, UnitJudge};
use crate::change::fact::{Fact, Side};
use crate::change::pairing::{Pairing, is_word};
use crate::which::Which;

/// A fact and the side that states it.
type Stated<'s> = (&'s Side<'s>, &'s Fact);

impl UnitJudge<'_> {
    /// Sets off left-over facts that together say what others say, one rule after another: what one has met is there for none
    /// that follows.
    pub(super) fn reconcile(&self, pairing: &mut Pairing<'_>) {
        // How many and how much.
        self.halves(pairing);
        self.shares(pairing);
        self.same_values(pairing);
        self.none_of_all(pairing);
        self.none_denied(pairing);
        self.labels(pairing);
        self.any_none(pairing);
        self.parts(pairing);
        self.none_not(pairing);
        // One thing from either end.
        self.moved_together(pairing);
        self.conversed(pairing);
        // Dates and times.
        self.zoned(pairing);
        self.last_days(pairing);
        self.midnights(pairing);
        self.days(pairing);
        self.parts_of_today(pairing);
        // Conditions and bounds.
        self.only_if(pairing);
        self.only_then(pairing);
        self.bounded(pairing);
        self.ahead(pairing);
        self.unlikely(pairing);
        self.until(pairing);
        // Denials, and what must and may be.
        self.denied_to_be(pairing);
        self.denied_again(pairing);
        self.scheduled(pairing);
        self.on_condition(pairing);
        self.undone(pairing);
        self.not_admitted(pairing);
        self.in_a_word(pairing);
        self.denied_something(pairing);
        self.banned(pairing);
        self.shifted(pairing);
        self.possible(pairing);
        self.ordinals(pairing);
        self.needed(pairing);
        self.expected(pairing);
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

    /// Has changes mean the same in which a rule finds what else says so, told which side's fact is first; it takes that out.
    fn settle_met(&self, pairing: &mut Pairing<'_>, rule: impl Fn(&mut Pairing<'_>, Which, (usize, usize)) -> bool) {
        for (x, y) in pairing.changed.clone().into_iter().take(MANY) {
            let met = Which::BOTH.map(|which| rule(pairing, which, which.first(x, y)));
            if met.contains(&true) {
                pairing.settle((x, y));
            }
        }
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

/// The rule that a fact is a word of the group `name`.
fn word(name: &str) -> impl Fn(&Side<'_>, &Fact) -> bool {
    move |_, fact| is_word(fact, name)
}

/// The negation among `only` that stands nearest to fact `to`.
fn nearest(facts: &[Fact], only: Vec<usize>, to: usize) -> Option<usize> {
    let denials = only.into_iter().filter(|&at| facts[at].negates());
    denials.min_by_key(|&at| facts[at].tokens.start.abs_diff(facts[to].tokens.start))
}
