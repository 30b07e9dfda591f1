//! `likewise archive` beside other processes: killed, refused, and read while it writes.

use super::scene::Scene;
use assert_cmd::cargo::CommandCargoExt;
use likewise::archive::{Index, Snapshot, verify};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often; `LIKEWISE_ROUNDS` makes it more.
fn rounds(default: usize) -> usize {
    std::env::var("LIKEWISE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(default)
}

/// Documents of which every one shares the sentence of its round.
fn write_documents(scene: &Scene, round: usize, count: usize) {
    let mut lines = String::new();
    for at in 0..count {
        let text: Vec<_> = (0..600).map(|word| format!("w{}", (word * (at + 7) + round * 131) % 9973)).collect();
        lines +=
            &serde_json::json!({"id": format!("{round}-{at}"), "text": text.join(" "), "source": format!("s{round}")})
                .to_string();
        lines += "\n";
    }
    scene.write("more.jsonl", &lines);
}

fn likewise(scene: &Scene, arguments: &str) -> Command {
    let mut command = Command::cargo_bin("likewise").unwrap();
    command.current_dir(scene.path(".")).args(arguments.split_whitespace());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Starts adding, with many commits on the way.
fn adding(scene: &Scene) -> Child {
    likewise(scene, "archive add kept more.jsonl --memory 16M --progress always").spawn().unwrap()
}

/// The number in `likewise: note: N documents are committed`.
fn acknowledged(line: &str) -> Option<usize> {
    line.strip_prefix("likewise: note: ")?.strip_suffix(" are committed")?.split(' ').next()?.parse().ok()
}

/// A number below `most`, from what is left of a generator of pseudo-random numbers.
fn dice(state: &mut u64, most: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 16) % most
}

#[test]
fn killed_at_any_moment_it_keeps_what_it_said_is_committed() {
    let scene = Scene::new();
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let (mut kept, mut killed) = (0, 0);
    for round in 0..rounds(12) {
        write_documents(&scene, round, 3000);
        let mut child = adding(&scene);
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let reader = std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).filter_map(|line| acknowledged(&line)).last()
        });
        std::thread::sleep(Duration::from_millis(dice(&mut state, 600)));
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += usize::from(!ended);
        let acknowledged = reader.join().unwrap().unwrap_or(0);
        kept = check(&scene.path("kept"), kept, acknowledged, round);
    }
    assert!(killed > 0, "every run was over before it was killed");
    told_sound(&scene);
}

/// Checks that an archive opens with what it held and what was acknowledged, each document whole; returns how many it has.
fn check(path: &Path, kept: usize, acknowledged: usize, round: usize) -> usize {
    let Ok(snapshot) = Snapshot::open(path) else {
        assert_eq!(kept + acknowledged, 0, "round {round}");
        return 0;
    };
    let len = snapshot.len();
    assert!(len >= kept + acknowledged, "round {round}: {len} of {kept} and {acknowledged}");
    for number in snapshot.all().step_by(97).chain(snapshot.all().last()) {
        let document = snapshot.document(number).unwrap();
        assert_eq!(document.text.split(' ').count(), 600);
        assert_eq!(snapshot.facts(number).unwrap().words, 600);
        assert_eq!(snapshot.find(&document.id).unwrap(), Some(number));
    }
    if round.is_multiple_of(20) {
        let damage = verify(path, &|_| {}).unwrap().damage;
        assert!(damage.is_empty(), "round {round}: {damage:?}");
    }
    len
}

/// The archive takes more and is sound.
fn told_sound(scene: &Scene) {
    scene.likewise("archive add kept docs.jsonl").assert().code(0);
    scene.likewise("archive verify kept").assert().code(0);
}

#[test]
fn a_second_writer_is_refused_with_the_process_id_of_the_first() {
    let scene = Scene::new();
    scene.likewise("archive add kept docs.jsonl").assert().code(0);
    write_documents(&scene, 0, 5_000);
    let mut child = adding(&scene);
    let begun = Instant::now();
    while scene.read("kept/lock").trim() != child.id().to_string() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the first writer does not begin");
    }
    let assert = scene.likewise("archive add kept a.txt").assert().code(2);
    let refused = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    let expected = format!("kept is being written to by process {}; try again when that is done", child.id());
    assert!(refused.contains(&expected), "{refused}");
    child.kill().unwrap();
    child.wait().unwrap();
    told_sound(&scene);
}

#[test]
fn readers_see_no_mixed_state_while_a_writer_is_at_work() {
    let scene = Scene::new();
    write_documents(&scene, 0, 10);
    scene.likewise("archive add kept more.jsonl").assert().code(0);
    let is_over = AtomicBool::new(false);
    let path = scene.path("kept");
    let seconds = rounds(2) as u64;
    let opened: usize = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..rounds(4).min(100)).map(|_| scope.spawn(|| read_until(&path, &is_over))).collect();
        let begun = Instant::now();
        let mut round = 0_usize;
        while begun.elapsed() < Duration::from_secs(seconds) || round < 6 {
            round += 1;
            // Each round replaces what the one before added: all documents are of one round, at any moment.
            let mut lines = String::new();
            for at in 0..10 {
                let text =
                    format!("round {round} of the same ten documents, of which this is number {at} and no other");
                lines +=
                    &serde_json::json!({"id": format!("0-{at}"), "text": text, "source": format!("round {round}")})
                        .to_string();
                lines += "\n";
            }
            scene.write("next.jsonl", &lines);
            scene.likewise("archive add kept next.jsonl").assert().code(0);
            if round.is_multiple_of(3) {
                scene.likewise("archive compact kept").assert().code(0);
            }
        }
        is_over.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().unwrap()).sum()
    });
    assert!(opened > 10, "{opened}");
}

/// Opens the archive again and again: how often.
fn read_until(path: &Path, is_over: &AtomicBool) -> usize {
    let mut opened = 0;
    while !is_over.load(Ordering::Relaxed) {
        let snapshot = Snapshot::open(path).unwrap();
        let documents: Vec<_> = snapshot.all().map(|number| snapshot.document(number).unwrap()).collect();
        assert_eq!(documents.len(), 10);
        let source = &documents[0].metadata["source"];
        assert!(documents.iter().all(|document| document.metadata["source"] == *source), "{documents:?}");
        let live: Vec<_> = snapshot.sources().iter().filter(|(_, count)| *count > 0).collect();
        assert!(live.len() == 1 && live[0].1 == 10 && live[0].0 == source.as_str().unwrap());
        opened += 1;
    }
    opened
}
