//! A source made ready: what it is called.

use super::cue::Cues;
use super::evidence::EvidenceKind;
use super::line::credit_lines;
use super::listed::Listed;
use super::names::Names;
use super::picture::is_of_picture;
use crate::document::Document;
use crate::quote::{Quotation, quotations};
use crate::text::tokenise;
use std::sync::OnceLock;

/// Bytes at either end of a source's text in which its own credit line is sought.
const ENDS: usize = 600;

/// A document that a passage was found in, made ready for [`Article::judge`](super::Article::judge): all that it is called.
///
/// Read of its record are the fields `source`, `outlet`, `publisher`, `agency`, `author`, `authors`, `byline`, `title`, `url`
/// and `link`; of its text the credit lines, so that a paper's copy of a wire story is known as the agency's.
#[derive(Debug)]
pub struct Source<'d> {
    pub(super) text: &'d str,
    pub(super) names: Names,
    quotations: OnceLock<Vec<Quotation>>,
}

impl<'d> Source<'d> {
    /// Reads what `document` is called. Cost: that of its fields, and of a bounded part of its text.
    pub fn new(document: &'d Document) -> Self {
        let mut source = Self { text: &document.text, names: Names::default(), quotations: OnceLock::new() };
        source.also(document);
        source
    }

    /// Takes in what a copy of the same text is called: to name one of them is to credit it.
    pub fn also(&mut self, copy: &Document) {
        self.names.read(copy);
        for end in ends(&copy.text) {
            self.credited(end);
        }
    }

    /// The agencies that the credit lines of a text name.
    fn credited(&mut self, text: &str) {
        let text = tokenise(text);
        // Most texts name no agency at their ends: they are read no further.
        if Listed::get().found_in(&text, 0..text.len() as u32).is_empty() {
            return;
        }
        let cues = Cues::new(&text);
        for line in credit_lines(&text, &cues) {
            for (tokens, group) in Listed::get().found_in(&text, line.tokens.clone()) {
                if line.credits(&text, &tokens) && !is_of_picture(&cues, &text, &tokens) {
                    self.names.listed(group, EvidenceKind::AgencyNamed);
                }
            }
        }
    }

    /// The quotations of its text; read when they are first asked for.
    pub(super) fn quotations(&self) -> &[Quotation] {
        self.quotations.get_or_init(|| quotations(self.text))
    }
}

/// The beginning and the end of a text; a short text whole.
fn ends(text: &str) -> Vec<&str> {
    if text.len() <= 2 * ENDS {
        return vec![text];
    }
    vec![&text[..text.floor_char_boundary(ENDS)], &text[text.ceil_char_boundary(text.len() - ENDS)..]]
}
