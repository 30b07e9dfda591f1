//! A file for what does not fit in memory: written from end to end, read anywhere, gone when dropped.

use super::error::CorpusError;
use crate::positioned::read_at;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A stretch of a [`SpillFile`], in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    pub offset: u64,
    pub len: usize,
}

/// Written at its end, read anywhere, removed when dropped.
#[derive(Debug)]
pub(crate) struct SpillFile {
    file: File,
    path: PathBuf,
    len: u64,
}

/// Tells the files of one process apart.
static NEXT: AtomicUsize = AtomicUsize::new(0);

impl SpillFile {
    /// A new file in `folder`, under a name that no other has.
    pub(crate) fn create(folder: &Path) -> Result<Self, CorpusError> {
        let name = format!("spill-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = folder.join(name);
        let opened = File::options().read(true).append(true).create_new(true).open(&path);
        match opened {
            Ok(file) => {
                forget(&path);
                Ok(Self { file, path, len: 0 })
            }
            Err(source) => Err(CorpusError::Spill { path, source }),
        }
    }

    /// Bytes written.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Writes `bytes` at the end.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<Extent, CorpusError> {
        self.file.write_all(bytes).map_err(|source| CorpusError::Spill { path: self.path.clone(), source })?;
        let extent = Extent { offset: self.len, len: bytes.len() };
        self.len += bytes.len() as u64;
        Ok(extent)
    }

    /// Fills `bytes` from where `extent` begins.
    pub(crate) fn read(&self, extent: Extent, bytes: &mut [u8]) -> Result<(), CorpusError> {
        read_at(&self.file, extent.offset, bytes)
            .map_err(|source| CorpusError::Spill { path: self.path.clone(), source })
    }
}

impl Drop for SpillFile {
    fn drop(&mut self) {
        // Nobody can be told of a failure.
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes the file's name away, where an open file needs none: its space is then free when the process ends, however it ends.
#[cfg(unix)]
fn forget(path: &Path) {
    // One that keeps its name loses it when it is dropped.
    let _ = fs::remove_file(path);
}

#[cfg(not(unix))]
fn forget(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = SpillFile::create(folder.path()).unwrap();
        let first = file.append(b"one").unwrap();
        let second = file.append(b"three").unwrap();
        if cfg!(unix) {
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "one that is killed would leave its file");
        }
        let mut bytes = [0; 5];
        file.read(second, &mut bytes).unwrap();
        assert_eq!(&bytes, b"three");
        file.read(first, &mut bytes[..3]).unwrap();
        assert_eq!(&bytes[..3], b"one");
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = SpillFile::create(&folder.path().join("none")).unwrap_err();
        assert!(matches!(error, CorpusError::Spill { path, .. } if path.starts_with(folder.path().join("none"))));
    }
}
