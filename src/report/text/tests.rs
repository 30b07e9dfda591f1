use super::*;
use crate::passage::Kind;
use crate::report::fixture::{self, Draft, Piece, equal, insert, only};
use crate::report::paint::width;
use proptest::prelude::*;

fn written(comparison: &Comparison<'_>, view: View) -> String {
    let mut out = Vec::new();
    write(comparison, &view, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("it is text")
}

fn plain(width: usize) -> View {
    View { width, ..View::default() }
}

#[test]
fn eighty_columns() {
    insta::assert_snapshot!(written(&fixture::statements(), plain(80)));
}

#[test]
fn two_hundred_columns() {
    insta::assert_snapshot!(written(&fixture::statements(), plain(200)));
}

#[test]
fn fifty_columns() {
    insta::assert_snapshot!(written(&fixture::cut_short(), plain(50)));
}

#[test]
fn one_template() {
    insta::assert_snapshot!(written(&fixture::template(), plain(80)));
}

#[test]
fn colour_adds_escapes_and_nothing_else() {
    let comparison = fixture::statements();
    let colored = written(&comparison, View { color: true, ..plain(80) });
    let escape = |text: &str| text.split_once('m').map_or_else(String::new, |(_, rest)| rest.to_owned());
    let mut parts = colored.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    assert_eq!(first + &parts.map(escape).collect::<String>(), written(&comparison, plain(80)));
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let sentences = (0..200).map(|at| format!("Sentence number {at} stands here. ")).collect::<String>();
    let draft = Draft::new(Kind::Edited, vec![equal("Shared by both. "), insert("And more. ")]);
    let drafts = vec![draft; 100];
    let pieces = (0..100).map(Piece::Passage).chain([only(&sentences)]).collect::<Vec<_>>();
    let comparison = fixture::comparison(&pieces, &[Piece::Passage(0)], &drafts);
    let short = written(&comparison, plain(80));
    assert!(short.contains("The 60 longest; --full shows all."));
    assert!(short.contains("… and 140 sentences more; --full shows all."));
    let full = written(&comparison, View { full: true, ..plain(80) });
    assert!(full.contains("Sentence number 199") && !full.contains("--full"));
}

#[test]
fn a_passage_of_many_lines_is_cut_and_says_so() {
    let edits: Vec<_> = (0..400).flat_map(|at| [equal("the same words "), insert(&format!("new{at} "))]).collect();
    let pieces = [Piece::Passage(0)];
    let comparison = fixture::comparison(&pieces, &pieces, &[Draft::new(Kind::Edited, edits)]);
    let short = written(&comparison, plain(80));
    assert!(short.contains("… the passage goes on, in A from line 1 to 1; --full shows it whole."));
    assert!(short.lines().count() < 150);
    assert!(written(&comparison, View { full: true, ..plain(80) }).contains("{+new399+}"));
}

proptest! {
    #[test]
    fn lines_fit_and_hold_nothing_a_terminal_obeys(
        texts in prop::collection::vec("[a-z .\\n東ก😀é\u{1b}\u{9b}\u{7}\u{202e}\u{200b}\t]{1,200}", 4),
        columns in 20usize..220,
    ) {
        let draft = Draft::new(Kind::Edited, vec![equal(&texts[0]), insert(&texts[1])]);
        let a = [only(&texts[2]), Piece::Passage(0)];
        let b = [Piece::Passage(0), only(&texts[3])];
        let report = written(&fixture::comparison(&a, &b, &[draft]), plain(columns));
        for line in report.lines() {
            prop_assert!(width(line) <= columns.max(38), "{line}");
            let obeyed = |c: char| c.is_control() || c == '\u{202e}';
            prop_assert!(!line.contains(obeyed));
        }
    }
}
