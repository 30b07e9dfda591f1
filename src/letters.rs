//! Noise: stretches that are alike letter by letter where hardly a word is, as in scanned print.
//!
//! The words that nothing else accounts for are read as a string of letters without spaces. Runs of shared letters are
//! found and chained by the same means as runs of words; chance gives scattered runs, a copy under noise gives many that
//! keep their order and distance. With three letters in ten wrong, one shingle in six survives.
//!
//! Linear in the letters; texts of more than [`MOST`] that nothing else accounts for are passed over.

use crate::chain::{Chain, chains};
use crate::reword::Cluster;
use crate::seed::Run;
use crate::text::Tokenised;
use std::cell::Cell;
use std::ops::Range;

/// Letters in a shingle.
const SHINGLE: usize = 5;
/// Letters of either text beyond which noise is not looked for: a long article, or a page or two of a newspaper.
const MOST: usize = 1 << 16;
/// What a chain must be worth: a run counts 1, each letter beyond its shingle this much, each letter between two runs and
/// each by which they drift apart less.
const WORTH: f64 = 8.0;
const LETTER: f64 = 0.25;
/// Letters without which no chain is worth it.
const FEWEST: usize = SHINGLE + ((WORTH - 1.0) / LETTER) as usize;
const GAP: f64 = 0.02;
const DRIFT: f64 = 0.1;

/// Stretches of the free tokens of either text (a flag for each token) that are alike letter by letter.
pub(crate) fn clusters(a: &Tokenised<'_>, b: &Tokenised<'_>, free: [&[bool]; 2]) -> Vec<Cluster> {
    if !(may_have_enough(a, free[0]) && may_have_enough(b, free[1])) {
        return Vec::new();
    }
    let Some(a) = Letters::new(a, free[0]) else { return Vec::new() };
    let Some(b) = Letters::new(b, free[1]) else { return Vec::new() };
    let chains = chains(&runs(&a.letters, &b.letters), a.letters.len(), b.letters.len());
    chains.iter().filter_map(|chain| cluster(chain, &a, &b)).collect()
}

/// Whether the free words of a text may have the letters that a chain needs: a letter has a byte, and one stands for a gap.
fn may_have_enough(text: &Tokenised<'_>, free: &[bool]) -> bool {
    let free = text.places.iter().zip(free).filter(|(_, free)| **free);
    free.map(|(&(start, end), _)| (end - start) as usize + 1).sum::<usize>() >= FEWEST
}

/// The words that a chain touches, if it is worth it.
fn cluster(chain: &Chain, a: &Letters, b: &Letters) -> Option<Cluster> {
    let (first, last) = (chain.runs[0], chain.runs[chain.runs.len() - 1]);
    let (letters_a, letters_b) = (first.a..last.end_a(), first.b..last.end_b());
    let matched: u32 = chain.runs.iter().map(|run| run.len).sum();
    let worth = worth(chain);
    (worth >= WORTH).then(|| Cluster {
        cosine: f64::from(matched) / letters_a.len().max(letters_b.len()) as f64,
        a: a.tokens(letters_a),
        b: b.tokens(letters_b),
        evidence: worth,
        condensed: false,
    })
}

/// Runs of letters around shingles that stand once in either text, in order of their place in B.
fn runs(a: &[char], b: &[char]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let partners = Partners::new(a, b);
    for (at, partner) in partners.pairs() {
        if a[partner..].first_chunk::<SHINGLE>() != b[at..].first_chunk() {
            continue;
        }
        let run = Run { a: partner as u32, b: at as u32, len: SHINGLE as u32 };
        match runs.last_mut() {
            Some(last) if run.a.wrapping_sub(last.a) == run.b - last.b && run.b <= last.end_b() => {
                last.len = run.end_b() - last.b;
            }
            _ => runs.push(run),
        }
    }
    partners.keep();
    runs
}

/// A hash for each shingle: of a polynomial of its letters, which takes up one letter and lets go of another from each to the next
/// (R. M. Karp, M. O. Rabin, "Efficient randomized pattern-matching algorithms", 1987).
fn hashes(letters: &[char]) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    const HIGHEST: u64 = BASE.wrapping_pow(SHINGLE as u32 - 1);
    let take_up = |hash: u64, letter: char| hash.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(letter)));
    let (first, others) = letters.split_at(letters.len().min(SHINGLE - 1));
    let mut hash = first.iter().copied().fold(0, take_up);
    others.iter().zip(letters).map(move |(&next, &oldest)| {
        let whole = take_up(hash, next);
        hash = whole.wrapping_sub(HIGHEST.wrapping_mul(u64::from(u32::from(oldest))));
        (whole ^ whole >> 32).wrapping_mul(BASE)
    })
}

thread_local! {
    /// The last table of the thread, for the next one: where many short texts are compared, asking for memory is a good part of the
    /// work. At most as much as [`MOST`] letters need.
    static KEPT: Cell<Partners> = Cell::default();
}

/// The shingles of A, a hash table with linear probing, and for each shingle of B the slot that has it.
#[derive(Default)]
struct Partners {
    slots: Vec<Slot>,
    of_b: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Slot {
    /// The lower half of a shingle's hash; the upper one says where it is looked for.
    tag: u32,
    /// Where it stands in A and in B.
    a: u32,
    b: u32,
}

impl Partners {
    const NONE: u32 = u32::MAX;
    const SEVERAL: u32 = u32::MAX - 1;
    /// Slots that are looked at for a shingle: chance does not fill so many that follow each other.
    const PROBES: usize = 64;

    fn new(a: &[char], b: &[char]) -> Self {
        let free = Slot { tag: 0, a: Self::NONE, b: Self::NONE };
        let mut partners = KEPT.take();
        partners.slots.clear();
        partners.slots.resize((2 * a.len()).next_power_of_two(), free);
        partners.of_b.clear();
        let meet = |place: &mut u32, at: u32| *place = if *place == Self::NONE { at } else { Self::SEVERAL };
        for (at, hash) in (0..).zip(hashes(a)) {
            if let Some(slot) = partners.slot(hash) {
                let slot = &mut partners.slots[slot];
                slot.tag = hash as u32;
                meet(&mut slot.a, at);
            }
        }
        partners.of_b.reserve(b.len());
        for (at, hash) in (0..).zip(hashes(b)) {
            let known = partners.slot(hash).filter(|&slot| partners.slots[slot].a != Self::NONE);
            if let Some(slot) = known {
                meet(&mut partners.slots[slot].b, at);
            }
            partners.of_b.push(known.map_or(Self::NONE, |slot| slot as u32));
        }
        partners
    }

    /// Keeps its memory for the next pair of the thread, if it is not much.
    fn keep(self) {
        if self.slots.len() <= 2 * MOST {
            KEPT.set(self);
        }
    }

    /// The slot of a shingle: the one that has it, or the free one that it would have.
    fn slot(&self, hash: u64) -> Option<usize> {
        let last = self.slots.len() - 1;
        let first = (hash >> 32) as usize;
        for probed in first..first + Self::PROBES {
            let slot = &self.slots[probed & last];
            if slot.a == Self::NONE || slot.tag == hash as u32 {
                return Some(probed & last);
            }
        }
        None
    }

    /// The places in B and in A of the shingles that stand once in either, in order of those in B.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.of_b.iter().enumerate().filter_map(|(at, &slot)| {
            let slot = self.slots.get(slot as usize)?;
            (slot.a < Self::SEVERAL && slot.b == at as u32).then_some((at, slot.a as usize))
        })
    }
}

/// What two strings of letters have alike, letters that noise has changed included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Alike {
    /// Letters of A in stretches that are alike, and of B.
    pub a: usize,
    pub b: usize,
    /// Letters of those that are equal in runs.
    pub matched: usize,
}

/// Measures what `a` and `b`, as [`of_text`] gives them, have alike. Cost: linear.
pub(crate) fn alike(a: &[char], b: &[char]) -> Alike {
    let chains = chains(&runs(a, b), a.len(), b.len());
    chains.iter().filter(|chain| worth(chain) >= WORTH).fold(Alike::default(), |sum, chain| {
        let (first, last) = (chain.runs[0], chain.runs[chain.runs.len() - 1]);
        Alike {
            a: sum.a + (last.end_a() - first.a) as usize,
            b: sum.b + (last.end_b() - first.b) as usize,
            matched: sum.matched + chain.runs.iter().map(|run| run.len as usize).sum::<usize>(),
        }
    })
}

/// The letters and digits of a text in lower case, in order and without spaces.
pub(crate) fn of_text(text: &str) -> Vec<char> {
    match text.is_ascii() {
        true => folded_ascii(text).collect(),
        false => folded(text).collect(),
    }
}

fn folded_ascii(text: &str) -> impl Iterator<Item = char> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| char::from(letter.to_ascii_lowercase()))
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric())
}

fn worth(chain: &Chain) -> f64 {
    let runs: f64 = chain.runs.iter().map(|run| 1.0 + LETTER * (f64::from(run.len) - SHINGLE as f64)).sum();
    let gaps = chain.runs.windows(2).map(|pair| {
        let (x, y) = (pair[1].a - pair[0].end_a(), pair[1].b - pair[0].end_b());
        GAP * f64::from(x.max(y)) + DRIFT * f64::from(x.abs_diff(y))
    });
    runs - gaps.sum::<f64>()
}

/// What stands for a byte that is no letter or digit of ASCII.
const OTHER: char = '\0';

/// The letters and digits of ASCII in lower case, by byte.
const PLAIN: [char; 256] = {
    let mut plain = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            plain[byte] = (byte as u8).to_ascii_lowercase() as char;
        }
        byte += 1;
    }
    plain
};

/// The letters of some words of a text, in order and without spaces.
struct Letters {
    letters: Vec<char>,
    /// Each of the words, and where its letters end.
    words: Vec<(u32, u32)>,
}

impl Letters {
    /// `None` where there are too few to say anything, or too many to look at.
    fn new(text: &Tokenised<'_>, free: &[bool]) -> Option<Self> {
        let mut letters = Self { letters: Vec::new(), words: Vec::new() };
        let mut bytes = 0;
        for at in (0..text.len() as u32).filter(|&at| free[at as usize]) {
            let (start, end) = text.places[at as usize];
            if bytes == 0 {
                // What is left of the text holds no more.
                letters.letters.reserve((text.text.len() - start as usize).min(MOST));
                letters.words.reserve((text.len() - at as usize).min(MOST));
            }
            let before = letters.letters.len();
            if letters.words.last().is_some_and(|&(last, _)| last + 1 != at) {
                // No run goes on where words were left out.
                letters.letters.push('\0');
            }
            let word = &text.text[start as usize..end as usize];
            bytes += word.len();
            if bytes > 4 * MOST || letters.letters.len() > MOST {
                return None;
            }
            letters.add(word);
            if letters.letters.len() > before {
                letters.words.push((at, letters.letters.len() as u32));
            }
        }
        (letters.letters.len() >= FEWEST).then_some(letters)
    }

    fn add(&mut self, word: &str) {
        let before = self.letters.len();
        self.letters.extend(word.bytes().map(|byte| PLAIN[usize::from(byte)]));
        if self.letters[before..].contains(&OTHER) {
            self.letters.truncate(before);
            self.letters.extend(folded(word));
        }
    }

    /// The words that a range of letters touches.
    fn tokens(&self, letters: Range<u32>) -> Range<u32> {
        let word = |letter: u32| self.words[self.words.partition_point(|&(_, end)| end <= letter)].0;
        word(letters.start)..word(letters.end - 1) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    const PRINT: &str = "The harbour commissioners met on Tuesday evening to hear a complaint of the fishermen, who say \
        that the new breakwater turns the swell into the old basin and has already cost them two boats this winter.";
    const SCAN: &str = "Tbe harbcur cornmissioncrs rnet cn Tuefday evcning lo hcar a cornplaint cf tbe fifhermen, wbo fay \
        tbat tbe ncw brcakwatcr turns tbe fwell inlo lhe cld bafin and bas alrcady ccst tbem lwo hoats lhis winler.";
    const OTHER: &str = "Farmers in the valley expect a poor harvest of apples after the late frost, though pears and \
        plums were spared, and the cooperative has asked the county for help with the price of crates and carriage.";

    fn found(a: &str, b: &str) -> Vec<Cluster> {
        let (a, b) = (tokenise(a), tokenise(b));
        clusters(&a, &b, [&vec![true; a.len()], &vec![true; b.len()]])
    }

    #[test]
    fn a_bad_scan_is_found_whole() {
        let clusters = found(PRINT, SCAN);
        assert_eq!(clusters.len(), 1);
        let words = tokenise(PRINT).len();
        assert!(clusters[0].a.len() > words * 9 / 10, "{:?} of {words} words", clusters[0].a);
    }

    #[test]
    fn another_text_in_the_same_language_is_not() {
        assert_eq!(found(PRINT, OTHER), []);
    }

    #[test]
    fn a_bad_scan_of_half_a_text_is_alike_by_half() {
        let (print, scan) = (of_text(PRINT), of_text(SCAN));
        let both = [&*print, &of_text(OTHER)].concat();
        let half = alike(&both, &scan);
        assert!((print.len() * 9 / 10..=print.len()).contains(&half.a), "{half:?} of {}", both.len());
        assert!(half.b > scan.len() * 9 / 10 && half.matched < half.b);
        assert_eq!(alike(&print, &of_text(OTHER)), Alike::default());
        assert_eq!(of_text("Él: 3 €uro"), ['é', 'l', '3', 'u', 'r', 'o']);
    }

    #[test]
    fn runs_hold_equal_letters_in_order() {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        let (a, b) = (letters("xxabcdefghyyabcde"), letters("abcdefghzzqqqqq"));
        for run in runs(&a, &b) {
            let (at_a, at_b, len) = (run.a as usize, run.b as usize, run.len as usize);
            assert_eq!(a[at_a..at_a + len], b[at_b..at_b + len]);
        }
        // `abcde` stands twice in A and finds nothing; `bcdefgh` once.
        assert_eq!(runs(&a, &b), [Run { a: 3, b: 1, len: 7 }]);
    }

    #[test]
    fn nothing_is_read_where_nothing_is_free() {
        let (a, b) = (tokenise(PRINT), tokenise(PRINT));
        assert_eq!(clusters(&a, &b, [&vec![false; a.len()], &vec![true; b.len()]]), []);
    }
}
