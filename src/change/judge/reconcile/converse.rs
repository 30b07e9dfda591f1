//! One thing told from either end.

use super::{MANY, UnitJudge};
use crate::change::fact::{Fact, Side};
use crate::change::harmless::is_value;
use crate::change::kind::ChangeKind;
use crate::change::order::{Verdict, are_converse, turned};
use crate::change::pairing::Pairing;

/// Tokens after a comparison that tell with what is compared; one is enough where words have spaces between them.
const COMPARED: u32 = 2;

impl UnitJudge<'_> {
    /// $4 million in 2021 and $6 million in 2022, told the other way round: two values and two dates changed places together.
    pub(super) fn moved_together(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let exchanged = |kinds: &[ChangeKind]| -> Option<[(usize, usize); 2]> {
            let of_kind = pairing.changed.iter().copied().filter(|&(x, _)| kinds.contains(&a[x].kind) && !a[x].weak);
            let [one, two] = <[(usize, usize); 2]>::try_from(of_kind.take(3).collect::<Vec<_>>()).ok()?;
            (a[one.0].means(&b[two.1]) && a[two.0].means(&b[one.1])).then_some([one, two])
        };
        let values = exchanged(&[ChangeKind::Number]).or_else(|| exchanged(&[ChangeKind::Percentage]));
        if let Some((values, dates)) = values.zip(exchanged(&[ChangeKind::Date])) {
            let moved: Vec<(usize, usize)> = values.into_iter().chain(dates).collect();
            pairing.changed.retain(|pair| !moved.contains(pair));
            pairing.same.extend(moved);
        }
    }

    /// "A's was higher than B's" and "B's was lower than A's": names, dates and scores change places with what is said of them.
    pub(super) fn conversed(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        if pairing.changed.len() > MANY {
            return;
        }
        let crossed = |&(x, y): &(usize, usize), changed: &[(usize, usize)]| {
            // Numbers that changed places are others, unless they are one score.
            let beside = |x: &Fact, z: &Fact| {
                x.tokens.end.abs_diff(z.tokens.start).min(z.tokens.end.abs_diff(x.tokens.start)) <= 1
            };
            let told = |x: &Fact, z: &Fact| matches!(x.kind, ChangeKind::Name | ChangeKind::Date) || beside(x, z);
            changed
                .iter()
                .any(|&(z, w)| a[x].means(&b[w]) && a[z].means(&b[y]) && told(&a[x], &a[z]) && told(&b[y], &b[w]))
        };
        // More than 70 and fewer than 70 are no two ends of one comparison.
        let of_one_value = |x: &Fact, y: &Fact| {
            let value = |facts: &[Fact], bound: &Fact| {
                let next = |fact: &&Fact| is_value(fact.kind) && fact.tokens.start == bound.tokens.end;
                facts.iter().find(next).map(|fact| fact.tag.clone())
            };
            value(a, x).is_some_and(|one| value(b, y) == Some(one))
        };
        let bounds = |&(x, y): &(usize, usize)| {
            !of_one_value(&a[x], &b[y])
                && matches!(
                    (a[x].class(), b[y].class()),
                    ("over" | "at-least", "under" | "at-most") | ("under" | "at-most", "over" | "at-least")
                )
        };
        let changed = pairing.changed.clone();
        let is_crossed = |pair: &(usize, usize)| crossed(pair, &changed);
        // The verbs are looked for last: that costs most, and mostly nothing has changed places.
        if !changed.iter().any(|pair| is_crossed(pair) || bounds(pair)) || !are_converse(&self.a, &self.b) {
            return;
        }
        let compared = |&(x, y): &(usize, usize)| bounds(&(x, y)) && are_turned((&self.a, &a[x]), (&self.b, &b[y]));
        let exchanged = changed.iter().any(is_crossed)
            || changed.iter().any(compared)
            || turned(&self.a, &self.b, true).iter().any(|turned| turned.verdict == Verdict::Voice);
        let is_said = |pair: &(usize, usize)| is_crossed(pair) || exchanged && bounds(pair);
        let (gone, kept): (Vec<_>, Vec<_>) = changed.iter().copied().partition(is_said);
        pairing.changed = kept;
        pairing.same.extend(gone);
    }
}

/// Whether what stands after either comparison stands before the other one: 东线低于西线, 西线高于东线.
fn are_turned((a, x): (&Side<'_>, &Fact), (b, y): (&Side<'_>, &Fact)) -> bool {
    follows_before((a, x), (b, y)) && follows_before((b, y), (a, x))
}

/// Whether the tokens after `x` stand before `y` on the other side, and not after it.
fn follows_before((a, x): (&Side<'_>, &Fact), (b, y): (&Side<'_>, &Fact)) -> bool {
    let count = if a.reading.has_han() { COMPARED } else { 1 };
    let (from, to) = (x.tokens.end, x.tokens.end + count);
    if to > a.tokens.end {
        return false;
    }
    let after = &a.text.tokens[from as usize..to as usize];
    let has = |from: u32, to: u32| {
        b.text.tokens[from as usize..to as usize].windows(after.len()).any(|window| window == after)
    };
    has(b.tokens.start, y.tokens.start) && !has(y.tokens.end, b.tokens.end)
}
