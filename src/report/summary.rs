//! The top of the text report: verdict, shares, figures, where the passages lie, and what to beware of.

use super::layout::{Line, Mark, Painter, Paragraph, fitted, width};
use super::wording::{shared, warnings};
use super::{View, capital, count, grouped, percent, title, visible};
use crate::compare::{Comparison, Scores, Side};
use crate::passage::SegmentKind;
use std::io::{self, Write};

/// Columns of the table of shares; the figures stand beside it where there is room.
const TABLE: usize = 32;

/// Widest strip: more tells no more.
const WIDEST_STRIP: usize = 160;

/// A sign for every kind, so that the strips can be read without colour.
pub(super) const fn sign(kind: SegmentKind) -> char {
    match kind {
        SegmentKind::Verbatim => '█',
        SegmentKind::Edited => '▓',
        SegmentKind::Reworded => '▒',
        SegmentKind::Unique => '·',
    }
}

/// The colour of a kind.
pub(super) const fn mark(kind: SegmentKind) -> Mark {
    match kind {
        SegmentKind::Verbatim => Mark::Verbatim,
        SegmentKind::Edited => Mark::Edited,
        SegmentKind::Reworded => Mark::Reworded,
        SegmentKind::Unique => Mark::Faint,
    }
}

pub(super) fn write<W: Write>(comparison: &Comparison<'_>, view: &View, to: &mut Painter<W>) -> io::Result<()> {
    names(comparison, view, to)?;
    to.blank()?;
    beside(&shares(comparison), &figures(comparison), view.width, to)?;
    to.blank()?;
    let sides = [("A", &comparison.a), ("B", &comparison.b)];
    for (name, side) in sides.into_iter().filter(|(_, side)| !side.document.text.is_empty()) {
        to.line(&strip(name, side, view.width))?;
    }
    let warnings = warnings(comparison);
    if !warnings.is_empty() {
        to.blank()?;
    }
    for warning in warnings {
        for line in Paragraph::of(&format!("! {warning}"), Mark::Warning).wrap(view.width) {
            to.line(&line)?;
        }
    }
    Ok(())
}

/// The verdict and both names.
fn names<W: Write>(comparison: &Comparison<'_>, view: &View, to: &mut Painter<W>) -> io::Result<()> {
    verdict(&comparison.scores).wrap(view.width).iter().try_for_each(|line| to.line(line))?;
    for (name, side) in [("A", &comparison.a), ("B", &comparison.b)] {
        let title = fitted(&visible(&title(side)), view.width.saturating_sub(2));
        to.line(&Line::of(name, Mark::Strong).and(format!(" {title}"), Mark::Plain))?;
    }
    Ok(())
}

/// How alike the two are, in words.
fn verdict(scores: &Scores) -> Paragraph {
    let mut verdict = Paragraph::of(&capital(scores.verdict.name()), Mark::Strong);
    verdict.push(&format!(": {}.", shared(scores)), Mark::Plain);
    verdict
}

/// What share of each side's words is of each kind.
fn shares(comparison: &Comparison<'_>) -> Vec<Line> {
    let (a, b) = (&comparison.a, &comparison.b);
    let mut lines = vec![Line::of(format!("{:11}{:>10} {:>10}", "", "A", "B"), Mark::Strong)];
    for kind in SegmentKind::ALL {
        let shares = format!("{:>10} {:>10}", percent(a.share(kind)), percent(b.share(kind)));
        let name = Line::of(sign(kind).to_string(), mark(kind)).and(format!(" {:9}", kind.name()), Mark::Plain);
        lines.push(name.and(shares, Mark::Plain));
    }
    lines.push(Line::of(format!("{:11}{:>10} {:>10}", "words", grouped(a.words), grouped(b.words)), Mark::Plain));
    lines
}

/// The figures of the pair, each with its name.
fn figures(comparison: &Comparison<'_>) -> Vec<Line> {
    let scores = &comparison.scores;
    let moved = comparison.passages.iter().filter(|passage| passage.moved).count();
    let passages = match moved {
        0 => grouped(comparison.passages.len()),
        _ => format!("{}, {} moved", grouped(comparison.passages.len()), grouped(moved)),
    };
    let figures = [
        ("passages", passages),
        ("longest shared run", count(scores.longest_words, "word")),
        ("simhash distance", format!("{} of 64", scores.simhash_distance)),
        ("resemblance", format!("{:.2}", scores.resemblance)),
        ("of A found in B", format!("{:.2} (containment)", scores.containment_a)),
        ("of B found in A", format!("{:.2} (containment)", scores.containment_b)),
    ];
    figures.map(|(name, value)| Line::of(format!("{name:20}"), Mark::Faint).and(value, Mark::Plain)).into()
}

/// Two lists of lines side by side, or one after the other where that is too wide.
fn beside<W: Write>(left: &[Line], right: &[Line], columns: usize, to: &mut Painter<W>) -> io::Result<()> {
    let widest = right.iter().map(Line::width).max().unwrap_or(0);
    if TABLE + 4 + widest > columns {
        left.iter().try_for_each(|line| to.line(line))?;
        to.blank()?;
        return right.iter().try_for_each(|line| to.line(line));
    }
    for (left, right) in left.iter().zip(right) {
        to.padded(left, TABLE + 4)?;
        to.line(right)?;
    }
    Ok(())
}

/// The text from its beginning to its end, a sign for the kind that has most of each part.
fn strip(name: &str, side: &Side<'_>, columns: usize) -> Line {
    let cells = columns.saturating_sub(width(name) + 1).min(WIDEST_STRIP);
    let kinds = cell_kinds(side, cells);
    let start = Line::of(format!("{name} "), Mark::Strong);
    kinds.into_iter().fold(start, |line, kind| line.and(sign(kind), mark(kind)))
}

/// The kind that has most bytes of each of `cells` equal parts of the text; none for an empty text.
fn cell_kinds(side: &Side<'_>, cells: usize) -> Vec<SegmentKind> {
    let total = side.document.text.len();
    let bounds = |cell: usize| (cell as u128 * total as u128 / cells as u128) as usize;
    let mut segments = side.segments.iter().peekable();
    let mut kinds = Vec::with_capacity(cells);
    for cell in 0..if total == 0 { 0 } else { cells } {
        let (start, end) = (bounds(cell), bounds(cell + 1).max(bounds(cell) + 1));
        let mut bytes = [0; SegmentKind::ALL.len()];
        while let Some(segment) = segments.peek() {
            let inside = segment.span.end.min(end).saturating_sub(segment.span.start.max(start));
            bytes[segment.kind as usize] += inside;
            if segment.span.end >= end {
                break;
            }
            segments.next();
        }
        let most = SegmentKind::ALL.into_iter().rev().max_by_key(|&kind| bytes[kind as usize]);
        kinds.push(most.expect("there are kinds"));
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn a_strip_shows_what_has_most_of_each_part() {
        let comparison = fixture::statements();
        let signs = |cells| cell_kinds(&comparison.b, cells).into_iter().map(sign).collect::<String>();
        assert_eq!(signs(12), "████▓▓▓·▓▓▒·");
        assert_eq!(signs(1), "▓");
        assert_eq!(cell_kinds(&fixture::comparison(&[], &[], &[]).a, 12), []);
    }
}
