//! An archive in memory.

use crate::archive::{ArchiveError, Facts, Fingerprinting, Index};
use crate::corpus::field::source_and_date;
use crate::document::Document;
use crate::fingerprint::Fingerprinter;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Documents in memory to check articles against: for an archive of the moment, and to try things out. Numbers are places in
/// the list it was made of.
///
/// ```
/// use likewise::check::MemoryIndex;
/// use likewise::{Document, archive::Index};
///
/// let index = MemoryIndex::new(vec![Document::new("a", "One text."), Document::new("b", "ONE TEXT!")]);
/// assert_eq!(index.len(), 2);
/// assert_eq!(index.copies(0)?, [1]);
/// # Ok::<(), likewise::archive::ArchiveError>(())
/// ```
#[derive(Debug)]
pub struct MemoryIndex {
    fingerprinting: Fingerprinting,
    documents: Vec<Document>,
    facts: Vec<Facts>,
    postings: FxHashMap<u64, Vec<u32>>,
    copies: FxHashMap<u32, Vec<u32>>,
    sources: Vec<(String, u32)>,
}

/// What is read off one text.
struct Digest {
    words: u32,
    text_hash: u128,
    /// Sorted, each once.
    hashes: Vec<u64>,
}

impl Digest {
    fn new(text: &str, fingerprinter: &mut Fingerprinter) -> Self {
        let mut hashes = Vec::new();
        let (words, text_hash) = fingerprinter.of_text(text, |hash| hashes.push(hash));
        hashes.sort_unstable();
        hashes.dedup();
        Self { words, text_hash, hashes }
    }
}

impl MemoryIndex {
    /// Shingles of 5 words or 8 characters, one of 8 kept at least: what a stretch of 12 words in common is sure to be found by.
    pub const FINGERPRINTING: Fingerprinting = Fingerprinting { shingle: 5, character_shingle: 8, window: 8 };

    /// Takes documents in, in parallel. Cost: linear in the texts.
    pub fn new(documents: Vec<Document>) -> Self {
        Self::with(documents, Self::FINGERPRINTING)
    }

    /// As [`MemoryIndex::new`], with fingerprints of another make.
    pub fn with(documents: Vec<Document>, fingerprinting: Fingerprinting) -> Self {
        let digest =
            |fingerprinter: &mut Fingerprinter, document: &Document| Digest::new(&document.text, fingerprinter);
        let digests: Vec<Digest> = documents.par_iter().map_init(|| fingerprinting.fingerprinter(), digest).collect();
        let mut index = Self {
            fingerprinting,
            facts: Vec::with_capacity(documents.len()),
            documents,
            postings: FxHashMap::default(),
            copies: FxHashMap::default(),
            sources: Vec::new(),
        };
        index.fill(digests);
        index
    }

    fn fill(&mut self, digests: Vec<Digest>) {
        let mut firsts: FxHashMap<u128, u32> = FxHashMap::default();
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        for (number, digest) in (0..).zip(digests) {
            let first = *firsts.entry(digest.text_hash).or_insert(number);
            let copy_of = (first != number).then_some(first);
            match copy_of {
                Some(first) => self.copies.entry(first).or_default().push(number),
                None => digest.hashes.iter().for_each(|&hash| self.postings.entry(hash).or_default().push(number)),
            }
            let (source, date) = source_and_date(&self.documents[number as usize].metadata);
            let source = source.map(|name| {
                *known.entry(name).or_insert_with_key(|name| {
                    self.sources.push((name.clone(), 0));
                    self.sources.len() as u32 - 1
                })
            });
            source.inspect(|&source| self.sources[source as usize].1 += 1);
            self.facts.push(Facts { words: digest.words, date, source, copy_of });
        }
    }
}

impl Index for MemoryIndex {
    fn fingerprinting(&self) -> Fingerprinting {
        self.fingerprinting
    }

    fn len(&self) -> usize {
        self.documents.len()
    }

    fn postings(&self, hash: u64, most: usize, found: &mut Vec<u32>) -> Result<usize, ArchiveError> {
        let own = self.postings.get(&hash).map_or(&[][..], Vec::as_slice);
        found.extend_from_slice(&own[..own.len().min(most)]);
        Ok(own.len())
    }

    fn facts(&self, number: u32) -> Result<Facts, ArchiveError> {
        Ok(self.facts[number as usize])
    }

    fn copies(&self, number: u32) -> Result<Vec<u32>, ArchiveError> {
        Ok(self.copies.get(&number).cloned().unwrap_or_default())
    }

    fn source(&self, source: u32) -> (&str, u32) {
        let (name, count) = &self.sources[source as usize];
        (name, *count)
    }

    fn document(&self, number: u32) -> Result<Document, ArchiveError> {
        Ok(self.documents[number as usize].clone())
    }

    fn has_texts(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, text: &str, fields: serde_json::Value) -> Document {
        let metadata = fields.as_object().unwrap().clone();
        Document { metadata, ..Document::new(id, text) }
    }

    #[test]
    fn copies_have_no_fingerprints_of_their_own_and_count_for_their_source() {
        let text = "The board met for the third time this year and agreed to keep the rate where it is.";
        let index = MemoryIndex::new(vec![
            document("a", text, serde_json::json!({"source": "Wire", "date": "2024-05-01T10:00:00Z"})),
            document("b", &text.to_uppercase(), serde_json::json!({"source": " Wire "})),
            document("c", "Other.", serde_json::json!({"source": 7, "date": "soon"})),
        ]);
        let mut found = Vec::new();
        let hash = *index.postings.iter().find(|(_, documents)| documents[..] == [0]).unwrap().0;
        assert_eq!(index.postings(hash, 9, &mut found).unwrap(), 1);
        assert_eq!((found, index.copies(0).unwrap(), index.copies(2).unwrap()), (vec![0], vec![1], vec![]));
        let facts = [0, 1, 2].map(|number| index.facts(number).unwrap());
        assert_eq!(facts.map(|facts| facts.copy_of), [None, Some(0), None]);
        assert_eq!(facts.map(|facts| facts.date.is_some()), [true, false, false]);
        assert_eq!(facts.map(|facts| index.source(facts.source.unwrap())), [("Wire", 2), ("Wire", 2), ("7", 1)]);
    }
}
