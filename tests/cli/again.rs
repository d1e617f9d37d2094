//! `again`: a folder is repeated from itself, and says so.

use super::workspace::{DUEL, Workspace};

#[test]
fn a_folder_repeats_itself_wherever_it_is_taken() {
    let place = Workspace::new();
    place.write("proud.toml", "parameters.pride = 5\n");
    place.write("seen.csv", "turn,actor,issue,move\n1,first,dawn,spare\n");
    for (number, command) in [
        "run duel.toml -n 300 --draws 3 --each",
        "run duel.toml -n 300 --draws 3 --variant meek --overlay proud.toml --set turns=2",
        "run duel.toml -n 300 --draws 3 --given seen.csv",
        "compare duel.toml --against proud.toml --against meek -n 300 --draws 3",
        "models duel.toml -n 100 --draws 0",
        "discover duel.toml --of outcomes.end.reconciled --points 100 --method exact",
        "sensitivity duel.toml --of turns --by morris --over all -n 50 --walks 2 --quiet",
    ]
    .iter()
    .enumerate()
    {
        place.prints(&format!("{command} --out first{number}"));
        let elsewhere = Workspace::new();
        std::fs::create_dir(elsewhere.path("taken")).expect("a folder");
        for name in place.list(&format!("first{number}")) {
            let from = place.path(&format!("first{number}/{name}"));
            std::fs::copy(from, elsewhere.path(&format!("taken/{name}"))).expect("it can be copied");
        }
        let said = elsewhere.prints("again taken --out repeated --quiet");
        assert!(said.contains("taken says the same, byte for byte"), "{command}: {said}");
        assert_eq!(elsewhere.list("taken"), elsewhere.list("repeated"), "{command}");
    }
}

#[test]
fn a_folder_says_nothing_of_where_it_was_made() {
    let place = Workspace::new();
    let from = place.path("duel.toml").display().to_string();
    place.prints(&format!("run {from} -n 100 --draws 2 --out out"));
    for name in place.list("out") {
        let text = place.read(&format!("out/{name}"));
        let folder = place.path(".").display().to_string();
        assert!(!text.contains(folder.trim_end_matches("/.")), "{name}");
    }
    place.prints("run duel.toml -n 100 --draws 2 --out near");
    assert_eq!(place.read("out/manifest.json"), place.read("near/manifest.json"));
    assert_eq!(place.read("out/source.json"), place.read("near/source.json"));
}

#[test]
fn what_was_changed_is_named() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 100 --draws 2 --out out");
    let lengths = place.read("out/lengths.csv");
    place.write("out/lengths.csv", &lengths.replace("1.0", "0.9"));
    let output = place.run("again out --quiet");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("lengths.csv        differs"), "{said}");
    assert!(said.contains("1 of 11 files is not the same"), "{said}");
}

#[test]
fn foreign_folders_are_refused_by_name() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 100 --draws 2 --out out");
    let manifest = place.read("out/manifest.json");
    place.write("out/manifest.json", &manifest.replace("\"form\": 1", "\"form\": 2"));
    let complaint = place.complains("again out", 1);
    assert!(complaint.contains("manifest of form 2, which this demarche does not know"), "{complaint}");
    place.write("out/manifest.json", &manifest.replace("\"form\": 1,", ""));
    let complaint = place.complains("again out", 1);
    assert!(complaint.contains("says no question"), "{complaint}");
    place.write("out/manifest.json", &manifest);
    let source = place.read("out/source.json");
    place.write("out/source.json", &source.replace("\"form\": 1", "\"form\": 3"));
    let complaint = place.complains("again out", 1);
    assert!(complaint.contains("a source of form 3 is not known"), "{complaint}");
    let complaint = place.complains("again nowhere", 1);
    assert!(complaint.contains("could not read nowhere/manifest.json"), "{complaint}");
}

#[test]
fn a_manifest_is_a_question_with_where_its_answer_comes_from() {
    let place = Workspace::new();
    place.write("seen.csv", "turn,actor,issue,move\n1,first,dawn,spare\n");
    place.prints("run duel.toml -n 300 --draws 3 --given seen.csv --set turns=2 --out out");
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out/manifest.json")).expect("JSON");
    assert_eq!(
        manifest["question"],
        serde_json::json!({
            "command": "run", "set": ["turns=2"],
            "replications": 300, "draws": 3, "given": "seen.csv"
        })
    );
    let source: serde_json::Value = serde_json::from_str(&place.read("out/source.json")).expect("JSON");
    assert_eq!(source["name"], "duel.toml");
    assert_eq!(source["text"], DUEL);
    assert!(source["files"]["seen.csv"].as_str().expect("a text").contains("1,first,dawn,spare"));
}
