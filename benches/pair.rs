//! One pair at four sizes, from two texts in memory to the report as JSON; beside it an in-order diff of the same words.

mod made;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imara_diff::{Algorithm, Diff, InternedInput};
use likewise::report::{Format, View};
use likewise::{Document, Options, compare};
use made::{Script, pair};
use std::io::sink;
use std::time::Duration;

const SIZES: [(&str, usize); 4] = [("5 kB", 5_000), ("100 kB", 100_000), ("1 MB", 1_000_000), ("10 MB", 10_000_000)];

fn json(a: &Document, b: &Document) {
    let found = compare(a, b, &Options::default());
    Format::Json.write(&found, &View::default(), &mut sink()).expect("a sink takes everything");
}

fn in_order(a: &str, b: &str) -> u32 {
    let mut input = InternedInput::default();
    input.update_before(a.split_whitespace());
    input.update_after(b.split_whitespace());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    diff.count_removals() + diff.count_additions()
}

fn pairs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pair");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for (name, bytes) in SIZES {
        let (a, b) = pair(bytes, Script::Ascii);
        group.throughput(Throughput::Bytes((a.text.len() + b.text.len()) as u64));
        group.bench_function(format!("likewise/{name}"), |bench| bench.iter(|| json(&a, &b)));
        group.bench_function(format!("imara-diff/{name}"), |bench| {
            bench.iter(|| in_order(&a.text, &b.text));
        });
    }
}

criterion_group!(benches, pairs);
criterion_main!(benches);
