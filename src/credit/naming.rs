//! Naming: when a source's name, where it stands in an article, names the source.

use super::article::Article;
use super::listed::{Listed, is_small, trades};
use super::names::Name;
use super::picture::is_of_picture;
use super::words::Hit;
use crate::span::Span;
use crate::text::{Tokenised, fold};

/// Whether what stands at `hit` is `name`: spelled as it must be, no part of another name, and no credit of a picture.
pub(super) fn stands(article: &Article<'_>, name: &Name, hit: &Hit) -> bool {
    let text = &article.words.text;
    let word = hit.span.of(text.text);
    let demand = &name.demand;
    (!demand.capitals || word.chars().all(|c| !c.is_lowercase()))
        && (!demand.capital || !word.starts_with(char::is_lowercase))
        && (!demand.article || hit.tokens.start.checked_sub(1).is_some_and(|before| is_article(text, before)))
        && (!demand.alone || is_alone(article, hit))
        && (!demand.trade || has_trade(text, hit.span))
        && !is_extended(text, hit)
        && !Listed::get().is_part_of_another(text, &hit.tokens, name.group)
        && !is_of_picture(&article.cues, text, &hit.tokens)
}

fn is_article(text: &Tokenised<'_>, token: u32) -> bool {
    text.span(token as usize).of(text.text).eq_ignore_ascii_case("the")
}

/// Whether a name of an ordinary word stands for itself: no capitalised word right after it, which would be part of it, and where
/// its capital may be that of a sentence, a colon or a word of attribution after it.
fn is_alone(article: &Article<'_>, hit: &Hit) -> bool {
    let (text, next) = (&article.words.text, hit.tokens.end);
    let joined = is_joined(text, next - 1, next);
    let begins = text.sentences.binary_search_by_key(&hit.tokens.start, |sentence| sentence.tokens.start).is_ok();
    let speaks = || {
        let colon = text.text[hit.span.end..].starts_with([':', '：', ')', '）']);
        colon || !article.cues.attributions(text, &(next..next + 1)).is_empty()
    };
    !(joined && is_part(text, next)) && (!begins || speaks())
}

/// Whether a capitalised word stands right before a name of words in Latin letters that papers are named with, and is part of it:
/// the Harbour Courier is not the Courier.
fn is_extended(text: &Tokenised<'_>, hit: &Hit) -> bool {
    let word = hit.span.of(text.text);
    let last = word.rsplit([' ', '-']).next().unwrap_or(word);
    let ordinary = super::listed::paper(last).is_some();
    let before = hit.tokens.start.checked_sub(1);
    ordinary && before.is_some_and(|before| is_joined(text, before, hit.tokens.start) && is_part(text, before))
}

/// Whether a space or hyphen alone stands between two neighbouring tokens.
fn is_joined(text: &Tokenised<'_>, one: u32, next: u32) -> bool {
    let (Some(&(_, end)), Some(&(start, _))) = (text.places.get(one as usize), text.places.get(next as usize)) else {
        return false;
    };
    matches!(&text.text[end as usize..start as usize], " " | "-" | "\u{a0}")
}

/// Whether a token may be part of a name: capitalised, no possessive, no small word.
fn is_part(text: &Tokenised<'_>, token: u32) -> bool {
    let word = text.span(token as usize).of(text.text);
    let possessive = ["'s", "’s"].into_iter().any(|ending| word.ends_with(ending));
    word.starts_with(char::is_uppercase) && !possessive && !is_small(text.tokens[token as usize])
}

/// Whether a word of a trade or of speech, or a mark, stands on either side of a short name in Han characters.
fn has_trade(text: &Tokenised<'_>, span: Span) -> bool {
    const SPEECH: [&str; 12] = ["说", "称", "报道", "写道", "表示", "认为", "指出", "撰文", "介绍", "在", "的", "曾"];
    let (before, after) = (text.text[..span.start].trim_end(), text.text[span.end..].trim_start());
    let (mut head, mut tail) = (String::new(), String::new());
    let near =
        |text: &str, out: &mut String| text.chars().for_each(|c| fold::token(c.encode_utf8(&mut [0; 4]), false, out));
    near(&before[before.floor_char_boundary(before.len().saturating_sub(24))..], &mut head);
    near(&after[..after.floor_char_boundary(24)], &mut tail);
    let mark = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let trade = trades().iter().any(|trade| head.ends_with(trade) || tail.starts_with(trade));
    trade
        || SPEECH.iter().any(|word| tail.starts_with(word))
        || (mark(head.chars().next_back()) && mark(tail.chars().next()))
}
