//! Bytes to text. Nothing is guessed silently: [`Decoding`] says what was found, and how surely.
//!
//! In order: a byte-order mark; valid UTF-8, as it stands; UTF-16 and UTF-32 without a mark, by where their NUL bytes
//! stand; UTF-8 with faults, when most of its sequences are whole; else what `chardetng` makes of the bytes, corrected
//! for Mac Roman, which it does not know, and for lone signs such as €, in which it sees Cyrillic letters.

use crate::document::Decoding;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes looked at where a share decides; a multiple of 4.
const SAMPLE: usize = 64 << 10;

/// Turns the bytes of a text into a string, and says how. Valid UTF-8 is not copied. Never fails: what has no meaning
/// becomes U+FFFD and is counted. Cost: linear.
///
/// ```
/// let (text, decoding) = likewise::read::decode("caf\u{e9}".as_bytes().to_vec());
/// assert_eq!((text.as_str(), decoding.encoding.as_str()), ("café", "UTF-8"));
/// ```
pub fn decode(mut bytes: Vec<u8>) -> (String, Decoding) {
    if let Some((wide, mark)) = Wide::by_mark(&bytes) {
        return wide.decode(&bytes[mark..], false);
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
        return utf8(bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) if needs_no_guess(text.as_bytes()) => (text, Decoding::default()),
        Ok(text) => guess_valid(text),
        Err(error) => guess(error.into_bytes()),
    }
}

/// True for bytes in UTF-16 or UTF-32, marked or not.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    Wide::by_mark(bytes).is_some() || Wide::by_pattern(bytes).is_some()
}

/// Valid UTF-8 is what it seems, unless it has the NULs of UTF-16 or the escapes of ISO-2022-JP.
fn needs_no_guess(text: &[u8]) -> bool {
    memchr::memchr2(0, 0x1b, text).is_none()
}

fn guess_valid(text: String) -> (String, Decoding) {
    let bytes = text.as_bytes();
    if let Some(wide) = Wide::by_pattern(bytes) {
        return wide.decode(bytes, true);
    }
    let shifts_to_kanji =
        memchr::memmem::find(bytes, b"\x1b$B").is_some() || memchr::memmem::find(bytes, b"\x1b$@").is_some();
    if shifts_to_kanji && bytes.is_ascii() {
        let (japanese, decoding) = legacy(bytes, ISO_2022_JP);
        if decoding.replaced == 0 {
            return (japanese, decoding);
        }
    }
    (text, Decoding::default())
}

/// For bytes that are no valid UTF-8.
fn guess(bytes: Vec<u8>) -> (String, Decoding) {
    if let Some(wide) = Wide::by_pattern(&bytes) {
        return wide.decode(&bytes, true);
    }
    if is_mostly_utf8(&bytes) {
        return utf8(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = match detector.guess(None, Utf8Detection::Deny) {
        guessed if is_latin(guessed) && is_mac_roman(&bytes) => MACINTOSH,
        guessed if guessed.is_single_byte() && !is_latin(guessed) && stand_alone(&bytes) => WINDOWS_1252,
        guessed => guessed,
    };
    legacy(&bytes, encoding)
}

/// UTF-8 with U+FFFD for each fault, as few as the Unicode standard advises.
fn utf8(bytes: Vec<u8>) -> (String, Decoding) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, Decoding::default()),
        Err(error) => error.into_bytes(),
    };
    let replaced = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    (String::from_utf8_lossy(&bytes).into_owned(), Decoding { replaced, ..Decoding::default() })
}

/// True when the faults are those of UTF-8 gone wrong: at least four in five sequences outside ASCII have its shape, or
/// the text is whole but for a last sequence cut off.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut shaped, mut broken, mut at) = (0, 0, 0);
    while let Some(next) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
        at += next;
        let wanted = sequence_length(bytes[at]);
        let follows =
            bytes[at + 1..].iter().take(wanted.saturating_sub(1)).take_while(|&&byte| byte & 0xc0 == 0x80).count();
        let cut_off = at + 1 + follows == bytes.len() && broken == 0 && follows + shaped > 0;
        if wanted > 1 && (follows + 1 == wanted || cut_off) {
            shaped += 1;
            at += follows + 1;
        } else {
            broken += 1;
            at += 1;
        }
    }
    shaped >= 4 * broken
}

/// Bytes in the sequence that `lead` begins, the five and six of old included; 1 for a byte that begins none.
fn sequence_length(lead: u8) -> usize {
    match lead.leading_ones() {
        length @ 2..=6 => length as usize,
        _ => 1,
    }
}

/// True for the single-byte encodings of languages in Latin letters.
fn is_latin(encoding: &'static Encoding) -> bool {
    ["windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258", "ISO-8859-2", "ISO-8859-4"]
        .contains(&encoding.name())
}

/// True when a Latin text makes sense as Mac Roman alone: its accented small letters stand at 0x87 to 0x9f, where
/// windows-1252 has marks that no letter is followed by, and few stand where windows-1252 has them.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0, 0);
    for pair in bytes[..bytes.len().min(SAMPLE)].windows(2).filter(|pair| pair[0].is_ascii_lowercase()) {
        match pair[1] {
            0x87..=0x90 | 0x98 | 0x99 | 0x9d => mac += 1,
            0xe0..=0xff | 0x92 => windows += 1,
            _ => {}
        }
    }
    mac >= 2 && mac > 3 * windows
}

/// True when most bytes outside ASCII have no such neighbour: signs like € and µ, not words in other letters.
fn stand_alone(bytes: &[u8]) -> bool {
    let runs = bytes[..bytes.len().min(SAMPLE)].chunk_by(|x, y| x.is_ascii() == y.is_ascii());
    let (mut alone, mut together) = (0, 0);
    for run in runs.filter(|run| !run[0].is_ascii()) {
        match run.len() {
            1 => alone += 1,
            length => together += length,
        }
    }
    alone > together
}

/// Decodes with `encoding`, a guess.
fn legacy(bytes: &[u8], encoding: &'static Encoding) -> (String, Decoding) {
    let (text, replaced) = replace_faults(bytes, encoding);
    (text, Decoding { encoding: encoding.name().to_owned(), detected: true, replaced })
}

fn replace_faults(bytes: &[u8], encoding: &'static Encoding) -> (String, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let (mut at, mut replaced) = (0, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return (text, replaced),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(..) => {
                replaced += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

/// An encoding in units of two or four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Wide {
    /// By a byte-order mark, with its length. The little-endian mark of UTF-32 is also that of UTF-16 and a NUL.
    fn by_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xff, 0xfe, 0, 0, rest @ ..] if Self::Utf32Le.fits(rest) => Some((Self::Utf32Le, 4)),
            [0, 0, 0xfe, 0xff, ..] => Some((Self::Utf32Be, 4)),
            [0xff, 0xfe, ..] => Some((Self::Utf16Le, 2)),
            [0xfe, 0xff, ..] => Some((Self::Utf16Be, 2)),
            _ => None,
        }
    }

    /// By where the NUL bytes stand; `None` where there are none.
    fn by_pattern(bytes: &[u8]) -> Option<Self> {
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        memchr::memchr(0, sample)?;
        if let Some(wide) = [Self::Utf32Le, Self::Utf32Be].into_iter().find(|wide| wide.fits(sample)) {
            return Some(wide);
        }
        let mut nuls = [0, 0];
        for at in memchr::memchr_iter(0, sample) {
            nuls[at % 2] += 1;
        }
        let (wide, nuls) = match nuls {
            [0, odd] => (Self::Utf16Le, odd),
            [even, 0] => (Self::Utf16Be, even),
            // Chinese has characters whose lower byte is NUL: 一. What parts words and sentences tells.
            [even, odd] => {
                let [little, big] = [Self::Utf16Le, Self::Utf16Be].map(|wide| wide.parts(sample));
                (if little > big { Self::Utf16Le } else { Self::Utf16Be }, even + odd)
            }
        };
        // A stray NUL in UTF-8 stands on one side too, but does not make up a quarter of it.
        let likely = nuls * 4 >= sample.len() || std::str::from_utf8(bytes).is_err();
        (likely && wide.reads_as_text(sample)).then_some(wide)
    }

    /// How many characters part words or sentences, read as UTF-16.
    fn parts(self, sample: &[u8]) -> usize {
        let (text, _) = self.decode(&sample[..sample.len() & !1], true);
        text.chars().filter(|c| matches!(c, '\n' | ' ' | '.' | ',' | '。' | '，' | '、')).count()
    }

    /// True when every unit of four bytes is a character other than NUL.
    fn fits(self, bytes: &[u8]) -> bool {
        let mut units = bytes[..bytes.len().min(SAMPLE)].chunks(4);
        !bytes.is_empty() && units.all(|unit| unit.len() == 4 && self.character(unit).is_some_and(|c| c != '\0'))
    }

    fn character(self, unit: &[u8]) -> Option<char> {
        let unit = [*unit.first()?, *unit.get(1)?, *unit.get(2)?, *unit.get(3)?];
        char::from_u32(if self == Self::Utf32Le { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) })
    }

    /// True when UTF-16 makes letters and white space of nearly all of it, no control, and no lone surrogate but one cut
    /// off; and the bytes by themselves are not the letters.
    fn reads_as_text(self, sample: &[u8]) -> bool {
        let sample = &sample[..sample.len() & !1];
        let letters = sample.iter().filter(|byte| byte.is_ascii_graphic() || **byte == b' ').count();
        let (text, decoding) = self.decode(sample, true);
        let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation();
        letters * 5 < sample.len() * 4
            && decoding.replaced <= 1
            && text.chars().all(|c| !c.is_control() || c.is_whitespace())
            && text.chars().filter(|&c| plain(c)).count() * 10 >= text.chars().count() * 7
    }

    fn decode(self, bytes: &[u8], detected: bool) -> (String, Decoding) {
        let (name, (text, replaced)) = match self {
            Self::Utf16Le => (UTF_16LE.name(), replace_faults(bytes, UTF_16LE)),
            Self::Utf16Be => (UTF_16BE.name(), replace_faults(bytes, UTF_16BE)),
            Self::Utf32Le => ("UTF-32LE", self.decode_units(bytes)),
            Self::Utf32Be => ("UTF-32BE", self.decode_units(bytes)),
        };
        (text, Decoding { encoding: name.to_owned(), detected, replaced })
    }

    /// UTF-32, which `encoding_rs` leaves out as the web does.
    fn decode_units(self, bytes: &[u8]) -> (String, usize) {
        let mut replaced = 0;
        let text = bytes.chunks(4).map(|unit| {
            self.character(unit).unwrap_or_else(|| {
                replaced += 1;
                char::REPLACEMENT_CHARACTER
            })
        });
        (text.collect(), replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text, the encoding, whether it was detected, and how much was replaced.
    fn decoded(bytes: &[u8]) -> (String, String, bool, usize) {
        let (text, decoding) = decode(bytes.to_vec());
        (text, decoding.encoding, decoding.detected, decoding.replaced)
    }

    fn is(text: &str, encoding: &str, detected: bool, replaced: usize) -> (String, String, bool, usize) {
        (text.to_owned(), encoding.to_owned(), detected, replaced)
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn marks_are_honoured_and_left_out() {
        assert_eq!(decoded(b"\xef\xbb\xbfa"), is("a", "UTF-8", false, 0));
        assert_eq!(decoded(b"\xff\xfea\0"), is("a", "UTF-16LE", false, 0));
        assert_eq!(decoded(b"\xfe\xff\0a"), is("a", "UTF-16BE", false, 0));
        assert_eq!(decoded(b"\xff\xfe\0\0a\0\0\0"), is("a", "UTF-32LE", false, 0));
        assert_eq!(decoded(b"\0\0\xfe\xff\0\0\0a"), is("a", "UTF-32BE", false, 0));
        assert_eq!(decoded(b"\xff\xfe"), is("", "UTF-16LE", false, 0));
        assert_eq!(decoded(b"\xff\xfea\0b"), is("a\u{fffd}", "UTF-16LE", false, 1));
    }

    #[test]
    fn utf_16_without_a_mark_is_told_by_its_nul_bytes() {
        let english = "The harbour opens at nine.\n";
        assert_eq!(decoded(&utf16le(english)), is(english, "UTF-16LE", true, 0));
        let chinese = "市议会周二批准了新的港口预算。\n工人们要求公布合同。\n";
        assert_eq!(decoded(&utf16le(chinese)), is(chinese, "UTF-16LE", true, 0));
        // The lower byte of 一 is NUL as well.
        let one = "一名官员说，第一批货物一周后到港。\n一切就绪。\n";
        assert_eq!(decoded(&utf16le(one)), is(one, "UTF-16LE", true, 0));
        let big: Vec<u8> = one.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&big), is(one, "UTF-16BE", true, 0));
        assert_eq!(
            decoded(b"One\0 stray NUL in a plain text."),
            is("One\0 stray NUL in a plain text.", "UTF-8", false, 0)
        );
    }

    #[test]
    fn ascii_among_binary_bytes_is_no_utf_16() {
        let bytes = [b"\x50\x2a\x4d\x18\xff\xff\xff\0".as_slice(), &b"Plain words. ".repeat(40)].concat();
        assert!(!is_wide(&bytes));
    }

    #[test]
    fn lone_signs_are_no_cyrillic_letters() {
        let prices = "Prix : 3 €. ".repeat(30);
        let (bytes, _, _) = WINDOWS_1252.encode(&prices);
        assert_eq!(decoded(&bytes), is(&prices, "windows-1252", true, 0));
    }

    #[test]
    fn utf_8_with_a_few_faults_stays_utf_8() {
        let mut bytes = "où était-ce, à Köln? ".repeat(3).into_bytes();
        bytes.push(0xff);
        assert_eq!(decoded(&bytes).1, "UTF-8");
        assert_eq!(decoded(&bytes).3, 1);
        assert_eq!(
            decoded("plain, then cut …".as_bytes().split_last().unwrap().1),
            is("plain, then cut \u{fffd}", "UTF-8", false, 1)
        );
    }

    #[test]
    fn a_whole_text_in_a_legacy_encoding_is_detected() {
        let french = "Le maire a déclaré que l’accord coûtera 3 millions d’euros, hélas. ";
        for encoding in [WINDOWS_1252, MACINTOSH] {
            let (bytes, _, _) = encoding.encode(french);
            assert_eq!(decoded(&bytes), is(french, encoding.name(), true, 0));
        }
        for (encoding, text) in [
            (encoding_rs::SHIFT_JIS, "市議会は火曜日に新しい港湾予算を承認した。"),
            (encoding_rs::EUC_KR, "시의회는 화요일 새 항만 예산을 승인했다."),
            (encoding_rs::BIG5, "市議會週二批准了新的港口預算，工人們要求公布合約。"),
            (encoding_rs::KOI8_U, "Городской совет во вторник утвердил новый бюджет порта. "),
            (ISO_2022_JP, "市議会は火曜日に新しい港湾予算を承認した。"),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decoded(&bytes).0, text, "{}", encoding.name());
            assert!(decoded(&bytes).2);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_each_unicode_encoding(text in "[ -~À-ÿ一-龥]{1,60}") {
            prop_assert_eq!(decode(text.clone().into_bytes()), (text.clone(), Decoding::default()));
            let mut marked = b"\xff\xfe".to_vec();
            marked.extend(utf16le(&text));
            prop_assert_eq!(decode(marked).0, text);
        }

        #[test]
        fn any_bytes_give_a_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let (text, decoding) = decode(bytes);
            prop_assert!(decoding.replaced <= text.matches(char::REPLACEMENT_CHARACTER).count());
        }
    }
}
