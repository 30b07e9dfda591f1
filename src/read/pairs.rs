//! Pair lists: which documents to compare with which.

use super::csv::fields;
use super::error::{ReadError, Reason};
use super::jsonl::{id_of, json_fault};
use super::limits::Limits;
use super::lines::{Line, Lines, wide_mark, without_return};
use super::source::Source;
use crate::document::Metadata;
use rustc_hash::FxHashSet;
use serde::de::Error as _;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// One pair of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pair {
    /// Id of the first document.
    pub a: String,
    /// Id of the second document.
    pub b: String,
    /// The line it stands on, counted from 1.
    pub line: usize,
    /// Its other fields: those of a JSON object, or of a CSV row under a header.
    pub metadata: Metadata,
}

/// The pairs of a list, plain, gzip or Zstandard, in order. The first line that is neither empty nor a `#` comment decides the form:
///
/// - it begins with `{`: JSON Lines of `{"a", "b", ...}`;
/// - it holds a tab: `a`, tab, `b` on each line, so that ids may hold spaces;
/// - it holds a comma or a semicolon, but for two ids with white space between that both hold one: CSV with that between its fields;
/// - else: `a` and `b` with white space between.
///
/// Of a line with more than two columns the others are passed over; but where the first line names columns `a` and `b`, they are
/// the ids and the others metadata.
///
/// Lines beginning with `#` are comments but in JSON Lines. A row of CSV ends with its line. A bad line is an error and the
/// rest goes on. A pair that stands twice in the same order is given once and counted; for that 16 bytes are kept for
/// each pair.
///
/// ```
/// use likewise::read::{Limits, Pairs};
///
/// let list = "# first and second\none.txt two.txt\n".as_bytes();
/// let pairs = Pairs::new("pairs.txt", list, &Limits::default())?;
/// let pair = pairs.map(Result::unwrap).next().unwrap();
/// assert_eq!((pair.a.as_str(), pair.b.as_str()), ("one.txt", "two.txt"));
/// # Ok::<(), likewise::read::ReadError>(())
/// ```
pub struct Pairs {
    lines: Lines<Source>,
    path: PathBuf,
    limits: Limits,
    form: Option<Form>,
    /// `None` when a pair may stand more than once.
    seen: Option<FxHashSet<u128>>,
    duplicates: usize,
    ended: bool,
}

/// How the lines of a list are written.
enum Form {
    Json,
    Columns { delimiter: u8, header: Option<Header> },
    Plain,
}

/// Columns by the first row of a list.
struct Header {
    a: usize,
    b: usize,
    others: Vec<(usize, String)>,
}

impl Pairs {
    /// Opens the list at `path`, `-` for standard input.
    ///
    /// # Errors
    ///
    /// When nothing is there, or a folder, pipe, socket or device, or it cannot be opened.
    pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Self, ReadError> {
        let path = path.as_ref();
        if path == Path::new("-") {
            return Self::new(path, std::io::stdin(), limits);
        }
        let source = Source::open(path, limits).map_err(|reason| ReadError::new(path, reason))?;
        Ok(Self::from_source(path, source, limits))
    }

    /// Reads a list from `reader`; errors name it `name`.
    ///
    /// # Errors
    ///
    /// When its first bytes cannot be read.
    pub fn new(name: impl AsRef<Path>, reader: impl Read + Send + 'static, limits: &Limits) -> Result<Self, ReadError> {
        let name = name.as_ref();
        let source = Source::new(reader, limits).map_err(|reason| ReadError::new(name, reason))?;
        Ok(Self::from_source(name, source, limits))
    }

    fn from_source(path: &Path, source: Source, limits: &Limits) -> Self {
        Self {
            lines: Lines::new(source, limits.line_bytes),
            path: path.to_owned(),
            limits: limits.clone(),
            form: None,
            seen: Some(FxHashSet::default()),
            duplicates: 0,
            ended: false,
        }
    }

    /// Opens JSON Lines about pairs, where a pair may stand on many lines.
    pub(crate) fn rows(path: &Path, limits: &Limits) -> Result<Self, ReadError> {
        Ok(Self { form: Some(Form::Json), seen: None, ..Self::open(path, limits)? })
    }

    fn is_duplicate(&mut self, pair: &Pair) -> bool {
        self.seen.as_mut().is_some_and(|seen| !seen.insert(key(pair)))
    }

    /// How many pairs read so far stood in the list before, and were left out.
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }

    /// SHA-256 of the list as stored, once its last pair was read.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.lines.get_ref().digest())
    }

    /// The next line that is neither empty, a comment nor a header, as a pair.
    fn next_line(&mut self) -> Option<Result<Pair, ReadError>> {
        loop {
            let (number, line) = match self.lines.next() {
                Ok(numbered) => numbered?,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(ReadError::new(&self.path, self.lines.get_ref().reason(error))));
                }
            };
            let read = match line {
                Line::TooLong => Err(Reason::LongLine { limit: self.limits.line_bytes }),
                Line::Bytes(line) => pair(&mut self.form, line),
            };
            match read {
                Ok(None) => {}
                Ok(Some(pair)) => return Some(Ok(Pair { line: number, ..pair })),
                Err(reason) => return Some(Err(ReadError::at_line(&self.path, number, reason))),
            }
        }
    }
}

impl Iterator for Pairs {
    type Item = Result<Pair, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.next_line() {
                None => self.ended = true,
                Some(Ok(pair)) if self.is_duplicate(&pair) => self.duplicates += 1,
                Some(read) => return Some(read),
            }
        }
        None
    }
}

/// A hash of both ids, told apart by the length of the first.
fn key(pair: &Pair) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(&(pair.a.len() as u64).to_le_bytes());
    hash.update(pair.a.as_bytes());
    hash.update(pair.b.as_bytes());
    hash.digest128()
}

/// The pair on `line`; `None` for a line without one.
fn pair(form: &mut Option<Form>, line: &[u8]) -> Result<Option<Pair>, Reason> {
    if let Some(encoding) = wide_mark(line).filter(|_| form.is_none()) {
        return Err(Reason::Encoding(encoding));
    }
    let line =
        std::str::from_utf8(without_return(line)).map_err(|error| Reason::NotUtf8 { at: error.valid_up_to() })?;
    if form.is_none() && line.trim_start().starts_with('[') {
        let form = "an array of JSON; give an object with `a` and `b` on each line instead";
        return Err(Reason::Record(form.to_owned()));
    }
    if line.trim().is_empty() || (line.starts_with('#') && !matches!(form, Some(Form::Json))) {
        return Ok(None);
    }
    match form {
        None => {
            let first = Form::of(line)?;
            let holds_pair = !matches!(first, Form::Columns { header: Some(_), .. });
            *form = Some(first);
            if holds_pair { pair(form, line.as_bytes()) } else { Ok(None) }
        }
        Some(Form::Json) => json(line).map(Some),
        Some(Form::Columns { delimiter, header }) => row(line, *delimiter, header.as_ref()).map(Some),
        Some(Form::Plain) => plain(line).map(Some),
    }
}

impl Form {
    fn of(line: &str) -> Result<Self, Reason> {
        let delimiter = match line {
            line if line.trim_start().starts_with('{') => return Ok(Self::Json),
            line if line.contains('\t') => b'\t',
            line if line.contains(',') => b',',
            line if line.contains(';') && !are_ids_with_semicolons(line) => b';',
            _ => return Ok(Self::Plain),
        };
        Ok(Self::Columns { delimiter, header: Header::of(&columns(line, delimiter)?) })
    }
}

impl Header {
    /// The columns, when some are named `a` and `b`.
    fn of(fields: &[String]) -> Option<Self> {
        let column = |name| fields.iter().position(|field| field.trim().eq_ignore_ascii_case(name));
        let (a, b) = (column("a")?, column("b")?);
        let others = fields.iter().enumerate().filter(|&(at, _)| at != a && at != b);
        Some(Self { a, b, others: others.map(|(at, name)| (at, name.trim().to_owned())).collect() })
    }
}

fn json(line: &str) -> Result<Pair, Reason> {
    let fault = |error: serde_json::Error| Reason::Record(json_fault(&error));
    let mut fields: BTreeMap<String, &RawValue> = serde_json::from_str(line).map_err(fault)?;
    let mut id = |name| match fields.remove(name) {
        Some(raw) => id_of(raw),
        None => Err(serde_json::Error::missing_field(name)),
    };
    let (a, b) = (id("a").map_err(fault)?, id("b").map_err(fault)?);
    let others = fields.into_iter().map(|(name, raw)| Ok((name, serde_json::from_str(raw.get())?)));
    Ok(Pair { a, b, metadata: others.collect::<Result<_, _>>().map_err(fault)?, ..Pair::default() })
}

fn row(line: &str, delimiter: u8, header: Option<&Header>) -> Result<Pair, Reason> {
    let mut fields = columns(line, delimiter)?;
    let between = match delimiter {
        b'\t' => "tab",
        b';' => "semicolon",
        _ => "comma",
    };
    let Some(header) = header else {
        return two(fields.iter().map(String::as_str), between);
    };
    let needed = header.a.max(header.b) + 1;
    if fields.len() < needed {
        return Err(Reason::Record(format!("{} fields, where column {needed} holds an id", fields.len())));
    }
    let others = header.others.iter().filter_map(|(at, name)| Some((name.clone(), fields.get(*at)?.as_str().into())));
    let metadata = others.collect();
    let (a, b) = (std::mem::take(&mut fields[header.a]), std::mem::take(&mut fields[header.b]));
    Ok(Pair { metadata, ..two([a.as_str(), b.as_str()].into_iter(), between)? })
}

/// The fields of one row, which is one line. Between tabs, quotation marks are as any character.
fn columns(line: &str, delimiter: u8) -> Result<Vec<String>, Reason> {
    if delimiter == b'\t' {
        return Ok(line.split('\t').map(str::to_owned).collect());
    }
    match line.matches('"').count() % 2 {
        0 => fields(line.as_bytes(), delimiter),
        _ => Err(Reason::Record("a quotation mark is not closed on its line".to_owned())),
    }
}

/// The first two of `fields`, without the white space around them.
fn two<'l>(mut fields: impl Iterator<Item = &'l str>, between: &str) -> Result<Pair, Reason> {
    match (fields.next().map(str::trim), fields.next().map(str::trim)) {
        (Some(a), Some(b)) if !a.is_empty() && !b.is_empty() => {
            Ok(Pair { a: a.to_owned(), b: b.to_owned(), ..Pair::default() })
        }
        _ => Err(Reason::Record(format!("needs two ids with a {between} between them"))),
    }
}

/// Whether white space parts two words that both hold semicolons.
fn are_ids_with_semicolons(line: &str) -> bool {
    line.split_whitespace().count() == 2 && line.split_whitespace().all(|id| id.contains(';'))
}

fn plain(line: &str) -> Result<Pair, Reason> {
    match *line.split_whitespace().collect::<Vec<_>>() {
        [a, b] => Ok(Pair { a: a.to_owned(), b: b.to_owned(), ..Pair::default() }),
        [_] => Err(Reason::Record("needs two ids with white space between them".to_owned())),
        ref words => Err(Reason::Record(format!(
            "{} words where two ids are needed; put a tab between ids that hold spaces, in the whole list",
            words.len()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each pair as `a|b`, each error as its text, and the duplicates.
    fn read(list: impl Into<Vec<u8>>) -> (Vec<String>, usize) {
        let mut pairs = Pairs::new("list", std::io::Cursor::new(list.into()), &Limits::default()).unwrap();
        let read = pairs
            .by_ref()
            .map(|read| read.map_or_else(|error| error.to_string(), |pair| format!("{}|{}", pair.a, pair.b)));
        (read.collect(), pairs.duplicates())
    }

    #[test]
    fn every_form_gives_the_same_pairs() {
        let expected = (vec!["a 1|b".to_owned(), "c|d".to_owned()], 0);
        assert_eq!(read("a 1\tb\nc\td\tmore"), expected);
        assert_eq!(read("\u{feff}a 1,b\r\n# no pair\r\n\r\nc,d\r\n"), expected);
        assert_eq!(read("kind,B,A\nx,b,a 1\ny,d,c\n"), expected);
        assert_eq!(read("\"a 1\",\"b\"\nc , d\n"), expected);
        assert_eq!(read("a 1;b\nc;d;more\n"), expected);
        assert_eq!(read("b;a\nb;\"a 1\"\nd;c\n"), expected);
        assert_eq!(read("a\tkind\tb\na 1\tx\tb\nc\ty\td\n"), expected);
        assert_eq!(read("a;1 b;2\nc d\n").0, ["a;1|b;2", "c|d"]);
        assert_eq!(read("{\"a\":\"a 1\",\"b\":\"b\"}\n{\"b\":\"d\",\"a\":\"c\",\"kind\":null}"), expected);
        assert_eq!(read("# plain\nc d\n  e\tf"), (vec!["c|d".to_owned(), "e|f".to_owned()], 0));
    }

    #[test]
    fn a_pair_in_the_same_order_is_given_once() {
        assert_eq!(read("a b\nb a\na b\n"), (vec!["a|b".to_owned(), "b|a".to_owned()], 1));
        assert_eq!(read("ab c\na bc\n").1, 0);
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let (read_, _) = read(b"a b\nc\nd e f\n\xc3\x28\ng h\n");
        assert_eq!(
            read_,
            [
                "a|b",
                "list, line 2: needs two ids with white space between them",
                "list, line 3: 3 words where two ids are needed; put a tab between ids that hold spaces, in the whole list",
                "list, line 4: not UTF-8 at byte 0 of the line; convert the file to UTF-8",
                "g|h",
            ]
        );
        assert_eq!(read(b"\xff\xfea\0 \0b\0".to_vec()).0, ["list, line 1: is in UTF-16LE; convert the file to UTF-8"]);
        assert!(read("[{\"a\":\"x\",\"b\":\"y\"}]").0[0].starts_with("list, line 1: an array of JSON"));
        let (read_, _) = read("{\"a\":1,\"b\":18446744073709551616}\n{\"a\":1}\n[1,2]\n{\"a\":1,\"b\":null}");
        assert_eq!(read_[0], "1|18446744073709551616");
        assert!(read_[1].starts_with("list, line 2: missing field `b`"), "{}", read_[1]);
        assert!(read_[2].starts_with("list, line 3: invalid type: sequence"), "{}", read_[2]);
        assert!(read_[3].starts_with("list, line 4: an id must be text or a number"), "{}", read_[3]);
    }

    #[test]
    fn other_fields_of_a_pair_are_kept() {
        let list = "a,b,kind\nx,y,none\n".as_bytes();
        let pair = Pairs::new("list", list, &Limits::default()).unwrap().next().unwrap().unwrap();
        assert_eq!(pair.metadata["kind"], "none");
        assert_eq!(pair.line, 2);
    }

    proptest! {
        #[test]
        fn any_bytes_give_pairs_or_errors_one_a_line(list in proptest::collection::vec(any::<u8>(), 0..200)) {
            let lines = list.split(|&byte| byte == b'\n').count();
            let (read, duplicates) = read(list);
            prop_assert!(read.len() + duplicates <= lines);
        }

        #[test]
        fn any_list_like_text_gives_pairs_or_errors_one_a_line(list in "[ab ,\t\"{}:#\n]{0,60}") {
            let lines = list.lines().count();
            let (read, duplicates) = read(list);
            prop_assert!(read.len() + duplicates <= lines);
        }
    }
}
