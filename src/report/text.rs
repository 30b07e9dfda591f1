//! For reading on a terminal: a summary, the passages side by side with their word edits marked, then what only A
//! says and what only B says.
//!
//! It fills the width it is given: two columns from [`SIDE_BY_SIDE`] on, else one text above the other. Words only A
//! has stand as `[-gone-]`, words only B has as `{+new+}`, in colour too where that is wanted. Long equal runs and long
//! lists are cut, and say so.

use super::aligned::{Block, Extent, Starts, blocks};
use super::layout::{Line, Mark, Painter, Paragraph};
use super::place::{Lines, UniqueSentence, unique_sentences};
use super::wording::{longest, notes};
use super::{View, capital, count, grouped, summary};
use crate::compare::{Comparison, Side};
use crate::passage::{Edit, Passage};
use std::io::{self, Write};

/// Narrowest width with two columns.
const SIDE_BY_SIDE: usize = 70;

/// Narrowest width at which the lists of what only one side says stand side by side too.
const LISTS_SIDE_BY_SIDE: usize = 140;

/// Most passages listed.
const MOST_PASSAGES: usize = 60;

/// Most lines of one passage.
const MOST_LINES: usize = 60;

/// Most sentences listed that only one side says.
const MOST_SENTENCES: usize = 60;

/// Stands between two columns.
const BORDER: &str = " │ ";

/// Writes the report. Cost: linear in what is shown, and in the texts for their line numbers.
pub(super) fn write(comparison: &Comparison<'_>, view: &View, out: &mut impl Write) -> io::Result<()> {
    let view = View { width: view.width.max(View::NARROWEST), ..*view };
    let mut to = Painter { out, color: view.color };
    summary::write(comparison, &view, &mut to)?;
    Report::new(comparison, view).write(&mut to)
}

struct Report<'c> {
    comparison: &'c Comparison<'c>,
    view: View,
    starts: Starts,
    lines_a: Lines,
    lines_b: Lines,
}

impl<'c> Report<'c> {
    fn new(comparison: &'c Comparison<'_>, view: View) -> Self {
        let lines = |side: &Side<'_>| Lines::new(&side.document.text);
        let (lines_a, lines_b) = (lines(&comparison.a), lines(&comparison.b));
        Self { comparison, view, starts: Starts::new(comparison), lines_a, lines_b }
    }

    fn write<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        self.passages(to)?;
        self.unique(to)
    }

    /// `limit`, unless all is to be shown.
    fn most(&self, limit: usize) -> usize {
        if self.view.full { usize::MAX } else { limit }
    }

    /// A heading that fills the line.
    fn heading<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        to.blank()?;
        let line = Line::of(format!("━━ {text} "), Mark::Strong);
        let rest = "━".repeat(self.view.width.saturating_sub(line.width()));
        to.line(&line.and(rest, Mark::Strong))
    }

    /// A remark of the report's own.
    fn remark<W: Write>(&self, text: &str, to: &mut Painter<W>) -> io::Result<()> {
        Paragraph::of(text, Mark::Faint).wrap(self.view.width).iter().try_for_each(|line| to.line(line))
    }

    fn passages<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let all = &self.comparison.passages;
        if all.is_empty() {
            return Ok(());
        }
        self.heading(&capital(&count(all.len(), "shared passage")), to)?;
        let listed = longest(all, self.most(MOST_PASSAGES));
        if listed.len() < all.len() {
            self.remark(&format!("The {} longest; --full shows all.", listed.len()), to)?;
        }
        for index in listed {
            self.passage(index, &all[index], to)?;
        }
        Ok(())
    }

    fn passage<W: Write>(&self, index: usize, passage: &Passage, to: &mut Painter<W>) -> io::Result<()> {
        to.blank()?;
        for line in self.passage_heading(index, passage) {
            to.line(&line)?;
        }
        let bytes = if self.view.full { usize::MAX } else { MOST_LINES * self.view.width };
        let (blocks, rest) = blocks(self.comparison, &self.starts, passage, Extent { fold: !self.view.full, bytes });
        let shown = Blocks { view: self.view, most: self.most(MOST_LINES) }.write(&blocks, to)?;
        match rest {
            Some(edit) => self.goes_on(edit, passage, to),
            None if !shown => self.remark("… the passage goes on; --full shows it whole.", to),
            None => Ok(()),
        }
    }

    fn goes_on<W: Write>(&self, edit: &Edit, passage: &Passage, to: &mut Painter<W>) -> io::Result<()> {
        let (from, end) = (self.lines_a.of(edit.a.start), self.lines_a.of(passage.a.end));
        self.remark(&format!("… the passage goes on, in A from line {from} to {end}; --full shows it whole."), to)
    }

    /// Number, kind and likeness; then where it stands on each side.
    fn passage_heading(&self, index: usize, passage: &Passage) -> Vec<Line> {
        let kind = passage.kind.into();
        let sign = Line::of(summary::sign(kind).to_string(), summary::mark(kind));
        let mut about = vec![grouped(index + 1)];
        about.extend(notes(passage, &self.lines_a, &self.lines_b));
        let indent = Paragraph::of(&about.join(" · "), Mark::Strong).wrap(self.view.width - 2);
        let start = |at| if at == 0 { sign.clone().and(" ", Mark::Plain) } else { Line::of("  ", Mark::Plain) };
        indent.into_iter().enumerate().map(|(at, line)| start(at).then(line)).collect()
    }

    /// What only one side says: the lists beside each other where there is room, else one after the other.
    fn unique<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let a = UniqueList::new("A", &self.comparison.a, &self.lines_a, self.most(MOST_SENTENCES));
        let b = UniqueList::new("B", &self.comparison.b, &self.lines_b, self.most(MOST_SENTENCES));
        if self.view.width >= LISTS_SIDE_BY_SIDE && a.total > 0 && b.total > 0 {
            let (left, right) = column_widths(self.view.width);
            to.blank()?;
            let (left_lines, right_lines) = (a.titled(left), b.titled(right));
            return side_by_side(&left_lines, &right_lines, self.view.width, to).map(drop);
        }
        for list in [a, b].iter().filter(|list| list.total > 0) {
            to.blank()?;
            list.titled(self.view.width).iter().try_for_each(|line| to.line(line))?;
        }
        Ok(())
    }
}

/// Columns of the left and the right side.
fn column_widths(columns: usize) -> (usize, usize) {
    let left = (columns - 3) / 2;
    (left, columns - 3 - left)
}

/// Writes two lists of lines beside each other.
fn side_by_side<W: Write>(left: &[Line], right: &[Line], columns: usize, to: &mut Painter<W>) -> io::Result<()> {
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

/// How the blocks of one passage are written.
struct Blocks {
    view: View,
    most: usize,
}

impl Blocks {
    /// Writes blocks until there are too many lines; true when all were written.
    fn write<W: Write>(&self, blocks: &[Block], to: &mut Painter<W>) -> io::Result<bool> {
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
            Block::Texts { a, b } => vec![("A", wrapped(a, columns)), ("B", wrapped(b, columns))],
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

/// What only one side says.
struct UniqueList<'c> {
    name: &'static str,
    text: &'c str,
    lines: &'c Lines,
    listed: Vec<UniqueSentence>,
    total: usize,
}

impl<'c> UniqueList<'c> {
    fn new(name: &'static str, side: &'c Side<'_>, lines: &'c Lines, most: usize) -> Self {
        let mut sentences = unique_sentences(side);
        let listed: Vec<_> = sentences.by_ref().take(most).collect();
        let total = listed.len() + sentences.count();
        Self { name, text: &side.document.text, lines, listed, total }
    }

    /// The list under its heading.
    fn titled(&self, columns: usize) -> Vec<Line> {
        let heading = Line::of(format!("━━ Only in {}: {} ", self.name, count(self.total, "sentence")), Mark::Strong);
        let rest = "━".repeat(columns.saturating_sub(heading.width()));
        let mut lines = vec![heading.and(rest, Mark::Strong)];
        let number_width = self.listed.last().map_or(0, |last| grouped(self.lines.of(last.span.start)).len());
        let mut before = None;
        for sentence in &self.listed {
            let number = Some(self.lines.of(sentence.span.start));
            let shown = number.filter(|_| number != before).map(grouped).unwrap_or_default();
            lines.extend(self.entry(sentence, &format!("{shown:>number_width$}  "), columns));
            before = number;
        }
        if self.listed.len() < self.total {
            let more = format!("… and {} more; --full shows all.", count(self.total - self.listed.len(), "sentence"));
            lines.extend(Paragraph::of(&more, Mark::Faint).wrap(columns));
        }
        lines
    }

    /// A sentence beside the number of its line.
    fn entry(&self, sentence: &UniqueSentence, number: &str, columns: usize) -> Vec<Line> {
        let mut paragraph = Paragraph::default();
        if sentence.cut_before {
            paragraph.push("… ", Mark::Faint);
        }
        paragraph.push(sentence.span.of(self.text), Mark::Plain);
        if sentence.cut_after {
            paragraph.push(" …", Mark::Faint);
        }
        let lines = paragraph.wrap(columns.saturating_sub(number.len())).into_iter().enumerate();
        lines
            .map(|(at, line)| {
                let start = if at == 0 { number.to_owned() } else { " ".repeat(number.len()) };
                Line::of(start, Mark::Faint).then(line)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Draft, Piece, equal, insert, only};
    use super::super::layout::width;
    use super::*;
    use crate::passage::Kind;
    use proptest::prelude::*;

    fn written(comparison: &Comparison<'_>, view: View) -> String {
        let mut out = Vec::new();
        write(comparison, &view, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("it is text")
    }

    fn plain(width: usize) -> View {
        View { width, ..View::default() }
    }

    #[test]
    fn eighty_columns() {
        insta::assert_snapshot!(written(&fixture::statements(), plain(80)));
    }

    #[test]
    fn two_hundred_columns() {
        insta::assert_snapshot!(written(&fixture::statements(), plain(200)));
    }

    #[test]
    fn fifty_columns() {
        insta::assert_snapshot!(written(&fixture::cut_short(), plain(50)));
    }

    #[test]
    fn colour_adds_escapes_and_nothing_else() {
        let comparison = fixture::statements();
        let colored = written(&comparison, View { color: true, ..plain(80) });
        let escape = |text: &str| text.split_once('m').map_or_else(String::new, |(_, rest)| rest.to_owned());
        let mut parts = colored.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        assert_eq!(first + &parts.map(escape).collect::<String>(), written(&comparison, plain(80)));
    }

    #[test]
    fn long_lists_are_cut_and_say_so() {
        let sentences = (0..200).map(|at| format!("Sentence number {at} stands here. ")).collect::<String>();
        let draft = Draft::new(Kind::Edited, vec![equal("Shared by both. "), insert("And more. ")]);
        let drafts = vec![draft; 100];
        let pieces = (0..100).map(Piece::Passage).chain([only(&sentences)]).collect::<Vec<_>>();
        let comparison = fixture::comparison(&pieces, &[Piece::Passage(0)], &drafts);
        let short = written(&comparison, plain(80));
        assert!(short.contains("The 60 longest; --full shows all."));
        assert!(short.contains("… and 140 sentences more; --full shows all."));
        let full = written(&comparison, View { full: true, ..plain(80) });
        assert!(full.contains("Sentence number 199") && !full.contains("--full"));
    }

    #[test]
    fn a_passage_of_many_lines_is_cut_and_says_so() {
        let edits: Vec<_> = (0..400).flat_map(|at| [equal("the same words "), insert(&format!("new{at} "))]).collect();
        let pieces = [Piece::Passage(0)];
        let comparison = fixture::comparison(&pieces, &pieces, &[Draft::new(Kind::Edited, edits)]);
        let short = written(&comparison, plain(80));
        assert!(short.contains("… the passage goes on, in A from line 1 to 1; --full shows it whole."));
        assert!(short.lines().count() < 150);
        assert!(written(&comparison, View { full: true, ..plain(80) }).contains("{+new399+}"));
    }

    proptest! {
        #[test]
        fn lines_fit_and_hold_nothing_a_terminal_obeys(
            texts in prop::collection::vec("[a-z .\\n東ก😀é\u{1b}\u{9b}\u{7}\u{202e}\u{200b}\t]{1,200}", 4),
            columns in 20usize..220,
        ) {
            let draft = Draft::new(Kind::Edited, vec![equal(&texts[0]), insert(&texts[1])]);
            let a = [only(&texts[2]), Piece::Passage(0)];
            let b = [Piece::Passage(0), only(&texts[3])];
            let report = written(&fixture::comparison(&a, &b, &[draft]), plain(columns));
            for line in report.lines() {
                prop_assert!(width(line) <= columns.max(38), "{line}");
                let obeyed = |c: char| c.is_control() || c == '\u{202e}';
                prop_assert!(!line.contains(obeyed));
            }
        }
    }
}
