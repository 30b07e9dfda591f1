//! What does not count: boilerplate, and what was left out.

use super::Text;
use super::summary::BOILERPLATE_SIGN;
use crate::report::check::facts::{Shown, called};
use crate::report::check::wording::left_out;
use crate::report::layout::{Paragraph, first_line};
use crate::report::paint::{Line, Mark, Painter};
use crate::report::text::hanging;
use crate::report::wording::{count, grouped};
use std::io::{self, Write};

/// Most passages of boilerplate listed.
const MOST_BOILERPLATE: usize = 20;

impl Text<'_> {
    pub(super) fn boilerplate<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let passages: Vec<_> = self.facts.boilerplate().collect();
        if passages.is_empty() {
            return Ok(());
        }
        self.heading(
            &format!("Boilerplate: {} that a source prints again and again", count(passages.len(), "passage")),
            to,
        )?;
        for shown in passages.iter().take(self.most(MOST_BOILERPLATE)) {
            self.one_boilerplate(shown, to)?;
        }
        match passages.len().saturating_sub(self.most(MOST_BOILERPLATE)) {
            0 => Ok(()),
            more => self.remark(&format!("… and {} more; --full shows all.", grouped(more)), to),
        }
    }

    fn one_boilerplate<W: Write>(&self, shown: &Shown<'_>, to: &mut Painter<W>) -> io::Result<()> {
        let start = Line::of(format!("{BOILERPLATE_SIGN} "), Mark::Faint);
        let passage = &shown.best.passage;
        let mut about = vec![
            grouped(shown.number),
            count(passage.words_a, "word"),
            format!("line {}", grouped(self.facts.lines.of(passage.a.start))),
            called(shown.source),
        ];
        if let Some(boilerplate) = shown.best.boilerplate {
            let documents = count(boilerplate.documents as usize, "document");
            about.push(format!("in {documents} of {} of this source", grouped(boilerplate.of as usize)));
        }
        let lines = hanging(&start, &Paragraph::of(&about.join(" · "), Mark::Faint), self.view.width);
        lines.iter().try_for_each(|line| to.line(line))?;
        let text = Paragraph::of(passage.a.of(&self.checked.article.text), Mark::Faint);
        to.line(&Line::of("  ", Mark::Plain).then(first_line(&text, self.view.width - 2)))
    }

    pub(super) fn left_out<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let left_out = left_out(self.checked, self.report.options);
        if left_out.is_empty() {
            return Ok(());
        }
        self.heading("Left out", to)?;
        left_out.iter().try_for_each(|said| self.indented(0, &Paragraph::of(said, Mark::Faint), to))
    }
}
