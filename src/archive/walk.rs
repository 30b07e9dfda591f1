//! Every document of an archive, in order, each block unpacked once and on any thread.

use super::documents::{DocumentFacts, Record};
use super::error::ArchiveError;
use super::snapshot::{DocumentsPart, Snapshot};
use rayon::prelude::*;
use std::ops::Range;

/// Blocks that one thread takes at once.
pub(super) const BLOCKS: usize = 32;

/// A document on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walked<'w> {
    /// As in the archive.
    pub number: u32,
    /// The source is numbered as in the file.
    pub facts: DocumentFacts,
    pub record: Record<'w>,
}

/// The documents of some blocks, or why these cannot be read.
pub(super) type Blocks<'b> = Result<&'b [Walked<'b>], ArchiveError>;

/// Hands the documents that `wanted` names to `work`, some at once, on all threads, and what comes of them to `take`, in order.
/// `blocks` is how many blocks are unpacked for one call; one that cannot be read is an error of the call.
pub(super) fn walk<T: Send>(
    snapshot: &Snapshot,
    blocks: usize,
    wanted: &(dyn Fn(u32) -> bool + Sync),
    work: &(dyn Fn(&DocumentsPart, Blocks<'_>) -> Result<T, ArchiveError> + Sync),
    take: &mut dyn FnMut(&DocumentsPart, T) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    snapshot.documents.iter().try_for_each(|part| {
        walk_part(part, blocks, wanted, &|walked| work(part, walked), &mut |done| take(part, done))
    })
}

/// As [`walk`], in one file.
pub(super) fn walk_part<T: Send>(
    part: &DocumentsPart,
    blocks: usize,
    wanted: &(dyn Fn(u32) -> bool + Sync),
    work: &(dyn Fn(Blocks<'_>) -> Result<T, ArchiveError> + Sync),
    take: &mut dyn FnMut(T) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let facts = part.file.all_facts()?;
    let groups = groups(&facts);
    let some: Vec<&[Range<usize>]> = groups.chunks(blocks).collect();
    for some in some.chunks(2 * rayon::current_num_threads()) {
        let one = |groups: &&[Range<usize>]| with_documents(part, &facts, groups, wanted, work);
        let done: Vec<T> = some.par_iter().map(one).collect::<Result<_, _>>()?;
        done.into_iter().try_for_each(&mut *take)?;
    }
    Ok(())
}

/// The documents of each block, which follow each other.
fn groups(facts: &[DocumentFacts]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for at in 0..facts.len() {
        match groups.last_mut() {
            Some(group) if facts[group.start].block == facts[at].block => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// Calls `work` with the wanted documents of some blocks.
fn with_documents<T>(
    part: &DocumentsPart,
    facts: &[DocumentFacts],
    groups: &[Range<usize>],
    wanted: &(dyn Fn(u32) -> bool + Sync),
    work: impl Fn(Blocks<'_>) -> Result<T, ArchiveError>,
) -> Result<T, ArchiveError> {
    let is_wanted = |at: &usize| wanted(part.first + *at as u32);
    let unpack = |group: &Range<usize>| match group.clone().any(|at| is_wanted(&at)) {
        true => part.file.block(facts[group.start].block),
        false => Ok(Vec::new()),
    };
    let blocks: Vec<Vec<u8>> = match groups.iter().map(unpack).collect() {
        Ok(blocks) => blocks,
        Err(error) => return work(Err(error)),
    };
    let walked = groups.iter().zip(&blocks).flat_map(|(group, block)| {
        group.clone().filter(is_wanted).map(move |at| {
            let record = part.file.record(block, facts[at].offset)?;
            Ok(Walked { number: part.first + at as u32, facts: facts[at], record })
        })
    });
    match walked.collect::<Result<Vec<_>, ArchiveError>>() {
        Ok(walked) => work(Ok(&walked)),
        Err(error) => work(Err(error)),
    }
}
