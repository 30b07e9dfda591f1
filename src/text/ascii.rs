//! The short way for ASCII: where words end and where anything begins, as a bit for each byte, 64 bytes at a time, so that
//! the scanner goes from token to token by counting zeros and need not have read one word to find the next; and the token
//! of a word at one stroke.

use super::{Token, TokenClass};

const BLOCK: usize = 64;

/// What the bytes of a block of the text are, the first byte lowest.
pub(super) struct Blocks<'t> {
    bytes: &'t [u8],
    /// Number of the block that the bits are of.
    current: usize,
    /// ASCII letters and digits.
    alphanumeric: u64,
    /// Bytes at which a token may begin: those, bytes beyond ASCII, `%`, `$` and `-`.
    starting: u64,
}

impl<'t> Blocks<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, current: usize::MAX, alphanumeric: 0, starting: 0 }
    }

    /// The first byte from `at` on at which a token may begin; the end of the text if there is none.
    #[inline]
    pub(super) fn next_start(&mut self, mut at: usize) -> usize {
        while at < self.bytes.len() {
            self.look(at);
            let ahead = self.starting >> (at % BLOCK);
            if ahead != 0 {
                return at + ahead.trailing_zeros() as usize;
            }
            at = (at | (BLOCK - 1)) + 1;
        }
        self.bytes.len()
    }

    /// Where the ASCII letters and digits from `at` on end.
    #[inline]
    pub(super) fn word_end(&mut self, mut at: usize) -> usize {
        loop {
            self.look(at);
            let others = !self.alphanumeric >> (at % BLOCK);
            if others != 0 {
                return at + others.trailing_zeros() as usize;
            }
            at = (at | (BLOCK - 1)) + 1;
        }
    }

    #[inline]
    fn look(&mut self, at: usize) {
        if self.current != at / BLOCK {
            self.read(at / BLOCK);
        }
    }

    #[inline(never)]
    fn read(&mut self, number: usize) {
        self.current = number;
        let bytes = self.bytes.get(number * BLOCK..).unwrap_or_default();
        let block = bytes.first_chunk().copied().unwrap_or_else(|| {
            // Zeros beyond the end: nothing begins there or goes on.
            let mut padded = [0; BLOCK];
            padded[..bytes.len()].copy_from_slice(bytes);
            padded
        });
        let (mut alphanumeric, mut starting) = ([0; BLOCK], [0; BLOCK]);
        for (at, byte) in block.iter().enumerate() {
            let may_start = byte.is_ascii_alphanumeric() | !byte.is_ascii() | matches!(byte, b'%' | b'$' | b'-');
            (alphanumeric[at], starting[at]) = (u8::from(byte.is_ascii_alphanumeric()), u8::from(may_start));
        }
        (self.alphanumeric, self.starting) = (bits(&alphanumeric), bits(&starting));
    }
}

/// Gathers flags into bits: one multiplication moves the lowest bits of eight bytes side by side.
#[inline]
fn bits(flags: &[u8; BLOCK]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().enumerate().map(|(at, eight)| gathered(eight) << (8 * at)).sum()
}

/// Whether the ASCII letters and digits that end at `end` may be but the beginning of a word.
#[inline]
pub(super) fn may_go_on(bytes: &[u8], end: usize) -> bool {
    let tie = |at: usize| bytes.get(at).map_or(0, |&byte| TIES[byte as usize]);
    // One branch, which is hardly ever taken.
    tie(end) & (TIES_ITSELF | tie(end + 1) >> 1) != 0
}

/// Belongs to a word before it, or may do so.
const TIES_ITSELF: u8 = 1;
/// Belongs to a word before it if what comes next is [`TIED`].
const TIES_NEXT: u8 = 2;
/// Goes on after a joiner; shifted right by one, it meets [`TIES_NEXT`].
const TIED: u8 = 4;

/// What each byte is to the ASCII letters and digits before it.
const TIES: [u8; 256] = {
    let mut ties = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        ties[byte] = match byte as u8 {
            b'\'' | b'.' | b',' => TIES_NEXT,
            b'_' => TIES_ITSELF,
            0x80.. => TIES_ITSELF | TIED,
            byte if byte.is_ascii_alphanumeric() => TIED,
            _ => 0,
        };
        byte += 1;
    }
    ties
};

/// The token of the ASCII letters and digits `at..end`, if they are 16 at most and not among the last of the text.
#[inline]
pub(super) fn token(bytes: &[u8], at: usize, end: usize, class: TokenClass) -> Option<Token> {
    let len = end - at;
    let word = u128::from_le_bytes(*bytes[at..].first_chunk()?);
    // Letters differ from their small form by one bit, which every digit has set already.
    let folded = (word | SMALL) & FIRST.get(len)?;
    Some(Token::mixed(folded as u64, (folded >> 64) as u64, len, class))
}

/// The bit that makes a letter small, in every byte.
const SMALL: u128 = u128::MAX / 0xFF * 0x20;

/// So many first bytes of a word.
const FIRST: [u128; 17] = {
    let mut masks = [0; 17];
    let mut len = 1;
    while len <= 16 {
        masks[len] = u128::MAX >> (128 - 8 * len);
        len += 1;
    }
    masks
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_agree_with_looking_at_each_byte(text in "([ -~]|[a-z]{1,90}| {1,90}|é){0,60}") {
            let bytes = text.as_bytes();
            let mut blocks = Blocks::new(bytes);
            for at in 0..bytes.len() {
                let starts = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"%$-".contains(byte);
                let before = bytes[at..].iter().take_while(|byte| !starts(byte)).count();
                prop_assert_eq!(blocks.next_start(at), at + before);
                let word = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                prop_assert_eq!(blocks.word_end(at), at + word);
            }
        }

        #[test]
        fn a_token_at_one_stroke_is_that_of_its_folded_letters(word in "[a-zA-Z0-9]{1,20}") {
            let text = word.clone() + &" ".repeat(16);
            let expected = (word.len() <= 16).then(|| Token::new(word.to_lowercase().as_bytes(), TokenClass::Word));
            prop_assert_eq!(token(text.as_bytes(), 0, word.len(), TokenClass::Word), expected);
        }
    }
}
