//! One text, complete: every line a block with its number, every segment tinted, word edits marked.

use super::fragments::{Fragments, Mark};
use super::initial;
use super::marks::Marks;
use super::text::{Text, excerpt};
use crate::passage::{Edit, EditOp, Passage, Segment, SegmentKind};
use crate::report::facts::Facts;
use crate::report::grouped;
use crate::report::moves::Move;
use crate::report::which::Which;
use crate::span::Span;
use std::fmt;

/// Characters of the other side's words shown with an edit.
const OTHER_WORDS: usize = 90;

/// The text of one side.
///
/// A segment that runs over several lines becomes a fragment in each. Its label (`E12`) is an empty element at the
/// first word, filled by the style, so that the text the browser holds is the document's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pane<'c> {
    pub facts: &'c Facts<'c>,
    pub which: Which,
}

impl fmt::Display for Pane<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = self.which.side(self.facts.comparison);
        let mut out = Fragments::new(f, &side.document.text, Marks::new(self.facts, self.which));
        for (index, segment) in side.segments.iter().enumerate() {
            match segment.passage {
                Some(passage) => self.shared(&mut out, segment, passage)?,
                None => self.unique(&mut out, segment, index)?,
            }
            out.end_segment()?;
        }
        out.end()?;
        out.end_line()
    }
}

impl Pane<'_> {
    fn unique(&self, out: &mut Fragments<'_, '_>, segment: &Segment, index: usize) -> fmt::Result {
        let (letter, key) = (self.which.letter(), self.which.key());
        if segment.words == 0 {
            out.begin("class=\"s unique\"".to_owned(), String::new());
        } else {
            out.begin(
                format!("class=\"s unique\" data-u=\"{index}\""),
                format!(
                    "<span class=\"tag\" id=\"u{key}{index}\" role=\"img\" aria-label=\"Only in {letter}:\" data-n=\"only {letter}\"></span>"
                ),
            );
        }
        out.piece(segment.span, None)
    }

    fn shared(&self, out: &mut Fragments<'_, '_>, segment: &Segment, index: usize) -> fmt::Result {
        let passage = &self.facts.comparison.passages[index];
        let moved = if passage.moved { " moved" } else { "" };
        let first = passage.span(self.which).start == segment.span.start;
        out.begin(
            format!("class=\"s {}{moved}\" data-p=\"{}\"", segment.kind.name(), index + 1),
            if first { self.label(passage, index + 1) } else { String::new() },
        );
        if segment.kind == SegmentKind::Verbatim {
            return out.piece(segment.span, None);
        }
        let edits = &passage.edits;
        let from = edits.partition_point(|edit| self.which.of_edit(edit).end < segment.span.start);
        for edit in edits[from..].iter().take_while(|edit| self.which.of_edit(edit).start <= segment.span.end) {
            self.edit(out, segment.span, edit)?;
        }
        Ok(())
    }

    /// The label of passage `number`: a link to its other side.
    fn label(&self, passage: &Passage, number: usize) -> String {
        let (key, other) = (self.which.key(), self.which.other());
        let kind = passage.kind.name();
        let letter = initial(passage.kind.into(), self.which);
        let moved = self.facts.moved(number - 1).map(|one| self.moved(passage, one)).unwrap_or_default();
        let (quoted, said) = match self.which.is_quoted(passage) {
            true => (" “”", ", quoted"),
            false => ("", ""),
        };
        format!(
            "<a class=\"tag\" id=\"{key}{number}\" href=\"#{}{number}\" data-of=\"{number}\" data-n=\"{letter}{number}{quoted}{}\" aria-label=\"passage {number}, {kind}, similarity {:.2}{said}{}; to {}\"></a>",
            other.key(),
            moved.shown,
            passage.similarity,
            moved.said,
            other.letter()
        )
    }

    /// Where the other side has a moved passage: B tells where it came from, A where it went.
    fn moved(&self, passage: &Passage, one: Move) -> Moved {
        let other = self.which.other();
        let (letter, line) = (other.letter(), grouped(self.facts.line(other, passage)));
        let (preposition, earlier) = match self.which {
            Which::A => ("to", one.earlier),
            Which::B => ("from", !one.earlier),
        };
        let (arrow, place) = if earlier { ('↑', "earlier") } else { ('↓', "later") };
        Moved {
            shown: format!(" {arrow} {preposition} {letter} line {line}"),
            said: format!(", moved {preposition} line {line} of {letter}, {place}"),
        }
    }

    /// The part of an edit inside `segment`.
    fn edit(&self, out: &mut Fragments<'_, '_>, segment: Span, edit: &Edit) -> fmt::Result {
        let own = self.which.of_edit(edit);
        let text = &self.which.side(self.facts.comparison).document.text;
        if own.is_empty() {
            return if edit.op == EditOp::Equal { Ok(()) } else { out.gap(own.start, &self.title(edit)) };
        }
        let span = Span::new(own.start.max(segment.start), own.end.min(segment.end));
        if span.is_empty() {
            return Ok(());
        }
        let words = span.trimmed(text);
        if edit.op == EditOp::Equal || words.is_empty() {
            return out.piece(span, None);
        }
        out.piece(Span::new(span.start, words.start), None)?;
        out.piece(words, Some(&self.mark(edit)))?;
        out.piece(Span::new(words.end, span.end), None)
    }

    fn mark(&self, edit: &Edit) -> Mark {
        let element = if self.which == Which::A { "del" } else { "ins" };
        let attributes = match edit.op {
            EditOp::Replace => format!(" class=\"r\"{}", self.title(edit)),
            _ => String::new(),
        };
        Mark { element, attributes }
    }

    /// What the other side has in place of an edit, as a title.
    fn title(&self, edit: &Edit) -> String {
        let other = self.which.other();
        let words = excerpt(&other.side(self.facts.comparison).document.text, other.of_edit(edit), OTHER_WORDS);
        let words = Text { text: &words, span: Span::new(0, words.len()) };
        format!(" title=\"{}: {words}\"", other.letter())
    }
}

/// What a label says of a move.
#[derive(Default)]
struct Moved {
    shown: String,
    said: String,
}
