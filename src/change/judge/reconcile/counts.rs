//! How many and how much, said in other words: all and none, halves, bounds, numbers as labels.

use super::{MANY, UnitJudge, allows, nearest, negates};
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::{Pairing, is_word};
use crate::change::tables::{chinese, english, korean};
use crate::span::are_near;
use crate::which::Which;

/// Most left-over facts of a side that are looked at two by two for words of number.
const FEW: usize = 16;

/// Most numbers that are looked at two by two, and fewest bytes of a word that tells what they count.
const COUNTS: usize = 16;
const TELLING: usize = 3;

/// How far from a share what two numbers make of it may lie, and most tokens between the two.
const EXACT: f64 = 1e-9;
const BETWEEN: u32 = 6;

/// Facts after one among which that which follows it stands.
const NEAR: usize = 4;

impl UnitJudge<'_> {
    /// Half in words and 50 %, wherever they stand; beside a half, "over" and "at least" are the same: 超过半数, 50%以上.
    pub(super) fn halves(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let count = pairing.left(Which::A).count();
        self.meet(pairing, Fact::is_share);
        let over = |x: &Fact, y: &Fact| x.class() == "over" && y.class() == "at-least";
        if pairing.left(Which::A).count() < count {
            let beside = |facts: &[Fact], bound: &Fact| {
                facts.iter().any(|one| one.is_half() && are_near(&one.tokens, &bound.tokens, 0))
            };
            let alike = |x: &Fact, y: &Fact| (over(x, y) || over(y, x)) && beside(a, x) && beside(b, y);
            let (same, changed): (Vec<_>, Vec<_>) = pairing.changed.drain(..).partition(|&(x, y)| alike(&a[x], &b[y]));
            pairing.changed = changed;
            pairing.same.extend(same);
            self.meet(pairing, alike);
        }
    }

    /// "Seven of the ten" and "70 percent", 셋 중 하나 and 3분의 1: a share, and the two numbers that make it.
    pub(super) fn shares(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let (only_a, only_b) = (pairing.only(Which::A), pairing.only(Which::B));
        let left_a = |at: usize| only_a.contains(&at) || pairing.changed.iter().any(|pair| pair.0 == at);
        let left_b = |at: usize| only_b.contains(&at) || pairing.changed.iter().any(|pair| pair.1 == at);
        let share = |facts: &[Fact], left: &dyn Fn(usize) -> bool| {
            (0..facts.len().min(COUNTS)).find_map(|at| Some((at, of_one(&facts[at]).filter(|_| left(at))?)))
        };
        let made = |of: f64, side: &Side<'_>| {
            parts(side).find(|&(part, whole)| {
                let count = |at: usize| side.facts[at].tag.parse().ok().unwrap_or(f64::NAN);
                (count(part) / count(whole) - of).abs() < EXACT
            })
        };
        let by_a = share(a, &left_a).and_then(|(x, of)| Some((x, made(of, &self.b)?)));
        let by_b = share(b, &left_b).and_then(|(y, of)| Some((y, made(of, &self.a)?)));
        let gone = match (by_a, by_b) {
            (Some((x, (part, whole))), _) => ([x].to_vec(), [part, whole].to_vec()),
            (_, Some((y, (part, whole)))) => ([part, whole].to_vec(), [y].to_vec()),
            _ => return,
        };
        gone.0.iter().for_each(|&at| pairing.drop(Which::A, at));
        gone.1.iter().for_each(|&at| pairing.drop(Which::B, at));
        pairing.changed.retain(|(x, y)| !gone.0.contains(x) && !gone.1.contains(y));
    }

    /// "The third paragraph" and "paragraph 3".
    pub(super) fn labels(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let same_word = |before: Option<u32>, (text, other): (&Side<'_>, &Side<'_>), after: u32| {
            let before =
                before.filter(|token| text.tokens.contains(token)).map(|token| text.text.tokens[token as usize]);
            let is_inside = other.tokens.contains(&after);
            before.is_some() && is_inside && before == Some(other.text.tokens[after as usize])
        };
        let labels = |x: &Fact, y: &Fact| {
            x.is_numbered_as(y)
                && (self.in_a_row(x, y)
                    || same_word(x.tokens.start.checked_sub(1), (&self.a, &self.b), y.tokens.end)
                    || same_word(y.tokens.start.checked_sub(1), (&self.b, &self.a), x.tokens.end))
        };
        self.meet(pairing, labels);
        if let Some(at) = pairing.changed.iter().position(|&(x, y)| labels(&a[x], &b[y])) {
            let pair = pairing.changed.remove(at);
            pairing.same.push(pair);
        }
    }

    /// 连续第四个月, 连续四个月: the fourth in a row.
    fn in_a_row(&self, x: &Fact, y: &Fact) -> bool {
        let row = |side: &Side<'_>, fact: &Fact| side.text.text[..fact.span.start].ends_with("连续");
        row(&self.a, x) && row(&self.b, y)
    }

    /// "No trace was in any of them" and "in none of them was any trace": the words changed places.
    pub(super) fn any_none(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let fits = |x: &str, y: &str| pairing.changed.iter().position(|&(p, q)| is_word(&a[p], x) && is_word(&b[q], y));
        if let Some((one, other)) = fits("none", "any").zip(fits("any", "none")) {
            let (one, other) = (pairing.changed[one], pairing.changed[other]);
            pairing.changed.retain(|&pair| pair != one && pair != other);
            pairing.same.extend([one, other]);
        }
    }

    /// 4 men and 9 women, 9 men and 4 women: each number stands before what the other one counted.
    pub(in crate::change::judge) fn recounted(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let counts = |fact: &Fact| matches!(fact.kind, ChangeKind::Number | ChangeKind::Percentage);
        let met = pairing.same.iter().copied().filter(|&(x, y)| counts(&a[x]) && counts(&b[y]));
        let met: Vec<(usize, usize)> = met.take(COUNTS).collect();
        let counted = |side: &Side<'_>, fact: &Fact| {
            let next = Some(fact.tokens.end).filter(|token| side.tokens.contains(token));
            next.map_or_else(String::new, |token| side.word(token).to_lowercase())
        };
        for (at, &one) in met.iter().enumerate() {
            for &two in &met[at + 1..] {
                let crossed = (a[one.0].span < a[two.0].span) != (b[one.1].span < b[two.1].span);
                let (of_one, of_two) = (counted(&self.a, &a[one.0]), counted(&self.a, &a[two.0]));
                // In Chinese and Korean what is counted may stand before: 博士生64名，硕士生210名.
                let is_word = |word: &str| word.len() >= TELLING && word.is_ascii();
                // 3명이 숨지고 10명이 다쳤다: what follows the particle is told of the number.
                let does = |side: &Side<'_>, fact: &Fact| {
                    let word = side.word(fact.tokens.start);
                    fact.tokens.len() == 1 && word.ends_with(['이', '가', '을', '를', '은', '는'])
                };
                let told = [one, two].iter().all(|&(x, y)| does(&self.a, &a[x]) && does(&self.b, &b[y]));
                let telling = of_one != of_two && (told || is_word(&of_one) && is_word(&of_two));
                let turned = || counted(&self.b, &b[two.1]) == of_one && counted(&self.b, &b[one.1]) == of_two;
                if crossed && telling && turned() && [one, two].iter().all(|pair| pairing.same.contains(pair)) {
                    pairing.same.retain(|&pair| pair != one && pair != two);
                    pairing.changed.extend([(one.0, two.1), (two.0, one.1)]);
                }
            }
        }
    }

    /// 没有一家打算 and 所有都不打算: "none" on one side, "all" and a "not" on the other, with nothing else to stand for.
    pub(super) fn none_of_all(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let one = |facts: &[Fact], left: &[usize], fits: &dyn Fn(&Fact) -> bool| {
            let mut found = left.iter().copied().filter(|&at| fits(&facts[at]));
            found.next().filter(|_| found.next().is_none())
        };
        let none = |fact: &Fact| is_word(fact, "none");
        let all = |fact: &Fact| fact.kind == ChangeKind::Quantifier && fact.class() == "all";
        let denies = |fact: &Fact| negates(fact) && !fact.latent;
        let (left_a, left_b) = (&pairing.only(Which::A), &pairing.only(Which::B));
        let by_a = (one(a, left_a, &none), one(b, left_b, &all), one(b, left_b, &denies));
        let by_b = (one(b, left_b, &none), one(a, left_a, &all), one(a, left_a, &denies));
        // 没有一家: the number says it, and the "not" has met the other.
        let not_one = |facts: &[Fact], at: usize| {
            let next = |fact: &Fact| fact.tokens.start == facts[at].tokens.end && fact.kind == ChangeKind::Number;
            denies(&facts[at]) && facts[at..].iter().take(NEAR).any(|fact| next(fact) && fact.tag == "1")
        };
        let met_a = || pairing.same.iter().any(|&(x, y)| not_one(a, x) && denies(&b[y]));
        let met_b = || pairing.same.iter().any(|&(x, y)| not_one(b, y) && denies(&a[x]));
        match (by_a, by_b) {
            ((Some(x), Some(y), Some(z)), _) => {
                pairing.drop(Which::A, x);
                [y, z].into_iter().for_each(|at| pairing.drop(Which::B, at));
            }
            (_, (Some(y), Some(x), Some(z))) => {
                pairing.drop(Which::B, y);
                [x, z].into_iter().for_each(|at| pairing.drop(Which::A, at));
            }
            ((_, Some(y), _), _) if met_a() => pairing.drop(Which::B, y),
            (_, (_, Some(x), _)) if met_b() => pairing.drop(Which::A, x),
            _ => {}
        }
    }

    /// "Not all are" and "some are not"; "none is" and "is not any" or "all are not"; "any member may" and "all members may".
    pub(super) fn parts(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        let parts = |all: &Fact, some: &Fact| {
            is_word(all, "not-all") && matches!(some.class(), "some" | "few" | "most")
                || is_word(all, "none") && (is_word(some, "any") || some.class() == "all")
        };
        let whole = |x: &Fact, y: &Fact| {
            // "All flights were halted" and "flights were halted completely".
            is_word(x, "all") && (is_word(y, "any") && y.class() == "all" || is_word(y, "fully"))
        };
        // "Not every one has signed" and "it has not been signed by every one".
        let not_every =
            |some: &Fact, all: &Fact| is_word(some, "not-all") && all.class() == "all" && is_word(all, "all");
        let any_not = |all: &Fact, any: &Fact, facts: &[Fact], only: Vec<usize>| {
            let denies = |&at: &usize| negates(&facts[at]) && !facts[at].latent;
            matches!(all.class(), "all" | "both") && is_word(any, "any") && only.iter().any(denies)
        };
        // "All but one" and "all except one".
        let except = |facts: &[Fact], only: Vec<usize>| only.into_iter().any(|at| is_word(&facts[at], "exclude"));
        for pair in pairing.changed.clone().into_iter().take(MANY) {
            let mut met = false;
            for which in Which::BOTH {
                let ((own, facts), (its, others)) = which.first((pair.0, a), (pair.1, b));
                let (own, its) = (&facts[own], &others[its]);
                met |= if is_word(own, "all-but") && is_word(its, "all") {
                    except(others, pairing.only(which.other()))
                } else if parts(own, its) || not_every(own, its) {
                    pairing.drop_first(which.other(), |&at| negates(&others[at]))
                } else {
                    // 양측 모두, 어느 쪽도 ... 않: what is denied of any was said of all.
                    whole(own, its) || any_not(own, its, others, pairing.only(which.other()))
                };
            }
            if met {
                pairing.settle(pair);
            }
        }
    }

    /// "No state is not affected" and "every state is affected".
    pub(super) fn none_not(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        // 没有一个: the value is no part of the word.
        let none = |side: &Side<'_>, fact: &Fact| {
            let text = side.text.text;
            let not_one = || fact.span.of(text).ends_with("没有") && text[fact.span.end..].starts_with(['一', '哪']);
            is_word(fact, "none") || negates(fact) && not_one()
        };
        let all = |side: &Side<'_>, one: &Fact, other: &Fact| none(side, one) && other.class() == "all";
        let denial = |facts: &[Fact], only: Vec<usize>, but: usize| {
            only.into_iter().find(|&at| at != but && negates(&facts[at]))
        };
        let (only_a, only_b) = (pairing.only(Which::A), pairing.only(Which::B));
        let pairs = only_a.iter().take(FEW).flat_map(|&x| only_b.iter().take(FEW).map(move |&y| (x, y)));
        let pairs: Vec<_> = pairing.changed.iter().copied().take(MANY).chain(pairs).collect();
        for (x, y) in pairs {
            let met = if all(&self.a, &a[x], &b[y]) {
                denial(a, pairing.only(Which::A), x).inspect(|&at| pairing.drop(Which::A, at))
            } else if all(&self.b, &b[y], &a[x]) {
                denial(b, pairing.only(Which::B), y).inspect(|&at| pairing.drop(Which::B, at))
            } else {
                None
            };
            if met.is_some() {
                pairing.changed.retain(|&pair| pair != (x, y));
                pairing.drop(Which::A, x);
                pairing.drop(Which::B, y);
                pairing.same.push((x, y));
            }
        }
    }

    /// "At least 15 days before" and "no later than 15 days before".
    pub(super) fn ahead(&self, pairing: &mut Pairing<'_>) {
        let says = |side: &Side<'_>| {
            let is_before = |token: u32| {
                let word = side.word(token);
                english::AHEAD.iter().any(|before| word.eq_ignore_ascii_case(before))
                    || chinese::AHEAD.iter().chain(korean::AHEAD).any(|before| word.starts_with(before))
            };
            side.tokens.clone().any(is_before)
        };
        let no_later = |fact: &Fact| is_word(fact, "no-later");
        let at_least = |fact: &Fact| is_word(fact, "at-least");
        let bounds = |side: &Side<'_>| side.facts.iter().any(|fact| no_later(fact) || at_least(fact));
        if bounds(&self.a) && bounds(&self.b) && says(&self.a) && says(&self.b) {
            self.alike(pairing, |x, y| no_later(x) && at_least(y) || at_least(x) && no_later(y));
        }
    }

    /// "May not exceed ten" and "at most ten": what is not over is at most.
    pub(super) fn bounded(&self, pairing: &mut Pairing<'_>) {
        let (a, b) = (&self.a.facts, &self.b.facts);
        // 不得……以上 is at most.
        let from_up = |side: &Side<'_>, fact: &Fact, word: &[&str]| {
            let text = fact.span.of(side.text.text);
            word.iter().any(|word| text.starts_with(word))
        };
        let bounds = |side: &Side<'_>, x: &Fact, y: &Fact| match (x.class(), y.class()) {
            ("over", "at-most") | ("under", "at-least") => true,
            ("at-least", "at-most") => from_up(side, x, &["以上", "이상"]),
            ("at-most", "at-least") => from_up(side, x, &["以下", "이하"]),
            _ => false,
        };
        for (x, y) in pairing.changed.clone().into_iter().take(MANY) {
            let (by_a, by_b) = (bounds(&self.a, &a[x], &b[y]), bounds(&self.b, &b[y], &a[x]));
            let denial = if by_a {
                nearest(a, pairing.only(Which::A), x).inspect(|&at| pairing.drop(Which::A, at))
            } else if by_b {
                nearest(b, pairing.only(Which::B), y).inspect(|&at| pairing.drop(Which::B, at))
            } else {
                None
            };
            if denial.is_none() {
                continue;
            }
            pairing.changed.retain(|&pair| pair != (x, y));
            pairing.same.push((x, y));
            // "May not be more" says with "may" nothing that "at most" does not, and "must not be more" with "must".
            if by_a {
                pairing.only(Which::A).into_iter().find(|&at| allows(&a[at])).inspect(|&at| pairing.drop(Which::A, at));
            } else {
                pairing.only(Which::B).into_iter().find(|&at| allows(&b[at])).inspect(|&at| pairing.drop(Which::B, at));
            }
            let bound = |fact: &Fact| fact.kind == ChangeKind::Modality && fact.class() == "duty";
            let turned = |&&(x, y): &&(usize, usize)| {
                by_a && bound(&a[x]) && allows(&b[y]) || by_b && allows(&a[x]) && bound(&b[y])
            };
            if let Some(pair) = pairing.changed.iter().find(turned).copied() {
                pairing.changed.retain(|&other| other != pair);
                pairing.same.push(pair);
            }
        }
    }
}

/// The share of one that a number or a percentage is.
fn of_one(fact: &Fact) -> Option<f64> {
    let of = |text: &str| text.parse::<f64>().ok();
    match fact.kind {
        ChangeKind::Percentage => Some(of(fact.tag.strip_suffix(" %")?)? / 100.0),
        ChangeKind::Number => {
            let share = match fact.tag.split_once('/') {
                Some((part, whole)) => of(part)? / of(whole)?,
                None => of(&fact.tag)?,
            };
            Some(share).filter(|share| (0.0..1.0).contains(share))
        }
        _ => None,
    }
}

/// Two counts of a side of which one is a part of the other, as what stands between them says: the part and the whole.
fn parts<'s>(side: &'s Side<'_>) -> impl Iterator<Item = (usize, usize)> + use<'s> {
    let numbers: Vec<usize> = (0..side.facts.len()).filter(|&at| side.facts[at].kind == ChangeKind::Number).collect();
    let pairs: Vec<(usize, usize)> = numbers.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.into_iter().filter_map(|(first, last)| {
        let (x, y) = (&side.facts[first], &side.facts[last]);
        let between = side.text.text.get(x.span.end..y.span.start)?;
        let near = y.tokens.start.saturating_sub(x.tokens.end) <= BETWEEN;
        let wide =
            [korean::OUT_OF, chinese::OUT_OF].iter().any(|words| words.iter().any(|word| between.contains(word)));
        let plain = english::OUT_OF.contains(&between.trim());
        // Of the whole is told first where "of" stands behind it.
        if near && wide { Some((last, first)) } else { (near && plain).then_some((first, last)) }
    })
}
