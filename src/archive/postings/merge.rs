//! Files of postings to one.

use super::super::disk::{Writing, Written};
use super::super::error::ArchiveError;
use super::{Postings, PostingsWriter, parts, posting};
use rayon::prelude::*;

/// Postings that are read at once, about: 8 bytes each, for every thread.
const SLICE: u64 = 1 << 19;

/// The number that a document has afterwards; none when it is left out.
pub(crate) type Renumber<'r> = dyn Fn(u32) -> Option<u32> + Sync + 'r;

/// Writes what `files` hold, whose documents come one after the other, to one file of `documents` documents from `first` on,
/// numbered anew by `renumber`.
///
/// Cost: linear. Memory: some megabytes for each thread, and 4 bytes for every 64 postings.
pub(crate) fn merge(
    files: &[&Postings],
    first: u32,
    documents: u32,
    renumber: &Renumber<'_>,
    file: Writing,
) -> Result<Written, ArchiveError> {
    let total: u64 = files.iter().map(|file| file.count().min(file.stored().len() * 8)).sum();
    let finest = files.iter().map(|file| file.bucket_bits()).min().unwrap_or(0);
    let bits = total.div_ceil(SLICE).max(1).next_power_of_two().ilog2().min(finest);
    let mut writer = PostingsWriter::new(file, total, documents)?;
    let slices: Vec<u64> = (0..1 << bits).collect();
    for some in slices.chunks(rayon::current_num_threads()) {
        let read = |&slice: &u64| read(files, slice, bits, first, renumber);
        let sorted: Vec<Vec<u64>> = some.par_iter().map(read).collect::<Result<_, _>>()?;
        sorted.into_iter().flatten().try_for_each(|posting| writer.push(posting))?;
    }
    writer.finish()
}

/// One slice of all files, sorted.
fn read(
    files: &[&Postings],
    slice: u64,
    bits: u32,
    first: u32,
    renumber: &Renumber<'_>,
) -> Result<Vec<u64>, ArchiveError> {
    let mut all = Vec::new();
    for file in files {
        all.extend(file.slice(slice, bits)?.into_iter().filter_map(|one| {
            let (key, document) = parts(one);
            renumber(document).map(|number| posting(key, number - first))
        }));
    }
    // A merge sort, which finds the sorted stretches that the files are.
    all.sort();
    Ok(all)
}
