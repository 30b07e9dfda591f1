use super::lists::LISTED;
use super::policy::base64;
use super::*;
use crate::change::{Change, ChangeKind, Harmless, HarmlessReason, Severity, ValuePair};
use crate::passage::{Edit, EditOp};
use crate::report::fixture::{
    Draft, Piece, comparison, cut_short, delete, equal, insert, only, replace, statements, template,
};
use crate::span::Span;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn page(comparison: &Comparison<'_>) -> String {
    let mut out = Vec::new();
    write(comparison, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("pages are UTF-8")
}

/// The part of `page` between `from` and the next `to`.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let start = page.find(from).unwrap_or_else(|| panic!("the page has {from}")) + from.len();
    let length = page[start..].find(to).unwrap_or_else(|| panic!("the page has {to}"));
    &page[start..start + length]
}

/// The text a browser holds for a pane: without tags, character references resolved.
fn pane_text(page: &str, which: Which) -> String {
    let pane = between(page, &format!("<div class=\"pane\" id=\"pane-{}\"", which.key()), "</section>");
    let mut text = String::new();
    for part in pane[pane.find('>').expect("the tag ends") + 1..].split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")]
        .into_iter()
        .fold(text.trim_end_matches("\n    ").to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What a pane is to hold for `text`: control characters as their pictures, all else as it is.
fn expected(text: &str) -> String {
    let shown = |c| match c {
        '\t' | '\n' | '\r' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).expect("control pictures exist"),
        '\u{7f}' => '␡',
        '\u{85}' => '␤',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        _ => c,
    };
    text.chars().map(shown).collect()
}

fn assert_complete(comparison: &Comparison<'_>) {
    let page = page(comparison);
    for which in [Which::A, Which::B] {
        assert_eq!(pane_text(&page, which), expected(&which.side(comparison).document.text));
    }
}

#[test]
fn both_texts_are_complete() {
    assert_complete(&statements());
    assert_complete(&comparison(&[], &[], &[]));
}

/// The page without the two files put into it, their hashes and the version.
fn skeleton(page: &str) -> String {
    let policy = policy().replace('\'', "&#39;");
    let page = page.replace(STYLE, "").replace(SCRIPT, "").replace(&policy, "POLICY");
    page.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn the_page_of_two_statements() {
    insta::assert_snapshot!(skeleton(&page(&statements())));
}

fn change(a: Span, b: Span, [sentence_a, sentence_b]: [Span; 2]) -> Change {
    Change { kind: ChangeKind::Name, severity: Severity::Notable, a, b, sentence_a, sentence_b }
}

/// Text that would like to be markup, script, an attribute or another order.
const HOSTILE: &str = "</script><img src=x onerror=lwXss(1)> \"><svg/onload=lwXss(2)> ' onclick='lwXss(3) \
                       &lt;b&gt; --> ]]> </div></section> {{ style }} \0\u{1b}\u{202e}\u{2066}txt\u{7f} ";

/// The hostile text everywhere a text can be: unique, equal, deleted, inserted, replaced, and as a name.
fn hostile() -> Comparison<'static> {
    let draft = Draft::new(
        Kind::Edited,
        vec![equal(HOSTILE), delete(HOSTILE), equal(" words "), insert(HOSTILE), replace(HOSTILE, HOSTILE)],
    );
    let pieces = [only(HOSTILE), Piece::Passage(0), only(HOSTILE)];
    let mut comparison = comparison(&pieces, &pieces, &[draft]);
    let whole = [&comparison.a, &comparison.b].map(|side| Span::new(0, side.document.text.len()));
    let passage = &mut comparison.passages[0];
    for Edit { a, b, .. } in passage.edits.clone() {
        passage.harmless.push(Harmless { reason: HarmlessReason::Synonym, a, b });
        passage.changes.push(change(a, b, whole));
        comparison.values.push(ValuePair { kind: ChangeKind::Name, a, b });
    }
    for side in [&mut comparison.a, &mut comparison.b] {
        let mut document = side.document.clone();
        document.id = HOSTILE.to_owned();
        side.document = Box::leak(Box::new(document));
    }
    comparison
}

#[test]
fn hostile_text_is_only_ever_text() {
    let comparison = hostile();
    assert_complete(&comparison);
    let page = page(&comparison);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    for markup in ["<img", "<svg/", "'lwXss", "\"lwXss", "onclick='"] {
        assert!(!page.contains(markup), "{markup} is in the page");
    }
    assert!(!between(&page, "<script>", "</script>").contains("lwXss"));
    let controls: Vec<_> = page.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert!(controls.is_empty(), "control characters are in the page");
}

#[test]
fn directions_do_not_leave_their_element() {
    let page = page(&hostile());
    let loose = page.replace("<bdi class=\"h\" data-h=\"202E\">\u{202e}</bdi>", "");
    assert!(!loose.contains('\u{202e}'), "an override stands outside an isolated element");
}

#[test]
fn the_page_refers_to_nothing_outside_itself() {
    let page = skeleton(&page(&statements()));
    for reference in ["http:", "https:", "src=", "url(", "@import", "<link", " style=", " onclick="] {
        assert!(!page.contains(reference), "{reference} is in the page");
    }
    for source in [STYLE, SCRIPT] {
        assert!(!source.contains("</") && !source.contains("http"), "a file of the page ends early or refers outside");
    }
}

#[test]
fn labels_link_both_sides_of_a_passage() {
    let comparison = statements();
    let page = page(&comparison);
    for number in 1..=comparison.passages.len() {
        for (own, other) in [('a', 'b'), ('b', 'a')] {
            let label = format!("<a class=\"tag\" id=\"{own}{number}\" href=\"#{other}{number}\"");
            assert_eq!(page.matches(&label).count(), 1, "{label}");
        }
    }
}

#[test]
fn a_change_is_listed_and_marked_in_both_texts_once() {
    let page = page(&statements());
    let listed = between(&page, "<ol class=\"entries\"", "</ol>");
    for (number, severity) in [(1, "material"), (2, "notable"), (3, "minor")] {
        assert_eq!(listed.matches(&format!("class=\"change {severity}\" data-c=\"{number}\"")).count(), 1);
        for key in ['a', 'b'] {
            let mark = format!("<mark id=\"c{key}{number}\" class=\"c {severity}\" data-c=\"{number}\"");
            assert_eq!(page.matches(&mark).count(), 1, "{mark}");
        }
    }
    assert!(between(&page, "<details class=\"list harmless\">", "</details>").contains("高度 → 非常"));
}

#[test]
fn the_values_of_a_template_stand_in_a_table() {
    let page = page(&template());
    assert!(page.contains("<strong>same template, different values</strong>"));
    let table = between(&page, "<table class=\"values\">", "</table>");
    for cell in ["4 March", "9 April", "Oslo", "Bergen", "1,200", "950"] {
        assert!(table.contains(&format!("<td><bdi lang=\"\">{cell}</bdi></td>")), "{cell}");
    }
}

#[test]
fn a_cut_is_told() {
    let page = page(&cut_short());
    assert!(between(&page, "<ul class=\"warnings\"", "</ul>").contains("Cut short while at"));
}

#[test]
fn long_lists_end_and_say_so_but_texts_are_complete() {
    let drafts: Vec<_> =
        (0..=LISTED).map(|at| Draft::new(Kind::Verbatim, vec![equal(&format!("passage number {at}. "))])).collect();
    let pieces = |alone| -> Vec<_> { (0..drafts.len()).flat_map(|at| [Piece::Passage(at), only(alone)]).collect() };
    let comparison = comparison(&pieces("Alone it stands. "), &pieces("Alone it lies. "), &drafts);
    assert_complete(&comparison);
    let page = page(&comparison);
    assert_eq!(page.matches("<tr class=\"row").count(), LISTED);
    assert!(page.contains("The first 2,000 of 2,001 passages are listed; both texts above are complete."));
    assert!(page.contains("The first 2,000 of 2,001 sentences are listed; the text of B above is complete."));
    assert_eq!(page.matches("<path class=\"band").count(), 400);
}

#[test]
fn the_policy_lets_only_the_pages_own_style_and_script_in() {
    let page = page(&statements());
    let hash = |source: &str| format!("&#39;sha256-{}&#39;", base64(&Sha256::digest(source.as_bytes())));
    let style = hash(between(&page, "<style>", "</style>"));
    let script = hash(between(&page, "<script>", "</script>"));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let own = format!("default-src &#39;none&#39;; style-src {style}; script-src {script}; base-uri &#39;none&#39;; ");
    assert_eq!(policy, own + "form-action &#39;none&#39;");
}

#[test]
fn base64_has_the_digits_of_rfc_4648() {
    let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
    for (bytes, digits) in cases {
        assert_eq!(base64(bytes.as_bytes()), digits);
    }
}

proptest! {
    #[test]
    fn changes_anywhere_leave_both_texts_whole(places in prop::collection::vec(any::<[prop::sample::Index; 4]>(), 1..9)) {
        let mut comparison = statements();
        let sides = [&comparison.a, &comparison.b].map(|side| side.document.text.as_str());
        let whole = sides.map(|text| Span::new(0, text.len()));
        let changes: Vec<_> = places.into_iter().map(|[from_a, to_a, from_b, to_b]| {
            let span = |text: &str, from: prop::sample::Index, to: prop::sample::Index| {
                let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let (from, to) = (*from.get(&ends), *to.get(&ends));
                Span::new(from.min(to), from.max(to))
            };
            change(span(sides[0], from_a, to_a), span(sides[1], from_b, to_b), whole)
        }).collect();
        comparison.passages[2].harmless = changes.iter().map(|&Change { a, b, .. }| Harmless { reason: HarmlessReason::Form, a, b }).collect();
        comparison.passages[1].changes = changes;
        assert_complete(&comparison);
    }

    #[test]
    fn every_character_of_any_texts_shows(
        texts in prop::collection::vec("([a-z ]|[<>&\"'\r\n\t]|[\u{0}-\u{ff}]|[\u{2000}-\u{2070}]|\\PC){0,12}", 8),
        kind in prop::sample::select(Kind::ALL.to_vec()),
    ) {
        let edits = vec![
            equal(&texts[0]), delete(&texts[1]), insert(&texts[2]), replace(&texts[3], &texts[4]), equal(&texts[5]),
        ];
        // In a verbatim passage all is equal.
        let edits = match kind {
            Kind::Verbatim => edits.into_iter().filter(|edit| edit.0 == EditOp::Equal).collect(),
            _ => edits,
        };
        let draft = Draft::new(kind, edits);
        let (a, b) = ([only(&texts[6]), Piece::Passage(0), only(&texts[7])], [Piece::Passage(0), only(&texts[7])]);
        assert_complete(&comparison(&a, &b, &[draft]));
    }
}
