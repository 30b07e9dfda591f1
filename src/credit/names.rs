//! What a source is called: names from the fields of its record, with what a text must look like for each to count.

use super::evidence::EvidenceKind;
use super::link::Domain;
use super::listed::{Demand, Listed, is_nobody, paper, spelling, trades, without_article};
use crate::document::{Document, Metadata};
use crate::text::{Token, TokenClass, tokenise};
use serde_json::Value;

/// Most names of a source: of records made to be slow.
const MOST: usize = 64;
/// Longest name of an outlet or person, in tokens.
const LONGEST: usize = 16;
/// Longest title, in tokens.
const LONGEST_TITLE: usize = 48;
/// Longest field that is looked at, in bytes.
const LONGEST_FIELD: usize = 1000;

/// Something a source is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The evidence it is where it stands.
    pub kind: EvidenceKind,
    pub tokens: Box<[Token]>,
    pub demand: Demand,
    /// The line of outlets.txt that it stands on.
    pub group: Option<u16>,
}

/// All that a source is called, and its sites.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub names: Vec<Name>,
    pub domains: Vec<Domain>,
}

impl Names {
    /// Takes in what the record of a document says.
    pub(super) fn read(&mut self, document: &Document) {
        let fields = &document.metadata;
        for field in ["source", "outlet", "publisher"] {
            each(fields, field, |value| self.outlets(value, EvidenceKind::SourceNamed));
        }
        each(fields, "agency", |value| self.outlets(value, EvidenceKind::AgencyNamed));
        for field in ["author", "authors", "byline"] {
            each(fields, field, |value| self.authors(value));
        }
        each(fields, "title", |value| self.title(value));
        for field in ["url", "link"] {
            each(fields, field, |value| self.site(value, EvidenceKind::SourceNamed));
        }
    }

    /// Every name of a line of outlets.txt.
    pub(super) fn listed(&mut self, group: u16, kind: EvidenceKind) {
        let listed = Listed::get();
        for (tokens, demand) in listed.names(group) {
            self.push(Name { kind, tokens: tokens.clone(), demand: demand.clone(), group: Some(group) });
        }
        for domain in listed.domains(group) {
            self.domain(domain.clone());
        }
    }

    fn push(&mut self, name: Name) {
        let known = self.names.iter().any(|other| other.tokens == name.tokens);
        if self.names.len() < MOST && !known {
            self.names.push(name);
        }
    }

    fn domain(&mut self, domain: Domain) {
        if self.domains.len() < MOST && !self.domains.contains(&domain) {
            self.domains.push(domain);
        }
    }

    /// A URL or domain: the site, and whose it is if that is listed.
    fn site(&mut self, value: &str, kind: EvidenceKind) {
        let Some(domain) = Domain::read(value) else { return };
        if let Some(group) = Listed::get().of_domain(&domain) {
            self.listed(group, kind);
        }
        self.domain(domain);
    }

    /// Outlets and agencies: `Courier`, `Courier / Reuters`, `AFP via Courier`, `reuters.com`.
    fn outlets(&mut self, value: &str, kind: EvidenceKind) {
        let parts = value.split(['/', '|', ';', '(', ')', '（', '）', '、', '\n']);
        for part in parts.flat_map(|part| part.split(" via ")).map(str::trim) {
            if !part.contains(' ') && Domain::read(part).is_some() {
                self.site(part, kind);
            } else {
                self.outlet(part, kind);
            }
        }
    }

    fn outlet(&mut self, name: &str, kind: EvidenceKind) {
        let bare = without_article(name);
        let tokens = tokenise(bare).tokens;
        if tokens.is_empty() || tokens.len() > LONGEST || is_nobody(&tokens) {
            return;
        }
        if let Some(group) = Listed::get().of_name(&tokens) {
            return self.listed(group, kind);
        }
        let short = bare.split([' ', '-', '_']).rfind(|word| !word.is_empty());
        if let Some(short) = short.filter(|_| tokens.len() > 1).and_then(paper) {
            let demand = Demand { capital: true, alone: true, article: true, ..Demand::default() };
            self.push(Name { kind, tokens: Box::new([short]), demand, group: None });
        }
        let alone = tokens.len() == 1 && bare.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        let demand = Demand { capital: alone, alone, ..spelling(name) };
        self.push(Name { kind, tokens: tokens.into(), demand, group: None });
    }

    /// Persons of a byline, and outlets and agencies named there.
    fn authors(&mut self, value: &str) {
        let marks = [',', ';', '/', '|', '&', '、', '，', '·', '(', ')', '（', '）', '\n', '=', ':', '：'];
        let parts = value.split(marks).flat_map(|part| part.split(" and "));
        for part in parts {
            self.author(without_trade(part.trim()));
        }
    }

    fn author(&mut self, name: &str) {
        let tokens = tokenise(name).tokens;
        if tokens.is_empty() || tokens.len() > LONGEST / 2 || is_nobody(&tokens) || name.contains('@') {
            return;
        }
        if let Some(group) = Listed::get().of_name(&tokens) {
            return self.listed(group, EvidenceKind::AgencyNamed);
        }
        let han = tokens.iter().all(|token| token.class() == TokenClass::Character);
        if han && tokens.len() == 1 {
            return;
        }
        let alone = tokens.len() == 1 && name.is_ascii();
        let demand = Demand { capital: alone, alone, trade: han && tokens.len() == 2, ..Demand::default() };
        self.push(Name { kind: EvidenceKind::AuthorNamed, tokens: tokens.into(), demand, group: None });
    }

    /// A title long enough to be no chance.
    fn title(&mut self, value: &str) {
        let tokens = tokenise(value).tokens;
        let characters = tokens.iter().filter(|token| token.class() == TokenClass::Character).count();
        let hangul = value.contains(|c| ('가'..='힣').contains(&c));
        let least = if hangul { 3 } else { 4 };
        let words = tokens.len() - characters + characters / 2;
        if words >= least && tokens.len() <= LONGEST_TITLE {
            let (kind, tokens) = (EvidenceKind::TitleNamed, tokens.into());
            self.push(Name { kind, tokens, demand: Demand::default(), group: None });
        }
    }
}

/// The texts of a field: of a string, or of each string of a list.
fn each(fields: &Metadata, field: &str, mut take: impl FnMut(&str)) {
    let text = |value: &Value| value.as_str().filter(|text| text.len() <= LONGEST_FIELD).map(str::to_owned);
    match fields.get(field) {
        Some(Value::Array(values)) => values.iter().take(MOST).filter_map(text).for_each(|text| take(&text)),
        Some(value) => text(value).iter().for_each(|text| take(text)),
        None => {}
    }
}

/// A name without the words of a trade around it: 记者 李明, 김민수 기자, by Jane Doe.
fn without_trade(name: &str) -> &str {
    let mut name = name;
    while let Some(shorter) = trades().iter().find_map(|trade| without(name, trade)) {
        name = shorter;
    }
    name
}

fn without<'n>(name: &'n str, trade: &str) -> Option<&'n str> {
    let latin = trade.is_ascii();
    let border = |c: Option<char>| !latin || c.is_none_or(|c| !c.is_alphanumeric());
    let head = name.get(..trade.len()).filter(|head| head.eq_ignore_ascii_case(trade));
    if head.is_some() && border(name[trade.len()..].chars().next()) {
        return Some(name[trade.len()..].trim());
    }
    let at = name.len().checked_sub(trade.len())?;
    let tail = name.get(at..).filter(|tail| tail.eq_ignore_ascii_case(trade));
    (tail.is_some() && border(name[..at].chars().next_back())).then(|| name[..at].trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(fields: Value) -> Names {
        let mut document = Document::new("a", "");
        document.metadata = fields.as_object().cloned().unwrap();
        let mut names = Names::default();
        names.read(&document);
        names
    }

    fn has(names: &Names, name: &str) -> bool {
        let tokens = tokenise(name).tokens;
        names.names.iter().any(|name| *name.tokens == *tokens)
    }

    #[test]
    fn a_source_is_known_by_all_its_names() {
        let names = of(json!({"source": "Reuters"}));
        assert!(has(&names, "로이터통신") && has(&names, "路透社") && !has(&names, "AFP"));
        let names = of(json!({"url": "https://www.apnews.com/article/1", "source": "unknown"}));
        assert!(has(&names, "AP") && has(&names, "Associated Press"));
        let names = of(json!({"source": "The Harbour Courier / AFP"}));
        assert!(has(&names, "harbour courier") && has(&names, "AFP") && has(&names, "Courier"));
        assert!(of(json!({"source": "Staff", "agency": 7, "author": ["기자"]})).names.is_empty());
    }

    #[test]
    fn bylines_are_taken_apart() {
        let names = of(json!({"byline": "By Jane Doe and John Roe, Reuters"}));
        assert!(has(&names, "Jane Doe") && has(&names, "John Roe") && has(&names, "Reuters"));
        assert!(has(&of(json!({"author": "김민수 기자"})), "김민수"));
        assert!(has(&of(json!({"author": "本报记者李晓明"})), "李晓明"));
        assert!(has(&of(json!({"author": ["Byron Fromm"]})), "Byron Fromm"));
    }
}
