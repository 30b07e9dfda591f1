//! What a comparison of two documents of a corpus came to, in places of the whole documents.

use super::cluster::FoundPassage;
use super::excerpt::{Cut, Excerpt};
use super::pairs::Pair;
use crate::batch::{PairLine, PassageLine, passage_lines};
use crate::comparison::Comparison;
use crate::report::round4;
use crate::shingle::Overlap;
use crate::simhash;
use crate::span::Span;

/// A pair that was compared: whole, or where it shares something.
pub struct Compared<'c, 'd> {
    pub(super) pair: &'c Pair,
    pub(super) comparison: &'c Comparison<'d>,
    pub(super) excerpt: Option<&'c Excerpt>,
    pub(super) frequent: u32,
}

impl<'c> Compared<'c, '_> {
    /// The pair.
    pub fn pair(&self) -> &'c Pair {
        self.pair
    }

    /// The comparison: of the documents, or of excerpts of them under their ids. What edits do to the meaning is not judged.
    pub fn comparison(&self) -> &Comparison<'_> {
        self.comparison
    }

    /// The passages as lines, in order.
    pub fn passage_lines(&self, text: bool) -> impl Iterator<Item = PassageLine<'_>> {
        let (before_a, before_b) = self.excerpt.map_or((0, 0), |cut| (cut.a.chars_before, cut.b.chars_before));
        let passages = self.comparison.passages.iter();
        passage_lines(self.comparison, text).zip(passages).map(move |(line, passage)| PassageLine {
            a_start: line.a_start + before_a,
            a_end: line.a_end + before_a,
            b_start: line.b_start + before_b,
            b_end: line.b_end + before_b,
            boilerplate: self.boilerplate(passage.a, passage.b),
            ..line
        })
    }

    /// The passages' places.
    pub fn passages(&self) -> impl Iterator<Item = FoundPassage> {
        self.passage_lines(false).map(|line| FoundPassage {
            a: (self.pair.a, line.a_start as u32, line.a_end as u32),
            b: (self.pair.b, line.b_start as u32, line.b_end as u32),
        })
    }

    /// The figures of the pair. What an excerpt leaves out counts as not shared.
    pub fn pair_line(&self) -> PairLine {
        let line = PairLine::new(self.comparison);
        let Some(Excerpt { a, b, .. }) = self.excerpt else { return line };
        let overlap = Overlap { a: a.shingles, b: b.shingles, shared: self.comparison.shared_shingles };
        PairLine {
            resemblance: round4(overlap.resemblance()),
            containment_a: round4(overlap.containment_a()),
            containment_b: round4(overlap.containment_b()),
            simhash_distance: simhash::distance(a.simhash, b.simhash),
            ..line
        }
    }

    /// How many distinct texts have the passage with these places, where that is more than may share one: the least of the
    /// stretches that it meets.
    fn boilerplate(&self, a: Span, b: Span) -> Option<usize> {
        let Excerpt { a: cut_a, b: cut_b, stretches } = self.excerpt?;
        let whole = |span: Span, cut: &Cut| Span::new(span.start + cut.bytes_before, span.end + cut.bytes_before);
        let (a, b) = (whole(a, cut_a), whole(b, cut_b));
        let meets = |x: Span, y: Span| x.start < y.end && y.start < x.end;
        let met = stretches.iter().filter(|stretch| meets(stretch.a, a) && meets(stretch.b, b));
        met.map(|stretch| stretch.texts).min().filter(|&texts| texts > self.frequent).map(|texts| texts as usize)
    }
}
