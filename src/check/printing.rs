//! Which documents with a text may be named for it, by what the archive knows without reading them.

use super::options::{CheckOptions, Exclusion};
use crate::archive::{ArchiveError, Facts, Index};
use crate::corpus::field::values;
use crate::document::Document;
use jiff::civil::Date;

/// The documents with one text that may be named, the earliest first, undated ones last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Printings {
    /// Numbers and dates.
    pub admitted: Vec<(u32, Option<Date>)>,
    /// Why others may not.
    pub refused: Vec<Refused>,
}

/// Why a document may not be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refused {
    /// Dated after the day asked about.
    Later,
    /// Dated before the article, in a reverse check.
    Earlier,
    /// By the exclusion with this index.
    Excluded(usize),
}

/// Judges documents for one article.
pub(super) struct Admission<'c, I: ?Sized> {
    pub index: &'c I,
    pub options: &'c CheckOptions,
    /// The article's.
    pub date: Option<Date>,
}

/// A date to sort by: undated after dated.
pub(super) fn dated_first(date: Option<Date>) -> (bool, Option<Date>) {
    (date.is_none(), date)
}

impl<I: Index + ?Sized> Admission<'_, I> {
    /// The documents with the text of document `first`.
    pub fn printings(&self, first: u32) -> Result<Printings, ArchiveError> {
        let mut printings = Printings::default();
        let copies = self.index.copies(first)?;
        for number in [first].into_iter().chain(copies) {
            let facts = self.index.facts(number)?;
            match self.refused(&facts) {
                None => printings.admitted.push((number, facts.date)),
                Some(reason) => printings.refused.push(reason),
            }
        }
        printings.admitted.sort_by_key(|&(number, date)| (dated_first(date), number));
        Ok(printings)
    }

    /// The day of the earliest of them, if there is one at all.
    pub fn earliest(&self, first: u32) -> Result<Option<Option<Date>>, ArchiveError> {
        Ok(self.printings(first)?.admitted.first().map(|&(_, date)| date))
    }

    fn refused(&self, facts: &Facts) -> Option<Refused> {
        let is_later = |day: Date| self.options.as_of.is_some_and(|as_of| day > as_of);
        let is_earlier = |day: Date| self.options.reverse && self.date.is_some_and(|date| day < date);
        match facts.date {
            Some(day) if is_later(day) => return Some(Refused::Later),
            Some(day) if is_earlier(day) => return Some(Refused::Earlier),
            _ => {}
        }
        let source = self.index.source(facts.source?).0;
        let names = |rule: &Exclusion| rule.field == "source" && rule.value == source;
        self.options.exclude.iter().position(names).map(Refused::Excluded)
    }

    /// The exclusion that a document falls under, by its id and fields.
    pub fn excluded(&self, document: &Document) -> Option<usize> {
        let has = |rule: &Exclusion| match rule.field.as_str() {
            "id" => document.id == rule.value,
            field => values(&document.metadata, &[field])[0].as_deref() == Some(&*rule.value),
        };
        self.options.exclude.iter().position(has)
    }
}
