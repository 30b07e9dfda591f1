//! Pairs: labels, scores, a threshold, and how well the scores rank.

use super::case::rows;
use super::table::{Cell, Table};
use super::{f1, ratio};
use crate::read::{Limits, ReadError};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::path::Path;

/// A pair that is labelled alike or not. Its order is of no account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledPair {
    /// Id of one document.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// True when the two are labelled alike.
    pub positive: bool,
}

/// A pair that was found. Its order is of no account.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredPair {
    /// Id of one document.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Its score; `None` counts as 1.
    pub score: Option<f64>,
}

/// How pairs are scored.
#[derive(Debug, Clone, PartialEq)]
pub struct PairOptions {
    /// The lowest score that says alike. Default 0.5.
    pub threshold: f64,
    /// The labels name every pair that is alike, so that any other is not. Default false: other pairs are ignored.
    pub closed: bool,
}

impl Default for PairOptions {
    fn default() -> Self {
        Self { threshold: 0.5, closed: false }
    }
}

/// Measures of found pairs against labelled ones. Shows as one figure a line; serialises as one flat object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairScores {
    /// Pairs labelled alike.
    pub gold_positive: usize,
    /// Pairs labelled not alike.
    pub gold_negative: usize,
    /// Pairs that score at least the threshold.
    pub detected: usize,
    /// Share of the detected pairs that are labelled alike.
    pub precision: f64,
    /// Share of the pairs labelled alike that are detected.
    pub recall: f64,
    /// F1 of the two.
    pub f1: f64,
    /// The other label's measures; `None` without pairs labelled not alike.
    #[serde(flatten)]
    pub negative: Option<NegativeScores>,
    /// Measures over all thresholds; `None` without scores.
    #[serde(flatten)]
    pub rank: Option<RankScores>,
    /// Found pairs that have no label: they count nowhere.
    #[serde(rename = "ignored_pairs_outside_gold", skip_serializing_if = "is_zero")]
    pub ignored: usize,
}

/// Measures of the pairs labelled not alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NegativeScores {
    /// Share of the pairs not detected that are labelled not alike.
    pub negative_precision: f64,
    /// Share of the pairs labelled not alike that are not detected.
    pub negative_recall: f64,
    /// F1 of the two.
    pub negative_f1: f64,
    /// Mean of both labels' F1.
    pub macro_f1: f64,
    /// Share of all labelled pairs that are right.
    pub accuracy: f64,
}

/// Measures over all thresholds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankScores {
    /// The highest F1 at any threshold.
    pub best_f1: f64,
    /// The highest threshold that reaches it; infinite when none is above 0.
    pub best_threshold: f64,
    /// Precision at each threshold, weighted by the recall it adds.
    pub average_precision: f64,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl LabelledPair {
    /// Reads `{"a", "b", "label": 0 or 1}` lines, plain, gzip or Zstandard, `-` for standard input.
    ///
    /// # Errors
    ///
    /// At the first line that is no labelled pair, or when the file cannot be read.
    pub fn read(path: impl AsRef<Path>, limits: &Limits) -> Result<Vec<Self>, ReadError> {
        rows(path.as_ref(), limits, |row| match row.metadata.get("label").map(|label| (label, label.as_u64())) {
            Some((Value::Bool(positive), _)) => Ok(Self { a: row.a, b: row.b, positive: *positive }),
            Some((_, Some(label @ 0..=1))) => Ok(Self { a: row.a, b: row.b, positive: label == 1 }),
            _ => Err("a labelled pair needs `label`, 0 or 1".to_owned()),
        })
    }
}

impl ScoredPair {
    /// Reads `{"a", "b"}` lines with `score`, with `similarity` in its place, or with neither, plain, gzip or Zstandard, `-` for standard
    /// input.
    ///
    /// # Errors
    ///
    /// At the first line that is no pair, or when the file cannot be read.
    pub fn read(path: impl AsRef<Path>, limits: &Limits) -> Result<Vec<Self>, ReadError> {
        rows(path.as_ref(), limits, |row| match row.metadata.get("score").or_else(|| row.metadata.get("similarity")) {
            None | Some(Value::Null) => Ok(Self { a: row.a, b: row.b, score: None }),
            Some(Value::Number(score)) => Ok(Self { a: row.a, b: row.b, score: score.as_f64() }),
            Some(_) => Err("`score` and `similarity` must be numbers".to_owned()),
        })
    }
}

/// Scores `found` against `gold`. Of a pair labelled twice the last label counts, of a pair found twice the best score.
/// Cost: sorting by score.
pub fn pairs(gold: &[LabelledPair], found: &[ScoredPair], options: &PairOptions) -> PairScores {
    let labels: FxHashMap<_, _> = gold.iter().map(|pair| (key(&pair.a, &pair.b), pair.positive)).collect();
    let mut best: FxHashMap<_, f64> = FxHashMap::default();
    let mut ignored = 0;
    for pair in found {
        let key = key(&pair.a, &pair.b);
        if labels.contains_key(&key) || options.closed {
            let score = best.entry(key).or_insert(f64::NEG_INFINITY);
            *score = score.max(pair.score.unwrap_or(1.0));
        } else {
            ignored += 1;
        }
    }
    let mut ranked: Ranked = best.into_iter().map(|(key, score)| (score, labels.get(&key).copied())).collect();
    ranked.sort_by(|(x, _), (y, _)| y.total_cmp(x));
    let counts = Counts::new(&labels, &ranked, options.threshold);
    let scored = found.iter().any(|pair| pair.score.is_some());
    PairScores {
        gold_positive: counts.positive,
        gold_negative: counts.negative,
        detected: counts.detected,
        precision: counts.precision(),
        recall: counts.recall(),
        f1: f1(counts.precision(), counts.recall()),
        negative: (counts.negative > 0).then(|| counts.negative()),
        rank: scored.then(|| rank(&ranked, counts.positive)),
        ignored,
    }
}

/// Scores, highest first, with the labels.
type Ranked = Vec<(f64, Option<bool>)>;

/// What a threshold makes of the pairs.
struct Counts {
    /// Labelled alike, and not.
    positive: usize,
    negative: usize,
    /// Detected, right or wrong; those without a label are neither.
    detected: usize,
    right: usize,
    wrong: usize,
}

impl Counts {
    fn new(labels: &FxHashMap<(&str, &str), bool>, ranked: &Ranked, threshold: f64) -> Self {
        let detected = &ranked[..ranked.partition_point(|&(score, _)| score >= threshold)];
        let count = |label| detected.iter().filter(|&&(_, other)| other == Some(label)).count();
        let positive = labels.values().filter(|&&positive| positive).count();
        let negative = labels.len() - positive;
        Self { positive, negative, detected: detected.len(), right: count(true), wrong: count(false) }
    }

    fn precision(&self) -> f64 {
        ratio(self.right, self.detected)
    }

    fn recall(&self) -> f64 {
        ratio(self.right, self.positive)
    }

    fn negative(&self) -> NegativeScores {
        let kept = self.negative - self.wrong;
        let precision = ratio(kept, kept + self.positive - self.right);
        let recall = ratio(kept, self.negative);
        NegativeScores {
            negative_precision: precision,
            negative_recall: recall,
            negative_f1: f1(precision, recall),
            macro_f1: (f1(self.precision(), self.recall()) + f1(precision, recall)) / 2.0,
            accuracy: ratio(self.right + kept, self.positive + self.negative),
        }
    }
}

/// The two ids in a fixed order.
fn key<'p>(a: &'p str, b: &'p str) -> (&'p str, &'p str) {
    (a.min(b), a.max(b))
}

/// Walks down the thresholds; `ranked` is sorted by score, highest first.
fn rank(ranked: &Ranked, positive: usize) -> RankScores {
    let mut scores = RankScores { best_f1: 0.0, best_threshold: f64::INFINITY, average_precision: 0.0 };
    let (mut hits, mut seen, mut last) = (0, 0, 0.0);
    for tied in ranked.chunk_by(|x, y| x.0 == y.0) {
        seen += tied.len();
        hits += tied.iter().filter(|&&(_, label)| label == Some(true)).count();
        let (precision, recall) = (ratio(hits, seen), ratio(hits, positive));
        scores.average_precision += (recall - last) * precision;
        last = recall;
        let f1 = f1(precision, recall);
        if f1 > scores.best_f1 {
            (scores.best_f1, scores.best_threshold) = (f1, tied[0].0);
        }
    }
    scores
}

impl fmt::Display for PairScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = vec![
            ("gold_positive", Cell::Count(self.gold_positive)),
            ("gold_negative", Cell::Count(self.gold_negative)),
            ("detected", Cell::Count(self.detected)),
            ("precision", Cell::Number(self.precision)),
            ("recall", Cell::Number(self.recall)),
            ("f1", Cell::Number(self.f1)),
        ];
        if let Some(negative) = &self.negative {
            lines.extend([
                ("negative_precision", Cell::Number(negative.negative_precision)),
                ("negative_recall", Cell::Number(negative.negative_recall)),
                ("negative_f1", Cell::Number(negative.negative_f1)),
                ("macro_f1", Cell::Number(negative.macro_f1)),
                ("accuracy", Cell::Number(negative.accuracy)),
            ]);
        }
        if let Some(rank) = &self.rank {
            lines.extend([
                ("best_f1", Cell::Number(rank.best_f1)),
                ("best_threshold", Cell::Number(rank.best_threshold)),
                ("average_precision", Cell::Number(rank.average_precision)),
            ]);
        }
        if self.ignored > 0 {
            lines.push(("ignored_pairs_outside_gold", Cell::Count(self.ignored)));
        }
        Table { rows: Vec::new(), lines }.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labelled(a: &str, b: &str, positive: bool) -> LabelledPair {
        LabelledPair { a: a.to_owned(), b: b.to_owned(), positive }
    }

    fn scored(a: &str, b: &str, score: impl Into<Option<f64>>) -> ScoredPair {
        ScoredPair { a: a.to_owned(), b: b.to_owned(), score: score.into() }
    }

    /// Two alike, two not; one of each scores over one half, and one pair has no label.
    fn example(closed: bool) -> PairScores {
        let gold =
            [labelled("a", "b", true), labelled("c", "d", true), labelled("e", "f", false), labelled("g", "h", false)];
        let found = [
            scored("b", "a", 0.9),
            scored("a", "b", 0.1),
            scored("e", "f", 0.7),
            scored("c", "d", 0.4),
            scored("x", "y", 0.8),
        ];
        pairs(&gold, &found, &PairOptions { closed, ..PairOptions::default() })
    }

    #[test]
    fn a_small_list_by_hand() {
        let scores = example(false);
        assert_eq!((scores.precision, scores.recall, scores.f1, scores.ignored), (0.5, 0.5, 0.5, 1));
        let negative = scores.negative.unwrap();
        assert_eq!((negative.negative_f1, negative.macro_f1, negative.accuracy), (0.5, 0.5, 0.5));
        let rank = scores.rank.unwrap();
        // Down to 0.4 all three are detected: precision 2/3, recall 1.
        assert_eq!((rank.best_f1, rank.best_threshold), (0.8, 0.4));
        assert_eq!(rank.average_precision, 0.5 + 0.5 * (2.0 / 3.0));
    }

    #[test]
    fn under_closed_labels_any_other_pair_is_wrong() {
        let scores = example(true);
        assert_eq!((scores.detected, scores.precision, scores.ignored), (3, 1.0 / 3.0, 0));
        assert_eq!(scores.negative.unwrap().negative_recall, 0.5);
    }

    #[test]
    fn the_similarity_of_a_pair_is_its_score_where_it_has_no_other() {
        let lines = [
            r#"{"a": "x", "b": "y", "similarity": 0.25}"#,
            r#"{"a": "x", "b": "z", "similarity": 0.25, "score": 3}"#,
            r#"{"a": "y", "b": "z"}"#,
        ];
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines.join("\n")).unwrap();
        let found = ScoredPair::read(file.path(), &Limits::default()).unwrap();
        assert_eq!(found, [scored("x", "y", 0.25), scored("x", "z", 3.0), scored("y", "z", None)]);
        std::fs::write(file.path(), r#"{"a": "x", "b": "y", "similarity": "high"}"#).unwrap();
        assert!(ScoredPair::read(file.path(), &Limits::default()).is_err());
    }

    #[test]
    fn without_scores_every_found_pair_is_detected() {
        let scores = pairs(&[labelled("a", "b", true)], &[scored("a", "b", None)], &PairOptions::default());
        assert_eq!((scores.f1, scores.negative, scores.rank), (1.0, None, None));
    }

    #[test]
    fn figures_stand_under_each_other() {
        let text = example(false).to_string();
        assert_eq!(text.lines().next(), Some("gold_positive                         2"));
        assert_eq!(text.lines().last(), Some("ignored_pairs_outside_gold            1"));
    }

    proptest! {
        #[test]
        fn no_threshold_beats_the_best(pairs_ in proptest::collection::vec((any::<bool>(), 0u8..6), 1..20)) {
            let names: Vec<_> = (0..pairs_.len()).map(|at| at.to_string()).collect();
            let gold: Vec<_> = names.iter().zip(&pairs_).map(|(name, pair)| labelled(name, "x", pair.0)).collect();
            let found: Vec<_> =
                names.iter().zip(&pairs_).map(|(name, pair)| scored(name, "x", f64::from(pair.1) / 5.0)).collect();
            let at = |threshold| pairs(&gold, &found, &PairOptions { threshold, closed: false });
            let rank = at(0.5).rank.unwrap();
            let best = (0..6).map(|step| at(f64::from(step) / 5.0).f1).fold(0.0, f64::max);
            prop_assert_eq!(rank.best_f1, best);
            prop_assert!(best == 0.0 || at(rank.best_threshold).f1 == best);
        }
    }
}
