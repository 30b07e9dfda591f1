//! The words of a text as names are looked for: every token, and what is left of it without a possessive or a particle.

use crate::change::is_korean_particle;
use crate::span::Span;
use crate::text::{Token, TokenClass, Tokenised, fold};
use std::ops::Range;

/// Longest token with a particle, in bytes.
const LONGEST: usize = 90;
/// Most syllables of a particle.
const PARTICLE: usize = 4;

/// A token or its stem, at its place.
type Place = (Token, u32, u32);

/// The words of a text in order of their tokens' hashes, so that a name is found without reading the text again.
#[derive(Debug)]
pub(super) struct Words<'t> {
    pub text: Tokenised<'t>,
    /// Token, index, byte one past its stem.
    places: Vec<Place>,
}

/// Where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub tokens: Range<u32>,
    /// Bytes of the text, particles left out.
    pub span: Span,
}

impl<'t> Words<'t> {
    /// Reads `text`. Cost: linear, and a sort.
    pub(super) fn new(text: Tokenised<'t>) -> Self {
        let mut places = Vec::with_capacity(text.len() + text.len() / 4);
        let mut folded = String::new();
        for (index, &token) in text.tokens.iter().enumerate() {
            let span = text.span(index);
            places.push((token, index as u32, span.end as u32));
            if token.class() != TokenClass::Character {
                stems(span.of(text.text), |stem| {
                    folded.clear();
                    fold::token(stem, false, &mut folded);
                    let class = if stem.starts_with(char::is_numeric) { TokenClass::Number } else { TokenClass::Word };
                    let end = span.start + stem.len();
                    places.push((Token::new(folded.as_bytes(), class), index as u32, end as u32));
                });
            }
        }
        places.sort_unstable();
        Self { text, places }
    }

    /// Whether the first word of `name` stands anywhere. Cost: logarithmic.
    pub(super) fn has(&self, name: &[Token]) -> bool {
        name.first().is_some_and(|&first| self.places.binary_search_by_key(&first, |&(token, ..)| token).is_ok())
    }

    /// Where `name` begins and ends inside the tokens `within`, in order. Cost: logarithmic in the text, and linear in how often
    /// the name's first word stands in `within`.
    pub(super) fn find<'s>(&'s self, name: &'s [Token], within: Range<u32>) -> impl Iterator<Item = Hit> + 's {
        let first = name.first().copied();
        let from = self.places.partition_point(|&(token, index, _)| (Some(token), index) < (first, within.start));
        let here = self.places[from..].iter();
        here.take_while(move |&&(token, index, _)| Some(token) == first && index < within.end)
            .filter_map(move |&place| self.whole(name, place))
            .filter(move |hit| hit.tokens.end <= within.end)
    }

    /// The name that begins at `place` with its first word.
    fn whole(&self, name: &[Token], (_, index, end): Place) -> Option<Hit> {
        let (middle, last) = (name.get(1..name.len() - 1), name.len() - 1);
        let start = self.text.span(index as usize).start;
        if last == 0 {
            return Some(Hit { tokens: index..index + 1, span: Span::new(start, end as usize) });
        }
        let stem = end as usize != self.text.span(index as usize).end;
        let next = index as usize + 1;
        let same = self.text.tokens.get(next..next + last - 1) == middle;
        let end = self.end_of(name[last], index + last as u32).filter(|_| same && !stem)?;
        Some(Hit { tokens: index..index + last as u32 + 1, span: Span::new(start, end) })
    }

    /// The byte after `word` where it, or a stem that is equal to it, is token `index`.
    fn end_of(&self, word: Token, index: u32) -> Option<usize> {
        let at = self.places.partition_point(|&(token, other, _)| (token, other) < (word, index));
        let &(token, other, end) = self.places.get(at)?;
        (token == word && other == index).then_some(end as usize)
    }

    /// Bytes of some tokens; there is at least one.
    pub(super) fn span(&self, tokens: &Range<u32>) -> Span {
        Span::new(self.text.span(tokens.start as usize).start, self.text.span(tokens.end as usize - 1).end)
    }
}

/// The tokens that have a byte in `span`.
pub(super) fn tokens(text: &Tokenised<'_>, span: Span) -> Range<u32> {
    let first = text.places.partition_point(|&(_, end)| end as usize <= span.start);
    let last = text.places.partition_point(|&(start, _)| (start as usize) < span.end);
    first as u32..last.max(first) as u32
}

/// What may be left of a word: without 's, without a Korean particle.
fn stems(word: &str, mut each: impl FnMut(&str)) {
    if word.len() > LONGEST {
        return;
    }
    if let Some(stem) = ["'s", "’s", "'S", "’S"].into_iter().find_map(|ending| word.strip_suffix(ending)) {
        return each(stem);
    }
    if !word.ends_with(|c| ('가'..='힣').contains(&c)) {
        return;
    }
    let starts = word.char_indices().rev().map(|(at, _)| at).take(PARTICLE);
    starts.filter(|&at| at > 0 && is_korean_particle(&word[at..])).for_each(|at| each(&word[..at]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    fn found<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
        let (words, name) = (Words::new(tokenise(text)), tokenise(name).tokens);
        words.find(&name, 0..words.text.len() as u32).map(|hit| hit.span.of(text)).collect()
    }

    #[test]
    fn names_are_found_at_word_borders() {
        assert_eq!(
            found("The REUTERS report, Reuters' own and Reuters’s.", "reuters"),
            ["REUTERS", "Reuters", "Reuters"]
        );
        assert_eq!(found("Reutersville and preReuters", "Reuters"), [""; 0]);
        assert_eq!(found("the Harbour-Courier’s, Harbour", "Harbour Courier"), ["Harbour-Courier"]);
        assert_eq!(found("로이터에 따르면 로이터통신은 로이터", "로이터"), ["로이터", "로이터"]);
        assert_eq!(found("연합 뉴스에서는, 연합 뉴스타", "연합 뉴스"), ["연합 뉴스"]);
        assert_eq!(found("AP통신은 AP는", "AP"), ["AP"]);
        assert_eq!(found("据新华社报道", "新华社"), ["新华社"]);
    }
}
