//! `likewise archive`: documents kept on disk, with an index of their wording, for `check`.

mod add;
mod info;

use super::args::MessageArgs;
use super::messages::Messages;
use super::status::{Outcome, Stop, chain};
use clap::{Args, Subcommand};
use likewise::archive::ArchiveError;

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
    Add(add::AddArgs),
    /// Show what an archive holds, in numbers
    Info(info::InfoArgs),
}

impl ArchiveArgs {
    /// How the command talks to the user.
    pub fn message_args(&self) -> &MessageArgs {
        match &self.command {
            ArchiveCommand::Add(args) => &args.messages,
            ArchiveCommand::Info(args) => &args.messages,
        }
    }
}

/// Runs one of the commands.
pub fn run(args: &ArchiveArgs, messages: &Messages) -> Outcome {
    match &args.command {
        ArchiveCommand::Add(args) => add::run(args, messages),
        ArchiveCommand::Info(args) => info::run(args),
    }
}

impl From<ArchiveError> for Stop {
    fn from(error: ArchiveError) -> Self {
        Self::Failure(chain(&error))
    }
}
