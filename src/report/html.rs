//! The comparison as one page: self-contained, offline, printable.
//!
//! The page is a template (`html/page.html`) around three parts that are streamed, never held in memory: the two
//! texts ([`Pane`]), the map of where passages lie ([`Map`]) and the lists. Its style and its script are files of
//! their own, put in whole.
//!
//! Document text is hostile. It reaches the page only through [`Text`](text::Text) or through [`visible`] and the
//! template's escaping, never inside the script or the style; and the page's policy lets a browser run that script
//! and that style alone, named by their hashes, and load nothing.

mod map;
mod pane;
mod text;

use super::place::{Lines, UniqueSentence, unique_sentences};
use super::visible::visible;
use super::wording::{grouped, percent, quoted, shared, title, warnings};
use crate::compare::{Comparison, Side};
use crate::passage::{Edit, Kind, Passage, SegmentKind};
use crate::span::Span;
use askama::Template;
use map::Map;
use pane::Pane;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::{self, Write};
use text::excerpt;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Passages, and sentences of a side, that the lists hold at most. The texts are complete in any case; a longer list
/// helps nobody and doubles the page.
const LISTED: usize = 2000;

/// Characters of a passage shown in the list.
const BEGINNING: usize = 110;

/// Writes the page to `out`, which should be buffered. Cost: linear in both texts.
///
/// # Errors
///
/// Those of `out`.
pub(super) fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    Page::new(comparison).write_into(out)
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    A,
    B,
}

impl Which {
    const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
        }
    }

    /// What the side is called in ids and classes.
    const fn key(self) -> char {
        self.letter().to_ascii_lowercase()
    }

    const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    const fn side<'s, 'd>(self, comparison: &'s Comparison<'d>) -> &'s Side<'d> {
        match self {
            Self::A => &comparison.a,
            Self::B => &comparison.b,
        }
    }

    const fn of_passage(self, passage: &Passage) -> Span {
        match self {
            Self::A => passage.a,
            Self::B => passage.b,
        }
    }

    const fn of_edit(self, edit: &Edit) -> Span {
        match self {
            Self::A => edit.a,
            Self::B => edit.b,
        }
    }
}

/// What the template shows.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'c> {
    comparison: &'c Comparison<'c>,
    sides: [SideView<'c>; 2],
    lines: [Lines; 2],
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    verdict: &'static str,
    sentence: String,
    passages: String,
    by_kind: String,
    moved: String,
    longest: String,
    resemblance: String,
    warnings: Vec<String>,
    filters: [Filter; 4],
    map: Map<'c>,
}

/// A side as the template shows it.
struct SideView<'c> {
    which: Which,
    side: &'c Side<'c>,
    letter: char,
    key: char,
    name: String,
    words: String,
    only_words: String,
    shares: Vec<Share>,
    pane: Pane<'c>,
}

/// A kind's part of one text: a stretch of the bar and a line below it.
struct Share {
    kind: &'static str,
    label: String,
    words: String,
    percent: String,
    initial: char,
    /// Per cent of the bar.
    x: f64,
    width: f64,
}

/// A kind that can be dimmed.
struct Filter {
    kind: &'static str,
    label: &'static str,
}

/// A passage in the list.
struct Row<'c> {
    number: usize,
    kind: &'static str,
    moved: bool,
    flags: String,
    similarity: String,
    words: String,
    lines_a: String,
    lines_b: String,
    begins: Cow<'c, str>,
}

/// A sentence that only one side has.
struct Only {
    segment: usize,
    line: usize,
    text: String,
}

impl<'c> Page<'c> {
    fn new(comparison: &'c Comparison<'c>) -> Self {
        let passages = &comparison.passages;
        let moved = passages.iter().filter(|passage| passage.moved).count();
        Self {
            comparison,
            sides: [Which::A, Which::B].map(|which| SideView::new(comparison, which)),
            lines: [Which::A, Which::B].map(|which| Lines::new(&which.side(comparison).document.text)),
            policy: policy(),
            style: STYLE,
            script: SCRIPT,
            version: env!("CARGO_PKG_VERSION"),
            verdict: comparison.scores.verdict.name(),
            sentence: sentence(comparison),
            passages: grouped(passages.len()),
            by_kind: by_kind(passages),
            moved: grouped(moved),
            longest: grouped(comparison.scores.longest_words),
            resemblance: percent(comparison.scores.resemblance),
            warnings: warnings(comparison),
            filters: SegmentKind::ALL.map(|kind| Filter { kind: kind.name(), label: label(kind) }),
            map: Map { comparison },
        }
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.comparison.passages.iter().enumerate().take(LISTED).map(|(index, passage)| self.row(index, passage))
    }

    fn row(&self, index: usize, passage: &'c Passage) -> Row<'c> {
        Row {
            number: index + 1,
            kind: passage.kind.name(),
            moved: passage.moved,
            flags: flags(passage),
            similarity: format!("{:.2}", passage.similarity),
            words: format!("{}, {}", grouped(passage.words_a), grouped(passage.words_b)),
            lines_a: lines(&self.lines[0], passage.a),
            lines_b: lines(&self.lines[1], passage.b),
            begins: excerpt(&self.comparison.a.document.text, passage.a, BEGINNING),
        }
    }

    fn rows_left(&self) -> Option<String> {
        let all = self.comparison.passages.len();
        (all > LISTED).then(|| {
            format!(
                "The first {} of {} passages are listed; both texts above are complete.",
                grouped(LISTED),
                grouped(all)
            )
        })
    }

    /// Label, A's value, B's value.
    fn figures(&self) -> Vec<(&'static str, String, String)> {
        let scores = &self.comparison.scores;
        let both =
            |label, value: fn(&Side<'_>) -> String| (label, value(&self.comparison.a), value(&self.comparison.b));
        vec![
            both("document", |side| visible(&side.document.id).into_owned()),
            both("sha-256", |side| side.document.sha256()),
            both("read as", |side| side.document.decoding.encoding.clone()),
            both("characters", |side| grouped(side.chars())),
            both("words", |side| grouped(side.words)),
            both("sentences", |side| grouped(side.sentences.len())),
            ("words in passages", percent(scores.shared_a), percent(scores.shared_b)),
            ("words in verbatim passages", percent(scores.verbatim_a), percent(scores.verbatim_b)),
            ("shingles found in the other", percent(scores.containment_a), percent(scores.containment_b)),
            both("simhash", |side| format!("{:016x}", side.simhash)),
        ]
    }
}

impl<'c> SideView<'c> {
    fn new(comparison: &'c Comparison<'c>, which: Which) -> Self {
        let side = which.side(comparison);
        let shares = shares(side, which);
        Self {
            which,
            side,
            letter: which.letter(),
            key: which.key(),
            name: visible(&title(side)).into_owned(),
            words: grouped(side.words),
            only_words: shares.last().map(|share| share.words.clone()).unwrap_or_default(),
            shares,
            pane: Pane { comparison, which },
        }
    }

    fn only(&self) -> impl Iterator<Item = Only> {
        let lines = Lines::new(&self.side.document.text);
        unique_sentences(self.side).take(LISTED).map(move |sentence| self.only_one(&lines, sentence))
    }

    fn only_one(&self, lines: &Lines, sentence: UniqueSentence) -> Only {
        let UniqueSentence { span, cut_before, cut_after } = sentence;
        let mark = |cut| if cut { "…" } else { "" };
        Only {
            segment: self.side.segments.partition_point(|segment| segment.span.end <= span.start),
            line: lines.of(span.start),
            text: format!("{}{}{}", mark(cut_before), visible(span.of(&self.side.document.text)), mark(cut_after)),
        }
    }

    fn only_left(&self) -> Option<String> {
        let all = unique_sentences(self.side).count();
        (all > LISTED).then(|| {
            format!(
                "The first {} of {} are listed; the text of {} above is complete.",
                grouped(LISTED),
                grouped(all),
                self.which.letter()
            )
        })
    }
}

/// The kinds of one side as stretches of a bar.
fn shares(side: &Side<'_>, which: Which) -> Vec<Share> {
    let mut x = 0.0_f64;
    let mut shares = Vec::with_capacity(SegmentKind::ALL.len());
    for kind in SegmentKind::ALL {
        let words: usize = side.segments.iter().filter(|part| part.kind == kind).map(|part| part.words).sum();
        let share = side.share(kind);
        let width = (share * 10_000.0).round() / 100.0;
        let label = match kind {
            SegmentKind::Unique => format!("only in {}", which.letter()),
            _ => label(kind).to_owned(),
        };
        let initial = initial(kind, which);
        let (words, percent) = (grouped(words), percent(share));
        shares.push(Share { kind: kind.name(), label, words, percent, initial, x: (x * 100.0).round() / 100.0, width });
        x += width;
    }
    shares
}

/// The letter on a kind's stretch of the bar and on the labels of its passages.
fn initial(kind: SegmentKind, which: Which) -> char {
    match kind {
        SegmentKind::Verbatim => 'V',
        SegmentKind::Edited => 'E',
        SegmentKind::Reworded => 'R',
        SegmentKind::Unique => which.letter(),
    }
}

/// What the page calls a kind of segment.
const fn label(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Unique => "only one side",
        _ => kind.name(),
    }
}

/// The verdict in a sentence.
fn sentence(comparison: &Comparison<'_>) -> String {
    match comparison.passages.len() {
        0 => "The two texts share no passage long enough to report.".to_owned(),
        _ => format!("{}.", shared(&comparison.scores)),
    }
}

/// How many passages of each kind, those there are.
fn by_kind(passages: &[Passage]) -> String {
    let counts = Kind::ALL.map(|kind| (kind, passages.iter().filter(|passage| passage.kind == kind).count()));
    let said: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {}", grouped(count), kind.name()))
        .collect();
    said.join(", ")
}

/// What else there is to say of a passage, to stand after its kind.
fn flags(passage: &Passage) -> String {
    let said = [passage.moved.then_some("moved"), quoted(passage)];
    said.into_iter().flatten().fold(String::new(), |flags, flag| flags + " " + flag)
}

/// First and last line of a span.
fn lines(lines: &Lines, span: Span) -> String {
    let (first, last) = (lines.of(span.start), lines.of(span.end.saturating_sub(1).max(span.start)));
    if first == last { grouped(first) } else { format!("{}–{}", grouped(first), grouped(last)) }
}

/// Lets a browser run this page's script and style, by their hashes, and load nothing at all.
fn policy() -> String {
    let hash = |source: &str| base64(&Sha256::digest(source.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// Base64 with padding, as a content security policy wants its hashes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let digit = (digit <= three.len()).then(|| DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]);
            out.push(digit.map_or('=', char::from));
        }
    }
    out
}

#[cfg(test)]
mod tests;
