//! How well found passages, pairs and changes agree with labelled ones.
//!
//! [`passages()`] gives the measures of the PAN competitions: precision and recall over characters, averaged over passages
//! so that a short one counts as much as a long one; granularity, which punishes one passage reported in pieces; and
//! plagdet, the three in one figure (Potthast, Stein, Barrón-Cedeño and Rosso, "An Evaluation Framework for Plagiarism
//! Detection", COLING 2010). [`pairs()`] scores a list of pairs, with or without a score to rank them by. [`changes()`] and
//! [`changes_in_texts`] count the changes of meaning that are found, missed and invented, by kind.
//!
//! ```
//! use likewise::evaluate::{Case, passages};
//!
//! let case = |a, b| Case { a: "x".into(), b: "y".into(), a_chars: a, b_chars: b, kind: None, similarity: None };
//! let scores = passages(&[case(0..100, 0..100)], &[case(0..50, 0..50), case(50..100, 50..100)], None);
//! assert_eq!((scores.all.precision, scores.all.recall, scores.all.granularity), (1.0, 1.0, 2.0));
//! ```

mod case;
mod changes;
mod overlap;
mod pairs;
mod passages;
mod similarity;
mod table;

pub use case::{Case, Listed, Listing};
pub use changes::{
    ChangeLabel, ChangeRow, ChangeScores, LabelledTexts, ListedChange, Unchanged, WrongChange, changes,
    changes_in_texts,
};
pub use pairs::{LabelledPair, NegativeScores, PairOptions, PairScores, RankScores, ScoredPair, pairs};
pub use passages::{CaseScores, FalseAlarms, PassageScores, RecallScores, Row, Scores, passages};
pub use similarity::{Band, SimilarityScores, by_similarity};

/// `part` of `whole`; 0 of nothing.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The harmonic mean of precision and recall; 0 when both are.
fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}
