//! Negation inside words: un-, in-, non-, -less; 불, 비, 무, 미. A prefix is one only where the other side has the bare word,
//! so that "united" and "important" are never mistaken. The prefixes, and the words whose denial has another stem, are in
//! `opposite.txt`.

use super::fact::Side;
use super::names::ends_in_title;
use super::tables::{KOREAN_PREFIXES, OPPOSITES, PREFIXES};
use super::unit::Mates;
use crate::text::is_syllable;
use crate::which::Which;

/// Two words of which one denies the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Denied {
    /// Token of A and of B.
    pub a: u32,
    pub b: u32,
    /// The side whose word denies, and not the other's.
    pub by: Which,
}

impl Denied {
    /// The word that denies, the first of two, and the other one, each with its side.
    fn first<'s>(&self, a: &'s Side<'s>, b: &'s Side<'s>) -> ((&'s Side<'s>, u32), (&'s Side<'s>, u32)) {
        self.by.first((a, self.a), (b, self.b))
    }

    /// 무주택자 on both sides denies no 주택 that one of them has besides.
    fn is_there(&self, a: &Side<'_>, b: &Side<'_>) -> bool {
        let ((side, token), (other, _)) = self.first(a, b);
        let word = side.folded(token);
        let stem: String = word.chars().take(SHARED).collect();
        let hangul = word.starts_with(is_syllable) && word.chars().count() >= SHARED;
        let mut tokens = other.tokens.clone().take(LONGEST);
        hangul && tokens.any(|token| other.word(token).starts_with(&stem))
    }

    /// 부총리 is another office than 총리, and denies none.
    fn is_office(&self, a: &Side<'_>, b: &Side<'_>) -> bool {
        let ((side, token), _) = self.first(a, b);
        ends_in_title(side.word(token))
    }

    /// 관중 and 무관중 on both sides, in another order: each is still there.
    fn is_crossed_by(&self, other: &Self, a: &Side<'_>, b: &Side<'_>) -> bool {
        let ((side, own, its), _) = self.by.first((a, self.a, other.a), (b, self.b, other.b));
        // Where each stands behind the same word as the other did, both have changed.
        let before = |side: &Side<'_>, token: u32| side.before(token).map(|before| side.text.tokens[before as usize]);
        let stays = |it: &Self| before(a, it.a).is_some_and(|word| before(b, it.b) == Some(word));
        other.by != self.by && denies(&side.folded(own), &side.folded(its)) && !(stays(self) && stays(other))
    }
}

/// Unmatched words of both sides of which one denies the other. Cost: linear; a word looks at the gap it stands in.
pub(super) fn denied(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Vec<Denied> {
    let mut found = facing(a, b, mates);
    found.retain(|one| !one.is_there(a, b) && !one.is_office(a, b));
    let all = found.clone();
    found.retain(|one| !all.iter().any(|other| one.is_crossed_by(other, a, b)));
    found
}

/// Such words, each with the first of the other side near its place.
fn facing(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Vec<Denied> {
    let mut found: Vec<Denied> = Vec::new();
    let denying = |side: &Side<'_>, token: u32| may_deny_as_written(side.word(token));
    // Mostly no word may.
    if !mates.free_of_a(&a.tokens).flatten().any(|token| denying(a, token))
        && !mates.free_of_b(&b.tokens).flatten().any(|token| denying(b, token))
    {
        return found;
    }
    let free_b: Vec<u32> = mates.free_of_b(&b.tokens).flatten().collect();
    let free_a = mates.free_of_a(&a.tokens).flatten();
    let denying_b: Vec<bool> = free_b.iter().map(|&token| denying(b, token)).collect();
    let any_b = denying_b.contains(&true);
    for token in free_a {
        if found.len() == MOST {
            break;
        }
        let denying_a = denying(a, token);
        if !denying_a && !any_b {
            continue;
        }
        let gap = mates.place_of_a(token);
        let here = free_b.partition_point(|&other| other < gap);
        let window = here.saturating_sub(WINDOW)..(here + WINDOW).min(free_b.len());
        let mut word_a = None;
        let met = window.filter(|&at| denying_a || denying_b[at]).find_map(|at| {
            let used = found.iter().any(|denied| denied.b == free_b[at]);
            let (word_a, word_b) = (&*word_a.get_or_insert_with(|| a.folded(token)), b.folded(free_b[at]));
            let (by_a, by_b) = (denies(word_a, &word_b), denies(&word_b, word_a));
            let by = if by_a { Which::A } else { Which::B };
            (!used && (by_a || by_b)).then_some(Denied { a: token, b: free_b[at], by })
        });
        found.extend(met);
    }
    found
}

/// Most denied words of a unit.
const MOST: usize = 32;
/// Unmatched words of the other side looked at, before and after the place of a word.
const WINDOW: usize = 12;

/// Syllables by which a Korean word is known in another form, and tokens among which it is looked for.
const SHARED: usize = 3;
const LONGEST: usize = 256;

/// Whether a word may deny another one, as its letters go: most are passed over at once.
fn may_deny(word: &str) -> bool {
    let latin = word.starts_with(['u', 'i', 'n', 'd']) || word.ends_with("less");
    latin || !word.starts_with(|c: char| c.is_ascii())
}

/// The same of a word that is not folded yet. One in Latin letters has a prefix of two and a stem of four, or is listed: unfit.
fn may_deny_as_written(word: &str) -> bool {
    let first = |byte: &u8| matches!(byte.to_ascii_lowercase(), b'u' | b'i' | b'n' | b'd');
    let less = || word.as_bytes()[word.len() - 4..].eq_ignore_ascii_case(b"less");
    !word.is_ascii() || word.len() >= 5 && (word.as_bytes().first().is_some_and(first) || less())
}

/// Whether `word` is `bare` with a prefix that denies, or its listed opposite.
pub(super) fn denies(word: &str, bare: &str) -> bool {
    if !may_deny(word) {
        return false;
    }
    let opposite = OPPOSITES.iter().any(|(of, denial)| bare == *of && word == *denial);
    if opposite || bare.len() < 4 && !bare.starts_with(|c: char| c >= '\u{AC00}') {
        return opposite;
    }
    if bare.starts_with(is_syllable) {
        return hangul(word, bare);
    }
    PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| same_stem(rest, bare)))
}

/// One word up to its ending.
fn same_stem(x: &str, y: &str) -> bool {
    let shared = x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count();
    let ending = |word: &str| ENDINGS.contains(&&word[shared..]);
    x == y || (shared >= 4 && x.is_char_boundary(shared) && y.is_char_boundary(shared) && ending(x) && ending(y))
}

/// English endings that do not make another word.
const ENDINGS: [&str; 14] = ["", "s", "es", "ed", "d", "ing", "e", "ly", "y", "ies", "ied", "n", "en", "ally"];

/// The same in Korean, where endings differ more.
fn hangul(word: &str, bare: &str) -> bool {
    let stem: String = bare.chars().take(2).collect();
    let prefixed = KOREAN_PREFIXES.iter().any(|prefix| {
        word.strip_prefix(prefix).is_some_and(|rest| bare.chars().count() >= 2 && rest.starts_with(&stem))
    });
    let opposite = |(of, denial): &(&str, &str)| bare.starts_with(of) && word.starts_with(denial);
    prefixed || OPPOSITES.iter().any(opposite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_denies_is_not_passed_over() {
        assert!(PREFIXES.iter().chain(KOREAN_PREFIXES).all(|prefix| may_deny(prefix)));
        assert!(OPPOSITES.iter().all(|(_, denial)| may_deny(denial) && may_deny_as_written(denial)));
        assert!(PREFIXES.iter().all(|prefix| may_deny_as_written(&format!("{}able", prefix.to_uppercase()))));
    }

    #[test]
    fn a_prefix_denies_the_bare_word_alone() {
        for (word, bare) in [
            ("unlawful", "lawful"),
            ("insufficient", "sufficient"),
            ("irregular", "regular"),
            ("nonbinding", "binding"),
            ("unchanged", "changed"),
            ("unless", "if"),
            ("무해하다고", "유해하다고"),
            ("불충분하다고", "충분하다고"),
            ("비공개", "공개"),
            ("부당하다고", "정당하다고"),
        ] {
            assert!(denies(word, bare) && !denies(bare, word), "{word} {bare}");
        }
        for (word, bare) in [("inform", "form"), ("important", "portal"), ("부산", "산"), ("island", "land")] {
            assert_eq!(denies(word, bare), word == "inform", "{word} {bare}");
        }
    }
}
