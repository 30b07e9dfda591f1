//! `likewise.check/1`: everything that checks found, for machines. [`SCHEMA`] describes it.

use super::CheckReport;
use super::credit::CreditRecord;
use super::facts::Facts;
use crate::check::{
    Boilerplate, Checked, Direction, Evidence, Group, LeftOut, Match, MatchedPassage, Printing, Relation,
};
use crate::comparison::CutShort;
use crate::document::{Decoding, Metadata};
use crate::passage::Kind;
use crate::report::chars::Counted;
use crate::report::json::passage::{Edits, Excerpt};
use crate::report::round4;
use crate::span::Span;
use crate::text::Folded;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// The JSON Schema (draft 2020-12) of the format `json`.
pub const SCHEMA: &str = include_str!("check.schema.json");

/// Writes what comes before the articles.
pub(super) fn begin(report: &CheckReport<'_>, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"schema\":\"likewise.check/1\",\"version\":\"{}\",\"options\":", env!("CARGO_PKG_VERSION"))?;
    serde_json::to_writer(&mut *out, report.options)?;
    out.write_all(b",\"archive\":")?;
    serde_json::to_writer(&mut *out, &Archive { name: &report.archive, documents: report.documents })?;
    out.write_all(b",\"articles\":[")
}

/// Writes an article.
pub(super) fn write(checked: &Checked<'_>, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, &Article::new(checked))?;
    Ok(())
}

/// Writes what comes after the articles.
pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"]}\n")
}

#[derive(Serialize)]
struct Archive<'r> {
    name: &'r str,
    documents: usize,
}

#[derive(Serialize)]
struct Article<'c> {
    id: &'c str,
    path: Option<Cow<'c, str>>,
    sha256: String,
    date: Option<Date>,
    metadata: &'c Metadata,
    chars: usize,
    words: usize,
    sentences: usize,
    folded: Folded,
    decoding: &'c Decoding,
    scores: Scores,
    matches: Vec<MatchRecord<'c>>,
    groups: Vec<GroupRecord>,
    left_out: LeftOutRecord<'c>,
    has_texts: bool,
}

impl<'c> Article<'c> {
    fn new(checked: &'c Checked<'_>) -> Self {
        let document = checked.article;
        Self {
            id: &document.id,
            path: document.path.as_deref().map(|path| path.to_string_lossy()),
            sha256: document.sha256(),
            date: checked.date,
            metadata: &document.metadata,
            chars: checked.offsets.chars(),
            words: checked.words,
            sentences: checked.sentences.len(),
            folded: checked.folded,
            decoding: &document.decoding,
            scores: Scores::new(checked),
            matches: checked.matches.iter().map(|found| MatchRecord::new(checked, found)).collect(),
            groups: checked.groups.iter().map(|group| GroupRecord::new(checked, group)).collect(),
            left_out: LeftOutRecord::new(&checked.left_out),
            has_texts: checked.has_texts,
        }
    }
}

/// Shares of the article's words; they are of those found, boilerplate apart unless the options take it in.
#[derive(Serialize)]
struct Scores {
    found: f64,
    verbatim: f64,
    edited: f64,
    reworded: f64,
    found_words: usize,
    boilerplate_words: usize,
    longest_words: usize,
    longest: Option<usize>,
    credits: Credits,
}

/// Groups by the credit of their best passage, boilerplate apart.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Credits {
    credited: usize,
    quoted_altered: usize,
    uncredited: usize,
}

impl Scores {
    fn new(checked: &Checked<'_>) -> Self {
        let [credited, quoted_altered, uncredited] = Facts::new(checked).credits();
        let [verbatim, edited, reworded] = Kind::ALL.map(|kind| round4(checked.kind_share(kind)));
        Self {
            found: round4(checked.share()),
            verbatim,
            edited,
            reworded,
            found_words: checked.figures.found_words,
            boilerplate_words: checked.figures.boilerplate_words,
            longest_words: checked.figures.longest_words,
            longest: checked.figures.longest,
            credits: Credits { credited, quoted_altered, uncredited },
        }
    }
}

#[derive(Serialize)]
struct MatchRecord<'c> {
    id: &'c str,
    source: Option<&'c str>,
    date: Option<Date>,
    metadata: &'c Metadata,
    words: usize,
    shared_words: usize,
    document_words: usize,
    document_share: f64,
    explained_words: usize,
    explains: f64,
    longest_words: usize,
    relation: RelationRecord,
    copies: Copies<'c>,
    passages: Vec<PassageRecord<'c>>,
    traces: Vec<Excerpt<'c>>,
    cut_short: &'c [CutShort],
}

impl<'c> MatchRecord<'c> {
    fn new(checked: &'c Checked<'_>, found: &'c Match) -> Self {
        Self {
            id: &found.document.id,
            source: found.source.as_deref(),
            date: found.date,
            metadata: &found.document.metadata,
            words: found.words,
            shared_words: found.shared_words,
            document_words: found.document_words,
            document_share: round4(found.document_share()),
            explained_words: found.explained_words,
            explains: round4(found.explains),
            longest_words: found.longest_words,
            relation: RelationRecord::new(checked, &found.relation),
            copies: Copies { count: found.copies.count, listed: &found.copies.listed },
            passages: found.passages.iter().map(|matched| PassageRecord::new(checked, found, matched)).collect(),
            traces: found.traces.iter().map(|&trace| Excerpt::new(checked, trace)).collect(),
            cut_short: &found.cut_short,
        }
    }
}

#[derive(Serialize)]
struct Copies<'c> {
    count: usize,
    listed: &'c [Printing],
}

/// Code points of a text.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
}

impl Place {
    fn new<'c>(counted: impl Into<Counted<'c>>, span: Span) -> Self {
        let (start, end) = counted.into().place(span);
        Self { start, end }
    }
}

#[derive(Serialize)]
struct RelationRecord {
    direction: &'static str,
    /// The match that is the common source.
    common_source: Option<usize>,
    beyond: Vec<Place>,
    beyond_words: usize,
    evidence: Vec<EvidenceRecord>,
}

impl RelationRecord {
    fn new(checked: &Checked<'_>, relation: &Relation) -> Self {
        let (common_source, beyond, beyond_words) = match &relation.direction {
            Direction::CommonSource { source, beyond, beyond_words } => (Some(*source), &beyond[..], *beyond_words),
            _ => (None, &[][..], 0),
        };
        Self {
            direction: relation.direction.name(),
            common_source,
            beyond: beyond.iter().map(|&span| Place::new(checked, span)).collect(),
            beyond_words,
            evidence: relation.evidence.iter().map(EvidenceRecord::new).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum EvidenceRecord {
    Dates { article: Date, document: Date },
    NoDate,
    Containment { article: f64, document: f64 },
    RareWords { words: f64 },
    Credited { passages: usize },
}

impl EvidenceRecord {
    fn new(evidence: &Evidence) -> Self {
        match *evidence {
            Evidence::Dates { article, document } => Self::Dates { article, document },
            Evidence::NoDate => Self::NoDate,
            Evidence::Containment { article, document } => {
                Self::Containment { article: round4(article), document: round4(document) }
            }
            Evidence::RareWords(words) => Self::RareWords { words: round4(words) },
            Evidence::Credited(passages) => Self::Credited { passages },
        }
    }
}

#[derive(Serialize)]
struct PassageRecord<'c> {
    kind: Kind,
    moved: bool,
    quoted_a: bool,
    quoted_b: bool,
    similarity: f64,
    words_a: usize,
    words_b: usize,
    a: Excerpt<'c>,
    b: Excerpt<'c>,
    edits: Edits<'c>,
    #[serde(flatten)]
    credit: CreditRecord<'c>,
    rarity: f64,
    group: usize,
    best: bool,
    boilerplate: Option<Boilerplate>,
}

impl<'c> PassageRecord<'c> {
    fn new(checked: &'c Checked<'_>, found: &'c Match, matched: &'c MatchedPassage) -> Self {
        let passage = &matched.passage;
        Self {
            kind: passage.kind,
            moved: passage.moved,
            quoted_a: passage.quoted_a,
            quoted_b: passage.quoted_b,
            similarity: round4(passage.similarity),
            words_a: passage.words_a,
            words_b: passage.words_b,
            a: Excerpt::new(checked, passage.a),
            b: Excerpt::new(found, passage.b),
            edits: Edits { a: checked.into(), b: found.into(), edits: &passage.edits },
            credit: CreditRecord::new(checked, found, matched),
            rarity: round4(matched.rarity),
            group: matched.group,
            best: matched.best,
            boilerplate: matched.boilerplate,
        }
    }
}

#[derive(Serialize)]
struct GroupRecord {
    start: usize,
    end: usize,
    words: usize,
    best: usize,
    members: Vec<MemberRecord>,
}

/// A passage, by the index of its match and its own there.
#[derive(Serialize)]
struct MemberRecord {
    #[serde(rename = "match")]
    source: usize,
    passage: usize,
}

impl GroupRecord {
    fn new(checked: &Checked<'_>, group: &Group) -> Self {
        let Place { start, end } = Place::new(checked, group.span);
        let member = |member: &crate::check::Member| MemberRecord { source: member.source, passage: member.passage };
        Self { start, end, words: group.words, best: group.best, members: group.members.iter().map(member).collect() }
    }
}

#[derive(Serialize)]
struct LeftOutRecord<'c> {
    texts: usize,
    postings: usize,
    later: usize,
    earlier: usize,
    excluded: Vec<ExcludedRecord<'c>>,
    own: usize,
}

#[derive(Serialize)]
struct ExcludedRecord<'c> {
    field: &'c str,
    value: &'c str,
    texts: usize,
}

impl<'c> LeftOutRecord<'c> {
    fn new(left_out: &'c LeftOut) -> Self {
        let excluded = left_out.excluded.iter();
        let record = |(exclusion, texts): &'c (crate::check::Exclusion, usize)| ExcludedRecord {
            field: &exclusion.field,
            value: &exclusion.value,
            texts: *texts,
        };
        Self {
            texts: left_out.texts,
            postings: left_out.postings,
            later: left_out.later,
            earlier: left_out.earlier,
            excluded: excluded.map(record).collect(),
            own: left_out.own,
        }
    }
}
