use crate::check::{Boilerplate, CheckOptions, Checked};
use crate::report::View;
use crate::report::check::fixture::{harbour, hostile, nothing, options, report, without_texts};
use crate::report::check::{CheckReport, Format, write_all};
use crate::report::paint::width;

fn told(checked: &Checked<'_>, columns: usize, options: &CheckOptions) -> String {
    let view = View { width: columns, color: false, full: false };
    let report = CheckReport { view, ..report(options, Format::Text) };
    let mut out = Vec::new();
    write_all(&report, std::slice::from_ref(checked), &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("it is text")
}

#[test]
fn eighty_columns() {
    insta::assert_snapshot!(told(&harbour(), 80, &options()));
}

#[test]
fn fifty_columns() {
    insta::assert_snapshot!(told(&harbour(), 50, &options()));
}

#[test]
fn two_hundred_columns() {
    insta::assert_snapshot!(told(&harbour(), 200, &options()));
}

#[test]
fn a_reverse_check() {
    insta::assert_snapshot!(told(&harbour(), 80, &CheckOptions { reverse: true, ..options() }));
}

#[test]
fn documents_with_nothing_but_boilerplate_are_named_and_not_ranked() {
    let mut checked = harbour();
    assert!(!told(&checked, 80, &options()).contains("nothing but boilerplate"));
    let last = checked.matches.last_mut().expect("it has matches");
    last.shared_words = 0;
    last.passages.iter_mut().for_each(|passage| passage.boilerplate = Some(Boilerplate { documents: 7, of: 8 }));
    let told = told(&checked, 80, &options());
    assert!(told.contains("2 sources, ranked"), "{told}");
    assert!(told.contains("1 document with nothing but boilerplate of the article: no date, bulletin"), "{told}");
    assert!(!told.contains("undecided"), "{told}");
}

#[test]
fn nothing_found() {
    insta::assert_snapshot!(told(&nothing(), 80, &options()));
}

#[test]
fn an_archive_without_texts() {
    insta::assert_snapshot!(told(&without_texts(), 80, &options()));
}

#[test]
fn hostile_text_is_made_visible_and_lines_fit() {
    let told = told(&hostile(), 60, &options());
    assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "{told}");
    assert!(!told.contains(['\u{202e}', '\u{2066}']), "{told}");
    for line in told.lines() {
        assert!(width(line) <= 60, "{line}");
    }
}

#[test]
fn lines_fit_any_width() {
    for columns in [20, 33, 50, 69, 70, 71, 100, 200] {
        for line in told(&harbour(), columns, &options()).lines() {
            assert!(width(line) <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn colour_is_written_where_it_is_wanted_alone() {
    assert!(!told(&harbour(), 80, &options()).contains('\u{1b}'));
    let options = options();
    let report = CheckReport { view: View { color: true, ..View::default() }, ..report(&options, Format::Text) };
    let mut out = Vec::new();
    write_all(&report, &[harbour()], &mut out).expect("a vector takes all");
    assert!(String::from_utf8_lossy(&out).contains("\u{1b}[34m█"));
}
