//! Equal values that mean something else: rose to ten, rose by ten; four days, four times.

use super::Judged;
use super::unit::UnitJudge;
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::pairing::Pairing;
use crate::span::Span;
use crate::text::is_syllable;

/// Words before an English verb's "to" or "by" among which the verb stands.
const NEAR: u32 = 8;
/// What verbs of growing and shrinking begin with, and whole forms that begin like other words.
const STEMS: [&str; 30] = [
    "eased",
    "easing",
    "accelerat",
    "revis",
    "slow",
    "reduct",
    "improv",
    "adjust",
    "increas",
    "decreas",
    "grew",
    "grow",
    "climb",
    "jump",
    "drop",
    "declin",
    "rais",
    "lower",
    "reduc",
    "expand",
    "widen",
    "narrow",
    "surg",
    "soar",
    "plung",
    "tighten",
    "extend",
    "shorten",
    "shrank",
    "shrink",
];
const FORMS: [&str; 12] =
    ["rose", "rise", "rises", "rising", "risen", "fell", "fall", "falls", "falling", "fallen", "cut", "cuts"];
/// The same in Chinese, which stand right before the value or before what leads to it.
const CHINESE: [&str; 21] = [
    "增加", "减少", "提高", "上升", "下降", "上涨", "下跌", "增长", "降低", "扩大", "缩小", "下调", "上调", "提升",
    "增至", "延长", "缩短", "增", "减", "涨", "跌",
];
/// What Korean verbs of growing and shrinking begin with, behind the value.
const KOREAN: [&str; 22] = [
    "단축", "연장", "높", "낮", "뛰", "떨어", "늘", "줄", "오르", "올랐", "오른", "올리", "올렸", "내리", "내렸",
    "증가", "감소", "상승", "하락", "인상", "인하", "확대",
];
/// What counts occasions, people and the like, in place of a unit.
const COUNTERS: [&str; 9] = ["次", "人", "名", "件", "轮", "场", "번", "명", "건"];

/// What a value is to a verb of growing or shrinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toward {
    /// Where it begins, and where it ends.
    From,
    To,
    /// How far it goes.
    By,
}

/// What a date is to a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    From,
    To,
    On,
}

impl Bound {
    /// Whether two words say of a day what is not the same: what begins on a day begins from it on.
    fn differs(self, other: Self) -> bool {
        (self == Self::To) != (other == Self::To)
    }
}

impl UnitJudge<'_> {
    /// Adds the changes of values that met an equal one. Cost: linear in these.
    pub(super) fn values(&self, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let (left_a, left_b) = (pairing.only_a(), pairing.only_b());
        for (x, y) in pairing.same.clone() {
            let (x, y) = (&self.a.facts[x], &self.b.facts[y]);
            if x.kind == ChangeKind::Date {
                if let (Some((one, span_a)), Some((other, span_b))) = (bound(&self.a, x), bound(&self.b, y))
                    && one.differs(other)
                    && (![one, other].contains(&Bound::On) || self.is_day_alone(x, y))
                    && !pairing.changed.iter().any(|&(at, _)| touches(&self.a.facts[at], x))
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

    /// Whether a day is none of two that stand together, in sentences worded alike: told anew, something is "in October" that
    /// someone waits for "until October".
    fn is_day_alone(&self, x: &Fact, y: &Fact) -> bool {
        self.is_worded_alike() && !is_of_range(&self.a, x) && !is_of_range(&self.b, y)
    }
}

/// Whether a date is one of two that stand together, of which the second is where the time ends: 10시부터 정오까지, 10~12시에.
fn is_of_range(side: &Side<'_>, date: &Fact) -> bool {
    side.facts.iter().any(|one| one.span != date.span && touches(one, date))
}

/// Whether another date stands right beside one: from Friday to Saturday.
fn touches(one: &Fact, date: &Fact) -> bool {
    let (first, last) = if one.span.start < date.span.start { (one, date) } else { (date, one) };
    one.kind == ChangeKind::Date && last.tokens.start.saturating_sub(first.tokens.end) <= 2
}

/// What a date is to a stretch of time, and the stretch of text that tells: until 15 March, from 15 March; 15일부터, 15일까지.
fn bound(side: &Side<'_>, date: &Fact) -> Option<(Bound, Span)> {
    const BEFORE: [(&str, Bound); 21] = [
        ("from", Bound::From),
        ("since", Bound::From),
        ("after", Bound::From),
        ("until", Bound::To),
        ("till", Bound::To),
        ("to", Bound::To),
        ("by", Bound::To),
        ("before", Bound::To),
        ("through", Bound::To),
        ("on", Bound::On),
        ("in", Bound::On),
        ("at", Bound::On),
        ("自", Bound::From),
        ("从", Bound::From),
        ("自从", Bound::From),
        ("到", Bound::To),
        ("至", Bound::To),
        ("截至", Bound::To),
        ("截止", Bound::To),
        ("截止到", Bound::To),
        ("直到", Bound::To),
    ];
    const BEHIND: [(&str, Bound); 17] = [
        ("부터", Bound::From),
        ("이후", Bound::From),
        ("까지", Bound::To),
        ("이전", Bound::To),
        ("에 ", Bound::On),
        ("起", Bound::From),
        ("后", Bound::From),
        ("以后", Bound::From),
        ("之后", Bound::From),
        ("开始", Bound::From),
        ("前", Bound::To),
        ("止", Bound::To),
        ("为止", Bound::To),
        ("之前", Bound::To),
        ("以前", Bound::To),
        ("以来", Bound::From),
        ("以來", Bound::From),
    ];
    let text = side.text.text;
    let (before, after) = (text.get(..date.span.start)?, text.get(date.span.end..)?);
    // To February's fire.
    if after.starts_with(['\'', '’']) {
        return None;
    }
    let near = after.trim_start_matches(' ');
    let behind = BEHIND.iter().filter(|(word, _)| near.starts_with(word)).max_by_key(|(word, _)| word.len());
    if let Some(&(word, bound)) = behind {
        let start = date.span.end + after.len() - near.len();
        return Some((bound, Span::new(date.span.start, start + word.trim_end().len())));
    }
    let token = date.tokens.start.checked_sub(1).filter(|token| side.tokens.contains(token))?;
    let span = side.text.span(token as usize);
    let is_word = |word: &str| {
        if word.is_ascii() { span.of(text).eq_ignore_ascii_case(word) } else { before.ends_with(word) }
    };
    let &(word, bound) = BEFORE.iter().filter(|(word, _)| is_word(word)).max_by_key(|(word, _)| word.len())?;
    let start = if word.is_ascii() { span.start } else { before.len() - word.len() };
    Some((bound, Span::new(start, date.span.end)))
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
        // 12만 명으로, 12만명으로.
        let begin = after.len() - after.trim_start_matches(' ').len();
        let end = begin + after[begin..].find(' ')?;
        // 하루 90편으로: what follows is another value.
        if after[begin..].starts_with(char::is_numeric) {
            return None;
        }
        let next = &after[end + 1..];
        let rest = after[begin..end].trim_start_matches(|c: char| !is_syllable(c));
        let grows = KOREAN.iter().any(|verb| next.starts_with(verb));
        let direction = if rest.ends_with('로') || rest.ends_with("까지") {
            Toward::To
        } else if rest.ends_with("에서") {
            Toward::From
        } else if rest.ends_with(['은', '는', '을', '를', '의', '에', '와', '과']) {
            return None;
        } else {
            Toward::By
        };
        return grows.then(|| (direction, Span::new(value.span.start, value.span.end + end)));
    }
    let mut leads = value.tokens.start.checked_sub(1).filter(|token| side.tokens.contains(token))?;
    // Fell to about 5%.
    if ["about", "around", "nearly", "almost", "roughly", "just"].contains(&word(leads)) {
        leads = leads.checked_sub(1).filter(|token| side.tokens.contains(token))?;
    }
    let direction = match word(leads) {
        "from" => Toward::From,
        "to" => Toward::To,
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
