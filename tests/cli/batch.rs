//! `likewise batch`.

use super::scene::Scene;
use serde_json::Value;

/// A scene with many documents that share more or less, in `many.jsonl`, and `many.txt`, which pairs each with each.
pub fn many(documents: usize) -> Scene {
    let scene = Scene::new();
    let sentences: Vec<_> = (0..documents + 12)
        .map(|at| {
            format!(
                "In year {at} the {}th harbour of the coast had {} boats and a crane called {at}x. ",
                at * 7,
                at * 3
            )
        })
        .collect();
    let (mut docs, mut pairs) = (String::new(), String::new());
    for at in 0..documents {
        let record = serde_json::json!({"id": format!("d{at}"), "text": sentences[at..at + 12].concat()});
        docs += &format!("{record}\n");
        pairs.extend((0..documents).map(|other| format!("d{other} d{at}\n")));
    }
    scene.write("many.jsonl", &docs);
    scene.write("many.txt", &pairs);
    scene
}

#[test]
fn output_is_the_same_for_any_number_of_threads() {
    let scene = many(24);
    for threads in [1, 2, 8] {
        scene.stdout(&format!("batch many.txt --docs many.jsonl --text --threads {threads} -o out{threads}"), 0);
    }
    let printed = scene.stdout("batch many.txt --docs many.jsonl --text", 0);
    assert!(printed.lines().count() > 24);
    for threads in [1, 2, 8] {
        assert!(scene.read(&format!("out{threads}/passages.jsonl")) == printed, "{threads} threads");
        assert_eq!(scene.read(&format!("out{threads}/pairs.jsonl")), scene.read("out1/pairs.jsonl"));
    }
}

#[test]
fn lines_are_sorted_by_pair_and_place() {
    let scene = many(12);
    let printed = scene.stdout("batch many.txt --docs many.jsonl", 0);
    let keys: Vec<_> = printed
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| line[key].as_str().unwrap().to_owned();
            let number = |key: &str| line[key].as_u64().unwrap();
            (text("a"), text("b"), number("a_start"), number("b_start"))
        })
        .collect();
    assert!(keys.is_sorted());
}

#[test]
fn every_way_of_giving_pairs_and_documents_says_the_same() {
    let scene = Scene::new();
    let expected = scene.stdout("batch pairs.txt --docs texts", 0);
    assert!(!expected.is_empty());
    for arguments in [
        "batch pairs.csv --docs texts",
        "batch pairs.jsonl --docs docs.jsonl",
        "batch pairs.txt --docs a.txt b.txt c.txt",
        "batch pairs.txt --docs a.txt --docs b.txt --docs texts/c.txt",
    ] {
        assert_eq!(scene.stdout(arguments, 0), expected, "{arguments}");
    }
    let from_stdin = scene.likewise("batch - --docs texts").write_stdin(scene.read("pairs.txt")).assert().code(0);
    assert_eq!(String::from_utf8_lossy(&from_stdin.get_output().stdout), expected);
}

#[test]
fn offsets_count_code_points() {
    let scene = Scene::new();
    scene.write("texts/a.txt", &format!("äöü 東京 {}", scene.read("a.txt")));
    let text = scene.read("texts/a.txt");
    let printed = scene.stdout("batch pairs.txt --docs texts --text", 0);
    let line: Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    let (start, end) = (line["a_start"].as_u64().unwrap() as usize, line["a_end"].as_u64().unwrap() as usize);
    assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), line["a_text"]);
}

#[test]
fn the_record_of_the_run_tells_what_it_was_made_of_and_what_it_cost() {
    let scene = Scene::new();
    scene.write("gap.txt", &(scene.read("gap.txt") + "a.txt b.txt\n"));
    scene.stdout("batch gap.txt --docs texts docs.jsonl picture.png nowhere --threads 2 --min-words 9 -o out", 3);
    let run: Value = serde_json::from_str(&scene.read("out/run.json")).unwrap();
    assert_eq!(run["schema"], "likewise.run/1");
    assert_eq!((&run["threads"], &run["options"]["min_words"]), (&2.into(), &9.into()));
    let counts = &run["counts"];
    let expected =
        [("documents", 2), ("pairs", 3), ("repeated_pairs", 1), ("compared", 1), ("skipped_pairs", 2), ("skipped", 1)];
    for (key, count) in expected {
        assert_eq!(counts[key], count, "{key}");
    }
    let kinds: u64 = ["verbatim", "edited", "reworded"].map(|kind| counts[kind].as_u64().unwrap()).iter().sum();
    assert_eq!(counts["passages"], kinds);
    let severities: u64 = ["material", "notable", "minor"].map(|key| counts[key].as_u64().unwrap()).iter().sum();
    assert_eq!(
        (&counts["changes"], scene.read("out/changes.jsonl").lines().count()),
        (&severities.into(), severities as usize)
    );
    assert_eq!(run["skipped"][0]["input"], "picture.png");
    assert_eq!(run["skipped_pairs"][1]["a"], "gone.txt");
    let failed: Vec<_> =
        run["failed"].as_array().unwrap().iter().map(|failed| failed["input"].as_str().unwrap()).collect();
    assert_eq!(failed, ["docs.jsonl", "docs.jsonl", "nowhere"], "two ids were taken, one input is missing");
    for input in run["inputs"].as_array().unwrap().iter().filter(|input| input["records"] != 0) {
        assert_eq!(input["sha256"].as_str().map(str::len), Some(64), "{input}");
    }
    for stage in ["read", "compare", "write", "total"] {
        assert!(run["seconds"][stage].as_f64().unwrap() >= 0.0);
    }
    assert!(run["throughput"]["pairs_per_second"].as_f64().unwrap() > 0.0);
    if cfg!(target_os = "linux") {
        assert!(run["peak_memory_bytes"].as_u64().unwrap() > 1 << 20);
    }
}

#[test]
fn the_pairs_have_their_figures() {
    let scene = Scene::new();
    scene.stdout("batch pairs.txt --docs texts -o out", 0);
    let pairs: Vec<Value> =
        scene.read("out/pairs.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines = scene.read("out/passages.jsonl").lines().count();
    assert_eq!((pairs.len(), &pairs[0]["passages"]), (2, &lines.into()));
    assert_eq!((&pairs[1]["passages"], &pairs[1]["shared_words"]), (&0.into(), &0.into()));
}

#[test]
fn a_folder_that_is_there_is_overwritten_file_by_file() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("out")).unwrap();
    scene.write("out/run.json", "old");
    scene.write("out/notes.txt", "kept");
    scene.stdout("batch pairs.txt --docs texts -o out", 0);
    assert_eq!(scene.names("out"), ["changes.jsonl", "notes.txt", "pairs.jsonl", "passages.jsonl", "run.json"]);
    assert!(scene.read("out/run.json").contains("likewise.run/1"));
    assert_eq!(scene.read("out/notes.txt"), "kept");
}

#[test]
fn pan_xml_is_a_file_per_pair() {
    let scene = Scene::new();
    scene.stdout("batch pairs.txt --docs texts --format pan-xml -o out", 0);
    assert_eq!(scene.names("out"), ["changes.jsonl", "pairs.jsonl", "pan-xml", "run.json"]);
    assert_eq!(scene.names("out/pan-xml"), ["00001-a.txt-b.txt.xml", "00002-b.txt-c.txt.xml"]);
    assert!(scene.read("out/pan-xml/00001-a.txt-b.txt.xml").contains("source_reference=\"b.txt\""));
}

#[test]
fn the_index_links_to_a_page_for_every_pair() {
    let scene = Scene::new();
    scene.write("docs.jsonl", &scene.read("docs.jsonl").replace("a.txt", "<b>../a</b>"));
    scene.write("pairs.csv", &scene.read("pairs.csv").replace("a.txt", "<b>../a</b>"));
    scene.stdout("batch pairs.csv --docs docs.jsonl --report pages", 0);
    let index = scene.read("pages/index.html");
    assert!(!index.contains("<b>"), "ids are escaped");
    let names = scene.names("pages/pages");
    assert_eq!(names.len(), 2);
    for name in names {
        assert!(index.contains(&format!("href=\"pages/{name}\"")), "{name}");
        assert!(scene.read(&format!("pages/pages/{name}")).to_lowercase().starts_with("<!doctype html>"));
    }
}

#[test]
fn the_index_counts_the_changes_of_each_pair() {
    let scene = Scene::new();
    scene.stdout("batch pay-pairs.txt --docs pay.txt pay-not.txt --report pages", 0);
    let index = scene.read("pages/index.html");
    let cells = |page: &str| {
        let row = index.split("<tr").find(|row| row.contains(page)).unwrap();
        row.split("<td class=\"number\">")
            .skip(1)
            .take(2)
            .map(|cell| cell.split('<').next().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!((cells("pay.txt-pay-not.txt.html"), cells("pay.txt-pay.txt.html")), (vec!["2", "2"], vec!["0", "0"]));
}

#[test]
fn the_pages_of_records_are_called_by_their_ids() {
    let scene = Scene::new();
    scene.stdout("batch pairs.jsonl --docs docs.jsonl --report pages", 0);
    let page = scene.read("pages/pages/00001-a.txt-b.txt.html");
    assert!(page.contains("<title>a.txt and b.txt"));
}

#[test]
fn results_and_report_may_share_a_folder() {
    let scene = Scene::new();
    scene.stdout("batch pairs.txt --docs texts -o out --report out", 0);
    assert_eq!(
        scene.names("out"),
        ["changes.jsonl", "index.html", "pages", "pairs.jsonl", "passages.jsonl", "run.json"]
    );
}

#[test]
fn gates_hold_for_every_pair() {
    let scene = Scene::new();
    scene.stdout("batch pairs.txt --docs texts --fail-over 0.3", 1);
    scene.stdout("batch pairs.txt --docs texts --fail-over 100%", 0);
    scene.stdout("batch gap.txt --docs texts --fail-over 0.3", 1);
}

#[test]
fn a_spreadsheet_takes_no_text_for_a_formula() {
    let scene = Scene::new();
    scene.write("docs.jsonl", &scene.read("docs.jsonl").replace("\"a.txt\"", "\"=cmd\""));
    scene.write("pairs.csv", "=cmd,b.txt\n");
    let printed = scene.stdout("batch pairs.csv --docs docs.jsonl --format csv", 0);
    assert!(printed.lines().nth(1).unwrap().starts_with("'=cmd,b.txt,"), "{printed}");
}

#[test]
fn lists_among_the_documents_are_no_failure() {
    let scene = Scene::new();
    let text = "The two sides agreed to talk to each other over the military channels already in place.";
    std::fs::create_dir(scene.path("set")).unwrap();
    for name in ["one.txt", "two.txt"] {
        scene.write(&format!("set/{name}"), text);
    }
    scene.write("set/gold.jsonl", "{\"a\":\"one.txt\",\"b\":\"two.txt\",\"a_start\":0}\n");
    for (list, pairs) in
        [("pairs.csv", "a,b\none.txt,two.txt\n"), ("pairs.jsonl", "{\"a\":\"one.txt\",\"b\":\"two.txt\"}\n")]
    {
        scene.write(&format!("set/{list}"), pairs);
        scene.stdout(&format!("batch set/{list} --docs set -o found"), 0);
        let run: Value = serde_json::from_str(&scene.read("found/run.json")).unwrap();
        let run = run.to_string();
        assert!(run.contains("gold.jsonl") && run.contains("holds no documents"), "{run}");
        assert_eq!(scene.read("found/passages.jsonl").lines().count(), 1);
        std::fs::remove_file(scene.path(&format!("set/{list}"))).unwrap();
    }
}

#[test]
fn changes_name_the_passage_by_the_number_that_it_has_in_reports_and_tables() {
    let scene = Scene::new();
    let bell = "Nobody on the other shore had heard the bell of the ferry since the storm in autumn.";
    let paid = |sum: &str| {
        format!("The committee agreed on Friday to pay {sum} million to the towns along the river before the winter.")
    };
    scene.write("x.txt", &format!("Seven of the eight mills are closed today.\n\n{bell}\n\n{}\n", paid("120")));
    scene.write("y.txt", &format!("{}\n\nA harbour pilot told the story of the lighthouse.\n\n{bell}\n", paid("210")));
    scene.write("xy.txt", "x.txt y.txt\n");
    scene.stdout("batch xy.txt --docs x.txt y.txt -o out", 0);
    let changes = scene.read("out/changes.jsonl");
    let change: serde_json::Value = serde_json::from_str(changes.lines().next().unwrap()).unwrap();
    let rows = scene.stdout("compare x.txt y.txt --format csv-changes", 0);
    let row: Vec<_> = rows.lines().nth(1).unwrap().split(',').collect();
    assert_eq!((change["passage"].to_string().as_str(), row[2]), ("2", "2"), "{rows}");
}

#[test]
fn pages_of_an_earlier_report_go() {
    let scene = many(24);
    scene.stdout("scan many.jsonl --report pages", 0);
    scene.write("one.txt", "d0 d1\n");
    scene.stdout("batch one.txt --docs many.jsonl --report pages", 0);
    assert_eq!(scene.names("pages/pages"), ["00001-d0-d1.html"]);
    assert_eq!(scene.names("pages"), ["index.html", "pages"]);
}
