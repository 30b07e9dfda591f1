//! For reading on a terminal. First what was found, and how much of it without a credit near it; then the sources, ranked; then the
//! passages in the order of the article, side by side with the best source of each; then boilerplate, and what was left out.
//!
//! Words only the article has stand as `[-gone-]`, words only the source has as `{+new+}`, in colour too where that is wanted.

mod passages;
mod rest;
mod sources;
mod summary;

use super::CheckReport;
use super::facts::{Facts, noun};
use crate::check::Checked;
use crate::report::View;
use crate::report::layout::Paragraph;
use crate::report::paint::{Line, Mark, Painter};
use crate::report::text::{hanging, heading};
use std::io::{self, Write};

/// Writes the report of an article. Cost: linear in what is shown, and in the texts for their lines and sentences.
pub(super) fn write(report: &CheckReport<'_>, checked: &Checked<'_>, out: &mut impl Write) -> io::Result<()> {
    let view = View { width: report.view.width.max(View::NARROWEST), ..report.view };
    let text = Text { facts: Facts::new(checked), checked, report, view };
    let mut to = Painter { out, color: view.color };
    text.summary(&mut to)?;
    text.sources(&mut to)?;
    text.passages(&mut to)?;
    text.boilerplate(&mut to)?;
    text.left_out(&mut to)
}

struct Text<'c> {
    facts: Facts<'c>,
    checked: &'c Checked<'c>,
    report: &'c CheckReport<'c>,
    view: View,
}

impl Text<'_> {
    /// `limit`, unless all is to be shown.
    fn most(&self, limit: usize) -> usize {
        if self.view.full { usize::MAX } else { limit }
    }

    /// What the documents are called.
    fn noun(&self) -> &'static str {
        noun(self.report.options.reverse)
    }

    /// A heading that fills the line.
    fn heading<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        to.blank()?;
        heading(text, self.view.width).iter().try_for_each(|line| to.line(line))
    }

    /// A paragraph, its lines after the first indented by `indent` as the first is.
    fn indented<W: Write>(&self, indent: usize, paragraph: &Paragraph, to: &mut Painter<W>) -> io::Result<()> {
        let start = Line::of(" ".repeat(indent), Mark::Plain);
        hanging(&start, paragraph, self.view.width).iter().try_for_each(|line| to.line(line))
    }

    /// A remark of the report's own.
    fn remark<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        self.indented(0, &Paragraph::of(text, Mark::Faint), to)
    }
}

#[cfg(test)]
mod tests;
