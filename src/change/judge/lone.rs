//! What one side alone states.

mod alone;
mod beside;
mod elsewhere;
mod otherwise;

use super::unit::UnitJudge;
use crate::change::fact::{Fact, Side};
use crate::change::kind::{Change, ChangeKind};
use crate::change::pairing::Pairing;
use crate::span::Span;
use crate::which::Which;
use alone::{Alone, Counterparts, is_of_value};
use beside::{Beside, is_named_beside};
use elsewhere::may_meet;
pub(super) use elsewhere::{crossed, unmet, unread};

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

impl UnitJudge<'_> {
    /// What one side alone states.
    pub(super) fn lone(&self, pairing: &Pairing<'_>, lone: &mut Vec<Lone>) {
        Which::BOTH.into_iter().for_each(|which| self.lone_of(which, pairing, lone));
    }

    /// What one of the sides alone states.
    fn lone_of(&self, which: Which, pairing: &Pairing<'_>, lone: &mut Vec<Lone>) {
        let (side, other) = which.first(&self.a, &self.b);
        let own_first = |&(x, y): &(usize, usize)| which.first(x, y);
        let same: Vec<(usize, usize)> = pairing.same.iter().map(own_first).collect();
        let met: Vec<usize> =
            same.iter().copied().chain(pairing.changed.iter().map(own_first)).map(|pair| pair.0).collect();
        let beside = Beside::new((side, other), pairing, which);
        let counterparts = Counterparts::new(self.across, which, (side, other), &same);
        for at in pairing.left(which) {
            let fact = &side.facts[at];
            if beside.says(fact) || is_named_beside(fact, side, &met[..same.len()]) {
                continue;
            }
            let alone = Alone {
                judge: self,
                fact,
                side,
                other,
                place: self.place_of(which, fact.tokens.start),
                of_value: is_of_value(fact, side, &met),
                counterparts: &counterparts,
            };
            let change = alone.kind().map(|kind| self.added(which, kind, fact, point(other, alone.place)));
            if change.is_some() || may_meet(fact) {
                let (unit, in_a) = (Some(self.a.tokens.start), which == Which::A);
                lone.push(Lone { unit, fact: fact.clone(), in_a, stays: alone.stays(), change });
            }
        }
    }

    /// The change that is in a fact of one side and in nothing at a point of the other.
    fn added(&self, which: Which, kind: ChangeKind, fact: &Fact, point: Span) -> Change {
        self.change(kind, which.first(Some(fact), None), which.first(fact.span, point))
    }

    /// The token of the other side before which a token of one would stand.
    fn place_of(&self, which: Which, token: u32) -> u32 {
        let place = match which {
            Which::A => self.across.place_of_a(token),
            // Behind the token that the last matched one before it is matched to.
            Which::B => {
                let before = self.across.gap_of_b(token).checked_sub(1);
                before.and_then(|token| self.across.of_b(token)).map_or(self.a.tokens.start, |at| at + 1)
            }
        };
        let (_, other) = which.first(&self.a, &self.b);
        place.clamp(other.tokens.start, other.tokens.end)
    }
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
