//! Words around a credit: what gives a statement to someone, and the phrases of the data files.

use crate::change::{PhraseAt, Phrases, Wording};
use crate::span::Span;
use crate::text::Tokenised;
use std::ops::Range;

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

/// The words and phrases of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Cues {
    pub phrases: Vec<Cue>,
    /// What gives a statement to someone. What only gives a thing a name ("called") is left out.
    pub attributions: Vec<PhraseAt>,
}

impl Cues {
    /// Reads a whole text. Cost: linear.
    pub(super) fn read(text: &Tokenised<'_>) -> Self {
        let wording = Wording::read(text, 0..text.len() as u32);
        let mut attributions = wording.attributions();
        attributions.retain(|cue| cue.group != "call");
        let phrases = wording
            .phrases(&PHRASES)
            .into_iter()
            .filter_map(|PhraseAt { group, span, tokens }| Some(Cue { phrase: Phrase::of(group)?, tokens, span }));
        Self { phrases: phrases.collect(), attributions }
    }

    /// The phrases that begin in `tokens`.
    pub(super) fn within(&self, tokens: &Range<u32>) -> &[Cue] {
        let first = self.phrases.partition_point(|cue| cue.tokens.start < tokens.start);
        let count = self.phrases[first..].partition_point(|cue| cue.tokens.start < tokens.end);
        &self.phrases[first..first + count]
    }

    /// What gives a statement to someone in `tokens`.
    pub(super) fn attributions(&self, tokens: &Range<u32>) -> &[PhraseAt] {
        let first = self.attributions.partition_point(|cue| cue.tokens.start < tokens.start);
        let count = self.attributions[first..].partition_point(|cue| cue.tokens.start < tokens.end);
        &self.attributions[first..first + count]
    }

    /// Whether an attribution is part of a phrase that names nobody.
    pub(super) fn is_unnamed(&self, cue: &PhraseAt) -> bool {
        let near = cue.tokens.start.saturating_sub(8)..cue.tokens.end;
        let near = self.within(&near).iter().filter(|near| near.phrase == Phrase::Unnamed);
        near.into_iter().any(|unnamed| unnamed.span.start < cue.span.end && cue.span.start < unnamed.span.end)
    }

    /// Whether `tokens` begin with such a phrase.
    pub(super) fn begins_with(&self, phrase: Phrase, tokens: &Range<u32>) -> bool {
        self.within(&(tokens.start..tokens.start + 1)).iter().any(|cue| cue.phrase == phrase)
    }

    /// Whether a phrase in `tokens` makes them a credit line.
    pub(super) fn credits(&self, text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
        self.within(tokens).iter().any(|cue| match cue.phrase {
            Phrase::Line => true,
            Phrase::Label => is_label(text, cue),
            _ => false,
        })
    }
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

    #[test]
    fn every_group_of_the_files_is_known() {
        for file in [include_str!("en/phrases.txt"), include_str!("ko/phrases.txt"), include_str!("zh/phrases.txt")] {
            let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            for line in lines {
                let group = line.split('=').next().unwrap_or(line).trim();
                assert!(line.contains('=') && Phrase::of(group).is_some(), "{group}");
            }
        }
    }
}
