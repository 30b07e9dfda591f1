//! Every threshold of the engine: name, unit, default, range and reason, in one place.

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

/// The engine's thresholds. Start from [`Options::preset`] and change what must change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Where the other fields started from.
    pub preset: Preset,
    /// Tokens in a shingle of words (1 to 32).
    pub shingle: usize,
    /// Fewest words in a passage (1 to 10000).
    pub min_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { preset: Preset::Default, shingle: 5, min_words: 8 }
    }
}
