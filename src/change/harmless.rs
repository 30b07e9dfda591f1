//! Differences that are no change, each with its reason.

use super::fact::Side;
use super::kind::{ChangeKind, Harmless, HarmlessReason};
use super::lexicon::{Language, hashed};
use super::spans::Spans;
use super::tables::SPELLINGS;
use super::unit::{self, Mates, Unit};
use crate::span::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Longest gap, in tokens of both sides, that is looked at word by word.
const LONGEST: usize = 24;

/// Whether facts of a kind are values, which may be written in many ways.
pub(super) fn is_value(kind: ChangeKind) -> bool {
    use ChangeKind::*;
    matches!(kind, Number | Unit | Currency | Percentage | Date)
}

/// Adds the reason for every gap in which nothing lies that is `known` already. Cost: linear but for sorting.
pub(super) fn explain(
    a: &Side<'_>,
    b: &Side<'_>,
    gaps: &[Gap],
    known: Vec<(Span, Span)>,
    harmless: &mut Vec<Harmless>,
) {
    let in_a = Spans::joined(known.iter().map(|&(a, _)| a));
    let in_b = Spans::joined(known.iter().map(|&(_, b)| b));
    for gap in gaps {
        let Some(reason) = gap.reason else { continue };
        let (span_a, span_b) = (a.span(&gap.a), b.span(&gap.b));
        if !in_a.meets(span_a) && !in_b.meets(span_b) {
            harmless.push(Harmless { reason, a: span_a, b: span_b });
        }
    }
}

/// A stretch between matched tokens.
#[derive(Debug)]
pub(super) struct Gap {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// Why both sides say the same, if that is known.
    pub reason: Option<HarmlessReason>,
}

impl Gap {
    fn new(a: &Side<'_>, b: &Side<'_>, gap_a: Range<u32>, gap_b: Range<u32>) -> Self {
        let short = gap_a.len() + gap_b.len() <= LONGEST;
        let reason = if short { reason(a, b, &gap_a, &gap_b) } else { None };
        Self { a: gap_a, b: gap_b, reason }
    }

    /// Whether its two sides are known to say the same.
    pub(super) fn is_equal(&self) -> bool {
        let particle = self.reason == Some(HarmlessReason::Particle);
        !self.a.is_empty() && !self.b.is_empty() && self.reason.is_some() && !particle
    }
}

/// The stretches between matched tokens, in order. Cost: linear.
pub(super) fn gaps(a: &Side<'_>, b: &Side<'_>, mates: &Mates) -> Vec<Gap> {
    let unit = Unit { a: a.tokens.clone(), b: b.tokens.clone() };
    explained(a, b, unit::gaps(&unit, mates))
}

/// Such stretches with the reasons that are known.
pub(super) fn explained(a: &Side<'_>, b: &Side<'_>, gaps: Vec<(Range<u32>, Range<u32>)>) -> Vec<Gap> {
    gaps.into_iter().map(|(gap_a, gap_b)| Gap::new(a, b, gap_a, gap_b)).collect()
}

/// Why two stretches say the same, if that is known.
fn reason(a: &Side<'_>, b: &Side<'_>, gap_a: &Range<u32>, gap_b: &Range<u32>) -> Option<HarmlessReason> {
    let (x, y) = (a.reading.of_tokens(gap_a), b.reading.of_tokens(gap_b));
    if are_equal_but_for_spaces(x, y) {
        let apostrophe = |side: &Side<'_>, gap: &Range<u32>| side.span(gap).of(side.text.text).contains(['\'', '’']);
        let contracted = apostrophe(a, gap_a) != apostrophe(b, gap_b);
        return Some(if contracted { HarmlessReason::Contraction } else { HarmlessReason::Spelling });
    }
    if is_spelling(x, y) {
        return Some(HarmlessReason::Spelling);
    }
    let group = |text: &str| {
        let language = match text.chars().next()? {
            c if c.is_ascii() => Language::English,
            '\u{1100}'..='\u{11FF}' => Language::Korean,
            _ => Language::Chinese,
        };
        language.synonym(text).map(|number| (language, number))
    };
    let of_x = group(x);
    if of_x.is_some() && of_x == group(y) {
        return Some(HarmlessReason::Synonym);
    }
    let courtesy = |side: &Side<'_>, gap: &Range<u32>| gap.clone().all(|token| side.is_particle(token));
    (courtesy(a, gap_a) && courtesy(b, gap_b)).then_some(HarmlessReason::Particle)
}

pub(super) fn are_equal_but_for_spaces(x: &str, y: &str) -> bool {
    let solid = |byte: &u8| !matches!(byte, b' ' | b',');
    x.bytes().filter(solid).eq(y.bytes().filter(solid))
}

/// Whether two words are spellings of one: British and American, or listed.
pub(super) fn is_spelling(x: &str, y: &str) -> bool {
    let line = |word: &str| SPELLINGS.get(hashed(word));
    let same = |x: &str, y: &str| x == y || are_american_alike(x, y) || line(x).is_some_and(|one| line(y) == Some(one));
    let (mut words_x, mut words_y) = (x.split(' '), y.split(' '));
    loop {
        match (words_x.next(), words_y.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if !x.is_empty() && same(x, y) => {}
            _ => return false,
        }
    }
}

/// Whether two words are one in American spelling, which keeps the first letter.
fn are_american_alike(x: &str, y: &str) -> bool {
    x.as_bytes().first() == y.as_bytes().first() && american(x) == american(y)
}

/// Endings on which British and American spelling differ, how many letters stand before them at least, and what may follow.
type Ending = (&'static str, &'static str, usize, &'static [&'static str]);

const VERB: &[&str] = &["", "s", "d", "r", "rs"];
const NOUN: &[&str] = &["", "s"];

const ENDINGS: [Ending; 15] = [
    ("isation", "ization", 3, &["", "s", "al"]),
    ("ising", "izing", 3, &[""]),
    ("ise", "ize", 3, VERB),
    ("ysing", "yzing", 3, &[""]),
    ("yse", "yze", 3, VERB),
    (
        "our",
        "or",
        2,
        &[
            "", "s", "ed", "ing", "er", "ers", "able", "ably", "al", "ful", "ite", "ites", "less", "ly", "hood",
            "hoods", "ist", "ists", "y",
        ],
    ),
    ("tre", "ter", 2, &["", "s", "d"]),
    ("bre", "ber", 2, &["", "s", "d"]),
    ("ogue", "og", 3, &["", "s", "d"]),
    ("lled", "led", 2, &[""]),
    ("lling", "ling", 2, NOUN),
    ("ller", "ler", 2, NOUN),
    ("llor", "lor", 2, NOUN),
    ("ence", "ense", 2, &["", "s", "less"]),
    ("mme", "m", 4, NOUN),
];

/// A word with an ending on which British and American spelling differ made American.
pub(super) fn american(word: &str) -> Cow<'_, str> {
    if word.is_ascii() && word.len() >= 5 {
        for (british, american, least, after) in ENDINGS {
            let stem = after.iter().find_map(|after| word.strip_suffix(after)?.strip_suffix(british));
            // Cancelled is canceled, filled is not filed: l is doubled behind a syllable without stress.
            let doubled = british.starts_with("ll");
            if let Some(stem) = stem.filter(|stem| stem.len() >= least && (!doubled || syllables(stem) > 1)) {
                return Cow::Owned(format!("{stem}{american}{}", &word[stem.len() + british.len()..]));
            }
        }
    }
    Cow::Borrowed(word)
}

/// How many times vowels begin in a word.
fn syllables(word: &str) -> usize {
    let is_vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let vowels = word.bytes().map(is_vowel);
    vowels.fold((0, false), |(count, before), here| (count + usize::from(here && !before), here)).0
}
