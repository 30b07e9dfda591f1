//! `likewise scan`: every pair in a corpus.

mod filters;
mod kept;
mod lines;
pub mod memory;
mod record;
mod report;
mod work;
mod writer;

use super::args::{EngineArgs, MessageArgs, fraction, whole};
use super::interrupt;
use super::json;
use super::messages::Messages;
use super::progress::Progress;
use super::rejected::Rejected;
use super::status::{INTERRUPTED, Outcome, Status, Stop, help};
use clap::{Args, ValueHint};
use filters::FilterArgs;
use kept::Kept;
use likewise::OptionsError;
use likewise::corpus::{CorpusOptions, Filter};
use std::path::{Path, PathBuf};
use std::time::Instant;
use work::{Scratch, Task, Worked};
use writer::Writer;

const EXAMPLES: &str = "\
Examples:
  likewise scan docs.jsonl -o found
  likewise scan texts -o found --memory 4G --report pages
  likewise scan docs.jsonl --near-duplicates > pairs.jsonl
  likewise scan docs.jsonl --between outlet --within-days 7
  likewise scan docs.jsonl -o found --resume";

/// What `--help` begins with.
pub const ABOUT: &str = "\
Find every pair of documents in a corpus that share text

Finds near-duplicates and shared passages among all documents, however many, without comparing each with each. With -o \
DIR, passages, pairs, clusters and run.json (inputs, counts, what bounds left out, times, memory) go to that folder; \
without, passages go to standard output. Lines are sorted, and the same for any number of threads and any memory.";

/// What its exit status can be.
const STATUSES: [i32; 4] = [0, 2, 3, INTERRUPTED];

/// The flags of `scan`.
#[derive(Debug, Args)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct ScanArgs {
    /// The corpus: folders, text files, JSON Lines or CSV with id and text, plain, gzip or Zstandard
    ///
    /// A file named .jsonl, .ndjson, .csv or .tsv holds a document in every record, with the fields id and text; any
    /// other file is one text. A text file's id is its name, in a folder its path from there.
    #[arg(value_name = "INPUT", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,

    /// Find near-duplicate documents alone; a line for every pair, with no passages
    #[arg(long, conflicts_with = "passages")]
    pub near_duplicates: bool,

    /// Find shared passages and the pairs that have them (the default, near-duplicates included)
    #[arg(long)]
    pub passages: bool,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "jsonl")]
    pub format: ScanFormat,

    /// Write passages, pairs, clusters and run.json to a folder
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,

    /// Write the text of both sides with every passage
    #[arg(long)]
    pub text: bool,

    /// Write HTML pages to a folder, in place of those of an earlier report: an index, the clusters, and pairs side by side
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub report: Option<PathBuf>,

    /// Clusters, and pairs, that the report lists at most of each, the largest first
    #[arg(long, value_name = "N", value_parser = whole, default_value = "200", hide_short_help = true)]
    pub report_size: usize,

    /// Go on where an interrupted run with the same inputs and flags ended; its comparisons are kept in DIR/unfinished
    ///
    /// They are kept after every 2048 pairs. Reading, near-duplicates and joining are done anew, which shows that the inputs are the
    /// same and takes a fraction of the comparing; a run with --near-duplicates has nothing else to go on from.
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Pairs compared after which what was found is kept for --resume
    #[arg(long, value_name = "N", default_value = "2048", value_parser = one_at_least, hide_short_help = true)]
    pub keep_every: usize,

    #[command(flatten)]
    pub filters: FilterArgs,

    #[command(flatten)]
    pub corpus: CorpusArgs,

    #[command(flatten)]
    pub engine: EngineArgs,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// What `scan` writes for the passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ScanFormat {
    /// A line of JSON per passage
    Jsonl,
    /// A row per passage
    Csv,
    /// A line of JSON per place of a passage cluster, with its text and the document's fields, as passim writes them
    Passim,
}

/// How pairs are found.
#[derive(Debug, Args)]
#[command(next_help_heading = "Corpus")]
pub struct CorpusArgs {
    /// Resemblance from which two documents are near-duplicates: the share of their shingles that both have, 0.2 to 1
    #[arg(long, value_name = "SHARE", value_parser = fraction, default_value = "0.4")]
    pub resemblance: f64,

    /// Words that one stretch of two documents must have in common for the pair to be compared, 1 to 1000
    #[arg(long, value_name = "N", value_parser = whole, default_value = "12")]
    pub stretch: usize,

    /// Share of a document's words that the corpus hardly has elsewhere, beyond which its copies are sought letter by letter, 0 to 1 (never)
    #[arg(long, value_name = "SHARE", value_parser = fraction, default_value = "0.125", hide_short_help = true)]
    pub noise: f64,

    /// Check N documents against all others, shingle by shingle, and tell how many of the pairs that share a stretch were found
    #[arg(long, value_name = "N", value_parser = one_at_least, conflicts_with = "near_duplicates")]
    pub audit: Option<usize>,

    /// Distinct texts that may share a shingle before it counts as boilerplate, 2 to 1000
    #[arg(long, value_name = "N", value_parser = whole, default_value = "32", hide_short_help = true)]
    pub frequent: usize,

    /// Memory to use, as 500M or 4G, 96M at least; what does not fit goes to disk [default: half of the machine's]
    ///
    /// Some 160 bytes for each document do not go to disk: a run over N million documents needs N times 160M besides 40M.
    #[arg(long, value_name = "SIZE", value_parser = memory::size)]
    pub memory: Option<usize>,

    /// Where to put what does not fit in memory [default: the system's folder for temporary files]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, hide_short_help = true)]
    pub scratch: Option<PathBuf>,
}

impl ScanArgs {
    /// What the run reads.
    fn read(&self) -> impl Iterator<Item = &Path> {
        self.inputs.iter().chain(&self.filters.query).chain(&self.filters.exclude).map(PathBuf::as_path)
    }

    fn options(&self, filter: Filter, scratch: &Scratch) -> Result<CorpusOptions, OptionsError> {
        let corpus = &self.corpus;
        let options = CorpusOptions {
            passages: !self.near_duplicates,
            resemblance: corpus.resemblance,
            stretch: corpus.stretch,
            noise: corpus.noise,
            frequent: corpus.frequent,
            filter,
            memory: corpus.memory.unwrap_or_else(memory::half_of_all),
            ..CorpusOptions::new(self.engine.options()?, scratch.path())
        };
        options.check().map(|()| options)
    }
}

pub fn one_at_least(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|&number| number > 0).ok_or_else(|| "give a number, 1 at least".to_owned())
}

/// Reads the corpus, finds the pairs, compares them and writes what was found.
pub fn run(args: &ScanArgs, messages: &Messages) -> Outcome {
    scan(args, messages).map_err(|stop| match (stop, interrupt::left()) {
        (Stop::Failure(what), Some(left)) => Stop::Failure(format!("{what}; {left}")),
        (stop, _) => stop,
    })
}

fn scan(args: &ScanArgs, messages: &Messages) -> Outcome {
    let started = Instant::now();
    let scratch = Scratch::open(args.corpus.scratch.as_deref())?;
    let (inputs, filter) = args.filters.read(&args.inputs)?;
    let options = args.options(filter, &scratch)?;
    args.engine.start_threads()?;
    let mut writer = Writer::open(args)?;
    let mut kept = Kept::open(args, &options, messages)?;
    if kept.goes_on() {
        writer.remove_left();
    }
    let task = Task { args, inputs: &inputs, options: &options, progress: Progress::new(&args.messages), messages };
    let worked = Worked::run(&task, &mut writer, &mut kept)?;
    args.filters.warn(&options.filter, &worked.corpus, messages);
    let rejected: Vec<Rejected> = worked.corpus.rejected().iter().map(Rejected::from).collect();
    if !rejected.is_empty() {
        let items: Vec<_> = rejected.iter().map(ToString::to_string).collect();
        messages.warn_list(&format!("inputs or lines not read: {}", items.len()), &items);
    }
    if worked.corpus.is_empty() && !rejected.iter().all(Rejected::is_bystander) {
        return Err(Stop::Failure("no input holds a document that can be read; nothing was written".to_owned()));
    }
    if worked.corpus.is_empty() {
        messages.warn("no input holds a document");
    } else {
        args.filters.check_queries(&options.filter, &worked.corpus, messages)?;
    }
    if worked.corpus.len() == 1 {
        messages.warn("the inputs hold one document, which makes no pair");
    }
    writer.finish(|| json::indented(&record::RunRecord::new(&options, &worked, &rejected, started)), messages)?;
    kept.remove()?;
    task.progress.end(&worked.told(), started, messages);
    Ok(if rejected.iter().all(Rejected::is_bystander) { Status::Done } else { Status::Partial })
}

impl From<likewise::corpus::CorpusError> for Stop {
    fn from(error: likewise::corpus::CorpusError) -> Self {
        Self::Failure(super::status::chain(&error))
    }
}
