//! `likewise archive remove`.

use super::super::args::MessageArgs;
use super::super::messages::{Messages, count, escaped};
use super::super::status::{INTERRUPTED, Outcome, Status, Stop, help};
use super::say;
use clap::{ArgGroup, Args, ValueHint};
use likewise::Metadata;
use likewise::archive::{WriteOptions, Writer};
use serde_json::Value;
use std::path::PathBuf;

/// What `--help` begins with.
pub const ABOUT: &str = "\
Remove documents by id or by their fields

All of them go at once, or none where that fails. They take up space until `archive compact`.";

/// What its exit status can be.
const STATUSES: [i32; 4] = [0, 2, 3, INTERRUPTED];

const EXAMPLES: &str = "\
Examples:
  likewise archive add archive docs.jsonl && likewise archive remove archive a.txt b.txt
  likewise archive add archive docs.jsonl && likewise archive remove archive --where outlet=wire";

/// The flags of `archive remove`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").args(["ids", "filters"]).required(true))]
#[command(
    override_usage = "likewise archive remove [OPTIONS] <ARCHIVE> <ID>...\n       likewise archive remove [OPTIONS] <ARCHIVE> --where <FIELD=VALUE>..."
)]
#[command(after_help = help(&STATUSES))]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help(&STATUSES)))]
pub struct RemoveArgs {
    /// The archive: a folder
    #[arg(value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    /// Ids of documents
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Remove every document whose field (or `id`) has this value; given more than once, all must hold
    #[arg(long = "where", id = "filters", value_name = "FIELD=VALUE", value_parser = filter)]
    pub filters: Vec<(String, String)>,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// A field and its value.
fn filter(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(field, _)| !field.is_empty());
    let (field, value) = parts.ok_or_else(|| "give a field and its value, as source=wire".to_owned())?;
    Ok((field.to_owned(), value.to_owned()))
}

/// Removes documents.
pub fn run(args: &RemoveArgs, messages: &Messages) -> Outcome {
    let mut writer = Writer::open(&args.archive, &WriteOptions::default())?;
    let mut removed = 0;
    let mut missing = Vec::new();
    for id in &args.ids {
        match writer.remove(id)? {
            true => removed += 1,
            false => missing.push(id.clone()),
        }
    }
    if !args.filters.is_empty() {
        removed += writer.remove_where(&|id, metadata| fits(id, metadata, &args.filters))?;
    }
    if !missing.is_empty() && missing.len() == args.ids.len() && args.filters.is_empty() {
        let ids = missing.iter().map(|id| escaped(id)).collect::<Vec<_>>().join(", ");
        return Err(Stop::Failure(format!("no document of the archive has the id {ids}; nothing was removed")));
    }
    writer.commit()?;
    if !missing.is_empty() {
        messages.warn_list(&format!("ids that no document has: {}", missing.len()), &missing);
    }
    say(&args.messages, &format!("removed {}", count(removed, "document")))?;
    Ok(if missing.is_empty() { Status::Done } else { Status::Partial })
}

/// Whether every field has its value: a text as it stands, anything else as JSON.
fn fits(id: &str, metadata: &Metadata, filters: &[(String, String)]) -> bool {
    filters.iter().all(|(field, value)| match metadata.get(field) {
        None if field == "id" => id == value,
        Some(Value::String(text)) => text.trim() == value.trim(),
        Some(other) => value == &other.to_string(),
        None => false,
    })
}
