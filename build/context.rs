//! Words that tell what stands beside them (`context.txt` of each language, a list for each line), and words with others that
//! may stand for them.

use crate::datafile::lines;
use crate::items::forms;

/// Writes a module for each language with a list for each line, named as the line is. A line that nothing in the program
/// asks for is named by the compiler.
pub(crate) fn write(out: &mut String) {
    let files = [
        ("english", include_str!("../src/change/en/context.txt")),
        ("korean", include_str!("../src/change/ko/context.txt")),
        ("chinese", include_str!("../src/change/zh/context.txt")),
    ];
    for (language, file) in files {
        let lists: String = lines(file).map(list).collect();
        *out += &format!("pub(super) mod {language} {{\n{lists}}}\n");
    }
    *out += &pairs("REPORTED", include_str!("../src/change/en/reported.txt"));
    *out += &pairs("NATIONS", include_str!("../src/change/ko/nation.txt"));
    *out += &pairs("KOREAN_SHORT", include_str!("../src/change/ko/short.txt"));
}

/// A file of words, each with what may stand for it.
fn pairs(name: &str, file: &'static str) -> String {
    let pair = |line: &'static str| {
        let (word, others) = line.split_once('=').unwrap_or_else(|| panic!("no \"=\" in \"{line}\""));
        (word.trim(), others.split(',').map(str::trim).collect::<Vec<_>>())
    };
    let pairs: Vec<_> = lines(file).map(pair).map(|(word, others)| format!("({word:?}, &{others:?})")).collect();
    format!("pub(super) static {name}: &[(&str, &[&str])] = &[{}];\n", pairs.join(", "))
}

/// One line. A low line stands for a space, since none can stand at the end of an item.
fn list(line: &str) -> String {
    let (name, items) = line.split_once('=').unwrap_or_else(|| panic!("no \"=\" in \"{line}\""));
    let (mut words, mut form): (Vec<String>, _) = (Vec::new(), String::new());
    for item in items.split(',') {
        forms(item, &mut form, |word| words.push(word.replace('_', " ")));
    }
    let name = name.trim().replace('-', "_").to_uppercase();
    format!("pub(in crate::change) static {name}: &[&str] = &{words:?};\n")
}
