//! What is known of a document without reading it, in 32 bytes.

use super::NONE;
use jiff::civil::Date;

/// Bytes of [`DocumentFacts`] in a file.
pub(crate) const FACTS_BYTES: usize = 32;

/// What is known of a document without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentFacts {
    pub words: u32,
    pub date: Option<Date>,
    /// Its number among the sources of the file.
    pub source: Option<u32>,
    /// The first document with the same text, numbered as in the archive.
    pub copy_of: Option<u32>,
    /// Block that it stands in, and bytes before it there.
    pub block: u32,
    pub offset: u32,
    /// XXH3 of metadata and text: what makes it the same document again.
    pub content: u64,
}

impl DocumentFacts {
    pub fn to_bytes(self) -> [u8; FACTS_BYTES] {
        let date = self.date.map_or(i32::MIN, |date| {
            i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
        });
        let fields = [
            self.words,
            date as u32,
            self.source.unwrap_or(NONE),
            self.copy_of.unwrap_or(NONE),
            self.block,
            self.offset,
            self.content as u32,
            (self.content >> 32) as u32,
        ];
        let mut bytes = [0; FACTS_BYTES];
        for (place, field) in bytes.chunks_exact_mut(4).zip(fields) {
            place.copy_from_slice(&field.to_le_bytes());
        }
        bytes
    }

    /// `None` where a date is none.
    pub fn from_bytes(bytes: &[u8; FACTS_BYTES]) -> Option<Self> {
        let field = |at: usize| u32::from_le_bytes(bytes[4 * at..4 * at + 4].try_into().expect("four bytes"));
        let optional = |at: usize| Some(field(at)).filter(|&value| value != NONE);
        let date = match field(1) as i32 {
            i32::MIN => None,
            days => {
                let (year, rest) = (days.div_euclid(10_000), days.rem_euclid(10_000));
                Some(Date::new(i16::try_from(year).ok()?, (rest / 100) as i8, (rest % 100) as i8).ok()?)
            }
        };
        Some(Self {
            words: field(0),
            date,
            source: optional(2),
            copy_of: optional(3),
            block: field(4),
            offset: field(5),
            content: u64::from(field(6)) | u64::from(field(7)) << 32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn facts_come_back() {
        let none = DocumentFacts { words: 7, date: None, source: None, copy_of: None, block: 1, offset: 2, content: 3 };
        assert_eq!(DocumentFacts::from_bytes(&none.to_bytes()), Some(none));
        for day in [date(2024, 2, 29), date(-44, 3, 15), date(1, 1, 1), date(-9999, 1, 1), date(9999, 12, 31)] {
            let all =
                DocumentFacts { date: Some(day), source: Some(5), copy_of: Some(0), content: u64::MAX - 1, ..none };
            assert_eq!(DocumentFacts::from_bytes(&all.to_bytes()), Some(all));
        }
    }

    #[test]
    fn a_day_that_is_none_is_refused() {
        let mut bytes = [0; FACTS_BYTES];
        bytes[4..8].copy_from_slice(&20_241_332_i32.to_le_bytes());
        assert_eq!(DocumentFacts::from_bytes(&bytes), None);
    }
}
