use super::*;
use crate::passage::Kind;
use crate::report::fixture::{self, Draft, Piece, delete, equal, insert, only, replace};
use proptest::prelude::*;
use serde_json::Value;

fn written(comparison: &Comparison<'_>) -> Value {
    let mut out = Vec::new();
    write(comparison, &mut out).expect("a vector takes all");
    assert!(out.ends_with(b"}\n"));
    serde_json::from_slice(&out).expect("it is JSON")
}

fn schema_errors(value: &Value) -> Vec<String> {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is a schema");
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn what_is_written_follows_the_schema() {
    for comparison in [fixture::statements(), fixture::cut_short(), fixture::comparison(&[], &[], &[])] {
        assert_eq!(schema_errors(&written(&comparison)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_name() {
    let good = written(&fixture::statements());
    for (place, name) in [("", "extra"), ("/a", "bytes"), ("/passages/0", "note"), ("/passages/0/edits/0", "text")] {
        let mut bad = good.clone();
        let object = bad.pointer_mut(place).and_then(Value::as_object_mut).expect("the place exists");
        object.insert(name.to_owned(), Value::Null);
        assert_eq!(schema_errors(&bad).len(), 1, "{place}/{name}");
    }
}

#[test]
fn the_whole_report() {
    insta::assert_json_snapshot!(written(&fixture::statements()), { ".version" => "[version]", ".options" => "[options]" });
}

/// The characters `start..end` of `text`, counted one by one.
fn characters(text: &str, record: &Value) -> String {
    let at = |key: &str| record[key].as_u64().expect("an offset") as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

fn edit(words: &'static str) -> impl Strategy<Value = (crate::passage::EditOp, String, String)> {
    (0..4, words, words).prop_map(|(op, a, b)| match op {
        0 => equal(&a),
        1 => delete(&a),
        2 => insert(&b),
        _ => replace(&a, &b),
    })
}

fn anything() -> impl Strategy<Value = Comparison<'static>> {
    let word = "[a-z .é東😀\u{1}\"\\\\]{1,300}";
    let draft = prop::collection::vec(edit(word), 1..6)
        .prop_map(|edits| Draft { similarity: 0.123_456, ..Draft::new(Kind::Edited, edits) });
    let drafts = prop::collection::vec(draft, 0..4);
    (drafts, prop::collection::vec(word, 5), any::<prop::sample::Index>()).prop_map(|(drafts, between, turn)| {
        let order: Vec<usize> = (0..drafts.len()).collect();
        let mut turned = order.clone();
        turned.rotate_left(turn.index(drafts.len().max(1)).min(drafts.len()));
        let pieces = |order: &[usize]| {
            let passages = order.iter().zip(&between).flat_map(|(&at, text)| [only(text), Piece::Passage(at)]);
            passages.chain([only(&between[4])]).collect::<Vec<_>>()
        };
        fixture::comparison(&pieces(&order), &pieces(&turned), &drafts)
    })
}

proptest! {
    #[test]
    fn segments_tile_and_offsets_are_code_points(comparison in anything()) {
        let report = written(&comparison);
        for (key, side) in [("a", &comparison.a), ("b", &comparison.b)] {
            let text = &side.document.text;
            let tiles = report["segments"][key].as_array().expect("a list");
            prop_assert_eq!(&tiles.iter().map(|tile| characters(text, tile)).collect::<String>(), text);
            for passage in report["passages"].as_array().expect("a list") {
                prop_assert_eq!(&characters(text, &passage[key]), passage[key]["text"].as_str().expect("a text"));
                let mut at = passage[key]["start"].clone();
                for edit in passage["edits"].as_array().expect("a list") {
                    prop_assert_eq!(&edit[format!("{key}_start")], &at);
                    at = edit[format!("{key}_end")].clone();
                }
                prop_assert_eq!(&at, &passage[key]["end"]);
            }
        }
    }
}
