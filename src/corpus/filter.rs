//! Which pairs of a corpus are wanted. The others are left out before they are compared, each with the reason.

use super::candidate::SharedStretch;
use super::cluster::{Cluster, ClusterKind, Member};
use super::exclusion::Exclusions;
use super::field::Fields;
use super::near::NearPair;
use super::pairs::{Pair, Pairs, Relation};
use super::store::Documents;
use crate::date::day;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::cmp::Reverse;

/// Which pairs are wanted; all of them by default.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filter {
    /// Only pairs whose documents differ in this field of their metadata. One without the field is in no pair.
    pub between: Option<String>,
    /// Only pairs whose dates are at most so many days apart. A document without a date is in no pair.
    pub within_days: Option<u32>,
    /// The field of the metadata that has the date: ISO 8601, with or without a time, or as in e-mails (RFC 2822). The day
    /// counts as it is written, whatever the time zone.
    pub date: String,
    /// Only pairs with a document of one of the inputs from this index on.
    pub queries_from: Option<usize>,
    /// Only so many pairs: those that share the most words, as far as that is known before they are compared.
    pub max_pairs: Option<usize>,
    /// Documents and phrases that are left out. Phrases concern passages, not pairs: see [`Phrases`](super::Phrases).
    pub exclusions: Exclusions,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            between: None,
            within_days: None,
            date: "date".to_owned(),
            queries_from: None,
            max_pairs: None,
            exclusions: Exclusions::default(),
        }
    }
}

/// Why a pair, or a passage, was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suppression {
    /// One of the documents is excluded.
    ExcludedDocument,
    /// Neither document is of the inputs that pairs must have one of. Only near-duplicates come so far: other such pairs are
    /// not looked for.
    NoQuery,
    /// Both have the same value in the field that must differ.
    SameValue,
    /// One has no value there.
    NoValue,
    /// Their dates are too far apart.
    FarApart,
    /// One has no date, or one that cannot be read.
    NoDate,
    /// Other pairs share more.
    MaxPairs,
    /// A passage that shares little beside excluded phrases.
    ExcludedPhrase,
}

impl Filter {
    /// The fields of the metadata that it looks at, in the order of [`BETWEEN`] and [`DATE`].
    pub(super) fn fields(&self) -> [&str; 2] {
        [self.between.as_deref().unwrap_or_default(), &self.date]
    }

    /// Whether a pair may be left out.
    pub(super) fn is_empty(&self) -> bool {
        self.between.is_none()
            && self.within_days.is_none()
            && self.queries_from.is_none()
            && self.max_pairs.is_none()
            && self.exclusions.documents.is_empty()
    }

    /// Whether fields of the metadata are looked at.
    pub(super) fn needs_fields(&self) -> bool {
        self.between.is_some() || self.within_days.is_some()
    }
}

/// Fields of [`Filter::fields`].
const BETWEEN: usize = 0;
const DATE: usize = 1;

/// The documents of which each pair must have one, by number, where it must. A text counts with any of its copies.
pub(super) fn queried(filter: &Filter, documents: &Documents) -> Option<Vec<bool>> {
    let from = filter.queries_from?;
    let mut queried = vec![false; documents.len()];
    for number in first_query(from, documents)..documents.len() as u32 {
        queried[documents.get(number).first as usize] = true;
    }
    Some(queried)
}

/// The first document of the inputs from index `from` on.
fn first_query(from: usize, documents: &Documents) -> u32 {
    documents.sources().iter().take(from).map(|source| source.documents as u32).sum()
}

/// What is known of a corpus when its pairs are gathered.
pub(super) struct Known<'c> {
    pub documents: &'c Documents,
    pub fields: &'c Fields,
    /// Both sorted by the first documents of their texts.
    pub near: &'c [NearPair],
    pub shared: &'c [SharedStretch],
}

/// Moves the pairs that are not wanted to those suppressed. Order stays.
pub(super) fn apply(filter: &Filter, known: &Known<'_>, pairs: &mut Pairs) {
    if filter.is_empty() {
        return;
    }
    let chooser = Chooser::new(filter, known);
    let all = std::mem::take(&mut pairs.pairs);
    let mut reasons: Vec<Option<Suppression>> = all.par_iter().map(|pair| chooser.reason(pair)).collect();
    if let Some(most) = filter.max_pairs {
        known.bound(&all, &mut reasons, most);
    }
    for (pair, reason) in all.into_iter().zip(reasons) {
        match reason {
            None => pairs.pairs.push(pair),
            Some(reason) => pairs.suppressed.push((pair, reason)),
        }
    }
}

/// Those clusters of documents in which a wanted pair lies, without the excluded documents.
pub(super) fn clusters(
    filter: &Filter,
    documents: &Documents,
    pairs: &Pairs,
    mut clusters: Vec<Cluster>,
) -> Vec<Cluster> {
    if filter.is_empty() {
        return clusters;
    }
    let mut place: FxHashMap<(ClusterKind, u32), usize> = FxHashMap::default();
    for (at, cluster) in clusters.iter_mut().enumerate() {
        let is_excluded = |member: &Member| filter.exclusions.documents.contains(documents.id(member.document));
        cluster.members.retain(|member| !is_excluded(member));
        place.extend(cluster.members.iter().map(|member| ((cluster.kind, member.document), at)));
    }
    let mut wanted = vec![false; clusters.len()];
    for pair in pairs.pairs() {
        for kind in [ClusterKind::Exact, ClusterKind::Near] {
            if let (Some(&a), Some(&b)) = (place.get(&(kind, pair.a)), place.get(&(kind, pair.b))) {
                wanted[a] |= a == b;
            }
        }
    }
    let mut wanted = wanted.into_iter();
    clusters.retain(|_| wanted.next().expect("each cluster was judged"));
    clusters
}

/// Judges pairs, each for itself.
struct Chooser<'c> {
    filter: &'c Filter,
    fields: &'c Fields,
    excluded: FxHashSet<u32>,
    first_query: u32,
    /// By the number of the value.
    dates: Vec<Option<Date>>,
}

impl<'c> Chooser<'c> {
    fn new(filter: &'c Filter, known: &Known<'c>) -> Self {
        let documents = known.documents;
        let excluded = &filter.exclusions.documents;
        let numbers = (0..documents.len() as u32).filter(|&number| excluded.contains(documents.id(number)));
        Self {
            filter,
            fields: known.fields,
            excluded: if excluded.is_empty() { FxHashSet::default() } else { numbers.collect() },
            first_query: first_query(filter.queries_from.unwrap_or(0), documents),
            dates: filter.within_days.map_or(Vec::new(), |_| known.fields.values(DATE).map(day).collect()),
        }
    }

    fn reason(&self, pair: &Pair) -> Option<Suppression> {
        let both = [pair.a, pair.b];
        if both.iter().any(|document| self.excluded.contains(document)) {
            return Some(Suppression::ExcludedDocument);
        }
        if both.iter().all(|&document| document < self.first_query) {
            return Some(Suppression::NoQuery);
        }
        self.too_alike(both).or_else(|| self.too_far(both))
    }

    fn too_alike(&self, both: [u32; 2]) -> Option<Suppression> {
        self.filter.between.as_ref()?;
        match both.map(|document| self.fields.of(BETWEEN, document)) {
            [Some(a), Some(b)] => (a == b).then_some(Suppression::SameValue),
            _ => Some(Suppression::NoValue),
        }
    }

    fn too_far(&self, both: [u32; 2]) -> Option<Suppression> {
        let most = self.filter.within_days?;
        match both.map(|document| self.dates[self.fields.of(DATE, document)? as usize]) {
            [Some(a), Some(b)] => ((a - b).get_days().unsigned_abs() > most).then_some(Suppression::FarApart),
            _ => Some(Suppression::NoDate),
        }
    }
}

impl Known<'_> {
    /// Gives the pairs beyond the `most` that share the most words a reason; of pairs that share as many, the first stay.
    fn bound(&self, pairs: &[Pair], reasons: &mut [Option<Suppression>], most: usize) {
        let wanted = (0..pairs.len()).into_par_iter().filter(|&at| reasons[at].is_none());
        let mut ranked: Vec<(Reverse<u64>, usize)> =
            wanted.map(|at| (Reverse(self.shared_words(&pairs[at])), at)).collect();
        if ranked.len() > most {
            ranked.select_nth_unstable(most);
            ranked[most..].iter().for_each(|&(_, at)| reasons[at] = Some(Suppression::MaxPairs));
        }
    }

    /// Words that a pair shares, about. Those of texts with copies are known of the first ones.
    fn shared_words(&self, pair: &Pair) -> u64 {
        let firsts = [pair.a, pair.b].map(|document| self.documents.get(document).first);
        let key = (firsts[0].min(firsts[1]), firsts[0].max(firsts[1]));
        let words = u64::from(self.documents.get(key.0).tokens.len);
        match pair.relation {
            Relation::Exact => words,
            Relation::Near | Relation::Template => {
                let near = self.near.binary_search_by_key(&key, |near| (near.a, near.b));
                near.map_or(0, |at| (self.near[at].containment_a * words as f64).round() as u64)
            }
            Relation::Passage => {
                let from = self.shared.partition_point(|shared| (shared.a, shared.b) < key);
                let own = self.shared[from..].iter().take_while(|shared| (shared.a, shared.b) == key);
                own.map(|shared| u64::from(shared.stretch.matched)).sum()
            }
        }
    }
}
