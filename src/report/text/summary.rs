//! The top of the text report: verdict, shares, figures, where the passages lie, and what to beware of.

use super::Report;
use crate::comparison::{Comparison, Side};
use crate::passage::SegmentKind;
use crate::report::accounting::Account;
use crate::report::layout::{Paragraph, first_line};
use crate::report::paint::{Line, Mark, Painter, fitted};
use crate::report::tiles::worded;
use crate::report::which::Which;
use crate::report::wording::{likeness, shared, warnings};
use crate::report::{capital, count, grouped, percent, title, visible};
use crate::span::Span;
use crate::unique::UniqueSentence;
use std::io::{self, Write};

/// Sentences of each side shown on the first screen.
const WEIGHTIEST: usize = 2;

/// Columns of the table of shares; the figures stand beside it where there is room.
const TABLE: usize = 32;

/// Widest strip: more tells no more.
pub(in crate::report) const WIDEST_STRIP: usize = 160;

/// A sign for every kind, so that the strips can be read without colour.
pub(in crate::report) const fn sign(kind: SegmentKind) -> char {
    match kind {
        SegmentKind::Verbatim => '█',
        SegmentKind::Edited => '▓',
        SegmentKind::Reworded => '▒',
        SegmentKind::Unique => '·',
    }
}

/// The colour of a kind.
pub(in crate::report) const fn mark(kind: SegmentKind) -> Mark {
    match kind {
        SegmentKind::Verbatim => Mark::Verbatim,
        SegmentKind::Edited => Mark::Edited,
        SegmentKind::Reworded => Mark::Reworded,
        SegmentKind::Unique => Mark::Faint,
    }
}

impl Report<'_> {
    /// The first screen.
    pub(super) fn summary<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        self.names(to)?;
        self.gravest(to)?;
        self.weightiest(to)?;
        to.blank()?;
        let comparison = self.facts.comparison;
        beside(&shares(&self.facts.accounts), &figures(comparison), self.view.width, to)?;
        to.blank()?;
        for which in Which::BOTH.into_iter().filter(|which| !which.side(comparison).document.text.is_empty()) {
            to.line(&strip(which, which.side(comparison), self.view.width))?;
        }
        self.warnings(to)
    }

    /// The verdict and both names.
    fn names<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        self.verdict().wrap(self.view.width).iter().try_for_each(|line| to.line(line))?;
        for which in Which::BOTH {
            let title = visible(&title(which.side(self.facts.comparison))).into_owned();
            let title = fitted(&title, self.view.width.saturating_sub(2));
            to.line(&Line::of(which.letter().to_string(), Mark::Strong).and(format!(" {title}"), Mark::Plain))?;
        }
        Ok(())
    }

    /// How alike the two are, in words.
    fn verdict(&self) -> Paragraph {
        let mut verdict = Paragraph::of(&capital(self.facts.comparison.scores.verdict.name()), Mark::Strong);
        verdict.push(&format!(": {}.", shared(&self.facts.accounts)), Mark::Plain);
        verdict
    }

    /// The weightiest that either side says alone, a line for each.
    fn weightiest<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        for which in Which::BOTH {
            let all = self.facts.only(which);
            if all.is_empty() {
                continue;
            }
            to.blank()?;
            let what = if all.len() > WEIGHTIEST { ", the weightiest:" } else { ":" };
            let title = format!("Only {} says, in {}{what}", which.letter(), count(all.len(), "sentence"));
            self.strong(&title, to)?;
            let shown = &all[..all.len().min(WEIGHTIEST)];
            let number = |only: &UniqueSentence| grouped(which.of(&self.facts.lines).of(only.span.start));
            let width = shown.iter().map(|only| number(only).len()).max().unwrap_or(0);
            for only in shown {
                let start = Line::of(format!("line {:>width$}  ", number(only)), Mark::Faint);
                let columns = self.view.width.saturating_sub(start.width());
                to.line(&start.then(first_line(&self.sentence(which, only), columns)))?;
            }
        }
        Ok(())
    }

    fn warnings<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let warnings = warnings(self.facts.comparison);
        if !warnings.is_empty() {
            to.blank()?;
        }
        for warning in warnings {
            for line in Paragraph::of(&format!("! {warning}"), Mark::Warning).wrap(self.view.width) {
                to.line(&line)?;
            }
        }
        Ok(())
    }
}

/// What share of each side's words is of each kind; then what of it has moved or is quoted, if any.
fn shares(accounts: &[Account; 2]) -> Vec<Line> {
    let row = |name: &str, values: [String; 2]| {
        let [a, b] = values;
        Line::of(format!("{name:10} {a:>10} {b:>10}"), Mark::Plain)
    };
    let mut lines = vec![Line::of(format!("{:11}{:>10} {:>10}", "", "A", "B"), Mark::Strong)];
    for kind in SegmentKind::ALL {
        let [a, b] = accounts.map(|account| format!("{} %", account.percent(kind)));
        let sign = Line::of(sign(kind).to_string(), mark(kind));
        lines.push(sign.and(format!(" {:9}{a:>10} {b:>10}", kind.name()), Mark::Plain));
    }
    lines.push(row("= words", accounts.map(|account| grouped(account.total()))));
    let [a, b] = accounts;
    for ((name, in_a), (_, in_b)) in a.flagged().into_iter().zip(b.flagged()) {
        if in_a + in_b > 0 {
            lines.push(row(&format!("  {name}"), [percent(a.share(in_a)), percent(b.share(in_b))]));
        }
    }
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
        ("similarity", likeness(scores.similarity)),
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
    for at in 0..left.len().max(right.len()) {
        match (left.get(at), right.get(at)) {
            (left, Some(right)) => {
                to.padded(left.unwrap_or(&Line::default()), TABLE + 4)?;
                to.line(right)?;
            }
            (Some(left), None) => to.line(left)?,
            (None, None) => {}
        }
    }
    Ok(())
}

/// The text from its beginning to its end, a sign for the kind that has most of each part.
fn strip(which: Which, side: &Side<'_>, columns: usize) -> Line {
    let kinds = cell_kinds(side, columns.saturating_sub(2).min(WIDEST_STRIP));
    let start = Line::of(format!("{} ", which.letter()), Mark::Strong);
    kinds.into_iter().fold(start, |line, kind| line.and(sign(kind), mark(kind)))
}

/// The kind that has most bytes of each of `cells` equal parts of the text; none for an empty text.
fn cell_kinds(side: &Side<'_>, cells: usize) -> Vec<SegmentKind> {
    let text = &side.document.text;
    let tiles = worded(text, side.segments.iter().map(|segment| (segment.span, segment.kind as usize)));
    let kinds = fullest::<{ SegmentKind::ALL.len() }>(tiles.into_iter(), text.len(), cells);
    kinds.into_iter().map(|kind| SegmentKind::ALL[kind]).collect()
}

/// The class that has most bytes of each of `cells` equal parts of a text of `total` bytes, which `tiles` cover in order, each with its
/// class; of equals the first. None for an empty text. Cost: linear in the tiles and the cells.
pub(in crate::report) fn fullest<const CLASSES: usize>(
    tiles: impl Iterator<Item = (Span, usize)>,
    total: usize,
    cells: usize,
) -> Vec<usize> {
    let bounds = |cell: usize| (cell as u128 * total as u128 / cells as u128) as usize;
    let mut tiles = tiles.peekable();
    let mut classes = Vec::with_capacity(cells);
    for cell in 0..if total == 0 { 0 } else { cells } {
        let (start, end) = (bounds(cell), bounds(cell + 1).max(bounds(cell) + 1));
        let mut bytes = [0; CLASSES];
        while let Some(&(span, class)) = tiles.peek() {
            bytes[class] += span.end.min(end).saturating_sub(span.start.max(start));
            if span.end >= end {
                break;
            }
            tiles.next();
        }
        classes.push((0..CLASSES).rev().max_by_key(|&class| bytes[class]).expect("there are classes"));
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::Kind;
    use crate::report::fixture::{self, Draft, Piece, equal, only};

    #[test]
    fn a_strip_shows_what_has_most_of_each_part() {
        let comparison = fixture::statements();
        let signs = |cells| cell_kinds(&comparison.b, cells).into_iter().map(sign).collect::<String>();
        assert_eq!(signs(12), "████▓▓▓·▓▓▒·");
        assert_eq!(signs(1), "▓");
        assert_eq!(cell_kinds(&fixture::comparison(&[], &[], &[]).a, 12), []);
    }

    #[test]
    fn a_line_feed_at_the_end_is_not_drawn_as_what_one_side_says_alone() {
        let drafts = [Draft::new(Kind::Verbatim, vec![equal("Shared.")])];
        let comparison = fixture::comparison(&[Piece::Passage(0), only("\n\n")], &[Piece::Passage(0)], &drafts);
        assert_eq!(cell_kinds(&comparison.a, 12), [SegmentKind::Verbatim; 12]);
    }
}
