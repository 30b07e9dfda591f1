//! What the edits do to the meaning, the gravest first; the values of two texts of one template; and what is harmless.

use super::{Report, SIDE_BY_SIDE, column_widths, hanging, side_by_side};
use crate::change::{Change, Severity};
use crate::report::changes::{
    Entry, Listed, difference, difference_of, is_unchanged, said_of, said_of_change, words, words_of,
};
use crate::report::layout::{Paragraph, first_line};
use crate::report::paint::{Line, Mark, Painter, width};
use crate::report::which::Which;
use crate::report::{capital, count, grouped};
use crate::span::Span;
use std::io::{self, Write};

/// Changes or values shown on the first screen.
const FIRST: usize = 6;

/// Fewest columns for what changed, where the place stands behind it.
const SAID: usize = 24;
/// Most changes, values and harmless differences listed.
const MOST: usize = 60;
const MOST_HARMLESS: usize = 20;

/// Columns of the widest word for a kind.
const KIND: usize = 11;

/// A sign for each severity, so that it is seen without colour.
const fn sign(severity: Severity) -> (char, Mark) {
    match severity {
        Severity::Material => ('▲', Mark::Material),
        Severity::Notable => ('△', Mark::Notable),
        Severity::Minor => ('·', Mark::Faint),
    }
}

impl Report<'_> {
    /// On the first screen: how many changes there are, and the gravest, a line for each. Of a template, its values.
    pub(super) fn gravest<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let changes = &self.facts.changes;
        if changes.listed.is_empty() && changes.harmless.is_empty() && !is_unchanged(self.facts.comparison) {
            return Ok(());
        }
        to.blank()?;
        self.strong(&format!("{}.", changes.summed_up()), to)?;
        if !self.facts.comparison.values.is_empty() {
            return self.value_rows(FIRST, to);
        }
        self.one_lines(&changes.gravest(FIRST)).iter().try_for_each(|line| to.line(line))?;
        match changes.listed.len().saturating_sub(FIRST) {
            0 => Ok(()),
            more => self.remark(&format!("… and {}, below.", count(more, "more change")), to),
        }
    }

    /// Changes in columns: severity and kind, what changed, and where.
    fn one_lines(&self, changes: &[(usize, Listed<'_>)]) -> Vec<Line> {
        let kind = changes.iter().map(|(_, listed)| listed.change.kind.name().len()).max().unwrap_or(0);
        let places: Vec<_> =
            changes.iter().map(|(_, listed)| self.facts.place(listed.change.a.start, listed.change.b.start)).collect();
        let place = places.iter().map(|place| width(place)).max().unwrap_or(0);
        let whole = |(_, listed): &(usize, Listed<'_>)| width(&difference_of(self.facts.comparison, listed.change));
        let widest = changes.iter().map(whole).max().unwrap_or(0);
        let fits = self.view.width >= kind + place + 6 + widest.min(SAID);
        // What changed comes before where, which stands below as well.
        let columns = self.view.width.saturating_sub(if fits { kind + place + 6 } else { kind + 4 }).max(8);
        let said = changes.iter().map(|(_, listed)| self.fitted(listed.change, columns));
        let said: Vec<_> = said.collect();
        let widest = said.iter().map(Line::width).max().unwrap_or(0);
        let line = |((said, place), (_, listed)): ((Line, String), &(usize, Listed<'_>))| {
            let (sign, mark) = sign(listed.change.severity);
            let gap = " ".repeat(widest - said.width() + 2);
            let line = Line::of(format!("{sign} {:kind$}  ", listed.change.kind.name()), mark).then(said);
            if fits { line.and(gap, Mark::Plain).and(place, Mark::Faint) } else { line }
        };
        said.into_iter().zip(places).zip(changes).map(line).collect()
    }

    /// What changed, in at most `columns`: of long words on both sides the beginning of either.
    fn fitted(&self, change: &Change, columns: usize) -> Line {
        let line = |text: &str, columns| first_line(&Paragraph::of(text, Mark::Plain), columns);
        let comparison = self.facts.comparison;
        let [before, after] = [Which::A, Which::B].map(|which| words_of(comparison, which, change));
        if before.is_empty() || after.is_empty() {
            return line(&difference_of(comparison, change), columns);
        }
        let room = columns.saturating_sub(3);
        let of_before = width(&before).min((room / 2).max(room.saturating_sub(width(&after))));
        let before = line(&before, of_before).and(" → ", Mark::Plain);
        let rest = columns.saturating_sub(before.width());
        before.then(line(&after, rest))
    }

    /// Every change with the sentence around it, then the values of a template, then what is harmless.
    pub(super) fn changes<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let changes = &self.facts.changes;
        if !changes.listed.is_empty() {
            self.heading(&changes.counted(), to)?;
        }
        let most = self.most(MOST);
        for entry in changes.entries().take_while(|entry| entry.number <= most) {
            self.entry(&entry, to)?;
        }
        if changes.listed.len() > most {
            self.remark("… and more; --full shows all.", to)?;
        }
        self.values(to)?;
        self.harmless(to)
    }

    fn entry<W: Write>(&self, entry: &Entry<'_, '_>, to: &mut Painter<W>) -> io::Result<()> {
        to.blank()?;
        for (number, change) in entry.numbered() {
            let (sign, mark) = sign(change.severity);
            let what = said_of_change(self.facts.comparison, change);
            let mut about = vec![grouped(number), change.severity.name().to_owned(), what];
            if number == entry.number {
                about.push(self.facts.place(entry.place(Which::A), entry.place(Which::B)));
                about.push(format!("passage {}", grouped(entry.passage() + 1)));
            }
            let about = Paragraph::of(&about.join(" · "), Mark::Strong);
            let lines = hanging(&Line::of(format!("{sign} "), mark), &about, self.view.width);
            lines.iter().try_for_each(|line| to.line(line))?;
        }
        let [a, b] = Which::BOTH.map(|which| self.context(entry, which));
        self.both(&a, &b, to)
    }

    /// The sentence around the changes of an entry, what changed between signs.
    fn context(&self, entry: &Entry<'_, '_>, which: Which) -> Paragraph {
        let context = entry.context(self.facts.comparison, which);
        let text = &which.side(self.facts.comparison).document.text;
        let changed = if which == Which::A { Mark::GoneChanged } else { Mark::NewChanged };
        let mut paragraph = Paragraph::default();
        if context.cut_before {
            paragraph.push("… ", Mark::Faint);
        }
        for (span, number) in context.pieces {
            paragraph.push(span.of(text), if number.is_some() { changed } else { Mark::Plain });
        }
        if context.cut_after {
            paragraph.push(" …", Mark::Faint);
        }
        paragraph
    }

    /// Two paragraphs beside each other, or one above the other.
    fn both<W: Write>(&self, a: &Paragraph, b: &Paragraph, to: &mut Painter<W>) -> io::Result<()> {
        let columns = self.view.width;
        if columns >= SIDE_BY_SIDE {
            let (left, right) = column_widths(columns);
            return side_by_side(&a.wrap(left), &b.wrap(right), columns, to);
        }
        for (name, paragraph) in [("A ", a), ("B ", b)] {
            hanging(&Line::of(name, Mark::Faint), paragraph, columns).iter().try_for_each(|line| to.line(line))?;
        }
        Ok(())
    }

    /// The values of a template, where the first screen does not have them all.
    fn values<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let all = self.facts.comparison.values.len();
        if all <= FIRST {
            return Ok(());
        }
        self.heading(&format!("One template, {} filled differently", count(all, "value")), to)?;
        self.value_rows(self.most(MOST), to)
    }

    /// A table of the values: kind, A's, B's, place.
    fn value_rows<W: Write>(&self, most: usize, to: &mut Painter<W>) -> io::Result<()> {
        let values = &self.facts.comparison.values;
        let shown = &values[..values.len().min(most)];
        let of = |which, span: Span| words(self.facts.comparison, which, span);
        let widest = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or(0);
        let room = self.view.width.saturating_sub(KIND + 27) / 2;
        let columns = [
            widest(&mut shown.iter().map(|pair| width(&of(Which::A, pair.a)))).clamp(2, room.max(8)),
            widest(&mut shown.iter().map(|pair| width(&of(Which::B, pair.b)))).clamp(2, room.max(8)),
        ];
        to.line(&Line::of(format!("{:KIND$} {:a$}  B", "", "A", a = columns[0]), Mark::Strong))?;
        for pair in shown {
            let cells = [(Which::A, pair.a), (Which::B, pair.b)].map(|(which, span)| {
                let paragraph = Paragraph::of(&of(which, span), Mark::Plain);
                let line = first_line(&paragraph, *which.of(&columns));
                let gap = " ".repeat(which.of(&columns).saturating_sub(line.width()) + 2);
                line.and(gap, Mark::Plain)
            });
            let [a, b] = cells;
            let line = Line::of(format!("{:KIND$} ", pair.kind.name()), Mark::Faint).then(a).then(b);
            to.line(&line.and(self.facts.place(pair.a.start, pair.b.start), Mark::Faint))?;
        }
        match values.len() - shown.len() {
            0 => Ok(()),
            more => self.remark(&format!("… and {}.", count(more, "more value")), to),
        }
    }

    fn harmless<W: Write>(&self, to: &mut Painter<W>) -> io::Result<()> {
        let all = &self.facts.changes.harmless;
        if all.is_empty() {
            return Ok(());
        }
        self.heading(&self.facts.changes.harmless_counted(), to)?;
        for same in all.iter().take(self.most(MOST_HARMLESS)) {
            let said = difference(self.facts.comparison, same.a, same.b);
            let about =
                format!("{}: {said} · {}", capital(said_of(same.reason)), self.facts.place(same.a.start, same.b.start));
            self.remark(&about, to)?;
        }
        match all.len().saturating_sub(self.most(MOST_HARMLESS)) {
            0 => Ok(()),
            more => self.remark(&format!("… and {} more; --full shows all.", grouped(more)), to),
        }
    }
}
