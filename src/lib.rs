//! Finds what texts say alike, and where they part: what two texts share word for word, edited, reworded or moved, and
//! what only one of them says, so that every byte of both is accounted for.
//!
//! [`compare()`] does it for two [`Document`]s. What comes back holds the [`Passage`]s, the [`Segment`]s that tile each
//! text, and [`Scores`]:
//!
//! ```
//! use likewise::{Document, EditOp, Kind, Options, compare};
//!
//! let a = Document::new("seoul", "The two sides agreed to talk to each other over the military channels.");
//! let b = Document::new("beijing", "The two sides agreed to talk with each other over the military channels.");
//! let found = compare(&a, &b, &Options::default());
//!
//! let passage = &found.passages[0];
//! assert_eq!(passage.kind, Kind::Edited);
//! let changed = passage.edits.iter().find(|edit| edit.op == EditOp::Replace).expect("a word was replaced");
//! assert_eq!((changed.a.of(&a.text), changed.b.of(&b.text)), ("to", "with"));
//! ```
//!
//! Around it: [`read`] turns files, folders and records into documents, [`report`] writes a comparison in every format,
//! [`batch`] compares many pairs in parallel, [`corpus`] finds every pair of a corpus that shares something, [`archive`] keeps
//! texts to look others up in, [`check`] compares one text with an archive and [`credit`] says whether it names its sources,
//! [`evaluate`] measures passages against labelled ones.
//!
//! # The stages
//!
//! | stage | question | modules |
//! |---|---|---|
//! | fold and tokenise | which words are the same word? | `text` |
//! | sentences | where does one statement end? | `text::sentences` |
//! | shingles, seeds | which stretches are equal? | `shingle`, `seed` |
//! | chains | which of them belong together? | `chain` |
//! | alignment | what corresponds to what? | `align`, `nearly` |
//! | rewording | who says the same in other words? | `reword` |
//! | noise | what is alike letter by letter where hardly a word is? | `letters` |
//! | drafts | what is worth reporting, and where does it end? | `draft` |
//! | passages, segments, scores | what comes out? | `segment`, `quote`, `simhash`, `similarity`, `verdict` |
//! | changes | what do the edits do to the meaning? | `change` |
//!
//! ARCHITECTURE.md has the choices, bounds and sources of each; [`trace`] shows what each made of a pair.
//!
//! # What holds
//!
//! - The same documents and [`Options`] give the same comparison, for any number of threads, and the mirrored one when they
//!   change places.
//! - Cost is near linear in the length of the texts, whatever they hold. Nothing panics on any text up to 4 GiB.
//! - A [`Span`] counts bytes of the text as it was read and falls on character boundaries; [`CharOffsets`] turns bytes into
//!   code points, which is what every written format has.
//! - The library does not print, exit or read the environment.
//!
//! # Features
//!
//! `cli` (default) is what the binary needs; leave it out with `default-features = false`.

// The data.
mod datafile;
pub mod date;
mod document;
mod options;
mod positioned;
mod span;
mod which;

// Foreign bytes to documents.
pub mod read;

// The stages, in order.
mod align;
mod chain;
mod change;
mod compare;
mod draft;
mod extent;
mod fingerprint;
mod hashes;
mod letters;
mod narrow;
mod nearly;
mod numbers;
mod quote;
mod reword;
mod seed;
mod segment;
mod shared;
mod shingle;
mod simhash;
mod similarity;
mod text;
mod trace;

// What a comparison is.
mod comparison;
mod passage;
mod unique;
mod verdict;

// Many pairs.
pub mod batch;
pub mod corpus;

// One text against many.
pub mod archive;
pub mod check;
pub mod credit;

// How good it is, and how fast its parts are.
#[doc(hidden)]
pub mod bench;
pub mod evaluate;

// What comes out.
pub mod report;

pub use change::{Change, ChangeKind, Harmless, HarmlessReason, Severity, ValuePair};
pub use compare::{compare, compare_wording};
pub use comparison::{Comparison, CutShort, Scores, Side};
pub use document::{Decoding, Document, Metadata, hexadecimal};
pub use options::{Options, OptionsError, Preset};
pub use passage::{Edit, EditOp, Kind, Passage, Segment, SegmentKind};
pub use span::{CharOffsets, Span};
pub use text::Folded;
pub use trace::{Stage, trace};
pub use unique::{Unique, UniqueSentence, unique};
pub use verdict::Verdict;

/// The examples of README.md, run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
