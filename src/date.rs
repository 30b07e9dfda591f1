//! Days, from dates as documents have them.

use jiff::civil::Date;
use jiff::fmt::{rfc2822, temporal::Pieces};

/// The day of a date in ISO 8601, with or without a time, as in e-mails (RFC 2822), or by year, month and day with strokes or
/// stops between (2024/5/1): as it is written, whatever the time zone.
///
/// ```
/// let may = likewise::date::day("2024-05-01T23:59:59Z").expect("a date");
/// assert_eq!(may.to_string(), "2024-05-01");
/// assert_eq!(likewise::date::day("yesterday"), None);
/// ```
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let iso = Pieces::parse(text).ok().map(|pieces| pieces.date());
    iso.or_else(|| Some(rfc2822::parse(text).ok()?.date())).or_else(|| year_first(text))
}

/// 2024/05/01, 2024.5.1.
fn year_first(text: &str) -> Option<Date> {
    let day = text.split([' ', 'T']).next()?;
    let (year, rest) = day.split_once(['/', '.'])?;
    let (month, day) = rest.split_once(['/', '.'])?;
    let number = |part: &str| part.trim_end_matches('.').parse().ok();
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    Date::new(year, number(month)?, number(day)?).ok()
}

/// Days from `from` to `to`, which may lie before it.
pub fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).expect("both are in the calendar").get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_as_they_are_written() {
        let may = jiff::civil::date(2024, 5, 1);
        for text in [
            "2024-05-01",
            "20240501",
            " 2024-05-01T23:59:59Z",
            "2024-05-01 00:10:00+09:00",
            "2024-05-01T12:00",
            "Wed, 1 May 2024 23:30:00 -0500",
            "2024/05/01",
            "2024.5.1.",
            "2024/5/1 12:00",
        ] {
            assert_eq!(day(text), Some(may), "{text}");
        }
        for text in ["", "2024-13-01", "1 May", "yesterday", "2024", "<b>", "2024/13/1", "01/05/2024", "1.5.24"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(days(may, day("2025-05-01").unwrap()), 365);
        assert_eq!(days(may, day("2024-04-30").unwrap()), -1);
    }
}
