//! The pages of a corpus: an index of clusters and pairs, and a page for each cluster.
//!
//! They are as self-contained and as careful with text as the page of a pair is: one file each, nothing loaded, nothing run but
//! their own script. Side-by-side pages are [`Format::Html`](crate::report::Format::Html), written by whoever compares the
//! pairs; here stand the links to them. What is listed, and how much, the caller decides and says in
//! [`notes`](CorpusReport::notes).

mod cluster;
mod index;
mod network;

use super::policy::allowing;
use crate::corpus::{ClusterKind, Relation};
use askama::Template;
use std::io::{self, Write};

/// The style of the page of a pair, and what these pages add.
const STYLE: &str = concat!(include_str!("../page.css"), include_str!("../timeline.css"), include_str!("corpus.css"));
const SCRIPT: &str = concat!(include_str!("../theme.js"), include_str!("corpus.js"));

/// What the pages of a corpus show. Documents are named by their index in [`documents`](Self::documents).
#[derive(Debug, Clone, Default)]
pub struct CorpusReport {
    /// Every document that a pair or a cluster names.
    pub documents: Vec<ReportDocument>,
    /// The pairs: first those that the index lists, in its order, then others that clusters need.
    pub pairs: Vec<ReportPair>,
    /// How many of the pairs the index lists.
    pub listed: usize,
    /// The clusters, the largest first.
    pub clusters: Vec<ReportCluster>,
    /// How much there is in all.
    pub counts: ReportCounts,
    /// What the report leaves out, a sentence each.
    pub notes: Vec<String>,
}

/// How much a corpus holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportCounts {
    /// Documents read.
    pub documents: usize,
    /// Documents in any pair.
    pub sharing: usize,
    /// Pairs found.
    pub pairs: usize,
    /// Passages found; `None` where pairs were not compared.
    pub passages: Option<usize>,
    /// Clusters found of each [`ClusterKind`]: as in [`ClusterKind::ALL`].
    pub clusters: [usize; 4],
}

/// A document as the pages name it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportDocument {
    /// Its id.
    pub id: String,
    /// When it is from: ISO 8601 or as in e-mails. Anything else counts as none.
    pub date: Option<String>,
    /// Other metadata worth showing: name and value.
    pub fields: Vec<(String, String)>,
}

impl ReportDocument {
    /// The day it is from, as it is written, whatever the time zone: year, month and day as one sortable text.
    pub fn day(&self) -> Option<String> {
        Some(crate::date::day(self.date.as_deref()?)?.to_string())
    }
}

/// A pair as the pages list it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPair {
    /// The first document.
    pub a: usize,
    /// The second document.
    pub b: usize,
    /// What speaks for the pair.
    pub relation: Relation,
    /// Share of the shingles of both that both have.
    pub resemblance: f64,
    /// A's words inside passages.
    pub shared_words: usize,
    /// Words in the longest run that both have word for word.
    pub longest_words: usize,
    /// Passages found.
    pub passages: usize,
    /// The side-by-side page, as seen from the index: a relative address made of letters, digits and `-._/` of ASCII.
    pub page: Option<String>,
}

/// A cluster as the pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportCluster {
    /// What links its members.
    pub kind: ClusterKind,
    /// How many documents it has, shown or not.
    pub size: usize,
    /// Those shown, the earliest first where days are known.
    pub members: Vec<ReportMember>,
}

/// A member of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportMember {
    /// The document.
    pub document: usize,
    /// First code point of the passage and one past the last; `None` for a whole document.
    pub place: Option<(u32, u32)>,
    /// The passage, or the document, from its beginning.
    pub text: String,
    /// True when the text goes on.
    pub is_cut: bool,
}

impl CorpusReport {
    /// The file of a cluster's page, beside `index.html`.
    pub fn cluster_file(cluster: usize) -> String {
        format!("clusters/{:05}.html", cluster + 1)
    }

    /// Writes `index.html`.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_index(&self, out: &mut dyn Write) -> io::Result<()> {
        let nodes = index::nodes(self);
        let links = index::links(self);
        index::Page::new(self, network::Network::new(&nodes, &links)).write_into(out)
    }

    /// Writes the page of a cluster. Cost: that of aligning each member's text with the others'.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_cluster(&self, cluster: usize, out: &mut dyn Write) -> io::Result<()> {
        let parts = cluster::Parts::new(self, cluster);
        cluster::Page::new(&parts).write_into(out)
    }
}

/// What every page has.
struct Frame {
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
}

impl Frame {
    fn new() -> Self {
        Self { policy: allowing(STYLE, SCRIPT), style: STYLE, script: SCRIPT, version: env!("CARGO_PKG_VERSION") }
    }
}

/// The class of a kind of cluster.
const fn kind(kind: ClusterKind) -> &'static str {
    match kind {
        ClusterKind::Exact => "exact",
        ClusterKind::Near => "near",
        ClusterKind::Template => "template",
        ClusterKind::Passage => "passage",
    }
}

/// The class of a pair's line.
const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "exact",
        Relation::Near => "near",
        Relation::Template => "template",
        Relation::Passage => "passage",
    }
}

/// What a pair is, in words.
const fn relation_label(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "copies",
        Relation::Near => "near-duplicates",
        Relation::Template => "same template",
        Relation::Passage => "share passages",
    }
}

/// What a cluster is called: `4 copies of one text`.
fn cluster_label(kind: ClusterKind, size: &str) -> String {
    match kind {
        ClusterKind::Exact => format!("{size} copies of one text"),
        ClusterKind::Near => format!("{size} near-duplicates"),
        ClusterKind::Template => format!("{size} texts of one template, with different values"),
        ClusterKind::Passage => format!("One passage in {size} documents"),
    }
}

#[cfg(test)]
mod tests;
