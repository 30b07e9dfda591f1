//! Help, and that what it says runs.

use super::scene::Scene;
use std::process::Command;

const COMMANDS: [&str; 8] =
    ["compare", "batch", "scan", "archive add", "archive remove", "evaluate", "completions", "man"];

#[test]
fn every_command_has_examples_that_run() {
    for command in COMMANDS {
        let help = Scene::new().stdout(&format!("{command} --help"), 0);
        let examples: Vec<_> = help.lines().filter(|line| line.starts_with("  likewise ")).collect();
        assert!(!examples.is_empty(), "{command}");
        for example in examples {
            run(example.trim());
        }
    }
}

/// Runs an example as a shell does, in a folder of its own.
fn run(example: &str) {
    let scene = Scene::new();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_likewise"));
    let path = std::env::join_paths(
        [binary.parent().unwrap().to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let output = Command::new("sh")
        .args(["-c", example])
        .env("PATH", path.unwrap())
        .current_dir(scene.path("."))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    // The two texts share sentences word for word, on which this gate trips.
    let expected = i32::from(example.contains("--fail-on verbatim"));
    assert_eq!(output.status.code(), Some(expected), "{example}\n{told}");
    assert!(!told.contains("error"), "{example}\n{told}");
}

#[test]
fn every_command_lists_the_exit_statuses_that_it_can_have() {
    let statuses: [(&str, &[&str]); 8] = [
        ("", &["0", "1", "2", "3", "130"]),
        ("compare", &["0", "1", "2", "130"]),
        ("batch", &["0", "1", "2", "3", "130"]),
        ("scan", &["0", "2", "3", "130"]),
        ("archive add", &["0", "2", "3", "130"]),
        ("archive remove", &["0", "2", "3", "130"]),
        ("archive verify", &["0", "2"]),
        ("evaluate", &["0", "2", "130"]),
    ];
    for (command, expected) in statuses {
        for flag in ["-h", "--help"] {
            let help = Scene::new().stdout(&format!("{command} {flag}"), 0);
            let (_, listed) = help.split_once("Exit status:").expect("a section on them");
            let listed: Vec<_> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
            assert_eq!(listed, expected, "{command} {flag}");
        }
    }
}

#[test]
fn every_format_and_threshold_is_explained() {
    let help = Scene::new().stdout("compare --help", 0);
    for explained in
        ["It is moved where", "An issue or a wiki", "1 to 32 [default: 5]", "[default: 8; strict: 12; loose: 6]"]
    {
        assert!(help.contains(explained), "{explained}");
    }
}

#[test]
fn the_manual_page_and_completions_know_every_flag() {
    let scene = Scene::new();
    let page = scene.stdout("man", 0);
    let completions = scene.stdout("completions bash", 0);
    for flag in ["--fail-over", "--report", "--gold", "--config"] {
        assert!(page.contains(&flag.replace('-', "\\-")), "{flag}");
        assert!(completions.contains(flag), "{flag}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Scene::new().stdout("--version", 0), format!("likewise {}\n", env!("CARGO_PKG_VERSION")));
}
