//! What `--out` leaves behind, and that `--json` says the same.

use serde_json::Value;

use super::workspace::{DUEL, Workspace};

#[test]
fn a_run_leaves_its_tables_its_scenario_and_a_manifest() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 500 --draws 5 --out out");
    let expected = [
        "draws.csv",
        "joint.csv",
        "lengths.csv",
        "manifest.json",
        "measures.csv",
        "moves.csv",
        "outcomes.csv",
        "scenario.toml",
        "scores.csv",
        "source.json",
        "turns.csv",
    ];
    assert_eq!(place.list("out"), expected);
    assert_eq!(place.list("."), ["duel.toml", "out"], "nothing else is left");
}

#[test]
fn columns_are_those_that_scripts_rest_on() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 500 --draws 5 --each --out out");
    let headers = [
        ("outcomes", "classification,outcome,probability,low,high,outcome_title"),
        ("joint", "end,probability,low,high"),
        ("turns", "turn,variable,level,probability,low,high,level_title"),
        ("moves", "turn,actor,issue,move,probability,low,high,actor_title,move_title"),
        ("scores", "actor,mean,low,high,actor_title"),
        ("lengths", "turns,probability,low,high"),
        ("measures", "measure,mean,low,high"),
        ("draws", "draw,pride,end.reconciled,end.bitter"),
        (
            "replications",
            "replication,draw,turns,outcome.end,end.honour,score.first,score.second,parameter.pride",
        ),
    ];
    for (name, header) in headers {
        let text = place.read(&format!("out/{name}.csv"));
        assert_eq!(text.lines().next(), Some(header), "{name}");
    }
    assert_eq!(place.read("out/replications.csv").lines().count(), 501);
}

#[test]
fn json_and_csv_say_the_same_to_the_last_digit() {
    let place = Workspace::new();
    let json = place.prints("run duel.toml -n 500 --draws 5 --out out --json");
    let mut lines = json.lines().map(|line| line.trim().trim_end_matches(','));
    let mut tables = 0;
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_suffix(": [") else { continue };
        tables += 1;
        let mut csv = csv::Reader::from_path(place.path(&format!("out/{}.csv", name.trim_matches('"'))))
            .expect("its file");
        let columns = csv.headers().expect("a header").clone();
        for record in csv.records() {
            let record = record.expect("a sound row");
            assert_eq!(lines.next(), Some("{"), "{name}");
            for (column, field) in columns.iter().zip(&record) {
                let shown = match field {
                    "" => "null".to_owned(),
                    number if number.parse::<f64>().is_ok() => number.to_owned(),
                    text => format!("\"{text}\""),
                };
                assert_eq!(lines.next(), Some(format!("\"{column}\": {shown}").as_str()), "{name}");
            }
            assert_eq!(lines.next(), Some("}"), "{name}");
        }
        assert_eq!(lines.next(), Some("]"), "{name}");
    }
    assert_eq!(tables, 7, "all but measures, of which there are none");
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let place = Workspace::new();
    for threads in [1, 2] {
        place.prints(&format!("run duel.toml -n 5000 --each --threads {threads} --out out{threads}"));
    }
    let names = place.list("out1");
    assert_eq!(names, place.list("out2"));
    for name in names {
        let (one, two) = (place.read(&format!("out1/{name}")), place.read(&format!("out2/{name}")));
        assert!(one == two, "{name} differs");
    }
}

#[test]
fn the_scenario_in_the_folder_runs_alone_and_gives_the_same() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 500 --variant meek --set parameters.pride=2 --out out");
    let again = place.prints("run out/scenario.toml -n 500 --json");
    assert_eq!(again, place.prints("run duel.toml -n 500 --variant meek --set parameters.pride=2 --json"));
}

#[test]
fn a_folder_with_the_users_files_is_refused_before_anything_is_played() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 100 --out out");
    place.write("out/notes.txt", "mine");
    let complaint = place.complains("run duel.toml -n 18000000000000000000 --out out", 1);
    assert!(complaint.contains("out holds notes.txt, which demarche did not write"), "{complaint}");
    assert_eq!(place.read("out/notes.txt"), "mine");
}

#[test]
fn overlays_and_variants_are_merged_in_the_order_in_which_they_are_given() {
    let place = Workspace::new();
    place.write("meeker.toml", "script = { \"first.dawn\" = \"spare\" }\n");
    let spares = |arguments: &str| {
        let json = place.prints(&format!("run duel.toml -n 100 --draws 0 --json {arguments}"));
        let json: Value = serde_json::from_str(&json).expect("JSON");
        json["moves"][1]["probability"].as_f64().expect("a probability")
    };
    assert!(spares("--variant fierce --overlay meeker.toml") > 0.99);
    assert!(spares("--overlay meeker.toml --variant fierce") < 0.01);
}

#[test]
fn a_scenario_comes_from_standard_input_too() {
    let place = Workspace::new();
    let output = place.command("run - -n 100 --json").write_stdin(DUEL).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), place.prints("run duel.toml -n 100 --json"));
}

#[test]
fn every_command_that_evaluates_gives_json_and_files() {
    let place = Workspace::new();
    for (command, keys) in [
        ("play duel.toml", "choices payments effects levels ending totals"),
        ("explain duel.toml --actor first", "options terms"),
        ("tables duel.toml", "payoffs"),
        ("verify duel.toml -n 2000 --quiet", "facts"),
    ] {
        let json: Value =
            serde_json::from_str(&place.prints(&format!("{command} --json --out out"))).expect("JSON");
        let json = json.as_object().expect("an object");
        for key in keys.split(' ') {
            assert!(json.contains_key(key), "{command}: {key}");
            assert!(place.path(&format!("out/{key}.csv")).is_file(), "{command}: {key}.csv");
        }
        assert_eq!(json.len(), keys.split(' ').count(), "{command}");
    }
}
