//! The words of a text that a change is about, marked on their way into the page.

use super::text::Text;
use crate::report::changes::{said_of, said_of_change};
use crate::report::facts::Facts;
use crate::report::which::Which;
use crate::span::Span;
use std::fmt;

/// What a change, or a harmless difference, is about on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Bytes; empty where only the other side has words.
    pub span: Span,
    /// The id of its first element; none for a harmless difference.
    pub id: String,
    pub attributes: String,
}

/// The places of one side, cut where one lies over another; written as the text passes them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    places: Vec<Place>,
    /// Parts of places in order, none over another, each with its place.
    parts: Vec<(Span, usize)>,
    /// The first part that is not yet written to its end.
    next: usize,
    /// Places of which something is written.
    begun: Vec<bool>,
}

impl Marks {
    /// Cost: that of a sort of the changes.
    pub fn new(facts: &Facts<'_>, which: Which) -> Self {
        let text = &which.side(facts.comparison).document.text;
        let harmless = facts.changes.harmless.iter().map(|same| Place {
            span: if which == Which::A { same.a } else { same.b }.trimmed(text),
            id: String::new(),
            attributes: format!(" class=\"c harmless\" title=\"harmless: {}\"", said_of(same.reason)),
        });
        let changes = facts.changes.listed.iter().enumerate().rev().map(|(at, listed)| {
            let (number, change) = (at + 1, listed.change);
            let severity = change.severity.name();
            let title = attribute(&format!("{severity}, {}", said_of_change(facts.comparison, change)));
            Place {
                span: which.shown_of(change, text),
                id: format!(" id=\"c{}{number}\"", which.key()),
                attributes: format!(" class=\"c {severity}\" data-c=\"{number}\" title=\"{title}\""),
            }
        });
        Self::of(harmless.chain(changes).collect())
    }

    /// Of two places over the same words the later one is seen.
    pub fn of(mut places: Vec<Place>) -> Self {
        places.sort_by_key(|place| (place.span.start, std::cmp::Reverse(place.span.end)));
        let parts = parts(&places);
        Self { begun: vec![false; places.len()], parts, next: 0, places }
    }

    /// Writes `span` of `text`, which stands after all that was written before.
    pub fn write(&mut self, f: &mut fmt::Formatter<'_>, text: &str, span: Span) -> fmt::Result {
        let mut at = span.start;
        while let Some(&(part, _)) = self.parts.get(self.next).filter(|(part, _)| part.start < span.end) {
            let inside = Span::new(part.start.max(at), part.end.min(span.end).max(at));
            write!(f, "{}", Text { text, span: Span::new(at, inside.start) })?;
            self.element(f, text, inside)?;
            at = inside.end;
            if part.end > span.end {
                break;
            }
            self.next += 1;
        }
        write!(f, "{}", Text { text, span: Span::new(at, span.end) })
    }

    /// Writes the places at byte `at` where this side has no words.
    pub fn gaps(&mut self, f: &mut fmt::Formatter<'_>, at: usize) -> fmt::Result {
        while self.parts.get(self.next).is_some_and(|(part, _)| *part == Span::new(at, at)) {
            self.element(f, "", Span::new(0, 0))?;
            self.next += 1;
        }
        Ok(())
    }

    /// Writes something of the next part.
    fn element(&mut self, f: &mut fmt::Formatter<'_>, text: &str, span: Span) -> fmt::Result {
        let place = self.parts[self.next].1;
        let Place { id, attributes, .. } = &self.places[place];
        let begun = std::mem::replace(&mut self.begun[place], true);
        if begun && span.is_empty() {
            return Ok(());
        }
        let id = if begun { "" } else { id.as_str() };
        write!(f, "<mark{id}{attributes}>{}</mark>", Text { text, span })
    }
}

/// Cuts places, sorted by where they begin, where one lies over another: the one that begins later is seen, and the other
/// again after it. Of a place that is nowhere seen an empty part is left. Cost: linear in the places.
fn parts(places: &[Place]) -> Vec<(Span, usize)> {
    let mut cut = Cut { places, parts: Vec::new(), seen: vec![false; places.len()], open: Vec::new(), at: 0 };
    for (index, place) in places.iter().enumerate() {
        cut.close_before(place.span.start);
        if let Some(&under) = cut.open.last() {
            cut.part(place.span.start, under);
        }
        cut.at = place.span.start;
        cut.open.push(index);
    }
    cut.close_before(usize::MAX);
    cut.parts
}

struct Cut<'p> {
    places: &'p [Place],
    parts: Vec<(Span, usize)>,
    seen: Vec<bool>,
    /// Places that have begun and not yet ended, one over the other.
    open: Vec<usize>,
    at: usize,
}

impl Cut<'_> {
    /// Ends the places that end up to byte `limit`.
    fn close_before(&mut self, limit: usize) {
        while let Some(index) = self.open.pop_if(|index| self.places[*index].span.end <= limit) {
            self.part(self.places[index].span.end, index);
            if !self.seen[index] {
                self.parts.push((Span::new(self.at, self.at), index));
            }
        }
    }

    /// A part of place `index` up to byte `end`, if there is one.
    fn part(&mut self, end: usize, index: usize) {
        if end > self.at {
            self.parts.push((Span::new(self.at, end), index));
            self.seen[index] = true;
            self.at = end;
        }
    }
}

/// Text as the value of an attribute.
fn attribute(text: &str) -> String {
    Text { text, span: Span::new(0, text.len()) }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Written<'t>(std::cell::RefCell<Marks>, &'t str, &'t [(usize, usize)]);

    impl fmt::Display for Written<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let mut marks = self.0.borrow_mut();
            for &(start, end) in self.2 {
                marks.gaps(f, start)?;
                marks.write(f, self.1, Span::new(start, end))?;
                f.write_str("|")?;
            }
            marks.gaps(f, self.1.len())
        }
    }

    /// `text`, written in pieces, with places marked by their index.
    fn written(text: &str, places: &[(usize, usize)], pieces: &[(usize, usize)]) -> String {
        let place = |(at, &(start, end)): (usize, &(usize, usize))| Place {
            span: Span::new(start, end),
            id: format!(" id={at}"),
            attributes: String::new(),
        };
        let marks = Marks::of(places.iter().enumerate().map(place).collect());
        Written(marks.into(), text, pieces).to_string()
    }

    #[test]
    fn a_place_goes_on_from_piece_to_piece_under_one_id() {
        let found = written("abcdef", &[(1, 4)], &[(0, 2), (2, 6)]);
        assert_eq!(found, "a<mark id=0>b</mark>|<mark>cd</mark>ef|");
    }

    #[test]
    fn places_stand_side_by_side_and_gaps_between_them() {
        let found = written("abcdef", &[(0, 2), (2, 2), (2, 3), (6, 6)], &[(0, 6)]);
        assert_eq!(found, "<mark id=0>ab</mark><mark id=1></mark><mark id=2>c</mark>def|<mark id=3></mark>");
    }

    #[test]
    fn a_place_inside_another_cuts_it_in_two() {
        let found = written("abcdef", &[(0, 5), (1, 3)], &[(0, 6)]);
        assert_eq!(found, "<mark id=0>a</mark><mark id=1>bc</mark><mark>de</mark>f|");
        let found = written("abcdef", &[(0, 3), (1, 5), (1, 5)], &[(0, 6)]);
        assert_eq!(found, "<mark id=0>a</mark><mark id=2>bcde</mark><mark id=1></mark>f|");
    }

    #[test]
    fn a_gap_at_the_border_of_two_pieces_is_written_once() {
        assert_eq!(written("abcd", &[(2, 2)], &[(0, 2), (2, 4)]), "ab|<mark id=0></mark>cd|");
    }
}
