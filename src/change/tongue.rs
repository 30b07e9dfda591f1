//! Which language Latin letters are in: the words of English are none in French, though they look alike (non, plus, on).

use super::tables::TONGUE;
use crate::text::Tokenised;
use std::ops::Range;

/// Most tokens that are looked at.
const ENOUGH: usize = 200;

/// Whether the small words among `tokens` are those of another language than English. Cost: linear, and bounded.
pub(super) fn is_foreign(text: &Tokenised<'_>, tokens: &Range<u32>) -> bool {
    let (is_english, is_foreign) = (TONGUE.section("english"), TONGUE.section("foreign"));
    let (mut english, mut foreign) = (0, 0);
    let few = &text.tokens[tokens.start as usize..tokens.end as usize][..tokens.len().min(ENOUGH)];
    for (&token, left) in few.iter().zip((1..=few.len()).rev()) {
        if foreign + left <= english + 1 {
            return false;
        }
        let sections = TONGUE.sections_of(token);
        english += usize::from(sections & is_english != 0);
        foreign += usize::from(sections & is_foreign != 0);
    }
    foreign > english + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn small_words_tell_the_language() {
        let foreign = |text: &str| is_foreign(&tokenise(text), &(0..tokenise(text).len() as u32));
        for text in [
            "Le ministre n'a pas dit non plus que la loi est claire.",
            "Der Minister will nicht reden und kann das Gesetz nicht ändern.",
            "El ministro no dijo que la ley es clara.",
        ] {
            assert!(foreign(text), "{text}");
        }
        for text in
            ["The minister will not speak.", "Bank raises rates", "Minister El Amin met the mayor of Los Angeles."]
        {
            assert!(!foreign(text), "{text}");
        }
    }
}
