//! A stretch of both texts on its way to a passage, and how it is cut and put together.

use crate::align::{Alignment, push};
use crate::options::Options;
use crate::passage::Kind;
use crate::seed::Run;
use crate::text::Tokenised;
use std::ops::Range;

/// What a nearly equal word counts, in matched tokens.
pub(super) const NEARLY: f64 = 0.7;
/// Bytes that a word counts at most.
const WORD: u32 = 6;

/// A stretch of both texts on its way to a passage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// Equal tokens in order; they lie inside `a` and `b`.
    pub runs: Vec<Run>,
    /// Words that nearly match, by their tokens.
    pub nearly: Vec<(u32, u32)>,
    /// Cosine of the two sides' vectors where rewording found it, else 0.
    pub cosine: f64,
    /// What speaks for it, in tokens.
    pub evidence: f64,
    pub moved: bool,
}

impl Draft {
    /// Two stretches with what corresponds in them.
    pub(super) fn of(a: Range<u32>, b: Range<u32>, Alignment { runs, nearly }: Alignment) -> Self {
        Self { a, b, runs, nearly, cosine: 0.0, evidence: 0.0, moved: false }
    }

    /// Equal tokens.
    pub(crate) fn matched(&self) -> usize {
        self.runs.iter().map(|run| run.len as usize).sum()
    }

    /// Share of both sides' tokens that are matched, nearly equal words in part.
    pub(crate) fn dice(&self) -> f64 {
        let matched = self.matched() as f64 + NEARLY * self.nearly.len() as f64;
        2.0 * matched / (self.a.len() + self.b.len()) as f64
    }

    /// The first tokens that are matched, nearly equal words included.
    pub(super) fn first_match(&self) -> Option<(u32, u32)> {
        let run = self.runs.first().map(|run| (run.a, run.b));
        run.into_iter().chain(self.nearly.iter().copied().min()).min()
    }

    /// The last tokens that are.
    pub(super) fn last_match(&self) -> Option<(u32, u32)> {
        let run = self.runs.last().map(|run| (run.end_a() - 1, run.end_b() - 1));
        run.into_iter().chain(self.nearly.iter().copied().max()).max()
    }

    /// Whether one side condenses the other: what is matched in order says nothing for it.
    pub(super) fn is_condensation(&self) -> bool {
        self.evidence <= 0.0
    }

    pub(crate) fn kind(&self, options: &Options) -> Kind {
        if self.matched() == self.a.len() && self.a.len() == self.b.len() {
            Kind::Verbatim
        } else if self.dice() >= options.edited {
            Kind::Edited
        } else {
            Kind::Reworded
        }
    }

    /// 0 to 1; 1 for verbatim only: what is matched in order or, where the order is lost, how alike the vectors are.
    pub(crate) fn similarity(&self, a: &Tokenised<'_>, b: &Tokenised<'_>, options: &Options) -> f64 {
        match self.kind(options) {
            Kind::Verbatim => 1.0,
            Kind::Edited => self.alike(a, b).min(0.9999),
            Kind::Reworded => self.alike(a, b).max(self.cosine).min(0.9999),
        }
    }

    /// Share of the longer side that is matched in order, nearly equal words in part; a word counts by its length, so
    /// that function words do not decide.
    pub(super) fn alike(&self, a: &Tokenised<'_>, b: &Tokenised<'_>) -> f64 {
        let runs: u32 = self.runs.iter().map(|run| weight(a, run.a..run.end_a())).sum();
        let nearly: u32 = self.nearly.iter().map(|&(at, _)| weight(a, at..at + 1)).sum();
        let whole = weight(a, self.a.clone()).max(weight(b, self.b.clone())).max(1);
        (f64::from(runs) + NEARLY * f64::from(nearly)) / f64::from(whole)
    }

    /// Ends before `other` begins, in both texts.
    pub(super) fn precedes(&self, other: &Self) -> bool {
        self.a.end <= other.a.start && self.b.end <= other.b.start
    }

    /// The same with A and B exchanged.
    pub(crate) fn mirrored(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            runs: self.runs.into_iter().map(|run| Run { a: run.b, b: run.a, len: run.len }).collect(),
            nearly: self.nearly.into_iter().map(|(a, b)| (b, a)).collect(),
            ..self
        }
    }

    /// Everything but runs and near matches, which the caller fills in.
    pub(super) fn clone_shell(&self) -> Self {
        Self { a: self.a.clone(), b: self.b.clone(), runs: Vec::new(), nearly: Vec::new(), ..*self }
    }

    /// Where token `a` of A may lie in B: between the matches around it.
    pub(super) fn image(&self, a: u32) -> (u32, u32) {
        let after = self.runs.partition_point(|run| run.end_a() <= a);
        let least = if after == 0 { self.b.start } else { self.runs[after - 1].end_b() };
        match self.runs.get(after) {
            Some(run) if run.a < a => (run.b + (a - run.a), run.b + (a - run.a)),
            Some(run) => (least, run.b),
            None => (least, self.b.end),
        }
    }

    /// The draft of some of its runs alone.
    pub(super) fn part(&self, runs: Range<usize>) -> Self {
        let runs = self.runs[runs].to_vec();
        let (first, last) = (runs[0], runs[runs.len() - 1]);
        Self { a: first.a..last.end_a(), b: first.b..last.end_b(), runs, ..self.clone_shell() }
    }

    /// The draft before and after token `a` of A and `b` of B.
    pub(super) fn halves(&self, a: u32, b: u32) -> (Self, Self) {
        let (mut before, mut after) = (self.clone_shell(), self.clone_shell());
        (before.a.end, before.b.end) = (a, b);
        (after.a.start, after.b.start) = (a, b);
        for &run in &self.runs {
            if run.end_a() <= a && run.end_b() <= b {
                before.runs.push(run);
            } else if run.a >= a && run.b >= b {
                after.runs.push(run);
            } else if a > run.a && a < run.end_a() && a - run.a == b.wrapping_sub(run.b) {
                let len = a - run.a;
                before.runs.push(Run { len, ..run });
                after.runs.push(Run { a, b, len: run.len - len });
            }
        }
        (before.nearly, after.nearly) = self.nearly.iter().partition(|(at, _)| *at < a);
        (before, after)
    }

    /// Holds what `wider` matches inside its own ends.
    pub(super) fn take_from(&mut self, wider: &Self) {
        let (a, b) = (&self.a, &self.b);
        self.runs = wider.runs.iter().copied().filter(|run| within(run, a, b)).collect();
        self.nearly = wider.nearly.iter().copied().filter(|(x, y)| a.contains(x) && b.contains(y)).collect();
    }

    /// Takes in the draft that follows it without a gap.
    pub(super) fn append(&mut self, next: Self) {
        self.a.end = next.a.end;
        self.b.end = next.b.end;
        for run in next.runs {
            push(&mut self.runs, run);
        }
        self.nearly.extend(next.nearly);
    }
}

fn within(run: &Run, a: &Range<u32>, b: &Range<u32>) -> bool {
    run.a >= a.start && run.end_a() <= a.end && run.b >= b.start && run.end_b() <= b.end
}

/// Runs with those that touch made one.
pub(super) fn touching_joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined = Vec::with_capacity(runs.len());
    runs.into_iter().for_each(|run| push(&mut joined, run));
    joined
}

/// Bytes of the words of a range, of each at most [`WORD`].
pub(super) fn weight(text: &Tokenised<'_>, tokens: Range<u32>) -> u32 {
    tokens.map(|at| (text.span(at as usize).len() as u32).min(WORD)).sum()
}
