//! What the reports for people say of a comparison, each thing in one way.

use super::accounting::Account;
use super::facts::Facts;
use super::which::Which;
use crate::comparison::{Comparison, Side};
use crate::document::Decoding;
use crate::passage::{Kind, Passage};
use crate::text::Folded;

/// What a report calls a document: its id, which is the path as given for a file, and the record's own for a record of
/// a file with many.
pub(super) fn title(side: &Side<'_>) -> String {
    side.document.id.clone()
}

/// A share as people read it: a whole per cent, but never `0 %` for some or `100 %` for less than all.
pub(super) fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        _ if share <= 0.0 => "0 %".to_owned(),
        _ if share >= 1.0 => "100 %".to_owned(),
        rounded if rounded < 1.0 => "<1 %".to_owned(),
        rounded if rounded > 99.0 => ">99 %".to_owned(),
        rounded => format!("{rounded} %"),
    }
}

/// How alike two texts are, to two decimals, but never 1.00 for texts that differ.
pub(super) fn likeness(similarity: f64) -> String {
    let shown = if similarity < 1.0 { similarity.min(0.99) } else { similarity };
    format!("{shown:.2}")
}

/// A count with the thousands set off by commas.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `text` with its first letter a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A count of things that take an s: `1 word`, `1,200 words`.
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// How much of both is shared, as a sentence without its end.
pub(super) fn shared(accounts: &[Account; 2]) -> String {
    match accounts.map(|account| account.total() > 0) {
        [true, true] => {
            let [a, b] = accounts.map(|account| account.shared());
            format!("{a} % of A's words and {b} % of B's stand in shared passages")
        }
        [true, false] => "B holds no words".to_owned(),
        [false, true] => "A holds no words".to_owned(),
        [false, false] => "neither text holds a word".to_owned(),
    }
}

/// Most numbers of changes told of one passage.
const MOST_NUMBERS: usize = 8;

/// What is said of a passage: kind, likeness, words, place, quotation.
pub(super) fn notes(facts: &Facts<'_>, index: usize) -> Vec<String> {
    let passage = &facts.comparison.passages[index];
    let kind = match passage.kind {
        Kind::Verbatim => "verbatim".to_owned(),
        kind => format!("{}, {} alike", kind.name(), percent(passage.similarity)),
    };
    let [line_a, line_b] = Which::BOTH.map(|which| grouped(facts.line(which, passage)));
    let place = match facts.moved(index) {
        Some(one) => format!("moved {}, from line {line_a} of A to {line_b} of B", one.direction()),
        None => facts.place(passage.a.start, passage.b.start),
    };
    let mut notes = vec![kind, both_words(passage), place];
    notes.extend(quoted(passage).map(str::to_owned));
    notes.extend(changed(facts, index));
    notes
}

/// The numbers of a passage's changes, if it has any: `change 3`, `changes 3, 7`.
fn changed(facts: &Facts<'_>, index: usize) -> Option<String> {
    let numbers: Vec<_> = facts.changes.numbers(index).map(grouped).collect();
    match &numbers[..] {
        [] => None,
        [one] => Some(format!("change {one}")),
        some if some.len() <= MOST_NUMBERS => Some(format!("changes {}", some.join(", "))),
        many => Some(format!("changes {} and {} more", many[..MOST_NUMBERS].join(", "), many.len() - MOST_NUMBERS)),
    }
}

/// The words of both sides, said once where they are as many.
pub(super) fn both_words(passage: &Passage) -> String {
    match (passage.words_a, passage.words_b) {
        (a, b) if a == b => count(a, "word"),
        (a, b) => format!("{} and {} words", grouped(a), grouped(b)),
    }
}

/// On which side a passage is quoted, if on any.
pub(super) fn quoted(passage: &Passage) -> Option<&'static str> {
    match (passage.quoted_a, passage.quoted_b) {
        (true, true) => Some("quoted in both"),
        (true, false) => Some("quoted in A"),
        (false, true) => Some("quoted in B"),
        (false, false) => None,
    }
}

/// Indexes of the `most` longest passages, in their order.
pub(super) fn longest(passages: &[Passage], most: usize) -> Vec<usize> {
    let mut indexes: Vec<_> = (0..passages.len()).collect();
    if passages.len() > most {
        indexes.sort_by_key(|&index| std::cmp::Reverse(passages[index].words_a.max(passages[index].words_b)));
        indexes.truncate(most);
        indexes.sort_unstable();
    }
    indexes
}

/// What a reader must know before trusting the rest.
pub(super) fn warnings(comparison: &Comparison<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    for (name, side) in [("A", &comparison.a), ("B", &comparison.b)] {
        text_warnings(name, side.folded, &side.document.decoding, &mut warnings);
    }
    for cut in &comparison.cut_short {
        warnings.push(format!("Cut short while at {}: {}", cut.stage, cut.what));
    }
    warnings
}

/// What was dropped, mapped or guessed when a text was read. `name`: what to call it.
pub(super) fn text_warnings(name: &str, folded: Folded, decoding: &Decoding, warnings: &mut Vec<String>) {
    let (hidden, mixed) = (folded.hidden_characters, folded.mixed_script_words);
    if hidden > 0 {
        warnings.push(format!("{name} holds {} that readers do not see", count(hidden, "hidden character")));
    }
    if mixed > 0 {
        warnings.push(format!("{name} holds {} with letters of several scripts", count(mixed, "word")));
    }
    if decoding.detected {
        warnings.push(format!("{name} was read as {}, detected from its bytes", decoding.encoding));
    }
    if decoding.replaced > 0 {
        let sequences = count(decoding.replaced, "malformed sequence");
        warnings.push(format!("{name} held {sequences} of bytes, shown as U+FFFD"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn percentages_tell_some_from_none_and_most_from_all() {
        let said: Vec<_> = [0.0, 0.001, 0.01, 0.335, 0.994, 0.996, 1.0].into_iter().map(percent).collect();
        assert_eq!(said, ["0 %", "<1 %", "1 %", "34 %", "99 %", ">99 %", "100 %"]);
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn an_unseen_encoding_is_told() {
        let comparison = fixture::statements();
        let decoding = Decoding { encoding: "EUC-KR".to_owned(), detected: true, replaced: 1 };
        let mut warnings = Vec::new();
        text_warnings("A", comparison.a.folded, &decoding, &mut warnings);
        let expected = [
            "A holds 1 hidden character that readers do not see",
            "A holds 2 words with letters of several scripts",
            "A was read as EUC-KR, detected from its bytes",
            "A held 1 malformed sequence of bytes, shown as U+FFFD",
        ];
        assert_eq!(warnings, expected);
    }
}
