//! Foreign bytes to documents: files, folders, streams, JSON Lines, CSV and pair lists, plain, gzip or Zstandard, in any encoding.
//!
//! [`documents`] reads any input; [`file()`] and [`stdin`] read one text; [`Pairs`] reads a pair list. An input that gives
//! no document is a [`ReadError`] that names it, says why, and never ends the inputs after it.

mod binary;
pub(crate) mod blocks;
mod csv;
mod encoding;
mod error;
mod file;
mod folder;
mod jsonl;
mod limits;
mod lines;
mod own;
mod pairs;
mod records;
mod shown;
mod source;

pub use encoding::decode;
pub use error::{Outcome, ReadError, Reason};
pub use file::{file, stdin, stream};
pub use limits::Limits;
pub use own::is_own_page;
pub use pairs::{Pair, Pairs};

pub(crate) use jsonl::rows;

use crate::document::Document;
use csv::CsvRows;
use folder::Folder;
use jsonl::JsonLines;
use records::{RecordFormat, Records};
use rustc_hash::FxHashSet;
use source::Source;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// The documents of one input: every file of a folder; every record of a file of JSON Lines (`.jsonl`, `.ndjson`) or CSV
/// (`.csv`, `.tsv`, with the columns `id` and `text`), plain, gzip or Zstandard; else the one text of a file, or of standard input
/// for `-`.
///
/// A file of JSON Lines in a folder whose first line has no `text` is one error: it lists something else. So is what this
/// program wrote: an archive, results, pages.
///
/// A record keeps its id; a file in a folder has its path from there, a file its name. Of documents under one id the
/// first stays and the others are errors; for that 16 bytes are kept for each document.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("two.jsonl");
/// std::fs::write(&path, "{\"id\": 1, \"text\": \"One.\"}\n{\"id\": 2, \"text\": \"Two.\"}\n")?;
/// let ids: Vec<_> = likewise::read::documents(&path, &Default::default())
///     .filter_map(Result::ok)
///     .map(|document| document.id)
///     .collect();
/// assert_eq!(ids, ["1", "2"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn documents(input: impl AsRef<Path>, limits: &Limits) -> Documents {
    let input = input.as_ref();
    let mut documents = Documents {
        // A folder of that name is `./-`.
        folder: (input != Path::new("-") && input.is_dir()).then(|| Folder::new(input)),
        records: None,
        single: None,
        digest: None,
        seen: FxHashSet::default(),
        limits: limits.clone(),
    };
    if documents.folder.is_none() {
        documents.open(input, shown::id(input.file_name().unwrap_or(input.as_os_str())));
    }
    documents
}

/// Whether [`documents`] reads the file at `path` as JSON Lines, by its name.
pub(crate) fn is_json_lines(path: &Path) -> bool {
    RecordFormat::of(path) == Some(RecordFormat::JsonLines) && !path.is_dir()
}

/// The documents of one input, in a stable order. See [`documents`].
pub struct Documents {
    folder: Option<Folder>,
    records: Option<(PathBuf, Box<dyn Records>)>,
    single: Option<Result<Document, ReadError>>,
    digest: Option<[u8; 32]>,
    seen: FxHashSet<u128>,
    limits: Limits,
}

impl Documents {
    /// SHA-256 of the input as stored, once its last document was read; `None` for a folder, whose documents each have
    /// their own.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.digest.filter(|_| self.folder.is_none())
    }

    /// Takes up a file: its records, or its text under `id`.
    fn open(&mut self, path: &Path, id: String) {
        if path == Path::new("-") {
            self.single = Some(stdin(&self.limits));
        } else if let Some(format) = RecordFormat::of(path) {
            let is_list =
                self.folder.is_some() && format == RecordFormat::JsonLines && jsonl::lacks_text(path, &self.limits);
            let records = if is_list { Err(Reason::NoDocuments) } else { format.open(path, &self.limits) };
            match records {
                Ok(records) => self.records = Some((path.to_owned(), records)),
                Err(reason) => self.single = Some(Err(ReadError::new(path, reason))),
            }
        } else {
            self.single = Some(file(path, &self.limits).map(|document| Document { id, ..document }));
        }
    }

    fn next_record(&mut self) -> Option<Result<Document, ReadError>> {
        let (path, records) = self.records.as_mut()?;
        let Some((line, record)) = records.next() else {
            self.digest = records.digest();
            self.records = None;
            return None;
        };
        let record = record.and_then(|document| match self.seen.insert(xxh3_128(document.id.as_bytes())) {
            true => Ok(document),
            false => Err(Reason::DuplicateId(document.id)),
        });
        Some(record.map_err(|reason| ReadError { path: path.clone(), line, reason }))
    }

    fn next_single(&mut self) -> Option<Result<Document, ReadError>> {
        let document = match self.single.take()? {
            Ok(document) => document,
            Err(error) => return Some(Err(error)),
        };
        self.digest = document.digest;
        Some(match self.seen.insert(xxh3_128(document.id.as_bytes())) {
            true => Ok(document),
            false => Err(ReadError::new(document.path.unwrap_or_default(), Reason::DuplicateId(document.id))),
        })
    }
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.next_record().or_else(|| self.next_single()) {
                return Some(document);
            }
            match self.folder.as_mut()?.next()? {
                Ok(path) => {
                    let id = self.folder.as_ref().expect("a file came from it").id(&path);
                    self.open(&path, id);
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;

    /// `id|text` of each document, each error as outcome and text with the folder's own path left out.
    fn read(input: &Path) -> Vec<String> {
        let folder = input.to_string_lossy().into_owned();
        let shown = |read: Result<Document, ReadError>| match read {
            Ok(document) => format!("{}|{}", document.id, document.text.trim_end()),
            Err(error) => format!("{:?} {}", error.outcome(), error).replace(&folder, "."),
        };
        documents(input, &Limits::default()).map(shown).collect()
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 3).unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn a_folder_gives_all_its_files_sorted_by_path() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("sub/.git")).unwrap();
        for (path, text) in
            [("sub/.git/z", "hidden"), ("b.txt", "two"), ("a.txt", "one"), (".gitignore", "*"), ("sub/c.md", "three")]
        {
            fs::write(root.join(path), text).unwrap();
        }
        fs::write(root.join("picture.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
        fs::write(root.join("rows.csv"), "id,text\nr1,x\n").unwrap();
        fs::write(root.join("zip.jsonl.gz"), gzip(b"{\"id\":\"j1\",\"text\":\"y\"}\n")).unwrap();
        assert_eq!(
            read(root),
            [
                ".gitignore|*",
                "a.txt|one",
                "b.txt|two",
                "Skipped ./picture.txt: is no text: it looks like a PNG image",
                "r1|x",
                "sub/.git/z|hidden",
                "sub/c.md|three",
                "j1|y",
            ]
        );
    }

    #[test]
    fn a_list_in_a_folder_is_skipped_whole_and_a_bad_document_alone() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("pairs.jsonl.gz");
        fs::write(&list, gzip(b"\n{\"a\":\"x\",\"b\":\"y\"}\n{\"a\":1,\"b\":2}\n")).unwrap();
        fs::write(folder.path().join("docs.jsonl"), "{\"text\":\"no id\"}\n{\"id\":1,\"text\":\"x\"}\n").unwrap();
        let found = read(folder.path());
        assert!(found[0].starts_with("Failed ./docs.jsonl, line 1: missing field `id`"), "{}", found[0]);
        let skipped = "Skipped ./pairs.jsonl.gz: holds no documents: its first line has no field `text`";
        assert_eq!(found[1..], ["1|x", skipped]);
        assert_eq!(read(&list).len(), 2, "named itself, it is taken at its word");
    }

    #[cfg(unix)]
    #[test]
    fn links_to_files_are_followed_and_loops_end() {
        let folder = tempfile::tempdir().unwrap();
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        fs::write(folder.path().join("a"), "one").unwrap();
        link("a", "b");
        link(".", "c");
        link("d", "d");
        link("gone", "e");
        link("/dev/zero", "f");
        let read = read(folder.path());
        assert_eq!(read[..2], ["a|one", "b|one"]);
        assert!(read[2].starts_with("Skipped ./c: is a link to a folder"), "{}", read[2]);
        assert!(read[3].starts_with("Failed ./d: cannot be read"), "{}", read[3]);
        assert_eq!(read[4], "Failed ./e: no such file or folder");
        assert!(read[5].starts_with("Skipped ./f: is a device"), "{}", read[5]);
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_is_skipped_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("s")).unwrap();
        assert!(read(folder.path())[0].starts_with("Skipped ./s: is a socket"));
    }

    #[test]
    fn of_documents_under_one_id_the_first_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.jsonl"), "{\"id\":1,\"text\":\"x\"}\n{\"id\":\"1\",\"text\":\"y\"}\n").unwrap();
        fs::write(folder.path().join("b.csv"), "id,text\n1,z\n2,w\n").unwrap();
        let taken = "the id `1` is taken by an earlier document; give each its own";
        assert_eq!(
            read(folder.path()),
            [
                "1|x".to_owned(),
                format!("Failed ./a.jsonl, line 2: {taken}"),
                format!("Failed ./b.csv, line 2: {taken}"),
                "2|w".to_owned()
            ]
        );
    }

    #[test]
    fn a_file_has_its_name_as_id_and_the_digest_of_its_stored_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.gz");
        fs::write(&path, [gzip(b"first "), gzip(b"second")].concat()).unwrap();
        let mut read = documents(&path, &Limits::default());
        let document = read.next().unwrap().unwrap();
        assert_eq!((document.id.as_str(), document.text.as_str()), ("a.txt.gz", "first second"));
        let stored = fs::read(&path).unwrap();
        let expected: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(stored).into();
        assert_eq!((document.digest, read.digest()), (Some(expected), Some(expected)));
    }

    #[test]
    fn zstandard_data_is_unpacked_frame_by_frame_and_its_faults_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            let mut read = documents(&path, &Limits::default());
            read.next().unwrap().map(|document| document.text).map_err(|error| error.reason)
        };
        let frames = [zstandard(b"first "), zstandard(b"second")].concat();
        // A frame of four bytes that hold something else comes first.
        let skipped = [b"\x5a\x2a\x4d\x18\x04\0\0\0else".to_vec(), frames.clone()].concat();
        assert_eq!(read("a.txt.zst", &frames).unwrap(), "first second");
        assert_eq!(read("a.txt", &skipped).unwrap(), "first second");
        assert_eq!(read("a.jsonl.zst", &zstandard(b"{\"id\":1,\"text\":\"x\"}\n")).unwrap(), "x");
        for (name, bytes) in [("a.txt.zst", &b"no frame"[..]), ("b.txt.zst", &frames[..frames.len() - 3])] {
            assert!(matches!(read(name, bytes), Err(Reason::Zstandard(_))), "{name}");
        }
        assert!(matches!(read("a.txt.zst", &zstandard(&vec![b'a'; 100 << 20])), Err(Reason::Bomb { .. })));
    }

    #[test]
    fn a_whole_file_of_records_has_a_digest_when_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"id\":1,\"text\":\"x\"}\n").unwrap();
        let mut read = documents(&path, &Limits::default());
        assert!(read.next().unwrap().is_ok() && read.digest().is_none());
        assert!(read.next().is_none() && read.digest().is_some());
    }

    #[test]
    fn each_fault_of_a_file_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.gz");
        let small = Limits { document_bytes: 10, ..Limits::default() };
        let reason = |limits: &Limits| file(&path, limits).unwrap_err().reason;
        assert!(matches!(reason(&small), Reason::Missing));
        assert!(matches!(file(folder.path(), &small).unwrap_err().reason, Reason::Directory));
        fs::write(&path, gzip(&[b'a'; 11])).unwrap();
        assert!(matches!(reason(&small), Reason::TooLarge { limit: 10 }));
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        assert!(matches!(reason(&Limits::default()), Reason::Gzip(_)));
        fs::write(&path, "not gzip").unwrap();
        assert!(matches!(reason(&Limits::default()), Reason::Gzip(_)));
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_the_memory() {
        let limits = Limits { unpacked_bytes: 1 << 18, ..Limits::default() };
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        bomb.write_all(&vec![b'a'; 1 << 20]).unwrap();
        let bomb = std::io::Cursor::new(bomb.finish().unwrap());
        let error = stream("bomb", bomb.clone(), &limits).unwrap_err();
        assert!(matches!(error.reason, Reason::Bomb { ratio: 200 }), "{error}");
        assert_eq!(stream("small", bomb, &Limits::default()).unwrap().text.len(), 1 << 20);
    }
}
