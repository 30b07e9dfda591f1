//! Alignment: which tokens of two stretches correspond, in order.
//!
//! Small stretches are aligned exactly by dynamic programming with affine gaps (O. Gotoh, "An improved algorithm for
//! matching biological sequences", 1982): a matched token earns more the longer its word is, and every gap costs, so
//! that a lone "the" does not tear a replaced phrase apart. Long ones are first cut at shared shingles, ever shorter
//! ones, that keep their order; only what lies between those is left to the exact method. Where nothing is shared and
//! the stretch is long, the whole of it counts as replaced. The work is at most [`CELLS`] for every cut, so linear in
//! the stretch.

use crate::nearly::NearWords;
use crate::seed::{Run, runs};
use crate::shared::Shared;
use crate::shingle::ShingleSize;
use crate::text::Tokenised;
use std::cell::Cell;
use std::ops::Range;

/// Cells of the exact method's table, at most.
const CELLS: usize = 1 << 11;
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

/// What every exact alignment needs memory for.
#[derive(Debug, Default)]
struct Workspace {
    table: Table,
    near: NearWords,
    /// What a match of each token of A earns.
    weights: Vec<i32>,
}

thread_local! {
    /// That of the last aligner of the thread, for the next one: where many short texts are compared, asking for memory is
    /// a good part of the work. Some megabytes at most, since [`LAST_CELLS`] bounds a table.
    static SPACE: Cell<Workspace> = Cell::default();
}

/// Aligns stretches of two texts.
pub(crate) struct Aligner<'t> {
    a: &'t Tokenised<'t>,
    b: &'t Tokenised<'t>,
    space: Workspace,
    /// Whether words that nearly match are matched too.
    loosely: bool,
    found: Alignment,
    /// Pairs of stretches taken for replaced unseen, because they were too long to align.
    given_up: usize,
}

impl Drop for Aligner<'_> {
    fn drop(&mut self) {
        SPACE.set(std::mem::take(&mut self.space));
    }
}

impl<'t> Aligner<'t> {
    pub(crate) fn new(a: &'t Tokenised<'t>, b: &'t Tokenised<'t>) -> Self {
        Self { a, b, space: SPACE.take(), loosely: false, found: Alignment::default(), given_up: 0 }
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

    /// Every two words of two short stretches that may be matched, in order of their places in A: of each pair where they stand,
    /// and whether they are equal or nearly so.
    pub(crate) fn matches(&mut self, a: &Range<u32>, b: &Range<u32>) -> Vec<(u32, u32, bool)> {
        let near = &mut self.space.near;
        near.fill(self.a, a, self.b, b);
        let tokens_b = &self.b.tokens[range(b)];
        let mut found = Vec::new();
        for (i, token) in self.a.tokens[range(a)].iter().enumerate() {
            for (j, (other, near)) in tokens_b.iter().zip(near.row(i)).enumerate() {
                if token == other || *near {
                    found.push((a.start + i as u32, b.start + j as u32, token == other));
                }
            }
        }
        found
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
        let Workspace { table, near, weights } = &mut self.space;
        weights.clear();
        // Short words, mostly function words, earn less than two gaps cost.
        let earns = |at: u32| if self.a.span(at as usize).len() <= 3 { SHORT_MATCH } else { MATCH };
        weights.extend(a.clone().map(earns));
        if self.loosely {
            near.fill(self.a, a, self.b, b);
        } else {
            near.clear();
        }
        let (tokens_a, tokens_b) = (&self.a.tokens[range(a)], &self.b.tokens[range(b)]);
        let earned = |i: usize, row: &mut [i32]| {
            for (earned, near) in row.iter_mut().zip(near.row(i)) {
                *earned = if *near { NEAR_MATCH } else { NO_MATCH };
            }
            for (earned, token) in row.iter_mut().zip(tokens_b) {
                *earned = if tokens_a[i] == *token { weights[i] } else { *earned };
            }
        };
        let found = &mut self.found;
        table.align(tokens_a.len(), tokens_b.len(), earned, |i, j| {
            let (x, y) = (a.start + i as u32, b.start + j as u32);
            if tokens_a[i] == tokens_b[j] {
                push(&mut found.runs, Run { a: x, b: y, len: 1 });
            } else {
                found.nearly.push((x, y));
            }
        });
    }
}

/// How many tokens of two stretches can be matched, in whatever order: no alignment matches more.
pub(crate) fn in_common(a: &Tokenised<'_>, in_a: &Range<u32>, b: &Tokenised<'_>, in_b: &Range<u32>) -> usize {
    Shared::of(a.tokens[range(in_a)].iter().copied(), b.tokens[range(in_b)].iter().copied()).count()
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
const UNREACHED: i32 = i32::MIN / 16;
/// What a match that cannot be earns: so little that both gaps, one of which can always be reached, are better.
const NO_MATCH: i32 = UNREACHED;

/// States. A score of the table is shifted left by two, and its state stands in the two bits: of equal scores the one in
/// the earlier state is the greater.
const IN_MATCH: i32 = 2;
const IN_DELETE: i32 = 1;
const IN_INSERT: i32 = 0;
const STATE: i32 = 3;

/// A cell's best scores: that end in a match, in a gap in B, in a gap in A.
#[derive(Debug, Clone, Copy)]
struct Scores {
    matching: i32,
    delete: i32,
    insert: i32,
}

impl Scores {
    fn new(matching: i32, delete: i32, insert: i32) -> Self {
        Self { matching: matching << 2 | IN_MATCH, delete: delete << 2 | IN_DELETE, insert: insert << 2 | IN_INSERT }
    }

    fn best(self) -> i32 {
        self.matching.max(self.delete).max(self.insert)
    }

    /// Goes on in a gap in B, or opens one from another state.
    fn to_delete(self) -> i32 {
        self.delete.max(self.matching.max(self.insert) - (GAP_OPEN << 2))
    }

    /// The same in A.
    fn to_insert(self) -> i32 {
        self.insert.max(self.matching.max(self.delete) - (GAP_OPEN << 2))
    }
}

/// The exact method's table, kept between uses.
#[derive(Debug, Default)]
struct Table {
    /// Where each cell's best came from: for every state two bits, the state before.
    from: Vec<u8>,
    /// The row above.
    row: Vec<Scores>,
    /// What the matches of a row earn.
    earned: Vec<i32>,
}

impl Table {
    /// Calls `matched` for each matched pair, in order, of the alignment of `n` with `m` tokens that scores highest.
    /// `earned` fills in what each match of a token with those of the other side earns, into a row of [`NO_MATCH`].
    fn align(&mut self, n: usize, m: usize, earned: impl Fn(usize, &mut [i32]), mut matched: impl FnMut(usize, usize)) {
        let width = m + 1;
        self.from.clear();
        self.from.resize((n + 1) * width, 0);
        self.row.clear();
        self.row.resize(width, Scores::new(UNREACHED, UNREACHED, -GAP_OPEN));
        self.row[0] = Scores::new(0, UNREACHED, UNREACHED);
        for j in 1..width {
            self.from[j] = from(0, 0, if j == 1 { IN_MATCH } else { IN_INSERT });
        }
        for i in 1..=n {
            self.earned.clear();
            self.earned.resize(m, NO_MATCH);
            earned(i - 1, &mut self.earned);
            self.fill_row(i, width);
        }
        let mut pairs = self.trace(n, m);
        while let Some((i, j)) = pairs.pop() {
            matched(i, j);
        }
    }

    fn fill_row(&mut self, i: usize, width: usize) {
        let from_row = &mut self.from[i * width..(i + 1) * width];
        // The cell up and to the left.
        let mut diagonal = self.row[0];
        let delete = diagonal.to_delete();
        let mut left = Scores::new(UNREACHED, delete >> 2, UNREACHED);
        self.row[0] = left;
        from_row[0] = from(0, delete, 0);
        for ((up, came), earned) in self.row[1..].iter_mut().zip(&mut from_row[1..]).zip(&self.earned) {
            let before = diagonal.best();
            let (delete, insert) = (up.to_delete(), left.to_insert());
            *came = from(before, delete, insert);
            left = Scores::new((before >> 2) + earned, delete >> 2, insert >> 2);
            diagonal = std::mem::replace(up, left);
        }
    }

    /// Matched pairs, the last first.
    fn trace(&self, n: usize, m: usize) -> Vec<(usize, usize)> {
        let (mut i, mut j) = (n, m);
        let mut state = self.row[m].best() & STATE;
        let mut pairs = Vec::new();
        while i > 0 || j > 0 {
            let before = i32::from(self.from[i * (m + 1) + j] >> (2 * state)) & STATE;
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

/// The states of the scores that the three of a cell were reached from.
fn from(before_match: i32, before_delete: i32, before_insert: i32) -> u8 {
    let state = |score: i32, to: i32| (score & STATE) << (2 * to);
    (state(before_match, IN_MATCH) | state(before_delete, IN_DELETE) | state(before_insert, IN_INSERT)) as u8
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
    fn brute(a: &[u8], b: &[u8], state: i32) -> i32 {
        let open = |to: i32| if state == to { 0 } else { -GAP_OPEN };
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
            let earned = |i: usize, row: &mut [i32]| {
                row.iter_mut().zip(&b).filter(|(_, other)| a[i] == **other).for_each(|(earned, _)| *earned = MATCH);
            };
            Table::default().align(a.len(), b.len(), earned, |i, j| pairs.push((i, j)));
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
