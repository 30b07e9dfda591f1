//! Order: named parties that changed places.
//!
//! Two names that stand in the other order have changed places where each has the role that the other had: the words
//! around it in English and Chinese, the particle in Korean. Two names joined by "and" alone have changed places too, since
//! who is named first matters between parties, unless the sentence is told anew; three and more are a list, whose order
//! means nothing unless it is ranked. A passive turns the order round and keeps the roles, and so does a verb or a
//! comparison that tells it from the other end; with the names in the same order they exchange the roles.

mod korean;
mod list;
mod rank;
mod voice;

use super::fact::{Fact, Key, Side};
use super::kind::ChangeKind;
use super::tables::english;
use crate::span::Span;
use crate::text;
use korean::{is_hangul, speaks_in_korean};
use list::are_places;
pub(super) use list::{is_in_turn, is_ranked};
pub(super) use rank::{Ranked, ranks, shared_stem};
use std::ops::Range;
pub(super) use voice::are_converse;

/// Most names of a side that are looked at.
const MOST: usize = 16;
/// Characters of a Chinese word that says what a person is.
const ROLE: u32 = 2;
/// Fewest letters of an English one.
const NOUN: usize = 4;

/// What two names in another order amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They changed places.
    Exchanged,
    /// One side says it in the passive.
    Voice,
    /// A list in another order.
    List,
}

/// Two names of A and the same two of B, by the indexes of their facts, in A's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turned {
    pub a: (usize, usize),
    pub b: (usize, usize),
    pub verdict: Verdict,
}

/// A name on both sides.
struct Common {
    a: usize,
    b: usize,
}

/// Names in another order, and what that amounts to; `close` says that the two sides are otherwise worded alike: told anew, two
/// names joined by "and" may come in either order. Cost: quadratic in the names, of which few are looked at.
pub(super) fn turned(a: &Side<'_>, b: &Side<'_>, close: bool) -> Vec<Turned> {
    let common = common(a, b);
    let mut found: Vec<Turned> = Vec::new();
    for (at, x) in common.iter().enumerate() {
        for y in &common[at + 1..] {
            let used = found
                .iter()
                .any(|turned| [turned.a.0, turned.a.1].contains(&x.a) || [turned.a.0, turned.a.1].contains(&y.a));
            if used {
                continue;
            }
            let verdict = Pair { a, b, x, y, close }.verdict();
            found.extend(verdict.map(|verdict| Turned { a: (x.a, y.a), b: (x.b, y.b), verdict }));
        }
    }
    found
}

/// Names that stand once on either side, in A's order.
fn common(a: &Side<'_>, b: &Side<'_>) -> Vec<Common> {
    let names = |side: &Side<'_>| -> Vec<usize> {
        let facts = side.facts.iter().enumerate();
        facts.filter(|(_, fact)| fact.kind == ChangeKind::Name).map(|(at, _)| at).take(MOST).collect()
    };
    let (names_a, names_b) = (names(a), names(b));
    let once = |facts: &[Fact], names: &[usize], fact: &Fact| {
        let mut equal = names.iter().copied().filter(|&at| facts[at].means(fact));
        equal.next().filter(|_| equal.next().is_none())
    };
    let common = names_a.iter().filter_map(|&x| {
        let fact = &a.facts[x];
        once(&a.facts, &names_a, fact)?;
        let y = once(&b.facts, &names_b, fact)?;
        // Who gives the statement is no party to it, wherever that is told.
        let speaks = gives_statement(a, fact) && gives_statement(b, &b.facts[y])
            || speaks_in_korean((a, fact), (b, &b.facts[y]))
            || speaks_in_korean((b, &b.facts[y]), (a, fact));
        (!speaks).then_some(Common { a: x, b: y })
    });
    common.collect()
}

/// Whether a Chinese name stands before a colon or a word that gives a statement, or behind 据.
fn gives_statement(side: &Side<'_>, name: &Fact) -> bool {
    let after = side.text.text.get(name.span.end..).unwrap_or_default();
    let said = |fact: &Fact| {
        fact.kind == ChangeKind::Attribution && fact.class() == "plain" && fact.tokens.start == name.tokens.end
    };
    let is_han = name.span.of(side.text.text).starts_with(text::is_han);
    is_han && (after.starts_with(['：', ':']) || side.facts.iter().any(said))
}

struct Pair<'s> {
    a: &'s Side<'s>,
    b: &'s Side<'s>,
    x: &'s Common,
    y: &'s Common,
    close: bool,
}

impl Pair<'_> {
    fn verdict(&self) -> Option<Verdict> {
        let turned = self.b.facts[self.x.b].tokens.start > self.b.facts[self.y.b].tokens.start;
        if turned { self.in_other_order() } else { self.in_same_order() }
    }

    /// Two names in another order: a list, the same told in another way, or names that changed places.
    fn in_other_order(&self) -> Option<Verdict> {
        let (xa, ya) = (&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let (xb, yb) = (&self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        let any = |side: &Side<'_>, first: &Fact, last: &Fact| {
            matches!(side.between(first, last).trim(), "or" | "nor" | "或" | "或者")
        };
        // Neither of the two, or either of them; or what is said of each moved along with it.
        if any(self.a, xa, ya) && any(self.b, yb, xb) || self.values_moved_along() {
            return Some(Verdict::List);
        }
        if self.is_list(self.a, xa, ya) && self.is_list(self.b, yb, xb) {
            let members = self.members(self.a, xa, ya).max(self.members(self.b, yb, xb));
            let places = are_places(self.a, xa, ya) && are_places(self.b, yb, xb);
            let ranked = is_ranked(self.a) && is_ranked(self.b);
            let meaningless = (members > 2 || places || !self.close) && !ranked;
            return Some(if meaningless { Verdict::List } else { Verdict::Exchanged });
        }
        if is_hangul(self.a, xa) {
            if let Some(turned) = self.has_turned_ranks(xa, ya, xb, yb) {
                return Some(if turned { Verdict::Exchanged } else { Verdict::List });
            }
            if self.b.facts[self.y.b..=self.x.b].iter().any(|fact| fact.kind == ChangeKind::Name) {
                return self.by_particles(xa, ya, xb, yb);
            }
        }
        let agents = |side: &Side<'_>, x: &Fact, y: &Fact| {
            usize::from(self.is_agent(side, x)) + usize::from(self.is_agent(side, y))
        };
        let flipped = agents(self.a, xa, ya) != agents(self.b, xb, yb);
        if flipped || self.is_owned_by() || self.goes_both_ways() || self.is_compared() || are_converse(self.a, self.b)
        {
            return Some(Verdict::Voice);
        }
        if self.is_disposed() || self.has_one_verb() || self.has_one_pivot() || self.has_turned_prepositions() {
            return Some(Verdict::Exchanged);
        }
        let kept = self.likeness(xa, xb) + self.likeness(ya, yb);
        let crossed = self.likeness(xa, yb) + self.likeness(ya, xb);
        let (kept, crossed) = self.likeness_with_roles([xa, ya], [xb, yb]).unwrap_or((kept, crossed));
        // To begin a sentence, or to end one, is no likeness in sentences worded anew.
        let is_listed = |name: &Fact| name.tag.starts_with('=');
        let enough = self.close || crossed > 1 || is_listed(xa) && is_listed(ya);
        (crossed > kept && enough).then_some(Verdict::Exchanged)
    }

    /// Two names in the same order, of which the one may now do what the other did.
    fn in_same_order(&self) -> Option<Verdict> {
        let (xa, ya) = (&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let (xb, yb) = (&self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        let particles = || is_hangul(self.a, xa) && self.has_turned_particles(xa, ya, xb, yb);
        // "A beat B", "A was beaten by B".
        let is_passive = || {
            self.is_agent(self.b, yb) && !self.is_agent(self.a, ya) && !self.is_agent(self.a, xa)
                || self.is_agent(self.a, ya) && !self.is_agent(self.b, yb) && !self.is_agent(self.b, xb)
        };
        let exchanged = particles()
            || self.has_turned_prepositions()
            || self.is_told_from_the_other_end()
            || self.goes_the_other_way()
            // 甲将乙告上法庭, 甲被乙告上法庭.
            || self.is_disposed_of()
            || is_passive() && self.same_verb(ya, yb);
        exchanged.then_some(Verdict::Exchanged)
    }

    /// Whether two names have each other's preposition: from A to B, to A from B; from the Lisbon branch to the Porto branch.
    fn has_turned_prepositions(&self) -> bool {
        let before = |side: &Side<'_>, name: &Fact| {
            let word = |back: u32| {
                let token = name.tokens.start.checked_sub(back).filter(|token| side.tokens.contains(token))?;
                Some(side.word(token))
            };
            let word = word(1).filter(|word| *word != "the").or_else(|| word(2))?;
            english::PREPOSITION.iter().position(|preposition| *preposition == word)
        };
        let (xa, ya) = (before(self.a, &self.a.facts[self.x.a]), before(self.a, &self.a.facts[self.y.a]));
        let (xb, yb) = (before(self.b, &self.b.facts[self.x.b]), before(self.b, &self.b.facts[self.y.b]));
        xa.is_some() && ya.is_some() && xa != ya && xa == yb && ya == xb
    }

    /// How much alike the surroundings of two names are where each keeps what it is called, and where they change places, if the word
    /// before each came along with it: 司机韩某, 乘客贾某; the ferry Lidia.
    fn likeness_with_roles(&self, [xa, ya]: [&Fact; 2], [xb, yb]: [&Fact; 2]) -> Option<(usize, usize)> {
        let with_role = |side: &Side<'_>, fact: &Fact| {
            let is_latin = fact.span.of(side.text.text).is_ascii();
            let count = if is_latin { 1 } else { ROLE };
            let start = fact.tokens.start.checked_sub(count).filter(|start| side.tokens.contains(start))?;
            let role = side.text.span_of(&(start..fact.tokens.start)).of(side.text.text);
            let is_noun = is_latin && role.len() >= NOUN && role.bytes().all(|byte| byte.is_ascii_lowercase());
            let is_han = role.chars().count() == ROLE as usize && role.chars().all(text::is_han);
            (is_han || is_noun).then(|| (role.to_owned(), start..fact.tokens.end))
        };
        let [(role_xa, xa), (role_ya, ya)] = [with_role(self.a, xa)?, with_role(self.a, ya)?];
        let [(role_xb, xb), (role_yb, yb)] = [with_role(self.b, xb)?, with_role(self.b, yb)?];
        let along = role_xa == role_xb && role_ya == role_yb && role_xa != role_ya;
        let like = |in_a: &Range<u32>, in_b: &Range<u32>| self.likeness_of(in_a, in_b);
        along.then(|| (like(&xa, &xb) + like(&ya, &yb), like(&xa, &yb) + like(&ya, &xb)))
    }

    /// How much alike the surroundings of two names are.
    fn likeness(&self, in_a: &Fact, in_b: &Fact) -> usize {
        self.likeness_of(&in_a.tokens, &in_b.tokens)
    }

    fn likeness_of(&self, in_a: &Range<u32>, in_b: &Range<u32>) -> usize {
        let (before_a, after_a) = self.a.reading.around(in_a);
        let (before_b, after_b) = self.b.reading.around(in_b);
        let like = |x: &str, y: &str, weight: usize| if x == y { if x.is_empty() { 1 } else { weight } } else { 0 };
        like(before_a, before_b, 2) + like(after_a, after_b, 2)
    }
}

/// Bytes of a name with its titles.
fn titled(fact: &Fact) -> Span {
    match &fact.key {
        Key::Name(name) => name.span,
        _ => fact.span,
    }
}
