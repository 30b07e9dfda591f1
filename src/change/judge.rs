//! The changes of a passage: facts of its units read, set off, and what is left judged.

mod contrast;
mod denied;
mod evidence;
mod lone;
mod merge;
mod reconcile;
mod unit;
mod values;

use super::fact::Source;
use super::kind::{Change, ChangeKind, Harmless, HarmlessReason};
use super::quiet::ToRead;
use super::signs::Signs;
use super::unit::{Mates, Unit, displaced, units};
use crate::draft::Draft;
use crate::passage::{Kind, Passage};
use crate::span::Span;
use crate::text::Tokenised;
use lone::{Lone, crossed as crossed_values, unmet, unread};
use rayon::prelude::*;
use unit::UnitJudge;

/// Fills in what the edits of a passage do to its meaning. Verbatim passages cost nothing. The two orders of a pair give
/// mirrored changes: `turned` says that A and B stand the other way round than they are worked on.
pub(crate) fn judge(passage: &mut Passage, draft: &Draft, a: Source<'_>, b: Source<'_>, turned: bool) {
    if passage.kind == Kind::Verbatim {
        return;
    }
    if turned {
        let judged = Judged::of(&draft.clone().mirrored(), b, a);
        passage.changes = judged.changes.into_iter().map(mirrored).collect();
        passage.harmless = judged.harmless.into_iter().map(|it| Harmless { a: it.b, b: it.a, ..it }).collect();
    } else {
        let judged = Judged::of(draft, a, b);
        (passage.changes, passage.harmless) = (judged.changes, judged.harmless);
    }
    passage.changes.sort_by_key(|change| (change.a, change.b, change.kind));
    passage.harmless.sort_by_key(|harmless| (harmless.a, harmless.b, harmless.reason));
    passage.harmless.dedup();
}

fn mirrored(change: Change) -> Change {
    Change { a: change.b, b: change.a, sentence_a: change.sentence_b, sentence_b: change.sentence_a, ..change }
}

/// What tokens are matched to: in order alone, and in clauses that stand elsewhere as well.
#[derive(Debug, Clone, Copy)]
struct Matched<'m> {
    in_order: &'m Mates,
    across: &'m Mates,
}

/// Tokens of a passage in which a value that only one side states may stand for one of another sentence.
const SHORT: usize = 160;

/// Units that one thread judges at a time.
const UNITS: usize = 1024;

/// What came of a passage.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Judged {
    pub changes: Vec<Change>,
    pub harmless: Vec<Harmless>,
}

/// Says what of a unit has to be read.
type Asked = fn(&Unit, Source<'_>, Source<'_>, (&Signs, &Signs), &Mates) -> ToRead;

impl Judged {
    fn of(draft: &Draft, a: Source<'_>, b: Source<'_>) -> Self {
        Self::by(draft, a, b, ToRead::of)
    }

    pub(super) fn by(draft: &Draft, source_a: Source<'_>, source_b: Source<'_>, asked: Asked) -> Self {
        let (a, b) = (source_a.tokens, source_b.tokens);
        let mates = Mates::new(draft);
        let mut judged = Self::default();
        let mut lone = Vec::new();
        let units = units(draft, &mates, a, b);
        let crossed = mates.crossed(&units, a, b);
        let mates = Matched { in_order: &mates, across: crossed.as_ref().unwrap_or(&mates) };
        let judge = |units: &[Unit]| {
            let (mut judged, mut lone) = (Self::default(), Vec::new());
            units.iter().for_each(|unit| judged.unit(unit, (source_a, source_b), mates, asked, &mut lone));
            (judged, lone)
        };
        // A passage may be a whole book.
        let parts =
            if units.len() > 2 * UNITS { units.par_chunks(UNITS).map(judge).collect() } else { vec![judge(&units)] };
        for (part, alone) in parts {
            judged.changes.extend(part.changes);
            judged.harmless.extend(part.harmless);
            lone.extend(alone);
        }
        let short = draft.a.len().max(draft.b.len()) <= SHORT;
        let displaced = if short { displaced(draft, mates.in_order, a, b) } else { Vec::new() };
        for sentence in &displaced {
            let Self { changes, harmless } = Self::by(sentence, source_a, source_b, asked);
            judged.changes.extend(changes);
            judged.harmless.extend(harmless);
        }
        if short {
            let in_a = units.iter().map(|unit| &unit.a).chain(displaced.iter().map(|sentence| &sentence.a));
            let in_b = units.iter().map(|unit| &unit.b).chain(displaced.iter().map(|sentence| &sentence.b));
            lone.extend(unread(source_a, &draft.a, in_a.collect(), true));
            lone.extend(unread(source_b, &draft.b, in_b.collect(), false));
        }
        let left = unmet(lone);
        let values = if short { crossed_values(&left, a, b) } else { Vec::new() };
        let is_told = |lone: &Lone| values.iter().any(|(x, y)| [x.span, y.span].contains(&lone.fact.span));
        judged.changes.extend(left.iter().filter(|lone| !is_told(lone)).filter_map(|lone| lone.change));
        judged.changes.extend(values.iter().map(|(x, y)| unit::value_changed((x, a), (y, b))));
        join(&mut judged.changes, a, b);
        // A date that reads the same is the same, whatever it was paired for. A number may read the same and mean more: grew to
        // twice, grew by twice.
        let is_same = |change: &Change| !change.a.is_empty() && change.a.of(a.text) == change.b.of(b.text);
        judged.changes.retain(|change| change.kind != ChangeKind::Date || !is_same(change));
        judged.changes.retain(|change| a.span_of(&draft.a).holds(change.a) && b.span_of(&draft.b).holds(change.b));
        judged
    }
}

impl Judged {
    /// Judges a unit, of which no more is read than has to be.
    fn unit(
        &mut self,
        unit: &Unit,
        (a, b): (Source<'_>, Source<'_>),
        mates: Matched<'_>,
        asked: Asked,
        lone: &mut Vec<Lone>,
    ) {
        let signs_a = Signs::of(a.tokens, unit.a.clone());
        let signs_b = signs_a.as_ref().and_then(|_| Signs::of(b.tokens, unit.b.clone()));
        let signs = signs_a.as_ref().zip(signs_b.as_ref());
        match signs.map_or(ToRead::Whole, |signs| asked(unit, a, b, signs, mates.in_order)) {
            ToRead::Nothing(harmless) => return self.harmless.extend(harmless),
            ToRead::Near(near_a, near_b) => {
                let near = signs.map(|signs| (signs.0.within(&near_a), signs.1.within(&near_b)));
                let (mut judged, mut alone) = (Self::default(), Vec::new());
                let judge = UnitJudge::new(unit, a, b, mates, near.as_ref().map(|near| (&near.0, &near.1)));
                judge.run(&mut judged, &mut alone);
                if !judged.asks_for_more(&alone) {
                    self.changes.extend(judged.changes);
                    self.harmless.extend(judged.harmless);
                    return lone.extend(alone);
                }
            }
            ToRead::Whole => {}
        }
        UnitJudge::new(unit, a, b, mates, signs).run(self, lone);
    }

    /// Whether what was found depends on what else the unit says: names are compared wherever they stand, "will" becomes
    /// "would" where something is said, lists and passives have other members, and what is
    /// said again elsewhere may come and go.
    fn asks_for_more(&self, lone: &[Lone]) -> bool {
        let wide = |kind| matches!(kind, ChangeKind::Name | ChangeKind::Modality | ChangeKind::Order);
        let said_again = |kind| {
            use ChangeKind::*;
            matches!(kind, Name | Attribution | Hedge | Quantifier | Unit | Currency)
        };
        let listed = |it: &Harmless| matches!(it.reason, HarmlessReason::Voice | HarmlessReason::ListOrder);
        self.changes.iter().any(|change| wide(change.kind))
            || self.harmless.iter().any(listed)
            || lone.iter().any(|lone| said_again(lone.fact.kind))
    }
}

/// Joins changes of one kind that touch on both sides: one date in several parts, one phrase in several words.
fn join(changes: &mut Vec<Change>, a: &Tokenised<'_>, b: &Tokenised<'_>) {
    changes.sort_by_key(|change| (change.kind, change.a, change.b));
    let touches = |x: Span, y: Span, text: &Tokenised<'_>, date: bool| {
        let (first, last) = if x.end <= y.start { (x, y) } else { (y, x) };
        first.end <= last.start && is_thin(&text.text[first.end..last.start], date)
    };
    changes.dedup_by(|next, change| {
        let single = !matches!(
            change.kind,
            ChangeKind::Date | ChangeKind::Negation | ChangeKind::Hedge | ChangeKind::Modality | ChangeKind::Quantifier
        );
        let one_sided = |change: &Change| change.a.is_empty() || change.b.is_empty();
        let date = change.kind == ChangeKind::Date;
        let kinds = (change.kind, next.kind);
        if is_one_value(kinds, change.a, next.a, a) && is_one_value(kinds, change.b, next.b, b) {
            (change.a, change.b) = (change.a.hull(next.a), change.b.hull(next.b));
            return true;
        }
        let parts = date || one_sided(change) || one_sided(next);
        if single
            || !parts
            || change.kind != next.kind
            || !touches(change.a, next.a, a, date)
            || !touches(change.b, next.b, b, date)
        {
            return false;
        }
        (change.a, change.b) = (change.a.hull(next.a), change.b.hull(next.b));
        change.severity = change.severity.min(next.severity);
        true
    });
}

/// Whether two values of a side are one: the numbers of a score, 3-1 or 9대 4; days that share a month, 6–7 September.
fn is_one_value(kinds: (ChangeKind, ChangeKind), x: Span, y: Span, text: &Tokenised<'_>) -> bool {
    let between = text.text.get(x.end..y.start).unwrap_or_default().trim_matches(' ');
    match kinds {
        (ChangeKind::Number, ChangeKind::Number) => matches!(between, "대" | "比" | "-" | "–"),
        (ChangeKind::Date, ChangeKind::Date) => {
            let bare = x.of(text.text).bytes().all(|byte| byte.is_ascii_digit());
            bare && matches!(between, "-" | "–" | "to" | "~" | "～" | "至")
        }
        _ => false,
    }
}

/// Longest text between two parts of one change, in bytes.
const THIN: usize = 24;

/// Whether there is next to nothing between two parts of a change: marks, a word or two; in dates marks and "of" alone.
fn is_thin(between: &str, date: bool) -> bool {
    if between.len() > THIN {
        return false;
    }
    let words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let small = words.clone().all(|word| matches!(word, "of" | "on" | "the" | "in" | "at"));
    let few = words.count() <= 2 && !between.contains([';', '.', '。', '；', '，']);
    let range = between != "-" && between.contains(['-', '–', '~', '～', '至']);
    few && (small || !date) && !(date && range)
}

#[cfg(test)]
mod tests {
    use crate::change::ChangeKind;
    use crate::{Document, Options, compare};

    /// The kinds of the changes between two texts, sorted.
    fn kinds(a: &str, b: &str) -> Vec<ChangeKind> {
        let (a, b) = (Document::new("a", a), Document::new("b", b));
        let found = compare(&a, &b, &Options::default());
        let changes = found.passages.iter().flat_map(|passage| &passage.changes);
        let mut kinds: Vec<_> = changes.map(|change| change.kind).collect();
        kinds.sort_unstable();
        kinds
    }

    #[test]
    fn every_rule_fires_where_it_should_and_not_elsewhere() {
        let files = [include_str!("cases/en.txt"), include_str!("cases/ko.txt"), include_str!("cases/zh.txt")];
        let mut wrong = String::new();
        for line in files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split("||").map(str::trim).collect();
            let [a, b, expected] = parts[..] else { panic!("three parts: {line}") };
            for (a, b) in [(a, b), (b, a)] {
                let found: Vec<_> = kinds(a, b).into_iter().map(ChangeKind::name).collect();
                if found.join(" ") != expected {
                    wrong += &format!("{a}\n{b}\n  found {found:?}, not {expected:?}\n");
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}
