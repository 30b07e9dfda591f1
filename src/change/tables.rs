//! The words of the data files, which the program that builds this one reads, folds and sorts (`build/`).

use super::hashed::Hashed;
use super::items::{Cue, Group, Josa, Lexicon, Pattern, Tail};
use super::kind::ChangeKind;
use super::names::{Listed, Words};
use super::openings::Openings;
use super::prefixes::{Prefixes, Word};
use super::value::category::Category;
use super::value::{Lexicon as Values, Meaning};

include!(concat!(env!("OUT_DIR"), "/words.rs"));
