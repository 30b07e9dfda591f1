//! `likewise evaluate`: its inputs.

use super::scene::Scene;

#[test]
fn standard_input_is_read_once() {
    let scene = Scene::new();
    scene.write("found.jsonl", "");
    for flags in ["--gold - --found -", "--gold - --found found.jsonl --pairs -", "--gold - -"] {
        let assert = scene.likewise(&format!("evaluate {flags}")).write_stdin("").assert().code(2);
        let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(told.contains("standard input can be read once"), "{flags}: {told}");
    }
    scene.likewise("evaluate --gold - --found found.jsonl").write_stdin("").assert().code(0);
}

#[test]
fn flags_that_the_level_has_no_use_for_are_named() {
    let scene = Scene::new();
    scene.write("labels.jsonl", "{\"a\":\"x\",\"b\":\"y\",\"label\":1}\n");
    scene.write("passages.jsonl", "");
    for (flags, unheeded) in [
        (
            "--level pairs --gold labels.jsonl --found labels.jsonl --cases",
            Some("--cases has no effect with --level pairs"),
        ),
        ("--level pairs --gold labels.jsonl --found labels.jsonl --threshold 0.7 --closed", None),
        ("--gold passages.jsonl --found passages.jsonl --closed", Some("--closed has no effect with --level passages")),
        ("--gold passages.jsonl --found passages.jsonl --threshold 0.5", Some("--threshold has no effect")),
        ("--gold passages.jsonl --found passages.jsonl --cases", None),
    ] {
        let assert = scene.likewise(&format!("evaluate {flags}")).assert().code(0);
        let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        match unheeded {
            Some(warning) => assert!(told.contains(warning), "{flags}: {told}"),
            None => assert_eq!(told, "", "{flags}"),
        }
    }
    scene.likewise("evaluate --gold passages.jsonl --found passages.jsonl --by lang").assert().code(2);
}

#[test]
fn thresholds_are_numbers_and_rows_are_made_by_a_field_that_is_there() {
    let scene = Scene::new();
    scene.write("labels.jsonl", "{\"a\":\"x\",\"b\":\"y\",\"label\":1}\n");
    let told = |flags: &str, status: i32| {
        let assert = scene.likewise(&format!("evaluate {flags}")).assert().code(status);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    };
    for wrong in ["nan", "inf", "-inf", "much"] {
        let told = told(&format!("--level pairs --gold labels.jsonl --found labels.jsonl --threshold={wrong}"), 2);
        assert!(told.contains(&format!("invalid value '{wrong}' for '--threshold <SCORE>': give a number")), "{told}");
    }
    told("--level pairs --gold labels.jsonl --found labels.jsonl --threshold -1.5", 0);

    scene.write("passages.jsonl", "");
    scene.write("listed.jsonl", "{\"a\":\"x\",\"b\":\"y\",\"lang\":\"en\"}\n{\"a\":\"x\",\"b\":\"z\"}\n");
    let listed = "--gold passages.jsonl --found passages.jsonl --pairs listed.jsonl";
    for flags in ["", "--by lang"] {
        assert_eq!(told(&format!("{listed} {flags}"), 0), "");
    }
    for field in ["langs", "kind"] {
        let told = told(&format!("{listed} --by {field}"), 2);
        assert!(told.contains(&format!("--by {field}: no pair of listed.jsonl has the field")), "{told}");
    }
    told("--gold passages.jsonl --found passages.jsonl --pairs passages.jsonl --by lang", 0);
}
