//! Chinese names told by what they stand in the place of: bodies and places by what follows, 教务处, 赤松县; a country by a
//! character, 美军; a surname before how someone is called, 李先生; titles of works, 《劳动法》; ships and storms in quotation marks.

use crate::change::fact::{Fact, Side};
use crate::change::lent::{MOST, is_taken, named};
use crate::change::names::is_surname;
use crate::change::tables::{CHINESE_WORDS, chinese};
use crate::span::{Span, hold};
use crate::text::dictionary;
use std::ops::Range;

/// Characters of what a Chinese body is for.
const CORE: u32 = 2;
/// Longest title of a work, and longest name of a ship or a storm, in bytes.
const TITLE: usize = 60;
const THING: usize = 30;

/// A Chinese body of which a gap holds what it is for, a word of two characters, and the next character is the head.
pub(super) fn section(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let head = if gap.len() as u32 == CORE { gap.end } else { return None };
    if !side.tokens.contains(&head) || !CHINESE_WORDS.has_token("section", side.text.tokens[head as usize]) {
        return None;
    }
    // What stands after the head is another word, and what it is for is one.
    let start = side.text.span(gap.start as usize).start;
    let last = (head + CORE).min(side.tokens.end);
    let near = side.text.span_of(&(gap.start..last)).of(side.text.text);
    let cut: Vec<usize> = dictionary::borders(near).collect();
    let at = |token: u32| side.text.span(token as usize).start - start;
    let ends = head + 1 >= last || cut.contains(&at(head + 1));
    // 好处 is no section of what is good, but a party may have any name.
    let is_party = matches!(side.word(head), "党" | "黨" | "社");
    (ends && (is_party || !cut.contains(&at(gap.start + 1)))).then(|| named(side, gap.start..head + 1))
}

/// A place of two characters before what it is: 赤松县, 白石县.
pub(super) fn ground(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let word = |token: u32| side.word(token);
    let head = side.tokens.contains(&gap.end).then(|| word(gap.end));
    let counts = matches!(
        word(gap.start),
        "多" | "几" | "各" | "某" | "该" | "本" | "全" | "两" | "三" | "部" | "周" | "附" | "邻"
    );
    let is_place = gap.len() as u32 == CORE && !counts && head.is_some_and(|head| chinese::GROUND.contains(&head));
    is_place.then(|| named(side, gap.start..gap.end + 1))
}

/// A country by one character: 美军, 俄军.
pub(super) fn nation(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let word = |token: u32| side.word(token);
    let next = side.tokens.contains(&gap.end).then(|| word(gap.end));
    let is_nation = gap.len() == 1
        && chinese::NATION.contains(&word(gap.start))
        && next.is_some_and(|next| chinese::OF_NATION.contains(&next));
    is_nation.then(|| named(side, gap))
}

/// A surname alone before how someone is called: 李先生, 赵先生.
pub(super) fn courtesy(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let last = (gap.end + CORE).min(side.tokens.end);
    let called = if gap.end < last { side.text.span_of(&(gap.end..last)).of(side.text.text) } else { "" };
    let is_called = gap.len() == 1 && chinese::COURTESY.contains(&called) && is_surname(side.text, gap.start);
    is_called.then(|| named(side, gap))
}

/// The title of a work or a law that a gap lies in: 《劳动法》, 《劳动合同法》.
pub(super) fn title(side: &Side<'_>, gap: Range<u32>) -> Option<Fact> {
    let (span, whole) = (side.text.span_of(&gap), side.text.span_of(&side.tokens));
    // No further than the side goes: a text may be long, and its gaps many.
    let before = Span::new(whole.start, span.start).of(side.text.text);
    let after = Span::new(span.end, whole.end).of(side.text.text);
    let opens = before.rfind('《').filter(|&at| !before[at..].contains('》'))?;
    let closes = after.find('》').filter(|&at| !after[..at].contains('《'))?;
    let (start, end) = (whole.start + opens + '《'.len_utf8(), span.end + closes);
    let first = side.tokens.start + side.text.count_before(side.tokens.start as usize, start) as u32;
    let last = side.tokens.start + side.text.count_before(side.tokens.start as usize, end) as u32;
    let inside = end - start <= TITLE && first < last && hold(&side.tokens, &(first..last));
    inside.then(|| named(side, first..last))
}

/// Ships, storms and the like whose names stand in quotation marks beside what they are: “远澜9”轮, 台风“海燕”.
pub(super) fn things(side: &Side<'_>) -> Vec<Fact> {
    let span = side.text.span_of(&side.tokens);
    let text = side.text.text;
    let first = side.quotations.partition_point(|quotation| quotation.span.start < span.start);
    let inside = side.quotations[first..].iter().take_while(|quotation| quotation.span.end <= span.end);
    let named = inside.filter_map(|quotation| {
        let (before, after) = (&text[..quotation.span.start], &text[quotation.span.end..]);
        let is_thing = quotation.inside.end - quotation.inside.start <= THING
            && chinese::NAMED_THING.iter().any(|thing| before.ends_with(thing) || after.starts_with(thing));
        let token = |at: usize| side.tokens.start + side.text.count_before(side.tokens.start as usize, at) as u32;
        let tokens = token(quotation.inside.start)..token(quotation.inside.end);
        (is_thing && !tokens.is_empty() && !tokens.clone().any(|token| is_taken(side, token)))
            .then(|| named(side, tokens))
    });
    named.take(MOST).collect()
}
