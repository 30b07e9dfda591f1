//! The changes of a passage: facts of its units read, set off, and what is left judged.

use super::fact::{Fact, Side, Source};
use super::harmless::{self, Gap};
use super::kind::{Change, ChangeKind, Harmless, HarmlessReason};
use super::misquote::{Quoted, quoted};
use super::names::sounds_foreign;
use super::negation::{Denied, denied};
use super::order::{Turned, Verdict, turned};
use super::pairing::{Pairing, is_word};
use super::severity::severity;
use super::unit::{Mates, Unit, units};
use crate::draft::Draft;
use crate::passage::{Kind, Passage};
use crate::span::Span;
use crate::text::Tokenised;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;

/// Fills in what the edits of a passage do to its meaning. Verbatim passages cost nothing. The two orders of a pair give
/// mirrored changes: `turned` says that A and B stand the other way round than they are worked on.
pub(crate) fn judge(passage: &mut Passage, draft: &Draft, a: Source<'_>, b: Source<'_>, turned: bool) {
    if passage.kind == Kind::Verbatim {
        return;
    }
    if turned {
        let judged = Judged::of(&draft.clone().mirrored(), b, a);
        passage.changes = judged.changes.into_iter().map(mirrored).collect();
        passage.harmless = judged.harmless.into_iter().map(|it| Harmless { a: it.b, b: it.a, ..it }).collect();
    } else {
        let judged = Judged::of(draft, a, b);
        (passage.changes, passage.harmless) = (judged.changes, judged.harmless);
    }
    passage.changes.sort_by_key(|change| (change.a, change.b, change.kind));
    passage.harmless.sort_by_key(|harmless| (harmless.a, harmless.b, harmless.reason));
    passage.harmless.dedup();
}

fn mirrored(change: Change) -> Change {
    Change { a: change.b, b: change.a, sentence_a: change.sentence_b, sentence_b: change.sentence_a, ..change }
}

/// What came of a passage.
#[derive(Debug, Default)]
struct Judged {
    changes: Vec<Change>,
    harmless: Vec<Harmless>,
}

/// A fact that the other side of its unit lacks.
struct Lone {
    /// Token of A at which its unit begins.
    unit: u32,
    fact: Fact,
    in_a: bool,
    change: Change,
}

impl Judged {
    fn of(draft: &Draft, source_a: Source<'_>, source_b: Source<'_>) -> Self {
        let (a, b) = (source_a.tokens, source_b.tokens);
        let mates = Mates::new(draft);
        let mut judged = Self::default();
        let mut lone = Vec::new();
        for unit in units(draft, &mates, a, b) {
            UnitJudge::new(&unit, source_a, source_b, &mates).run(&mut judged, &mut lone);
        }
        judged.changes.extend(unmet(lone).into_iter().map(|lone| lone.change));
        join(&mut judged.changes, a, b);
        judged.changes.retain(|change| {
            let inside = |span: Span, range: &Range<u32>, text: &Tokenised<'_>| {
                span.start >= text.span(range.start as usize).start && span.end <= text.span(range.end as usize - 1).end
            };
            inside(change.a, &draft.a, a) && inside(change.b, &draft.b, b)
        });
        judged
    }
}

/// Joins changes of one kind that touch on both sides: one date in several parts, one phrase in several words.
fn join(changes: &mut Vec<Change>, a: &Tokenised<'_>, b: &Tokenised<'_>) {
    changes.sort_by_key(|change| (change.kind, change.a, change.b));
    let touches = |x: Span, y: Span, text: &Tokenised<'_>, date: bool| {
        let (first, last) = if x.end <= y.start { (x, y) } else { (y, x) };
        first.end <= last.start && is_thin(&text.text[first.end..last.start], date)
    };
    changes.dedup_by(|next, change| {
        let single = !matches!(
            change.kind,
            ChangeKind::Date | ChangeKind::Negation | ChangeKind::Hedge | ChangeKind::Modality | ChangeKind::Quantifier
        );
        let one_sided = |change: &Change| change.a.is_empty() || change.b.is_empty();
        let date = change.kind == ChangeKind::Date;
        let parts = date || one_sided(change) || one_sided(next);
        if single
            || !parts
            || change.kind != next.kind
            || !touches(change.a, next.a, a, date)
            || !touches(change.b, next.b, b, date)
        {
            return false;
        }
        let hull = |x: Span, y: Span| Span::new(x.start.min(y.start), x.end.max(y.end));
        (change.a, change.b) = (hull(change.a, next.a), hull(change.b, next.b));
        change.severity = change.severity.min(next.severity);
        true
    });
}

/// Longest text between two parts of one change, in bytes.
const THIN: usize = 24;

/// Whether there is next to nothing between two parts of a change: marks, a word or two; in dates marks and "of" alone.
fn is_thin(between: &str, date: bool) -> bool {
    let words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let small = words.clone().all(|word| matches!(word, "of" | "on" | "the" | "in" | "at"));
    let few = between.len() <= THIN && words.count() <= 2 && !between.contains([';', '.', '。', '；']);
    let range = between != "-" && between.contains(['-', '–', '~', '～', '至']);
    few && (small || !date) && !(date && range)
}

/// The lone facts that no unit of the passage has on the other side. Negations of one unit were set off there already, where
/// that could be done.
fn unmet(lone: Vec<Lone>) -> Vec<Lone> {
    type Key = (ChangeKind, Cow<'static, str>);
    let key = |lone: &Lone| -> Key { (lone.fact.kind, lone.fact.tag.clone()) };
    let (in_a, in_b): (Vec<Lone>, Vec<Lone>) = lone.into_iter().partition(|lone| lone.in_a);
    let mut of_b: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (at, lone) in in_b.iter().enumerate().rev() {
        of_b.entry(key(lone)).or_default().push(at);
    }
    let mut met = vec![false; in_b.len()];
    let mut left = Vec::new();
    for lone in in_a {
        let free = of_b.get_mut(&key(&lone));
        let parted = |at: usize| lone.fact.kind == ChangeKind::Negation && in_b[at].unit == lone.unit;
        let found = free.and_then(|free| {
            let last = free.iter().rposition(|&at| !parted(at))?;
            Some(free.remove(last))
        });
        match found {
            Some(at) => met[at] = true,
            None => left.push(lone),
        }
    }
    left.extend(in_b.into_iter().zip(met).filter(|(_, met)| !met).map(|(lone, _)| lone));
    left
}

/// Share of a unit's words that must be matched for what one side alone states to count as added or dropped.
const CLOSE: f64 = 0.3;

/// Most facts left over on a side that are looked at two by two.
const MANY: usize = 256;

/// Judges one unit.
struct UnitJudge<'s> {
    a: Side<'s>,
    b: Side<'s>,
    mates: &'s Mates,
    matched: f64,
}

impl<'s> UnitJudge<'s> {
    fn new(unit: &Unit, a: Source<'s>, b: Source<'s>, mates: &'s Mates) -> Self {
        let matched = unit.a.clone().filter(|&token| mates.of_a(token).is_some()).count();
        let all = (unit.a.len() + unit.b.len()) as f64;
        let (a, b) = (Side::read(a, unit.a.clone()), Side::read(b, unit.b.clone()));
        Self { a, b, mates, matched: 2.0 * matched as f64 / all }
    }

    fn run(&self, judged: &mut Judged, lone: &mut Vec<Lone>) {
        let (changes, harmless) = (judged.changes.len(), judged.harmless.len());
        let mut free_a = vec![true; self.a.facts.len()];
        let mut free_b = vec![true; self.b.facts.len()];
        for quoted in quoted(&self.a, &self.b, self.mates) {
            self.misquoted(&quoted, judged, &mut free_a, &mut free_b);
        }
        for turned in turned(&self.a, &self.b) {
            self.turned(&turned, judged, &mut free_a, &mut free_b);
        }
        let gaps = harmless::gaps(&self.a, &self.b, self.mates);
        let equal = || gaps.iter().filter(|gap| gap.is_equal());
        clear_ranges(&self.a.facts, equal().map(|gap| &gap.a).collect(), &mut free_a);
        clear_ranges(&self.b.facts, equal().map(|gap| &gap.b).collect(), &mut free_b);
        let denied = denied(&self.a, &self.b, self.mates);
        for denied in &denied {
            clear(&self.a.facts, denied.a, &mut free_a);
            clear(&self.b.facts, denied.b, &mut free_b);
        }
        let mut pairing = Pairing::new(&self.a, &self.b, self.mates, free_a, free_b);
        pairing.run();
        for denied in &denied {
            self.denied(denied, &mut pairing, judged);
        }
        // Mostly all facts met an equal one.
        let settled = pairing.is_settled();
        if !settled {
            self.reconcile(&mut pairing);
        }
        if !settled && pairing.only_a().len().max(pairing.only_b().len()) <= MANY {
            self.merge(&mut pairing);
        }
        for &(x, y) in &pairing.same {
            self.same(x, y, judged);
        }
        for &(x, y) in &pairing.changed {
            self.changed(x, y, judged);
        }
        if !settled {
            self.lone(&pairing, lone);
        }
        for gap in &gaps {
            self.sounds(gap, &pairing, judged);
        }
        let known = judged.changes[changes..].iter().map(|change| (change.a, change.b));
        let known = known.chain(judged.harmless[harmless..].iter().map(|it| (it.a, it.b))).collect();
        harmless::explain(&self.a, &self.b, &gaps, known, &mut judged.harmless);
    }

    /// Two stretches of Chinese characters that write foreign names by their sound, one in place of the other.
    fn sounds(&self, gap: &Gap, pairing: &Pairing<'_>, judged: &mut Judged) {
        if gap.reason.is_some() || !sounds_foreign(self.a.text, &gap.a) || !sounds_foreign(self.b.text, &gap.b) {
            return;
        }
        let meets = |fact: &Fact, range: &Range<u32>| fact.tokens.start < range.end && range.start < fact.tokens.end;
        let met = |&(x, y): &(usize, usize)| meets(&self.a.facts[x], &gap.a) || meets(&self.b.facts[y], &gap.b);
        if !pairing.changed.iter().chain(&pairing.same).any(met) {
            let spans = (self.a.span(&gap.a), self.b.span(&gap.b));
            judged.changes.push(self.change(ChangeKind::Name, (None, None), spans));
        }
    }

    fn change(&self, kind: ChangeKind, facts: (Option<&Fact>, Option<&Fact>), spans: (Span, Span)) -> Change {
        Change {
            kind,
            severity: severity(kind, facts.0, facts.1),
            a: spans.0,
            b: spans.1,
            sentence_a: sentence(self.a.text, spans.0),
            sentence_b: sentence(self.b.text, spans.1),
        }
    }

    fn misquoted(&self, quoted: &Quoted, judged: &mut Judged, free_a: &mut [bool], free_b: &mut [bool]) {
        for (facts, free, range) in [(&self.a.facts, free_a, &quoted.a), (&self.b.facts, free_b, &quoted.b)] {
            for (fact, free) in facts.iter().zip(free.iter_mut()) {
                *free &= fact.tokens.end <= range.start || fact.tokens.start >= range.end;
            }
        }
        let Some((a, b)) = &quoted.differs else { return };
        let spans = (self.a.span(a), self.b.span(b));
        judged.changes.push(self.change(ChangeKind::Misquote, (None, None), spans));
    }

    fn turned(&self, turned: &Turned, judged: &mut Judged, free_a: &mut [bool], free_b: &mut [bool]) {
        let hull = |facts: &[Fact], (x, y): (usize, usize)| {
            let (x, y) = (facts[x].span, facts[y].span);
            Span::new(x.start.min(y.start), x.end.max(y.end))
        };
        let spans = (hull(&self.a.facts, turned.a), hull(&self.b.facts, turned.b));
        for at in [turned.a.0, turned.a.1] {
            free_a[at] = false;
        }
        for at in [turned.b.0, turned.b.1] {
            free_b[at] = false;
        }
        let harmless = |reason| Harmless { reason, a: spans.0, b: spans.1 };
        match turned.verdict {
            Verdict::Exchanged => judged.changes.push(self.change(ChangeKind::Order, (None, None), spans)),
            Verdict::Voice => judged.harmless.push(harmless(HarmlessReason::Voice)),
            Verdict::List => judged.harmless.push(harmless(HarmlessReason::ListOrder)),
        }
    }

    /// A word and the word that denies it: a change, unless the bare word is denied in another way.
    fn denied(&self, denied: &Denied, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let spans = (self.a.text.span(denied.a as usize), self.b.text.span(denied.b as usize));
        let denies = |facts: &[Fact], at: usize| {
            facts[at].kind == ChangeKind::Negation && !facts[at].latent || is_word(&facts[at], "none")
        };
        // "is not unexpected" and "is expected": one negation undoes the other.
        let undone = |facts: &[Fact], at: usize, token: u32| {
            denies(facts, at) && (token.saturating_sub(2)..=token).contains(&facts[at].tokens.end)
        };
        let met_a = pairing
            .only_a()
            .into_iter()
            .find(|&at| if denied.by_a { undone(&self.a.facts, at, denied.a) } else { denies(&self.a.facts, at) });
        let met_b = pairing
            .only_b()
            .into_iter()
            .find(|&at| if denied.by_a { denies(&self.b.facts, at) } else { undone(&self.b.facts, at, denied.b) });
        let otherwise = match (met_a, met_b) {
            (Some(at), None) => {
                pairing.drop_a(at);
                true
            }
            (None, Some(at)) => {
                pairing.drop_b(at);
                true
            }
            _ => false,
        };
        if otherwise {
            judged.harmless.push(Harmless { reason: HarmlessReason::MovedNegation, a: spans.0, b: spans.1 });
        } else {
            judged.changes.push(self.change(ChangeKind::Negation, (None, None), spans));
        }
    }

    /// What is said with several words on one side and with others on the other side.
    fn reconcile(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        // "none was" and "any was not".
        let negates = |fact: &Fact| fact.kind == ChangeKind::Negation;
        let quantifies_none = |fact: &Fact| is_word(fact, "none");
        self.meet(pairing, |x, y| negates(x) && quantifies_none(y) || quantifies_none(x) && negates(y));
        // "not all are" and "some are not"; "none is" and "is not any".
        for (x, y) in pairing.changed.clone().into_iter().take(MANY) {
            let parts = |all: &Fact, some: &Fact| {
                is_word(all, "not-all") && matches!(some.class(), "some" | "few" | "most")
                    || is_word(all, "none") && is_word(some, "any")
            };
            let free = if parts(&a[x], &b[y]) {
                pairing.only_b().into_iter().find(|&at| negates(&b[at])).inspect(|&at| pairing.drop_b(at))
            } else if parts(&b[y], &a[x]) {
                pairing.only_a().into_iter().find(|&at| negates(&a[at])).inspect(|&at| pairing.drop_a(at))
            } else {
                None
            };
            if free.is_some() {
                pairing.changed.retain(|&pair| pair != (x, y));
                pairing.same.push((x, y));
            }
        }
        // "have yet to" and "have not yet": what may deny met what denies, which denies in another word too.
        for (x, y) in pairing.same.clone().into_iter().take(MANY) {
            let denies = |fact: &Fact| negates(fact) && !fact.latent;
            if negates(&a[x]) && a[x].latent && denies(&b[y]) {
                pairing.only_a().into_iter().find(|&at| denies(&a[at])).inspect(|&at| pairing.drop_a(at));
            } else if negates(&b[y]) && b[y].latent && denies(&a[x]) {
                pairing.only_b().into_iter().find(|&at| denies(&b[at])).inspect(|&at| pairing.drop_b(at));
            }
        }
        // "is forbidden to" and "is not allowed to".
        let free = |fact: &Fact| fact.kind == ChangeKind::Modality && fact.class() == "free";
        for (x, y) in pairing.same.clone().into_iter().take(MANY) {
            if a[x].latent && !b[y].latent {
                let met = pairing.only_b().into_iter().find(|&at| free(&b[at]));
                met.into_iter().for_each(|at| pairing.drop_b(at));
            } else if b[y].latent && !a[x].latent {
                let met = pairing.only_a().into_iter().find(|&at| free(&a[at]));
                met.into_iter().for_each(|at| pairing.drop_a(at));
            }
        }
        // "will" that was "said" to be done is "would".
        let told = |facts: &[Fact]| facts.iter().any(|fact| fact.kind == ChangeKind::Attribution);
        let shifted = |x: &Fact, y: &Fact| {
            let both = |one, two| is_word(x, one) && is_word(y, two) || is_word(x, two) && is_word(y, one);
            both("will", "would") || both("can", "could")
        };
        let (kept, gone): (Vec<_>, Vec<_>) =
            pairing.changed.drain(..).partition(|&(x, y)| !(shifted(&a[x], &b[y]) && (told(a) || told(b))));
        pairing.changed = kept;
        pairing.same.extend(gone);
    }

    /// Sets off left-over facts of which `fits` holds.
    fn meet(&self, pairing: &mut Pairing<'_>, fits: impl Fn(&Fact, &Fact) -> bool) {
        if pairing.only_a().len().max(pairing.only_b().len()) > MANY {
            return;
        }
        for x in pairing.only_a() {
            let met = pairing.only_b().into_iter().find(|&y| fits(&self.a.facts[x], &self.b.facts[y]));
            if let Some(y) = met {
                pairing.drop_a(x);
                pairing.drop_b(y);
            }
        }
    }

    /// Left-over facts of two kinds in one place are one change, of the graver kind.
    fn merge(&self, pairing: &mut Pairing<'_>) {
        let counts = |fact: &Fact| !fact.weak && !fact.latent && !is_word(fact, "any") && rank(fact.kind).is_some();
        for x in pairing.only_a() {
            let fact = &self.a.facts[x];
            if !counts(fact) {
                continue;
            }
            let fits = |&y: &usize| counts(&self.b.facts[y]) && pairing.share_gap(x, y);
            if let Some(y) = pairing.only_b().into_iter().find(fits) {
                if fact.is_share(&self.b.facts[y]) {
                    pairing.drop_a(x);
                    pairing.drop_b(y);
                } else {
                    pairing.merge(x, y);
                }
            }
        }
    }

    fn same(&self, x: usize, y: usize, judged: &mut Judged) {
        let (x, y) = (&self.a.facts[x], &self.b.facts[y]);
        let (text_a, text_b) = (x.span.of(self.a.text.text), y.span.of(self.b.text.text));
        if text_a == text_b || x.tokens.clone().all(|token| self.mates.of_a(token).is_some()) {
            return;
        }
        let reason = match x.kind {
            ChangeKind::Negation => HarmlessReason::MovedNegation,
            kind if harmless::is_value(kind) => HarmlessReason::Value,
            _ => HarmlessReason::Synonym,
        };
        judged.harmless.push(Harmless { reason, a: x.span, b: y.span });
    }

    fn changed(&self, x: usize, y: usize, judged: &mut Judged) {
        let (x, y) = (&self.a.facts[x], &self.b.facts[y]);
        let kind = changed_kind(x, y);
        judged.changes.push(self.change(kind, (Some(x), Some(y)), (x.span, y.span)));
    }

    /// What one side alone states.
    fn lone(&self, pairing: &Pairing<'_>, lone: &mut Vec<Lone>) {
        // A change says already what its word says again: "agreed to go and come", "will go and will come".
        let modal = |fact: &&Fact| fact.kind == ChangeKind::Modality;
        let said = |facts: &mut dyn Iterator<Item = &'_ Fact>| -> FxHashSet<Cow<'static, str>> {
            facts.filter(modal).map(|fact| fact.tag.clone()).collect()
        };
        let said_a = said(&mut pairing.changed.iter().map(|&(x, _)| &self.a.facts[x]));
        let said_b = said(&mut pairing.changed.iter().map(|&(_, y)| &self.b.facts[y]));
        let (text_a, text_b) = (self.a.text.text, self.b.text.text);
        let beside_a = Beside::new((&self.a.facts, &self.b.facts), (text_a, text_b), pairing, false);
        let beside_b = Beside::new((&self.b.facts, &self.a.facts), (text_b, text_a), pairing, true);
        for x in pairing.only_a() {
            let fact = &self.a.facts[x];
            if fact.kind == ChangeKind::Modality && said_a.contains(&fact.tag) || beside_a.says(fact) {
                continue;
            }
            let place = self.mates.place_of_a(fact.tokens.start);
            let place = place.clamp(self.b.tokens.start, self.b.tokens.end);
            if let Some(kind) =
                self.counts(fact, &self.a, &self.b, place, (|t| self.mates.of_a(t), |t| self.mates.of_b(t)))
            {
                let change = self.change(kind, (Some(fact), None), (fact.span, point(&self.b, place)));
                lone.push(Lone { unit: self.a.tokens.start, fact: fact.clone(), in_a: true, change });
            }
        }
        for y in pairing.only_b() {
            let fact = &self.b.facts[y];
            if fact.kind == ChangeKind::Modality && said_b.contains(&fact.tag) || beside_b.says(fact) {
                continue;
            }
            let gap = self.mates.gap_of_b(fact.tokens.start);
            let place =
                gap.checked_sub(1).and_then(|token| self.mates.of_b(token)).map_or(self.a.tokens.start, |at| at + 1);
            let place = place.clamp(self.a.tokens.start, self.a.tokens.end);
            if let Some(kind) =
                self.counts(fact, &self.b, &self.a, place, (|t| self.mates.of_b(t), |t| self.mates.of_a(t)))
            {
                let change = self.change(kind, (None, Some(fact)), (point(&self.a, place), fact.span));
                lone.push(Lone { unit: self.a.tokens.start, fact: fact.clone(), in_a: false, change });
            }
        }
    }

    /// The kind of change that a fact amounts to which the other side lacks; none where it is no change. `place` is where
    /// it would stand there.
    fn counts(
        &self,
        fact: &Fact,
        side: &Side<'_>,
        other: &Side<'_>,
        place: u32,
        (mine, mate): (impl Fn(u32) -> Option<u32>, impl Fn(u32) -> Option<u32>),
    ) -> Option<ChangeKind> {
        if fact.weak
            || fact.latent
            || self.matched < CLOSE
            || is_word(fact, "any")
            || is_word(fact, "both")
            || side.is_title(fact)
        {
            return None;
        }
        // The word itself stands on the other side, in another phrase.
        let word = |token: u32| side.text.span(token as usize).of(side.text.text);
        let telling = |&token: &u32| (!SMALL.contains(&word(token)), word(token).len());
        let longest = fact.tokens.clone().max_by_key(telling);
        let spaced = fact.group().is_some() && fact.span.of(side.text.text).is_ascii();
        if spaced && longest.is_some_and(|token| mine(token).is_some())
            || fact.tokens.clone().all(|token| mine(token).is_some())
        {
            return None;
        }
        let pure = place >= other.tokens.end || mate(place).is_some();
        match fact.kind {
            ChangeKind::Quantifier if is_word(fact, "none") => Some(ChangeKind::Negation),
            ChangeKind::Quantifier if is_word(fact, "not-all") => Some(ChangeKind::Negation),
            ChangeKind::Name | ChangeKind::Attribution if !pure => None,
            kind => Some(kind),
        }
    }
}

/// Where the facts of a side touch others that say the same thing with them.
struct Beside {
    /// Tokens of negations that met one written otherwise: "would not pay" and "refused to pay".
    denied: Vec<Range<u32>>,
    /// A hedge met one written otherwise: "it is likely that they will come" and "they are likely to come".
    hedged: bool,
    /// Tokens of facts that changed: "only about 300" and "exactly 300".
    changed: Vec<Range<u32>>,
}

impl Beside {
    fn new((facts, others): (&[Fact], &[Fact]), texts: (&str, &str), pairing: &Pairing<'_>, mirrored: bool) -> Self {
        let own = |&(x, y): &(usize, usize)| if mirrored { (y, x) } else { (x, y) };
        let (text, other) = texts;
        let otherwise = |&(x, y): &(usize, usize)| {
            let held = matches!(facts[x].kind, ChangeKind::Negation | ChangeKind::Hedge | ChangeKind::Modality);
            held && facts[x].span.of(text) != others[y].span.of(other)
        };
        let worded = |&(x, _): &(usize, usize)| facts[x].group().is_some();
        let tokens = |(x, _): (usize, usize)| facts[x].tokens.clone();
        Self {
            hedged: pairing.same.iter().map(own).any(|pair| {
                (facts[pair.0].kind == ChangeKind::Hedge || is_word(&facts[pair.0], "expect")) && otherwise(&pair)
            }),
            denied: {
                let denials = |pair: &(usize, usize)| facts[pair.0].kind == ChangeKind::Negation && otherwise(pair);
                pairing.same.iter().map(own).filter(denials).map(tokens).collect()
            },
            changed: pairing.changed.iter().map(own).filter(worded).map(tokens).collect(),
        }
    }

    /// Whether a fact is said by what it touches.
    fn says(&self, fact: &Fact) -> bool {
        let touches = |other: &Range<u32>| other.start <= fact.tokens.end && fact.tokens.start <= other.end;
        match fact.kind {
            ChangeKind::Modality => {
                self.denied.iter().any(touches) || self.hedged && (is_word(fact, "will") || is_word(fact, "would"))
            }
            ChangeKind::Quantifier => is_word(fact, "only") && self.changed.iter().any(touches),
            _ => false,
        }
    }
}

/// Words of phrases that say nothing by themselves.
const SMALL: [&str; 12] = ["have", "has", "had", "is", "are", "was", "were", "be", "been", "that", "the", "it"];

/// What a change from one fact to another is about.
fn changed_kind(x: &Fact, y: &Fact) -> ChangeKind {
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
    // "nobody" for "anybody".
    if either(&|fact| is_word(fact, "none"), &|fact| is_word(fact, "any")) {
        return Negation;
    }
    // "may" or "will" for "certainly": how sure, not how bound.
    if either(&|fact| ["might", "may", "will"].iter().any(|name| is_word(fact, name)), &of(Hedge)) {
        return Hedge;
    }
    if rank(x.kind) <= rank(y.kind) { x.kind } else { y.kind }
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

/// Takes out the facts that token `token` is part of.
fn clear(facts: &[Fact], token: u32, free: &mut [bool]) {
    for (fact, free) in facts.iter().zip(free) {
        let denies = fact.kind == ChangeKind::Negation && !fact.latent && fact.tokens.start != token;
        *free &= denies || !fact.tokens.contains(&token);
    }
}

/// Takes out the words that lie inside one of the `ranges` of tokens, which are in order.
fn clear_ranges(facts: &[Fact], ranges: Vec<&Range<u32>>, free: &mut [bool]) {
    for (fact, free) in facts.iter().zip(free).filter(|(fact, _)| fact.group().is_some()) {
        let at = ranges.partition_point(|range| range.end < fact.tokens.end);
        *free &= ranges.get(at).is_none_or(|range| fact.tokens.start < range.start);
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

/// The sentence around a span.
fn sentence(text: &Tokenised<'_>, span: Span) -> Span {
    let at = text.sentences.partition_point(|sentence| sentence.span.end < span.end.max(span.start));
    text.sentences
        .get(at)
        .or(text.sentences.last())
        .map_or(span, |sentence| Span::new(sentence.span.start.min(span.start), sentence.span.end.max(span.end)))
}

#[cfg(test)]
mod tests {
    use crate::change::ChangeKind;
    use crate::{Document, Options, compare};

    /// The kinds of the changes between two texts, sorted.
    fn kinds(a: &str, b: &str) -> Vec<ChangeKind> {
        let (a, b) = (Document::new("a", a), Document::new("b", b));
        let found = compare(&a, &b, &Options::default());
        let changes = found.passages.iter().flat_map(|passage| &passage.changes);
        let mut kinds: Vec<_> = changes.map(|change| change.kind).collect();
        kinds.sort_unstable();
        kinds
    }

    #[test]
    fn every_rule_fires_where_it_should_and_not_elsewhere() {
        let files = [include_str!("cases/en.txt"), include_str!("cases/ko.txt"), include_str!("cases/zh.txt")];
        let mut wrong = String::new();
        for line in files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split("||").map(str::trim).collect();
            let [a, b, expected] = parts[..] else { panic!("three parts: {line}") };
            for (a, b) in [(a, b), (b, a)] {
                let found: Vec<_> = kinds(a, b).into_iter().map(ChangeKind::name).collect();
                if found.join(" ") != expected {
                    wrong += &format!("{a}\n{b}\n  found {found:?}, not {expected:?}\n");
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}
