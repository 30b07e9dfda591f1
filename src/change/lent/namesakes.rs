//! Korean names told by their likeness to what stands in their place on the other side, the only words so alike that the other
//! side has not: places with one ending, 백년관, 송현관; foreign names, 슈테른베르크, 슈타인베르크; what stands before one office,
//! 오르비아 대사, 벨리노 대사.

use super::{LONGEST, MOST, Names, fact, is_taken};
use crate::change::fact::{Fact, Side};
use crate::change::harmless::is_spelling;
use crate::change::kind::ChangeKind;
use crate::change::names::{
    is_common, is_full_name, is_korean_particle, is_listed_common, is_title, sounds_foreign_in_korean,
};
use crate::change::pattern::letters;
use crate::change::tables::{JOSA, KOREAN_WORDS};
use crate::span::Span;
use crate::text::is_syllable;

/// Fewest syllables of a word that may be a place, its ending included, and of a foreign name that its sound alone tells.
const PLACE: usize = 3;
const FOREIGN: usize = 5;
/// Longest word that may be a name, in bytes, and most syllables of a particle.
const LONG_WORD: usize = 90;
const PARTICLE: usize = 4;

/// A token, and the word there or what it begins with.
type Word<'t> = (u32, &'t str);

/// Names to add to A and to B. Cost: linear but for the few words that may be names.
pub(super) fn namesakes(a: &Side<'_>, b: &Side<'_>) -> Names {
    let long = a.tokens.len().max(b.tokens.len()) > LONGEST;
    if long || !a.reading.has_hangul() || !b.reading.has_hangul() {
        return Names::default();
    }
    let mut found = places(a, b);
    if let Some((x, y)) = alike(a, b) {
        found.0.push(named(a, x));
        found.1.push(named(b, y));
    }
    found
}

fn named(side: &Side<'_>, (token, stem): Word<'_>) -> Fact {
    let start = side.text.span(token as usize).start;
    fact(token..token + 1, Span::new(start, start + stem.len()), vec![stem.to_owned()])
}

/// A word that ends as names of places do.
struct Place<'t> {
    token: u32,
    stem: &'t str,
    ending: &'t str,
}

/// Places in each other's place: the only ones with an ending.
fn places(a: &Side<'_>, b: &Side<'_>) -> Names {
    let (of_a, of_b): (Vec<Place<'_>>, Vec<Place<'_>>) =
        (words(a).filter_map(place).collect(), words(b).filter_map(place).collect());
    let mut found = Names::default();
    for x in own(&of_a, &of_b) {
        let mut alone = own(&of_a, &of_b).filter(|one| one.ending == x.ending);
        let mut met = own(&of_b, &of_a).filter(|one| one.ending == x.ending);
        if let ((Some(_), None), (Some(y), None)) = ((alone.next(), alone.next()), (met.next(), met.next()))
            && let (Some(name), Some(other)) = (free(a, x), free(b, y))
        {
            found.0.extend(name);
            found.1.extend(other);
        }
    }
    found
}

/// The places that the other side has not.
fn own<'p, 't>(places: &'p [Place<'t>], others: &'p [Place<'t>]) -> impl Iterator<Item = &'p Place<'t>> {
    places.iter().filter(|place| !others.iter().any(|other| other.stem == place.stem))
}

/// The name of a place; nothing to add where it is one already, as 청주공항 is the airport of a place that is listed. None where
/// it is something else.
fn free(side: &Side<'_>, place: &Place<'_>) -> Option<Option<Fact>> {
    let name = named(side, (place.token, place.stem));
    let known = side.facts.iter().any(|fact| fact.kind == ChangeKind::Name && fact.tokens == name.tokens);
    (known || !is_taken(side, place.token)).then_some((!known).then_some(name))
}

/// The place that a word names, if a particle follows it or nothing.
fn place<'t>((token, word): Word<'t>) -> Option<Place<'t>> {
    if word.len() > LONG_WORD {
        return None;
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev().take(PARTICLE + 1);
    let stems = ends.filter(|&end| is_korean_particle(&word[end..])).map(|end| &word[..end]);
    stems.filter(|stem| stem.chars().count() >= PLACE).find_map(|stem| {
        let mut starts = stem.char_indices().map(|(at, _)| at).skip(1);
        let ending = starts.find(|&at| KOREAN_WORDS.has("site", &stem[at..])).map(|at| &stem[at..])?;
        // 활동 is a word, and so is 단체활동; 청운동 is three syllables, and what ends in 공항 is common only as it stands.
        let is_short = ending.chars().count() == 1 && (ending != "동" || stem.chars().count() > PLACE);
        let is_word = if is_short { is_common(stem) } else { is_listed_common(stem) };
        (!is_word).then_some(Place { token, stem, ending })
    })
}

/// The only two words of which each may be a name and stand for the other.
fn alike<'t>(a: &Side<'t>, b: &Side<'t>) -> Option<(Word<'t>, Word<'t>)> {
    let (of_a, of_b) = (candidates(a, b), candidates(b, a));
    let pairs = of_a.iter().flat_map(|x| of_b.iter().map(move |y| (*x, *y)));
    let mut met = pairs.filter(|(x, y)| is_namesake(x.1, y.1) || are_titled_alike((a, *x), (b, *y)));
    met.next().filter(|_| met.next().is_none()).or_else(|| persons(a, b))
}

/// Two persons of whom nothing tells but that their names differ by one letter in the same place: 구본재, 구본제.
fn persons<'t>(a: &Side<'t>, b: &Side<'t>) -> Option<(Word<'t>, Word<'t>)> {
    let there = |side: &Side<'t>| side.text.span_of(&side.tokens).of(side.text.text);
    let of = |side: &Side<'t>, other: &Side<'t>| -> Vec<Word<'t>> {
        let stems = words(side).filter(|(_, word)| word.len() <= LONG_WORD).map(|(token, word)| (token, bare(word)));
        let is_new =
            |&(token, stem): &Word<'t>| is_full_name(stem) && !is_taken(side, token) && !there(other).contains(stem);
        stems.filter(is_new).take(MOST).collect()
    };
    let (of_a, of_b) = (of(a, b), of(b, a));
    let before = |side: &Side<'t>, token: u32| side.before(token).map(|before| side.text.tokens[before as usize]);
    let pairs = of_a.iter().flat_map(|x| of_b.iter().map(move |y| (*x, *y)));
    let mut met = pairs
        .filter(|(x, y)| is_one_letter_apart(x.1, y.1) && before(a, x.0) == before(b, y.0) && before(a, x.0).is_some());
    met.next().filter(|_| met.next().is_none())
}

/// Whether two names differ in one letter of a syllable that is not the first.
fn is_one_letter_apart(x: &str, y: &str) -> bool {
    let letters = |word: &str| {
        let mut out = String::new();
        word.chars().skip(1).for_each(|c| letters(c, &mut out));
        out
    };
    let (one, two) = (letters(x), letters(y));
    let same_surname = x.chars().next() == y.chars().next();
    let differing = one.chars().zip(two.chars()).filter(|(x, y)| x != y).count();
    same_surname && one.chars().count() == two.chars().count() && differing == 1
}

/// The words of a side that may be names by their syllables, without particles, where the other side has no word that begins so.
fn candidates<'t>(side: &Side<'t>, other: &Side<'_>) -> Vec<Word<'t>> {
    let there = other.text.span_of(&other.tokens).of(other.text.text);
    let may_be = |&(token, stem): &Word<'t>| {
        let is_foreign = || sounds_foreign_in_korean(stem) && !is_common(stem);
        (is_foreign() || precedes_title(side, token)) && !there.contains(stem) && !is_taken(side, token)
    };
    let stems = words(side).filter(|(_, word)| word.len() <= LONG_WORD).map(|(token, word)| (token, bare(word)));
    stems.filter(may_be).take(MOST).collect()
}

/// A word without the particle that tells its role.
fn bare(word: &str) -> &str {
    let particles = JOSA.iter().filter(|josa| josa.role != "other");
    particles.filter_map(|josa| word.strip_suffix(josa.written)).min_by_key(|bare| bare.len()).unwrap_or(word)
}

/// Whether two foreign names share their first syllable and half of all.
fn is_namesake(x: &str, y: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    let shorter = one.len().min(two.len());
    if shorter < FOREIGN || !sounds_foreign_in_korean(x) || !sounds_foreign_in_korean(y) {
        return false;
    }
    let before = one.iter().zip(&two).take_while(|(x, y)| x == y).count();
    let after = one.iter().rev().zip(two.iter().rev()).take(shorter - before).take_while(|(x, y)| x == y).count();
    before > 0 && 2 * (before + after) >= shorter && !is_spelled_alike(x, y)
}

/// Whether the same office follows two words without particles, of which one sounds foreign: 오르비아 대사는, 벨리노 대사는.
fn are_titled_alike((a, x): (&Side<'_>, Word<'_>), (b, y): (&Side<'_>, Word<'_>)) -> bool {
    let next = |side: &Side<'_>, token: u32| side.text.tokens[token as usize + 1];
    let both = precedes_title(a, x.0) && precedes_title(b, y.0) && next(a, x.0) == next(b, y.0);
    both && [x.1, y.1].iter().all(|word| word.chars().count() >= PLACE && !leads_on(word))
        && (sounds_foreign_in_korean(x.1) || sounds_foreign_in_korean(y.1))
        && !is_spelled_alike(x.1, y.1)
}

/// Whether a word ends as verbs do before a noun or a clause: 물러난, 밝혔다고.
fn leads_on(word: &str) -> bool {
    let last = word.chars().next_back().unwrap_or(' ');
    let final_consonant = (last as u32).checked_sub(0xAC00).filter(|_| is_syllable(last)).map(|index| index % 28);
    matches!(last, '고' | '며' | '서') || matches!(final_consonant, Some(4 | 8))
}

/// Whether an office follows a word.
fn precedes_title(side: &Side<'_>, token: u32) -> bool {
    let next = token + 1;
    if !side.tokens.contains(&next) {
        return false;
    }
    let (here, next) = (side.text.span(token as usize), side.text.span(next as usize));
    side.text.text.get(here.end..next.start) == Some(" ") && is_title(next.of(side.text.text))
}

/// Whether two words are spellings of one: 렌트카, 렌터카.
fn is_spelled_alike(x: &str, y: &str) -> bool {
    let normal = |word: &str| {
        let mut out = String::new();
        word.chars().for_each(|c| letters(c, &mut out));
        out
    };
    is_spelling(&normal(x), &normal(y))
}

/// Tokens and words of a side.
fn words<'t>(side: &Side<'t>) -> impl Iterator<Item = Word<'t>> {
    let text = side.text;
    side.tokens.clone().map(|token| (token, text.span(token as usize).of(text.text)))
}
