//! Flags from a TOML file. Keys are the long names of flags; those at the top go to every command that knows them, those
//! in a table with a command's name to that command alone:
//!
//! ```toml
//! preset = "loose"
//! threads = 4
//!
//! [compare]
//! format = "unified"
//! fail-on = ["verbatim", "change:material"]
//! ```
//!
//! The flags are put on the command line before those the user gave, so that clap checks them all alike.

use super::status::chain;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use toml::{Table, Value};

/// `argv` with the flags of the configuration file that it names, if it names one.
///
/// # Errors
///
/// The file cannot be read or is no TOML, or a key names no flag or has a value that the flag does not take.
pub fn merge(command: &Command, argv: Vec<OsString>) -> Result<Vec<OsString>, String> {
    let names_config = argv.iter().any(|argument| argument.as_encoded_bytes().starts_with(b"--config"));
    if !names_config {
        return Ok(argv);
    }
    // The flags of every command have to be known.
    let mut command = command.clone();
    command.build();
    // Whatever is wrong on the command line itself is told when it is parsed for good.
    let lenient = command.clone().ignore_errors(true);
    let Ok(matches) = lenient.try_get_matches_from(&argv) else { return Ok(argv) };
    let Some((name, mut given)) = matches.subcommand() else { return Ok(argv) };
    let owner = command.find_subcommand(name).expect("clap found it");
    // A command may have commands of its own, as `archive add`; the words of the command come first.
    let (mut subcommand, mut words) = (owner, 2);
    while let Some((name, own)) = given.subcommand() {
        subcommand = subcommand.find_subcommand(name).expect("clap found it");
        (given, words) = (own, words + 1);
    }
    let path = match given.try_get_one::<std::path::PathBuf>("config") {
        Ok(Some(path)) => path.clone(),
        _ => return Ok(argv),
    };
    let file = File { path: &path, command: &command, owner: owner.get_name() };
    let flags = file.flags(subcommand, given)?;
    let (head, tail) = argv.split_at(words);
    Ok([head, &flags, tail].concat())
}

/// A configuration file, for the command line that it belongs to.
struct File<'f> {
    path: &'f Path,
    command: &'f Command,
    /// The command whose table goes with it.
    owner: &'f str,
}

impl File<'_> {
    /// The flags that the file sets for `subcommand` and that were not given.
    fn flags(&self, subcommand: &Command, given: &ArgMatches) -> Result<Vec<OsString>, String> {
        let table = self.read()?;
        let mut flags = Vec::new();
        for (arg, value) in self.settings(&table, subcommand)? {
            let words = self.words(arg, value)?;
            if given.value_source(arg.get_id().as_str()) != Some(ValueSource::CommandLine) {
                flags.extend(words);
            }
        }
        Ok(flags)
    }

    fn read(&self) -> Result<Table, String> {
        let unread = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => self.wrong("no such file"),
            _ => self.wrong(&format!("cannot be read: {}", chain(&error))),
        };
        let text = fs::read_to_string(self.path).map_err(unread)?;
        text.parse::<Table>().map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            self.wrong(&format!("line {line} is no TOML: {}", error.message()))
        })
    }

    /// The flags of `subcommand` that the table sets. Every key is checked, those for other commands as well.
    fn settings<'t>(&self, table: &'t Table, subcommand: &'t Command) -> Result<Vec<(&'t Arg, &'t Value)>, String> {
        let mut settings = Vec::new();
        for (key, value) in table {
            if let (Value::Table(own), Some(owner)) = (value, self.command.find_subcommand(key)) {
                for (key, value) in own {
                    if !knows(owner, key) {
                        return Err(self.unknown(&format!("{}.{key}", owner.get_name())));
                    }
                    if owner.get_name() == self.owner {
                        settings.extend(flag(subcommand, key).map(|arg| (arg, value)));
                    }
                }
            } else if let Some(arg) = flag(subcommand, key) {
                // The command's own table says it more exactly.
                let own = table.get(self.owner).and_then(|own| own.get(key));
                settings.extend(own.is_none().then_some((arg, value)));
            } else if !knows(self.command, key) {
                return Err(self.unknown(key));
            }
        }
        Ok(settings)
    }

    /// What to put on the command line for `arg`, checked to be what it takes.
    fn words(&self, arg: &Arg, value: &Value) -> Result<Vec<OsString>, String> {
        let name = arg.get_long().expect("flags are found by their long name");
        let wrong = |what: &str| self.wrong(&format!("key `{name}`: {what}"));
        let values = match value {
            Value::Array(values) if matches!(arg.get_action(), ArgAction::Append) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut words = Vec::new();
        for value in values {
            match (value, arg.get_action()) {
                (Value::Boolean(on), ArgAction::SetTrue) => words.extend(on.then(|| format!("--{name}").into())),
                (_, ArgAction::SetTrue) => return Err(wrong("give true or false")),
                (Value::String(text), _) => words.push(format!("--{name}={text}").into()),
                (Value::Integer(number), _) => words.push(format!("--{name}={number}").into()),
                (Value::Float(number), _) => words.push(format!("--{name}={number}").into()),
                _ => return Err(wrong("give a text or a number, or a list of them where the flag may be repeated")),
            }
        }
        let alone = Command::new("likewise").arg(arg.clone().required(false));
        match alone.no_binary_name(true).try_get_matches_from(&words) {
            Ok(_) => Ok(words),
            Err(error) => Err(wrong(first_paragraph(&error.to_string()))),
        }
    }

    fn unknown(&self, key: &str) -> String {
        self.wrong(&format!("no flag is called `{key}`; keys are the long names of flags, as `min-words`"))
    }

    fn wrong(&self, what: &str) -> String {
        format!("configuration file {}: {what}", self.path.display())
    }
}

/// The flag of `command` with the long name `key`. A file cannot name another file, and does not ask for help.
fn flag<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(key) && !matches!(key, "config" | "help" | "version"))
}

/// Whether `command` or one of its own commands has the flag.
fn knows(command: &Command, key: &str) -> bool {
    flag(command, key).is_some() || command.get_subcommands().any(|own| knows(own, key))
}

/// What is wrong, without clap's advice about the command line.
fn first_paragraph(text: &str) -> &str {
    let text = text.split("\n\n").next().unwrap_or(text);
    text.trim().trim_start_matches("error: ")
}

#[cfg(test)]
mod tests {
    use super::super::args::Arguments;
    use super::*;
    use clap::CommandFactory;

    /// The command line that comes of `argv` with a configuration file of the given text, named where `argv` says FILE.
    fn merged(toml: &str, argv: &str) -> Result<String, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), toml).unwrap();
        let path = file.path().display().to_string();
        let argv = argv.replace("FILE", &path).split(' ').map(OsString::from).collect();
        let shown = |text: &str| text.replace(&path, "FILE");
        match merge(&Arguments::command(), argv) {
            Ok(argv) => Ok(shown(&argv.join(std::ffi::OsStr::new(" ")).to_string_lossy())),
            Err(text) => Err(shown(&text)),
        }
    }

    #[test]
    fn keys_become_flags_before_those_given() {
        let toml = "min-words = 12\nquiet = true\n[compare]\nfail-on = ['verbatim', 'edited']\nfail-over = 0.5\n";
        let argv = merged(toml, "likewise compare a b --config FILE").unwrap();
        let flags = "--min-words=12 --quiet --fail-on=verbatim --fail-on=edited --fail-over=0.5";
        let mut sorted: Vec<_> = argv.split(' ').skip(2).take(5).collect();
        let mut expected: Vec<_> = flags.split(' ').collect();
        sorted.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
        assert!(argv.ends_with(" a b --config FILE"));
    }

    #[test]
    fn a_flag_on_the_command_line_wins() {
        let argv = "likewise compare a b --config=FILE --min-words 9 --fail-on edited -o x";
        assert_eq!(merged("min-words = 12\noutput = 'y'\n[compare]\nfail-on = ['verbatim']", argv).unwrap(), argv);
    }

    #[test]
    fn commands_of_a_command_have_its_table() {
        let argv = "likewise archive add a b --config FILE";
        let merged = |toml: &str| merged(toml, argv).map(|argv| argv.replace(" a b --config FILE", ""));
        let both = merged("threads = 2\n[archive]\nno-text = true").unwrap();
        assert!(
            both == "likewise archive add --threads=2 --no-text"
                || both == "likewise archive add --no-text --threads=2"
        );
        assert_eq!(merged("format = 'json'").as_deref(), Ok("likewise archive add"));
        assert!(merged("[archive]\nfail-over = 1").unwrap_err().contains("`archive.fail-over`"));
    }

    #[test]
    fn a_commands_own_table_wins_over_the_top() {
        let argv =
            merged("threads = 2\n[compare]\nthreads = 3\n[batch]\nthreads = 4", "likewise compare a b --config FILE");
        assert_eq!(argv.unwrap(), "likewise compare --threads=3 a b --config FILE");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_key_and_file() {
        let cases = [
            "min_words = 3",
            "[compare]\ndocs = 'x'",
            "threads = 9999",
            "quiet = 'yes'",
            "preset = ['loose']",
            "a = = 1",
        ];
        let told: Vec<_> = cases.map(|toml| merged(toml, "likewise compare a b --config FILE").unwrap_err()).into();
        insta::assert_snapshot!(told.join("\n"), @r"
        configuration file FILE: no flag is called `min_words`; keys are the long names of flags, as `min-words`
        configuration file FILE: no flag is called `compare.docs`; keys are the long names of flags, as `min-words`
        configuration file FILE: key `threads`: invalid value '9999' for '--threads <N>': 9999 is not in 1..=1024
        configuration file FILE: key `quiet`: give true or false
        configuration file FILE: key `preset`: give a text or a number, or a list of them where the flag may be repeated
        configuration file FILE: line 1 is no TOML: extra `=`, expected nothing
        ");
    }

    #[test]
    fn keys_of_other_commands_are_passed_over() {
        let argv = "likewise compare a b --config FILE";
        assert_eq!(merged("docs = ['x']\n[batch]\nreport = 'r'", argv).unwrap(), argv);
    }
}
