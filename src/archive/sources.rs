//! Names of sources, each once, with how many documents have it.

use rustc_hash::FxHashMap;

/// Sources, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Sources {
    all: Vec<(String, u32)>,
    known: FxHashMap<String, u32>,
}

impl Sources {
    /// Counts `documents` more of a source; returns its number.
    pub fn add(&mut self, name: &str, documents: u32) -> u32 {
        let number = match self.known.get(name) {
            Some(&number) => number,
            None => {
                let number = self.all.len() as u32;
                self.known.insert(name.to_owned(), number);
                self.all.push((name.to_owned(), 0));
                number
            }
        };
        let count = &mut self.all[number as usize].1;
        *count = count.saturating_add(documents);
        number
    }

    /// Adds those of a file; returns their numbers here.
    pub fn add_all(&mut self, sources: &[(String, u32)]) -> Vec<u32> {
        sources.iter().map(|(name, documents)| self.add(name, *documents)).collect()
    }

    /// A source has a document less.
    pub fn lose(&mut self, number: u32) {
        let count = &mut self.all[number as usize].1;
        *count = count.saturating_sub(1);
    }

    /// Names and numbers of documents, in order.
    pub fn all(&self) -> &[(String, u32)] {
        &self.all
    }

    /// The same, for good.
    pub fn into_all(self) -> Vec<(String, u32)> {
        self.all
    }
}
