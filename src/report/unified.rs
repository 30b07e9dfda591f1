//! A format in the manner of `diff -u`, word by word, to be read, searched and piped.
//!
//! ```text
//! --- seoul.txt
//! +++ beijing.txt
//! @@ -36,80 +0,80 @@ verbatim, 12 words
//!  The two sides agreed to communicate through military channels.
//! @@ -116,104 +80,114 @@ edited, 18 and 20 words, similarity 0.9231
//!  Both said that relations are
//! -very
//!  important.
//! @@ -220,35 +194,0 @@ unique
//! -Seoul would not pay more.
//! ```
//!
//! - The two header lines name A and B.
//! - Every hunk is a passage or a unique stretch, and together they account for every word of both texts. Hunks are in
//!   A's order; a stretch only B has stands before the first passage in the main order that follows it in B.
//! - `@@ -START,LENGTH +START,LENGTH @@` gives the place in A and in B, in Unicode code points counted from 0, then the
//!   kind, `moved` where the passage is out of the main order, where it is quoted, and the words.
//! - Each line after it is a run of words: a space for what both say (as A spells it), `-` for what only A says, `+` for
//!   what only B says. A line of the text begins a line here; lines without a visible character are left out.
//! - A line that begins with a backslash tells of the words above it what they change in the meaning: how much it
//!   matters, of what kind it is, what stood before and what stands after. Patch readers pass it over.
//! - White space runs are one space, and characters that cannot be seen or that a terminal obeys are shown as in the
//!   text report. Use JSON for the exact characters.

use super::changes::said_of_change;
use super::paint::{Line, Mark, Painter};
use super::wording::{both_words, count, quoted};
use super::{View, round4, title, visible};
use crate::change::Change;
use crate::comparison::{Comparison, Side};
use crate::passage::{EditOp, Kind, Passage, Segment};
use crate::span::Span;
use std::io::{self, Write};

/// Writes the report; only the colour of `view` matters. Cost: linear in both texts.
pub(super) fn write(comparison: &Comparison<'_>, view: &View, out: &mut impl Write) -> io::Result<()> {
    let mut to = Painter { out, color: view.color };
    for (sign, side) in [("---", &comparison.a), ("+++", &comparison.b)] {
        to.line(&Line::of(format!("{sign} {}", visible(&title(side))), Mark::Strong))?;
    }
    let only_b = comparison.b.segments.iter().filter(|segment| segment.passage.is_none()).copied();
    let mut hunks = Hunks { comparison, only_b: only_b.collect(), written_b: 0, place_b: 0, to };
    // A passage may lie in several segments of A or, where its words are another's too, in none.
    let mut passages = comparison.passages.iter().peekable();
    for segment in &comparison.a.segments {
        while let Some(passage) = passages.next_if(|passage| passage.a.start < segment.span.end) {
            hunks.passage(passage)?;
        }
        if segment.passage.is_none() {
            hunks.only_a(segment)?;
        }
    }
    passages.try_for_each(|passage| hunks.passage(passage))?;
    hunks.only_b_before(usize::MAX)
}

struct Hunks<'c, W> {
    comparison: &'c Comparison<'c>,
    /// The stretches only B has.
    only_b: Vec<Segment>,
    /// How many of them are written.
    written_b: usize,
    /// Byte of B up to which the main order has come.
    place_b: usize,
    to: Painter<W>,
}

impl<W: Write> Hunks<'_, W> {
    fn passage(&mut self, passage: &Passage) -> io::Result<()> {
        if !passage.moved {
            self.only_b_before(passage.b.start)?;
            self.place_b = passage.b.end;
        }
        self.header(passage.a, passage.b, &notes(passage))?;
        let mut changes = passage.changes.as_slice();
        for edit in &passage.edits {
            if edit.op == EditOp::Equal {
                self.lines(' ', &self.comparison.a, edit.a)?;
            } else {
                self.lines('-', &self.comparison.a, edit.a)?;
                self.lines('+', &self.comparison.b, edit.b)?;
            }
            let done = |change: &&Change| change.a.end <= edit.a.end && change.b.end <= edit.b.end;
            let (here, later) = changes.split_at(changes.iter().take_while(done).count());
            here.iter().try_for_each(|change| self.change(change))?;
            changes = later;
        }
        changes.iter().try_for_each(|change| self.change(change))
    }

    /// What the words above it do to the meaning.
    fn change(&mut self, change: &Change) -> io::Result<()> {
        let said = said_of_change(self.comparison, change);
        self.to.line(&Line::of(format!("\\ {} {said}", change.severity.name()), Mark::Strong))
    }

    fn only_a(&mut self, segment: &Segment) -> io::Result<()> {
        if segment.words == 0 {
            return Ok(());
        }
        self.header(segment.span, Span::new(self.place_b, self.place_b), "unique")?;
        self.lines('-', &self.comparison.a, segment.span)
    }

    /// The stretches only B has that end before byte `end`.
    fn only_b_before(&mut self, end: usize) -> io::Result<()> {
        while let Some(&segment) = self.only_b.get(self.written_b).filter(|segment| segment.span.end <= end) {
            self.written_b += 1;
            if segment.words > 0 {
                let place_a = self.place_a(segment.span.start);
                self.header(Span::new(place_a, place_a), segment.span, "unique")?;
                self.lines('+', &self.comparison.b, segment.span)?;
            }
        }
        Ok(())
    }

    /// Byte of A after the passage that ends at byte `start` of B; the text's beginning or end where there is none.
    fn place_a(&self, start: usize) -> usize {
        let segments = &self.comparison.b.segments;
        let before = segments[..segments.partition_point(|segment| segment.span.start < start)].iter().rev();
        let passages = before.filter_map(|segment| segment.passage).map(|passage| &self.comparison.passages[passage]);
        passages.into_iter().find(|passage| !passage.moved).map_or(0, |passage| passage.a.end)
    }

    fn header(&mut self, a: Span, b: Span, notes: &str) -> io::Result<()> {
        let place = |side: &Side<'_>, span: Span| {
            let start = side.chars_before(span.start);
            format!("{start},{}", side.chars_before(span.end) - start)
        };
        let (a, b) = (place(&self.comparison.a, a), place(&self.comparison.b, b));
        self.to.line(&Line::of(format!("@@ -{a} +{b} @@"), Mark::Verbatim).and(format!(" {notes}"), Mark::Plain))
    }

    /// The lines of `span`, each after `sign`.
    fn lines(&mut self, sign: char, side: &Side<'_>, span: Span) -> io::Result<()> {
        let mark = match sign {
            '-' => Mark::Gone,
            '+' => Mark::New,
            _ => Mark::Plain,
        };
        for line in span.of(&side.document.text).lines() {
            let shown = visible(line);
            let shown = shown.trim_matches(' ');
            if !shown.is_empty() {
                self.to.line(&Line::of(format!("{sign}{shown}"), mark))?;
            }
        }
        Ok(())
    }
}

/// What is said of a passage after its place.
fn notes(passage: &Passage) -> String {
    let mut notes = vec![passage.kind.name().to_owned()];
    if passage.moved {
        notes.push("moved".to_owned());
    }
    notes.extend(quoted(passage).map(str::to_owned));
    notes.push(both_words(passage));
    if passage.kind != Kind::Verbatim {
        notes.push(format!("similarity {}", round4(passage.similarity)));
    }
    if !passage.changes.is_empty() {
        notes.push(count(passage.changes.len(), "change"));
    }
    notes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn written(comparison: &Comparison<'_>) -> String {
        let mut out = Vec::new();
        write(comparison, &View::default(), &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn the_whole_report() {
        insta::assert_snapshot!(written(&fixture::statements()));
    }

    #[test]
    fn every_passage_is_one_hunk() {
        let (a, b) = (
            "The two sides met on Monday. Both agreed to keep the bridge open all summer. Nobody was hurt in the storm.",
            "The two sides met on Monday. Both agreed to keep the old bridge shut all winter. Nobody was hurt in the storm.",
        );
        let (a, b) = (crate::Document::new("a", a), crate::Document::new("b", b));
        let comparison = crate::compare(&a, &b, &crate::Options::default());
        assert!(comparison.a.segments.len() > comparison.passages.len());
        let hunks = written(&comparison).lines().filter(|line| line.starts_with("@@")).count();
        assert_eq!(hunks, comparison.passages.len());
    }

    #[test]
    fn the_lines_of_either_side_are_its_text() {
        let comparison = fixture::statements();
        let report = written(&comparison);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let of = |signs: [char; 2]| {
            let lines = report.lines().skip(2).filter(|line| line.starts_with(signs));
            lines.map(letters).collect::<String>()
        };
        assert_eq!(of([' ', '-']), letters(&visible(&comparison.a.document.text)));
        let sorted = |text: &str| {
            let mut letters: Vec<_> = letters(text).chars().collect();
            letters.sort_unstable();
            letters
        };
        assert_eq!(sorted(&of([' ', '+'])), sorted(&comparison.b.document.text));
    }
}
