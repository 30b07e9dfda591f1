//! Names of files and documents, made safe to show.

use std::ffi::OsStr;
use std::fmt::{self, Write as _};

/// Displays a name with its invisible characters escaped, so that a hostile name can neither act on a terminal nor pass
/// for another. Bytes that are no Unicode show as `\xff`.
pub(crate) struct Shown<'n>(pub &'n OsStr);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.as_encoded_bytes().utf8_chunks() {
            for character in chunk.valid().chars() {
                match is_invisible(character) {
                    true => write!(f, "{}", character.escape_default())?,
                    false => f.write_char(character)?,
                }
            }
            escape_bytes(f, chunk.invalid())?;
        }
        Ok(())
    }
}

/// A name as the id of a document: itself, with `\xff` for bytes that are no Unicode, so that two names never become one.
pub(crate) fn id(name: &OsStr) -> String {
    let mut id = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        id.push_str(chunk.valid());
        escape_bytes(&mut id, chunk.invalid()).expect("a string takes every character");
    }
    id
}

fn escape_bytes(out: &mut impl fmt::Write, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(out, "\\x{byte:02x}"))
}

/// Controls, and the marks that reorder or hide text.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_act_on_the_terminal() {
        let shown = Shown(OsStr::new("a\u{1b}[2J\u{202e}é.txt")).to_string();
        assert_eq!(shown, "a\\u{1b}[2J\\u{202e}é.txt");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_unicode_stay_distinct() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(id(OsStr::from_bytes(b"caf\xe9")), "caf\\xe9");
        assert_ne!(id(OsStr::from_bytes(b"\xfe")), id(OsStr::from_bytes(b"\xff")));
    }
}
