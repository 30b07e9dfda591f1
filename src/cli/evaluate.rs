//! `likewise evaluate`: what was found against what is known to be there.

use super::args::{MessageArgs, number};
use super::json;
use super::messages::{Messages, escaped};
use super::output::Output;
use super::status::{INTERRUPTED, Outcome, Status, Stop, chain, help};
use clap::{Args, ValueEnum, ValueHint};
use likewise::Options;
use likewise::evaluate::{
    Case, ChangeScores, LabelledPair, LabelledTexts, ListedChange, Listing, PairOptions, PassageScores, ScoredPair,
    by_similarity, changes, changes_in_texts, pairs, passages,
};
use likewise::read::{Limits, ReadError};
use serde::Serialize;
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  likewise evaluate --gold gold.jsonl --found found.jsonl
  likewise evaluate --gold gold.jsonl --found found.jsonl --pairs pairs.jsonl --cases
  likewise evaluate --gold gold.jsonl --found found.jsonl --format json -o scores.json
  likewise evaluate --level pairs --gold labels.jsonl --found found.jsonl
  likewise evaluate --level changes --gold changes.jsonl";

/// What `--help` begins with.
pub const ABOUT: &str = "\
Measure found passages against gold ones, with PAN's measures

Gold is what should be found: passages that a person labelled. Precision and recall over characters, averaged over \
passages; granularity, the pieces a passage is found in; plagdet, the three in one.

With --level pairs, whole documents are judged instead: --gold lists pairs labelled alike or not, --found pairs with a \
score, and the measures are precision, recall and F1 over the labelled pairs.

With --level changes, changes of meaning are counted: precision, recall and F1 for each kind. Without --found, --gold \
holds the texts themselves, which are compared with the default options.";

/// What its exit status can be.
const STATUSES: [i32; 3] = [0, 2, INTERRUPTED];

/// The flags of `evaluate`.
#[derive(Debug, Args)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct EvaluateArgs {
    /// The labelled passages: JSON Lines with a, b, a_start, a_end, b_start, b_end and kind; `-` reads standard input
    ///
    /// a and b are ids of documents, offsets count Unicode code points from 0, and the end is not included. With --level
    /// pairs: JSON Lines with a, b and label, which is 1 for a pair that is alike and 0 for one that is not. With --level
    /// changes: one change a line, in the same form as passages; or, without --found, id, the texts a and b, and changes, a
    /// list of such changes with before and after. Several files count as one.
    #[arg(long, value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::FilePath)]
    pub gold: Vec<PathBuf>,

    /// The found passages, in the same form, as `batch` writes them; kind is not looked at
    ///
    /// With --level pairs: JSON Lines with a, b and score, or similarity as `batch -o` writes it; a pair with neither counts
    /// as 1. With --level changes: changes as `batch -o` writes them, and only there may it be left out.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub found: Option<PathBuf>,

    /// The pairs that were compared: JSON Lines with a, b and kind, for false alarms and a row per kind
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub pairs: Option<PathBuf>,

    /// The field of --pairs that rows are made by [default: kind, where it is there]
    #[arg(long, value_name = "FIELD", requires = "pairs")]
    pub by: Option<String>,

    /// Show the measures that count whole passages and pairs as well; with --level changes, every change that is missed or
    /// wrong
    #[arg(long)]
    pub cases: bool,

    /// Show the precision of found passages by their similarity instead, with --level passages
    #[arg(long, conflicts_with = "cases")]
    pub by_similarity: bool,

    /// What is measured
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "passages")]
    pub level: Level,

    /// The score from which a pair counts as found, with --level pairs: any number, on the scale of the scores [default: 0.5]
    #[arg(long, value_name = "SCORE", value_parser = number)]
    pub threshold: Option<f64>,

    /// Gold lists every true pair, so that all others are false, with --level pairs
    #[arg(long)]
    pub closed: bool,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub format: EvaluateFormat,

    /// Write to a file, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Passages, by their characters
    Passages,
    /// Pairs of documents, by their labels and scores
    Pairs,
    /// Changes of meaning, by kind
    Changes,
}

/// What `evaluate` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EvaluateFormat {
    /// A table
    Text,
    /// One object
    Json,
}

/// Measures and writes the table.
pub fn run(args: &EvaluateArgs, messages: &Messages) -> Outcome {
    let inputs = args.gold.iter().chain(&args.found).chain(&args.pairs);
    if inputs.filter(|path| path.as_os_str() == "-").count() > 1 {
        return Err(Stop::Failure(
            "standard input can be read once; name `-` once among --gold, --found and --pairs".to_owned(),
        ));
    }
    let level = args.level.to_possible_value().expect("no level is hidden");
    for flag in args.unheeded() {
        messages.warn(&format!("{flag} has no effect with --level {}", level.get_name()));
    }
    let text = match args.level {
        Level::Passages if args.by_similarity => {
            let scores = by_similarity(&args.gold(Case::read)?, &args.found_passages()?, args.listing()?.as_ref());
            args.format.render(&scores, &scores)
        }
        Level::Passages => {
            let scores = passage_scores(args, messages)?;
            let table: &dyn Display = if args.cases { &scores.with_cases() } else { &scores };
            args.format.render(table, &scores)
        }
        Level::Pairs => {
            let (gold, found) = (args.gold(LabelledPair::read)?, ScoredPair::read(args.found()?, &Limits::default())?);
            let threshold = args.threshold.unwrap_or(PairOptions::default().threshold);
            let scores = pairs(&gold, &found, &PairOptions { threshold, closed: args.closed });
            args.format.render(&scores, &scores)
        }
        Level::Changes => {
            let scores = change_scores(args)?;
            let table: &dyn Display = if args.cases { &scores.with_cases() } else { &scores };
            args.format.render(table, &scores)
        }
    };
    let inputs = args.gold.iter().chain(&args.found).chain(&args.pairs);
    let mut output = Output::open(args.output.as_deref(), inputs.map(PathBuf::as_path))?;
    output.write_all(text.as_bytes()).map_err(|error| output.stop(&error))?;
    output.finish()?;
    Ok(Status::Done)
}

fn passage_scores(args: &EvaluateArgs, messages: &Messages) -> Result<PassageScores, Stop> {
    let scores = passages(&args.gold(Case::read)?, &args.found_passages()?, args.listing()?.as_ref());
    if scores.ignored > 0 {
        messages.warn(&format!("passages on pairs that --pairs does not list, ignored: {}", scores.ignored));
    }
    Ok(scores)
}

fn change_scores(args: &EvaluateArgs) -> Result<ChangeScores, Stop> {
    Ok(match &args.found {
        Some(found) => changes(&args.gold(ListedChange::read)?, &ListedChange::read(found, &Limits::default())?),
        None => changes_in_texts(&args.gold(LabelledTexts::read)?, &Options::default()),
    })
}

impl EvaluateArgs {
    /// The flags that were given and that the level has no use for.
    fn unheeded(&self) -> impl Iterator<Item = &'static str> {
        use Level::{Changes, Pairs, Passages};
        let flags: [(&str, bool, &[Level]); 5] = [
            ("--pairs", self.pairs.is_some(), &[Passages]),
            ("--cases", self.cases, &[Passages, Changes]),
            ("--by-similarity", self.by_similarity, &[Passages]),
            ("--threshold", self.threshold.is_some(), &[Pairs]),
            ("--closed", self.closed, &[Pairs]),
        ];
        flags.into_iter().filter(|(_, given, levels)| *given && !levels.contains(&self.level)).map(|(flag, ..)| flag)
    }

    /// What `read` makes of every file with labels.
    fn gold<'p, T>(&'p self, read: impl Fn(&'p Path, &Limits) -> Result<Vec<T>, ReadError>) -> Result<Vec<T>, Stop> {
        let mut all = Vec::new();
        for path in &self.gold {
            all.extend(read(path, &Limits::default())?);
        }
        Ok(all)
    }

    fn found_passages(&self) -> Result<Vec<Case>, Stop> {
        Ok(Case::read(self.found()?, &Limits::default())?)
    }

    /// The pairs that were compared.
    fn listing(&self) -> Result<Option<Listing>, Stop> {
        let Some(path) = &self.pairs else { return Ok(None) };
        let listing = Listing::read(path, self.by.as_deref().unwrap_or("kind"), &Limits::default())?;
        let has_rows = listing.pairs.is_empty() || listing.pairs.iter().any(|pair| pair.group != "all");
        match &self.by {
            Some(field) if !has_rows => {
                let (field, list) = (escaped(field), path.display());
                Err(Stop::Failure(format!("--by {field}: no pair of {list} has the field; name one that it has")))
            }
            _ => Ok(Some(listing)),
        }
    }

    fn found(&self) -> Result<&Path, Stop> {
        let missing = || Stop::Failure("--found is missing; it may be left out with --level changes alone".to_owned());
        self.found.as_deref().ok_or_else(missing)
    }
}

impl EvaluateFormat {
    fn render(self, table: &dyn Display, scores: &impl Serialize) -> String {
        match self {
            Self::Text => table.to_string(),
            Self::Json => json::line(scores),
        }
    }
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Self::Failure(chain(&error))
    }
}
