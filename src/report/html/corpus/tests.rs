use super::*;

const HOSTILE: &str = "</script><img src=x onerror=lwXss(1)>\u{202e}\"'&";

fn document(id: &str, date: Option<&str>) -> ReportDocument {
    let fields = vec![("outlet".to_owned(), HOSTILE.to_owned())];
    ReportDocument { id: id.to_owned(), date: date.map(str::to_owned), fields }
}

fn member(document: usize, text: &str) -> ReportMember {
    ReportMember { document, place: Some((0, text.len() as u32)), text: text.to_owned(), is_cut: false }
}

fn pair(a: usize, b: usize, page: Option<&str>) -> ReportPair {
    let (resemblance, shared_words, longest_words, passages) = (0.25, 1200, 40, 3);
    let page = page.map(str::to_owned);
    ReportPair { a, b, relation: Relation::Passage, resemblance, shared_words, longest_words, passages, page }
}

/// Three documents with one passage, of which one has words of its own; and copies.
fn report() -> CorpusReport {
    let texts = [
        "The bridge will be closed for twelve days.",
        "The bridge will be closed for twelve days.",
        "The bridge may be closed for <b>ten</b> days.",
    ];
    let passage = ReportCluster {
        kind: ClusterKind::Passage,
        size: 9,
        members: texts.iter().enumerate().map(|(at, text)| member(at, text)).collect(),
    };
    let copies = ReportCluster {
        kind: ClusterKind::Exact,
        size: 2,
        members: vec![
            ReportMember { place: None, ..member(1, texts[0]) },
            ReportMember { place: None, ..member(2, "") },
        ],
    };
    CorpusReport {
        documents: vec![
            document("wire", Some("2024-03-01")),
            document(HOSTILE, Some("2024-03-04T08:00:00Z")),
            document("paper", Some("some day")),
        ],
        pairs: vec![pair(0, 1, Some("pages/00001-a-b.html")), pair(0, 2, None)],
        listed: 2,
        clusters: vec![passage, copies],
        counts: ReportCounts { documents: 1500, sharing: 3, pairs: 2, passages: Some(4), clusters: [1, 0, 0, 1] },
        notes: vec!["2 of 7 pairs are listed.".to_owned()],
    }
}

fn index(report: &CorpusReport) -> String {
    let mut page = Vec::new();
    report.write_index(&mut page).unwrap();
    String::from_utf8(page).unwrap()
}

fn cluster(report: &CorpusReport, number: usize) -> String {
    let mut page = Vec::new();
    report.write_cluster(number, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

#[test]
fn the_index_lists_clusters_and_pairs_and_says_what_it_leaves_out() {
    let page = index(&report());
    for part in [
        "3 of 1,500 documents share text",
        "2 pairs, 4 passages; 2 clusters: 1 of copies, 0 of near-duplicates, 1 of passages.",
        "2 of 7 pairs are listed.",
        "href=\"clusters/00001.html\"",
        "href=\"clusters/00002.html\"",
        "href=\"pages/00001-a-b.html\"",
        "2024-03-01 – 2024-03-04",
        "1,200",
        "25 %",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("class=\"node\"").count(), 3);
}

#[test]
fn the_page_of_a_passage_has_what_most_say_and_where_each_departs() {
    let page = cluster(&report(), 0);
    for part in [
        "One passage in 9 documents",
        "First on 2024-03-01 in wire; last on 2024-03-04.",
        "3 of 9 are shown",
        "title=\"in 2 of 3\"",
        "word for word what most say",
        "differs in 2 places",
        "&lt;b&gt;ten&lt;/b&gt;",
        "href=\"../pages/00001-a-b.html\"",
        "href=\"../clusters/00002.html\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(page.matches("class=\"dot").count(), 2);
}

#[test]
fn copies_have_their_text_once() {
    let page = cluster(&report(), 1);
    assert!(page.contains("2 copies of one text"));
    assert_eq!(page.matches("closed for twelve days").count(), 1);
    assert_eq!(page.matches("word for word the same").count(), 2);
}

#[test]
fn ids_and_fields_are_escaped() {
    let report = report();
    for page in [index(&report), cluster(&report, 0), cluster(&report, 1)] {
        assert!(!page.contains("<img") && !page.contains('\u{202e}'));
        assert_eq!(page.matches("</script>").count(), 1);
    }
}

#[test]
fn nothing_found_is_said() {
    let counts = ReportCounts { documents: 2, passages: Some(0), ..ReportCounts::default() };
    let page = index(&CorpusReport { counts, ..CorpusReport::default() });
    assert!(page.contains("2 documents, none shares text with another"));
    assert!(!page.contains("<svg class=\"network\""));
}
