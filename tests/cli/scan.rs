//! `likewise scan`.

use super::batch::many;
use serde_json::Value;

fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_folder_holds_passages_pairs_clusters_and_the_run() {
    let scene = many(24);
    let printed = scene.stdout("scan many.jsonl", 0);
    scene.stdout("scan many.jsonl -o found --threads 3", 0);
    assert_eq!(scene.names("found"), ["clusters.jsonl", "pairs.jsonl", "passages.jsonl", "run.json"]);
    assert_eq!(scene.read("found/passages.jsonl"), printed);
    let key = |line: &Value| {
        (line["a"].to_string(), line["b"].to_string(), line["a_start"].as_u64(), line["b_start"].as_u64())
    };
    let passages = values(&printed);
    assert!(passages.len() > 20 && passages.iter().map(key).is_sorted());
    let run: Value = serde_json::from_str(&scene.read("found/run.json")).unwrap();
    assert_eq!(run["counts"]["documents"], 24);
    assert_eq!(run["counts"]["passages"], passages.len());
    assert_eq!(run["inputs"][0]["sha256"].as_str().unwrap().len(), 64);
    let clusters = values(&scene.read("found/clusters.jsonl"));
    assert!(clusters.iter().all(|cluster| cluster["members"].as_array().unwrap().len() as u64 == cluster["size"]));
}

#[test]
fn near_duplicates_alone_are_pairs_with_their_resemblance() {
    let scene = many(24);
    let near = values(&scene.stdout("scan many.jsonl --near-duplicates --resemblance 0.6", 0));
    assert!(!near.is_empty());
    assert!(near.iter().all(|line| line["resemblance"].as_f64().unwrap() >= 0.6));
    scene.stdout("scan many.jsonl --near-duplicates -o found", 0);
    assert_eq!(scene.read("found/passages.jsonl"), "");
}

#[test]
fn when_nothing_can_be_read_earlier_results_stay() {
    let scene = many(24);
    scene.stdout("scan many.jsonl -o found", 0);
    let before = scene.read("found/passages.jsonl");
    scene.write("bad.jsonl", "{\"id\": 1}\n[]\n");
    let assert = scene.likewise("scan gone.jsonl bad.jsonl -o found").assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    for part in ["gone.jsonl: no such file", "bad.jsonl, line 1", "bad.jsonl, line 2", "no input holds a document"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(scene.read("found/passages.jsonl"), before);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let scene = many(24);
    let good = scene.stdout("scan many.jsonl", 0);
    let mut lines = scene.read("many.jsonl");
    lines += "{\"id\": \"d0\", \"text\": \"taken\"}\nnot json\n";
    scene.write("many.jsonl", &lines);
    let assert = scene.likewise("scan many.jsonl gone.jsonl picture.png").assert().code(3);
    let output = assert.get_output();
    assert_eq!(String::from_utf8_lossy(&output.stdout), good);
    let told = String::from_utf8_lossy(&output.stderr);
    for part in [
        "line 25: the id `d0` is taken",
        "line 26: not one JSON object",
        "gone.jsonl: no such file",
        "picture.png: is no text",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
