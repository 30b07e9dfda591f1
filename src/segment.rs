//! From drafts to what is reported: passages with their edits in bytes, and the segments that tile each text.

mod parts;

use crate::draft::Draft;
use crate::options::Options;
use crate::passage::{Edit, EditOp, Passage, Segment, SegmentKind};
use crate::seed::Run;
use crate::span::Span;
use crate::text::Tokenised;
use crate::which::Which;
pub(crate) use parts::{Part, parts};
use std::ops::Range;

/// The passage a draft becomes; whether it is quoted is left open.
pub(crate) fn passage(draft: &Draft, a: &Tokenised<'_>, b: &Tokenised<'_>, options: &Options) -> Passage {
    Passage {
        kind: draft.kind(options),
        moved: draft.moved,
        quoted_a: false,
        quoted_b: false,
        similarity: draft.similarity(a, b, options),
        words_a: draft.a.len(),
        words_b: draft.b.len(),
        a: span(a, &draft.a),
        b: span(b, &draft.b),
        edits: edits(draft, a, b),
        changes: Vec::new(),
        harmless: Vec::new(),
    }
}

/// Bytes of a token range, with the marks that open its first sentence and close its last where it has them whole.
fn span(text: &Tokenised<'_>, tokens: &Range<u32>) -> Span {
    let first = sentence_at(text, tokens.start);
    let last = sentence_at(text, tokens.end - 1);
    let start =
        if first.tokens.start == tokens.start { first.span.start } else { text.span(tokens.start as usize).start };
    let end = if last.tokens.end == tokens.end { last.span.end } else { text.span(tokens.end as usize - 1).end };
    Span::new(start, end)
}

fn sentence_at<'t>(text: &'t Tokenised<'_>, token: u32) -> &'t crate::text::Sentence {
    &text.sentences[text.sentence_of(token)]
}

/// Edits that tile both sides: replaced, inserted and deleted words exactly, equal words with all that stands between.
fn edits(draft: &Draft, a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<Edit> {
    let (span_a, span_b) = (span(a, &draft.a), span(b, &draft.b));
    let mut edits = Edits { out: Vec::with_capacity(2 * draft.runs.len() + 1), a: span_a.start, b: span_b.start };
    let (mut at_a, mut at_b) = (draft.a.start, draft.b.start);
    let end = Run { a: draft.a.end, b: draft.b.end, len: 0 };
    for run in draft.runs.iter().copied().chain([end]) {
        let (gap_a, gap_b) = (at_a..run.a, at_b..run.b);
        if !gap_a.is_empty() || !gap_b.is_empty() {
            edits.change(words(a, &gap_a, span_a), words(b, &gap_b, span_b), &gap_a, &gap_b);
        }
        (at_a, at_b) = (run.end_a(), run.end_b());
    }
    edits.equal(span_a.end, span_b.end);
    edits.out
}

/// Edits so far, and where the next begins.
struct Edits {
    out: Vec<Edit>,
    a: usize,
    b: usize,
}

impl Edits {
    fn equal(&mut self, to_a: usize, to_b: usize) {
        if self.a < to_a || self.b < to_b {
            self.out.push(Edit { op: EditOp::Equal, a: Span::new(self.a, to_a), b: Span::new(self.b, to_b) });
        }
        (self.a, self.b) = (to_a, to_b);
    }

    fn change(&mut self, a: Span, b: Span, gap_a: &Range<u32>, gap_b: &Range<u32>) {
        self.equal(a.start, b.start);
        let op = match (gap_a.is_empty(), gap_b.is_empty()) {
            (true, _) => EditOp::Insert,
            (_, true) => EditOp::Delete,
            _ => EditOp::Replace,
        };
        self.out.push(Edit { op, a, b });
        (self.a, self.b) = (a.end, b.end);
    }
}

/// Bytes of the words of a gap; for no words the place before the next word, inside `within`.
fn words(text: &Tokenised<'_>, gap: &Range<u32>, within: Span) -> Span {
    if !gap.is_empty() {
        return Span::new(text.span(gap.start as usize).start, text.span(gap.end as usize - 1).end);
    }
    let place = text.places.get(gap.start as usize).map_or(within.end, |&(start, _)| start as usize);
    let place = place.clamp(within.start, within.end);
    Span::new(place, place)
}

/// Tiles of one text; `parts` are those of each draft. Where passages overlap, the earlier one has the place.
pub(crate) fn segments(text: &Tokenised<'_>, parts: &[Vec<Part>], passages: &[Passage], which: Which) -> Vec<Segment> {
    let mut order: Vec<usize> = (0..passages.len()).collect();
    order.sort_by_key(|&at| (passages[at].span(which), at));
    let mut tiles = Tiles { text, out: Vec::with_capacity(4 * order.len() + 1), at: 0, token: 0 };
    for at in order {
        let span = passages[at].span(which);
        if span.end <= tiles.at {
            continue;
        }
        tiles.push(span.start.max(tiles.at), SegmentKind::Unique, None);
        let last = parts[at].last().map_or(0, |part| part.tokens(which).end);
        for part in &parts[at] {
            let tokens = part.tokens(which);
            if !tokens.is_empty() {
                let end = if tokens.end == last { span.end } else { closing(text, tokens.end).min(span.end) };
                tiles.push(end, part.kind.into(), Some(at));
            }
        }
    }
    tiles.push(text.text.len(), SegmentKind::Unique, None);
    tiles.out
}

/// Where the marks that close the token before `token` end.
fn closing(text: &Tokenised<'_>, token: u32) -> usize {
    sentence_at(text, token - 1).span.end
}

struct Tiles<'t> {
    text: &'t Tokenised<'t>,
    out: Vec<Segment>,
    at: usize,
    /// First token not yet in a tile.
    token: usize,
}

impl Tiles<'_> {
    /// A tile up to byte `end`, or a longer last tile where it is of the same passage and kind.
    fn push(&mut self, end: usize, kind: SegmentKind, passage: Option<usize>) {
        if end <= self.at {
            return;
        }
        let words = self.text.count_before(self.token, end);
        self.token += words;
        match self.out.last_mut() {
            Some(last) if last.kind == kind && last.passage == passage => {
                last.span.end = end;
                last.words += words;
            }
            _ => self.out.push(Segment { span: Span::new(self.at, end), kind, passage, words }),
        }
        self.at = end;
    }
}
