//! Korean names that both sides show: parties that have each other's role, and a place in another's place.

use super::{LONGEST, MOST, SYLLABLES, fact, is_taken};
use crate::change::fact::{Fact, Key, Side};
use crate::change::harmless::is_spelling;
use crate::change::kind::ChangeKind;
use crate::change::names::{
    is_common, is_full_name, is_korean_particle, is_listed_common, is_title, sounds_foreign_in_korean,
};
use crate::change::pattern::letters;
use crate::span::Span;

/// Fewest syllables of a word that may be a place, its ending included.
const PLACE: usize = 3;
/// Longest word that may be one, in bytes.
const LONG_WORD: usize = 90;

/// Names to add to A and to B.
type Names = (Vec<Fact>, Vec<Fact>);

/// A Korean word before a particle that tells its role.
#[derive(Debug, Clone, Copy)]
struct Party<'t> {
    token: u32,
    stem: &'t str,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// What is spoken of, which mostly does it.
    Topic,
    /// Who does it.
    Subject,
    /// To whom it is done.
    Object,
    /// To whom it is given or said.
    Recipient,
    /// Whose it is.
    Owner,
}

/// Verbs with which a particle that tells to whom something is done says something else.
const AFTER_TO: [&str; 7] = ["의해", "의한", "따라", "따르", "대해", "대한", "관한"];

fn parties<'t>(side: &Side<'t>) -> Vec<Party<'t>> {
    if !side.reading.has_hangul() {
        return Vec::new();
    }
    let leads_on = |token: u32| {
        let next = side.tokens.contains(&token).then(|| side.text.span(token as usize).of(side.text.text));
        next.is_some_and(|next| AFTER_TO.iter().any(|verb| next.starts_with(verb)))
    };
    let party = |token: u32| {
        let word = side.text.span(token as usize).of(side.text.text);
        let last = word.chars().next_back()?;
        let (role, len) = match last {
            '은' | '는' => (Role::Topic, last.len_utf8()),
            '이' | '가' => (Role::Subject, last.len_utf8()),
            '을' | '를' => (Role::Object, last.len_utf8()),
            '의' => (Role::Owner, last.len_utf8()),
            // 대통령에 의해: by whom, not to whom.
            '에' if !leads_on(token + 1) => (Role::Recipient, last.len_utf8()),
            '게' if word.ends_with("에게") => (Role::Recipient, "에게".len()),
            _ => return None,
        };
        let stem = &word[..word.len() - len];
        (stem.chars().count() >= SYLLABLES).then_some(Party { token, stem, role })
    };
    let is_word = |party: &Party<'_>| {
        let meets = |fact: &&Fact| fact.tokens.contains(&party.token);
        side.facts.iter().filter(meets).all(|fact| fact.kind == ChangeKind::Name && fact.tokens.len() == 1)
    };
    side.tokens.clone().filter_map(party).take(MOST).filter(is_word).collect()
}

/// The same party on both sides.
type Met<'t> = (Party<'t>, Party<'t>);

/// Two words of A that have each other's role or place in B.
pub(super) fn parties_turned(a: &Side<'_>, b: &Side<'_>) -> Names {
    let of_a = parties(a);
    if of_a.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let of_b = parties(b);
    let Some(pair) = exchanged(a, &of_a, &of_b).or_else(|| ranked((a, &of_a), (b, &of_b))) else {
        return (Vec::new(), Vec::new());
    };
    // One of them may be known for a name.
    let make = |side: &Side<'_>, party: Party<'_>| {
        let start = side.text.span(party.token as usize).start;
        let span = Span::new(start, start + party.stem.len());
        (!is_taken(side, party.token)).then(|| fact(party.token..party.token + 1, span, vec![party.stem.to_owned()]))
    };
    let of_a = pair.iter().filter_map(|&(party, _)| make(a, party)).collect();
    (of_a, pair.iter().filter_map(|&(_, party)| make(b, party)).collect())
}

/// Who does it in A, and to whom or whose it is, where B has it the other way round; or what is spoken of and who does it. Of
/// several such pairs, the one whose words stand together.
fn exchanged<'t>(a: &Side<'t>, of_a: &[Party<'t>], of_b: &[Party<'t>]) -> Option<[Met<'t>; 2]> {
    let together = |x: &Party<'_>, y: &Party<'_>| x.token.abs_diff(y.token) == 1;
    let does = |role: Role| matches!(role, Role::Topic | Role::Subject);
    // The parties of A that B has in another role.
    let met: Vec<Met<'t>> = of_a
        .iter()
        .filter_map(|one| {
            let two = of_b.iter().find(|two| two.stem == one.stem && two.role != one.role)?;
            Some((*one, *two))
        })
        .collect();
    let mut pairs: Vec<[Met<'t>; 2]> = Vec::new();
    for &(doer, was_doer) in met.iter().filter(|(one, _)| does(one.role)) {
        for &(other, was_other) in &met {
            // Things have owners too; a clause in another clause has its own subject: 갑은 을이, 을은 갑이.
            let fits = match (doer.role, other.role) {
                (_, Role::Object | Role::Recipient) => does(was_other.role),
                (_, Role::Owner) => does(was_other.role) && (is_taken(a, doer.token) || is_taken(a, other.token)),
                (Role::Topic, Role::Subject) => {
                    was_other.role == Role::Topic && together(&doer, &other) && together(&was_doer, &was_other)
                }
                _ => false,
            };
            if fits && was_doer.role == other.role {
                pairs.push([(doer, was_doer), (other, was_other)]);
            }
        }
    }
    if pairs.len() > 1 {
        pairs.retain(|[doer, other]| together(&doer.0, &other.0) && together(&doer.1, &other.1));
    }
    <[_; 1]>::try_from(pairs).ok().map(|[pair]| pair)
}

/// Two subjects of A of which each is followed in B by what follows the other in A: 이하준이 1위, 유토가 2위.
fn ranked<'t>((a, of_a): (&Side<'t>, &[Party<'t>]), (b, of_b): (&Side<'t>, &[Party<'t>])) -> Option<[Met<'t>; 2]> {
    let subjects = |parties: &[Party<'t>]| -> Vec<Party<'t>> {
        parties.iter().copied().filter(|party| matches!(party.role, Role::Topic | Role::Subject)).collect()
    };
    let (of_a, of_b) = (subjects(of_a), subjects(of_b));
    let is_that = |side: &Side<'_>, token: u32| {
        side.tokens.contains(&token) && side.text.span(token as usize).of(side.text.text) == "그"
    };
    let next = |side: &Side<'_>, party: &Party<'_>| {
        // 그 뒤를 이었다, 뒤를 이었다.
        let token = party.token + if is_that(side, party.token + 1) { 2 } else { 1 };
        side.tokens.contains(&token).then(|| side.text.tokens[token as usize])
    };
    let in_b = |one: &Party<'t>| of_b.iter().copied().find(|two| two.stem == one.stem);
    for (nth, &x) in of_a.iter().enumerate() {
        for &y in &of_a[nth + 1..] {
            let Some((x_b, y_b)) = in_b(&x).zip(in_b(&y)) else { continue };
            let (after_x, after_y) = (next(a, &x), next(a, &y));
            let apart = after_x.is_some() && after_y.is_some() && after_x != after_y;
            if apart && after_x == next(b, &y_b) && after_y == next(b, &x_b) {
                return Some([(x, x_b), (y, y_b)]);
            }
        }
    }
    None
}

/// What names of places end in. Other endings are those of too many words.
const PLACES: [&str; 31] = [
    "시",
    "군",
    "읍",
    "관",
    "역",
    "리",
    "동",
    "돔",
    "교",
    "대교",
    "터널",
    "공원",
    "공항",
    "경기장",
    "타워",
    "빌딩",
    "아파트",
    "호텔",
    "센터",
    "고등학교",
    "중학교",
    "초등학교",
    "병원",
    "해수욕장",
    "항",
    "공장",
    "지점",
    "발전소",
    "정류장",
    "휴게소",
    "터미널",
];

/// A Korean place on either side in the other's place: the only words that end so and that the other side has not: 가람시, 나루시.
pub(super) fn places(a: &Side<'_>, b: &Side<'_>) -> Names {
    let none = || (Vec::new(), Vec::new());
    if !a.reading.has_hangul() || !b.reading.has_hangul() || a.tokens.len().max(b.tokens.len()) > LONGEST {
        return none();
    }
    let mut found = none();
    for ending in PLACES {
        let alone = |side: &Side<'_>, other: &Side<'_>| {
            let theirs: Vec<&str> = words(other).filter_map(|(_, word)| place(word, ending)).collect();
            let own = words(side).filter_map(|(token, word)| Some((token, place(word, ending)?)));
            let mut own = own.filter(|(_, stem)| !theirs.contains(stem));
            let (token, stem) = own.next().filter(|_| own.next().is_none())?;
            let start = side.text.span(token as usize).start;
            let name = fact(token..token + 1, Span::new(start, start + stem.len()), vec![stem.to_owned()]);
            // 청주공항 is the airport of a place that is known.
            let known = side.facts.iter().any(|fact| fact.kind == ChangeKind::Name && fact.tokens == name.tokens);
            (known || !is_taken(side, token)).then_some((name, known))
        };
        if let (Some(x), Some(y)) = (alone(a, b), alone(b, a)) {
            found.0.extend((!x.1).then_some(x.0));
            found.1.extend((!y.1).then_some(y.0));
        }
    }
    let (towns_a, towns_b) = towns(a, b);
    found.0.extend(towns_a);
    found.1.extend(towns_b);
    found
}

/// Fewest syllables of a foreign name that is told by its sound.
const FOREIGN: usize = 3;

/// A name on either side in the other's place, told by its likeness to it, the only words so alike that the other side has not:
/// two persons of one surname, 정시온, 정시우; two names that sound foreign, 노바크, 노박스카.
pub(super) fn namesakes(a: &Side<'_>, b: &Side<'_>) -> Names {
    let none = || (Vec::new(), Vec::new());
    if !a.reading.has_hangul() || !b.reading.has_hangul() || a.tokens.len().max(b.tokens.len()) > LONGEST {
        return none();
    }
    let (own_a, own_b) = (only(a, b), only(b, a));
    let pairs = own_a.iter().flat_map(|x| own_b.iter().map(move |y| (x, y)));
    let alike =
        |x: &(u32, &str), y: &(u32, &str)| is_namesake(x.1, y.1) || (precedes_title(a, x.0) && precedes_title(b, y.0));
    let mut alike = pairs.filter(|(x, y)| alike(x, y));
    let (Some((x, y)), None) = (alike.next(), alike.next()) else { return none() };
    let named = |side: &Side<'_>, &(token, stem): &(u32, &str)| {
        let start = side.text.span(token as usize).start;
        fact(token..token + 1, Span::new(start, start + stem.len()), vec![stem.to_owned()])
    };
    (vec![named(a, x)], vec![named(b, y)])
}

/// The words of a side that may be names by their syllables, without particles, where the other side has no word that begins so.
fn only<'t>(side: &Side<'t>, other: &Side<'_>) -> Vec<(u32, &'t str)> {
    let there = other.text.span_of(&other.tokens).of(other.text.text);
    let stem = |(token, word): (u32, &'t str)| {
        let bare = CASES.iter().filter_map(|case| word.strip_suffix(case)).min_by_key(|bare| bare.len());
        let is_person = bare.is_some_and(is_full_name);
        let stem = bare.unwrap_or(word);
        // What a verb ends in leads on to the title, and is part of no name: 밝혔다고 교수가.
        let leads_on = word.ends_with(['고', '며', '서', '한', '된', '할', '던', '인', '간', '온']);
        let bare = bare.is_none() && !leads_on && precedes_title(side, token);
        let is_foreign =
            || stem.chars().count() >= FOREIGN && (bare || sounds_foreign_in_korean(stem)) && !is_common(stem);
        let is_name = word.len() <= LONG_WORD && (is_person || is_foreign());
        (is_name && !there.contains(stem) && !is_taken(side, token)).then_some((token, stem))
    };
    words(side).filter_map(stem).take(MOST).collect()
}

/// What follows a name of someone, or of something.
const CASES: [&str; 16] =
    ["이", "가", "은", "는", "을", "를", "과", "와", "의", "도", "에게", "께서", "에", "에서", "로", "으로"];

/// Whether an office follows a word: 벨리노 대사는.
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

/// Whether two names share their surname and one syllable of two, or, foreign ones, their first syllable and half of all.
fn is_namesake(x: &str, y: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    if is_spelled_alike(x, y) {
        return false;
    }
    if is_full_name(x) && is_full_name(y) {
        return one[0] == two[0] && (one[1] == two[1] || one[2] == two[2]);
    }
    let before = one.iter().zip(&two).take_while(|(x, y)| x == y).count();
    let shorter = one.len().min(two.len());
    let after = one.iter().rev().zip(two.iter().rev()).take(shorter - before).take_while(|(x, y)| x == y).count();
    let foreign = sounds_foreign_in_korean(x) && sounds_foreign_in_korean(y);
    foreign && shorter >= FOREIGN && before > 0 && 2 * (before + after) >= shorter
}

/// What follows a name of a place.
const IN: [&str; 6] = ["에서", "의", "에", "로", "으로", "에서는"];

/// A word that sounds foreign, in a place, behind the name of a country.
struct Town<'s> {
    country: &'s str,
    fact: Fact,
    /// Listed, so a name already.
    is_known: bool,
}

/// Foreign towns behind the same country, one in the other's place: 캐나다 몬트리올에서, 캐나다 캘거리에서.
fn towns(a: &Side<'_>, b: &Side<'_>) -> Names {
    let of_b: Vec<Town<'_>> = behind_countries(b).collect();
    let mut found = (Vec::new(), Vec::new());
    for x in behind_countries(a) {
        let Some(y) = of_b.iter().find(|y| y.country == x.country && !y.fact.means(&x.fact)) else { continue };
        found.0.extend((!x.is_known).then(|| x.fact.clone()));
        found.1.extend((!y.is_known).then(|| y.fact.clone()));
    }
    found
}

fn behind_countries<'s>(side: &'s Side<'_>) -> impl Iterator<Item = Town<'s>> {
    let listed = side.facts.iter().filter_map(|fact| match &fact.key {
        Key::Name(name) => name.words.first().filter(|word| word.starts_with('=')).map(|word| (fact, word.as_str())),
        _ => None,
    });
    listed.filter_map(|(name, country)| {
        let token = name.tokens.end;
        let known = side.facts.iter().find(|fact| fact.kind == ChangeKind::Name && fact.tokens.start == token);
        if let Some(fact) = known {
            return Some(Town { country, fact: fact.clone(), is_known: true });
        }
        let is_free = side.tokens.contains(&token) && !is_taken(side, token);
        let word = is_free.then(|| side.text.span(token as usize).of(side.text.text))?;
        let is_bare = name.span.end == side.text.span(token as usize - 1).end;
        let stem = IN.iter().filter_map(|particle| word.strip_suffix(particle)).min_by_key(|stem| stem.len())?;
        if !is_bare || word.len() > LONG_WORD || !sounds_foreign_in_korean(stem) {
            return None;
        }
        let start = side.text.span(token as usize).start;
        let fact = fact(token..token + 1, Span::new(start, start + stem.len()), vec![stem.to_owned()]);
        Some(Town { country, fact, is_known: false })
    })
}

/// The name of a place with `ending` that a word begins with, if a particle follows it or nothing.
fn place<'t>(word: &'t str, ending: &str) -> Option<&'t str> {
    if word.len() > LONG_WORD {
        return None;
    }
    let mut ends = word.rmatch_indices(ending).map(|(at, ending)| at + ending.len());
    let is_place = |end: &usize| is_korean_particle(&word[*end..]) && word[..*end].chars().count() >= PLACE;
    // 마리 and 활동 are words; what ends in 공항 is one only as it stands.
    let long = ending.chars().count() > 1;
    // 청운동 is three syllables, and no 운동 with one before it; 재가동 is.
    let is_town = matches!(ending, "동" | "리" | "항")
        && word.chars().count() >= PLACE
        && !word.starts_with(['재', '총', '첫', '신', '각', '전', '본']);
    let is_word = |place: &&str| {
        let town = is_town && place.chars().count() == PLACE;
        if long || town { is_listed_common(place) || *place == ending } else { is_common(place) }
    };
    ends.find(is_place).map(|end| &word[..end]).filter(|place| !is_word(place))
}

/// Tokens and words of a side.
fn words<'t>(side: &Side<'t>) -> impl Iterator<Item = (u32, &'t str)> {
    let text = side.text;
    side.tokens.clone().map(|token| (token, text.span(token as usize).of(text.text)))
}
