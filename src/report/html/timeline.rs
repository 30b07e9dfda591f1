//! A timeline: a dot for each document over the days, the earliest marked.

use super::text::escaped;
use crate::date::days;
use jiff::civil::Date;
use std::fmt;

/// What the picture leaves free on either side.
const MARGIN: i64 = 48;
/// Distance of two dots of a column, and of columns at least.
const STEP: i64 = 13;
/// Dots of a column drawn; the others are told by their number.
const STACKED: usize = 8;
/// Columns for each day named on the axis, at least.
const TICK: i64 = 200;

/// A document on the timeline: its day, what to call it, where its dot leads.
pub(super) type Dot<'t> = (Date, &'t str, String);

/// When documents are from.
pub(super) struct Timeline<'t> {
    /// Sorted by day.
    pub dots: Vec<Dot<'t>>,
    /// Units across.
    pub width: i64,
    /// A day to mark, and what to call it.
    pub marked: Option<(Date, &'static str)>,
}

impl<'t> Timeline<'t> {
    /// The first day and the last.
    fn ends(&self) -> Option<(Date, Date)> {
        let days = self.dots.first().into_iter().chain(self.dots.last()).map(|dot| dot.0);
        let days = days.chain(self.marked.map(|(day, _)| day));
        days.clone().min().zip(days.max())
    }

    /// Days from the first to the last.
    fn length(&self) -> i64 {
        self.ends().map_or(0, |(first, last)| days(first, last))
    }

    /// Where day `day` after the first one stands.
    fn x(&self, day: i64) -> i64 {
        match self.length() {
            0 => self.width / 2,
            length => MARGIN + (self.width - 2 * MARGIN) * day / length,
        }
    }

    /// Where a date stands.
    fn place(&self, date: Date) -> i64 {
        self.x(self.ends().map_or(0, |(first, _)| days(first, date)))
    }

    /// The dots by their columns, from the left.
    fn columns(&self) -> Vec<(i64, Vec<&Dot<'t>>)> {
        let mut columns: Vec<(i64, Vec<_>)> = Vec::new();
        for dot in &self.dots {
            let x = self.place(dot.0);
            match columns.last_mut() {
                Some((last, dots)) if x - *last < STEP => dots.push(dot),
                _ => columns.push((x, vec![dot])),
            }
        }
        columns
    }

    /// A line at the marked day.
    fn mark(&self, f: &mut fmt::Formatter<'_>, y: i64) -> fmt::Result {
        let Some((day, name)) = self.marked else { return Ok(()) };
        let x = self.place(day);
        write!(
            f,
            "<line class=\"marked\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{y}\"><title>{day} {name}</title></line>"
        )?;
        let (anchor, x) = if x > self.width / 2 { ("end", x - 5) } else { ("start", x + 5) };
        write!(f, "<text x=\"{x}\" y=\"11\" text-anchor=\"{anchor}\">{name}</text>")
    }

    fn axis(&self, f: &mut fmt::Formatter<'_>, y: i64) -> fmt::Result {
        let Some((first, _)) = self.ends() else { return Ok(()) };
        let end = self.width - MARGIN / 2;
        write!(f, "<line class=\"axis\" x1=\"{}\" x2=\"{end}\" y1=\"{y}\" y2=\"{y}\"/>", MARGIN / 2)?;
        let length = self.length();
        let ticks = length.min((self.width - 2 * MARGIN) / TICK);
        for tick in 0..=ticks {
            let day = if ticks == 0 { 0 } else { length * tick / ticks };
            let date = first.saturating_add(jiff::Span::new().days(day));
            let x = self.x(day);
            write!(f, "<line class=\"axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{y}\" y2=\"{}\"/>", y + 5)?;
            write!(f, "<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{date}</text>", y + 20)?;
        }
        Ok(())
    }
}

impl fmt::Display for Timeline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        let highest = columns.iter().map(|(_, dots)| dots.len().min(STACKED + 1)).max().unwrap_or(0) as i64;
        // A name at the marked day stands above the dots.
        let axis = STEP * (highest + 1 + i64::from(self.marked.is_some()));
        write!(
            f,
            "<svg class=\"timeline\" viewBox=\"0 0 {} {}\" role=\"group\" aria-label=\"Timeline\">",
            self.width,
            axis + 28
        )?;
        self.axis(f, axis)?;
        self.mark(f, axis)?;
        for (column, (x, dots)) in columns.iter().enumerate() {
            for (row, (date, name, link)) in dots.iter().take(STACKED).enumerate() {
                let y = axis - STEP * (row as i64 + 1);
                let first = if (column, row) == (0, 0) { " first" } else { "" };
                let name = escaped(name);
                write!(
                    f,
                    "<a href=\"{link}\" tabindex=\"-1\"><circle class=\"dot{first}\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"
                )?;
                write!(f, "<title>{date} {name}</title></a>")?;
            }
            if let Some(more) = dots.len().checked_sub(STACKED).filter(|&more| more > 0) {
                let y = axis - STEP * (STACKED as i64 + 1) + 4;
                write!(f, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">+{more}</text>")?;
            }
        }
        f.write_str("</svg>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dots_stand_in_the_order_of_their_days() {
        let dot = |month, day, name| (date(2024, month, day), name, "#m".to_owned());
        let timeline = Timeline {
            width: 960,
            marked: None,
            dots: vec![dot(1, 1, "<first>"), dot(1, 1, "same day"), dot(7, 1, "half"), dot(12, 31, "last")],
        };
        let columns: Vec<_> = timeline.columns().iter().map(|(x, dots)| (*x, dots.len())).collect();
        assert_eq!(columns, [(48, 2), (478, 1), (912, 1)]);
        let drawn = timeline.to_string();
        assert_eq!(drawn.matches("<circle").count(), 4);
        assert_eq!(drawn.matches("dot first").count(), 1);
        assert!(drawn.contains("2024-01-01 &lt;first&gt;") && drawn.contains(">2024-12-31</text>"), "{drawn}");
    }

    #[test]
    fn many_of_one_day_are_counted() {
        let timeline =
            Timeline { dots: vec![(date(2024, 2, 29), "x", "#m".to_owned()); 100], width: 960, marked: None };
        let drawn = timeline.to_string();
        assert_eq!(drawn.matches("<circle").count(), 8);
        assert!(drawn.contains(">+92</text>"));
    }

    #[test]
    fn a_marked_day_has_its_place_beyond_the_dots() {
        let marked = Some((date(2024, 1, 11), "the article"));
        let timeline = Timeline { dots: vec![(date(2024, 1, 1), "x", "#m".to_owned())], width: 496, marked };
        let drawn = timeline.to_string();
        assert!(
            drawn.contains("x1=\"448\" x2=\"448\" y1=\"0\"") && drawn.contains("2024-01-11 the article"),
            "{drawn}"
        );
    }
}
