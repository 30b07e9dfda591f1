//! Passages of several documents that cover one stretch of the article, as groups; and the best of each.

use super::candidate::Candidate;
use super::printing::dated_first;
use super::ranges::{intersection, len, overlap};
use super::result::{Group, Member};
use std::cmp::{Ordering, Reverse};
use std::ops::Range;

/// Share of the most words matched in a group's stretch from which a passage explains it about as well.
const ABOUT: f64 = 0.95;
/// No group.
const NONE: u32 = u32::MAX;

/// A passage with its place.
struct Placed {
    tokens: Range<u32>,
    member: Member,
}

/// Groups all passages, in the order of the article, and writes each one's group and the best of each group into `candidates`.
/// `words`: tokens of the article. Cost: near linear in the passages and the tokens they cover.
pub(super) fn group(candidates: &mut [Candidate], words: u32) -> Vec<Group> {
    let mut stretches = stretches(placed(candidates), words);
    stretches.sort_by_key(|stretch| (stretch.tokens.start, Reverse(stretch.tokens.end)));
    let mut groups = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        groups.push(stretch.group(candidates, groups.len()));
    }
    groups
}

/// All passages, the longest first.
fn placed(candidates: &[Candidate]) -> Vec<Placed> {
    let passages = candidates.iter().enumerate().flat_map(|(source, candidate)| {
        let tokens = candidate.tokens.iter().enumerate();
        tokens.map(move |(passage, tokens)| Placed { tokens: tokens.a.clone(), member: Member { source, passage } })
    });
    let mut placed: Vec<Placed> = passages.collect();
    placed.sort_by_key(|placed| (Reverse(placed.tokens.len()), placed.tokens.start, placed.member));
    placed
}

/// A stretch of the article and the passages that belong to it.
struct Stretch {
    tokens: Range<u32>,
    members: Vec<Member>,
}

/// Each passage joins the stretch that holds most of it, or opens one.
///
/// A stretch that holds more than half of a passage holds its middle token, and no more than two stretches hold any one token:
/// of three, the one between the others would have more than half in common with one of them. So two slots for each token tell which
/// stretches to look at.
fn stretches(placed: Vec<Placed>, words: u32) -> Vec<Stretch> {
    let mut slots = vec![[NONE; 2]; words as usize];
    let mut stretches: Vec<Stretch> = Vec::new();
    for Placed { tokens, member } in placed {
        let middle = slots.get((tokens.start + tokens.len() as u32 / 2) as usize).copied().unwrap_or([NONE; 2]);
        let shared = |stretch: u32| overlap(&stretches[stretch as usize].tokens, &tokens);
        let held = middle.into_iter().filter(|&stretch| stretch != NONE);
        let most = held.max_by_key(|&stretch| (shared(stretch), Reverse(stretch)));
        match most.filter(|&stretch| 2 * shared(stretch) as usize > tokens.len()) {
            Some(stretch) => stretches[stretch as usize].members.push(member),
            None => {
                for slot in &mut slots[tokens.start as usize..tokens.end as usize] {
                    let free = usize::from(slot[0] != NONE);
                    slot[free] = stretches.len() as u32;
                }
                stretches.push(Stretch { tokens, members: vec![member] });
            }
        }
    }
    stretches
}

impl Stretch {
    /// Orders the members, finds the best, and tells the passages.
    fn group(mut self, candidates: &mut [Candidate], index: usize) -> Group {
        let span = candidates[self.members[0].source].matching.passages[self.members[0].passage].passage.a;
        self.members.sort_by(|x, y| in_order(candidates, *x, *y));
        let best = self.best(candidates);
        for (at, member) in self.members.iter().enumerate() {
            let passage = &mut candidates[member.source].matching.passages[member.passage];
            (passage.group, passage.best) = (index, at == best);
        }
        Group { span, words: self.tokens.len(), members: self.members, best }
    }

    /// The first of those that match about as many words of the stretch as the one that matches most.
    fn best(&self, candidates: &[Candidate]) -> usize {
        let own = [self.tokens.clone()];
        let matched = |member: &Member| {
            let tokens = &candidates[member.source].tokens[member.passage];
            len(&intersection(&tokens.matched, &own))
        };
        let matched: Vec<usize> = self.members.iter().map(matched).collect();
        let most = matched.iter().copied().max().unwrap_or(0);
        matched.iter().position(|&words| words as f64 >= ABOUT * most as f64).expect("one of them has the most")
    }
}

/// The earliest document first, undated ones last, then the more alike, then by id.
fn in_order(candidates: &[Candidate], x: Member, y: Member) -> Ordering {
    let of = |member: Member| {
        let matching = &candidates[member.source].matching;
        (matching, &matching.passages[member.passage].passage)
    };
    let ((match_x, passage_x), (match_y, passage_y)) = (of(x), of(y));
    let dates = dated_first(match_x.date).cmp(&dated_first(match_y.date));
    let alike = || passage_y.similarity.total_cmp(&passage_x.similarity);
    dates.then_with(alike).then_with(|| match_x.document.id.cmp(&match_y.document.id)).then(x.passage.cmp(&y.passage))
}
