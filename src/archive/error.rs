//! What can be wrong with an archive.

use std::io;
use std::path::{Path, PathBuf};

/// An archive that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// A file of it cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of it does not hold what it must.
    #[error("{path}: damaged at byte {offset}: {what}; `likewise archive verify` lists all damage", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where.
        offset: u64,
        /// What is wrong there.
        what: String,
    },
    /// Nothing of an archive is there.
    #[error("{path} is no archive; `likewise archive add {path} INPUT` makes one", path = .path.display())]
    NotAnArchive {
        /// The folder, or what stands in its place.
        path: PathBuf,
    },
    /// A new archive was to be made where something else is.
    #[error("{path} is no archive and not empty; name another folder", path = .path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// It was written by another version.
    #[error(
        "{path} has format {found}, and this version reads format {known}; use the version of likewise that wrote it, or \
         add its documents to a new archive",
        path = .path.display()
    )]
    Version {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The one that is known.
        known: u32,
    },
    /// Another process is writing to it.
    #[error(
        "{path} is being written to{}; try again when that is done",
        .holder.map_or(String::new(), |holder| format!(" by process {holder}")),
        path = .path.display()
    )]
    Locked {
        /// The archive.
        path: PathBuf,
        /// Process id of the one that writes, where it can be told.
        holder: Option<u32>,
    },
    /// A document that is not there was asked for.
    #[error("no document {number} is in {path}", path = .path.display())]
    NoDocument {
        /// The archive.
        path: PathBuf,
        /// The number.
        number: u32,
    },
    /// More documents than fit.
    #[error("over {most} documents, the most an archive takes; begin another one", most = super::MOST_DOCUMENTS)]
    TooMany,
    /// What is to be added was fingerprinted in another way, or with texts where none are kept.
    #[error("{path} keeps {kept}; {wanted} cannot be added to it", path = .path.display())]
    Mismatch {
        /// The archive.
        path: PathBuf,
        /// What it keeps.
        kept: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
    /// A threshold out of its range.
    #[error(transparent)]
    Options(#[from] crate::options::OptionsError),
}

impl ArchiveError {
    /// Wraps what the system said of `path`.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
