//! Postings from a file. Nothing in it is trusted.

use super::super::bits::{BitReader, PADDING, take_varint};
use super::super::disk::{Section, Stored};
use super::super::error::ArchiveError;
use super::{DOCUMENT_BITS, INLINE, KEY_BITS, KIND, posting};

/// Bytes that a look-up reads at first: nearly every bucket is shorter.
const FIRST_READ: usize = 512;

/// Bytes of header that a bucket has at most, before its entries.
const BUCKET_HEADER: usize = 20;

/// An open file of postings.
#[derive(Debug)]
pub(crate) struct Postings {
    file: Stored,
    /// The number that its first document has in the archive.
    first: u32,
    /// How many documents it is about.
    documents: u32,
    bucket_bits: u32,
    rice: u32,
    document_bits: u32,
    count: u64,
    /// Where each bucket begins, and where the last one ends.
    starts: Vec<u64>,
}

/// The entries of a bucket, at the first of them.
struct Entries<'b> {
    bits: BitReader<'b>,
    left: u64,
    /// Lower bits of the key before.
    low: u64,
    /// Where the long lists begin in the file.
    lists: u64,
    /// Where the bucket ends.
    end: u64,
}

/// What an entry says of its documents.
enum Documents {
    /// They stand in the entry.
    Inline,
    /// They stand in a long list at this place of the file.
    List(u64),
}

impl Postings {
    /// Opens the file of documents `first` to `first` + `documents`.
    pub fn open(file: Stored, first: u32, documents: u32) -> Result<Self, ArchiveError> {
        let fields = KIND.read(&file)?;
        let small = |at: usize, most: u32, what: &str| match u32::try_from(fields[at]) {
            Ok(value) if value <= most => Ok(value),
            _ => Err(file.damaged(file.len(), format!("{what} is out of range in its trailer"))),
        };
        let bucket_bits = small(0, KEY_BITS - 1, "the number of buckets")?;
        let rice = small(1, KEY_BITS, "the code of keys")?;
        let document_bits = small(2, DOCUMENT_BITS, "the width of documents")?;
        small(5, INLINE as u32, "the length of lists")?;
        let table = Section::from_fields(&fields[6..], &file)?;
        if table.len != 4 << bucket_bits {
            return Err(file.damaged(table.offset, "the table of buckets has a wrong length"));
        }
        let lengths = file.section(table)?;
        let mut starts = Vec::with_capacity(lengths.len() / 4 + 1);
        let mut at = KIND.header.len() as u64;
        starts.push(at);
        for length in lengths.chunks_exact(4) {
            at += u64::from(u32::from_le_bytes(length.try_into().expect("four bytes")));
            starts.push(at);
        }
        if at != table.offset {
            return Err(file.damaged(table.offset, "the buckets are not as long as their table says"));
        }
        Ok(Self { first, documents, bucket_bits, rice, document_bits, count: fields[3], starts, file })
    }

    /// The same, its first document being `first` in the archive.
    #[cfg(test)]
    pub fn based(self, first: u32) -> Self {
        Self { first, ..self }
    }

    /// How many postings, as the file says.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Upper bits of keys by which the postings can be read in slices.
    pub fn bucket_bits(&self) -> u32 {
        self.bucket_bits
    }

    pub fn stored(&self) -> &Stored {
        &self.file
    }

    /// Appends the documents of `key`, ascending, the first `most` of them; returns how many there are.
    ///
    /// Cost: one read of a few hundred bytes, another where `most` documents are many.
    pub fn find(&self, key: u64, most: usize, found: &mut Vec<u32>) -> Result<usize, ArchiveError> {
        let low_bits = KEY_BITS - self.bucket_bits;
        let bucket = (key >> low_bits) as usize;
        let (start, end) = (self.starts[bucket], self.starts[bucket + 1]);
        if start == end {
            return Ok(0);
        }
        let mut few = [0_u8; FIRST_READ + PADDING];
        let mut many = Vec::new();
        let len = (end - start).min(FIRST_READ as u64) as usize;
        self.file.fill(start, &mut few[..len])?;
        let (header, entries, count) = self.header(start, end, &few[..len.min(BUCKET_HEADER)])?;
        let bytes = if header + entries <= len {
            &few[header..header + entries + PADDING]
        } else {
            many.resize(entries + PADDING, 0);
            self.file.fill(start + header as u64, &mut many[..entries])?;
            &many[..]
        };
        let mut at =
            Entries { bits: BitReader::new(bytes), left: count, low: 0, lists: start + (header + entries) as u64, end };
        let wanted = key & ((1 << low_bits) - 1);
        while let Some((low, count)) = self.next_key(&mut at)? {
            let documents = self.documents_of(&mut at, count)?;
            if low >= wanted {
                if low > wanted {
                    return Ok(0);
                }
                self.take(&mut at, documents, count, most, found)?;
                return Ok(count);
            }
            if matches!(documents, Documents::Inline) {
                at.bits.skip(count * self.document_bits as usize);
            }
        }
        Ok(0)
    }

    /// Bytes before the entries of a bucket, bytes of the entries, and their number.
    fn header(&self, start: u64, end: u64, bytes: &[u8]) -> Result<(usize, usize, u64), ArchiveError> {
        let mut rest = bytes;
        let numbers = take_varint(&mut rest).zip(take_varint(&mut rest));
        let header = bytes.len() - rest.len();
        match numbers {
            Some((entries, count)) if entries <= (end - start).saturating_sub(header as u64) => {
                Ok((header, entries as usize, count))
            }
            _ => Err(self.file.damaged(start, "a bucket has no proper beginning")),
        }
    }

    /// The lower bits of the next key of a bucket, and how many documents it has.
    fn next_key(&self, at: &mut Entries<'_>) -> Result<Option<(u64, usize)>, ArchiveError> {
        if at.left == 0 {
            return Ok(None);
        }
        at.left -= 1;
        let gap = at.bits.rice(self.rice);
        let count = at.bits.gamma();
        let low = gap.and_then(|gap| at.low.checked_add(gap)).filter(|low| low >> (KEY_BITS - self.bucket_bits) == 0);
        match (low, count) {
            (Some(low), Some(count)) if count <= u64::from(self.documents) && !at.bits.is_over() => {
                at.low = low;
                Ok(Some((low, count as usize)))
            }
            _ => Err(self.damaged_bucket(at)),
        }
    }

    /// Where the documents of an entry stand.
    fn documents_of(&self, at: &mut Entries<'_>, count: usize) -> Result<Documents, ArchiveError> {
        if count <= INLINE {
            return Ok(Documents::Inline);
        }
        let place = at.lists + at.bits.fixed(32);
        match place < at.end && !at.bits.is_over() {
            true => Ok(Documents::List(place)),
            false => Err(self.damaged_bucket(at)),
        }
    }

    /// Appends the first `most` of `count` documents.
    fn take(
        &self,
        at: &mut Entries<'_>,
        documents: Documents,
        count: usize,
        most: usize,
        found: &mut Vec<u32>,
    ) -> Result<(), ArchiveError> {
        let most = count.min(most);
        let begin = found.len();
        match documents {
            Documents::Inline => {
                found.extend((0..most).map(|_| at.bits.fixed(self.document_bits) as u32));
                at.bits.skip((count - most) * self.document_bits as usize);
                if at.bits.is_over() {
                    return Err(self.damaged_bucket(at));
                }
            }
            Documents::List(place) => {
                let bytes = self.file.read(place, (at.end - place).min(5 * most as u64))?;
                let mut rest = &bytes[..];
                let mut document = 0_u64;
                for _ in 0..most {
                    let gap = take_varint(&mut rest).ok_or_else(|| self.damaged_bucket(at))?;
                    document = document.saturating_add(gap).min(u64::from(u32::MAX));
                    found.push(document as u32);
                }
            }
        }
        let taken = &mut found[begin..];
        // No file can name a document beyond those it is about, nor one of them twice.
        if taken.last().is_some_and(|&last| last >= self.documents) || !taken.is_sorted_by(|a, b| a < b) {
            found.truncate(begin);
            return Err(self.damaged_bucket(at));
        }
        taken.iter_mut().for_each(|document| *document += self.first);
        Ok(())
    }

    fn damaged_bucket(&self, at: &Entries<'_>) -> ArchiveError {
        self.file.damaged(at.lists, "the postings before it make no sense")
    }

    /// All postings whose keys have `slice` as their upper `bits` bits, `bits` being those of a bucket at most; documents are
    /// numbered as in the archive.
    ///
    /// Memory: 8 bytes for each.
    pub fn slice(&self, slice: u64, bits: u32) -> Result<Vec<u64>, ArchiveError> {
        let each = self.bucket_bits - bits;
        let buckets = (slice << each) as usize..((slice + 1) << each) as usize;
        let mut postings = Vec::new();
        let mut begin = buckets.start;
        while begin < buckets.end {
            // As many buckets at once as fit in a megabyte, one at least.
            let limit = self.starts[begin] + (1 << 20);
            let fitting = self.starts[begin + 1..=buckets.end].partition_point(|&end| end <= limit);
            let end = begin + fitting.max(1);
            let offset = self.starts[begin];
            let mut bytes = vec![0; (self.starts[end] - offset) as usize + PADDING];
            let len = bytes.len() - PADDING;
            self.file.fill(offset, &mut bytes[..len])?;
            for bucket in begin..end {
                self.bucket(bucket, &bytes[(self.starts[bucket] - offset) as usize..], &mut postings)?;
            }
            begin = end;
        }
        Ok(postings)
    }

    /// Appends the postings of a bucket, whose bytes `bytes` begins with.
    fn bucket(&self, bucket: usize, bytes: &[u8], postings: &mut Vec<u64>) -> Result<(), ArchiveError> {
        let (start, end) = (self.starts[bucket], self.starts[bucket + 1]);
        if start == end {
            return Ok(());
        }
        let own = &bytes[..(end - start) as usize];
        let (header, entries, left) = self.header(start, end, &own[..own.len().min(BUCKET_HEADER)])?;
        let bits = BitReader::new(&bytes[header..header + entries + PADDING]);
        let mut at = Entries { bits, left, low: 0, lists: start + (header + entries) as u64, end };
        let upper = (bucket as u64) << (KEY_BITS - self.bucket_bits);
        let mut documents = Vec::new();
        while let Some((low, count)) = self.next_key(&mut at)? {
            documents.clear();
            let place = self.documents_of(&mut at, count)?;
            self.take(&mut at, place, count, count, &mut documents)?;
            postings.extend(documents.iter().map(|&document| posting(upper | low, document)));
        }
        Ok(())
    }
}
