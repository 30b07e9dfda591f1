//! Credit lines: places at the head and foot of a text where a name stands for all of it.

use super::cue::{Cues, Phrase};
use super::words::tokens;
use crate::span::Span;
use crate::text::{TokenClass, Tokenised};
use std::ops::Range;

/// Lines at either end of a text that are looked at, empty ones not counted.
const LINES: usize = 6;
/// Longest sentence with a phrase of credit, in tokens.
const SENTENCE: u32 = 40;
/// Longest line that is nothing but a name, with a place or a date.
const BARE: u32 = 6;
/// Longest stretch in brackets, in tokens, and in bytes.
const BRACKETS: u32 = 16;
const BRACKET_BYTES: usize = 200;
/// Tokens of a line before which brackets open that credit it.
const OPENING: u32 = 14;
/// Tokens from the beginning of a line to the 电 that ends what an agency opens with.
const WIRE: u32 = 24;

/// What makes a place a credit line, and what it takes of a name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A phrase says so, or brackets at the beginning or end of a line: a name anywhere in it.
    Any,
    /// Nothing but a name and a place or date, set off by a mark.
    Bare,
    /// It begins with a name: 新华社北京10月31日电.
    Beginning,
}

/// A place where a name stands for the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub form: Form,
    pub tokens: Range<u32>,
    /// Bytes of the text.
    pub span: Span,
}

/// The credit lines of a text, whatever they name. There are a few dozen at most. Cost: linear in the text for its line ends.
pub(super) fn credit_lines(text: &Tokenised<'_>, cues: &Cues) -> Vec<Line> {
    let mut finder = Finder { text, cues, found: Vec::new() };
    let lines = ends(text.text);
    for &line in &lines.head {
        finder.head(line);
    }
    for &line in lines.head.iter().chain(&lines.foot) {
        finder.either(line);
    }
    for &line in lines.foot.iter().chain(lines.head.last().filter(|_| lines.foot.is_empty())) {
        finder.foot(line);
    }
    finder.found
}

/// The first and last lines of a text that are not empty; of a short text each once.
struct Ends {
    head: Vec<Span>,
    foot: Vec<Span>,
}

fn ends(text: &str) -> Ends {
    let head: Vec<Span> = lines(text, Span::new(0, text.len())).take(LINES).collect();
    let from = head.last().map_or(0, |line| line.end);
    let mut foot: Vec<Span> = Vec::new();
    let mut end = text.len();
    while foot.len() < LINES && end > from {
        let start = text[from..end].rfind('\n').map_or(from, |at| from + at + 1);
        let line = Span::new(start, end).trimmed(text);
        if !line.is_empty() {
            foot.push(line);
        }
        end = start.saturating_sub(1).max(from);
    }
    foot.reverse();
    Ends { head, foot }
}

fn lines(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let pieces = within.of(text).split('\n');
    let spans = pieces.scan(within.start, |at, piece| {
        let start = std::mem::replace(at, *at + piece.len() + 1);
        Some(Span::new(start, start + piece.len()))
    });
    spans.map(move |span| span.trimmed(text)).filter(|span| !span.is_empty())
}

struct Finder<'f> {
    text: &'f Tokenised<'f>,
    cues: &'f Cues,
    found: Vec<Line>,
}

impl Finder<'_> {
    fn push(&mut self, form: Form, tokens: Range<u32>) {
        if tokens.is_empty() || self.found.iter().any(|line| line.tokens == tokens && line.form == form) {
            return;
        }
        let span = self.bytes(&tokens);
        self.found.push(Line { form, tokens, span });
    }

    fn bytes(&self, tokens: &Range<u32>) -> Span {
        Span::new(self.text.span(tokens.start as usize).start, self.text.span(tokens.end as usize - 1).end)
    }

    /// What opens a text: a dateline in brackets or before a dash, what an agency begins with, a byline.
    fn head(&mut self, line: Span) {
        let all = tokens(self.text, line);
        if all.is_empty() {
            return;
        }
        let opens = |inside: &Range<u32>| inside.len() as u32 <= BRACKETS && self.is_place(all.start..inside.start);
        if let Some(inside) = self.brackets(line).into_iter().find(opens) {
            self.push(Form::Any, inside);
        }
        if let Some(before) = self.before_dash(line) {
            self.push(Form::Bare, before);
        }
        let wire = all
            .clone()
            .take(WIRE as usize)
            .find(|&at| matches!(self.text.span(at as usize).of(self.text.text), "电" | "電" | "讯" | "訊"));
        if let Some(wire) = wire {
            self.push(Form::Beginning, all.start..wire + 1);
        }
        let byline = all.len() as u32 <= SENTENCE / 2 && self.cues.begins_with(self.text, Phrase::Byline, &all);
        if byline {
            self.push(Form::Any, all);
        }
    }

    /// What stands at either end: a sentence with a phrase of credit, a line that is nothing but a name.
    fn either(&mut self, line: Span) {
        let all = tokens(self.text, line);
        if (1..=BARE).contains(&(all.len() as u32)) {
            self.push(Form::Bare, all.clone());
        }
        let text = self.text;
        let first = text.sentence_of(all.start);
        let sentences = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < all.end);
        for sentence in sentences {
            let part = sentence.tokens.start.max(all.start)..sentence.tokens.end.min(all.end);
            if part.len() as u32 <= SENTENCE && (self.cues.credits(text, &part) || self.has_sign(&part)) {
                self.push(Form::Any, part);
            }
        }
    }

    /// Whether a copyright sign stands in or right before some tokens.
    fn has_sign(&self, tokens: &Range<u32>) -> bool {
        let Span { start, end } = self.bytes(tokens);
        let text = self.text.text;
        text[text.floor_char_boundary(start.saturating_sub(4))..end].contains(['©', 'ⓒ'])
    }

    /// What ends a text: a name in brackets, or after a dash or slash.
    fn foot(&mut self, line: Span) {
        let all = tokens(self.text, line);
        if let Some(inside) = self.brackets(line).into_iter().next_back().filter(|inside| inside.end == all.end) {
            self.push(Form::Any, inside);
        }
        let text = line.of(self.text.text);
        let marks = ["—", "–", " -", "\n-", "--", "/"];
        let dash = marks.iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max();
        let after = tokens(self.text, Span::new(line.start + dash.unwrap_or(text.len()), line.end));
        if after.len() as u32 <= BARE {
            self.push(Form::Bare, after);
        }
    }

    /// The tokens of the stretches in brackets that are short enough.
    fn brackets(&self, line: Span) -> Vec<Range<u32>> {
        let text = line.of(self.text.text);
        let mut found = Vec::new();
        let mut open: Option<usize> = None;
        for (at, c) in text.char_indices() {
            match c {
                '(' | '（' | '[' | '［' | '【' | '〔' | '<' | '〈' => open = Some(at + c.len_utf8()),
                ')' | '）' | ']' | '］' | '】' | '〕' | '>' | '〉' => {
                    if let Some(start) = open.take().filter(|start| at - start <= BRACKET_BYTES) {
                        found.push(tokens(self.text, Span::new(line.start + start, line.start + at)));
                    }
                }
                _ => {}
            }
        }
        found.retain(|inside| !inside.is_empty() && inside.len() as u32 <= BRACKETS);
        found
    }

    /// What stands before the first dash of a line, if it is short and has no word in small letters: a place, a date, a name.
    fn before_dash(&self, line: Span) -> Option<Range<u32>> {
        let text = line.of(self.text.text);
        let near = &text[..text.floor_char_boundary(BRACKET_BYTES)];
        let dash = [" - ", " -- ", "—", "–", " = ", " | "].iter().filter_map(|mark| near.find(mark)).min()?;
        let before = tokens(self.text, Span::new(line.start, line.start + dash));
        self.is_place(before.clone()).then_some(before)
    }

    /// Whether a few tokens may be a place, a date and a name: none is a word in small letters.
    fn is_place(&self, tokens: Range<u32>) -> bool {
        let small = |at: u32| {
            let word = self.text.span(at as usize).of(self.text.text);
            word.starts_with(char::is_lowercase) && self.text.tokens[at as usize].class() == TokenClass::Word
        };
        tokens.len() as u32 <= OPENING && !tokens.into_iter().any(small)
    }
}

impl Line {
    /// Whether a name that stands at `hit` is what the line credits.
    pub(super) fn credits(&self, text: &Tokenised<'_>, hit: &Range<u32>) -> bool {
        let before = hit.start - self.tokens.start;
        let others = before + (self.tokens.end - hit.end);
        match self.form {
            Form::Any => true,
            Form::Beginning => before <= 2,
            Form::Bare => others == 0 || (others <= OPENING && self.is_set_off(text, hit)),
        }
    }

    /// Whether marks stand between the name and the words around it.
    fn is_set_off(&self, text: &Tokenised<'_>, hit: &Range<u32>) -> bool {
        let marked = |from: u32, to: u32| {
            let between = Span::new(text.span(from as usize).end, text.span(to as usize).start);
            between
                .of(text.text)
                .contains([',', '/', '|', '(', ')', '（', '）', '=', '·', ':', '：', '–', '—', '，', '['])
        };
        (hit.start == self.tokens.start || marked(hit.start - 1, hit.start))
            && (hit.end == self.tokens.end || marked(hit.end - 1, hit.end))
    }
}
