//! Random histories of an archive against a list in memory.

use super::super::postings::key;
use super::super::{Fingerprinting, Index, Snapshot, WriteOptions, Writer, verify};
use super::made::document;
use crate::document::Document;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Debug, Clone)]
enum Step {
    /// Documents by number of their id and of their text.
    Add(Vec<(usize, usize)>),
    Remove(usize),
    RemoveSource(usize),
    Commit,
    Merge,
    Compact,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec((0_usize..9, 0_usize..16), 1..8).prop_map(Step::Add),
        2 => (0_usize..9).prop_map(Step::Remove),
        1 => (0_usize..4).prop_map(Step::RemoveSource),
        3 => Just(Step::Commit),
        1 => Just(Step::Merge),
        1 => Just(Step::Compact),
        1 => Just(Step::Reopen),
    ]
}

/// The documents that should be there, in order.
#[derive(Default)]
struct Oracle(Vec<Document>);

impl Oracle {
    fn add(&mut self, document: Document) {
        if self.0.contains(&document) {
            return;
        }
        self.0.retain(|known| known.id != document.id);
        self.0.push(document);
    }

    fn keys(document: &Document) -> BTreeSet<u64> {
        let mut keys = BTreeSet::new();
        Fingerprinting::default().fingerprinter().of_text(&document.text, |hash| {
            keys.insert(hash);
        });
        keys
    }

    /// Of each document the first with its text.
    fn firsts(&self) -> Vec<usize> {
        let folded = |document: &Document| document.text.to_lowercase();
        let first = |document| self.0.iter().position(|known| folded(known) == folded(document));
        self.0.iter().map(|document| first(document).expect("it is one itself")).collect()
    }

    /// Checks an archive against the list.
    fn check(&self, folder: &Path, texts: bool) {
        let snapshot = Snapshot::open(folder).unwrap();
        let numbers: Vec<u32> = snapshot.all().collect();
        assert_eq!((numbers.len(), snapshot.len()), (self.0.len(), self.0.len()));
        let firsts = self.firsts();
        let mut sources: BTreeMap<&str, u32> = BTreeMap::new();
        for ((expected, &number), &first) in self.0.iter().zip(&numbers).zip(&firsts) {
            let mut expected = expected.clone();
            if !texts {
                expected.text.clear();
            }
            assert_eq!(snapshot.document(number).unwrap(), expected);
            assert_eq!(snapshot.find(&expected.id).unwrap(), Some(number));
            let facts = snapshot.facts(number).unwrap();
            assert_eq!(facts.copy_of, Some(numbers[first]).filter(|&first| first != number), "{number}");
            assert_eq!(
                facts.date.map(|date| date.to_string()),
                expected.metadata.get("date").map(|date| date.as_str().unwrap().to_owned())
            );
            let source = facts.source.map(|source| snapshot.source(source).0);
            assert_eq!(source, expected.metadata.get("source").and_then(|source| source.as_str()));
            source.into_iter().for_each(|source| *sources.entry(source).or_default() += 1);
            let copies = firsts.iter().zip(&numbers).filter(|&(&of, &copy)| numbers[of] == number && copy != number);
            assert_eq!(snapshot.copies(number).unwrap(), copies.map(|(_, &copy)| copy).collect::<Vec<_>>());
        }
        let known: BTreeMap<&str, u32> = snapshot
            .sources()
            .iter()
            .filter(|known| known.1 > 0)
            .map(|(name, count)| (name.as_str(), *count))
            .collect();
        assert_eq!(known, sources);
        self.check_postings(&snapshot, &numbers, &firsts);
        assert!(snapshot.find("nobody").unwrap().is_none());
        let damage = verify(folder, &|_| {}).unwrap().damage;
        assert!(damage.is_empty(), "{damage:?}");
    }

    fn check_postings(&self, snapshot: &Snapshot, numbers: &[u32], firsts: &[usize]) {
        let mut postings: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
        for (document, &first) in self.0.iter().zip(firsts) {
            for hash in Self::keys(document) {
                postings.entry(hash).or_default().insert(numbers[first]);
            }
        }
        for at in 0..16 {
            let hashes = Self::keys(&document("", at));
            for hash in hashes {
                let expected: Vec<u32> = postings.get(&hash).into_iter().flatten().copied().collect();
                for most in [usize::MAX, 1] {
                    let mut found = vec![99];
                    assert_eq!(snapshot.postings(hash, most, &mut found).unwrap(), expected.len(), "{}", key(hash));
                    assert_eq!(found[1..], expected[..most.min(expected.len())]);
                }
            }
        }
    }
}

fn run(steps: Vec<Step>, texts: bool, commit_bytes: u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let options = WriteOptions { texts, commit_bytes, ..WriteOptions::default() };
    let mut oracle = Oracle::default();
    let mut writer = Writer::create(&path, &options).unwrap();
    for step in steps {
        match step {
            Step::Add(documents) => {
                let documents: Vec<_> = documents.iter().map(|(id, text)| document(&format!("d{id}"), *text)).collect();
                documents.iter().for_each(|document| oracle.add(document.clone()));
                writer.add_documents(documents).unwrap();
                continue;
            }
            Step::Remove(id) => {
                let id = format!("d{id}");
                let before = oracle.0.len();
                oracle.0.retain(|document| document.id != id);
                assert_eq!(writer.remove(&id).unwrap(), oracle.0.len() < before);
                continue;
            }
            Step::RemoveSource(source) => {
                let source = serde_json::Value::from(format!("paper {source}"));
                let before = oracle.0.len();
                oracle.0.retain(|document| document.metadata.get("source") != Some(&source));
                let removed = writer.remove_where(&|_, metadata| metadata.get("source") == Some(&source)).unwrap();
                assert_eq!(removed, before - oracle.0.len());
                continue;
            }
            Step::Commit => writer.commit().unwrap(),
            Step::Merge => {
                writer.commit().unwrap();
                writer.merge().unwrap();
            }
            Step::Compact => {
                writer.compact().unwrap();
                assert_eq!(writer.snapshot().numbers() as usize, oracle.0.len());
            }
            Step::Reopen => {
                writer.commit().unwrap();
                drop(writer);
                writer = Writer::open(&path, &options).unwrap();
            }
        }
        oracle.check(&path, texts);
    }
    writer.commit().unwrap();
    oracle.check(&path, texts);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn an_archive_holds_what_its_history_says(
        steps in prop::collection::vec(step(), 1..14), texts: bool, commits_often: bool,
    ) {
        run(steps, texts, if commits_often { 300 } else { u64::MAX });
    }
}
