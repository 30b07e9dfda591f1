//! What this program wrote itself: met while walking a folder, it holds no documents.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Bytes within which a file says what made it.
const HEAD: u64 = 4096;
/// Files of an archive, and how they begin.
const ARCHIVE: [(&str, &str); 2] =
    [("manifest", "likewise archive 1 "), ("lock", "likewise archive, written by process ")];
/// Files of the results of a run, beside the record of the run, and what that says.
const RESULTS: [&str; 6] =
    ["changes.jsonl", "clusters.jsonl", "pairs.jsonl", "passages.csv", "passages.jsonl", "run.json"];
const RECORD: (&str, &str) = ("run.json", "\"schema\": \"likewise.run/");
/// What every page says.
const PAGE: &str = "<meta name=\"generator\" content=\"likewise ";

/// Whether a folder is an archive.
pub(super) fn is_archive(folder: &Path) -> bool {
    ARCHIVE.iter().any(|(name, beginning)| head(&folder.join(name)).starts_with(beginning))
}

/// Whether a file is a page or one of the results of a run.
pub(super) fn is_own_file(path: &Path) -> bool {
    let is_result = path.file_name().is_some_and(|name| RESULTS.iter().any(|result| name == *result));
    is_own_page(path) || is_result && head(&path.with_file_name(RECORD.0)).contains(RECORD.1)
}

/// Whether a file is a page that this program wrote. Cost: that of reading its first bytes.
pub fn is_own_page(path: impl AsRef<Path>) -> bool {
    let path = path.as_ref();
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html")) && head(path).contains(PAGE)
}

/// The beginning of a file; nothing of what cannot be read or is no file, as a pipe.
fn head(path: &Path) -> String {
    let mut head = Vec::new();
    if fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        // What cannot be read says nothing.
        let _ = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    }
    String::from_utf8_lossy(&head).into_owned()
}
