//! Configuration files.

use super::scene::Scene;
use serde_json::Value;

#[test]
fn a_file_sets_flags_and_the_command_line_wins() {
    let scene = Scene::new();
    scene.write("own.toml", "min-words = 11\nshingle = 4\n[compare]\nformat = 'json'\n[batch]\nformat = 'csv'\n");
    let options = |flags: &str| -> Value {
        let printed = scene.stdout(&format!("compare a.txt b.txt --config own.toml {flags}"), 0);
        serde_json::from_str::<Value>(&printed).unwrap()["options"].clone()
    };
    let set = options("");
    assert_eq!((&set["min_words"], &set["shingle"]), (&11.into(), &4.into()));
    let given = options("--min-words 9");
    assert_eq!((&given["min_words"], &given["shingle"]), (&9.into(), &4.into()));
    assert!(scene.stdout("batch pairs.txt --docs texts --config own.toml", 0).starts_with("a,b,"));
}

#[test]
fn a_required_flag_may_come_from_the_file() {
    let scene = Scene::new();
    scene.write("own.toml", "docs = ['texts', 'docs.jsonl']\nquiet = true\n[evaluate]\ngold = 'gold.jsonl'\n");
    scene.write("pairs.txt", "a.txt b.txt\n");
    // Both inputs have a.txt and b.txt, and of two the first stays.
    assert_eq!(scene.stdout("batch pairs.txt --config own.toml", 3), scene.stdout("batch pairs.txt --docs texts", 0));
    assert!(scene.stdout("evaluate --config own.toml --found found.jsonl", 0).contains("plagdet"));
}

#[test]
fn a_flag_wins_over_the_preset() {
    let scene = Scene::new();
    let options = |flags: &str| -> Value {
        let printed = scene.stdout(&format!("compare a.txt b.txt --format json {flags}"), 0);
        serde_json::from_str::<Value>(&printed).unwrap()["options"].clone()
    };
    let (strict, loose) = (options("--preset strict"), options("--preset loose --min-words 5"));
    assert_eq!((&strict["preset"], &loose["preset"]), (&"strict".into(), &"loose".into()));
    assert!(strict["evidence"].as_f64() > loose["evidence"].as_f64());
    assert_eq!(loose["min_words"], 5);
}
