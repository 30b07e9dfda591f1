//! JSON as every command writes it.

use serde::Serialize;

/// Indented, for people to read as well.
pub fn indented(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("what is written has a form in JSON") + "\n"
}

/// On one line.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what is written has a form in JSON") + "\n"
}

/// Appends the [`line`] of a value.
pub fn push_line(to: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(&mut *to, value).expect("what is written has a form in JSON");
    to.push(b'\n');
}
