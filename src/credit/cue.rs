//! Words around a credit: what gives a statement to someone, and the phrases of the data files.

use crate::change::{PhraseAt, Phrases, Wording};
use crate::span::Span;
use crate::text::Tokenised;
use std::ops::Range;
use std::sync::OnceLock;

/// Phrases of every language, by their groups.
static PHRASES: Phrases =
    Phrases::new(include_str!("en/phrases.txt"), include_str!("ko/phrases.txt"), include_str!("zh/phrases.txt"));

/// What a phrase does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phrase {
    /// Makes its sentence a credit line at the head or foot of a text.
    Line,
    /// Likewise, before a colon.
    Label,
    /// Begins a byline.
    Byline,
    /// Gives a statement to nobody in particular.
    Unnamed,
    /// Credits a picture.
    Photo,
    /// Likewise, before a colon or slash.
    PhotoLabel,
    /// Stands before the title of a work.
    Title,
    /// The outlet that the text itself is from.
    Own,
}

impl Phrase {
    fn of(group: &str) -> Option<Self> {
        Some(match group {
            "line" => Self::Line,
            "label" => Self::Label,
            "byline" => Self::Byline,
            "unnamed" => Self::Unnamed,
            "photo" => Self::Photo,
            "photo-label" => Self::PhotoLabel,
            "title" => Self::Title,
            "own" => Self::Own,
            _ => return None,
        })
    }
}

/// A word or phrase at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    pub phrase: Phrase,
    pub tokens: Range<u32>,
    /// Bytes of the text.
    pub span: Span,
}

/// The words and phrases of a text, sentence by sentence: each is read when it is first asked about, and once.
#[derive(Debug)]
pub(super) struct Cues {
    phrases: Vec<OnceLock<Vec<Cue>>>,
    attributions: Vec<OnceLock<Vec<PhraseAt>>>,
}

impl Cues {
    /// For the sentences of `text`; none is read yet.
    pub(super) fn new(text: &Tokenised<'_>) -> Self {
        let count = text.sentences.len();
        let mut cues = Self { phrases: Vec::new(), attributions: Vec::new() };
        cues.phrases.resize_with(count, OnceLock::new);
        cues.attributions.resize_with(count, OnceLock::new);
        cues
    }

    /// The phrases of `text`, which this was made for, that begin in `tokens`; in order.
    pub(super) fn within(&self, text: &Tokenised<'_>, tokens: &Range<u32>) -> Vec<&Cue> {
        let read = |at: usize| self.phrases[at].get_or_init(|| phrases(text, at));
        let cues = sentences(text, tokens).flat_map(read);
        cues.filter(|cue| tokens.contains(&cue.tokens.start)).collect()
    }

    /// What gives a statement to someone in `tokens`; in order.
    pub(super) fn attributions(&self, text: &Tokenised<'_>, tokens: &Range<u32>) -> Vec<&PhraseAt> {
        let read = |at: usize| self.attributions[at].get_or_init(|| attributions(text, at));
        let cues = sentences(text, tokens).flat_map(read);
        cues.filter(|cue| tokens.contains(&cue.tokens.start)).collect()
    }

    /// Whether an attribution is part of a phrase that names nobody.
    pub(super) fn is_unnamed(&self, text: &Tokenised<'_>, cue: &PhraseAt) -> bool {
        let near = cue.tokens.start.saturating_sub(8)..cue.tokens.end;
        let near = self.within(text, &near);
        let mut near = near.into_iter().filter(|near| near.phrase == Phrase::Unnamed);
        near.any(|unnamed| unnamed.span.meets(cue.span))
    }

    /// Whether `tokens` begin with such a phrase.
    pub(super) fn begins_with(&self, text: &Tokenised<'_>, phrase: Phrase, tokens: &Range<u32>) -> bool {
        self.within(text, &(tokens.start..tokens.start + 1)).iter().any(|cue| cue.phrase == phrase)
    }

    /// Whether a phrase in `tokens` makes them a credit line.
    pub(super) fn credits(&self, text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
        self.within(text, tokens).iter().any(|cue| match cue.phrase {
            Phrase::Line => true,
            Phrase::Label => is_label(text, cue),
            _ => false,
        })
    }
}

/// The sentences that have one of `tokens`.
fn sentences(text: &Tokenised<'_>, tokens: &Range<u32>) -> Range<usize> {
    let first = text.sentence_of(tokens.start);
    let count = text.sentences[first..].partition_point(|sentence| sentence.tokens.start < tokens.end);
    first..first + count
}

fn wording(text: &Tokenised<'_>, sentence: usize) -> Wording {
    Wording::read(text, text.sentences[sentence].tokens.clone())
}

fn phrases(text: &Tokenised<'_>, sentence: usize) -> Vec<Cue> {
    let found = wording(text, sentence).phrases(&PHRASES).into_iter();
    let cue = |PhraseAt { group, span, tokens }| Some(Cue { phrase: Phrase::of(group)?, tokens, span });
    found.filter_map(cue).collect()
}

/// What gives a statement to someone. What only gives a thing a name ("called") is left out.
fn attributions(text: &Tokenised<'_>, sentence: usize) -> Vec<PhraseAt> {
    let mut attributions = wording(text, sentence).attributions();
    attributions.retain(|cue| cue.group != "call");
    attributions
}

/// Whether a colon, equals sign or slash follows.
pub(super) fn is_label(text: &Tokenised<'_>, cue: &Cue) -> bool {
    text.text[cue.span.end..]
        .trim_start_matches(' ')
        .starts_with([':', '：', '=', '＝', '/', '／', '︰', '|', '│', '┃'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datafile::lines;

    #[test]
    fn every_group_of_the_files_is_known() {
        for file in [include_str!("en/phrases.txt"), include_str!("ko/phrases.txt"), include_str!("zh/phrases.txt")] {
            for line in lines(file) {
                let group = line.split('=').next().unwrap_or(line).trim();
                assert!(line.contains('=') && Phrase::of(group).is_some(), "{group}");
            }
        }
    }
}
