//! One pair of documents, the stages in order and nothing else.

use crate::chain::chains;
use crate::change::{self, ValuePair};
use crate::document::Document;
use crate::draft::{Draft, Drafter};
use crate::letters;
use crate::options::Options;
use crate::passage::{Passage, Segment, SegmentKind};
use crate::quote::{is_quoted, quotations};
use crate::reword;
use crate::seed::runs;
use crate::segment::{self, Part, SideOf};
use crate::shingle::{Overlap, ShingleSize};
use crate::simhash;
use crate::similarity::{Extent, similarity};
use crate::span::{CharOffsets, Span};
use crate::text::{Tokenised, tokenise};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::sync::Arc;

/// What two documents share, and what only one of them says.
#[derive(Debug, Clone)]
pub struct Comparison<'d> {
    /// The options it was made with.
    pub options: Options,
    /// The first document.
    pub a: Side<'d>,
    /// The second document.
    pub b: Side<'d>,
    /// Figures over the whole pair.
    pub scores: Scores,
    /// Sorted by their place in A, then in B.
    pub passages: Vec<Passage>,
    /// What fills the slots on either side where the verdict is [`Verdict::SameTemplate`]; empty otherwise. In A's order.
    pub values: Vec<ValuePair>,
    /// Where a bound on the work cut in, and what was left out; empty nearly always.
    pub cut_short: Vec<CutShort>,
    /// Shingles that both have, each as often as the one that has it less often.
    pub(crate) shared_shingles: usize,
}

/// One document of a comparison.
#[derive(Debug, Clone)]
pub struct Side<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its words: tokens after folding.
    pub words: usize,
    /// Spans of its sentences, in order.
    pub sentences: Vec<Span>,
    /// 64-bit signature of the whole text.
    pub simhash: u64,
    /// What folding had to drop or map.
    pub folded: Folded,
    /// Tiles of the text, from its first byte to its last.
    pub segments: Vec<Segment>,
    /// Bytes to code points.
    pub offsets: CharOffsets,
    /// Its tokens and their places, for what is asked of a comparison later.
    pub(crate) read: Arc<Tokenised<'d>>,
}

/// What folding dropped or mapped, because a reader cannot see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folded {
    /// Characters dropped: zero-width, soft hyphens, direction controls, fillers.
    pub hidden_characters: usize,
    /// Words that mix letters of several scripts, mapped to one.
    pub mixed_script_words: usize,
}

/// In a word, how alike the two documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Every word of both, in the same order.
    #[serde(rename = "identical")]
    Identical,
    /// The same words but for numbers, dates, names and other values.
    #[serde(rename = "same template, different values")]
    SameTemplate,
    /// All but a few words.
    #[serde(rename = "near-identical")]
    NearIdentical,
    /// Large parts of both, in largely the same words.
    #[serde(rename = "strikingly similar")]
    StrikinglySimilar,
    /// Some passages.
    #[serde(rename = "partly shared")]
    PartlyShared,
    /// No passage.
    #[serde(rename = "unrelated")]
    Unrelated,
}

impl Verdict {
    /// The words for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::SameTemplate => "same template, different values",
            Self::NearIdentical => "near-identical",
            Self::StrikinglySimilar => "strikingly similar",
            Self::PartlyShared => "partly shared",
            Self::Unrelated => "unrelated",
        }
    }
}

/// Figures over the whole pair; all but `simhash_distance`, `longest_words` and `verdict` lie between 0 and 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// How alike the two are, in one figure for texts of any length: shared words by their weight and order. 1 where all words
    /// are equal and in one order, and nowhere else; 0 where none is shared.
    pub similarity: f64,
    /// Jaccard resemblance of the shingle multisets.
    pub resemblance: f64,
    /// Share of A's shingles that are in B.
    pub containment_a: f64,
    /// Share of B's shingles that are in A.
    pub containment_b: f64,
    /// Hamming distance of the two simhashes, 0 to 64.
    pub simhash_distance: u32,
    /// Share of A's words inside passages.
    pub shared_a: f64,
    /// Share of B's words inside passages.
    pub shared_b: f64,
    /// Share of A's words in sentences that both sides have word for word, in whatever passage.
    pub verbatim_a: f64,
    /// The same of B's.
    pub verbatim_b: f64,
    /// Words in the longest run that both share word for word.
    pub longest_words: usize,
    /// The figures in a word.
    pub verdict: Verdict,
}

/// A bound on the work that cut in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutShort {
    /// The stage.
    pub stage: String,
    /// What was left out, and where.
    pub what: String,
}

impl Side<'_> {
    /// Share of the words in segments of `kind`, 0 to 1. Over the four kinds it adds to 1; a text without words is all unique.
    pub fn share(&self, kind: SegmentKind) -> f64 {
        if self.words == 0 {
            return f64::from(u8::from(kind == SegmentKind::Unique));
        }
        let words: usize =
            self.segments.iter().filter(|segment| segment.kind == kind).map(|segment| segment.words).sum();
        words as f64 / self.words as f64
    }

    /// Code points before byte `offset`.
    pub fn chars_before(&self, offset: usize) -> usize {
        self.offsets.of(&self.document.text, offset)
    }

    /// Length of the text in code points.
    pub fn chars(&self) -> usize {
        self.offsets.chars()
    }
}

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

/// As [`compare`](fn@compare), without judging what edits do to the meaning, which costs several times as much as finding them: no passage has
/// changes, and no pair is called one template.
pub(crate) fn compare_wording<'d>(a: &'d Document, b: &'d Document, options: &Options) -> Comparison<'d> {
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

    fn both(a: &'d Document, b: &'d Document) -> (Self, Self) {
        both(a.text.len() + b.text.len(), || Self::new(a), || Self::new(b))
    }
}

/// A stage of the engine, for [`trace`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Folded tokens with their places.
    Tokens,
    /// Sentences and the tokens in them.
    Sentences,
    /// Exact runs grown from shared shingles.
    Runs,
    /// Runs in order with small gaps.
    Chains,
    /// Chains that match well.
    Cores,
    /// Stretches of reworded sentences.
    Clusters,
    /// What becomes passages.
    Drafts,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] =
        [Self::Tokens, Self::Sentences, Self::Runs, Self::Chains, Self::Cores, Self::Clusters, Self::Drafts];

    /// The word for it in flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Sentences => "sentences",
            Self::Runs => "runs",
            Self::Chains => "chains",
            Self::Cores => "cores",
            Self::Clusters => "clusters",
            Self::Drafts => "drafts",
        }
    }
}

/// What `stage` makes of a pair, a line for each thing, so that wrong output can be followed to where it arose. Ranges
/// count tokens; the pair is worked on with the shorter text as A, which the first line names.
pub fn trace(a: &Document, b: &Document, options: &Options, stage: Stage) -> String {
    let swapped = !in_order(&a.text, &b.text);
    let (first, second) = if swapped { (b, a) } else { (a, b) };
    let mut out = format!("A = {:?}, B = {:?}\n", first.id, second.id);
    let (a, b) = ReadDocument::both(a, b);
    Stages::run(&a, &b, options, &mut |at, lines| {
        if at == stage {
            lines.write(&mut out);
        }
    });
    out
}

/// What a stage made, to be written only when asked for.
struct Made<'s>(&'s dyn Fn(&mut String));

impl Made<'_> {
    fn write(&self, out: &mut String) {
        (self.0)(out);
    }
}

type Tracer<'s> = &'s mut dyn FnMut(Stage, Made<'_>);

/// Hands each item to the tracer as a line.
fn note<T: std::fmt::Debug>(tracer: Tracer<'_>, stage: Stage, items: &[T]) {
    tracer(stage, Made(&|out| items.iter().for_each(|item| _ = writeln!(out, "{item:?}"))));
}

/// Tokens and sentences of both texts as lines.
fn note_texts(tracer: Tracer<'_>, a: &Tokenised<'_>, b: &Tokenised<'_>) {
    let sides = [("A", a), ("B", b)];
    tracer(Stage::Tokens, Made(&|out| sides.iter().for_each(|(name, text)| text.list_tokens(name, out))));
    tracer(Stage::Sentences, Made(&|out| sides.iter().for_each(|(name, text)| text.list_sentences(name, out))));
}

/// Which way round a pair is worked on, whatever the order it is asked for in.
fn in_order(a: &str, b: &str) -> bool {
    (a.len(), a) <= (b.len(), b)
}

/// What the stages made of a pair of texts.
struct Stages<'t> {
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
    fn run(a: &ReadDocument<'t>, b: &ReadDocument<'t>, options: &Options, tracer: Tracer<'_>) -> Self {
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
        let size = ShingleSize { words: options.shingle, characters: options.character_shingle };
        let (runs, overlap) = runs(&a.tokens, &b.tokens, size.at_most(a.len().min(b.len())));
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
        let side = |read, side| self.side(read, &parts, &passages, side);
        let (side_a, side_b) = both(bytes, || side(a, SideOf::A), || side(b, SideOf::B));
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

    fn side(&self, read: &ReadDocument<'t>, parts: &[Vec<Part>], passages: &[Passage], side: SideOf) -> Side<'t> {
        let text = &read.text;
        Side {
            document: read.document,
            words: text.len(),
            sentences: text.sentences.iter().map(|sentence| sentence.span).collect(),
            simhash: read.simhash,
            folded: text.folded,
            segments: segment::segments(text, parts, passages, side),
            offsets: read.offsets.clone(),
            read: Arc::clone(text),
        }
    }

    fn scores(&self, a: &Side<'_>, b: &Side<'_>, passages: &[Passage], template: bool) -> Scores {
        let (shared_a, shared_b) = (shared(a), shared(b));
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
            verdict: self.verdict(a, b, passages, template),
        }
    }

    /// Words that passages match word for word, for each of so many, 0 to 1.
    fn matched(&self, of: usize) -> f64 {
        let words: usize = self.drafts.iter().map(Draft::matched).sum();
        words as f64 / of.max(1) as f64
    }

    fn verdict(&self, a: &Side<'_>, b: &Side<'_>, passages: &[Passage], template: bool) -> Verdict {
        let (shared_a, shared_b) = (shared(a), shared(b));
        let (least, most) = (shared_a.min(shared_b), shared_a.max(shared_b));
        let (shorter, longer) = (self.a.len().min(self.b.len()), self.a.len().max(self.b.len()));
        let large = least >= STRIKING || (most >= MOSTLY && least >= STRIKING / 2.0);
        if self.a.tokens == self.b.tokens {
            Verdict::Identical
        } else if template {
            Verdict::SameTemplate
        } else if least >= NEAR_IDENTICAL && self.matched(longer) >= MATCHED {
            Verdict::NearIdentical
        } else if large && (self.similarity >= ALIKE || self.matched(shorter) >= STRIKING) {
            Verdict::StrikinglySimilar
        } else if passages.is_empty() {
            Verdict::Unrelated
        } else {
            Verdict::PartlyShared
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

/// Share of a side's words inside passages.
fn shared(side: &Side<'_>) -> f64 {
    1.0 - side.share(SegmentKind::Unique)
}

/// Shares of words from which two texts are near-identical, and strikingly similar: on the side that shares less, or on
/// the one that shares more if the other shares half as much as would do alone.
const NEAR_IDENTICAL: f64 = 0.9;
const STRIKING: f64 = 0.5;
const MOSTLY: f64 = 0.75;
/// Similarity from which texts that share large parts are alike in their words, too, unless half of the shorter one is matched
/// word for word.
const ALIKE: f64 = 0.35;
/// Share of the longer text's words that near-identical texts have word for word in their passages.
const MATCHED: f64 = 0.85;

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(a: &str, b: &str) -> Verdict {
        let (a, b) = (Document::new("a", a), Document::new("b", b));
        compare(&a, &b, &Options::default()).scores.verdict
    }

    #[test]
    fn texts_are_strikingly_similar_for_their_words_and_not_for_their_vocabulary() {
        // Words of one small vocabulary, drawn twice: the orders have nothing to do with each other.
        let words = |seed: u64| -> String {
            let mut state = seed;
            let mut draw = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b'a' + (state >> 33) as u8 % 26)
            };
            (0..420).map(|_| format!("{}rope ", draw())).collect()
        };
        assert_eq!(verdict(&words(1), &words(7)), Verdict::PartlyShared);
        let shared = "The two governments agreed to talk through military channels about the missiles that were stationed in the south, \
            and to let trade and travel return to what they had been before the quarrel began.";
        let (a, b) = (format!("{shared} Fish is dear."), format!("Snow fell in the hills all week. {shared}"));
        assert_eq!(verdict(&a, &b), Verdict::StrikinglySimilar);
    }
}
