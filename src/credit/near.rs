//! Nearness: the sentences around a passage in which a name, link or phrase speaks for it.

use super::words::tokens;
use crate::span::Span;
use crate::text::Tokenised;
use std::ops::Range;

/// Most tokens of a paragraph before a passage that are looked at.
const PARAGRAPH: u32 = 256;
/// Longest passage that a name anywhere in it speaks for, in tokens. In a longer one a name must stand near one of its ends.
const LONG: u32 = 200;
/// Sentences at either end of a long passage that are near.
const ENDS: usize = 2;

/// The tokens near a passage: one range, or of a long passage two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
    pub ranges: Vec<Range<u32>>,
    /// The tokens of the passage itself.
    pub passage: Range<u32>,
}

/// Where the paragraphs of a text begin, by sentence: after a line end. Cost: linear.
pub(super) fn paragraphs(text: &Tokenised<'_>) -> Vec<usize> {
    let begins = |&at: &usize| {
        let Some(before) = at.checked_sub(1) else { return true };
        let gap = text.sentences[before].span.end..text.sentences[at].span.start;
        text.sentences[at].paragraph || text.text.get(gap).is_some_and(|gap| gap.contains('\n'))
    };
    (0..text.sentences.len()).filter(begins).collect()
}

/// What is near the bytes `span`: its sentences, those before and after, and what stands before it in its paragraph. Cost:
/// logarithmic in the text.
pub(super) fn near(text: &Tokenised<'_>, paragraphs: &[usize], span: Span) -> Near {
    let passage = tokens(text, span);
    let sentences = &text.sentences;
    if passage.is_empty() {
        return Near { ranges: Vec::new(), passage };
    }
    let (first, last) = (text.sentence_of(passage.start), text.sentence_of(passage.end - 1));
    let paragraph = paragraphs[paragraphs.partition_point(|&start| start <= first).saturating_sub(1)];
    let start = sentences[paragraph].tokens.start.max(passage.start.saturating_sub(PARAGRAPH));
    let front = start.min(sentences[first.saturating_sub(1)].tokens.start);
    let back = sentences[(last + 1).min(sentences.len() - 1)].tokens.end;
    let (head, tail) = ((first + ENDS - 1).min(last), (last + 1).saturating_sub(ENDS).max(first));
    let ranges = if passage.len() as u32 <= LONG || tail <= head {
        std::iter::once(front..back).collect()
    } else {
        vec![front..sentences[head].tokens.end, sentences[tail].tokens.start..back]
    };
    Near { ranges, passage }
}
