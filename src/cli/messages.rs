//! What the user is told on standard error. Names and text from outside are shown with their control characters escaped.

use super::args::MessageArgs;
use anstyle::{AnsiColor, Style};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write as _;

/// Most lines of one list of skipped inputs.
const LIST: usize = 10;

/// Speaks to the user, or keeps quiet.
#[derive(Debug, Default)]
pub struct Messages {
    quiet: bool,
}

impl Messages {
    /// As the arguments ask; sets the colour of both output streams.
    pub fn new(args: Option<&MessageArgs>) -> Self {
        let Some(args) = args else { return Self::default() };
        args.color.apply();
        Self { quiet: args.quiet }
    }

    /// Why the run could not be done. Shown even when quiet.
    pub fn error(&self, text: &str) {
        say("error", AnsiColor::Red, text);
    }

    /// What the user should know about an input.
    pub fn warn(&self, text: &str) {
        if !self.quiet {
            say("warning", AnsiColor::Yellow, text);
        }
    }

    /// What came of the run.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            say("note", AnsiColor::Cyan, text);
        }
    }

    /// A warning with the items it is about, the first few of them, one to a line.
    pub fn warn_list(&self, text: &str, items: &[String]) {
        let mut all = text.to_owned();
        for item in items.iter().take(LIST) {
            write!(all, "\n  {}", escaped(item)).expect("a string takes any text");
        }
        if items.len() > LIST {
            write!(all, "\n  and {} more", items.len() - LIST).expect("a string takes any text");
        }
        self.warn(&all);
    }
}

/// One message. Standard error that cannot be written to is nobody's business.
fn say(word: &str, color: AnsiColor, text: &str) {
    let style = Style::new().fg_color(Some(color.into())).bold();
    let _ = writeln!(anstream::stderr(), "likewise: {style}{word}:{style:#} {}", lines_escaped(text));
}

/// A message about wrong usage, as clap words it, or the help where nothing was asked for.
pub fn usage(text: &str) {
    let program = if text.starts_with("error: ") { "likewise: " } else { "" };
    let _ = write!(anstream::stderr(), "{program}{}", lines_escaped(text));
}

/// As [`escaped`], line breaks kept: for our own text with names in it that are escaped already, or that have no line break.
fn lines_escaped(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => format!("{}\n", escaped(line)),
            None => escaped(line).into_owned(),
        })
        .collect()
}

/// A name or text from outside, safe to show on a terminal: control, direction and invisible characters are written as `\u{..}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(unsafe_to_show) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if unsafe_to_show(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// A number of things, in words.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn unsafe_to_show(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_drive_the_terminal() {
        assert_eq!(escaped("plain ü 東京.txt"), "plain ü 東京.txt");
        assert_eq!(escaped("a\u{1b}[2Jb\u{202e}c\nd\u{9b}"), "a\\u{1b}[2Jb\\u{202e}c\\nd\\u{9b}");
    }
}
