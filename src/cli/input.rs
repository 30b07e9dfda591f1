//! Inputs of the command line, and what the user should know about them.

use super::messages::{Messages, escaped};
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
        let (count, s) = (decoding.replaced, plural(decoding.replaced));
        warnings
            .push(format!("{name}: {count} malformed byte sequence{s} became U+FFFD; is it {}?", decoding.encoding));
    }
    warnings
}

/// What to say about characters that a reader cannot see.
pub fn folding_warnings(document: &Document, folded: Folded) -> Vec<String> {
    let name = escaped(&document.id);
    let mut warnings = Vec::new();
    if folded.hidden_characters > 0 {
        let (count, s) = (folded.hidden_characters, plural(folded.hidden_characters));
        warnings.push(format!("{name}: {count} invisible character{s} not compared"));
    }
    if folded.mixed_script_words > 0 {
        let (count, s) = (folded.mixed_script_words, plural(folded.mixed_script_words));
        warnings.push(format!(
            "{name}: {count} word{s} with look-alike letters of several scripts, compared as one script"
        ));
    }
    warnings
}

/// The ending of a word that there are `count` of.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
