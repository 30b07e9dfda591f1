//! Texts to compare: from small vocabularies, so that words and stretches come again, in several scripts; and a second
//! text made from the first by edits, moves, cuts and additions.

use proptest::prelude::*;
use proptest::sample::Index;

/// How a language writes a sentence.
struct Script {
    words: &'static [&'static str],
    between: &'static str,
    end: &'static str,
}

const ENGLISH: Script = Script {
    words: &[
        "the", "of", "and", "to", "not", "will", "may", "ministry", "agreed", "channel", "summit", "missile", "trade",
        "said", "120", "3.5", "million", "percent", "U.S.", "don't", "report", "meeting", "north", "further",
    ],
    between: " ",
    end: ". ",
};
const SCRIPTS: [Script; 5] = [
    ENGLISH,
    Script {
        words: &["双", "方", "同", "意", "通", "过", "军", "事", "渠", "道", "会", "议", "不", "和", "三", "年"],
        between: "",
        end: "。",
    },
    Script {
        words: &["양측은", "군사", "채널을", "통해", "소통하기로", "합의했다", "회담은", "않는다", "중요성을", "3월"],
        between: " ",
        end: ". ",
    },
    Script {
        words: &["รัฐบาล", "ประชุม", "ตกลง", "ความร่วมมือ", "ทหาร", "ไม่", "การค้า", "รายงาน"], between: "", end: " "
    },
    Script {
        words: &["الوزارة", "اتفق", "الجانبان", "على", "التواصل", "لا", "القمة", "التجارة"],
        between: " ",
        end: ". ",
    },
];
/// Words, and near neighbours of words, that the scripts above do not have.
const UNRELATED: Script = Script {
    words: &["zyxquv", "wopnkyb", "jufgeb", "quozmix", "vyvkaj", "bibzuw", "kpejjo", "hwaqyz", "ugujuk", "febzyq"],
    between: " ",
    end: ". ",
};

#[derive(Debug, Clone)]
struct Sentence {
    script: usize,
    words: Vec<Index>,
    /// Written in capitals; with a comma for each space.
    loud: bool,
    commas: bool,
}

type Paragraph = Vec<Sentence>;

/// What is done to a copy.
#[derive(Debug, Clone)]
enum Change {
    Swap(Index, Index),
    MoveSentence(Index, Index),
    Drop(Index),
    Add(Index, Paragraph),
    Repeat(Index, Index),
    Word(Index, Index, Index),
    Cut(Index, Index),
    Slip(Index, Index, Index),
    Style(Index, bool, bool),
}

fn sentence() -> impl Strategy<Value = Sentence> {
    let script = prop_oneof![5 => Just(0), 1 => 1..SCRIPTS.len()];
    (script, prop::collection::vec(any::<Index>(), 1..18)).prop_map(|(script, words)| Sentence {
        script,
        words,
        loud: false,
        commas: false,
    })
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    prop::collection::vec(sentence(), 1..5)
}

fn paragraphs() -> impl Strategy<Value = Vec<Paragraph>> {
    prop::collection::vec(paragraph(), 0..5)
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        2 => (at(), at()).prop_map(|(x, y)| Change::Swap(x, y)),
        2 => (at(), at()).prop_map(|(x, y)| Change::MoveSentence(x, y)),
        1 => at().prop_map(Change::Drop),
        1 => (at(), paragraph()).prop_map(|(x, new)| Change::Add(x, new)),
        1 => (at(), at()).prop_map(|(x, y)| Change::Repeat(x, y)),
        4 => (at(), at(), at()).prop_map(|(x, y, z)| Change::Word(x, y, z)),
        2 => (at(), at()).prop_map(|(x, y)| Change::Cut(x, y)),
        2 => (at(), at(), at()).prop_map(|(x, y, z)| Change::Slip(x, y, z)),
        1 => (at(), any::<bool>(), any::<bool>()).prop_map(|(x, loud, commas)| Change::Style(x, loud, commas)),
    ]
}

/// A text of some paragraphs, perhaps none.
pub fn text() -> impl Strategy<Value = String> {
    paragraphs().prop_map(|paragraphs| written(&paragraphs))
}

/// Two texts: one made from the other, or each for itself.
pub fn pair() -> impl Strategy<Value = (String, String)> {
    let changes = prop::collection::vec(change(), 0..10);
    let related = (paragraphs(), changes).prop_map(|(paragraphs, changes)| {
        let copy = changes.iter().fold(paragraphs.clone(), changed);
        (written(&paragraphs), written(&copy))
    });
    prop_oneof![8 => related, 1 => (text(), text())]
}

/// Paragraphs of words that stand in no other text.
pub fn unrelated() -> impl Strategy<Value = String> {
    let sentence = prop::collection::vec(any::<Index>(), 1..14).prop_map(|words| Sentence {
        script: 0,
        words,
        loud: false,
        commas: false,
    });
    let paragraphs = prop::collection::vec(prop::collection::vec(sentence, 1..4), 1..4);
    paragraphs.prop_map(|paragraphs| paragraphs_of(&paragraphs, |_| &UNRELATED))
}

fn changed(mut text: Vec<Paragraph>, change: &Change) -> Vec<Paragraph> {
    let paragraphs = text.len();
    match change {
        Change::Add(at, new) => text.insert(at.index(paragraphs + 1), new.clone()),
        _ if paragraphs == 0 => {}
        Change::Swap(x, y) => text.swap(x.index(paragraphs), y.index(paragraphs)),
        Change::Drop(at) => drop(text.remove(at.index(paragraphs))),
        Change::Repeat(from, to) => text.insert(to.index(paragraphs), text[from.index(paragraphs)].clone()),
        Change::MoveSentence(from, to) => {
            let from = from.index(paragraphs);
            if text[from].len() > 1 {
                let sentence = text[from].remove(0);
                text[to.index(paragraphs)].push(sentence);
            }
        }
        Change::Word(at, place, word) => with_sentence(&mut text, *at, |sentence| {
            let place = place.index(sentence.words.len());
            sentence.words[place] = *word;
        }),
        Change::Cut(at, place) => with_sentence(&mut text, *at, |sentence| {
            if sentence.words.len() > 1 {
                sentence.words.remove(place.index(sentence.words.len()));
            }
        }),
        Change::Slip(at, place, word) => with_sentence(&mut text, *at, |sentence| {
            sentence.words.insert(place.index(sentence.words.len() + 1), *word);
        }),
        Change::Style(at, loud, commas) => with_sentence(&mut text, *at, |sentence| {
            (sentence.loud, sentence.commas) = (*loud, *commas);
        }),
    }
    text
}

fn with_sentence(text: &mut [Paragraph], at: Index, work: impl FnOnce(&mut Sentence)) {
    let sentences: usize = text.iter().map(Vec::len).sum();
    if sentences > 0 {
        work(text.iter_mut().flatten().nth(at.index(sentences)).expect("the index is in range"));
    }
}

fn written(paragraphs: &[Paragraph]) -> String {
    paragraphs_of(paragraphs, |sentence| &SCRIPTS[sentence.script])
}

fn paragraphs_of(paragraphs: &[Paragraph], script: impl Fn(&Sentence) -> &'static Script) -> String {
    let paragraph =
        |paragraph: &Paragraph| paragraph.iter().map(|one| sentence_of(one, script(one))).collect::<String>();
    paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n\n")
}

fn sentence_of(sentence: &Sentence, script: &Script) -> String {
    let between = if sentence.commas && script.between == " " { ", " } else { script.between };
    let words: Vec<&str> = sentence.words.iter().map(|word| *word.get(script.words)).collect();
    let text = words.join(between);
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let text = if sentence.loud { text.to_uppercase() } else { first.chain(letters).collect() };
    text + script.end
}

/// Two texts of about `bytes` bytes, the second with its halves exchanged and one word in twenty put in another's place.
pub fn large(bytes: usize) -> (String, String) {
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let word =
        |number: usize| format!("{}{}", ENGLISH.words[number % 14], ["", "al", "ing", "o", "ed"][number / 14 % 5]);
    let a: Vec<String> = (0..bytes / 7).map(|at| word(next(70)) + if at % 12 == 11 { "." } else { "" }).collect();
    let edited = a.iter().map(|old| if next(20) == 0 { word(next(70)) } else { old.clone() });
    let mut b: Vec<String> = edited.collect();
    b.rotate_left(a.len() / 2);
    (a.join(" "), b.join(" "))
}

/// Two to nine sentences of nine to fourteen words that no other has, and an order for them.
pub fn shuffled() -> impl Strategy<Value = (Vec<String>, Vec<usize>)> {
    let lengths = prop::collection::vec(9_usize..15, 2..10);
    lengths.prop_flat_map(|lengths| {
        let sentence = |(at, &words): (usize, &usize)| {
            let word = |place: usize| format!("{}{place}x{at}", UNRELATED.words[(at + place) % UNRELATED.words.len()]);
            format!("S{} ", (0..words).map(word).collect::<Vec<_>>().join(" ")).trim_end().to_owned() + ". "
        };
        let sentences: Vec<String> = lengths.iter().enumerate().map(sentence).collect();
        let order = Just((0..sentences.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(sentences), order)
    })
}
