//! Fields of the documents' metadata that pairs are chosen by: one value of each document, equal values held once.

use crate::date::day;
use crate::document::Metadata;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde_json::Value;

/// A document without the field.
const NONE: u32 = u32::MAX;

/// The values of some fields, each with a value or none for every document.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    columns: Vec<Column>,
}

#[derive(Debug, Default)]
struct Column {
    /// Index in `values` of each document.
    of: Vec<u32>,
    values: Vec<Box<str>>,
    known: FxHashMap<Box<str>, u32>,
}

/// The values that `metadata` has for `names`: text as it stands but for white space around it, anything else as JSON. An
/// empty text and null are no value.
pub(crate) fn values(metadata: &Metadata, names: &[&str]) -> Vec<Option<String>> {
    let value = |name: &&str| match metadata.get(*name)? {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.trim().to_owned()),
        other => Some(other.to_string()),
    };
    names.iter().map(value).collect()
}

/// Where a document is from and when, as its metadata tell: a date that cannot be read is none.
pub(crate) fn source_and_date(metadata: &Metadata) -> (Option<String>, Option<Date>) {
    let [source, date] = ["source", "date"].map(|name| values(metadata, &[name]).pop().flatten());
    (source, date.and_then(|date| day(&date)))
}

/// Whether a document says when it is from, and nothing can be made of that.
pub(crate) fn has_unreadable_date(metadata: &Metadata) -> bool {
    values(metadata, &["date"]).pop().flatten().is_some_and(|date| day(&date).is_none())
}

impl Fields {
    /// `count` fields, of no document yet.
    pub(crate) fn new(count: usize) -> Self {
        Self { columns: (0..count).map(|_| Column::default()).collect() }
    }

    /// Adds the next document, with a value or none for each field.
    pub(crate) fn push(&mut self, values: Vec<Option<String>>) {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
    }

    /// The number of a document's value: equal for equal values.
    pub(crate) fn of(&self, field: usize, document: u32) -> Option<u32> {
        Some(self.columns[field].of[document as usize]).filter(|&value| value != NONE)
    }

    /// The distinct values of a field, by their numbers.
    pub(crate) fn values(&self, field: usize) -> impl Iterator<Item = &str> {
        self.columns[field].values.iter().map(|value| &**value)
    }
}

impl Column {
    fn push(&mut self, value: Option<String>) {
        let number = match value {
            None => NONE,
            Some(value) => match self.known.get(value.as_str()) {
                Some(&number) => number,
                None => self.add(value.into_boxed_str()),
            },
        };
        self.of.push(number);
    }

    fn add(&mut self, value: Box<str>) -> u32 {
        let number = self.values.len() as u32;
        self.values.push(value.clone());
        self.known.insert(value, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_one_number_and_a_missing_one_has_none() {
        let mut fields = Fields::new(2);
        for line in [
            r#"{"outlet": "Wire", "year": 2024}"#,
            r#"{"outlet": " Wire ", "year": null}"#,
            r#"{"outlet": "", "year": "2024"}"#,
            r#"{"other": 1, "year": [2024]}"#,
        ] {
            let metadata: Metadata = serde_json::from_str(line).unwrap();
            fields.push(values(&metadata, &["outlet", "year"]));
        }
        let numbers = |field| [0, 1, 2, 3].map(|document| fields.of(field, document));
        assert_eq!(numbers(0), [Some(0), Some(0), None, None]);
        assert_eq!(numbers(1), [Some(0), None, Some(0), Some(1)]);
        assert_eq!(fields.values(1).collect::<Vec<_>>(), ["2024", "[2024]"]);
    }
}
