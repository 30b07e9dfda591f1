//! Many listed pairs: compared in parallel, handed over in the order they are listed in.

use crate::compare::{compare, compare_wording};
use crate::comparison::Comparison;
use crate::document::Document;
use crate::options::Options;
use rayon::prelude::*;

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents that pair by pair share more and more words.
    fn documents() -> Vec<Document> {
        let words: Vec<_> = (0..400).map(|number| format!("word{number}")).collect();
        (0..20).map(|at| Document::new(format!("d{at:02}"), words[at * 10..at * 10 + 150].join(" "))).collect()
    }

    fn lines(pairs: &[DocumentPair<'_>], threads: usize) -> String {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut all = String::new();
        let render =
            |index: usize, found: &Comparison<'_>| format!("{index} {:?} {:?}\n", found.scores, found.passages);
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
}
