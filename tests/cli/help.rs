//! What `-h` says, command by command.

use super::workspace::Workspace;

#[test]
fn the_commands() {
    insta::assert_snapshot!(Workspace::new().prints("-h"), @"
    Argue about what states will do next

    Usage: demarche <COMMAND>

    Commands:
      check     Say whether a scenario is sound, and how large it is
      run       Play a scenario and give the distribution of its outcomes
      play      Tell one replication turn by turn
      explain   Say why an actor chooses what it does in a state
      tables    Print the payoff matrices as game theorists draw them
      verify    Run a scenario's facts, and say which hold
      models    Run a scenario under every decision model
      agree     Hold plays against the exact distribution
      discover  Find the conditions under which something happens
      solve     Solve the stage game of a state, or a game in a file of Gambit's
      export    Write the stage game of a state as a .nfg file, for Gambit
      import    Turn a game in a file of Gambit's into a scenario
      help      Print this message or the help of the given subcommand(s)

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
    insta::assert_snapshot!(Workspace::new().prints("explain -h"), @r#"
    Say why an actor chooses what it does in a state

    Usage: demarche explain [OPTIONS] --actor <ACTOR> <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
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
    "#);
}

#[test]
fn play() {
    insta::assert_snapshot!(Workspace::new().prints("play -h"), @r#"
    Tell one replication turn by turn

    Usage: demarche play [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
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
    "#);
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
    insta::assert_snapshot!(Workspace::new().prints("tables -h"), @r#"
    Print the payoff matrices as game theorists draw them

    Usage: demarche tables [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
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
    "#);
}

#[test]
fn verify() {
    insta::assert_snapshot!(Workspace::new().prints("verify -h"), @r#"
    Run a scenario's facts, and say which hold

    Usage: demarche verify [OPTIONS] <SCENARIO>

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    What goes in:
          --set <PATH=VALUE>  Change one thing: --set parameters.prestige=3
          --overlay <FILE>    Merge another file over the scenario; repeatable
          --variant <NAME>    Apply a variant that the scenario names; repeatable
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
    "#);
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

/// The commands, and nothing for demarche itself.
const COMMANDS: [&str; 13] = [
    "",
    "check ",
    "run ",
    "play ",
    "explain ",
    "tables ",
    "verify ",
    "models ",
    "agree ",
    "discover ",
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
    for name in ["deterrence.toml", "trade_war.toml", "tariffs.csv", "prisoners_dilemma.toml"] {
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
fn solve() {
    insta::assert_snapshot!(Workspace::new().prints("solve -h"), @r#"
    Solve the stage game of a state, or a game in a file of Gambit's

    Usage: demarche solve [OPTIONS] <SCENARIO>

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
    "#);
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
