//! What the reports for people tell of a check, worked out once.

use crate::check::{Checked, Direction, Evidence, Group, Match, MatchedPassage, Member, Printing, Relation};
use crate::credit::CreditClass;
use crate::date::days;
use crate::passage::Kind;
use crate::report::place::Lines;
use crate::report::wording::{count, grouped, percent};
use crate::span::Span;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// A check and what follows from it.
pub(in crate::report) struct Facts<'c> {
    pub checked: &'c Checked<'c>,
    /// Lines of the article.
    pub lines: Lines,
    /// The groups, by their place in the article.
    pub shown: Vec<Shown<'c>>,
}

/// A group as reports show it: by its best passage.
#[derive(Clone, Copy)]
pub(in crate::report) struct Shown<'c> {
    /// Counted from 1.
    pub number: usize,
    pub group: &'c Group,
    pub best: &'c MatchedPassage,
    /// The document of the best passage.
    pub source: &'c Match,
    /// The place of that document among the matches, counted from 1.
    pub rank: usize,
    /// Whether each source prints it again and again.
    pub boilerplate: bool,
}

impl<'c> Facts<'c> {
    /// Cost: linear in the article.
    pub fn new(checked: &'c Checked<'c>) -> Self {
        let shown = checked.groups.iter().enumerate().map(|(at, group)| Shown::new(checked, at, group)).collect();
        Self { checked, lines: Lines::new(&checked.article.text), shown }
    }

    /// The groups that are not boilerplate.
    pub fn counted(&self) -> impl Iterator<Item = &Shown<'c>> {
        self.shown.iter().filter(|shown| !shown.boilerplate)
    }

    /// The groups that are boilerplate.
    pub fn boilerplate(&self) -> impl Iterator<Item = &Shown<'c>> {
        self.shown.iter().filter(|shown| shown.boilerplate)
    }

    /// How many groups have each class of credit, boilerplate apart; in the order of [`CreditClass::ALL`].
    pub fn credits(&self) -> [usize; 3] {
        CreditClass::ALL.map(|class| self.counted().filter(|shown| shown.credit() == Some(class)).count())
    }

    /// The article from its first byte to its last: each tile with the index of the group it is of, none where it is of none. Where
    /// groups overlap, the longer one has the place, and one that is not boilerplate before one that is. What a member has
    /// beyond the stretch of its group is found as well, and of that group where no other has the place. Cost: that of a sort.
    pub fn tiles(&self) -> Vec<(Span, Option<usize>)> {
        let mut order: Vec<_> = (0..self.shown.len()).collect();
        let rank = |at: &usize| {
            let shown = &self.shown[*at];
            (!shown.boilerplate, shown.group.words)
        };
        order.sort_by_key(rank);
        let member = |&member: &Member| self.checked.passage(member).passage.a;
        let beyond = order.iter().flat_map(|&at| self.shown[at].group.members.iter().map(move |it| (member(it), at)));
        let stretches = order.iter().map(|&at| (self.shown[at].group.span, at));
        paint(self.checked.article.text.len(), beyond.chain(stretches))
    }
}

/// Tiles of `0..length`, where later spans are painted over earlier ones.
fn paint(length: usize, spans: impl Iterator<Item = (Span, usize)> + Clone) -> Vec<(Span, Option<usize>)> {
    let mut events: Vec<_> = spans
        .enumerate()
        .filter(|(_, (span, _))| !span.is_empty())
        .flat_map(|(layer, (span, value))| [(span.start, true, layer, value), (span.end, false, layer, value)])
        .collect();
    events.sort_unstable();
    let mut open = std::collections::BTreeMap::new();
    let mut tiles: Vec<(Span, Option<usize>)> = Vec::new();
    let mut at = 0;
    for (place, begins, layer, value) in events.into_iter().chain([(length, true, 0, 0)]) {
        let top = open.last_key_value().map(|(_, &value)| value);
        match tiles.last_mut() {
            _ if place == at => {}
            Some((last, value)) if *value == top => last.end = place,
            _ => tiles.push((Span::new(at, place), top)),
        }
        at = place;
        if begins {
            open.insert(layer, value)
        } else {
            open.remove(&layer)
        };
    }
    tiles
}

impl<'c> Shown<'c> {
    /// Where else it stands, the earliest first: of a source that has it twice one place.
    pub fn others(&self) -> Vec<Member> {
        let Group { members, best, .. } = self.group;
        let mut known = FxHashSet::from_iter([members[*best].source]);
        members.iter().copied().filter(|member| known.insert(member.source)).collect()
    }

    fn new(checked: &'c Checked<'c>, at: usize, group: &'c Group) -> Self {
        let best = checked.best(group);
        Self {
            number: at + 1,
            group,
            best: checked.passage(best),
            source: &checked.matches[best.source],
            rank: best.source + 1,
            boilerplate: group.members.iter().all(|&member| checked.passage(member).boilerplate.is_some()),
        }
    }

    pub fn kind(&self) -> Kind {
        self.best.passage.kind
    }

    pub fn credit(&self) -> Option<CreditClass> {
        self.best.credit.as_ref().map(|credit| credit.class)
    }

    /// Kind and likeness: `edited, 86 % alike`.
    pub fn likeness(&self) -> String {
        likeness(self.best)
    }
}

/// Kind and likeness of a passage.
pub(in crate::report) fn likeness(matched: &MatchedPassage) -> String {
    match matched.passage.kind {
        Kind::Verbatim => "verbatim".to_owned(),
        kind => format!("{}, {} alike", kind.name(), percent(matched.passage.similarity)),
    }
}

/// How surprising a wording is, in words.
pub(in crate::report) fn rarity(matched: &MatchedPassage) -> String {
    let word = match matched.rarity {
        rarity if rarity >= 0.8 => "rare wording",
        rarity if rarity >= 0.4 => "fairly rare wording",
        _ => "common wording",
    };
    format!("{word} ({:.2})", matched.rarity)
}

/// A field of a document that is a text and not empty.
pub(in crate::report) fn field<'c>(found: &'c Match, name: &str) -> Option<&'c str> {
    let text = found.document.metadata.get(name)?.as_str()?.trim();
    (!text.is_empty()).then_some(text)
}

/// What to call a document in few words: its day, its source, its id.
pub(in crate::report) fn called(found: &Match) -> String {
    named(found.date, found.source.as_deref(), &found.document.id)
}

/// The same of a copy.
pub(in crate::report) fn copy_called(printing: &Printing) -> String {
    named(printing.date, printing.source.as_deref(), &printing.id)
}

fn named(date: Option<Date>, source: Option<&str>, id: &str) -> String {
    let date = date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let source = source.map(|source| format!(", {source}")).unwrap_or_default();
    format!("{date}{source}, {id}")
}

/// What speaks for the way wording went, a phrase each. Of a reverse check the share of the document is left out: it stands first of all.
pub(in crate::report) fn evidence(checked: &Checked<'_>, found: &Match, reverse: bool) -> Vec<String> {
    let evidence = found.relation.evidence.iter();
    let told = evidence.filter(|evidence| !(reverse && matches!(evidence, Evidence::Containment { .. })));
    told.filter_map(|evidence| said(checked, found, evidence)).collect()
}

/// What the documents of a check are called.
pub(in crate::report) const fn noun(reverse: bool) -> &'static str {
    if reverse { "document" } else { "source" }
}

fn said(checked: &Checked<'_>, found: &Match, evidence: &Evidence) -> Option<String> {
    let said = match evidence {
        Evidence::Dates { article, document } => match days(*document, *article) {
            0 => "of the same day".to_owned(),
            days if days > 0 => format!("{} older than the article", count(days as usize, "day")),
            days => format!("{} younger than the article", count(days.unsigned_abs() as usize, "day")),
        },
        Evidence::NoDate => match (checked.date, found.date) {
            (None, None) => "neither it nor the article has a date".to_owned(),
            (None, _) => "the article has no date".to_owned(),
            _ => "it has no date".to_owned(),
        },
        // Without the texts nothing is known of it.
        Evidence::Containment { .. } if found.passages.is_empty() => return None,
        // What share of the article it is, is said where the document's part in it is.
        Evidence::Containment { document, .. } => format!("{} of it is in the article", percent(*document)),
        Evidence::RareWords(words) => match words.round() as usize {
            0 => return None,
            words => format!("{} in common, weighed by rarity", count(words, "word")),
        },
        Evidence::Credited(passages) => format!("the article credits it for {}", count(*passages, "passage")),
    };
    Some(said)
}

/// Which way wording went, in words, and what speaks for it.
pub(in crate::report) fn relation(checked: &Checked<'_>, found: &Match, reverse: bool) -> String {
    let Relation { direction, .. } = &found.relation;
    let mut phrases = Vec::new();
    if let Direction::CommonSource { source, beyond_words, .. } = direction {
        phrases.push(format!("{} {}", source_called(checked, *source, reverse), nearly_all(*beyond_words)));
    }
    phrases.extend(evidence(checked, found, reverse));
    format!("{}: {}", direction.name(), phrases.join("; "))
}

/// A match by its rank and its source: `source 2 (Herald)`.
pub(in crate::report) fn source_called(checked: &Checked<'_>, source: usize, reverse: bool) -> String {
    let name = checked.matches[source].source.as_deref();
    format!("{} {}{}", noun(reverse), grouped(source + 1), name.map(|name| format!(" ({name})")).unwrap_or_default())
}

/// What is said of a common source.
pub(in crate::report) fn nearly_all(beyond_words: usize) -> String {
    match beyond_words {
        0 => "has all that they share, or nearly so".to_owned(),
        words => format!("has nearly all that they share, but for {}", count(words, "word")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_spans_are_painted_over_earlier_ones() {
        let span = |start, end, value| (Span::new(start, end), value);
        let tiles = paint(10, [span(1, 8, 5), span(3, 5, 6), span(5, 6, 6), span(0, 0, 9)].into_iter());
        let expected = [(0, 1, None), (1, 3, Some(5)), (3, 6, Some(6)), (6, 8, Some(5)), (8, 10, None)]
            .map(|(start, end, of)| (Span::new(start, end), of));
        assert_eq!(tiles, expected);
        assert_eq!(paint(0, [].into_iter()), []);
    }
}
