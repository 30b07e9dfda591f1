//! Drafts: from chains and clusters to the stretches that become passages; kept, merged and cut at borders people accept.
//!
//! A chain that matches well is a core. Long or faithful cores are fixed: nothing is merged over them. Between them,
//! clusters of reworded sentences take in the small cores they surround. Every draft is then aligned token by token,
//! trimmed to where the alignment holds and let out to a near sentence border; neighbours in order are joined, and ends
//! move on for as long as words match; and a draft is cut where a whole sentence stands on one side only, and at a
//! paragraph border where its kind changes. What is matched no better than chance would in so long texts is left out.

mod border;
mod extend;
mod join;
mod keep;
mod place;
mod stretch;
mod telling;
mod whole;

pub(crate) use stretch::Draft;
pub(crate) use whole::SHORT;

use crate::align::{Aligner, in_common};
use crate::chain::Chain;
use crate::extent::Extent;
use crate::options::Options;
use crate::passage::Kind;
use crate::reword::{Cluster, Taken, TakenSide};
use crate::span::meet;
use crate::text::Tokenised;
use keep::{fits_condensation, mark_moved};
use place::mostly_inside;
use std::ops::Range;

/// Fewest matched tokens of a core, if a passage may not be shorter still: too few to report, enough to build upon.
const FEWEST: usize = 6;
/// Least Dice coefficient of a core.
const CORE: f64 = 0.65;
/// A cluster aligned at least this well ends where its alignment ends, not at its sentences' borders.
const TRIM: f64 = 0.52;
/// Dice coefficient from which an alignment is close enough without words that nearly match.
const CLOSE: f64 = 0.9;
/// How far before a cluster a core that reaches into it or stands beside it may begin, in tokens: only small ones are
/// absorbed, and of long ones the last part counts.
const REACH: u32 = 4096;

/// Makes drafts of one pair.
pub(crate) struct Drafter<'t> {
    a: &'t Tokenised<'t>,
    b: &'t Tokenised<'t>,
    options: &'t Options,
    aligner: Aligner<'t>,
    /// Of the documents: of the texts, or of what they are excerpts of.
    extents: [Extent; 2],
    /// The last two stretches that were aligned: a short text taken whole is often a cluster again.
    aligned: Option<Draft>,
}

impl<'t> Drafter<'t> {
    /// `extents`: of the documents, of which the texts may be excerpts.
    pub(crate) fn new(a: &'t Tokenised<'t>, b: &'t Tokenised<'t>, options: &'t Options, extents: [Extent; 2]) -> Self {
        Self { a, b, options, aligner: Aligner::new(a, b), extents, aligned: None }
    }

    /// For texts that are documents.
    #[cfg(test)]
    fn uncut(a: &'t Tokenised<'t>, b: &'t Tokenised<'t>, options: &'t Options) -> Self {
        Self::new(a, b, options, [Extent::of(a), Extent::of(b)])
    }

    /// Whether one of the texts is less than its document.
    fn is_cut(&self) -> bool {
        self.extents[0].tokens > self.a.len() || self.extents[1].tokens > self.b.len()
    }

    /// How many stretches without a word in common were too long to align closely.
    pub(crate) fn given_up(&self) -> usize {
        self.aligner.given_up()
    }

    /// Chains that match well, in order of their place in A.
    pub(crate) fn cores(&mut self, chains: &[Chain]) -> Vec<Draft> {
        let mut cores: Vec<Draft> = chains.iter().flat_map(|chain| self.core(chain)).collect();
        cores.sort_unstable_by_key(|core| (core.a.start, core.b.start));
        cores
    }

    fn core(&mut self, chain: &Chain) -> Vec<Draft> {
        let (first, last) = (chain.runs[0], chain.runs[chain.runs.len() - 1]);
        let (a, b) = (first.a..last.end_a(), first.b..last.end_b());
        let alignment = self.aligner.complete(a.clone(), b.clone(), &chain.runs);
        let whole = Draft::of(a, b, alignment);
        let pieces = self.without_unique_sentences(whole).into_iter();
        let mut kept: Vec<Draft> = pieces
            .filter(|core| {
                core.matched() >= self.options.min_words.min(FEWEST).min(self.shorter()) && core.dice() >= CORE
            })
            .collect();
        for core in &mut kept {
            self.retract(core);
            core.evidence = core.matched() as f64;
            self.let_out(core);
        }
        kept
    }

    /// The tokens of the fixed cores.
    pub(crate) fn taken(&self, cores: &[Draft]) -> Taken {
        let fixed: Vec<&Draft> = cores.iter().filter(|core| self.is_fixed(core)).collect();
        let side = |of: fn(&Draft) -> &Range<u32>| {
            let sorted = |wanted: &dyn Fn(&Draft) -> bool| {
                let mut ranges: Vec<Range<u32>> =
                    fixed.iter().filter(|core| wanted(core)).map(|core| of(core).clone()).collect();
                ranges.sort_unstable_by_key(|range| range.start);
                ranges
            };
            TakenSide { all: sorted(&|_| true), long: sorted(&|core| !fits_condensation(core)) }
        };
        Taken { a: side(|core| &core.a), b: side(|core| &core.b) }
    }

    /// Whether each token of A and of B is in no fixed core and no cluster sure enough to be reported.
    pub(crate) fn free(&self, cores: &[Draft], clusters: &[Cluster]) -> [Vec<bool>; 2] {
        let (mut a, mut b) = (vec![true; self.a.len()], vec![true; self.b.len()]);
        let fixed = cores.iter().filter(|core| self.is_fixed(core)).map(|core| (&core.a, &core.b));
        let sure = clusters.iter().filter(|cluster| self.is_sure(cluster)).map(|cluster| (&cluster.a, &cluster.b));
        for (taken_a, taken_b) in fixed.chain(sure) {
            a[taken_a.start as usize..taken_a.end as usize].fill(false);
            b[taken_b.start as usize..taken_b.end as usize].fill(false);
        }
        [a, b]
    }

    /// Cores and clusters resolved into drafts, in order of their place in A.
    pub(crate) fn resolve(&mut self, cores: Vec<Draft>, clusters: &[Cluster]) -> Vec<Draft> {
        let mut absorbed: Vec<Option<usize>> = vec![None; cores.len()];
        let mut drafts: Vec<Draft> = Vec::new();
        let fixed: Vec<bool> = cores.iter().map(|core| self.is_fixed(core)).collect();
        for cluster in clusters {
            if self.is_worth_growing(cluster, &cores, &fixed) && !self.crosses(cluster, &cores) {
                let at = drafts.len();
                drafts.push(self.grow(cluster, &cores, &fixed, |core| absorbed[core] = Some(at)));
            }
        }
        let grown: Vec<_> = drafts.iter().map(|draft| (draft.a.clone(), draft.b.clone())).collect();
        let (left, inside): (Vec<_>, Vec<_>) = cores
            .into_iter()
            .zip(absorbed)
            .filter(|(core, _)| self.is_worth_reporting(core))
            .partition(|(_, absorbed)| absorbed.is_none());
        drafts.extend(left.into_iter().map(|(core, _)| core));
        let mut claimed = self.claim(drafts);
        // A cluster that gave way to better drafts leaves the cores inside it free again, and one that was trimmed those
        // outside that are the same word for word: they must not be called unique.
        let gave_way: Vec<bool> = grown.iter().map(|place| !holds(&claimed, place)).collect();
        let is_free = |core: &Draft, cluster: usize| {
            let (a, b) = &grown[cluster];
            let outside = !meet(&core.a, a) && !meet(&core.b, b);
            gave_way[cluster] || (outside && core.kind(self.options) == Kind::Verbatim)
        };
        let freed =
            inside.into_iter().filter(|(core, absorbed)| absorbed.is_some_and(|cluster| is_free(core, cluster)));
        let before = claimed.len();
        claimed.extend(freed.map(|(core, _)| core));
        let claimed = if claimed.len() > before { self.claim(claimed) } else { claimed };
        let mut joined = self.join(claimed);
        self.extend(&mut joined);
        let mut cut: Vec<Draft> = joined.into_iter().flat_map(|draft| self.cut_at_paragraphs(draft)).collect();
        cut.iter_mut().filter(|draft| !draft.is_condensation()).for_each(|draft| self.shed(draft));
        // A stretch used twice may have been joined or cut out of turn.
        cut.sort_by_key(|draft| (draft.a.start, draft.b.start, draft.a.end, draft.b.end));
        cut.retain(|draft| draft.a.len().min(draft.b.len()) >= self.options.min_words.min(self.shorter()));
        cut.retain(|draft| self.is_alike(draft));
        if let Some(whole) = self.whole(&cut).filter(|whole| self.is_alike(whole)) {
            return vec![whole];
        }
        mark_moved(&mut cut);
        cut.retain(|draft| !self.may_be_chance(draft));
        cut
    }

    fn is_alike(&self, draft: &Draft) -> bool {
        draft.similarity(self.a, self.b, self.options) >= self.options.similarity
    }

    /// Tokens of the shorter text: a text shorter than the fewest words of a passage may still be a passage whole.
    fn shorter(&self) -> usize {
        self.a.len().min(self.b.len()).max(1)
    }

    /// A cluster with the cores it surrounds, each of which `absorb` is told of, aligned and trimmed.
    fn grow(&mut self, cluster: &Cluster, cores: &[Draft], fixed: &[bool], mut absorb: impl FnMut(usize)) -> Draft {
        let (mut a, mut b) = (cluster.a.clone(), cluster.b.clone());
        let first = cores.partition_point(|core| core.a.start + REACH < cluster.a.start);
        for (at, core) in cores.iter().enumerate().skip(first).take_while(|(_, core)| core.a.start < cluster.a.end) {
            let inside = mostly_inside(&core.a, &cluster.a) && mostly_inside(&core.b, &cluster.b);
            if inside && (!fixed[at] || (cluster.condensed && fits_condensation(core))) {
                absorb(at);
                a = a.start.min(core.a.start)..a.end.max(core.a.end);
                b = b.start.min(core.b.start)..b.end.max(core.b.end);
            }
        }
        let mut draft = self.aligned(a, b);
        (draft.cosine, draft.evidence) = (cluster.cosine, if cluster.condensed { 0.0 } else { cluster.evidence });
        if !cluster.condensed && draft.dice() >= TRIM {
            let untrimmed = draft.clone();
            border::trim(&mut draft);
            if draft.dice() >= self.options.edited {
                self.retract(&mut draft);
            }
            self.give_back(&mut draft, &untrimmed);
            self.let_out(&mut draft);
        }
        draft
    }

    /// Two stretches aligned; words that nearly match are looked for only where many do not match.
    fn aligned(&mut self, a: Range<u32>, b: Range<u32>) -> Draft {
        match &self.aligned {
            Some(known) if known.a == a && known.b == b => known.clone(),
            _ => {
                let draft = self.align(a, b);
                self.aligned.insert(draft).clone()
            }
        }
    }

    fn align(&mut self, a: Range<u32>, b: Range<u32>) -> Draft {
        let dice = |matched: usize| 2.0 * matched as f64 / (a.len() + b.len()) as f64;
        if dice(a.len().min(b.len())) >= CLOSE && dice(in_common(self.a, &a, self.b, &b)) >= CLOSE {
            let draft = Draft::of(a.clone(), b.clone(), self.aligner.complete(a.clone(), b.clone(), &[]));
            if draft.dice() >= CLOSE {
                return draft;
            }
        }
        let alignment = self.aligner.complete_loosely(a.clone(), b.clone());
        Draft::of(a, b, alignment)
    }
}

/// Whether one of `drafts`, in order of their place in A, lies exactly at `place`.
fn holds(drafts: &[Draft], place: &(Range<u32>, Range<u32>)) -> bool {
    let key = |draft: &Draft| (draft.a.start, draft.b.start);
    let first = drafts.partition_point(|draft| key(draft) < (place.0.start, place.1.start));
    let same = drafts[first..].iter().take_while(|draft| key(draft) == (place.0.start, place.1.start));
    same.into_iter().any(|draft| draft.a == place.0 && draft.b == place.1)
}
