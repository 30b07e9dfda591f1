//! Seeds: shingles that stand in both texts, grown to exact runs of equal tokens.
//!
//! Both texts' shingles are sorted and joined. A shingle that stands once in each is an anchor; anchors on one diagonal
//! are one run, grown while the tokens agree. Shingles that repeat would pair in as many ways as their counts multiply,
//! so they are paired by rank (the first with the first, and so on) and serve only where no anchor's run already lies.
//! That keeps the seeds of any pair fewer than its tokens: linear on hostile input, and the whole of a repetitive text
//! is still found.

use crate::shingle::{Overlap, ShingleSize, shingles};
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
    let (sorted_a, sorted_b) = if a.len() + b.len() > PARALLEL {
        rayon::join(|| sorted(a, size, bits), || sorted(b, size, bits))
    } else {
        (sorted(a, size, bits), sorted(b, size, bits))
    };
    let mut partners =
        Partners { tokens: vec![NONE; b.len()], overlap: Overlap { a: sorted_a.len(), b: sorted_b.len(), shared: 0 } };
    let (mut rest_a, mut rest_b) = (&sorted_a[..], &sorted_b[..]);
    while let (Some(&first_a), Some(&first_b)) = (rest_a.first(), rest_b.first()) {
        let (key_a, key_b) = (first_a >> 32, first_b >> 32);
        if key_a < key_b {
            rest_a = &rest_a[1..];
        } else if key_b < key_a {
            rest_b = &rest_b[1..];
        } else {
            let (group_a, after_a) = rest_a.split_at(group(rest_a));
            let (group_b, after_b) = rest_b.split_at(group(rest_b));
            partners.pair(group_a, group_b, bits);
            (rest_a, rest_b) = (after_a, after_b);
        }
    }
    partners
}

impl Partners {
    /// Pairs the occurrences of one sort key by rank. Shingles that share a key but not the rest of their hash are told
    /// apart.
    fn pair(&mut self, group_a: &[u64], group_b: &[u64], bits: u32) {
        let mark = if group_a.len() == 1 && group_b.len() == 1 { 0 } else { RANKED };
        let place = (1 << bits) - 1;
        for (&at_a, &at_b) in group_a.iter().zip(group_b) {
            if (at_a ^ at_b) & !place == 0 {
                self.tokens[(at_b & place) as usize] = (at_a & place) as u32 | mark;
                self.overlap.shared += 1;
            }
        }
    }
}

/// How many entries share the first one's key.
fn group(sorted: &[u64]) -> usize {
    let key = sorted[0] >> 32;
    sorted.iter().take_while(|entry| *entry >> 32 == key).count()
}

/// Tokens over which two sorts are worth two threads.
const PARALLEL: usize = 1 << 19;

/// The upper bits of each shingle's hash with its place in the lower `bits`, sorted by their upper 32 bits.
fn sorted(tokens: &[Token], size: ShingleSize, bits: u32) -> Vec<u64> {
    let place = (1 << bits) - 1;
    let mut entries = Vec::with_capacity(tokens.len());
    entries.extend(shingles(tokens, size).map(|(at, hash)| hash & !place | at as u64));
    if entries.len() < 4096 {
        entries.sort_unstable();
    } else {
        radix_sort(&mut entries);
    }
    entries
}

/// Sorts by the upper 32 bits, least significant digit first; equal keys keep their order (Knuth, TAOCP 3, 5.2.5).
fn radix_sort(entries: &mut Vec<u64>) {
    const BITS: u32 = 11;
    let mut other = vec![0; entries.len()];
    for shift in [32, 43, 54] {
        let digit = |entry: u64| (entry >> shift & ((1 << BITS) - 1)) as usize;
        let mut at = [0_usize; 1 << BITS];
        entries.iter().for_each(|&entry| at[digit(entry)] += 1);
        let mut sum = 0;
        for slot in &mut at {
            sum += std::mem::replace(slot, sum);
        }
        for &entry in entries.iter() {
            let slot = &mut at[digit(entry)];
            other[*slot] = entry;
            *slot += 1;
        }
        std::mem::swap(entries, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        fn the_radix_sort_sorts(entries in prop::collection::vec(any::<u32>(), 0..300)) {
            let mut sorted: Vec<u64> = entries.iter().enumerate().map(|(at, key)| u64::from(*key) << 32 | at as u64).collect();
            let mut expected = sorted.clone();
            radix_sort(&mut sorted);
            expected.sort_unstable();
            prop_assert_eq!(sorted, expected);
        }
    }
}
