//! Equal values that mean something else: rose to ten, rose by ten; four days, four times.

use super::Judged;
use super::unit::UnitJudge;
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::order::is_in_turn;
use crate::change::pairing::Pairing;
use crate::change::tables::{chinese, english, korean};
use crate::span::Span;
use crate::text::{is_han, is_syllable};
use crate::which::Which;

/// Words before an English verb's "to" or "by" among which the verb stands.
const NEAR: u32 = 8;

/// Most values that belong to names in their order.
const IN_TURN: usize = 4;

/// Numbers of a score.
const SCORE: usize = 2;

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
        let left = Which::BOTH.map(|which| pairing.only(which));
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
            let spans = Which::BOTH.into_iter().find_map(|which| {
                let ((side, own), (other, its)) = which.first((&self.a, x), (&self.b, y));
                let unit = unit(side, own).filter(|at| which.of(&left).contains(at) && unit(other, its).is_none())?;
                let counter = counter(other, its)?;
                pairing.drop(which, unit);
                Some(which.first(side.facts[unit].span, counter))
            });
            judged.changes.extend(spans.map(|spans| self.change(ChangeKind::Unit, (None, None), spans)));
        }
    }

    /// 3-1 and 1-3, by 51 to 49 and by 49 to 51: the two numbers of a score that changed places where nothing else did.
    pub(super) fn scores(&self, judged: &mut Judged) {
        let (a, b) = (&self.a.tokens, &self.b.tokens);
        let token = |side: &Side<'_>, at: u32| side.text.tokens[at as usize];
        let differs = |at: &u32| token(&self.a, a.start + at) != token(&self.b, b.start + at);
        if a.len() != b.len() {
            return;
        }
        let differing: Vec<u32> = (0..a.len() as u32).filter(differs).take(SCORE + 1).collect();
        let &[first, last] = &differing[..] else { return };
        let crossed = token(&self.a, a.start + first) == token(&self.b, b.start + last)
            && token(&self.a, a.start + last) == token(&self.b, b.start + first);
        let number = |side: &Side<'_>, at: u32| {
            let value = |fact: &&Fact| matches!(fact.kind, ChangeKind::Number | ChangeKind::Percentage);
            side.facts.iter().filter(value).find(|fact| fact.tokens.contains(&at)).map(|fact| fact.span)
        };
        let score = |side: &Side<'_>, start: u32| {
            let (one, other) = (number(side, start + first)?, number(side, start + last)?);
            let between = side.text.text.get(one.end..other.start)?.trim_matches(' ');
            matches!(between, "-" | "–" | ":" | "to" | "대" | "比").then(|| one.hull(other))
        };
        if let (true, Some(in_a), Some(in_b)) = (crossed, score(&self.a, a.start), score(&self.b, b.start))
            && !judged.changes.iter().any(|change| change.a.meets(in_a) || change.b.meets(in_b))
        {
            judged.changes.push(self.change(ChangeKind::Number, (None, None), (in_a, in_b)));
        }
    }

    /// 分别增长3%和5%, 分别增长5%和3%: values that belong to names in their order, which stayed, in another order.
    pub(super) fn in_turn(&self, pairing: &mut Pairing<'_>, judged: &mut Judged) {
        let of = |side: &Side<'_>, fits: &dyn Fn(&Fact) -> bool| -> Vec<usize> {
            (0..side.facts.len()).filter(|&at| fits(&side.facts[at])).take(IN_TURN + 1).collect()
        };
        let names = |side: &Side<'_>| -> Vec<String> {
            of(side, &|fact| fact.kind == ChangeKind::Name).iter().map(|&at| side.facts[at].tag.to_string()).collect()
        };
        for kind in [ChangeKind::Number, ChangeKind::Percentage] {
            let is_value = |fact: &Fact| fact.kind == kind && !fact.weak;
            let (in_a, in_b) = (of(&self.a, &is_value), of(&self.b, &is_value));
            let tag = |side: &Side<'_>, at: usize| side.facts[at].tag.clone();
            let (mut one, mut two): (Vec<_>, Vec<_>) =
                (in_a.iter().map(|&at| tag(&self.a, at)).collect(), in_b.iter().map(|&at| tag(&self.b, at)).collect());
            let turned = one != two;
            one.sort_unstable();
            two.sort_unstable();
            let settled = |at: &usize| pairing.same.iter().any(|&(x, _)| x == *at);
            let is_list = (2..=IN_TURN).contains(&in_a.len()) && one == two && in_a.iter().all(settled);
            if !turned || !is_list || !is_in_turn(&self.a) || !is_in_turn(&self.b) || names(&self.a) != names(&self.b) {
                continue;
            }
            for (&x, &y) in in_a.iter().zip(&in_b).filter(|&(&x, &y)| tag(&self.a, x) != tag(&self.b, y)) {
                let (x, y) = (&self.a.facts[x], &self.b.facts[y]);
                judged.changes.push(self.change(kind, (Some(x), Some(y)), (x.span, y.span)));
            }
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

/// What the words before a date say that it is to a stretch of time.
const BEFORE: [(&[&str], Bound); 5] = [
    (english::SINCE, Bound::From),
    (english::UNTIL, Bound::To),
    (english::ON, Bound::On),
    (chinese::SINCE, Bound::From),
    (chinese::UNTIL, Bound::To),
];
/// The same of words behind it.
const BEHIND: [(&[&str], Bound); 5] = [
    (korean::SINCE, Bound::From),
    (korean::UNTIL, Bound::To),
    (korean::ON, Bound::On),
    (chinese::SINCE_TAIL, Bound::From),
    (chinese::UNTIL_TAIL, Bound::To),
];

/// The longest of some words that fits, and what it says.
fn longest(words: &[(&[&'static str], Bound)], fits: &dyn Fn(&str) -> bool) -> Option<(&'static str, Bound)> {
    let each = words.iter().flat_map(|&(words, bound)| words.iter().map(move |&word| (word, bound)));
    each.filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len())
}

/// What a date is to a stretch of time, and the stretch of text that tells: until 15 March, from 15 March; 15일부터, 15일까지.
fn bound(side: &Side<'_>, date: &Fact) -> Option<(Bound, Span)> {
    let text = side.text.text;
    let (before, after) = (text.get(..date.span.start)?, text.get(date.span.end..)?);
    // To February's fire.
    if after.starts_with(['\'', '’']) {
        return None;
    }
    let near = after.trim_start_matches(' ');
    let behind = longest(&BEHIND, &|word| near.starts_with(word));
    if let Some((word, bound)) = behind {
        let start = date.span.end + after.len() - near.len();
        return Some((bound, Span::new(date.span.start, start + word.trim_end().len())));
    }
    let token = side.before(date.tokens.start)?;
    let span = side.text.span(token as usize);
    let is_word = |word: &str| {
        if word.is_ascii() { span.of(text).eq_ignore_ascii_case(word) } else { before.ends_with(word) }
    };
    let (word, bound) = longest(&BEFORE, &is_word)?;
    let start = if word.is_ascii() { span.start } else { before.len() - word.len() };
    Some((bound, Span::new(start, date.span.end)))
}

/// What a value is to the verb beside it, and the stretch that tells.
fn toward(side: &Side<'_>, value: &Fact) -> Option<(Toward, Span)> {
    if side.text.text[..value.span.start].ends_with(is_han) {
        toward_in_chinese(side, value)
    } else if side.reading.has_hangul() {
        toward_in_korean(side, value)
    } else {
        toward_in_english(side, value)
    }
}

/// 增至30元, 增加了30元; 由20元上调至30元.
fn toward_in_chinese(side: &Side<'_>, value: &Fact) -> Option<(Toward, Span)> {
    let text = side.text.text;
    let (start, end) = (value.span.start, value.span.end);
    let before = &text[..start];
    let (direction, rest) = [("到", Toward::To), ("至", Toward::To), ("了", Toward::By)]
        .into_iter()
        .find_map(|(mark, direction)| Some((direction, before.strip_suffix(mark)?)))
        .unwrap_or((Toward::By, before));
    // Where it begins is told before where it ends.
    let whole = side.span(&side.tokens);
    let (clause, after) = (&text[whole.start.min(start)..start], &text[end..whole.end.max(end)]);
    let marks = ['，', '。', '；'];
    let clause = clause.rfind(marks).map_or(clause, |at| &clause[at..]);
    let ahead = after.find(marks).map_or(after, |at| &after[..at]);
    let begins = ["由", "从", "從"].iter().find(|from| before.ends_with(**from));
    if let Some(from) = begins.filter(|_| ahead.contains(['至', '到'])) {
        return Some((Toward::From, Span::new(start - from.len(), end)));
    }
    let ends = direction == Toward::To && clause.contains(['由', '从', '從']);
    let is_verb = ends || chinese::GROWING.iter().any(|verb| rest.ends_with(verb));
    is_verb.then(|| (direction, Span::new(rest.len(), end)))
}

/// 12만 명으로 늘었다, 12만 명 늘었다.
fn toward_in_korean(side: &Side<'_>, value: &Fact) -> Option<(Toward, Span)> {
    let after = &side.text.text[value.span.end..];
    // 12만 명으로, 12만명으로.
    let begin = after.len() - after.trim_start_matches(' ').len();
    let end = begin + after[begin..].find(' ')?;
    // 하루 90편으로: what follows is another value.
    if after[begin..].starts_with(char::is_numeric) {
        return None;
    }
    let rest = after[begin..end].trim_start_matches(|c: char| !is_syllable(c));
    let direction = if rest.ends_with('로') || rest.ends_with("까지") {
        Toward::To
    } else if rest.ends_with("에서") {
        Toward::From
    } else if rest.ends_with(['은', '는', '을', '를', '의', '에', '와', '과']) {
        return None;
    } else {
        Toward::By
    };
    let grows = korean::GROWING.iter().any(|verb| after[end + 1..].starts_with(verb));
    grows.then(|| (direction, Span::new(value.span.start, value.span.end + end)))
}

/// Rose to ten, rose by ten.
fn toward_in_english(side: &Side<'_>, value: &Fact) -> Option<(Toward, Span)> {
    let mut leads = side.before(value.tokens.start)?;
    // Fell to about 5%.
    if english::NEARLY.contains(&side.word(leads)) {
        leads = side.before(leads)?;
    }
    let direction = match side.word(leads) {
        "from" => Toward::From,
        "to" => Toward::To,
        "by" => Toward::By,
        _ => return None,
    };
    let grows = |token| english::GROWING.iter().any(|verb| side.word(token).eq_ignore_ascii_case(verb));
    let near = (leads.saturating_sub(NEAR).max(side.tokens.start)..leads).any(grows);
    near.then(|| (direction, Span::new(side.text.span(leads as usize).start, value.span.end)))
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
    let mut counters = chinese::COUNTER.iter().chain(korean::COUNTER);
    let counter = counters.find(|counter| rest.starts_with(**counter))?;
    let start = value.span.end + after.len() - rest.len();
    Some(Span::new(start, start + counter.len()))
}
