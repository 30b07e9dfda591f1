//! The passages in the order of the article, each beside its best source.

use super::Text;
use crate::credit::CreditClass;
use crate::report::aligned::{Extent, Sentences, blocks};
use crate::report::check::facts::{Shown, called, likeness, rarity};
use crate::report::check::wording::{class, credits};
use crate::report::layout::Paragraph;
use crate::report::paint::{Line, Mark, Painter};
use crate::report::place::{Lines, SentenceStarts};
use crate::report::text::passages::Blocks;
use crate::report::text::summary::{mark, sign};
use crate::report::text::{SIDE_BY_SIDE, column_widths, hanging, side_by_side};
use crate::report::wording::{capital, count, grouped};
use crate::text::tokenise;
use rustc_hash::FxHashMap;
use std::io::{self, Write};

/// Most passages shown.
const MOST_PASSAGES: usize = 60;
/// Most lines of one passage.
const MOST_LINES: usize = 60;
/// Most pieces of evidence shown of one passage.
const MOST_EVIDENCE: usize = 8;
/// Most other sources of a passage named.
const MOST_OTHERS: usize = 6;

/// Where lines and sentences of a document begin.
struct Source<'c> {
    sentences: Sentences<'c>,
    lines: Lines,
}

impl<'c> Text<'c> {
    pub(super) fn passages<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let counted: Vec<_> = self.facts.counted().collect();
        if counted.is_empty() {
            return Ok(());
        }
        self.heading(&format!("{}, in the order of the article", count(counted.len(), "passage")), to)?;
        let shown = longest(counted, self.most(MOST_PASSAGES), self, to)?;
        let article = Sentences {
            text: &self.checked.article.text,
            starts: SentenceStarts::new(&self.checked.article.text, self.checked.sentences.iter().copied()),
        };
        let mut sources = FxHashMap::default();
        for shown in shown {
            let source = sources.entry(shown.rank).or_insert_with(|| Source::new(&shown.source.document.text));
            to.blank()?;
            self.about(shown, source, to)?;
            self.sides(shown, [&article, &source.sentences], to)?;
            self.credit(shown, to)?;
            self.others(shown, to)?;
        }
        Ok(())
    }

    /// Number, kind, length and place; then the source and its place there.
    fn about<W: Write>(&self, shown: &Shown<'_>, source: &Source<'_>, to: &mut Painter<W>) -> io::Result<()> {
        let kind = shown.kind().into();
        let start = Line::of(sign(kind).to_string(), mark(kind)).and(" ", Mark::Plain);
        let passage = &shown.best.passage;
        let about = [
            grouped(shown.number),
            shown.likeness(),
            count(passage.words_a, "word"),
            format!("line {}", grouped(self.facts.lines.of(passage.a.start))),
            rarity(shown.best),
        ];
        let mut about = Paragraph::of(&about.join(" · "), Mark::Strong);
        if let Some(credit) = shown.credit() {
            about.push(" · ", Mark::Strong);
            about.push(class(credit), credit_mark(credit));
        }
        let lines = hanging(&start, &about, self.view.width);
        lines.iter().try_for_each(|line| to.line(line))?;
        let line = grouped(source.lines.of(passage.b.start));
        let from = format!("{} {}: {}, line {line}", self.noun(), grouped(shown.rank), called(shown.source));
        self.indented(2, &Paragraph::of(&from, Mark::Plain), to)
    }

    fn sides<W: Write>(&self, shown: &Shown<'_>, sides: [&Sentences<'_>; 2], to: &mut Painter<W>) -> io::Result<()> {
        let bytes = if self.view.full { usize::MAX } else { MOST_LINES * self.view.width };
        let extent = Extent { fold: !self.view.full, bytes };
        let (blocks, rest) = blocks(sides, &shown.best.passage, extent);
        if self.view.width >= SIDE_BY_SIDE {
            let (left, right) = column_widths(self.view.width);
            let head = |text: &str, columns| Paragraph::of(text, Mark::Faint).wrap(columns);
            side_by_side(&head("Article", left), &head(&capital(self.noun()), right), self.view.width, to)?;
        }
        let written = Blocks {
            view: self.view,
            most: self.most(MOST_LINES),
            names: ["A", if self.report.options.reverse { "D" } else { "S" }],
        }
        .write(&blocks, to)?;
        match written && rest.is_none() {
            true => Ok(()),
            false => self.remark("… the passage goes on; --full shows it whole.", to),
        }
    }

    /// What speaks for a credit.
    fn credit<W: Write>(&self, shown: &Shown<'_>, to: &mut Painter<W>) -> io::Result<()> {
        let found = credits(&self.facts, shown.source, shown.best);
        let start = Line::of("  · ", Mark::Plain);
        for said in found.iter().take(self.most(MOST_EVIDENCE)) {
            let lines = hanging(&start, &Paragraph::of(said, Mark::Plain), self.view.width);
            lines.iter().try_for_each(|line| to.line(line))?;
        }
        Ok(())
    }

    /// The other sources of the stretch, the earliest first.
    fn others<W: Write>(&self, shown: &Shown<'_>, to: &mut Painter<W>) -> io::Result<()> {
        let others = shown.others();
        let most = self.most(MOST_OTHERS);
        let mut named: Vec<_> = others
            .iter()
            .take(most)
            .map(|&member| {
                let (found, matched) = (&self.checked.matches[member.source], self.checked.passage(member));
                format!("{} {}, {} ({})", self.noun(), grouped(member.source + 1), called(found), likeness(matched))
            })
            .collect();
        match others.len().saturating_sub(most) {
            0 => {}
            more => named.push(format!("{} more", grouped(more))),
        }
        if named.is_empty() {
            return Ok(());
        }
        let said = format!("also in, earliest first: {}", named.join("; "));
        self.indented(2, &Paragraph::of(&said, Mark::Faint), to)
    }
}

impl<'c> Source<'c> {
    /// Cost: linear.
    fn new(text: &'c str) -> Self {
        let sentences = tokenise(text).sentences.into_iter().map(|sentence| sentence.span);
        Self { sentences: Sentences { text, starts: SentenceStarts::new(text, sentences) }, lines: Lines::new(text) }
    }
}

/// The colour of a class of credit.
const fn credit_mark(class: CreditClass) -> Mark {
    match class {
        CreditClass::Credited => Mark::Strong,
        CreditClass::QuotedAltered => Mark::Notable,
        CreditClass::Uncredited => Mark::Warning,
    }
}

/// The longest `most` passages, in their order; says so where these are not all.
fn longest<'s, 'c, W: Write>(
    mut shown: Vec<&'s Shown<'c>>,
    most: usize,
    text: &Text<'_>,
    to: &mut Painter<W>,
) -> io::Result<Vec<&'s Shown<'c>>> {
    if shown.len() > most {
        text.remark(&format!("The {} longest; --full shows all.", grouped(most)), to)?;
        shown.sort_by_key(|shown| std::cmp::Reverse(shown.group.words));
        shown.truncate(most);
        shown.sort_by_key(|shown| shown.number);
    }
    Ok(shown)
}
