//! Quotations: which stretches of a text stand inside quotation marks.
//!
//! Marks pair by what they are and where they stand:
//!
//! - Directed marks (“ ” „ “ « » ‹ › 「 」 『 』 〝 〞 ｢ ｣) say themselves what they are; the German „ “ and » « and the Swedish
//!   ” ” and » » are known. 《 》 and 〈 〉 hold titles, and quote only a sentence or what follows a colon.
//! - A straight mark (") opens after white space, a bracket or a dash, and in Chinese or Japanese also after a character;
//!   elsewhere it closes what is open, and is an inch mark where nothing is.
//! - Single marks (‘ ’ ') are apostrophes between letters; one after a plural s closes only if no other does.
//! - A quotation may go on over paragraphs: each begins with the opening mark again, the last has the closing one.
//! - What is not closed is no quotation: a stray mark must not quote the rest of the text.

use crate::span::Span;

/// Longest quotation, counted in bytes from its last opening mark.
const LONGEST: usize = 4000;

/// Longest quotation in single marks, in bytes: a stray apostrophe opens one easily.
const LONGEST_SINGLE: usize = 1000;

/// Most marks open at once.
const DEEPEST: usize = 8;

/// Bytes looked at together.
const STRETCH: usize = 64;

/// A quotation: nothing around it is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Its bytes, marks included.
    pub span: Span,
    /// The bytes between its marks.
    pub inside: Span,
}

/// The outermost quotations of `text`, in order. Cost: linear.
pub(crate) fn quotations(text: &str) -> Vec<Quotation> {
    // Every mark that quotes begins with one of these bytes; whole stretches without any are passed over at once.
    let lead = |byte: u8| matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2 | 0xE3 | 0xEF);
    let stretches = text.as_bytes().chunks(STRETCH).enumerate();
    let marked = stretches.filter(|(_, stretch)| stretch.iter().fold(false, |any, &byte| any | lead(byte)));
    let places = marked.flat_map(|(at, stretch)| {
        let leads = stretch.iter().enumerate().filter(move |(_, byte)| lead(**byte));
        leads.map(move |(offset, _)| at * STRETCH + offset)
    });
    let mut pairing = Pairing { text, open: Vec::new(), found: Vec::new(), after: 0 };
    for at in places {
        if let Some(c) = text[at..].chars().next().filter(|_| at >= pairing.after) {
            pairing.mark(at, c);
        }
    }
    pairing.outermost()
}

/// Whether `span` lies inside one of the `quotations` of its text.
pub(crate) fn is_quoted(quotations: &[Quotation], span: Span) -> bool {
    let after = quotations.partition_point(|quotation| quotation.span.start <= span.start);
    after > 0 && quotations[after - 1].span.end >= span.end
}

/// A mark that waits for the one that closes it.
#[derive(Debug, Clone, Copy)]
struct Open {
    mark: char,
    /// Its bytes.
    start: usize,
    end: usize,
    /// Where it, or the mark that repeats it at a paragraph, stands.
    last: usize,
    /// An apostrophe that may close it, if nothing else does.
    fallback: Option<usize>,
}

struct Pairing<'t> {
    text: &'t str,
    open: Vec<Open>,
    found: Vec<Quotation>,
    /// Byte after the last mark of two characters.
    after: usize,
}

/// What stands on both sides of a mark.
#[derive(Debug, Clone, Copy)]
struct Around {
    before: char,
    after: char,
}

impl Around {
    /// White space, a bracket or a dash before, a word after: a mark opens here.
    fn opens(self) -> bool {
        let free = self.before.is_whitespace()
            || matches!(
                self.before,
                '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '\'' | '「' | '『' | '（'
            );
        free && !self.after.is_whitespace()
    }

    /// Letters of an alphabet on both sides: an apostrophe stands here.
    fn joins(self) -> bool {
        is_alphabetic(self.before) && is_alphabetic(self.after)
    }
}

impl Pairing<'_> {
    /// Takes the character at byte `at`, a quotation mark or not.
    fn mark(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        let around = Around {
            before: self.text[..at].chars().next_back().unwrap_or('\n'),
            after: self.text[end..].chars().next().unwrap_or('\n'),
        };
        match c {
            '"' | '＂' => self.straight(at, end, c, around),
            '\'' if around.after == '\'' => self.doubled(at, '\''),
            '`' if around.after == '`' => self.doubled(at, '`'),
            '\'' | '’' => self.single(at, end, c, around),
            '‘' => self.single_open(at, end, around),
            _ if closes(c) && self.close(at, end, c, around) => {}
            _ => self.directed(at, end, c, around),
        }
    }

    fn push(&mut self, start: usize, end: usize, mark: char) {
        if self.open.len() == DEEPEST {
            self.open.remove(0);
        }
        self.open.push(Open { mark, start, end, last: start, fallback: None });
    }

    /// The innermost open mark that `wanted` accepts and that is not too far off.
    fn find(&self, at: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
        let near = |open: &Open| at - open.last <= if is_single(open.mark) { LONGEST_SINGLE } else { LONGEST };
        self.open.iter().rposition(|open| wanted(open.mark) && near(open))
    }

    /// Ends the quotation that open mark `index` began; marks opened since are strays.
    fn end(&mut self, index: usize, at: usize, end: usize) {
        let Open { start, end: from, .. } = self.open[index];
        self.settle(index + 1);
        self.open.truncate(index);
        if at > from {
            self.found.push(Quotation { span: Span::new(start, end), inside: Span::new(from, at) });
        }
    }

    /// Closes what an apostrophe may close, from open mark `from` on: nothing else did.
    fn settle(&mut self, from: usize) {
        let settled = self.open[from.min(self.open.len())..].iter().filter_map(|open| {
            let at = open.fallback.filter(|&at| at > open.end)?;
            let end = at + self.text[at..].chars().next()?.len_utf8();
            Some(Quotation { span: Span::new(open.start, end), inside: Span::new(open.end, at) })
        });
        self.found.extend(settled);
    }

    fn straight(&mut self, at: usize, end: usize, c: char, around: Around) {
        let open = self.find(at, |mark| mark == c);
        let spaced = around.before.is_whitespace() && around.after.is_whitespace();
        match open {
            Some(index) if around.opens() && self.begins_line(at) => self.open[index].last = at,
            // A mark that opens while another is open: the other one was a stray.
            Some(index) if around.opens() => {
                self.settle(index);
                self.open.truncate(index);
                self.push(at, end, c);
            }
            Some(index) => self.end(index, at, end),
            None if around.opens() || spaced || self.opens_in_running_text(around) => self.push(at, end, c),
            None => {}
        }
    }

    /// Whether a straight mark opens right after a character of Chinese or Japanese, or after a colon or comma.
    fn opens_in_running_text(&self, around: Around) -> bool {
        let before = is_character(around.before) || matches!(around.before, ':' | '：' | ',' | '，' | '、' | '。');
        before && (is_character(around.after) || around.after.is_alphanumeric())
    }

    /// Two accents open and two apostrophes close, as typed where no quotation marks are at hand.
    fn doubled(&mut self, at: usize, c: char) {
        self.after = at + 2;
        match self.find(at, |mark| mark == '`') {
            Some(index) if c == '\'' => self.end(index, at, at + 2),
            None if c == '`' => self.push(at, at + 2, '`'),
            _ => {}
        }
    }

    /// A straight or curly single mark: an apostrophe, or the end of a quotation, or (straight) its beginning.
    fn single(&mut self, at: usize, end: usize, c: char, around: Around) {
        if around.joins() {
            return;
        }
        let opener = if c == '\'' { |mark| mark == '\'' } else { |mark| mark == '‘' || mark == '‚' };
        if c == '\'' && around.opens() && is_word_start(around.after) && self.find(at, opener).is_none() {
            self.push(at, end, c);
            return;
        }
        let Some(index) = self.find(at, opener).filter(|_| !around.before.is_whitespace()) else { return };
        if matches!(around.before, 's' | 'S') && around.after == ' ' && self.goes_on(end) {
            self.open[index].fallback.get_or_insert(at);
        } else {
            self.end(index, at, end);
        }
    }

    /// Whether a small letter follows the space after byte `end`, as after the ministers' talks.
    fn goes_on(&self, end: usize) -> bool {
        self.text[end..].chars().nth(1).is_some_and(char::is_lowercase)
    }

    fn single_open(&mut self, at: usize, end: usize, around: Around) {
        if let Some(index) = self.find(at, |mark| mark == '‚').filter(|_| !around.opens()) {
            self.end(index, at, end);
        } else if !around.joins() && is_word_start(around.after) {
            self.settle_same(at, '‘');
            self.push(at, end, '‘');
        }
    }

    /// A single mark that opens ends what an apostrophe may have closed.
    fn settle_same(&mut self, at: usize, mark: char) {
        if let Some(index) = self.find(at, |open| open == mark).filter(|&index| self.open[index].fallback.is_some()) {
            self.settle(index);
            self.open.truncate(index);
        }
    }

    /// Closes the innermost quotation that `c` can close; whether there is one.
    fn close(&mut self, at: usize, end: usize, c: char, around: Around) -> bool {
        let both = matches!(c, '»' | '”' | '›');
        let Some(index) = self.find(at, |mark| pairs(mark, c)) else { return false };
        let same = self.open[index].mark == c;
        if both && same && around.opens() {
            return false;
        }
        if !is_title(c) || self.quotes_a_sentence(index, at) {
            self.end(index, at, end);
        } else {
            self.open.truncate(index);
        }
        true
    }

    /// Whether what stands between the marks of a title is a sentence, or follows a colon.
    fn quotes_a_sentence(&self, index: usize, at: usize) -> bool {
        let inside = &self.text[self.open[index].end..at];
        let before = self.text[..self.open[index].start].trim_end();
        inside.ends_with(['.', '。', '!', '！', '?', '？', '…']) || before.ends_with([':', '：'])
    }

    /// A directed mark that opens, or repeats at a paragraph the one that is open.
    fn directed(&mut self, at: usize, end: usize, c: char, around: Around) {
        let opens = match c {
            '“' | '„' | '‚' | '«' | '‹' | '「' | '『' | '《' | '〈' | '〝' | '｢' | '❝' => true,
            '»' | '›' | '”' => around.opens(),
            _ => false,
        };
        if !opens {
            return;
        }
        match self.find(at, |mark| mark == c).filter(|_| self.begins_line(at)) {
            Some(index) => self.open[index].last = at,
            None => self.push(at, end, c),
        }
    }

    /// Whether only white space stands before byte `at` on its line.
    fn begins_line(&self, at: usize) -> bool {
        let before = self.text[..at].chars().rev().take(12).find(|c| !c.is_whitespace() || *c == '\n');
        before.is_none_or(|c| c == '\n')
    }

    /// What was found, without what lies inside another quotation.
    fn outermost(mut self) -> Vec<Quotation> {
        self.settle(0);
        self.found.sort_unstable_by_key(|quotation| (quotation.span.start, usize::MAX - quotation.span.end));
        let mut end = 0;
        self.found.retain(|quotation| {
            let outer = quotation.span.start >= end;
            end = end.max(quotation.span.end);
            outer
        });
        self.found
    }
}

/// Whether `c` may close a directed quotation.
fn closes(c: char) -> bool {
    matches!(c, '”' | '“' | '»' | '«' | '›' | '‹' | '」' | '』' | '》' | '〉' | '〞' | '〟' | '｣' | '❞')
}

/// Whether `closing` closes what `opening` opens.
fn pairs(opening: char, closing: char) -> bool {
    let closers = match opening {
        '“' => "”",
        '”' => "”",
        '„' => "“”",
        '«' => "»",
        '»' => "«»",
        '‹' => "›",
        '›' => "‹›",
        '「' => "」",
        '『' => "』",
        '《' => "》",
        '〈' => "〉",
        '〝' => "〞〟",
        '｢' => "｣",
        '❝' => "❞",
        _ => "",
    };
    closers.contains(closing)
}

fn is_title(c: char) -> bool {
    matches!(c, '》' | '〉')
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '‚')
}

/// A letter that can begin a quoted word; a digit cannot ('90s).
fn is_word_start(c: char) -> bool {
    !c.is_whitespace() && !c.is_numeric() && !matches!(c, '\'' | '’' | ',' | '.' | ')' | ';')
}

/// A letter of an alphabet, Hangul apart: particles follow a closing mark without a space.
fn is_alphabetic(c: char) -> bool {
    c.is_alphabetic() && !is_character(c) && !matches!(c, '\u{1100}'..='\u{11FF}' | '가'..='힣')
}

/// Han or kana.
fn is_character(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|quotation| quotation.inside.of(text)).collect()
    }

    #[test]
    fn marks_of_many_styles_pair() {
        for (text, inside) in [
            ("He said \"yes\" and “no”.", &["yes", "no"][..]),
            ("„ja“ und »nein« et « oui » och ”ja” og »nej»", &["ja", "nein", " oui ", "ja", "nej"]),
            ("„tak” i ‚nie’", &["tak", "nie"]),
            ("他说：「好。」『嗯』〝是〞", &["好。", "嗯", "是"]),
            ("他说\"好的\"，她说＂不＂。", &["好的", "不"]),
            ("장관은 \"합의했다\"고 밝혔다. ‘비핵화’를 '선언'이라", &["합의했다", "비핵화", "선언"]),
            ("``Yes,'' he said.", &["Yes,"]),
            ("‹un› ›ein‹ ｢ハイ｣", &["un", "ein", "ハイ"]),
            ("He said, \"Yes,\" and left.", &["Yes,"]),
            (" \" spaced out \" they said", &[" spaced out "]),
        ] {
            assert_eq!(quoted(text), inside, "{text:?}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        for (text, inside) in [
            ("The minister's view isn't the ministers' view.", &[][..]),
            ("It’s the ministers’ talks of the ’90s.", &[]),
            ("rock 'n' roll of the '90s, 'tis so", &["n"]),
            ("He called it ‘the ministers’ best idea’ and left.", &["the ministers’ best idea"]),
            ("He called it 'a step we won't take' and left.", &["a step we won't take"]),
            ("He knew ‘the ministers’ and went on.", &["the ministers"]),
            ("He knew ‘the ministers’ and ‘the others’ too.", &["the ministers", "the others"]),
        ] {
            assert_eq!(quoted(text), inside, "{text:?}");
        }
    }

    #[test]
    fn nested_quotations_are_part_of_the_outer_one() {
        assert_eq!(quoted("“He said ‘no’ to us.”"), ["He said ‘no’ to us."]);
        assert_eq!(quoted("「彼は『否』と言った」"), ["彼は『否』と言った"]);
        assert_eq!(quoted("\"He said 'no' to us.\""), ["He said 'no' to us."]);
        assert_eq!(quoted("“It is ‘bad”, he said"), ["It is ‘bad"]);
    }

    #[test]
    fn a_quotation_over_paragraphs_repeats_its_mark() {
        assert_eq!(quoted("“One.\n\n“Two.\n\n“Three.” Then four."), ["One.\n\n“Two.\n\n“Three."]);
        assert_eq!(quoted("\"One.\n\n\"Two.\" Then three."), ["One.\n\n\"Two."]);
        assert_eq!(quoted("「一。\n　「二。」三"), ["一。\n　「二。"]);
        let long = "word ".repeat(700);
        assert_eq!(quotations(&format!("“{long}\n\n“{long}” end")).len(), 1);
    }

    #[test]
    fn titles_are_no_quotations() {
        assert_eq!(quoted("《红楼梦》和〈序〉"), [""; 0]);
        assert_eq!(quoted("신문은 《우리는 끝까지 간다.》라고 하였다"), ["우리는 끝까지 간다."]);
        assert_eq!(quoted("公报称：《双方同意》"), ["双方同意"]);
    }

    #[test]
    fn an_inch_mark_or_a_stray_mark_quotes_nothing() {
        assert_eq!(quoted("a 12\" record and a 7\" one"), [""; 0]);
        assert_eq!(quoted(&("“ never closed ".to_owned() + &"word ".repeat(2000) + "“so” it")), ["so"]);
        assert_eq!(quoted("a stray \"mark here and \"so\" it"), ["so"]);
    }

    #[test]
    fn what_lies_inside_is_quoted() {
        let text = "He said “yes, surely” and left.";
        let quotations = quotations(text);
        assert_eq!(quotations[0].span.of(text), "“yes, surely”");
        let place = |part: &str| Span::new(text.find(part).unwrap(), text.find(part).unwrap() + part.len());
        assert!(is_quoted(&quotations, place("surely")) && is_quoted(&quotations, place("“yes, surely”")));
        assert!(!is_quoted(&quotations, place("surely” and")) && !is_quoted(&quotations, place("said")));
    }

    proptest! {
        #[test]
        fn quotations_are_disjoint_and_on_characters(text in "([“”‘’„‚«»‹›「」『』《》\"'`＂ a。s\n한]|\\PC){0,80}") {
            let mut end = 0;
            for Quotation { span, inside } in quotations(&text) {
                prop_assert!(span.start >= end && span.start < inside.start && inside.end < span.end && !inside.is_empty());
                prop_assert!([span.start, span.end, inside.start, inside.end].iter().all(|&at| text.is_char_boundary(at)));
                end = span.end;
            }
        }

        #[test]
        fn any_words_between_directed_marks_are_quoted(words in "[a-z가-힣一-三]{1,9}( [a-z가-힣一-三]{1,9}){0,5}") {
            for (open, close) in [("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"), ("\"", "\""), ("‘", "’")] {
                let text = format!("x {open}{words}{close} y");
                prop_assert_eq!(quoted(&text), [words.as_str()], "{}", text);
            }
        }
    }

    #[test]
    fn hostile_texts_are_read() {
        for piece in ["“", "\"a ", "'s ", "‘as’ b ", "\n“a", "《", "``"] {
            quotations(&piece.repeat(100_000));
        }
    }
}
