//! JSON Lines: one document a line, `{"id", "text", ...}`; the other fields are its metadata.

use super::error::Reason;
use super::limits::Limits;
use super::lines::{Line, Lines};
use super::source::Source;
use crate::document::{Document, Metadata};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::path::PathBuf;

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

    /// SHA-256 of the bytes as stored, once the last line was read.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.lines.get_ref().digest())
    }
}

impl Iterator for JsonLines {
    /// The line, if one is at fault or gave the document.
    type Item = (Option<usize>, Result<Document, Reason>);

    fn next(&mut self) -> Option<Self::Item> {
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
                let document = record(line).map(|record| record.document(self.path.clone()));
                return Some((Some(number), document));
            }
        }
        None
    }
}

/// The encoding that a mark of two bytes states: its lines cannot be told apart as bytes.
fn wide_mark(line: &[u8]) -> Option<&'static str> {
    match line {
        [0xff, 0xfe, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

/// One line as a record.
fn record(line: &[u8]) -> Result<Record, Reason> {
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

struct Record {
    id: String,
    text: String,
    metadata: Metadata,
}

impl Record {
    fn document(self, path: PathBuf) -> Document {
        Document { path: Some(path), metadata: self.metadata, ..Document::new(self.id, self.text) }
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `id` and `text`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Record, M::Error> {
        let mut id = None;
        let mut text = None;
        let mut metadata = Metadata::new();
        while let Some(key) = map.next_key::<String>()? {
            let twice = match key.as_str() {
                "id" => id.replace(id_of(map.next_value()?)?).is_some(),
                "text" => text.replace(map.next_value::<String>()?).is_some(),
                _ => metadata.insert(key.clone(), map.next_value()?).is_some(),
            };
            if twice {
                return Err(de::Error::custom(format_args!("the field {key:?} stands twice")));
            }
        }
        Ok(Record {
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
    match id.len() {
        0 => Err(E::custom("an id must not be empty")),
        1..=ID_BYTES => Ok(id),
        _ => Err(E::custom(format_args!("an id must not be over {ID_BYTES} bytes"))),
    }
}
