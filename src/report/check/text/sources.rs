//! The sources, ranked: what each is, what it explains, and how it and the article came to share wording.

use super::Text;
use crate::check::{Direction, Match};
use crate::report::check::facts::{called, copy_called, field, relation};
use crate::report::check::wording::explains;
use crate::report::layout::{Paragraph, first_line};
use crate::report::paint::{Line, Mark, Painter};
use crate::report::text::hanging;
use crate::report::wording::{count, grouped};
use std::io::{self, Write};

/// Most sources listed.
const MOST_SOURCES: usize = 30;
/// Most copies of a source listed.
const MOST_COPIES: usize = 4;
/// Most stretches shown of a document whose text is not kept.
const MOST_TRACES: usize = 4;
/// Most stretches shown that article and document share beyond a common source.
const MOST_BEYOND: usize = 3;

/// Whether a document shares boilerplate with the article and nothing else.
fn is_boilerplate(found: &Match) -> bool {
    !found.passages.is_empty() && found.shared_words == 0
}

impl Text<'_> {
    pub(super) fn sources<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let matches = &self.checked.matches;
        if matches.is_empty() {
            return Ok(());
        }
        // Those that share boilerplate alone come last and are no sources; a few show which boilerplate it is.
        let ranked = matches.partition_point(|found| !is_boilerplate(found));
        let ranked = if matches[ranked..].iter().all(is_boilerplate) { ranked } else { matches.len() };
        self.heading(&format!("{}, ranked", count(ranked, self.noun())), to)?;
        for (at, found) in matches[..ranked].iter().enumerate().take(self.most(MOST_SOURCES)) {
            to.blank()?;
            self.source(at + 1, found, to)?;
        }
        match ranked.saturating_sub(self.most(MOST_SOURCES)) {
            0 => {}
            more => self.remark(&format!("… and {} more; --full shows all.", grouped(more)), to)?,
        }
        self.boilerplate_alone(&matches[ranked..], to)
    }

    /// The documents that share nothing but boilerplate with the article.
    fn boilerplate_alone<W: Write>(&self, matches: &[Match], to: &mut Painter<W>) -> io::Result<()> {
        if matches.is_empty() {
            return Ok(());
        }
        let listed: Vec<_> = matches.iter().take(self.most(MOST_COPIES)).map(called).collect();
        let more = match matches.len() - listed.len() {
            0 => String::new(),
            more => format!("; and {} more", grouped(more)),
        };
        let said = format!(
            "{} with nothing but boilerplate of the article: {}{more}",
            count(matches.len(), "document"),
            listed.join("; ")
        );
        to.blank()?;
        self.indented(0, &Paragraph::of(&said, Mark::Faint), to)
    }

    fn source<W: Write>(&self, rank: usize, found: &Match, to: &mut Painter<W>) -> io::Result<()> {
        let start = Line::of(format!("{:>2} ", grouped(rank)), Mark::Strong);
        let indent = start.width();
        hanging(&start, &Paragraph::of(&called(found), Mark::Strong), self.view.width)
            .iter()
            .try_for_each(|line| to.line(line))?;
        for name in ["title", "url"] {
            if let Some(text) = field(found, name) {
                let line = first_line(&Paragraph::of(text, Mark::Plain), self.view.width - indent);
                to.line(&Line::of(" ".repeat(indent), Mark::Plain).then(line))?;
            }
        }
        let said = explains(self.checked, found, self.report.options.reverse);
        self.indented(indent, &Paragraph::of(&said, Mark::Plain), to)?;
        self.indented(
            indent,
            &Paragraph::of(&relation(self.checked, found, self.report.options.reverse), Mark::Plain),
            to,
        )?;
        self.beyond(indent, found, to)?;
        self.traces(indent, found, to)?;
        self.copies(indent, found, to)
    }

    /// What the article shares with a document beyond their common source.
    fn beyond<W: Write>(&self, indent: usize, found: &Match, to: &mut Painter<W>) -> io::Result<()> {
        let Direction::CommonSource { beyond, .. } = &found.relation.direction else { return Ok(()) };
        let start = Line::of(format!("{}+ ", " ".repeat(indent)), Mark::Faint);
        for span in beyond.iter().take(self.most(MOST_BEYOND)) {
            let paragraph = Paragraph::of(span.of(&self.checked.article.text), Mark::Plain);
            let width = self.view.width.saturating_sub(start.width());
            to.line(&start.clone().then(first_line(&paragraph, width)))?;
        }
        Ok(())
    }

    /// Where the archive keeps no texts: what of the article the document may have.
    fn traces<W: Write>(&self, indent: usize, found: &Match, to: &mut Painter<W>) -> io::Result<()> {
        for trace in found.traces.iter().take(self.most(MOST_TRACES)) {
            let line = grouped(self.facts.lines.of(trace.start));
            let start = Line::of(format!("{}line {line}: ", " ".repeat(indent)), Mark::Faint);
            let paragraph = Paragraph::of(trace.of(&self.checked.article.text), Mark::Plain);
            let width = self.view.width.saturating_sub(start.width());
            to.line(&start.then(first_line(&paragraph, width)))?;
        }
        Ok(())
    }

    fn copies<W: Write>(&self, indent: usize, found: &Match, to: &mut Painter<W>) -> io::Result<()> {
        let copies = &found.copies;
        if copies.count == 0 {
            return Ok(());
        }
        let listed: Vec<_> = copies.listed.iter().take(self.most(MOST_COPIES)).map(copy_called).collect();
        let more = match copies.count - listed.len() {
            0 => String::new(),
            more => format!("; and {} more", grouped(more)),
        };
        let said = format!("the same text in {}: {}{more}", count(copies.count, "other document"), listed.join("; "));
        self.indented(indent, &Paragraph::of(&said, Mark::Faint), to)
    }
}
