//! One writer at a time: a locked file with the process id of its holder.

use super::error::ArchiveError;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Seek, Write};
use std::path::Path;
use std::time::Duration;

/// Name of the file.
pub(super) const NAME: &str = "lock";

/// What is noted before the process id: whoever reads a folder with an archive in it can tell what that is.
const MARK: &str = "likewise archive, written by process ";

/// How long a holder takes to note its process id, at most, and how often it is looked for.
const NOTED: Duration = Duration::from_millis(10);
const TRIES: usize = 20;

/// The right to write to an archive. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the archive at `folder`, or is refused at once.
    pub fn take(folder: &Path) -> Result<Self, ArchiveError> {
        let path = folder.join(NAME);
        let open = || File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let mut file = open().map_err(ArchiveError::io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ArchiveError::Locked { path: folder.to_owned(), holder: holder(&path) });
            }
            Err(TryLockError::Error(source)) => return Err(ArchiveError::Io { path, source }),
        }
        let mut note = || {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(format!("{MARK}{}\n", std::process::id()).as_bytes())
        };
        note().map_err(ArchiveError::io(&path))?;
        // One that gives up an archive removes the file: whoever had opened it before that holds a lock on nothing.
        let other = match fs::read_to_string(&path) {
            Ok(noted) => match noted_by(&noted) {
                Some(holder) if holder == std::process::id() => return Ok(Self { _file: file }),
                other => other,
            },
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            // Where a locked file cannot be read.
            Err(_) => return Ok(Self { _file: file }),
        };
        Err(ArchiveError::Locked { path: folder.to_owned(), holder: other })
    }

    /// Gives the lock up with its file, and the folder, where nothing else is in it.
    pub fn remove(self, folder: &Path) {
        // Nobody can be told of a failure, which leaves an empty archive.
        let _ = fs::remove_file(folder.join(NAME)).and_then(|()| fs::remove_dir(folder));
    }
}

/// The process id that the holder of a lock has noted.
fn holder(path: &Path) -> Option<u32> {
    let read = |_| {
        // One that has just taken the lock is about to note it, over that of the holder before.
        std::thread::sleep(NOTED);
        noted_by(&fs::read_to_string(path).ok()?)
    };
    (0..TRIES).find_map(read)
}

/// The process id in a note; none while it is being written.
fn noted_by(note: &str) -> Option<u32> {
    note.strip_suffix('\n')?.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_is_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let refused = Lock::take(folder.path()).unwrap_err();
        assert!(matches!(refused, ArchiveError::Locked { holder: Some(holder), .. } if holder == std::process::id()));
        drop(lock);
        Lock::take(folder.path()).unwrap();
    }

    #[test]
    fn a_lock_that_is_given_up_leaves_nothing_and_holds_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("archive");
        fs::create_dir(&folder).unwrap();
        Lock::take(&folder).unwrap().remove(&folder);
        assert!(!folder.exists());
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("other"), "").unwrap();
        Lock::take(&folder).unwrap().remove(&folder);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "what else is there stays");
    }
}
