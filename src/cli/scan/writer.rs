//! Where the lines of a scan go: to standard output, or everything to a folder.

use super::super::output::{Output, OutputFolder};
use super::super::status::Stop;
use super::ScanArgs;
use likewise::Passage;
use likewise::batch::PassageLine;
use likewise::corpus::{
    Cluster, ClusterKind, Compared, Corpus, FoundPassage, NearDuplicates, Pairs, Phrases, Relation, Suppression,
};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Write};

const PASSAGES: &str = "passages.jsonl";
const PAIRS: &str = "pairs.jsonl";
const CLUSTERS: &str = "clusters.jsonl";
const SUPPRESSED: &str = "suppressed.jsonl";

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
    /// Where it was asked for.
    suppressed: Option<BufWriter<File>>,
}

/// What is kept of a comparison.
#[derive(Serialize, Deserialize)]
pub struct Rendered {
    lines: String,
    /// None for a pair without passages.
    pair: Option<String>,
    /// Passages left out.
    suppressed_lines: String,
    pub suppressed: usize,
    pub passages: Vec<FoundPassage>,
    pub kinds: [usize; 3],
    pub moved: usize,
    pub boilerplate: usize,
    pub bytes: usize,
}

impl Rendered {
    /// Renders a comparison, on the thread that made it.
    pub fn new(compared: &Compared<'_, '_>, text: bool, phrases: &Phrases) -> Self {
        let found = compared.comparison();
        let mut rendered = Self {
            lines: String::new(),
            pair: None,
            suppressed_lines: String::new(),
            suppressed: 0,
            passages: Vec::new(),
            kinds: [0; 3],
            moved: 0,
            boilerplate: 0,
            bytes: found.a.document.text.len() + found.b.document.text.len(),
        };
        let mut of_pair = compared.pair_line();
        let passages = found.passages.iter().zip(compared.passages());
        for (line, (passage, place)) in compared.passage_lines(text).zip(passages) {
            if !phrases.is_empty() && phrases.exclude(passage, found) {
                rendered.suppress(&line);
                of_pair.passages -= 1;
                of_pair.shared_words = of_pair.shared_words.saturating_sub(passage.words_a);
            } else {
                rendered.add(&line, passage, place);
            }
        }
        if of_pair.passages > 0 || compared.pair().relation != Relation::Passage {
            rendered.pair = Some(json_line(&of_pair));
        }
        rendered
    }

    fn add(&mut self, line: &PassageLine<'_>, passage: &Passage, place: FoundPassage) {
        self.lines += &json_line(line);
        self.passages.push(place);
        self.kinds[passage.kind as usize] += 1;
        self.moved += usize::from(passage.moved);
        self.boilerplate += usize::from(line.boilerplate.is_some());
    }

    fn suppress(&mut self, passage: &PassageLine<'_>) {
        self.suppressed_lines += &json_line(&SuppressedPassage { reason: Suppression::ExcludedPhrase, passage });
        self.suppressed += 1;
    }
}

fn json_line(line: &impl Serialize) -> String {
    serde_json::to_string(line).expect("a line is JSON") + "\n"
}

/// A passage that was left out, as one line.
#[derive(Serialize)]
struct SuppressedPassage<'c> {
    reason: Suppression,
    #[serde(flatten)]
    passage: &'c PassageLine<'c>,
}

/// A pair that was left out, as one line.
#[derive(Serialize)]
struct SuppressedPair<'c> {
    reason: Suppression,
    a: &'c str,
    b: &'c str,
    relation: Relation,
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
        let suppressed = args.filters.suppressed.then(|| folder.create(SUPPRESSED)).transpose()?;
        Ok(Self::Folder(Box::new(Folder { folder, passages, pairs, suppressed })))
    }

    /// Takes what one comparison came to.
    pub fn take(&mut self, rendered: &Rendered) -> Result<(), Stop> {
        match self {
            Self::Stream(output) => output.write_all(rendered.lines.as_bytes()).map_err(|error| output.stop(&error)),
            Self::Folder(to) => {
                to.passages.write_all(rendered.lines.as_bytes()).map_err(|error| to.folder.stop(PASSAGES, &error))?;
                let pair = rendered.pair.as_deref().unwrap_or_default();
                to.pairs.write_all(pair.as_bytes()).map_err(|error| to.folder.stop(PAIRS, &error))?;
                to.suppress(rendered.suppressed_lines.as_bytes())
            }
        }
    }

    /// Writes the pairs that were left out, where that was asked for.
    pub fn suppressed(&mut self, corpus: &Corpus, pairs: &Pairs) -> Result<(), Stop> {
        let Self::Folder(to) = self else { return Ok(()) };
        for &(pair, reason) in pairs.suppressed() {
            let (a, b) = (corpus.id(pair.a), corpus.id(pair.b));
            to.suppress(json_line(&SuppressedPair { reason, a, b, relation: pair.relation }).as_bytes())?;
        }
        Ok(())
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
        let Folder { folder, mut passages, mut pairs, suppressed } = match self {
            Self::Stream(output) => return output.finish(),
            Self::Folder(to) => *to,
        };
        passages.flush().map_err(|error| folder.stop(PASSAGES, &error))?;
        pairs.flush().map_err(|error| folder.stop(PAIRS, &error))?;
        if let Some(mut suppressed) = suppressed {
            suppressed.flush().map_err(|error| folder.stop(SUPPRESSED, &error))?;
        }
        folder.write("run.json", record().as_bytes())?;
        folder.finish()
    }
}

impl Folder {
    fn suppress(&mut self, lines: &[u8]) -> Result<(), Stop> {
        let Some(file) = &mut self.suppressed else { return Ok(()) };
        file.write_all(lines).map_err(|error| self.folder.stop(SUPPRESSED, &error))
    }
}

/// To four decimals, as every line has shares.
fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
