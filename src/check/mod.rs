//! One article against an archive: what wording stands there already, where, and since when.
//!
//! The stages, in the order of [`Checker::check`]:
//!
//! | stage | question | module |
//! |---|---|---|
//! | read | which fingerprints has the article? | `article` |
//! | look-up | which texts have them, and how much does that say? | `lookup` |
//! | choice | which texts are read? | `choose`, `printing` |
//! | examination | do they share a stretch, and what else? | `examine` |
//! | weight | how rare is the wording, is it a source's boilerplate? | `weigh` |
//! | credit | does the article say where it is from? | [`credit`](crate::credit) |
//! | groups | which documents have the same stretch, and which explains it? | `group` |
//! | rank | what does each explain? | `rank` |
//! | relation | how did the two come to share it? | `relation` |
//!
//! An archive is anything that implements [`archive::Index`](crate::archive::Index); [`MemoryIndex`] is one in memory.

mod article;
mod candidate;
mod checker;
mod choose;
mod examine;
mod group;
mod lookup;
mod memory;
mod options;
mod printing;
mod ranges;
mod rank;
mod relation;
mod result;
mod weigh;

pub use checker::{Checker, Scratch};
pub use memory::MemoryIndex;
pub use options::{CheckOptions, Exclusion};
pub use relation::{Direction, Evidence, Relation};
pub use result::{Boilerplate, Checked, Copies, Figures, Group, LeftOut, Match, MatchedPassage, Member, Printing};
