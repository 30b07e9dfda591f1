//! What the reports for people say of a check, each thing in one way. Nothing said here accuses.

use super::facts::Facts;
use crate::check::{CheckOptions, Checked, Match, MatchedPassage};
use crate::credit::{CreditClass, Evidence, EvidenceKind};
use crate::report::visible;
use crate::report::wording::{count, grouped, percent};

/// The answer, in a sentence.
pub(in crate::report) fn answer(checked: &Checked<'_>, reverse: bool) -> String {
    let documents = checked.matches.iter().filter(|found| reverse || found.shared_words > 0).count();
    let (share, found, words) = (percent(checked.share()), checked.figures.found_words, checked.words);
    match reverse {
        _ if !checked.has_texts && !checked.matches.is_empty() => format!(
            "{} of the archive share wording with this article. The archive keeps no texts, so how much is not known.",
            count(checked.matches.len(), "document")
        ),
        false if found == 0 => "No wording of this article was found in the archive.".to_owned(),
        true if found == 0 => "No text of the archive was found that has wording of this article.".to_owned(),
        false => format!(
            "{share} of this article's words stand in the archive: {} of {}, in {}.",
            grouped(found),
            grouped(words),
            count(documents, "document")
        ),
        true => format!(
            "{} of the archive, of the article's day or later or without a date, have wording of this article: {share} of its \
             words, {} of {}.",
            count(documents, "document"),
            grouped(found),
            grouped(words)
        ),
    }
}

/// How many passages there are, and how many of them with each class of credit: first what asks for a look.
pub(in crate::report) fn tally(facts: &Facts<'_>) -> Option<String> {
    let passages = facts.counted().count();
    let [credited, altered, uncredited] = facts.credits();
    let near = |number: usize| format!("with no credit found near {}", if number == 1 { "it" } else { "them" });
    let parts = [
        (uncredited, near(uncredited)),
        (altered, "quoted in other words".to_owned()),
        (credited, "credited".to_owned()),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(number, _)| *number > 0).collect();
    let said = match &parts[..] {
        [] => String::new(),
        [(1, what)] => format!(", {what}"),
        [(_, what)] => format!(", all {what}"),
        several => {
            let said: Vec<_> = several.iter().map(|(number, what)| format!("{} {what}", grouped(*number))).collect();
            format!(": {}", said.join(", "))
        }
    };
    (passages > 0).then(|| format!("{}{said}.", count(passages, "passage")))
}

/// What a class of credit says of one passage.
pub(in crate::report) const fn class(class: CreditClass) -> &'static str {
    match class {
        CreditClass::Credited => "credited",
        CreditClass::QuotedAltered => "quoted in other words",
        CreditClass::Uncredited => "no credit found near it",
    }
}

/// Characters shown of the words that a piece of evidence stands on.
const WORDS: usize = 60;

/// What was found that speaks for a credit, a phrase each, its words quoted.
pub(in crate::report) fn credits(facts: &Facts<'_>, found: &Match, matched: &MatchedPassage) -> Vec<String> {
    let evidence = matched.credit.iter().flat_map(|credit| &credit.evidence);
    evidence.map(|evidence| credit(facts, found, evidence)).collect()
}

fn credit(facts: &Facts<'_>, found: &Match, evidence: &Evidence) -> String {
    let article = &facts.checked.article.text;
    let words = |text: &str| visible(&shortened(text, WORDS)).into_owned();
    let line = grouped(facts.lines.of(evidence.article.start));
    let here = words(evidence.article.of(article));
    match evidence.source.map(|span| words(span.of(&found.document.text))) {
        Some(there) if here.is_empty() => format!("inside the quotation, the source has “{there}” more (line {line})"),
        Some(there) if there.is_empty() => {
            format!("inside the quotation, the source does not have “{here}” (line {line})")
        }
        Some(there) => format!("inside the quotation, “{here}” where the source has “{there}” (line {line})"),
        None if evidence.what == EvidenceKind::Quotation => {
            format!("in quotation marks: “{}” (line {line})", bare(&here))
        }
        None => format!("{}: “{here}” (line {line})", evidence.what.name()),
    }
}

/// Words without the quotation marks around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|c| "\"'“”„«»‘’「」『』".contains(c))
}

/// The beginning of a text on one line.
fn shortened(text: &str, chars: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(chars) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
    }
}

/// `two stretches`, by its number.
fn stretches(number: usize) -> String {
    format!("{} stretch{}", grouped(number), if number == 1 { "" } else { "es" })
}

/// What a document explains of the article, or has of it.
pub(in crate::report) fn explains(checked: &Checked<'_>, found: &Match, reverse: bool) -> String {
    let share = |words: usize| percent(words as f64 / checked.words.max(1) as f64);
    if found.passages.is_empty() {
        return format!("shares {} with the article", stretches(found.traces.len()));
    }
    if found.shared_words == 0 {
        return "shares nothing but boilerplate with the article".to_owned();
    }
    let shared = format!("{} of the article, {}", share(found.shared_words), count(found.shared_words, "word"));
    let mut said = match reverse {
        true => format!("{} of it is also in the article; that is {shared}", percent(found.document_share())),
        false if found.explained_words == found.shared_words => format!("best source of {shared}"),
        false if found.explained_words == 0 => format!("has {shared}, all of it in better sources as well"),
        false => format!("best source of {}; has {shared}", count(found.explained_words, "word")),
    };
    if found.longest_words > 0 {
        said.push_str(&format!("; longest run {}", count(found.longest_words, "word")));
    }
    said
}

/// What was not looked at or not listed, a sentence each.
pub(in crate::report) fn left_out(checked: &Checked<'_>, options: &CheckOptions) -> Vec<String> {
    let left = &checked.left_out;
    let mut said = Vec::new();
    let mut add = |number: usize, what: &str, why: &str| {
        if number > 0 {
            said.push(format!("{}{why}.", count(number, what)));
        }
    };
    let bound = format!(
        " that share fingerprints with the article, not read: the least promising ones, beyond {} at most",
        grouped(options.texts)
    );
    add(left.texts, "text", &bound);
    add(left.postings, "occurrence", " of very frequent wording, not looked up");
    let day = options.as_of.map_or_else(|| "the day asked about".to_owned(), |day| day.to_string());
    add(left.later, "text", &format!(" dated after {day}, as asked"));
    add(left.earlier, "text", " dated before the article");
    for (exclusion, texts) in &left.excluded {
        add(*texts, "text", &format!(" with {exclusion}, as asked"));
    }
    add(left.own, "document", " with the article's own id and text, taken for the article itself");
    said
}
