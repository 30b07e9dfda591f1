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
    out.write_all(titled(&man, Man::render_extra_section)?.as_bytes())?;
    command.get_subcommands().try_for_each(|subcommand| write_below("LIKEWISE", subcommand, out))
}

/// The sections of a command under its whole name, then those of its own commands.
fn write_below(above: &str, command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("{above} {}", command.get_name().to_uppercase());
    writeln!(out, ".SH \"{name}\"")?;
    let man = Man::new(command.clone());
    if command.has_subcommands() {
        section_below(&man, Man::render_description_section, out)?;
    } else {
        for section in [
            Man::render_description_section,
            Man::render_synopsis_section,
            Man::render_options_section,
            Man::render_extra_section,
        ] {
            section_below(&man, section, out)?;
        }
    }
    command.get_subcommands().try_for_each(|subcommand| write_below(&name, subcommand, out))
}

/// A section of a command's own page, one level down.
fn section_below(
    man: &Man,
    section: fn(&Man, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(titled(man, section)?.replace(".SH ", ".SS ").as_bytes())
}

/// A section with a heading that says what is in it.
fn titled(man: &Man, section: fn(&Man, &mut dyn Write) -> io::Result<()>) -> io::Result<String> {
    let mut text = Vec::new();
    section(man, &mut text)?;
    Ok(String::from_utf8_lossy(&text).replace(".SH EXTRA", ".SH \"EXAMPLES AND EXIT STATUS\""))
}
