//! Alignment: which tokens of two stretches correspond, in order.
//!
//! Small stretches are aligned exactly by dynamic programming with affine gaps (O. Gotoh, "An improved algorithm for
//! matching biological sequences", 1982): a matched token earns more the longer its word is, and every gap costs, so
//! that a lone "the" does not tear a replaced phrase apart. Long ones are first cut at shared shingles, ever shorter
//! ones, that keep their order; only what lies between those is left to the exact method. Where nothing is shared and
//! the stretch is long, the whole of it counts as replaced. The work is at most [`CELLS`] for every cut, so linear in
//! the stretch.

use crate::seed::{Run, runs};
use crate::shingle::ShingleSize;
use crate::text::Tokenised;
use std::ops::Range;

/// Cells of the exact method's table, at most.
const CELLS: usize = 1 << 12;
/// Cells of the table when no shared token is left to cut at.
const LAST_CELLS: usize = 1 << 18;
/// Sizes of the shingles long stretches are cut at, one after the other.
const CUTS: [usize; 3] = [4, 2, 1];

/// What corresponds in two stretches, in order.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    /// Equal tokens.
    pub runs: Vec<Run>,
    /// Words that nearly match, where those were asked for.
    pub nearly: Vec<(u32, u32)>,
}

/// Aligns stretches of two texts.
pub(crate) struct Aligner<'t> {
    a: &'t Tokenised<'t>,
    b: &'t Tokenised<'t>,
    table: Table,
    /// Whether words that nearly match are matched too.
    loosely: bool,
    found: Alignment,
    /// Pairs of stretches taken for replaced unseen, because they were too long to align.
    given_up: usize,
}

impl<'t> Aligner<'t> {
    pub(crate) fn new(a: &'t Tokenised<'t>, b: &'t Tokenised<'t>) -> Self {
        Self { a, b, table: Table::default(), loosely: false, found: Alignment::default(), given_up: 0 }
    }

    /// Completes `anchors`, runs in order inside `a` and `b`, with what corresponds before, between and after them.
    pub(crate) fn complete(&mut self, a: Range<u32>, b: Range<u32>, anchors: &[Run]) -> Alignment {
        self.between(&a, &b, anchors, 0);
        std::mem::take(&mut self.found)
    }

    /// Aligns two stretches, words that nearly match included.
    pub(crate) fn complete_loosely(&mut self, a: Range<u32>, b: Range<u32>) -> Alignment {
        self.loosely = true;
        self.align(a, b, 0);
        self.loosely = false;
        std::mem::take(&mut self.found)
    }

    /// How many pairs of stretches were too long to align.
    pub(crate) fn given_up(&self) -> usize {
        self.given_up
    }

    /// Takes over `anchors` and aligns what lies before, between and after them.
    fn between(&mut self, a: &Range<u32>, b: &Range<u32>, anchors: &[Run], cut: usize) {
        let (mut at_a, mut at_b) = (a.start, b.start);
        for &run in anchors {
            self.align(at_a..run.a, at_b..run.b, cut);
            push(&mut self.found.runs, run);
            (at_a, at_b) = (run.end_a(), run.end_b());
        }
        self.align(at_a..a.end, at_b..b.end, cut);
    }

    /// Appends what corresponds in the best alignment of two stretches.
    fn align(&mut self, mut a: Range<u32>, mut b: Range<u32>, cut: usize) {
        let before = self.common_prefix(&a, &b);
        push(&mut self.found.runs, Run { a: a.start, b: b.start, len: before });
        (a.start, b.start) = (a.start + before, b.start + before);
        let after = self.common_suffix(&a, &b);
        (a.end, b.end) = (a.end - after, b.end - after);
        self.align_middle(&a, &b, cut);
        push(&mut self.found.runs, Run { a: a.end, b: b.end, len: after });
    }

    fn align_middle(&mut self, a: &Range<u32>, b: &Range<u32>, cut: usize) {
        let cells = a.len() * b.len();
        if cells < 2 {
            return;
        }
        if cells <= CELLS {
            return self.exact(a, b);
        }
        for (deeper, &size) in CUTS.iter().enumerate().skip(cut) {
            let anchors = self.anchors(a, b, size);
            if !anchors.is_empty() {
                return self.between(a, b, &anchors, deeper + 1);
            }
        }
        if cells <= LAST_CELLS {
            self.exact(a, b);
        } else {
            self.given_up += 1;
        }
    }

    fn common_prefix(&self, a: &Range<u32>, b: &Range<u32>) -> u32 {
        let (a, b) = (&self.a.tokens[range(a)], &self.b.tokens[range(b)]);
        a.iter().zip(b).take_while(|(a, b)| a == b).count() as u32
    }

    fn common_suffix(&self, a: &Range<u32>, b: &Range<u32>) -> u32 {
        let (a, b) = (&self.a.tokens[range(a)], &self.b.tokens[range(b)]);
        a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count() as u32
    }

    /// Shared shingles of `size` tokens, those that keep their order and hold the most tokens.
    fn anchors(&self, a: &Range<u32>, b: &Range<u32>, size: usize) -> Vec<Run> {
        let (tokens_a, tokens_b) = (&self.a.tokens[range(a)], &self.b.tokens[range(b)]);
        let size = ShingleSize { words: size, characters: size };
        let (found, _) = runs(tokens_a, tokens_b, size);
        let found: Vec<Run> = found.iter().map(|run| Run { a: run.a + a.start, b: run.b + b.start, ..*run }).collect();
        in_order(&found)
    }

    fn exact(&mut self, a: &Range<u32>, b: &Range<u32>) {
        let weights: Vec<i32> = a.clone().map(|at| self.weight(at)).collect();
        let (tokens_a, tokens_b) = (&self.a.tokens[range(a)], &self.b.tokens[range(b)]);
        let near = if self.loosely { NearWords::new(self.a, a, self.b, b) } else { NearWords::default() };
        let reward = |i: usize, j: usize| {
            if tokens_a[i] == tokens_b[j] { Some(weights[i]) } else { near.contains(i, j).then_some(NEAR_MATCH) }
        };
        let found = &mut self.found;
        self.table.align(tokens_a.len(), tokens_b.len(), reward, |i, j| {
            let (x, y) = (a.start + i as u32, b.start + j as u32);
            if tokens_a[i] == tokens_b[j] {
                push(&mut found.runs, Run { a: x, b: y, len: 1 });
            } else {
                found.nearly.push((x, y));
            }
        });
    }

    /// What matching a token earns: short words, mostly function words, less than two gaps cost.
    fn weight(&self, at: u32) -> i32 {
        let token = self.a.span(at as usize);
        if token.len() <= 3 { SHORT_MATCH } else { MATCH }
    }
}

/// Least similarity of words that nearly match, and their least and greatest length in characters.
const NEAR: f64 = 0.6;
const NEAR_LETTERS: Range<usize> = 3..41;

/// Which words of two stretches nearly match.
#[derive(Default)]
struct NearWords {
    width: usize,
    near: Vec<bool>,
}

/// The folded words of a stretch.
struct Words {
    folded: String,
    words: Vec<Word>,
}

/// A folded word: where it ends among the others, its length in characters and which letters it holds, modulo 32.
struct Word {
    end: usize,
    letters: usize,
    mask: u32,
}

impl NearWords {
    fn new(a: &Tokenised<'_>, in_a: &Range<u32>, b: &Tokenised<'_>, in_b: &Range<u32>) -> Self {
        let (a, b) = (Words::of(a, in_a), Words::of(b, in_b));
        let mut near = Vec::with_capacity(a.words.len() * b.words.len());
        for (i, x) in a.words.iter().enumerate() {
            let is_near = |(j, y): (usize, &Word)| x.may_be_near(y) && is_near(a.folded(i), b.folded(j));
            near.extend(b.words.iter().enumerate().map(is_near));
        }
        Self { width: b.words.len(), near }
    }

    fn contains(&self, i: usize, j: usize) -> bool {
        self.near.get(i * self.width + j).is_some_and(|&near| near)
    }
}

impl Words {
    fn of(text: &Tokenised<'_>, range: &Range<u32>) -> Self {
        let mut folded = String::new();
        let word = |at: u32| {
            let start = folded.len();
            text.fold(at as usize, &mut folded);
            let own = folded[start..].chars();
            let (letters, mask) = own.fold((0, 0), |(count, mask), c| (count + 1, mask | 1_u32 << (c as u32 % 32)));
            Word { end: folded.len(), letters, mask }
        };
        let words = range.clone().map(word).collect();
        Self { folded, words }
    }

    fn folded(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.words[before].end);
        &self.folded[start..self.words[at].end]
    }
}

impl Word {
    /// Similar lengths and mostly the same letters: the edit distance is only measured where it can be small.
    fn may_be_near(&self, other: &Self) -> bool {
        let (short, long) = (self.letters.min(other.letters), self.letters.max(other.letters));
        if !NEAR_LETTERS.contains(&short) || !NEAR_LETTERS.contains(&long) || 3 * (long - short) > long {
            return false;
        }
        let shared = (self.mask & other.mask).count_ones();
        let most = self.mask.count_ones().max(other.mask.count_ones());
        3 * shared + 2 >= 2 * most
    }
}

fn is_near(word: &str, other: &str) -> bool {
    strsim::normalized_levenshtein(word, other) >= NEAR
}

/// How many tokens of two stretches can be matched, in whatever order: no alignment matches more.
pub(crate) fn in_common(a: &Tokenised<'_>, in_a: &Range<u32>, b: &Tokenised<'_>, in_b: &Range<u32>) -> usize {
    let sorted = |text: &Tokenised<'_>, stretch: &Range<u32>| {
        let mut tokens = text.tokens[range(stretch)].to_vec();
        tokens.sort_unstable();
        tokens
    };
    let (a, b) = (sorted(a, in_a), sorted(b, in_b));
    let mut left = b.iter().peekable();
    let matched = a.iter().filter(|&token| {
        while left.next_if(|&other| other < token).is_some() {}
        left.next_if(|&other| other == token).is_some()
    });
    matched.count()
}

fn range(tokens: &Range<u32>) -> Range<usize> {
    tokens.start as usize..tokens.end as usize
}

/// Appends a run, joining it to the last one where they touch on both sides.
pub(crate) fn push(out: &mut Vec<Run>, run: Run) {
    if run.len == 0 {
        return;
    }
    match out.last_mut() {
        Some(last) if last.end_a() == run.a && last.end_b() == run.b => last.len += run.len,
        _ => out.push(run),
    }
}

/// The runs that keep their order in both texts and together hold the most tokens: a heaviest increasing subsequence
/// (Knuth, TAOCP 3, 5.1.4), found with a prefix-maximum tree. `runs` are sorted by their place in B; overlaps are
/// trimmed. Cost: n log n.
pub(crate) fn in_order(runs: &[Run]) -> Vec<Run> {
    let chosen = heaviest_increasing(runs.len(), |at| runs[at].a, |at| u64::from(runs[at].len));
    let mut out: Vec<Run> = Vec::with_capacity(chosen.len());
    for at in chosen {
        let run = runs[at];
        let overlap =
            out.last().map_or(0, |last| last.end_a().saturating_sub(run.a).max(last.end_b().saturating_sub(run.b)));
        if overlap < run.len {
            push(&mut out, Run { a: run.a + overlap, b: run.b + overlap, len: run.len - overlap });
        }
    }
    out
}

/// Indices of the subsequence of `0..count` whose `key` strictly increases and whose `weight` is greatest.
pub(crate) fn heaviest_increasing(
    count: usize,
    key: impl Fn(usize) -> u32,
    weight: impl Fn(usize) -> u64,
) -> Vec<usize> {
    let mut ranks: Vec<u32> = (0..count).map(&key).collect();
    ranks.sort_unstable();
    ranks.dedup();
    // Best (weight, index + 1) over all smaller ranks, in a Fenwick tree.
    let mut tree = vec![(0_u64, 0_usize); ranks.len() + 1];
    let mut before = vec![0_usize; count];
    let mut best = (0, 0);
    for (at, before) in before.iter_mut().enumerate() {
        let rank = ranks.partition_point(|&rank| rank < key(at));
        let mut reached = (0, 0);
        let mut node = rank;
        while node > 0 {
            reached = reached.max(tree[node]);
            node &= node - 1;
        }
        *before = reached.1;
        let here = (reached.0 + weight(at), at + 1);
        best = best.max(here);
        let mut node = rank + 1;
        while node < tree.len() {
            tree[node] = tree[node].max(here);
            node += node & node.wrapping_neg();
        }
    }
    let mut chosen = Vec::new();
    let mut next = best.1;
    while next > 0 {
        chosen.push(next - 1);
        next = before[next - 1];
    }
    chosen.reverse();
    chosen
}

const MATCH: i32 = 5;
const SHORT_MATCH: i32 = 3;
const NEAR_MATCH: i32 = 3;
const GAP_OPEN: i32 = 2;
const UNREACHED: i32 = i32::MIN / 2;

/// The exact method's table, kept between uses.
#[derive(Debug, Default)]
struct Table {
    /// Where each cell's best came from.
    from: Vec<u8>,
    /// Best scores of the row above: those that end in a match, in a gap in B, in a gap in A.
    row: Vec<[i32; 3]>,
}

/// States, and in `from` two bits each: the state before.
const IN_MATCH: usize = 0;
const IN_DELETE: usize = 1;
const IN_INSERT: usize = 2;

impl Table {
    /// Calls `matched` for each matched pair, in order, of the alignment of `n` with `m` tokens that scores highest.
    fn align(
        &mut self,
        n: usize,
        m: usize,
        reward: impl Fn(usize, usize) -> Option<i32>,
        mut matched: impl FnMut(usize, usize),
    ) {
        let width = m + 1;
        self.from.clear();
        self.from.resize((n + 1) * width, 0);
        self.row.clear();
        self.row.resize(width, [UNREACHED, UNREACHED, -GAP_OPEN]);
        self.row[0] = [0, UNREACHED, UNREACHED];
        for j in 1..width {
            self.from[j] = ((if j == 1 { IN_MATCH } else { IN_INSERT }) << 4) as u8;
        }
        for i in 1..=n {
            self.fill_row(i, width, &reward);
        }
        let mut pairs = self.trace(n, m);
        while let Some((i, j)) = pairs.pop() {
            matched(i, j);
        }
    }

    fn fill_row(&mut self, i: usize, width: usize, reward: &impl Fn(usize, usize) -> Option<i32>) {
        let from = &mut self.from[i * width..(i + 1) * width];
        // Scores of the cell up and to the left.
        let mut diagonal = self.row[0];
        let (delete, from_delete) = open(diagonal, IN_DELETE);
        let mut left = [UNREACHED, delete, UNREACHED];
        self.row[0] = left;
        from[0] = (from_delete << 2) as u8;
        for (j, (up, from)) in self.row[1..].iter_mut().zip(&mut from[1..]).enumerate() {
            let (before, from_match) = best(diagonal);
            let matching = reward(i - 1, j).map_or(UNREACHED, |earned| before + earned);
            let (delete, from_delete) = open(*up, IN_DELETE);
            let (insert, from_insert) = open(left, IN_INSERT);
            left = [matching, delete, insert];
            *from = (from_match | from_delete << 2 | from_insert << 4) as u8;
            diagonal = std::mem::replace(up, left);
        }
    }

    /// Matched pairs, the last first.
    fn trace(&self, n: usize, m: usize) -> Vec<(usize, usize)> {
        let (mut i, mut j) = (n, m);
        let mut state = best(self.row[m]).1;
        let mut pairs = Vec::new();
        while i > 0 || j > 0 {
            let from = self.from[i * (m + 1) + j];
            let before = usize::from(from >> (2 * state) & 3);
            match state {
                IN_MATCH => {
                    (i, j) = (i - 1, j - 1);
                    pairs.push((i, j));
                }
                IN_DELETE => i -= 1,
                _ => j -= 1,
            }
            state = before;
        }
        pairs
    }
}

/// The best of three states; the earlier one on a tie.
#[inline]
fn best([matching, delete, insert]: [i32; 3]) -> (i32, usize) {
    let (score, state) = if delete > matching { (delete, IN_DELETE) } else { (matching, IN_MATCH) };
    if insert > score { (insert, IN_INSERT) } else { (score, state) }
}

/// Goes on in a gap, or opens one from another state.
#[inline]
fn open([matching, delete, insert]: [i32; 3], state: usize) -> (i32, usize) {
    match state {
        IN_DELETE => best([matching - GAP_OPEN, delete, insert - GAP_OPEN]),
        _ => best([matching - GAP_OPEN, delete - GAP_OPEN, insert]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;
    use proptest::prelude::*;

    fn aligned(a: &str, b: &str) -> Vec<Run> {
        let (a, b) = (tokenise(a), tokenise(b));
        Aligner::new(&a, &b).complete(0..a.len() as u32, 0..b.len() as u32, &[]).runs
    }

    #[test]
    fn a_lone_short_word_does_not_tear_a_replaced_phrase_apart() {
        let runs = aligned("they left on the first train home", "they left by night in the dark home");
        assert_eq!(runs, [Run { a: 0, b: 0, len: 2 }, Run { a: 6, b: 7, len: 1 }]);
    }

    #[test]
    fn a_kept_content_word_is_matched() {
        let runs = aligned("one kept two", "three kept four");
        assert_eq!(runs, [Run { a: 1, b: 1, len: 1 }]);
    }

    /// Best score over all alignments, by trying them all.
    fn brute(a: &[u8], b: &[u8], state: usize) -> i32 {
        let open = |to: usize| if state == to { 0 } else { -GAP_OPEN };
        let mut best = if a.is_empty() && b.is_empty() { 0 } else { i32::MIN };
        if let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first())
            && x == y
        {
            best = best.max(MATCH + brute(rest_a, rest_b, IN_MATCH));
        }
        if let Some((_, rest)) = a.split_first() {
            best = best.max(open(IN_DELETE) + brute(rest, b, IN_DELETE));
        }
        if let Some((_, rest)) = b.split_first() {
            best = best.max(open(IN_INSERT) + brute(a, rest, IN_INSERT));
        }
        best
    }

    fn score(n: usize, m: usize, pairs: &[(usize, usize)]) -> i32 {
        let mut total = MATCH * pairs.len() as i32;
        let (mut i, mut j) = (0, 0);
        for &(x, y) in pairs.iter().chain([&(n, m)]) {
            total -= GAP_OPEN * (i32::from(x > i) + i32::from(y > j));
            (i, j) = (x + 1, y + 1);
        }
        total
    }

    proptest! {
        #[test]
        fn the_table_scores_as_well_as_trying_everything(
            a in prop::collection::vec(0_u8..3, 0..7), b in prop::collection::vec(0_u8..3, 0..7),
        ) {
            let mut pairs = Vec::new();
            Table::default().align(a.len(), b.len(), |i, j| (a[i] == b[j]).then_some(MATCH), |i, j| pairs.push((i, j)));
            prop_assert!(pairs.iter().all(|&(i, j)| a[i] == b[j]));
            prop_assert_eq!(score(a.len(), b.len(), &pairs), brute(&a, &b, IN_MATCH));
        }

        #[test]
        fn the_heaviest_increasing_subsequence_is_heaviest(keys in prop::collection::vec((0_u32..8, 1_u64..5), 0..9)) {
            let chosen = heaviest_increasing(keys.len(), |at| keys[at].0, |at| keys[at].1);
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1] && keys[pair[0]].0 < keys[pair[1]].0));
            let weight: u64 = chosen.iter().map(|&at| keys[at].1).sum();
            let most = (0..1_u32 << keys.len()).filter_map(|set| {
                let picked: Vec<_> = (0..keys.len()).filter(|at| set >> at & 1 == 1).map(|at| keys[at]).collect();
                picked.windows(2).all(|pair| pair[0].0 < pair[1].0).then(|| picked.iter().map(|key| key.1).sum::<u64>())
            }).max();
            prop_assert_eq!(Some(weight), most);
        }
    }
}
