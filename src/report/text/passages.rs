//! The shared passages, side by side.

use super::{Report, SIDE_BY_SIDE, column_widths, hanging, side_by_side, summary};
use crate::passage::{Edit, Passage};
use crate::report::aligned::{Block, Extent, Sentences, blocks};
use crate::report::layout::Paragraph;
use crate::report::paint::{Line, Mark, Painter};
use crate::report::which::Which;
use crate::report::wording::{longest, notes};
use crate::report::{View, count, grouped};
use std::io::{self, Write};

/// Most passages listed.
const MOST_PASSAGES: usize = 60;

/// Most lines of one passage.
const MOST_LINES: usize = 60;

impl Report<'_> {
    /// The passages in A's order, or the longest of them.
    pub(super) fn passages<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let all = &self.facts.comparison.passages;
        if all.is_empty() {
            return Ok(());
        }
        self.heading(&count(all.len(), "shared passage"), to)?;
        let listed = longest(all, self.most(MOST_PASSAGES));
        if listed.len() < all.len() {
            self.remark(&format!("The {} longest; --full shows all.", listed.len()), to)?;
        }
        let sides = Which::BOTH.map(|which| Sentences::from(which.side(self.facts.comparison)));
        for index in listed {
            self.passage(index, sides.each_ref(), to)?;
        }
        Ok(())
    }

    fn passage<W: Write>(&self, index: usize, sides: [&Sentences<'_>; 2], to: &mut Painter<W>) -> io::Result<()> {
        let passage = &self.facts.comparison.passages[index];
        to.blank()?;
        self.passage_heading(index, passage).iter().try_for_each(|line| to.line(line))?;
        let bytes = if self.view.full { usize::MAX } else { MOST_LINES * self.view.width };
        let extent = Extent { fold: !self.view.full, bytes };
        let (blocks, rest) = blocks(sides, passage, extent);
        let shown = Blocks { view: self.view, most: self.most(MOST_LINES), names: ["A", "B"] }.write(&blocks, to)?;
        match rest {
            Some(edit) => self.goes_on(edit, passage, to),
            None if !shown => self.remark("… the passage goes on; --full shows it whole.", to),
            None => Ok(()),
        }
    }

    fn goes_on<W: Write>(&self, edit: &Edit, passage: &Passage, to: &mut Painter<W>) -> io::Result<()> {
        let lines = Which::A.of(&self.facts.lines);
        let (from, end) = (lines.of(edit.a.start), lines.of(passage.a.end));
        self.remark(&format!("… the passage goes on, in A from line {from} to {end}; --full shows it whole."), to)
    }

    /// Number, kind and likeness; then where it stands on each side.
    fn passage_heading(&self, index: usize, passage: &Passage) -> Vec<Line> {
        let kind = passage.kind.into();
        let sign = Line::of(summary::sign(kind).to_string(), summary::mark(kind)).and(" ", Mark::Plain);
        let mut about = vec![grouped(index + 1)];
        about.extend(notes(&self.facts, index));
        hanging(&sign, &Paragraph::of(&about.join(" · "), Mark::Strong), self.view.width)
    }
}

/// How the blocks of one passage are written.
pub(in crate::report) struct Blocks {
    pub view: View,
    /// Lines at most.
    pub most: usize,
    /// What the two sides are called where one stands above the other.
    pub names: [&'static str; 2],
}

impl Blocks {
    /// Writes blocks until there are too many lines; true when all were written.
    pub fn write<W: Write>(&self, blocks: &[Block], to: &mut Painter<W>) -> io::Result<bool> {
        let mut lines = 0;
        for block in blocks {
            if lines >= self.most {
                return Ok(false);
            }
            lines += match self.view.width >= SIDE_BY_SIDE {
                true => self.beside(block, to)?,
                false => self.below(block, to)?,
            };
        }
        Ok(true)
    }

    fn beside<W: Write>(&self, block: &Block, to: &mut Painter<W>) -> io::Result<usize> {
        let (left, right) = column_widths(self.view.width);
        let (left, right) = match block {
            Block::Texts { a, b } => (wrapped(a, left), wrapped(b, right)),
            Block::Same(words) => (folded(*words).wrap(left), folded(*words).wrap(right)),
        };
        side_by_side(&left, &right, self.view.width, to)?;
        Ok(left.len().max(right.len()))
    }

    fn below<W: Write>(&self, block: &Block, to: &mut Painter<W>) -> io::Result<usize> {
        let columns = self.view.width - 2;
        let sides = match block {
            Block::Texts { a, b } if a == b => vec![("=", a.wrap(columns))],
            Block::Texts { a, b } => vec![(self.names[0], wrapped(a, columns)), (self.names[1], wrapped(b, columns))],
            Block::Same(words) => vec![("=", folded(*words).wrap(columns))],
        };
        let mut written = 0;
        for (name, lines) in sides {
            for line in lines {
                to.line(&Line::of(format!("{name} "), Mark::Faint).then(line))?;
                written += 1;
            }
        }
        Ok(written)
    }
}

/// Lines of a paragraph; none for an empty one.
fn wrapped(paragraph: &Paragraph, columns: usize) -> Vec<Line> {
    if paragraph.is_empty() { Vec::new() } else { paragraph.wrap(columns) }
}

/// What stands for a folded run.
fn folded(words: usize) -> Paragraph {
    Paragraph::of(&format!("… {} the same …", count(words, "word")), Mark::Faint)
}
