//! Chains: runs that follow each other in both texts with small gaps between them.
//!
//! The scheme is minimap2's (H. Li, "Minimap2: pairwise alignment for nucleotide sequences", 2018, section 2.1.1):
//! a run's score is its length plus the best score of a run before it, less the price of the gap; the look-back is
//! bounded, so the cost is linear in the runs. Changed here: lengths are tokens, and a chain gives way, run by run, to
//! better chains that claim the same tokens, so that every token belongs to at most one chain.

use crate::seed::Run;

/// Longest gap between two runs of a chain, in tokens of either text.
const MAX_GAP: u32 = 32;
/// Runs looked back at.
const LOOK_BACK: usize = 48;
/// Score of one token, in the unit of gap prices.
const TOKEN: i64 = 4;

/// Runs in order in both texts, none of whose tokens belongs to another chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    pub runs: Vec<Run>,
}

/// Chains sorted by their place in B. `runs` are sorted by their place in B.
pub(crate) fn chains(runs: &[Run], tokens_a: usize, tokens_b: usize) -> Vec<Chain> {
    let links = link(runs);
    let mut claims = Claims { a: vec![false; tokens_a], b: vec![false; tokens_b] };
    let mut chains: Vec<Chain> = Vec::new();
    backtrack(runs, &links, |chain| claims.grant(chain, &mut chains));
    chains.sort_unstable_by_key(|chain| chain.runs[0]);
    chains
}

/// The best way to reach a run.
#[derive(Clone, Copy)]
struct Link {
    score: i64,
    before: Option<usize>,
}

fn link(runs: &[Run]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::with_capacity(runs.len());
    for (at, &run) in runs.iter().enumerate() {
        let alone = Link { score: TOKEN * i64::from(run.len), before: None };
        let first = at.saturating_sub(LOOK_BACK);
        let best = (first..at).rev().filter_map(|before| {
            let score = links[before].score + joined(runs[before], run)?;
            Some(Link { score, before: Some(before) })
        });
        links.push(best.fold(alone, |best, link| if link.score > best.score { link } else { best }));
    }
    links
}

/// What `run` adds to a chain that ends in `before`: its tokens beyond it less the price of the gap.
fn joined(before: Run, run: Run) -> Option<i64> {
    let overlap = before.end_a().saturating_sub(run.a).max(before.end_b().saturating_sub(run.b));
    if run.a <= before.a || run.b <= before.b || overlap >= run.len {
        return None;
    }
    let gap_a = run.a + overlap - before.end_a();
    let gap_b = run.b + overlap - before.end_b();
    if gap_a.max(gap_b) > MAX_GAP {
        return None;
    }
    let price = i64::from(gap_a.abs_diff(gap_b)) + i64::from(gap_a.min(gap_b)) / 2;
    Some(TOKEN * i64::from(run.len - overlap) - price)
}

/// Gives chains of runs, the best first; a run serves the best chain that reaches it.
fn backtrack(runs: &[Run], links: &[Link], mut take: impl FnMut(&[Run])) {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_unstable_by_key(|&at| (std::cmp::Reverse(links[at].score), at));
    let mut used = vec![false; runs.len()];
    let mut chain = Vec::new();
    for last in order {
        chain.clear();
        let mut next = Some(last);
        while let Some(at) = next.filter(|&at| !used[at]) {
            used[at] = true;
            chain.push(runs[at]);
            next = links[at].before;
        }
        if !chain.is_empty() {
            chain.reverse();
            take(&chain);
        }
    }
}

/// Tokens of a gap in a chain that another chain may have: a moved sentence may stand there.
const ROOM: u32 = 8;

/// Which tokens a chain has claimed, short gaps included.
struct Claims {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Claims {
    /// Appends what better chains have left of `chain`: split where one of them lies between two of its runs.
    fn grant(&mut self, chain: &[Run], granted: &mut Vec<Chain>) {
        let first = granted.len();
        for &run in chain {
            self.for_each_free(run, |free| {
                let last = granted[first..].last_mut().map(|chain| &mut chain.runs);
                let before = last.as_ref().and_then(|runs| runs.last().copied());
                match before.filter(|&before| follows(before, free) && self.is_free_between(before, free)).zip(last) {
                    Some((before, runs)) => {
                        let overlap = before.end_a().saturating_sub(free.a).max(before.end_b().saturating_sub(free.b));
                        if overlap < free.len {
                            runs.push(Run { a: free.a + overlap, b: free.b + overlap, len: free.len - overlap });
                        }
                    }
                    None => granted.push(Chain { runs: vec![free] }),
                }
            });
        }
        granted[first..].iter().for_each(|chain| self.claim(chain));
    }

    /// Calls `take` with the parts of `run` that nobody claims, worth keeping: three tokens and more.
    fn for_each_free(&self, run: Run, mut take: impl FnMut(Run)) {
        let is_free = |n: u32| !self.a[(run.a + n) as usize] && !self.b[(run.b + n) as usize];
        let mut n = 0;
        while n < run.len {
            let len = (n..run.len).take_while(|&n| is_free(n)).count() as u32;
            if len >= run.len.min(3) {
                take(Run { a: run.a + n, b: run.b + n, len });
            }
            n += len.max(1);
        }
    }

    fn is_free_between(&self, before: Run, after: Run) -> bool {
        let (a, b) = (before.end_a() as usize..after.a as usize, before.end_b() as usize..after.b as usize);
        (a.is_empty() || !self.a[a].contains(&true)) && (b.is_empty() || !self.b[b].contains(&true))
    }

    fn claim(&mut self, chain: &Chain) {
        let (mut end_a, mut end_b) = (chain.runs[0].a, chain.runs[0].b);
        for run in &chain.runs {
            let from = |start: u32, end: u32| if start - end < ROOM { end } else { start } as usize;
            self.a[from(run.a, end_a)..run.end_a() as usize].fill(true);
            self.b[from(run.b, end_b)..run.end_b() as usize].fill(true);
            (end_a, end_b) = (run.end_a(), run.end_b());
        }
    }
}

fn follows(before: Run, after: Run) -> bool {
    joined(before, after).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(a: u32, b: u32, len: u32) -> Run {
        Run { a, b, len }
    }

    #[test]
    fn runs_with_small_gaps_are_one_chain() {
        let runs = [run(0, 0, 10), run(11, 12, 10), run(100, 40, 9)];
        let chains = chains(&runs, 200, 200);
        assert_eq!(chains, [Chain { runs: vec![runs[0], runs[1]] }, Chain { runs: vec![runs[2]] }]);
    }

    #[test]
    fn a_better_chain_keeps_the_tokens_both_want() {
        let runs = [run(0, 0, 20), run(50, 15, 10)];
        let chains = chains(&runs, 100, 100);
        assert_eq!(chains, [Chain { runs: vec![runs[0]] }, Chain { runs: vec![run(55, 20, 5)] }]);
    }
}
