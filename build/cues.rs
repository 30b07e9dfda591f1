//! Words that carry meaning: lexicons of the three languages, synonyms, spellings.

use crate::datafile::lines;
use crate::items::{Cue, Lexicon, forms, hashed};
use crate::kind::ChangeKind;
use crate::pattern::push_pattern;
use crate::{first, prefixes, table};

macro_rules! sections {
    ($folder:literal) => {
        &[
            (Cue::Kind(ChangeKind::Negation), include_str!(concat!("../src/change/", $folder, "/negation.txt"))),
            (Cue::Kind(ChangeKind::Modality), include_str!(concat!("../src/change/", $folder, "/modality.txt"))),
            (Cue::Kind(ChangeKind::Hedge), include_str!(concat!("../src/change/", $folder, "/hedge.txt"))),
            (Cue::Kind(ChangeKind::Quantifier), include_str!(concat!("../src/change/", $folder, "/quantifier.txt"))),
            (Cue::Kind(ChangeKind::Attribution), include_str!(concat!("../src/change/", $folder, "/attribution.txt"))),
            (Cue::Denial, include_str!(concat!("../src/change/", $folder, "/denial.txt"))),
            // The lines name the kinds.
            (Cue::Contrast(ChangeKind::Number), include_str!(concat!("../src/change/", $folder, "/contrast.txt"))),
            (Cue::Guard, include_str!(concat!("../src/change/", $folder, "/guard.txt"))),
            (Cue::And, include_str!(concat!("../src/change/", $folder, "/and.txt"))),
            (Cue::Ranked, include_str!(concat!("../src/change/", $folder, "/ranked.txt"))),
            (Cue::By, include_str!(concat!("../src/change/", $folder, "/by.txt"))),
            (Cue::Title, include_str!(concat!("../src/change/", $folder, "/title.txt"))),
            (Cue::Particle, include_str!(concat!("../src/change/", $folder, "/particle.txt"))),
        ]
    };
}

type Sections = &'static [(Cue, &'static str)];

pub(crate) const ENGLISH: Sections = sections!("en");
const KOREAN: Sections = sections!("ko");
const CHINESE: Sections = sections!("zh");

const SYNONYMS: [&str; 3] = [
    include_str!("../src/change/en/synonym.txt"),
    include_str!("../src/change/ko/synonym.txt"),
    include_str!("../src/change/zh/synonym.txt"),
];
const SPELLINGS: [&str; 3] = [
    include_str!("../src/change/en/spelling.txt"),
    include_str!("../src/change/ko/spelling.txt"),
    include_str!("../src/change/zh/spelling.txt"),
];

pub(crate) fn lexicon(sections: Sections) -> Lexicon {
    Lexicon::read(sections)
}

/// Writes the lexicons, synonyms and spellings.
pub(crate) fn write(english: &Lexicon, out: &mut String) {
    let lexicons = [lexicon_of(english), lexicon_of(&lexicon(KOREAN)), lexicon_of(&lexicon(CHINESE))];
    *out += &format!(
        "pub(super) static LEXICONS: [Lexicon; 3] = {{ use {{ChangeKind::*, Cue::*, Tail::*}}; [{}] }};\n",
        lexicons.join(", ")
    );
    let synonyms = SYNONYMS.map(synonyms).join(", ");
    *out += &format!("pub(super) static SYNONYMS: [Hashed; 3] = [{synonyms}];\n");
    *out += &format!("pub(super) static SPELLINGS: Hashed = {};\n", spellings());
}

fn lexicon_of(lexicon: &Lexicon) -> String {
    let Lexicon { items, patterns, groups } = lexicon;
    format!("Lexicon {{ items: {}, patterns: &{patterns:?}, groups: &{groups:?} }}", prefixes(items))
}

/// The words of a file of synonyms in normal form, to the number of their line.
fn synonyms(file: &'static str) -> String {
    let mut words = Vec::new();
    let (mut buffer, mut normal) = (String::new(), String::new());
    for (number, line) in lines(file).enumerate() {
        for item in line.split(',') {
            forms(item, &mut buffer, |form| {
                normal.clear();
                push_pattern(form, &mut normal);
                words.push((hashed(&normal), number as u16));
            });
        }
    }
    table(words, first)
}

/// Listed spellings in normal form to the number of their line; of equal words the last counts.
fn spellings() -> String {
    let lines = SPELLINGS.into_iter().flat_map(lines).enumerate();
    let normal = |word: &str| {
        let mut normal = String::new();
        push_pattern(word, &mut normal);
        hashed(&normal)
    };
    let words = lines.flat_map(|(number, line)| line.split(',').map(move |word| (normal(word), number as u16)));
    table(words, |_, last| last)
}
