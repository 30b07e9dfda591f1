//! What the report says of documents, read again from them.

use super::choice::{Choice, LOOKED_AT, MEMBERS, documents};
use likewise::corpus::{Cluster, ClusterKind, Corpus, CorpusError, Member};
use likewise::report::corpus::{ReportCluster, ReportDocument, ReportMember};
use likewise::{Document, Metadata};
use rayon::prelude::*;
use serde_json::Value;

/// Code points of a member's text that are shown.
const TEXT: usize = 4000;
/// Fields of a document that are shown, and code points of a value: longer ones are no labels.
const FIELDS: usize = 4;
const VALUE: usize = 80;
/// Fields that may have the date of a document, the best first.
const DATES: [&str; 8] =
    ["date", "published", "published_at", "publication_date", "pubdate", "datetime", "timestamp", "created_at"];

/// Documents that are shown.
pub struct Known {
    /// Sorted.
    numbers: Vec<u32>,
    documents: Vec<(ReportDocument, usize)>,
}

impl Known {
    /// Reads the documents of the pairs and clusters chosen. `date`: the field that has their date.
    pub fn read(corpus: &Corpus, choice: &Choice<'_>, found: &[super::Found], date: &str) -> Result<Self, CorpusError> {
        let of_pairs = choice.pairs.iter().flat_map(|&at| [found[at].a, found[at].b]);
        let members = choice.clusters.iter().flat_map(|cluster| cluster.members.iter().take(LOOKED_AT));
        let mut numbers: Vec<u32> = of_pairs.chain(members.map(|member| member.document)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let read = numbers.par_iter().map(|&number| {
            let document = corpus.document(number)?;
            Ok((shown(&document, date), document.text.len()))
        });
        let documents = read.collect::<Result<_, CorpusError>>()?;
        Ok(Self { numbers, documents })
    }

    /// The index of a document among those shown.
    pub fn place(&self, document: u32) -> usize {
        self.numbers.binary_search(&document).expect("every document of a pair or cluster was read")
    }

    /// Bytes of a document's text.
    pub fn bytes(&self, document: u32) -> usize {
        self.documents[self.place(document)].1
    }

    pub fn documents(&self) -> Vec<ReportDocument> {
        self.documents.iter().map(|(document, _)| document.clone()).collect()
    }

    /// The clusters with their earliest members.
    pub fn clusters(&self, corpus: &Corpus, choice: &Choice<'_>) -> Result<Vec<ReportCluster>, CorpusError> {
        choice.clusters.par_iter().map(|cluster| self.cluster(corpus, cluster)).collect()
    }

    fn cluster(&self, corpus: &Corpus, cluster: &Cluster) -> Result<ReportCluster, CorpusError> {
        let mut members = once_each(&cluster.members[..cluster.members.len().min(LOOKED_AT)]);
        let day = |member: &Member| self.documents[self.place(member.document)].0.day();
        // Those without a day come last; the sort is stable.
        members.sort_by_cached_key(|member| day(member).map_or((true, None), |day| (false, Some(day))));
        members.truncate(MEMBERS);
        let is_exact = cluster.kind == ClusterKind::Exact;
        let shown = members.iter().enumerate().map(|(at, member)| {
            // Copies have their text once.
            let (text, is_cut) = if is_exact && at > 0 { (String::new(), false) } else { text(corpus, member)? };
            Ok(ReportMember { document: self.place(member.document), place: member.span, text, is_cut })
        });
        let members = shown.collect::<Result<_, CorpusError>>()?;
        Ok(ReportCluster { kind: cluster.kind, size: documents(cluster), members })
    }
}

/// The members without those that overlap another of their document: what stands in a document in shorter and longer forms is
/// shown once, in the form nearest to the length that is usual in the cluster.
fn once_each(members: &[Member]) -> Vec<&Member> {
    let length = |member: &Member| member.span.map_or(0, |(start, end)| end - start);
    let mut lengths: Vec<u32> = members.iter().map(length).collect();
    let middle = lengths.len() / 2;
    let usual = *lengths.select_nth_unstable(middle).1;
    let mut kept: Vec<&Member> = Vec::new();
    for places in members.chunk_by(|x, y| x.document == y.document) {
        let before = kept.len();
        let mut places: Vec<&Member> = places.iter().collect();
        places.sort_by_key(|member| length(member).abs_diff(usual));
        for place in places {
            let (start, end) = place.span.unwrap_or_default();
            let meets = |other: &&Member| other.span.is_some_and(|other| other.0 < end && start < other.1);
            if !kept[before..].iter().any(meets) {
                kept.push(place);
            }
        }
        kept[before..].sort();
    }
    kept
}

/// The text of a member, from its beginning; and whether it goes on.
fn text(corpus: &Corpus, member: &Member) -> Result<(String, bool), CorpusError> {
    let document = corpus.document(member.document)?;
    let (start, end) = member.span.unwrap_or((0, u32::MAX));
    let mut rest = document.text.chars().skip(start as usize).take((end - start) as usize);
    let text = rest.by_ref().take(TEXT).collect();
    Ok((text, rest.next().is_some()))
}

/// `date`: the field that has the date; where a document has no such field, others that may have it are looked at.
fn shown(document: &Document, date: &str) -> ReportDocument {
    let mut fields_of_dates = [date].into_iter().chain(DATES);
    let date = fields_of_dates.find_map(|field| Some((field, value(document.metadata.get(field)?)?)));
    let is_date = |field: &str| date.as_ref().is_some_and(|(of, _)| *of == field);
    ReportDocument {
        id: document.id.clone(),
        fields: fields(&document.metadata, is_date),
        date: date.map(|(_, date)| date),
    }
}

fn fields(metadata: &Metadata, is_date: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let others = metadata.iter().filter(|(field, _)| !is_date(field));
    others.filter_map(|(field, of)| Some((field.clone(), value(of)?))).take(FIELDS).collect()
}

/// A value that is short enough for a label.
fn value(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is_set) => is_set.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty() && text.chars().nth(VALUE).is_none()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stands_once_in_each_place() {
        let at = |document, start, end| Member { document, span: Some((start, end)) };
        let members = [at(1, 0, 100), at(1, 0, 300), at(1, 200, 300), at(2, 50, 150), at(2, 400, 500), at(3, 0, 900)];
        let kept: Vec<_> = once_each(&members).into_iter().copied().collect();
        assert_eq!(kept, [at(1, 0, 100), at(1, 200, 300), at(2, 50, 150), at(2, 400, 500), at(3, 0, 900)]);
        let whole = [Member { document: 1, span: None }, Member { document: 2, span: None }];
        assert_eq!(once_each(&whole).len(), 2);
    }

    #[test]
    fn labels_are_short_and_the_date_is_found() {
        let metadata = serde_json::json!({
            "outlet": "Daily", "published": "2024-05-01", "body": "x".repeat(500), "tags": ["a"], "page": 3,
        });
        let Value::Object(metadata) = metadata else { unreachable!("it is an object") };
        let document = Document { metadata, ..Document::new("d", "text") };
        assert_eq!(super::shown(&document, "page").date.as_deref(), Some("3"));
        let shown = super::shown(&document, "date");
        assert_eq!(shown.date.as_deref(), Some("2024-05-01"));
        let fields: Vec<_> = shown.fields.iter().map(|(field, value)| (&**field, &**value)).collect();
        assert_eq!(fields, [("outlet", "Daily"), ("page", "3")]);
    }
}
