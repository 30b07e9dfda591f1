//! Documents: ids, metadata and texts in compressed blocks, and what is known of each in columns of fixed width.
//!
//! ```text
//! header │ block │ block │ ... │ places of blocks │ facts │ ids │ texts │ copies │ sources │ trailer
//!
//! block:   bytes unpacked (64 bits) │ bytes packed (64) │ XXH3 of what follows (64) │ zstd, or bare where the two are equal
//! in it:   for each document its id, its metadata as JSON, its text, each after its length (varint); bytes of text not kept
//! facts:   32 bytes for each document: words, date, source, copy of, block, place in it, hash of its content
//! ids:     XXH3 (128 bits) and document, sorted: to find an id again
//! texts:   the same of folded texts, first ones alone: to know a copy
//! copies:  the first document with a text, and the copy, sorted
//! sources: name of each, and how many documents had it when the file was written
//! ```
//!
//! Numbers are little-endian. Documents are numbered from 0 in a file, and from the first document of the archive in `copy of`
//! and `copies`.

mod facts;
mod pack;
mod read;
mod sieve;
mod table;
mod write;

pub(super) use facts::DocumentFacts;
pub(super) use pack::{Packed, Record, pack};
pub(super) use read::Documents;
pub(super) use write::{DocumentsWriter, Entry, content};

use super::trailer::Kind;

/// Bytes of documents in a block before it is packed: what reading one document unpacks, and the context that packing has.
const BLOCK: usize = 32 << 10;

/// Bytes before a block.
const BLOCK_HEADER: usize = 24;

/// Times that a block over [`FREE`] bytes may shrink; one that would shrink further is not packed, so that a small file cannot
/// be made to fill the memory.
const MOST_RATIO: u64 = 1000;
const FREE: u64 = 64 << 20;

/// No value.
const NONE: u32 = u32::MAX;

const KIND: Kind = Kind { header: b"likewise documents 1   \n", fields: 23 };
