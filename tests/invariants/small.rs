//! Every pair of texts over a tiny alphabet: what generated texts reach by luck, these reach for certain.

use super::{assert_identical, documents, laws};
use likewise::{Options, compare};

/// Texts of up to `longest` letters, each `x` or `y` by a bit, written by `letter`.
fn texts(longest: usize, letter: impl Fn(usize, bool) -> String) -> Vec<String> {
    (0..=longest)
        .flat_map(|length| (0..1_usize << length).map(move |bits| (length, bits)))
        .map(|(length, bits)| (0..length).map(|at| letter(at, bits >> at & 1 == 1)).collect())
        .collect()
}

fn check_all_pairs(texts: &[String]) {
    let options = Options::default();
    for a in texts {
        for b in texts {
            let (a, b) = documents(a, b);
            let (there, back) = (compare(&a, &b, &options), compare(&b, &a, &options));
            laws::sound(&there);
            laws::edits_replay(&there);
            laws::mirrors(&there, &back);
        }
    }
    texts.iter().for_each(|text| assert_identical(text));
}

fn pick(second: bool, words: [&str; 2]) -> String {
    words[usize::from(second)].to_owned()
}

#[test]
fn words_in_one_sentence() {
    check_all_pairs(&texts(
        6,
        |at, second| if at == 0 { pick(second, ["go", "stop"]) } else { pick(second, [" go", " stop"]) },
    ));
}

#[test]
fn characters_of_han() {
    check_all_pairs(&texts(5, |_, second| pick(second, ["中", "国"])));
}

/// Whole sentences as letters: chains, moves, cuts at paragraphs and texts used twice all come up.
#[test]
fn sentences_as_letters() {
    let sentences = [
        "The two ministries agreed to keep the channel open for both armies.\n\n",
        "Prices of imported grain rose by four percent over the whole winter.\n\n",
    ];
    check_all_pairs(&texts(4, |_, second| pick(second, sentences)));
}
