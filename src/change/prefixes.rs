//! Words sorted for search by what a text goes on with: of all that begin alike those are kept, byte by byte, that go on
//! as the text does.

use std::ops::Range;

/// Words in order. Each has a number: its place among those that it was made from. They are kept for good.
#[derive(Debug)]
pub(crate) struct Prefixes {
    /// All words, one after another.
    pub text: &'static str,
    pub words: &'static [Word],
    /// Where the words begin and end that begin with a byte.
    pub starts: &'static [(u32, u32)],
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Its first bytes, the first highest: they sort as it does, and decide most comparisons.
    pub head: u64,
    /// Bytes of the text.
    pub start: u32,
    pub len: u32,
    pub number: u32,
}

impl Prefixes {
    /// Sorts words, given by where each ends in `text`; they are not empty. Of equal words the first stays first.
    /// Cost: that of sorting.
    pub(crate) fn new(text: String, ends: impl Iterator<Item = usize>) -> Self {
        let mut start = 0;
        let word = |(number, end): (usize, usize)| {
            let word = &text.as_bytes()[start..end];
            let found = Word { head: head(word), start: start as u32, len: word.len() as u32, number: number as u32 };
            start = end;
            found
        };
        let mut words: Vec<Word> = ends.enumerate().map(word).collect();
        let rest =
            |word: &Word| text.as_bytes()[word.start as usize..][..word.len as usize].get(8..).unwrap_or_default();
        words.sort_unstable_by(|a, b| {
            a.head
                .cmp(&b.head)
                .then_with(|| rest(a).cmp(rest(b)))
                .then_with(|| (a.len, a.number).cmp(&(b.len, b.number)))
        });
        let mut starts = vec![(0, 0); 256];
        for (at, word) in (0..).zip(&words) {
            let (first, last) = &mut starts[(word.head >> 56) as usize];
            *first = if *last == 0 { at } else { *first };
            *last = at + 1;
        }
        Self { text: text.leak(), words: words.leak(), starts: starts.leak() }
    }

    /// Every word with its number, in order.
    #[allow(dead_code, reason = "the build script and tests ask")]
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, usize)> {
        let text = |word: &Word| &self.text[word.start as usize..][..word.len as usize];
        self.words.iter().map(move |word| (text(word), word.number as usize))
    }

    /// The words that begin with a byte.
    pub(crate) fn beginning(&self, byte: u8) -> Range<usize> {
        let (first, last) = self.starts[usize::from(byte)];
        first as usize..last as usize
    }

    /// The words that begin with some bytes, of which there must be one. Cost: logarithmic.
    pub(crate) fn beginning_with(&self, mut bytes: impl Iterator<Item = u8>) -> Range<usize> {
        let (mut least, mut len) = (0, 0);
        for byte in bytes.by_ref().take(8) {
            len += 8;
            least |= u64::from(byte) << (64 - len);
        }
        let most = least | u64::MAX.checked_shr(len).unwrap_or(0);
        let alike = self.beginning((least >> 56) as u8);
        let words = &self.words[alike.clone()];
        let from = words.partition_point(|word| word.head < least);
        // Mostly there are none.
        let fits = |word: &Word| word.head <= most;
        let count = if words.get(from).is_some_and(fits) { words[from..].partition_point(fits) } else { 0 };
        let mut found = alike.start + from..alike.start + from + count;
        for (byte, depth) in bytes.zip(8..) {
            found = self.going_on(found, depth, byte);
        }
        found
    }

    /// Those of some words, equal in their first `depth` bytes, that go on with `byte`. Cost: logarithmic.
    pub(crate) fn going_on(&self, range: Range<usize>, depth: usize, byte: u8) -> Range<usize> {
        let words = &self.words[range.clone()];
        let fits = |word: &Word| self.byte(word, depth) == Some(byte);
        let from = if words.len() == 1 { 0 } else { words.partition_point(|word| self.byte(word, depth) < Some(byte)) };
        let to = match &words[from..] {
            [] => from,
            [first, ..] if !fits(first) => from,
            [_, rest @ ..] => from + 1 + rest.partition_point(fits),
        };
        range.start + from..range.start + to
    }

    /// The numbers of those of some words, equal in their first `len` bytes, that have no more.
    pub(crate) fn ending(&self, range: Range<usize>, len: usize) -> impl Iterator<Item = usize> {
        self.words[range].iter().take_while(move |word| word.len as usize == len).map(|word| word.number as usize)
    }

    /// The byte of a word at `depth`, if it is that long.
    #[inline]
    fn byte(&self, word: &Word, depth: usize) -> Option<u8> {
        if depth >= word.len as usize {
            return None;
        }
        Some(if depth < 8 {
            (word.head >> (56 - 8 * depth)) as u8
        } else {
            self.text.as_bytes()[word.start as usize + depth]
        })
    }
}

/// The first eight bytes of a word, the first highest.
fn head(word: &[u8]) -> u64 {
    let mut head = [0; 8];
    let len = word.len().min(8);
    head[..len].copy_from_slice(&word[..len]);
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The numbers of the words that `text` begins with, the shortest first.
    fn found(words: &Prefixes, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut range = 0..words.words.len();
        for (depth, byte) in text.bytes().enumerate() {
            range = if depth == 0 { words.beginning(byte) } else { words.going_on(range, depth, byte) };
            found.extend(words.ending(range.clone(), depth + 1));
        }
        found
    }

    proptest! {
        #[test]
        fn words_are_found_as_by_looking_at_each(words in prop::collection::vec("a{0,9}[abé]{1,12}", 0..40), text in "a{0,9}[abé]{0,14}") {
            let mut at = 0;
            let ends: Vec<usize> = words.iter().map(|word| { at += word.len(); at }).collect();
            let sorted = Prefixes::new(words.concat(), ends.into_iter());
            let mut expected: Vec<usize> = (0..words.len()).filter(|&at| text.starts_with(&words[at])).collect();
            expected.sort_by_key(|&at| (words[at].len(), at));
            prop_assert_eq!(found(&sorted, &text), expected);
            if !text.is_empty() {
                let begin = sorted.words[sorted.beginning_with(text.bytes())].iter().map(|word| word.number as usize);
                let mut begin: Vec<usize> = begin.collect();
                begin.sort_unstable();
                let expected: Vec<usize> = (0..words.len()).filter(|&at| words[at].starts_with(&text)).collect();
                prop_assert_eq!(begin, expected);
            }
        }
    }
}
