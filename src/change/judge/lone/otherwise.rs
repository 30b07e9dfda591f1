//! What one side says in a word of this kind and the other in plain words, or twice: no change, though the word is alone.

use super::alone::Alone;
use crate::change::fact::{Fact, Side};
use crate::change::harmless::american;
use crate::change::judge::unit::MANY;
use crate::change::kind::ChangeKind;
use crate::change::pairing::is_word;
use crate::change::tables::{chinese, english, korean};
use crate::span::are_near;
use crate::text::is_syllable;

/// Longest side of a unit that is looked through, in tokens: longer ones are no sentence.
const LONGEST: usize = 2048;
/// What ends in Chinese a clause that says that a thing is yet to happen, and tokens between the two.
const BEFORE: char = '前';
const CLAUSE: u32 = 12;
/// Tokens from "all" to the share of it.
const SHARE: u32 = 4;
/// Letters of a small word: of, the.
const SMALL: usize = 3;
/// Syllables of a Korean word that tell what it is about.
const STEM: usize = 2;

impl Alone<'_> {
    /// Whether the other side says it in other words, or its own side says it twice.
    pub(super) fn is_said_otherwise(&self) -> bool {
        let (fact, side, other) = (self.fact, self.side, self.other);
        if side.facts.len() > MANY || other.tokens.len() > LONGEST {
            return false;
        }
        match fact.kind {
            ChangeKind::Quantifier => self.is_counted_otherwise(),
            ChangeKind::Hedge => self.is_hedged_otherwise(),
            // The unit of a range may stand at both of its ends.
            ChangeKind::Unit | ChangeKind::Currency => self.is_said_twice(),
            ChangeKind::Attribution => fact.class() == "plain" && self.is_said_twice(),
            ChangeKind::Modality => self.is_told_by_noun(),
            ChangeKind::Name => self.is_named_without_capital(),
            ChangeKind::Negation => before_happening(fact, side, other),
            ChangeKind::Number => character(other, self.place).is_some_and(|number| *fact.tag == *number),
            _ => false,
        }
    }

    /// Whether another fact of a side says what this one says.
    fn is_again(&self, one: &Fact) -> bool {
        one.span != self.fact.span && one.kind == self.fact.kind && one.tag == self.fact.tag
    }

    fn is_said_twice(&self) -> bool {
        self.side.facts.iter().any(|one| self.is_again(one))
    }

    fn is_counted_otherwise(&self) -> bool {
        let (fact, side, other) = (self.fact, self.side, self.other);
        let text = fact.span.of(side.text.text);
        if is_word(fact, "over") {
            return during(fact, side, other);
        }
        if is_word(fact, "no-later") {
            return has_limit(other);
        }
        // 최대 1억 원까지: the particle says it.
        if text == "최대" {
            return other.tokens.clone().any(|token| word(other, token).ends_with("까지"));
        }
        // "Did not at any time" is "never".
        if text.eq_ignore_ascii_case("at any time") {
            return side.facts.iter().any(|one| one.kind == ChangeKind::Negation);
        }
        // "All six were brought down, and all were hurt".
        if is_word(fact, "all") && self.is_said_twice() {
            return other.facts.iter().any(|one| one.kind == fact.kind && one.tag == fact.tag);
        }
        // 전체 방문객의 8.4%: a share is one of all.
        if matches!(text, "전체" | "全部" | "全体") && of_share(fact, side) {
            return true;
        }
        let again = |word: &str| chinese::AGAIN.contains(&word) || korean::AGAIN.contains(&word);
        let too = || other.tokens.clone().any(|token| again(word(other, token)));
        let all = |one: &Fact| one.span != fact.span && one.kind == fact.kind && one.class() == "all";
        // 最高不得超过: a bound in two words.
        let doubled = |one: &Fact| self.is_again(one) && are_near(&one.tokens, &fact.tokens, 0);
        again(text) && (side.facts.iter().any(all) || too()) || side.facts.iter().any(doubled)
    }

    fn is_hedged_otherwise(&self) -> bool {
        let (fact, side, other) = (self.fact, self.side, self.other);
        let text = fact.span.of(side.text.text);
        // 시작된 것으로 보고 있다, 시작됐다고 보고 있다: who thinks so is told.
        if text.ends_with("것으로 보") {
            let thinks = |side: &Side<'_>| side.tokens.clone().any(|token| word(side, token) == "보고");
            return thinks(side) && thinks(other);
        }
        // 不排除……的可能: the hedge says again what "may" says.
        let ruled_out = || other.text.span_of(&other.tokens).of(other.text.text).contains("排除");
        is_word(fact, "possibly")
            && (text != "不排除" || !ruled_out())
            && side.facts.iter().any(|one| ["might", "may"].iter().any(|name| is_word(one, name)))
    }

    /// 접근 시도에서, 접근을 시도하다가: whether the noun is there, though no cue.
    fn is_told_by_noun(&self) -> bool {
        let (side, other) = (self.side, self.other);
        let stem: String = self.fact.span.of(side.text.text).chars().take(STEM).collect();
        let free = |token: u32| self.counterparts.mate_back(token).is_none();
        stem.chars().filter(|&c| is_syllable(c)).count() == STEM
            && other.tokens.clone().any(|token| free(token) && word(other, token).starts_with(&stem))
    }

    /// The Foreign Ministry, the ministry of foreign affairs: whether it is told without a capital.
    fn is_named_without_capital(&self) -> bool {
        let (fact, side) = (self.fact, self.side);
        let mut telling = fact.tokens.clone().filter(|&token| word(side, token).len() > SMALL).peekable();
        fact.span.of(side.text.text).is_ascii()
            && telling.peek().is_some()
            && telling.all(|token| has_word(self.other, word(side, token)))
    }
}

fn word<'t>(side: &Side<'t>, token: u32) -> &'t str {
    if side.tokens.contains(&token) { side.word(token) } else { "" }
}

/// Whether a side has a word, with a capital or without, in British or American spelling.
fn has_word(side: &Side<'_>, wanted: &str) -> bool {
    let wanted = wanted.to_ascii_lowercase();
    let first = wanted.bytes().next();
    // Two spellings of a word differ in how it ends.
    let is_it = |other: &str| {
        let begins = other.bytes().next().map(|byte| byte.to_ascii_lowercase()) == first;
        begins && other.len().abs_diff(wanted.len()) <= 1 && american(&other.to_ascii_lowercase()) == american(&wanted)
    };
    side.tokens.clone().any(|token| is_it(word(side, token)))
}

/// Whether a percentage follows a fact.
fn of_share(fact: &Fact, side: &Side<'_>) -> bool {
    let follows = |one: &Fact| (fact.tokens.end..fact.tokens.end + SHARE).contains(&one.tokens.start);
    side.facts.iter().any(|one| one.kind == ChangeKind::Percentage && follows(one))
}

/// Whether "over" stands before a stretch of time, and the other side has another small word before it.
fn during(fact: &Fact, side: &Side<'_>, other: &Side<'_>) -> bool {
    let lasts = |unit: &str| english::STRETCH.contains(&unit);
    let end = fact.tokens.end;
    let number = side.facts.iter().find(|one| one.kind == ChangeKind::Number && one.tokens.start == end);
    let Some(number) = number.filter(|number| lasts(word(side, number.tokens.end))) else { return false };
    let before = |one: &Fact| one.tokens.start.checked_sub(1).map_or("", |token| word(other, token));
    let same = other.facts.iter().filter(|one| one.means(number));
    same.into_iter().any(|one| english::DURING.iter().any(|small| before(one).eq_ignore_ascii_case(small)))
}

fn has_limit(other: &Side<'_>) -> bool {
    other.tokens.clone().any(|token| {
        let word = word(other, token);
        english::LIMIT.iter().any(|limit| word.eq_ignore_ascii_case(limit))
            || chinese::LIMIT.iter().chain(korean::LIMIT).any(|end| word.ends_with(end))
    })
}

/// The number that a single Chinese character at a token writes where no counting word tells that it does: 四车道.
fn character(side: &Side<'_>, token: u32) -> Option<&'static str> {
    const NUMBERS: [(&str, &str); 11] = [
        ("一", "1"),
        ("二", "2"),
        ("两", "2"),
        ("三", "3"),
        ("四", "4"),
        ("五", "5"),
        ("六", "6"),
        ("七", "7"),
        ("八", "8"),
        ("九", "9"),
        ("十", "10"),
    ];
    let at = word(side, token);
    NUMBERS.iter().find(|(character, _)| *character == at).map(|&(_, number)| number)
}

/// Whether a clause says that something is yet to happen which the other side says to happen later: 没有公布之前, 公布之前.
fn before_happening(fact: &Fact, side: &Side<'_>, other: &Side<'_>) -> bool {
    let clause = fact.tokens.end..side.tokens.end.min(fact.tokens.end + CLAUSE);
    let together =
        |side: &Side<'_>, token: u32| side.text.places[token as usize].0 == side.text.places[token as usize - 1].1;
    let is_before = |side: &Side<'_>, token: u32| word(side, token).starts_with(BEFORE);
    // 上市前检验 is a check, 恢复到疫情前 a state; what has not arrived before a day may arrive after it. A clause follows.
    let ends = |side: &Side<'_>, token: u32| {
        let next = token + 1;
        let is_time = || matches!(word(side, token - 1), "目" | "此" | "日" | "以" | "当");
        token > side.tokens.start && !is_time() && side.tokens.contains(&next) && !together(side, next)
    };
    chinese::NOT_YET.contains(&fact.span.of(side.text.text))
        && clause.take_while(|&token| together(side, token)).any(|token| is_before(side, token) && ends(side, token))
        && other.tokens.clone().any(|token| is_before(other, token) && ends(other, token))
}
