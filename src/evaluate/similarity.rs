//! What a passage's similarity says of it: the precision of found passages, band by band.

use super::case::{Case, Listing};
use super::passages::passages;
use super::table::{Cell, Table};
use serde::Serialize;
use std::fmt;

/// Precision of found passages by their similarity, from the least alike up. Shows as a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimilarityScores {
    /// The bands, in order.
    pub bands: Vec<Band>,
}

/// The found passages within a band of similarity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// Least similarity, 0 to 1; the next band's is the end, not included.
    pub from: f64,
    /// Found passages, duplicates once.
    pub detections: usize,
    /// Share of their characters that labelled passages cover, averaged over them.
    pub precision: f64,
    /// Share of them of which over half is covered.
    pub case_precision: f64,
    /// As `precision`, for the passages of this band and all above it.
    pub precision_from_here: f64,
}

/// Where bands begin; the last is for passages that are alike word for word.
const BANDS: [f64; 9] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// Scores `found` against `gold` for each band of similarity; a passage without one counts as 1. Arguments and cost as for
/// [`passages`](fn@passages), for each band.
pub fn by_similarity(gold: &[Case], found: &[Case], listing: Option<&Listing>) -> SimilarityScores {
    let within = |from: f64, to: f64| -> Vec<Case> {
        let alike = |case: &&Case| (from..to).contains(&case.similarity.unwrap_or(1.0));
        found.iter().filter(alike).cloned().collect()
    };
    let ends = BANDS[1..].iter().copied().chain([f64::INFINITY]);
    let bands = BANDS.into_iter().zip(ends).map(|(from, to)| {
        let band = passages(gold, &within(from, to), listing).all;
        let from_here = passages(gold, &within(from, f64::INFINITY), listing).all;
        Band {
            from,
            detections: band.detections,
            precision: band.precision,
            case_precision: band.by_case.case_precision,
            precision_from_here: from_here.precision,
        }
    });
    SimilarityScores { bands: bands.filter(|band| band.detections > 0).collect() }
}

impl fmt::Display for SimilarityScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.bands.iter().map(|band| format!("from {:.1}", band.from)).collect();
        let cells = |band: &Band| {
            vec![
                ("detections", Cell::Count(band.detections)),
                ("precision", Cell::Number(band.precision)),
                ("case_precision", Cell::Number(band.case_precision)),
                ("precision_from_here", Cell::Number(band.precision_from_here)),
            ]
        };
        let rows = names.iter().zip(&self.bands).map(|(name, band)| (name.as_str(), cells(band))).collect();
        Table { rows, lines: Vec::new() }.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    fn case(chars: Range<usize>, similarity: Option<f64>) -> Case {
        Case { a: "a".into(), b: "b".into(), a_chars: chars.clone(), b_chars: chars, kind: None, similarity }
    }

    #[test]
    fn each_band_has_the_precision_of_its_own_passages() {
        let gold = [case(0..100, None), case(200..300, None)];
        let found = [case(0..100, Some(0.95)), case(250..350, Some(0.35)), case(500..600, Some(0.35))];
        let scores = by_similarity(&gold, &found, None);
        let rows: Vec<_> = scores.bands.iter().map(|band| (band.from, band.detections, band.precision)).collect();
        assert_eq!(rows, [(0.3, 2, 0.25), (0.9, 1, 1.0)]);
        assert_eq!(scores.bands[0].precision_from_here, 0.5);
        assert_eq!(scores.to_string().lines().count(), 3);
    }

    #[test]
    fn without_a_similarity_a_passage_counts_as_whole() {
        assert_eq!(by_similarity(&[], &[case(0..9, None)], None).bands[0].from, 1.0);
    }
}
