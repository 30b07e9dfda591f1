//! Parties of whatever name that changed places, with nothing else changed.

use super::{LONGEST, Names, fact, named};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::order::is_ranked;
use crate::change::tables::chinese;
use crate::span::{Span, meet};
use crate::text::{Token, TokenClass, is_han};
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
/// Bytes of a quotation of one word that is more than a name: 「永發號」.
const SPEECH: usize = 30;
/// Most places of a word between two parties that are looked at on a side, and fewest characters of a party around it.
const PIVOTS: usize = 4;
const PIVOTED: usize = 2;

/// Two parties, whatever they are called, that changed places with nothing else changed: 甲以侵权为由起诉乙, 乙以侵权为由起诉甲.
pub(super) fn parties_swapped(a: &Side<'_>, b: &Side<'_>) -> Names {
    if let Some(parties) = roles_exchanged(a, b).or_else(|| around_pivot(a, b)) {
        return parties;
    }
    // A quotation broken by who speaks is the same words in another order: "It is fair," said A, "but late".
    if a.hashes().len() != b.hashes().len() || is_quoted(a) && is_quoted(b) {
        return Names::default();
    }
    for exchange in exchanges(a, b) {
        // Names need no help.
        if exchange.is_of_names() {
            break;
        }
        if let Some(parties) = exchange.parties() {
            return parties;
        }
    }
    Names::default()
}

/// Whether a quotation of more than a name stands in a side.
fn is_quoted(side: &Side<'_>) -> bool {
    let span = side.text.span_of(&side.tokens);
    let is_speech = |quoted: Span| quoted.len() > SPEECH || quoted.of(side.text.text).contains(' ');
    side.quotations.iter().any(|quotation| is_speech(quotation.span) && quotation.span.meets(span))
}

/// Two stretches that have each other's place on the two sides: tokens of the first and of the last on either.
struct Exchange<'s> {
    a: &'s Side<'s>,
    b: &'s Side<'s>,
    in_a: [Range<u32>; 2],
    in_b: [Range<u32>; 2],
}

/// Stretches that have each other's place where nothing else differs but numbers: each of the ways to cut them, with as much of
/// what is the same around them as may belong to them.
fn exchanges<'s>(a: &'s Side<'_>, b: &'s Side<'_>) -> impl Iterator<Item = Exchange<'s>> + use<'s> {
    let (left, right) = (masked(a.hashes()), masked(b.hashes()));
    let fewest = if a.reading.has_han() { CHARACTERS } else { 1 };
    let around = around_permuted(&left, &right).into_iter();
    let cuts = around.flat_map(|(before, after)| {
        let more_after = move |from| (0..=after.min(ENDING)).map(move |more| (from, after - more));
        (0..=before.min(ENDING)).map(move |more| before - more).flat_map(more_after)
    });
    cuts.filter_map(move |(from, after)| {
        let (one, two) = (&left[from..left.len() - after], &right[from..right.len() - after]);
        let (first, last) = turned(one, two, fewest)?;
        let between = one.len() - first - last;
        let stretches = |side: &Side<'_>, first: usize, last: usize| {
            let start = side.tokens.start + from as u32;
            let second = start + (first + between) as u32;
            [start..start + first as u32, second..second + last as u32]
        };
        Some(Exchange { a, b, in_a: stretches(a, first, last), in_b: stretches(b, last, first) })
    })
}

impl Exchange<'_> {
    /// Whether all are names that each side shows by itself.
    fn is_of_names(&self) -> bool {
        // 河内 is no name for 河内联队.
        let is_name = |side: &Side<'_>, tokens: &Range<u32>| {
            let names = |fact: &Fact| fact.kind == ChangeKind::Name && tokens.contains(&fact.tokens.start);
            side.facts.iter().any(|fact| names(fact) && (!self.a.reading.has_han() || fact.tokens == *tokens))
        };
        self.in_a.iter().all(|tokens| is_name(self.a, tokens)) && self.in_b.iter().all(|tokens| is_name(self.b, tokens))
    }

    /// The parties of A and of B, if they are some and their order means something.
    fn parties(&self) -> Option<Names> {
        let joint = self.in_a[0].end..self.in_a[1].start;
        if self.a.reading.has_hangul() {
            // 오지훈이 금메달, 나카무라 렌이 은메달.
            let parties = |side: &Side<'_>, stretches: &[Range<u32>; 2]| -> Option<Vec<Fact>> {
                stretches.iter().map(|tokens| without_role(side, tokens)).collect()
            };
            return if joint.is_empty() { None } else { parties(self.a, &self.in_a).zip(parties(self.b, &self.in_b)) };
        }
        let parties = |side: &Side<'_>, stretches: &[Range<u32>; 2]| {
            stretches.iter().map(|tokens| named(side, tokens.clone())).collect()
        };
        let are_parties = self.in_a.iter().all(|tokens| is_party(self.a, tokens));
        (!self.means_nothing(&joint) && are_parties).then(|| (parties(self.a, &self.in_a), parties(self.b, &self.in_b)))
    }

    /// Whether the order of the two means nothing, as what joins them tells.
    fn means_nothing(&self, joint: &Range<u32>) -> bool {
        // Of a list the order may count: 依次为临江、岚港. There a comma alone is between the two.
        if is_list(self.a, joint) {
            return !(is_ranked(self.a) && is_ranked(self.b));
        }
        // 甲是乙, 乙是甲.
        joint.is_empty() || joint.len() == 1 && chinese::COPULA.contains(&self.a.word(joint.start))
    }
}

/// Whether some tokens may be a party: names or what no fact is in, and no mark.
fn is_party(side: &Side<'_>, tokens: &Range<u32>) -> bool {
    let span = side.text.span_of(tokens);
    let text = span.of(side.text.text);
    // The number of a ship is part of its name: “远澜9”.
    let is_quoted = side.text.text[..span.start].ends_with(['“', '「', '《', '‘', '『']);
    let part = |fact: &Fact| fact.kind == ChangeKind::Name || is_quoted && fact.kind == ChangeKind::Number;
    let alone = side.facts.iter().filter(|fact| meet(&fact.tokens, tokens)).all(part);
    alone && text.len() >= LEAST && !text.contains(['，', '。', '；', '：', '、', ',', ';', ':', '"'])
}

/// Parties of a contract or a suit around one verb, which have each other's place: 被告赔偿原告, 原告赔偿被告.
fn roles_exchanged(a: &Side<'_>, b: &Side<'_>) -> Option<Names> {
    if !a.reading.has_han() || a.tokens.len().max(b.tokens.len()) > LONGEST {
        return None;
    }
    let (start_a, start_b) = (a.text.span_of(&a.tokens).start, b.text.span_of(&b.tokens).start);
    let (text_a, text_b) = (a.text.span_of(&a.tokens).of(a.text.text), b.text.span_of(&b.tokens).of(b.text.text));
    let party = |side: &Side<'_>, start: usize, role: &str| {
        let from = side.text.count_before(side.tokens.start as usize, start) as u32 + side.tokens.start;
        named(side, from..from + role.chars().count() as u32)
    };
    chinese::ROLE.iter().filter(|role| text_a.contains(**role)).find_map(|first| {
        let at = text_a.find(first)?;
        let rest = &text_a[at + first.len()..];
        let verb: usize = rest.chars().take(ROLE_VERB).map(char::len_utf8).sum();
        let beside = |last: &&&str| *last != first && rest.find(**last).is_some_and(|at| (1..=verb).contains(&at));
        let last = chinese::ROLE.iter().find(beside)?;
        let between = &rest[..rest.find(last)?];
        let there = text_b.find(&[last, between, first].concat())?;
        let (x_a, y_a) = (start_a + at, start_a + at + first.len() + between.len());
        let (y_b, x_b) = (start_b + there, start_b + there + last.len() + between.len());
        Some((vec![party(a, x_a, first), party(a, y_a, last)], vec![party(b, y_b, last), party(b, x_b, first)]))
    })
}

/// Chinese parties around a word that tells which does what to which, turned round: 甲公司向乙公司支付, 乙公司向甲公司支付.
/// Each is as long as both sides have it. Cost: for each such word of A and the same one of B, linear in the parties.
fn around_pivot(a: &Side<'_>, b: &Side<'_>) -> Option<Names> {
    if !a.reading.has_han() || a.tokens.len().max(b.tokens.len()) > LONGEST {
        return None;
    }
    let (span_a, span_b) = (a.text.span_of(&a.tokens), b.text.span_of(&b.tokens));
    let (text_a, text_b) = (span_a.of(a.text.text), span_b.of(b.text.text));
    let party = |side: &Side<'_>, start: usize, end: usize| {
        let token = |at: usize| side.tokens.start + side.text.count_before(side.tokens.start as usize, at) as u32;
        named(side, token(start)..token(end))
    };
    chinese::PIVOT.iter().find_map(|pivot| {
        let of_b: Vec<usize> = text_b.match_indices(pivot).map(|(at, _)| at).take(PIVOTS).collect();
        let pairs = text_a.match_indices(pivot).take(PIVOTS).flat_map(|(x, _)| of_b.iter().map(move |&y| (x, y)));
        pairs.into_iter().find_map(|(x, y)| {
            // 领先乙, 领先于乙; 解雇乙, 解雇了乙.
            let behind = |text: &str, at: usize| {
                let end = at + pivot.len();
                end + text[end..].chars().next().filter(|c| matches!(c, '于' | '於' | '了')).map_or(0, char::len_utf8)
            };
            let (end_a, end_b) = (behind(text_a, x), behind(text_b, y));
            // 甲须向乙支付: what binds stands before the word.
            let bare = |text: &'_ str, at: usize| {
                let before = &text[..at];
                let helps = chinese::HELPING.iter().find(|word| before.ends_with(**word));
                at - helps.map_or(0, |word| word.len())
            };
            let (start_a, start_b) = (bare(text_a, x), bare(text_b, y));
            let (before_a, after_a) = (&text_a[..start_a], &text_a[end_a..]);
            let (before_b, after_b) = (&text_b[..start_b], &text_b[end_b..]);
            let first = shared(before_a, after_b)?;
            let last = shared(before_b, after_a)?;
            let in_a = (span_a.start + start_a, span_a.start + end_a);
            let in_b = (span_b.start + start_b, span_b.start + end_b);
            (first != last).then(|| {
                let of_a = [party(a, in_a.0 - first.len(), in_a.0), party(a, in_a.1, in_a.1 + last.len())];
                let of_b = [party(b, in_b.0 - last.len(), in_b.0), party(b, in_b.1, in_b.1 + first.len())];
                (of_a.to_vec(), of_b.to_vec())
            })
        })
    })
}

/// The longest Chinese party that one text ends with and another one begins with.
fn shared<'t>(ends: &'t str, begins: &str) -> Option<&'t str> {
    let han = |c: &char| is_han(*c);
    let starts: Vec<usize> =
        ends.char_indices().rev().take(PARTY).take_while(|(_, c)| han(c)).map(|(at, _)| at).collect();
    let fits = |&&at: &&usize| begins.starts_with(&ends[at..]);
    starts.iter().skip(PIVOTED - 1).rev().find(fits).map(|&at| &ends[at..])
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
    let meets = |one: &&Fact| meet(&one.tokens, tokens);
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

/// The tokens, of which no number differs from another.
fn masked(tokens: &[Token]) -> Vec<Token> {
    let number = Token::new(b"0", TokenClass::Number);
    let mask = |token: &Token| if token.class() == TokenClass::Number { number } else { *token };
    tokens.iter().map(mask).collect()
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
    // One token is in no other order.
    if left.len() - before - after < 2 {
        return None;
    }
    let sorted = |side: &[Token]| {
        let mut core: Vec<u64> = side[before..side.len() - after].iter().map(|token| token.0).collect();
        core.sort_unstable();
        core
    };
    (sorted(left) == sorted(right)).then_some((before, after))
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
