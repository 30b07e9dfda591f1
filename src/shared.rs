//! Which tokens two stretches have in common, in whatever order: the shorter one is put in a table, through which the longer one
//! goes once.

use crate::numbers::Numbers;
use crate::text::Token;
use std::cell::Cell;

thread_local! {
    /// The last table of the thread, for the next one: where many short texts are compared, asking for memory is a good part of the
    /// work.
    static KEPT: Cell<Numbers<Stands>> = Cell::default();
}

/// Tokens of the longest list whose table is kept.
const KEPT_TOKENS: usize = 2048;

/// A token of the shorter list.
#[derive(Debug, Clone, Copy, Default)]
struct Stands {
    /// How often it stands there, less what was matched.
    left: u32,
    /// Stands in the longer list, too.
    in_both: bool,
}

/// What two lists of tokens have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    tokens: Numbers<Stands>,
    count: usize,
}

impl Shared {
    /// Cost: linear.
    pub(crate) fn of(a: impl ExactSizeIterator<Item = Token>, b: impl ExactSizeIterator<Item = Token>) -> Self {
        if a.len() <= b.len() { Self::of_shorter(a, b) } else { Self::of_shorter(b, a) }
    }

    fn of_shorter(short: impl Iterator<Item = Token>, long: impl Iterator<Item = Token>) -> Self {
        let mut shared = Self { tokens: KEPT.take(), count: 0 };
        short.for_each(|token| shared.tokens.entry(token.0).left += 1);
        for token in long {
            if let Some(stands) = shared.tokens.get_mut(token.0) {
                stands.in_both = true;
                shared.count += usize::from(stands.left > 0);
                stands.left = stands.left.saturating_sub(1);
            }
        }
        shared
    }

    /// How many of one list can be matched with as many equal ones of the other.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether a token of one list stands in the other.
    pub(crate) fn has(&self, token: Token) -> bool {
        self.tokens.get(token.0).is_some_and(|stands| stands.in_both)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if self.tokens.len() <= KEPT_TOKENS {
            self.tokens.clear();
            KEPT.set(std::mem::take(&mut self.tokens));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn tokens_are_shared_as_often_as_both_have_them() {
        let (a, b) = (tokenise("the boat and the boat and the shore"), tokenise("and the boat, the boat, the boat"));
        let of = |a: &[Token], b: &[Token]| {
            let shared = Shared::of(a.iter().copied(), b.iter().copied());
            let has = |tokens: &[Token]| tokens.iter().map(|token| shared.has(*token)).collect::<Vec<_>>();
            (shared.count(), has(a), has(b))
        };
        let (in_a, in_b) = ([true, true, true, true, true, true, true, false], [true; 7]);
        assert_eq!(of(&a.tokens, &b.tokens), (6, in_a.to_vec(), in_b.to_vec()));
        assert_eq!(of(&b.tokens, &a.tokens), (6, in_b.to_vec(), in_a.to_vec()));
        assert_eq!(of(&a.tokens, &[]), (0, vec![false; 8], vec![]));
    }
}
