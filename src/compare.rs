//! One pair of documents: the stages in order, and what they come to.

use crate::chain::chains;
use crate::change;
use crate::comparison::{Comparison, CutShort, Scores, Side};
use crate::document::Document;
use crate::draft::{Draft, Drafter};
use crate::extent::Extent;
use crate::letters;
use crate::options::Options;
use crate::passage::{Passage, SegmentKind};
use crate::quote::{is_quoted, quotations};
use crate::reword;
use crate::seed::runs;
use crate::segment::{self, Part};
use crate::shingle::Overlap;
use crate::simhash;
use crate::similarity::similarity;
use crate::span::CharOffsets;
use crate::text::{Tokenised, tokenise};
use crate::trace::{Stage, Tracer, note, note_texts};
use crate::verdict::{Figures, Verdict};
use crate::which::Which;
use rayon::prelude::*;
use std::sync::Arc;

/// Compares two documents. Never fails; the cost is near linear in their length, whatever they hold.
///
/// `options` are taken as they are: [`Options::check`] them first when they come from outside.
///
/// ```
/// use likewise::{Document, Kind, Options, compare};
/// let a = Document::new("a", "The two sides agreed to communicate through military channels on the system.");
/// let b = Document::new("b", "Both noted it. The two sides agreed to communicate through military channels on the system.");
/// let comparison = compare(&a, &b, &Options::default());
/// assert_eq!(comparison.passages[0].kind, Kind::Verbatim);
/// assert_eq!(comparison.passages[0].a.of(&a.text), a.text);
/// ```
pub fn compare<'d>(a: &'d Document, b: &'d Document, options: &Options) -> Comparison<'d> {
    let (a, b) = ReadDocument::both(a, b);
    Stages::run(&a, &b, options, &mut |_, _| {}).report(&a, &b, options, true)
}

/// As [`compare`], without judging what edits do to the meaning, which costs several times as much as finding them: no passage has
/// changes, and no pair is called one template.
pub fn compare_wording<'d>(a: &'d Document, b: &'d Document, options: &Options) -> Comparison<'d> {
    let (a, b) = ReadDocument::both(a, b);
    compare_wording_of(&a, &b, options)
}

/// As [`compare_wording`], of documents that were read before.
pub(crate) fn compare_wording_of<'d>(a: &ReadDocument<'d>, b: &ReadDocument<'d>, options: &Options) -> Comparison<'d> {
    Stages::run(a, b, options, &mut |_, _| {}).report(a, b, options, false)
}

/// A document, and what each of its comparisons needs that depends on it alone.
#[derive(Debug, Clone)]
pub(crate) struct ReadDocument<'d> {
    pub document: &'d Document,
    pub text: Arc<Tokenised<'d>>,
    pub simhash: u64,
    pub offsets: CharOffsets,
    /// How much it says; of an excerpt, how much the whole document does.
    pub extent: Extent,
}

impl<'d> ReadDocument<'d> {
    /// Cost: linear.
    pub(crate) fn new(document: &'d Document) -> Self {
        let text = tokenise(&document.text);
        Self {
            document,
            simhash: simhash::of_tokens(&text.tokens),
            offsets: CharOffsets::new(&document.text),
            extent: Extent::of(&text),
            text: Arc::new(text),
        }
    }

    pub(crate) fn both(a: &'d Document, b: &'d Document) -> (Self, Self) {
        both(a.text.len() + b.text.len(), || Self::new(a), || Self::new(b))
    }
}

/// Which way round a pair is worked on, whatever the order it is asked for in.
pub(crate) fn in_order(a: &str, b: &str) -> bool {
    (a.len(), a) <= (b.len(), b)
}

/// What the stages made of a pair of texts.
pub(crate) struct Stages<'t> {
    a: Arc<Tokenised<'t>>,
    b: Arc<Tokenised<'t>>,
    overlap: Overlap,
    similarity: f64,
    drafts: Vec<Draft>,
    cut_short: Vec<CutShort>,
}

/// Bytes over which the two sides of a stage are worth two threads: below it, waking a thread and sharing its memory
/// costs more time than it saves.
const PARALLEL: usize = 1 << 22;

/// Runs two tasks, on two threads where the texts are long enough for that to pay.
fn both<T: Send>(bytes: usize, x: impl FnOnce() -> T + Send, y: impl FnOnce() -> T + Send) -> (T, T) {
    if bytes > PARALLEL { rayon::join(x, y) } else { (x(), y()) }
}

impl<'t> Stages<'t> {
    /// Runs the stages. A pair is always worked on the same way round, so that its two orders mirror each other.
    pub(crate) fn run(a: &ReadDocument<'t>, b: &ReadDocument<'t>, options: &Options, tracer: Tracer<'_>) -> Self {
        let (text_a, text_b) = (Arc::clone(&a.text), Arc::clone(&b.text));
        if in_order(&a.document.text, &b.document.text) {
            Self::run_ordered(text_a, text_b, [a.extent, b.extent], options, tracer)
        } else {
            Self::run_ordered(text_b, text_a, [b.extent, a.extent], options, tracer).mirrored()
        }
    }

    /// The stages, in order.
    fn run_ordered(
        a: Arc<Tokenised<'t>>,
        b: Arc<Tokenised<'t>>,
        extents: [Extent; 2],
        options: &Options,
        tracer: Tracer<'_>,
    ) -> Self {
        note_texts(tracer, &a, &b);
        let size = options.shingle_size().at_most(a.len().min(b.len()));
        let (runs, overlap) = runs(&a.tokens, &b.tokens, size);
        note(tracer, Stage::Runs, &runs);
        let chains = chains(&runs, a.len(), b.len());
        note(tracer, Stage::Chains, &chains);
        let mut drafter = Drafter::new(&a, &b, options, extents);
        let cores = drafter.cores(&chains);
        note(tracer, Stage::Cores, &cores);
        let mut clusters = reword::clusters(&a, &b, &drafter.taken(&cores), options);
        let [free_a, free_b] = drafter.free(&cores, &clusters);
        clusters.extend(letters::clusters(&a, &b, [&free_a, &free_b]));
        note(tracer, Stage::Clusters, &clusters);
        let drafts = drafter.resolve(cores, &clusters);
        note(tracer, Stage::Drafts, &drafts);
        let cut_short = cut_short(drafter.given_up());
        drop(drafter);
        let similarity = similarity(&a, &b, &drafts, extents);
        Self { a, b, overlap, similarity, drafts, cut_short }
    }

    fn mirrored(self) -> Self {
        let mut drafts: Vec<Draft> = self.drafts.into_iter().map(Draft::mirrored).collect();
        drafts.sort_by_key(|draft| (draft.a.start, draft.b.start));
        let overlap = Overlap { a: self.overlap.b, b: self.overlap.a, shared: self.overlap.shared };
        Self { a: self.b, b: self.a, overlap, drafts, ..self }
    }

    /// `judge`: whether what edits do to the meaning is looked at.
    fn report(&self, a: &ReadDocument<'t>, b: &ReadDocument<'t>, options: &Options, judge: bool) -> Comparison<'t> {
        let mut passages: Vec<Passage> =
            self.drafts.iter().map(|draft| segment::passage(draft, &self.a, &self.b, options)).collect();
        let (text_a, text_b) = (&a.document.text, &b.document.text);
        let bytes = text_a.len() + text_b.len();
        let (quotations_a, quotations_b) = both(bytes, || quotations(text_a), || quotations(text_b));
        for passage in &mut passages {
            passage.quoted_a = is_quoted(&quotations_a, passage.a);
            passage.quoted_b = is_quoted(&quotations_b, passage.b);
        }
        let turned = !in_order(text_a, text_b);
        let source_a = change::Source { tokens: &self.a, quotations: &quotations_a };
        let source_b = change::Source { tokens: &self.b, quotations: &quotations_b };
        if judge {
            let judge = |(passage, draft): (&mut Passage, &Draft)| {
                change::judge(passage, draft, source_a, source_b, turned);
            };
            if bytes > PARALLEL {
                passages.par_iter_mut().zip(&self.drafts).for_each(judge);
            } else {
                passages.iter_mut().zip(&self.drafts).for_each(judge);
            }
        }
        let parts: Vec<Vec<Part>> =
            self.drafts.iter().map(|draft| segment::parts(draft, &self.a, &self.b, options)).collect();
        let side = |read, which| self.side(read, &parts, &passages, which);
        let (side_a, side_b) = both(bytes, || side(a, Which::A), || side(b, Which::B));
        let values = if judge { change::template(&passages, &side_a, &side_b) } else { None };
        let scores = self.scores(&side_a, &side_b, &passages, values.is_some());
        let values = values.filter(|_| scores.verdict == Verdict::SameTemplate).unwrap_or_default();
        Comparison {
            options: options.clone(),
            a: side_a,
            b: side_b,
            scores,
            passages,
            values,
            cut_short: self.cut_short.clone(),
            shared_shingles: self.overlap.shared,
        }
    }

    fn side(&self, read: &ReadDocument<'t>, parts: &[Vec<Part>], passages: &[Passage], which: Which) -> Side<'t> {
        let text = &read.text;
        Side {
            document: read.document,
            words: text.len(),
            sentences: text.sentences.iter().map(|sentence| sentence.span).collect(),
            simhash: read.simhash,
            folded: text.folded,
            segments: segment::segments(text, parts, passages, which),
            offsets: read.offsets.clone(),
            read: Arc::clone(text),
        }
    }

    fn scores(&self, a: &Side<'_>, b: &Side<'_>, passages: &[Passage], template: bool) -> Scores {
        let (shared_a, shared_b) = (a.shared(), b.shared());
        let figures = Figures {
            equal: self.a.tokens == self.b.tokens,
            template,
            shared: [shared_a, shared_b],
            similarity: self.similarity,
            matched: self.drafts.iter().map(Draft::matched).sum(),
            words: [a.words, b.words],
            any_passage: !passages.is_empty(),
        };
        Scores {
            similarity: self.similarity,
            resemblance: self.overlap.resemblance(),
            containment_a: self.overlap.containment_a(),
            containment_b: self.overlap.containment_b(),
            simhash_distance: simhash::distance(a.simhash, b.simhash),
            shared_a,
            shared_b,
            verbatim_a: a.share(SegmentKind::Verbatim),
            verbatim_b: b.share(SegmentKind::Verbatim),
            longest_words: self
                .drafts
                .iter()
                .flat_map(|draft| &draft.runs)
                .map(|run| run.len as usize)
                .max()
                .unwrap_or(0),
            verdict: figures.verdict(),
        }
    }
}

/// What the aligner gave up on, if anything.
fn cut_short(given_up: usize) -> Vec<CutShort> {
    if given_up == 0 {
        return Vec::new();
    }
    let what = format!("{given_up} long stretches inside passages without a word in common count as replaced whole");
    vec![CutShort { stage: "alignment".to_owned(), what }]
}
