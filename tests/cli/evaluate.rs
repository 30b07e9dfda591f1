//! `likewise evaluate`: its inputs.

use super::scene::Scene;

#[test]
fn standard_input_is_read_once() {
    let scene = Scene::new();
    scene.write("found.jsonl", "");
    for flags in ["--gold - --found -", "--gold - --found found.jsonl --pairs -", "--gold - -"] {
        let assert = scene.likewise(&format!("evaluate {flags}")).write_stdin("").assert().code(2);
        let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(told.contains("standard input can be read once"), "{flags}: {told}");
    }
    scene.likewise("evaluate --gold - --found found.jsonl").write_stdin("").assert().code(0);
}
