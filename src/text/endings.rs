//! Korean text without full stops, as archives and subtitles have it: the verb stands last in its sentence, and its ending
//! says so (-다 of a finite verb; -음, -함, -됨 in the style of officials).
//!
//! Such an ending cuts only what would be a sentence of more than [`LONG`] words, and only where the next word follows after
//! nothing but a space: text with full stops is left alone but for very long sentences.

use super::chars::is_syllable;
use super::sentences::{ENDLESS, Sentence};
use crate::span::Span;
use std::ops::Range;

/// Words up to which a sentence is left as it is.
const LONG: u32 = 24;
/// Fewest words that are cut off.
const LEAST: u32 = 3;

/// Whether `word` ends as a verb that closes a sentence, and the text goes on with a word of another: not with a mark or a
/// particle, as after a quotation.
pub(super) fn is_final(word: &str, after: &str) -> bool {
    is_last_form(word) && {
        let next = after.trim_start_matches(' ');
        next.len() < after.len() && next.starts_with(|c: char| is_syllable(c) || c.is_ascii_digit())
    }
}

/// Whether `word` has the form of a verb that closes a sentence.
fn is_last_form(word: &str) -> bool {
    let mut syllables = word.chars().rev();
    let (last, before) = (syllables.next().unwrap_or(' '), syllables.next().unwrap_or(' '));
    match last {
        // Past and future, "is" and "is not" there, the present, the polite form, "is"; not 보다, 마다, 바다.
        '다' => matches!(coda(before), Some(NIEUN | SSANG_SIOS | PIEUP_SIOS)) || matches!(before, '니' | '이' | '하'),
        '음' => matches!(coda(before), Some(SSANG_SIOS | PIEUP_SIOS)),
        '함' => before != '포' && word.chars().count() != 2,
        '됨' => true,
        '임' => matches!(before, '것' | '정' | '획' | '침' | '망' | '태' | '문'),
        _ => false,
    }
}

/// Numbers of final consonants in their order in Unicode.
const NIEUN: u32 = 4;
const PIEUP_SIOS: u32 = 18;
const SSANG_SIOS: u32 = 20;

/// The final consonant of a syllable, 0 for none (Unicode Standard, section 3.12).
fn coda(syllable: char) -> Option<u32> {
    is_syllable(syllable).then(|| (syllable as u32 - 0xAC00) % 28)
}

/// Cuts long sentences after the tokens before `endings`, which are in order. Cost: linear.
pub(super) fn cut(sentences: Vec<Sentence>, endings: &[u32], places: &[(u32, u32)]) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(sentences.len() + endings.len());
    let mut rest = &sentences[..];
    while !rest.is_empty() {
        // What was cut for its length alone is one sentence again.
        let is_open = |pair: &[Sentence]| {
            let [sentence, next] = pair else { return false };
            let last = places[sentence.tokens.end as usize - 1].1 as usize;
            sentence.tokens.len() >= ENDLESS && sentence.span.end == last && !next.paragraph
        };
        let count = 1 + rest.windows(2).take_while(|pair| is_open(pair)).count();
        let (whole, after) = rest.split_at(count);
        let tokens = whole[0].tokens.start..whole[count - 1].tokens.end;
        let borders = borders(&tokens, endings);
        if borders.is_empty() {
            out.extend_from_slice(whole);
        } else {
            let end = whole[count - 1].span.end;
            pieces(&whole[0], &tokens, &borders, end, places, &mut out);
        }
        rest = after;
    }
    out
}

/// Where to cut `tokens`, if anywhere.
fn borders(tokens: &Range<u32>, endings: &[u32]) -> Vec<u32> {
    if (tokens.len() as u32) <= LONG {
        return Vec::new();
    }
    let first = endings.partition_point(|&ending| ending < tokens.start + LEAST);
    let inside = endings[first..].iter().copied().take_while(|ending| ending + LEAST <= tokens.end);
    let mut borders: Vec<u32> = Vec::new();
    for ending in inside {
        if borders.last().is_none_or(|last| ending >= last + LEAST) {
            borders.push(ending);
        }
    }
    borders
}

/// The pieces of a sentence that begins as `first` does and ends at byte `end`, none of them endless.
fn pieces(
    first: &Sentence,
    tokens: &Range<u32>,
    borders: &[u32],
    end: usize,
    places: &[(u32, u32)],
    out: &mut Vec<Sentence>,
) {
    let mut start = tokens.start;
    for &border in borders.iter().chain([&tokens.end]) {
        while start < border {
            let piece = start..border.min(start + ENDLESS as u32);
            let is_first = piece.start == tokens.start;
            let from = if is_first { first.span.start } else { places[piece.start as usize].0 as usize };
            let to = if piece.end == tokens.end { end } else { places[piece.end as usize - 1].1 as usize };
            start = piece.end;
            out.push(Sentence { tokens: piece, span: Span::new(from, to), paragraph: is_first && first.paragraph });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn endings_of_verbs_are_told_from_particles_and_nouns() {
        for word in
            ["하였다", "있다", "없다", "판단된다", "전망입니다", "것이다", "높였음", "운용함", "추정됨", "것임", "함"]
        {
            assert!(is_last_form(word), "{word}");
        }
        for word in
            ["작년보다", "해마다", "바다", "다음", "마음", "포함", "책임", "모임", "하였다고", "있으나", "has", ""]
        {
            assert!(!is_last_form(word), "{word}");
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        tokenise(text).sentences.iter().map(|sentence| sentence.span.of(text)).collect()
    }

    const RATE: &str = "위원회는 다음 회의까지 기준금리를 현재 수준에서 유지하기로 하였다";
    const PRICES: &str = "소비자물가는 농산물 가격이 오르면서 작년보다 높은 오름세를 보였음";
    const OUTLOOK: &str = "앞으로 물가는 수요 둔화로 당분간 낮은 수준을 이어갈 것으로 전망된다";

    #[test]
    fn sentences_without_full_stops_end_with_their_verbs() {
        assert_eq!(cut(&[RATE, PRICES, OUTLOOK].join(" ")), [RATE, PRICES, OUTLOOK]);
        // However often a sentence would have been cut for its length.
        let (long, sentences) = ([RATE, PRICES, OUTLOOK].repeat(30).join(" "), [RATE, PRICES, OUTLOOK].repeat(30));
        assert_eq!(cut(&long), sentences);
    }

    #[test]
    fn a_verb_ends_no_sentence_before_a_mark_a_particle_or_another_script() {
        for after in ["\"고 말했다", ", 또", ".", "", "고 했다", " and then", "\n다음"] {
            assert!(!is_final("끝났다", after), "{after:?}");
        }
        assert!(is_final("끝났다", " 다음") && is_final("끝났다", " 10월"));
    }

    #[test]
    fn a_sentence_that_has_its_full_stop_is_left_alone() {
        let quoted = "정부는 회의를 열었다 하더라도 결과를 알리지 않겠다고 밝혔다.";
        assert_eq!(cut(&format!("{quoted} {PRICES}.")), [quoted, &format!("{PRICES}.")]);
    }
}
