//! Texts and archives to test with.

use super::super::{WriteOptions, Writer};
use crate::document::Document;
use std::path::Path;

/// Texts of some forty words each. Those with numbers that differ by 4 share half of their sentences; those that differ by 8 are
/// the same after folding, and not before.
pub fn text(number: usize) -> String {
    let number = number % 16;
    let sentence = |seed: usize| {
        const WORDS: [&str; 12] = [
            "harbour", "council", "repairs", "north", "pier", "spring", "boats", "minister", "bridge", "budget",
            "storm", "vote",
        ];
        let words: Vec<_> = (0..14).map(|at| WORDS[(seed * 5 + at * (seed + 3) + at * at) % WORDS.len()]).collect();
        format!("{} {seed}.", words.join(" "))
    };
    let (half, fold) = (number % 4, number / 8);
    let text = [sentence(half), sentence(half + 20), sentence(40 + number % 8), "end of it.".to_owned()].join(" ");
    if fold == 1 { text.to_uppercase() } else { text }
}

/// A document with a text of [`text`] and metadata that depend on its number.
pub fn document(id: &str, number: usize) -> Document {
    let mut document = Document::new(id, text(number));
    let mut set = |field: &str, value: String| document.metadata.insert(field.to_owned(), value.into());
    if !number.is_multiple_of(3) {
        set("source", format!("paper {}", number % 4));
    }
    if number.is_multiple_of(2) {
        set("date", format!("2024-05-{:02}", 1 + number % 28));
    }
    set("number", number.to_string());
    document
}

/// An archive of three commits, with removed and replaced documents, copies, and files of every kind.
pub fn archive(folder: &Path, texts: bool) {
    let options = WriteOptions { texts, ..WriteOptions::default() };
    let mut writer = Writer::create(folder, &options).unwrap();
    for round in 0..3 {
        let documents = (0..12).map(|at| document(&format!("d{}", at + 9 * round), at + 5 * round)).collect();
        writer.add_documents(documents).unwrap();
        writer.commit().unwrap();
    }
    assert!(writer.remove("d4").unwrap());
    writer.commit().unwrap();
}
