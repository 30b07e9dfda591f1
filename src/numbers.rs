//! Numbers for hashes: a hash table that is emptied at once, for the few hundred words or stems of a short pair.

/// What belongs to each of some keys, which are hashes already: a table with linear probing (Knuth, The Art of Computer
/// Programming 3, section 6.4).
#[derive(Debug, Default)]
pub(crate) struct Numbers<T> {
    /// As many as a power of two, at most half of them held.
    slots: Vec<Slot<T>>,
    held: usize,
    /// The slots with this number are held; it is another one each time the table is emptied.
    round: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot<T> {
    key: u64,
    value: T,
    round: u32,
}

/// Where a key may be put that is not there, until another one is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Free(usize);

/// Slots of the least table.
const LEAST: usize = 512;

impl<T: Copy + Default> Numbers<T> {
    /// What belongs to a key, or where it may be put.
    pub(crate) fn find(&mut self, key: u64) -> Result<T, Free> {
        let place = self.roomy_place(key);
        let slot = &self.slots[place];
        if slot.round == self.round { Ok(slot.value) } else { Err(Free(place)) }
    }

    /// What belongs to a key that is there.
    pub(crate) fn get(&self, key: u64) -> Option<T> {
        let slot = &self.slots[self.place(key)?];
        (slot.round == self.round).then_some(slot.value)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, key: u64) -> Option<&mut T> {
        let place = self.place(key)?;
        let slot = &mut self.slots[place];
        (slot.round == self.round).then_some(&mut slot.value)
    }

    /// What belongs to a key, to be changed: where it was not there, the default.
    pub(crate) fn entry(&mut self, key: u64) -> &mut T {
        let place = self.roomy_place(key);
        let slot = &mut self.slots[place];
        if slot.round != self.round {
            *slot = Slot { key, value: T::default(), round: self.round };
            self.held += 1;
        }
        &mut slot.value
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.held
    }

    /// Puts a key that is not there where it was not found.
    pub(crate) fn put(&mut self, Free(place): Free, key: u64, value: T) {
        self.slots[place] = Slot { key, value, round: self.round };
        self.held += 1;
    }

    pub(crate) fn clear(&mut self) {
        self.held = 0;
        match self.round.checked_add(1) {
            Some(round) => self.round = round,
            None => *self = Self::default(),
        }
    }

    /// As [`place`](Self::place), with room for one key more.
    fn roomy_place(&mut self, key: u64) -> usize {
        if 2 * self.held >= self.slots.len() {
            self.grow();
        }
        self.place(key).expect("it has grown")
    }

    /// The slot that has a key, or the free one that it would have; none in a table without slots.
    fn place(&self, key: u64) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        // The lowest bits of a token say what it is.
        let mut at = (key >> 8) as usize & last;
        while self.slots[at].round == self.round && self.slots[at].key != key {
            at = (at + 1) & last;
        }
        Some(at)
    }

    fn grow(&mut self) {
        let slots = vec![Slot::default(); (2 * self.slots.len()).max(LEAST)];
        let before = std::mem::replace(&mut self.slots, slots);
        // Of the new slots none is held.
        let round = std::mem::replace(&mut self.round, 1);
        for held in before.into_iter().filter(|slot| slot.round == round) {
            let place = self.place(held.key).expect("it has slots");
            self.slots[place] = Slot { round: self.round, ..held };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_numbers_until_it_is_emptied() {
        let mut numbers = Numbers::default();
        for round in 0..3_u32 {
            // Many of one place, and many in all.
            let keys = || (1..2000_u64).map(|at| (at % 7) << 8 | at << 40);
            for (key, number) in keys().zip(round..) {
                let free = numbers.find(key).unwrap_err();
                numbers.put(free, key, number);
            }
            assert!(keys().zip(round..).all(|(key, number)| numbers.find(key).ok() == Some(number)));
            assert!(keys().zip(round..).all(|(key, number)| numbers.get(key) == Some(number)));
            numbers.clear();
            assert_eq!((numbers.len(), numbers.get(0)), (0, None));
        }
    }

    #[test]
    fn what_belongs_to_a_key_is_changed() {
        let mut counts = Numbers::<u32>::default();
        assert_eq!((counts.get(7), counts.get_mut(7)), (None, None));
        for key in [7, 9, 7] {
            *counts.entry(key) += 1;
        }
        *counts.get_mut(9).unwrap() += 5;
        assert_eq!((counts.get(7), counts.get(9), counts.get(8), counts.len()), (Some(2), Some(6), None, 2));
    }
}
