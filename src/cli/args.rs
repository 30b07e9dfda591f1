//! The command line as clap reads it: the commands, and the groups of flags that several of them share. What belongs to
//! one command alone stands in that command's file.

use super::deferred::Deferred;
use super::status::{INTERRUPTED, help};
use super::{archive, batch, check, compare, completions, evaluate, man, scan};
use clap::builder::{PossibleValue, PossibleValuesParser, Str, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use likewise::{Options, OptionsError, Preset};
use std::fmt::Display;
use std::path::PathBuf;

const ABOUT: &str = "Finds what texts share word for word, edited, reworded or moved, and what only one side says";

const EXAMPLE: &str = "\
Example:
  likewise compare a.txt b.txt";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "likewise", version, about = ABOUT, max_term_width = 100)]
#[command(after_help = format!("{EXAMPLE}\n\n{}", help(&[0, 1, 2, 3, INTERRUPTED])))]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what two texts share and what only one of them says
    #[command(long_about = compare::ABOUT)]
    Compare(Deferred<compare::CompareArgs>),
    /// Compare many listed pairs of documents
    #[command(long_about = batch::ABOUT)]
    Batch(Deferred<batch::BatchArgs>),
    /// Find every pair of documents in a corpus that share text
    #[command(long_about = scan::ABOUT)]
    Scan(Deferred<scan::ScanArgs>),
    /// Keep documents in an archive that articles can be checked against
    #[command(long_about = archive::ABOUT)]
    Archive(archive::ArchiveArgs),
    /// Check articles against an archive: what of their wording stands there already, and is it credited
    #[command(long_about = check::ABOUT)]
    Check(Deferred<Box<check::CheckArgs>>),
    /// Measure found passages against gold ones, with PAN's measures
    #[command(long_about = evaluate::ABOUT)]
    Evaluate(Deferred<evaluate::EvaluateArgs>),
    /// Print the completions of a shell
    Completions(Deferred<completions::CompletionsArgs>),
    /// Print the manual page
    Man(Deferred<man::ManArgs>),
}

impl Command {
    /// How this command talks to the user, where it offers a choice.
    pub fn message_args(&self) -> Option<&MessageArgs> {
        match self {
            Self::Compare(args) => Some(&args.messages),
            Self::Batch(args) => Some(&args.messages),
            Self::Scan(args) => Some(&args.messages),
            Self::Archive(args) => Some(args.message_args()),
            Self::Check(args) => Some(&args.messages),
            Self::Evaluate(args) => Some(&args.messages),
            Self::Completions(_) | Self::Man(_) => None,
        }
    }
}

/// How texts are compared.
#[derive(Debug, Args)]
#[command(next_help_heading = "Comparison")]
pub struct EngineArgs {
    /// Thresholds to start from: fewer and surer passages, the measured defaults, or more of them, some by chance
    #[arg(long, value_name = "NAME", value_parser = named(Preset::ALL, Preset::name), default_value = "default")]
    pub preset: Preset,

    #[arg(long, value_name = "K", value_parser = whole, help = with_default(
        "Words in a shingle, the unit of exact matching, 1 to 32", |options| options.shingle))]
    pub shingle: Option<usize>,

    #[arg(long, value_name = "K", value_parser = whole, hide_short_help = true, help = with_default(
        "Characters in a shingle of Chinese or Japanese text, 1 to 64", |options| options.character_shingle))]
    pub character_shingle: Option<usize>,

    #[arg(long, value_name = "N", value_parser = whole, help = with_default(
        "Fewest words in a passage, 1 to 10000", |options| options.min_words))]
    pub min_words: Option<usize>,

    #[arg(long, value_name = "SHARE", value_parser = fraction, hide_short_help = true, help = with_default(
        "Share of words that must match in order for a passage to be edited rather than reworded, 0 to 1",
        |options| options.edited))]
    pub edited: Option<f64>,

    #[arg(long, value_name = "COSINE", value_parser = fraction, hide_short_help = true, help = with_default(
        "Likeness from which a sentence speaks for a reworded passage, 0 to 1", |options| options.reworded))]
    pub reworded: Option<f64>,

    #[arg(long, value_name = "WORDS", value_parser = number, hide_short_help = true, help = with_default(
        "How much must speak for a reworded passage: each of its sentences gives its words times its likeness above \
         --reworded, and the sum must reach this, 0 to 1000; a higher one gives fewer passages", |options| options.evidence))]
    pub evidence: Option<f64>,

    #[arg(long, value_name = "SHARE", value_parser = fraction, help = with_default(
        "Least similarity of a passage, 0 to 1", |options| options.similarity))]
    pub similarity: Option<f64>,

    /// Threads to use, 1 to 1024 [default: one per processor]; the output does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// A threshold's help, with what it is unless set: by the default preset, and by others that differ from it.
fn with_default<T: Display + PartialEq>(help: &str, threshold: impl Fn(&Options) -> T) -> String {
    let default = threshold(&Options::default());
    let others = Preset::ALL.into_iter().filter_map(|preset| {
        let value = threshold(&Options::preset(preset));
        (value != default).then(|| format!("; {}: {value}", preset.name()))
    });
    format!("{help} [default: {default}{}]", others.collect::<String>())
}

impl EngineArgs {
    /// The engine's options: the preset's, and what was said otherwise.
    pub fn options(&self) -> Result<Options, OptionsError> {
        let preset = Options::preset(self.preset);
        let options = Options {
            shingle: self.shingle.unwrap_or(preset.shingle),
            character_shingle: self.character_shingle.unwrap_or(preset.character_shingle),
            min_words: self.min_words.unwrap_or(preset.min_words),
            edited: self.edited.unwrap_or(preset.edited),
            reworded: self.reworded.unwrap_or(preset.reworded),
            evidence: self.evidence.unwrap_or(preset.evidence),
            similarity: self.similarity.unwrap_or(preset.similarity),
            ..preset
        };
        options.check().map(|()| options)
    }

    /// Starts as many threads as were asked for. When none were, rayon starts its own with the first work for them.
    pub fn start_threads(&self) -> Result<(), rayon::ThreadPoolBuildError> {
        match self.threads {
            Some(threads) => rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global(),
            None => Ok(()),
        }
    }
}

/// A count, whatever its bounds.
pub fn whole(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "give a whole number, as 12".to_owned())
}

/// A number that is neither infinite nor none.
pub fn number(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| "give a number, as 0.5".to_owned())
}

/// A share as a number or a percentage, whatever its bounds.
pub fn fraction(text: &str) -> Result<f64, String> {
    let fraction = match text.strip_suffix('%') {
        Some(percent) => number(percent.trim()).map(|percent| percent / 100.0),
        None => number(text),
    };
    fraction.map_err(|_| "give a number, as 0.5 or 50%".to_owned())
}

/// Takes one of `all` by its name.
pub fn named<T: Copy + Send + Sync + 'static, N: Into<Str> + AsRef<str> + 'static>(
    all: impl IntoIterator<Item = T>,
    name: fn(T) -> N,
) -> impl TypedValueParser<Value = T> {
    let all: Vec<T> = all.into_iter().collect();
    let names: Vec<PossibleValue> = all.iter().map(|&one| PossibleValue::new(name(one))).collect();
    PossibleValuesParser::new(names).map(move |given| {
        let named = all.iter().copied().find(|&one| name(one).as_ref() == given);
        named.expect("only names pass")
    })
}

/// What the user is told meanwhile, and where more flags come from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages and settings")]
pub struct MessageArgs {
    /// Show progress on standard error; `auto`: when it is a terminal
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    pub progress: When,

    /// Use colour; `auto`: on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    pub color: When,

    /// Show no warnings, notes or progress, only errors
    #[arg(long)]
    pub quiet: bool,

    /// Read flags from a TOML file, as `min-words = 12`; a flag on the command line wins
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// When to do a thing that suits a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

impl When {
    /// Makes this the choice for colour, on standard output and error alike.
    pub fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn numbers_are_told_how_to_be_written() {
        assert_eq!((whole("12"), number("-1.5"), number("1e3")), (Ok(12), Ok(-1.5), Ok(1000.0)));
        assert_eq!(
            (fraction("0.5"), fraction("50%"), fraction("50 %"), fraction("300%")),
            (Ok(0.5), Ok(0.5), Ok(0.5), Ok(3.0))
        );
        for wrong in ["-3", "1e3", "1.5", "", "many"] {
            assert_eq!(whole(wrong), Err("give a whole number, as 12".to_owned()), "{wrong}");
        }
        for wrong in ["nan", "inf", "", "%", "half", "50 percent"] {
            assert_eq!(fraction(wrong), Err("give a number, as 0.5 or 50%".to_owned()), "{wrong}");
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_threshold_tells_its_default_and_that_of_other_presets() {
        assert_eq!(with_default("Words", |options| options.shingle), "Words [default: 5]");
        let least = with_default("Least", |options| options.min_words);
        assert_eq!(least, "Least [default: 8; strict: 12; loose: 6]");
    }
}
