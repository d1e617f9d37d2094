//! Studies that a scenario keeps.

use super::workspace::{DUEL, Workspace};

fn kept(study: &str) -> Workspace {
    let place = Workspace::new();
    place.write("kept.toml", &format!("{DUEL}\n{study}"));
    place
}

const PRIDE: &str = "[studies.pride]\ntitle = \"What pride does\"\ncommand = \"sweep\"\nvary = \"parameters.pride=0..2:3\"\nreplications = 50\njson = true\n";

#[test]
fn a_study_is_the_command_that_it_keeps() {
    let place = kept(PRIDE);
    let typed = place.prints("sweep kept.toml --vary parameters.pride=0..2:3 -n 50 --json");
    assert_eq!(place.prints("study kept.toml pride"), typed);
    assert_eq!(place.prints("study kept.toml"), "pride  sweep        What pride does\n");
}

#[test]
fn options_after_the_name_take_the_place_of_its_own() {
    let place = kept(PRIDE);
    let typed = place.prints("sweep kept.toml --vary parameters.pride=0..2:3 -n 20 --seed 5 --json");
    assert_eq!(place.prints("study kept.toml pride --replications 20 --seed 5"), typed);
}

#[track_caller]
fn check(study: &str, arguments: &str, told: &str) {
    let complaint = kept(study).complains(arguments, 2);
    assert!(complaint.contains(told), "{complaint}");
}

#[test]
fn mistakes_in_a_study_are_told_at_their_line() {
    let misspelt = "[studies.pride]\ncommand = \"swep\"\n";
    check(misspelt, "study kept.toml pride", "did you mean `sweep`?");
    check(misspelt, "check kept.toml", "a study cannot be of the command `swep`");
    let option = "[studies.pride]\ncommand = \"sweep\"\nvarry = \"parameters.pride=1,2\"\n";
    check(option, "check kept.toml", "`sweep` has no option `varry`");
    check(option, "check kept.toml", "did you mean `vary`?");
    let value = "[studies.pride]\ncommand = \"run\"\nreplications = 0\n";
    check(value, "check kept.toml", "wanted a whole number, at least 1, not `0`");
    let measure =
        "[studies.pride]\ncommand = \"compare\"\nagainst = \"turns=2\"\nof = \"outcomes.end.pease\"\n";
    check(measure, "check kept.toml", "pease");
    let varied = "[studies.pride]\ncommand = \"sweep\"\nvary = \"parameters.prid=1,2\"\n";
    check(varied, "check kept.toml", "prid");
    let file = "[studies.pride]\ncommand = \"run\"\ngiven = \"nowhere.csv\"\n";
    check(file, "check kept.toml", "the file `nowhere.csv` is not there, or cannot be read");
    check("[studies.pride]\nof = 1\n", "check kept.toml", "`studies.pride.command` is missing");
    check("[studies.pride]\ncommand = \"run\"\nset = { a = 1 }\n", "check kept.toml", "`studies.pride.set`");
    check(PRIDE, "study kept.toml prid", "there is no study `prid`: did you mean `pride`?");
    check(PRIDE, "study -", "name a file");
}

/// Each is asked as it is typed, wherever the scenario lies; a number is no file.
#[test]
fn studies_of_another_folder_are_what_is_typed_there() {
    let place = Workspace::new();
    std::fs::create_dir(place.path("inner")).expect("a folder");
    let studies = "[studies.corner]\ncommand = \"discover\"\nof = \"outcomes.end.reconciled\"\npoints = 200\n\
                   method = \"exact\"\n\
                   [studies.proud]\ncommand = \"compare\"\nagainst = [\"proud.toml\", \"meek\"]\ndraws = 2\nn = 100\n";
    place.write("inner/kept.toml", &format!("{DUEL}\n{studies}"));
    place.write("inner/proud.toml", "parameters.pride = 5\n");
    assert!(place.prints("check inner/kept.toml").contains("sound"));
    let typed = "discover inner/kept.toml --of outcomes.end.reconciled --points 200 --method exact --json";
    assert_eq!(place.prints("study inner/kept.toml corner --json"), place.prints(typed));
    let typed = "compare inner/kept.toml --against inner/proud.toml --against meek --draws 2 -n 100 --json";
    assert_eq!(place.prints("study inner/kept.toml proud --json"), place.prints(typed));
}

#[test]
fn check_tells_what_a_study_asks_of_and_is_not_there() {
    let of =
        "[studies.pride]\ncommand = \"sweep\"\nvary = \"parameters.prid=1,2\"\nof = \"outcomes.end.doen\"\n";
    check(of, "check kept.toml", "parameters.prid");
    check(of, "check kept.toml", "no measure is called `outcomes.end.doen`");
}

#[test]
fn files_that_a_study_names_stand_beside_the_scenario() {
    let place = Workspace::new();
    let study = "[studies.seen]\ncommand = \"run\"\ngiven = \"seen.csv\"\nreplications = 100\n";
    std::fs::create_dir(place.path("inner")).expect("a folder");
    place.write("inner/kept.toml", &format!("{DUEL}\n{study}"));
    place.write("inner/seen.csv", "turn,actor,issue,move\n1,first,dawn,spare\n");
    let told = place.prints("study inner/kept.toml seen");
    assert!(told.contains("Given what was observed of 1 turn"), "{told}");
}
