//! The report of a scan: an index, a page for each cluster, and side-by-side pages of the pairs that they name.
//!
//! However large the corpus, the report stays of a size to be read: the largest clusters and the pairs that share the most, as
//! many as `--report-size` says, and texts up to [`PAGE_BYTES`] side by side. What that leaves out is told on the index.

mod choice;
mod known;

use super::super::batch::file_name;
use super::super::messages::Messages;
use super::super::output::OutputFolder;
use super::super::status::{Stop, failure};
use super::ScanArgs;
use choice::Choice;
use known::Known;
use likewise::corpus::{Cluster, ClusterKind, Corpus, Pair, Relation};
use likewise::report::corpus::{CorpusReport, ReportCounts, ReportPair};
use likewise::report::lines::PairLine;
use likewise::report::write_page_of;
use likewise::{Options, compare};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Bytes of text, both sides of each pair, that are shown side by side: a page takes some five times as much.
const PAGE_BYTES: usize = 32 << 20;
/// Side-by-side pages at most, for each pair that may be listed: those beyond one are for the members of clusters.
const PAGES: usize = 3;

/// What is known of a pair.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Figures {
    pub resemblance: f64,
    pub shared_words: u32,
    pub longest_words: u32,
    pub passages: u32,
}

impl From<&PairLine> for Figures {
    fn from(line: &PairLine) -> Self {
        Self {
            resemblance: line.resemblance,
            shared_words: line.shared_words as u32,
            longest_words: line.longest_words as u32,
            passages: line.passages as u32,
        }
    }
}

/// A pair that was found.
#[derive(Debug, Clone, Copy)]
struct Found {
    a: u32,
    b: u32,
    relation: Relation,
    figures: Figures,
}

/// A folder of pages in the making.
pub struct Report {
    folder: OutputFolder,
    /// Clusters and pairs that the index lists, at most of each.
    most: usize,
    /// The field of the metadata that has a document's date.
    date: String,
    found: Vec<Found>,
}

impl Report {
    /// A folder that cannot be written to is found out here, before any work.
    pub fn open(args: &ScanArgs) -> Result<Option<Self>, Stop> {
        let Some(path) = &args.report else { return Ok(None) };
        let (folder, date) = (OutputFolder::open(path, args.read())?, args.filters.date_field.clone());
        Ok(Some(Self { folder, most: args.report_size, date, found: Vec::new() }))
    }

    /// Takes a pair.
    pub fn take(&mut self, pair: &Pair, figures: Figures) {
        self.found.push(Found { a: pair.a, b: pair.b, relation: pair.relation, figures });
    }

    /// Writes the pages. Documents are read again, pairs compared again: whole, whatever part of them the scan compared.
    pub fn write(
        &self,
        corpus: &Corpus,
        engine: &Options,
        clusters: &[Cluster],
        passages: Option<usize>,
    ) -> Result<(), Stop> {
        let choice = Choice::new(&self.found, clusters, self.most);
        let known = Known::read(corpus, &choice, &self.found, &self.date)?;
        let mut report = CorpusReport {
            documents: known.documents(),
            clusters: known.clusters(corpus, &choice)?,
            counts: self.counts(corpus, clusters, passages),
            listed: choice.listed,
            ..CorpusReport::default()
        };
        let paged = self.paged(&known, &choice);
        report.pairs = (0..choice.pairs.len()).map(|at| self.pair(corpus, &known, &choice, at, at < paged)).collect();
        report.notes = self.notes(&choice, clusters, paged);
        self.side_by_side(corpus, engine, &choice.pairs[..paged], &report)?;
        (0..report.clusters.len()).into_par_iter().try_for_each(|number| self.cluster(&report, number))?;
        let mut index = self.folder.create("index.html")?;
        report.write_index(&mut index).map_err(|error| self.folder.stop("index.html", &error))
    }

    /// Puts all pages in their place, of those of an earlier report.
    pub fn finish(self, messages: &Messages) -> Result<(), Stop> {
        self.folder.finish_report(messages)
    }

    fn counts(&self, corpus: &Corpus, clusters: &[Cluster], passages: Option<usize>) -> ReportCounts {
        let of_kind = |kind| clusters.iter().filter(|cluster| cluster.kind == kind).count();
        let sharing: FxHashSet<u32> = self.found.iter().flat_map(|found| [found.a, found.b]).collect();
        ReportCounts {
            documents: corpus.len(),
            sharing: sharing.len(),
            pairs: self.found.len(),
            passages,
            clusters: ClusterKind::ALL.map(of_kind),
        }
    }

    /// How many of the chosen pairs, from the first, have a page.
    fn paged(&self, known: &Known, choice: &Choice<'_>) -> usize {
        let mut bytes = 0;
        let fits = |&&at: &&usize| {
            let found = self.found[at];
            bytes += known.bytes(found.a) + known.bytes(found.b);
            bytes <= PAGE_BYTES
        };
        choice.pairs[..choice.paged].iter().take(PAGES * self.most).take_while(fits).count()
    }

    fn pair(&self, corpus: &Corpus, known: &Known, choice: &Choice<'_>, at: usize, has_page: bool) -> ReportPair {
        let Found { a, b, relation, figures } = self.found[choice.pairs[at]];
        ReportPair {
            a: known.place(a),
            b: known.place(b),
            relation,
            resemblance: figures.resemblance,
            shared_words: figures.shared_words as usize,
            longest_words: figures.longest_words as usize,
            passages: figures.passages as usize,
            page: has_page.then(|| format!("pages/{}", file_name(at, corpus.id(a), corpus.id(b), "html"))),
        }
    }

    fn side_by_side(
        &self,
        corpus: &Corpus,
        engine: &Options,
        paged: &[usize],
        report: &CorpusReport,
    ) -> Result<(), Stop> {
        paged.par_iter().zip(&report.pairs).try_for_each(|(&at, pair)| {
            let found = self.found[at];
            let (a, b) = (corpus.document(found.a)?, corpus.document(found.b)?);
            let name = pair.page.as_deref().expect("these pairs have a page");
            let mut file = self.folder.create(name)?;
            let written = write_page_of("../index.html", &compare(&a, &b, engine), &mut file);
            written.map_err(|error| self.folder.stop(name, &error))
        })
    }

    fn cluster(&self, report: &CorpusReport, number: usize) -> Result<(), Stop> {
        let name = CorpusReport::cluster_file(number);
        let mut file = self.folder.create(&name)?;
        report.write_cluster(number, &mut file).map_err(|error| failure(&*name, &error))
    }

    /// What the report leaves out.
    fn notes(&self, choice: &Choice<'_>, clusters: &[Cluster], paged: usize) -> Vec<String> {
        let mut notes = Vec::new();
        let (shown, all) = (choice.clusters.len(), clusters.len() - choice.within);
        if shown < all {
            notes.push(format!(
                "The {shown} largest of {all} clusters are listed; the others are in the clusters file of the scan."
            ));
        }
        if choice.within > 0 {
            let within = choice.within;
            notes.push(format!(
                "Passages that only copies and near-duplicates of one text share are not listed: {within} clusters."
            ));
        }
        if choice.listed < self.found.len() {
            let (listed, all) = (choice.listed, self.found.len());
            notes.push(format!("{listed} of {all} pairs are listed; the others are in the pairs file of the scan."));
        }
        if paged < choice.listed {
            notes.push(format!(
                "The first {paged} pairs of the list have a side-by-side page; likewise compare makes those of others."
            ));
        }
        notes
    }
}
