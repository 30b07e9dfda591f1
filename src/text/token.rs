//! A token: the hash of a folded word, and what it is.

/// What a token is, kept in the low bits of its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenClass {
    /// A word.
    Word,
    /// A number, or a word that begins with a digit.
    Number,
    /// One character of Han or kana.
    Character,
    /// A currency sign, percent sign or other symbol.
    Symbol,
}

/// A folded token: 62 bits of hash and its class. Equal tokens are equal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Token(pub u64);

impl Token {
    /// The token of a word that is folded already.
    pub(crate) fn new(folded: &[u8], class: TokenClass) -> Self {
        match folded.len() {
            0..=8 => Self::mixed(word(folded), 0, folded.len(), class),
            9..=16 => Self::mixed(word(&folded[..8]), word(&folded[8..]), folded.len(), class),
            _ => Self(xxhash_rust::xxh3::xxh3_64(folded) & !3 | class as u64),
        }
    }

    /// Most tokens fit in two words: one wide multiplication mixes them, as in wyhash (Wang Yi).
    pub(super) fn mixed(low: u64, high: u64, len: usize, class: TokenClass) -> Self {
        const LOW: u64 = 0xA076_1D64_78BD_642F;
        const HIGH: u64 = 0xE703_7ED1_A0B4_28DB;
        let product = u128::from(low ^ LOW) * u128::from(high ^ HIGH ^ (len as u64) << 56);
        Self((product as u64 ^ (product >> 64) as u64) & !3 | class as u64)
    }

    /// The word that is written as it is.
    pub(crate) fn as_word(self) -> Self {
        Self(self.0 & !3 | TokenClass::Word as u64)
    }

    /// What it is.
    pub(crate) fn class(self) -> TokenClass {
        match self.0 & 3 {
            0 => TokenClass::Word,
            1 => TokenClass::Number,
            2 => TokenClass::Character,
            _ => TokenClass::Symbol,
        }
    }
}

/// Up to eight bytes as a number, the first byte lowest.
fn word(bytes: &[u8]) -> u64 {
    let mut padded = [0; 8];
    padded[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(padded)
}
