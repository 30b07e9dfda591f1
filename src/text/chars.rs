//! What each character is to the tokeniser, and what it folds to: one table, filled a character at a time as texts need it.

use super::fold;
use icu_properties::props::{
    CanonicalCombiningClass, DefaultIgnorableCodePoint, GeneralCategory, Ideographic, LineBreak, Script,
    SentenceTerminal,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use std::ops::{BitAnd, BitOr};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a character is to the tokeniser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// White space other than line ends, controls, and fillers that look like spaces.
    Space,
    /// A line or paragraph end.
    Newline,
    /// A letter of a word.
    Letter,
    /// A decimal digit of any script.
    Digit,
    /// A combining mark: continues the token before it.
    Mark,
    /// Han or kana: a token of its own.
    Character,
    /// A letter of a script without word spaces (Thai, Lao, Khmer, Myanmar): cut by dictionary.
    Complex,
    /// Invisible: dropped wherever it stands.
    Hidden,
    /// Ends a sentence: full stops, question and exclamation marks.
    Terminal,
    /// Currency signs, percent, emoji: a token of its own.
    Symbol,
    /// Opening bracket or quotation mark.
    Open,
    /// Closing bracket or quotation mark.
    Close,
    /// Low line: continues a word.
    Connector,
    /// Other punctuation.
    Punctuation,
}

/// All classes, by number; the last again for numbers that no class has.
const CLASSES: [Class; 16] = [
    Class::Space,
    Class::Newline,
    Class::Letter,
    Class::Digit,
    Class::Mark,
    Class::Character,
    Class::Complex,
    Class::Hidden,
    Class::Terminal,
    Class::Symbol,
    Class::Open,
    Class::Close,
    Class::Connector,
    Class::Punctuation,
    Class::Punctuation,
    Class::Punctuation,
];

/// Everything the tokeniser asks of a character, in one word: 21 bits of folded character, its class, then flags.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CharInfo(u32);

const FOLD_MASK: u32 = 0x1F_FFFF;
const CLASS_SHIFT: u32 = 21;
const LATIN: u32 = 1 << 25;
const IMITATING: u32 = 1 << 26;
const LOOK_ALIKE: u32 = 1 << 27;
const FILLER: u32 = 1 << 28;
const SLOW: u32 = 1 << 29;
/// Set of every character that was described.
const KNOWN: u32 = 1 << 30;

impl CharInfo {
    /// What no character is yet, and what none is not: to gather what several are.
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ALL: Self = Self(u32::MAX);

    #[inline]
    pub(crate) fn of(c: char) -> Self {
        match TABLE[c as usize].load(Ordering::Relaxed) {
            0 => learn(c),
            known => Self(known),
        }
    }

    #[inline]
    pub(crate) fn class(self) -> Class {
        CLASSES[(self.0 >> CLASS_SHIFT & 0xF) as usize]
    }

    /// The folded character; meaningless where [`Self::is_slow`].
    #[inline]
    pub(crate) fn folded(self) -> char {
        char::from_u32(self.0 & FOLD_MASK).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// A Latin letter.
    pub(crate) fn is_latin(self) -> bool {
        self.0 & LATIN != 0
    }

    /// Of an alphabet with letters that imitate Latin ones: Cyrillic or Greek.
    pub(crate) fn is_imitating(self) -> bool {
        self.0 & IMITATING != 0
    }

    /// A letter of such an alphabet that looks like a Latin one.
    pub(crate) fn is_look_alike(self) -> bool {
        self.0 & LOOK_ALIKE != 0
    }

    /// Looks like a space without being one (Hangul filler, blank Braille cell).
    pub(crate) fn is_filler(self) -> bool {
        self.0 & FILLER != 0
    }

    /// Folds to several characters, or may combine with its neighbours: the token must be normalised as a whole.
    pub(crate) fn is_slow(self) -> bool {
        self.0 & SLOW != 0
    }
}

/// The flags of several characters, as of one that has all of either's.
impl BitOr for CharInfo {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The flags of several characters, as of one that has what both have.
impl BitAnd for CharInfo {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// Zero until a character is first met: a text has few different ones, and asking Unicode's properties takes a while. Of the
/// table's memory only what is touched is real.
static TABLE: [AtomicU32; 0x11_0000] = [const { AtomicU32::new(0) }; 0x11_0000];

/// Threads that meet a character at once find the same.
#[cold]
#[inline(never)]
fn learn(c: char) -> CharInfo {
    let info = describe(c);
    TABLE[c as usize].store(info.0, Ordering::Relaxed);
    info
}

fn describe(c: char) -> CharInfo {
    let class = class(c);
    let (folded, slow) = if class == Class::Digit {
        (decimal_digit(c), false)
    } else {
        match fold::single(c) {
            Some(folded) => (folded, is_composing(c, class)),
            None => (c, true),
        }
    };
    let flags = [
        (LATIN, script(c) == Script::Latin),
        (IMITATING, matches!(script(c), Script::Cyrillic | Script::Greek)),
        (LOOK_ALIKE, fold::latin(c) != c),
        (FILLER, is_filler(c)),
        (SLOW, slow),
    ];
    let flags = flags.iter().filter(|(_, has)| *has).fold(0, |all, (flag, _)| all | flag);
    CharInfo(folded as u32 | (class as u32) << CLASS_SHIFT | flags | KNOWN)
}

/// Whether `c` is a Hangul syllable.
pub(crate) fn is_syllable(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// Whether `c` is a Chinese character of the plane of most scripts.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// Whether `c` may combine with what stands before it, so that its token must be composed as a whole.
fn is_composing(c: char, class: Class) -> bool {
    class == Class::Mark || matches!(c, '\u{1160}'..='\u{11FF}')
}

fn is_filler(c: char) -> bool {
    matches!(c, '\u{3164}' | '\u{FFA0}' | '\u{2800}')
}

fn class(c: char) -> Class {
    if is_filler(c) {
        return Class::Space;
    }
    match c {
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => return Class::Newline,
        '%' | '‰' | '‱' | '٪' | '％' => return Class::Symbol,
        '々' | '〆' | '〇' | 'ー' | 'ｰ' => return Class::Character,
        '…' | '⋯' => return Class::Terminal,
        '_' | '\u{FF3F}' => return Class::Connector,
        // Half-width voicing marks compose with the kana before them.
        '\u{FF9E}' | '\u{FF9F}' => return Class::Mark,
        _ => {}
    }
    if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) || is_overlay(c) {
        return Class::Hidden;
    }
    by_category(c)
}

/// A mark drawn over its letter (strike-through): decoration, not spelling.
fn is_overlay(c: char) -> bool {
    CodePointMapData::<CanonicalCombiningClass>::new().get(c) == CanonicalCombiningClass::Overlay
}

fn by_category(c: char) -> Class {
    use GeneralCategory as G;
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let letter = matches!(
        category,
        G::UppercaseLetter | G::LowercaseLetter | G::TitlecaseLetter | G::ModifierLetter | G::OtherLetter
    );
    let mark = matches!(category, G::NonspacingMark | G::SpacingMark | G::EnclosingMark);
    if (letter || mark) && CodePointMapData::<LineBreak>::new().get(c) == LineBreak::ComplexContext {
        return Class::Complex;
    }
    if letter && is_character(c) {
        return Class::Character;
    }
    if CodePointSetData::new::<SentenceTerminal>().contains(c) {
        return Class::Terminal;
    }
    match category {
        G::DecimalNumber => Class::Digit,
        G::LetterNumber | G::OtherNumber => Class::Letter,
        _ if letter => Class::Letter,
        _ if mark => Class::Mark,
        G::CurrencySymbol | G::OtherSymbol => Class::Symbol,
        G::OpenPunctuation | G::InitialPunctuation => Class::Open,
        G::ClosePunctuation | G::FinalPunctuation => Class::Close,
        G::ConnectorPunctuation | G::DashPunctuation | G::OtherPunctuation | G::MathSymbol | G::ModifierSymbol => {
            Class::Punctuation
        }
        _ => Class::Space,
    }
}

/// Han and kana: scripts whose characters are tokens.
fn is_character(c: char) -> bool {
    CodePointSetData::new::<Ideographic>().contains(c)
        || matches!(script(c), Script::Hiragana | Script::Katakana | Script::Han | Script::Bopomofo | Script::Yi)
}

/// The ASCII digit of the same value. Decimal digits come in unbroken runs of ten (Unicode Standard, section 4.6).
fn decimal_digit(c: char) -> char {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let is_digit = |code| char::from_u32(code).is_some_and(|c| categories.get(c) == GeneralCategory::DecimalNumber);
    let mut first = c as u32;
    while first > 0 && is_digit(first - 1) {
        first -= 1;
    }
    char::from_digit((c as u32 - first) % 10, 10).expect("a remainder of ten is a digit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_the_scripts() {
        for (c, class) in [
            ('é', Class::Letter),
            ('한', Class::Letter),
            ('漢', Class::Character),
            ('カ', Class::Character),
            ('ー', Class::Character),
            ('ก', Class::Complex),
            ('ك', Class::Letter),
            ('٣', Class::Digit),
            ('\u{301}', Class::Mark),
            ('\u{200B}', Class::Hidden),
            ('\u{AD}', Class::Hidden),
            ('\u{202E}', Class::Hidden),
            ('\u{336}', Class::Hidden),
            ('\u{3164}', Class::Space),
            ('。', Class::Terminal),
            ('؟', Class::Terminal),
            ('「', Class::Open),
            ('€', Class::Symbol),
            ('🙂', Class::Symbol),
            ('，', Class::Punctuation),
        ] {
            assert_eq!(CharInfo::of(c).class(), class, "{c:?}");
        }
    }

    #[test]
    fn folding_maps_case_width_digits_and_variants() {
        for (c, folded) in [('É', 'é'), ('Ａ', 'a'), ('٣', '3'), ('𝟗', '9'), ('會', '会'), ('国', '国'), ('ｶ', 'カ')]
        {
            assert_eq!(CharInfo::of(c).folded(), folded, "{c:?}");
            assert!(!CharInfo::of(c).is_slow(), "{c:?}");
        }
        assert!(CharInfo::of('ﬁ').is_slow());
        assert!(CharInfo::of('\u{301}').is_slow());
    }
}
