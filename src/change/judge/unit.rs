//! One unit judged: its facts set off, and what is left over made changes.

use super::lone::Lone;
use super::reconcile::allows;
use super::{Judged, Matched};
use crate::change::fact::{Fact, Side, Source};
use crate::change::harmless::{self, Gap};
use crate::change::kind::{Change, ChangeKind, Harmless, HarmlessReason};
use crate::change::lent::lend;
use crate::change::misquote::{Quoted, is_written_otherwise, quoted};
use crate::change::names::sounds_foreign;
use crate::change::negation::{Denied, denied};
use crate::change::office;
use crate::change::order::{Turned, Verdict, turned};
use crate::change::pairing::{Pairing, is_word};
use crate::change::severity::severity;
use crate::change::signs::Signs;
use crate::change::unit::{Mates, Unit};
use crate::span::Span;
use crate::text::{Tokenised, is_syllable};
use std::ops::Range;

/// Most facts left over on a side that are looked at two by two.
pub(super) const MANY: usize = 256;

/// Share of a unit's words that must be matched for two offices in different clauses to be one that changed.
const CLOSE: f64 = 0.5;

/// Share of a unit's words that must be matched in order for the order of two names to mean something.
const WORDED_ALIKE: f64 = 0.7;

/// Words in a row that are the same on both sides of a quotation and part what differs before them from what differs after.
const KEPT: u32 = 3;

/// Tokens between a "not" and the word that it denies, at most.
const BESIDE: u32 = 2;

/// Judges one unit.
pub(super) struct UnitJudge<'s> {
    pub(super) a: Side<'s>,
    pub(super) b: Side<'s>,
    /// In order.
    pub(super) mates: &'s Mates,
    /// In clauses that stand elsewhere as well.
    pub(super) across: &'s Mates,
    /// Share of the words that are matched in order, and of those that are matched at all.
    pub(super) matched: f64,
    pub(super) matched_across: f64,
}

impl<'s> UnitJudge<'s> {
    pub(super) fn new(
        unit: &Unit,
        a: Source<'s>,
        b: Source<'s>,
        mates: Matched<'s>,
        signs: Option<(&Signs, &Signs)>,
    ) -> Self {
        let all = (unit.a.len() + unit.b.len()) as f64;
        let matched =
            |mates: &Mates| 2.0 * unit.a.clone().filter(|&token| mates.is_matched(token)).count() as f64 / all;
        let mut a = Side::read_by(a, unit.a.clone(), signs.map(|signs| signs.0));
        let mut b = Side::read_by(b, unit.b.clone(), signs.map(|signs| signs.1));
        lend(&mut a, &mut b, mates.across);
        Self {
            a,
            b,
            mates: mates.in_order,
            across: mates.across,
            matched: matched(mates.in_order),
            matched_across: matched(mates.across),
        }
    }

    pub(super) fn run(&self, judged: &mut Judged, lone: &mut Vec<Lone>) {
        let (changes, harmless) = (judged.changes.len(), judged.harmless.len());
        let mut free_a = vec![true; self.a.facts.len()];
        let mut free_b = vec![true; self.b.facts.len()];
        let quoted = quoted(&self.a, &self.b, self.mates);
        for quoted in &quoted {
            self.misquoted(quoted, judged, &mut free_a, &mut free_b);
        }
        for turned in turned(&self.a, &self.b, self.is_worded_alike()) {
            self.turned(&turned, judged, &mut free_a, &mut free_b);
        }
        let gaps = harmless::gaps(&self.a, &self.b, self.mates);
        let equal = || gaps.iter().filter(|gap| gap.is_equal());
        clear_ranges(&self.a.facts, equal().map(|gap| &gap.a).collect(), &mut free_a);
        clear_ranges(&self.b.facts, equal().map(|gap| &gap.b).collect(), &mut free_b);
        let mut denied = denied(&self.a, &self.b, self.across);
        // What differs in what someone said is a misquote and nothing else.
        denied.retain(|it| !quoted.iter().any(|speech| speech.a.contains(&it.a) || speech.b.contains(&it.b)));
        denied.retain(|it| !self.is_denied_beside(it, judged, &mut free_a, &mut free_b));
        for denied in &denied {
            clear(self.a.text, &self.a.facts, denied.a, &mut free_a);
            clear(self.b.text, &self.b.facts, denied.b, &mut free_b);
        }
        let mut pairing = Pairing::new(&self.a, &self.b, (self.mates, self.across), free_a, free_b);
        pairing.run();
        self.recounted(&mut pairing);
        for denied in &denied {
            self.denied(denied, &mut pairing, judged);
        }
        self.lifted(&mut pairing);
        // Mostly all facts met an equal one.
        let settled = pairing.is_settled();
        if !settled {
            self.reconcile(&mut pairing);
        }
        if !settled && pairing.only_a().len().max(pairing.only_b().len()) <= MANY {
            self.merge(&mut pairing);
        }
        self.exchanged(&mut pairing, judged);
        for &(x, y) in &pairing.same {
            self.same(x, y, judged);
        }
        for &(x, y) in &pairing.changed {
            self.changed(x, y, judged);
        }
        self.values(&mut pairing, judged);
        if !settled {
            self.lone(&pairing, lone);
        }
        for gap in &gaps {
            self.sounds(gap, &pairing, judged);
        }
        let close = self.matched_across >= CLOSE;
        for (a, b) in office::replaced(&self.a, &self.b, self.mates, &gaps, close) {
            self.office(&a, &b, &quoted, judged);
        }
        let known = judged.changes[changes..].iter().map(|change| (change.a, change.b));
        let known = known.chain(judged.harmless[harmless..].iter().map(|it| (it.a, it.b))).collect();
        harmless::explain(&self.a, &self.b, &gaps, known, &mut judged.harmless);
    }

    /// Whether both sides are worded alike, but for what changed places.
    pub(super) fn is_worded_alike(&self) -> bool {
        self.matched >= WORDED_ALIKE || {
            let sorted = |side: &Side<'_>| {
                let mut tokens = side.text.tokens[side.tokens.start as usize..side.tokens.end as usize].to_vec();
                tokens.sort_unstable();
                tokens
            };
            sorted(&self.a) == sorted(&self.b)
        }
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

    /// One office in place of another, unless whose it is changed too.
    fn office(&self, a: &Range<u32>, b: &Range<u32>, quoted: &[Quoted], judged: &mut Judged) {
        let spans = (self.a.span(a), self.b.span(b));
        let said = |speech: &Quoted| speech.a.contains(&a.start) || speech.b.contains(&b.start);
        let touches = |x: Span, y: Span| x.start <= y.end + 1 && y.start <= x.end + 1;
        let named = |change: &Change| {
            let named = matches!(change.kind, ChangeKind::Name | ChangeKind::Order);
            named && (touches(change.a, spans.0) || touches(change.b, spans.1))
        };
        if !quoted.iter().any(said) && !judged.changes.iter().any(named) {
            judged.changes.push(self.change(ChangeKind::Name, (None, None), spans));
        }
    }

    pub(super) fn change(
        &self,
        kind: ChangeKind,
        facts: (Option<&Fact>, Option<&Fact>),
        spans: (Span, Span),
    ) -> Change {
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
        for (a, b) in self.parted(a, b) {
            // What one side has in another quotation of the same speech.
            let elsewhere_a = b.is_empty() && a.clone().all(|token| self.mates.of_a(token).is_some());
            let elsewhere_b = a.is_empty() && b.clone().all(|token| self.mates.of_b(token).is_some());
            let range = (a, b);
            if elsewhere_a || elsewhere_b || is_written_otherwise(&self.a, &self.b, &range) {
                continue;
            }
            let (a, b) = range;
            let spans = (self.a.span(&a), self.b.span(&b));
            judged.changes.push(self.change(ChangeKind::Misquote, (None, None), spans));
        }
    }

    /// Two stretches that differ, cut where enough words between are the same.
    fn parted(&self, a: &Range<u32>, b: &Range<u32>) -> Vec<(Range<u32>, Range<u32>)> {
        let mate = |token: u32| self.mates.of_a(token).filter(|mate| b.contains(mate));
        let kept = |at: u32| {
            let first = mate(at)?;
            let run = (at..a.end).take_while(|&token| mate(token) == Some(first + token - at)).count() as u32;
            Some((first, run)).filter(|&(_, run)| run >= KEPT)
        };
        let (mut parts, mut from, mut at) = (Vec::new(), (a.start, b.start), a.start);
        while at < a.end {
            match kept(at) {
                // Nothing at either end is the same.
                Some((first, run)) => {
                    parts.push((from.0..at, from.1..first));
                    from = (at + run, first + run);
                    at += run;
                }
                None => at += 1,
            }
        }
        parts.push((from.0..a.end, from.1..b.end));
        parts
    }

    fn turned(&self, turned: &Turned, judged: &mut Judged, free_a: &mut [bool], free_b: &mut [bool]) {
        let hull = |facts: &[Fact], (x, y): (usize, usize)| facts[x].span.hull(facts[y].span);
        let spans = (hull(&self.a.facts, turned.a), hull(&self.b.facts, turned.b));
        for at in [turned.a.0, turned.a.1] {
            free_a[at] = false;
        }
        for at in [turned.b.0, turned.b.1] {
            free_b[at] = false;
        }
        let harmless = |reason| Harmless { reason, a: spans.0, b: spans.1 };
        match turned.verdict {
            Verdict::Exchanged => {
                // The countries of two persons change places with them.
                let meets = |x: Span, y: Span| x.start < y.end && y.start < x.end;
                let same = |change: &&mut Change| {
                    change.kind == ChangeKind::Order && meets(change.a, spans.0) && meets(change.b, spans.1)
                };
                match judged.changes.iter_mut().find(same) {
                    Some(change) => (change.a, change.b) = (change.a.hull(spans.0), change.b.hull(spans.1)),
                    None => judged.changes.push(self.change(ChangeKind::Order, (None, None), spans)),
                }
            }
            Verdict::Voice => judged.harmless.push(harmless(HarmlessReason::Voice)),
            Verdict::List => judged.harmless.push(harmless(HarmlessReason::ListOrder)),
        }
    }

    /// Two names that stand in each other's place have changed places, which is one change.
    fn exchanged(&self, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let is_name = |&(x, y): &(usize, usize)| a[x].kind == ChangeKind::Name && b[y].kind == ChangeKind::Name;
        let names: Vec<(usize, usize)> = pairing.changed.iter().copied().filter(is_name).take(MANY).collect();
        for (at, &one) in names.iter().enumerate() {
            let crossed = |two: &&(usize, usize)| a[one.0].means(&b[two.1]) && a[two.0].means(&b[one.1]);
            let left = |pair: &(usize, usize)| pairing.changed.contains(pair);
            let Some(&two) = names[at + 1..].iter().find(crossed).filter(|two| left(&one) && left(two)) else {
                continue;
            };
            let spans = (a[one.0].span.hull(a[two.0].span), b[one.1].span.hull(b[two.1].span));
            judged.changes.push(self.change(ChangeKind::Order, (None, None), spans));
            pairing.changed.retain(|pair| *pair != one && *pair != two);
        }
    }

    /// "Did not contest it" and "it went uncontested": the bare word is denied where it stands, and nowhere else. That "not" is
    /// there for no other word.
    fn is_denied_beside(&self, denied: &Denied, judged: &mut Judged, free_a: &mut [bool], free_b: &mut [bool]) -> bool {
        let beside = |side: &Side<'_>, token: u32, free: &[bool]| {
            let negates = |fact: &Fact| fact.kind == ChangeKind::Negation && !fact.latent;
            let before = |fact: &Fact| (token.saturating_sub(BESIDE)..=token).contains(&fact.tokens.end);
            let after =
                |fact: &Fact| is_hangul_at(side, token) && (token..=token + BESIDE).contains(&fact.tokens.start);
            let near = |fact: &Fact| negates(fact) && (before(fact) || after(fact));
            side.facts.iter().zip(free).position(|(fact, free)| *free && near(fact))
        };
        let (in_a, in_b) = (beside(&self.a, denied.a, free_a), beside(&self.b, denied.b, free_b));
        match (in_a, in_b) {
            (Some(at), None) if !denied.by_a => free_a[at] = false,
            (None, Some(at)) if denied.by_a => free_b[at] = false,
            _ => return false,
        }
        clear(self.a.text, &self.a.facts, denied.a, free_a);
        clear(self.b.text, &self.b.facts, denied.b, free_b);
        let (a, b) = (self.a.text.span(denied.a as usize), self.b.text.span(denied.b as usize));
        judged.harmless.push(Harmless { reason: HarmlessReason::MovedNegation, a, b });
        true
    }

    /// A word and the word that denies it: a change, unless the bare word is denied in another way.
    fn denied(&self, denied: &Denied, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let spans = (self.a.text.span(denied.a as usize), self.b.text.span(denied.b as usize));
        let denies = |facts: &[Fact], at: usize| {
            facts[at].kind == ChangeKind::Negation && !facts[at].latent || is_word(&facts[at], "none")
        };
        // "is not unexpected" and "is expected": one negation undoes the other. In Korean it stands after the word.
        let undone = |facts: &[Fact], at: usize, token: u32| {
            let before = (token.saturating_sub(2)..=token).contains(&facts[at].tokens.end);
            let after = || (token..=token + 2).contains(&facts[at].tokens.start);
            denies(facts, at) && (before || is_hangul_at(&self.a, denied.a) && after())
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
            _ if self.is_only_if(denied, pairing) => true,
            (Some(at), None) => {
                pairing.drop_a(at);
                true
            }
            (None, Some(at)) => {
                pairing.drop_b(at);
                true
            }
            _ => self.is_none(denied, pairing),
        };
        if otherwise {
            // "Not unless" is "only if".
            let only = |facts: &[Fact], at: usize| is_word(&facts[at], "only");
            pairing.only_a().into_iter().find(|&at| only(&self.a.facts, at)).inspect(|&at| pairing.drop_a(at));
            pairing.only_b().into_iter().find(|&at| only(&self.b.facts, at)).inspect(|&at| pairing.drop_b(at));
            judged.harmless.push(Harmless { reason: HarmlessReason::MovedNegation, a: spans.0, b: spans.1 });
        } else {
            judged.changes.push(self.change(ChangeKind::Negation, (None, None), spans));
        }
    }

    /// "No waiver is valid unless made in writing" and "a waiver is valid only if": what is denied may stand far before.
    fn is_only_if(&self, denied: &Denied, pairing: &mut Pairing<'_>) -> bool {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let denies = |fact: &Fact| fact.kind == ChangeKind::Negation && !fact.latent || is_word(fact, "none");
        let only = |fact: &Fact| is_word(fact, "only");
        let (unless, fits): (bool, &dyn Fn(usize, usize) -> bool) = match denied.by_a {
            true => (says(&self.a, denied.a, "unless"), &|x, y| denies(&a[x]) && only(&b[y])),
            false => (says(&self.b, denied.b, "unless"), &|x, y| only(&a[x]) && denies(&b[y])),
        };
        if !unless {
            return false;
        }
        if let Some(pair) = pairing.changed.iter().copied().find(|&(x, y)| fits(x, y)) {
            pairing.changed.retain(|&other| other != pair);
            pairing.same.push(pair);
            return true;
        }
        let (only_a, only_b) = (pairing.only_a(), pairing.only_b());
        let met = only_a.iter().find_map(|&x| only_b.iter().find(|&&y| fits(x, y)).map(|&y| (x, y)));
        let Some((x, y)) = met else { return false };
        pairing.drop_a(x);
        pairing.drop_b(y);
        true
    }

    /// "None was valid" and "all were invalid".
    fn is_none(&self, denied: &Denied, pairing: &mut Pairing<'_>) -> bool {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let none = |fact: &Fact, other: &Fact| is_word(fact, "none") && other.class() == "all";
        let fits = |&(x, y): &(usize, usize)| if denied.by_a { none(&b[y], &a[x]) } else { none(&a[x], &b[y]) };
        let Some(at) = pairing.changed.iter().position(fits) else { return false };
        let pair = pairing.changed.remove(at);
        pairing.same.push(pair);
        true
    }

    /// Left-over facts of two kinds in one place are one change, of the graver kind.
    fn merge(&self, pairing: &mut Pairing<'_>) {
        let counts = |fact: &Fact| !fact.weak && !fact.latent && !is_word(fact, "any") && rank(fact.kind).is_some();
        // "Neither would" and "both": how many there are stands for no "would".
        let apart = |x: &Fact, y: &Fact| {
            let of = |kind: ChangeKind| x.kind == kind || y.kind == kind;
            of(ChangeKind::Modality) && (of(ChangeKind::Quantifier) || of(ChangeKind::Attribution))
        };
        for x in pairing.only_a() {
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
        if text_a == text_b || x.tokens.clone().all(|token| self.across.of_a(token).is_some()) {
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
}

/// The change of a value into another one, which need not stand in the same unit.
pub(super) fn value_changed((x, a): (&Fact, &Tokenised<'_>), (y, b): (&Fact, &Tokenised<'_>)) -> Change {
    Change {
        kind: x.kind,
        severity: severity(x.kind, Some(x), Some(y)),
        a: x.span,
        b: y.span,
        sentence_a: sentence(a, x.span),
        sentence_b: sentence(b, y.span),
    }
}

/// Whether a token begins with a syllable of Hangul.
fn is_hangul_at(side: &Side<'_>, token: u32) -> bool {
    side.text.span(token as usize).of(side.text.text).starts_with(is_syllable)
}

/// To forbid is the contrary of to allow, though neither word has a "not" beside it.
fn are_opposed(x: &Fact, y: &Fact) -> bool {
    let forbids =
        |fact: &Fact| fact.kind == ChangeKind::Negation && (is_word(fact, "forbid") || is_word(fact, "prevent"));
    forbids(x) && allows(y) || forbids(y) && allows(x)
}

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

/// Takes out the facts that token `token` is part of.
fn clear(text: &Tokenised<'_>, facts: &[Fact], token: u32, free: &mut [bool]) {
    // What denies in the end of a Korean word is not what its beginning says: 편성하지 않았다.
    let start = text.span(token as usize).start;
    let begins = |fact: &Fact| fact.tokens.start == token && fact.span.start == start;
    for (fact, free) in facts.iter().zip(free) {
        let denies = fact.kind == ChangeKind::Negation && !fact.latent && !begins(fact);
        *free &= denies || !fact.tokens.contains(&token);
    }
}

/// Whether `word` stands at a token.
fn says(side: &Side<'_>, token: u32, word: &str) -> bool {
    side.text.span(token as usize).of(side.text.text).eq_ignore_ascii_case(word)
}

/// Takes out the words that lie inside one of the `ranges` of tokens, which are in order.
fn clear_ranges(facts: &[Fact], ranges: Vec<&Range<u32>>, free: &mut [bool]) {
    for (fact, free) in facts.iter().zip(free).filter(|(fact, _)| fact.group().is_some()) {
        let at = ranges.partition_point(|range| range.end < fact.tokens.end);
        *free &= ranges.get(at).is_none_or(|range| fact.tokens.start < range.start);
    }
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
