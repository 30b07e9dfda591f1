//! The binary as a user meets it. What a command prints for given files is data, in `tests/cmd`; what takes more than one
//! command or more than its output stands here, by subject.

mod archive;
mod batch;
mod check;
mod compare;
mod config;
mod evaluate;
mod help;
mod scan;
mod scan_filters;
mod scene;

#[cfg(unix)]
mod archive_killed;
#[cfg(unix)]
mod interrupt;
#[cfg(unix)]
mod scan_resume;

/// Every case of `tests/cmd`: a command, and what it prints to either stream, with its exit status.
#[test]
fn commands_print_what_their_cases_say() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").env("NO_COLOR", "1").env("COLUMNS", "80");
}
