//! Which stretches are worth reporting, which of them have moved, and what nothing is merged over.

use super::place::{bytes, distance, is_sentences, mostly_inside};
use super::stretch::{Draft, NEARLY};
use super::{Drafter, REACH};
use crate::align::heaviest_increasing;
use crate::passage::Kind;
use crate::reword::Cluster;
use crate::text::{TokenClass, Tokenised};
use std::ops::Range;

/// A core of whole sentences is fixed from this many matched tokens and this Dice coefficient on; any core, with one
/// run of this many bytes.
const FIXED_TOKENS: f64 = 25.0;
pub(super) const FIXED_DICE: f64 = 0.85;
const FIXED_RUN_BYTES: u32 = 256;
/// Whole sentences that stand in both texts word for word are fixed from this many tokens on.
const FIXED_EXACT: usize = 8;
/// A core that is not made of whole sentences, and any other stretch, must have this many bytes on both sides.
const CORE_BYTES: u32 = 150;
const CLUSTER_BYTES: u32 = 110;
/// A core is reported, however short, that has a run of so many tokens: chance does not make one.
const EXACT_RUN: u32 = 16;
/// A shorter cluster is reported from this many bytes and this cosine on.
const SURE_BYTES: u32 = 90;
const SURE_COSINE: f64 = 0.7;
/// Evidence for each word that is enough where a cluster is all there is of a short text, which may have fewer words than
/// evidence is asked for.
const SHORT_EVIDENCE: f64 = 0.15;
/// Evidence, in tokens, from which a stretch may use one side of a stretch already kept: a text used twice.
const REUSE: f64 = 14.0;
/// Words that a stretch needs for it, for each unit of the logarithm of the places where chance may put it: of all pairs
/// of sentences where it has moved; where it keeps the order, of those that keep it, which are fewer.
const MOVED: f64 = 3.0;
const IN_ORDER: f64 = 2.0;
/// Share of the tokens that must be matched in order where they are characters of Han or kana, in texts of so many pairs of
/// sentences: of passages that say the same in literary and in vernacular Chinese, all but one in ten match as much, and of
/// those that are on one subject hardly any.
const CHARACTERS_IN_ORDER: f64 = 0.225;
const MANY_PLACES: f64 = 100.0;
/// Tokens of the longest fixed core that a condensation may take in, on its longer side.
const CONDENSED_CORE: usize = 80;
/// A cluster is not grown over pieces in another order that hold this share of its shorter side's tokens, if fewer than
/// this share of theirs keep one order and this many do not.
const PIECES: f64 = 0.35;
const ONE_ORDER: f64 = 0.8;
pub(super) const CROSSING: usize = 40;
/// Nor over any in another order that hold this share and are worth reporting each: nothing is left to be reworded.
const ALL: f64 = 0.9;
/// How near to a fixed core, in tokens on both sides, a stretch needs little evidence of its own.
const BESIDE: u32 = 30;
/// The same for a stretch between two fixed cores that follow each other in both texts: tokens from one to the other,
/// and cores looked at on either side for such a pair.
const BETWEEN: u32 = 300;
const LOOK_AROUND: usize = 16;

impl Drafter<'_> {
    /// Which of the cores nothing is merged over.
    pub(crate) fn is_fixed(&self, core: &Draft) -> bool {
        // What was matched before the ends were let out.
        let faithful =
            core.evidence >= FIXED_TOKENS && 2.0 * core.evidence >= FIXED_DICE * (core.a.len() + core.b.len()) as f64;
        let exact =
            core.kind(self.options) == Kind::Verbatim && core.a.len() >= self.options.min_words.max(FIXED_EXACT);
        let sentences = || is_sentences(self.a, &core.a) && is_sentences(self.b, &core.b);
        ((faithful || exact) && sentences())
            || core.runs.iter().any(|run| bytes(self.a, &(run.a..run.end_a())) >= FIXED_RUN_BYTES)
    }

    /// Whether a cluster has enough evidence, of its own or by where it stands.
    pub(super) fn is_worth_growing(&self, cluster: &Cluster, cores: &[Draft], fixed: &[bool]) -> bool {
        self.is_sure(cluster) || stands_beside(cluster, cores, fixed) || stands_between(cluster, cores, fixed)
    }

    pub(super) fn is_sure(&self, cluster: &Cluster) -> bool {
        let bytes = self.bytes_a(&cluster.a).min(self.bytes_b(&cluster.b));
        if 4 * bytes >= 3 * self.a.text.len().min(self.b.text.len()) as u32 {
            // All there is of a short text.
            let words = cluster.a.len().min(cluster.b.len()) as f64;
            return cluster.evidence >= self.options.evidence.min(SHORT_EVIDENCE * words);
        }
        cluster.evidence >= self.options.evidence
            && (bytes >= CLUSTER_BYTES || (bytes >= SURE_BYTES && cluster.cosine >= SURE_COSINE))
    }

    /// A core left over is reported when it is long, or made of whole sentences, or all there is of a short text.
    pub(super) fn is_worth_reporting(&self, core: &Draft) -> bool {
        let enough = core.matched() >= self.options.min_words.min(self.shorter());
        let long = self.bytes_a(&core.a).min(self.bytes_b(&core.b)) >= CORE_BYTES;
        let run = core.runs.iter().any(|run| run.len >= EXACT_RUN);
        enough && (long || run || (is_sentences(self.a, &core.a) && is_sentences(self.b, &core.b)))
    }

    /// Whether what speaks for a draft is so little that in texts of this length chance brings it about: the best of many
    /// chance matches grows with the logarithm of the places where one may lie (S. Karlin, S. F. Altschul, "Methods for
    /// assessing the statistical significance of molecular sequence features by using general scoring schemes", 1990).
    pub(super) fn may_be_chance(&self, draft: &Draft) -> bool {
        let faithful = draft.dice() >= FIXED_DICE || draft.runs.iter().any(|run| run.len >= EXACT_RUN);
        if faithful || draft.is_condensation() {
            return false;
        }
        let places: f64 = self.extents.iter().map(|extent| extent.sentences as f64).product();
        let tokens = (draft.a.len() as f64 * draft.b.len() as f64).sqrt();
        let in_order = draft.matched() as f64 / tokens;
        if places >= MANY_PLACES && in_order < CHARACTERS_IN_ORDER && self.is_of_characters(draft) {
            return true;
        }
        let speaking = draft.matched() as f64 + NEARLY * draft.nearly.len() as f64 + draft.evidence;
        speaking < if draft.moved { MOVED } else { IN_ORDER } * places.ln()
    }

    /// Whether both sides are mostly single characters of Han or kana.
    fn is_of_characters(&self, draft: &Draft) -> bool {
        let mostly = |text: &Tokenised<'_>, range: &Range<u32>| {
            let tokens = &text.tokens[range.start as usize..range.end as usize];
            2 * tokens.iter().filter(|token| token.class() == TokenClass::Character).count() > tokens.len()
        };
        mostly(self.a, &draft.a) && mostly(self.b, &draft.b)
    }

    fn bytes_a(&self, range: &Range<u32>) -> u32 {
        bytes(self.a, range)
    }

    fn bytes_b(&self, range: &Range<u32>) -> u32 {
        bytes(self.b, range)
    }

    /// Keeps the drafts with the most matched first; a later one must be free on both sides, or have much to say on one.
    pub(super) fn claim(&self, mut drafts: Vec<Draft>) -> Vec<Draft> {
        drafts.sort_by_key(|draft| (std::cmp::Reverse(draft.matched()), draft.b.start, draft.a.start));
        let (mut taken_a, mut taken_b) = (vec![false; self.a.len()], vec![false; self.b.len()]);
        let slice = |range: &Range<u32>| range.start as usize..range.end as usize;
        drafts.retain(|draft| {
            let free_a = !taken_a[slice(&draft.a)].contains(&true);
            let free_b = !taken_b[slice(&draft.b)].contains(&true);
            let kept = (free_a && free_b) || ((free_a || free_b) && draft.evidence >= REUSE);
            if kept {
                taken_a[slice(&draft.a)].fill(true);
                taken_b[slice(&draft.b)].fill(true);
            }
            kept
        });
        drafts.sort_by_key(|draft| (draft.a.start, draft.b.start));
        drafts
    }

    /// Whether a cluster is made of long pieces in another order, or of nothing else: they are passages of their own, and have
    /// moved. `cores` are sorted by their place in A.
    pub(super) fn crosses(&self, cluster: &Cluster, cores: &[Draft]) -> bool {
        let first = cores.partition_point(|core| core.a.start + REACH < cluster.a.start);
        let before = cores[first..].iter().take_while(|core| core.a.start < cluster.a.end);
        let mut pieces: Vec<&Draft> =
            before.filter(|core| mostly_inside(&core.a, &cluster.a) && mostly_inside(&core.b, &cluster.b)).collect();
        let all: usize = pieces.iter().map(|piece| piece.matched()).sum();
        let shorter = cluster.a.len().min(cluster.b.len()) as f64;
        if (all as f64) < PIECES * shorter {
            return false;
        }
        pieces.sort_by_key(|piece| (piece.b.start, piece.a.start));
        let kept = heaviest_increasing(pieces.len(), |at| pieces[at].a.start, |at| pieces[at].matched() as u64);
        let kept: usize = kept.into_iter().map(|at| pieces[at].matched()).sum();
        let crossing = all - kept;
        let is_all = all as f64 >= ALL * shorter && pieces.iter().all(|piece| self.is_worth_reporting(piece));
        if is_all { crossing > 0 } else { crossing >= CROSSING && (kept as f64) < ONE_ORDER * all as f64 }
    }
}

/// Whether a fixed core is short enough to be a sentence of a condensation.
pub(super) fn fits_condensation(core: &Draft) -> bool {
    core.a.len().max(core.b.len()) <= CONDENSED_CORE
}

/// Whether a fixed core lies near the cluster on both sides. `cores` are sorted by their place in A.
fn stands_beside(cluster: &Cluster, cores: &[Draft], fixed: &[bool]) -> bool {
    let first = cores.partition_point(|core| core.a.start + REACH < cluster.a.start);
    let near =
        cores[first..].iter().zip(&fixed[first..]).take_while(|(core, _)| core.a.start <= cluster.a.end + BESIDE);
    near.filter(|(_, fixed)| **fixed)
        .any(|(core, _)| distance(&core.a, &cluster.a).max(distance(&core.b, &cluster.b)) <= BESIDE)
}

/// Whether the fixed cores before and after the cluster in A are so in B too, and not far from each other. `cores` are
/// sorted by their place in A.
fn stands_between(cluster: &Cluster, cores: &[Draft], fixed: &[bool]) -> bool {
    let at = cores.partition_point(|core| core.a.start < cluster.a.end);
    let is_fixed = |at: &usize| fixed[*at];
    let reach = at.saturating_sub(LOOK_AROUND)..cores.len().min(at + LOOK_AROUND);
    let before = (reach.start..at).rev().filter(is_fixed).map(|at| &cores[at]).next();
    let after = (at..reach.end).filter(is_fixed).map(|at| &cores[at]).next();
    let (Some(before), Some(after)) = (before, after) else { return false };
    let in_order = |before: &Range<u32>, cluster: &Range<u32>, after: &Range<u32>| {
        before.end <= cluster.start && cluster.end <= after.start && after.start - before.end <= BETWEEN
    };
    in_order(&before.a, &cluster.a, &after.a) && in_order(&before.b, &cluster.b, &after.b)
}

/// Marks the drafts that stand out of the main order: the drafts that keep it hold the most matched tokens.
pub(super) fn mark_moved(drafts: &mut [Draft]) {
    let mut by_b: Vec<usize> = (0..drafts.len()).collect();
    by_b.sort_by_key(|&at| (drafts[at].b.start, drafts[at].a.start));
    let weight = |at: usize| drafts[by_b[at]].matched() as u64 + 1;
    let main = heaviest_increasing(by_b.len(), |at| drafts[by_b[at]].a.start, weight);
    let mut moved = vec![true; drafts.len()];
    main.into_iter().for_each(|at| moved[by_b[at]] = false);
    drafts.iter_mut().zip(moved).for_each(|(draft, moved)| draft.moved = moved);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Alignment;
    use crate::options::Options;
    use crate::seed::Run;
    use crate::text::tokenise;

    /// Whether a draft of every other of 30 words, 15 matched, may be chance in texts of `sentences` sentences.
    fn may_be_chance(sentences: usize, moved: bool, longest: u32) -> bool {
        let text = "Nothing of the kind was ever said about it here. ".repeat(sentences);
        let text = tokenise(&text);
        let options = Options::default();
        let mut runs: Vec<Run> = (0..15 - longest).map(|at| Run { a: 2 * at, b: 2 * at, len: 1 }).collect();
        let place = 2 * (15 - longest);
        runs.push(Run { a: place, b: place, len: longest });
        let mut draft = Draft::of(0..30, 0..30, Alignment { runs, nearly: Vec::new() });
        (draft.moved, draft.evidence) = (moved, 6.0);
        Drafter::uncut(&text, &text, &options).may_be_chance(&draft)
    }

    #[test]
    fn the_longer_the_texts_the_more_a_draft_needs() {
        assert!(!may_be_chance(20, false, 1));
        assert!(may_be_chance(400, false, 1));
    }

    #[test]
    fn a_moved_draft_needs_more() {
        assert!(!may_be_chance(100, false, 1));
        assert!(may_be_chance(100, true, 1));
    }

    #[test]
    fn chance_makes_no_long_run_and_no_condensation() {
        assert!(may_be_chance(4000, true, 15));
        let text = "Nothing of the kind was ever said about it here. ".repeat(4000);
        let text = tokenise(&text);
        let options = Options::default();
        let drafter = Drafter::uncut(&text, &text, &options);
        let run = Run { a: 2, b: 2, len: EXACT_RUN };
        let mut draft = Draft::of(0..30, 0..30, Alignment { runs: vec![run], nearly: Vec::new() });
        (draft.moved, draft.evidence) = (true, 6.0);
        assert!(!drafter.may_be_chance(&draft));
        (draft.runs[0].len, draft.evidence) = (4, 0.0);
        assert!(!drafter.may_be_chance(&draft));
    }

    #[test]
    fn characters_must_be_matched_in_order() {
        let is_chance = |text: &str, matched: u32| {
            let text = tokenise(text);
            let options = Options::default();
            let runs = (0..matched).map(|at| Run { a: 2 * at, b: 2 * at, len: 1 }).collect();
            let mut draft = Draft::of(0..100, 0..100, Alignment { runs, nearly: Vec::new() });
            draft.evidence = 8.0;
            Drafter::uncut(&text, &text, &options).may_be_chance(&draft)
        };
        let chinese = "部長們昨天在首爾的會議上談到了這個新的協定。".repeat(20);
        assert!(is_chance(&chinese, 20) && !is_chance(&chinese, 25));
        assert!(!is_chance(&"Nothing of the kind was ever said about it here. ".repeat(20), 20), "of words fewer do");
    }
}
