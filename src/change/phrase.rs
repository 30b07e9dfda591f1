//! Words and phrases in a stretch of text, for what asks about them outside of changes: whether someone is said to speak.

use super::harmless::{american, is_spelling};
use super::kind::ChangeKind;
use super::lexicon::{Cue, Language, Lexicon};
use super::reading::{CueAt, Reading};
use super::value::values;
use crate::span::Span;
use crate::text::{Tokenised, tokenise};
use std::ops::Range;
use std::sync::OnceLock;

/// Phrases of a data file for each language, written as README.md beside the lexicons says.
#[derive(Debug)]
pub(crate) struct Phrases {
    files: [&'static str; 3],
    lexicons: [OnceLock<Lexicon>; 3],
}

/// A word or phrase found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseAt {
    /// The group that it belongs to.
    pub group: &'static str,
    /// Bytes of the text.
    pub span: Span,
    /// Tokens of the text.
    pub tokens: Range<u32>,
}

/// A stretch of a text, ready to be searched.
#[derive(Debug)]
pub(crate) struct Wording(Reading);

impl Phrases {
    /// The phrases of files in English, Korean and Chinese; they are read when they are first asked for.
    pub(crate) const fn new(english: &'static str, korean: &'static str, chinese: &'static str) -> Self {
        Self { files: [english, korean, chinese], lexicons: [const { OnceLock::new() }; 3] }
    }

    fn lexicon(&'static self, language: Language) -> &'static Lexicon {
        let (lexicon, file) = (&self.lexicons[language as usize], self.files[language as usize]);
        lexicon.get_or_init(|| Lexicon::read(&[(Cue::Guard, file)]))
    }
}

impl Wording {
    /// Reads `tokens` of `text`. Cost: linear.
    pub(crate) fn read(text: &Tokenised<'_>, tokens: Range<u32>) -> Self {
        Self(Reading::new(text, tokens, &[]))
    }

    /// Words that give a statement to someone, in order: the lexicon of attribution. Cost: linear.
    pub(crate) fn attributions(&self) -> Vec<PhraseAt> {
        let attributes = |cue: &CueAt| cue.found.group.cue == Cue::Kind(ChangeKind::Attribution);
        self.0.cues().into_iter().filter(attributes).map(PhraseAt::of).collect()
    }

    /// The `phrases` in it, in order; of two that overlap the first, of two that begin together the longer. Cost: linear.
    pub(crate) fn phrases(&self, phrases: &'static Phrases) -> Vec<PhraseAt> {
        self.0.cues_in(|language| phrases.lexicon(language)).into_iter().map(PhraseAt::of).collect()
    }
}

impl PhraseAt {
    fn of(cue: CueAt) -> Self {
        Self { group: cue.found.group.name, span: cue.span, tokens: cue.tokens }
    }
}

/// Whether two short stretches are the same words: spelled otherwise, contracted, hyphenated, or one value in two forms.
/// Cost: linear.
pub(crate) fn same_words(x: &str, y: &str) -> bool {
    let normal = |text: &str| {
        let text = tokenise(text);
        let tokens = 0..text.len() as u32;
        Reading::new(&text, tokens.clone(), &[]).of_tokens(&tokens).to_owned()
    };
    let squeezed = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | ',')).collect::<String>();
    let (normal_x, normal_y) = (normal(x), normal(y));
    let (squeezed_x, squeezed_y) = (squeezed(&normal_x), squeezed(&normal_y));
    squeezed_x == squeezed_y
        || american(&squeezed_x) == american(&squeezed_y)
        || is_spelling(&normal_x, &normal_y)
        || same_value(x, y)
}

/// Whether each is one value and nothing else, and they mean the same.
fn same_value(x: &str, y: &str) -> bool {
    let (x, y) = (x.trim(), y.trim());
    let (of_x, of_y) = (values(x), values(y));
    match (of_x.as_slice(), of_y.as_slice()) {
        ([one], [two]) => one.span == Span::new(0, x.len()) && two.span == Span::new(0, y.len()) && one.means(two),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_attribute_are_found_with_their_places() {
        for (text, found) in [
            ("The minister said it is so.", &["said"][..]),
            ("According to the ministry it is so.", &["According to"]),
            ("장관은 그렇다고 말했다.", &["말했"]),
            ("部长指出，这是对的。", &["指出"]),
            ("The committee met at noon.", &[]),
        ] {
            let tokens = tokenise(text);
            let wording = Wording::read(&tokens, 0..tokens.len() as u32);
            let spans: Vec<&str> = wording.attributions().iter().map(|at| at.span.of(text)).collect();
            assert_eq!(spans, found, "{text}");
        }
    }

    #[test]
    fn the_same_words_may_be_written_otherwise() {
        for (x, y) in [("organised", "organized"), ("don't", "do not"), ("cease-fire", "ceasefire"), ("12", "twelve")] {
            assert!(same_words(x, y), "{x} {y}");
        }
        for (x, y) in [("will", "may"), ("12", "13"), ("large", "big")] {
            assert!(!same_words(x, y), "{x} {y}");
        }
    }
}
