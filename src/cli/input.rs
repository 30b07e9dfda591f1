//! Inputs of the command line, and what the user should know about them.

use super::messages::{Messages, count, escaped};
use super::status::Stop;
use likewise::read::{self, Limits};
use likewise::{Document, Folded};
use std::path::Path;

/// Reads one text; `-` is standard input.
pub fn text(path: &Path, messages: &Messages) -> Result<Document, Stop> {
    let limits = Limits::default();
    let document = if path == Path::new("-") { read::stdin(&limits) } else { read::file(path, &limits) };
    let document = document?;
    for warning in decoding_warnings(&document) {
        messages.warn(&warning);
    }
    Ok(document)
}

/// What to say about how the bytes of a document became text.
pub fn decoding_warnings(document: &Document) -> Vec<String> {
    let decoding = &document.decoding;
    let name = escaped(&document.id);
    let mut warnings = Vec::new();
    if decoding.encoding != "UTF-8" {
        let how = if decoding.detected { "guessed from its bytes" } else { "stated by its byte-order mark" };
        warnings.push(format!("{name}: read as {}, {how}", decoding.encoding));
    }
    if decoding.replaced > 0 {
        let malformed = count(decoding.replaced, "malformed byte sequence");
        warnings.push(format!("{name}: {malformed} became U+FFFD; is it {}?", decoding.encoding));
    }
    warnings
}

/// What to say about characters that a reader cannot see.
pub fn folding_warnings(document: &Document, folded: Folded) -> Vec<String> {
    let name = escaped(&document.id);
    let mut warnings = Vec::new();
    if folded.hidden_characters > 0 {
        warnings.push(format!("{name}: {} not compared", count(folded.hidden_characters, "invisible character")));
    }
    if folded.mixed_script_words > 0 {
        let words = count(folded.mixed_script_words, "word");
        warnings.push(format!("{name}: {words} with look-alike letters of several scripts, compared as one script"));
    }
    warnings
}
