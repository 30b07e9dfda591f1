//! Quotations: which stretches of a text stand inside quotation marks.

use crate::span::Span;

/// Longest quotation without a closing mark, in bytes: a stray mark must not quote the rest of the text.
const LONGEST: usize = 4000;

/// Bytes looked at together.
const STRETCH: usize = 64;

/// Spans of the outermost quotations, marks included, in order. Cost: linear.
///
/// A pair of straight marks (") opens after white space or an opening bracket and closes elsewhere; directed marks say
/// themselves which they are. „German“ and »reversed« marks are known.
pub(crate) fn quotations(text: &str) -> Vec<Span> {
    // Every mark that quotes begins with one of these bytes; whole stretches without any are passed over at once.
    let lead = |byte: u8| (byte == b'"') | (byte >= 0xC2);
    let stretches = text.as_bytes().chunks(STRETCH).enumerate();
    let marked = stretches.filter(|(_, stretch)| stretch.iter().fold(false, |any, &byte| any | lead(byte)));
    let places = marked.flat_map(|(at, stretch)| {
        let leads = stretch.iter().enumerate().filter(move |(_, byte)| lead(**byte));
        leads.map(move |(offset, _)| at * STRETCH + offset)
    });
    pair(text, places.filter_map(|at| Some((at, text[at..].chars().next()?))))
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
