//! Ranks in Korean: 1위 갑, 2위 을; 갑이 1위, 을이 2위.

use super::Pair;
use crate::change::fact::{Fact, Side};
use crate::change::names::is_korean_particle;
use crate::change::tables::korean;

/// What counts a rank, and most of them that are looked at on a side.
const RANK: &str = "위";
const MOST: usize = 8;
/// Longest side that is looked through, in tokens, and longest word that may begin with a name, in bytes.
const LONGEST: usize = 256;
const LONG_WORD: usize = 90;

/// The word that has a rank, and the rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::change) struct Ranked<'t> {
    pub token: u32,
    pub rank: &'t str,
}

/// The words of a side that have a rank each: before it with what tells a subject, or behind it. Cost: linear.
pub(in crate::change) fn ranks<'t>(side: &Side<'t>) -> Vec<Ranked<'t>> {
    if !side.reading.has_hangul() || side.tokens.len() > LONGEST {
        return Vec::new();
    }
    let beside = |before: u32, after: u32| {
        let (before, after) = (side.text.span(before as usize), side.text.span(after as usize));
        side.text.text[before.end..after.start].chars().all(|c| c == ' ')
    };
    let ranked = |at: u32| {
        let (rank, rest) = side.word(at).split_once(RANK)?;
        let is_rank = !rank.is_empty() && rank.bytes().all(|byte| byte.is_ascii_digit());
        if !is_rank || !ends(rest) {
            return None;
        }
        let before = at.checked_sub(1).filter(|before| side.tokens.contains(before) && beside(*before, at));
        let subject =
            before.filter(|before| !rest.starts_with(['는', '은']) && side.word(*before).ends_with(['이', '가']));
        let after = Some(at + 1).filter(|after| side.tokens.contains(after) && beside(at, *after));
        Some(Ranked { token: subject.or(after)?, rank })
    };
    side.tokens.clone().filter_map(ranked).take(MOST).collect()
}

/// Whether what is left of a word may stand behind a name.
fn ends(rest: &str) -> bool {
    is_korean_particle(rest) || korean::COPULA.iter().any(|copula| rest.starts_with(copula))
}

/// What two Korean words begin with, if both are that and a particle or the end of a sentence, and what is left of each.
pub(in crate::change) fn shared_stem<'t>(one: &'t str, other: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    if one.len().max(other.len()) > LONG_WORD {
        return None;
    }
    let lengths = one.char_indices().zip(other.chars()).take_while(|((_, x), y)| x == y);
    let len = lengths.map(|((at, x), _)| at + x.len_utf8()).last()?;
    let (stem, rest, other_rest) = (&one[..len], &one[len..], &other[len..]);
    (ends(rest) && ends(other_rest)).then_some((stem, rest, other_rest))
}

impl Pair<'_> {
    /// Whether two Korean names have each other's rank; none where one has no rank.
    pub(super) fn has_turned_ranks(&self, xa: &Fact, ya: &Fact, xb: &Fact, yb: &Fact) -> Option<bool> {
        let (in_a, in_b) = (ranks(self.a), ranks(self.b));
        let rank = |ranks: &[Ranked<'_>], name: &Fact| {
            ranks.iter().find(|ranked| name.tokens.contains(&ranked.token)).map(|ranked| ranked.rank.to_owned())
        };
        let (xa, ya, xb, yb) = (rank(&in_a, xa)?, rank(&in_a, ya)?, rank(&in_b, xb)?, rank(&in_b, yb)?);
        Some(xa == yb && ya == xb && xa != ya)
    }
}
