//! Facts set off against each other, and what is left over paired into before and after.
//!
//! Equal facts go first: those in matched places, then those elsewhere in the unit, unless two facts of one kind changed
//! places ("rose 5 %, fell 3 %" and "rose 3 %, fell 5 %"). What is left is paired by place: neighbours matched, then the
//! same gap of the alignment.

use super::fact::{Fact, Key, Side};
use super::harmless::is_value;
use super::kind::ChangeKind;
use super::reading::Reading;
use super::unit::Mates;
use crate::text::{Tokenised, is_syllable};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Most facts left over on a side that are compared one by one.
const FEW: usize = 48;

/// Bytes between the place of a fact and another fact beyond which neither is said of what the other is said of: those of
/// a long sentence.
const FAR: usize = 240;
/// The same for words that stand in every other sentence and beside other words: those of a phrase.
const BESIDE: usize = 32;

/// The same for a word that denies by itself and a "not".
const DENIED: usize = 64;

/// Tokens from a fact to those that tell whether it moved with its clause.
const NEAR: u32 = 4;

/// Tokens after a word that binds among which its verb stands, and letters that two forms of a verb share.
const VERB: u32 = 3;
const STEM: usize = 4;

/// Tokens beside a denial among which the next one stands that both sides have: did not pay, paid.
const BESIDE_DENIAL: u32 = 3;
/// Characters beside a Chinese denial and in its place that may differ: 无人员, 有人员.
const FEW_CHARACTERS: usize = 2;
/// Verbs that help another one to deny.
const AUXILIARIES: [&str; 16] = [
    "do", "does", "did", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can",
    "could",
];

/// Most tokens of a gap in which facts of two kinds stand for each other.
const GAP: usize = 8;

/// Bytes between the parts of a date.
const PARTS: usize = 2;

/// What joins a clause to the one before it, after a comma.
const JOINTS: [&str; 12] =
    ["and ", "but ", "while ", "whereas ", "though ", "although ", "但", "而", "并", "也", "且", "却"];

/// What makes two facts equal that stand in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    /// The same words.
    Word,
    /// Words of one group.
    Group,
    /// A word that denies by itself and a "not".
    Denial,
}

/// The same in Korean, which has it at the end of a clause, before the comma.
const KOREAN_JOINTS: [&str; 4] = ["으며", "했고", "지만", "으나"];

/// Facts of both sides, by index, and what became of them.
#[derive(Debug)]
pub(super) struct Pairing<'s> {
    a: &'s [Fact],
    b: &'s [Fact],
    readings: (&'s Reading, &'s Reading),
    mates: &'s Mates,
    /// In clauses that stand elsewhere as well.
    across: &'s Mates,
    text_a: &'s Tokenised<'s>,
    text_b: &'s Tokenised<'s>,
    free_a: Vec<bool>,
    free_b: Vec<bool>,
    /// Facts that state the same.
    pub same: Vec<(usize, usize)>,
    /// Facts that stand in place of each other.
    pub changed: Vec<(usize, usize)>,
}

impl<'s> Pairing<'s> {
    /// `free_a` and `free_b` say which facts take part.
    pub(super) fn new(
        a: &'s Side<'_>,
        b: &'s Side<'_>,
        (mates, across): (&'s Mates, &'s Mates),
        free_a: Vec<bool>,
        free_b: Vec<bool>,
    ) -> Self {
        let readings = (&a.reading, &b.reading);
        let (text_a, text_b) = (a.text, b.text);
        Self {
            a: &a.facts,
            b: &b.facts,
            readings,
            mates,
            across,
            text_a,
            text_b,
            free_a,
            free_b,
            same: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// Runs all steps.
    pub(super) fn run(&mut self) {
        self.in_place();
        // Mostly that was all.
        if !self.free_a.contains(&true) || !self.free_b.contains(&true) {
            return;
        }
        // What one fact has found its equal may be free for another to find its own.
        self.elsewhere();
        self.elsewhere();
        self.otherwise_written();
        self.by_place();
    }

    /// Whether every fact met an equal one, or takes no part.
    pub(super) fn is_settled(&self) -> bool {
        self.changed.is_empty() && !self.free_a.contains(&true) && !self.free_b.contains(&true)
    }

    /// Facts of A that met none.
    pub(super) fn only_a(&self) -> Vec<usize> {
        (0..self.a.len()).filter(|&at| self.free_a[at]).collect()
    }

    /// Facts of B that met none.
    pub(super) fn only_b(&self) -> Vec<usize> {
        (0..self.b.len()).filter(|&at| self.free_b[at]).collect()
    }

    fn take(&mut self, x: usize, y: usize, same: bool) {
        (self.free_a[x], self.free_b[y]) = (false, false);
        if same { &mut self.same } else { &mut self.changed }.push((x, y));
    }

    /// Equal facts whose tokens are matched.
    fn in_place(&mut self) {
        let mut at: FxHashMap<(u32, ChangeKind), usize> = FxHashMap::default();
        for (y, fact) in self.b.iter().enumerate().filter(|&(y, _)| self.free_b[y]) {
            for token in fact.tokens.clone() {
                at.entry((token, fact.kind)).or_insert(y);
            }
        }
        for x in self.only_a() {
            let fact = &self.a[x];
            let mut mates = fact.tokens.clone().filter_map(|token| self.mates.of_a(token));
            let met = mates.find_map(|mate| at.get(&(mate, fact.kind)).copied().filter(|&y| self.free_b[y]));
            if let Some(y) = met.filter(|&y| fact.means(&self.b[y])) {
                self.take(x, y, true);
            }
        }
    }

    /// The fact of B that stands where fact `x` of A stands, by a matched neighbour.
    fn opposite(&self, x: usize, near: &Near, mates: &Mates) -> Option<usize> {
        let fact = &self.a[x];
        let before = fact.tokens.start.checked_sub(1).and_then(|token| mates.of_a(token));
        let after = mates.of_a(fact.tokens.end);
        let by_start = before.and_then(|mate| near.starts.get(&(mate + 1, fact.kind)));
        let by_end = after.and_then(|mate| near.ends.get(&(mate, fact.kind)));
        by_start.or(by_end).copied().filter(|&y| self.free_b[y] && !are_apart(fact, &self.b[y]))
    }

    /// Equal facts anywhere in the unit, except those that changed places with others of their kind.
    fn elsewhere(&mut self) {
        let near = Near::new(self.b, &self.free_b);
        let opposite: Vec<Option<usize>> =
            (0..self.a.len()).map(|x| self.opposite(x, &near, self.mates).filter(|_| self.free_a[x])).collect();
        let mut facing: FxHashMap<usize, usize> = FxHashMap::default();
        for (x, y) in opposite.iter().enumerate() {
            if let Some(y) = y {
                facing.insert(*y, x);
            }
        }
        let mut equal: FxHashMap<(ChangeKind, &str, bool), Vec<usize>> = FxHashMap::default();
        for y in self.only_b().into_iter().rev() {
            equal.entry((self.b[y].kind, &*self.b[y].tag, self.b[y].latent)).or_default().push(y);
        }
        // "Did not reject" and "rejected" share what denies by itself, and one has a "not" besides.
        let only = self.only_a();
        let mut looked_at = vec![false; self.a.len()];
        let each = |alike: Alike| only.iter().map(move |&x| (x, alike));
        for (x, alike) in each(Alike::Word).chain(each(Alike::Group)).chain(each(Alike::Denial)) {
            if looked_at[x] || !self.free_a[x] {
                continue;
            }
            let fact = &self.a[x];
            let latent = fact.latent != (alike == Alike::Denial);
            let Some(found) = equal.get_mut(&(fact.kind, &*fact.tag, latent)) else { continue };
            let met = match alike {
                // Of several that deny, the one in the same word; of one, any.
                Alike::Word => {
                    let own = fact.span.of(self.text_a.text);
                    let first = found.len().saturating_sub(FEW);
                    let near = |fits: &dyn Fn(usize) -> bool| {
                        found[first..].iter().rposition(|&y| fits(y)).map(|at| first + at)
                    };
                    let same = |y: usize| self.b[y].span.of(self.text_b.text).eq_ignore_ascii_case(own);
                    near(&|y| same(y) && self.stays(x, y)).or_else(|| near(&same))
                }
                // Of several in other words, the nearest.
                Alike::Group if fact.group().is_some() => {
                    let first = found.len().saturating_sub(FEW);
                    (first..found.len()).rev().min_by_key(|&at| self.distance(x, found[at]))
                }
                Alike::Group | Alike::Denial => found.len().checked_sub(1),
            };
            let Some((at, y)) = met.map(|at| (at, found.remove(at))) else { continue };
            looked_at[x] = alike != Alike::Word;
            // A word changed places with another where both stand on either side: "shall ... may", "may ... shall".
            let exchanged = |other: &Fact, facts: &[Fact]| {
                other.group().is_none() && other.kind != ChangeKind::Name
                    || facts.iter().any(|fact| fact.kind == other.kind && fact.tag == other.tag)
            };
            let other = |fact: &Fact, other: &Fact| {
                !fact.means(other) && (exchanged(other, self.a) && exchanged(other, self.b))
            };
            let displaced = opposite[x].is_some_and(|place| other(fact, &self.b[place]))
                || facing.get(&y).is_some_and(|&place| other(&self.b[y], &self.a[place]));
            // A verb that denies by itself is the same verb in any clause.
            let denies = fact.kind == ChangeKind::Negation && !(fact.latent && self.b[y].latent);
            let other_clause =
                || denies && (self.parts_clauses(x, y) && !self.stays(x, y) || self.are_each_in_place(x, y));
            // "Kept" denies a change, not whatever is denied in another clause.
            let other_denial = || fact.latent != self.b[y].latent && self.are_parted(x, y);
            // Words that stand beside either tell nothing: 甲组30人，乙组50人.
            let counts = fact.group().is_none() && fact.kind != ChangeKind::Name;
            let parallel = || counts && opposite[x].is_some_and(|place| self.stands_beside(x, place));
            let has_moved =
                || self.moved_along(x, y) || self.is_in_one_word(x, y) || self.stands_beside(x, y) && !parallel();
            // Five, two of them and three of them on both sides: however the clauses stand, they are told in one order.
            let in_step = || self.are_in_step(fact.kind) && !parallel();
            if (!displaced || has_moved() || in_step())
                && !other_denial()
                && !other_clause()
                && !are_contrary(fact, &self.b[y])
            {
                self.take(x, y, true);
            } else if let Some(left) = equal.get_mut(&(fact.kind, &*fact.tag, self.b[y].latent)) {
                // It is there for the next one.
                left.insert(at, y);
            }
        }
    }

    /// Whether words near two facts stand in another order on the two sides, as the facts do.
    fn moved_along(&self, x: usize, y: usize) -> bool {
        let near = |tokens: &Range<u32>| tokens.start.saturating_sub(NEAR)..tokens.end + NEAR;
        let beside = near(&self.a[x].tokens);
        // Two numbers that changed places have not taken each other along: 4 men and 9 women.
        let around = &self.b[y.saturating_sub(NEAR as usize)..self.b.len().min(y + 1 + NEAR as usize)];
        let is_like =
            |token: u32| around.iter().any(|fact| fact.kind == self.b[y].kind && fact.tokens.contains(&token));
        near(&self.b[y].tokens).filter(|&token| !is_like(token)).any(|token| {
            let mate = self.across.of_b(token).filter(|_| self.mates.of_b(token).is_none());
            mate.is_some_and(|mate| beside.contains(&mate))
        })
    }

    fn stands_beside(&self, x: usize, y: usize) -> bool {
        let (before_x, after_x) = self.readings.0.around(&self.a[x].tokens);
        let (before_y, after_y) = self.readings.1.around(&self.b[y].tokens);
        let telling = |x: &str, y: &str| x == y && (x.len() > 3 || x.chars().any(|c| c >= '\u{2E80}'));
        telling(before_x, before_y) || telling(after_x, after_y)
    }

    /// Whether a joint of clauses stands between the places of two facts: one was dropped in one clause, one added in another.
    fn parts_clauses(&self, x: usize, y: usize) -> bool {
        let place = self.mates.place_of_a(self.a[x].tokens.start);
        let tokens = &self.b[y].tokens;
        let between = if place < tokens.start { place..tokens.start } else { tokens.end..place };
        let count = self.text_b.places.len() as u32;
        if between.is_empty() || between.end > count || between.start == 0 {
            return false;
        }
        let from = self.text_b.span(between.start as usize - 1).end;
        let text = &self.text_b.text[from..self.text_b.span(between.end as usize - 1).end.max(from)];
        let joint = |mark: usize| {
            let rest = text[mark..].trim_start_matches([',', '，', ' ']);
            JOINTS.iter().any(|joint| rest.starts_with(joint))
                || KOREAN_JOINTS.iter().any(|joint| text[..mark].ends_with(joint))
        };
        text.contains([';', '；']) || text.char_indices().any(|(at, c)| matches!(c, ',' | '，') && joint(at))
    }

    /// Whether two denials stand each where the other side says the same without one: one was dropped, one added. What is not
    /// thought to be is thought not to be: words that raise a denial let it pass. In Chinese a denial may stand before the whole
    /// of its clause, so that a mark has to stand between.
    fn are_each_in_place(&self, x: usize, y: usize) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        if one.latent || other.latent || is_word(one, "neither") || is_word(other, "neither") {
            return false;
        }
        let in_b = self.place_of(&one.tokens, (self.text_a, self.text_b), &|token| self.mates.of_a(token));
        let in_a = self.place_of(&other.tokens, (self.text_b, self.text_a), &|token| self.mates.of_b(token));
        let Some((in_b, in_a)) = in_b.zip(in_a) else { return false };
        // Both lie in one gap: one stands for the other.
        if in_b.start <= other.tokens.start && other.tokens.end <= in_b.end {
            return false;
        }
        let between = |own: &Range<u32>, place: &Range<u32>, text: &Tokenised<'_>| {
            let last = own.end.max(place.end) + 1;
            own.start.min(place.start)..last.min(text.places.len() as u32)
        };
        let (in_a, in_b) = (between(&one.tokens, &in_a, self.text_a), between(&other.tokens, &in_b, self.text_b));
        let is_wide = |text: &Tokenised<'_>, stretch: &Range<u32>| {
            text.span_of(stretch).of(text.text).chars().any(|c| ('\u{2E80}'..'\u{AC00}').contains(&c))
        };
        let marked = |text: &Tokenised<'_>, stretch: &Range<u32>| {
            text.span_of(stretch).of(text.text).contains([',', '，', ';', '；'])
        };
        let apart = !is_wide(self.text_b, &in_b) || marked(self.text_a, &in_a) && marked(self.text_b, &in_b);
        let raised = raises_denial(self.a, self.text_a, &in_a) || raises_denial(self.b, self.text_b, &in_b);
        apart && !raised
    }

    /// The gap of the other side in which a denial would stand, if what stands around it there is the same but for the forms of
    /// its verb: did not pay, paid.
    fn place_of(
        &self,
        tokens: &Range<u32>,
        (own, other): (&Tokenised<'_>, &Tokenised<'_>),
        mate: &dyn Fn(u32) -> Option<u32>,
    ) -> Option<Range<u32>> {
        let back =
            (1..=BESIDE_DENIAL).find(|&back| tokens.start.checked_sub(back).is_some_and(|at| mate(at).is_some()))?;
        let before = mate(tokens.start - back)?;
        // A sentence may end before the next word that both sides have.
        let end = |text: &Tokenised<'_>, token: u32| {
            let at = text.sentences.partition_point(|sentence| sentence.tokens.end <= token);
            text.sentences.get(at).map_or(text.places.len() as u32, |sentence| sentence.tokens.end)
        };
        let last = end(own, tokens.start);
        let on = (0..BESIDE_DENIAL).find(|&on| tokens.end + on >= last || mate(tokens.end + on).is_some())?;
        let after = if tokens.end + on >= last { end(other, before) } else { mate(tokens.end + on)? };
        let gap = (after > before && after - before <= BESIDE_DENIAL + 1).then_some(before + 1..after)?;
        let word = |text: &Tokenised<'_>, token: u32| text.span(token as usize).of(text.text).to_lowercase();
        let auxiliary = |word: &String| AUXILIARIES.contains(&&**word);
        // In Korean the verb is part of what denies: 지급하지 않았지만, 지급했지만.
        let hangul = word(own, tokens.start).starts_with(is_syllable);
        let is_own = |token: &u32| hangul || !tokens.contains(token);
        let denies = |word: &String| hangul && word.starts_with(['않', '못', '안', '없', '아']);
        let around = tokens.start - back + 1..tokens.end + on;
        let verbs = |text: &Tokenised<'_>, words: &mut dyn Iterator<Item = u32>| -> Vec<String> {
            words.map(|token| word(text, token)).filter(|word| !auxiliary(word) && !denies(word)).collect()
        };
        let mine = verbs(own, &mut around.filter(is_own));
        let theirs = verbs(other, &mut gap.clone());
        let is_kin = |x: &String, y: &String| x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count() >= 2;
        let wide = mine.iter().chain(&theirs).all(|word| word.starts_with(|c| ('\u{2E80}'..'\u{AC00}').contains(&c)));
        let alike = mine.len() == theirs.len() && mine.iter().zip(&theirs).all(|(x, y)| is_kin(x, y));
        (wide && mine.len() + theirs.len() <= FEW_CHARACTERS || alike).then_some(gap)
    }

    /// Whether a word beside two facts is the same, the one after them in whatever form.
    fn stays(&self, x: usize, y: usize) -> bool {
        let (before_x, after_x) = self.readings.0.around(&self.a[x].tokens);
        let (before_y, after_y) = self.readings.1.around(&self.b[y].tokens);
        let kin = || after_x.is_ascii() && after_x.get(..STEM).is_some_and(|stem| after_y.starts_with(stem));
        !after_x.is_empty() && (after_x == after_y || kin()) || !before_x.is_empty() && before_x == before_y
    }

    /// Facts that mean the same under other keys: names in part, dates read another way.
    fn otherwise_written(&mut self) {
        let (left, right) = (self.only_a(), self.only_b());
        if left.len() > FEW || right.len() > FEW {
            return;
        }
        for &x in &left {
            let met = right
                .iter()
                .copied()
                .find(|&y| self.free_b[y] && self.a[x].tag != self.b[y].tag && self.a[x].means(&self.b[y]));
            if let Some(y) = met {
                self.take(x, y, true);
            }
        }
    }

    /// Whether both sides state the same few values of a kind in the same order.
    fn are_in_step(&self, kind: ChangeKind) -> bool {
        fn of(facts: &[Fact], kind: ChangeKind) -> impl Iterator<Item = &Fact> {
            facts.iter().filter(move |fact| fact.kind == kind).take(FEW + 1)
        }
        is_value(kind)
            && of(self.a, kind).nth(FEW).is_none()
            && of(self.a, kind).map(|fact| &fact.tag).eq(of(self.b, kind).map(|fact| &fact.tag))
    }

    /// Whether both stand in one longer word that tells for what each: 1인당.
    fn is_in_one_word(&self, x: usize, y: usize) -> bool {
        let word = |text: &Tokenised<'_>, fact: &Fact| {
            let at = fact.tokens.start as usize;
            let word = text.span(at).of(text.text);
            let each = word.ends_with('당') || word.ends_with("마다");
            (fact.tokens.len() == 1 && text.span(at) != fact.span && each).then(|| text.tokens[at])
        };
        let one = word(self.text_a, &self.a[x]);
        one.is_some() && one == word(self.text_b, &self.b[y])
    }

    /// What is left over, of one kind and in one place.
    fn by_place(&mut self) {
        self.by_place_among(self.mates, |_| true);
        // Of two names in clauses that stand elsewhere, one seldom stands for the other: they have other parts there.
        self.by_place_among(self.across, |kind| kind != ChangeKind::Name);
        self.by_neighbour();
        self.last_of_a_kind();
    }

    /// Values beside the same word, wherever that stands: 삼진 11개, 삼진 9개.
    fn by_neighbour(&mut self) {
        let (left, right) = (self.only_a(), self.only_b());
        if left.len() > FEW || right.len() > FEW {
            return;
        }
        for x in left.into_iter().filter(|&x| is_value(self.a[x].kind)) {
            let fits = |&&y: &&usize| {
                let alike = self.a[x].kind == self.b[y].kind && !are_apart(&self.a[x], &self.b[y]);
                self.free_b[y] && alike && self.stands_beside(x, y)
            };
            let mut met = right.iter().filter(fits);
            if let (Some(&y), None) = (met.next(), met.next()) {
                self.take(x, y, false);
            }
        }
    }

    fn by_place_among(&mut self, mates: &Mates, fits: impl Fn(ChangeKind) -> bool) {
        let near = Near::new(self.b, &self.free_b);
        for x in self.only_a().into_iter().filter(|&x| fits(self.a[x].kind)) {
            if let Some(y) = self.opposite(x, &near, mates).filter(|&y| !self.is_kept_apart(x, y)) {
                self.take(x, y, self.deny_alike(x, y));
            }
        }
        let mut gaps: FxHashMap<(u32, ChangeKind), Vec<usize>> = FxHashMap::default();
        for y in self.only_b().into_iter().rev() {
            gaps.entry((mates.gap_of_b(self.b[y].tokens.start), self.b[y].kind)).or_default().push(y);
        }
        for x in self.only_a().into_iter().filter(|&x| fits(self.a[x].kind)) {
            let place = mates.place_of_a(self.a[x].tokens.start);
            if let Some(y) = gaps.get_mut(&(place, self.a[x].kind)).and_then(Vec::pop)
                && !self.is_kept_apart(x, y)
            {
                self.take(x, y, self.deny_alike(x, y));
            }
        }
    }

    /// Whether two facts deny, and neither says besides what is denied: "cannot", "is unable to".
    fn deny_alike(&self, x: usize, y: usize) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        one.kind == ChangeKind::Negation
            && one.latent == other.latent
            && one.tag == other.tag
            && !are_contrary(one, other)
    }

    /// One left on either side of a kind: they stand for each other, although the alignment does not say so.
    fn last_of_a_kind(&mut self) {
        for kind in ChangeKind::ALL {
            let of = |facts: &[Fact], free: &[bool]| {
                let mut left = (0..facts.len()).filter(|&at| free[at] && facts[at].kind == kind);
                left.next().filter(|_| left.next().is_none())
            };
            if let (Some(x), Some(y)) = (of(self.a, &self.free_a), of(self.b, &self.free_b))
                && !self.is_kept_apart(x, y)
                && !self.is_far(x, y)
                && !self.is_of_another(x, y)
                // An acronym in brackets comes or goes beside its name.
                && (kind != ChangeKind::Name || self.a[x].weak == self.b[y].weak)
            {
                self.take(x, y, false);
            }
        }
        self.last_date();
    }

    /// The same of a date in two parts: "Wednesday, 28 May" and "Friday, May 30".
    fn last_date(&mut self) {
        let of = |facts: &[Fact], free: &[bool]| {
            let mut left = (0..facts.len()).filter(|&at| free[at] && facts[at].kind == ChangeKind::Date);
            let pair = left.next().zip(left.next()).filter(|_| left.next().is_none());
            pair.filter(|&(first, last)| facts[last].span.start <= facts[first].span.end + PARTS)
        };
        if let (Some(x), Some(y)) = (of(self.a, &self.free_a), of(self.b, &self.free_b))
            && !self.is_far(x.0, y.0)
        {
            self.take(x.0, y.0, false);
            self.take(x.1, y.1, false);
        }
    }

    /// Whether two words that bind, hedge or attribute are said of different verbs, as far as the words beside them tell: they
    /// stand in every other sentence.
    fn is_of_another(&self, x: usize, y: usize) -> bool {
        use ChangeKind::{Attribution, Hedge, Modality};
        let loose = matches!(self.a[x].kind, Modality | Hedge | Attribution);
        loose && self.distance(x, y) > BESIDE && !self.stays(x, y) && !self.bind_kin(x, y)
    }

    /// Whether two words that bind stand before one verb in two forms: "must report", "should be reported".
    fn bind_kin(&self, x: usize, y: usize) -> bool {
        let after = |fact: &Fact, text: &Tokenised<'_>| -> Vec<String> {
            let tokens = fact.tokens.end..(fact.tokens.end + VERB).min(text.places.len() as u32);
            let words = tokens.map(|token| text.span(token as usize).of(text.text).to_lowercase());
            words.filter(|word| word.is_ascii() && word.len() > STEM).collect()
        };
        let (one, other) = (after(&self.a[x], self.text_a), after(&self.b[y], self.text_b));
        self.a[x].kind == ChangeKind::Modality
            && one.iter().any(|word| other.iter().any(|kin| word.as_bytes()[..STEM] == kin.as_bytes()[..STEM]))
    }

    /// Whether fact `y` stands far from the place that fact `x` has on its side, and from what stands beside that.
    fn is_far(&self, x: usize, y: usize) -> bool {
        let follows = |facts: &[Fact], before: usize, at: usize| {
            (0..=1).contains(&(facts[at].span.start as isize - facts[before].span.end as isize))
        };
        // "21:15 GMT" and "9:15 p.m. EST".
        let moved_along = || self.same.iter().any(|&(p, q)| follows(self.a, p, x) && follows(self.b, q, y));
        self.distance(x, y) > FAR && !moved_along()
    }

    /// Bytes between the place that fact `x` has on the other side and fact `y`.
    fn distance(&self, x: usize, y: usize) -> usize {
        let in_order = self.distance_by(self.mates, x, y);
        if self.a[x].kind == ChangeKind::Name { in_order } else { in_order.min(self.distance_by(self.across, x, y)) }
    }

    /// Whether one of two facts has its place far from the other.
    fn are_parted(&self, x: usize, y: usize) -> bool {
        let before = self.across.gap_of_b(self.b[y].tokens.start).checked_sub(1);
        let place = before.and_then(|token| self.across.of_b(token));
        let place = place.map_or(self.across.range_a().start, |token| token + 1);
        let from_y = start(self.text_a, place).abs_diff(self.a[x].span.start);
        self.distance_by(self.across, x, y).max(from_y) > DENIED
    }

    fn distance_by(&self, mates: &Mates, x: usize, y: usize) -> usize {
        start(self.text_b, mates.place_of_a(self.a[x].tokens.start)).abs_diff(self.b[y].span.start)
    }

    /// Whether two facts are negations of different clauses: none stands for the other.
    fn is_kept_apart(&self, x: usize, y: usize) -> bool {
        let (one, other) = (&self.a[x], &self.b[y]);
        let of_another = || one.latent != other.latent && self.are_parted(x, y);
        // A half is how much, and "over" a bound of it.
        let bounds = |half: &Fact, bound: &Fact| {
            half.kind == ChangeKind::Quantifier
                && half.is_half()
                && matches!(bound.class(), "over" | "under" | "at-least" | "at-most")
        };
        if bounds(one, other) || bounds(other, one) || are_apart(one, other) {
            return true;
        }
        one.kind == ChangeKind::Negation
            && (one.tag == other.tag && (self.parts_clauses(x, y) || self.are_each_in_place(x, y))
                || other.kind == one.kind && of_another())
    }

    /// Whether facts `x` and `y` lie in the same gap of the alignment.
    pub(super) fn share_gap(&self, x: usize, y: usize) -> bool {
        let shares = |mates: &Mates| mates.place_of_a(self.a[x].tokens.start) == mates.gap_of_b(self.b[y].tokens.start);
        let named = self.a[x].kind == ChangeKind::Name || self.b[y].kind == ChangeKind::Name;
        shares(self.mates) || !named && shares(self.across)
    }

    /// Whether few tokens lie in the gap that facts `x` and `y` share: in a clause told anew, one stands for the other by chance.
    pub(super) fn is_narrow(&self, x: usize, y: usize) -> bool {
        let gap = |tokens: &Range<u32>, is_free: &dyn Fn(u32) -> bool, count: u32| {
            let before = (0..tokens.start).rev().take_while(|&token| is_free(token)).take(GAP).count();
            let after = (tokens.end..count).take_while(|&token| is_free(token)).take(GAP).count();
            before + tokens.len() + after
        };
        let in_a = gap(&self.a[x].tokens, &|token| self.mates.of_a(token).is_none(), self.text_a.places.len() as u32);
        let in_b = gap(&self.b[y].tokens, &|token| self.mates.of_b(token).is_none(), self.text_b.places.len() as u32);
        in_a.max(in_b) <= GAP
    }

    /// Whether facts `x` and `y` lie in the same gap with some of their tokens: "are banned", "are allowed to".
    pub(super) fn touch_gap(&self, x: usize, y: usize) -> bool {
        let (x, y) = (&self.a[x].tokens, &self.b[y].tokens);
        let gap = self.mates.gap_of_b(y.start);
        let place = self.mates.place_of_a(x.start);
        x.clone().any(|token| self.mates.place_of_a(token) == gap)
            || y.clone().any(|token| self.mates.gap_of_b(token) == place)
    }

    /// Takes two facts of different kinds out as one change.
    pub(super) fn merge(&mut self, x: usize, y: usize) {
        self.take(x, y, false);
    }

    /// Takes facts out as nothing.
    pub(super) fn drop_a(&mut self, x: usize) {
        self.free_a[x] = false;
    }

    pub(super) fn drop_b(&mut self, y: usize) {
        self.free_b[y] = false;
    }
}

/// The byte at which a token begins, or the text ends.
fn start(text: &Tokenised<'_>, token: u32) -> usize {
    text.places.get(token as usize).map_or(text.text.len(), |&(start, _)| start as usize)
}

/// Where the free facts of a side begin and end.
struct Near {
    starts: FxHashMap<(u32, ChangeKind), usize>,
    ends: FxHashMap<(u32, ChangeKind), usize>,
}

impl Near {
    fn new(facts: &[Fact], free: &[bool]) -> Self {
        let mut near = Self { starts: FxHashMap::default(), ends: FxHashMap::default() };
        for (at, fact) in facts.iter().enumerate().filter(|&(at, _)| free[at]) {
            near.starts.entry((fact.tokens.start, fact.kind)).or_insert(at);
            near.ends.insert((fact.tokens.end, fact.kind), at);
        }
        near
    }
}

/// What still is, and what is no longer: both speak of what was, and one denies that it is.
fn are_contrary(x: &Fact, y: &Fact) -> bool {
    is_word(x, "still") && is_word(y, "no-longer") || is_word(x, "no-longer") && is_word(y, "still")
}

/// Whether a word in a stretch is one of which a denial is one of what it is said of: not thought to rise, thought not to rise.
fn raises_denial(facts: &[Fact], text: &Tokenised<'_>, stretch: &Range<u32>) -> bool {
    const RAISING: [&str; 16] = [
        "expect",
        "think",
        "thought",
        "believ",
        "want",
        "intend",
        "plan",
        "seem",
        "appear",
        "suppose",
        "likely",
        "advis",
        "recommend",
        "hope",
        "predict",
        "foresee",
    ];
    let raises = |fact: &Fact| match fact.kind {
        ChangeKind::Attribution => fact.class() == "weak",
        ChangeKind::Modality => fact.class() == "wish" || is_word(fact, "expect"),
        ChangeKind::Hedge => true,
        _ => false,
    };
    let inside = |fact: &&Fact| fact.tokens.start < stretch.end && stretch.start < fact.tokens.end;
    let says = |token: u32| {
        let word = text.span(token as usize).of(text.text).to_lowercase();
        RAISING.iter().any(|stem| word.starts_with(stem))
    };
    facts.iter().filter(inside).any(raises) || stretch.clone().any(says)
}

/// Whether one of two dates tells what is compared with, and the other does not: 同比 stands for 环比, and for no day.
fn are_apart(x: &Fact, y: &Fact) -> bool {
    let compares = |fact: &Fact| matches!(&*fact.tag, "on-year" | "on-month");
    compares(x) != compares(y)
}

/// Whether a fact is a word of the group `name`.
pub(super) fn is_word(fact: &Fact, name: &str) -> bool {
    matches!(fact.key, Key::Word(group) if group.name == name)
}
