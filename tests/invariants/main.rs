//! What holds for every pair of texts, checked on texts made for it.
//!
//! The seed is fixed, so that a run can be repeated; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for more and for others.

mod laws;
mod small;
mod texts;

use likewise::report::{Format, View};
use likewise::{Comparison, Document, Kind, Options, Verdict, compare};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rayon::ThreadPoolBuilder;
use texts::{pair, shuffled, text, unrelated};

/// Words from which a text is long enough for a passage.
const SHORTEST: usize = 1;

fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if asked { default.cases } else { cases },
        rng_seed: if default.rng_seed == RngSeed::Random { RngSeed::Fixed(1971) } else { default.rng_seed },
        failure_persistence: None,
        ..default
    }
}

fn json(found: &Comparison<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    Format::Json.write(found, &View::default(), &mut out).expect("a vector takes everything");
    out
}

fn documents(a: &str, b: &str) -> (Document, Document) {
    (Document::new("a", a), Document::new("b", b))
}

/// One verbatim passage from the first word to the last, and figures to match.
fn assert_identical(text: &str) {
    let document = Document::new("a", text);
    let found = compare(&document, &document, &Options::default());
    if found.a.words < SHORTEST {
        return;
    }
    let [passage] = &found.passages[..] else { panic!("{text:?}: {} passages", found.passages.len()) };
    assert_eq!((passage.kind, passage.moved, passage.similarity), (Kind::Verbatim, false, 1.0), "{text:?}");
    assert_eq!((passage.words_a, passage.words_b), (found.a.words, found.b.words), "{text:?}");
    let scores = &found.scores;
    assert_eq!(scores.verdict, Verdict::Identical, "{text:?}");
    assert_eq!((scores.shared_a, scores.shared_b, scores.verbatim_a, scores.verbatim_b), (1.0, 1.0, 1.0, 1.0));
    assert_eq!((scores.resemblance, scores.containment_a, scores.containment_b), (1.0, 1.0, 1.0), "{text:?}");
    assert_eq!((scores.simhash_distance, scores.longest_words), (0, found.a.words), "{text:?}");
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn segments_passages_and_edits_are_sound((a, b) in pair()) {
        let (a, b) = documents(&a, &b);
        let found = compare(&a, &b, &Options::default());
        laws::sound(&found);
        laws::edits_replay(&found);
    }

    #[test]
    fn the_json_cuts_the_texts_where_it_says((a, b) in pair()) {
        let (a, b) = documents(&a, &b);
        let written = json(&compare(&a, &b, &Options::default()));
        laws::json_cuts(&serde_json::from_slice(&written).expect("it is JSON"), &a.text, &b.text);
    }

    #[test]
    fn the_other_order_is_the_mirror((a, b) in pair()) {
        let (a, b) = documents(&a, &b);
        let options = Options::default();
        laws::mirrors(&compare(&a, &b, &options), &compare(&b, &a, &options));
    }

    #[test]
    fn a_text_is_identical_to_itself(text in text()) {
        assert_identical(&text);
    }

    #[test]
    fn unrelated_text_appended_leaves_verbatim_and_edited_passages((a, b) in pair(), more in unrelated()) {
        let (a, b) = documents(&a, &b);
        let longer = Document::new("b", format!("{}\n\n{more}", b.text.trim_end()));
        let options = Options::default();
        laws::same_kept(&compare(&a, &b, &options), &compare(&a, &longer, &options));
    }

    #[test]
    fn a_copy_inside_unrelated_text_is_one_verbatim_passage(text in text(), before in unrelated(), after in unrelated()) {
        let (a, b) = documents(&text, &format!("{before}\n\n{}\n\n{after}", text.trim_end()));
        let found = compare(&a, &b, &Options::default());
        if found.a.words >= SHORTEST {
            let [passage] = &found.passages[..] else { panic!("{} passages", found.passages.len()) };
            prop_assert_eq!((passage.kind, passage.words_a), (Kind::Verbatim, found.a.words));
        }
    }

    #[test]
    fn sentences_in_another_order_are_shared_whole((sentences, order) in shuffled()) {
        let text = |order: &mut dyn Iterator<Item = usize>| -> String { order.map(|at| &sentences[at][..]).collect() };
        let (a, b) = documents(&text(&mut (0..sentences.len())), &text(&mut order.iter().copied()));
        let found = compare(&a, &b, &Options::default());
        prop_assert_eq!((found.scores.verbatim_a, found.scores.verbatim_b), (1.0, 1.0));
    }

    #[test]
    fn any_characters_at_all_are_sound(a in "\\PC{0,80}", b in "\\PC{0,80}", middle in "[\\PC\n\t ]{0,80}") {
        let (a, b) = documents(&format!("{a}{middle}"), &format!("{middle}{b}"));
        laws::sound(&compare(&a, &b, &Options::default()));
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn any_number_of_threads_writes_the_same_bytes((a, b) in pair()) {
        assert_threads_agree(&a, &b);
    }
}

#[test]
fn large_texts_are_the_same_bytes_for_any_number_of_threads() {
    let (a, b) = texts::large(140_000);
    assert_threads_agree(&a, &b);
}

fn assert_threads_agree(a: &str, b: &str) {
    let (a, b) = documents(a, b);
    let written = [1, 2, 8].map(|threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads are to be had");
        pool.install(|| json(&compare(&a, &b, &Options::default())))
    });
    assert!(written[0] == written[1] && written[0] == written[2], "bytes differ");
}

#[test]
fn the_shortest_texts_are_identical_to_themselves() {
    let texts = [
        "Word",
        "Two words",
        "Only three words.",
        "한국",
        "네.",
        "中",
        "中国。",
        "สวัสดี",
        "3.5",
        "نعم",
        "— a —",
        "1\n2",
    ];
    texts.into_iter().for_each(assert_identical);
}

#[test]
fn without_words_nothing_is_shared_and_nothing_missing() {
    let full = "The two sides agreed to communicate through military channels on the system.";
    for empty in ["", " ", "\n\n\t ", "\u{3000}", "\u{200B}", "... — !", "\r\n"] {
        for other in ["", "  ", empty, full] {
            let (a, b) = documents(empty, other);
            let (there, back) = (compare(&a, &b, &Options::default()), compare(&b, &a, &Options::default()));
            laws::sound(&there);
            laws::mirrors(&there, &back);
            assert!(there.passages.is_empty(), "{empty:?} {other:?}");
            laws::json_cuts(&serde_json::from_slice(&json(&there)).expect("it is JSON"), empty, other);
        }
    }
}
