//! Many small pairs, as a batch run compares them: on all threads and on one.

mod made;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use likewise::batch::{DocumentPair, compare_pairs};
use likewise::report::lines::passage_lines;
use likewise::{Document, Options};
use made::{Script, pair};
use std::convert::Infallible;

const PAIRS: usize = 500;
/// Sizes of the texts: from this, each pair a little larger.
const LEAST_BYTES: usize = 2_000;
const STEP_BYTES: usize = 12;

/// Bytes of passage lines.
fn lines(pairs: &[DocumentPair<'_>]) -> usize {
    let mut bytes = 0;
    let render = |_, found: &likewise::Comparison<'_>| -> Vec<u8> {
        passage_lines(found, false).flat_map(|line| serde_json::to_vec(&line).expect("a line has a form")).collect()
    };
    let Ok(()) = compare_pairs(pairs, &Options::default(), render, |_, line| {
        bytes += line.len();
        Ok::<_, Infallible>(())
    });
    bytes
}

fn batch(criterion: &mut Criterion) {
    let documents: Vec<(Document, Document)> =
        (0..PAIRS).map(|at| pair(LEAST_BYTES + at * STEP_BYTES, Script::Ascii)).collect();
    // Every other pair is of two texts that share nothing.
    let other = |at: usize| if at.is_multiple_of(2) { at } else { (at + 1) % PAIRS };
    let pairs: Vec<_> = (0..PAIRS).map(|at| DocumentPair { a: &documents[at].0, b: &documents[other(at)].1 }).collect();
    let mut group = criterion.benchmark_group("batch");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(pairs.iter().map(|pair| pair.bytes() as u64).sum()));
    group.bench_function("all threads", |bench| bench.iter(|| lines(&pairs)));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread is to be had");
    group.bench_function("one thread", |bench| bench.iter(|| one.install(|| lines(&pairs))));
}

criterion_group!(benches, batch);
criterion_main!(benches);
