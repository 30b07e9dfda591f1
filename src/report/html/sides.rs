//! The two sides as the page's head shows them: names, bars, and the table that accounts for every word.

use super::pane::Pane;
use super::{initial, label};
use crate::comparison::Side;
use crate::passage::SegmentKind;
use crate::report::accounting::Account;
use crate::report::facts::Facts;
use crate::report::visible::visible;
use crate::report::which::Which;
use crate::report::wording::{grouped, percent, title};

/// A side as the template shows it.
pub(super) struct SideView<'c> {
    pub which: Which,
    pub letter: char,
    pub key: char,
    pub name: String,
    pub only_words: String,
    pub bar: Vec<Stretch>,
    pub pane: Pane<'c>,
}

impl<'c> SideView<'c> {
    pub fn new(facts: &'c Facts<'c>, which: Which) -> Self {
        let side = which.side(facts.comparison);
        Self {
            which,
            letter: which.letter(),
            key: which.key(),
            name: visible(&title(side)).into_owned(),
            only_words: grouped(which.of(&facts.accounts).words(SegmentKind::Unique)),
            bar: bar(side, which),
            pane: Pane { facts, which },
        }
    }
}

/// A kind's part of one text: a stretch of its bar.
pub(super) struct Stretch {
    pub kind: &'static str,
    pub initial: char,
    /// Per cent of the bar.
    pub x: f64,
    pub width: f64,
}

/// The kinds of one side, those there are.
fn bar(side: &Side<'_>, which: Which) -> Vec<Stretch> {
    let mut x = 0.0_f64;
    let mut bar = Vec::with_capacity(SegmentKind::ALL.len());
    for kind in SegmentKind::ALL {
        let width = (side.share(kind) * 10_000.0).round() / 100.0;
        if width > 0.0 {
            let (start, initial) = ((x * 100.0).round() / 100.0, initial(kind, which));
            bar.push(Stretch { kind: kind.name(), initial, x: start, width });
        }
        x += width;
    }
    bar
}

/// A row of the table: a kind, all of them, or what of them has moved or is quoted.
pub(super) struct AccountRow {
    /// The kind, where the row is of one.
    pub kind: Option<&'static str>,
    pub label: String,
    /// Per cent and words of A, then of B.
    pub cells: [(String, String); 2],
}

/// The rows of the table. Those of the kinds add to 100 per cent and to all words.
pub(super) fn account_rows(accounts: &[Account; 2]) -> Vec<AccountRow> {
    let mut rows: Vec<_> = SegmentKind::ALL
        .into_iter()
        .map(|kind| AccountRow {
            kind: Some(kind.name()),
            label: label(kind).to_owned(),
            cells: accounts.map(|account| (format!("{} %", account.percent(kind)), grouped(account.words(kind)))),
        })
        .collect();
    let all = accounts.map(|account| ("100 %".to_owned(), grouped(account.total())));
    rows.push(AccountRow { kind: None, label: "together".to_owned(), cells: all });
    let [a, b] = accounts;
    for ((flag, in_a), (_, in_b)) in a.flagged().into_iter().zip(b.flagged()) {
        let cells = [(a, in_a), (b, in_b)].map(|(side, words)| (percent(side.share(words)), grouped(words)));
        rows.push(AccountRow { kind: None, label: format!("of it {flag}"), cells });
    }
    rows
}
