//! Words that say the reverse of one another: denials with another stem, and converse verbs.

use crate::datafile::lines;
use crate::items::forms;

const ENGLISH: &str = include_str!("../src/change/en/opposite.txt");
const KOREAN: &str = include_str!("../src/change/ko/opposite.txt");
const CONVERSES: [&str; 3] = [
    include_str!("../src/change/en/converse.txt"),
    include_str!("../src/change/ko/converse.txt"),
    include_str!("../src/change/zh/converse.txt"),
];

/// What heads the line of prefixes.
const ANY: &str = "any";

/// Writes the tables of opposites, prefixes and converse verbs.
pub(crate) fn write(out: &mut String) {
    let all: Vec<_> = [ENGLISH, KOREAN].into_iter().flat_map(opposites).filter(|(of, _)| *of != ANY).collect();
    *out += &format!("pub(super) static OPPOSITES: &[(&str, &str)] = &{all:?};\n");
    for (name, file) in [("PREFIXES", ENGLISH), ("KOREAN_PREFIXES", KOREAN)] {
        let prefixes = opposites(file).filter(|(of, _)| *of == ANY);
        let prefixes: Vec<_> = prefixes.map(|(_, prefix)| prefix.trim_end_matches('-')).collect();
        *out += &format!("pub(super) static {name}: &[&str] = &{prefixes:?};\n");
    }
    let converses = CONVERSES.into_iter().flat_map(lines).map(|line| {
        let (verbs, converse) = halves(line);
        format!("(&{:?}, &{:?})", inflected(verbs), inflected(converse))
    });
    let converses: Vec<_> = converses.collect();
    *out += &format!("pub(super) static CONVERSES: &[(&[&str], &[&str])] = &[{}];\n", converses.join(", "));
}

/// Each word of a file with each that denies it.
fn opposites(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(file).flat_map(|line| {
        let (of, denials) = halves(line);
        denials.split(',').map(move |denial| (of, denial.trim()))
    })
}

fn halves(line: &'static str) -> (&'static str, &'static str) {
    let (before, after) = line.split_once('=').unwrap_or_else(|| panic!("a line without an equals sign: {line}"));
    (before.trim(), after.trim())
}

/// The words of a list in all their forms.
fn inflected(list: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut form = String::new();
    list.split(',').for_each(|item| forms(item, &mut form, |form| all.push(form.to_owned())));
    all
}
