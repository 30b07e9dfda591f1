use super::links::Links;
use super::pane::Pane;
use super::{SCRIPT, STYLE};
use crate::check::Checked;
use crate::credit::{Credit, CreditClass, Evidence, EvidenceKind};
use crate::report::check::facts::Facts;
use crate::report::check::fixture::{harbour, hostile, many, nothing, options, report, without_texts};
use crate::report::check::{Format, write_all};
use crate::report::html::policy::allowing;
use crate::span::Span;
use proptest::prelude::*;

fn page(checks: &[Checked<'_>]) -> String {
    let options = options();
    let mut out = Vec::new();
    write_all(&report(&options, Format::Html), checks, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("pages are UTF-8")
}

/// The page without the files put into it, their hashes and the version.
fn skeleton(page: &str) -> String {
    let policy = allowing(STYLE, SCRIPT).replace('\'', "&#39;");
    page.replace(STYLE, "").replace(SCRIPT, "").replace(&policy, "POLICY").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// The part of `page` between `from` and the next `to`.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let start = page.find(from).unwrap_or_else(|| panic!("the page has {from}")) + from.len();
    let length = page[start..].find(to).unwrap_or_else(|| panic!("the page has {to}"));
    &page[start..start + length]
}

#[test]
fn the_page_of_an_article() {
    insta::assert_snapshot!(skeleton(&page(&[harbour()])));
}

#[test]
fn hostile_text_is_only_ever_text() {
    let page = page(&[hostile()]);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    for markup in ["<img", "<svg/", "'lwXss", "\"lwXss", "onclick='", "href=\"javascript"] {
        assert!(!page.contains(markup), "{markup} is in the page");
    }
    assert!(!between(&page, "<script>", "</script>").contains("lwXss"));
    let controls: Vec<_> = page.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert!(controls.is_empty(), "control characters are in the page");
    let loose = page.replace("<bdi class=\"h\" data-h=\"202E\">\u{202e}</bdi>", "");
    assert!(!loose.contains('\u{202e}'), "an override stands outside an isolated element");
}

#[test]
fn only_addresses_of_the_web_are_links() {
    assert!(page(&[harbour()]).contains("<a href=\"https://wire.example/0501/17\" rel=\"noreferrer noopener\">"));
    assert!(!page(&[hostile()]).contains("rel=\"noreferrer noopener\""));
}

#[test]
fn every_passage_is_linked_to_its_source_and_back() {
    let page = page(&[harbour()]);
    for number in 1..=harbour().groups.len() {
        for (id, href) in [
            (format!("id=\"p1-{number}\""), format!("href=\"#c1-{number}\"")),
            (format!("id=\"c1-{number}\""), format!("href=\"#p1-{number}\"")),
        ] {
            assert_eq!(page.matches(&id).count(), 1, "{id}");
            assert!(page.contains(&href), "{href}");
        }
    }
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    let page = skeleton(&page(&[harbour(), without_texts(), many()]));
    let links: std::collections::BTreeSet<_> =
        page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().expect("an attribute ends")).collect();
    assert!(
        links.contains("cards-3") && links.contains("sources-3"),
        "the lists are not so long that some is left out"
    );
    for link in links {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link} leads nowhere");
    }
}

#[test]
fn evidence_is_marked_with_the_passages_it_speaks_for() {
    let page = page(&[harbour()]);
    assert!(page.contains("<mark class=\"e\" data-e=\"1\" title=\"credit line\">North Wire</mark>"));
    assert!(page.contains("<mark class=\"e\" data-e=\"2\" title=\"attribution\">said the mayor</mark>"));
}

#[test]
fn several_articles_have_a_list() {
    let page = page(&[harbour(), nothing(), without_texts()]);
    let list = between(&page, "<table class=\"index\">", "</table>");
    for number in 1..=3 {
        assert!(
            list.contains(&format!("<a href=\"#article-{number}\">"))
                && page.contains(&format!("id=\"article-{number}\""))
        );
    }
    assert!(page.contains("id=\"c1-1\"") && !page.contains("id=\"c2-1\""));
    assert!(between(&page, "id=\"article-3\"", "</article>").contains("shares 2 stretches with the article"));
}

#[test]
fn the_page_refers_to_nothing_outside_itself() {
    for reference in ["http:", "src=", "url(", "@import", "<link", " style=", " onclick="] {
        assert!(!skeleton(&page(&[harbour()])).contains(reference), "{reference} is in the page");
    }
    for source in [STYLE, SCRIPT] {
        assert!(!source.contains("</") && !source.contains("http"), "a file of the page ends early or refers outside");
    }
}

/// The text that a browser holds for markup without character references of its own.
fn browsed(markup: &str) -> String {
    let text: String = markup.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

proptest! {
    #[test]
    fn passages_and_evidence_anywhere_leave_the_article_whole(
        places in prop::collection::vec(any::<[prop::sample::Index; 2]>(), 4..16),
        boilerplate in any::<[bool; 4]>(),
    ) {
        let mut checked = harbour();
        let text = checked.article.text.as_str();
        let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let spans: Vec<_> = places.iter().map(|[from, to]| {
            let (from, to) = (*from.get(&ends), *to.get(&ends));
            Span::new(from.min(to), from.max(to))
        }).collect();
        let evidence = |kind| spans[4..].iter().map(move |&article| Evidence { what: kind, article, source: None });
        let kinds = [EvidenceKind::Quotation, EvidenceKind::SourceNamed];
        let credit = Credit { class: CreditClass::Credited, evidence: kinds.into_iter().flat_map(evidence).collect() };
        for (at, &span) in spans[..4].iter().enumerate() {
            checked.groups[at].span = span;
            for member in checked.groups[at].members.clone() {
                let matched = &mut checked.matches[member.source].passages[member.passage];
                matched.credit = Some(credit.clone());
                matched.passage.a = spans[(at + 1) % 4];
                matched.boilerplate = boilerplate[at].then_some(crate::check::Boilerplate { documents: 2, of: 3 });
            }
        }
        let facts = Facts::new(&checked);
        let tiles = facts.tiles();
        prop_assert!(tiles.first().is_some_and(|tile| tile.0.start == 0) && tiles.last().is_some_and(|tile| tile.0.end == text.len()));
        prop_assert!(tiles.windows(2).all(|two| two[0].0.end == two[1].0.start && !two[0].0.is_empty()));
        let left = tiles.iter().filter(|tile| tile.1.is_none());
        let found = |span: &Span| spans[..4].iter().any(|passage| !passage.is_empty() && passage.meets(*span));
        prop_assert!(left.into_iter().all(|(span, _)| !found(span)), "whatever was found is of a group");
        prop_assert_eq!(browsed(&Pane { facts: &facts, links: Links::new(1, &facts) }.to_string()), text);
    }
}
