//! JSON Lines in blocks of whole lines, so that many threads can take them apart, each record with its place in the file.

use super::error::Reason;
use super::jsonl::fields;
use super::limits::Limits;
use super::lines::wide_mark;
use super::source::Source;
use crate::document::Document;
use std::io::Read;
use std::path::Path;

/// Bytes of a block, at least; a longer line makes a longer block.
const BLOCK: usize = 1 << 20;

/// The blocks of one JSON Lines file, plain, gzip or Zstandard, in order.
pub(crate) struct Blocks {
    source: Source,
    limits: Limits,
    /// What was read of a line that goes on.
    rest: Vec<u8>,
    /// Unpacked bytes before `rest`.
    offset: u64,
    /// Lines before `rest`.
    lines: usize,
    ended: bool,
}

/// Whole lines.
#[derive(Debug)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    offset: u64,
    lines_before: usize,
    /// One line that was over the limit stood here, and was passed over.
    too_long: Option<usize>,
}

/// Where a record stands, and what it is.
pub(crate) struct BlockRecord {
    /// The line, counted from 1.
    pub line: usize,
    /// Bytes of the unpacked file before it.
    pub offset: u64,
    /// Bytes of the line.
    pub len: u32,
    /// Its document, or what is wrong with it.
    pub document: Result<Document, Reason>,
}

impl Blocks {
    /// Opens the file at `path`.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Reason> {
        Ok(Self::new(Source::open(path, limits)?, limits))
    }

    fn new(source: Source, limits: &Limits) -> Self {
        Self { source, limits: limits.clone(), rest: Vec::new(), offset: 0, lines: 0, ended: false }
    }

    /// True where the offsets of records are offsets in the file as stored.
    pub fn is_plain(&self) -> bool {
        self.source.is_plain()
    }

    /// SHA-256 of the file as stored, once its last block was read.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.source.digest())
    }

    fn take(&mut self, end: usize) -> Block {
        let after = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, after);
        let block = Block { offset: self.offset, lines_before: self.lines, too_long: None, bytes };
        self.offset += end as u64;
        self.lines += memchr::memchr_iter(b'\n', &block.bytes).count();
        block
    }

    /// Passes over a line that is over the limit.
    fn pass_over(&mut self) -> Result<Block, Reason> {
        let mut passed = self.rest.len() as u64;
        self.rest.clear();
        while self.fill()? > 0 {
            if let Some(end) = memchr::memchr(b'\n', &self.rest) {
                passed += end as u64 + 1;
                self.rest.drain(..=end);
                break;
            }
            passed += self.rest.len() as u64;
            self.rest.clear();
        }
        self.offset += passed;
        self.lines += 1;
        let limit = Some(self.limits.line_bytes);
        Ok(Block { bytes: Vec::new(), offset: self.offset, lines_before: self.lines - 1, too_long: limit })
    }

    /// Reads on: how many bytes there were.
    fn fill(&mut self) -> Result<usize, Reason> {
        let room = self.rest.len();
        self.rest.reserve_exact(BLOCK + BLOCK / 16);
        let read = self.source.by_ref().take(BLOCK as u64).read_to_end(&mut self.rest);
        match read {
            Ok(read) => Ok(read),
            Err(error) => {
                self.rest.truncate(room);
                Err(self.source.reason(error))
            }
        }
    }
}

impl Iterator for Blocks {
    type Item = Result<Block, Reason>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut seen = 0;
        while !self.ended {
            match self.fill() {
                Ok(0) => {
                    self.ended = true;
                    let rest = self.rest.len();
                    return (rest > 0).then(|| Ok(self.take(rest)));
                }
                Ok(_) => {}
                Err(reason) => {
                    self.ended = true;
                    return Some(Err(reason));
                }
            }
            if self.offset == 0
                && seen == 0
                && let Some(encoding) = wide_mark(&self.rest)
            {
                self.ended = true;
                return Some(Err(Reason::Encoding(encoding)));
            }
            if let Some(end) = memchr::memrchr(b'\n', &self.rest[seen..]) {
                return Some(Ok(self.take(seen + end + 1)));
            }
            if self.rest.len() > self.limits.line_bytes {
                return Some(self.pass_over().inspect_err(|_| self.ended = true));
            }
            seen = self.rest.len();
        }
        None
    }
}

impl Block {
    /// Its records, in order; empty lines are passed over.
    pub fn records(&self, path: &Path, limits: &Limits) -> impl Iterator<Item = BlockRecord> {
        let long = self.too_long.map(|limit| BlockRecord {
            line: self.lines_before + 1,
            offset: self.offset,
            len: 0,
            document: Err(Reason::LongLine { limit }),
        });
        let mut offset = self.offset;
        let lines = self.bytes.split_inclusive(|&byte| byte == b'\n').enumerate().filter_map(move |(at, line)| {
            let start = offset;
            offset += line.len() as u64;
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let text = if start == 0 { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text };
            if text.trim_ascii().is_empty() {
                return None;
            }
            let document = match text.len() > limits.line_bytes {
                true => Err(Reason::LongLine { limit: limits.line_bytes }),
                false => record(text, path),
            };
            Some(BlockRecord { line: self.lines_before + at + 1, offset: start, len: line.len() as u32, document })
        });
        long.into_iter().chain(lines)
    }
}

/// The document on one line.
pub(crate) fn record(line: &[u8], path: &Path) -> Result<Document, Reason> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    fields(line).map(|fields| fields.document(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::jsonl::JsonLines;
    use std::io::Cursor;

    type Seen = (Option<usize>, Result<String, String>);

    fn shown(line: Option<usize>, read: Result<Document, Reason>) -> Seen {
        (line, read.map(|document| document.text).map_err(|reason| reason.to_string()))
    }

    #[test]
    fn blocks_hold_what_lines_hold_each_record_at_its_place() {
        let long = "x".repeat(BLOCK / 3);
        let mut text = String::from("\u{feff}{\"id\":0,\"text\":\"a\"}\r\n\n");
        for at in 1..12 {
            text += &format!("{{\"id\":{at},\"text\":\"{}\"}}\n  \n", if at % 2 == 0 { &long } else { "short" });
        }
        text += &format!("{{\"id\":1,\"text\":\"{}\"}}\n{{\"id\":2,\"te", long.repeat(9));
        let limits = Limits { line_bytes: 2 << 20, ..Limits::default() };
        let source = || Source::new(Cursor::new(text.clone().into_bytes()), &limits).unwrap();
        let path = Path::new("docs.jsonl");
        let expected: Vec<Seen> =
            JsonLines::new(source(), path.into(), &limits).map(|(line, read)| shown(line, read)).collect();
        let mut found = Vec::new();
        let mut blocks = Blocks::new(source(), &limits);
        for block in &mut blocks {
            for read in block.unwrap().records(path, &limits) {
                if let Ok(document) = &read.document {
                    let line = &text.as_bytes()[read.offset as usize..][..read.len as usize];
                    assert_eq!(&record(line, path).unwrap(), document);
                }
                found.push(shown(Some(read.line), read.document));
            }
        }
        assert_eq!(found, expected);
        assert_eq!(blocks.digest(), Some(<sha2::Sha256 as sha2::Digest>::digest(text.as_bytes()).into()));
    }
}
