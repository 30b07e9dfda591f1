//! English bodies called by what they are for, in words without a capital, one in another's place: the health ministry, the
//! education ministry.

use super::facing::in_place;
use super::{LONGEST, Names, fact, is_taken, named};
use crate::change::fact::{Fact, Side};
use crate::change::harmless::is_spelling;
use crate::change::kind::ChangeKind;
use crate::change::names::listed_words;
use crate::change::tables::INITIAL;
use crate::change::unit::Mates;
use crate::span::hold;
use crate::text::Token;
use std::ops::{Range, RangeInclusive};

/// Words that stand between a body and whose it is.
const SMALL: [&str; 3] = ["of", "the", "The"];
/// Words of a body that is told by its place alone.
const PHRASE: RangeInclusive<usize> = 2..=4;

/// An English body by what it is for: that word, the head, and the tokens of both.
type Body = (Token, Token, Range<u32>);

/// Names to add to A and to B: bodies in each other's place. Cost: linear, and low where no word may be the head of one.
pub(super) fn bodies(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Names {
    if a.tokens.len().max(b.tokens.len()) > LONGEST || a.reading.has_hangul() || a.reading.has_han() {
        return Names::default();
    }
    let of_a = portfolios(a);
    // Those of one side alone show nothing.
    let of_b = if of_a.is_empty() { Vec::new() } else { portfolios(b) };
    let mut found: Names = exchanged((a, &of_a), (b, &of_b)).unwrap_or_default();
    if found.0.is_empty() {
        let met = in_place(a, b, mates).filter_map(|(x, y)| phrase(a, x).zip(phrase(b, y)));
        for (x, y) in only((a, &of_a), (b, &of_b)).into_iter().chain(met) {
            found.0.push(x);
            found.1.push(y);
        }
    }
    let new = |side: &Side<'_>, bodies: Vec<Fact>| {
        bodies.into_iter().filter(|body| !body.tokens.clone().any(|token| is_taken(side, token))).collect()
    };
    (new(a, found.0), new(b, found.1))
}

/// Takes a body out of the names that hold it where the other side has it without a capital: of the Central Bank of Marovia is
/// left Marovia, which is whose bank the Marovian central bank is.
pub(super) fn take_out_bodies(side: &mut Side<'_>, other: &Side<'_>) {
    if side.tokens.len().max(other.tokens.len()) > LONGEST {
        return;
    }
    let bodies = portfolios(side);
    if bodies.is_empty() {
        return;
    }
    let common: Vec<Body> =
        portfolios(other).into_iter().filter(|body| !body.2.clone().any(|token| is_taken(other, token))).collect();
    for (what, head, tokens) in bodies {
        if !common.iter().any(|body| (body.0, body.1) == (what, head)) {
            continue;
        }
        let holds = |fact: &Fact| fact.kind == ChangeKind::Name && hold(&fact.tokens, &tokens);
        let Some(at) = side.facts.iter().position(holds) else { continue };
        let is_rest = |token: &u32| !tokens.contains(token) && !SMALL.contains(&side.word(*token));
        let rest: Vec<u32> = side.facts[at].tokens.clone().filter(is_rest).collect();
        // A national council is no nation's.
        if rest.iter().any(|&token| INITIAL.has_token("words", side.text.tokens[token as usize])) {
            continue;
        }
        let words: Vec<String> = rest.iter().map(|&token| side.word(token).to_lowercase()).collect();
        let words =
            words.iter().map(|word| word.trim_end_matches("'s").trim_end_matches("’s").to_owned()).collect::<Vec<_>>();
        match rest.first().zip(rest.last()) {
            Some((&first, &last)) => {
                let (tokens, span) = (first..last + 1, side.text.span_of(&(first..last + 1)));
                side.facts[at] = fact(tokens, span, listed_words(&words).unwrap_or(words));
            }
            None => drop(side.facts.remove(at)),
        }
    }
}

/// Two bodies that each side has, in another order: the finance ministry overruled the health ministry.
fn exchanged((a, of_a): (&Side<'_>, &[Body]), (b, of_b): (&Side<'_>, &[Body])) -> Option<Names> {
    let ([x, y], [y_b, x_b]) = (of_a, of_b) else { return None };
    let same = |one: &Body, other: &Body| (one.0, one.1) == (other.0, other.1);
    let turned = same(x, x_b) && same(y, y_b) && !same(x, y);
    let names = |side: &Side<'_>, bodies: &[Body]| bodies.iter().map(|body| named(side, body.2.clone())).collect();
    turned.then(|| (names(a, of_a), names(b, of_b)))
}

/// A body of two words and more without a capital that a gap ends with, whatever it is for: the coast guard.
fn phrase(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let plain = |token: u32| side.word(token).bytes().all(|byte| byte.is_ascii_lowercase());
    let is_body = PHRASE.contains(&gap.len())
        && gap.clone().all(plain)
        && is_head(side.text.tokens[gap.end as usize - 1])
        && gap
            .clone()
            .all(|token| !INITIAL.has_token("words", side.text.tokens[token as usize]) || token + 1 == gap.end)
        && side.span(&gap).of(side.text.text).bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
    is_body.then(|| named(side, gap))
}

/// The only body of either side that the other lacks.
fn only((a, of_a): (&Side<'_>, &[Body]), (b, of_b): (&Side<'_>, &[Body])) -> Option<(Fact, Fact)> {
    let only = |own: &[Body], others: &[Body]| {
        let is_new = |one: &&Body| !others.iter().any(|two| (one.0, one.1) == (two.0, two.1));
        let mut left = own.iter().filter(is_new);
        left.next().filter(|_| left.next().is_none()).map(|one| (one.1, one.2.clone()))
    };
    let ((head_x, x), (head_y, y)) = only(of_a, of_b).zip(only(of_b, of_a))?;
    // The Reserve Bank of a country is its central bank, and a name of its own.
    let is_part = |side: &Side<'_>, body: &Range<u32>| {
        let longer = |fact: &Fact| fact.tokens.contains(&body.start) && fact.tokens.len() > body.len();
        side.facts.iter().any(longer)
    };
    if head_x != head_y || is_part(a, &x) || is_part(b, &y) {
        return None;
    }
    let said = |side: &Side<'_>, tokens: &Range<u32>| side.text.span_of(tokens).of(side.text.text).to_lowercase();
    let (one, other) = (said(a, &x), said(b, &y));
    // Of many a country the supreme court is called the high court too.
    let is_supreme = |body: &str| matches!(body, "supreme court" | "high court");
    let same = is_spelling(&one, &other) || is_supreme(&one) && is_supreme(&other);
    (!same).then(|| (named(a, x), named(b, y)))
}

/// The English bodies of a side: what each is for, its head, and its tokens.
fn portfolios(side: &Side<'_>) -> Vec<Body> {
    let token = |at: u32| side.text.tokens[at as usize];
    let heads = side.tokens.clone().filter(|&at| is_head(token(at)));
    let is_portfolio = |at: u32| side.tokens.contains(&at) && INITIAL.has_token("portfolio", token(at));
    let is_of = |at: u32| side.tokens.contains(&at) && side.word(at) == "of";
    let body = |head: u32| {
        if head > side.tokens.start && is_portfolio(head - 1) {
            Some((token(head - 1), token(head), head - 1..head + 1))
        } else {
            (is_of(head + 1) && is_portfolio(head + 2)).then(|| (token(head + 2), token(head), head..head + 3))
        }
    };
    heads.filter_map(body).collect()
}

/// Whether a token is the head of an English body, as far as its hash tells.
pub(in crate::change) fn is_head(token: Token) -> bool {
    let sections = INITIAL.sections_of(token);
    sections != 0 && ["office", "institution", "head"].iter().any(|section| sections & INITIAL.section(section) != 0)
}
