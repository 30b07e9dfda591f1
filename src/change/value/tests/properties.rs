//! What holds for every text.

use super::*;

fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let lead = (digits.len() - 1) % 3 + 1;
    let groups = digits.as_bytes()[lead..].chunks(3).map(|group| str::from_utf8(group).unwrap());
    let mut all = vec![&digits[..lead]];
    all.extend(groups);
    all.join(mark)
}

/// Written with 만 and 억, each part in digits.
fn by_myriads(number: u64, marks: [&str; 3]) -> String {
    let parts = [(1_000_000_000_000, marks[0]), (100_000_000, marks[1]), (10_000, marks[2])];
    let mut rest = number;
    let mut out = String::new();
    for (size, mark) in parts {
        if rest >= size {
            out += &format!("{}{mark}", rest / size);
            rest %= size;
        }
    }
    if rest > 0 || out.is_empty() { out + &rest.to_string() } else { out }
}

fn han(number: u64) -> String {
    let digit = |digit: u64| "零一二三四五六七八九".chars().nth(digit as usize).unwrap().to_string();
    if number < 10 {
        return digit(number);
    }
    for (size, mark) in
        [(1_000_000_000_000, "兆"), (100_000_000, "亿"), (10_000, "万"), (1000, "千"), (100, "百"), (10, "十")]
    {
        if number >= size {
            let rest = number % size;
            let zero = if rest > 0 && rest < size / 10 { "零" } else { "" };
            return han(number / size) + mark + zero + &if rest > 0 { han(rest) } else { String::new() };
        }
    }
    unreachable!("every number has a size")
}

fn english(number: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match number {
        0..20 => ONES[number as usize].to_owned(),
        20..100 if number.is_multiple_of(10) => TENS[number as usize / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[number as usize / 10], ONES[number as usize % 10]),
        _ => {
            let sizes = [(1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred")];
            let (size, name) = sizes.into_iter().find(|(size, _)| number >= *size).unwrap();
            let rest = number % size;
            let link = if rest < 100 { " and " } else { " " };
            let rest = if rest > 0 { link.to_owned() + &english(rest) } else { String::new() };
            format!("{} {name}{rest}", english(number / size))
        }
    }
}

fn spellings(number: u64) -> Vec<String> {
    let mut spellings = vec![
        number.to_string(),
        grouped(number, ","),
        grouped(number, "\u{A0}"),
        grouped(number, "'"),
        format!("{number}.0"),
        by_myriads(number, ["조", "억", "만"]),
        by_myriads(number, ["兆", "亿", "万"]),
        number.to_string().chars().map(|c| char::from_u32(c as u32 + 0x0660 - 0x30).unwrap()).collect(),
        number.to_string().chars().map(|c| char::from_u32(c as u32 + 0xFF10 - 0x30).unwrap()).collect(),
    ];
    if number < 1_000_000_000_000 {
        spellings.push(english(number));
    }
    if number >= 20 {
        spellings.push(han(number));
    }
    spellings
}

proptest! {
    #[test]
    fn every_spelling_of_a_number_has_one_key(number in prop_oneof![2_u64..1900, 2100_u64..9_000_000_000_000_000]) {
        for spelling in spellings(number) {
            let found = values(&format!("共有 {spelling} ."));
            prop_assert_eq!(found.len(), 1, "{} {:?}", spelling, found);
            prop_assert_eq!(&found[0].key, &Key::Number(Nature::Cardinal, Amount::whole(number)), "{}", spelling);
        }
    }

    #[test]
    fn different_numbers_differ(a in 2_u64..1_000_000, b in 2_u64..1_000_000) {
        prop_assume!(a != b);
        let (one, other) = (english(a) + " men", grouped(b, ",") + " men");
        prop_assert!(!same(&one, &other), "{} {}", one, other);
    }

    #[test]
    fn every_spelling_of_a_day_has_one_key(year in 1900_u16..2100, month in 1_u8..=12, day in 1_u8..=28) {
        const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December"];
        let name = MONTHS[usize::from(month) - 1];
        for spelling in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{year}년 {month}월 {day}일"),
            format!("{year}年{month}月{day}日"),
            format!("{day}.{month}.{year}"),
        ] {
            let found = values(&spelling);
            let key = Key::Date(When::Day { year: Some(year), month: Some(month), day: Some(day) });
            prop_assert_eq!(found.len(), 1, "{} {:?}", spelling, found);
            prop_assert_eq!(&found[0].key, &key, "{}", spelling);
        }
    }

    #[test]
    fn spans_are_in_order_disjoint_and_on_characters(text in hostile()) {
        let (mut end, mut last) = (0, Span::default());
        for value in values(&text) {
            let within = value.kind == ValueKind::Unit && last.holds(value.span);
            prop_assert!((value.span.start >= end || within) && !value.span.is_empty());
            prop_assert!(text.is_char_boundary(value.span.start) && text.is_char_boundary(value.span.end));
            (end, last) = (end.max(value.span.end), value.span);
        }
    }
}

/// Texts of the pieces that values are made of, and of anything.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "1",
        "20",
        "3.5",
        "2024",
        "1,200",
        "-",
        "–",
        "/",
        ".",
        ",",
        ":",
        " ",
        "%",
        "$",
        "US$",
        "€",
        "½",
        "㎞",
        "km",
        "per",
        "a",
        "one",
        "two",
        "hundred",
        "million",
        "and",
        "half",
        "third",
        "March",
        "May",
        "Monday",
        "Q3",
        "FY",
        "p.m.",
        "UTC",
        "+",
        "'",
        "만",
        "억",
        "조",
        "천",
        "세",
        "두",
        "번째",
        "제",
        "년",
        "월",
        "일",
        "시",
        "분",
        "분의",
        "오후",
        "퍼센트",
        "一",
        "二",
        "十",
        "百",
        "万",
        "亿",
        "零",
        "第",
        "年",
        "月",
        "日",
        "点",
        "半",
        "分之",
        "上午",
        "两",
        "成",
        "个",
        "of",
        "the",
        "to",
        "至",
        "~",
        "(",
        ")",
        "\u{1112}",
        "\u{1161}",
        "\u{200B}",
        "\n\n",
        "٣",
        "○",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()), "\\PC{0,60}", any::<String>(),]
}

#[test]
fn hostile_texts_are_read() {
    // Each would take minutes if any step looked back or ahead without a bound.
    for piece in
        ["1,", "1.", "9", "一", "十万", "만 ", "one hundred and ", "3/", "1 ", "March ", "두 ", "-", "$", "of "]
    {
        values(&piece.repeat(8_000));
    }
}
