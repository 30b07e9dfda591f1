//! Order: named parties that changed places.
//!
//! Two names that stand in the other order have changed places where each has the role that the other had: the words
//! around it in English and Chinese, the particle in Korean. Two names joined by "and" alone have changed places too, since
//! who is named first matters between parties, unless the sentence is told anew; three and more are a list, whose order
//! means nothing unless it is ranked. A passive turns the order round and keeps the roles, and so does a verb or a
//! comparison that tells it from the other end; with the names in the same order they exchange the roles.

use super::fact::{Fact, Key, Side};
use super::items::Josa;
use super::kind::ChangeKind;
use super::lexicon::Cue;
use super::names::sounds_foreign;
use super::tables::{CHINESE_WORDS, CONVERSES, INITIAL, JOSA, KOREAN_WORDS};
use crate::span::Span;
use crate::text::is_syllable;
use std::ops::Range;

/// Tokens from what is someone's to who it is by.
const BY: u32 = 2;

/// Most names of a side that are looked at.
const MOST: usize = 16;

/// Tokens in which converse verbs are looked for, and characters of a Chinese verb.
const LONGEST: u32 = 256;
const VERB: usize = 4;
/// Characters of a Chinese verb that tell it.
const CHARACTERS: u32 = 2;
/// Roles that particles give, as the data file names them.
const TOPIC: &str = "topic";
const SUBJECT: &str = "subject";
/// What tells the lines of comparisons from those of verbs in the data files.
const COMPARING: [&str; 5] = ["over", "高于", "多", "高", "보다 높"];
/// Syllables of a noun behind a Korean name.
const HEAD: usize = 2;
/// Most words between two names among which a verb is looked for, and fewest letters of one.
const BETWEEN: usize = 16;
const STEM: usize = 4;

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

/// Whether names are a list of places, whose order means nothing: the Eastgate and Millbank districts, the border of A and B.
fn are_places(side: &Side<'_>, first: &Fact, last: &Fact) -> bool {
    let word = |token: u32| {
        let is_inside = side.tokens.contains(&token);
        if is_inside { side.text.span(token as usize).of(side.text.text) } else { "" }
    };
    let is_place = |word: &str| INITIAL.has("place", &word.to_ascii_lowercase());
    let before = |steps: u32| first.tokens.start.checked_sub(steps).map_or("", word);
    let next = last.tokens.end;
    let after = word(next);
    let stem: String = after.chars().take(2).collect();
    let han = next + u32::from(after == "的");
    is_place(after)
        || matches!(before(1), "between" | "of") && is_place(before(2))
        || KOREAN_WORDS.has("between", &stem)
        || CHINESE_WORDS.has("between", &[word(han), word(han + 1)].concat())
}

/// Whether one side tells from the other end what the other side tells: A sold to B, B bought from A; more than, less than.
/// Cost: linear in the first tokens of both.
pub(super) fn are_converse(a: &Side<'_>, b: &Side<'_>) -> bool {
    let (a, b) = (start_of(a), start_of(b));
    let turned = |x, y| has_any(&a, x) && has_any(&b, y) && !has_any(&a, y) && !has_any(&b, x);
    CONVERSES.iter().any(|&(x, y)| turned(x, y) || turned(y, x))
}

/// The first tokens of a side in lower case.
fn start_of(side: &Side<'_>) -> String {
    let last = side.tokens.end.min(side.tokens.start + LONGEST);
    side.span(&(side.tokens.start..last)).of(side.text.text).to_lowercase()
}

/// Whether a text has one of some phrases.
fn has_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| says(text, phrase))
}

/// Whether a text has a phrase: one in Latin letters between letters of none of its words.
fn says(text: &str, phrase: &str) -> bool {
    let whole = |at: usize| {
        let letter = |c: char| c.is_ascii_alphabetic();
        !phrase.is_ascii() || !text[..at].ends_with(letter) && !text[at + phrase.len()..].starts_with(letter)
    };
    text.match_indices(phrase).any(|(at, _)| whole(at))
}

/// Whether a side says that the order of a list counts.
pub(super) fn is_ranked(side: &Side<'_>) -> bool {
    side.others.iter().any(|cue| cue.found.group.cue == Cue::Ranked)
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

/// Whether a Korean name stands right before a word that gives a statement on one side and is its topic on the other: 외교부는
/// ... 밝혔다, ... 외교부가 전했다.
fn speaks_in_korean((side, name): (&Side<'_>, &Fact), (other, same): (&Side<'_>, &Fact)) -> bool {
    let said = |fact: &Fact| fact.kind == ChangeKind::Attribution && fact.tokens.start == name.tokens.end;
    is_hangul(side, name) && side.facts.iter().any(said) && is_topic(other.reading.tail_of(titled(same)))
}

/// Whether a Chinese name stands before a colon or a word that gives a statement, or behind 据.
fn gives_statement(side: &Side<'_>, name: &Fact) -> bool {
    let after = side.text.text.get(name.span.end..).unwrap_or_default();
    let said = |fact: &Fact| {
        fact.kind == ChangeKind::Attribution && fact.class() == "plain" && fact.tokens.start == name.tokens.end
    };
    let is_han = name.span.of(side.text.text).starts_with(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
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
        let (xa, ya) = (&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let (xb, yb) = (&self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        let turned = xb.tokens.start > yb.tokens.start;
        if turned && self.is_list(self.a, xa, ya) && self.is_list(self.b, yb, xb) {
            let members = self.members(self.a, xa, ya).max(self.members(self.b, yb, xb));
            let places = are_places(self.a, xa, ya) && are_places(self.b, yb, xb);
            let ranked = is_ranked(self.a) && is_ranked(self.b);
            let meaningless = (members > 2 || places || !self.close) && !ranked;
            return Some(if meaningless { Verdict::List } else { Verdict::Exchanged });
        }
        if turned
            && self.b.facts[self.y.b..=self.x.b].iter().any(|fact| fact.kind == ChangeKind::Name)
            && is_hangul(self.a, xa)
        {
            return self.by_particles(xa, ya, xb, yb);
        }
        if !turned && is_hangul(self.a, xa) && self.has_turned_particles(xa, ya, xb, yb) {
            return Some(Verdict::Exchanged);
        }
        let agents = |side: &Side<'_>, x: &Fact, y: &Fact| {
            usize::from(self.is_agent(side, x)) + usize::from(self.is_agent(side, y))
        };
        let flipped = agents(self.a, xa, ya) != agents(self.b, xb, yb);
        if turned {
            if flipped
                || self.is_owned_by()
                || self.goes_both_ways()
                || self.is_compared()
                || are_converse(self.a, self.b)
            {
                return Some(Verdict::Voice);
            }
            if self.is_disposed() || self.has_one_verb() {
                return Some(Verdict::Exchanged);
            }
            let kept = self.likeness(xa, xb) + self.likeness(ya, yb);
            let crossed = self.likeness(xa, yb) + self.likeness(ya, xb);
            // To begin a sentence, or to end one, is no likeness in sentences worded anew.
            let is_listed = |name: &Fact| name.tag.starts_with('=');
            let enough = self.close || crossed > 1 || is_listed(xa) && is_listed(ya);
            return (crossed > kept && enough).then_some(Verdict::Exchanged);
        }
        if self.has_turned_prepositions() || self.is_told_from_the_other_end() {
            return Some(Verdict::Exchanged);
        }
        // 甲将乙告上法庭, 甲被乙告上法庭.
        if self.is_disposed_of() {
            return Some(Verdict::Exchanged);
        }
        // In the same order, but what one did the other now does: "A beat B", "A was beaten by B".
        let passive = self.is_agent(self.b, yb) && !self.is_agent(self.a, ya) && !self.is_agent(self.a, xa)
            || self.is_agent(self.a, ya) && !self.is_agent(self.b, yb) && !self.is_agent(self.b, xb);
        (passive && self.same_verb(ya, yb)).then_some(Verdict::Exchanged)
    }

    /// Whether one side says of the one that it has more than the other, and the other side of the other that it has fewer.
    fn is_compared(&self) -> bool {
        let between = |side: &Side<'_>, first: &Fact, last: &Fact| {
            side.text.text.get(first.span.end..last.span.start).unwrap_or_default().to_lowercase()
        };
        let a = between(self.a, &self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let b = between(self.b, &self.b.facts[self.y.b], &self.b.facts[self.x.b]);
        let than = |text: &str| text.trim_end_matches("the ").trim_end().ends_with("than");
        let fewer = ["fewer", "less"];
        let turned =
            |x: &str, y: &str| says(x, "more") && has_any(y, &fewer) && !says(y, "more") && !has_any(x, &fewer);
        than(&a) && than(&b) && (turned(&a, &b) || turned(&b, &a))
    }

    /// Whether one side names with "by" whose it is and the other with an apostrophe: the appeal by A is heard by B, B hears A's
    /// appeal.
    fn is_owned_by(&self) -> bool {
        let owns = |side: &Side<'_>, name: &Fact| {
            let after = side.text.text.get(titled(name).end..).unwrap_or_default();
            after.starts_with("'s") || after.starts_with("’s")
        };
        let (a, b) = (self.a, self.b);
        let (xa, ya) = (&a.facts[self.x.a], &a.facts[self.y.a]);
        let (xb, yb) = (&b.facts[self.x.b], &b.facts[self.y.b]);
        // The thing itself stands before "by" and behind the apostrophe.
        let is_thing = |by: (&Side<'_>, &Fact), own: (&Side<'_>, &Fact)| {
            let token = |side: &Side<'_>, at: u32| side.tokens.contains(&at).then(|| side.text.tokens[at as usize]);
            let before = by.1.tokens.start.checked_sub(BY).and_then(|at| token(by.0, at));
            before.is_some() && before == token(own.0, own.1.tokens.end)
        };
        let turned = |by: (&Side<'_>, &Fact), own: (&Side<'_>, &Fact)| {
            self.is_agent(by.0, by.1) && owns(own.0, own.1) && is_thing(by, own)
        };
        turned((a, ya), (b, yb)) || turned((b, xb), (a, xa))
    }

    /// Whether a verb that stands on both sides of its line in the data file is said from either end, by the word before the
    /// second name: A leased it from B, B leased it to A.
    fn goes_both_ways(&self) -> bool {
        let follows = |side: &Side<'_>, name: &Fact, word: &str| {
            let before = name.tokens.start.checked_sub(1).filter(|token| side.tokens.contains(token));
            before.is_some_and(|token| side.text.span(token as usize).of(side.text.text) == word)
        };
        let (in_a, in_b) = ((self.a, &self.a.facts[self.y.a]), (self.b, &self.b.facts[self.x.b]));
        let turned = |x: &str, y: &str| follows(in_a.0, in_a.1, x) && follows(in_b.0, in_b.1, y);
        (turned("from", "to") || turned("to", "from")) && {
            let (a, b) = (start_of(self.a), start_of(self.b));
            let both = |&(x, y): &(&[&str], &[&str])| x == y && has_any(&a, x) && has_any(&b, x);
            CONVERSES.iter().any(both)
        }
    }

    /// Whether verbs that tell it from the same end stand between the two on both sides: 甲输给乙, 乙负于甲.
    fn has_one_verb(&self) -> bool {
        let between = |side: &Side<'_>, first: &Fact, last: &Fact| {
            side.text.text.get(first.span.end..last.span.start).unwrap_or_default().to_lowercase()
        };
        let a = between(self.a, &self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let b = between(self.b, &self.b.facts[self.y.b], &self.b.facts[self.x.b]);
        let agrees = |x: &[&str], y: &[&str]| has_any(&a, x) && has_any(&b, x) && !has_any(&a, y) && !has_any(&b, y);
        CONVERSES.iter().any(|&(x, y)| x != y && (agrees(x, y) || agrees(y, x)))
    }

    /// Whether one side has the doer before 将 or 把 and the other a verb between the two: 甲起诉乙, 乙将甲告上法庭.
    fn is_disposed(&self) -> bool {
        let between = |side: &Side<'_>, first: &Fact, last: &Fact| {
            side.text.text.get(first.span.end..last.span.start).unwrap_or_default().to_owned()
        };
        let a = between(self.a, &self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let b = between(self.b, &self.b.facts[self.y.b], &self.b.facts[self.x.b]);
        let takes = |between: &str| matches!(between, "将" | "把" | "將");
        let verb = |between: &str| {
            let count = between.chars().count();
            (1..=VERB).contains(&count) && between.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
        };
        takes(&a) && verb(&b) && !takes(&b) || takes(&b) && verb(&a) && !takes(&a)
    }

    /// Whether two Korean names in the same order have each other's particle: 갑이 을을, 갑을 을이.
    fn has_turned_particles(&self, xa: &Fact, ya: &Fact, xb: &Fact, yb: &Fact) -> bool {
        let role = |side: &Side<'_>, fact: &Fact| role(side.reading.tail_of(titled(fact)));
        let (rxa, rya, rxb, ryb) = (role(self.a, xa), role(self.a, ya), role(self.b, xb), role(self.b, yb));
        let does = |role| role == Some(SUBJECT);
        let beside = xa.tokens.end == ya.tokens.start && xb.tokens.end == yb.tokens.start;
        beside && rxa != rya && (does(rxa) || does(rya)) && rxa == ryb && rya == rxb && !are_converse(self.a, self.b)
    }

    /// Whether two names in the same order have a verb between them, or a verb behind both, that tells it from the other end:
    /// 甲战胜乙, 甲负于乙; 甲收购乙, 甲被乙收购; 갑은 을을 인수했다, 갑은 을에 인수됐다.
    fn is_told_from_the_other_end(&self) -> bool {
        let (xa, ya) = (&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let (xb, yb) = (&self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        if is_hangul(self.a, xa) {
            let object = |side: &Side<'_>, fact: &Fact| role_of(side, fact) == Some("object");
            let given = |side: &Side<'_>, fact: &Fact| role_of(side, fact) == Some("to");
            let does = |side: &Side<'_>, fact: &Fact| role_of(side, fact) == Some(SUBJECT);
            let next = |side: &Side<'_>, fact: &Fact| {
                let token = Some(fact.tokens.end).filter(|token| side.tokens.contains(token));
                token.map_or_else(String::new, |token| side.text.span(token as usize).of(side.text.text).to_owned())
            };
            let suffers = |word: &str| ["됐", "되었", "된", "당했", "당한"].iter().any(|ending| word.contains(ending));
            let kin = |x: &str, y: &str| x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count() >= HEAD;
            let (verb_a, verb_b) = (next(self.a, ya), next(self.b, yb));
            let turned = object(self.a, ya) && given(self.b, yb) && suffers(&verb_b) && !suffers(&verb_a)
                || given(self.a, ya) && object(self.b, yb) && suffers(&verb_a) && !suffers(&verb_b);
            return does(self.a, xa) && does(self.b, xb) && turned && kin(&verb_a, &verb_b);
        }
        let between = |side: &Side<'_>, first: &Fact, last: &Fact| {
            side.text.text.get(first.span.end..last.span.start).unwrap_or_default().to_lowercase()
        };
        let (a, b) = (between(self.a, xa, ya), between(self.b, xb, yb));
        let has = |text: &str, verbs: &[&str]| has_any(text, verbs);
        let turned = |x: &[&str], y: &[&str]| has(&a, x) && has(&b, y) && !has(&a, y) && !has(&b, x);
        // Higher than, lower than: that the comparison changed is told already.
        let compares = |side: &Side<'_>, first: &Fact, last: &Fact| {
            let inside = |fact: &Fact| first.span.end <= fact.span.start && fact.span.end <= last.span.start;
            side.facts.iter().any(|fact| fact.kind == ChangeKind::Quantifier && inside(fact))
        };
        let compared = compares(self.a, xa, ya) || compares(self.b, xb, yb);
        // Was acquired by, was sold to: the passive turns it round again.
        let passive =
            [&a, &b].into_iter().any(|text| ["was", "were", "been", "by"].iter().any(|word| says(text, word)));
        let is_verb = |verbs: &[&str]| !verbs.iter().any(|word| COMPARING.contains(word));
        let verbs = CONVERSES.iter().filter(|(x, y)| is_verb(x) && is_verb(y));
        if !compared && !passive && verbs.into_iter().any(|&(x, y)| x != y && (turned(x, y) || turned(y, x))) {
            return true;
        }
        // The verb stands between the two here and behind both there, after 被.
        let suffers = |told: &str, between: &str, side: &Side<'_>, last: &Fact| {
            let verb = told.trim_end_matches(['了', '过']);
            let han = (1..=VERB).contains(&verb.chars().count()) && !verb.is_ascii();
            han && between.ends_with('被') && side.text.text[last.span.end..].starts_with(verb)
        };
        suffers(&a, &b, self.b, yb) || suffers(&b, &a, self.a, ya)
    }

    /// Whether two names in the same order have each other's preposition: from A to B, to A from B.
    fn has_turned_prepositions(&self) -> bool {
        const PREPOSITIONS: [&str; 6] = ["from", "to", "by", "against", "for", "with"];
        let before = |side: &Side<'_>, name: &Fact| {
            let token = name.tokens.start.checked_sub(1).filter(|token| side.tokens.contains(token))?;
            let word = side.text.span(token as usize).of(side.text.text);
            PREPOSITIONS.iter().position(|preposition| *preposition == word)
        };
        let (xa, ya) = (before(self.a, &self.a.facts[self.x.a]), before(self.a, &self.a.facts[self.y.a]));
        let (xb, yb) = (before(self.b, &self.b.facts[self.x.b]), before(self.b, &self.b.facts[self.y.b]));
        xa.is_some() && ya.is_some() && xa != ya && xa == yb && ya == xb
    }

    /// Whether 将 or 把 stands between the two on one side and 被 on the other, in the same place.
    fn is_disposed_of(&self) -> bool {
        let between = |side: &Side<'_>, first: &Fact, last: &Fact| {
            let between = side.text.text.get(first.span.end..last.span.start).unwrap_or_default();
            between.chars().next().unwrap_or(' ')
        };
        let a = between(self.a, &self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let b = between(self.b, &self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        let takes = |c: char| matches!(c, '将' | '把' | '將');
        takes(a) && b == '被' || a == '被' && takes(b)
    }

    fn by_particles(&self, xa: &Fact, ya: &Fact, xb: &Fact, yb: &Fact) -> Option<Verdict> {
        let role = |side: &Side<'_>, fact: &Fact| role_of(side, fact);
        let (rxa, rya, rxb, ryb) = (role(self.a, xa), role(self.a, ya), role(self.b, xb), role(self.b, yb));
        // 갑은 을이 숨겼다고 했다: the topic does one thing and the subject another.
        if [rxa, rya, rxb, ryb] == [Some(SUBJECT); 4] {
            let topic = |side: &Side<'_>, fact: &Fact| is_topic(side.reading.tail_of(titled(fact)));
            let topics = [topic(self.a, xa), topic(self.a, ya), topic(self.b, xb), topic(self.b, yb)];
            if matches!(topics, [true, false, false, true] | [false, true, true, false]) {
                return Some(Verdict::Exchanged);
            }
        }
        // 이하준이 1위, 유토가 2위: what stands beside the one now stands beside the other.
        if rxa == rya && rxb == ryb {
            let kept = self.likeness(xa, xb) + self.likeness(ya, yb);
            let crossed = self.likeness(xa, yb) + self.likeness(ya, xb);
            return (crossed > kept + 1).then_some(Verdict::Exchanged);
        }
        // 갑이 을에 넘겼다, 을에서 갑으로 넘어갔다: who gives and who is given.
        let gives = |role| matches!(role, Some(SUBJECT | "from"));
        let given = |role| matches!(role, Some("to" | "toward"));
        let handed = gives(rxa) && given(rya) && given(rxb) && ryb == Some("from")
            || given(rxa) && gives(rya) && rxb == Some("from") && given(ryb)
            || gives(ryb) && given(rxb) && given(rya) && rxa == Some("from")
            || given(ryb) && gives(rxb) && rya == Some("from") && given(rxa);
        (handed || rxa != rya && rxa == ryb && rya == rxb).then_some(Verdict::Exchanged)
    }

    /// Whether nothing but joints of a list, and names, stands between two names.
    fn is_list(&self, side: &Side<'_>, first: &Fact, last: &Fact) -> bool {
        // A Korean name that does something is the first of no list, though only a title stands before the next one.
        let does = matches!(role(side.reading.tail_of(titled(first))), Some(SUBJECT | "object" | "to" | "owner"));
        if does && is_hangul(side, first) {
            return false;
        }
        let between = first.tokens.end..last.tokens.start;
        let mut covered = vec![false; between.len()];
        let mut cover = |tokens: &Range<u32>| {
            for token in tokens.clone().filter(|token| between.contains(token)) {
                covered[(token - between.start) as usize] = true;
            }
        };
        side.others.iter().filter(|cue| cue.found.group.cue == Cue::And).for_each(|cue| cover(&cue.tokens));
        side.facts.iter().filter(|fact| fact.kind == ChangeKind::Name).for_each(|fact| cover(&fact.tokens));
        let small = |token: u32| {
            let word = side.text.span(token as usize).of(side.text.text);
            word.eq_ignore_ascii_case("the")
                || side.others.iter().any(|cue| cue.found.group.cue == Cue::Title && cue.tokens.contains(&token))
        };
        let joined = !between.is_empty() || {
            let gap = &side.text.text[first.span.end..last.span.start];
            gap.contains([',', '、', '·', '，', '/', '-', '–', '와', '과']) || gap.is_empty()
        };
        // A member of the list that nothing but its sound tells: 诺尔维亚、萨马尔和塔什兰.
        let sounds = |token: u32| sounds_foreign_there(side, &between, token);
        joined
            && between.clone().all(|token| covered[(token - between.start) as usize] || small(token) || sounds(token))
    }

    /// Names in the list that two names stand in.
    fn members(&self, side: &Side<'_>, first: &Fact, last: &Fact) -> usize {
        let names: Vec<&Fact> = side.facts.iter().filter(|fact| fact.kind == ChangeKind::Name).collect();
        let place = |fact: &Fact| names.iter().position(|name| name.span == fact.span).unwrap_or(0);
        let (mut from, mut to) = (place(first), place(last));
        while from > 0 && self.is_list(side, names[from - 1], names[from]) {
            from -= 1;
        }
        while to + 1 < names.len() && self.is_list(side, names[to], names[to + 1]) {
            to += 1;
        }
        to - from + 1
    }

    /// Whether a name is who does what a passive verb says.
    fn is_agent(&self, side: &Side<'_>, name: &Fact) -> bool {
        let by = |tokens: &Range<u32>, before: bool| {
            let near = side.others.iter().filter(|cue| cue.found.group.cue == Cue::By);
            near.clone().any(|cue| if before { cue.tokens.end == tokens.start } else { cue.tokens.start == tokens.end })
        };
        let korean = is_hangul(side, name);
        if korean {
            let tail = side.reading.tail_of(titled(name));
            return role(tail) == Some("by") || by(&name.tokens, false);
        }
        if by(&name.tokens, true) {
            return true;
        }
        // By the province of Keld.
        let of = name.tokens.start.checked_sub(1).filter(|of| side.tokens.contains(of));
        let belongs = of.is_some_and(|of| side.text.span(of as usize).of(side.text.text) == "of");
        belongs && by(&(name.tokens.start.saturating_sub(2)..name.tokens.end), true)
    }

    /// How much alike the surroundings of two names are.
    fn likeness(&self, in_a: &Fact, in_b: &Fact) -> usize {
        let (before_a, after_a) = self.a.reading.around(&in_a.tokens);
        let (before_b, after_b) = self.b.reading.around(&in_b.tokens);
        let like = |x: &str, y: &str, weight: usize| if x == y { if x.is_empty() { 1 } else { weight } } else { 0 };
        like(before_a, before_b, 2) + like(after_a, after_b, 2)
    }

    /// Whether the words before two names have one in common that is a participle on one side alone: "lent B a million", "was
    /// lent a million by A".
    fn turned_passive(&self, ya: &Fact, yb: &Fact) -> bool {
        let words = |side: &Side<'_>, first: &Fact, last: &Fact| -> Vec<String> {
            let between = first.tokens.end..last.tokens.start;
            let far = between.len() > BETWEEN;
            let word = |token: u32| side.text.span(token as usize).of(side.text.text).to_ascii_lowercase();
            if far { Vec::new() } else { between.map(word).collect() }
        };
        let (of_a, of_b) = (words(self.a, &self.a.facts[self.x.a], ya), words(self.b, &self.b.facts[self.x.b], yb));
        let is_participle = |words: &[String], word: &String| {
            words.windows(2).any(|pair| {
                pair[1] == *word && matches!(&*pair[0], "was" | "were" | "is" | "are" | "been" | "being" | "be")
            })
        };
        let turned = |word: &String| word.len() >= STEM && is_participle(&of_a, word) != is_participle(&of_b, word);
        of_a.iter().any(|word| of_b.contains(word) && turned(word))
    }

    /// Whether the same verb stands before both: "beat B", "beaten by A".
    fn same_verb(&self, ya: &Fact, yb: &Fact) -> bool {
        let word = |side: &Side<'_>, name: &Fact, steps: u32| {
            let token = name.tokens.start.checked_sub(steps)?;
            let word = side.text.span(token as usize).of(side.text.text);
            word.is_ascii().then(|| word.to_ascii_lowercase())
        };
        // 收购蓝湾公司, 被蓝湾公司收购: the verb stands after whom it is done by.
        let around = |side: &Side<'_>, name: &Fact| {
            let from = name.tokens.start.saturating_sub(CHARACTERS).max(side.tokens.start);
            let to = (name.tokens.end + CHARACTERS).min(side.tokens.end);
            let before = side.span(&(from..name.tokens.start)).of(side.text.text);
            (before.to_owned(), side.span(&(name.tokens.end..to)).of(side.text.text).to_owned())
        };
        let is_han = |text: &str| {
            text.chars().count() == CHARACTERS as usize && !text.is_ascii() && !text.chars().any(is_syllable)
        };
        let ((before_a, after_a), (before_b, after_b)) = (around(self.a, ya), around(self.b, yb));
        if is_han(&before_a) && before_a == after_b || is_han(&before_b) && before_b == after_a {
            return true;
        }
        if self.turned_passive(ya, yb) {
            return true;
        }
        let alike = |x: String, y: String| x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count() >= 4;
        [(1, 2), (2, 1)]
            .into_iter()
            .any(|(x, y)| word(self.a, ya, x).zip(word(self.b, yb, y)).is_some_and(|(x, y)| alike(x, y)))
    }
}

/// Whether a token between two names is part of a stretch between marks and joints that writes a foreign name by its sound.
fn sounds_foreign_there(side: &Side<'_>, between: &Range<u32>, token: u32) -> bool {
    let together = |at: u32| side.text.places[at as usize].0 == side.text.places[at as usize - 1].1;
    let joins = |at: u32| matches!(side.text.span(at as usize).of(side.text.text), "和" | "与" | "及" | "與");
    let start = (between.start..=token).rev().find(|&at| at == between.start || !together(at) || joins(at - 1));
    let end = (token + 1..=between.end).find(|&at| at == between.end || !together(at) || joins(at));
    start.zip(end).is_some_and(|(start, end)| sounds_foreign(side.text, &(start..end)))
}

/// Bytes of a name with its titles.
fn titled(fact: &Fact) -> Span {
    match &fact.key {
        Key::Name(name) => name.span,
        _ => fact.span,
    }
}

fn is_hangul(side: &Side<'_>, fact: &Fact) -> bool {
    fact.span.of(side.text.text).chars().any(is_syllable)
}

/// The role that a Korean particle gives to the name before it, by the letters that follow the name; none where it is unknown.
/// What is spoken of does something, as a subject does.
fn role(tail: &str) -> Option<&'static str> {
    josa(tail).map(|josa| if josa.role == TOPIC { SUBJECT } else { josa.role })
}

/// The role of a Korean name; where a noun stands between it and the particle, by that: 한국 정부가 미국 정부에.
fn role_of(side: &Side<'_>, name: &Fact) -> Option<&'static str> {
    let tail = side.reading.tail_of(titled(name));
    let next = name.tokens.end;
    if !tail.is_empty() || !side.tokens.contains(&next) {
        return role(tail);
    }
    let word = side.text.span(next as usize).of(side.text.text);
    let told = JOSA.iter().filter(|josa| josa.role != "other" && word.len() > josa.letters.len());
    let longest = told.filter(|josa| word.ends_with(josa.written)).max_by_key(|josa| josa.written.len())?;
    let stem = &word[..word.len() - longest.written.len()];
    (stem.chars().count() >= HEAD).then_some(if longest.role == TOPIC { SUBJECT } else { longest.role })
}

fn is_topic(tail: &str) -> bool {
    josa(tail).is_some_and(|josa| josa.role == TOPIC)
}

/// The longest particle that tells a role and that the letters begin with.
fn josa(tail: &str) -> Option<&'static Josa> {
    JOSA.iter().find(|josa| josa.role != "other" && tail.starts_with(josa.letters))
}
