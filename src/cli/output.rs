//! Results: to standard output, or to a file or folder that is there whole or not at all.

use super::interrupt::Unfinished;
use super::messages::{Messages, count};
use super::status::Stop;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What temporary names begin and end with.
const PREFIX: &str = ".likewise-";
const SUFFIX: &str = ".tmp";

/// Where one stream of results goes.
pub enum Output {
    /// Standard output, or a device: written as it comes.
    Stream { writer: BufWriter<Box<dyn Write>>, name: String },
    /// A file: written under a temporary name beside it.
    File { writer: BufWriter<File>, temporary: Unfinished, destination: PathBuf },
}

impl Output {
    /// Standard output.
    pub fn standard() -> Self {
        Self::stream(io::stdout(), "standard output".to_owned())
    }

    /// Standard output where `path` is none or `-`. A file that cannot be written to, or that is one of the run's `inputs`, is
    /// found out here, before any work.
    pub fn open<'p>(path: Option<&Path>, inputs: impl IntoIterator<Item = &'p Path>) -> Result<Self, Stop> {
        match path {
            Some(path) if path != Path::new("-") => {
                Inputs::of(inputs).spare(path)?;
                Self::at(path).map_err(|error| unwritable(path, &error))
            }
            _ => Ok(Self::standard()),
        }
    }

    fn at(path: &Path) -> io::Result<Self> {
        // Through a symbolic link to the file that it names, which need not exist yet.
        let destination = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = fs::metadata(&destination).ok();
        match &existing {
            Some(metadata) if metadata.is_dir() => return Err(io::Error::other("it is a folder; name a file in it")),
            Some(metadata) if !metadata.is_file() => {
                let device = File::options().write(true).open(&destination)?;
                return Ok(Self::stream(device, path.display().to_string()));
            }
            Some(_) => drop(File::options().append(true).open(&destination)?),
            None => {}
        }
        let (file, temporary) = temporary_file(&destination, existing.as_ref())?;
        Ok(Self::File { writer: BufWriter::with_capacity(1 << 16, file), temporary, destination })
    }

    fn stream(writer: impl Write + 'static, name: String) -> Self {
        Self::Stream { writer: BufWriter::with_capacity(1 << 16, Box::new(writer)), name }
    }

    /// Makes what was written visible under its name.
    pub fn finish(self) -> Result<(), Stop> {
        match self {
            Self::Stream { mut writer, name } => writer.flush().map_err(|error| unwritten(&name, &error)),
            Self::File { writer, temporary, destination } => writer
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(|file| file.sync_all())
                .and_then(|()| temporary.finish(|path| fs::rename(path, &destination)))
                .map_err(|error| unwritable(&destination, &error)),
        }
    }

    /// The reason to stop when writing failed.
    pub fn stop(&self, error: &io::Error) -> Stop {
        match self {
            Self::Stream { name, .. } => unwritten(name, error),
            Self::File { destination, .. } => unwritable(destination, error),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream { writer, .. } => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream { writer, .. } => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

/// A file beside `destination` that is going to take its name, with the permissions of the file there, if any.
fn temporary_file(destination: &Path, existing: Option<&Metadata>) -> io::Result<(File, Unfinished)> {
    let folder = destination.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    let permissions = existing.map(Metadata::permissions).or_else(ordinary_permissions);
    if let Some(permissions) = permissions.clone() {
        builder.permissions(permissions);
    }
    Unfinished::create(|| builder.tempfile_in(folder)?.keep().map_err(|error| error.error))
}

/// Those of any new file, which the umask narrows; a temporary file would be private to its owner.
#[cfg(unix)]
fn ordinary_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn ordinary_permissions() -> Option<fs::Permissions> {
    None
}

/// Files and folders that a run reads.
struct Inputs(Vec<PathBuf>);

impl Inputs {
    fn of<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        Self(paths.into_iter().filter_map(|path| fs::canonicalize(path).ok()).collect())
    }

    /// Refuses a place where a file stands that is one of them, or in one of them.
    fn spare(&self, place: &Path) -> Result<(), Stop> {
        let Ok(known) = fs::canonicalize(place) else { return Ok(()) };
        if !self.0.iter().any(|input| known == *input || known.parent() == Some(input)) || !known.is_file() {
            return Ok(());
        }
        let why = "it is read in this run, and would be lost; name another place";
        Err(Stop::Failure(format!("cannot write {}: {why}", place.display())))
    }
}

/// A folder of results. Files are written to a temporary folder and take their places together, at the end: a new folder
/// appears as a whole, in one that is there already file after file is replaced.
pub struct OutputFolder {
    temporary: Unfinished,
    destination: PathBuf,
    is_new: bool,
    inputs: Inputs,
}

impl OutputFolder {
    /// A folder that cannot be written to is found out here, before any work; no file in it takes the place of one of the run's
    /// `inputs`.
    pub fn open<'p>(destination: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<Self, Stop> {
        Self::at(destination, Inputs::of(inputs)).map_err(|error| unwritable(destination, &error))
    }

    fn at(destination: &Path, inputs: Inputs) -> io::Result<Self> {
        let is_new = match fs::metadata(destination) {
            Ok(metadata) if !metadata.is_dir() => return Err(io::Error::other("it is a file; name a folder")),
            Ok(_) => false,
            Err(_) => true,
        };
        let parent = destination.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let place = if is_new { parent } else { destination };
        let (_, temporary) = Unfinished::create(|| {
            let folder = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(place)?;
            Ok(((), folder.keep()))
        })?;
        Ok(Self { temporary, destination: destination.to_owned(), is_new, inputs })
    }

    /// Removes what a killed run left in the folder: the temporary one that it wrote to. Only for whom that run was.
    pub fn remove_left(&self) {
        let Ok(entries) = fs::read_dir(&self.destination) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let is_left = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
            if is_left && self.temporary.path().file_name() != Some(&*name) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// A new file in the folder; `name` may name a folder in it, as `pages/1.html`.
    pub fn create(&self, name: &str) -> Result<BufWriter<File>, Stop> {
        self.inputs.spare(&self.destination.join(name))?;
        let path = self.temporary.path().join(name);
        super::interrupt::undisturbed(|| {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create(&path)
        })
        .map(|file| BufWriter::with_capacity(1 << 16, file))
        .map_err(|error| self.stop(name, &error))
    }

    /// A new file with all its content.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Stop> {
        let mut file = self.create(name)?;
        file.write_all(bytes).and_then(|()| file.flush()).map_err(|error| self.stop(name, &error))
    }

    /// The reason to stop when writing the file `name` failed.
    pub fn stop(&self, name: &str, error: &io::Error) -> Stop {
        unwritable(&self.destination.join(name), error)
    }

    /// Warns of those of `names` that an earlier run left in the folder and that this one does not replace.
    pub fn warn_of_earlier(&self, names: &[&str], messages: &Messages) {
        let stays = |name: &&&str| self.destination.join(name).exists() && !self.temporary.path().join(name).exists();
        let earlier: Vec<&str> = names.iter().filter(stays).copied().collect();
        if !earlier.is_empty() {
            let folder = self.destination.display();
            messages.warn(&format!("{folder} still holds, from an earlier run: {}", earlier.join(", ")));
        }
    }

    /// As [`OutputFolder::finish`], of a report: pages of an earlier one go, which nothing links to any more.
    pub fn finish_report(self, messages: &Messages) -> Result<(), Stop> {
        let mut earlier: Vec<PathBuf> = Vec::new();
        for folder in PAGES {
            let entries = fs::read_dir(self.destination.join(folder)).into_iter().flatten().flatten();
            let written = self.temporary.path().join(folder);
            let is_new = |path: &Path| path.file_name().is_some_and(|name| written.join(name).exists());
            let paths = entries.map(|entry| entry.path()).filter(|path| !is_new(path) && is_page(path));
            earlier.extend(paths.filter(|path| self.inputs.spare(path).is_ok()));
        }
        let folder = self.destination.display().to_string();
        self.finish()?;
        earlier.retain(|path| fs::remove_file(path).is_ok());
        for place in earlier.iter().filter_map(|path| path.parent()) {
            // One in which anything is left stays.
            let _ = fs::remove_dir(place);
        }
        if !earlier.is_empty() {
            messages.note(&format!("{folder}: removed {} of an earlier report", count(earlier.len(), "page")));
        }
        Ok(())
    }

    /// Puts every file in its place.
    pub fn finish(self) -> Result<(), Stop> {
        let Self { temporary, destination, is_new, .. } = self;
        temporary
            .finish(|from| {
                // Another folder of this run may have taken the place meanwhile.
                if is_new && !destination.exists() {
                    return fs::rename(from, &destination);
                }
                move_files(from, &destination)
            })
            .map_err(|error| unwritable(&destination, &error))
    }
}

/// Moves every file below `from` to its place below `to`, replacing what is there, and removes `from`.
fn move_files(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&place)?;
            move_files(&entry.path(), &place)?;
        } else {
            fs::rename(entry.path(), &place)?;
        }
    }
    fs::remove_dir(from)
}

/// Where the pages of a report lie, beside its index.
const PAGES: [&str; 2] = ["clusters", "pages"];

/// Whether a file is a page of a report: named by a number as they are, and made by this program.
fn is_page(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let number = name.split(['-', '.']).next().unwrap_or_default();
    let is_numbered = number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit()) && name.ends_with(".html");
    is_numbered && likewise::read::is_own_page(path)
}

fn unwritable(path: &Path, error: &io::Error) -> Stop {
    Stop::Failure(format!("cannot write {}: {}", path.display(), reason(error)))
}

/// Why a file could not be written, without the temporary names that the user never chose.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist; make it first".to_owned(),
        io::ErrorKind::NotADirectory => "what should be its folder is a file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied; name another place".to_owned(),
        io::ErrorKind::StorageFull => "no space is left there".to_owned(),
        _ => error.to_string(),
    }
}

fn unwritten(name: &str, error: &io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::BrokenPipe,
        _ => Stop::Failure(format!("cannot write {name}: {}", reason(error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        let mut output = Output::open(Some(&path), []).unwrap();
        output.write_all(b"all of it").unwrap();
        assert!(!path.exists());
        output.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"all of it");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_given_up_leaves_the_old_one_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        fs::write(&path, "old").unwrap();
        let mut output = Output::open(Some(&path), []).unwrap();
        output.write_all(b"new").unwrap();
        drop(output);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_filled_at_the_end_and_keeps_what_else_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        for is_new in [true, false] {
            let path = folder.path().join(if is_new { "new" } else { "old" });
            if !is_new {
                fs::create_dir(&path).unwrap();
                fs::write(path.join("kept"), "kept").unwrap();
                fs::write(path.join("run.json"), "old").unwrap();
            }
            let output = OutputFolder::open(&path, []).unwrap();
            output.create("run.json").unwrap().write_all(b"{}").unwrap();
            output.create("pages/1.html").unwrap().write_all(b"<p>").unwrap();
            assert!(!path.join("pages").exists());
            output.finish().unwrap();
            assert_eq!(fs::read(path.join("run.json")).unwrap(), b"{}");
            assert_eq!(fs::read(path.join("pages/1.html")).unwrap(), b"<p>");
            assert_eq!(fs::read_dir(&path).unwrap().count(), if is_new { 2 } else { 3 });
        }
    }
}
