//! Marks that are drawn on letters of every kind: decoration, as a line through each letter is, and no spelling.
//!
//! An orthography puts a mark on some letters: the acute on vowels and a few consonants, the dot below on six letters in Vietnamese and
//! on eight in romanised Sanskrit. A mark on most letters of the alphabet, in one text, spells nothing. A text in which one has been
//! strewn over the words reads as before, and would otherwise share no word with what it was made from.

use super::chars::{CharInfo, Class};
use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};

const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizer::new_nfd();

/// Letters of A to Z on which a mark must be typed in one text to be decoration. Lists of names in many languages stay well below.
const LETTERS: u32 = 16;

/// Marks kept an eye on, at most: texts have a handful.
const MOST: usize = 64;

/// On which letters of A to Z the marks of a text are typed.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(char, u32)>);

impl Marks {
    /// Takes in a word. Cost: linear.
    pub fn add(&mut self, word: &str) {
        let mut letter = None;
        for c in word.chars() {
            match (CharInfo::of(c).class(), letter) {
                (Class::Mark, Some(letter)) => self.note(c, letter),
                (Class::Mark | Class::Hidden, _) => {}
                _ => letter = c.is_ascii_alphabetic().then(|| c.to_ascii_lowercase() as u8 - b'a'),
            }
        }
    }

    fn note(&mut self, mark: char, letter: u8) {
        let bit = 1 << letter;
        match self.0.iter().position(|&(known, _)| known == mark) {
            Some(at) => self.0[at].1 |= bit,
            None if self.0.len() < MOST => self.0.push((mark, bit)),
            None => {}
        }
    }

    /// Those that are decoration.
    pub fn decoration(&self) -> Decoration {
        let strewn = self.0.iter().filter(|(_, letters)| letters.count_ones() >= LETTERS);
        Decoration(strewn.map(|&(mark, _)| mark).collect())
    }
}

/// The marks of a text that are decoration: none, for nearly every text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Decoration(Vec<char>);

impl Decoration {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends `token` without them, those included that are one character with their letter; returns how many there were.
    pub fn strip(&self, token: &str, out: &mut String) -> usize {
        let mut stripped = 0;
        out.extend(NFD.normalize(token).chars().filter(|c| {
            let is_decoration = self.0.contains(c);
            stripped += usize::from(is_decoration);
            !is_decoration
        }));
        stripped
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokenise;
    use super::*;

    const TEXT: &str =
        "The quick brown fox jumps over the lazy dog, and five boxing wizards look on with café and naïve faces. ";

    fn folded(text: &str) -> Vec<String> {
        let read = tokenise(text);
        let fold = |at| {
            let mut out = String::new();
            read.fold(at, &mut out);
            out
        };
        (0..read.len()).map(fold).collect()
    }

    /// `text` with `mark` after every letter of A to Z that `takes` it.
    fn marked(text: &str, mark: char, takes: impl Fn(char) -> bool) -> String {
        text.chars().flat_map(|c| [Some(c), (c.is_ascii_alphabetic() && takes(c)).then_some(mark)]).flatten().collect()
    }

    #[test]
    fn a_mark_strewn_over_all_letters_is_no_spelling() {
        for mark in ['\u{323}', '\u{325}', '\u{35C}'] {
            let text = marked(TEXT, mark, |_| true);
            let (plain, strewn) = (tokenise(TEXT), tokenise(&text));
            assert_eq!(plain.tokens, strewn.tokens, "{mark:?}");
            assert_eq!(folded(TEXT), folded(&text));
            assert_eq!(strewn.folded.hidden_characters, text.matches(mark).count());
        }
        let mut plain = String::new();
        assert_eq!(Decoration(vec!['\u{323}']).strip("\u{1EA1}bc\u{323}\u{E9}", &mut plain), 2);
        assert_eq!(plain, "abce\u{301}", "what is one character with its letter goes too");
    }

    #[test]
    fn a_mark_that_spells_stays() {
        for takes in ["aeiouy", "aeiouymn", "cdenrstz", "dhlmnrst"] {
            let text = marked(TEXT, '\u{301}', |c| takes.contains(c));
            assert_ne!(tokenise(TEXT).tokens, tokenise(&text).tokens, "{takes}");
            assert_eq!(tokenise(&text).folded.hidden_characters, 0);
        }
        assert_ne!(folded("cafe\u{301}"), folded("cafe"));
    }
}
