//! A folder of its own for every test, with the files of `tests/cmd/files`.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with files, and commands that run in it.
pub struct Scene {
    folder: TempDir,
}

impl Scene {
    /// With the files that the cases in `tests/cmd` have.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/files"), folder.path());
        Self { folder }
    }

    /// `likewise` with arguments that hold no space.
    pub fn likewise(&self, arguments: &str) -> Command {
        let mut command = Command::cargo_bin("likewise").unwrap();
        command.current_dir(self.folder.path()).args(arguments.split_whitespace());
        for variable in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
            command.env_remove(variable);
        }
        command
    }

    /// What a command that ends with `status` prints on standard output.
    pub fn stdout(&self, arguments: &str, status: i32) -> String {
        let assert = self.likewise(arguments).assert().code(status);
        String::from_utf8(assert.get_output().stdout.clone()).unwrap()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// The names in a folder of the scene, hidden ones too, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
