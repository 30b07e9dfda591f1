//! Which neighbours are one draft, and where one draft is two.

use super::keep::CROSSING;
use super::place::{distance, holds_sentence, paragraphs};
use super::stretch::{Draft, touching_joined};
use super::{CORE, Drafter};

/// Longest gap between neighbours that are joined, in tokens: where both are aligned well, and where one is not.
const JOIN: u32 = 12;
const JOIN_LOOSE: u32 = 60;

impl Drafter<'_> {
    /// Cuts a draft wherever a whole sentence lies between two of its runs on one side.
    pub(super) fn without_unique_sentences(&self, draft: Draft) -> Vec<Draft> {
        let least = self.options.min_words as u32;
        let mut pieces = Vec::new();
        let mut from = 0;
        for at in 1..draft.runs.len() {
            let (before, after) = (draft.runs[at - 1], draft.runs[at]);
            let gap_a = before.end_a()..after.a;
            let gap_b = before.end_b()..after.b;
            if holds_sentence(self.a, &gap_a, least) || holds_sentence(self.b, &gap_b, least) {
                pieces.push(draft.part(from..at));
                from = at;
            }
        }
        pieces.push(draft.part(from..draft.runs.len()));
        pieces
    }

    /// Joins neighbours with little between them.
    pub(super) fn join(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match joined.last_mut() {
                Some(last) if self.belong_together(last, &draft) => *last = self.joined(last, draft),
                _ => joined.push(draft),
            }
        }
        joined
    }

    /// Both well aligned: in order, with at most a few words between and no sentence. Else: near on both sides, and not a long
    /// piece that has moved.
    fn belong_together(&self, first: &Draft, second: &Draft) -> bool {
        let stands = |draft: &Draft| draft.dice() >= CORE && draft.matched() >= CROSSING;
        if !first.precedes(second) && (stands(first) || stands(second)) {
            return false;
        }
        if first.dice() < CORE || second.dice() < CORE {
            return distance(&first.a, &second.a).max(distance(&first.b, &second.b)) <= JOIN_LOOSE;
        }
        if !first.precedes(second) {
            return false;
        }
        let (gap_a, gap_b) = (first.a.end..second.a.start, first.b.end..second.b.start);
        let least = self.options.min_words as u32;
        let holds = holds_sentence(self.a, &gap_a, least) || holds_sentence(self.b, &gap_b, least);
        gap_a.len().max(gap_b.len()) as u32 <= JOIN && !holds
    }

    fn joined(&mut self, first: &Draft, second: Draft) -> Draft {
        let a = first.a.start..first.a.end.max(second.a.end);
        let b = first.b.start.min(second.b.start)..first.b.end.max(second.b.end);
        let mut draft = if first.precedes(&second) {
            let gap = self.aligner.complete(first.a.end..second.a.start, first.b.end..second.b.start, &[]);
            let runs = [&first.runs[..], &gap.runs, &second.runs].concat();
            let nearly = [&first.nearly[..], &second.nearly].concat();
            Draft { a, b, runs: touching_joined(runs), nearly, ..first.clone_shell() }
        } else {
            self.aligned(a, b)
        };
        draft.cosine = first.cosine.max(second.cosine);
        draft.evidence = first.evidence + second.evidence;
        draft
    }

    /// Cuts at paragraph borders that both sides share, where the parts differ in kind.
    pub(super) fn cut_at_paragraphs(&self, draft: Draft) -> Vec<Draft> {
        let mut parts: Vec<Draft> = Vec::new();
        let mut rest = draft;
        for (a, b) in self.shared_borders(&rest) {
            let (before, after) = rest.halves(a, b);
            let least = self.options.min_words;
            if before.a.len().min(before.b.len()) >= least && after.a.len().min(after.b.len()) >= least {
                parts.push(before);
                rest = after;
            }
        }
        parts.push(rest);
        let mut cut: Vec<Draft> = Vec::with_capacity(parts.len());
        for part in parts {
            match cut.last_mut() {
                Some(last) if last.kind(self.options) == part.kind(self.options) => last.append(part),
                _ => cut.push(part),
            }
        }
        cut
    }

    /// Paragraph borders inside the draft that the alignment maps onto each other, as the tokens after them.
    fn shared_borders(&self, draft: &Draft) -> Vec<(u32, u32)> {
        let (in_a, in_b) = (paragraphs(self.a, &draft.a), paragraphs(self.b, &draft.b));
        let mut borders = Vec::new();
        let mut from = 0;
        for a in in_a {
            let (least, most) = draft.image(a);
            if let Some(at) = in_b[from..].iter().position(|&b| (least..=most).contains(&b)) {
                borders.push((a, in_b[from + at]));
                from += at + 1;
            }
        }
        borders
    }
}
