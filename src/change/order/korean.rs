//! Korean particles, which give a name its role whatever the order: 갑이 을을, 을을 갑이.

use super::{Pair, Verdict, are_converse, titled};
use crate::change::fact::{Fact, Side};
use crate::change::items::Josa;
use crate::change::kind::ChangeKind;
use crate::change::tables::{JOSA, korean};
use crate::text::{is_han, is_syllable};

/// Roles that particles give, as the data file names them.
pub(super) const TOPIC: &str = "topic";
pub(super) const SUBJECT: &str = "subject";
/// Most words between "who did it is" and the name.
const CLEFT: u32 = 6;
/// Syllables of a noun behind a Korean name.
pub(super) const HEAD: usize = 2;

impl Pair<'_> {
    /// Whether two Korean names in the same order have each other's particle: 갑이 을을, 갑을 을이.
    pub(super) fn has_turned_particles(&self, xa: &Fact, ya: &Fact, xb: &Fact, yb: &Fact) -> bool {
        let role = |side: &Side<'_>, fact: &Fact| role(side.reading.tail_of(titled(fact)));
        let (rxa, rya, rxb, ryb) = (role(self.a, xa), role(self.a, ya), role(self.b, xb), role(self.b, yb));
        let does = |role| role == Some(SUBJECT);
        let beside = xa.tokens.end == ya.tokens.start && xb.tokens.end == yb.tokens.start;
        let turned = beside
            && rxa != rya
            && (does(rxa) || does(rya))
            && rxa == ryb
            && rya == rxb
            && !are_converse(self.a, self.b);
        turned || self.does_what_the_other_did([xa, ya], [xb, yb])
    }

    /// Whether of two names in the same order one does in B what the other does in A, wherever they stand: 갑은 을이 ... 비난하며, 갑이
    /// ... 을은 비난하며; 갑이 을을 고소했다, 갑을 고소한 사람은 을이다.
    fn does_what_the_other_did(&self, in_a: [&Fact; 2], in_b: [&Fact; 2]) -> bool {
        let roles = |side: &Side<'_>, names: [&Fact; 2]| {
            names.map(|name| if is_cleft(side, name) { Some(SUBJECT) } else { role_of(side, name) })
        };
        let topics =
            |side: &Side<'_>, names: [&Fact; 2]| names.map(|name| is_topic(side.reading.tail_of(titled(name))));
        let (of_a, of_b) = (roles(self.a, in_a), roles(self.b, in_b));
        if of_a == [Some(SUBJECT); 2] && of_b == of_a {
            let (of_a, of_b) = (topics(self.a, in_a), topics(self.b, in_b));
            return of_a[0] != of_a[1] && of_a == [of_b[1], of_b[0]];
        }
        let acts = |roles: [Option<&str>; 2]| {
            matches!(roles, [Some(SUBJECT), Some("object")] | [Some("object"), Some(SUBJECT)])
        };
        let cleft =
            [(self.a, in_a), (self.b, in_b)].iter().any(|(side, names)| names.iter().any(|name| is_cleft(side, name)));
        cleft && acts(of_a) && acts(of_b) && of_a != of_b && !are_converse(self.a, self.b)
    }

    pub(super) fn by_particles(&self, xa: &Fact, ya: &Fact, xb: &Fact, yb: &Fact) -> Option<Verdict> {
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
        if handed || rxa != rya && rxa == ryb && rya == rxb {
            return Some(Verdict::Exchanged);
        }
        // Where it happens is no party to it: 지리산에서 태어났다고 생태원은.
        (rxa == rxb && rxa == Some("from") || rya == ryb && rya == Some("from")).then_some(Verdict::List)
    }
}

/// Whether a name is told last of all who does it: 고소한 사람은 을이다.
fn is_cleft(side: &Side<'_>, name: &Fact) -> bool {
    let behind = side.text.text.get(titled(name).end..).unwrap_or_default().trim_start();
    let from = name.tokens.start.saturating_sub(CLEFT).max(side.tokens.start);
    let leads = || (from..name.tokens.start).any(|token| korean::CLEFT.contains(&side.word(token)));
    korean::COPULA.iter().any(|copula| behind.starts_with(copula)) && leads()
}

/// Whether a Korean name stands right before a word that gives a statement on one side and is its topic on the other: 외교부는
/// ... 밝혔다, ... 외교부가 전했다.
pub(super) fn speaks_in_korean((side, name): (&Side<'_>, &Fact), (other, same): (&Side<'_>, &Fact)) -> bool {
    let said = |fact: &Fact| fact.kind == ChangeKind::Attribution && fact.tokens.start == name.tokens.end;
    is_hangul(side, name) && side.facts.iter().any(said) && is_topic(other.reading.tail_of(titled(same)))
}

/// Whether a name is written in Hangul, or in Han in a Korean text.
pub(super) fn is_hangul(side: &Side<'_>, fact: &Fact) -> bool {
    let name = fact.span.of(side.text.text);
    // 美 국방부.
    name.chars().any(is_syllable) || side.reading.has_hangul() && name.chars().all(is_han)
}

/// The role that a Korean particle gives to the name before it, by the letters that follow the name; none where it is unknown.
/// What is spoken of does something, as a subject does.
pub(super) fn role(tail: &str) -> Option<&'static str> {
    josa(tail).map(|josa| if josa.role == TOPIC { SUBJECT } else { josa.role })
}

/// The role of a Korean name; where a noun stands between it and the particle, by that: 한국 정부가 미국 정부에.
pub(super) fn role_of(side: &Side<'_>, name: &Fact) -> Option<&'static str> {
    let tail = side.reading.tail_of(titled(name));
    let next = name.tokens.end;
    let word = if side.tokens.contains(&next) { side.word(next) } else { "" };
    if !tail.is_empty() || word.is_empty() {
        let leaves = role(tail) == Some("object") && korean::LEAVING.iter().any(|verb| word.starts_with(verb));
        return if leaves { Some("from") } else { role(tail) };
    }
    let told = JOSA.iter().filter(|josa| josa.role != "other" && word.len() > josa.letters.len());
    let longest = told.filter(|josa| word.ends_with(josa.written)).max_by_key(|josa| josa.written.len())?;
    let stem = &word[..word.len() - longest.written.len()];
    (stem.chars().count() >= HEAD).then_some(if longest.role == TOPIC { SUBJECT } else { longest.role })
}

pub(super) fn is_topic(tail: &str) -> bool {
    josa(tail).is_some_and(|josa| josa.role == TOPIC)
}

/// The longest particle that tells a role and that the letters begin with.
pub(super) fn josa(tail: &str) -> Option<&'static Josa> {
    JOSA.iter().find(|josa| josa.role != "other" && tail.starts_with(josa.letters))
}
