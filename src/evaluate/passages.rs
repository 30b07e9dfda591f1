//! Passages: PAN's measures, by kind and over all.

use super::case::{Case, Listing};
use super::overlap::{Place, cover};
use super::table::{Cell, Table};
use super::{f1, ratio};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeSet;
use std::fmt;

/// Measures of found passages against labelled ones. Shows as a table, [`PassageScores::with_cases`] with more columns;
/// serialises as an object with the rows' names as keys.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageScores {
    /// By kind, in the order of the table, without `all`.
    pub rows: Vec<(String, Row)>,
    /// Over all passages.
    pub all: Scores,
    /// Found passages on pairs that are not listed: they count nowhere.
    pub ignored: usize,
}

/// One row of the table, for one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Row {
    /// Pairs of this kind hold labelled passages, all of it.
    Scores(Scores),
    /// Pairs hold passages of several kinds: what is found has no kind, so only recall has one.
    Recall(RecallScores),
    /// Pairs of this kind share nothing: every found passage is a false alarm.
    FalseAlarms(FalseAlarms),
}

/// PAN's measures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Share of a found passage's characters that labelled ones cover, averaged over found passages.
    pub precision: f64,
    /// Share of a labelled passage's characters that found ones cover, averaged over labelled passages.
    pub recall: f64,
    /// Found passages for each labelled one that is found at all; 1 is best.
    pub granularity: f64,
    /// F1 of precision and recall, over the binary logarithm of 1 + granularity.
    pub plagdet: f64,
    /// Labelled passages, duplicates once.
    pub cases: usize,
    /// Found passages, duplicates once.
    pub detections: usize,
    /// Labelled passages that are found, in part at least.
    pub cases_hit: usize,
    /// Whole passages and whole pairs, right or wrong.
    #[serde(flatten)]
    pub by_case: CaseScores,
}

/// Measures that count whole passages, right when over half of their characters are, and whole pairs, right when both
/// sets have a passage there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseScores {
    /// Share of the found passages that are right.
    pub case_precision: f64,
    /// Share of the labelled passages that are found.
    pub case_recall: f64,
    /// F1 of the two.
    pub case_f1: f64,
    /// Share of the pairs with found passages that have labelled ones.
    pub pair_precision: f64,
    /// Share of the pairs with labelled passages that have found ones.
    pub pair_recall: f64,
    /// F1 of the two.
    pub pair_f1: f64,
}

/// The measures that labelled passages of one kind have by themselves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecallScores {
    /// As [`Scores::recall`].
    pub recall: f64,
    /// As [`Scores::granularity`].
    pub granularity: f64,
    /// As [`Scores::cases`].
    pub cases: usize,
    /// As [`Scores::cases_hit`].
    pub cases_hit: usize,
}

/// What was found where nothing is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FalseAlarms {
    /// Pairs of the kind.
    pub pairs: usize,
    /// Those with a found passage.
    pub pairs_flagged: usize,
    /// Found passages, duplicates once.
    pub detections: usize,
}

/// Scores `found` against `gold`, as PAN does. A `listing` names the pairs that were compared, and by what to make the
/// table: without it, by the kinds in `gold`. Found passages given as (b, a) are turned round; those on pairs that are not
/// listed are counted and ignored. Cost: sorting, and one step for each two passages of one pair that overlap in A.
pub fn passages(gold: &[Case], found: &[Case], listing: Option<&Listing>) -> PassageScores {
    let mut pairs = PairTable::new(gold, listing);
    let gold: Vec<_> = gold.iter().map(|case| (pairs.place(case), case.kind.as_deref().unwrap_or("all"))).collect();
    let placed: Vec<_> = found.iter().filter_map(|case| pairs.place_found(case, listing.is_some())).collect();
    let ignored = found.len() - placed.len();
    let all = scores(gold.iter().map(|&(place, _)| place), placed.iter().copied());

    let mixed = listing.is_none_or(|listing| listing.by == "kind")
        && gold.iter().any(|&(place, kind)| pairs.group(place) != Some(kind));
    let mut rows = if mixed { recall_by_kind(&gold, &placed) } else { by_group(&pairs, &gold, &placed) };
    rows.retain(|(name, _)| name != "all");
    rows.sort_by_key(|(name, _)| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()));
    PassageScores { rows, all, ignored }
}

/// The kinds that head the table; others follow in the order of their names.
const FIRST: [&str; 7] = ["verbatim", "edited", "reworded", "random", "translation", "summary", "moved"];

/// Numbers for pairs of ids, and the group each belongs to.
#[derive(Default)]
struct PairTable<'i> {
    numbers: FxHashMap<(&'i str, &'i str), u32>,
    /// By number; `None` for a pair that neither the labels nor the listing name.
    groups: Vec<Option<&'i str>>,
    listed: FxHashSet<u32>,
}

impl<'i> PairTable<'i> {
    fn new(gold: &'i [Case], listing: Option<&'i Listing>) -> Self {
        let mut table = Self::default();
        for case in gold {
            let number = table.number(&case.a, &case.b);
            table.groups[number as usize] = Some(case.kind.as_deref().unwrap_or("all"));
        }
        for pair in listing.into_iter().flat_map(|listing| &listing.pairs) {
            let number = table.number(&pair.a, &pair.b);
            table.groups[number as usize] = Some(&pair.group);
            table.listed.insert(number);
        }
        table
    }

    fn number(&mut self, a: &'i str, b: &'i str) -> u32 {
        let next = self.groups.len() as u32;
        let number = *self.numbers.entry((a, b)).or_insert(next);
        if number == next {
            self.groups.push(None);
        }
        number
    }

    fn place(&mut self, case: &'i Case) -> Place {
        Place::new(self.number(&case.a, &case.b), &case.a_chars, &case.b_chars)
    }

    /// The place of a found passage, turned round when only its mirror is known; `None` when it is on no listed pair.
    fn place_found(&mut self, case: &'i Case, only_listed: bool) -> Option<Place> {
        let known = |a, b| self.numbers.get(&(a, b)).is_some_and(|&pair| self.groups[pair as usize].is_some());
        let (a, b) = (case.a.as_str(), case.b.as_str());
        let place = match !known(a, b) && known(b, a) {
            true => Place::new(self.number(b, a), &case.b_chars, &case.a_chars),
            false => self.place(case),
        };
        (!only_listed || self.listed.contains(&place.pair)).then_some(place)
    }

    fn group(&self, place: Place) -> Option<&'i str> {
        self.groups[place.pair as usize]
    }
}

/// Where a pair holds several kinds: each kind's labels against all that was found.
fn recall_by_kind(gold: &[(Place, &str)], found: &[Place]) -> Vec<(String, Row)> {
    let kinds: BTreeSet<_> = gold.iter().map(|&(_, kind)| kind).collect();
    let row = |kind| {
        let of_kind = gold.iter().filter(|&&(_, other)| other == kind).map(|&(place, _)| place);
        let Scores { recall, granularity, cases, cases_hit, .. } = scores(of_kind, found.iter().copied());
        Row::Recall(RecallScores { recall, granularity, cases, cases_hit })
    };
    kinds.into_iter().map(|kind| (kind.to_owned(), row(kind))).collect()
}

/// Each group of pairs by itself.
fn by_group(pairs: &PairTable, gold: &[(Place, &str)], found: &[Place]) -> Vec<(String, Row)> {
    let mut groups: FxHashMap<&str, (Vec<Place>, Vec<Place>, usize)> = FxHashMap::default();
    for group in pairs.groups.iter().flatten() {
        groups.entry(group).or_default().2 += 1;
    }
    for &(place, _) in gold {
        groups.entry(pairs.group(place).expect("a label has a group")).or_default().0.push(place);
    }
    for &place in found {
        if let Some(group) = pairs.group(place) {
            groups.entry(group).or_default().1.push(place);
        }
    }
    let rows = groups.into_iter().map(|(group, (gold, found, pairs))| {
        let row = match gold.is_empty() {
            true => Row::FalseAlarms(false_alarms(found, pairs)),
            false => Row::Scores(scores(gold.into_iter(), found.into_iter())),
        };
        (group.to_owned(), row)
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by(|(x, _), (y, _)| x.cmp(y));
    rows
}

fn false_alarms(found: Vec<Place>, pairs: usize) -> FalseAlarms {
    let found = set(found.into_iter());
    let pairs_flagged = distinct_pairs(&found);
    FalseAlarms { pairs, pairs_flagged, detections: found.len() }
}

fn scores(gold: impl Iterator<Item = Place>, found: impl Iterator<Item = Place>) -> Scores {
    let (gold, found) = (set(gold), set(found));
    let cover = cover(&gold, &found);
    let (precision, recall) = match (gold.len(), found.len()) {
        (0, 0) => (1.0, 1.0),
        (0, _) | (_, 0) => (0.0, 0.0),
        (cases, detections) => (cover.found.sum.value() / detections as f64, cover.gold.sum.value() / cases as f64),
    };
    let granularity = if cover.gold.hit == 0 { 1.0 } else { ratio(cover.gold.meetings, cover.gold.hit) };
    let (case_precision, case_recall) = (ratio(cover.found.halves, found.len()), ratio(cover.gold.halves, gold.len()));
    let (pair_precision, pair_recall) =
        (ratio(cover.pairs, distinct_pairs(&found)), ratio(cover.pairs, distinct_pairs(&gold)));
    Scores {
        precision,
        recall,
        granularity,
        plagdet: f1(precision, recall) / (1.0 + granularity).log2(),
        cases: gold.len(),
        detections: found.len(),
        cases_hit: cover.gold.hit,
        by_case: CaseScores {
            case_precision,
            case_recall,
            case_f1: f1(case_precision, case_recall),
            pair_precision,
            pair_recall,
            pair_f1: f1(pair_precision, pair_recall),
        },
    }
}

fn set(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut places: Vec<_> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Of sorted places.
fn distinct_pairs(places: &[Place]) -> usize {
    places.chunk_by(|x, y| x.pair == y.pair).count()
}

impl PassageScores {
    /// The table with the columns of [`CaseScores`] as well.
    pub fn with_cases(&self) -> impl fmt::Display + '_ {
        self.table(true)
    }

    fn table(&self, cases: bool) -> Table<'_> {
        let mut rows: Vec<_> = self.rows.iter().map(|(name, row)| (name.as_str(), row.cells(cases))).collect();
        rows.push(("all", self.all.cells(cases)));
        let ignored = (self.ignored > 0).then_some((IGNORED, Cell::Count(self.ignored)));
        Table { rows, lines: ignored.into_iter().collect() }
    }
}

const IGNORED: &str = "ignored_detections_on_unlisted_pairs";

impl Row {
    fn cells(&self, cases: bool) -> Vec<(&'static str, Cell)> {
        match self {
            Self::Scores(scores) => scores.cells(cases),
            Self::Recall(scores) => vec![
                ("recall", Cell::Number(scores.recall)),
                ("granularity", Cell::Number(scores.granularity)),
                ("cases", Cell::Count(scores.cases)),
                ("cases_hit", Cell::Count(scores.cases_hit)),
            ],
            Self::FalseAlarms(alarms) => vec![
                ("pairs", Cell::Count(alarms.pairs)),
                ("pairs_flagged", Cell::Count(alarms.pairs_flagged)),
                ("detections", Cell::Count(alarms.detections)),
            ],
        }
    }
}

impl Scores {
    fn cells(&self, cases: bool) -> Vec<(&'static str, Cell)> {
        let mut cells = vec![
            ("precision", Cell::Number(self.precision)),
            ("recall", Cell::Number(self.recall)),
            ("granularity", Cell::Number(self.granularity)),
            ("plagdet", Cell::Number(self.plagdet)),
            ("cases", Cell::Count(self.cases)),
            ("detections", Cell::Count(self.detections)),
            ("cases_hit", Cell::Count(self.cases_hit)),
        ];
        if cases {
            cells.extend([
                ("case_precision", Cell::Number(self.by_case.case_precision)),
                ("case_recall", Cell::Number(self.by_case.case_recall)),
                ("case_f1", Cell::Number(self.by_case.case_f1)),
                ("pair_precision", Cell::Number(self.by_case.pair_precision)),
                ("pair_recall", Cell::Number(self.by_case.pair_recall)),
                ("pair_f1", Cell::Number(self.by_case.pair_f1)),
            ]);
        }
        cells
    }
}

impl fmt::Display for PassageScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table(false).fmt(f)
    }
}

impl Serialize for PassageScores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, row) in &self.rows {
            map.serialize_entry(name, row)?;
        }
        map.serialize_entry("all", &self.all)?;
        if self.ignored > 0 {
            map.serialize_entry(IGNORED, &self.ignored)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::Listed;
    use super::*;
    use proptest::prelude::*;
    use std::ops::Range;

    fn case(b: &str, a_chars: Range<usize>, b_chars: Range<usize>, kind: &str) -> Case {
        let kind = (!kind.is_empty()).then(|| kind.to_owned());
        Case { a: "a".to_owned(), b: b.to_owned(), a_chars, b_chars, kind, similarity: None }
    }

    fn listing(pairs: &[(&str, &str)]) -> Listing {
        let pairs =
            pairs.iter().map(|&(b, group)| Listed { a: "a".to_owned(), b: b.to_owned(), group: group.to_owned() });
        Listing { by: "kind".to_owned(), pairs: pairs.collect() }
    }

    #[test]
    fn one_case_by_hand() {
        // Of 100 + 100 characters, 50 + 40 are found; of the 60 + 40 found ones, 50 + 40 are right.
        let scores = passages(&[case("b", 0..100, 0..100, "")], &[case("b", 50..110, 60..100, "")], None);
        assert_eq!((scores.all.recall, scores.all.precision, scores.all.granularity), (0.45, 0.9, 1.0));
        assert_eq!(scores.all.plagdet, 2.0 * 0.9 * 0.45 / (0.9 + 0.45));
        let by_case = &scores.all.by_case;
        assert_eq!((by_case.case_precision, by_case.case_recall, by_case.pair_f1), (1.0, 0.0, 1.0));
        assert!(scores.rows.is_empty());
    }

    #[test]
    fn touching_on_one_side_only_is_no_hit() {
        let scores = passages(&[case("b", 0..100, 0..100, "")], &[case("b", 0..50, 200..250, "")], None);
        assert_eq!((scores.all.plagdet, scores.all.cases_hit), (0.0, 0));
    }

    #[test]
    fn nothing_labelled_and_nothing_found_is_perfect() {
        assert_eq!(passages(&[], &[], None).all.plagdet, 1.0);
        assert_eq!(passages(&[case("b", 0..1, 0..1, "")], &[], None).all.plagdet, 0.0);
    }

    #[test]
    fn mirrored_passages_are_turned_and_unlisted_ones_ignored() {
        let gold = [case("b", 0..10, 50..70, "verbatim")];
        let mirrored =
            Case { a: "b".into(), b: "a".into(), a_chars: 50..70, b_chars: 0..10, kind: None, similarity: None };
        let found = [mirrored, case("elsewhere", 0..5, 0..5, "")];
        let scores = passages(&gold, &found, Some(&listing(&[("b", "verbatim")])));
        assert_eq!((scores.all.plagdet, scores.ignored), (1.0, 1));
        assert_eq!(passages(&gold, &found, None).all.detections, 2);
    }

    #[test]
    fn the_table_has_a_row_for_each_kind_of_pair() {
        let gold = [case("b", 0..10, 0..10, "moved"), case("c", 0..10, 0..10, "verbatim")];
        let found = [case("b", 0..5, 0..5, ""), case("d", 0..5, 0..5, ""), case("d", 0..5, 0..5, "")];
        let listing = listing(&[("b", "moved"), ("c", "verbatim"), ("d", "none"), ("e", "none")]);
        assert_eq!(
            passages(&gold, &found, Some(&listing)).to_string(),
            [
                "         precision    recall granularity   plagdet     cases detections cases_hit     pairs pairs_flagged\n",
                "verbatim   0.00000   0.00000     1.00000   0.00000         1          0         0                        \n",
                "moved      1.00000   0.50000     1.00000   0.66667         1          1         1                        \n",
                "none                                                                  1                   2             1\n",
                "all        0.50000   0.25000     1.00000   0.33333         2          2         1                        \n",
            ]
            .concat()
        );
    }

    #[test]
    fn kinds_within_one_pair_have_recall_only() {
        let gold = [case("b", 0..10, 0..10, "verbatim"), case("b", 20..30, 20..30, "edited")];
        let scores = passages(&gold, &[case("b", 0..10, 0..10, "")], None);
        let json = serde_json::to_value(&scores).unwrap();
        assert_eq!(
            json["verbatim"],
            serde_json::json!({"recall": 1.0, "granularity": 1.0, "cases": 1, "cases_hit": 1})
        );
        assert_eq!(json["edited"]["recall"], 0.0);
        assert_eq!(json["all"]["precision"], 1.0);
    }

    fn cases() -> impl Strategy<Value = Vec<Case>> {
        let case = ("[bc]", 0usize..40, 1usize..20, 0usize..40, 1usize..20)
            .prop_map(|(b, x, x_len, y, y_len)| case(&b, x..x + x_len, y..y + y_len, ""));
        proptest::collection::vec(case, 1..9)
    }

    proptest! {
        #[test]
        fn what_is_labelled_is_found_in_full_by_itself(gold in cases()) {
            let scores = passages(&gold, &gold, None).all;
            prop_assert_eq!((scores.precision, scores.recall, scores.cases), (1.0, 1.0, scores.cases_hit));
        }

        #[test]
        fn precision_is_recall_with_the_sides_changed(gold in cases(), found in cases()) {
            let (there, back) = (passages(&gold, &found, None).all, passages(&found, &gold, None).all);
            prop_assert_eq!((there.precision, there.recall), (back.recall, back.precision));
        }

        #[test]
        fn order_changes_nothing(gold in cases(), found in cases()) {
            let reversed: Vec<_> = found.iter().rev().cloned().collect();
            prop_assert_eq!(passages(&gold, &found, None), passages(&gold, &reversed, None));
        }
    }
}
