//! A timeline: a dot for each document of a cluster over the days, the earliest marked.

use super::escaped;
use crate::date::days;
use jiff::civil::Date;
use std::fmt;

/// Width of the picture, and what it leaves free on either side.
const WIDTH: i64 = 960;
const MARGIN: i64 = 48;
/// Distance of two dots of a column, and of columns at least.
const STEP: i64 = 13;
/// Dots of a column drawn; the others are told by their number.
const STACKED: usize = 8;
/// Days named on the axis, at most.
const TICKS: i64 = 5;

/// A document on the timeline: its day, what to call it, where its dot leads.
pub(super) type Dot<'t> = (Date, &'t str, String);

/// When the documents of a cluster are from.
pub(super) struct Timeline<'t> {
    /// Sorted by day.
    pub dots: Vec<Dot<'t>>,
}

impl<'t> Timeline<'t> {
    /// Days from the first to the last.
    fn length(&self) -> i64 {
        self.dots.first().zip(self.dots.last()).map_or(0, |(first, last)| days(first.0, last.0))
    }

    /// Where day `day` after the first one stands.
    fn x(&self, day: i64) -> i64 {
        match self.length() {
            0 => WIDTH / 2,
            length => MARGIN + (WIDTH - 2 * MARGIN) * day / length,
        }
    }

    /// The dots by their columns, from the left.
    fn columns(&self) -> Vec<(i64, Vec<&Dot<'t>>)> {
        let mut columns: Vec<(i64, Vec<_>)> = Vec::new();
        for dot in &self.dots {
            let x = self.x(days(self.dots[0].0, dot.0));
            match columns.last_mut() {
                Some((last, dots)) if x - *last < STEP => dots.push(dot),
                _ => columns.push((x, vec![dot])),
            }
        }
        columns
    }

    fn axis(&self, f: &mut fmt::Formatter<'_>, y: i64) -> fmt::Result {
        write!(f, "<line class=\"axis\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>", MARGIN / 2, WIDTH - MARGIN / 2)?;
        let length = self.length();
        let ticks = length.min(TICKS - 1);
        for tick in 0..=ticks {
            let day = if ticks == 0 { 0 } else { length * tick / ticks };
            let date = self.dots[0].0.saturating_add(jiff::Span::new().days(day));
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
        let axis = STEP * (highest + 1);
        write!(
            f,
            "<svg class=\"timeline\" viewBox=\"0 0 {WIDTH} {}\" role=\"group\" aria-label=\"Timeline\">",
            axis + 28
        )?;
        self.axis(f, axis)?;
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
        let timeline = Timeline { dots: vec![(date(2024, 2, 29), "x", "#m".to_owned()); 100] };
        let drawn = timeline.to_string();
        assert_eq!(drawn.matches("<circle").count(), 8);
        assert!(drawn.contains(">+92</text>"));
    }
}
