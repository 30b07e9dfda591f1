//! Lists of names, whose order means nothing unless the list is ranked.

use super::Pair;
use super::korean::{SUBJECT, is_hangul, role, role_of};
use super::titled;
use crate::change::fact::{Fact, Side};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::names::sounds_foreign;
use crate::change::tables::{CHINESE_WORDS, INITIAL, KOREAN_WORDS, chinese, english, korean};
use std::ops::Range;

impl Pair<'_> {
    /// Whether the only two values of a kind changed places with the two names: 3 percent in Chile and 5 percent in Peru, 5 percent
    /// in Peru and 3 percent in Chile.
    pub(super) fn values_moved_along(&self) -> bool {
        let two = |side: &'_ Side<'_>, kind: ChangeKind| -> Option<[usize; 2]> {
            let is_value = |&at: &usize| side.facts[at].kind == kind && !side.facts[at].weak;
            <[usize; 2]>::try_from((0..side.facts.len()).filter(is_value).take(3).collect::<Vec<_>>()).ok()
        };
        // In which order names and values come: each name behind its value, or both names first.
        let places = |names: [usize; 2], values: [usize; 2]| names.map(|name| values.map(|value| name < value));
        let turned = |kind: ChangeKind| {
            let Some((of_a, of_b)) = two(self.a, kind).zip(two(self.b, kind)) else { return false };
            let tag = |side: &Side<'_>, at: usize| side.facts[at].tag.clone();
            let [one, two] = of_a.map(|at| tag(self.a, at));
            let [other, another] = of_b.map(|at| tag(self.b, at));
            one != two && one == another && two == other && {
                let (in_a, in_b) = (places([self.x.a, self.y.a], of_a), places([self.y.b, self.x.b], of_b));
                // Each name beside its value, or said to be in the order of the values.
                let beside = in_a[0] != in_a[1];
                in_a == in_b && (beside || is_in_turn(self.a) && is_in_turn(self.b))
            }
        };
        [ChangeKind::Number, ChangeKind::Percentage].into_iter().any(turned)
    }

    /// Whether nothing but joints of a list, and names, stands between two names.
    pub(super) fn is_list(&self, side: &Side<'_>, first: &Fact, last: &Fact) -> bool {
        // A Korean name that does something is the first of no list, though only a title stands before the next one.
        // 페루 해군이 칠레 해군을: nor though a noun stands between it and its particle.
        let next = first.tokens.end < last.tokens.start && side.text.text[first.span.end..].starts_with(' ');
        let role = if next { role_of(side, first) } else { role(side.reading.tail_of(titled(first))) };
        let does = matches!(role, Some(SUBJECT | "object" | "to" | "owner"));
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
            let word = side.word(token);
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
    pub(super) fn members(&self, side: &Side<'_>, first: &Fact, last: &Fact) -> usize {
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
}

/// Whether a side says that values belong to names in their order: respectively, 分别.
pub(in crate::change) fn is_in_turn(side: &Side<'_>) -> bool {
    let text = side.span(&side.tokens).of(side.text.text);
    let lists = [english::RESPECTIVELY, korean::RESPECTIVELY, chinese::RESPECTIVELY];
    lists.iter().any(|words| words.iter().any(|word| text.contains(word)))
}

/// Whether names are a list of places, whose order means nothing: the Eastgate and Millbank districts, the border of A and B.
pub(super) fn are_places(side: &Side<'_>, first: &Fact, last: &Fact) -> bool {
    let word = |token: u32| {
        let is_inside = side.tokens.contains(&token);
        if is_inside { side.word(token) } else { "" }
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

/// Whether a token between two names is part of a stretch between marks and joints that writes a foreign name by its sound.
pub(super) fn sounds_foreign_there(side: &Side<'_>, between: &Range<u32>, token: u32) -> bool {
    let together = |at: u32| side.text.places[at as usize].0 == side.text.places[at as usize - 1].1;
    let joins = |at: u32| matches!(side.word(at), "和" | "与" | "及" | "與");
    let start = (between.start..=token).rev().find(|&at| at == between.start || !together(at) || joins(at - 1));
    let end = (token + 1..=between.end).find(|&at| at == between.end || !together(at) || joins(at));
    start.zip(end).is_some_and(|(start, end)| sounds_foreign(side.text, &(start..end)))
}

/// Whether a side says that the order of a list counts.
pub(in crate::change) fn is_ranked(side: &Side<'_>) -> bool {
    side.others.iter().any(|cue| cue.found.group.cue == Cue::Ranked)
}
