//! A corpus from file to pairs: read, near-duplicates, candidates; and the pairs compared.

mod made;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use likewise::Options;
use likewise::corpus::{Corpus, CorpusError, CorpusOptions};
use made::{Script, pair};
use std::path::PathBuf;

/// Pairs of related documents; no two pairs share more than chance.
const PAIRS: usize = 500;
/// Sizes of the documents: from this, each pair a little larger.
const LEAST_BYTES: usize = 2_000;
const STEP_BYTES: usize = 6;

/// Writes the corpus to `folder`: its path, and bytes of text.
fn written(folder: &std::path::Path) -> (PathBuf, u64) {
    let mut lines = String::new();
    let mut bytes = 0;
    for at in 0..PAIRS {
        let (a, b) = pair(LEAST_BYTES + at * STEP_BYTES, Script::Ascii);
        for (side, document) in [("a", a), ("b", b)] {
            bytes += document.text.len() as u64;
            lines += &serde_json::json!({"id": format!("{at}{side}"), "text": document.text}).to_string();
            lines += "\n";
        }
    }
    let path = folder.join("docs.jsonl");
    std::fs::write(&path, lines).expect("the folder takes a file");
    (path, bytes)
}

fn corpus(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder is to be had");
    let (path, bytes) = written(folder.path());
    let options = CorpusOptions::new(Options::default(), folder.path());
    let near_alone = CorpusOptions { passages: false, ..options.clone() };
    let read = |options: &CorpusOptions| {
        Corpus::read(std::slice::from_ref(&path), options, &|_| {}).expect("the corpus can be read")
    };
    let mut group = criterion.benchmark_group("corpus");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("read", |bench| bench.iter(|| read(&options).len()));
    group.bench_function("near-duplicates", |bench| {
        bench.iter(|| read(&near_alone).near_duplicates().expect("nothing is on disk").pairs().len());
    });
    group.bench_function("candidates", |bench| {
        bench.iter(|| {
            let mut corpus = read(&options);
            let near = corpus.near_duplicates().expect("nothing is on disk");
            corpus.candidates(&near).expect("nothing is on disk").counts().kept
        });
    });
    let mut corpus = read(&options);
    let near = corpus.near_duplicates().expect("nothing is on disk");
    let candidates = corpus.candidates(&near).expect("nothing is on disk");
    let pairs = corpus.pairs(&near, Some(&candidates));
    group.bench_function("compare", |bench| {
        bench.iter(|| {
            let mut passages = 0;
            let take = |_: &_, found: usize| {
                passages += found;
                Ok::<(), CorpusError>(())
            };
            corpus.compare(&pairs, |found| found.passages().count(), take).expect("the documents are still there");
            passages
        });
    });
}

criterion_group!(benches, corpus);
criterion_main!(benches);
