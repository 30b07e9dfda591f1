//! Where the lines of a scan go: to standard output, or everything to a folder.

use super::super::output::{Output, OutputFolder};
use super::super::status::Stop;
use super::ScanArgs;
use likewise::Kind;
use likewise::corpus::{Cluster, ClusterKind, Compared, Corpus, FoundPassage, NearDuplicates, Pairs, Relation};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};

const PASSAGES: &str = "passages.jsonl";
const PAIRS: &str = "pairs.jsonl";
const CLUSTERS: &str = "clusters.jsonl";

/// Takes the lines of a scan.
pub enum Writer {
    /// Passages, or the pairs of near-duplicates.
    Stream(Output),
    Folder(Box<Folder>),
}

/// A folder with a file each of passages, pairs and clusters, and the record of the run.
pub struct Folder {
    folder: OutputFolder,
    passages: BufWriter<File>,
    pairs: BufWriter<File>,
}

/// What is kept of a comparison.
pub struct Rendered {
    lines: Vec<u8>,
    /// None for a pair without passages.
    pair: Option<Vec<u8>>,
    pub passages: Vec<FoundPassage>,
    pub kinds: [usize; 3],
    pub moved: usize,
    pub boilerplate: usize,
    pub bytes: usize,
}

impl Rendered {
    /// Renders a comparison, on the thread that made it.
    pub fn new(compared: &Compared<'_, '_>, text: bool) -> Self {
        let (found, relation) = (compared.comparison(), compared.pair().relation);
        let mut lines = Vec::new();
        let mut boilerplate = 0;
        for line in compared.passage_lines(text) {
            push_line(&mut lines, &line);
            boilerplate += usize::from(line.boilerplate.is_some());
        }
        let mut of_pair = Vec::new();
        push_line(&mut of_pair, &compared.pair_line());
        let count = |kind| found.passages.iter().filter(|passage| passage.kind == kind).count();
        Self {
            lines,
            pair: (!found.passages.is_empty() || relation != Relation::Passage).then_some(of_pair),
            passages: compared.passages().collect(),
            kinds: Kind::ALL.map(count),
            moved: found.passages.iter().filter(|passage| passage.moved).count(),
            boilerplate,
            bytes: found.a.document.text.len() + found.b.document.text.len(),
        }
    }
}

fn push_line(bytes: &mut Vec<u8>, line: &impl Serialize) {
    serde_json::to_writer(&mut *bytes, line).expect("a line is JSON");
    bytes.push(b'\n');
}

/// A pair of near-duplicates as one line.
#[derive(Serialize)]
struct NearLine<'c> {
    a: &'c str,
    b: &'c str,
    relation: Relation,
    resemblance: f64,
    containment_a: f64,
    containment_b: f64,
}

/// A cluster as one line.
#[derive(Serialize)]
struct ClusterLine<'c> {
    cluster: usize,
    kind: ClusterKind,
    size: usize,
    members: Vec<MemberLine<'c>>,
}

#[derive(Serialize)]
struct MemberLine<'c> {
    id: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
}

impl Writer {
    /// What cannot be written to is found out here, before any work.
    pub fn open(args: &ScanArgs) -> Result<Self, Stop> {
        let Some(path) = &args.output else { return Ok(Self::Stream(Output::open(None)?)) };
        let folder = OutputFolder::open(path)?;
        let (passages, pairs) = (folder.create(PASSAGES)?, folder.create(PAIRS)?);
        Ok(Self::Folder(Box::new(Folder { folder, passages, pairs })))
    }

    /// Takes what one comparison came to.
    pub fn take(&mut self, rendered: &Rendered) -> Result<(), Stop> {
        match self {
            Self::Stream(output) => output.write_all(&rendered.lines).map_err(|error| output.stop(&error)),
            Self::Folder(to) => {
                to.passages.write_all(&rendered.lines).map_err(|error| to.folder.stop(PASSAGES, &error))?;
                let pair = rendered.pair.as_deref().unwrap_or_default();
                to.pairs.write_all(pair).map_err(|error| to.folder.stop(PAIRS, &error))
            }
        }
    }

    /// Writes the pairs of near-duplicates, copies included.
    pub fn near_pairs(&mut self, corpus: &Corpus, near: &NearDuplicates, pairs: &Pairs) -> Result<(), Stop> {
        let mut bytes = Vec::new();
        for pair in pairs.pairs() {
            let scores = corpus.near_scores(near, pair);
            let line = NearLine {
                a: corpus.id(pair.a),
                b: corpus.id(pair.b),
                relation: pair.relation,
                resemblance: round(scores.resemblance),
                containment_a: round(scores.containment_a),
                containment_b: round(scores.containment_b),
            };
            bytes.clear();
            push_line(&mut bytes, &line);
            match self {
                Self::Stream(output) => output.write_all(&bytes).map_err(|error| output.stop(&error))?,
                Self::Folder(to) => to.pairs.write_all(&bytes).map_err(|error| to.folder.stop(PAIRS, &error))?,
            }
        }
        Ok(())
    }

    /// Writes the clusters, where there is a folder for them.
    pub fn clusters(&mut self, corpus: &Corpus, clusters: &[Cluster]) -> Result<(), Stop> {
        let Self::Folder(to) = self else { return Ok(()) };
        let mut file = to.folder.create(CLUSTERS)?;
        let mut bytes = Vec::new();
        for (number, cluster) in clusters.iter().enumerate() {
            let member = |member: &likewise::corpus::Member| MemberLine {
                id: corpus.id(member.document),
                start: member.span.map(|(start, _)| start),
                end: member.span.map(|(_, end)| end),
            };
            let members: Vec<_> = cluster.members.iter().map(member).collect();
            bytes.clear();
            push_line(&mut bytes, &ClusterLine { cluster: number, kind: cluster.kind, size: members.len(), members });
            file.write_all(&bytes).map_err(|error| to.folder.stop(CLUSTERS, &error))?;
        }
        file.flush().map_err(|error| to.folder.stop(CLUSTERS, &error))
    }

    /// Ends the files and puts them in their place, with the record of the run that `record` makes.
    pub fn finish(self, record: impl FnOnce() -> String) -> Result<(), Stop> {
        let Folder { folder, mut passages, mut pairs } = match self {
            Self::Stream(output) => return output.finish(),
            Self::Folder(to) => *to,
        };
        passages.flush().map_err(|error| folder.stop(PASSAGES, &error))?;
        pairs.flush().map_err(|error| folder.stop(PAIRS, &error))?;
        folder.write("run.json", record().as_bytes())?;
        folder.finish()
    }
}

/// To four decimals, as every line has shares.
fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
