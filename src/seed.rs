//! Seeds: shingles that stand in both texts, grown to exact runs of equal tokens.
//!
//! Both texts' shingles are sorted and joined. A shingle that stands once in each is an anchor; anchors on one diagonal
//! are one run, grown while the tokens agree. Shingles that repeat would pair in as many ways as their counts multiply,
//! so they are paired by rank (the first with the first, and so on) and serve only where no anchor's run already lies.
//! That keeps the seeds of any pair fewer than its tokens: linear on hostile input, and the whole of a repetitive text
//! is still found.

use crate::hashes::{CELL, FEW, deal, settle, sort_few};
use crate::shingle::{Overlap, ShingleSize, for_each_shingle};
use crate::text::Token;

/// Tokens `a..a + len` of A equal tokens `b..b + len` of B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    pub b: u32,
    pub a: u32,
    pub len: u32,
}

impl Run {
    pub(crate) fn end_a(self) -> u32 {
        self.a + self.len
    }

    pub(crate) fn end_b(self) -> u32 {
        self.b + self.len
    }
}

/// No partner.
const NONE: u32 = u32::MAX;

/// For each token of B, the token of A whose shingle is the same.
struct Partners {
    /// The shingle that stands once in each text; where it repeats, the occurrence of the same rank, marked [`RANKED`].
    tokens: Vec<u32>,
    overlap: Overlap,
}

/// Marks a partner found by rank. Texts of up to 4 GiB have fewer tokens than this.
const RANKED: u32 = 1 << 31;

/// Exact runs, sorted by their place in B, and what the shingle multisets share. Cost: linear but for the sort.
pub(crate) fn runs(a: &[Token], b: &[Token], size: ShingleSize) -> (Vec<Run>, Overlap) {
    let partners = partners(a, b, size);
    let mut grown = Vec::new();
    let mut free = Free { a: vec![true; a.len()], b: vec![true; b.len()] };
    for (at, &partner) in partners.tokens.iter().enumerate() {
        let known = |run: &Run| at < run.end_b() as usize && partner.wrapping_sub(run.a) == at as u32 - run.b;
        if partner >= RANKED || grown.last().is_some_and(known) {
            continue;
        }
        // Hashes agree in all their upper bits; whether the tokens do is seen here.
        let run = grow(a, b, partner as usize, at, |_, _| true);
        if run.len > 0 {
            grown.push(run);
        }
    }
    grown.iter().for_each(|run| free.take(*run));
    for (at, &partner) in partners.tokens.iter().enumerate() {
        let (ranked, partner) = (partner >= RANKED && partner != NONE, partner & !RANKED);
        if ranked && free.b[at] && free.a[partner as usize] {
            let run = grow(a, b, partner as usize, at, |i, j| free.a[i] && free.b[j]);
            if run.len > 0 {
                free.take(run);
                grown.push(run);
            }
        }
    }
    grown.sort_unstable();
    grown.dedup();
    (grown, partners.overlap)
}

/// Tokens in no run yet.
struct Free {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Free {
    fn take(&mut self, run: Run) {
        self.a[run.a as usize..run.end_a() as usize].fill(false);
        self.b[run.b as usize..run.end_b() as usize].fill(false);
    }
}

/// The longest run through the equal tokens `i` of A and `j` of B in which `allowed` holds.
fn grow(a: &[Token], b: &[Token], i: usize, j: usize, allowed: impl Fn(usize, usize) -> bool) -> Run {
    if a[i] != b[j] {
        return Run { a: i as u32, b: j as u32, len: 0 };
    }
    let back = (1..=i.min(j)).take_while(|&n| a[i - n] == b[j - n] && allowed(i - n, j - n)).count();
    let most = (a.len() - i).min(b.len() - j);
    let on = (0..most).take_while(|&n| a[i + n] == b[j + n] && allowed(i + n, j + n)).count();
    Run { a: (i - back) as u32, b: (j - back) as u32, len: (back + on) as u32 }
}

fn partners(a: &[Token], b: &[Token], size: ShingleSize) -> Partners {
    // Bits for a place; the bits above them hold the rest of the hash.
    let bits = usize::BITS - a.len().max(b.len()).leading_zeros();
    let mut tokens = vec![NONE; b.len()];
    let (a, b) = if a.len() + b.len() > PARALLEL {
        rayon::join(|| sorted(a, size, bits), || sorted(b, size, bits))
    } else {
        (sorted(a, size, bits), sorted(b, size, bits))
    };
    let mut shared = 0;
    let (mut i, mut j) = (0, 0);
    while let (Some(entry_a), Some(entry_b)) = (a.get(i), b.get(j)) {
        let (key_a, key_b) = (entry_a >> bits, entry_b >> bits);
        if key_a == key_b {
            let mark = if repeats(&a, i, bits) || repeats(&b, j, bits) { RANKED } else { 0 };
            let place = |entry: u64| (entry & ((1 << bits) - 1)) as u32;
            tokens[place(*entry_b) as usize] = place(*entry_a) | mark;
            shared += 1;
        }
        // Added, not branched upon: which of the two is less cannot be foreseen.
        i += usize::from(key_a <= key_b);
        j += usize::from(key_b <= key_a);
    }
    Partners { tokens, overlap: Overlap { a: a.len(), b: b.len(), shared } }
}

/// Whether the entry before or after entry `at` has the same key.
fn repeats(sorted: &[u64], at: usize, bits: u32) -> bool {
    let is_same = |entry: Option<&u64>| entry.is_some_and(|entry| entry >> bits == sorted[at] >> bits);
    is_same(sorted.get(at.wrapping_sub(1))) || is_same(sorted.get(at + 1))
}

/// Tokens over which two sorts are worth two threads.
const PARALLEL: usize = 1 << 19;
/// Entries dealt into one bucket, about, and bits of the most buckets and cells: what is written to at once fits the cache.
const BUCKET: usize = 384;
const BUCKETS: u32 = 11;
const CELLS: u32 = 9;

/// The upper bits of each shingle's hash with its place in the lower `bits`, in order: dealt into buckets by their first
/// bits, and each bucket into cells by the next ones, which leaves next to nothing to be sorted.
fn sorted(tokens: &[Token], size: ShingleSize, bits: u32) -> Vec<u64> {
    let mut entries: Vec<u64> = Vec::with_capacity(tokens.len());
    for_each_shingle(tokens, size, |at, hash| entries.push(hash >> bits << bits | at as u64));
    if entries.len() <= FEW {
        sort_few(&mut entries, |entry| *entry);
        return entries;
    }
    let shift = u64::BITS - (entries.len() / BUCKET).max(2).ilog2().min(BUCKETS);
    let mut dealt = vec![0; entries.len()];
    let mut ends = vec![0; 1 << (u64::BITS - shift)];
    deal(&entries, &mut dealt, &mut ends, |entry| (entry >> shift) as usize);
    let mut cells = [0; 1 << CELLS];
    let mut start = 0;
    for end in ends {
        let bucket = start..end as usize;
        start = bucket.end;
        let to = &mut entries[bucket.clone()];
        cells.fill(0);
        let cell = |entry: u64| (entry >> (shift - CELLS)) as usize & ((1 << CELLS) - 1);
        let most = deal(&dealt[bucket], to, &mut cells, cell);
        if most > CELL { to.sort_unstable() } else { settle(to) }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingle::shingles;
    use crate::text::tokenise;
    use proptest::prelude::*;

    fn runs_of(a: &str, b: &str) -> Vec<Run> {
        let (a, b) = (tokenise(a), tokenise(b));
        let size = ShingleSize { words: 3, characters: 4 };
        runs(&a.tokens, &b.tokens, size).0
    }

    #[test]
    fn a_repeated_word_is_found_whole() {
        let runs = runs_of(&"the ".repeat(100), &("the ".repeat(50) + "harbour " + &"the ".repeat(50)));
        assert_eq!(runs.iter().map(|run| run.len).sum::<u32>(), 98);
    }

    proptest! {
        #[test]
        fn every_run_is_equal_and_every_unique_shared_shingle_lies_in_one(
            a in prop::collection::vec("[a-d]", 0..60), b in prop::collection::vec("[a-d]", 0..60),
        ) {
            let (a, b) = (a.join(" "), b.join(" "));
            let runs = runs_of(&a, &b);
            let (a, b) = (tokenise(&a), tokenise(&b));
            for run in &runs {
                prop_assert_eq!(&a.tokens[run.a as usize..run.end_a() as usize], &b.tokens[run.b as usize..run.end_b() as usize]);
            }
            let once = |tokens: &[Token], shingle: &[Token]| tokens.windows(3).filter(|other| *other == shingle).count() == 1;
            for (j, shingle) in b.tokens.windows(3).enumerate() {
                if once(&a.tokens, shingle) && once(&b.tokens, shingle) {
                    prop_assert!(runs.iter().any(|run| run.b as usize <= j && j + 3 <= run.end_b() as usize));
                }
            }
        }

        #[test]
        fn dealing_into_buckets_sorts(words in prop::collection::vec("[a-d]{1,3}", 0..600), times in 1..20_usize) {
            let tokens = tokenise(&words.join(" ")).tokens.repeat(times);
            let size = ShingleSize { words: 3, characters: 4 };
            let mut expected: Vec<u64> = shingles(&tokens, size).map(|(at, hash)| hash >> 20 << 20 | at as u64).collect();
            expected.sort_unstable();
            prop_assert_eq!(sorted(&tokens, size, 20), expected);
        }
    }
}
