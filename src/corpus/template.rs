//! Same template, different values: near-duplicates that differ in what fills their slots and in nothing else.
//!
//! The pair engine says so of two texts from what edits mean (`change/template.rs`); of very many pairs that costs too much, and
//! classes of tokens say nearly as much: two texts are one template where every difference is a slot, filled on both sides, and
//! most slots have a number on both.

use super::stretch::{SKIP, resume};
use crate::narrow::widen;
use crate::text::TokenClass;

/// Tokens of a slot without a number, at most: those of a name.
const NAME: usize = 3;

/// Whether two lists of tokens are one template filled in twice. Cost: linear.
pub(super) fn is_template(mut a: &[u32], mut b: &[u32]) -> bool {
    let (mut numbers, mut names) = (0, 0);
    loop {
        let equal = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        (a, b) = (&a[equal..], &b[equal..]);
        if a.is_empty() && b.is_empty() {
            return numbers > names;
        }
        let (of_a, of_b) = resume(a.len(), b.len(), SKIP, |x, y| a[x] == b[y]).unwrap_or((a.len(), b.len()));
        match Slot::new(&a[..of_a], &b[..of_b]) {
            Some(Slot::Number) => numbers += 1,
            Some(Slot::Name) => names += 1,
            None => return false,
        }
        (a, b) = (&a[of_a..], &b[of_b..]);
    }
}

/// What a slot is filled with.
enum Slot {
    Number,
    Name,
}

impl Slot {
    /// None where the difference is no slot: words that one side alone has, or many other words.
    fn new(a: &[u32], b: &[u32]) -> Option<Self> {
        let is_number = |token: &u32| widen(*token).class() == TokenClass::Number;
        let [of_a, of_b] = [a, b].map(|side| side.iter().filter(|token| is_number(token)).count());
        let fits = !a.is_empty() && !b.is_empty() && a.len().max(b.len()) <= NAME + of_a.min(of_b);
        match (of_a, of_b) {
            _ if !fits => None,
            (0, 0) => Some(Self::Name),
            (0, _) | (_, 0) => None,
            // Dates or amounts, and not sentences that have numbers.
            _ => Some(Self::Number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrow::narrowed;
    use crate::text::tokenise;

    const NOTICE: &str = "Your order of 12 lamps was sent on 4 May 2021 and will reach Mr Brown at the address in Lisbon by then. \
        The amount of 30 euros is due within ten days. Please keep this letter with your papers until 1 July.";

    fn is_one(a: &str, b: &str) -> bool {
        let tokens = |text: &str| -> Vec<u32> { narrowed(&tokenise(text).tokens).collect() };
        let (a, b) = (tokens(a), tokens(b));
        assert_eq!(is_template(&a, &b), is_template(&b, &a));
        is_template(&a, &b)
    }

    #[test]
    fn texts_equal_but_for_what_fills_their_slots_are_one_template() {
        let other =
            NOTICE.replace("12 lamps", "9 lamps").replace("4 May 2021", "17 June 2022").replace("1 July", "2 August");
        assert!(is_one(NOTICE, &other));
        assert!(is_one(NOTICE, &other.replace("Mr Brown", "Mrs van Dyke").replace("Lisbon", "Madrid")));
    }

    #[test]
    fn other_words_make_none() {
        assert!(!is_one(NOTICE, NOTICE));
        assert!(!is_one(NOTICE, &NOTICE.replace("Lisbon", "Madrid")), "an edit is no template");
        let other = NOTICE.replace("12 lamps", "9 lamps");
        assert!(is_one(NOTICE, &other));
        assert!(!is_one(NOTICE, &other.replace("until 1 July", "")), "something is left out");
        assert!(!is_one(
            NOTICE,
            &other.replace("keep this letter with your papers", "throw this thing away if you like")
        ));
        let edited = other.replace("papers", "files").replace("Please", "Kindly").replace("reach", "find");
        assert!(!is_one(NOTICE, &edited), "more words than numbers differ");
    }
}
