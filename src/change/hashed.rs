//! Words looked up by their hash.

use crate::text::Token;

/// Words by their hash, each with a number: an open table, of which at least half is free. It is kept for good.
#[derive(Debug)]
pub(crate) struct Hashed {
    /// A power of two of them. A hash of 0 is none.
    pub slots: &'static [(u64, u16)],
}

impl Hashed {
    /// The number of a word. Cost: constant.
    pub(crate) fn get(&self, word: Token) -> Option<u16> {
        let last = self.slots.len() - 1;
        let mut at = place(word.0, self.slots.len());
        loop {
            match self.slots[at] {
                (hash, number) if hash == word.0 => return Some(number),
                (0, _) => return None,
                _ => at = (at + 1) & last,
            }
        }
    }

    pub(crate) fn has(&self, word: Token) -> bool {
        self.get(word).is_some()
    }
}

/// Where the search for a hash begins in a table of `slots`.
pub(crate) fn place(hash: u64, slots: usize) -> usize {
    (hash >> 32) as usize & (slots - 1)
}
