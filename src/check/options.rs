//! The thresholds of a check: name, unit, default, range and reason, in one place.

use crate::options::{Options, OptionsError, within};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// How articles are checked. Start from [`CheckOptions::new`] and change what must change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckOptions {
    /// How an article and a text are compared. Its shingle sizes hold for that alone: texts are found with those of the archive.
    #[serde(flatten)]
    pub engine: Options,
    /// Words that an article and a text must have in common, in order, in one stretch to be compared (1 to 1000). As in a scan.
    pub stretch: usize,
    /// Words on either side of what they share that are compared with it (20 to 1,000,000). As in a scan.
    pub margin: usize,
    /// Resemblance from which two texts are compared whole (0.2 to 1). As in a scan.
    pub resemblance: f64,
    /// Texts of the archive that are read for one article at most (1 to 100,000). The work for an article is bounded by it. Of
    /// more, first come the two earliest texts for each fingerprint, among those that share at least half as much as the one that
    /// shares most of those with it, up to half of the bound; then those that share most.
    pub texts: usize,
    /// Texts read one after the other that share no stretch with the article, after which no more are read (1 to 100,000). Texts come in
    /// the order of what they share, the rarest and densest first, so that behind some chance ones there are only more.
    pub patience: usize,
    /// Leaves out texts dated later. Those without a date stay.
    pub as_of: Option<Date>,
    /// Leaves out documents by a field of theirs.
    pub exclude: Vec<Exclusion>,
    /// Looks for texts that may have reused the article: those of its day or later, or without a date.
    pub reverse: bool,
    /// Takes boilerplate in where shares are counted and matches are ranked.
    pub boilerplate: bool,
}

impl CheckOptions {
    /// The defaults around `engine`.
    pub fn new(engine: Options) -> Self {
        Self {
            engine,
            stretch: 12,
            margin: 60,
            resemblance: 0.4,
            texts: 200,
            patience: 6,
            as_of: None,
            exclude: Vec::new(),
            reverse: false,
            boilerplate: false,
        }
    }

    /// Checks every threshold against its range.
    ///
    /// # Errors
    ///
    /// The first that is out of it.
    pub fn check(&self) -> Result<(), OptionsError> {
        self.engine.check()?;
        within("stretch", self.stretch as f64, 1.0, 1000.0)?;
        within("margin", self.margin as f64, 20.0, 1e6)?;
        within("resemblance", self.resemblance, 0.2, 1.0)?;
        within("texts", self.texts as f64, 1.0, 1e5)?;
        within("patience", self.patience as f64, 1.0, 1e5)
    }
}

/// Documents that are left out: those whose field has a value, as `source=Wire` or `id=a17`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exclusion {
    /// `id`, `source` or another field of the documents.
    pub field: String,
    /// The value, white space around it left out.
    pub value: String,
}

impl FromStr for Exclusion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((field, value)) if !field.trim().is_empty() => {
                Ok(Self { field: field.trim().to_owned(), value: value.trim().to_owned() })
            }
            _ => Err("give FIELD=VALUE, as source=Wire or id=a17".to_owned()),
        }
    }
}

impl fmt::Display for Exclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.field, self.value)
    }
}

impl Serialize for Exclusion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_in_range_and_others_are_refused_by_name() {
        let options = CheckOptions::new(Options::default());
        assert_eq!(options.check(), Ok(()));
        let error = CheckOptions { texts: 0, ..options }.check().expect_err("no text at all finds nothing");
        assert_eq!(error.to_string(), "`texts` is 0, but must lie between 1 and 100000");
    }

    #[test]
    fn an_exclusion_is_a_field_and_a_value() {
        let exclusion: Exclusion = "source = The Wire=Service ".parse().unwrap();
        assert_eq!(exclusion.to_string(), "source=The Wire=Service");
        for wrong in ["source", "=Wire", ""] {
            assert!(wrong.parse::<Exclusion>().is_err(), "{wrong}");
        }
    }
}
