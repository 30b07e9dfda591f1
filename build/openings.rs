//! Which tokens may begin a value, or a word that carries meaning.

use crate::category::Category;
use crate::items::{Cue, Lexicon};
use crate::opening::{ALONE, BITS, BOTH, CUE, FIRST, JOINT, PART, VALUE, both, place};
use crate::text::{Token, TokenClass};
use crate::values::Values;

/// The table of what items of the data files begin with.
pub(crate) fn table(values: &Values, english: &Lexicon) -> Vec<u8> {
    let mut table = vec![0; 1 << BITS];
    for (word, category) in values.words().filter(|(word, _)| is_latin(word)) {
        if begins(category) {
            add(&mut table, word, VALUE);
        }
        add_parts(&mut table, word, begins(category));
        // What is written with more than letters may always begin something, and so does an article before it.
        let letters = word.starts_with(char::is_alphabetic);
        for article in articles(category).iter().filter(|_| letters) {
            add(&mut table, &format!("{article} {word}"), VALUE);
        }
    }
    ["a dozen", "an dozen"].into_iter().for_each(|item| add(&mut table, item, VALUE));
    for (item, cue) in english.items() {
        // Particles of one word are many, and looked up where one is asked for.
        if cue != Cue::Particle || item.contains(' ') {
            let states = !matches!(cue, Cue::And | Cue::Ranked | Cue::Particle);
            add(&mut table, item, if states { CUE } else { JOINT });
        }
        add_parts(&mut table, item, true);
    }
    JOINTS.into_iter().for_each(|word| add_parts(&mut table, word, false));
    // A contraction without a sign of it.
    add(&mut table, "cannot", CUE);
    table
}

/// Whether a value, or what only looks like one, begins with words of a category.
fn begins(category: Category) -> bool {
    use Category::*;
    !matches!(
        category,
        Scale
            | OrdinalEnding
            | Times
            | Counter
            | Over
            | Particle
            | Percent
            | Points
            | Basis
            | Permille
            | Tenths
            | OutOf
            | Unit
            | DayPartAfter
            | Year
            | Quarter
            | Half
            | Century
            | Decade
            | BeforeDate
            | BeforeYear
            | BeforeSeason
            | Ago
            | Determiner
            | Equals
            | BeforePart
            | AfterPart
            | Range
            | CommaLanguage
            | PointLanguage
            | Lasting
    )
}

/// The words after which words of a category begin a value: an hour, a hundred, a third, per day.
fn articles(category: Category) -> &'static [&'static str] {
    match category {
        Category::Unit => &["a", "an", "per"],
        Category::Scale | Category::Part => &["a", "an"],
        _ => &[],
    }
}

/// Latin letters, digits and the signs that stand among them.
fn is_latin(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\0'..='\u{36F}' | '\u{2000}'..='\u{2BFF}'))
}

/// Takes in an item in folded form.
fn add(table: &mut [u8], item: &str, sign: u8) {
    let (Some(first), rest) = word(item) else { return };
    // Acronyms are written with more than letters.
    if rest.len() + 1 == item.len() && rest.starts_with('.') && rest[1..].starts_with(char::is_alphabetic) {
        return;
    }
    match rest.strip_prefix([' ', '-']).and_then(|rest| word(rest).0) {
        Some(second) => {
            table[place(first)] |= sign << FIRST;
            table[place(both(first, second))] |= BOTH;
        }
        // A sign of a currency is a token that is no word: with one behind it, whatever may go on is let through.
        None if rest.trim_start_matches(' ').starts_with(['$', '¥', '€', '£']) => {
            table[place(first)] |= sign << FIRST
        }
        None => table[place(first)] |= sign << ALONE,
    }
}

/// What values go on with, apart from the words of the data files.
const JOINTS: [&str; 9] = ["of", "de", "the", "and", "to", "a", "an", "per", "dozen"];

/// Takes in the words of an item that may follow what it begins with; with the first one where it is not `begun` by that.
fn add_parts(table: &mut [u8], item: &str, begun: bool) {
    let words = item.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for part in words.skip(usize::from(begun)) {
        table[place(Token::new(part.as_bytes(), TokenClass::Word))] |= PART;
    }
}

/// The word that an item begins with, as a token, and the rest of the item.
fn word(item: &str) -> (Option<Token>, &str) {
    let end = item.find(|c: char| !c.is_alphabetic()).unwrap_or(item.len());
    let (word, rest) = item.split_at(end);
    ((end > 0).then(|| Token::new(word.as_bytes(), TokenClass::Word)), rest)
}
