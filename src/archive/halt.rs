//! Ending a writer at once from another thread, as Ctrl-C does: what is committed stays whole, and nothing else stays.

use super::disk::{Disk, NewFile};
use super::lock;
use super::manifest::{self, Manifest};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The right to end a [`Writer`](super::Writer) that another thread is at work with.
#[derive(Clone)]
pub struct Halt {
    disk: Arc<Closable>,
    folder: PathBuf,
    made_folder: bool,
}

impl Halt {
    pub(super) fn new(disk: Arc<Closable>, folder: &Path, made_folder: bool) -> Self {
        Self { disk, folder: folder.to_owned(), made_folder }
    }

    /// Lets the step that is under way end, and has every later one fail; then removes what no commit names, with the folder where
    /// the writer made it and committed nothing. Meant for the end of the process: the writer is of no use any more.
    pub fn now(&self) {
        *self.disk.closed.write().unwrap_or_else(PoisonError::into_inner) = true;
        // Of an archive that cannot be read it is not known what belongs to it.
        let Ok(manifest) = Manifest::read(&self.folder) else { return };
        let named = manifest.as_ref().map_or_else(BTreeSet::new, Manifest::names);
        remove_others(&self.folder, |name| named.contains(name), |path| fs::remove_file(path));
        if manifest.is_none() && self.made_folder {
            let _ = fs::remove_file(self.folder.join(lock::NAME)).and_then(|()| fs::remove_dir(&self.folder));
        }
    }
}

/// Removes the files of an archive's folder that are its own and not `named`: an interrupted writer left them, or they were merged.
pub(super) fn remove_others(folder: &Path, named: impl Fn(&str) -> bool, remove: impl Fn(&Path) -> io::Result<()>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| manifest::is_own(name) && !named(name)) {
            // One that cannot be removed now is garbage the next time, too.
            let _ = remove(&entry.path());
        }
    }
}

/// A disk that can be closed for good.
pub(super) struct Closable {
    disk: Arc<dyn Disk>,
    closed: RwLock<bool>,
}

impl Closable {
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self { disk, closed: RwLock::new(false) }
    }

    /// Takes a step, which closing waits for; none once it is closed.
    fn step<T>(&self, step: impl FnOnce(&dyn Disk) -> io::Result<T>) -> io::Result<T> {
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        if *closed { Err(io::Error::other("the writer was ended")) } else { step(&*self.disk) }
    }
}

impl Disk for Closable {
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.step(|disk| disk.create(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|disk| disk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|disk| disk.remove(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|disk| disk.sync_folder(path))
    }
}
