//! Two short texts that say the same in quite other words: told by the names, numbers and rare words that they share.
//!
//! In a text of a sentence or two no word is rarer than another, so that a cosine counts "the" as much as a name. What a word
//! is tells more there: small words count nothing, names twice a word, and numbers nearly as much.

use super::whole::sentences;
use crate::reword::stem;
use crate::text::{Token, TokenClass, Tokenised, is_syllable};
use std::ops::Range;

/// What a word counts: a name, a number, a Korean word, which says what two do elsewhere, and any other.
const NAME: f32 = 2.0;
const NUMBER: f32 = 1.5;
const KOREAN: f32 = 1.25;
const WORD: f32 = 1.0;
/// Letters of a word that counts, if it is no name; syllables of a Korean one.
const LETTERS: usize = 4;
const SYLLABLES: usize = 2;
/// Least that both must share, in words, and as a share of what they say (of the geometric mean of the two): of pairs of
/// sentences drawn at random ten in 100,000 share as much, of those that say the same in quite other words most.
const SHARED: f32 = 3.5;
const SHARE: f32 = 0.35;
/// Least share of what each sentence tells that the other text must tell.
const SENTENCE: f32 = 0.15;
/// Longer English words that say nothing by themselves, sorted.
const SMALL: [&str; 36] = [
    "about", "after", "also", "been", "before", "both", "could", "from", "have", "into", "more", "most", "other",
    "over", "said", "says", "should", "some", "such", "than", "that", "their", "them", "then", "there", "these",
    "they", "this", "those", "under", "were", "when", "which", "while", "will", "with",
];

/// The share of what two stretches tell that both tell, if that is enough to say that they tell the same: 1 at most. Cost:
/// linear but for sorting their words.
pub(super) fn told_alike(
    (a, in_a): (&Tokenised<'_>, &Range<u32>),
    (b, in_b): (&Tokenised<'_>, &Range<u32>),
) -> Option<f64> {
    let (of_a, of_b) = (telling(a, in_a), telling(b, in_b));
    let sum = |words: &[(u64, f32)]| words.iter().map(|word| word.1).sum::<f32>();
    let weight_in_b = |stem| of_b.binary_search_by_key(&stem, |word| word.0).ok().map(|at| of_b[at].1);
    let shared: f32 = of_a.iter().filter_map(|&(stem, in_a)| Some(in_a.max(weight_in_b(stem)?))).sum();
    let share = shared / (sum(&of_a) * sum(&of_b)).sqrt().max(f32::MIN_POSITIVE);
    let told = shared >= SHARED
        && share >= SHARE
        && every_sentence_tells((a, in_a), &of_b)
        && every_sentence_tells((b, in_b), &of_a);
    told.then(|| f64::from(share.min(1.0)))
}

/// Whether the other text, by its `words`, tells some of what each sentence does: two that share one sentence tell no more than
/// that alike.
fn every_sentence_tells((text, within): (&Tokenised<'_>, &Range<u32>), words: &[(u64, f32)]) -> bool {
    sentences(text, within).all(|tokens| {
        let (mut shared, mut all) = (0.0, 0.0);
        for (stem, weight) in telling(text, tokens) {
            all += weight;
            shared += if words.binary_search_by_key(&stem, |word| word.0).is_ok() { weight } else { 0.0 };
        }
        shared >= SENTENCE * all
    })
}

/// The digits that a word begins with, whatever stands behind them: 103동과.
fn number(text: &Tokenised<'_>, at: usize) -> Option<u64> {
    let word = text.span(at).of(text.text);
    let end = word.find(|c: char| !c.is_numeric()).unwrap_or(word.len());
    (end > 0).then(|| Token::new(&word.as_bytes()[..end], TokenClass::Number).0)
}

/// The stems of the words that say something, each once, in order, with what it counts.
fn telling(text: &Tokenised<'_>, within: &Range<u32>) -> Vec<(u64, f32)> {
    let mut folded = String::new();
    let within = within.start as usize..within.end as usize;
    let begins =
        |at: usize| text.sentences.binary_search_by_key(&(at as u32), |sentence| sentence.tokens.start).is_ok();
    let worth = |at: usize| {
        let word = text.span(at).of(text.text);
        let count = word.chars().count();
        let first = word.chars().next()?;
        match text.tokens[at].class() {
            TokenClass::Character => None,
            _ if first.is_numeric() => Some(NUMBER),
            _ if is_syllable(first) => (count >= SYLLABLES).then_some(KOREAN),
            _ if first.is_uppercase() && !begins(at) => Some(NAME),
            _ => (count >= LETTERS && SMALL.binary_search(&&*word.to_ascii_lowercase()).is_err()).then_some(WORD),
        }
    };
    let mut words: Vec<(u64, f32)> = within
        .filter_map(|at| Some((worth(at)?, at)))
        .map(|(worth, at)| (number(text, at).unwrap_or_else(|| stem(text, at, &mut folded)), worth))
        .collect();
    words.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
    words.dedup_by_key(|word| word.0);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    fn share(a: &str, b: &str) -> Option<f64> {
        let (a, b) = (tokenise(a), tokenise(b));
        told_alike((&a, &(0..a.len() as u32)), (&b, &(0..b.len() as u32)))
    }

    #[test]
    fn names_and_numbers_tell_what_small_words_do_not() {
        let (deal, told) = (
            "Marrow Foods has entered into an agreement to acquire all of the shares of Lindal Mills for 85 million crowns.",
            "Lindal Mills goes to Marrow Foods, which pays 85 million crowns.",
        );
        assert!(share(deal, told).is_some_and(|share| share > 0.5));
        assert_eq!(share(deal, told), share(told, deal));
        let other = "The ministry has agreed to all of the terms that were set out in the letter of the other side.";
        assert_eq!(share(deal, other), None);
        // One sentence is the same, the others are not.
        let (one, two) = (
            "Marrow Foods pays Lindal Mills 85 million crowns for its Orrin plant. The harbour stays shut for a week.",
            "Marrow Foods pays Lindal Mills 85 million crowns for its Orrin plant. Nobody voted against the budget.",
        );
        assert_eq!(share(one, two), None);
        // Less is enough where it is most of what is said.
        let (short, told) = ("The Orrin ferry resumed at dawn.", "At dawn the ferry to Orrin sailed again.");
        assert!(share(short, told).is_some());
        // One institution speaks of two things.
        let (one, two) =
            ("Marrow Foods named a new head on Monday.", "Marrow Foods shut a plant in the north for good.");
        assert_eq!(share(one, two), None);
    }

    #[test]
    fn small_words_are_sorted_and_nothing_tells_nothing() {
        assert!(SMALL.is_sorted() && SMALL.iter().all(|word| word.len() >= LETTERS));
        assert_eq!(share("", ""), None);
        assert_eq!(share("", "Marrow Foods"), None);
    }
}
