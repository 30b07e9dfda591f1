//! Sentences: where one statement ends and the next begins.
//!
//! Cuts follow the spirit of UAX #29 (a terminator, closing marks, white space, no lower-case letter after), with what
//! real statements need on top: abbreviations and initials, blank lines, headings and list items, CJK stops without
//! white space, text whose stops stand off from the word, and a length at which an endless sentence is cut anyway.
//! Only the stretch between two tokens is ever looked at, so the cost is nothing for a single space.

use super::chars::{CharInfo, Class, is_syllable};
use crate::datafile::lines;
use crate::span::Span;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// Tokens after which a sentence is cut at the next clause mark or line end.
const LONG: usize = 60;
/// Tokens after which a sentence is cut wherever it is.
pub(super) const ENDLESS: usize = 120;
/// Bytes after the last token in which its closing marks are sought.
const CLOSING: usize = 64;
/// Bytes under which a line that ends without punctuation is a heading or list item, not a wrapped line.
const SHORT_LINE: usize = 50;

/// A sentence, heading or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its tokens, by index.
    pub tokens: Range<u32>,
    /// Its bytes, from its first opening mark to its last closing mark.
    pub span: Span,
    /// Begins a paragraph.
    pub paragraph: bool,
}

/// Cuts sentences while tokens are made.
#[derive(Debug, Default)]
pub(crate) struct Cutter {
    pub sentences: Vec<Sentence>,
    /// First token, first byte and paragraph flag of the sentence being read.
    first: u32,
    start: usize,
    paragraph: bool,
    /// Byte at which the current line began.
    line: usize,
}

/// What lies between two tokens.
struct Gap<'t> {
    text: &'t str,
    at: Range<usize>,
    newlines: usize,
    /// First and last line end in the gap, as the byte after it.
    first_newline: usize,
    last_newline: usize,
    /// Last terminator that ends the word before it or stands alone, and the byte after it and its closing marks.
    terminal: Option<(char, usize)>,
    clause: bool,
    spaced: bool,
}

/// Bytes of a sentence, about.
const SENTENCE: usize = 128;

impl Cutter {
    /// For a text of so many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Self { sentences: Vec::with_capacity(bytes / SENTENCE + 4), ..Self::default() }
    }

    /// Begins at the first token.
    pub(crate) fn begin(&mut self, text: &str, token: usize) {
        self.start = lead(text, 0, token);
        self.paragraph = true;
        self.line = text[..token].rfind('\n').map_or(0, |at| at + 1);
    }

    /// Looks at what lies between the token `before` and the one at byte `next`, which will have index `index`.
    pub(crate) fn gap(&mut self, text: &str, before: Span, next: usize, index: u32) {
        let gap = Gap::read(text, before.end..next);
        let tokens = (index - self.first) as usize;
        let paragraph = gap.newlines > 1;
        if paragraph || tokens >= ENDLESS || self.is_cut(&gap, before, tokens) {
            let end = gap.terminal.map_or_else(|| tail(text, &gap.at), |(_, end)| end);
            self.push(index, end);
            self.start = lead(text, end, next);
            self.paragraph = paragraph;
        }
        if gap.newlines > 0 {
            self.line = gap.last_newline;
        }
    }

    /// Cuts an endless sentence between two tokens with nothing but a space from `end` to `next` between them.
    pub(crate) fn limit(&mut self, end: usize, next: usize, index: u32) {
        if (index - self.first) as usize >= ENDLESS {
            self.push(index, end);
            self.start = next;
            self.paragraph = false;
        }
    }

    /// Ends at the last token.
    pub(crate) fn finish(&mut self, text: &str, before: usize, count: u32) {
        let gap = Gap::read(text, before..text.floor_char_boundary(before + CLOSING));
        let end = gap.terminal.map_or_else(|| tail(text, &gap.at), |(_, end)| end);
        self.push(count, end);
    }

    fn push(&mut self, index: u32, end: usize) {
        let span = Span::new(self.start, end);
        self.sentences.push(Sentence { tokens: self.first..index, span, paragraph: self.paragraph });
        self.first = index;
    }

    fn is_cut(&self, gap: &Gap<'_>, before: Span, tokens: usize) -> bool {
        if tokens == 1 && gap.newlines == 0 && before.start == self.line && before.len() < 4 {
            // The number of a list item ("3.", "iv)") belongs to the item.
            return false;
        }
        if tokens >= LONG && (gap.clause || gap.newlines > 0) {
            return true;
        }
        gap.terminal.is_some_and(|(mark, end)| ends_sentence(gap, mark, end, before))
            || (gap.newlines == 1 && self.is_line_item(gap))
    }

    /// Whether the line end in the gap ends a heading or begins a list item, rather than wrapping a sentence.
    fn is_line_item(&self, gap: &Gap<'_>) -> bool {
        let text = gap.text;
        let marks = text[gap.last_newline..gap.at.end].trim();
        if marks.starts_with(['•', '-', '*', '–', '—', '·', '▪', '●', '○', '■', '◦', '※', '(', '（'])
        {
            return true;
        }
        let next = &text[gap.at.end..];
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && digits < 4 && next[digits..].starts_with(['.', ')', '、', '．']) {
            return true;
        }
        let short = gap.first_newline.saturating_sub(self.line) < SHORT_LINE;
        short && !gap.clause && !next.starts_with(char::is_lowercase)
    }
}

impl<'t> Gap<'t> {
    fn read(text: &'t str, at: Range<usize>) -> Self {
        let mut gap = Self {
            text,
            newlines: 0,
            first_newline: at.start,
            last_newline: at.start,
            terminal: None,
            clause: false,
            spaced: false,
            at,
        };
        let mut closing = false;
        for (offset, c) in text[gap.at.clone()].char_indices() {
            let end = gap.at.start + offset + c.len_utf8();
            let class = CharInfo::of(c).class();
            gap.spaced |= matches!(class, Class::Space | Class::Newline);
            match class {
                Class::Newline => gap.newline(c, end),
                Class::Terminal => gap.terminal = Some((c, end)),
                Class::Close if closing => gap.extend(end),
                _ if closing && matches!(c, '"' | '\'') => gap.extend(end),
                _ => gap.clause |= matches!(c, ',' | ';' | ':' | '—' | '，' | '、' | '；' | '：' | '،' | '؛' | '–'),
            }
            closing = class == Class::Terminal || (closing && (class == Class::Close || matches!(c, '"' | '\'')));
        }
        gap
    }

    fn newline(&mut self, c: char, end: usize) {
        // CR LF is one line end.
        if c == '\n' && self.text.as_bytes().get(end.wrapping_sub(2)) == Some(&b'\r') && self.last_newline == end - 1 {
            self.last_newline = end;
            return;
        }
        if self.newlines == 0 {
            self.first_newline = end;
        }
        self.newlines += 1;
        self.last_newline = end;
    }

    fn extend(&mut self, end: usize) {
        if let Some((_, at)) = &mut self.terminal {
            *at = end;
        }
    }
}

fn ends_sentence(gap: &Gap<'_>, mark: char, end: usize, before: Span) -> bool {
    if matches!(mark, '。' | '！' | '？' | '｡' | '．') {
        return true;
    }
    let next = gap.text[gap.at.end..].chars().next().unwrap_or(' ');
    if next.is_lowercase() {
        return false;
    }
    let word = before.of(gap.text);
    if !gap.spaced {
        // A stop glued to the next word: "ends here.The next".
        return end == gap.at.end && next.is_uppercase() && word.ends_with(char::is_lowercase) && word.len() > 2;
    }
    if next.is_numeric() || is_syllable(next) {
        let before = &gap.text[..before.start];
        if mark == '.' && is_dotted_date(before, word, &gap.text[gap.at.end..]) {
            return false;
        }
    }
    if mark == '.' && is_hour(word, &gap.text[..before.start]) && goes_on_hour(&gap.text[gap.at.end..]) {
        return false;
    }
    let number = matches!(word, "No" | "no" | "Nos" | "nos" | "Nr" | "nr") && next.is_numeric();
    mark != '.' || !(number || is_abbreviation(word))
}

/// Whether a word says which half of the day the hour before it lies in.
fn is_hour(word: &str, before: &str) -> bool {
    let half = ["a.m", "p.m", "am", "pm"].iter().any(|half| word.eq_ignore_ascii_case(half));
    half && before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit())
}

/// Whether what follows an hour belongs to it: a time zone, a day of the week.
fn goes_on_hour(next: &str) -> bool {
    const ZONES: [&str; 24] = [
        "GMT", "UTC", "BST", "CET", "CEST", "EET", "EEST", "MSK", "IST", "SGT", "HKT", "CST", "KST", "JST", "AEST",
        "AEDT", "EST", "EDT", "CDT", "MST", "MDT", "PST", "PDT", "ET",
    ];
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let word = &next[..next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len())];
    ZONES.contains(&word) || DAYS.contains(&word)
}

/// Whether the full stop after `word` parts a date as Korean writes it, or ends one inside a sentence: 2026. 1. 15. 시행.
fn is_dotted_date(before: &str, word: &str, next: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (own, other) = (digits(word), digits(next));
    if own != word.len() || own == 0 {
        return false;
    }
    let part = (1..=2).contains(&other) && next[other..].starts_with('.');
    let year = |text: &str| {
        let year = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
        text.len() - year == 4
    };
    let stopped = |text: &str| text.trim_end().strip_suffix('.').map(str::len);
    let Some(end) = stopped(before).filter(|_| own <= 2) else { return own == 4 && part };
    let month = before[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let after_year = stopped(&before[..month]).is_some_and(|end| end + 3 > month && year(&before[..end]));
    if other > 0 { part && year(&before[..end]) } else { (1..=2).contains(&(end - month)) && after_year }
}

/// Whether a full stop after `word` belongs to the word: initials, acronyms, listed abbreviations.
fn is_abbreviation(word: &str) -> bool {
    static LISTED: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    let listed =
        LISTED.get_or_init(|| lines(include_str!("abbreviations.txt")).flat_map(str::split_whitespace).collect());
    let mut chars = word.chars();
    let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    if initial || word.len() > LONGEST_LISTED {
        return initial;
    }
    if !word.is_ascii() {
        return listed.contains(word.to_lowercase().as_str());
    }
    // There is such a word at the end of every sentence: no memory is asked for.
    let mut lower = [0; LONGEST_LISTED];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    str::from_utf8(lower).is_ok_and(|word| listed.contains(word))
}

/// Bytes of the longest word that may be a listed abbreviation.
const LONGEST_LISTED: usize = 12;

/// Where the marks that open the next token's sentence begin: after the last white space of the gap.
fn lead(text: &str, from: usize, token: usize) -> usize {
    let gap = &text[from..token];
    let after_space = gap.char_indices().rev().find(|(_, c)| is_space(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    from + after_space
}

/// Where the marks that close the token before the gap end: before the first white space.
fn tail(text: &str, gap: &Range<usize>) -> usize {
    let between = &text[gap.clone()];
    let end = between.find(is_space).unwrap_or_else(|| {
        between
            .char_indices()
            .find(|(_, c)| CharInfo::of(*c).class() == Class::Open)
            .map_or(between.len(), |(at, _)| at)
    });
    gap.start + end
}

fn is_space(c: char) -> bool {
    matches!(CharInfo::of(c).class(), Class::Space | Class::Newline)
}

#[cfg(test)]
mod tests {
    use crate::text::tokenise;

    fn cut(text: &str) -> Vec<&str> {
        tokenise(text).sentences.iter().map(|sentence| sentence.span.of(text)).collect()
    }

    #[test]
    fn terminators_cut_and_abbreviations_do_not() {
        assert_eq!(
            cut("Dr. Kim met J. Smith. They talked, e.g. about trade. \"Why?\" he asked. No."),
            ["Dr. Kim met J. Smith.", "They talked, e.g. about trade.", "\"Why?\" he asked.", "No."]
        );
        assert_eq!(cut("It rose 3.5 percent.The bank held."), ["It rose 3.5 percent.", "The bank held."]);
        assert_eq!(
            cut("the flights for  Tuesday   night . \nSaturday, a jet"),
            ["the flights for  Tuesday   night .", "Saturday, a jet"]
        );
    }

    #[test]
    fn dots_at_the_beginning_are_no_date() {
        assert!(cut(". 3. 5. 세종에서 만났다.").concat().ends_with("세종에서 만났다."));
    }

    #[test]
    fn an_hour_goes_on_after_its_stop() {
        assert_eq!(
            cut("It closed at 9:15 p.m. EST on Monday. We met at 6 p.m. Tuesday. It ended at 7 p.m. The rest left."),
            [
                "It closed at 9:15 p.m. EST on Monday.",
                "We met at 6 p.m. Tuesday.",
                "It ended at 7 p.m.",
                "The rest left."
            ]
        );
    }

    #[test]
    fn korean_dates_are_not_cut_at_their_stops() {
        assert_eq!(cut("법은 2026. 1. 15. 시행된다. 다음 날이다."), ["법은 2026. 1. 15. 시행된다.", "다음 날이다."]);
        assert_eq!(cut("It was so in 2024. 12 people left."), ["It was so in 2024.", "12 people left."]);
    }

    #[test]
    fn cjk_stops_need_no_space() {
        assert_eq!(cut("今天开会。他说：「好。」明天再说！"), ["今天开会。", "他说：「好。」", "明天再说！"]);
        assert_eq!(cut("회의를 열었다. 다음 달에 만난다."), ["회의를 열었다.", "다음 달에 만난다."]);
    }

    #[test]
    fn headings_items_and_paragraphs_stand_alone() {
        assert_eq!(
            cut("JOINT STATEMENT\nThe two sides met\n\nin Seoul"),
            ["JOINT STATEMENT", "The two sides met", "in Seoul"]
        );
        assert_eq!(cut("We agree on:\n- trade and\n- talks"), ["We agree on:", "trade and", "talks"]);
        let wrapped = "The two sides agreed that communication in the military field will go\non through the channels.";
        assert_eq!(cut(wrapped), [wrapped]);
    }

    #[test]
    fn sentences_cover_every_token_once() {
        let text = "a ".repeat(1000) + "，b。" + &"漢".repeat(500);
        let tokenised = tokenise(&text);
        let mut next = 0;
        for sentence in &tokenised.sentences {
            assert_eq!(sentence.tokens.start, next);
            assert!(sentence.tokens.end > next && sentence.tokens.len() <= super::ENDLESS + 32);
            next = sentence.tokens.end;
        }
        assert_eq!(next as usize, tokenised.len());
    }
}
