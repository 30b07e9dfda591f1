//! What several texts of one passage say together, and where each departs from it.
//!
//! Every text is aligned with the first, and words are put to the vote, as J. G. Fiscus combines the outputs of recognisers
//! ("ROVER", 1997): a word of the first text that more than half of the texts have stands; between two such words the wording
//! that most texts have wins, which may be none. Texts without both of these words have no vote there.

use crate::align::Aligner;
use crate::passage::{Edit, EditOp};
use crate::seed::Run;
use crate::span::Span;
use crate::text::{Token, Tokenised, tokenise};
use std::ops::Range;

/// What several texts of one passage say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consensus {
    /// The wording that most texts have, word for word.
    pub text: String,
    /// Tiles the text: a stretch, and how many texts have it.
    pub parts: Vec<(Span, usize)>,
    /// How many texts there are.
    pub texts: usize,
}

impl Consensus {
    /// Of at least one text; the order matters only where the vote is even, then the first has its way. Cost: that of aligning
    /// every text with the first.
    pub fn new(texts: &[&str]) -> Self {
        let read: Vec<Tokenised<'_>> = texts.iter().map(|text| tokenise(text)).collect();
        let Some(first) = read.first() else { return Self { text: String::new(), parts: Vec::new(), texts: 0 } };
        let voters: Vec<Voter<'_>> = read.iter().map(|text| Voter::new(first, text)).collect();
        let mut written = Self { text: String::new(), parts: Vec::new(), texts: texts.len() };
        let mut from = 0;
        for at in 0..first.len() {
            let votes = voters.iter().filter(|voter| voter.partner(at).is_some()).count();
            if votes * 2 > texts.len() {
                written.vote(&voters, from..at);
                written.push(first.span(at).of(first.text), votes);
                from = at + 1;
            }
        }
        written.vote(&voters, from..first.len());
        written
    }

    /// What turns the consensus into `text`. The edits tile both: spans of A are of the consensus, spans of B of `text`.
    pub fn deviations(&self, text: &str) -> Vec<Edit> {
        let (a, b) = (tokenise(&self.text), tokenise(text));
        let runs = aligned(&a, &b);
        let mut edits = Edits { all: Vec::new(), a: 0, b: 0 };
        for run in &runs {
            let start = (a.span(run.a as usize).start, b.span(run.b as usize).start);
            let end = (a.span(run.end_a() as usize - 1).end, b.span(run.end_b() as usize - 1).end);
            edits.differs(&a, &b, start);
            edits.push(EditOp::Equal, end);
        }
        edits.differs(&a, &b, (a.text.len(), b.text.len()));
        edits.all
    }

    /// Writes the wording of the stretch `slot` of the first text that most texts have.
    fn vote(&mut self, voters: &[Voter<'_>], slot: Range<usize>) {
        let wordings: Vec<_> = voters.iter().filter_map(|voter| voter.wording(&slot)).collect();
        let votes = |tokens: &[Token]| wordings.iter().filter(|(_, other)| *other == tokens).count();
        // The first of those with most votes.
        let best = wordings.iter().map(|&(text, tokens)| (votes(tokens), text));
        let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((votes, text)) = best.filter(|(_, text)| !text.is_empty()) {
            self.push(text, votes);
        }
    }

    fn push(&mut self, text: &str, votes: usize) {
        let start = self.text.len();
        self.text.push_str(text);
        match self.parts.last_mut() {
            Some((span, same)) if *same == votes => span.end = self.text.len(),
            _ => self.parts.push((Span::new(start, self.text.len()), votes)),
        }
    }
}

/// A text and where the words of the first one stand in it.
struct Voter<'t> {
    text: &'t Tokenised<'t>,
    /// Shared with the first text.
    runs: Vec<Run>,
    /// Tokens of the first text.
    first_len: usize,
}

impl<'t> Voter<'t> {
    fn new(first: &'t Tokenised<'t>, text: &'t Tokenised<'t>) -> Self {
        Self { text, runs: aligned(first, text), first_len: first.len() }
    }

    /// The token that token `at` of the first text corresponds to.
    fn partner(&self, at: usize) -> Option<usize> {
        let run = self.runs[..self.runs.partition_point(|run| run.a as usize <= at)].last()?;
        (at < run.end_a() as usize).then(|| run.b as usize + at - run.a as usize)
    }

    /// What stands here for the stretch `slot` of the first text, with its tokens; none where its neighbours do not stand here.
    fn wording(&self, slot: &Range<usize>) -> Option<(&'t str, &'t [Token])> {
        let from = if slot.start == 0 { 0 } else { self.partner(slot.start - 1)? + 1 };
        let to = if slot.end == self.first_len { self.text.len() } else { self.partner(slot.end)? };
        let start = if from == 0 { 0 } else { self.text.span(from - 1).end };
        let end = if to == self.text.len() { self.text.text.len() } else { self.text.span(to).start };
        Some((&self.text.text[start..end], &self.text.tokens[from..to]))
    }
}

/// Runs of tokens that two texts share, in order.
fn aligned(a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<Run> {
    Aligner::new(a, b).complete(0..a.len() as u32, 0..b.len() as u32, &[]).runs
}

/// Edits up to a place in both texts.
struct Edits {
    all: Vec<Edit>,
    a: usize,
    b: usize,
}

impl Edits {
    fn push(&mut self, op: EditOp, (a, b): (usize, usize)) {
        self.all.push(Edit { op, a: Span::new(self.a, a), b: Span::new(self.b, b) });
        (self.a, self.b) = (a, b);
    }

    /// What lies between here and there: without words on either side it is no deviation.
    fn differs(&mut self, a: &Tokenised<'_>, b: &Tokenised<'_>, to: (usize, usize)) {
        let (has_a, has_b) = (holds_token(a, self.a..to.0), holds_token(b, self.b..to.1));
        match (has_a, has_b) {
            (true, true) => self.push(EditOp::Replace, to),
            (true, false) => self.push(EditOp::Delete, to),
            (false, true) => self.push(EditOp::Insert, to),
            (false, false) if (self.a, self.b) == to => {}
            (false, false) => self.push(EditOp::Equal, to),
        }
    }
}

/// Whether a token begins in a stretch of bytes.
fn holds_token(text: &Tokenised<'_>, bytes: Range<usize>) -> bool {
    let next = text.places.partition_point(|&(start, _)| (start as usize) < bytes.start);
    text.places.get(next).is_some_and(|&(start, _)| (start as usize) < bytes.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXTS: [&str; 4] = [
        "The two sides agreed to keep talking about fishing.",
        "The two sides agreed to go on talking about fishing, again.",
        "The two sides agreed to go on talking about fishing.",
        "The three sides agreed to go on talking about it.",
    ];

    #[test]
    fn most_texts_decide_word_by_word() {
        let consensus = Consensus::new(&TEXTS);
        assert_eq!(consensus.text, "The two sides agreed to go on talking about fishing.");
        let parts: Vec<_> =
            consensus.parts.iter().map(|(span, votes)| (span.of(&consensus.text).trim(), *votes)).collect();
        assert_eq!(parts[0], ("The", 4));
        assert!(parts.contains(&("go on", 3)) && parts.contains(&("two", 3)), "{parts:?}");
    }

    #[test]
    fn each_text_departs_where_it_says_something_else() {
        let consensus = Consensus::new(&TEXTS);
        let said = |text: &str| -> Vec<(EditOp, String, String)> {
            let edits = consensus.deviations(text).into_iter().filter(|edit| edit.op != EditOp::Equal);
            edits.map(|e| (e.op, e.a.of(&consensus.text).trim().to_owned(), e.b.of(text).trim().to_owned())).collect()
        };
        assert_eq!(said(TEXTS[0]), [(EditOp::Replace, "go on".to_owned(), "keep".to_owned())]);
        assert_eq!(said(TEXTS[1]), [(EditOp::Insert, ".".to_owned(), ", again.".to_owned())]);
        assert_eq!(said(TEXTS[2]), []);
    }

    #[test]
    fn an_even_vote_leaves_the_first_its_way() {
        assert_eq!(Consensus::new(&["one two three", "one four three"]).text, "one two three");
        assert_eq!(Consensus::new(&["alone"]).text, "alone");
        assert_eq!(Consensus::new(&[]).text, "");
    }

    proptest! {
        #[test]
        fn parts_and_deviations_tile(texts in prop::collection::vec("[abc,. 東]{0,30}", 1..6)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let consensus = Consensus::new(&texts);
            let all: String = consensus.parts.iter().map(|(span, _)| span.of(&consensus.text)).collect();
            prop_assert_eq!(&all, &consensus.text);
            prop_assert!(consensus.parts.iter().all(|(_, votes)| (1..=texts.len()).contains(votes)));
            for text in &texts {
                let edits = consensus.deviations(text);
                let a: String = edits.iter().map(|edit| edit.a.of(&consensus.text)).collect();
                let b: String = edits.iter().map(|edit| edit.b.of(text)).collect();
                prop_assert_eq!((a.as_str(), b.as_str()), (consensus.text.as_str(), *text));
            }
        }

        #[test]
        fn copies_agree(text in "[a-e ]{0,30}", count in 1_usize..5) {
            let consensus = Consensus::new(&vec![text.as_str(); count]);
            prop_assert_eq!(&consensus.text, &text);
        }
    }
}
