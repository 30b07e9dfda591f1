//! Misquotes: words that differ inside a quotation with a named speaker.

mod speaker;

use super::fact::{Fact, Side};
use super::harmless::are_equal_but_for_spaces;
use super::kind::ChangeKind;
use super::reading::{NAME, VALUE};
use super::tables::{REPORTED, korean};
use super::unit::Mates;
use crate::span::{Span, meet};
use std::ops::Range;

/// Share of a quotation's words that the other side must have for the two to be one quotation.
const SAME: f64 = 0.4;
/// Most tokens between two words of speech that is reported without marks.
const NEAR: u32 = 4;
/// Most quotations of a unit that are looked at.
const MOST: usize = 64;
/// Most tokens from a word that gives a statement to a quotation of one short word.
const SAID: u32 = 6;
/// Fewest words of a quotation; fewer are a title or a term.
const FEWEST: usize = 2;

/// A quotation on one side or both, and what stands for it on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted {
    /// Tokens inside the marks, and what they are matched to.
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// Tokens from the first that differs to the last.
    pub differs: Option<(Range<u32>, Range<u32>)>,
}

/// Quotations with a named speaker, each with what differs. Cost: linear.
pub(super) fn quoted(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Vec<Quoted> {
    let (in_a, in_b) = (speeches(a), speeches(b));
    let mut found: Vec<Quoted> = Vec::new();
    for speech in &in_a {
        let matched: Vec<u32> = speech.clone().filter_map(|token| mates.of_a(token)).collect();
        // The only quotation on either side is the same one, whatever is left of it.
        let only = in_a.len() == 1 && in_b.len() == 1;
        if only || is_same(matched.len(), speech) {
            let spoken = if only {
                in_b[0].clone()
            } else {
                with_ending((a, speech), (b, whole(&matched, &in_b)), mates.of_a(speech.end - 1))
            };
            let differs = differing(speech, &spoken, mates).filter(|differs| !is_written_otherwise(a, b, differs));
            let differs = differs.filter(|differs| only || !is_small(a, &differs.0, &differs.1));
            let differs = differs.filter(|differs| only || !is_reported((a, &differs.0), (b, &differs.1)));
            found.push(Quoted { differs, a: speech.clone(), b: spoken });
        }
    }
    for speech in &in_b {
        let matched: Vec<u32> = speech.clone().filter_map(|token| mates.of_b(token)).collect();
        if is_same(matched.len(), speech) && !found.iter().any(|quoted| meet(&quoted.b, speech)) {
            let reported = with_ending((b, speech), (a, whole(&matched, &in_a)), mates.of_b(speech.end - 1));
            let differs = differing(&reported, speech, mates).filter(|differs| !is_written_otherwise(a, b, differs));
            let differs = differs.filter(|differs| !is_small(b, &differs.1, &differs.0));
            let differs = differs.filter(|differs| !is_reported((b, &differs.1), (a, &differs.0)));
            found.push(Quoted { differs, a: reported, b: speech.clone() });
        }
    }
    found
}

/// Whether what differs is the same words, with other spaces or contracted: "can not" and "cannot".
pub(super) fn is_written_otherwise(a: &Side<'_>, b: &Side<'_>, (in_a, in_b): &(Range<u32>, Range<u32>)) -> bool {
    let (x, y) = (a.reading.of_tokens(in_a), b.reading.of_tokens(in_b));
    // Dont, don't.
    let bare = |side: &Side<'_>, tokens: &Range<u32>| -> String {
        let text = if tokens.is_empty() { "" } else { side.span(tokens).of(side.text.text) };
        text.chars().filter(|c| !matches!(c, '\'' | '’' | ' ')).flat_map(char::to_lowercase).collect()
    };
    let (bare_a, bare_b) = (bare(a, in_a), bare(b, in_b));
    if !bare_a.is_empty()
        && (bare_a == bare_b || is_reported_word(&bare_a, &bare_b) || is_reported_word(&bare_b, &bare_a))
    {
        return true;
    }
    // Where values and names stand, nothing is said of which.
    !x.is_empty() && are_equal_but_for_spaces(x, y) && !x.contains([VALUE, NAME])
}

/// Whether a Korean word is another one with the ending by which speech is reported: 내리겠다, 내리겠다고.
fn is_reported_word(said: &str, reported: &str) -> bool {
    let ending = reported.strip_prefix(said).unwrap_or_default();
    !said.is_empty() && korean::REPORTING.contains(&ending)
}

/// What a quotation is matched to, with the word that follows where that is the last word of the quotation, reported: without
/// marks it is another word. `last` is what that word is matched to.
fn with_ending(
    (side, speech): (&Side<'_>, &Range<u32>),
    (other, range): (&Side<'_>, Range<u32>),
    last: Option<u32>,
) -> Range<u32> {
    let word = |side: &Side<'_>, token: u32| side.word(token).to_owned();
    let next = range.end;
    let goes_on = last.is_none()
        && other.tokens.contains(&next)
        && is_reported_word(&word(side, speech.end - 1), &word(other, next));
    range.start..next + u32::from(goes_on)
}

/// Whether all that differs is a particle of the `side` that quotes, as where reported speech begins.
fn is_small(side: &Side<'_>, own: &Range<u32>, other: &Range<u32>) -> bool {
    other.is_empty() && own.clone().all(|token| side.is_particle(token))
}

/// Whether what differs is what English changes where it reports a speech: "will" is "would", and "we" is "they".
fn is_reported((quoting, quoted): (&Side<'_>, &Range<u32>), (reporting, reported): (&Side<'_>, &Range<u32>)) -> bool {
    let word =
        |side: &Side<'_>, range: &Range<u32>| (range.len() == 1).then(|| side.word(range.start).to_ascii_lowercase());
    let (Some(one), Some(other)) = (word(quoting, quoted), word(reporting, reported)) else { return false };
    REPORTED.iter().any(|(said, told)| *said == one && told.contains(&&*other))
}

fn is_same(matched: usize, speech: &Range<u32>) -> bool {
    matched > 0 && matched as f64 >= SAME * speech.len() as f64
}

/// From the first of the matched tokens to the last, or the whole quotation that they lie in.
fn whole(matched: &[u32], speeches: &[Range<u32>]) -> Range<u32> {
    let (first, last) = (matched[0], matched[matched.len() - 1]);
    let inside = speeches.iter().find(|speech| speech.contains(&first) || speech.contains(&last));
    inside.cloned().unwrap_or_else(|| nearest(matched))
}

/// From the first to the last of the matched tokens that stand near the next one: a word far from the others is another.
fn nearest(matched: &[u32]) -> Range<u32> {
    let apart = |pair: &[u32]| pair[1].saturating_sub(pair[0]) > NEAR;
    let mut parts = matched.chunk_by(|&x, &y| !apart(&[x, y]));
    let longest = parts.by_ref().max_by_key(|part| part.len()).unwrap_or(matched);
    longest[0]..longest[longest.len() - 1] + 1
}

/// The unmatched tokens of both, from the first to the last.
fn differing(a: &Range<u32>, b: &Range<u32>, mates: &Mates) -> Option<(Range<u32>, Range<u32>)> {
    let is_a = |token: &u32| mates.of_a(*token).is_none_or(|mate| !b.contains(&mate));
    let is_b = |token: &u32| mates.of_b(*token).is_none_or(|mate| !a.contains(&mate));
    let (front, back) = (a.clone().take_while(|t| !is_a(t)).count(), b.clone().take_while(|t| !is_b(t)).count());
    if front == a.len() && back == b.len() {
        return None;
    }
    let equal = front.min(back) as u32;
    let tail = |range: &Range<u32>, differs: &dyn Fn(&u32) -> bool| {
        range.clone().rev().take_while(|token| !differs(token)).count()
    };
    let tail = tail(a, &is_a).min(tail(b, &is_b)).min(a.len().min(b.len()) - equal as usize) as u32;
    Some((a.start + equal..a.end - tail, b.start + equal..b.end - tail))
}

/// Tokens of the quotations in a side that someone named speaks.
fn speeches(side: &Side<'_>) -> Vec<Range<u32>> {
    let start = side.text.span(side.tokens.start as usize).start;
    let end = side.text.span(side.tokens.end as usize - 1).end;
    let first = side.quotations.partition_point(|quotation| quotation.span.end <= start);
    let near = side.quotations[first..].iter().take_while(|quotation| quotation.span.start < end);
    near.take(MOST).filter_map(|quotation| speech(side, quotation.span)).collect()
}

fn speech(side: &Side<'_>, span: Span) -> Option<Range<u32>> {
    let places = &side.text.places[side.tokens.start as usize..side.tokens.end as usize];
    let first = places.partition_point(|&(start, _)| (start as usize) < span.start) as u32 + side.tokens.start;
    let last = places.partition_point(|&(_, end)| end as usize <= span.end) as u32 + side.tokens.start;
    let tokens = first..last;
    // One short word is a term, unless it is what someone said: said "yes", called the ruling "wrong".
    let near = |fact: &Fact| fact.tokens.end <= first && first - fact.tokens.end <= SAID;
    let said = || side.facts.iter().any(|fact| fact.kind == ChangeKind::Attribution && near(fact));
    let wide = tokens.len() >= FEWEST || (last > first && side.text.span(first as usize).len() > 6) || said();
    (last > first && wide && speaker::is_named(side, span)).then_some(tokens)
}
