//! Pairs worth a comparison, from everything that speaks for them, in the order of the output.
//!
//! Near-duplicates and candidates name the first document of each text; here its copies come in as well. Copies multiply, so
//! a text's copies are paired with each other, and with another's, only up to a bound; beyond it each copy is paired with
//! the first alone, and what that leaves out is counted.

use super::candidate::SharedStretch;
use super::filter::Suppression;
use super::group::runs;
use super::near::NearPair;
use super::store::Documents;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Two documents to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Number of the document whose id comes first.
    pub a: u32,
    /// Number of the other.
    pub b: u32,
    /// What is known of them.
    pub relation: Relation,
    /// Whether `a` is the document with the greater number, as which the records of the pair have it second.
    pub(super) turned: bool,
    /// Its stretches in [`Pairs::stretches`]; empty for copies and near-duplicates.
    pub(super) stretches: (u32, u32),
}

impl Pair {
    fn new(a: u32, b: u32, relation: Relation, stretches: (u32, u32)) -> Self {
        Self { a, b, relation, turned: false, stretches }
    }
}

/// What speaks for a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same text after folding.
    Exact,
    /// Most shingles.
    Near,
    /// The same template with different values.
    Template,
    /// A stretch of words.
    Passage,
}

/// Pairs in the order of their ids, and what bounds left out.
#[derive(Debug, Default)]
pub struct Pairs {
    pub(super) pairs: Vec<Pair>,
    /// What speaks for those that share a passage.
    pub(super) stretches: Vec<SharedStretch>,
    pub(super) implied: u64,
    pub(super) suppressed: Vec<(Pair, Suppression)>,
}

impl Pairs {
    /// The pairs, sorted by the ids of their documents.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Pairs of copies of texts with very many of them, that follow from those listed and are not listed themselves.
    pub fn implied(&self) -> u64 {
        self.implied
    }

    /// Pairs that the filter left out, with the reason, sorted likewise.
    pub fn suppressed(&self) -> &[(Pair, Suppression)] {
        &self.suppressed
    }
}

/// The copies of every text that has any: the first document, and after it the others. Documents without words share none.
pub(crate) fn copies(documents: &Documents) -> FxHashMap<u32, Vec<u32>> {
    let mut copies: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, record) in documents.records().iter().enumerate() {
        if record.first != number as u32 && record.tokens.len > 0 {
            copies.entry(record.first).or_insert_with(|| vec![record.first]).push(number as u32);
        }
    }
    copies
}

/// All pairs. `most`: pairs that the copies of one text, or of two, may make.
pub(crate) fn gather(documents: &Documents, near: &[NearPair], shared: &[SharedStretch], most: usize) -> Pairs {
    let copies = copies(documents);
    let mut gathered = Gathered { copies: &copies, most, pairs: Vec::new(), implied: 0 };
    for (number, record) in documents.records().iter().enumerate() {
        if record.first == number as u32
            && let Some(same) = copies.get(&record.first)
        {
            gathered.copies_of_one(same);
        }
    }
    for pair in near {
        let relation = if pair.template { Relation::Template } else { Relation::Near };
        gathered.copies_of_two(pair.a, pair.b, relation, (0, 0));
    }
    let mut at = 0;
    for same in runs(shared, |shared| (shared.a, shared.b)) {
        let next = at + same.len() as u32;
        gathered.copies_of_two(same[0].a, same[0].b, Relation::Passage, (at, next));
        at = next;
    }
    let Gathered { mut pairs, implied, .. } = gathered;
    let ranks = ranks(documents);
    for pair in &mut pairs {
        if ranks[pair.a as usize] > ranks[pair.b as usize] {
            (pair.a, pair.b, pair.turned) = (pair.b, pair.a, !pair.turned);
        }
    }
    pairs.par_sort_unstable_by_key(|pair| (ranks[pair.a as usize], ranks[pair.b as usize], pair.relation));
    pairs.dedup_by_key(|pair| (pair.a, pair.b));
    Pairs { pairs, stretches: shared.to_vec(), implied, suppressed: Vec::new() }
}

struct Gathered<'g> {
    copies: &'g FxHashMap<u32, Vec<u32>>,
    most: usize,
    pairs: Vec<Pair>,
    implied: u64,
}

impl Gathered<'_> {
    /// Pairs copies of one text: each with each, or all with the first.
    fn copies_of_one(&mut self, same: &[u32]) {
        let all = same.len() * (same.len() - 1) / 2;
        let (firsts, left_out) = if all <= self.most { (same.len(), 0) } else { (1, all - (same.len() - 1)) };
        for (at, &a) in same.iter().enumerate().take(firsts) {
            self.pairs.extend(same[at + 1..].iter().map(|&b| Pair::new(a, b, Relation::Exact, (0, 0))));
        }
        self.implied += left_out as u64;
    }

    /// Pairs copies of two texts: each with each, or the first with the first.
    fn copies_of_two(&mut self, a: u32, b: u32, relation: Relation, stretches: (u32, u32)) {
        let (of_a, of_b) = ([a], [b]);
        let of_a = self.copies.get(&a).map_or(&of_a[..], Vec::as_slice);
        let of_b = self.copies.get(&b).map_or(&of_b[..], Vec::as_slice);
        if of_a.len() * of_b.len() > self.most {
            self.pairs.push(Pair::new(a, b, relation, stretches));
            self.implied += (of_a.len() * of_b.len() - 1) as u64;
            return;
        }
        for &a in of_a {
            self.pairs.extend(of_b.iter().map(|&b| Pair::new(a, b, relation, stretches)));
        }
    }
}

/// The place of every document when sorted by id.
fn ranks(documents: &Documents) -> Vec<u32> {
    let mut order: Vec<u32> = (0..documents.len() as u32).collect();
    if !documents.ids().is_sorted_by(|x, y| x < y) {
        order.par_sort_unstable_by(|&x, &y| documents.id(x).cmp(documents.id(y)));
    }
    let mut ranks = vec![0; order.len()];
    for (rank, &number) in order.iter().enumerate() {
        ranks[number as usize] = rank as u32;
    }
    ranks
}
