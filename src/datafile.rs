//! The lines of the crate's data files: words that a linguist reads and extends.

/// The lines that say something. `#` begins a comment; an indented line goes on with the one before.
///
/// A file with such lines is joined anew, and what is joined stays: call this once for a file.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    let joined = if text.contains("\n ") { joined(text).leak() } else { text };
    joined.lines().map(said).filter(|line| !line.is_empty())
}

fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let goes_on = line.starts_with(' ');
        let line = said(line);
        if !line.is_empty() {
            joined.push(if goes_on { ' ' } else { '\n' });
            joined += line;
        }
    }
    joined
}

fn said(line: &str) -> &str {
    line.split('#').next().unwrap_or("").trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indented_lines_go_on_with_the_one_before() {
        let file = "# all\none = a, b\n\n two = c, # some\n  d,\n# between\n  e f\ng\n";
        assert_eq!(lines(file).collect::<Vec<_>>(), ["one = a, b two = c, d, e f", "g"]);
        assert_eq!(lines("a # b\n\n# c\nd").collect::<Vec<_>>(), ["a", "d"]);
        assert_eq!(lines("").count(), 0);
    }
}
