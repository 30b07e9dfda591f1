//! For pasting into an issue or a wiki: a table of shares, the passages as quotations with ~~deleted~~ and
//! **inserted** words, and what only one side says. GitHub's Markdown.

use super::place::{Lines, UniqueSentence, unique_sentences};
use super::wording::{longest, notes, shared, warnings};
use super::words::words;
use super::{View, capital, count, grouped, percent, title, visible};
use crate::compare::{Comparison, Side};
use crate::passage::{Edit, EditOp, Kind, Passage, SegmentKind};
use crate::span::Span;
use std::io::{self, Write};

/// Most passages listed.
const MOST_PASSAGES: usize = 60;

/// Most sentences listed that only one side says.
const MOST_SENTENCES: usize = 60;

/// Most edits shown of one passage.
const MOST_EDITS: usize = 400;

/// Equal runs of more words than this are folded.
const LONGEST_EQUAL: usize = 60;

/// Words kept on either side of a fold.
const KEPT: usize = 20;

/// Writes the report; only `full` of `view` matters. Cost: linear in what is shown, and in the texts for their line
/// numbers.
pub(super) fn write(comparison: &Comparison<'_>, view: &View, out: &mut impl Write) -> io::Result<()> {
    let lines = |side: &Side<'_>| Lines::new(&side.document.text);
    let (lines_a, lines_b) = (lines(&comparison.a), lines(&comparison.b));
    let mut report = Report { comparison, full: view.full, lines_a, lines_b, out };
    report.summary()?;
    report.passages()?;
    report.unique("A", &comparison.a)?;
    report.unique("B", &comparison.b)
}

struct Report<'c, W> {
    comparison: &'c Comparison<'c>,
    full: bool,
    lines_a: Lines,
    lines_b: Lines,
    out: W,
}

impl<W: Write> Report<'_, W> {
    fn most(&self, limit: usize) -> usize {
        if self.full { usize::MAX } else { limit }
    }

    fn summary(&mut self) -> io::Result<()> {
        let (a, b) = (&self.comparison.a, &self.comparison.b);
        let scores = &self.comparison.scores;
        writeln!(self.out, "**{}**: {}.\n", capital(scores.verdict.name()), shared(scores))?;
        writeln!(self.out, "| | A | B |\n|---|---:|---:|")?;
        writeln!(self.out, "| document | {} | {} |", escaped(&title(a)), escaped(&title(b)))?;
        for kind in SegmentKind::ALL {
            writeln!(self.out, "| {} | {} | {} |", kind.name(), percent(a.share(kind)), percent(b.share(kind)))?;
        }
        writeln!(self.out, "| words | {} | {} |", grouped(a.words), grouped(b.words))?;
        writeln!(
            self.out,
            "| containment in the other | {:.2} | {:.2} |\n",
            scores.containment_a, scores.containment_b
        )?;
        let longest = count(scores.longest_words, "word");
        let (distance, resemblance) = (scores.simhash_distance, scores.resemblance);
        writeln!(
            self.out,
            "Longest shared run: {longest}. Simhash distance: {distance} of 64. Resemblance: {resemblance:.2}."
        )?;
        for warning in warnings(self.comparison) {
            writeln!(self.out, "\n**Beware**: {}.", escaped(&warning))?;
        }
        Ok(())
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
            let notes = notes(passage, &self.lines_a, &self.lines_b).join(", ");
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

    fn unique(&mut self, name: &str, side: &Side<'_>) -> io::Result<()> {
        let mut sentences = unique_sentences(side);
        let listed: Vec<_> = sentences.by_ref().take(self.most(MOST_SENTENCES)).collect();
        let more = sentences.count();
        if listed.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\n## Only in {name}: {}\n", count(listed.len() + more, "sentence"))?;
        for sentence in &listed {
            writeln!(self.out, "- {}", entry(&side.document.text, sentence))?;
        }
        if more > 0 {
            writeln!(self.out, "- … and {} more; `--full` shows all.", count(more, "sentence"))?;
        }
        Ok(())
    }
}

/// A sentence, with dots where it goes on in a passage.
fn entry(text: &str, sentence: &UniqueSentence) -> String {
    let before = if sentence.cut_before { "… " } else { "" };
    let after = if sentence.cut_after { " …" } else { "" };
    format!("{before}{}{after}", escaped(sentence.span.of(text)))
}

/// The text of a quotation, in Markdown.
#[derive(Debug, Default)]
struct Quotation {
    text: String,
}

impl Quotation {
    /// Words of a document.
    fn plain(&mut self, text: &str) {
        let shown = visible(text);
        match self.text.is_empty() {
            true => self.text.push_str(&line_escaped(shown.trim_start())),
            false if self.text.ends_with(' ') => self.text.push_str(&specials_escaped(shown.trim_start())),
            false => self.text.push_str(&specials_escaped(&shown)),
        }
    }

    /// A space, where none stands and something does.
    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Words of the report.
    fn said(&mut self, markdown: &str) {
        self.text.push_str(markdown);
    }

    /// Words of a document between marks. `apart`: a space is to follow. Markdown's marks are only seen as such with
    /// a letter inside or a space outside; elsewhere tags stand for them.
    fn marked(&mut self, text: &str, marks: Marks, apart: bool) {
        let shown = visible(text);
        let inside = shown.trim_matches(' ');
        if inside.is_empty() {
            return;
        }
        if shown.starts_with(' ') {
            self.space();
        }
        let spaced = self.text.is_empty() || self.text.ends_with(' ');
        let opens = spaced || (inside.starts_with(char::is_alphanumeric) && !self.text.ends_with(['~', '*']));
        let apart = apart || shown.ends_with(' ');
        let closes = inside.ends_with(char::is_alphanumeric) || apart;
        let (open, close) = if opens && closes { (marks.sign, marks.sign) } else { (marks.open, marks.close) };
        self.text.push_str(open);
        self.text.push_str(&specials_escaped(inside));
        self.text.push_str(close);
        if apart {
            self.text.push(' ');
        }
    }
}

/// What stands around marked words: Markdown's sign, or a pair of tags.
#[derive(Debug, Clone, Copy)]
struct Marks {
    sign: &'static str,
    open: &'static str,
    close: &'static str,
}

impl Marks {
    const GONE: Self = Self { sign: "~~", open: "<del>", close: "</del>" };
    const NEW: Self = Self { sign: "**", open: "<strong>", close: "</strong>" };
}

/// Document text that stands for itself, alone on a line.
fn escaped(text: &str) -> String {
    line_escaped(visible(text).trim())
}

/// Visible text that stands for itself at the beginning of a line.
fn line_escaped(shown: &str) -> String {
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    match shown[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &shown[..digits], specials_escaped(&shown[digits..])),
        Some('#' | '+' | '-' | '=') if digits == 0 => format!("\\{}", specials_escaped(shown)),
        _ => specials_escaped(shown),
    }
}

/// Visible text with a backslash before what Markdown would read as markup, and `@` kept from calling anyone.
fn specials_escaped(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len() + shown.len() / 8);
    let mut before = None;
    for c in shown.chars() {
        if "\\`*_[]<>|~&$".contains(c) {
            text.push('\\');
        }
        text.push(c);
        if c == '@' && !before.is_some_and(char::is_alphanumeric) {
            text.push_str("<!-- -->");
        }
        before = Some(c);
    }
    text
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
    fn markup_in_a_text_stands_for_itself() {
        assert_eq!(escaped("# not a *heading* <b>"), "\\# not a \\*heading\\* \\<b\\>");
        assert_eq!(escaped("1. no list"), "1\\. no list");
        assert_eq!(escaped("1984 was | is"), "1984 was \\| is");
        assert_eq!(escaped("ask @all, a@b"), "ask @<!-- -->all, a@b");
    }

    #[test]
    fn marks_beside_punctuation_are_tags() {
        let mut quotation = Quotation::default();
        quotation.plain("重视两国关系");
        quotation.marked("，并", Marks::NEW, false);
        quotation.plain("愿 ");
        quotation.marked("(so)", Marks::GONE, true);
        assert_eq!(quotation.text, "重视两国关系<strong>，并</strong>愿 ~~(so)~~ ");
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
