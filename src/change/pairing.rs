//! Facts set off against each other, and what is left over paired into before and after.
//!
//! Equal facts go first: those in matched places, then those elsewhere in the unit, unless two facts of one kind changed
//! places ("rose 5 %, fell 3 %" and "rose 3 %, fell 5 %"). What is left is paired by place: neighbours matched, then the
//! same gap of the alignment.

mod denial;
mod elsewhere;
mod place;

use super::fact::{Fact, Key, Side};
use super::harmless::is_value;
use super::kind::ChangeKind;
use super::reading::Reading;
use super::unit::Mates;
use crate::text::Tokenised;
use crate::which::Which;
use denial::are_apart;
use rustc_hash::FxHashMap;

/// Most facts left over on a side that are compared one by one.
const FEW: usize = 48;

/// Bytes between the parts of a date.
const PARTS: usize = 2;

/// Facts of both sides, by index, and what became of them.
#[derive(Debug)]
pub(super) struct Pairing<'s> {
    a: &'s [Fact],
    b: &'s [Fact],
    readings: (&'s Reading, &'s Reading),
    mates: &'s Mates,
    /// In clauses that stand elsewhere as well.
    across: &'s Mates,
    text_a: &'s Tokenised<'s>,
    text_b: &'s Tokenised<'s>,
    free_a: Vec<bool>,
    free_b: Vec<bool>,
    /// Facts that state the same.
    pub same: Vec<(usize, usize)>,
    /// Facts that stand in place of each other.
    pub changed: Vec<(usize, usize)>,
}

impl<'s> Pairing<'s> {
    /// `free_a` and `free_b` say which facts take part.
    pub(super) fn new(
        a: &'s Side<'_>,
        b: &'s Side<'_>,
        (mates, across): (&'s Mates, &'s Mates),
        free_a: Vec<bool>,
        free_b: Vec<bool>,
    ) -> Self {
        let readings = (&a.reading, &b.reading);
        let (text_a, text_b) = (a.text, b.text);
        Self {
            a: &a.facts,
            b: &b.facts,
            readings,
            mates,
            across,
            text_a,
            text_b,
            free_a,
            free_b,
            same: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// Runs all steps.
    pub(super) fn run(&mut self) {
        self.in_place();
        // Mostly that was all.
        if !self.free_a.contains(&true) || !self.free_b.contains(&true) {
            return;
        }
        // What one fact has found its equal may be free for another to find its own.
        self.elsewhere();
        self.elsewhere();
        self.otherwise_written();
        self.by_place();
    }

    /// Whether every fact met an equal one, or takes no part.
    pub(super) fn is_settled(&self) -> bool {
        self.changed.is_empty() && !self.free_a.contains(&true) && !self.free_b.contains(&true)
    }

    /// Facts of a side that met none.
    pub(super) fn only(&self, which: Which) -> Vec<usize> {
        self.left(which).collect()
    }

    /// The same, one after another.
    pub(super) fn left(&self, which: Which) -> impl Iterator<Item = usize> {
        let (free, _) = which.first(&self.free_a, &self.free_b);
        (0..free.len()).filter(|&at| free[at])
    }

    /// How many facts of the side with more of them met none, and of the side with fewer.
    pub(super) fn counts_left(&self) -> (usize, usize) {
        let (a, b) = (self.left(Which::A).count(), self.left(Which::B).count());
        (a.max(b), a.min(b))
    }

    fn take(&mut self, x: usize, y: usize, same: bool) {
        (self.free_a[x], self.free_b[y]) = (false, false);
        if same { &mut self.same } else { &mut self.changed }.push((x, y));
    }

    /// Equal facts whose tokens are matched.
    fn in_place(&mut self) {
        let mut at: FxHashMap<(u32, ChangeKind), usize> = FxHashMap::default();
        for (y, fact) in self.b.iter().enumerate().filter(|&(y, _)| self.free_b[y]) {
            for token in fact.tokens.clone() {
                at.entry((token, fact.kind)).or_insert(y);
            }
        }
        for x in self.only(Which::A) {
            let fact = &self.a[x];
            let mut mates = fact.tokens.clone().filter_map(|token| self.mates.of_a(token));
            let met = mates.find_map(|mate| at.get(&(mate, fact.kind)).copied().filter(|&y| self.free_b[y]));
            if let Some(y) = met.filter(|&y| fact.means(&self.b[y])) {
                self.take(x, y, true);
            }
        }
    }

    /// The fact of B that stands where fact `x` of A stands, by a matched neighbour.
    fn opposite(&self, x: usize, near: &Near, mates: &Mates) -> Option<usize> {
        let fact = &self.a[x];
        let before = fact.tokens.start.checked_sub(1).and_then(|token| mates.of_a(token));
        let after = mates.of_a(fact.tokens.end);
        // 제24조제2항: of several in one word, only the first stands beside the word before and only the last beside the one after.
        let shares = |other: Option<&Fact>| other.is_some_and(|one| one.kind == fact.kind && one.tokens == fact.tokens);
        let is_first = !shares(x.checked_sub(1).map(|at| &self.a[at]));
        let is_last = !shares(self.a.get(x + 1));
        let by_start = before.filter(|_| is_first).and_then(|mate| near.starts.get(&(mate + 1, fact.kind)));
        let by_end = after.filter(|_| is_last).and_then(|mate| near.ends.get(&(mate, fact.kind)));
        by_start.or(by_end).copied().filter(|&y| self.free_b[y] && !are_apart(fact, &self.b[y]))
    }

    /// Facts that mean the same under other keys: names in part, dates read another way.
    fn otherwise_written(&mut self) {
        let (left, right) = (self.only(Which::A), self.only(Which::B));
        if left.len() > FEW || right.len() > FEW {
            return;
        }
        for &x in &left {
            let met = right
                .iter()
                .copied()
                .find(|&y| self.free_b[y] && self.a[x].tag != self.b[y].tag && self.a[x].means(&self.b[y]));
            if let Some(y) = met {
                self.take(x, y, true);
            }
        }
    }

    /// What is left over, of one kind and in one place.
    fn by_place(&mut self) {
        self.by_place_among(self.mates, |_| true);
        // Of two names in clauses that stand elsewhere, one seldom stands for the other: they have other parts there.
        self.by_place_among(self.across, |kind| kind != ChangeKind::Name);
        self.by_neighbour();
        self.last_of_a_kind();
    }

    /// Values beside the same word, wherever that stands: 삼진 11개, 삼진 9개.
    fn by_neighbour(&mut self) {
        let (left, right) = (self.only(Which::A), self.only(Which::B));
        if left.len() > FEW || right.len() > FEW {
            return;
        }
        for x in left.into_iter().filter(|&x| is_value(self.a[x].kind)) {
            let fits = |&&y: &&usize| {
                let alike = self.a[x].kind == self.b[y].kind && !are_apart(&self.a[x], &self.b[y]);
                self.free_b[y] && alike && self.stands_beside(x, y)
            };
            let mut met = right.iter().filter(fits);
            if let (Some(&y), None) = (met.next(), met.next()) {
                self.take(x, y, false);
            }
        }
    }

    fn by_place_among(&mut self, mates: &Mates, fits: impl Fn(ChangeKind) -> bool) {
        let near = Near::new(self.b, &self.free_b);
        for x in self.only(Which::A).into_iter().filter(|&x| fits(self.a[x].kind)) {
            if let Some(y) = self.opposite(x, &near, mates).filter(|&y| !self.is_kept_apart(x, y)) {
                self.take(x, y, self.deny_alike(x, y));
            }
        }
        let mut gaps: FxHashMap<(u32, ChangeKind), Vec<usize>> = FxHashMap::default();
        for y in self.only(Which::B).into_iter().rev() {
            gaps.entry((mates.gap_of_b(self.b[y].tokens.start), self.b[y].kind)).or_default().push(y);
        }
        for x in self.only(Which::A).into_iter().filter(|&x| fits(self.a[x].kind)) {
            let place = mates.place_of_a(self.a[x].tokens.start);
            if let Some(y) = gaps.get_mut(&(place, self.a[x].kind)).and_then(Vec::pop)
                && !self.is_kept_apart(x, y)
            {
                self.take(x, y, self.deny_alike(x, y));
            }
        }
    }

    /// One left on either side of a kind: they stand for each other, although the alignment does not say so.
    fn last_of_a_kind(&mut self) {
        for kind in ChangeKind::ALL {
            // 2023财年末: the end of a year beside the year is there to say it closer.
            let closer = |fact: &Fact| kind == ChangeKind::Date && fact.weak;
            let of = |facts: &[Fact], free: &[bool]| {
                let left = |closer: &dyn Fn(&Fact) -> bool| {
                    let mut left =
                        (0..facts.len()).filter(|&at| free[at] && facts[at].kind == kind && !closer(&facts[at]));
                    left.next().filter(|_| left.next().is_none())
                };
                left(&|_| false).or_else(|| left(&closer))
            };
            if let (Some(x), Some(y)) = (of(self.a, &self.free_a), of(self.b, &self.free_b))
                && !self.is_kept_apart(x, y)
                && (self.are_given_once(x, y) || !self.is_far(x, y) && !self.is_of_another(x, y))
                // An acronym in brackets comes or goes beside its name.
                && (kind != ChangeKind::Name || self.a[x].weak == self.b[y].weak)
            {
                self.take(x, y, false);
            }
        }
        self.last_date();
    }

    /// Whether either side has one word that gives a statement, and so says of one statement how it is given: "the army confirmed
    /// that", "was denied by the army"; or one that says how sure a thing is, and one is sure and the other is not.
    fn are_given_once(&self, x: usize, y: usize) -> bool {
        let (x, y) = (&self.a[x], &self.b[y]);
        let once = |facts: &[Fact]| facts.iter().filter(|fact| fact.kind == x.kind).nth(1).is_none();
        let either = |fits: fn(&Fact) -> bool| fits(x) || fits(y);
        let apart = match x.kind {
            ChangeKind::Attribution => either(|fact| matches!(fact.class(), "doubt" | "deny" | "concede")),
            ChangeKind::Hedge => {
                let says = |fact: &Fact| matches!(fact.class(), "sure" | "likely" | "weak");
                says(x) && says(y) && x.class() != y.class()
            }
            _ => false,
        };
        x.kind == y.kind && apart && once(self.a) && once(self.b)
    }

    /// The same of a date in two parts: "Wednesday, 28 May" and "Friday, May 30".
    fn last_date(&mut self) {
        let of = |facts: &[Fact], free: &[bool]| {
            let mut left = (0..facts.len()).filter(|&at| free[at] && facts[at].kind == ChangeKind::Date);
            let pair = left.next().zip(left.next()).filter(|_| left.next().is_none());
            pair.filter(|&(first, last)| facts[last].span.start <= facts[first].span.end + PARTS)
        };
        if let (Some(x), Some(y)) = (of(self.a, &self.free_a), of(self.b, &self.free_b))
            && !self.is_far(x.0, y.0)
        {
            self.take(x.0, y.0, false);
            self.take(x.1, y.1, false);
        }
    }

    /// Takes two facts of different kinds out as one change.
    pub(super) fn merge(&mut self, x: usize, y: usize) {
        self.take(x, y, false);
    }

    /// Takes out as nothing the first fact of a side that met none and that fits; whether there is one.
    pub(super) fn drop_first(&mut self, which: Which, fits: impl Fn(&usize) -> bool) -> bool {
        let first = self.left(which).find(fits);
        first.into_iter().for_each(|at| self.drop(which, at));
        first.is_some()
    }

    /// Has two facts that seemed to have changed mean the same.
    pub(super) fn settle(&mut self, pair: (usize, usize)) {
        self.changed.retain(|&other| other != pair);
        self.same.push(pair);
    }

    /// The same of the first such pair that fits; whether there is one.
    pub(super) fn settle_first(&mut self, fits: impl Fn(&Fact, &Fact) -> bool) -> bool {
        let first = self.changed.iter().copied().find(|&(x, y)| fits(&self.a[x], &self.b[y]));
        first.into_iter().for_each(|pair| self.settle(pair));
        first.is_some()
    }

    /// The same of all that fit.
    pub(super) fn settle_all(&mut self, fits: impl Fn(&Fact, &Fact) -> bool) {
        let (a, b) = (self.a, self.b);
        let (same, changed): (Vec<_>, Vec<_>) = self.changed.drain(..).partition(|&(x, y)| fits(&a[x], &b[y]));
        self.changed = changed;
        self.same.extend(same);
    }

    /// Takes a fact out as nothing.
    pub(super) fn drop(&mut self, which: Which, at: usize) {
        let (free, _) = which.first(&mut self.free_a, &mut self.free_b);
        free[at] = false;
    }

    /// Takes a fact of either side out as nothing.
    pub(super) fn drop_both(&mut self, (x, y): (usize, usize)) {
        self.drop(Which::A, x);
        self.drop(Which::B, y);
    }
}

/// Where the free facts of a side begin and end.
struct Near {
    starts: FxHashMap<(u32, ChangeKind), usize>,
    ends: FxHashMap<(u32, ChangeKind), usize>,
}

impl Near {
    fn new(facts: &[Fact], free: &[bool]) -> Self {
        let mut near = Self { starts: FxHashMap::default(), ends: FxHashMap::default() };
        for (at, fact) in facts.iter().enumerate().filter(|&(at, _)| free[at]) {
            near.starts.entry((fact.tokens.start, fact.kind)).or_insert(at);
            near.ends.insert((fact.tokens.end, fact.kind), at);
        }
        near
    }
}

/// Whether a fact is a word of the group `name`.
pub(super) fn is_word(fact: &Fact, name: &str) -> bool {
    matches!(fact.key, Key::Word(group) if group.name == name)
}
