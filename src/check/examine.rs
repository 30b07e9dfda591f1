//! A text of the archive against the article: the fingerprints that they share are grown to stretches, and a text that has one is
//! compared, whole where the two are near-duplicates, else around what they share. All as in a scan, so that a check finds what a
//! scan of both would.

use super::article::{Article, tokens_in};
use super::options::CheckOptions;
use crate::archive::Fingerprinting;
use crate::compare::{ReadDocument, compare_wording, compare_wording_of};
use crate::comparison::{Comparison, CutShort};
use crate::corpus::excerpt::around;
use crate::corpus::join::OCCURRENCES;
use crate::corpus::overlap::{Counted, CountedText};
use crate::corpus::stretch::{Grower, Grown, Stretch};
use crate::document::Document;
use crate::extent::Extent;
use crate::fingerprint::Fingerprinter;
use crate::narrow::narrowed;
use crate::passage::{Edit, EditOp, Passage};
use crate::span::Span;
use crate::text::{Tokenised, tokenise};
use std::ops::Range;

/// Fingerprints that a near-duplicate shares at least, over its resemblance times the distinct fingerprints of the article.
const SEEDS: f64 = 0.1;

/// What a text shares with the article.
#[derive(Debug)]
pub(super) struct Examined {
    /// By place in the article.
    pub passages: Vec<Aligned>,
    /// Tokens of the text.
    pub words: usize,
    pub longest_words: usize,
    pub cut_short: Vec<CutShort>,
}

/// A passage in places of the whole texts, with its tokens.
#[derive(Debug)]
pub(super) struct Aligned {
    pub passage: Passage,
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// The article's tokens that are matched, in order.
    pub matched: Vec<Range<u32>>,
}

/// What became of a text.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It has no stretch in common with the article.
    Unrelated,
    /// It is the article's text.
    Same,
    /// It may share something.
    Found(Examined),
}

/// Examines texts against one article.
pub(super) struct Examiner<'e, 'a> {
    article: &'e Article<'a>,
    options: &'e CheckOptions,
    fingerprinter: Fingerprinter,
    /// Hash and place of each fingerprint of the article, sorted.
    prints: Vec<(u64, u32)>,
    /// How many hashes these have.
    distinct: usize,
    counted: CountedText<'e>,
    met: Vec<(u64, u32)>,
}

impl<'e, 'a> Examiner<'e, 'a> {
    pub fn new(article: &'e Article<'a>, options: &'e CheckOptions, fingerprinting: Fingerprinting) -> Self {
        let mut prints: Vec<(u64, u32)> = article.prints.iter().map(|print| (print.hash, print.at)).collect();
        prints.sort_unstable();
        let distinct = prints.chunk_by(|x, y| x.0 == y.0).count();
        let (fingerprinter, counted) = (fingerprinting.fingerprinter(), Counted::default().of(&article.narrow));
        Self { article, options, fingerprinter, prints, distinct, counted, met: Vec::new() }
    }

    /// Examines a text. `is_own`: whether its document has the article's id. Cost: linear in both texts.
    pub fn examine(&mut self, document: &Document, is_own: bool) -> Outcome {
        let read = tokenise(&document.text);
        let tokens: Vec<u32> = narrowed(&read.tokens).collect();
        if is_own && tokens == self.article.narrow {
            return Outcome::Same;
        }
        let seeds = self.seeds(&read);
        let stretches = self.stretches(&seeds, &tokens);
        let is_near =
            self.may_be_near(seeds.len(), tokens.len()) && self.resemblance(&tokens) >= self.options.resemblance;
        if !is_near && stretches.is_empty() {
            return Outcome::Unrelated;
        }
        let text = Text { document, read: &read };
        Outcome::Found(if is_near { self.compare_whole(text) } else { self.compare_cut(text, &stretches) })
    }

    /// Places, in the text and in the article, of the fingerprints that both have, paired by rank; sorted.
    fn seeds(&mut self, read: &Tokenised<'_>) -> Vec<(u32, u32)> {
        let Self { prints, met, fingerprinter, .. } = self;
        met.clear();
        fingerprinter.of_tokens(&read.tokens, |kept| {
            let at = prints.partition_point(|&(hash, _)| hash < kept.hash);
            if prints.get(at).is_some_and(|&(hash, _)| hash == kept.hash) {
                met.push((kept.hash, kept.at));
            }
        });
        met.sort_unstable();
        let mut seeds = Vec::new();
        for same in met.chunk_by(|x, y| x.0 == y.0) {
            let own = &prints[prints.partition_point(|&(hash, _)| hash < same[0].0)..];
            let own = own.iter().take_while(|(hash, _)| *hash == same[0].0);
            seeds.extend(same.iter().zip(own).take(OCCURRENCES).map(|(&(_, text), &(_, article))| (text, article)));
        }
        seeds.sort_unstable();
        seeds
    }

    /// The stretches around the seeds, the text's side first.
    fn stretches(&self, seeds: &[(u32, u32)], tokens: &[u32]) -> Vec<Stretch> {
        let mut grower = Grower::new(tokens, &self.article.narrow, self.options.stretch);
        let mut found: Vec<Stretch> = Vec::new();
        for &(at_text, at_article) in seeds {
            if let Grown::New(stretch) = grower.grow(at_text, at_article, found.iter()) {
                found.push(stretch);
            }
        }
        found
    }

    /// Whether a text with so many seeds and tokens may be a near-duplicate. At a resemblance of r the longer text is at most 1 / r times as
    /// long as the shorter one, and a share of 2 r / (1 + r) of the shingles of two equally long ones is in both; of a share far below
    /// that of the fingerprints nothing is to be expected.
    fn may_be_near(&self, seeds: usize, tokens: usize) -> bool {
        let (least, most) = (tokens.min(self.article.narrow.len()), tokens.max(self.article.narrow.len()));
        let is_as_long = least as f64 >= self.options.resemblance / 2.0 * most as f64;
        seeds > 0 && is_as_long && seeds as f64 >= SEEDS * self.options.resemblance * self.distinct as f64
    }

    fn resemblance(&mut self, tokens: &[u32]) -> f64 {
        self.counted.overlap(tokens, self.options.engine.shingle_size()).resemblance()
    }

    fn compare_whole(&self, text: Text<'_, '_>) -> Examined {
        let found = compare_wording(self.article.document, text.document, &self.options.engine);
        self.examined(text, &found, (0, 0))
    }

    /// Compares what lies around the stretches.
    fn compare_cut(&self, text: Text<'_, '_>, stretches: &[Stretch]) -> Examined {
        let hull = stretches.iter().copied().reduce(Stretch::hull).expect("there is a stretch");
        let article = Text { document: self.article.document, read: &self.article.read };
        let margin = self.options.margin as u32;
        let cut_a = article.around(hull.b_start..hull.b_end, margin);
        let cut_b = text.around(hull.a_start..hull.a_end, margin);
        let (a, b) = (article.excerpt(cut_a), text.excerpt(cut_b));
        let read = |excerpt, extent| ReadDocument { extent, ..ReadDocument::new(excerpt) };
        let (a, b) = (read(&a, self.article.extent), read(&b, Extent::of(text.read)));
        let found = compare_wording_of(&a, &b, &self.options.engine);
        self.examined(text, &found, (cut_a.start, cut_b.start))
    }

    /// What a comparison found, moved by so many bytes on either side.
    fn examined(&self, text: Text<'_, '_>, found: &Comparison<'_>, by: (usize, usize)) -> Examined {
        let places_a = &self.article.read.places;
        let aligned = |passage: &Passage| {
            let passage = shifted(passage, by);
            let equal = passage.edits.iter().filter(|edit| edit.op == EditOp::Equal);
            Aligned {
                a: tokens_in(places_a, passage.a),
                b: tokens_in(&text.read.places, passage.b),
                matched: equal.map(|edit| tokens_in(places_a, edit.a)).filter(|tokens| !tokens.is_empty()).collect(),
                passage,
            }
        };
        Examined {
            passages: found.passages.iter().map(aligned).collect(),
            words: text.read.len(),
            longest_words: found.scores.longest_words,
            cut_short: found.cut_short.clone(),
        }
    }
}

/// A document with its tokens.
#[derive(Clone, Copy)]
struct Text<'t, 'd> {
    document: &'t Document,
    read: &'t Tokenised<'d>,
}

impl Text<'_, '_> {
    fn around(self, within: Range<u32>, margin: u32) -> Span {
        let sentence = |token| self.read.sentences[self.read.sentence_of(token)].span;
        around(within, margin, (self.read.len() as u32, self.document.text.len()), sentence)
    }

    fn excerpt(self, span: Span) -> Document {
        Document::new(self.document.id.clone(), span.of(&self.document.text))
    }
}

/// A passage of two excerpts in places of the whole texts. Nothing was judged, so that it has no changes.
fn shifted(passage: &Passage, (by_a, by_b): (usize, usize)) -> Passage {
    let moved = |span: Span, by: usize| Span::new(span.start + by, span.end + by);
    let edit = |edit: &Edit| Edit { op: edit.op, a: moved(edit.a, by_a), b: moved(edit.b, by_b) };
    Passage {
        a: moved(passage.a, by_a),
        b: moved(passage.b, by_b),
        edits: passage.edits.iter().map(edit).collect(),
        ..passage.clone()
    }
}
