//! Numbers.

use super::*;

#[test]
fn digits_of_all_scripts_and_groupings() {
    check(&[
        &["1,200,000", "1.2 million", "1.200.000", "1 200 000", "1\u{A0}200\u{A0}000", "1\u{2009}200\u{2009}000"],
        &[
            "1,300,000",
            "1'300'000",
            "1_300_000",
            "13,00,000",
            "１３０万",
            "130만",
            "1.3mn",
            "1.3M",
            "১৩০০০০০",
            "1,3 Millionen",
            "1,3 млн",
        ],
        &["120", "120.0", "١٢٠", "१२०", "๑๒๐", "１２０"],
        &["210"],
        &["-120", "−120", "minus 120", "마이너스 120", "负120"],
        &["1.234", "1,234"],
        &["12.34", "12,34", "١٢٫٣٤"],
        &["3/4", "three quarters", "three-quarters", "¾", "四分之三", "4분의 3", "4분의 3만", "0.75"],
        &["1 1/2", "1½", "1.5", "one and a half"],
        &["1.2bn", "1.2 billion", "12억", "12亿", "1,200 million"],
        &["5K", "5k", "5,000", "five thousand", "5천", "五千"],
        &["3 trillion", "3tn", "3조", "3兆", "3万亿"],
    ]);
}

#[test]
fn numbers_in_words() {
    check(&[
        &[
            "one hundred and twenty-three thousand",
            "123,000",
            "a hundred and twenty three thousand",
            "一十二万三千",
            "십이만삼천 명",
        ],
        &["one hundred twenty-three", "one hundred and twenty-three", "123", "一百二十三", "백이십삼 명"],
        &["a million", "one million", "1,000,000", "一百万", "백만 명"],
        &["half a million", "500,000", "五十万"],
        &["two and a half million", "2.5 million", "二百五十万", "250만"],
        &["fifteen hundred", "1,500", "一千五", "一千五百", "천오백 명"],
        &["two point five", "2.5", "二点五"],
        &["a dozen", "twelve", "12", "열두 명", "십이 명"],
        &["two dozen", "24", "스물네 명", "二十四"],
        &["two-thirds", "two thirds", "2/3", "三分之二", "3분의 2", "삼분의 이"],
        &["a third of it", "by a third", "one third", "1/3", "三分之一", "3분의 1"],
        &["half", "0.5", "절반", "一半", "50 %"],
        &["eleven", "11", "열한 명", "十一"],
        &["ninety-nine", "99", "아흔아홉 명", "九十九"],
        &["105", "一百零五"],
        &["150", "一百五", "壹佰伍拾", "壹佰五十"],
        &["350,000,000", "3억 5천만", "3억5천만", "3.5억", "3亿5000万", "三亿五千万", "350 million"],
        &["124,000", "12만4000", "12만4천", "12만 4,000", "12.4万"],
        &["1,002,000", "백만이천 명", "100만 2천"],
    ]);
}

#[test]
fn places_multiples_and_vague_numbers() {
    check(&[
        &["third", "a third meeting", "3rd", "제3", "第三", "세 번째", "셋째", "3번째", "第3", "3차"],
        &["three", "3", "세 명", "三个", "3명"],
        &["twenty-first", "21st", "第二十一", "제21", "21번째"],
        &["twice", "double", "doubled", "two times", "2배", "두 배", "两倍", "二倍", "2x", "two-fold", "2-fold"],
        &["threefold", "tripled", "three times", "3배", "세 배", "三倍"],
        &["hundreds", "several hundred", "a few hundred", "수백 명", "数百人", "几百名"],
        &["thousands", "수천 명", "数千人"],
        &["hundreds of thousands", "수십만 명", "数十万人"],
        &["제5조", "第五条", "第5条", "제 5조"],
        &["Phase II", "Phase 2", "附件二"],
    ]);
    assert_eq!(shown("Article 5"), "number 5");
    assert_eq!(shown("제12조"), "number 12.");
}

#[test]
fn a_range_says_of_both_what_it_says_once() {
    check(&[
        &["10-20 million", "10 million to 20 million", "10 to 20 million", "10~20 million", "1000万至2000万"],
        &["10-20", "10 to 20", "10~20", "10에서 20", "10至20", "10 – 20"],
    ]);
    assert_eq!(shown("between 5 and 10 million"), "number 5000000, number 10000000");
    assert_eq!(shown("2-1"), "number 2, number 1");
    assert_eq!(shown("300 to 5 million"), "number 300, number 5000000");
}

#[test]
fn words_that_look_like_numbers_are_none() {
    check_nothing(&[
        "no one spoke to one another",
        "the one who came, one's own",
        "on the one hand",
        "first of all",
        "a second-hand car from a third party",
        "the first lady",
        "double standards",
        "G20, F-35, COVID-19, A4, 5G, H5N1, B2B, 3D",
        "version 3.2.1 of the software",
        "Covid-19 and F-16s, the Group of Seven",
        "七国集团，二十国集团",
        "一些人一起统一了意见，这是唯一一致的一般看法",
        "进一步加强，之一，万一，千方百计，百姓",
        "四川、三亚、九江、五角大楼、六安",
        "两岸、两会、三明治",
        "한국의 한편 이사 사이 오만한 구조 조사 일이 만약 천천히",
        "세계 네트워크 열차 서명 일부 이미 사실",
        "십자가 백신 천연 만남 억제 조치",
        "이 사람 저 일이 사고로 오일",
        "so-called tensions weigh tenfolds",
    ]);
    // An ordinary word is a value only in place of another one.
    assert_eq!(shown("one person"), "number 1?");
    assert_eq!(shown("两国"), "number 2?");
    assert_eq!(shown("두 정상"), "number 2?");
    assert_eq!(shown("二十一国集团"), "number 21");
}
