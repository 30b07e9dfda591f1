//! Units, currencies, percentages.

use super::*;

#[test]
fn an_amount_of_money_is_a_number_and_a_currency() {
    assert_eq!(shown("US$1.2 million"), "currency usd, number 1200000");
    assert_eq!(shown("€5bn and £3m"), "currency eur, number 5000000000, currency gbp, number 3000000");
    // A small m is a million before a currency, and a metre elsewhere.
    assert_eq!(shown("84m francs"), shown("84 million francs"));
    assert_eq!(shown("84m long"), "number 84, unit m");
    check(&[
        &["1.2 million dollars", "1,200,000 US dollars", "120만 달러", "120万美元", "1.2 million U.S. dollars"],
        &["1.2 million euros", "1.2 million EUR", "120만 유로", "120万欧元"],
        &["1.2 million won", "120만 원", "120만원", "120万韩元"],
        &["1.2 million yuan", "120만 위안", "120万元", "120万元人民币", "1.2 million renminbi"],
        &["1.2 million yen", "120만 엔", "120万日元", "120万円"],
        &["1.2 million pounds", "120만 파운드", "120万英镑"],
    ]);
    check(&[
        &["$5", "US$5", "US$ 5", "USD 5"],
        &["€5", "EUR 5", "EUR5"],
        &["A$5", "AUD 5"],
        &["₩5", "KRW 5"],
        &["Rs 5", "₹5"],
        &["$6"],
    ]);
    assert_eq!(shown("settled in yuan"), "currency cny");
    assert!(same("¥5", "JPY 5") && same("¥5", "CNY 5") && !same("JPY 5", "CNY 5"));
    assert!(same("사흘", "3일간") && !same("나흘", "3일간"));
    assert!(same("일주일", "7일간") && same("보름", "15일 동안"));
    assert_eq!(shown("40,000 units a month"), "number 40000, number 1?, unit month?");
    assert_eq!(shown("units per month, weekly"), "unit month, unit week?");
    assert!(same("每小时120公里", "120公里每小时"));
    assert_eq!(shown("$5 a year earlier"), "currency usd, number 5, number 1?, unit year?");
    assert_eq!(shown("$5 a barrel"), "currency usd, number 5, unit bbl");
    check_nothing(&["he won the real prize", "they try to pound"]);
}

#[test]
fn units_have_one_symbol_in_all_languages() {
    check(&[
        &[
            "5 km",
            "5km",
            "5 kilometres",
            "5 kilometers",
            "5킬로미터",
            "5公里",
            "5千米",
            "５㎞",
            "five-kilometre",
            "5,000 metres",
        ],
        &["5 miles", "5마일", "5英里"],
        &["5 tonnes", "5톤", "5吨", "5,000 kg"],
        &["60 km/h", "60 kilometres per hour", "60 km per hour", "시속 60킬로미터", "时速60公里", "60 kph"],
        &["three days", "3 days", "3일간", "3일 동안", "三天", "3天", "three-day"],
        &["2.5 hours", "两个半小时", "2시간 반", "two and a half hours", "2½ hours"],
        &["half a year", "半年", "6个月", "six months", "0.5 years"],
        &["2.5 years", "两年半", "2년 반"],
        &["12-nautical-mile", "12 nautical miles", "12해리", "12海里"],
        &["two weeks", "14 days", "2주", "2주간", "两周", "14일간", "两个星期", "2 weeks"],
        &["5 hours", "5시간", "5小时", "5个小时", "five-hour"],
        &["5 months", "5개월", "5个月", "다섯 달"],
        &["5 years", "5년간", "五年", "5년 동안", "five years"],
        &["5°C", "5 degrees Celsius", "5 ℃", "5摄氏度"],
        &["5 m", "5 metres", "5m", "5米", "5미터"],
        &["5 minutes", "5분간", "5分钟"],
    ]);
    // The unit may stand before its number.
    let (before, after) = (values("섭씨 5도"), values("5°C"));
    assert!(before.len() == 2 && before[0].means(&after[1]) && before[1].means(&after[0]));
    assert!(same("1시간 30분", "90분간") && same("1 hour and 30 minutes", "1.5 hours") && same("2年6个月", "30个月"));
    assert!(same("一小时三十分", "90分钟") && same("1小时30分", "90分钟") && same("2分30秒", "150秒"));
    assert!(same("9초98", "9.98초") && same("10秒04", "10.04秒") && same("10초 04를", "10.04초를"));
    assert_eq!(shown("10초 20명"), "number 10, unit second, number 20");
    assert!(!shown("得了95分").contains("minute") && !shown("5秒12人").contains("5.12"));
    assert!(!same("2시간 30분", "90분간") && !same("1시간 30분", "1시간"));
    assert_eq!(shown("5 hours, 30 minutes"), "number 5, unit hour, number 30, unit minute");
    assert!(same("a year and a half", "1.5 years") && same("two years and a half", "2.5 years"));
    assert_eq!(shown("배럴당 75달러"), "unit bbl, number 75, currency usd");
    assert_eq!(shown("每吨75美元"), "unit t, number 75, currency usd");
    assert_eq!(shown("a 35-year-old man"), "number 35, unit year?");
    assert_eq!(shown("ten years to eight years"), "number 10, unit year, number 8, unit year?");
    assert_eq!(shown("$1.2-1.5bn"), "currency usd, number 1200000000, number 1500000000");
    assert_eq!(shown("5 tonnes per day"), "number 5, unit t/day");
    assert_eq!(shown("5원칙 3분야"), "number 5, number 3");
}

#[test]
fn percentages_and_points() {
    check(&[
        &[
            "3.5 %",
            "3.5%",
            "3.5 percent",
            "3.5 per cent",
            "3.5퍼센트",
            "百分之三点五",
            "３．５％",
            "3,5 %",
            "3.5 pct",
            "three point five percent",
            "百分之3.5",
        ],
        &[
            "3.5 percentage points",
            "3.5 points de pourcentage",
            "3.5%p",
            "3.5%포인트",
            "3.5퍼센트포인트",
            "3.5个百分点",
            "350 basis points",
            "350bp",
            "350bps",
        ],
        &["0.25 percentage points", "25 basis points", "25个基点", "25bp", "25베이시스포인트"],
        &["30 %", "三成", "3할", "thirty percent", "百分之三十"],
        &["35 %", "三成五", "35퍼센트"],
        &["0.3 %", "3‰", "3 per mille", "千分之三"],
        &["53 %"],
    ]);
    assert_eq!(shown("10 to 20 percent"), "percentage 10 %, percentage 20 %");
    assert_eq!(shown("百分之三到五"), "percentage 3 %, percentage 5 %");
    assert_eq!(shown("59 percent to $73 million"), "percentage 59 %, currency usd, number 73000000");
    assert_eq!(shown("a quarter of a percentage point"), "percentage 0.25 points");
    assert_eq!(shown("half a percent, half a percentage point"), "percentage 0.5 %, percentage 0.5 points");
    assert_eq!(shown("至-8度为-3%"), "number -8, unit degree, percentage -3 %");
    assert_eq!(shown("10~20%"), "percentage 10 %, percentage 20 %");
    assert_eq!(shown("-0.3 %"), "percentage -0.3 %");
    assert!(!same("3 %", "3"));
    assert_eq!(shown("38 %, four points below"), "percentage 38 %, percentage 4 points");
    assert_eq!(shown("four points below"), "number 4");
}
