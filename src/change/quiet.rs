//! What is left unread: facts that are the same on both sides, which is told without reading them.
//!
//! A fact begins at a token with a sign (`signs`). Where what is matched is written alike on both sides, and neither a gap
//! nor a phrase that might reach into one has a sign, both sides hold the same facts in the same places: they would be
//! read only to meet each other. A gap of which that is true is quiet. Of a unit whose gaps are all quiet nothing is read
//! but the gaps; of others, at first, what stands near the gaps that are not, and all of it only where what is found there
//! depends on the rest.

use super::fact::{Side, Source};
use super::harmless;
use super::kind::Harmless;
use super::lent::{around_permuted, is_head};
use super::negation::denied;
use super::reading::Reading;
use super::signs::{Sign, Signs};
use super::tables::{chinese, english};
use super::unit::{Mates, Unit, gaps};
use crate::text::Tokenised;
use std::ops::Range;

/// Tokens before a gap from which a phrase may reach into it: as many as the longest phrases have.
const REACH: u32 = 6;
/// Tokens beside a gap among which a value stands that a word in it leads to, and tokens of a gap that are looked at.
const BESIDE: u32 = 3;
const MOST: usize = 4;
/// Bytes of the longest such word.
const LONGEST: usize = 7;
/// Tokens after a gap that may say what stands in it.
const AFTER: u32 = 4;

/// Words that tell what a value or a name beside them is to the rest.
const LEADING: [&[&str]; 5] = [english::SINCE, english::UNTIL, english::ON, english::PREPOSITION, chinese::LEADING];

type Gap = (Range<u32>, Range<u32>);

/// What of a unit has to be read.
#[derive(Debug)]
pub(super) enum ToRead {
    /// All of it.
    Whole,
    /// These tokens of A and of B.
    Near(Vec<Range<u32>>, Vec<Range<u32>>),
    /// Nothing: no fact can differ. What is harmless in its gaps.
    Nothing(Vec<Harmless>),
}

impl ToRead {
    /// What has to be read of a unit. `signs` are those of its two sides. Cost: linear in its tokens, and low.
    pub(super) fn of(unit: &Unit, a: Source<'_>, b: Source<'_>, signs: (&Signs, &Signs), mates: &Mates) -> Self {
        let gaps = gaps(unit, mates);
        if is_quoted(&a, &unit.a) || is_quoted(&b, &unit.b) || !is_written_alike(unit, &gaps, a.tokens, b.tokens) {
            return Self::Whole;
        }
        let leads = |(gap_a, gap_b): &&Gap| {
            leads(gap_a, &unit.a, (a.tokens, signs.0)) || leads(gap_b, &unit.b, (b.tokens, signs.1))
        };
        let is_loud =
            |gap: &&Gap| !is_quiet(&gap.0, &unit.a, signs.0) || !is_quiet(&gap.1, &unit.b, signs.1) || leads(gap);
        let loud: Vec<&Gap> = gaps.iter().filter(is_loud).collect();
        if !loud.is_empty() {
            return Self::Near(
                near(loud.iter().map(|gap| &gap.0), &unit.a),
                near(loud.iter().map(|gap| &gap.1), &unit.b),
            );
        }
        let side_a = gaps_alone(a, &unit.a, gaps.iter().map(|gap| &gap.0), signs.0);
        let side_b = gaps_alone(b, &unit.b, gaps.iter().map(|gap| &gap.1), signs.1);
        let of = |tokens: &Range<u32>| tokens.start as usize..tokens.end as usize;
        let is_permuted = around_permuted(&a.tokens.tokens[of(&unit.a)], &b.tokens.tokens[of(&unit.b)]).is_some();
        if is_permuted || !denied(&side_a, &side_b, mates).is_empty() {
            return Self::Whole;
        }
        let mut harmless = Vec::new();
        let gaps = harmless::explained(&side_a, &side_b, gaps);
        harmless::explain(&side_a, &side_b, &gaps, Vec::new(), &mut harmless);
        Self::Nothing(harmless)
    }
}

/// Whether no fact lies in a gap or may reach into it or over it, and no name stands on both sides of it: "Bank of England".
fn is_quiet(gap: &Range<u32>, unit: &Range<u32>, signs: &Signs) -> bool {
    let is_name =
        |token: Option<u32>| token.is_some_and(|token| unit.contains(&token) && signs.has(token, Sign::CAPITAL));
    let holds = gap.clone().any(|token| signs.states_any(token));
    let named = is_name(gap.start.checked_sub(1)) && is_name(Some(gap.end));
    !(holds || named || is_reached(gap, unit, signs))
}

/// Whether a word in a gap tells what a value or a name beside it is to the rest: until 5 May, to Geneva.
fn leads(gap: &Range<u32>, unit: &Range<u32>, (text, signs): (&Tokenised<'_>, &Signs)) -> bool {
    // What a body is for stands before its head, or behind it and "of".
    let head = |token: u32| unit.contains(&token) && is_head(text.tokens[token as usize]);
    let by = |token: u32| text.span(token as usize).of(text.text) == "by";
    if gap.clone().take(MOST).any(by)
        || head(gap.end)
        || gap.start.checked_sub(2).is_some_and(head)
        || gap.clone().take(MOST).any(head)
    {
        return true;
    }
    let stated = Sign::VALUE.or(Sign::CAPITAL);
    let near = unit.start.max(gap.start.saturating_sub(BESIDE))..unit.end.min(gap.end + BESIDE);
    let says = |token: u32| {
        let word = text.span(token as usize).of(text.text);
        word.len() <= LONGEST && LEADING.iter().any(|words| words.iter().any(|leads| word.eq_ignore_ascii_case(leads)))
            || word.starts_with(['이', '까', '부'])
    };
    // Most gaps have nothing stated beside them.
    near.into_iter().any(|token| signs.has(token, stated)) && gap.clone().take(MOST).any(says)
}

/// Whether what begins before a gap may go on in it: with words, values and names all the way.
fn is_reached(gap: &Range<u32>, unit: &Range<u32>, signs: &Signs) -> bool {
    let goes_on = Sign::PART.or(Sign::VALUE).or(Sign::CAPITAL);
    if !unit.contains(&gap.start) || !signs.has(gap.start, Sign::PART) {
        return false;
    }
    let before = (unit.start.max(gap.start.saturating_sub(REACH))..gap.start).rev();
    for token in before {
        if signs.has(token, Sign::LONG.or(Sign::VALUE)) {
            return true;
        }
        if !signs.has(token, goes_on) {
            return false;
        }
    }
    false
}

/// The tokens near some gaps, in order and disjoint.
fn near<'s>(gaps: impl Iterator<Item = &'s Range<u32>>, unit: &Range<u32>) -> Vec<Range<u32>> {
    let mut windows: Vec<Range<u32>> = Vec::new();
    for gap in gaps {
        let (start, end) = (unit.start.max(gap.start.saturating_sub(REACH)), unit.end.min(gap.end + AFTER));
        match windows.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => windows.push(start..end),
        }
    }
    windows
}

/// Whether the stretches between the gaps are the same bytes on both sides.
fn is_written_alike(unit: &Unit, gaps: &[Gap], a: &Tokenised<'_>, b: &Tokenised<'_>) -> bool {
    let (mut at_a, mut at_b) = (unit.a.start, unit.b.start);
    let last = (unit.a.end..unit.a.end, unit.b.end..unit.b.end);
    gaps.iter().chain([&last]).all(|(gap_a, gap_b)| {
        let (run_a, run_b) = (at_a..gap_a.start, at_b..gap_b.start);
        (at_a, at_b) = (gap_a.end, gap_b.end);
        run_a.len() == run_b.len()
            && (run_a.is_empty() || a.span_of(&run_a).of(a.text).as_bytes() == b.span_of(&run_b).of(b.text).as_bytes())
    })
}

/// Whether a quotation overlaps some tokens.
fn is_quoted(source: &Source<'_>, tokens: &Range<u32>) -> bool {
    let span = source.tokens.span_of(tokens);
    let at = source.quotations.partition_point(|quotation| quotation.span.end <= span.start);
    source.quotations.get(at).is_some_and(|quotation| quotation.span.start < span.end)
}

/// A side of which only the gaps are read.
fn gaps_alone<'s, 'g>(
    source: Source<'s>,
    tokens: &Range<u32>,
    gaps: impl Iterator<Item = &'g Range<u32>>,
    signs: &Signs,
) -> Side<'s> {
    let reading = Reading::with_signs(source.tokens, gaps.cloned().flatten(), &[], Some(signs));
    let (facts, others) = (Vec::new(), Vec::new());
    Side { text: source.tokens, quotations: source.quotations, tokens: tokens.clone(), reading, facts, others }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Aligner;
    use crate::change::judge::Judged;
    use crate::draft::Draft;
    use crate::quote::quotations;
    use crate::text::tokenise;

    /// Two texts as one draft, handed to `ask`.
    fn drafted<T>(a: &str, b: &str, ask: impl FnOnce(&Draft, Source<'_>, Source<'_>) -> T) -> T {
        let (tokens_a, tokens_b) = (tokenise(a), tokenise(b));
        let (a, b) = (quotations(a), quotations(b));
        let (range_a, range_b) = (0..tokens_a.len() as u32, 0..tokens_b.len() as u32);
        let runs = Aligner::new(&tokens_a, &tokens_b).complete(range_a.clone(), range_b.clone(), &[]).runs;
        let draft =
            Draft { a: range_a, b: range_b, runs, nearly: Vec::new(), cosine: 0.0, evidence: 0.0, moved: false };
        ask(&draft, Source { tokens: &tokens_a, quotations: &a }, Source { tokens: &tokens_b, quotations: &b })
    }

    fn to_read(a: &str, b: &str) -> ToRead {
        drafted(a, b, |draft, a, b| {
            let unit = Unit { a: draft.a.clone(), b: draft.b.clone() };
            let signs_a = Signs::of(a.tokens, unit.a.clone()).unwrap();
            let signs_b = Signs::of(b.tokens, unit.b.clone()).unwrap();
            ToRead::of(&unit, a, b, (&signs_a, &signs_b), &Mates::new(draft))
        })
    }

    #[test]
    fn what_is_left_unread_changes_nothing() {
        for file in ["en", "held-out"] {
            let path = format!("{}/corpora/changes/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let pair: serde_json::Value = serde_json::from_str(line).unwrap();
                let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
                drafted(a, b, |draft, source_a, source_b| {
                    let judged = Judged::by(draft, source_a, source_b, ToRead::of);
                    assert_eq!(
                        judged,
                        Judged::by(draft, source_a, source_b, |_, _, _, _, _| ToRead::Whole),
                        "{a}\n{b}"
                    );
                });
            }
        }
    }

    #[test]
    fn plain_words_apart_from_facts_are_quiet() {
        let a = "On 3 May all ministers may travel to Geneva, and the old bridge will not be closed.";
        for b in [a.replace("bridge", "harbour"), a.replace("old ", ""), a.replace("be closed", "be quickly closed")] {
            assert!(matches!(to_read(a, &b), ToRead::Nothing(_)), "{b}");
        }
    }

    #[test]
    fn whatever_may_touch_a_fact_is_read() {
        for (a, b) in [
            ("the old bridge is 12 kilometres long", "the old bridge is 12 miles long"),
            ("the bridge is open no longer", "the bridge is open no wider"),
            ("the bridge is no longer open", "the bridge is no much longer open"),
            ("they met the Bank of England", "they met the Bank for England"),
            ("they may have met", "they might have met"),
            ("they met in Geneva", "they met in Vienna"),
            ("they met in Geneva", "they met In Geneva soon"),
            ("the \u{201C}old bridge\u{201D} they saw", "the \u{201C}new bridge\u{201D} they saw"),
            ("a lawful order was given", "a unlawful order was given"),
        ] {
            assert!(!matches!(to_read(a, b), ToRead::Nothing(_)), "{a} / {b}");
        }
    }
}
