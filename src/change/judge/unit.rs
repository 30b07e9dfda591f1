//! One unit judged: its facts set off, and what is left over made changes.

use super::lone::Lone;
use super::merge::changed_kind;
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
use crate::change::pairing::Pairing;
use crate::change::severity::severity;
use crate::change::signs::Signs;
use crate::change::spans::Spans;
use crate::change::unit::{Mates, Unit};
use crate::span::{Span, are_near, meet};
use crate::text::{Tokenised, korean_words};
use std::ops::Range;

/// Most facts left over on a side that are looked at two by two.
pub(super) const MANY: usize = 256;

/// Share of a unit's words that must be matched for two offices in different clauses to be one that changed.
const CLOSE: f64 = 0.5;

/// Share of a unit's words that must be matched in order for the order of two names to mean something.
const WORDED_ALIKE: f64 = 0.7;

/// Words in a row that are the same on both sides of a quotation and part what differs before them from what differs after.
const KEPT: u32 = 3;

/// Most bytes from the first name to the last for what is told in the active and in the passive to be shown as one.
const VOICE: usize = 100;

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
        let matched = |mates: &Mates| 2.0 * mates.near_of(&unit.a).count() as f64 / all;
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
        let known = (judged.changes.len(), judged.harmless.len());
        let quoted = quoted(&self.a, &self.b, self.mates);
        let gaps = harmless::gaps(&self.a, &self.b, self.mates);
        let (mut free_a, mut free_b) = (vec![true; self.a.facts.len()], vec![true; self.b.facts.len()]);
        self.told_by_themselves(&quoted, judged, &mut free_a, &mut free_b);
        let equal = || gaps.iter().filter(|gap| gap.is_equal());
        clear_ranges(&self.a.facts, equal().map(|gap| &gap.a).collect(), &mut free_a);
        clear_ranges(&self.b.facts, equal().map(|gap| &gap.b).collect(), &mut free_b);
        let denied = self.denied_words(&quoted, judged, &mut free_a, &mut free_b);
        let (mut pairing, settled) = self.set_off((free_a, free_b), &denied, judged);
        self.paired(&mut pairing, judged);
        if !settled {
            self.lone(&pairing, lone);
        }
        self.beside_facts(&pairing, &gaps, &quoted, judged);
        self.keep_changed(&mut judged.changes, known.0);
        self.explain(&gaps, judged, known);
    }

    /// Misquotes, and names that changed places: their facts take part in nothing else.
    fn told_by_themselves(&self, quoted: &[Quoted], judged: &mut Judged, free_a: &mut [bool], free_b: &mut [bool]) {
        for quoted in quoted {
            self.misquoted(quoted, judged, free_a, free_b);
        }
        for turned in turned(&self.a, &self.b, self.is_worded_alike()) {
            self.turned(&turned, judged, free_a, free_b);
        }
    }

    /// Words of which one denies the other: nothing else is said of what is in them.
    fn denied_words(
        &self,
        quoted: &[Quoted],
        judged: &mut Judged,
        free_a: &mut [bool],
        free_b: &mut [bool],
    ) -> Vec<Denied> {
        let mut denied = denied(&self.a, &self.b, self.across);
        // What differs in what someone said is a misquote and nothing else.
        denied.retain(|it| !quoted.iter().any(|speech| speech.a.contains(&it.a) || speech.b.contains(&it.b)));
        denied.retain(|it| !self.is_denied_beside(it, judged, free_a, free_b));
        for denied in &denied {
            clear(self.a.text, &self.a.facts, denied.a, free_a);
            clear(self.b.text, &self.b.facts, denied.b, free_b);
        }
        denied
    }

    /// The facts that are free set off against each other; whether, as mostly, all of them met an equal one.
    fn set_off(
        &self,
        (free_a, free_b): (Vec<bool>, Vec<bool>),
        denied: &[Denied],
        judged: &mut Judged,
    ) -> (Pairing<'_>, bool) {
        let mut pairing = Pairing::new(&self.a, &self.b, (self.mates, self.across), free_a, free_b);
        pairing.run();
        self.recounted(&mut pairing);
        for denied in denied {
            self.denied(denied, &mut pairing, judged);
        }
        self.lifted(&mut pairing);
        let settled = pairing.is_settled();
        if !settled {
            self.reconcile(&mut pairing);
        }
        if !settled && pairing.counts_left().0 <= MANY {
            self.merge(&mut pairing);
        }
        (pairing, settled)
    }

    /// What facts of both sides that met amount to.
    fn paired(&self, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        self.exchanged(pairing, judged);
        for &(x, y) in &pairing.same {
            self.same(x, y, judged);
        }
        for &(x, y) in &pairing.changed {
            self.changed(x, y, judged);
        }
        self.values(pairing, judged);
        self.scores(judged);
        self.in_turn(pairing, judged);
    }

    /// What changed beside the facts: foreign names by their sound, offices, words that mean something only against each other.
    fn beside_facts(&self, pairing: &Pairing<'_>, gaps: &[Gap], quoted: &[Quoted], judged: &mut Judged) {
        for gap in gaps {
            self.sounds(gap, pairing, judged);
        }
        let close = self.matched_across >= CLOSE;
        for (a, b) in office::replaced(&self.a, &self.b, self.mates, gaps, close) {
            self.office(&a, &b, quoted, judged);
        }
        self.contrasts(judged);
    }

    /// Adds why what else differs is no change. `known` is how many changes and harmless differences there were before this unit.
    fn explain(&self, gaps: &[Gap], judged: &mut Judged, known: (usize, usize)) {
        let changes = &judged.changes[known.0..];
        let told = changes.iter().map(|change| (change.a, change.b));
        let told = told.chain(judged.harmless[known.1..].iter().map(|it| (it.a, it.b))).collect();
        harmless::explain(&self.a, &self.b, gaps, told, &mut judged.harmless);
        if self.a.reading.has_hangul() {
            self.leave_to_changes(changes, &mut judged.harmless, known.1);
        }
    }

    /// Takes out numbers that are the same in digits: what is counted may be told otherwise, 9例, 9人.
    fn keep_changed(&self, changes: &mut Vec<Change>, from: usize) {
        let equal = |change: &Change| {
            let (before, after) = (change.a.of(self.a.text.text), change.b.of(self.b.text.text));
            let digits = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
            change.kind == ChangeKind::Number && digits && before == after
        };
        let new = changes.split_off(from).into_iter().filter(|change| !equal(change));
        changes.extend(new);
    }

    /// Takes out what is harmless in a Korean word in which something changed: 알리기로 하였다, 알릴 것이다.
    fn leave_to_changes(&self, changes: &[Change], harmless: &mut Vec<Harmless>, from: usize) {
        let (a, b) = (self.a.text.text, self.b.text.text);
        let of_a = Spans::joined(changes.iter().map(|change| korean_words(a, change.a)));
        let of_b = Spans::joined(changes.iter().map(|change| korean_words(b, change.b)));
        let told = |same: &Harmless| of_a.meets(korean_words(a, same.a)) && of_b.meets(korean_words(b, same.b));
        let left = harmless.split_off(from).into_iter().filter(|same| !told(same));
        harmless.extend(left);
    }

    /// Whether both sides are worded alike, but for what changed places.
    pub(super) fn is_worded_alike(&self) -> bool {
        self.matched >= WORDED_ALIKE || self.a.sorted() == self.b.sorted()
    }

    /// Two stretches of Chinese characters that write foreign names by their sound, one in place of the other.
    fn sounds(&self, gap: &Gap, pairing: &Pairing<'_>, judged: &mut Judged) {
        if gap.reason.is_some() || !sounds_foreign(self.a.text, &gap.a) || !sounds_foreign(self.b.text, &gap.b) {
            return;
        }
        let met =
            |&(x, y): &(usize, usize)| meet(&self.a.facts[x].tokens, &gap.a) || meet(&self.b.facts[y].tokens, &gap.b);
        if !pairing.changed.iter().chain(&pairing.same).any(met) {
            let spans = (self.a.span(&gap.a), self.b.span(&gap.b));
            judged.changes.push(self.change(ChangeKind::Name, (None, None), spans));
        }
    }

    /// One office in place of another, unless whose it is changed too.
    fn office(&self, a: &Range<u32>, b: &Range<u32>, quoted: &[Quoted], judged: &mut Judged) {
        let spans = (self.a.span(a), self.b.span(b));
        let said = |speech: &Quoted| speech.a.contains(&a.start) || speech.b.contains(&b.start);
        let touches = |x: Span, y: Span| are_near(&x.range(), &y.range(), 1);
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
                *free &= !meet(&fact.tokens, range);
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
                let same = |change: &&mut Change| {
                    change.kind == ChangeKind::Order && change.a.meets(spans.0) && change.b.meets(spans.1)
                };
                match judged.changes.iter_mut().find(same) {
                    Some(change) => (change.a, change.b) = (change.a.hull(spans.0), change.b.hull(spans.1)),
                    None => judged.changes.push(self.change(ChangeKind::Order, (None, None), spans)),
                }
            }
            // Names far apart are told of in more than one verb.
            Verdict::Voice if spans.0.len().max(spans.1.len()) > VOICE => {}
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

/// Takes out the facts that token `token` is part of.
pub(super) fn clear(text: &Tokenised<'_>, facts: &[Fact], token: u32, free: &mut [bool]) {
    // What denies in the end of a Korean word is not what its beginning says: 편성하지 않았다.
    let start = text.span(token as usize).start;
    let begins = |fact: &Fact| fact.tokens.start == token && fact.span.start == start;
    for (fact, free) in facts.iter().zip(free) {
        let denies = fact.denies() && !begins(fact);
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

/// The sentence around a span.
fn sentence(text: &Tokenised<'_>, span: Span) -> Span {
    let at = text.sentences.partition_point(|sentence| sentence.span.end < span.end.max(span.start));
    text.sentences
        .get(at)
        .or(text.sentences.last())
        .map_or(span, |sentence| Span::new(sentence.span.start.min(span.start), sentence.span.end.max(span.end)))
}
