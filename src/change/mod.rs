//! Changes: what the edits of a passage do to its meaning, and which of them do nothing.
//!
//! A passage is cut into units, sentences that belong together (`unit`), whose clauses may stand in another order (`crossing`).
//! Of each side of a unit facts are drawn
//! (`fact`): values (`value`), names (`names`), and words that deny, bind, hedge, count or attribute (`lexicon`).
//! Facts that both sides have are set off against each other wherever they stand; what is left over is paired by kind and
//! place (`pairing`) and becomes changes. What stands in a quotation goes to `misquote`; parties that changed places
//! are found by their roles (`order`); differences that are no change get their reason in `harmless`.
//!
//! Only units with edits are looked at, and of most of them only what stands near edits that may touch a fact
//! (`quiet`). Cost: near linear in their length; a unit of more facts than `pairing` takes is
//! compared by keys alone.

mod crossing;
mod fact;
mod harmless;
mod hashed;
mod items;
mod judge;
mod kind;
mod lent;
mod lexicon;
mod misquote;
mod names;
mod negation;
mod office;
mod openings;
mod order;
mod pairing;
mod pattern;
mod phrase;
mod prefixes;
mod quiet;
mod reading;
mod severity;
mod signs;
mod spans;
mod tables;
mod template;
mod tongue;
mod unit;
mod value;

pub(crate) use fact::Source;
pub(crate) use judge::judge;
pub use kind::{Change, ChangeKind, Harmless, HarmlessReason, Severity, ValuePair};
pub(crate) use names::is_korean_particle;
pub(crate) use phrase::{PhraseAt, Phrases, Wording, same_words};
pub(crate) use template::template;
