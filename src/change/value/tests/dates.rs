//! Dates and times.

use super::*;

#[test]
fn days_in_all_orders_and_languages() {
    check(&[
        &[
            "3 March 2024",
            "March 3, 2024",
            "2024-03-03",
            "3rd March 2024",
            "the 3rd of March 2024",
            "March 3rd, 2024",
            "3 Mar. 2024",
            "2024년 3월 3일",
            "2024年3月3日",
            "二〇二四年三月三日",
            "3.3.2024",
            "2024. 3. 3.",
            "2024/3/3",
            "03/03/2024",
            "3. März 2024",
            "3 mars 2024",
            "3 de marzo de 2024",
            "3 марта 2024",
            "٣ مارس ٢٠٢٤",
            "'24년 3월 3일",
        ],
        &["4 March 2024", "2024년 3월 4일", "March 4 2024", "2024年3月4号"],
        &["3 April 2024", "April 3, 2024"],
        &["3 March 2023"],
        &["3 March", "March 3", "3월 3일", "三月三日", "third of March", "March the 3rd", "3rd of March"],
        &["mid-2024", "the middle of 2024"],
        &["early March", "the beginning of March"],
        &["late March", "the end of March"],
        &["3월 초", "3월 초순", "3月初", "3月上旬"],
        &["3월 말", "3월 하순", "3月底"],
        &["Friday morning", "Friday mornings"],
        &["Friday evening"],
        &["금요일 오전", "星期五上午"],
        &["금요일 오후", "周五下午"],
        &["March 2024", "2024년 3월", "2024年3月", "2024-03", "Mar 2024", "March, 2024", "March of 2024"],
        &["in March", "3월", "三月", "3月份", "3月"],
        &["1999", "nineteen ninety-nine", "一九九九年", "平成11年"],
        &[
            "in 2024",
            "民国113年",
            "令和6年",
            "twenty twenty-four",
            "(2024)",
            "its 2024 results",
            "2024년",
            "2024年",
            "二〇二四年",
            "the 2024 summit",
            "since 2024",
        ],
        &["in 1887", "dates from 1887"],
        &["구월 삼십일", "9월 30일", "九月三十日"],
        &["구월 이십일일", "9월 21일"],
        &["4월"],
    ]);
    assert!(!same("3/4/2024", "4/3/2024"));
    assert!(same("3/4/2024", "3 April 2024") && same("3/4/2024", "4 March 2024"));
}

#[test]
fn ranges_of_days_and_years_share_what_is_said_once() {
    check(&[
        &[
            "3-5 March",
            "March 3-5",
            "3 March to 5 March",
            "3월 3~5일",
            "3월 3일~5일",
            "3月3日至5日",
            "3 to 5 March",
            "3月3-5日",
            "3월 3일과 5일",
            "三月三日和五日",
        ],
        &["3 March to 5 April 2024", "3 March 2024 to 5 April 2024"],
        &["2024-2025", "2024-25", "2024/25", "2024–25"],
        &["2025-26"],
        &["from 2024 to 2028", "2024-2028", "2024-28", "2024年至2028年"],
    ]);
}

#[test]
fn periods() {
    check(&[
        &["the end of the year", "year's end", "year-end", "연말", "올해 말", "年底", "今年年底"],
        &["the end of the month", "month's end", "월말", "이달 말", "月底", "本月底"],
        &["third quarter", "Q3", "3분기", "第三季度", "三季度", "third-quarter", "3rd quarter", "3/4분기"],
        &["Q3 2024", "3Q24", "third quarter of 2024", "2024년 3분기", "2024年第三季度", "3Q 2024"],
        &["Jan-Mar 2024", "January to March 2024"],
        &["Q4", "4분기"],
        &["first half of 2024", "H1 2024", "2024년 상반기", "2024年上半年", "1H24"],
        &["second half of 2024", "2024년 하반기", "2024年下半年"],
        &["fiscal year 2024", "FY2024", "FY24", "fiscal 2024", "2024 회계연도", "2024财年", "2024财政年度"],
        &["1990s", "the '90s", "1990년대", "90年代", "九十年代"],
        &["1970s", "the seventies", "nineteen-seventies"],
        &["21st century", "21세기", "21世纪", "twenty-first century"],
        &["Monday", "월요일", "星期一", "周一", "月曜日", "(월)"],
        &["上周三", "上星期三", "지난주 수요일", "last week's Wednesday"],
        &["下周三"],
        &["上周五"],
        &["Tuesday", "화요일", "星期二"],
        &["yesterday", "어제", "昨天"],
        &["today", "오늘", "今天"],
        &["last year", "지난해", "작년", "去年"],
        &["next month", "다음 달", "下个月"],
        &["spring 1951", "1951年春", "1951년 봄", "1951年春季"],
        &["in autumn", "in the fall", "this fall", "가을에", "秋季"],
    ]);
}

#[test]
fn times_and_zones() {
    check(&[
        &[
            "3 p.m.",
            "15:00",
            "3pm",
            "3:00 PM",
            "오후 3시",
            "下午三点",
            "下午3时",
            "three o'clock in the afternoon",
            "15시",
            "15时",
        ],
        &["3 a.m.", "오전 3시", "凌晨三点", "03:00", "새벽 세 시"],
        &[
            "3:30 p.m.",
            "15:30",
            "오후 3시 30분",
            "오후 3시 반",
            "下午三点半",
            "下午3点30分",
            "3.30 p.m.",
            "15h30",
            "15 h 30",
        ],
        &["noon", "12:00", "정오", "正午", "12 p.m.", "낮 12시", "中午12点", "12:00 noon"],
        &["midnight", "자정", "밤 12시", "00:00", "午夜"],
        &["half past seven", "7:30"],
        &["a quarter to nine", "8:45"],
        &["0600 GMT", "06:00 GMT"],
        &["UTC+9", "KST", "GMT+9", "GMT+09:00", "한국시간", "Seoul time"],
        &["GMT", "UTC"],
        &["local time", "현지시간", "当地时间"],
    ]);
    assert_eq!(shown("at 3 p.m. KST"), "date 15:00:00, date utc+540");
    // Digits and a point are a time before a day.
    assert_eq!(shown("10.30 on Tuesday"), "date 10:30:00, date weekday 2");
    assert_eq!(shown("10.30 on average"), "number 10.3");
    assert!(same("3 o'clock", "3 p.m.") && same("3 o'clock", "3 a.m."));
}

#[test]
fn words_that_look_like_dates_are_none() {
    check_nothing(&[
        "he may go and they may march on",
        "the march against the law",
        "an august body",
        "the sun sat on the second",
        "prices fall and spring up",
        "日本人星期",
    ]);
    assert_eq!(shown("in his mid-40s"), "number 40");
    assert_eq!(shown("이천이십오년 삼월 오일"), "date 2025-03-05");
    assert_eq!(shown("三比二"), "number 3, number 2");
    assert_eq!(shown("2000 people"), "number 2000");
    assert_eq!(shown("2024명, 2024 votes"), "number 2024, number 2024");
    assert_eq!(shown("in 2000 cases"), "number 2000");
    assert_eq!(shown("3년 만에"), "number 3, unit year");
    assert_eq!(shown("3일 연속"), "number 3, unit day");
    assert_eq!(shown("3分の一"), shown("1/3"));
    assert_eq!(shown("三点意见"), "number 3");
}
