//! An archive on disk: documents that articles are checked against, with an index of their fingerprints.
//!
//! An archive is a folder of immutable, checksummed files and a **manifest** that names those in use:
//!
//! | file | holds | module |
//! |---|---|---|
//! | `manifest` | which files there are, with lengths and checksums; replacing it is the one step that commits | `manifest` |
//! | `documents-N` | ids, metadata and texts in compressed blocks; words, date, source of each; tables to find ids and copies | `documents` |
//! | `postings-N` | fingerprints with their documents, sorted and packed | `postings` |
//! | `removed-N` | numbers of documents that were removed or replaced | `removed` |
//! | `lock` | what it is, and the process id of the writer | `lock` |
//!
//! A [`Writer`] adds files and never changes one; a [`Snapshot`] is the archive as it was at one commit and answers what
//! [`Index`] asks. One writer and any number of readers work at the same time, in any number of processes. What is on disk is
//! never trusted: each length and place is checked before it is used, and [`verify`] checks everything.
//!
//! ```
//! use likewise::Document;
//! use likewise::archive::{Index, Snapshot, WriteOptions, Writer};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("archive");
//! let mut writer = Writer::create(&path, &WriteOptions::default())?;
//! writer.add_documents(vec![Document::new("a", "One text.")])?;
//! writer.commit()?;
//!
//! let snapshot = Snapshot::open(&path)?;
//! let number = snapshot.find("a")?.expect("it was added");
//! assert_eq!(snapshot.document(number)?.text, "One text.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bits;
mod compact;
mod disk;
mod documents;
mod error;
mod halt;
mod index;
mod info;
mod list;
mod lock;
mod manifest;
mod merge;
mod options;
mod pending;
mod postings;
mod prepare;
mod removed;
mod snapshot;
mod sources;
#[cfg(test)]
mod tests;
mod trailer;
mod verify;
mod walk;
mod writer;

pub use error::ArchiveError;
pub use halt::Halt;
pub use index::{Facts, Fingerprinting, Index};
pub use info::{Bytes, Info};
pub use list::Listed;
pub use options::WriteOptions;
pub use snapshot::Snapshot;
pub use verify::{Verified, verify};
pub use writer::{Added, Writer};

/// The format that this version writes and reads.
pub const FORMAT: u32 = 1;

/// Documents that an archive can hold, those removed since it was compacted included.
pub const MOST_DOCUMENTS: u32 = 1 << 28;
