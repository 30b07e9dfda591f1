//! How a run ends: the exit status, and the two ways of stopping early.

use std::error::Error;
use std::fmt::Write;
use std::process::ExitCode;

/// Every exit status and what it means.
const MEANINGS: [(i32, &str); 5] = [
    (0, "done"),
    (1, "done, and a gate that was asked for tripped (--fail-over, --fail-on)"),
    (2, "wrong usage, or the input or output cannot be used"),
    (3, "done, but some inputs were skipped or could not be read"),
    (INTERRUPTED, "interrupted by Ctrl-C or told to end; nothing half-written is left"),
];

/// The section on exit statuses in a `--help`: those of `possible`.
pub fn help(possible: &[i32]) -> String {
    let listed = MEANINGS.iter().filter(|(status, _)| possible.contains(status));
    let lines: Vec<_> = listed.map(|(status, meaning)| format!("  {status:<3}  {meaning}")).collect();
    format!("Exit status:\n{}", lines.join("\n"))
}

/// Exit status of Ctrl-C, which the handler uses without coming back here.
pub const INTERRUPTED: i32 = 130;

/// How a run that came to its end went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everything that was asked for.
    Done = 0,
    /// Done, and a gate tripped.
    Gate = 1,
    /// Wrong usage, or an input or output that cannot be used.
    Unusable = 2,
    /// Done, without some of the inputs.
    Partial = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why a run stopped before its end.
#[derive(Debug)]
pub enum Stop {
    /// The reader of standard output went away, as `head` does.
    BrokenPipe,
    /// What happened, to what, what to do.
    Failure(String),
}

/// What a subcommand returns.
pub type Outcome = Result<Status, Stop>;

impl From<likewise::OptionsError> for Stop {
    fn from(error: likewise::OptionsError) -> Self {
        Self::Failure(chain(&error))
    }
}

/// A failure at `place` (a file, usually), with everything `error` knows, on one line.
pub fn failure(place: impl std::fmt::Display, error: &dyn Error) -> Stop {
    Stop::Failure(format!("{place}: {}", chain(error)))
}

/// An error and its causes on one line. A cause that the text before it already told is not told again.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let told = error.to_string();
        if !text.contains(&told) {
            write!(text, ": {told}").expect("a string takes any text");
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read it")]
    struct Outer(#[source] io::Error);

    #[test]
    fn a_chain_is_one_line_from_effect_to_cause() {
        assert_eq!(chain(&Outer(io::Error::other("disk gone"))), "cannot read it: disk gone");
    }

    #[test]
    fn a_cause_is_told_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("cannot read it: {0}")]
        struct Telling(#[source] io::Error);
        assert_eq!(chain(&Telling(io::Error::other("disk gone"))), "cannot read it: disk gone");
    }
}
