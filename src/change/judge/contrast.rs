//! Words that mean something only against each other, one in another's place: before and after, past and future, weekdays and
//! weekends. The data files name the kind of change and the set; by itself none of them is a fact.

use super::Judged;
use super::unit::{MANY, UnitJudge};
use crate::change::fact::{Fact, Side};
use crate::change::kind::{Change, ChangeKind};
use crate::change::lexicon::Cue;
use crate::change::reading::CueAt;
use crate::change::tables::{chinese, english, korean};
use crate::span::{Span, are_near};
use std::ops::Range;

/// The sets of which one word is in the data and the other denies by itself: to reject is not to approve.
const DENIED: [&str; 4] = [INCLUSION, "decision", "stance", "verdict"];
const INCLUSION: &str = "inclusion";
/// Which way a figure went: told from either end of what it is compared with.
const COURSE: &str = "course";
/// Share of a unit's words that must be matched for the only two words of such a set to be opposed, wherever they stand; and most
/// tokens between one of them and what denies it.
const LIKE: f64 = 0.4;
const BESIDE: u32 = 2;
/// Facts on either side of a word among which what denies it is looked for.
const FACTS: usize = 8;

impl UnitJudge<'_> {
    /// Adds what such words change. Cost: the product of those of both sides, of which few are looked at.
    pub(super) fn contrasts(&self, judged: &mut Judged) {
        let (in_a, in_b): (Vec<Contrast<'_>>, Vec<Contrast<'_>>) =
            (contrasts(&self.a).collect(), contrasts(&self.b).collect());
        let is_one = |of: &[Contrast<'_>], set: &str| of.iter().filter(|one| one.set == set).count() == 1;
        let is_alike = self.matched_across >= LIKE;
        for x in &in_a {
            let opposed = is_alike && DENIED.contains(&x.set) && is_one(&in_a, x.set) && is_one(&in_b, x.set);
            let fits = |y: &&Contrast<'_>| x.set == y.set && x.name != y.name && (opposed || self.face(x, y));
            // Said again elsewhere, they changed places with their clauses.
            let again = |y: &Contrast<'_>| {
                let other = |of: &[Contrast<'_>], cue: &Contrast<'_>, name: &str| {
                    of.iter().any(|one| one.name == name && one.span != cue.span)
                };
                other(&in_a, x, y.name) && other(&in_b, y, x.name)
            };
            let Some(y) = in_b.iter().find(fits).filter(|y| !again(y)) else { continue };
            // The won rose against the dollar, which fell against the won.
            if x.set == COURSE && !self.follow_one_word(x, y) {
                continue;
            }
            let told = |change: &Change| change.a.meets(x.span) || change.b.meets(y.span);
            if !judged.changes.iter().any(told) {
                judged.changes.push(self.change(x.kind, (None, None), (x.span, y.span)));
            }
        }
    }

    /// Whether the words before two words are the same: what rose here fell there.
    fn follow_one_word(&self, x: &Contrast<'_>, y: &Contrast<'_>) -> bool {
        let before = x.tokens.start.checked_sub(1).and_then(|token| self.across.of_a(token));
        before.is_some_and(|mate| mate + 1 == y.tokens.start)
    }

    /// Whether two words stand in each other's place, beside a word that both sides have.
    fn face(&self, x: &Contrast<'_>, y: &Contrast<'_>) -> bool {
        let before = |token: u32, of: &dyn Fn(u32) -> Option<u32>| token.checked_sub(1).and_then(of);
        let first = before(x.tokens.start, &|token| self.across.of_a(token));
        let by_start = first.is_some_and(|mate| mate + 1 == y.tokens.start);
        let by_end = self.across.of_a(x.tokens.end).is_some_and(|mate| mate == y.tokens.end);
        let starts = x.tokens.start == self.a.tokens.start && y.tokens.start == self.b.tokens.start;
        by_start || by_end || starts
    }
}

/// Such a word of a side.
struct Contrast<'s> {
    kind: ChangeKind,
    set: &'static str,
    name: &'static str,
    span: Span,
    tokens: &'s Range<u32>,
}

/// Those of a side, and facts that are so too: what bounds a stretch of time, 이내에, 이후에, and what need not and what must not be
/// done, 不必, 不得, which both deny.
fn contrasts<'s>(side: &'s Side<'_>) -> impl Iterator<Item = Contrast<'s>> {
    // Not included is excluded, and not rejected is approved.
    let denied = move |span: Span, tokens: &Range<u32>| {
        let beside = |fact: &Fact| fact.span != span && are_near(&fact.tokens, tokens, BESIDE);
        side.facts_near(span.start, FACTS).iter().any(|fact| fact.denies() && beside(fact))
    };
    let contrast = move |cue: &'s CueAt| match cue.found.group.cue {
        Cue::Contrast(_) if DENIED.contains(&cue.found.group.class) && denied(cue.span, &cue.tokens) => None,
        Cue::Contrast(kind) => {
            let (set, name) = (cue.found.group.class, cue.found.group.name);
            Some(Contrast { kind, set, name, span: cue.span, tokens: &cue.tokens })
        }
        _ => None,
    };
    let of_fact = move |fact: &'s Fact| {
        let said = fact.span.of(side.text.text);
        let begins = |words: &[&str]| words.iter().any(|word| said.starts_with(word));
        let (kind, set, name) = match fact.kind {
            ChangeKind::Quantifier
                if fact.class() == "at-most" && (begins(korean::WITHIN) || begins(chinese::WITHIN)) =>
            {
                (ChangeKind::Date, "sequence", "within")
            }
            // What is left out, and not what is in no list.
            ChangeKind::Negation
                if fact.latent
                    && [english::EXCLUDING, korean::EXCLUDING, chinese::EXCLUDING].into_iter().any(begins) =>
            {
                (ChangeKind::Negation, INCLUSION, "excluded")
            }
            ChangeKind::Negation if fact.latent && !denied(fact.span, &fact.tokens) => {
                let (set, name) = match fact.group()?.name {
                    "reject" | "refuse" | "forbid" | "overturn" => ("decision", "refused"),
                    "oppose" => ("stance", "opposes"),
                    "acquitted" => ("verdict", "acquitted"),
                    _ => return None,
                };
                (ChangeKind::Negation, set, name)
            }
            // Bail that is denied is not granted.
            ChangeKind::Attribution if fact.class() == "deny" && begins(&["denied", "denies", "deny"]) => {
                (ChangeKind::Negation, "decision", "refused")
            }
            ChangeKind::Negation if chinese::NEEDLESS.contains(&said) => (ChangeKind::Modality, "duty", "needless"),
            ChangeKind::Negation if chinese::FORBIDDEN.contains(&said) => (ChangeKind::Modality, "duty", "forbidden"),
            _ => return None,
        };
        Some(Contrast { kind, set, name, span: fact.span, tokens: &fact.tokens })
    };
    side.others.iter().filter_map(contrast).chain(side.facts.iter().filter_map(of_fact)).take(MANY)
}
