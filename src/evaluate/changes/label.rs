//! Labelled and found changes, as JSON Lines give them, and the texts they are looked for in.

use crate::change::ChangeKind;
use crate::compare::compare;
use crate::comparison::Comparison;
use crate::document::Document;
use crate::options::Options;
use crate::read::{Limits, ReadError, Reason, rows};
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;

/// A change between two texts: labelled (gold), or found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ChangeFields")]
pub struct ChangeLabel {
    /// What it is about.
    pub kind: ChangeKind,
    /// What stands in the first text; empty where it was added, or is not told.
    pub before: String,
    /// What stands in the second text; empty where it was dropped, or is not told.
    pub after: String,
    /// Code points of the first text; empty where it was added.
    pub a_chars: Range<usize>,
    /// Code points of the second text; empty where it was dropped.
    pub b_chars: Range<usize>,
}

/// A change, with the documents it was found between or is labelled for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListedChange {
    /// Id of the first document.
    pub a: String,
    /// Id of the second document.
    pub b: String,
    /// The change.
    #[serde(flatten)]
    pub change: ChangeLabel,
}

/// Two texts, with every change of meaning between them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LabelledTexts {
    /// Names the two in what is shown.
    pub id: String,
    /// The first text.
    pub a: String,
    /// The second text.
    pub b: String,
    /// None where the two mean the same.
    pub changes: Vec<ChangeLabel>,
}

/// A change as a line has it. Fields not named here are passed over.
#[derive(Deserialize)]
struct ChangeFields {
    kind: ChangeKind,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
}

impl TryFrom<ChangeFields> for ChangeLabel {
    type Error = String;

    fn try_from(fields: ChangeFields) -> Result<Self, String> {
        let ChangeFields { kind, before, after, a_start, a_end, b_start, b_end } = fields;
        for (side, start, end) in [("a", a_start, a_end), ("b", b_start, b_end)] {
            if start > end {
                return Err(format!(
                    "a range that ends before it starts: `{side}_start` is {start}, `{side}_end` is {end}"
                ));
            }
        }
        Ok(Self { kind, before, after, a_chars: a_start..a_end, b_chars: b_start..b_end })
    }
}

impl ListedChange {
    /// Reads `{"a", "b", "kind", "a_start", "a_end", "b_start", "b_end"}` lines with or without `before` and `after`, plain
    /// or gzip, `-` for standard input. Other fields are passed over.
    ///
    /// # Errors
    ///
    /// At the first line that is no change, or when the file cannot be read.
    pub fn read(path: impl AsRef<Path>, limits: &Limits) -> Result<Vec<Self>, ReadError> {
        Ok(rows(path.as_ref(), limits)?.into_iter().map(|(_, listed)| listed).collect())
    }
}

impl LabelledTexts {
    /// Reads `{"id", "a", "b", "changes": [{"kind", "before", "after", "a_start", "a_end", "b_start", "b_end"}]}` lines,
    /// plain, gzip or Zstandard, `-` for standard input; `a` and `b` are the texts themselves. Other fields are passed over.
    ///
    /// # Errors
    ///
    /// At the first line of another form, or whose `before` or `after` is not what the text has at its place; or when the
    /// file cannot be read.
    pub fn read(path: impl AsRef<Path>, limits: &Limits) -> Result<Vec<Self>, ReadError> {
        let path = path.as_ref();
        let checked = |(line, texts): (usize, Self)| match texts.fault() {
            Some(fault) => Err(ReadError::at_line(path, line, Reason::Record(fault))),
            None => Ok(texts),
        };
        rows(path, limits)?.into_iter().map(checked).collect()
    }

    /// What is wrong with the labels.
    fn fault(&self) -> Option<String> {
        self.changes.iter().find_map(|change| {
            let sides = [
                ("before", &self.a, &change.before, &change.a_chars),
                ("after", &self.b, &change.after, &change.b_chars),
            ];
            let wrong = sides.into_iter().find(|(_, text, words, chars)| slice(text, chars) != Some(words.as_str()))?;
            let (name, _, words, chars) = wrong;
            Some(format!("`{name}` is {words:?}, which does not stand at {} to {}", chars.start, chars.end))
        })
    }

    /// The changes that a comparison of the two texts finds.
    pub fn find(&self, options: &Options) -> Vec<ChangeLabel> {
        let (a, b) = (Document::new("a", &*self.a), Document::new("b", &*self.b));
        found_in(&compare(&a, &b, options))
    }
}

/// What `text` has at `chars`; `None` beyond its end.
fn slice<'t>(text: &'t str, chars: &Range<usize>) -> Option<&'t str> {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut ends = ends.skip(chars.start);
    let start = ends.next()?;
    let end = if chars.is_empty() { start } else { ends.nth(chars.len() - 1)? };
    Some(&text[start..end])
}

/// The changes of a comparison.
fn found_in(found: &Comparison<'_>) -> Vec<ChangeLabel> {
    let (a, b) = (&found.a, &found.b);
    let changes = found.passages.iter().flat_map(|passage| &passage.changes);
    changes
        .map(|change| ChangeLabel {
            kind: change.kind,
            before: change.a.of(&a.document.text).to_owned(),
            after: change.b.of(&b.document.text).to_owned(),
            a_chars: a.chars_before(change.a.start)..a.chars_before(change.a.end),
            b_chars: b.chars_before(change.b.start)..b.chars_before(change.b.end),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn read(line: &str) -> Result<Vec<LabelledTexts>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.jsonl");
        fs::write(&path, line).unwrap();
        LabelledTexts::read(&path, &Limits::default())
            .map_err(|error| error.to_string().replace(path.to_str().unwrap(), "gold.jsonl"))
    }

    fn line(before: &str, a_end: usize) -> String {
        let change = format!(
            r#"{{"kind":"number","before":"{before}","after":"","a_start":3,"a_end":{a_end},"b_start":3,"b_end":3}}"#
        );
        format!(r#"{{"id":"x","a":"他约有十二人","b":"他约有人","language":"zh","changes":[{change}]}}"#)
    }

    #[test]
    fn labels_are_read_with_their_texts() {
        let texts = read(&line("十二", 5)).unwrap();
        assert_eq!((texts[0].changes[0].kind, texts[0].changes[0].a_chars.clone()), (ChangeKind::Number, 3..5));
        assert_eq!(texts[0].changes[0].b_chars, 3..3);
    }

    #[test]
    fn a_label_that_points_elsewhere_is_refused() {
        let fault = |line: &str| read(line).unwrap_err();
        assert_eq!(fault(&line("十", 5)), "gold.jsonl, line 1: `before` is \"十\", which does not stand at 3 to 5");
        assert!(fault(&line("十二", 9)).contains("does not stand at 3 to 9"));
        assert!(fault(&line("十二", 2)).contains("ends before it starts"), "{}", fault(&line("十二", 2)));
        assert!(fault(r#"{"id":"x","a":"1","b":"2"}"#).contains("missing field `changes`"));
    }
}
