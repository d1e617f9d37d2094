//! What `-h` says, command by command.

use super::workspace::Workspace;

#[test]
fn the_commands() {
    insta::assert_snapshot!(Workspace::new().prints("-h"), @r#"
    Argue about what states will do next

    Usage: demarche <COMMAND>

    Commands:
      check    Say whether a scenario is sound, and how large it is
      run      Play a scenario and give the distribution of its outcomes
      play     Tell one replication turn by turn
      explain  Say why an actor chooses what it does in a state
      tables   Print the payoff matrices as game theorists draw them
      verify   Run a scenario's facts, and say which hold
      solve    Solve the stage game of a state, or a game in a file of Gambit's
      export   Write the stage game of a state as a .nfg file, for Gambit
      import   Turn a game in a file of Gambit's into a scenario
      help     Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version
    "#);
}

#[test]
fn run() {
    insta::assert_snapshot!(Workspace::new().prints("run -h"), @r#"
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

    What comes out:
          --out <DIR>  Write the tables into this folder, as CSV
          --json       Print the tables as one JSON object instead of the summary
          --quiet      No progress and no warnings
          --each       Also write every single play, into replications.csv; needs --out
    "#);
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
fn long_help_says_more_than_short_help() {
    let place = Workspace::new();
    for command in ["", "check ", "run ", "play ", "explain ", "tables ", "verify ", "solve ", "export "] {
        let (short, long) =
            (place.prints(&format!("{command}-h")), place.prints(&format!("{command}--help")));
        assert!(long.len() > short.len() + 100, "{command}");
        assert!(short.lines().all(|line| line.chars().count() <= 100), "{command}: {short}");
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
