//! The laws, each as assertions over a comparison.

use likewise::{Change, Comparison, Edit, EditOp, Harmless, Kind, Passage, Segment, SegmentKind, Side, Span, Verdict};
use serde_json::Value;

/// Everything that holds for one comparison by itself.
pub fn sound(found: &Comparison<'_>) {
    for side in [&found.a, &found.b] {
        tiles(side, found.passages.len());
        shares_add_up(side);
    }
    let scores = &found.scores;
    let shares = [scores.resemblance, scores.containment_a, scores.containment_b, scores.shared_a, scores.shared_b];
    assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{scores:?}");
    assert!((0.0..=1.0).contains(&scores.similarity), "{scores:?}");
    assert_eq!(scores.similarity == 1.0, scores.verdict == Verdict::Identical, "{scores:?}");
    let rounding = 1e-9;
    assert!(scores.verbatim_a <= scores.shared_a + rounding, "{scores:?}");
    assert!(scores.verbatim_b <= scores.shared_b + rounding, "{scores:?}");
    for (index, passage) in found.passages.iter().enumerate() {
        covered(&found.a, passage.a, index);
        covered(&found.b, passage.b, index);
        similar(passage, found.options.similarity);
        edits_tile(passage, &found.a.document.text, &found.b.document.text);
    }
    let order = |passage: &Passage| (passage.a.start, passage.b.start);
    assert!(found.passages.is_sorted_by_key(order), "passages are out of order");
    main_order(&found.passages);
}

fn tiles(side: &Side<'_>, passages: usize) {
    let text = &side.document.text;
    let mut at = 0;
    for segment in &side.segments {
        assert_eq!(segment.span.start, at, "a gap or an overlap");
        assert!(segment.span.end > at && text.is_char_boundary(segment.span.end), "{segment:?}");
        assert_eq!(segment.kind == SegmentKind::Unique, segment.passage.is_none(), "{segment:?}");
        assert!(segment.passage.is_none_or(|index| index < passages), "{segment:?}");
        at = segment.span.end;
    }
    assert_eq!(at, text.len(), "segments end before the text does");
    let same = |two: &[Segment]| two[0].kind == two[1].kind && two[0].passage == two[1].passage;
    assert!(!side.segments.windows(2).any(same), "neighbours of one kind are one segment");
}

fn shares_add_up(side: &Side<'_>) {
    let sum: f64 = SegmentKind::ALL.into_iter().map(|kind| side.share(kind)).sum();
    assert!((sum - 1.0).abs() < 1e-9, "shares add to {sum}");
    assert_eq!(side.segments.iter().map(|segment| segment.words).sum::<usize>(), side.words);
}

/// No byte of a passage is called unique, and none outside is called the passage's.
fn covered(side: &Side<'_>, span: Span, index: usize) {
    assert!(!span.is_empty() && span.end <= side.document.text.len(), "{span:?}");
    assert!(side.document.text.is_char_boundary(span.start) && side.document.text.is_char_boundary(span.end));
    for segment in &side.segments {
        let overlaps = segment.span.start < span.end && span.start < segment.span.end;
        assert!(!overlaps || segment.kind != SegmentKind::Unique, "{segment:?} in passage {span:?}");
        let inside = span.start <= segment.span.start && segment.span.end <= span.end;
        assert!(segment.passage != Some(index) || inside, "{segment:?} is not in its passage {span:?}");
    }
}

fn similar(passage: &Passage, least: f64) {
    assert!((least..=1.0).contains(&passage.similarity), "{passage:?}");
    assert_eq!(passage.similarity == 1.0, passage.kind == Kind::Verbatim, "{passage:?}");
    if passage.kind == Kind::Verbatim {
        assert_eq!(passage.words_a, passage.words_b);
        assert!(passage.edits.iter().all(|edit| edit.op == EditOp::Equal), "{passage:?}");
    }
}

/// The edits tile both sides, and what each calls equal, inserted, deleted or replaced is that.
fn edits_tile(passage: &Passage, a: &str, b: &str) {
    let (mut at_a, mut at_b) = (passage.a.start, passage.b.start);
    for edit in &passage.edits {
        assert_eq!((edit.a.start, edit.b.start), (at_a, at_b), "{:?}", passage.edits);
        assert!(edit.a.end >= at_a && edit.b.end >= at_b, "{:?}", passage.edits);
        (at_a, at_b) = (edit.a.end, edit.b.end);
        let (before, after) = (edit.a.of(a), edit.b.of(b));
        match edit.op {
            EditOp::Equal if before.is_ascii() && after.is_ascii() => assert_eq!(words(before), words(after)),
            EditOp::Equal => assert!(!before.is_empty() || !after.is_empty(), "{edit:?}"),
            EditOp::Insert => assert!(before.is_empty() && !after.is_empty(), "{edit:?}"),
            EditOp::Delete => assert!(after.is_empty() && !before.is_empty(), "{edit:?}"),
            EditOp::Replace => assert!(!before.is_empty() && !after.is_empty(), "{edit:?}"),
        }
    }
    assert_eq!((at_a, at_b), (passage.a.end, passage.b.end), "edits end before the passage does");
}

/// A's side with the edits made says what B's does: for texts whose words are spelt in one way, but for case.
pub fn edits_replay(found: &Comparison<'_>) {
    let (a, b) = (&found.a.document.text, &found.b.document.text);
    for passage in &found.passages {
        let made: String = passage
            .edits
            .iter()
            .map(|edit| if edit.op == EditOp::Equal { edit.a.of(a) } else { edit.b.of(b) })
            .collect();
        assert_eq!(letters(&made), letters(passage.b.of(b)), "{passage:?}");
    }
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What stands between white space and punctuation, in lower case.
fn words(text: &str) -> Vec<String> {
    let word = |c: char| c.is_alphanumeric() || "%$€£¥°§".contains(c) || !c.is_ascii();
    text.split(|c| !word(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Passages that are not moved stand in one order in both texts.
fn main_order(passages: &[Passage]) {
    let kept = passages.iter().filter(|passage| !passage.moved);
    assert!(kept.is_sorted_by_key(|passage| passage.b.start), "the main order is no order");
    assert!(passages.is_empty() || passages.iter().any(|passage| !passage.moved), "everything is moved");
}

/// `back` is what `there` is with A and B exchanged.
pub fn mirrors(there: &Comparison<'_>, back: &Comparison<'_>) {
    let mut mirrored: Vec<Passage> = back.passages.iter().map(mirror).collect();
    mirrored.sort_by_key(|passage| (passage.a.start, passage.b.start));
    assert_eq!(there.passages, mirrored);
    let tiles = |side: &Side<'_>| side.segments.iter().map(|tile| (tile.span, tile.kind)).collect::<Vec<_>>();
    assert_eq!(tiles(&there.a), tiles(&back.b));
    assert_eq!(tiles(&there.b), tiles(&back.a));
    let (x, y) = (&there.scores, &back.scores);
    assert_eq!(
        (x.similarity, x.resemblance, x.simhash_distance, x.longest_words),
        (y.similarity, y.resemblance, y.simhash_distance, y.longest_words)
    );
    assert_eq!((x.containment_a, x.containment_b), (y.containment_b, y.containment_a));
    assert_eq!(
        (x.shared_a, x.shared_b, x.verbatim_a, x.verbatim_b),
        (y.shared_b, y.shared_a, y.verbatim_b, y.verbatim_a)
    );
    assert_eq!(x.verdict, y.verdict);
}

fn mirror(passage: &Passage) -> Passage {
    let edit = |edit: &Edit| {
        let op = match edit.op {
            EditOp::Insert => EditOp::Delete,
            EditOp::Delete => EditOp::Insert,
            other => other,
        };
        Edit { op, a: edit.b, b: edit.a }
    };
    Passage {
        quoted_a: passage.quoted_b,
        quoted_b: passage.quoted_a,
        words_a: passage.words_b,
        words_b: passage.words_a,
        a: passage.b,
        b: passage.a,
        edits: passage.edits.iter().map(edit).collect(),
        changes: mirrored_changes(passage),
        harmless: mirrored_harmless(passage),
        ..passage.clone()
    }
}

fn mirrored_changes(passage: &Passage) -> Vec<Change> {
    let mirror = |change: &Change| Change {
        a: change.b,
        b: change.a,
        sentence_a: change.sentence_b,
        sentence_b: change.sentence_a,
        ..*change
    };
    let mut changes: Vec<Change> = passage.changes.iter().map(mirror).collect();
    changes.sort_by_key(|change| (change.a, change.b, change.kind));
    changes
}

fn mirrored_harmless(passage: &Passage) -> Vec<Harmless> {
    let mut harmless: Vec<Harmless> =
        passage.harmless.iter().map(|same| Harmless { a: same.b, b: same.a, ..*same }).collect();
    harmless.sort_by_key(|same| (same.a, same.b, same.reason));
    harmless
}

/// Both have the same verbatim and edited passages.
pub fn same_kept(before: &Comparison<'_>, after: &Comparison<'_>) {
    let kept = |found: &Comparison<'_>| {
        let passages = found.passages.iter().filter(|passage| passage.kind != Kind::Reworded);
        passages.map(|passage| (passage.kind, passage.a, passage.b, passage.edits.clone())).collect::<Vec<_>>()
    };
    assert_eq!(kept(before), kept(after));
}

/// Offsets of the JSON output are code points: cut there, the texts give what it reports.
pub fn json_cuts(json: &Value, a: &str, b: &str) {
    for (name, text) in [("a", a), ("b", b)] {
        let chars: Vec<char> = text.chars().collect();
        let cut = |start: &Value, end: &Value| -> String { chars[offset(start)..offset(end)].iter().collect() };
        assert_eq!(offset(&json[name]["chars"]), chars.len());
        let mut at = 0;
        for segment in json["segments"][name].as_array().expect("a list") {
            assert_eq!(offset(&segment["start"]), at);
            at = offset(&segment["end"]);
        }
        assert_eq!(at, chars.len());
        let sum = |of: &str| -> usize {
            json["accounting"][name][of].as_object().expect("by kind").values().map(offset).sum()
        };
        assert_eq!((sum("words"), sum("percent")), (offset(&json[name]["words"]), 100));
        for passage in json["passages"].as_array().expect("a list") {
            let excerpt = &passage[name];
            let text = excerpt["text"].as_str().expect("a text");
            assert_eq!(cut(&excerpt["start"], &excerpt["end"]), text);
            let (start, end) = (format!("{name}_start"), format!("{name}_end"));
            let edits = passage["edits"].as_array().expect("a list");
            let pieces: String = edits.iter().map(|edit| cut(&edit[&start], &edit[&end])).collect();
            assert_eq!(pieces, text);
        }
    }
}

fn offset(value: &Value) -> usize {
    value.as_u64().expect("an offset") as usize
}
