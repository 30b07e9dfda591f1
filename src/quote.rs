//! Quotations: which stretches of a text stand inside quotation marks.

use crate::span::Span;

/// Longest quotation without a closing mark, in bytes: a stray mark must not quote the rest of the text.
const LONGEST: usize = 4000;

/// Spans of the outermost quotations, marks included, in order. Cost: linear.
///
/// A pair of straight marks (") opens after white space or an opening bracket and closes elsewhere; directed marks say
/// themselves which they are. „German“ and »reversed« marks are known.
pub(crate) fn quotations(text: &str) -> Vec<Span> {
    if text.is_ascii() {
        pair(text, memchr::memchr_iter(b'"', text.as_bytes()).map(|at| (at, '"')))
    } else {
        pair(text, text.char_indices().filter(|(_, c)| !c.is_ascii() || *c == '"'))
    }
}

fn pair(text: &str, marks: impl Iterator<Item = (usize, char)>) -> Vec<Span> {
    let mut quotations = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in marks {
        match open {
            Some((start, closing))
                if c == closing || (closing == '”' && c == '“' && text[start..].starts_with('„')) =>
            {
                quotations.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            Some((start, _)) if at - start > LONGEST => open = opening(text, at, c),
            Some(_) => {}
            None => open = opening(text, at, c),
        }
    }
    quotations
}

/// The mark that closes a quotation which `c` opens at byte `at`.
fn opening(text: &str, at: usize, c: char) -> Option<(usize, char)> {
    let closing = match c {
        '"' => {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–')) {
                return None;
            }
            '"'
        }
        '“' | '„' => '”',
        '«' => '»',
        '»' => '«',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '＂' => '＂',
        _ => return None,
    };
    Some((at, closing))
}

/// Whether `span` lies inside one of the sorted `quotations`.
pub(crate) fn is_quoted(quotations: &[Span], span: Span) -> bool {
    let after = quotations.partition_point(|quotation| quotation.start <= span.start);
    after > 0 && quotations[after - 1].end >= span.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn marks_of_many_styles_pair() {
        assert_eq!(quoted("He said \"yes\" and “no”."), ["\"yes\"", "“no”"]);
        assert_eq!(quoted("„ja“ und »nein« et «oui»"), ["„ja“", "»nein«", "«oui»"]);
        assert_eq!(quoted("他说：「好。」『嗯』"), ["「好。」", "『嗯』"]);
    }

    #[test]
    fn an_inch_mark_or_a_stray_mark_quotes_nothing() {
        assert_eq!(quoted("a 12\" record and a 7\" one"), [""; 0]);
        assert_eq!(quoted(&("“ never closed ".to_owned() + &"word ".repeat(2000) + "“so” it")).len(), 1);
    }
}
