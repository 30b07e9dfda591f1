//! For reading on a terminal. The first screen tells how alike the two are, what changes the meaning and what only one
//! side says; then come the changes with their sentences, the passages side by side with their word edits marked, what
//! has moved, and all that only A and only B say.
//!
//! It fills the width it is given: two columns from [`SIDE_BY_SIDE`] on, else one text above the other. Words only A
//! has stand as `[-gone-]`, words only B has as `{+new+}`, in colour too where that is wanted. Long equal runs and long
//! lists are cut, and say so.

mod changes;
mod lists;
pub(super) mod passages;
pub(super) mod summary;

use super::View;
use super::facts::Facts;
use super::layout::Paragraph;
use super::paint::{Line, Mark, Painter};
use crate::comparison::Comparison;
use std::io::{self, Write};

/// Narrowest width with two columns.
pub(super) const SIDE_BY_SIDE: usize = 70;

/// Stands between two columns.
const BORDER: &str = " │ ";

/// Writes the report. Cost: linear in what is shown, and in the texts for their lines and words.
pub(super) fn write(comparison: &Comparison<'_>, view: &View, out: &mut impl Write) -> io::Result<()> {
    let view = View { width: view.width.max(View::NARROWEST), ..*view };
    let report = Report { facts: Facts::new(comparison), view };
    let mut to = Painter { out, color: view.color };
    report.summary(&mut to)?;
    report.changes(&mut to)?;
    report.passages(&mut to)?;
    report.moves(&mut to)?;
    report.unique(&mut to)
}

struct Report<'c> {
    facts: Facts<'c>,
    view: View,
}

impl Report<'_> {
    /// `limit`, unless all is to be shown.
    fn most(&self, limit: usize) -> usize {
        if self.view.full { usize::MAX } else { limit }
    }

    /// A heading that fills the line.
    fn heading<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        to.blank()?;
        heading(text, self.view.width).iter().try_for_each(|line| to.line(line))
    }

    /// A line of the report's own that stands out.
    fn strong<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        Paragraph::of(text, Mark::Strong).wrap(self.view.width).iter().try_for_each(|line| to.line(line))
    }

    /// A remark of the report's own.
    fn remark<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        Paragraph::of(text, Mark::Faint).wrap(self.view.width).iter().try_for_each(|line| to.line(line))
    }
}

/// A heading that fills `columns`, on as many lines as it takes.
pub(super) fn heading(text: &str, columns: usize) -> Vec<Line> {
    let mut lines = Paragraph::of(&format!("━━ {text} "), Mark::Strong).wrap(columns);
    let last = lines.last_mut().expect("wrapping gives at least one line");
    if last.width() + 2 <= columns {
        let rest = "━".repeat(columns - last.width() - 1);
        *last = std::mem::take(last).and(format!(" {rest}"), Mark::Strong);
    }
    lines
}

/// Columns of the left and the right side.
pub(super) fn column_widths(columns: usize) -> (usize, usize) {
    let left = (columns - 3) / 2;
    (left, columns - 3 - left)
}

/// Writes two lists of lines beside each other.
pub(super) fn side_by_side<W: Write>(
    left: &[Line],
    right: &[Line],
    columns: usize,
    to: &mut Painter<W>,
) -> io::Result<()> {
    let (left_width, _) = column_widths(columns);
    let empty = Line::default();
    for at in 0..left.len().max(right.len()) {
        to.padded(left.get(at).unwrap_or(&empty), left_width)?;
        match right.get(at).filter(|line| line.width() > 0) {
            Some(line) => to.line(&Line::of(BORDER, Mark::Faint).then(line.clone()))?,
            None => to.line(&Line::of(BORDER.trim_end(), Mark::Faint))?,
        }
    }
    Ok(())
}

/// The lines of a paragraph, the first after `start` and the others after as many spaces.
pub(super) fn hanging(start: &Line, paragraph: &Paragraph, columns: usize) -> Vec<Line> {
    let indent = Line::of(" ".repeat(start.width()), Mark::Plain);
    let lines = paragraph.wrap(columns.saturating_sub(start.width())).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { start.clone() } else { indent.clone() }.then(line)).collect()
}

#[cfg(test)]
mod tests;
