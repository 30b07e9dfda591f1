//! JSON Lines: one document a line, `{"id", "text", ...}`; the other fields are its metadata.

use super::error::{ReadError, Reason};
use super::limits::Limits;
use super::lines::{Line, Lines, wide_mark};
use super::records::{Record, Records};
use super::source::Source;
use crate::document::{Document, Metadata};
use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Longest id, in bytes: it stands in every line of output.
const ID_BYTES: usize = 4096;

/// The documents of a JSON Lines file, in order. A bad line is an error and the rest goes on.
pub(super) struct JsonLines {
    lines: Lines<Source>,
    path: PathBuf,
    limits: Limits,
    ended: bool,
}

impl JsonLines {
    pub fn new(source: Source, path: PathBuf, limits: &Limits) -> Self {
        Self { lines: Lines::new(source, limits.line_bytes), path, limits: limits.clone(), ended: false }
    }
}

impl Records for JsonLines {
    fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.lines.get_ref().digest())
    }
}

impl Iterator for JsonLines {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.ended {
            let (number, line) = match self.lines.next() {
                Ok(Some(numbered)) => numbered,
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                Err(error) => {
                    self.ended = true;
                    return Some((None, Err(self.lines.get_ref().reason(error))));
                }
            };
            let line = match line {
                Line::TooLong => {
                    let limit = self.limits.line_bytes;
                    return Some((Some(number), Err(Reason::LongLine { limit })));
                }
                Line::Bytes(line) => line,
            };
            if number == 1
                && let Some(encoding) = wide_mark(line)
            {
                self.ended = true;
                return Some((None, Err(Reason::Encoding(encoding))));
            }
            if !line.trim_ascii().is_empty() {
                let document = fields(line).map(|fields| fields.document(self.path.clone()));
                return Some((Some(number), document));
            }
        }
        None
    }
}

/// Whether the first line at `path` is an object without `text`: the file lists pairs or passages, not documents. False
/// where that line cannot be read.
pub(super) fn lacks_text(path: &Path, limits: &Limits) -> bool {
    let Ok(source) = Source::open(path, limits) else { return false };
    let mut lines = Lines::new(source, limits.line_bytes);
    while let Ok(Some((_, Line::Bytes(line)))) = lines.next() {
        if !line.trim_ascii().is_empty() {
            let fields = serde_json::from_slice::<HashMap<String, IgnoredAny>>(line);
            return fields.is_ok_and(|fields| !fields.contains_key("text"));
        }
    }
    false
}

/// What every line of the JSON Lines at `path` holds, `-` for standard input, with the line's number; the first line that
/// holds something else ends it.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path, limits: &Limits) -> Result<Vec<(usize, T)>, ReadError> {
    let source = match path == Path::new("-") {
        true => Source::new(std::io::stdin(), limits),
        false => Source::open(path, limits),
    };
    let mut lines = Lines::new(source.map_err(|reason| ReadError::new(path, reason))?, limits.line_bytes);
    let mut rows = Vec::new();
    loop {
        let (number, line) = match lines.next() {
            Ok(Some((number, Line::Bytes(line)))) => (number, row(line)),
            Ok(Some((number, Line::TooLong))) => (number, Err(Reason::LongLine { limit: limits.line_bytes })),
            Ok(None) => return Ok(rows),
            Err(error) => return Err(ReadError::new(path, lines.get_ref().reason(error))),
        };
        let row = line.map_err(|reason| ReadError::at_line(path, number, reason))?;
        rows.extend(row.map(|row| (number, row)));
    }
}

/// What one line holds; `None` when it is blank.
fn row<T: DeserializeOwned>(line: &[u8]) -> Result<Option<T>, Reason> {
    let line = std::str::from_utf8(line).map_err(|error| Reason::NotUtf8 { at: error.valid_up_to() })?;
    let read = || serde_json::from_str(line).map_err(|error| Reason::Record(json_fault(&error)));
    if line.trim().is_empty() { Ok(None) } else { read().map(Some) }
}

/// The fields on one line.
pub(super) fn fields(line: &[u8]) -> Result<Fields, Reason> {
    let line = std::str::from_utf8(line).map_err(|error| Reason::NotUtf8 { at: error.valid_up_to() })?;
    serde_json::from_str(line).map_err(|error| Reason::Record(json_fault(&error)))
}

/// What `serde_json` says, with the column and without its line, which is always 1.
pub(super) fn json_fault(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    match error.classify() {
        serde_json::error::Category::Data => format!("{what} (at column {})", error.column()),
        _ => format!("not one JSON object: {what} at column {}", error.column()),
    }
}

pub(super) struct Fields {
    id: String,
    text: String,
    metadata: Metadata,
}

impl Fields {
    pub fn document(self, path: PathBuf) -> Document {
        Document { path: Some(path), metadata: self.metadata, ..Document::new(self.id, self.text) }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// The name of a field, as it stands in the line unless something in it is escaped.
#[derive(Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `id` and `text`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut id = None;
        let mut text = None;
        let mut metadata = Metadata::new();
        while let Some(Key(key)) = map.next_key()? {
            let twice = match &*key {
                "id" => id.replace(id_of(map.next_value()?)?).is_some(),
                "text" => text.replace(map.next_value::<String>()?).is_some(),
                _ => metadata.insert(key.to_string(), map.next_value()?).is_some(),
            };
            if twice {
                return Err(de::Error::custom(format_args!("the field {key:?} stands twice")));
            }
        }
        Ok(Fields {
            id: id.ok_or_else(|| de::Error::missing_field("id"))?,
            text: text.ok_or_else(|| de::Error::missing_field("text"))?,
            metadata,
        })
    }
}

/// The id as text. A number keeps its digits as they stand, so that large ones stay apart.
pub(super) fn id_of<E: de::Error>(raw: &RawValue) -> Result<String, E> {
    let raw = raw.get();
    let id = match raw.as_bytes() {
        [b'"', ..] => serde_json::from_str(raw).map_err(|error| E::custom(json_fault(&error)))?,
        [b'-' | b'0'..=b'9', ..] => raw.to_owned(),
        _ => return Err(E::custom("an id must be text or a number")),
    };
    checked_id(id).map_err(E::custom)
}

/// The id, unless it is none or too long.
pub(super) fn checked_id(id: String) -> Result<String, String> {
    match id.len() {
        0 => Err("an id must not be empty".to_owned()),
        1..=ID_BYTES => Ok(id),
        _ => Err(format!("an id must not be over {ID_BYTES} bytes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn lines(text: impl Into<Vec<u8>>, limits: &Limits) -> JsonLines {
        let source = Source::new(std::io::Cursor::new(text.into()), limits).unwrap();
        JsonLines::new(source, "docs.jsonl".into(), limits)
    }

    /// `id|text` of each document, and each error behind its line.
    fn read(text: impl Into<Vec<u8>>) -> Vec<String> {
        let shown = |(line, read): Record| match read {
            Ok(document) => format!("{}|{}", document.id, document.text),
            Err(reason) => format!("{line:?}: {reason}"),
        };
        lines(text, &Limits::default()).map(shown).collect()
    }

    #[test]
    fn marks_line_ends_and_empty_lines_are_passed_over() {
        let text = "\u{feff}{\"id\":\"a\",\"text\":\"x\"}\r\n\r\n  \n{\"text\":\"y\",\"id\":\"b\"}";
        assert_eq!(read(text), ["a|x", "b|y"]);
        assert_eq!(read(""), Vec::<String>::new());
    }

    #[test]
    fn numbers_as_ids_keep_their_digits() {
        let ids = ["9007199254740993", "18446744073709551616", "1.0", "-0"];
        let text: String = ids.iter().map(|id| format!("{{\"id\":{id},\"text\":\"\"}}\n")).collect();
        assert_eq!(read(text), ids.map(|id| format!("{id}|")));
    }

    #[test]
    fn other_fields_pass_through() {
        let text = r#"{"lang":"de","id":1,"text":"a","n":[1,{"x":null}]}"#;
        let document = lines(text, &Limits::default()).next().unwrap().1.unwrap();
        assert_eq!(serde_json::Value::from(document.metadata), json!({"lang": "de", "n": [1, {"x": null}]}));
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let good = r#"{"id":1,"text":"a"}"#;
        for (bad, fault) in [
            (r#"{"text":"a"}"#, "missing field `id`"),
            (r#"{"id":2}"#, "missing field `text`"),
            (r#"{"id":null,"text":"a"}"#, "an id must be text or a number"),
            (r#"{"id":"","text":"a"}"#, "an id must not be empty"),
            (r#"{"id":2,"text":7}"#, "invalid type: integer `7`, expected a string"),
            (r#"{"id":2,"text":"a","text":"b"}"#, "the field \"text\" stands twice"),
            (r#"{"id":2,"text":"a"#, "not one JSON object: EOF while parsing a string"),
            (r#"{"id":2,"text":"a"} {}"#, "not one JSON object: trailing characters"),
            ("[1]", "invalid type: sequence, expected an object with `id` and `text`"),
        ] {
            let read = read(format!("{good}\n{bad}\n{good}"));
            assert!(read[1].starts_with(&format!("Some(2): {fault}")), "{bad}: {}", read[1]);
            assert_eq!([&read[0], &read[2]], ["1|a", "1|a"], "{bad}");
        }
        assert!(read(b"{\"id\":1,\"text\":\"\xff\"}")[0].starts_with("Some(1): not UTF-8 at byte 16"));
        assert!(read(b"\xff\xfe{\0")[0].starts_with("None: is in UTF-16LE"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = format!(r#"{{"id":1,"text":"a","deep":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(deep)[0].contains("recursion limit"));
    }

    #[test]
    fn a_line_over_the_limit_is_refused_without_holding_it() {
        let limits = Limits { line_bytes: 30, ..Limits::default() };
        let text = format!("{{\"id\":1,\"text\":\"{}\"}}\n{{\"id\":2,\"text\":\"b\"}}\n", "a".repeat(99));
        let read: Vec<_> = lines(text, &limits).map(|(line, read)| (line.unwrap(), read.is_ok())).collect();
        assert_eq!(read, [(1, false), (2, true)]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_documents_or_errors_one_a_line(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            let lines = text.split(|&byte| byte == b'\n').count();
            prop_assert!(read(text).len() <= lines);
        }

        #[test]
        fn any_record_comes_back(id in "\\PC{1,20}", text in ".{0,40}", key in "[a-h]{1,3}", value in any::<i64>()) {
            let record = json!({"id": id, "text": text, key.as_str(): value});
            let document = lines(record.to_string(), &Limits::default()).next().unwrap().1.unwrap();
            prop_assert_eq!((&document.id, &document.text), (&id, &text));
            prop_assert_eq!(&document.metadata[&key], &json!(value));
        }
    }
}
