//! Checks written by hand for the tests of the formats.

use super::{CheckReport, Format};
use crate::check::{
    Boilerplate, CheckOptions, Checked, Copies, Direction, Evidence, Figures, Group, LeftOut, Match, MatchedPassage,
    Member, Printing, Relation,
};
use crate::credit::{Credit, CreditClass, Evidence as Found, EvidenceKind};
use crate::document::Document;
use crate::options::Options;
use crate::passage::{EditOp, Kind};
use crate::report::View;
use crate::report::fixture::{self, Draft, Piece, delete, equal, insert, only, replace};
use crate::span::{CharOffsets, Span};
use crate::text::Folded;
use crate::text::tokenise;
use jiff::civil::{Date, date};
use serde_json::json;

type Edits = Vec<(EditOp, String, String)>;

/// A document that has stretches of the article, by their numbers, with edits.
struct Source {
    id: &'static str,
    name: Option<&'static str>,
    date: Option<Date>,
    title: &'static str,
    url: &'static str,
    shares: Vec<(usize, Kind, Edits)>,
}

/// The document as a match, ranked `rank`.
fn found(stretches: &[&str], rank: usize, source: Source) -> Match {
    let drafts: Vec<_> = source.shares.iter().map(|(_, kind, edits)| Draft::new(*kind, edits.clone())).collect();
    let article: Vec<_> = stretches
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let passage = source.shares.iter().position(|(stretch, ..)| *stretch == at);
            passage.map_or_else(|| only(text), Piece::Passage)
        })
        .collect();
    let own = format!("{}\n\n", source.title);
    let pieces: Vec<_> = std::iter::once(only(&own)).chain((0..drafts.len()).map(Piece::Passage)).collect();
    let pair = fixture::comparison(&article, &pieces, &drafts);
    assert_eq!(pair.a.document.text, stretches.concat(), "edits begin with the article's words");
    let mut document = Document::new(source.id, pair.b.document.text.as_str());
    document.metadata.insert("title".to_owned(), json!(source.title));
    document.metadata.insert("url".to_owned(), json!(source.url));
    let matched = pair.passages.into_iter().map(|passage| MatchedPassage {
        passage,
        rarity: 0.75,
        group: 0,
        best: false,
        boilerplate: None,
        credit: Some(Credit { class: CreditClass::Uncredited, evidence: Vec::new() }),
    });
    let passages: Vec<_> = matched.collect();
    let shared = passages.iter().map(|matched| matched.passage.words_a).sum();
    Match {
        number: rank as u32,
        offsets: CharOffsets::new(&document.text),
        words: pair.b.words,
        document,
        source: source.name.map(str::to_owned),
        date: source.date,
        copies: Copies::default(),
        shared_words: shared,
        document_words: shared,
        explained_words: shared,
        explains: shared as f64 * 0.75,
        longest_words: 12,
        passages,
        traces: Vec::new(),
        relation: Relation { direction: Direction::Undecided, evidence: vec![Evidence::NoDate] },
        cut_short: Vec::new(),
    }
}

/// The check that the matches add up to; passages with the same span in the article make a group.
fn checked(id: &str, stretches: &[&str], date: Option<Date>, mut matches: Vec<Match>) -> Checked<'static> {
    let article: &'static Document = Box::leak(Box::new(Document::new(id, stretches.concat())));
    let read = tokenise(&article.text);
    let mut spans: Vec<Span> =
        matches.iter().flat_map(|found| found.passages.iter().map(|one| one.passage.a)).collect();
    spans.sort_unstable();
    spans.dedup();
    let groups: Vec<Group> = spans.iter().enumerate().map(|(at, &span)| group(at, span, &mut matches)).collect();
    let words = |kind: Option<Kind>| {
        let of = |group: &Group| {
            let best = &matches[group.members[group.best].source].passages[group.members[group.best].passage];
            let boilerplate = best.boilerplate.is_some();
            if kind.map_or(boilerplate, |kind| best.passage.kind == kind && !boilerplate) { group.words } else { 0 }
        };
        groups.iter().map(of).sum::<usize>()
    };
    let kind_words = Kind::ALL.map(|kind| words(Some(kind)));
    let figures = Figures {
        found_words: kind_words.iter().sum(),
        boilerplate_words: words(None),
        kind_words,
        longest_words: if matches.is_empty() { 0 } else { 12 },
        longest: (!matches.is_empty()).then_some(0),
    };
    Checked {
        article,
        date,
        words: fixture::comparison(&[only(&article.text)], &[], &[]).a.words,
        sentences: read.sentences.iter().map(|sentence| sentence.span).collect(),
        folded: Folded::default(),
        offsets: CharOffsets::new(&article.text),
        matches,
        groups,
        figures,
        left_out: LeftOut::default(),
        has_texts: true,
    }
}

fn group(at: usize, span: Span, matches: &mut [Match]) -> Group {
    let mut members: Vec<Member> = Vec::new();
    for (source, found) in matches.iter_mut().enumerate() {
        for (passage, matched) in found.passages.iter_mut().enumerate().filter(|(_, one)| one.passage.a == span) {
            matched.group = at;
            members.push(Member { source, passage });
        }
    }
    members.sort_by_key(|member| (matches[member.source].date.is_none(), matches[member.source].date));
    let best = members
        .iter()
        .position(|member| matches[member.source].passages[member.passage].passage.kind == Kind::Verbatim)
        .unwrap_or(0);
    let Member { source, passage } = members[best];
    matches[source].passages[passage].best = true;
    Group { span, words: matches[source].passages[passage].passage.words_a, members, best }
}

const WIRE: &str = "The council voted on Tuesday to close the old harbour and to build a ferry terminal in its place.";
const QUOTE: &str = "“We will not pay for a harbour that nobody uses,” said the mayor. ";
const NEWSLETTER: &str = "Sign up for our <newsletter> & get the news every morning.\n";
const CHINESE: &str = "双方重申高度重视两国关系，愿共同努力。\n";

/// An article with a wire story that two papers have, a quotation with other words, boilerplate and Chinese.
pub(in crate::report) fn harbour() -> Checked<'static> {
    let stretches =
        ["Harbour to close (North Wire)\n\n", WIRE, " Fishermen were not asked.\n", QUOTE, "\n", CHINESE, NEWSLETTER];
    let wire = Source {
        id: "wire-0501-17",
        name: Some("North Wire"),
        date: Some(date(2024, 5, 1)),
        title: "Council votes to close harbour",
        url: "https://wire.example/0501/17",
        shares: vec![
            (1, Kind::Verbatim, vec![equal(WIRE)]),
            (
                3,
                Kind::Edited,
                vec![
                    equal("“We will "),
                    insert("certainly "),
                    equal("not pay for a harbour that "),
                    replace("nobody", "hardly anyone"),
                    equal(" uses,” said the mayor. "),
                ],
            ),
        ],
    };
    let courier = Source {
        id: "courier-3",
        name: Some("Courier"),
        date: Some(date(2024, 5, 3)),
        title: "Ferry terminal planned",
        url: "https://courier.example/3",
        shares: vec![
            (
                1,
                Kind::Edited,
                vec![
                    equal("The council voted "),
                    delete("on Tuesday "),
                    equal("to close the old harbour and to build a ferry terminal in its place."),
                ],
            ),
            (6, Kind::Verbatim, vec![equal(NEWSLETTER)]),
        ],
    };
    let bulletin = Source {
        id: "bulletin",
        name: None,
        date: None,
        title: "公报",
        url: "",
        shares: vec![(
            5,
            Kind::Edited,
            vec![equal("双方重申"), replace("高度", "非常"), equal("重视两国关系，愿共同努力。\n")],
        )],
    };
    let sources = [wire, courier, bulletin].into_iter().enumerate();
    let mut matches: Vec<_> = sources.map(|(at, source)| found(&stretches, at, source)).collect();
    matches[1].passages[1].boilerplate = Some(Boilerplate { documents: 40, of: 44 });
    matches[1].passages[0].rarity = 0.3;
    matches[0].passages[0].credit = Some(named(&stretches));
    matches[0].passages[1].credit = Some(altered(&matches[0].passages[1], &stretches));
    let day = date(2024, 5, 4);
    let dates = |document| Evidence::Dates { article: day, document };
    let containment = Evidence::Containment { article: 0.42, document: 0.9 };
    matches[0].relation = Relation {
        direction: Direction::ArticleFromArchive,
        evidence: vec![dates(date(2024, 5, 1)), containment.clone(), Evidence::RareWords(22.4)],
    };
    let beyond = Span::new(stretches[0].len(), stretches[0].len() + 11);
    matches[1].relation = Relation {
        direction: Direction::CommonSource { source: 0, beyond: vec![beyond], beyond_words: 2 },
        evidence: vec![dates(date(2024, 5, 3)), containment],
    };
    let copy = |id: &str, day| Printing { id: id.to_owned(), source: Some("Herald".to_owned()), date: Some(day) };
    matches[0].copies = Copies { count: 3, listed: vec![copy("h-1", date(2024, 5, 1)), copy("h-2", date(2024, 5, 2))] };
    let mut checked = checked("drafts/harbour.txt", &stretches, Some(day), matches);
    checked.left_out = LeftOut {
        texts: 4,
        postings: 1200,
        later: 1,
        excluded: vec![("source=Herald".parse().expect("it is a field and a value"), 2)],
        ..LeftOut::default()
    };
    checked
}

/// The agency, named in the heading.
fn named(stretches: &[&str]) -> Credit {
    let line = stretches[0].find('(').expect("the heading has brackets");
    let article = Span::new(line + 1, line + 1 + "North Wire".len());
    Credit {
        class: CreditClass::Credited,
        evidence: vec![Found { what: EvidenceKind::CreditLine, article, source: None }],
    }
}

/// A quotation of which a word differs.
fn altered(matched: &MatchedPassage, stretches: &[&str]) -> Credit {
    let (passage, quote) = (&matched.passage, stretches[3]);
    let at = |words: &str| {
        let start = passage.a.start + quote.find(words).expect("the quotation has the words");
        Span::new(start, start + words.len())
    };
    let quotation = |article, source| Found { what: EvidenceKind::Quotation, article, source };
    let evidence = vec![
        quotation(at("“We will not pay for a harbour that nobody uses,”"), None),
        quotation(Span::new(passage.edits[1].a.start, passage.edits[1].a.start), Some(passage.edits[1].b)),
        quotation(at("nobody"), Some(passage.edits[3].b)),
        Found { what: EvidenceKind::Attribution, article: at("said the mayor"), source: None },
    ];
    Credit { class: CreditClass::QuotedAltered, evidence }
}

/// An article of which nothing was found.
pub(in crate::report) fn nothing() -> Checked<'static> {
    checked("new.txt", &["Nobody has ever written this."], None, Vec::new())
}

/// [`harbour`] against an archive without texts.
pub(in crate::report) fn without_texts() -> Checked<'static> {
    let mut checked = harbour();
    for found in &mut checked.matches {
        found.traces = found.passages.drain(..).map(|matched| matched.passage.a).collect();
        found.document.text.clear();
        found.offsets = CharOffsets::default();
        found.relation = Relation { direction: Direction::Undecided, evidence: vec![Evidence::NoDate] };
    }
    checked.groups.clear();
    checked.figures = Figures::default();
    checked.has_texts = false;
    checked
}

/// An article of very many passages, each in a document of its own.
pub(in crate::report) fn many() -> Checked<'static> {
    let sentences: Vec<_> = (0..310).map(|at| format!("Sentence {at} stands elsewhere as well. ")).collect();
    let stretches: Vec<_> = sentences.iter().map(String::as_str).collect();
    let source = |at: usize| Source {
        id: "one-of-many",
        name: None,
        date: None,
        title: "A title",
        url: "",
        shares: vec![(at, Kind::Verbatim, vec![equal(stretches[at])])],
    };
    let matches = (0..stretches.len()).map(|at| found(&stretches, at, source(at))).collect();
    checked("many", &stretches, None, matches)
}

/// Text that would like to be markup, script, an attribute, a formula, a command to the terminal or another order.
pub(in crate::report) const HOSTILE: &str = "=1+1</script><img src=x onerror=lwXss(1)> \"><svg/onload=lwXss(2)> ' onclick='lwXss(3) \
                                  &lt;b&gt; --> </div></section> {{ style }} \0\u{1b}[31m\u{202e}\u{2066}txt\u{7f} ";

/// The hostile text everywhere a text can be.
pub(in crate::report) fn hostile() -> Checked<'static> {
    let stretches = [HOSTILE, HOSTILE, "between words. ", HOSTILE];
    let source = |id, url| Source {
        id,
        name: Some(HOSTILE),
        date: Some(date(2024, 2, 29)),
        title: HOSTILE,
        url,
        shares: vec![
            (1, Kind::Verbatim, vec![equal(HOSTILE)]),
            (3, Kind::Edited, vec![insert(HOSTILE), replace(HOSTILE, HOSTILE)]),
        ],
    };
    let mut matches =
        vec![found(&stretches, 0, source(HOSTILE, "javascript:lwXss(4)")), found(&stretches, 1, source("+b", HOSTILE))];
    for matched in matches.iter_mut().flat_map(|found| &mut found.passages) {
        let evidence = Found { what: EvidenceKind::SourceNamed, article: Span::new(0, HOSTILE.len()), source: None };
        matched.credit = Some(Credit { class: CreditClass::Credited, evidence: vec![evidence] });
    }
    matches[1].copies = Copies {
        count: 1,
        listed: vec![Printing { id: HOSTILE.to_owned(), source: Some(HOSTILE.to_owned()), date: None }],
    };
    checked(HOSTILE, &stretches, None, matches)
}

/// The options of the fixtures.
pub(in crate::report) fn options() -> CheckOptions {
    CheckOptions::new(Options::default())
}

/// A report in `format`.
pub(in crate::report) fn report(options: &CheckOptions, format: Format) -> CheckReport<'_> {
    let view = View { width: 80, color: false, full: false };
    CheckReport { format, view, texts: true, options, archive: "archive".to_owned(), documents: 1234 }
}
