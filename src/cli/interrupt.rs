//! Ctrl-C: what is unfinished is removed, but for what a later run can go on from, and the process ends at once.

use super::messages::escaped;
use super::status::INTERRUPTED;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// Temporary files and folders that no one but this process knows, and that must not outlive it.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Where that lies, when there is any.
static LEFT: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Says that what is done so far lies in `folder`, for `--resume`.
pub fn leave(folder: &Path) {
    *LEFT.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder.to_owned());
}

/// What else to tell of what is left.
static KEPT: Mutex<Option<String>> = Mutex::new(None);

/// Says what stays where the run is interrupted from now on.
pub fn keep(what: String) {
    install();
    *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
}

/// What has to be done before the process ends.
static LAST: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// Has `last` done before the process ends, where the run is interrupted.
pub fn at_last(last: impl Fn() + Send + 'static) {
    install();
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(last));
}

/// Says that nothing is left for `--resume`.
pub fn leave_nothing() {
    *LEFT.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// What to tell of what is left, when there is any.
pub fn left() -> Option<String> {
    let folder = LEFT.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
    Some(format!("what was compared is kept in {}; --resume goes on from there", escaped(&folder.to_string_lossy())))
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes Ctrl-C, and what tells a process to end or that its terminal is gone, remove what is unfinished and end the
/// process with status 130. The handler runs on a thread of its own, so a comparison in full swing does not delay it; it
/// is started with the first unfinished file, because a process that writes none ends at Ctrl-C without help, and starts
/// sooner.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(set_handler);
}

fn set_handler() {
    // Without a handler Ctrl-C still ends the process; only temporary files would stay.
    let _ = ctrlc::set_handler(|| {
        // The lock is kept to the end, so that nothing is finished or begun any more.
        let paths = unfinished();
        for path in paths.iter().rev() {
            remove(path);
        }
        if let Some(last) = &*LAST.lock().unwrap_or_else(PoisonError::into_inner) {
            last();
        }
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let left = left().or(kept).map_or(String::new(), |left| format!("; {left}"));
        let _ = writeln!(io::stderr(), "\nlikewise: interrupted{left}");
        #[expect(clippy::exit, reason = "the other threads are at work and have no way to stop early")]
        std::process::exit(INTERRUPTED);
    });
}

/// Removes a file, or a folder and what is in it. Nobody can be told of a failure.
fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

/// A temporary file or folder: removed when dropped and at Ctrl-C, unless [`Unfinished::finish`] was called.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// Makes the thing with `create`, which returns it with its path, and remembers it. Ctrl-C waits meanwhile.
    pub fn create<T>(create: impl FnOnce() -> io::Result<(T, PathBuf)>) -> io::Result<(T, Self)> {
        install();
        let mut paths = unfinished();
        let (made, path) = create()?;
        paths.push(path.clone());
        Ok((made, Self { path }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its final name with `rename`. Ctrl-C comes before or after, never in between.
    pub fn finish(self, rename: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
        let mut paths = unfinished();
        rename(&self.path)?;
        paths.retain(|path| *path != self.path);
        drop(paths);
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut paths = unfinished();
        let before = paths.len();
        paths.retain(|path| *path != self.path);
        if paths.len() < before {
            remove(&self.path);
        }
    }
}

/// Runs `create`, which makes a file in an unfinished folder, while Ctrl-C waits: a folder that is being emptied must not
/// fill up again.
pub fn undisturbed<T>(create: impl FnOnce() -> T) -> T {
    let paths = unfinished();
    let made = create();
    drop(paths);
    made
}
