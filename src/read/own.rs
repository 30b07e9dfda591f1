//! What this program wrote itself: met while walking a folder, it holds no documents.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Bytes within which a file says what made it.
const HEAD: u64 = 4096;
/// What the first file of each kind of folder says: of an archive, of results, of a report.
const FOLDERS: [(&str, &str); 4] = [
    ("manifest", "likewise archive "),
    ("lock", "likewise archive"),
    ("run.json", "\"schema\": \"likewise.run/"),
    ("index.html", PAGE),
];
/// What every page says.
const PAGE: &str = "<meta name=\"generator\" content=\"likewise ";

/// Whether a folder is an archive, the results of a run or a report.
pub(super) fn is_own_folder(path: &Path) -> bool {
    FOLDERS.iter().any(|(name, mark)| says(&path.join(name), mark))
}

/// Whether a file is a page that this program wrote. Cost: that of reading its first bytes.
pub fn is_own_page(path: impl AsRef<Path>) -> bool {
    let path = path.as_ref();
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html")) && says(path, PAGE)
}

/// Whether a file says something near its beginning. What is no file, as a pipe, says nothing.
fn says(path: &Path, mark: &str) -> bool {
    let mut head = Vec::new();
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
        && File::open(path).is_ok_and(|file| file.take(HEAD).read_to_end(&mut head).is_ok())
        && String::from_utf8_lossy(&head).contains(mark)
}
