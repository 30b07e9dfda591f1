//! An archive on disk: adding documents, opening it, and what a check asks of it.

mod made;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use likewise::archive::{Index, Snapshot, WriteOptions, Writer};
use likewise::{Document, bench};
use made::{Script, pair};

/// Pairs of related documents.
const PAIRS: usize = 1000;
/// Bytes of the smallest; each pair is a byte larger, and another text.
const BYTES: usize = 3_300;

fn documents() -> Vec<Document> {
    let both = |at: usize| {
        let (a, b) = pair(BYTES + at, Script::Ascii);
        [Document { id: format!("{at}a"), ..a }, Document { id: format!("{at}b"), ..b }]
    };
    (0..PAIRS).flat_map(both).collect()
}

fn archive(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder is to be had");
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mut group = criterion.benchmark_group("archive");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes as u64));
    let mut number = 0;
    for (name, texts) in [("add", true), ("add-no-text", false)] {
        let options = WriteOptions { texts, ..WriteOptions::default() };
        group.bench_function(name, |bench| {
            bench.iter_batched(
                || {
                    number += 1;
                    (folder.path().join(number.to_string()), documents.clone())
                },
                |(path, documents)| {
                    let mut writer = Writer::create(path, &options).expect("the folder is empty");
                    writer.add_documents(documents).expect("the disk takes them");
                    writer.commit().expect("the disk takes them");
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
    let path = folder.path().join("archive");
    let mut writer = Writer::create(&path, &WriteOptions::default()).expect("the folder is empty");
    writer.add_documents(documents.clone()).expect("the disk takes them");
    writer.commit().expect("the disk takes them");
    let mut group = criterion.benchmark_group("archive");
    group.bench_function("open", |bench| bench.iter(|| Snapshot::open(&path).expect("it is sound").len()));
    let snapshot = Snapshot::open(&path).expect("it is sound");
    let hashes = bench::archive_fingerprints(&documents[PAIRS].text);
    group.throughput(Throughput::Elements(hashes.len() as u64));
    group.bench_function("look-up", |bench| {
        let mut found = Vec::new();
        bench.iter(|| {
            found.clear();
            let one = |&hash: &u64| snapshot.postings(hash, 32, &mut found).expect("it is sound");
            hashes.iter().map(one).sum::<usize>()
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("document", |bench| {
        let mut number = 0;
        bench.iter(|| {
            number = (number + 997) % snapshot.numbers();
            snapshot.document(number).expect("it is sound").text.len()
        });
    });
}

criterion_group!(benches, archive);
criterion_main!(benches);
