//! What has to be said of the policies that a study rests on.

use serde::{Deserialize, Serialize};

use std::fmt;

use super::error::StudyError;
use crate::agents::{self, BranchPosition, DecisionPoint, Fault, Policies};
use crate::equilibrium::short;
use crate::scenario::{LevelId, Scenario, VariableId};

/// Other equilibria leave the branch on which one that is played lies: it need not be the only one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bifurcation {
    /// The draw; `None`: central values.
    pub draw: Option<u64>,
    /// State and turn.
    pub place: String,
    /// How far along the branch.
    pub reached: BranchPosition,
}

impl fmt::Display for Bifurcation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let draw = self.draw.map_or_else(String::new, |draw| format!(", under draw {draw}"));
        let reached = match self.reached {
            BranchPosition::Share(share) => format!("at {} times their `logit`", short(share)),
            BranchPosition::Precision(precision) => {
                format!("on the way to its limit, at a `logit` of {}", short(precision))
            }
            BranchPosition::Limit => "on the way to its limit".to_owned(),
        };
        let place = &self.place;
        write!(
            f,
            "where {place}{draw}, other equilibria leave the branch that the one played lies on, {reached}: it \
             need not be the only one"
        )
    }
}

/// State and turn, in words.
fn words(scenario: &Scenario, DecisionPoint { levels, turn, depth, played }: &DecisionPoint) -> String {
    let level = |(v, level): &(VariableId, LevelId)| {
        let variable = &scenario.variables[v.index()];
        format!("{} is {}, ", variable.id, variable.levels[level.index()])
    };
    let mut place: String = levels.iter().map(level).collect();
    let alike = if scenario.turns > 1 { " (or one like it)" } else { "" };
    place += &format!("{} {}{alike} is ", scenario.turn, turn + 1);
    place += if *played { "played" } else { "thought of ahead" };
    place + &format!(" and {depth} looked at")
}

/// Nothing, if every policy that was asked for so far could be found.
///
/// # Errors
/// If some could not.
pub(crate) fn check_equilibria(
    scenario: &Scenario,
    policies: &Policies<'_>,
    draw: Option<u64>,
) -> Result<(), StudyError> {
    let Some(Fault { point: place, error }) = policies.fault() else { return Ok(()) };
    Err(StudyError::Equilibrium { draw, place: words(scenario, &place), error })
}

/// The first state, of those that policies were asked for, in which other equilibria branch off.
pub(crate) fn bifurcation(
    scenario: &Scenario,
    policies: &Policies<'_>,
    draw: Option<u64>,
) -> Option<Bifurcation> {
    let agents::Bifurcation { point: place, position: reached } = policies.bifurcation()?;
    Some(Bifurcation { draw, place: words(scenario, &place), reached })
}
