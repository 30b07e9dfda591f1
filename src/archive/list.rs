//! The documents of an archive, one after the other, without their texts.

use super::error::ArchiveError;
use super::index::{Facts, Index};
use super::snapshot::{DocumentsPart, Snapshot};
use super::walk::{BLOCKS, Blocks, Walked, walk};
use crate::document::Metadata;

/// A document as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its number.
    pub number: u32,
    /// Its id.
    pub id: String,
    /// Its other fields.
    pub metadata: Metadata,
    /// What is known of it besides.
    pub facts: Facts,
    /// Bytes of its text.
    pub text_bytes: u64,
}

impl Snapshot {
    /// Hands every document to `take`, in order. Cost: linear in the archive; blocks are unpacked on all threads.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is damaged, and those of `take`.
    pub fn list<E: From<ArchiveError>>(&self, mut take: impl FnMut(Listed) -> Result<(), E>) -> Result<(), E> {
        let is_left = |number: u32| !self.removed.numbers.contains(number);
        let read = |part: &DocumentsPart, walked: Blocks<'_>| {
            walked?.iter().map(|walked| self.listed(part, walked)).collect::<Result<Vec<_>, _>>()
        };
        let mut stopped = None;
        let walked = walk(self, BLOCKS, &is_left, &read, &mut |_, listed: Vec<Listed>| {
            match listed.into_iter().try_for_each(&mut take) {
                Ok(()) => Ok(()),
                Err(error) => {
                    stopped = Some(error);
                    // Any error ends the walk; this one is not told.
                    Err(ArchiveError::TooMany)
                }
            }
        });
        match stopped {
            Some(error) => Err(error),
            None => walked.map_err(E::from),
        }
    }

    fn listed(&self, part: &DocumentsPart, walked: &Walked<'_>) -> Result<Listed, ArchiveError> {
        let &Walked { number, record, .. } = walked;
        let metadata = part.metadata(record.metadata)?;
        let (id, text_bytes) = (record.id.to_owned(), record.text_bytes);
        Ok(Listed { number, id, metadata, facts: self.facts(number)?, text_bytes })
    }
}
