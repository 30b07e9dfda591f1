//! What is known to be shared and not wanted: documents by their ids, phrases by their words.

use crate::comparison::{Comparison, Side};
use crate::passage::{Edit, EditOp, Passage};
use crate::read::{self, Limits, ReadError, Reason};
use crate::span::Span;
use crate::text::{Token, tokenise};
use rustc_hash::FxHashMap;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeSet;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

/// Documents and phrases to leave out. In JSON, how many there are of each, and a digest of both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exclusions {
    /// Ids of documents: no pair with one of them is wanted.
    pub documents: BTreeSet<String>,
    /// Phrases: no passage is wanted that shares little beside them. See [`Phrases`].
    pub phrases: BTreeSet<String>,
}

/// A line that says which of the two it is.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Document(String),
    Phrase(String),
}

impl Serialize for Exclusions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { documents, phrases } = self;
        let mut fields = serializer.serialize_struct("Exclusions", 3)?;
        fields.serialize_field("documents", &documents.len())?;
        fields.serialize_field("phrases", &phrases.len())?;
        let digest = xxh3_128(format!("{documents:?} {phrases:?}").as_bytes());
        fields.serialize_field("digest", &format!("{digest:032x}"))?;
        fields.end()
    }
}

impl Exclusions {
    /// Adds those of a text file. Every line is a phrase, or a JSON object: `{"document": "id"}` or `{"phrase": "words"}`.
    /// Empty lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    ///
    /// When the file cannot be read; the first line that is neither, or a phrase without a word.
    pub fn add_file(&mut self, path: &Path) -> Result<(), ReadError> {
        let text = read::file(path, &Limits::default())?.text;
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                self.add(line).map_err(|what| ReadError::at_line(path, at + 1, Reason::Record(what)))?;
            }
        }
        Ok(())
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let line = match line.starts_with('{') {
            true => serde_json::from_str(line).map_err(|_| FORMS.to_owned())?,
            false => Line::Phrase(line.to_owned()),
        };
        match line {
            Line::Document(id) => self.documents.insert(id),
            Line::Phrase(phrase) if tokenise(&phrase).tokens.is_empty() => return Err(WORDLESS.to_owned()),
            Line::Phrase(phrase) => self.phrases.insert(phrase),
        };
        Ok(())
    }
}

const FORMS: &str = "is neither a phrase nor {\"document\": \"id\"} nor {\"phrase\": \"words\"}";
const WORDLESS: &str = "the phrase has no word; take the line out";

/// Finds phrases in texts, by their words after folding.
///
/// They stand in a tree of tokens (a trie; Fredkin 1960), which is followed from every token of a text. Cost: the tokens of
/// the text times those of the longest phrase.
#[derive(Debug, Default)]
pub struct Phrases {
    /// The node after a node and a token; the root is 0.
    next: FxHashMap<(u32, Token), u32>,
    /// Whether a phrase ends at the node.
    ends: Vec<bool>,
}

impl Phrases {
    /// Those of `exclusions`.
    pub fn new(exclusions: &Exclusions) -> Self {
        let mut phrases = Self { next: FxHashMap::default(), ends: vec![false] };
        exclusions.phrases.iter().for_each(|phrase| phrases.add(phrase));
        phrases
    }

    /// True without any phrase.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    fn add(&mut self, phrase: &str) {
        let mut node = 0;
        for &token in &tokenise(phrase).tokens {
            let new = self.ends.len() as u32;
            node = *self.next.entry((node, token)).or_insert(new);
            if node == new {
                self.ends.push(false);
            }
        }
        self.ends[node as usize] = true;
    }

    /// Whether a passage of `found` holds a phrase and, beside phrases, shares fewer words than a passage must have.
    pub fn exclude(&self, passage: &Passage, found: &Comparison<'_>) -> bool {
        let equal = |edit: &&Edit| edit.op == EditOp::Equal;
        let a: Vec<Span> = passage.edits.iter().filter(equal).map(|edit| edit.a).collect();
        let b: Vec<Span> = passage.edits.iter().filter(equal).map(|edit| edit.b).collect();
        let sides = [(&found.a, passage.a, a), (&found.b, passage.b, b)];
        let beside = |(side, span, equal): &(&Side<'_>, Span, Vec<Span>)| {
            self.words_beside(span.of(&side.document.text), span.start, equal)
        };
        sides.iter().filter_map(beside).any(|words| words < found.options.min_words)
    }

    /// Words of `text` in one of the stretches `shared` and in no phrase; none where there is no phrase at all. `text` begins
    /// at byte `start` of what the stretches, in order, are places of.
    fn words_beside(&self, text: &str, start: usize, shared: &[Span]) -> Option<usize> {
        let read = tokenise(text);
        let (mut beside, mut covered, mut stretch) = (0, 0, 0);
        for at in 0..read.len() {
            if let Some(longest) = self.longest(&read.tokens[at..]) {
                covered = covered.max(at + longest);
            }
            let place = start + read.span(at).start;
            stretch += shared[stretch..].iter().take_while(|shared| shared.end <= place).count();
            let is_shared = shared.get(stretch).is_some_and(|shared| shared.start <= place);
            beside += usize::from(covered <= at && is_shared);
        }
        (covered > 0).then_some(beside)
    }

    /// Tokens of the longest phrase that `tokens` begin with.
    fn longest(&self, tokens: &[Token]) -> Option<usize> {
        let (mut node, mut longest) = (0, None);
        for (at, &token) in tokens.iter().enumerate() {
            match self.next.get(&(node, token)) {
                Some(&after) => node = after,
                None => break,
            }
            if self.ends[node as usize] {
                longest = Some(at + 1);
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exclusions(text: &str) -> Result<Exclusions, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut exclusions = Exclusions::default();
        match exclusions.add_file(file.path()) {
            Ok(()) => Ok(exclusions),
            Err(error) => Err(format!("{:?}: {}", error.line, error.reason)),
        }
    }

    #[test]
    fn a_line_is_a_phrase_or_says_what_it_is() {
        let read =
            exclusions("# ours\n\n All rights reserved. \n{\"document\": \"a b\"}\n{\"phrase\": \"# 1\"}\n").unwrap();
        assert_eq!(read.documents, BTreeSet::from(["a b".to_owned()]));
        assert_eq!(read.phrases, BTreeSet::from(["# 1".to_owned(), "All rights reserved.".to_owned()]));
        for (wrong, told) in [
            ("a\n{\"id\": 1}", "Some(2): is neither"),
            ("{\"document\": 1}", "Some(1): is neither"),
            ("...", "Some(1): the phrase has no word"),
        ] {
            assert!(exclusions(wrong).unwrap_err().starts_with(told), "{wrong}");
        }
    }

    #[test]
    fn shared_words_beside_phrases_are_counted() {
        let phrases =
            Phrases::new(&exclusions("all rights reserved\nall rights\nreserved by the wire\n東京 新聞").unwrap());
        for (text, outside) in [
            ("", None),
            ("rights reserved", None),
            ("All RIGHTS, reserved!", Some(0)),
            ("all rights reserved by the wire", Some(0)),
            ("all rights reserved by the way", Some(3)),
            ("rights and all, rights and all", Some(4)),
            ("本日、東京新聞", Some(2)),
        ] {
            assert_eq!(phrases.words_beside(text, 9, &[Span::new(9, 9 + text.len())]), outside, "{text}");
        }
        let shared = [Span::new(10, 14), Span::new(25, 40)];
        assert_eq!(phrases.words_beside("one two all rights three four five", 10, &shared), Some(3));
    }
}
