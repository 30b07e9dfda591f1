//! Every threshold that can be set: name, unit, default, range and reason, in one place.

use crate::shingle::ShingleSize;
use serde::{Deserialize, Serialize};

/// A named set of thresholds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Fewer, surer passages.
    Strict,
    /// The thresholds all published figures are measured with.
    #[default]
    Default,
    /// More passages, some of them chance.
    Loose,
}

impl Preset {
    /// Every preset, the surest first.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Default, Self::Loose];

    /// The word for it in every input and output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Default => "default",
            Self::Loose => "loose",
        }
    }
}

/// The engine's thresholds. Start from [`Options::preset`] and change what must change.
///
/// ```
/// use likewise::{Options, Preset};
/// let options = Options { min_words: 12, ..Options::preset(Preset::Strict) };
/// assert!(options.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Where the other fields started from.
    pub preset: Preset,
    /// Tokens in a shingle that begins with a word (1 to 32). Longer ones find fewer chance matches and fewer edited
    /// ones: with one word in ten replaced, 59 % of shingles of 5 survive, 43 % of 8.
    pub shingle: usize,
    /// Tokens in a shingle that begins with a character of Han or kana (1 to 64): a character says less than a word.
    pub character_shingle: usize,
    /// Fewest words in a passage (1 to 10,000), but for the whole of a text with fewer. Shorter stretches are stock phrases more
    /// often than borrowing.
    pub min_words: usize,
    /// Share of words, both sides together, that must be matched in order for a passage to count as edited; below it
    /// is reworded (0 to 1).
    pub edited: f64,
    /// Cosine that a sentence must reach to speak for a reworded passage; what lies above it speaks for, what lies
    /// below against, in proportion to its words (0 to 1).
    pub reworded: f64,
    /// Words' worth of such evidence that a reworded passage needs, on its weaker side (0 to 1000).
    pub evidence: f64,
    /// Least similarity of a passage (0 to 1). Of passages below 0.3 one in six is labelled as shared in the measured
    /// corpora, of those from 0.5 up nineteen in twenty.
    pub similarity: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self::preset(Preset::Default)
    }
}

/// A threshold out of its range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// A count or share that no text could meet.
    #[error("`{name}` is {value}, but must lie between {least} and {most}")]
    OutOfRange {
        /// The field, as flags and configuration files spell it.
        name: &'static str,
        /// What it was set to.
        value: f64,
        /// Least value allowed.
        least: f64,
        /// Greatest value allowed.
        most: f64,
    },
}

/// Checks a threshold against its range: NaN lies in none.
pub(crate) fn within(name: &'static str, value: f64, least: f64, most: f64) -> Result<(), OptionsError> {
    let fits = (least..=most).contains(&value);
    if fits { Ok(()) } else { Err(OptionsError::OutOfRange { name, value, least, most }) }
}

impl Options {
    /// The thresholds of a preset.
    pub fn preset(preset: Preset) -> Self {
        let (min_words, reworded, evidence, similarity) = match preset {
            Preset::Strict => (12, 0.32, 9.0, 0.5),
            Preset::Default => (8, 0.26, 4.5, 0.3),
            Preset::Loose => (6, 0.22, 2.5, 0.0),
        };
        Self { preset, shingle: 5, character_shingle: 8, min_words, edited: 0.65, reworded, evidence, similarity }
    }

    /// Checks every threshold against its range.
    pub fn check(&self) -> Result<(), OptionsError> {
        within("shingle", self.shingle as f64, 1.0, 32.0)?;
        within("character-shingle", self.character_shingle as f64, 1.0, 64.0)?;
        within("min-words", self.min_words as f64, 1.0, 10_000.0)?;
        within("edited", self.edited, 0.0, 1.0)?;
        within("reworded", self.reworded, 0.0, 1.0)?;
        within("evidence", self.evidence, 0.0, 1000.0)?;
        within("similarity", self.similarity, 0.0, 1.0)
    }

    pub(crate) fn shingle_size(&self) -> ShingleSize {
        ShingleSize { words: self.shingle, characters: self.character_shingle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_in_range_and_others_are_refused_by_name() {
        for preset in [Preset::Strict, Preset::Default, Preset::Loose] {
            assert_eq!(Options::preset(preset).check(), Ok(()));
        }
        let error = Options { shingle: 0, ..Options::default() }.check().expect_err("no shingle has 0 tokens");
        assert_eq!(error.to_string(), "`shingle` is 0, but must lie between 1 and 32");
        assert!(Options { reworded: f64::NAN, ..Options::default() }.check().is_err());
    }
}
