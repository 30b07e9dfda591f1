//! The Korean particle that says "only", told from the end of a noun by the same word without it on the other side: 회원만, 회원은.

use super::Names;
use super::places::slots;
use crate::change::fact::{Fact, Key, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::{Cue, Group, Language};
use crate::change::names::is_korean_particle;
use crate::change::tables::korean;
use crate::change::unit::Mates;
use crate::span::Span;
use std::sync::LazyLock;

/// Fewest syllables before the particle.
const SYLLABLES: usize = 2;

/// What "only" is in the data file.
static ONLY: LazyLock<Option<&Group>> = LazyLock::new(|| {
    let mut groups = Language::Korean.lexicon().groups.iter();
    groups.find(|group| group.cue == Cue::Kind(ChangeKind::Quantifier) && group.name == "only")
});

/// The particles of A and of B that the other side has not. Cost: linear.
pub(super) fn only(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Names {
    let (mut of_a, mut of_b) = Names::default();
    if a.reading.has_hangul() && b.reading.has_hangul() {
        for (x, y) in slots(a, b, mates) {
            of_a.extend(particle((a, x), b.word(y)));
            of_b.extend(particle((b, y), a.word(x)));
        }
    }
    (of_a, of_b)
}

/// The particle of a word, if `other` is the same word with another one.
fn particle((side, token): (&Side<'_>, u32), other: &str) -> Option<Fact> {
    let word = side.word(token);
    let (stem, said) = korean::ONLY.iter().find_map(|said| Some((word.strip_suffix(said)?, said)))?;
    let is_noun = stem.chars().count() >= SYLLABLES && stem.chars().all(char::is_alphabetic);
    let rest = other.strip_prefix(stem).filter(|rest| is_noun && is_korean_particle(rest))?;
    let overlaps = side.facts.iter().any(|fact| fact.kind == ChangeKind::Quantifier && fact.tokens.contains(&token));
    if overlaps || korean::ONLY.contains(&rest) {
        return None;
    }
    let group = (*ONLY)?;
    let end = side.text.span(token as usize).end;
    Some(Fact {
        kind: ChangeKind::Quantifier,
        key: Key::Word(group),
        tag: group.name.into(),
        span: Span::new(end - said.len(), end),
        tokens: token..token + 1,
        weak: false,
        latent: false,
    })
}
