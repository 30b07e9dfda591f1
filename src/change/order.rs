//! Order: named parties that changed places.
//!
//! Two names that stand in the other order have changed places where each has the role that the other had: the words
//! around it in English and Chinese, the particle in Korean. Two names joined by "and" alone have changed places too, since
//! who is named first matters between parties; three and more are a list, whose order means nothing. A passive turns the
//! order round and keeps the roles.

use super::fact::{Fact, Key, Side};
use super::kind::ChangeKind;
use super::lexicon::Cue;
use crate::span::Span;
use crate::text::is_syllable;
use std::ops::Range;

/// Most names of a side that are looked at.
const MOST: usize = 16;

/// Verbs of which one says of the second party what the other says of the first.
const CONVERSES: [(&str, &str); 11] = [
    ("sold", "bought"),
    ("sold", "acquired"),
    ("sold", "purchased"),
    ("sells", "buys"),
    ("lent", "borrowed"),
    ("beat", "lost"),
    ("defeated", "lost"),
    ("gave", "received"),
    ("paid", "received"),
    ("leads", "trails"),
    ("led", "trailed"),
];
/// Tokens in which they are looked for, and characters of a Chinese verb.
const LONGEST: usize = 256;
const VERB: usize = 4;

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

/// Names in another order, and what that amounts to. Cost: quadratic in the names, of which few are looked at.
pub(super) fn turned(a: &Side<'_>, b: &Side<'_>) -> Vec<Turned> {
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
            let verdict = Pair { a, b, x, y }.verdict();
            found.extend(verdict.map(|verdict| Turned { a: (x.a, y.a), b: (x.b, y.b), verdict }));
        }
    }
    found
}

/// Whether a name ends a list of places, whose order means nothing: the Eastgate and Millbank districts.
fn of_places(side: &Side<'_>, last: &Fact) -> bool {
    const PLACES: [&str; 12] = [
        "districts",
        "provinces",
        "regions",
        "counties",
        "cities",
        "towns",
        "villages",
        "islands",
        "states",
        "areas",
        "valleys",
        "rivers",
    ];
    let next = last.tokens.end;
    side.tokens.contains(&next) && PLACES.contains(&side.text.span(next as usize).of(side.text.text))
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
        once(&b.facts, &names_b, fact).map(|y| Common { a: x, b: y })
    });
    common.collect()
}

struct Pair<'s> {
    a: &'s Side<'s>,
    b: &'s Side<'s>,
    x: &'s Common,
    y: &'s Common,
}

impl Pair<'_> {
    fn verdict(&self) -> Option<Verdict> {
        let (xa, ya) = (&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let (xb, yb) = (&self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        let turned = xb.tokens.start > yb.tokens.start;
        if turned && self.is_list(self.a, xa, ya) && self.is_list(self.b, yb, xb) {
            let members = self.members(self.a, xa, ya).max(self.members(self.b, yb, xb));
            let places = of_places(self.a, ya) && of_places(self.b, xb);
            return Some(if members > 2 || places { Verdict::List } else { Verdict::Exchanged });
        }
        if turned
            && self.b.facts[self.y.b..=self.x.b].iter().any(|fact| fact.kind == ChangeKind::Name)
            && is_hangul(self.a, xa)
        {
            return self.by_particles(xa, ya, xb, yb);
        }
        let agents = |side: &Side<'_>, x: &Fact, y: &Fact| {
            usize::from(self.is_agent(side, x)) + usize::from(self.is_agent(side, y))
        };
        let flipped = agents(self.a, xa, ya) != agents(self.b, xb, yb);
        if turned {
            if flipped || self.are_converse() {
                return Some(Verdict::Voice);
            }
            if self.is_disposed() {
                return Some(Verdict::Exchanged);
            }
            let kept = self.likeness(xa, xb) + self.likeness(ya, yb);
            let crossed = self.likeness(xa, yb) + self.likeness(ya, xb);
            return (crossed > kept).then_some(Verdict::Exchanged);
        }
        // In the same order, but what one did the other now does: "A beat B", "A was beaten by B".
        let passive = self.is_agent(self.b, yb) && !self.is_agent(self.a, ya) && !self.is_agent(self.a, xa)
            || self.is_agent(self.a, ya) && !self.is_agent(self.b, yb) && !self.is_agent(self.b, xb);
        (passive && self.same_verb(ya, yb)).then_some(Verdict::Exchanged)
    }

    /// Whether one side has a verb that says of the second party what the other side's says of the first: sold, bought.
    fn are_converse(&self) -> bool {
        let has = |side: &Side<'_>, verb: &str| {
            side.tokens.clone().take(LONGEST).any(|token| {
                let word = side.text.span(token as usize).of(side.text.text);
                word.eq_ignore_ascii_case(verb)
            })
        };
        let turned = |x: &str, y: &str| has(self.a, x) && has(self.b, y) && !has(self.a, y) && !has(self.b, x);
        CONVERSES.iter().any(|&(x, y)| turned(x, y) || turned(y, x))
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

    fn by_particles(&self, xa: &Fact, ya: &Fact, xb: &Fact, yb: &Fact) -> Option<Verdict> {
        let role = |side: &Side<'_>, fact: &Fact| particle_role(side.reading.tail_of(titled(fact)));
        let (rxa, rya, rxb, ryb) = (role(self.a, xa), role(self.a, ya), role(self.b, xb), role(self.b, yb));
        // 갑은 을이 숨겼다고 했다: the topic does one thing and the subject another.
        if [rxa, rya, rxb, ryb] == ['S'; 4] {
            let topic = |side: &Side<'_>, fact: &Fact| is_topic(side.reading.tail_of(titled(fact)));
            let topics = [topic(self.a, xa), topic(self.a, ya), topic(self.b, xb), topic(self.b, yb)];
            let exchanged = matches!(topics, [true, false, false, true] | [false, true, true, false]);
            return exchanged.then_some(Verdict::Exchanged);
        }
        (rxa != rya && rxa == ryb && rya == rxb).then_some(Verdict::Exchanged)
    }

    /// Whether nothing but joints of a list, and names, stands between two names.
    fn is_list(&self, side: &Side<'_>, first: &Fact, last: &Fact) -> bool {
        // A Korean name that does something is the first of no list, though only a title stands before the next one.
        let does = matches!(particle_role(side.reading.tail_of(titled(first))), 'S' | 'O' | 'D' | 'G');
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
        joined && between.clone().all(|token| covered[(token - between.start) as usize] || small(token))
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
            return particle_role(tail) == 'B' || by(&name.tokens, false);
        }
        by(&name.tokens, true)
    }

    /// How much alike the surroundings of two names are.
    fn likeness(&self, in_a: &Fact, in_b: &Fact) -> usize {
        let (before_a, after_a) = self.a.reading.around(&in_a.tokens);
        let (before_b, after_b) = self.b.reading.around(&in_b.tokens);
        let like = |x: &str, y: &str, weight: usize| if x == y { if x.is_empty() { 1 } else { weight } } else { 0 };
        like(before_a, before_b, 2) + like(after_a, after_b, 2)
    }

    /// Whether the same verb stands before both: "beat B", "beaten by A".
    fn same_verb(&self, ya: &Fact, yb: &Fact) -> bool {
        let word = |side: &Side<'_>, name: &Fact, steps: u32| {
            let token = name.tokens.start.checked_sub(steps)?;
            let word = side.text.span(token as usize).of(side.text.text);
            word.is_ascii().then(|| word.to_ascii_lowercase())
        };
        let alike = |x: String, y: String| x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count() >= 4;
        [(1, 2), (2, 1)]
            .into_iter()
            .any(|(x, y)| word(self.a, ya, x).zip(word(self.b, yb, y)).is_some_and(|(x, y)| alike(x, y)))
    }
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

/// The role that a Korean particle, in its letters, gives: subject, object, list, to, of; a question mark where unknown.
fn particle_role(tail: &str) -> char {
    const ROLES: [(&str, char); 22] = [
        ("은", 'S'),
        ("는", 'S'),
        ("이", 'S'),
        ("가", 'S'),
        ("께서", 'S'),
        ("을", 'O'),
        ("를", 'O'),
        ("와", 'C'),
        ("과", 'C'),
        ("하고", 'C'),
        ("에게서", 'F'),
        ("에게", 'D'),
        ("한테", 'D'),
        ("에서", 'F'),
        ("에", 'D'),
        ("으로", 'T'),
        ("로", 'T'),
        ("의", 'G'),
        ("도", 'S'),
        ("측", 'S'),
        ("보다", 'M'),
        ("에 의해", 'B'),
    ];
    let found = ROLES.iter().filter(|(particle, _)| begins(tail, particle));
    found.max_by_key(|(particle, _)| particle.len()).map_or('?', |&(_, role)| role)
}

/// Whether a tail, in its letters, begins with a particle.
fn begins(tail: &str, particle: &str) -> bool {
    let mut normal = String::new();
    super::pattern::push_pattern(particle, &mut normal);
    tail.starts_with(&normal)
}

fn is_topic(tail: &str) -> bool {
    begins(tail, "은") || begins(tail, "는")
}
