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
            let before = |fact: &Fact| (token.saturating_sub(BESIDE)..=token).contains(&fact.tokens.end);
            let after =
                |fact: &Fact| is_hangul_at(side, token) && (token..=token + BESIDE).contains(&fact.tokens.start);
            let near = |fact: &Fact| fact.denies() && (before(fact) || after(fact));
            side.facts.iter().zip(free).position(|(fact, free)| *free && near(fact))
        };
        let (in_a, in_b) = (beside(&self.a, denied.a, free_a), beside(&self.b, denied.b, free_b));
        let (None, Some(at)) = denied.by.first(in_a, in_b) else { return false };
        let (_, bare) = denied.by.first(&mut *free_a, &mut *free_b);
        bare[at] = false;
        clear(self.a.text, &self.a.facts, denied.a, free_a);
        clear(self.b.text, &self.b.facts, denied.b, free_b);
        let (a, b) = (self.a.text.span(denied.a as usize), self.b.text.span(denied.b as usize));
        judged.harmless.push(Harmless { reason: HarmlessReason::MovedNegation, a, b });
        true
    }

    /// A word and the word that denies it: a change, unless the bare word is denied in another way.
    pub(super) fn denied(&self, denied: &Denied, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let spans = (self.a.text.span(denied.a as usize), self.b.text.span(denied.b as usize));
        let denies = |fact: &Fact| fact.denies() || is_word(fact, "none");
        // "is not unexpected" and "is expected": one negation undoes the other. In Korean it stands after the word.
        let is_hangul = is_hangul_at(&self.a, denied.a);
        let undone = |fact: &Fact, token: u32| {
            let before = (token.saturating_sub(2)..=token).contains(&fact.tokens.end);
            let after = || (token..=token + 2).contains(&fact.tokens.start);
            denies(fact) && (before || is_hangul && after())
        };
        let met = Which::BOTH.map(|which| {
            let ((side, token), _) = which.first((&self.a, denied.a), (&self.b, denied.b));
            let fits = |fact: &Fact| if which == denied.by { undone(fact, token) } else { denies(fact) };
            pairing.left(which).find(|&at| fits(&side.facts[at]))
        });
        let alone = match met {
            [Some(at), None] => Some((Which::A, at)),
            [None, Some(at)] => Some((Which::B, at)),
            _ => None,
        };
        let otherwise = self.is_only_if(denied, pairing)
            || alone.inspect(|&(which, at)| pairing.drop(which, at)).is_some()
            || self.is_none(denied, pairing);
        if otherwise {
            // "Not unless" is "only if".
            for which in Which::BOTH {
                let (side, _) = which.first(&self.a, &self.b);
                pairing.drop_first(which, |&at| is_word(&side.facts[at], "only"));
            }
            judged.harmless.push(Harmless { reason: HarmlessReason::MovedNegation, a: spans.0, b: spans.1 });
        } else {
            judged.changes.push(self.change(ChangeKind::Negation, (None, None), spans));
        }
    }

    /// "No waiver is valid unless made in writing" and "a waiver is valid only if": what is denied may stand far before.
    pub(super) fn is_only_if(&self, denied: &Denied, pairing: &mut Pairing<'_>) -> bool {
        let ((side, token), _) = denied.by.first((&self.a, denied.a), (&self.b, denied.b));
        if !side.word(token).eq_ignore_ascii_case("unless") {
            return false;
        }
        let fits = |x: &Fact, y: &Fact| {
            let (own, its) = denied.by.first(x, y);
            (own.denies() || is_word(own, "none")) && is_word(its, "only")
        };
        if pairing.settle_first(fits) {
            return true;
        }
        let among = |x: usize| pairing.left(Which::B).find(|&y| fits(&self.a.facts[x], &self.b.facts[y]));
        let met = pairing.left(Which::A).find_map(|x| Some((x, among(x)?)));
        met.into_iter().for_each(|pair| pairing.drop_both(pair));
        met.is_some()
    }

    /// "None was valid" and "all were invalid".
    pub(super) fn is_none(&self, denied: &Denied, pairing: &mut Pairing<'_>) -> bool {
        pairing.settle_first(|x, y| {
            let (own, its) = denied.by.first(x, y);
            is_word(its, "none") && own.class() == "all"
        })
    }
}

/// Whether a token begins with a syllable of Hangul.
fn is_hangul_at(side: &Side<'_>, token: u32) -> bool {
    side.word(token).starts_with(is_syllable)
}
