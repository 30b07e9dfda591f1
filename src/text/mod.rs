//! Text to tokens: folded, hashed, each with its bytes in the original, and cut into sentences, in one pass.

mod ascii;
mod chars;
mod decoration;
pub(crate) mod dictionary;
mod endings;
pub(crate) mod fold;
mod scan;
mod sentences;
mod token;
mod word;

use crate::span::Span;
pub(crate) use chars::{CharInfo, Class, is_han, is_syllable};
pub(crate) use decoration::Decoration;
pub(crate) use sentences::Sentence;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::ops::Range;
pub(crate) use token::{Token, TokenClass};

/// A text as the engine sees it: parallel lists of tokens and their places, and the sentences over them.
#[derive(Debug)]
pub(crate) struct Tokenised<'t> {
    /// The text it was made from.
    pub text: &'t str,
    /// The tokens.
    pub tokens: Vec<Token>,
    /// First and one-past-last byte of each token.
    pub places: Vec<(u32, u32)>,
    /// Sentences; they cover every token once, in order.
    pub sentences: Vec<Sentence>,
    /// What folding dropped or mapped.
    pub folded: Folded,
    /// Marks that spell nothing.
    pub decoration: Decoration,
}

impl Tokenised<'_> {
    /// How many tokens.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Bytes of token `index`.
    pub(crate) fn span(&self, index: usize) -> Span {
        let (start, end) = self.places[index];
        Span::new(start as usize, end as usize)
    }

    /// Bytes of some tokens, of which there must be one.
    pub(crate) fn span_of(&self, tokens: &Range<u32>) -> Span {
        Span::new(self.places[tokens.start as usize].0 as usize, self.places[tokens.end as usize - 1].1 as usize)
    }

    /// The index of the sentence that token `at` is in; for one behind the last the number of sentences. Cost: logarithmic.
    pub(crate) fn sentence_of(&self, at: u32) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= at)
    }

    /// How many of the tokens from `first` on begin before byte `end`. Cost: logarithmic in their number.
    pub(crate) fn count_before(&self, first: usize, end: usize) -> usize {
        let places = &self.places[first..];
        let begins = |&(start, _): &(u32, u32)| (start as usize) < end;
        let mut reach = 1;
        while places.get(reach).is_some_and(begins) {
            reach *= 2;
        }
        let near = &places[reach / 2..places.len().min(reach)];
        reach / 2 + near.partition_point(begins)
    }

    /// Writes a line for each token: index, bytes, class, folded form.
    pub(crate) fn list_tokens(&self, name: &str, out: &mut String) {
        let mut folded = String::new();
        for (index, token) in self.tokens.iter().enumerate() {
            folded.clear();
            self.fold(index, &mut folded);
            let (start, end) = self.places[index];
            _ = writeln!(out, "{name} {index} {start}..{end} {:?} {folded:?}", token.class());
        }
    }

    /// Writes a line for each sentence: tokens, paragraph start, text.
    pub(crate) fn list_sentences(&self, name: &str, out: &mut String) {
        for Sentence { tokens, span, paragraph } in &self.sentences {
            let begins = if *paragraph { " paragraph" } else { "" };
            _ = writeln!(out, "{name} {tokens:?}{begins} {:?}", span.of(self.text));
        }
    }

    /// Appends the folded form of token `index`.
    pub(crate) fn fold(&self, index: usize, out: &mut String) {
        let token = self.span(index).of(self.text);
        if !token.is_ascii() && !self.decoration.is_none() {
            let mut plain = String::new();
            self.decoration.strip(token, &mut plain);
            return fold::token(&plain, fold::mixes_alphabets(&plain), out);
        }
        fold::token(token, !token.is_ascii() && fold::mixes_alphabets(token), out);
    }
}

/// What folding dropped or mapped, because a reader cannot see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folded {
    /// Characters dropped: zero-width, soft hyphens, direction controls, fillers.
    pub hidden_characters: usize,
    /// Words that mix letters of several scripts, mapped to one.
    pub mixed_script_words: usize,
}

/// Most syllables of Hangul that are taken for the rest of one word.
const SYLLABLES: usize = 32;

/// A span with the rest of the Korean words in which it begins and ends; of a word without end, as much as one may have.
pub(crate) fn korean_words(text: &str, span: Span) -> Span {
    let bytes = |syllables: &mut dyn Iterator<Item = char>| {
        syllables.take(SYLLABLES).take_while(|&c| is_syllable(c)).map(char::len_utf8).sum::<usize>()
    };
    let said = span.of(text);
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let start = if said.starts_with(is_syllable) { bytes(&mut before.chars().rev()) } else { 0 };
    let end = if said.ends_with(is_syllable) { bytes(&mut after.chars()) } else { 0 };
    Span::new(span.start - start, span.end + end)
}

/// Longest text the engine takes, in bytes: places are 32-bit.
pub const MAX_BYTES: usize = u32::MAX as usize;

/// Reads `text` once. Cost: linear; no allocation per token.
///
/// Panics when the text is longer than [`MAX_BYTES`]; readers refuse such files.
pub(crate) fn tokenise(text: &str) -> Tokenised<'_> {
    assert!(text.len() <= MAX_BYTES, "texts over 4 GiB are refused when they are read");
    scan::Scanner::new(text).run()
}
