//! `likewise completions`: completions for a shell.

use super::args::Arguments;
use super::output::Output;
use super::status::{Outcome, Status};
use clap::{Args, CommandFactory};
use clap_complete::{Generator, Shell};

const EXAMPLES: &str = "\
Examples:
  likewise completions bash > likewise.bash
  likewise completions fish > likewise.fish";

/// The flags of `completions`.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// Prints them.
pub fn run(args: &CompletionsArgs) -> Outcome {
    let mut command = Arguments::command().bin_name("likewise");
    command.build();
    let mut output = Output::standard();
    args.shell.try_generate(&command, &mut output).map_err(|error| output.stop(&error))?;
    output.finish()?;
    Ok(Status::Done)
}
