//! `likewise archive compact`.

use super::super::args::MessageArgs;
use super::super::interrupt;
use super::super::scan::memory;
use super::super::status::{INTERRUPTED, Outcome, Status, help};
use super::{say, size};
use clap::{Args, ValueHint};
use likewise::archive::{WriteOptions, Writer};
use std::path::PathBuf;

/// What `--help` begins with.
pub const ABOUT: &str = "\
Write the archive anew without what was removed, in as few files as can be

Needs as much space again while it is at work. Readers are not disturbed, and where it is interrupted the archive is as it was.";

/// The flags of `archive compact`.
#[derive(Debug, Args)]
#[command(after_help = help(&[0, 2, INTERRUPTED]))]
pub struct CompactArgs {
    /// The archive: a folder
    #[arg(value_name = "ARCHIVE", value_hint = ValueHint::DirPath)]
    pub archive: PathBuf,

    /// Memory to use, as 500M or 4G, 96M at least [default: half of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = memory::size)]
    pub memory: Option<usize>,

    #[command(flatten)]
    pub messages: MessageArgs,
}

/// Writes the archive anew.
pub fn run(args: &CompactArgs) -> Outcome {
    let memory = memory::left_to_writer(args.memory.unwrap_or_else(memory::half_of_all));
    let mut writer = Writer::open(&args.archive, &WriteOptions { memory, ..WriteOptions::default() })?;
    let halt = writer.halt();
    interrupt::at_last(move || halt.now());
    let before = writer.snapshot().bytes();
    match writer.compact()? {
        true => {
            let after = writer.snapshot().bytes();
            say(&args.messages, &format!("{}, before {}", size(after), size(before)))?;
        }
        false => say(&args.messages, "nothing to gain")?,
    }
    Ok(Status::Done)
}
