//! Who speaks: whether a quotation has a named speaker, in its own sentence or beside it.

use crate::change::fact::{Fact, Side, Source};
use crate::change::kind::ChangeKind;
use crate::change::lexicon::Cue;
use crate::change::names::{ends_in_title, is_surname};
use crate::change::reading::CueAt;
use crate::change::tables::{chinese, english, korean};
use crate::span::Span;
use crate::text::Sentence;

/// Longest sentence beside its own in which a speaker is looked for, in tokens.
const LONGEST: usize = 24;

/// Whether someone is named outside the quotation, and a word outside says that they speak.
pub(super) fn is_named(side: &Side<'_>, span: Span) -> bool {
    let text = side.text.text;
    let before = text[..span.start].trim_end();
    let after = &text[span.end..];
    // A comma before the closing mark leads on to the speaker.
    let comma = || {
        span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && c != ',' && c != '，').ends_with([',', '，'])
    };
    let particle = || korean::QUOTING.iter().any(|particle| after.starts_with(particle));
    let marked = before.ends_with([':', '：']) || particle() || comma();
    let mut said = Said::of(side, span);
    if said.named && (said.speaks || marked) {
        return true;
    }
    for sentence in beside(side, span) {
        let source = Source { tokens: side.text, quotations: side.quotations };
        said = said.or(Said::of(&Side::read(source, sentence.tokens.clone()), span));
    }
    said.named && (said.speaks || marked) || follows(side, span) || goes_on(side, span, said.speaks || marked)
}

/// What is said outside of a quotation.
#[derive(Debug, Clone, Copy)]
struct Said {
    named: bool,
    speaks: bool,
}

impl Said {
    fn of(side: &Side<'_>, span: Span) -> Self {
        let outside = |other: Span| !other.meets(span);
        let facts = || side.facts.iter().filter(|fact| outside(fact.span));
        let speaks = |fact: &Fact| fact.kind == ChangeKind::Attribution;
        let titled = || {
            let title = |cue: &CueAt| cue.found.group.cue == Cue::Title && outside(cue.span);
            let word = |token: u32| side.text.span(token as usize);
            let ends = |token: u32| outside(word(token)) && ends_in_title(word(token).of(side.text.text));
            side.others.iter().any(title) || side.tokens.clone().take(LONGEST).any(ends)
        };
        let named = facts().any(|fact| fact.kind == ChangeKind::Name)
            || titled()
            || facts().any(|fact| speaks(fact) && is_said_by_person(side, fact));
        Self { named, speaks: facts().any(speaks) }
    }

    fn or(self, other: Self) -> Self {
        Self { named: self.named || other.named, speaks: self.speaks || other.speaks }
    }
}

/// The sentences in which a quotation of several begins and ends, where they lie outside of the side.
fn beside<'t>(side: &Side<'t>, span: Span) -> impl Iterator<Item = &'t Sentence> {
    let sentences = &side.text.sentences;
    let with = |at: usize| sentences.get(sentences.partition_point(|sentence| sentence.span.end <= at));
    let (first, last) = (with(span.start), with(span.end.saturating_sub(1)));
    let (start, end) = (side.tokens.start, side.tokens.end);
    let before = first.filter(|sentence| sentence.tokens.end <= start);
    let after = last.filter(|sentence| sentence.tokens.start >= end);
    before.into_iter().chain(after).filter(|sentence| sentence.tokens.len() <= LONGEST && !sentence.tokens.is_empty())
}

/// Whether a Chinese name without a title stands before a word that gives a statement, at the beginning of its clause or after
/// what the person is: 陈刚称, 气象学家何立群警告说.
fn is_said_by_person(side: &Side<'_>, fact: &Fact) -> bool {
    let places = &side.text.places;
    let together = |at: &u32| places[*at as usize].0 == places[*at as usize - 1].1;
    let cue = fact.tokens.start;
    let Some(clause) = (side.tokens.start..=cue).rev().find(|at| *at == side.tokens.start || !together(at)) else {
        return false;
    };
    let adverb = |at: u32| side.span(&(at..cue)).of(side.text.text);
    let follows = |at: u32| {
        at == cue || at < cue && [side.word(at), adverb(at)].iter().any(|word| chinese::BEFORE_SAYING.contains(word))
    };
    let is_person = |at: u32| at > clause && chinese::PERSON.contains(&side.word(at - 1));
    let begins = |at: u32| at == clause || is_person(at);
    let is_name = |at: u32| begins(at) && is_surname(side.text, at) && (2..=3).any(|count| follows(at + count));
    is_name(clause) || (clause.max(cue.saturating_sub(LONGEST as u32))..cue).any(is_name)
}

/// Whether the sentence after a quotation that ends its own names who spoke: “...。”司令员高建平说。
fn follows(side: &Side<'_>, span: Span) -> bool {
    let text = side.text;
    let at = text.sentences.partition_point(|sentence| sentence.tokens.end < side.tokens.end);
    let (Some(last), Some(next)) = (text.sentences.get(at), text.sentences.get(at + 1)) else { return false };
    let ends = last.tokens.end == side.tokens.end && last.span.end <= span.end;
    if !ends || next.paragraph || next.tokens.len() > LONGEST {
        return false;
    }
    let source = Source { tokens: text, quotations: side.quotations };
    let next = Side::read(source, next.tokens.clone());
    let said = Said::of(&next, span);
    said.named && said.speaks
}

/// Whether the sentence before names who speaks: as the speaker of what a quotation of its own goes on with, or of "he said".
fn goes_on(side: &Side<'_>, span: Span, speaks: bool) -> bool {
    let text = side.text;
    let at = text.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let Some(own) = text.sentences.get(at).filter(|own| !own.paragraph) else { return false };
    let Some(before) = at.checked_sub(1).map(|at| &text.sentences[at]) else { return false };
    let word = |token: u32| text.span(token as usize);
    let outside = |token: &u32| !word(*token).meets(span);
    let mut others = own.tokens.clone().filter(outside);
    let is_pronoun =
        |word: &str| [english::PRONOUN, korean::PRONOUN, chinese::PRONOUN].iter().any(|words| words.contains(&word));
    let referred = speaks && others.clone().any(|token| is_pronoun(word(token).of(text.text)));
    let alone = others.next().is_none();
    if !(referred || alone) || before.tokens.len() > LONGEST || before.tokens.is_empty() {
        return false;
    }
    let source = Source { tokens: text, quotations: side.quotations };
    let said = Said::of(&Side::read(source, before.tokens.clone()), span);
    said.named && (said.speaks || referred)
}
