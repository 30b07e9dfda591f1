//! What the reports for people tell of changes: those of one sentence together, the gravest sentences first, and in words
//! how many there are.

use super::visible::visible;
use super::which::Which;
use super::wording::{count, grouped};
use crate::change::{Change, Harmless, HarmlessReason, Severity};
use crate::comparison::Comparison;
use crate::passage::Kind;
use crate::span::Span;
use crate::verdict::Verdict;
use std::borrow::Cow;

/// Characters of a sentence shown on either side of what changed in it.
const CONTEXT: usize = 240;

/// Characters shown of what stood before, and of what stands after.
const WORDS: usize = 60;

/// The changes of a comparison, and the differences that are none.
#[derive(Debug)]
pub(super) struct Changes<'c> {
    /// Those of one pair of sentences together, the gravest first; pairs of sentences by the gravest in them, then in A's
    /// order. The number of a change is its index from 1.
    pub listed: Vec<Listed<'c>>,
    /// In the order of the passages.
    pub harmless: Vec<&'c Harmless>,
    /// Passages with the numbers of their changes, sorted.
    by_passage: Vec<(usize, usize)>,
}

/// A change, and the index of its passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'c> {
    pub change: &'c Change,
    pub passage: usize,
}

/// The changes in one pair of sentences, to be shown together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'l, 'c> {
    /// Number of the first.
    pub number: usize,
    pub listed: &'l [Listed<'c>],
}

impl<'c> Changes<'c> {
    /// Cost: that of a sort.
    pub fn new(comparison: &'c Comparison<'_>) -> Self {
        let passages = comparison.passages.iter().enumerate();
        let mut listed: Vec<_> = passages
            .flat_map(|(passage, of)| of.changes.iter().map(move |change| Listed { change, passage }))
            .collect();
        let key = |Listed { change, passage }: &Listed<'_>| {
            (sentences(change), change.severity, change.a, change.b, *passage)
        };
        listed.sort_by_key(key);
        let mut together: Vec<_> =
            listed.chunk_by(|one, next| sentences(one.change) == sentences(next.change)).collect();
        together.sort_by_key(|listed| (listed[0].change.severity, listed[0].change.a, listed[0].change.b));
        let listed = together.concat();
        let mut by_passage: Vec<_> = listed.iter().enumerate().map(|(at, listed)| (listed.passage, at + 1)).collect();
        by_passage.sort_unstable();
        Self {
            by_passage,
            listed,
            harmless: comparison.passages.iter().flat_map(|passage| &passage.harmless).collect(),
        }
    }

    /// How many of each severity, as in [`Severity::ALL`].
    pub fn counts(&self) -> [(Severity, usize); Severity::ALL.len()] {
        let of = |severity| self.listed.iter().filter(|listed| listed.change.severity == severity).count();
        Severity::ALL.map(|severity| (severity, of(severity)))
    }

    /// The gravest, `most` at most; of one severity in the order of their numbers.
    pub fn gravest(&self, most: usize) -> Vec<(usize, Listed<'c>)> {
        let of = |severity| {
            let all = self.listed.iter().enumerate();
            all.filter(move |(_, listed)| listed.change.severity == severity).map(|(at, listed)| (at + 1, *listed))
        };
        Severity::ALL.into_iter().flat_map(of).take(most).collect()
    }

    /// All of them, those in the same sentences together.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_, 'c>> {
        let mut number = 1;
        self.listed.chunk_by(|one, next| sentences(one.change) == sentences(next.change)).map(move |listed| {
            let entry = Entry { number, listed };
            number += listed.len();
            entry
        })
    }

    /// The numbers of the changes in passage `index`, in rising order.
    pub fn numbers(&self, index: usize) -> impl Iterator<Item = usize> {
        let first = self.by_passage.partition_point(|&(passage, _)| passage < index);
        self.by_passage[first..].iter().take_while(move |&&(passage, _)| passage == index).map(|&(_, number)| number)
    }

    /// How many there are, as `3 changes of meaning: 1 material, 2 notable` or `2 material changes of meaning`.
    pub fn counted(&self) -> String {
        if self.listed.is_empty() {
            // A kind that has no words here, as "rose" for "fell", may still differ.
            return "No change of number, date, name, negation or the like was found".to_owned();
        }
        let some: Vec<_> = self.counts().into_iter().filter(|(_, count)| *count > 0).collect();
        if let [(severity, all)] = some[..] {
            return format!("{} of meaning", count(all, &format!("{} change", severity.name())));
        }
        let said: Vec<_> =
            some.iter().map(|(severity, count)| format!("{} {}", grouped(*count), severity.name())).collect();
        format!("{} of meaning: {}", count(self.listed.len(), "change"), said.join(", "))
    }

    /// The same, and how many differences are none: a sentence without its end.
    pub fn summed_up(&self) -> String {
        match self.harmless.len() {
            0 => self.counted(),
            harmless => format!("{}; {}", self.counted(), count(harmless, "harmless difference")),
        }
    }

    /// How many differences are none, as `3 harmless differences: 2 spelling, 1 synonym` or `2 harmless differences:
    /// spelling`.
    pub fn harmless_counted(&self) -> String {
        let of = |reason| self.harmless.iter().filter(|same| same.reason == reason).count();
        let by_reason = HarmlessReason::ALL.map(|reason| (reason, of(reason)));
        let some: Vec<_> = by_reason.into_iter().filter(|(_, count)| *count > 0).collect();
        let said: Vec<_> = match some[..] {
            [(reason, _)] => vec![said_of(reason).to_owned()],
            _ => some.iter().map(|(reason, count)| format!("{} {}", grouped(*count), said_of(*reason))).collect(),
        };
        format!("{}: {}", count(self.harmless.len(), "harmless difference"), said.join(", "))
    }
}

/// Whether there are edits and none of them changes the meaning.
pub(super) fn is_unchanged(comparison: &Comparison<'_>) -> bool {
    let mut passages = comparison.passages.iter();
    comparison.scores.verdict != Verdict::Identical
        && comparison.passages.iter().all(|passage| passage.changes.is_empty())
        && passages.any(|passage| passage.kind != Kind::Verbatim)
}

/// A reason as people read it.
pub(super) fn said_of(reason: HarmlessReason) -> &'static str {
    match reason {
        HarmlessReason::ListOrder => "order of a list",
        HarmlessReason::MovedNegation => "moved negation",
        HarmlessReason::Form => "case or script",
        HarmlessReason::Particle => "particle or honorific",
        HarmlessReason::Value => "same value",
        HarmlessReason::Voice => "active or passive",
        _ => reason.name(),
    }
}

/// The sentences around a change.
const fn sentences(change: &Change) -> (Span, Span) {
    (change.sentence_a, change.sentence_b)
}

/// What differs between two places, in words: `10 → 11`, `added: not`, `dropped: not`. Visible, and cut where long.
pub(super) fn difference(comparison: &Comparison<'_>, a: Span, b: Span) -> String {
    let [before, after] = [(Which::A, a), (Which::B, b)].map(|(which, span)| words(comparison, which, span));
    match (before.is_empty(), after.is_empty()) {
        (true, _) => format!("added: {after}"),
        (_, true) => format!("dropped: {before}"),
        _ => format!("{before} → {after}"),
    }
}

/// What changed, in words: `10 → 11`.
pub(super) fn difference_of(comparison: &Comparison<'_>, change: &Change) -> String {
    let shown = |which: Which| which.shown_of(change, &which.side(comparison).document.text);
    difference(comparison, shown(Which::A), shown(Which::B))
}

/// What changed, in words: `number: 10 → 11`, `negation added: not`.
pub(super) fn said_of_change(comparison: &Comparison<'_>, change: &Change) -> String {
    let colon = if change.a.is_empty() || change.b.is_empty() { "" } else { ":" };
    format!("{}{colon} {}", change.kind.name(), difference_of(comparison, change))
}

/// The words of one side at `span`: visible, on one line, and cut where long.
pub(super) fn words<'c>(comparison: &'c Comparison<'_>, which: Which, span: Span) -> Cow<'c, str> {
    let text = span.of(&which.side(comparison).document.text).trim();
    match text.char_indices().nth(WORDS) {
        Some((cut, _)) => Cow::Owned(format!("{}…", visible(&text[..cut]))),
        None => visible(text),
    }
}

/// What changed on one side, as [`words`] has it.
pub(super) fn words_of<'c>(comparison: &'c Comparison<'_>, which: Which, change: &Change) -> Cow<'c, str> {
    words(comparison, which, which.shown_of(change, &which.side(comparison).document.text))
}

/// A stretch of a sentence, cut into what changed and what did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Context {
    /// The sentence goes on to the left.
    pub cut_before: bool,
    /// Pieces in order, each with the number of the change it belongs to.
    pub pieces: Vec<(Span, Option<usize>)>,
    /// The sentence goes on to the right.
    pub cut_after: bool,
}

impl Entry<'_, '_> {
    /// The passage of the first.
    pub fn passage(&self) -> usize {
        self.listed[0].passage
    }

    /// The changes with their numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &Change)> {
        self.listed.iter().enumerate().map(|(at, listed)| (self.number + at, listed.change))
    }

    /// Where the first of them stands on one side, for its line.
    pub fn place(&self, which: Which) -> usize {
        which.of_change(self.listed[0].change).start
    }

    /// The sentence around them on one side; of a long one the part around what changed.
    pub fn context(&self, comparison: &Comparison<'_>, which: Which) -> Context {
        let side = which.side(comparison);
        let text = &side.document.text;
        let mut sentence = which.sentence_of(self.listed[0].change).trimmed(text);
        let mut places: Vec<_> =
            self.numbered().map(|(number, change)| (which.shown_of(change, text), number)).collect();
        places.sort_unstable();
        let (first, last) = (places[0].0.start, places.iter().map(|(span, _)| span.end).max().unwrap_or_default());
        if last > sentence.end {
            // What changed may reach into the next sentence.
            let next = side.sentences.get(side.sentences.partition_point(|sentence| sentence.end < last));
            sentence.end = next.map_or(last, |next| next.trimmed(text).end).max(last);
        }
        let shown = Span::new(cut_before(text, sentence.start, first), cut_after(text, last, sentence.end));
        let (mut pieces, mut at) = (Vec::new(), shown.start);
        for (span, number) in places {
            let span = Span::new(span.start.max(at), span.end.max(at));
            if !span.is_empty() {
                pieces.extend((span.start > at).then_some((Span::new(at, span.start), None)));
                pieces.push((span, Some(number)));
                at = span.end;
            }
        }
        pieces.extend((shown.end > at).then_some((Span::new(at, shown.end), None)));
        Context { cut_before: shown.start > sentence.start, pieces, cut_after: shown.end < sentence.end }
    }
}

/// Where the last [`CONTEXT`] characters before byte `to` begin, from a word on, not before `from`.
fn cut_before(text: &str, from: usize, to: usize) -> usize {
    let Some(before) = text.get(from..to) else { return to };
    let Some((cut, _)) = before.char_indices().rev().nth(CONTEXT) else { return from };
    let space = before[cut..].find(char::is_whitespace).map_or(cut, |at| cut + at);
    from + before.len() - before[space..].trim_start().len()
}

/// Where the first [`CONTEXT`] characters after byte `from` end, with a word, not after `to`.
fn cut_after(text: &str, from: usize, to: usize) -> usize {
    let Some(after) = text.get(from..to) else { return from };
    let Some((cut, _)) = after.char_indices().nth(CONTEXT) else { return to };
    let space = after[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    from + after[..space].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_gravest_come_first_and_all_are_counted() {
        let comparison = fixture::statements();
        let changes = Changes::new(&comparison);
        assert_eq!(changes.counted(), "3 changes of meaning: 1 material, 1 notable, 1 minor");
        assert_eq!(changes.summed_up(), changes.counted() + "; 1 harmless difference");
        assert_eq!(changes.harmless_counted(), "1 harmless difference: synonym");
        let said = |listed: &Listed<'_>| difference(&comparison, listed.change.a, listed.change.b);
        let said: Vec<_> = changes.listed.iter().map(said).collect();
        assert_eq!(said, ["19 → 20", "added: in Da Nang", "dropped: very"]);
        let numbers = |index| changes.numbers(index).collect::<Vec<_>>();
        assert_eq!((numbers(1), numbers(2)), (vec![1, 2, 3], vec![]));
    }

    #[test]
    fn where_none_was_found_it_is_said_of_what_was_looked_for() {
        let mut comparison = fixture::statements();
        comparison.passages.iter_mut().for_each(|passage| passage.changes.clear());
        let counted = Changes::new(&comparison).counted();
        assert_eq!(counted, "No change of number, date, name, negation or the like was found");
    }

    #[test]
    fn changes_in_one_sentence_are_shown_together() {
        let mut comparison = fixture::statements();
        let in_another =
            Change { severity: Severity::Notable, sentence_a: Span::new(0, 9), ..comparison.passages[1].changes[0] };
        comparison.passages[2].changes.push(in_another);
        let changes = Changes::new(&comparison);
        let entries: Vec<_> = changes.entries().collect();
        let found: Vec<_> = entries.iter().map(|entry| (entry.number, entry.listed.len(), entry.passage())).collect();
        assert_eq!(found, [(1, 3, 1), (4, 1, 2)]);
        assert_eq!(changes.gravest(3).iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 4]);
        let context = entries[0].context(&comparison, Which::B);
        let text = &comparison.b.document.text;
        let pieces: Vec<_> = context.pieces.iter().map(|(span, number)| (span.of(text), *number)).collect();
        let expected = [
            ("Both said that relations are important, and that a *summit* of ", None),
            ("20", Some(1)),
            (" states would be held <soon> ", None),
            ("in Da Nang", Some(2)),
            (".", None),
        ];
        assert_eq!(pieces, expected);
        assert_eq!((context.cut_before, context.cut_after), (false, false));
    }

    #[test]
    fn a_change_that_reaches_into_the_next_sentence_is_shown_with_it() {
        let mut comparison = fixture::statements();
        let change = &mut comparison.passages[1].changes[1];
        let (start, end) = (change.sentence_b.start - 5, change.sentence_b.start);
        change.sentence_b = Span::new(start, end);
        let changes = Changes::new(&comparison);
        let context = changes.entries().next().expect("there are changes").context(&comparison, Which::B);
        let last = context.pieces.last().map(|(span, _)| span.of(&comparison.b.document.text));
        assert_eq!((last, context.cut_after), (Some(" states would be held <soon> in Da Nang."), false));
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "one two ".repeat(200) + "HERE" + &" three four".repeat(200);
        let here = text.find("HERE").expect("it is there");
        let before = &text[cut_before(&text, 0, here)..here];
        assert!(before.starts_with("one two") || before.starts_with("two one"), "{before}");
        let after = &text[here + 4..cut_after(&text, here + 4, text.len())];
        assert!(after.ends_with(" three") || after.ends_with(" four"), "{after}");
        assert!(before.chars().count() <= CONTEXT + 1 && after.chars().count() <= CONTEXT);
        assert_eq!((cut_before(&text, here - 8, here), cut_after(&text, here, here + 9)), (here - 8, here + 9));
    }

    #[test]
    fn nothing_changed_is_said_only_of_what_was_edited() {
        let mut comparison = fixture::statements();
        assert!(!is_unchanged(&comparison));
        comparison.passages[1].changes.clear();
        assert!(is_unchanged(&comparison));
        comparison.passages.retain(|passage| passage.kind == Kind::Verbatim);
        assert!(!is_unchanged(&comparison));
    }
}
