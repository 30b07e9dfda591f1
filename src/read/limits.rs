//! How much of an input is read before it is refused.

/// Bounds on what a reader takes in, so that no input can fill the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one document, as stored, as unpacked and as text. Default 4 GiB less one, which is also the most:
    /// offsets have 32 bits.
    pub document_bytes: u64,
    /// Most bytes that packed data may unpack to for each byte stored, beyond [`Limits::unpacked_bytes`]. Default 200: text
    /// packs 3 to 10 times, one sentence over and over 300 times.
    pub unpacked_ratio: u64,
    /// Bytes that packed data may unpack to at any ratio. Default 64 MiB.
    pub unpacked_bytes: u64,
    /// Most bytes of a line of JSON Lines, CSV or a pair list. Default 256 MiB.
    pub line_bytes: usize,
}

impl Limits {
    /// The most that [`Limits::document_bytes`] can be.
    pub const MOST: u64 = u32::MAX as u64;
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: Self::MOST, unpacked_ratio: 200, unpacked_bytes: 64 << 20, line_bytes: 256 << 20 }
    }
}
