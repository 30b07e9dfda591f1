//! Finds what texts say alike, and where they part.

// The data.
mod document;
mod options;
mod span;

// Foreign bytes to documents.
pub mod read;

// The stages, in order.
mod align;
mod chain;
pub mod compare;
mod draft;
pub mod passage;
mod quote;
mod reword;
mod seed;
mod segment;
mod shingle;
mod simhash;
mod text;

// Many pairs.
pub mod batch;

// How good it is.
pub mod evaluate;

// What comes out.
pub mod report;

pub use compare::{Comparison, Folded, Scores, Side, Stage, Verdict, compare, trace};
pub use document::{Decoding, Document, Metadata};
pub use options::{Options, OptionsError, Preset};
pub use passage::{Edit, EditOp, Kind, Passage, Segment, SegmentKind};
pub use span::{CharOffsets, Span};
