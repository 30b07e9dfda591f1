//! How alike two texts are, in a word.

use serde::{Deserialize, Serialize};

/// In a word, how alike the two documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Every word of both, in the same order.
    #[serde(rename = "identical")]
    Identical,
    /// The same words but for numbers, dates, names and other values.
    #[serde(rename = "same template, different values")]
    SameTemplate,
    /// All but a few words.
    #[serde(rename = "near-identical")]
    NearIdentical,
    /// Large parts of both, in largely the same words.
    #[serde(rename = "strikingly similar")]
    StrikinglySimilar,
    /// Some passages.
    #[serde(rename = "partly shared")]
    PartlyShared,
    /// No passage.
    #[serde(rename = "unrelated")]
    Unrelated,
}

impl Verdict {
    /// The words for it in every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::SameTemplate => "same template, different values",
            Self::NearIdentical => "near-identical",
            Self::StrikinglySimilar => "strikingly similar",
            Self::PartlyShared => "partly shared",
            Self::Unrelated => "unrelated",
        }
    }
}

/// What the verdict on a pair follows from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    /// Whether all words are the same, in the same order.
    pub equal: bool,
    /// Whether all that differs is values.
    pub template: bool,
    /// Shares of the words of A, and of B, inside passages.
    pub shared: [f64; 2],
    pub similarity: f64,
    /// Words that passages match word for word.
    pub matched: usize,
    /// Words of A, and of B.
    pub words: [usize; 2],
    pub any_passage: bool,
}

/// Shares of words from which two texts are near-identical, and strikingly similar: on the side that shares less, or on
/// the one that shares more if the other shares half as much as would do alone.
const NEAR_IDENTICAL: f64 = 0.9;
const STRIKING: f64 = 0.5;
const MOSTLY: f64 = 0.75;
/// Similarity from which texts that share large parts are alike in their words, too, unless half of the shorter one is matched
/// word for word.
const ALIKE: f64 = 0.35;
/// Share of the longer text's words that near-identical texts have word for word in their passages.
const MATCHED: f64 = 0.85;

impl Figures {
    pub(crate) fn verdict(self) -> Verdict {
        let [a, b] = self.shared;
        let (least, most) = (a.min(b), a.max(b));
        let matched = |of: usize| self.matched as f64 / of.max(1) as f64;
        let [a, b] = self.words;
        let large = least >= STRIKING || (most >= MOSTLY && least >= STRIKING / 2.0);
        if self.equal {
            Verdict::Identical
        } else if self.template {
            Verdict::SameTemplate
        } else if least >= NEAR_IDENTICAL && matched(a.max(b)) >= MATCHED {
            Verdict::NearIdentical
        } else if large && (self.similarity >= ALIKE || matched(a.min(b)) >= STRIKING) {
            Verdict::StrikinglySimilar
        } else if self.any_passage {
            Verdict::PartlyShared
        } else {
            Verdict::Unrelated
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Options, compare};

    fn verdict(a: &str, b: &str) -> Verdict {
        let (a, b) = (Document::new("a", a), Document::new("b", b));
        compare(&a, &b, &Options::default()).scores.verdict
    }

    #[test]
    fn texts_are_strikingly_similar_for_their_words_and_not_for_their_vocabulary() {
        // Words of one small vocabulary, drawn twice: the orders have nothing to do with each other.
        let words = |seed: u64| -> String {
            let mut state = seed;
            let mut draw = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b'a' + (state >> 33) as u8 % 26)
            };
            (0..420).map(|_| format!("{}rope ", draw())).collect()
        };
        assert_eq!(verdict(&words(1), &words(7)), Verdict::PartlyShared);
        let shared = "The two governments agreed to talk through military channels about the missiles that were stationed in the south, \
            and to let trade and travel return to what they had been before the quarrel began.";
        let (a, b) = (format!("{shared} Fish is dear."), format!("Snow fell in the hills all week. {shared}"));
        assert_eq!(verdict(&a, &b), Verdict::StrikinglySimilar);
    }
}
