//! Where the shared passages lie in both texts: two strips and the bands between them.

use crate::comparison::Comparison;
use crate::passage::{Passage, SegmentKind};
use crate::report::tiles::worded;
use crate::report::which::Which;
use crate::report::wording::{count, longest};
use crate::span::Span;
use std::fmt;

/// Units across; the picture is stretched to the page's width.
const WIDTH: usize = 1000;
/// Bands drawn at most, the longest passages; more would be a blot.
const BANDS: usize = 400;
/// Places of the strips and of the bands between them.
const STRIP: f64 = 16.0;
const HEIGHT: f64 = 116.0;
/// A passage is never thinner than this.
const THINNEST: f64 = 1.5;

/// The picture, as inline SVG. It holds no document text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map<'c> {
    pub comparison: &'c Comparison<'c>,
}

impl fmt::Display for Map<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<div class=\"chart\"><b class=\"letter a\">A</b><b class=\"letter b\">B</b>")?;
        write!(f, "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" ")?;
        f.write_str("aria-labelledby=\"map-title map-about\">")?;
        write!(f, "<desc id=\"map-about\">{}</desc>", self.about())?;
        for number in longest(&self.comparison.passages, BANDS) {
            self.band(f, number)?;
        }
        for (which, y) in [(Which::A, 0.0), (Which::B, HEIGHT - STRIP)] {
            self.strip(f, which, y)?;
        }
        f.write_str("</svg></div>")
    }
}

impl Map<'_> {
    fn about(&self) -> String {
        let all = self.comparison.passages.len();
        let drawn = all.min(BANDS);
        let of = if drawn < all { format!("; the {drawn} longest of {all} are drawn") } else { String::new() };
        format!(
            "Two bars stand for the texts from beginning to end, A above, B below. Bands join the two places of each \
             passage{of}. The list of passages says the same in words."
        )
    }

    fn band(&self, f: &mut fmt::Formatter<'_>, index: usize) -> fmt::Result {
        let passage = &self.comparison.passages[index];
        let (a, a_end) = self.place(Which::A, passage);
        let (b, b_end) = self.place(Which::B, passage);
        let (top, bottom, bend) = (STRIP + 2.0, HEIGHT - STRIP - 2.0, HEIGHT / 2.0);
        let (kind, number) = (passage.kind.name(), index + 1);
        let moved = if passage.moved { " moved" } else { "" };
        write!(
            f,
            "<path class=\"band {kind}{moved}\" data-p=\"{number}\" d=\"M{a:.1} {top}C{a:.1} {bend} {b:.1} {bend} {b:.1} \
             {bottom}H{b_end:.1}C{b_end:.1} {bend} {a_end:.1} {bend} {a_end:.1} {top}Z\"><title>{number}: \
             {kind}{moved}, {}</title></path>",
            count(passage.words_a, "word")
        )
    }

    /// Where a passage begins and ends, in units.
    fn place(&self, which: Which, passage: &Passage) -> (f64, f64) {
        let unit = WIDTH as f64 / which.side(self.comparison).document.text.len().max(1) as f64;
        let span = passage.span(which);
        let width = (span.len() as f64 * unit).max(THINNEST);
        let start = (span.start as f64 * unit).min(WIDTH as f64 - width);
        (start, start + width)
    }

    fn strip(&self, f: &mut fmt::Formatter<'_>, which: Which, y: f64) -> fmt::Result {
        let side = which.side(self.comparison);
        let key = which.key();
        write!(f, "<g data-strip=\"{key}\">")?;
        write!(f, "<rect class=\"fill unique\" y=\"{y}\" width=\"{WIDTH}\" height=\"{STRIP}\"/>")?;
        let text = &side.document.text;
        let tiles = worded(text, side.segments.iter().map(|segment| (segment.span, segment.kind)));
        let cells = cells(&tiles, text.len());
        for run in cells.chunk_by(|one, next| one.1 == next.1) {
            let (start, kind) = run[0];
            if kind != SegmentKind::Unique {
                write!(
                    f,
                    "<rect class=\"fill {}\" x=\"{start}\" y=\"{y}\" width=\"{}\" height=\"{STRIP}\"/>",
                    kind.name(),
                    run.len()
                )?;
            }
        }
        write!(f, "</g><rect class=\"view\" data-side=\"{key}\" y=\"{y}\" width=\"0\" height=\"{STRIP}\"/>")
    }
}

/// The kind that fills most of each unit of a strip over a text of `length` bytes.
fn cells(tiles: &[(Span, SegmentKind)], length: usize) -> Vec<(usize, SegmentKind)> {
    let mut filled = vec![[0_usize; SegmentKind::ALL.len()]; WIDTH];
    // In thousandths of a byte, so that a unit of a short text can be less than one.
    for &(span, kind) in tiles {
        let (mut at, end) = (span.start * WIDTH, span.end * WIDTH);
        while at < end {
            let cell = at / length;
            let stop = end.min((cell + 1) * length);
            filled[cell][kind as usize] += stop - at;
            at = stop;
        }
    }
    // Of equals the last, so that an empty text is unique.
    let most = |amounts: &[usize; 4]| {
        let most = SegmentKind::ALL.into_iter().max_by_key(|&kind| amounts[kind as usize]);
        most.expect("there are kinds")
    };
    filled.iter().map(most).enumerate().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::Kind;
    use crate::report::fixture::{self, Draft, Piece, equal, only};

    fn tile(start: usize, end: usize, kind: SegmentKind) -> (Span, SegmentKind) {
        (Span::new(start, end), kind)
    }

    #[test]
    fn cells_take_the_kind_that_fills_them_most() {
        use SegmentKind::{Edited, Unique, Verbatim};
        let cells = cells(&[tile(0, 1300, Verbatim), tile(1300, 1400, Unique), tile(1400, 2000, Edited)], 2000);
        let runs: Vec<_> = cells.chunk_by(|one, next| one.1 == next.1).map(|run| (run[0].1, run.len())).collect();
        assert_eq!(runs, [(Verbatim, 650), (Unique, 50), (Edited, 300)]);
    }

    #[test]
    fn short_and_empty_texts_have_cells_too() {
        assert!(cells(&[tile(0, 3, SegmentKind::Edited)], 3).iter().all(|cell| cell.1 == SegmentKind::Edited));
        assert_eq!(cells(&[], 0).len(), WIDTH);
    }

    #[test]
    fn a_line_feed_at_the_end_is_not_drawn_as_what_one_side_says_alone() {
        let drafts = [Draft::new(Kind::Verbatim, vec![equal("Shared.")])];
        let comparison = fixture::comparison(&[Piece::Passage(0), only("\n\n")], &[Piece::Passage(0)], &drafts);
        let map = Map { comparison: &comparison }.to_string();
        assert_eq!(map.matches("class=\"fill verbatim\" x=\"0\" y=\"0\" width=\"1000\"").count(), 1, "{map}");
    }
}
