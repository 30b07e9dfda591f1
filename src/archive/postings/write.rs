//! Sorted postings to a file.

use super::super::bits::{BitWriter, push_varint};
use super::super::disk::{Section, Writing, Written};
use super::super::error::ArchiveError;
use super::{BUCKET, INLINE, KEY_BITS, KIND, parts};
use xxhash_rust::xxh3::xxh3_64;

/// Writes postings in ascending order. Memory: the bucket at work, and 4 bytes for each bucket.
pub(crate) struct PostingsWriter {
    file: Writing,
    /// Upper bits of a key that choose its bucket.
    bucket_bits: u32,
    rice: u32,
    document_bits: u32,
    postings: u64,
    keys: u64,
    /// Lengths of the buckets so far.
    table: Vec<u8>,
    bucket: u64,
    entries: BitWriter,
    entry_count: u64,
    lists: Vec<u8>,
    /// Key of the entry before, 0 at the beginning of a bucket.
    before: u64,
    key: u64,
    /// Documents of `key`.
    documents: Vec<u32>,
    assembled: Vec<u8>,
}

impl PostingsWriter {
    /// `expected` postings, about, of `documents` documents.
    pub fn new(mut file: Writing, expected: u64, documents: u32) -> Result<Self, ArchiveError> {
        KIND.write_header(&mut file)?;
        let bucket_bits = expected.div_ceil(BUCKET).max(1).next_power_of_two().ilog2().min(KEY_BITS - 1);
        // The best parameter for geometric gaps is their mean times the logarithm of 2.
        let mean = (1_u64 << KEY_BITS) as f64 / expected.max(1) as f64;
        let rice = (mean * std::f64::consts::LN_2).max(1.0).log2() as u32;
        Ok(Self {
            file,
            bucket_bits,
            rice,
            document_bits: u32::BITS - documents.saturating_sub(1).leading_zeros(),
            postings: 0,
            keys: 0,
            table: Vec::new(),
            bucket: 0,
            entries: BitWriter::default(),
            entry_count: 0,
            lists: Vec::new(),
            before: 0,
            key: 0,
            documents: Vec::new(),
            assembled: Vec::new(),
        })
    }

    /// The next posting; one that is the same again is passed over.
    pub fn push(&mut self, posting: u64) -> Result<(), ArchiveError> {
        let (key, document) = parts(posting);
        if key != self.key || self.documents.is_empty() {
            self.end_entry();
            self.advance(key >> (KEY_BITS - self.bucket_bits))?;
            self.key = key;
        }
        if self.documents.last() != Some(&document) {
            self.documents.push(document);
        }
        Ok(())
    }

    /// Ends buckets up to that of the next key.
    fn advance(&mut self, bucket: u64) -> Result<(), ArchiveError> {
        while self.bucket < bucket {
            self.end_bucket()?;
        }
        Ok(())
    }

    fn end_entry(&mut self) {
        let count = self.documents.len();
        if count == 0 {
            return;
        }
        let low = self.key & ((1 << (KEY_BITS - self.bucket_bits)) - 1);
        self.entries.rice(low - self.before, self.rice);
        self.before = low;
        self.entries.gamma(count as u64);
        if count <= INLINE {
            self.documents.iter().for_each(|&document| self.entries.fixed(document.into(), self.document_bits));
        } else {
            // A list takes 5 bytes a document at most, and the documents are fewer than 2 to the power of 28.
            self.entries.fixed(self.lists.len() as u64 & u64::from(u32::MAX), 32);
            let mut before = 0;
            for &document in &self.documents {
                push_varint((document - before).into(), &mut self.lists);
                before = document;
            }
        }
        self.postings += count as u64;
        self.keys += 1;
        self.entry_count += 1;
        self.documents.clear();
    }

    fn end_bucket(&mut self) -> Result<(), ArchiveError> {
        self.assembled.clear();
        if self.entry_count > 0 {
            let entries = self.entries.finish();
            push_varint(entries.len() as u64, &mut self.assembled);
            push_varint(self.entry_count, &mut self.assembled);
            self.assembled.extend_from_slice(entries);
            self.assembled.extend_from_slice(&self.lists);
        }
        self.entries.clear();
        self.lists.clear();
        (self.entry_count, self.before) = (0, 0);
        self.bucket += 1;
        let len = u32::try_from(self.assembled.len()).map_err(|_| ArchiveError::TooMany)?;
        self.table.extend_from_slice(&len.to_le_bytes());
        self.file.write(&self.assembled)
    }

    /// Makes the file durable.
    pub fn finish(mut self) -> Result<Written, ArchiveError> {
        self.end_entry();
        self.advance(1 << self.bucket_bits)?;
        let table = Section { offset: self.file.len(), len: self.table.len() as u64, checksum: xxh3_64(&self.table) };
        self.file.write(&self.table)?;
        let [offset, len, checksum] = table.fields();
        let fields = [
            self.bucket_bits.into(),
            self.rice.into(),
            self.document_bits.into(),
            self.postings,
            self.keys,
            INLINE as u64,
            offset,
            len,
            checksum,
        ];
        KIND.write_trailer(&mut self.file, &fields)?;
        self.file.finish()
    }
}
