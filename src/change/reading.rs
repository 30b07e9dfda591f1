//! One side of a unit in normal form, as lexicons see it: words folded and one space apart, contractions written out,
//! Hangul without spaces and in its letters, a star for a value, an at sign for a name, a comma for any other mark.

use super::lexicon::{Cue, Found, Language, Lexicon};
use super::pattern::letters;
use super::signs::{Sign, Signs};
use crate::span::Span;
use crate::text::{Tokenised, fold, is_syllable};
use std::ops::Range;

/// A number or other value in the normal form.
pub(super) const VALUE: char = '*';
/// A name in the normal form.
pub(super) const NAME: char = '@';

/// Most pieces of a word that are looked at around a place.
const LONGEST: usize = 32;

/// Where a piece of the normal form comes from.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// Byte of the normal form where it begins.
    at: u32,
    /// Bytes of the text.
    start: u32,
    end: u32,
    /// The token it is part of.
    token: u32,
    /// Begins a word.
    word: bool,
}

/// A stretch of the text that stands as one sign in the normal form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mask {
    pub span: Span,
    pub sign: char,
}

/// One side of a unit in normal form.
#[derive(Debug)]
pub(super) struct Reading {
    normal: String,
    marks: Vec<Mark>,
    /// Which languages have letters in it.
    languages: [bool; 3],
}

/// A place in a reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'r> {
    reading: &'r Reading,
    /// Byte of the normal form.
    pub at: usize,
}

impl Place<'_> {
    /// The normal form from here on.
    pub(super) fn rest(&self) -> &[u8] {
        &self.reading.normal.as_bytes()[self.at..]
    }

    pub(super) fn begins_word(&self) -> bool {
        let marks = &self.reading.marks;
        marks.binary_search_by_key(&(self.at as u32), |mark| mark.at).is_ok_and(|at| marks[at].word)
    }

    /// Whether a character ends after `len` bytes.
    pub(super) fn ends_character(&self, len: usize) -> bool {
        let (reading, end) = (self.reading, self.at + len);
        !reading.normal[end..].starts_with(is_jamo)
            || reading.marks.binary_search_by_key(&(end as u32), |mark| mark.at).is_ok()
    }

    /// Whether the word does not go on after `len` bytes.
    pub(super) fn ends_word(&self, len: usize) -> bool {
        let (marks, end) = (&self.reading.marks, self.at + len);
        match marks.binary_search_by_key(&(end as u32), |mark| mark.at) {
            Ok(at) => marks[at].word,
            Err(_) => self.reading.normal.as_bytes().get(end).is_none_or(|byte| matches!(byte, b' ' | b',')),
        }
    }
}

/// A cue found in a reading.
#[derive(Debug, Clone)]
pub(super) struct CueAt {
    pub found: Found,
    /// Bytes of the text.
    pub span: Span,
    /// Tokens of the text.
    pub tokens: Range<u32>,
}

impl Reading {
    /// Reads `tokens` of `text`. Cost: linear.
    pub(super) fn new(text: &Tokenised<'_>, tokens: Range<u32>, masks: &[Mask]) -> Self {
        Self::with_signs(text, tokens, masks, None)
    }

    /// The same, and faster where the signs of the tokens are known, which are in order but need not be neighbours.
    pub(super) fn with_signs(
        text: &Tokenised<'_>,
        tokens: impl Iterator<Item = u32>,
        masks: &[Mask],
        signs: Option<&Signs>,
    ) -> Self {
        let count = tokens.size_hint().0;
        let normal = String::with_capacity(8 * count);
        let marks = Vec::with_capacity(count + 8);
        let mut reader = Reader {
            text: text.text,
            out: Self { normal, marks, languages: [false; 3] },
            masks,
            letters: String::new(),
            together: Span::default(),
        };
        let mut before: Option<usize> = None;
        // Masks that end before the token.
        let mut masked = 0;
        for token in tokens {
            let span = text.span(token as usize);
            // Mostly a space stands between two tokens.
            if let Some(end) = before
                && (end + 1 != span.start || text.text.as_bytes()[end] != b' ')
            {
                reader.flush();
                reader.gap(&text.text[end.min(span.start)..span.start]);
            }
            while masks.get(masked).is_some_and(|mask| mask.span.end <= span.start) {
                masked += 1;
            }
            let is_masked = masks.get(masked).is_some_and(|mask| mask.span.start < span.end);
            match signs {
                Some(signs) if signs.is_plain(token) && !is_masked => reader.letters(span, token),
                _ => reader.token(span, token),
            }
            before = Some(span.end);
        }
        reader.flush();
        reader.out
    }

    /// The normal form.
    #[cfg(test)]
    pub(super) fn normal(&self) -> &str {
        &self.normal
    }

    /// Whether some of it is written in Hangul.
    pub(super) fn has_hangul(&self) -> bool {
        self.languages[Language::Korean as usize]
    }

    /// Whether some of it is written in Chinese characters.
    pub(super) fn has_han(&self) -> bool {
        self.languages[Language::Chinese as usize]
    }

    /// The normal form of the word before the token `token`, and of the one from `token` on; empty where there is none.
    pub(super) fn around(&self, tokens: &Range<u32>) -> (&str, &str) {
        let first = self.marks.partition_point(|mark| mark.token < tokens.start);
        let last = self.marks.partition_point(|mark| mark.token < tokens.end);
        let before = first.checked_sub(1).map_or("", |at| self.word_with(at));
        let after = if last < self.marks.len() { self.word_with(last) } else { "" };
        (before, after)
    }

    /// The word or character that mark `at` belongs to.
    fn word_with(&self, at: usize) -> &str {
        let first = (0..=at).rev().take(LONGEST).find(|&at| self.marks[at].word).unwrap_or(at);
        let last = (at + LONGEST).min(self.marks.len());
        let next = (at + 1..last).find(|&at| self.marks[at].word).unwrap_or(last);
        let end = self.marks.get(next).map_or(self.normal.len(), |next| next.at as usize);
        self.normal[self.marks[first].at as usize..end].trim_end()
    }

    /// The normal form of the tokens, the signs of masks included.
    pub(super) fn of_tokens(&self, tokens: &Range<u32>) -> &str {
        let first = self.marks.partition_point(|mark| mark.token < tokens.start);
        let last = self.marks.partition_point(|mark| mark.token < tokens.end);
        let at = |mark: usize| self.marks.get(mark).map_or(self.normal.len(), |mark| mark.at as usize);
        self.normal[at(first)..at(last)].trim_matches([' ', ','])
    }

    /// What follows byte `span.end` of the text inside the word: particles.
    pub(super) fn tail_of(&self, span: Span) -> &str {
        let first = self.marks.partition_point(|mark| (mark.start as usize) < span.end);
        let Some(mark) = self.marks.get(first).filter(|mark| !mark.word && mark.start as usize == span.end) else {
            return "";
        };
        let last = (first + LONGEST).min(self.marks.len());
        let next = (first..last).find(|&at| self.marks[at].word).unwrap_or(last);
        let end = self.marks.get(next).map_or(self.normal.len(), |next| next.at as usize);
        self.normal[mark.at as usize..end].trim_end_matches([' ', ','])
    }

    /// The cues of every language in it, in order. They do not overlap.
    pub(super) fn cues(&self) -> Vec<CueAt> {
        self.cues_in(Language::lexicon)
    }

    /// The cues where all is Latin: they begin with a value or with a token that has the sign of one.
    pub(super) fn cues_at(&self, signs: &Signs) -> Vec<CueAt> {
        let mut cues = Vec::new();
        let mut end = 0;
        for mark in self.marks.iter().filter(|mark| mark.word) {
            let at = mark.at as usize;
            let first = self.normal.as_bytes()[at];
            if at < end
                || !(first == VALUE as u8
                    || first.is_ascii_alphabetic() && signs.has(mark.token, Sign::CUE.or(Sign::JOINT)))
            {
                continue;
            }
            if let Some(found) = Language::English.lexicon().longest(&Place { reading: self, at }) {
                end = found.end.max(at + self.step(at));
                cues.push(self.cue(found));
            }
        }
        cues
    }

    /// Whether a token is a particle of one word.
    pub(super) fn is_particle(&self, token: u32) -> bool {
        let mark = self.marks.partition_point(|mark| mark.token < token);
        let Some(at) = self.marks.get(mark).filter(|mark| mark.token == token).map(|mark| mark.at as usize) else {
            return false;
        };
        let place = Place { reading: self, at };
        let found = self.lexicons(at).filter_map(|language| language.lexicon().longest(&place));
        found.max_by_key(|found| found.end).is_some_and(|found| found.group.cue == Cue::Particle)
    }

    /// The cues of other lexicons, likewise.
    pub(super) fn cues_in(&self, lexicon: impl Fn(Language) -> &'static Lexicon) -> Vec<CueAt> {
        let mut cues = Vec::new();
        let mut at = 0;
        while at < self.normal.len() {
            let place = Place { reading: self, at };
            let found = self.lexicons(at).filter_map(|language| lexicon(language).longest(&place));
            let Some(found) = found.max_by_key(|found| found.end) else {
                at += self.step(at);
                continue;
            };
            // What looks like a cue may end with what one begins with: 늘릴 것이다.
            let last = if found.group.cue == Cue::Guard { self.final_consonant(found.end) } else { 0 };
            at = (found.end - last).max(at + self.step(at));
            cues.push(self.cue(found));
        }
        cues
    }

    /// Bytes of the final consonant of a syllable that ends at `end`; none where it has none.
    fn final_consonant(&self, end: usize) -> usize {
        let last = self.normal[..end].chars().next_back();
        last.filter(|c| ('\u{11A8}'..='\u{11FF}').contains(c)).map_or(0, char::len_utf8)
    }

    /// Bytes from `at` to the next place where a cue may begin.
    fn step(&self, at: usize) -> usize {
        let rest = &self.normal[at..];
        let first = rest.chars().next().map_or(1, char::len_utf8);
        if !rest.as_bytes()[0].is_ascii_alphabetic() {
            return first;
        }
        rest.bytes().take_while(u8::is_ascii_alphabetic).count().max(first)
    }

    /// The lexicons that may have a cue at `at`.
    fn lexicons(&self, at: usize) -> impl Iterator<Item = Language> {
        let first = self.normal[at..].chars().next().unwrap_or(' ');
        let all = [Language::English, Language::Korean, Language::Chinese];
        let languages = self.languages;
        all.into_iter().filter(move |&language| {
            let letter = match language {
                Language::English => first.is_ascii_alphabetic() || first == VALUE,
                Language::Korean => is_jamo(first) || first == VALUE,
                Language::Chinese => first >= '\u{2E80}' || first == VALUE,
            };
            letter && languages[language as usize]
        })
    }

    fn cue(&self, found: Found) -> CueAt {
        let first = self.marks.partition_point(|mark| mark.at as usize <= found.start).saturating_sub(1);
        let last = self.marks.partition_point(|mark| (mark.at as usize) < found.end).saturating_sub(1).max(first);
        let (first, last) = (self.marks[first], self.marks[last]);
        let span = Span::new(first.start as usize, last.end as usize);
        CueAt { found, span, tokens: first.token..last.token + 1 }
    }
}

/// Makes a reading.
struct Reader<'r> {
    text: &'r str,
    out: Reading,
    masks: &'r [Mask],
    letters: String,
    /// Bytes of the text that are written together when something else comes.
    together: Span,
}

impl Reader<'_> {
    /// What stands between two tokens: a comma for any mark but hyphens and apostrophes.
    fn gap(&mut self, gap: &str) {
        let mark = |c: char| !c.is_whitespace() && !matches!(c, '-' | '\'' | '’' | '‐' | '‑');
        if gap.contains(mark) && !self.out.normal.ends_with(',') {
            self.out.normal.push(',');
        }
    }

    fn token(&mut self, span: Span, token: u32) {
        self.flush();
        let mut at = span.start;
        let mut first = true;
        while at < span.end {
            let masked = self.masks.partition_point(|mask| mask.span.end <= at);
            let mask = self.masks.get(masked).copied().filter(|mask| mask.span.start < span.end);
            match mask {
                Some(mask) if mask.span.start <= at => {
                    self.mask(mask, token, first && mask.span.start >= span.start);
                    at = mask.span.end.min(span.end);
                }
                _ => {
                    let end = mask.map_or(span.end, |mask| mask.span.start);
                    self.piece(Span::new(at, end), token, first);
                    at = end;
                }
            }
            first = false;
        }
    }

    /// A token of the letters of ASCII: one word, written as it is but for its case. Those with single spaces between them
    /// are written together.
    fn letters(&mut self, span: Span, token: u32) {
        const CANNOT: &str = "cannot";
        if span.len() == CANNOT.len() && span.of(self.text).eq_ignore_ascii_case(CANNOT) {
            return self.token(span, token);
        }
        if self.together.is_empty() {
            self.space(true);
            self.together = Span::new(span.start, span.start);
        }
        let at = self.out.normal.len() + span.start - self.together.start;
        self.together.end = span.end;
        self.out.languages[0] = true;
        self.push(Mark { at: at as u32, start: span.start as u32, end: span.end as u32, token, word: true });
    }

    /// Writes the words that are written together.
    fn flush(&mut self) {
        let at = self.out.normal.len();
        self.out.normal.push_str(self.together.of(self.text));
        self.out.normal[at..].make_ascii_lowercase();
        self.together = Span::default();
    }

    /// One sign for a whole mask, at the first token that it touches.
    fn mask(&mut self, mask: Mask, token: u32, word: bool) {
        let (start, end) = (mask.span.start as u32, mask.span.end as u32);
        if self.out.marks.last().is_some_and(|mark| mark.start == start && mark.end == end) {
            return;
        }
        if word {
            self.space(false);
        }
        self.push(Mark { at: self.out.normal.len() as u32, start, end, token, word });
        self.out.normal.push(mask.sign);
    }

    fn piece(&mut self, span: Span, token: u32, word: bool) {
        let piece = span.of(self.text);
        let first = piece.chars().next().unwrap_or(' ');
        if is_syllable(first) {
            return self.hangul(span, token, word);
        }
        if first >= '\u{2E80}' {
            return self.han(span, token);
        }
        let (head, tail) = contraction(piece);
        if word {
            self.space(true);
        }
        let split = span.start + tail.map_or(piece.len(), |(at, _)| at);
        if split > span.start {
            self.word(Span::new(span.start, split), head, token, word);
        }
        if let Some((_, written)) = tail {
            self.space(true);
            self.word(Span::new(split, span.end), Some(written), token, true);
        }
    }

    /// A word in the text, or as it is `written` out.
    fn word(&mut self, span: Span, written: Option<&str>, token: u32, word: bool) {
        self.push(Mark {
            at: self.out.normal.len() as u32,
            start: span.start as u32,
            end: span.end as u32,
            token,
            word,
        });
        self.letters.clear();
        match written {
            Some(written) => self.letters.push_str(written),
            None => fold::token(span.of(self.text), false, &mut self.letters),
        }
        self.out.languages[0] |= self.letters.starts_with(|c: char| c.is_ascii_alphabetic());
        self.out.normal.push_str(&self.letters);
    }

    fn hangul(&mut self, span: Span, token: u32, word: bool) {
        if word {
            self.space(false);
        }
        self.out.languages[1] = true;
        let mut word = word;
        for (offset, c) in span.of(self.text).char_indices() {
            let start = (span.start + offset) as u32;
            let end = start + c.len_utf8() as u32;
            self.push(Mark { at: self.out.normal.len() as u32, start, end, token, word });
            letters(c, &mut self.out.normal);
            word = false;
        }
    }

    fn han(&mut self, span: Span, token: u32) {
        self.out.languages[2] = true;
        self.space(false);
        self.word(span, None, token, true);
    }

    /// A space where the next word must be told from the last: between Latin words and what is no CJK.
    fn space(&mut self, latin: bool) {
        let last = self.out.normal.chars().next_back();
        let wide = |c: char| c >= '\u{2E80}' || is_jamo(c);
        if last.is_some_and(|c| c != ' ' && !wide(c) && (latin || c.is_alphanumeric())) {
            self.out.normal.push(' ');
        }
    }

    fn push(&mut self, mark: Mark) {
        self.out.marks.push(mark);
    }
}

fn is_jamo(c: char) -> bool {
    ('\u{1100}'..='\u{11FF}').contains(&c)
}

/// The head of a contraction as it is written out (none: as it stands), and where the rest begins and what it stands for.
fn contraction(word: &str) -> (Option<&'static str>, Option<(usize, &'static str)>) {
    if !word.is_ascii() && !word.contains('’') {
        return (None, None);
    }
    let lower = word.to_ascii_lowercase().replace('’', "'");
    let tail = |len: usize| word.char_indices().rev().nth(len - 1).map_or(0, |(at, _)| at);
    match lower.as_str() {
        "cannot" => return (None, Some((3, "not"))),
        "can't" => return (Some("can"), Some((2, "not"))),
        "won't" => return (Some("will"), Some((2, "not"))),
        "shan't" => return (Some("shall"), Some((2, "not"))),
        "let's" => return (None, Some((tail(2), "us"))),
        _ => {}
    }
    let endings = [("n't", "not"), ("'ll", "will"), ("'re", "are"), ("'ve", "have"), ("'m", "am"), ("'s", "'s")];
    let found = endings.into_iter().find(|(ending, _)| lower.len() > ending.len() && lower.ends_with(ending));
    (None, found.map(|(ending, written)| (tail(ending.len()), written)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    fn normal(text: &str, masks: &[(&str, char)]) -> String {
        let masks: Vec<Mask> = masks
            .iter()
            .map(|&(part, sign)| {
                let start = text.find(part).unwrap();
                Mask { span: Span::new(start, start + part.len()), sign }
            })
            .collect();
        let tokens = tokenise(text);
        Reading::new(&tokens, 0..tokens.len() as u32, &masks).normal().to_owned()
    }

    #[test]
    fn words_are_folded_and_contractions_written_out() {
        assert_eq!(normal("He didn't say it; they can’t.", &[]), "he did not say it, they can not");
        assert_eq!(normal("About 1.5 million well-known", &[("1.5 million", '*')]), "about * well known");
    }

    #[test]
    fn korean_has_no_spaces_and_chinese_none_either() {
        let ieung = "\u{1100}\u{1161}\u{11AB}\u{1103}\u{1161}"; // 간다
        assert_eq!(normal("간 다", &[]), ieung);
        assert_eq!(normal("间 諜，不", &[]), "间谍,不");
        assert_eq!(
            normal("약 500명", &[("500", '*')]),
            format!("{}*{}", "\u{110B}\u{1163}\u{11A8}", "\u{1106}\u{1167}\u{11BC}")
        );
    }

    #[test]
    fn cues_know_their_place_in_the_text() {
        let text = "They will no longer attend.";
        let tokens = tokenise(text);
        let reading = Reading::new(&tokens, 0..tokens.len() as u32, &[]);
        let cues: Vec<_> = reading.cues().iter().map(|cue| (cue.span.of(text), cue.tokens.clone())).collect();
        assert_eq!(cues, [("will", 1..2), ("no longer", 2..4)]);
    }
}
