//! Equal facts that stand elsewhere: which of several is the one, and whether two are one or changed places with others.

use super::denial::are_contrary;
use super::{FEW, Near, Pairing};
use crate::change::fact::Fact;
use crate::change::harmless::is_value;
use crate::change::kind::ChangeKind;
use crate::which::Which;
use rustc_hash::FxHashMap;

/// What makes two facts equal that stand in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    /// The same words.
    Word,
    /// Words of one group.
    Group,
    /// A word that denies by itself and a "not".
    Denial,
}

/// The facts of B that are free, by what makes them equal to one of A: kind, tag and whether they are latent; the first is last.
type Equal<'s> = FxHashMap<(ChangeKind, &'s str, bool), Vec<usize>>;

/// Which fact of the other side stands where a fact of A or of B stands.
struct Facing {
    of_a: Vec<Option<usize>>,
    of_b: FxHashMap<usize, usize>,
}

impl<'s> Pairing<'s> {
    /// Equal facts anywhere in the unit, except those that changed places with others of their kind.
    pub(super) fn elsewhere(&mut self) {
        let facing = self.facing();
        let mut equal = self.equal();
        // "Did not reject" and "rejected" share what denies by itself, and one has a "not" besides.
        let only = self.only(Which::A);
        let mut looked_at = vec![false; self.a.len()];
        let each = |alike: Alike| only.iter().map(move |&x| (x, alike));
        for (x, alike) in each(Alike::Word).chain(each(Alike::Group)).chain(each(Alike::Denial)) {
            if looked_at[x] || !self.free_a[x] {
                continue;
            }
            let fact = &self.a[x];
            let latent = fact.latent != (alike == Alike::Denial);
            let Some(found) = equal.get_mut(&(fact.kind, &*fact.tag, latent)) else { continue };
            let Some(at) = self.best(x, alike, found) else { continue };
            looked_at[x] = alike != Alike::Word;
            // Otherwise it is there for the next one.
            if self.are_one(x, found[at], alike, &facing) {
                self.take(x, found.remove(at), true);
            }
        }
    }

    fn facing(&self) -> Facing {
        let near = Near::new(self.b, &self.free_b);
        let opposite = |x| self.opposite(x, &near, self.mates).filter(|_| self.free_a[x]);
        let of_a: Vec<Option<usize>> = (0..self.a.len()).map(opposite).collect();
        let of_b = of_a.iter().enumerate().filter_map(|(x, y)| Some(((*y)?, x))).collect();
        Facing { of_a, of_b }
    }

    fn equal(&self) -> Equal<'s> {
        let mut equal = Equal::default();
        for y in self.only(Which::B).into_iter().rev() {
            equal.entry((self.b[y].kind, &*self.b[y].tag, self.b[y].latent)).or_default().push(y);
        }
        equal
    }

    /// Which of the facts `found` that are equal to fact `x` is most likely the same, by its place among them.
    fn best(&self, x: usize, alike: Alike, found: &[usize]) -> Option<usize> {
        let fact = &self.a[x];
        let first = found.len().saturating_sub(FEW);
        match alike {
            // Of several that deny, the one in the same word; of one, any.
            Alike::Word => {
                let own = fact.span.of(self.text_a.text);
                let near = |fits: &dyn Fn(usize) -> bool| (first..found.len()).rev().find(|&at| fits(found[at]));
                let same = |y: usize| self.b[y].span.of(self.text_b.text).eq_ignore_ascii_case(own);
                near(&|y| same(y) && self.stays(x, y)).or_else(|| near(&same))
            }
            // Of several in other words, the nearest.
            Alike::Group if fact.group().is_some() => {
                (first..found.len()).rev().min_by_key(|&at| self.distance(x, found[at]))
            }
            Alike::Group | Alike::Denial => found.len().checked_sub(1),
        }
    }

    /// Whether two equal facts are one: neither changed places with another, and they deny one thing.
    fn are_one(&self, x: usize, y: usize, alike: Alike, facing: &Facing) -> bool {
        (!self.are_displaced(x, y, facing) || self.have_moved(x, y, facing.of_a[x]))
            && !self.deny_other_things(x, y, alike)
            && !are_contrary(&self.a[x], &self.b[y])
    }

    /// Whether one of two facts stands in the place of another fact that it may have changed places with.
    fn are_displaced(&self, x: usize, y: usize, facing: &Facing) -> bool {
        // A word changed places with another where both stand on either side: "shall ... may", "may ... shall".
        let exchanged = |other: &Fact, facts: &[Fact]| {
            other.group().is_none() && other.kind != ChangeKind::Name
                || facts.iter().any(|fact| fact.kind == other.kind && fact.tag == other.tag)
        };
        let other =
            |fact: &Fact, other: &Fact| !fact.means(other) && exchanged(other, self.a) && exchanged(other, self.b);
        facing.of_a[x].is_some_and(|place| other(&self.a[x], &self.b[place]))
            || facing.of_b.get(&y).is_some_and(|&place| other(&self.b[y], &self.a[place]))
    }

    /// Whether two facts moved with what stands around them, or the others of their kind did; `opposite` is the fact in the
    /// place of `x`.
    fn have_moved(&self, x: usize, y: usize, opposite: Option<usize>) -> bool {
        let fact = &self.a[x];
        // Words that stand beside either tell nothing: 甲组30人，乙组50人.
        let binds = fact.kind == ChangeKind::Modality && fact.span.of(self.text_a.text).is_ascii();
        let counts = binds || fact.group().is_none() && fact.kind != ChangeKind::Name;
        let parallel = || counts && opposite.is_some_and(|place| self.stands_beside(x, place));
        self.moved_along(x, y)
            || self.is_in_one_word(x, y)
            || self.stands_beside(x, y) && !parallel()
            // Five, two of them and three of them on both sides: however the clauses stand, they are told in one order.
            || self.are_in_step(fact.kind) && !parallel()
    }

    /// Whether two facts that deny say so of different things.
    fn deny_other_things(&self, x: usize, y: usize, alike: Alike) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        // A verb that denies by itself is the same verb in any clause.
        let denies = one.kind == ChangeKind::Negation && !(one.latent && other.latent);
        // "Kept" denies a change, not whatever is denied in another clause.
        one.latent != other.latent && self.are_parted(x, y)
            || alike == Alike::Denial && self.denies_kin(x, y)
            || denies && (self.parts_clauses(x, y) && !self.stays(x, y) || self.are_each_in_place(x, y))
    }

    /// Whether both sides state the same few values of a kind in the same order.
    fn are_in_step(&self, kind: ChangeKind) -> bool {
        fn of(facts: &[Fact], kind: ChangeKind) -> impl Iterator<Item = &Fact> {
            facts.iter().filter(move |fact| fact.kind == kind).take(FEW + 1)
        }
        is_value(kind)
            && of(self.a, kind).nth(FEW).is_none()
            && of(self.a, kind).map(|fact| &fact.tag).eq(of(self.b, kind).map(|fact| &fact.tag))
    }
}
