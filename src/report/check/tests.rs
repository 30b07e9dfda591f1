use super::fixture::{harbour, hostile, nothing, options, report, without_texts};
use super::*;
use serde_json::Value;

/// The report of these checks.
fn written(format: Format, checks: &[Checked<'_>]) -> String {
    let options = options();
    let mut out = Vec::new();
    write_all(&report(&options, format), checks, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn json(checks: &[Checked<'_>]) -> Value {
    serde_json::from_str(&written(Format::Json, checks)).expect("it is JSON")
}

fn schema_errors(value: &Value) -> Vec<String> {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is a schema");
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn formats_are_found_by_their_names() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    let error = "pdf".parse::<Format>().expect_err("there is no such format");
    assert!(error.to_string().ends_with("use text, html, json, jsonl, csv"), "{error}");
}

#[test]
fn the_whole_json() {
    insta::assert_json_snapshot!(json(&[harbour()]), { ".version" => "[version]", ".options" => "[options]" });
}

#[test]
fn json_follows_the_schema() {
    for checks in [vec![], vec![harbour(), nothing()], vec![hostile()], vec![without_texts()]] {
        assert_eq!(schema_errors(&json(&checks)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_name() {
    let good = json(&[harbour()]);
    for place in ["", "/articles/0", "/articles/0/scores", "/articles/0/matches/0", "/articles/0/matches/0/passages/0"]
    {
        let mut bad = good.clone();
        let object = bad.pointer_mut(place).and_then(Value::as_object_mut).expect("the place exists");
        object.insert("extra".to_owned(), Value::Null);
        assert_eq!(schema_errors(&bad).len(), 1, "{place}");
    }
}

#[test]
fn offsets_count_code_points() {
    let report = json(&[harbour()]);
    let text: Vec<char> = harbour().article.text.chars().collect();
    for found in report["articles"][0]["matches"].as_array().expect("a list") {
        for passage in found["passages"].as_array().expect("a list") {
            let at = |name: &str| passage["a"][name].as_u64().expect("an offset") as usize;
            let stretch: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(stretch, passage["a"]["text"].as_str().expect("a text"));
        }
    }
}

#[test]
fn a_line_for_each_passage() {
    insta::assert_snapshot!(written(Format::Jsonl, &[harbour(), nothing()]));
}

#[test]
fn lines_of_an_archive_without_texts_have_no_place_in_it() {
    let lines = written(Format::Jsonl, &[without_texts()]);
    let first: Value = serde_json::from_str(lines.lines().next().expect("there are lines")).expect("it is JSON");
    assert_eq!((&first["b"], &first["b_start"], &first["kind"]), (&"bulletin".into(), &Value::Null, &Value::Null));
    assert_eq!(first["a_text"], harbour().matches[2].passages[0].passage.a.of(&harbour().article.text));
}

#[test]
fn words_never_accuse() {
    let told = [harbour(), nothing(), without_texts()]
        .map(|checked| {
            [Format::Text, Format::Html].map(|format| written(format, std::slice::from_ref(&checked))).concat()
        })
        .concat();
    for word in ["stolen", "plagiar", "copied from", "steal", "theft", "guilty", "fail"] {
        assert!(!told.to_lowercase().contains(word), "{word}");
    }
}
