//! Many listed pairs: compared in parallel, handed over in the order they are listed in.

use crate::change::{Change, ChangeKind, Severity};
use crate::compare::{compare, compare_wording};
use crate::comparison::Comparison;
use crate::document::Document;
use crate::options::Options;
use crate::passage::{Kind, SegmentKind};
use crate::report::{plain_cell, round4};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bytes of text compared between two deliveries: enough to keep every thread busy, little enough to hold the results.
const CHUNK_BYTES: usize = 16 << 20;
/// Pairs between two deliveries at most, where texts are tiny.
const CHUNK_PAIRS: usize = 4096;
/// Pairs per thread between two deliveries at least, where texts are huge.
const PAIRS_PER_THREAD: usize = 4;

/// Two documents to be compared.
#[derive(Debug, Clone, Copy)]
pub struct DocumentPair<'d> {
    /// In PAN's terms the suspicious document.
    pub a: &'d Document,
    /// In PAN's terms the source.
    pub b: &'d Document,
}

impl DocumentPair<'_> {
    /// Bytes of both texts.
    pub fn bytes(&self) -> usize {
        self.a.text.len() + self.b.text.len()
    }
}

/// Compares every pair, on as many threads as rayon has. `work` turns each comparison, on the thread that made it, into
/// what is kept of it; `take` gets that in order, on the calling thread. Both get the index of the pair as well. What `take` sees does
/// not depend on the number of threads.
///
/// Memory: what `work` returns for some 16 MB of text, and one comparison per thread.
///
/// ```
/// use likewise::{Document, Options, batch};
///
/// let (a, b) = (Document::new("a", "One text, and little else."), Document::new("b", "Another."));
/// let pairs = [batch::DocumentPair { a: &a, b: &b }, batch::DocumentPair { a: &a, b: &a }];
/// let mut shared = Vec::new();
/// batch::compare_pairs(&pairs, &Options::default(), |_, found| found.scores.shared_a, |_, share| {
///     shared.push(share);
///     Ok::<(), std::convert::Infallible>(())
/// })?;
/// assert_eq!(shared.len(), 2);
/// # Ok::<(), std::convert::Infallible>(())
/// ```
///
/// # Errors
///
/// The first that `take` returns; nothing is compared after it.
pub fn compare_pairs<'d, T: Send, E>(
    pairs: &[DocumentPair<'d>],
    options: &Options,
    work: impl Fn(usize, &Comparison<'d>) -> T + Sync,
    take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    work_through(pairs, |at, pair| work(at, &compare(pair.a, pair.b, options)), take)
}

/// As [`compare_pairs`], without judging what edits do to the meaning, for who asks for passages alone: no passage has
/// changes, and no pair is called one template.
///
/// # Errors
///
/// The first that `take` returns; nothing is compared after it.
pub fn compare_wording_of_pairs<'d, T: Send, E>(
    pairs: &[DocumentPair<'d>],
    options: &Options,
    work: impl Fn(usize, &Comparison<'d>) -> T + Sync,
    take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    work_through(pairs, |at, pair| work(at, &compare_wording(pair.a, pair.b, options)), take)
}

/// Calls `work` for every pair, in parallel, and `take` with what it returns, in order. See [`compare_pairs`].
pub(crate) fn work_through<'d, T: Send, E>(
    pairs: &[DocumentPair<'d>],
    work: impl Fn(usize, &DocumentPair<'d>) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    let mut done = 0;
    while done < pairs.len() {
        let chunk = &pairs[done..done + chunk_len(&pairs[done..])];
        let compared = chunk.par_iter().enumerate().with_max_len(1);
        let kept: Vec<T> = compared.map(|(at, pair)| work(done + at, pair)).collect();
        for kept in kept {
            take(done, kept)?;
            done += 1;
        }
    }
    Ok(())
}

/// How many of the pairs to compare before the next delivery.
fn chunk_len(pairs: &[DocumentPair<'_>]) -> usize {
    let fewest = PAIRS_PER_THREAD * rayon::current_num_threads();
    let mut bytes = 0;
    let full = pairs.iter().position(|pair| {
        bytes += pair.bytes();
        bytes > CHUNK_BYTES
    });
    full.unwrap_or(pairs.len()).max(fewest).min(CHUNK_PAIRS).min(pairs.len())
}

/// A passage as one line of JSON. Offsets are code points of the texts as read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassageLine<'c> {
    /// Id of the first document.
    pub a: Cow<'c, str>,
    /// Id of the second document.
    pub b: Cow<'c, str>,
    /// First code point in A.
    pub a_start: usize,
    /// One past the last code point in A.
    pub a_end: usize,
    /// First code point in B.
    pub b_start: usize,
    /// One past the last code point in B.
    pub b_end: usize,
    /// How the two sides relate.
    pub kind: Kind,
    /// Stands out of the main order.
    pub moved: bool,
    /// 0 to 1, rounded to four decimals.
    pub similarity: f64,
    /// Words of A's side.
    pub words: usize,
    /// Distinct texts of a corpus that have the passage, where they are too many for it to say that two of them are
    /// related.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boilerplate: Option<usize>,
    /// A's side, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a_text: Option<Cow<'c, str>>,
    /// B's side, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b_text: Option<Cow<'c, str>>,
}

/// The passages of a comparison as lines, in order. `text`: with the text of both sides.
pub fn passage_lines<'c>(found: &'c Comparison<'_>, text: bool) -> impl Iterator<Item = PassageLine<'c>> {
    let (a, b) = (&found.a, &found.b);
    found.passages.iter().map(move |passage| PassageLine {
        a: Cow::Borrowed(&a.document.id),
        b: Cow::Borrowed(&b.document.id),
        a_start: a.chars_before(passage.a.start),
        a_end: a.chars_before(passage.a.end),
        b_start: b.chars_before(passage.b.start),
        b_end: b.chars_before(passage.b.end),
        kind: passage.kind,
        moved: passage.moved,
        similarity: round4(passage.similarity),
        words: passage.words_a,
        boilerplate: None,
        a_text: text.then(|| passage.a.of(&a.document.text).into()),
        b_text: text.then(|| passage.b.of(&b.document.text).into()),
    })
}

/// A change of meaning as one line of JSON. Offsets are code points of the texts as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine<'c> {
    /// Id of the first document.
    pub a: Cow<'c, str>,
    /// Id of the second document.
    pub b: Cow<'c, str>,
    /// The passage it lies in, counted from 0 among those of the pair.
    pub passage: usize,
    /// What it is about.
    pub kind: ChangeKind,
    /// How much it matters.
    pub severity: Severity,
    /// What stands in A; empty where it was added.
    pub before: Cow<'c, str>,
    /// What stands in B; empty where it was dropped.
    pub after: Cow<'c, str>,
    /// First code point in A.
    pub a_start: usize,
    /// One past the last code point in A.
    pub a_end: usize,
    /// First code point in B.
    pub b_start: usize,
    /// One past the last code point in B.
    pub b_end: usize,
}

/// The changes of a comparison as lines, in the order of A.
pub fn change_lines<'c>(found: &'c Comparison<'_>) -> Vec<ChangeLine<'c>> {
    let (a, b) = (&found.a, &found.b);
    let passages = found.passages.iter().enumerate();
    let changes = passages.flat_map(|(at, passage)| passage.changes.iter().map(move |change| (at, change)));
    let line = |(passage, change): (usize, &'c Change)| ChangeLine {
        a: Cow::Borrowed(&a.document.id),
        b: Cow::Borrowed(&b.document.id),
        passage,
        kind: change.kind,
        severity: change.severity,
        before: change.a.of(&a.document.text).into(),
        after: change.b.of(&b.document.text).into(),
        a_start: a.chars_before(change.a.start),
        a_end: a.chars_before(change.a.end),
        b_start: b.chars_before(change.b.start),
        b_end: b.chars_before(change.b.end),
    };
    let mut lines: Vec<_> = changes.map(line).collect();
    lines.sort_by_key(|line| (line.a_start, line.b_start, line.a_end, line.b_end, line.kind));
    lines
}

/// A pair as one line of JSON: its figures and how many passages it has. Shares are rounded to four decimals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairLine {
    /// Id of the first document.
    pub a: String,
    /// Id of the second document.
    pub b: String,
    /// How alike the two are, in one figure for texts of any length.
    pub similarity: f64,
    /// Jaccard resemblance of the shingles.
    pub resemblance: f64,
    /// Share of A's shingles that are in B.
    pub containment_a: f64,
    /// Share of B's shingles that are in A.
    pub containment_b: f64,
    /// Hamming distance of the two simhashes, 0 to 64.
    pub simhash_distance: u32,
    /// A's words inside passages.
    pub shared_words: usize,
    /// Words in the longest run that both share word for word.
    pub longest_words: usize,
    /// How many passages were found.
    pub passages: usize,
}

impl PairLine {
    /// The line of a comparison.
    pub fn new(found: &Comparison<'_>) -> Self {
        let scores = &found.scores;
        Self {
            a: found.a.document.id.clone(),
            b: found.b.document.id.clone(),
            similarity: round4(scores.similarity),
            resemblance: round4(scores.resemblance),
            containment_a: round4(scores.containment_a),
            containment_b: round4(scores.containment_b),
            simhash_distance: scores.simhash_distance,
            shared_words: shared_words(found),
            longest_words: scores.longest_words,
            passages: found.passages.len(),
        }
    }
}

/// A's words inside passages.
fn shared_words(found: &Comparison<'_>) -> usize {
    let shared = found.a.segments.iter().filter(|segment| segment.kind != SegmentKind::Unique);
    shared.map(|segment| segment.words).sum()
}

impl<'c> PassageLine<'c> {
    /// The same with a text that a spreadsheet would take for a formula marked as text, by an apostrophe in front.
    pub fn for_spreadsheet(self) -> Self {
        let plain = |cell: Cow<'c, str>| match plain_cell(&cell) {
            Cow::Owned(marked) => Cow::Owned(marked),
            Cow::Borrowed(_) => cell,
        };
        Self {
            a: plain(self.a),
            b: plain(self.b),
            a_text: self.a_text.map(plain),
            b_text: self.b_text.map(plain),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// Documents that pair by pair share more and more words.
    fn documents() -> Vec<Document> {
        let words: Vec<_> = (0..400).map(|number| format!("word{number}")).collect();
        (0..20).map(|at| Document::new(format!("d{at:02}"), words[at * 10..at * 10 + 150].join(" "))).collect()
    }

    fn lines(pairs: &[DocumentPair<'_>], threads: usize) -> String {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut all = String::new();
        let render = |index: usize, found: &Comparison<'_>| {
            let passages: Vec<_> = passage_lines(found, true).collect();
            format!(
                "{index} {} {}\n",
                serde_json::to_string(&PairLine::new(found)).unwrap(),
                serde_json::to_string(&passages).unwrap()
            )
        };
        pool.install(|| {
            compare_pairs(pairs, &Options::default(), render, |_, line| {
                all.push_str(&line);
                Ok::<_, std::convert::Infallible>(())
            })
        })
        .unwrap();
        all
    }

    #[test]
    fn the_order_is_that_of_the_pairs_for_any_number_of_threads() {
        let documents = documents();
        let pairs: Vec<_> =
            documents.iter().flat_map(|a| documents.iter().map(move |b| DocumentPair { a, b })).collect();
        let one = lines(&pairs, 1);
        assert_eq!(one.lines().count(), 400);
        assert!(one.lines().enumerate().all(|(index, line)| line.starts_with(&format!("{index} "))));
        assert_eq!(lines(&pairs, 8), one);
    }

    #[test]
    fn the_first_refusal_ends_the_run() {
        let documents = documents();
        let pairs: Vec<_> = documents.iter().map(|a| DocumentPair { a, b: a }).collect();
        let mut taken = 0;
        let refused = compare_pairs(
            &pairs,
            &Options::default(),
            |index, _| index,
            |index, _| {
                taken += 1;
                if index == 3 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((refused, taken), (Err("enough"), 4));
    }

    #[test]
    fn chunks_are_bounded_by_bytes_but_hold_work_for_every_thread() {
        let (small, large) = (Document::new("s", "x"), Document::new("l", "x".repeat(CHUNK_BYTES)));
        let pair = |a| DocumentPair { a, b: &small };
        assert_eq!(chunk_len(&[]), 0);
        assert_eq!(chunk_len(&vec![pair(&small); 10_000]), CHUNK_PAIRS);
        let threads = rayon::current_num_threads();
        assert_eq!(chunk_len(&vec![pair(&large); 10_000]), PAIRS_PER_THREAD * threads);
        assert_eq!(chunk_len(&[pair(&large)]), 1);
    }

    #[test]
    fn changes_are_lines_in_the_order_of_a() {
        let (a, b) = (Document::new("a", "Sie zählte zwölf Boote."), Document::new("b", "Sie zählte elf Boote."));
        let mut found = compare(&a, &a, &Options::default());
        found.passages = compare(&documents()[0], &documents()[0], &Options::default()).passages;
        found.b = compare(&b, &b, &Options::default()).a;
        let change = |start, kind, end_b| Change {
            kind,
            severity: Severity::Material,
            a: Span::new(start, start + 6),
            b: Span::new(start, end_b),
            sentence_a: Span::new(0, a.text.len()),
            sentence_b: Span::new(0, b.text.len()),
        };
        found.passages[0].changes = vec![change(12, ChangeKind::Number, 15), change(4, ChangeKind::Attribution, 10)];
        let lines = change_lines(&found);
        let places: Vec<_> = lines.iter().map(|line| (line.a_start, line.a_end, line.b_end)).collect();
        assert_eq!(places, [(4, 9, 9), (11, 16, 14)]);
        assert_eq!((&*lines[1].before, &*lines[1].after, &*lines[1].b), ("zwölf", "elf", "b"));
    }

    #[test]
    fn a_formula_is_marked_as_text() {
        let document = Document { id: "=A1".to_owned(), ..documents().swap_remove(0) };
        let found = compare(&document, &document, &Options::default());
        let line = passage_lines(&found, true).next().unwrap().for_spreadsheet();
        assert_eq!((line.a.as_ref(), line.a_text.as_deref()), ("'=A1", Some(document.text.as_str())));
    }
}
