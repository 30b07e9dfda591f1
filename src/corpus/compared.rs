//! What a comparison of two documents of a corpus came to, in places of the whole documents.

use super::cluster::FoundPassage;
use super::excerpt::{Cut, Excerpt};
use super::pairs::Pair;
use crate::comparison::{Comparison, Side};
use crate::passage::Passage;
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

    /// Code points of either document before what was compared.
    pub(crate) fn chars_before(&self) -> (usize, usize) {
        self.excerpt.map_or((0, 0), |cut| (cut.a.chars_before, cut.b.chars_before))
    }

    /// The passages' places.
    pub fn passages(&self) -> impl Iterator<Item = FoundPassage> {
        let (before_a, before_b) = self.chars_before();
        let (a, b) = (&self.comparison.a, &self.comparison.b);
        let place = |number, side: &Side<'_>, span: Span, before: usize| {
            let [start, end] = [span.start, span.end].map(|offset| (side.chars_before(offset) + before) as u32);
            (number, start, end)
        };
        self.comparison.passages.iter().map(move |passage| FoundPassage {
            a: place(self.pair.a, a, passage.a, before_a),
            b: place(self.pair.b, b, passage.b, before_b),
        })
    }

    /// What the shingles of the whole documents come to, and the distance of their simhashes, where excerpts were compared. What
    /// these leave out counts as not shared.
    pub(crate) fn of_documents(&self) -> Option<(Overlap, u32)> {
        let Excerpt { a, b, .. } = self.excerpt?;
        let overlap = Overlap { a: a.shingles, b: b.shingles, shared: self.comparison.shared_shingles };
        Some((overlap, simhash::distance(a.simhash, b.simhash)))
    }

    /// How many distinct texts have a passage, where that is more than may share one: the least of the stretches that it meets.
    pub(crate) fn boilerplate(&self, passage: &Passage) -> Option<usize> {
        let Excerpt { a: cut_a, b: cut_b, stretches } = self.excerpt?;
        let whole = |span: Span, cut: &Cut| Span::new(span.start + cut.bytes_before, span.end + cut.bytes_before);
        let (a, b) = (whole(passage.a, cut_a), whole(passage.b, cut_b));
        let met = stretches.iter().filter(|stretch| stretch.a.meets(a) && stretch.b.meets(b));
        met.map(|stretch| stretch.texts).min().filter(|&texts| texts > self.frequent).map(|texts| texts as usize)
    }
}
