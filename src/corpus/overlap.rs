//! What the shingles of two token lists share, counted in a table that is kept from pair to pair.

use crate::narrow::widened;
use crate::shingle::{Overlap, ShingleSize, for_each_shingle};
use crate::text::Token;

/// The memory in which the shingles of one text after another are counted.
#[derive(Default)]
pub(crate) struct Counted {
    slots: Vec<Slot>,
    bits: u32,
    /// The size of the shingles that are in the table.
    size: Option<ShingleSize>,
    shingles: usize,
    /// Counts the texts that were compared with it.
    round: u32,
    widened: Vec<Token>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// How often it stands in the text; none in an empty slot.
    count: u32,
    /// How often it was met in round `round`.
    met: u32,
    round: u32,
}

/// A text that others are compared with.
pub(crate) struct CountedText<'t> {
    counted: Counted,
    text: &'t [u32],
}

impl CountedText<'_> {
    /// The memory, for the next text.
    pub(crate) fn into_memory(self) -> Counted {
        self.counted
    }

    /// Sizes of the shingle multisets of the text and of `other`, and of what they share. The text is counted when it is first
    /// compared, and again where shingles of another size are asked for. Cost: linear.
    pub(crate) fn overlap(&mut self, other: &[u32], size: ShingleSize) -> Overlap {
        let counted = &mut self.counted;
        let size = size.at_most(self.text.len().min(other.len()));
        if counted.size != Some(size) {
            counted.count(self.text, size);
        }
        counted.round += 1;
        let widened = widen_into(std::mem::take(&mut counted.widened), other);
        let mut overlap = Overlap { a: counted.shingles, b: 0, shared: 0 };
        for_each_shingle(&widened, size, |_, hash| {
            overlap.b += 1;
            overlap.shared += usize::from(counted.meets(hash));
        });
        counted.widened = widened;
        overlap
    }
}

impl Counted {
    /// Takes up a text.
    pub(crate) fn of(self, text: &[u32]) -> CountedText<'_> {
        CountedText { counted: Self { size: None, ..self }, text }
    }

    fn count(&mut self, text: &[u32], size: ShingleSize) {
        let widened = widen_into(std::mem::take(&mut self.widened), text);
        self.bits = usize::BITS - (2 * text.len() + 1).leading_zeros();
        self.size = Some(size);
        self.slots.clear();
        self.slots.resize(1 << self.bits, Slot::default());
        self.round = 0;
        self.shingles = 0;
        for_each_shingle(&widened, size, |_, hash| {
            self.shingles += 1;
            let at = self.find(hash);
            let slot = &mut self.slots[at];
            (slot.hash, slot.count) = (hash, slot.count + 1);
        });
        self.widened = widened;
    }

    /// The slot of `hash`, or the empty one where it belongs.
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> (64 - self.bits)) as usize;
        while self.slots[at].count > 0 && self.slots[at].hash != hash {
            at = (at + 1) & mask;
        }
        at
    }

    /// Whether the text has `hash` once more than it was met this round.
    fn meets(&mut self, hash: u64) -> bool {
        let at = self.find(hash);
        let round = self.round;
        let slot = &mut self.slots[at];
        if slot.round != round {
            (slot.round, slot.met) = (round, 0);
        }
        slot.met += 1;
        slot.met <= slot.count
    }
}

fn widen_into(mut memory: Vec<Token>, tokens: &[u32]) -> Vec<Token> {
    memory.clear();
    memory.extend(widened(tokens));
    memory
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingle::shingles;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_counts_what_sorting_counts(
            a in prop::collection::vec(0_u32..5, 0..40), others in prop::collection::vec(prop::collection::vec(0_u32..5, 0..40), 1..4),
        ) {
            let size = ShingleSize { words: 2, characters: 3 };
            let mut counted = Counted::default().of(&a);
            for b in &others {
                let at_most = size.at_most(a.len().min(b.len()));
                let list = |text: &[u32]| {
                    let mut all: Vec<u64> = shingles(&widen_into(Vec::new(), text), at_most).map(|(_, hash)| hash).collect();
                    all.sort_unstable();
                    all
                };
                let (all_a, mut all_b) = (list(&a), list(b));
                let sizes = (all_a.len(), all_b.len());
                let shared = all_a.iter().filter(|hash| match all_b.iter().position(|other| other == *hash) {
                    Some(at) => { all_b.remove(at); true }
                    None => false,
                }).count();
                prop_assert_eq!(counted.overlap(b, size), Overlap { a: sizes.0, b: sizes.1, shared });
            }
        }
    }
}
