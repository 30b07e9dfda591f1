//! Words as the engine counts them, for folding.

use crate::span::Span;
use crate::text::tokenise;

/// Spans of the words of `text` inside `span`. Cost: linear in the span.
pub(super) fn words(text: &str, span: Span) -> Vec<Span> {
    let places = tokenise(span.of(text)).places;
    places.into_iter().map(|(start, end)| Span::new(span.start + start as usize, span.start + end as usize)).collect()
}
