//! Which texts are read, where more share a fingerprint with the article than may be.
//!
//! A story that was printed thousands of times, each time a little otherwise, must still lead to its earliest printing. So up to
//! half of the bound goes, fingerprint by fingerprint, to the earliest texts among those that share at least half as much as the
//! one that shares most, if that one shares more around it than the fingerprint alone; the rest goes to those that share most.

use super::lookup::{LookUp, Voted, Votes, vote};
use super::printing::{Admission, dated_first};
use crate::archive::{ArchiveError, Index};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// Earliest texts taken for a fingerprint.
const EARLIEST: usize = 2;
/// Share of the most votes for a text with a fingerprint, from which the earliest may be taken.
const COMPARABLE: f64 = 0.5;
/// Votes for a text with a fingerprint, over those for the fingerprint alone, from which it is no chance.
const CLEAR: f64 = 2.5;

/// The texts to be read, those with the most votes first. Cost: near linear in the texts with a vote.
pub(super) fn choose(
    looked: &LookUp,
    votes: &Votes,
    admission: &Admission<'_, impl Index + ?Sized>,
) -> Result<Vec<u32>, ArchiveError> {
    let most = admission.options.texts;
    let mut ranked = votes.texts.clone();
    let mut chosen = FxHashSet::default();
    if ranked.len() > most {
        chosen = earliest(looked, votes, admission)?;
        ranked.select_nth_unstable_by(most, by_votes);
        let (first, rest) = ranked.split_at(most);
        let others = rest.iter().filter(|text| chosen.contains(&text.number)).copied();
        ranked = first.iter().copied().chain(others).collect();
    }
    ranked.sort_unstable_by(by_votes);
    let mut free = most - chosen.len();
    ranked.retain(|text| {
        let is_taken = chosen.contains(&text.number);
        let stays = is_taken || free > 0;
        free -= usize::from(stays && !is_taken);
        stays
    });
    Ok(ranked.into_iter().map(|text| text.number).collect())
}

/// The most votes first, then the first documents.
fn by_votes(x: &Voted, y: &Voted) -> Ordering {
    y.most.total_cmp(&x.most).then(x.number.cmp(&y.number))
}

/// The earliest texts for each fingerprint, the rarest fingerprints first: up to half of what may be read.
fn earliest(
    looked: &LookUp,
    votes: &Votes,
    admission: &Admission<'_, impl Index + ?Sized>,
) -> Result<FxHashSet<u32>, ArchiveError> {
    let mut dates: FxHashMap<u32, Option<Option<Date>>> = FxHashMap::default();
    let mut chosen = FxHashSet::default();
    let mut order: Vec<usize> = (0..looked.looked.len()).collect();
    order.sort_by_key(|&at| looked.looked[at].documents);
    for at in order {
        let numbers = &looked.numbers[looked.looked[at].numbers.clone()];
        let top = numbers.iter().map(|&number| votes.of(number)).fold(0.0, f64::max);
        if top < CLEAR * vote(admission.index.len(), looked.looked[at].documents) {
            continue;
        }
        let mut own = Vec::new();
        for &number in numbers.iter().filter(|&&number| votes.of(number) >= COMPARABLE * top) {
            let date = match dates.get(&number) {
                Some(&date) => date,
                None => *dates.entry(number).or_insert(admission.earliest(number)?),
            };
            own.extend(date.map(|date| (dated_first(date), number)));
        }
        own.sort_unstable();
        for &(_, number) in own.iter().take(EARLIEST) {
            if chosen.len() >= admission.options.texts / 2 {
                return Ok(chosen);
            }
            chosen.insert(number);
        }
    }
    Ok(chosen)
}
