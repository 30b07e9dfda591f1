//! `run.json`: what a run was made of, what it came to, and what it cost.

use super::super::rejected::Rejected;
use super::super::run::{millis, peak_memory};
use super::Tally;
use super::inputs::{Inputs, Source, Unpaired};
use likewise::{Kind, Options, Severity};
use serde::Serialize;
use std::time::Instant;

/// The record of a run.
#[derive(Serialize)]
pub struct RunRecord<'r> {
    schema: &'static str,
    version: &'static str,
    command: &'static str,
    options: &'r Options,
    threads: usize,
    inputs: &'r [Source],
    counts: Counts,
    skipped: Vec<&'r Rejected>,
    failed: Vec<&'r Rejected>,
    skipped_pairs: &'r [Unpaired],
    seconds: Seconds,
    throughput: Throughput,
    /// The most memory the process held, in bytes; null where the system does not tell.
    peak_memory_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Counts {
    /// Documents that pairs name and that were read.
    documents: usize,
    /// Pairs in the list, repeated ones once.
    pairs: usize,
    /// Pairs listed again, and compared once.
    repeated_pairs: usize,
    compared: usize,
    passages: usize,
    verbatim: usize,
    edited: usize,
    reworded: usize,
    moved: usize,
    /// Changes of meaning: all, then by severity.
    changes: usize,
    material: usize,
    notable: usize,
    minor: usize,
    skipped: usize,
    failed: usize,
    skipped_pairs: usize,
}

#[derive(Serialize)]
struct Seconds {
    read: f64,
    compare: f64,
    write: f64,
    total: f64,
}

/// Over the comparing alone.
#[derive(Serialize)]
struct Throughput {
    pairs_per_second: f64,
    /// Megabytes (10^6) of text, both sides of each pair.
    megabytes_per_second: f64,
}

impl<'r> RunRecord<'r> {
    /// The record of the run that began at `started` and ends now.
    pub fn new(options: &'r Options, inputs: &'r Inputs, tally: &Tally, started: Instant) -> Self {
        let (skipped, failed): (Vec<_>, Vec<_>) = inputs.rejected.iter().partition(|rejected| rejected.is_skipped());
        let per_second = |amount: f64| millis(amount / tally.compare_seconds.max(1e-9));
        Self {
            schema: "likewise.run/1",
            version: env!("CARGO_PKG_VERSION"),
            command: "batch",
            options,
            threads: rayon::current_num_threads(),
            inputs: &inputs.sources,
            counts: Counts { skipped: skipped.len(), failed: failed.len(), ..Counts::new(inputs, tally) },
            skipped,
            failed,
            skipped_pairs: &inputs.unpaired,
            seconds: Seconds {
                read: millis(inputs.seconds),
                compare: millis(tally.compare_seconds),
                write: millis(tally.write_seconds),
                total: millis(started.elapsed().as_secs_f64()),
            },
            throughput: Throughput {
                pairs_per_second: per_second(tally.compared as f64),
                megabytes_per_second: per_second(tally.bytes as f64 / 1e6),
            },
            peak_memory_bytes: peak_memory(),
        }
    }
}

impl Counts {
    fn new(inputs: &Inputs, tally: &Tally) -> Self {
        let [verbatim, edited, reworded] = tally.kinds;
        debug_assert_eq!(Kind::ALL, [Kind::Verbatim, Kind::Edited, Kind::Reworded]);
        let [material, notable, minor] = tally.severities;
        debug_assert_eq!(Severity::ALL, [Severity::Material, Severity::Notable, Severity::Minor]);
        Self {
            documents: inputs.documents.len(),
            pairs: inputs.listed(),
            repeated_pairs: inputs.repeated,
            compared: tally.compared,
            passages: tally.kinds.iter().sum(),
            verbatim,
            edited,
            reworded,
            moved: tally.moved,
            changes: tally.severities.iter().sum(),
            material,
            notable,
            minor,
            skipped: 0,
            failed: 0,
            skipped_pairs: inputs.unpaired.len(),
        }
    }
}
