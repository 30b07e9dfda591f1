//! What bars draw of a text that is cut into tiles.

use crate::span::Span;

/// Tiles that cover `text` in order, each with what it is, as bars draw them: one without a letter or digit, as the line feed at the
/// end of a file, says nothing to be told apart and goes with the tile before it, or after it at the beginning.
pub(super) fn worded<T>(text: &str, tiles: impl IntoIterator<Item = (Span, T)>) -> Vec<(Span, T)> {
    let mut drawn: Vec<(Span, T)> = Vec::new();
    let mut has_begun = false;
    for (span, of) in tiles {
        let has_words = span.of(text).contains(char::is_alphanumeric);
        match drawn.last_mut() {
            Some((last, _)) if !has_words => last.end = span.end,
            Some((last, known)) if !has_begun => (last.end, *known) = (span.end, of),
            _ => drawn.push((span, of)),
        }
        has_begun |= has_words;
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_words_goes_with_them() {
        let tile = |start, end, of| (Span::new(start, end), of);
        let text = "\n* one\n\n東 \n";
        let tiles = [tile(0, 3, 'u'), tile(3, 6, 'v'), tile(6, 8, 'u'), tile(8, 11, 'e'), tile(11, 13, 'u')];
        assert_eq!(worded(text, tiles), [tile(0, 8, 'v'), tile(8, 13, 'e')]);
        assert_eq!(worded("- -\n", [tile(0, 1, 'v'), tile(1, 4, 'u')]), [tile(0, 4, 'v')]);
        assert_eq!(worded("", [] as [(Span, char); 0]), []);
    }
}
