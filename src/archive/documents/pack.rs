//! Documents to packed blocks. Each block stands by itself, so that blocks are packed on all threads.

use super::super::bits::push_varint;
use super::{BLOCK, BLOCK_HEADER, FREE, MOST_RATIO};
use std::io;
use xxhash_rust::xxh3::xxh3_64;
use zstd::bulk::Compressor;

/// How hard zstd works, 1 to 22. At 1 it packs 300 MB/s, at 3 a third of that for a twentieth less space.
const LEVEL: i32 = 1;

/// A document as it is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'r> {
    pub id: &'r str,
    /// As JSON.
    pub metadata: &'r [u8],
    /// Empty where texts are not kept.
    pub text: &'r str,
    /// Bytes of the text, kept or not.
    pub text_bytes: u64,
}

/// A packed block with its header.
#[derive(Debug)]
pub(crate) struct Packed {
    pub bytes: Vec<u8>,
    /// Where each document begins in what was packed.
    pub offsets: Vec<u32>,
}

/// Packs documents.
///
/// # Errors
///
/// When zstd finds no memory.
pub(crate) fn pack<'r>(records: impl Iterator<Item = Record<'r>>) -> io::Result<Vec<Packed>> {
    let mut compressor = Compressor::new(LEVEL)?;
    let mut packed = Vec::new();
    let mut open = Vec::with_capacity(BLOCK + BLOCK / 2);
    let mut offsets = Vec::new();
    for record in records {
        offsets.push(open.len() as u32);
        for part in [record.id.as_bytes(), record.metadata, record.text.as_bytes()] {
            push_varint(part.len() as u64, &mut open);
            open.extend_from_slice(part);
        }
        push_varint(record.text_bytes - record.text.len() as u64, &mut open);
        if open.len() >= BLOCK {
            packed.push(Packed { bytes: block(&open, &mut compressor)?, offsets: std::mem::take(&mut offsets) });
            open.clear();
        }
    }
    if !offsets.is_empty() {
        packed.push(Packed { bytes: block(&open, &mut compressor)?, offsets });
    }
    Ok(packed)
}

/// One block with its header.
fn block(raw: &[u8], compressor: &mut Compressor<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; BLOCK_HEADER + zstd::zstd_safe::compress_bound(raw.len())];
    let packed = compressor.compress_to_buffer(raw, &mut bytes[BLOCK_HEADER..])?;
    bytes.truncate(BLOCK_HEADER + packed);
    if packed >= raw.len() || too_dense(raw.len() as u64, packed as u64) {
        bytes.truncate(BLOCK_HEADER);
        bytes.extend_from_slice(raw);
    }
    let stored = (bytes.len() - BLOCK_HEADER) as u64;
    let checksum = xxh3_64(&bytes[BLOCK_HEADER..]);
    for (place, field) in bytes.chunks_exact_mut(8).zip([raw.len() as u64, stored, checksum]) {
        place.copy_from_slice(&field.to_le_bytes());
    }
    Ok(bytes)
}

/// True where so much is not to be unpacked from so little.
pub(super) fn too_dense(raw: u64, stored: u64) -> bool {
    raw > FREE && raw / MOST_RATIO > stored
}
