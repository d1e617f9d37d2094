//! `solve`, `export` and `import` as they are typed.

use super::workspace::Workspace;

/// Battle of the sexes.
const SEXES: &str = "NFG 1 R \"Battle of the sexes\" { \"Bach fan\" \"Stravinsky fan\" }\n\
                     { { \"Bach\" \"Stravinsky\" } { \"Bach\" \"Stravinsky\" } }\n2 1 0 0 0 0 1 2\n";

#[test]
fn a_file_of_gambit_s_is_solved() {
    let place = Workspace::new();
    place.write("sexes.nfg", SEXES);
    insta::assert_snapshot!(place.prints("solve sexes.nfg"), @r#"
    Battle of the sexes: Bach fan, Stravinsky fan (2 x 2)

      No strategy is strictly dominated
      No strategy is weakly dominated

      Equilibria in pure strategies, and what they pay
        (Bach, Bach): 2.00, 1.00
        (Stravinsky, Stravinsky): 1.00, 2.00

      All extreme equilibria, mixed ones among them, and what they pay
         1  Bach fan          2.00  Bach
            Stravinsky fan    1.00  Bach
         2  Bach fan          0.67  Bach (2/3), Stravinsky (1/3)
            Stravinsky fan    0.67  Bach (1/3), Stravinsky (2/3)
         3  Bach fan          1.00  Stravinsky
            Stravinsky fan    2.00  Stravinsky

      What each can secure, whatever the others do (maximin, and by it minimax)
        Bach fan          0.67  by Bach (1/3), Stravinsky (2/3)
        Stravinsky fan    0.67  by Bach (2/3), Stravinsky (1/3)

      The correlated equilibrium with the greatest sum of payoffs: pays 2.00, 1.00
             1  (Bach, Bach)

      Logit equilibria (quantal response), on the branch from uniform play, by precision
                    Bach Stravinsky | Bach Stravinsky
            0.00    0.500 0.500 | 0.500 0.500
            0.01    0.501 0.499 | 0.499 0.501
            0.10    0.512 0.488 | 0.488 0.512
            1.00    0.571 0.429 | 0.429 0.571
           10.00    0.647 0.353 | 0.353 0.647
          100.00    0.664 0.336 | 0.336 0.664
           limit    0.667 0.333 | 0.333 0.667
    "#);
}

#[test]
fn what_is_found_is_written_as_tables() {
    let place = Workspace::new();
    place.write("sexes.nfg", SEXES);
    let _ = place.prints("solve sexes.nfg --out out");
    let files = [
        "cells.csv",
        "correlated.csv",
        "eliminated.csv",
        "equilibria.csv",
        "game.nfg",
        "manifest.json",
        "quantal.csv",
        "security.csv",
        "weakly_dominated.csv",
    ];
    assert_eq!(place.list("out"), files);
    insta::assert_snapshot!(place.read("out/equilibria.csv"), @r"
    game,equilibrium,kind,component,player,strategy,probability,payoff,representative
    Battle of the sexes,1,pure,1,Bach fan,Bach,1.0,2.0,yes
    Battle of the sexes,1,pure,1,Bach fan,Stravinsky,0.0,2.0,yes
    Battle of the sexes,1,pure,1,Stravinsky fan,Bach,1.0,1.0,yes
    Battle of the sexes,1,pure,1,Stravinsky fan,Stravinsky,0.0,1.0,yes
    Battle of the sexes,2,mixed,2,Bach fan,Bach,0.6666666666666666,0.6666666666666666,yes
    Battle of the sexes,2,mixed,2,Bach fan,Stravinsky,0.3333333333333333,0.6666666666666666,yes
    Battle of the sexes,2,mixed,2,Stravinsky fan,Bach,0.3333333333333333,0.6666666666666666,yes
    Battle of the sexes,2,mixed,2,Stravinsky fan,Stravinsky,0.6666666666666666,0.6666666666666666,yes
    Battle of the sexes,3,pure,3,Bach fan,Bach,0.0,1.0,yes
    Battle of the sexes,3,pure,3,Bach fan,Stravinsky,1.0,1.0,yes
    Battle of the sexes,3,pure,3,Stravinsky fan,Bach,0.0,2.0,yes
    Battle of the sexes,3,pure,3,Stravinsky fan,Stravinsky,1.0,2.0,yes
    ");
    // Its own folder may be replaced.
    let _ = place.prints("solve duel.toml --out out");
    assert!(place.read("out/scenario.toml").contains("[issues.dawn"));
}

#[test]
fn a_file_becomes_a_scenario_and_comes_back() {
    let place = Workspace::new();
    place.write("sexes.nfg", SEXES);
    let scenario = place.prints("import sexes.nfg");
    insta::assert_snapshot!(scenario, @r#"
    format = 1
    title  = "Battle of the sexes"
    turns  = 1

    [actors.bach_fan]
    name = "Bach fan"

    [actors.stravinsky_fan]
    name = "Stravinsky fan"

    [issues.game.moves]
    bach_fan = [{ move = "bach", title = "Bach" }, { move = "stravinsky", title = "Stravinsky" }]
    stravinsky_fan = [{ move = "bach", title = "Bach" }, { move = "stravinsky", title = "Stravinsky" }]

    [issues.game.payoffs.cell_1]
    when = { bach_fan = "bach", stravinsky_fan = "bach" }
    pays = { bach_fan = 2, stravinsky_fan = 1 }

    [issues.game.payoffs.cell_4]
    when = { bach_fan = "stravinsky", stravinsky_fan = "stravinsky" }
    pays = { bach_fan = 1, stravinsky_fan = 2 }
    "#);
    place.write("sexes.toml", &scenario);
    insta::assert_snapshot!(place.prints("export sexes.toml"), @r#"
    NFG 1 R "Battle of the sexes"
    { "Bach fan" "Stravinsky fan" }

    { { "Bach" "Stravinsky" }
      { "Bach" "Stravinsky" }
    }
    ""

    2 1
    0 0
    0 0
    1 2
    "#);
}

#[test]
fn scripted_moves_are_averaged_over_and_regard_counts() {
    let place = Workspace::new();
    place.write(
        "scripted.toml",
        "format = 1\nturns = 1\n\n[actors.a]\nregard = { b = 0.5 }\n[actors.b]\n\n[issues.i.moves]\n\
         a = [\"x\", \"y\"]\nb = [\"l\", \"r\"]\n\n[issues.i.payoffs.t]\nwhen = { a = \"x\", b = \"l\" }\n\
         pays = { a = 8, b = 4 }\n\n[script]\n\"b.i\" = { l = 3, r = 1 }\n",
    );
    // x: 3/4 of 8 + 0.5 * 4 to a, and of 4 to b.
    let written = place.prints("export scripted.toml");
    assert!(written.ends_with("{ { \"x\" \"y\" }\n  { \"scripted\" }\n}\n\"\"\n\n7.5 3\n0 0\n"), "{written}");
}

#[test]
fn payoffs_that_a_scenario_cannot_hold_are_told() {
    let place = Workspace::new();
    place.write("huge.nfg", "NFG 1 R \"t\" { \"a\" } { 2 }\n1 1e20");
    place.write("fine.nfg", "NFG 1 R \"t\" { \"a\" } { 2 }\n1 0.12345678901234567890123");
    let complaint = place.complains("import huge.nfg", 2);
    assert_eq!(complaint.trim(), "error: (2) pays a 1e20: a scenario's amounts are at most 1e15 in size");
    let output = place.run("import fine.nfg");
    let warning = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && warning.contains("warning: 1 payoffs have more digits"), "{warning}");
    let complaint = place.complains("solve beyond.nfg", 2);
    assert!(complaint.contains("does not exist"), "{complaint}");
    place.write("beyond.nfg", "NFG 1 R \"t\" { \"a\" } { 2 }\n1 1e200");
    let complaint = place.complains("solve beyond.nfg", 2);
    assert!(complaint.contains("beyond.nfg:2:3: error: expected a payoff, found `1e200`: numbers of 1e30"));
}

/// A tree in which the first forgets what it did.
const FORGETS: &str = "EFG 2 R \"Forgets\" { \"a\" }\np \"\" 1 1 { \"x\" \"y\" } 0\n\
                       p \"\" 1 2 { \"u\" \"v\" } 0\nt \"\" 1 { 1 }\nt \"\" 0\np \"\" 1 2 0\nt \"\" 0\nt \"\" 1";

#[test]
fn what_is_known_of_a_tree_is_told_and_written() {
    let place = Workspace::new();
    place.write("forgets.efg", FORGETS);
    let told = place.prints("solve forgets.efg");
    assert!(told.contains("Without perfect recall: a."), "{told}");
    place.write(
        "enter.efg",
        "EFG 2 R \"Entry\" { \"Entrant\" \"Store\" }\np \"\" 1 1 \"gate\" { \"out\" \"in\" } 0\nt \"\" 1 { 1 5 }\n\
         p \"\" 2 1 { \"fight\" \"share\" } 0\nt \"\" 2 { 0 0 }\nt \"\" 3 { 2 2 }",
    );
    let told = place.prints("solve enter.efg --out out");
    assert!(told.contains("     1  2.00, 2.00  Entrant at gate: in; Store at 1: share\n"), "{told}");
    assert!(told.contains("    Store    fight, by share\n"), "{told}");
    insta::assert_snapshot!(place.read("out/subgame_perfect.csv"), @r"
    game,equilibrium,player,information_set,action,payoff
    Entry,1,Entrant,gate,in,2.0
    Entry,1,Store,1,share,2.0
    ");
    assert!(place.read("out/agent_quantal.csv").contains("Entry,0.0,Entrant,gate,out,0.5\n"));
}

#[track_caller]
fn check(arguments: &str, said: &str) {
    let place = Workspace::new();
    place.write("cut.nfg", "NFG 1 R \"t\" { \"a\" \"b\" } { 2 2 }\n1 2 3");
    place.write("big.nfg", &format!("NFG 1 R \"t\" {{ \"a\" }} {{ 10001 }}\n{}", "1 ".repeat(10_001)));
    let complaint = place.complains(arguments, 2);
    assert!(complaint.contains(said), "{complaint}");
}

#[test]
fn what_cannot_be_solved_is_told() {
    check("solve cut.nfg", "cut.nfg:2:6: error: expected a payoff, found the end of the file");
    check("import cut.nfg", "cut.nfg:2:6: error: expected a payoff");
    check("import big.nfg", "the game has 10001 cells: no more than 10000 are made into payoff terms");
    check("solve nowhere.nfg", "nowhere.nfg:1:1: error: the file does not exist");
    check("import duel.toml", "duel.toml:2:1: error: expected a Gambit file");
    check("solve duel.toml --issue dusk", "there is no issue `dusk`");
    check("solve duel.toml --turn 9", "--turn: 9 is not between 1 and 3");
    check("export duel.toml --issue dawn --whole", "cannot be used with");
}

#[test]
fn a_state_in_which_nothing_is_open_has_no_game() {
    let place = Workspace::new();
    let closed = super::workspace::DUEL.replace(
        "[issues.dawn.moves]",
        "[issues.dawn]\nwhen = { honour = \"stained\" }\n\n[issues.dawn.moves]",
    );
    place.write("closed.toml", &closed);
    let complaint = place.complains("solve closed.toml --at honour=kept", 2);
    assert!(complaint.contains("no issue is open in this state and turn"), "{complaint}");
}
