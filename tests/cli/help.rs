//! Help, and that what it says runs.

use super::scene::Scene;
use std::process::Command;

const COMMANDS: [&str; 5] = ["compare", "batch", "evaluate", "completions", "man"];

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
    assert!(output.status.success(), "{example}\n{told}");
    assert!(!told.contains("error"), "{example}\n{told}");
}

#[test]
fn every_command_lists_its_exit_statuses() {
    for command in ["", "compare", "batch", "evaluate"] {
        for flag in ["-h", "--help"] {
            let help = Scene::new().stdout(&format!("{command} {flag}"), 0);
            assert!(help.contains("130  interrupted"), "{command} {flag}");
        }
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
