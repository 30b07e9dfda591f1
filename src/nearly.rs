//! Words that nearly match: by edit distance, measured only where it can be small.

use crate::hashes::deal;
use crate::text::{Tokenised, is_syllable};
use std::ops::Range;

/// Least similarity of words that nearly match, and their least and greatest length in characters.
const NEAR: f64 = 0.6;
const NEAR_LETTERS: Range<u32> = 3..41;

/// Which different words of two stretches nearly match; its memory is used again for the next two.
#[derive(Debug, Default)]
pub(crate) struct NearWords {
    width: usize,
    near: Vec<bool>,
    a: Words,
    b: Words,
    by_length: ByLength,
    letters: Letters,
}

/// The folded words of a stretch.
#[derive(Debug, Default)]
struct Words {
    /// One after the other, in UTF-8.
    folded: Vec<u8>,
    words: Vec<Word>,
    /// Space for a word beyond ASCII.
    other: String,
}

/// A folded word: where it ends among the others, its length in characters and which letters it holds.
#[derive(Debug)]
struct Word {
    end: usize,
    letters: u32,
    held: Held,
    is_ascii: bool,
    /// Begins with a Hangul syllable.
    hangul: bool,
}

/// Which letters a word holds, modulo 32.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    mask: u32,
    /// How many of them.
    different: u32,
}

impl Held {
    fn new(mask: u32) -> Self {
        Self { mask, different: mask.count_ones() }
    }

    /// Mostly the same letters.
    fn is_mostly(self, other: Self) -> bool {
        let shared = (self.mask & other.mask).count_ones();
        3 * shared + 2 >= 2 * self.different.max(other.different)
    }
}

impl NearWords {
    /// Looks at every two words of two stretches.
    pub(crate) fn fill(&mut self, a: &Tokenised<'_>, in_a: &Range<u32>, b: &Tokenised<'_>, in_b: &Range<u32>) {
        self.a.fill(a, in_a);
        self.b.fill(b, in_b);
        self.by_length.fill(&self.b.words);
        self.width = in_b.len();
        self.near.clear();
        self.near.reserve(in_a.len() * in_b.len());
        let tokens_a = &a.tokens[in_a.start as usize..in_a.end as usize];
        let tokens_b = &b.tokens[in_b.start as usize..in_b.end as usize];
        for (i, (x, token)) in self.a.words.iter().zip(tokens_a).enumerate() {
            let first = self.near.len();
            self.near.resize(first + in_b.len(), false);
            let row = &mut self.near[first..];
            let word = self.a.folded(i);
            for place in self.by_length.of(x.near_lengths()) {
                let j = place.at as usize;
                if x.held.is_mostly(place.held) && *token != tokens_b[j] {
                    let both_ascii = x.is_ascii && self.b.words[j].is_ascii;
                    let other = self.b.folded(j);
                    row[j] = if both_ascii { self.letters.is_near(word, other) } else { is_near(word, other) };
                }
            }
            self.letters.forget(word);
            if x.hangul {
                for (j, near) in row.iter_mut().enumerate() {
                    *near |= tokens_b[j] != *token && has_one_stem(text(word), text(self.b.folded(j)));
                }
            }
        }
    }

    /// Forgets what nearly matches.
    pub(crate) fn clear(&mut self) {
        self.width = 0;
    }

    /// Which words of the second stretch are near to word `i` of the first; none where none was asked for. Of equal words it
    /// says nothing.
    pub(crate) fn row(&self, i: usize) -> &[bool] {
        &self.near[i * self.width..(i + 1) * self.width]
    }
}

/// The words of a stretch that may nearly match any, those of one length together: of most words the length is another.
#[derive(Debug)]
struct ByLength {
    unsorted: Vec<Place>,
    places: Vec<Place>,
    /// Where those of each length end.
    ends: [u32; NEAR_LETTERS.end as usize],
}

/// Which of the words, and which letters it holds.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    at: u32,
    letters: u32,
    held: Held,
}

impl Default for ByLength {
    fn default() -> Self {
        Self { unsorted: Vec::new(), places: Vec::new(), ends: [0; NEAR_LETTERS.end as usize] }
    }
}

impl ByLength {
    /// Cost: linear.
    fn fill(&mut self, words: &[Word]) {
        self.unsorted.clear();
        let places = (0..).zip(words).map(|(at, word)| Place { at, letters: word.letters, held: word.held });
        self.unsorted.extend(places.filter(|place| NEAR_LETTERS.contains(&place.letters)));
        self.places.clear();
        self.places.resize(self.unsorted.len(), Place::default());
        self.ends.fill(0);
        deal(&self.unsorted, &mut self.places, &mut self.ends, |place| place.letters as usize);
    }

    /// Those with one of some lengths.
    fn of(&self, lengths: Range<u32>) -> &[Place] {
        if lengths.is_empty() {
            return &[];
        }
        let before = |length: u32| self.ends[length as usize - 1] as usize;
        &self.places[before(lengths.start)..before(lengths.end)]
    }
}

impl Words {
    fn fill(&mut self, text: &Tokenised<'_>, range: &Range<u32>) {
        self.folded.clear();
        self.words.clear();
        for at in range.clone() {
            let word = text.span(at as usize).of(text.text);
            if word.is_ascii() {
                let mut mask = 0;
                self.folded.extend(word.bytes().map(|letter| {
                    let letter = letter.to_ascii_lowercase();
                    mask |= 1_u32 << (letter % 32);
                    letter
                }));
                self.words.push(Word {
                    end: self.folded.len(),
                    letters: word.len() as u32,
                    held: Held::new(mask),
                    is_ascii: true,
                    hangul: false,
                });
                continue;
            }
            self.other.clear();
            text.fold(at as usize, &mut self.other);
            let own = self.other.chars();
            let (letters, mask) = own.fold((0, 0), |(count, mask), c| (count + 1, mask | 1_u32 << (c as u32 % 32)));
            self.folded.extend_from_slice(self.other.as_bytes());
            self.words.push(Word {
                end: self.folded.len(),
                letters,
                held: Held::new(mask),
                is_ascii: self.other.is_ascii(),
                hangul: self.other.starts_with(is_syllable),
            });
        }
    }

    fn folded(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.words[before].end);
        &self.folded[start..self.words[at].end]
    }
}

impl Word {
    /// Lengths of the words that it may be near: no third more or less. The edit distance is only measured where it can
    /// be small.
    fn near_lengths(&self) -> Range<u32> {
        if !NEAR_LETTERS.contains(&self.letters) {
            return 0..0;
        }
        let (least, most) = ((2 * self.letters).div_ceil(3), 3 * self.letters / 2);
        least.max(NEAR_LETTERS.start)..(most + 1).min(NEAR_LETTERS.end)
    }
}

/// Syllables that two Korean words must begin with alike to have one stem, and most of what may follow: particles and endings.
const STEM: usize = 2;
const ENDING: usize = 3;

/// Whether two Korean words are one with other particles or endings, as far as syllables tell: 총회에, 총회에는.
fn has_one_stem(x: &str, y: &str) -> bool {
    let shared = x.chars().zip(y.chars()).take_while(|(x, y)| x == y && is_syllable(*x)).count();
    shared >= STEM && x.chars().count().max(y.chars().count()) <= shared + ENDING
}

/// A word of [`Words`] as text.
fn text(word: &[u8]) -> &str {
    str::from_utf8(word).expect("words are UTF-8")
}

/// Whether two different words are near by their characters.
fn is_near(x: &[u8], y: &[u8]) -> bool {
    strsim::normalized_levenshtein(text(x), text(y)) >= NEAR
}

/// An ASCII word that others are compared with: for each character a bit at every place where the word has it, filled in when
/// first asked for.
#[derive(Debug)]
struct Letters {
    places: [u64; 128],
    is_filled: bool,
}

impl Default for Letters {
    fn default() -> Self {
        Self { places: [0; 128], is_filled: false }
    }
}

impl Letters {
    /// Whether two ASCII words are near. `word` is the same until it is to be forgotten.
    fn is_near(&mut self, word: &[u8], other: &[u8]) -> bool {
        let distance = self.distance(word, other);
        1.0 - distance as f64 / word.len().max(other.len()) as f64 >= NEAR
    }

    /// Makes room for the next word.
    fn forget(&mut self, word: &[u8]) {
        if std::mem::take(&mut self.is_filled) {
            word.iter().for_each(|&letter| self.places[letter as usize % 128] = 0);
        }
    }

    /// Edit distance of two ASCII words, of which the first has 1 to 64 letters. A column of the table is two words of bits: where it
    /// goes up by one and where down (G. Myers, "A fast bit-vector algorithm for approximate string matching based on
    /// dynamic programming", 1999; H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).
    fn distance(&mut self, word: &[u8], other: &[u8]) -> usize {
        if !self.is_filled {
            word.iter().enumerate().for_each(|(at, letter)| self.places[*letter as usize % 128] |= 1 << at);
            self.is_filled = true;
        }
        let last = word.len() - 1;
        let (mut up, mut down) = (u64::MAX, 0);
        let mut distance = word.len();
        for &letter in other {
            let equal = self.places[letter as usize % 128];
            let diagonal = ((equal & up).wrapping_add(up) ^ up) | equal | down;
            let right_up = down | !(diagonal | up);
            let right_down = up & diagonal;
            distance += (right_up >> last & 1) as usize;
            distance -= (right_down >> last & 1) as usize;
            let right_up = right_up << 1 | 1;
            up = right_down << 1 | !(diagonal | right_up);
            down = right_up & diagonal;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;
    use proptest::prelude::*;

    #[test]
    fn words_with_another_ending_are_near_and_others_are_not() {
        let (a, b) = (tokenise("harbours naïve the"), tokenise("harbour naïf harvest the"));
        let mut near = NearWords::default();
        near.fill(&b, &(0..4), &a, &(0..3));
        near.fill(&a, &(0..3), &b, &(0..4));
        let found: Vec<_> = (0..3).map(|i| near.row(i)).collect();
        assert_eq!(found[0], [true, false, false, false]);
        assert_eq!(found[1], [false, true, false, false]);
        assert_eq!(found[2], [false; 4], "equal words are not nearly equal");
        near.clear();
        assert_eq!(near.row(1), [false; 0]);
    }

    proptest! {
        #[test]
        fn the_bit_vectors_measure_the_edit_distance(word in "[a-e]{1,40}", other in "[a-f]{0,60}") {
            prop_assert_eq!(Letters::default().distance(word.as_bytes(), other.as_bytes()), strsim::levenshtein(&word, &other));
        }

        #[test]
        fn lengths_are_near_up_to_a_third(letters in 0_u32..60, other in 0_u32..60) {
            let word = Word { end: 0, letters, held: Held::default(), is_ascii: true, hangul: false };
            let (short, long) = (letters.min(other), letters.max(other));
            let near = NEAR_LETTERS.contains(&short) && NEAR_LETTERS.contains(&long) && 3 * (long - short) <= long;
            prop_assert_eq!(word.near_lengths().contains(&other), near);
        }
    }

    #[test]
    fn korean_words_of_one_stem_are_near() {
        for (x, y) in [("총회에", "총회에는"), ("주주", "주주는"), ("참석했다", "참석한"), ("길이는", "길이가")]
        {
            assert!(has_one_stem(x, y) && has_one_stem(y, x), "{x} {y}");
        }
        for (x, y) in [("정부는", "정당은"), ("국민", "국민건강보험공단"), ("share", "shares"), ("물", "물이")]
        {
            assert!(!has_one_stem(x, y), "{x} {y}");
        }
    }
}
