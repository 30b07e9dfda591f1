//! Where links lead inside the page of a check: always to something that is there, however long the lists are.

use crate::report::check::facts::Facts;

/// Passages shown beside their sources, the longest; the article shows all.
pub(super) const MOST_CARDS: usize = 300;
/// Sources listed at most.
pub(super) const MOST_SOURCES: usize = 200;

/// The links of an article's section.
#[derive(Debug)]
pub(super) struct Links {
    /// Number of the article, from 1.
    pub article: usize,
    /// Of each passage, whether it has a card.
    carded: Vec<bool>,
}

impl Links {
    pub fn new(article: usize, facts: &Facts<'_>) -> Self {
        let mut order: Vec<_> = (0..facts.shown.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(facts.shown[at].group.words));
        let mut carded = vec![false; order.len()];
        order.into_iter().take(MOST_CARDS).for_each(|at| carded[at] = true);
        Self { article, carded }
    }

    /// Whether passage `number`, counted from 1, has a card.
    pub fn has_card(&self, number: usize) -> bool {
        self.carded[number - 1]
    }

    /// To the card of a passage, or to the cards.
    pub fn card(&self, number: usize) -> String {
        match self.has_card(number) {
            true => format!("#c{}-{number}", self.article),
            false => format!("#cards-{}", self.article),
        }
    }

    /// To the source of match `at`, or to the sources.
    pub fn source(&self, at: usize) -> String {
        match at < MOST_SOURCES {
            true => format!("#s{}-{}", self.article, at + 1),
            false => format!("#sources-{}", self.article),
        }
    }
}
