//! `likewise archive info`.

use super::super::args::MessageArgs;
use super::super::json;
use super::super::output::Output;
use super::super::status::{Outcome, Status, help};
use super::size;
use clap::{Args, ValueEnum, ValueHint};
use likewise::archive::{Info, Snapshot};
use std::io::Write;
use std::path::PathBuf;

/// The flags of `archive info`.
#[derive(Debug, Args)]
#[command(after_help = help(&[0, 2]))]
pub struct InfoArgs {
    /// The archive: a folder
    #[arg(value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub format: InfoFormat,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InfoFormat {
    /// A line for each
    Text,
    /// One JSON object
    Json,
}

/// Writes what an archive holds.
pub fn run(args: &InfoArgs) -> Outcome {
    let snapshot = Snapshot::open(&args.archive)?;
    let info = snapshot.info()?;
    let text = match args.format {
        InfoFormat::Text => listed(&info),
        InfoFormat::Json => json::indented(&info),
    };
    let mut output = Output::standard();
    output.write_all(text.as_bytes()).map_err(|error| output.stop(&error))?;
    output.finish()?;
    Ok(Status::Done)
}

/// A line for each number that says something.
fn listed(info: &Info) -> String {
    let days = info.first_date.zip(info.last_date);
    let fingerprints = info.bytes.postings as f64 / info.text_bytes.max(1) as f64;
    let rows = [
        ("documents", info.documents.to_string()),
        ("  copies of another", info.copies.to_string()),
        ("  removed, still on disk", info.removed.to_string()),
        ("words", info.words.to_string()),
        ("sources", info.sources.to_string()),
        (
            "dates",
            days.map_or("none".to_owned(), |(first, last)| format!("{first} to {last}, {} documents", info.dated)),
        ),
        ("text", size(info.text_bytes)),
        ("on disk", size(info.bytes.total)),
        ("  texts, packed", if info.texts { size(info.bytes.packed) } else { "none are kept".to_owned() }),
        ("  fingerprints", format!("{}, {:.1} % of the text", size(info.bytes.postings), 100.0 * fingerprints)),
        ("  tables", size(info.bytes.tables)),
        ("files", info.files.to_string()),
        ("format", info.format.to_string()),
    ];
    rows.iter().map(|(name, value)| format!("{name:<26}{value}\n")).collect()
}
