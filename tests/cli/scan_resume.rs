//! `likewise scan --resume`: an interrupted scan goes on where it ended, and its output is that of an unbroken one.

use super::batch::many;
use super::scene::Scene;
use serde_json::Value;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FILES: [&str; 4] = ["clusters.jsonl", "pairs.jsonl", "passages.jsonl", "suppressed.jsonl"];
const FLAGS: &str = "scan many.jsonl --text --suppressed --max-pairs 40 --keep-every 5";

/// A scene in which a scan has failed at its very end, with all its pieces kept; `whole` has what it should have written.
fn failed() -> Scene {
    let scene = many(24);
    scene.stdout(&format!("{FLAGS} -o whole"), 0);
    assert!(!scene.names("whole").contains(&"unfinished".to_owned()));
    scene.write("out", "");
    fs::remove_file(scene.path("out")).unwrap();
    fs::create_dir_all(scene.path("out/passages.jsonl/in the way")).unwrap();
    let told = error(&scene, &format!("{FLAGS} -o out"));
    assert!(told.contains("cannot write out") && told.contains("is kept in out/unfinished"), "{told}");
    scene
}

/// What a command that fails with status 2 says.
fn error(scene: &Scene, arguments: &str) -> String {
    let assert = scene.likewise(arguments).assert().code(2);
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

/// The record of a run without what differs from run to run.
fn record(scene: &Scene, folder: &str) -> Value {
    let mut run: Value = serde_json::from_str(&scene.read(&format!("{folder}/run.json"))).unwrap();
    for key in ["seconds", "throughput", "peak_memory_bytes", "threads"] {
        run.as_object_mut().unwrap().remove(key).unwrap();
    }
    run
}

fn assert_whole(scene: &Scene, folder: &str) {
    for file in FILES {
        assert!(scene.read(&format!("{folder}/{file}")) == scene.read(&format!("whole/{file}")), "{folder}/{file}");
    }
    assert_eq!(record(scene, folder), record(scene, "whole"));
    assert!(!scene.path(&format!("{folder}/unfinished")).exists());
}

/// A folder that was left after `pieces` pieces.
fn leave(scene: &Scene, folder: &str, pieces: usize) {
    let to = scene.path(folder).join("unfinished");
    fs::create_dir_all(&to).unwrap();
    let all = scene.names("out/unfinished");
    let (manifest, all) = all.split_first().unwrap();
    for name in all[..pieces].iter().chain([manifest]) {
        fs::copy(scene.path("out/unfinished").join(name), to.join(name)).unwrap();
    }
}

#[test]
fn a_folder_in_which_another_scan_is_at_work_is_left_alone() {
    let scene = failed();
    let manifest = fs::File::open(scene.path("out/unfinished/manifest.jsonl")).unwrap();
    manifest.try_lock().unwrap();
    for flags in ["", "--resume"] {
        let told = error(&scene, &format!("{FLAGS} -o out {flags}"));
        assert!(told.contains("another scan is at work in out/unfinished"), "{told}");
    }
    drop(manifest);
    fs::remove_dir_all(scene.path("out/passages.jsonl")).unwrap();
    scene.stdout(&format!("{FLAGS} -o out --resume"), 0);
    for file in FILES {
        assert_eq!(scene.read(&format!("out/{file}")), scene.read(&format!("whole/{file}")));
    }
}

#[test]
fn a_scan_goes_on_from_every_boundary() {
    let scene = failed();
    let pieces = scene.names("out/unfinished").len() - 1;
    assert_eq!(pieces, 7, "40 pairs are 8 blocks of 5, of which the last is not kept");
    for kept in 0..=pieces {
        let folder = format!("from{kept}");
        leave(&scene, &folder, kept);
        scene.stdout(&format!("{FLAGS} -o {folder} --resume --threads {}", 1 + kept % 3), 0);
        assert_whole(&scene, &folder);
    }
}

#[test]
fn kept_comparisons_are_not_made_again() {
    let scene = failed();
    leave(&scene, "more", 3);
    // A piece that says something else shows whether it was read: its checksum must be right for that.
    let path = scene.path("more/unfinished").join(&scene.names("more/unfinished")[1]);
    let piece = fs::read_to_string(&path).unwrap();
    let (head, lines) = piece.split_once('\n').unwrap();
    let changed = lines.replacen("verbatim", "VERBATIM", 1);
    let digest = |text: &str| format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()));
    fs::write(&path, format!("{}\n{changed}", head.replace(&digest(lines), &digest(&changed)))).unwrap();
    scene.stdout(&format!("{FLAGS} -o more --resume"), 0);
    assert_eq!(
        scene.read("more/passages.jsonl"),
        scene.read("whole/passages.jsonl").replacen("verbatim", "VERBATIM", 1)
    );
}

#[test]
fn a_damaged_piece_is_made_again() {
    let scene = failed();
    leave(&scene, "damaged", 5);
    let names = scene.names("damaged/unfinished");
    let damage = |name: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let path = scene.path("damaged/unfinished").join(name);
        fs::write(&path, change(fs::read(&path).unwrap())).unwrap();
    };
    damage(&names[1], &|bytes| bytes[..bytes.len() / 2].to_vec());
    damage(&names[2], &|_| Vec::new());
    damage(&names[3], &|mut bytes| {
        *bytes.last_mut().unwrap() = b' ';
        bytes
    });
    scene.write("damaged/unfinished/pairs-000000000025.tmp", "half");
    // A run that was killed leaves the folder that it was writing to.
    fs::create_dir_all(scene.path("damaged/.likewise-killed.tmp/pages")).unwrap();
    fs::create_dir_all(scene.path("damaged/.likewise-mine")).unwrap();
    scene.stdout(&format!("{FLAGS} -o damaged --resume"), 0);
    assert_whole(&scene, "damaged");
    let hidden: Vec<_> = scene.names("damaged").into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(hidden, [".likewise-mine"]);
}

#[test]
fn another_run_is_not_resumed() {
    let scene = failed();
    leave(&scene, "left", 3);
    let kept = scene.names("left/unfinished");
    let refused = |arguments: &str, why: &str| {
        let told = error(&scene, arguments);
        assert!(told.contains("cannot resume from left/unfinished") && told.contains(why), "{told}");
        assert!(told.contains("run without --resume to begin anew"), "{told}");
        assert_eq!(scene.names("left/unfinished"), kept);
        assert_eq!(scene.names("left"), ["unfinished"]);
    };
    refused(&format!("{FLAGS} -o left --resume --min-words 9"), "`min-words` was 8 and is 9 now");
    refused(&format!("{FLAGS} -o left --resume --between x"), "`filter.between` was null and is \"x\" now");
    refused(&format!("{FLAGS} many.txt -o left --resume"), "there were 1 inputs and are 2 now");
    let documents = scene.read("many.jsonl");
    scene.write("many.jsonl", &documents.replacen("harbour", "Harbour", 1));
    refused(&format!("{FLAGS} -o left --resume"), "the input many.jsonl has changed");
    scene.write("many.jsonl", &documents);
    scene.write("left/unfinished/manifest.jsonl", "{");
    refused(&format!("{FLAGS} -o left --resume"), "its manifest is damaged");
    scene.stdout(&format!("{FLAGS} -o left"), 0);
    assert_whole(&scene, "left");
}

#[test]
fn the_output_may_lie_in_an_input_folder() {
    let scene = many(24);
    fs::create_dir_all(scene.path("in/out/passages.jsonl/in the way")).unwrap();
    fs::rename(scene.path("many.jsonl"), scene.path("in/many.jsonl")).unwrap();
    let flags = FLAGS.replace("many.jsonl", "in");
    scene.stdout(&format!("{flags} -o whole"), 0);
    error(&scene, &format!("{flags} -o in/out"));
    // What an interrupted run leaves, and no more.
    fs::rename(scene.path("in/out/unfinished"), scene.path("unfinished")).unwrap();
    fs::remove_dir_all(scene.path("in/out")).unwrap();
    fs::create_dir(scene.path("in/out")).unwrap();
    fs::rename(scene.path("unfinished"), scene.path("in/out/unfinished")).unwrap();
    scene.stdout(&format!("{flags} -o in/out --resume"), 0);
    for file in FILES {
        assert_eq!(scene.read(&format!("in/out/{file}")), scene.read(&format!("whole/{file}")), "{file}");
    }
}

#[test]
fn with_nothing_to_resume_a_scan_begins_anew() {
    let scene = many(24);
    scene.stdout(&format!("{FLAGS} -o whole"), 0);
    let assert = scene.likewise(&format!("{FLAGS} -o new --resume")).assert().code(0);
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains("nothing to resume"));
    assert_whole(&scene, "new");
    scene.likewise("scan many.jsonl --resume").assert().code(2);
    scene.likewise("scan many.jsonl --keep-every 0 -o new").assert().code(2);
}

/// A scan that has kept a piece and goes on.
fn started(scene: &Scene) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_likewise"))
        .args(LONG.split_whitespace())
        .args(["-o", "out"])
        .current_dir(scene.path("."))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while !scene.path("out/unfinished/pairs-000000000000.jsonl").exists() {
        assert!(began.elapsed() < Duration::from_secs(60), "a piece is kept");
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

const LONG: &str = "scan many.jsonl --text --suppressed --keep-every 3";

#[test]
fn ctrl_c_says_where_the_rest_can_begin() {
    let scene = many(40);
    scene.stdout(&format!("{LONG} -o whole"), 0);
    let child = started(&scene);
    let interrupted = Instant::now();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(interrupted.elapsed() < Duration::from_secs(2), "{:?}", interrupted.elapsed());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("interrupted; what was compared is kept in out/unfinished; --resume goes on"), "{told}");
    assert_eq!(scene.names("out"), ["unfinished"]);
    assert!(scene.names("out/unfinished").iter().all(|name| !name.ends_with(".tmp")));
    scene.stdout(&format!("{LONG} -o out --resume"), 0);
    assert_whole(&scene, "out");
}

#[test]
fn a_killed_scan_goes_on_too() {
    let scene = many(40);
    scene.stdout(&format!("{LONG} -o whole"), 0);
    let mut child = started(&scene);
    child.kill().unwrap();
    child.wait().unwrap();
    scene.stdout(&format!("{LONG} -o out --resume"), 0);
    assert_whole(&scene, "out");
}

#[test]
fn a_full_disk_is_named_and_what_was_kept_is_used() {
    let scene = many(40);
    scene.stdout(&format!("{LONG} -o whole"), 0);
    // A file may not grow beyond some KiB, which a write is told instead of a signal.
    let script = format!("trap '' XFSZ; ulimit -f 64; exec {} {LONG} -o out", env!("CARGO_BIN_EXE_likewise"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(scene.path(".")).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write out/") && told.contains("is kept in out/unfinished"), "{told}");
    assert_eq!(scene.names("out"), ["unfinished"], "no file has its final name");
    scene.stdout(&format!("{LONG} -o out --resume"), 0);
    assert_whole(&scene, "out");
}
