//! What raises and lowers the figure, each thing by itself.

use super::*;
use crate::compare::compare;
use crate::document::Document;
use crate::options::Options;
use crate::text::tokenise;

fn of(a: &str, b: &str) -> f64 {
    let (a, b) = (Document::new("a", a), Document::new("b", b));
    compare(&a, &b, &Options::default()).scores.similarity
}

/// `count` words that stand in no other text of another `prefix`.
fn own(prefix: &str, count: usize) -> String {
    (0..count).map(|number| format!("{prefix}{number} ")).collect()
}

#[test]
fn it_is_1_for_the_same_words_in_one_order_alone() {
    let text = "To be, or not to be: that is the question.";
    assert_eq!(of(text, "to be or not to be That is the QUESTION"), 1.0);
    assert_eq!(of("", " — "), 1.0);
    assert!(of(text, "Not to be, or to be: that is the question.") < 1.0);
    assert!(of(text, "To be, or not to be: that is the question, sir.") < 1.0);
    let long = own("word", 100_000);
    assert_eq!(of(&long, &format!("{long} more")), MOST);
}

#[test]
fn it_is_0_where_no_word_is_shared() {
    assert_eq!(of("Fish swim in rivers.", "Birds fly over mountains."), 0.0);
    assert_eq!(of("Fish swim in rivers.", ""), 0.0);
    assert!(of("Fish swim in rivers.", "Birds fly over rivers.") > 0.0);
}

#[test]
fn what_one_side_alone_says_counts_whichever_it_is() {
    let (short, long) = ("The museum reopened on Monday.", "The museum reopened on Monday after years of repairs.");
    assert_eq!(of(short, long), of(long, short));
    assert!(of(short, long) < 0.7);
    assert!(of(short, "The museum reopened on Tuesday.") > of(short, long));
}

#[test]
fn long_words_count_more_than_short_ones() {
    let text = "The minister resigned after it.";
    assert!(of(text, "A minister resigned before us.") > of(text, "The parliament dissolved after it."));
}

#[test]
fn a_moved_clause_costs_less_than_two_names_that_change_places() {
    let text = "In the spring Duncan succeeded Malcolm as keeper of the northern castle.";
    let moved = of(text, "Duncan succeeded Malcolm as keeper of the northern castle in the spring.");
    let exchanged = of(text, "In the spring Malcolm succeeded Duncan as keeper of the northern castle.");
    assert!(moved < 1.0 && exchanged < moved - 0.15, "{moved} {exchanged}");
    let replaced = of(text, "In the spring Andrew succeeded Malcolm as keeper of the northern castle.");
    assert!(exchanged < replaced, "{exchanged} {replaced}");
    let (text, exchanged) = ("约拿在鱼腹中度过三日，耶稣在坟墓中。", "耶稣在鱼腹中度过三日，约拿在坟墓中。");
    assert!(of(text, exchanged) < of(text, "马可在鱼腹中度过三日，耶稣在坟墓中。"));
}

#[test]
fn an_exchange_is_told_whichever_word_the_alignment_keeps() {
    let exchanged = |verb: &str| of(&format!("Duncan {verb} Malcolm there."), &format!("Malcolm {verb} Duncan there."));
    for verb in ["met", "followed", "was to succeed"] {
        assert!(exchanged(verb) < 0.6, "{verb}: {}", exchanged(verb));
    }
    assert!(of("Duncan followed Malcolm there.", "There Duncan followed Malcolm.") > 0.6);
}

#[test]
fn a_figure_for_another_costs_more_than_one_that_is_missing() {
    let text = "The bank raised its rate by 250 points on Friday.";
    let other = of(text, "The bank raised its rate by 475 points on Friday.");
    assert!(other < of(text, "The bank raised its rate by some points on Friday."));
    assert!(other < of(text, "The bank raised its rate by points on Friday."));
    assert!(of(text, "On Friday the bank raised its rate by 250 points.") > other);
}

#[test]
fn words_with_one_stem_count_in_part() {
    let text = "They accused him.";
    let stem = of(text, "They accuses him.");
    assert!(stem > of(text, "They praised him.") && stem < 1.0);
    assert!(of("한국에 갔다", "한국이 좋다") > of("한국에 갔다", "일본이 좋다"));
    assert_eq!(of("12345", "123456"), 0.0, "a number has no stem");
}

#[test]
fn a_sentence_is_matched_word_by_word_and_a_long_text_by_its_passages() {
    let found = [60, 80, 100, 120].map(|count| {
        let (a, b) = (own("word", count), format!("other {}", own("word", count - 1)));
        let (a, b) = (tokenise(&a), tokenise(&b));
        similarity(&a, &b, &[], [Extent::of(&a), Extent::of(&b)])
    });
    assert!(found[0] > 0.95, "{found:?}");
    assert!(found.is_sorted_by(|more, fewer| more > fewer), "{found:?}");
    assert_eq!(found[3], 0.0);
}

#[test]
fn a_long_text_is_as_alike_as_its_passages_are_long() {
    let shared = own("shared", 500);
    let found = of(&format!("{}{shared}", own("one", 500)), &format!("{shared}{}", own("other", 500)));
    assert!((found - 0.5).abs() < 0.05, "{found}");
    let (first, second) = (own("first", 500), own("second", 500));
    let moved = of(&format!("{first}{second}"), &format!("{second}{first}"));
    assert!((moved - 2.0 / 3.0).abs() < 0.01, "half of it has moved: {moved}");
}

#[test]
fn an_excerpt_is_as_alike_as_what_it_is_cut_from() {
    let text = tokenise("Eight words that stand here as an excerpt.");
    let whole = tokenise("Eight words that stand here as an excerpt, and four more words that are not in it.");
    let extent = [Extent::of(&text), Extent::of(&whole)];
    assert_eq!(similarity(&text, &text, &[], [extent[0]; 2]), 1.0);
    let cut = similarity(&text, &text, &[], extent);
    assert!(cut > 0.4 && cut < 0.6, "{cut}");
}

#[test]
fn pairs_are_made_by_rank_and_taken_out() {
    let (mut a, mut b) = (vec![5, 1, 3, 1], vec![1, 4, 1, 1]);
    assert_eq!(pairs(&mut a, &mut b, |&key| key), [(1, 1), (1, 1)]);
    assert_eq!((a, b), (vec![3, 5], vec![1, 4]));
}
