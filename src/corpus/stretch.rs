//! Seeds to stretches: where two token lists run alike around a shared shingle, word edits included.
//!
//! The extension is greedy: equal tokens are followed; at a difference, the nearest place is sought at which both sides
//! go on alike. It ends where the matched tokens no longer outweigh the skipped ones (X-drop after Z. Zhang, S. Schwartz,
//! L. Wagner and W. Miller, "A greedy algorithm for aligning DNA sequences", 2000). It is fast and approximate: it says which pairs
//! are worth an alignment and where, and nothing is reported on its word.

/// Tokens of one side passed over at a difference, at most.
pub(super) const SKIP: usize = 8;
/// Equal tokens after a difference.
const RESUME: usize = 2;
/// How far the score may fall below its best.
const DROP: i32 = 8;

/// Two stretches of tokens that run alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub a_start: u32,
    pub a_end: u32,
    pub b_start: u32,
    pub b_end: u32,
    /// Equal tokens, in order.
    pub matched: u32,
}

impl Stretch {
    /// With the two sides changed over.
    pub(crate) fn mirrored(self) -> Self {
        let Self { a_start, a_end, b_start, b_end, matched } = self;
        Self { a_start: b_start, a_end: b_end, b_start: a_start, b_end: a_end, matched }
    }

    /// From the first to the last of both, on either side.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self {
            a_start: self.a_start.min(other.a_start),
            a_end: self.a_end.max(other.a_end),
            b_start: self.b_start.min(other.b_start),
            b_end: self.b_end.max(other.b_end),
            matched: self.matched + other.matched,
        }
    }

    /// Whether the tokens at `a` and `b` lie in it.
    pub(crate) fn covers(&self, a: u32, b: u32) -> bool {
        (self.a_start..self.a_end).contains(&a) && (self.b_start..self.b_end).contains(&b)
    }
}

/// Stretches looked back at, to see whether a seed lies in one.
const LOOK_BACK: usize = 8;

/// Grows the seeds of one pair of texts to stretches, seed after seed, in the order of their places.
pub(crate) struct Grower<'t> {
    a: &'t [u32],
    b: &'t [u32],
    least: usize,
    short: Stretch,
}

/// What became of a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grown {
    /// It lies in the stretch with this index among those found.
    Known(usize),
    /// It lies in this new stretch.
    New(Stretch),
    /// What runs alike around it is too short.
    Short,
}

impl<'t> Grower<'t> {
    /// For stretches of at least `least` equal tokens.
    pub(crate) fn new(a: &'t [u32], b: &'t [u32], least: usize) -> Self {
        Self { a, b, least, short: Stretch::default() }
    }

    /// Takes up a seed; `found` are the stretches so far.
    pub(crate) fn grow<'s>(
        &mut self,
        at_a: u32,
        at_b: u32,
        found: impl DoubleEndedIterator<Item = &'s Stretch> + ExactSizeIterator,
    ) -> Grown {
        let mut known = found.enumerate().rev().take(LOOK_BACK);
        if let Some((index, _)) = known.find(|(_, stretch)| stretch.covers(at_a, at_b)) {
            return Grown::Known(index);
        }
        if self.short.covers(at_a, at_b) {
            return Grown::Short;
        }
        match extend(self.a, self.b, at_a, at_b) {
            Some(stretch) if stretch.matched as usize >= self.least => Grown::New(stretch),
            Some(stretch) => {
                self.short = stretch;
                Grown::Short
            }
            None => Grown::Short,
        }
    }
}

/// The stretch around equal tokens at `at_a` and `at_b`; none where they are unlike. Cost: linear in its length.
pub(crate) fn extend(a: &[u32], b: &[u32], at_a: u32, at_b: u32) -> Option<Stretch> {
    let (i, j) = (at_a as usize, at_b as usize);
    if a.get(i)? != b.get(j)? {
        return None;
    }
    let on = walk(a.len() - i, b.len() - j, |x, y| a[i + x] == b[j + y]);
    let back = walk(i, j, |x, y| a[i - 1 - x] == b[j - 1 - y]);
    Some(Stretch {
        a_start: at_a - back.a as u32,
        a_end: at_a + on.a as u32,
        b_start: at_b - back.b as u32,
        b_end: at_b + on.b as u32,
        matched: (on.matched + back.matched) as u32,
    })
}

/// How far an extension went.
#[derive(Clone, Copy, Default)]
struct Reach {
    a: usize,
    b: usize,
    matched: usize,
}

/// Follows two lists of `len_a` and `len_b` tokens from their beginnings.
fn walk(len_a: usize, len_b: usize, equal: impl Fn(usize, usize) -> bool) -> Reach {
    let mut best = Reach::default();
    let (mut at, mut score, mut most) = (best, 0_i32, 0_i32);
    loop {
        let least = (len_a - at.a).min(len_b - at.b);
        let run = (0..least).take_while(|&n| equal(at.a + n, at.b + n)).count();
        at = Reach { a: at.a + run, b: at.b + run, matched: at.matched + run };
        score += run as i32;
        if score > most {
            (best, most) = (at, score);
        }
        // What is passed over may not let the score fall too far.
        let may_skip = SKIP.min((DROP - (most - score)) as usize);
        let goes_on = resume(len_a - at.a, len_b - at.b, may_skip, |x, y| equal(at.a + x, at.b + y));
        let Some((skip_a, skip_b)) = goes_on else { return best };
        score -= skip_a.max(skip_b) as i32;
        at = Reach { a: at.a + skip_a, b: at.b + skip_b, ..at };
    }
}

/// The fewest tokens, `most` at most, to pass over on either side until the two go on alike.
pub(super) fn resume(
    len_a: usize,
    len_b: usize,
    most: usize,
    equal: impl Fn(usize, usize) -> bool,
) -> Option<(usize, usize)> {
    let alike =
        |x: usize, y: usize| x + RESUME <= len_a && y + RESUME <= len_b && (0..RESUME).all(|n| equal(x + n, y + n));
    for longer in 1..=most {
        // Both sides as long first, then less and less of the one or the other.
        for less in (0..=longer).rev() {
            if alike(longer, less) {
                return Some((longer, less));
            }
            if alike(less, longer) {
                return Some((less, longer));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretch(a: &str, b: &str, word: &str) -> Stretch {
        let tokens = |text: &str| -> Vec<u32> {
            text.split(' ').map(|word| xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32).collect()
        };
        let at = |text: &str| text.split(' ').position(|other| other == word).unwrap() as u32;
        extend(&tokens(a), &tokens(b), at(a), at(b)).unwrap()
    }

    #[test]
    fn edits_are_passed_over_and_unlike_text_ends_it() {
        let a = "one two the talks of both sides went on for three long days in Seoul and ended well then other things came";
        let b = "nothing more the talks of the two sides went on for four long days in the city of Seoul and ended well as if that";
        let found = stretch(a, b, "went");
        assert_eq!(found, Stretch { a_start: 2, a_end: 18, b_start: 2, b_end: 22, matched: 14 });
    }

    proptest! {
        #[test]
        fn it_never_claims_more_than_stands_there(
            a in prop::collection::vec(0_u32..6, 1..60), b in prop::collection::vec(0_u32..6, 1..60), i in any::<prop::sample::Index>(), j in any::<prop::sample::Index>(),
        ) {
            let (i, j) = (i.index(a.len()) as u32, j.index(b.len()) as u32);
            let found = extend(&a, &b, i, j);
            prop_assert_eq!(found.is_some(), a[i as usize] == b[j as usize]);
            if let Some(found) = found {
                prop_assert!(found.covers(i, j));
                prop_assert!(found.a_end as usize <= a.len() && found.b_end as usize <= b.len());
                prop_assert!(found.matched <= (found.a_end - found.a_start).min(found.b_end - found.b_start));
                prop_assert_eq!(a[found.a_start as usize], b[found.b_start as usize]);
                prop_assert_eq!(a[found.a_end as usize - 1], b[found.b_end as usize - 1]);
            }
        }
    }
}
