//! `solve`: what game theory says of a stage game, or of a game in a file of Gambit's.

use clap::{ArgMatches, Args};
use demarche::equilibrium::{Solved, gambit, solve};
use demarche::tables::solution_tables;

use super::arguments::{AskArguments, OutputArguments, RunArguments, ScenarioArguments, StateArguments};
use super::evaluate::{evaluate, telling};
use super::folder::Folder;
use super::gambit_file::{is_gambit, read_gambit};
use super::{Status, print, write};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche solve scenarios/deterrence.toml
  demarche solve scenarios/trade_war.toml --turn 2 --json
  demarche solve game.nfg";

/// Solve the stage game of a state, or a game in a file of Gambit's
///
/// Iterated strict dominance, equilibria in pure strategies, for two players all extreme equilibria, what
/// each can secure, the correlated equilibrium with the greatest sum of payoffs, and logit equilibria by
/// precision; of a tree also subgame-perfect equilibria and agent quantal response. SCENARIO may be a .nfg or .efg file, or - with the text of one on standard input. The stage game's payoffs are those of one turn; issues
/// that do not bear on each other are games of their own.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    stage: StageArguments,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    output: OutputArguments,
}

/// Which stage game.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Where to look")]
pub(crate) struct StageArguments {
    #[command(flatten)]
    state: StateArguments,
    /// Only this issue, with those that payoffs tie to it
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// Add what comes after the turn, as the actors expect it
    ///
    /// Discounted, at the depth at which each actor looks ahead, as it expects others to choose at its own
    /// level; as far as it depends on what is done.
    #[arg(long)]
    continuation: bool,
    /// All open issues as one game, though they may not bear on each other
    #[arg(long, conflicts_with = "issue")]
    whole: bool,
}

pub(crate) fn run(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<Status> {
    if is_gambit(&arguments.scenario.scenario) {
        return solve_file(arguments);
    }
    let ask = AskArguments::new(&arguments.scenario, &arguments.run, &arguments.output);
    evaluate("solve", &ask, matches)
}

/// Solves a game that no scenario has: the same tables and text as of a stage game.
fn solve_file(arguments: &Arguments) -> anyhow::Result<Status> {
    let Some(gambit::Game { form, tree }) = read_gambit(&arguments.scenario.scenario) else {
        return Ok(Status::Wrong);
    };
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let solution = solve(&form);
    let name = if form.title.is_empty() { "game" } else { &form.title };
    let tree = tree.as_ref().map(gambit::solve_tree);
    let solved = Solved { name, form: &form, solution: &solution, tree: tree.as_ref() };
    let tables = solution_tables(&[solved]);
    if let Some(folder) = folder {
        write::game(&folder, &gambit::nfg(&form), &tables)?;
        folder.commit()?;
    }
    print(&if arguments.output.json {
        demarche::tables::json(&tables)
    } else {
        demarche::words::solution(solved, &telling(None, None))
    })?;
    Ok(Status::Done)
}
