//! The words of a text that a change is about, marked on their way into the page.

use super::text::Text;
use crate::report::changes::{said_of, said_of_change};
use crate::report::facts::Facts;
use crate::report::which::Which;
use crate::span::Span;
use std::fmt;

/// What a change, or a harmless difference, is about on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// Bytes; empty where only the other side has words.
    span: Span,
    /// The id of its first element; none for a harmless difference.
    id: String,
    attributes: String,
}

/// The places of one side, in order, none over another; written as the text passes them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    places: Vec<Place>,
    /// The first that is not yet written to its end.
    next: usize,
    /// Whether a part of it is.
    begun: bool,
}

impl Marks {
    /// Cost: that of a sort of the changes.
    pub fn new(facts: &Facts<'_>, which: Which) -> Self {
        let text = &which.side(facts.comparison).document.text;
        let changes = facts.changes.listed.iter().enumerate().map(|(at, listed)| {
            let (number, change) = (at + 1, listed.change);
            let severity = change.severity.name();
            let title = attribute(&format!("{severity}, {}", said_of_change(facts.comparison, change)));
            Place {
                span: which.of_change(change).trimmed(text),
                id: format!(" id=\"c{}{number}\"", which.key()),
                attributes: format!(" class=\"c {severity}\" data-c=\"{number}\" title=\"{title}\""),
            }
        });
        let harmless = facts.changes.harmless.iter().map(|same| Place {
            span: if which == Which::A { same.a } else { same.b }.trimmed(text),
            id: String::new(),
            attributes: format!(" class=\"c harmless\" title=\"harmless: {}\"", said_of(same.reason)),
        });
        // Of those that begin at one place changes come before what is harmless: the sort is stable.
        let mut places: Vec<_> = changes.chain(harmless).collect();
        places.sort_by_key(|place| place.span.start);
        let mut end = 0;
        for place in &mut places {
            place.span = Span::new(place.span.start.max(end), place.span.end.max(end));
            end = place.span.end;
        }
        Self { places, next: 0, begun: false }
    }

    /// Writes `span` of `text`, which stands after all that was written before.
    pub fn write(&mut self, f: &mut fmt::Formatter<'_>, text: &str, span: Span) -> fmt::Result {
        let mut at = span.start;
        while let Some(place) = self.places.get(self.next).filter(|place| place.span.start < span.end) {
            let inside = Span::new(place.span.start.max(at), place.span.end.min(span.end).max(at));
            write!(f, "{}", Text { text, span: Span::new(at, inside.start) })?;
            self.element(f, text, inside)?;
            at = inside.end;
            if self.begun {
                break;
            }
        }
        write!(f, "{}", Text { text, span: Span::new(at, span.end) })
    }

    /// Writes the places at byte `at` where this side has no words.
    pub fn gaps(&mut self, f: &mut fmt::Formatter<'_>, at: usize) -> fmt::Result {
        while self.places.get(self.next).is_some_and(|place| place.span == Span::new(at, at)) {
            self.element(f, "", Span::new(0, 0))?;
        }
        Ok(())
    }

    /// Writes a part of the next place; the last part makes way for the place after it.
    fn element(&mut self, f: &mut fmt::Formatter<'_>, text: &str, span: Span) -> fmt::Result {
        let place = &self.places[self.next];
        let id = if self.begun { "" } else { place.id.as_str() };
        if !span.is_empty() || !self.begun {
            write!(f, "<mark{id}{}>{}</mark>", place.attributes, Text { text, span })?;
        }
        self.begun = span.end < place.span.end && !place.span.is_empty();
        self.next += usize::from(!self.begun);
        Ok(())
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
        let marks = Marks { places: places.iter().enumerate().map(place).collect(), ..Marks::default() };
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
    fn a_gap_at_the_border_of_two_pieces_is_written_once() {
        assert_eq!(written("abcd", &[(2, 2)], &[(0, 2), (2, 4)]), "ab|<mark id=0></mark>cd|");
    }
}
