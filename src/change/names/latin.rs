//! Names in Latin script and others with capitals: runs of capitalised words.

use super::Name;
use super::listed::{folded, key};
use crate::change::lexicon::{Language, hashed};
use crate::change::reading::Mask;
use crate::change::tables::{INITIAL, LATIN_NAMES, TITLES, english, korean};
use crate::span::Span;
use crate::text::{Sentence, Tokenised, is_syllable};
use std::borrow::Cow;
use std::ops::Range;

/// Longest run of words that is read as one name.
const LONGEST: u32 = 12;
/// Share of capitalised words from which a sentence is a heading, in which capitals say nothing.
const HEADING: f64 = 0.7;

/// The name that begins at token `at`, which begins with a capital.
pub(super) fn name(run: &Run<'_>, at: u32) -> Option<Name> {
    let text = run.text;
    let end = run.end(at);
    if end == at + 1 && run.is_common_word(at) && run.lettered(at).is_none() {
        return None;
    }
    let first = if run.begins_sentence(at) { run.skip_common(at, end) } else { at };
    if first >= end {
        return None;
    }
    let mut words: Vec<String> = (first..end).map(|token| run.folded(token)).collect();
    if let Some(party) = run.lettered(first).filter(|_| end == first + 1) {
        let start = text.span(first as usize).start;
        let span = Span::new(start, start + party.len());
        return Some(Name { span, bare: span, tokens: first..end, words: vec![party] });
    }
    let listed = listed_words(&words);
    let known = listed.is_some();
    let alone = end == first + 1 && !known;
    // "Almost every ship": a word that carries meaning begins a sentence with a capital too.
    let cue = || run.begins_sentence(first) && Language::English.lexicon().has(&words[0]);
    let common = alone && (INITIAL.has("words", &words[0]) || cue());
    // The B sample: one letter is a label.
    let label = alone && words[0].chars().count() == 1;
    if common
        || label
        || (alone && run.begins_sentence(first) && !run.is_name_alone(first))
        || (!known && run.is_heading(first))
    {
        return None;
    }
    // Of Corvane Energy the second word is no title; of Energy Minister Lund it is part of one.
    let titled = words.iter().any(|word| TITLES.has(hashed(word)) && !INITIAL.has("portfolio", word));
    let is_title = |word: &String| TITLES.has(hashed(word)) && (titled || !INITIAL.has("portfolio", word));
    let is_body = is_body(&words);
    let mut start = first;
    while !is_body && start + 1 < end && is_title(&words[(start - first) as usize]) {
        start += 1;
    }
    words = listed.unwrap_or(words);
    words.iter_mut().for_each(shorten);
    words.retain(|word| !is_joint(word));
    if is_body || words.iter().all(is_title) {
        start = first;
    } else {
        words.retain(|word| !is_title(word));
    }
    // "President of the Republic" names nothing that "the president" does not.
    if matches!(&words[..], [word] if matches!(word.as_str(), "republic" | "nation" | "state" | "kingdom" | "federation"))
    {
        return None;
    }
    let span = |from: u32| Span::new(text.span(from as usize).start, run.bare_end(end - 1));
    Some(Name { span: span(first), bare: span(start), tokens: first..end, words })
}

/// What a company is by law, as it is mostly written.
fn shorten(word: &mut String) {
    let short = match word.as_str() {
        "corporation" => "corp",
        "limited" => "ltd",
        "incorporated" => "inc",
        "company" => "co",
        _ => return,
    };
    short.clone_into(word);
}

/// Whether words name a body by what it is for, which titles are made of as well: the Ministry of Transport, the Trade Department.
fn is_body(words: &[String]) -> bool {
    let is_head = |word: Option<&String>| word.is_some_and(|word| INITIAL.has("office", word));
    words.len() > 1 && (is_head(words.last()) || is_head(words.first()) && is_joint(&words[1]))
}

/// Where names are looked for.
pub(super) struct Run<'t> {
    text: &'t Tokenised<'t>,
    within: Range<u32>,
    /// Those that `within` has tokens of.
    sentences: &'t [Sentence],
    masks: &'t [Mask],
}

impl<'t> Run<'t> {
    /// `masks` are no names.
    pub(super) fn new(text: &'t Tokenised<'t>, within: Range<u32>, masks: &'t [Mask]) -> Self {
        let first = text.sentence_of(within.start);
        let count = text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < within.end).count();
        Self { text, within, sentences: &text.sentences[first..first + count], masks }
    }

    /// The sentence of a token.
    fn sentence(&self, token: u32) -> Option<&Sentence> {
        self.sentences.get(self.sentences.partition_point(|sentence| sentence.tokens.end <= token))
    }

    fn word(&self, token: u32) -> &str {
        self.text.span(token as usize).of(self.text.text)
    }

    /// Its first character.
    fn first(&self, token: u32) -> char {
        let start = self.text.places[token as usize].0 as usize;
        let byte = self.text.text.as_bytes()[start];
        if byte.is_ascii() { byte as char } else { self.word(token).chars().next().unwrap_or(' ') }
    }

    /// The token in folded form, without the possessive.
    fn folded(&self, token: u32) -> String {
        let mut word = folded(without_particle(self.word(token)));
        for ending in ["'s", "'"] {
            if let Some(stem) = word.strip_suffix(ending) {
                word.truncate(stem.len());
            }
        }
        word.retain(|c| c != '.');
        word
    }

    /// Where the token ends, the possessive left out.
    fn bare_end(&self, token: u32) -> usize {
        let span = self.text.span(token as usize);
        let word = without_particle(span.of(self.text.text));
        let stem = ["'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        span.start + stem.len()
    }

    fn gap(&self, token: u32) -> &str {
        let (before, after) = (self.text.span(token as usize - 1), self.text.span(token as usize));
        &self.text.text[before.end.min(after.start)..after.start]
    }

    fn is_capital(&self, token: u32) -> bool {
        let span = self.text.span(token as usize);
        if !self.first(token).is_uppercase() {
            return false;
        }
        let masked = self.masks.partition_point(|mask| mask.span.end <= span.start);
        self.masks.get(masked).is_none_or(|mask| mask.span.start > span.start)
    }

    /// A Korean party called by one letter: A사, B씨.
    fn lettered(&self, token: u32) -> Option<String> {
        let word = self.word(token);
        let (letter, rest) = word.split_at_checked(1)?;
        let kind = korean::LETTERED.iter().find(|kind| rest.starts_with(**kind))?;
        letter.bytes().all(|byte| byte.is_ascii_uppercase()).then(|| format!("{letter}{kind}"))
    }

    /// The end of the run of names that begins at `at`.
    fn end(&self, at: u32) -> u32 {
        let limit = self.within.end.min(at + LONGEST);
        let mut end = at + 1;
        let is_possessive = |token: u32| ["'s", "’s"].iter().any(|ending| self.word(token).ends_with(ending));
        // Tanner's Lock.
        let is_landmark = |token: u32| {
            self.gap(token) == " " && self.is_capital(token) && INITIAL.has("landmark", &self.folded(token))
        };
        // A사가 B사를: a particle ends a name.
        let has_particle = |token: u32| self.word(token).ends_with(is_syllable);
        while end < limit && !has_particle(end - 1) && (!is_possessive(end - 1) || is_landmark(end)) {
            let joined = |token: u32| {
                let gap = self.gap(token);
                // The Pilots' Union.
                let body = || matches!(gap, "' " | "’ ") && INITIAL.has("body", &self.folded(token));
                gap == " " || gap == "-" || (gap == ". " && self.word(token - 1).chars().count() <= 3) || body()
            };
            if !joined(end) {
                break;
            }
            if self.is_capital(end) {
                end += 1;
                continue;
            }
            // "of the", "van der": lower-case words inside a name.
            let small = (end..limit).take_while(|&token| joined(token) && self.is_joint(token)).count() as u32;
            let next = end + small;
            if small == 0 || small > 2 || next >= limit || !joined(next) || !self.is_capital(next) {
                break;
            }
            end = next + 1;
        }
        end
    }

    /// Whether a token is a lower-case word that stands inside names.
    fn is_joint(&self, token: u32) -> bool {
        let word = self.word(token);
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) { is_joint(word) } else { is_joint(&self.folded(token)) }
    }

    fn begins_sentence(&self, token: u32) -> bool {
        let first = self.sentence(token).is_some_and(|sentence| sentence.tokens.start == token);
        // "... a job," Reed said: a comma inside the marks says that the sentence goes on.
        let goes_on = |gap: &str| [",\"", ",”", ",’", "，”"].iter().any(|end| gap.starts_with(end));
        let opens = |gap: &str| gap.contains(['"', '“', '”', '‘', ':', '«', '—', '•']) && !goes_on(gap);
        first || (token > 0 && opens(self.gap(token)))
    }

    /// Past the words at the start of a sentence that are no part of a name.
    fn skip_common(&self, at: u32, end: u32) -> u32 {
        // "The Ministry of Health": the second word is common, and begins a name.
        let heads = |token: u32| token + 1 < end && self.is_joint(token + 1);
        let common = |token: &u32| INITIAL.has("words", &self.folded(*token)) && !heads(*token);
        // The Foreign Ministry: what has a capital after "the" is part of the name.
        let most = if self.folded(at) == "the" { 1 } else { 2 };
        at + (at..end).take_while(common).take(most).count() as u32
    }

    /// Whether a word that no other joins is sure to be no name: most of those that begin a sentence. Nothing is made for it.
    fn is_common_word(&self, token: u32) -> bool {
        let (word, hash) = (self.word(token), self.text.tokens[token as usize]);
        word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !LATIN_NAMES.begins_with(hash)
            && (INITIAL.has_token("words", hash) || self.begins_sentence(token) && !self.is_name_alone(token))
    }

    /// Whether a word that begins a sentence is a name for all that: elsewhere a capital, or unlike a common word.
    fn is_name_alone(&self, token: u32) -> bool {
        let word = self.word(token);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        if capitals > 1 || word.contains('\'') || word.contains('’') {
            let folded = self.folded(token);
            let stem = folded.split(['\'', '’']).next().unwrap_or("");
            return !INITIAL.has("words", &folded) && !INITIAL.has("words", stem);
        }
        let plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let folded = if plain { Cow::Borrowed(word) } else { Cow::Owned(self.folded(token)) };
        let ends_in = |ending: &str| {
            let tail = folded.len().checked_sub(ending.len()).map(|at| &folded.as_bytes()[at..]);
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
        };
        let endings = [
            "ing", "ly", "ed", "tion", "ment", "ness", "ity", "ies", "ers", "ors", "ists", "ians", "ism", "ance",
            "ence", "tive", "s",
        ];
        folded.chars().count() >= 3 && (!endings.into_iter().any(ends_in) || !ends_in("s") && self.says(token + 1))
    }

    /// Whether a word gives a statement to the one before it, which is a person then: Reed said.
    fn says(&self, token: u32) -> bool {
        token < self.within.end && self.gap(token) == " " && english::SAYING.contains(&self.word(token))
    }

    /// Whether most words of the sentence have capitals.
    fn is_heading(&self, token: u32) -> bool {
        let Some(sentence) = self.sentence(token) else { return false };
        let (mut words, mut capitals) = (0, 0);
        for token in sentence.tokens.clone() {
            capitals += usize::from(self.is_capital(token));
            words += usize::from(self.first(token).is_alphabetic());
            // Mostly the first few words tell that it is none.
            if 10 * words > 10 * capitals + 3 * sentence.tokens.len() {
                return false;
            }
        }
        words >= 5 && capitals as f64 >= HEADING * words as f64
    }
}

/// A word without the Hangul that its letters end in: WHO가.
fn without_particle(word: &str) -> &str {
    let latin = word.trim_end_matches(is_syllable);
    if latin.is_empty() { word } else { latin }
}

/// The words of a name, listed parts of it as one word each; none where no part is listed.
pub(in crate::change) fn listed_words(words: &[String]) -> Option<Vec<String>> {
    let listed = &LATIN_NAMES;
    if !words.iter().any(|word| listed.begins(word)) {
        return None;
    }
    let (mut out, mut known) = (Vec::new(), false);
    let mut at = 0;
    while at < words.len() {
        let most = if listed.begins(&words[at]) { listed.longest_words.min(words.len() - at) } else { 0 };
        let found = (1..=most).rev().find_map(|count| {
            let phrase = words[at..at + count].join(" ");
            listed.number(&phrase).map(|number| (count, number))
        });
        known |= found.is_some();
        match found {
            Some((count, number)) => {
                out.push(key(number));
                at += count;
            }
            None => {
                out.push(words[at].clone());
                at += 1;
            }
        }
    }
    known.then_some(out)
}

/// Lower-case words that stand inside names.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "for"
            | "de"
            | "del"
            | "della"
            | "da"
            | "do"
            | "dos"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "al"
            | "el"
            | "la"
            | "le"
            | "du"
            | "des"
            | "y"
            | "and"
    ) && word != "and"
}
