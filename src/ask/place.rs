//! Where questions about one state look: its turn, levels, and values of the parameters.

use serde::Serialize;

use super::asking::Asking;
use super::failure::Fault;
use super::fields::Fields;
use crate::scenario::{IssueId, Scenario, did_you_mean};
use crate::study::{Drawn, Situation, start_state};

/// Settings that change nothing where one state is looked at: it is computed exactly, and at once.
pub(super) const IGNORED: [&str; 5] = ["method", "threads", "replications", "draws", "given"];

/// A state as people name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The turn, from 1.
    pub turn: u32,
    /// Levels of variables, `VARIABLE=LEVEL`; the other variables stand where they start.
    pub at: Vec<String>,
    /// The draw of the parameters; `None`: every parameter at its central value.
    pub draw: Option<u64>,
}

impl Default for Place {
    fn default() -> Self {
        Self { turn: 1, at: Vec::new(), draw: None }
    }
}

impl Place {
    /// Takes its keys from a question.
    pub(super) fn read(fields: &mut Fields) -> Self {
        let turn = fields.whole("turn", 0, u32::MAX.into()).and_then(|turn| u32::try_from(turn).ok());
        Self { turn: turn.unwrap_or(1), at: fields.texts("at"), draw: fields.whole("draw", 0, u64::MAX) }
    }

    /// The settings that change nothing here: without a draw, the seed of the draws neither.
    pub(super) fn ignores(&self) -> Vec<&'static str> {
        let seed = self.draw.is_none().then_some("seed");
        IGNORED.into_iter().chain(seed).collect()
    }

    /// The state that is named; everything that is wrong with it is added to `faults`.
    pub(super) fn find(&self, asking: &Asking<'_>, faults: &mut Vec<Fault>) -> Situation {
        let scenario = &asking.session.document().scenario;
        let turns = scenario.turns;
        if !(1..=turns).contains(&self.turn) {
            faults.push(Fault::of("turn", format!("{} is not between 1 and {turns}", self.turn)));
        }
        let mut levels = start_state(scenario);
        for assignment in &self.at {
            match level(scenario, assignment) {
                Ok((variable, level)) => levels[variable] = level,
                Err(why) => faults.push(Fault::of_value("at", assignment, why)),
            }
        }
        let drawn = Drawn { seed: asking.settings.seed, draw: self.draw };
        Situation { levels, turn: self.turn.saturating_sub(1) as usize, drawn }
    }
}

/// The variable and level of an assignment.
fn level(scenario: &Scenario, assignment: &str) -> Result<(usize, usize), String> {
    let (variable, level) = assignment.split_once('=').ok_or("has no equals sign: write VARIABLE=LEVEL")?;
    let variables = &scenario.variables;
    let at = find(variables.iter().map(|it| it.id.as_str()), variable.trim(), "variable")?;
    let level = find(variables[at].levels.iter().map(String::as_str), level.trim(), "level")?;
    Ok((at, level))
}

/// The issue of that name.
pub(super) fn issue(asking: &Asking<'_>, name: &str, faults: &mut Vec<Fault>) -> Option<IssueId> {
    let issues = &asking.session.document().scenario.issues;
    let found = find(issues.iter().map(|issue| issue.id.as_str()), name, "issue");
    found.map(IssueId::new).map_err(|why| faults.push(Fault::of("issue", why))).ok()
}

/// The place of a name in a list, or what is wrong with it.
pub(super) fn find<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    name: &str,
    kind: &str,
) -> Result<usize, String> {
    known.clone().position(|id| id == name).ok_or_else(|| {
        let near = did_you_mean(name, known.clone()).map(|near| format!(": did you mean `{near}`?"));
        let all = || {
            let names: Vec<String> = known.map(|id| format!("`{id}`")).collect();
            format!(": there are {}", names.join(", "))
        };
        format!("there is no {kind} `{name}`{}", near.unwrap_or_else(all))
    })
}
