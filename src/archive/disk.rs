//! The file system as an archive uses it: new files written from end to end and made durable, read at any place.
//!
//! Everything that changes the disk goes through [`Disk`], so that tests can let any step fail and can lose what was not
//! made durable.

use super::error::ArchiveError;
use crate::positioned::read_at;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What changes the disk.
pub(super) trait Disk: Send + Sync {
    /// A new, empty file; one that is there is emptied.
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Gives `from` the name `to`, in place of what has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// A file that is being written.
pub(super) trait NewFile: Write + Send {
    /// Makes what was written durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// The disk of the machine.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(File::create(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    /// Elsewhere a folder cannot be opened as a file, and its names are as durable as the system makes them.
    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// Bytes held before they are written.
const BUFFER: usize = 1 << 20;

/// A file that is being written: counts and hashes what goes in. What is left unfinished is removed.
pub(super) struct Writing {
    disk: Arc<dyn Disk>,
    file: Option<Box<dyn NewFile>>,
    path: PathBuf,
    buffer: Vec<u8>,
    len: u64,
    hash: Xxh3,
}

/// A file that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub bytes: u64,
    /// XXH3 of all of them.
    pub checksum: u128,
}

impl Writing {
    pub fn create(disk: &Arc<dyn Disk>, path: PathBuf) -> Result<Self, ArchiveError> {
        let file = disk.create(&path).map_err(ArchiveError::io(&path))?;
        let disk = Arc::clone(disk);
        Ok(Self { disk, file: Some(file), path, buffer: Vec::with_capacity(BUFFER), len: 0, hash: Xxh3::new() })
    }

    /// Bytes so far.
    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.len += bytes.len() as u64;
        if self.buffer.len() + bytes.len() > BUFFER {
            self.flush()?;
        }
        if bytes.len() >= BUFFER {
            self.put(bytes)
        } else {
            self.buffer.extend_from_slice(bytes);
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<(), ArchiveError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        let put = self.put(&buffer);
        buffer.clear();
        self.buffer = buffer;
        put
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.hash.update(bytes);
        let file = self.file.as_mut().expect("the file is open until it is finished");
        file.write_all(bytes).map_err(ArchiveError::io(&self.path))
    }

    /// Makes it durable. Its name is made so by the caller, for all files at once.
    pub fn finish(mut self) -> Result<Written, ArchiveError> {
        self.flush()?;
        let file = self.file.as_mut().expect("the file is open until it is finished");
        file.sync().map_err(ArchiveError::io(&self.path))?;
        self.file = None;
        Ok(Written { bytes: self.len, checksum: self.hash.digest128() })
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // A file that no manifest names is garbage: the next writer removes it if this fails.
            let _ = self.disk.remove(&self.path);
        }
    }
}

/// A part of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub offset: u64,
    pub len: u64,
    /// XXH3 of its bytes; 0 where the parts of the section have their own.
    pub checksum: u64,
}

/// A file that is read. Every read is checked against its length.
#[derive(Debug)]
pub(super) struct Stored {
    file: File,
    path: PathBuf,
    len: u64,
}

impl Stored {
    pub fn open(path: PathBuf) -> Result<Self, ArchiveError> {
        let open = || {
            let file = File::open(&path)?;
            let len = file.metadata()?.len();
            Ok((file, len))
        };
        let (file, len) = open().map_err(ArchiveError::io(&path))?;
        Ok(Self { file, path, len })
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Fills `bytes` from `offset` on.
    pub fn fill(&self, offset: u64, bytes: &mut [u8]) -> Result<(), ArchiveError> {
        if offset.checked_add(bytes.len() as u64).is_none_or(|end| end > self.len) {
            return Err(self.damaged(offset, "it ends too early"));
        }
        read_at(&self.file, offset, bytes).map_err(ArchiveError::io(&self.path))
    }

    /// `len` bytes from `offset` on.
    pub fn read(&self, offset: u64, len: u64) -> Result<Vec<u8>, ArchiveError> {
        if offset.checked_add(len).is_none_or(|end| end > self.len) {
            return Err(self.damaged(offset, "it ends too early"));
        }
        let mut bytes = vec![0; len as usize];
        self.fill(offset, &mut bytes)?;
        Ok(bytes)
    }

    /// A section, checked against its checksum.
    pub fn section(&self, section: Section) -> Result<Vec<u8>, ArchiveError> {
        let bytes = self.read(section.offset, section.len)?;
        match xxh3_64(&bytes) == section.checksum {
            true => Ok(bytes),
            false => Err(self.damaged(section.offset, "the checksum is wrong")),
        }
    }

    pub fn damaged(&self, offset: u64, what: impl Into<String>) -> ArchiveError {
        ArchiveError::Damaged { path: self.path.clone(), offset, what: what.into() }
    }

    /// Checks the whole file against its checksum.
    pub fn check(&self, checksum: u128) -> Result<(), ArchiveError> {
        let mut hash = Xxh3::new();
        let mut buffer = vec![0; BUFFER];
        let mut at = 0;
        while at < self.len {
            let part = &mut buffer[..BUFFER.min((self.len - at) as usize)];
            self.fill(at, part)?;
            hash.update(part);
            at += part.len() as u64;
        }
        match hash.digest128() == checksum {
            true => Ok(()),
            false => Err(self.damaged(0, "the checksum of the file is wrong")),
        }
    }
}
