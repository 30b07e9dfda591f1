//! `likewise man`: the manual page, all commands on one.

use super::args::Arguments;
use super::output::Output;
use super::status::{Outcome, Status};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::io::{self, Write};

const EXAMPLES: &str = "\
Examples:
  likewise man > likewise.1";

/// The flags of `man`.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct ManArgs {}

/// Prints it.
pub fn run(_args: &ManArgs) -> Outcome {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let mut output = Output::standard();
    write(&command, &mut output).map_err(|error| output.stop(&error))?;
    output.finish()?;
    Ok(Status::Done)
}

/// The program's own sections, then those of each command.
fn write(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let man = Man::new(command.clone());
    man.render_title(out)?;
    for section in [Man::render_name_section, Man::render_synopsis_section, Man::render_description_section] {
        section(&man, out)?;
    }
    man.render_extra_section(out)?;
    for subcommand in command.get_subcommands() {
        let man = Man::new(subcommand.clone());
        writeln!(out, ".SH \"LIKEWISE {}\"", subcommand.get_name().to_uppercase())?;
        for section in [
            Man::render_description_section,
            Man::render_synopsis_section,
            Man::render_options_section,
            Man::render_extra_section,
        ] {
            section_below(&man, section, out)?;
        }
    }
    Ok(())
}

/// A section of a command's own page, one level down.
fn section_below(
    man: &Man,
    section: fn(&Man, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = Vec::new();
    section(man, &mut text)?;
    let text = String::from_utf8_lossy(&text).replace(".SH ", ".SS ");
    out.write_all(text.as_bytes())
}
