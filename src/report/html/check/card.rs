//! A passage beside its best source, with its credit, and the others that have it.

use super::links::Links;
use super::{classes, credit, label, said, sign, source};
use crate::check::Member;
use crate::report::aligned::{Block, Extent, Sentences, blocks};
use crate::report::check::facts::{Facts, Shown, called, field, likeness, rarity};
use crate::report::check::wording::{class, credits};
use crate::report::html::text::escaped;
use crate::report::html::timeline::Timeline;
use crate::report::layout::Paragraph;
use crate::report::paint::Mark;
use crate::report::place::{Lines, SentenceStarts};
use crate::report::visible::visible;
use crate::report::wording::{count, grouped};
use crate::text::tokenise;
use rustc_hash::FxHashMap;
use std::fmt::Write;

/// Bytes of a passage laid out.
const MOST_BYTES: usize = 12_000;
/// Other sources of a passage listed.
const MOST_OTHERS: usize = 20;
/// Pieces of evidence listed.
const MOST_EVIDENCE: usize = 12;
/// Units across the timeline.
const TIMELINE: i64 = 496;

/// A passage as the page shows it.
pub(super) struct Card<'c> {
    pub article: usize,
    pub number: usize,
    pub classes: String,
    pub label: String,
    pub said: String,
    pub kind: &'static str,
    pub likeness: String,
    pub words: String,
    pub line: String,
    pub rarity: String,
    /// Class, and what it says.
    pub credit: Option<(&'static str, &'static str, char)>,
    pub evidence: Vec<String>,
    pub boilerplate: Option<String>,
    pub rank: usize,
    /// Where its source is listed.
    pub source: String,
    pub from: String,
    pub title: Option<String>,
    pub url: Option<String>,
    /// The two sides, as markup.
    pub sides: String,
    pub cut: bool,
    pub others_title: Option<String>,
    /// Where each source is listed, its rank, and what to call it.
    pub others: Vec<(String, usize, String)>,
    pub timeline: Option<Timeline<'c>>,
}

/// The cards of article `article`, in its order: of very many passages those of the longest.
pub(super) fn cards<'c>(links: &Links, facts: &'c Facts<'c>) -> Vec<Card<'c>> {
    let checked = facts.checked;
    let text = &checked.article.text;
    let own = Sentences { text, starts: SentenceStarts::new(text, checked.sentences.iter().copied()) };
    let mut sources = FxHashMap::default();
    let card = |shown: &Shown<'c>| {
        let text = &shown.source.document.text;
        let (sentences, lines) = sources.entry(shown.rank).or_insert_with(|| {
            let sentences = tokenise(text).sentences.into_iter().map(|sentence| sentence.span);
            (Sentences { text, starts: SentenceStarts::new(text, sentences) }, Lines::new(text))
        });
        let line = lines.of(shown.best.passage.b.start);
        Card::new(links, facts, shown, line).with_sides([&own, sentences], shown)
    };
    facts.shown.iter().filter(|shown| links.has_card(shown.number)).map(card).collect()
}

impl<'c> Card<'c> {
    /// All but the two sides. `line`: where the passage stands in its source.
    fn new(links: &Links, facts: &'c Facts<'c>, shown: &Shown<'c>, line: usize) -> Self {
        let passage = &shown.best.passage;
        let evidence = credits(facts, shown.source, shown.best);
        let others = shown.others();
        let boilerplate = shown.best.boilerplate.map(|boilerplate| {
            let documents = count(boilerplate.documents as usize, "document");
            format!("Its source has this wording in {documents} of {}.", grouped(boilerplate.of as usize))
        });
        Self {
            article: links.article,
            number: shown.number,
            classes: classes(shown),
            label: label(shown),
            said: said(shown),
            kind: shown.kind().name(),
            likeness: shown.likeness(),
            words: count(passage.words_a, "word"),
            line: grouped(facts.lines.of(passage.a.start)),
            rarity: rarity(shown.best),
            credit: credit(shown).map(|credit| (credit.name(), class(credit), sign(credit))),
            evidence: evidence.into_iter().take(MOST_EVIDENCE).collect(),
            boilerplate,
            rank: shown.rank,
            source: links.source(shown.rank - 1),
            from: format!("{}, line {}", visible(&called(shown.source)), grouped(line)),
            title: field(shown.source, "title").map(|title| visible(title).into_owned()),
            url: source::address(shown.source),
            sides: String::new(),
            cut: false,
            others_title: (!others.is_empty())
                .then(|| format!("Also in {}, the earliest first", count(others.len(), "other document"))),
            others: others.iter().take(MOST_OTHERS).map(|&member| other(links, facts, member)).collect(),
            timeline: timeline(links, facts, shown),
        }
    }

    fn with_sides(mut self, sides: [&Sentences<'_>; 2], shown: &Shown<'_>) -> Self {
        let extent = Extent { fold: false, bytes: MOST_BYTES };
        let (blocks, rest) = blocks(sides, &shown.best.passage, extent);
        self.cut = rest.is_some();
        for block in &blocks {
            match block {
                Block::Texts { a, b } => {
                    for (side, paragraph) in [("a", a), ("b", b)] {
                        write!(self.sides, "<p class=\"{side}\" dir=\"auto\" lang=\"\">{}</p>", markup(paragraph))
                            .expect("a string takes all");
                    }
                }
                Block::Same(words) => {
                    write!(self.sides, "<p class=\"same\">… {} the same …</p>", count(*words, "word"))
                        .expect("a string takes all");
                }
            }
        }
        self
    }
}

/// A paragraph with its edits marked.
fn markup(paragraph: &Paragraph) -> String {
    let mut markup = String::new();
    for (text, mark) in paragraph.runs() {
        let text = escaped(text);
        match mark {
            Mark::Gone | Mark::GoneChanged => write!(markup, "<del>{text}</del>"),
            Mark::New | Mark::NewChanged => write!(markup, "<ins>{text}</ins>"),
            _ => write!(markup, "{text}"),
        }
        .expect("a string takes all");
    }
    markup
}

fn other(links: &Links, facts: &Facts<'_>, member: Member) -> (String, usize, String) {
    let (found, matched) = (&facts.checked.matches[member.source], facts.checked.passage(member));
    (links.source(member.source), member.source + 1, format!("{}: {}", visible(&called(found)), likeness(matched)))
}

/// When the documents of a group are from, where there are two at least that have a date.
fn timeline<'c>(links: &Links, facts: &'c Facts<'c>, shown: &Shown<'c>) -> Option<Timeline<'c>> {
    let mut dots = Vec::new();
    let mut seen = Vec::new();
    for member in &shown.group.members {
        let found = &facts.checked.matches[member.source];
        if seen.contains(&member.source) || seen.len() >= MOST_OTHERS {
            continue;
        }
        seen.push(member.source);
        let printings = found.copies.listed.iter().map(|copy| (copy.date, copy.source.as_deref(), &copy.id));
        for (date, name, id) in
            std::iter::once((found.date, found.source.as_deref(), &found.document.id)).chain(printings)
        {
            dots.extend(date.map(|date| (date, name.unwrap_or(id), links.source(member.source))));
        }
    }
    dots.sort_by_key(|dot| dot.0);
    let marked = facts.checked.date.map(|date| (date, "the article"));
    (dots.len() > 1).then_some(Timeline { dots, width: TIMELINE, marked })
}
