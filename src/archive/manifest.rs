//! The manifest: which files an archive consists of. Replacing it is the one step that commits.
//!
//! It is a line `likewise archive 1 CHECKSUM` and JSON. It is written whole under another name, made durable, and renamed over
//! the one before; files that it does not name are garbage. The first line stays as it is in every format to come, so that each
//! version can tell which one an archive has.

use super::disk::{Disk, Writing, Written};
use super::error::ArchiveError;
use super::index::Fingerprinting;
use super::{FORMAT, MOST_DOCUMENTS};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// Its name.
pub(super) const NAME: &str = "manifest";
const NEW_NAME: &str = "manifest.new";

/// How its first line begins.
const MARK: &str = "likewise archive ";

/// A file of an archive, with the documents that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileEntry {
    /// Its name is made of this.
    pub number: u64,
    pub bytes: u64,
    /// XXH3 of the whole file, in hexadecimal.
    #[serde(with = "hexadecimal")]
    pub checksum: u128,
    /// Its first document, and how many follow each other from there.
    pub first: u32,
    pub documents: u32,
}

/// What an archive consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// How many there were before.
    pub commit: u64,
    /// The number of the next file to be written.
    pub next_file: u64,
    pub fingerprinting: Fingerprinting,
    /// Whether texts are kept.
    pub texts: bool,
    pub documents: Vec<FileEntry>,
    pub postings: Vec<FileEntry>,
    /// The documents that were removed.
    pub removed: Option<FileEntry>,
}

/// The kinds of files that a manifest names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Documents,
    Postings,
    Removed,
}

impl FileKind {
    const ALL: [Self; 3] = [Self::Documents, Self::Postings, Self::Removed];

    fn stem(self) -> &'static str {
        match self {
            Self::Documents => "documents-",
            Self::Postings => "postings-",
            Self::Removed => "removed-",
        }
    }

    /// Name of file `number` of this kind.
    pub fn name(self, number: u64) -> String {
        format!("{}{number:08}", self.stem())
    }

    /// Where it is.
    pub fn path(self, folder: &Path, number: u64) -> PathBuf {
        folder.join(self.name(number))
    }
}

/// Whether a name is one that an archive gives to its files, but for the manifest and the lock.
pub(super) fn is_own(name: &str) -> bool {
    let digits = FileKind::ALL.iter().find_map(|kind| name.strip_prefix(kind.stem()));
    name == NEW_NAME
        || digits.is_some_and(|digits| digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Manifest {
    /// Of an archive without documents.
    pub fn new(fingerprinting: Fingerprinting, texts: bool) -> Self {
        let (documents, postings) = Default::default();
        Self { commit: 0, next_file: 1, fingerprinting, texts, documents, postings, removed: None }
    }

    /// Every number that was given out: documents, and those removed since the archive was compacted.
    pub fn numbers(&self) -> u32 {
        self.documents.last().map_or(0, |file| file.first + file.documents)
    }

    /// The number of a new file.
    pub fn take_number(&mut self) -> u64 {
        self.next_file += 1;
        self.next_file - 1
    }

    /// Names of all its files.
    pub fn names(&self) -> BTreeSet<String> {
        let name = |kind: FileKind| move |entry: &FileEntry| kind.name(entry.number);
        let documents = self.documents.iter().map(name(FileKind::Documents));
        let postings = self.postings.iter().map(name(FileKind::Postings));
        documents.chain(postings).chain(self.removed.iter().map(name(FileKind::Removed))).collect()
    }

    /// Reads that of an archive; `None` where there is none.
    pub fn read(folder: &Path) -> Result<Option<Self>, ArchiveError> {
        let path = folder.join(NAME);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(source) => return Err(ArchiveError::Io { path, source }),
        };
        Self::parse(&text, &path).map(Some)
    }

    /// The manifest that `text` is; `path` is named in errors.
    pub fn parse(text: &[u8], path: &Path) -> Result<Self, ArchiveError> {
        let damaged = |offset: usize, what: &str| ArchiveError::Damaged {
            path: path.to_owned(),
            offset: offset as u64,
            what: what.to_owned(),
        };
        let line_end = memchr::memchr(b'\n', text).ok_or_else(|| damaged(0, "it has no first line"))?;
        let (line, json) = (&text[..line_end], &text[line_end + 1..]);
        let line = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix(MARK));
        let (format, checksum) = line
            .and_then(|line| line.split_once(' '))
            .ok_or_else(|| damaged(0, "its first line is not that of an archive"))?;
        let found: u32 = format.parse().map_err(|_| damaged(0, "its format is no number"))?;
        if found != FORMAT {
            let path = path.parent().unwrap_or(path).to_owned();
            return Err(ArchiveError::Version { path, found, known: FORMAT });
        }
        if checksum != format!("{:032x}", xxh3_128(json)) {
            return Err(damaged(0, "the checksum is wrong"));
        }
        let manifest: Self = serde_json::from_slice(json).map_err(|error| damaged(line_end, &error.to_string()))?;
        match manifest.is_sound() {
            true => Ok(manifest),
            false => Err(damaged(line_end, "its files do not follow each other")),
        }
    }

    /// Whether documents and postings are about the same documents, each without a gap.
    fn is_sound(&self) -> bool {
        let follow = |files: &[FileEntry]| {
            files.iter().try_fold(0_u32, |next, file| {
                let next = (file.first == next).then(|| next.checked_add(file.documents))??;
                (next <= MOST_DOCUMENTS).then_some(next)
            })
        };
        let fingerprinting = self.fingerprinting;
        let sizes = [fingerprinting.shingle, fingerprinting.character_shingle, fingerprinting.window];
        let ends = follow(&self.documents);
        ends.is_some() && ends == follow(&self.postings) && sizes.iter().all(|size| (1..=10_000).contains(size))
    }

    /// Its bytes.
    fn text(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("a manifest is JSON");
        json.push(b'\n');
        let mut text = format!("{MARK}{FORMAT} {:032x}\n", xxh3_128(&json)).into_bytes();
        text.extend(json);
        text
    }

    /// Makes it the manifest of the archive: when this returns, it is durable, and where it fails the one before stands.
    pub fn commit(&self, folder: &Path, disk: &Arc<dyn Disk>) -> Result<(), ArchiveError> {
        let sync = || disk.sync_folder(folder).map_err(ArchiveError::io(folder));
        let (new, path) = (folder.join(NEW_NAME), folder.join(NAME));
        // The files that it names have durable contents; their names must be durable before one relies on them.
        sync()?;
        let mut file = Writing::create(disk, new.clone())?;
        file.write(&self.text())?;
        file.finish()?;
        disk.rename(&new, &path).map_err(ArchiveError::io(&path))?;
        sync()
    }
}

impl FileEntry {
    /// The entry of a file that was written.
    pub fn new(number: u64, written: Written, first: u32, documents: u32) -> Self {
        Self { number, bytes: written.bytes, checksum: written.checksum, first, documents }
    }
}

/// 128 bits in hexadecimal, since JSON numbers have 53.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{value:032x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let entry = |number, first, documents| FileEntry { number, bytes: 9, checksum: u128::MAX, first, documents };
        let fingerprinting = Fingerprinting { shingle: 5, character_shingle: 8, window: 8 };
        Manifest {
            documents: vec![entry(1, 0, 5), entry(3, 5, 2)],
            postings: vec![entry(2, 0, 7)],
            ..Manifest::new(fingerprinting, true)
        }
    }

    fn parse(text: &[u8]) -> Result<Manifest, String> {
        Manifest::parse(text, Path::new("a/manifest")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_manifest_comes_back() {
        assert_eq!(parse(&manifest().text()), Ok(manifest()));
        assert_eq!(manifest().numbers(), 7);
    }

    #[test]
    fn one_of_another_format_says_so() {
        let text = String::from_utf8(manifest().text()).unwrap().replacen("archive 1", "archive 7", 1);
        let told = parse(text.as_bytes()).unwrap_err();
        assert!(told.starts_with("a has format 7, and this version reads format 1; use the version"), "{told}");
    }

    #[test]
    fn every_byte_that_changes_is_found() {
        let text = manifest().text();
        for at in 0..text.len() {
            let mut changed = text.clone();
            changed[at] ^= 1;
            assert!(parse(&changed).is_err(), "byte {at}");
            assert!(parse(&text[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn files_follow_each_other() {
        let mut gap = manifest();
        gap.documents[1].first = 6;
        let mut short = manifest();
        short.postings[0].documents = 6;
        let mut wide = manifest();
        wide.documents[1].documents = u32::MAX;
        for wrong in [gap, short, wide] {
            assert!(parse(&wrong.text()).unwrap_err().contains("do not follow each other"));
        }
    }

    #[test]
    fn own_files_are_known_by_their_names() {
        for own in ["documents-00000001", "postings-123456789", "removed-00000000", "manifest.new"] {
            assert!(is_own(own), "{own}");
        }
        for other in ["documents-1", "documents-0000000x", "postings.txt", "manifest", "lock", "x"] {
            assert!(!is_own(other), "{other}");
        }
    }
}
