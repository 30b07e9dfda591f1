//! What each stage of the engine makes of a pair, so that wrong output can be followed to where it arose.

use crate::compare::{ReadDocument, Stages, in_order};
use crate::document::Document;
use crate::options::Options;
use crate::text::Tokenised;
use std::fmt::Write as _;

/// A stage of the engine, for [`trace`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Folded tokens with their places.
    Tokens,
    /// Sentences and the tokens in them.
    Sentences,
    /// Exact runs grown from shared shingles.
    Runs,
    /// Runs in order with small gaps.
    Chains,
    /// Chains that match well.
    Cores,
    /// Stretches of reworded sentences.
    Clusters,
    /// What becomes passages.
    Drafts,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] =
        [Self::Tokens, Self::Sentences, Self::Runs, Self::Chains, Self::Cores, Self::Clusters, Self::Drafts];

    /// The word for it in flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Sentences => "sentences",
            Self::Runs => "runs",
            Self::Chains => "chains",
            Self::Cores => "cores",
            Self::Clusters => "clusters",
            Self::Drafts => "drafts",
        }
    }
}

/// What `stage` makes of a pair, a line for each thing, so that wrong output can be followed to where it arose. Ranges
/// count tokens; the pair is worked on with the shorter text as A, which the first line names.
pub fn trace(a: &Document, b: &Document, options: &Options, stage: Stage) -> String {
    let swapped = !in_order(&a.text, &b.text);
    let (first, second) = if swapped { (b, a) } else { (a, b) };
    let mut out = format!("A = {:?}, B = {:?}\n", first.id, second.id);
    let (a, b) = ReadDocument::both(a, b);
    Stages::run(&a, &b, options, &mut |at, lines| {
        if at == stage {
            lines.write(&mut out);
        }
    });
    out
}

/// What a stage made, to be written only when asked for.
pub(crate) struct Made<'s>(&'s dyn Fn(&mut String));

impl Made<'_> {
    fn write(&self, out: &mut String) {
        (self.0)(out);
    }
}

pub(crate) type Tracer<'s> = &'s mut dyn FnMut(Stage, Made<'_>);

/// Hands each item to the tracer as a line.
pub(crate) fn note<T: std::fmt::Debug>(tracer: Tracer<'_>, stage: Stage, items: &[T]) {
    tracer(stage, Made(&|out| items.iter().for_each(|item| _ = writeln!(out, "{item:?}"))));
}

/// Tokens and sentences of both texts as lines.
pub(crate) fn note_texts(tracer: Tracer<'_>, a: &Tokenised<'_>, b: &Tokenised<'_>) {
    let sides = [("A", a), ("B", b)];
    tracer(Stage::Tokens, Made(&|out| sides.iter().for_each(|(name, text)| text.list_tokens(name, out))));
    tracer(Stage::Sentences, Made(&|out| sides.iter().for_each(|(name, text)| text.list_sentences(name, out))));
}
