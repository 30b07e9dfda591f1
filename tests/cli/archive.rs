//! `likewise archive`.

use super::scene::Scene;
use serde_json::Value;

/// A line of JSON for each document: id, text, source and date.
fn lines(documents: &[(&str, &str, &str, &str)]) -> String {
    let line = |(id, text, source, date): &(&str, &str, &str, &str)| {
        serde_json::json!({"id": id, "text": text, "source": source, "date": date, "title": format!("About {id}")})
            .to_string()
    };
    documents.iter().map(|document| line(document) + "\n").collect()
}

fn scene() -> Scene {
    let scene = Scene::new();
    let wire = "The harbour will open again in spring, the ministry said, and fishing boats may use the north pier.";
    scene.write(
        "news.jsonl",
        &lines(&[
            ("one", wire, "wire", "2024-05-01"),
            ("two", "A kettle of soup needs little more than onions, barley and time.", "kitchen", "2023-01-31"),
            ("three", &wire.to_uppercase(), "courier", "2024-05-02"),
        ]),
    );
    scene
}

/// What a command says, ending with `status`: on standard output, then on standard error.
fn told(scene: &Scene, arguments: &str, status: i32) -> String {
    let assert = scene.likewise(arguments).assert().code(status);
    let output = assert.get_output();
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

fn info(scene: &Scene) -> Value {
    serde_json::from_str(&scene.stdout("archive info kept --format json", 0)).unwrap()
}

#[test]
fn documents_are_added_listed_counted_and_verified() {
    let scene = scene();
    assert_eq!(
        told(&scene, "archive add kept news.jsonl", 0),
        "added 3 documents, 1 of them with the text of another\n"
    );
    assert_eq!(
        scene.stdout("archive list kept", 0),
        "one\t2024-05-01\twire\t18\tAbout one\ntwo\t2023-01-31\tkitchen\t12\tAbout two\n\
         three\t2024-05-02\tcourier\t18\tAbout three\n"
    );
    let listed: Vec<Value> = scene
        .stdout("archive list kept --format jsonl", 0)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((listed[2]["copy_of"].as_str(), listed[0].get("copy_of")), (Some("one"), None));
    assert_eq!(listed[1]["metadata"]["title"], "About two");
    let info = info(&scene);
    assert_eq!((&info["documents"], &info["copies"], &info["sources"]), (&3.into(), &1.into(), &3.into()));
    assert_eq!((&info["first_date"], &info["last_date"]), (&"2023-01-31".into(), &"2024-05-02".into()));
    assert!(scene.stdout("archive info kept", 0).contains("2023-01-31 to 2024-05-02, 3 documents"));
    assert_eq!(told(&scene, "archive verify kept", 0), "3 documents in 2 files are sound\n");
}

#[test]
fn the_same_id_again_replaces_and_says_so() {
    let scene = scene();
    told(&scene, "archive add kept news.jsonl", 0);
    assert_eq!(told(&scene, "archive add kept news.jsonl", 0), "added 0 documents; 3 were there already\n");
    scene.write("news.jsonl", &scene.read("news.jsonl").replace("barley", "barley, leeks"));
    assert_eq!(
        told(&scene, "archive add kept news.jsonl", 0),
        "added 1 document, 1 of them in place of one with the same id; 2 were there already\n"
    );
    assert_eq!((&info(&scene)["documents"], &info(&scene)["removed"]), (&3.into(), &1.into()));
    assert!(told(&scene, "archive compact kept", 0).contains("bytes, before"));
    assert_eq!(told(&scene, "archive compact kept", 0), "nothing to gain\n");
    assert_eq!((&info(&scene)["documents"], &info(&scene)["removed"]), (&3.into(), &0.into()));
    told(&scene, "archive verify kept", 0);
}

#[test]
fn documents_go_by_id_and_by_field() {
    let scene = scene();
    told(&scene, "archive add kept news.jsonl", 0);
    let missing = told(&scene, "archive remove kept four", 2);
    assert!(missing.contains("no document of the archive has the id four; nothing was removed"), "{missing}");
    let partly = told(&scene, "archive remove kept one four", 3);
    assert!(
        partly.contains("ids that no document has: 1\n  four\n") && partly.contains("removed 1 document\n"),
        "{partly}"
    );
    assert_eq!(
        told(&scene, "archive remove kept --where source=kitchen --where date=2023-01-31", 0),
        "removed 1 document\n"
    );
    assert_eq!(
        told(&scene, "archive remove kept --where source=courier --where date=2023-01-31", 0),
        "removed 0 documents\n"
    );
    assert!(scene.stdout("archive list kept", 0).starts_with("three\t"));
    assert!(told(&scene, "archive remove kept --where source", 2).contains("give a field and its value"));
}

#[test]
fn what_is_no_archive_is_left_alone() {
    let scene = scene();
    for command in ["list", "info", "verify", "compact", "remove"] {
        let id = if command == "remove" { "x" } else { "" };
        for place in ["nowhere", "texts", "a.txt"] {
            let told = told(&scene, &format!("archive {command} {place} {id}"), 2);
            assert!(
                told.contains(&format!("{place} is no archive; `likewise archive add {place} INPUT` makes one")),
                "{told}"
            );
        }
    }
    let before = scene.names("texts");
    let refused = told(&scene, "archive add texts news.jsonl", 2);
    assert!(refused.contains("texts is no archive and not empty; name another folder"), "{refused}");
    assert_eq!(scene.names("texts"), before);
    assert!(!scene.path("nowhere").exists());
}

#[test]
fn an_archive_of_another_format_says_what_to_do() {
    let scene = scene();
    told(&scene, "archive add kept news.jsonl", 0);
    scene.write("kept/manifest", &scene.read("kept/manifest").replacen("archive 1", "archive 2", 1));
    let refused = told(&scene, "archive info kept", 2);
    assert!(
        refused.contains("kept has format 2, and this version reads format 1; use the version of likewise"),
        "{refused}"
    );
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_added() {
    let scene = scene();
    scene.write("news.jsonl", &(scene.read("news.jsonl") + "{\"id\": 4}\n"));
    let partly = told(&scene, "archive add kept news.jsonl gone.txt picture.png a.txt", 3);
    for part in [
        "inputs or lines not read: 3",
        "news.jsonl, line 4",
        "gone.txt: no such file",
        "picture.png: is no text",
        "added 4 documents",
    ] {
        assert!(partly.contains(part), "{part}: {partly}");
    }
    let nothing = told(&scene, "archive add other gone.txt", 2);
    assert!(nothing.contains("nothing was added"), "{nothing}");
    assert!(told(&scene, "archive info other", 2).contains("other is no archive"));
    assert!(!scene.path("other").exists(), "nothing was added, and something is left");
}

#[test]
fn where_there_is_nothing_to_add_there_is_an_archive_without_documents() {
    let scene = scene();
    scene.write("none.jsonl", "");
    assert!(told(&scene, "archive add kept none.jsonl", 0).contains("added 0 documents"));
    told(&scene, "archive verify kept", 0);
    assert_eq!(scene.stdout("archive list kept", 0), "");
    scene.stdout("check a.txt --archive kept", 0);
    told(&scene, "archive add kept news.jsonl", 0);
}

#[test]
fn without_texts_an_archive_keeps_the_rest() {
    let scene = scene();
    told(&scene, "archive add kept news.jsonl --no-text", 0);
    assert_eq!(info(&scene)["texts"], false);
    assert_eq!(scene.stdout("archive list kept", 0).lines().count(), 3);
    told(&scene, "archive add kept a.txt", 0);
    told(&scene, "archive verify kept", 0);
    told(&scene, "archive add whole news.jsonl", 0);
    let refused = told(&scene, "archive add whole a.txt --no-text", 2);
    assert!(refused.contains("whole keeps texts; documents without theirs cannot be added to it"), "{refused}");
}

#[test]
fn what_is_written_does_not_depend_on_the_threads() {
    let scene = super::batch::many(24);
    for threads in [1, 3] {
        told(&scene, &format!("archive add by{threads} many.jsonl news.jsonl texts --threads {threads}"), 3);
    }
    let names: Vec<_> = scene.names("by1").into_iter().filter(|name| name != "lock").collect();
    assert_eq!(names, scene.names("by3").into_iter().filter(|name| name != "lock").collect::<Vec<_>>());
    for name in names {
        assert!(
            std::fs::read(scene.path("by1").join(&name)).unwrap()
                == std::fs::read(scene.path("by3").join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn damage_is_listed_by_file() {
    let scene = scene();
    told(&scene, "archive add kept news.jsonl", 0);
    let path = scene.path("kept/postings-00000002");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[40] ^= 4;
    std::fs::write(&path, bytes).unwrap();
    std::fs::remove_file(scene.path("kept/documents-00000001")).unwrap();
    let damaged = told(&scene, "archive verify kept", 2);
    for part in [
        "damage: 2",
        "documents-00000001: No such file",
        "postings-00000002: damaged at byte 0: the checksum",
        "kept is damaged",
    ] {
        assert!(damaged.contains(part), "{part}: {damaged}");
    }
    assert_eq!(damaged.matches("archive verify").count(), 0, "{damaged}");
    assert_eq!(damaged.matches("add its documents to a new archive").count(), 1, "{damaged}");
    let told = told(&scene, "archive verify kept --quiet", 2);
    assert!(told.starts_with("likewise: error: kept is damaged") && told.contains("documents-00000001"), "{told}");
}

#[test]
fn sizes_are_told_in_units_that_fit() {
    let scene = scene();
    told(&scene, "archive add kept news.jsonl", 0);
    told(&scene, "archive remove kept two", 0);
    let told = told(&scene, "archive compact kept", 0);
    let bytes = told.trim().strip_suffix(" bytes").and_then(|told| told.split_once(" bytes, before "));
    let (after, before) = bytes.unwrap_or_else(|| panic!("{told}"));
    assert!(after.parse::<u64>().unwrap() < before.parse().unwrap(), "{told}");
}
