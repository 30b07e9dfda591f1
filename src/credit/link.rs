//! Links: the sites that a text points to, and whether a source is of one.

use super::listed::items;
use crate::span::Span;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// Longest address that is looked at, in bytes.
const LONGEST: usize = 2000;

/// Names under a country's domain that are no site by themselves: co.uk, com.cn.
const SECOND: [&str; 14] = ["co", "com", "or", "org", "net", "ne", "ac", "go", "gov", "edu", "re", "pe", "gv", "mil"];

/// Domains that an address without a scheme may end in, besides those of countries.
const ENDS: [&str; 14] =
    ["com", "org", "net", "info", "news", "int", "gov", "edu", "media", "press", "online", "site", "example", "test"];

/// A site, and the page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Domain {
    /// What was registered: reuters.com, yna.co.kr. Of a site that many share, the whole address without a query.
    site: String,
}

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Bytes of the text.
    pub span: Span,
    pub domain: Domain,
}

impl Domain {
    /// Reads an address or a bare domain.
    pub(super) fn read(address: &str) -> Option<Self> {
        let address = address.trim();
        if address.len() > LONGEST {
            return None;
        }
        let scheme = address.find("://").map(|at| at + 3);
        let rest = &address[scheme.unwrap_or(0)..];
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest[..end].rsplit('@').next().unwrap_or("").split(':').next().unwrap_or("");
        let host = host.trim_end_matches('.').to_lowercase();
        let labels: Vec<&str> = host.split('.').collect();
        if labels.len() < 2 || !is_host(&labels, scheme.is_some() || labels[0] == "www") {
            return None;
        }
        let site = registered(&labels);
        if is_shared(&site) {
            let path = rest[end..].split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
            let host = ["www.", "m.", "n."].into_iter().find_map(|start| host.strip_prefix(start)).unwrap_or(&host);
            return Some(Self { site: format!("{host}{path}") });
        }
        Some(Self { site })
    }

    /// What it is compared by.
    pub(super) fn site(&self) -> &str {
        &self.site
    }
}

fn is_host(labels: &[&str], sure: bool) -> bool {
    let last = labels[labels.len() - 1];
    let plain = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let country = last.len() == 2;
    let known = sure || country || ENDS.contains(&last);
    labels.iter().all(plain) && last.len() >= 2 && last.chars().all(char::is_alphabetic) && known
}

/// The last two labels of a host, three where the last but one is no site by itself.
fn registered(labels: &[&str]) -> String {
    let count = labels.len();
    let second = count > 2 && labels[count - 1].len() == 2 && SECOND.contains(&labels[count - 2]);
    labels[count - if second { 3 } else { 2 }..].join(".")
}

fn is_shared(site: &str) -> bool {
    static SHARED: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SHARED.get_or_init(|| items(include_str!("shared-hosts.txt")).collect()).contains(site)
}

/// The addresses in a text, in order. Cost: linear.
pub(super) fn links(text: &str) -> Vec<Link> {
    let bytes = text.as_bytes();
    let mut links = Vec::new();
    let mut after = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        if dot < after {
            continue;
        }
        let before = bytes[after..dot].iter().rev().take(LONGEST).take_while(|byte| is_address(**byte)).count();
        let behind = bytes[dot..].iter().take(LONGEST).take_while(|byte| is_address(**byte)).count();
        after = dot + behind;
        let start = dot - before;
        let address = text[start..after].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '-']);
        let opening = address.len() - address.trim_start_matches(['\'', '*', '_', '-', ',', ':', ';', '/']).len();
        if let Some(domain) = Domain::read(&address[opening..]) {
            links.push(Link { span: Span::new(start + opening, start + address.len()), domain });
        }
    }
    links
}

/// A byte that an address may hold: brackets, which stand around addresses, are left out.
fn is_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_~:/?#@!$&'*+,;=%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_site_are_equal() {
        let site = |address: &str| Domain::read(address).map(|domain| domain.site);
        for (address, expected) in [
            ("https://www.Reuters.com/world/x?y=1", Some("reuters.com")),
            ("en.yna.co.kr", Some("yna.co.kr")),
            ("http://user@bbc.co.uk:80/", Some("bbc.co.uk")),
            ("kim@yna.co.kr", Some("yna.co.kr")),
            ("https://n.news.naver.com/article/1/2?x", Some("news.naver.com/article/1/2")),
            ("Reuters", None),
            ("e.g", None),
            ("3.5", None),
            ("end.The", None),
        ] {
            assert_eq!(site(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn addresses_are_found_between_other_signs() {
        let text =
            "See (https://harbour.example/a). Or reuters.com에 있다, [x](www.ap.org). It rose 3.5 percent.Then。";
        let found: Vec<&str> = links(text).iter().map(|link| link.span.of(text)).collect();
        assert_eq!(found, ["https://harbour.example/a", "reuters.com", "www.ap.org"]);
        assert!(links(&"a.".repeat(50_000)).len() < 2);
    }
}
