//! What a browser may do with the page.

use super::{SCRIPT, STYLE};
use sha2::{Digest, Sha256};

/// Lets a browser run the page's script and style, by their hashes, and load nothing at all.
pub(super) fn policy() -> String {
    allowing(STYLE, SCRIPT)
}

/// Lets a browser run this script and this style, and load nothing at all.
pub(super) fn allowing(style: &str, script: &str) -> String {
    let hash = |source: &str| base64(&Sha256::digest(source.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// Base64 with padding, as a content security policy wants its hashes.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let digit = (digit <= three.len()).then(|| DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]);
            out.push(digit.map_or('=', char::from));
        }
    }
    out
}
