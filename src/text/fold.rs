//! Folding: case, width, compatibility forms and Han variants mapped to one spelling, invisible characters dropped.
//!
//! The fold is Unicode's NFKC_Casefold (Unicode Standard, section 3.13) with three additions: decimal digits of every
//! script become ASCII, Han characters that are written forms of one another become one (`han.txt`), and in words
//! that mix alphabets look-alike letters become Latin.

use super::chars::{CharInfo, Class};
use crate::datafile::lines;
use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();
const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();

/// Appends the folded form of `token`, which holds no white space. `to_latin` maps look-alike letters.
pub(crate) fn token(token: &str, to_latin: bool, out: &mut String) {
    if token.is_ascii() {
        let start = out.len();
        out.push_str(token);
        out[start..].make_ascii_lowercase();
        return;
    }
    let start = out.len();
    let mut slow = false;
    for c in token.chars() {
        let c = if to_latin { latin(c) } else { c };
        let info = CharInfo::of(c);
        if info.class() == Class::Hidden {
            continue;
        }
        slow |= info.is_slow();
        out.push(if info.is_slow() { c } else { info.folded() });
    }
    if slow {
        let whole = whole(&out[start..]);
        out.truncate(start);
        out.push_str(&whole);
    }
}

/// What a character of Han folds to.
pub(crate) fn character(c: char) -> char {
    let info = CharInfo::of(c);
    if info.is_slow() { single(c).unwrap_or(c) } else { info.folded() }
}

/// What one character folds to, when that is one character.
pub(crate) fn single(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    // Most of the characters there are: NFKC and case folding leave them as they are.
    if matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') {
        return Some(han(c));
    }
    let mut buffer = [0; 4];
    let folded = whole(c.encode_utf8(&mut buffer));
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(first), None) => Some(apostrophe(han(first))),
        _ => None,
    }
}

/// NFKC_Casefold of a whole token, invisible characters already dropped.
fn whole(text: &str) -> String {
    let composed = NFKC.normalize(text);
    let folded = CASES.fold_string(&composed);
    NFKC.normalize(&folded).chars().map(|c| apostrophe(han(c))).collect()
}

fn apostrophe(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '＇' | '\u{2BB}' => '\'',
        '\u{2212}' | '–' => '-',
        other => other,
    }
}

/// The representative of a Han character's written forms; other characters as they are.
fn han(c: char) -> char {
    static FORMS: OnceLock<FxHashMap<char, char>> = OnceLock::new();
    if (c as u32) < 0x2E80 {
        return c;
    }
    *FORMS.get_or_init(han_forms).get(&c).unwrap_or(&c)
}

fn han_forms() -> FxHashMap<char, char> {
    lines(include_str!("han.txt"))
        .flat_map(|line| {
            let mut forms = line.chars();
            let first = forms.next();
            forms.filter_map(move |form| Some((form, first?)))
        })
        .collect()
}

/// Whether `token` has letters of Latin and of an alphabet that imitates it.
pub(crate) fn mixes_alphabets(token: &str) -> bool {
    let any = token.chars().fold(CharInfo::NONE, |any, c| any | CharInfo::of(c));
    any.is_latin() && any.is_imitating()
}

/// The Latin letter that a Cyrillic or Greek one looks like (Unicode Technical Standard 39).
pub(super) fn latin(c: char) -> char {
    const CYRILLIC: (&str, &str) = ("АВСЕНІЈКМОРЅТХУԚԜаԁеһіјкӏорԛѕсухѵԝ", "ABCEHIJKMOPSTXYQWadehijklopqscyxvw");
    const GREEK: (&str, &str) = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹαικνορυχγϲ", "ABEZHIKMNOPTYXCaikvopuxyc");
    let (from, to) = match c {
        '\u{370}'..='\u{3FF}' => GREEK,
        '\u{400}'..='\u{52F}' => CYRILLIC,
        _ => return c,
    };
    from.chars().position(|letter| letter == c).map_or(c, |at| to.as_bytes()[at] as char)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        token(text, mixes_alphabets(text), &mut out);
        out
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("Straße", "STRASSE"),
            ("ﬁne", "fine"),
            ("cafe\u{301}", "CAFÉ"),
            ("hid\u{200B}den", "hidden"),
            ("ﾊﾟﾝ", "パン"),
            ("機會", "机会"),
            ("pаypal", "paypal"),
            ("don’t", "don't"),
            ("１２３", "123"),
            ("한\u{200D}국", "한국"),
            ("s\u{336}t\u{336}", "st"),
        ] {
            assert_eq!(folded(a), folded(b), "{a:?} {b:?}");
        }
        assert_ne!(folded("мир"), folded("mup"));
    }

    #[test]
    fn each_han_line_has_one_representative() {
        let forms = han_forms();
        assert!(forms.len() > 3000);
        assert!(forms.values().all(|first| !forms.contains_key(first)));
    }

    #[test]
    fn characters_that_nothing_folds_are_passed_over() {
        for c in ('\0'..='\x7F').chain('\u{4E00}'..='\u{9FFF}').chain('\u{AC00}'..='\u{D7A3}') {
            assert_eq!(single(c).map(String::from), Some(whole(&c.to_string())), "{c}");
        }
    }
}
