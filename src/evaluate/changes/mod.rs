//! Changes: precision and recall, by kind and over all.

mod label;
mod matching;

pub use label::{ChangeLabel, LabelledTexts, ListedChange};

use super::table::{Cell, Table};
use super::{f1, ratio};
use crate::change::ChangeKind;
use crate::options::Options;
use matching::couples;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Measures of found changes against labelled ones. Shows as a table, [`ChangeScores::with_cases`] with every change that
/// is not right; serialises as an object with the rows' names as keys.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeScores {
    /// By kind, in the order of [`ChangeKind::ALL`]; kinds that are neither labelled nor found have no row.
    pub rows: Vec<(ChangeKind, ChangeRow)>,
    /// Over all changes.
    pub all: ChangeRow,
    /// Pairs of texts without a change; `None` where only changes are listed.
    pub unchanged: Option<Unchanged>,
    /// Every change that is missed or wrong, by pair.
    pub wrong: Vec<WrongChange>,
}

/// Measures of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ChangeRow {
    /// Share of the found changes that are labelled; 1 where none is found.
    pub precision: f64,
    /// Share of the labelled changes that are found; 1 where none is labelled.
    pub recall: f64,
    /// F1 of the two.
    pub f1: f64,
    /// Labelled changes.
    pub labelled: usize,
    /// Found changes.
    pub found: usize,
    /// Labelled changes that are found.
    pub right: usize,
}

/// Pairs of texts that mean the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unchanged {
    /// How many there are.
    pub unchanged_pairs: usize,
    /// Those in which a change is found.
    pub flagged_pairs: usize,
}

/// A change that is labelled and not found, or found and not labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongChange {
    /// Names the pair.
    pub pair: String,
    /// Labelled and not found; else the other way round.
    pub missed: bool,
    /// The change.
    pub change: ChangeLabel,
}

/// Compares each two texts and scores what is found, on as many threads as rayon has.
///
/// ```
/// use likewise::evaluate::{LabelledTexts, changes_in_texts};
///
/// let (a, b) = ("The two sides agreed to go on talking.", "The two sides agreed to go on talking .");
/// let texts = LabelledTexts { id: "same".into(), a: a.into(), b: b.into(), changes: Vec::new() };
/// let scores = changes_in_texts(&[texts], &likewise::Options::default());
/// assert_eq!((scores.all.found, scores.unchanged.unwrap().flagged_pairs), (0, 0));
/// ```
pub fn changes_in_texts(texts: &[LabelledTexts], options: &Options) -> ChangeScores {
    let found: Vec<_> = texts.par_iter().map(|texts| texts.find(options)).collect();
    let mut tally = Tally::default();
    let mut unchanged = Unchanged::default();
    for (texts, found) in texts.iter().zip(&found) {
        unchanged.unchanged_pairs += usize::from(texts.changes.is_empty());
        unchanged.flagged_pairs += usize::from(texts.changes.is_empty() && !found.is_empty());
        tally.add(&texts.id, &texts.changes.iter().collect::<Vec<_>>(), &found.iter().collect::<Vec<_>>());
    }
    tally.scores(Some(unchanged))
}

/// Scores `found` against `gold`, both with the documents they are about. A found change is right when one of its kind is
/// labelled for its pair and the two meet on at least one side; each counts once. Cost: sorting, and one step for every
/// two changes that meet.
pub fn changes(gold: &[ListedChange], found: &[ListedChange]) -> ChangeScores {
    let mut pairs: BTreeMap<(&str, &str), [Vec<&ChangeLabel>; 2]> = BTreeMap::new();
    for (side, listed) in [gold, found].into_iter().enumerate() {
        for ListedChange { a, b, change } in listed {
            pairs.entry((a, b)).or_default()[side].push(change);
        }
    }
    let mut tally = Tally::default();
    for ((a, b), [gold, found]) in &pairs {
        tally.add(&format!("{a} {b}"), gold, found);
    }
    tally.scores(None)
}

/// What pair after pair comes to.
#[derive(Default)]
struct Tally {
    /// Labelled, found and right.
    kinds: BTreeMap<ChangeKind, [usize; 3]>,
    wrong: Vec<WrongChange>,
}

impl Tally {
    /// Counts the changes of one pair.
    fn add(&mut self, pair: &str, gold: &[&ChangeLabel], found: &[&ChangeLabel]) {
        for kind in ChangeKind::ALL {
            let has_kind = |changes: &[&ChangeLabel]| changes.iter().any(|change| change.kind == kind);
            if has_kind(gold) || has_kind(found) {
                let gold: Vec<_> = gold.iter().copied().filter(|change| change.kind == kind).collect();
                let found: Vec<_> = found.iter().copied().filter(|change| change.kind == kind).collect();
                self.add_kind(kind, pair, &gold, &found);
            }
        }
    }

    fn add_kind(&mut self, kind: ChangeKind, pair: &str, gold: &[&ChangeLabel], found: &[&ChangeLabel]) {
        let couples = couples(gold, found);
        let counts = self.kinds.entry(kind).or_default();
        for (count, new) in counts.iter_mut().zip([gold.len(), found.len(), couples.len()]) {
            *count += new;
        }
        let (right_gold, right_found): (FxHashSet<_>, FxHashSet<_>) = couples.into_iter().unzip();
        let wrong =
            |missed, change: &ChangeLabel| WrongChange { pair: pair.to_owned(), missed, change: change.clone() };
        let missed = gold.iter().enumerate().filter(|(at, _)| !right_gold.contains(at));
        self.wrong.extend(missed.map(|(_, change)| wrong(true, change)));
        let false_alarms = found.iter().enumerate().filter(|(at, _)| !right_found.contains(at));
        self.wrong.extend(false_alarms.map(|(_, change)| wrong(false, change)));
    }

    fn scores(self, unchanged: Option<Unchanged>) -> ChangeScores {
        let all = self.kinds.values().fold([0; 3], |all, kind| std::array::from_fn(|at| all[at] + kind[at]));
        let rows = self.kinds.into_iter().map(|(kind, counts)| (kind, ChangeRow::new(counts)));
        ChangeScores { rows: rows.collect(), all: ChangeRow::new(all), unchanged, wrong: self.wrong }
    }
}

impl ChangeRow {
    fn new([labelled, found, right]: [usize; 3]) -> Self {
        let share = |whole| if whole == 0 { 1.0 } else { ratio(right, whole) };
        let (precision, recall) = (share(found), share(labelled));
        Self { precision, recall, f1: f1(precision, recall), labelled, found, right }
    }

    fn cells(&self) -> Vec<(&'static str, Cell)> {
        vec![
            ("precision", Cell::Number(self.precision)),
            ("recall", Cell::Number(self.recall)),
            ("f1", Cell::Number(self.f1)),
            ("labelled", Cell::Count(self.labelled)),
            ("found", Cell::Count(self.found)),
            ("right", Cell::Count(self.right)),
        ]
    }
}

impl ChangeScores {
    /// The measures of one kind; `None` where it is neither labelled nor found.
    pub fn row(&self, kind: ChangeKind) -> Option<&ChangeRow> {
        self.rows.iter().find(|(other, _)| *other == kind).map(|(_, row)| row)
    }

    /// The table with a line for every change that is missed or wrong.
    pub fn with_cases(&self) -> impl fmt::Display + '_ {
        WithCases(self)
    }
}

/// As [`ChangeScores::with_cases`] shows.
struct WithCases<'s>(&'s ChangeScores);

impl fmt::Display for WithCases<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.0)?;
        self.0.wrong.iter().try_for_each(|wrong| writeln!(f, "{wrong}"))
    }
}

impl fmt::Display for WrongChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ChangeLabel { kind, before, after, .. } = &self.change;
        let what = if self.missed { "missed" } else { "wrong " };
        write!(f, "{what} {:11} {before:?} -> {after:?}, {}", kind.name(), self.pair.escape_debug())
    }
}

impl fmt::Display for ChangeScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: Vec<_> = self.rows.iter().map(|(kind, row)| (kind.name(), row.cells())).collect();
        rows.push(("all", self.all.cells()));
        let unchanged = self.unchanged.iter().flat_map(|unchanged| {
            [
                ("pairs_without_change", Cell::Count(unchanged.unchanged_pairs)),
                ("of_them_flagged", Cell::Count(unchanged.flagged_pairs)),
            ]
        });
        Table { rows, lines: unchanged.collect() }.fmt(f)
    }
}

impl Serialize for ChangeScores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (kind, row) in &self.rows {
            map.serialize_entry(kind.name(), row)?;
        }
        map.serialize_entry("all", &self.all)?;
        if let Some(unchanged) = &self.unchanged {
            map.serialize_entry("pairs_without_change", &unchanged.unchanged_pairs)?;
            map.serialize_entry("of_them_flagged", &unchanged.flagged_pairs)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    pub(super) fn change(kind: ChangeKind, a_chars: Range<usize>, b_chars: Range<usize>) -> ChangeLabel {
        ChangeLabel { kind, before: String::new(), after: String::new(), a_chars, b_chars }
    }

    fn listed(b: &str, change: ChangeLabel) -> ListedChange {
        ListedChange { a: "a".to_owned(), b: b.to_owned(), change }
    }

    #[test]
    fn a_change_counts_for_its_pair_and_kind_alone() {
        let number = |b| listed(b, change(ChangeKind::Number, 4..6, 4..6));
        let date = |b| listed(b, change(ChangeKind::Date, 4..6, 4..6));
        let scores = changes(&[number("b"), number("c"), date("b")], &[number("b"), date("c"), number("b")]);
        assert_eq!((scores.all.labelled, scores.all.found, scores.all.right), (3, 3, 1));
        let number = scores.row(ChangeKind::Number).unwrap();
        assert_eq!((number.precision, number.recall, number.f1), (0.5, 0.5, 0.5));
        assert_eq!(scores.row(ChangeKind::Date).unwrap().f1, 0.0);
        assert_eq!(scores.row(ChangeKind::Unit), None);
        assert_eq!(scores.wrong.iter().filter(|wrong| wrong.missed).count(), 2);
        assert_eq!(scores.wrong.iter().filter(|wrong| !wrong.missed).count(), 2);
    }

    #[test]
    fn nothing_labelled_and_nothing_found_is_perfect() {
        let scores = changes(&[], &[]);
        assert_eq!((scores.all.precision, scores.all.recall, scores.rows.len()), (1.0, 1.0, 0));
    }

    #[test]
    fn texts_that_mean_the_same_are_counted_by_themselves() {
        let (a, b) =
            ("The two sides signed the accord in the spring.", "The two sides signed the accord in the spring!");
        let same = LabelledTexts { id: "x".into(), a: a.into(), b: b.into(), changes: Vec::new() };
        let scores = changes_in_texts(&[same], &Options::default());
        assert_eq!(scores.unchanged, Some(Unchanged { unchanged_pairs: 1, flagged_pairs: 0 }));
        assert!(scores.to_string().ends_with("of_them_flagged                       0\n"), "{scores}");
    }

    #[test]
    fn the_table_names_what_is_missed_and_what_is_wrong() {
        let mut missed = change(ChangeKind::Name, 0..4, 0..4);
        (missed.before, missed.after) = ("Oslo".to_owned(), "R\u{202e}iga".to_owned());
        let scores = changes(&[listed("b", missed)], &[listed("b", change(ChangeKind::Number, 0..1, 0..1))]);
        assert_eq!(
            scores.with_cases().to_string(),
            [
                "       precision    recall        f1  labelled     found     right\n",
                "number   0.00000   1.00000   0.00000         0         1         0\n",
                "name     1.00000   0.00000   0.00000         1         0         0\n",
                "all      0.00000   0.00000   0.00000         1         1         0\n",
                "\n",
                "wrong  number      \"\" -> \"\", a b\n",
                "missed name        \"Oslo\" -> \"R\\u{202e}iga\", a b\n",
            ]
            .concat()
        );
    }
}
