//! What an interrupted scan leaves for `--resume` to go on from.
//!
//! Reading and joining are done anew, which is quick and shows that the inputs are the same; comparisons are not. Those of a block of
//! pairs are kept as a piece: a file that is written whole under another name and then renamed, with a checksum. A manifest says
//! of what run the pieces are. They lie in the folder `unfinished` of the output folder, which goes when the output is there.

use super::super::interrupt::{self, Unfinished};
use super::super::messages::Messages;
use super::super::output::reason;
use super::super::status::Stop;
use super::ScanArgs;
use super::writer::Rendered;
use likewise::corpus::{Corpus, CorpusOptions, Pairs};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// Words of the documents of a block, about.
const WORDS: usize = 16 << 20;
// Its name and that of pieces say that they hold no documents, where the output lies in an input folder.
const MANIFEST: &str = "manifest.jsonl";
/// The setting of how many pairs are kept at once.
const KEEP_EVERY: &str = "keep_every";
const SCHEMA: &str = "likewise.unfinished/1";

/// What is kept of a run while it goes on.
pub struct Kept {
    /// None where the output goes to standard output.
    folder: Option<PathBuf>,
    /// Pairs of a block, at most.
    every: usize,
    manifest: Manifest,
    /// That of the run to go on from.
    earlier: Option<Manifest>,
    /// Whether this run has written its manifest.
    begun: bool,
    /// The manifest in the folder, locked for as long as this run goes on: two runs do not replace each other.
    held: Option<File>,
}

/// What a run is made of: equal for runs with equal output.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Manifest {
    schema: String,
    version: String,
    settings: BTreeMap<String, String>,
    inputs: Vec<Input>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Input {
    path: String,
    documents: usize,
    contents: String,
}

/// The first line of a piece; the lines after it have a comparison each.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    /// Digest of the manifest.
    run: String,
    from: usize,
    to: usize,
    /// Digest of the lines.
    contents: String,
}

impl Kept {
    /// Looks for an earlier run, where one is to be resumed.
    pub fn open(args: &ScanArgs, options: &CorpusOptions, messages: &Messages) -> Result<Self, Stop> {
        let folder = args.output.as_ref().map(|output| output.join("unfinished"));
        let manifest = Manifest {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: settings(args, options),
            inputs: Vec::new(),
        };
        let mut kept = Self { folder, every: args.keep_every, manifest, earlier: None, begun: false, held: None };
        let Some(folder) = kept.folder.clone() else { return Ok(kept) };
        kept.held = hold(&folder)?;
        match (args.resume, kept.held.is_some()) {
            (true, true) => {
                let earlier = read_manifest(&folder).ok_or_else(|| refusal(&folder, "its manifest is damaged"))?;
                kept.keep_as(&earlier);
                kept.check_settings(&earlier).map_err(|why| refusal(&folder, &why))?;
                kept.earlier = Some(earlier);
            }
            (true, false) => messages.note(&format!("nothing to resume in {}; beginning anew", folder.display())),
            (false, true) => messages.note(&format!(
                "{} of an interrupted run will be replaced; --resume would go on from it",
                folder.display()
            )),
            (false, false) => {}
        }
        Ok(kept)
    }

    /// Keeps as often as the earlier run did: that changes nothing in the output.
    fn keep_as(&mut self, earlier: &Manifest) {
        if let Some(every) = earlier.settings.get(KEEP_EVERY) {
            self.every = every.parse().unwrap_or(self.every);
            self.manifest.settings.insert(KEEP_EVERY.to_owned(), self.every.to_string());
        }
    }

    fn check_settings(&self, earlier: &Manifest) -> Result<(), String> {
        let now = &self.manifest;
        if (&earlier.schema, &earlier.version) != (&now.schema, &now.version) {
            return Err(format!("it was begun by version {}, and this is {}", earlier.version, now.version));
        }
        let was = |name| earlier.settings.get(name).map_or("null", String::as_str);
        match now.settings.iter().find(|(name, is)| was(*name) != *is) {
            // Passages are what --near-duplicates leaves out.
            Some((name, _)) if name == "passages" => Err("one of the two runs has --near-duplicates".to_owned()),
            Some((name, is)) => Err(format!("`{}` was {} and is {is} now", name.replace('_', "-"), was(name))),
            None => Ok(()),
        }
    }

    /// Whether this run goes on from an earlier one.
    pub fn goes_on(&self) -> bool {
        self.earlier.is_some()
    }

    /// Says what the run is made of, once the inputs were read. One that goes on must be made of the same.
    pub fn begin(&mut self, corpus: &Corpus) -> Result<(), Stop> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let input = |source: &likewise::corpus::Source| Input {
            path: source.path.to_string_lossy().into_owned(),
            documents: source.documents,
            contents: format!("{:032x}", source.contents),
        };
        self.manifest.inputs = corpus.sources().iter().map(input).collect();
        if let Some(earlier) = &self.earlier {
            self.manifest.check_inputs(earlier).map_err(|why| refusal(folder, &why))?;
            self.begun = true;
            interrupt::leave(folder);
        }
        Ok(())
    }

    /// The pairs to compare next, after the first `from`.
    pub fn block(&self, corpus: &Corpus, pairs: &Pairs, from: usize) -> Range<usize> {
        let (mut words, mut last) = (0, None);
        let rest = &pairs.pairs()[from..];
        let full = rest.iter().take(self.every).position(|pair| {
            // A document in pairs with very many others is read once.
            if last.replace(pair.a) != Some(pair.a) {
                words += corpus.words(pair.a);
            }
            words += corpus.words(pair.b);
            words > WORDS
        });
        from..from + full.unwrap_or(self.every).clamp(1, rest.len())
    }

    /// What came of a block, where that was kept. A damaged piece counts as none.
    pub fn load(&self, block: &Range<usize>) -> Option<Vec<Rendered>> {
        self.earlier.as_ref()?;
        let bytes = fs::read(self.piece(block)?).ok()?;
        let (head, lines) = bytes.split_at(memchr::memchr(b'\n', &bytes)? + 1);
        let head: Head = serde_json::from_slice(head).ok()?;
        if head != self.head(block, lines) {
            return None;
        }
        let kept: Result<Vec<Rendered>, _> = serde_json::Deserializer::from_slice(lines).into_iter().collect();
        kept.ok().filter(|kept| kept.len() == block.len())
    }

    /// Whether what comes of a block is kept: not the last one, after which the output is written.
    pub fn is_kept(&self, block: &Range<usize>, pairs: &Pairs) -> bool {
        self.folder.is_some() && block.end < pairs.pairs().len()
    }

    /// Keeps what came of a block: `lines`, as [`line`] makes them.
    pub fn save(&mut self, block: &Range<usize>, lines: &[u8]) -> Result<(), Stop> {
        let (Some(folder), Some(piece)) = (self.folder.clone(), self.piece(block)) else { return Ok(()) };
        if !self.begun && self.held.is_none() {
            self.held = hold(&folder)?;
        }
        self.write(&folder, &piece, block, lines)
            .map_err(|error| Stop::Failure(format!("cannot write {}: {}", piece.display(), reason(&error))))
    }

    fn write(&mut self, folder: &Path, piece: &Path, block: &Range<usize>, lines: &[u8]) -> io::Result<()> {
        if !self.begun {
            // A file that is held cannot be removed everywhere.
            self.held = None;
            interrupt::undisturbed(|| {
                if folder.exists() {
                    fs::remove_dir_all(folder)?;
                }
                fs::create_dir_all(folder)
            })?;
            let manifest = serde_json::to_vec(&self.manifest).expect("the manifest is JSON");
            write_whole(&folder.join(MANIFEST), &[&manifest, b"\n"])?;
            self.held = hold(folder).map_err(|_| io::Error::other("another scan writes to it as well"))?;
            self.begun = true;
        }
        let head = serde_json::to_vec(&self.head(block, lines)).expect("the head is JSON");
        write_whole(piece, &[&head, b"\n", lines])?;
        interrupt::leave(folder);
        Ok(())
    }

    fn piece(&self, block: &Range<usize>) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("pairs-{:012}.jsonl", block.start)))
    }

    fn head(&self, block: &Range<usize>, lines: &[u8]) -> Head {
        let manifest = self.earlier.as_ref().unwrap_or(&self.manifest);
        let run = serde_json::to_vec(manifest).expect("the manifest is JSON");
        Head { run: digest(&run), from: block.start, to: block.end, contents: digest(lines) }
    }

    /// Removes what was kept, when the output is there.
    pub fn remove(self) -> Result<(), Stop> {
        interrupt::leave_nothing();
        drop(self.held);
        let Some(folder) = self.folder.filter(|folder| folder.exists()) else { return Ok(()) };
        fs::remove_dir_all(&folder)
            .map_err(|error| Stop::Failure(format!("cannot remove {}: {}", folder.display(), reason(&error))))
    }
}

impl Manifest {
    /// Why the inputs are not those of `earlier`, if they are not.
    fn check_inputs(&self, earlier: &Self) -> Result<(), String> {
        let (was, is) = (&earlier.inputs, &self.inputs);
        if was.len() != is.len() {
            return Err(format!("there were {} inputs and are {} now", was.len(), is.len()));
        }
        let same = |(was, is): &(&Input, &Input)| was.documents == is.documents && was.contents == is.contents;
        match was.iter().zip(is).find(|both| !same(both)) {
            Some((was, is)) if was.path == is.path => Err(format!("the input {} has changed", is.path)),
            Some((was, is)) => Err(format!("the input {} was {} before", is.path, was.path)),
            None => Ok(()),
        }
    }
}

/// What the output depends on, inputs apart: names, and values as JSON.
fn settings(args: &ScanArgs, options: &CorpusOptions) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    flatten("", &serde_json::to_value(options).expect("options are JSON"), &mut settings);
    settings.remove("memory");
    settings.insert("text".to_owned(), args.text.to_string());
    settings.insert("suppressed".to_owned(), args.filters.suppressed.to_string());
    settings.insert("format".to_owned(), format!("{:?}", args.format));
    settings.insert(KEEP_EVERY.to_owned(), args.keep_every.to_string());
    settings
}

/// The values in `value`, those in objects under the names of both.
fn flatten(name: &str, value: &Value, settings: &mut BTreeMap<String, String>) {
    let Value::Object(fields) = value else {
        settings.insert(name.to_owned(), value.to_string());
        return;
    };
    for (field, value) in fields {
        let name = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
        flatten(&name, value, settings);
    }
}

/// Locks the manifest in `folder`, if there is one. Refused where another run holds it.
fn hold(folder: &Path) -> Result<Option<File>, Stop> {
    let Ok(manifest) = File::open(folder.join(MANIFEST)) else { return Ok(None) };
    match manifest.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let what =
                format!("another scan is at work in {}; wait for its end, or name another folder", folder.display());
            Err(Stop::Failure(what))
        }
        // Where files cannot be locked, runs are not told of each other.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(manifest)),
    }
}

fn read_manifest(folder: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()
}

fn refusal(folder: &Path, why: &str) -> Stop {
    Stop::Failure(format!("cannot resume from {}: {why}; run without --resume to begin anew", folder.display()))
}

fn digest(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// Writes a file under another name and renames it, so that it is there whole or not at all.
fn write_whole(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let (mut file, unfinished) = Unfinished::create(|| {
        let temporary = path.with_extension("tmp");
        Ok((File::create(&temporary)?, temporary))
    })?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    unfinished.finish(|temporary| fs::rename(temporary, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_flat() {
        let mut settings = BTreeMap::new();
        flatten("", &json!({"min_words": 8, "filter": {"between": null, "inner": {"date": "d"}}}), &mut settings);
        let expected = [("filter.between", "null"), ("filter.inner.date", "\"d\""), ("min_words", "8")];
        assert_eq!(settings, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    }
}
