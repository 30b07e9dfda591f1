//! Drafts: from chains and clusters to stretches that become passages.

use crate::align::{Aligner, heaviest_increasing};
use crate::chain::Chain;
use crate::reword::Cluster;
use crate::seed::Run;
use crate::text::Tokenised;
use std::ops::Range;

/// A stretch of both texts on its way to a passage.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// Equal tokens in order; they lie inside `a` and `b`.
    pub runs: Vec<Run>,
    /// Cosine of the two sides' vectors where rewording found it, else 0.
    pub cosine: f64,
    pub moved: bool,
}

impl Draft {
    pub(crate) fn matched(&self) -> usize {
        self.runs.iter().map(|run| run.len as usize).sum()
    }
    pub(crate) fn dice(&self) -> f64 {
        2.0 * self.matched() as f64 / (self.a.len() + self.b.len()) as f64
    }
    pub(crate) fn is_verbatim(&self) -> bool {
        self.matched() == self.a.len() && self.a.len() == self.b.len()
    }
}

pub(crate) fn env(name: &str, default: f64) -> f64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

pub(crate) fn firm(chains: &[Chain], aligner: &mut Aligner<'_>, min_words: usize) -> Vec<Draft> {
    let mut out = Vec::new();
    for chain in chains {
        let (first, last) = (chain.runs[0], chain.runs[chain.runs.len() - 1]);
        let (a, b) = (first.a..last.end_a(), first.b..last.end_b());
        if chain.matched() < min_words {
            continue;
        }
        let runs = aligner.complete(a.clone(), b.clone(), &chain.runs);
        let draft = Draft { a, b, runs, cosine: 0.0, moved: false };
        if draft.dice() >= env("FIRM_DICE", 0.6) {
            out.push(draft);
        }
    }
    out
}

fn overlap(x: &Range<u32>, y: &Range<u32>) -> u32 {
    x.end.min(y.end).saturating_sub(x.start.max(y.start))
}

pub(crate) fn resolve(
    firm: Vec<Draft>,
    clusters: &[Cluster],
    a: &Tokenised<'_>,
    b: &Tokenised<'_>,
    aligner: &mut Aligner<'_>,
) -> Vec<Draft> {
    let mut used = vec![false; firm.len()];
    let mut out: Vec<Draft> = Vec::new();
    let bytes = |t: &Tokenised<'_>, r: &Range<u32>| t.places[r.end as usize - 1].1 - t.places[r.start as usize].0;
    let long = env("LONG", 256.0) as u32;
    for c in clusters {
        let inside: Vec<usize> = (0..firm.len())
            .filter(|&i| {
                overlap(&firm[i].a, &c.a) * 2 > firm[i].a.len() as u32
                    && overlap(&firm[i].b, &c.b) * 2 > firm[i].b.len() as u32
            })
            .collect();
        let cover = inside.iter().map(|&i| overlap(&firm[i].a, &c.a) + overlap(&firm[i].b, &c.b)).sum::<u32>() as f64
            / (c.a.len() + c.b.len()) as f64;
        let has_long = inside.iter().any(|&i| firm[i].runs.iter().any(|r| bytes(a, &(r.a..r.end_a())) >= long));
        if cover >= env("COVER", 0.75) || has_long {
            continue;
        }
        let small = env("MINCHARS", 150.0) as u32;
        if bytes(a, &c.a) < small || bytes(b, &c.b) < small {
            continue;
        }
        let (mut ra, mut rb) = (c.a.clone(), c.b.clone());
        for i in inside {
            used[i] = true;
            ra = ra.start.min(firm[i].a.start)..ra.end.max(firm[i].a.end);
            rb = rb.start.min(firm[i].b.start)..rb.end.max(firm[i].b.end);
        }
        let runs = aligner.complete(ra.clone(), rb.clone(), &[]);
        out.push(Draft { a: ra, b: rb, runs, cosine: c.similarity, moved: false });
    }
    let minfirm = env("MINFIRM", 100.0) as u32;
    out.extend(
        firm.into_iter()
            .zip(used)
            .filter(|(_, used)| !used)
            .map(|(d, _)| d)
            .filter(|d| bytes(a, &d.a) >= minfirm && bytes(b, &d.b) >= minfirm),
    );
    // exclusive claims, the most matched first
    out.sort_by_key(|d| (std::cmp::Reverse(d.matched()), d.b.start, d.a.start));
    let mut kept: Vec<Draft> = Vec::new();
    for d in out {
        if kept.iter().all(|k| overlap(&k.a, &d.a) == 0 && overlap(&k.b, &d.b) == 0) {
            kept.push(d);
        }
    }
    kept.sort_by_key(|d| (d.b.start, d.a.start));
    let main = heaviest_increasing(kept.len(), |at| kept[at].a.start, |at| kept[at].matched() as u64 + 1);
    for (at, draft) in kept.iter_mut().enumerate() {
        draft.moved = main.binary_search(&at).is_err();
    }
    kept.sort_by_key(|d| (d.a.start, d.b.start));
    kept
}
