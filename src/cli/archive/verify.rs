//! `likewise archive verify`.

use super::super::args::MessageArgs;
use super::super::messages::{Messages, count};
use super::super::progress::Progress;
use super::super::status::{Outcome, Status, Stop, chain, help};
use super::say;
use clap::{Args, ValueHint};
use likewise::archive::{ArchiveError, Index, Snapshot};
use std::path::PathBuf;

/// The flags of `archive verify`.
#[derive(Debug, Args)]
#[command(after_help = help(&[0, 2]))]
pub struct VerifyArgs {
    /// The archive: a folder
    #[arg(value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// Checks every checksum and every record.
pub fn run(args: &VerifyArgs, messages: &Messages) -> Outcome {
    let stage = Progress::new(&args.messages).stage("verifying", "documents", None);
    let verified = likewise::archive::verify(&args.archive, &|count| stage.advance(count))?;
    stage.finish(messages);
    let damage: Vec<String> = verified.damage.iter().map(fault).collect();
    if damage.is_empty() {
        let (documents, files) = (count(verified.documents as usize, "document"), count(verified.files, "file"));
        let removed = verified.documents.saturating_sub(Snapshot::open(&args.archive)?.len() as u64);
        let removed = if removed > 0 { format!(", {removed} of them removed") } else { String::new() };
        say(&args.messages, &format!("{documents} in {files} are sound{removed}"))?;
        return Ok(Status::Done);
    }
    messages.warn_list(&format!("damage: {}", damage.len()), &damage);
    let advice = "add its documents to a new archive, or put back the damaged files from a copy";
    Err(Stop::Failure(format!("{} is damaged, {}; {advice}", args.archive.display(), damage[0])))
}

/// What is wrong, without the advice to verify the archive, which was followed.
fn fault(error: &ArchiveError) -> String {
    match error {
        ArchiveError::Damaged { path, offset, what } => format!("{}: damaged at byte {offset}: {what}", path.display()),
        error => chain(error),
    }
}
