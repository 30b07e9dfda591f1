//! Chinese names that no list knows: what the dictionary cuts into single characters where a person or a place may be named,
//! with another such name in its place on the other side: 邢玉兰, 邢玉芬; 芦嘴水道, 芦浦水道.

use super::{LONGEST, MOST, Names, named};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::names::{ends_site, is_surname, joins};
use crate::change::tables::chinese;
use crate::span::meet;
use crate::text::dictionary;
use std::ops::Range;

/// Characters of a given name, the longest first.
const GIVEN: [usize; 2] = [2, 1];
/// Characters before the ending of a place: at least and at most; and of an ending at most.
const CORE: usize = 2;
const LONG_CORE: usize = 4;
const ENDING: usize = 4;
/// Characters before a name that tell who is named.
const INTRODUCED: usize = 2;

/// A stretch that may be a name.
struct Stranger<'t> {
    tokens: Range<u32>,
    /// What both names share: the surname, or the ending.
    shared: &'t str,
    /// The characters before a person, as many as tell who is named: 选举.
    before: &'t str,
    is_person: bool,
    /// What stands before or behind tells that a person is named: 气象学家, 表示.
    is_told: bool,
    /// The dictionary knows what makes it different: it may be any word.
    is_word: bool,
}

impl Stranger<'_> {
    fn stands_for(&self, other: &Stranger<'_>) -> bool {
        let introduced = !self.before.is_empty() && self.before == other.before;
        let told = self.is_told && other.is_told;
        self.is_person == other.is_person && (self.shared == other.shared || introduced || told)
    }

    /// Whether two that stand for each other are names. What the dictionary knows on both sides may be any two words.
    fn names_one(&self, other: &Stranger<'_>) -> bool {
        !(self.is_word && other.is_word) || self.is_told && other.is_told
    }
}

/// The names on either side that stand for each other, where just one of a kind does: persons of one surname or behind the same
/// word, places and organisations with one ending. Nothing of what makes them different may be `matched`. Cost: linear.
pub(super) fn strangers(
    (a, matched_a): (&Side<'_>, impl Fn(u32) -> bool),
    (b, matched_b): (&Side<'_>, impl Fn(u32) -> bool),
) -> Names {
    let long = a.tokens.len().max(b.tokens.len()) > LONGEST;
    if long || !a.reading.has_han() || !b.reading.has_han() {
        return Names::default();
    }
    let of_a = found(a, b, matched_a);
    let of_b = if of_a.is_empty() { Vec::new() } else { found(b, a, matched_b) };
    let mut met: Vec<(&Stranger<'_>, &Stranger<'_>)> = Vec::new();
    for x in &of_a {
        let alike = |list: &[Stranger<'_>]| list.iter().filter(|one| one.stands_for(x)).count();
        // What may be a place as a whole is no person in part: 兰桥古镇.
        let is_part = met.iter().any(|(place, _)| meet(&place.tokens, &x.tokens));
        if !is_part && alike(&of_a) == 1 && alike(&of_b) == 1 {
            met.extend(of_b.iter().find(|y| y.stands_for(x) && x.names_one(y)).map(|y| (x, y)));
        }
    }
    let names = |side: &Side<'_>, of: &dyn Fn(&(&Stranger<'_>, &Stranger<'_>)) -> Range<u32>| {
        met.iter().map(|pair| named(side, of(pair))).collect()
    };
    (names(a, &|pair| pair.0.tokens.clone()), names(b, &|pair| pair.1.tokens.clone()))
}

/// What may be a name on a side and does not stand on the other.
fn found<'t>(side: &Side<'t>, other: &Side<'_>, matched: impl Fn(u32) -> bool) -> Vec<Stranger<'t>> {
    let there = other.text.span_of(&other.tokens).of(other.text.text);
    // A word that only looks like a cue is part of the name: 望江体育场.
    let is_taken = |token: u32| side.facts.iter().any(|fact| fact.group().is_none() && fact.tokens.contains(&token));
    let is_new = |stranger: &Stranger<'_>| {
        let said = side.text.span_of(&stranger.tokens).of(side.text.text);
        !stranger.tokens.clone().any(is_taken) && !there.contains(said)
    };
    let free = |token: u32| !matched(token);
    let clauses = clauses(side).filter(|clause| clause.clone().any(free));
    clauses.flat_map(|clause| Clause::new(side, clause).strangers(&free)).filter(is_new).take(MOST).collect()
}

/// Characters of a side with nothing between them.
fn clauses(side: &Side<'_>) -> impl Iterator<Item = Range<u32>> {
    let text = side.text;
    let starts =
        |token: u32| token == side.tokens.start || text.places[token as usize].0 != text.places[token as usize - 1].1;
    let firsts: Vec<u32> = side.tokens.clone().filter(|&token| starts(token)).chain([side.tokens.end]).collect();
    (1..firsts.len()).map(move |at| firsts[at - 1]..firsts[at])
}

/// A clause cut into words.
struct Clause<'s, 't> {
    side: &'s Side<'t>,
    tokens: Range<u32>,
    /// For each token of it and for its end, whether a word begins there.
    borders: Vec<bool>,
}

impl<'s, 't> Clause<'s, 't> {
    fn new(side: &'s Side<'t>, tokens: Range<u32>) -> Self {
        let span = side.text.span_of(&tokens);
        let mut borders = vec![false; tokens.len() + 1];
        for border in dictionary::borders(span.of(side.text.text)) {
            let at = side.text.count_before(tokens.start as usize, span.start + border);
            borders[at.min(tokens.len())] = true;
        }
        Self { side, tokens, borders }
    }

    /// Places first, then persons.
    fn strangers(&self, free: &impl Fn(u32) -> bool) -> Vec<Stranger<'t>> {
        let mut found: Vec<Stranger<'t>> = Vec::new();
        let mut end = self.tokens.len();
        while end > 0 {
            let site = self.site(end, free);
            end = site.as_ref().map_or(end - 1, |site| (site.tokens.start - self.tokens.start) as usize);
            found.extend(site);
        }
        let person = |at: usize| GIVEN.into_iter().find_map(|given| self.person(at, given, free));
        found.extend((0..self.tokens.len()).filter_map(person));
        found
    }

    /// A surname that is no part of a word, and one or two characters after which a word begins; one is no name unless it is told.
    fn person(&self, at: usize, given: usize, free: &impl Fn(u32) -> bool) -> Option<Stranger<'t>> {
        let end = at + 1 + given;
        let alone = end < self.borders.len() && self.borders[at] && self.borders[at + 1] && self.borders[end];
        // 资方, 院方, 警方: a party to something.
        let is_party = at > 0 && self.said(at..at + 1) == "方";
        if !alone || is_party || !is_surname(self.side.text, self.token(at)) {
            return None;
        }
        let is_told = self.is_told(at, end);
        let is_short = given == 1;
        let given = self.token(at + 1)..self.token(end);
        // 宁教授, 宁女士 is one person.
        let titles = self.side.others.iter().filter(|cue| cue.found.group.cue == Cue::Title);
        let is_titled = titles.into_iter().any(|cue| cue.tokens.contains(&given.start));
        let joins = |token: u32| joins(self.side.text, token);
        let is_name = !is_titled && given.clone().any(free) && !given.clone().any(joins);
        (is_name && (is_told || !is_short)).then(|| Stranger {
            tokens: self.token(at)..given.end,
            shared: self.said(at..at + 1),
            before: self.before(at),
            is_person: true,
            is_told,
            // 资|方|提出 is no Mr Fang; 邢|玉兰 is one if the other side has 邢|玉|芬.
            is_word: !is_short && !self.borders[at + 2],
        })
    }

    /// Whether what stands before `at` says what a person is, or what stands at `end` what persons do.
    fn is_told(&self, at: usize, end: usize) -> bool {
        let says = |fact: &Fact| fact.kind == ChangeKind::Attribution && fact.tokens.start == self.token(end);
        let next = if end < self.tokens.len() { self.said(end..end + 1) } else { "" };
        at > 0 && chinese::PERSON.contains(&self.said(at - 1..at))
            || chinese::OF_PERSONS.contains(&next)
            || self.side.facts.iter().any(says)
    }

    /// The name that ends before `end` as those of places and organisations do.
    fn site(&self, end: usize, free: &impl Fn(u32) -> bool) -> Option<Stranger<'t>> {
        if !self.borders[end] {
            return None;
        }
        let is_ending =
            |&start: &usize| self.borders[start] && ends_site(self.side.text, &(self.token(start)..self.token(end)));
        let ending = (end.saturating_sub(ENDING)..end).find(is_ending)?;
        let (start, is_word) = self.core(ending, free)?;
        let core = self.token(start)..self.token(ending);
        (ending - start >= CORE && core.clone().any(free)).then(|| Stranger {
            tokens: core.start..self.token(end),
            shared: self.said(ending..end),
            before: "",
            is_person: false,
            is_told: false,
            is_word,
        })
    }

    /// Where the characters begin that name what ends with `ending`, and whether they are a word.
    fn core(&self, ending: usize, free: &impl Fn(u32) -> bool) -> Option<(usize, bool)> {
        let word = (0..ending).rev().find(|&start| self.borders[start])?;
        if ending - word > 1 {
            let is_free = (self.token(word)..self.token(ending)).any(free);
            return (is_free && ending - word <= LONG_CORE).then_some((word, true));
        }
        let alone = |at: usize| self.borders[at] && self.borders[at + 1] && !joins(self.side.text, self.token(at));
        // Beyond the fewest characters only what differs belongs to it: 驶入|深槽航道.
        let belongs = |&(count, at): &(usize, usize)| alone(at) && (count < CORE || free(self.token(at)));
        let count = (0..ending).rev().take(LONG_CORE).enumerate().take_while(belongs).count();
        // A new building is no building called New.
        let is_new =
            matches!(self.said(ending - count..ending).chars().next(), Some('新' | '旧' | '老' | '原' | '本' | '该'));
        (!is_new).then_some((ending - count, false))
    }

    /// The word of two characters before `at`; nothing where there is none.
    fn before(&self, at: usize) -> &'t str {
        at.checked_sub(INTRODUCED).map_or("", |start| self.said(start..at))
    }

    fn token(&self, at: usize) -> u32 {
        self.tokens.start + at as u32
    }

    fn said(&self, range: Range<usize>) -> &'t str {
        self.side.text.span_of(&(self.token(range.start)..self.token(range.end))).of(self.side.text.text)
    }
}
