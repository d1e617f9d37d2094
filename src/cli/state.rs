//! `--at` and `--turn`: a state and turn that somebody names.

use clap::Args;
use demarche::scenario::{Document, did_you_mean};
use demarche::study::{Drawn, start_state};

use super::say;

/// Where to look.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Where to look")]
pub(crate) struct StateArguments {
    /// The turn, from 1
    #[arg(long, value_name = "T", default_value_t = 1)]
    turn: u32,

    /// A variable's level; the others stand where they start. Repeatable
    #[arg(long, value_name = "VARIABLE=LEVEL")]
    at: Vec<String>,

    /// Take the parameters of this draw [default: central values]
    #[arg(long, value_name = "D")]
    draw: Option<u64>,
}

impl StateArguments {
    /// Which values of the parameters count.
    pub(crate) fn drawn(&self, seed: u64) -> Drawn {
        Drawn { seed, draw: self.draw }
    }

    /// The levels and the turn (0-based) that were named; `None` where something is wrong, which has been said.
    pub(crate) fn resolve(&self, document: &Document) -> Option<(Vec<usize>, usize)> {
        let turns = document.scenario.turns;
        let mut sound = true;
        if !(1..=turns).contains(&self.turn) {
            say(&format!("error: --turn {} is not between 1 and {turns}", self.turn));
            sound = false;
        }
        let mut levels = start_state(document);
        for assignment in &self.at {
            match place(document, assignment) {
                Ok((variable, level)) => levels[variable] = level,
                Err(why) => {
                    say(&format!("error: --at {assignment}: {why}"));
                    sound = false;
                }
            }
        }
        sound.then(|| (levels, self.turn as usize - 1))
    }
}

fn place(document: &Document, assignment: &str) -> Result<(usize, usize), String> {
    let (variable, level) = assignment.split_once('=').ok_or("has no equals sign: write VARIABLE=LEVEL")?;
    let variables = &document.scenario.variables;
    let v = find(variables.iter().map(|v| v.id.as_str()), variable.trim(), "variable")?;
    let level = find(variables[v].levels.iter().map(String::as_str), level.trim(), "level")?;
    Ok((v, level))
}

/// The place of a name in a list, or what is wrong with it.
pub(crate) fn find<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    name: &str,
    kind: &str,
) -> Result<usize, String> {
    known.clone().position(|id| id == name).ok_or_else(|| {
        let hint = did_you_mean(name, known.clone()).map(|near| format!(": did you mean `{near}`?"));
        let all =
            || format!(": there are {}", known.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "));
        format!("there is no {kind} `{name}`{}", hint.unwrap_or_else(all))
    })
}
