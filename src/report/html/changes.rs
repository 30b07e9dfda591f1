//! The changes of meaning as the page lists them, the values of a template, and what is harmless.

use super::Page;
use super::lists::{LISTED, left};
use super::text::Text;
use crate::change::{Change, Severity};
use crate::report::changes::{Context, Entry, difference, is_unchanged, said_of, words, words_of};
use crate::report::which::Which;
use crate::report::wording::{count, grouped};
use std::borrow::Cow;
use std::fmt;

/// Changes or values shown on the first screen.
const FIRST: usize = 6;

/// How many changes of a severity there are, to filter by.
pub(super) struct Tally {
    pub severity: &'static str,
    pub sign: char,
    pub count: String,
}

/// The changes of one pair of sentences.
pub(super) struct EntryView<'c> {
    /// The severities in it.
    pub classes: String,
    pub changes: Vec<ChangeView<'c>>,
    pub sentences: [Sentence<'c>; 2],
}

/// A change.
pub(super) struct ChangeView<'c> {
    pub number: usize,
    pub severity: &'static str,
    pub sign: char,
    pub kind: &'static str,
    pub before: Cow<'c, str>,
    pub after: Cow<'c, str>,
    pub place: String,
}

/// A slot of a template.
pub(super) struct ValueView<'c> {
    pub kind: &'static str,
    pub cells: [Cow<'c, str>; 2],
    pub place: String,
}

/// A difference that is no change.
pub(super) struct HarmlessView {
    pub reason: &'static str,
    pub said: String,
    pub place: String,
}

/// The sentence around some changes, their words marked.
pub(super) struct Sentence<'c> {
    text: &'c str,
    context: Context,
    element: &'static str,
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, context, element } = self;
        if context.cut_before {
            f.write_str("… ")?;
        }
        for (span, number) in &context.pieces {
            let piece = Text { text, span: *span };
            match number {
                Some(number) => write!(f, "<{element} data-c=\"{number}\">{piece}</{element}>")?,
                None => write!(f, "{piece}")?,
            }
        }
        if context.cut_after {
            f.write_str(" …")?;
        }
        Ok(())
    }
}

/// A sign for each severity, so that it is seen without colour. The style has the same.
const fn sign(severity: Severity) -> char {
    match severity {
        Severity::Material => '▲',
        Severity::Notable => '△',
        Severity::Minor => '·',
    }
}

impl<'c> Page<'c> {
    /// What there is to say of changes in a line, if anything.
    pub(super) fn changes_title(&self) -> Option<String> {
        let changes = &self.facts.changes;
        let any = !changes.listed.is_empty() || !changes.harmless.is_empty() || is_unchanged(self.comparison);
        any.then(|| changes.counted())
    }

    /// How many there are of each severity, those there are.
    pub(super) fn tallies(&self) -> impl Iterator<Item = Tally> {
        let some = self.facts.changes.counts().into_iter().filter(|(_, count)| *count > 0);
        some.map(|(severity, count)| Tally { severity: severity.name(), sign: sign(severity), count: grouped(count) })
    }

    /// The gravest changes, for the first screen.
    pub(super) fn gravest(&self) -> Vec<ChangeView<'_>> {
        let gravest = self.facts.changes.gravest(FIRST).into_iter();
        gravest.map(|(number, listed)| self.change(number, listed.change)).collect()
    }

    /// What the first screen leaves out.
    pub(super) fn gravest_left(&self) -> Option<String> {
        let more = self.facts.changes.listed.len().saturating_sub(FIRST);
        (more > 0).then(|| format!("and {}", count(more, "more change")))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = EntryView<'_>> {
        self.facts.changes.entries().take_while(|entry| entry.number <= LISTED).map(|entry| self.entry(&entry))
    }

    pub(super) fn entries_left(&self) -> Option<String> {
        left(self.facts.changes.listed.len(), "changes", "both texts below are complete")
    }

    fn entry(&self, entry: &Entry<'_, '_>) -> EntryView<'c> {
        let mut classes: Vec<_> = entry.numbered().map(|(_, change)| change.severity.name()).collect();
        classes.dedup();
        let sentence = |which: Which| Sentence {
            text: &which.side(self.comparison).document.text,
            context: entry.context(self.comparison, which),
            element: if which == Which::A { "del" } else { "ins" },
        };
        EntryView {
            classes: classes.join(" "),
            changes: entry.numbered().map(|(number, change)| self.change(number, change)).collect(),
            sentences: Which::BOTH.map(sentence),
        }
    }

    fn change(&self, number: usize, change: &Change) -> ChangeView<'c> {
        ChangeView {
            number,
            severity: change.severity.name(),
            sign: sign(change.severity),
            kind: change.kind.name(),
            before: words_of(self.comparison, Which::A, change),
            after: words_of(self.comparison, Which::B, change),
            place: self.facts.place(change.a.start, change.b.start),
        }
    }

    /// The values of a template, for the first screen.
    pub(super) fn first_values(&self) -> impl Iterator<Item = ValueView<'_>> {
        self.values().take(FIRST)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = ValueView<'_>> {
        self.comparison.values.iter().take(LISTED).map(|pair| ValueView {
            kind: pair.kind.name(),
            cells: [words(self.comparison, Which::A, pair.a), words(self.comparison, Which::B, pair.b)],
            place: self.facts.place(pair.a.start, pair.b.start),
        })
    }

    /// How many values there are, where the first screen does not have them all.
    pub(super) fn values_title(&self) -> Option<String> {
        let all = self.comparison.values.len();
        (all > FIRST).then(|| count(all, "value"))
    }

    pub(super) fn harmless(&self) -> impl Iterator<Item = HarmlessView> {
        self.facts.changes.harmless.iter().take(LISTED).map(|same| HarmlessView {
            reason: said_of(same.reason),
            said: difference(self.comparison, same.a, same.b),
            place: self.facts.place(same.a.start, same.b.start),
        })
    }

    /// How many are harmless, if any.
    pub(super) fn harmless_title(&self) -> Option<String> {
        let changes = &self.facts.changes;
        (!changes.harmless.is_empty()).then(|| changes.harmless_counted())
    }

    pub(super) fn harmless_left(&self) -> Option<String> {
        left(self.facts.changes.harmless.len(), "harmless differences", "both texts below are complete")
    }
}
