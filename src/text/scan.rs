//! The tokeniser's loop: words after UAX #29, single characters of Han and kana, dictionary words where a script has no
//! spaces, numbers and symbols; ASCII by eight bytes at a time.
//!
//! Two departures from UAX #29, both because statements need them: a full stop joins letters only in acronyms
//! ("U.S."), so that "ends here.The next" is two words, and a sign that touches a number belongs to it ("-5").

use super::chars::{Alphabet, CharInfo, Class};
use super::sentences::Cutter;
use super::{Token, TokenClass, Tokenised, fold};
use crate::compare::Folded;
use crate::span::Span;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

/// Longest stretch handed to the dictionary segmenter at once, in bytes: it keeps hostile input linear.
const COMPLEX_CHUNK: usize = 4096;
/// Longest ASCII word folded on the stack, in bytes.
const STACK: usize = 32;

pub(super) struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    tokens: Vec<Token>,
    places: Vec<(u32, u32)>,
    cutter: Cutter,
    folded: Folded,
    /// Words wholly in letters that look Latin, and words in Latin letters.
    imitations: usize,
    latin_words: usize,
    /// Second reading of a Latin text with look-alike words: those are mapped too.
    to_latin: bool,
    scratch: String,
}

/// A word being read: where it goes on to, and what it is made of.
struct Word {
    end: usize,
    hidden: usize,
    ascii: bool,
    slow: bool,
    latin: bool,
    imitation: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let expected = text.len() / 6 + 8;
        Self {
            text,
            bytes: text.as_bytes(),
            tokens: Vec::with_capacity(expected),
            places: Vec::with_capacity(expected),
            cutter: Cutter::default(),
            folded: Folded::default(),
            imitations: 0,
            latin_words: 0,
            to_latin: false,
            scratch: String::new(),
        }
    }

    pub(super) fn run(mut self) -> Tokenised<'t> {
        self.read();
        if self.folded.mixed_script_words > 0 && self.imitations > 0 && self.latin_words > self.imitations {
            self = Self { to_latin: true, ..Self::new(self.text) };
            self.read();
        }
        if let Some(&(_, end)) = self.places.last() {
            self.cutter.finish(self.text, end as usize, self.tokens.len() as u32);
        }
        Tokenised {
            text: self.text,
            tokens: self.tokens,
            places: self.places,
            sentences: self.cutter.sentences,
            folded: self.folded,
        }
    }

    fn read(&mut self) {
        let mut at = 0;
        while let Some(&byte) = self.bytes.get(at) {
            at = if byte < 0x80 { self.ascii(at, byte) } else { self.wide(at) };
        }
    }

    /// Reads from an ASCII byte; returns where to go on.
    fn ascii(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b' ' => at + 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.ascii_word(at),
            b'%' | b'$' => {
                self.push(at, at + 1, Token::new(&[byte], TokenClass::Symbol));
                at + 1
            }
            b'-' if self.is_sign(at, at + 1) => self.word(at, at + 1),
            _ => at + 1,
        }
    }

    /// Whether a minus ending at `end` belongs to the number after it.
    fn is_sign(&self, at: usize, end: usize) -> bool {
        self.bytes.get(end).is_some_and(u8::is_ascii_digit)
            && !self.text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ',' | '\''))
    }

    /// A word that begins with an ASCII letter or digit: the whole of it at once when nothing follows that could join.
    fn ascii_word(&mut self, at: usize) -> usize {
        if let Some((folded, len)) = short_word(self.bytes, at) {
            let class = if self.bytes[at].is_ascii_digit() { TokenClass::Number } else { TokenClass::Word };
            self.latin_words += usize::from(class == TokenClass::Word);
            self.push(at, at + len, Token::short(folded, len, class));
            return at + len;
        }
        let end = ascii_word_end(self.bytes, at);
        let joins = match self.bytes.get(end) {
            None => false,
            Some(b'\'' | b'.' | b',') => {
                self.bytes.get(end + 1).is_some_and(|&byte| byte >= 0x80 || byte.is_ascii_alphanumeric())
            }
            Some(&byte) => byte >= 0x80 || byte == b'_',
        };
        if joins {
            return self.word(at, at);
        }
        self.push_ascii(at, end);
        end
    }

    /// Reads from a character beyond ASCII.
    fn wide(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return at + 1 };
        let end = at + c.len_utf8();
        let info = CharInfo::of(c);
        match info.class() {
            Class::Letter | Class::Digit => return self.word(at, at),
            Class::Character => return self.character(at, end, c, info),
            Class::Complex => return self.complex(at),
            Class::Symbol => self.push_folded(at, end, TokenClass::Symbol),
            Class::Hidden => self.folded.hidden_characters += 1,
            Class::Space if info.is_filler() => self.folded.hidden_characters += 1,
            Class::Punctuation if c == '\u{2212}' && self.is_sign(at, end) => return self.word(at, end),
            _ => {}
        }
        end
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// One character of Han or kana with the marks that compose with it.
    fn character(&mut self, at: usize, end: usize, c: char, info: CharInfo) -> usize {
        let whole = self.skip_marks(end);
        if whole > end || info.is_slow() {
            self.push_folded(at, whole, TokenClass::Character);
        } else {
            let mut buffer = [0; 4];
            let folded = info.folded();
            debug_assert!(folded != '\0' || c == '\0');
            self.push(at, end, Token::new(folded.encode_utf8(&mut buffer).as_bytes(), TokenClass::Character));
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
        for cut in segmenter().segment_str(run).skip(1) {
            self.push_folded(at + from, at + cut, TokenClass::Word);
            from = cut;
        }
        end
    }

    /// A word read character by character from `from` on; `at` is where it begins, a sign included.
    fn word(&mut self, at: usize, from: usize) -> usize {
        let word = self.read_word(from);
        self.folded.hidden_characters += word.hidden;
        let class = self.word_class(from);
        if word.ascii {
            self.push_ascii(at, word.end);
            return word.end;
        }
        self.latin_words += usize::from(word.latin);
        let mixed = word.latin && word.imitation;
        let imitation = word.imitation && !word.latin && fold::is_imitation(&self.text[from..word.end]);
        self.folded.mixed_script_words += usize::from(mixed || (self.to_latin && imitation));
        self.imitations += usize::from(imitation);
        let to_latin = mixed || (self.to_latin && imitation);
        self.scratch.clear();
        if word.slow || to_latin {
            fold::token(&self.text[at..word.end], to_latin, &mut self.scratch);
        } else {
            let folded = self.text[at..word.end].chars().map(CharInfo::of);
            self.scratch.extend(folded.filter(|info| info.class() != Class::Hidden).map(CharInfo::folded));
        }
        if !self.scratch.is_empty() {
            let token = Token::new(self.scratch.as_bytes(), class);
            self.push(at, word.end, token);
        }
        word.end
    }

    fn word_class(&self, from: usize) -> TokenClass {
        match self.char_at(from).map(|c| CharInfo::of(c).class()) {
            Some(Class::Digit) => TokenClass::Number,
            _ => TokenClass::Word,
        }
    }

    /// Follows a word from `from` to its end.
    fn read_word(&self, from: usize) -> Word {
        let mut word = Word { end: from, hidden: 0, ascii: true, slow: false, latin: false, imitation: false };
        let mut last = Class::Letter;
        let mut letters = 0;
        let mut at = from;
        while let Some(c) = self.char_at(at) {
            let info = CharInfo::of(c);
            let class = info.class();
            match class {
                Class::Letter | Class::Digit => {
                    letters += 1;
                    last = class;
                }
                Class::Mark | Class::Connector => {}
                Class::Hidden => word.hidden += 1,
                _ if self.joins(c, last, letters, at + c.len_utf8()) => letters = 0,
                _ => break,
            }
            at += c.len_utf8();
            word.end = at;
            word.ascii &= c.is_ascii();
            word.slow |= info.is_slow();
            match info.alphabet() {
                Alphabet::Latin => word.latin = true,
                Alphabet::Cyrillic | Alphabet::Greek => word.imitation = true,
                Alphabet::Other => {}
            }
        }
        word
    }

    /// Whether the mark `c` after `letters` letters or digits, the last of class `last`, joins what follows at `next`.
    fn joins(&self, c: char, last: Class, letters: usize, next: usize) -> bool {
        let mut rest =
            self.text[next..].chars().map(|c| CharInfo::of(c).class()).filter(|&class| class != Class::Hidden);
        let (Some(first), second) = (rest.next(), rest.next()) else { return false };
        match c {
            '\'' | '’' | '‘' | '\u{B7}' | '＇' => last == Class::Letter && first == Class::Letter,
            ',' | '٫' | '٬' => last == Class::Digit && first == Class::Digit,
            '.' if last == Class::Digit => first == Class::Digit,
            '.' => letters == 1 && first == Class::Letter && second != Some(Class::Letter),
            _ => false,
        }
    }

    /// A token of ASCII letters, digits and joiners.
    fn push_ascii(&mut self, at: usize, end: usize) {
        let word = &self.bytes[at..end];
        let digit = word.iter().find(|byte| **byte != b'-').is_some_and(u8::is_ascii_digit);
        let class = if digit { TokenClass::Number } else { TokenClass::Word };
        self.latin_words += usize::from(!digit);
        let token = if word.len() <= STACK {
            let mut folded = [0; STACK];
            folded[..word.len()].copy_from_slice(word);
            folded.make_ascii_lowercase();
            Token::new(&folded[..word.len()], class)
        } else {
            Token::new(&word.to_ascii_lowercase(), class)
        };
        self.push(at, end, token);
    }

    /// A token folded the general way.
    fn push_folded(&mut self, at: usize, end: usize, class: TokenClass) {
        self.scratch.clear();
        fold::token(&self.text[at..end], false, &mut self.scratch);
        if !self.scratch.is_empty() {
            let token = Token::new(self.scratch.as_bytes(), class);
            self.push(at, end, token);
        }
    }

    #[inline]
    fn push(&mut self, at: usize, end: usize, token: Token) {
        let index = self.tokens.len() as u32;
        match self.places.last() {
            None => self.cutter.begin(self.text, at),
            // A single space says nothing; all else may end a sentence.
            Some(&(_, before)) if at == before as usize + 1 && self.bytes[at - 1] == b' ' => {
                if index.is_multiple_of(32) {
                    self.cutter.limit(at - 1, at, index);
                }
            }
            Some(&(start, before)) => {
                self.cutter.gap(self.text, Span::new(start as usize, before as usize), at, index);
            }
        }
        self.tokens.push(token);
        self.places.push((at as u32, end as u32));
    }
}

/// A word of fewer than eight ASCII letters and digits with a plain separator after it, folded, and its length; most
/// words of most texts.
#[inline]
fn short_word(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let chunk = u64::from_le_bytes(*bytes[at..].first_chunk::<8>()?);
    let other = !alphanumeric_mask(chunk) & HIGH;
    let bits = other.trailing_zeros() & !7;
    if bits == 64 {
        return None;
    }
    let next = (chunk >> bits) as u8;
    if next != b' ' && next != b'\n' {
        return None;
    }
    // Letters differ from their small form by one bit, which every digit has set already.
    let folded = (chunk | (ONES * 0x20)) & ((1 << bits) - 1);
    Some((folded, (bits / 8) as usize))
}

/// Where the ASCII letters and digits from `at` on end.
fn ascii_word_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let other = !alphanumeric_mask(u64::from_le_bytes(*chunk)) & HIGH;
        if other != 0 {
            return at + (other.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

/// The high bit of every byte that is an ASCII letter or digit (bytes side by side in a word; H. S. Warren, Hacker's
/// Delight, 2nd ed., section 6-1).
fn alphanumeric_mask(chunk: u64) -> u64 {
    let low = chunk & !HIGH;
    // Adding 0x80 - x sets the high bit of every byte that is at least x.
    let at_least = |x: u8| low + ONES * u64::from(0x80 - x);
    let lower = chunk | (ONES * 0x20);
    let letter_from = |x: u8| (lower & !HIGH) + ONES * u64::from(0x80 - x);
    let digit = at_least(b'0') & !at_least(b'9' + 1);
    let letter = letter_from(b'a') & !letter_from(b'z' + 1);
    (digit | letter) & !chunk & HIGH
}

fn segmenter() -> WordSegmenterBorrowed<'static> {
    WordSegmenter::new_dictionary(WordBreakInvariantOptions::default())
}
