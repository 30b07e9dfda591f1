//! What the sentences of a passage are, each for itself: a sentence shared word for word is verbatim although the passage around it
//! was edited. Sentences of both sides that correspond are taken together, so that they are the same on both.

use crate::draft::Draft;
use crate::options::Options;
use crate::passage::Kind;
use crate::seed::Run;
use crate::text::Tokenised;
use crate::which::Which;
use std::ops::Range;

/// Share of the tokens of the side that has fewer below which sentences are reworded although the passage around them was edited.
const HARDLY: f64 = 0.4;
/// Share of the tokens of the other side from which they may be edited: a word is no sentence.
const SOME: f64 = 0.25;

/// Sentences of A and those of B that correspond to them, in tokens; one of the two may be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub a: Range<u32>,
    pub b: Range<u32>,
    pub kind: Kind,
}

impl Part {
    pub const fn tokens(&self, which: Which) -> &Range<u32> {
        match which {
            Which::A => &self.a,
            Which::B => &self.b,
        }
    }
}

/// The parts of a passage, which tile both of its sides. Cost: linear in its sentences and runs.
pub(crate) fn parts(draft: &Draft, a: &Tokenised<'_>, b: &Tokenised<'_>, options: &Options) -> Vec<Part> {
    let kind = draft.kind(options);
    if kind == Kind::Verbatim {
        return vec![Part { a: draft.a.clone(), b: draft.b.clone(), kind }];
    }
    let (ends_a, ends_b) = (ends(a, &draft.a), ends(b, &draft.b));
    let mut cuts = Cuts { runs: &draft.runs, passed: 0 };
    let (mut at_a, mut at_b) = (draft.a.start, draft.b.start);
    let (mut next_a, mut next_b, mut first) = (0, 0, 0);
    let mut found = Vec::with_capacity(ends_a.len().max(ends_b.len()));
    while next_a < ends_a.len() || next_b < ends_b.len() {
        // Sentences that face each other, or one that faces none.
        let mut to_a = ends_a.get(next_a).copied().unwrap_or(draft.a.end);
        let mut to_b = ends_b.get(next_b).copied().unwrap_or(draft.b.end);
        if !cuts.part(to_a, to_b) {
            if next_b < ends_b.len() && cuts.part(at_a, to_b) {
                to_a = at_a;
            } else if next_a < ends_a.len() && cuts.part(to_a, at_b) {
                to_b = at_b;
            } else {
                // More sentences on the side that is behind.
                let (mut more_a, mut more_b) = (next_a, next_b);
                while !cuts.part(to_a, to_b) {
                    cuts.pass(to_a, to_b);
                    let behind_a = cuts.is_behind(to_a, to_b);
                    if behind_a && more_a + 1 < ends_a.len() || more_b + 1 >= ends_b.len() {
                        more_a += 1;
                        to_a = ends_a.get(more_a).copied().unwrap_or(draft.a.end);
                    } else {
                        more_b += 1;
                        to_b = ends_b[more_b];
                    }
                }
            }
        }
        let kind = kind_of(draft, first, (&(at_a..to_a), &(at_b..to_b)), options);
        found.push(Part { a: at_a..to_a, b: at_b..to_b, kind });
        (at_a, at_b) = (to_a, to_b);
        next_a += ends_a[next_a..].partition_point(|&end| end <= at_a);
        next_b += ends_b[next_b..].partition_point(|&end| end <= at_b);
        cuts.pass(at_a, at_b);
        first = cuts.passed;
    }
    found
}

/// Where the sentences of a range end; the last ends with it.
fn ends(text: &Tokenised<'_>, whole: &Range<u32>) -> Vec<u32> {
    let first = text.sentence_of(whole.start);
    let sentences = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < whole.end);
    sentences.map(|sentence| sentence.tokens.end.min(whole.end)).collect()
}

/// What `a` and `b` are, of the runs from `first` on.
fn kind_of(draft: &Draft, first: usize, (a, b): (&Range<u32>, &Range<u32>), options: &Options) -> Kind {
    let inside = draft.runs[first..].iter().take_while(|run| run.a < a.end && run.b < b.end);
    let length = |run: &Run| {
        let (start, end) = (run.a.max(a.start), run.end_a().min(a.end));
        end.saturating_sub(start)
    };
    let matched: u32 = inside.map(length).sum();
    let share = |tokens: usize| f64::from(matched) / tokens.max(1) as f64;
    let (shorter, longer) = (share(a.len().min(b.len())), share(a.len().max(b.len())));
    if matched as usize == a.len() && a.len() == b.len() {
        Kind::Verbatim
    } else if shorter >= options.edited && longer >= SOME {
        Kind::Edited
    } else if shorter < HARDLY {
        Kind::Reworded
    } else {
        draft.kind(options)
    }
}

/// Where a passage may be cut: no run of equal tokens has one token before a cut in one text and behind it in the other.
struct Cuts<'d> {
    runs: &'d [Run],
    /// Runs that end before what is looked at.
    passed: usize,
}

impl Cuts<'_> {
    /// Whether a cut before token `a` of A and `b` of B parts no pair of equal tokens. Cost: the runs that have not been passed and
    /// end before both; of the others one tells.
    fn part(&self, a: u32, b: u32) -> bool {
        let crosses = |run: &&Run| {
            let (before_a, before_b) = (a.saturating_sub(run.a).min(run.len), b.saturating_sub(run.b).min(run.len));
            before_a != before_b
        };
        self.near(a, b).find(crosses).is_none()
    }

    /// Whether what is equal to the tokens before `b` of B goes on behind `a` of A.
    fn is_behind(&self, a: u32, b: u32) -> bool {
        let behind = |run: &&Run| {
            let (before_a, before_b) = (a.saturating_sub(run.a).min(run.len), b.saturating_sub(run.b).min(run.len));
            before_a < before_b
        };
        self.near(a, b).find(behind).is_some()
    }

    /// The runs that begin before either.
    fn near(&self, a: u32, b: u32) -> impl Iterator<Item = &Run> {
        self.runs[self.passed..].iter().take_while(move |run| run.a < a || run.b < b)
    }

    /// Goes on behind `a` and `b`.
    fn pass(&mut self, a: u32, b: u32) {
        let done = |run: &Run| run.end_a() <= a && run.end_b() <= b;
        self.passed += self.runs[self.passed..].iter().take_while(|run| done(run)).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Alignment;
    use crate::text::tokenise;
    use proptest::prelude::*;

    fn parts_of(a: &str, b: &str, runs: Vec<Run>) -> Vec<Part> {
        let (a, b) = (tokenise(a), tokenise(b));
        let alignment = Alignment { runs, nearly: Vec::new() };
        parts(&Draft::of(0..a.len() as u32, 0..b.len() as u32, alignment), &a, &b, &Options::default())
    }

    fn kinds(parts: &[Part]) -> Vec<Kind> {
        parts.iter().map(|part| part.kind).collect()
    }

    #[test]
    fn a_sentence_is_the_same_on_both_sides() {
        let (a, b) = ("One two three four. Five six seven eight.", "One two three four. Five six nine eight.");
        let runs = vec![Run { a: 0, b: 0, len: 6 }, Run { a: 7, b: 7, len: 1 }];
        assert_eq!(kinds(&parts_of(a, b, runs)), [Kind::Verbatim, Kind::Edited]);
        // Two sentences here are one there.
        let (a, b) = ("One two three four. Five six.", "Zero, one two three four and five six.");
        let runs = vec![Run { a: 0, b: 1, len: 4 }, Run { a: 4, b: 6, len: 2 }];
        assert_eq!(parts_of(a, b, runs), [Part { a: 0..6, b: 0..8, kind: Kind::Edited }]);
    }

    #[test]
    fn a_sentence_of_one_side_faces_none() {
        let (a, b) = ("One two three. Five six seven.", "One two three. Nobody said so. Five six seven.");
        let runs = vec![Run { a: 0, b: 0, len: 3 }, Run { a: 3, b: 6, len: 3 }];
        let found = parts_of(a, b, runs);
        assert_eq!(kinds(&found), [Kind::Verbatim, Kind::Reworded, Kind::Verbatim]);
        assert_eq!(found[1], Part { a: 3..3, b: 3..6, kind: Kind::Reworded });
    }

    #[test]
    fn one_word_edits_no_sentence() {
        let (a, b) = ("Yes.", "Yes, said everybody who was asked about it in the street that day.");
        assert_eq!(kinds(&parts_of(a, b, vec![Run { a: 0, b: 0, len: 1 }])), [Kind::Reworded]);
    }

    proptest! {
        #[test]
        fn parts_tile_both_sides_and_part_no_pair(
            of_a in prop::collection::vec(1_usize..6, 1..8),
            of_b in prop::collection::vec(1_usize..6, 1..8),
            steps in prop::collection::vec((0_u32..4, 0_u32..4, 1_u32..5), 0..9),
        ) {
            let written = |sentences: &[usize]| -> String {
                sentences.iter().map(|&words| format!("W{} . ", "ord word ".repeat(words).trim_end())).collect()
            };
            let (a, b) = (written(&of_a), written(&of_b));
            let (a, b) = (tokenise(&a), tokenise(&b));
            let (mut at_a, mut at_b, mut runs) = (0, 0, Vec::new());
            for (skip_a, skip_b, len) in steps {
                let run = Run { a: at_a + skip_a, b: at_b + skip_b, len };
                if run.end_a() as usize > a.len() || run.end_b() as usize > b.len() {
                    break;
                }
                (at_a, at_b) = (run.end_a(), run.end_b());
                runs.push(run);
            }
            let alignment = Alignment { runs: runs.clone(), nearly: Vec::new() };
            let draft = Draft::of(0..a.len() as u32, 0..b.len() as u32, alignment);
            let found = parts(&draft, &a, &b, &Options::default());
            let (mut end_a, mut end_b) = (0, 0);
            for part in &found {
                prop_assert_eq!((part.a.start, part.b.start), (end_a, end_b));
                prop_assert!(!part.a.is_empty() || !part.b.is_empty());
                (end_a, end_b) = (part.a.end, part.b.end);
                for run in &runs {
                    prop_assert!((0..run.len).all(|at| (run.a + at < end_a) == (run.b + at < end_b)));
                }
            }
            prop_assert_eq!((end_a as usize, end_b as usize), (a.len(), b.len()));
            // The other way round they are the same.
            let mirrored = parts(&draft.mirrored(), &b, &a, &Options::default());
            let turned: Vec<Part> =
                mirrored.into_iter().map(|Part { a, b, kind }| Part { a: b, b: a, kind }).collect();
            prop_assert_eq!(found, turned);
        }
    }
}
