//! Rewording: sentences of the two texts that say the same in other words or another order.
//!
//! Each sentence is a vector of stems weighted by how few sentences hold them (tf-isf); two sentences correspond when
//! both the cosine of their vectors and the Dice overlap of their stems are high, and neighbouring correspondences are
//! clustered into one stretch. The method is that of M. A. Sanchez-Perez, G. Sidorov and A. Gelbukh, "A winning
//! approach to text alignment for text reuse detection at PAN 2014". Changed here: stems are prefixes and, for Han and
//! kana, pairs of characters, so that no language needs its own stemmer; candidates come from an inverted index.

use crate::text::{TokenClass, Tokenised};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Thresholds of this stage.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    pub cosine: f64,
    pub dice: f64,
    pub gap: u32,
    pub whole: f64,
}

/// A stretch of sentences on both sides that correspond, as token ranges.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cluster {
    pub a: Range<u32>,
    pub b: Range<u32>,
    pub similarity: f64,
}

/// One sentence, or a few short ones, as a vector.
struct Unit {
    tokens: Range<u32>,
    /// Stem and how often, sorted by stem.
    stems: Vec<(u32, f32)>,
    norm: f32,
}

/// Fewest tokens in a unit; shorter sentences join their neighbour.
const UNIT: usize = 4;

#[derive(Default)]
struct Vocabulary {
    ids: FxHashMap<u64, u32>,
    /// In how many units each stem stands.
    units: Vec<u32>,
}

pub(crate) fn clusters(a: &Tokenised<'_>, b: &Tokenised<'_>, t: Thresholds) -> Vec<Cluster> {
    let mut vocabulary = Vocabulary::default();
    let mut units_a = units(a, &mut vocabulary);
    let mut units_b = units(b, &mut vocabulary);
    let total = (units_a.len() + units_b.len()) as f32;
    let isf: Vec<f32> = vocabulary.units.iter().map(|&n| (total / n as f32).ln()).collect();
    for unit in units_a.iter_mut().chain(&mut units_b) {
        unit.norm = unit.stems.iter().map(|&(id, tf)| (tf * isf[id as usize]).powi(2)).sum::<f32>().sqrt();
    }
    let seeds = seeds(&units_a, &units_b, &isf, t);
    let mut out = Vec::new();
    let mut group = seeds;
    split(&mut group, t.gap, &mut |pairs| accept(pairs, &units_a, &units_b, &isf, t, t.gap, &mut out));
    out
}

fn units(text: &Tokenised<'_>, vocabulary: &mut Vocabulary) -> Vec<Unit> {
    let mut ranges: Vec<Range<u32>> = Vec::new();
    for sentence in &text.sentences {
        match ranges.last_mut() {
            Some(last) if last.len() < UNIT || sentence.tokens.len() < UNIT => last.end = sentence.tokens.end,
            _ => ranges.push(sentence.tokens.clone()),
        }
    }
    let mut folded = String::new();
    ranges.into_iter().map(|tokens| unit(text, tokens, vocabulary, &mut folded)).collect()
}

fn unit(text: &Tokenised<'_>, tokens: Range<u32>, vocabulary: &mut Vocabulary, folded: &mut String) -> Unit {
    let mut stems: Vec<(u32, f32)> = Vec::new();
    for at in tokens.start as usize..tokens.end as usize {
        let token = text.tokens[at];
        if token.class() == TokenClass::Character {
            stems.push((vocabulary.id(token.0), 0.5));
            if at + 1 < tokens.end as usize && text.tokens[at + 1].class() == TokenClass::Character {
                stems.push((vocabulary.id(token.0.rotate_left(7) ^ text.tokens[at + 1].0), 1.0));
            }
        } else {
            folded.clear();
            text.fold(at, folded);
            stems.push((vocabulary.id(stem(folded)), 1.0));
        }
    }
    stems.sort_unstable_by_key(|stem| stem.0);
    stems.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    for &(id, _) in &stems {
        vocabulary.units[id as usize] += 1;
    }
    Unit { tokens, stems, norm: 0.0 }
}

impl Vocabulary {
    fn id(&mut self, stem: u64) -> u32 {
        let next = self.units.len() as u32;
        let id = *self.ids.entry(stem).or_insert(next);
        if id == next {
            self.units.push(0);
        }
        id
    }
}

fn stem(word: &str) -> u64 {
    let n: usize = std::env::var("STEM").ok().and_then(|v| v.parse().ok()).unwrap_or(5);
    let cut = if word.starts_with(|c: char| ('\u{AC00}'..='\u{D7A3}').contains(&c)) { 2 } else { n };
    let end = word.char_indices().nth(cut).map_or(word.len(), |(at, _)| at);
    xxhash_rust::xxh3::xxh3_64(word[..end].as_bytes())
}

fn seeds(a: &[Unit], b: &[Unit], isf: &[f32], t: Thresholds) -> Vec<(u32, u32)> {
    let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); isf.len()];
    for (at, unit) in b.iter().enumerate() {
        for &(id, tf) in &unit.stems {
            postings[id as usize].push((at as u32, tf * isf[id as usize]));
        }
    }
    let mut dots = vec![0_f32; b.len()];
    let mut common = vec![0_u32; b.len()];
    let mut touched = Vec::new();
    let mut out = Vec::new();
    for (s, unit) in a.iter().enumerate() {
        for &(id, tf) in &unit.stems {
            let weight = tf * isf[id as usize];
            for &(at, other) in &postings[id as usize] {
                if common[at as usize] == 0 {
                    touched.push(at);
                }
                dots[at as usize] += weight * other;
                common[at as usize] += 1;
            }
        }
        for &at in &touched {
            let other = &b[at as usize];
            let cosine = dots[at as usize] / (unit.norm * other.norm).max(f32::MIN_POSITIVE);
            let dice = 2.0 * common[at as usize] as f32 / (unit.stems.len() + other.stems.len()) as f32;
            if f64::from(cosine) > t.cosine && f64::from(dice) > t.dice {
                out.push((s as u32, at));
            }
            dots[at as usize] = 0.0;
            common[at as usize] = 0;
        }
        touched.clear();
    }
    out
}

fn split(pairs: &mut [(u32, u32)], gap: u32, found: &mut impl FnMut(&[(u32, u32)])) {
    if pairs.is_empty() {
        return;
    }
    fn once(pairs: &mut [(u32, u32)], gap: u32, side: usize, found: &mut impl FnMut(&[(u32, u32)]), stable: usize) {
        let key = |p: &(u32, u32)| if side == 0 { p.0 } else { p.1 };
        pairs.sort_unstable_by_key(|p| (key(p), p.0, p.1));
        let mut start = 0;
        let mut cuts = vec![];
        for at in 1..pairs.len() {
            if key(&pairs[at]) - key(&pairs[at - 1]) > gap + 1 {
                cuts.push(start..at);
                start = at;
            }
        }
        cuts.push(start..pairs.len());
        if cuts.len() == 1 && stable >= 1 {
            return found(pairs);
        }
        let stable = if cuts.len() == 1 { stable + 1 } else { 0 };
        for cut in cuts {
            once(&mut pairs[cut], gap, 1 - side, found, stable);
        }
    }
    once(pairs, gap, 0, found, 0);
}

fn bag(units: &[Unit], isf: &[f32]) -> FxHashMap<u32, f32> {
    let mut bag = FxHashMap::default();
    for unit in units {
        for &(id, tf) in &unit.stems {
            *bag.entry(id).or_insert(0.0) += tf * isf[id as usize];
        }
    }
    bag
}

fn cosine(a: &FxHashMap<u32, f32>, b: &FxHashMap<u32, f32>) -> f64 {
    let dot: f32 = a.iter().filter_map(|(id, x)| Some(x * b.get(id)?)).sum();
    let norm = |bag: &FxHashMap<u32, f32>| bag.values().map(|x| x * x).sum::<f32>().sqrt();
    f64::from(dot / (norm(a) * norm(b)).max(f32::MIN_POSITIVE))
}

fn accept(pairs: &[(u32, u32)], a: &[Unit], b: &[Unit], isf: &[f32], t: Thresholds, gap: u32, out: &mut Vec<Cluster>) {
    let first = |side: fn(&(u32, u32)) -> u32| pairs.iter().map(side).min().expect("a group has a pair") as usize;
    let last = |side: fn(&(u32, u32)) -> u32| pairs.iter().map(side).max().expect("a group has a pair") as usize;
    let (ra, rb) = (first(|p| p.0)..last(|p| p.0) + 1, first(|p| p.1)..last(|p| p.1) + 1);
    let similarity = cosine(&bag(&a[ra.clone()], isf), &bag(&b[rb.clone()], isf));
    if similarity >= t.whole {
        out.push(Cluster {
            a: a[ra.start].tokens.start..a[ra.end - 1].tokens.end,
            b: b[rb.start].tokens.start..b[rb.end - 1].tokens.end,
            similarity,
        });
    } else if gap > 0 {
        let mut pairs = pairs.to_vec();
        split(&mut pairs, gap - 1, &mut |pairs| accept(pairs, a, b, isf, t, gap - 1, out));
    }
}
