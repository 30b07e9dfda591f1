//! `likewise scan`.

use super::batch::many;
use super::scene::Scene;
use serde_json::{Value, json};

fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn documents_without_words_are_no_copies_of_each_other() {
    let scene = Scene::new();
    let text = "The two sides agreed to reopen the northern line to freight before the winter.";
    let texts = ["", "", " \n", text, text];
    let records =
        texts.iter().enumerate().map(|(at, text)| format!("{}\n", json!({"id": format!("d{at}"), "text": text})));
    scene.write("docs.jsonl", &records.collect::<String>());
    scene.stdout("scan docs.jsonl -o found", 0);
    let pairs = scene.read("found/pairs.jsonl");
    assert!(pairs.lines().count() == 1 && pairs.contains("d3") && pairs.contains("d4"), "{pairs}");
    assert_eq!(scene.read("found/clusters.jsonl").matches("exact").count(), 1);
}

#[test]
fn a_folder_holds_passages_pairs_clusters_and_the_run() {
    let scene = many(24);
    let printed = scene.stdout("scan many.jsonl", 0);
    scene.stdout("scan many.jsonl -o found --threads 3", 0);
    assert_eq!(scene.names("found"), ["clusters.jsonl", "pairs.jsonl", "passages.jsonl", "run.json"]);
    assert_eq!(scene.read("found/passages.jsonl"), printed);
    let key = |line: &Value| {
        (line["a"].to_string(), line["b"].to_string(), line["a_start"].as_u64(), line["b_start"].as_u64())
    };
    let passages = values(&printed);
    assert!(passages.len() > 20 && passages.iter().map(key).is_sorted());
    let run: Value = serde_json::from_str(&scene.read("found/run.json")).unwrap();
    assert_eq!(run["counts"]["documents"], 24);
    assert_eq!(run["counts"]["passages"], passages.len());
    assert_eq!(run["inputs"][0]["sha256"].as_str().unwrap().len(), 64);
    let clusters = values(&scene.read("found/clusters.jsonl"));
    assert!(clusters.iter().all(|cluster| cluster["members"].as_array().unwrap().len() as u64 == cluster["size"]));
}

#[test]
fn what_an_earlier_run_left_in_the_folder_is_named() {
    let scene = many(24);
    let told = |arguments: &str| {
        let assert = scene.likewise(arguments).assert().code(0);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    };
    assert!(!told("scan many.jsonl -o found --format csv").contains("earlier"));
    assert!(!told("scan many.jsonl -o found --format csv").contains("earlier"));
    let warning = "found still holds, from an earlier run: passages.csv, pairs.csv, clusters.csv";
    assert!(told("scan many.jsonl -o found").contains(warning));
    assert!(!told("scan many.jsonl -o found --quiet").contains("earlier"));
}

#[test]
fn an_audit_checks_one_document_at_least() {
    let scene = many(24);
    let assert = scene.likewise("scan many.jsonl -o found --audit 0").assert().code(2);
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains("1 at least"));
}

#[test]
fn what_came_of_a_run_is_told_where_progress_is() {
    let scene = many(24);
    let told = |flags: &str| {
        let assert = scene.likewise(&format!("scan many.jsonl -o found {flags}")).assert().code(0);
        String::from_utf8(assert.get_output().stderr.clone()).unwrap()
    };
    let end = told("--progress always");
    let passages = scene.read("found/passages.jsonl").lines().count();
    assert!(end.lines().last().is_some_and(|line| line.contains(&format!("{passages} passages in"))), "{end}");
    assert_eq!(told(""), "");
}

#[test]
fn what_earlier_runs_wrote_among_the_documents_is_passed_over() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("mine")).unwrap();
    for name in ["a.txt", "b.txt"] {
        scene.write(&format!("mine/{name}"), &scene.read(name));
    }
    let first = scene.stdout("scan mine", 0);
    scene.stdout("scan mine -o mine/found --report mine/pages", 0);
    scene.stdout("archive add mine/kept mine", 0);
    assert_eq!(scene.stdout("archive list mine/kept", 0).lines().count(), 2, "its own files are none");
    scene.stdout("compare mine/a.txt mine/b.txt --format html -o mine/page.html", 0);
    // A page hides no documents beside it.
    scene.stdout("compare mine/a.txt mine/b.txt --format html -o mine/index.html", 0);
    let assert = scene.likewise("scan mine").assert().code(0);
    assert_eq!(String::from_utf8_lossy(&assert.get_output().stdout), first);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    for name in ["found/passages.jsonl", "found/run.json", "kept", "page.html"] {
        assert!(told.contains(&format!("mine/{name}: was written by likewise")), "{told}");
    }
}

#[test]
fn near_duplicates_alone_are_pairs_with_their_resemblance() {
    let scene = many(24);
    let near = values(&scene.stdout("scan many.jsonl --near-duplicates --resemblance 0.6", 0));
    assert!(!near.is_empty());
    assert!(near.iter().all(|line| line["resemblance"].as_f64().unwrap() >= 0.6));
    scene.stdout("scan many.jsonl --near-duplicates -o found", 0);
    assert_eq!(scene.read("found/passages.jsonl"), "");
}

#[test]
fn the_record_tells_how_fast_it_was() {
    let scene = many(24);
    scene.stdout("scan many.jsonl -o found", 0);
    let run: serde_json::Value = serde_json::from_str(&scene.read("found/run.json")).unwrap();
    for rate in ["documents_per_second", "megabytes_per_second", "pairs_per_second"] {
        assert!(run["throughput"][rate].as_f64().unwrap() > 0.0, "{rate}");
    }
}

#[test]
fn when_nothing_can_be_read_earlier_results_stay() {
    let scene = many(24);
    scene.stdout("scan many.jsonl -o found", 0);
    let before = scene.read("found/passages.jsonl");
    scene.write("bad.jsonl", "{\"id\": 1}\n[]\n");
    let assert = scene.likewise("scan gone.jsonl bad.jsonl -o found").assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    for part in ["gone.jsonl: no such file", "bad.jsonl, line 1", "bad.jsonl, line 2", "no input holds a document"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(scene.read("found/passages.jsonl"), before);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let scene = many(24);
    let good = scene.stdout("scan many.jsonl", 0);
    let mut lines = scene.read("many.jsonl");
    lines += "{\"id\": \"d0\", \"text\": \"taken\"}\nnot json\n";
    scene.write("many.jsonl", &lines);
    let assert = scene.likewise("scan many.jsonl gone.jsonl picture.png").assert().code(3);
    let output = assert.get_output();
    assert_eq!(String::from_utf8_lossy(&output.stdout), good);
    let told = String::from_utf8_lossy(&output.stderr);
    for part in [
        "line 25: the id `d0` is taken",
        "line 26: not one JSON object",
        "gone.jsonl: no such file",
        "picture.png: is no text",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_report_is_an_index_with_clusters_and_pairs_that_are_all_there() {
    let scene = many(24);
    let lines = scene.stdout("scan many.jsonl --report pages --threads 1", 0);
    assert_eq!(lines, scene.stdout("scan many.jsonl --report again --threads 3", 0));
    assert_eq!(scene.names("pages"), ["clusters", "index.html", "pages"]);
    let index = scene.read("pages/index.html");
    assert_eq!(index, scene.read("again/index.html"));
    assert!(index.contains("24 of 24 documents share text"));
    let links: Vec<_> = index.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let page = scene.names("pages/pages").into_iter().next().unwrap();
    assert!(scene.read(&format!("pages/pages/{page}")).contains("<a href=\"../index.html\">"), "no way back");
    let files: Vec<_> = links.into_iter().filter(|link| !link.starts_with('#')).collect();
    assert!(files.len() > 20);
    for file in files {
        assert_eq!(scene.read(&format!("pages/{file}")), scene.read(&format!("again/{file}")), "{file}");
    }
}

#[test]
fn a_report_is_as_small_as_it_is_told_to_be_and_says_so() {
    let scene = many(24);
    let run = |flags: &str, folder: &str| {
        scene.stdout(&format!("scan many.jsonl {flags} --report {folder} --report-size 5"), 0);
        scene.read(&format!("{folder}/index.html"))
    };
    let index = run("", "few");
    assert!(index.contains("<li>The 5 largest of ") && index.contains("<li>5 of "), "what is left out is not said");
    assert_eq!(scene.names("few/clusters").len(), 5);
    assert!(scene.names("few/pages").len() <= 15);
    assert!(run("--near-duplicates", "near").contains("those most alike first"));
}

#[test]
fn rows_for_a_spreadsheet_have_what_lines_have() {
    let scene = many(24);
    scene.stdout("scan many.jsonl -o found", 0);
    let lines = values(&scene.read("found/passages.jsonl"));
    let rows = scene.stdout("scan many.jsonl --format csv", 0);
    assert_eq!(rows.lines().next(), Some("a,b,a_start,a_end,b_start,b_end,kind,moved,similarity,words,boilerplate"));
    assert_eq!(rows.lines().count(), lines.len() + 1);
    let first = &lines[0];
    let number = |field: &str| first[field].as_u64().unwrap();
    let start = format!(
        "{},{},{},{},",
        first["a"].as_str().unwrap(),
        first["b"].as_str().unwrap(),
        number("a_start"),
        number("a_end")
    );
    assert!(rows.lines().nth(1).unwrap().starts_with(&start));
    scene.stdout("scan many.jsonl --format csv --text -o table", 0);
    assert_eq!(scene.names("table"), ["clusters.csv", "pairs.csv", "passages.csv", "run.json"]);
    let members: usize =
        values(&scene.read("found/clusters.jsonl")).iter().map(|one| one["members"].as_array().unwrap().len()).sum();
    assert_eq!(scene.read("table/clusters.csv").lines().count(), members + 1);
    assert_eq!(scene.read("table/pairs.csv").lines().count(), scene.read("found/pairs.jsonl").lines().count() + 1);
    assert!(scene.stdout("scan many.jsonl --near-duplicates --format csv", 0).starts_with("a,b,relation,resemblance,"));
}

#[test]
fn passim_lines_have_each_place_of_a_cluster_with_its_text() {
    let scene = many(24);
    let lines = values(&scene.stdout("scan many.jsonl --format passim", 0));
    assert!(lines.len() > 20);
    for line in &lines {
        let length = line["end"].as_u64().unwrap() - line["begin"].as_u64().unwrap();
        assert_eq!(line["text"].as_str().unwrap().chars().count() as u64, length);
        let of_cluster = lines.iter().filter(|other| other["cluster"] == line["cluster"]).count();
        assert_eq!(line["size"].as_u64(), Some(of_cluster as u64));
    }
}

#[test]
fn pages_of_an_earlier_run_go_and_what_else_lies_there_stays() {
    let scene = many(24);
    scene.stdout("scan many.jsonl --report pages", 0);
    let pages = |folder: &str| scene.names(&format!("pages/{folder}"));
    let before = (pages("pages"), pages("clusters"));
    // Neither is a page of a report: one is not named as they are, one is only named so.
    scene.write("pages/pages/notes.html", &scene.read(&format!("pages/pages/{}", before.0[0])));
    scene.write("pages/pages/00099-x-y.html", "<p>By hand.");
    scene.write("few.jsonl", &scene.read("many.jsonl").lines().take(2).collect::<Vec<_>>().join("\n"));
    let assert = scene.likewise("scan few.jsonl --report pages").assert().code(0);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    scene.stdout("scan few.jsonl --report fresh", 0);
    let mut expected = scene.names("fresh/pages");
    let gone = before.0.len() + before.1.len() - scene.names("fresh/clusters").len() - expected.len();
    expected.extend(["00099-x-y.html".to_owned(), "notes.html".to_owned()]);
    expected.sort();
    assert_eq!((pages("pages"), pages("clusters")), (expected, scene.names("fresh/clusters")));
    assert!(gone > 20 && told.contains(&format!("pages: removed {gone} pages of an earlier report")), "{told}");
    let assert = scene.likewise("scan few.jsonl --report pages").assert().code(0);
    assert_eq!(String::from_utf8_lossy(&assert.get_output().stderr), "");
}
