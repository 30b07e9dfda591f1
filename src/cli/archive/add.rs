//! `likewise archive add`.

use super::super::args::MessageArgs;
use super::super::interrupt;
use super::super::messages::{Messages, count};
use super::super::progress::Progress;
use super::super::rejected::Rejected;
use super::super::scan::memory;
use super::super::status::{INTERRUPTED, Outcome, Status, Stop, failure, help};
use super::say;
use clap::{Args, ValueHint};
use likewise::archive::{Added, WriteOptions, Writer};
use std::path::{Path, PathBuf};

/// What `--help` begins with.
pub const ABOUT: &str = "\
Add documents; the archive is made if there is none

A document whose id is in the archive already replaces the one there; one that is there word for word is left as it is. What was \
read is committed every 256 MB of text and at the end; what was committed stays, whatever happens after.";

/// What its exit status can be.
const STATUSES: [i32; 4] = [0, 2, 3, INTERRUPTED];

const EXAMPLES: &str = "\
Examples:
  likewise archive add archive docs.jsonl
  likewise archive add archive texts --memory 500M";

/// The flags of `archive add`.
#[derive(Debug, Args)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct AddArgs {
    /// The archive: a folder
    #[arg(value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    /// Documents: folders, text files, JSON Lines or CSV with id and text, plain, gzip or Zstandard
    ///
    /// In JSON Lines and CSV, `date` and `source` are what a check goes by; all other fields are kept, too.
    #[arg(value_name = "INPUT", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,

    /// Keep no texts, only fingerprints: a new archive is a third as large, and shows no passages
    #[arg(long)]
    pub no_text: bool,

    /// Memory to use, as 500M or 4G, 96M at least [default: half of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = memory::size)]
    pub memory: Option<usize>,

    /// Threads to use, 1 to 1024 [default: one per processor]; what is written does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// Reads the inputs into the archive.
pub fn run(args: &AddArgs, messages: &Messages) -> Outcome {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
    }
    let options = WriteOptions {
        texts: !args.no_text,
        memory: memory::left_to_writer(args.memory.unwrap_or_else(memory::half_of_all)),
        ..WriteOptions::default()
    };
    if args.archive == Path::new("-") {
        return Err(Stop::Failure(
            "`-` is standard input, and no archive; name a folder first, then the inputs".to_owned(),
        ));
    }
    let mut writer = Writer::create(&args.archive, &options)?;
    let progress = Progress::new(&args.messages);
    let stage = progress.stage("adding", "documents", None);
    interrupt::keep(committed(Added::default()));
    let halt = writer.halt();
    interrupt::at_last(move || halt.now());
    let mut tell = |added: Added| {
        interrupt::keep(committed(added));
        if progress == Progress::Lines {
            messages.note(&committed(added));
        }
    };
    let rejected = writer.add(&args.inputs, &|count| stage.advance(count), &mut tell);
    let rejected = rejected.map_err(|error| failure(committed(writer.committed()), &error))?;
    stage.finish(messages);
    let rejected: Vec<Rejected> = rejected.iter().map(Rejected::from).collect();
    if !rejected.is_empty() {
        let items: Vec<_> = rejected.iter().map(ToString::to_string).collect();
        messages.warn_list(&format!("inputs or lines not read: {}", items.len()), &items);
    }
    let added = writer.added();
    if added.undated > 0 {
        let documents = added.undated;
        let what = format!(
            "{documents} document{} a date that is no day, as 2024-05-01",
            if documents == 1 { " has" } else { "s have" }
        );
        messages.warn(&format!("{what}: without one, they are never too late for --as-of"));
    }
    if added.documents + added.unchanged == 0 && !rejected.iter().all(Rejected::is_bystander) {
        writer.give_up();
        return Err(Stop::Failure("no input holds a document that can be read; nothing was added".to_owned()));
    }
    say(&args.messages, &told(added))?;
    Ok(if rejected.iter().all(Rejected::is_bystander) { Status::Done } else { Status::Partial })
}

/// What stays whatever comes.
fn committed(added: Added) -> String {
    let documents = added.documents;
    format!("{documents} document{} committed", if documents == 1 { " is" } else { "s are" })
}

/// What came of it, in a line.
fn told(added: Added) -> String {
    let Added { documents, replaced, copies, unchanged, .. } = added;
    let mut told = format!("added {}", count(documents as usize, "document"));
    if replaced > 0 {
        told += &format!(", {replaced} of them in place of one with the same id");
    }
    if copies > 0 {
        told += &format!(", {copies} of them with the text of another");
    }
    if unchanged > 0 {
        told += &format!("; {unchanged} {} there already", if unchanged == 1 { "was" } else { "were" });
    }
    told
}
