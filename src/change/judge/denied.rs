//! A word on one side and the word that denies it on the other: a change, unless the bare word is denied in another way.

use super::Judged;
use super::unit::{UnitJudge, clear};
use crate::change::fact::{Fact, Side};
use crate::change::kind::{ChangeKind, Harmless, HarmlessReason};
use crate::change::negation::Denied;
use crate::change::pairing::{Pairing, is_word};
use crate::text::is_syllable;
use crate::which::Which;

/// Tokens between a "not" and the word that it denies, at most.
const BESIDE: u32 = 2;

impl UnitJudge<'_> {
    /// "Did not contest it" and "it went uncontested": the bare word is denied where it stands, and nowhere else. That "not" is
    /// there for no other word.
    pub(super) fn is_denied_beside(
        &self,
        denied: &Denied,
        judged: &mut Judged,
        free_a: &mut [bool],
        free_b: &mut [bool],
    ) -> bool {
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
    pub(super) fn denied(&self, denied: &Denied, pairing: &mut Pairing<'_>, judged: &mut Judged) {
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
            .only(Which::A)
            .into_iter()
            .find(|&at| if denied.by_a { undone(&self.a.facts, at, denied.a) } else { denies(&self.a.facts, at) });
        let met_b = pairing
            .only(Which::B)
            .into_iter()
            .find(|&at| if denied.by_a { denies(&self.b.facts, at) } else { undone(&self.b.facts, at, denied.b) });
        let otherwise = match (met_a, met_b) {
            _ if self.is_only_if(denied, pairing) => true,
            (Some(at), None) => {
                pairing.drop(Which::A, at);
                true
            }
            (None, Some(at)) => {
                pairing.drop(Which::B, at);
                true
            }
            _ => self.is_none(denied, pairing),
        };
        if otherwise {
            // "Not unless" is "only if".
            let only = |facts: &[Fact], at: usize| is_word(&facts[at], "only");
            pairing
                .only(Which::A)
                .into_iter()
                .find(|&at| only(&self.a.facts, at))
                .inspect(|&at| pairing.drop(Which::A, at));
            pairing
                .only(Which::B)
                .into_iter()
                .find(|&at| only(&self.b.facts, at))
                .inspect(|&at| pairing.drop(Which::B, at));
            judged.harmless.push(Harmless { reason: HarmlessReason::MovedNegation, a: spans.0, b: spans.1 });
        } else {
            judged.changes.push(self.change(ChangeKind::Negation, (None, None), spans));
        }
    }

    /// "No waiver is valid unless made in writing" and "a waiver is valid only if": what is denied may stand far before.
    pub(super) fn is_only_if(&self, denied: &Denied, pairing: &mut Pairing<'_>) -> bool {
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
        let (only_a, only_b) = (pairing.only(Which::A), pairing.only(Which::B));
        let met = only_a.iter().find_map(|&x| only_b.iter().find(|&&y| fits(x, y)).map(|&y| (x, y)));
        let Some((x, y)) = met else { return false };
        pairing.drop(Which::A, x);
        pairing.drop(Which::B, y);
        true
    }

    /// "None was valid" and "all were invalid".
    pub(super) fn is_none(&self, denied: &Denied, pairing: &mut Pairing<'_>) -> bool {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let none = |fact: &Fact, other: &Fact| is_word(fact, "none") && other.class() == "all";
        let fits = |&(x, y): &(usize, usize)| if denied.by_a { none(&b[y], &a[x]) } else { none(&a[x], &b[y]) };
        let Some(at) = pairing.changed.iter().position(fits) else { return false };
        let pair = pairing.changed.remove(at);
        pairing.same.push(pair);
        true
    }
}

/// Whether a token begins with a syllable of Hangul.
fn is_hangul_at(side: &Side<'_>, token: u32) -> bool {
    side.word(token).starts_with(is_syllable)
}

/// Whether `word` stands at a token.
fn says(side: &Side<'_>, token: u32, word: &str) -> bool {
    side.word(token).eq_ignore_ascii_case(word)
}
