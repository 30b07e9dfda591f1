//! Inputs, and lines of them, that gave nothing: as messages and run records tell them.

use super::messages::escaped;
use super::status::chain;
use likewise::read::{Outcome, ReadError};
use serde::Serialize;
use std::fmt;

/// An input, or a line of one, that gave no document or no pair.
#[derive(Serialize)]
pub struct Rejected {
    input: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    reason: String,
    #[serde(skip)]
    outcome: Outcome,
    #[serde(skip)]
    is_bystander: bool,
}

impl Rejected {
    /// True where the input is no document; false where it is one that could not be read.
    pub fn is_skipped(&self) -> bool {
        self.outcome == Outcome::Skipped
    }

    /// True where nobody said that it holds documents: it lay in a folder that does.
    pub fn is_bystander(&self) -> bool {
        self.is_bystander
    }
}

impl From<&ReadError> for Rejected {
    fn from(error: &ReadError) -> Self {
        let input = error.path.to_string_lossy().into_owned();
        let (outcome, is_bystander) = (error.outcome(), error.is_bystander());
        Self { input, line: error.line, outcome, reason: chain(&error.reason), is_bystander }
    }
}

impl From<ReadError> for Rejected {
    fn from(error: ReadError) -> Self {
        Self::from(&error)
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", escaped(&self.input))?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}
