//! Where the lines of a batch go: passages to standard output, or everything to a folder.

use super::super::json;
use super::super::messages::Messages;
use super::super::output::{Output, OutputFolder};
use super::super::status::Stop;
use super::{BatchArgs, BatchFormat};
use likewise::Comparison;
use likewise::report::lines::{PairLine, change_lines, passage_lines};
use likewise::report::{Format, View};
use std::fs::File;
use std::io::{BufWriter, Write};

/// What a run may leave in its folder, each in one format alone.
const OF_FORMATS: [&str; 3] = ["passages.jsonl", "passages.csv", "pan-xml"];
/// The file of the pairs' figures.
const PAIRS: &str = "pairs.jsonl";
/// The file of the changes of meaning.
const CHANGES: &str = "changes.jsonl";

/// Takes the lines of pair after pair.
pub enum Sink {
    Stream(Output),
    Folder(Box<Folder>),
}

/// A folder with a file of passages, one of changes, one of pairs, and the record of the run.
pub struct Folder {
    folder: OutputFolder,
    /// Named after the format; none for PAN, which has a file per pair.
    passages: Option<(&'static str, BufWriter<File>)>,
    changes: BufWriter<File>,
    pairs: BufWriter<File>,
}

impl Sink {
    /// What cannot be written to is found out here, before any work.
    pub fn open(args: &BatchArgs) -> Result<Self, Stop> {
        let mut sink = match &args.output {
            Some(path) => {
                let folder = OutputFolder::open(path, args.read())?;
                let (changes, pairs) = (folder.create(CHANGES)?, folder.create(PAIRS)?);
                let passages = match args.format {
                    BatchFormat::Jsonl => Some("passages.jsonl"),
                    BatchFormat::Csv => Some("passages.csv"),
                    BatchFormat::PanXml => None,
                };
                let passages = passages.map(|name| folder.create(name).map(|file| (name, file))).transpose()?;
                Self::Folder(Box::new(Folder { folder, passages, changes, pairs }))
            }
            None if args.format == BatchFormat::PanXml => {
                return Err(Stop::Failure("pan-xml is a file for every pair; name a folder with -o DIR".to_owned()));
            }
            None => Self::Stream(Output::standard()),
        };
        if args.format == BatchFormat::Csv {
            sink.passages(header(args.text).as_bytes())?;
        }
        Ok(sink)
    }

    /// Takes what one pair came to. `index` counts the pairs from 0.
    pub fn take(&mut self, index: usize, found: &Rendered, pair: &PairLine) -> Result<(), Stop> {
        if let Self::Folder(sink) = self {
            sink.pairs.write_all(json::line(pair).as_bytes()).map_err(|error| sink.folder.stop(PAIRS, &error))?;
            sink.changes.write_all(&found.changes).map_err(|error| sink.folder.stop(CHANGES, &error))?;
            if sink.passages.is_none() {
                let name = format!("pan-xml/{}", file_name(index, &pair.a, &pair.b, "xml"));
                return sink.folder.write(&name, &found.passages);
            }
        }
        self.passages(&found.passages)
    }

    fn passages(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        match self {
            Self::Stream(output) => output.write_all(bytes).map_err(|error| output.stop(&error)),
            Self::Folder(sink) => match &mut sink.passages {
                Some((name, file)) => file.write_all(bytes).map_err(|error| sink.folder.stop(name, &error)),
                None => Ok(()),
            },
        }
    }

    /// Ends the files and puts them in their place, with the record of the run that `record` makes.
    pub fn finish(self, record: impl FnOnce() -> String, messages: &Messages) -> Result<(), Stop> {
        let Folder { folder, passages, mut changes, mut pairs } = match self {
            Self::Stream(output) => return output.finish(),
            Self::Folder(sink) => *sink,
        };
        changes.flush().map_err(|error| folder.stop(CHANGES, &error))?;
        pairs.flush().map_err(|error| folder.stop(PAIRS, &error))?;
        if let Some((name, mut file)) = passages {
            file.flush().map_err(|error| folder.stop(name, &error))?;
        }
        folder.write("run.json", record().as_bytes())?;
        folder.warn_of_earlier(&OF_FORMATS, messages);
        folder.finish()
    }
}

/// What a sink takes of one comparison, as the bytes it writes.
pub struct Rendered {
    /// In the format.
    passages: Vec<u8>,
    /// Lines of JSON; none where no folder takes them.
    changes: Vec<u8>,
}

impl Rendered {
    pub fn new(args: &BatchArgs, found: &Comparison<'_>) -> Self {
        let changes = if args.output.is_some() { changes(found) } else { Vec::new() };
        Self { passages: passages(args.format, args.text, found), changes }
    }
}

fn changes(found: &Comparison<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in change_lines(found) {
        json::push_line(&mut bytes, &line);
    }
    bytes
}

fn passages(format: BatchFormat, text: bool, found: &Comparison<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    match format {
        BatchFormat::Jsonl => {
            for line in passage_lines(found, text) {
                json::push_line(&mut bytes, &line);
            }
        }
        BatchFormat::Csv => {
            let mut rows = csv::WriterBuilder::new().has_headers(false).from_writer(&mut bytes);
            for line in passage_lines(found, text) {
                rows.serialize(line.for_spreadsheet()).expect("a passage's line is a row");
            }
            drop(rows);
        }
        BatchFormat::PanXml => {
            Format::PanXml.write(found, &View::default(), &mut bytes).expect("memory takes every byte");
        }
    }
    bytes
}

/// The first row: the names of the fields of a passage's line.
fn header(text: bool) -> String {
    let fields = "a,b,a_start,a_end,b_start,b_end,kind,moved,similarity,words";
    format!("{fields}{}\n", if text { ",a_text,b_text" } else { "" })
}

/// A name for a file about a pair, unlike that of any other pair and harmless whatever the ids hold.
pub fn file_name(index: usize, a: &str, b: &str, extension: &str) -> String {
    format!("{:05}-{}-{}.{extension}", index + 1, plain(a), plain(b))
}

/// An id as part of a file's name: letters, digits and a few signs of ASCII, 60 at most.
fn plain(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    id.chars().map(safe).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_stays_in_its_folder_whatever_the_ids_hold() {
        assert_eq!(file_name(6, "../a b/c", "d.txt", "html"), "00007-.._a_b_c-d.txt.html");
        assert!(file_name(0, &"x".repeat(4000), "\0\n", "xml").len() < 200);
    }
}
