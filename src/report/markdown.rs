//! For pasting into an issue or a wiki: the gravest changes, a table of shares, every change with its sentences, the
//! passages as quotations with ~~deleted~~ and **inserted** words, and what only one side says. GitHub's Markdown.

mod changes;
mod quotation;

use super::facts::Facts;
use super::which::Which;
use super::wording::{both_words, likeness, longest, notes, quoted, shared, warnings};
use super::words::words;
use super::{View, capital, count, grouped, percent, title};
use crate::comparison::Comparison;
use crate::passage::{Edit, EditOp, Kind, Passage, SegmentKind};
use crate::span::Span;
use crate::unique::UniqueSentence;
use quotation::{Marks, Quotation, escaped};
use std::io::{self, Write};

/// Most changes and values listed.
const MOST_CHANGES: usize = 60;

/// Sentences of each side that stand before everything else.
const WEIGHTIEST: usize = 2;

/// Most passages listed.
const MOST_PASSAGES: usize = 60;

/// Most sentences listed that only one side says.
const MOST_SENTENCES: usize = 60;

/// Most moves listed.
const MOST_MOVES: usize = 60;

/// Most edits shown of one passage.
const MOST_EDITS: usize = 400;

/// Equal runs of more words than this are folded.
const LONGEST_EQUAL: usize = 60;

/// Words kept on either side of a fold.
const KEPT: usize = 20;

/// Writes the report; only `full` of `view` matters. Cost: linear in what is shown, and in the texts for their line
/// numbers.
pub(super) fn write(comparison: &Comparison<'_>, view: &View, out: &mut impl Write) -> io::Result<()> {
    let mut report = Report { facts: Facts::new(comparison), comparison, full: view.full, out };
    report.summary()?;
    report.changes()?;
    report.passages()?;
    report.moves()?;
    report.unique(Which::A)?;
    report.unique(Which::B)
}

struct Report<'c, W> {
    facts: Facts<'c>,
    comparison: &'c Comparison<'c>,
    full: bool,
    out: W,
}

impl<W: Write> Report<'_, W> {
    fn most(&self, limit: usize) -> usize {
        if self.full { usize::MAX } else { limit }
    }

    fn summary(&mut self) -> io::Result<()> {
        let scores = &self.comparison.scores;
        writeln!(self.out, "**{}**: {}.\n", capital(scores.verdict.name()), shared(&self.facts.accounts))?;
        self.gravest()?;
        Which::BOTH.into_iter().try_for_each(|which| self.weightiest(which))?;
        self.shares()?;
        let longest = count(scores.longest_words, "word");
        let similarity = likeness(scores.similarity);
        let (distance, resemblance) = (scores.simhash_distance, scores.resemblance);
        writeln!(
            self.out,
            "\nSimilarity: {similarity}. Longest shared run: {longest}. Simhash distance: {distance} of 64. Resemblance: {resemblance:.2}."
        )?;
        for warning in warnings(self.comparison) {
            writeln!(self.out, "\n**Beware**: {}.", escaped(&warning))?;
        }
        Ok(())
    }

    /// The weightiest that one side says alone.
    fn weightiest(&mut self, which: Which) -> io::Result<()> {
        let all = self.facts.only(which);
        if all.is_empty() {
            return Ok(());
        }
        let what = if all.len() > WEIGHTIEST { ", the weightiest" } else { "" };
        writeln!(self.out, "**Only {} says**, in {}{what}:\n", which.letter(), count(all.len(), "sentence"))?;
        for only in all.iter().take(WEIGHTIEST) {
            writeln!(self.out, "{}", self.only(which, only))?;
        }
        writeln!(self.out)
    }

    /// The table that accounts for every word: the kinds add to 100 %.
    fn shares(&mut self) -> io::Result<()> {
        let [a, b] = Which::BOTH.map(|which| escaped(&title(which.side(self.comparison))));
        writeln!(self.out, "| | A | B |\n|---|---:|---:|\n| document | {a} | {b} |")?;
        let accounts = self.facts.accounts;
        for kind in SegmentKind::ALL {
            let [a, b] = accounts.map(|account| account.percent(kind));
            writeln!(self.out, "| {} | {a} % | {b} % |", kind.name())?;
        }
        let [a, b] = accounts.map(|account| grouped(account.total()));
        writeln!(self.out, "| together | 100 % | 100 % |\n| in words | {a} | {b} |")?;
        let [a, b] = accounts;
        for ((name, in_a), (_, in_b)) in a.flagged().into_iter().zip(b.flagged()) {
            writeln!(self.out, "| of it {name} | {} | {} |", percent(a.share(in_a)), percent(b.share(in_b)))?;
        }
        let scores = &self.comparison.scores;
        writeln!(self.out, "| containment in the other | {:.2} | {:.2} |", scores.containment_a, scores.containment_b)
    }

    fn passages(&mut self) -> io::Result<()> {
        let all = &self.comparison.passages;
        if all.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\n## {}", count(all.len(), "shared passage"))?;
        let listed = longest(all, self.most(MOST_PASSAGES));
        if listed.len() < all.len() {
            writeln!(self.out, "\nThe {} longest; `--full` shows all.", listed.len())?;
        }
        for index in listed {
            let passage = &all[index];
            let notes = notes(&self.facts, index).join(", ");
            writeln!(self.out, "\n### {}. {notes}\n", grouped(index + 1))?;
            self.passage(passage)?;
        }
        Ok(())
    }

    fn passage(&mut self, passage: &Passage) -> io::Result<()> {
        let (a, b) = (&self.comparison.a.document.text, &self.comparison.b.document.text);
        if let (Kind::Reworded, [Edit { op: EditOp::Replace, .. }]) = (passage.kind, passage.edits.as_slice()) {
            writeln!(self.out, "> A: {}\n>\n> B: {}", escaped(passage.a.of(a)), escaped(passage.b.of(b)))?;
            return Ok(());
        }
        let mut quotation = Quotation::default();
        for edit in passage.edits.iter().take(self.most(MOST_EDITS)) {
            match edit.op {
                EditOp::Equal => self.equal(edit, &mut quotation),
                EditOp::Insert | EditOp::Delete | EditOp::Replace => {
                    quotation.marked(edit.a.of(a), Marks::GONE, !edit.b.is_empty());
                    quotation.marked(edit.b.of(b), Marks::NEW, false);
                }
            }
        }
        if passage.edits.len() > self.most(MOST_EDITS) {
            quotation.said("… the passage goes on; `--full` shows it whole.");
        }
        writeln!(self.out, "> {}", quotation.text.trim_end())
    }

    /// Equal words, as A spells them. Where only B has a space before or after them, it parts them from what only B
    /// says.
    fn equal(&self, edit: &Edit, quotation: &mut Quotation) {
        let in_b = edit.b.of(&self.comparison.b.document.text);
        if in_b.starts_with(char::is_whitespace) {
            quotation.space();
        }
        self.equal_in_a(edit.a, quotation);
        if in_b.ends_with(char::is_whitespace) {
            quotation.space();
        }
    }

    /// A's words whole, or with their middle folded.
    fn equal_in_a(&self, span: Span, quotation: &mut Quotation) {
        let text = &self.comparison.a.document.text;
        let words = words(text, span);
        if self.full || words.len() <= LONGEST_EQUAL {
            return quotation.plain(span.of(text));
        }
        let (head, tail) = (words[KEPT - 1].end, words[words.len() - KEPT].start);
        quotation.plain(&text[span.start..head]);
        quotation.said(&format!(" *… {} the same …* ", count(words.len() - 2 * KEPT, "word")));
        quotation.plain(&text[tail..span.end]);
    }

    /// The passages out of the main order, in A's order.
    fn moves(&mut self) -> io::Result<()> {
        let moves = &self.facts.moves;
        if moves.is_empty() {
            return Ok(());
        }
        let order = if moves.len() > 1 { ", in A's order" } else { "" };
        writeln!(self.out, "\n## {}{order}\n", count(moves.len(), "move"))?;
        for one in moves.iter().take(self.most(MOST_MOVES)) {
            let passage = &self.comparison.passages[one.passage];
            let [from, to] = Which::BOTH.map(|which| grouped(self.facts.line(which, passage)));
            let quoted = quoted(passage).map(|quoted| format!(", {quoted}")).unwrap_or_default();
            writeln!(
                self.out,
                "- line {from} of A → line {to} of B, {}: passage {}, {}, {}{quoted}",
                one.direction(),
                grouped(one.passage + 1),
                passage.kind.name(),
                both_words(passage)
            )?;
        }
        match moves.len().saturating_sub(self.most(MOST_MOVES)) {
            0 => Ok(()),
            more => writeln!(self.out, "- … and {} more; `--full` shows all.", count(more, "move")),
        }
    }

    /// What only one side says, the weightiest first, each with its line.
    fn unique(&mut self, which: Which) -> io::Result<()> {
        let all = self.facts.only(which);
        if all.is_empty() {
            return Ok(());
        }
        let order = if all.len() > 1 { ", weightiest first" } else { "" };
        writeln!(self.out, "\n## Only in {}: {}{order}\n", which.letter(), count(all.len(), "sentence"))?;
        for only in all.iter().take(self.most(MOST_SENTENCES)) {
            writeln!(self.out, "{}", self.only(which, only))?;
        }
        match all.len().saturating_sub(self.most(MOST_SENTENCES)) {
            0 => Ok(()),
            more => writeln!(self.out, "- … and {} more; `--full` shows all.", count(more, "sentence")),
        }
    }

    /// A sentence that only one side says as an item of a list, with dots where it goes on in a passage.
    fn only(&self, which: Which, only: &UniqueSentence) -> String {
        let line = grouped(which.of(&self.facts.lines).of(only.span.start));
        let before = if only.cut_before { "… " } else { "" };
        let after = if only.cut_after { " …" } else { "" };
        let text = &which.side(self.comparison).document.text;
        format!("- line {line}: {before}{}{after}", escaped(only.span.of(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Draft, Piece, equal, insert, only, replace};
    use super::*;

    fn written(comparison: &Comparison<'_>, full: bool) -> String {
        let mut out = Vec::new();
        write(comparison, &View { full, ..View::default() }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn the_whole_report() {
        insta::assert_snapshot!(written(&fixture::statements(), false));
    }

    #[test]
    fn a_space_that_only_b_has_parts_words_from_an_insertion() {
        let quotation = |edits| {
            let drafts = [Draft::new(Kind::Edited, edits)];
            let report = written(&fixture::comparison(&[Piece::Passage(0)], &[Piece::Passage(0)], &drafts), false);
            report.lines().find(|line| line.starts_with('>')).map(str::to_owned)
        };
        let same = |a: &str, b: &str| (EditOp::Equal, a.to_owned(), b.to_owned());
        let before = vec![equal("vacancies are "), insert("much"), same("easier to fill.", " easier to fill.")];
        assert_eq!(quotation(before).as_deref(), Some("> vacancies are **much** easier to fill."));
        let after = vec![same("easier to fill", "easier to fill "), insert("now")];
        assert_eq!(quotation(after).as_deref(), Some("> easier to fill **now**"));
    }

    #[test]
    fn long_runs_fold_and_long_lists_are_cut_unless_all_is_wanted() {
        let long = (0..100).map(|at| format!("w{at} ")).collect::<String>();
        let drafts = vec![Draft::new(Kind::Edited, vec![equal(&long), replace("x ", "y "), insert("z ")]); 61];
        let sentences = "Only here. ".repeat(70);
        let a = (0..61).map(Piece::Passage).chain([only(&sentences)]).collect::<Vec<_>>();
        let comparison = fixture::comparison(&a, &[Piece::Passage(0)], &drafts);
        let short = written(&comparison, false);
        assert!(short.contains("w19 *… 60 words the same …* w80 "), "{short}");
        assert!(short.contains("The 60 longest") && short.contains("… and 10 sentences more"));
        let full = written(&comparison, true);
        assert!(full.contains("w50 ") && full.contains("### 61.") && !full.contains("--full"));
    }
}
