//! Why an input gave no document.

use super::shown::Shown;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// An input, or one line of it, that gave no document. It never ends the inputs after it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub struct ReadError {
    /// The file or folder as given, `-` for standard input.
    pub path: PathBuf,
    /// The line, counted from 1, when one line of a file is at fault.
    pub line: Option<usize>,
    /// What happened, and what to do.
    pub reason: Reason,
}

impl ReadError {
    /// An error of a whole input.
    pub fn new(path: impl Into<PathBuf>, reason: Reason) -> Self {
        Self { path: path.into(), line: None, reason }
    }

    /// An error of line `line` of an input, counted from 1.
    pub fn at_line(path: impl Into<PathBuf>, line: usize, reason: Reason) -> Self {
        Self { path: path.into(), line: Some(line), reason }
    }

    /// Whether nobody said that it holds documents: it lay in a folder that does.
    pub fn is_bystander(&self) -> bool {
        matches!(self.reason, Reason::NoDocuments | Reason::Own)
    }

    /// Whether the input is no document, or is one that could not be read.
    pub fn outcome(&self) -> Outcome {
        match self.reason {
            Reason::Binary(_)
            | Reason::Special(_)
            | Reason::Directory
            | Reason::FolderLink
            | Reason::NoDocuments
            | Reason::Own => Outcome::Skipped,
            _ => Outcome::Failed,
        }
    }
}

/// `path: reason`, or `path, line 3: reason`; controls in the path are escaped.
impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Shown(self.path.as_os_str()))?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// How an input that gave no document counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is not a document: a binary file, a device, a link to a folder, a list of something else.
    Skipped,
    /// It should be a document and could not be read.
    Failed,
}

/// What kept an input from being read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing is there.
    #[error("no such file or folder")]
    Missing,
    /// A folder where one file is needed.
    #[error("is a folder; name a file in it")]
    Directory,
    /// A link to a folder, met while walking a folder; links to files are followed.
    #[error("is a link to a folder, which is not followed; name that folder itself to read it")]
    FolderLink,
    /// A pipe, socket or device: it may never end.
    #[error("is a {0}, not a file; pipe its content in and read `-` instead")]
    Special(&'static str),
    /// The content is no text.
    #[error("is no text: it looks like {0}")]
    Binary(&'static str),
    /// A JSON Lines file met while walking a folder, whose first line has no `text`.
    #[error("holds no documents: its first line has no field `text`")]
    NoDocuments,
    /// An archive, a result of a run or a page of a report, met while walking a folder.
    #[error("was written by likewise and holds no documents")]
    Own,
    /// More bytes than the limit, stored, unpacked or decoded.
    #[error("holds over {limit} bytes, the most one document may have; split it")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Compressed so far that it can only be meant to fill the memory.
    #[error("unpacks to over {ratio} times its size, which no text does; unpack it by hand if it is meant")]
    Bomb {
        /// The limit: bytes unpacked for each byte stored.
        ratio: u64,
    },
    /// gzip data that does not unpack.
    #[error("is damaged or cut short as gzip data: {0}")]
    Gzip(io::Error),
    /// Zstandard data that does not unpack.
    #[error("is damaged or cut short as Zstandard data: {0}")]
    Zstandard(io::Error),
    /// The system's own reason.
    #[error("cannot be read: {0}")]
    Io(io::Error),
    /// A line over the limit; it was passed over unread.
    #[error("the line is over {limit} bytes; split it or raise the limit")]
    LongLine {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A line that is not UTF-8.
    #[error("not UTF-8 at byte {at} of the line; convert the file to UTF-8")]
    NotUtf8 {
        /// Bytes of the line before the fault.
        at: usize,
    },
    /// A whole file in an encoding that its format does not allow.
    #[error("is in {0}; convert the file to UTF-8")]
    Encoding(&'static str),
    /// A line that is not one JSON object, or lacks a field.
    #[error("{0}")]
    Record(String),
    /// An id that an earlier document of the same input has; the earlier one stays.
    #[error("the id `{}` is taken by an earlier document; give each its own", Shown(.0.as_ref()))]
    DuplicateId(String),
}
