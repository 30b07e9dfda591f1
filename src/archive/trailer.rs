//! How a file of an archive begins and ends: a header that says what it is, and a trailer that says where its parts lie.
//!
//! The trailer is a list of 64-bit numbers, the lowest byte first, and their XXH3. A file is written in one pass, so that
//! what is known last stands last.

use super::disk::{Section, Stored, Writing};
use super::error::ArchiveError;
use xxhash_rust::xxh3::xxh3_64;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// What the file begins with; the number at its end is that of the format.
    pub header: &'static [u8; 24],
    /// Numbers in its trailer.
    pub fields: usize,
}

impl Kind {
    pub fn write_header(self, file: &mut Writing) -> Result<(), ArchiveError> {
        file.write(self.header)
    }

    pub fn write_trailer(self, file: &mut Writing, fields: &[u64]) -> Result<(), ArchiveError> {
        assert_eq!(fields.len(), self.fields, "the trailer has all its fields");
        let bytes: Vec<u8> = fields.iter().flat_map(|field| field.to_le_bytes()).collect();
        file.write(&bytes)?;
        file.write(&xxh3_64(&bytes).to_le_bytes())
    }

    /// The fields of the trailer.
    pub fn read(self, file: &Stored) -> Result<Vec<u64>, ArchiveError> {
        let mut header = [0; 24];
        file.fill(0, &mut header)?;
        if header != *self.header {
            return Err(file.damaged(0, "it does not begin as a file of its kind"));
        }
        let len = 8 * (self.fields as u64 + 1);
        let offset = file.len().checked_sub(len).ok_or_else(|| file.damaged(0, "it ends too early"))?;
        let bytes = file.read(offset, len)?;
        let (fields, checksum) = bytes.split_at(8 * self.fields);
        if xxh3_64(fields).to_le_bytes() != *checksum {
            return Err(file.damaged(offset, "the checksum of the trailer is wrong"));
        }
        Ok(fields.chunks_exact(8).map(|bytes| u64::from_le_bytes(bytes.try_into().expect("eight bytes"))).collect())
    }
}

impl Section {
    /// As the trailer has it.
    pub fn fields(self) -> [u64; 3] {
        [self.offset, self.len, self.checksum]
    }

    /// The section at three fields of a trailer, which lies within the file.
    pub fn from_fields(fields: &[u64], file: &Stored) -> Result<Self, ArchiveError> {
        let [offset, len, checksum] = *fields else { unreachable!("a section has three fields") };
        match offset.checked_add(len).is_some_and(|end| end <= file.len()) {
            true => Ok(Self { offset, len, checksum }),
            false => Err(file.damaged(offset, "a part of it lies beyond its end")),
        }
    }
}
