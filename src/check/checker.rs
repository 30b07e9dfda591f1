//! One article, the stages in order.

use super::article::Article;
use super::candidate::{Candidate, Tokens};
use super::choose::choose;
use super::examine::{Aligned, Examined, Examiner, Outcome};
use super::group::group;
use super::lookup::{LookUp, Votes};
use super::options::CheckOptions;
use super::printing::{Admission, Printings, Refused};
use super::ranges::union;
use super::rank::{explain, figures, rank};
use super::relation::{Direction, Relation, judge};
use super::result::{Checked, Copies, LeftOut, Match, MatchedPassage, Printing};
use super::weigh::Weigher;
use crate::archive::{ArchiveError, Index};
use crate::corpus::field::source_and_date;
use crate::credit;
use crate::document::Document;
use crate::span::CharOffsets;
use jiff::civil::Date;
use rayon::prelude::*;
use std::ops::Range;

/// Checks articles against an archive.
///
/// ```
/// use likewise::check::{CheckOptions, Checker, MemoryIndex};
/// use likewise::{Document, Options};
///
/// let archive = MemoryIndex::new(vec![
///     Document::new("wire-1", "The harbour board said on Monday that the northern pier will stay closed until the end of June."),
///     Document::new("wire-2", "Something else altogether."),
/// ]);
/// let article = Document::new("draft", "Bad news: the northern pier will stay closed until the end of June, the harbour board said on Monday.");
/// let options = CheckOptions { stretch: 10, ..CheckOptions::new(Options::default()) };
/// let checked = Checker::new(&archive, options).check(&article)?;
/// assert_eq!(checked.matches[0].document.id, "wire-1");
/// # Ok::<(), likewise::archive::ArchiveError>(())
/// ```
#[derive(Debug)]
pub struct Checker<'c, I: ?Sized> {
    index: &'c I,
    options: CheckOptions,
    date: Option<Date>,
}

/// Memory that a thread keeps from article to article.
#[derive(Debug, Default)]
pub struct Scratch {
    votes: Votes,
}

impl<'c, I: Index + ?Sized> Checker<'c, I> {
    /// For articles against `index`. `options` are taken as they are: [`CheckOptions::check`] them first when they come from outside.
    pub fn new(index: &'c I, options: CheckOptions) -> Self {
        Self { index, options, date: None }
    }

    /// With a date for articles that have none of their own.
    pub fn dated(self, date: Option<Date>) -> Self {
        Self { date, ..self }
    }

    /// The options.
    pub fn options(&self) -> &CheckOptions {
        &self.options
    }

    /// Checks one article. Cost: linear in it and in the texts read for it, of which there are [`CheckOptions::texts`] at most.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged.
    pub fn check<'a>(&self, article: &'a Document) -> Result<Checked<'a>, ArchiveError> {
        self.check_with(article, &mut Scratch::default())
    }

    /// As [`Checker::check`], with memory that was used before: for many articles.
    ///
    /// # Errors
    ///
    /// As [`Checker::check`].
    pub fn check_with<'a>(&self, article: &'a Document, scratch: &mut Scratch) -> Result<Checked<'a>, ArchiveError> {
        let date = self.date_of(article);
        let read = Article::new(article, self.index.fingerprinting());
        let looked = LookUp::new(&read, self.index)?;
        looked.vote(&read, self.index.len(), &mut scratch.votes);
        let admission = Admission { index: self.index, options: &self.options, date };
        let chosen = choose(&looked, &scratch.votes, &admission)?;
        let left_out = LeftOut {
            texts: scratch.votes.texts.len() - chosen.len(),
            postings: looked.skipped,
            ..LeftOut::new(&self.options)
        };
        let mut work = Work { admission, article: &read, looked: &looked, left_out };
        let mut candidates = match self.index.has_texts() {
            true => work.candidates(&chosen)?,
            false => work.traced(&chosen)?,
        };
        work.weigh(&mut candidates)?;
        if !self.options.reverse {
            credit(article, &mut candidates);
        }
        let mut groups = group(&mut candidates, read.words());
        explain(&mut candidates, &groups, read.words(), &self.options);
        rank(&mut candidates, &mut groups, &self.options);
        judge(&mut candidates, &groups, &read, date);
        let figures = figures(&candidates, &self.options);
        Ok(Checked {
            article,
            date,
            words: read.read.len(),
            sentences: read.read.sentences.iter().map(|sentence| sentence.span).collect(),
            folded: read.read.folded,
            offsets: CharOffsets::new(&article.text),
            matches: candidates.into_iter().map(|candidate| candidate.matching).collect(),
            groups,
            figures,
            left_out: work.left_out,
            has_texts: self.index.has_texts(),
        })
    }

    /// Checks articles in parallel, on as many threads as rayon has. `work` turns each result, on the thread that made it, into what is
    /// kept of it; it gets the article's index, too.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged: that of the first article concerned.
    pub fn check_all<T: Send>(
        &self,
        articles: &[Document],
        work: impl Fn(usize, Checked<'_>) -> T + Sync,
    ) -> Result<Vec<T>, ArchiveError> {
        let check =
            |scratch: &mut Scratch, (at, article): (usize, &Document)| Ok(work(at, self.check_with(article, scratch)?));
        articles.par_iter().with_min_len(4).enumerate().map_init(Scratch::default, check).collect()
    }

    fn date_of(&self, article: &Document) -> Option<Date> {
        source_and_date(&article.metadata).1.or(self.date)
    }
}

/// The work for one article.
struct Work<'w, 'a, I: ?Sized> {
    admission: Admission<'w, I>,
    article: &'w Article<'a>,
    looked: &'w LookUp,
    left_out: LeftOut,
}

impl<I: Index + ?Sized> Work<'_, '_, I> {
    /// Reads the chosen texts, and compares those that share a stretch.
    fn candidates(&mut self, chosen: &[u32]) -> Result<Vec<Candidate>, ArchiveError> {
        let mut examiner = Examiner::new(self.article, self.admission.options, self.admission.index.fingerprinting());
        let mut found = Vec::new();
        let mut in_vain = 0;
        for (at, &text) in chosen.iter().enumerate() {
            if in_vain == self.admission.options.patience {
                self.left_out.texts += chosen.len() - at;
                break;
            }
            let printings = self.admission.printings(text)?;
            self.left_out.add(&printings.refused);
            if printings.admitted.is_empty() {
                continue;
            }
            match self.candidate(&printings, &mut examiner)? {
                Some(candidate) => {
                    found.push(candidate);
                    in_vain = 0;
                }
                None => in_vain += 1,
            }
        }
        Ok(found)
    }

    /// The earliest document with a text that may be named, compared.
    fn candidate(
        &mut self,
        printings: &Printings,
        examiner: &mut Examiner<'_, '_>,
    ) -> Result<Option<Candidate>, ArchiveError> {
        let article = &self.article.document.id;
        for (at, &(number, _)) in printings.admitted.iter().enumerate() {
            let document = self.admission.index.document(number)?;
            if let Some(rule) = self.admission.excluded(&document) {
                self.left_out.add(&[Refused::Excluded(rule)]);
                continue;
            }
            match examiner.examine(&document, document.id == *article) {
                Outcome::Unrelated => return Ok(None),
                Outcome::Same => self.left_out.own += 1,
                Outcome::Found(examined) if examined.passages.is_empty() => return Ok(None),
                Outcome::Found(examined) => {
                    let copies = self.copies(&printings.admitted[at + 1..])?;
                    return Ok(Some(self.found(number, document, examined, copies)?));
                }
            }
        }
        Ok(None)
    }

    fn found(
        &self,
        number: u32,
        document: Document,
        examined: Examined,
        (copies, printed): (Copies, Vec<Document>),
    ) -> Result<Candidate, ArchiveError> {
        let (passages, tokens) = examined.passages.into_iter().map(split).unzip();
        let blank = self.blank(number, document, copies)?;
        let matching = Match {
            words: examined.words,
            longest_words: examined.longest_words,
            cut_short: examined.cut_short,
            passages,
            ..blank
        };
        Ok(Candidate { matching, tokens, copies: printed })
    }

    /// A match of which only the document is known.
    fn blank(&self, number: u32, document: Document, copies: Copies) -> Result<Match, ArchiveError> {
        let facts = self.admission.index.facts(number)?;
        Ok(Match {
            number,
            source: facts.source.map(|source| self.admission.index.source(source).0.to_owned()),
            date: facts.date,
            words: facts.words as usize,
            offsets: CharOffsets::new(&document.text),
            document,
            copies,
            passages: Vec::new(),
            traces: Vec::new(),
            shared_words: 0,
            document_words: 0,
            explained_words: 0,
            explains: 0.0,
            longest_words: 0,
            relation: Relation { direction: Direction::Undecided, evidence: Vec::new() },
            cut_short: Vec::new(),
        })
    }

    /// Other documents with the text: those that no exclusion by id or field leaves out, the first of them read for their ids.
    fn copies(&self, others: &[(u32, Option<Date>)]) -> Result<(Copies, Vec<Document>), ArchiveError> {
        let mut copies = Copies { count: others.len(), listed: Vec::new() };
        let mut read = Vec::new();
        for &(number, date) in others.iter().take(Copies::MOST) {
            let document = self.admission.index.document(number)?;
            let facts = self.admission.index.facts(number)?;
            let source = facts.source.map(|source| self.admission.index.source(source).0.to_owned());
            match self.admission.excluded(&document) {
                Some(_) => copies.count -= 1,
                None => {
                    copies.listed.push(Printing { id: document.id.clone(), source, date });
                    read.push(document);
                }
            }
        }
        Ok((copies, read))
    }

    /// Where there are no texts to align: the documents that have several fingerprints of the article, and where those stand.
    fn traced(&mut self, chosen: &[u32]) -> Result<Vec<Candidate>, ArchiveError> {
        let mut found = Vec::new();
        let traces = self.traces(chosen);
        for (&text, tokens) in chosen.iter().zip(traces) {
            let printings = self.admission.printings(text)?;
            self.left_out.add(&printings.refused);
            let Some(&(number, _)) = printings.admitted.first().filter(|_| !tokens.is_empty()) else { continue };
            let document = self.admission.index.document(number)?;
            let (copies, _) = self.copies(&printings.admitted[1..])?;
            let shared_words = tokens.iter().map(ExactSizeIterator::len).sum();
            let traces = tokens.iter().map(|tokens| self.article.bytes(tokens)).collect();
            let matching = Match { traces, shared_words, ..self.blank(number, document, copies)? };
            found.push(Candidate { matching, tokens: Vec::new(), copies: Vec::new() });
        }
        found.sort_by_key(|candidate| std::cmp::Reverse(candidate.matching.shared_words));
        Ok(found)
    }

    /// For each text, the article's tokens in fingerprints that the text has too; none where that is a single one.
    fn traces(&self, chosen: &[u32]) -> Vec<Vec<Range<u32>>> {
        let mut place: Vec<(u32, usize)> = chosen.iter().enumerate().map(|(at, &text)| (text, at)).collect();
        place.sort_unstable();
        let mut tokens: Vec<Vec<Range<u32>>> = vec![Vec::new(); chosen.len()];
        for print in 0..self.article.prints.len() {
            for &number in self.looked.documents(print).0 {
                if let Ok(at) = place.binary_search_by_key(&number, |&(text, _)| text) {
                    tokens[place[at].1].push(self.article.tokens_of(print));
                }
            }
        }
        tokens.into_iter().map(|own| if own.len() < 2 { Vec::new() } else { union(own) }).collect()
    }

    /// Weighs every passage.
    fn weigh(&self, candidates: &mut [Candidate]) -> Result<(), ArchiveError> {
        let mut weigher = Weigher::new(self.article, self.looked, self.admission.index);
        for Candidate { matching, tokens, .. } in candidates {
            let source = self.admission.index.facts(matching.number)?.source;
            for (passage, tokens) in matching.passages.iter_mut().zip(tokens) {
                passage.rarity = weigher.rarity(&tokens.a);
                passage.boilerplate = weigher.boilerplate(&tokens.a, source)?;
            }
        }
        Ok(())
    }
}

/// Looks for the credit of every passage.
fn credit(article: &Document, candidates: &mut [Candidate]) {
    if candidates.is_empty() {
        return;
    }
    let article = credit::Article::new(article);
    for Candidate { matching, copies, .. } in candidates {
        let mut source = credit::Source::new(&matching.document);
        copies.iter().for_each(|copy| source.also(copy));
        for passage in &mut matching.passages {
            passage.credit = Some(article.judge(&passage.passage, &source));
        }
    }
}

/// A passage and its tokens, apart; what it is worth is not known yet.
fn split(Aligned { passage, a, b, matched }: Aligned) -> (MatchedPassage, Tokens) {
    let passage = MatchedPassage { passage, rarity: 1.0, group: 0, best: false, boilerplate: None, credit: None };
    (passage, Tokens { a, b, matched })
}

impl LeftOut {
    fn new(options: &CheckOptions) -> Self {
        Self { excluded: options.exclude.iter().map(|rule| (rule.clone(), 0)).collect(), ..Self::default() }
    }

    fn add(&mut self, refused: &[Refused]) {
        for reason in refused {
            match *reason {
                Refused::Later => self.later += 1,
                Refused::Earlier => self.earlier += 1,
                Refused::Excluded(rule) => self.excluded[rule].1 += 1,
            }
        }
    }
}
