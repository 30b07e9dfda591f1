//! Spans of one text, looked through at once.

use crate::span::Span;

/// Spans in order, those that overlap made one; none is empty.
pub(super) struct Spans(Vec<Span>);

impl Spans {
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Self {
        Self::by(spans, |span, next| next.start < span.end)
    }

    /// The same, those that touch made one too: then they meet an empty span between two of them.
    pub(super) fn joined(spans: impl Iterator<Item = Span>) -> Self {
        Self::by(spans, |span, next| next.start <= span.end)
    }

    fn by(spans: impl Iterator<Item = Span>, are_one: impl Fn(Span, Span) -> bool) -> Self {
        let mut all: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
        all.sort_unstable();
        all.dedup_by(|next, span| {
            let are_one = are_one(*span, *next);
            span.end = if are_one { span.end.max(next.end) } else { span.end };
            are_one
        });
        Self(all)
    }

    /// Whether a span and one of them overlap, or an empty one lies inside of one. Cost: logarithmic.
    pub(super) fn meets(&self, span: Span) -> bool {
        let at = self.0.partition_point(|one| one.end <= span.start);
        self.0.get(at).is_some_and(|one| one.start < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(longest: usize, shortest: usize) -> impl Strategy<Value = Span> {
        (0..20_usize, shortest..=longest).prop_map(|(start, len)| Span::new(start, start + len))
    }

    proptest! {
        #[test]
        fn spans_meet_as_by_looking_at_each(spans in prop::collection::vec(span(6, 1), 0..8), one in span(4, 0)) {
            let each = spans.iter().any(|span| span.meets(one));
            prop_assert_eq!(Spans::new(spans.into_iter()).meets(one), each);
        }
    }
}
