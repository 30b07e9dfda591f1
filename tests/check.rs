//! A check finds what a scan of article and archive finds, and what it says of that holds together.

use likewise::archive::{Snapshot, WriteOptions, Writer};
use likewise::check::{CheckOptions, Checked, Checker, Direction, Exclusion, MemoryIndex};
use likewise::corpus::{Corpus, CorpusError, CorpusOptions};
use likewise::{Document, EditOp, Options};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

/// A word of its own for every number, unlike the words of its neighbours.
fn word(number: usize) -> String {
    // Vigna's splitmix64.
    let mixed = (number as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    let letters = (mixed ^ mixed >> 31).to_le_bytes();
    let accent = if letters[7] & 7 == 0 { "é" } else { "" };
    letters[..6].iter().map(|byte| char::from(b'a' + byte % 26)).collect::<String>() + accent
}

/// The words of story `story` from `from` to `to`, with those at `edited` replaced.
fn story(story: usize, from: usize, to: usize, edited: &[usize]) -> String {
    let word = |at: usize| match edited.contains(&at) {
        true => word(9_000_000 + 1000 * story + 31 * at + to),
        false => word(100_000 + 1000 * story + at),
    };
    let mut text = String::new();
    for at in from..to {
        let word = word(at);
        match at == from || at % 14 == 0 {
            true => text += &(word[..1].to_uppercase() + &word[1..]),
            false => text += &word,
        }
        text += if at % 14 == 13 { ". " } else { " " };
    }
    text.truncate(text.trim_end_matches([' ', '.']).len());
    text + ". "
}

/// A stretch of a story, as texts are made of.
#[derive(Debug, Clone)]
struct Part {
    story: usize,
    from: usize,
    len: usize,
    edited: Vec<usize>,
}

fn text(parts: &[Part]) -> String {
    parts.iter().map(|part| story(part.story, part.from, part.from + part.len, &part.edited)).collect()
}

fn part() -> impl Strategy<Value = Part> {
    (0_usize..6, 0_usize..60, 4_usize..70, prop::collection::vec(0_usize..130, 0..5))
        .prop_map(|(story, from, len, edited)| Part { story, from, len, edited })
}

/// Texts, the last of which is the article, with a day and a source for some.
fn world() -> impl Strategy<Value = Vec<Document>> {
    let document = (prop::collection::vec(part(), 1..5), prop::option::of(1_u32..9), 0_usize..3);
    prop::collection::vec(document, 2..9).prop_map(|documents| {
        let made = |(at, (parts, day, source)): (usize, (Vec<Part>, Option<u32>, usize))| {
            let mut document = Document::new(format!("d{at}"), text(&parts));
            if let Some(day) = day {
                document.metadata.insert("date".into(), json!(format!("2024-05-0{day}")));
            }
            document.metadata.insert("source".into(), json!(["Wire", "Courier", "Herald"][source]));
            document
        };
        documents.into_iter().enumerate().map(made).collect()
    })
}

/// Every text is read.
fn thorough() -> CheckOptions {
    CheckOptions { texts: 1000, patience: 1000, ..CheckOptions::new(Options::default()) }
}

/// Passages of a check as `(document, article's span, document's span, kind)`, in code points.
type Lines = BTreeSet<(String, [usize; 4], &'static str)>;

fn lines(checked: &Checked<'_>) -> Lines {
    let all = checked.matches.iter().flat_map(|found| found.passages.iter().map(move |passage| (found, passage)));
    let line = |(found, passage): (&likewise::check::Match, &likewise::check::MatchedPassage)| {
        let (a, b) = (passage.passage.a, passage.passage.b);
        let places = [
            checked.chars_before(a.start),
            checked.chars_before(a.end),
            found.chars_before(b.start),
            found.chars_before(b.end),
        ];
        (found.document.id.clone(), places, passage.passage.kind.name())
    };
    all.map(line).collect()
}

/// What a scan finds of the last document.
fn scanned(documents: &[Document]) -> Lines {
    let folder = tempfile::tempdir().unwrap();
    let line = |document: &Document| format!("{}\n", json!({"id": document.id, "text": document.text}));
    let path = folder.path().join("docs.jsonl");
    std::fs::write(&path, documents.iter().map(line).collect::<String>()).unwrap();
    // What is alike letter by letter alone, a check does not seek.
    let options = CorpusOptions { frequent: 1000, noise: 1.0, ..CorpusOptions::new(Options::default(), folder.path()) };
    let mut corpus = Corpus::read(&[path], &options, &|_| {}).unwrap();
    let near = corpus.near_duplicates().unwrap();
    let candidates = corpus.candidates(&near).unwrap();
    let pairs = corpus.pairs(&near, Some(&candidates));
    let article = &documents[documents.len() - 1].id;
    let mut found = Lines::new();
    let lines = |found: &likewise::corpus::Compared<'_, '_>| {
        let lines = found.passage_lines(false).filter(|line| line.b == **article);
        lines
            .map(|line| (line.a.into_owned(), [line.b_start, line.b_end, line.a_start, line.a_end], line.kind.name()))
            .collect::<Vec<_>>()
    };
    let take = |_: &likewise::corpus::Pair, lines| {
        found.extend(lines);
        Ok::<(), CorpusError>(())
    };
    corpus.compare(&pairs, lines, take).unwrap();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_check_finds_what_a_scan_finds(world in world()) {
        let (article, archive) = world.split_last().unwrap();
        let index = MemoryIndex::new(archive.to_vec());
        let checked = Checker::new(&index, thorough()).check(article).unwrap();
        let mut expected = scanned(&world);
        // Of copies, a check names the first.
        let copies: BTreeSet<&str> =
            checked.matches.iter().flat_map(|found| found.copies.listed.iter().map(|copy| &*copy.id)).collect();
        expected.retain(|(id, _, _)| !copies.contains(&**id));
        prop_assert_eq!(lines(&checked), expected);
    }

    #[test]
    fn what_is_said_of_passages_holds_together(world in world()) {
        let (article, archive) = world.split_last().unwrap();
        let index = MemoryIndex::new(archive.to_vec());
        let checked = Checker::new(&index, thorough()).check(article).unwrap();
        let mut seen = BTreeSet::new();
        for (at, group) in checked.groups.iter().enumerate() {
            prop_assert!(group.best < group.members.len());
            for (place, &member) in group.members.iter().enumerate() {
                let passage = checked.passage(member);
                prop_assert!(seen.insert(member));
                prop_assert_eq!((passage.group, passage.best), (at, place == group.best));
                let (a, b) = (passage.passage.a, group.span);
                prop_assert!(a.start < b.end && b.start < a.end);
            }
            let dates: Vec<_> = group.members.iter().map(|member| checked.matches[member.source].date).collect();
            prop_assert!(dates.windows(2).all(|two| two[1].is_none() || two[0].is_some_and(|first| first <= two[1].unwrap())));
        }
        prop_assert_eq!(seen.len(), checked.matches.iter().map(|found| found.passages.len()).sum::<usize>());
        let explained: usize = checked.matches.iter().map(|found| found.explained_words).sum();
        prop_assert!(explained <= checked.figures.found_words && checked.figures.found_words <= checked.words);
        prop_assert_eq!(checked.figures.kind_words.iter().sum::<usize>(), checked.figures.found_words);
        prop_assert!(checked.matches.windows(2).all(|two| two[0].explains >= two[1].explains));
        for found in &checked.matches {
            prop_assert!(found.shared_words <= checked.words && found.document_words <= found.words);
            for passage in &found.passages {
                prop_assert!((0.0..=1.0).contains(&passage.rarity));
                for edit in passage.passage.edits.iter().filter(|edit| edit.op == EditOp::Equal) {
                    let words = |text: &str| text.to_lowercase().replace('.', " ").split_whitespace().collect::<Vec<_>>().join(" ");
                    prop_assert_eq!(words(edit.a.of(&article.text)), words(edit.b.of(&found.document.text)));
                }
            }
        }
    }
}

/// A document with a day and a source.
fn printed(id: &str, day: &str, source: &str, text: String) -> Document {
    let mut document = Document::new(id, text);
    if !day.is_empty() {
        document.metadata.insert("date".into(), json!(day));
    }
    document.metadata.insert("source".into(), json!(source));
    document
}

fn ids<'c>(checked: &'c Checked<'_>) -> Vec<&'c str> {
    checked.matches.iter().map(|found| &*found.document.id).collect()
}

#[test]
fn a_story_printed_thousands_of_times_leads_to_its_earliest_printing() {
    let mut archive: Vec<Document> = (0..3000)
        .map(|at| {
            let day = format!("2024-0{}-{:02}", 2 + at / 1500, 1 + at % 28);
            printed(
                &format!("p{at}"),
                &day,
                "Paper",
                story(1, 0, 120, &[at % 120, (at * 7) % 120]) + &story(at + 10, 0, 60, &[]),
            )
        })
        .collect();
    archive.insert(2222, printed("first", "2024-01-31", "Wire", story(1, 0, 120, &[3])));
    let article = printed("article", "2024-06-01", "Ours", story(1, 0, 120, &[60]) + &story(9, 0, 80, &[]));
    let index = MemoryIndex::new(archive);
    let checked = Checker::new(&index, CheckOptions::new(Options::default())).check(&article).unwrap();
    assert_eq!(checked.matches[0].document.id, "first");
    assert!(checked.matches.len() <= 200 && checked.left_out.texts >= 2800, "{:?}", checked.left_out);
    assert_eq!(checked.groups.len(), 1);
}

#[test]
fn of_copies_the_earliest_is_named_and_the_others_are_counted() {
    let copies = [("b", "2024-03-02"), ("a", "2024-03-01"), ("c", ""), ("d", "2024-03-09")];
    let archive = copies.map(|(id, day)| printed(id, day, "Paper", story(1, 0, 60, &[])));
    let index = MemoryIndex::new(archive.to_vec());
    let article = printed("article", "2024-03-05", "Ours", story(1, 0, 60, &[9]));
    let check = |options: CheckOptions| {
        let checked = Checker::new(&index, options).check(&article).unwrap();
        let found = &checked.matches[0];
        let copies: Vec<String> = found.copies.listed.iter().map(|copy| copy.id.clone()).collect();
        (found.document.id.clone(), copies, checked.left_out.clone())
    };
    let plain = CheckOptions::new(Options::default());
    let (first, copies, _) = check(plain.clone());
    assert_eq!((&*first, copies), ("a", ["b", "d", "c"].map(String::from).to_vec()));
    let (_, copies, left_out) = check(CheckOptions { as_of: likewise::date::day("2024-03-05"), ..plain.clone() });
    assert_eq!((copies, left_out.later), (vec!["b".to_owned(), "c".to_owned()], 1));
    let exclude: Exclusion = "id=a".parse().unwrap();
    let (first, copies, left_out) = check(CheckOptions { exclude: vec![exclude.clone()], ..plain.clone() });
    assert_eq!((&*first, copies.len(), left_out.excluded), ("b", 2, vec![(exclude, 1)]));
    let (first, copies, left_out) = check(CheckOptions { reverse: true, ..plain });
    assert_eq!((&*first, copies, left_out.earlier), ("d", vec!["c".to_owned()], 2));
}

#[test]
fn an_article_is_not_found_in_itself_but_in_its_copies() {
    let text = story(1, 0, 60, &[]);
    let index = MemoryIndex::new(vec![printed("x", "", "Ours", text.clone()), printed("y", "", "Paper", text.clone())]);
    let article = printed("x", "", "Ours", text);
    let checked = Checker::new(&index, CheckOptions::new(Options::default())).check(&article).unwrap();
    assert_eq!((ids(&checked), checked.left_out.own), (vec!["y"], 1));
}

#[test]
fn an_older_text_that_has_all_of_it_is_the_common_source() {
    let wire = printed("wire", "2024-03-01", "Wire", story(1, 0, 80, &[]));
    let paper = printed("paper", "2024-03-02", "Paper", story(1, 0, 80, &[10, 20]) + &story(2, 0, 90, &[]));
    let other = printed("other", "2024-03-02", "Other", story(3, 0, 40, &[]));
    let article = printed("article", "2024-03-03", "Ours", story(1, 0, 80, &[50]) + &story(4, 0, 90, &[]));
    let index = MemoryIndex::new(vec![wire, paper, other.clone()]);
    let checked = Checker::new(&index, CheckOptions::new(Options::default())).check(&article).unwrap();
    assert_eq!(ids(&checked), ["wire", "paper"]);
    assert_eq!(checked.matches[0].relation.direction, Direction::ArticleFromArchive);
    let expected = Direction::CommonSource { source: 0, beyond: Vec::new(), beyond_words: 0 };
    assert_eq!(checked.matches[1].relation.direction, expected);

    // What the paper added and the article has as well is beyond the wire.
    let paper =
        printed("paper", "2024-03-02", "Paper", story(1, 0, 80, &[]) + &story(2, 0, 15, &[]) + &story(6, 0, 90, &[]));
    let article = printed("article", "2024-03-03", "Ours", story(1, 0, 80, &[]) + &story(2, 0, 15, &[]));
    let wire = printed("wire", "2024-03-01", "Wire", story(1, 0, 80, &[]));
    let index = MemoryIndex::new(vec![wire, paper, other]);
    let checked = Checker::new(&index, CheckOptions::new(Options::default())).check(&article).unwrap();
    let paper = checked.matches.iter().find(|found| found.document.id == "paper").unwrap();
    let Direction::CommonSource { beyond_words, beyond, .. } = &paper.relation.direction else { panic!("{paper:?}") };
    assert_eq!((*beyond_words, beyond.len()), (15, 1));
    assert_eq!(beyond[0].of(&article.text).trim_end_matches('.'), story(2, 0, 15, &[]).trim_end_matches([' ', '.']));
}

#[test]
fn what_a_source_prints_again_and_again_is_its_boilerplate() {
    let masthead = story(50, 0, 20, &[]);
    let mut archive: Vec<Document> = (0..40)
        .map(|at| printed(&format!("h{at}"), "2024-01-01", "Herald", story(at + 100, 0, 80, &[]) + &masthead))
        .collect();
    archive.push(printed("w", "2024-02-01", "Wire", story(1, 0, 60, &[]) + &story(2, 0, 300, &[])));
    let index = MemoryIndex::new(archive);
    let article = printed("article", "2024-03-01", "Ours", story(1, 0, 40, &[]) + &story(3, 0, 300, &[]) + &masthead);
    let plain = CheckOptions::new(Options::default());
    let checked = Checker::new(&index, plain.clone()).check(&article).unwrap();
    assert_eq!(checked.matches[0].document.id, "w");
    assert_eq!((checked.figures.found_words, checked.figures.boilerplate_words), (40, 20));
    let masthead = checked.matches[1].passages[0].boilerplate.unwrap();
    assert_eq!((masthead.documents, masthead.of), (40, 40));
    assert!(checked.matches[1].passages[0].rarity < 0.05 && checked.matches[0].passages[0].rarity == 1.0);
    let all = Checker::new(&index, CheckOptions { boilerplate: true, ..plain }).check(&article).unwrap();
    assert_eq!((all.figures.found_words, all.figures.boilerplate_words), (60, 0));
}

#[test]
fn many_articles_give_what_each_gives_for_any_number_of_threads() {
    let archive = (0..30).map(|at| Document::new(format!("d{at}"), story(at % 7, 0, 90, &[at, at + 31]))).collect();
    let index = MemoryIndex::new(archive);
    let articles: Vec<Document> =
        (0..20).map(|at| Document::new(format!("a{at}"), story(at % 9, 5, 70, &[at + 7]))).collect();
    let checker = Checker::new(&index, CheckOptions::new(Options::default()));
    let told = |checked: &Checked<'_>| format!("{:?} {:?} {:?}", checked.matches, checked.groups, checked.figures);
    let expected: Vec<String> = articles.iter().map(|article| told(&checker.check(article).unwrap())).collect();
    for threads in [1, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| checker.check_all(&articles, |_, checked| told(&checked))).unwrap(), expected);
    }
}

#[test]
fn empty_and_odd_articles_and_archives_do_no_harm() {
    let none = MemoryIndex::new(Vec::new());
    let odd =
        MemoryIndex::new(vec![Document::new("e", ""), Document::new("w", "word"), Document::new("s", " \n\u{200b}")]);
    for index in [&none, &odd] {
        for text in ["", "other", "\u{feff}", &"again ".repeat(5000)] {
            let article = Document::new("a", text);
            let checked = Checker::new(index, thorough()).check(&article).unwrap();
            assert_eq!((checked.matches.len(), checked.share()), (0, 0.0), "{text:.9}");
        }
    }
}

/// The documents of a file of the newsroom set.
fn newsroom(name: &str) -> Vec<Document> {
    let path = format!("{}/corpora/newsroom/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    likewise::read::documents(path, &Default::default()).collect::<Result<_, _>>().unwrap()
}

/// A labelled stretch of an article: where it is from, and what credit it has.
#[derive(serde::Deserialize)]
struct Label {
    a: String,
    b: String,
    a_start: usize,
    a_end: usize,
    credit: likewise::credit::CreditClass,
    boilerplate: bool,
}

#[test]
fn the_newsroom_set_is_found_with_its_sources_and_credits() {
    let index = MemoryIndex::new(newsroom("archive"));
    let checker = Checker::new(&index, CheckOptions::new(Options::default()));
    let gold = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/newsroom/gold.jsonl")).unwrap();
    let labels: Vec<Label> = gold.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (mut labelled, mut found, mut right) = (0, 0, 0);
    for article in newsroom("articles") {
        let checked = checker.check(&article).unwrap();
        let own = |label: &&Label| label.a == article.id;
        labelled += labels.iter().filter(own).map(|label| label.a_end - label.a_start).sum::<usize>();
        for group in &checked.groups {
            let best = checked.best(group);
            let span = checked.passage(best).passage.a;
            let (start, end) = (checked.chars_before(span.start), checked.chars_before(span.end));
            found += end - start;
            let id = &checked.matches[best.source].document.id;
            let boilerplate = checked.passage(best).boilerplate.is_some();
            let agrees = |label: &&Label| {
                (&label.b, label.boilerplate) == (id, boilerplate) && checked.credit(group) == Some(label.credit)
            };
            let agreed = labels.iter().filter(own).filter(agrees);
            right += agreed.map(|label| end.min(label.a_end).saturating_sub(start.max(label.a_start))).sum::<usize>();
        }
    }
    let (precision, recall) = (right as f64 / found as f64, right as f64 / labelled as f64);
    assert!(precision >= 0.88 && recall >= 0.98, "precision {precision:.3}, recall {recall:.3}");
}

#[test]
fn an_archive_on_disk_gives_what_one_in_memory_gives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let mut writer = Writer::create(&path, &WriteOptions::default()).unwrap();
    let archive = newsroom("archive");
    let (first, second) = archive.split_at(9);
    for some in [first, second] {
        writer.add_documents(some.to_vec()).unwrap();
        writer.commit().unwrap();
    }
    let on_disk = Snapshot::open(&path).unwrap();
    let in_memory = MemoryIndex::new(archive);
    let told = |checked: Checked<'_>| {
        let found = checked.matches.iter().map(|found| {
            let passages = format!("{:?} {:?}", found.passages, found.relation);
            (found.document.id.clone(), found.source.clone(), found.date, found.words, found.copies.clone(), passages)
        });
        (found.collect::<Vec<_>>(), checked.groups, checked.figures, checked.left_out)
    };
    for article in newsroom("articles").iter().chain(&newsroom("archive")) {
        for reverse in [false, true] {
            let options = CheckOptions { reverse, ..CheckOptions::new(Options::default()) };
            let expected = told(Checker::new(&in_memory, options.clone()).check(article).unwrap());
            assert_eq!(told(Checker::new(&on_disk, options).check(article).unwrap()), expected);
        }
    }
}

#[test]
fn an_archive_without_texts_names_documents_and_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let mut writer = Writer::create(&path, &WriteOptions { texts: false, ..WriteOptions::default() }).unwrap();
    writer.add_documents(newsroom("archive")).unwrap();
    writer.commit().unwrap();
    let archive = Snapshot::open(&path).unwrap();
    let articles = newsroom("articles");
    let checked = Checker::new(&archive, CheckOptions::new(Options::default())).check(&articles[0]).unwrap();
    assert!(!checked.has_texts && checked.groups.is_empty());
    assert_eq!((ids(&checked)[0], checked.matches[0].passages.len()), ("mp-1041", 0));
    let traced: String = checked.matches[0].traces.iter().map(|span| span.of(&articles[0].text)).collect();
    assert!(traced.contains("cubic metres of silt"), "{traced}");
}
