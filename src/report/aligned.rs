//! A passage cut into blocks that stand side by side: sentence beside sentence, long equal runs folded.

use super::layout::Paragraph;
use super::paint::Mark;
use super::place::SentenceStarts;
use super::words::words;
use crate::change::Change;
use crate::comparison::Side;
use crate::passage::{Edit, EditOp, Passage};
use crate::span::Span;

/// Equal runs of more words than this are folded.
const LONGEST_EQUAL: usize = 40;

/// Words kept on either side of a fold.
const KEPT: usize = 12;

/// What stands on the same height on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Text of both sides.
    Texts {
        /// A's side.
        a: Paragraph,
        /// B's side.
        b: Paragraph,
    },
    /// So many words, the same on both sides.
    Same(usize),
}

/// A text, and where its sentences begin.
#[derive(Debug, Clone)]
pub(super) struct Sentences<'c> {
    pub text: &'c str,
    pub starts: SentenceStarts,
}

impl<'c> From<&'c Side<'_>> for Sentences<'c> {
    fn from(side: &'c Side<'_>) -> Self {
        let text = &side.document.text;
        Self { text, starts: SentenceStarts::new(text, side.sentences.iter().copied()) }
    }
}

/// How much of a passage is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// Fold long equal runs.
    pub fold: bool,
    /// Stop when this many bytes are laid out.
    pub bytes: usize,
}

/// The blocks of a passage, and the first edit that was not laid out.
pub(super) fn blocks<'c>(
    sides: [&'c Sentences<'c>; 2],
    passage: &'c Passage,
    extent: Extent,
) -> (Vec<Block>, Option<&'c Edit>) {
    let (a, b) = (Paragraph::default(), Paragraph::default());
    let changes = Changed::new(passage);
    let mut builder = Builder { sides, passage, changes, extent, done: Vec::new(), bytes: 0, a, b };
    for edit in &passage.edits {
        if builder.bytes + builder.a.len() + builder.b.len() > extent.bytes {
            builder.end_block();
            return (builder.done, Some(edit));
        }
        builder.edit(edit);
    }
    builder.end_block();
    (builder.done, None)
}

/// Where a passage changes the meaning, on either side: sorted by the ends, and each begins as early as any after it.
struct Changed {
    a: Vec<Span>,
    b: Vec<Span>,
}

impl Changed {
    fn new(passage: &Passage) -> Self {
        let sorted = |of: fn(&Change) -> Span| {
            let mut spans: Vec<_> = passage.changes.iter().map(of).collect();
            spans.sort_unstable_by_key(|span| (span.end, span.start));
            for at in (1..spans.len()).rev() {
                spans[at - 1].start = spans[at - 1].start.min(spans[at].start);
            }
            spans
        };
        Self { a: sorted(|change| change.a), b: sorted(|change| change.b) }
    }

    /// Whether a change has words in common with `edit`. Cost: logarithmic.
    fn touch(&self, edit: &Edit) -> bool {
        let over = |spans: &[Span], span: Span| {
            let next = spans.partition_point(|change| change.end <= span.start);
            spans.get(next).is_some_and(|change| change.start < span.end)
        };
        over(&self.a, edit.a) || over(&self.b, edit.b)
    }
}

struct Builder<'c> {
    sides: [&'c Sentences<'c>; 2],
    passage: &'c Passage,
    changes: Changed,
    extent: Extent,
    done: Vec<Block>,
    /// Bytes in the blocks that are done.
    bytes: usize,
    a: Paragraph,
    b: Paragraph,
}

impl Builder<'_> {
    fn edit(&mut self, edit: &Edit) {
        let [a, b] = self.sides;
        if a.starts.begins(a.text, edit.a.start) && b.starts.begins(b.text, edit.b.start) {
            self.end_block();
        }
        match edit.op {
            EditOp::Equal => self.equal(edit.a, edit.b),
            // Signs around everything would mark nothing.
            EditOp::Replace if self.passage.edits.len() == 1 => self.plain(edit.a, edit.b),
            EditOp::Insert | EditOp::Delete | EditOp::Replace => {
                let (gone, new) = match self.changes.touch(edit) {
                    true => (Mark::GoneChanged, Mark::NewChanged),
                    false => (Mark::Gone, Mark::New),
                };
                self.a.push(edit.a.of(a.text), gone);
                self.b.push(edit.b.of(b.text), new);
            }
        }
    }

    /// Equal words: whole, or with their middle folded.
    fn equal(&mut self, a: Span, b: Span) {
        let (words_a, words_b) = (words(self.sides[0].text, a), words(self.sides[1].text, b));
        let both = words_a.len().min(words_b.len());
        if !self.extent.fold || both <= LONGEST_EQUAL {
            return self.sentences(a, b);
        }
        let tail = (words_a[words_a.len() - KEPT].start, words_b[words_b.len() - KEPT].start);
        self.sentences(Span::new(a.start, words_a[KEPT].start), Span::new(b.start, words_b[KEPT].start));
        self.end_block();
        self.done.push(Block::Same(words_a.len() - 2 * KEPT));
        self.sentences(Span::new(tail.0, a.end), Span::new(tail.1, b.end));
    }

    /// Equal words, in a block per sentence where both sides have the same number of sentences.
    fn sentences(&mut self, a: Span, b: Span) {
        let [side_a, side_b] = self.sides;
        let (inside_a, inside_b) = (side_a.starts.inside(side_a.text, a), side_b.starts.inside(side_b.text, b));
        let (mut from_a, mut from_b) = (a.start, b.start);
        if inside_a.len() == inside_b.len() {
            for (&to_a, &to_b) in inside_a.iter().zip(inside_b) {
                self.plain(Span::new(from_a, to_a), Span::new(from_b, to_b));
                self.end_block();
                (from_a, from_b) = (to_a, to_b);
            }
        }
        self.plain(Span::new(from_a, a.end), Span::new(from_b, b.end));
    }

    fn plain(&mut self, a: Span, b: Span) {
        self.a.push(a.of(self.sides[0].text), Mark::Plain);
        self.b.push(b.of(self.sides[1].text), Mark::Plain);
    }

    fn end_block(&mut self) {
        if !self.a.is_empty() || !self.b.is_empty() {
            self.bytes += self.a.len() + self.b.len();
            let (a, b) = (std::mem::take(&mut self.a), std::mem::take(&mut self.b));
            self.done.push(Block::Texts { a, b });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Draft, Piece, equal, replace};
    use super::*;
    use crate::passage::Kind;

    const WHOLE: Extent = Extent { fold: true, bytes: usize::MAX };

    fn built(edits: Vec<(EditOp, String, String)>, extent: Extent) -> (Vec<Block>, bool) {
        let pieces = [Piece::Passage(0)];
        let comparison = fixture::comparison(&pieces, &pieces, &[Draft::new(Kind::Edited, edits)]);
        let (a, b) = ((&comparison.a).into(), (&comparison.b).into());
        let (blocks, rest) = blocks([&a, &b], &comparison.passages[0], extent);
        (blocks, rest.is_some())
    }

    fn same(text: &str) -> Block {
        Block::Texts { a: Paragraph::of(text, Mark::Plain), b: Paragraph::of(text, Mark::Plain) }
    }

    #[test]
    fn sentences_stand_side_by_side() {
        let edits = vec![equal("One and two. Three and "), replace("four", "five"), equal(". Six and seven.")];
        let mut middle = (Paragraph::of("Three and ", Mark::Plain), Paragraph::of("Three and ", Mark::Plain));
        middle.0.push("four", Mark::Gone);
        middle.1.push("five", Mark::New);
        middle.0.push(". ", Mark::Plain);
        middle.1.push(". ", Mark::Plain);
        let middle = Block::Texts { a: middle.0, b: middle.1 };
        assert_eq!(built(edits, WHOLE), (vec![same("One and two. "), middle, same("Six and seven.")], false));
    }

    #[test]
    fn words_that_change_the_meaning_stand_out_from_other_edits() {
        let comparison = fixture::statements();
        let (a, b) = ((&comparison.a).into(), (&comparison.b).into());
        let mut passage = comparison.passages[1].clone();
        passage.changes.truncate(2);
        let (blocks, _) = blocks([&a, &b], &passage, WHOLE);
        let [Block::Texts { a, b }] = &blocks[..] else { panic!("there is one sentence: {blocks:?}") };
        let marks = |paragraph: &Paragraph| paragraph.marks().filter(|mark| *mark != Mark::Plain).collect::<Vec<_>>();
        assert_eq!(marks(a), [Mark::GoneChanged, Mark::GoneChanged]);
        assert_eq!(marks(b), [Mark::NewChanged, Mark::New]);
    }

    #[test]
    fn long_equal_runs_are_folded_in_the_middle() {
        let text = (0..41).map(|at| format!("w{at} ")).collect::<String>();
        let (folded, _) = built(vec![equal(&text)], WHOLE);
        let head = "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 ";
        let tail = "w29 w30 w31 w32 w33 w34 w35 w36 w37 w38 w39 w40 ";
        assert_eq!(folded, [same(head), Block::Same(17), same(tail)]);
        assert_eq!(built(vec![equal(&text)], Extent { fold: false, ..WHOLE }), (vec![same(&text)], false));
    }

    #[test]
    fn what_exceeds_the_extent_is_left_out() {
        let edits = vec![equal("One two three. "), replace("four ", "five "), equal("six.")];
        let (blocks, more) = built(edits, Extent { fold: true, bytes: 20 });
        assert_eq!((blocks, more), (vec![same("One two three. ")], true));
    }
}
