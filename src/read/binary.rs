//! Tells what is no plain text by its first bytes, or by its NUL and control bytes: binary files, and pages of HTML.

use super::encoding::is_wide;

/// Formats by their first bytes. Only marks that no text begins with.
const MAGIC: [(&[u8], &str); 31] = [
    (b"\x7fELF", "an ELF program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    (b"\0asm", "a WebAssembly module"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"PK\x03\x04", "a zip archive (or DOCX, XLSX, ODT, EPUB)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "gzip data inside packed data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data inside packed data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf1", "an RTF document; save it as plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"OggS\0", "Ogg audio or video"),
    (b"ID3\x02", "MP3 audio"),
    (b"ID3\x03", "MP3 audio"),
    (b"ID3\x04", "MP3 audio"),
    (b"fLaC\0", "FLAC audio"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM video"),
    (b"wOF2\0", "a font"),
    (b"\0\x01\0\0\0", "a font"),
];

/// A valid text with more NUL bytes than one in so many is no text.
const NUL_IN: usize = 32;

/// Bytes that are no UTF-8, with more controls than one in so many, are no text. Random bytes have one in ten.
const CONTROL_IN: usize = 50;

/// Bytes looked at for what they are.
const SAMPLE: usize = 64 << 10;

/// What kind of binary file `bytes` look like; `None` for text. Cost: one look for a NUL byte, for nearly every text.
pub(super) fn format(bytes: &[u8]) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, format)| format);
    let known = known.or_else(|| is_skippable_frame(bytes).then_some("Zstandard data inside packed data"));
    let known = known.or_else(|| is_page(bytes).then_some("an HTML page; save what it says as plain text"));
    known.or_else(|| is_binary(bytes).then_some("binary data"))
}

/// Zstandard data may begin with frames that hold something else: sixteen marks.
fn is_skippable_frame(bytes: &[u8]) -> bool {
    matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Tags that a page begins with, and no plain text; of those by which browsers tell one (WHATWG, MIME Sniffing), the ones that stand in
/// its head.
const PAGE: [&str; 8] = ["!doctype html", "html", "head", "body", "title", "meta", "script", "style"];

/// Bytes at the beginning of an XML file that are looked at for what it holds.
const PROLOGUE: usize = 1 << 10;

/// Whether it is HTML, whose tags and scripts would be compared as words.
fn is_page(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let Some(b'<') = bytes.first() else { return false };
    let first = &bytes[..bytes.len().min(PROLOGUE)];
    match first.starts_with(b"<?xml") {
        true => memchr::memchr_iter(b'<', first).any(|at| PAGE[..2].iter().any(|tag| is_tag(&first[at + 1..], tag))),
        false => PAGE.iter().any(|tag| is_tag(&first[1..], tag)),
    }
}

/// Whether a tag of this name begins here, after its bracket.
fn is_tag(bytes: &[u8], name: &str) -> bool {
    bytes.split_at_checked(name.len()).is_some_and(|(begins, rest)| {
        begins.eq_ignore_ascii_case(name.as_bytes())
            && rest.first().is_some_and(|&next| next == b'>' || next.is_ascii_whitespace())
    })
}

fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if is_wide(bytes) {
        return false;
    }
    // The sample may cut the last character off.
    if std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_some()) {
        return sample.iter().filter(|&&byte| is_control(byte)).count() * CONTROL_IN > sample.len();
    }
    let nuls = memchr::memchr_iter(0, bytes).count();
    nuls > 1 && nuls * NUL_IN > bytes.len()
}

/// Controls without white space, and without those that terminals and ISO 2022 texts use.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=6 | 0x10..=0x1a | 0x1c..=0x1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_named() {
        assert_eq!(format(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("a PNG image"));
        assert_eq!(format(b"%PDF-1.7\n"), Some("a PDF document"));
        assert_eq!(format(&[0; 4096]), Some("binary data"));
    }

    #[test]
    fn pages_are_no_text_and_text_about_tags_is() {
        for page in [
            "<!DOCTYPE html><title>t</title>",
            "\u{FEFF}\n <HTML lang=en>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"\">",
            "<script>go()</script>",
        ] {
            assert_eq!(format(page.as_bytes()), Some("an HTML page; save what it says as plain text"), "{page}");
        }
        for text in [
            "<html",
            "<heading> one",
            "<3 said the card",
            "The tag <html> opens a page.",
            "<?xml version=\"1.0\"?><tei>",
            "<b>Bold</b>",
        ] {
            assert_eq!(format(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn zstandard_data_is_known_by_any_of_its_frames() {
        assert!(format(b"\x5a\x2a\x4d\x18\x04\0\0\0").is_some_and(|format| format.starts_with("Zstandard")));
        assert_eq!(format(b"Z*M\x19 plain words"), None);
    }

    #[test]
    fn text_with_a_stray_nul_or_bells_stays_text() {
        let text = "Forty characters of quite ordinary text. ".repeat(3);
        assert_eq!(format(format!("{text}\0").as_bytes()), None);
        assert_eq!(format(format!("{text}{}", "\x07".repeat(500)).as_bytes()), None);
        assert_eq!(format(b"1,a\0b"), None);
        assert_eq!(format(b""), None);
    }

    #[test]
    fn utf_16_is_text() {
        let bytes: Vec<u8> = "Plain words.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(format(&bytes), None);
    }
}
