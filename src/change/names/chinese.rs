//! Names in Chinese: listed, ending as organisations and places do, or a surname beside a title.

use super::Name;
use super::listed::{folded, key};
use crate::change::lexicon::hashed;
use crate::change::tables::{CHINESE_TITLES, CHINESE_WORDS, WIDE_NAMES};
use crate::span::Span;
use crate::text::Tokenised;
use std::ops::Range;

/// Longest name of an organisation, its ending included, in characters.
const LONGEST: u32 = 10;
/// Longest ending or title, in characters.
const LONGEST_ENDING: u32 = 6;
/// Abbreviations of countries, of which two together are two countries: 中韩.
const PAIRED: [(&str, &str); 10] = [
    ("中", "中国"),
    ("韩", "韩国"),
    ("日", "日本"),
    ("美", "美国"),
    ("英", "英国"),
    ("俄", "俄罗斯"),
    ("法", "法国"),
    ("德", "德国"),
    ("印", "印度"),
    ("朝", "朝鲜"),
];

/// The name that begins at token `at`, a character.
pub(super) fn name(text: &Tokenised<'_>, at: u32, within: Range<u32>) -> Option<Name> {
    let run = Run { text, within };
    run.listed(at)
        .or_else(|| run.paired(at))
        .or_else(|| run.person(at))
        .or_else(|| run.organisation(at))
        .or_else(|| run.transliterated(at))
}

/// Whether a token is a surname of one character.
pub(in crate::change) fn is_surname(text: &Tokenised<'_>, token: u32) -> bool {
    let run = Run { text, within: token..token + 1 };
    run.characters(token, token + 1).is_some_and(|c| CHINESE_WORDS.has("surname", &c))
}

/// Whether `tokens` are two to six characters that write foreign names by their sound, and nothing else.
pub(in crate::change) fn sounds_foreign(text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
    let run = Run { text, within: tokens.clone() };
    let sound = |at: u32| run.characters(at, at + 1).is_some_and(|c| CHINESE_WORDS.has("translit", &c));
    (2..=6).contains(&tokens.len()) && tokens.clone().all(sound)
}

struct Run<'t> {
    text: &'t Tokenised<'t>,
    within: Range<u32>,
}

impl Run<'_> {
    /// The folded characters of `from..to`, if nothing stands between them.
    fn characters(&self, from: u32, to: u32) -> Option<String> {
        if from >= to || to > self.within.end || from < self.within.start {
            return None;
        }
        let span = Span::new(self.text.span(from as usize).start, self.text.span(to as usize - 1).end);
        let together = (from + 1..to).all(|at| self.text.places[at as usize].0 == self.text.places[at as usize - 1].1);
        let han =
            |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c) || ('\u{F900}'..='\u{FAFF}').contains(&c) || c == '〇';
        let piece = span.of(self.text.text);
        (together && piece.chars().all(han)).then(|| folded(piece))
    }

    fn make(&self, tokens: Range<u32>, key: String) -> Name {
        let span = Span::new(self.text.span(tokens.start as usize).start, self.text.span(tokens.end as usize - 1).end);
        Name { span, bare: span, tokens, words: vec![key] }
    }

    fn listed(&self, at: u32) -> Option<Name> {
        let listed = &WIDE_NAMES;
        let most = (listed.longest_characters as u32).min(self.within.end - at);
        (2..=most).rev().find_map(|count| {
            let number = listed.number(&self.characters(at, at + count)?)?;
            // 东海 is a sea, 东海银行 a bank; 外交部 is a ministry, 外交部长 a title.
            let title = (count + 1..=LONGEST_ENDING).any(|longer| self.is_title(at, at + longer));
            (!self.goes_on(at + count) && !title).then(|| self.make(at..at + count, key(number)))
        })
    }

    /// Whether the name of an organisation goes on at `at`.
    fn goes_on(&self, at: u32) -> bool {
        let long = |count| self.characters(at, at + count).is_some_and(|word| CHINESE_WORDS.has("organisation", &word));
        (2..=4).any(long)
    }

    fn paired(&self, at: u32) -> Option<Name> {
        let one =
            |at: u32| self.characters(at, at + 1).and_then(|c| PAIRED.iter().find(|(short, _)| folded(short) == c));
        let before = at.checked_sub(1).and_then(one).is_some_and(|_| self.characters(at - 1, at + 1).is_some());
        let after = self.characters(at, at + 2).is_some() && one(at + 1).is_some_and(|next| Some(next) != one(at));
        let (_, country) = one(at)?;
        let number = WIDE_NAMES.number(&folded(country))?;
        (before || after).then(|| self.make(at..at + 1, key(number)))
    }

    /// A surname and one or two characters, after or before a title.
    fn person(&self, at: u32) -> Option<Name> {
        let surname = [2, 1]
            .into_iter()
            .find(|&count| self.characters(at, at + count).is_some_and(|word| CHINESE_WORDS.has("surname", &word)))?;
        if self.characters(at, at + 2).is_some_and(|word| CHINESE_WORDS.has("common", &word)) {
            return None;
        }
        let after_title = self.title_before(at);
        for given in [2, 1] {
            let end = at + surname + given;
            let Some(name) = self.characters(at, end) else { continue };
            let plain = (at + surname..end).all(|at| {
                !self
                    .characters(at, at + 1)
                    .is_some_and(|c| CHINESE_WORDS.has("stop", &c) || CHINESE_WORDS.has("numeral", &c))
            });
            if plain && (self.title_at(end) || self.takes_office(at, end) || (after_title && !self.splits_word(end))) {
                return Some(self.make(at..end, name));
            }
        }
        None
    }

    /// Whether someone is put in charge: 由王强担任.
    fn takes_office(&self, at: u32, end: u32) -> bool {
        let put = |by: u32| self.characters(by, by + 1).is_some_and(|c| matches!(&c[..], "由" | "为" | "请"));
        let verbs = ["担任", "出任", "接任", "继任", "兼任", "主持", "率领", "负责", "掌舵", "执教", "接替"];
        let charged = self.characters(end, end + 2).is_some_and(|word| verbs.iter().any(|verb| folded(verb) == word));
        charged && at > self.within.start && put(at - 1)
    }

    /// Whether `end` cuts a verb or a title in two, as in 王毅表|示, 顾衡先|生.
    fn splits_word(&self, end: u32) -> bool {
        if end > 0 && self.is_title(end - 1, end + 1) {
            return true;
        }
        let verbs = [
            "表示", "指出", "强调", "宣布", "认为", "会见", "会晤", "访问", "出席", "抵达", "发表", "主持", "说明",
            "告诉", "透露", "克制",
        ];
        end > 0 && self.characters(end - 1, end + 1).is_some_and(|word| verbs.iter().any(|verb| folded(verb) == word))
    }

    /// Characters that write foreign names by their sound: three and more, or two of which the second often ends such
    /// names, after a mark, a stop character or a verb.
    fn transliterated(&self, at: u32) -> Option<Name> {
        if !self.begins(at) {
            return None;
        }
        let sound = |at: &u32| self.characters(*at, at + 1).is_some_and(|c| CHINESE_WORDS.has("translit", &c));
        let plain = |at: u32| self.is_verb(at) || self.is_ordinary(at);
        let count = (at..(at + LONGEST).min(self.within.end)).take_while(|at| sound(at) && !plain(*at)).count() as u32;
        let end = at + count;
        let ends = || self.characters(end - 1, end).is_some_and(|c| CHINESE_WORDS.has("translit-end", &c));
        let name = self.characters(at, end)?;
        (count >= 3 || count == 2 && ends() && !self.splits_word(end)).then(|| self.make(at..end, name))
    }

    /// Whether a name may begin at `at`: at the start, after a mark, a stop character or a verb.
    fn begins(&self, at: u32) -> bool {
        at == self.within.start
            // 指 ends what stands before it, and the verb 指责 does not.
            || (self.is_border(at - 1) && !self.is_verb(at - 1))
            || self.characters(at - 1, at + 1).is_none()
            || (at >= 2 && self.is_verb(at - 2))
    }

    /// Whether a word of two characters begins at `at` with which no name begins.
    fn is_ordinary(&self, at: u32) -> bool {
        self.characters(at, at + 2).is_some_and(|word| CHINESE_WORDS.has("ordinary", &word))
    }

    fn is_title(&self, from: u32, to: u32) -> bool {
        self.characters(from, to).is_some_and(|word| CHINESE_TITLES.has(hashed(&word)))
    }

    fn title_before(&self, at: u32) -> bool {
        (2..=LONGEST_ENDING.min(at.saturating_sub(self.within.start)))
            .any(|count| self.characters(at - count, at).is_some_and(|word| CHINESE_TITLES.has(hashed(&word))))
    }

    fn title_at(&self, at: u32) -> bool {
        (2..=LONGEST_ENDING)
            .any(|count| self.characters(at, at + count).is_some_and(|word| CHINESE_TITLES.has(hashed(&word))))
    }

    /// Characters up to an ending of organisations or places, from after a mark, a stop character or a name on.
    fn organisation(&self, at: u32) -> Option<Name> {
        let first = self.characters(at, at + 1)?;
        if !self.begins(at) || CHINESE_WORDS.has("stop", &first) || self.is_verb(at) || self.is_ordinary(at) {
            return None;
        }
        let mut best = None;
        for end in at + 2..=(at + LONGEST).min(self.within.end) {
            let Some(whole) = self.characters(at, end) else { break };
            let ends = self.ending(at, end) && !CHINESE_WORDS.has("common", &whole);
            if ends {
                best = Some(end);
            } else if self.is_border(end - 1) || self.is_verb(end - 2) {
                break;
            }
        }
        let end = best?;
        Some(self.make(at..end, self.characters(at, end)?))
    }

    /// Whether `at..end` ends as an organisation or place does, with enough before the ending.
    fn ending(&self, at: u32, end: u32) -> bool {
        (1..=4.min(end - at)).any(|count| {
            let before = end - at - count;
            let Some(word) = self.characters(end - count, end) else { return false };
            let organisation = CHINESE_WORDS.has("organisation", &word);
            match count {
                // 矿工全部, 解决部分: the ending belongs to another word.
                1 if self.characters(end - 1, end + 1).is_some_and(|word| CHINESE_WORDS.has("onward", &word)) => false,
                1 if self.characters(end - 2, end).is_some_and(|word| CHINESE_WORDS.has("common", &word)) => false,
                1 => (organisation && (2..=4).contains(&before)) || (CHINESE_WORDS.has("place", &word) && before == 2),
                _ => organisation && (2..=6).contains(&before),
            }
        })
    }

    /// Whether a verb of two characters begins at `at`.
    fn is_verb(&self, at: u32) -> bool {
        self.characters(at, at + 2).is_some_and(|word| CHINESE_WORDS.has("verb", &word))
    }

    fn is_border(&self, at: u32) -> bool {
        let free = || at > 0 && self.characters(at - 1, at + 1).is_some_and(|word| &*word == "自由");
        self.characters(at, at + 1).is_none_or(|c| CHINESE_WORDS.has("stop", &c)) && !free()
    }
}
