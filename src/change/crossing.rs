//! Clauses in another order: what an alignment, which goes forward on both sides, leaves unmatched although both say it.

use super::unit::{Mates, Unit};
use crate::seed::Run;
use crate::text::{TokenClass, Tokenised};
use std::ops::Range;

/// Longest side of a unit that is looked through, in tokens: a long sentence, or a few.
const LONGEST: usize = 192;
/// Fewest tokens of a run, and the least weight: two words that say something, or three characters of Chinese.
const FEWEST: u32 = 2;
const LEAST: u32 = 8;
/// What a character and a small word weigh; other words weigh their bytes. Words below so many bytes are small.
const CHARACTER: u32 = 3;
const SMALL: (u32, usize) = (1, 4);

/// Runs of equal tokens that stand unmatched on both sides of a unit, the weightiest first; none shares a token with another.
/// Cost: the product of the unmatched tokens of the two sides, which are few.
pub(super) fn runs(unit: &Unit, mates: &Mates, a: &Tokenised<'_>, b: &Tokenised<'_>) -> Vec<Run> {
    if unit.a.len().max(unit.b.len()) > LONGEST {
        return Vec::new();
    }
    let long = |stretch: &Range<u32>| stretch.len() as u32 >= FEWEST;
    let free_a = mates.free_of_a(&unit.a).filter(long);
    let free_b: Vec<Range<u32>> = mates.free_of_b(&unit.b).filter(long).collect();
    if free_b.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u32, Run)> = Vec::new();
    for in_a in free_a {
        for in_b in &free_b {
            common(a, &in_a, b, in_b, &mut found);
        }
    }
    found.sort_unstable_by_key(|(weight, run)| (std::cmp::Reverse(*weight), run.a, run.b));
    let mut taken: Vec<Run> = Vec::new();
    for (_, run) in found {
        let apart = |other: &Run| {
            (run.end_a() <= other.a || other.end_a() <= run.a) && (run.end_b() <= other.b || other.end_b() <= run.b)
        };
        if taken.iter().all(apart) {
            taken.push(run);
        }
    }
    taken
}

/// Adds the runs that two stretches have in common and that weigh enough.
fn common(a: &Tokenised<'_>, in_a: &Range<u32>, b: &Tokenised<'_>, in_b: &Range<u32>, found: &mut Vec<(u32, Run)>) {
    let is_same = |x: u32, y: u32| a.tokens[x as usize] == b.tokens[y as usize];
    for x in in_a.clone() {
        for y in in_b.clone() {
            let begins = x == in_a.start || y == in_b.start || !is_same(x - 1, y - 1);
            if !begins || !is_same(x, y) {
                continue;
            }
            let most = (in_a.end - x).min(in_b.end - y);
            let len = (1..most).find(|&n| !is_same(x + n, y + n)).unwrap_or(most);
            let weight = (x..x + len).map(|token| weight(a, token)).sum();
            if len >= FEWEST && weight >= LEAST {
                found.push((weight, Run { a: x, b: y, len }));
            }
        }
    }
}

fn weight(text: &Tokenised<'_>, token: u32) -> u32 {
    let bytes = text.span(token as usize).len();
    match text.tokens[token as usize].class() {
        TokenClass::Character => CHARACTER,
        _ if bytes < SMALL.1 => SMALL.0,
        _ => bytes as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Aligner;
    use crate::draft::Draft;
    use crate::text::tokenise;

    /// What stands in another order, as it is written in A.
    fn crossing<'t>(a: &'t str, b: &str) -> Vec<&'t str> {
        let (text_a, text_b) = (tokenise(a), tokenise(b));
        let (in_a, in_b) = (0..text_a.len() as u32, 0..text_b.len() as u32);
        let runs_in_order = Aligner::new(&text_a, &text_b).complete(in_a.clone(), in_b.clone(), &[]).runs;
        let draft = Draft {
            a: in_a.clone(),
            b: in_b.clone(),
            runs: runs_in_order,
            nearly: Vec::new(),
            cosine: 0.0,
            evidence: 0.0,
            moved: false,
        };
        let runs = runs(&Unit { a: in_a, b: in_b }, &Mates::new(&draft), &text_a, &text_b);
        runs.iter().map(|run| text_a.span_of(&(run.a..run.end_a())).of(a)).collect()
    }

    #[test]
    fn a_clause_that_stands_elsewhere_is_found() {
        let a =
            "Patients with mild symptoms need not isolate, but masks remain compulsory in all wards and waiting areas.";
        let b =
            "Masks remain compulsory in all wards and waiting areas, and patients with mild symptoms need to isolate.";
        assert_eq!(crossing(a, b), ["Patients with mild symptoms need"]);
        assert_eq!(
            crossing("家属提出，院方没有告知风险，卫健部门已介入。", "卫健部门已介入，家属提出，院方已经告知风险。"),
            ["卫健部门已介入"]
        );
    }

    #[test]
    fn small_words_are_not() {
        assert_eq!(crossing("of the old harbour they spoke", "they spoke seldom of the sea"), [""; 0]);
        assert_eq!(crossing("Telmaco acquired Brightline last year", "Brightline acquired Telmaco last year"), [""; 0]);
    }
}
