//! The pairs of a list and the documents that they name. Other documents are dropped as soon as they are read.

use super::super::input::decoding_warnings;
use super::super::messages::{Messages, escaped};
use super::super::progress::Progress;
use super::super::rejected::Rejected;
use super::super::run::lossy;
use super::super::status::Stop;
use super::BatchArgs;
use likewise::batch::DocumentPair;
use likewise::read::{self, Limits, Pair, Pairs, ReadError, Reason};
use likewise::{Document, hexadecimal};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// What a batch works on, and what it has to do without.
pub struct Inputs {
    /// Those that pairs name, in the order they were read.
    pub documents: Vec<Document>,
    /// Indices into the documents, sorted by the two ids.
    pairs: Vec<(usize, usize)>,
    /// Pairs that stood in the list before.
    pub repeated: usize,
    /// Pairs without one of their documents.
    pub unpaired: Vec<Unpaired>,
    /// Inputs, or lines of them, that gave no document or no pair.
    pub rejected: Vec<Rejected>,
    /// The files that were read.
    pub sources: Vec<Source>,
    /// What to say about how bytes became text.
    pub warnings: Vec<String>,
    /// How long all the reading took.
    pub seconds: f64,
}

/// A file that was read.
#[derive(Serialize)]
pub struct Source {
    role: Role,
    #[serde(serialize_with = "lossy")]
    path: std::path::PathBuf,
    /// Of the bytes as stored; null for a JSON Lines file in a folder.
    sha256: Option<String>,
    /// Documents or pairs in it.
    records: usize,
}

/// What a file was read for.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Pairs,
    Docs,
}

/// A pair that could not be compared.
#[derive(Serialize)]
pub struct Unpaired {
    a: String,
    b: String,
    reason: String,
}

impl fmt::Display for Unpaired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {}: {}", escaped(&self.a), escaped(&self.b), self.reason)
    }
}

impl Inputs {
    /// Reads the list of pairs, then the documents. A list that cannot be opened stops the run; anything else is left out
    /// and remembered.
    pub fn read(args: &BatchArgs, progress: Progress, messages: &Messages) -> Result<Self, Stop> {
        if args.pairs == Path::new("-") && args.docs.iter().any(|input| input == Path::new("-")) {
            return Err(Stop::Failure("standard input can be read once; give a file for PAIRS or --docs".to_owned()));
        }
        let mut inputs = Self {
            documents: Vec::new(),
            pairs: Vec::new(),
            repeated: 0,
            unpaired: Vec::new(),
            rejected: Vec::new(),
            sources: Vec::new(),
            warnings: Vec::new(),
            seconds: 0.0,
        };
        let stage = progress.stage("reading", "documents", None);
        let mut listed = inputs.read_pairs(&args.pairs)?;
        if let Some(first) = inputs.rejected.first().filter(|_| listed.is_empty()) {
            let list = args.pairs.display();
            return Err(Stop::Failure(format!("no line of {list} is a pair; the first that is none: {first}")));
        }
        listed.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        let mut wanted = Wanted::new(&listed);
        // A document that cannot be read takes its pairs with it; where nothing is there at all, the name is wrong.
        let is_missing = |path: &PathBuf| path.as_os_str() != "-" && !path.exists();
        if let Some(first) = args.docs.first().filter(|_| args.docs.iter().all(is_missing)) {
            return Err(Stop::Failure(format!("{}: no such file or folder", first.display())));
        }
        for input in &args.docs {
            inputs.read_documents(input, &mut wanted, || stage.tick());
        }
        inputs.join(&listed, &wanted);
        inputs.seconds = stage.finish(messages);
        Ok(inputs)
    }

    /// The pairs to compare, sorted by the ids of their documents.
    pub fn pairs(&self) -> impl Iterator<Item = DocumentPair<'_>> {
        self.pairs.iter().map(|&(a, b)| DocumentPair { a: &self.documents[a], b: &self.documents[b] })
    }

    /// How many pairs the list has, repeated ones once.
    pub fn listed(&self) -> usize {
        self.pairs.len() + self.unpaired.len()
    }

    /// True when nothing was left out that should have been read or compared.
    pub fn is_complete(&self) -> bool {
        self.rejected.iter().all(Rejected::is_bystander) && self.unpaired.is_empty()
    }

    fn read_pairs(&mut self, path: &Path) -> Result<Vec<Pair>, Stop> {
        let mut list = Pairs::open(path, &Limits::default())?;
        let mut pairs = Vec::new();
        for pair in &mut list {
            match pair {
                Ok(pair) => pairs.push(Pair { metadata: Default::default(), ..pair }),
                Err(error) => self.rejected.push(error.into()),
            }
        }
        self.repeated = list.duplicates();
        let source = Source { role: Role::Pairs, path: path.to_owned(), sha256: None, records: pairs.len() };
        self.sources.push(Source { sha256: list.digest().map(hexadecimal), ..source });
        Ok(pairs)
    }

    /// Keeps those documents of one input that pairs name. Of those under one id the first stays.
    fn read_documents(&mut self, input: &Path, wanted: &mut Wanted<'_>, tick: impl Fn()) {
        let mut documents = read::documents(input, &Limits::default());
        let mut records = 0;
        for document in &mut documents {
            tick();
            let document = match document {
                Ok(document) => document,
                Err(error) if input.is_dir() && self.is_pair_list(&error.path) => continue,
                Err(error) => {
                    self.rejected.push(error.into());
                    continue;
                }
            };
            records += 1;
            self.keep(input, document, wanted);
        }
        if !input.is_dir() {
            let sha256 = documents.digest().map(hexadecimal);
            self.sources.push(Source { role: Role::Docs, path: input.to_owned(), sha256, records });
        }
    }

    /// Whether `path` is the list that was read before: it may lie among the documents.
    fn is_pair_list(&self, path: &Path) -> bool {
        let list = self.sources.iter().find(|source| matches!(source.role, Role::Pairs));
        list.is_some_and(|list| matches!((list.path.canonicalize(), path.canonicalize()), (Ok(x), Ok(y)) if x == y))
    }

    fn keep(&mut self, input: &Path, document: Document, wanted: &mut Wanted<'_>) {
        let Some(place) = wanted.places.get_mut(document.id.as_str()) else { return };
        if place.is_some() {
            let path = document.path.unwrap_or_else(|| input.to_owned());
            self.rejected.push(ReadError::new(path, Reason::DuplicateId(document.id)).into());
            return;
        }
        *place = Some(self.documents.len());
        self.warnings.extend(decoding_warnings(&document));
        if let Some(path) = document.path.as_ref().filter(|_| input.is_dir()) {
            self.note_file(path, document.digest);
        }
        self.documents.push(document);
    }

    /// Remembers a file of a folder; the records of a JSON Lines file come one after the other.
    fn note_file(&mut self, path: &Path, digest: Option<[u8; 32]>) {
        match self.sources.last_mut().filter(|last| last.path == path && digest.is_none()) {
            Some(last) => last.records += 1,
            None => self.sources.push(Source {
                role: Role::Docs,
                path: path.to_owned(),
                sha256: digest.map(hexadecimal),
                records: 1,
            }),
        }
    }

    /// Finds the documents of each pair.
    fn join(&mut self, listed: &[Pair], wanted: &Wanted<'_>) {
        for pair in listed {
            match (wanted.place(&pair.a), wanted.place(&pair.b)) {
                (Some(a), Some(b)) => self.pairs.push((a, b)),
                (a, b) => {
                    let missing = [(a, &pair.a), (b, &pair.b)].into_iter().filter(|(place, _)| place.is_none());
                    let names: Vec<_> = missing.map(|(_, id)| format!("`{}`", escaped(id))).collect();
                    let reason = format!("no document {}", names.join(" and "));
                    self.unpaired.push(Unpaired { a: pair.a.clone(), b: pair.b.clone(), reason });
                }
            }
        }
    }
}

/// The ids that pairs name, each with the place of its document once that was read.
struct Wanted<'p> {
    places: HashMap<&'p str, Option<usize>>,
}

impl<'p> Wanted<'p> {
    fn new(listed: &'p [Pair]) -> Self {
        let ids = listed.iter().flat_map(|pair| [pair.a.as_str(), pair.b.as_str()]);
        Self { places: ids.map(|id| (id, None)).collect() }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied().flatten()
    }
}
