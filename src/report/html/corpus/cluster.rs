//! The page of a cluster: when its documents are from, what most of them say, and where each departs from it.

use super::network::{Link, Network, Node};
use super::{CorpusReport, Frame, ReportCluster, ReportMember, ReportPair, cluster_label};
use crate::corpus::{ClusterKind, Consensus};
use crate::date::day;
use crate::passage::{Edit, EditOp};
use crate::report::html::text::Text;
use crate::report::html::timeline::Timeline;
use crate::report::visible::visible;
use crate::report::wording::{count, grouped};
use crate::span::Span;
use askama::Template;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::fmt::Write;

/// Units across the timeline.
const TIMELINE: i64 = 960;

/// Deviations of a member shown.
const DEVIATIONS: usize = 40;
/// Bytes of equal text shown on either side of a deviation, about.
const AROUND: usize = 48;

/// What a page is made of.
pub(super) struct Parts<'r> {
    report: &'r CorpusReport,
    number: usize,
    cluster: &'r ReportCluster,
    consensus: Consensus,
    /// Among the members shown.
    pairs: Vec<&'r ReportPair>,
    nodes: Vec<Node<'r>>,
    links: Vec<Link>,
}

impl<'r> Parts<'r> {
    pub(super) fn new(report: &'r CorpusReport, number: usize) -> Self {
        let cluster = &report.clusters[number];
        let texts: Vec<&str> = match cluster.kind {
            ClusterKind::Exact => cluster.members.iter().take(1).map(|member| &*member.text).collect(),
            _ => middle_first(cluster.members.iter().map(|member| &*member.text).collect()),
        };
        // A document may be a member at several places.
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        let mut nodes = Vec::new();
        for (at, member) in cluster.members.iter().enumerate() {
            places.entry(member.document).or_insert_with(|| {
                nodes.push(Node { name: &report.documents[member.document].id, link: Some(format!("#m{}", at + 1)) });
                nodes.len() - 1
            });
        }
        let mut pairs = Vec::new();
        let mut links = Vec::new();
        for pair in &report.pairs {
            if let (Some(&a), Some(&b)) = (places.get(&pair.a), places.get(&pair.b)) {
                pairs.push(pair);
                links.push(Link { a, b, relation: pair.relation, words: pair.shared_words });
            }
        }
        Self { report, number, cluster, consensus: Consensus::new(&texts), pairs, nodes, links }
    }

    /// The pair with a page of `document` and the earliest other member that has one with it.
    fn page_with(&self, document: usize) -> Option<(&'r str, usize)> {
        let of_both = |other: usize| {
            let pair = self
                .pairs
                .iter()
                .find(|pair| pair.page.is_some() && [(pair.a, pair.b), (pair.b, pair.a)].contains(&(document, other)));
            Some((pair?.page.as_deref()?, other))
        };
        self.cluster.members.iter().find_map(|member| of_both(member.document))
    }
}

/// The text of middle length before the others: with it the others are aligned.
fn middle_first(mut texts: Vec<&str>) -> Vec<&str> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&at| texts[at].len());
    if let Some(&middle) = order.get(order.len() / 2) {
        texts.swap(0, middle);
    }
    texts
}

/// What the template shows.
#[derive(Template)]
#[template(path = "corpus/cluster.html")]
pub(super) struct Page<'r> {
    frame: Frame,
    parts: &'r Parts<'r>,
    timeline: Timeline<'r>,
    network: Network<'r>,
}

/// A member in the list.
struct MemberRow<'r> {
    number: usize,
    name: Cow<'r, str>,
    day: Option<String>,
    page: Option<String>,
    other: Cow<'r, str>,
    differs: String,
    place: Option<String>,
    fields: Vec<(Cow<'r, str>, Cow<'r, str>)>,
    deviations: String,
}

impl<'r> Page<'r> {
    pub(super) fn new(parts: &'r Parts<'r>) -> Self {
        let documents = &parts.report.documents;
        let dots = parts.cluster.members.iter().enumerate().filter_map(|(at, member)| {
            let document = &documents[member.document];
            Some((day(document.date.as_deref()?)?, &*document.id, format!("#m{}", at + 1)))
        });
        let mut dots: Vec<_> = dots.collect();
        dots.sort_by_key(|dot| dot.0);
        Self {
            frame: Frame::new(),
            parts,
            timeline: Timeline { dots, width: TIMELINE, marked: None },
            network: Network::new(&parts.nodes, &parts.links),
        }
    }

    fn cluster(&self) -> &'r ReportCluster {
        self.parts.cluster
    }

    fn title(&self) -> String {
        cluster_label(self.cluster().kind, &grouped(self.cluster().size))
    }

    /// Who was first, where that is known.
    fn sentence(&self) -> String {
        match &self.timeline.dots[..] {
            [first, .., last] if first.0 != last.0 => {
                format!("First on {} in {}; last on {}.", first.0, visible(first.1), last.0)
            }
            [first, ..] => format!("All that have a date are of {}.", first.0),
            [] => String::new(),
        }
    }

    fn left(&self) -> Option<String> {
        let (shown, size) = (self.parts.nodes.len(), self.cluster().size);
        (shown < size).then(|| {
            format!(
                "{} of {} are shown; all of them are in the clusters file of the scan.",
                grouped(shown),
                grouped(size)
            )
        })
    }

    fn dated(&self) -> String {
        let (dated, all) = (self.timeline.dots.len(), self.cluster().members.len());
        if dated == all {
            "the earliest is red".to_owned()
        } else {
            format!("{dated} of {all} have a date; the earliest is red")
        }
    }

    /// The pages of the clusters before and after this one, as seen from here.
    fn before(&self) -> Option<String> {
        self.parts.number.checked_sub(1).map(page)
    }

    fn after(&self) -> Option<String> {
        let next = self.parts.number + 1;
        (next < self.parts.report.clusters.len()).then(|| page(next))
    }

    /// Whole documents keep their lines; a passage flows.
    fn is_whole(&self) -> bool {
        self.cluster().kind != ClusterKind::Passage
    }

    fn text_title(&self) -> &'static str {
        match self.cluster().kind {
            ClusterKind::Exact => "The text",
            _ => "What most of them say",
        }
    }

    fn text_note(&self) -> String {
        let is_cut = self.cluster().members.iter().any(|member| member.is_cut);
        if is_cut { "the beginning".to_owned() } else { String::new() }
    }

    /// Whether the texts may differ.
    fn varies(&self) -> bool {
        self.cluster().kind != ClusterKind::Exact
            && self.parts.consensus.parts.iter().any(|part| part.1 < self.voters())
    }

    fn voters(&self) -> usize {
        self.parts.consensus.texts
    }

    /// The consensus, with how many have each stretch that not all have.
    fn consensus(&self) -> String {
        let consensus = &self.parts.consensus;
        let mut out = String::new();
        for &(span, votes) in &consensus.parts {
            let text = Text { text: &consensus.text, span };
            let all = self.voters();
            let class = match votes {
                _ if votes == all => None,
                _ if votes * 3 > all * 2 => Some("most"),
                _ if votes * 3 > all => Some("half"),
                _ => Some("few"),
            };
            match class {
                None => write!(out, "{text}"),
                Some(class) => write!(out, "<span class=\"vote {class}\" title=\"in {votes} of {all}\">{text}</span>"),
            }
            .expect("a string takes all");
        }
        out
    }

    fn members_note(&self) -> &'static str {
        if self.timeline.dots.len() > 1 { "the earliest first" } else { "" }
    }

    fn members(&self) -> Vec<MemberRow<'r>> {
        self.cluster().members.iter().enumerate().map(|(at, member)| self.member(at, member)).collect()
    }

    fn member(&self, at: usize, member: &'r ReportMember) -> MemberRow<'r> {
        let document = &self.parts.report.documents[member.document];
        let page = self.parts.page_with(member.document);
        let edits = match self.cluster().kind {
            ClusterKind::Exact => Vec::new(),
            _ => self.parts.consensus.deviations(&member.text),
        };
        let differing = edits.iter().filter(|edit| edit.op != EditOp::Equal).count();
        MemberRow {
            number: at + 1,
            name: visible(&document.id),
            day: document.date.as_deref().and_then(day).map(|day| day.to_string()),
            page: page.map(|(page, _)| format!("../{page}")),
            other: page.map_or(Cow::Borrowed(""), |(_, other)| visible(&self.parts.report.documents[other].id)),
            differs: match (self.cluster().kind, differing) {
                (ClusterKind::Exact, _) => "word for word the same".to_owned(),
                (_, 0) => "word for word what most say".to_owned(),
                (_, differing) => format!("differs in {}", count(differing, "place")),
            },
            place: member
                .place
                .map(|(start, end)| format!("characters {} to {}", grouped(start as usize), grouped(end as usize))),
            fields: document.fields.iter().map(|(field, value)| (visible(field), visible(value))).collect(),
            deviations: deviations(&self.parts.consensus.text, &member.text, &edits),
        }
    }
}

/// The page of a cluster, as seen from that of another.
fn page(cluster: usize) -> String {
    format!("../{}", CorpusReport::cluster_file(cluster))
}

/// Where a text departs from the consensus, with some words around; empty where it does not.
fn deviations(consensus: &str, text: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut shown = 0;
    let all = edits.iter().filter(|edit| edit.op != EditOp::Equal).count();
    for (at, edit) in edits.iter().enumerate().filter(|_| all > 0) {
        if edit.op == EditOp::Equal {
            let (after, before) = (at > 0, at + 1 < edits.len());
            equal(&mut out, text, edit.b, after, before);
            continue;
        }
        if shown == DEVIATIONS {
            let left = all - shown;
            write!(out, " <span class=\"more\">and {} more</span>", grouped(left)).expect("a string takes all");
            break;
        }
        shown += 1;
        for (element, text, span) in [("del", consensus, edit.a), ("ins", text, edit.b)] {
            if !span.trimmed(text).is_empty() {
                write!(out, "<{element}>{}</{element}>", Text { text, span }).expect("a string takes all");
            }
        }
    }
    out
}

/// Equal text, shortened: what stands after a deviation and before the next.
fn equal(out: &mut String, text: &str, span: Span, after: bool, before: bool) {
    let stretch = span.of(text);
    let head = if after { cut(stretch, AROUND) } else { 0 };
    let tail = if before { stretch.len() - cut_back(stretch, AROUND) } else { stretch.len() };
    let (head, gap, tail) = match (head >= tail, after && before) {
        (true, _) => (stretch.len(), "", stretch.len()),
        (false, true) => (head, " … ", tail),
        (false, false) => (head, "…", tail),
    };
    let (head, tail) = (Span::new(span.start, span.start + head), Span::new(span.start + tail, span.end));
    write!(out, "{}{gap}{}", Text { text, span: head }, Text { text, span: tail }).expect("a string takes all");
}

/// Bytes of `text` up to a word's end, `most` at most where there is one.
fn cut(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    let end = text.floor_char_boundary(most);
    text[..end].rfind(char::is_whitespace).unwrap_or(end)
}

/// The same from the end.
fn cut_back(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    let start = text.ceil_char_boundary(text.len() - most);
    let space = text[start..].find(char::is_whitespace).unwrap_or(0);
    text.len() - start - space
}
