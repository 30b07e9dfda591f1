//! Arguments in, one subcommand run, an exit status out. Uses the library like any other caller.

mod allocator;
mod archive;
mod args;
mod batch;
mod check;
mod compare;
mod completions;
mod config;
mod deferred;
mod evaluate;
mod gate;
mod input;
mod interrupt;
mod json;
mod man;
mod messages;
mod output;
mod progress;
mod rejected;
mod run;
mod scan;
mod status;

use args::{Arguments, Command};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use messages::Messages;
use status::{Outcome, Status, Stop};
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command that `argv` names, its first item being the program.
pub fn run(argv: Vec<OsString>) -> ExitCode {
    let arguments = match parse(argv) {
        Ok(arguments) => arguments,
        Err(status) => return status.into(),
    };
    let messages = Messages::new(arguments.command.message_args());
    match dispatch(&arguments.command, &messages) {
        Ok(status) => status,
        Err(Stop::BrokenPipe) => Status::Done,
        Err(Stop::Failure(text)) => {
            messages.error(&text);
            Status::Unusable
        }
    }
    .into()
}

fn dispatch(command: &Command, messages: &Messages) -> Outcome {
    match command {
        Command::Compare(args) => compare::run(args, messages),
        Command::Batch(args) => batch::run(args, messages),
        Command::Scan(args) => scan::run(args, messages),
        Command::Archive(args) => archive::run(args, messages),
        Command::Check(args) => check::run(args, messages),
        Command::Evaluate(args) => evaluate::run(args, messages),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}

/// Reads the command line, and the configuration file that it names.
fn parse(argv: Vec<OsString>) -> Result<Arguments, Status> {
    let command = Arguments::command();
    let argv = config::merge(&command, argv).map_err(|text| {
        Messages::default().error(&text);
        Status::Unusable
    })?;
    command
        .try_get_matches_from(argv)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .map_err(|error| refuse(&advised(error)))
}

/// With a tip where a file stands in the place of the command, as for who forgot `compare`.
fn advised(mut error: clap::Error) -> clap::Error {
    let named = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) => name,
        _ => return error,
    };
    if Path::new(named).is_file() {
        let tip = format!("to compare it with another text: likewise compare {named} OTHER");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// Shows what clap has to say: help and version on standard output, everything else as an error.
fn refuse(error: &clap::Error) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that hangs up early is no failure.
            let _ = error.print();
            Status::Done
        }
        _ => {
            messages::usage(&error.render().to_string());
            Status::Unusable
        }
    }
}
