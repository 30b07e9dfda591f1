//! Instructions that `likewise compare --format json` takes as a whole process, counted by valgrind: the same figure on a
//! busy machine as on an idle one. `-- --test` counts the smallest pair alone.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the table is what it is for")]

mod made;

use likewise::Document;
use made::{Script, pair};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const CASES: [(&str, usize, Script); 4] = [
    ("5 kB", 5_000, Script::Ascii),
    ("100 kB", 100_000, Script::Ascii),
    ("1 MB", 1_000_000, Script::Ascii),
    ("1 MB, mixed", 1_000_000, Script::Mixed),
];

fn main() -> ExitCode {
    let cases = if std::env::args().any(|argument| argument == "--test") { &CASES[..1] } else { &CASES };
    match table(cases) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("instructions: {error}");
            ExitCode::FAILURE
        }
    }
}

fn table(cases: &[(&str, usize, Script)]) -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    println!("{:12} {:>14} {:>14}", "pair", "instructions", "per byte");
    for &(name, bytes, script) in cases {
        let (a, b) = pair(bytes, script);
        let size = a.text.len() + b.text.len();
        let count = instructions(scratch.path(), &a, &b)?;
        println!("{name:12} {count:>14} {:>14.1}", count as f64 / size as f64);
    }
    Ok(())
}

/// Runs the binary under callgrind, on one thread so that the count does not depend on how threads meet.
fn instructions(scratch: &Path, a: &Document, b: &Document) -> Result<u64, Box<dyn Error>> {
    let written = |document: &Document| -> Result<PathBuf, std::io::Error> {
        let path = scratch.join(&document.id);
        fs::write(&path, &document.text)?;
        Ok(path)
    };
    let counts = scratch.join("counts");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(env!("CARGO_BIN_EXE_likewise"))
        .args(["compare", "--threads", "1", "--format", "json", "--output"])
        .args([scratch.join("report"), written(a)?, written(b)?])
        .output()
        .map_err(|error| format!("valgrind cannot be run ({error}): install it"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let counts = fs::read_to_string(counts)?;
    let total = counts.lines().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
    Ok(total.ok_or("valgrind wrote no total")?.trim().parse()?)
}
