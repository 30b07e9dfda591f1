//! Damaged archives: errors, and never a wrong answer that `verify` does not know of.

use super::super::{Index, Snapshot, verify};
use super::made::archive;
use crate::document::Document;
use std::fs;
use std::path::{Path, PathBuf};

/// A xorshift generator (G. Marsaglia, "Xorshift RNGs", 2003): the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides
    }
}

/// Everything that an archive answers, or the first error.
fn answers(folder: &Path) -> Result<Vec<String>, String> {
    let told = |error: super::super::ArchiveError| error.to_string();
    let snapshot = Snapshot::open(folder).map_err(told)?;
    let mut answers = vec![format!("{:?} {:?}", snapshot.info().map_err(told)?, snapshot.fingerprinting())];
    let mut found = Vec::new();
    for number in snapshot.all() {
        let Document { id, text, metadata, .. } = snapshot.document(number).map_err(told)?;
        let facts = snapshot.facts(number).map_err(told)?;
        let source = facts.source.map(|source| snapshot.source(source));
        let copies = snapshot.copies(number).map_err(told)?;
        answers.push(format!("{id} {text} {metadata:?} {facts:?} {source:?} {copies:?} {:?}", snapshot.find(&id)));
        let mut fingerprinter = snapshot.fingerprinting().fingerprinter();
        let mut hashes = Vec::new();
        fingerprinter.of_text(&super::made::text(number as usize), |hash| hashes.push(hash));
        for hash in hashes {
            found.clear();
            let count = snapshot.postings(hash, 3, &mut found).map_err(told)?;
            answers.push(format!("{count} {found:?}"));
        }
    }
    Ok(answers)
}

/// Files of an archive with their contents, but for the lock.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| !path.ends_with("lock")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Damages an archive in `rounds` ways, one at a time.
fn damage(texts: bool, rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    archive(&path, texts);
    let right = answers(&path).unwrap();
    let files = files(&path);
    let total: usize = files.iter().map(|file| file.1.len()).sum();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let (mut errors, mut wrong) = (0, 0);
    for round in 0..rounds {
        let mut at = dice.below(total);
        let (name, contents) = files
            .iter()
            .find(|file| {
                at < file.1.len() || {
                    at -= file.1.len();
                    false
                }
            })
            .unwrap();
        let mut damaged = contents.clone();
        match dice.below(4) {
            0 => damaged.truncate(at),
            1 => damaged[at] = dice.below(256) as u8,
            2 => damaged.insert(at, dice.below(256) as u8),
            _ => damaged[at] ^= 1 << dice.below(8),
        }
        if damaged == *contents {
            continue;
        }
        fs::write(name, &damaged).unwrap();
        let found = answers(&path);
        errors += usize::from(found.is_err());
        wrong += usize::from(found.as_ref().is_ok_and(|found| *found != right));
        let verified = verify(&path, &|_| {});
        assert!(verified.is_err() || !verified.unwrap().damage.is_empty(), "round {round}: {}", name.display());
        fs::write(name, contents).unwrap();
    }
    assert!(errors > rounds / 4, "{errors} errors, {wrong} wrong answers");
    assert_eq!(answers(&path).unwrap(), right);
}

/// How often; `LIKEWISE_ROUNDS` makes it more.
fn rounds() -> usize {
    std::env::var("LIKEWISE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(200)
}

#[test]
fn every_damage_is_found() {
    damage(true, rounds());
}

#[test]
fn every_damage_is_found_without_texts() {
    damage(false, rounds());
}
