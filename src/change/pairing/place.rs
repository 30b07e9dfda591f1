//! Where two facts stand towards each other: in one gap of the alignment, near, beside the same words.

use super::Pairing;
use crate::change::fact::Fact;
use crate::change::kind::ChangeKind;
use crate::change::unit::Mates;
use crate::text::Tokenised;
use std::ops::Range;

/// Bytes between the place of a fact and another fact beyond which neither is said of what the other is said of: those of
/// a long sentence.
const FAR: usize = 240;
/// The same for words that stand in every other sentence and beside other words: those of a phrase.
const BESIDE: usize = 32;
/// Tokens from a fact to those that tell whether it moved with its clause.
const NEAR: u32 = 4;
/// Tokens after a word that binds or denies among which its verb stands, and letters that two forms of a verb share.
pub(super) const VERB: u32 = 3;
pub(super) const STEM: usize = 4;
/// Most tokens of a gap in which facts of two kinds stand for each other.
const GAP: usize = 8;

impl Pairing<'_> {
    /// Whether words near two facts stand in another order on the two sides, as the facts do.
    pub(super) fn moved_along(&self, x: usize, y: usize) -> bool {
        let near = |tokens: &Range<u32>| tokens.start.saturating_sub(NEAR)..tokens.end + NEAR;
        let beside = near(&self.a[x].tokens);
        // Two numbers that changed places have not taken each other along: 4 men and 9 women.
        let around = &self.b[y.saturating_sub(NEAR as usize)..self.b.len().min(y + 1 + NEAR as usize)];
        let is_like =
            |token: u32| around.iter().any(|fact| fact.kind == self.b[y].kind && fact.tokens.contains(&token));
        near(&self.b[y].tokens).filter(|&token| !is_like(token)).any(|token| {
            let mate = self.across.of_b(token).filter(|_| self.mates.of_b(token).is_none());
            mate.is_some_and(|mate| beside.contains(&mate))
        })
    }

    pub(super) fn stands_beside(&self, x: usize, y: usize) -> bool {
        let (before_x, after_x) = self.readings.0.around(&self.a[x].tokens);
        let (before_y, after_y) = self.readings.1.around(&self.b[y].tokens);
        let telling = |x: &str, y: &str| x == y && (x.len() > 3 || x.chars().any(|c| c >= '\u{2E80}'));
        telling(before_x, before_y) || telling(after_x, after_y)
    }

    /// Whether a word beside two facts is the same, the one after them in whatever form.
    pub(super) fn stays(&self, x: usize, y: usize) -> bool {
        let (before_x, after_x) = self.readings.0.around(&self.a[x].tokens);
        let (before_y, after_y) = self.readings.1.around(&self.b[y].tokens);
        let kin = || after_x.is_ascii() && after_x.get(..STEM).is_some_and(|stem| after_y.starts_with(stem));
        !after_x.is_empty() && (after_x == after_y || kin()) || !before_x.is_empty() && before_x == before_y
    }

    /// Whether both stand in one longer word that tells for what each, or how long ago: 1인당, 10년 전.
    pub(super) fn is_in_one_word(&self, x: usize, y: usize) -> bool {
        let word = |text: &Tokenised<'_>, fact: &Fact| {
            let at = fact.tokens.start as usize;
            let word = text.span(at).of(text.text);
            let next = || text.places.get(at + 1).map_or("", |_| text.span(at + 1).of(text.text));
            let told = word.ends_with('당') || word.ends_with("마다") || next().starts_with('전');
            (fact.tokens.len() == 1 && text.span(at) != fact.span && told).then(|| text.tokens[at])
        };
        let one = word(self.text_a, &self.a[x]);
        one.is_some() && one == word(self.text_b, &self.b[y])
    }

    /// Whether two words that bind, hedge or attribute are said of different verbs, as far as the words beside them tell: they
    /// stand in every other sentence.
    pub(super) fn is_of_another(&self, x: usize, y: usize) -> bool {
        use ChangeKind::{Attribution, Hedge, Modality};
        let loose = matches!(self.a[x].kind, Modality | Hedge | Attribution);
        loose && self.distance(x, y) > BESIDE && !self.stays(x, y) && !self.bind_kin(x, y)
    }

    /// Whether two words that bind stand before one verb in two forms: "must report", "should be reported".
    pub(super) fn bind_kin(&self, x: usize, y: usize) -> bool {
        let after = |fact: &Fact, text: &Tokenised<'_>| -> Vec<String> {
            let tokens = fact.tokens.end..(fact.tokens.end + VERB).min(text.places.len() as u32);
            let words = tokens.map(|token| text.span(token as usize).of(text.text).to_lowercase());
            words.filter(|word| word.is_ascii() && word.len() > STEM).collect()
        };
        let (one, other) = (after(&self.a[x], self.text_a), after(&self.b[y], self.text_b));
        self.a[x].kind == ChangeKind::Modality
            && one.iter().any(|word| other.iter().any(|kin| word.as_bytes()[..STEM] == kin.as_bytes()[..STEM]))
    }

    /// Whether fact `y` stands far from the place that fact `x` has on its side, and from what stands beside that.
    pub(super) fn is_far(&self, x: usize, y: usize) -> bool {
        let follows = |facts: &[Fact], before: usize, at: usize| {
            (0..=1).contains(&(facts[at].span.start as isize - facts[before].span.end as isize))
        };
        // "21:15 GMT" and "9:15 p.m. EST".
        let moved_along = || self.same.iter().any(|&(p, q)| follows(self.a, p, x) && follows(self.b, q, y));
        self.distance(x, y) > FAR && !moved_along()
    }

    /// Bytes between the place that fact `x` has on the other side and fact `y`.
    pub(super) fn distance(&self, x: usize, y: usize) -> usize {
        let in_order = self.distance_by(self.mates, x, y);
        if self.a[x].kind == ChangeKind::Name { in_order } else { in_order.min(self.distance_by(self.across, x, y)) }
    }

    pub(super) fn distance_by(&self, mates: &Mates, x: usize, y: usize) -> usize {
        start(self.text_b, mates.place_of_a(self.a[x].tokens.start)).abs_diff(self.b[y].span.start)
    }

    /// Whether facts `x` and `y` lie in the same gap of the alignment.
    pub(in crate::change) fn share_gap(&self, x: usize, y: usize) -> bool {
        let shares = |mates: &Mates| mates.place_of_a(self.a[x].tokens.start) == mates.gap_of_b(self.b[y].tokens.start);
        let named = self.a[x].kind == ChangeKind::Name || self.b[y].kind == ChangeKind::Name;
        shares(self.mates) || !named && shares(self.across)
    }

    /// Whether few tokens lie in the gap that facts `x` and `y` share: in a clause told anew, one stands for the other by chance.
    pub(in crate::change) fn is_narrow(&self, x: usize, y: usize) -> bool {
        let gap = |tokens: &Range<u32>, is_free: &dyn Fn(u32) -> bool, count: u32| {
            let before = (0..tokens.start).rev().take_while(|&token| is_free(token)).take(GAP).count();
            let after = (tokens.end..count).take_while(|&token| is_free(token)).take(GAP).count();
            before + tokens.len() + after
        };
        let in_a = gap(&self.a[x].tokens, &|token| self.mates.of_a(token).is_none(), self.text_a.places.len() as u32);
        let in_b = gap(&self.b[y].tokens, &|token| self.mates.of_b(token).is_none(), self.text_b.places.len() as u32);
        in_a.max(in_b) <= GAP
    }

    /// Whether facts `x` and `y` lie in the same gap with some of their tokens: "are banned", "are allowed to".
    pub(in crate::change) fn touch_gap(&self, x: usize, y: usize) -> bool {
        let (x, y) = (&self.a[x].tokens, &self.b[y].tokens);
        let gap = self.mates.gap_of_b(y.start);
        let place = self.mates.place_of_a(x.start);
        x.clone().any(|token| self.mates.place_of_a(token) == gap)
            || y.clone().any(|token| self.mates.gap_of_b(token) == place)
    }
}

/// The byte at which a token begins, or the text ends.
pub(super) fn start(text: &Tokenised<'_>, token: u32) -> usize {
    text.places.get(token as usize).map_or(text.text.len(), |&(start, _)| start as usize)
}
