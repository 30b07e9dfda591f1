//! Denials that stand for each other, and those that do not: one was dropped in one clause and one added in another.

use super::place::{STEM, VERB, start};
use super::{Pairing, is_word};
use crate::change::fact::Fact;
use crate::change::kind::ChangeKind;
use crate::change::tables::{chinese, english, korean};
use crate::span::{hold, meet};
use crate::text::{Tokenised, is_syllable};
use std::ops::Range;

/// Bytes between the places of a word that denies by itself and of a "not" beyond which neither stands for the other: those of a
/// phrase, where what the "not" denies stands on the other side too, and else those of a sentence, whose clauses may have
/// changed places.
const DENIED: usize = 64;
const DENIED_ELSEWHERE: usize = 160;
/// Tokens beside a denial among which the next one stands that both sides have: did not pay, paid.
const BESIDE_DENIAL: u32 = 3;
/// Characters beside a Chinese denial and in its place that may differ: 无人员, 有人员.
const FEW_CHARACTERS: usize = 2;

impl Pairing<'_> {
    /// Whether a joint of clauses stands between the places of two facts: one was dropped in one clause, one added in another.
    pub(super) fn parts_clauses(&self, x: usize, y: usize) -> bool {
        let place = self.mates.place_of_a(self.a[x].tokens.start);
        let tokens = &self.b[y].tokens;
        let between = if place < tokens.start { place..tokens.start } else { tokens.end..place };
        let count = self.text_b.places.len() as u32;
        if between.is_empty() || between.end > count || between.start == 0 {
            return false;
        }
        let from = self.text_b.span(between.start as usize - 1).end;
        // What joins the clause may be part of the denial: 并不再.
        let last = if place < tokens.start { tokens.end.min(count) } else { between.end };
        let text = &self.text_b.text[from..self.text_b.span(last as usize - 1).end.max(from)];
        let joint = |mark: usize| {
            let rest = text[mark..].trim_start_matches([',', '，', ' ']);
            let english =
                english::JOINT.iter().any(|joint| rest.strip_prefix(joint).is_some_and(|on| on.starts_with(' ')));
            english
                || chinese::JOINT.iter().any(|joint| rest.starts_with(joint))
                || korean::JOINT.iter().any(|joint| text[..mark].ends_with(joint))
        };
        text.contains([';', '；']) || text.char_indices().any(|(at, c)| matches!(c, ',' | '，') && joint(at))
    }

    /// Whether two denials stand each where the other side says the same without one: one was dropped, one added. What is not
    /// thought to be is thought not to be: words that raise a denial let it pass. In Chinese a denial may stand before the whole
    /// of its clause, so that a mark has to stand between.
    pub(super) fn are_each_in_place(&self, x: usize, y: usize) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        if one.latent || other.latent || is_word(one, "neither") || is_word(other, "neither") {
            return false;
        }
        let in_b = self.place_of(&one.tokens, (self.text_a, self.text_b), &|token| self.mates.of_a(token));
        let in_a = self.place_of(&other.tokens, (self.text_b, self.text_a), &|token| self.mates.of_b(token));
        let Some((in_b, in_a)) = in_b.zip(in_a) else { return false };
        // Both lie in one gap: one stands for the other.
        if hold(&in_b, &other.tokens) {
            return false;
        }
        let between = |own: &Range<u32>, place: &Range<u32>, text: &Tokenised<'_>| {
            let last = own.end.max(place.end) + 1;
            own.start.min(place.start)..last.min(text.places.len() as u32)
        };
        let (in_a, in_b) = (between(&one.tokens, &in_a, self.text_a), between(&other.tokens, &in_b, self.text_b));
        let is_wide = |text: &Tokenised<'_>, stretch: &Range<u32>| {
            text.span_of(stretch).of(text.text).chars().any(|c| ('\u{2E80}'..'\u{AC00}').contains(&c))
        };
        let marked = |text: &Tokenised<'_>, stretch: &Range<u32>| {
            text.span_of(stretch).of(text.text).contains([',', '，', ';', '；'])
        };
        let apart = !is_wide(self.text_b, &in_b) || marked(self.text_a, &in_a) && marked(self.text_b, &in_b);
        let raised = raises_denial(self.a, self.text_a, &in_a) || raises_denial(self.b, self.text_b, &in_b);
        apart && !raised
    }

    /// The gap of the other side in which a denial would stand, if what stands around it there is the same but for the forms of
    /// its verb: did not pay, paid.
    pub(super) fn place_of(
        &self,
        tokens: &Range<u32>,
        (own, other): (&Tokenised<'_>, &Tokenised<'_>),
        mate: &dyn Fn(u32) -> Option<u32>,
    ) -> Option<Range<u32>> {
        let back =
            (1..=BESIDE_DENIAL).find(|&back| tokens.start.checked_sub(back).is_some_and(|at| mate(at).is_some()))?;
        let before = mate(tokens.start - back)?;
        // A sentence may end before the next word that both sides have.
        let end = |text: &Tokenised<'_>, token: u32| {
            let at = text.sentence_of(token);
            text.sentences.get(at).map_or(text.places.len() as u32, |sentence| sentence.tokens.end)
        };
        let last = end(own, tokens.start);
        let on = (0..BESIDE_DENIAL).find(|&on| tokens.end + on >= last || mate(tokens.end + on).is_some())?;
        let after = if tokens.end + on >= last { end(other, before) } else { mate(tokens.end + on)? };
        let gap = (after > before && after - before <= BESIDE_DENIAL + 1).then_some(before + 1..after)?;
        let word = |text: &Tokenised<'_>, token: u32| text.span(token as usize).of(text.text).to_lowercase();
        let auxiliary = |word: &String| english::AUXILIARY.contains(&&**word);
        // In Korean the verb is part of what denies: 지급하지 않았지만, 지급했지만.
        let hangul = word(own, tokens.start).starts_with(is_syllable);
        let is_own = |token: &u32| hangul || !tokens.contains(token);
        let denies = |word: &String| hangul && word.starts_with(['않', '못', '안', '없', '아']);
        let around = tokens.start - back + 1..tokens.end + on;
        let verbs = |text: &Tokenised<'_>, words: &mut dyn Iterator<Item = u32>| -> Vec<String> {
            words.map(|token| word(text, token)).filter(|word| !auxiliary(word) && !denies(word)).collect()
        };
        let mine = verbs(own, &mut around.filter(is_own));
        let theirs = verbs(other, &mut gap.clone());
        let is_kin = |x: &String, y: &String| x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count() >= 2;
        let wide = mine.iter().chain(&theirs).all(|word| word.starts_with(|c| ('\u{2E80}'..'\u{AC00}').contains(&c)));
        let alike = mine.len() == theirs.len() && mine.iter().zip(&theirs).all(|(x, y)| is_kin(x, y));
        (wide && mine.len() + theirs.len() <= FEW_CHARACTERS || alike).then_some(gap)
    }

    /// Whether a "not" denies the very word that denies by itself on the other side: called off, did not call off.
    pub(super) fn denies_kin(&self, x: usize, y: usize) -> bool {
        let (one, other) = ((&self.a[x], self.text_a), (&self.b[y], self.text_b));
        let (latent, not) = if one.0.latent { (one, other) } else { (other, one) };
        let word = |text: &Tokenised<'_>, token: u32| text.span(token as usize).of(text.text).to_ascii_lowercase();
        let last = (not.0.tokens.end + VERB).min(not.1.places.len() as u32);
        let denied: Vec<String> = (not.0.tokens.end..last).map(|token| word(not.1, token)).collect();
        let is_kin = |x: &str, y: &str| {
            let shared = x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count();
            x.is_ascii() && (shared >= STEM || shared == STEM - 1 && x.len().min(y.len()) <= STEM)
        };
        let own = word(latent.1, latent.0.tokens.start);
        // "Without a goal" denies what "goalless" denies.
        let own = own.strip_suffix("less").map_or(&*own, |_| "");
        denied.iter().any(|denied| is_kin(own, denied))
    }

    /// Whether two facts deny, and neither says besides what is denied: "cannot", "is unable to".
    pub(super) fn deny_alike(&self, x: usize, y: usize) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        // "Goalless", "without a goal".
        let in_a_word = || one.latent != other.latent && !self.denies_kin(x, y);
        one.kind == ChangeKind::Negation
            && one.tag == other.tag
            && (one.latent == other.latent || in_a_word())
            && !are_contrary(one, other)
    }

    /// Whether two facts are negations of different clauses: none stands for the other.
    pub(super) fn is_kept_apart(&self, x: usize, y: usize) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        let of_another = || one.latent != other.latent && self.are_parted(x, y);
        // A half is how much, and "over" a bound of it.
        let bounds = |half: &Fact, bound: &Fact| {
            half.kind == ChangeKind::Quantifier
                && half.is_half()
                && matches!(bound.class(), "over" | "under" | "at-least" | "at-most")
        };
        if bounds(one, other) || bounds(other, one) || are_apart(one, other) {
            return true;
        }
        one.kind == ChangeKind::Negation
            && (one.tag == other.tag && (self.parts_clauses(x, y) || self.are_each_in_place(x, y))
                || other.kind == one.kind && of_another())
    }

    /// Whether one of two facts has its place far from the other.
    pub(super) fn are_parted(&self, x: usize, y: usize) -> bool {
        let before = self.across.gap_of_b(self.b[y].tokens.start).checked_sub(1);
        let place = before.and_then(|token| self.across.of_b(token));
        let place = place.map_or(self.across.range_a().start, |token| token + 1);
        let from_y = start(self.text_a, place).abs_diff(self.a[x].span.start);
        let distance = self.distance_by(self.across, x, y).max(from_y);
        distance > DENIED_ELSEWHERE || distance > DENIED && self.keeps_what_it_denies(x, y)
    }

    /// Whether the word that the "not" of two facts denies is matched: the one behind it, and in Korean the one before.
    fn keeps_what_it_denies(&self, x: usize, y: usize) -> bool {
        let by_a = self.b[y].latent;
        let (not, text) = if by_a { (&self.a[x], self.text_a) } else { (&self.b[y], self.text_b) };
        let hangul = not.span.of(text.text).starts_with(is_syllable);
        let token = if hangul { not.tokens.start.checked_sub(1) } else { Some(not.tokens.end) };
        token.is_some_and(|token| if by_a { self.across.of_a(token) } else { self.across.of_b(token) }.is_some())
    }
}

/// What still is, and what is no longer: both speak of what was, and one denies that it is.
pub(super) fn are_contrary(x: &Fact, y: &Fact) -> bool {
    is_word(x, "still") && is_word(y, "no-longer") || is_word(x, "no-longer") && is_word(y, "still")
}

/// Whether a word in a stretch is one of which a denial is one of what it is said of: not thought to rise, thought not to rise.
pub(super) fn raises_denial(facts: &[Fact], text: &Tokenised<'_>, stretch: &Range<u32>) -> bool {
    let raises = |fact: &Fact| match fact.kind {
        ChangeKind::Attribution => fact.class() == "weak",
        ChangeKind::Modality => fact.class() == "wish" || is_word(fact, "expect"),
        ChangeKind::Hedge => true,
        _ => false,
    };
    let inside = |fact: &&Fact| meet(&fact.tokens, stretch);
    let says = |token: u32| {
        let word = text.span(token as usize).of(text.text);
        english::RAISING.iter().any(|raising| word.eq_ignore_ascii_case(raising))
    };
    facts.iter().filter(inside).any(raises) || stretch.clone().any(says)
}

/// Whether one of two dates tells what is compared with, and the other does not: 同比 stands for 环比, and for no day.
pub(super) fn are_apart(x: &Fact, y: &Fact) -> bool {
    let compares = |fact: &Fact| matches!(&*fact.tag, "on-year" | "on-month");
    compares(x) != compares(y)
}
