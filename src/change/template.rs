//! Same template, different values: two texts that are one form filled in twice.
//!
//! Either all words are the same but for values (numbers, units, currencies, percentages, dates, names) and what agrees
//! with them in grammar, and at least one value differs; or most of both texts is a frame of at least [`FEWEST`] slots
//! filled differently, and most of what differs inside the frame is such slots. Two versions of one text differ in their
//! wording too, and are no template; nor are two texts of which one denies what the other says, or binds where it allows.

use super::kind::{Change, ChangeKind, Harmless, Severity, ValuePair};
use super::spans::Spans;
use crate::comparison::Side;
use crate::passage::{Edit, EditOp, Kind, Passage, SegmentKind};

/// Fewest slots of a frame around which other text may differ.
const FEWEST: usize = 5;
/// Share of each side's words that the frame must hold, reworded passages left out.
const FRAME: f64 = 0.6;
/// Share of the differences inside the frame that must be slots.
const FILLED: f64 = 0.7;

/// What fills the slots on both sides, in A's order, if the two texts are one template. Cost: linear in the edits.
pub(crate) fn template(passages: &[Passage], a: &Side<'_>, b: &Side<'_>) -> Option<Vec<ValuePair>> {
    let mut values: Vec<ValuePair> = passages.iter().flat_map(slots).collect();
    values.sort_by_key(|pair| (pair.a, pair.b, pair.kind));
    let moved = passages.iter().any(|passage| passage.moved);
    let says_more = |change: &Change| !is_value(change.kind) && change.severity != Severity::Minor;
    if values.is_empty() || moved || passages.iter().flat_map(|passage| &passage.changes).any(says_more) {
        return None;
    }
    let kept = || passages.iter().filter(|passage| passage.kind != Kind::Reworded);
    let (mut filled, mut other) = (0, 0);
    for passage in kept() {
        let known = Known::new(passage);
        for edit in passage.edits.iter().filter(|edit| edit.op != EditOp::Equal) {
            if known.is_slot(edit) {
                filled += 1;
            } else if !is_agreement(edit, a, b) && !known.is_harmless(edit) {
                other += 1;
            }
        }
    }
    let frame = |side: &Side<'_>| side.share(SegmentKind::Verbatim) + side.share(SegmentKind::Edited);
    let unique = |side: &Side<'_>| side.share(SegmentKind::Unique) > 0.0;
    let whole = other == 0 && kept().count() == passages.len() && !unique(a) && !unique(b);
    let framed = values.len() >= FEWEST
        && frame(a).min(frame(b)) >= FRAME
        && f64::from(filled) >= FILLED * f64::from(filled + other);
    (whole || framed).then_some(values)
}

/// The values of a passage that are filled in differently.
fn slots(passage: &Passage) -> impl Iterator<Item = ValuePair> {
    let both =
        passage.changes.iter().filter(|change| is_value(change.kind) && !change.a.is_empty() && !change.b.is_empty());
    both.map(|change| ValuePair { kind: change.kind, a: change.a, b: change.b })
}

fn is_value(kind: ChangeKind) -> bool {
    super::harmless::is_value(kind) || kind == ChangeKind::Name
}

/// What is known of the edits of a passage, ready to be searched.
struct Known<'p> {
    slots_a: Spans,
    slots_b: Spans,
    /// In order of their places in A.
    harmless: &'p [Harmless],
    /// Where those up to each of them end in A at the latest.
    reach: Vec<usize>,
}

impl<'p> Known<'p> {
    fn new(passage: &'p Passage) -> Self {
        let reach = passage.harmless.iter().scan(0, |reach, it| {
            *reach = it.a.end.max(*reach);
            Some(*reach)
        });
        Self {
            slots_a: Spans::new(slots(passage).map(|pair| pair.a)),
            slots_b: Spans::new(slots(passage).map(|pair| pair.b)),
            harmless: &passage.harmless,
            reach: reach.collect(),
        }
    }

    /// Whether a value lies in an edit. Cost: logarithmic.
    fn is_slot(&self, edit: &Edit) -> bool {
        self.slots_a.meets(edit.a) || self.slots_b.meets(edit.b)
    }

    /// Whether an edit lies in a harmless difference. Cost: logarithmic where those do not overlap.
    fn is_harmless(&self, edit: &Edit) -> bool {
        let count = self.harmless.partition_point(|it| it.a.start <= edit.a.start);
        let near = (0..count).rev().take_while(|&at| self.reach[at] >= edit.a.end).map(|at| &self.harmless[at]);
        near.into_iter().any(|it| it.a.holds(edit.a) && it.b.holds(edit.b))
    }
}

/// Whether an edit is no more than grammar: an article, a plural.
fn is_agreement(edit: &Edit, a: &Side<'_>, b: &Side<'_>) -> bool {
    let (x, y) = (edit.a.of(&a.document.text).to_lowercase(), edit.b.of(&b.document.text).to_lowercase());
    let small = |word: &str| {
        matches!(
            word,
            "" | "a" | "an" | "the" | "is" | "are" | "was" | "were" | "has" | "have" | "it" | "they" | "this" | "these"
        )
    };
    let plural = |one: &str, two: &str| two.strip_prefix(one).is_some_and(|ending| matches!(ending, "s" | "es"));
    small(&x) && small(&y) || plural(&x, &y) || plural(&y, &x)
}

#[cfg(test)]
mod tests {
    use crate::{Comparison, Document, Options, Verdict, compare};

    fn verdict(a: &str, b: &str) -> (Verdict, Vec<(String, String)>) {
        let (a, b) = (Document::new("a", a), Document::new("b", b));
        let found: Comparison<'_> = compare(&a, &b, &Options::default());
        let values = found.values.iter();
        let pairs = values.map(|pair| (pair.a.of(&a.text).to_owned(), pair.b.of(&b.text).to_owned()));
        (found.scores.verdict, pairs.collect())
    }

    const NOTICE: &str = "Your order of 12 lamps was sent on 4 May and will reach you at the address in Lisbon. \
        The amount of 30 euros is due within ten days. Please keep this letter with your papers.";

    #[test]
    fn texts_equal_but_for_values_are_a_template() {
        let other = NOTICE.replace("12 lamps", "9 lamps").replace("4 May", "7 June").replace("Lisbon", "Madrid");
        let (verdict, values) = verdict(NOTICE, &other);
        assert_eq!(verdict, Verdict::SameTemplate);
        let values: Vec<_> = values.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(values, [("12", "9"), ("4 May", "7 June"), ("Lisbon", "Madrid")]);
    }

    #[test]
    fn an_article_or_a_plural_that_follows_a_value_does_not_count() {
        let (one, more) = (
            "The ship took 1 passenger to the island on Friday.",
            "The ship took 3 passengers to the island on Friday.",
        );
        assert_eq!(verdict(one, more).0, Verdict::SameTemplate);
    }

    #[test]
    fn another_word_or_another_spelling_of_a_value_makes_none() {
        let reworded = NOTICE.replace("12 lamps", "9 lamps").replace("keep this letter", "throw away this letter");
        assert_ne!(verdict(NOTICE, &reworded).0, Verdict::SameTemplate);
        let respelt = NOTICE.replace("12 lamps", "twelve lamps");
        assert_ne!(verdict(NOTICE, &respelt).0, Verdict::SameTemplate);
        for (said, other) in [("will reach", "will not reach"), ("is due", "may be due"), ("Your order", "Every order")]
        {
            let other = NOTICE.replace("12 lamps", "9 lamps").replace(said, other);
            assert_ne!(verdict(NOTICE, &other).0, Verdict::SameTemplate, "{said}");
        }
    }
}
