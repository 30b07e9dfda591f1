//! Quotations of an article: which words stand in them, and who is said to speak.

use super::cue::{Cues, Phrase};
use super::words::tokens;
use crate::quote::Quotation;
use crate::span::Span;
use crate::text::{TokenClass, Tokenised};
use std::ops::Range;

/// Fewest words of a quotation; fewer are a term, or words that the writer keeps at a distance.
const FEWEST: usize = 4;
/// Characters of Han or kana that count as much.
const FEWEST_CHARACTERS: usize = 7;
/// Longest stretch beside a quotation that does no more than name who speaks, in tokens.
const ASIDE: u32 = 14;

/// A quotation as credit asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    /// Its bytes, marks included.
    pub span: Span,
    /// The tokens between its marks.
    pub tokens: Range<u32>,
    /// The words that give it to someone.
    pub speaker: Option<Span>,
    /// The words beside it that say no more than who speaks.
    pub asides: [Range<u32>; 2],
}

/// The quotations that say something: no titles, no terms. Cost: linear in the text.
pub(super) fn quotes(text: &Tokenised<'_>, quotations: &[Quotation], cues: &Cues) -> Vec<Quote> {
    let reader = Reader { text, quotations, cues };
    quotations.iter().filter_map(|quotation| reader.quote(quotation)).collect()
}

/// Whether the tokens are enough to be somebody's words.
fn says_something(text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
    let inside = &text.tokens[tokens.start as usize..tokens.end as usize];
    let characters = inside.iter().filter(|token| token.class() == TokenClass::Character).count();
    let hangul = text.text[text.span(tokens.start as usize).range()].starts_with(|c| ('가'..='힣').contains(&c));
    let fewest = if hangul { FEWEST - 1 } else { FEWEST };
    (inside.len() - characters) * FEWEST_CHARACTERS + characters * fewest >= fewest * FEWEST_CHARACTERS
}

struct Reader<'r> {
    text: &'r Tokenised<'r>,
    quotations: &'r [Quotation],
    cues: &'r Cues,
}

impl Reader<'_> {
    fn quote(&self, quotation: &Quotation) -> Option<Quote> {
        let inside = tokens(self.text, quotation.inside);
        if inside.is_empty() || !says_something(self.text, &inside) || self.is_title(quotation, &inside) {
            return None;
        }
        let (first, last) = (self.sentence(inside.start), self.sentence(inside.end - 1));
        let sentences = &self.text.sentences;
        let own = sentences[first].tokens.start..sentences[last].tokens.end;
        let sides = [own.start..inside.start, inside.end..own.end];
        let speaker = self.speaker(&sides[0]).or_else(|| self.speaker(&sides[1]));
        let speaker = speaker.or_else(|| self.before_colon(quotation)).or_else(|| self.neighbour(first, last));
        let asides = sides.map(|side| {
            let short = side.len() as u32 <= ASIDE && self.speaker(&side).is_some();
            if short { side } else { 0..0 }
        });
        Some(Quote { span: quotation.span, tokens: inside, speaker, asides })
    }

    fn sentence(&self, token: u32) -> usize {
        self.text.sentence_of(token)
    }

    /// Words outside of quotations that give something to someone.
    fn speaker(&self, tokens: &Range<u32>) -> Option<Span> {
        let mut cues = self.cues.attributions(self.text, tokens).into_iter();
        let cue = cues.find(|cue| !self.is_quoted(cue.span) && !self.cues.is_unnamed(self.text, cue))?;
        Some(cue.span)
    }

    /// The sentence after, or before: in it someone goes on to speak.
    fn neighbour(&self, first: usize, last: usize) -> Option<Span> {
        let sentences = &self.text.sentences;
        let after = sentences.get(last + 1).and_then(|next| self.speaker(&next.tokens));
        after.or_else(|| first.checked_sub(1).and_then(|before| self.speaker(&sentences[before].tokens)))
    }

    /// Whoever stands before a colon speaks.
    fn before_colon(&self, quotation: &Quotation) -> Option<Span> {
        let before = self.text.text[..quotation.span.start].trim_end();
        if !before.ends_with([':', '：']) {
            return None;
        }
        let last = self.text.places.partition_point(|&(_, end)| end as usize <= before.len());
        let span = self.text.span(last.checked_sub(1)?);
        Some(Span::new(span.start, before.len()))
    }

    fn is_quoted(&self, span: Span) -> bool {
        crate::quote::is_quoted(self.quotations, span)
    }

    /// Whether the marks are those of the title of a work: a word for one stands before, and what they hold is no sentence.
    fn is_title(&self, quotation: &Quotation, inside: &Range<u32>) -> bool {
        let text = quotation.inside.of(self.text.text).trim_end();
        if text.ends_with(['.', '!', '?', ',', '。', '！', '？', '，', '…']) {
            return false;
        }
        let near = self.cues.within(self.text, &(inside.start.saturating_sub(5)..inside.start));
        near.into_iter().any(|cue| {
            let between = &self.text.text[cue.span.end..quotation.span.start.max(cue.span.end)];
            cue.phrase == Phrase::Title
                && between.split_whitespace().count() <= 1
                && !between.contains(['.', '。', '\n'])
        })
    }
}
