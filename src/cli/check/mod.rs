//! `likewise check`: articles against an archive.

mod articles;
mod gates;

use super::args::{EngineArgs, MessageArgs, whole};
use super::compare::{columns, is_colored, warn_of_name};
use super::input::{decoding_warnings, folding_warnings};
use super::messages::{Messages, escaped};
use super::output::Output;
use super::progress::{Progress, Stage};
use super::rejected::Rejected;
use super::status::{INTERRUPTED, Outcome, Status, Stop, help};
use articles::Articles;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use gates::GateArgs;
use jiff::civil::Date;
use likewise::archive::{Index, Snapshot};
use likewise::check::{CheckOptions, Checked, Checker, Exclusion};
use likewise::report::View;
use likewise::report::check::{CheckReport, Format, Part, Writer};
use likewise::{Document, OptionsError};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  likewise archive add archive stories.jsonl
  likewise check draft.txt --archive archive
  likewise check - --archive archive --as-of 2024-05-01 < draft.txt
  likewise check today.jsonl --archive archive --format jsonl -o found.jsonl
  likewise check draft.txt --archive archive --exclude source=\"Our Paper\" --quiet --fail-on uncredited
  likewise check draft.txt --archive archive --reverse";

/// What `--help` begins with.
pub const ABOUT: &str = "\
Check articles against an archive

Finds what wording of an article stands in the archive already: each passage with its sources, the earliest first, since when it is \
there, how rare its wording is, and whether the article says where it is from. It says what matches and what credit was found, and \
nothing of what anyone meant.";

/// What its exit status can be.
const STATUSES: [i32; 5] = [0, 1, 2, 3, INTERRUPTED];

/// The flags of `check`.
#[derive(Debug, Args)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct CheckArgs {
    /// The articles: text files, folders, JSON Lines or CSV with id and text, plain, gzip or Zstandard; `-` reads one from standard input
    ///
    /// Records may have a `date`, too.
    #[arg(value_name = "ARTICLE", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub articles: Vec<PathBuf>,

    /// The archive: a folder that `likewise archive add` made
    #[arg(long, value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_parser = format_parser(), default_value = "text")]
    pub format: Format,

    /// Write to a file, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,

    /// With every line of `jsonl`, write the text of both sides
    #[arg(long)]
    pub text: bool,

    /// Show passages and lists in full, where `text` would fold them
    #[arg(long)]
    pub full: bool,

    #[command(flatten)]
    pub search: SearchArgs,

    #[command(flatten)]
    pub engine: EngineArgs,

    #[command(flatten)]
    pub gates: GateArgs,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// What is looked for in the archive.
#[derive(Debug, Args)]
#[command(next_help_heading = "Search")]
pub struct SearchArgs {
    /// The day of articles that have no date of their own, as 2024-05-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,

    /// Leave out what the archive has of later days; texts without a date stay
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,

    /// Leave out documents by a field, as source=Wire or id=a17; may be given more than once
    #[arg(long, value_name = "FIELD=VALUE")]
    pub exclude: Vec<Exclusion>,

    /// List texts of the archive that may have reused the article: those of its day or later, or without a date, by the share of
    /// them that is the article's
    #[arg(long)]
    pub reverse: bool,

    /// Count what a source prints again and again (mastheads, sign-offs) like any other wording
    #[arg(long)]
    pub boilerplate: bool,

    /// Words that one stretch of article and text must have in common for the two to be compared, 1 to 1000
    #[arg(long, value_name = "N", value_parser = whole, default_value = "12")]
    pub stretch: usize,

    /// Texts of the archive read for one article at most, 1 to 100000
    #[arg(long, value_name = "N", value_parser = whole, default_value = "200", hide_short_help = true)]
    pub texts: usize,

    /// Texts read one after the other that share no stretch with the article, after which no more are read, 1 to 100000
    #[arg(long, value_name = "N", value_parser = whole, default_value = "6", hide_short_help = true)]
    pub patience: usize,
}

impl CheckArgs {
    fn options(&self) -> Result<CheckOptions, OptionsError> {
        let search = &self.search;
        let options = CheckOptions {
            stretch: search.stretch,
            texts: search.texts,
            patience: search.patience,
            as_of: search.as_of,
            exclude: search.exclude.clone(),
            reverse: search.reverse,
            boilerplate: search.boilerplate,
            ..CheckOptions::new(self.engine.options()?)
        };
        options.check().map(|()| options)
    }
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let named = Format::ALL.map(|format| PossibleValue::new(format.name()));
    PossibleValuesParser::new(named).try_map(|word| word.parse::<Format>())
}

fn day(text: &str) -> Result<Date, String> {
    likewise::date::day(text).ok_or_else(|| "give a day, as 2024-05-01".to_owned())
}

/// Checks the articles and writes the report.
pub fn run(args: &CheckArgs, messages: &Messages) -> Outcome {
    let options = args.options()?;
    args.engine.start_threads()?;
    super::allocator::keep_freed_memory();
    let archive = Snapshot::open(&args.archive)?;
    let mut articles = Articles::open(args.articles.clone())?;
    let mut output = Output::open(args.output.as_deref(), args.articles.iter().map(PathBuf::as_path))?;
    warn_of_name(args.output.as_deref(), args.format.name(), messages);
    let report = CheckReport {
        format: args.format,
        view: View {
            width: columns(args.output.is_some()),
            color: is_colored(args.output.as_deref(), args.messages.color),
            full: args.full,
        },
        texts: args.text,
        options: &options,
        archive: args.archive.display().to_string(),
        documents: archive.len(),
    };
    let stage = Progress::new(&args.messages).stage("checking", "articles", None);
    let task = Task { args, report: &report, checker: Checker::new(&archive, options.clone()).dated(args.search.date) };
    let tally = match task.check(&mut articles, &mut output, &stage) {
        Ok(tally) => tally,
        Err(Ended::Writing(error)) => return Err(output.stop(&error)),
        Err(Ended::Stopped(stop)) => return Err(stop),
    };
    stage.finish(messages);
    tally.tell(&articles.rejected, messages);
    if tally.articles == 0 && articles.rejected.is_empty() {
        messages.warn("no input holds an article");
    }
    if tally.articles == 0 && !articles.rejected.iter().all(Rejected::is_bystander) {
        return Err(Stop::Failure("no article can be read; nothing was written".to_owned()));
    }
    output.finish()?;
    Ok(match (tally.tripped, articles.rejected.iter().all(Rejected::is_bystander)) {
        (1.., _) => Status::Gate,
        (0, false) => Status::Partial,
        (0, true) => Status::Done,
    })
}

/// What ended the checking early.
enum Ended {
    /// The output cannot be written.
    Writing(io::Error),
    Stopped(Stop),
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        Self::Writing(error)
    }
}

/// What is to be done.
struct Task<'t> {
    args: &'t CheckArgs,
    report: &'t CheckReport<'t>,
    checker: Checker<'t, Snapshot>,
}

/// What is kept of one check.
struct Kept {
    part: Part,
    warnings: Vec<String>,
    tripped: Option<String>,
}

impl Task<'_> {
    /// Checks all articles, some at a time, and writes what comes of it in their order.
    fn check(&self, articles: &mut Articles, output: &mut Output, stage: &Stage) -> Result<Tally, Ended> {
        let mut writer = self.report.begin(output)?;
        let mut tally = Tally::default();
        loop {
            let some = articles.some();
            if some.is_empty() {
                break;
            }
            self.check_some(&some, &mut writer, &mut tally, stage)?;
        }
        writer.finish()?;
        Ok(tally)
    }

    fn check_some(
        &self,
        articles: &[Document],
        writer: &mut Writer<'_, '_, &mut Output>,
        tally: &mut Tally,
        stage: &Stage,
    ) -> Result<(), Ended> {
        let first = tally.articles;
        let keep = |at: usize, checked: Checked<'_>| {
            stage.tick();
            Kept {
                part: self.report.part(first + at, &checked),
                warnings: warnings(&checked),
                tripped: self.args.gates.tripped(&checked, self.report.options),
            }
        };
        let kept = self.checker.check_all(articles, keep).map_err(|error| Ended::Stopped(error.into()))?;
        for (kept, article) in kept.into_iter().zip(articles) {
            writer.add(&kept.part)?;
            tally.add(kept, &article.id);
        }
        Ok(())
    }
}

/// What to say about an article that not every format shows.
fn warnings(checked: &Checked<'_>) -> Vec<String> {
    let mut warnings = decoding_warnings(checked.article);
    if checked.words == 0 {
        warnings.push(format!("{} holds no words", escaped(&checked.article.id)));
    }
    warnings.extend(folding_warnings(checked.article, checked.folded));
    for found in &checked.matches {
        let pair = format!("{} and {}", checked.article.id, found.document.id);
        warnings.extend(found.cut_short.iter().map(|cut| format!("{pair}: {}: {}", cut.stage, cut.what)));
    }
    warnings
}

/// What came of all articles.
#[derive(Default)]
struct Tally {
    articles: usize,
    warnings: BTreeSet<String>,
    /// Articles that tripped a gate.
    tripped: usize,
    /// The first of them, and why.
    first_tripped: Option<String>,
}

impl Tally {
    fn add(&mut self, kept: Kept, id: &str) {
        self.articles += 1;
        self.warnings.extend(kept.warnings);
        if let Some(reason) = kept.tripped {
            self.tripped += 1;
            self.first_tripped.get_or_insert_with(|| format!("{id}: {reason}"));
        }
    }

    /// Tells what was left out, and what tripped.
    fn tell(&self, rejected: &[Rejected], messages: &Messages) {
        let lists = [
            ("articles not read", rejected.iter().map(ToString::to_string).collect::<Vec<_>>()),
            ("worth a look in the articles", self.warnings.iter().cloned().collect()),
        ];
        for (what, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
            messages.warn_list(&format!("{what}: {}", items.len()), items);
        }
        match &self.first_tripped {
            Some(first) if self.articles == 1 => messages.note(&format!("a gate tripped: {first}")),
            Some(first) => {
                let (tripped, all) = (self.tripped, self.articles);
                messages.note(&format!("a gate tripped for {tripped} of {all} articles; the first: {first}"));
            }
            None => {}
        }
    }
}

/// Whether `path` stands for standard input.
fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
