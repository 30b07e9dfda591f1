//! Document text on its way into the page.

use crate::report::visible::{Visible, visible};
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::{self, Write};

/// A stretch of a document, as the content of an element that keeps white space.
///
/// What the browser shows has the text of the stretch, character by character: markup is escaped, line ends are kept,
/// and control characters are replaced by their pictures. Characters that hide or reorder text stand in an element of
/// their own, which isolates them and shows their number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t> {
    /// The whole document.
    pub text: &'t str,
    /// The stretch.
    pub span: Span,
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = self.text[..self.span.start].chars().next_back();
        let mut written = self.span.start;
        for (at, c) in self.span.of(self.text).char_indices() {
            let at = self.span.start + at;
            let shown = Shown::of(before, c, &self.text[at + c.len_utf8()..]);
            if shown != Shown::Same {
                f.write_str(&self.text[written..at])?;
                shown.fmt(f)?;
                written = at + c.len_utf8();
            }
            before = Some(c);
        }
        f.write_str(&self.text[written..self.span.end])
    }
}

/// How one character is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Same,
    /// A character reference.
    Reference(&'static str),
    Instead(char),
    /// Isolated, with its number.
    Isolated(char),
}

impl Shown {
    /// `c` between `before` and `after`.
    fn of(before: Option<char>, c: char, after: &str) -> Self {
        match c {
            ' '..='!' | '#'..='%' | '('..=';' | '=' | '?'..='~' | '\t' | '\n' => Self::Same,
            '<' => Self::Reference("&lt;"),
            '>' => Self::Reference("&gt;"),
            '&' => Self::Reference("&amp;"),
            '"' => Self::Reference("&quot;"),
            '\'' => Self::Reference("&#39;"),
            // A parser would turn the bare character into a line feed.
            '\r' if after.starts_with('\n') => Self::Reference("&#13;"),
            '\r' => Self::Reference("&#13;<br>"),
            '\u{b}' => Self::Instead('␋'),
            '\u{c}' => Self::Instead('␌'),
            '\u{85}' => Self::Instead('␤'),
            '\u{80}'..='\u{9f}' => Self::Instead('\u{fffd}'),
            _ => match Visible::of(before, c) {
                Visible::Same | Visible::Space => Self::Same,
                Visible::Picture(picture) => Self::Instead(picture),
                Visible::Number => Self::Isolated(c),
            },
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Same => Ok(()),
            Self::Reference(reference) => f.write_str(reference),
            Self::Instead(c) => f.write_char(c),
            Self::Isolated(c) => write!(f, "<bdi class=\"h\" data-h=\"{:04X}\">{c}</bdi>", u32::from(c)),
        }
    }
}

/// A name, ready for markup.
pub(super) fn escaped(name: &str) -> String {
    let text = &*visible(name);
    Text { text, span: Span::new(0, text.len()) }.to_string()
}

/// Characters of a word that an excerpt leaves out rather than cut it.
const WORD: usize = 20;

/// The beginning of a stretch on one line, at most `chars` characters, with an ellipsis where it goes on, between words
/// where one is near. It still has to be escaped.
pub(super) fn excerpt(text: &str, span: Span, chars: usize) -> Cow<'_, str> {
    let stretch = span.of(text).trim();
    let Some((cut, _)) = stretch.char_indices().nth(chars) else { return visible(stretch) };
    let beginning = &stretch[..cut];
    let whole_words = match stretch[cut..].starts_with(char::is_whitespace) {
        true => beginning,
        false => beginning.rsplit_once(char::is_whitespace).map_or(beginning, |(words, _)| words),
    };
    let kept = if beginning.len() - whole_words.len() <= WORD { whole_words } else { beginning };
    Cow::Owned(format!("{}…", visible(kept.trim_end())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Text { text, span: Span::new(0, text.len()) }.to_string()
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(shown("</a><b c='d\"'>&amp;"), "&lt;/a&gt;&lt;b c=&#39;d&quot;&#39;&gt;&amp;amp;");
    }

    #[test]
    fn line_ends_are_kept() {
        assert_eq!(shown("a\r\nb\rc\n"), "a&#13;\nb&#13;<br>c\n");
    }

    #[test]
    fn control_characters_are_replaced_and_hidden_ones_isolated() {
        assert_eq!(shown("\0\u{1b}\u{7f}\u{9b}"), "␀␛␡\u{fffd}");
        assert_eq!(shown("a\u{202e}b"), "a<bdi class=\"h\" data-h=\"202E\">\u{202e}</bdi>b");
    }

    #[test]
    fn a_joiner_is_judged_by_the_letter_before_the_stretch() {
        let text = "می\u{200c}خواهم";
        let joiner = text.find('\u{200c}').expect("it is there");
        assert_eq!(Text { text, span: Span::new(joiner, text.len()) }.to_string(), &text[joiner..]);
    }

    #[test]
    fn excerpts_are_cut_by_characters() {
        assert_eq!(excerpt(" é\né ", Span::new(0, 7), 9), "é é");
        assert_eq!(excerpt("été fini", Span::new(0, 10), 3), "été…");
        assert_eq!(excerpt("été fini", Span::new(0, 10), 6), "été…");
        assert_eq!(excerpt("注意到有关立场", Span::new(0, 21), 3), "注意到…");
    }
}
