//! Names: persons, places and organisations. In Latin script runs of capitalised words; in Korean and Chinese what a list
//! knows, what ends as organisations and places do, and what stands beside a title.

mod chinese;
mod korean;
mod latin;
mod listed;

pub(super) use chinese::{ends_site, is_surname, joins, sounds_foreign};
pub(crate) use korean::is_particle as is_korean_particle;
pub(super) use korean::{
    ends_in_title, is_common, is_full_name, is_listed_common, is_title, sounds_foreign as sounds_foreign_in_korean,
};
pub(super) use latin::listed_words;
pub(super) use listed::{Listed, Words};

use super::reading::{Mask, NAME};
use super::signs::{Sign, Signs};
use super::tables::english;
use crate::span::Span;
use crate::text::{Tokenised, is_han};
use std::ops::Range;

/// Fewest letters of a place whose people are told by its name with an "n".
const DEMONYM: usize = 7;

/// Fewest characters of a name that another character may stand before.
const LED_IN: usize = 4;

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Bytes of the text, titles included.
    pub span: Span,
    /// Bytes of the name alone.
    pub bare: Span,
    /// Tokens of the text.
    pub tokens: Range<u32>,
    /// What is compared: the number of a listed name, or its words in order, without titles.
    pub words: Vec<String>,
}

impl Name {
    /// Whether both may mean the same: the same words in any order, a part of the other, or its initials.
    pub(super) fn means(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let all = short.words.iter().all(|word| long.words.iter().any(|other| like(word, other)));
        // A deputy minister is no minister.
        let ranks = |name: &Self| name.words.iter().filter(|word| english::RANK.contains(&&***word)).count();
        (all && !short.words.is_empty() && ranks(short) == ranks(long))
            || is_acronym(short, long)
            || is_shortened(short, long)
            || is_led_in(self, other)
            || is_led_in(other, self)
            || is_demonym(self, other)
            || is_demonym(other, self)
    }

    /// The words of the name as one key: equal for names written alike.
    pub(super) fn key(&self) -> String {
        if let [word] = &self.words[..] {
            return word.clone();
        }
        let mut words = self.words.clone();
        words.sort_unstable();
        words.join(" ")
    }

    pub(super) fn mask(&self) -> Mask {
        Mask { span: self.bare, sign: NAME }
    }
}

/// Words of names that differ in accents or a doubled letter alone.
fn like(a: &str, b: &str) -> bool {
    let american = super::harmless::american;
    // What both comparisons leave of the first letter is the letter, but for these.
    let begin = |word: &str| word.bytes().next().filter(|byte| byte.is_ascii_alphabetic() && !b"aeioy".contains(byte));
    let may_meet = begin(a).is_none() || begin(b).is_none() || begin(a) == begin(b);
    a == b || (may_meet && a.len().min(b.len()) >= 5 && (plain(a) == plain(b) || american(a) == american(b)))
}

/// Whether a name is what people of a place are called whose name ends in a vowel: Osterra, Osterran. Short ones are given names
/// as well: Julia, Julian.
fn is_demonym(name: &Name, place: &Name) -> bool {
    let ([name], [place]) = (&name.words[..], &place.words[..]) else { return false };
    place.len() >= DEMONYM && place.ends_with(['a', 'o']) && name.strip_suffix('n') == Some(place)
}

/// A word without what transliterations disagree on: accents, doubled letters, y for i, hyphens.
fn plain(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        let c = match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'y' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
            'ç' | 'č' | 'ć' => 'c',
            'ñ' | 'ń' => 'n',
            'š' | 'ś' | 'ş' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'ł' => 'l',
            '-' | '\'' => continue,
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Whether a Chinese name is another with characters left out inside: 公路局, 公路管理局.
fn is_shortened(one: &Name, two: &Name) -> bool {
    let ([one], [two]) = (&one.words[..], &two.words[..]) else { return false };
    let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
    let han = short.chars().all(is_han) && short.chars().count() >= 3;
    let mut rest = long.chars();
    let ends = short.chars().next() == long.chars().next() && short.chars().next_back() == long.chars().next_back();
    han && ends && short.len() < long.len() && short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether a Chinese name is the other one with one more character before it: 原手术医院.
fn is_led_in(name: &Name, other: &Name) -> bool {
    let ([name], [other]) = (&name.words[..], &other.words[..]) else { return false };
    let before = name.strip_suffix(&**other).unwrap_or_default();
    // 省教育厅, 教育厅.
    let fewest = if matches!(before, "省" | "市" | "县" | "区" | "州") { LED_IN - 1 } else { LED_IN };
    before.chars().count() == 1 && before.chars().all(is_han) && other.chars().count() >= fewest
}

/// Whether the one word of `short` is the initials of `long`.
fn is_acronym(short: &Name, long: &Name) -> bool {
    let [word] = &short.words[..] else { return false };
    // A listed name inside, the adjective of a country, is a number here: it may begin with any letter.
    let initials = || long.words.iter().filter_map(|word| word.chars().next());
    let known = initials().filter(|&initial| initial != '=').count();
    let fits = |(letter, initial): (char, char)| letter == initial || initial == '=' && known >= 2;
    word.len() >= 2 && word.len() == long.words.len() && word.chars().zip(initials()).all(fits)
}

/// The names in `tokens`, in order and disjoint. `masks` are the values, which are no names; `signs`, where they are known,
/// tell which tokens are capitals. Cost: linear.
pub(super) fn names(text: &Tokenised<'_>, tokens: Range<u32>, masks: &[Mask], signs: Option<&Signs>) -> Vec<Name> {
    let mut names = Vec::new();
    let run = latin::Run::new(text, tokens.clone(), masks);
    let (mut at, mut after) = (tokens.start, tokens.start);
    while at < tokens.end {
        if let Some(signs) = signs {
            let Some(capital) = signs.next_with(at, Sign::CAPITAL) else { break };
            at = capital;
        }
        let span = text.span(at as usize);
        let first = span.of(text.text).chars().next().unwrap_or(' ');
        let masked = masks.partition_point(|mask| mask.span.end <= span.start);
        if masks.get(masked).is_some_and(|mask| mask.span.start <= span.start) {
            at += 1;
            continue;
        }
        let found = match first {
            '\u{AC00}'..='\u{D7A3}' => korean::name(text, at, tokens.clone()),
            c if is_han(c) => {
                korean::nation_in_han(text, at).or_else(|| chinese::name(text, at, tokens.clone(), after))
            }
            c if c.is_uppercase() => latin::name(&run, at),
            _ => None,
        };
        match found {
            Some(name) => {
                at = name.tokens.end.max(at + 1);
                after = at;
                names.push(name);
            }
            None => at += 1,
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    fn bare(text: &str) -> Vec<&str> {
        let tokens = tokenise(text);
        names(&tokens, 0..tokens.len() as u32, &[], None).into_iter().map(|name| name.bare.of(text)).collect()
    }

    #[test]
    fn capitals_make_names_and_sentence_starts_do_not() {
        assert_eq!(bare("The talks in Geneva, said Foreign Minister Hallberg."), ["Geneva", "Hallberg"]);
        assert_eq!(bare("Inflation rose. Officials met."), [""; 0]);
        assert_eq!(bare("Norway sued Iceland."), ["Norway", "Iceland"]);
        assert_eq!(bare("the Ministry of Finance and J. Smith"), ["Ministry of Finance", "J. Smith"]);
        assert_eq!(bare("STATEMENT ON AN INCIDENT AT THE SOUTHERN PORT"), [""; 0]);
    }

    #[test]
    fn korean_names_are_listed_end_like_one_or_have_a_title() {
        assert_eq!(bare("한국과 중국은 협의를 시작한다."), ["한국", "중국"]);
        assert_eq!(bare("김민수 판사는 동해건설에 정부 입장을 물었다."), ["김민수", "동해건설"]);
        assert_eq!(bare("정부는 일부 도로를 다시 열었다."), [""; 0]);
    }

    #[test]
    fn chinese_names_likewise() {
        assert_eq!(bare("外交部长林国栋在日内瓦会见了代表团。"), ["林国栋", "日内瓦"]);
        assert_eq!(bare("报价最低的东海建设公司赢得了合同。"), ["东海建设公司"]);
        assert_eq!(bare("公司决定全部撤出。"), [""; 0]);
    }

    #[test]
    fn one_name_written_two_ways_is_one() {
        let means = |a: &str, b: &str| {
            let of = |text: &str| {
                let tokens = tokenise(text);
                names(&tokens, 0..tokens.len() as u32, &[], None).remove(0)
            };
            of(a).means(&of(b))
        };
        for (a, b) in [
            ("in the Republic of Korea", "in South Korea"),
            ("by Xi Jinping", "by President Xi"),
            ("the World Bee Council", "the WBC"),
            ("the UN Secretary-General", "the Secretary-General of the United Nations"),
            ("in Tromsø", "in Tromso"),
            ("by Zelenskyy", "by Zelensky"),
        ] {
            assert!(means(a, b), "{a} / {b}");
        }
        for (a, b) in [("in Slovakia", "in Slovenia"), ("by Daniel Okafor", "by David Okafor"), ("in Iran", "in Iraq")]
        {
            assert!(!means(a, b), "{a} / {b}");
        }
    }
}
