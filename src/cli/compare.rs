//! `likewise compare`: what two texts share, and what only one of them says.

use super::args::named;
use super::args::{EngineArgs, MessageArgs};
use super::gate::GateArgs;
use super::input::{folding_warnings, text};
use super::messages::{Messages, escaped};
use super::output::Output;
use super::progress::Progress;
use super::status::{INTERRUPTED, Outcome, Status, Stop, failure, help};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use likewise::report::{Format, View};
use likewise::{Comparison, Stage, compare, trace};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The narrowest and widest layout, in columns, whatever the terminal says.
const COLUMNS: std::ops::RangeInclusive<usize> = 20..=200;
/// The layout where nothing says how wide it should be, in columns.
const USUAL_COLUMNS: usize = 80;

const EXAMPLES: &str = "\
Examples:
  likewise compare a.txt b.txt
  likewise compare a.txt - < b.txt
  likewise compare a.txt b.txt --full --color always
  likewise compare a.txt b.txt --format html -o report.html
  likewise compare a.txt b.txt --format json -o report.json
  likewise compare a.txt b.txt --preset strict --min-words 12
  likewise compare a.txt b.txt --quiet --fail-over 90% --fail-on verbatim
  likewise compare a.txt b.txt --quiet --fail-on change:negation
  likewise compare --config likewise.toml a.txt b.txt";

/// What `--help` begins with.
pub const ABOUT: &str = "\
Show what two texts share and what only one of them says

A passage is verbatim (all words equal; case, punctuation and spacing do not count), edited (the same order, with words \
replaced, added or removed) or reworded (the same content, in an order or a wording too far changed for that).
It is moved where it stands out of the main order of the two texts.";

/// What its exit status can be.
const STATUSES: [i32; 4] = [0, 1, 2, INTERRUPTED];

/// The flags of `compare`.
#[derive(Debug, Args)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct CompareArgs {
    /// A text file, plain, gzip or Zstandard; `-` reads standard input
    #[arg(value_name = "A", value_hint = ValueHint::FilePath)]
    pub a: PathBuf,

    /// The text file to compare it with; `-` reads standard input
    #[arg(value_name = "B", value_hint = ValueHint::FilePath)]
    pub b: PathBuf,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_parser = format_parser(), default_value = "text")]
    pub format: Format,

    /// Write to a file, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,

    /// Show passages and lists in full, where `text` and `markdown` would fold them
    #[arg(long)]
    pub full: bool,

    /// Instead of a report, list what a stage of the engine made, to see where an output arose
    #[arg(long, value_name = "NAME", value_parser = named(Stage::ALL, Stage::name), hide_short_help = true)]
    pub debug_stage: Option<Stage>,

    #[command(flatten)]
    pub engine: EngineArgs,

    #[command(flatten)]
    pub gates: GateArgs,

    #[command(flatten)]
    pub messages: MessageArgs,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.name()).help(purpose(format)));
    PossibleValuesParser::new(values).try_map(|word| word.parse::<Format>())
}

/// What a format is for.
const fn purpose(format: Format) -> &'static str {
    match format {
        Format::Text => {
            "Reading on a terminal: what changes the meaning, each passage side by side, what only one side says"
        }
        Format::Unified => "A pager or a patch reader: hunks with `-` and `+` lines",
        Format::Json => "Programs: everything, with edits and offsets",
        Format::Html => "Forwarding: one page, self-contained and printable, with both texts in full",
        Format::Markdown => "An issue or a wiki",
        Format::Csv => "A spreadsheet: one row for each passage",
        Format::CsvChanges => "A spreadsheet: one row for each change of meaning",
        Format::PanXml => "Tools of the PAN plagiarism tasks: A is the suspicious document, B the source",
    }
}

/// Compares two texts and writes the report.
pub fn run(args: &CompareArgs, messages: &Messages) -> Outcome {
    if args.a == Path::new("-") && args.b == Path::new("-") {
        return Err(Stop::Failure("standard input can be read once; give a file for A or B".to_owned()));
    }
    let options = args.engine.options()?;
    args.engine.start_threads()?;
    super::allocator::keep_freed_memory();
    let (a, b) = (text(&args.a, messages)?, text(&args.b, messages)?);
    let mut output = Output::open(args.output.as_deref(), [&*args.a, &*args.b])?;
    if let Some(stage) = args.debug_stage {
        output.write_all(trace(&a, &b, &options, stage).as_bytes()).map_err(|error| output.stop(&error))?;
        output.finish()?;
        return Ok(Status::Done);
    }
    warn_of_name(args.output.as_deref(), args.format.name(), messages);
    let stage = Progress::new(&args.messages).stage("comparing", "texts", None);
    let found = compare(&a, &b, &options);
    stage.finish(messages);
    warn(&found, messages);
    args.format.write(&found, &view(args), &mut output).map_err(|error| output.stop(&error))?;
    output.finish()?;
    Ok(args.gates.check(&found, messages))
}

/// Tells of a text report in a file that is named like another format.
pub fn warn_of_name(output: Option<&Path>, format: &str, messages: &Messages) {
    let Some(output) = output.filter(|_| format == Format::Text.name()) else { return };
    let ending = output.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let named = match &*ending {
        "html" | "htm" => Format::Html,
        "json" | "jsonl" => Format::Json,
        "csv" => Format::Csv,
        "md" => Format::Markdown,
        _ => return,
    };
    let (file, named) = (output.display(), named.name());
    messages.warn(&format!("{file}: written as text; --format {named} writes {named}"));
}

/// Tells what the report itself may not show, as JSON or CSV on its way into a file.
fn warn(found: &Comparison<'_>, messages: &Messages) {
    let mut empty: Vec<&str> =
        [&found.a, &found.b].iter().filter(|side| side.words == 0).map(|side| &*side.document.id).collect();
    empty.dedup();
    for id in empty {
        messages.warn(&format!("{} holds no words", escaped(id)));
    }
    for side in [&found.a, &found.b] {
        for warning in folding_warnings(side.document, side.folded) {
            messages.warn(&warning);
        }
    }
    for cut in &found.cut_short {
        messages.warn(&format!("{}: {}", cut.stage, cut.what));
    }
}

/// The layout: as wide as the terminal, else as `COLUMNS` says.
fn view(args: &CompareArgs) -> View {
    let color = is_colored(args.output.as_deref(), args.messages.color);
    View { width: columns(args.output.is_some()), color, full: args.full }
}

/// As wide as the terminal, else as `COLUMNS` says.
pub fn columns(to_file: bool) -> usize {
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    let stated = || std::env::var("COLUMNS").ok()?.parse().ok();
    let columns = if to_file { stated() } else { terminal().or_else(stated) };
    columns.unwrap_or(USUAL_COLUMNS).clamp(*COLUMNS.start(), *COLUMNS.end())
}

/// Colour in a file only when it was asked for by name.
pub fn is_colored(output: Option<&Path>, color: super::args::When) -> bool {
    match output {
        Some(_) => color == super::args::When::Always,
        None => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    }
}

impl From<rayon::ThreadPoolBuildError> for Stop {
    fn from(error: rayon::ThreadPoolBuildError) -> Self {
        failure("cannot start the threads; ask for fewer with --threads", &error)
    }
}
