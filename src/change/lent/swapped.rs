//! Parties of whatever name that changed places, with nothing else changed.

use super::{LONGEST, fact, named, tokens};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::order::is_ranked;
use crate::span::Span;
use crate::text::Token;
use std::ops::Range;

/// Longest of two parties that changed places, in tokens; and how much of what is the same before and after them may belong
/// to them: 甲公司起诉乙公司.
const PARTY: usize = 10;
const ENDING: usize = 4;
/// Characters of a verb between two parties.
const ROLE_VERB: usize = 4;
/// Fewest characters of a Chinese one, and fewest bytes of any.
const CHARACTERS: usize = 2;
const LEAST: usize = 4;

/// Two parties, whatever they are called, that changed places with nothing else changed: 甲以侵权为由起诉乙, 乙以侵权为由起诉甲.
pub(super) fn parties_swapped(a: &Side<'_>, b: &Side<'_>) -> (Vec<Fact>, Vec<Fact>) {
    let none = || (Vec::new(), Vec::new());
    let (left, right) = (tokens(a), tokens(b));
    let hangul = a.reading.has_hangul();
    if let Some(parties) = roles_exchanged(a, b) {
        return parties;
    }
    let Some((before, after)) = around_permuted(left, right) else { return none() };
    let parties = |side: &Side<'_>, from: usize, first: usize, middle: usize, last: usize| {
        let start = side.tokens.start + from as u32;
        let second = start + (first + middle) as u32;
        (start..start + first as u32, second..second + last as u32)
    };
    let fewest = if a.reading.has_han() { CHARACTERS } else { 1 };
    for less_before in 0..=before.min(ENDING) {
        for less_after in 0..=after.min(ENDING) {
            let from = before - less_before;
            let (one, two) =
                (&left[from..left.len() - after + less_after], &right[from..right.len() - after + less_after]);
            let Some((first, last)) = turned(one, two, fewest) else { continue };
            let middle = one.len() - first - last;
            let (x, y) = parties(a, from, first, middle, last);
            let (y_b, x_b) = parties(b, from, last, middle, first);
            let joint = x.end..y.start;
            let is_joint = is_list(a, &joint);
            let is_party = |side: &Side<'_>, tokens: &Range<u32>| {
                let meets = |fact: &&Fact| fact.tokens.start < tokens.end && tokens.start < fact.tokens.end;
                let span = side.text.span_of(tokens);
                let alone = side.facts.iter().filter(meets).all(|fact| fact.kind == ChangeKind::Name);
                let text = span.of(side.text.text);
                alone && text.len() >= LEAST && !text.contains(['，', '。', '；', '：', '、', ',', ';', ':', '"'])
            };
            let is_name = |side: &Side<'_>, tokens: &Range<u32>| {
                let names = |fact: &Fact| fact.kind == ChangeKind::Name && tokens.contains(&fact.tokens.start);
                side.facts.iter().any(names)
            };
            // Names need no help.
            if is_name(a, &x) && is_name(a, &y) && is_name(b, &x_b) && is_name(b, &y_b) {
                return none();
            }
            // Of a list the order may count: 依次为临江、岚港. There a comma alone is between the two.
            let means_nothing = if is_joint { !(is_ranked(a) && is_ranked(b)) } else { joint.is_empty() };
            if hangul {
                // 오지훈이 금메달, 나카무라 렌이 은메달.
                let names = [(a, x), (a, y), (b, y_b), (b, x_b)].map(|(side, tokens)| without_role(side, &tokens));
                if let [Some(x), Some(y), Some(y_b), Some(x_b)] = names
                    && !joint.is_empty()
                {
                    return (vec![x, y], vec![y_b, x_b]);
                }
            } else if !means_nothing && is_party(a, &x) && is_party(a, &y) {
                return (vec![named(a, x), named(a, y)], vec![named(b, y_b), named(b, x_b)]);
            }
        }
    }
    none()
}

/// Parties of a contract or a suit around one verb, which have each other's place: 被告赔偿原告, 原告赔偿被告.
fn roles_exchanged(a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Fact>, Vec<Fact>)> {
    const ROLES: [&str; 16] = [
        "原告",
        "被告",
        "甲方",
        "乙方",
        "买方",
        "卖方",
        "买受人",
        "出卖人",
        "出租人",
        "承租人",
        "债权人",
        "债务人",
        "上诉人",
        "被上诉人",
        "申请人",
        "被申请人",
    ];
    if !a.reading.has_han() || a.tokens.len().max(b.tokens.len()) > LONGEST {
        return None;
    }
    let (start_a, start_b) = (a.text.span_of(&a.tokens).start, b.text.span_of(&b.tokens).start);
    let (text_a, text_b) = (a.text.span_of(&a.tokens).of(a.text.text), b.text.span_of(&b.tokens).of(b.text.text));
    let party = |side: &Side<'_>, start: usize, role: &str| {
        let from = side.text.count_before(side.tokens.start as usize, start) as u32 + side.tokens.start;
        named(side, from..from + role.chars().count() as u32)
    };
    ROLES.iter().filter(|role| text_a.contains(**role)).find_map(|first| {
        let at = text_a.find(first)?;
        let rest = &text_a[at + first.len()..];
        let verb: usize = rest.chars().take(ROLE_VERB).map(char::len_utf8).sum();
        let beside = |last: &&&str| *last != first && rest.find(**last).is_some_and(|at| (1..=verb).contains(&at));
        let last = ROLES.iter().find(beside)?;
        let between = &rest[..rest.find(last)?];
        let there = text_b.find(&[last, between, first].concat())?;
        let (x_a, y_a) = (start_a + at, start_a + at + first.len() + between.len());
        let (y_b, x_b) = (start_b + there, start_b + there + last.len() + between.len());
        Some((vec![party(a, x_a, first), party(a, y_a, last)], vec![party(b, y_b, last), party(b, x_b, first)]))
    })
}

/// A Korean party of a word or two that does something, without the particle that tells so.
fn without_role(side: &Side<'_>, tokens: &Range<u32>) -> Option<Fact> {
    let name = named(side, tokens.clone());
    let text = name.span.of(side.text.text);
    let bare = text.strip_suffix(['이', '가', '은', '는'])?;
    let leads_on =
        |word: &str| word.ends_with(['이', '가', '은', '는', '을', '를', '에', '의', '서', '된', '한', '인']);
    if tokens.len() > 2 || bare.split_once(' ').is_some_and(|(first, _)| leads_on(first)) {
        return None;
    }
    let words: Vec<String> = bare.split(' ').map(str::to_owned).collect();
    let meets = |one: &&Fact| one.tokens.start < tokens.end && tokens.start < one.tokens.end;
    let alone = side.facts.iter().filter(meets).all(|one| one.kind == ChangeKind::Name);
    let is_name = bare.len() >= LEAST && alone && !text.contains([',', ';', ':', '"', '.', '·']);
    let span = Span::new(name.span.start, name.span.start + bare.len());
    is_name.then(|| fact(tokens.clone(), span, words))
}

/// Whether what stands between two words joins them to a list: a comma or an "and" beside one of them.
fn is_list(side: &Side<'_>, between: &Range<u32>) -> bool {
    let joins = |tokens: &Range<u32>| tokens.start == between.start || tokens.end == between.end;
    let gap = |token: u32| {
        let (before, after) = (side.text.span(token as usize - 1), side.text.span(token as usize));
        side.text.text.get(before.end..after.start).unwrap_or_default()
    };
    // Between two clauses a Chinese comma joins no list: 甲位居第一，乙名列第二.
    let gap = |token: u32| gap(token).contains([',', '、']) || between.is_empty() && gap(token).contains('，');
    side.others.iter().any(|cue| cue.found.group.cue == Cue::And && joins(&cue.tokens))
        || gap(between.start)
        || gap(between.end)
}

/// How many tokens are the same before and after what the two have in another order; none where that is not all. Cost: linear
/// but for sorting what lies between.
pub(in crate::change) fn around_permuted(left: &[Token], right: &[Token]) -> Option<(usize, usize)> {
    if left.len() != right.len() || left.len() > LONGEST {
        return None;
    }
    let same = |(x, y): &(&Token, &Token)| x == y;
    let before = left.iter().zip(right).take_while(same).count();
    let after = left[before..].iter().rev().zip(right[before..].iter().rev()).take_while(same).count();
    let sorted = |side: &[Token]| {
        let mut core: Vec<u64> = side[before..side.len() - after].iter().map(|token| token.0).collect();
        core.sort_unstable();
        core
    };
    (before < left.len() && sorted(left) == sorted(right)).then_some((before, after))
}

/// Tokens at the start and at the end of `one` that stand at the end and at the start of `two`, around the same middle.
fn turned(one: &[Token], two: &[Token], fewest: usize) -> Option<(usize, usize)> {
    let count = one.len();
    let lengths = || fewest..=PARTY.min(count);
    lengths().flat_map(|first| lengths().map(move |last| (first, last))).find(|&(first, last)| {
        first + last <= count
            && one[..first] == two[count - first..]
            && one[count - last..] == two[..last]
            && one[first..count - last] == two[last..count - first]
    })
}
