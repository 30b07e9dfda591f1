//! How far the time goes at each step of the way, on ASCII and on mixed scripts. The stages themselves are private; each
//! bench here adds one of them, by giving the others nothing to do.

mod made;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use likewise::report::{Format, View};
use likewise::{Document, Options, compare};
use made::{Script, pair};
use std::io::sink;

const BYTES: usize = 1_000_000;

fn stages(criterion: &mut Criterion) {
    let (options, empty) = (Options::default(), Document::new("empty", ""));
    for (script, name) in [(Script::Ascii, "ascii"), (Script::Mixed, "mixed")] {
        let (a, b) = pair(BYTES, script);
        let (other, _) = pair(BYTES / 2, script);
        let mut group = criterion.benchmark_group(format!("stages/{name}"));
        group.sample_size(20);
        group.throughput(Throughput::Bytes(a.text.len() as u64));
        // Fold, tokenise, sentences, simhash, segments: there is nothing to share.
        group.bench_function("read", |bench| bench.iter(|| compare(&a, &empty, &options)));
        // Its hash for the report.
        group.bench_function("sha256", |bench| bench.iter(|| a.sha256()));

        group.throughput(Throughput::Bytes((a.text.len() + other.text.len()) as u64));
        // And shingles, seeds, sentence vectors: words in common, no passage.
        group.bench_function("unrelated", |bench| bench.iter(|| compare(&a, &other, &options)));

        group.throughput(Throughput::Bytes((a.text.len() + b.text.len()) as u64));
        // One run from end to end.
        group.bench_function("identical", |bench| bench.iter(|| compare(&a, &a, &options)));
        // And chains, alignment, passages, edits.
        group.bench_function("related", |bench| bench.iter(|| compare(&a, &b, &options)));
        let found = compare(&a, &b, &options);
        group.bench_function("json", |bench| {
            bench.iter(|| Format::Json.write(&found, &View::default(), &mut sink()).expect("a sink takes everything"));
        });
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
