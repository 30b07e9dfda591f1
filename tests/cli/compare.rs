//! `likewise compare`.

use super::scene::Scene;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn standard_input_stands_for_either_text() {
    let scene = Scene::new();
    let first = scene.likewise("compare - b.txt --format json").write_stdin(scene.read("a.txt")).assert().code(0);
    let first: Value = serde_json::from_slice(&first.get_output().stdout).unwrap();
    let second = scene.likewise("compare b.txt - --format json").write_stdin(scene.read("a.txt")).assert().code(0);
    let second: Value = serde_json::from_slice(&second.get_output().stdout).unwrap();
    let files: Value = serde_json::from_str(&scene.stdout("compare a.txt b.txt --format json", 0)).unwrap();
    assert_eq!(first["passages"], files["passages"]);
    assert_eq!(first["a"]["sha256"], second["b"]["sha256"]);
    assert!(!files["passages"].as_array().unwrap().is_empty());
}

#[test]
fn an_output_file_is_there_whole_and_alone() {
    let scene = Scene::new();
    let before = scene.names(".").len();
    let printed = scene.stdout("compare a.txt b.txt --format json", 0);
    assert_eq!(scene.stdout("compare a.txt b.txt --format json -o out.json", 0), "");
    assert_eq!(scene.read("out.json"), printed);
    assert_eq!(scene.names(".").len(), before + 1);
}

#[test]
fn a_run_that_fails_leaves_an_old_output_alone() {
    let scene = Scene::new();
    scene.write("out.json", "old");
    let before = scene.names(".");
    scene.stdout("compare a.txt picture.png --format json -o out.json", 2);
    assert_eq!(scene.read("out.json"), "old");
    assert_eq!(scene.names("."), before);
}

#[cfg(unix)]
#[test]
fn an_output_file_keeps_its_permissions_and_is_written_through_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scene = Scene::new();
    scene.write("real.json", "old");
    std::fs::set_permissions(scene.path("real.json"), PermissionsExt::from_mode(0o640)).unwrap();
    symlink("real.json", scene.path("link.json")).unwrap();
    scene.stdout("compare a.txt b.txt --format json -o link.json", 0);
    assert!(scene.read("real.json").starts_with('{'));
    assert!(scene.path("link.json").is_symlink());
    assert_eq!(std::fs::metadata(scene.path("real.json")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(scene.stdout("compare a.txt b.txt --format json -o /dev/stdout", 0), scene.read("real.json"));
}

#[test]
fn a_file_against_itself_is_identical_and_an_empty_one_has_no_words() {
    let scene = Scene::new();
    let same: Value = serde_json::from_str(&scene.stdout("compare a.txt a.txt --format json", 0)).unwrap();
    assert_eq!(same["scores"]["verdict"], "identical");
    let empty: Value = serde_json::from_str(&scene.stdout("compare empty.txt a.txt --format json", 0)).unwrap();
    assert_eq!((&empty["a"]["words"], &empty["scores"]["verdict"]), (&0.into(), &"unrelated".into()));
    let told = scene.stdout("compare empty.txt a.txt", 0);
    assert!(told.starts_with("Unrelated: A holds no words."), "{told}");
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let scene = Scene::new();
    assert!(!scene.stdout("compare a.txt b.txt", 0).contains('\u{1b}'));
    assert!(scene.stdout("compare a.txt b.txt --color always", 0).contains('\u{1b}'));
    let forced = scene.likewise("compare a.txt b.txt").env("CLICOLOR_FORCE", "1").assert().code(0);
    assert!(forced.get_output().stdout.contains(&0x1b));
    let plain = scene.likewise("compare a.txt b.txt --color never").env("CLICOLOR_FORCE", "1").assert().code(0);
    assert!(!plain.get_output().stdout.contains(&0x1b));
    scene.stdout("compare a.txt b.txt -o out.txt", 0);
    assert!(!scene.read("out.txt").contains('\u{1b}'));
}

#[test]
fn the_layout_is_as_wide_as_columns_says() {
    let scene = Scene::new();
    for (stated, widest) in [("60", 60), ("150", 150), ("9999", 200)] {
        let assert = scene.likewise("compare a.txt b.txt").env("COLUMNS", stated).assert().code(0);
        let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        let width = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(width <= widest && width > widest * 2 / 3, "{stated}: {width}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let scene = Scene::new();
    let numbers: Vec<_> = (0..20_000).map(|number| number.to_string()).collect();
    scene.write("long.txt", &numbers.join(" "));
    let mut child = Command::new(env!("CARGO_BIN_EXE_likewise"))
        .args(["compare", "long.txt", "long.txt", "--format", "json"])
        .current_dir(scene.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut reader = BufReader::with_capacity(16, child.stdout.take().unwrap());
    reader.read_line(&mut line).unwrap();
    drop(reader);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn every_format_is_written() {
    let scene = Scene::new();
    let begins = |format: &str| scene.stdout(&format!("compare a.txt b.txt --format {format}"), 0);
    assert!(begins("json").starts_with('{'));
    assert!(begins("html").to_lowercase().starts_with("<!doctype html>"));
    assert!(begins("pan-xml").starts_with("<?xml"));
    assert!(begins("csv").starts_with("a,b,"));
    assert!(begins("csv-changes").starts_with("a,b,passage,kind,severity,"));
    assert!(begins("markdown").contains("a.txt"));
    assert!(!begins("unified").is_empty());
}

#[test]
fn threads_do_not_change_the_output() {
    let scene = Scene::new();
    let one = scene.stdout("compare a.txt b.txt --format json --threads 1", 0);
    assert_eq!(scene.stdout("compare a.txt b.txt --format json --threads 8", 0), one);
}

#[test]
fn progress_is_told_where_it_is_asked_for() {
    let scene = Scene::new();
    let told = |flags: &str| {
        let assert = scene.likewise(&format!("compare a.txt b.txt {flags}")).assert().code(0);
        String::from_utf8(assert.get_output().stderr.clone()).unwrap()
    };
    assert!(told("--progress always").contains("comparing"));
    assert_eq!(told(""), "");
    assert_eq!(told("--progress always --quiet"), "");
}

#[test]
fn each_stage_of_the_engine_can_be_listed() {
    let scene = Scene::new();
    scene.write("first.txt", "The two sides met in Seoul on Monday and agreed to talk again. The weather was fine.\n");
    scene.write("second.txt", "Nobody slept. The two sides met in Seoul on Monday and agreed to talk again.\n");
    let listed = |stage: &str| scene.stdout(&format!("compare first.txt second.txt --debug-stage {stage}"), 0);
    assert!(listed("tokens").contains("Word \"seoul\""), "{}", listed("tokens"));
    assert!(listed("sentences").contains("\"Nobody slept.\""), "{}", listed("sentences"));
    for stage in ["runs", "chains", "cores", "drafts"] {
        assert!(listed(stage).contains("len: 13"), "{stage}: {}", listed(stage));
    }
    assert!(listed("clusters").starts_with("A = "), "{}", listed("clusters"));
    scene.stdout("compare first.txt second.txt --debug-stage everything", 2);
}

#[test]
fn no_result_takes_the_place_of_an_input() {
    let scene = Scene::new();
    let before = scene.read("a.txt");
    for place in ["a.txt", "./a.txt"] {
        let run = scene.likewise(&format!("compare a.txt b.txt -o {place}")).assert().code(2);
        let error = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(error.contains("it is read in this run"), "{error}");
    }
    assert_eq!(scene.read("a.txt"), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told_in_words() {
    let scene = Scene::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let told = std::process::Command::new(env!("CARGO_BIN_EXE_likewise"))
        .args(["compare", "a.txt", "b.txt"])
        .current_dir(scene.path("."))
        .stdout(full)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(error, "likewise: error: cannot write standard output: no space is left there\n");
}
