//! Disks that fail, and machines that lose power.
//!
//! A disk that writes to a folder and notes every step. From the notes comes what a machine could have kept that stopped after any
//! of them: what was made durable, and nothing else.

use super::super::disk::{Disk, NewFile, RealDisk};
use super::super::{ArchiveError, Index, Snapshot, WriteOptions, Writer, verify};
use super::made::{document, text};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A step, its files by number.
#[derive(Debug, Clone)]
enum Step {
    Create(PathBuf, usize),
    Append(usize, Vec<u8>),
    Sync(usize),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    SyncFolder,
    /// Documents that the caller was told are committed.
    Told(usize),
}

#[derive(Default)]
struct Notes {
    steps: Vec<Step>,
    files: usize,
    /// The step that fails, counted from 0.
    failing: Option<usize>,
}

impl Notes {
    fn note(&mut self, step: Step) -> io::Result<()> {
        let fails = self.failing == Some(self.steps.len());
        self.steps.push(step);
        if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "no space left")) } else { Ok(()) }
    }
}

/// A disk that notes what it does.
#[derive(Clone, Default)]
struct NotedDisk(Arc<Mutex<Notes>>);

struct NotedFile {
    notes: Arc<Mutex<Notes>>,
    number: usize,
    file: Box<dyn NewFile>,
}

impl Disk for NotedDisk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut notes = self.0.lock().unwrap();
        let number = notes.files;
        notes.files += 1;
        notes.note(Step::Create(path.to_owned(), number))?;
        Ok(Box::new(NotedFile { notes: Arc::clone(&self.0), number, file: RealDisk.create(path)? }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.lock().unwrap().note(Step::Rename(from.to_owned(), to.to_owned()))?;
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.lock().unwrap().note(Step::Remove(path.to_owned()))?;
        RealDisk.remove(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.0.lock().unwrap().note(Step::SyncFolder)?;
        RealDisk.sync_folder(path)
    }
}

impl Write for NotedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // In pieces, as a system may take them, so that more can be lost.
        let bytes = &bytes[..bytes.len().min(300)];
        self.notes.lock().unwrap().note(Step::Append(self.number, bytes.to_vec()))?;
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl NewFile for NotedFile {
    fn sync(&mut self) -> io::Result<()> {
        self.notes.lock().unwrap().note(Step::Sync(self.number))?;
        self.file.sync()
    }
}

/// A history with additions, replacements, removals, merging and compaction; returns the number of documents at the last commit
/// that it was told of.
fn history(path: &Path, disk: &NotedDisk) -> Result<usize, (usize, ArchiveError)> {
    let mut told = 0;
    let mut work = || -> Result<(), ArchiveError> {
        let options = WriteOptions { commit_bytes: 1500, ..WriteOptions::default() };
        let mut writer = Writer::with_disk(path, &options, Arc::new(disk.clone()), true)?;
        let mut tell = |writer: &Writer| {
            told = writer.snapshot().len();
            disk.0.lock().unwrap().steps.push(Step::Told(told));
        };
        for round in 0..3 {
            let documents = (0..7).map(|at| document(&format!("d{}", at + 5 * round), at + 3 * round)).collect();
            writer.add_documents(documents)?;
            writer.commit()?;
            tell(&writer);
        }
        writer.remove("d3")?;
        writer.commit()?;
        tell(&writer);
        writer.merge()?;
        writer.compact()?;
        tell(&writer);
        Ok(())
    };
    match work() {
        Ok(()) => Ok(told),
        Err(error) => Err((told, error)),
    }
}

/// What is on a disk: names, and contents, each as it is and as it is durable.
#[derive(Default)]
struct Machine {
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    contents: BTreeMap<usize, Vec<u8>>,
    durable_len: BTreeMap<usize, usize>,
    told: usize,
}

impl Machine {
    fn apply(&mut self, step: &Step) {
        match step {
            Step::Create(path, file) => {
                self.names.insert(path.clone(), *file);
                self.contents.insert(*file, Vec::new());
            }
            Step::Append(file, bytes) => self.contents.get_mut(file).unwrap().extend(bytes),
            Step::Sync(file) => drop(self.durable_len.insert(*file, self.contents[file].len())),
            Step::Rename(from, to) => {
                let file = self.names.remove(from).unwrap();
                self.names.insert(to.clone(), file);
            }
            Step::Remove(path) => drop(self.names.remove(path)),
            Step::SyncFolder => self.durable_names = self.names.clone(),
            Step::Told(documents) => self.told = *documents,
        }
    }

    /// Writes to `folder` what is left after the power went: of names and of contents what is durable, or of either all.
    fn restart(&self, folder: &Path, keeps_names: bool, keeps_contents: bool) {
        drop(fs::remove_dir_all(folder));
        fs::create_dir_all(folder).unwrap();
        for (path, file) in if keeps_names { &self.names } else { &self.durable_names } {
            let contents = &self.contents[file];
            let len = if keeps_contents { contents.len() } else { self.durable_len.get(file).copied().unwrap_or(0) };
            fs::write(folder.join(path.file_name().unwrap()), &contents[..len]).unwrap();
        }
    }
}

#[test]
fn whatever_was_not_durable_the_last_commit_opens() {
    let folder = tempfile::tempdir().unwrap();
    let disk = NotedDisk::default();
    history(&folder.path().join("a"), &disk).unwrap();
    let steps = std::mem::take(&mut disk.0.lock().unwrap().steps);
    let left = folder.path().join("left");
    let mut machine = Machine::default();
    let mut opened = 0;
    for (at, step) in steps.iter().enumerate() {
        machine.apply(step);
        for (keeps_names, keeps_contents) in [(false, false), (true, false), (false, true), (true, true)] {
            // Every fourth in each way; all of them around a commit.
            let matters = !matches!(step, Step::Append(..)) || at % 4 == usize::from(keeps_names);
            if !matters {
                continue;
            }
            machine.restart(&left, keeps_names, keeps_contents);
            match Snapshot::open(&left) {
                Ok(snapshot) => {
                    opened += 1;
                    assert!(snapshot.len() >= machine.told.min(16), "{} after step {at}: {step:?}", snapshot.len());
                    let damage = verify(&left, &|_| {}).unwrap().damage;
                    assert!(damage.is_empty(), "after step {at}, {step:?}: {damage:?}");
                }
                Err(error) => {
                    let is_new = matches!(error, ArchiveError::NotAnArchive { .. }) && machine.told == 0;
                    assert!(is_new, "after step {at}, {step:?}: {error}");
                }
            }
        }
    }
    assert!(opened > 200, "{opened}");
}

#[test]
fn every_step_that_fails_names_a_file_and_the_last_commit_opens() {
    let folder = tempfile::tempdir().unwrap();
    let disk = NotedDisk::default();
    history(&folder.path().join("whole"), &disk).unwrap();
    let steps = std::mem::take(&mut disk.0.lock().unwrap().steps);
    let mut failures = 0;
    for (at, step) in steps.iter().enumerate() {
        // Of many pieces of a file every fourth.
        if matches!(step, Step::Told(_)) || matches!(step, Step::Append(..)) && at % 4 > 0 {
            continue;
        }
        let path = folder.path().join(format!("a{at}"));
        let disk = NotedDisk::default();
        disk.0.lock().unwrap().failing = Some(at);
        match history(&path, &disk) {
            // Garbage that cannot be removed is left for the next writer.
            Ok(_) => assert!(matches!(step, Step::Remove(_)), "step {at}, {step:?}"),
            Err((told, error)) => {
                failures += 1;
                let text = error.to_string();
                assert!(text.contains(&*path.to_string_lossy()) && text.contains("no space left"), "{text}");
                match Snapshot::open(&path) {
                    Ok(snapshot) => assert!(snapshot.len() >= told.min(16), "step {at}, {step:?}"),
                    Err(error) => assert!(told == 0, "step {at}, {step:?}: {error}"),
                }
                if told > 0 {
                    assert!(verify(&path, &|_| {}).unwrap().damage.is_empty());
                }
                // The next writer goes on.
                let mut writer = Writer::create(&path, &WriteOptions::default()).unwrap();
                writer.add_documents(vec![document("more", 1)]).unwrap();
                writer.commit().unwrap();
                let snapshot = Snapshot::open(&path).unwrap();
                let number = snapshot.find("more").unwrap().unwrap();
                assert_eq!(snapshot.document(number).unwrap().text, text_of_more());
            }
        }
        fs::remove_dir_all(&path).unwrap();
    }
    assert!(failures > 60, "{failures}");
}

fn text_of_more() -> String {
    text(1)
}

#[test]
fn a_writer_that_is_ended_leaves_what_is_committed() {
    let place = tempfile::tempdir().unwrap();
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    // Nothing was ever committed: nothing is left.
    let folder = place.path().join("new");
    let mut writer = Writer::create(&folder, &WriteOptions::default()).unwrap();
    writer.add_documents(vec![document("a", 1)]).unwrap();
    writer.halt().now();
    assert!(!folder.exists());
    assert!(writer.commit().is_err());

    let folder = place.path().join("old");
    let mut writer = Writer::create(&folder, &WriteOptions::default()).unwrap();
    writer.add_documents(vec![document("a", 1)]).unwrap();
    writer.commit().unwrap();
    let before = names(&folder);
    writer.add_documents(vec![document("b", 2)]).unwrap();
    assert!(names(&folder).len() > before.len());
    writer.halt().now();
    assert_eq!(names(&folder), before);
    assert!(writer.commit().is_err());
    assert_eq!(names(&folder), before);
    drop(writer);
    assert_eq!(verify(&folder, &|_| {}).unwrap().documents, 1);
}
