//! One word, read character by character: where it ends, what it is made of and, in the same pass, what it folds to.

use super::chars::{CharInfo, Class, is_syllable};
use super::{Token, TokenClass};

/// Longest word folded here, in bytes, and room for that and one more character.
const LETTERS: usize = 60;
const ROOM: usize = LETTERS + 4;

/// A word of letters, digits and what joins them.
pub(super) struct Word {
    /// One past its last byte.
    pub end: usize,
    pub class: TokenClass,
    /// Invisible characters in it.
    pub hidden: usize,
    /// What any of its characters is, and what all are.
    pub any: CharInfo,
    pub all: CharInfo,
    /// Its characters folded one by one.
    letters: Letters,
}

impl Word {
    /// Reads the word at byte `from`; `signed` if a minus belongs to it.
    pub(super) fn read(text: &str, from: usize, signed: bool) -> Self {
        let mut word = Self {
            end: from,
            class: TokenClass::Word,
            hidden: 0,
            any: CharInfo::NONE,
            all: CharInfo::ALL,
            letters: Letters { bytes: [0; ROOM], len: 0 },
        };
        if signed {
            word.letters.push('-');
        }
        let mut last = Class::Letter;
        let mut letters = 0;
        for c in text[from..].chars() {
            let info = CharInfo::of(c);
            let class = info.class();
            let next = word.end + c.len_utf8();
            match class {
                Class::Letter | Class::Digit => {
                    if word.end == from && class == Class::Digit {
                        word.class = TokenClass::Number;
                    }
                    letters += 1;
                    last = class;
                }
                Class::Mark | Class::Connector => {}
                Class::Hidden => word.hidden += 1,
                _ if joins(c, last, letters, &text[next..]) => letters = 0,
                _ => break,
            }
            word.end = next;
            (word.any, word.all) = (word.any | info, word.all & info);
            if class != Class::Hidden {
                word.letters.push(info.folded());
            }
        }
        word
    }

    /// Its token, where folding the characters one by one is enough.
    pub(super) fn token(&self) -> Option<Token> {
        if self.any.is_slow() { None } else { self.letters.token(self.class) }
    }
}

/// Whether the mark `c` after `letters` letters or digits, the last of class `last`, joins what follows.
fn joins(c: char, last: Class, letters: usize, rest: &str) -> bool {
    let after = |nth| {
        let classes = rest.chars().map(|c| CharInfo::of(c).class());
        classes.filter(|&class| class != Class::Hidden).nth(nth)
    };
    match c {
        '\'' | '’' | '‘' | '\u{B7}' | '＇' => {
            // Hangul has no apostrophes: before a particle the mark closes a quotation, '...'라고.
            last == Class::Letter && after(0) == Some(Class::Letter) && !rest.starts_with(is_syllable)
        }
        ',' | '٫' | '٬' => last == Class::Digit && after(0) == Some(Class::Digit),
        '.' | '．' if last == Class::Digit => after(0) == Some(Class::Digit),
        '.' => letters == 1 && after(0) == Some(Class::Letter) && after(1) != Some(Class::Letter),
        _ => false,
    }
}

/// The folded characters of a short word.
struct Letters {
    /// In UTF-8, then zeros.
    bytes: [u8; ROOM],
    /// Bytes, or more than there is room for.
    len: usize,
}

impl Letters {
    #[inline]
    fn push(&mut self, c: char) {
        let (bytes, len) = utf8(c);
        if let Some(room) = self.bytes.get_mut(self.len..self.len + 4) {
            room.copy_from_slice(&bytes.to_le_bytes());
        }
        self.len += len;
    }

    /// The token of these letters, unless there was no room for all.
    fn token(&self, class: TokenClass) -> Option<Token> {
        let (words, _) = self.bytes.as_chunks::<8>();
        match self.len {
            0..=16 => Some(Token::mixed(u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]), self.len, class)),
            17..=LETTERS => Some(Token::new(&self.bytes[..self.len], class)),
            _ => None,
        }
    }
}

/// The bytes of a character in UTF-8, the first lowest, and how many.
#[inline]
pub(super) fn utf8(c: char) -> (u32, usize) {
    let mut bytes = [0; 4];
    let len = c.encode_utf8(&mut bytes).len();
    (u32::from_le_bytes(bytes), len)
}
