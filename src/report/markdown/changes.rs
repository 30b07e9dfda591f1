//! What the edits do to the meaning, in Markdown.

use super::quotation::{Marks, Quotation, escaped};
use super::{MOST_CHANGES, Report};
use crate::report::changes::{Entry, difference, is_unchanged, said_of, said_of_change};
use crate::report::which::Which;
use crate::report::{count, grouped};
use std::io::{self, Write};

/// Changes and values shown before everything else.
const FIRST: usize = 6;

/// Most harmless differences listed.
const MOST_HARMLESS: usize = 20;

impl<W: Write> Report<'_, W> {
    /// How many changes there are, and the gravest; of a template, its values.
    pub(super) fn gravest(&mut self) -> io::Result<()> {
        let changes = &self.facts.changes;
        if changes.listed.is_empty() && changes.harmless.is_empty() && !is_unchanged(self.comparison) {
            return Ok(());
        }
        writeln!(self.out, "**{}.**\n", changes.summed_up())?;
        if !self.comparison.values.is_empty() {
            return self.values();
        }
        for (_, listed) in changes.gravest(FIRST) {
            let change = listed.change;
            let said = escaped(&said_of_change(self.comparison, change));
            let place = self.facts.place(change.a.start, change.b.start);
            writeln!(self.out, "- **{}** {said} ({place})", change.severity.name())?;
        }
        match changes.listed.len().saturating_sub(FIRST) {
            0 => writeln!(self.out),
            more => writeln!(self.out, "- … and {}, below\n", count(more, "more change")),
        }
    }

    /// What fills the slots of a template, in a table.
    fn values(&mut self) -> io::Result<()> {
        writeln!(self.out, "| value | A | B | where |\n|---|---|---|---|")?;
        let values = &self.comparison.values;
        for pair in values.iter().take(self.most(MOST_CHANGES)) {
            let [a, b] = [(Which::A, pair.a), (Which::B, pair.b)]
                .map(|(which, span)| escaped(&crate::report::changes::words(self.comparison, which, span)));
            let place = self.facts.place(pair.a.start, pair.b.start);
            writeln!(self.out, "| {} | {a} | {b} | {place} |", pair.kind.name())?;
        }
        match values.len().saturating_sub(self.most(MOST_CHANGES)) {
            0 => writeln!(self.out),
            more => writeln!(self.out, "\n… and {}; `--full` shows all.\n", count(more, "more value")),
        }
    }

    /// Every change with the sentence around it; then what is harmless.
    pub(super) fn changes(&mut self) -> io::Result<()> {
        let changes = &self.facts.changes;
        if !changes.listed.is_empty() {
            writeln!(self.out, "\n## {}", changes.counted())?;
        }
        let most = self.most(MOST_CHANGES);
        let entries = changes.entries().take_while(|entry| entry.number <= most);
        let written = entries.map(|entry| self.entry(&entry)).collect::<String>();
        self.out.write_all(written.as_bytes())?;
        if changes.listed.len() > most {
            writeln!(self.out, "\n… and more; `--full` shows all.")?;
        }
        self.harmless()
    }

    fn entry(&self, entry: &Entry<'_, '_>) -> String {
        let mut text = "\n".to_owned();
        for (number, change) in entry.numbered() {
            let said = escaped(&said_of_change(self.comparison, change));
            let place = match number == entry.number {
                true => {
                    let place = self.facts.place(entry.place(Which::A), entry.place(Which::B));
                    format!(", {place}, passage {}", grouped(entry.passage() + 1))
                }
                false => String::new(),
            };
            text += &format!("- **{} · {}** {said}{place}\n", grouped(number), change.severity.name());
        }
        let [a, b] = Which::BOTH.map(|which| self.context(entry, which));
        text + &format!("\n> A: {a}\n>\n> B: {b}\n")
    }

    /// The sentence around the changes of an entry, what changed between marks.
    fn context(&self, entry: &Entry<'_, '_>, which: Which) -> String {
        let context = entry.context(self.comparison, which);
        let text = &which.side(self.comparison).document.text;
        let marks = if which == Which::A { Marks::GONE } else { Marks::NEW };
        let mut quotation = Quotation::default();
        if context.cut_before {
            quotation.said("… ");
        }
        for (span, number) in context.pieces {
            match number {
                Some(_) => quotation.marked(span.of(text), marks, false),
                None => quotation.plain(span.of(text)),
            }
        }
        if context.cut_after {
            quotation.said(" …");
        }
        quotation.text.trim_end().to_owned()
    }

    fn harmless(&mut self) -> io::Result<()> {
        let all = &self.facts.changes.harmless;
        if all.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\n## {}\n", self.facts.changes.harmless_counted())?;
        for same in all.iter().take(self.most(MOST_HARMLESS)) {
            let said = escaped(&difference(self.comparison, same.a, same.b));
            let place = self.facts.place(same.a.start, same.b.start);
            writeln!(self.out, "- {}: {said} ({place})", said_of(same.reason))?;
        }
        match all.len().saturating_sub(self.most(MOST_HARMLESS)) {
            0 => Ok(()),
            more => writeln!(self.out, "- … and {} more; `--full` shows all.", grouped(more)),
        }
    }
}
