//! The files of a folder, at any depth, sorted.

use super::error::{ReadError, Reason};
use super::own::{is_archive, is_own_file};
use super::shown;
use super::source::from_io;
use ignore::{DirEntry, Walk, WalkBuilder};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder, sorted by path, part by part. Hidden files count and no ignore file is obeyed: what stands in
/// the folder is read, but for what this program wrote. Links to files are followed, links to folders are not, so the walk ends.
pub(super) struct Folder {
    root: PathBuf,
    walk: Walk,
    /// The last archive that was met: what follows from inside it is passed over.
    own: Option<PathBuf>,
}

impl Folder {
    pub fn new(root: &Path) -> Self {
        let walk = WalkBuilder::new(root).standard_filters(false).sort_by_file_name(Ord::cmp).build();
        Self { root: root.to_owned(), walk, own: None }
    }

    /// The id of a file in the folder: its path from there, with `/` between the parts on every system.
    pub fn id(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(shown::id).collect();
        parts.join("/")
    }
}

impl Iterator for Folder {
    type Item = Result<PathBuf, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.walk.next()? {
                Ok(entry) => {
                    if self.own.as_ref().is_some_and(|own| entry.path().starts_with(own)) {
                        continue;
                    }
                    if is_own(&entry) {
                        self.own = Some(entry.path().to_owned()).filter(|own| own.is_dir());
                        return Some(Err(ReadError::new(entry.path(), Reason::Own)));
                    }
                    if let Some(file) = file(&entry) {
                        return Some(file);
                    }
                }
                Err(error) => return Some(Err(walk_error(&self.root, error))),
            }
        }
    }
}

/// Whether this program wrote what the walk met below its root.
fn is_own(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    entry.depth() > 0 && if is_folder { is_archive(entry.path()) } else { is_own_file(entry.path()) }
}

/// The entry's path; `None` for a folder, whose files come by themselves.
fn file(entry: &DirEntry) -> Option<Result<PathBuf, ReadError>> {
    let kind = entry.file_type()?;
    if kind.is_dir() {
        return None;
    }
    let linked_folder =
        kind.is_symlink() && entry.depth() > 0 && fs::metadata(entry.path()).is_ok_and(|to| to.is_dir());
    match linked_folder {
        true => Some(Err(ReadError::new(entry.path(), Reason::FolderLink))),
        false => Some(Ok(entry.path().to_owned())),
    }
}

/// The error of the walk with the path it names.
fn walk_error(root: &Path, error: ignore::Error) -> ReadError {
    let path = named(&error).unwrap_or(root).to_owned();
    let text = error.to_string();
    let reason = error.into_io_error().map_or_else(|| Reason::Io(std::io::Error::other(text)), from_io);
    ReadError::new(path, reason)
}

fn named(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => named(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
