//! Which neighbours are one draft, and where one draft is two.

use super::keep::CROSSING;
use super::place::{distance, holds_sentence, paragraphs};
use super::stretch::Draft;
use super::{CORE, Drafter};
use crate::align::push;

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

    /// Joins neighbours with little between them. Cost: linear in what they match, unless they cross.
    pub(super) fn join(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
        // Equal tokens of the last one.
        let mut matched = 0;
        for draft in drafts {
            let own = draft.matched();
            match joined.last_mut() {
                Some(last) if self.belong_together((last, matched), (&draft, own)) => {
                    matched = self.join_to(last, matched, draft, own);
                }
                _ => {
                    matched = own;
                    joined.push(draft);
                }
            }
        }
        joined
    }

    /// Whether two drafts, each with how many tokens of it are equal, are one. Both well aligned: in order, with at most a few words
    /// between and no sentence. Else: near on both sides, and not a long piece that has moved.
    fn belong_together(
        &self,
        (first, first_matched): (&Draft, usize),
        (second, second_matched): (&Draft, usize),
    ) -> bool {
        let (first_dice, second_dice) = (first.dice_with(first_matched), second.dice_with(second_matched));
        let stands = |dice: f64, matched: usize| dice >= CORE && matched >= CROSSING;
        if !first.precedes(second) && (stands(first_dice, first_matched) || stands(second_dice, second_matched)) {
            return false;
        }
        if first_dice < CORE || second_dice < CORE {
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

    /// Takes `second`, with `own` equal tokens, into `first`, with `matched`: how many it has then.
    fn join_to(&mut self, first: &mut Draft, matched: usize, second: Draft, own: usize) -> usize {
        first.cosine = first.cosine.max(second.cosine);
        first.evidence += second.evidence;
        if first.precedes(&second) {
            let gap = self.aligner.complete(first.a.end..second.a.start, first.b.end..second.b.start, &[]);
            let between: usize = gap.runs.iter().map(|run| run.len as usize).sum();
            gap.runs.into_iter().for_each(|run| push(&mut first.runs, run));
            first.append(second);
            return matched + between + own;
        }
        let a = first.a.start..first.a.end.max(second.a.end);
        let b = first.b.start.min(second.b.start)..first.b.end.max(second.b.end);
        let (cosine, evidence) = (first.cosine, first.evidence);
        *first = Draft { cosine, evidence, ..self.aligned(a, b) };
        first.matched()
    }

    /// Cuts at paragraph borders that both sides share, where the parts differ in kind.
    pub(super) fn cut_at_paragraphs(&self, draft: Draft) -> Vec<Draft> {
        let least = self.options.min_words as u32;
        let mut borders = self.shared_borders(&draft);
        let mut start = (draft.a.start, draft.b.start);
        borders.retain(|&(a, b)| {
            let before = a.saturating_sub(start.0).min(b.saturating_sub(start.1));
            let after = draft.a.end.saturating_sub(a).min(draft.b.end.saturating_sub(b));
            let cuts = before.min(after) >= least;
            if cuts {
                start = (a, b);
            }
            cuts
        });
        if borders.is_empty() {
            return vec![draft];
        }
        let mut cut: Vec<Draft> = Vec::new();
        // Equal tokens of the last one.
        let mut matched = 0;
        for part in draft.cut_at(&borders) {
            let own = part.matched();
            match cut.last_mut() {
                Some(last) if last.kind_with(matched, self.options) == part.kind_with(own, self.options) => {
                    matched += own;
                    last.append(part);
                }
                _ => {
                    matched = own;
                    cut.push(part);
                }
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
            let at = from + in_b[from..].partition_point(|&b| b < least);
            if let Some(&b) = in_b.get(at).filter(|&&b| b <= most) {
                borders.push((a, b));
                from = at + 1;
            }
        }
        borders
    }
}
