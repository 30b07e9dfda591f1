//! Why a corpus could not be worked through.

use crate::options::OptionsError;
use std::io;
use std::path::PathBuf;

/// What ends a run over a corpus. A document that cannot be read does not: it is a [`ReadError`](crate::read::ReadError)
/// in [`Corpus::rejected`](super::Corpus::rejected).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file for what does not fit in memory cannot be written or read.
    #[error("cannot use {path} for what does not fit in memory: {source}; free some space or name another folder", path = path.display())]
    Spill {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A document is not the one that was read before.
    #[error("the document `{id}` in {path} changed while the corpus was worked on; run again when nothing writes there", path = path.display())]
    Changed {
        /// The document.
        id: String,
        /// Its file.
        path: PathBuf,
    },
    /// More documents than 32-bit numbers can name.
    #[error("over 4,294,967,294 documents, the most one run takes; split the corpus")]
    TooMany,
    /// A threshold out of its range.
    #[error(transparent)]
    Options(#[from] OptionsError),
}
