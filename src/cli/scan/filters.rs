//! Which pairs are wanted, as the command line says it.

use super::super::messages::{Messages, escaped};
use super::super::rejected::Rejected;
use super::super::status::Stop;
use super::one_at_least;
use clap::{Args, ValueHint};
use likewise::corpus::{Corpus, Exclusions, Filter};
use std::fs;
use std::path::{Path, PathBuf};

/// Which pairs are wanted.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
    /// Only pairs whose documents differ in this field of their metadata, as `outlet`
    #[arg(long, value_name = "FIELD")]
    pub between: Option<String>,

    /// Only pairs whose dates are at most N days apart
    #[arg(long, value_name = "N", value_parser = days)]
    pub within_days: Option<u32>,

    /// Field of the metadata that has a document's date, as 2024-05-01
    #[arg(long, value_name = "FIELD", default_value = "date", hide_short_help = true)]
    pub date_field: String,

    /// Only pairs with a document of this input, which is read like the others; may be repeated
    #[arg(long, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub query: Vec<PathBuf>,

    /// Leave out the documents and phrases listed in this file; may be repeated
    ///
    /// Every line is a phrase, or {"document": "ID"} or {"phrase": "WORDS"}. A pair with such a document is left out, and
    /// a passage that holds such a phrase and shares fewer than --min-words words beside. Lines that begin with # are passed over.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub exclude: Vec<PathBuf>,

    /// Only the N pairs that share the most words
    #[arg(long, value_name = "N", value_parser = one_at_least)]
    pub max_pairs: Option<usize>,

    /// Write suppressed.jsonl: what the filters left out, each line with the reason
    #[arg(long, requires = "output")]
    pub suppressed: bool,
}

fn days(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "give a number of days, 0 at least".to_owned())
}

impl FilterArgs {
    /// All inputs, those of `--query` last, and the filter that knows it.
    pub fn read(&self, inputs: &[PathBuf]) -> Result<(Vec<PathBuf>, Filter), Stop> {
        let is_query = |input: &&PathBuf| self.query.iter().any(|query| is_same(query, input));
        let mut all: Vec<PathBuf> = inputs.iter().filter(|input| !is_query(input)).cloned().collect();
        let queries_from = (!self.query.is_empty()).then_some(all.len());
        all.extend_from_slice(&self.query);
        let mut exclusions = Exclusions::default();
        for path in &self.exclude {
            exclusions.add_file(path).map_err(|error| Stop::Failure(super::super::status::chain(&error)))?;
        }
        let filter = Filter {
            between: self.between.clone(),
            within_days: self.within_days,
            date: self.date_field.clone(),
            queries_from,
            max_pairs: self.max_pairs,
            exclusions,
        };
        Ok((all, filter))
    }

    /// Refuses queries of which none could be read, and tells of those that hold nothing: no pair has a document of them.
    pub fn check_queries(&self, filter: &Filter, corpus: &Corpus, messages: &Messages) -> Result<(), Stop> {
        let Some(from) = filter.queries_from else { return Ok(()) };
        if corpus.sources()[from..].iter().any(|source| source.documents > 0) {
            return Ok(());
        }
        let is_of_query = |path: &Path| self.query.iter().any(|query| path.starts_with(query));
        let mut rejected = corpus.rejected().iter().filter(|error| is_of_query(&error.path));
        if rejected.any(|error| !Rejected::from(error).is_bystander()) {
            let why = "no input of --query holds a document that can be read; nothing was written";
            return Err(Stop::Failure(why.to_owned()));
        }
        messages.warn("no input of --query holds a document");
        Ok(())
    }

    /// Tells of what the filter names and the corpus does not have.
    pub fn warn(&self, filter: &Filter, corpus: &Corpus, messages: &Messages) {
        let missing: Vec<_> = corpus.missing(&filter.exclusions.documents).map(str::to_owned).collect();
        if !missing.is_empty() {
            messages.warn_list(&format!("excluded documents that are in no input: {}", missing.len()), &missing);
        }
        for field in corpus.fields_of_none() {
            messages.warn(&format!(
                "no document has the field `{}`, by which pairs are chosen: none is left",
                escaped(field)
            ));
        }
    }
}

/// Whether two paths name one file.
fn is_same(x: &Path, y: &Path) -> bool {
    x == y || matches!((fs::canonicalize(x), fs::canonicalize(y)), (Ok(x), Ok(y)) if x == y)
}
