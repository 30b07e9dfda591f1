//! Sentences as vectors of stems.

use crate::numbers::Numbers;
use crate::text::{Token, TokenClass, Tokenised, is_syllable};
use std::cell::Cell;
use std::ops::Range;

/// Fewest tokens in a unit; a shorter sentence joins its neighbour.
const UNIT: usize = 2;
/// Letters that a stem keeps of a word: cutting there serves inflected languages about as well as a stemmer made for
/// one of them (P. McNamee, J. Mayfield, "Character n-gram tokenization for European language text retrieval", 2004).
const STEM_LETTERS: usize = 5;
/// Syllables that a stem keeps of a Hangul word, whose particles follow its stem.
const STEM_SYLLABLES: usize = 2;
/// A stem of an inflected word counts 1; the word itself, if it stands on both sides unchanged, this much more.
const WHOLE_WORD: f32 = 0.5;
/// Sentences that a pair counts as having at least: between two single sentences every shared stem would weigh nothing.
const FEW: usize = 20;
/// Least weight of a stem; only one that stands in nearly every sentence has less.
const LEAST: f32 = 0.01;
/// What a single character of Han or kana counts, and a pair of neighbours: a rewording keeps characters, seldom pairs.
const CHARACTER: f32 = 1.0;
const PAIR: f32 = 0.3;
/// What a character says, in words, and how much nearer units of characters are than the cosine says. Classical and modern
/// Chinese: verses that say the same have a median cosine of 0.16, the best chance matches of others one of 0.06, and
/// one in thirty of these more than 0.16.
const CHARACTER_WORTH: f64 = 0.6;
const CHARACTERS_NEARER: f32 = 1.4;
/// What a hiragana counts of that: particles and endings, which change first.
const HIRAGANA: f32 = 0.2;

/// A sentence, or a few short ones.
#[derive(Debug)]
pub(super) struct Unit {
    pub tokens: Range<u32>,
    /// Where its stems stand among those of [`Units`].
    pub stems: Range<u32>,
    /// Length of the vector.
    pub norm: f32,
    /// Mostly made of single characters of Han or kana.
    pub characters: bool,
    /// Lies in a short core that only a condensation may take in.
    pub fixed: bool,
}

impl Unit {
    /// What it says, in words.
    pub fn worth(&self) -> f64 {
        self.tokens.len() as f64 * if self.characters { CHARACTER_WORTH } else { 1.0 }
    }
}

/// How much nearer two units, or stretches of units, are than the cosine of their vectors says: those of characters have more in
/// them that a rewording changes, so that related sentences are as far apart as unrelated ones of words, and unrelated ones
/// farther still.
pub(super) fn nearness(a: &Unit, b: &Unit) -> f32 {
    if a.characters && b.characters { CHARACTERS_NEARER } else { 1.0 }
}

/// A stem and what it weighs: occurrences times isf.
pub(super) type Stem = (u32, f32);

/// Units of both texts over one vocabulary.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub a: Vec<Unit>,
    pub b: Vec<Unit>,
    /// Those of all units, one after another.
    pub stems: Vec<Stem>,
    /// Inverse sentence frequency of each stem: the logarithm of units over units with the stem.
    pub isf: Vec<f32>,
}

/// Stems of two articles, about.
const STEMS: usize = 2048;

thread_local! {
    /// The last vocabulary of the thread, emptied, for the next one: where many short texts are compared, asking for memory is
    /// a good part of the work.
    static KEPT: Cell<Vocabulary> = Cell::default();
}

/// Numbers for stems.
#[derive(Debug, Default)]
struct Vocabulary {
    /// Of stems, and of characters and pairs of them.
    ids: Numbers<u32>,
    /// Stem and whole word of each word met before, so that a word is folded once.
    words: Numbers<(u32, u32)>,
    /// How many numbers there are.
    count: u32,
    /// Units that hold each stem.
    units: Vec<u32>,
    scratch: Scratch,
}

impl Units {
    /// Vectors of some stretches of sentences, as [`stretches`] cuts them.
    pub(super) fn new(
        (a, in_a): (&Tokenised<'_>, Vec<Range<u32>>),
        (b, in_b): (&Tokenised<'_>, Vec<Range<u32>>),
    ) -> Self {
        let mut vocabulary = KEPT.take();
        let tokens: usize = in_a.iter().chain(&in_b).map(ExactSizeIterator::len).sum();
        // A word gives its stem and itself.
        let mut units = Self { stems: Vec::with_capacity(2 * tokens), ..Self::default() };
        units.a = vocabulary.units(a, in_a, &mut units.stems);
        let holding_a = vocabulary.units.clone();
        units.b = vocabulary.units(b, in_b, &mut units.stems);
        let holding = &vocabulary.units;
        let in_a = |id: u32| holding_a.get(id as usize).is_some_and(|&units| units > 0);
        let in_b = |id: u32| holding[id as usize] > holding_a.get(id as usize).copied().unwrap_or(0);
        // Sentences that share nothing with the other text do not count: to add some must change nothing elsewhere.
        let total = units.holding(&units.a, in_b) + units.holding(&units.b, in_a);
        let total = total.max(FEW) as f32;
        let isf = |units: u32| (total / units as f32).ln().max(LEAST);
        // Most stems stand in few units.
        let few: [f32; 16] = std::array::from_fn(|units| isf(units as u32));
        let isf = |&units: &u32| few.get(units as usize).copied().unwrap_or_else(|| isf(units));
        units.isf = holding.iter().map(isf).collect();
        vocabulary.keep();
        units.stems.iter_mut().for_each(|(id, weight)| *weight *= units.isf[*id as usize]);
        for unit in units.a.iter_mut().chain(&mut units.b) {
            let stems = &units.stems[unit.stems.start as usize..unit.stems.end as usize];
            unit.norm = stems.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        }
        units
    }

    /// The stems of a unit, sorted by their numbers.
    pub(super) fn of(&self, unit: &Unit) -> &[Stem] {
        &self.stems[unit.stems.start as usize..unit.stems.end as usize]
    }

    /// The stems of some units of one text that follow each other, one unit after another.
    pub(super) fn of_all(&self, units: &[Unit]) -> &[Stem] {
        match units {
            [first, .., last] => &self.stems[first.stems.start as usize..last.stems.end as usize],
            [unit] => self.of(unit),
            [] => &[],
        }
    }

    /// How many units hold a stem that is `shared`.
    fn holding(&self, units: &[Unit], shared: impl Fn(u32) -> bool) -> usize {
        units.iter().filter(|unit| self.of(unit).iter().any(|&(id, _)| shared(id))).count()
    }
}

/// What is used again from unit to unit.
#[derive(Debug, Default)]
struct Scratch {
    folded: String,
    /// For each stem, the sum of its weights in the unit.
    sums: Vec<f32>,
    /// The stems of the unit that were met before it, and the number of the first that was not.
    known: Vec<u32>,
    first: u32,
}

impl Scratch {
    fn begin(&mut self, first: u32) {
        self.known.clear();
        self.first = first;
    }

    /// Adds to a stem, of new ones in the order of their numbers. A stem has the same weight wherever it stands, so that its sum does
    /// not depend on the order.
    fn add(&mut self, id: u32, weight: f32) {
        match self.sums.get_mut(id as usize) {
            Some(sum) => {
                if *sum == 0.0 && id < self.first {
                    self.known.push(id);
                }
                *sum += weight;
            }
            None => self.sums.push(weight),
        }
    }

    /// Gives each stem once, with the sum of its weights, in order.
    fn sum_up(&mut self, mut take: impl FnMut(Stem)) {
        self.known.sort_unstable();
        let stems = self.known.iter().copied().chain(self.first..self.sums.len() as u32);
        stems.for_each(|id| take((id, std::mem::take(&mut self.sums[id as usize]))));
    }
}

/// The sentences of a text, the very short ones joined to a neighbour.
pub(super) fn stretches(text: &Tokenised<'_>) -> Vec<Range<u32>> {
    let mut stretches: Vec<Range<u32>> = Vec::with_capacity(text.sentences.len());
    for sentence in &text.sentences {
        match stretches.last_mut() {
            Some(last) if !sentence.paragraph && (last.len() < UNIT || sentence.tokens.len() < UNIT) => {
                last.end = sentence.tokens.end
            }
            _ => stretches.push(sentence.tokens.clone()),
        }
    }
    stretches
}

impl Vocabulary {
    /// Empties it for the next pair of the thread, if its memory is not much.
    fn keep(mut self) {
        if self.units.len() <= STEMS {
            self.ids.clear();
            self.words.clear();
            self.count = 0;
            self.units.clear();
            self.scratch.sums.clear();
            KEPT.set(self);
        }
    }

    /// Appends the stems of units to `stems`; their weights are occurrences alone.
    fn units(&mut self, text: &Tokenised<'_>, stretches: Vec<Range<u32>>, stems: &mut Vec<Stem>) -> Vec<Unit> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let units = stretches.into_iter().map(|tokens| self.unit(text, tokens, &mut scratch, stems)).collect();
        self.scratch = scratch;
        units
    }

    fn unit(&mut self, text: &Tokenised<'_>, tokens: Range<u32>, scratch: &mut Scratch, stems: &mut Vec<Stem>) -> Unit {
        scratch.begin(self.count);
        for at in tokens.start as usize..tokens.end as usize {
            let token = text.tokens[at];
            if token.class() == TokenClass::Character {
                let counts = character(text, at);
                scratch.add(self.id(token.0), CHARACTER * counts);
                let next = text.tokens.get(at + 1).filter(|_| at + 1 < tokens.end as usize);
                if let Some(next) = next.filter(|next| next.class() == TokenClass::Character) {
                    let pair = self.id(token.0.rotate_left(7) ^ next.0);
                    scratch.add(pair, PAIR * counts * character(text, at + 1));
                }
            } else {
                let (stem, word) = self.word(text, at, &mut scratch.folded);
                scratch.add(stem, 1.0);
                scratch.add(word, WHOLE_WORD);
            }
        }
        let all = &text.tokens[tokens.start as usize..tokens.end as usize];
        let characters = all.iter().filter(|token| token.class() == TokenClass::Character).count();
        let characters = 2 * characters > all.len();
        self.units.resize(self.count as usize, 0);
        let first = stems.len() as u32;
        scratch.sum_up(|stem| {
            self.units[stem.0 as usize] += 1;
            stems.push(stem);
        });
        Unit { tokens, stems: first..stems.len() as u32, norm: 0.0, characters, fixed: false }
    }

    /// Numbers of the stem and the whole of word `at`.
    fn word(&mut self, text: &Tokenised<'_>, at: usize, folded: &mut String) -> (u32, u32) {
        let token = text.tokens[at];
        match self.words.find(token.0) {
            Ok(known) => known,
            Err(free) => {
                // The word itself is new as well.
                let numbers = (self.id(stem(text, at, folded)), self.next());
                self.words.put(free, token.0, numbers);
                numbers
            }
        }
    }

    fn id(&mut self, stem: u64) -> u32 {
        match self.ids.find(stem) {
            Ok(known) => known,
            Err(free) => {
                let id = self.next();
                self.ids.put(free, stem, id);
                id
            }
        }
    }

    /// A number that nothing has yet.
    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }
}

/// What character `at` counts, of 1.
fn character(text: &Tokenised<'_>, at: usize) -> f32 {
    let hiragana = text.text[text.span(at).start..].starts_with(|c| ('\u{3041}'..='\u{309F}').contains(&c));
    if hiragana { HIRAGANA } else { 1.0 }
}

/// Hash of the letters that word `at` keeps when its ending is cut.
pub(crate) fn stem(text: &Tokenised<'_>, at: usize, folded: &mut String) -> u64 {
    let (word, token) = (text.span(at).of(text.text), text.tokens[at]);
    if word.is_ascii() {
        if word.len() <= STEM_LETTERS && token.class() == TokenClass::Word {
            return token.0;
        }
        // What comes after has no part in how they fold.
        if let Some(letters) = word.as_bytes().first_chunk::<STEM_LETTERS>() {
            return Token::new(&letters.map(|letter| letter.to_ascii_lowercase()), TokenClass::Word).0;
        }
        let mut letters = [0; STEM_LETTERS];
        let letters = &mut letters[..word.len()];
        letters.copy_from_slice(word.as_bytes());
        letters.make_ascii_lowercase();
        return Token::new(letters, TokenClass::Word).0;
    }
    folded.clear();
    text.fold(at, folded);
    let hangul = folded.starts_with(is_syllable);
    let kept = if hangul { STEM_SYLLABLES } else { STEM_LETTERS };
    folded.truncate(folded.char_indices().nth(kept).map_or(folded.len(), |(at, _)| at));
    // The token that the stem would be as a word, which no character is.
    Token::new(folded.as_bytes(), TokenClass::Word).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    fn stems(text: &str) -> Vec<u64> {
        let text = tokenise(text);
        (0..text.len()).map(|at| stem(&text, at, &mut String::new())).collect()
    }

    #[test]
    fn words_with_one_beginning_have_one_stem() {
        let [short, long, capital, foreign] = stems("share shares SHAREHOLDERS shareé")[..] else { panic!() };
        assert_eq!((short, short, short), (long, capital, foreign));
        let [number, longer] = stems("12345 1234567")[..] else { panic!() };
        assert_eq!(number, longer);
        assert_ne!(stems("shard"), stems("share"));
        assert_eq!(stems("학교에서"), stems("학교는"));
    }

    #[test]
    fn characters_say_less_than_words_and_are_nearer_than_their_cosine() {
        let (words, characters) = (tokenise("The ministers met in Seoul."), tokenise("部長們在首爾會面。"));
        let mixed = tokenise("Seoul 회의에서 部長 met them.");
        let units = Units::new((&words, stretches(&words)), (&characters, stretches(&characters)));
        let mixed = Units::new((&mixed, stretches(&mixed)), (&words, Vec::new()));
        assert_eq!((units.a[0].worth(), units.b[0].worth()), (5.0, 8.0 * CHARACTER_WORTH));
        assert_eq!((mixed.a[0].characters, units.b[0].characters), (false, true));
        assert_eq!(nearness(&units.b[0], &units.b[0]), CHARACTERS_NEARER);
        assert_eq!(nearness(&units.a[0], &units.b[0]), 1.0);
    }

    #[test]
    fn a_stem_counts_as_often_as_it_stands() {
        let text = tokenise("Boats and boats and boat.");
        let units = Units::new((&text, stretches(&text)), (&text, Vec::new()));
        // Stem and whole word of each: boats, and; the whole word boat.
        let weights: Vec<f32> = units.of(&units.a[0]).iter().map(|stem| stem.1).collect();
        assert_eq!(weights, [2.0, 1.0, 2.0, 1.0, 1.0, 0.5].map(|times| times * units.isf[0]));
    }
}
