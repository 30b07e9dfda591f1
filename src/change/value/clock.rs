//! Times of day and time zones: 3 p.m., 15:00, 오후 3시, 下午三点半, noon, KST, UTC+9.

use super::glyphs::Sort;
use super::lexicon::{Category, Found};
use super::reader::{Item, Reader, Says, is_shade};
use super::{Nature, When};

/// Half a day, in seconds.
const HALF_DAY: u32 = 12 * 3600;

/// A time on a clock of 12 or 24 hours.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: u64,
    minute: u64,
    second: u64,
    end: usize,
    /// Written so that it can only be of 24 hours: 09:00.
    full: bool,
}

impl Clock {
    /// The time in the part of the day that `part` names, and where that is not said, the other half's as second reading.
    fn says(self, part: Option<&str>) -> Says {
        let second = |hour: u64| (hour * 3600 + self.minute * 60 + self.second) as u32;
        let hour = self.hour % 12;
        let time = match part {
            Some("am") => second(if self.hour < 13 { hour } else { self.hour }),
            Some("pm") => second(hour + 12),
            Some("night") if hour < 5 => second(hour),
            Some("night") => second(hour + 12),
            Some("noon") if hour < 6 => second(hour + 12),
            _ => second(self.hour),
        };
        let open = part.is_none_or(|part| part == "plain") && !self.full && (1..=12).contains(&self.hour);
        // 24:00 is midnight as 0:00 is.
        let time = time % (2 * HALF_DAY);
        Says::Date(When::Time(time), open.then_some(When::Time((time + HALF_DAY) % (2 * HALF_DAY))))
    }
}

impl Reader<'_> {
    /// The time of day at `at`.
    pub(crate) fn time(&self, at: usize) -> Option<Item> {
        if let Some(hour) = self.word(at, Category::Hour) {
            let minutes = hour.sense.number as u64;
            // 正午12时, noon 12:00.
            let next = self.glyphs.skip_space(hour.end);
            let again = self.digital(next).or_else(|| self.east_clock(next, true));
            let again = again.filter(|clock| (60 * clock.hour + clock.minute) % (12 * 60) == minutes % (12 * 60));
            let end = again.map_or(hour.end, |clock| clock.end);
            return Some(Item::date(at, end, When::Time(minutes as u32 * 60)));
        }
        if let Some(past) = self.past(at) {
            return Some(past);
        }
        let part = self.word(at, Category::DayPart).filter(|part| !part.sense.shy);
        let start = part.map_or(at, |part| self.glyphs.skip_space(part.end));
        let told = part.map(|part| part.sense.id).or_else(|| self.part_before(at));
        let clock =
            self.digital(start).or_else(|| self.east_clock(start, told.is_some())).or_else(|| self.spoken(start));
        let Some(clock) = clock else { return part.and_then(|part| self.part_of_day(at, part)) };
        if clock.hour > 24 || clock.minute > 59 || clock.second > 59 {
            return None;
        }
        let after = self.day_part_after(clock.end);
        let end = after.map_or(clock.end, |(_, end)| end);
        let part = told.or(after.map(|(part, _)| part));
        Some(Item { start: at, end, says: clock.says(part) })
    }

    /// The part of the day in what tells the day before an hour: 昨晚9点.
    fn part_before(&self, at: usize) -> Option<&'static str> {
        let start = at.checked_sub(2).filter(|&start| self.glyphs.sort(start) == Sort::Character)?;
        let told = self.word(start, Category::Relative).filter(|told| told.end == at)?;
        let night = told.sense.id.starts_with("night").then_some("night");
        night.or_else(|| told.sense.id.starts_with("morning").then_some("am"))
    }

    /// A part of the day without an hour: 16일 오전, 周三下午.
    fn part_of_day(&self, at: usize, part: Found) -> Option<Item> {
        let told = is_shade(part.sense.id) && self.ends_hangul(at, part.end);
        told.then(|| Item::date(at, part.end, When::Relative(part.sense.id)))
    }

    /// Half past seven, a quarter to nine.
    fn past(&self, at: usize) -> Option<Item> {
        let past = self.word(at, Category::Past).filter(|_| self.glyphs.begins_word(at))?;
        let start = self.glyphs.skip_space(past.end);
        let (hour, end) = match self.plain_whole(start, 12) {
            Some(found) => found,
            None if self.word(start, Category::Hour).is_some() => {
                let named = self.word(start, Category::Hour)?;
                let minutes = (named.sense.number * 60 + past.sense.number).rem_euclid(24 * 60);
                let time = When::Time(u32::try_from(minutes * 60).ok()?);
                return Some(Item::date(at, named.end, time));
            }
            None => {
                let numeral = self.in_words(start)?;
                (numeral.whole(12)?, numeral.end)
            }
        };
        let minutes = u64::try_from(hour as i64 * 60 + past.sense.number).ok().filter(|_| hour > 0)?;
        let clock = Clock { hour: minutes / 60, minute: minutes % 60, second: 0, end, full: false };
        let after = self.day_part_after(end);
        let end = after.map_or(end, |(_, end)| end);
        Some(Item { start: at, end, says: clock.says(after.map(|(part, _)| part)) })
    }

    /// 3:00, 15:00:30, 15h30, 0600 before a time zone.
    fn digital(&self, at: usize) -> Option<Clock> {
        if let Some(military) = self.military(at) {
            return Some(military);
        }
        let (hour, end) = self.plain_whole(at, 24)?;
        let two = |at: usize| self.plain_whole(at, 59).filter(|&(_, end)| end == at + 2);
        // As in French: 15 h 30.
        let mark = self.glyphs.skip_space(end);
        if self.glyphs.c(mark) == 'h'
            && let Some((minute, end)) = two(self.glyphs.skip_space(mark + 1)).filter(|_| mark > end)
        {
            return Some(Clock { hour, minute, second: 0, end, full: true });
        }
        if !matches!(self.glyphs.c(end), ':' | 'h') || self.glyphs.is_capital(end) {
            return None;
        }
        let (minute, mut last) = two(end + 1)?;
        let mut second = 0;
        if self.glyphs.c(last) == ':'
            && let Some((found, found_end)) = two(last + 1)
        {
            (second, last) = (found, found_end);
        }
        let next = self.glyphs.at(last);
        // 2:05.31 is how long a race took.
        if next.c == '.' && self.glyphs.sort(last + 1) == Sort::Digit {
            return None;
        }
        let full = end - at == 2 && self.glyphs.c(at) == '0' || hour == 0 || hour > 12;
        (next.sort != Sort::Letter && next.c != ':').then_some(Clock { hour, minute, second, end: last, full })
    }

    /// 0600, 1800 before a time zone, or 0600 before hours.
    fn military(&self, at: usize) -> Option<Clock> {
        let (time, end) = self.plain_whole(at, 2359).filter(|&(_, end)| end == at + 4)?;
        let next = self.glyphs.skip_space(end);
        let zone = self.word(next, Category::Zone).is_some();
        let hours = self.glyphs.c(at) == '0' && self.glyphs.says(next, self.glyphs.word_end(next).max(next), "hours");
        let end = if hours { self.glyphs.word_end(next) } else { end };
        // At 0600.
        let start = at.saturating_sub(3);
        let told = self.glyphs.c(at) == '0'
            && ["at", "by"].iter().any(|word| self.glyphs.says(start, at.saturating_sub(1), word));
        let fits = (next > at + 4 || told) && time % 100 < 60 && (zone || hours || told);
        fits.then_some(Clock { hour: time / 100, minute: time % 100, second: 0, end, full: true })
    }

    /// 3시 30분, 三点半, 15时: alone, or after a part of the day.
    fn east_clock(&self, at: usize, announced: bool) -> Option<Clock> {
        let (hour, end) = self.hour_number(at)?;
        let mark = self.glyphs.skip_space(end);
        let clock = match self.glyphs.c(mark) {
            '시' if !matches!(self.glyphs.c(mark + 1), '간' | '즌' | '도' | '장' | '민' | '군' | '즈') => {
                mark + 1
            }
            '时' | '点' if self.glyphs.c(mark + 1) != '间' => mark + 1,
            _ => return None,
        };
        // 三点 may be three points; a part of the day, minutes or digits make it a time.
        let minute = self.east_minute(clock);
        let sure = announced
            || minute.is_some()
            || hour > 12 && self.is_told_when(at)
            || matches!(self.glyphs.c(mark), '시' | '时')
            || matches!(self.glyphs.c(clock), '钟' | '整' | '左' | '前' | '后' | '许');
        let (minute, end) = minute.unwrap_or((0, clock + usize::from(matches!(self.glyphs.c(clock), '钟' | '整'))));
        sure.then_some(Clock { hour, minute, second: 0, end, full: hour > 12 || hour == 0 })
    }

    /// Whether a time may stand at `at`: after a day, or what says until when; 涨18点 are points.
    fn is_told_when(&self, at: usize) -> bool {
        let told = "至到截于在从自日天号晚午早前后周期六末一二三四五";
        at == 0 || told.contains(self.glyphs.before(at).c)
    }

    fn hour_number(&self, at: usize) -> Option<(u64, usize)> {
        if self.glyphs.sort(at) == Sort::Hangul {
            let native = self.native(at)?;
            return Some((native.whole(12)?, native.end));
        }
        if self.glyphs.sort(at) == Sort::Letter {
            return None;
        }
        let (hour, end, nature) = self.small(at, 24)?;
        (nature == Nature::Cardinal).then_some((hour, end))
    }

    fn east_minute(&self, at: usize) -> Option<(u64, usize)> {
        let next = self.glyphs.skip_space(at);
        match self.glyphs.c(next) {
            '반' | '半' => return Some((30, next + 1)),
            _ => {}
        }
        if matches!(self.glyphs.sort(next), Sort::Letter | Sort::Space | Sort::Break) {
            return None;
        }
        let (minute, end, _) = self.small(next, 59)?;
        let mark = self.glyphs.skip_space(end);
        match self.glyphs.c(mark) {
            '분' | '分' if !matches!(self.glyphs.c(mark + 1), '钟' | '기') => Some((minute, mark + 1)),
            '刻' => Some((minute * 15, mark + 1)),
            _ => None,
        }
    }

    /// 3 p.m., three o'clock, 10.30 on Tuesday: an hour with a part of the day or a day after it.
    fn spoken(&self, at: usize) -> Option<Clock> {
        if !matches!(self.glyphs.sort(at), Sort::Digit | Sort::Letter) {
            return None;
        }
        let (hour, end) = match self.plain_whole(at, 24) {
            Some((hour, end)) => (hour, end),
            None => {
                let numeral = self.in_words(at)?;
                (numeral.whole(12)?, numeral.end)
            }
        };
        // Minutes after a point: 3.30 p.m.
        let pointed = (self.glyphs.c(end) == '.').then(|| self.plain_whole(end + 1, 59)).flatten();
        let told = |last: usize| self.day_part_after(last).is_some() || self.day_follows(last);
        if let Some((minute, end)) = pointed.filter(|&(_, last)| last == end + 3 && told(last)) {
            return Some(Clock { hour, minute, second: 0, end, full: false });
        }
        self.day_part_after(end)?;
        Some(Clock { hour, minute: 0, second: 0, end, full: hour > 12 })
    }

    /// Whether a day follows, so that digits and a point are a time: 10.30 on Tuesday, 10.30 tomorrow.
    fn day_follows(&self, end: usize) -> bool {
        let word = self.glyphs.skip_space(end);
        let on = self.glyphs.word_end(word).max(word);
        let day = if self.glyphs.says(word, on, "on") { self.glyphs.skip_space(on) } else { word };
        let told = |category| self.word(day, category).is_some_and(|found| !found.sense.shy);
        self.glyphs.sort(day) == Sort::Letter && (told(Category::Weekday) || told(Category::Relative))
    }

    /// p.m., o'clock, in the morning, and where that ends. Letters that are also a word must touch or be capitals.
    fn day_part_after(&self, end: usize) -> Option<(&'static str, usize)> {
        let at = self.glyphs.skip_space(end);
        let found = self.word(at, Category::DayPartAfter)?;
        let next = self.glyphs.skip_space(found.end);
        // Three o'clock in the afternoon.
        if found.sense.id == "plain"
            && let Some(part) = self.word(next, Category::DayPartAfter)
        {
            return Some((part.sense.id, part.end));
        }
        Some((found.sense.id, found.end))
    }

    /// A time zone: KST, UTC+9, local time.
    pub(crate) fn zone(&self, at: usize) -> Option<Item> {
        let hangul = self.glyphs.sort(at) == Sort::Hangul && self.glyphs.before(at).sort == Sort::Hangul;
        let found = self.word(at, Category::Zone).filter(|_| !hangul)?;
        let capital = self.glyphs.sort(at) != Sort::Letter || found.end - at > 5 || self.glyphs.is_capital(at);
        if !capital || found.sense.shy && !self.follows_time(at) {
            return None;
        }
        let base = found.sense.number as i16;
        let named = if found.sense.id.parse::<i16>().is_ok() { "" } else { found.sense.id };
        let (minutes, end) =
            self.zone_shift(found.end).filter(|_| base == 0 && named.is_empty()).unwrap_or((0, found.end));
        Some(Item::date(at, end, When::Zone(named, base + minutes)))
    }

    /// Whether digits or p.m. and a space stand before `at`.
    fn follows_time(&self, at: usize) -> bool {
        let Some(last) = at.checked_sub(2).filter(|_| self.glyphs.before(at).sort == Sort::Space) else { return false };
        self.glyphs.sort(last) == Sort::Digit || matches!(self.glyphs.c(last), '.' | 'm')
    }

    /// What is added to Greenwich time: +9, -05:00.
    fn zone_shift(&self, at: usize) -> Option<(i16, usize)> {
        let sign = match self.glyphs.c(at) {
            '+' => 1,
            '-' | '–' => -1,
            _ => return None,
        };
        let (hours, end) = self.plain_whole(at + 1, 14)?;
        let colon = usize::from(self.glyphs.c(end) == ':');
        let minutes = self.plain_whole(end + colon, 59).filter(|&(_, last)| colon == 1 && last == end + 3);
        let (minutes, end) = minutes.unwrap_or((0, end));
        Some((sign * (hours as i16 * 60 + minutes as i16), end))
    }
}
