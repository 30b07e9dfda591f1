//! One article against an archive, warm: in memory, and on disk; and many articles in one run.

mod made;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use likewise::archive::{Index, Snapshot, WriteOptions, Writer};
use likewise::check::{CheckOptions, Checker, MemoryIndex, Scratch};
use likewise::{Document, Options};
use made::{Script, pair};

/// Documents of the archive, each related to one article.
const DOCUMENTS: usize = 1000;
/// Bytes of a text.
const BYTES: usize = 3_000;
/// Articles checked in one run.
const ARTICLES: usize = 100;

/// An archive, and articles that each share most of their wording with one of its documents.
fn newsroom() -> (Vec<Document>, Vec<Document>) {
    let pairs = (0..DOCUMENTS).map(|at| {
        let (a, b) = pair(BYTES + at, Script::Ascii);
        let named = |document: Document, side| Document { id: format!("{at}{side}"), ..document };
        (named(a, "a"), named(b, "b"))
    });
    let (archive, mut articles): (Vec<_>, Vec<_>) = pairs.unzip();
    articles.truncate(ARTICLES);
    (archive, articles)
}

fn checks(criterion: &mut Criterion, name: &str, index: &impl Index, articles: &[Document]) {
    let checker = Checker::new(index, CheckOptions::new(Options::default()));
    let mut group = criterion.benchmark_group(name);
    let mut scratch = Scratch::default();
    group.bench_function("one", |bench| {
        let mut next = articles.iter().cycle();
        bench.iter(|| {
            let article = next.next().expect("a cycle has no end");
            checker.check_with(article, &mut scratch).expect("the archive is sound").matches.len()
        });
    });
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("many", |bench| {
        bench.iter(|| checker.check_all(articles, |_, checked| checked.matches.len()).expect("the archive is sound"));
    });
}

fn check(criterion: &mut Criterion) {
    let (archive, articles) = newsroom();
    let folder = tempfile::tempdir().expect("a folder is to be had");
    let path = folder.path().join("archive");
    let mut writer = Writer::create(&path, &WriteOptions::default()).expect("the folder takes an archive");
    writer.add_documents(archive.clone()).expect("the disk takes it");
    writer.commit().expect("the disk takes it");
    let snapshot = Snapshot::open(&path).expect("it was just written");
    checks(criterion, "check-disk", &snapshot, &articles);
    checks(criterion, "check-memory", &MemoryIndex::new(archive), &articles);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = check
}
criterion_main!(benches);
