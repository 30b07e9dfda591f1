//! Lines and rows: how what a scan finds is written in each format.

use super::super::json;
use super::ScanFormat;
use likewise::corpus::{Cluster, ClusterKind, Corpus, CorpusError, Member, NearPair, Pair, Relation, Suppression};
use likewise::report::lines::{PairLine, PassageLine};
use likewise::report::{plain_cell, round4};
use likewise::{Document, Metadata};
use serde::Serialize;
use serde_json::Value;

/// How lines are written.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    pub format: ScanFormat,
    /// With the text of both sides.
    pub text: bool,
}

/// A pair of near-duplicates as one line.
#[derive(Serialize)]
pub struct NearLine<'c> {
    a: &'c str,
    b: &'c str,
    relation: Relation,
    resemblance: f64,
    containment_a: f64,
    containment_b: f64,
    /// Whether these are shares of letters, and not of shingles.
    noisy: bool,
    simhash_distance: u32,
}

impl<'c> NearLine<'c> {
    pub fn new((a, b): (&'c str, &'c str), relation: Relation, scores: NearPair, simhash_distance: u32) -> Self {
        Self {
            a,
            b,
            relation,
            resemblance: round4(scores.resemblance),
            containment_a: round4(scores.containment_a),
            containment_b: round4(scores.containment_b),
            noisy: scores.noisy,
            simhash_distance,
        }
    }
}

/// A cluster as one line.
#[derive(Serialize)]
struct ClusterLine<'c> {
    cluster: usize,
    kind: ClusterKind,
    size: usize,
    members: Vec<MemberLine<'c>>,
}

#[derive(Serialize)]
struct MemberLine<'c> {
    id: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
}

/// A member of a cluster as a row.
#[derive(Serialize)]
struct MemberRow<'c> {
    cluster: usize,
    kind: ClusterKind,
    size: usize,
    id: &'c str,
    start: Option<u32>,
    end: Option<u32>,
}

impl Form {
    /// The names of the columns of passages; empty where lines name their fields.
    pub fn passage_head(self) -> &'static str {
        match (self.format, self.text) {
            (ScanFormat::Csv, false) => "a,b,a_start,a_end,b_start,b_end,kind,moved,similarity,words,boilerplate\n",
            (ScanFormat::Csv, true) => {
                "a,b,a_start,a_end,b_start,b_end,kind,moved,similarity,words,boilerplate,a_text,b_text\n"
            }
            _ => "",
        }
    }

    /// The same of pairs; `near`: of near-duplicates alone.
    pub fn pair_head(self, near: bool) -> &'static str {
        match (self.format, near) {
            (ScanFormat::Csv, true) => "a,b,relation,resemblance,containment_a,containment_b,noisy,simhash_distance\n",
            (ScanFormat::Csv, false) => {
                "a,b,similarity,resemblance,containment_a,containment_b,simhash_distance,shared_words,longest_words,passages\n"
            }
            _ => "",
        }
    }

    /// The same of clusters.
    pub fn cluster_head(self) -> &'static str {
        if self.format == ScanFormat::Csv { "cluster,kind,size,id,start,end\n" } else { "" }
    }

    pub fn passage(self, line: PassageLine<'_>, to: &mut String) {
        match self.format {
            ScanFormat::Jsonl => *to += &json::line(&line),
            ScanFormat::Csv => {
                let line = line.for_spreadsheet();
                let places = (line.a_start, line.a_end, line.b_start, line.b_end);
                let about = (line.kind, line.moved, line.similarity, line.words, line.boilerplate);
                match self.text {
                    true => push_row(to, &(line.a, line.b, places, about, line.a_text, line.b_text)),
                    false => push_row(to, &(line.a, line.b, places, about)),
                }
            }
            // It has clusters.
            ScanFormat::Passim => {}
        }
    }

    pub fn pair(self, line: PairLine, to: &mut String) {
        match self.format {
            ScanFormat::Csv => {
                let (a, b) = (plain_cell(&line.a).into_owned(), plain_cell(&line.b).into_owned());
                push_row(to, &PairLine { a, b, ..line });
            }
            _ => *to += &json::line(&line),
        }
    }

    pub fn near(self, line: NearLine<'_>, to: &mut String) {
        match self.format {
            ScanFormat::Csv => push_row(to, &NearLine { a: &plain_cell(line.a), b: &plain_cell(line.b), ..line }),
            _ => *to += &json::line(&line),
        }
    }

    pub fn cluster(self, number: usize, cluster: &Cluster, corpus: &Corpus, to: &mut String) {
        let (kind, size) = (cluster.kind, cluster.members.len());
        let place = |member: &Member| (member.span.map(|span| span.0), member.span.map(|span| span.1));
        if self.format == ScanFormat::Csv {
            for member in &cluster.members {
                let (id, (start, end)) = (corpus.id(member.document), place(member));
                push_row(to, &MemberRow { cluster: number, kind, size, id: &plain_cell(id), start, end });
            }
            return;
        }
        let member = |member: &Member| {
            let (start, end) = place(member);
            MemberLine { id: corpus.id(member.document), start, end }
        };
        let members = cluster.members.iter().map(member).collect();
        *to += &json::line(&ClusterLine { cluster: number, kind, size, members });
    }
}

/// A passage cluster as passim writes it: a line for each member, with its text and the fields of its document.
pub fn passim(number: usize, cluster: &Cluster, corpus: &Corpus, to: &mut String) -> Result<(), CorpusError> {
    for member in &cluster.members {
        let Some((start, end)) = member.span else { continue };
        let Document { id, text, metadata, .. } = corpus.document(member.document)?;
        let passage: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        let own = [
            ("cluster", Value::from(number)),
            ("size", Value::from(cluster.members.len())),
            ("id", Value::from(id)),
            ("begin", Value::from(start)),
            ("end", Value::from(end)),
            ("text", Value::from(passage)),
        ];
        let mut line: Metadata = own.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        for (name, value) in metadata {
            line.entry(name).or_insert(value);
        }
        *to += &json::line(&line);
    }
    Ok(())
}

/// A passage that was left out, as one line.
#[derive(Serialize)]
struct SuppressedPassage<'c> {
    reason: Suppression,
    #[serde(flatten)]
    passage: &'c PassageLine<'c>,
}

/// A pair that was left out, as one line.
#[derive(Serialize)]
struct SuppressedPair<'c> {
    reason: Suppression,
    a: &'c str,
    b: &'c str,
    relation: Relation,
}

/// Appends the line of a passage that excluded phrases left out.
pub fn suppressed_passage(passage: &PassageLine<'_>, to: &mut String) {
    *to += &json::line(&SuppressedPassage { reason: Suppression::ExcludedPhrase, passage });
}

/// The line of a pair that was left out.
pub fn suppressed_pair(corpus: &Corpus, pair: &Pair, reason: Suppression) -> String {
    let (a, b) = (corpus.id(pair.a), corpus.id(pair.b));
    json::line(&SuppressedPair { reason, a, b, relation: pair.relation })
}

fn push_row(to: &mut String, row: &impl Serialize) {
    let mut rows = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    rows.serialize(row).expect("a line is a row");
    let bytes = rows.into_inner().expect("memory takes every row");
    *to += str::from_utf8(&bytes).expect("cells are text");
}
