//! 0 done, 1 it could not be done, 2 the scenario or the command line is wrong; and what is said then.

use super::workspace::{DUEL, Workspace};

#[track_caller]
fn check(arguments: &str, status: i32, said: &str) {
    let complaint = Workspace::new().complains(arguments, status);
    assert!(complaint.contains(said), "{complaint}");
}

#[test]
fn numbers_out_of_range_are_refused_with_the_range() {
    check(
        "run duel.toml -n 0",
        2,
        "invalid value '0' for '--replications <N>': wanted a whole number, at least 1",
    );
    check("run duel.toml -n -3", 2, "invalid value '-3' for '--replications <N>'");
    check("run duel.toml -n 99999999999999999999", 2, "'--replications <N>'");
    check("run duel.toml --draws 2.5", 2, "'--draws <D>': wanted a whole number from 0 to 1000000");
    check("run duel.toml --threads 0", 2, "'--threads <K>': wanted a whole number from 1 to 1024");
    check("run duel.toml --seed minus", 2, "invalid value 'minus' for '--seed <S>'");
}

#[test]
fn a_scenario_that_cannot_be_read_is_named() {
    check("run nowhere.toml", 2, "nowhere.toml:1:1: error: the file does not exist");
    check("check .", 2, ".:1:1: error: the file is a folder, not a file");
    check("run duel.toml --overlay nowhere.toml", 2, "nowhere.toml:1:1: error: the overlay does not exist");
}

#[test]
fn a_mistake_in_the_scenario_is_shown_at_its_line() {
    let place = Workspace::new();
    place.write("wrong.toml", &DUEL.replace("turns  = 3", "turns  = 0"));
    let complaint = place.complains("run wrong.toml", 2);
    assert!(complaint.contains("wrong.toml:4:"), "{complaint}");
}

#[test]
fn what_exact_propagation_cannot_do_is_said() {
    check("verify duel.toml --method exact", 2, "facts are judged by plays");
    check("run duel.toml --method exact --each --out out", 2, "--each: it writes plays");
    check("run duel.toml --method exact --drop-below 0.5", 2, "wanted a probability below 0.1");
    let learns = "actors.first.choice=\"regret_matching\"";
    check(
        &format!("run duel.toml --method exact --set {learns}"),
        2,
        "`first` learns from what has been done",
    );
}

#[test]
fn a_precision_that_takes_too_long_says_what_it_takes() {
    check("run duel.toml --method sample --precision 2", 2, "wanted half the width of an interval");
    check("run duel.toml --at-most 5", 2, "--precision <P>");
    check(
        "run duel.toml --precision 0.1 --each --out out",
        2,
        "find the number of plays first: leave out --precision",
    );
    check(
        "run duel.toml --method sample -n 100 --precision 0.00001 --at-most 1000",
        1,
        "error: a half width of 0.00001 would take",
    );
}

#[test]
fn a_history_that_cannot_be_is_shown_at_its_row() {
    let place = Workspace::new();
    place.write("seen.csv", "turn,actor,issue,move,variable,level\n1,first,dawn,shoot,,\n1,,,,honour,kept\n");
    let complaint = place.complains("run duel.toml --given seen.csv", 2);
    assert!(
        complaint.contains("seen.csv:3:1: error: the scenario gives this probability zero"),
        "{complaint}"
    );
    place.write("seen.csv", "turn,actor,issue,move\n1,frist,dawn,shoot\n9,first,dawn,shoot\n");
    let complaint = place.complains("run duel.toml --given seen.csv", 2);
    assert!(
        complaint.contains("did you mean `first`?") && complaint.contains("`9` is no turn"),
        "{complaint}"
    );
    check("run duel.toml --given nowhere.csv", 2, "nowhere.csv:1:1: error: the history does not exist");
    place.write("seen.csv", "turn,actor,issue,move\n1,first,dawn,spare\n");
    let told = place.command("run duel.toml --given seen.csv --draws 3 -n 30").output().expect("it runs");
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.contains("warning: what was observed leaves 2.9 of 3 draws in effect"), "{told}");
    assert!(place.prints("run duel.toml --given seen.csv -n 100 --json").contains("\"posterior\""));
}

#[track_caller]
fn check_warning(arguments: &str, told: &str) {
    let place = Workspace::new();
    let output = place.run(arguments);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), told));
    let quiet = place.run(&format!("{arguments} --quiet"));
    assert_eq!(String::from_utf8_lossy(&quiet.stderr), "");
}

#[test]
fn options_that_change_nothing_are_not_ignored_in_silence() {
    check_warning(
        "explain duel.toml --actor first -n 5 --method exact --threads 2",
        "warning: --method has no effect here: explain looks at one state\n\
         warning: -n has no effect here: explain looks at one state\n\
         warning: --threads has no effect here: explain looks at one state\n",
    );
    check_warning(
        "tables duel.toml --seed 5",
        "warning: --seed has no effect here: tables looks at one state\n",
    );
    check_warning("tables duel.toml --seed 5 --draw 2", "");
    check_warning(
        "play duel.toml --method exact",
        "warning: --method has no effect here: play plays one replication\n",
    );
    check_warning("play duel.toml --replication 3 --draws 4 -n 100", "");
}

#[test]
fn what_one_state_is_asked_is_found_exactly() {
    let place = Workspace::new();
    for (command, method) in [
        ("explain duel.toml --actor first", "exact"),
        ("solve duel.toml", "exact"),
        ("play duel.toml", "sample"),
    ] {
        place.prints(&format!("{command} --out out"));
        let manifest = place.read("out/manifest.json");
        assert!(manifest.contains(&format!("\"method\": \"{method}\"")), "{manifest}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_state_is_told_at_once() {
    let place = Workspace::new();
    let complaint = place.complains("explain duel.toml --actor frist --turn 4 --at honour=lost --at x", 2);
    insta::assert_snapshot!(complaint, @"
    error: --actor: there is no actor `frist`: did you mean `first`?
    error: --turn: 4 is not between 1 and 3
    error: --at honour=lost: there is no level `lost`: there are `stained`, `kept`
    error: --at x: has no equals sign: write VARIABLE=LEVEL
    ");
}

#[test]
fn a_state_or_actor_that_is_not_there_is_answered_with_what_is() {
    check("explain duel.toml --actor frist", 2, "there is no actor `frist`: did you mean `first`?");
    check("explain duel.toml --actor first --turn 4", 2, "--turn: 4 is not between 1 and 3");
    check("explain duel.toml --actor first --at honour", 2, "write VARIABLE=LEVEL");
    check("tables duel.toml --at honour=lost", 2, "there is no level `lost`");
    check("tables duel.toml --issue dusk", 2, "there is no issue `dusk`");
    check("play duel.toml -n 10 --replication 10", 2, "a run of 10 has those from 0 to 9");
}

/// Who seeks and who hides, for a billion here and for one there: where both mix, it is so unevenly that the
/// branch of equilibria is lost on the way.
const SEEK: &str = r#"
format = 1
turns  = 1

[actors.seeker]
choice  = { logit = 1.6 }
beliefs = "equilibrium"

[actors.hider]
choice  = { logit = 1.6 }
beliefs = "equilibrium"

[variables.weather]
levels = ["wet", "dry"]
start  = "dry"

[issues.place.moves]
seeker = ["cave", "wood"]
hider  = ["cave", "wood"]

[issues.place.payoffs]
cave_found  = { when = { seeker = "cave", hider = "cave", weather = "dry" }, pays = { seeker = 1e9 } }
wood_found  = { when = { seeker = "wood", hider = "wood" }, pays = { seeker = 1 } }
wood_missed = { when = { seeker = "cave", hider = "wood" }, pays = { hider = 1 } }
cave_missed = { when = { seeker = "wood", hider = "cave" }, pays = { hider = 1e9 } }

[outcomes.end.any]

[facts.lasts]
measure = "turns"
above   = 0
"#;

#[test]
fn a_branch_along_stakes_of_a_billion_is_followed() {
    let place = Workspace::new();
    place.write("seek.toml", SEEK);
    for logit in [1.6, 3.2, 1e6] {
        let choices =
            ["seeker", "hider"].map(|actor| format!("--set actors.{actor}.choice={{logit={logit}}}"));
        place.prints(&format!("run seek.toml {}", choices.join(" ")));
    }
}

#[test]
fn a_limit_that_cannot_be_told_is_an_error_that_says_how_far_it_was_sought() {
    let place = Workspace::new();
    place.write("seek.toml", &SEEK.replace("{ logit = 1.6 }", "\"best\"").replace("1e9", "1e15"));
    let files = place.list(".");
    for command in ["run", "run --method sample", "verify", "play", "agree", "explain --actor seeker"] {
        let complaint = place.complains(&format!("{command} seek.toml --out out"), 1);
        let said = "the limit of logit equilibria could not be told: it was followed up to a `logit` of 4.5";
        assert!(complaint.contains(said), "{command}: {complaint}");
        assert_eq!(place.list("."), files, "{command}");
    }
}

#[test]
fn facts_decide_the_status_of_verify() {
    let place = Workspace::new();
    assert_eq!(place.run("verify duel.toml -n 2000 --quiet").status.code(), Some(0));
    place.write("wrong.toml", &DUEL.replace("lowers  =", "raises  ="));
    assert_eq!(place.run("verify wrong.toml -n 2000 --quiet").status.code(), Some(1));
}

#[test]
fn whoever_stops_reading_is_no_error() {
    let place = Workspace::new();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(place.path("."))
        .args(["run", "duel.toml", "-n", "100", "--json"])
        .stdout(writer)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    let output = program.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_an_error() {
    let place = Workspace::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(place.path("."))
        .args(["run", "duel.toml", "-n", "100"])
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(complaint.contains("could not write to standard output"), "{complaint}");
}

#[test]
#[cfg(unix)]
fn ctrl_c_stops_a_run_and_leaves_no_half_written_folder() {
    let place = Workspace::new();
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(place.path("."))
        .args(["run", "duel.toml", "-n", "1000000000000", "--each", "--out", "out"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Its workshop stands in the folder once it has begun; the handler is set soon after.
    let begun = std::time::Instant::now();
    while place.list(".").len() < 2 && begun.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    let kill = std::process::Command::new("kill").args(["-INT", &program.id().to_string()]).status();
    assert!(kill.is_ok_and(|status| status.success()));
    let status = program.wait().expect("it ends");
    assert_eq!(status.code(), Some(130));
    assert_eq!(place.list("."), ["duel.toml"]);
}

#[test]
fn a_turn_goes_by_its_name() {
    let place = Workspace::new();
    place.write("calls.toml", &DUEL.replace("turns  = 3", "turns  = 3\nturn   = \"evening\""));
    let told = place.prints("check calls.toml");
    assert!(told.contains(" 3  turns, one evening each\n"), "{told}");
}
