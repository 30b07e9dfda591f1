//! One thing told from either end: passives, converse verbs, comparisons, what stands before and behind a verb.

use super::korean::{HEAD, SUBJECT, is_hangul, role, role_of};
use super::{Pair, titled};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::tables::{CONVERSES, chinese, english, korean};
use crate::span::Span;
use crate::text::{is_han, is_syllable};
use std::ops::Range;

/// Tokens from what is someone's to who it is by.
const BY: u32 = 2;
/// Tokens in which converse verbs are looked for, and characters of a Chinese verb.
const LONGEST: u32 = 256;
const VERB: usize = 4;
/// Characters of a Chinese verb that tell it.
const CHARACTERS: u32 = 2;
/// What tells the lines of comparisons from those of verbs in the data files.
const COMPARING: [&str; 5] = ["over", "高于", "多", "高", "보다 높"];
/// Most words between two names among which a verb is looked for, and fewest letters of one.
const BETWEEN: usize = 16;
const STEM: usize = 4;

/// Longest stretch between two names in which a word is looked for that tells which does what to which, in bytes.
const CLAUSE: usize = 240;

impl Pair<'_> {
    /// What stands between two names on either side, which are in the other order there.
    fn between_turned(&self) -> (&str, &str) {
        let a = self.a.between(&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        (a, self.b.between(&self.b.facts[self.y.b], &self.b.facts[self.x.b]))
    }

    /// Whether one side says of the one that it has more than the other, and the other side of the other that it has fewer.
    pub(super) fn is_compared(&self) -> bool {
        let (a, b) = self.between_turned();
        let (a, b) = (a.to_lowercase(), b.to_lowercase());
        let than = |text: &str| text.trim_end_matches("the ").trim_end().ends_with("than");
        let fewer = ["fewer", "less"];
        let turned =
            |x: &str, y: &str| says(x, "more") && has_any(y, &fewer) && !says(y, "more") && !has_any(x, &fewer);
        than(&a) && than(&b) && (turned(&a, &b) || turned(&b, &a))
    }

    /// Whether one side names with "by" whose it is and the other with an apostrophe: the appeal by A is heard by B, B hears A's
    /// appeal.
    pub(super) fn is_owned_by(&self) -> bool {
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

    /// Whether such a verb is said from either end with the names in the same order: A leases it to B, A leases it from B.
    pub(super) fn goes_the_other_way(&self) -> bool {
        let (a, b) = ((self.a, &self.a.facts[self.y.a]), (self.b, &self.b.facts[self.y.b]));
        self.has_verb_of_both_ends((a, b))
    }

    /// Whether a verb that stands on both sides of its line in the data file is said from either end, by the word before the
    /// second name: A leased it from B, B leased it to A.
    pub(super) fn goes_both_ways(&self) -> bool {
        let (a, b) = ((self.a, &self.a.facts[self.y.a]), (self.b, &self.b.facts[self.x.b]));
        self.has_verb_of_both_ends((a, b))
    }

    /// Whether "from" stands before the name on one side and "to" on the other, and both have a verb that goes with either.
    fn has_verb_of_both_ends(&self, (in_a, in_b): ((&Side<'_>, &Fact), (&Side<'_>, &Fact))) -> bool {
        let follows = |side: &Side<'_>, name: &Fact, word: &str| {
            side.before(name.tokens.start).is_some_and(|token| side.word(token) == word)
        };
        let turned = |x: &str, y: &str| follows(in_a.0, in_a.1, x) && follows(in_b.0, in_b.1, y);
        (turned("from", "to") || turned("to", "from")) && {
            let (a, b) = (start_of(self.a), start_of(self.b));
            let both = |&(x, y): &(&[&str], &[&str])| x == y && has_any(&a, x) && has_any(&b, x);
            CONVERSES.iter().any(both)
        }
    }

    /// Whether verbs that tell it from the same end stand between the two on both sides: 甲输给乙, 乙负于甲.
    pub(super) fn has_one_verb(&self) -> bool {
        let (a, b) = self.between_turned();
        let (a, b) = (a.to_lowercase(), b.to_lowercase());
        let agrees = |x: &[&str], y: &[&str]| has_any(&a, x) && has_any(&b, x) && !has_any(&a, y) && !has_any(&b, y);
        CONVERSES.iter().any(|&(x, y)| x != y && (agrees(x, y) || agrees(y, x)))
    }

    /// Whether a word that tells which does what to which stands between the two on both sides: 甲在决赛中淘汰了乙, 乙淘汰甲.
    pub(super) fn has_one_pivot(&self) -> bool {
        let (a, b) = self.between_turned();
        let is_clause = |between: &str| {
            between.len() <= CLAUSE && !between.contains(['，', '。', '；', ',', '被', '遭', '由', '、'])
        };
        is_clause(a) && is_clause(b) && {
            let pivot = |word: &&&str| word.chars().count() > 1 && a.contains(**word) && b.contains(**word);
            chinese::PIVOT.iter().any(|word| pivot(&word))
        }
    }

    /// Whether one side has the doer before 将 or 把 and the other a verb between the two: 甲起诉乙, 乙将甲告上法庭.
    pub(super) fn is_disposed(&self) -> bool {
        let (a, b) = self.between_turned();
        let takes = |between: &str| matches!(between, "将" | "把" | "將");
        let verb = |between: &str| {
            let count = between.chars().count();
            (1..=VERB).contains(&count) && between.chars().all(is_han)
        };
        takes(a) && verb(b) && !takes(b) || takes(b) && verb(a) && !takes(a)
    }

    /// Whether two names in the same order have a verb between them, or a verb behind both, that tells it from the other end:
    /// 甲战胜乙, 甲负于乙; 甲收购乙, 甲被乙收购; 갑은 을을 인수했다, 갑은 을에 인수됐다.
    pub(super) fn is_told_from_the_other_end(&self) -> bool {
        let (xa, ya) = (&self.a.facts[self.x.a], &self.a.facts[self.y.a]);
        let (xb, yb) = (&self.b.facts[self.x.b], &self.b.facts[self.y.b]);
        if is_hangul(self.a, xa) {
            let object = |side: &Side<'_>, fact: &Fact| role_of(side, fact) == Some("object");
            let given = |side: &Side<'_>, fact: &Fact| role_of(side, fact) == Some("to");
            let does = |side: &Side<'_>, fact: &Fact| role_of(side, fact) == Some(SUBJECT);
            let next = |side: &Side<'_>, fact: &Fact| {
                let token = Some(fact.tokens.end).filter(|token| side.tokens.contains(token));
                token.map_or_else(String::new, |token| side.word(token).to_owned())
            };
            let suffers = |word: &str| korean::PASSIVE.iter().any(|ending| word.contains(ending));
            let kin = |x: &str, y: &str| x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count() >= HEAD;
            let (verb_a, verb_b) = (next(self.a, ya), next(self.b, yb));
            let turned = object(self.a, ya) && given(self.b, yb) && suffers(&verb_b) && !suffers(&verb_a)
                || given(self.a, ya) && object(self.b, yb) && suffers(&verb_a) && !suffers(&verb_b);
            return does(self.a, xa) && does(self.b, xb) && turned && kin(&verb_a, &verb_b);
        }
        let (a, b) = (self.a.between(xa, ya).to_lowercase(), self.b.between(xb, yb).to_lowercase());
        let has = |text: &str, verbs: &[&str]| has_any(text, verbs);
        let turned = |x: &[&str], y: &[&str]| has(&a, x) && has(&b, y) && !has(&a, y) && !has(&b, x);
        // Higher than, lower than: that the comparison changed is told already.
        let compares = |side: &Side<'_>, first: &Fact, last: &Fact| {
            let between = Span::new(first.span.end, last.span.start);
            side.facts.iter().any(|fact| fact.kind == ChangeKind::Quantifier && between.holds(fact.span))
        };
        let compared = compares(self.a, xa, ya) || compares(self.b, xb, yb);
        // Was acquired by, was sold to: the passive turns it round again.
        let passive = [&a, &b].into_iter().any(|text| english::PASSIVE.iter().any(|word| says(text, word)));
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

    /// Whether 将 or 把 stands between the two on one side and 被 on the other, in the same place.
    pub(super) fn is_disposed_of(&self) -> bool {
        let first = |between: &str| between.chars().next().unwrap_or(' ');
        let a = first(self.a.between(&self.a.facts[self.x.a], &self.a.facts[self.y.a]));
        let b = first(self.b.between(&self.b.facts[self.x.b], &self.b.facts[self.y.b]));
        let takes = |c: char| matches!(c, '将' | '把' | '將');
        takes(a) && b == '被' || a == '被' && takes(b)
    }

    /// Whether a name is who does what a passive verb says.
    pub(super) fn is_agent(&self, side: &Side<'_>, name: &Fact) -> bool {
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
        let belongs = side.before(name.tokens.start).is_some_and(|of| side.word(of) == "of");
        belongs && by(&(name.tokens.start.saturating_sub(2)..name.tokens.end), true)
    }

    /// Whether the words before two names have one in common that is a participle on one side alone: "lent B a million", "was
    /// lent a million by A".
    pub(super) fn turned_passive(&self, ya: &Fact, yb: &Fact) -> bool {
        let words = |side: &Side<'_>, first: &Fact, last: &Fact| -> Vec<String> {
            let between = first.tokens.end..last.tokens.start;
            let far = between.len() > BETWEEN;
            let word = |token: u32| side.word(token).to_ascii_lowercase();
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
    pub(super) fn same_verb(&self, ya: &Fact, yb: &Fact) -> bool {
        let word = |side: &Side<'_>, name: &Fact, steps: u32| {
            let token = name.tokens.start.checked_sub(steps)?;
            let word = side.word(token);
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

/// Whether one side tells from the other end what the other side tells: A sold to B, B bought from A; more than, less than.
/// Cost: linear in the first tokens of both.
pub(in crate::change) fn are_converse(a: &Side<'_>, b: &Side<'_>) -> bool {
    let (a, b) = (start_of(a), start_of(b));
    let turned = |x, y| has_any(&a, x) && has_any(&b, y) && !has_any(&a, y) && !has_any(&b, x);
    CONVERSES.iter().any(|&(x, y)| turned(x, y) || turned(y, x))
}

/// The first tokens of a side in lower case.
pub(super) fn start_of(side: &Side<'_>) -> String {
    let last = side.tokens.end.min(side.tokens.start + LONGEST);
    side.span(&(side.tokens.start..last)).of(side.text.text).to_lowercase()
}

/// Whether a text has one of some phrases.
pub(super) fn has_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| says(text, phrase))
}

/// Whether a text has a phrase: one in Latin letters between letters of none of its words.
pub(super) fn says(text: &str, phrase: &str) -> bool {
    let whole = |at: usize| {
        let letter = |c: char| c.is_ascii_alphabetic();
        !phrase.is_ascii() || !text[..at].ends_with(letter) && !text[at + phrase.len()..].starts_with(letter)
    };
    // Mostly it has not, which is told faster than where.
    text.contains(phrase) && text.match_indices(phrase).any(|(at, _)| whole(at))
}
