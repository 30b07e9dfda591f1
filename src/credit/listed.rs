//! The data files: outlets and agencies under all their names, what looks like one and is none, and words around names.

use super::link::Domain;
use crate::datafile::lines;
use crate::text::{Token, TokenClass, Tokenised, tokenise};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Longest abbreviation that counts in capitals only, in bytes.
const ABBREVIATION: usize = 4;
/// How many tokens before a place a longer name that holds it may begin.
const REACH: u32 = 6;

/// What a text must look like for a name to count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// All its letters are capitals.
    pub capitals: bool,
    /// It begins with a capital.
    pub capital: bool,
    /// No other capitalised word stands beside it.
    pub alone: bool,
    /// The word "the" stands before it.
    pub article: bool,
    /// A word of a trade or of speech, or a mark, stands beside it.
    pub trade: bool,
}

/// A listed name and what it takes to count.
type Entry = (Box<[Token]>, Demand);

/// A listed name and its group; none for what only looks like a name.
type Candidate = (Box<[Token]>, Option<u16>);

/// Outlets and agencies.
#[derive(Debug, Default)]
pub(super) struct Listed {
    groups: Vec<(Vec<Entry>, Vec<Domain>)>,
    of_name: FxHashMap<Box<[Token]>, u16>,
    of_domain: FxHashMap<String, u16>,
    /// Of every first token the names that begin with it, the longest first.
    by_first: FxHashMap<Token, Vec<Candidate>>,
}

impl Listed {
    /// The list, read when it is first asked for.
    pub(super) fn get() -> &'static Self {
        static LISTED: OnceLock<Listed> = OnceLock::new();
        LISTED.get_or_init(|| {
            let mut listed = Self::default();
            lines(include_str!("outlets.txt")).for_each(|line| listed.group(line));
            for name in items(include_str!("guard.txt")) {
                listed.name(name, None);
            }
            for names in listed.by_first.values_mut() {
                names.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
            }
            listed
        })
    }

    fn group(&mut self, line: &'static str) {
        let number = self.groups.len() as u16;
        self.groups.push((Vec::new(), Vec::new()));
        for item in line.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            match Domain::read(item).filter(|_| is_domain(item)) {
                Some(domain) => {
                    self.of_domain.entry(domain.site().to_owned()).or_insert(number);
                    self.groups[usize::from(number)].1.push(domain);
                }
                None => self.name(item, Some(number)),
            }
        }
    }

    fn name(&mut self, name: &str, group: Option<u16>) {
        let tokens: Box<[Token]> = tokenise(without_article(name)).tokens.into();
        let Some(&first) = tokens.first() else { return };
        self.by_first.entry(first).or_default().push((tokens.clone(), group));
        if let Some(number) = group {
            self.groups[usize::from(number)].0.push((tokens.clone(), spelling(name)));
            self.of_name.entry(tokens).or_insert(number);
        }
    }

    /// The names of a group.
    pub(super) fn names(&self, group: u16) -> impl Iterator<Item = (&Box<[Token]>, &Demand)> {
        self.groups[usize::from(group)].0.iter().map(|(tokens, demand)| (tokens, demand))
    }

    /// The sites of a group.
    pub(super) fn domains(&self, group: u16) -> &[Domain] {
        &self.groups[usize::from(group)].1
    }

    /// The group that a whole name is of.
    pub(super) fn of_name(&self, name: &[Token]) -> Option<u16> {
        self.of_name.get(name).copied()
    }

    /// The group that a site is of.
    pub(super) fn of_domain(&self, domain: &Domain) -> Option<u16> {
        self.of_domain.get(domain.site()).copied()
    }

    /// The names in `within` of a text, with their groups. Cost: linear in them.
    pub(super) fn found_in(&self, text: &Tokenised<'_>, within: Range<u32>) -> Vec<(Range<u32>, u16)> {
        let at =
            |index: u32| self.starting(text, index, within.end).next().map(|(len, group)| (index..index + len, group));
        within.clone().filter_map(at).filter_map(|(tokens, group)| Some((tokens, group?))).collect()
    }

    /// Whether the tokens `hit` are part of a longer name, of another outlet than `group` or of something else.
    pub(super) fn is_part_of_another(&self, text: &Tokenised<'_>, hit: &Range<u32>, group: Option<u16>) -> bool {
        let starts = hit.start.saturating_sub(REACH)..=hit.start;
        let longest = text.len() as u32;
        let mut names = starts.flat_map(|at| self.starting(text, at, longest).map(move |(len, of)| (at, at + len, of)));
        names.any(|(start, end, of)| {
            end >= hit.end && end - start > hit.end - hit.start && (of.is_none() || of != group)
        })
    }

    /// The listed names that begin at token `at` and end before `limit`: their lengths and groups, the longest first.
    fn starting(&self, text: &Tokenised<'_>, at: u32, limit: u32) -> impl Iterator<Item = (u32, Option<u16>)> {
        let rest = text.tokens.get(at as usize..limit as usize).unwrap_or(&[]);
        let names = rest.first().and_then(|first| self.by_first.get(first)).into_iter().flatten();
        names.filter(|(name, _)| rest.starts_with(name)).map(|(name, group)| (name.len() as u32, *group))
    }
}

/// How a name must be spelled, as it stands in a list or a record. "The Times" must have its article, being an ordinary word.
pub(super) fn spelling(name: &str) -> Demand {
    let bare = without_article(name);
    let letters = bare.chars().filter(|c| c.is_alphabetic());
    let abbreviation = bare.len() <= ABBREVIATION && bare.is_ascii() && letters.clone().all(char::is_uppercase);
    let ordinary = tokenise(bare).len() == 1 && paper(bare).is_some();
    Demand {
        capitals: abbreviation && letters.count() > 1,
        capital: ordinary,
        alone: ordinary,
        article: ordinary && bare.len() < name.len(),
        ..Demand::default()
    }
}

/// A name without the article before it.
pub(super) fn without_article(name: &str) -> &str {
    let article = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
    if article { name[4..].trim_start() } else { name }
}

/// Whether an item of the list is a domain: a stop inside, no space, small letters.
fn is_domain(item: &str) -> bool {
    item.contains('.') && !item.contains([' ', '/']) && item.chars().all(|c| !c.is_uppercase())
}

/// The items of a data file, whatever lines they stand on.
pub(super) fn items(text: &'static str) -> impl Iterator<Item = &'static str> {
    lines(text).flat_map(|line| line.split(',')).map(str::trim).filter(|item| !item.is_empty())
}

/// The token of a word that papers are named with.
pub(super) fn paper(word: &str) -> Option<Token> {
    static PAPERS: OnceLock<FxHashSet<Token>> = OnceLock::new();
    let papers = PAPERS.get_or_init(|| items(include_str!("papers.txt")).flat_map(first).collect());
    first(word).filter(|token| papers.contains(token))
}

fn first(word: &str) -> Option<Token> {
    tokenise(word).tokens.first().copied()
}

/// Whether a token is a word that may stand capitalised beside a name.
pub(super) fn is_small(token: Token) -> bool {
    static SMALL: OnceLock<FxHashSet<Token>> = OnceLock::new();
    let small = SMALL.get_or_init(|| items(include_str!("small.txt")).flat_map(first).collect());
    token.class() != TokenClass::Word || small.contains(&token)
}

/// Whether what stands in a field names nobody.
pub(super) fn is_nobody(tokens: &[Token]) -> bool {
    static NOBODY: OnceLock<FxHashSet<Vec<Token>>> = OnceLock::new();
    let nobody = NOBODY.get_or_init(|| items(include_str!("nobody.txt")).map(|item| tokenise(item).tokens).collect());
    nobody.contains(tokens)
}

/// The words of trades, the longest first.
pub(super) fn trades() -> &'static [&'static str] {
    static TRADES: OnceLock<Vec<&'static str>> = OnceLock::new();
    TRADES.get_or_init(|| {
        let mut trades: Vec<&str> = items(include_str!("trades.txt")).collect();
        trades.sort_by_key(|trade| std::cmp::Reverse(trade.len()));
        trades
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_one_outlet() {
        let mut seen: FxHashMap<Vec<Token>, &str> = FxHashMap::default();
        for line in lines(include_str!("outlets.txt")) {
            for item in line.split(',').map(str::trim) {
                if let Some(other) = seen.insert(tokenise(item).tokens, line) {
                    assert!(other == line, "{item} stands on two lines");
                }
            }
        }
        assert!(seen.len() > 400);
    }

    #[test]
    fn abbreviations_count_in_capitals() {
        assert!(spelling("AFP").capitals && spelling("AP").capitals);
        assert!(!spelling("Reuters").capitals && !spelling("로이터").capitals);
        assert!(spelling("Times").alone && !spelling("Financial Times").alone);
        assert!(spelling("The Times").article && !spelling("The Straits Times").article);
    }
}
