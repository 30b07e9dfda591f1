//! `likewise archive` beside other processes: killed, refused, and read while it writes.

use super::scene::Scene;
use assert_cmd::cargo::CommandCargoExt;
use likewise::archive::{Index, Snapshot};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often; `LIKEWISE_ROUNDS` makes it more.
fn rounds(default: usize) -> usize {
    std::env::var("LIKEWISE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(default)
}

/// So many documents that with the least memory some are committed on the way.
const MANY: usize = 130_000;

/// What stands for the round in a template; as long as any round is written.
const ROUND: &str = "RRRRR";

/// Lines of many short documents, of which every one has the round in its id, its text and its source.
fn template() -> String {
    let line = |at: usize| {
        let words: Vec<_> = (0..8).map(|word| format!("w{}", word * (at + 7) % 9973)).collect();
        let text = format!("{ROUND} {at} {}", words.join(" "));
        serde_json::json!({"id": format!("{ROUND}-{at}"), "text": text, "source": ROUND}).to_string()
    };
    (0..MANY).map(line).collect::<Vec<_>>().join("\n")
}

fn likewise(scene: &Scene, arguments: &str) -> Command {
    let mut command = Command::cargo_bin("likewise").unwrap();
    command.current_dir(scene.path(".")).args(arguments.split_whitespace());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Starts adding, with commits on the way.
fn adding(scene: &Scene) -> Child {
    likewise(scene, "archive add kept more.jsonl --memory 96M --progress always").spawn().unwrap()
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
#[allow(clippy::print_stdout, reason = "with --nocapture, how many rounds were what they are for")]
fn killed_at_any_moment_it_keeps_what_it_said_is_committed() {
    let scene = Scene::new();
    let template = template();
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let (mut kept, mut killed, mut halfway) = (0, 0, 0);
    scene.write("more.jsonl", &template);
    let begun = Instant::now();
    adding(&scene).wait_with_output().unwrap();
    // It is killed up to a little later.
    let time = begun.elapsed();
    std::fs::remove_dir_all(scene.path("kept")).unwrap();
    for round in 0..rounds(6) {
        if round % ROUNDS_EACH == 0 && round > 0 {
            told_sound(&scene);
            std::fs::remove_dir_all(scene.path("kept")).unwrap();
            kept = 0;
        }
        scene.write("more.jsonl", &template.replace(ROUND, &format!("{round:05}")));
        let mut child = adding(&scene);
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let reader = std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).filter_map(|line| acknowledged(&line)).last()
        });
        std::thread::sleep(time.mul_f64(dice(&mut state, 1000) as f64 / 900.0));
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += usize::from(!ended);
        let acknowledged = reader.join().unwrap().unwrap_or(0);
        halfway += usize::from(acknowledged > 0 && acknowledged < MANY);
        kept = check(&scene.path("kept"), kept, acknowledged, round);
    }
    println!("{killed} killed, {halfway} of them after a commit on the way");
    assert!(killed > 0, "every run was over before it was killed");
    told_sound(&scene);
}

/// Rounds after which a new archive is begun, so that a thousand take their time a thousand times.
const ROUNDS_EACH: usize = 10;

/// Checks that an archive opens with what it held and what was acknowledged, each document whole; returns how many it has.
fn check(path: &Path, kept: usize, acknowledged: usize, round: usize) -> usize {
    let Ok(snapshot) = Snapshot::open(path) else {
        assert_eq!(kept + acknowledged, 0, "round {round}");
        return 0;
    };
    let len = snapshot.len();
    assert!(len >= kept + acknowledged, "round {round}: {len} of {kept} and {acknowledged}");
    for number in snapshot.all().step_by(997).chain(snapshot.all().last()) {
        let document = snapshot.document(number).unwrap();
        let (of, _) = document.id.split_once('-').unwrap();
        assert!(document.text.starts_with(of) && document.text.split(' ').count() == 10, "{document:?}");
        assert_eq!(document.metadata["source"], of);
        assert_eq!(snapshot.facts(number).unwrap().words, 10);
        assert_eq!(snapshot.find(&document.id).unwrap(), Some(number));
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
    scene.write("more.jsonl", &template());
    let mut child = adding(&scene);
    let begun = Instant::now();
    let noted = format!(" {}\n", child.id());
    while !scene.read("kept/lock").ends_with(&noted) {
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
    scene.write("next.jsonl", &ten_documents(0));
    scene.likewise("archive add kept next.jsonl").assert().code(0);
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
            scene.write("next.jsonl", &ten_documents(round));
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

/// Lines of ten documents that are the same in every round but for their text and source.
fn ten_documents(round: usize) -> String {
    let line = |at: usize| {
        let text = format!("round {round} of the same ten documents, of which this is number {at} and no other");
        serde_json::json!({"id": format!("0-{at}"), "text": text, "source": format!("round {round}")}).to_string()
    };
    (0..10).map(line).collect::<Vec<_>>().join("\n")
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
