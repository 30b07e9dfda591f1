//! Korean names that both sides show: parties that have each other's role, and foreign towns in each other's place.

use super::{LONGEST, MOST, Names, SYLLABLES, fact, is_taken};
use crate::change::fact::{Fact, Key, Side};
use crate::change::kind::ChangeKind;
use crate::change::names::sounds_foreign_in_korean;
use crate::change::tables::korean;
use crate::span::Span;

/// Longest word that may be one, in bytes.
const LONG_WORD: usize = 90;

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

fn parties<'t>(side: &Side<'t>) -> Vec<Party<'t>> {
    if !side.reading.has_hangul() {
        return Vec::new();
    }
    let leads_on = |token: u32| {
        let next = side.tokens.contains(&token).then(|| side.word(token));
        next.is_some_and(|next| korean::AFTER_TO.iter().any(|verb| next.starts_with(verb)))
    };
    let party = |token: u32| {
        let word = side.word(token);
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
        return Names::default();
    }
    let of_b = parties(b);
    let Some(pair) = exchanged(a, &of_a, &of_b).or_else(|| ranked((a, &of_a), (b, &of_b))) else {
        return Names::default();
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
            // Of one government and another the word tells nothing.
            if fits && was_doer.role == other.role && doer.stem != other.stem {
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
    let is_that = |side: &Side<'_>, token: u32| side.tokens.contains(&token) && side.word(token) == "그";
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

/// Foreign towns that stand in each other's place. Cost: linear.
pub(super) fn foreign_towns(a: &Side<'_>, b: &Side<'_>) -> Names {
    let long = a.tokens.len().max(b.tokens.len()) > LONGEST;
    if long || !a.reading.has_hangul() || !b.reading.has_hangul() {
        return Names::default();
    }
    towns(a, b)
}

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
    let mut found = Names::default();
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
        let word = is_free.then(|| side.word(token))?;
        let is_bare = name.span.end == side.text.span(token as usize - 1).end;
        let stem = korean::PLACE_TAIL
            .iter()
            .filter_map(|particle| word.strip_suffix(particle))
            .min_by_key(|stem| stem.len())?;
        if !is_bare || word.len() > LONG_WORD || !sounds_foreign_in_korean(stem) {
            return None;
        }
        let start = side.text.span(token as usize).start;
        let fact = fact(token..token + 1, Span::new(start, start + stem.len()), vec![stem.to_owned()]);
        Some(Town { country, fact, is_known: false })
    })
}
