//! An archive on disk: documents that articles are checked against, with an index of their fingerprints.

mod error;
mod index;

pub use error::ArchiveError;
pub use index::{Facts, Fingerprinting, Index};
