//! `likewise check`: articles, archive, formats, gates and what is said of them.

use crate::scene::Scene;
use serde_json::Value;

/// A scene with the newsroom's archive, and its articles.
fn newsroom() -> Scene {
    let scene = Scene::new();
    for name in ["archive", "articles"] {
        let path = format!("{}/corpora/newsroom/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        scene.write(&format!("{name}.jsonl"), &std::fs::read_to_string(path).unwrap());
    }
    scene.likewise("archive add archive archive.jsonl --quiet").assert().success();
    scene
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The first paragraph of an older feature, and words of the day.
const DRAFT: &str = "It was a long winter. For eleven winters the bell lay under a heap of nets in a shed by the slipway, \
wrapped in a sail, while the village rang a frying pan for weddings. So they say.\n";

#[test]
fn articles_come_in_order_for_any_number_of_threads() {
    let scene = newsroom();
    let one = scene.stdout("check articles.jsonl --archive archive --format jsonl --text --threads 1", 0);
    assert_eq!(scene.stdout("check articles.jsonl --archive archive --format jsonl --text --threads 8", 0), one);
    let found = lines(&one);
    let mut articles: Vec<&str> = found.iter().map(|line| line["a"].as_str().unwrap()).collect();
    articles.dedup();
    assert_eq!(articles, ["reprint", "quoted", "borrowed", "release"]);
    let best: Vec<_> = found.iter().filter(|line| line["best"] == true && line["a"] == "borrowed").collect();
    assert_eq!((&best[0]["source"], &best[0]["credit"]), (&"Coastal Herald".into(), &"uncredited".into()));
    assert!(best[0]["a_text"].as_str().unwrap().starts_with("For eleven winters"));
}

#[test]
fn a_draft_comes_from_standard_input_and_a_report_goes_to_a_file() {
    let scene = newsroom();
    let told = scene.likewise("check - --archive archive --format json -o report.json").write_stdin(DRAFT).assert();
    told.success().stdout("");
    let report: Value = serde_json::from_str(&scene.read("report.json")).unwrap();
    assert_eq!(report["schema"], "likewise.check/1");
    let text = scene.likewise("check - --archive archive").write_stdin(DRAFT).assert().success();
    let text = String::from_utf8(text.get_output().stdout.clone()).unwrap();
    assert!(text.contains("herald-02") && text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_gate_that_cannot_be_decided_trips() {
    let scene = newsroom();
    scene.write("draft.txt", DRAFT);
    scene.write("own.txt", "Nobody else has written a word of this, as far as anybody knows.");
    scene.likewise("archive add bare archive.jsonl --no-text --quiet").assert().success();
    for flags in ["--fail-over 90%", "--fail-on reworded"] {
        let assert = scene.likewise(&format!("check draft.txt --archive bare {flags}")).assert().code(1);
        let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(told.contains("keeps no texts"), "{told}");
        scene.likewise(&format!("check own.txt --archive bare {flags}")).assert().code(0);
    }
    scene.likewise("check draft.txt --archive bare").assert().code(0);
}

#[test]
fn gates_trip_by_share_kind_and_credit() {
    let scene = newsroom();
    scene.write("draft.txt", DRAFT);
    for (flags, status) in [
        ("--fail-over 90%", 0),
        ("--fail-over 10%", 1),
        ("--fail-on uncredited", 1),
        ("--fail-on quoted-altered", 0),
        ("--fail-on reworded", 0),
        ("--fail-on quoted-altered --fail-on verbatim", 1),
        ("--fail-on uncredited --exclude id=herald-02", 0),
        ("--fail-on uncredited --as-of 2023-01-01", 0),
        ("--fail-on change", 2),
        ("--as-of yesterday", 2),
        ("--exclude herald", 2),
    ] {
        scene.likewise(&format!("check draft.txt --archive archive {flags}")).assert().code(status);
    }
    let told = scene.likewise("check draft.txt --archive archive --fail-on uncredited").assert().code(1);
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(
        told.contains(
            "a gate tripped: draft.txt: --fail-on uncredited: 1 passage, the first on line 1, as in herald-02"
        ),
        "{told}"
    );
    scene.likewise("check articles.jsonl --archive archive --fail-on quoted-altered").assert().code(1);
    scene
        .likewise("check articles.jsonl --archive archive --fail-on quoted-altered --exclude source=x")
        .assert()
        .code(1);
}

#[test]
fn reverse_lists_what_came_later() {
    let scene = newsroom();
    let archive = scene.read("archive.jsonl");
    let wire = archive.lines().find(|line| line.contains("mp-1041")).unwrap();
    scene.write("wire.jsonl", &wire.replace("mp-1041", "wire"));
    let found = lines(&scene.stdout("check wire.jsonl --archive archive --reverse --format jsonl", 0));
    let dates: Vec<&str> = found.iter().map(|line| line["date"].as_str().unwrap()).collect();
    assert!(!dates.is_empty() && dates.iter().all(|&date| date >= "2024-01-09"), "{dates:?}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
    let scene = newsroom();
    scene.write("draft.txt", DRAFT);
    let told =
        scene.likewise("check missing.txt draft.txt picture.png --archive archive --format jsonl").assert().code(3);
    let output = told.get_output();
    assert!(lines(std::str::from_utf8(&output.stdout).unwrap()).iter().all(|line| line["a"] == "draft.txt"));
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(told.contains("missing.txt") && told.contains("picture.png"), "{told}");
    scene.likewise("check missing.txt --archive archive -o out.txt").assert().code(2);
    assert!(!scene.path("out.txt").exists());
    scene.likewise("check - - --archive archive").assert().code(2);
    let told = scene.likewise("check draft.txt --archive texts").assert().code(2);
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(told.contains("texts"), "{told}");
}

#[test]
fn an_article_without_words_is_named() {
    let scene = newsroom();
    let assert = scene.likewise("check - --archive archive").write_stdin("\n").assert().code(0);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("- holds no words"), "{told}");
}
