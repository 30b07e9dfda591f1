//! `likewise scan` with filters: which pairs stay, and where the others went.

use super::scene::Scene;
use serde_json::{Value, json};

/// What all documents share.
const SHARED: &str = "The two sides agreed to reopen the northern line to freight before the winter and to count every \
                      wagon that crosses it in either direction.";

/// A text with the shared sentence among words of its own.
fn text(own: u64) -> String {
    let word = |at: u64| {
        let mixed = (1000 * own + at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (0..7).map(|letter| (b'a' + (mixed >> (9 * letter)) as u8 % 26) as char).collect::<String>()
    };
    let words = |from: u64| (from..from + 30).map(word).collect::<Vec<_>>().join(" ");
    format!("It {}. {SHARED} It {}.", words(0), words(50))
}

/// `docs.jsonl` with a, b and c, of two outlets, and d, of which nothing is known; all share a sentence.
fn scene() -> Scene {
    let scene = Scene::new();
    let records = [
        json!({"id": "a", "text": text(1), "outlet": "Wire", "date": "2024-05-01"}),
        json!({"id": "b", "text": text(2), "outlet": "Wire", "date": "2024-05-02T08:00:00+09:00"}),
        json!({"id": "c", "text": text(3), "outlet": "Post", "date": "2024-05-20"}),
        json!({"id": "d", "text": text(4), "date": "last week"}),
    ];
    scene.write("docs.jsonl", &records.map(|record| format!("{record}\n")).concat());
    scene
}

fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn names(lines: &[Value]) -> Vec<String> {
    lines.iter().map(|line| format!("{}{}", line["a"].as_str().unwrap(), line["b"].as_str().unwrap())).collect()
}

/// The pairs that `flags` leave, and the others with their reason.
fn scanned(scene: &Scene, flags: &str) -> (Vec<String>, Vec<String>) {
    scene.stdout(&format!("scan docs.jsonl -o found --suppressed {flags}"), 0);
    let suppressed = values(&scene.read("found/suppressed.jsonl"));
    let run: Value = serde_json::from_str(&scene.read("found/run.json")).unwrap();
    let counted: u64 = run["suppressed"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(counted, suppressed.len() as u64);
    let reasons = names(&suppressed);
    let reasons = reasons.iter().zip(&suppressed).map(|(names, line)| format!("{names} {}", line["reason"]));
    (names(&values(&scene.read("found/pairs.jsonl"))), reasons.map(|line| line.replace('"', "")).collect())
}

#[test]
fn without_a_filter_nothing_is_left_out() {
    let (pairs, suppressed) = scanned(&scene(), "");
    assert_eq!(pairs, ["ab", "ac", "ad", "bc", "bd", "cd"]);
    assert!(suppressed.is_empty());
}

#[test]
fn between_keeps_pairs_that_differ_in_a_field() {
    let (pairs, suppressed) = scanned(&scene(), "--between outlet");
    assert_eq!(pairs, ["ac", "bc"]);
    assert_eq!(suppressed, ["ab same-value", "ad no-value", "bd no-value", "cd no-value"]);
}

#[test]
fn a_field_that_no_document_has_is_named() {
    let scene = scene();
    let told = |flags: &str| {
        let assert = scene.likewise(&format!("scan docs.jsonl -o found {flags}")).assert().code(0);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    };
    for (flags, field) in [("--between outlets", "outlets"), ("--within-days 3 --date-field day", "day")] {
        let told = told(flags);
        assert!(told.contains(&format!("no document has the field `{field}`")), "{told}");
    }
    assert!(!told("--between outlet").contains("no document has"));
}

#[test]
fn within_days_keeps_pairs_whose_dates_are_near() {
    let (pairs, suppressed) = scanned(&scene(), "--within-days 18");
    assert_eq!(pairs, ["ab", "bc"]);
    assert_eq!(suppressed, ["ac far-apart", "ad no-date", "bd no-date", "cd no-date"]);
    assert_eq!(scanned(&scene(), "--within-days 19").0, ["ab", "ac", "bc"]);
    assert!(scanned(&scene(), "--within-days 9 --date-field outlet").0.is_empty());
}

#[test]
fn a_query_keeps_pairs_with_a_document_of_it() {
    let scene = scene();
    scene.write("new.jsonl", &format!("{}\n", json!({"id": "bb", "text": text(5)})));
    let (pairs, suppressed) = scanned(&scene, "--query new.jsonl");
    assert_eq!(pairs, ["abb", "bbb", "bbc", "bbd"]);
    assert!(suppressed.is_empty(), "other pairs are not looked for");
    // One that is among the inputs already is read once.
    let (pairs, _) = scanned(&scene, "new.jsonl --query ./new.jsonl");
    assert_eq!(pairs, ["abb", "bbb", "bbc", "bbd"]);
    assert_eq!(scanned(&scene, "--query docs.jsonl").0.len(), 6);
}

#[test]
fn a_query_is_paired_with_every_text_however_many_share_a_sentence() {
    let scene = Scene::new();
    let record = |id: u64| format!("{}\n", json!({"id": format!("d{id:02}"), "text": text(id)}));
    scene.write("docs.jsonl", &(10..80).map(record).collect::<String>());
    scene.write("new.jsonl", &record(80));
    assert_eq!(scanned(&scene, "--query new.jsonl").0, (10..80).map(|id| format!("d{id}d80")).collect::<Vec<_>>());
    // So it is where the query is a copy of one of them.
    scene.write("new.jsonl", &format!("{}\n", json!({"id": "d80", "text": text(40)})));
    assert_eq!(scanned(&scene, "--query new.jsonl").0.len(), 70);
}

#[test]
fn the_pairs_that_share_most_are_kept() {
    let scene = scene();
    let more = format!("{} {}", text(5), text(3));
    scene.write("new.jsonl", &format!("{}\n", json!({"id": "e", "text": more})));
    let (pairs, suppressed) = scanned(&scene, "new.jsonl --max-pairs 3");
    assert_eq!(pairs, ["ab", "ac", "ce"]);
    assert_eq!(suppressed.len(), 7);
    assert!(suppressed.iter().all(|line| line.ends_with("max-pairs")));
    assert_eq!(scanned(&scene, "new.jsonl --max-pairs 3 --threads 1"), (pairs, suppressed));
    assert_eq!(scanned(&scene, "new.jsonl --max-pairs 10").0.len(), 10);
}

#[test]
fn what_is_listed_is_left_out() {
    let scene = scene();
    scene.write("known.txt", "# ours\n{\"document\": \"d\"}\n{\"document\": \"nowhere\"}\n");
    let assert = scene.likewise("scan docs.jsonl -o found --suppressed --exclude known.txt").assert().code(0);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("excluded documents that are in no input: 1") && told.contains("nowhere"), "{told}");
    let (pairs, suppressed) = scanned(&scene, "--exclude known.txt");
    assert_eq!(pairs, ["ab", "ac", "bc"]);
    assert_eq!(suppressed, ["ad", "bd", "cd"].map(|pair| format!("{pair} excluded-document")));
    assert!(!scene.read("found/clusters.jsonl").contains("\"d\""));

    scene.write(
        "phrases.txt",
        "the two sides AGREED to reopen the northern line\nto count every wagon that crosses it\n",
    );
    let phrases = "--exclude phrases.txt --min-words 12";
    let (pairs, suppressed) = scanned(&scene, phrases);
    assert!(pairs.is_empty());
    assert_eq!(suppressed, ["ab", "ac", "ad", "bc", "bd", "cd"].map(|pair| format!("{pair} excluded-phrase")));
    assert_eq!(scene.read("found/passages.jsonl"), "");
    let line = &values(&scene.read("found/suppressed.jsonl"))[0];
    assert!(line["a_start"].as_u64().unwrap() > 100 && line["words"] == 25, "{line}");
    assert_eq!(scanned(&scene, "--exclude phrases.txt --min-words 8").0.len(), 6, "nine words of it are no phrase");
    assert_eq!(scanned(&scene, &format!("{phrases} --exclude known.txt")).1.len(), 6);
}

#[test]
fn an_exclusion_that_says_nothing_is_refused() {
    let scene = scene();
    scene.write("known.txt", "a phrase\n{\"id\": \"d\"}\n");
    let assert = scene.likewise("scan docs.jsonl --exclude known.txt").assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("known.txt, line 2: is neither a phrase nor"), "{told}");
    scene.likewise("scan docs.jsonl --exclude gone.txt").assert().code(2);
    scene.likewise("scan docs.jsonl --suppressed").assert().code(2);
}

#[test]
fn near_duplicates_and_their_clusters_are_filtered_too() {
    let scene = Scene::new();
    let near = |own: &str| format!("{} {own}", text(1));
    let records = [
        json!({"id": "a", "text": near("one"), "outlet": "Wire"}),
        json!({"id": "b", "text": near("two"), "outlet": "Wire"}),
        json!({"id": "c", "text": near("three"), "outlet": "Post"}),
        json!({"id": "d", "text": text(3), "outlet": "Wire"}),
        json!({"id": "e", "text": text(3), "outlet": "Wire"}),
    ];
    scene.write("docs.jsonl", &records.map(|record| format!("{record}\n")).concat());
    assert_eq!(scanned(&scene, "--near-duplicates").0, ["ab", "ac", "bc", "de"]);
    assert_eq!(scene.read("found/clusters.jsonl").lines().count(), 2);
    assert_eq!(scanned(&scene, "--near-duplicates --between outlet").0, ["ac", "bc"]);
    let clusters = values(&scene.read("found/clusters.jsonl"));
    assert_eq!((clusters.len(), &clusters[0]["size"]), (1, &json!(3)));
}

#[test]
fn without_any_of_the_query_there_is_nothing_to_do() {
    let scene = scene();
    let told = |flags: &str, status: i32| {
        let assert = scene.likewise(&format!("scan docs.jsonl -o found {flags}")).assert().code(status);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    };
    for wrong in
        ["--query gone.jsonl", "--query gone.jsonl --query picture.png", "--query gone.jsonl --near-duplicates"]
    {
        let told = told(wrong, 2);
        assert!(told.contains("gone.jsonl: no such file") && told.contains("no input of --query"), "{told}");
        assert!(!scene.path("found").exists());
    }
    assert!(told("--query gone.jsonl --query a.txt", 3).contains("gone.jsonl: no such file"));
    assert!(told("gone.jsonl --query a.txt", 3).contains("gone.jsonl: no such file"));
    scene.write("none.jsonl", "");
    assert!(told("--query none.jsonl", 0).contains("no input of --query holds a document"));
    assert!(told("gone.jsonl --query none.jsonl", 3).contains("no input of --query holds a document"));
}
