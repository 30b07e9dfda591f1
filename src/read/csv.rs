//! CSV: one document a row, under a header that names `id` and `text`; the other columns are its metadata.

use super::error::Reason;
use super::jsonl::checked_id;
use super::limits::Limits;
use super::lines::{Line, Lines, wide_mark, without_return};
use super::records::{Record, Records};
use super::source::Source;
use crate::document::Document;
use std::path::{Path, PathBuf};

/// What may stand between fields: the one that finds `id` and `text` in the header is taken.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// The documents of a CSV file, in order. A bad row is an error and the rest goes on; a quotation mark that is never
/// closed ends the file, since nothing tells where its rows begin again.
pub(super) struct CsvRows {
    lines: Lines<Source>,
    path: PathBuf,
    limits: Limits,
    header: Option<Header>,
    ended: bool,
}

/// The columns of the file.
struct Header {
    delimiter: u8,
    names: Vec<String>,
    id: usize,
    text: usize,
}

/// A row as it stands in the file, with the line it begins on.
type Row = (Option<usize>, Result<Vec<u8>, Reason>);

impl CsvRows {
    pub fn new(source: Source, path: PathBuf, limits: &Limits) -> Self {
        Self { lines: Lines::new(source, limits.line_bytes), path, limits: limits.clone(), header: None, ended: false }
    }

    /// The next row, which is several lines when a quoted field holds line ends.
    fn next_row(&mut self) -> Option<Row> {
        let delimiter = self.header.as_ref().map_or(b',', |header| header.delimiter);
        let limit = self.limits.line_bytes;
        let (mut row, mut first, mut quotes) = (Vec::new(), None, Quotes::Start);
        loop {
            let (number, line) = match self.lines.next() {
                Ok(Some(numbered)) => numbered,
                Ok(None) if first.is_none() => return None,
                Ok(None) => {
                    return self.end(first, Reason::Record("a quotation mark is opened and never closed".to_owned()));
                }
                Err(error) => return self.end(first, self.lines.get_ref().reason(error)),
            };
            let begun = *first.get_or_insert(number);
            match line {
                Line::Bytes(line) if row.len() + line.len() <= limit => {
                    quotes = quotes.after(line, delimiter);
                    row.extend_from_slice(line);
                }
                _ if number == begun => return Some((first, Err(Reason::LongLine { limit }))),
                _ => return self.end(first, Reason::LongLine { limit }),
            }
            if quotes != Quotes::Inside {
                return Some((first, Ok(row)));
            }
            row.push(b'\n');
        }
    }

    /// Ends the file with an error.
    fn end(&mut self, line: Option<usize>, reason: Reason) -> Option<Row> {
        self.ended = true;
        Some((line, Err(reason)))
    }

    /// The record in `row`; `None` for the header and for empty rows.
    fn record(&mut self, row: &[u8]) -> Result<Option<Document>, Reason> {
        let row = without_return(row);
        let Some(header) = &self.header else {
            if let Some(encoding) = wide_mark(row) {
                self.ended = true;
                return Err(Reason::Encoding(encoding));
            }
            self.header = Some(Header::of(row).inspect_err(|_| self.ended = true)?);
            return Ok(None);
        };
        if row.is_empty() {
            return Ok(None);
        }
        header.document(fields(row, header.delimiter)?, &self.path).map(Some)
    }
}

impl Iterator for CsvRows {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.ended {
            let Some((line, row)) = self.next_row() else {
                self.ended = true;
                break;
            };
            match row.and_then(|row| self.record(&row)) {
                Ok(None) => {}
                Ok(Some(document)) => return Some((line, Ok(document))),
                Err(reason) => return Some((line, Err(reason))),
            }
        }
        None
    }
}

impl Records for CsvRows {
    fn digest(&self) -> Option<[u8; 32]> {
        self.ended.then(|| self.lines.get_ref().digest())
    }
}

impl Header {
    fn of(row: &[u8]) -> Result<Self, Reason> {
        let mut seen = Vec::new();
        for delimiter in DELIMITERS {
            let names: Vec<_> = fields(row, delimiter)?.iter().map(|name| name.trim().to_owned()).collect();
            let column = |wanted| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
            if let (Some(id), Some(text)) = (column("id"), column("text")) {
                return Self { delimiter, names, id, text }.checked();
            }
            if names.len() > seen.len() {
                seen = names;
            }
        }
        let first: Vec<_> = seen.iter().take(8).map(|name| format!("{:?}", shortened(name))).collect();
        let (count, first) = (seen.len(), first.join(", "));
        let fault = format!("needs the columns `id` and `text`; the first line has {count}: {first}");
        Err(Reason::Record(fault))
    }

    /// An error when two columns have one name: which of them counts?
    fn checked(self) -> Result<Self, Reason> {
        let mut names: Vec<_> = self.names.iter().map(|name| name.to_lowercase()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1] && !pair[0].is_empty()) {
            Some(pair) => Err(Reason::Record(format!("two columns are named {:?}; rename one", pair[0]))),
            None => Ok(self),
        }
    }

    fn document(&self, mut fields: Vec<String>, path: &Path) -> Result<Document, Reason> {
        if fields.len() != self.names.len() {
            let (found, columns) = (fields.len(), self.names.len());
            return Err(Reason::Record(format!(
                "{found} fields under {columns} columns; quote fields that hold delimiters"
            )));
        }
        let id = checked_id(std::mem::take(&mut fields[self.id])).map_err(Reason::Record)?;
        let text = std::mem::take(&mut fields[self.text]);
        let others = self.names.iter().zip(fields).enumerate().filter(|&(at, _)| at != self.id && at != self.text);
        let metadata = others.map(|(_, (name, field))| (name.clone(), field.into())).collect();
        Ok(Document { path: Some(path.to_owned()), metadata, ..Document::new(id, text) })
    }
}

/// The head of a name, to be shown.
fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Where a row stands with its quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// At the start of a field, where a mark opens.
    Start,
    /// In a field without marks, or behind the closing one.
    Outside,
    /// Between marks: line ends and delimiters are text.
    Inside,
    /// Behind a mark between marks: it closes, unless another follows.
    Closing,
}

impl Quotes {
    /// The state behind one more line of a row.
    fn after(self, line: &[u8], delimiter: u8) -> Self {
        line.iter().fold(self, |state, &byte| match (state, byte) {
            (Self::Start | Self::Closing, b'"') => Self::Inside,
            (Self::Inside, b'"') => Self::Closing,
            (Self::Inside, _) => Self::Inside,
            (_, byte) if byte == delimiter => Self::Start,
            _ => Self::Outside,
        })
    }
}

/// The fields of one row.
pub(super) fn fields(row: &[u8], delimiter: u8) -> Result<Vec<String>, Reason> {
    let row = std::str::from_utf8(row).map_err(|error| Reason::NotUtf8 { at: error.valid_up_to() })?;
    if !row.contains('"') {
        return Ok(row.split(char::from(delimiter)).map(str::to_owned).collect());
    }
    let mut rows = csv::ReaderBuilder::new();
    let rows = rows.has_headers(false).flexible(true).delimiter(delimiter);
    let row = rows.from_reader(row.as_bytes()).into_records().next().transpose();
    let row = row.map_err(|error| Reason::Record(error.to_string()))?;
    Ok(row.iter().flatten().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: impl Into<Vec<u8>>, limits: &Limits) -> CsvRows {
        let source = Source::new(std::io::Cursor::new(text.into()), limits).unwrap();
        CsvRows::new(source, "list.csv".into(), limits)
    }

    /// `id|text` of each document, and each error behind its line.
    fn read(text: impl Into<Vec<u8>>) -> Vec<String> {
        let shown = |(line, read): Record| match read {
            Ok(document) => format!("{}|{}", document.id, document.text),
            // A file that cannot be unpacked has no lines.
            Err(reason) => line.map_or_else(|| reason.to_string(), |line| format!("{line}: {reason}")),
        };
        rows(text, &Limits::default()).map(shown).collect()
    }

    #[test]
    fn any_delimiter_and_line_end_will_do() {
        for text in ["id,text\n1,a b\n", "\u{feff}Text;ID\r\na b;1\r\n", "id\tn\ttext\n\n1\t\ta b"] {
            assert_eq!(read(text), ["1|a b"], "{text:?}");
        }
    }

    #[test]
    fn a_quoted_field_keeps_its_lines_as_they_stand() {
        assert_eq!(read("id,text\n1,\"one\r\n\"\"two\"\", three\"\n2,x\n"), ["1|one\r\n\"two\", three", "2|x"]);
        assert_eq!(read("id,text\n1,he said \"no\"\n"), ["1|he said \"no\""]);
    }

    #[test]
    fn other_columns_are_metadata() {
        let document = rows("lang,id,text\nde,1,a\n", &Limits::default()).next().unwrap().1.unwrap();
        assert_eq!(document.metadata["lang"], "de");
        assert_eq!(document.metadata.len(), 1);
    }

    #[test]
    fn a_bad_row_is_named_and_the_rest_goes_on() {
        assert_eq!(
            read(b"id,text\n1\n,a\n2,\xff\n3,c\n"),
            [
                "2: 1 fields under 2 columns; quote fields that hold delimiters",
                "3: an id must not be empty",
                "4: not UTF-8 at byte 2 of the line; convert the file to UTF-8",
                "3|c",
            ]
        );
        assert_eq!(
            read("id,body\n1,a\n"),
            ["1: needs the columns `id` and `text`; the first line has 2: \"id\", \"body\""]
        );
        assert_eq!(read("id,text,Text\n1,a,b\n"), ["1: two columns are named \"text\"; rename one"]);
    }

    #[test]
    fn an_open_quotation_mark_is_named_by_the_line_it_opens_on() {
        let never = "3: a quotation mark is opened and never closed";
        assert_eq!(read("id,text\n1,a\n2,\"b\n3,c\n"), ["1|a", never]);
    }

    #[test]
    fn a_row_over_the_limit_is_refused_without_holding_it() {
        let limits = Limits { line_bytes: 20, ..Limits::default() };
        let text = format!("id,text\n1,{}\n2,b\n3,\"{}\"\n", "a".repeat(30), "c\n".repeat(30));
        let read: Vec<_> = rows(text, &limits).map(|(line, read)| (line.unwrap(), read.is_ok())).collect();
        assert_eq!(read, [(2, false), (3, true), (4, false)]);
    }

    proptest! {
        #[test]
        fn rows_agree_with_the_whole_file_read_at_once(
            table in proptest::collection::vec(("[a-z]{1,3}", "[ab\",\n\r]{0,8}"), 0..8)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["id", "text"]).unwrap();
            for (id, text) in &table {
                writer.write_record([id, text]).unwrap();
            }
            let expected: Vec<_> = table.iter().map(|(id, text)| format!("{id}|{text}")).collect();
            prop_assert_eq!(read(writer.into_inner().unwrap()), expected);
        }

        #[test]
        fn any_bytes_give_rows_or_errors(text in proptest::collection::vec(any::<u8>(), 0..200), body in "[a\",;\n\r]{0,60}") {
            let lines = text.split(|&byte| byte == b'\n').count();
            prop_assert!(read(text).len() <= lines);
            let rows = read(format!("id,text\n{body}"));
            prop_assert!(rows.len() <= body.lines().count().max(1));
        }
    }
}
