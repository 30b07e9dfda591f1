//! Items of the data files in normal form, as a reading has its words.

use crate::text::{fold, is_syllable};

/// Appends the letters of a Hangul syllable; other characters as they are (Unicode Standard, section 3.12).
pub(crate) fn letters(c: char, out: &mut String) {
    let Some(index) = (c as u32).checked_sub(0xAC00).filter(|index| *index < 11_172) else {
        out.push(c);
        return;
    };
    let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28];
    let count = if index % 28 == 0 { 2 } else { 3 };
    out.extend(parts[..count].iter().filter_map(|&part| char::from_u32(part)));
}

/// Appends an item of a data file in normal form; whether it must begin a word, and whether it must end one.
///
/// In data files a hyphen before an item lets it stand inside a word (only Korean is read so), a low line after it
/// asks for the word's end, and a single Hangul consonant is the end of a syllable.
pub(crate) fn push_pattern(item: &str, normal: &mut String) -> (bool, bool) {
    let item = item.trim();
    let inside = item.starts_with('-');
    let item = item.trim_start_matches('-');
    let word_end = item.ends_with('_');
    let item = item.trim_end_matches('_');
    let latin = item.bytes().any(|byte| byte.is_ascii_alphabetic());
    if latin && item.is_ascii() {
        let start = normal.len();
        normal.push_str(item);
        normal[start..].make_ascii_lowercase();
        return (!inside, true);
    }
    for c in item.chars() {
        match c {
            ' ' if !latin => {}
            c if is_syllable(c) => letters(c, normal),
            c => match final_consonant(c) {
                Some(last) => normal.push(last),
                None if c.is_ascii() => normal.push(c.to_ascii_lowercase()),
                None => fold::token(c.encode_utf8(&mut [0; 4]), false, normal),
            },
        }
    }
    let han = item.contains(|c: char| c >= '\u{2E80}' && !is_syllable(c) && final_consonant(c).is_none());
    (!inside && !han, word_end || latin)
}

/// The conjoining final letter of a compatibility consonant.
fn final_consonant(c: char) -> Option<char> {
    let finals = [('ㄴ', '\u{11AB}'), ('ㄹ', '\u{11AF}'), ('ㅁ', '\u{11B7}'), ('ㅂ', '\u{11B8}'), ('ㅆ', '\u{11BB}')];
    finals.into_iter().find(|(letter, _)| *letter == c).map(|(_, last)| last)
}
