//! Dates of more or less than a day: decades, centuries, quarters, half years, fiscal years, seasons, weekdays, days told
//! from today; and dates that name their parts, as in 2024년 3월 3일.

use super::calendar::{Parts, year_of};
use super::glyphs::Sort;
use super::lexicon::{Category, Found};
use super::reader::{Item, Reader, Says};
use super::{Key, Nature, Value, ValueKind, When};
use crate::change::tables::chinese;
use crate::span::Span;
use crate::text::is_syllable;

/// Months in a row, as a quarter or a half of a year where they are one.
pub(crate) fn months(year: Option<u16>, first: u8, last: u8) -> When {
    match (first, last) {
        (1, 6) | (7, 12) => When::Half { year, half: last / 6 },
        _ if first % 3 == 1 && last == first + 2 => When::Quarter { year, quarter: last / 3 },
        _ => When::Months { year, first, last },
    }
}

/// Makes a date of what tells which week, weekday or weekend of a month it is: 11월 둘째 주, the second Sunday of May, the last
/// Sunday of March.
pub(crate) fn count_weeks(text: &str, values: &mut Vec<Value>) {
    let is_month = |value: &Value| matches!(value.key, Key::Date(When::Day { month: Some(_), day: None, .. }));
    let near =
        |values: &[Value], at: usize| values[at.saturating_sub(1)..values.len().min(at + 3)].iter().any(is_month);
    for at in 0..values.len() {
        let Key::Number(Nature::Ordinal, count) = &values[at].key else { continue };
        let Some(count) = count.to_whole(5) else { continue };
        let after = text.get(values[at].span.end..).unwrap_or_default();
        if begins_with_week(after) && near(values, at) {
            let key = Key::Date(When::Week(count as u8));
            values[at] =
                Value { kind: ValueKind::Date, key, other: None, total: None, weak: false, ..values[at].clone() };
        }
    }
    let last = |at: usize| {
        let value = &values[at];
        let weekday = matches!(value.key, Key::Date(When::Weekday(_)));
        let before = text.get(..value.span.start).unwrap_or_default().trim_end_matches([' ', '个', '個']);
        let word = LAST.iter().find(|word| before.ends_with(**word)).filter(|_| weekday && near(values, at))?;
        let span = Span::new(before.len() - word.len(), before.len());
        let key = Key::Date(When::Week(0));
        Some(Value { span, kind: ValueKind::Date, key, other: None, total: None, weak: false })
    };
    let found: Vec<Value> = (0..values.len()).filter_map(last).collect();
    if !found.is_empty() {
        values.extend(found);
        values.sort_by_key(|value| (value.span.start, value.span.end));
    }
}

/// What says of a weekday that it is the last one of its month.
const LAST: [&str; 4] = ["last", "final", "最后一", "마지막"];

/// Whether a text begins with a week, a weekday or a weekend.
fn begins_with_week(text: &str) -> bool {
    const WEEKS: [&str; 12] = [
        "week",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "周",
        "週",
        "星期",
        "礼拜",
    ];
    let text = text.trim_start_matches(' ');
    let text = text.strip_prefix(['个', '個']).unwrap_or(text);
    let mut chars = text.chars();
    let (first, rest) = (chars.next(), chars.as_str());
    // 둘째 주에, 둘째 주말, and no 주주총회; 둘째 화요일.
    let korean = match first {
        Some('주') => {
            rest.chars().next().is_none_or(|next| !is_syllable(next) || "에의부가는은를도까말간".contains(next))
        }
        Some('월' | '화' | '수' | '목' | '금' | '토' | '일') => rest.starts_with("요일"),
        _ => false,
    };
    korean || WEEKS.iter().any(|week| text.starts_with(week))
}

/// Days of a list after the first.
const DAYS: usize = 6;

impl Reader<'_> {
    /// 1990s, '90s, 1990년대, 八十年代.
    pub(crate) fn written_decade(&self, at: usize) -> Option<Item> {
        let short = usize::from(self.glyphs.c(at) == '\'');
        let (year, end) = match self.plain_whole(at + short, 2099) {
            Some(found) => found,
            None => self.east(at).and_then(|east| Some((east.amount.to_whole(2099)?, east.end)))?,
        };
        // The '40s and the 40s are years, his 40s are not.
        let spoken = self.glyphs.sort(at) == Sort::Digit && year < 100 && self.word(end, Category::Decade).is_none();
        if spoken && !self.follows_the(at) {
            return None;
        }
        let year = if year < 100 { year + 1900 } else { year };
        let letter = self.glyphs.c(end) == 's' && self.glyphs.sort(end + 1) != Sort::Letter;
        let end = if letter { end + 1 } else { self.word(end, Category::Decade)?.end };
        (year.is_multiple_of(10) && year >= 1000).then(|| Item::date(at, end, When::Decade(year as u16)))
    }

    /// The nineties, nineteen-nineties.
    pub(crate) fn decade_in_words(&self, at: usize) -> Option<Item> {
        let century = self.word(at, Category::Number).filter(|found| matches!(found.sense.number, 18..=20));
        let start = century.map_or(at, |century| century.end + 1);
        let found = self.word(start, Category::DecadeWord)?;
        let base =
            century.map(|century| century.sense.number * 100).or_else(|| self.follows_the(at).then_some(1900))?;
        Some(Item::date(at, found.end, When::Decade((base + found.sense.number) as u16)))
    }

    /// Q3, 3Q24, H1 2024, 3Q 2024.
    pub(crate) fn short_quarter(&self, at: usize) -> Option<Item> {
        let (letter, digit, mut end) = match self.glyphs.sort(at) {
            Sort::Letter => (at, at + 1, at + 2),
            _ => (at + 1, at, at + 2),
        };
        let number = self.glyphs.c(digit).to_digit(10)? as u8;
        let most = match self.glyphs.c(letter) {
            'q' => 4,
            'h' => 2,
            _ => return None,
        };
        let capital = self.glyphs.is_capital(letter) && (1..=most).contains(&number);
        if !capital || self.glyphs.sort(end) == Sort::Letter || digit > letter && self.glyphs.sort(end) == Sort::Digit {
            return None;
        }
        let mut year = None;
        let dash = end + usize::from(matches!(self.glyphs.c(end), '-' | '/' | '\''));
        if let Some((short, short_end)) = self.plain_whole(dash, 99).filter(|&(_, short_end)| short_end == dash + 2) {
            (year, end) = (year_of(short + 2000), short_end);
        } else if let Some((full, full_end)) = self.year_after(end) {
            (year, end) = (full, full_end);
        }
        Some(self.part_of_year(at, end, most, number, year))
    }

    /// The first eight months of 2024, the first three quarters, 前八个月, 首九个月, 첫 6개월.
    pub(crate) fn first_months(&self, at: usize) -> Option<Item> {
        let first = self.glyphs.word_end(at).max(at + 1);
        let says_first = if self.glyphs.sort(at) == Sort::Letter {
            self.glyphs.says(at, first, "first")
        } else {
            matches!(self.glyphs.c(at), '前' | '首' | '头' | '첫')
        };
        if !says_first {
            return None;
        }
        let start = self.glyphs.skip_space(first);
        // "Three quarters" is a share elsewhere.
        let word = self.word(start, Category::Number).map(|word| (word.sense.number as u64, word.end));
        let (count, end) = word.or_else(|| self.small(start, 11).map(|(count, end, _)| (count, end)))?;
        if !(2..=11).contains(&count) {
            return None;
        }
        let unit = self.glyphs.skip_space(end);
        let month =
            self.word(unit, Category::Unit).filter(|unit| unit.sense.id == "month").map(|unit| (count, unit.end));
        // The first three quarters, 前三季度, 前三个季度.
        let unit = unit + usize::from(self.glyphs.c(unit) == '个');
        let plural = self.glyphs.word_end(unit).max(unit);
        let named = || self.word(unit, Category::Quarter).map(|unit| unit.end);
        let quarters = if self.glyphs.says(unit, plural, "quarters") { Some(plural) } else { named() };
        let quarter = || quarters.filter(|_| count < 4).map(|end| (3 * count, end));
        let (count, end) = month.or_else(quarter)?;
        let (year, end) = self.year_after(end).unwrap_or((None, end));
        Some(Item::date(at, end, months(year, 1, count as u8)))
    }

    /// The word for a quarter, and the year, after the months of one: the January to March quarter of 2024.
    pub(crate) fn quarter_after(&self, at: usize) -> Option<(Option<u16>, usize)> {
        let found = self.word(self.glyphs.skip_space(at), Category::Quarter)?;
        Some(self.year_after(found.end).unwrap_or((None, found.end)))
    }

    fn part_of_year(&self, start: usize, end: usize, parts: u8, number: u8, year: Option<u16>) -> Item {
        let when = if parts == 4 { When::Quarter { year, quarter: number } } else { When::Half { year, half: number } };
        Item::date(start, end, when)
    }

    /// The third quarter of 2024, 3분기, 第三季度, the first half of the year, 21st century, 21세기.
    pub(crate) fn period(&self, at: usize) -> Option<Item> {
        // 首季 is the first.
        let is_first = self.glyphs.c(at) == '首' && self.word(at + 1, Category::Quarter).is_some();
        let (number, end, nature) = if is_first { (1, at + 1, Nature::Ordinal) } else { self.small(at, 99)? };
        let hyphen = end + usize::from(self.glyphs.c(end) == '-');
        let next = self.glyphs.skip_space(hyphen);
        let english = self.glyphs.sort(next) == Sort::Letter;
        let fits = if english { nature == Nature::Ordinal } else { true };
        if !fits || number == 0 {
            return None;
        }
        if let Some(found) =
            self.word(next, Category::Quarter).filter(|found| number <= 4 && !self.are_counted(at, found.end))
        {
            // A quarter without a year may be a quarter of a match or of anything else: it is still not another one.
            let (year, end) = self.year_after(found.end).unwrap_or((None, found.end));
            let quarter = self.part_of_year(at, end, 4, number as u8, year);
            // The end of a quarter is that of its last month: 三季度末, 3분기 말.
            let last = When::Day { year, month: Some(3 * number as u8), day: None };
            let other = matches!(self.glyphs.c(self.glyphs.skip_space(end)), '末' | '말').then_some(last);
            return Some(Item { says: quarter.says.or(other), ..quarter });
        }
        if let Some(found) = self.word(next, Category::Half).filter(|_| number <= 2) {
            let (year, end) = self.year_after(found.end).unwrap_or((None, found.end));
            return Some(self.part_of_year(at, end, 2, number as u8, year));
        }
        let found = self.word(next, Category::Century)?;
        Some(Item::date(at, found.end, When::Century(number as u8)))
    }

    /// Whether quarters are counted and not named: 连续三季度, 3분기 연속, 3분기 동안; but not 3분기 안에.
    fn are_counted(&self, start: usize, end: usize) -> bool {
        let next = self.glyphs.skip_space(end);
        let counts = |word: &&str| self.glyphs.folded(next, next + word.chars().count()) == **word;
        start >= 2 && self.glyphs.folded(start - 2, start) == "连续"
            || ["연속", "동안", "만에", "간", "째"].iter().any(counts)
    }

    /// A small whole number in any script at `at`, where it ends, and how it counts.
    pub(crate) fn small(&self, at: usize, limit: u64) -> Option<(u64, usize, Nature)> {
        if let Some((number, end)) = self.plain_whole(at, limit) {
            let ending = self.word(end, Category::OrdinalEnding);
            return Some((
                number,
                ending.map_or(end, |ending| ending.end),
                ending.map_or(Nature::Cardinal, |_| Nature::Ordinal),
            ));
        }
        if self.glyphs.sort(at) == Sort::Letter {
            let numeral = self.in_words(at)?;
            return Some((numeral.whole(limit)?, numeral.end, numeral.nature));
        }
        let prefix = self.word(at, Category::OrdinalPrefix).map_or(at, |prefix| prefix.end);
        if let Some((number, end)) = self.plain_whole(prefix, limit) {
            return Some((number, end, Nature::Ordinal));
        }
        let east = self.east(prefix).filter(|_| !matches!(self.glyphs.sort(prefix), Sort::Letter | Sort::Digit))?;
        Some((east.amount.to_whole(limit)?, east.end, Nature::Cardinal))
    }

    /// Fiscal year 2024, FY24, fiscal 2024/25.
    pub(crate) fn fiscal(&self, at: usize) -> Option<Item> {
        let found = self.word(at, Category::Fiscal).map(|found| found.end);
        let end = found.or_else(|| self.glued_fiscal(at))?;
        let (year, end) = self.plain_whole(self.glyphs.skip_space(end), 2199)?;
        let year = if year < 100 { year + 2000 } else { year };
        let end = self.next_year(year, end).unwrap_or(end);
        (year > 1900).then(|| Item::date(at, end, When::Fiscal(year as u16)))
    }

    /// The letters of FY24, which no border parts from their number.
    fn glued_fiscal(&self, at: usize) -> Option<usize> {
        let fits = self.glyphs.word_end(at) == at + 2 && self.glyphs.says(at, at + 2, "fy");
        fits.then_some(at + 2)
    }

    /// A weekday, a season, an hour in one word, a day told from today.
    pub(crate) fn told(&self, at: usize) -> Option<Item> {
        // 日本周三 has a Wednesday; a star says that the word is one only before digits and parts of a year: 올 3분기.
        let in_japan = self.glyphs.c(at) == '本' && self.glyphs.before(at).c == '日';
        let before_part = |found: &Found| {
            let next = self.glyphs.skip_space(found.end);
            self.glyphs.sort(next) == Sort::Digit || self.word(next, Category::HalfYear).is_some()
        };
        let relative = self.word(at, Category::Relative).filter(|_| !in_japan);
        // Fiscal year 2024 is told by its number.
        let numbered = |found: &Found| {
            matches!(found.sense.id, "fiscal-year" | "calendar-year")
                && self.glyphs.sort(self.glyphs.skip_space(found.end)) == Sort::Digit
        };
        let relative = relative.filter(|found| (!found.sense.shy || before_part(found)) && !numbered(found));
        if let Some(found) = relative.filter(|found| self.ends_hangul(at, found.end)) {
            let item = Item::date(at, found.end, When::Relative(found.sense.id));
            // The last century is the twentieth in what is written now.
            let other = (found.sense.id == "century-1").then_some(When::Century(20));
            return Some(Item { says: item.says.or(other), ..item });
        }
        if let Some(found) = self.word(at, Category::HalfYear).filter(|found| !found.sense.shy) {
            let (year, end) = self.year_after(found.end).unwrap_or((None, found.end));
            return Some(self.part_of_year(at, end, 2, found.sense.number as u8, year));
        }
        self.weekday(at).or_else(|| self.season(at))
    }

    /// Early, mid or late before a month, year or the like: early March, mid-2024, the end of this week.
    pub(crate) fn edge_before(&self, at: usize) -> Option<Item> {
        // "End" is a verb but before a hyphen: end-March.
        let found =
            self.word(at, Category::Edge).filter(|found| !found.sense.shy || self.glyphs.c(found.end) == '-')?;
        let hyphen = found.end + usize::from(self.glyphs.c(found.end) == '-');
        let next = self.glyphs.skip_space(hyphen);
        let the = self.glyphs.word_end(next);
        let small = the > next && ["the", "on"].iter().any(|word| self.glyphs.says(next, the, word));
        let next = if small { self.glyphs.skip_space(the) } else { next };
        // A year, a month, then: nothing that may begin with such a word itself.
        let date = self.word(next, Category::Edge).is_none().then(|| self.date(next)).flatten()?;
        date.has_edges().then(|| Item::date(at, found.end, When::Relative(found.sense.id)))
    }

    /// The same after it, as in 3월 초 and 2024年底.
    pub(crate) fn edge_after(&self, date: &Item) -> Option<Item> {
        if date.end <= date.start || !matches!(self.glyphs.sort(date.end - 1), Sort::Hangul | Sort::Character) {
            return None;
        }
        let start = self.glyphs.skip_space(date.end);
        let found = self.word(start, Category::Edge).filter(|found| self.ends_hangul(start, found.end))?;
        // 2025年年底; the end of 明年 is told from today.
        let told =
            matches!(&date.says, Says::Date(When::Relative(_), _)) && self.word(start, Category::Relative).is_some();
        (date.has_edges() && !told).then(|| Item::date(start, found.end, When::Relative(found.sense.id)))
    }

    fn weekday(&self, at: usize) -> Option<Item> {
        if let Some(item) = self.weekday_of_week(at) {
            return Some(item);
        }
        let found = self.word(at, Category::Weekday)?;
        let dotted = self.glyphs.c(found.end) == '.' || self.glyphs.c(found.end - 1) == '.';
        let comma =
            self.glyphs.c(found.end) == ',' && self.plain_whole(self.glyphs.skip_space(found.end + 1), 31).is_some();
        let bracketed = self.glyphs.before(at).c == '(' && self.glyphs.c(found.end) == ')';
        // The sentence may have been cut at its full stop.
        let last = self.glyphs.sort(found.end) == Sort::Break && self.follows(at, Category::BeforeDate);
        let sure = !found.sense.shy || bracketed || self.glyphs.is_capital(at) && (dotted || comma || last);
        sure.then(|| Item::date(at, found.end, When::Weekday(found.sense.number as u8)))
    }

    /// The day after 上周, 下星期 or 每周, which have the word for week already.
    fn weekday_of_week(&self, at: usize) -> Option<Item> {
        if self.glyphs.sort(at) != Sort::Character {
            return None;
        }
        let week = (2..=4).filter_map(|back| self.word(at.checked_sub(back)?, Category::Relative));
        let follows = week.into_iter().any(|week| week.end == at && week.sense.id.starts_with("week"));
        // 每周一闭馆 has a day, 每周一次 a count.
        let each = (2..=3).filter_map(|back| self.word(at.checked_sub(back)?, Category::Every));
        let counted = || [Category::Counter, Category::Unit].iter().any(|&kind| self.word(at + 1, kind).is_some());
        let each = each.into_iter().any(|each| each.end == at && each.sense.id == "week");
        let day = self.day_of_week(at)?;
        let follows = follows || (each || self.is_listed_day(at)) && !counted();
        follows.then(|| Item::date(at, at + 1, When::Weekday(day)))
    }

    /// The day of a week that one character at `at` tells.
    fn day_of_week(&self, at: usize) -> Option<u8> {
        let day = match self.glyphs.c(at) {
            '日' | '天' => 7,
            _ => self.word(at, Category::Digit)?.sense.number as u8,
        };
        (1..=7).contains(&day).then_some(day)
    }

    /// Whether days stand before `at` in a list that says the week once: 每周一、三、五. What follows may make it another list:
    /// 周五、三十日; 每周一、二楼.
    fn is_listed_day(&self, at: usize) -> bool {
        let goes_on =
            matches!(self.glyphs.c(at + 1), '十' | '百' | '千' | '万' | '楼' | '层' | '号' | '月' | '日' | '季' | '级');
        let mut day = at;
        for _ in 0..DAYS {
            let Some(before) = day.checked_sub(2).filter(|_| !goes_on && self.glyphs.before(day).c == '、') else {
                return false;
            };
            if self.day_of_week(before).is_none() {
                return false;
            }
            let week = |back: usize, category| before.checked_sub(back).and_then(|start| self.word(start, category));
            let every =
                |back| week(back, Category::Every).is_some_and(|found| found.end == before && found.sense.id == "week");
            if week(1, Category::Weekday).is_some() || (2..=3).any(every) {
                return true;
            }
            day = before;
        }
        false
    }

    fn season(&self, at: usize) -> Option<Item> {
        let found = self.word(at, Category::Season)?;
        let year = self.year_after(found.end);
        let announced = self.follows(at, Category::BeforeSeason)
            || at >= 4 && self.follows_the(at) && self.follows(at - 4, Category::BeforeSeason);
        let sure = !found.sense.shy || year.is_some() || announced;
        let (year, end) = year.unwrap_or((None, found.end));
        sure.then(|| Item::date(at, end, When::Season { year, season: found.sense.number as u8 }))
    }

    /// A word of Hangul ends at `end`, or a particle follows.
    pub(crate) fn ends_hangul(&self, start: usize, end: usize) -> bool {
        self.glyphs.sort(start) != Sort::Hangul
            || self.glyphs.sort(end) != Sort::Hangul
            || self.word(end, Category::Particle).is_some()
    }

    /// A date that names its parts: 2024년 3월 3일, 二〇二四年三月三日, 3月, 3일.
    pub(crate) fn east_date(&self, at: usize) -> Option<Item> {
        let mut parts = Parts::default();
        let mut end = at;
        if let Some(fiscal) = self.east_fiscal(at) {
            return Some(fiscal);
        }
        if let Some((year, year_end)) = self.east_year(at) {
            (parts.year, end) = (year_of(year), year_end);
            if let Some(item) = self.east_part_of_year(at, end, parts.year) {
                return Some(item);
            }
        }
        let start = if end > at { self.glyphs.skip_space(end) } else { at };
        // 2025年元旦.
        if parts.year.is_some()
            && let Some(found) = self.word(start, Category::Relative)
            && let Some((month, day)) = super::holiday(found.sense.id)
        {
            return Some(Parts { month: Some(month), day: Some(day), ..parts }.item(at, found.end));
        }
        if let Some((month, month_end)) = self.east_named(start, 12, &['월', '月'], end > at) {
            (parts.month, end) = (Some(month), month_end);
        }
        let start = if end > at { self.glyphs.skip_space(end) } else { at };
        // 本月30号: the month is told from today.
        let month = parts.month.is_some() || self.glyphs.before(at).c == '月';
        let marks: &[char] = if month { &['일', '日', '号'] } else { &['일', '日'] };
        let ranged = || self.east_range_start(start, marks).filter(|_| parts.month.is_some());
        // 逾期一日: how long, not which day.
        let lasts = parts.month.is_none() && self.counts_days(at);
        if (parts.year.is_none() || parts.month.is_some())
            && !lasts
            && let Some((day, day_end)) = self.east_named(start, 31, marks, parts.month.is_some()).or_else(ranged)
        {
            (parts.day, end) = (Some(day), day_end);
        }
        (end > at).then(|| parts.item(at, end))
    }

    /// Whether what stands before a day says how long, not which: 逾期一日.
    pub(crate) fn counts_days(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or(' ', |at| self.glyphs.c(at));
        let word: String = [before(2), before(1)].into_iter().collect();
        matches!(before(1), '满' | '足' | '隔' | '每' | '滿') || chinese::LASTING.contains(&&*word)
    }

    /// A year before 년 or 年: four digits, or two where a month follows.
    fn east_year(&self, at: usize) -> Option<(u64, usize)> {
        if let Some(era) = self.word(at, Category::Era) {
            let first = self.glyphs.c(era.end) == '元';
            let (count, end) =
                if first { (1, era.end + 1) } else { self.small(era.end, 150).map(|(count, end, _)| (count, end))? };
            return (self.glyphs.c(end) == '年').then_some((era.sense.number as u64 + count, end + 1));
        }
        let short = usize::from(self.glyphs.c(at) == '\'');
        let (year, end) = match self.plain_whole(at + short, 2999) {
            Some((year, end)) => (year, end),
            None => {
                let east = self.east(at)?;
                let year = east.amount.to_whole(2999)?;
                let spoken = self.glyphs.sort(at) == Sort::Hangul && east.placed && year > 1000 && year % 100 > 0;
                if !(east.positional && east.parts >= 4 || spoken) {
                    return None;
                }
                (year, east.end)
            }
        };
        let mark = self.glyphs.skip_space(end);
        // 2028학년도: a school year.
        let school = matches!((self.glyphs.c(mark), self.glyphs.c(mark + 1)), ('학', '년') | ('学' | '學', '年'));
        let mark = mark + usize::from(school && year >= 1000);
        if !matches!(self.glyphs.c(mark), '년' | '年') {
            return None;
        }
        let mut after = mark + 1;
        after += usize::from(matches!(self.glyphs.c(after), '도' | '度'));
        if year >= 1000 {
            let decade = matches!(self.glyphs.c(mark + 1), '대' | '代');
            return (!decade).then_some((year, after));
        }
        let month = self.glyphs.skip_space(after);
        let dated = (10..100).contains(&year) && self.east_named(month, 12, &['월', '月'], true).is_some();
        dated.then_some((year + 2000, after))
    }

    /// A fiscal year after its number: 2025 회계연도, 2025财年.
    fn east_fiscal(&self, at: usize) -> Option<Item> {
        let (year, end) = self.plain_whole(at, 2199).filter(|&(year, _)| year > 1900)?;
        let mark = self.glyphs.skip_space(end);
        let after = mark + usize::from(matches!(self.glyphs.c(mark), '년' | '年'));
        let fiscal = self.word(self.glyphs.skip_space(after), Category::Fiscal)?;
        Some(Item::date(at, fiscal.end, When::Fiscal(year as u16)))
    }

    /// A quarter or half year after its year: 2024년 3분기, 2024年上半年.
    fn east_part_of_year(&self, start: usize, end: usize, year: Option<u16>) -> Option<Item> {
        let next = self.glyphs.skip_space(end);
        if let Some(found) = self.word(next, Category::HalfYear) {
            return Some(self.part_of_year(start, found.end, 2, found.sense.number as u8, year));
        }
        if let Some(found) = self.word(next, Category::Season).filter(|found| self.ends_hangul(next, found.end)) {
            return Some(Item::date(start, found.end, When::Season { year, season: found.sense.number as u8 }));
        }
        let (number, number_end, _) = self.small(next, 4).filter(|(number, ..)| *number > 0)?;
        let found = self.word(self.glyphs.skip_space(number_end), Category::Quarter)?;
        Some(self.part_of_year(start, found.end, 4, number as u8, year))
    }

    /// A number up to `most` before one of `marks`, and where that ends. Alone, a number of days that pass is none.
    fn east_named(&self, at: usize, most: u64, marks: &[char], within: bool) -> Option<(u8, usize)> {
        let (number, end) = match self.plain_whole(at, most) {
            Some(found) => found,
            None => {
                let free = within
                    || self.glyphs.before(at).sort != self.glyphs.sort(at)
                    || self.glyphs.sort(at) == Sort::Character;
                let east = self.east(at).filter(|east| free && (!east.positional || east.parts == 2))?;
                // 삼월 삼십일: the last syllable is a day, no one.
                let day = within && marks.contains(&'일') && self.glyphs.c(east.end - 1) == '일' && east.parts > 1;
                let day = day && self.glyphs.c(east.end) != '일';
                let whole = east.amount.to_whole(99)?;
                match (day, east.positional) {
                    (true, true) => (whole / 10, east.end - 1),
                    (true, false) => (whole - 1, east.end - 1),
                    _ => (whole, east.end),
                }
            }
        };
        // 两月 is two months, and February 二月.
        if number > most || self.glyphs.c(at) == '两' {
            return None;
        }
        let mark = self.glyphs.skip_space(end);
        // 15日元 is money; 1日元旦 and 15日圆满结束 are days, since a longer word begins there.
        let money = self.word(mark, Category::Currency).filter(|_| !within);
        let longer =
            |end: usize| self.lexicon.find(&self.glyphs, mark + 1, |_| true).is_some_and(|found| found.end > end);
        let money = money.is_some_and(|found| !longer(found.end));
        if number == 0 || !marks.contains(&self.glyphs.c(mark)) || money {
            return None;
        }
        let end = mark + 1;
        let hangul = self.glyphs.sort(mark) == Sort::Hangul;
        // 3일 동안 counts days; 3월 내내 is all of March, since months are counted as 개월.
        let month = matches!(self.glyphs.c(mark), '월');
        let passes = !within && self.passes(end) && (!month || self.glyphs.skip_space(end) == end);
        let word = self.glyphs.sort(mark) == Sort::Character && self.glyphs.c(end) == '间' && !within;
        let glued = hangul
            && self.glyphs.sort(at) == Sort::Hangul
            && self.glyphs.sort(end) == Sort::Hangul
            && self.word(end, Category::Particle).is_none();
        (!passes && !word && !glued).then(|| {
            let share = usize::from(self.glyphs.c(end) == '份');
            (number as u8, end + share)
        })
    }

    /// The first day of two that share their mark: 3월 3~5일.
    fn east_range_start(&self, at: usize, marks: &[char]) -> Option<(u8, usize)> {
        let (day, end) = self.plain_whole(at, 31)?;
        let range = self.word(self.glyphs.skip_space(end), Category::Range)?;
        let second = self.glyphs.skip_space(range.end);
        self.east_named(second, 31, marks, true)?;
        Some((day as u8, end))
    }

    /// Whether what follows `end` says that time passes: 3일간, 3일 동안.
    pub(crate) fn passes(&self, end: usize) -> bool {
        let next = self.glyphs.skip_space(end);
        self.word(next, Category::Lasting).is_some_and(|found| {
            let whole =
                self.glyphs.sort(found.end) != Sort::Hangul || self.word(found.end, Category::Particle).is_some();
            whole || next == end
        })
    }
}
