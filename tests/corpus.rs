//! A corpus worked through as a whole gives what comparing each pair gives, whatever the threads and the memory.

use likewise::corpus::{
    Audit, Cluster, ClusterKind, Compared, Corpus, CorpusError, CorpusOptions, Missed, Relation, Remedy,
};
use likewise::report::lines::{PassageLine, passage_lines};
use likewise::{Document, Options, compare};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tempfile::TempDir;

/// Documents in a file of their own, with a folder for what does not fit in memory.
struct Scene {
    folder: TempDir,
}

impl Scene {
    fn new(texts: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let line = |(at, text): (usize, &String)| format!("{}\n", serde_json::json!({"id": id(at), "text": text}));
        let lines: String = texts.iter().enumerate().map(line).collect();
        std::fs::write(folder.path().join("docs.jsonl"), lines).unwrap();
        Self { folder }
    }

    fn options(&self) -> CorpusOptions {
        CorpusOptions::new(Options::default(), self.folder.path())
    }

    fn inputs(&self) -> [PathBuf; 1] {
        [self.folder.path().join("docs.jsonl")]
    }

    fn texts(&self) -> Texts {
        let lines = std::fs::read_to_string(&self.inputs()[0]).unwrap();
        let texts = lines.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            (line["id"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().chars().collect())
        });
        Texts(texts.collect())
    }

    /// The lines of every pair with a passage, and of all clusters.
    fn scan(&self, options: &CorpusOptions) -> Found {
        let mut corpus = Corpus::read(&self.inputs(), options, &|_| {}).unwrap();
        let near = corpus.near_duplicates().unwrap();
        let candidates = corpus.candidates(&near).unwrap();
        let pairs = corpus.pairs(&near, Some(&candidates));
        let mut found = Found::default();
        let mut passages = Vec::new();
        let texts = self.texts();
        let work = |found: &Compared<'_, '_>| {
            found.passage_lines(true).for_each(|line| texts.check(&line));
            let pair = serde_json::to_string(&found.pair_line()).unwrap();
            (lines(found), found.passages().collect::<Vec<_>>(), pair)
        };
        corpus
            .compare(&pairs, work, |_, (lines, places, pair)| {
                found.passages.extend(lines);
                found.pairs.push(pair);
                passages.extend(places);
                Ok::<(), CorpusError>(())
            })
            .unwrap();
        let clusters = corpus.document_clusters(&near, &pairs).into_iter().chain(Corpus::passage_clusters(&passages));
        found.clusters = clusters.map(|cluster| format!("{cluster:?}")).collect();
        found.spilled = corpus.spilled();
        found
    }
}

/// The code points of every document.
struct Texts(BTreeMap<String, Vec<char>>);

impl Texts {
    /// Both sides of a passage stand where it says.
    fn check(&self, line: &PassageLine<'_>) {
        let part = |id: &str, start: usize, end: usize| self.0[id][start..end].iter().collect::<String>();
        assert_eq!(line.a_text.as_deref(), Some(&*part(&line.a, line.a_start, line.a_end)));
        assert_eq!(line.b_text.as_deref(), Some(&*part(&line.b, line.b_start, line.b_end)));
    }
}

fn lines(found: &Compared<'_, '_>) -> Vec<String> {
    found.passage_lines(true).map(|line| serde_json::to_string(&line).unwrap()).collect()
}

#[derive(Debug, Default)]
struct Found {
    passages: Vec<String>,
    pairs: Vec<String>,
    clusters: Vec<String>,
    spilled: u64,
}

impl Found {
    fn lines(&self) -> [&[String]; 3] {
        [&self.passages, &self.pairs, &self.clusters]
    }
}

fn id(at: usize) -> String {
    format!("d{at:03}")
}

/// A word that depends on `number` alone.
fn word(number: u64) -> String {
    // Vigna's splitmix64.
    let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    let mixed = mixed ^ mixed >> 31;
    let letters = mixed.to_le_bytes().map(|byte| (b'a' + byte % 26) as char);
    // Now and then a letter of two bytes, so that bytes and code points part.
    let accent = if mixed & 7 == 0 { "é" } else { "" };
    letters[..3 + (mixed >> 60) as usize % 5].iter().collect::<String>() + accent
}

/// What a document is made of: words of its own, and stretches of a common text with a word edited here and there.
#[derive(Debug, Clone)]
enum Part {
    Own(usize),
    Common { from: usize, len: usize, edit: Option<usize> },
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        (3_usize..40).prop_map(Part::Own),
        (0_usize..90, 6_usize..60, prop::option::of(0_usize..60)).prop_map(|(from, len, edit)| Part::Common {
            from,
            len,
            edit
        }),
    ]
}

fn text(parts: &[Part], own: &mut u64) -> String {
    let mut words = Vec::new();
    let mut fresh = || {
        *own += 1;
        word(1_000_000 + *own)
    };
    for part in parts {
        match *part {
            Part::Own(len) => words.extend((0..len).map(|_| fresh())),
            Part::Common { from, len, edit } => {
                words.extend((from..from + len).enumerate().map(|(at, number)| match edit == Some(at) {
                    true => fresh(),
                    false => word(number as u64),
                }));
            }
        }
    }
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        match at % 11 {
            0 => text += &(word[..1].to_uppercase() + &word[1..]),
            _ => text += word,
        }
        text += if at % 11 == 10 { ". " } else { " " };
    }
    text
}

fn corpus() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::collection::vec(part(), 1..5), 2..9).prop_map(|documents| {
        let mut own = 0;
        documents.iter().map(|parts| text(parts, &mut own)).collect()
    })
}

/// The words of a text, folded as these texts need it.
fn shingles(text: &str, k: usize) -> BTreeSet<Vec<String>> {
    let words: Vec<_> = text.split_whitespace().map(|word| word.trim_end_matches('.').to_lowercase()).collect();
    words.windows(k).map(<[String]>::to_vec).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// With every shingle as a fingerprint, no cap, and one shared shingle enough, the pairs that share one are all compared,
    /// and what they share is what comparing each of them gives.
    #[test]
    fn all_pairs_compared_one_by_one_give_the_same(texts in corpus()) {
        let scene = Scene::new(&texts);
        // Of short texts nothing is cut off, whatever the margin.
        let are_short = texts.iter().all(|text| text.split_whitespace().count() <= 200);
        let margin = if are_short { scene.options().margin } else { 1_000_000 };
        let options = CorpusOptions { stretch: 5, frequent: 1000, margin, ..scene.options() };
        let documents: Vec<_> = texts.iter().enumerate().map(|(at, text)| Document::new(id(at), text)).collect();
        let mut expected = Vec::new();
        for (at, a) in documents.iter().enumerate() {
            for b in &documents[at + 1..] {
                if shingles(&a.text, 5).intersection(&shingles(&b.text, 5)).next().is_some() {
                    let found = compare(a, b, &options.engine);
                    expected.extend(passage_lines(&found, true).map(|line| serde_json::to_string(&line).unwrap()));
                }
            }
        }
        prop_assert_eq!(scene.scan(&options).passages, expected);
    }

    /// At the defaults, a stretch of twelve equal words is found whatever stands around it.
    #[test]
    fn twelve_equal_words_are_found(
        parts in [prop::collection::vec(part(), 0..3), prop::collection::vec(part(), 0..3)], from in 500_usize..600,
    ) {
        let mut own = 0;
        let shared = text(&[Part::Common { from, len: 12, edit: None }], &mut own);
        let [a, b] = parts.map(|parts| format!("{} {shared} {}", text(&parts, &mut own), text(&[Part::Own(20)], &mut own)));
        let scene = Scene::new(&[a, b]);
        let mut corpus = Corpus::read(&scene.inputs(), &scene.options(), &|_| {}).unwrap();
        let near = corpus.near_duplicates().unwrap();
        let candidates = corpus.candidates(&near).unwrap();
        prop_assert_eq!(corpus.pairs(&near, Some(&candidates)).pairs().len(), 1);
    }
}

/// Many documents that share more or less, some of them copies.
fn many() -> Vec<String> {
    let mut own = 0;
    (0..100)
        .map(|at: usize| match at {
            3 | 77 | 90 => text(&[Part::Common { from: 0, len: 80, edit: None }], &mut 0),
            _ => {
                let common = Part::Common { from: 40 * (at / 7), len: 30 + at % 50, edit: Some(at % 29) };
                text(&[Part::Own(at % 90), common, Part::Own(20)], &mut own)
            }
        })
        .collect()
}

#[test]
fn threads_and_memory_do_not_show() {
    let scene = Scene::new(&many());
    let expected = scene.scan(&scene.options());
    assert!(expected.passages.len() > 60 && expected.clusters.len() > 10 && expected.spilled == 0);
    for threads in [1, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for memory in [0, 1 << 30] {
            let found = pool.install(|| scene.scan(&CorpusOptions { memory, ..scene.options() }));
            assert_eq!(found.lines(), expected.lines(), "{threads} threads, {memory} bytes");
            assert_eq!(found.spilled > 0, memory < 1 << 20);
        }
    }
    assert_eq!(std::fs::read_dir(scene.folder.path()).unwrap().count(), 1, "nothing but the input is left");
}

#[test]
fn packed_files_and_folders_hold_what_plain_files_hold() {
    let texts = many();
    let scene = Scene::new(&texts);
    let expected = scene.scan(&scene.options()).passages;
    let folder = tempfile::tempdir().unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &std::fs::read(&scene.inputs()[0]).unwrap()).unwrap();
    let path = folder.path().join("docs.jsonl.gz");
    std::fs::write(&path, packed.finish().unwrap()).unwrap();
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    for (at, text) in texts.iter().enumerate() {
        std::fs::write(files.join(id(at)), text).unwrap();
    }
    for input in [path, files] {
        let mut corpus = Corpus::read(std::slice::from_ref(&input), &scene.options(), &|_| {}).unwrap();
        assert_eq!(corpus.len(), texts.len());
        let near = corpus.near_duplicates().unwrap();
        let candidates = corpus.candidates(&near).unwrap();
        let pairs = corpus.pairs(&near, Some(&candidates));
        let mut found = Vec::new();
        corpus
            .compare(&pairs, lines, |_, lines| {
                found.extend(lines);
                Ok::<(), CorpusError>(())
            })
            .unwrap();
        assert_eq!(found, expected, "{}", input.display());
    }
}

#[test]
fn a_document_that_changes_meanwhile_is_named() {
    let scene = Scene::new(&many());
    let mut corpus = Corpus::read(&scene.inputs(), &scene.options(), &|_| {}).unwrap();
    let near = corpus.near_duplicates().unwrap();
    let candidates = corpus.candidates(&near).unwrap();
    let pairs = corpus.pairs(&near, Some(&candidates));
    std::fs::write(&scene.inputs()[0], "{}\n").unwrap();
    let error = corpus.compare(&pairs, |_| {}, |_, ()| Ok::<(), CorpusError>(())).unwrap_err();
    assert!(error.to_string().contains("changed while the corpus was worked on"), "{error}");
}

#[test]
fn a_sentence_in_every_document_links_them_at_linear_cost() {
    let mut own = 0;
    let texts: Vec<_> = (0..300)
        .map(|_| text(&[Part::Own(60), Part::Common { from: 0, len: 22, edit: None }, Part::Own(5)], &mut own))
        .collect();
    let scene = Scene::new(&texts);
    let found = scene.scan(&scene.options());
    assert!(found.pairs.len() < 4 * texts.len(), "{} pairs", found.pairs.len());
    let mut linked: BTreeMap<String, usize> = BTreeMap::new();
    for line in &found.passages {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for side in ["a", "b"] {
            *linked.entry(line[side].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert_eq!(linked.len(), texts.len(), "every document is in a pair");
    assert_eq!(found.clusters.len(), 1, "and the passage is one cluster");
}

#[test]
fn a_document_with_a_sentence_of_every_other_is_compared_around_each() {
    let mut own = 0;
    let sentence = |at: usize| text(&[Part::Common { from: 40 * at, len: 22, edit: None }], &mut 0);
    let mut texts: Vec<_> = (0..60)
        .map(|at| format!("{}{}{}", text(&[Part::Own(200)], &mut own), sentence(at), text(&[Part::Own(200)], &mut own)))
        .collect();
    texts.push((0..60).map(sentence).collect());
    let scene = Scene::new(&texts);
    let found = scene.scan(&scene.options());
    assert_eq!(found.passages.len(), 60);
    assert_eq!(found.clusters.len(), 60);
    // Of a pair compared in part, the figures are those of the whole.
    let whole = scene.scan(&CorpusOptions { margin: 1_000_000, ..scene.options() });
    let scores = |line: &String| -> serde_json::Value { serde_json::from_str(line).unwrap() };
    for (part, whole) in found.pairs.iter().map(scores).zip(whole.pairs.iter().map(scores)) {
        for figure in [
            "a",
            "b",
            "similarity",
            "containment_a",
            "containment_b",
            "resemblance",
            "simhash_distance",
            "longest_words",
        ] {
            assert_eq!(part[figure], whole[figure], "{figure}");
        }
    }
}

#[test]
fn an_audit_tells_what_was_found_and_what_would_find_the_rest() {
    let mut own = 0;
    let mut texts = many();
    texts.extend(
        (0..50)
            .map(|_| text(&[Part::Own(60), Part::Common { from: 900, len: 22, edit: None }, Part::Own(40)], &mut own)),
    );
    let scene = Scene::new(&texts);
    let audited = |options: &CorpusOptions| {
        let mut corpus = Corpus::read(&scene.inputs(), options, &|_| {}).unwrap();
        let near = corpus.near_duplicates().unwrap();
        let candidates = corpus.candidates(&near).unwrap();
        corpus.audit(&near, &candidates, 1000).unwrap()
    };
    let all = audited(&CorpusOptions { frequent: 1000, ..scene.options() });
    assert!(all.related > 1200 && all.recall > 0.99 && all.missed_as_frequent == 0, "{all:?}");
    let capped = audited(&CorpusOptions { frequent: 8, ..scene.options() });
    assert_eq!((capped.documents, capped.related), (all.documents, all.related));
    assert!(capped.missed_as_frequent > 900, "{capped:?}");
    // What is said to find a pair does.
    assert_eq!(capped.missed.len(), Audit::LISTED);
    let most = capped.missed.iter().map(|missed| match missed.remedy {
        Remedy::Frequent(texts) => texts,
        Remedy::Stretch(words) => panic!("{words} words would do for {missed:?}"),
    });
    let mended = audited(&CorpusOptions { frequent: most.max().unwrap(), ..scene.options() });
    let pair = |missed: &Missed| (missed.a.clone(), missed.b.clone());
    let still: BTreeSet<_> = mended.missed.iter().map(pair).collect();
    assert!(capped.missed.iter().all(|missed| !still.contains(&pair(missed)) && missed.words >= 12));
    assert!(capped.interval.0 < capped.recall && capped.recall < capped.interval.1);
}

/// A text as a bad scan of it reads: one letter in four is another, one word border in ten is gone.
fn scanned(text: &str, seed: u64) -> String {
    let noise = |at: usize| word(seed << 32 | at as u64).bytes().fold(0_u64, |sum, byte| sum * 31 + u64::from(byte));
    let letter = |(at, letter): (usize, char)| match noise(at) {
        n if letter.is_alphabetic() && n % 4 == 0 => Some((b'a' + (n / 4 % 26) as u8) as char),
        n if letter == ' ' && n % 10 == 0 => None,
        _ => Some(letter),
    };
    text.chars().enumerate().filter_map(letter).collect()
}

#[test]
fn bad_scans_of_a_text_are_near_duplicates_of_it_and_of_each_other() {
    let mut own = 0;
    let prints: Vec<String> = (0..30).map(|_| text(&[Part::Own(200)], &mut own)).collect();
    let half = |text: &str| text.chars().take(text.chars().count() / 2).collect::<String>();
    // Each text, a scan of it, and for every third half of another scan.
    let scans = prints.iter().enumerate().map(|(at, print)| scanned(print, at as u64));
    let halves = prints.iter().enumerate().step_by(3).map(|(at, print)| half(&scanned(print, 1000 + at as u64)));
    let texts: Vec<String> = prints.iter().cloned().chain(scans).chain(halves).collect();
    let scene = Scene::new(&texts);
    let found = |options: &CorpusOptions| {
        let mut corpus = Corpus::read(&scene.inputs(), options, &|_| {}).unwrap();
        let near = corpus.near_duplicates().unwrap();
        let pairs = corpus.pairs(&near, None);
        let clusters = corpus.document_clusters(&near, &pairs);
        (near.pairs().to_vec(), clusters, near.counts())
    };
    let (pairs, clusters, counts) = found(&scene.options());
    let of = |number: u32| if number < 60 { number % 30 } else { (number - 60) * 3 };
    assert!(pairs.iter().all(|pair| pair.noisy && of(pair.a) == of(pair.b)), "{pairs:?}");
    assert!(pairs.iter().all(|pair| pair.resemblance >= 0.2 && pair.containment_b <= 1.0));
    assert_eq!(clusters.len(), 30);
    assert_eq!(clusters.iter().map(|cluster| cluster.members.len()).sum::<usize>(), texts.len());
    assert_eq!((counts.noisy, counts.passed_over), (70, 0));
    // Memory and threads change nothing; without noise there is nothing.
    assert_eq!(found(&CorpusOptions { memory: 0, ..scene.options() }).0, pairs);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(alone.install(|| found(&scene.options())).0, pairs);
    assert!(found(&CorpusOptions { noise: 1.0, ..scene.options() }).0.is_empty());
}

#[test]
fn texts_of_one_template_are_a_cluster_of_their_own_kind() {
    let form = |at: u64| {
        let common = text(&[Part::Common { from: 0, len: 60, edit: None }], &mut 0);
        let rest = text(&[Part::Common { from: 70, len: 30, edit: None }], &mut 0);
        format!("Order {} of {} May. {common} We sent {} lamps to {}. {rest}", 1000 + at, 1 + at, 7 * at + 2, word(at))
    };
    let mut texts: Vec<String> = (0..5).map(form).collect();
    // A copy of one, and a text that is edited.
    texts.push(texts[1].to_uppercase());
    texts.push(texts[2].replace("We sent", "They will perhaps never send us").replace("of 3 May", ""));
    let scene = Scene::new(&texts);
    let mut corpus = Corpus::read(&scene.inputs(), &scene.options(), &|_| {}).unwrap();
    let near = corpus.near_duplicates().unwrap();
    let pairs = corpus.pairs(&near, None);
    let clusters = corpus.document_clusters(&near, &pairs);
    let of = |cluster: &Cluster| -> Vec<u32> { cluster.members.iter().map(|member| member.document).collect() };
    let found: Vec<_> = clusters.iter().map(|cluster| (cluster.kind, of(cluster))).collect();
    let expected = [
        (ClusterKind::Template, vec![0, 1, 2, 3, 4, 5]),
        (ClusterKind::Exact, vec![1, 5]),
        (ClusterKind::Near, vec![2, 6]),
    ];
    assert_eq!(found, expected);
    let relation = |a, b| pairs.pairs().iter().find(|pair| (pair.a, pair.b) == (a, b)).map(|pair| pair.relation);
    assert_eq!(
        [relation(0, 1), relation(1, 5), relation(2, 6)].map(Option::unwrap),
        [Relation::Template, Relation::Exact, Relation::Near]
    );
}
