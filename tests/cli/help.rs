//! What `-h` says, command by command.

use super::workspace::Workspace;

#[test]
fn the_commands() {
    insta::assert_snapshot!(Workspace::new().prints("-h"), @"
    Argue about what states will do next

    Usage: demarche <COMMAND>

    Commands:
      check        Say whether a scenario is sound, and how large it is
      run          Play a scenario and give the distribution of its outcomes
      play         Tell one replication turn by turn
      explain      Say why an actor chooses what it does in a state
      tables       Print the payoff matrices as game theorists draw them
      verify       Run a scenario's facts, and say which hold
      compare      Hold a scenario against another one, on the same chance
      claims       Say which numbers rest on which claim, and what they move
      models       Run a scenario under every decision model
      agree        Hold plays against the exact distribution
      sweep        Vary some numbers, and see what becomes of the outcomes
      sensitivity  Find the numbers and the claims on which a measure hangs
      flip         Find the smallest change that flips the answer
      discover     Find the conditions under which something happens
      study        Run a study that the scenario keeps
      again        Repeat what an output folder says, and say whether the bytes are the same
      solve        Solve the stage game of a state, or a game in a file of Gambit's
      export       Write the stage game of a state as a .nfg file, for Gambit
      import       Turn a game in a file of Gambit's into a scenario
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version
    ");
}

#[test]
fn run() {
    insta::assert_snapshot!(Workspace::new().prints("run -h"), @"
    Play a scenario and give the distribution of its outcomes

    Usage: demarche run [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]
          --drop-below <P>    Drop states less likely than this after a turn, where the method is exact
                              [default: none]
          --precision <P>     Go on until no outcome's 95 % interval reaches further than this to either
                              side
          --at-most <N>       Plays that --precision may take [default: 100 million]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
          --each       Also write every single play, into replications.csv; needs --out
    ");
}

#[test]
fn explain() {
    insta::assert_snapshot!(Workspace::new().prints("explain -h"), @"
    Say why an actor chooses what it does in a state

    Usage: demarche explain [OPTIONS] --actor <ACTOR> <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    Where to look:
          --actor <ACTOR>        The actor whose choice is explained
          --turn <T>             The turn, from 1 [default: 1]
          --at <VARIABLE=LEVEL>  A variable's level; the others stand where they start. Repeatable
          --draw <D>             Take the parameters of this draw [default: central values]

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn play() {
    insta::assert_snapshot!(Workspace::new().prints("play -h"), @"
    Tell one replication turn by turn

    Usage: demarche play [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    Where to look:
          --replication <R>  The replication to tell; 0 is the first [default: 0]

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn check() {
    insta::assert_snapshot!(Workspace::new().prints("check -h"), @r#"
    Say whether a scenario is sound, and how large it is

    Usage: demarche check [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
      <SCENARIO>              The scenario file, or - for standard input

    What comes out:
          --json   Print the sizes as JSON
          --quiet  No warnings
    "#);
}

#[test]
fn tables() {
    insta::assert_snapshot!(Workspace::new().prints("tables -h"), @"
    Print the payoff matrices as game theorists draw them

    Usage: demarche tables [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    Where to look:
          --issue <ISSUE>        Only this issue
          --turn <T>             The turn, from 1 [default: 1]
          --at <VARIABLE=LEVEL>  A variable's level; the others stand where they start. Repeatable
          --draw <D>             Take the parameters of this draw [default: central values]

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn verify() {
    insta::assert_snapshot!(Workspace::new().prints("verify -h"), @"
    Run a scenario's facts, and say which hold

    Usage: demarche verify [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn models() {
    insta::assert_snapshot!(Workspace::new().prints("models -h"), @"
    Run a scenario under every decision model

    Usage: demarche models [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn agree() {
    insta::assert_snapshot!(Workspace::new().prints("agree -h"), @"
    Hold plays against the exact distribution

    Usage: demarche agree [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn sensitivity() {
    insta::assert_snapshot!(Workspace::new().prints("sensitivity -h"), @"
    Find the numbers and the claims on which a measure hangs

    Usage: demarche sensitivity [OPTIONS] --of <MEASURE> <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]
          --walks <W>         Morris' walks, each with a point more than there are numbers [default: 20]
          --rows <R>          Rows of Sobol's design, each with two points more than there are numbers;
                              best a power of two [default: 256]
          --plays <N>         Plays at each point of Morris' and Sobol's designs [default: a tenth of
                              all]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
          --each       Also give every point of Morris' and Sobol's designs, as points.csv

    Where to look:
          --of <MEASURE>    What is measured: outcomes.CLASS.OUTCOME, scores.ACTOR, measures.NAME, ...;
                            repeatable
          --by <METHODS>    How it is looked into [default: tornado,claim] [possible values: tornado,
                            claim, morris, sobol]
          --over <NUMBERS>  The numbers that are varied, claims apart [default: uncertain] [possible
                            values: uncertain, parameters, payoffs, all]
          --off-by <SHARE>  How far off a known number may be, as a share of it [default: 0.5]
    ");
}

#[test]
fn study() {
    insta::assert_snapshot!(Workspace::new().prints("study -h"), @"
    Run a study that the scenario keeps

    Usage: demarche study <SCENARIO> [NAME] [OPTIONS]...

    Arguments:
      <SCENARIO>    The scenario file
      [NAME]        The study
      [OPTIONS]...  Further options of the study's command

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version
    ");
}

/// The commands, and nothing for demarche itself.
#[test]
fn again() {
    insta::assert_snapshot!(Workspace::new().prints("again -h"), @"
    Repeat what an output folder says, and say whether the bytes are the same

    Usage: demarche again [OPTIONS] <DIR>

    Arguments:
      <DIR>  The folder

    Options:
          --out <DIR>    Also write the answer into this folder
          --threads <K>  Threads to run on [default: one for each core]
          --quiet        No progress and no warnings
      -h, --help         Print help (see more with '--help')
      -V, --version      Print version
    ");
}

const COMMANDS: [&str; 20] = [
    "",
    "check ",
    "run ",
    "play ",
    "explain ",
    "tables ",
    "verify ",
    "compare ",
    "claims ",
    "models ",
    "agree ",
    "sweep ",
    "sensitivity ",
    "flip ",
    "discover ",
    "study ",
    "again ",
    "solve ",
    "export ",
    "import ",
];

#[test]
fn long_help_says_more_than_short_help() {
    let place = Workspace::new();
    for command in COMMANDS {
        let (short, long) =
            (place.prints(&format!("{command}-h")), place.prints(&format!("{command}--help")));
        assert!(short.lines().chain(long.lines()).all(|line| line.chars().count() <= 100), "{command}");
        let paragraph = |text: &str| text.split("\n\n").nth(1).map_or(0, str::len);
        assert!(paragraph(&long) > 120, "{command} has no paragraph of its own: {long}");
        assert!(paragraph(&short) < 120, "{command} is long: {short}");
    }
}

/// Whoever adds a command gives it a snapshot here and an example in its long help.
#[test]
fn no_command_is_forgotten() {
    let listed = Workspace::new().prints("-h");
    let listed = listed.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    let known = COMMANDS.iter().map(|command| command.trim()).filter(|command| !command.is_empty());
    assert_eq!(names.collect::<Vec<_>>(), known.chain(["help"]).collect::<Vec<_>>());
}

#[test]
fn the_examples_of_the_long_help_run() {
    let place = Workspace::new();
    std::fs::create_dir(place.path("scenarios")).expect("the folder can be written");
    for name in
        ["deterrence.toml", "peacekeepers.toml", "trade_war.toml", "tariffs.csv", "prisoners_dilemma.toml"]
    {
        let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        std::fs::copy(from, place.path("scenarios").join(name)).expect("it can be copied");
    }
    for (name, file) in [("matching_pennies.nfg", "game.nfg"), ("one_card_poker.efg", "game.efg")] {
        let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/games").join(name);
        std::fs::copy(from, place.path(file)).expect("it can be copied");
    }
    for command in COMMANDS {
        let long = place.prints(&format!("{command}--help"));
        let (_, examples) =
            long.split_once("Examples:\n").unwrap_or_else(|| panic!("{command} has no example"));
        let mut indented = examples.lines().filter(|line| line.starts_with("  "));
        assert!(indented.all(|line| line.len() < 82), "this is wrapped on many a terminal: {examples}");
        // As a shell reads it.
        let examples = examples.replace("\\\n", "").replace('\'', "");
        let typed: Vec<&str> = examples.lines().filter_map(|line| line.strip_prefix("  demarche ")).collect();
        assert!(
            typed.len() > 1 && typed.iter().any(|line| line.starts_with(command)),
            "{command}: {typed:?}"
        );
        for arguments in typed {
            place.prints(arguments);
        }
    }
}

#[test]
fn sweep() {
    insta::assert_snapshot!(Workspace::new().prints("sweep -h"), @"
    Vary some numbers, and see what becomes of the outcomes

    Usage: demarche sweep [OPTIONS] <--vary ...|--points FILE|--latin N|--sobol N> <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What is varied:
          --vary <PATH=VALUES>  Vary a path: --vary parameters.prestige=0..4:9 (nine values from 0 to
                                4), or =a,b,c
          --points <FILE>       Take the points from a CSV file: paths in its first row, a point in
                                every other
          --latin <N>           Spread N points over the uncertain parameters, as a Latin hypercube
          --sobol <N>           Spread N points over the uncertain parameters, as scrambled Sobol
                                points; best a power of two

    Where to look:
          --of <MEASURE>  What to measure: scores.beijing, measures.NAME, ... [default: all outcomes];
                          repeatable

    How it runs:
          --yes               Do it, however many points there are and however long it takes
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn solve() {
    insta::assert_snapshot!(Workspace::new().prints("solve -h"), @"
    Solve the stage game of a state, or a game in a file of Gambit's

    Usage: demarche solve [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    Where to look:
          --turn <T>             The turn, from 1 [default: 1]
          --at <VARIABLE=LEVEL>  A variable's level; the others stand where they start. Repeatable
          --draw <D>             Take the parameters of this draw [default: central values]
          --issue <ISSUE>        Only this issue, with those that payoffs tie to it
          --continuation         Add what comes after the turn, as the actors expect it
          --whole                All open issues as one game, though they may not bear on each other

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn export() {
    insta::assert_snapshot!(Workspace::new().prints("export -h"), @r#"
    Write the stage game of a state as a .nfg file, for Gambit

    Usage: demarche export [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
      <SCENARIO>              The scenario file, or - for standard input

    Where to look:
          --turn <T>             The turn, from 1 [default: 1]
          --at <VARIABLE=LEVEL>  A variable's level; the others stand where they start. Repeatable
          --draw <D>             Take the parameters of this draw [default: central values]
          --issue <ISSUE>        Only this issue, with those that payoffs tie to it
          --continuation         Add what comes after the turn, as the actors expect it
          --whole                All open issues as one game, though they may not bear on each other

    How it runs:
          --seed <S>  The seed of the draws [default: 1]

    What comes out:
          --quiet  No warnings
    "#);
}

#[test]
fn import() {
    insta::assert_snapshot!(Workspace::new().prints("import -h"), @r#"
    Turn a game in a file of Gambit's into a scenario

    Usage: demarche import <GAME>

    Arguments:
      <GAME>  The game, a .nfg or .efg file, or - for standard input

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version
    "#);
}

#[test]
fn compare() {
    insta::assert_snapshot!(Workspace::new().prints("compare -h"), @"
      Hold a scenario against another one, on the same chance

      Usage: demarche compare [OPTIONS] <SCENARIO> [OTHER]

      Arguments:
        [OTHER]  Another scenario file, in place of a change of the first

      Options:
        -h, --help     Print help (see more with '--help')
        -V, --version  Print version

      What is compared:
            --against <CHANGE>  What makes the other scenario: PATH=VALUE, a variant, or an overlay;
                                repeatable
            --of <MEASURE>      Compare only this measure: --of outcomes.war.truce; repeatable

      What goes in:
            --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
            --overlay <FILE>    Merge another file over the scenario; repeatable
            --variant <NAME>    Apply a variant that the scenario names; repeatable
            --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
        <SCENARIO>              The scenario file, or - for standard input

      How it runs:
            --seed <S>          The seed of all chance [default: 1]
        -n, --replications <N>  Plays in all [default: 10000]
            --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
            --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                                exact, sample]
            --threads <K>       Threads to run on [default: one for each core]

      What comes out:
            --out <DIR>  Write the tables into this folder, as CSV
            --json       Print the tables as one JSON object instead of the summary
            --quiet      No progress and no warnings
      ");
}

#[test]
fn claims() {
    insta::assert_snapshot!(Workspace::new().prints("claims -h"), @"
    Say which numbers rest on which claim, and what they move

    Usage: demarche claims [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What is asked:
          --of <MEASURE>    What is asked of: --of outcomes.war.truce; repeatable [default: every
                            outcome]
          --off-by <SHARE>  How far a known number may be off, as a share of it [default: 0.5]

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
    ");
}

#[test]
fn flip() {
    insta::assert_snapshot!(Workspace::new().prints("flip -h"), @"
    Find the smallest change that flips the answer

    Usage: demarche flip [OPTIONS] --of <CLASS|MEASURE> <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings

    What is asked:
          --of <CLASS|MEASURE>  A classification (outcomes.CLASS, or CLASS): its most likely outcome; or
                                a measure
          --to <VALUE>          The number that the measure is to cross [default: 0.5 for a probability]
          --off-by <SHARE>      How far a known number may be off, as a share of it [default: 0.5]
          --every               Turn every number of the file: chances, precisions, discounts, weights
                                too
          --only <PATH>         Turn only this number, or all whose paths begin so; repeatable
          --steps <K>           So many places are looked at on each side of a number [default: 2]
          --all                 Also list the numbers that do not flip it
          --pair <PATH,PATH>    Which answer holds where, over these two numbers, and the second's
                                critical values
          --grid <G>            The map has so many places each way [default: 9]
    ");
}

#[test]
fn discover() {
    insta::assert_snapshot!(Workspace::new().prints("discover -h"), @"
    Find the conditions under which something happens

    Usage: demarche discover [OPTIONS] --of <MEASURE> <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
          --given <FILE>      Go on from what has been observed: a CSV file of moves and levels by turn
      <SCENARIO>              The scenario file, or - for standard input

    How it runs:
          --seed <S>          The seed of all chance [default: 1]
      -n, --replications <N>  Plays in all [default: 10000]
          --draws <D>         Draws of the uncertain parameters [default: 100 where there are any]
          --method <METHOD>   How the distribution is found [default: auto] [possible values: auto,
                              exact, sample]
          --threads <K>       Threads to run on [default: one for each core]
          --points <P>        Points in the uncertain parameters [default: 1000]
          --plays <N>         Plays at each point [default: a tenth of -n]

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings

    What is sought:
          --of <MEASURE>   What is measured: outcomes.CLASS.OUTCOME, scores.ACTOR, measures.NAME, ...
          --above <VALUE>  Points where it is so much or more [default: its highest quarter]
          --below <VALUE>  Points where it is so much or less
          --boxes <B>      Boxes, each on the points that those before have left [default: 1]
          --box <STEP>     The step of the trade-off to take; for several boxes --box 12,8
          --sure           Drop limits that may be chance
    ");
}
