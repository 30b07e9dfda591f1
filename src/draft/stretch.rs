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
    pub(crate) fn of(a: Range<u32>, b: Range<u32>, Alignment { runs, nearly }: Alignment) -> Self {
        Self { a, b, runs, nearly, cosine: 0.0, evidence: 0.0, moved: false }
    }

    /// Equal tokens.
    pub(crate) fn matched(&self) -> usize {
        self.runs.iter().map(|run| run.len as usize).sum()
    }

    /// Share of both sides' tokens that are matched, nearly equal words in part.
    pub(crate) fn dice(&self) -> f64 {
        self.dice_with(self.matched())
    }

    /// The same where it is known how many tokens are equal: what is put together piece by piece need not count them anew.
    pub(super) fn dice_with(&self, matched: usize) -> f64 {
        let matched = matched as f64 + NEARLY * self.nearly.len() as f64;
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
        self.kind_with(self.matched(), options)
    }

    /// The same where it is known how many tokens are equal.
    pub(super) fn kind_with(&self, matched: usize, options: &Options) -> Kind {
        if matched == self.a.len() && self.a.len() == self.b.len() {
            Kind::Verbatim
        } else if self.dice_with(matched) >= options.edited {
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

    /// Share of the side with more to it that is matched in order, nearly equal words in part; a word counts by its length, so
    /// that function words do not decide.
    pub(super) fn alike(&self, a: &Tokenised<'_>, b: &Tokenised<'_>) -> f64 {
        let share = |runs: u32, nearly: u32, whole: u32| {
            (f64::from(runs) + NEARLY * f64::from(nearly)) / f64::from(whole.max(1))
        };
        let runs_a = self.runs.iter().map(|run| weight(a, run.a..run.end_a())).sum();
        let nearly_a = self.nearly.iter().map(|&(at, _)| weight(a, at..at + 1)).sum();
        let runs_b = self.runs.iter().map(|run| weight(b, run.b..run.end_b())).sum();
        let nearly_b = self.nearly.iter().map(|&(_, at)| weight(b, at..at + 1)).sum();
        let of_a = share(runs_a, nearly_a, weight(a, self.a.clone()));
        of_a.min(share(runs_b, nearly_b, weight(b, self.b.clone())))
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
        let [before, after] = self.cut_at(&[(a, b)]).try_into().expect("one border makes two pieces");
        (before, after)
    }

    /// The pieces before, between and after some places in A and in B, which are in order. A run that crosses one is cut there,
    /// unless it does so in the two texts at different tokens. Cost: linear but for a look-up of each run.
    pub(super) fn cut_at(&self, borders: &[(u32, u32)]) -> Vec<Self> {
        let mut pieces: Vec<Self> = Vec::with_capacity(borders.len() + 1);
        let mut start = (self.a.start, self.b.start);
        for &end in borders.iter().chain(&[(self.a.end, self.b.end)]) {
            pieces.push(Self { a: start.0..end.0, b: start.1..end.1, ..self.clone_shell() });
            start = end;
        }
        for &run in &self.runs {
            let mut rest = run;
            let mut at = borders.partition_point(|&(a, b)| a <= run.a && b <= run.b);
            while let Some(&(a, b)) = borders.get(at)
                && a > rest.a
                && a < rest.end_a()
                && a - rest.a == b.wrapping_sub(rest.b)
            {
                let len = a - rest.a;
                pieces[at].runs.push(Run { len, ..rest });
                rest = Run { a, b, len: rest.len - len };
                at += 1;
            }
            if borders.get(at).is_none_or(|&(a, b)| rest.end_a() <= a && rest.end_b() <= b) {
                pieces[at].runs.push(rest);
            }
        }
        for &(at_a, at_b) in &self.nearly {
            pieces[borders.partition_point(|&(a, _)| a <= at_a)].nearly.push((at_a, at_b));
        }
        pieces
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;
    use proptest::prelude::*;

    #[test]
    fn both_orders_are_as_much_alike() {
        let wide = tokenise("Ｔｈｅ ｍｉｎｉｓｔｅｒｓ ｍｅｔ in Seoul on Tuesday and agreed.");
        let narrow = tokenise("The minister met in Seoul on Monday, and they agreed.");
        let runs = vec![Run { a: 0, b: 0, len: 1 }, Run { a: 2, b: 2, len: 4 }, Run { a: 7, b: 7, len: 1 }];
        let alignment = Alignment { runs, nearly: vec![(1, 1)] };
        let draft = Draft::of(0..wide.len() as u32, 0..narrow.len() as u32, alignment);
        let alike = draft.alike(&wide, &narrow);
        assert_eq!(alike, draft.mirrored().alike(&narrow, &wide));
        assert!((0.5..0.6).contains(&alike), "{alike}");
    }

    proptest! {
        #[test]
        fn cutting_at_all_borders_is_cutting_at_one_after_another(
            runs in prop::collection::vec((0_u32..3, 0_u32..3, 1_u32..9), 0..9),
            borders in prop::collection::vec((1_u32..9, 1_u32..9), 0..6),
        ) {
            let mut end = (0, 0);
            let placed = runs.iter().map(|&(gap_a, gap_b, len)| {
                let run = Run { a: end.0 + gap_a, b: end.1 + gap_b, len };
                end = (run.end_a(), run.end_b());
                run
            });
            let runs: Vec<Run> = placed.collect();
            let nearly = (0..end.0).step_by(5).map(|at| (at, at / 2)).collect();
            let draft = Draft::of(0..end.0, 0..end.1, Alignment { runs, nearly });
            let mut at = (0, 0);
            let borders = borders.iter().map(|&(a, b)| {
                at = (at.0 + a, at.1 + b);
                at
            });
            let borders: Vec<(u32, u32)> = borders.filter(|&(a, b)| a < end.0 && b < end.1).collect();
            let (mut pieces, mut rest) = (Vec::new(), draft.clone());
            for &(a, b) in &borders {
                let (before, after) = rest.halves(a, b);
                pieces.push(before);
                rest = after;
            }
            pieces.push(rest);
            prop_assert_eq!(draft.cut_at(&borders), pieces);
        }
    }
}
