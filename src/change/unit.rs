//! Units: the sentences of a passage that belong together, with what each token is matched to.

use super::crossing;
use crate::align::Aligner;
use crate::draft::Draft;
use crate::text::{Sentence, Token, Tokenised};
use crate::which::Which;
use std::ops::Range;

/// Share of the shorter of two sentences that must be matched for them to belong together.
const LINK: f64 = 0.2;
/// Share of each sentence that must be matched, in whatever order, for one sentence to be a few others.
const CROSSED: f64 = 0.5;
/// Most sentences that one may be.
const FEW: usize = 3;

/// Sentences of both sides that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Tokens of whole sentences.
    pub a: Range<u32>,
    pub b: Range<u32>,
}

/// What each token of a passage is matched to.
#[derive(Debug, Clone)]
pub(super) struct Mates {
    a: Range<u32>,
    b: Range<u32>,
    to_b: Vec<u32>,
    to_a: Vec<u32>,
    place_a: Vec<u32>,
    gap_b: Vec<u32>,
    /// Tokens that nearly match, in order of A's.
    nearly: Vec<(u32, u32)>,
}

/// No mate.
const NONE: u32 = u32::MAX;

impl Mates {
    pub(super) fn new(draft: &Draft) -> Self {
        let mut mates = Self {
            a: draft.a.clone(),
            b: draft.b.clone(),
            to_b: vec![NONE; draft.a.len()],
            to_a: vec![NONE; draft.b.len()],
            place_a: Vec::new(),
            gap_b: Vec::new(),
            // Ends may have moved since.
            nearly: draft.nearly.iter().copied().filter(|(a, b)| draft.a.contains(a) && draft.b.contains(b)).collect(),
        };
        mates.nearly.sort_unstable();
        for run in &draft.runs {
            let (at_a, at_b) = ((run.a - draft.a.start) as usize, (run.b - draft.b.start) as usize);
            mates.to_b[at_a..][..run.len as usize].iter_mut().zip(run.b..).for_each(|(to, mate)| *to = mate);
            mates.to_a[at_b..][..run.len as usize].iter_mut().zip(run.a..).for_each(|(to, mate)| *to = mate);
        }
        mates.find_places();
        mates
    }

    /// The same with what units have in another order on their two sides, if they have any.
    pub(super) fn crossed(&self, units: &[Unit], a: &Tokenised<'_>, b: &Tokenised<'_>) -> Option<Self> {
        let mut crossed: Option<Self> = None;
        for run in units.iter().flat_map(|unit| crossing::runs(unit, self, a, b)) {
            let crossed = crossed.get_or_insert_with(|| self.clone());
            for offset in 0..run.len {
                let (x, y) = (run.a + offset, run.b + offset);
                if self.a.contains(&x) && self.b.contains(&y) {
                    crossed.to_b[(x - self.a.start) as usize] = y;
                    crossed.to_a[(y - self.b.start) as usize] = x;
                }
            }
        }
        crossed.iter_mut().for_each(Self::find_places);
        crossed
    }

    fn find_places(&mut self) {
        self.place_a = after_last(&self.to_b, self.b.start, false);
        self.gap_b = after_last(&self.to_a, 0, true);
    }

    /// The token of B that token `a` of A is matched to.
    pub(super) fn of_a(&self, a: u32) -> Option<u32> {
        let at = a.checked_sub(self.a.start)? as usize;
        self.to_b.get(at).copied().filter(|&mate| mate != NONE)
    }

    /// Those of some tokens of A that are matched, be it nearly, each with the token of B that it is matched to, in order.
    pub(super) fn near_of(&self, tokens: &Range<u32>) -> impl Iterator<Item = (u32, u32)> + use<'_> {
        let nearly = |a: u32| self.nearly.binary_search_by_key(&a, |pair| pair.0).ok().map(|at| self.nearly[at].1);
        let near = move |(token, mate)| if mate == NONE { nearly(token) } else { Some(mate) };
        inside(&self.a, &self.to_b, tokens).filter_map(move |pair| near(pair).map(|mate| (pair.0, mate)))
    }

    /// The stretches of some tokens of A between those that are matched, in order.
    pub(super) fn free_of_a(&self, tokens: &Range<u32>) -> impl Iterator<Item = Range<u32>> + use<'_> {
        free(&self.a, &self.to_b, tokens)
    }

    /// The same of B.
    pub(super) fn free_of_b(&self, tokens: &Range<u32>) -> impl Iterator<Item = Range<u32>> + use<'_> {
        free(&self.b, &self.to_a, tokens)
    }

    /// The token of the other side that a token of this one is matched to.
    pub(super) fn mate(&self, which: Which, token: u32) -> Option<u32> {
        match which {
            Which::A => self.of_a(token),
            Which::B => self.of_b(token),
        }
    }

    /// The token of A that token `b` of B is matched to.
    pub(super) fn of_b(&self, b: u32) -> Option<u32> {
        let at = b.checked_sub(self.b.start)? as usize;
        self.to_a.get(at).copied().filter(|&mate| mate != NONE)
    }

    /// Tokens of the passage.
    pub(super) fn range_a(&self) -> Range<u32> {
        self.a.clone()
    }

    /// The token of B before which whatever stands at `a` in A would stand: after the mate of the last matched token.
    pub(super) fn place_of_a(&self, a: u32) -> u32 {
        let at = a.clamp(self.a.start, self.a.end) - self.a.start;
        self.b.start + self.place_a[at as usize]
    }

    /// The first token of the gap that token `b` of B lies in: after the last matched token.
    pub(super) fn gap_of_b(&self, b: u32) -> u32 {
        let at = b.clamp(self.b.start, self.b.end) - self.b.start;
        self.b.start + self.gap_b[at as usize]
    }
}

/// Those of some tokens that lie in the passage, of which `side` are all, each with its mate or none.
fn inside<'m>(side: &Range<u32>, mates: &'m [u32], tokens: &Range<u32>) -> impl Iterator<Item = (u32, u32)> + use<'m> {
    let from = tokens.start.clamp(side.start, side.end);
    let to = tokens.end.clamp(from, side.end);
    let mates = &mates[(from - side.start) as usize..(to - side.start) as usize];
    (from..to).zip(mates.iter().copied())
}

/// The stretches of some tokens between those that are matched, in order.
fn free<'m>(side: &Range<u32>, mates: &'m [u32], tokens: &Range<u32>) -> impl Iterator<Item = Range<u32>> + use<'m> {
    let matched = inside(side, mates, tokens).filter(|&(_, mate)| mate != NONE).map(|(token, _)| token);
    let mut from = tokens.start;
    matched.chain([tokens.end]).filter_map(move |token| {
        let free = from..token;
        from = token + 1;
        (!free.is_empty()).then_some(free)
    })
}

/// For each token of a side and for its end, one past the mate (or the token itself) of the last matched token before it,
/// counted from `start`.
fn after_last(mates: &[u32], start: u32, own: bool) -> Vec<u32> {
    let mut last = 0;
    let mut after = Vec::with_capacity(mates.len() + 1);
    after.extend((0..).zip(mates).map(|(at, &mate)| {
        let before = last;
        if mate != NONE {
            last = if own { at + 1 } else { mate - start + 1 };
        }
        before
    }));
    after.push(last);
    after
}

/// Tokens beyond which a unit takes in no further sentence of both sides: where no full stop stands, sentences are cut otherwise
/// on either side, and each would be joined to the next to the end of the text.
const MOST: usize = 1024;

/// The units of a draft that hold a difference, in order. Cost: linear.
pub(super) fn units(draft: &Draft, mates: &Mates, a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<Unit> {
    let sentences_a = sentences(a, &draft.a);
    let sentences_b = sentences(b, &draft.b);
    let tokens = |sentences: &[Sentence], range: &Range<usize>| {
        sentences[range.start].tokens.start..sentences[range.end - 1].tokens.end
    };
    let mut units: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (at, sentence) in sentences_a.iter().enumerate() {
        let Some(linked) = linked(sentence, sentences_b, mates) else { continue };
        match units.last_mut() {
            Some((first, last)) if linked.start < last.end => {
                let is_long = tokens(sentences_a, first).len().max(tokens(sentences_b, last).len()) > MOST;
                if is_long && linked.end > last.end {
                    let rest = last.end..linked.end;
                    units.push((at..at + 1, rest));
                } else {
                    (first.end, last.end) = (at + 1, last.end.max(linked.end));
                }
            }
            _ => units.push((at..at + 1, linked)),
        }
    }
    // A sentence set against a sentence belongs to it, however little of it is matched in order.
    let (all_a, all_b) = (0..sentences_a.len(), 0..sentences_b.len());
    match (all_a.len(), all_b.len()) {
        (1, 1) => units = vec![(all_a, all_b)],
        (1, 2..=FEW) | (2..=FEW, 1) => {
            let whole = Unit { a: tokens(sentences_a, &all_a), b: tokens(sentences_b, &all_b) };
            if is_turned(&whole, (sentences_a, sentences_b), mates, a, b) {
                units = vec![(all_a, all_b)];
            }
        }
        _ => {}
    }
    let units = units.iter().map(|(x, y)| Unit { a: tokens(sentences_a, x), b: tokens(sentences_b, y) });
    units.filter(|unit| differs(unit, mates)).collect()
}

/// Share of the words of two sentences that must be the same for them to be one that changed places with others.
const DISPLACED: f64 = 0.5;

/// The sentences of a short draft that stand elsewhere on the other side and differ there, each aligned as a draft of its own: too
/// short to be passages, they are part of one in which their order is another. Cost: the product of the sentences that nothing links.
pub(super) fn displaced(draft: &Draft, mates: &Mates, a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<Draft> {
    let (sentences_a, sentences_b) = (sentences(a, &draft.a), sentences(b, &draft.b));
    if sentences_a.len().min(sentences_b.len()) < 2 {
        return Vec::new();
    }
    let is_inside = |tokens: &Range<u32>, side: &Range<u32>| side.start <= tokens.start && tokens.end <= side.end;
    let alone = |tokens: &Range<u32>, matched: &dyn Fn(u32) -> bool| {
        let count = tokens.clone().filter(|&token| matched(token)).count();
        (count as f64) < LINK * tokens.len() as f64
    };
    let free_a = sentences_a.iter().map(|sentence| &sentence.tokens);
    let free_a =
        free_a.filter(|tokens| is_inside(tokens, &draft.a) && alone(tokens, &|token| mates.of_a(token).is_some()));
    let free_b = sentences_b.iter().map(|sentence| &sentence.tokens);
    let free_b =
        free_b.filter(|tokens| is_inside(tokens, &draft.b) && alone(tokens, &|token| mates.of_b(token).is_some()));
    let mut free_b: Vec<&Range<u32>> = free_b.collect();
    let mut found = Vec::new();
    for in_a in free_a {
        let share = |in_b: &Range<u32>| share(&a.tokens[of(in_a)], &b.tokens[of(in_b)]);
        let best = (0..free_b.len()).max_by(|&x, &y| share(free_b[x]).total_cmp(&share(free_b[y])).then(y.cmp(&x)));
        let Some(at) = best.filter(|&at| share(free_b[at]) >= DISPLACED) else { continue };
        let in_b = free_b.remove(at);
        let runs = Aligner::new(a, b).complete(in_a.clone(), in_b.clone(), &[]).runs;
        found.push(Draft { a: in_a.clone(), b: in_b.clone(), runs, nearly: Vec::new(), ..draft.clone() });
    }
    found
}

fn of(tokens: &Range<u32>) -> Range<usize> {
    tokens.start as usize..tokens.end as usize
}

/// Tokens that two stretches have in common, each as often as both have it, of those of the longer one.
fn share(a: &[Token], b: &[Token]) -> f64 {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    a.sort_unstable();
    b.sort_unstable();
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        common += usize::from(x == y);
        (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
    }
    common as f64 / a.len().max(b.len()).max(1) as f64
}

/// Whether all sentences of both sides are one in another order: "...", he said; he said: "...".
fn is_turned(
    whole: &Unit,
    (sentences_a, sentences_b): (&[Sentence], &[Sentence]),
    mates: &Mates,
    a: &Tokenised<'_>,
    b: &Tokenised<'_>,
) -> bool {
    let mut in_a: Vec<u32> = whole.a.clone().filter(|&token| mates.of_a(token).is_some()).collect();
    let mut in_b: Vec<u32> = whole.b.clone().filter(|&token| mates.of_b(token).is_some()).collect();
    for run in crossing::runs(whole, mates, a, b) {
        in_a.extend(run.a..run.end_a());
        in_b.extend(run.b..run.end_b());
    }
    let has_most = |sentence: &Sentence, matched: &[u32]| {
        let count = matched.iter().filter(|&token| sentence.tokens.contains(token)).count();
        count as f64 >= CROSSED * sentence.tokens.len() as f64
    };
    sentences_a.iter().all(|sentence| has_most(sentence, &in_a))
        && sentences_b.iter().all(|sentence| has_most(sentence, &in_b))
}

/// The stretches of a unit between matched tokens, of A and of B, in order. Cost: linear.
pub(super) fn gaps(unit: &Unit, mates: &Mates) -> Vec<(Range<u32>, Range<u32>)> {
    let mut gaps = Vec::new();
    let (mut at_a, mut at_b) = (unit.a.start, unit.b.start);
    let mut next = |(token, mate): (u32, u32)| {
        if (at_a < token || at_b < mate) && at_b <= mate {
            gaps.push((at_a..token, at_b..mate));
        }
        (at_a, at_b) = (token + 1, mate + 1);
    };
    inside(&mates.a, &mates.to_b, &unit.a).filter(|(_, mate)| unit.b.contains(mate)).for_each(&mut next);
    next((unit.a.end, unit.b.end));
    gaps
}

/// The sentences that a range of tokens touches.
fn sentences<'t>(text: &'t Tokenised<'_>, range: &Range<u32>) -> &'t [Sentence] {
    let first = text.sentence_of(range.start);
    let last = text.sentences.partition_point(|sentence| sentence.tokens.start < range.end);
    &text.sentences[first..last.max(first)]
}

/// Which of B's sentences a sentence of A belongs to.
fn linked(sentence: &Sentence, others: &[Sentence], mates: &Mates) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut count = (usize::MAX, 0);
    let mut link = |at: usize, matched: usize| {
        let least = LINK * sentence.tokens.len().min(others[at].tokens.len()) as f64;
        if matched as f64 >= least.max(1.0) {
            let range = found.take().map_or(at..at + 1, |range| range.start.min(at)..range.end.max(at + 1));
            found = Some(range);
        }
    };
    for (_, mate) in mates.near_of(&sentence.tokens) {
        let same = others.get(count.0).is_some_and(|other| other.tokens.contains(&mate));
        let at = if same { count.0 } else { others.partition_point(|other| other.tokens.end <= mate) };
        if at != count.0 {
            if count.1 > 0 {
                link(count.0, count.1);
            }
            count = (at, 0);
        }
        count.1 += 1;
    }
    if count.1 > 0 {
        link(count.0, count.1);
    }
    found
}

/// Whether a token inside the passage is unmatched.
fn differs(unit: &Unit, mates: &Mates) -> bool {
    let mut in_a = inside(&mates.a, &mates.to_b, &unit.a);
    let mut in_b = inside(&mates.b, &mates.to_a, &unit.b);
    in_a.any(|(_, mate)| mate == NONE) || in_b.any(|(_, mate)| mate == NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Run;
    use crate::text::tokenise;

    #[test]
    fn sentences_cut_otherwise_are_not_joined_without_end() {
        // Without a full stop, what stands before moves every cut.
        let words = |count: usize| -> String { (0..count).map(|at| format!("word{at} ")).collect() };
        let same = words(20_000);
        let (a, b) = (same.clone(), "other ".repeat(60) + &same.replace("word7777 ", "word "));
        let (a, b) = (tokenise(&a), tokenise(&b));
        let at = 7777;
        let runs = vec![Run { a: 0, b: 60, len: at }, Run { a: at + 1, b: at + 61, len: a.len() as u32 - at - 1 }];
        let (in_a, in_b) = (0..a.len() as u32, 0..b.len() as u32);
        let draft = Draft { a: in_a, b: in_b, runs, nearly: Vec::new(), cosine: 0.0, evidence: 0.0, moved: false };
        let units = units(&draft, &Mates::new(&draft), &a, &b);
        assert!(units.iter().any(|unit| unit.a.contains(&at) && unit.b.contains(&(at + 60))));
        let longest = units.iter().map(|unit| unit.a.len().max(unit.b.len())).max();
        assert!(longest.is_some_and(|longest| longest < 2 * MOST), "{longest:?}");
    }
}
