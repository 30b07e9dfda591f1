//! What the fuzz targets do, on the stable compiler and in seconds: sample texts and files, damaged in ways that are the
//! same every time.

#[path = "fuzz/targets.rs"]
mod targets;

use std::fs;
use std::io::Write;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Longest input, in bytes: long enough for several passages.
const LONGEST: usize = 1500;

/// Bytes that decide something: separators, quotes, marks, invisible and combining characters, all kinds of digits.
const DICTIONARY: [&[u8]; 32] = [
    b"\0",
    b"\n\n",
    b"\r\n",
    b"\t",
    b",",
    b"\"",
    b"{\"a\":\"x\",\"b\":\"y\"}\n",
    b"{\"id\":1,\"text\":\"",
    b"\\ud800",
    b"# ",
    b". The ",
    b"U.S. ",
    b"-1,000.5%",
    b"the the the the the the ",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x1b$B",
    b"\x1f\x8b",
    "\u{200b}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{301}\u{301}".as_bytes(),
    "е".as_bytes(),
    "’".as_bytes(),
    "„“”«»".as_bytes(),
    "两国外交部".as_bytes(),
    "。".as_bytes(),
    "ﾊﾟﾝ".as_bytes(),
    "한국은 ".as_bytes(),
    "สวัสดีครับ".as_bytes(),
    "وزارة ".as_bytes(),
    "٣".as_bytes(),
    "😀\u{200d}🌾".as_bytes(),
];

/// A xorshift generator (G. Marsaglia, "Xorshift RNGs", 2003): the same numbers on every run.
struct Dice(u64);

impl Dice {
    /// A number below `sides`; 0 when there is none.
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides.max(1)
    }

    /// A range of up to `most` bytes.
    fn range(&mut self, bytes: &[u8], most: usize) -> std::ops::Range<usize> {
        let start = self.below(bytes.len() + 1);
        start..(start + self.below(most + 1)).min(bytes.len())
    }
}

/// Damages `bytes` in one place.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice, others: &[Vec<u8>]) {
    match dice.below(6) {
        0 => {
            let at = dice.below(bytes.len());
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << dice.below(8));
        }
        1 => drop(bytes.drain(dice.range(bytes, 64))),
        2 => insert(bytes, dice, DICTIONARY[dice.0 as usize % DICTIONARY.len()]),
        3 => {
            let copied = bytes[dice.range(bytes, 200)].to_vec();
            insert(bytes, dice, &copied);
        }
        4 => {
            let other = &others[dice.below(others.len())];
            let spliced = dice.range(other, 300);
            insert(bytes, dice, &other[spliced]);
        }
        _ => bytes.truncate(dice.below(bytes.len() + 1)),
    }
}

fn insert(bytes: &mut Vec<u8>, dice: &mut Dice, inserted: &[u8]) {
    let at = dice.below(bytes.len() + 1);
    bytes.splice(at..at, inserted.iter().copied());
}

/// Calls `target` with every seed, then with `rounds` damaged ones; an input that fails is left in a file.
fn run(name: &str, seeds: &[Vec<u8>], rounds: usize, target: fn(&[u8])) {
    assert!(!seeds.is_empty());
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for round in 0..seeds.len() + rounds {
        let mut input = seeds[round % seeds.len()].clone();
        if round >= seeds.len() {
            (0..=dice.below(5)).for_each(|_| mutate(&mut input, &mut dice, seeds));
        }
        input.truncate(LONGEST);
        if catch_unwind(|| target(&input)).is_err() {
            let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{round}"));
            fs::write(&kept, &input).unwrap();
            panic!("the input that fails, for the reason above, is {}", kept.display());
        }
    }
}

/// The files of `folder` and of the folders in it that `wanted` names, sorted by path.
fn files(folder: &str, wanted: fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut left = vec![Path::new(ROOT).join(folder)];
    let mut files = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if wanted(&path) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn contents(files: &[PathBuf]) -> Vec<Vec<u8>> {
    files.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn texts() -> Vec<Vec<u8>> {
    contents(&files("corpora", |path| path.extension().is_some_and(|extension| extension == "txt")))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn a_damaged_text_against_itself() {
    run("tokenise", &texts(), 300, targets::tokenise);
}

#[test]
fn two_damaged_texts() {
    let halves = |pair: &[Vec<u8>]| {
        let half = |text: &[u8]| text[..text.len().min(LONGEST / 2)].to_vec();
        [half(&pair[0]), vec![0], half(&pair[1])].concat()
    };
    let seeds: Vec<_> = texts().windows(2).map(halves).collect();
    run("compare", &seeds, 300, targets::compare);
}

#[test]
fn a_damaged_pair_list() {
    let is_list = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pairs"));
    let lists = [files("tests/cmd/files", is_list), files("corpora", is_list)].concat();
    run("pair_list", &contents(&lists), 3000, targets::pair_list);
}

#[test]
fn damaged_documents() {
    let files = contents(&files("tests/cmd/files", |_| true));
    let under_every_name = |file: &Vec<u8>| {
        let (plain, packed) = (file.clone(), gzip(file));
        (0..7_u8).map(move |name| [&[name][..], if name < 4 { &plain } else { &packed }].concat())
    };
    let seeds: Vec<_> = files.iter().flat_map(under_every_name).collect();
    run("documents", &seeds, 1500, targets::documents);
}
