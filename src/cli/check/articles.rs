//! The articles, some at a time.

use super::is_standard_input;
use crate::cli::rejected::Rejected;
use crate::cli::status::Stop;
use likewise::Document;
use likewise::read::{self, Documents, Limits};
use std::path::PathBuf;

/// Articles checked at once, and bytes of them.
const AT_ONCE: usize = 1024;
const BYTES: usize = 8 << 20;

/// The articles of all inputs, in order.
pub struct Articles {
    inputs: std::vec::IntoIter<PathBuf>,
    documents: Option<Documents>,
    /// Inputs, or records of them, that gave no article.
    pub rejected: Vec<Rejected>,
}

impl Articles {
    /// Refuses what can never be read.
    pub fn open(inputs: Vec<PathBuf>) -> Result<Self, Stop> {
        if inputs.iter().filter(|input| is_standard_input(input)).count() > 1 {
            return Err(Stop::Failure("standard input can be read once; name `-` once among the articles".to_owned()));
        }
        Ok(Self { inputs: inputs.into_iter(), documents: None, rejected: Vec::new() })
    }

    /// The next articles; none at the end.
    pub fn some(&mut self) -> Vec<Document> {
        let mut some = Vec::new();
        let mut bytes = 0;
        while some.len() < AT_ONCE && bytes < BYTES {
            let Some(document) = self.next() else { break };
            bytes += document.text.len();
            some.push(document);
        }
        some
    }

    fn next(&mut self) -> Option<Document> {
        loop {
            if let Some(documents) = &mut self.documents {
                for document in documents.by_ref() {
                    match document {
                        Ok(document) => return Some(document),
                        Err(error) => self.rejected.push(error.into()),
                    }
                }
            }
            self.documents = Some(read::documents(self.inputs.next()?, &Limits::default()));
        }
    }
}
