//! Sentences as vectors of stems.

use crate::text::{Token, TokenClass, Tokenised};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Fewest tokens in a unit; a shorter sentence joins its neighbour.
const UNIT: usize = 2;
/// Letters that a stem keeps of a word: cutting there serves inflected languages about as well as a stemmer made for
/// one of them (P. McNamee, J. Mayfield, "Character n-gram tokenization for European language text retrieval", 2004).
const STEM_LETTERS: usize = 5;
/// Syllables that a stem keeps of a Hangul word, whose particles follow its stem.
const STEM_SYLLABLES: usize = 2;
/// A stem of an inflected word counts 1; the word itself, if it stands on both sides unchanged, this much more.
const WHOLE_WORD: f32 = 0.75;
/// Sentences that a pair counts as having at least: between two single sentences every shared stem would weigh nothing.
const FEW: usize = 20;
/// Least weight of a stem; only one that stands in nearly every sentence has less.
const LEAST: f32 = 0.01;
/// What a single character of Han or kana counts, and a pair of neighbours: a rewording keeps characters, seldom pairs.
const CHARACTER: f32 = 1.0;
const PAIR: f32 = 0.3;
/// What a hiragana counts of that: particles and endings, which change first.
const HIRAGANA: f32 = 0.2;

/// A sentence, or a few short ones.
#[derive(Debug)]
pub(super) struct Unit {
    pub tokens: Range<u32>,
    /// Stems and their weights (occurrences times isf), sorted by stem.
    pub stems: Vec<(u32, f32)>,
    /// Length of the vector.
    pub norm: f32,
    /// Lies in a short core that only a condensation may take in.
    pub fixed: bool,
}

/// Units of both texts over one vocabulary.
#[derive(Debug)]
pub(super) struct Units {
    pub a: Vec<Unit>,
    pub b: Vec<Unit>,
    /// Inverse sentence frequency of each stem: the logarithm of units over units with the stem.
    pub isf: Vec<f32>,
}

/// How many units hold a stem that is `shared`.
fn related(units: &[Unit], shared: impl Fn(u32) -> bool) -> usize {
    units.iter().filter(|unit| unit.stems.iter().any(|&(id, _)| shared(id))).count()
}

/// Stems of two short texts, about.
const STEMS: usize = 256;

/// Numbers for stems.
#[derive(Debug, Default)]
struct Vocabulary {
    ids: FxHashMap<u64, u32>,
    /// Stem and whole word of each word met before, so that a word is folded once.
    words: FxHashMap<Token, (u32, u32)>,
    /// Units that hold each stem.
    units: Vec<u32>,
}

impl Units {
    /// Vectors of the sentences for which `wanted_a` or `wanted_b` holds.
    pub(super) fn new(
        a: &Tokenised<'_>,
        b: &Tokenised<'_>,
        wanted_a: impl Fn(&Range<u32>) -> bool,
        wanted_b: impl Fn(&Range<u32>) -> bool,
    ) -> Self {
        let mut vocabulary = Vocabulary::default();
        vocabulary.ids.reserve(2 * STEMS);
        vocabulary.words.reserve(STEMS);
        let a = vocabulary.units(a, wanted_a);
        let holding_a = vocabulary.units.clone();
        let b = vocabulary.units(b, wanted_b);
        let holding = &vocabulary.units;
        let in_a = |id: u32| holding_a.get(id as usize).is_some_and(|&units| units > 0);
        let in_b = |id: u32| holding[id as usize] > holding_a.get(id as usize).copied().unwrap_or(0);
        // Sentences that share nothing with the other text do not count: to add some must change nothing elsewhere.
        let total = related(&a, in_b) + related(&b, in_a);
        let total = total.max(FEW) as f32;
        let isf = holding.iter().map(|&units| (total / units as f32).ln().max(LEAST)).collect();
        let mut units = Self { a, b, isf };
        for unit in units.a.iter_mut().chain(&mut units.b) {
            unit.stems.iter_mut().for_each(|(id, weight)| *weight *= units.isf[*id as usize]);
            unit.norm = unit.stems.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        }
        units
    }
}

impl Vocabulary {
    fn units(&mut self, text: &Tokenised<'_>, wanted: impl Fn(&Range<u32>) -> bool) -> Vec<Unit> {
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for sentence in &text.sentences {
            match ranges.last_mut() {
                Some(last) if !sentence.paragraph && (last.len() < UNIT || sentence.tokens.len() < UNIT) => {
                    last.end = sentence.tokens.end
                }
                _ => ranges.push(sentence.tokens.clone()),
            }
        }
        let mut folded = String::new();
        let wanted = ranges.into_iter().filter(|tokens| wanted(tokens));
        wanted.map(|tokens| self.unit(text, tokens, &mut folded)).collect()
    }

    fn unit(&mut self, text: &Tokenised<'_>, tokens: Range<u32>, folded: &mut String) -> Unit {
        let mut stems: Vec<(u32, f32)> = Vec::with_capacity(2 * tokens.len());
        for at in tokens.start as usize..tokens.end as usize {
            let token = text.tokens[at];
            if token.class() == TokenClass::Character {
                let counts = character(text, at);
                stems.push((self.id(token.0), CHARACTER * counts));
                let next = text.tokens.get(at + 1).filter(|_| at + 1 < tokens.end as usize);
                if let Some(next) = next.filter(|next| next.class() == TokenClass::Character) {
                    let pair = self.id(token.0.rotate_left(7) ^ next.0);
                    stems.push((pair, PAIR * counts * character(text, at + 1)));
                }
            } else {
                let (stem, word) = self.word(text, at, folded);
                stems.push((stem, 1.0));
                stems.push((word, WHOLE_WORD));
            }
        }
        stems.sort_unstable_by_key(|stem| stem.0);
        stems.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        stems.iter().for_each(|&(id, _)| self.units[id as usize] += 1);
        Unit { tokens, stems, norm: 0.0, fixed: false }
    }

    /// Numbers of the stem and the whole of word `at`.
    fn word(&mut self, text: &Tokenised<'_>, at: usize, folded: &mut String) -> (u32, u32) {
        let token = text.tokens[at];
        if let Some(&known) = self.words.get(&token) {
            return known;
        }
        folded.clear();
        text.fold(at, folded);
        let numbers = (self.id(stem(folded)), self.id(token.0));
        self.words.insert(token, numbers);
        numbers
    }

    fn id(&mut self, stem: u64) -> u32 {
        let next = self.units.len() as u32;
        let id = *self.ids.entry(stem).or_insert(next);
        if id == next {
            self.units.push(0);
        }
        id
    }
}

/// What character `at` counts, of 1.
fn character(text: &Tokenised<'_>, at: usize) -> f32 {
    let hiragana = text.text[text.span(at).start..].starts_with(|c| ('\u{3041}'..='\u{309F}').contains(&c));
    if hiragana { HIRAGANA } else { 1.0 }
}

/// Hash of the letters a word keeps when its ending is cut.
fn stem(folded: &str) -> u64 {
    let hangul = folded.starts_with(|c: char| ('\u{AC00}'..='\u{D7A3}').contains(&c));
    let kept = if hangul { STEM_SYLLABLES } else { STEM_LETTERS };
    let end = folded.char_indices().nth(kept).map_or(folded.len(), |(at, _)| at);
    // Told apart from the hash of the whole word.
    xxhash_rust::xxh3::xxh3_64(&folded.as_bytes()[..end]) ^ (1 << 63)
}
