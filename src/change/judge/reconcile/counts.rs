//! How many and how much, said in other words: all and none, halves, bounds, numbers as labels.

use super::{MANY, Stated, UnitJudge, nearest, word};
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
            pairing.settle_all(alike);
            self.meet(pairing, alike);
        }
    }

    /// "Seven of the ten" and "70 percent", 셋 중 하나 and 3분의 1: a share, and the two numbers that make it.
    pub(super) fn shares(&self, pairing: &mut Pairing<'_>) {
        let left = |which: Which, at: usize| {
            let is_it = |&(x, y): &(usize, usize)| which.first(x, y).0 == at;
            pairing.left(which).any(|one| one == at) || pairing.changed.iter().any(is_it)
        };
        let share = |which: Which, facts: &[Fact]| {
            let fits = |at: usize| Some((at, of_one(&facts[at]).filter(|_| left(which, at))?));
            (0..facts.len().min(COUNTS)).find_map(fits)
        };
        let made = |of: f64, side: &Side<'_>| {
            parts(side).find(|&(part, whole)| {
                let count = |at: usize| side.facts[at].tag.parse().ok().unwrap_or(f64::NAN);
                (count(part) / count(whole) - of).abs() < EXACT
            })
        };
        let met = Which::BOTH.into_iter().find_map(|which| {
            let (side, other) = which.first(&self.a, &self.b);
            let (at, of) = share(which, &side.facts)?;
            made(of, other).map(|(part, whole)| (which, at, [part, whole]))
        });
        let Some((which, at, made_of)) = met else { return };
        pairing.drop(which, at);
        made_of.into_iter().for_each(|at| pairing.drop(which.other(), at));
        pairing.changed.retain(|&(x, y)| {
            let (own, its) = which.first(x, y);
            own != at && !made_of.contains(&its)
        });
    }

    /// "Half" is a quantifier, and "one in two" a number.
    pub(super) fn same_values(&self, pairing: &mut Pairing<'_>) {
        self.meet(pairing, Fact::is_same_value);
    }

    /// "The third paragraph" and "paragraph 3".
    pub(super) fn labels(&self, pairing: &mut Pairing<'_>) {
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
        pairing.settle_first(labels);
    }

    /// 제1호, 1호: an ordinal is told by its prefix, or by what it counts.
    pub(super) fn ordinals(&self, pairing: &mut Pairing<'_>) {
        let prefixed = |side: &Side<'_>, fact: &Fact| fact.span.of(side.text.text).starts_with(['제', '第']);
        self.alike(pairing, |x, y| x.is_numbered_as(y) && (prefixed(&self.a, x) || prefixed(&self.b, y)));
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
        let one = |pairing: &Pairing<'_>, which: Which, fits: &dyn Fn(&Fact) -> bool| {
            let (side, _) = which.first(&self.a, &self.b);
            let mut found = pairing.left(which).filter(|&at| fits(&side.facts[at]));
            found.next().filter(|_| found.next().is_none())
        };
        let none = |fact: &Fact| is_word(fact, "none");
        let all = |fact: &Fact| fact.kind == ChangeKind::Quantifier && fact.class() == "all";
        for which in Which::BOTH {
            let denial = one(pairing, which.other(), &Fact::denies);
            let alone = one(pairing, which, &none).zip(one(pairing, which.other(), &all)).zip(denial);
            if let Some(((none, all), denial)) = alone {
                pairing.drop(which, none);
                return [all, denial].into_iter().for_each(|at| pairing.drop(which.other(), at));
            }
        }
        // 没有一家: the number says it, and the "not" has met the other.
        let not_one = |facts: &[Fact], at: usize| {
            let next = |fact: &Fact| fact.tokens.start == facts[at].tokens.end && fact.kind == ChangeKind::Number;
            facts[at].denies() && facts[at..].iter().take(NEAR).any(|fact| next(fact) && fact.tag == "1")
        };
        for which in Which::BOTH {
            let is_met = |&(x, y): &(usize, usize)| {
                let ((own, facts), (its, others)) = which.first((x, &self.a.facts), (y, &self.b.facts));
                not_one(facts, own) && others[its].denies()
            };
            if let Some(all) = one(pairing, which.other(), &all)
                && pairing.same.iter().any(is_met)
            {
                return pairing.drop(which.other(), all);
            }
        }
    }

    /// "None was" and "any was not".
    pub(super) fn none_denied(&self, pairing: &mut Pairing<'_>) {
        self.meet(pairing, self.either_way(|_, fact| fact.denies(), word("none")));
    }

    /// "Not all are" and "some are not"; "none is" and "is not any" or "all are not"; "any member may" and "all members may".
    pub(super) fn parts(&self, pairing: &mut Pairing<'_>) {
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
        let all_any = |all: &Fact, any: &Fact| matches!(all.class(), "all" | "both") && is_word(any, "any");
        self.settle_met(pairing, |pairing, which, (own, its)| {
            let (side, other) = which.first(&self.a, &self.b);
            let (own, its, others) = (&side.facts[own], &other.facts[its], &other.facts);
            // "All but one" and "all except one".
            if is_word(own, "all-but") && is_word(its, "all") {
                pairing.left(which.other()).any(|at| is_word(&others[at], "exclude"))
            } else if parts(own, its) || not_every(own, its) {
                pairing.drop_first(which.other(), |&at| others[at].negates())
            } else {
                // 양측 모두, 어느 쪽도 ... 않: what is denied of any was said of all.
                let any_not = all_any(own, its) && pairing.left(which.other()).any(|at| others[at].denies());
                whole(own, its) || any_not
            }
        });
    }

    /// "No state is not affected" and "every state is affected".
    pub(super) fn none_not(&self, pairing: &mut Pairing<'_>) {
        // 没有一个: the value is no part of the word.
        let none = |side: &Side<'_>, fact: &Fact| {
            let text = side.text.text;
            let not_one = || fact.span.of(text).ends_with("没有") && text[fact.span.end..].starts_with(['一', '哪']);
            is_word(fact, "none") || fact.negates() && not_one()
        };
        let none_of_all = |(side, own): Stated<'_>, (_, its): Stated<'_>| none(side, own) && its.class() == "all";
        let (only_a, only_b) = (pairing.only(Which::A), pairing.only(Which::B));
        let pairs = only_a.iter().take(FEW).flat_map(|&x| only_b.iter().take(FEW).map(move |&y| (x, y)));
        let pairs: Vec<_> = pairing.changed.iter().copied().take(MANY).chain(pairs).collect();
        for pair in pairs {
            let Some(which) = self.first_of(pair, none_of_all) else { continue };
            let ((side, own), _) = which.first((&self.a, pair.0), (&self.b, pair.1));
            if pairing.drop_first(which, |&at| at != own && side.facts[at].negates()) {
                pairing.drop_both(pair);
                pairing.settle(pair);
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
        let is_bound = |fact: &Fact| is_word(fact, "no-later") || is_word(fact, "at-least");
        let bounds = |side: &Side<'_>| side.facts.iter().any(is_bound) && says(side);
        if bounds(&self.a) && bounds(&self.b) {
            self.alike(pairing, self.either_way(word("no-later"), word("at-least")));
        }
    }

    /// "May not exceed ten" and "at most ten": what is not over is at most.
    pub(super) fn bounded(&self, pairing: &mut Pairing<'_>) {
        // 不得……以上 is at most.
        let from_up = |side: &Side<'_>, fact: &Fact, word: &[&str]| {
            let text = fact.span.of(side.text.text);
            word.iter().any(|word| text.starts_with(word))
        };
        let bounds = |(side, own): Stated<'_>, (_, its): Stated<'_>| match (own.class(), its.class()) {
            ("over", "at-most") | ("under", "at-least") => true,
            ("at-least", "at-most") => from_up(side, own, &["以上", "이상"]),
            ("at-most", "at-least") => from_up(side, own, &["以下", "이하"]),
            _ => false,
        };
        for pair in pairing.changed.clone().into_iter().take(MANY) {
            // 不得10人以上, 10人以下: either may be the one that is denied.
            let is_way = |which: &Which| {
                let (own, its) = self.stated(*which, pair);
                bounds(own, its)
            };
            let ways: Vec<Which> = Which::BOTH.into_iter().filter(is_way).collect();
            let Some(&which) = ways.first() else { continue };
            let ((side, own), _) = which.first((&self.a, pair.0), (&self.b, pair.1));
            let Some(denial) = nearest(&side.facts, pairing.only(which), own) else { continue };
            pairing.drop(which, denial);
            pairing.settle(pair);
            // "May not be more" says with "may" nothing that "at most" does not, and "must not be more" with "must".
            pairing.drop_first(which, |&at| side.facts[at].allows());
            pairing.settle_first(|x, y| {
                ways.iter().map(|way| way.first(x, y)).any(|(own, its)| own.obliges() && its.allows())
            });
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
