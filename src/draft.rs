//! Drafts: from chains and clusters to the stretches that become passages; kept, merged and cut at borders people accept.
//!
//! A chain that matches well is a core. Long or faithful cores are fixed: nothing is merged over them. Between them,
//! clusters of reworded sentences take in the small cores they surround. Every draft is then aligned token by token,
//! trimmed to where the alignment holds and let out to a near sentence border; neighbours in order are joined; and a
//! draft is cut where a whole sentence stands on one side only, and at a paragraph border where its kind changes.

use crate::align::{Aligner, Alignment, heaviest_increasing, push};
use crate::chain::Chain;
use crate::options::Options;
use crate::passage::Kind;
use crate::reword::{Cluster, Taken};
use crate::seed::Run;
use crate::text::Tokenised;
use std::ops::Range;

/// Fewest matched tokens of a core, if a passage may not be shorter still: too few to report, enough to build upon.
const FEWEST: usize = 6;
/// Least Dice coefficient of a core.
const CORE: f64 = 0.6;
/// A core of whole sentences is fixed from this many matched tokens and this Dice coefficient on; any core, with one
/// run of this many bytes.
const FIXED_TOKENS: f64 = 25.0;
const FIXED_DICE: f64 = 0.85;
const FIXED_RUN_BYTES: u32 = 256;
/// A core that is not made of whole sentences, and any other stretch, must have this many bytes on both sides.
const CORE_BYTES: u32 = 150;
const CLUSTER_BYTES: u32 = 120;
/// A shorter cluster is reported from this many bytes and this cosine on.
const SURE_BYTES: u32 = 90;
const SURE_COSINE: f64 = 0.7;
/// Evidence, in tokens, from which a stretch may use one side of a stretch already kept: a text used twice.
const REUSE: f64 = 14.0;
/// A cluster aligned at least this well ends where its alignment ends, not at its sentences' borders.
const TRIM: f64 = 0.52;
/// What a token out of the alignment costs when ends are trimmed, in matched tokens; what a nearly equal word earns.
const TRIM_PRICE: f64 = 0.2;
const NEARLY: f64 = 0.7;
/// Dice coefficient from which an alignment is close enough without words that nearly match.
const CLOSE: f64 = 0.9;
/// Tokens that an end may be moved out to reach a sentence border.
const SNAP: u32 = 6;
/// Matched tokens that an end may lose to stop at a sentence border instead.
const SCRAP: usize = 1;
/// Longest gap between neighbours that are joined, in tokens: where both are aligned well, and where one is not.
const JOIN: u32 = 12;
const JOIN_LOOSE: u32 = 30;
/// How near to a fixed core, in tokens on both sides, a stretch needs little evidence of its own.
const BESIDE: u32 = 30;
/// The same for a stretch between two fixed cores that follow each other in both texts: tokens from one to the other,
/// and cores looked at on either side for such a pair.
const BETWEEN: u32 = 300;
const LOOK_AROUND: usize = 16;

/// A stretch of both texts on its way to a passage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// Equal tokens in order; they lie inside `a` and `b`.
    pub runs: Vec<Run>,
    /// Words that nearly match, by their tokens.
    pub nearly: Vec<(u32, u32)>,
    /// Cosine of the two sides' vectors where rewording found it, else 0.
    pub cosine: f64,
    /// What speaks for it, in tokens.
    pub evidence: f64,
    pub moved: bool,
}

impl Draft {
    /// Equal tokens.
    pub(crate) fn matched(&self) -> usize {
        self.runs.iter().map(|run| run.len as usize).sum()
    }

    /// Share of both sides' tokens that are matched, nearly equal words in part.
    pub(crate) fn dice(&self) -> f64 {
        let matched = self.matched() as f64 + NEARLY * self.nearly.len() as f64;
        2.0 * matched / (self.a.len() + self.b.len()) as f64
    }

    pub(crate) fn kind(&self, options: &Options) -> Kind {
        if self.matched() == self.a.len() && self.a.len() == self.b.len() {
            Kind::Verbatim
        } else if self.dice() >= options.edited {
            Kind::Edited
        } else {
            Kind::Reworded
        }
    }

    /// 0 to 1; 1 for verbatim only.
    pub(crate) fn similarity(&self, options: &Options) -> f64 {
        if self.kind(options) == Kind::Verbatim { 1.0 } else { self.dice().max(self.cosine).min(0.9999) }
    }

    /// Ends before `other` begins, in both texts.
    fn precedes(&self, other: &Self) -> bool {
        self.a.end <= other.a.start && self.b.end <= other.b.start
    }

    /// The same with A and B exchanged.
    pub(crate) fn mirrored(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            runs: self.runs.into_iter().map(|run| Run { a: run.b, b: run.a, len: run.len }).collect(),
            nearly: self.nearly.into_iter().map(|(a, b)| (b, a)).collect(),
            ..self
        }
    }
}

/// Makes drafts of one pair.
pub(crate) struct Drafter<'t> {
    a: &'t Tokenised<'t>,
    b: &'t Tokenised<'t>,
    options: &'t Options,
    aligner: Aligner<'t>,
}

impl<'t> Drafter<'t> {
    pub(crate) fn new(a: &'t Tokenised<'t>, b: &'t Tokenised<'t>, options: &'t Options) -> Self {
        Self { a, b, options, aligner: Aligner::new(a, b) }
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
        let Alignment { runs, .. } = self.aligner.complete(a.clone(), b.clone(), &chain.runs);
        let whole = Draft { a, b, runs, nearly: Vec::new(), cosine: 0.0, evidence: 0.0, moved: false };
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

    /// Cuts a draft wherever a whole sentence lies between two of its runs on one side.
    fn without_unique_sentences(&self, draft: Draft) -> Vec<Draft> {
        let least = self.options.min_words as u32;
        let mut pieces = Vec::new();
        let mut from = 0;
        for at in 1..draft.runs.len() {
            let (before, after) = (draft.runs[at - 1], draft.runs[at]);
            let gap_a = before.end_a()..after.a;
            let gap_b = before.end_b()..after.b;
            if holds_sentence(self.a, &gap_a, least) || holds_sentence(self.b, &gap_b, least) {
                pieces.push(part(&draft, from..at));
                from = at;
            }
        }
        pieces.push(part(&draft, from..draft.runs.len()));
        pieces
    }

    /// Which of the cores nothing is merged over.
    pub(crate) fn is_fixed(&self, core: &Draft) -> bool {
        // What was matched before the ends were let out.
        let faithful =
            core.evidence >= FIXED_TOKENS && 2.0 * core.evidence >= FIXED_DICE * (core.a.len() + core.b.len()) as f64;
        let sentences = is_sentences(self.a, &core.a) && is_sentences(self.b, &core.b);
        (faithful && sentences) || core.runs.iter().any(|run| bytes(self.a, &(run.a..run.end_a())) >= FIXED_RUN_BYTES)
    }

    /// The tokens of the fixed cores.
    pub(crate) fn taken(&self, cores: &[Draft]) -> Taken {
        let fixed: Vec<&Draft> = cores.iter().filter(|core| self.is_fixed(core)).collect();
        let mut a: Vec<Range<u32>> = fixed.iter().map(|core| core.a.clone()).collect();
        let mut b: Vec<Range<u32>> = fixed.iter().map(|core| core.b.clone()).collect();
        a.sort_unstable_by_key(|range| range.start);
        b.sort_unstable_by_key(|range| range.start);
        Taken { a, b }
    }

    /// Cores and clusters resolved into drafts, in order of their place in A.
    pub(crate) fn resolve(&mut self, cores: Vec<Draft>, clusters: &[Cluster]) -> Vec<Draft> {
        let mut absorbed = vec![false; cores.len()];
        let mut drafts: Vec<Draft> = Vec::new();
        let fixed: Vec<bool> = cores.iter().map(|core| self.is_fixed(core)).collect();
        for cluster in clusters {
            if self.is_sure(cluster)
                || stands_beside(cluster, &cores, &fixed)
                || stands_between(cluster, &cores, &fixed)
            {
                drafts.push(self.grow(cluster, &cores, &fixed, &mut absorbed));
            }
        }
        let left = cores.into_iter().zip(absorbed).filter(|(_, absorbed)| !absorbed);
        drafts.extend(left.map(|(core, _)| core).filter(|core| self.is_worth_reporting(core)));
        let claimed = self.claim(drafts);
        let joined = self.join(claimed);
        let mut cut: Vec<Draft> = joined.into_iter().flat_map(|draft| self.cut_at_paragraphs(draft)).collect();
        // A stretch used twice may have been joined or cut out of turn.
        cut.sort_by_key(|draft| (draft.a.start, draft.b.start, draft.a.end, draft.b.end));
        cut.retain(|draft| draft.a.len().min(draft.b.len()) >= self.options.min_words.min(self.shorter()));
        mark_moved(&mut cut);
        cut
    }

    fn is_sure(&self, cluster: &Cluster) -> bool {
        let bytes = self.bytes_a(&cluster.a).min(self.bytes_b(&cluster.b));
        if 4 * bytes >= 3 * self.a.text.len().min(self.b.text.len()) as u32 {
            // All there is of a short text.
            return cluster.evidence >= self.options.evidence;
        }
        cluster.evidence >= self.options.evidence
            && (bytes >= CLUSTER_BYTES || (bytes >= SURE_BYTES && cluster.cosine >= SURE_COSINE))
    }

    /// Tokens of the shorter text: a text shorter than the fewest words of a passage may still be a passage whole.
    fn shorter(&self) -> usize {
        self.a.len().min(self.b.len()).max(1)
    }

    /// A cluster with the cores it surrounds, aligned and trimmed.
    fn grow(&mut self, cluster: &Cluster, cores: &[Draft], fixed: &[bool], absorbed: &mut [bool]) -> Draft {
        let (mut a, mut b) = (cluster.a.clone(), cluster.b.clone());
        let first = cores.partition_point(|core| core.a.start + REACH < cluster.a.start);
        for (at, core) in cores.iter().enumerate().skip(first).take_while(|(_, core)| core.a.start < cluster.a.end) {
            let inside = mostly_inside(&core.a, &cluster.a) && mostly_inside(&core.b, &cluster.b);
            if inside && !fixed[at] {
                absorbed[at] = true;
                a = a.start.min(core.a.start)..a.end.max(core.a.end);
                b = b.start.min(core.b.start)..b.end.max(core.b.end);
            }
        }
        let mut draft = self.aligned(a, b);
        (draft.cosine, draft.evidence) = (cluster.cosine, if cluster.condensed { 0.0 } else { cluster.evidence });
        if !cluster.condensed && draft.dice() >= TRIM {
            let untrimmed = draft.clone();
            trim(&mut draft);
            if draft.dice() >= self.options.edited {
                self.retract(&mut draft);
            }
            self.keep_sentences(&mut draft, &untrimmed);
            self.let_out(&mut draft);
        }
        draft
    }

    /// Gives back an end that trimming took whole sentences from on both sides: they were found alike as sentences.
    fn keep_sentences(&self, draft: &mut Draft, untrimmed: &Draft) {
        let least = self.options.min_words as u32;
        let whole =
            |a: Range<u32>, b: Range<u32>| holds_sentence(self.a, &a, least) && holds_sentence(self.b, &b, least);
        if whole(untrimmed.a.start..draft.a.start, untrimmed.b.start..draft.b.start) {
            (draft.a.start, draft.b.start) = (untrimmed.a.start, untrimmed.b.start);
        }
        if whole(draft.a.end..untrimmed.a.end, draft.b.end..untrimmed.b.end) {
            (draft.a.end, draft.b.end) = (untrimmed.a.end, untrimmed.b.end);
        }
        let (a, b) = (draft.a.clone(), draft.b.clone());
        draft.runs = untrimmed.runs.iter().copied().filter(|run| within(run, &a, &b)).collect();
        draft.nearly = untrimmed.nearly.iter().copied().filter(|(x, y)| a.contains(x) && b.contains(y)).collect();
    }

    /// Two stretches aligned; words that nearly match are looked for only where many do not match.
    fn aligned(&mut self, a: Range<u32>, b: Range<u32>) -> Draft {
        let Alignment { runs, nearly } = self.aligner.complete(a.clone(), b.clone(), &[]);
        let draft = Draft { a, b, runs, nearly, cosine: 0.0, evidence: 0.0, moved: false };
        if draft.dice() >= CLOSE {
            return draft;
        }
        let Alignment { runs, nearly } = self.aligner.complete_loosely(draft.a.clone(), draft.b.clone());
        Draft { runs, nearly, ..draft }
    }

    /// A core left over is reported when it is long, or made of whole sentences, or all there is of a short text.
    fn is_worth_reporting(&self, core: &Draft) -> bool {
        let enough = core.matched() >= self.options.min_words.min(self.shorter());
        let long = self.bytes_a(&core.a).min(self.bytes_b(&core.b)) >= CORE_BYTES;
        enough && (long || (is_sentences(self.a, &core.a) && is_sentences(self.b, &core.b)))
    }

    fn bytes_a(&self, range: &Range<u32>) -> u32 {
        bytes(self.a, range)
    }

    fn bytes_b(&self, range: &Range<u32>) -> u32 {
        bytes(self.b, range)
    }

    /// Keeps the drafts with the most matched first; a later one must be free on both sides, or have much to say on one.
    fn claim(&self, mut drafts: Vec<Draft>) -> Vec<Draft> {
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

    /// Joins neighbours with little between them.
    fn join(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match joined.last_mut() {
                Some(last) if self.belong_together(last, &draft) => *last = self.joined(last, draft),
                _ => joined.push(draft),
            }
        }
        joined
    }

    /// Both well aligned: in order, with at most a few words between and no sentence. Else: near on both sides.
    fn belong_together(&self, first: &Draft, second: &Draft) -> bool {
        if first.dice() < CORE || second.dice() < CORE {
            return distance(&first.a, &second.a).max(distance(&first.b, &second.b)) <= JOIN_LOOSE;
        }
        if !first.precedes(second) {
            return false;
        }
        let (gap_a, gap_b) = (first.a.end..second.a.start, first.b.end..second.b.start);
        let least = self.options.min_words as u32;
        let holds = holds_sentence(self.a, &gap_a, least) || holds_sentence(self.b, &gap_b, least);
        gap_a.len().max(gap_b.len()) as u32 <= JOIN && !holds
    }

    fn joined(&mut self, first: &Draft, second: Draft) -> Draft {
        let a = first.a.start..first.a.end.max(second.a.end);
        let b = first.b.start.min(second.b.start)..first.b.end.max(second.b.end);
        let mut draft = if first.precedes(&second) {
            let gap = self.aligner.complete(first.a.end..second.a.start, first.b.end..second.b.start, &[]);
            let runs = [&first.runs[..], &gap.runs, &second.runs].concat();
            let nearly = [&first.nearly[..], &second.nearly].concat();
            Draft { a, b, runs: touching_joined(runs), nearly, ..first.clone_shell() }
        } else {
            self.aligned(a, b)
        };
        draft.cosine = first.cosine.max(second.cosine);
        draft.evidence = first.evidence + second.evidence;
        draft
    }

    /// Cuts at paragraph borders that both sides share, where the parts differ in kind.
    fn cut_at_paragraphs(&self, draft: Draft) -> Vec<Draft> {
        let mut parts: Vec<Draft> = Vec::new();
        let mut rest = draft;
        for (a, b) in self.shared_borders(&rest) {
            let (before, after) = halves(&rest, a, b);
            let least = self.options.min_words;
            if before.a.len().min(before.b.len()) >= least && after.a.len().min(after.b.len()) >= least {
                parts.push(before);
                rest = after;
            }
        }
        parts.push(rest);
        let mut cut: Vec<Draft> = Vec::with_capacity(parts.len());
        for part in parts {
            match cut.last_mut() {
                Some(last) if last.kind(self.options) == part.kind(self.options) => append(last, part),
                _ => cut.push(part),
            }
        }
        cut
    }

    /// Paragraph borders inside the draft that the alignment maps onto each other, as the tokens after them.
    fn shared_borders(&self, draft: &Draft) -> Vec<(u32, u32)> {
        let (in_a, in_b) = (paragraphs(self.a, &draft.a), paragraphs(self.b, &draft.b));
        let mut borders = Vec::new();
        let mut from = 0;
        for a in in_a {
            let (least, most) = draft.image(a);
            if let Some(at) = in_b[from..].iter().position(|&b| (least..=most).contains(&b)) {
                borders.push((a, in_b[from + at]));
                from += at + 1;
            }
        }
        borders
    }

    /// Moves the ends out to sentence borders that are near on both sides.
    fn let_out(&mut self, draft: &mut Draft) {
        let (from_a, from_b) = (sentence(self.a, draft.a.start).start, sentence(self.b, draft.b.start).start);
        if draft.a.start - from_a <= SNAP && draft.b.start - from_b <= SNAP {
            let head = self.aligner.complete(from_a..draft.a.start, from_b..draft.b.start, &[]);
            draft.runs = touching_joined([&head.runs[..], &draft.runs].concat());
            (draft.a.start, draft.b.start) = (from_a, from_b);
        }
        let (to_a, to_b) = (sentence(self.a, draft.a.end - 1).end, sentence(self.b, draft.b.end - 1).end);
        if to_a - draft.a.end <= SNAP && to_b - draft.b.end <= SNAP {
            let tail = self.aligner.complete(draft.a.end..to_a, draft.b.end..to_b, &[]);
            tail.runs.into_iter().for_each(|run| push(&mut draft.runs, run));
            (draft.a.end, draft.b.end) = (to_a, to_b);
        }
    }
}

impl Drafter<'_> {
    /// Takes the ends back from sentences of which only a few words were matched.
    fn retract(&self, draft: &mut Draft) {
        self.retract_end(draft);
        self.retract_start(draft);
    }

    /// Takes the end back to the last sentence border where little is matched beyond it, unless both sentences end there.
    fn retract_end(&self, draft: &mut Draft) {
        let (a, b) = (sentence(self.a, draft.a.end - 1), sentence(self.b, draft.b.end - 1));
        let complete = a.end == draft.a.end && b.end == draft.b.end;
        if complete || a.start <= draft.a.start || b.start <= draft.b.start {
            return;
        }
        let (before, after) = halves(draft, a.start, b.start);
        if self.is_scrap(draft, &before, &after) {
            *draft = before;
        }
    }

    /// The same for the start.
    fn retract_start(&self, draft: &mut Draft) {
        let (a, b) = (sentence(self.a, draft.a.start), sentence(self.b, draft.b.start));
        let complete = a.start == draft.a.start && b.start == draft.b.start;
        if complete || a.end >= draft.a.end || b.end >= draft.b.end {
            return;
        }
        let (before, after) = halves(draft, a.end, b.end);
        if self.is_scrap(draft, &after, &before) {
            *draft = after;
        }
    }

    /// Whether `scrap`, cut from `draft`, holds too few words to stand, no run was lost with the cut, and enough is kept.
    fn is_scrap(&self, draft: &Draft, kept: &Draft, scrap: &Draft) -> bool {
        let whole = kept.matched() + scrap.matched() == draft.matched();
        let few = scrap.matched() <= SCRAP || (scrap.matched() < self.options.min_words && scrap.dice() < CORE);
        whole && few && kept.matched() >= 2 * scrap.matched()
    }
}

/// How far before a cluster a core that reaches into it or stands beside it may begin, in tokens: only small ones are
/// absorbed, and of long ones the last part counts.
const REACH: u32 = 4096;

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

impl Draft {
    /// Where token `a` of A may lie in B: between the matches around it.
    fn image(&self, a: u32) -> (u32, u32) {
        let after = self.runs.partition_point(|run| run.end_a() <= a);
        let least = if after == 0 { self.b.start } else { self.runs[after - 1].end_b() };
        match self.runs.get(after) {
            Some(run) if run.a < a => (run.b + (a - run.a), run.b + (a - run.a)),
            Some(run) => (least, run.b),
            None => (least, self.b.end),
        }
    }
}

fn bytes(text: &Tokenised<'_>, range: &Range<u32>) -> u32 {
    if range.is_empty() { 0 } else { text.places[range.end as usize - 1].1 - text.places[range.start as usize].0 }
}

/// Tokens of the sentence that holds token `at`.
fn sentence(text: &Tokenised<'_>, at: u32) -> Range<u32> {
    let index = text.sentences.partition_point(|sentence| sentence.tokens.end <= at);
    text.sentences[index].tokens.clone()
}

fn is_sentences(text: &Tokenised<'_>, range: &Range<u32>) -> bool {
    sentence(text, range.start).start == range.start && sentence(text, range.end - 1).end == range.end
}

/// Whether a whole sentence of `least` tokens or more lies in `gap`.
fn holds_sentence(text: &Tokenised<'_>, gap: &Range<u32>, least: u32) -> bool {
    if (gap.len() as u32) < least {
        return false;
    }
    let first = text.sentences.partition_point(|sentence| sentence.tokens.start < gap.start);
    let inside = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.end <= gap.end);
    inside.map(|sentence| sentence.tokens.len() as u32).any(|tokens| tokens >= least)
}

/// First tokens of the paragraphs that begin inside `range`.
fn paragraphs(text: &Tokenised<'_>, range: &Range<u32>) -> Vec<u32> {
    let first = text.sentences.partition_point(|sentence| sentence.tokens.start <= range.start);
    let inside = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < range.end);
    inside.filter(|sentence| sentence.paragraph).map(|sentence| sentence.tokens.start).collect()
}

fn mostly_inside(inner: &Range<u32>, outer: &Range<u32>) -> bool {
    let overlap = inner.end.min(outer.end).saturating_sub(inner.start.max(outer.start));
    2 * overlap > inner.len() as u32
}

/// The draft of some of its runs alone.
fn part(draft: &Draft, runs: Range<usize>) -> Draft {
    let runs = draft.runs[runs].to_vec();
    let (first, last) = (runs[0], runs[runs.len() - 1]);
    Draft { a: first.a..last.end_a(), b: first.b..last.end_b(), runs, ..draft.clone_shell() }
}

impl Draft {
    /// Everything but runs and near matches, which the caller fills in.
    fn clone_shell(&self) -> Self {
        Self { a: self.a.clone(), b: self.b.clone(), runs: Vec::new(), nearly: Vec::new(), ..*self }
    }
}

/// The draft before and after token `a` of A and `b` of B.
fn halves(draft: &Draft, a: u32, b: u32) -> (Draft, Draft) {
    let (mut before, mut after) = (draft.clone_shell(), draft.clone_shell());
    (before.a.end, before.b.end) = (a, b);
    (after.a.start, after.b.start) = (a, b);
    for &run in &draft.runs {
        if run.end_a() <= a && run.end_b() <= b {
            before.runs.push(run);
        } else if run.a >= a && run.b >= b {
            after.runs.push(run);
        } else if a > run.a && a < run.end_a() && a - run.a == b.wrapping_sub(run.b) {
            let len = a - run.a;
            before.runs.push(Run { len, ..run });
            after.runs.push(Run { a, b, len: run.len - len });
        }
    }
    (before.nearly, after.nearly) = draft.nearly.iter().partition(|(at, _)| *at < a);
    (before, after)
}

fn append(last: &mut Draft, part: Draft) {
    last.a.end = part.a.end;
    last.b.end = part.b.end;
    for run in part.runs {
        push(&mut last.runs, run);
    }
    last.nearly.extend(part.nearly);
}

/// Keeps the best-scoring stretch of the alignment: matches earn, tokens between them cost (a local alignment along one
/// path; J. Bentley, "Programming pearls: algorithm design techniques", 1984, for the scan).
fn trim(draft: &mut Draft) {
    let mut steps: Vec<(u32, u32, u32, f64)> = draft.runs.iter().map(|run| (run.a, run.b, run.len, 1.0)).collect();
    steps.extend(draft.nearly.iter().map(|&(a, b)| (a, b, 1, NEARLY)));
    steps.sort_unstable_by_key(|step| (step.0, step.1));
    let mut best = (0.0, draft.a.clone(), draft.b.clone());
    let (mut sum, mut start, mut end) = (0.0, (0, 0), None);
    for (a, b, len, earned) in steps {
        if let Some((end_a, end_b)) = end {
            sum -= TRIM_PRICE * f64::from(u32::max(a - end_a, b - end_b));
        }
        if sum <= 0.0 {
            (sum, start) = (0.0, (a, b));
        }
        sum += earned * f64::from(len);
        end = Some((a + len, b + len));
        if sum > best.0 {
            best = (sum, start.0..a + len, start.1..b + len);
        }
    }
    (draft.a, draft.b) = (best.1, best.2);
}

fn within(run: &Run, a: &Range<u32>, b: &Range<u32>) -> bool {
    run.a >= a.start && run.end_a() <= a.end && run.b >= b.start && run.end_b() <= b.end
}

/// Marks the drafts that stand out of the main order: the drafts that keep it hold the most matched tokens.
fn mark_moved(drafts: &mut [Draft]) {
    let mut by_b: Vec<usize> = (0..drafts.len()).collect();
    by_b.sort_by_key(|&at| (drafts[at].b.start, drafts[at].a.start));
    let weight = |at: usize| drafts[by_b[at]].matched() as u64 + 1;
    let main = heaviest_increasing(by_b.len(), |at| drafts[by_b[at]].a.start, weight);
    let mut moved = vec![true; drafts.len()];
    main.into_iter().for_each(|at| moved[by_b[at]] = false);
    drafts.iter_mut().zip(moved).for_each(|(draft, moved)| draft.moved = moved);
}

/// Runs with those that touch made one.
fn touching_joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined = Vec::with_capacity(runs.len());
    runs.into_iter().for_each(|run| push(&mut joined, run));
    joined
}

/// Tokens between two ranges; 0 where they touch or overlap.
fn distance(x: &Range<u32>, y: &Range<u32>) -> u32 {
    y.start.saturating_sub(x.end).max(x.start.saturating_sub(y.end))
}
