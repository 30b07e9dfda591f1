//! What a check of an article comes to.

use super::options::Exclusion;
use super::relation::Relation;
use crate::comparison::CutShort;
use crate::credit::{Credit, CreditClass};
use crate::document::Document;
use crate::passage::{Kind, Passage};
use crate::span::{CharOffsets, Span};
use crate::text::Folded;
use jiff::civil::Date;
use serde::Serialize;

/// What a check of one article against an archive came to.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    /// The article; spans named so count bytes of its text.
    pub article: &'a Document,
    /// Its day: of its field `date`, or as the caller said.
    pub date: Option<Date>,
    /// Its words: tokens after folding.
    pub words: usize,
    /// Spans of its sentences, in order.
    pub sentences: Vec<Span>,
    /// What folding had to drop or map in it.
    pub folded: Folded,
    /// Its bytes to code points.
    pub offsets: CharOffsets,
    /// Documents of the archive that share wording with it, ranked: by the words that each explains, then by those it shares, both
    /// weighted by rarity, then the earliest first. Of a reverse check, by the share of the document that is the article's.
    pub matches: Vec<Match>,
    /// The passages of all matches in groups, by their place in the article. Each passage is in one.
    pub groups: Vec<Group>,
    /// Figures over the article.
    pub figures: Figures,
    /// What bounds and filters left out.
    pub left_out: LeftOut,
    /// Whether the archive keeps texts. Where it does not, nothing could be aligned: matches have [`Match::traces`] and no passages.
    pub has_texts: bool,
}

/// Figures over an article. Words are counted once, however many documents have them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Words in passages that count: without those that are only boilerplate, unless the options take it in.
    pub found_words: usize,
    /// Words in passages of boilerplate and in no other.
    pub boilerplate_words: usize,
    /// Of the words found, those in verbatim passages, then those in edited ones and no verbatim one, then the others. In the order of
    /// [`Kind::ALL`].
    pub kind_words: [usize; 3],
    /// Words of the longest run that the article and one document have word for word.
    pub longest_words: usize,
    /// The index of the match that has it.
    pub longest: Option<usize>,
}

/// A document of the archive that shares wording with the article. Of a text that the archive has more than once, the earliest
/// document.
#[derive(Debug, Clone)]
pub struct Match {
    /// Its number in the archive.
    pub number: u32,
    /// The document; its text is empty where the archive keeps none.
    pub document: Document,
    /// Its field `source`.
    pub source: Option<String>,
    /// The day of its field `date`.
    pub date: Option<Date>,
    /// Its words.
    pub words: usize,
    /// Bytes of its text to code points.
    pub offsets: CharOffsets,
    /// Other documents with the same text.
    pub copies: Copies,
    /// What it shares with the article, by the place there. None where the archive keeps no texts.
    pub passages: Vec<MatchedPassage>,
    /// Where the archive keeps no texts: the stretches of the article that share fingerprints with it.
    pub traces: Vec<Span>,
    /// Words of the article in its passages, each once, boilerplate left out unless the options take it in.
    pub shared_words: usize,
    /// Words of the document in its passages, likewise.
    pub document_words: usize,
    /// Words of the article that it is the best source of. The sum over all matches is at most the words found.
    pub explained_words: usize,
    /// The same weighted by the rarity of the passages they stand in: what matches are ranked by.
    pub explains: f64,
    /// Words of the longest run that both have word for word.
    pub longest_words: usize,
    /// How the two came to share wording, as far as can be told.
    pub relation: Relation,
    /// Where a bound on the alignment's work cut in; empty nearly always.
    pub cut_short: Vec<CutShort>,
}

/// Other documents of the archive with the same text after folding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// How many there are.
    pub count: usize,
    /// The first of them by date, undated ones last, up to [`Copies::MOST`].
    pub listed: Vec<Printing>,
}

impl Copies {
    /// Copies of one text that are listed by name.
    pub const MOST: usize = 20;
}

/// One of several documents with the same text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Printing {
    /// Its id.
    pub id: String,
    /// Its field `source`.
    pub source: Option<String>,
    /// The day of its field `date`.
    pub date: Option<Date>,
}

/// A passage that the article (A) shares with a document of the archive (B).
#[derive(Debug, Clone)]
pub struct MatchedPassage {
    /// The alignment: spans and edits count bytes of the two whole texts. What edits do to the meaning is not judged.
    pub passage: Passage,
    /// How surprising its wording is, from 0 (every text of the archive has it) to 1 (no other has).
    pub rarity: f64,
    /// The index of its group.
    pub group: usize,
    /// Whether this is the passage of its group that explains the stretch best.
    pub best: bool,
    /// Set where the document's source prints this wording again and again.
    pub boilerplate: Option<Boilerplate>,
    /// What credit the article gives for it; none where that was not asked, as in a reverse check.
    pub credit: Option<Credit>,
}

/// Wording that one source has in many of its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Boilerplate {
    /// Distinct texts of the source that have it, as far as they were looked up.
    pub documents: u32,
    /// Documents of the source.
    pub of: u32,
}

/// A stretch of the article that one document or several have.
///
/// Rule: passages are gone through from the longest to the shortest; each joins the group whose stretch it overlaps by more than
/// half of its own words (of two such the one it overlaps more), or else opens one, whose stretch it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The stretch: the place of its longest passage in the article.
    pub span: Span,
    /// Its words.
    pub words: usize,
    /// The passages: the earliest document first, undated ones last, then the more alike, then by id.
    pub members: Vec<Member>,
    /// The index in `members` of the passage that matches most of the stretch word for word, or of the earliest among those that do so
    /// about as well.
    pub best: usize,
}

/// A passage by its place in [`Checked::matches`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// The index of the match.
    pub source: usize,
    /// The index of the passage in it.
    pub passage: usize,
}

/// What was not looked at, or not listed, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Texts that share a fingerprint but were not read, because of [`CheckOptions::texts`](super::CheckOptions::texts) or
    /// [`CheckOptions::patience`](super::CheckOptions::patience).
    pub texts: usize,
    /// Occurrences of very frequent fingerprints that were not looked up.
    pub postings: usize,
    /// Texts dated after the day asked about.
    pub later: usize,
    /// In a reverse check, texts dated before the article.
    pub earlier: usize,
    /// Texts left out by the exclusions asked for, in their order.
    pub excluded: Vec<(Exclusion, usize)>,
    /// Documents with the article's own id and text, taken for the article itself.
    pub own: usize,
}

impl Checked<'_> {
    /// The passage that `member` names.
    pub fn passage(&self, member: Member) -> &MatchedPassage {
        &self.matches[member.source].passages[member.passage]
    }

    /// The best passage of `group`.
    pub fn best(&self, group: &Group) -> Member {
        group.members[group.best]
    }

    /// The credit of a group: the best that one of its passages has. To credit one of several documents with the same wording is to
    /// credit it. None in a reverse check.
    pub fn credit(&self, group: &Group) -> Option<CreditClass> {
        let classes = group.members.iter().filter_map(|&member| Some(self.passage(member).credit.as_ref()?.class));
        classes.min()
    }

    /// Share of the article's words found in the archive, 0 to 1.
    pub fn share(&self) -> f64 {
        share(self.figures.found_words, self.words)
    }

    /// Share of the article's words found in passages of `kind`, 0 to 1.
    pub fn kind_share(&self, kind: Kind) -> f64 {
        let at = Kind::ALL.iter().position(|&other| other == kind).expect("every kind is listed");
        share(self.figures.kind_words[at], self.words)
    }

    /// Code points of the article before byte `offset`.
    pub fn chars_before(&self, offset: usize) -> usize {
        self.offsets.of(&self.article.text, offset)
    }
}

impl Match {
    /// Share of the document's words that stand in its passages, 0 to 1.
    pub fn document_share(&self) -> f64 {
        share(self.document_words, self.words)
    }

    /// Code points of the document before byte `offset`.
    pub fn chars_before(&self, offset: usize) -> usize {
        self.offsets.of(&self.document.text, offset)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
