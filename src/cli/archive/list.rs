//! `likewise archive list`.

use super::super::args::MessageArgs;
use super::super::messages::escaped;
use super::super::output::Output;
use super::super::status::{Outcome, Status, Stop, help};
use clap::{Args, ValueEnum, ValueHint};
use likewise::archive::{Index, Listed, Snapshot};
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;

/// The flags of `archive list`.
#[derive(Debug, Args)]
#[command(after_help = help(&[0, 2]))]
pub struct ListArgs {
    /// The archive: a folder
    #[arg(value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    /// What to write
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub format: ListFormat,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// How documents are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line for each: id, date, source, words, title, with tabs between them
    Text,
    /// A line of JSON for each, with all its fields but the text
    Jsonl,
}

/// A document as a line of JSON.
#[derive(Serialize)]
struct Line<'l> {
    id: &'l str,
    words: u32,
    bytes: u64,
    /// The first document with the same text.
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_of: Option<String>,
    metadata: &'l likewise::Metadata,
}

/// Lists the documents in the order in which they were added.
pub fn run(args: &ListArgs) -> Outcome {
    let snapshot = Snapshot::open(&args.archive)?;
    let mut output = Output::standard();
    snapshot.list(|listed| {
        let line = match args.format {
            ListFormat::Text => row(&snapshot, &listed),
            ListFormat::Jsonl => json(&snapshot, &listed)?,
        };
        writeln!(output, "{line}").map_err(|error| output.stop(&error))
    })?;
    output.finish()?;
    Ok(Status::Done)
}

fn json(snapshot: &Snapshot, listed: &Listed) -> Result<String, Stop> {
    let copy_of = listed.facts.copy_of.map(|first| snapshot.document(first)).transpose()?;
    let line = Line {
        id: &listed.id,
        words: listed.facts.words,
        bytes: listed.text_bytes,
        copy_of: copy_of.map(|first| first.id),
        metadata: &listed.metadata,
    };
    Ok(serde_json::to_string(&line).expect("a line is JSON"))
}

/// A line with what is known, `-` for what is not.
fn row(snapshot: &Snapshot, listed: &Listed) -> String {
    let facts = listed.facts;
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let title = listed.metadata.get("title").and_then(Value::as_str).map(str::to_owned);
    let cells = [
        listed.id.clone(),
        or_none(facts.date.map(|date| date.to_string())),
        or_none(facts.source.map(|source| snapshot.source(source).0.to_owned())),
        facts.words.to_string(),
        or_none(title),
    ];
    cells.map(|cell| escaped(&cell).into_owned()).join("\t")
}
