//! README.md keeps its word: its commands run and print what it shows, and its links lead somewhere. Its Rust is run with
//! the documentation tests.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// How README.md runs the program in a clone; elsewhere it is `likewise`.
const IN_A_CLONE: &str = "cargo run --release -- ";
/// A line of a shown output that stands for any number of lines.
const ELISION: &str = "...";

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The content of each block that is fenced as `language`.
fn blocks(markdown: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(fenced) = line.strip_prefix("```") {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            if fenced == language {
                blocks.push(block.join("\n"));
            }
        }
    }
    blocks
}

/// What `command` prints in `folder`, which has the sample sets; it must end well.
fn run(command: &str, folder: &Path) -> String {
    let command = command.replacen(IN_A_CLONE, "likewise ", 1);
    let binaries = Path::new(env!("CARGO_BIN_EXE_likewise")).parent().unwrap();
    let path = format!("{}:{}", binaries.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &command]).current_dir(folder).env("PATH", path).env("COLUMNS", "80").env("NO_COLOR", "1");
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder in which commands can write, with the sample sets.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(Path::new(ROOT).join("corpora"), folder.path().join("corpora")).unwrap();
    folder
}

/// The first part of `shown`, between elisions, that `printed` does not have in its place; `None` when they agree.
fn difference(printed: &str, shown: &str) -> Option<String> {
    let (printed, shown): (Vec<_>, Vec<_>) = (printed.lines().collect(), shown.lines().collect());
    let parts: Vec<_> = shown.split(|line| *line == ELISION).collect();
    let mut at = 0;
    for (index, part) in parts.iter().enumerate() {
        let rest = &printed[at..];
        let place = match (index == 0, index + 1 == parts.len()) {
            (true, true) => (rest == *part).then_some(0),
            (true, false) => rest.starts_with(part).then_some(0),
            (false, true) => rest.ends_with(part).then(|| rest.len() - part.len()),
            (false, false) => rest.windows(part.len()).position(|lines| lines == *part),
        };
        match place {
            Some(place) => at += place + part.len(),
            None => return Some(part.join("\n")),
        }
    }
    None
}

#[test]
fn its_commands_run() {
    let mut commands = 0;
    for block in blocks(&text("README.md"), "sh") {
        let folder = folder();
        for command in block.lines().filter(|line| line.starts_with("likewise ") || line.starts_with(IN_A_CLONE)) {
            run(command, folder.path());
            commands += 1;
        }
    }
    assert!(commands >= 6, "only {commands} commands found");
}

#[test]
fn its_examples_print_what_it_shows() {
    let examples = blocks(&text("README.md"), "console");
    assert!(!examples.is_empty());
    for example in examples {
        let (command, shown) = example.split_once('\n').unwrap();
        let printed = run(command.strip_prefix("$ ").expect("a prompt"), folder().path());
        if let Some(part) = difference(&printed, shown) {
            panic!("README.md shows what is no longer printed:\n{part}\n\nPaste it anew from:\n{printed}");
        }
    }
}

#[test]
fn elisions_stand_for_lines_and_nothing_else_differs() {
    for shown in ["a\n...\nc\n...", "a\nb\nc\nd", "...\nd", "a\n..."] {
        assert_eq!(difference("a\nb\nc\nd\n", shown), None, "{shown}");
    }
    for shown in ["b\n...", "a\n...\nx\n...", "a\nc", "a\n...\nd\n...\nc", "a\nb"] {
        assert!(difference("a\nb\nc\nd\n", shown).is_some(), "{shown}");
    }
}

#[test]
fn its_test_command_is_what_is_run_before_a_change_lands() {
    let command = "cargo test --workspace";
    assert!(blocks(&text("README.md"), "sh").iter().any(|block| block == command));
    assert!(text(".ci/run").lines().any(|line| line.starts_with(command)));
}

#[test]
fn links_lead_somewhere() {
    for page in ["README.md", "ARCHITECTURE.md", "benches/README.md", "corpora/README.md"] {
        let folder = Path::new(ROOT).join(page).parent().unwrap().to_owned();
        for link in text(page).split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
            let exists = link.is_empty() || link.starts_with("https://") || folder.join(link).exists();
            assert!(exists, "{page}: {link}");
        }
    }
}
