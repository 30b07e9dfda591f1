//! Left-over facts of two kinds in one place: one change, and of which kind it is.

use super::unit::UnitJudge;
use crate::change::fact::Fact;
use crate::change::kind::ChangeKind;
use crate::change::pairing::{Pairing, is_word};
use crate::which::Which;

impl UnitJudge<'_> {
    /// Left-over facts of two kinds in one place are one change, of the graver kind.
    pub(super) fn merge(&self, pairing: &mut Pairing<'_>) {
        let counts = |fact: &Fact| !fact.weak && !fact.latent && !is_word(fact, "any") && rank(fact.kind).is_some();
        // "Neither would" and "both": how many there are stands for no "would".
        let apart = |x: &Fact, y: &Fact| {
            let of = |kind: ChangeKind| x.kind == kind || y.kind == kind;
            // A month or a zone may look like a name in other scripts.
            let is_day = self.a.reading.has_han() && of(ChangeKind::Date) && of(ChangeKind::Name);
            is_day || of(ChangeKind::Modality) && (of(ChangeKind::Quantifier) || of(ChangeKind::Attribution))
        };
        for x in pairing.only(Which::A) {
            let fact = &self.a.facts[x];
            let fits = |&y: &usize| {
                let other = &self.b.facts[y];
                counts(fact)
                    && counts(other)
                    && may_merge(fact.kind, other.kind)
                    && !apart(fact, other)
                    && pairing.share_gap(x, y)
                    && pairing.is_narrow(x, y)
                    || are_opposed(fact, other) && pairing.touch_gap(x, y)
            };
            if let Some(y) = pairing.only(Which::B).into_iter().find(fits) {
                if fact.is_share(&self.b.facts[y]) {
                    pairing.drop_both((x, y));
                } else {
                    pairing.merge(x, y);
                }
            }
        }
    }
}

/// To forbid is the contrary of to allow, though neither word has a "not" beside it.
pub(super) fn are_opposed(x: &Fact, y: &Fact) -> bool {
    let forbids =
        |fact: &Fact| fact.kind == ChangeKind::Negation && (is_word(fact, "forbid") || is_word(fact, "prevent"));
    forbids(x) && y.allows() || forbids(y) && x.allows()
}

/// What a change from one fact to another is about.
pub(super) fn changed_kind(x: &Fact, y: &Fact) -> ChangeKind {
    use ChangeKind::*;
    let either = |one: &dyn Fn(&Fact) -> bool, two: &dyn Fn(&Fact) -> bool| one(x) && two(y) || one(y) && two(x);
    let of = |kind: ChangeKind| move |fact: &Fact| fact.kind == kind;
    if either(&|fact| is_word(fact, "not-all"), &|fact| fact.class() == "all") {
        return Negation;
    }
    // "several" for "dozens": neither says how many.
    let vague = |fact: &Fact| fact.kind == Number && fact.tag.starts_with("some ");
    if either(&vague, &of(Quantifier)) {
        return Quantifier;
    }
    // Thirty days for thirty hours: what looked like a day of the month.
    if either(&of(Unit), &of(Date)) {
        return Unit;
    }
    // "nobody" for "anybody".
    if either(&|fact| is_word(fact, "none"), &|fact| is_word(fact, "any")) {
        return Negation;
    }
    // "may" or "will" for "certainly": how sure, not how bound.
    if either(&|fact| ["might", "may", "can", "will"].iter().any(|name| is_word(fact, name)), &of(Hedge)) {
        return Hedge;
    }
    if rank(x.kind) <= rank(y.kind) { x.kind } else { y.kind }
}

/// Whether words of two kinds may stand for each other. A value stands for no word but one that counts: a date never
/// became a "not".
fn may_merge(x: ChangeKind, y: ChangeKind) -> bool {
    use ChangeKind::*;
    let counts = |kind| matches!(kind, Number | Percentage | Quantifier);
    let speaks = |kind| matches!(kind, Negation | Quantifier | Modality | Hedge | Attribution);
    let names = |kind| matches!(kind, Number | Date | Name);
    let measures = |kind| matches!(kind, Unit | Currency);
    [&counts as &dyn Fn(ChangeKind) -> bool, &speaks, &names, &measures].iter().any(|family| family(x) && family(y))
}

/// The gravest kind comes first; kinds without a rank are never merged with others.
fn rank(kind: ChangeKind) -> Option<u8> {
    use ChangeKind::*;
    Some(match kind {
        Percentage => 0,
        Date => 1,
        Number => 2,
        Negation => 3,
        Quantifier => 4,
        Modality => 5,
        Hedge => 6,
        Attribution => 7,
        Name => 8,
        Unit => 9,
        Currency => 10,
        Order | Misquote => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::may_merge;
    use crate::change::kind::ChangeKind::*;

    #[test]
    fn a_value_stands_for_no_word_but_one_that_counts() {
        for (x, y) in
            [(Number, Quantifier), (Percentage, Number), (Negation, Modality), (Hedge, Quantifier), (Name, Date)]
        {
            assert!(may_merge(x, y) && may_merge(y, x), "{x:?} {y:?}");
        }
        for (x, y) in [(Date, Negation), (Date, Unit), (Name, Hedge), (Currency, Quantifier)] {
            assert!(!may_merge(x, y) && !may_merge(y, x), "{x:?} {y:?}");
        }
    }
}
