//! Reads the words of `src/change`, folds and sorts them, and writes them as tables of the program: reading them takes
//! longer than comparing two short texts. The code that folds is that of the program.
//!
//! Writes `words.rs` and `openings.bin` to the folder that Cargo gives; `src/change/tables.rs` takes them in. A mistake in a
//! data file ends the build and is named.
#![allow(dead_code, reason = "the program uses of these files what is not used here")]

mod context;
mod cues;
mod names;
mod openings;
mod reverse;
mod values;

#[path = "../src/change/value/category.rs"]
mod category;
#[path = "../src/text/chars.rs"]
mod chars;
#[path = "../src/datafile.rs"]
mod datafile;
#[path = "../src/text/fold.rs"]
mod fold;
#[path = "../src/change/value/glyphs.rs"]
mod glyphs;
#[path = "../src/change/hashed.rs"]
mod hashed;
#[path = "../src/change/items.rs"]
mod items;
#[path = "../src/change/kind.rs"]
mod kind;
#[path = "../src/change/names/listed.rs"]
mod listed;
#[path = "../src/change/openings.rs"]
mod opening;
#[path = "../src/change/pattern.rs"]
mod pattern;
#[path = "../src/change/prefixes.rs"]
mod prefixes;
#[path = "../src/span.rs"]
mod span;
#[path = "../src/text/token.rs"]
mod token;

/// The modules under the names that they have in the program.
mod text {
    pub(crate) use crate::chars::{CharInfo, Class, is_syllable};
    pub(crate) use crate::fold;
    pub(crate) use crate::token::{Token, TokenClass};
}

mod change {
    pub(crate) use crate::hashed;
    pub(crate) use crate::items as lexicon;
}

use hashed::place;
use prefixes::Prefixes;
use std::path::PathBuf;
use std::{env, fs};
use text::Token;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo names a folder"));
    tell_cargo();
    let english = cues::lexicon(cues::ENGLISH);
    let values = values::Values::read();
    fs::write(out.join("openings.bin"), openings::table(&values, &english)).expect("Cargo's folder can be written");
    let mut words = String::new();
    cues::write(&english, &mut words);
    context::write(&mut words);
    names::write(&mut words);
    reverse::write(&mut words);
    values.write(&mut words);
    words += "pub(super) static OPENINGS: Openings = Openings(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/openings.bin\")));\n";
    fs::write(out.join("words.rs"), words).expect("Cargo's folder can be written");
}

/// Cargo builds this program again when a data file changes, and runs it whenever it was built.
#[allow(clippy::print_stdout, reason = "Cargo is told so")]
fn tell_cargo() {
    println!("cargo::rerun-if-changed=build");
}

/// Sorted words as an expression.
fn prefixes(words: &Prefixes) -> String {
    let Prefixes { text, words, starts } = words;
    format!("Prefixes {{ text: {text:?}, words: &{words:?}, starts: &{starts:?} }}")
}

/// Words with their numbers as an expression for a table by hash; of equal words the first number counts, or all that
/// `join` makes of them.
fn table(words: impl IntoIterator<Item = (Token, u16)>, join: fn(u16, u16) -> u16) -> String {
    let words: Vec<(Token, u16)> = words.into_iter().collect();
    let mut slots = vec![(0, 0); (2 * words.len()).next_power_of_two().max(2)];
    for (word, number) in words {
        let mut at = place(word.0, slots.len());
        while slots[at].0 != 0 && slots[at].0 != word.0 {
            at = (at + 1) & (slots.len() - 1);
        }
        slots[at] = (word.0, if slots[at].0 == 0 { number } else { join(slots[at].1, number) });
    }
    format!("Hashed {{ slots: &{slots:?} }}")
}

/// Of two numbers of a word the first.
fn first(first: u16, _: u16) -> u16 {
    first
}
