//! The index: clusters by size, pairs by what they share, and a picture of both.

use super::network::{Link, Network, Node};
use super::{CorpusReport, Frame, ReportPair, kind, relation_label};
use crate::corpus::ClusterKind;
use crate::date::day;
use crate::report::html::text::excerpt;
use crate::report::visible::visible;
use crate::report::wording::{count, grouped, percent};
use crate::span::Span;
use askama::Template;
use std::borrow::Cow;

/// Characters of a cluster's text shown.
const BEGINNING: usize = 110;

/// What the template shows.
#[derive(Template)]
#[template(path = "corpus/index.html")]
pub(super) struct Page<'r> {
    frame: Frame,
    report: &'r CorpusReport,
    network: Network<'r>,
}

/// A cluster in the list.
struct ClusterRow<'r> {
    kind: &'static str,
    label: &'static str,
    size: String,
    page: String,
    days: String,
    first: Cow<'r, str>,
    begins: Cow<'r, str>,
}

/// A pair in the list.
struct PairRow<'r> {
    pair: &'r ReportPair,
    page: Option<&'r str>,
    a: Cow<'r, str>,
    b: Cow<'r, str>,
    day_a: String,
    day_b: String,
    relation: &'static str,
    shared: String,
    longest: String,
    resemblance: String,
}

impl<'r> Page<'r> {
    pub(super) fn new(report: &'r CorpusReport, network: Network<'r>) -> Self {
        Self { frame: Frame::new(), report, network }
    }

    fn title(&self) -> String {
        let counts = self.report.counts;
        match counts.sharing {
            0 => format!("{}, none shares text with another", count(counts.documents, "document")),
            sharing => format!("{} of {} share text", grouped(sharing), count(counts.documents, "document")),
        }
    }

    fn sentence(&self) -> String {
        let counts = self.report.counts;
        let [exact, near, template, passage] = counts.clusters;
        let templates = if template > 0 { format!(", {} of one template", grouped(template)) } else { String::new() };
        let passages = counts.passages.map_or(String::new(), |passages| format!(", {}", count(passages, "passage")));
        let clusters = match counts.passages {
            Some(_) => format!(
                "{} of copies, {} of near-duplicates{templates}, {} of passages",
                grouped(exact),
                grouped(near),
                grouped(passage)
            ),
            None => format!("{} of copies, {} of near-duplicates{templates}", grouped(exact), grouped(near)),
        };
        let all = exact + near + template + passage;
        format!("{}{passages}; {}: {clusters}.", count(counts.pairs, "pair"), count(all, "cluster"))
    }

    /// Whether pairs have figures of a comparison.
    fn compared(&self) -> bool {
        self.report.counts.passages.is_some()
    }

    fn order(&self) -> &'static str {
        if self.compared() { "those that share the most words first" } else { "those most alike first" }
    }

    /// Kinds of clusters that are listed: class, name, how many.
    fn kinds(&self) -> Vec<(&'static str, &'static str, String)> {
        let listed = |wanted| self.report.clusters.iter().filter(|cluster| cluster.kind == wanted).count();
        let kinds = ClusterKind::ALL.map(|kind| (kind, listed(kind)));
        kinds.into_iter().filter(|kind| kind.1 > 0).map(|(of, many)| (kind(of), label(of), grouped(many))).collect()
    }

    /// Whether days are known.
    fn is_dated(&self) -> bool {
        self.report.documents.iter().any(|document| document.date.as_deref().and_then(day).is_some())
    }

    fn first_label(&self) -> &'static str {
        if self.is_dated() { "Earliest" } else { "First" }
    }

    fn clusters(&self) -> Vec<ClusterRow<'r>> {
        let documents = &self.report.documents;
        let rows = self.report.clusters.iter().enumerate().map(|(number, cluster)| {
            let first = cluster.members.first();
            let text = first.map_or("", |member| &member.text);
            let days = cluster.members.iter().filter_map(|member| day(documents[member.document].date.as_deref()?));
            let days: Vec<_> = days.collect();
            ClusterRow {
                kind: kind(cluster.kind),
                label: label(cluster.kind),
                size: cluster.size.to_string(),
                page: CorpusReport::cluster_file(number),
                days: match (days.iter().min(), days.iter().max()) {
                    (Some(from), Some(to)) if from == to => from.to_string(),
                    (Some(from), Some(to)) => format!("{from} – {to}"),
                    _ => String::new(),
                },
                first: first.map_or(Cow::Borrowed(""), |member| visible(&documents[member.document].id)),
                begins: excerpt(text, Span::new(0, text.len()), BEGINNING),
            }
        });
        rows.collect()
    }

    fn pairs(&self) -> Vec<PairRow<'r>> {
        let report = self.report;
        let name = |document: usize| visible(&report.documents[document].id);
        let day = |document: usize| {
            report.documents[document].date.as_deref().and_then(day).map_or(String::new(), |day| day.to_string())
        };
        let row = |pair: &'r ReportPair| PairRow {
            pair,
            page: pair.page.as_deref(),
            a: name(pair.a),
            b: name(pair.b),
            day_a: day(pair.a),
            day_b: day(pair.b),
            relation: relation_label(pair.relation),
            shared: grouped(pair.shared_words),
            longest: grouped(pair.longest_words),
            resemblance: percent(pair.resemblance),
        };
        report.pairs[..report.listed].iter().map(row).collect()
    }

    /// Kinds of lines in the picture.
    fn lines(&self) -> [(&'static str, &'static str); 3] {
        [("exact", "copies"), ("near", "near-duplicates"), ("passage", "share passages")]
    }

    fn drawn(&self) -> String {
        match (self.network.drawn(), self.report.counts.sharing) {
            (drawn, all) if drawn == all => count(drawn, "document"),
            (drawn, all) => format!("{} of {}", grouped(drawn), count(all, "document")),
        }
    }
}

/// What a kind of cluster is called.
const fn label(kind: ClusterKind) -> &'static str {
    match kind {
        ClusterKind::Exact => "copies",
        ClusterKind::Near => "near-duplicates",
        ClusterKind::Template => "same template",
        ClusterKind::Passage => "passage",
    }
}

/// The documents, each leading to the largest cluster that shows it, else to a pair's page.
pub(super) fn nodes(report: &CorpusReport) -> Vec<Node<'_>> {
    let mut nodes: Vec<Node<'_>> =
        report.documents.iter().map(|document| Node { name: &document.id, link: None }).collect();
    for (number, cluster) in report.clusters.iter().enumerate() {
        for member in &cluster.members {
            nodes[member.document].link.get_or_insert_with(|| CorpusReport::cluster_file(number));
        }
    }
    for pair in &report.pairs {
        for document in [pair.a, pair.b] {
            if nodes[document].link.is_none() {
                nodes[document].link.clone_from(&pair.page);
            }
        }
    }
    nodes
}

/// The pairs as lines.
pub(super) fn links(report: &CorpusReport) -> Vec<Link> {
    let link = |pair: &ReportPair| Link { a: pair.a, b: pair.b, relation: pair.relation, words: pair.shared_words };
    report.pairs.iter().map(link).collect()
}
