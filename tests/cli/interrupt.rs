//! Ctrl-C.

use super::batch::many;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn an_interrupted_batch_ends_at_once_and_leaves_nothing() {
    let scene = many(300);
    let before = scene.names(".");
    let child = Command::new(env!("CARGO_BIN_EXE_likewise"))
        .args(["batch", "many.txt", "--docs", "many.jsonl", "-o", "out", "--report", "pages"])
        .current_dir(scene.path("."))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until(|| scene.names(".").len() == before.len() + 2, "both temporary folders are there");
    std::thread::sleep(Duration::from_millis(300));
    let interrupted = Instant::now();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(interrupted.elapsed() < Duration::from_secs(1), "{:?}", interrupted.elapsed());
    assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted"));
    assert_eq!(scene.names("."), before);
}

fn wait_until(condition: impl Fn() -> bool, what: &str) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
