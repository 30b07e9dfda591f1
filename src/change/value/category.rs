//! What the words of the data files are for.

macro_rules! categories {
    ($($(#[$doc:meta])* $name:ident $word:literal),* $(,)?) => {
        /// What a word of the data files is for; `words/README.md` explains each to those who extend them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Category { $($(#[$doc])* $name),* }

        impl Category {
            /// The category that is called `name` there.
            #[allow(dead_code, reason = "only the build script asks")]
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

categories! {
    /// Words that look like values and are none.
    Guard "guard",
    /// A number word of a language that writes numbers as words.
    Number "number",
    /// A power of ten after a number: its exponent.
    Scale "scale",
    /// A vague number: dozens, hundreds; its exponent.
    Vague "vague",
    /// A word before a scale that makes it vague: several.
    Vaguely "vaguely",
    /// A number word for a place in an order.
    Ordinal "ordinal",
    /// What follows digits that are a place in an order: -th.
    OrdinalEnding "ordinal-ending",
    /// What stands before a number that is a place in an order: 第.
    OrdinalPrefix "ordinal-prefix",
    /// A part: its divisor.
    Part "part",
    /// A multiple in one word: twice.
    Multiple "multiple",
    /// What follows a number of times: -fold, 배.
    Times "times",
    /// A label that may have a Roman numeral: Phase II.
    Label "label",
    /// A digit of Han or Sino-Korean numerals.
    Digit "digit",
    /// Ten, hundred, thousand of Han or Sino-Korean numerals: its exponent.
    Place "place",
    /// Ten thousand and up: its exponent.
    Myriad "myriad",
    /// A native Korean number word.
    Native "native",
    /// A counting word: what stands before it is a number.
    Counter "counter",
    /// A word between a number and its counter: 여, 多.
    Over "over",
    /// Below zero.
    Minus "minus",
    /// Per cent.
    Percent "percent",
    /// Percentage points.
    Points "points",
    /// Hundredths of percentage points.
    Basis "basis",
    /// Per mille.
    Permille "permille",
    /// A tenth, as a percentage: 成.
    Tenths "tenths",
    /// What stands between a whole and its part, in Chinese and Korean order: 分之.
    OutOf "out-of",
    /// A unit of measure.
    Unit "unit",
    /// What stands before an amount whose unit is per something: 时速.
    Per "per",
    /// What stands before degrees of one scale: 섭씨.
    Degrees "degrees",
    /// A span of time in one word: how many, and of what: 사흘.
    Lasts "lasts",
    /// A currency.
    Currency "currency",
    /// A month.
    Month "month",
    /// A day of the week, Monday is 1.
    Weekday "weekday",
    /// A part of a day before the hour: 오후.
    DayPart "day-part",
    /// A part of a day after the hour: p.m.
    DayPartAfter "day-part-after",
    /// An hour said in one word: noon.
    Hour "hour",
    /// A time zone: minutes east of Greenwich, or its name.
    Zone "zone",
    /// A day, week, month or year told from today.
    Relative "relative",
    /// A season.
    Season "season",
    /// The word year after or before its number.
    Year "year",
    /// The word for a quarter of a year.
    Quarter "quarter",
    /// The word for a half of a year.
    Half "half",
    /// A half year in one word: 상반기.
    HalfYear "half-year",
    /// A fiscal year.
    Fiscal "fiscal",
    /// A century.
    Century "century",
    /// A decade in one word: nineties.
    DecadeWord "decade-word",
    /// A decade after its number: 年代.
    Decade "decade",
    /// A word before a month or year that is surely one: in, since.
    BeforeDate "before-date",
    /// A word before a number of four digits that is surely a year, however long ago: in, since.
    BeforeYear "before-year",
    /// A word before a season that is surely one: this, last.
    BeforeSeason "before-season",
    /// A word after a unit of time that is not what an amount is per: a year ago.
    Ago "ago",
    /// A word before a noun: the, its.
    Determiner "determiner",
    /// A unit told in a smaller one: how many, and its symbol.
    Equals "equals",
    /// Minutes after or before the hour that follows: half past.
    Past "past",
    /// A year count: what is added to it.
    Era "era",
    /// A word before a part that is no place in an order: by a third.
    BeforePart "before-part",
    /// A word after one: a third more.
    AfterPart "after-part",
    /// A word that links two ends of a range.
    Range "range",
    /// Once in every unit: daily, 매주.
    Every "every",
    /// Where in a month or year: early March, 3월 초.
    Edge "edge",
    /// A word of a language that writes decimals with a comma.
    CommaLanguage "comma-language",
    /// A word of a language that writes decimals with a point.
    PointLanguage "point-language",
    /// What follows days or years that pass, and are no date: 동안.
    Lasting "lasting",
    /// A particle that may follow a number word.
    Particle "particle",
}

impl Category {
    /// Its bit in a set of categories; there are far fewer than 128.
    pub(crate) const fn bit(self) -> u128 {
        1 << self as u32
    }

    /// A set of categories.
    pub(crate) const fn set(categories: &[Self]) -> u128 {
        let (mut set, mut at) = (0, 0);
        while at < categories.len() {
            set |= categories[at].bit();
            at += 1;
        }
        set
    }

    /// Those whose words may stand where a value begins: not those that tell the language or follow a value.
    pub(crate) const MAY_BEGIN: u128 = {
        use Category::*;
        !Self::set(&[CommaLanguage, PointLanguage, Determiner, Particle, Lasting, AfterPart])
    };
}
