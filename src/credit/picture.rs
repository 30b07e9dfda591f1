//! Credits of pictures: a name that stands in one is no credit of the words.

use super::cue::{Cue, Cues, Phrase, is_label};
use crate::text::Tokenised;
use std::ops::Range;

/// Most tokens between a name and what says that it credits a picture.
const NEAR: u32 = 5;

/// Whether the name at `hit` credits a picture: "photo by" or the like shortly before it, "photo" right after it, or "picture" after
/// it and a person (REUTERS/Jane Doe, picture).
pub(super) fn is_of_picture(cues: &Cues, text: &Tokenised<'_>, hit: &Range<u32>) -> bool {
    let before = hit.start.saturating_sub(NEAR + 4)..hit.start;
    let credit = |cue: &&Cue| says_picture(text, cue) || matches!(cue.phrase, Phrase::Line | Phrase::Label);
    let near = |cue: &&Cue| cue.tokens.end + NEAR > hit.start;
    let last = cues.within(text, &before).into_iter().rfind(|cue| near(cue) && credit(cue));
    let named = text.span(hit.start as usize).start;
    let of_last = last.is_some_and(|cue| says_picture(text, cue) && !has_end(text, cue.span.end, named));
    of_last || cues.within(text, &(hit.end..hit.end + NEAR)).into_iter().any(|cue| is_picture_after(text, hit, cue))
}

fn says_picture(text: &Tokenised<'_>, cue: &Cue) -> bool {
    cue.phrase == Phrase::Photo || (cue.phrase == Phrase::PhotoLabel && is_label(text, cue))
}

/// Whether a phrase after the name says that it credits a picture, and is not the label of something else.
fn is_picture_after(text: &Tokenised<'_>, hit: &Range<u32>, cue: &Cue) -> bool {
    let end = text.span(hit.end as usize - 1).end;
    let between = &text.text[end..cue.span.start.max(end)];
    let label = text.text[cue.span.end..].trim_start().starts_with([':', '：', '=']);
    let beside = between.trim().trim_matches('/').is_empty();
    let person = between.starts_with('/') && !has_end(text, end, cue.span.start);
    says_picture(text, cue) && !label && (beside || person)
}

/// Whether what is said ends between two bytes.
fn has_end(text: &Tokenised<'_>, from: usize, to: usize) -> bool {
    text.text[from..to.max(from)].contains(['.', '。', '\n', ';', '；', ')', '）', ']'])
}
