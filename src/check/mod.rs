//! One article against an archive: what wording stands there already, where, and since when.

mod options;
mod relation;
mod result;

pub use options::{CheckOptions, Exclusion};
pub use relation::{Direction, Evidence, Relation};
pub use result::{Boilerplate, Checked, Copies, Figures, Group, LeftOut, Match, MatchedPassage, Member, Printing};
