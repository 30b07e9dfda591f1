//! Document text in Markdown: escaped, and with marks around words.

use crate::report::visible::visible;

/// The text of a quotation, in Markdown.
#[derive(Debug, Default)]
pub(super) struct Quotation {
    pub text: String,
}

impl Quotation {
    /// Words of a document.
    pub fn plain(&mut self, text: &str) {
        let shown = visible(text);
        match self.text.is_empty() {
            true => self.text.push_str(&line_escaped(shown.trim_start())),
            false if self.text.ends_with(' ') => self.text.push_str(&specials_escaped(shown.trim_start())),
            false => self.text.push_str(&specials_escaped(&shown)),
        }
    }

    /// A space, where none stands and something does.
    pub fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Words of the report.
    pub fn said(&mut self, markdown: &str) {
        self.text.push_str(markdown);
    }

    /// Words of a document between marks. `apart`: a space is to follow. Markdown's marks are only seen as such with
    /// a letter inside or a space outside; elsewhere tags stand for them.
    pub fn marked(&mut self, text: &str, marks: Marks, apart: bool) {
        let shown = visible(text);
        let inside = shown.trim_matches(' ');
        if inside.is_empty() {
            return;
        }
        if shown.starts_with(' ') {
            self.space();
        }
        let spaced = self.text.is_empty() || self.text.ends_with(' ');
        let opens = spaced || (inside.starts_with(char::is_alphanumeric) && !self.text.ends_with(['~', '*']));
        let apart = apart || shown.ends_with(' ');
        let closes = inside.ends_with(char::is_alphanumeric) || apart;
        let (open, close) = if opens && closes { (marks.sign, marks.sign) } else { (marks.open, marks.close) };
        self.text.push_str(open);
        self.text.push_str(&specials_escaped(inside));
        self.text.push_str(close);
        if apart {
            self.text.push(' ');
        }
    }
}

/// What stands around marked words: Markdown's sign, or a pair of tags.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    sign: &'static str,
    open: &'static str,
    close: &'static str,
}

impl Marks {
    pub const GONE: Self = Self { sign: "~~", open: "<del>", close: "</del>" };
    pub const NEW: Self = Self { sign: "**", open: "<strong>", close: "</strong>" };
}

/// Document text that stands for itself, alone on a line.
pub(super) fn escaped(text: &str) -> String {
    line_escaped(visible(text).trim())
}

/// Visible text that stands for itself at the beginning of a line.
fn line_escaped(shown: &str) -> String {
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    match shown[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &shown[..digits], specials_escaped(&shown[digits..])),
        Some('#' | '+' | '-' | '=') if digits == 0 => format!("\\{}", specials_escaped(shown)),
        _ => specials_escaped(shown),
    }
}

/// Visible text with a backslash before what Markdown would read as markup, and `@` kept from calling anyone.
fn specials_escaped(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len() + shown.len() / 8);
    let mut before = None;
    for c in shown.chars() {
        if "\\`*_[]<>|~&$".contains(c) {
            text.push('\\');
        }
        text.push(c);
        if c == '@' && !before.is_some_and(char::is_alphanumeric) {
            text.push_str("<!-- -->");
        }
        before = Some(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_stands_for_itself() {
        assert_eq!(escaped("# not a *heading* <b>"), "\\# not a \\*heading\\* \\<b\\>");
        assert_eq!(escaped("1. no list"), "1\\. no list");
        assert_eq!(escaped("1984 was | is"), "1984 was \\| is");
        assert_eq!(escaped("ask @all, a@b"), "ask @<!-- -->all, a@b");
    }

    #[test]
    fn marks_beside_punctuation_are_tags() {
        let mut quotation = Quotation::default();
        quotation.plain("重视两国关系");
        quotation.marked("，并", Marks::NEW, false);
        quotation.plain("愿 ");
        quotation.marked("(so)", Marks::GONE, true);
        assert_eq!(quotation.text, "重视两国关系<strong>，并</strong>愿 ~~(so)~~ ");
    }
}
