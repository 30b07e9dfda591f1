//! What only one side says, sentence by sentence, the weightiest first.
//!
//! A text that shares half of itself with another still leaves its reader with the other half. [`unique()`] lists it by
//! how much each sentence says that is said nowhere else: its *weight* is the sum, over its different words, of their
//! rarity within the two texts,
//!
//! ```text
//! weight(sentence) = Σ ln((N + 1) / n(word))
//! ```
//!
//! where `N` is the number of sentences of both texts and `n(word)` of those that hold the word. This is inverse document
//! frequency (Spärck Jones 1972) with sentences for documents. A word that both texts use all the time adds next to
//! nothing, wherever it stands, so that no list of stop words is needed for any language; a name, a figure or a term
//! that stands in this sentence alone adds most; and a long sentence outweighs a short one of the same words. A word
//! counts once however often its sentence repeats it.

use crate::comparison::{Comparison, Side};
use crate::numbers::Numbers;
use crate::passage::SegmentKind;
use crate::span::Span;
use crate::text::{Token, Tokenised};
use rustc_hash::FxHashSet;

/// A sentence, or the part of one, that no passage covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UniqueSentence {
    /// Bytes of the text, without white space at either end.
    pub span: Span,
    /// The sentence goes on to the left, inside a passage.
    pub cut_before: bool,
    /// The sentence goes on to the right, inside a passage.
    pub cut_after: bool,
    /// Words in it.
    pub words: usize,
    /// How much it says that is said nowhere else: the sum, over its different words, of `ln((N + 1) / n)`, where `N` is the number
    /// of sentences of both texts and `n` of those that hold the word (inverse document frequency, Spärck Jones 1972, with
    /// sentences for documents). Over 0, without a bound.
    pub weight: f64,
}

/// What only one side says, for both sides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unique {
    /// Only A says it; the weightiest sentence first, of equals the earlier one.
    pub a: Vec<UniqueSentence>,
    /// Only B says it; in the same order.
    pub b: Vec<UniqueSentence>,
}

/// The sentences that stand on one side alone, the weightiest first. Stretches without a word are left out, and whole sentences that
/// the other text has word for word: both say them, though they are too short for a passage.
///
/// Cost: linear in both texts, and a sort of what is found.
///
/// ```
/// use likewise::{Document, Options, compare, unique};
///
/// let shared = "The two sides agreed to talk to each other over the military channels already in place.";
/// let a = Document::new("a", format!("{shared} They met in the morning. Seoul will pay 900 million for the launchers."));
/// let b = Document::new("b", shared);
/// let only = unique(&compare(&a, &b, &Options::default()));
///
/// assert_eq!(only.a[0].span.of(&a.text), "Seoul will pay 900 million for the launchers.");
/// assert_eq!(only.a.len(), 2);
/// assert!(only.b.is_empty());
/// ```
pub fn unique(comparison: &Comparison<'_>) -> Unique {
    let (a, b) = (&comparison.a, &comparison.b);
    let rarity = Rarity::new([&a.read, &b.read], alone(a).chain(alone(b)));
    let (mut only_a, mut only_b) = (of_side(a, &rarity), of_side(b, &rarity));
    leave_out_said((&a.read, &mut only_a), &b.read);
    leave_out_said((&b.read, &mut only_b), &a.read);
    Unique { a: only_a, b: only_b }
}

/// Leaves out the whole sentences that the other text has word for word. Cost: linear in its sentences.
fn leave_out_said((text, only): (&Tokenised<'_>, &mut Vec<UniqueSentence>), other: &Tokenised<'_>) {
    let whole = |one: &UniqueSentence| (!one.cut_before && !one.cut_after).then(|| tokens(text, one.span));
    let asked: FxHashSet<&[Token]> = only.iter().filter_map(whole).collect();
    // Most sentences begin otherwise, or are not as long.
    let begins: FxHashSet<(Token, usize)> = asked.iter().map(|words| (words[0], words.len())).collect();
    let sentences = other.sentences.iter().map(|sentence| &sentence.tokens);
    let sentences = sentences.map(|tokens| &other.tokens[tokens.start as usize..tokens.end as usize]);
    let may_be = |words: &&[Token]| words.first().is_some_and(|first| begins.contains(&(*first, words.len())));
    let said: FxHashSet<&[Token]> = sentences.filter(may_be).filter(|words| asked.contains(words)).collect();
    only.retain(|one| whole(one).is_none_or(|words| !said.contains(words)));
}

/// Stretches that no passage covers.
fn stretches(side: &Side<'_>) -> impl Iterator<Item = Span> {
    side.segments.iter().filter(|segment| segment.kind == SegmentKind::Unique).map(|segment| segment.span)
}

/// The words in them.
fn alone(side: &Side<'_>) -> impl Iterator<Item = Token> {
    stretches(side).flat_map(|stretch| tokens(&side.read, stretch)).copied()
}

/// The tokens that begin in `span`.
fn tokens<'t>(text: &'t Tokenised<'_>, span: Span) -> &'t [Token] {
    let token_at = |byte: usize| text.places.partition_point(|&(start, _)| (start as usize) < byte);
    &text.tokens[token_at(span.start)..token_at(span.end).max(token_at(span.start))]
}

/// Bits of a hash that are looked at first.
const BITS: u32 = 14;

fn place(word: Token) -> usize {
    (word.0 >> (u64::BITS - BITS)) as usize
}

/// In how many sentences each word stands that is asked for.
struct Rarity {
    sentences: usize,
    /// By the first bits of a hash, whether a word with them is asked for; of most words none is.
    asked: Vec<bool>,
    /// How many, and the last one counted.
    holding: Numbers<(u32, u32)>,
}

impl Rarity {
    fn new(texts: [&Tokenised<'_>; 2], asked: impl Iterator<Item = Token>) -> Self {
        let mut rarity = Self { sentences: 0, asked: vec![false; 1 << BITS], holding: Numbers::default() };
        for word in asked {
            rarity.asked[place(word)] = true;
            rarity.holding.entry(word.0);
        }
        for text in texts {
            for sentence in &text.sentences {
                rarity.sentences += 1;
                let number = rarity.sentences as u32;
                for token in &text.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize] {
                    if rarity.asked[place(*token)]
                        && let Some((count, last)) = rarity.holding.get_mut(token.0)
                    {
                        *count += u32::from(*last != number);
                        *last = number;
                    }
                }
            }
        }
        rarity
    }

    /// Sum over the different words of `tokens`.
    fn weight(&self, tokens: &[Token]) -> f64 {
        let mut words = tokens.to_vec();
        words.sort_unstable();
        words.dedup();
        words.iter().map(|word| self.of(*word)).sum()
    }

    fn of(&self, word: Token) -> f64 {
        let holding = self.holding.get(word.0).map_or(1, |(count, _)| count);
        ((self.sentences + 1) as f64 / f64::from(holding)).ln()
    }
}

fn of_side(side: &Side<'_>, rarity: &Rarity) -> Vec<UniqueSentence> {
    let mut found: Vec<_> = stretches(side)
        .flat_map(|stretch| {
            let first = side.sentences.partition_point(|sentence| sentence.end <= stretch.start);
            let sentences = side.sentences[first..].iter();
            let inside = sentences.take_while(move |sentence| sentence.start < stretch.end);
            inside.filter_map(move |sentence| part(&side.read, *sentence, stretch, rarity))
        })
        .collect();
    found.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(one.span.cmp(&other.span)));
    found
}

/// The part of `sentence` inside `stretch`, if a word is in it.
fn part(text: &Tokenised<'_>, sentence: Span, stretch: Span, rarity: &Rarity) -> Option<UniqueSentence> {
    let span = Span::new(sentence.start.max(stretch.start), sentence.end.min(stretch.end)).trimmed(text.text);
    let whole = sentence.trimmed(text.text);
    let tokens = tokens(text, span);
    (!tokens.is_empty()).then(|| UniqueSentence {
        span,
        cut_before: whole.start < span.start,
        cut_after: whole.end > span.end,
        words: tokens.len(),
        weight: rarity.weight(tokens),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::options::Options;
    use crate::text::tokenise;
    use proptest::prelude::*;

    const SHARED: &str = "Both sides want a peninsula without nuclear weapons and neither sees any other way to it.";

    /// What only A says, the weightiest first.
    fn only_a(a: &str, b: &str) -> Vec<(String, f64)> {
        let (a, b) = (Document::new("a", a), Document::new("b", b));
        let comparison = crate::compare(&a, &b, &Options::default());
        unique(&comparison).a.iter().map(|only| (only.span.of(&a.text).to_owned(), only.weight)).collect()
    }

    fn texts(found: &[(String, f64)]) -> Vec<&str> {
        found.iter().map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn rare_words_outweigh_common_ones_and_long_sentences_short_ones() {
        let own = "The sides want it. Launchers cost 900 million. Launchers cost 900 million dollars.";
        let found = only_a(&format!("{SHARED} {own}"), SHARED);
        let expected = ["Launchers cost 900 million dollars.", "Launchers cost 900 million.", "The sides want it."];
        assert_eq!(texts(&found), expected);
    }

    #[test]
    fn a_word_counts_once_in_its_sentence() {
        let once = only_a(&format!("{SHARED} Fish swim."), SHARED);
        let often = only_a(&format!("{SHARED} Fish swim fish swim fish swim."), SHARED);
        assert_eq!(once[0].1, often[0].1);
    }

    #[test]
    fn what_is_said_again_and_again_weighs_less() {
        let repeated = only_a(&format!("{SHARED} Fish swim. Fish swim. Fish swim."), SHARED);
        let said_once = only_a(&format!("{SHARED} Fish swim. Birds fly. Cats sleep."), SHARED);
        assert!(repeated[0].1 < said_once[0].1);
    }

    #[test]
    fn of_equal_weights_the_earlier_comes_first() {
        let found = only_a(&format!("{SHARED} Fish swim. Birds fly. Cats sleep."), SHARED);
        assert_eq!(texts(&found), ["Fish swim.", "Birds fly.", "Cats sleep."]);
    }

    #[test]
    fn a_part_tells_where_its_sentence_goes_on() {
        let text = tokenise(" One two. ");
        let rarity = Rarity::new([&text, &text], text.tokens.iter().copied());
        let of = |stretch| {
            let found = part(&text, Span::new(0, 10), stretch, &rarity)?;
            Some((found.span.of(text.text), found.cut_before, found.cut_after, found.words))
        };
        assert_eq!(of(Span::new(0, 10)), Some(("One two.", false, false, 2)));
        assert_eq!(of(Span::new(4, 10)), Some(("two.", true, false, 1)));
        assert_eq!(of(Span::new(8, 10)), None);
    }

    #[test]
    fn a_short_sentence_of_both_texts_is_said_by_neither_alone() {
        let shared = "Talks on fishing continue in Oslo until the end of the year.";
        let a = Document::new("a", format!("The two sides agreed. They will meet again. {shared}"));
        let b = Document::new("b", format!("The two sides agreed. No goods of any kind may pass at Kesh. {shared}"));
        let found = unique(&crate::compare(&a, &b, &Options::default()));
        let said = |list: &[UniqueSentence], text: &str| -> Vec<String> {
            list.iter().map(|one| one.span.of(text).to_owned()).collect()
        };
        assert!(!said(&found.a, &a.text).iter().any(|one| one.starts_with("The two")), "{:?}", said(&found.a, &a.text));
        assert!(!said(&found.b, &b.text).iter().any(|one| one.starts_with("The two")), "{:?}", said(&found.b, &b.text));
    }

    proptest! {
        #[test]
        fn every_unique_word_is_in_one_sentence_but_those_that_both_texts_have(
            a in "([a-z]{1,6}[ .]|[ .。\n東京]){0,80}",
            b in "([a-z]{1,6}[ .]|[ .。\n東京]){0,80}",
        ) {
            let (a, b) = (Document::new("a", a), Document::new("b", b));
            let comparison = crate::compare(&a, &b, &Options::default());
            let found = unique(&comparison);
            let (in_a, in_b) = (&comparison.a, &comparison.b);
            for (side, list, other) in [(in_a, &found.a, in_b), (in_b, &found.b, in_a)] {
                let unique = side.segments.iter().filter(|segment| segment.kind == SegmentKind::Unique);
                let words: usize = unique.map(|segment| segment.words).sum();
                let of = |text: &Tokenised<'_>, sentence: &crate::text::Sentence| {
                    text.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize].to_vec()
                };
                let is_said = |sentence: &&crate::text::Sentence| {
                    let words = of(&side.read, sentence);
                    !words.is_empty() && other.read.sentences.iter().any(|said| of(&other.read, said) == words)
                };
                // A brute force: those that lie in no passage, and are sentences of the other text.
                let is_alone = |sentence: &&crate::text::Sentence| {
                    let unique = side.segments.iter().filter(|segment| segment.kind == SegmentKind::Unique);
                    let whole = sentence.span.trimmed(side.read.text);
                    unique.into_iter().any(|one| one.span.start <= whole.start && whole.end <= one.span.end)
                };
                let said = side.read.sentences.iter().filter(is_alone).filter(is_said);
                let said: usize = said.map(|sentence| sentence.tokens.len()).sum();
                prop_assert_eq!(list.iter().map(|sentence| sentence.words).sum::<usize>() + said, words);
                prop_assert!(list.iter().all(|sentence| sentence.weight > 0.0 && sentence.weight.is_finite()));
            }
        }
    }
}
