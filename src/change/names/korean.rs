//! Names in Korean: listed, ending as organisations do, or standing before a title.

use super::Name;
use super::listed::{folded, key};
use crate::change::lexicon::hashed;
use crate::change::tables::{JOSA, KOREAN_SHORT, KOREAN_TITLES, KOREAN_WORDS, NATIONS, WIDE_NAMES, korean};
use crate::span::Span;
use crate::text::{Tokenised, is_han, is_syllable};
use std::ops::Range;

/// Whether a Korean word is listed as no name, or ends as one that is.
pub(in crate::change) fn is_common(word: &str) -> bool {
    KOREAN_WORDS.has("common", word) || KOREAN_WORDS.ends_in("common", word)
}

/// Whether a Korean word is itself listed as no name.
pub(in crate::change) fn is_listed_common(word: &str) -> bool {
    KOREAN_WORDS.has("common", word)
}

/// Whether a word is a title or a thing: a mayor or a market, a minister or a corporation.
fn is_ambiguous(title: &str) -> bool {
    matches!(title, "시장" | "공사" | "공사장")
}

/// Whether a Korean word is a title of two syllables and more, with a particle or without.
pub(in crate::change) fn is_title(word: &str) -> bool {
    word.len() <= LONGEST
        && stems(word)
            .any(|(_, stem)| stem.chars().count() >= 2 && KOREAN_TITLES.has(hashed(stem)) && !is_ambiguous(stem))
}

/// Whether a Korean word is written with syllables that foreign words have: at least half of them.
pub(in crate::change) fn sounds_foreign(word: &str) -> bool {
    let count = word.chars().count();
    let foreign = |c: &char| KOREAN_WORDS.has("foreign", c.encode_utf8(&mut [0; 4]));
    count >= 2 && 2 * word.chars().filter(foreign).count() >= count && !KOREAN_WORDS.has("common", word)
}

/// Whether a Korean word ends in a title of two syllables and more, with what the office is of: 금융통화위원, 노조위원장.
pub(in crate::change) fn ends_in_title(word: &str) -> bool {
    if word.len() > LONGEST || !word.ends_with(is_syllable) {
        return false;
    }
    stems(word).any(|(_, stem)| has_title_end(stem))
}

/// Whether a word without a particle is a title with what the office is of before it.
fn has_title_end(stem: &str) -> bool {
    if is_ambiguous(stem) {
        return false;
    }
    let starts = stem.char_indices().map(|(at, _)| at).skip(1).filter(|&at| stem[at..].chars().count() >= 2);
    starts.into_iter().any(|at| KOREAN_TITLES.has(hashed(&stem[at..])) && !is_ambiguous(&stem[at..]))
}

/// Longest word looked at, in bytes.
const LONGEST: usize = 90;

/// The name in the word at token `at`.
pub(super) fn name(text: &Tokenised<'_>, at: u32, within: Range<u32>) -> Option<Name> {
    let word = text.span(at as usize).of(text.text);
    if word.len() > LONGEST {
        return None;
    }
    listed(text, at, &within)
        .or_else(|| town(text, at, &within))
        .or_else(|| person(text, at, &within))
        .or_else(|| introduced(text, at, &within))
        .or_else(|| appointed(text, at, &within))
        .or_else(|| organisation(text, at, word))
}

fn make(text: &Tokenised<'_>, tokens: Range<u32>, len: usize, key: String) -> Name {
    let start = text.span(tokens.start as usize).start;
    let last = text.span(tokens.end as usize - 1).start;
    let span = Span::new(start, last + len);
    Name { span, bare: span, tokens, words: vec![key] }
}

/// A listed name: the longest that the word begins with, if what follows may follow a name; or two words together.
fn listed(text: &Tokenised<'_>, at: u32, within: &Range<u32>) -> Option<Name> {
    let listed = &WIDE_NAMES;
    let word = text.span(at as usize).of(text.text);
    if at + 1 < within.end {
        let next = text.span(at as usize + 1).of(text.text);
        for (end, stem) in stems(next) {
            if let Some(number) = listed.number(&format!("{} {}", folded(word), folded(stem))) {
                return Some(make(text, at..at + 2, end, key(number)));
            }
        }
    }
    // 미 국방부, 영 의회.
    if let Some(nation) = nation(word).filter(|_| at + 1 < within.end) {
        let next = text.span(at as usize + 1).of(text.text);
        let number = listed.number(nation).filter(|_| korean::OF_NATION.iter().any(|of| next.starts_with(of)));
        if let Some(number) = number {
            return Some(make(text, at..at + 1, word.len(), key(number)));
        }
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(listed.longest_characters);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    for end in ends {
        let (stem, rest) = word.split_at(end);
        let Some(number) = listed.number(&folded(stem)) else { continue };
        if stem.chars().count() == 1 && !matches!(rest, "에서" | "에" | "으로" | "과" | "에서는" | "에는") {
            continue;
        }
        let long = stem.chars().count() >= 3;
        if is_particle(rest)
            || korean::AFTER_COUNTRY.iter().any(|ending| rest.starts_with(ending))
            || (long && !rest.is_empty())
        {
            return Some(make(text, at..at + 1, end, key(number)));
        }
    }
    None
}

/// A country by its one syllable or character.
fn nation(word: &str) -> Option<&'static str> {
    NATIONS.iter().find(|(short, _)| *short == word).map(|(_, nations)| nations[0])
}

/// A country by one character of Han in a Korean text: 美 국방부.
pub(super) fn nation_in_han(text: &Tokenised<'_>, at: u32) -> Option<Name> {
    let span = text.span(at as usize);
    let nation = nation(span.of(text.text))?;
    let (before, after) = (&text.text[..span.start], &text.text[span.end..]);
    let alone = !before.ends_with(is_han) && after.trim_start_matches(' ').starts_with(is_syllable);
    let number = WIDE_NAMES.number(nation).filter(|_| alone)?;
    Some(make(text, at..at + 1, span.of(text.text).len(), key(number)))
}

/// A town behind its province whose name is a word too: 전남 강진에서.
fn town(text: &Tokenised<'_>, at: u32, within: &Range<u32>) -> Option<Name> {
    let before = at.checked_sub(1).filter(|before| within.contains(before))?;
    let province = text.span(before as usize).of(text.text);
    let word = text.span(at as usize).of(text.text);
    let is_town = |stem: &str| KOREAN_WORDS.has("town", stem);
    let (end, stem) = stems(word).find(|(_, stem)| is_town(stem)).filter(|_| KOREAN_WORDS.has("province", province))?;
    Some(make(text, at..at + 1, end, folded(stem)))
}

/// A surname and a given name, two to four syllables, before a title.
fn person(text: &Tokenised<'_>, at: u32, within: &Range<u32>) -> Option<Name> {
    let word = text.span(at as usize).of(text.text);
    let after = |steps: u32| (at + steps < within.end).then(|| text.span((at + steps) as usize).of(text.text));
    // 강 모 씨, 강모 씨: whoever it is.
    let is_one = word.chars().count() == 1;
    if is_one && KOREAN_WORDS.has("surname", word) && after(1) == Some("모") && after(2).is_some_and(is_courtesy) {
        return Some(make(text, at..at + 2, "모".len(), format!("{word}모")));
    }
    if !may_be_person(word) {
        return None;
    }
    // Former and acting: 윤 전 회장.
    let former = after(1).is_some_and(|next| matches!(next, "전" | "현" | "前" | "現" | "신임"));
    let steps = steps_to_title(word, former, after)?;
    // The particle that tells its role stands after the title.
    let titled = text.span((at + steps) as usize);
    let written = titled.of(text.text);
    let is_title =
        |stem: &str| KOREAN_TITLES.has(hashed(stem)) || (former || is_full_name(word)) && has_title_end(stem);
    let (stem, _) = stems(written).find(|(_, stem)| is_title(stem))?;
    let name = make(text, at..at + 1, word.len(), folded(word));
    Some(Name { span: Span::new(name.span.start, titled.start + stem), ..name })
}

/// Whether a word begins with a surname and is no other word.
fn may_be_person(word: &str) -> bool {
    let count = word.chars().count();
    // 선박은 is no Mr Seon, but a ship with a particle.
    let bare = word.strip_suffix(['은', '는', '이', '가', '을', '를', '의']);
    let is_common = |word: &str| KOREAN_WORDS.has("common", word) || KOREAN_TITLES.has(hashed(word));
    // 모르는 선수 is no player of that name.
    let is_verb = count >= 3 && word.ends_with(['는', '던', '된', '할']);
    // A former head, not Mr Jeon.
    let is_former = matches!(word, "전" | "현");
    if !(1..=4).contains(&count) || is_verb || is_former || is_common(word) || bare.is_some_and(is_common) {
        return false;
    }
    let starts_with_surname = |count: usize| {
        let surname: String = word.chars().take(count).collect();
        KOREAN_WORDS.has("surname", &surname)
    };
    count >= 3 && starts_with_surname(2) || count < 4 && starts_with_surname(1)
}

/// How many words behind the name of a person the title stands; `after` tells the word so many behind.
fn steps_to_title<'t>(word: &str, former: bool, after: impl Fn(u32) -> Option<&'t str>) -> Option<u32> {
    let title =
        |steps: u32| after(steps).is_some_and(|next| stems(next).any(|(_, stem)| KOREAN_TITLES.has(hashed(stem))));
    // Of an office with what it is of, the end is known: 전 물류기획과장.
    let held = |steps: u32| title(steps) || after(steps).is_some_and(ends_in_title);
    // The office may stand between: 외교부 장관.
    let is_office = |next: &str| ends_in_office(next) || WIDE_NAMES.number(&folded(next)).is_some();
    if title(1) || is_full_name(word) && held(1) {
        Some(1)
    } else if former && held(2) {
        Some(2)
    } else if former && is_full_name(word) && title(3) {
        Some(3)
    } else if word.chars().count() == 3 && after(1).is_some_and(is_office) {
        (2..=3).find(|&steps| title(steps))
    } else {
        None
    }
}

/// Whether a word begins as what stands behind the name of someone who is not to be known.
fn is_courtesy(word: &str) -> bool {
    word.starts_with(['씨', '군', '양'])
}

/// A surname and a given name behind a title, with a particle: 수비수 정시온과, 비서실장 최도윤에게.
fn introduced(text: &Tokenised<'_>, at: u32, within: &Range<u32>) -> Option<Name> {
    let word = text.span(at as usize).of(text.text);
    let before = at.checked_sub(1).filter(|before| within.contains(before))?;
    let (before, here) = (text.span(before as usize), text.span(at as usize));
    let title = before.of(text.text);
    let joined = text.text.get(before.end..here.start) == Some(" ");
    let is_bare_title = title.chars().count() >= 2
        && !is_ambiguous(title)
        && title.len() <= LONGEST
        && (KOREAN_TITLES.has(hashed(title)) || title.ends_with(is_syllable) && has_title_end(title));
    if !joined || !is_bare_title {
        return None;
    }
    let (end, stem) = stems(word).find(|(end, stem)| *end < word.len() && is_full_name(stem))?;
    Some(make(text, at..at + 1, end, folded(stem)))
}

/// Whether a word of three syllables may be a surname and a given name: it does not begin or end as words do that are none.
pub(in crate::change) fn is_full_name(word: &str) -> bool {
    let parts = || {
        let mut ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
        let (_, first, second, third) = (ends.next()?, ends.next()?, ends.next()?, ends.next()?);
        (ends.next().is_none() && third == word.len()).then(|| (&word[..first], &word[..second], &word[first..]))
    };
    let common = |part: &str| KOREAN_WORDS.has("common", part) || KOREAN_TITLES.has(hashed(part));
    let is_verb = word.ends_with(['되', '한', '된', '할', '될', '했', '됐', '있', '없']);
    parts().is_some_and(|(surname, start, given)| {
        KOREAN_WORDS.has("surname", surname)
            && word.chars().all(is_syllable)
            && !is_verb
            && !common(word)
            && !common(start)
            && !common(given)
    })
}

/// Someone who is given an office, which stands before the name: 새 감독으로 박세준을 선임했다.
fn appointed(text: &Tokenised<'_>, at: u32, within: &Range<u32>) -> Option<Name> {
    let word = |token: u32| within.contains(&token).then(|| text.span(token as usize).of(text.text));
    let name = word(at)?.strip_suffix(['을', '를'])?;
    let surname = name.chars().next()?.to_string();
    let verb = word(at + 1)?;
    let office = word(at.checked_sub(1)?)?;
    let office = office.strip_suffix("으로").or_else(|| office.strip_suffix(['로', '에']))?;
    let is_name =
        name.chars().count() == 3 && KOREAN_WORDS.has("surname", &surname) && !KOREAN_WORDS.has("common", name);
    let is_given = korean::APPOINTING.iter().any(|given| verb.starts_with(given)) && KOREAN_TITLES.has(hashed(office));
    (is_name && is_given).then(|| make(text, at..at + 1, name.len(), folded(name)))
}

/// A word such as 외교부 or 중앙지법 that names where the office is.
fn ends_in_office(stem: &str) -> bool {
    matches!(stem, "육군" | "해군" | "공군")
        || stem.chars().count() >= 3 && stem.ends_with(['부', '처', '청', '원', '시', '도', '군', '구', '당', '사'])
}

/// A word that ends as organisations do and is longer than the ending.
fn organisation(text: &Tokenised<'_>, at: u32, word: &str) -> Option<Name> {
    for (end, stem) in stems(word) {
        let count = stem.chars().count();
        if count < 3 || KOREAN_WORDS.has("common", stem) {
            continue;
        }
        let is_office = stem.ends_with('부') && count >= 4 || stem.ends_with('처') && count >= 5;
        if KOREAN_WORDS.ends_in("organisation", stem) || is_office {
            return Some(make(text, at..at + 1, end, in_full(&folded(stem))));
        }
    }
    None
}

/// The name of a court or a prosecution in full: 서울고법, 서울고등법원.
fn in_full(name: &str) -> String {
    let full = KOREAN_SHORT.iter().find_map(|(short, full)| Some(format!("{}{}", name.strip_suffix(short)?, full[0])));
    full.unwrap_or_else(|| name.to_owned())
}

/// The ways to cut a word into a stem and a particle: where the stem ends, and the stem; the longest stem first.
fn stems(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev().take(5);
    ends.map(move |end| (end, &word[..end])).filter(move |&(end, _)| is_particle(&word[end..]))
}

/// Whether what is left of a word behind a name may follow it there: a particle, or nothing.
pub(crate) fn is_particle(rest: &str) -> bool {
    rest.is_empty() || JOSA.iter().any(|josa| josa.written == rest)
}
