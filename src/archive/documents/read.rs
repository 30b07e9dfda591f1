//! Documents from a file. Nothing in it is trusted.

use super::super::bits::take_varint;
use super::super::disk::{Section, Stored};
use super::super::error::ArchiveError;
use super::facts::FACTS_BYTES;
use super::pack::too_dense;
use super::sieve::Sieve;
use super::table::Table;
use super::{BLOCK_HEADER, DocumentFacts, KIND, Record};
use std::io::Read;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;
use zstd::bulk::Decompressor;

/// Bytes of a block that are unpacked at one stroke; larger ones grow as they are unpacked.
const AT_ONCE: u64 = 4 << 20;

/// An open file of documents.
#[derive(Debug)]
pub(crate) struct Documents {
    file: Stored,
    len: u32,
    blocks: u32,
    places: Section,
    facts: Section,
    ids: Table,
    texts: Table,
    copies: Section,
    sources: Section,
    block_section: Section,
    text_bytes: u64,
    /// Decompressors that are not at work.
    idle: Mutex<Vec<Idle>>,
}

/// A decompressor, which says nothing of itself.
struct Idle(Decompressor<'static>);

impl std::fmt::Debug for Idle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Decompressor")
    }
}

impl Documents {
    pub fn open(file: Stored) -> Result<Self, ArchiveError> {
        let fields = KIND.read(&file)?;
        let section = |at: usize| Section::from_fields(&fields[3 * at..3 * at + 3], &file);
        let len = u32::try_from(fields[21]).ok().filter(|&len| len <= crate::archive::MOST_DOCUMENTS);
        let len = len.ok_or_else(|| file.damaged(file.len(), "the number of documents is out of range"))?;
        let (block_section, places, facts) = (section(0)?, section(1)?, section(2)?);
        let blocks = (places.len / 8).checked_sub(1).and_then(|blocks| u32::try_from(blocks).ok());
        let blocks = blocks.filter(|_| places.len % 8 == 0);
        let blocks = blocks.ok_or_else(|| file.damaged(places.offset, "the places of blocks have a wrong length"))?;
        if facts.len != u64::from(len) * FACTS_BYTES as u64 {
            return Err(file.damaged(facts.offset, "the facts have a wrong length"));
        }
        let (ids, texts) = (Table::new(section(3)?, &file)?, Table::new(section(4)?, &file)?);
        let (copies, sources) = (section(5)?, section(6)?);
        let text_bytes = fields[22];
        let idle = Mutex::default();
        Ok(Self { len, blocks, places, facts, ids, texts, copies, sources, block_section, text_bytes, idle, file })
    }

    pub fn len(&self) -> u32 {
        self.len
    }

    pub fn blocks(&self) -> u32 {
        self.blocks
    }

    /// Bytes of all texts.
    pub fn text_bytes(&self) -> u64 {
        self.text_bytes
    }

    /// Bytes that blocks take in the file.
    pub fn packed_bytes(&self) -> u64 {
        self.block_section.len
    }

    pub fn stored(&self) -> &Stored {
        &self.file
    }

    /// What is known of a document.
    pub fn facts(&self, number: u32) -> Result<DocumentFacts, ArchiveError> {
        assert!(number < self.len, "the caller knows how many documents there are");
        let offset = self.facts.offset + u64::from(number) * FACTS_BYTES as u64;
        let mut bytes = [0; FACTS_BYTES];
        self.file.fill(offset, &mut bytes)?;
        self.parsed(&bytes, offset)
    }

    /// What is known of all documents, in order.
    pub fn all_facts(&self) -> Result<Vec<DocumentFacts>, ArchiveError> {
        let bytes = self.file.section(self.facts)?;
        let each = bytes.chunks_exact(FACTS_BYTES).map(|bytes| bytes.try_into().expect("the length is checked"));
        let parsed = |(bytes, at)| self.parsed(bytes, self.facts.offset + at * FACTS_BYTES as u64);
        let all: Vec<DocumentFacts> = each.zip(0..).map(parsed).collect::<Result<_, _>>()?;
        // So each block is unpacked once by those who go through all documents.
        match all.is_sorted_by(|a, b| (a.block, a.offset) < (b.block, b.offset)) {
            true => Ok(all),
            false => Err(self.file.damaged(self.facts.offset, "documents do not follow each other")),
        }
    }

    fn parsed(&self, bytes: &[u8; FACTS_BYTES], offset: u64) -> Result<DocumentFacts, ArchiveError> {
        let facts = DocumentFacts::from_bytes(bytes).filter(|facts| facts.block < self.blocks);
        facts.ok_or_else(|| self.file.damaged(offset, "the facts of a document are out of range"))
    }

    /// The first documents with texts, and their copies, both numbered as in the archive.
    pub fn copies(&self) -> Result<Vec<(u32, u32)>, ArchiveError> {
        let bytes = self.file.section(self.copies)?;
        let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
        Ok(bytes.chunks_exact(8).map(|pair| (number(&pair[..4]), number(&pair[4..]))).collect())
    }

    /// Names of sources, by their number, each with the number of its documents.
    pub fn sources(&self) -> Result<Vec<(String, u32)>, ArchiveError> {
        let bytes = self.file.section(self.sources)?;
        let mut rest = &bytes[..];
        let mut sources = Vec::new();
        while !rest.is_empty() {
            let name = take_part(&mut rest).and_then(|name| std::str::from_utf8(name).ok());
            let count = name.and_then(|_| take_varint(&mut rest)).and_then(|count| u32::try_from(count).ok());
            match (name, count) {
                (Some(name), Some(count)) => sources.push((name.to_owned(), count)),
                _ => return Err(self.file.damaged(self.sources.offset, "the names of sources make no sense")),
            }
        }
        Ok(sources)
    }

    /// Hands the documents of an id to `take`, the last one first, until it returns true.
    pub fn find_id(&self, id: u128, take: impl FnMut(u32) -> bool) -> Result<(), ArchiveError> {
        self.ids.find(id, &self.file, take)
    }

    /// Hands the first documents of a text to `take`, the last one first, until it returns true.
    pub fn find_text(&self, text: u128, take: impl FnMut(u32) -> bool) -> Result<(), ArchiveError> {
        self.texts.find(text, &self.file, take)
    }

    /// Bytes of memory that [`Documents::load`] takes.
    pub fn table_bytes(&self) -> u64 {
        20 * (self.ids.len() + self.texts.len())
    }

    /// Reads the tables of ids and texts, for many look-ups.
    pub fn load(&self) -> Result<(), ArchiveError> {
        self.ids.load(&self.file)?;
        self.texts.load(&self.file)
    }

    /// Bytes of memory that [`Documents::sift`] takes.
    pub fn sieve_bytes(&self) -> u64 {
        Sieve::bytes(self.ids.len()) + Sieve::bytes(self.texts.len())
    }

    /// Makes sieves of the ids and texts, for many look-ups of what is mostly not there.
    pub fn sift(&self) -> Result<(), ArchiveError> {
        self.ids.sift(&self.file)?;
        self.texts.sift(&self.file)
    }

    /// The tables of ids and of texts.
    pub fn tables(&self) -> Result<[Vec<(u128, u32)>; 2], ArchiveError> {
        Ok([self.ids.all(&self.file)?, self.texts.all(&self.file)?])
    }

    /// Where a block stands, its header included.
    fn place(&self, block: u32) -> Result<Range<u64>, ArchiveError> {
        assert!(block < self.blocks, "the caller knows how many blocks there are");
        let mut bytes = [0; 16];
        self.file.fill(self.places.offset + 8 * u64::from(block), &mut bytes)?;
        let [start, end] = [0, 8].map(|at| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes")));
        let section = self.block_section;
        let fits = section.offset <= start && start + BLOCK_HEADER as u64 <= end && end <= section.offset + section.len;
        match start < u64::MAX / 2 && fits {
            true => Ok(start..end),
            false => Err(self.file.damaged(self.places.offset, "a block has no proper place")),
        }
    }

    /// A block as it stands in the file.
    pub fn packed(&self, block: u32) -> Result<Vec<u8>, ArchiveError> {
        let place = self.place(block)?;
        self.file.read(place.start, place.end - place.start)
    }

    /// What a block holds, checked.
    pub fn block(&self, block: u32) -> Result<Vec<u8>, ArchiveError> {
        let place = self.place(block)?;
        let bytes = self.file.read(place.start, place.end - place.start)?;
        let (header, packed) = bytes.split_at(BLOCK_HEADER);
        let field = |at: usize| u64::from_le_bytes(header[8 * at..8 * at + 8].try_into().expect("eight bytes"));
        let [raw, stored, checksum] = [0, 1, 2].map(field);
        let damaged = |what: &str| self.file.damaged(place.start, what);
        if stored != packed.len() as u64 || xxh3_64(packed) != checksum {
            return Err(damaged("the checksum of a block is wrong"));
        }
        if raw == stored {
            return Ok(packed.to_vec());
        }
        if too_dense(raw, stored) {
            return Err(damaged("a block would unpack to more than is allowed"));
        }
        let unpacked = if raw <= AT_ONCE { self.unpack(packed, raw as usize) } else { unpack_large(packed, raw) };
        unpacked.filter(|unpacked| unpacked.len() as u64 == raw).ok_or_else(|| damaged("a block does not unpack"))
    }

    fn unpack(&self, packed: &[u8], raw: usize) -> Option<Vec<u8>> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut decompressor = known.or_else(|| Some(Idle(Decompressor::new().ok()?)))?;
        let unpacked = decompressor.0.decompress(packed, raw).ok();
        idle().push(decompressor);
        unpacked
    }

    /// The document that stands at `offset` of a block.
    pub fn record<'b>(&self, block: &'b [u8], offset: u32) -> Result<Record<'b>, ArchiveError> {
        let parsed = || {
            let mut rest = block.get(offset as usize..)?;
            let id = std::str::from_utf8(take_part(&mut rest)?).ok()?;
            let metadata = take_part(&mut rest)?;
            let text = std::str::from_utf8(take_part(&mut rest)?).ok()?;
            let text_bytes = take_varint(&mut rest)?.checked_add(text.len() as u64)?;
            Some(Record { id, metadata, text, text_bytes })
        };
        parsed().ok_or_else(|| self.file.damaged(self.block_section.offset, "a document in a block makes no sense"))
    }
}

/// Takes what follows its length from the front of `bytes`.
fn take_part<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let len = usize::try_from(take_varint(bytes)?).ok()?;
    let (part, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    Some(part)
}

/// Unpacks piece by piece, so that memory is taken for what is there and not for what is claimed.
fn unpack_large(packed: &[u8], raw: u64) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let decoder = zstd::stream::read::Decoder::with_buffer(packed).ok()?;
    decoder.take(raw + 1).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}
