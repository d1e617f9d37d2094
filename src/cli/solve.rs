//! `solve`: what game theory says of a stage game, or of a game in a file of Gambit's.

use std::path::Path;

use clap::{ArgMatches, Args};
use demarche::equilibrium::{self, NormalForm, Solution, gambit};
use demarche::output::{self, Solved};
use demarche::scenario::Document;
use demarche::study::{Drawn, Stage, StageRequest};

use super::arguments::{OutputArguments, RunArguments, ScenarioArguments};
use super::files;
use super::folder::Folder;
use super::give::{Given, give};
use super::opened::{Opened, open};
use super::state::{StateArguments, find};
use super::watch_old::explain_failure;
use super::{Status, print, say};

/// What people type.
const EXAMPLES: &str = "Examples:
  demarche solve scenarios/deterrence.toml
  demarche solve scenarios/trade_war.toml --turn 2 --json
  demarche solve game.nfg";

/// Solve the stage game of a state, or a game in a file of Gambit's
///
/// Iterated strict dominance, equilibria in pure strategies, for two players all extreme equilibria, what
/// each can secure, the correlated equilibrium with the greatest sum of payoffs, and logit equilibria by
/// precision. SCENARIO may be a .nfg or .efg file. The stage game's payoffs are those of one turn; issues
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

/// A stage game with where it is.
pub(crate) struct Laid {
    pub(crate) stage: Stage,
    levels: Vec<usize>,
    turn: usize,
    drawn: Drawn,
}

impl StageArguments {
    /// The same, where one game is wanted.
    pub(crate) fn as_one(&self) -> Self {
        Self { whole: self.issue.is_none(), ..self.clone() }
    }

    /// The stage game that was asked for, or the exit status that goes with what was said.
    pub(crate) fn lay(&self, opened: &Opened, seed: u64) -> Result<Laid, Status> {
        let document = &opened.document;
        let issue = match &self.issue {
            None => None,
            Some(asked) => {
                let known = document.scenario.issues.iter().map(|issue| issue.id.as_str());
                Some(find(known, asked, "issue").map_err(|why| {
                    say(&format!("error: --issue: {why}"));
                    Status::Wrong
                })?)
            }
        };
        let (levels, turn) = self.state.resolve(document).ok_or(Status::Wrong)?;
        let drawn = self.state.drawn(seed);
        let request = StageRequest { whole: self.whole, issue, continuation: self.continuation };
        match demarche::study::stage(document, drawn, &levels, turn, request) {
            Ok(stage) => Ok(Laid { stage, levels, turn, drawn }),
            Err(error) => Err(explain_failure(&error, &opened.sources)),
        }
    }
}

pub(crate) fn run(arguments: &Arguments, given: Option<&ArgMatches>) -> anyhow::Result<Status> {
    if is_gambit(&arguments.scenario.scenario) {
        return solve_file(arguments);
    }
    let Some(opened) = open(&arguments.scenario, given, arguments.output.quiet) else {
        return Ok(Status::Wrong);
    };
    let settings = arguments.run.settings();
    let laid = match arguments.stage.lay(&opened, settings.seed) {
        Ok(laid) => laid,
        Err(status) => return Ok(status),
    };
    let document = &opened.document;
    let names: Vec<String> =
        laid.stage.games.iter().map(|game| output::stage_name(&document.scenario, game)).collect();
    let solutions: Vec<Solution> =
        laid.stage.games.iter().map(|game| equilibrium::solve(&game.form)).collect();
    let forms = laid.stage.games.iter().map(|game| &game.form);
    let solved: Vec<Solved<'_>> = forms
        .zip(&names)
        .zip(&solutions)
        .map(|((form, name), solution)| Solved { name, form, solution })
        .collect();
    let tables = output::solution_tables(&solved);
    if !give(
        &Given { tables: &tables, document, settings: &settings, by: demarche::study::Method::Exact },
        &arguments.output,
    )? {
        print(&text(document, &laid, &solved))?;
    }
    Ok(Status::Done)
}

fn text(document: &Document, laid: &Laid, solved: &[Solved<'_>]) -> String {
    let heading = output::stage_heading(&document.scenario, &laid.stage, laid.drawn, &laid.levels, laid.turn);
    let games = solved.iter().map(|solved| output::solution(*solved));
    std::iter::once(heading).chain(games).collect::<Vec<_>>().join("\n")
}

/// Whether a path is that of a file of Gambit's.
fn is_gambit(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("nfg") || kind.eq_ignore_ascii_case("efg"))
}

/// Reads a file of Gambit's; `None` where it is wrong, which has been said.
pub(crate) fn read_gambit(path: &Path) -> Option<NormalForm> {
    let name = path.display();
    let text = match files::read(path) {
        Ok(text) => text,
        Err(why) => {
            say(&format!("{name}:1:1: error: the file {why}"));
            return None;
        }
    };
    match gambit::read(&text) {
        Ok(game) => Some(game),
        Err(error) => {
            say(&format!("{name}:{}:{}: error: {}", error.line, error.column, error.message));
            None
        }
    }
}

fn solve_file(arguments: &Arguments) -> anyhow::Result<Status> {
    let Some(form) = read_gambit(&arguments.scenario.scenario) else { return Ok(Status::Wrong) };
    let folder = arguments.output.out.as_deref().map(Folder::prepare).transpose()?;
    let solution = equilibrium::solve(&form);
    let name = if form.title.is_empty() { "game" } else { &form.title };
    let solved = Solved { name, form: &form, solution: &solution };
    let tables = output::solution_tables(&[solved]);
    if let Some(folder) = folder {
        for (name, table) in &tables {
            folder.write(&format!("{name}.csv"), &output::csv(table))?;
        }
        // No plays and no draws: the manifest vouches for the folder and for the game.
        let game = gambit::nfg(&form);
        folder.write("game.nfg", game.as_bytes())?;
        folder.write("manifest.json", output::manifest("solve", 0, 0, 0, &game).as_bytes())?;
        folder.commit()?;
    }
    print(&if arguments.output.json { output::json(&tables) } else { output::solution(solved) })?;
    Ok(Status::Done)
}
