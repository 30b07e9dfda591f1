//! Makes what a reader cannot see visible, and what a terminal would obey harmless.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use std::borrow::Cow;
use std::fmt::Write;

/// How one character is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visible {
    /// As it is.
    Same,
    /// As white space: line ends, tabs, no-break and ideographic spaces.
    Space,
    /// As another character: `␛` for an escape.
    Picture(char),
    /// By its number: `<U+202E>`.
    Number,
}

impl Visible {
    /// How `c` is shown after `before`. Joiners belong to the spelling of many scripts and stay there; inside Latin
    /// text, where they only hide, they are shown.
    pub fn of(before: Option<char>, c: char) -> Self {
        match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Self::Space,
            '\0'..='\u{1f}' => Self::Picture(char::from_u32(0x2400 + u32::from(c)).expect("control pictures exist")),
            '\u{7f}' => Self::Picture('␡'),
            ' '..='~' => Self::Same,
            '\u{80}'..='\u{9f}' | '\u{fff9}'..='\u{fffb}' => Self::Number,
            '\u{fe00}'..='\u{fe0f}' => Self::Same,
            '\u{200c}' | '\u{200d}' if before.is_some_and(|before| before > '\u{2ff}') => Self::Same,
            _ if c.is_whitespace() => Self::Space,
            _ if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) => Self::Number,
            _ => Self::Same,
        }
    }
}

/// `text` with nothing in it that a terminal obeys, reorders or hides: control characters become their pictures
/// (`␛`), other invisible ones their numbers (`<U+202E>`), and any white space runs one space. Borrows when nothing
/// changes. Cost: linear.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let Some(first) = first_change(text) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(&text[..first]);
    let mut before = text[..first].chars().next_back();
    for c in text[first..].chars() {
        match Visible::of(before, c) {
            Visible::Same if c == ' ' && shown.ends_with(' ') => {}
            Visible::Same => shown.push(c),
            Visible::Space if shown.ends_with(' ') => {}
            Visible::Space => shown.push(' '),
            Visible::Picture(picture) => shown.push(picture),
            Visible::Number => write!(shown, "<U+{:04X}>", u32::from(c)).expect("a string takes all"),
        }
        before = Some(c);
    }
    Cow::Owned(shown)
}

/// Byte of the first character that is not shown as it is.
fn first_change(text: &str) -> Option<usize> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        if Visible::of(before, c) != Visible::Same || (c == ' ' && before == Some(' ')) {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_text_is_borrowed() {
        assert!(matches!(visible("Straße, 東京 — «да»"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_terminal_gets_nothing_to_obey() {
        assert_eq!(visible("a\u{1b}[31mred\u{7}\u{7f}\u{9b}2J"), "a␛[31mred␇␡<U+009B>2J");
        assert_eq!(visible("pay\u{202e}100\u{2066}"), "pay<U+202E>100<U+2066>");
        assert_eq!(visible("pass\u{200b}word\u{ad}\u{200d}s"), "pass<U+200B>word<U+00AD><U+200D>s");
    }

    #[test]
    fn joiners_stay_where_scripts_need_them() {
        let persian = "می\u{200c}خواهم";
        assert_eq!(visible(persian), persian);
    }

    #[test]
    fn white_space_runs_become_one_space() {
        assert_eq!(visible("one\r\n\ttwo \u{3000} three\u{a0}four"), "one two three four");
    }

    proptest! {
        #[test]
        fn nothing_obeyed_is_left(text in "\\PC*|[\u{0}-\u{ff}\u{2000}-\u{2070}]{0,40}") {
            let shown = visible(&text);
            prop_assert!(!shown.contains(char::is_control));
            let reorders = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!shown.contains(reorders));
        }
    }
}
