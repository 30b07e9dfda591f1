//! A text as its values are read: folded characters with their bytes, white space collapsed.

use crate::span::Span;
use crate::text::fold;
use crate::text::{CharInfo, Class};

/// What a glyph is to the reader of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A decimal digit of any script, folded to ASCII.
    Digit,
    /// A letter of a script that puts spaces between words, Hangul apart.
    Letter,
    /// A Hangul syllable.
    Hangul,
    /// Han, kana, Thai and the like: no spaces between words.
    Character,
    /// White space, any amount of it, without a blank line.
    Space,
    /// A blank line.
    Break,
    /// All else.
    Sign,
}

/// A folded character and the bytes it came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    pub c: char,
    pub sort: Sort,
    start: u32,
    end: u32,
}

/// The glyphs of a text, with an end that reads as a blank line.
#[derive(Debug)]
pub(crate) struct Glyphs<'t> {
    pub text: &'t str,
    list: Vec<Glyph>,
    /// Each byte of the text is a glyph, and none is listed.
    plain: bool,
}

/// What stands before the first and after the last glyph.
const NOTHING: Glyph = Glyph { c: '\n', sort: Sort::Break, start: 0, end: 0 };

impl<'t> Glyphs<'t> {
    /// Folds `text`. Cost: linear.
    pub(crate) fn new(text: &'t str) -> Self {
        if is_plain(text.as_bytes()) { Self { text, list: Vec::new(), plain: true } } else { Self::listed(text) }
    }

    fn listed(text: &'t str) -> Self {
        let mut glyphs = Self { text, list: Vec::with_capacity(text.len()), plain: false };
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // Nothing joins an ASCII character but what is beyond ASCII.
            if let Some(sort) = ASCII[usize::from(byte)].filter(|_| bytes.get(at + 1).is_none_or(u8::is_ascii)) {
                glyphs.push_one(byte.to_ascii_lowercase() as char, sort, at, at + 1);
                at += 1;
                continue;
            }
            let c = text[at..].chars().next().expect("a character begins here");
            let end = glyphs.cluster_end(at + c.len_utf8());
            glyphs.push(at, end, c);
            at = end;
        }
        glyphs
    }

    /// Where the marks and letters end that combine with the character before `at`.
    fn cluster_end(&self, mut at: usize) -> usize {
        while let Some(c) = self.text[at..].chars().next() {
            let info = CharInfo::of(c);
            let joins = info.class() == Class::Mark || matches!(c, '\u{1160}'..='\u{11FF}');
            if c.is_ascii() || !joins {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    fn push(&mut self, start: usize, end: usize, c: char) {
        let info = CharInfo::of(c);
        let alone = end - start == c.len_utf8() && !info.is_slow();
        match info.class() {
            Class::Hidden => {}
            Class::Space | Class::Newline => self.push_space(start, end, info.class() == Class::Newline),
            _ if alone && is_raised(c, info) => self.push_one(c, Sort::Sign, start, end),
            _ if alone => self.push_one(plain(info.folded()), sort(c, info), start, end),
            _ => self.push_folded(start, end),
        }
    }

    /// A character that folds to several, or several that fold to one: all share their bytes.
    fn push_folded(&mut self, start: usize, end: usize) {
        let mut folded = String::new();
        fold::token(&self.text[start..end], false, &mut folded);
        // A half after a whole number is added to it, as if a space stood between them.
        if folded.contains('⁄') && self.list.last().is_some_and(|before| before.sort == Sort::Digit) {
            self.push_one(' ', Sort::Space, start, end);
        }
        for c in folded.chars() {
            self.push_one(plain(c), sort(c, CharInfo::of(c)), start, end);
        }
    }

    fn push_space(&mut self, start: usize, end: usize, newline: bool) {
        match self.list.last_mut() {
            Some(last) if last.sort == Sort::Space || last.sort == Sort::Break => {
                if newline && self.text[last.start as usize..start].contains('\n') {
                    (last.c, last.sort) = ('\n', Sort::Break);
                }
                last.end = end as u32;
            }
            _ => self.push_one(' ', Sort::Space, start, end),
        }
    }

    fn push_one(&mut self, c: char, sort: Sort, start: usize, end: usize) {
        self.list.push(Glyph { c, sort, start: start as u32, end: end as u32 });
    }

    /// The first glyph that begins at or after byte `at`.
    pub(crate) fn index(&self, at: usize) -> usize {
        if self.plain { at.min(self.len()) } else { self.list.partition_point(|glyph| (glyph.start as usize) < at) }
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        if self.plain { self.text.len() } else { self.list.len() }
    }

    /// The glyph at `at`, or a blank line beyond the end.
    pub(crate) fn at(&self, at: usize) -> Glyph {
        if !self.plain {
            return self.list.get(at).copied().unwrap_or(NOTHING);
        }
        let Some(&byte) = self.text.as_bytes().get(at) else { return NOTHING };
        let (c, sort) = match ASCII[usize::from(byte)] {
            Some(sort) => (byte.to_ascii_lowercase() as char, sort),
            None => (' ', Sort::Space),
        };
        Glyph { c, sort, start: at as u32, end: at as u32 + 1 }
    }

    /// The glyph before `at`.
    pub(crate) fn before(&self, at: usize) -> Glyph {
        at.checked_sub(1).map_or(NOTHING, |at| self.at(at))
    }

    /// The character at `at`.
    pub(crate) fn c(&self, at: usize) -> char {
        self.at(at).c
    }

    /// The kind of the glyph at `at`.
    pub(crate) fn sort(&self, at: usize) -> Sort {
        self.at(at).sort
    }

    /// Bytes of the glyphs from `start` up to `end`, which is greater.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.at(start).start as usize, self.at(end - 1).end as usize)
    }

    /// The character of the text that begins where glyph `at` does, case and width as written.
    pub(crate) fn written(&self, at: usize) -> char {
        self.text.get(self.at(at).start as usize..).and_then(|rest| rest.chars().next()).unwrap_or('\n')
    }

    /// Whether the glyph at `at` was written as a capital letter.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        at < self.len() && self.written(at).is_uppercase()
    }

    /// The folded characters from `start` up to `end`.
    pub(crate) fn folded(&self, start: usize, end: usize) -> String {
        (start..end).map(|at| self.c(at)).collect()
    }

    /// The word of Latin letters at `at` as written, where each byte of the text is a glyph; empty elsewhere.
    pub(crate) fn plain_word(&self, at: usize) -> &'t str {
        let rest = if self.plain { self.text.get(at..).unwrap_or_default() } else { "" };
        &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()]
    }

    /// Whether the folded characters from `start` up to `end` are `word`, which is ASCII.
    pub(crate) fn says(&self, start: usize, end: usize, word: &str) -> bool {
        end == start + word.len() && word.bytes().zip(start..).all(|(byte, at)| self.c(at) == byte as char)
    }

    /// Where the space at `at` ends, if there is one: `at` itself otherwise.
    pub(crate) fn skip_space(&self, at: usize) -> usize {
        at + usize::from(self.sort(at) == Sort::Space)
    }

    /// Where the letters from `at` on end.
    pub(crate) fn word_end(&self, mut at: usize) -> usize {
        while self.sort(at) == Sort::Letter {
            at += 1;
        }
        at
    }

    /// Whether a word of letters can begin at `at`: no letter and no digit before it.
    pub(crate) fn begins_word(&self, at: usize) -> bool {
        !matches!(self.before(at).sort, Sort::Letter | Sort::Digit)
    }
}

/// Whether a text is ASCII and has no white space but single spaces and line ends.
fn is_plain(text: &[u8]) -> bool {
    // Bytes, not truths, are gathered: that is done for many at a time.
    let space = |byte: u8| u8::from(byte == b' ') | u8::from(byte == b'\n');
    let odd = text.iter().fold(0, |odd, &byte| odd | u8::from(!byte.is_ascii_graphic()) & !space(byte));
    let next = text.get(1..).unwrap_or_default();
    let wide = text.iter().zip(next).fold(0, |wide, (&byte, &next)| wide | space(byte) & space(next));
    odd == 0 && wide == 0
}

/// The sorts of ASCII characters that are no white space.
const ASCII: [Option<Sort>; 256] = {
    let mut sorts = [None; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        sorts[byte as usize] = Some(match byte {
            b'0'..=b'9' => Sort::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Sort::Letter,
            _ => Sort::Sign,
        });
        byte += 1;
    }
    sorts
};

fn sort(c: char, info: CharInfo) -> Sort {
    match info.class() {
        Class::Digit => Sort::Digit,
        Class::Letter if matches!(c, '가'..='힣') => Sort::Hangul,
        Class::Letter | Class::Mark => Sort::Letter,
        Class::Character | Class::Complex => Sort::Character,
        Class::Space => Sort::Space,
        Class::Newline => Sort::Break,
        _ => Sort::Sign,
    }
}

/// Raised, lowered and circled digits are notes and list marks, no digits of a number.
fn is_raised(c: char, info: CharInfo) -> bool {
    info.class() == Class::Letter && !c.is_ascii_digit() && info.folded().is_ascii_digit()
}

/// Hyphens become one hyphen, wave dashes one tilde.
fn plain(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{FE63}' => '-',
        '〜' | '∼' => '~',
        '∶' | '︰' => ':',
        '⁄' | '∕' => '/',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let glyphs = Glyphs::new(text);
        glyphs.folded(0, glyphs.len())
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("１２３％", "123%"),
            ("٣٫٥", "3٫5"),
            ("5\u{A0}㎞", "5  km"),
            ("1½", "1 ½"),
            ("한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"),
            ("2020‑21", "2020-21"),
            ("一萬円", "一万圆"),
            ("12\u{200B}3", "123"),
        ] {
            assert_eq!(folded(a), folded(b), "{a:?} {b:?}");
        }
        assert_ne!(folded("10²"), folded("102"));
    }

    #[test]
    fn ascii_is_read_as_its_class_says() {
        for c in '\0'..='\x7F' {
            let info = CharInfo::of(c);
            match ASCII[c as usize] {
                Some(fast) => {
                    assert_eq!((fast, c.to_ascii_lowercase()), (sort(c, info), plain(info.folded())), "{c:?}")
                }
                None => assert!(matches!(info.class(), Class::Space | Class::Newline | Class::Hidden), "{c:?}"),
            }
        }
    }

    #[test]
    fn plain_texts_are_read_as_others() {
        for text in ["", " ", "\n", "In May 2024,\nthe bank's 5% rate rose [by] ~3 points! ", "{a} | \\b_c`d@e.f"] {
            let (plain, listed) = (Glyphs::new(text), Glyphs::listed(text));
            assert!(plain.plain && plain.len() == listed.len());
            for at in 0..=text.len() {
                let (x, y) = (plain.at(at), listed.at(at));
                assert_eq!((x.c, x.sort, x.start, x.end), (y.c, y.sort, y.start, y.end), "{text:?} {at}");
                assert_eq!(plain.index(at), listed.index(at));
            }
        }
        for text in ["a  b", "a\tb", "a \nb", "é", "a\u{7F}"] {
            assert!(!Glyphs::new(text).plain, "{text:?}");
        }
    }

    #[test]
    fn spans_are_those_of_the_text() {
        let glyphs = Glyphs::new("약 ５㎞\n\n끝");
        assert_eq!(glyphs.folded(2, 5), "5km");
        assert_eq!(glyphs.span(3, 5).of(glyphs.text), "㎞");
        assert_eq!(glyphs.sort(5), Sort::Break);
        assert_eq!(glyphs.sort(99), Sort::Break);
    }
}
