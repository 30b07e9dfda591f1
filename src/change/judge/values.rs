//! Equal values that mean something else: rose to ten, rose by ten; four days, four times.

use super::Judged;
use super::unit::UnitJudge;
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::Pairing;
use crate::span::Span;
use crate::text::is_syllable;

/// Words before an English verb's "to" or "by" among which the verb stands.
const NEAR: u32 = 3;
/// What verbs of growing and shrinking begin with, and whole forms that begin like other words.
const STEMS: [&str; 22] = [
    "increas", "decreas", "grew", "grow", "climb", "jump", "drop", "declin", "rais", "lower", "reduc", "expand",
    "widen", "narrow", "surg", "soar", "plung", "tighten", "extend", "shorten", "shrank", "shrink",
];
const FORMS: [&str; 12] =
    ["rose", "rise", "rises", "rising", "risen", "fell", "fall", "falls", "falling", "fallen", "cut", "cuts"];
/// The same in Chinese, which stand right before the value or before what leads to it.
const CHINESE: [&str; 21] = [
    "增加", "减少", "提高", "上升", "下降", "上涨", "下跌", "增长", "降低", "扩大", "缩小", "下调", "上调", "提升",
    "增至", "延长", "缩短", "增", "减", "涨", "跌",
];
/// What Korean verbs of growing and shrinking begin with, behind the value.
const KOREAN: [&str; 16] = [
    "늘", "줄", "오르", "올랐", "오른", "올리", "올렸", "내리", "내렸", "증가", "감소", "상승", "하락", "인상", "인하",
    "확대",
];
/// What counts occasions, people and the like, in place of a unit.
const COUNTERS: [&str; 9] = ["次", "人", "名", "件", "轮", "场", "번", "명", "건"];

/// What a value is to a verb of growing or shrinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toward {
    /// Where it ends.
    To,
    /// How far it goes.
    By,
}

/// What a date is to a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    From,
    To,
}

impl UnitJudge<'_> {
    /// Adds the changes of values that met an equal one. Cost: linear in these.
    pub(super) fn values(&self, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let (left_a, left_b) = (pairing.only_a(), pairing.only_b());
        for (x, y) in pairing.same.clone() {
            let (x, y) = (&self.a.facts[x], &self.b.facts[y]);
            if x.kind == ChangeKind::Date {
                if let (Some((one, span_a)), Some((other, span_b))) = (bound(&self.a, x), bound(&self.b, y))
                    && one != other
                {
                    judged.changes.push(self.change(x.kind, (Some(x), Some(y)), (span_a, span_b)));
                }
                continue;
            }
            if !matches!(x.kind, ChangeKind::Number | ChangeKind::Percentage) {
                continue;
            }
            if let (Some((one, span_a)), Some((other, span_b))) = (toward(&self.a, x), toward(&self.b, y))
                && one != other
            {
                judged.changes.push(self.change(x.kind, (Some(x), Some(y)), (span_a, span_b)));
            }
            let spans = match (unit(&self.a, x), unit(&self.b, y)) {
                (Some(unit), None) if left_a.contains(&unit) => counter(&self.b, y).map(|counter| {
                    pairing.drop_a(unit);
                    (self.a.facts[unit].span, counter)
                }),
                (None, Some(unit)) if left_b.contains(&unit) => counter(&self.a, x).map(|counter| {
                    pairing.drop_b(unit);
                    (counter, self.b.facts[unit].span)
                }),
                _ => None,
            };
            judged.changes.extend(spans.map(|spans| self.change(ChangeKind::Unit, (None, None), spans)));
        }
    }
}

/// Whether a date is where a stretch of time begins or where it ends, and the stretch of text that tells: until 15 March, from
/// 15 March; 15일부터, 15일까지.
fn bound(side: &Side<'_>, date: &Fact) -> Option<(Bound, Span)> {
    const BEFORE: [(&str, Bound); 8] = [
        ("from", Bound::From),
        ("since", Bound::From),
        ("after", Bound::From),
        ("until", Bound::To),
        ("till", Bound::To),
        ("by", Bound::To),
        ("before", Bound::To),
        ("through", Bound::To),
    ];
    const BEHIND: [(&str, Bound); 11] = [
        ("부터", Bound::From),
        ("이후", Bound::From),
        ("까지", Bound::To),
        ("이전", Bound::To),
        ("起", Bound::From),
        ("后", Bound::From),
        ("以后", Bound::From),
        ("之后", Bound::From),
        ("前", Bound::To),
        ("止", Bound::To),
        ("之前", Bound::To),
    ];
    let text = side.text.text;
    let after = text.get(date.span.end..)?;
    let behind = BEHIND.iter().find(|(word, _)| after.trim_start_matches(' ').starts_with(word));
    if let Some(&(word, bound)) = behind {
        let start = date.span.end + after.len() - after.trim_start_matches(' ').len();
        return Some((bound, Span::new(date.span.start, start + word.len())));
    }
    let token = date.tokens.start.checked_sub(1).filter(|token| side.tokens.contains(token))?;
    let span = side.text.span(token as usize);
    let &(_, bound) = BEFORE.iter().find(|(word, _)| span.of(text).eq_ignore_ascii_case(word))?;
    Some((bound, Span::new(span.start, date.span.end)))
}

/// What a value is to the verb beside it, and the stretch that tells.
fn toward(side: &Side<'_>, value: &Fact) -> Option<(Toward, Span)> {
    let text = side.text.text;
    let (before, after) = (text.get(..value.span.start)?, text.get(value.span.end..)?);
    let word = |token: u32| side.text.span(token as usize).of(text);
    let verbs = |word: &str| {
        let word = word.to_ascii_lowercase();
        FORMS.contains(&&*word) || STEMS.iter().any(|stem| word.starts_with(stem))
    };
    if before.ends_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        let (direction, rest) = [("到", Toward::To), ("至", Toward::To), ("了", Toward::By)]
            .into_iter()
            .find_map(|(mark, direction)| Some((direction, before.strip_suffix(mark)?)))
            .unwrap_or((Toward::By, before));
        let is_verb = CHINESE.iter().any(|verb| rest.ends_with(verb));
        return is_verb.then(|| (direction, Span::new(rest.len(), value.span.end)));
    }
    if side.reading.has_hangul() {
        let end = after.find(' ')?;
        let next = &after[end + 1..];
        let rest = after[..end].trim_start_matches(|c: char| !is_syllable(c));
        let grows = KOREAN.iter().any(|verb| next.starts_with(verb));
        let direction = if rest.ends_with('로') {
            Toward::To
        } else if rest.ends_with(['은', '는', '이', '가', '을', '를', '의', '에', '서', '와', '과']) {
            return None;
        } else {
            Toward::By
        };
        return grows.then(|| (direction, Span::new(value.span.start, value.span.end + end)));
    }
    let leads = value.tokens.start.checked_sub(1).filter(|token| side.tokens.contains(token))?;
    let direction = match word(leads) {
        "to" | "from" => Toward::To,
        "by" => Toward::By,
        _ => return None,
    };
    let mut near = (leads.saturating_sub(NEAR)..leads).filter(|token| side.tokens.contains(token));
    near.any(|token| verbs(word(token)))
        .then(|| (direction, Span::new(side.text.span(leads as usize).start, value.span.end)))
}

/// The unit right behind a value.
fn unit(side: &Side<'_>, value: &Fact) -> Option<usize> {
    let is_unit = |one: &&Fact| {
        matches!(one.kind, ChangeKind::Unit | ChangeKind::Currency)
            && one.span.start >= value.span.end
            && one.span.start - value.span.end <= 1
    };
    side.facts.iter().position(|one| is_unit(&one))
}

/// The word right behind a value that counts occasions or people.
fn counter(side: &Side<'_>, value: &Fact) -> Option<Span> {
    let after = side.text.text.get(value.span.end..)?;
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let counter = COUNTERS.iter().find(|counter| rest.starts_with(**counter))?;
    let start = value.span.end + after.len() - rest.len();
    Some(Span::new(start, start + counter.len()))
}
