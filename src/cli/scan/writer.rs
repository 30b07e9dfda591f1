//! Where the lines of a scan go: to standard output, or everything to a folder; and what its report is made of.

use super::super::messages::Messages;
use super::super::output::{Output, OutputFolder};
use super::super::status::Stop;
use super::lines::{Form, NearLine, passim, suppressed_pair, suppressed_passage};
use super::report::{Figures, Report};
use super::{ScanArgs, ScanFormat};
use likewise::Passage;
use likewise::corpus::{
    Cluster, ClusterKind, Compared, Corpus, FoundPassage, NearDuplicates, Pair, Pairs, Phrases, Relation,
};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Write};

const SUPPRESSED: &str = "suppressed.jsonl";
/// What a run leaves in its folder with some flags and not with others.
const OF_FLAGS: [&str; 8] = [
    "passages.jsonl",
    "passages.csv",
    "passim.jsonl",
    "pairs.jsonl",
    "pairs.csv",
    "clusters.jsonl",
    "clusters.csv",
    SUPPRESSED,
];

/// Takes the lines of a scan.
pub struct Writer {
    form: Form,
    to: To,
    /// The pages, where they are asked for.
    pub report: Option<Report>,
}

enum To {
    /// Passages, or the pairs of near-duplicates.
    Stream(Output),
    Folder(Box<Folder>),
}

/// A folder with a file each of passages, pairs and clusters, and the record of the run.
struct Folder {
    folder: OutputFolder,
    passages: BufWriter<File>,
    pairs: BufWriter<File>,
    /// Where it was asked for.
    suppressed: Option<BufWriter<File>>,
    names: Names,
}

/// What the files are called.
#[derive(Clone, Copy)]
struct Names {
    passages: &'static str,
    pairs: &'static str,
    clusters: &'static str,
}

impl Names {
    fn of(format: ScanFormat) -> Self {
        match format {
            ScanFormat::Jsonl => Self { passages: "passages.jsonl", pairs: "pairs.jsonl", clusters: "clusters.jsonl" },
            ScanFormat::Csv => Self { passages: "passages.csv", pairs: "pairs.csv", clusters: "clusters.csv" },
            ScanFormat::Passim => Self { passages: "passim.jsonl", pairs: "pairs.jsonl", clusters: "clusters.jsonl" },
        }
    }
}

/// What is kept of a comparison.
#[derive(Serialize, Deserialize)]
pub struct Rendered {
    lines: String,
    /// None for a pair without passages.
    pair: Option<String>,
    figures: Figures,
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
    pub fn new(compared: &Compared<'_, '_>, form: Form, phrases: &Phrases) -> Self {
        let found = compared.comparison();
        let mut rendered = Self {
            lines: String::new(),
            pair: None,
            figures: Figures::default(),
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
        for (line, (passage, place)) in compared.passage_lines(form.text).zip(passages) {
            if !phrases.is_empty() && phrases.exclude(passage, found) {
                suppressed_passage(&line, &mut rendered.suppressed_lines);
                rendered.suppressed += 1;
                of_pair.passages -= 1;
                of_pair.shared_words = of_pair.shared_words.saturating_sub(passage.words_a);
            } else {
                rendered.count(passage, place, line.boilerplate.is_some());
                form.passage(line, &mut rendered.lines);
            }
        }
        rendered.figures = Figures::from(&of_pair);
        if of_pair.passages > 0 || compared.pair().relation != Relation::Passage {
            form.pair(of_pair, rendered.pair.insert(String::new()));
        }
        rendered
    }

    fn count(&mut self, passage: &Passage, place: FoundPassage, is_boilerplate: bool) {
        self.passages.push(place);
        self.kinds[passage.kind as usize] += 1;
        self.moved += usize::from(passage.moved);
        self.boilerplate += usize::from(is_boilerplate);
    }
}

impl Writer {
    /// What cannot be written to is found out here, before any work.
    pub fn open(args: &ScanArgs) -> Result<Self, Stop> {
        if args.format == ScanFormat::Passim && args.near_duplicates {
            let why = "passim lists passages, and --near-duplicates finds none; use another format";
            return Err(Stop::Failure(why.to_owned()));
        }
        let form = Form { format: args.format, text: args.text };
        let to = match &args.output {
            None => To::Stream(Output::standard()),
            Some(path) => {
                let (folder, names) = (OutputFolder::open(path, args.read())?, Names::of(args.format));
                let (passages, pairs) = (folder.create(names.passages)?, folder.create(names.pairs)?);
                let suppressed = args.filters.suppressed.then(|| folder.create(SUPPRESSED)).transpose()?;
                To::Folder(Box::new(Folder { folder, passages, pairs, suppressed, names }))
            }
        };
        let mut writer = Self { form, to, report: Report::open(args)? };
        if !(args.near_duplicates && args.output.is_none()) {
            writer.passages(form.passage_head())?;
        }
        writer.pairs(form.pair_head(args.near_duplicates), args.near_duplicates)?;
        Ok(writer)
    }

    /// Removes what the run that is gone on from has left besides what it kept.
    pub fn remove_left(&self) {
        if let To::Folder(to) = &self.to {
            to.folder.remove_left();
        }
    }

    /// How lines are written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Takes what one comparison came to.
    pub fn take(&mut self, pair: &Pair, rendered: &Rendered) -> Result<(), Stop> {
        self.passages(&rendered.lines)?;
        if let To::Folder(to) = &mut self.to {
            to.suppress(&rendered.suppressed_lines)?;
        }
        let Some(line) = &rendered.pair else { return Ok(()) };
        if let Some(report) = &mut self.report {
            report.take(pair, rendered.figures);
        }
        self.pairs(line, false)
    }

    fn passages(&mut self, lines: &str) -> Result<(), Stop> {
        let bytes = lines.as_bytes();
        match &mut self.to {
            To::Stream(output) => output.write_all(bytes).map_err(|error| output.stop(&error)),
            To::Folder(to) => to.passages.write_all(bytes).map_err(|error| to.folder.stop(to.names.passages, &error)),
        }
    }

    /// Pairs go to standard output where they are all there is.
    fn pairs(&mut self, lines: &str, alone: bool) -> Result<(), Stop> {
        let bytes = lines.as_bytes();
        match &mut self.to {
            To::Stream(output) if alone => output.write_all(bytes).map_err(|error| output.stop(&error)),
            To::Stream(_) => Ok(()),
            To::Folder(to) => to.pairs.write_all(bytes).map_err(|error| to.folder.stop(to.names.pairs, &error)),
        }
    }

    /// Writes the pairs that were left out, where that was asked for.
    pub fn suppressed(&mut self, corpus: &Corpus, pairs: &Pairs) -> Result<(), Stop> {
        let To::Folder(to) = &mut self.to else { return Ok(()) };
        for &(pair, reason) in pairs.suppressed() {
            to.suppress(&suppressed_pair(corpus, &pair, reason))?;
        }
        Ok(())
    }

    /// Writes the pairs of near-duplicates, copies included.
    pub fn near_pairs(&mut self, corpus: &Corpus, near: &NearDuplicates, pairs: &Pairs) -> Result<(), Stop> {
        let mut lines = String::new();
        let simhashes = corpus.simhashes(pairs)?;
        for pair in pairs.pairs() {
            let (scores, distance) = (corpus.near_scores(near, pair), corpus.simhash_distance(&simhashes, pair));
            let ids = (corpus.id(pair.a), corpus.id(pair.b));
            lines.clear();
            self.form.near(NearLine::new(ids, pair.relation, scores, distance), &mut lines);
            self.pairs(&lines, true)?;
            if let Some(report) = &mut self.report {
                report.take(pair, Figures { resemblance: scores.resemblance, ..Figures::default() });
            }
        }
        Ok(())
    }

    /// Writes the clusters, where there is a place for them.
    pub fn clusters(&mut self, corpus: &Corpus, clusters: &[Cluster]) -> Result<(), Stop> {
        let mut lines = String::new();
        if self.form.format == ScanFormat::Passim {
            let of_passages = clusters.iter().enumerate().filter(|(_, cluster)| cluster.kind == ClusterKind::Passage);
            for (number, cluster) in of_passages {
                lines.clear();
                passim(number, cluster, corpus, &mut lines)?;
                self.passages(&lines)?;
            }
        }
        let To::Folder(to) = &self.to else { return Ok(()) };
        let stop = |error| to.folder.stop(to.names.clusters, &error);
        let mut file = to.folder.create(to.names.clusters)?;
        file.write_all(self.form.cluster_head().as_bytes()).map_err(stop)?;
        for (number, cluster) in clusters.iter().enumerate() {
            lines.clear();
            self.form.cluster(number, cluster, corpus, &mut lines);
            file.write_all(lines.as_bytes()).map_err(stop)?;
        }
        file.flush().map_err(stop)
    }

    /// Ends the files and puts them in their place, with the record of the run that `record` makes.
    pub fn finish(self, record: impl FnOnce() -> String, messages: &Messages) -> Result<(), Stop> {
        if let Some(report) = self.report {
            report.finish(messages)?;
        }
        let Folder { folder, mut passages, mut pairs, suppressed, names } = match self.to {
            To::Stream(output) => return output.finish(),
            To::Folder(to) => *to,
        };
        passages.flush().map_err(|error| folder.stop(names.passages, &error))?;
        pairs.flush().map_err(|error| folder.stop(names.pairs, &error))?;
        if let Some(mut suppressed) = suppressed {
            suppressed.flush().map_err(|error| folder.stop(SUPPRESSED, &error))?;
        }
        folder.write("run.json", record().as_bytes())?;
        folder.warn_of_earlier(&OF_FLAGS, messages);
        folder.finish()
    }
}

impl Folder {
    fn suppress(&mut self, lines: &str) -> Result<(), Stop> {
        let Some(file) = &mut self.suppressed else { return Ok(()) };
        file.write_all(lines.as_bytes()).map_err(|error| self.folder.stop(SUPPRESSED, &error))
    }
}
