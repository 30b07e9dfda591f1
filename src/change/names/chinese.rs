//! Names in Chinese: listed, ending as organisations and places do, or a surname beside a title.

use super::Name;
use super::listed::{folded, key};
use crate::change::tables::{CHINESE_TITLES, CHINESE_WORDS, WIDE_NAMES, chinese};
use crate::span::Span;
use crate::text::{Token, TokenClass, Tokenised, dictionary, fold};
use std::ops::Range;
use std::sync::LazyLock;

/// Longest name of an organisation, its ending included, in characters.
const LONGEST: u32 = 10;
/// Longest ending or title, in characters.
const LONGEST_ENDING: u32 = 6;
/// Characters of a word in which a foreign name may seem to begin, before and behind that place.
const WORD: u32 = 3;
/// Longest word looked up, in characters, and bytes of a character at most.
const LONGEST_WORD: u32 = 16;
const BYTES: usize = 4;

/// The name that begins at token `at`, a character.
/// `after` is where the last name ended.
pub(super) fn name(text: &Tokenised<'_>, at: u32, within: Range<u32>, after: u32) -> Option<Name> {
    let run = Run { text, within, after };
    run.listed(at)
        .or_else(|| run.paired(at))
        .or_else(|| run.person(at))
        .or_else(|| run.organisation(at))
        .or_else(|| run.transliterated(at))
}

/// Whether a token is a surname of one character.
pub(in crate::change) fn is_surname(text: &Tokenised<'_>, token: u32) -> bool {
    Run { text, within: token..token + 1, after: token }.is_one(token, |kinds| kinds.surname)
}

/// Whether `tokens`, of which there are few, are what the names of places, organisations and buildings end in.
pub(in crate::change) fn ends_site(text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
    let run = Run { text, within: tokens.clone(), after: tokens.start };
    run.is(tokens.start, tokens.end, |kinds| kinds.site | kinds.place | kinds.organisation)
}

/// Whether a token is a character that stands in few names: one that joins words, or a numeral.
pub(in crate::change) fn joins(text: &Tokenised<'_>, token: u32) -> bool {
    let run = Run { text, within: token..token + 1, after: token };
    run.character(token).is_none() || run.is_one(token, |kinds| kinds.stop | kinds.numeral)
}

/// Whether `tokens` are two to six characters that write foreign names by their sound, and nothing else.
pub(in crate::change) fn sounds_foreign(text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
    let run = Run { text, within: tokens.clone(), after: tokens.start };
    (2..=6).contains(&tokens.len()) && tokens.clone().all(|at| run.is_one(at, |kinds| kinds.sound))
}

/// The sections of the data file, a bit for each.
struct Kinds {
    surname: u16,
    organisation: u16,
    place: u16,
    stop: u16,
    common: u16,
    ordinary: u16,
    verb: u16,
    numeral: u16,
    sound: u16,
    sound_end: u16,
    onward: u16,
    charge: u16,
    speech: u16,
    site: u16,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let of = |section| CHINESE_WORDS.section(section);
    Kinds {
        surname: of("surname"),
        organisation: of("organisation"),
        place: of("place"),
        stop: of("stop"),
        common: of("common"),
        ordinary: of("ordinary"),
        verb: of("verb"),
        numeral: of("numeral"),
        sound: of("translit"),
        sound_end: of("translit-end"),
        onward: of("onward"),
        charge: of("charge"),
        speech: of("speech"),
        site: of("site"),
    }
});

/// A country by the one character that stands for it beside another one: 中韩.
fn country(c: char) -> Option<&'static str> {
    Some(match c {
        '中' => "中国",
        '韩' | '韓' => "韩国",
        '日' => "日本",
        '美' => "美国",
        '英' => "英国",
        '俄' => "俄罗斯",
        '法' => "法国",
        '德' => "德国",
        '印' => "印度",
        '朝' => "朝鲜",
        _ => return None,
    })
}

struct Run<'t> {
    text: &'t Tokenised<'t>,
    within: Range<u32>,
    /// Where the last name ended.
    after: u32,
}

impl Run<'_> {
    /// The character at `at`, as it is written, if it is one of Han.
    fn character(&self, at: u32) -> Option<char> {
        if !self.within.contains(&at) {
            return None;
        }
        let mut written = self.text.span(at as usize).of(self.text.text).chars();
        let (first, more) = (written.next()?, written.next());
        let han = matches!(first, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇');
        (han && more.is_none()).then_some(first)
    }

    /// Whether nothing stands between a character and the one before it.
    fn touches(&self, at: u32) -> bool {
        self.text.places[at as usize].0 == self.text.places[at as usize - 1].1
    }

    /// The word of the characters `from..to`, if nothing stands between them. Cost: linear in them.
    fn word(&self, from: u32, to: u32) -> Option<Token> {
        if from >= to || to > self.within.end || from < self.within.start || to - from > LONGEST_WORD {
            return None;
        }
        if to == from + 1 {
            return self.character(from).map(|_| self.text.tokens[from as usize].as_word());
        }
        let mut bytes = [0; LONGEST_WORD as usize * BYTES];
        let mut len = 0;
        for at in from..to {
            if at > from && !self.touches(at) {
                return None;
            }
            len += fold::character(self.character(at)?).encode_utf8(&mut bytes[len..]).len();
        }
        Some(Token::new(&bytes[..len], TokenClass::Word))
    }

    /// The same in folded form, for good.
    fn folded(&self, from: u32, to: u32) -> Option<String> {
        self.word(from, to)?;
        (from..to).map(|at| self.character(at).map(fold::character)).collect()
    }

    /// Whether the characters `from..to` are a word of a kind.
    fn is(&self, from: u32, to: u32, kind: impl Fn(&Kinds) -> u16) -> bool {
        self.word(from, to).is_some_and(|word| CHINESE_WORDS.sections_of(word) & kind(&KINDS) != 0)
    }

    fn is_one(&self, at: u32, kind: impl Fn(&Kinds) -> u16) -> bool {
        self.is(at, at + 1, kind)
    }

    /// Whether the two characters at `at` are a word of a kind.
    fn is_two(&self, at: u32, kind: impl Fn(&Kinds) -> u16) -> bool {
        self.is(at, at + 2, kind)
    }

    fn make(&self, tokens: Range<u32>, key: String) -> Name {
        let span = Span::new(self.text.span(tokens.start as usize).start, self.text.span(tokens.end as usize - 1).end);
        Name { span, bare: span, tokens, words: vec![key] }
    }

    fn listed(&self, at: u32) -> Option<Name> {
        let listed = &WIDE_NAMES;
        if !listed.begins_with(self.word(at, at + 2)?) {
            return None;
        }
        let most = (listed.longest_characters as u32).min(self.within.end - at);
        (2..=most).rev().find_map(|count| {
            let number = listed.names.get(self.word(at, at + count)?)?;
            // 东海 is a sea, 东海银行 a bank; 外交部 is a ministry, 外交部长 a title.
            let title = (count + 1..=LONGEST_ENDING).any(|longer| self.is_title(at, at + longer));
            (!self.goes_on(at + count) && !title && !self.is_of_ground(at + count) && !self.ends_before(at))
                .then(|| self.make(at..at + count, key(number)))
        })
    }

    /// Whether the last character before `at` is that of a word for a place: 沿海地区 is not in Haiti.
    fn is_of_ground(&self, at: u32) -> bool {
        let next = || self.within.contains(&at).then(|| self.character(at)).flatten();
        self.character(at - 1) == Some('地')
            && matches!(next(), Some('区' | '區' | '方' | '带' | '帶' | '点' | '點' | '震'))
    }

    /// Whether the first character belongs to the end of an organisation: 气象台|中午 is not in Taichung.
    fn ends_before(&self, at: u32) -> bool {
        (3..=4).any(|count| at + 1 >= count && self.is(at + 1 - count, at + 1, |kinds| kinds.organisation))
    }

    /// Whether the name of an organisation goes on at `at`.
    fn goes_on(&self, at: u32) -> bool {
        (2..=4).any(|count| self.is(at, at + count, |kinds| kinds.organisation))
    }

    fn paired(&self, at: u32) -> Option<Name> {
        let one = |at: u32| self.character(at).and_then(country);
        let country = one(at)?;
        let before = at.checked_sub(1).and_then(one).is_some() && self.touches(at);
        let after = || one(at + 1).is_some_and(|next| next != country) && self.touches(at + 1);
        let number = WIDE_NAMES.number(&folded(country))?;
        (before || after()).then(|| self.make(at..at + 1, key(number)))
    }

    /// A surname and one or two characters, after or before a title.
    fn person(&self, at: u32) -> Option<Name> {
        let surname = [2, 1].into_iter().find(|&count| self.is(at, at + count, |kinds| kinds.surname))?;
        // 葛某, 郭某某: whoever it is.
        let unnamed = at + surname;
        let is_some = |at: u32| {
            matches!(
                self.character(at),
                Some('些' | '个' | '種' | '种' | '一' | '人' | '国' | '日' | '天' | '年' | '地')
            )
        };
        if self.character(unnamed) == Some('某') && self.touches(unnamed) && !is_some(unnamed + 1) {
            let again = self.character(unnamed + 1) == Some('某') && self.touches(unnamed + 1);
            let end = unnamed + 1 + u32::from(again);
            return Some(self.make(at..end, self.folded(at, end)?));
        }
        // 柯姓男子.
        let is_called = !matches!(self.character(unnamed + 1), Some('名' | '氏') | None);
        if self.character(unnamed) == Some('姓') && self.touches(unnamed) && is_called {
            return Some(self.make(at..unnamed + 1, self.folded(at, unnamed + 1)?));
        }
        if self.is_two(at, |kinds| kinds.common) {
            return None;
        }
        let after_title = self.title_before(at);
        for given in [2, 1] {
            let end = at + surname + given;
            let plain = !(at + surname..end).any(|at| self.is_one(at, |kinds| kinds.stop | kinds.numeral));
            if plain
                && self.word(at, end).is_some()
                && (self.touched_by_title(end) || self.takes_office(at, end) || (after_title && !self.splits_word(end)))
            {
                return Some(self.make(at..end, self.folded(at, end)?));
            }
        }
        None
    }

    /// Whether someone is put in charge: 由王强担任.
    fn takes_office(&self, at: u32, end: u32) -> bool {
        let put = |by: u32| self.character(by).is_some_and(|c| matches!(c, '由' | '为' | '為' | '请' | '請'));
        self.is_two(end, |kinds| kinds.charge) && at > self.within.start && put(at - 1)
    }

    /// Whether `end` cuts a verb or a title in two, as in 王毅表|示, 顾衡先|生.
    fn splits_word(&self, end: u32) -> bool {
        end > 0 && (self.is_title(end - 1, end + 1) || self.is_two(end - 1, |kinds| kinds.speech))
    }

    /// Characters that write foreign names by their sound: three and more, or two of which the second often ends such
    /// names, after a mark, a stop character or a verb.
    fn transliterated(&self, at: u32) -> Option<Name> {
        let sound = |at: u32| self.is_one(at, |kinds| kinds.sound);
        if !sound(at) {
            return None;
        }
        if let Some(name) = self.dotted(at) {
            return Some(name);
        }
        // Behind a title a foreigner may be told by the last part of the name alone.
        if !self.begins(at) && !self.title_before(at) {
            return None;
        }
        let plain = |at: u32| self.is_two(at, |kinds| kinds.verb | kinds.ordinary);
        let count = (at..(at + LONGEST).min(self.within.end)).take_while(|&at| sound(at) && !plain(at)).count() as u32;
        // 马丁内斯|赛后, 加时赛|里.
        let end = if count > 1 && !self.is_inside_word(at) { self.cut(at, at + count) } else { at };
        let count = end - at;
        let ends = || self.is_one(end - 1, |kinds| kinds.sound_end);
        let name = self.folded(at, end)?;
        (count >= 3 || count == 2 && ends() && !self.splits_word(end)).then(|| self.make(at..end, name))
    }

    /// Whether the dictionary knows a word that begins before `at` and goes on behind it.
    fn is_inside_word(&self, at: u32) -> bool {
        let first = at.saturating_sub(WORD).max(self.within.start);
        let before = (first..at).rev().take_while(|&before| self.touches(before + 1)).count() as u32;
        let span = self.text.span_of(&(at - before..(at + WORD).min(self.within.end)));
        let inside = self.text.span(at as usize).start - span.start;
        !dictionary::borders(span.of(self.text.text)).any(|border| border == inside)
    }

    /// A foreign name in parts with a dot between them, each in characters that write such names: 奥斯卡·林德.
    fn dotted(&self, at: u32) -> Option<Name> {
        let sound = |at: u32| self.is_one(at, |kinds| kinds.sound);
        let part_end = |at: u32| {
            let next = |at: &u32| sound(*at + 1) && self.touches(*at + 1);
            at + 1 + (at..at + LONGEST).take_while(next).count() as u32
        };
        let begun = at > self.within.start && sound(at - 1) && self.touches(at);
        let dot = |end: u32| {
            let inside = self.within.contains(&end) && sound(end);
            inside && {
                let (before, after) = (self.text.span(end as usize - 1).end, self.text.span(end as usize).start);
                matches!(&self.text.text[before..after], "·" | "・" | "•" | "‧")
            }
        };
        let first = part_end(at);
        if begun || !dot(first) {
            return None;
        }
        let mut parts: Vec<Range<u32>> = Vec::new();
        parts.push(at..first);
        while let Some(part) = parts.last().map(|part| part.end).filter(|&end| dot(end)) {
            parts.push(part..part_end(part));
        }
        let last = parts.last_mut()?;
        last.end = self.cut(last.start, last.end);
        let end = last.end;
        // Its parts are words of it: someone may be told by the last one alone.
        let words = parts.into_iter().map(|part| part.map(|at| self.character(at).map(fold::character)).collect());
        let words = words.collect::<Option<Vec<String>>>()?;
        Some(Name { words, ..self.make(at..end, String::new()) })
    }

    /// Where a name ends whose last part begins at `first`: before a word that reaches beyond what sounds like part of it, as in
    /// 林德|加盟, and before small words, as in 林德|因|伤.
    fn cut(&self, first: u32, end: u32) -> u32 {
        let limit = self.within.end.min(end + LONGEST_ENDING);
        let rest = (end..limit).take_while(|&at| self.touches(at)).count() as u32;
        let span = self.text.span_of(&(first..end + rest));
        let token = |border: usize| first + self.text.count_before(first as usize, span.start + border) as u32;
        let borders: Vec<u32> = dictionary::borders(span.of(self.text.text)).map(token).collect();
        let across = borders.windows(2).find(|pair| pair[0] > first && pair[0] < end && pair[1] > end);
        let last = across.map_or(end, |pair| pair[0]);
        let small = last > first + 1 && matches!(self.character(last - 1), Some('因' | '比' | '对' | '让'));
        last - u32::from(small)
    }

    /// Whether a name may begin at `at`: at the start, after another name, a mark, a stop character or a verb.
    fn begins(&self, at: u32) -> bool {
        at == self.within.start
            // 青海省门源县, where the province may be listed without its ending
            || at == self.after && !self.title_at(at)
            || at == self.after + 1 && at > self.within.start + 1 && self.is_one(self.after, |kinds| kinds.place)
            // 指 ends what stands before it, and the verb 指责 does not.
            || (self.is_border(at - 1) && !self.is_verb(at - 1))
            || self.word(at - 1, at + 1).is_none()
            || (at >= 2 && self.is_verb(at - 2))
    }

    fn is_title(&self, from: u32, to: u32) -> bool {
        self.word(from, to).is_some_and(|word| CHINESE_TITLES.has(word))
    }

    fn title_before(&self, at: u32) -> bool {
        let most = LONGEST_ENDING.min(at.saturating_sub(self.within.start));
        (2..=most).any(|count| self.is_title(at - count, at))
    }

    /// Whether a title follows with nothing between: not 缺席训练，主帅.
    fn touched_by_title(&self, at: u32) -> bool {
        self.within.contains(&at) && self.touches(at) && self.title_at(at)
    }

    fn title_at(&self, at: u32) -> bool {
        (2..=LONGEST_ENDING).any(|count| self.is_title(at, at + count))
    }

    /// Characters up to an ending of organisations or places, from after a mark, a stop character or a name on.
    fn organisation(&self, at: u32) -> Option<Name> {
        if !self.begins(at)
            || self.counts(at)
            || self.is_one(at, |kinds| kinds.stop)
            || self.is_two(at, |kinds| kinds.verb | kinds.ordinary)
        {
            return None;
        }
        let mut best = None;
        for end in at + 2..=(at + LONGEST).min(self.within.end) {
            if self.character(end - 1).is_none() || !self.touches(end - 1) {
                break;
            }
            if self.ending(at, end) && !self.is(at, end, |kinds| kinds.common) {
                best = Some(end);
            } else if self.is_border(end - 1) || self.is_verb(end - 2) {
                break;
            }
        }
        let end = best.filter(|_| !self.cuts_word(at))?;
        // 省高级人民法院: whose it is is told elsewhere.
        let listed = || WIDE_NAMES.names.get(self.word(at + 1, end)?);
        if let Some(number) = self.is_region(at).then(listed).flatten() {
            return Some(self.make(at + 1..end, key(number)));
        }
        Some(self.make(at..end, self.folded(at, end)?))
    }

    /// Whether a name that began at `at` would begin inside a word: 内|容涵盖电力, 双|方司法部.
    fn cuts_word(&self, at: u32) -> bool {
        let leads = |c: char| chinese::INTRODUCING.iter().any(|word| word.starts_with(c));
        if at == self.within.start || !self.touches(at) || self.character(at - 1).is_some_and(leads) {
            return false;
        }
        let last = (at + 1).min(self.within.end - 1);
        let span = self.text.span_of(&(at - 1..last + 1));
        let inside = self.text.span(at as usize).start - span.start;
        self.character(at - 1).is_some() && !dictionary::borders(span.of(self.text.text)).any(|border| border == inside)
    }

    /// Whether a character counts what the digits before it number: 42处景区.
    fn counts(&self, at: u32) -> bool {
        let after_digits = || {
            let before = at.checked_sub(1).filter(|before| self.within.contains(before) && self.touches(at));
            before.is_some_and(|before| {
                self.text.span(before as usize).of(self.text.text).ends_with(|c: char| c.is_ascii_digit())
            })
        };
        self.character(at).is_some_and(|c| chinese::COUNTING.contains(&&*c.encode_utf8(&mut [0; 4]))) && after_digits()
    }

    /// Whether `at..end` ends as an organisation or place does, with enough before the ending.
    fn ending(&self, at: u32, end: u32) -> bool {
        // 大学校董: the last character belongs to the next word.
        if self.is_two(end - 1, |kinds| kinds.onward) {
            return false;
        }
        (1..=4.min(end - at)).any(|count| {
            let before = end - at - count;
            let Some(word) = self.word(end - count, end) else { return false };
            let kinds = CHINESE_WORDS.sections_of(word);
            if kinds & (KINDS.organisation | KINDS.place) == 0 {
                return false;
            }
            let organisation = kinds & KINDS.organisation != 0;
            match count {
                1 if self.is(end.saturating_sub(2), end, |kinds| kinds.common) => false,
                1 => (organisation && (2..=4).contains(&before)) || (kinds & KINDS.place != 0 && before == 2),
                // 省农科院: of what the province has, one is enough.
                _ => organisation && ((2..=6).contains(&before) || before == 1 && self.is_region(at)),
            }
        })
    }

    fn is_region(&self, at: u32) -> bool {
        matches!(self.character(at), Some('省' | '市' | '县' | '縣'))
    }

    /// Whether a verb of two characters begins at `at`.
    fn is_verb(&self, at: u32) -> bool {
        self.is_two(at, |kinds| kinds.verb)
    }

    fn is_border(&self, at: u32) -> bool {
        let free = || {
            let before = at.checked_sub(1).and_then(|at| self.character(at));
            before == Some('自') && self.character(at) == Some('由') && self.touches(at)
        };
        let Some(word) = self.word(at, at + 1) else { return !free() };
        CHINESE_WORDS.sections_of(word) & KINDS.stop != 0 && !free()
    }
}
