//! Where things stand, for people: line numbers, and the sentences only one side says.

use crate::compare::Side;
use crate::passage::SegmentKind;
use crate::span::Span;

/// Line numbers of a text. Lines end with a line feed.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Byte of every line feed.
    ends: Vec<usize>,
}

impl Lines {
    /// Reads `text` once. Cost: linear, vectorised.
    pub fn new(text: &str) -> Self {
        Self { ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    /// Number of the line that byte `offset` lies in, counted from 1. Cost: logarithmic.
    pub fn of(&self, offset: usize) -> usize {
        self.ends.partition_point(|&end| end < offset) + 1
    }
}

/// Where the sentences of a text begin, white space before them aside.
#[derive(Debug, Clone)]
pub(super) struct SentenceStarts(Vec<usize>);

impl SentenceStarts {
    /// Cost: linear in the sentences.
    pub fn new(side: &Side<'_>) -> Self {
        Self(side.sentences.iter().map(|&sentence| trimmed(&side.document.text, sentence).start).collect())
    }

    /// True when nothing but white space lies between byte `offset` and the sentence that begins there.
    pub fn begins(&self, text: &str, offset: usize) -> bool {
        let next = self.0.partition_point(|&start| start < offset);
        self.0.get(next).is_some_and(|&start| text[offset..start].trim().is_empty())
    }

    /// The starts after the first word of `span` and before its end.
    pub fn inside(&self, text: &str, span: Span) -> &[usize] {
        let begin = trimmed(text, span).start;
        let first = self.0.partition_point(|&start| start <= begin);
        let end = self.0.partition_point(|&start| start < span.end);
        &self.0[first..end.max(first)]
    }
}

/// A sentence, or the part of one, that no passage covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UniqueSentence {
    /// Bytes of the text, without white space at either end.
    pub span: Span,
    /// The sentence goes on to the left, inside a passage.
    pub cut_before: bool,
    /// The sentence goes on to the right, inside a passage.
    pub cut_after: bool,
}

/// What only this side says, sentence by sentence, in order. Stretches without a word are left out. Cost: linear.
pub(super) fn unique_sentences<'s>(side: &'s Side<'_>) -> impl Iterator<Item = UniqueSentence> + 's {
    let unique = side.segments.iter().filter(|segment| segment.kind == SegmentKind::Unique && segment.words > 0);
    unique.flat_map(move |segment| {
        let first = side.sentences.partition_point(|sentence| sentence.end <= segment.span.start);
        side.sentences[first..]
            .iter()
            .take_while(|sentence| sentence.start < segment.span.end)
            .filter_map(|sentence| part(&side.document.text, *sentence, segment.span))
    })
}

/// The part of `sentence` inside `stretch`, if a letter or digit is in it.
fn part(text: &str, sentence: Span, stretch: Span) -> Option<UniqueSentence> {
    let span = trimmed(text, Span::new(sentence.start.max(stretch.start), sentence.end.min(stretch.end)));
    let whole = trimmed(text, sentence);
    span.of(text).contains(char::is_alphanumeric).then_some(UniqueSentence {
        span,
        cut_before: whole.start < span.start,
        cut_after: whole.end > span.end,
    })
}

/// `span` without the white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.of(text).trim_end();
    let end = span.start + inside.len();
    Span::new(end - inside.trim_start().len(), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::new("ab\n\ncd");
        assert_eq!([0, 2, 3, 4, 6].map(|offset| lines.of(offset)), [1, 1, 2, 3, 3]);
    }

    #[test]
    fn a_part_tells_where_its_sentence_goes_on() {
        let text = " One two. ";
        let whole = part(text, Span::new(0, 10), Span::new(0, 10)).expect("it has words");
        assert_eq!((whole.span.of(text), whole.cut_before, whole.cut_after), ("One two.", false, false));
        let tail = part(text, Span::new(0, 10), Span::new(4, 10)).expect("it has words");
        assert_eq!((tail.span.of(text), tail.cut_before, tail.cut_after), ("two.", true, false));
        assert_eq!(part(text, Span::new(0, 10), Span::new(8, 10)), None);
    }
}
