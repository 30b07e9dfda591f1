//! `likewise batch`: many listed pairs.

mod inputs;
mod pages;
mod run_record;
mod sink;

use super::args::{EngineArgs, MessageArgs};
use super::gate::GateArgs;
use super::input::folding_warnings;
use super::json;
use super::messages::{Messages, count};
use super::progress::Progress;
use super::status::{INTERRUPTED, Outcome, Status, Stop, help};
use clap::{Args, ValueEnum, ValueHint};
use inputs::Inputs;
use likewise::batch::{DocumentPair, compare_pairs, compare_wording_of_pairs};
use likewise::report::lines::PairLine;
use likewise::{Comparison, Kind, Options, Severity};
use pages::Pages;
use run_record::RunRecord;
pub use sink::file_name;
use sink::{Rendered, Sink};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  likewise batch pairs.txt --docs texts
  likewise batch pairs.csv --docs docs.jsonl --format csv --text
  likewise batch pairs.jsonl --docs docs.jsonl -o found --threads 2
  likewise batch pairs.txt --docs texts --report pages > passages.jsonl";

/// What `--help` begins with.
pub const ABOUT: &str = "\
Compare many listed pairs of documents

Writes a line for every passage found, sorted by a, b and place, the same for any number of threads. With -o DIR, \
passages, changes of meaning, pairs and run.json (inputs, counts, what was skipped and why, times, memory) go to that \
folder.";

/// What its exit status can be.
const STATUSES: [i32; 5] = [0, 1, 2, 3, INTERRUPTED];

/// The flags of `batch`.
#[derive(Debug, Args)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct BatchArgs {
    /// The list of pairs, plain, gzip or Zstandard; `-` reads standard input
    ///
    /// Every line names two documents by their ids: with white space between, or a tab (then ids may hold spaces), or as
    /// CSV (columns a and b), or as JSON Lines (fields a and b). The first line decides which, not the file's name.
    #[arg(value_name = "PAIRS", value_hint = ValueHint::FilePath)]
    pub pairs: PathBuf,

    /// Where the documents are: folders, text files, JSON Lines or CSV with id and text, plain, gzip or Zstandard
    ///
    /// A file named .jsonl, .ndjson, .csv or .tsv holds a document in every record, with the fields id and text; any
    /// other file is one text. A text file's id is its name, in a folder its path from there; a folder is read with all
    /// folders in it, and JSON Lines in it without a text, as lists of pairs are, are skipped. Documents that no pair names
    /// are passed over.
    #[arg(long, value_name = "INPUT", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub docs: Vec<PathBuf>,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "jsonl")]
    pub format: BatchFormat,

    /// Write passages, changes, pairs and run.json to a folder instead of passages to standard output
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,

    /// Write the text of both sides with every passage
    #[arg(long)]
    pub text: bool,

    /// Write an HTML page for every pair, and index.html, to a folder, in place of those of an earlier report
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub report: Option<PathBuf>,

    #[command(flatten)]
    pub engine: EngineArgs,

    #[command(flatten)]
    pub gates: GateArgs,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// What `batch` writes for the passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BatchFormat {
    /// A line of JSON per passage
    Jsonl,
    /// A row per passage
    Csv,
    /// A file per pair, in the form of the PAN plagiarism tasks; needs -o
    PanXml,
}

impl BatchArgs {
    /// What the run reads.
    fn read(&self) -> impl Iterator<Item = &Path> {
        std::iter::once(&self.pairs).chain(&self.docs).map(PathBuf::as_path)
    }
}

/// Compares the pairs and writes what was found.
pub fn run(args: &BatchArgs, messages: &Messages) -> Outcome {
    let started = Instant::now();
    let options = args.engine.options()?;
    args.engine.start_threads()?;
    let mut sink = Sink::open(args)?;
    let pages = args.report.as_deref().map(|path| Pages::open(path, args)).transpose()?;
    let progress = Progress::new(&args.messages);
    let inputs = Inputs::read(args, progress, messages)?;

    let task = Task { args, options: &options, pages: pages.as_ref() };
    let mut tally = Tally::default();
    task.compare(&inputs, &mut sink, &mut tally, progress, messages)?;

    tell(&inputs, &tally, messages);
    if let Some(pages) = pages {
        pages.finish(&tally.lines, messages)?;
    }
    sink.finish(|| json::indented(&RunRecord::new(&options, &inputs, &tally, started)), messages)?;
    let passages: usize = tally.kinds.iter().sum();
    let [pairs, passages] = [count(tally.compared, "pair"), count(passages, "passage")];
    progress.end(&format!("{pairs} compared, {passages} found"), started, messages);
    Ok(status(&inputs, &tally))
}

/// What every comparison of a run is made and kept with.
struct Task<'t> {
    args: &'t BatchArgs,
    options: &'t Options,
    pages: Option<&'t Pages>,
}

/// What is kept of one comparison.
struct Kept {
    rendered: Rendered,
    pair: PairLine,
    kinds: [usize; 3],
    moved: usize,
    severities: [usize; 3],
    warnings: Vec<String>,
    /// Why a gate tripped, if one did.
    tripped: Option<String>,
}

/// What came of all comparisons.
#[derive(Default)]
pub struct Tally {
    /// Pairs compared.
    compared: usize,
    /// Bytes of text compared, both sides of each pair.
    bytes: usize,
    /// Passages of each kind, as in [`Kind::ALL`].
    kinds: [usize; 3],
    /// Passages out of the main order.
    moved: usize,
    /// Changes of each severity, as in [`Severity::ALL`].
    severities: [usize; 3],
    /// What to say about single documents and pairs.
    warnings: BTreeSet<String>,
    /// Pairs that tripped a gate.
    tripped: usize,
    /// The first of them, and why.
    first_tripped: Option<String>,
    /// The pairs' figures, kept for the index of the report only.
    lines: Vec<PairLine>,
    compare_seconds: f64,
    write_seconds: f64,
}

impl Task<'_> {
    /// Compares every pair and passes on what is kept of it, in order.
    fn compare(
        &self,
        inputs: &Inputs,
        sink: &mut Sink,
        tally: &mut Tally,
        progress: Progress,
        messages: &Messages,
    ) -> Result<(), Stop> {
        let pairs: Vec<_> = inputs.pairs().collect();
        let stage = progress.stage("comparing", "pairs", Some(pairs.len() as u64));
        let mut write_seconds = 0.0;
        let work = |index: usize, found: &Comparison<'_>| {
            stage.tick();
            self.keep(index, found)
        };
        let take = |index: usize, kept: Result<Kept, Stop>| {
            let started = Instant::now();
            let kept = kept?;
            sink.take(index, &kept.rendered, &kept.pair)?;
            tally.add(kept, &pairs[index], self.pages.is_some());
            write_seconds += started.elapsed().as_secs_f64();
            Ok::<_, Stop>(())
        };
        if self.asks_for_changes() {
            compare_pairs(&pairs, self.options, work, take)?;
        } else {
            compare_wording_of_pairs(&pairs, self.options, work, take)?;
        }
        tally.write_seconds = write_seconds;
        tally.compare_seconds = stage.finish(messages) - write_seconds;
        Ok(())
    }

    /// Whether changes of meaning are written, shown or asked for by a gate. They cost more than passages.
    fn asks_for_changes(&self) -> bool {
        self.args.output.is_some() || self.pages.is_some() || self.args.gates.ask_for_changes()
    }

    /// Renders a comparison, on the thread that made it.
    fn keep(&self, index: usize, found: &Comparison<'_>) -> Result<Kept, Stop> {
        if let Some(pages) = self.pages {
            pages.write(index, found)?;
        }
        let count = |kind| found.passages.iter().filter(|passage| passage.kind == kind).count();
        let changes = || found.passages.iter().flat_map(|passage| &passage.changes);
        let of_severity = |severity| changes().filter(|change| change.severity == severity).count();
        Ok(Kept {
            rendered: Rendered::new(self.args, found),
            pair: PairLine::new(found),
            kinds: Kind::ALL.map(count),
            moved: found.passages.iter().filter(|passage| passage.moved).count(),
            severities: Severity::ALL.map(of_severity),
            warnings: warnings(found),
            tripped: self.args.gates.tripped(found),
        })
    }
}

/// What to say about a comparison that its lines do not show.
fn warnings(found: &Comparison<'_>) -> Vec<String> {
    let (a, b) = (&found.a, &found.b);
    let mut warnings = folding_warnings(a.document, a.folded);
    warnings.extend(folding_warnings(b.document, b.folded));
    let pair = format!("{} and {}", a.document.id, b.document.id);
    warnings.extend(found.cut_short.iter().map(|cut| format!("{pair}: {}: {}", cut.stage, cut.what)));
    warnings
}

impl Tally {
    fn add(&mut self, kept: Kept, pair: &DocumentPair<'_>, keep_line: bool) {
        self.compared += 1;
        self.bytes += pair.bytes();
        for (all, new) in self.kinds.iter_mut().zip(kept.kinds) {
            *all += new;
        }
        self.moved += kept.moved;
        for (all, new) in self.severities.iter_mut().zip(kept.severities) {
            *all += new;
        }
        self.warnings.extend(kept.warnings);
        if let Some(reason) = kept.tripped {
            self.tripped += 1;
            self.first_tripped.get_or_insert_with(|| format!("{} and {}: {reason}", pair.a.id, pair.b.id));
        }
        if keep_line {
            self.lines.push(kept.pair);
        }
    }
}

/// Tells what was left out, and why.
fn tell(inputs: &Inputs, tally: &Tally, messages: &Messages) {
    let lists = [
        ("inputs or lines not read", inputs.rejected.iter().map(ToString::to_string).collect::<Vec<_>>()),
        ("pairs not compared, a document is missing", inputs.unpaired.iter().map(ToString::to_string).collect()),
        ("worth a look in the inputs", inputs.warnings.iter().chain(&tally.warnings).cloned().collect()),
    ];
    for (what, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
        messages.warn_list(&format!("{what}: {}", items.len()), items);
    }
    if inputs.listed() == 0 {
        messages.warn("the list holds no pair");
    }
    if let Some(first) = &tally.first_tripped {
        let (tripped, compared) = (tally.tripped, tally.compared);
        messages.note(&format!("a gate tripped for {tripped} of {compared} pairs; the first: {first}"));
    }
}

/// A gate that tripped says more than an input that was left out: it did trip, whatever the rest would have shown.
fn status(inputs: &Inputs, tally: &Tally) -> Status {
    match (tally.tripped, inputs.is_complete()) {
        (1.., _) => Status::Gate,
        (0, false) => Status::Partial,
        (0, true) => Status::Done,
    }
}
