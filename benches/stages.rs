//! How far the time goes at each step of the way, on ASCII and on mixed scripts. What reads one text is timed by itself;
//! the rest through `compare`, on pairs that give it more and more to do.

mod made;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use likewise::report::{Format, View};
use likewise::{Options, bench, compare};
use made::{Script, pair};
use std::io::sink;

const BYTES: usize = 1_000_000;

fn stages(criterion: &mut Criterion) {
    let options = Options::default();
    for (script, name) in [(Script::Ascii, "ascii"), (Script::Mixed, "mixed")] {
        let (a, b) = pair(BYTES, script);
        let (other, _) = pair(BYTES / 2, script);
        let mut group = criterion.benchmark_group(format!("stages/{name}"));
        group.sample_size(20);
        group.throughput(Throughput::Bytes(a.text.len() as u64));
        group.bench_function("tokenise", |timer| timer.iter(|| bench::tokenise(&a.text)));
        group.bench_function("fingerprint", |timer| timer.iter(|| bench::fingerprint(&a.text, &options)));
        // Of the text, for the report.
        group.bench_function("sha256", |timer| timer.iter(|| a.sha256()));

        group.throughput(Throughput::Bytes((a.text.len() + b.text.len()) as u64));
        // One run from end to end.
        group.bench_function("identical", |timer| timer.iter(|| compare(&a, &a, &options)));
        // Chains, alignment, passages, edits.
        group.bench_function("related", |timer| timer.iter(|| compare(&a, &b, &options)));
        // Nothing but words in common: every sentence is looked at for rewording.
        group.throughput(Throughput::Bytes((a.text.len() + other.text.len()) as u64));
        group.bench_function("unrelated", |timer| timer.iter(|| compare(&a, &other, &options)));

        group.throughput(Throughput::Bytes((a.text.len() + b.text.len()) as u64));
        let found = compare(&a, &b, &options);
        group.bench_function("json", |timer| {
            timer.iter(|| Format::Json.write(&found, &View::default(), &mut sink()).expect("a sink takes everything"));
        });
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
