//! The tokeniser's loop: words after UAX #29, single characters of Han and kana, dictionary words where a script has no
//! spaces, numbers and symbols.
//!
//! Two departures from UAX #29, both because statements need them: a full stop joins letters only in acronyms
//! ("U.S."), so that "ends here.The next" is two words, and a sign that touches a number belongs to it ("-5").

use super::Folded;
use super::ascii::{self, Blocks};
use super::chars::{CharInfo, Class, is_syllable};
use super::decoration::{Decoration, Marks};
use super::dictionary;
use super::sentences::Cutter;
use super::word::{Word, utf8};
use super::{Token, TokenClass, Tokenised, endings, fold};
use crate::span::Span;

/// Longest stretch handed to the dictionary segmenter at once, in bytes: it keeps hostile input linear.
const COMPLEX_CHUNK: usize = 4096;
/// Bytes of the longest number in front of which a hyphen may be a minus although a character stands before it.
const NUMBER: usize = 24;
/// What follows a number that may be less than nothing.
const MEASURES: [char; 12] = ['%', '％', '℃', '°', '度', '元', '亿', '億', '万', '萬', '도', '원'];

pub(super) struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    blocks: Blocks<'t>,
    tokens: Vec<Token>,
    places: Vec<(u32, u32)>,
    cutter: Cutter,
    /// Tokens before which a Korean verb ends that may end its sentence.
    endings: Vec<u32>,
    folded: Folded,
    /// Words wholly in letters that look Latin, and words in Latin letters.
    imitations: usize,
    latin_words: usize,
    /// Second reading of a Latin text with look-alike words: those are mapped too.
    to_latin: bool,
    marks: Marks,
    /// Second reading of a text with marks that spell nothing: they are dropped.
    decoration: Decoration,
    scratch: String,
    plain: String,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let expected = text.len() / 6 + 8;
        Self {
            text,
            bytes: text.as_bytes(),
            blocks: Blocks::new(text.as_bytes()),
            tokens: Vec::with_capacity(expected),
            places: Vec::with_capacity(expected),
            cutter: Cutter::new(text.len()),
            endings: Vec::new(),
            folded: Folded::default(),
            imitations: 0,
            latin_words: 0,
            to_latin: false,
            marks: Marks::default(),
            decoration: Decoration::default(),
            scratch: String::new(),
            plain: String::new(),
        }
    }

    pub(super) fn run(mut self) -> Tokenised<'t> {
        self.read();
        let to_latin = self.folded.mixed_script_words > 0 && self.imitations > 0 && self.latin_words > self.imitations;
        let decoration = self.marks.decoration();
        if to_latin || !decoration.is_none() {
            self = Self { to_latin, decoration, ..Self::new(self.text) };
            self.read();
        }
        if let Some(&(_, end)) = self.places.last() {
            self.cutter.finish(self.text, end as usize, self.tokens.len() as u32);
        }
        let sentences = match &self.endings[..] {
            [] => self.cutter.sentences,
            endings => endings::cut(self.cutter.sentences, endings, &self.places),
        };
        Tokenised {
            text: self.text,
            tokens: self.tokens,
            places: self.places,
            sentences,
            folded: self.folded,
            decoration: self.decoration,
        }
    }

    fn read(&mut self) {
        let mut at = self.blocks.next_start(0);
        while let Some(&byte) = self.bytes.get(at) {
            let end = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.ascii_word(at),
                0x80.. => self.wide(at),
                b'-' if self.is_sign(at, at + 1) => self.word(at, at + 1),
                b'-' => at + 1,
                _ => {
                    self.push(at, at + 1, Token::new(&[byte], TokenClass::Symbol));
                    at + 1
                }
            };
            at = self.blocks.next_start(end);
        }
    }

    /// Whether a minus ending at `end` belongs to the number after it.
    fn is_sign(&self, at: usize, end: usize) -> bool {
        let before = &self.text[..at];
        self.bytes.get(end).is_some_and(u8::is_ascii_digit)
            && (!before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ',' | '\''))
                || is_told_of(before) && self.is_measured(end))
    }

    /// Whether the number at `at` counts what may be less than nothing: per cent, degrees, money. In front of it a hyphen is a minus
    /// even behind a character, 气温为-5度, and an en dash behind a space.
    fn is_measured(&self, at: usize) -> bool {
        let part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
        let digits = self.bytes[at..].iter().take(NUMBER).take_while(part).count();
        let after = &self.text[at + digits..];
        after.strip_prefix(' ').unwrap_or(after).starts_with(MEASURES)
    }

    /// A word that begins with an ASCII letter or digit: the whole of it at once when nothing follows that could join.
    #[inline]
    fn ascii_word(&mut self, at: usize) -> usize {
        let end = self.blocks.word_end(at);
        if ascii::may_go_on(self.bytes, end) {
            return self.word(at, at);
        }
        let digit = self.bytes[at].is_ascii_digit();
        self.latin_words += usize::from(!digit);
        let class = if digit { TokenClass::Number } else { TokenClass::Word };
        match ascii::token(self.bytes, at, end, class) {
            Some(token) => self.push(at, end, token),
            None => self.push_folded(at, end, class, false),
        }
        end
    }

    /// Reads from a character beyond ASCII.
    fn wide(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return at + 1 };
        let end = at + c.len_utf8();
        let info = CharInfo::of(c);
        match info.class() {
            Class::Letter | Class::Digit => return self.word(at, at),
            Class::Character => return self.character(at, end, info),
            Class::Complex => return self.complex(at),
            Class::Symbol => self.push_folded(at, end, TokenClass::Symbol, false),
            Class::Hidden => self.folded.hidden_characters += 1,
            Class::Space if info.is_filler() => self.folded.hidden_characters += 1,
            Class::Punctuation if c == '\u{2212}' && self.is_sign(at, end) => return self.word(at, end),
            Class::Punctuation if c == '–' && self.text[..at].ends_with([' ', '(']) && self.is_sign(at, end) => {
                return if self.is_measured(end) { self.word(at, end) } else { end };
            }
            _ => {}
        }
        end
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// One character of Han or kana with the marks that compose with it.
    fn character(&mut self, at: usize, end: usize, info: CharInfo) -> usize {
        let whole = self.skip_marks(end);
        if whole > end || info.is_slow() {
            self.push_folded(at, whole, TokenClass::Character, false);
        } else {
            let (bytes, len) = utf8(info.folded());
            self.push(at, end, Token::mixed(bytes.into(), 0, len, TokenClass::Character));
        }
        whole
    }

    fn skip_marks(&mut self, mut at: usize) -> usize {
        while at < self.bytes.len() && self.bytes[at] >= 0x80 {
            let Some(c) = self.char_at(at) else { break };
            match CharInfo::of(c).class() {
                Class::Mark => {}
                Class::Hidden => self.folded.hidden_characters += 1,
                _ => break,
            }
            at += c.len_utf8();
        }
        at
    }

    /// A run in a script without spaces, cut into dictionary words.
    fn complex(&mut self, at: usize) -> usize {
        let mut end = at;
        while let Some(c) = self.char_at(end) {
            if end - at >= COMPLEX_CHUNK
                || !matches!(CharInfo::of(c).class(), Class::Complex | Class::Hidden | Class::Mark)
            {
                break;
            }
            end += c.len_utf8();
        }
        let run = &self.text[at..end];
        self.folded.hidden_characters += run.chars().filter(|&c| CharInfo::of(c).class() == Class::Hidden).count();
        let mut from = 0;
        for cut in dictionary::borders(run).skip(1) {
            self.push_folded(at + from, at + cut, TokenClass::Word, false);
            from = cut;
        }
        end
    }

    /// A word read character by character from `from` on; `at` is where it begins, a sign included.
    fn word(&mut self, at: usize, from: usize) -> usize {
        let word = Word::read(self.text, from, at < from);
        if word.any.is_slow() {
            self.marks.add(&self.text[from..word.end]);
        }
        self.folded.hidden_characters += word.hidden;
        let (latin, imitating) = (word.any.is_latin(), word.any.is_imitating());
        self.latin_words += usize::from(latin && word.class == TokenClass::Word);
        let mixed = latin && imitating;
        let imitation = imitating && word.all.is_look_alike();
        self.imitations += usize::from(imitation);
        let to_latin = mixed || (self.to_latin && imitation);
        self.folded.mixed_script_words += usize::from(to_latin);
        match word.token().filter(|_| !to_latin && self.decoration.is_none()) {
            Some(token) => self.push(at, word.end, token),
            None => self.push_folded(at, word.end, word.class, to_latin),
        }
        if endings::is_final(&self.text[from..word.end], &self.text[word.end..]) {
            self.endings.push(self.tokens.len() as u32);
        }
        word.end
    }

    /// A token folded the general way; `to_latin` maps look-alike letters.
    fn push_folded(&mut self, at: usize, end: usize, class: TokenClass, to_latin: bool) {
        self.scratch.clear();
        if self.decoration.is_none() {
            fold::token(&self.text[at..end], to_latin, &mut self.scratch);
        } else {
            self.plain.clear();
            self.folded.hidden_characters += self.decoration.strip(&self.text[at..end], &mut self.plain);
            fold::token(&self.plain, to_latin, &mut self.scratch);
        }
        if !self.scratch.is_empty() {
            let token = Token::new(self.scratch.as_bytes(), class);
            self.push(at, end, token);
        }
    }

    #[inline(always)]
    fn push(&mut self, at: usize, end: usize, token: Token) {
        let index = self.tokens.len();
        let before = self.places.last().map_or(0, |&(_, before)| before as usize);
        // A single space says nothing; all else may end a sentence.
        if at != before + 1 || self.bytes[before] != b' ' || index.is_multiple_of(32) {
            self.gap(at, index as u32);
        }
        self.tokens.push(token);
        self.places.push((at as u32, end as u32));
    }

    /// Looks at what lies between the last token and the one at `at`, for where sentences end.
    #[inline(never)]
    fn gap(&mut self, at: usize, index: u32) {
        let Some(&(start, before)) = self.places.last() else { return self.cutter.begin(self.text, at) };
        match &self.bytes[before as usize..at] {
            b"" | b" " => self.cutter.limit(before as usize, at, index),
            _ => self.cutter.gap(self.text, Span::new(start as usize, before as usize), at, index),
        }
    }
}

/// Whether a character ends `before` that is no unit of a range: 气温为, but not 5000元-1万元.
fn is_told_of(before: &str) -> bool {
    let mut last = before.chars().rev();
    let is_wide = |c: char| CharInfo::of(c).class() == Class::Character || is_syllable(c);
    let is_range = |last: &mut dyn Iterator<Item = char>| {
        let scale = |c: char| matches!(c, '百' | '千' | '万' | '亿' | '億' | '萬');
        match last.next() {
            Some(c) if scale(c) => last.next().is_some_and(char::is_numeric),
            before => before.is_some_and(char::is_numeric),
        }
    };
    last.next().is_some_and(is_wide) && !is_range(&mut last)
}

#[cfg(test)]
mod tests {
    use super::super::tokenise;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_for_ascii_ends_words_where_reading_characters_does(text in "([a-zA-Z0-9]{1,20}|[ '.,_$-]|é){0,60}") {
            let read = tokenise(&text);
            let mut last = 0;
            for at in 0..read.len() {
                let (span, word) = (read.span(at), read.span(at).of(&text));
                prop_assert!(!text[last..span.start].contains(char::is_alphanumeric));
                if word != "$" {
                    let signed = word.starts_with('-');
                    let slow = Word::read(&text, span.start + usize::from(signed), signed);
                    prop_assert_eq!((slow.end, slow.class), (span.end, read.tokens[at].class()));
                }
                last = span.end;
            }
            prop_assert!(!text[last..].contains(char::is_alphanumeric));
        }

        #[test]
        fn each_token_is_that_of_its_folded_form(text in "([a-zA-Z0-9]{1,20}|[ '.,_$%-]|[éßﬁǅ]|[ب-غ]{1,40}|[一-丠]|[가-긯]|\\PC){0,60}") {
            let read = tokenise(&text);
            // Where look-alike letters were mapped, a word's fold depends on the whole text.
            prop_assume!(read.folded.mixed_script_words == 0);
            let mut folded = String::new();
            for (at, token) in read.tokens.iter().enumerate() {
                folded.clear();
                read.fold(at, &mut folded);
                prop_assert_eq!(*token, Token::new(folded.as_bytes(), token.class()), "{}", folded);
            }
        }
    }
}
