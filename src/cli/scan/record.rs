//! `run.json`: what a scan was made of, what it came to, what bounds left out, and what it cost.

use super::super::rejected::Rejected;
use super::super::run::{lossy, millis, peak_memory};
use super::work::Worked;
use likewise::corpus::{Audit, CandidateCounts, CorpusOptions, NearCounts, Suppression};
use likewise::hexadecimal;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// The record of a scan.
#[derive(Serialize)]
pub struct RunRecord<'r> {
    schema: &'static str,
    version: &'static str,
    command: &'static str,
    options: &'r CorpusOptions,
    threads: usize,
    inputs: Vec<Input<'r>>,
    counts: Counts,
    /// What filters left out, by reason: pairs, and passages of those compared.
    suppressed: &'r BTreeMap<Suppression, usize>,
    /// What was looked at, and what bounds left out.
    bounds: Bounds,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<&'r Audit>,
    skipped: Vec<&'r Rejected>,
    failed: Vec<&'r Rejected>,
    seconds: Seconds,
    throughput: Throughput,
    /// Bytes that went to disk because memory did not hold them.
    spilled_bytes: u64,
    /// The most memory the process held, in bytes; null where the system does not tell.
    peak_memory_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Input<'r> {
    #[serde(serialize_with = "lossy")]
    path: &'r Path,
    sha256: Option<String>,
    documents: usize,
}

#[derive(Serialize)]
struct Counts {
    documents: usize,
    near_duplicate_pairs: usize,
    pairs: usize,
    compared: usize,
    /// Pairs with a passage.
    sharing: usize,
    passages: usize,
    verbatim: usize,
    edited: usize,
    reworded: usize,
    moved: usize,
    /// Passages in more distinct texts than may share one.
    boilerplate: usize,
    exact_clusters: usize,
    near_clusters: usize,
    template_clusters: usize,
    passage_clusters: usize,
    skipped: usize,
    failed: usize,
}

#[derive(Serialize)]
struct Bounds {
    near_duplicates: NearCounts,
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<CandidateCounts>,
    /// Pairs of copies that follow from those listed.
    implied_pairs: u64,
}

#[derive(Serialize)]
struct Seconds {
    read: f64,
    near_duplicates: f64,
    join: f64,
    compare: f64,
    cluster: f64,
    report: f64,
    total: f64,
}

/// Over the whole run, but for pairs: over the comparing alone.
#[derive(Serialize)]
struct Throughput {
    documents_per_second: f64,
    /// Of text.
    megabytes_per_second: f64,
    pairs_per_second: f64,
}

impl<'r> RunRecord<'r> {
    /// The record of the scan that began at `started` and ends now.
    pub fn new(options: &'r CorpusOptions, worked: &'r Worked, rejected: &'r [Rejected], started: Instant) -> Self {
        let (skipped, failed): (Vec<_>, Vec<_>) = rejected.iter().partition(|rejected| rejected.is_skipped());
        let total = started.elapsed().as_secs_f64();
        let times = worked.seconds;
        let inputs = worked.corpus.sources().iter().map(|source| Input {
            path: &source.path,
            sha256: source.sha256.map(hexadecimal),
            documents: source.documents,
        });
        Self {
            schema: "likewise.run/1",
            version: env!("CARGO_PKG_VERSION"),
            command: "scan",
            options,
            threads: rayon::current_num_threads(),
            inputs: inputs.collect(),
            counts: Counts::new(worked, skipped.len(), failed.len()),
            suppressed: &worked.suppressed,
            bounds: Bounds { near_duplicates: worked.near, passages: worked.candidates, implied_pairs: worked.implied },
            audit: worked.audit.as_ref(),
            skipped,
            failed,
            seconds: Seconds {
                read: millis(times.read),
                near_duplicates: millis(times.near),
                join: millis(times.join),
                compare: millis(times.compare),
                cluster: millis(times.cluster),
                report: millis(times.report),
                total: millis(total),
            },
            throughput: Throughput {
                documents_per_second: millis(worked.corpus.len() as f64 / total.max(1e-9)),
                megabytes_per_second: millis(worked.corpus.text_bytes() as f64 / 1e6 / total.max(1e-9)),
                pairs_per_second: millis(worked.tally.compared as f64 / times.compare.max(1e-9)),
            },
            spilled_bytes: worked.corpus.spilled(),
            peak_memory_bytes: peak_memory(),
        }
    }
}

impl Counts {
    fn new(worked: &Worked, skipped: usize, failed: usize) -> Self {
        let tally = worked.tally;
        let [verbatim, edited, reworded] = tally.kinds;
        let [exact_clusters, near_clusters, template_clusters, passage_clusters] = worked.clusters;
        Self {
            documents: worked.corpus.len(),
            near_duplicate_pairs: worked.near_pairs,
            pairs: worked.pairs,
            compared: tally.compared,
            sharing: tally.sharing,
            passages: tally.kinds.iter().sum(),
            verbatim,
            edited,
            reworded,
            moved: tally.moved,
            boilerplate: tally.boilerplate,
            exact_clusters,
            near_clusters,
            template_clusters,
            passage_clusters,
            skipped,
            failed,
        }
    }
}
