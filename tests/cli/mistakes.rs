//! Bad input, one kind after the other: exit status 2 (or 1, where the machine says no), the place, no panic,
//! and nothing of the user's lost.

use super::workspace::{DUEL, Workspace};

/// Writes `text` as a scenario and wants `check` and `run` to refuse it, with a place in one of its files.
#[track_caller]
fn refused(text: impl AsRef<[u8]>) {
    let place = Workspace::new();
    std::fs::write(place.path("wrong.toml"), text).expect("the folder can be written");
    std::fs::write(place.path("bad.csv"), "first,pays.first\nshot,1\n").expect("the folder can be written");
    for command in ["check wrong.toml", "run wrong.toml -n 1000"] {
        let complaint = place.complains(command, 2);
        let first = complaint.lines().next().unwrap_or_default();
        let parts: Vec<&str> = first.splitn(4, ':').collect();
        let [file, line, column, rest] = parts[..] else { panic!("no place: {complaint}") };
        assert!(["wrong.toml", "bad.csv"].contains(&file), "{complaint}");
        assert!(line.parse::<u32>().is_ok() && column.parse::<u32>().is_ok(), "{complaint}");
        assert!(rest.starts_with(" error: "), "{complaint}");
        assert!(!complaint.contains("panicked"), "{complaint}");
    }
}

#[track_caller]
fn refused_with(old: &str, new: &str) {
    assert!(DUEL.contains(old), "the scenario has no {old:?}");
    refused(DUEL.replacen(old, new, 1));
}

#[test]
fn numbers() {
    for turns in ["0", "-3", "2.5", "1e20", "100000000000000000000", "nan", "\"3\""] {
        refused_with("turns  = 3", &format!("turns = {turns}"));
    }
    for choice in ["{ logit = -1 }", "{ logit = nan }", "{ logit = inf }", "{ logit = \"1 / 0\" }"] {
        refused_with("[actors.first]", &format!("[actors.first]\nchoice = {choice}"));
    }
    for share in ["tremble = 1.5", "tremble = -0.1", "discount = 2", "discount = nan"] {
        refused_with("[actors.first]", &format!("[actors.first]\n{share}"));
    }
    for chance in ["-0.1", "1.1", "nan", "\"2 * 3\"", "\"0 / 0\""] {
        refused_with("chance = 0.5", &format!("chance = {chance}"));
    }
    for pride in ["[1.5, 0.5]", "[1]", "[1, 2, 3]", "[1, 1]", "[0, inf]", "[]", "3"] {
        refused_with("[0.5, 1.5]", pride);
    }
    for amount in ["\"pride +\"", "\"(pride\"", "\"1e308 * 1e308\"", "1e300", "\"\"", "\"prides\""] {
        refused_with("\"pride\", second", &format!("{amount}, second"));
    }
}

#[test]
fn names_and_keys() {
    refused_with("format = 1", "");
    refused_with("format = 1", "format = 2");
    refused_with("title  =", "titel  =");
    refused_with("turns  = 3", "turns  = 3\nturns  = 4");
    refused_with("[actors.second]", "[actors.first]");
    refused_with("[actors.second]", "[actors.honour]");
    refused_with("{ first = \"shoot\" }", "{ frist = \"shoot\" }");
    refused_with("{ first = \"shoot\" }", "{ first = \"shot\" }");
    refused_with("second = -1", "secnd = -1");
    refused_with("{ honour = \"kept\" }", "{ honour = \"keep\" }");
    refused_with("set    = { honour", "set    = { honor");
    refused_with("\"first.dawn\" = \"spare\"", "\"first.dusk\" = \"spare\"");
    refused_with("lowers  = \"outcomes.end.reconciled\"", "lowers  = \"outcomes.end.reconcild\"");
    refused_with("variant = \"fierce\"", "variant = \"firce\"");
}

#[test]
fn parts() {
    refused_with("[\"stained\", \"kept\"]", "[]");
    refused_with("[\"stained\", \"kept\"]", "[\"kept\", \"kept\"]");
    refused_with("[\"stained\", \"kept\"]", "[\"stained\", \"kept\"]\nvalues = [1]");
    refused_with("first  = [\"shoot\", \"spare\"]", "first = []");
    refused_with("first  = [\"shoot\", \"spare\"]", "first = [\"shoot\", \"spare\", \"shoot\"]");
    refused_with(
        "first  = [\"shoot\", \"spare\"]",
        "first = [{ move = \"shoot\", when = { honour = \"kept\" } }, { move = \"spare\", when = { turn = 2 } }]",
    );
    refused_with("[outcomes.end.bitter]", "[outcomes.end.bitter]\nwhen = { honour = \"stained\" }");
    refused_with("when = { honour = \"kept\" }", "when = { \"first.dawn\" = \"shoot\" }");
}

#[test]
fn texts() {
    refused("");
    refused("# nothing\n");
    refused("turns = ");
    refused("[actors");
    refused([0x7F, b'E', b'L', b'F', 0, 1, 2, 255]);
    let utf_16 = DUEL.encode_utf16().flat_map(u16::to_le_bytes);
    refused([0xFF, 0xFE].into_iter().chain(utf_16).collect::<Vec<u8>>());
    for nested in ["[", "{ a = ", "(", "a."] {
        refused(format!("format = 1\nturns = {}", nested.repeat(100_000)));
    }
    refused_with("\"pride\", second", &format!("\"{}\", second", "(".repeat(100_000)));
}

#[test]
fn sizes() {
    let variables: Vec<String> =
        (0..60).map(|index| format!("[variables.v{index}]\nlevels = [\"no\", \"yes\"]\n")).collect();
    refused(format!("{DUEL}{}", variables.concat()));
    let issues: Vec<String> =
        (0..60).map(|index| format!("[issues.i{index}.moves]\nfirst = [\"no\", \"yes\"]\n")).collect();
    refused(format!("{DUEL}{}", issues.concat()));
    let clauses: Vec<String> =
        (0..35).map(|index| format!("{{ v{index} = \"yes\", \"first.dawn\" = \"shoot\" }}")).collect();
    let term = format!("[payoffs.all]\nwhen = [{}]\npays = {{ first = 1 }}\n", clauses.join(", "));
    refused(format!("{DUEL}{}{term}", variables[..35].concat()));
}

#[test]
fn tables_and_other_scenarios() {
    for path in ["bad.csv", "none.csv", "/etc/passwd", "../bad.csv", ".", "", "C:\\\\bad.csv"] {
        refused_with(
            "[issues.dawn.moves]",
            &format!("[issues.dawn]\ntable = \"{path}\"\n[issues.dawn.moves]"),
        );
    }
    for path in ["wrong.toml", "./wrong.toml", "none.toml", "/etc/passwd", "../duel.toml", "."] {
        refused(format!("extends = \"{path}\"\n"));
    }
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_out_of_the_folder_and_a_pipe_that_never_ends() {
    let place = Workspace::new();
    let table = |name: &str| {
        let moves = "[issues.dawn.moves]";
        DUEL.replace(moves, &format!("[issues.dawn]\ntable = \"{name}\"\n{moves}"))
    };
    let outside = tempfile::NamedTempFile::new().expect("a temporary file");
    std::os::unix::fs::symlink(outside.path(), place.path("link.csv")).expect("links can be made");
    place.write("link.toml", &table("link.csv"));
    let complaint = place.complains("check link.toml", 2);
    assert!(complaint.contains("`link.csv` leads out of the scenario's folder"), "{complaint}");
    let made = std::process::Command::new("mkfifo").arg(place.path("pipe.csv")).status();
    assert!(made.is_ok_and(|status| status.success()));
    place.write("pipe.toml", &table("pipe.csv"));
    let complaint = place.complains("check pipe.toml", 2);
    assert!(complaint.contains("`pipe.csv` is no plain file"), "{complaint}");
}

#[test]
fn assignments() {
    let place = Workspace::new();
    for set in [
        "parameters.prid=1",
        "parameters.pride",
        "parameters.pride=",
        "=1",
        "turns=0",
        "turns=[1",
        "format=2",
        "actors.first.tremble=2",
    ] {
        let complaint = place.complains(&format!("run duel.toml --set {set}"), 2);
        assert!(complaint.starts_with("--set 1:1:"), "{complaint}");
    }
    let complaint = place.complains("run duel.toml --variant mek", 2);
    assert!(complaint.contains("did you mean `meek`?"), "{complaint}");
}

#[test]
fn a_number_out_of_range_in_some_draw_names_the_draw() {
    let place = Workspace::new();
    place.write("drawn.toml", &DUEL.replace("chance = 0.5", "chance = \"pride - 0.5\""));
    place.prints("check drawn.toml");
    place.write("drawn.toml", &DUEL.replace("chance = 0.5", "chance = \"pride - 0.55\""));
    for command in ["run drawn.toml -n 2000 --out out", "verify drawn.toml -n 2000"] {
        let complaint = place.complains(command, 2);
        assert!(
            complaint.contains("`issues.dawn.effects.saves.chance` must be between 0 and 1"),
            "{complaint}"
        );
        assert!(complaint.contains("where pride = 0.5"), "{complaint}");
        assert!(complaint.contains("out of range in draw "), "{complaint}");
    }
    assert_eq!(place.list("."), ["drawn.toml", "duel.toml"], "no folder is left");
}

#[test]
fn folders_that_hold_anything_else_are_refused_and_stay_as_they_are() {
    let place = Workspace::new();
    std::fs::create_dir(place.path("mine")).expect("the folder can be written");
    place.write("mine/.hidden", "mine");
    for command in ["run", "play", "tables", "verify", "explain --actor first"] {
        for (out, said) in
            [("mine", "mine holds .hidden"), ("duel.toml", "duel.toml is a file"), (".", "holds")]
        {
            let complaint = place.complains(&format!("{command} duel.toml --out {out}"), 1);
            assert!(complaint.contains(said), "{complaint}");
        }
    }
    assert_eq!(place.list("mine"), [".hidden"]);
    assert_eq!(place.list("."), ["duel.toml", "mine"]);
    assert_eq!(place.read("duel.toml"), DUEL);
}

#[test]
#[cfg(target_os = "linux")]
fn a_place_that_nobody_can_write_is_named_before_anything_is_played() {
    let place = Workspace::new();
    let complaint = place.complains("run duel.toml -n 18000000000000000000 --out /proc/results", 1);
    assert!(complaint.contains("could not write in /proc"), "{complaint}");
}

/// The program where files may not grow beyond `blocks` of 512 or 1,024 bytes: the same as a full disk,
/// and needs no disk to be filled.
#[cfg(unix)]
fn on_a_small_disk(place: &Workspace, blocks: u32, arguments: &str) -> std::process::Output {
    let program = env!("CARGO_BIN_EXE_demarche");
    std::process::Command::new("sh")
        .current_dir(place.path("."))
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' {arguments}")])
        .output()
        .expect("the program runs")
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_an_error_that_leaves_what_was_there() {
    let place = Workspace::new();
    place.prints("run duel.toml -n 200 --draws 2 --out out");
    let before = place.list("out").iter().map(|name| place.read(&format!("out/{name}"))).collect::<Vec<_>>();
    // So many plays take minutes: the run must stop at the first that cannot be written.
    let output = on_a_small_disk(&place, 16, "run duel.toml -n 1000000000 --each --out out");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("could not write out/replications.csv"), "{complaint}");
    let output = on_a_small_disk(&place, 0, "run duel.toml -n 200 --out new");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("could not write new/"), "{complaint}");
    assert_eq!(place.list("."), ["duel.toml", "out"]);
    let after = place.list("out").iter().map(|name| place.read(&format!("out/{name}"))).collect::<Vec<_>>();
    assert_eq!(before, after);
}
