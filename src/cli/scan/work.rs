//! The stages of a scan, one after the other, each with its progress and its time.

use super::super::interrupt::Unfinished;
use super::super::json;
use super::super::messages::{Messages, count, escaped};
use super::super::output::reason;
use super::super::progress::Progress;
use super::super::status::Stop;
use super::ScanArgs;
use super::kept::Kept;
use super::writer::{Rendered, Writer};
use likewise::Kind;
use likewise::corpus::{
    Audit, CandidateCounts, Candidates, Compared, Corpus, CorpusOptions, FoundPassage, Missed, NearCounts,
    NearDuplicates, Pair, Pairs, Phrases, Suppression,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder for what does not fit in memory, gone with the run.
pub struct Scratch(Unfinished);

impl Scratch {
    /// A new folder in `place`, or where the system wants temporary files.
    pub fn open(place: Option<&Path>) -> Result<Self, Stop> {
        let system = std::env::temp_dir();
        let place = place.unwrap_or(&system);
        let made = Unfinished::create(|| {
            let folder = tempfile::Builder::new().prefix("likewise-").tempdir_in(place)?;
            Ok(((), folder.keep()))
        });
        let unwritable = |error| {
            let why = if place.is_dir() { reason(&error) } else { "there is no such folder; make it first".to_owned() };
            Stop::Failure(format!("cannot write to {}: {why}", place.display()))
        };
        let (_, unfinished) = made.map_err(unwritable)?;
        Ok(Self(unfinished))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// How long the stages took, in seconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seconds {
    pub read: f64,
    pub near: f64,
    pub join: f64,
    pub compare: f64,
    pub cluster: f64,
    pub report: f64,
}

/// What came of the comparisons.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub compared: usize,
    /// Pairs with a passage.
    pub sharing: usize,
    /// Passages left out for excluded phrases.
    pub suppressed: usize,
    /// Passages of each kind, as in [`Kind::ALL`].
    pub kinds: [usize; 3],
    pub moved: usize,
    pub boilerplate: usize,
    /// Bytes of text compared, both sides of each pair.
    pub bytes: usize,
}

/// What a scan is to do.
pub struct Task<'t> {
    pub args: &'t ScanArgs,
    /// All of them.
    pub inputs: &'t [PathBuf],
    pub options: &'t CorpusOptions,
    pub progress: Progress,
    pub messages: &'t Messages,
}

/// A scan that is done.
pub struct Worked {
    pub corpus: Corpus,
    pub near: NearCounts,
    pub near_pairs: usize,
    pub candidates: Option<CandidateCounts>,
    pub audit: Option<Audit>,
    pub pairs: usize,
    pub implied: u64,
    /// What filters left out: pairs, and passages of those compared.
    pub suppressed: BTreeMap<Suppression, usize>,
    pub tally: Tally,
    pub clusters: [usize; 4],
    pub seconds: Seconds,
}

impl Worked {
    /// What was found, in a line.
    pub fn told(&self) -> String {
        let documents = count(self.corpus.len(), "document");
        let near = count(self.near_pairs, "near-duplicate pair");
        let passages = count(self.tally.kinds.iter().sum(), "passage");
        let (pairs, clusters) = (count(self.tally.sharing, "pair"), count(self.clusters.iter().sum(), "cluster"));
        format!("{documents}: {near}, {passages} in {pairs}, {clusters}")
    }

    /// Runs the stages and writes what they find.
    pub fn run(task: &Task<'_>, writer: &mut Writer, kept: &mut Kept) -> Result<Self, Stop> {
        let &Task { args, inputs, options, progress, messages } = task;
        let mut seconds = Seconds::default();
        let stage = progress.stage("reading", "documents", None);
        let mut corpus = Corpus::read(inputs, options, &|count| stage.advance(count))?;
        seconds.read = stage.finish(messages);
        if corpus.least_memory() > options.memory {
            messages.warn(&format!(
                "{} documents need some {} MB, more than --memory says",
                corpus.len(),
                corpus.least_memory() >> 20
            ));
        }
        kept.begin(&corpus)?;
        let stage = progress.stage("near-duplicates", "pairs", None);
        let near = corpus.near_duplicates()?;
        stage.advance(near.pairs().len() as u64);
        seconds.near = stage.finish(messages);
        let candidates = match args.near_duplicates {
            true => None,
            false => {
                let stage = progress.stage("joining", "pairs", None);
                let candidates = corpus.candidates(&near)?;
                stage.advance(candidates.counts().kept as u64);
                seconds.join = stage.finish(messages);
                Some(candidates)
            }
        };
        let audit = match (&candidates, args.corpus.audit) {
            (Some(candidates), Some(count)) => Some(corpus.audit(&near, candidates, count)?),
            _ => None,
        };
        audit.iter().for_each(|audit| messages.note(&told(audit)));
        let pairs = corpus.pairs(&near, candidates.as_ref());
        let counts = candidates.as_ref().map(Candidates::counts);
        // The pairs have all of it that is needed from here on.
        drop(candidates);
        corpus.forget_records();
        let mut worked = Self {
            near: near.counts(),
            near_pairs: near.pairs().len(),
            candidates: counts,
            audit,
            pairs: pairs.pairs().len(),
            implied: pairs.implied(),
            suppressed: BTreeMap::new(),
            tally: Tally::default(),
            clusters: [0; 4],
            corpus,
            seconds,
        };
        worked.finish(task, &near, &pairs, writer, kept)?;
        Ok(worked)
    }

    /// Compares and clusters.
    fn finish(
        &mut self,
        task: &Task<'_>,
        near: &NearDuplicates,
        pairs: &Pairs,
        writer: &mut Writer,
        kept: &mut Kept,
    ) -> Result<(), Stop> {
        let &Task { args, progress, messages, .. } = task;
        for (_, reason) in pairs.suppressed() {
            *self.suppressed.entry(*reason).or_default() += 1;
        }
        writer.suppressed(&self.corpus, pairs)?;
        let mut passages = Vec::new();
        if args.near_duplicates {
            writer.near_pairs(&self.corpus, near, pairs)?;
        } else {
            let stage = progress.stage("comparing", "pairs", Some(pairs.pairs().len() as u64));
            let tick = |count| stage.advance(count);
            passages = self.compare(task, pairs, writer, kept, &tick)?;
            self.seconds.compare = stage.finish(messages);
        }
        let stage = progress.stage("clustering", "clusters", None);
        let mut clusters = self.corpus.document_clusters(near, pairs);
        clusters.extend(Corpus::passage_clusters(&passages));
        for cluster in &clusters {
            self.clusters[cluster.kind as usize] += 1;
        }
        writer.clusters(&self.corpus, &clusters)?;
        stage.advance(clusters.len() as u64);
        self.seconds.cluster = stage.finish(messages);
        if let Some(report) = &writer.report {
            let stage = progress.stage("report", "clusters", None);
            let compared = (!args.near_duplicates).then_some(passages.len());
            report.write(&self.corpus, &task.options.engine, &clusters, compared)?;
            self.seconds.report = stage.finish(messages);
        }
        Ok(())
    }

    /// Compares block after block; what an earlier run has kept of one is taken as it is.
    fn compare(
        &mut self,
        task: &Task<'_>,
        pairs: &Pairs,
        writer: &mut Writer,
        kept: &mut Kept,
        tick: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<FoundPassage>, Stop> {
        let form = writer.form();
        let phrases = Phrases::new(&task.options.filter.exclusions);
        let work = |found: &Compared<'_, '_>| {
            tick(1);
            Rendered::new(found, form, &phrases)
        };
        let mut passages = Vec::new();
        let mut take = |pair: &Pair, rendered: &Rendered, tally: &mut Tally| {
            tally.add(rendered);
            passages.extend_from_slice(&rendered.passages);
            writer.take(pair, rendered)
        };
        let mut at = 0;
        while at < pairs.pairs().len() {
            let block = kept.block(&self.corpus, pairs, at);
            at = block.end;
            if let Some(earlier) = kept.load(&block) {
                tick(earlier.len() as u64);
                let mut earlier = pairs.pairs()[block].iter().zip(&earlier);
                earlier.try_for_each(|(pair, rendered)| take(pair, rendered, &mut self.tally))?;
                continue;
            }
            let is_kept = kept.is_kept(&block, pairs);
            let mut lines = Vec::new();
            self.corpus.compare_some(pairs, block.clone(), work, |pair, rendered| {
                if is_kept {
                    json::push_line(&mut lines, &rendered);
                }
                take(pair, &rendered, &mut self.tally)
            })?;
            if is_kept {
                kept.save(&block, &lines)?;
            }
        }
        if self.tally.suppressed > 0 {
            self.suppressed.insert(Suppression::ExcludedPhrase, self.tally.suppressed);
        }
        Ok(passages)
    }
}

/// Missed pairs that are told of.
const SHOWN: usize = 5;

/// An audit in a sentence, with what would have caught the misses.
fn told(audit: &Audit) -> String {
    let Audit {
        documents,
        related,
        found,
        recall,
        interval: (least, most),
        missed_as_frequent,
        missed_as_sparse,
        missed,
    } = audit;
    let share =
        format!("audit: {found} of {related} pairs that share a stretch with one of {documents} documents were found");
    let recall = format!("recall {recall:.3}, {least:.3} to {most:.3} with 95 % confidence");
    let frequent = format!("a higher --frequent would have {missed_as_frequent} more");
    let mut told = format!("{share}: {recall}; {frequent}, a lower --stretch most of {missed_as_sparse}");
    for Missed { a, b, words, remedy } in missed.iter().take(SHOWN) {
        told += &format!("\n  missed: {} and {}, {words} words ({remedy})", escaped(a), escaped(b));
    }
    if missed.len() > SHOWN {
        told += &format!("\n  run.json lists {} of those missed", missed.len());
    }
    told
}

impl Tally {
    fn add(&mut self, rendered: &Rendered) {
        self.compared += 1;
        self.sharing += usize::from(!rendered.passages.is_empty());
        self.suppressed += rendered.suppressed;
        self.moved += rendered.moved;
        self.boilerplate += rendered.boilerplate;
        self.bytes += rendered.bytes;
        for (all, new) in self.kinds.iter_mut().zip(rendered.kinds) {
            *all += new;
        }
        debug_assert_eq!(Kind::ALL.len(), self.kinds.len());
    }
}
