//! The lists below the texts: passages, moves, and what only one side says.

use super::Page;
use super::sides::SideView;
use super::text::excerpt;
use crate::passage::Passage;
use crate::report::facts::Facts;
use crate::report::moves::Move;
use crate::report::place::Lines;
use crate::report::visible::visible;
use crate::report::which::Which;
use crate::report::wording::{both_words, count, grouped, quoted};
use crate::span::Span;
use crate::unique::UniqueSentence;
use std::borrow::Cow;

/// Passages, and sentences of a side, that the lists hold at most. The texts are complete in any case; a longer list
/// helps nobody and doubles the page.
pub(super) const LISTED: usize = 2000;

/// Characters of a passage shown in the list.
const BEGINNING: usize = 110;

/// Sentences of each side shown on the first screen, and characters of each.
const WEIGHTIEST: usize = 2;
const SAID: usize = 160;

/// A passage in the list.
pub(super) struct Row<'c> {
    pub number: usize,
    pub kind: &'static str,
    pub moved: bool,
    pub flags: String,
    pub similarity: String,
    pub words: String,
    pub lines: [String; 2],
    pub begins: Cow<'c, str>,
}

/// A move in the list.
pub(super) struct MoveRow<'c> {
    pub number: usize,
    pub kind: &'static str,
    pub lines: [String; 2],
    pub direction: &'static str,
    pub arrow: char,
    pub words: String,
    pub begins: Cow<'c, str>,
}

/// A sentence that only one side has.
pub(super) struct Only {
    pub segment: usize,
    pub line: String,
    pub weight: String,
    pub text: String,
}

impl<'c> Page<'c> {
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.comparison.passages.iter().enumerate().take(LISTED).map(|(index, passage)| self.row(index, passage))
    }

    fn row(&self, index: usize, passage: &'c Passage) -> Row<'c> {
        Row {
            number: index + 1,
            kind: passage.kind.name(),
            moved: passage.moved,
            flags: flags(passage),
            similarity: format!("{:.2}", passage.similarity),
            words: format!("{}, {}", grouped(passage.words_a), grouped(passage.words_b)),
            lines: self.lines(passage),
            begins: excerpt(&self.comparison.a.document.text, passage.a, BEGINNING),
        }
    }

    /// First and last lines of a passage on both sides.
    fn lines(&self, passage: &Passage) -> [String; 2] {
        Which::BOTH.map(|which| lines(which.of(&self.facts.lines), passage.span(which)))
    }

    pub(super) fn rows_left(&self) -> Option<String> {
        left(self.comparison.passages.len(), "passages", "both texts above are complete")
    }

    pub(super) fn moves(&self) -> impl Iterator<Item = MoveRow<'_>> {
        self.facts.moves.iter().take(LISTED).map(|one| self.move_row(*one))
    }

    fn move_row(&self, one: Move) -> MoveRow<'c> {
        let passage = &self.comparison.passages[one.passage];
        MoveRow {
            number: one.passage + 1,
            kind: passage.kind.name(),
            lines: self.lines(passage),
            direction: one.direction(),
            arrow: if one.earlier { '↑' } else { '↓' },
            words: both_words(passage),
            begins: excerpt(&self.comparison.a.document.text, passage.a, BEGINNING),
        }
    }

    pub(super) fn moves_left(&self) -> Option<String> {
        left(self.facts.moves.len(), "moves", "both texts above are complete")
    }

    /// What only `side` says, the weightiest first.
    pub(super) fn only(&self, side: &SideView<'_>) -> impl Iterator<Item = Only> {
        let which = side.which;
        self.facts.only(which).iter().take(LISTED).map(move |sentence| only(self.facts, which, sentence))
    }

    /// What the few weightiest are out of, where there are any.
    pub(super) fn weightiest_title(&self, side: &SideView<'_>) -> Option<String> {
        let all = self.facts.only(side.which).len();
        let what = if all > WEIGHTIEST { ", the weightiest" } else { "" };
        (all > 0).then(|| format!("in {}{what}", count(all, "sentence")))
    }

    /// The few weightiest sentences that only `side` says, their beginnings.
    pub(super) fn weightiest(&self, side: &SideView<'_>) -> impl Iterator<Item = Only> {
        let which = side.which;
        let shorten =
            |only: Only| Only { text: excerpt(&only.text, Span::new(0, only.text.len()), SAID).into_owned(), ..only };
        self.facts.only(which).iter().take(WEIGHTIEST).map(move |sentence| shorten(only(self.facts, which, sentence)))
    }

    pub(super) fn only_left(&self, side: &SideView<'_>) -> Option<String> {
        left(self.facts.only(side.which).len(), "sentences", &format!("the text of {} above is complete", side.letter))
    }
}

fn only(facts: &Facts<'_>, which: Which, sentence: &UniqueSentence) -> Only {
    let side = which.side(facts.comparison);
    let mark = |cut| if cut { "…" } else { "" };
    let text = visible(sentence.span.of(&side.document.text));
    Only {
        segment: side.segments.partition_point(|segment| segment.span.end <= sentence.span.start),
        line: grouped(which.of(&facts.lines).of(sentence.span.start)),
        weight: format!("{:.0}", sentence.weight),
        text: format!("{}{text}{}", mark(sentence.cut_before), mark(sentence.cut_after)),
    }
}

/// What is said below a list that does not have all of its things.
pub(super) fn left(all: usize, things: &str, complete: &str) -> Option<String> {
    (all > LISTED)
        .then(|| format!("The first {} of {} {things} are listed; {complete}.", grouped(LISTED), grouped(all)))
}

/// What else there is to say of a passage, to stand after its kind.
fn flags(passage: &Passage) -> String {
    let said = [passage.moved.then_some("moved"), quoted(passage)];
    said.into_iter().flatten().fold(String::new(), |flags, flag| flags + " " + flag)
}

/// First and last line of a span.
fn lines(lines: &Lines, span: Span) -> String {
    let (first, last) = (lines.of(span.start), lines.of(span.end.saturating_sub(1).max(span.start)));
    if first == last { grouped(first) } else { format!("{}–{}", grouped(first), grouped(last)) }
}
