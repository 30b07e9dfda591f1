//! Facts: what a side of a unit states that can change: values, names, and words that deny, bind, hedge, count, attribute.

use super::kind::ChangeKind;
use super::lexicon::{Cue, Group};
use super::names::{Name, names};
use super::reading::{CueAt, Mask, Reading, VALUE};
use super::signs::{Sign, Signs};
use super::tables::{chinese, korean};
use super::tongue::is_foreign;
use super::value::{Amount, Key as ValueKey, Nature, Value, ValueKind, When, values, values_at};
use crate::quote::Quotation;
use crate::span::Span;
use crate::text::{Token, Tokenised, fold};
use std::borrow::Cow;
use std::ops::Range;

/// What a fact is compared by.
#[derive(Debug, Clone)]
pub(super) enum Key {
    Value(Box<Value>),
    Name(Box<Name>),
    Word(&'static Group),
}

/// One thing stated.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub kind: ChangeKind,
    pub key: Key,
    /// Equal for facts that are the same without asking further.
    pub tag: Cow<'static, str>,
    /// Bytes of the text.
    pub span: Span,
    /// Tokens of the text.
    pub tokens: Range<u32>,
    /// Counts where another stands in its place, not where it is added or dropped.
    pub weak: bool,
    /// Meets an equal fact, and is none alone: a word that denies by itself.
    pub latent: bool,
}

/// A text to read facts from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'t> {
    /// Its tokens and sentences.
    pub tokens: &'t Tokenised<'t>,
    /// Its quotations.
    pub quotations: &'t [Quotation],
}

/// One side of a unit with all that is known of it.
#[derive(Debug)]
pub(super) struct Side<'t> {
    pub text: &'t Tokenised<'t>,
    /// Of the whole text.
    pub quotations: &'t [Quotation],
    /// Tokens of the unit.
    pub tokens: Range<u32>,
    pub reading: Reading,
    /// In order; they may overlap.
    pub facts: Vec<Fact>,
    /// Cues that are no facts: joints of lists, titles, particles.
    pub others: Vec<CueAt>,
}

impl Fact {
    /// Whether both state the same.
    pub(super) fn means(&self, other: &Self) -> bool {
        self.kind == other.kind
            && match (&self.key, &other.key) {
                (Key::Value(one), Key::Value(two)) => one.means(two),
                (Key::Name(one), Key::Name(two)) => one.means(two),
                (Key::Word(_), Key::Word(_)) => self.tag == other.tag,
                (Key::Word(_), Key::Value(_)) | (Key::Value(_), Key::Word(_)) => self.is_half() && other.is_half(),
                _ => false,
            }
    }

    /// Whether both are values that mean the same, of whatever kinds.
    pub(super) fn is_same_value(&self, other: &Self) -> bool {
        matches!((&self.key, &other.key), (Key::Value(one), Key::Value(two)) if one.means(two))
    }

    /// The group of its word, if it is one.
    pub(super) fn group(&self) -> Option<&'static Group> {
        match self.key {
            Key::Word(group) => Some(group),
            _ => None,
        }
    }

    /// Whether one is the share and the other the percentage that it makes, or adds: half, 50 %; doubled, 100 % more.
    pub(super) fn is_share(&self, other: &Self) -> bool {
        let percent = |one: &Self, two: &Self| match (&one.key, &two.key) {
            (Key::Word(group), Key::Value(two)) if group.name == "half" => {
                two.key == ValueKey::Percent(Amount::whole(50))
            }
            (Key::Value(one), Key::Value(two)) => match (&one.key, &two.key) {
                (ValueKey::Number(nature, part), ValueKey::Percent(percent)) => {
                    let whole = part.times(Amount::whole(100));
                    let added = || percent.plus(Amount::whole(100));
                    whole == Some(*percent) || *nature == Nature::Multiple && whole.is_some() && whole == added()
                }
                _ => false,
            },
            _ => false,
        };
        percent(self, other) || percent(other, self)
    }

    /// Whether it says half, in words or as a share.
    pub(super) fn is_half(&self) -> bool {
        match &self.key {
            Key::Word(group) => group.name == "half",
            Key::Value(value) => value.key == ValueKey::Percent(Amount::whole(50)) || self.tag == "0.5",
            Key::Name(_) => false,
        }
    }

    /// Whether one is a number and the other the ordinal of it: 3, third.
    pub(super) fn is_numbered_as(&self, other: &Self) -> bool {
        use Nature::{Cardinal, Ordinal};
        let number = |fact: &Self| match &fact.key {
            Key::Value(value) => match value.key {
                ValueKey::Number(nature, amount) => Some((nature, amount)),
                _ => None,
            },
            _ => None,
        };
        match (number(self), number(other)) {
            (Some((one, x)), Some((two, y))) => {
                x == y && matches!((one, two), (Cardinal, Ordinal) | (Ordinal, Cardinal))
            }
            _ => false,
        }
    }

    /// Minutes from one time of day to another.
    pub(super) fn minutes_later(&self, other: &Self) -> Option<i64> {
        let minutes = |fact: &Self| match fact.date()? {
            When::Time(seconds) => Some(i64::from(seconds / 60)),
            _ => None,
        };
        Some(minutes(other)? - minutes(self)?)
    }

    /// Minutes from one time zone to another east of it.
    pub(super) fn minutes_east(&self, other: &Self) -> Option<i64> {
        let minutes = |fact: &Self| match fact.date()? {
            When::Zone("", minutes) => Some(i64::from(minutes)),
            _ => None,
        };
        Some(minutes(other)? - minutes(self)?)
    }

    /// What it says, if it is a date or a time.
    pub(super) fn date(&self) -> Option<When> {
        match &self.key {
            Key::Value(value) => match value.key {
                ValueKey::Date(when) => Some(when),
                _ => None,
            },
            _ => None,
        }
    }

    /// "Half" in letters is a quantifier beside "all" and "most".
    fn counted_in_words(self, text: &Tokenised<'_>) -> Self {
        let letters = !self.span.of(text.text).contains(|c: char| c.is_ascii_digit() || c.is_whitespace());
        // Half a year is six months, and no share.
        let measured = matches!(&self.key, Key::Value(value) if value.total.is_some());
        let half = self.kind == ChangeKind::Number && self.tag == "0.5" && letters && !measured;
        if half { Self { kind: ChangeKind::Quantifier, ..self } } else { self }
    }

    /// "A suspected case" is no statement of someone's: how sure it is.
    fn of_a_noun(self, text: &Tokenised<'_>) -> Self {
        let before = || text.text[..self.span.start].trim_end_matches(' ');
        let article = || [" a", " an", "A", "An"].iter().any(|article| before().ends_with(article));
        let participle = self.kind == ChangeKind::Attribution && self.span.of(text.text).ends_with("ed");
        if participle && article() { Self { kind: ChangeKind::Hedge, ..self } } else { self }
    }

    /// 30일 이내에 is no more than 30일 안에, unless a bound stands there instead.
    fn adding_little(self, text: &Tokenised<'_>) -> Self {
        let said = self.span.of(text.text);
        let inside =
            [korean::WITHIN, chinese::WITHIN].iter().any(|words| words.iter().any(|word| said.starts_with(word)));
        // 均 and 皆 say of a list what the list says.
        let each = matches!(said, "均" | "皆" | "概" | "凡" | "凡是");
        let weak = self.kind == ChangeKind::Quantifier && (inside || each);
        Self { weak: self.weak || weak, ..self }
    }

    pub(super) fn class(&self) -> &'static str {
        self.group().map_or("", |group| group.class)
    }

    /// Whether it says that something is not so, be it in a word that denies by itself.
    pub(super) fn negates(&self) -> bool {
        self.kind == ChangeKind::Negation
    }

    /// Whether it is a "not" or the like.
    pub(super) fn denies(&self) -> bool {
        self.negates() && !self.latent
    }

    /// Whether it says that something may or can be done.
    pub(super) fn allows(&self) -> bool {
        self.kind == ChangeKind::Modality && self.class() == "free"
    }

    /// Whether it says that something must be done.
    pub(super) fn obliges(&self) -> bool {
        self.kind == ChangeKind::Modality && self.class() == "duty"
    }
}

impl<'t> Side<'t> {
    /// Reads the facts of `tokens`. Cost: linear.
    pub(super) fn read(source: Source<'t>, tokens: Range<u32>) -> Self {
        let signs = Signs::of(source.tokens, tokens.clone());
        Self::read_by(source, tokens, signs.as_ref())
    }

    /// Reads the facts of `tokens`, where signs are known only near those. It finds the same with and without.
    pub(super) fn read_by(source: Source<'t>, tokens: Range<u32>, signs: Option<&Signs>) -> Self {
        let Source { tokens: text, quotations } = source;
        let span = text.span_of(&tokens);
        let values = match signs {
            Some(signs) => values_at(text, tokens.clone(), signs.with(Sign::VALUE)),
            None => values(span.of(text.text)).into_iter().map(|value| value.moved(span.start)).collect(),
        };
        let mut facts: Vec<Fact> = values.into_iter().map(|value| value_fact(value, text, &tokens)).collect();
        let mut masks: Vec<Mask> = facts.iter().map(|fact| Mask { span: fact.span, sign: VALUE }).collect();
        let names = names(text, tokens.clone(), &masks, signs);
        masks.extend(names.iter().map(Name::mask));
        masks.sort_unstable_by_key(|mask| (mask.span.start, mask.span.end));
        masks.dedup_by(|next, mask| next.span.start < mask.span.end);
        facts.extend(names.into_iter().map(name_fact));
        let reading = Reading::with_signs(text, tokens.clone(), &masks, signs);
        let mut others = Vec::new();
        let mut cues = signs.map_or_else(|| reading.cues(), |signs| reading.cues_at(signs));
        let latin = |cue: &CueAt| cue.span.of(text.text).starts_with(|c: char| c.is_ascii_alphabetic());
        if cues.iter().any(latin) && is_foreign(text, &tokens) {
            cues.retain(|cue| !latin(cue));
        }
        for cue in cues {
            match word_fact(&cue) {
                // "Over Sunday's fire" is about it.
                Some(fact) if is_word_before_date(&fact, &facts, text.text) || is_numero(&fact, text) => {}
                Some(fact) => facts.push(fact.of_a_noun(text).adding_little(text)),
                None => others.push(cue),
            }
        }
        let dates: Vec<usize> =
            facts.iter().filter(|fact| fact.kind == ChangeKind::Date).map(|date| date.span.start).collect();
        for fact in &mut facts {
            fact.weak |= is_restated_acronym(fact, text.text) || compares_times(fact, &dates, text.text);
        }
        facts.sort_by_key(|fact| (fact.span.start, fact.span.end, fact.kind));
        Self { text, quotations, tokens, reading, facts, others }
    }

    /// A token of its text, as it is written.
    pub(super) fn word(&self, token: u32) -> &'t str {
        self.text.span(token as usize).of(self.text.text)
    }

    /// Bytes of some of its tokens; of none, the point before the next.
    pub(super) fn span(&self, tokens: &Range<u32>) -> Span {
        let start =
            self.text.places.get(tokens.start as usize).map_or(self.text.text.len(), |&(start, _)| start as usize);
        if tokens.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.text.span(tokens.end as usize - 1).end)
    }

    /// A token of its text, folded.
    pub(super) fn folded(&self, token: u32) -> String {
        let mut out = String::new();
        fold::token(self.word(token), false, &mut out);
        out
    }

    /// The hashes of its tokens.
    pub(super) fn hashes(&self) -> &'t [Token] {
        &self.text.tokens[self.tokens.start as usize..self.tokens.end as usize]
    }

    /// The same, sorted.
    pub(super) fn sorted(&self) -> Vec<Token> {
        let mut hashes = self.hashes().to_vec();
        hashes.sort_unstable();
        hashes
    }

    /// Its token before another one.
    pub(super) fn before(&self, token: u32) -> Option<u32> {
        token.checked_sub(1).filter(|before| self.tokens.contains(before))
    }

    /// Whether a token begins a sentence.
    pub(super) fn begins_sentence(&self, token: u32) -> bool {
        self.text.sentences.binary_search_by_key(&token, |sentence| sentence.tokens.start).is_ok()
    }

    /// What stands between two facts; nothing where they overlap, or come in the other order.
    pub(super) fn between(&self, first: &Fact, last: &Fact) -> &'t str {
        self.text.text.get(first.span.end..last.span.start).unwrap_or_default()
    }

    /// Up to so many facts that begin before a byte of the text, and up to so many that begin there or later.
    pub(super) fn facts_near(&self, byte: usize, most: usize) -> &[Fact] {
        let at = self.facts.partition_point(|fact| fact.span.start < byte);
        &self.facts[at.saturating_sub(most)..self.facts.len().min(at + most)]
    }

    /// Whether a token is a particle.
    pub(super) fn is_particle(&self, token: u32) -> bool {
        let at = self.others.partition_point(|cue| cue.tokens.end <= token);
        if let Some(cue) = self.others.get(at).filter(|cue| cue.tokens.start <= token) {
            return cue.found.group.cue == Cue::Particle;
        }
        let is_part = self.facts.iter().any(|fact| fact.group().is_some() && fact.tokens.contains(&token));
        !is_part && self.reading.is_particle(token)
    }

    /// Whether a name is nothing but a title.
    pub(super) fn is_title(&self, fact: &Fact) -> bool {
        let titles = self.others.iter().filter(|cue| cue.found.group.cue == Cue::Title);
        fact.kind == ChangeKind::Name && titles.into_iter().any(|cue| cue.span == fact.span)
    }
}

fn value_fact(value: Value, text: &Tokenised<'_>, tokens: &Range<u32>) -> Fact {
    let kind = match value.kind {
        ValueKind::Number => ChangeKind::Number,
        ValueKind::Unit => ChangeKind::Unit,
        ValueKind::Currency => ChangeKind::Currency,
        ValueKind::Percentage => ChangeKind::Percentage,
        ValueKind::Date => ChangeKind::Date,
    };
    let places = &text.places[tokens.start as usize..tokens.end as usize];
    let first = places.partition_point(|&(_, end)| end as usize <= value.span.start) as u32;
    let last = places.partition_point(|&(start, _)| (start as usize) < value.span.end) as u32;
    let tokens = tokens.start + first..tokens.start + last.max(first + 1).min(places.len() as u32);
    Fact {
        kind,
        tag: value.key.to_string().into(),
        span: value.span,
        tokens,
        weak: value.weak,
        latent: false,
        key: Key::Value(Box::new(value)),
    }
    .counted_in_words(text)
}

/// Whether a fact is the "No." of a number: Resolution No. 1701, Regulation (EU) No 575/2013.
fn is_numero(fact: &Fact, text: &Tokenised<'_>) -> bool {
    let said = || fact.span.of(text.text);
    if fact.group().is_none() || !said().eq_ignore_ascii_case("no") {
        return false;
    }
    let after = &text.text[fact.span.end..];
    let digits = |after: &str| after.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
    let begins = text.sentences.binary_search_by_key(&fact.tokens.start, |sentence| sentence.tokens.start).is_ok();
    after.strip_prefix('.').is_some_and(digits) || said() == "No" && !begins && digits(after)
}

/// Whether a fact is an "over" that stands before a date: it does not say how many.
fn is_word_before_date(fact: &Fact, facts: &[Fact], text: &str) -> bool {
    let over = || fact.span.of(text).get(..4).is_some_and(|word| word.eq_ignore_ascii_case("over"));
    let date =
        |one: &Fact| one.kind == ChangeKind::Date && (fact.span.start..=fact.span.end + 1).contains(&one.span.start);
    fact.kind == ChangeKind::Quantifier && over() && facts.iter().any(date)
}

/// Whether what is "more than" a date follows: 多于去年 says what 较去年增加 says.
fn compares_times(fact: &Fact, dates: &[usize], text: &str) -> bool {
    // Later than May is a bound.
    let of_time = || ["晚于", "早于", "晚於", "早於"].contains(&fact.span.of(text));
    let over = matches!(fact.class(), "over" | "under") && fact.kind == ChangeKind::Quantifier;
    let next = || fact.span.end + text[fact.span.end..].bytes().take_while(|&byte| byte == b' ').count();
    over && dates.contains(&next()) && !of_time()
}

/// Whether a name is the acronym in brackets of the one before it: 유럽중앙은행(ECB).
fn is_restated_acronym(fact: &Fact, text: &str) -> bool {
    let acronym = fact.span.of(text);
    fact.kind == ChangeKind::Name
        && acronym.bytes().all(|byte| byte.is_ascii_uppercase())
        && text[fact.span.end..].starts_with([')', '）'])
        && text[..fact.span.start]
            .strip_suffix(['(', '（'])
            .is_some_and(|before| before.trim_end_matches(' ').ends_with(char::is_alphanumeric))
}

fn name_fact(name: Name) -> Fact {
    // A code such as BA2203 is a number.
    let coded = |word: &String| !word.starts_with('=') && word.contains(|c: char| c.is_ascii_digit());
    let kind = if name.words.iter().all(coded) { ChangeKind::Number } else { ChangeKind::Name };
    Fact {
        kind,
        tag: name.key().into(),
        span: name.bare,
        tokens: name.tokens.clone(),
        weak: false,
        latent: false,
        key: Key::Name(Box::new(name)),
    }
}

fn word_fact(cue: &CueAt) -> Option<Fact> {
    let group = cue.found.group;
    let (kind, latent) = match group.cue {
        Cue::Kind(kind) => (kind, false),
        Cue::Denial => (ChangeKind::Negation, true),
        _ => return None,
    };
    // Whatever denies is one fact: "did not" and "failed to".
    let tag = Cow::Borrowed(if kind == ChangeKind::Negation { "" } else { group.name });
    Some(Fact { kind, key: Key::Word(group), tag, span: cue.span, tokens: cue.tokens.clone(), weak: false, latent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::lexicon::Language;
    use crate::change::tables::VALUES;
    use crate::text::tokenise;
    use proptest::prelude::*;

    /// All that is read of a text, as text: with signs or without.
    fn read(text: &Tokenised<'_>, signs: Option<&Signs>) -> String {
        let tokens = 0..text.len() as u32;
        let side = Side::read_by(Source { tokens: text, quotations: &[] }, tokens.clone(), signs);
        let particles: Vec<u32> = tokens.filter(|&token| side.is_particle(token)).collect();
        // Particles of one word are looked up only where one is asked for.
        let is_looked_up = |cue: &&CueAt| cue.found.group.cue == Cue::Particle && cue.tokens.len() == 1;
        let others: Vec<_> =
            side.others.iter().filter(|cue| !is_looked_up(cue)).map(|cue| (cue.span, cue.found.group)).collect();
        format!("{:#?}\n{others:?}\n{particles:?}", side.facts)
    }

    fn check(text: &str) {
        let text = tokenise(text);
        if text.len() > 0 {
            let signs = Signs::of(&text, 0..text.len() as u32);
            assert_eq!(read(&text, signs.as_ref()), read(&text, None), "{:?}", text.text);
        }
    }

    #[test]
    fn signs_lose_nothing_of_written_sentences() {
        for cases in [include_str!("cases/en.txt"), include_str!("cases/ko.txt"), include_str!("cases/zh.txt")] {
            cases.split(['|', '\n']).for_each(check);
        }
        for file in ["en", "held-out"] {
            let path = format!("{}/corpora/changes/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let pair: serde_json::Value = serde_json::from_str(line).unwrap();
                check(pair["a"].as_str().unwrap());
                check(pair["b"].as_str().unwrap());
            }
        }
    }

    /// Whatever may begin something, and what stands between.
    fn items() -> Vec<String> {
        let mut items: Vec<String> = VALUES.words.words().map(|(word, _)| word.to_owned()).collect();
        items.extend(["a", "an", "per", "a dozen"].map(str::to_owned));
        items.extend(Language::English.lexicon().items().map(|(item, _)| item.replace('*', "7")));
        items.extend(
            ["5", "2024", "3.5", "1,234", "1.234", "12:30", "Q3", "FY24", "50%", "don't", "cannot", "'90s"]
                .map(str::to_owned),
        );
        items.extend(
            ["kilometres", "per", "points", "Geneva", "Foreign", "Über", "naïve", "plain", "words"].map(str::to_owned),
        );
        items
    }

    proptest! {
        #[test]
        fn signs_lose_nothing_of_any_words(
            picked in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), "[ ]{0,1}[ ,.;:$%/'’–()-]{0,1}[ ]|\n\n|-"), 1..40)
        ) {
            let items = items();
            let mut text = String::new();
            for (index, capital, gap) in picked {
                let item = index.get(&items);
                let (first, rest) = item.split_at(item.chars().next().map_or(0, char::len_utf8));
                text.push_str(&if capital { first.to_uppercase() } else { first.to_owned() });
                text.push_str(rest);
                text.push_str(&gap);
            }
            check(&text);
        }
    }
}
