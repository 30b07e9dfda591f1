//! What is done with arbitrary bytes, and what must hold afterwards. Shared by the fuzz targets and `tests/mutations.rs`.

// Each fuzz target calls one of them.
#![allow(dead_code)]

use likewise::evaluate::{Case, Listing};
use likewise::read::{self, Limits, Pairs};
use likewise::{Comparison, Document, Edit, Kind, Options, Passage, Side, Span, Verdict, compare as compare_texts};
use std::io::Cursor;
use std::path::Path;

/// A name for each way to read the same bytes.
const NAMES: [&str; 9] =
    ["a.txt", "a.jsonl", "a.csv", "a.tsv", "a.txt.gz", "a.jsonl.gz", "a.csv.gz", "a.txt.zst", "a.jsonl.zst"];

/// Words from which a text that is compared with itself is a passage, whatever the words are.
const FEWEST: usize = 6;

/// Small enough that a bomb is met, not waited for.
fn limits() -> Limits {
    Limits { document_bytes: 1 << 20, unpacked_ratio: 50, unpacked_bytes: 1 << 18, line_bytes: 1 << 16 }
}

/// A text against itself: its tokens and sentences, and the one passage there can be.
pub fn tokenise(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (a, b) = (Document::new("a", &*text), Document::new("b", &*text));
    let found = compare_texts(&a, &b, &Options::default());
    check(&found);
    assert_eq!(found.scores.verdict, Verdict::Identical);
    assert_eq!(found.a.segments, found.b.segments);
    if found.a.words >= FEWEST {
        assert_eq!(found.passages.len(), 1, "one passage: {:?}", found.passages);
        assert_eq!((found.scores.verbatim_a, found.scores.verbatim_b), (1.0, 1.0));
    }
}

/// Two texts, parted at the first NUL or else in the middle, both ways round.
pub fn compare(bytes: &[u8]) {
    let middle = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len() / 2);
    let (first, second) = bytes.split_at(middle);
    let a = Document::new("a", String::from_utf8_lossy(first));
    let b = Document::new("b", String::from_utf8_lossy(second));
    let options = Options::default();
    let (there, back) = (compare_texts(&a, &b, &options), compare_texts(&b, &a, &options));
    check(&there);
    check(&back);
    assert_mirrored(&there, &back);
}

/// A pair list: every line is a pair or an error, and no id of a pair is empty.
pub fn pair_list(bytes: &[u8]) {
    let pairs = Pairs::new("list", Cursor::new(bytes.to_vec()), &limits()).expect("memory can be read");
    let lines = bytes.len() + 1;
    let read = pairs.inspect(|pair| {
        if let Ok(pair) = pair {
            assert!(!pair.a.is_empty() && !pair.b.is_empty(), "{pair:?}");
        }
    });
    assert!(read.take(lines + 1).count() <= lines, "more pairs than lines");
}

/// A file under each name that decides how it is read, by its first byte; and the same bytes as a stream.
pub fn documents(bytes: &[u8]) {
    let Some((&choice, content)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(NAMES[choice as usize % NAMES.len()]);
    std::fs::write(&path, content).expect("a file can be written");
    read_file(&path);
    if let Ok(document) = read::stream("-", Cursor::new(content.to_vec()), &limits()) {
        assert!(document.text.len() as u64 <= Limits::MOST);
    }
}

fn read_file(path: &Path) {
    let mut ids = std::collections::HashSet::new();
    for document in read::documents(path, &limits()).flatten() {
        assert!(ids.insert(document.id.clone()), "the id {} stands twice", document.id);
    }
    let _ = Case::read(path, &limits());
    let _ = Listing::read(path, "kind", &limits());
}

/// What holds for every comparison.
fn check(found: &Comparison<'_>) {
    check_side(&found.a);
    check_side(&found.b);
    for passage in &found.passages {
        check_passage(passage, found);
    }
    let scores = &found.scores;
    assert!((0.0..=1.0).contains(&scores.similarity), "{scores:?}");
    for share in [scores.resemblance, scores.containment_a, scores.containment_b, scores.shared_a, scores.shared_b] {
        assert!((0.0..=1.0).contains(&share), "{scores:?}");
    }
}

fn check_side(side: &Side<'_>) {
    let text = &side.document.text;
    let tiles: Vec<Span> = side.segments.iter().map(|segment| segment.span).collect();
    assert_tiled(&tiles, Span::new(0, text.len()), text);
    assert!(tiles.iter().all(|tile| !tile.is_empty()));
    assert_eq!(side.segments.iter().map(|segment| segment.words).sum::<usize>(), side.words);
    assert_eq!(side.chars(), text.chars().count());
    let mut end = 0;
    for sentence in &side.sentences {
        assert!(sentence.start >= end && sentence.end > sentence.start, "sentences in order: {:?}", side.sentences);
        assert!(!sentence.of(text).is_empty());
        end = sentence.end;
    }
}

fn check_passage(passage: &Passage, found: &Comparison<'_>) {
    let spans = |side: fn(&Edit) -> Span| passage.edits.iter().map(side).collect::<Vec<_>>();
    assert_tiled(&spans(|edit| edit.a), passage.a, &found.a.document.text);
    assert_tiled(&spans(|edit| edit.b), passage.b, &found.b.document.text);
    assert!(!passage.a.is_empty() && !passage.b.is_empty());
    assert!((0.0..=1.0).contains(&passage.similarity), "{passage:?}");
    assert_eq!(passage.kind == Kind::Verbatim, passage.similarity == 1.0, "{passage:?}");
}

/// `spans` follow each other from the start to the end of `whole`, and cut `text` between characters.
fn assert_tiled(spans: &[Span], whole: Span, text: &str) {
    let mut at = whole.start;
    for span in spans {
        assert_eq!(span.start, at, "a gap or an overlap: {spans:?}");
        assert!(text.get(span.range()).is_some(), "{span:?} is no part of {text:?}");
        at = span.end;
    }
    assert_eq!(at, whole.end, "{spans:?}");
}

/// The same passages with the sides exchanged.
fn assert_mirrored(there: &Comparison<'_>, back: &Comparison<'_>) {
    let key = |a: Span, b: Span, passage: &Passage| (a, b, passage.kind, passage.moved);
    let mut forth: Vec<_> = there.passages.iter().map(|passage| key(passage.a, passage.b, passage)).collect();
    let mut home: Vec<_> = back.passages.iter().map(|passage| key(passage.b, passage.a, passage)).collect();
    forth.sort();
    home.sort();
    assert_eq!(forth, home);
    assert_eq!((there.scores.shared_a, there.scores.shared_b), (back.scores.shared_b, back.scores.shared_a));
    assert_eq!(there.scores.verdict, back.scores.verdict);
}
