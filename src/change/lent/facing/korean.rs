//! Korean names told by what they stand in the place of: bodies by their endings, 총무과, 홍보팀; persons without a title, 김민수가,
//! 박민수가, or of whom only the surname is told, 최 모 씨; foreign persons before one, 다나카 총리, 사토 총리; two countries in a word,
//! 한미, 한일; a word that no list knows in the place of a known name.

use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lent::{fact, is_taken, named};
use crate::change::names::{ends_in_title, is_full_name, is_title, sounds_foreign_in_korean};
use crate::change::tables::{KOREAN_WORDS, korean};
use crate::span::Span;
use crate::text::is_syllable;
use std::ops::Range;

/// Fewest syllables of a Korean body, and of a word before a title that may be a name.
const SYLLABLES: usize = 3;
const FOREIGN: usize = 2;
/// Most words before a title that are one, and most tokens of what the title is of.
const WORDS: usize = 2;
const BETWEEN: u32 = 3;
/// Fewest syllables of a word in the place of a known name that may be one, if it sounds like no foreign one.
const UNKNOWN: usize = 5;
/// Final consonants of a syllable of Hangul, and the numbers of ㄴ and ㄹ among them, in which verbs before a noun end.
const FINALS: u32 = 28;
const N: u32 = 4;
const L: u32 = 8;

/// The one word of a gap without its particle, and that particle.
fn word<'t>(side: &Side<'t>, gap: &Range<u32>) -> Option<(&'t str, &'t str)> {
    let word = (gap.len() == 1).then(|| side.word(gap.start))?;
    let stem = word.strip_suffix(['은', '는', '이', '가', '을', '를', '의', '에', '과', '와', '도']).unwrap_or(word);
    Some((stem, &word[stem.len()..])).filter(|(stem, _)| stem.chars().all(is_syllable))
}

fn korean_name(side: &Side<'_>, gap: Range<u32>, stem: &str) -> Fact {
    let start = side.text.span(gap.start as usize).start;
    fact(gap, Span::new(start, start + stem.len()), vec![stem.to_owned()])
}

/// A Korean body that is one word.
pub(super) fn body(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    // 과 ends a body as well as being a particle.
    let whole = gap.len() == 1 && side.word(gap.start).ends_with('과');
    let (stem, particle) = word(side, &gap).filter(|_| !whole)?;
    let is_body = !particle.is_empty()
        && stem.chars().count() >= SYLLABLES
        && KOREAN_WORDS.ends_in("section", stem)
        && !KOREAN_WORDS.has("common", stem)
        && !KOREAN_WORDS.ends_in("common", stem);
    is_body.then(|| korean_name(side, gap, stem))
}

/// A surname and a given name, of syllables that given names are made of.
pub(super) fn person(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let (stem, _) = word(side, &gap)?;
    let mut syllables = stem.chars().skip(1).map(String::from);
    let is_given = syllables.next().is_some_and(|first| KOREAN_WORDS.has("given", &first))
        && syllables.next().is_some_and(|last| KOREAN_WORDS.has("given-end", &last));
    (is_full_name(stem) && is_given).then(|| korean_name(side, gap, stem))
}

/// A surname before what stands for a given name: 최 모 씨.
pub(super) fn surname(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let (stem, _) = word(side, &gap)?;
    let next = side.tokens.contains(&gap.end).then(|| side.word(gap.end));
    let is_surname = KOREAN_WORDS.has("surname", stem) && stem.chars().count() == 1 && next == Some("모");
    is_surname.then(|| korean_name(side, gap, stem))
}

/// What stands before a title, or before whose title it is, and says nothing about it: 디알로 세네갈 어업장관.
pub(super) fn before_title(side: &Side<'_>, mut gap: Range<u32>) -> Option<Fact> {
    let word = |token: u32| side.word(token);
    let is_known = |token: u32| side.tokens.contains(&token) && is_taken(side, token);
    while gap.len() > 1 && is_known(gap.end - 1) {
        gap.end -= 1;
    }
    let title = (gap.end..gap.end + BETWEEN).find(|&token| !is_known(token)).unwrap_or(gap.end + BETWEEN);
    let ends = |token: u32| is_title(word(token)) || ends_in_title(word(token));
    let is_before = gap.len() <= WORDS && side.tokens.contains(&title) && ends(title);
    let is_name = |word: &str| {
        let ends = word.ends_with(['은', '는', '의', '한', '된', '던', '할', '인', '적', '등', '과', '와', '을', '를']);
        // 물러난 장관 is no minister of that name.
        let tells =
            word.chars().next_back().is_some_and(|last| has_final(last, &[N, L])) && !sounds_foreign_in_korean(word);
        word.chars().count() >= FOREIGN
            && word.chars().all(is_syllable)
            && !ends
            && !tells
            && !KOREAN_WORDS.has("common", word)
            && !korean::BEFORE_TITLE.contains(&word)
    };
    (is_before && gap.clone().all(|token| is_name(word(token)))).then(|| named(side, gap))
}

/// A known name, or a long word that may be one: of two in each other's place one has to be known.
pub(super) fn stranger(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let (stem, particle) = word(side, &gap)?;
    if is_taken(side, gap.start) {
        let known = side.facts.iter().find(|fact| fact.tokens == gap && fact.kind == ChangeKind::Name);
        return known.cloned();
    }
    let may_be = stem.chars().count() >= UNKNOWN || stem.chars().count() >= SYLLABLES && sounds_foreign_in_korean(stem);
    let is_plain = (!particle.is_empty() || stem.chars().count() >= UNKNOWN)
        && !KOREAN_WORDS.has("common", stem)
        && !is_title(stem);
    (may_be && is_plain).then(|| korean_name(side, gap, stem))
}

/// Whether a syllable of Hangul ends in one of some consonants, by their number.
fn has_final(syllable: char, finals: &[u32]) -> bool {
    (syllable as u32).checked_sub('가' as u32).is_some_and(|at| finals.contains(&(at % FINALS)))
}

/// Two countries or three, each by a syllable: 한미, 한중일.
pub(super) fn nations(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let (stem, _) = word(side, &gap)?;
    korean::NATIONS.contains(&stem).then(|| korean_name(side, gap, stem))
}
