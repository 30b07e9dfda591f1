//! The tokens of every document, four bytes each, in memory or on disk: what candidates are checked with.

use super::error::CorpusError;
use super::spill::{Extent, SpillFile};
use std::path::Path;

/// Where the tokens of a document stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenPlace {
    pub block: u32,
    pub start: u32,
    pub len: u32,
}

/// Blocks of tokens: held up to a bound, then on disk.
#[derive(Debug)]
pub(crate) struct TokenStore {
    blocks: Vec<Block>,
    held: usize,
    budget: usize,
    file: Option<SpillFile>,
}

#[derive(Debug)]
enum Block {
    Held(Box<[u32]>),
    Written(Extent),
}

impl TokenStore {
    /// An empty store that holds up to `budget` bytes in memory.
    pub(crate) fn new(budget: usize) -> Self {
        Self { blocks: Vec::new(), held: 0, budget, file: None }
    }

    /// Bytes that went to disk.
    pub(crate) fn spilled(&self) -> u64 {
        self.file.as_ref().map_or(0, SpillFile::len)
    }

    /// Adds a block, whose index is that of the blocks before it plus one.
    ///
    /// # Errors
    ///
    /// When it must go to a file in `folder` that cannot be written.
    pub(crate) fn push(&mut self, tokens: Vec<u32>, folder: &Path) -> Result<u32, CorpusError> {
        let bytes = size_of_val(&tokens[..]);
        let block = if self.held + bytes <= self.budget {
            self.held += bytes;
            Block::Held(tokens.into_boxed_slice())
        } else {
            self.write(&tokens, folder)?
        };
        self.blocks.push(block);
        Ok(self.blocks.len() as u32 - 1)
    }

    /// Holds no more than `budget` bytes from now on. What is over it goes to disk, the last blocks first.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::push`].
    pub(crate) fn limit(&mut self, budget: usize, folder: &Path) -> Result<(), CorpusError> {
        self.budget = budget;
        for at in (0..self.blocks.len()).rev() {
            if self.held <= budget {
                break;
            }
            if let Block::Held(tokens) = &mut self.blocks[at] {
                let tokens = std::mem::take(tokens);
                self.held -= size_of_val(&tokens[..]);
                self.blocks[at] = self.write(&tokens, folder)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, tokens: &[u32], folder: &Path) -> Result<Block, CorpusError> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(SpillFile::create(folder)?),
        };
        Ok(Block::Written(file.append(bytemuck::cast_slice(tokens))?))
    }

    /// The tokens at `place`; `buffer` is for those on disk.
    ///
    /// # Errors
    ///
    /// When what was written cannot be read.
    pub(crate) fn read<'s>(&'s self, place: TokenPlace, buffer: &'s mut Vec<u32>) -> Result<&'s [u32], CorpusError> {
        let (start, len) = (place.start as usize, place.len as usize);
        match &self.blocks[place.block as usize] {
            Block::Held(tokens) => Ok(&tokens[start..start + len]),
            Block::Written(extent) => {
                buffer.clear();
                buffer.resize(len, 0);
                let part = Extent { offset: extent.offset + 4 * start as u64, len: 4 * len };
                let file = self.file.as_ref().expect("what was written is in a file");
                file.read(part, bytemuck::cast_slice_mut(buffer))?;
                Ok(buffer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_from_memory_and_from_disk() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = TokenStore::new(4 * 1500);
        for block in 0..3_u32 {
            let tokens = (block * 1000..block * 1000 + 1000).collect();
            assert_eq!(store.push(tokens, folder.path()).unwrap(), block);
        }
        for spilled in [8000, 12000] {
            assert_eq!(store.spilled(), spilled);
            for block in 0..3 {
                let place = TokenPlace { block, start: 10, len: 5 };
                let expected: Vec<u32> = (block * 1000 + 10..block * 1000 + 15).collect();
                assert_eq!(store.read(place, &mut Vec::new()).unwrap(), expected);
            }
            // What is held goes to disk when there is less room for it.
            store.limit(3999, folder.path()).unwrap();
        }
    }
}
