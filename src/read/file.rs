//! One text from one file or stream.

use super::binary;
use super::encoding::decode;
use super::error::{ReadError, Reason};
use super::limits::Limits;
use super::shown;
use super::source::Source;
use crate::document::Document;
use std::io::Read;
use std::path::Path;

/// Reads one text file, plain, gzip or Zstandard, in any encoding. The id is the path as given.
///
/// # Errors
///
/// When nothing is there, or a folder, pipe, socket or device; when the content is binary, over a limit, damaged, or
/// cannot be read. Cost: linear; the file is held twice while it is decoded, unless it is UTF-8.
pub fn file(path: impl AsRef<Path>, limits: &Limits) -> Result<Document, ReadError> {
    let path = path.as_ref();
    let document = Source::open(path, limits).and_then(|source| document(source, limits));
    match document {
        Ok(document) => Ok(Document { id: shown::id(path.as_os_str()), path: Some(path.to_owned()), ..document }),
        Err(reason) => Err(ReadError::new(path, reason)),
    }
}

/// Reads one text from standard input, as [`file()`] does. The id is `-`.
///
/// # Errors
///
/// As [`file()`].
pub fn stdin(limits: &Limits) -> Result<Document, ReadError> {
    stream("-", std::io::stdin(), limits)
}

/// Reads one text from `reader` under `id`, as [`file()`] does.
///
/// # Errors
///
/// As [`file()`]; the error's path is `id`.
pub fn stream(id: &str, reader: impl Read + Send + 'static, limits: &Limits) -> Result<Document, ReadError> {
    let document = Source::new(reader, limits).and_then(|source| document(source, limits));
    match document {
        Ok(document) => Ok(Document { id: id.to_owned(), ..document }),
        Err(reason) => Err(ReadError::new(id, reason)),
    }
}

fn document(mut source: Source, limits: &Limits) -> Result<Document, Reason> {
    let bytes = source.read_whole(limits)?;
    let digest = Some(source.digest());
    if let Some(format) = binary::format(&bytes) {
        return Err(Reason::Binary(format));
    }
    let (text, decoding) = decode(bytes);
    match text.len() as u64 > Limits::MOST {
        true => Err(Reason::TooLarge { limit: Limits::MOST }),
        false => Ok(Document { text, decoding, digest, ..Document::default() }),
    }
}
