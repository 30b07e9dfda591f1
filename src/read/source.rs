//! The bytes of one input: hashed as stored, unpacked when they are gzip or Zstandard data.

use super::error::Reason;
use super::limits::Limits;
use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fs::{self, File, FileType};
use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};
use std::ops::Range;
use std::path::Path;
use zstd::stream::read::Decoder as ZstandardDecoder;

/// Bytes read at once: as many as a file has, within bounds, since a buffer is filled with zeros first.
const BUFFER: Range<usize> = 4 << 10..64 << 10;
/// Bytes that tell how an input is packed.
const FIRST: u64 = 4;

/// An open input, packed or plain by its first bytes.
pub(super) struct Source(BufReader<Unpacked>);

/// The input's own bytes; the first ones were looked at and come again.
type Raw = BufReader<Chain<Cursor<Vec<u8>>, Stored>>;

/// How an input is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstandard,
}

impl Packing {
    /// By the end of a file's name, and the name without it.
    pub fn of(name: &str) -> Option<(Self, &str)> {
        let ends = [(".gz", Self::Gzip), (".zst", Self::Zstandard)];
        ends.into_iter().find_map(|(end, packing)| {
            let at = name.len().checked_sub(end.len())?;
            let fits = name.is_char_boundary(at) && name[at..].eq_ignore_ascii_case(end);
            fits.then(|| (packing, &name[..at]))
        })
    }

    /// By the first bytes. Zstandard data may begin with frames that hold something else, which have sixteen marks (RFC 8878).
    fn of_bytes(first: &[u8]) -> Option<Self> {
        match first {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstandard),
            _ => None,
        }
    }
}

enum Unpacked {
    Plain(Raw),
    Packed { decoder: Decoder, unpacked: u64, limits: Limits },
}

enum Decoder {
    Gzip(Box<MultiGzDecoder<Raw>>),
    Zstandard(Box<ZstandardDecoder<'static, Raw>>),
}

impl Decoder {
    fn new(packing: Packing, raw: Raw) -> io::Result<Self> {
        Ok(match packing {
            Packing::Gzip => Self::Gzip(Box::new(MultiGzDecoder::new(raw))),
            Packing::Zstandard => Self::Zstandard(Box::new(ZstandardDecoder::with_buffer(raw)?)),
        })
    }

    fn raw(&self) -> &Raw {
        match self {
            Self::Gzip(decoder) => decoder.get_ref(),
            Self::Zstandard(decoder) => decoder.get_ref(),
        }
    }
}

/// Hashes and counts what is read through it.
struct Stored {
    reader: Box<dyn Read + Send>,
    hash: Sha256,
    bytes: u64,
}

impl Source {
    /// Opens the file at `path`, following links. Looks before it opens, so that a pipe cannot make it wait; one that the caller
    /// has open already, as a shell has for `<(...)`, does not.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Reason> {
        let metadata = fs::metadata(path).map_err(from_io)?;
        if metadata.is_dir() {
            return Err(Reason::Directory);
        }
        if let Some(what) = special(metadata.file_type()).filter(|what| !(*what == PIPE && is_inherited(path))) {
            return Err(Reason::Special(what));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let packing = Packing::of(&name).map(|(packing, _)| packing);
        let file = File::open(path).map_err(from_io)?;
        let buffer = metadata.len().clamp(BUFFER.start as u64, BUFFER.end as u64) as usize;
        Self::buffered(file, packing, limits, if packing.is_some() { BUFFER.end } else { buffer })
    }

    /// Reads `reader`, whose first bytes tell whether it is packed.
    pub fn new(reader: impl Read + Send + 'static, limits: &Limits) -> Result<Self, Reason> {
        Self::buffered(reader, None, limits, BUFFER.end)
    }

    /// The same, `buffer` bytes at once. Where `packing` is given, it must be packed so.
    fn buffered(
        reader: impl Read + Send + 'static,
        packing: Option<Packing>,
        limits: &Limits,
        buffer: usize,
    ) -> Result<Self, Reason> {
        let mut stored = Stored { reader: Box::new(reader), hash: Sha256::new(), bytes: 0 };
        let mut first = Vec::new();
        stored.by_ref().take(FIRST).read_to_end(&mut first).map_err(from_io)?;
        let packing = packing.or_else(|| Packing::of_bytes(&first));
        let raw = BufReader::with_capacity(buffer, Cursor::new(first).chain(stored));
        let unpacked = match packing {
            Some(packing) => {
                let decoder = Decoder::new(packing, raw).map_err(from_io)?;
                Unpacked::Packed { decoder, unpacked: 0, limits: limits.clone() }
            }
            None => Unpacked::Plain(raw),
        };
        Ok(Self(BufReader::with_capacity(buffer, unpacked)))
    }

    /// What an error met while reading means.
    pub fn reason(&self, error: io::Error) -> Reason {
        use ErrorKind::{FileTooLarge, InvalidData, InvalidInput, Other, UnexpectedEof};
        let Unpacked::Packed { decoder, limits, .. } = self.0.get_ref() else { return from_io(error) };
        match (decoder, error.kind()) {
            (_, FileTooLarge) => Reason::Bomb { ratio: limits.unpacked_ratio },
            (Decoder::Gzip(_), UnexpectedEof | InvalidInput | InvalidData) => Reason::Gzip(error),
            (Decoder::Zstandard(_), UnexpectedEof | InvalidInput | InvalidData | Other) => Reason::Zstandard(error),
            _ => from_io(error),
        }
    }

    /// All bytes, unpacked, or an error when they are over the limit.
    pub fn read_whole(&mut self, limits: &Limits) -> Result<Vec<u8>, Reason> {
        let limit = limits.document_bytes.min(Limits::MOST);
        let mut bytes = Vec::new();
        let read = self.0.by_ref().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.reason(error))?;
        match bytes.len() as u64 > limit {
            true => Err(Reason::TooLarge { limit }),
            false => Ok(bytes),
        }
    }

    /// False for what is packed.
    pub fn is_plain(&self) -> bool {
        matches!(self.0.get_ref(), Unpacked::Plain(_))
    }

    /// SHA-256 of the bytes as stored that were read so far: of all, once the end was met.
    pub fn digest(&self) -> [u8; 32] {
        let raw = match self.0.get_ref() {
            Unpacked::Plain(raw) => raw,
            Unpacked::Packed { decoder, .. } => decoder.raw(),
        };
        raw.get_ref().get_ref().1.hash.clone().finalize().into()
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (decoder, unpacked, limits) = match self {
            Self::Plain(raw) => return raw.read(buffer),
            Self::Packed { decoder, unpacked, limits } => (decoder, unpacked, limits),
        };
        let read = match decoder {
            Decoder::Gzip(decoder) => decoder.read(buffer)?,
            Decoder::Zstandard(decoder) => decoder.read(buffer)?,
        };
        *unpacked += read as u64;
        let stored = decoder.raw().get_ref().get_ref().1.bytes;
        if *unpacked > limits.unpacked_bytes && *unpacked > limits.unpacked_ratio.saturating_mul(stored) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

impl Read for Stored {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// An error of the system as a reason.
pub(super) fn from_io(error: io::Error) -> Reason {
    match error.kind() {
        ErrorKind::NotFound => Reason::Missing,
        _ => Reason::Io(error),
    }
}

const PIPE: &str = "named pipe";

/// Whether a path stands for a file that this process was started with.
fn is_inherited(path: &Path) -> bool {
    path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd")
}

/// What a file is that has no end or no content of its own; `None` for an ordinary file.
#[cfg(unix)]
fn special(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_fifo() => Some(PIPE),
        kind if kind.is_socket() => Some("socket"),
        kind if kind.is_char_device() || kind.is_block_device() => Some("device"),
        _ => None,
    }
}

#[cfg(not(unix))]
fn special(kind: FileType) -> Option<&'static str> {
    (!kind.is_file()).then_some("device")
}
