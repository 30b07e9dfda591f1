//! Documents: an id, a text, and what is known about where it came from.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Metadata of a document: the fields of its record other than `id` and `text`, passed through unread.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// A text under an id. The text is kept as it was read; every span refers to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Names the document in every output.
    pub id: String,
    /// The text, decoded but otherwise untouched.
    pub text: String,
    /// The file it was read from, if any.
    pub path: Option<PathBuf>,
    /// How its bytes became text.
    pub decoding: Decoding,
    /// SHA-256 of the bytes as read; `None` for a text that came from no file.
    pub digest: Option<[u8; 32]>,
    /// Other fields of the record.
    pub metadata: Metadata,
}

/// How bytes became text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoding {
    /// WHATWG name of the encoding, `UTF-8` unless another was detected.
    pub encoding: String,
    /// True when the encoding was guessed from the bytes, not stated by a byte-order mark or valid UTF-8.
    pub detected: bool,
    /// Malformed sequences that became U+FFFD.
    pub replaced: usize,
}

impl Default for Decoding {
    fn default() -> Self {
        Self { encoding: "UTF-8".to_owned(), detected: false, replaced: 0 }
    }
}

impl Document {
    /// A document in memory.
    ///
    /// ```
    /// let document = likewise::Document::new("a", "One text.");
    /// assert_eq!(document.id, "a");
    /// ```
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// SHA-256 in hexadecimal: of the bytes as read, else of the text in UTF-8. Cost: linear in the latter case.
    pub fn sha256(&self) -> String {
        let digest = self.digest.unwrap_or_else(|| Sha256::digest(self.text.as_bytes()).into());
        hexadecimal(digest)
    }
}

/// A SHA-256 digest as reports have it.
pub fn hexadecimal(digest: [u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
