//! What has moved, and what only one side says.

use super::{Report, column_widths, hanging, heading, side_by_side, summary};
use crate::report::layout::{Paragraph, first_line};
use crate::report::moves::Move;
use crate::report::paint::{Line, Mark, Painter};
use crate::report::which::Which;
use crate::report::wording::{both_words, quoted};
use crate::report::{count, grouped};
use crate::unique::UniqueSentence;
use std::io::{self, Write};

/// Narrowest width at which the lists of what only one side says stand side by side.
const LISTS_SIDE_BY_SIDE: usize = 140;

/// Most moves listed.
const MOST_MOVES: usize = 60;

/// Most sentences listed that only one side says.
const MOST_SENTENCES: usize = 60;

impl Report<'_> {
    /// The passages out of the main order, as A has them in order.
    pub(super) fn moves<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let moves = &self.facts.moves;
        if moves.is_empty() {
            return Ok(());
        }
        let order = if moves.len() > 1 { ", in A's order" } else { "" };
        self.heading(&format!("{}{order}", count(moves.len(), "move")), to)?;
        for one in moves.iter().take(self.most(MOST_MOVES)) {
            self.one_move(*one).iter().try_for_each(|line| to.line(line))?;
        }
        match moves.len().saturating_sub(self.most(MOST_MOVES)) {
            0 => Ok(()),
            more => self.remark(&format!("… and {} more; --full shows all.", count(more, "move")), to),
        }
    }

    /// From where to where, which passage, and how it begins.
    fn one_move(&self, one: Move) -> Vec<Line> {
        let passage = &self.facts.comparison.passages[one.passage];
        let kind = passage.kind.into();
        let sign = Line::of(summary::sign(kind).to_string(), summary::mark(kind)).and(" ", Mark::Plain);
        let [from, target] = Which::BOTH.map(|which| grouped(self.facts.line(which, passage)));
        let mut about = vec![
            format!("line {from} of A → line {target} of B, {}", one.direction()),
            format!("passage {}, {}, {}", grouped(one.passage + 1), passage.kind.name(), both_words(passage)),
        ];
        about.extend(quoted(passage).map(str::to_owned));
        let mut lines = hanging(&sign, &Paragraph::of(&about.join(" · "), Mark::Plain), self.view.width);
        let text = Paragraph::of(passage.a.of(&self.facts.comparison.a.document.text), Mark::Faint);
        lines.push(Line::of("  ", Mark::Plain).then(first_line(&text, self.view.width - 2)));
        lines
    }

    /// What only one side says: the lists beside each other where there is room, else one after the other.
    pub(super) fn unique<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let both = Which::BOTH.iter().all(|&which| !self.facts.only(which).is_empty());
        if self.view.width >= LISTS_SIDE_BY_SIDE && both {
            let (left, right) = column_widths(self.view.width);
            to.blank()?;
            return side_by_side(&self.only(Which::A, left), &self.only(Which::B, right), self.view.width, to);
        }
        for which in Which::BOTH.into_iter().filter(|&which| !self.facts.only(which).is_empty()) {
            to.blank()?;
            self.only(which, self.view.width).iter().try_for_each(|line| to.line(line))?;
        }
        Ok(())
    }

    /// The list of one side under its heading.
    fn only(&self, which: Which, columns: usize) -> Vec<Line> {
        let all = self.facts.only(which);
        let order = if all.len() > 1 { ", weightiest first" } else { "" };
        let title = format!("Only in {}: {}{order}", which.letter(), count(all.len(), "sentence"));
        let mut lines = heading(&title, columns);
        let listed = &all[..all.len().min(self.most(MOST_SENTENCES))];
        let number = |only: &UniqueSentence| grouped(which.of(&self.facts.lines).of(only.span.start));
        let width = listed.iter().map(|only| number(only).len()).max().unwrap_or(0);
        for only in listed {
            let start = Line::of(format!("{:>width$}  ", number(only)), Mark::Faint);
            lines.extend(hanging(&start, &self.sentence(which, only), columns));
        }
        if listed.len() < all.len() {
            let more = format!("… and {} more; --full shows all.", count(all.len() - listed.len(), "sentence"));
            lines.extend(Paragraph::of(&more, Mark::Faint).wrap(columns));
        }
        lines
    }

    /// A sentence, with dots where it goes on in a passage.
    pub(super) fn sentence(&self, which: Which, only: &UniqueSentence) -> Paragraph {
        let mut paragraph = Paragraph::default();
        if only.cut_before {
            paragraph.push("… ", Mark::Faint);
        }
        paragraph.push(only.span.of(&which.side(self.facts.comparison).document.text), Mark::Plain);
        if only.cut_after {
            paragraph.push(" …", Mark::Faint);
        }
        paragraph
    }
}
