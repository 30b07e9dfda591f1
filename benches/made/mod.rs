//! Texts for the benches, the same on every machine: invented words as frequent as words are in language, sentences,
//! paragraphs; and a second text with some of its words edited and some of its blocks moved.

use likewise::Document;

/// Share of words edited, and of words in moved blocks.
const EDITED: f64 = 0.05;
const MOVED: f64 = 0.05;
/// Words in a moved block, at least and at most.
const BLOCK: (usize, usize) = (20, 200);
const VOCABULARY: usize = 30_000;

/// What a text is written in.
#[derive(Clone, Copy)]
pub enum Script {
    /// Latin letters alone.
    Ascii,
    /// Paragraphs in Latin letters, Han, Hangul, Cyrillic and Arabic in turn.
    #[allow(dead_code, reason = "not every bench has it")]
    Mixed,
}

/// Two related texts of about `bytes` bytes each.
pub fn pair(bytes: usize, script: Script) -> (Document, Document) {
    let mut chance = Chance(bytes as u64 + 1);
    let a = words(bytes, script, &mut chance);
    let mut b = moved(&a, &mut chance);
    for word in &mut b {
        if chance.share() < EDITED {
            word.text = invented(chance.frequent(), word.letters);
        }
    }
    (Document::new("a", written(&a)), Document::new("b", written(&b)))
}

/// A small generator of even numbers (S. Vigna, "splitmix64", 2015).
struct Chance(u64);

impl Chance {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// 0 to 1.
    fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, (least, most): (usize, usize)) -> usize {
        least + (self.share() * (most - least + 1) as f64) as usize
    }

    /// The rank of a word: the chance of the n-th falls as 1/n, as in language.
    fn frequent(&mut self) -> usize {
        (VOCABULARY as f64).powf(self.share()) as usize
    }
}

/// Which letters a word is made of.
#[derive(Clone, Copy)]
enum Letters {
    Latin,
    Cyrillic,
    Arabic,
    Hangul,
    Han,
}

#[derive(Clone)]
struct Word {
    text: String,
    letters: Letters,
    /// What follows it: a space, the end of a sentence, of a paragraph.
    after: &'static str,
}

fn words(bytes: usize, script: Script, chance: &mut Chance) -> Vec<Word> {
    const TURNS: [Letters; 5] = [Letters::Latin, Letters::Han, Letters::Hangul, Letters::Cyrillic, Letters::Arabic];
    let (mut words, mut length) = (Vec::new(), 0);
    let mut paragraph = 0;
    while length < bytes {
        let letters = match script {
            Script::Ascii => Letters::Latin,
            Script::Mixed => TURNS[paragraph % TURNS.len()],
        };
        let sentences = chance.between((2, 6));
        for sentence in 1..=sentences {
            let count = chance.between((6, 30));
            for at in 1..=count {
                let after = match (at == count, sentence == sentences) {
                    (true, true) => ".\n\n",
                    (true, false) => ". ",
                    (false, _) if matches!(letters, Letters::Han) => "",
                    (false, _) => " ",
                };
                let word = Word { text: invented(chance.frequent(), letters), letters, after };
                length += word.text.len() + after.len();
                words.push(word);
            }
        }
        paragraph += 1;
    }
    words
}

/// The word of a rank: frequent ones are short.
fn invented(rank: usize, letters: Letters) -> String {
    let syllables = 1 + rank.ilog2() as usize / 4;
    let mut left = Chance(rank as u64).number();
    let mut next = |below: u64| {
        let digit = left % below;
        left /= below;
        digit as usize
    };
    let mut word = String::new();
    let from = |first: char, offset: usize| char::from_u32(first as u32 + offset as u32).expect("a letter");
    for _ in 0..syllables {
        match letters {
            Letters::Latin => {
                word.push(char::from(b"bdfghklmnprstvwz"[next(16)]));
                word.push(char::from(b"aeiou"[next(5)]));
                if next(3) == 0 {
                    word.push(char::from(b"nrst"[next(4)]));
                }
            }
            Letters::Cyrillic => word.extend([from('б', next(20)), from('а', next(6) * 5)]),
            Letters::Arabic => word.extend([from('ب', next(16)), 'ا']),
            Letters::Hangul => word.push(from('가', next(2000))),
            Letters::Han => word.push(from('一', next(3000))),
        }
    }
    word
}

/// The words with some blocks taken out and put in elsewhere.
fn moved(words: &[Word], chance: &mut Chance) -> Vec<Word> {
    let goal = (words.len() as f64 * MOVED) as usize;
    let spacing = (BLOCK.0 + BLOCK.1) as f64 / 2.0 / MOVED;
    let (mut stay, mut blocks) = (Vec::<&[Word]>::new(), Vec::new());
    let (mut rest, mut taken) = (words, 0);
    while taken < goal && !rest.is_empty() {
        let (keep, after) = rest.split_at(rest.len().min((chance.share() * 2.0 * spacing) as usize));
        let (block, after) = after.split_at(after.len().min(chance.between(BLOCK)));
        stay.push(keep);
        blocks.push(block);
        taken += block.len();
        rest = after;
    }
    stay.push(rest);
    for block in blocks {
        stay.insert(chance.between((0, stay.len())), block);
    }
    stay.concat()
}

fn written(words: &[Word]) -> String {
    words.iter().flat_map(|word| [&word.text, word.after]).collect()
}
