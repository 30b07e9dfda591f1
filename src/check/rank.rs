//! What each match explains, the order of the matches, and the figures over the article.

use super::candidate::Candidate;
use super::options::CheckOptions;
use super::printing::dated_first;
use super::ranges::{difference, len, union};
use super::result::{Figures, Group, Member};
use crate::passage::Kind;
use std::cmp::Ordering;
use std::ops::Range;

/// Counts what each match shares and explains. `words`: tokens of the article.
pub(super) fn explain(candidates: &mut [Candidate], groups: &[Group], words: u32, options: &CheckOptions) {
    let boilerplate = options.boilerplate;
    for candidate in candidates.iter_mut() {
        candidate.matching.shared_words = len(&candidate.shared(boilerplate));
        candidate.matching.document_words = candidate.document_words(boilerplate);
    }
    let mut taken = vec![false; words as usize];
    for group in groups {
        let Member { source, passage } = group.members[group.best];
        let Candidate { matching, tokens, .. } = &mut candidates[source];
        let found = &matching.passages[passage];
        if found.boilerplate.is_some() && !boilerplate {
            continue;
        }
        let own = &mut taken[tokens[passage].a.start as usize..tokens[passage].a.end as usize];
        let words = own.iter().filter(|&&taken| !taken).count();
        own.fill(true);
        matching.explained_words += words;
        matching.explains += words as f64 * found.rarity;
    }
}

/// Puts the matches into their order, and tells the groups.
pub(super) fn rank(candidates: &mut Vec<Candidate>, groups: &mut [Group], options: &CheckOptions) {
    let rare: Vec<f64> = candidates.iter().map(|candidate| candidate.rare_words(options.boilerplate)).collect();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|&x, &y| {
        let by_rank = match options.reverse {
            true => by_document(&candidates[x], &candidates[y]),
            false => candidates[y].matching.explains.total_cmp(&candidates[x].matching.explains),
        };
        by_rank.then_with(|| rare[y].total_cmp(&rare[x])).then_with(|| by_date(&candidates[x], &candidates[y]))
    });
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &before)| place[before] = at);
    for member in groups.iter_mut().flat_map(|group| &mut group.members) {
        member.source = place[member.source];
    }
    let mut before: Vec<Option<Candidate>> = candidates.drain(..).map(Some).collect();
    candidates.extend(order.iter().map(|&at| before[at].take().expect("each has one place")));
}

/// The larger share of the document first.
fn by_document(x: &Candidate, y: &Candidate) -> Ordering {
    y.matching.document_share().total_cmp(&x.matching.document_share())
}

fn by_date(x: &Candidate, y: &Candidate) -> Ordering {
    let key = |candidate: &Candidate| (dated_first(candidate.matching.date), candidate.matching.number);
    key(x).cmp(&key(y))
}

/// The figures over the article.
pub(super) fn figures(candidates: &[Candidate], options: &CheckOptions) -> Figures {
    let of = |boilerplate: bool, kind: Kind| -> Vec<Range<u32>> {
        let passages = candidates.iter().flat_map(|candidate| candidate.counted(boilerplate));
        passages.filter(|(found, _)| found.passage.kind == kind).map(|(_, tokens)| tokens.a.clone()).collect()
    };
    let mut found: Vec<Range<u32>> = Vec::new();
    let kind_words = Kind::ALL.map(|kind| {
        let own = union(of(options.boilerplate, kind));
        let new = len(&difference(&own, &found));
        found = union(found.iter().cloned().chain(own).collect());
        new
    });
    let all = union(Kind::ALL.into_iter().flat_map(|kind| of(true, kind)).collect());
    let runs = candidates.iter().map(|candidate| candidate.matching.longest_words);
    let longest = runs.enumerate().max_by_key(|&(at, words)| (words, std::cmp::Reverse(at)));
    Figures {
        found_words: len(&found),
        boilerplate_words: len(&all) - len(&found),
        kind_words,
        longest_words: longest.map_or(0, |(_, words)| words),
        longest: longest.map(|(at, _)| at),
    }
}
