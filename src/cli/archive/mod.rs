//! `likewise archive`: documents kept on disk, with an index of their wording, for `check`.

mod add;
mod compact;
mod info;
mod list;
mod remove;
mod verify;

use super::args::MessageArgs;
use super::deferred::Deferred;
use super::messages::Messages;
use super::output::Output;
use super::status::{Outcome, Stop, chain};
use clap::{Args, Subcommand};
use likewise::archive::ArchiveError;
use std::io::Write;

/// What `--help` begins with.
pub const ABOUT: &str = "\
Keep documents in an archive that articles can be checked against

An archive is a folder with the texts, compressed, and an index of their wording. Adding costs what is added; whatever happens, \
what was committed stays. One process writes at a time, and any number read meanwhile.";

/// The flags of `archive`.
#[derive(Debug, Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct ArchiveArgs {
    #[command(subcommand)]
    pub command: ArchiveCommand,
}

/// What to do with an archive.
#[derive(Debug, Subcommand)]
pub enum ArchiveCommand {
    /// Add documents; the archive is made if there is none
    #[command(long_about = add::ABOUT)]
    Add(Deferred<add::AddArgs>),
    /// Remove documents by id or by their fields
    #[command(long_about = remove::ABOUT)]
    Remove(Deferred<remove::RemoveArgs>),
    /// List the documents
    List(Deferred<list::ListArgs>),
    /// Show what an archive holds, in numbers
    Info(Deferred<info::InfoArgs>),
    /// Check every checksum and every record
    Verify(Deferred<verify::VerifyArgs>),
    /// Write the archive anew without what was removed
    #[command(long_about = compact::ABOUT)]
    Compact(Deferred<compact::CompactArgs>),
}

impl ArchiveArgs {
    /// How the command talks to the user.
    pub fn message_args(&self) -> &MessageArgs {
        match &self.command {
            ArchiveCommand::Add(args) => &args.messages,
            ArchiveCommand::Remove(args) => &args.messages,
            ArchiveCommand::List(args) => &args.messages,
            ArchiveCommand::Info(args) => &args.messages,
            ArchiveCommand::Verify(args) => &args.messages,
            ArchiveCommand::Compact(args) => &args.messages,
        }
    }
}

/// Says on standard output what came of a command, unless it is to be quiet.
fn say(args: &MessageArgs, what: &str) -> Result<(), Stop> {
    if args.quiet {
        return Ok(());
    }
    let mut output = Output::standard();
    writeln!(output, "{what}").map_err(|error| output.stop(&error))?;
    output.finish()
}

/// Runs one of the commands.
pub fn run(args: &ArchiveArgs, messages: &Messages) -> Outcome {
    match &args.command {
        ArchiveCommand::Add(args) => add::run(args, messages),
        ArchiveCommand::Remove(args) => remove::run(args, messages),
        ArchiveCommand::List(args) => list::run(args),
        ArchiveCommand::Info(args) => info::run(args),
        ArchiveCommand::Verify(args) => verify::run(args, messages),
        ArchiveCommand::Compact(args) => compact::run(args),
    }
}

impl From<ArchiveError> for Stop {
    fn from(error: ArchiveError) -> Self {
        Self::Failure(chain(&error))
    }
}

/// Bytes in a unit that fits them.
fn size(bytes: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let bytes_in = |unit: f64| bytes as f64 / unit;
    match units.into_iter().find(|(unit, _)| bytes_in(*unit) >= 1.0) {
        Some((unit, name)) => format!("{:.1} {name}", bytes_in(unit)),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_that_fit() {
        let told = [0, 999, 1000, 26_312, 1_500_000, 2_340_000_000].map(size);
        assert_eq!(told, ["0 bytes", "999 bytes", "1.0 kB", "26.3 kB", "1.5 MB", "2.3 GB"]);
    }
}
